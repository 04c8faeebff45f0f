//! To whom a unit speaks, in what tone, and on which channels first (F21).
//!
//! A [`Strategy`] belongs to a unit and holds for it and everything below it, until a unit there has its own: the nearest
//! wins ([`holding`]). It is words and an order, never a rule of the machine: what goes against it is said where posts are
//! written ([`Audience::against`]), and nothing is kept back.

mod actions;
pub mod edit_pages;
mod form;
pub mod pages;
mod place;
mod plan;
mod store;

pub use actions::{By, StrategyError, lift, save};
pub use place::Place;
pub use plan::{Against, Audience, Content, Priority, Strategy};
pub use store::{audience_named, holding};
