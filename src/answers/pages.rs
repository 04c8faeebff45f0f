//! `/jobopslag/{id}/svar`: who has no answer, what waits to leave, what a person has to see to, what has left; and closing
//! an ad, which answers with this page while somebody lacks an answer.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, AnswerError, Answering},
    shown::{Chip, ShownBatch, Task, found, lacking, names, shown_batches, tasks, viewed},
    store,
};
use crate::{
    accounts::{Posted, Right, Viewer, audit},
    applications::{Whole, actions::CloseError, stage::Column},
    base::id::{ApplicationId, PostingId},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, Tabs},
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page_with, see_other,
    },
};

/// The most that are chosen at once.
const AT_ONCE: usize = 500;

impl From<AnswerError> for Fault {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::NotFound => Self::NotFound,
            AnswerError::Moved => Self::Conflict("answers-error-moved"),
            AnswerError::Fields(_) => Self::BadRequest,
            AnswerError::Db(error) => error.into(),
        }
    }
}

/// Somebody without an answer.
struct Lacking {
    id: ApplicationId,
    pair: String,
    name: String,
    standing: String,
    /// why they were rejected; empty while they are undecided
    grounds: String,
    undecided: bool,
    email: bool,
    chosen: bool,
    own: String,
    error: Option<String>,
}

/// A letter that has reached its applicant.
struct Sent {
    href: String,
    name: String,
    when: String,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "answers/posting.html")]
struct PostingPage {
    shell: Shell,
    form: FormView,
    posting: PostingId,
    tabs: Tabs,
    title: String,
    reference: String,
    lede: String,
    may_set: bool,
    tasks: Vec<Task>,
    batches: Vec<ShownBatch>,
    lacking: Vec<Lacking>,
    sent: Vec<Sent>,
    sent_total: i64,
    /// closing was refused: why, and who is missing
    refused: Option<(String, String)>,
}

/// `GET /jobopslag/{id}/svar`
pub async fn posting(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    draw(&req, &kit, &viewer, id.into_inner(), StatusCode::OK, &query.0, &Errors::none(), None).await
}

/// `POST /jobopslag/{id}/svar/valgte`: who was chosen on the board.
pub async fn choose(posted: Posted, kit: web::Data<Kit>, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    kit.db.read(move |c| postings::get(c, &scope, id)).await?.ok_or(Fault::NotFound)?;
    // an address has its limits
    let chosen: Vec<String> =
        typed.all("chosen").filter_map(pair).take(40).map(|(id, _)| id.to_string()).collect();
    let query: Vec<String> = chosen.iter().map(|id| format!("valgt={id}")).collect();
    Ok(see_other(format!("/jobopslag/{id}/svar?{}#mangler", query.join("&"))))
}

fn pair(text: &str) -> Option<(ApplicationId, i32)> {
    let (id, version) = text.split_once(':')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

#[expect(clippy::too_many_arguments, reason = "a page with its form, its errors and a refusal")]
async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    status: StatusCode,
    typed: &Typed,
    errors: &Errors,
    refused: Option<&'static str>,
) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, actor) = (shell.t, kit.clock.now(), viewer.actor());
    let (ad, found, lacking, (sent, sent_total), names) = kit
        .db
        .write(move |c| {
            let ad = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let found = found(c, &scope, Some(id), t)?;
            let lacking = lacking(c, &scope, Some(id))?;
            let sent = store::answered(c, &scope, id)?;
            let ids: Vec<ApplicationId> = sent.0.iter().filter_map(|letter| letter.application).collect();
            let names = names(c, &scope, &ids)?;
            audit::write(c, &[viewed(actor, id, "answers")], now)?;
            Ok::<_, Fault>((ad, found, lacking, sent, names))
        })
        .await?;
    let form = FormView::with_errors(typed.clone(), errors, t);
    let mut lacking = lacking;
    // those who only lack the letter come first
    lacking.sort_by_key(|whole| whole.application.outcome.is_none());
    let shown: Vec<Lacking> = lacking.iter().map(|whole| shown_lacking(whole, typed, &form, t)).collect();
    let refused = refused.map(|key| {
        let names: Vec<&str> = lacking.iter().take(10).map(|whole| whole.applicant.name.as_str()).collect();
        let more = lacking.len().saturating_sub(names.len());
        let names = names.join(", ");
        (
            t.say(key),
            if more == 0 { names } else { t.with2("answers-and-more", "names", names, "count", more) },
        )
    });
    let sent = sent
        .iter()
        .filter_map(|letter| {
            let application = letter.application?;
            Some(Sent {
                href: format!("/ansoegninger/{application}/breve#l{}", letter.id),
                name: names.get(&application)?.clone(),
                when: format::instant_short(letter.changed_at, kit.config.delivery.zone, t.language()),
                chip: Chip::of_letter(letter.state, t),
            })
        })
        .collect();
    page_with(
        status,
        &PostingPage {
            posting: id,
            tabs: Tabs::of(viewer, &ad),
            title: ad.title(t.language()).to_owned(),
            reference: ad.reference.clone(),
            lede: lede(t, &ad, &lacking),
            may_set: viewer.may(Right::SetLetters),
            tasks: tasks(&found, kit, t, false),
            batches: shown_batches(&found, kit, t, false),
            lacking: shown,
            sent,
            sent_total,
            refused,
            form,
            shell,
        },
    )
}

