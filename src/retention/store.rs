//! Rows of marks, holds and wishes, of erasures, of who was erased, and of receipts.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::receipt::{Kind, Receipt, Stand};
use crate::{
    base::{
        Instant,
        id::{ApplicationId, ErasureId, HoldId, PostingId},
    },
    db::{
        Conn, DbError,
        schema::{erased, erasure_receipts, erasure_requests, erasures, retention_holds, retention_marks},
    },
};

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

// ---- marks ----

/// How far an application has come on its way out.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mark {
    /// When somebody was warned.
    pub warned: Option<NaiveDate>,
    /// When it went out of sight.
    pub quarantined: Option<NaiveDate>,
}

/// All marks.
pub(super) fn marks(conn: &mut Conn) -> Result<HashMap<ApplicationId, Mark>, DbError> {
    let rows: Vec<(ApplicationId, String, Option<String>)> = retention_marks::table.load(conn)?;
    let mark = |(id, warned, quarantined): (_, String, Option<String>)| {
        (id, Mark { warned: day(&warned), quarantined: quarantined.as_deref().and_then(day) })
    };
    Ok(rows.into_iter().map(mark).collect())
}

/// Notes that somebody is warned.
pub(super) fn insert_mark(conn: &mut Conn, id: ApplicationId, on: NaiveDate) -> Result<(), DbError> {
    diesel::insert_into(retention_marks::table)
        .values((retention_marks::application_id.eq(id), retention_marks::warned_on.eq(on.to_string())))
        .execute(conn)?;
    Ok(())
}

/// Notes that it went out of sight.
pub(super) fn mark_quarantined(conn: &mut Conn, id: ApplicationId, on: NaiveDate) -> Result<(), DbError> {
    diesel::update(retention_marks::table.find(id))
        .set(retention_marks::quarantined_on.eq(on.to_string()))
        .execute(conn)?;
    Ok(())
}

/// As if nothing had been due; false when nothing was.
pub(super) fn forget_mark(conn: &mut Conn, id: ApplicationId) -> Result<bool, DbError> {
    Ok(diesel::delete(retention_marks::table.find(id)).execute(conn)? > 0)
}

// ---- holds ----

/// What stops the clock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// Which.
    pub id: HoldId,
    /// Of which posting.
    pub posting: PostingId,
    /// Of this application alone.
    pub application: Option<ApplicationId>,
    /// Why.
    pub reason: String,
    /// The last day it holds, unless it was ended before.
    pub until: NaiveDate,
    /// By whom.
    pub set_by: String,
    /// When.
    pub set_at: Instant,
    /// The day somebody ended it.
    pub ended_on: Option<NaiveDate>,
}

impl Hold {
    /// The first day it holds no more.
    pub fn free_on(&self) -> NaiveDate {
        let after = self.until.succ_opt().unwrap_or(self.until);
        self.ended_on.map_or(after, |ended| ended.min(after))
    }
    /// Whether it still holds on `day`.
    pub fn holds(&self, day: NaiveDate) -> bool {
        self.free_on() > day
    }
}

type HoldRow = (
    HoldId,
    PostingId,
    Option<ApplicationId>,
    String,
    String,
    String,
    Instant,
    Option<String>,
    Option<String>,
);

/// All holds, also those that are over: the clock goes on from where they ended.
pub(super) fn holds(conn: &mut Conn) -> Result<Vec<Hold>, DbError> {
    let rows: Vec<HoldRow> =
        retention_holds::table.order((retention_holds::until_on, retention_holds::id)).load(conn)?;
    let hold = |(id, posting, application, reason, until, set_by, set_at, ended, _): HoldRow| Hold {
        id,
        posting,
        application,
        reason,
        until: day(&until).unwrap_or(NaiveDate::MAX),
        set_by,
        set_at,
        ended_on: ended.as_deref().and_then(day),
    };
    Ok(rows.into_iter().map(hold).collect())
}

