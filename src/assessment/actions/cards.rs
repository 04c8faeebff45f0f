//! What the members of a panel say of one applicant. Everything about one applicant is done one after the other
//! ([`hold`]), so that of two who give in their cards at once exactly one is the last, and cards are shown in the
//! transaction that makes them whole.

use std::collections::{HashMap, HashSet};

use super::{AssessmentError, panel::category};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
        bars::{self, Relation},
    },
    applications::{
        self, Application,
        conditions::{self, Condition},
    },
    assessment::{
        card::{self, Card, NOTE, Next, Note, REASON, Reveal, Score, State, Step},
        panel::Member,
        profile::{Criterion, STEPS},
        store::{self, cards as rows, panel as seats},
    },
    base::{
        Instant,
        id::{ApplicationId, CriterionId, PostingId, ScorecardId, UserId},
        text,
    },
    db::{self, Conn, DbError},
    kit::Kit,
    postings::{self, Posting},
    web::forms::Errors,
};

/// What came of giving a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Given {
    /// What became of it.
    pub next: Next,
    /// All cards are shown from now on.
    pub revealed: bool,
}

pub(super) fn hold(conn: &mut Conn, application: ApplicationId) -> Result<(), DbError> {
    db::lock(conn, &format!("assessment:{application}"))
}

/// The application and its posting, inside the scope and held.
fn held(
    conn: &mut Conn,
    scope: &Scope,
    id: ApplicationId,
) -> Result<(Application, Posting), AssessmentError> {
    hold(conn, id)?;
    let whole = applications::application(conn, scope, id)?.ok_or(AssessmentError::NotFound)?;
    let posting = postings::any(conn, whole.application.posting)?.ok_or(AssessmentError::NotFound)?;
    Ok((whole.application, posting))
}

/// Who sits in the panel now, when `user` is one of them.
fn sitting(
    conn: &mut Conn,
    posting: PostingId,
    user: UserId,
    now: Instant,
) -> Result<(Vec<Member>, Member), AssessmentError> {
    let members = seats::members(conn, posting)?;
    let own = members.iter().find(|m| m.user == user && m.sits(now)).cloned();
    let own = own.ok_or(AssessmentError::Refused("card-barred-member"))?;
    Ok((members, own))
}

/// Says how one stands to an applicant. Everything but [`Relation::None`] takes the application away from oneself, at
/// once and everywhere; a card given before stays, and is waited for no longer.
pub fn declare(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    scope: &Scope,
    id: ApplicationId,
    relation: Relation,
) -> Result<PostingId, AssessmentError> {
    let (is, posting) = held(conn, scope, id)?;
    let now = kit.clock.now();
    if relation.bars() && posting_closed(&posting) {
        return Err(AssessmentError::Refused("card-barred-closed"));
    }
    let shown = settle_with(conn, id, &posting, now, Some((user, relation)))?;
    bars::declare(conn, kit, user, id, is.posting, relation)?;
    log_shown(conn, shown, id, is.posting, Actor::System, now)?;
    Ok(is.posting)
}

/// Takes somebody else's declaration back, as when it was made by mistake; they are asked anew. The scope is that of
/// seating panels; whoever lifts is not whom it is about.
pub fn lift(
    conn: &mut Conn,
    kit: &Kit,
    by: UserId,
    scope: &Scope,
    posting: PostingId,
    id: ApplicationId,
    of: UserId,
) -> Result<(), AssessmentError> {
    postings::get(conn, scope, posting)?.ok_or(AssessmentError::NotFound)?;
    if by == of {
        return Err(AssessmentError::Refused("panel-refused-own-declaration"));
    }
    if applications::left_out(conn, posting, &[id])?.is_empty() {
        return Err(AssessmentError::NotFound);
    }
    hold(conn, id)?;
    match bars::lift(conn, kit, Actor::User(by), id, posting, of)? {
        true => Ok(()),
        false => Err(AssessmentError::NotFound),
    }
}

