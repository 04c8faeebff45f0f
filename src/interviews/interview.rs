//! One applicant's interview, and how long they may change its time themselves. Plain rows with names.

use std::time::Duration;

use diesel::prelude::*;

use super::{
    slot::Slot,
    state::{InterviewState, InterviewStep},
};
use crate::{
    base::{
        Instant,
        id::{ApplicationId, InterviewId, PostingId, SlotId},
    },
    db::schema::interviews,
};

/// One applicant's interview.
#[derive(Queryable, Selectable, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = interviews)]
pub struct Interview {
    /// Which.
    pub id: InterviewId,
    /// Whose.
    #[diesel(column_name = application_id)]
    pub application: ApplicationId,
    /// Of which posting.
    #[diesel(column_name = posting_id)]
    pub posting: PostingId,
    /// 1 for the first interview, 2 for the second.
    pub round: i32,
    /// Where it stands.
    pub state: InterviewState,
    /// The seat it holds.
    #[diesel(column_name = slot_id)]
    pub slot: Option<SlotId>,
    /// The seat it holds or held last.
    #[diesel(column_name = last_slot_id)]
    pub last_slot: Option<SlotId>,
    /// Grows with every change a calendar has to know.
    pub sequence: i32,
    /// When they were invited last.
    pub invited_at: Instant,
    /// When they were last asked to choose.
    pub reminded_at: Option<Instant>,
    /// When they said that no time fits; none when they have not, or have chosen since.
    pub wished_at: Option<Instant>,
    /// In their words.
    pub wish: Option<String>,
    /// What to take into account, in their words.
    pub needs: Option<String>,
    /// Why it was declined or cancelled.
    pub words: Option<String>,
    /// When it last moved.
    pub changed_at: Instant,
}

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
