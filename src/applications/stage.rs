//! Where an application stands: its stage on the board, its outcome beside it, and the one table of how
//! both may change. Order within a column is a number with room between neighbours.
//!
//! Stages may be passed in any order, forward and back. The outcome is apart: a rejected application keeps
//! its stage, and opening it again puts it back where it was.

use crate::words;

words! {
    /// The columns in which an undecided application may stand.
    pub enum Stage {
        /// Modtaget
        Received = "received",
        /// Vurderes
        Assessing = "assessing",
        /// Samtale
        Interview = "interview",
        /// Tilbud
        Offer = "offer",
    }
}

words! {
    /// How it ended.
    pub enum Outcome {
        /// Ansat
        Hired = "hired",
        /// Afslag; always with a reason (D-10).
        Rejected = "rejected",
        /// Trukket, by the applicant or on their word.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// How it came to us. Paper and mail count as much as the form (D-16).
    pub enum Via {
        /// The public form.
        Form = "form",
        /// Another system.
        Api = "api",
        /// On paper, keyed in by staff.
        Paper = "paper",
        /// By mail, keyed in by staff.
        Email = "email",
    }
}

/// Where an application stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Its stage; kept when it is decided.
    pub stage: Stage,
    /// How it ended; none while it is undecided.
    pub outcome: Option<Outcome>,
    /// It came after the deadline and nobody has let it in with a reason yet (D-31).
    pub held_back: bool,
}

/// A column of the board: a stage or an outcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Column {
    /// Undecided, in this stage.
    Stage(Stage),
    /// Decided so.
    Outcome(Outcome),
}

impl Column {
    /// All columns, as the board shows them from left to right.
    pub const ALL: [Self; 7] = [
        Self::Stage(Stage::Received),
        Self::Stage(Stage::Assessing),
        Self::Stage(Stage::Interview),
        Self::Stage(Stage::Offer),
        Self::Outcome(Outcome::Hired),
        Self::Outcome(Outcome::Rejected),
        Self::Outcome(Outcome::Withdrawn),
    ];

    /// The word in forms and addresses.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Stage(stage) => stage.word(),
            Self::Outcome(outcome) => outcome.word(),
        }
    }
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Stage(Stage::Received) => "stage-received",
            Self::Stage(Stage::Assessing) => "stage-assessing",
            Self::Stage(Stage::Interview) => "stage-interview",
            Self::Stage(Stage::Offer) => "stage-offer",
            Self::Outcome(Outcome::Hired) => "outcome-hired",
            Self::Outcome(Outcome::Rejected) => "outcome-rejected",
            Self::Outcome(Outcome::Withdrawn) => "outcome-withdrawn",
        }
    }
    /// From the word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|c| c.word() == word)
    }
}

impl Standing {
    /// The column it stands in.
    pub fn column(self) -> Column {
        self.outcome.map_or(Column::Stage(self.stage), Column::Outcome)
    }
}

/// What a change asks of the one who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// Nothing.
    Nothing,
    /// Why the application is rejected; the applicant has a right to it (D-10).
    Grounds,
    /// Why a decided application is taken up again.
    WhyAgain,
    /// Why one that came too late is taken into account (D-31).
    WhyLate,
}

impl Ask {
    /// Message key of the sentence that asks for it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Nothing => "",
            Self::Grounds => "board-reason-rejected",
            Self::WhyAgain => "board-reason-reopened",
            Self::WhyLate => "board-reason-late",
        }
    }
}

/// The one table: what leads from where an application stands to `to`, or the key of the sentence why
/// nothing does.
pub fn ask(from: Standing, to: Column) -> Result<Ask, &'static str> {
    use Column::{Outcome as O, Stage as S};
    match (from.outcome, to) {
        (None, S(_)) if from.held_back => Ok(Ask::WhyLate),
        (None, S(_)) => Ok(Ask::Nothing),
        (None, O(Outcome::Rejected)) => Ok(Ask::Grounds),
        (None, O(Outcome::Withdrawn)) => Ok(Ask::Nothing),
        // nobody is hired unseen, and nobody who came too late without a word about it
        (None, O(Outcome::Hired)) if from.held_back => Err("board-barred-late"),
        (None, O(Outcome::Hired)) => match from.stage {
            Stage::Interview | Stage::Offer => Ok(Ask::Nothing),
            Stage::Received | Stage::Assessing => Err("board-barred-unseen"),
        },
        (Some(is), O(wanted)) if is == wanted => Ok(Ask::Nothing),
        (Some(_), O(_)) => Err("board-barred-decided"),
        (Some(_), S(_)) => Ok(Ask::WhyAgain),
    }
}

