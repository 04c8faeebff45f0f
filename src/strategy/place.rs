//! A channel as the strategy names it: a kind, or the own name of a place where a person posts.

use std::collections::HashSet;

use crate::{
    accounts::unit,
    base::id::UnitId,
    channels::{self, ChannelKind, Connection, Standing},
    db::{Conn, DbError},
    i18n::Speech,
    web::forms::Choice,
};

/// A channel as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Colour class of its badge.
    pub code: &'static str,
    /// On the colour.
    pub letter: &'static str,
    /// What people call it.
    pub name: String,
}

impl Place {
    /// The channel that is counted under `word`, known from the accounts there are.
    pub fn of(word: &str, accounts: &[Connection]) -> Self {
        if let Some(account) = accounts.iter().find(|account| account.counted_as() == word) {
            let (code, letter) = account.badge();
            return Self { code, letter, name: account.place().to_owned() };
        }
        let kind = word.parse::<ChannelKind>().ok().filter(|kind| *kind != ChannelKind::Package);
        // a place that is there no more keeps its name
        let (code, letter) = kind.unwrap_or(ChannelKind::Package).badge();
        Self { code, letter, name: kind.map_or_else(|| word.to_owned(), |kind| kind.name().to_owned()) }
    }
}

/// What may be put in the order of an audience of `unit`: every channel there is, and the places of this unit, of those
/// above it and of those below it. What has an account there comes first.
pub(super) fn choices(conn: &mut Conn, unit: UnitId, t: Speech) -> Result<Vec<Choice>, DbError> {
    let units = crate::accounts::units(conn)?;
    let below = unit::below(&units, unit);
    let around: Vec<Connection> = channels::connections(conn)?
        .into_iter()
        .filter(|c| c.state != Standing::Disconnected)
        .filter(|c| below.contains(&c.unit_id) || unit::below(&units, c.unit_id).contains(&unit))
        .collect();
    let (mut there, mut seen) = (Vec::new(), HashSet::new());
    for account in &around {
        if seen.insert(account.counted_as().to_owned()) {
            there.push(Choice::new(account.counted_as(), account.place()));
        }
    }
    there.sort_by(|a, b| crate::i18n::format::danish_order(&a.label, &b.label));
    let others = ChannelKind::ALL.iter().filter(|k| **k != ChannelKind::Package && !seen.contains(k.word()));
    there.extend(
        others.map(|kind| Choice::new(kind.word(), t.with("strategy-no-account", "channel", kind.name()))),
    );
    Ok(there)
}
