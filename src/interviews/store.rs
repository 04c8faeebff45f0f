//! Rows of times and interviews; letters about them and questions have files of their own. Every reader for staff takes a
//! [`Scope`] and puts it into its SQL; names come from the readers of [`crate::applications`], narrowed likewise.

pub mod letters;
pub(super) mod questions;
pub(super) mod rows;

pub use questions::of as questions_of;

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    interview::Interview,
    slot::Slot,
    state::{InterviewState, SlotState},
};
use crate::{
    accounts::Scope,
    applications::{Outcome, Stage},
    base::{
        Instant,
        id::{ApplicationId, InterviewId, PostingId, SlotId},
    },
    db::{
        Conn, DbError,
        schema::{applications, interview_slots, interviews, postings},
    },
    each,
};

// a macro because the types of such conditions cannot be written down
macro_rules! inside {
    ($scope:expr) => {
        postings::unit_id
            .eq_any($scope.units())
            .or(postings::id.eq_any($scope.postings()))
            .and(postings::id.ne_all($scope.withheld()))
    };
}
pub(super) use inside;

// ---- times ----

/// Lays out a seat.
pub(super) fn insert_slot(conn: &mut Conn, slot: &Slot, by: &str, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(interview_slots::table)
        .values((
            (interview_slots::id.eq(slot.id), interview_slots::posting_id.eq(slot.posting)),
            (interview_slots::round.eq(slot.round), interview_slots::minutes.eq(slot.minutes)),
            (interview_slots::local.eq(&slot.local), interview_slots::zone.eq(&slot.zone)),
            (interview_slots::starts_at.eq(slot.starts_at), interview_slots::state.eq(slot.state)),
            (interview_slots::place.eq(&slot.place), interview_slots::link.eq(&slot.link)),
            (interview_slots::note.eq(&slot.note), interview_slots::made_by.eq(by)),
            (interview_slots::made_at.eq(now), interview_slots::changed_at.eq(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// A seat, whoever asks.
pub fn slot(conn: &mut Conn, id: SlotId) -> Result<Option<Slot>, DbError> {
    Ok(interview_slots::table.find(id).select(Slot::as_select()).first(conn).optional()?)
}

/// All seats of a posting in their order; the caller has narrowed.
pub fn slots(conn: &mut Conn, posting: PostingId) -> Result<Vec<Slot>, DbError> {
    Ok(interview_slots::table
        .filter(interview_slots::posting_id.eq(posting))
        .order((interview_slots::starts_at, interview_slots::id))
        .select(Slot::as_select())
        .load(conn)?)
}

/// Seats of a posting and round that may be taken after `now`, in their order.
pub fn open_slots(
    conn: &mut Conn,
    posting: PostingId,
    round: i32,
    now: Instant,
) -> Result<Vec<Slot>, DbError> {
    Ok(interview_slots::table
        .filter(interview_slots::posting_id.eq(posting))
        .filter(interview_slots::round.eq(round))
        .filter(interview_slots::state.eq(SlotState::Open))
        .filter(interview_slots::starts_at.gt(now))
        .order((interview_slots::starts_at, interview_slots::id))
        .select(Slot::as_select())
        .load(conn)?)
}

/// Seats of these postings that are not taken away and not over.
pub(super) fn ahead_in(conn: &mut Conn, of: &[PostingId], now: Instant) -> Result<Vec<Slot>, DbError> {
    Ok(interview_slots::table
        .filter(interview_slots::posting_id.eq_any(of))
        .filter(interview_slots::state.eq_any([SlotState::Open, SlotState::Booked]))
        .filter(interview_slots::starts_at.gt(now))
        .order((interview_slots::starts_at, interview_slots::id))
        .select(Slot::as_select())
        .load(conn)?)
}

/// Moves a seat from `from` to `to`; false when it stands elsewhere by now. The one write in which a seat is taken: of two
/// who ask for it at once, one finds it gone.
pub(super) fn put_slot(
    conn: &mut Conn,
    id: SlotId,
    from: SlotState,
    to: SlotState,
    now: Instant,
) -> Result<bool, DbError> {
    let there = interview_slots::table.find(id).filter(interview_slots::state.eq(from));
    Ok(diesel::update(there)
        .set((interview_slots::state.eq(to), interview_slots::changed_at.eq(now)))
        .execute(conn)?
        == 1)
}

/// Seats that are taken by an interview that is there no more: its applicant was erased.
pub(super) fn orphans(conn: &mut Conn) -> Result<Vec<Slot>, DbError> {
    let held = interviews::table.filter(interviews::slot_id.eq(interview_slots::id.nullable()));
    Ok(interview_slots::table
        .filter(interview_slots::state.eq(SlotState::Booked))
        .filter(diesel::dsl::not(diesel::dsl::exists(held)))
        .order(interview_slots::id)
        .select(Slot::as_select())
        .load(conn)?)
}

// ---- interviews ----

/// Invites somebody; false when they have this interview already.
pub(super) fn insert(conn: &mut Conn, is: &Interview, by: &str) -> Result<bool, DbError> {
    let row = (
        interviews::id.eq(is.id),
        interviews::application_id.eq(is.application),
        interviews::posting_id.eq(is.posting),
        interviews::round.eq(is.round),
        interviews::state.eq(is.state),
        interviews::sequence.eq(is.sequence),
        interviews::invited_by.eq(by),
        interviews::invited_at.eq(is.invited_at),
        interviews::changed_at.eq(is.changed_at),
    );
    let n = each!(conn, |c| diesel::insert_into(interviews::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// Puts `to` in place of `was`; false when it has moved since.
pub(super) fn put(conn: &mut Conn, was: &Interview, to: &Interview) -> Result<bool, DbError> {
    let there = interviews::table
        .find(was.id)
        .filter(interviews::state.eq(was.state))
        .filter(interviews::sequence.eq(was.sequence));
    Ok(diesel::update(there)
        .set((
            (interviews::state.eq(to.state), interviews::slot_id.eq(to.slot)),
            (interviews::last_slot_id.eq(to.last_slot), interviews::sequence.eq(to.sequence)),
            (interviews::invited_at.eq(to.invited_at), interviews::reminded_at.eq(to.reminded_at)),
            (interviews::wished_at.eq(to.wished_at), interviews::wish.eq(&to.wish)),
            (interviews::needs.eq(&to.needs), interviews::words.eq(&to.words)),
            interviews::changed_at.eq(to.changed_at),
        ))
        .execute(conn)?
        == 1)
}

/// An interview, whoever asks; for jobs and inside actions that have narrowed.
pub fn any(conn: &mut Conn, id: InterviewId) -> Result<Option<Interview>, DbError> {
    Ok(interviews::table.find(id).select(Interview::as_select()).first(conn).optional()?)
}

/// An interview, when it lies inside `scope`; never one of somebody the reader has a relation to (D-23).
pub fn interview(conn: &mut Conn, scope: &Scope, id: InterviewId) -> Result<Option<Interview>, DbError> {
    Ok(interviews::table
        .inner_join(postings::table)
        .filter(interviews::id.eq(id))
        .filter(inside!(scope))
        .filter(interviews::application_id.ne_all(scope.left_out()))
        .select(Interview::as_select())
        .first(conn)
        .optional()?)
}

/// The interviews of a posting inside `scope`, the oldest invitation first.
pub fn interviews_of(conn: &mut Conn, scope: &Scope, posting: PostingId) -> Result<Vec<Interview>, DbError> {
    Ok(interviews::table
        .inner_join(postings::table)
        .filter(interviews::posting_id.eq(posting))
        .filter(inside!(scope))
        .filter(interviews::application_id.ne_all(scope.left_out()))
        .order((interviews::invited_at, interviews::id))
        .select(Interview::as_select())
        .load(conn)?)
}

/// Every interview of one applicant, the last round first; the caller has narrowed, or it is the applicant.
pub fn of_application(conn: &mut Conn, id: ApplicationId) -> Result<Vec<Interview>, DbError> {
    Ok(interviews::table
        .filter(interviews::application_id.eq(id))
        .order(interviews::round.desc())
        .select(Interview::as_select())
        .load(conn)?)
}

/// Those of these that are called to interviews, each with the last of them and its seat; the caller has narrowed.
pub(super) fn last_of(
    conn: &mut Conn,
    of: &[ApplicationId],
) -> Result<HashMap<ApplicationId, (Interview, Option<Instant>)>, DbError> {
    let rows: Vec<Interview> = interviews::table
        .filter(interviews::application_id.eq_any(of))
        .order((interviews::application_id, interviews::round))
        .select(Interview::as_select())
        .load(conn)?;
    let seats: Vec<SlotId> = rows.iter().filter_map(|is| is.slot).collect();
    let times: HashMap<SlotId, Instant> = interview_slots::table
        .filter(interview_slots::id.eq_any(seats))
        .select((interview_slots::id, interview_slots::starts_at))
        .load::<(SlotId, Instant)>(conn)?
        .into_iter()
        .collect();
    Ok(rows
        .into_iter()
        .map(|is| (is.application, (is.clone(), is.slot.and_then(|s| times.get(&s).copied()))))
        .collect())
}

/// Interviews inside `scope` of undecided applications in which a person may have to do something.
pub(super) fn undecided(conn: &mut Conn, scope: &Scope) -> Result<Vec<Interview>, DbError> {
    Ok(interviews::table
        .inner_join(postings::table)
        .inner_join(applications::table)
        .filter(inside!(scope))
        .filter(interviews::application_id.ne_all(scope.left_out()))
        .filter(applications::outcome.is_null())
        .filter(applications::stage.eq(Stage::Interview))
        .filter(interviews::state.eq_any(InterviewState::AHEAD))
        .order(interviews::id)
        .select(Interview::as_select())
        .load(conn)?)
}

/// Interviews that are still to come although their application is over, as far as its applicant has been told: who withdrew,
/// who was hired, who was turned down and knows it. Of one application when one is named.
pub(super) fn overtaken(conn: &mut Conn, of: Option<ApplicationId>) -> Result<Vec<Interview>, DbError> {
    let told =
        applications::outcome.ne(Outcome::Rejected).or(applications::shown_of.eq(applications::outcome_at));
    let mut query = interviews::table
        .inner_join(applications::table)
        .filter(interviews::state.eq_any(InterviewState::AHEAD))
        .filter(applications::outcome.is_not_null())
        .filter(told)
        .order((interviews::posting_id, interviews::id))
        .select(Interview::as_select())
        .into_boxed();
    if let Some(id) = of {
        query = query.filter(interviews::application_id.eq(id));
    }
    Ok(query.load(conn)?)
}

/// Interviews that have a time between these two, and it.
pub(super) fn booked_between(
    conn: &mut Conn,
    from: Instant,
    to: Instant,
) -> Result<Vec<(Interview, Slot)>, DbError> {
    let seats: Vec<Slot> = interview_slots::table
        .filter(interview_slots::state.eq(SlotState::Booked))
        .filter(interview_slots::starts_at.gt(from))
        .filter(interview_slots::starts_at.le(to))
        .order(interview_slots::id)
        .select(Slot::as_select())
        .load(conn)?;
    let ids: Vec<SlotId> = seats.iter().map(|seat| seat.id).collect();
    let held: Vec<Interview> = interviews::table
        .filter(interviews::slot_id.eq_any(ids))
        .filter(interviews::state.eq(InterviewState::Booked))
        .order(interviews::id)
        .select(Interview::as_select())
        .load(conn)?;
    Ok(held
        .into_iter()
        .filter_map(|is| {
            let seat = seats.iter().find(|seat| Some(seat.id) == is.slot)?.clone();
            Some((is, seat))
        })
        .collect())
}

/// Interviews whose applicant was invited before `before`, has not chosen, and has not been asked again.
pub(super) fn not_chosen(conn: &mut Conn, before: Instant) -> Result<Vec<Interview>, DbError> {
    Ok(interviews::table
        .inner_join(applications::table)
        .filter(applications::outcome.is_null())
        .filter(interviews::state.eq_any(InterviewState::CHOOSING))
        .filter(interviews::changed_at.le(before))
        .filter(interviews::reminded_at.is_null())
        .filter(interviews::wished_at.is_null())
        .order(interviews::id)
        .select(Interview::as_select())
        .load(conn)?)
}
