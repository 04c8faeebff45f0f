//! The person who answers the ad, and what they send.
//!
//! An application comes through the public form ([`apply_pages`]), another system or a hand at the keyboard
//! ([`register_pages`], D-16); [`actions::submit`] takes it in as a whole or not at all. It stands in a [`stage`]
//! and may have an [outcome](stage::Outcome) beside it; the board shows and moves it ([`board_pages`],
//! [`move_pages`]; slices further down may make it wait by [`conditions`]), its page shows it ([`pages`]), and the applicant
//! has a page of their own behind a magic link ([`own_pages`]), which says that they were turned down only once they are told;
//! that is a mark beside the outcome, set by who writes to them. Its [`papers`] are judged by content, never executed, and read
//! for the search in a process
//! apart. When it is erased, a tally stays, so that every sum still holds.

pub mod actions;
mod applicant;
mod application;
pub mod apply_pages;
pub mod board_pages;
pub mod conditions;
pub mod jobs;
mod keys;
mod letters;
pub mod move_pages;
mod notice;
pub mod notice_pages;
pub mod own_pages;
pub mod pages;
pub mod papers;
pub mod register_pages;
pub mod repost_pages;
pub mod stage;
mod store;

pub use applicant::{Contact, Wanted, contact, first_name, letter};
pub use application::{
    Applicant, Application, Attachment, Card, CountRow, Document, EventKind, Interval, PaperKind, Passage,
    Whole,
};
pub use keys::{TOO_FAST, magic_token};
pub use papers::store::{
    Marks, every_file, known_blobs, of as papers_of, one as paper, texts as paper_texts,
};
pub use stage::{Outcome, Stage, Via};
pub use store::{
    Came, Keeping, Reasons, Row, Step, Wish, any, application, board, came, cards, counts_by_link,
    counts_rows, decided, documents, facts_kept, gone, held_back, hold, ids_after, ids_of, intervals,
    lacking, left_out, list, own, quarantined, reasons_of, reasons_open, rows, set_quarantined, set_shown,
    set_told, steps, unanswered, undecided, untold_of, withdrawn_since,
};
