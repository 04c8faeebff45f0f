//! Days on which Danish offices are closed: the church's feasts, which follow Easter, and the fixed ones. Computed for
//! any year; store bededag is a working day since 2024.

use chrono::{Datelike, Days, NaiveDate};

/// Fixed days: month, day, message key.
const FIXED: [(u32, u32, &str); 7] = [
    (1, 1, "holiday-new-year"),
    (6, 5, "holiday-constitution"),
    (12, 24, "holiday-christmas-eve"),
    (12, 25, "holiday-christmas"),
    (12, 26, "holiday-second-christmas"),
    (12, 31, "holiday-new-years-eve"),
    (5, 1, "holiday-may-day"),
];
/// Days that follow Easter Sunday: how many days after it, message key.
const MOVING: [(i64, &str); 7] = [
    (-3, "holiday-maundy-thursday"),
    (-2, "holiday-good-friday"),
    (0, "holiday-easter"),
    (1, "holiday-second-easter"),
    (39, "holiday-ascension"),
    (49, "holiday-pentecost"),
    (50, "holiday-second-pentecost"),
];

/// Message key of the holiday on this day, when it is one.
pub fn holiday(day: NaiveDate) -> Option<&'static str> {
    let after = day.signed_duration_since(easter(day.year())).num_days();
    let moving = MOVING.iter().find(|(days, _)| *days == after).map(|(_, key)| *key);
    moving
        .or_else(|| FIXED.iter().find(|(m, d, _)| (*m, *d) == (day.month(), day.day())).map(|(.., key)| *key))
}

/// Whether offices are open.
fn is_working_day(day: NaiveDate) -> bool {
    day.weekday().num_days_from_monday() < 5 && holiday(day).is_none()
}

/// This day, or the first after it on which offices are open.
pub fn working_day_from(day: NaiveDate) -> NaiveDate {
    day.iter_days().find(|day| is_working_day(*day)).unwrap_or(day)
}

/// The first day after this one on which offices are open.
pub fn later_working_day(day: NaiveDate) -> NaiveDate {
    day.succ_opt().map_or(day, working_day_from)
}

/// The day that lies so many working days before this one.
pub fn working_day_before(day: NaiveDate, days: u32) -> NaiveDate {
    let earlier = |from: NaiveDate| {
        let mut days = std::iter::successors(from.pred_opt(), NaiveDate::pred_opt);
        days.find(|day| is_working_day(*day)).unwrap_or(from)
    };
    (0..days).fold(day, |day, _| earlier(day))
}

/// Easter Sunday of a year in the Gregorian calendar (the rule of Meeus, Jones and Butcher).
fn easter(year: i32) -> NaiveDate {
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let moon = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (b % 4) + 2 * (c / 4) - moon - c % 4) % 7;
    let late = (a + 11 * moon + 22 * sunday) / 451;
    // counted from 22 March
    let after = moon + sunday - 7 * late;
    let first = NaiveDate::from_ymd_opt(year, 3, 22).unwrap_or_default();
    first.checked_add_days(Days::new(u64::try_from(after).unwrap_or(0))).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn easter_falls_where_the_church_says() {
        for known in
            ["2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2030-04-21", "2038-04-25", "2285-03-22"]
        {
            assert_eq!(easter(day(known).year()), day(known));
        }
    }

    #[test]
    fn offices_are_closed() {
        for (known, key) in [
            ("2026-05-14", "holiday-ascension"),
            ("2027-05-17", "holiday-second-pentecost"),
            ("2026-12-24", "holiday-christmas-eve"),
            ("2028-06-05", "holiday-second-pentecost"),
        ] {
            assert_eq!(holiday(day(known)), Some(key), "{known}");
        }
        // store bededag was one until 2023
        assert_eq!(holiday(day("2026-05-01")), Some("holiday-may-day"));
        assert_eq!(holiday(day("2027-04-23")), None);
    }
}
