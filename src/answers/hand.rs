//! What a person does with a letter that did not simply leave, and the reasons somebody asked for.

use super::{
    actions::{self, AnswerError},
    drive,
    jobs::SendLetter,
    state::LetterStep,
    store::{self, Letter},
    template::Kind,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{self, EventKind, actions as moves},
    base::{
        id::{ApplicationId, LetterId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    postings, queue,
};

/// The shortest note on what was done instead, in characters.
const NOTE_MIN: usize = 5;

/// Somebody has seen that a doubtful letter arrived.
pub fn arrived(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: LetterId,
) -> Result<Letter, AnswerError> {
    turn(conn, kit, scope, actor, id, LetterStep::See, Some((EventKind::LetterSeen, None)))
}

/// Somebody has a letter sent again, knowing that it may then be there twice.
pub fn again(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: LetterId,
) -> Result<Letter, AnswerError> {
    let letter = turn(conn, kit, scope, actor, id, LetterStep::Again, None)?;
    let now = kit.clock.now();
    queue::enqueue(conn, &SendLetter { letter: id }, now, now, &kit.chance)?;
    Ok(letter)
}

/// Somebody has answered in another way, as the note says.
pub fn by_hand(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: LetterId,
    note: &str,
) -> Result<Letter, AnswerError> {
    let note = text::paragraphs(note);
    let n = text::count(&note);
    if n < NOTE_MIN {
        return Err(AnswerError::at("note", "answers-error-note"));
    }
    if n > moves::REASON_MAX {
        return Err(AnswerError::at("note", "answers-error-note-long"));
    }
    if !text::cpr_like(&note).is_empty() {
        return Err(AnswerError::at("note", "answers-error-cpr"));
    }
    let line = Some((EventKind::LetterByHand, Some(note.as_str())));
    turn(conn, kit, scope, actor, id, LetterStep::ByHand, line)
}

/// A letter that had left came back.
pub fn bounced(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: LetterId,
) -> Result<Letter, AnswerError> {
    turn(conn, kit, scope, actor, id, LetterStep::Bounce, Some((EventKind::LetterBounced, None)))
}

fn turn(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: LetterId,
    step: LetterStep,
    line: Option<(EventKind, Option<&str>)>,
) -> Result<Letter, AnswerError> {
    drive::held(conn, id)?;
    let letter = store::letter(conn, scope, id)?.ok_or(AnswerError::NotFound)?;
    let application = letter.application.ok_or(AnswerError::NotFound)?;
    if !drive::move_to(conn, kit, &letter, step, None)? {
        return Err(AnswerError::Moved);
    }
    if let Some((kind, note)) = line {
        moves::note(conn, kit, application, kind, actor, note)?;
    }
    log(conn, kit, actor, application, &letter, step.word())?;
    Ok(letter)
}

fn log(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    application: ApplicationId,
    letter: &Letter,
    word: &str,
) -> Result<(), DbError> {
    let line = Line {
        actor,
        verb: Verb::Changed,
        object: Object::Application(application),
        posting: Some(letter.posting),
        detail: Some(format!("letter {word}")),
    };
    audit::write(conn, &[line], kit.clock.now())
}

/// Gives somebody the reasons they asked for: they stand on their own page, and a letter says so.
pub fn give_reasons(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: ApplicationId,
    (words, sender): (&str, &str),
) -> Result<(), AnswerError> {
    let whole = applications::application(conn, scope, id)?.ok_or(AnswerError::NotFound)?;
    let words = text::paragraphs(words);
    let n = text::count(&words);
    if n < moves::GROUNDS_MIN {
        return Err(AnswerError::at("words", "answers-error-reasons"));
    }
    if n > moves::REASON_MAX {
        return Err(AnswerError::at("words", "answers-error-reasons-long"));
    }
    if !text::cpr_like(&words).is_empty() {
        return Err(AnswerError::at("words", "answers-error-cpr"));
    }
    if !moves::give_reasons(conn, kit, scope, actor, id, &words)? {
        return Err(AnswerError::Moved);
    }
    let ad = postings::any(conn, whole.application.posting)?.ok_or(AnswerError::NotFound)?;
    if let Some(letter) = actions::write(conn, kit, &whole, &ad, Kind::Reasons, None, sender)? {
        let now = kit.clock.now();
        queue::enqueue(conn, &SendLetter { letter }, now, now, &kit.chance)?;
    }
    Ok(())
}
