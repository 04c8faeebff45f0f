//! Laying out times, inviting, taking a time or an interview away, noting what came of it.

use std::time::Duration;

use super::{
    super::{
        guide,
        interview::Interview,
        letters::{self, Kind},
        slot::{Laid, Slot},
        state::{InterviewState, InterviewStep, SlotState, SlotStep},
        store,
    },
    InterviewError, given_back, held, hold, line, note, own, put, step,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{self, EventKind, Stage, Whole, actions as applied},
    assessment,
    base::{
        Instant,
        id::{ApplicationId, CriterionId, InterviewId, PostingId, SlotId},
    },
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, Posting},
    web::forms::Errors,
};

/// Between two letters that ask somebody to choose.
const APART: Duration = Duration::from_secs(3600);

/// Lays out times; how many seats there are then.
pub fn add_times(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    posting: PostingId,
    laid: &Laid,
) -> Result<usize, InterviewError> {
    postings::get(conn, scope, posting)?.ok_or(InterviewError::NotFound)?;
    hold(conn, posting)?;
    let now = kit.clock.now();
    let mut seats = 0;
    for start in &laid.starts {
        for _ in 0..laid.seats {
            let slot = Slot {
                id: SlotId::new(now, &kit.chance),
                posting,
                round: laid.round,
                local: start.field(),
                zone: start.zone.name().to_owned(),
                starts_at: start.instant().0,
                minutes: laid.minutes,
                place: laid.place.clone(),
                link: laid.link.clone(),
                note: laid.note.clone(),
                state: SlotState::Open,
            };
            store::insert_slot(conn, &slot, &actor.to_string(), now)?;
            seats += 1;
        }
    }
    log(conn, kit, actor, posting, format!("{seats} interview times"))?;
    Ok(seats)
}

fn log(conn: &mut Conn, kit: &Kit, actor: Actor, posting: PostingId, detail: String) -> Result<(), DbError> {
    let object = Object::Posting(posting);
    let line = Line { actor, verb: Verb::Changed, object, posting: Some(posting), detail: Some(detail) };
    audit::write(conn, &[line], kit.clock.now())
}

/// Takes a time away. Whoever has it is told, with `said`, and chooses another.
pub fn close_time(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    (posting, id): (PostingId, SlotId),
    said: &str,
) -> Result<(), InterviewError> {
    postings::get(conn, scope, posting)?.ok_or(InterviewError::NotFound)?;
    hold(conn, posting)?;
    let now = kit.clock.now();
    let slot = store::slot(conn, id)?.filter(|s| s.posting == posting).ok_or(InterviewError::NotFound)?;
    if slot.state == SlotState::Booked {
        let all = store::interviews_of(conn, scope, posting)?;
        let known = all.into_iter().find(|is| is.slot == Some(id)).ok_or(InterviewError::NotFound)?;
        let said = own::words(&format!("words-{id}"), said)?;
        let is = held(conn, &known, now)?;
        if is.slot != Some(id) {
            return Err(InterviewError::Moved);
        }
        let mut to = step(conn, &is, InterviewStep::Drop, None, Some(SlotStep::Close), now)?;
        let was = to.clone();
        // chooses anew, and is asked to anew
        to.reminded_at = None;
        put(conn, &was, &to)?;
        note(
            conn,
            kit,
            &to,
            EventKind::InterviewMoved,
            actor,
            Some(&said).filter(|s| !s.is_empty()).map(String::as_str),
        )?;
        letters::write(conn, kit, &to, Kind::Moved, &said)?;
        return Ok(());
    }
    let to = slot.state.after(SlotStep::Close).ok_or(InterviewError::Moved)?;
    if !store::put_slot(conn, id, slot.state, to, now)? {
        return Err(InterviewError::Moved);
    }
    Ok(log(conn, kit, actor, posting, "interview time closed".to_owned())?)
}

