//! The verbs: [`set_rule`] and [`forget_rule`], [`hold`] and [`end_hold`], [`restore`], [`ask`] and [`refuse`]. Each runs inside
//! the caller's transaction.

use chrono::{Days, Months, NaiveDate};

use super::{
    plan,
    store::{self, Hold, Request},
};
use crate::{
    accounts::{
        self, Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{self, actions::OwnError},
    base::{
        Instant,
        id::{ApplicationId, HoldId, PostingId, RuleId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, Rule, RuleOf, keeping::LONGEST},
    queue::changes,
    web::forms::Errors,
};

/// The longest reason, in characters.
pub const REASON: usize = 500;
/// A reason shorter than this is none.
const REASON_LEAST: usize = 5;
/// A hold is set anew after so many months.
const HOLD_MONTHS: u32 = 36;

/// Why it is not done.
#[derive(Debug, thiserror::Error)]
pub enum RetentionError {
    /// There is none, or not within the scope.
    #[error("not there")]
    NotFound,
    /// Not now; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

fn reason(raw: &str, errors: &mut Errors) -> String {
    let words = text::paragraphs(raw);
    if text::count(&words) < REASON_LEAST {
        errors.add("reason", "retention-error-reason");
    } else if text::count(&words) > REASON {
        errors.add_with("reason", "retention-error-reason-long", "max", REASON);
    }
    words
}

fn note(
    c: &mut Conn,
    by: Actor,
    object: Object,
    posting: Option<PostingId>,
    detail: String,
    now: Instant,
) -> Result<(), DbError> {
    audit::write(c, &[Line { actor: by, verb: Verb::Changed, object, posting, detail: Some(detail) }], now)
}

/// A rule as it was typed.
#[derive(Clone, Debug)]
pub struct NewRule {
    /// For what.
    pub of: RuleOf,
    /// For which of them.
    pub value: String,
    /// Months, as typed.
    pub months: String,
    /// Why, as typed.
    pub reason: String,
}

/// Lays a rule down, in the place of the one there was for the same. The period and its reason are both wanted, and more than
/// the law knows is refused (D-01).
pub fn set_rule(c: &mut Conn, kit: &Kit, by: Actor, new: &NewRule) -> Result<(), RetentionError> {
    let mut errors = Errors::none();
    let months: u32 = new.months.trim().parse().unwrap_or(0);
    if months > LONGEST {
        errors.add("months", "retention-error-longest");
    } else if months == 0 {
        errors.add("months", "retention-error-months");
    }
    let reason = reason(&new.reason, &mut errors);
    let posting: Option<PostingId> = new.value.parse().ok();
    let known = match new.of {
        RuleOf::Profession => postings::taxonomy::professions().iter().any(|e| e.code == new.value),
        RuleOf::Employment => postings::taxonomy::employment_types().iter().any(|e| e.code == new.value),
        RuleOf::Posting => posting.is_some(),
    };
    if !known {
        errors.add("value", "error-choose");
    }
    errors.into_result().map_err(RetentionError::Fields)?;
    let now = kit.clock.now();
    let rule = Rule {
        id: RuleId::new(now, &kit.chance),
        of: new.of,
        value: new.value.clone(),
        months: i32::try_from(months).unwrap_or(1),
        reason,
        set_by: by.to_string(),
        set_at: now,
    };
    postings::put_rule(c, &rule)?;
    let posting = posting.filter(|_| new.of == RuleOf::Posting);
    let object = posting.map_or(Object::None, Object::Posting);
    note(c, by, object, posting, format!("retention {} {}: {months} months", rule.of, rule.value), now)?;
    Ok(())
}

/// Takes a rule away: what it was for goes by the next one that fits.
pub fn forget_rule(c: &mut Conn, kit: &Kit, by: Actor, id: RuleId) -> Result<(), RetentionError> {
    let gone = RetentionError::Refused("retention-refused-rule-gone");
    let rule = postings::rule(c, id)?.ok_or(gone)?;
    postings::forget_rule(c, rule.of, &rule.value)?;
    note(
        c,
        by,
        Object::None,
        None,
        format!("retention {} {}: no rule", rule.of, rule.value),
        kit.clock.now(),
    )?;
    Ok(())
}

/// What is to stop, as it was typed.
#[derive(Clone, Debug)]
pub struct NewHold {
    /// Of which posting.
    pub posting: PostingId,
    /// Of this application alone.
    pub application: Option<ApplicationId>,
    /// The last day, as typed.
    pub until: String,
    /// Why, as typed.
    pub reason: String,
}

/// Stops the clock of a posting or of one application until a day. What was on its way out comes back, and begins anew after
/// that day.
pub fn hold(c: &mut Conn, kit: &Kit, scope: &Scope, by: Actor, new: &NewHold) -> Result<(), RetentionError> {
    postings::get(c, scope, new.posting)?.ok_or(RetentionError::NotFound)?;
    let now = kit.clock.now();
    let today = plan::day_of(now, kit.config.delivery.zone);
    let mut errors = Errors::none();
    let reason = reason(&new.reason, &mut errors);
    let until = new.until.trim().parse::<NaiveDate>().ok();
    let most = today.checked_add_months(Months::new(HOLD_MONTHS)).unwrap_or(today);
    let until = match until {
        Some(until) if until > today && until <= most => until,
        _ => {
            errors.add_with("until", "retention-error-until", "months", HOLD_MONTHS);
            today
        }
    };
    errors.into_result().map_err(RetentionError::Fields)?;
    let plan = plan::plan_of(c, kit, new.posting)?;
    let left_out = scope.left_out();
    let about: Vec<ApplicationId> = plan
        .all
        .iter()
        .map(|one| one.of.id)
        .filter(|id| new.application.is_none_or(|only| only == *id) && !left_out.contains(id))
        .collect();
    if new.application.is_some() && about.is_empty() {
        return Err(RetentionError::NotFound);
    }
    let id = HoldId::new(now, &kit.chance);
    let row = Hold {
        id,
        posting: new.posting,
        application: new.application,
        reason,
        until,
        set_by: by.to_string(),
        set_at: now,
        ended_on: None,
    };
    store::insert_hold(c, &row)?;
    let object = new.application.map_or(Object::Posting(new.posting), Object::Application);
    note(c, by, object, Some(new.posting), format!("hold {id} until {until}"), now)?;
    let all: Vec<ApplicationId> = match new.application {
        Some(_) => about,
        // of the whole posting, whoever may see whom
        None => plan.all.iter().map(|one| one.of.id).collect(),
    };
    for id in all {
        if store::forget_mark(c, id)? {
            applications::set_quarantined(c, id, None)?;
            changes::note(c, changes::Subject::Application(id), now)?;
        }
    }
    Ok(())
}

/// Ends a hold today.
pub fn end_hold(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    by: Actor,
    (posting, id): (PostingId, HoldId),
) -> Result<(), RetentionError> {
    postings::get(c, scope, posting)?.ok_or(RetentionError::NotFound)?;
    let hold = store::holds(c)?.into_iter().find(|hold| hold.id == id && hold.posting == posting);
    let hold = hold.ok_or(RetentionError::NotFound)?;
    let now = kit.clock.now();
    let today = plan::day_of(now, kit.config.delivery.zone);
    if store::end_hold(c, id, today, &by.to_string())? {
        let object = hold.application.map_or(Object::Posting(posting), Object::Application);
        note(c, by, object, Some(posting), format!("hold {id} ended"), now)?;
    }
    Ok(())
}

/// Gives an application back that nobody sees any more: with a reason and until a day, which is a hold on it.
pub fn restore(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    by: Actor,
    new: &NewHold,
) -> Result<(), RetentionError> {
    postings::get(c, scope, new.posting)?.ok_or(RetentionError::NotFound)?;
    let about = new.application.ok_or(RetentionError::Refused("retention-refused-restore"))?;
    let hidden = applications::quarantined(c, scope, new.posting)?;
    if !hidden.iter().any(|card| card.id == about) {
        return Err(RetentionError::Refused("retention-refused-restore"));
    }
    hold(c, kit, scope, by, new)
}

/// What the applicant's own page shows of their wish.
#[derive(Clone, Debug)]
pub struct Wish {
    /// The wish, when there is one.
    pub request: Option<Request>,
    /// What is planned for their application.
    pub planned: Option<plan::Planned>,
}

/// The wish of whoever has this application.
pub fn wish(c: &mut Conn, kit: &Kit, id: ApplicationId) -> Result<Wish, DbError> {
    Ok(Wish { request: store::request(c, id)?, planned: plan::plan_one(c, kit, id)? })
}

/// The applicant asks to be erased: an application that is not decided is withdrawn with it. Asking twice is asking once.
pub fn ask(c: &mut Conn, kit: &Kit, access_hash: &str, id: ApplicationId) -> Result<(), OwnError> {
    if store::request(c, id)?.is_some_and(|request| request.refused_at.is_none()) {
        return Ok(());
    }
    match applications::actions::withdraw(c, kit, access_hash) {
        Ok(_) | Err(OwnError::Decided) => {}
        Err(error) => return Err(error),
    }
    let (now, zone) = (kit.clock.now(), kit.config.delivery.zone);
    // within a month (art. 12, 3); the last day is the one that bears the same number
    let due = plan::day_of(now, zone).checked_add_months(Months::new(1)).unwrap_or(NaiveDate::MAX);
    let due = due.checked_add_days(Days::new(1)).unwrap_or(due);
    let wall = crate::base::wall::WallTime::parse(&format!("{due}T00:00"), zone);
    let due_at = wall.map_or(now, |wall| wall.instant().0 - std::time::Duration::from_secs(1));
    store::put_request(c, id, now, due_at)?;
    note(c, Actor::Applicant(id), Object::Application(id), None, "asks to be erased".to_owned(), now)?;
    Ok(())
}

/// Refuses the wish, with a reason the applicant reads on their page (D-04).
pub fn refuse(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    by: Actor,
    (posting, id): (PostingId, ApplicationId),
    words: &str,
) -> Result<(), RetentionError> {
    postings::get(c, scope, posting)?.ok_or(RetentionError::NotFound)?;
    let mut errors = Errors::none();
    let words = reason(words, &mut errors);
    errors.into_result().map_err(RetentionError::Fields)?;
    let of_it = plan::plan_of(c, kit, posting)?.all.iter().any(|one| one.of.id == id);
    if !of_it || scope.left_out().contains(&id) {
        return Err(RetentionError::NotFound);
    }
    let now = kit.clock.now();
    if !store::refuse_request(c, id, now, &by.to_string(), &words)? {
        return Err(RetentionError::Refused("retention-refused-request"));
    }
    note(c, by, Object::Application(id), Some(posting), "erasure refused".to_owned(), now)?;
    Ok(())
}

/// Whether this scope covers the organisation, whose rules these are.
pub fn may_rule(c: &mut Conn, scope: &Scope) -> Result<bool, DbError> {
    Ok(accounts::organisation(c)?.is_some_and(|unit| scope.covers_unit(unit.id)))
}
