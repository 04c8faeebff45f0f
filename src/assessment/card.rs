//! The life of a scorecard as pure data: which step leads where, when all cards are shown, and where two members stand
//! far apart. There is no sum, no mean and no order by score, here or anywhere (D-36): cards are read, not added up.

use std::collections::HashSet;

use diesel::Queryable;

use super::panel::{Member, Seat};
use crate::{
    base::{
        Instant,
        id::{ApplicationId, CriterionId, ScorecardId, UserId},
    },
    words,
};

/// Longest reason for a score, in characters.
pub const REASON: usize = 600;
/// Longest consensus note, in characters.
pub const NOTE: usize = 4000;
/// From this difference on two scores stand far apart.
pub const FAR: i32 = 2;

words! {
    /// How a card is stored. Whether it is shown to others follows from the applicant's reveal alone.
    pub enum State {
        /// Its maker is at it.
        Draft = "draft",
        /// Given in.
        Submitted = "submitted",
    }
}

/// What its maker does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Puts it aside.
    Save,
    /// Gives it in.
    Submit,
}

/// What becomes of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// A draft.
    Draft,
    /// Given in; sealed until all cards are shown.
    Submitted,
    /// Another version beside the one everybody has seen.
    Correction,
}

/// The one table: what a step makes of a card (none: not begun), or the key of the sentence why it makes nothing.
pub fn after(card: Option<State>, revealed: bool, step: Step) -> Result<Next, &'static str> {
    match (card, revealed, step) {
        (None | Some(State::Draft), _, Step::Save) => Ok(Next::Draft),
        (None | Some(State::Draft), _, Step::Submit) => Ok(Next::Submitted),
        (Some(State::Submitted), false, _) => Err("card-barred-sealed"),
        (Some(State::Submitted), true, Step::Submit) => Ok(Next::Correction),
        (Some(State::Submitted), true, Step::Save) => Err("card-barred-correction"),
    }
}

/// One score and why.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Score {
    /// By which criterion.
    pub criterion: CriterionId,
    /// 1 to 4; 0 in a draft: not yet.
    pub score: i32,
    /// Why.
    pub reason: String,
}

/// What one member says of one applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Which.
    pub id: ScorecardId,
    /// Of which application.
    pub application: ApplicationId,
    /// Whose.
    pub user: UserId,
    /// From 1; a higher one corrects those before it.
    pub version: i32,
    /// As stored.
    pub state: State,
    /// When it was last saved.
    pub saved_at: Instant,
    /// When it was given in.
    pub submitted_at: Option<Instant>,
    /// By criterion.
    pub scores: Vec<Score>,
}

impl Card {
    /// The score by one criterion.
    pub fn score(&self, criterion: CriterionId) -> Option<&Score> {
        self.scores.iter().find(|s| s.criterion == criterion)
    }
}

/// From when on an applicant's cards are shown.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Reveal {
    /// When.
    pub at: Instant,
    /// By whom, as `user:…`, or `system` when everybody was done.
    pub by: String,
    /// Why before everybody was done; empty when they were.
    pub reason: String,
}

/// What the panel agrees on about one applicant.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// In their words.
    pub words: String,
    /// Counts up with every save.
    pub version: i32,
    /// Who wrote it down, as `user:…`.
    pub by: String,
    /// When.
    pub at: Instant,
}

/// Those whose cards are waited for: who sits at `now` in a seat that must be filled and has no relation to the
/// applicant. Where no such seat is held by anybody free to judge, everybody in the panel who is.
pub fn awaited(
    members: &[Member],
    required: &[Seat],
    related: &HashSet<UserId>,
    now: Instant,
) -> HashSet<UserId> {
    let free = || members.iter().filter(|m| m.sits(now) && !related.contains(&m.user));
    let named: HashSet<UserId> = free().filter(|m| required.contains(&m.seat)).map(|m| m.user).collect();
    if named.is_empty() { free().map(|m| m.user).collect() } else { named }
}

/// Whether all cards are shown now: somebody is waited for, and nobody any longer.
pub fn is_due(awaited: &HashSet<UserId>, submitted: &HashSet<UserId>) -> bool {
    !awaited.is_empty() && awaited.is_subset(submitted)
}

/// The lowest and the highest score, when they stand far apart.
pub fn far_apart(scores: impl IntoIterator<Item = i32>) -> Option<(i32, i32)> {
    let (lowest, highest) = scores
        .into_iter()
        .filter(|s| *s > 0)
        .fold((i32::MAX, i32::MIN), |(low, high), s| (low.min(s), high.max(s)));
    (lowest <= highest && highest - lowest >= FAR).then_some((lowest, highest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Chance, id::MembershipId};

    #[test]
    fn the_table_of_steps() {
        use Next::*;
        for revealed in [false, true] {
            for card in [None, Some(State::Draft)] {
                assert_eq!(after(card, revealed, Step::Save), Ok(Draft));
                assert_eq!(after(card, revealed, Step::Submit), Ok(Submitted));
            }
        }
        let given = Some(State::Submitted);
        for step in [Step::Save, Step::Submit] {
            assert_eq!(after(given, false, step), Err("card-barred-sealed"), "what is sealed stays as it is");
        }
        assert_eq!(after(given, true, Step::Submit), Ok(Correction));
        assert_eq!(after(given, true, Step::Save), Err("card-barred-correction"));
    }

    #[test]
    fn only_two_steps_are_far() {
        assert_eq!(far_apart([2, 3, 3]), None);
        assert_eq!(far_apart([4, 2, 3]), Some((2, 4)));
        assert_eq!(far_apart([0, 4]), None, "what is not scored yet is no score");
        assert_eq!(far_apart([]), None);
    }

    #[test]
    fn cards_are_waited_for_from_who_must_be_there_and_may_judge() {
        let chance = Chance::seeded(5);
        let at = Instant::from_seconds(10);
        let member = |seat| Member {
            membership: MembershipId::new(at, &chance),
            user: UserId::new(at, &chance),
            name: String::new(),
            seat,
            chair: false,
            from: at,
            to: None,
        };
        let all = [member(Seat::Manager), member(Seat::Employee), member(Seat::Expert)];
        let [manager, employee, expert] = [all[0].user, all[1].user, all[2].user];
        let required = [Seat::Manager, Seat::Employee];
        let none = HashSet::new();
        assert_eq!(awaited(&all, &required, &none, at), [manager, employee].into());
        assert_eq!(awaited(&all, &required, &[manager].into(), at), [employee].into());
        assert_eq!(awaited(&all, &required, &[manager, employee].into(), at), [expert].into());
        assert!(awaited(&all, &required, &none, Instant::from_seconds(9)).is_empty());
        assert!(!is_due(&none, &[expert].into()), "nobody waited for is not everybody done");
        assert!(!is_due(&[manager, employee].into(), &[manager].into()));
        assert!(is_due(&[manager].into(), &[manager, expert].into()));
    }
}
