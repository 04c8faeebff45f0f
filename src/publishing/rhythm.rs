//! When something repeats: on these weekdays of every so manyth week, at a time on the wall, until a day or so many times.
//! Which occurrence is the how manyth follows from the rhythm alone, so that laying them ahead may be done by anybody, any
//! number of times. Everything is reckoned on the local calendar: no hour is ever added to an hour (R10).

use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use chrono_tz::Tz;

use crate::base::{Instant, wall::WallTime};

/// Most weeks between two.
pub const MOST_WEEKS: u32 = 12;
/// Most times in all.
pub const MOST_TIMES: u32 = 200;
/// Longest time until the last day, in days.
pub const LONGEST_DAYS: u64 = 366;

/// When it repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rhythm {
    /// Numbers from Monday = 0, in order.
    pub weekdays: Vec<u8>,
    /// Every so manyth week; the week in which it began is the first.
    pub every_weeks: u32,
    /// On the wall.
    pub time: NaiveTime,
    /// On which wall.
    pub zone: Tz,
    /// Nothing comes before this or at it.
    pub after: Instant,
    /// The last day, if there is one.
    pub until: Option<NaiveDate>,
    /// So many in all, if there is an end to them.
    pub times: Option<u32>,
}

impl Rhythm {
    /// All of them in order, each with its number from 1.
    pub fn occurrences(&self) -> impl Iterator<Item = (i32, WallTime)> {
        let begins = WallTime::at(self.after, self.zone).local.date();
        let monday = begins
            .checked_sub_days(Days::new(u64::from(begins.weekday().num_days_from_monday())))
            .unwrap_or(begins);
        let step = Days::new(7 * u64::from(self.every_weeks.max(1)));
        let weeks = std::iter::successors(Some(monday), move |week| week.checked_add_days(step));
        weeks
            .flat_map(|week| {
                self.weekdays.iter().filter_map(move |day| week.checked_add_days(Days::new(u64::from(*day))))
            })
            .map(|day| WallTime { local: day.and_time(self.time), zone: self.zone })
            .skip_while(|wall| wall.instant().0 <= self.after)
            .take_while(|wall| self.until.is_none_or(|until| wall.local.date() <= until))
            .zip(1..)
            .map(|(wall, number)| (number, wall))
            .take_while(|(number, _)| {
                self.times.is_none_or(|times| u32::try_from(*number).is_ok_and(|number| number <= times))
            })
    }

    /// Those after `now` and not after `until`.
    pub fn between(&self, now: Instant, until: Instant) -> Vec<(i32, WallTime)> {
        self.occurrences()
            .skip_while(|(_, wall)| wall.instant().0 <= now)
            .take_while(|(_, wall)| wall.instant().0 <= until)
            .collect()
    }

    /// Nothing comes after `now` any more.
    pub fn is_over(&self, now: Instant) -> bool {
        !self.occurrences().any(|(_, wall)| wall.instant().0 > now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Copenhagen;

    fn at(text: &str) -> Instant {
        WallTime::parse(text, Copenhagen).unwrap().instant().0
    }

    fn every(weeks: u32, weekdays: &[u8], time: &str, after: &str) -> Rhythm {
        Rhythm {
            weekdays: weekdays.to_vec(),
            every_weeks: weeks,
            time: time.parse().unwrap(),
            zone: Copenhagen,
            after: at(after),
            until: None,
            times: None,
        }
    }

    fn walls(rhythm: &Rhythm, n: usize) -> Vec<String> {
        rhythm.occurrences().take(n).map(|(n, wall)| format!("{n} {}", wall.field())).collect()
    }

    #[test]
    fn nine_in_the_morning_stays_nine_in_the_morning() {
        // R10: across both nights of the change
        let mut rhythm = every(1, &[0], "09:00:00", "2027-03-20T12:00");
        rhythm.until = Some("2027-11-30".parse().unwrap());
        let all: Vec<_> = rhythm.occurrences().collect();
        assert!(all.len() > 35);
        for (_, wall) in &all {
            assert_eq!(WallTime::at(wall.instant().0, Copenhagen).local.time(), rhythm.time);
        }
        let utc = |n: usize| all[n].1.instant().0.rfc3339();
        assert_eq!(utc(0), "2027-03-22T08:00:00Z");
        assert_eq!(utc(1), "2027-03-29T07:00:00Z");
        let autumn: Vec<_> = all.iter().map(|(_, w)| w.instant().0.rfc3339()).collect();
        assert!(autumn.contains(&"2027-10-25T07:00:00Z".to_owned()));
        assert!(autumn.contains(&"2027-11-01T08:00:00Z".to_owned()));
        // in the hour that does not exist it comes at its end; in the one that is twice, once
        let night = every(1, &[6], "02:30:00", "2027-03-27T12:00");
        assert_eq!(night.occurrences().next().unwrap().1.instant().0.rfc3339(), "2027-03-28T01:00:00Z");
        let fold = every(1, &[6], "02:30:00", "2027-10-30T12:00");
        assert_eq!(fold.occurrences().next().unwrap().1.instant().0.rfc3339(), "2027-10-31T00:30:00Z");
    }

    #[test]
    fn weeks_are_skipped_and_an_end_is_an_end() {
        // begun on a Wednesday: Monday of that week is past, Friday is not
        let mut rhythm = every(2, &[0, 4], "08:30:00", "2026-12-02T12:00");
        assert_eq!(
            walls(&rhythm, 4),
            ["1 2026-12-04T08:30", "2 2026-12-14T08:30", "3 2026-12-18T08:30", "4 2026-12-28T08:30"]
        );
        rhythm.times = Some(3);
        assert_eq!(rhythm.occurrences().count(), 3);
        rhythm.until = Some("2026-12-14".parse().unwrap());
        assert_eq!(rhythm.occurrences().count(), 2, "whichever comes first");
        assert!(rhythm.is_over(at("2026-12-14T08:30")) && !rhythm.is_over(at("2026-12-14T08:29")));
        let soon = rhythm.between(at("2026-12-04T08:30"), at("2027-01-01T00:00"));
        assert_eq!(soon.len(), 1);
        assert_eq!(soon[0].0, 2, "its number is the rhythm's, not how many were laid");
    }
}
