//! `/udsendelser/pause`: everything of a unit on pause, and letting it go on; and the notice about it on every page of what
//! goes out.

use std::time::Duration;

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{ActionError, By},
    pause,
    store::{self, Pause},
};
use crate::{
    accounts::{self, Posted, Right, Scope, Viewer, unit},
    base::id::UnitId,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors, Query},
        page_with, see_other,
    },
};

/// What the page counts.
const AHEAD: Duration = Duration::from_secs(7 * 86_400);

/// A pause that holds, as it is told.
#[derive(Clone, Debug)]
pub struct Told {
    /// Where the form ends it; none for who may not.
    pub end: Option<String>,
    /// Which unit, since when, by whom.
    pub words: String,
    /// Why.
    pub why: String,
}

#[derive(Template)]
#[template(path = "publishing/pause.html")]
struct PausePage {
    shell: Shell,
    pauses: Vec<Told>,
    units: Vec<Choice>,
    waiting: i64,
    form: FormView,
}

/// The pauses that hold for any of what this scope covers, in words. A pause of a unit above is told too, but ended only by
/// whom that unit's publishing is given to.
pub(super) fn told(
    c: &mut Conn,
    scope: &Scope,
    t: Speech,
    zone: chrono_tz::Tz,
) -> Result<Vec<Told>, DbError> {
    let pauses = store::holding(c)?;
    if pauses.is_empty() {
        return Ok(Vec::new());
    }
    let units = accounts::units(c)?;
    let users = accounts::users(c)?;
    let inside = scope.units();
    let concerns = |pause: &Pause| {
        inside.contains(&pause.unit_id)
            || unit::below(&units, pause.unit_id).iter().any(|u| inside.contains(u))
    };
    Ok(pauses
        .into_iter()
        .filter(concerns)
        .map(|pause| {
            let unit =
                units.iter().find(|u| u.id == pause.unit_id).map(|u| u.name.as_str()).unwrap_or_default();
            let who = users.iter().find(|u| format!("user:{}", u.id) == pause.began_by);
            let since = format::instant_short(pause.began_at, zone, t.language());
            let who = who.map_or_else(|| t.say("pause-by-system"), |u| u.name.clone());
            Told {
                end: inside.contains(&pause.unit_id).then(|| format!("/udsendelser/pause/{}/slut", pause.id)),
                words: t.with3("pause-holds", "unit", unit, "since", since, "who", who),
                why: pause.why,
            }
        })
        .collect())
}

/// `GET /udsendelser/pause`
pub async fn ask(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, query: Query) -> Answer {
    show(&req, &viewer, &kit, StatusCode::OK, query.0, &Errors::none()).await
}

async fn show(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, zone, before) = (shell.t, kit.config.delivery.zone, kit.clock.now() + AHEAD);
    let found = kit
        .db
        .read(move |c| {
            let units = unit::choices(&accounts::units(c)?, &scope);
            let waiting = store::waiting_before(c, &scope.units(), before)?;
            Ok::<_, DbError>((told(c, &scope, t, zone)?, units, waiting))
        })
        .await?;
    let (pauses, units, waiting) = found;
    page_with(
        status,
        &PausePage { pauses, units, waiting, form: FormView::with_errors(typed, errors, t), shell },
    )
}

/// `POST /udsendelser/pause`
pub async fn pause_all(posted: Posted, req: HttpRequest, kit: web::Data<Kit>) -> Answer {
    let by = by(&posted.viewer)?;
    let t = posted.viewer.shell(&req, &kit.config).t;
    let unit: UnitId = posted.typed.get("unit").parse().map_err(|_| Fault::NotFound)?;
    match pause::pause_all(&kit, &by, unit, posted.typed.get("why")).await {
        Ok(()) => {
            posted.viewer.say_next(&kit, t.say("pause-said")).await?;
            Ok(see_other("/udsendelser"))
        }
        Err(ActionError::Field(field, key)) => {
            let Posted { viewer, typed } = posted;
            show(&req, &viewer, &kit, StatusCode::UNPROCESSABLE_ENTITY, typed, &Errors::one(field, key)).await
        }
        Err(error) => Err(fault(error)),
    }
}

/// `POST /udsendelser/pause/{id}/slut`
pub async fn go_on(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let by = by(&posted.viewer)?;
    let t = posted.viewer.shell(&req, &kit.config).t;
    pause::go_on(&kit, &by, id.parse().map_err(|_| Fault::NotFound)?).await.map_err(fault)?;
    posted.viewer.say_next(&kit, t.say("pause-said-over")).await?;
    Ok(see_other("/udsendelser"))
}

fn by(viewer: &Viewer) -> Result<By, Fault> {
    Ok(By { actor: viewer.actor(), scope: viewer.scope(Right::Publish)?.clone() })
}

fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::Db(error) => error.into(),
        ActionError::Forbidden => Fault::Forbidden,
        ActionError::NotFound | ActionError::TooLate | ActionError::Field(..) => Fault::NotFound,
    }
}
