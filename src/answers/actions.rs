//! The verbs of a batch: write it, say that its letters are right, lay it to wait, take it or one letter back; and closing a
//! posting, which asks whether everyone has an answer.

use std::{collections::HashMap, time::Duration};

use super::{
    drive,
    jobs::SendBatch,
    letters,
    state::{BatchState, BatchStep, LetterState, LetterStep},
    store::{self, Batch, Letter},
    template::{self, Kind},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{
        self, Outcome, Whole,
        actions::{self as moves, Change, ChangeError, CloseError},
        stage::Column,
    },
    base::{
        Instant,
        id::{ApplicationId, BatchId, LetterId, PostingId},
    },
    db::{self, Conn, DbError},
    kit::Kit,
    postings::{self, CloseReason, Posting},
    queue,
    secrets::fingerprint,
    web::forms::{Errors, FieldError},
};

/// How far ahead letters may be laid.
const AHEAD: Duration = Duration::from_secs(90 * 86_400);

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// Not there, or not inside the scope.
    #[error("no such thing")]
    NotFound,
    /// It stands elsewhere by now.
    #[error("it has moved")]
    Moved,
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong: {0:?}")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl AnswerError {
    pub(super) fn at(field: &str, key: &str) -> Self {
        Self::Fields(Errors::one(field, key))
    }
}

