//! `/rettelser/{id}`: other words for what hangs of a publication: per channel what stands there, what would, and what the
//! channel can do about it; the answer of whoever approves; and the tick of whoever wrote them there by hand.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{ActionError, By},
    approval_pages,
    correct::{self, Wish},
    correct_settle,
    correct_view::{self, Part},
    difference,
    judged::Reader,
    package_actions::Hands,
    pages::{self, opens},
    rewrite::RewriteError,
    store::{self, Word},
};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::id::{CorrectionId, DeliveryId, PublicationId},
    db::DbError,
    kit::Kit,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

#[derive(Template)]
#[template(path = "publishing/correct.html")]
struct CorrectPage {
    shell: Shell,
    id: PublicationId,
    /// The page of what it is about, when the reader may open it.
    about: Option<String>,
    title: String,
    parts: Vec<Part>,
    /// there is something to write in
    writes: bool,
    /// how many parts the reader may answer
    judge: usize,
    /// who may approve, in words
    approvers: String,
    /// something is under way by itself
    moving: bool,
    form: FormView,
}

type Id = web::Path<String>;

/// `GET /rettelser/{id}`
pub async fn show(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: Id) -> Answer {
    draw(&req, &viewer, &kit, approval_pages::parse(&id)?, StatusCode::OK, None, &Errors::none()).await
}

fn by(viewer: &Viewer) -> Result<By, Fault> {
    Ok(By { actor: viewer.actor(), scope: viewer.scope(Right::Publish)?.clone() })
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: PublicationId,
    status: StatusCode,
    typed: Option<Typed>,
    errors: &Errors,
) -> Answer {
    let reader = Reader::of(viewer)?;
    let shell = viewer.shell(req, &kit.config);
    let (t, now, k) = (shell.t, kit.clock.now(), kit.clone());
    let form = FormView::with_errors(typed.clone().unwrap_or_default(), errors, t);
    let read = kit
        .db
        .read(move |c| correct_view::read(c, &k, t, id, &reader, typed.as_ref(), now))
        .await?
        .ok_or(Fault::NotFound)?;
    let moving = read.parts.iter().any(|p| p.open.as_ref().is_some_and(|open| open.chip.icon == "sync"));
    page_with(
        status,
        &CorrectPage {
            id,
            about: viewer.may(opens(read.about)).then(|| read.about.href()),
            title: read.title,
            writes: read.writes && read.parts.iter().any(|p| p.form.is_some()),
            judge: read.parts.iter().filter(|p| p.open.as_ref().is_some_and(|open| open.judge)).count(),
            moving: moving && read.parts.iter().all(|p| p.form.is_none()),
            approvers: read.approvers,
            parts: read.parts,
            form,
            shell,
        },
    )
}

/// `POST /rettelser/{id}`: makes what is ticked, lets one post stand, or only shows how it would look.
pub async fn save(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = approval_pages::parse(&id)?;
    let Posted { viewer, typed } = posted;
    let by = by(&viewer)?;
    let t = viewer.shell(&req, &kit.config).t;
    let inside = {
        let scope = by.scope.clone();
        kit.db.read(move |c| store::is_in_scope(c, &scope, id)).await?
    };
    if !inside {
        return Err(Fault::NotFound);
    }
    let pressed = typed.get("do").to_owned();
    if pressed == "vis" {
        return draw(&req, &viewer, &kit, id, StatusCode::OK, Some(typed), &Errors::none()).await;
    }
    if let Some(left) = pressed.strip_prefix("lad-") {
        let left = left.parse::<DeliveryId>().map_err(|_| Fault::NotFound)?;
        let of = kit.db.read(move |c| store::delivery(c, left)).await?;
        if of.is_none_or(|row| row.publication_id != id) {
            return Err(Fault::NotFound);
        }
        let done = correct_settle::leave(&kit, &by, left).await;
        return answered(&req, &viewer, &kit, id, typed, done, "correction-said-left").await;
    }
    match correct::correct(&kit, &by, id, wishes(&typed)).await {
        Ok(done) => {
            let mut said = Vec::new();
            for (key, count) in [
                ("correction-said-going", done.going),
                ("correction-said-by-hand", done.by_hand),
                ("correction-said-anew", done.anew),
            ] {
                if count > 0 {
                    said.push(t.with(key, "count", count));
                }
            }
            if done.waiting > 0 {
                said.push(t.with("correction-said-waiting", "count", done.waiting));
            }
            viewer.say_next(&kit, said.join(" ")).await?;
            Ok(see_other(format!("/rettelser/{id}")))
        }
        Err(RewriteError::Fields(errors)) => {
            draw(&req, &viewer, &kit, id, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), &errors).await
        }
        Err(RewriteError::Action(error)) => {
            answered(&req, &viewer, &kit, id, typed, Err(error), "correction-said-left").await
        }
    }
}

