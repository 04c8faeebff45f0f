//! What was looked at before a post went out, and of what its owner was told.

use diesel::prelude::*;

use super::{Delivery, asked::paired};
use crate::{
    base::{
        Instant, Subject,
        id::{AccountId, DeliveryId},
    },
    db::{
        Conn, DbError,
        schema::{deliveries, preflight_problems, preflights, publications},
    },
    each,
    publishing::preflight::STATES,
};

/// Deliveries that are still to go out and are due from `now` on and before `before`, that have not been looked at so many
/// hours before their time; with what they are about, earliest first.
pub(in crate::publishing) fn to_look_at(
    conn: &mut Conn,
    now: Instant,
    before: Instant,
    hours: i32,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let looked = preflights::table
        .filter(preflights::delivery_id.eq(deliveries::id))
        .filter(preflights::due_at.eq(deliveries::due_at))
        .filter(preflights::hours.eq(hours));
    let rows = deliveries::table
        .inner_join(publications::table)
        .filter(deliveries::state.eq_any(STATES))
        .filter(deliveries::due_at.ge(now))
        .filter(deliveries::due_at.lt(before))
        .filter(diesel::dsl::not(diesel::dsl::exists(looked)))
        .order((deliveries::due_at, deliveries::id))
        .limit(200)
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}

/// It has been looked at so many hours before its time.
pub(in crate::publishing) fn looked_at(
    conn: &mut Conn,
    id: DeliveryId,
    due_at: Instant,
    hours: i32,
    now: Instant,
) -> Result<(), DbError> {
    let row = (
        preflights::delivery_id.eq(id),
        preflights::due_at.eq(due_at),
        preflights::hours.eq(hours),
        preflights::at.eq(now),
    );
    each!(conn, |c| diesel::insert_into(preflights::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// A problem was found; true when it had not been before.
pub(in crate::publishing) fn found_problem(
    conn: &mut Conn,
    id: DeliveryId,
    problem: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let row = (
        preflight_problems::delivery_id.eq(id),
        preflight_problems::problem.eq(problem),
        preflight_problems::found_at.eq(now),
    );
    Ok(each!(conn, |c| diesel::insert_into(preflight_problems::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?
        > 0)
}

/// Problems of which nobody has been told, with their deliveries.
pub(in crate::publishing) fn untold_problems(conn: &mut Conn) -> Result<Vec<(DeliveryId, String)>, DbError> {
    Ok(preflight_problems::table
        .filter(preflight_problems::told_at.is_null())
        .order((preflight_problems::delivery_id, preflight_problems::problem))
        .select((preflight_problems::delivery_id, preflight_problems::problem))
        .load(conn)?)
}

/// Somebody has been told of a problem, or need not be.
pub(in crate::publishing) fn told_problem(
    conn: &mut Conn,
    id: DeliveryId,
    problem: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(preflight_problems::table.find((id, problem)))
        .set(preflight_problems::told_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// How many these accounts together are to send, or has sent, after `from` and up to `to`.
pub(in crate::publishing) fn planned_between(
    conn: &mut Conn,
    accounts: &[AccountId],
    from: Instant,
    to: Instant,
) -> Result<i64, DbError> {
    use crate::publishing::State;
    let not_out = [State::Failed, State::Missed, State::Cancelled];
    Ok(deliveries::table
        .filter(deliveries::account_id.eq_any(accounts))
        .filter(deliveries::state.ne_all(not_out))
        .filter(deliveries::due_at.gt(from))
        .filter(deliveries::due_at.le(to))
        .count()
        .get_result(conn)?)
}
