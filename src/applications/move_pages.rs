//! Moving on the board: one card by its own form, several at once, taking it back. A script opens and sends the same forms
//! and is answered with the board in place of a new address, or with the form when something in it was refused. When
//! somebody else was faster, the answer is 409 with the board as it truly is and a sentence that
//! says who.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, Change, ChangeError, Changed, ChangedTogether, Stale},
    application::Card,
    board_pages::{Beside, Failed, Words, always_asked, draw, parse_pair, targets},
    stage::Column,
    store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::id::{ApplicationId, PostingId},
    i18n::Speech,
    kit::Kit,
    postings::{self, Posting},
    web::{Answer, Fault, Shell, Typed, page, page_with, see_other},
};

/// The form that moves one: a page of its own, and the part that a script opens inside the card.
#[derive(Template)]
#[template(path = "applications/move.html")]
struct MovePage {
    shell: Shell,
    card: MoveCard,
    title: String,
}

#[derive(Template)]
#[template(path = "applications/move_form.html")]
struct MovePart {
    shell: Shell,
    card: MoveCard,
}

/// The form's card: where it may go, and what came back with an error.
struct MoveCard {
    id: ApplicationId,
    posting: PostingId,
    name: String,
    version: i32,
    stands: String,
    /// `application` when its own page is where one comes from and goes back to.
    from: String,
    /// Where it may go: word, name.
    targets: Vec<(&'static str, String)>,
    /// What is asked for wherever it goes; empty when it depends.
    reason_always: String,
    failed: Option<Failed>,
}

/// `GET /ansoegninger/{id}/flyt`
pub async fn form(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<ApplicationId>,
) -> Answer {
    answer_with_form(&req, &kit, &viewer, id.into_inner(), "", None).await
}

/// The form as a page or, for a script, as the part it puts into the card. 422 when something in it was refused.
async fn answer_with_form(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: ApplicationId,
    from: &str,
    failed: Option<Failed>,
) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let (card, posting) = kit
        .db
        .read(move |c| {
            let card = store::cards(c, &scope, &[id])?.pop().ok_or(Fault::NotFound)?;
            let posting = postings::get(c, &scope, card.posting)?.ok_or(Fault::NotFound)?;
            Ok::<_, Fault>((card, posting))
        })
        .await?;
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let status = if failed.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let card = MoveCard {
        id,
        posting: card.posting,
        version: card.version,
        stands: t.say(card.column().key()),
        from: from.to_owned(),
        targets: targets(t, &card),
        reason_always: always_asked(t, &card),
        failed,
        name: card.name,
    };
    if wants_part(req) {
        return page_with(status, &MovePart { shell, card });
    }
    let title = posting.title(t.language()).to_owned();
    page_with(status, &MovePage { shell, card, title })
}

/// `POST /ansoegninger/{id}/flyt`; a board that is drawn again shows what others have to say there.
pub async fn move_one_with(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
    beside: impl AsyncFnOnce(Posting, &[Card]) -> Result<Beside, Fault>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let wanted = wanted(&typed, id)?;
    let (k, actor, change) = (kit.get_ref().clone(), viewer.actor(), wanted.clone());
    let narrowed = scope.clone();
    let result = kit.db.write(move |c| actions::change(c, &k, &narrowed, actor, &change)).await;
    let t = viewer.shell(&req, &kit.config).t;
    let from_page = typed.get("from") == "application";
    match result {
        Ok(changed) => {
            let said = sentence(t, &changed);
            if wants_part(&req) {
                let undo = vec![pair(changed.id, changed.version)];
                let words = Words { said, undo, ..Words::default() };
                return page(&draw(&req, &kit, &viewer, changed.posting, words, beside).await?);
            }
            viewer.say_next(&kit, said).await?;
            let at = if from_page {
                format!("/ansoegninger/{id}")
            } else {
                let moved = pair(changed.id, changed.version);
                format!("/jobopslag/{}/tavle?moved={moved}#a{id}", changed.posting)
            };
            Ok(see_other(at))
        }
        Err(ChangeError::Stale(stale)) => {
            let said = stale_sentence(&kit, t, &stale).await?;
            let words = Words { said, ..Words::default() };
            page_with(StatusCode::CONFLICT, &draw(&req, &kit, &viewer, stale.posting, words, beside).await?)
        }
        Err(error) => {
            let key = match error {
                ChangeError::Reason(_, key) | ChangeError::Barred(key) => key,
                error => return Err(fault(error)),
            };
            let failed = Failed {
                to: typed.get("stage").to_owned(),
                place: typed.get("place").to_owned(),
                reason: wanted.reason,
                words: t.say(key),
            };
            answer_with_form(&req, &kit, &viewer, id, typed.get("from"), Some(failed)).await
        }
    }
}

/// `POST /jobopslag/{id}/flyt`: several at once. Those that somebody else changed meanwhile stay, and are
/// named.
pub async fn move_chosen_with(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
    beside: impl AsyncFnOnce(Posting, &[Card]) -> Result<Beside, Fault>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let to = Column::from_word(typed.get("stage")).ok_or(Fault::BadRequest)?;
    let reason = typed.get("reason").to_owned();
    let chosen: Vec<_> = typed.all("chosen").filter_map(parse_pair).take(500).collect();
    let change = |(id, version)| Change { id, version, to, place: None, reason: reason.clone() };
    let changes = chosen.into_iter().map(change).collect();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let result = kit
        .db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(ChangeError::NotFound)?;
            actions::change_together(c, &k, &scope, actor, changes)
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    let together = match result {
        Ok(together) => together,
        Err(ChangeError::Reason(_, key)) => {
            let said = t.say(key);
            let failed =
                Failed { to: to.word().to_owned(), place: String::new(), reason, words: said.clone() };
            let words = Words { said, bulk_failed: Some(failed), ..Words::default() };
            let drawn = draw(&req, &kit, &viewer, id, words, beside).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &drawn);
        }
        Err(error) => return Err(fault(error)),
    };
    let said = told(t, to, &together);
    let undo = pairs(&together);
    if wants_part(&req) {
        let words = Words { said, undo, ..Words::default() };
        return page(&draw(&req, &kit, &viewer, id, words, beside).await?);
    }
    viewer.say_next(&kit, said).await?;
    // an address has its limits; more than these are undone from each one's history
    let moved: Vec<_> = undo.iter().take(20).map(|u| format!("moved={u}")).collect();
    Ok(see_other(format!("/jobopslag/{id}/tavle?{}", moved.join("&"))))
}

