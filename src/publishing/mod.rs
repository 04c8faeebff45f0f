//! What should be out there, and making it so.
//!
//! One press of the button makes a [`Publication`] and, for every account that was ticked, one
//! [`Delivery`] with its [`Post`](crate::channels::Post) frozen, hashed and given a tracked link of its
//! own. From there a delivery is a row that moves through the states of [`delivery`]; the only code that
//! moves it on is [`drive`](drive::drive), called by the clock, by a commit and after a restart alike.
//!
//! Exactly once cannot be had over these networks. What is kept instead: at most once without asking a
//! person, and never silently zero. An attempt is committed, with its key, before the one call that
//! others can see; only the peer's own parsed word says yes or no; everything else is "unknown", settled
//! by the channel's class ([`step`]), and where no machine can settle it, by a person with the evidence
//! in front of them.

pub mod actions;
pub mod approval;
pub mod approval_jobs;
mod approval_letters;
pub mod approval_pages;
mod beside;
pub mod breaker;
mod calendar;
pub mod calendar_pages;
mod carried;
pub mod checklist;
mod choosing;
mod clash;
pub mod comment;
pub mod comment_actions;
mod comment_drive;
pub mod comment_jobs;
pub mod comment_pages;
pub mod compose_pages;
pub mod consent;
pub mod consent_pages;
pub mod correct;
mod correct_drive;
pub mod correct_jobs;
mod correct_letters;
pub mod correct_pages;
pub mod correct_settle;
pub mod correct_view;
pub mod correction;
pub mod delivery;
mod difference;
pub mod digest;
pub mod digest_jobs;
pub mod digest_pages;
mod drive;
pub mod ending;
pub mod endings;
pub mod evergreen;
pub mod evergreen_pages;
mod facts;
mod fitting;
pub mod fitting_pages;
pub mod fetch_pages;
pub mod guest;
pub mod guest_jobs;
pub mod guest_pages;
mod hanging;
pub mod jobs;
mod judged;
mod letters;
pub mod measure;
pub mod package;
pub mod package_actions;
pub mod package_pages;
pub mod pages;
pub mod pause;
pub mod pause_pages;
mod places;
pub mod publication;
pub mod publish;
pub mod preflight;
pub mod preflight_jobs;
pub mod preflight_pages;
mod proof;
pub mod proof_pages;
pub mod reach;
mod record;
pub mod responsibility;
pub mod rewrite;
pub mod rewrite_pages;
pub mod rhythm;
pub mod rule_pages;
pub mod said;
mod sending;
pub mod series;
pub mod series_actions;
pub mod series_pages;
mod silence;
pub mod slot;
pub mod slot_pages;
pub mod snippet_pages;
pub mod steady;
pub mod step;
mod store;
pub mod story_pages;
mod subject;
mod timing;
pub mod verb_pages;
pub mod words;

pub use actions::{ActionError, By, hold_overdue};
pub use choosing::Chosen;
pub use delivery::State;
pub use drive::drive;
pub use jobs::{drain, stuck};
pub use publish::{
    Material, Order, OrderError, Ordered, Part, material, publish, publish_chosen, publish_in,
};
pub use store::{
    Approval, Comment, Correction, Rule, Word, approvals_of, comment as comment_of, corrections_of,
};
pub use store::{
    Attempt, Breaker, Delivery, MoveError, Occurrence, Pause, Publication, Reading, Series, SeriesState,
    Wanted, WentOut, attempts_at, deliveries_of_series, delivery as delivery_row, holding as pauses_holding,
    in_scope, list, needed_files, newest_reading, occurrences_of, open_breakers, proof_of,
    publication_if_any, series as series_row, slots_of, tally, unproven, went_out, went_out_about,
};
