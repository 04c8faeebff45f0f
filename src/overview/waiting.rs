//! Whom an application waits for, and when it has waited too long. Pure.

use std::time::Duration;

use crate::{
    applications::{Card, Stage},
    base::Instant,
    interviews::status::Talk,
};

/// What has to happen next with an application, and who has to do it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// It came too late: whoever hires says whether it counts (D-31).
    Admission,
    /// Whoever hires reads it.
    Reading,
    /// Those who assess say what they think.
    Assessing,
    /// The talk is held.
    Interview,
    /// The applicant chooses a time for it.
    Choice,
    /// Whoever hires finds a time that fits them.
    Time,
    /// Its time comes.
    Talk,
    /// Whoever hires notes whether they came.
    Result,
    /// It was, or will not be: the panel goes on.
    Judging,
    /// The applicant answers the offer.
    Applicant,
    /// It is rejected, and whoever hires tells the applicant (D-09).
    Answer,
}

impl Waits {
    /// For this one, with where it stands on the way to an interview; none when it is decided and, where it is rejected, not
    /// `untold`.
    pub fn of(card: &Card, untold: bool, talk: Option<Talk>) -> Option<Self> {
        let standing = card.standing();
        match (standing.outcome, standing.stage) {
            (Some(_), _) if untold => Some(Self::Answer),
            (Some(_), _) => None,
            (None, _) if standing.held_back => Some(Self::Admission),
            (None, Stage::Received) => Some(Self::Reading),
            (None, Stage::Assessing) => Some(Self::Assessing),
            (None, Stage::Interview) => Some(match talk {
                None => Self::Interview,
                Some(Talk::Choosing) => Self::Choice,
                Some(Talk::Wish) => Self::Time,
                Some(Talk::Ahead) => Self::Talk,
                Some(Talk::Past) => Self::Result,
                Some(Talk::Over) => Self::Judging,
            }),
            (None, Stage::Offer) => Some(Self::Applicant),
        }
    }

    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Admission => "overview-waits-admission",
            Self::Reading => "overview-waits-reading",
            Self::Assessing => "overview-waits-assessing",
            Self::Interview => "overview-waits-interview",
            Self::Choice => "overview-waits-choice",
            Self::Time => "overview-waits-time",
            Self::Talk => "overview-waits-talk",
            Self::Result => "overview-waits-result",
            Self::Judging => "overview-waits-judging",
            Self::Applicant => "overview-waits-applicant",
            Self::Answer => "overview-waits-answer",
        }
    }
}

/// The moment before which whoever entered a step has waited too long; `days` from the configuration, 0 for never.
pub fn too_long_before(now: Instant, days: u32) -> Instant {
    match days {
        0 => Instant::from_micros(i64::MIN),
        days => now - Duration::from_secs(u64::from(days) * 86_400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        applications::{Outcome, Via},
        base::id::{ApplicationId, PostingId},
    };

    fn card(stage: Stage, late: bool, outcome: Option<Outcome>) -> Card {
        let at = Instant::from_seconds(1_795_514_400);
        Card {
            id: ApplicationId::from_number(1),
            posting: PostingId::from_number(1),
            name: "Aisha Noor".into(),
            received_at: at,
            via: Via::Form,
            late,
            admitted_at: None,
            stage,
            position: 0,
            outcome,
            outcome_at: None,
            channel: "direct".into(),
            version: 1,
        }
    }

    #[test]
    fn every_undecided_one_waits_for_somebody_and_a_decided_one_for_nobody() {
        for stage in Stage::ALL {
            assert!(Waits::of(&card(*stage, false, None), false, None).is_some(), "{stage}");
            assert_eq!(Waits::of(&card(*stage, true, None), false, None), Some(Waits::Admission), "{stage}");
            for outcome in Outcome::ALL {
                assert_eq!(Waits::of(&card(*stage, false, Some(*outcome)), false, None), None);
            }
        }
        let rejected = card(Stage::Assessing, false, Some(Outcome::Rejected));
        assert_eq!(Waits::of(&rejected, true, None), Some(Waits::Answer));
        assert_eq!(Waits::of(&card(Stage::Offer, false, None), false, None), Some(Waits::Applicant));
        // where an interview stands matters in its own stage alone
        let talks = [Talk::Choosing, Talk::Wish, Talk::Ahead, Talk::Past, Talk::Over];
        let of = |stage, talk| Waits::of(&card(stage, false, None), false, Some(talk));
        assert_eq!(talks.map(|talk| of(Stage::Offer, talk)), [Some(Waits::Applicant); 5]);
        let waits = [Waits::Choice, Waits::Time, Waits::Talk, Waits::Result, Waits::Judging];
        assert_eq!(talks.map(|talk| of(Stage::Interview, talk)), waits.map(Some));
    }

    #[test]
    fn too_long_is_a_number_of_days_and_none_is_never() {
        let now = Instant::from_seconds(1_795_514_400);
        assert_eq!(too_long_before(now, 7) + Duration::from_secs(7 * 86_400), now);
        assert!(too_long_before(now, 0) < Instant::from_seconds(0));
    }
}
