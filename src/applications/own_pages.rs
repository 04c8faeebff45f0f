//! `/min-ansoegning/{token}`: the applicant's own page behind the magic link. GET shows and changes nothing
//! (mail programs open links by themselves); POST acts. The page says that an application is being
//! assessed or decided, never how it is being judged.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use askama::Template;

use super::{
    actions::{self, OwnError},
    applicant::{self, Wanted, first_name},
    application::{Attachment, Whole},
    apply_pages::{fault, icon_of, papers_of, private, store_away},
    notice::{Notice, notice},
    pages::Drawn,
    papers,
    stage::{Outcome, Stage},
    store,
};
use crate::{
    base::{address, id::AttachmentId},
    db::Conn,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Kept, Posting},
    secrets::fingerprint,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        pace::{Door, Pace, visitor},
        page, page_with, see_other,
    },
};

struct Paper {
    id: String,
    name: String,
    about: String,
    icon: &'static str,
    encrypted: bool,
    cpr: bool,
}

/// How far it has got, as far as the applicant is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Received,
    Assessed,
    Decided,
    Withdrawn,
}

/// The wish for reasons beyond the grounds (D-10).
enum Asked {
    /// They may ask.
    May,
    /// They have asked; by when they get them.
    Waits(String),
    /// They have them.
    Given(String),
}

#[derive(Template)]
#[template(path = "applications/own.html")]
struct OwnPage {
    shell: Shell,
    form: FormView,
    token: String,
    title: String,
    ad: String,
    first_name: String,
    received: String,
    late: bool,
    step: Step,
    /// why it was rejected, in the words for them; empty when it was not
    grounds: String,
    /// what became of their wish for more, when they may ask or have asked
    reasons: Option<Asked>,
    reasons_days: u32,
    letter: String,
    papers: Vec<Paper>,
    accept: String,
    files_hint: String,
    room: bool,
    notice: Notice,
    done: Option<String>,
    /// what another slice has to say to them, drawn by a template of its own
    beside: Drawn,
}

#[derive(Template)]
#[template(path = "applications/own_withdraw.html")]
struct WithdrawPage {
    shell: Shell,
    token: String,
    title: String,
}

/// `GET /min-ansoegning/{token}`, with what others have drawn for it.
pub async fn show_with(
    req: &HttpRequest,
    kit: &Kit,
    pace: &Pace,
    token: &str,
    query: &Query,
    beside: Drawn,
) -> Answer {
    let own = open(req, kit, pace, token).await?;
    let shell = Shell::public(req, &kit.config);
    // what was just done, by a word in the address; only these are said
    let done = match query.0.get("done") {
        "file" => Some(shell.t.say("own-done-file")),
        "contact" => Some(shell.t.say("own-done-contact")),
        "reasons" => Some(shell.t.say("own-done-reasons")),
        _ => None,
    };
    let drawn = draw(kit, shell, token, &own, None, &Errors::none(), done);
    private(page(&OwnPage { beside, ..drawn })?)
}

/// `POST /min-ansoegning/{token}/filer`
pub async fn add_files(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    parts: Multipart,
) -> Answer {
    pace.pass(Door::Apply, visitor(&req, &kit.config))?;
    let own = open(&req, &kit, &pace, &token).await?;
    let shell = Shell::public(&req, &kit.config);
    let mut errors = Errors::none();
    let room = kit.config.limits.papers.saturating_sub(own.papers.len());
    let (typed, papers) = papers_of(&kit, &req, parts, room, shell.t, &mut errors).await?;
    if errors.is_empty() && papers.is_empty() {
        errors.add("files", "own-no-file");
    }
    if errors.is_empty() {
        match actions::add_papers(&kit, fingerprint(&token), papers).await {
            Ok(()) => return Ok(back(&token, &shell, "file")),
            Err(OwnError::TooMany) => errors.add("files", "own-too-many"),
            Err(OwnError::Decided) => errors.add("files", "own-decided"),
            Err(OwnError::Keep(error)) => store_away(error, &mut errors)?,
            Err(error) => return Err(refused(error)),
        }
    }
    let drawn = draw(&kit, shell, &token, &own, Some(typed), &errors, None);
    private(page_with(StatusCode::UNPROCESSABLE_ENTITY, &drawn)?)
}

