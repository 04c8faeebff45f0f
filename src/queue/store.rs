//! Rows of the queue: insert, claim by conditional update and lease, finish, put back, bury.

use diesel::prelude::*;

use crate::{
    base::{Chance, Instant, id::JobId},
    db::{
        Conn, DbError,
        schema::{beats, changes, jobs},
    },
    each,
};

/// A job taken by this worker.
#[derive(Queryable, Clone, Debug)]
pub(super) struct Claimed {
    pub kind: String,
    pub payload: String,
    pub attempts: i32,
    pub run_at: Instant,
}

pub(super) fn insert(
    conn: &mut Conn,
    kind: &str,
    dedup: &str,
    payload: &str,
    at: Instant,
    now: Instant,
    chance: &Chance,
) -> Result<(), DbError> {
    loop {
        let row = (
            jobs::id.eq(JobId::new(now, chance)),
            jobs::kind.eq(kind),
            jobs::dedup.eq(dedup),
            jobs::payload.eq(payload),
            jobs::run_at.eq(at),
            jobs::created_at.eq(now),
        );
        let inserted = each!(conn, |c| diesel::insert_into(jobs::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        if inserted > 0 {
            return Ok(());
        }
        // a waiting twin takes the newer wish; one that is running keeps the row, see `finish`
        let twin = jobs::table.filter(jobs::kind.eq(kind)).filter(jobs::dedup.eq(dedup));
        let wish = (jobs::payload.eq(payload), jobs::run_at.eq(at));
        if diesel::update(twin.filter(jobs::dead_at.is_null())).set(wish).execute(conn)? > 0 {
            return Ok(());
        }
        // it ended between the two
    }
}

/// Ids and kinds of jobs that are due and free, oldest first.
pub(super) fn due(conn: &mut Conn, now: Instant, limit: i64) -> Result<Vec<(JobId, String)>, DbError> {
    Ok(jobs::table
        .filter(jobs::dead_at.is_null())
        .filter(jobs::run_at.le(now))
        .filter(jobs::lease_until.is_null().or(jobs::lease_until.lt(now)))
        .order(jobs::run_at)
        .limit(limit)
        .select((jobs::id, jobs::kind))
        .load(conn)?)
}

/// Takes one job unless somebody else has it.
pub(super) fn claim(
    conn: &mut Conn,
    id: JobId,
    now: Instant,
    until: Instant,
) -> Result<Option<Claimed>, DbError> {
    let free = jobs::table
        .find(id)
        .filter(jobs::dead_at.is_null())
        .filter(jobs::lease_until.is_null().or(jobs::lease_until.lt(now)));
    if diesel::update(free).set(jobs::lease_until.eq(until)).execute(conn)? == 0 {
        return Ok(None);
    }
    Ok(jobs::table
        .find(id)
        .select((jobs::kind, jobs::payload, jobs::attempts, jobs::run_at))
        .first(conn)
        .optional()?)
}

/// Done: the row goes, unless the same wish was renewed while it ran; then it waits again.
pub(super) fn finish(conn: &mut Conn, id: JobId, until: Instant, run_at: Instant) -> Result<(), DbError> {
    let ours = jobs::table.find(id).filter(jobs::lease_until.eq(until));
    if diesel::delete(ours.filter(jobs::run_at.eq(run_at))).execute(conn)? == 0 {
        diesel::update(ours).set(jobs::lease_until.eq(None::<Instant>)).execute(conn)?;
    }
    Ok(())
}

pub(super) fn put_back(
    conn: &mut Conn,
    id: JobId,
    until: Instant,
    run_at: Instant,
    words: &str,
) -> Result<(), DbError> {
    diesel::update(jobs::table.find(id).filter(jobs::lease_until.eq(until)))
        .set((
            jobs::lease_until.eq(None::<Instant>),
            jobs::attempts.eq(jobs::attempts + 1),
            jobs::run_at.eq(run_at),
            jobs::last_error.eq(words),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn bury(
    conn: &mut Conn,
    id: JobId,
    until: Instant,
    now: Instant,
    words: &str,
) -> Result<(), DbError> {
    diesel::update(jobs::table.find(id).filter(jobs::lease_until.eq(until)))
        .set((jobs::lease_until.eq(None::<Instant>), jobs::dead_at.eq(now), jobs::last_error.eq(words)))
        .execute(conn)?;
    Ok(())
}

/// A job that gave up.
#[derive(Queryable, Clone, Debug, serde::Serialize)]
pub struct Buried {
    /// Which job.
    pub id: JobId,
    /// Its kind.
    pub kind: String,
    /// What it said last.
    pub last_error: Option<String>,
}

/// Jobs that gave up, newest first.
pub fn buried(conn: &mut Conn) -> Result<Vec<Buried>, DbError> {
    Ok(jobs::table
        .filter(jobs::dead_at.is_not_null())
        .order(jobs::dead_at.desc())
        .limit(100)
        .select((jobs::id, jobs::kind, jobs::last_error))
        .load(conn)?)
}

/// How many jobs wait, buried ones apart.
pub fn waiting(conn: &mut Conn) -> Result<i64, DbError> {
    Ok(jobs::table.filter(jobs::dead_at.is_null()).count().get_result(conn)?)
}

/// How many jobs should have been run before `before` and were not.
pub fn overdue(conn: &mut Conn, before: Instant) -> Result<i64, DbError> {
    Ok(jobs::table
        .filter(jobs::dead_at.is_null())
        .filter(jobs::run_at.lt(before))
        .count()
        .get_result(conn)?)
}

pub(super) fn insert_change(conn: &mut Conn, subject: &str, id: &str, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(changes::table)
        .values((changes::subject.eq(subject), changes::subject_id.eq(id), changes::at.eq(now)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn changes_between(
    conn: &mut Conn,
    after: i64,
    last: i64,
    limit: i64,
) -> Result<Vec<(i64, String, String)>, DbError> {
    Ok(changes::table
        .filter(changes::seq.gt(after))
        .filter(changes::seq.le(last))
        .order(changes::seq)
        .limit(limit)
        .select((changes::seq, changes::subject, changes::subject_id))
        .load(conn)?)
}

pub(super) fn newest_change(conn: &mut Conn) -> Result<i64, DbError> {
    Ok(changes::table.select(diesel::dsl::max(changes::seq)).first::<Option<i64>>(conn)?.unwrap_or(0))
}

/// Forgets lines of the feed older than `before`; the newest stays, so that places are never given twice.
pub(super) fn delete_changes(conn: &mut Conn, before: Instant) -> Result<usize, DbError> {
    let Some(newest) = changes::table.select(diesel::dsl::max(changes::seq)).first::<Option<i64>>(conn)?
    else {
        return Ok(0);
    };
    let old = changes::table.filter(changes::at.lt(before)).filter(changes::seq.lt(newest));
    Ok(diesel::delete(old).execute(conn)?)
}

pub(super) fn oldest_change(conn: &mut Conn) -> Result<Option<i64>, DbError> {
    Ok(changes::table.select(diesel::dsl::min(changes::seq)).first(conn)?)
}

pub(super) fn beat(conn: &mut Conn, name: &str, now: Instant) -> Result<(), DbError> {
    each!(conn, |c| diesel::insert_into(beats::table)
        .values((beats::name.eq(name), beats::at.eq(now)))
        .on_conflict(beats::name)
        .do_update()
        .set(beats::at.eq(now))
        .execute(c))?;
    Ok(())
}

pub(super) fn beats(conn: &mut Conn) -> Result<Vec<(String, Instant)>, DbError> {
    Ok(beats::table.select((beats::name, beats::at)).load(conn)?)
}
