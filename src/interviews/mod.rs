//! Applicants choose the time of their own interview, no time is given twice, and everybody knows (F15).
//!
//! The life of an interview. A colleague lays out times, several at once ([`slot`]); a row is one seat at one time. Those in
//! the stage »interview« are invited ([`actions::invite`]), though not before the ad says what is paid (D-32), and each gets
//! one letter. On their own page they see which times are free and take one: one conditional write, so that of two who press at
//! once one has it and the other sees at once what is left ([`actions::book`]). Until some hours before it they may take another
//! or decline; they may also say that none fits, which then waits for a colleague, who can choose for somebody on the telephone.
//! A time that is taken away, an interview that is called off, one that is soon and a choice nobody makes each become a
//! letter in the commit that changed it. Letters go along the table of the answers, with the attempt committed before the mail
//! server is spoken to; one that could not go, or of which nobody knows, lies with a person ([`drive`]). One whose interview
//! stands elsewhere by the time it would leave is left out.
//!
//! A calendar is told by a file behind a link ([`calendar`]). An application that is over gives its time back: a withdrawal in
//! the same commit, a rejection once its letter leaves, since before that the applicant must not be able to tell, a hiring
//! within the minute ([`actions::follow`], [`actions::due`]). When an applicant is erased, so is the interview with all words in
//! it; the seat stays. What is asked is laid down beforehand, by criterion ([`guide`]); what somebody earns is not asked (D-33).
//! How they did stands on the cards of the panel, never here.

pub mod actions;
pub mod calendar;
mod clash;
pub mod drive;
pub mod guide;
pub mod guide_pages;
pub mod interview;
pub mod jobs;
pub mod letters;
pub mod own_pages;
pub mod pages;
pub mod post_pages;
pub mod print_pages;
pub mod slot;
pub mod state;
pub mod status;
pub mod store;

pub use actions::InterviewError;
