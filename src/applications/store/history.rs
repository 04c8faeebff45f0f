//! Rows of what happened to an application: the times it stood in each stage, and the lines of its history.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    applications::{
        application::{Detail, Event, EventKind, Interval},
        stage::Stage,
    },
    base::{
        Instant,
        id::{ApplicationId, EventId, IntervalId},
    },
    db::{
        Conn, DbError,
        schema::{application_events, stage_intervals},
    },
};

/// Begins a time in a stage.
pub(in crate::applications) fn insert_interval(
    conn: &mut Conn,
    id: IntervalId,
    application: ApplicationId,
    stage: Stage,
    at: Instant,
    actor: &str,
) -> Result<(), DbError> {
    diesel::insert_into(stage_intervals::table)
        .values((
            stage_intervals::id.eq(id),
            stage_intervals::application_id.eq(application),
            stage_intervals::stage.eq(stage),
            stage_intervals::entered_at.eq(at),
            stage_intervals::actor.eq(actor),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends the time under way; harmless when none is.
pub(in crate::applications) fn end_interval(
    conn: &mut Conn,
    application: ApplicationId,
    at: Instant,
) -> Result<(), DbError> {
    diesel::update(running(application)).set(stage_intervals::left_at.eq(at)).execute(conn)?;
    Ok(())
}

/// Forgets the time under way: the change that began it is undone.
pub(in crate::applications) fn forget_interval(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<(), DbError> {
    diesel::delete(running(application)).execute(conn)?;
    Ok(())
}

/// Lets the time that ended last go on: the change that ended it is undone.
pub(in crate::applications) fn resume_interval(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<(), DbError> {
    let last: Option<IntervalId> = stage_intervals::table
        .filter(stage_intervals::application_id.eq(application))
        .order((stage_intervals::entered_at.desc(), stage_intervals::id.desc()))
        .select(stage_intervals::id)
        .first(conn)
        .optional()?;
    if let Some(last) = last {
        diesel::update(stage_intervals::table.find(last))
            .set(stage_intervals::left_at.eq(None::<Instant>))
            .execute(conn)?;
    }
    Ok(())
}

#[diesel::dsl::auto_type]
fn running(application: ApplicationId) -> _ {
    stage_intervals::table
        .filter(stage_intervals::application_id.eq(application))
        .filter(stage_intervals::left_at.is_null())
}

/// Every time in a stage, in order.
pub fn intervals(conn: &mut Conn, application: ApplicationId) -> Result<Vec<Interval>, DbError> {
    Ok(stage_intervals::table
        .filter(stage_intervals::application_id.eq(application))
        .order((stage_intervals::entered_at, stage_intervals::id))
        .select((stage_intervals::stage, stage_intervals::entered_at, stage_intervals::left_at))
        .load(conn)?)
}

/// When each of these entered the stage it stands in; decided ones are left out.
pub(in crate::applications) fn entered(
    conn: &mut Conn,
    ids: &[ApplicationId],
) -> Result<HashMap<ApplicationId, Instant>, DbError> {
    let rows: Vec<(ApplicationId, Instant)> = stage_intervals::table
        .filter(stage_intervals::application_id.eq_any(ids))
        .filter(stage_intervals::left_at.is_null())
        .select((stage_intervals::application_id, stage_intervals::entered_at))
        .load(conn)?;
    Ok(rows.into_iter().collect())
}

/// Adds a line to the history.
pub(in crate::applications) fn insert_event(
    conn: &mut Conn,
    id: EventId,
    application: ApplicationId,
    at: Instant,
    actor: &str,
    kind: EventKind,
    detail: &Detail,
) -> Result<(), DbError> {
    let detail = serde_json::to_string(detail).expect("an event's detail is plain data");
    diesel::insert_into(application_events::table)
        .values((
            application_events::id.eq(id),
            application_events::application_id.eq(application),
            application_events::at.eq(at),
            application_events::actor.eq(actor),
            application_events::kind.eq(kind),
            application_events::detail.eq(detail),
        ))
        .execute(conn)?;
    Ok(())
}

/// The history, newest first.
pub(in crate::applications) fn events(
    conn: &mut Conn,
    application: ApplicationId,
) -> Result<Vec<Event>, DbError> {
    type Row = (Instant, String, EventKind, String);
    let rows: Vec<Row> = application_events::table
        .filter(application_events::application_id.eq(application))
        .order((application_events::at.desc(), application_events::id.desc()))
        .select((
            application_events::at,
            application_events::actor,
            application_events::kind,
            application_events::detail,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(at, actor, kind, detail)| Event {
            at,
            actor,
            kind,
            detail: serde_json::from_str(&detail).unwrap_or_default(),
        })
        .collect())
}
