//! How far every case is, seen from above (F11): all the postings of one reader on one page ([`pages`]), and all the
//! applicants of one posting as a list that can be narrowed, sorted and moved ([`list_pages`]).
//!
//! Nothing is kept for it: how many stand in a step, since when, whom each waits for and what is overdue is counted when
//! somebody looks, through readers that are narrowed to what that person may see. [`waiting`] says whom an application waits
//! for.

pub mod list_pages;
pub mod pages;
pub mod waiting;