/// Who is to be answered.
#[derive(Clone, Debug, Default)]
pub struct Answering {
    /// Which applications, each with the version it was chosen in.
    pub chosen: Vec<(ApplicationId, i32)>,
    /// Why those who are not decided yet are rejected.
    pub reason: String,
    /// Instead of it, for some.
    pub own: HashMap<ApplicationId, String>,
    /// Who signs the letters.
    pub sender: String,
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Drafted {
    /// The batch.
    pub batch: BatchId,
    /// How many letters are in it.
    pub letters: usize,
    /// Who was passed over: changed by somebody else meanwhile, answered already, or not rejected.
    pub passed: Vec<String>,
}

/// Held by whoever writes letters to the applicants of a posting, before any row: two who write at once do so in turn.
fn key(posting: PostingId) -> String {
    format!("answers {posting}")
}

/// Rejects those of the chosen who are undecided, and writes a letter for each who is rejected and has none. All or nothing:
/// a reason that is too short or a field without a value leaves everything as it was.
pub fn draft(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    posting: PostingId,
    wanted: &Answering,
) -> Result<Drafted, AnswerError> {
    let ad = postings::get(conn, scope, posting)?.ok_or(AnswerError::NotFound)?;
    db::lock(conn, &key(posting))?;
    let ids: Vec<ApplicationId> = wanted.chosen.iter().map(|(id, _)| *id).collect();
    let mut passed = decide(conn, kit, scope, actor, posting, wanted)?;
    let lettered = store::lettered(conn, &ids)?;
    let now = kit.clock.now();
    let batch = Batch {
        id: BatchId::new(now, &kit.chance),
        posting,
        state: BatchState::Draft,
        made_by: actor.to_string(),
        made_at: now,
        due_at: None,
        over_at: None,
    };
    store::insert_batch(conn, &batch)?;
    let mut letters = 0;
    for id in ids {
        let Some(whole) = applications::application(conn, scope, id)? else { continue };
        let is = &whole.application;
        let has = is.outcome_at.is_some_and(|at| lettered.contains(&(id, at)));
        if is.posting != posting || !is.lacks_answer() || has {
            if is.posting == posting && !passed.contains(&whole.applicant.name) {
                passed.push(whole.applicant.name.clone());
            }
            continue;
        }
        let kind = Kind::of(is);
        if write(conn, kit, &whole, &ad, kind, Some(batch.id), &wanted.sender)?.is_some() {
            letters += 1;
        } else {
            passed.push(whole.applicant.name);
        }
    }
    if letters == 0 {
        return Err(AnswerError::at("chosen", "answers-error-nobody"));
    }
    audit::write(conn, &[line(actor, posting, Verb::Created, format!("{letters} letters"))], now)?;
    Ok(Drafted { batch: batch.id, letters, passed })
}

/// Rejects those of the chosen who are undecided; the names of those whom somebody else has moved meanwhile.
fn decide(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    posting: PostingId,
    wanted: &Answering,
) -> Result<Vec<String>, AnswerError> {
    let ids: Vec<ApplicationId> = wanted.chosen.iter().map(|(id, _)| *id).collect();
    let cards = applications::cards(conn, scope, &ids)?;
    let undecided = |(id, _): &&(ApplicationId, i32)| {
        cards.iter().any(|card| card.id == *id && card.posting == posting && card.outcome.is_none())
    };
    let changes: Vec<Change> = wanted
        .chosen
        .iter()
        .filter(undecided)
        .map(|(id, version)| {
            let own = wanted.own.get(id).filter(|own| !own.trim().is_empty());
            Change {
                id: *id,
                version: *version,
                to: Column::Outcome(Outcome::Rejected),
                place: None,
                reason: own.unwrap_or(&wanted.reason).clone(),
            }
        })
        .collect();
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    let mut errors = Errors::none();
    for change in &changes {
        let own = wanted.own.get(&change.id).is_some_and(|own| !own.trim().is_empty());
        let field = if own { format!("reason_{}", change.id) } else { "reason".to_owned() };
        if let Some(key) = moves::grounds_error(&change.reason)
            && !errors.0.iter().any(|error| error.field == field)
        {
            errors.add(&field, key);
        }
    }
    errors.into_result().map_err(AnswerError::Fields)?;
    match moves::change_together(conn, kit, scope, actor, changes) {
        Ok(together) => Ok(together.passed_by),
        Err(ChangeError::Reason(_, key)) => Err(AnswerError::at("reason", key)),
        Err(ChangeError::Db(error)) => Err(error.into()),
        Err(_) => Err(AnswerError::Moved),
    }
}

/// Writes one letter; none when there is one for this decision already.
pub(super) fn write(
    conn: &mut Conn,
    kit: &Kit,
    whole: &Whole,
    ad: &Posting,
    kind: Kind,
    batch: Option<BatchId>,
    sender: &str,
) -> Result<Option<LetterId>, AnswerError> {
    let language = whole.applicant.language;
    let decided_at = whole.application.outcome_at.ok_or(AnswerError::Moved)?;
    let template = template::of(conn, kind, language)?;
    let words = letters::compose(&template, whole, ad, &kit.config, sender).map_err(|unresolved| {
        let args =
            vec![("field".to_owned(), unresolved.0), ("letter".to_owned(), format!("{kind}.{language}"))];
        let key = "answers-error-unresolved".to_owned();
        AnswerError::Fields(Errors(vec![FieldError { field: "chosen".into(), key, args }]))
    })?;
    let now = kit.clock.now();
    let letter = Letter {
        id: LetterId::new(now, &kit.chance),
        batch,
        posting: ad.id,
        application: Some(whole.application.id),
        kind,
        decided_at,
        state: LetterState::Queued,
        why: None,
        attempts: 0,
        attempted_at: None,
        made_at: now,
        changed_at: now,
    };
    let laid = store::insert_letter(conn, &letter, whole.application.id, language, &words)?;
    Ok(laid.then_some(letter.id))
}

/// The sha256 of everything the letters of a batch say, in their order: what somebody reads and says yes to.
pub fn digest(conn: &mut Conn, batch: BatchId) -> Result<String, DbError> {
    let ids: Vec<LetterId> = store::letters_of(conn, batch)?
        .into_iter()
        .filter(|letter| !LetterState::VOID.contains(&letter.state))
        .map(|letter| letter.id)
        .collect();
    let lines: Vec<String> =
        store::texts(conn, &ids)?.iter().map(|text| format!("{} {}", text.letter_id, text.sha256)).collect();
    Ok(fingerprint(&lines.join("\n")))
}

fn found(conn: &mut Conn, scope: &Scope, id: BatchId) -> Result<Batch, AnswerError> {
    // whatever is done to a batch or its letters is done in turn
    drive::hold(conn, Some(id))?;
    store::batch(conn, scope, id)?.ok_or(AnswerError::NotFound)
}

fn step(conn: &mut Conn, kit: &Kit, batch: &Batch, step: BatchStep) -> Result<(), AnswerError> {
    let to = batch.state.after(step).ok_or(AnswerError::Moved)?;
    if store::step_batch(conn, batch, to, kit.clock.now())? { Ok(()) } else { Err(AnswerError::Moved) }
}

/// Somebody has read every letter, as `seen` says, and finds them right.
pub fn approve(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: BatchId,
    seen: &str,
) -> Result<(), AnswerError> {
    let batch = found(conn, scope, id)?;
    step(conn, kit, &batch, BatchStep::Approve)?;
    // nobody says yes to a letter that is kept from them (D-23)
    let going =
        |letters: Vec<Letter>| letters.iter().filter(|l| !LetterState::VOID.contains(&l.state)).count();
    if going(store::letters_in(conn, scope, id)?) < going(store::letters_of(conn, id)?) {
        return Err(AnswerError::at("seen", "answers-error-related"));
    }
    // after the row is ours: nobody takes a letter out meanwhile
    if digest(conn, id)? != seen {
        return Err(AnswerError::at("seen", "answers-error-other-letters"));
    }
    Ok(store::set_seen(conn, id, seen, &actor.to_string())?)
}

/// They want to look again.
pub fn look_again(conn: &mut Conn, kit: &Kit, scope: &Scope, id: BatchId) -> Result<(), AnswerError> {
    let batch = found(conn, scope, id)?;
    step(conn, kit, &batch, BatchStep::Return)
}

/// Lays a batch to wait: at least the time in which everybody may think better of it, or until `when`. The moment at which
/// it leaves.
pub fn lay(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: BatchId,
    when: Option<Instant>,
) -> Result<Instant, AnswerError> {
    let batch = found(conn, scope, id)?;
    let now = kit.clock.now();
    let earliest = now + Duration::from_secs(60 * kit.config.answers.cooling_minutes);
    match when {
        Some(when) if when < now => return Err(AnswerError::at("when", "answers-error-past")),
        Some(when) if when > now + AHEAD => return Err(AnswerError::at("when", "answers-error-far")),
        _ => {}
    }
    let due = when.unwrap_or(earliest).max(earliest);
    step(conn, kit, &batch, BatchStep::Lay)?;
    store::set_due(conn, id, due)?;
    queue::enqueue(conn, &SendBatch { batch: id }, due, now, &kit.chance)?;
    audit::write(
        conn,
        &[line(actor, batch.posting, Verb::Changed, format!("letters laid for {due:?}"))],
        now,
    )?;
    Ok(due)
}

/// Takes a whole batch back before anything has left.
pub fn cancel(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: BatchId,
) -> Result<(), AnswerError> {
    let batch = found(conn, scope, id)?;
    step(conn, kit, &batch, BatchStep::Cancel)?;
    let now = kit.clock.now();
    store::cancel_letters(conn, id, now)?;
    Ok(audit::write(conn, &[line(actor, batch.posting, Verb::Changed, "letters cancelled".to_owned())], now)?)
}

/// Takes one letter out before it has left.
pub fn take_out(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    id: BatchId,
    letter: LetterId,
) -> Result<(), AnswerError> {
    let batch = found(conn, scope, id)?;
    let letter = store::letter(conn, scope, letter)?.filter(|l| l.batch == Some(id));
    let letter = letter.ok_or(AnswerError::NotFound)?;
    let to = letter.state.after(LetterStep::Cancel).ok_or(AnswerError::Moved)?;
    let now = kit.clock.now();
    if !store::step_letter(conn, &letter, to, None, now)? {
        return Err(AnswerError::Moved);
    }
    // the last one: there is nothing left to send
    if store::under_way(conn, id)? == 0 && batch.state.after(BatchStep::Cancel).is_some() {
        return step(conn, kit, &batch, BatchStep::Cancel);
    }
    Ok(drive::settle(conn, kit, id)?)
}

fn line(actor: Actor, posting: PostingId, verb: Verb, detail: String) -> Line {
    Line { actor, verb, object: Object::Posting(posting), posting: Some(posting), detail: Some(detail) }
}

/// Closes a posting, once everyone has an answer (D-09). Who has just withdrawn is written to by the same commit.
pub fn close_posting(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: PostingId,
    reason: CloseReason,
) -> Result<Posting, CloseError> {
    postings::get(conn, scope, id)?.ok_or(postings::PostingError::NotFound)?;
    drive::confirm_withdrawn(conn, kit, Some(id), Duration::ZERO)?;
    moves::close_posting(conn, kit, scope, actor, id, reason)
}
