//! An application: what is kept of it, its papers, its history. Plain rows with names; the rules of moving
//! stand in [`super::stage`].

use diesel::Queryable;
use serde::{Deserialize, Serialize};

use super::{
    papers::{self, TextState},
    stage::{Column, Outcome, Stage, Standing, Via},
};
use crate::{
    base::{
        Instant, Language,
        id::{ApplicantId, ApplicationId, AttachmentId, FormFileId, LinkId, PostingId, RoundId, UnitId},
    },
    tracking::Basis,
    words,
};

words! {
    /// What a paper is.
    pub enum PaperKind {
        /// CV
        Cv = "cv",
        /// The application letter.
        Letter = "letter",
        /// A diploma or an authorisation.
        Diploma = "diploma",
        /// Anything else.
        Other = "other",
    }
}

impl PaperKind {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Cv => "paper-cv",
            Self::Letter => "paper-letter",
            Self::Diploma => "paper-diploma",
            Self::Other => "paper-other",
        }
    }
    /// What a file most likely is, by what its owner calls it; the owner may say otherwise.
    pub fn guess(name: &str) -> Self {
        let name = name.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|w| name.contains(w));
        if has(&["eksamen", "bevis", "diplom", "autorisation", "certifi", "diploma", "kursus"]) {
            Self::Diploma
        } else if has(&["ansøgning", "ansogning", "ansoegning", "application", "letter", "motiver"]) {
            Self::Letter
        } else if has(&["cv", "resume", "résumé", "curriculum"]) {
            Self::Cv
        } else {
            Self::Other
        }
    }
}

/// The person behind an application.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Applicant {
    /// Which.
    pub id: ApplicantId,
    /// Full name.
    pub name: String,
    /// Mail address; empty when there is none.
    pub email: String,
    /// E.164, or empty.
    pub phone: String,
    /// In which language we write to them.
    pub language: Language,
}

/// One person's application to one posting.
#[derive(Queryable, Clone, Debug)]
pub struct Application {
    /// Which.
    pub id: ApplicationId,
    /// To which posting.
    pub posting: PostingId,
    /// In which of its rounds.
    pub round: RoundId,
    /// When it reached us; on paper: when the letter did (D-16).
    pub received_at: Instant,
    /// How.
    pub via: Via,
    /// After the deadline (D-31).
    pub late: bool,
    /// When a late one was let in, with a reason.
    pub admitted_at: Option<Instant>,
    /// What was typed.
    pub letter: String,
    /// Where it stands on the board.
    pub stage: Stage,
    /// Its place in the column.
    pub position: i64,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When.
    pub outcome_at: Option<Instant>,
    /// Why, in the words for the applicant (D-10).
    pub outcome_reason: Option<String>,
    /// The tracked link that brought it.
    pub link: Option<LinkId>,
    /// That link's channel, or `direct`.
    pub channel: String,
    /// On what that rests.
    pub basis: Basis,
    /// The applicant's own answer to where the ad was seen; kept beside, never instead.
    pub self_reported: Option<String>,
    /// Fingerprint of the magic link's token.
    pub access_hash: String,
    /// Which Art. 13 text was shown (D-03).
    pub notice_version: String,
    /// Who keyed it in, as `user:…` or `token:…`.
    pub registered_by: Option<String>,
    /// Goes up with every change; guards against two people changing at once.
    pub version: i32,
    /// When the row was made.
    pub created_at: Instant,
    /// The decision that the applicant's own page shows, by the time it was made.
    pub shown_of: Option<Instant>,
    /// The decision that the applicant has been told, by the time it was made.
    pub told_of: Option<Instant>,
}

impl Application {
    /// Rejected, and not told so yet. Whoever is hired is told with the contract, and who withdrew knows.
    pub fn lacks_answer(&self) -> bool {
        self.outcome == Some(Outcome::Rejected) && self.told_of != self.outcome_at
    }
    /// Whether the applicant's own page says how it ended: a rejection only once its letter leaves.
    pub fn is_shown(&self) -> bool {
        self.outcome.is_some()
            && (self.outcome != Some(Outcome::Rejected) || self.shown_of == self.outcome_at)
    }
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        Standing {
            stage: self.stage,
            outcome: self.outcome,
            held_back: self.late && self.admitted_at.is_none(),
        }
    }
}