/// What came of inviting several.
#[derive(Clone, Debug, Default)]
pub struct Invited {
    /// How many were invited.
    pub done: usize,
    /// Who was not, each with the key of the sentence why.
    pub passed: Vec<(String, &'static str)>,
}

/// Whether the ad says what is paid (D-32): without it nobody is called to an interview.
pub fn says_pay(ad: &Posting) -> bool {
    let terms = &ad.content.terms;
    terms.pay_range.is_some() || !terms.pay.is_empty()
}

/// Why somebody is not invited.
fn barred(whole: &Whole, posting: PostingId) -> Option<&'static str> {
    let is = &whole.application;
    let standing = is.standing();
    match (standing.outcome, standing.stage) {
        _ if is.posting != posting => Some("interviews-passed-elsewhere"),
        (Some(_), _) => Some("interviews-passed-decided"),
        (None, _) if standing.held_back => Some("interviews-passed-late"),
        (None, Stage::Interview) => None,
        (None, _) => Some("interviews-passed-stage"),
    }
}

/// Invites these to choose a time. All of them or, where one is not in the scope or cannot be invited, the others.
pub fn invite(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    (posting, round): (PostingId, i32),
    chosen: &[ApplicationId],
) -> Result<Invited, InterviewError> {
    let ad = postings::get(conn, scope, posting)?.ok_or(InterviewError::NotFound)?;
    hold(conn, posting)?;
    let now = kit.clock.now();
    if !says_pay(&ad) {
        return Err(InterviewError::at("chosen", "interviews-error-pay"));
    }
    if chosen.is_empty() {
        return Err(InterviewError::at("chosen", "interviews-error-nobody"));
    }
    if !(1..=super::super::slot::ROUNDS).contains(&round) {
        return Err(InterviewError::at("invite-round", "error-choose"));
    }
    if store::open_slots(conn, posting, round, now)?.is_empty() {
        return Err(InterviewError::at("chosen", "interviews-error-no-times"));
    }
    let (mut invited, mut lines) = (Invited::default(), Vec::new());
    let mut chosen = chosen.to_vec();
    chosen.sort_unstable();
    chosen.dedup();
    for id in chosen {
        // not there, or somebody the caller has a relation to
        let Some(whole) = applications::application(conn, scope, id)? else { continue };
        if !applications::hold(conn, id, now)? {
            continue;
        }
        if let Some(key) = barred(&whole, posting) {
            invited.passed.push((whole.applicant.name, key));
            continue;
        }
        match call(conn, kit, actor, &whole, round, now)? {
            Some(is) => {
                applied::note(conn, kit, id, EventKind::InterviewInvited, actor, None)?;
                letters::write(conn, kit, &is, Kind::Invitation, "")?;
                lines.push(line(&is, actor));
                invited.done += 1;
            }
            None => invited.passed.push((whole.applicant.name, "interviews-passed-invited")),
        }
    }
    audit::write(conn, &lines, now)?;
    Ok(invited)
}

/// Lays down an invitation, or invites anew; none when there is one.
fn call(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    whole: &Whole,
    round: i32,
    now: Instant,
) -> Result<Option<Interview>, InterviewError> {
    let id = whole.application.id;
    let there = store::of_application(conn, id)?.into_iter().find(|is| is.round == round);
    if let Some(is) = there {
        if is.state.after(InterviewStep::Again).is_none() {
            return Ok(None);
        }
        let mut to = step(conn, &is, InterviewStep::Again, None, None, now)?;
        let was = to.clone();
        (to.invited_at, to.reminded_at) = (now, None);
        put(conn, &was, &to)?;
        return Ok(Some(to));
    }
    let is = Interview {
        id: InterviewId::new(now, &kit.chance),
        application: id,
        posting: whole.application.posting,
        round,
        state: InterviewState::Invited,
        slot: None,
        last_slot: None,
        sequence: 0,
        invited_at: now,
        reminded_at: None,
        wished_at: None,
        wish: None,
        needs: None,
        words: None,
        changed_at: now,
    };
    Ok(store::insert(conn, &is, &actor.to_string())?.then_some(is))
}

fn found(
    conn: &mut Conn,
    scope: &Scope,
    posting: PostingId,
    id: InterviewId,
    now: Instant,
) -> Result<Interview, InterviewError> {
    let known = store::interview(conn, scope, id)?.filter(|is| is.posting == posting);
    held(conn, &known.ok_or(InterviewError::NotFound)?, now)
}

