//! What must be before an application goes on, beside the table of moves ([`super::stage`]). A slice further down that
//! wants something to be first writes it as a row: a condition of the posting, and later that it is met, for one
//! application or until a time for all of them. Whoever moves an application, by whatever door, is asked here; a posting
//! without rows knows no conditions. What was let through stays where it is.

use super::{
    actions::ChangeError,
    stage::{Column, Outcome, Stage},
    store::conditions as rows,
};
use crate::{
    base::{
        Instant,
        id::{ApplicationId, PostingId},
    },
    db::{Conn, DbError},
    words,
};

words! {
    /// What may be asked for.
    pub enum Condition {
        /// The panel has seen each other's cards and written down what it agrees on.
        Assessed = "assessed",
        /// Every seat that must be filled is, or somebody has said why not.
        Seated = "seated",
    }
}

impl Condition {
    /// Whether it must be met before an application may stand in `to`.
    pub fn guards(self, to: Column) -> bool {
        match to {
            Column::Stage(Stage::Interview) => self == Self::Assessed,
            Column::Stage(Stage::Offer) | Column::Outcome(Outcome::Hired) => true,
            Column::Stage(Stage::Received | Stage::Assessing)
            | Column::Outcome(Outcome::Rejected | Outcome::Withdrawn) => false,
        }
    }
    /// Message key of the sentence why it goes no further.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Assessed => "board-barred-assessed",
            Self::Seated => "board-barred-seated",
        }
    }
}

/// Makes a condition of a posting, met for all of its applications until `met_until` (none: asked of each); what stood
/// there is replaced.
pub fn require(
    conn: &mut Conn,
    posting: PostingId,
    condition: Condition,
    met_until: Option<Instant>,
) -> Result<(), DbError> {
    rows::put(conn, posting, condition, met_until)
}

/// Until when a posting's condition is met for all; none where there is no such condition.
pub fn met_until(
    conn: &mut Conn,
    posting: PostingId,
    condition: Condition,
) -> Result<Option<Option<Instant>>, DbError> {
    Ok(rows::of(conn, posting)?.into_iter().find(|(of, _)| *of == condition).map(|(_, until)| until))
}

/// Takes a condition of a posting back; nothing when there is none.
pub fn release(conn: &mut Conn, posting: PostingId, condition: Condition) -> Result<(), DbError> {
    rows::delete(conn, posting, condition)
}

/// One application meets it; a second time changes nothing.
pub fn meet(conn: &mut Conn, application: ApplicationId, condition: Condition) -> Result<(), DbError> {
    rows::put_met(conn, application, condition)
}

/// Refuses the change while a condition is not met.
pub(super) fn check(
    conn: &mut Conn,
    application: ApplicationId,
    posting: PostingId,
    to: Column,
    now: Instant,
) -> Result<(), ChangeError> {
    let open: Vec<Condition> = rows::of(conn, posting)?
        .into_iter()
        .filter(|(condition, until)| condition.guards(to) && until.is_none_or(|until| until <= now))
        .map(|(condition, _)| condition)
        .collect();
    if open.is_empty() {
        return Ok(());
    }
    let met = rows::met(conn, application)?;
    match open.into_iter().find(|condition| !met.contains(condition)) {
        Some(condition) => Err(ChangeError::Barred(condition.key())),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_kept_from_an_answer_by_a_condition() {
        for condition in Condition::ALL {
            for column in Column::ALL {
                let onward = matches!(column, Column::Stage(Stage::Offer) | Column::Outcome(Outcome::Hired))
                    || (column == Column::Stage(Stage::Interview) && *condition == Condition::Assessed);
                assert_eq!(condition.guards(column), onward, "{condition} {column:?}");
            }
        }
    }
}
