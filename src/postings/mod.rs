//! The job ad and its life.
//!
//! A [`Posting`] is written as a draft, opened when its [`readiness`] list is empty, passes its deadline at
//! the second and is closed with a reason ([`posting`] has the one table of moves). What a person writes is
//! its [`Content`]; every content that was out is frozen as a version with its sha256. Words come from
//! [`taxonomy`], doubtful ones are found by [`lint`], HTML is made safe by [`body`]. [`public`] says what the
//! world sees of it, at any instant.
//!
//! Slices below read with [`get`], [`by_slug_public`], [`open_for_applications`], [`content_for_publication`]
//! and [`readiness()`]; they close an ad with [`close_in`] and call [`renew`] after their commit.

mod actions;
pub mod body;
pub mod card;
pub mod edit_pages;
mod form;
pub mod jobs;
pub mod keeping;
pub mod lint;
pub mod markup;
pub mod pages;
pub mod pictures;
pub mod posting;
pub mod public;
pub mod public_pages;
pub mod readiness;
pub mod shelf;
pub mod show;
mod store;
pub mod tabs;
pub mod taxonomy;
pub mod terms;

pub use actions::{
    LEAD, PostingError, Repost, TITLE, acknowledge, approve_internal, close_in, create, extend, open,
    pass_deadlines, repost_in, save,
};
pub use keeping::{Kept, Rule, RuleOf};
pub use posting::{CloseReason, Content, MediaRole, Placed, Posting, Round, State, Text, Visibility};
pub use public::{
    ForPublication, Public, any, by_slug_public, content_for_publication, deadline_in, is_ready,
    open_for_applications, open_public, round_of,
};
pub use readiness::{Point, Readiness, readiness};
pub use shelf::{Shelf, renew};
pub use store::{
    Acknowledgement, Called, Version, Which, Wish, acknowledgements, deadlines, forget_rule, get, hold_draft,
    id_of, list, names, of_units, put_rule, rounds, rule, rules, slug_of, themes_of, versions,
};
pub use tabs::Tabs;