/// Asks somebody who has not chosen once more.
pub fn remind_now(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    (posting, id): (PostingId, InterviewId),
) -> Result<(), InterviewError> {
    let now = kit.clock.now();
    let is = found(conn, scope, posting, id, now)?;
    if !InterviewState::CHOOSING.contains(&is.state) {
        return Err(InterviewError::Moved);
    }
    if store::open_slots(conn, posting, is.round, now)?.is_empty() {
        return Err(InterviewError::at("times", "interviews-error-no-times"));
    }
    if now < is.reminded_at.unwrap_or(is.changed_at) + APART {
        return Err(InterviewError::at("times", "interviews-error-just-written"));
    }
    nudge(conn, kit, &is, now)?;
    note(conn, kit, &is, EventKind::InterviewReminded, actor, None)?;
    Ok(())
}

/// Writes once more to who has not chosen.
pub(super) fn nudge(conn: &mut Conn, kit: &Kit, is: &Interview, now: Instant) -> Result<(), InterviewError> {
    let to = Interview { reminded_at: Some(now), ..is.clone() };
    put(conn, is, &to)?;
    Ok(letters::write(conn, kit, &to, Kind::Nudge, "")?)
}

/// Calls an interview off. `said` goes to the applicant.
pub fn cancel(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    (posting, id): (PostingId, InterviewId),
    said: &str,
) -> Result<(), InterviewError> {
    let now = kit.clock.now();
    let is = found(conn, scope, posting, id, now)?;
    let said = own::words(&format!("words-{id}"), said)?;
    let old = given_back(conn, &is, now)?;
    let mut to = step(conn, &is, InterviewStep::Cancel, None, old, now)?;
    let was = to.clone();
    to.words = Some(said.clone()).filter(|said| !said.is_empty());
    put(conn, &was, &to)?;
    note(conn, kit, &to, EventKind::InterviewCancelled, actor, to.words.as_deref())?;
    Ok(letters::write(conn, kit, &to, Kind::Cancelled, &said)?)
}

/// Notes whether they came; not before it began.
pub fn result(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    (posting, id): (PostingId, InterviewId),
    came: bool,
) -> Result<(), InterviewError> {
    let now = kit.clock.now();
    let is = found(conn, scope, posting, id, now)?;
    let seat = is.slot.ok_or(InterviewError::Moved)?;
    let slot = store::slot(conn, seat)?.ok_or(InterviewError::NotFound)?;
    if slot.starts_at > now {
        return Err(InterviewError::Refused("interviews-refused-ahead"));
    }
    let (way, old, kind) = if came {
        (InterviewStep::Hold, SlotStep::Hold, EventKind::InterviewHeld)
    } else {
        (InterviewStep::Miss, SlotStep::Miss, EventKind::InterviewMissed)
    };
    let to = step(conn, &is, way, Some(seat), Some(old), now)?;
    Ok(note(conn, kit, &to, kind, actor, None)?)
}

/// Saves what is asked by criterion. Fields are named `q-` and the criterion.
pub fn save_questions(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    posting: PostingId,
    written: &[(CriterionId, String)],
) -> Result<(), InterviewError> {
    hold(conn, posting)?;
    let known: Vec<CriterionId> =
        assessment::store::criteria(conn, posting)?.into_iter().map(|c| c.id).collect();
    let mut errors = Errors::none();
    let mut kept = Vec::new();
    for (criterion, raw) in written.iter().filter(|(id, _)| known.contains(id)) {
        match guide::checked(raw) {
            Ok(words) => kept.push((*criterion, words)),
            Err(key) => errors.add(&format!("q-{criterion}"), key),
        }
    }
    errors.into_result().map_err(InterviewError::Fields)?;
    let (now, by) = (kit.clock.now(), actor.to_string());
    for (criterion, words) in kept {
        store::questions::put(conn, (posting, criterion), &words, &by, now)?;
    }
    Ok(log(conn, kit, actor, posting, "interview guide".to_owned())?)
}
