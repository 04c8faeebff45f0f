//! What came of it: for every posting the way from a visit to a hire, per channel and per link. Reads
//! what the other slices keep; there is no counter of its own that could disagree with them. And who looked at whom:
//! [`audit_pages`] shows the log.

pub mod audit_pages;
pub mod campaign_pages;
pub mod charts;
pub mod csv_pages;
pub mod funnel;
pub mod help;
pub mod ledger;
pub mod pages;
pub mod reach_pages;
pub mod support_pages;
pub mod theme_pages;
pub mod themes;
pub mod trial;

pub use crate::publishing::reach;
pub use funnel::{ChannelRow, Funnel, funnel};
