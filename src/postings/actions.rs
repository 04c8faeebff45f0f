//! The verbs: make, save, open, extend, close, let a doubtful word stand, approve an internal ad. Each
//! runs inside the caller's transaction; who shows public pages calls [`super::renew`] after the commit.

use chrono::Datelike;
use sha2::{Digest, Sha256};

use super::{
    body, jobs,
    lint::{self, Level},
    posting::{CloseReason, Content, Posting, Round, State, Step, Text, Visibility},
    readiness::{self, Readiness},
    store::{self, Acknowledgement},
    taxonomy,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{
        Instant, Language, address,
        id::{PostingId, RoundId},
        text,
        wall::WallTime,
    },
    db::{Conn, DbError},
    kit::Kit,
    media, queue,
    web::forms::Errors,
};

/// Why something about an ad is not done.
#[derive(Debug, thiserror::Error)]
pub enum PostingError {
    /// There is none, or not within the scope.
    #[error("no such posting")]
    NotFound,
    /// Somebody saved since it was read; what stands now.
    #[error("somebody saved since")]
    Stale(Box<Posting>),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// It may not go out yet; what is missing.
    #[error("not ready: {}", .0.missing_keys())]
    NotReady(Box<Readiness>),
    /// Not in this state; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Longest title, in characters.
pub const TITLE: usize = 100;
/// Longest lead, in characters.
pub const LEAD: usize = 400;
const LINE: usize = 200;

/// Makes a draft in a unit the scope covers.
pub fn create(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    content: Content,
) -> Result<Posting, PostingError> {
    let content = checked(content)?;
    if !scope.covers_unit(content.unit) {
        return Err(PostingError::NotFound);
    }
    let now = kit.clock.now();
    let zone = kit.config.delivery.zone;
    let reference = store::next_reference(conn, now.utc().with_timezone(&zone).year())?;
    let id = PostingId::new(now, &kit.chance);
    store::insert(conn, id, &reference, &content, zone, &actor.to_string(), now)?;
    log(conn, actor, Verb::Created, id, None, now)?;
    read(conn, scope, id)
}

/// Saves what was written over `version`. A draft may be anything; what is out must stay ready, and its
/// deadline may only move to a later time.
pub fn save(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    version: i32,
    content: Content,
) -> Result<Posting, PostingError> {
    let content = checked(content)?;
    let before = read(conn, scope, id)?;
    if !scope.covers_unit(content.unit) {
        return Err(PostingError::Fields(Errors::one("unit", "error-unit")));
    }
    if before.version != version {
        return Err(PostingError::Stale(Box::new(before)));
    }
    let now = kit.clock.now();
    let state = before.state_at(now);
    if !matches!(state, State::Draft | State::Open) {
        return Err(PostingError::Refused("posting-refused-edit"));
    }
    if before.content == content {
        return Ok(before);
    }
    let slug = if state == State::Draft { content.slug(&before.reference) } else { before.slug.clone() };
    if state == State::Open {
        not_earlier(&before, content.deadline, now)?;
    }
    if !store::update(conn, &before, &content, &slug, now)? {
        return Err(PostingError::Stale(Box::new(read(conn, scope, id)?)));
    }
    let after = read(conn, scope, id)?;
    if state == State::Open {
        must_be_ready(conn, kit, &after, now)?;
        if after.deadline_at != before.deadline_at {
            extended(conn, kit, &after, now)?;
        }
        freeze(conn, &after, actor, now)?;
        show_media(conn, &after, now)?;
    }
    log(conn, actor, Verb::Changed, id, Some(format!("version {}", after.version)), now)?;
    Ok(after)
}

/// Makes a ready draft public and begins round 1.
pub fn open(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
) -> Result<Posting, PostingError> {
    let now = kit.clock.now();
    let draft = read(conn, scope, id)?;
    let to = draft.state.after(Step::Open).ok_or(PostingError::Refused("posting-refused-open"))?;
    must_be_ready(conn, kit, &draft, now)?;
    if !store::set_state(conn, id, draft.state, to, now)? {
        return Err(PostingError::Refused("posting-refused-open"));
    }
    let posting = read(conn, scope, id)?;
    begin_round(conn, kit, &posting, 1, now)?;
    freeze(conn, &posting, actor, now)?;
    show_media(conn, &posting, now)?;
    log(conn, actor, Verb::Changed, id, Some("opened".into()), now)?;
    Ok(posting)
}

/// Moves the deadline of an open ad to a later time.
pub fn extend(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    version: i32,
    deadline: WallTime,
) -> Result<Posting, PostingError> {
    let before = read(conn, scope, id)?;
    if before.state_at(kit.clock.now()).after(Step::Extend).is_none() {
        return Err(PostingError::Refused("posting-refused-extend"));
    }
    let content = Content { deadline: Some(deadline), ..before.content };
    save(conn, kit, actor, scope, id, version, content)
}

/// What somebody wants who advertises an ad again.
#[derive(Clone, Debug)]
pub struct Repost {
    /// Which version of the ad they saw.
    pub version: i32,
    /// The new deadline.
    pub deadline: WallTime,
    /// Why.
    pub reason: String,
}

/// The shortest reason to advertise again, in characters.
const REASON_MIN: usize = 10;
/// The longest.
const REASON_MAX: usize = 1000;

/// Advertises again (genopslag) an ad whose deadline has passed and that is not closed: its round ends, the next begins with
/// a deadline of its own. What becomes of the applications is the caller's, who stands below on the ladder
/// (`applications::actions::repost`). Returns the number of the round that begins.
pub fn repost_in(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    wanted: &Repost,
) -> Result<(Posting, i32), PostingError> {
    let now = kit.clock.now();
    let before = read(conn, scope, id)?;
    let to =
        before.state_at(now).after(Step::Repost).ok_or(PostingError::Refused("posting-refused-repost"))?;
    let reason = text::paragraphs(&wanted.reason);
    let mut errors = Errors::none();
    match text::count(&reason) {
        n if n < REASON_MIN => errors.add("reason", "error-repost-reason"),
        n if n > REASON_MAX => errors.add("reason", "error-repost-reason-long"),
        _ => {}
    }
    if wanted.deadline.instant().0 <= now {
        errors.add("deadline", "missing-deadline-past");
    }
    errors.into_result().map_err(PostingError::Fields)?;
    if before.version != wanted.version {
        return Err(PostingError::Stale(Box::new(before)));
    }
    let content = Content { deadline: Some(wanted.deadline), ..before.content.clone() };
    if !store::update(conn, &before, &content, &before.slug, now)?
        || !store::set_state(conn, id, before.state, to, now)?
    {
        return Err(PostingError::Stale(Box::new(read(conn, scope, id)?)));
    }
    let number = store::rounds(conn, id)?.first().map_or(1, |last| last.number + 1);
    store::end_round(conn, id, store::REPOSTED, Some(&reason), now)?;
    let posting = read(conn, scope, id)?;
    must_be_ready(conn, kit, &posting, now)?;
    begin_round(conn, kit, &posting, number, now)?;
    freeze(conn, &posting, actor, now)?;
    show_media(conn, &posting, now)?;
    log(conn, actor, Verb::Changed, id, Some(format!("round {number}")), now)?;
    Ok((posting, number))
}

/// Begins a round that ends at the ad's deadline.
fn begin_round(
    conn: &mut Conn,
    kit: &Kit,
    posting: &Posting,
    number: i32,
    now: Instant,
) -> Result<(), PostingError> {
    let deadline_at = posting.deadline_at.ok_or(PostingError::Refused("posting-refused-open"))?;
    store::insert_round(
        conn,
        Round {
            id: RoundId::new(now, &kit.chance),
            posting: posting.id,
            number,
            opens_at: now,
            deadline_at,
            closed_at: None,
        },
    )?;
    watch(conn, kit, posting.id, deadline_at, now)
}

/// Closes an ad with a reason. That every application has its outcome is asked by the caller, who stands
/// below on the ladder (`applications::actions::close_posting`).
pub fn close_in(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    reason: CloseReason,
) -> Result<Posting, PostingError> {
    let now = kit.clock.now();
    let posting = read(conn, scope, id)?;
    posting.state_at(now).after(Step::Close).ok_or(PostingError::Refused("posting-refused-close"))?;
    store::set_closed(conn, id, reason, now)?;
    log(conn, actor, Verb::Changed, id, Some(format!("closed {reason}")), now)?;
    read(conn, scope, id)
}

/// Writes down why doubtful words may stand (D-17). Only words that stand there, and only such as may be let stand.
pub fn acknowledge(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
    finding: &str,
    reason: &str,
) -> Result<(), PostingError> {
    let reason = text::paragraphs(reason);
    if reason.is_empty() {
        return Err(PostingError::Fields(Errors::one("reason", "error-acknowledge-reason")));
    }
    let posting = read(conn, scope, id)?;
    let stands = lint::findings(&posting.content)
        .into_iter()
        .any(|f| f.level == Level::Acknowledge && f.name() == finding);
    if !stands {
        return Err(PostingError::NotFound);
    }
    let now = kit.clock.now();
    let said = Acknowledgement {
        finding: finding.to_owned(),
        reason,
        created_by: actor.to_string(),
        created_at: now,
    };
    store::put_acknowledgement(conn, id, &said)?;
    log(conn, actor, Verb::Changed, id, Some("wording let stand".into()), now)?;
    Ok(())
}

/// hr_admin lets an ad be internal for the reason it names (D-07); the scope is that of managing people.
pub fn approve_internal(
    conn: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    id: PostingId,
) -> Result<(), PostingError> {
    let posting = read(conn, scope, id)?;
    if posting.content.visibility != Visibility::Internal || posting.content.visibility_reason.is_empty() {
        return Err(PostingError::Refused("posting-refused-internal"));
    }
    let now = kit.clock.now();
    let said = Acknowledgement {
        finding: readiness::approval_name(&posting),
        reason: posting.content.visibility_reason.clone(),
        created_by: actor.to_string(),
        created_at: now,
    };
    store::put_acknowledgement(conn, id, &said)?;
    log(conn, actor, Verb::Changed, id, Some("internal approved".into()), now)?;
    Ok(())
}

/// Moves every open ad whose deadline has come; how many.
pub fn pass_deadlines(conn: &mut Conn, now: Instant) -> Result<usize, DbError> {
    let mut passed = 0;
    for id in store::overdue(conn, now)? {
        let Some(to) = State::Open.after(Step::PassDeadline) else { continue };
        if store::set_state(conn, id, State::Open, to, now)? {
            log(conn, Actor::System, Verb::Changed, id, Some("deadline passed".into()), now)?;
            passed += 1;
        }
    }
    Ok(passed)
}

fn read(conn: &mut Conn, scope: &Scope, id: PostingId) -> Result<Posting, PostingError> {
    store::get(conn, scope, id)?.ok_or(PostingError::NotFound)
}

fn not_earlier(before: &Posting, deadline: Option<WallTime>, now: Instant) -> Result<(), PostingError> {
    let Some(deadline) = deadline else {
        return Err(PostingError::Fields(Errors::one("deadline", "missing-deadline")));
    };
    let at = deadline.instant().0;
    if before.deadline_at.is_some_and(|was| at < was) {
        return Err(PostingError::Fields(Errors::one("deadline", "error-deadline-earlier")));
    }
    if at <= now {
        return Err(PostingError::Fields(Errors::one("deadline", "missing-deadline-past")));
    }
    Ok(())
}

fn must_be_ready(conn: &mut Conn, kit: &Kit, posting: &Posting, now: Instant) -> Result<(), PostingError> {
    let found = readiness::readiness(conn, &kit.config, posting, now)?;
    if found.is_ready() { Ok(()) } else { Err(PostingError::NotReady(Box::new(found))) }
}

fn extended(conn: &mut Conn, kit: &Kit, posting: &Posting, now: Instant) -> Result<(), PostingError> {
    let Some(at) = posting.deadline_at else { return Ok(()) };
    if let Some(round) = store::rounds(conn, posting.id)?.first().filter(|r| r.closed_at.is_none()) {
        store::set_round_deadline(conn, round.id, at)?;
    }
    watch(conn, kit, posting.id, at, now)
}

/// From now on anyone may see the pictures and films of the ad.
fn show_media(conn: &mut Conn, posting: &Posting, now: Instant) -> Result<(), DbError> {
    let ids: Vec<_> = posting.content.media.iter().map(|m| m.asset).collect();
    media::make_public(conn, &ids, now)
}

fn watch(conn: &mut Conn, kit: &Kit, id: PostingId, at: Instant, now: Instant) -> Result<(), PostingError> {
    Ok(queue::enqueue(conn, &jobs::PassDeadline { posting: Some(id) }, at, now, &kit.chance)?)
}

fn freeze(conn: &mut Conn, posting: &Posting, actor: Actor, now: Instant) -> Result<(), PostingError> {
    let json = serde_json::to_string(&posting.content).expect("content is plain data");
    let sha256 = hex::encode(Sha256::digest(json.as_bytes()));
    store::insert_version(conn, posting.id, &json, &sha256, &actor.to_string(), now)?;
    Ok(())
}

fn log(
    conn: &mut Conn,
    actor: Actor,
    verb: Verb,
    id: PostingId,
    detail: Option<String>,
    now: Instant,
) -> Result<(), DbError> {
    audit::write(conn, &[Line { actor, verb, object: Object::Posting(id), posting: Some(id), detail }], now)
}

/// Content as it may be stored: lines in order, codes that exist, HTML that holds nothing but an ad's marks.
fn checked(mut content: Content) -> Result<Content, PostingError> {
    let mut errors = Errors::none();
    let mut texts = Vec::new();
    for language in Language::ALL {
        let Some(was) = content.texts.iter().find(|t| t.language == language) else { continue };
        let now = Text {
            language,
            title: text::line(&was.title),
            lead: text::line(&was.lead),
            body: body::clean(&was.body),
        };
        longest(&mut errors, &format!("title_{language}"), &now.title, TITLE);
        longest(&mut errors, &format!("lead_{language}"), &now.lead, LEAD);
        if now.body.len() > body::LONGEST {
            errors.add(&format!("body_{language}"), "error-body-long");
        }
        if now.begun() {
            texts.push(now);
        }
    }
    content.texts = texts;
    // a deadline is told in minutes
    content.deadline = content.deadline.and_then(|d| WallTime::parse(&d.field(), d.zone));
    let terms = &mut content.terms;
    for (field, line) in [
        ("workplace", &mut terms.workplace),
        ("address", &mut terms.address),
        ("agreement", &mut terms.agreement),
        ("pay", &mut terms.pay),
        ("starts_on", &mut terms.starts_on),
        ("contact_name", &mut terms.contact_name),
        ("visibility_reason", &mut content.visibility_reason),
    ] {
        *line = text::line(line);
        longest(&mut errors, field, line, LINE);
    }
    if !terms.contact_email.is_empty() {
        terms.contact_email = errors.take("contact_email", address::email(&terms.contact_email));
    }
    terms.contact_phone = errors.take("contact_phone", address::phone(&terms.contact_phone));
    let known =
        |list, code: &Option<String>| code.as_deref().is_none_or(|c| taxonomy::find(list, c).is_some());
    if !known(taxonomy::professions(), &terms.profession) {
        errors.add("profession", "error-choice");
    }
    if !known(taxonomy::employment_types(), &terms.employment_type) {
        errors.add("employment_type", "error-choice");
    }
    in_list(&mut terms.shifts, taxonomy::shifts(), "shifts", &mut errors);
    in_list(&mut content.themes, taxonomy::themes(), "themes", &mut errors);
    if !(1..=999).contains(&terms.openings) {
        errors.add("openings", "error-openings");
    }
    match (terms.hours_min, terms.hours_max) {
        (None, Some(max)) => terms.hours_min = Some(max),
        (Some(min), None) => terms.hours_max = Some(min),
        (Some(min), Some(max)) if max < min => errors.add("hours_max", "error-hours-order"),
        _ => {}
    }
    match content.visibility {
        Visibility::Public => content.visibility_reason.clear(),
        Visibility::Internal => internal_reason(&content.visibility_reason, &mut errors),
    }
    let mut seen = Vec::new();
    content.media.retain(|m| {
        !seen.contains(&m.asset) && {
            seen.push(m.asset);
            true
        }
    });
    errors.into_result().map_err(PostingError::Fields)?;
    Ok(content)
}

/// A code of the list; `other` asks for words after the colon.
fn internal_reason(reason: &str, errors: &mut Errors) {
    let (code, words) = reason.split_once(':').unwrap_or((reason, ""));
    if !code.is_empty() && taxonomy::find(taxonomy::internal_reasons(), code).is_none() {
        errors.add("visibility_reason", "error-choice");
    } else if code == "other" && words.trim().is_empty() {
        errors.add("visibility_words", "error-internal-words");
    }
}

/// Codes in the list's own order, each once.
fn in_list(codes: &mut Vec<String>, list: &[taxonomy::Entry], field: &str, errors: &mut Errors) {
    if codes.iter().any(|c| taxonomy::find(list, c).is_none()) {
        errors.add(field, "error-choice");
    }
    *codes = list.iter().map(|e| e.code.clone()).filter(|c| codes.contains(c)).collect();
}

fn longest(errors: &mut Errors, field: &str, value: &str, max: usize) {
    if text::count(value) > max {
        errors.add_with(field, "error-too-long", "max", max);
    }
}
