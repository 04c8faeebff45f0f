//! What presses of buttons on the page of a posting's interviews do. A form that cannot be taken comes back with what was
//! typed and the error at its field.

use actix_web::{HttpRequest, http::StatusCode, web};

use super::{
    InterviewError,
    actions::{self, By},
    drive::{self, Turn},
    pages, slot, store,
};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::id::{ApplicationId, InterviewId, InterviewLetterId, PostingId, SlotId},
    kit::Kit,
    web::{Answer, Fault, Typed, forms::Errors, see_other},
};

type Id = web::Path<PostingId>;
type Done = Result<String, InterviewError>;

/// Says what was done, or draws the page again.
async fn after(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Typed,
    done: Done,
) -> Answer {
    let (status, errors) = match done {
        Ok(said) => {
            viewer.say_next(kit, said).await?;
            return Ok(see_other(format!("/jobopslag/{id}/samtaler")));
        }
        Err(InterviewError::Fields(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Err(InterviewError::Taken) => (StatusCode::CONFLICT, Errors::one("times", "interviews-error-taken")),
        Err(InterviewError::Moved) => (StatusCode::CONFLICT, Errors::one("times", "interviews-error-moved")),
        Err(InterviewError::Refused(key)) => (StatusCode::CONFLICT, Errors::one("times", key)),
        Err(InterviewError::NotFound) => return Err(Fault::NotFound),
        Err(InterviewError::Db(error)) => return Err(error.into()),
    };
    pages::draw(req, kit, viewer, id, (status, typed, &errors)).await
}

/// `POST /jobopslag/{id}/samtaler/tider`: lays out several at once.
pub async fn add_times(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let t = viewer.shell(&req, &kit.config).t;
    let done = match slot::laid(&typed, kit.config.delivery.zone, kit.clock.now()) {
        Err(errors) => Err(InterviewError::Fields(errors)),
        Ok(laid) => kit.db.write(move |c| actions::add_times(c, &k, &scope, actor, id, &laid)).await,
    };
    // who may not see it is told nothing about the form either
    let done = seen(&kit, &viewer, id).await.and(done);
    let said = done.map(|seats| t.with("interviews-said-laid", "count", seats));
    after(&req, &kit, &viewer, id, typed, said).await
}

/// Whether this person may act on the posting at all.
async fn seen(kit: &Kit, viewer: &Viewer, id: PostingId) -> Result<(), InterviewError> {
    let scope = viewer.scope(Right::MoveApplications).map_err(|_| InterviewError::NotFound)?.clone();
    let there = kit.db.read(move |c| crate::postings::get(c, &scope, id)).await?;
    there.map(drop).ok_or(InterviewError::NotFound)
}

/// `POST /jobopslag/{id}/samtaler/luk`: takes a time away.
pub async fn close_time(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    seen(&kit, &viewer, id).await.map_err(|_| Fault::NotFound)?;
    let slot: SlotId = typed.get("slot").parse().map_err(|_| Fault::BadRequest)?;
    let words = typed.get(&format!("words-{slot}")).to_owned();
    let t = viewer.shell(&req, &kit.config).t;
    let done = kit.db.write(move |c| actions::close_time(c, &k, &scope, actor, (id, slot), &words)).await;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("interviews-said-closed"))).await
}

/// `POST /jobopslag/{id}/samtaler/inviter`
pub async fn invite(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let t = viewer.shell(&req, &kit.config).t;
    let chosen: Vec<ApplicationId> = typed.all("chosen").filter_map(|c| c.parse().ok()).collect();
    let round = typed.get("invite-round").parse().unwrap_or(0);
    let done = kit.db.write(move |c| actions::invite(c, &k, &scope, actor, (id, round), &chosen)).await;
    let said = done.map(|invited| {
        let mut said = vec![t.with("interviews-said-invited", "count", invited.done)];
        said.extend(invited.passed.iter().map(|(name, key)| t.with(key, "name", name)));
        said.join(" ")
    });
    after(&req, &kit, &viewer, id, typed, said).await
}

/// Which interview a form is about; not there for who may not act on the posting.
async fn about(kit: &Kit, viewer: &Viewer, id: PostingId, typed: &Typed) -> Result<InterviewId, Fault> {
    seen(kit, viewer, id).await.map_err(|_| Fault::NotFound)?;
    typed.get("interview").parse().map_err(|_| Fault::BadRequest)
}

/// `POST /jobopslag/{id}/samtaler/paamind`: asks somebody who has not chosen once more.
pub async fn remind(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let is = about(&kit, &viewer, id, &typed).await?;
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let t = viewer.shell(&req, &kit.config).t;
    let done = kit.db.write(move |c| actions::remind_now(c, &k, &scope, actor, (id, is))).await;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("interviews-said-reminded"))).await
}

/// `POST /jobopslag/{id}/samtaler/tid`: chooses a time for somebody, or moves them to another.
pub async fn book(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let is = about(&kit, &viewer, id, &typed).await?;
    let (k, by) = (kit.get_ref().clone(), By::Staff(viewer.actor()));
    let t = viewer.shell(&req, &kit.config).t;
    let field = format!("tid-{is}");
    let done = match typed.get(&field).parse::<SlotId>() {
        Err(_) => Err(InterviewError::Fields(Errors::one(&field, "error-choose"))),
        Ok(slot) => {
            kit.db
                .write(move |c| {
                    let known = store::interview(c, &scope, is)?.filter(|is| is.posting == id);
                    actions::book(c, &k, by, &known.ok_or(InterviewError::NotFound)?, slot, "")
                })
                .await
        }
    };
    after(&req, &kit, &viewer, id, typed, done.map(|_| t.say("interviews-said-booked"))).await
}

/// `POST /jobopslag/{id}/samtaler/aflys`: calls an interview off.
pub async fn cancel(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let is = about(&kit, &viewer, id, &typed).await?;
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let words = typed.get(&format!("words-{is}")).to_owned();
    let t = viewer.shell(&req, &kit.config).t;
    let done = kit.db.write(move |c| actions::cancel(c, &k, &scope, actor, (id, is), &words)).await;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say("interviews-said-cancelled"))).await
}

/// `POST /jobopslag/{id}/samtaler/resultat`: they came, or did not.
pub async fn result(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let is = about(&kit, &viewer, id, &typed).await?;
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let came = typed.get("do") == "held";
    let t = viewer.shell(&req, &kit.config).t;
    let done = kit.db.write(move |c| actions::result(c, &k, &scope, actor, (id, is), came)).await;
    let key = if came { "interviews-said-held" } else { "interviews-said-missed" };
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say(key))).await
}

/// `POST /jobopslag/{id}/samtaler/brev`: a person settles a letter that did not simply leave.
pub async fn letter(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    seen(&kit, &viewer, id).await.map_err(|_| Fault::NotFound)?;
    let which: InterviewLetterId = typed.get("letter").parse().map_err(|_| Fault::BadRequest)?;
    let (turn, key) = match typed.get("do") {
        "arrived" => (Turn::Arrived, "answers-said-arrived"),
        "again" => (Turn::Again, "answers-said-sent-again"),
        "by-hand" => (Turn::ByHand, "answers-said-by-hand"),
        _ => return Err(Fault::BadRequest),
    };
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let note = typed.get(&format!("note-{which}")).to_owned();
    let t = viewer.shell(&req, &kit.config).t;
    let done = kit.db.write(move |c| drive::turn(c, &k, &scope, actor, (which, turn), &note)).await;
    after(&req, &kit, &viewer, id, typed, done.map(|()| t.say(key))).await
}
