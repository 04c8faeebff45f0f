//! When one application goes, and by what: a pure function of the facts and the coming night. The plan that is shown and the
//! night that erases both ask it, so that they cannot differ.

use chrono::{Days, Months, NaiveDate};

use crate::{postings::keeping::LONGEST, words};

/// How long the steps before the end take, as set.
#[derive(Clone, Copy, Debug)]
pub struct Lead {
    /// Days between the warning and the day nobody sees it any more.
    pub warn: u32,
    /// Days it can still be given back.
    pub quarantine: u32,
    /// Months after the deadline at which a posting nobody closes counts as closed.
    pub open_months: u32,
}

/// All that decides.
#[derive(Clone, Copy, Debug, Default)]
pub struct Facts {
    /// The day the posting was closed.
    pub closed: Option<NaiveDate>,
    /// The day of its deadline.
    pub deadline: Option<NaiveDate>,
    /// For how many months it is kept after that.
    pub months: u32,
    /// The day the applicant asked to be erased, unless that was refused.
    pub asked: Option<NaiveDate>,
    /// The first day no hold stops the clock any more; days to come: it is held.
    pub free_on: Option<NaiveDate>,
    /// The day somebody was warned.
    pub warned: Option<NaiveDate>,
    /// The day it went out of sight.
    pub quarantined: Option<NaiveDate>,
}

words! {
    /// What starts the clock.
    pub enum Trigger {
        /// The posting was closed.
        Closed = "closed",
        /// Nobody closed it: it counts as closed some months after its deadline.
        Unclosed = "unclosed",
        /// The applicant asks for it.
        Asked = "asked",
    }
}

words! {
    /// How far an application has come.
    pub enum State {
        /// Nothing is due yet.
        Active = "active",
        /// The coming night warns of it.
        Due = "due",
        /// Whoever is responsible has been warned.
        Warned = "warned",
        /// Nobody sees it; it can be given back.
        Quarantined = "quarantined",
        /// The applicant wants it gone; the coming night does it.
        Asked = "asked",
        /// A hold stops the clock.
        Held = "held",
    }
}

impl State {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Active => "retention-state-active",
            Self::Due => "retention-state-due",
            Self::Warned => "retention-state-warned",
            Self::Quarantined => "retention-state-quarantined",
            Self::Asked => "retention-state-asked",
            Self::Held => "retention-state-held",
        }
    }
    /// The colour of its chip.
    pub const fn look(self) -> &'static str {
        match self {
            Self::Active => "line",
            Self::Due | Self::Warned => "warn",
            Self::Quarantined | Self::Asked => "bad",
            Self::Held => "info",
        }
    }
}

/// What becomes of it, if nobody does anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fate {
    /// What starts the clock.
    pub trigger: Trigger,
    /// From which day it counts.
    pub from: NaiveDate,
    /// The night that warns.
    pub warn_on: NaiveDate,
    /// The night that takes it out of sight.
    pub quarantine_on: NaiveDate,
    /// The night that erases it.
    pub erase_on: NaiveDate,
    /// Where it stands before the coming night.
    pub state: State,
}

/// `coming`: the next night nothing has been done in yet. None when nothing would ever start the clock: such an application
/// has no rule, and there must be none.
pub fn fate(facts: &Facts, lead: &Lead, coming: NaiveDate) -> Option<Fate> {
    let free = facts.free_on.unwrap_or(coming).max(coming);
    let held = free > coming;
    if let Some(asked) = facts.asked {
        return Some(Fate {
            trigger: Trigger::Asked,
            from: asked,
            warn_on: free,
            quarantine_on: free,
            erase_on: free,
            state: if held { State::Held } else { State::Asked },
        });
    }
    let (trigger, from, ends) = match (facts.closed, facts.deadline) {
        (Some(closed), _) => (Trigger::Closed, closed, later(closed, facts.months)),
        (None, Some(deadline)) => {
            let from = later(deadline, lead.open_months);
            // whatever is set, the law's longest period counts from the deadline
            (Trigger::Unclosed, from, later(from, facts.months).min(later(deadline, LONGEST)))
        }
        (None, None) => return None,
    };
    // a short rule is not eaten up by what comes before its end
    let whole = u64::try_from((ends - from).num_days()).unwrap_or(0);
    let hidden = u64::from(lead.quarantine).min(whole / 2);
    let warned = u64::from(lead.warn).min(whole - hidden);
    let warn_on = facts.warned.unwrap_or_else(|| (ends - Days::new(hidden + warned)).max(free));
    let quarantine_on = facts.quarantined.unwrap_or_else(|| (warn_on + Days::new(warned)).max(free));
    let erase_on = (quarantine_on + Days::new(hidden)).max(ends).max(free);
    let state = if held {
        State::Held
    } else if facts.quarantined.is_some() {
        State::Quarantined
    } else if facts.warned.is_some() {
        State::Warned
    } else if warn_on <= coming {
        State::Due
    } else {
        State::Active
    };
    Some(Fate { trigger, from, warn_on, quarantine_on, erase_on, state })
}

