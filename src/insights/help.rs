//! How long units wait for help with content: counted from the requests themselves, so that the rows add up to what was
//! asked for.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::{
    base::{Instant, id::UnitId, wall::WallTime},
    support::{Request, State},
};

/// One unit's share, or all of them together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HelpRow {
    /// Asked for.
    pub asked: i64,
    /// Nobody has answered yet.
    pub open: i64,
    /// Delivered.
    pub delivered: i64,
    /// Declined.
    pub declined: i64,
    /// Taken back by the unit.
    pub cancelled: i64,
    /// Of those answered, how many within the days that communications mean to keep.
    pub in_time: i64,
    /// Days until each answer, shortest first.
    pub days: Vec<i64>,
    /// Minutes that were said to have been spent.
    pub minutes: i64,
}

impl HelpRow {
    /// Delivered or declined.
    pub fn answered(&self) -> i64 {
        self.delivered + self.declined
    }
    /// Half of the answers came within so many days; none without an answer.
    pub fn median(&self) -> Option<i64> {
        self.days.get(self.days.len().saturating_sub(1) / 2).copied()
    }
    fn count(&mut self, request: &Request, days: Option<i64>, answer_days: i64) {
        self.asked += 1;
        *match request.state {
            State::New | State::Taken | State::Question => &mut self.open,
            State::Delivered => &mut self.delivered,
            State::Declined => &mut self.declined,
            State::Cancelled => &mut self.cancelled,
        } += 1;
        self.minutes += request.minutes.map_or(0, i64::from);
        if let Some(days) = days {
            self.in_time += i64::from(days <= answer_days);
            let at = self.days.partition_point(|d| *d <= days);
            self.days.insert(at, days);
        }
    }
    /// How many answers took from `least` to `most` days.
    pub fn between(&self, least: i64, most: i64) -> i64 {
        let n = self.days.iter().filter(|d| (least..=most).contains(*d)).count();
        i64::try_from(n).unwrap_or(i64::MAX)
    }
}

/// By unit, and all together. Days are those of the calendar: asked on Monday and answered on Tuesday is one.
pub fn add_up(requests: &[Request], answer_days: u32, zone: Tz) -> (BTreeMap<UnitId, HelpRow>, HelpRow) {
    let day = |at: Instant| WallTime::at(at, zone).local.date();
    let (mut units, mut total) = (BTreeMap::<UnitId, HelpRow>::new(), HelpRow::default());
    for request in requests {
        let days = request.answered_at.map(|at| (day(at) - day(request.asked_at)).num_days().max(0));
        for row in [units.entry(request.unit).or_default(), &mut total] {
            row.count(request, days, i64::from(answer_days));
        }
    }
    (units, total)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::{
        base::id::{SupportId, UserId},
        support::Help,
    };

    const MONDAY: &str = "2026-11-23T10:00:00Z";

    fn request(unit: u128, state: State, days: Option<u32>) -> Request {
        let asked_at = Instant::from_utc(MONDAY.parse().unwrap());
        Request {
            id: SupportId::from_number(0),
            unit: UnitId::from_number(unit),
            title: String::new(),
            help: Help::Film,
            about: None,
            wished_by: None,
            state,
            holder: None,
            asked_by: format!("user:{}", UserId::from_number(1)),
            asked_at,
            taken_at: None,
            answered_at: days.map(|d| asked_at + Duration::from_secs(u64::from(d) * 86_400)),
            minutes: days.map(|_| 30),
        }
    }

    #[test]
    fn the_units_add_up_to_what_was_asked_for_and_half_came_within_the_median() {
        let asked = [
            request(1, State::Delivered, Some(1)),
            request(1, State::Delivered, Some(9)),
            request(1, State::Declined, Some(2)),
            request(1, State::New, None),
            request(2, State::Cancelled, None),
            request(2, State::Delivered, Some(5)),
        ];
        let (units, total) = add_up(&asked, 5, chrono_tz::Europe::Copenhagen);
        let (one, two) = (&units[&UnitId::from_number(1)], &units[&UnitId::from_number(2)]);
        assert_eq!((one.asked, one.open, one.answered(), one.in_time), (4, 1, 3, 2));
        assert_eq!((one.median(), two.median()), (Some(2), Some(5)));
        assert_eq!((two.cancelled, two.answered()), (1, 1));
        assert_eq!(total.asked, one.asked + two.asked);
        assert_eq!(total.asked, total.open + total.answered() + total.cancelled);
        assert_eq!(total.days, [1, 2, 5, 9]);
        assert_eq!((total.between(0, 1), total.between(2, 5), total.between(6, i64::MAX)), (1, 2, 1));
        assert_eq!(total.minutes, 120);
        assert_eq!(HelpRow::default().median(), None);
    }

    #[test]
    fn a_day_is_one_of_the_calendar() {
        let mut late = request(1, State::Delivered, None);
        // asked at eleven in the evening, answered after midnight
        late.asked_at = Instant::from_utc("2026-11-23T22:00:00Z".parse().unwrap());
        late.answered_at = Some(Instant::from_utc("2026-11-23T23:30:00Z".parse().unwrap()));
        let (_, total) = add_up(&[late], 5, chrono_tz::Europe::Copenhagen);
        assert_eq!(total.days, [1]);
    }
}