/// An application with its person and the unit its posting lies in.
#[derive(Queryable, Clone, Debug)]
pub struct Whole {
    /// The application.
    pub application: Application,
    /// The person.
    pub applicant: Applicant,
    /// The unit of the posting; decides who may see it.
    pub unit: UnitId,
}

/// An application as lists and the board show it.
#[derive(Queryable, Clone, Debug)]
pub struct Card {
    /// Which application.
    pub id: ApplicationId,
    /// To which posting.
    pub posting: PostingId,
    /// The applicant's name.
    pub name: String,
    /// When it reached us.
    pub received_at: Instant,
    /// How.
    pub via: Via,
    /// After the deadline (D-31).
    pub late: bool,
    /// When a late one was let in.
    pub admitted_at: Option<Instant>,
    /// Its stage.
    pub stage: Stage,
    /// Its place in the column.
    pub position: i64,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// When.
    pub outcome_at: Option<Instant>,
    /// The channel that brought it, or `direct`.
    pub channel: String,
    /// For the form that moves it.
    pub version: i32,
}

impl Card {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        Standing {
            stage: self.stage,
            outcome: self.outcome,
            held_back: self.late && self.admitted_at.is_none(),
        }
    }
    /// The column it stands in.
    pub fn column(&self) -> Column {
        self.standing().column()
    }
}

/// A file of an application.
#[derive(Queryable, Clone, Debug)]
pub struct Attachment {
    /// Which.
    pub id: AttachmentId,
    /// Of which application.
    pub application: ApplicationId,
    /// What it is.
    pub kind: PaperKind,
    /// What its owner calls it.
    pub original_name: String,
    /// sha256 of its bytes, as hex; also where they lie.
    pub sha256: String,
    /// Media type, by content.
    pub mime: String,
    /// How many bytes.
    pub bytes: i64,
    /// It says it is locked with a password.
    pub encrypted: bool,
    /// Something in it looked like a CPR number (D-06).
    pub cpr: bool,
    /// How far its text has got, as [`TextState::code`].
    pub text_state: String,
    /// When it came.
    pub created_at: Instant,
}

impl Attachment {
    /// What it is, by content.
    pub fn sort(&self) -> Option<papers::Kind> {
        papers::Kind::from_mime(&self.mime)
    }
    /// The name under which it is handed out.
    pub fn safe_name(&self) -> String {
        self.sort().map_or_else(|| "fil".to_owned(), |k| k.safe_name(&self.original_name))
    }
    /// How far its text has got.
    pub fn text_state(&self) -> TextState {
        TextState::from_code(&self.text_state).unwrap_or(TextState::Failed)
    }
    /// A picture the browser shows by itself.
    pub fn is_picture(&self) -> bool {
        matches!(self.sort(), Some(papers::Kind::Jpg | papers::Kind::Png))
    }
}

/// A file laid down with a form that is not accepted yet.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct FormFile {
    /// Which.
    pub id: FormFileId,
    /// What it is.
    pub kind: PaperKind,
    /// What its owner calls it.
    pub original_name: String,
    /// sha256 of its bytes, as hex.
    pub sha256: String,
    /// Media type, by content.
    pub mime: String,
    /// How many bytes.
    pub bytes: i64,
    /// It says it is locked with a password.
    pub encrypted: bool,
}