/// `POST /min-ansoegning/{token}/kontakt`
pub async fn set_contact(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    typed: Typed,
) -> Answer {
    let own = open(&req, &kit, &pace, &token).await?;
    let shell = Shell::public(&req, &kit.config);
    let mut errors = Errors::none();
    let mut whole = typed.clone();
    whole.set("name", own.whole.applicant.name.clone());
    let contact = applicant::contact(&whole, Wanted::NameAndEmail, &mut errors);
    if !errors.is_empty() {
        let drawn = draw(&kit, shell, &token, &own, Some(typed), &errors, None);
        return private(page_with(StatusCode::UNPROCESSABLE_ENTITY, &drawn)?);
    }
    let (k, hash) = (kit.get_ref().clone(), fingerprint(&token));
    kit.db
        .write(move |c| actions::set_contact(c, &k, &hash, &contact.email, &contact.phone))
        .await
        .map_err(refused)?;
    Ok(back(&token, &shell, "contact"))
}

/// `GET /min-ansoegning/{token}/traek`
pub async fn ask_withdraw(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
) -> Answer {
    let own = open(&req, &kit, &pace, &token).await?;
    let shell = Shell::public(&req, &kit.config);
    if own.whole.application.is_shown() {
        return Ok(back(&token, &shell, ""));
    }
    let title = own.posting.title(shell.t.language()).to_owned();
    private(page(&WithdrawPage { shell, token: token.into_inner(), title })?)
}

/// `POST /min-ansoegning/{token}/traek`; `act` withdraws it, and what follows from that elsewhere.
pub async fn withdraw_with(
    req: &HttpRequest,
    kit: &Kit,
    pace: &Pace,
    token: &str,
    act: impl FnOnce(&mut Conn, &Kit, &str) -> Result<(), OwnError> + Send + 'static,
) -> Answer {
    open(req, kit, pace, token).await?;
    let shell = Shell::public(req, &kit.config);
    let (k, hash) = (kit.clone(), fingerprint(token));
    match kit.db.write(move |c| act(c, &k, &hash)).await {
        // decided meanwhile: the page says so
        Ok(()) | Err(OwnError::Decided) => Ok(back(token, &shell, "")),
        Err(error) => Err(refused(error)),
    }
}

/// `POST /min-ansoegning/{token}/begrundelse`
pub async fn ask_reasons(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
) -> Answer {
    open(&req, &kit, &pace, &token).await?;
    let shell = Shell::public(&req, &kit.config);
    let (k, hash) = (kit.get_ref().clone(), fingerprint(&token));
    kit.db.write(move |c| actions::ask_reasons(c, &k, &hash)).await.map_err(refused)?;
    Ok(back(&token, &shell, "reasons"))
}

/// `GET /min-ansoegning/{token}/filer/{paper}`: one's own file, as it was sent.
pub async fn file(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    path: web::Path<(String, AttachmentId)>,
) -> Answer {
    let (token, id) = path.into_inner();
    let own = open(&req, &kit, &pace, &token).await?;
    let paper = own.papers.into_iter().find(|p| p.id == id).ok_or(Fault::NotFound)?;
    hand_out(&kit, &paper, false).await
}

struct Own {
    whole: Whole,
    posting: Posting,
    papers: Vec<Attachment>,
    reasons: Option<store::Reasons>,
    kept: Kept,
}

async fn open(req: &HttpRequest, kit: &Kit, pace: &Pace, token: &str) -> Result<Own, Fault> {
    pace.pass(Door::Link, visitor(req, &kit.config))?;
    let (hash, k) = (fingerprint(token), kit.clone());
    kit.db
        .read(move |c| {
            let whole = store::own(c, &hash)?.ok_or(Fault::NotFound)?;
            let posting = postings::any(c, whole.application.posting)?.ok_or(Fault::NotFound)?;
            let papers = papers::store::of(c, whole.application.id)?;
            let reasons = match whole.application.outcome_at {
                Some(decided_at) => store::reasons_of(c, whole.application.id, decided_at)?,
                None => None,
            };
            let kept = postings::keeping::kept(c, &k.config, &posting)?;
            Ok(Own { whole, posting, papers, reasons, kept })
        })
        .await
}

fn back(token: &str, shell: &Shell, done: &str) -> HttpResponse {
    let said = if done.is_empty() { String::new() } else { format!("&done={done}") };
    see_other(format!("/min-ansoegning/{token}?lang={}{said}", shell.lang))
}

