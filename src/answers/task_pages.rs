//! `/ansoegninger/{id}/breve`: every letter to one applicant as it left, and what a person does about one that did not
//! simply arrive; the reasons somebody asked for.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::AnswerError,
    hand, letters,
    shown::{Chip, what_to_do},
    state::{LetterState, LetterStep},
    store::{self, Letter},
};
use crate::{
    accounts::{
        Posted, Right, Viewer,
        audit::{self, Line, Object, Verb},
    },
    applications,
    base::{
        address,
        id::{ApplicationId, LetterId, PostingId},
    },
    i18n::format,
    kit::Kit,
    postings,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// A letter to the applicant.
struct Shown {
    id: LetterId,
    kind: String,
    chip: Chip,
    when: String,
    /// what a person has to do; empty when nothing
    todo: String,
    /// what the mail server said
    said: String,
    sent_to: String,
    subject: String,
    body: String,
    arrived: bool,
    again: bool,
    by_hand: bool,
    bounced: bool,
    batch: Option<String>,
    /// the note that came back with an error
    note: String,
    note_error: Option<String>,
}

/// What they asked for.
struct ShownReasons {
    asked: String,
    due: String,
    given: Option<(String, String)>,
}

#[derive(Template)]
#[template(path = "answers/letters.html")]
struct LettersPage {
    shell: Shell,
    form: FormView,
    id: ApplicationId,
    posting: PostingId,
    reference: String,
    name: String,
    title: String,
    email: String,
    phone: String,
    lang: &'static str,
    grounds: String,
    letters: Vec<Shown>,
    reasons: Option<ShownReasons>,
    /// rejected, and no letter has been written
    lacks: bool,
}

#[expect(
    clippy::too_many_arguments,
    reason = "a page with its form, its errors and whose note they are about"
)]
async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: ApplicationId,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
    about: Option<LetterId>,
) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, actor) = (shell.t, kit.clock.now(), viewer.actor());
    let (whole, ad, found, texts, reasons) = kit
        .db
        .write(move |c| {
            let whole = applications::application(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let ad = postings::get(c, &scope, whole.application.posting)?.ok_or(Fault::NotFound)?;
            let found = store::letters_to(c, id)?;
            let ids: Vec<LetterId> = found.iter().map(|letter| letter.id).collect();
            let texts = store::texts(c, &ids)?;
            let reasons = match whole.application.outcome_at {
                Some(decided_at) => applications::reasons_of(c, id, decided_at)?,
                None => None,
            };
            let line = Line {
                actor,
                verb: Verb::Viewed,
                object: Object::Application(id),
                posting: Some(ad.id),
                detail: Some("letters".to_owned()),
            };
            audit::write(c, &[line], now)?;
            Ok::<_, Fault>((whole, ad, found, texts, reasons))
        })
        .await?;
    let (zone, language) = (kit.config.delivery.zone, t.language());
    let form = FormView::with_errors(typed, errors, t);
    let link = letters::shown_link(&kit.config);
    let is = &whole.application;
    let shown = |letter: &Letter| {
        let text = texts.iter().find(|text| text.letter_id == letter.id);
        let may = |step| letter.state.after(step).is_some();
        let mine = about == Some(letter.id);
        Shown {
            id: letter.id,
            kind: t.say(letter.kind.key()),
            chip: Chip::of_letter(letter.state, t),
            when: format::instant_long(letter.changed_at, zone, language),
            todo: if LetterState::TASKS.contains(&letter.state) {
                what_to_do(t, letter)
            } else {
                String::new()
            },
            said: text.and_then(|text| text.said.clone()).unwrap_or_default(),
            sent_to: text.and_then(|text| text.sent_to.clone()).unwrap_or_default(),
            subject: text.map(|text| text.subject.clone()).unwrap_or_default(),
            body: text.map(|text| letters::with_link(&text.body, &link)).unwrap_or_default(),
            arrived: may(LetterStep::See),
            again: may(LetterStep::Again) && !whole.applicant.email.is_empty(),
            by_hand: may(LetterStep::ByHand),
            bounced: may(LetterStep::Bounce),
            batch: letter.batch.map(|batch| format!("/svar/{batch}")),
            note: if mine { form.value("note").to_owned() } else { String::new() },
            note_error: form.error("note").filter(|_| mine).map(str::to_owned),
        }
    };
    let counts = |letter: &Letter| !LetterState::VOID.contains(&letter.state);
    page_with(
        status,
        &LettersPage {
            id,
            posting: ad.id,
            reference: ad.reference.clone(),
            title: ad.title(language).to_owned(),
            email: whole.applicant.email.clone(),
            phone: address::phone_shown(&whole.applicant.phone),
            lang: whole.applicant.language.code(),
            grounds: is.outcome_reason.clone().unwrap_or_default(),
            lacks: is.lacks_answer()
                && !found.iter().any(|l| counts(l) && Some(l.decided_at) == is.outcome_at),
            letters: found.iter().map(shown).collect(),
            reasons: reasons.map(|asked| ShownReasons {
                asked: format::instant_long(asked.asked_at, zone, language),
                due: format::instant_long(asked.due_at, zone, language),
                given: asked
                    .answered_at
                    .map(|at| (format::instant_long(at, zone, language), asked.words.unwrap_or_default())),
            }),
            name: whole.applicant.name.clone(),
            form,
            shell,
        },
    )
}