fn later(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    const LEAD: Lead = Lead { warn: 14, quarantine: 30, open_months: 12 };

    #[test]
    fn every_case_has_one_date() {
        let closed = Facts { closed: Some(day("2026-06-08")), months: 6, ..Facts::default() };
        let open = Facts { deadline: Some(day("2026-06-08")), months: 6, ..Facts::default() };
        let early = day("2026-07-01");
        // facts, coming night → warned, out of sight, erased, state
        let table = [
            (closed, early, "2026-10-25", "2026-11-08", "2026-12-08", State::Active),
            // the end of a month
            (
                Facts { closed: Some(day("2026-08-31")), ..closed },
                early,
                "2027-01-15",
                "2027-01-29",
                "2027-02-28",
                State::Active,
            ),
            // a short rule: half of it in sight, and warned at once
            (
                Facts { months: 1, ..closed },
                day("2026-06-09"),
                "2026-06-09",
                "2026-06-23",
                "2026-07-08",
                State::Due,
            ),
            // the program stood still over all of it: nobody goes without the steps before
            (closed, day("2027-03-01"), "2027-03-01", "2027-03-15", "2027-04-14", State::Due),
            (
                Facts { warned: Some(day("2026-10-25")), ..closed },
                day("2026-11-01"),
                "2026-10-25",
                "2026-11-08",
                "2026-12-08",
                State::Warned,
            ),
            (
                Facts { warned: Some(day("2026-10-25")), quarantined: Some(day("2026-11-10")), ..closed },
                day("2026-11-11"),
                "2026-10-25",
                "2026-11-10",
                "2026-12-10",
                State::Quarantined,
            ),
            // a hold stops the clock, and what comes before the end begins anew after it
            (
                Facts { free_on: Some(day("2027-06-02")), ..closed },
                day("2026-11-11"),
                "2027-06-02",
                "2027-06-16",
                "2027-07-16",
                State::Held,
            ),
            (
                Facts { free_on: Some(day("2026-08-01")), ..closed },
                early,
                "2026-10-25",
                "2026-11-08",
                "2026-12-08",
                State::Held,
            ),
            // nobody closed it
            (open, early, "2027-10-25", "2027-11-08", "2027-12-08", State::Active),
            // not longer than the law's longest, from the deadline
            (Facts { months: 36, ..open }, early, "2029-04-25", "2029-05-09", "2029-06-08", State::Active),
            // the applicant's own wish waits for nothing but a hold
            (
                Facts { asked: Some(day("2026-07-01")), ..open },
                day("2026-07-02"),
                "2026-07-02",
                "2026-07-02",
                "2026-07-02",
                State::Asked,
            ),
            (
                Facts { asked: Some(day("2026-07-01")), free_on: Some(day("2026-08-01")), ..open },
                day("2026-07-02"),
                "2026-08-01",
                "2026-08-01",
                "2026-08-01",
                State::Held,
            ),
        ];
        for (facts, coming, warn, quarantine, erase, state) in table {
            let fate = fate(&facts, &LEAD, coming).expect("it has a rule");
            let dates = (fate.warn_on, fate.quarantine_on, fate.erase_on, fate.state);
            assert_eq!(dates, (day(warn), day(quarantine), day(erase), state), "{facts:?}");
        }
        assert_eq!(fate(&Facts::default(), &LEAD, early), None, "nothing starts its clock");
    }

    #[test]
    fn a_plan_made_early_is_the_plan_made_late() {
        let facts = Facts { closed: Some(day("2026-06-08")), months: 6, ..Facts::default() };
        let mut seen = facts;
        let first = fate(&facts, &LEAD, day("2026-06-09")).expect("a rule").erase_on;
        let mut night = day("2026-06-09");
        while night < first {
            let now = fate(&seen, &LEAD, night).expect("a rule");
            assert_eq!(now.erase_on, first, "{night}");
            seen.warned = seen.warned.or((now.warn_on <= night).then_some(night));
            let now = fate(&seen, &LEAD, night).expect("a rule");
            seen.quarantined = seen.quarantined.or((now.quarantine_on <= night).then_some(night));
            night = night + Days::new(1);
        }
        assert_eq!(seen.quarantined, Some(day("2026-11-08")));
    }
}
