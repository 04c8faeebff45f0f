//! Rows of pauses: one holds for a unit and everything below it until somebody ends it.

use diesel::prelude::*;

use super::asked::about;

use crate::{
    accounts::{self, Scope},
    base::{
        Instant,
        id::{PauseId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{deliveries, pauses, postings, publications, stories},
    },
    publishing::delivery::{Reason, State},
};

/// A pause as it lies in the database.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = pauses)]
pub struct Pause {
    /// Which.
    pub id: PauseId,
    /// Of which unit, and everything below it.
    pub unit_id: UnitId,
    /// Why, for colleagues.
    pub why: String,
    /// Since when.
    pub began_at: Instant,
    /// Who stopped it (`user:…`).
    pub began_by: String,
    /// When it was let go on; none while it holds.
    pub ended_at: Option<Instant>,
    /// Who let it.
    pub ended_by: Option<String>,
}

/// Those that hold, the newest first.
pub fn holding(conn: &mut Conn) -> Result<Vec<Pause>, DbError> {
    Ok(pauses::table
        .filter(pauses::ended_at.is_null())
        .order((pauses::began_at.desc(), pauses::id))
        .select(Pause::as_select())
        .load(conn)?)
}

/// Whether the unit or one above it is on pause.
pub(in crate::publishing) fn is_paused(conn: &mut Conn, unit: UnitId) -> Result<bool, DbError> {
    let paused: Vec<UnitId> =
        pauses::table.filter(pauses::ended_at.is_null()).select(pauses::unit_id).load(conn)?;
    // nearly always nothing is
    Ok(!paused.is_empty() && accounts::units_above(conn, unit)?.iter().any(|above| paused.contains(above)))
}

/// Puts it in; false when the unit is on pause already.
pub(in crate::publishing) fn insert_pause(conn: &mut Conn, pause: &Pause) -> Result<bool, DbError> {
    let inserted = crate::each!(conn, |c| diesel::insert_into(pauses::table)
        .values(pause)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted > 0)
}

/// A pause of a unit inside `scope`, whether it holds or is over.
pub(in crate::publishing) fn pause_in_scope(
    conn: &mut Conn,
    scope: &Scope,
    id: PauseId,
) -> Result<Option<Pause>, DbError> {
    let inside = pauses::table.find(id).filter(pauses::unit_id.eq_any(scope.units()));
    Ok(inside.select(Pause::as_select()).first(conn).optional()?)
}

/// Ends it, and wakes what waited for that; false when it is over already.
pub(in crate::publishing) fn end_pause(
    conn: &mut Conn,
    id: PauseId,
    now: Instant,
    by: &str,
) -> Result<bool, DbError> {
    let holding = pauses::table.find(id).filter(pauses::ended_at.is_null());
    if diesel::update(holding).set((pauses::ended_at.eq(now), pauses::ended_by.eq(by))).execute(conn)? == 0 {
        return Ok(false);
    }
    // all that waited for any pause: what is still on pause finds that out by itself
    diesel::update(
        deliveries::table
            .filter(deliveries::error_kind.eq(Reason::AllPaused.word()))
            .filter(deliveries::state.eq_any([State::Planned, State::RetryWait])),
    )
    .set(deliveries::next_at.eq(now))
    .execute(conn)?;
    Ok(true)
}

/// How many deliveries about postings and stories of these units are still to go out before `before`.
pub(in crate::publishing) fn waiting_before(
    conn: &mut Conn,
    units: &[UnitId],
    before: Instant,
) -> Result<i64, DbError> {
    Ok(deliveries::table
        .inner_join(about!())
        .filter(deliveries::state.eq_any([State::Planned, State::RetryWait]))
        .filter(deliveries::due_at.lt(before))
        .filter(postings::unit_id.eq_any(units).or(stories::unit_id.eq_any(units)))
        .count()
        .get_result(conn)?)
}
