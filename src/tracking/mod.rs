//! Tracked links: one per publication and account. Visits are counted in hour buckets without
//! following anyone: no cookie, no address kept, no per-person link (attribution.md, mode A).

mod link;
pub mod pages;
mod store;
mod tally;

pub use link::{Basis, Touch, is_robot};
pub use store::{
    Link, VisitSum, disable, followed, followed_within, insert_link, link, links_about, links_of, links_with,
    touch_of, visits_of,
};
pub use tally::Visits;
