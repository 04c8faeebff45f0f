//! What lies with a person rather than with a program: when the package must be with them, when they are reminded, from when
//! it is late. Pure rules over working days, and who it is.

use std::time::Duration;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;

use super::{
    correction::Standing,
    delivery::State,
    letters,
    store::{self, Delivery},
};
use crate::{
    accounts,
    base::{
        Instant,
        holidays::{later_working_day, working_day_before, working_day_from},
        id::{AccountId, UserId},
        wall::WallTime,
    },
    channels::{self, ChannelKind},
    db::{Conn, DbError},
};

/// When people come to work and read what waits for them.
const MORNING: NaiveTime = NaiveTime::from_hms_opt(9, 0, 0).expect("nine in the morning");
/// Nobody is reminded sooner after having been told.
const PEACE: Duration = Duration::from_secs(4 * 3600);
/// So many reminders come day by day; those after them once in so many working days.
const DAILY: i32 = 5;

/// When the package of something due at `due` is made: so many working days before, at the same time of day.
pub fn starts_at(due: Instant, lead_days: i32, zone: Tz) -> Instant {
    if lead_days <= 0 {
        return due;
    }
    let local = WallTime::at(due, zone).local;
    let day = working_day_before(local.date(), lead_days.unsigned_abs());
    WallTime { local: day.and_time(local.time()), zone }.instant().0
}

/// When somebody who has been told `told` times is told next: on a working morning, not before the day it is due, and
/// not within a few hours of the last time.
pub fn reminds_at(due: Instant, now: Instant, told: i32, zone: Tz) -> Instant {
    let earliest = now + PEACE;
    let mut day = WallTime::at(due.max(now), zone).local.date();
    if told > DAILY {
        day = (1..DAILY).fold(later_working_day(day), |day, _| later_working_day(day));
    }
    let mut day = working_day_from(day);
    loop {
        let at = morning(day, zone);
        if at >= earliest {
            return at;
        }
        day = later_working_day(day);
    }
}

/// From when it is late: the morning of the first working day after it was due.
pub fn overdue_at(due: Instant, zone: Tz) -> Instant {
    morning(later_working_day(WallTime::at(due, zone).local.date()), zone)
}

fn morning(day: NaiveDate, zone: Tz) -> Instant {
    WallTime { local: day.and_time(MORNING), zone }.instant().0
}

/// Whether somebody has not said for too long what became of it.
pub fn is_overdue(row: &Delivery, now: Instant) -> bool {
    let zone = row.due_zone.parse().unwrap_or(chrono_tz::Europe::Copenhagen);
    row.state == State::Handed && now >= overdue_at(row.due_at, zone)
}

/// When the engine begins with a delivery to this account that is due at `due`.
pub(super) fn begins(c: &mut Conn, account: AccountId, due: Instant, zone: Tz) -> Result<Instant, DbError> {
    let lead = channels::posting_at(c, account)?.map_or(0, |posting| posting.lead_days);
    Ok(starts_at(due, lead, zone))
}

/// Who is asked: the person named for the place while they can log in, else whoever planned it.
pub(super) fn holder(c: &mut Conn, row: &Delivery) -> Result<Option<UserId>, DbError> {
    let named = channels::posting_at(c, row.account_id)?.map(|posting| posting.person);
    let users = accounts::users(c)?;
    let there = |id: UserId| users.iter().any(|user| user.id == id && user.disabled_at.is_none());
    match named.filter(|id| there(*id)) {
        Some(person) => Ok(Some(person)),
        None => letters::whom(c, row),
    }
}

/// What waits for this person: what lies with them, what they must take down, and what hangs and wants other words.
pub fn waiting_for(c: &mut Conn, person: UserId) -> Result<Vec<Delivery>, DbError> {
    let mut mine = Vec::new();
    let by_hand = store::corrections_that(c, Standing::ByHand)?.into_iter().map(|(_, row)| row);
    for row in store::with_people(c)?.into_iter().chain(by_hand) {
        let at_a_place =
            channels::connection(c, row.account_id)?.is_some_and(|at| at.channel == ChannelKind::Package);
        if at_a_place && holder(c, &row)? == Some(person) {
            mine.push(row);
        }
    }
    Ok(mine)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Copenhagen;

    fn at(text: &str) -> Instant {
        WallTime::parse(text, Copenhagen).unwrap().instant().0
    }

    #[test]
    fn the_package_comes_in_working_days_before() {
        // a Monday, so that the weekend lies between
        assert_eq!(starts_at(at("2026-12-07T12:00"), 3, Copenhagen), at("2026-12-02T12:00"));
        assert_eq!(starts_at(at("2026-12-07T12:00"), 0, Copenhagen), at("2026-12-07T12:00"));
        // Christmas: 24, 25, 26 are closed, 27 is a Sunday
        assert_eq!(starts_at(at("2026-12-28T08:00"), 1, Copenhagen), at("2026-12-23T08:00"));
        // the clock was put forward in between: the same time on the wall
        assert_eq!(starts_at(at("2027-03-30T08:00"), 1, Copenhagen), at("2027-03-24T08:00"));
    }

    #[test]
    fn reminders_come_on_working_mornings() {
        let due = at("2026-12-04T10:00");
        // handed over on the Friday it is due: the next morning people work is Monday's
        assert_eq!(reminds_at(due, due, 1, Copenhagen), at("2026-12-07T09:00"));
        assert_eq!(reminds_at(due, at("2026-12-07T09:00"), 2, Copenhagen), at("2026-12-08T09:00"));
        // days before it is due nobody is hurried; on its own morning they are reminded
        assert_eq!(reminds_at(due, at("2026-12-01T10:00"), 1, Copenhagen), at("2026-12-04T09:00"));
        // after a week of silence once a week
        assert_eq!(reminds_at(due, at("2026-12-14T09:00"), 6, Copenhagen), at("2026-12-21T09:00"));
        // never over Christmas
        assert_eq!(
            reminds_at(at("2026-12-23T10:00"), at("2026-12-23T10:00"), 1, Copenhagen),
            at("2026-12-28T09:00")
        );
        // nor an hour after the first letter
        assert_eq!(
            reminds_at(at("2026-12-07T08:00"), at("2026-12-07T08:00"), 1, Copenhagen),
            at("2026-12-08T09:00")
        );
    }

    #[test]
    fn late_is_the_working_day_after() {
        assert_eq!(overdue_at(at("2026-12-04T10:00"), Copenhagen), at("2026-12-07T09:00"));
    }
}
