//! Moving letters without anyone watching: the only code that begins an attempt and writes down what came of it.

use std::time::Duration;

use super::{
    actions::{self, AnswerError},
    jobs::SendLetter,
    letters,
    state::{BatchState, BatchStep, LetterState, LetterStep},
    store::{self, Letter},
    template::{Kind, Slot},
};
use crate::{
    accounts::audit::Actor,
    applications::{self, EventKind, Outcome, Whole, actions as moves},
    base::{
        Instant,
        id::{BatchId, LetterId, PostingId},
    },
    db::{self, Conn, DbError},
    kit::Kit,
    mail::{self, Handed},
    outbound::retry::backoff,
    postings, queue,
};

/// Until the first letter that a mail server put off is tried again; doubled each time.
const FIRST: Duration = Duration::from_secs(5 * 60);
/// The longest between two tries.
const LONGEST: Duration = Duration::from_secs(4 * 3600);
/// How far back a withdrawal is confirmed: what is older than the installation's answers is not stirred up.
const RECENT: Duration = Duration::from_secs(48 * 3600);

/// The time of a batch has come: each of its letters goes its own way from here.
pub(super) fn begin_batch(conn: &mut Conn, kit: &Kit, id: BatchId) -> Result<(), DbError> {
    hold(conn, Some(id))?;
    let Some(batch) = store::any_batch(conn, id)? else { return Ok(()) };
    let now = kit.clock.now();
    let due = batch.due_at.is_some_and(|due| due <= now);
    let Some(to) = batch.state.after(BatchStep::Begin).filter(|_| due) else { return Ok(()) };
    if !store::step_batch(conn, &batch, to, now)? {
        return Ok(());
    }
    for letter in store::letters_of(conn, id)? {
        if letter.state == LetterState::Queued {
            queue::enqueue(conn, &SendLetter { letter: letter.id }, now, now, &kit.chance)?;
        }
    }
    settle(conn, kit, id)
}

/// Held before the rows by whoever moves a batch or one of its letters: so that nobody waits for somebody who waits for
/// them, and of the last two letters of a batch one sees the other.
pub(super) fn hold(conn: &mut Conn, batch: Option<BatchId>) -> Result<(), DbError> {
    match batch {
        Some(id) => db::lock(conn, &format!("batch {id}")),
        None => Ok(()),
    }
}

/// A letter as it stands once nobody else moves it.
pub(super) fn held(conn: &mut Conn, id: LetterId) -> Result<Option<Letter>, DbError> {
    let Some(letter) = store::any_letter(conn, id)? else { return Ok(None) };
    hold(conn, letter.batch)?;
    store::any_letter(conn, id)
}

/// A batch none of whose letters is on its way any more is done.
pub(super) fn settle(conn: &mut Conn, kit: &Kit, id: BatchId) -> Result<(), DbError> {
    hold(conn, Some(id))?;
    let Some(batch) = store::any_batch(conn, id)? else { return Ok(()) };
    if let Some(to) = batch.state.after(BatchStep::Finish)
        && store::under_way(conn, id)? == 0
    {
        store::step_batch(conn, &batch, to, kit.clock.now())?;
    }
    Ok(())
}

/// What one attempt is about.
pub(super) struct Attempt {
    pub letter: Letter,
    pub mail: mail::Letter,
}

