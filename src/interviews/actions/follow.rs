//! Following what happens elsewhere, and the clock: an application that is over gives its time back, a seat whose applicant
//! was erased is free, and who should be written to is.

use std::time::Duration;

use super::{
    super::{
        interview::Interview,
        letters::{self, Kind},
        slot::Slot,
        state::{InterviewState, InterviewStep, SlotStep},
        store,
    },
    InterviewError, given_back, held, hold, staff, step,
};
use crate::{
    accounts::audit::Actor,
    applications::{EventKind, actions as applied},
    base::id::ApplicationId,
    db::{Conn, DbError},
    kit::Kit,
};

/// The application is over and its applicant knows: what was still to come is called off, in the transaction that ended it.
pub fn follow(conn: &mut Conn, kit: &Kit, of: ApplicationId) -> Result<(), InterviewError> {
    for known in store::overtaken(conn, Some(of))? {
        call_off(conn, kit, &known)?;
    }
    Ok(())
}

// no line in the log: the change that this follows wrote its own, and holds what a line would wait for
fn call_off(conn: &mut Conn, kit: &Kit, known: &Interview) -> Result<(), InterviewError> {
    let now = kit.clock.now();
    let is = held(conn, known, now)?;
    let booked = is.state == InterviewState::Booked;
    if let Some(slot) = is.slot
        && booked
        && store::slot(conn, slot)?.is_some_and(|slot| slot.starts_at <= now)
    {
        // it has begun: somebody notes whether they came
        return Ok(());
    }
    let old = given_back(conn, &is, now)?;
    let to = step(conn, &is, InterviewStep::Cancel, None, old, now)?;
    applied::note(conn, kit, is.application, EventKind::InterviewCancelled, Actor::System, None)?;
    if booked { Ok(letters::write(conn, kit, &to, Kind::Cancelled, "")?) } else { Ok(()) }
}

/// One thing that the clock or another slice's change asks for.
pub enum Due {
    /// The application is over and its applicant knows.
    Over(Interview),
    /// A seat whose applicant was erased.
    Left(Slot),
    /// It is soon.
    Soon(Interview),
    /// They have not chosen.
    Silent(Interview),
}

/// What there is to do now.
pub fn due(conn: &mut Conn, kit: &Kit) -> Result<Vec<Due>, DbError> {
    let now = kit.clock.now();
    let mut found: Vec<Due> = store::overtaken(conn, None)?.into_iter().map(Due::Over).collect();
    found.extend(store::orphans(conn)?.into_iter().map(Due::Left));
    let ahead = Duration::from_secs(3600 * kit.config.interviews.remind_hours);
    for (is, slot) in store::booked_between(conn, now, now + ahead)? {
        // whoever has just chosen knows when it is
        if is.changed_at + ahead < slot.starts_at
            && store::letters::how_many(conn, is.id, Kind::Reminder, is.sequence)? == 0
        {
            found.push(Due::Soon(is));
        }
    }
    let since = Duration::from_secs(86_400 * kit.config.interviews.nudge_days);
    for is in store::not_chosen(conn, now - since)? {
        if !store::open_slots(conn, is.posting, is.round, now)?.is_empty() {
            found.push(Due::Silent(is));
        }
    }
    Ok(found)
}

/// Does one of them, as far as it is still so.
pub fn keep(conn: &mut Conn, kit: &Kit, due: &Due) -> Result<(), InterviewError> {
    match due {
        Due::Over(is) => call_off(conn, kit, is),
        Due::Left(seat) => {
            hold(conn, seat.posting)?;
            let now = kit.clock.now();
            let way = if seat.starts_at > now { SlotStep::Free } else { SlotStep::Close };
            if let Some(to) = seat.state.after(way) {
                store::put_slot(conn, seat.id, seat.state, to, now)?;
            }
            Ok(())
        }
        Due::Soon(is) => remind(conn, kit, is),
        Due::Silent(is) => nudge(conn, kit, is),
    }
}

fn remind(conn: &mut Conn, kit: &Kit, known: &Interview) -> Result<(), InterviewError> {
    let is = held(conn, known, kit.clock.now())?;
    if is.state != InterviewState::Booked || is.sequence != known.sequence {
        return Ok(());
    }
    Ok(letters::write(conn, kit, &is, Kind::Reminder, "")?)
}

fn nudge(conn: &mut Conn, kit: &Kit, known: &Interview) -> Result<(), InterviewError> {
    let now = kit.clock.now();
    let is = held(conn, known, now)?;
    if !is.waits_for_applicant() || is.reminded_at.is_some() {
        return Ok(());
    }
    staff::nudge(conn, kit, &is, now)
}