fn lede(t: Speech, ad: &Posting, lacking: &[Whole]) -> String {
    if ad.state == postings::State::Closed {
        return t.say("answers-lede-closed");
    }
    t.with("answers-lede", "count", lacking.len())
}

fn shown_lacking(whole: &Whole, typed: &Typed, form: &FormView, t: Speech) -> Lacking {
    let is = &whole.application;
    let pair = format!("{}:{}", is.id, is.version);
    let field = format!("reason_{}", is.id);
    let id = is.id.to_string();
    let named = |value: &str| value == id || value.split(':').next() == Some(&id);
    Lacking {
        id: is.id,
        name: whole.applicant.name.clone(),
        standing: t.say(is.standing().column().key()),
        grounds: is.outcome_reason.clone().unwrap_or_default(),
        undecided: matches!(is.standing().column(), Column::Stage(_)),
        email: !whole.applicant.email.is_empty(),
        chosen: typed.all("valgt").any(named) || typed.all("chosen").any(named),
        own: typed.get(&field).to_owned(),
        error: form.error(&field).map(str::to_owned),
        pair,
    }
}

/// `POST /jobopslag/{id}/svar`: rejects who is undecided, and writes the letters.
pub async fn draft(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let chosen: Vec<(ApplicationId, i32)> = typed.all("chosen").filter_map(pair).take(AT_ONCE).collect();
    let own = chosen.iter().map(|(id, _)| (*id, typed.get(&format!("reason_{id}")).to_owned())).collect();
    let wanted =
        Answering { chosen, reason: typed.get("reason").to_owned(), own, sender: viewer.user().name.clone() };
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    match kit.db.write(move |c| actions::draft(c, &k, &scope, actor, id, &wanted)).await {
        Ok(drafted) => {
            if !drafted.passed.is_empty() {
                let t = viewer.shell(&req, &kit.config).t;
                let said = t.with("answers-said-passed", "names", drafted.passed.join(", "));
                viewer.say_next(&kit, said).await?;
            }
            Ok(see_other(format!("/svar/{}", drafted.batch)))
        }
        Err(AnswerError::Fields(errors)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&req, &kit, &viewer, id, status, &typed, &errors, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /jobopslag/{id}/luk`: refused while somebody lacks an answer (D-09), and then says who.
pub async fn close(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::OpenPostings)?.clone();
    let reason = typed.get("reason").parse().map_err(|_| Fault::Refused("board-close-reason"))?;
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let closed = kit.db.write(move |c| actions::close_posting(c, &k, &scope, actor, id, reason)).await;
    let key = match closed {
        Ok(_) => {
            postings::renew();
            return Ok(see_other(format!("/jobopslag/{id}")));
        }
        Err(CloseError::Undecided(_)) => "board-close-undecided",
        Err(CloseError::Unanswered(_)) => "answers-close-unanswered",
        Err(CloseError::Posting(error)) => {
            return Err(match error {
                postings::PostingError::NotFound => Fault::NotFound,
                postings::PostingError::Refused(key) => Fault::Refused(key),
                postings::PostingError::Db(error) => error.into(),
                other => Fault::internal("a posting could not be closed", other),
            });
        }
        Err(CloseError::Db(error)) => return Err(error.into()),
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    draw(&req, &kit, &viewer, id, status, &Typed::default(), &Errors::none(), Some(key)).await
}
