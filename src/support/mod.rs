//! Help with content: a unit asks, communications take it from a queue, ask back, deliver or say no (S4-39, F20).
//!
//! A [`Request`] moves by one table of edges ([`State::after`]). Files from a phone go into the unit's library at once, so
//! that a form that comes back with an error has lost nothing; what is delivered is something that stands in this product:
//! a story, a post, an ad or a file. Whoever asked gets a letter at each turn; communications get a count once a day, and
//! a letter of its own only for what is due soon.

mod actions;
mod brought;
pub mod jobs;
mod letters;
pub mod pages;
mod request;
pub mod request_pages;
mod store;
mod thing;

pub use actions::{Asking, By, Delivery, SupportError, ask, deliver, step, write};
pub use request::{Help, Request, State, Step};
pub use store::{Wanted, asked_since, list, one};
pub use thing::{Thing, ThingKind};
