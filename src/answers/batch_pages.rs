//! `/svar/{batch}`: every letter of a batch as it will leave, and the steps until it does: say that they are right, lay them
//! to wait, take one or all back.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, AnswerError},
    letters,
    shown::{Chip, ahead, names, viewed, what_to_do},
    state::{BatchState, BatchStep, LetterState, LetterStep},
    store::{self, Batch, Letter},
};
use crate::{
    accounts::{Posted, Right, Viewer, audit},
    applications,
    base::{
        id::{ApplicationId, BatchId, LetterId, PostingId},
        wall::WallTime,
    },
    i18n::{Speech, format},
    kit::Kit,
    postings,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// A letter of the batch.
struct Shown {
    id: LetterId,
    application: Option<ApplicationId>,
    name: String,
    kind: String,
    chip: Chip,
    /// why it stands where it stands, when that needs words
    why: String,
    /// no mail address: it will lie with a person
    no_address: bool,
    subject: String,
    body: String,
    lang: &'static str,
    out: bool,
}

/// The state of a batch, for the template.
#[derive(Default)]
struct Now {
    draft: bool,
    preview_ok: bool,
    waiting: bool,
}

#[derive(Template)]
#[template(path = "answers/batch.html")]
struct BatchPage {
    shell: Shell,
    form: FormView,
    id: BatchId,
    posting: PostingId,
    reference: String,
    title: String,
    heading: String,
    chip: Chip,
    is: Now,
    seen: String,
    letters: Vec<Shown>,
    going: usize,
    leaves: String,
    cooling: u64,
    earliest: String,
    cancel: bool,
    may_set: bool,
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: BatchId,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, actor) = (shell.t, kit.clock.now(), viewer.actor());
    let (batch, ad, found, texts, wholes, names, seen) = kit
        .db
        .write(move |c| {
            let batch = store::batch(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let ad = postings::get(c, &scope, batch.posting)?.ok_or(Fault::NotFound)?;
            let found = store::letters_in(c, &scope, id)?;
            let ids: Vec<LetterId> = found.iter().map(|letter| letter.id).collect();
            let texts = store::texts(c, &ids)?;
            let to: Vec<ApplicationId> = found.iter().filter_map(|letter| letter.application).collect();
            let names = names(c, &scope, &to)?;
            let mut wholes = Vec::new();
            for id in to {
                wholes.extend(applications::application(c, &scope, id)?);
            }
            let seen = actions::digest(c, id)?;
            audit::write(c, &[viewed(actor, batch.posting, "letters")], now)?;
            Ok::<_, Fault>((batch, ad, found, texts, wholes, names, seen))
        })
        .await?;
    let link = letters::shown_link(&kit.config);
    let open = BatchState::OPEN.contains(&batch.state);
    let shown = |letter: &Letter| {
        let text = texts.iter().find(|text| text.letter_id == letter.id);
        let whole = wholes.iter().find(|whole| Some(whole.application.id) == letter.application);
        Shown {
            id: letter.id,
            application: letter.application,
            name: letter
                .application
                .and_then(|id| names.get(&id).cloned())
                .unwrap_or_else(|| t.say("answers-erased")),
            kind: t.say(letter.kind.key()),
            chip: Chip::of_letter(letter.state, t),
            why: why(t, letter),
            no_address: whole.is_some_and(|whole| whole.applicant.email.is_empty()),
            subject: text.map(|text| text.subject.clone()).unwrap_or_default(),
            body: text.map(|text| letters::with_link(&text.body, &link)).unwrap_or_default(),
            lang: whole.map_or("da", |whole| whole.applicant.language.code()),
            out: open && letter.state.after(LetterStep::Cancel).is_some(),
        }
    };
    let shown: Vec<Shown> = found.iter().map(shown).collect();
    let going = found.iter().filter(|letter| !LetterState::VOID.contains(&letter.state)).count();
    let zone = kit.config.delivery.zone;
    let earliest = now + std::time::Duration::from_secs(60 * kit.config.answers.cooling_minutes);
    page_with(
        status,
        &BatchPage {
            id,
            posting: ad.id,
            reference: ad.reference.clone(),
            title: ad.title(t.language()).to_owned(),
            heading: t.with("answers-letters", "count", going),
            chip: Chip::of_batch(&batch, t),
            is: Now {
                draft: batch.state == BatchState::Draft,
                preview_ok: batch.state == BatchState::PreviewOk,
                waiting: batch.state == BatchState::Waiting,
            },
            seen,
            letters: shown,
            going,
            leaves: leaves(&batch, kit, t),
            cooling: kit.config.answers.cooling_minutes,
            earliest: WallTime::at(earliest, zone).field(),
            cancel: batch.state.after(BatchStep::Cancel).is_some(),
            may_set: viewer.may(Right::SetLetters),
            form: FormView::with_errors(typed, errors, t),
            shell,
        },
    )
}

fn leaves(batch: &Batch, kit: &Kit, t: Speech) -> String {
    match batch.due_at {
        Some(due) if batch.state == BatchState::Waiting => {
            let at = format::instant_long(due, kit.config.delivery.zone, t.language());
            t.with2("answers-leaves", "at", at, "ahead", ahead(t, due, kit.clock.now()))
        }
        _ => String::new(),
    }
}

/// Why a letter stands where it stands.
fn why(t: Speech, letter: &Letter) -> String {
    match letter.state {
        LetterState::LeftOut => t.say(match letter.why.as_deref() {
            Some("withdrawn") => "answers-left-out-withdrawn",
            Some("erased") => "answers-left-out-erased",
            _ => "answers-left-out-changed",
        }),
        LetterState::Queued if letter.attempts > 0 => t.say("answers-tried-again"),
        state if LetterState::TASKS.contains(&state) => what_to_do(t, letter),
        _ => String::new(),
    }
}

type Id = web::Path<BatchId>;

/// `GET /svar/{batch}`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: Id) -> Answer {
    let none = (Typed::default(), Errors::none());
    draw(&req, &kit, &viewer, id.into_inner(), StatusCode::OK, none.0, &none.1).await
}

