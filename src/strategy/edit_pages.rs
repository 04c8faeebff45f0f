//! `/strategi/{id}`: a unit's strategy as one form. Buttons order it without saving; of two who save at once the second is
//! told, and keeps what was typed.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, By, StrategyError},
    form::{self, Press},
    place::{self, Place},
    plan::{Audience, Content},
    store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::id::{AudienceId, UnitId},
    channels::{self, Connection},
    db::DbError,
    i18n::Speech,
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors},
        page_with, see_other,
    },
};

/// A channel in an audience's order.
struct Row {
    n: usize,
    word: String,
    place: Place,
    /// Name of the field with its reason.
    why: String,
}

/// An audience in the form: names of its fields.
struct Fields {
    id: AudienceId,
    name: String,
    note: String,
    new: String,
    rows: Vec<Row>,
    /// What may still be added.
    others: Vec<Choice>,
    /// For whoever hears the buttons.
    called: String,
}

/// Something that somebody else has saved meanwhile.
struct Theirs {
    field: String,
    label: String,
    value: String,
}

#[derive(Template)]
#[template(path = "strategy/edit.html")]
struct EditPage {
    shell: Shell,
    unit: UnitId,
    name: String,
    version: i32,
    audiences: Vec<Fields>,
    /// More audiences may be added.
    room: bool,
    /// The unit has its own, and another stands above it.
    lifts: bool,
    /// Whose words the form begins with, when they are not the unit's own.
    begun_from: Option<String>,
    theirs: Vec<Theirs>,
    stale: bool,
    /// It was put in order and not saved.
    unsaved: bool,
    form: FormView,
}

/// What is to be said about a form that came back.
#[derive(Default)]
struct Back {
    errors: Errors,
    /// What stands now, when somebody else saved; and its version.
    stale: Option<(Content, i32)>,
    unsaved: bool,
}

fn parse(id: &str) -> Result<UnitId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

/// `GET /strategi/{id}`
pub async fn form(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    draw(&req, &viewer, &kit, parse(&id)?, None, Back::default()).await
}

