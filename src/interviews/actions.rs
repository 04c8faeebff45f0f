//! The verbs: [`add_times`] and [`close_time`]; [`invite`], [`remind_now`]; [`book`] a time for an applicant or as one,
//! [`decline`] it, [`wish`] for another; [`cancel`] an interview, and note its [`result`]. Each runs inside the caller's
//! transaction and goes on along the table in [`super::state`]; whatever an applicant has to know of it is a letter in the
//! same commit.

mod follow;
mod own;
mod staff;

pub use follow::{Due, due, follow, keep};
pub use own::{By, book, decline, wish};
pub use staff::{
    Invited, add_times, cancel, close_time, invite, remind_now, result, save_questions, says_pay,
};

use super::{
    interview::Interview,
    state::{InterviewState, InterviewStep, SlotStep},
    store,
};
use crate::{
    accounts::audit::{self, Actor, Line, Object, Verb},
    applications::{self, EventKind, actions as applied},
    base::{
        Instant,
        id::{PostingId, SlotId},
    },
    db::{self, Conn, DbError},
    kit::Kit,
    web::forms::Errors,
};

/// Longest words of an applicant or about an interview, in characters.
pub const WORDS: usize = 1000;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum InterviewError {
    /// Not there, or not inside the scope.
    #[error("no such interview")]
    NotFound,
    /// It stands elsewhere by now.
    #[error("it has moved")]
    Moved,
    /// Somebody else has that time, or it was taken away.
    #[error("the time is taken")]
    Taken,
    /// Not now; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong: {0:?}")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl InterviewError {
    fn at(field: &str, key: &str) -> Self {
        Self::Fields(Errors::one(field, key))
    }
}

/// Everything about one posting's interviews is done one after the other; before any row is held.
pub(super) fn hold(conn: &mut Conn, posting: PostingId) -> Result<(), DbError> {
    db::lock(conn, &format!("interviews {posting}"))
}

/// Holds the application until the transaction ends, so that nobody erases it meanwhile; then reads the interview as it is.
fn held(conn: &mut Conn, known: &Interview, now: Instant) -> Result<Interview, InterviewError> {
    hold(conn, known.posting)?;
    if !applications::hold(conn, known.application, now)? {
        return Err(InterviewError::NotFound);
    }
    store::any(conn, known.id)?.ok_or(InterviewError::NotFound)
}

/// Moves an interview by one step of the table to hold `seat`; the seat it held goes by `old`.
fn step(
    conn: &mut Conn,
    is: &Interview,
    step: InterviewStep,
    seat: Option<SlotId>,
    old: Option<SlotStep>,
    now: Instant,
) -> Result<Interview, InterviewError> {
    let to = is.after(step, seat, now).ok_or(InterviewError::Moved)?;
    put(conn, is, &to)?;
    if let (Some(id), Some(old)) = (is.slot, old) {
        let from = store::slot(conn, id)?.ok_or(InterviewError::Moved)?.state;
        let after = from.after(old).ok_or(InterviewError::Moved)?;
        if !store::put_slot(conn, id, from, after, now)? {
            return Err(InterviewError::Moved);
        }
    }
    Ok(to)
}

fn put(conn: &mut Conn, is: &Interview, to: &Interview) -> Result<(), InterviewError> {
    if store::put(conn, is, to)? { Ok(()) } else { Err(InterviewError::Moved) }
}

/// What becomes of the seat of an interview that is over before it began: free again while others may still take it.
fn given_back(conn: &mut Conn, is: &Interview, now: Instant) -> Result<Option<SlotStep>, DbError> {
    let Some(id) = is.slot.filter(|_| is.state == InterviewState::Booked) else { return Ok(None) };
    let ahead = store::slot(conn, id)?.is_some_and(|slot| slot.starts_at > now);
    Ok(Some(if ahead { SlotStep::Free } else { SlotStep::Close }))
}

/// A line in the applicant's history and one in the log.
fn note(
    conn: &mut Conn,
    kit: &Kit,
    is: &Interview,
    kind: EventKind,
    actor: Actor,
    words: Option<&str>,
) -> Result<(), DbError> {
    applied::note(conn, kit, is.application, kind, actor, words)?;
    audit::write(conn, &[line(is, actor)], kit.clock.now())
}

/// The one in the log. It makes other writers wait until the commit, so it comes after all rows.
fn line(is: &Interview, actor: Actor) -> Line {
    Line {
        actor,
        verb: Verb::Changed,
        object: Object::Application(is.application),
        posting: Some(is.posting),
        detail: Some(format!("interview {} {}", is.round, is.state)),
    }
}
