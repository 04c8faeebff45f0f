//! What stands on accounts at which times, of whatever unit: for seeing where posts meet, and where nothing happens.

use std::collections::{HashMap, HashSet};

use diesel::{dsl::max, prelude::*};

use super::asked::about;
use crate::{
    base::{
        Instant, Subject,
        id::{AccountId, DeliveryId, PostingId, StoryId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{deliveries, postings, publications, stories},
    },
    publishing::delivery::State,
};

/// A post at its time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::publishing) struct Stand {
    /// Which.
    pub delivery: DeliveryId,
    /// On which account.
    pub account: AccountId,
    /// When.
    pub due_at: Instant,
    /// About what.
    pub about: Subject,
    /// Whose that is.
    pub unit: UnitId,
    /// Whom an ad looks for: a code of the taxonomy.
    pub profession: Option<String>,
}

/// What never stands anywhere any more.
const GONE: [State; 4] = [State::Failed, State::Missed, State::Cancelled, State::Removed];

/// Every post on these accounts from `from` on and before `before` that went out or is to, whoever's it is.
pub(in crate::publishing) fn standing(
    conn: &mut Conn,
    accounts: &[AccountId],
    (from, before): (Instant, Instant),
) -> Result<Vec<Stand>, DbError> {
    type Row = (
        (DeliveryId, AccountId, Instant),
        (Option<PostingId>, Option<StoryId>),
        (Option<UnitId>, Option<UnitId>),
        Option<String>,
    );
    let rows: Vec<Row> = deliveries::table
        .inner_join(about!())
        .filter(deliveries::account_id.eq_any(accounts))
        .filter(deliveries::due_at.ge(from).and(deliveries::due_at.lt(before)))
        .filter(deliveries::state.ne_all(GONE))
        .order((deliveries::due_at, deliveries::id))
        .limit(super::asked::MOST)
        .select((
            (deliveries::id, deliveries::account_id, deliveries::due_at),
            (publications::posting_id, publications::story_id),
            (postings::unit_id.nullable(), stories::unit_id.nullable()),
            postings::profession.nullable(),
        ))
        .load(conn)?;
    let whole = |((delivery, account, due_at), (posting, story), (of_ad, of_story), profession): Row| {
        let (about, unit) = (Subject::of(posting, story)?, of_ad.or(of_story)?);
        Some(Stand { delivery, account, due_at, about, unit, profession })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// Units with something that is still to go out.
pub(in crate::publishing) fn with_something_ahead(
    conn: &mut Conn,
    now: Instant,
) -> Result<HashSet<UnitId>, DbError> {
    let over = State::ALL.iter().copied().filter(|s| s.is_terminal());
    let rows: Vec<(Option<UnitId>, Option<UnitId>)> = deliveries::table
        .inner_join(about!())
        .filter(deliveries::due_at.ge(now))
        .filter(deliveries::state.ne_all(over.collect::<Vec<_>>()))
        .select((postings::unit_id.nullable(), stories::unit_id.nullable()))
        .distinct()
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(of_ad, of_story)| of_ad.or(of_story)).collect())
}

/// When something of each of these units' own went out last; taken down since or not. What a person was handed counts when
/// they posted it. Who never let anything out is not in it.
pub(in crate::publishing) fn last_out(
    conn: &mut Conn,
    units: &[UnitId],
) -> Result<HashMap<UnitId, Instant>, DbError> {
    const OUT: [State; 3] = [State::Published, State::Removing, State::Removed];
    let of_ads: Vec<(UnitId, Option<Instant>)> = deliveries::table
        .inner_join(publications::table.inner_join(postings::table))
        .filter(deliveries::state.eq_any(OUT))
        .filter(postings::unit_id.eq_any(units))
        .group_by(postings::unit_id)
        .select((postings::unit_id, max(deliveries::due_at)))
        .load(conn)?;
    let of_stories: Vec<(UnitId, Option<Instant>)> = deliveries::table
        .inner_join(publications::table.inner_join(stories::table))
        .filter(deliveries::state.eq_any(OUT))
        .filter(stories::unit_id.eq_any(units))
        .group_by(stories::unit_id)
        .select((stories::unit_id, max(deliveries::due_at)))
        .load(conn)?;
    let mut last: HashMap<UnitId, Instant> = HashMap::new();
    for (unit, at) in of_ads.into_iter().chain(of_stories) {
        let Some(at) = at else { continue };
        last.entry(unit).and_modify(|known| *known = (*known).max(at)).or_insert(at);
    }
    Ok(last)
}