/// Begins an attempt, and commits that before anything is said to the mail server. None when nothing is to be sent: it has
/// moved, it cannot go, or an attempt before it has an end that nobody knows.
pub(super) fn begin(conn: &mut Conn, kit: &Kit, id: LetterId) -> Result<Option<Attempt>, DbError> {
    let Some(letter) = held(conn, id)? else { return Ok(None) };
    if letter.state == LetterState::Sending {
        // whoever began is gone without a word
        record_step(conn, kit, &letter, LetterStep::Lose, None, EventKind::LetterUnknown)?;
        return Ok(None);
    }
    if letter.state != LetterState::Queued || !is_leaving(conn, &letter)? {
        return Ok(None);
    }
    let (whole, outcome) = match current(conn, &letter)? {
        Ok(found) => found,
        Err(why) => {
            move_to(conn, kit, &letter, LetterStep::Overtake, Some(why))?;
            return Ok(None);
        }
    };
    if whole.applicant.email.is_empty() {
        record_step(conn, kit, &letter, LetterStep::Refuse, Some("address"), EventKind::LetterFailed)?;
        return Ok(None);
    }
    let Some(text) = store::texts(conn, &[id])?.pop() else { return Ok(None) };
    if text.words().sha256() != text.sha256 {
        // somebody changed the row: what was read is not what would leave
        record_step(conn, kit, &letter, LetterStep::Refuse, Some("words"), EventKind::LetterFailed)?;
        return Ok(None);
    }
    let now = kit.clock.now();
    if !store::begin_letter(conn, &letter, now)? {
        return Ok(None);
    }
    // from here on the applicant's page says what the letter says; whoever changes the decision now waits for us
    if letter.kind.slot() == Slot::Decision
        && !applications::set_shown(conn, whole.application.id, outcome, letter.decided_at)?
    {
        return Err(DbError::Query(diesel::result::Error::RollbackTransaction));
    }
    store::set_sent_to(conn, id, &whole.applicant.email)?;
    let link = moves::own_link(conn, kit, &whole)?;
    let mail = mail::Letter {
        to: whole.applicant.email,
        name: whole.applicant.name,
        subject: text.subject,
        text: letters::with_link(&text.body, &link),
        key: format!("answer-{id}"),
    };
    let letter = Letter { state: LetterState::Sending, attempts: letter.attempts + 1, ..letter };
    Ok(Some(Attempt { letter, mail }))
}

/// Whether a letter may leave as far as its batch is concerned.
fn is_leaving(conn: &mut Conn, letter: &Letter) -> Result<bool, DbError> {
    let Some(batch) = letter.batch else { return Ok(true) };
    let state = store::any_batch(conn, batch)?.map(|batch| batch.state);
    Ok(matches!(state, Some(BatchState::Sending | BatchState::Done)))
}

/// The application a letter is about, while it is still decided as the letter says; else the word for why not.
fn current(conn: &mut Conn, letter: &Letter) -> Result<Result<(Whole, Outcome), &'static str>, DbError> {
    let Some(application) = letter.application else { return Ok(Err("erased")) };
    let Some(whole) = applications::any(conn, application)? else { return Ok(Err("erased")) };
    let is = &whole.application;
    let outcome = if letter.kind == Kind::Withdrawn { Outcome::Withdrawn } else { Outcome::Rejected };
    if is.outcome == Some(Outcome::Withdrawn) && outcome != Outcome::Withdrawn {
        return Ok(Err("withdrawn"));
    }
    if is.outcome != Some(outcome) || is.outcome_at != Some(letter.decided_at) {
        return Ok(Err("changed"));
    }
    Ok(Ok((whole, outcome)))
}

/// Writes down what came of an attempt.
pub(super) fn record(conn: &mut Conn, kit: &Kit, begun: &Letter, came: &Handed) -> Result<(), DbError> {
    let Some(letter) = held(conn, begun.id)? else { return Ok(()) };
    // taken for dead, and sent again by a person meanwhile: theirs counts
    if letter.attempts != begun.attempts {
        return Ok(());
    }
    if let Handed::Refused(words) | Handed::Later(words) | Handed::Unknown(words) = came {
        store::set_said(conn, letter.id, words)?;
    }
    match came {
        Handed::Taken => record_step(conn, kit, &letter, LetterStep::Take, None, EventKind::LetterSent),
        Handed::Refused(_) => {
            let why = Some("refused");
            record_step(conn, kit, &letter, LetterStep::Refuse, why, EventKind::LetterFailed)
        }
        Handed::Unknown(_) => {
            record_step(conn, kit, &letter, LetterStep::Lose, None, EventKind::LetterUnknown)
        }
        Handed::Later(_) => put_off(conn, kit, &letter),
    }
}

