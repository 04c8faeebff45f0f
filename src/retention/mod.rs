//! Everything goes when it should, is shown before it goes, and is proved gone (F47, D-01 to D-06).
//!
//! The life of a record. An application is *active* until its posting is closed and the months of the one rule that decides
//! have all but passed ([`crate::postings::keeping`]: the organisation's, or a kind of position's, or the posting's own; of several
//! the shortest). Then a night *warns* whoever is responsible, a later one takes it out of sight (*quarantined*: on no page, in no
//! search and no file, because the reader's query leaves it out; a reason and a day give it back), and the night of its last day
//! erases it. A *hold* with reason and last day stops all of it; afterwards the steps begin anew. A posting that nobody closes
//! counts as closed a year after its deadline, and stands on the page until somebody does. An applicant who asks to be
//! erased goes the coming night, unless a hold or a reason they can read stands against it. When an application goes is
//! one pure function ([`fate::fate`]) of facts and the coming night: the page of what goes in ninety days ([`pages`]) and the
//! night itself ([`jobs`]) ask it through one reader ([`plan`]), so that the plan of a day and what is erased on it are the same.
//!
//! Erasing is one function too, whoever begins it ([`erase`]): intent, rows, everything beside the rows, a search for the
//! person everywhere ([`places`]) by keyed hashes ([`traces`]), and a [`receipt`] without personal data, bound to the one before.
//! Cut off at any point, the next run goes on. What a search still finds makes the receipt red, stands in `opslag doctor`, and is
//! looked for again each night. What is outside stands on the receipt: mail that was delivered, files somebody took away, older
//! backups until they are thrown away. A backup that is put back is held against the [`list`] of who was erased.

pub mod actions;
pub mod beside_pages;
pub mod erase;
pub mod fate;
pub mod jobs;
pub mod list;
pub mod own_pages;
pub mod pages;
mod places;
pub mod plan;
pub mod posting_pages;
pub mod receipt;
pub mod receipt_pages;
pub mod rule_pages;
pub mod sought;
mod store;
mod traces;
pub mod waiting;

pub use store::{Hold, Request, all_erased, last_night, receipts, unproved};
