//! How often somebody wants to be told how their posts go, when they last were, and what there is to tell.

use diesel::prelude::*;

use super::{Delivery, asked::paired};
use crate::{
    base::{Instant, Subject, id::UserId},
    db::{
        Conn, DbError,
        schema::{deliveries, digests, publications},
    },
    publishing::{
        delivery::State,
        digest::{Frequency, Wish},
    },
};

/// What somebody has asked for; who has asked for nothing is told every working day.
pub(in crate::publishing) fn digest_wish(conn: &mut Conn, user: UserId) -> Result<Wish, DbError> {
    let found: Option<(Frequency, Option<Instant>)> = digests::table
        .filter(digests::user_id.eq(user))
        .select((digests::frequency, digests::sent_at))
        .first(conn)
        .optional()?;
    let (frequency, sent_at) = found.unwrap_or((Frequency::Daily, None));
    Ok(Wish { frequency, sent_at })
}

/// Puts it in the place of what was asked for before.
pub(in crate::publishing) fn put_digest_wish(
    conn: &mut Conn,
    user: UserId,
    wish: Wish,
) -> Result<(), DbError> {
    diesel::delete(digests::table.filter(digests::user_id.eq(user))).execute(conn)?;
    diesel::insert_into(digests::table)
        .values((
            digests::user_id.eq(user),
            digests::frequency.eq(wish.frequency),
            digests::sent_at.eq(wish.sent_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// The actors who planned anything that went out from `from` on, or is still to go out and is due before `before`, or asks
/// for a person.
pub(in crate::publishing) fn planners(
    conn: &mut Conn,
    from: Instant,
    before: Instant,
) -> Result<Vec<String>, DbError> {
    Ok(deliveries::table
        .inner_join(publications::table)
        .filter(
            deliveries::state
                .eq(State::Published)
                .and(deliveries::updated_at.ge(from))
                .or(deliveries::state.eq_any(ahead()).and(deliveries::due_at.lt(before)))
                .or(deliveries::state.eq_any(asking())),
        )
        .select(publications::created_by)
        .distinct()
        .load(conn)?)
}

fn ahead() -> Vec<State> {
    let ahead = |s: &State| !s.is_terminal() && !matches!(s, State::Removing | State::NeedsHuman);
    State::ALL.iter().copied().filter(ahead).collect()
}

fn asking() -> Vec<State> {
    State::ALL.iter().copied().filter(|s| s.asks_somebody()).collect()
}

/// What an actor planned that asks for a person, earliest first; with what it is about.
pub(in crate::publishing) fn asking_of(
    conn: &mut Conn,
    actor: &str,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let rows = deliveries::table
        .inner_join(publications::table)
        .filter(publications::created_by.eq(actor))
        .filter(deliveries::state.eq_any(asking()))
        .order((deliveries::due_at, deliveries::id))
        .limit(super::asked::MOST)
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}

/// What an actor planned that goes out from `from` on and before `before`, earliest first; with what it is about.
pub(in crate::publishing) fn ahead_of(
    conn: &mut Conn,
    actor: &str,
    from: Instant,
    before: Instant,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let rows = deliveries::table
        .inner_join(publications::table)
        .filter(publications::created_by.eq(actor))
        .filter(deliveries::state.eq_any(ahead()))
        .filter(deliveries::due_at.ge(from).and(deliveries::due_at.lt(before)))
        .order((deliveries::due_at, deliveries::id))
        .limit(super::asked::MOST)
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}

/// What an actor planned that is out and got there from `since` on: when it was sent, or where a person posted it, when that was
/// said.
pub(in crate::publishing) fn out_of(
    conn: &mut Conn,
    actor: &str,
    since: Instant,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let rows = deliveries::table
        .inner_join(publications::table)
        .filter(publications::created_by.eq(actor))
        .filter(deliveries::state.eq(State::Published))
        .filter(
            deliveries::fenced_at
                .ge(since)
                .or(deliveries::fenced_at.is_null().and(deliveries::updated_at.ge(since))),
        )
        .order((deliveries::due_at.desc(), deliveries::id))
        .limit(super::asked::MOST)
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}