fn draw(
    kit: &Kit,
    shell: Shell,
    token: &str,
    own: &Own,
    typed: Option<Typed>,
    errors: &Errors,
    done: Option<String>,
) -> OwnPage {
    let t = shell.t;
    let language = t.language();
    let is = &own.whole.application;
    let typed = typed.unwrap_or_else(|| {
        let mut typed = Typed::default();
        typed.set("email", own.whole.applicant.email.clone());
        typed.set("phone", address::phone_shown(&own.whole.applicant.phone));
        typed
    });
    let limit = i64::try_from(kit.config.limits.paper_bytes).unwrap_or(i64::MAX);
    let rejected = is.outcome == Some(Outcome::Rejected) && is.is_shown();
    let accept: Vec<_> = papers::Kind::ALL.iter().map(|k| format!(".{}", k.extension())).collect();
    OwnPage {
        form: FormView::with_errors(typed, errors, t),
        token: token.to_owned(),
        title: own.posting.title(language).to_owned(),
        ad: format!("{}?lang={language}", own.posting.path()),
        first_name: first_name(&own.whole.applicant.name).to_owned(),
        received: format::instant_long(is.received_at, kit.config.delivery.zone, language),
        late: is.late,
        step: match (is.outcome, is.stage) {
            (Some(Outcome::Withdrawn), _) => Step::Withdrawn,
            (Some(_), _) if is.is_shown() => Step::Decided,
            (_, Stage::Received) => Step::Received,
            (_, _) => Step::Assessed,
        },
        grounds: is.outcome_reason.clone().filter(|_| rejected).unwrap_or_default(),
        reasons: rejected.then(|| match &own.reasons {
            None => Asked::May,
            Some(asked) => match &asked.words {
                Some(words) => Asked::Given(words.clone()),
                None => Asked::Waits(format::instant_long(asked.due_at, kit.config.delivery.zone, language)),
            },
        }),
        letter: is.letter.clone(),
        reasons_days: kit.config.answers.reasons_days,
        room: !is.is_shown() && own.papers.len() < kit.config.limits.papers,
        papers: own.papers.iter().map(|p| shown(p, t)).collect(),
        accept: accept.join(","),
        files_hint: t.with2(
            "apply-files-hint",
            "size",
            format::bytes(limit, language),
            "count",
            kit.config.limits.papers,
        ),
        notice: notice(&kit.config, &own.kept, t),
        done,
        beside: Drawn::default(),
        shell,
    }
}

fn shown(paper: &Attachment, t: Speech) -> Paper {
    Paper {
        id: paper.id.to_string(),
        name: paper.original_name.clone(),
        about: format!("{}, {}", t.say(paper.kind.key()), format::bytes(paper.bytes, t.language())),
        icon: icon_of(&paper.mime),
        encrypted: paper.encrypted,
        cpr: paper.cpr,
    }
}

/// A file as it was sent: to be saved, or (`inline`) shown by the browser inside a sandbox. Its type is the
/// one we found in it, and the browser may believe no other.
pub(super) async fn hand_out(kit: &Kit, paper: &Attachment, inline: bool) -> Answer {
    let stream = kit.blobs.stream(&paper.sha256, None).await?;
    let name = paper.safe_name();
    let ascii: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || ".-_ ".contains(c) { c } else { '_' }).collect();
    let encoded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
    let way = if inline { "inline" } else { "attachment" };
    let disposition =
        format!("{way}; filename=\"{ascii}\"; filename*=UTF-8''{}", encoded.replace('+', "%20"));
    let length = u64::try_from(paper.bytes).unwrap_or(0);
    let mut response = HttpResponse::Ok();
    response
        .content_type(if paper.mime == "text/plain" { "text/plain; charset=utf-8" } else { &paper.mime })
        .insert_header((header::CONTENT_DISPOSITION, disposition))
        .insert_header((
            header::CONTENT_SECURITY_POLICY,
            "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'",
        ))
        .insert_header((header::HeaderName::from_static("cross-origin-resource-policy"), "same-origin"))
        .insert_header((header::CONTENT_ENCODING, "identity"))
        .no_chunking(length);
    Ok(response.streaming(stream))
}

fn refused(error: OwnError) -> Fault {
    match error {
        OwnError::NotFound => Fault::NotFound,
        OwnError::Decided => Fault::Refused("own-decided"),
        OwnError::TooMany => Fault::Refused("own-too-many"),
        OwnError::Keep(error) => fault(error),
        OwnError::Db(error) => error.into(),
    }
}
