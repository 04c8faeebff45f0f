//! Campaigns: what several ads and stories say together for a time.
//!
//! A [`Campaign`] has a name, a slogan, a colour, a period on the wall and a unit whose it is; other units may carry it
//! together with the first, and then each of them sees it and all that it brings. One that tries something out (a
//! »prøvehandling«) says beforehand what it expects to see, and when it ends. Ads and stories belong to one campaign or to
//! none: chosen where they are written ([`choose`]). Over, a campaign is archived; it is deleted only while nothing belongs
//! to it. What came of it is counted in `insights`, where its own page stands.

mod actions;
mod campaign;
mod choose;
mod form;
pub mod pages;
mod store;
pub mod write_pages;

pub use actions::{By, CampaignError, archive, create, delete, reopen, save};
pub use campaign::{Campaign, Content, Horizon, Phase};
pub use choose::{FIELD, choices, chosen, named, put};
pub use store::{any, get, list, things};
