//! The verbs: [`submit`] an application, [`change`] where it stands (one, or several [at once](change_together)),
//! [`undo`] that, [`withdraw`] it, [`add_papers`] to it, correct its [`contact`](set_contact),
//! [`erase`] it, give the reasons somebody [asks](ask_reasons) for, [`repost`] an ad, and [`close_posting`] when everyone has an
//! answer.

mod intake;
mod life;
mod moves;
mod repost;
mod told;

pub use intake::{Paper, Submission, SubmitError, Submitted, lay_down, submit};
pub use life::{CloseError, OwnError, add_papers, close_posting, erase, set_contact, withdraw};
pub use moves::{
    Change, ChangeError, Changed, ChangedTogether, GROUNDS_MIN, REASON_MAX, Stale, change, change_together,
    grounds_error, undo, undoable,
};
pub use repost::{Reposted, repost};
pub use told::{ask_reasons, give_reasons, note, own_link};