/// Lays a hold down.
pub(super) fn insert_hold(conn: &mut Conn, hold: &Hold) -> Result<(), DbError> {
    diesel::insert_into(retention_holds::table)
        .values((
            retention_holds::id.eq(hold.id),
            retention_holds::posting_id.eq(hold.posting),
            retention_holds::application_id.eq(hold.application),
            retention_holds::reason.eq(&hold.reason),
            retention_holds::until_on.eq(hold.until.to_string()),
            retention_holds::set_by.eq(&hold.set_by),
            retention_holds::set_at.eq(hold.set_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Ends a hold before its day; false when it is over already.
pub(super) fn end_hold(conn: &mut Conn, id: HoldId, on: NaiveDate, by: &str) -> Result<bool, DbError> {
    let ours = retention_holds::table.find(id).filter(retention_holds::ended_on.is_null());
    let row = (retention_holds::ended_on.eq(on.to_string()), retention_holds::ended_by.eq(by));
    Ok(diesel::update(ours).set(row).execute(conn)? == 1)
}

// ---- the applicant's own wish ----

/// An applicant who wants to be erased.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// Which application.
    pub application: ApplicationId,
    /// When they asked.
    pub asked_at: Instant,
    /// By when it must be answered.
    pub due_at: Instant,
    /// When it was refused.
    pub refused_at: Option<Instant>,
    /// By whom.
    pub refused_by: Option<String>,
    /// Why, in words for them.
    pub refused_reason: Option<String>,
}

/// All wishes, the soonest due first.
pub(super) fn requests(conn: &mut Conn) -> Result<Vec<Request>, DbError> {
    Ok(erasure_requests::table
        .order((erasure_requests::due_at, erasure_requests::application_id))
        .load(conn)?)
}

/// The wish about one application.
pub(super) fn request(conn: &mut Conn, of: ApplicationId) -> Result<Option<Request>, DbError> {
    Ok(erasure_requests::table.find(of).first(conn).optional()?)
}

/// Lays a wish down; one that was refused is asked anew.
pub(super) fn put_request(
    conn: &mut Conn,
    of: ApplicationId,
    now: Instant,
    due_at: Instant,
) -> Result<(), DbError> {
    diesel::delete(erasure_requests::table.find(of)).execute(conn)?;
    diesel::insert_into(erasure_requests::table)
        .values((
            erasure_requests::application_id.eq(of),
            erasure_requests::asked_at.eq(now),
            erasure_requests::due_at.eq(due_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Refuses it; false when there is none that waits.
pub(super) fn refuse_request(
    conn: &mut Conn,
    of: ApplicationId,
    now: Instant,
    by: &str,
    reason: &str,
) -> Result<bool, DbError> {
    let open = erasure_requests::table.find(of).filter(erasure_requests::refused_at.is_null());
    let row = (
        erasure_requests::refused_at.eq(now),
        erasure_requests::refused_by.eq(by),
        erasure_requests::refused_reason.eq(reason),
    );
    Ok(diesel::update(open).set(row).execute(conn)? == 1)
}

// ---- erasures ----

/// A time something was erased.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = erasures)]
pub struct Erasure {
    /// Which.
    pub id: ErasureId,
    /// Of which kind.
    pub kind: Kind,
    /// On which day.
    pub day: String,
    /// How far it has come.
    pub state: Stand,
    /// When it was begun.
    pub begun_at: Instant,
    /// When its proof was written.
    pub ended_at: Option<Instant>,
    /// How often it was taken up again.
    pub resumed: i32,
    /// How many were warned of.
    pub warned: i32,
    /// How many went out of sight.
    pub quarantined: i32,
    /// Sealed: what is looked for.
    pub sought: Option<String>,
}

/// Lays an erasure down.
pub(super) fn insert_erasure(conn: &mut Conn, erasure: &Erasure) -> Result<(), DbError> {
    diesel::insert_into(erasures::table)
        .values((
            erasures::id.eq(erasure.id),
            erasures::kind.eq(erasure.kind),
            erasures::day.eq(&erasure.day),
            erasures::state.eq(erasure.state),
            erasures::begun_at.eq(erasure.begun_at),
            erasures::ended_at.eq(erasure.ended_at),
            erasures::warned.eq(erasure.warned),
            erasures::quarantined.eq(erasure.quarantined),
            erasures::sought.eq(&erasure.sought),
        ))
        .execute(conn)?;
    Ok(())
}

/// One of them.
pub(super) fn erasure(conn: &mut Conn, id: ErasureId) -> Result<Option<Erasure>, DbError> {
    Ok(erasures::table.find(id).select(Erasure::as_select()).first(conn).optional()?)
}

/// Those that are not proved yet, the oldest first.
pub fn unproved(conn: &mut Conn) -> Result<Vec<Erasure>, DbError> {
    Ok(erasures::table
        .filter(erasures::state.eq_any([Stand::Begun, Stand::Left]))
        .order((erasures::begun_at, erasures::id))
        .select(Erasure::as_select())
        .load(conn)?)
}

/// The newest ones.
pub(super) fn newest(conn: &mut Conn, limit: i64) -> Result<Vec<Erasure>, DbError> {
    Ok(erasures::table
        .order((erasures::begun_at.desc(), erasures::id.desc()))
        .limit(limit)
        .select(Erasure::as_select())
        .load(conn)?)
}

/// Whether this night has been.
pub(super) fn night(conn: &mut Conn, on: NaiveDate) -> Result<bool, DbError> {
    let n: i64 = erasures::table
        .filter(erasures::kind.eq(Kind::Night))
        .filter(erasures::day.eq(on.to_string()))
        .count()
        .get_result(conn)?;
    Ok(n > 0)
}

/// The last night that has been.
pub fn last_night(conn: &mut Conn) -> Result<Option<NaiveDate>, DbError> {
    let last: Option<String> = erasures::table
        .filter(erasures::kind.eq(Kind::Night))
        .select(diesel::dsl::max(erasures::day))
        .first(conn)?;
    Ok(last.as_deref().and_then(day))
}

/// It is taken up again.
pub(super) fn resume(conn: &mut Conn, id: ErasureId) -> Result<(), DbError> {
    diesel::update(erasures::table.find(id))
        .set(erasures::resumed.eq(erasures::resumed + 1))
        .execute(conn)?;
    Ok(())
}

/// How it ended; what is looked for goes when it is found nowhere.
pub(super) fn settle(conn: &mut Conn, id: ErasureId, state: Stand, now: Instant) -> Result<(), DbError> {
    diesel::update(erasures::table.find(id))
        .set((erasures::state.eq(state), erasures::ended_at.eq(now)))
        .execute(conn)?;
    if state == Stand::Proved {
        diesel::update(erasures::table.find(id)).set(erasures::sought.eq(None::<String>)).execute(conn)?;
    }
    Ok(())
}

// ---- who was erased ----

/// Somebody who is erased or is about to be.
#[derive(Queryable, Clone, Debug)]
pub struct Erased {
    /// Which application.
    pub application: ApplicationId,
    /// By what, as a word.
    pub rule: String,
    /// When; none: not yet.
    pub done_at: Option<Instant>,
}

/// Says that somebody is about to be erased.
pub(super) fn intend(
    conn: &mut Conn,
    by: ErasureId,
    application: ApplicationId,
    rule: &str,
) -> Result<(), DbError> {
    // put back by a restore and about to go again
    diesel::delete(erased::table.find(application)).execute(conn)?;
    diesel::insert_into(erased::table)
        .values((
            erased::application_id.eq(application),
            erased::erasure_id.eq(by),
            erased::rule.eq(rule),
            erased::done_at.eq(None::<Instant>),
        ))
        .execute(conn)?;
    Ok(())
}

/// They are gone.
pub(super) fn done(conn: &mut Conn, application: ApplicationId, now: Instant) -> Result<(), DbError> {
    diesel::update(erased::table.find(application)).set(erased::done_at.eq(now)).execute(conn)?;
    Ok(())
}

/// They are not to go after all.
pub(super) fn spare(conn: &mut Conn, application: ApplicationId) -> Result<(), DbError> {
    diesel::delete(erased::table.find(application).filter(erased::done_at.is_null())).execute(conn)?;
    Ok(())
}

/// Whom an erasure is about.
pub(super) fn erased_by(conn: &mut Conn, by: ErasureId) -> Result<Vec<Erased>, DbError> {
    Ok(erased::table
        .filter(erased::erasure_id.eq(by))
        .order(erased::application_id)
        .select((erased::application_id, erased::rule, erased::done_at))
        .load(conn)?)
}

/// Everybody who was erased, with when.
pub fn all_erased(conn: &mut Conn) -> Result<Vec<(ApplicationId, Instant)>, DbError> {
    let rows: Vec<(ApplicationId, Option<Instant>)> = erased::table
        .filter(erased::done_at.is_not_null())
        .order((erased::done_at, erased::application_id))
        .select((erased::application_id, erased::done_at))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id, at?))).collect())
}

// ---- receipts ----

/// Writes a receipt.
pub(super) fn insert_receipt(conn: &mut Conn, receipt: &Receipt) -> Result<(), DbError> {
    diesel::insert_into(erasure_receipts::table)
        .values((
            erasure_receipts::number.eq(receipt.number),
            erasure_receipts::erasure_id.eq(receipt.erasure),
            erasure_receipts::at.eq(receipt.at),
            erasure_receipts::content.eq(&receipt.content),
            erasure_receipts::prev_hash.eq(&receipt.prev_hash),
            erasure_receipts::hash.eq(&receipt.hash),
        ))
        .execute(conn)?;
    Ok(())
}

/// All receipts, the oldest first.
pub fn receipts(conn: &mut Conn) -> Result<Vec<Receipt>, DbError> {
    Ok(erasure_receipts::table.order(erasure_receipts::number).load(conn)?)
}

/// The number of an erasure's newest receipt.
pub(super) fn receipt_of(conn: &mut Conn, of: ErasureId) -> Result<Option<i32>, DbError> {
    Ok(erasure_receipts::table
        .filter(erasure_receipts::erasure_id.eq(of))
        .select(diesel::dsl::max(erasure_receipts::number))
        .first(conn)?)
}

/// The newest receipt.
pub(super) fn last_receipt(conn: &mut Conn) -> Result<Option<Receipt>, DbError> {
    Ok(erasure_receipts::table.order(erasure_receipts::number.desc()).first(conn).optional()?)
}
