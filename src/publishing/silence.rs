//! Where nothing happens: units that could publish, have let nothing out for so many days, and have nothing on its way.

use std::{collections::HashSet, time::Duration};

use super::store;
use crate::{
    accounts::{self, Scope, unit},
    base::{Instant, id::UnitId},
    channels::{self, Standing},
    db::{Conn, DbError},
    i18n::Speech,
};

/// Most that are named; the rest is counted.
const NAMED: usize = 8;

/// A unit that is silent.
pub(super) struct Silent {
    pub name: String,
    /// For how long, in words.
    pub since: String,
    /// Where one writes something for it.
    pub href: String,
}

/// Those that are silent, the longest first, and how many more there are.
#[derive(Default)]
pub(super) struct Silence {
    pub units: Vec<Silent>,
    pub more: usize,
}

/// Reads it for the units inside `scope` that are workplaces or have an account of their own. `tells`: where the reader
/// writes stories; elsewhere they write ads. 0 days: nobody is asked for anything.
pub(super) fn read(
    c: &mut Conn,
    t: Speech,
    (scope, tells): (&Scope, Option<&Scope>),
    days: u32,
    now: Instant,
) -> Result<Silence, DbError> {
    if days == 0 {
        return Ok(Silence::default());
    }
    let units = accounts::units(c)?;
    let parents: HashSet<UnitId> = units.iter().filter_map(|u| u.parent_id).collect();
    let connected = channels::connections(c)?.into_iter().filter(|a| a.state != Standing::Disconnected);
    let with_account: HashSet<UnitId> = connected.map(|account| account.unit_id).collect();
    let since = now - Duration::from_secs(u64::from(days) * 86_400);
    let mut heard: HashSet<UnitId> =
        store::went_out(c, scope, since, now)?.into_iter().map(|post| post.unit).collect();
    heard.extend(store::with_something_ahead(c, now)?);
    let silent = unit::laid_out(&units).into_iter().map(|(_, unit)| unit).filter(|unit| {
        let could = !parents.contains(&unit.id) || with_account.contains(&unit.id);
        could && scope.covers_unit(unit.id) && !heard.contains(&unit.id)
    });
    let silent: Vec<_> = silent.collect();
    let ids: Vec<UnitId> = silent.iter().map(|unit| unit.id).collect();
    let last = store::last_out(c, &ids)?;
    let mut found: Vec<_> = silent.into_iter().map(|unit| (last.get(&unit.id).copied(), unit)).collect();
    // who never said anything comes first; a stable sort keeps the order of the tree
    found.sort_by_key(|(last, _)| *last);
    let more = found.len().saturating_sub(NAMED);
    let named = found.into_iter().take(NAMED).map(|(last, unit)| Silent {
        name: unit.name.clone(),
        since: match last {
            Some(last) => t.with("silence-days", "days", now.since(last).as_secs() / 86_400),
            None => t.say("silence-never"),
        },
        href: match tells.is_some_and(|tells| tells.covers_unit(unit.id)) {
            true => format!("/indhold/ny?enhed={}", unit.id),
            false => "/jobopslag/ny".to_owned(),
        },
    });
    Ok(Silence { units: named.collect(), more })
}
