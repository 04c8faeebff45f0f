//! `/jobopslag/{id}/ansoegninger/ny`: keying in an application that came on paper or by mail (D-16), with the time
//! it came; that decides whether it was in time, not when somebody types it (D-31).

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, Paper, Submission, SubmitError},
    applicant::{self, LETTER_MAX, Wanted},
    application::FormFile,
    apply_pages::{self, Laid, about_files, received, store_away},
    keys::FormKey,
    papers,
    stage::Via,
};
use crate::{
    accounts::{Right, Viewer},
    base::{id::PostingId, wall::WallTime},
    i18n::format,
    kit::Kit,
    postings::{self, Posting},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, csrf, forms::Errors, page, page_with, see_other},
};

#[derive(Template)]
#[template(path = "applications/register.html")]
struct RegisterPage {
    shell: Shell,
    form: FormView,
    posting: PostingId,
    reference: String,
    title: String,
    deadline: String,
    key: String,
    vias: Vec<Choice>,
    files: Vec<Laid>,
    accept: String,
    files_hint: String,
}

/// `GET /jobopslag/{id}/ansoegninger/ny`
pub async fn register_form(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
) -> Answer {
    let posting = posting_to_register(&kit, &viewer, id.into_inner()).await?;
    let shell = viewer.shell(&req, &kit.config);
    let now = kit.clock.now();
    let mut typed = Typed::default();
    typed.set("received", WallTime::at(now, kit.config.delivery.zone).field());
    let key = FormKey::issue(&kit.secrets, &kit.chance, posting.id, now);
    page(&draw_register(&kit, shell, &posting, FormView::of(typed), &key, &[]))
}

/// `POST /jobopslag/{id}/ansoegninger/ny`: registers, or takes one of the files away. What was chosen lies with the
/// form when something must be corrected.
pub async fn register(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    parts: Multipart,
) -> Answer {
    let posting = posting_to_register(&kit, &viewer, id.into_inner()).await?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let now = kit.clock.now();
    let mut errors = Errors::none();
    let sent = received(&kit, &req, parts).await?;
    let typed = sent.typed;
    viewer.check_csrf(typed.get(csrf::FIELD))?;
    let key = FormKey::read(&kit.secrets, posting.id, typed.get("key"), now).unwrap_or_else(|| {
        // without the key it came with, a second press would be a second application
        errors.add("errors", "register-form-old");
        FormKey::issue(&kit.secrets, &kit.chance, posting.id, now)
    });
    let laid = apply_pages::settle(&kit, &key.hash(), &typed).await?;
    let limits = &kit.config.limits;
    let room = limits.papers.saturating_sub(laid.len());
    let papers = papers::sent::judged(sent.files, room, limits.paper_bytes, t, &mut errors).await?;
    if !typed.get("remove").is_empty() {
        return again(&kit, shell, &posting, typed, errors, &key, &papers).await;
    }
    let contact = applicant::contact(&typed, Wanted::Name, &mut errors);
    let letter = applicant::letter(&typed, &mut errors);
    let via = match typed.get("via").parse() {
        Ok(via @ (Via::Paper | Via::Email)) => via,
        _ => {
            errors.add("via", "register-via-missing");
            Via::Paper
        }
    };
    let received = WallTime::parse(typed.get("received"), kit.config.delivery.zone).map(|w| w.instant().0);
    match received {
        None => errors.add("received", "register-received-form"),
        Some(at) if at > now => errors.add("received", "register-received-future"),
        Some(_) => {}
    }
    if letter.is_empty() && laid.is_empty() && papers.is_empty() && !about_files(&errors) {
        errors.add("files", "register-nothing");
    }
    let language = posting.content.languages().first().copied().unwrap_or_default();
    if !errors.is_empty() {
        return again(&kit, shell, &posting, typed, errors, &key, &papers).await;
    }
    let submission = Submission {
        posting: posting.id,
        contact,
        language,
        letter,
        token: String::new(),
        self_reported: None,
        form_hash: key.hash(),
        papers,
        via,
        received_at: received,
        by: Some(viewer.actor()),
    };
    match actions::submit(&kit, submission).await {
        Ok(submitted) => {
            viewer.say_next(&kit, t.say("register-done")).await?;
            return Ok(see_other(format!("/ansoegninger/{}", submitted.id)));
        }
        Err(SubmitError::Closed | SubmitError::NotOpen) => errors.add("received", "register-closed"),
        Err(error) => store_away(error, &mut errors)?,
    }
    again(&kit, shell, &posting, typed, errors, &key, &[]).await
}

/// The form once more, with these files laid down beside those that lie there.
async fn again(
    kit: &Kit,
    shell: Shell,
    posting: &Posting,
    typed: Typed,
    mut errors: Errors,
    key: &FormKey,
    papers: &[Paper],
) -> Answer {
    if let Err(error) = actions::lay_down(kit, key.hash(), papers).await {
        store_away(error, &mut errors)?;
    }
    let hash = key.hash();
    let laid = kit.db.read(move |c| papers::store::laid(c, &hash)).await?;
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = FormView::with_errors(typed, &errors, shell.t);
    page_with(status, &draw_register(kit, shell, posting, form, key, &laid))
}

async fn posting_to_register(kit: &Kit, viewer: &Viewer, id: PostingId) -> Result<Posting, Fault> {
    let scope = viewer.scope(Right::RegisterApplications)?.clone();
    kit.db.read(move |c| postings::get(c, &scope, id)).await?.ok_or(Fault::NotFound)
}

fn draw_register(
    kit: &Kit,
    shell: Shell,
    posting: &Posting,
    form: FormView,
    key: &FormKey,
    laid: &[FormFile],
) -> RegisterPage {
    let t = shell.t;
    let language = t.language();
    let limit = i64::try_from(kit.config.limits.paper_bytes).unwrap_or(i64::MAX);
    let accept: Vec<_> = papers::Kind::ALL.iter().map(|k| format!(".{}", k.extension())).collect();
    RegisterPage {
        form,
        posting: posting.id,
        reference: posting.reference.clone(),
        title: posting.title(language).to_owned(),
        deadline: posting.deadline_local().map(|d| format::deadline(d, language)).unwrap_or_default(),
        key: key.text().to_owned(),
        vias: vec![
            Choice::new(Via::Paper, t.say("register-via-paper")),
            Choice::new(Via::Email, t.say("register-via-email")),
        ],
        files: laid.iter().map(|file| apply_pages::shown(file, t)).collect(),
        accept: accept.join(","),
        files_hint: t.with2(
            "apply-files-hint",
            "size",
            format::bytes(limit, language),
            "count",
            kit.config.limits.papers,
        ),
        shell,
    }
}
