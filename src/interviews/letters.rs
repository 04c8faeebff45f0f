//! What we write to applicants about their interview. No word of how they are judged and nothing attached (D-42): the
//! letter leads to their own page, and to the calendar file there. The personal link is kept out until it leaves.

use askama::Template;

use super::{interview::Interview, slot::Slot, store};
use crate::{
    answers::state::LetterState,
    applications::{self, first_name},
    base::{Language, id::InterviewLetterId},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings, queue, words,
};

words! {
    /// What a letter about an interview says.
    pub enum Kind {
        /// Choose a time.
        Invitation = "invitation",
        /// You have this time.
        Confirmation = "confirmation",
        /// You have another time, or none any more.
        Moved = "moved",
        /// It is off.
        Cancelled = "cancelled",
        /// It is soon.
        Reminder = "reminder",
        /// You have not chosen.
        Nudge = "nudge",
    }
}

impl Kind {
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Invitation => "interviews-letter-invitation",
            Self::Confirmation => "interviews-letter-confirmation",
            Self::Moved => "interviews-letter-moved",
            Self::Cancelled => "interviews-letter-cancelled",
            Self::Reminder => "interviews-letter-reminder",
            Self::Nudge => "interviews-letter-nudge",
        }
    }
    /// Key of its one line.
    const fn subject(self) -> &'static str {
        match self {
            Self::Invitation => "interviews-subject-invitation",
            Self::Confirmation => "interviews-subject-confirmation",
            Self::Moved => "interviews-subject-moved",
            Self::Cancelled => "interviews-subject-cancelled",
            Self::Reminder => "interviews-subject-reminder",
            Self::Nudge => "interviews-subject-nudge",
        }
    }
    /// What somebody without an address must be told by telephone or letter; the rest they know or need not.
    const fn must_be_told(self) -> bool {
        matches!(self, Self::Invitation | Self::Moved | Self::Cancelled)
    }
}

/// Where the personal link will stand. No text that anybody typed holds a control character.
const LINK: &str = "\u{1f}";

struct Filled<'a> {
    kind: Kind,
    first_name: &'a str,
    title: &'a str,
    reference: &'a str,
    /// with the weekday; empty when they have none
    time: String,
    minutes: i32,
    place: &'a str,
    video: &'a str,
    note: &'a str,
    words: &'a str,
    pay: String,
    link: &'a str,
    contact_name: &'a str,
    contact_phone: &'a str,
    org: &'a str,
}

#[derive(Template)]
#[template(path = "mail/interview.da.txt")]
struct Danish<'a> {
    f: Filled<'a>,
}

#[derive(Template)]
#[template(path = "mail/interview.en.txt")]
struct English<'a> {
    f: Filled<'a>,
}

/// When it is, as the letter says it.
pub(super) fn said_time(slot: &Slot, language: Language) -> String {
    format::deadline(slot.wall().0.local, language)
}

/// Writes a letter about the interview as it stands and lays it to leave; the same letter is never written twice. `said`:
/// what a colleague adds.
pub(super) fn write(
    conn: &mut Conn,
    kit: &Kit,
    is: &Interview,
    kind: Kind,
    said: &str,
) -> Result<(), DbError> {
    let Some(whole) = applications::any(conn, is.application)? else { return Ok(()) };
    if whole.applicant.email.is_empty() && !kind.must_be_told() {
        return Ok(());
    }
    let Some(ad) = postings::any(conn, is.posting)? else { return Ok(()) };
    // what is called off is said with the time it was
    let seat = if kind == Kind::Cancelled { is.last_slot } else { is.slot };
    let slot = match seat {
        Some(id) => store::slot(conn, id)?,
        None => None,
    };
    let language = whole.applicant.language;
    let (t, terms) = (Speech(language), &ad.content.terms);
    let title = ad.title(language);
    let f = Filled {
        kind,
        first_name: first_name(&whole.applicant.name),
        title,
        reference: &ad.reference,
        time: slot.as_ref().map(|slot| said_time(slot, language)).unwrap_or_default(),
        minutes: slot.as_ref().map_or(0, |slot| slot.minutes),
        place: slot.as_ref().map_or("", |slot| slot.place.as_str()),
        video: slot.as_ref().map_or("", |slot| slot.link.as_str()),
        note: slot.as_ref().map_or("", |slot| slot.note.as_str()),
        words: said,
        pay: terms.pay_range.map_or_else(|| terms.pay.clone(), |range| range.said(t)),
        link: LINK,
        contact_name: &terms.contact_name,
        contact_phone: &terms.contact_phone,
        org: &kit.config.organisation.name,
    };
    let body = match language {
        Language::Da => Danish { f }.render(),
        Language::En => English { f }.render(),
    };
    let now = kit.clock.now();
    let number =
        if kind == Kind::Nudge { store::letters::how_many(conn, is.id, kind, is.sequence)? } else { 0 };
    let letter = store::letters::Letter {
        id: InterviewLetterId::new(now, &kit.chance),
        interview: is.id,
        posting: is.posting,
        kind,
        sequence: is.sequence,
        number,
        state: LetterState::Queued,
        why: None,
        attempts: 0,
        subject: t.with(kind.subject(), "title", title),
        body: body.expect("a letter of plain texts can always be written"),
        said: None,
        made_at: now,
        changed_at: now,
    };
    if store::letters::insert(conn, &letter)? {
        queue::enqueue(conn, &super::jobs::SendLetter { letter: letter.id }, now, now, &kit.chance)?;
    }
    Ok(())
}

/// The text with the applicant's own page in its place.
pub(super) fn with_link(body: &str, link: &str) -> String {
    body.replace(LINK, link)
}
