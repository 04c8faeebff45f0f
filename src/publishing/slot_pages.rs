//! `/kanaler/{id}/pladser`: when in the week an account posts, a line for each weekday.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    evergreen::{self, HOURS},
    pages::Badge,
    slot::{self, Slot},
    store,
};
use crate::{
    accounts::{
        Posted, Right, Viewer,
        audit::{self, Line, Object, Verb},
    },
    base::id::AccountId,
    channels::{self, Connection},
    db::{Conn, DbError},
    i18n::format,
    kit::Kit,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// How many hours before an empty slot is filled, when nothing else is said.
const HOURS_BEFORE: i32 = 24;

/// A weekday's field: its name and what it is called.
struct Day {
    field: String,
    label: String,
}

#[derive(Template)]
#[template(path = "publishing/slots.html")]
struct SlotsPage {
    shell: Shell,
    id: AccountId,
    badge: Badge,
    account: String,
    days: Vec<Day>,
    /// The next free ones, in words.
    next: Vec<String>,
    form: FormView,
}

fn field(weekday: usize) -> String {
    format!("dag-{weekday}")
}

/// An account this person looks after.
async fn managed(kit: &Kit, viewer: &Viewer, id: AccountId) -> Result<Connection, Fault> {
    viewer.scope(Right::ManageChannels)?;
    let found = kit.db.read(move |c| channels::connection(c, id)).await?;
    found.filter(|c| viewer.may_in(Right::ManageChannels, c.unit_id)).ok_or(Fault::NotFound)
}

/// `GET /kanaler/{id}/pladser`
pub async fn form(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<AccountId>) -> Answer {
    let account = managed(&kit, &viewer, *id).await?;
    let id = account.id;
    let read = move |c: &mut Conn| Ok::<_, DbError>((store::slots_of(c, id)?, store::filled_before(c, id)?));
    let (slots, hours) = kit.db.read(read).await?;
    let mut typed = Typed::default();
    typed.set("hours", hours.unwrap_or(HOURS_BEFORE).to_string());
    if hours.is_some() {
        typed.set("fill", "on");
    }
    for (weekday, times) in slot::by_weekday(&slots).into_iter().enumerate() {
        typed.set(&field(weekday), times);
    }
    draw(&req, &viewer, &kit, &account, StatusCode::OK, typed, &Errors::none()).await
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    account: &Connection,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let (t, now, k, id) = (shell.t, kit.clock.now(), kit.clone(), account.id);
    let next = kit.db.read(move |c| slot::free_of(c, &k, id, slot::ahead(now, None), None)).await?;
    page_with(
        status,
        &SlotsPage {
            id,
            badge: Badge::at(account),
            account: account.handle.clone(),
            days: slot::WEEK
                .into_iter()
                .enumerate()
                .map(|(n, day)| Day { field: field(n), label: format::weekday(day, t.language()).to_owned() })
                .collect(),
            next: next.iter().take(3).map(|wall| format::deadline(wall.local, t.language())).collect(),
            form: FormView::with_errors(typed, errors, t),
            shell,
        },
    )
}

/// The week as it was typed, or what cannot be read in it.
fn read(typed: &Typed, spacing_seconds: u64) -> Result<(Vec<Slot>, Option<i32>), Errors> {
    let (mut slots, mut errors) = (Vec::new(), Errors::none());
    for weekday in 0..7 {
        let name = field(weekday);
        let mut minutes = Vec::new();
        for written in typed.get(&name).split([' ', ',', ';']).filter(|w| !w.is_empty()) {
            match slot::minute_of(written) {
                Some(minute) => minutes.push(minute),
                None => {
                    errors.add_with(&name, "slot-error-time", "time", written);
                    break;
                }
            }
        }
        minutes.sort_unstable();
        minutes.dedup();
        // nearer than this the second would never be free
        let apart = u32::try_from(spacing_seconds.div_ceil(60)).unwrap_or(u32::MAX);
        if minutes.windows(2).any(|pair| pair[1] - pair[0] < apart) {
            errors.add_with(&name, "slot-error-near", "minutes", apart);
        }
        let weekday = u32::try_from(weekday).unwrap_or(7);
        slots.extend(minutes.into_iter().filter_map(|minute| Slot::new(weekday, minute)));
    }
    if slots.len() > slot::MOST {
        errors.add_with("dag-0", "slot-error-many", "max", slot::MOST);
    }
    let hours = typed.get("hours").trim().parse().ok().filter(|hours| HOURS.contains(hours));
    if typed.ticked("fill") && hours.is_none() {
        errors.add_with("hours", "evergreen-error-hours", "max", HOURS.end());
    }
    let filled = hours.filter(|_| typed.ticked("fill")).and_then(|hours| i32::try_from(hours).ok());
    errors.into_result().map(|()| (slots, filled))
}

/// `POST /kanaler/{id}/pladser`
pub async fn save(req: HttpRequest, posted: Posted, kit: web::Data<Kit>, id: web::Path<AccountId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let account = managed(&kit, &viewer, *id).await?;
    let (slots, filled) = match read(&typed, kit.config.delivery.spacing_seconds) {
        Ok(read) => read,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return draw(&req, &viewer, &kit, &account, status, typed, &errors).await;
        }
    };
    let (k, actor, id) = (kit.clone(), viewer.actor(), account.id);
    kit.db
        .write(move |c| {
            slot::set(c, id, &slots)?;
            evergreen::switch(c, id, filled)?;
            let detail = Some(format!("slots account:{id} {}", slots.len()));
            let line = Line { actor, verb: Verb::Changed, object: Object::None, posting: None, detail };
            audit::write(c, &[line], k.clock.now())?;
            Ok::<_, DbError>(())
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("slot-said-saved")).await?;
    Ok(see_other(format!("/kanaler/{id}/pladser")))
}