/// Puts a card aside or gives it in. Whoever gives it in has said before that they have no relation to the applicant,
/// and has scored every criterion with a reason.
pub fn give(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    scope: &Scope,
    id: ApplicationId,
    step: Step,
    written: Vec<Score>,
) -> Result<Given, AssessmentError> {
    let (is, posting) = held(conn, scope, id)?;
    let now = kit.clock.now();
    sitting(conn, is.posting, user, now)?;
    if posting_closed(&posting) {
        return Err(AssessmentError::Refused("card-barred-closed"));
    }
    let declared = bars::declared(conn, &[id])?;
    if !declared.iter().any(|d| d.user == user && !d.relation.bars()) {
        return Err(AssessmentError::Refused("card-barred-undeclared"));
    }
    let criteria = store::criteria(conn, is.posting)?;
    if criteria.is_empty() {
        return Err(AssessmentError::Refused("card-barred-profile"));
    }
    let newest =
        rows::shown(conn, id, user)?.into_iter().filter(|c| c.user == user).max_by_key(|c| c.version);
    let was_shown = rows::reveal(conn, id)?.is_some();
    let next =
        card::after(newest.as_ref().map(|c| c.state), was_shown, step).map_err(AssessmentError::Refused)?;
    let scores = checked(&criteria, written, step).map_err(AssessmentError::Fields)?;
    if next == Next::Correction && newest.as_ref().is_some_and(|c| same(&c.scores, &scores)) {
        return Err(AssessmentError::Refused("card-barred-same"));
    }
    let submitted = next != Next::Draft;
    let (card_id, version) = match (&newest, next) {
        (Some(before), Next::Draft | Next::Submitted) => (before.id, before.version),
        (Some(before), Next::Correction) => (ScorecardId::new(now, &kit.chance), before.version + 1),
        (None, _) => (ScorecardId::new(now, &kit.chance), 1),
    };
    rows::put(
        conn,
        &Card {
            id: card_id,
            application: id,
            user,
            version,
            state: if submitted { State::Submitted } else { State::Draft },
            saved_at: now,
            submitted_at: submitted.then_some(now),
            scores,
        },
    )?;
    let shown = submitted && settle_with(conn, id, &posting, now, None)?;
    if submitted {
        log(conn, Actor::User(user), id, is.posting, format!("scorecard version {version} given"), now)?;
    }
    log_shown(conn, shown, id, is.posting, Actor::System, now)?;
    Ok(Given { next, revealed: shown || was_shown })
}

/// The chair shows the cards before everybody is done, for a reason that is kept.
pub fn break_seal(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    scope: &Scope,
    id: ApplicationId,
    reason: &str,
) -> Result<(), AssessmentError> {
    let (is, _) = held(conn, scope, id)?;
    let (now, reason) = (kit.clock.now(), text::paragraphs(reason));
    let (_, own) = sitting(conn, is.posting, user, now)?;
    if !own.chair {
        return Err(AssessmentError::Refused("card-barred-chair"));
    }
    if !rows::submitted(conn, &[id])?.contains_key(&id) {
        return Err(AssessmentError::Refused("card-barred-none"));
    }
    let mut errors = Errors::none();
    words(&mut errors, "reason", &reason, "card-error-break", REASON);
    errors.into_result().map_err(AssessmentError::Fields)?;
    let reveal = Reveal { at: now, by: format!("user:{user}"), reason };
    let shown = rows::insert_reveal(conn, id, &reveal)?;
    Ok(log_shown(conn, shown, id, is.posting, Actor::User(user), now)?)
}

/// Writes down what the panel agrees on, over `version` (0: there is none yet), once the cards are shown. With it the
/// application may go on.
pub fn write_note(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    scope: &Scope,
    id: ApplicationId,
    version: i32,
    said: &str,
) -> Result<Note, AssessmentError> {
    let (is, posting) = held(conn, scope, id)?;
    let (now, said) = (kit.clock.now(), text::paragraphs(said));
    sitting(conn, is.posting, user, now)?;
    if posting_closed(&posting) {
        return Err(AssessmentError::Refused("card-barred-closed"));
    }
    if rows::reveal(conn, id)?.is_none() {
        return Err(AssessmentError::Refused("card-barred-note"));
    }
    let before = rows::note(conn, id)?;
    if before.as_ref().map_or(0, |n| n.version) != version {
        return Err(AssessmentError::Stale);
    }
    let mut errors = Errors::none();
    words(&mut errors, "note", &said, "card-error-note", NOTE);
    errors.into_result().map_err(AssessmentError::Fields)?;
    let note = Note { words: said, version: version + 1, by: format!("user:{user}"), at: now };
    rows::put_note(conn, id, &note)?;
    conditions::meet(conn, id, Condition::Assessed)?;
    log(conn, Actor::User(user), id, is.posting, format!("consensus note version {}", note.version), now)?;
    Ok(note)
}