fn put_off(conn: &mut Conn, kit: &Kit, letter: &Letter) -> Result<(), DbError> {
    let now = kit.clock.now();
    let tries = u32::try_from(letter.attempts - 1).unwrap_or(0);
    let next = now + backoff(tries, FIRST, LONGEST, &kit.chance);
    let give_up = Duration::from_secs(3600 * kit.config.answers.give_up_hours);
    if next.since(leaves_since(conn, letter)?) > give_up {
        let why = Some("deferred");
        return record_step(conn, kit, letter, LetterStep::Refuse, why, EventKind::LetterFailed);
    }
    if move_to(conn, kit, letter, LetterStep::Defer, None)? {
        queue::enqueue(conn, &SendLetter { letter: letter.id }, next, now, &kit.chance)?;
    }
    Ok(())
}

/// Since when a letter has been leaving.
fn leaves_since(conn: &mut Conn, letter: &Letter) -> Result<Instant, DbError> {
    let batch = match letter.batch {
        Some(batch) => store::any_batch(conn, batch)?.and_then(|batch| batch.due_at),
        None => None,
    };
    Ok(batch.unwrap_or(letter.made_at))
}

/// Moves a letter by one step of the table; false when it has moved since it was read.
pub(super) fn move_to(
    conn: &mut Conn,
    kit: &Kit,
    letter: &Letter,
    step: LetterStep,
    why: Option<&str>,
) -> Result<bool, DbError> {
    let Some(to) = letter.state.after(step) else { return Ok(false) };
    if !store::step_letter(conn, letter, to, why, kit.clock.now())? {
        return Ok(false);
    }
    if let Some(application) = letter.application
        && letter.kind.slot() == Slot::Decision
    {
        if LetterState::ANSWERED.contains(&to) {
            applications::set_told(conn, application, letter.decided_at, true)?;
        } else if to == LetterState::Bounced {
            applications::set_told(conn, application, letter.decided_at, false)?;
        }
    }
    if let Some(batch) = letter.batch {
        settle(conn, kit, batch)?;
    }
    Ok(true)
}

/// The same, with a line in the applicant's history by the system.
fn record_step(
    conn: &mut Conn,
    kit: &Kit,
    letter: &Letter,
    step: LetterStep,
    why: Option<&str>,
    kind: EventKind,
) -> Result<(), DbError> {
    if !move_to(conn, kit, letter, step, why)? {
        return Ok(());
    }
    match letter.application {
        Some(application) => moves::note(conn, kit, application, kind, Actor::System, None),
        None => Ok(()),
    }
}

/// Writes to everybody who withdrew at least `rest` ago, and lately, that their application is withdrawn.
pub(super) fn confirm_withdrawn(
    conn: &mut Conn,
    kit: &Kit,
    of: Option<PostingId>,
    rest: Duration,
) -> Result<(), DbError> {
    let now = kit.clock.now();
    let found = applications::withdrawn_since(conn, of, now - RECENT, now - rest)?;
    let ids: Vec<_> = found.iter().map(|whole| whole.application.id).collect();
    let lettered = store::lettered(conn, &ids)?;
    for whole in found {
        let is = &whole.application;
        let has = is.outcome_at.is_some_and(|at| lettered.contains(&(is.id, at)));
        if whole.applicant.email.is_empty() || has {
            continue;
        }
        let Some(ad) = postings::any(conn, is.posting)? else { continue };
        match actions::write(conn, kit, &whole, &ad, Kind::Withdrawn, None, "") {
            Ok(Some(letter)) => queue::enqueue(conn, &SendLetter { letter }, now, now, &kit.chance)?,
            Ok(None) => {}
            Err(AnswerError::Db(error)) => return Err(error),
            Err(error) => tracing::error!(%error, application = %is.id, "a withdrawal cannot be confirmed"),
        }
    }
    Ok(())
}
