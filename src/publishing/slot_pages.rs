//! `/kanaler/{id}/pladser`: when in the week an account posts, a line for each weekday.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
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
    db::DbError,
    i18n::format,
    kit::Kit,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

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
    let slots = kit.db.read(move |c| store::slots_of(c, account.id)).await?;
    let mut typed = Typed::default();
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
fn read(typed: &Typed, spacing_seconds: u64) -> Result<Vec<Slot>, Errors> {
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
    errors.into_result().map(|()| slots)
}

/// `POST /kanaler/{id}/pladser`
pub async fn save(req: HttpRequest, posted: Posted, kit: web::Data<Kit>, id: web::Path<AccountId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let account = managed(&kit, &viewer, *id).await?;
    let slots = match read(&typed, kit.config.delivery.spacing_seconds) {
        Ok(slots) => slots,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return draw(&req, &viewer, &kit, &account, status, typed, &errors).await;
        }
    };
    let (k, actor, id) = (kit.clone(), viewer.actor(), account.id);
    kit.db
        .write(move |c| {
            store::put_slots(c, id, &slots)?;
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
