//! Choosing a time, leaving it, saying that none fits: by the applicant behind their link, or by a colleague who has them on
//! the telephone.

use super::{
    super::{
        drive,
        interview::{Interview, change_until},
        letters::{self, Kind},
        slot::Slot,
        state::{InterviewState, InterviewStep, SlotState, SlotStep},
        store,
    },
    InterviewError, WORDS, given_back, held, note, put, step,
};
use crate::{
    accounts::audit::Actor,
    applications::{self, EventKind},
    base::{Instant, id::SlotId, text},
    db::Conn,
    kit::Kit,
};

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// The applicant, with the hours they have.
    Applicant,
    /// A colleague, for them.
    Staff(Actor),
}

impl By {
    fn actor(self, is: &Interview) -> Actor {
        match self {
            Self::Applicant => Actor::Applicant(is.application),
            Self::Staff(actor) => actor,
        }
    }
}

/// Refuses what is over as far as the applicant knows.
fn check_open(conn: &mut Conn, is: &Interview, by: By) -> Result<(), InterviewError> {
    let whole = applications::any(conn, is.application)?.ok_or(InterviewError::NotFound)?;
    let over = match by {
        By::Applicant => whole.application.is_shown(),
        By::Staff(_) => whole.application.outcome.is_some(),
    };
    if over { Err(InterviewError::Refused("interviews-refused-over")) } else { Ok(()) }
}

/// Refuses what an applicant may change only by telephone: a time that begins soon.
fn check_hours(conn: &mut Conn, kit: &Kit, is: &Interview, by: By) -> Result<(), InterviewError> {
    let (By::Applicant, Some(id)) = (by, is.slot) else { return Ok(()) };
    let seat = store::slot(conn, id)?.ok_or(InterviewError::NotFound)?;
    if kit.clock.now() > change_until(&seat, kit.config.interviews.change_hours) {
        return Err(InterviewError::Refused("interviews-refused-late"));
    }
    Ok(())
}

/// Takes a seat, or one beside it; the only place where one is taken.
fn claim(conn: &mut Conn, is: &Interview, id: SlotId, now: Instant) -> Result<Slot, InterviewError> {
    let wanted = store::slot(conn, id)?.ok_or(InterviewError::NotFound)?;
    if wanted.posting != is.posting || wanted.round != is.round {
        return Err(InterviewError::NotFound);
    }
    if wanted.starts_at <= now {
        return Err(InterviewError::Taken);
    }
    let beside = store::open_slots(conn, is.posting, is.round, now)?;
    let others = beside.into_iter().filter(|slot| slot.id != wanted.id && slot.beside(&wanted));
    for slot in std::iter::once(wanted.clone()).chain(others) {
        let to = slot.state.after(SlotStep::Book);
        if let Some(to) = to
            && store::put_slot(conn, slot.id, SlotState::Open, to, now)?
        {
            return Ok(slot);
        }
    }
    Err(InterviewError::Taken)
}

/// Chooses a time, or another in place of the one they have. The caller has narrowed. `needs`: what to take into account.
pub fn book(
    conn: &mut Conn,
    kit: &Kit,
    by: By,
    known: &Interview,
    slot: SlotId,
    needs: &str,
) -> Result<Interview, InterviewError> {
    let now = kit.clock.now();
    let is = held(conn, known, now)?;
    check_open(conn, &is, by)?;
    if is.slot == Some(slot) && is.state == InterviewState::Booked {
        // pressed twice
        return Ok(is);
    }
    check_hours(conn, kit, &is, by)?;
    let needs = words("needs", needs)?;
    let moves = is.state == InterviewState::Booked;
    let way = if moves { InterviewStep::Move } else { InterviewStep::Book };
    if is.state.after(way).is_none() {
        return Err(InterviewError::Moved);
    }
    let seat = claim(conn, &is, slot, now)?;
    let mut to = step(conn, &is, way, Some(seat.id), moves.then_some(SlotStep::Free), now)?;
    if by == By::Applicant {
        let was = to.clone();
        to.needs = Some(needs).filter(|needs| !needs.is_empty());
        put(conn, &was, &to)?;
    }
    note(conn, kit, &to, EventKind::InterviewBooked, by.actor(&is), None)?;
    if let By::Staff(actor) = by {
        // they were on the telephone, so what could not be written is said
        drive::settle_by_hand(conn, kit, &to, actor)?;
    }
    let kind = if moves && by != By::Applicant { Kind::Moved } else { Kind::Confirmation };
    letters::write(conn, kit, &to, kind, "")?;
    Ok(to)
}

/// The applicant does not want to come.
pub fn decline(
    conn: &mut Conn,
    kit: &Kit,
    known: &Interview,
    said: &str,
) -> Result<Interview, InterviewError> {
    let now = kit.clock.now();
    let is = held(conn, known, now)?;
    if is.state == InterviewState::Declined {
        return Ok(is);
    }
    check_open(conn, &is, By::Applicant)?;
    let said = words("words", said)?;
    let old = given_back(conn, &is, now)?;
    let mut to = step(conn, &is, InterviewStep::Decline, None, old, now)?;
    let was = to.clone();
    to.words = Some(said).filter(|said| !said.is_empty());
    put(conn, &was, &to)?;
    note(
        conn,
        kit,
        &to,
        EventKind::InterviewDeclined,
        Actor::Applicant(is.application),
        to.words.as_deref(),
    )?;
    Ok(to)
}

/// The applicant says that no time fits; a colleague finds another with them.
pub fn wish(conn: &mut Conn, kit: &Kit, known: &Interview, said: &str) -> Result<Interview, InterviewError> {
    let now = kit.clock.now();
    let is = held(conn, known, now)?;
    check_open(conn, &is, By::Applicant)?;
    if !InterviewState::CHOOSING.contains(&is.state) {
        return Err(InterviewError::Moved);
    }
    let said = words("wish", said)?;
    let to = Interview {
        wished_at: Some(now),
        wish: Some(said).filter(|said| !said.is_empty()),
        changed_at: now,
        ..is.clone()
    };
    put(conn, &is, &to)?;
    note(conn, kit, &to, EventKind::InterviewWish, Actor::Applicant(is.application), to.wish.as_deref())?;
    Ok(to)
}

/// What somebody wrote, as it may be kept; may be empty.
pub(super) fn words(field: &str, raw: &str) -> Result<String, InterviewError> {
    let said = text::paragraphs(raw);
    if text::count(&said) > WORDS {
        return Err(InterviewError::at(field, "interviews-error-words-long"));
    }
    if !text::cpr_like(&said).is_empty() {
        return Err(InterviewError::at(field, "interviews-error-cpr"));
    }
    Ok(said)
}
