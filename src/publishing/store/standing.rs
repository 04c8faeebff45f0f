//! What stands on accounts at which times, of whatever unit: for seeing where posts meet, and where nothing happens.

use std::collections::HashSet;

use diesel::prelude::*;

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

/// When something of a unit's own went out last; taken down since or not. What a person was handed counts when they posted it.
pub(in crate::publishing) fn last_out(conn: &mut Conn, unit: UnitId) -> Result<Option<Instant>, DbError> {
    Ok(deliveries::table
        .inner_join(about!())
        .filter(deliveries::state.eq_any([State::Published, State::Removing, State::Removed]))
        .filter(postings::unit_id.eq(unit).or(stories::unit_id.eq(unit)))
        .order(deliveries::due_at.desc())
        .select(deliveries::due_at)
        .first(conn)
        .optional()?)
}