/// Shows the cards about one applicant, who is held, when nobody is waited for any longer.
pub(super) fn settle(
    conn: &mut Conn,
    id: ApplicationId,
    posting: &Posting,
    now: Instant,
) -> Result<(), DbError> {
    let shown = settle_with(conn, id, posting, now, None)?;
    log_shown(conn, shown, id, posting.id, Actor::System, now)
}

/// Whether the cards about one applicant, which are sealed, wait for nobody.
pub(super) fn is_due(
    conn: &mut Conn,
    id: ApplicationId,
    posting: &Posting,
    now: Instant,
) -> Result<bool, DbError> {
    due_with(conn, id, posting, now, None)
}

/// Shows them when that is due, as it will be once somebody has declared this; whether it did.
fn settle_with(
    conn: &mut Conn,
    id: ApplicationId,
    posting: &Posting,
    now: Instant,
    said: Option<(UserId, Relation)>,
) -> Result<bool, DbError> {
    if !due_with(conn, id, posting, now, said)? {
        return Ok(false);
    }
    rows::insert_reveal(conn, id, &Reveal { at: now, by: "system".into(), reason: String::new() })
}

fn due_with(
    conn: &mut Conn,
    id: ApplicationId,
    posting: &Posting,
    now: Instant,
    said: Option<(UserId, Relation)>,
) -> Result<bool, DbError> {
    let submitted = rows::submitted(conn, &[id])?.remove(&id).unwrap_or_default();
    if submitted.is_empty() || rows::reveal(conn, id)?.is_some() {
        return Ok(false);
    }
    let declared = bars::declared(conn, &[id])?;
    let mut related: HashSet<UserId> =
        declared.into_iter().filter(|d| d.relation.bars()).map(|d| d.user).collect();
    if let Some((user, relation)) = said {
        if relation.bars() {
            related.insert(user)
        } else {
            related.remove(&user)
        };
    }
    let members = seats::members(conn, posting.id)?;
    let required = seats::required(conn, category(posting))?;
    Ok(card::is_due(&card::awaited(&members, &required, &related, now), &submitted))
}

/// Scores in the order of the criteria, each once. A draft may have gaps; what is given in has none.
fn checked(criteria: &[Criterion], written: Vec<Score>, step: Step) -> Result<Vec<Score>, Errors> {
    let (mut errors, mut scores) = (Errors::none(), Vec::new());
    let mut by_criterion: HashMap<CriterionId, Score> =
        written.into_iter().map(|said| (said.criterion, said)).collect();
    let most = i32::try_from(STEPS).unwrap_or(i32::MAX);
    for criterion in criteria {
        let said = by_criterion.remove(&criterion.id);
        let score = said.as_ref().map_or(0, |s| s.score);
        let score = if (1..=most).contains(&score) { score } else { 0 };
        let reason = said.map_or_else(String::new, |s| text::paragraphs(&s.reason));
        let field = format!("reason-{}", criterion.id);
        if step == Step::Submit && score == 0 {
            errors.add(&format!("score-{}", criterion.id), "card-error-score");
        }
        if step == Step::Submit || !reason.is_empty() {
            words(&mut errors, &field, &reason, "card-error-reason", REASON);
        }
        scores.push(Score { criterion: criterion.id, score, reason });
    }
    errors.into_result().map(|()| scores)
}

/// Words that must be there, not too long, with nothing like a CPR number in them (D-06).
fn words(errors: &mut Errors, field: &str, said: &str, missing: &str, most: usize) {
    if said.is_empty() {
        errors.add(field, missing);
    } else if text::count(said) > most {
        errors.add_with(field, "error-too-long", "max", most);
    } else if !text::cpr_like(said).is_empty() {
        errors.add(field, "apply-cpr");
    }
}

fn same(one: &[Score], other: &[Score]) -> bool {
    one.len() == other.len() && one.iter().all(|s| other.contains(s))
}

fn posting_closed(posting: &Posting) -> bool {
    posting.state == postings::State::Closed
}

fn log_shown(
    conn: &mut Conn,
    shown: bool,
    id: ApplicationId,
    posting: PostingId,
    actor: Actor,
    now: Instant,
) -> Result<(), DbError> {
    if shown { log(conn, actor, id, posting, "scorecards shown".into(), now) } else { Ok(()) }
}

fn log(
    conn: &mut Conn,
    actor: Actor,
    id: ApplicationId,
    posting: PostingId,
    detail: String,
    now: Instant,
) -> Result<(), DbError> {
    let line = Line {
        actor,
        verb: Verb::Changed,
        object: Object::Application(id),
        posting: Some(posting),
        detail: Some(detail),
    };
    audit::write(conn, &[line], now)
}
