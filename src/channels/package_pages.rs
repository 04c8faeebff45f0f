//! `/kanaler/forbind/pakke`: a place without an API: what it is called, what sort it is, who posts there;
//! `/kanaler/{id}/pakke`: the same, changed.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    ConnectError, Connection, Sort,
    connect_pages::{chosen_unit, units},
    package::{self, LEAD_MAX, Place},
    pages::managed,
    store,
};
use crate::{
    accounts::{self, Posted, Right, Scope, User, Viewer},
    base::{
        Instant,
        id::{AccountId, UnitId},
    },
    db::{Conn, DbError},
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors, Query},
        page_with, see_other,
    },
};

#[derive(Template)]
#[template(path = "channels/package.html")]
struct PlacePage {
    shell: Shell,
    action: String,
    back: String,
    /// A place that is changed, by its name; its sort and unit stay.
    known: Option<String>,
    steps: Vec<String>,
    sorts: Vec<Choice>,
    units: Vec<Choice>,
    people: Vec<Choice>,
    form: FormView,
    lead_max: i32,
}

/// `GET /kanaler/forbind/pakke`
pub async fn form(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let mut typed = Typed::default();
    let sort: Sort = query.0.get("slags").parse().unwrap_or(Sort::FacebookGroup);
    typed.set("sort", sort.word());
    typed.set("lead_days", sort.sheet().lead_days.to_string());
    typed.set("person", viewer.user().id.to_string());
    draw(&req, &kit, &viewer, None, StatusCode::OK, typed, &Errors::none()).await
}

/// `POST /kanaler/forbind/pakke`
pub async fn settle(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(Right::ManageChannels)?;
    let unit = chosen_unit(&viewer, &typed)?;
    keep(&req, &kit, &viewer, None, unit, typed).await
}

/// `GET /kanaler/{id}/pakke`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<AccountId>) -> Answer {
    let known = place(&kit, &viewer, *id).await?;
    let id = known.id;
    let posting = kit.db.read(move |c| store::posting_at(c, id)).await?;
    let mut typed = Typed::default();
    typed.set("name", known.name());
    typed.set("address", known.address(&kit.config));
    if let Some(posting) = posting {
        typed.set("person", posting.person.to_string());
        typed.set("lead_days", posting.lead_days.to_string());
    }
    draw(&req, &kit, &viewer, Some(known), StatusCode::OK, typed, &Errors::none()).await
}

/// `POST /kanaler/{id}/pakke`
pub async fn change(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<AccountId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let known = place(&kit, &viewer, *id).await?;
    let unit = known.unit_id;
    keep(&req, &kit, &viewer, Some(known), unit, typed).await
}

/// A place this person looks after; a channel that is sent to is none.
async fn place(kit: &Kit, viewer: &Viewer, id: AccountId) -> Result<Connection, Fault> {
    let known = managed(kit, viewer, id).await?;
    Sort::of(&known).map(|_| known).ok_or(Fault::NotFound)
}

/// Whoever may be named: people with a role in what is looked after.
fn colleagues(c: &mut Conn, scope: &Scope, now: Instant) -> Result<Vec<User>, DbError> {
    let people = accounts::people(c, now)?;
    let seen = people.into_iter().filter(|p| p.roles.iter().any(|role| scope.covers_unit(role.unit_id)));
    Ok(seen.map(|p| p.user).filter(|user| user.disabled_at.is_none()).collect())
}

async fn keep(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    known: Option<Connection>,
    unit: UnitId,
    typed: Typed,
) -> Answer {
    let mut errors = Errors::none();
    let person = typed.get("person").parse().ok();
    let lead_days = typed.get("lead_days").trim().parse().ok();
    if person.is_none() {
        errors.add("person", "package-error-person");
    }
    if lead_days.is_none() {
        errors.add("lead_days", "package-error-lead");
    }
    let sort = typed.get("sort").parse().ok().or_else(|| known.as_ref().and_then(Sort::of));
    if sort.is_none() {
        errors.add("sort", "error-required");
    }
    let (Some(person), Some(lead_days), Some(sort)) = (person, lead_days, sort) else {
        return draw(req, kit, viewer, known, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await;
    };
    let place = Place {
        name: typed.get("name").to_owned(),
        sort,
        address: typed.get("address").to_owned(),
        person,
        lead_days,
        unit,
    };
    let (k, by, before, name) = (kit.clone(), viewer.actor(), known.clone(), place.name.clone());
    let scope = viewer.scope(Right::ManageChannels)?.clone();
    let done = kit
        .db
        .write(move |c| {
            let colleagues = colleagues(c, &scope, k.clock.now())?;
            if !colleagues.iter().any(|user| user.id == person) {
                return Err(ConnectError::Field("person", "package-error-person"));
            }
            package::settle(c, &k, &place, before.as_ref(), by)
        })
        .await;
    match done {
        Ok(id) => {
            let t = viewer.shell(req, &kit.config).t;
            viewer.say_next(kit, t.with("package-said-kept", "name", name)).await?;
            Ok(see_other(format!("/kanaler/{id}")))
        }
        Err(ConnectError::Field(field, key)) => {
            let errors = Errors::one(field, key);
            draw(req, kit, viewer, known, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(ConnectError::Db(error)) => Err(error.into()),
        Err(error) => Err(Fault::internal("a place could not be kept", error)),
    }
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    known: Option<Connection>,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let scope = viewer.scope(Right::ManageChannels)?.clone();
    let now = kit.clock.now();
    let people = kit.db.read(move |c| colleagues(c, &scope, now)).await?;
    let people = people.into_iter().map(|user| Choice::new(user.id, user.name)).collect();
    let sorts = Sort::ALL
        .iter()
        .map(|sort| Choice { hint: t.say(sort.what()), ..Choice::new(sort.word(), t.say(sort.key())) })
        .collect();
    let page = PlacePage {
        action: known.as_ref().map_or_else(
            || "/kanaler/forbind/pakke".to_owned(),
            |known| format!("/kanaler/{}/pakke", known.id),
        ),
        back: known.as_ref().map_or_else(|| "/kanaler/forbind".to_owned(), |k| format!("/kanaler/{}", k.id)),
        known: known.map(|known| known.name().to_owned()),
        steps: vec![
            t.say("channels-step-channel"),
            t.say("package-step-place"),
            t.say("channels-step-ready"),
        ],
        sorts,
        units: units(kit, viewer).await?,
        people,
        form: FormView::with_errors(typed, errors, t),
        lead_max: LEAD_MAX,
        shell,
    };
    page_with(status, &page)
}