/// `POST /jobopslag/{id}/fortryd`
pub async fn undo_with(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
    beside: impl AsyncFnOnce(Posting, &[Card]) -> Result<Beside, Fault>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let chosen: Vec<_> = typed.all("chosen").filter_map(parse_pair).take(500).collect();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let result = kit.db.write(move |c| actions::undo(c, &k, &scope, actor, chosen)).await;
    let t = viewer.shell(&req, &kit.config).t;
    let (status, said) = match result {
        Ok(done) => match done.as_slice() {
            [one] => (StatusCode::OK, sentence(t, one)),
            _ => (StatusCode::OK, t.with("board-undone", "count", done.len())),
        },
        Err(ChangeError::Stale(stale)) => (StatusCode::CONFLICT, stale_sentence(&kit, t, &stale).await?),
        Err(ChangeError::Nothing) => (StatusCode::CONFLICT, t.say("board-nothing-to-undo")),
        Err(ChangeError::Barred(key)) => (StatusCode::CONFLICT, t.say(key)),
        Err(error) => return Err(fault(error)),
    };
    if !wants_part(&req) && status == StatusCode::OK {
        viewer.say_next(&kit, said).await?;
        let back = typed.get("from").parse::<ApplicationId>();
        return Ok(see_other(back.map_or_else(
            |_| format!("/jobopslag/{id}/tavle"),
            |application| format!("/ansoegninger/{application}"),
        )));
    }
    let words = Words { said, ..Words::default() };
    page_with(status, &draw(&req, &kit, &viewer, id, words, beside).await?)
}

/// What is said after several were moved: how many, who stays because somebody else was faster, and why others stay.
pub fn told(t: Speech, to: Column, together: &ChangedTogether) -> String {
    let mut said = match together.done.as_slice() {
        [] => t.say("board-bulk-none"),
        [one] => sentence(t, one),
        done => t.with2("board-bulk-moved", "count", done.len(), "to", t.say(to.key())),
    };
    if !together.passed_by.is_empty() {
        said.push(' ');
        said.push_str(&t.with("board-bulk-stale", "names", together.passed_by.join(", ")));
    }
    if let Some(key) = together.barred.first() {
        said.push(' ');
        said.push_str(&t.say(key));
    }
    said
}

/// Those that were moved, as the form that takes it back names them.
pub fn pairs(together: &ChangedTogether) -> Vec<String> {
    together.done.iter().map(|done| pair(done.id, done.version)).collect()
}

/// The change a »Flyt…« form asks for.
fn wanted(typed: &Typed, id: ApplicationId) -> Result<Change, Fault> {
    Ok(Change {
        id,
        version: typed.get("version").parse().map_err(|_| Fault::BadRequest)?,
        to: Column::from_word(typed.get("stage")).ok_or(Fault::BadRequest)?,
        place: typed.get("place").trim().parse().ok(),
        reason: typed.get("reason").to_owned(),
    })
}

/// What is said after a move.
fn sentence(t: Speech, changed: &Changed) -> String {
    use crate::i18n::Said;
    let to = t.say(changed.to.key());
    match changed.to {
        Column::Stage(_) => t.args(
            "board-moved",
            &[
                ("name", changed.name.said()),
                ("to", to.said()),
                ("place", changed.place.said()),
                ("of", changed.of.said()),
            ],
        ),
        Column::Outcome(_) => t.with2("board-decided", "name", &changed.name, "to", to),
    }
}

async fn stale_sentence(kit: &Kit, t: Speech, stale: &Stale) -> Result<String, Fault> {
    let by = stale.by.strip_prefix("user:").and_then(|id| id.parse().ok());
    let name = match by {
        None => None,
        Some(id) => {
            let users = kit.db.read(accounts::users).await?;
            users.into_iter().find(|u| u.id == id).map(|u| u.name)
        }
    };
    let to = t.say(stale.now.key());
    Ok(match name {
        Some(by) => t.with3("board-stale-by", "name", &stale.name, "to", to, "by", by),
        None => t.with2("board-stale", "name", &stale.name, "to", to),
    })
}

pub(crate) fn fault(error: ChangeError) -> Fault {
    match error {
        ChangeError::NotFound => Fault::NotFound,
        ChangeError::Stale(_) => Fault::Conflict("board-stale-plain"),
        ChangeError::Barred(key) | ChangeError::Reason(_, key) => Fault::Refused(key),
        ChangeError::Nothing => Fault::Conflict("board-nothing-to-undo"),
        ChangeError::Db(error) => error.into(),
    }
}

/// Scripts ask for the board and put it in place themselves.
fn wants_part(req: &HttpRequest) -> bool {
    req.headers().contains_key("hx-request")
}

fn pair(id: ApplicationId, version: i32) -> String {
    format!("{id}:{version}")
}