/// The page again: with a word about what was done, or with what is wrong.
async fn after(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: BatchId,
    typed: Typed,
    done: Result<String, AnswerError>,
) -> Answer {
    match done {
        Ok(said) => {
            viewer.say_next(kit, said).await?;
            Ok(see_other(format!("/svar/{id}")))
        }
        Err(AnswerError::Fields(errors)) => {
            draw(req, kit, viewer, id, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(AnswerError::Moved) => {
            let errors = Errors::one("state", "answers-error-moved");
            draw(req, kit, viewer, id, StatusCode::CONFLICT, typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /svar/{batch}/ok`
pub async fn approve(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let (k, actor, seen) = (kit.get_ref().clone(), viewer.actor(), typed.get("seen").to_owned());
    let done = kit.db.write(move |c| actions::approve(c, &k, &scope, actor, id, &seen)).await;
    let t = viewer.shell(&req, &kit.config).t;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("answers-said-approved"))).await
}

/// `POST /svar/{batch}/ret`
pub async fn look_again(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let k = kit.get_ref().clone();
    let done = kit.db.write(move |c| actions::look_again(c, &k, &scope, id)).await;
    let t = viewer.shell(&req, &kit.config).t;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("answers-said-again"))).await
}

/// `POST /svar/{batch}/vent`
pub async fn lay(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let zone = kit.config.delivery.zone;
    let wall = typed.get("when").trim();
    let when = if typed.get("later") != "later" || wall.is_empty() {
        None
    } else {
        WallTime::parse(wall, zone).map(|wall| wall.instant().0)
    };
    let done = if typed.get("later") == "later" && when.is_none() {
        // the right and the batch are asked for all the same
        let narrowed = scope.clone();
        kit.db.read(move |c| store::batch(c, &narrowed, id)).await?.ok_or(Fault::NotFound)?;
        Err(AnswerError::at("when", "answers-error-when"))
    } else {
        let (k, actor) = (kit.get_ref().clone(), viewer.actor());
        kit.db.write(move |c| actions::lay(c, &k, &scope, actor, id, when)).await
    };
    let t = viewer.shell(&req, &kit.config).t;
    let said = |due| t.with("answers-said-laid", "at", format::instant_long(due, zone, t.language()));
    after(&req, &kit, &viewer, id, typed, done.map(said)).await
}

/// `POST /svar/{batch}/annuller`
pub async fn cancel(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let done = kit.db.write(move |c| actions::cancel(c, &k, &scope, actor, id)).await;
    let t = viewer.shell(&req, &kit.config).t;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("answers-said-cancelled"))).await
}

/// `POST /svar/{batch}/breve/{letter}/ud`
pub async fn take_out(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<(BatchId, LetterId)>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let ((id, letter), scope) = (path.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let k = kit.get_ref().clone();
    let done = kit.db.write(move |c| actions::take_out(c, &k, &scope, id, letter)).await;
    let t = viewer.shell(&req, &kit.config).t;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("answers-said-out"))).await
}
