//! A trial beside what was before it: all that the units of a campaign posted, and what came of it, in the campaign's days and
//! in as many days before them. A comparison: what else was different, nobody counts.

use super::ledger::{self, Ledger};
use crate::{
    accounts::{self, unit},
    base::{Instant, Subject},
    campaigns::Campaign,
    db::{Conn, DbError},
    postings, stories,
};

/// The same figures before and during.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// From here …
    pub before_from: Instant,
    /// … to here, where the trial begins …
    pub begins: Instant,
    /// … to here: its end, or now.
    pub until: Instant,
    /// It is not over.
    pub runs: bool,
    /// Of its units, before.
    pub before: Ledger,
    /// Of its units, during.
    pub during: Ledger,
    /// Of what belongs to it, during: contained in `during` unless it is of other units.
    pub own: Ledger,
    /// Applications of its units whose time is no longer known; in none of the figures.
    pub erased: i64,
}

/// Compares; none for what is no trial or has not begun. While it runs, the part that is over is compared with as much time
/// before it.
pub fn comparison(conn: &mut Conn, campaign: &Campaign, now: Instant) -> Result<Option<Comparison>, DbError> {
    let begins = campaign.begins();
    let (Some(ends), Some(days)) = (campaign.ends(), campaign.days()) else { return Ok(None) };
    if !campaign.content.trial || now <= begins {
        return Ok(None);
    }
    let runs = now < ends;
    let (until, before_from) =
        if runs { (now, begins - now.since(begins)) } else { (ends, campaign.days_before(days)) };
    let all = accounts::units(conn)?;
    let mut units: Vec<_> = campaign.content.units().flat_map(|root| unit::below(&all, root)).collect();
    units.sort_unstable();
    units.dedup();
    let ads = postings::of_units(conn, &units)?.into_iter().map(Subject::Posting);
    let told = stories::of_units(conn, &units)?.into_iter().map(Subject::Story);
    let things: Vec<Subject> = ads.chain(told).collect();
    let own = crate::campaigns::things(conn, campaign.id)?;
    Ok(Some(Comparison {
        before: ledger::ledger(conn, &things, Some((before_from, begins)))?,
        during: ledger::ledger(conn, &things, Some((begins, until)))?,
        own: ledger::ledger(conn, &own, Some((begins, until)))?,
        erased: ledger::erased(conn, &things)?,
        before_from,
        begins,
        until,
        runs,
    }))
}
