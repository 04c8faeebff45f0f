//! Moving on the board: to another stage, to another place, to an outcome, back again. Every change names
//! the version it was decided on; when somebody else was faster, nothing happens and that is said.

use super::intake;
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{
        application::{Application, Before, Detail, Event, EventKind, Whole},
        conditions,
        stage::{self, Ask, Column, Outcome, Stage},
        store::{self, Stand},
    },
    base::{
        Instant,
        id::{ApplicationId, EventId, IntervalId, PostingId},
        text,
    },
    db::{self, Conn, DbError},
    kit::Kit,
    postings::State,
    queue::changes,
};

/// The shortest grounds for a rejection, in characters: enough for a consideration, too few for a dot (D-10).
pub const GROUNDS_MIN: usize = 10;
/// The longest reason, in characters.
pub const REASON_MAX: usize = 2000;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Change {
    /// Which application.
    pub id: ApplicationId,
    /// The version it was decided on.
    pub version: i32,
    /// Where to.
    pub to: Column,
    /// Which place in the column, from 1; the end when none. Outcomes have no order.
    pub place: Option<usize>,
    /// Why, where the table asks for it.
    pub reason: String,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Which application.
    pub id: ApplicationId,
    /// Of which posting.
    pub posting: PostingId,
    /// The applicant's name, for the sentence that says it.
    pub name: String,
    /// Where it stands now.
    pub to: Column,
    /// Which place, from 1.
    pub place: usize,
    /// Of how many.
    pub of: usize,
    /// For the next change, and for undoing this one.
    pub version: i32,
}

/// Somebody else changed it meanwhile.
#[derive(Clone, Debug)]
pub struct Stale {
    /// The applicant's name.
    pub name: String,
    /// Of which posting.
    pub posting: PostingId,
    /// Where it stands in truth.
    pub now: Column,
    /// Who changed it last, as `user:…`; empty when nobody moved it.
    pub by: String,
}

