//! The recommendation (indstilling) of a panel: for each who was interviewed, criterion, evidence, score and reason, and
//! what is missing in it. Applicants stand in the order in which they applied; nothing in it orders them by score (D-36).

use super::{
    card::{Card, State},
    profile::{Criterion, Weight},
};
use crate::{
    applications::{Outcome, Stage},
    base::id::UserId,
};

/// What a recommendation lacks about one applicant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The cards are still sealed, or there are none.
    Cards,
    /// Nobody has scored this criterion, without which nobody is hired.
    Criterion(String),
    /// The panel has not written down what it agrees on.
    Note,
}

/// Whether somebody was interviewed, or is to be: they stand there or further on, or stood there when they were decided.
pub fn interviewed(stage: Stage, outcome: Option<Outcome>) -> bool {
    matches!(stage, Stage::Interview | Stage::Offer) && outcome != Some(Outcome::Withdrawn)
}

/// The newest card each member has given in, in the order of the cards.
pub fn newest(cards: &[Card]) -> Vec<&Card> {
    let later = |c: &Card| {
        cards.iter().any(|o| o.user == c.user && o.state == State::Submitted && o.version > c.version)
    };
    cards.iter().filter(|c| c.state == State::Submitted && !later(c)).collect()
}

/// The version before this one that the same member gave in, if this one corrects it.
pub fn corrected(cards: &[Card], user: UserId, version: i32) -> Option<&Card> {
    cards.iter().filter(|c| c.user == user && c.version < version).max_by_key(|c| c.version)
}

/// What is missing about one applicant. `cards` are those that are shown; `noted`: the panel has written its note.
pub fn missing(criteria: &[Criterion], cards: &[Card], revealed: bool, noted: bool) -> Vec<Missing> {
    let mut missing = Vec::new();
    let newest = if revealed { newest(cards) } else { Vec::new() };
    if newest.is_empty() {
        missing.push(Missing::Cards);
    }
    for criterion in criteria.iter().filter(|c| c.weight == Weight::Must) {
        if !newest.iter().any(|c| c.score(criterion.id).is_some_and(|s| s.score > 0)) {
            missing.push(Missing::Criterion(criterion.wording.clone()));
        }
    }
    if !noted {
        missing.push(Missing::Note);
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        assessment::{card::Score, profile::Heading},
        base::{
            Chance, Instant,
            id::{ApplicationId, CriterionId, ScorecardId},
        },
    };

    #[test]
    fn each_essential_criterion_must_be_scored_for_each() {
        let (at, chance) = (Instant::from_seconds(1), Chance::seeded(9));
        let criterion = |weight, wording: &str| Criterion {
            id: CriterionId::new(at, &chance),
            heading: Heading::Social,
            wording: wording.into(),
            why: String::new(),
            evidence: String::new(),
            weight,
            steps: Default::default(),
        };
        let criteria =
            [criterion(Weight::Must, "Ro"), criterion(Weight::Plus, "Sang"), criterion(Weight::Must, "Mod")];
        let user = UserId::new(at, &chance);
        let card = |version, scores: &[(usize, i32)]| Card {
            id: ScorecardId::new(at, &chance),
            application: ApplicationId::new(at, &Chance::seeded(1)),
            user,
            version,
            state: State::Submitted,
            saved_at: at,
            submitted_at: Some(at),
            scores: scores
                .iter()
                .map(|(n, score)| Score { criterion: criteria[*n].id, score: *score, reason: String::new() })
                .collect(),
        };
        let ro = Missing::Criterion("Ro".into());
        let courage = Missing::Criterion("Mod".into());
        assert_eq!(
            missing(&criteria, &[], false, false),
            [Missing::Cards, ro.clone(), courage.clone(), Missing::Note]
        );
        let first = card(1, &[(0, 3), (1, 1)]);
        assert_eq!(missing(&criteria, std::slice::from_ref(&first), true, true), [courage]);
        assert_eq!(
            missing(&criteria, std::slice::from_ref(&first), false, true).len(),
            3,
            "sealed cards are none"
        );
        let second = card(2, &[(0, 3), (2, 4)]);
        assert!(missing(&criteria, &[first.clone(), second.clone()], true, true).is_empty());
        assert_eq!(newest(&[first.clone(), second.clone()]), [&second]);
        assert_eq!(corrected(&[first.clone(), second], user, 2), Some(&first));
    }

    #[test]
    fn who_withdrew_is_not_recommended() {
        assert!(interviewed(Stage::Offer, Some(Outcome::Hired)));
        assert!(interviewed(Stage::Interview, Some(Outcome::Rejected)));
        assert!(!interviewed(Stage::Interview, Some(Outcome::Withdrawn)));
        assert!(!interviewed(Stage::Assessing, None));
    }
}