/// `GET /ansoegninger/{id}/breve`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<ApplicationId>,
) -> Answer {
    let none = (Typed::default(), Errors::none());
    draw(&req, &kit, &viewer, id.into_inner(), StatusCode::OK, none.0, &none.1, None).await
}

/// What a press of a button does to a letter.
#[derive(Clone, Copy)]
enum Turn {
    Arrived,
    Again,
    ByHand,
    Bounced,
}

async fn turn(req: &HttpRequest, kit: &Kit, posted: Posted, id: LetterId, turn: Turn) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let narrowed = scope.clone();
    let letter = kit.db.read(move |c| store::letter(c, &narrowed, id)).await?.ok_or(Fault::NotFound)?;
    let application = letter.application.ok_or(Fault::NotFound)?;
    let (k, actor, note) = (kit.clone(), viewer.actor(), typed.get("note").to_owned());
    let done = kit
        .db
        .write(move |c| match turn {
            Turn::Arrived => hand::arrived(c, &k, &scope, actor, id),
            Turn::Again => hand::again(c, &k, &scope, actor, id),
            Turn::ByHand => hand::by_hand(c, &k, &scope, actor, id, &note),
            Turn::Bounced => hand::bounced(c, &k, &scope, actor, id),
        })
        .await;
    let key = match turn {
        Turn::Arrived => "answers-said-arrived",
        Turn::Again => "answers-said-sent-again",
        Turn::ByHand => "answers-said-by-hand",
        Turn::Bounced => "answers-said-bounced",
    };
    after(req, kit, &viewer, application, typed, (done.map(drop), Some(id)), key).await
}

async fn after(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: ApplicationId,
    typed: Typed,
    (done, about): (Result<(), AnswerError>, Option<LetterId>),
    said: &str,
) -> Answer {
    match done {
        Ok(()) => {
            viewer.say_next(kit, viewer.shell(req, &kit.config).t.say(said)).await?;
            Ok(see_other(format!("/ansoegninger/{id}/breve")))
        }
        Err(AnswerError::Fields(errors)) => {
            draw(req, kit, viewer, id, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors, about).await
        }
        Err(AnswerError::Moved) => {
            let errors = Errors::one("state", "answers-error-moved");
            draw(req, kit, viewer, id, StatusCode::CONFLICT, typed, &errors, about).await
        }
        Err(error) => Err(error.into()),
    }
}

type Id = web::Path<LetterId>;

/// `POST /breve/{letter}/kom-frem`
pub async fn arrived(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, id.into_inner(), Turn::Arrived).await
}

/// `POST /breve/{letter}/igen`
pub async fn again(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, id.into_inner(), Turn::Again).await
}

/// `POST /breve/{letter}/i-haanden`
pub async fn by_hand(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, id.into_inner(), Turn::ByHand).await
}

/// `POST /breve/{letter}/retur`
pub async fn bounced(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, id.into_inner(), Turn::Bounced).await
}

/// `POST /ansoegninger/{id}/begrundelse`
pub async fn give_reasons(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let (words, sender) = (typed.get("words").to_owned(), viewer.user().name.clone());
    let done = kit.db.write(move |c| hand::give_reasons(c, &k, &scope, actor, id, (&words, &sender))).await;
    after(&req, &kit, &viewer, id, typed, (done, None), "answers-said-reasons").await
}