/// Distance to a neighbour at an end of a column.
const STEP: i64 = 1_000_000;

/// The number that puts a card at `place` (from 1; beyond the end is the end) among `others`, which are
/// the numbers of the other cards in order. `None`: there is no room left between the two neighbours, and
/// the column must be numbered again ([`renumbered`]).
pub fn position(others: &[i64], place: usize) -> Option<i64> {
    let index = place.saturating_sub(1).min(others.len());
    let before = index.checked_sub(1).and_then(|i| others.get(i)).copied();
    let after = others.get(index).copied();
    match (before, after) {
        (None, None) => Some(0),
        (None, Some(after)) => after.checked_sub(STEP),
        (Some(before), None) => before.checked_add(STEP),
        (Some(before), Some(after)) => {
            let middle = before + (after - before) / 2;
            (before < middle && middle < after).then_some(middle)
        }
    }
}

/// Numbers for `n` cards in order, with room between all of them.
pub fn renumbered(n: usize) -> impl Iterator<Item = i64> {
    (1..).take(n).map(|i: i64| i * STEP)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_of_changes() {
        let at = |stage, outcome| Standing { stage, outcome, held_back: false };
        let hired = Column::Outcome(Outcome::Hired);
        let rejected = Column::Outcome(Outcome::Rejected);
        for from in Stage::ALL {
            for to in Stage::ALL {
                assert_eq!(ask(at(*from, None), Column::Stage(*to)), Ok(Ask::Nothing), "{from} {to}");
                for outcome in Outcome::ALL {
                    assert_eq!(ask(at(*from, Some(*outcome)), Column::Stage(*to)), Ok(Ask::WhyAgain));
                }
            }
            assert_eq!(ask(at(*from, None), rejected), Ok(Ask::Grounds));
            assert_eq!(ask(at(*from, None), Column::Outcome(Outcome::Withdrawn)), Ok(Ask::Nothing));
            assert_eq!(ask(at(*from, Some(Outcome::Rejected)), hired), Err("board-barred-decided"));
            assert_eq!(ask(at(*from, Some(Outcome::Rejected)), rejected), Ok(Ask::Nothing));
        }
        assert_eq!(ask(at(Stage::Assessing, None), hired), Err("board-barred-unseen"));
        assert_eq!(ask(at(Stage::Offer, None), hired), Ok(Ask::Nothing));
    }

    #[test]
    fn one_that_came_too_late_moves_only_with_a_reason() {
        let late = Standing { stage: Stage::Received, outcome: None, held_back: true };
        assert_eq!(ask(late, Column::Stage(Stage::Assessing)), Ok(Ask::WhyLate));
        assert_eq!(ask(late, Column::Outcome(Outcome::Hired)), Err("board-barred-late"));
        assert_eq!(ask(late, Column::Outcome(Outcome::Rejected)), Ok(Ask::Grounds));
    }

    #[test]
    fn words_lead_back_to_columns() {
        for column in Column::ALL {
            assert_eq!(Column::from_word(column.word()), Some(column));
        }
        assert_eq!(Column::from_word("nowhere"), None);
    }

    #[test]
    fn a_card_lands_between_its_neighbours_until_there_is_no_room() {
        assert_eq!(position(&[], 1), Some(0));
        assert_eq!(position(&[10], 1), Some(10 - STEP));
        assert_eq!(position(&[10], 9), Some(10 + STEP));
        assert_eq!(position(&[10, 20], 2), Some(15));
        assert_eq!(position(&[10, 11], 2), None);
        let again: Vec<i64> = renumbered(3).collect();
        assert!(again.is_sorted() && position(&again, 2).is_some());
    }
}
