//! Everybody who applied gets an answer, and gets it once (F16, D-09, D-10).
//!
//! The life of a letter: a rejection is decided on the board, with its reason. [`actions::draft`] writes a letter for each
//! who has none, from a [`template`] whose merge [`field`]s are a closed list; a field that has no value stops it. The
//! words are frozen; somebody reads all of them, says so of exactly those bytes ([`actions::approve`]), and lays them to
//! wait ([`actions::lay`]) for an hour or until a day of their choice, during which all or one can be taken back. Then each
//! letter goes its own way through the table in [`state`]: the attempt is committed before the mail server is spoken to,
//! and what comes of it is one of four things. *Taken*: the applicant has been told, and the row in `applications` says
//! so, which is what closing a posting asks for. *Later*: it is tried again. *Refused*, or there is no address: somebody
//! has to call or write, and notes what they did. *Unknown* (the line was cut, the process died): never sent again by
//! itself; a person says that it arrived, or has it sent again. A letter whose decision has changed meanwhile is left out.
//! The database holds one letter per application and decision, whatever happens.
//!
//! A letter says nothing of how somebody was judged (D-42): the reasons stand on the applicant's own page, which shows the
//! decision from the moment its letter leaves. There they can ask for more, which lies here as a task with its date
//! ([`hand`]). When an applicant is erased, so is what was written to them; that there was a letter stays.

pub mod actions;
pub mod batch_pages;
mod drive;
mod field;
pub mod hand;
pub mod jobs;
mod letters;
pub mod mine_pages;
pub mod pages;
mod shown;
pub mod state;
mod store;
pub mod task_pages;
mod template;
pub mod template_pages;

pub use actions::{AnswerError, close_posting};
pub use field::Field;
pub use store::{Batch, Letter, batch, batches, letter, letters_of, letters_to, open_tasks, tasks};
pub use template::Kind;
