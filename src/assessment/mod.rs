//! Judging applicants so that it can be defended: a competence [`profile`] that is frozen when the posting opens, a
//! [`panel`] with seats, and [`card`]s that nobody sees until all are there (F14, F15, D-23, D-36).
//!
//! The life of a card. A member of the panel first accepts confidentiality ([`actions::accept`]); until then the
//! posting's applications are not there for them. For each applicant they say whether they have a relation
//! ([`actions::declare`]); any but none takes the application away from them on every page, in the search and in
//! every file, because it is part of their [`Scope`](crate::accounts::Scope). Then they score alone, criterion by
//! criterion, on the scale whose steps were put into words beforehand, each with a reason: a *draft* that only they
//! see, until they [give](actions::give) it in. Given in it is *sealed*: who has done so is told, what they said is
//! not. When the last of those that are waited for is in ([`card::awaited`]; a seat that runs out is noticed by [`jobs`]), or the chair
//! [breaks the seal](actions::break_seal) for a reason, all cards are *revealed* at once, in that transaction. What
//! is corrected then is another version beside the first. The panel writes down what it agrees on
//! ([`actions::write_note`]); not before that does an application go on to an interview, an offer or a hiring
//! ([`crate::applications::conditions`]). Nothing is summed, averaged or ordered by score; a machine judges nobody.
//!
//! A [`recommendation`] gathers criterion, evidence, score and reason for each who was interviewed, and says what is
//! missing in it. The page of an application, the board and the start are told by [`beside_pages`].

pub mod actions;
pub mod beside_pages;
pub mod card;
pub mod card_pages;
pub mod jobs;
pub mod panel;
pub mod panel_pages;
pub mod profile;
pub mod profile_pages;
pub mod recommendation;
pub mod recommendation_pages;
pub mod starting;
pub mod status;
pub mod store;

pub use actions::AssessmentError;