words! {
    /// What can happen to an application.
    pub enum EventKind {
        /// It came, by the form or another system.
        Received = "received",
        /// It was keyed in.
        Registered = "registered",
        /// To another stage.
        Moved = "moved",
        /// One that came too late was let in.
        Admitted = "admitted",
        /// Decided.
        Decided = "decided",
        /// The decision was taken back.
        Reopened = "reopened",
        /// The last change was undone.
        Undone = "undone",
        /// A file was added.
        FileAdded = "file_added",
        /// Mail or telephone was corrected.
        ContactChanged = "contact_changed",
        /// The receipt left.
        ReceiptSent = "receipt_sent",
        /// The receipt was refused by the mail server: reach the person another way.
        ReceiptRefused = "receipt_refused",
        /// The letter with the answer left.
        LetterSent = "letter_sent",
        /// It cannot go: no address, or the mail server's lasting no.
        LetterFailed = "letter_failed",
        /// Nobody knows whether it left.
        LetterUnknown = "letter_unknown",
        /// It came back.
        LetterBounced = "letter_bounced",
        /// Somebody has seen that it arrived.
        LetterSeen = "letter_seen",
        /// Answered in another way, as the note says.
        LetterByHand = "letter_by_hand",
        /// The applicant asks for the reasons.
        ReasonsAsked = "reasons_asked",
        /// And has them.
        ReasonsGiven = "reasons_given",
        /// They were told that the job is advertised again.
        RepostTold = "repost_told",
        /// The mail server refused to: tell them another way.
        RepostRefused = "repost_refused",
        /// Invited to choose a time for an interview.
        InterviewInvited = "interview_invited",
        /// Asked once more to choose.
        InterviewReminded = "interview_reminded",
        /// A time is chosen.
        InterviewBooked = "interview_booked",
        /// The time they had was taken away.
        InterviewMoved = "interview_moved",
        /// No time fits them.
        InterviewWish = "interview_wish",
        /// They do not want to come.
        InterviewDeclined = "interview_declined",
        /// It was called off.
        InterviewCancelled = "interview_cancelled",
        /// They came.
        InterviewHeld = "interview_held",
        /// They did not.
        InterviewMissed = "interview_missed",
        /// A letter about it cannot go, or nobody knows whether it did.
        InterviewLetterLost = "interview_letter_lost",
    }
}

/// What belongs to an event.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Detail {
    /// The column it left, as [`Column::word`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The column it came to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// The words that were asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it was before, so that the change can be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<Before>,
}

/// Where an application stood before a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// Stage.
    pub stage: Stage,
    /// Place in the column.
    pub position: i64,
    /// Outcome.
    pub outcome: Option<Outcome>,
    /// When that was decided.
    pub outcome_at: Option<Instant>,
    /// Its grounds.
    pub outcome_reason: Option<String>,
    /// When a late one was let in.
    pub admitted_at: Option<Instant>,
}

/// A line in an application's history.
#[derive(Clone, Debug)]
pub struct Event {
    /// When.
    pub at: Instant,
    /// Who, as `user:…`, `token:…`, `applicant:…` or `system`.
    pub actor: String,
    /// What.
    pub kind: EventKind,
    /// The rest.
    pub detail: Detail,
}

/// A time spent in one stage.
#[derive(Queryable, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interval {
    /// Which stage.
    pub stage: Stage,
    /// From when.
    pub entered_at: Instant,
    /// Until when; none = still.
    pub left_at: Option<Instant>,
}

/// An application as the search wants it: everything that may be found, nothing that may not.
#[derive(Clone, Debug)]
pub struct Document {
    /// Which application.
    pub id: ApplicationId,
    /// To which posting.
    pub posting: PostingId,
    /// The unit of the posting.
    pub unit: UnitId,
    /// The applicant's name.
    pub name: String,
    /// The applicant's mail address.
    pub email: String,
    /// The applicant's telephone number as stored, or nothing.
    pub phone: String,
    /// The letter and what was read out of the files, CPR-like numbers hidden (D-06).
    pub texts: Vec<Passage>,
    /// Its stage.
    pub stage: Stage,
    /// How it ended.
    pub outcome: Option<Outcome>,
    /// The channel that brought it, or `direct`.
    pub channel: String,
    /// When it reached us.
    pub received_at: Instant,
}

/// A text of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The file it was read from, as its owner calls it; `None` is the letter.
    pub file: Option<String>,
    /// The text.
    pub text: String,
}

/// How many applications of a posting came so and stand so; erased ones are in it (invariant 1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CountRow {
    /// Which posting.
    pub posting: PostingId,
    /// Which of its rounds.
    pub round: RoundId,
    /// The link that brought them; none = direct or unknown.
    pub link: Option<LinkId>,
    /// Its channel, or `direct`.
    pub channel: String,
    /// On what that rests.
    pub basis: Basis,
    /// The stage they stand in or stood in last.
    pub stage: Stage,
    /// How they ended.
    pub outcome: Option<Outcome>,
    /// How many.
    pub n: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_files_name_says_what_it_most_likely_is() {
        for (name, kind) in [
            ("CV Sofie Bæk Nielsen.pdf", PaperKind::Cv),
            ("Ansøgning til Plejecenter Nord.docx", PaperKind::Letter),
            ("autorisation.jpg", PaperKind::Diploma),
            ("IMG_2041.jpg", PaperKind::Other),
        ] {
            assert_eq!(PaperKind::guess(name), kind, "{name}");
        }
    }
}
