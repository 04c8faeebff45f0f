//! `/strategi`: what holds for a unit, for everybody who writes.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{place::Place, store};
use crate::{
    accounts::{self, Right, Viewer, unit},
    base::id::{AudienceId, UnitId},
    channels,
    db::DbError,
    i18n::format,
    kit::Kit,
    web::{
        Answer, Fault, Shell,
        forms::{Choice, Query},
        page,
    },
};

/// An audience as it is read.
struct Shown {
    id: AudienceId,
    name: String,
    note: Vec<String>,
    /// Its channels in order, each with its reason.
    channels: Vec<(Place, String)>,
}

/// What holds, as it is read.
struct Holding {
    /// Whose it is.
    unit: String,
    /// The unit's own.
    own: bool,
    purpose: Vec<String>,
    tone_do: Vec<String>,
    tone_dont: Vec<String>,
    audiences: Vec<Shown>,
    /// Version, who changed it last, and when.
    changed: String,
}

#[derive(Template)]
#[template(path = "strategy/show.html")]
struct StrategyPage {
    shell: Shell,
    unit: UnitId,
    name: String,
    units: Vec<Choice>,
    holding: Option<Holding>,
    /// Units in reach that have their own: id and name.
    own: Vec<(UnitId, String)>,
    /// The reader may write it for this unit.
    may: bool,
}

fn lines(words: &str) -> Vec<String> {
    words.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// `GET /strategi`
pub async fn show(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, query: Query) -> Answer {
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, zone) = (shell.t, kit.config.delivery.zone);
    let asked: Option<UnitId> = query.0.get("enhed").parse().ok();
    let found = kit
        .db
        .read(move |c| {
            let units = accounts::units(c)?;
            let choices = unit::choices(&units, &scope);
            let first = choices.first().and_then(|choice| choice.value.parse().ok());
            let Some(at) = asked.filter(|unit| scope.covers_unit(*unit)).or(first) else { return Ok(None) };
            let name =
                |id: UnitId| units.iter().find(|u| u.id == id).map(|u| u.name.clone()).unwrap_or_default();
            let holding = match store::holding(c, at)? {
                None => None,
                Some(found) => {
                    let accounts = channels::connections(c)?;
                    let by = accounts::users(c)?
                        .into_iter()
                        .find(|u| format!("user:{}", u.id) == found.changed_by)
                        .map_or_else(|| t.say("pause-by-system"), |u| u.name);
                    let content = found.content;
                    let shown = content.audiences.into_iter().map(|audience| Shown {
                        id: audience.id,
                        name: audience.name,
                        note: lines(&audience.note),
                        channels: audience
                            .channels
                            .into_iter()
                            .map(|p| (Place::of(&p.channel, &accounts), p.why))
                            .collect(),
                    });
                    Some(Holding {
                        unit: name(found.unit),
                        own: found.unit == at,
                        purpose: lines(&content.purpose),
                        tone_do: lines(&content.tone_do),
                        tone_dont: lines(&content.tone_dont),
                        audiences: shown.collect(),
                        changed: t.with3(
                            "strategy-changed",
                            "version",
                            found.version,
                            "who",
                            by,
                            "when",
                            format::instant_short(found.changed_at, zone, t.language()),
                        ),
                    })
                }
            };
            let own = store::with_own(c)?;
            let own = unit::laid_out(&units)
                .into_iter()
                .filter(|(_, u)| own.contains(&u.id) && scope.covers_unit(u.id))
                .map(|(_, u)| (u.id, u.name.clone()))
                .collect();
            Ok::<_, DbError>(Some((at, name(at), choices, holding, own)))
        })
        .await?;
    let (unit, name, units, holding, own) = found.ok_or(Fault::NotFound)?;
    let may = viewer.may_in(Right::SetStrategy, unit);
    page(&StrategyPage { unit, name, units, holding, own, may, shell })
}
