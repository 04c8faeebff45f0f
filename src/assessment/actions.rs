//! The verbs: [`save_profile`] and [`remove_profile`] while the posting is a draft; [`add_member`], [`end_seat`],
//! [`explain_gap`], [`set_rules`] and [`accept`] about the panel; [`declare`], [`give`] a card, [`break_seal`] and
//! [`write_note`] about one applicant. Each runs inside the caller's transaction.

mod cards;
mod panel;
mod profile;

pub use cards::{Given, break_seal, declare, give, lift, write_note};
pub use panel::{
    NewMember, accept, add_member, catch_up, category, end_seat, explain_gap, is_behind, set_rules,
};
pub use profile::{remove_profile, save_profile};

use crate::{
    accounts::AccountError,
    db::{Conn, DbError},
    postings::PostingError,
    web::forms::Errors,
};

/// Why something in an assessment is not done.
#[derive(Debug, thiserror::Error)]
pub enum AssessmentError {
    /// There is none, or not within the scope.
    #[error("not there")]
    NotFound,
    /// Not now; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Somebody saved since it was read.
    #[error("somebody saved since")]
    Stale,
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<AccountError> for AssessmentError {
    fn from(error: AccountError) -> Self {
        match error {
            AccountError::Field(field, key) => Self::Fields(Errors::one(field, key)),
            AccountError::Db(error) => Self::Db(error),
        }
    }
}

impl From<PostingError> for AssessmentError {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::Db(error) => Self::Db(error),
            PostingError::Refused(key) => Self::Refused(key),
            PostingError::NotFound
            | PostingError::Stale(_)
            | PostingError::Fields(_)
            | PostingError::NotReady(_) => Self::NotFound,
        }
    }
}

/// Everything about one posting's panel is done one after the other.
fn hold_panel(conn: &mut Conn, posting: crate::base::id::PostingId) -> Result<(), DbError> {
    crate::db::lock(conn, &format!("panel:{posting}"))
}
