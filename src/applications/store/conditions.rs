//! Rows of conditions: what a posting asks for, and which application meets it.

use diesel::prelude::*;

use crate::{
    applications::conditions::Condition,
    base::{
        Instant,
        id::{ApplicationId, PostingId},
    },
    db::{
        Conn, DbError,
        schema::{move_conditions, move_conditions_met},
    },
    each,
};

/// What a posting asks for, and until when it is met for all.
pub(in crate::applications) fn of(
    conn: &mut Conn,
    posting: PostingId,
) -> Result<Vec<(Condition, Option<Instant>)>, DbError> {
    Ok(move_conditions::table
        .filter(move_conditions::posting_id.eq(posting))
        .order(move_conditions::condition)
        .select((move_conditions::condition, move_conditions::met_until))
        .load(conn)?)
}

/// What one application meets by itself.
pub(in crate::applications) fn met(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<Vec<Condition>, DbError> {
    Ok(move_conditions_met::table
        .filter(move_conditions_met::application_id.eq(application))
        .select(move_conditions_met::condition)
        .load(conn)?)
}

/// Asks for it, in place of what stood there.
pub(in crate::applications) fn put(
    conn: &mut Conn,
    posting: PostingId,
    condition: Condition,
    met_until: Option<Instant>,
) -> Result<(), DbError> {
    let row = (
        move_conditions::posting_id.eq(posting),
        move_conditions::condition.eq(condition),
        move_conditions::met_until.eq(met_until),
    );
    each!(conn, |c| diesel::insert_into(move_conditions::table)
        .values(row)
        .on_conflict((move_conditions::posting_id, move_conditions::condition))
        .do_update()
        .set(move_conditions::met_until.eq(met_until))
        .execute(c))?;
    Ok(())
}

/// Asks for it no longer.
pub(in crate::applications) fn delete(
    conn: &mut Conn,
    posting: PostingId,
    condition: Condition,
) -> Result<(), DbError> {
    diesel::delete(move_conditions::table.find((posting, condition))).execute(conn)?;
    Ok(())
}

/// Says that one application meets it.
pub(in crate::applications) fn put_met(
    conn: &mut Conn,
    application: ApplicationId,
    condition: Condition,
) -> Result<(), DbError> {
    let row =
        (move_conditions_met::application_id.eq(application), move_conditions_met::condition.eq(condition));
    each!(conn, |c| diesel::insert_into(move_conditions_met::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}
