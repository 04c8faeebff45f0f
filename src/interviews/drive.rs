//! Moving letters without anyone watching: the only code that begins an attempt and writes down what came of it. The table
//! of steps is that of the answers ([`LetterState`]).

use std::time::Duration;

use super::{
    actions::{InterviewError, hold},
    interview::Interview,
    jobs::SendLetter,
    letters::{self, Kind},
    store::{
        self,
        letters::{self as rows, Letter},
    },
};
use crate::{
    accounts::{Scope, audit::Actor},
    answers::state::{LetterState, LetterStep},
    applications::{self, EventKind, Whole, actions as applied},
    base::{
        id::{InterviewId, InterviewLetterId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    mail::{self, Handed},
    outbound::retry::backoff,
    queue,
    web::forms::Errors,
};

/// Until the first letter that a mail server put off is tried again; doubled each time.
const FIRST: Duration = Duration::from_secs(5 * 60);
/// The longest between two tries.
const LONGEST: Duration = Duration::from_secs(4 * 3600);
/// The shortest note on what was done instead, in characters.
const NOTE_MIN: usize = 5;

/// What one attempt is about.
pub(super) struct Attempt {
    pub letter: Letter,
    pub mail: mail::Letter,
}

/// A letter as it stands once nobody else moves it.
fn held(conn: &mut Conn, id: InterviewLetterId) -> Result<Option<Letter>, DbError> {
    let Some(letter) = rows::any(conn, id)? else { return Ok(None) };
    hold(conn, letter.posting)?;
    rows::any(conn, id)
}

/// Begins an attempt, and commits that before anything is said to the mail server. None when nothing is to be sent: it has
/// moved, it cannot go, its interview stands elsewhere by now, or an attempt before it has an end that nobody knows.
pub(super) fn begin(conn: &mut Conn, kit: &Kit, id: InterviewLetterId) -> Result<Option<Attempt>, DbError> {
    let Some(letter) = held(conn, id)? else { return Ok(None) };
    if letter.state == LetterState::Sending {
        // whoever began is gone without a word
        move_to(conn, kit, &letter, LetterStep::Lose, None)?;
        return Ok(None);
    }
    if letter.state != LetterState::Queued {
        return Ok(None);
    }
    let Some((_, whole)) = current(conn, kit, &letter)? else {
        move_to(conn, kit, &letter, LetterStep::Overtake, Some("changed"))?;
        return Ok(None);
    };
    if whole.applicant.email.is_empty() {
        move_to(conn, kit, &letter, LetterStep::Refuse, Some("address"))?;
        return Ok(None);
    }
    // the application first, then the letter, as everybody does
    let link = applied::own_link(conn, kit, &whole)?;
    if !rows::begin(conn, &letter, &whole.applicant.email, kit.clock.now())? {
        return Ok(None);
    }
    let mail = mail::Letter {
        to: whole.applicant.email,
        name: whole.applicant.name,
        subject: letter.subject.clone(),
        text: letters::with_link(&letter.body, &link),
        key: key(&letter),
    };
    let letter = Letter { state: LetterState::Sending, attempts: letter.attempts + 1, ..letter };
    Ok(Some(Attempt { letter, mail }))
}

/// The same for the same letter about the same state of the interview.
fn key(letter: &Letter) -> String {
    format!("interview-{}-{}-{}-{}", letter.interview, letter.kind, letter.sequence, letter.number)
}

/// The keys of all letters about an interview, as they may lie in a folder.
pub fn keys(conn: &mut Conn, of: InterviewId) -> Result<Vec<String>, DbError> {
    Ok(rows::of(conn, of)?.iter().map(key).collect())
}

/// The interview and its applicant, while the letter still says what is so.
fn current(conn: &mut Conn, kit: &Kit, letter: &Letter) -> Result<Option<(Interview, Whole)>, DbError> {
    let Some(is) = store::any(conn, letter.interview)? else { return Ok(None) };
    if is.sequence != letter.sequence {
        return Ok(None);
    }
    if let (Kind::Reminder, Some(slot)) = (letter.kind, is.slot)
        && store::slot(conn, slot)?.is_some_and(|slot| slot.starts_at <= kit.clock.now())
    {
        return Ok(None);
    }
    Ok(applications::any(conn, is.application)?.map(|whole| (is, whole)))
}

/// Writes down what came of an attempt.
pub(super) fn record(conn: &mut Conn, kit: &Kit, begun: &Letter, came: &Handed) -> Result<(), DbError> {
    let Some(letter) = held(conn, begun.id)? else { return Ok(()) };
    // taken for dead, and sent again by a person meanwhile: theirs counts
    if letter.attempts != begun.attempts {
        return Ok(());
    }
    if let Handed::Refused(words) | Handed::Later(words) | Handed::Unknown(words) = came {
        rows::set_said(conn, letter.id, words)?;
    }
    match came {
        Handed::Taken => move_to(conn, kit, &letter, LetterStep::Take, None).map(drop),
        Handed::Refused(_) => move_to(conn, kit, &letter, LetterStep::Refuse, Some("refused")).map(drop),
        Handed::Unknown(_) => move_to(conn, kit, &letter, LetterStep::Lose, None).map(drop),
        Handed::Later(_) => put_off(conn, kit, &letter),
    }
}

fn put_off(conn: &mut Conn, kit: &Kit, letter: &Letter) -> Result<(), DbError> {
    let now = kit.clock.now();
    let next = now + backoff(u32::try_from(letter.attempts - 1).unwrap_or(0), FIRST, LONGEST, &kit.chance);
    let give_up = Duration::from_secs(3600 * kit.config.answers.give_up_hours);
    if next.since(letter.made_at) > give_up {
        return move_to(conn, kit, letter, LetterStep::Refuse, Some("deferred")).map(drop);
    }
    if move_to(conn, kit, letter, LetterStep::Defer, None)? {
        queue::enqueue(conn, &SendLetter { letter: letter.id }, next, now, &kit.chance)?;
    }
    Ok(())
}

/// Moves a letter by one step of the table; false when it has moved since it was read. What a person has to see to, and
/// what they did, stands in the applicant's history.
fn move_to(
    conn: &mut Conn,
    kit: &Kit,
    letter: &Letter,
    step: LetterStep,
    why: Option<&str>,
) -> Result<bool, DbError> {
    let Some(to) = letter.state.after(step) else { return Ok(false) };
    if !rows::step(conn, letter, to, why, kit.clock.now())? {
        return Ok(false);
    }
    if LetterState::TASKS.contains(&to)
        && let Some(is) = store::any(conn, letter.interview)?
    {
        applied::note(conn, kit, is.application, EventKind::InterviewLetterLost, Actor::System, None)?;
    }
    Ok(true)
}

/// What a person does with a letter that did not simply leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// They have seen that it arrived.
    Arrived,
    /// It is sent once more, and may then be there twice.
    Again,
    /// They told the applicant in another way.
    ByHand,
}

/// A person settles a letter, with a note where they did it another way.
pub fn turn(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    (id, turn): (InterviewLetterId, Turn),
    note: &str,
) -> Result<(), InterviewError> {
    rows::letter(conn, scope, id)?.ok_or(InterviewError::NotFound)?;
    let letter = held(conn, id)?.ok_or(InterviewError::NotFound)?;
    let is = store::any(conn, letter.interview)?.ok_or(InterviewError::NotFound)?;
    let note = text::paragraphs(note);
    if turn == Turn::ByHand {
        let field = format!("note-{id}");
        let wrong = match text::count(&note) {
            n if n < NOTE_MIN => Some("answers-error-note"),
            n if n > super::actions::WORDS => Some("answers-error-note-long"),
            _ if !text::cpr_like(&note).is_empty() => Some("answers-error-cpr"),
            _ => None,
        };
        if let Some(key) = wrong {
            return Err(InterviewError::Fields(Errors::one(&field, key)));
        }
    }
    let step = match turn {
        Turn::Arrived => LetterStep::See,
        Turn::Again => LetterStep::Again,
        Turn::ByHand => LetterStep::ByHand,
    };
    if !move_to(conn, kit, &letter, step, None)? {
        return Err(InterviewError::Moved);
    }
    match turn {
        Turn::Arrived => {}
        Turn::Again => {
            let now = kit.clock.now();
            queue::enqueue(conn, &SendLetter { letter: id }, now, now, &kit.chance)?;
        }
        Turn::ByHand => {
            applied::note(conn, kit, is.application, EventKind::LetterByHand, actor, Some(&note))?;
        }
    }
    Ok(())
}

/// Somebody has the applicant on the telephone: what could not be written to them is said now.
pub(super) fn settle_by_hand(
    conn: &mut Conn,
    kit: &Kit,
    is: &Interview,
    actor: Actor,
) -> Result<(), DbError> {
    for letter in rows::of(conn, is.id)? {
        if LetterState::TASKS.contains(&letter.state)
            && move_to(conn, kit, &letter, LetterStep::ByHand, None)?
        {
            applied::note(conn, kit, is.application, EventKind::LetterByHand, actor, None)?;
        }
    }
    Ok(())
}
