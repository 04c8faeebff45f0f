//! Stories and plain posts: what goes out beside job ads.
//!
//! A [`Story`] is written as a draft, made ready by somebody who may publish, and archived when it has been
//! told. Ready and meant for the world it has a page of its own on the careers site ([`public_pages`]); what
//! goes to channels about it is `publishing`'s matter. It may speak for one ad, and says itself where its
//! tracked link leads ([`LeadsTo`]).

mod actions;
mod form;
mod markup;
pub mod pages;
pub mod public_pages;
pub mod readiness;
pub mod show;
mod store;
pub mod story;
pub mod write_pages;

pub use actions::{By, StoryError, create, save, step};
pub use readiness::{is_ready, readiness};
pub use store::{Called, Wish, any, get, id_of, list, names, of_asset, of_units, public, themes_of};
pub use story::{Audience, Content, Kind, LeadsTo, State, Step, Story, Text};
