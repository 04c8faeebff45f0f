//! The plan: every application with what becomes of it, as of the coming night. What the pages show, what the night does and
//! what is warned of is read here, and nowhere else.

use std::collections::HashMap;

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{
    fate::{Facts, Fate, Lead, State, fate},
    store::{self, Hold, Request},
};
use crate::{
    accounts::Scope,
    applications::{self, Keeping},
    base::{
        Instant,
        id::{ApplicationId, PostingId},
        wall::WallTime,
    },
    config::Config,
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, Kept},
};

/// From this hour of the day on, in the installation's zone, it is that day's night.
pub const HOUR: u32 = 2;

/// An application with what becomes of it. No person in it.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The application and its posting.
    pub of: Keeping,
    /// By which rule.
    pub kept: Kept,
    /// What becomes of it; none: no rule, and there must be none such.
    pub fate: Option<Fate>,
}

impl Planned {
    /// Whether the night of `day` erases it.
    pub fn goes_on(&self, day: NaiveDate) -> bool {
        self.fate.is_some_and(|fate| fate.state != State::Held && fate.erase_on <= day)
    }
    /// By what it goes, as a word for the receipt.
    pub fn rule(&self) -> &'static str {
        match (self.fate.map(|fate| fate.trigger), self.kept.by) {
            (Some(super::fate::Trigger::Asked), _) => "asked",
            (_, Some(by)) => by.word(),
            (_, None) => "organisation",
        }
    }
}

/// The plan with what it rests on.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The night that comes.
    pub coming: NaiveDate,
    /// Every application, by posting.
    pub all: Vec<Planned>,
    /// All holds, also those that are over.
    pub holds: Vec<Hold>,
    /// All wishes to be erased.
    pub requests: Vec<Request>,
}

impl Plan {
    /// The same, of the postings that lie inside `scope`.
    pub fn inside(mut self, scope: &Scope) -> Self {
        self.all.retain(|one| scope.covers(one.of.unit, Some(one.of.posting)));
        let postings: std::collections::HashSet<PostingId> =
            self.all.iter().map(|one| one.of.posting).collect();
        self.holds.retain(|hold| postings.contains(&hold.posting));
        let ids: std::collections::HashSet<ApplicationId> = self.all.iter().map(|one| one.of.id).collect();
        self.requests.retain(|request| ids.contains(&request.application));
        self
    }
}

/// The day it is somewhere.
pub fn day_of(at: Instant, zone: Tz) -> NaiveDate {
    WallTime::at(at, zone).local.date()
}

/// The night in which nothing has been done yet.
pub fn coming(conn: &mut Conn, kit: &Kit) -> Result<NaiveDate, DbError> {
    let today = day_of(kit.clock.now(), kit.config.delivery.zone);
    let been = store::last_night(conn)?.is_some_and(|last| last >= today);
    Ok(if been { today.succ_opt().unwrap_or(today) } else { today })
}

/// How long the steps before the end take.
pub fn lead(config: &Config) -> Lead {
    Lead {
        warn: config.retention.warn_days,
        quarantine: config.retention.quarantine_days,
        open_months: config.retention.open_months,
    }
}

/// Of every application.
pub fn plan(conn: &mut Conn, kit: &Kit) -> Result<Plan, DbError> {
    let night = coming(conn, kit)?;
    plan_for(conn, kit, night, (None, None))
}

/// Of the applications to one posting.
pub fn plan_of(conn: &mut Conn, kit: &Kit, posting: PostingId) -> Result<Plan, DbError> {
    let night = coming(conn, kit)?;
    plan_for(conn, kit, night, (Some(posting), None))
}

/// Of one application; none when it is not there.
pub fn plan_one(conn: &mut Conn, kit: &Kit, id: ApplicationId) -> Result<Option<Planned>, DbError> {
    let night = coming(conn, kit)?;
    Ok(plan_for(conn, kit, night, (None, Some(id)))?.all.pop())
}

/// As of this night, of all, or of one posting, or of one application.
pub fn plan_for(
    conn: &mut Conn,
    kit: &Kit,
    night: NaiveDate,
    (posting, one): (Option<PostingId>, Option<ApplicationId>),
) -> Result<Plan, DbError> {
    let (config, zone, lead) = (&kit.config, kit.config.delivery.zone, lead(&kit.config));
    let rules = postings::rules(conn)?;
    let (marks, holds, requests) = (store::marks(conn)?, store::holds(conn)?, store::requests(conn)?);
    let asked: HashMap<ApplicationId, NaiveDate> = requests
        .iter()
        .filter(|request| request.refused_at.is_none())
        .map(|request| (request.application, day_of(request.asked_at, zone)))
        .collect();
    let mut frees: (HashMap<PostingId, NaiveDate>, HashMap<ApplicationId, NaiveDate>) = Default::default();
    for hold in &holds {
        let free = hold.free_on();
        let kept = match hold.application {
            Some(id) => frees.1.entry(id).or_insert(free),
            None => frees.0.entry(hold.posting).or_insert(free),
        };
        *kept = free.max(*kept);
    }
    let planned = |of: Keeping| {
        let kept = postings::keeping::deciding(
            config,
            &rules,
            of.posting,
            of.profession.as_deref(),
            of.employment.as_deref(),
        );
        let mark = marks.get(&of.id).copied().unwrap_or_default();
        let facts = Facts {
            closed: of.closed_at.map(|at| day_of(at, zone)),
            deadline: of.deadline_at.map(|at| day_of(at, zone)),
            months: kept.months,
            asked: asked.get(&of.id).copied(),
            free_on: frees.0.get(&of.posting).max(frees.1.get(&of.id)).copied(),
            warned: mark.warned,
            quarantined: mark.quarantined,
        };
        Planned { fate: fate(&facts, &lead, night), kept, of }
    };
    let all = applications::facts_kept(conn, posting, one)?.into_iter().map(planned).collect();
    Ok(Plan { coming: night, all, holds, requests })
}
