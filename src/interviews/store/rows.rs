//! A seat and an interview, as they lie in their tables; what they can do stands in [`crate::interviews::slot`] and
//! [`crate::interviews::interview`].

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{ApplicationId, InterviewId, PostingId, SlotId},
    },
    db::schema::{interview_slots, interviews},
    interviews::state::{InterviewState, SlotState},
};

/// One seat at one time.
#[derive(Queryable, Selectable, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = interview_slots)]
pub struct Slot {
    /// Which.
    pub id: SlotId,
    /// For applicants of which posting.
    #[diesel(column_name = posting_id)]
    pub posting: PostingId,
    /// 1 for first interviews, 2 for second.
    pub round: i32,
    /// What the clock on the wall shows, `2026-12-14T09:00`.
    pub local: String,
    /// On which wall: an IANA zone.
    pub zone: String,
    /// The instant that follows.
    pub starts_at: Instant,
    /// How long.
    pub minutes: i32,
    /// Where; may be empty when there is a link.
    pub place: String,
    /// Address of a video meeting; may be empty.
    pub link: String,
    /// What to bring and to know; may be empty.
    pub note: String,
    /// Where it stands.
    pub state: SlotState,
}

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
