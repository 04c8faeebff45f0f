//! `POST /udsendelser/{id}/…`: the verbs of a delivery, each a plain form. Done, it leads back to the delivery with a
//! word about it; not done, the page comes again with what is wrong.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};

use super::{
    actions::{self, ActionError, By, Cancelled},
    ending,
    pages::{parse, show},
};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::{
        id::DeliveryId,
        wall::{Shift, WallTime},
    },
    channels::Channels,
    i18n::Speech,
    kit::Kit,
    web::{Answer, Fault, forms::Errors, see_other},
};

type Id = web::Path<String>;

/// A verb that needs nothing but the delivery; `said` is the word afterwards.
pub(super) async fn verb(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    id: Id,
    said: &str,
    act: impl AsyncFnOnce(&Kit, &By, DeliveryId) -> Result<(), ActionError>,
) -> Answer {
    let id = parse(&id)?;
    let (by, t) = by(&posted.viewer, &req, &kit)?;
    match act(&kit, &by, id).await {
        Ok(()) => done(&posted.viewer, &kit, id, t.say(said)).await,
        Err(error) => wrong(&req, posted, &kit, id, error).await,
    }
}

/// `POST /udsendelser/{id}/annuller`
pub async fn cancel(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = parse(&id)?;
    let (by, t) = by(&posted.viewer, &req, &kit)?;
    let key = match actions::cancel(&kit, &by, id).await {
        Ok(Cancelled::Surely) => "delivery-said-cancelled",
        Ok(Cancelled::IfNotSent) => "delivery-said-cancel-if-not-sent",
        Ok(Cancelled::Look) => "delivery-said-look",
        Ok(Cancelled::Asked) => "package-said-asked",
        Err(error) => return wrong(&req, posted, &kit, id, error).await,
    };
    done(&posted.viewer, &kit, id, t.say(key)).await
}

/// `POST /udsendelser/{id}/flyt`
pub async fn move_to(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = parse(&id)?;
    let (by, t) = by(&posted.viewer, &req, &kit)?;
    let (written, zone) = (posted.typed.get("when"), kit.config.delivery.zone);
    // a button beside the field names a slot instead
    let moved_to = match posted.typed.get("plads") {
        "naeste" => actions::move_to_slot(&kit, &by, id, None).await,
        slot => {
            match (slot.is_empty(), WallTime::parse(if slot.is_empty() { written } else { slot }, zone)) {
                (_, None) => Err(ActionError::Field("when", "delivery-error-when")),
                (true, Some(when)) => actions::move_to(&kit, &by, id, when).await.map(|shift| (when, shift)),
                (false, Some(slot)) => actions::move_to_slot(&kit, &by, id, Some(slot)).await,
            }
        }
    };
    match moved_to {
        Ok((when, shift)) => {
            posted.viewer.say_next(&kit, moved(t, when, shift)).await?;
            let back = posted.typed.get("tilbage");
            let calendar = back == "/kalender" || back.starts_with("/kalender?");
            Ok(see_other(if calendar { back.to_owned() } else { format!("/udsendelser/{id}") }))
        }
        Err(error) => wrong(&req, posted, &kit, id, error).await,
    }
}

/// `POST /udsendelser/{id}/pause`
pub async fn hold(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "delivery-said-held", actions::hold).await
}

/// `POST /udsendelser/{id}/fortsaet`
pub async fn release(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "delivery-said-released", actions::release).await
}

/// `POST /udsendelser/{id}/er-udgivet`
pub async fn is_there(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    channels: web::Data<Channels>,
    id: Id,
) -> Answer {
    let link = posted.typed.get("link").to_owned();
    let act = async |kit: &Kit, by: &By, id| actions::is_there(kit, &channels, by, id, &link).await;
    verb(posted, req, kit, id, "delivery-said-there", act).await
}

/// `POST /udsendelser/{id}/ikke-udgivet`
pub async fn is_not_there(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "delivery-said-absent", actions::is_not_there).await
}

/// `POST /udsendelser/{id}/ved-fristen`
pub async fn at_the_end(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let stays = posted.typed.get("stays") == "yes";
    let said = if stays { "delivery-said-stays" } else { "delivery-said-ends" };
    let act = async |kit: &Kit, by: &By, id| ending::let_stay(kit, by, id, stays).await;
    verb(posted, req, kit, id, said, act).await
}

/// `POST /udsendelser/{id}/tag-ned`
pub async fn take_down(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "delivery-said-taking-down", actions::take_down).await
}

/// `POST /udsendelser/{id}/er-taget-ned`
pub async fn is_gone(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    verb(posted, req, kit, id, "delivery-said-gone", actions::is_gone).await
}

/// `POST /udsendelser/{id}/igen`
pub async fn again(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: Id) -> Answer {
    let id = parse(&id)?;
    let (by, t) = by(&posted.viewer, &req, &kit)?;
    let when = match posted.typed.get("when") {
        "" => None,
        written => match WallTime::parse(written, kit.config.delivery.zone) {
            Some(when) => Some(when),
            None => {
                let error = ActionError::Field("when", "delivery-error-when");
                return wrong(&req, posted, &kit, id, error).await;
            }
        },
    };
    match actions::again(&kit, &by, id, when).await {
        Ok(new) => done(&posted.viewer, &kit, new, t.say("delivery-said-again")).await,
        Err(error) => wrong(&req, posted, &kit, id, error).await,
    }
}

/// What daylight saving did is told, not done silently (d.7).
pub fn moved(t: Speech, when: WallTime, shift: Shift) -> String {
    let (at, shift) = match shift {
        Shift::None => (when, "delivery-said-moved"),
        Shift::Gap => (WallTime::at(when.instant().0, when.zone), "delivery-said-moved-gap"),
        Shift::Fold => (when, "delivery-said-moved-fold"),
    };
    t.with(shift, "time", crate::i18n::format::deadline(at.local, t.language()))
}

fn by(viewer: &Viewer, req: &HttpRequest, kit: &Kit) -> Result<(By, Speech), Fault> {
    let scope = viewer.scope(Right::Publish)?.clone();
    Ok((By { actor: viewer.actor(), scope }, viewer.shell(req, &kit.config).t))
}

async fn done(viewer: &Viewer, kit: &Kit, id: DeliveryId, text: String) -> Result<HttpResponse, Fault> {
    viewer.say_next(kit, text).await?;
    Ok(see_other(format!("/udsendelser/{id}")))
}

/// The page again: with an error at its field, or as it stands now with a sentence that it has moved on.
async fn wrong(req: &HttpRequest, posted: Posted, kit: &Kit, id: DeliveryId, error: ActionError) -> Answer {
    let Posted { viewer, typed } = posted;
    let (status, errors) = match error {
        ActionError::NotFound => return Err(Fault::NotFound),
        ActionError::Forbidden => return Err(Fault::Forbidden),
        ActionError::Db(error) => return Err(error.into()),
        ActionError::Field(field, key) => (StatusCode::UNPROCESSABLE_ENTITY, Errors::one(field, key)),
        ActionError::TooLate => (StatusCode::CONFLICT, Errors::one("state", "delivery-error-too-late")),
    };
    show(req, &viewer, kit, id, status, typed, &errors).await
}