/// `POST /strategi/{id}`: saves it, lifts it, or only puts the form in order.
pub async fn save(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let unit = parse(&id)?;
    let Posted { viewer, typed } = posted;
    let by = By { actor: viewer.actor(), scope: viewer.scope(Right::SetStrategy)?.clone() };
    let mut content = form::read(&typed);
    let version: i32 = typed.get("version").parse().unwrap_or(0);
    if let Some(press) = Press::read(typed.get("do")) {
        press.on(&mut content, AudienceId::new(kit.clock.now(), &kit.chance));
        let back = Back { unsaved: true, ..Back::default() };
        return draw(&req, &viewer, &kit, unit, Some((content, version)), back).await;
    }
    let lifts = typed.get("do") == "loeft";
    let (k, written) = (kit.get_ref().clone(), content.clone());
    let done = kit
        .db
        .write(move |c| match lifts {
            true => actions::lift(c, &k, &by, unit, version),
            false => actions::save(c, &k, &by, unit, version, written),
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    let back = match done {
        Ok(()) => {
            let said = if lifts { "strategy-said-lifted" } else { "strategy-said-saved" };
            viewer.say_next(&kit, t.say(said)).await?;
            return Ok(see_other(format!("/strategi?enhed={unit}")));
        }
        Err(StrategyError::NotFound) => return Err(Fault::NotFound),
        Err(StrategyError::Db(error)) => return Err(error.into()),
        Err(StrategyError::Fields(errors)) => Back { errors, ..Back::default() },
        Err(StrategyError::Stale(now, version)) => {
            let standing = now.map(|s| s.content).unwrap_or_default();
            Back { stale: Some((standing, version)), ..Back::default() }
        }
    };
    draw(&req, &viewer, &kit, unit, Some((content, version)), back).await
}

/// What the page needs from the database.
struct Around {
    name: String,
    accounts: Vec<Connection>,
    choices: Vec<Choice>,
    own: bool,
    above: Option<String>,
    begin: (Content, i32),
}

async fn around(kit: &Kit, unit: UnitId, t: Speech) -> Result<Around, Fault> {
    let read = kit.db.read(move |c| {
        let units = accounts::units(c)?;
        let Some(at) = units.iter().find(|u| u.id == unit) else { return Ok(None) };
        let own = store::of(c, unit)?;
        let above = match at.parent_id {
            Some(parent) => store::holding(c, parent)?,
            None => None,
        };
        let named = |id: UnitId| units.iter().find(|u| u.id == id).map(|u| u.name.clone());
        Ok::<_, DbError>(Some(Around {
            name: at.name.clone(),
            accounts: channels::connections(c)?,
            choices: place::choices(c, unit, t)?,
            above: above.as_ref().and_then(|s| named(s.unit)),
            own: own.is_some(),
            begin: (own.or(above).map(|s| s.content).unwrap_or_default(), store::version_of(c, unit)?),
        }))
    });
    read.await?.ok_or(Fault::NotFound)
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    unit: UnitId,
    written: Option<(Content, i32)>,
    back: Back,
) -> Answer {
    if !viewer.scope(Right::SetStrategy)?.covers_unit(unit) {
        return Err(Fault::NotFound);
    }
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let around = around(kit, unit, t).await?;
    let fresh = written.is_none();
    let (content, mut version) = written.unwrap_or(around.begin);
    let theirs = match &back.stale {
        Some((standing, newest)) => {
            // what is saved next is saved knowingly over what stands now
            version = *newest;
            theirs(standing, &content, &around.accounts, t)
        }
        None => Vec::new(),
    };
    let status = match &back {
        Back { stale: Some(_), .. } => StatusCode::CONFLICT,
        back if back.errors.is_empty() => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let typed: Typed = form::fill(&content);
    page_with(
        status,
        &EditPage {
            unit,
            name: around.name,
            version,
            audiences: content
                .audiences
                .iter()
                .map(|a| fields(a, &around.accounts, &around.choices, t))
                .collect(),
            room: content.audiences.len() < form::AUDIENCES,
            lifts: around.own && around.above.is_some(),
            begun_from: around.above.filter(|_| fresh && !around.own),
            stale: back.stale.is_some(),
            theirs,
            unsaved: back.unsaved,
            form: FormView::with_errors(typed, &back.errors, t),
            shell,
        },
    )
}

fn fields(audience: &Audience, accounts: &[Connection], choices: &[Choice], t: Speech) -> Fields {
    let id = audience.id;
    let rows = audience.channels.iter().enumerate().map(|(n, priority)| Row {
        n,
        word: priority.channel.clone(),
        place: Place::of(&priority.channel, accounts),
        why: format!("why-{id}-{n}"),
    });
    let mut others = vec![Choice::new("", t.say("strategy-channel-choose"))];
    let taken = |value: &str| audience.channels.iter().any(|p| p.channel == value);
    others.extend(choices.iter().filter(|c| !taken(&c.value)).cloned());
    Fields {
        id,
        name: format!("name-{id}"),
        note: format!("note-{id}"),
        new: format!("new-{id}"),
        rows: rows.collect(),
        others,
        called: if audience.name.is_empty() { t.say("strategy-audience-new") } else { audience.name.clone() },
    }
}

/// What stands now where it differs from what was typed.
fn theirs(standing: &Content, own: &Content, accounts: &[Connection], t: Speech) -> Vec<Theirs> {
    let filled = |words: &str| {
        if words.is_empty() { t.say("posting-field-empty") } else { words.to_owned() }
    };
    form::differing(standing, own)
        .into_iter()
        .map(|(field, audience)| match audience {
            Some(audience) => {
                let order =
                    audience.channels.iter().enumerate().map(|(n, p)| {
                        format!("{}. {}: {}", n + 1, Place::of(&p.channel, accounts).name, p.why)
                    });
                let words: Vec<String> =
                    std::iter::once(audience.note.clone()).filter(|w| !w.is_empty()).chain(order).collect();
                let mine = own.audiences.iter().any(|a| a.id == audience.id);
                let field = if mine { format!("name-{}", audience.id) } else { "audiences".to_owned() };
                Theirs { field, label: audience.name.clone(), value: words.join(" · ") }
            }
            None => Theirs {
                field: field.to_owned(),
                label: t.say(&format!("strategy-field-{}", field.replace('_', "-"))),
                value: filled(match field {
                    "purpose" => &standing.purpose,
                    "tone_do" => &standing.tone_do,
                    _ => &standing.tone_dont,
                }),
            },
        })
        .collect()
}
