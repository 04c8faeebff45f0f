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
mod calendar;
pub mod calendar_pages;
pub mod compose_pages;
pub mod delivery;
mod drive;
mod facts;
pub mod jobs;
mod letters;
pub mod pages;
pub mod pause;
pub mod pause_pages;
pub mod publication;
pub mod publish;
mod record;
pub mod said;
pub mod step;
mod store;
pub mod story_pages;
mod subject;
pub mod verb_pages;

pub use actions::{ActionError, By, hold_overdue};
pub use delivery::State;
pub use drive::drive;
pub use jobs::{drain, stuck};
pub use publish::{Material, Order, OrderError, Ordered, Part, material, publish, publish_in};
pub use store::{
    Attempt, Delivery, MoveError, Pause, Publication, Wanted, attempts_at, delivery as delivery_row,
    holding as pauses_holding, in_scope, list, needed_files, tally,
};
