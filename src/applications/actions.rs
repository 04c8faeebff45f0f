//! The verbs: [`submit`] an application, [`change`] where it stands (one, or several [at once](change_together)),
//! [`undo`] that, [`withdraw`] it, [`add_papers`] to it, correct its [`contact`](set_contact),
//! [`erase`] it, and [`close_posting`] when everyone has an answer.

mod intake;
mod life;
mod moves;

pub use intake::{Paper, Submission, SubmitError, Submitted, lay_down, submit};
pub use life::{CloseError, OwnError, add_papers, close_posting, erase, set_contact, withdraw};
pub use moves::{
    Change, ChangeError, Changed, ChangedTogether, Stale, change, change_together, undo, undoable,
};