/// What is ticked, with the words beside it.
fn wishes(typed: &Typed) -> Vec<Wish> {
    let wish = |chosen: &str| {
        let delivery: DeliveryId = chosen.parse().ok()?;
        let title = typed.get(&format!("title-{delivery}"));
        Some(Wish {
            delivery,
            seen: typed.get(&format!("seen-{delivery}")).to_owned(),
            text: typed.get(&format!("text-{delivery}")).to_owned(),
            title: Some(title.to_owned()).filter(|title| !title.is_empty()),
        })
    };
    typed.all("ret").filter_map(wish).collect()
}

/// `POST /rettelser/{id}/svar`
pub async fn answer(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = approval_pages::parse(&id)?;
    let Posted { viewer, typed } = posted;
    approval_pages::visible(&viewer, &kit, id).await?;
    let word: Word = typed.get("do").parse().unwrap_or(Word::Approved);
    let seen: Vec<(CorrectionId, String)> = typed
        .all("seen")
        .filter_map(|seen| seen.split_once(':'))
        .filter_map(|(id, sha256)| Some((id.parse().ok()?, sha256.to_owned())))
        .collect();
    let key = match word {
        Word::Approved => "correction-said-approved",
        Word::Returned | Word::Rejected => "correction-said-turned-down",
    };
    let done = correct_settle::judge(&kit, viewer.actor(), id, word, typed.get("note"), seen).await;
    answered(&req, &viewer, &kit, id, typed, done, key).await
}

/// Back to the page with a word about it, or the page again with what is wrong.
async fn answered(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: PublicationId,
    typed: Typed,
    done: Result<(), ActionError>,
    said: &str,
) -> Answer {
    let (status, errors) = match done {
        Ok(()) => {
            let t = viewer.shell(req, &kit.config).t;
            viewer.say_next(kit, t.say(said)).await?;
            return Ok(see_other(format!("/rettelser/{id}")));
        }
        Err(ActionError::NotFound) => return Err(Fault::NotFound),
        Err(ActionError::Forbidden) => return Err(Fault::Forbidden),
        Err(ActionError::Db(error)) => return Err(error.into()),
        Err(ActionError::TooLate) => (StatusCode::CONFLICT, Errors::one("state", "delivery-error-too-late")),
        Err(ActionError::Field("state", key)) => (StatusCode::CONFLICT, Errors::one("state", key)),
        Err(ActionError::Field(field, key)) => (StatusCode::UNPROCESSABLE_ENTITY, Errors::one(field, key)),
    };
    // what was written stays, unless it was an answer to what others wrote
    let kept = (typed.all("ret").next().is_some() || typed.get("do") == "ret").then_some(typed);
    draw(req, viewer, kit, id, status, kept, &errors).await
}

/// `POST /udsendelser/{id}/rettet` and `POST /pakker/{id}/rettet`: the words stand there, says whoever wrote them.
pub async fn corrected(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = pages::parse(&id)?;
    let Posted { viewer, .. } = posted;
    let by =
        By { actor: viewer.actor(), scope: viewer.scope(Right::Publish).ok().cloned().unwrap_or_default() };
    let t = viewer.shell(&req, &kit.config).t;
    match correct_settle::is_corrected(&kit, &Hands::of(&viewer), &by, id).await {
        Ok(()) => viewer.say_next(&kit, t.say("correction-said-done")).await?,
        Err(error) => return Err(fault(error)),
    }
    Ok(see_other(back(&req, &kit, id).await?))
}

/// `POST /udsendelser/{id}/glem-rettelsen`: nobody wants the other words any more.
pub async fn forget(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = pages::parse(&id)?;
    let Posted { viewer, .. } = posted;
    let t = viewer.shell(&req, &kit.config).t;
    correct_settle::forget(&kit, &by(&viewer)?, id).await.map_err(fault)?;
    viewer.say_next(&kit, t.say("correction-said-forgotten")).await?;
    Ok(see_other(back(&req, &kit, id).await?))
}

/// Where one came from: the package, or the page of the publication.
async fn back(req: &HttpRequest, kit: &Kit, id: DeliveryId) -> Result<String, DbError> {
    if req.path().starts_with("/pakker/") {
        return Ok(format!("/pakker/{id}"));
    }
    let row = kit.db.read(move |c| store::delivery(c, id)).await?;
    Ok(row.map_or_else(|| "/udsendelser".to_owned(), |row| format!("/rettelser/{}", row.publication_id)))
}

fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::Db(error) => error.into(),
        ActionError::Forbidden => Fault::Forbidden,
        ActionError::TooLate => Fault::Conflict("delivery-error-too-late"),
        ActionError::NotFound | ActionError::Field(..) => Fault::NotFound,
    }
}