/// Why nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// Not there, or not inside the scope.
    #[error("no such application")]
    NotFound,
    /// Somebody else was faster.
    #[error("changed meanwhile")]
    Stale(Box<Stale>),
    /// The table knows no such change; the key says why.
    #[error("not allowed: {0}")]
    Barred(&'static str),
    /// A reason is wanted; which, and the key of what is wrong with the one given.
    #[error("a reason is wanted")]
    Reason(Ask, &'static str),
    /// There is nothing to undo.
    #[error("nothing to undo")]
    Nothing,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Changes where an application stands, in the caller's transaction.
pub fn change(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    wanted: &Change,
) -> Result<Changed, ChangeError> {
    hold_doors(conn, &[wanted.id])?;
    let mut traces = Vec::new();
    let changed = shift(conn, kit, scope, actor, wanted, &mut traces)?;
    leave(conn, actor, traces, kit.clock.now())?;
    Ok(changed)
}

/// What came of several changes at once.
#[derive(Debug, Default)]
pub struct ChangedTogether {
    /// Those that were done.
    pub done: Vec<Changed>,
    /// Names of those that somebody else had changed meanwhile; they stay.
    pub passed_by: Vec<String>,
    /// Why others stay: keys of sentences.
    pub barred: Vec<&'static str>,
}

/// Changes several at once, in the caller's transaction: a wrong reason stops all, a faster colleague only one.
pub fn change_together(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    mut wanted: Vec<Change>,
) -> Result<ChangedTogether, ChangeError> {
    // everybody goes through the rows in the same order, and says what was done when all rows are theirs: so two
    // who move the same cards at once never wait for each other in a ring
    wanted.sort_by_key(|change| change.id);
    hold_doors(conn, &wanted.iter().map(|change| change.id).collect::<Vec<_>>())?;
    let (mut traces, mut together) = (Vec::new(), ChangedTogether::default());
    for change in &wanted {
        match shift(conn, kit, scope, actor, change, &mut traces) {
            Ok(changed) => together.done.push(changed),
            Err(ChangeError::Stale(stale)) => together.passed_by.push(stale.name),
            Err(ChangeError::Barred(key)) => together.barred.push(key),
            // erased meanwhile
            Err(ChangeError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    leave(conn, actor, traces, kit.clock.now())?;
    Ok(together)
}

/// Keeps the postings of those that are decided from being closed until the transaction ends, so that none is taken
/// up again while its posting closes. Before any row is held: whoever closes waits for those who hold the door, and
/// they must not wait for somebody behind it. An application decided after this has another version.
fn hold_doors(conn: &mut Conn, of: &[ApplicationId]) -> Result<(), DbError> {
    for posting in store::postings_of_decided(conn, of)? {
        db::lock_shared(conn, &intake::door_key(posting))?;
    }
    Ok(())
}

/// In a closed posting everyone has an answer, and that stays so (D-09): nobody is made undecided again.
fn check_door(conn: &mut Conn, is: &Application, to: &Stand<'_>) -> Result<(), ChangeError> {
    if is.outcome.is_none() || to.outcome.is_some() {
        return Ok(());
    }
    match store::door(conn, is.posting)? {
        Some(door) if door.state == State::Closed => Err(ChangeError::Barred("board-barred-closed")),
        _ => Ok(()),
    }
}

/// What a change leaves in the log and for the search.
struct Trace {
    of: ApplicationId,
    posting: PostingId,
    detail: String,
}

/// Writes the traces. Both make other writers wait until the commit, so they come after all rows.
fn leave(conn: &mut Conn, actor: Actor, traces: Vec<Trace>, now: Instant) -> Result<(), DbError> {
    let changed: Vec<_> = traces.iter().map(|trace| trace.of).collect();
    let lines: Vec<_> = traces
        .into_iter()
        .map(|trace| Line {
            actor,
            verb: Verb::Moved,
            object: Object::Application(trace.of),
            posting: Some(trace.posting),
            detail: Some(trace.detail),
        })
        .collect();
    if lines.is_empty() {
        return Ok(());
    }
    audit::write(conn, &lines, now)?;
    changed.into_iter().try_for_each(|id| changes::note(conn, changes::Subject::Application(id), now))
}

fn shift(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    wanted: &Change,
    traces: &mut Vec<Trace>,
) -> Result<Changed, ChangeError> {
    let whole = store::application(conn, scope, wanted.id)?.ok_or(ChangeError::NotFound)?;
    let is = &whole.application;
    if is.version != wanted.version {
        return Err(stale(conn, &whole)?);
    }
    let from = is.standing().column();
    let to = wanted.to;
    let reason = text::paragraphs(&wanted.reason);
    let ask =
        if from == to { Ask::Nothing } else { stage::ask(is.standing(), to).map_err(ChangeError::Barred)? };
    check_reason(ask, &reason)?;
    let now = kit.clock.now();
    if from != to {
        conditions::check(conn, is.id, is.posting, to, now)?;
    }
    let (place, of, position) = match to {
        Column::Stage(stage) => placed(conn, is, stage, wanted.place)?,
        Column::Outcome(_) => (1, 1, is.position),
    };
    if from == to && position == is.position {
        return Ok(done(&whole, to, place, of, is.version));
    }
    let stand = match to {
        Column::Stage(stage) => Stand {
            stage,
            position,
            outcome: None,
            outcome_at: None,
            outcome_reason: None,
            admitted_at: if ask == Ask::WhyLate { Some(now) } else { is.admitted_at },
        },
        Column::Outcome(outcome) => Stand {
            stage: is.stage,
            position,
            outcome: Some(outcome),
            outcome_at: Some(now),
            outcome_reason: Some(reason.as_str()).filter(|_| outcome == Outcome::Rejected),
            admitted_at: is.admitted_at,
        },
    };
    check_door(conn, is, &stand)?;
    if !store::put(conn, is.id, is.version, &stand, now)? {
        return Err(stale(conn, &whole)?);
    }
    if from != to {
        let who = actor.to_string();
        if is.outcome.is_none() && (stand.outcome.is_some() || stand.stage != is.stage) {
            store::end_interval(conn, is.id, now)?;
        }
        if stand.outcome.is_none() {
            let interval = IntervalId::new(now, &kit.chance);
            store::insert_interval(conn, interval, is.id, stand.stage, now, &who)?;
        }
        let kind = match (ask, to) {
            (Ask::WhyLate, _) => EventKind::Admitted,
            (Ask::WhyAgain, _) => EventKind::Reopened,
            (_, Column::Outcome(_)) => EventKind::Decided,
            (_, Column::Stage(_)) => EventKind::Moved,
        };
        let detail = Detail {
            from: Some(from.word().to_owned()),
            to: Some(to.word().to_owned()),
            reason: Some(reason.clone()).filter(|r| !r.is_empty()),
            before: Some(before(is)),
        };
        store::insert_event(conn, EventId::new(now, &kit.chance), is.id, now, &who, kind, &detail)?;
        let detail = format!("{}>{}", from.word(), to.word());
        traces.push(Trace { of: is.id, posting: is.posting, detail });
    }
    Ok(done(&whole, to, place, of, is.version + 1))
}

/// Takes the last change of each of these back, unless it is of another version by now: stage, place, outcome and
/// the times in stages are as they were. All or none.
pub fn undo(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    mut of: Vec<(ApplicationId, i32)>,
) -> Result<Vec<Changed>, ChangeError> {
    of.sort_unstable();
    hold_doors(conn, &of.iter().map(|(id, _)| *id).collect::<Vec<_>>())?;
    let mut traces = Vec::new();
    let done = of
        .into_iter()
        .map(|(id, version)| take_back(conn, kit, scope, actor, id, version, &mut traces))
        .collect::<Result<_, _>>()?;
    leave(conn, actor, traces, kit.clock.now())?;
    Ok(done)
}

fn take_back(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: ApplicationId,
    version: i32,
    traces: &mut Vec<Trace>,
) -> Result<Changed, ChangeError> {
    let whole = store::application(conn, scope, id)?.ok_or(ChangeError::NotFound)?;
    let is = &whole.application;
    if is.version != version {
        return Err(stale(conn, &whole)?);
    }
    let events = store::events(conn, id)?;
    let was = undoable(&events).ok_or(ChangeError::Nothing)?;
    let now = kit.clock.now();
    let from = is.standing().column();
    let stand = Stand {
        stage: was.stage,
        position: was.position,
        outcome: was.outcome,
        outcome_at: was.outcome_at,
        outcome_reason: was.outcome_reason.as_deref(),
        admitted_at: was.admitted_at,
    };
    check_door(conn, is, &stand)?;
    if !store::put(conn, id, version, &stand, now)? {
        return Err(stale(conn, &whole)?);
    }
    match (is.outcome, was.outcome) {
        // it was moved: the new stage never was
        (None, None) if is.stage != was.stage => {
            store::forget_interval(conn, id)?;
            store::resume_interval(conn, id)?;
        }
        // it was decided
        (Some(_), None) => store::resume_interval(conn, id)?,
        // it was taken up again
        (None, Some(_)) => store::forget_interval(conn, id)?,
        (None, None) | (Some(_), Some(_)) => {}
    }
    let to = was.outcome.map_or(Column::Stage(was.stage), Column::Outcome);
    let detail =
        Detail { from: Some(from.word().to_owned()), to: Some(to.word().to_owned()), ..Detail::default() };
    let who = actor.to_string();
    store::insert_event(conn, EventId::new(now, &kit.chance), id, now, &who, EventKind::Undone, &detail)?;
    let detail = format!("undo {}>{}", from.word(), to.word());
    traces.push(Trace { of: id, posting: is.posting, detail });
    let others = store::positions(conn, is.posting, was.stage, id)?;
    let place = 1 + others.iter().filter(|(_, p)| *p < was.position).count();
    Ok(done(&whole, to, place, others.len() + 1, version + 1))
}

/// What it was before the last change of its standing, when that can be taken back: once, and never what the
/// applicant has done.
pub fn undoable(events: &[Event]) -> Option<&Before> {
    let last = events.iter().find(|e| e.detail.before.is_some() || e.kind == EventKind::Undone)?;
    last.detail.before.as_ref().filter(|_| !last.actor.starts_with("applicant:"))
}

/// What is wrong with grounds for a rejection: the key of a sentence; none when they can be taken.
pub fn grounds_error(reason: &str) -> Option<&'static str> {
    match check_reason(Ask::Grounds, &text::paragraphs(reason)) {
        Err(ChangeError::Reason(_, key)) => Some(key),
        _ => None,
    }
}

fn check_reason(ask: Ask, reason: &str) -> Result<(), ChangeError> {
    let n = text::count(reason);
    match ask {
        Ask::Nothing => Ok(()),
        _ if n == 0 => Err(ChangeError::Reason(ask, ask.key())),
        Ask::Grounds if n < GROUNDS_MIN => Err(ChangeError::Reason(ask, "board-reason-short")),
        _ if n > REASON_MAX => Err(ChangeError::Reason(ask, "board-reason-long")),
        _ if !text::cpr_like(reason).is_empty() => Err(ChangeError::Reason(ask, "apply-cpr")),
        _ => Ok(()),
    }
}

/// Place, number of cards and position for a card in a column; numbers the column again when it is full.
fn placed(
    conn: &mut Conn,
    card: &Application,
    stage: Stage,
    place: Option<usize>,
) -> Result<(usize, usize, i64), DbError> {
    let others = store::positions(conn, card.posting, stage, card.id)?;
    let place = place.unwrap_or(usize::MAX).clamp(1, others.len() + 1);
    let numbers: Vec<i64> = others.iter().map(|(_, p)| *p).collect();
    // it stands there already
    let fits = |n: Option<&i64>, f: fn(i64, i64) -> bool| n.is_none_or(|n| f(*n, card.position));
    if card.stage == stage
        && card.outcome.is_none()
        && fits(place.checked_sub(2).and_then(|i| numbers.get(i)), |before, own| before < own)
        && fits(numbers.get(place - 1), |after, own| own < after)
    {
        return Ok((place, others.len() + 1, card.position));
    }
    if let Some(position) = stage::position(&numbers, place) {
        return Ok((place, others.len() + 1, position));
    }
    let mut fresh = stage::renumbered(others.len() + 1);
    let mut own = 0;
    for (index, number) in fresh.by_ref().enumerate() {
        match index.cmp(&(place - 1)) {
            std::cmp::Ordering::Equal => own = number,
            std::cmp::Ordering::Less => store::set_position(conn, others[index].0, number)?,
            std::cmp::Ordering::Greater => store::set_position(conn, others[index - 1].0, number)?,
        }
    }
    Ok((place, others.len() + 1, own))
}

pub(super) fn before(is: &Application) -> Before {
    Before {
        stage: is.stage,
        position: is.position,
        outcome: is.outcome,
        outcome_at: is.outcome_at,
        outcome_reason: is.outcome_reason.clone(),
        admitted_at: is.admitted_at,
    }
}

fn done(whole: &Whole, to: Column, place: usize, of: usize, version: i32) -> Changed {
    Changed {
        id: whole.application.id,
        posting: whole.application.posting,
        name: whole.applicant.name.clone(),
        to,
        place,
        of,
        version,
    }
}

fn stale(conn: &mut Conn, known: &Whole) -> Result<ChangeError, DbError> {
    // read again: it may have changed between our reading and our writing
    let Some(whole) = store::any(conn, known.application.id)? else { return Ok(ChangeError::NotFound) };
    let last = store::events(conn, whole.application.id)?
        .into_iter()
        .find(|e| e.detail.to.is_some())
        .map(|e| e.actor)
        .unwrap_or_default();
    Ok(ChangeError::Stale(Box::new(Stale {
        name: whole.applicant.name.clone(),
        posting: whole.application.posting,
        now: whole.application.standing().column(),
        by: last,
    })))
}
