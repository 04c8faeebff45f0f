//! One applicant's interview, and how long they may change its time themselves. Plain rows with names.

use std::time::Duration;

pub use super::store::rows::Interview;
use super::{
    slot::Slot,
    state::{InterviewState, InterviewStep},
};
use crate::base::{Instant, id::SlotId};

impl Interview {
    /// As it stands after a step; none when that cannot be done. `seat`: what it holds then.
    pub fn after(&self, step: InterviewStep, seat: Option<SlotId>, now: Instant) -> Option<Self> {
        let state = self.state.after(step)?;
        let told = !matches!(step, InterviewStep::Hold | InterviewStep::Miss);
        let chosen = matches!(step, InterviewStep::Book | InterviewStep::Move | InterviewStep::Again);
        Some(Self {
            state,
            slot: seat,
            last_slot: seat.or(self.last_slot),
            sequence: self.sequence + i32::from(told),
            wished_at: self.wished_at.filter(|_| !chosen),
            wish: self.wish.clone().filter(|_| !chosen),
            words: self.words.clone().filter(|_| !chosen),
            changed_at: now,
            ..self.clone()
        })
    }
    /// The applicant is to choose a time, and has not said that none fits.
    pub fn waits_for_applicant(&self) -> bool {
        InterviewState::CHOOSING.contains(&self.state) && self.wished_at.is_none()
    }
}

/// Until when an applicant may leave a time they have: so many hours before it begins.
pub fn change_until(slot: &Slot, change_hours: u64) -> Instant {
    slot.starts_at - Duration::from_secs(3600 * change_hours)
}
