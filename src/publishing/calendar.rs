//! Which days a calendar shows: a month with the weeks it touches, a week, or the days ahead as a list. Pure.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::words;

words! {
    /// How the calendar is looked at.
    pub enum View {
        /// A month of whole weeks.
        Month = "maaned",
        /// Monday to Sunday.
        Week = "uge",
        /// Thirty days, one after the other.
        List = "liste",
    }
}

impl View {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Month => "calendar-month",
            Self::Week => "calendar-week",
            Self::List => "calendar-list",
        }
    }
}

/// Days of a list.
const AHEAD: i64 = 30;

/// What is shown, and where one goes from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// How.
    pub view: View,
    /// The day it was asked for: its month or its week is shown.
    pub around: NaiveDate,
    /// First day shown.
    pub first: NaiveDate,
    /// The day after the last one shown.
    pub end: NaiveDate,
}

impl Span {
    /// Around a day.
    pub fn of(view: View, around: NaiveDate) -> Self {
        let monday = |d: NaiveDate| later(d, -i64::from(d.weekday().num_days_from_monday()));
        let (first, end) = match view {
            View::Month => {
                let first = around.with_day(1).unwrap_or(around);
                let last = later(first.checked_add_months(Months::new(1)).unwrap_or(first), -1);
                (monday(first), later(monday(last), 7))
            }
            View::Week => (monday(around), later(monday(around), 7)),
            View::List => (around, later(around, AHEAD)),
        };
        Self { view, around, first, end }
    }

    /// Every day shown, in order.
    pub fn days(&self) -> impl Iterator<Item = NaiveDate> + use<> {
        let (first, end) = (self.first, self.end);
        first.iter_days().take_while(move |d| *d < end)
    }

    /// A day by which the span before this one is asked for.
    pub fn before(&self) -> NaiveDate {
        match self.view {
            View::Month => self
                .around
                .with_day(1)
                .and_then(|d| d.checked_sub_months(Months::new(1)))
                .unwrap_or(self.around),
            View::Week => later(self.around, -7),
            View::List => later(self.around, -(AHEAD)),
        }
    }

    /// A day by which the span after this one is asked for.
    pub fn after(&self) -> NaiveDate {
        match self.view {
            View::Month => self
                .around
                .with_day(1)
                .and_then(|d| d.checked_add_months(Months::new(1)))
                .unwrap_or(self.around),
            View::Week | View::List => self.end,
        }
    }

    /// Whether a day belongs to the month that is shown, and not to the weeks at its edges.
    pub fn is_inside(&self, day: NaiveDate) -> bool {
        self.view != View::Month || (day.year(), day.month()) == (self.around.year(), self.around.month())
    }
}

/// So many days on, or back; a day at the end of all calendars stays.
fn later(day: NaiveDate, days: i64) -> NaiveDate {
    let n = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(n) } else { day.checked_add_days(n) };
    moved.unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn a_month_is_whole_weeks() {
        let span = Span::of(View::Month, day("2026-12-08"));
        assert_eq!((span.first, span.end), (day("2026-11-30"), day("2027-01-04")));
        assert_eq!(span.days().count(), 35);
        assert!(span.is_inside(day("2026-12-31")) && !span.is_inside(day("2026-11-30")));
        assert_eq!((span.before(), span.after()), (day("2026-11-01"), day("2027-01-01")));
        // February that fills four weeks exactly
        assert_eq!(Span::of(View::Month, day("2027-02-28")).days().count(), 28);
        // from the 31st one comes to the month that has no 31st
        assert_eq!(Span::of(View::Month, day("2027-01-31")).after(), day("2027-02-01"));
    }

    #[test]
    fn a_week_begins_on_monday_and_a_list_today() {
        let week = Span::of(View::Week, day("2027-01-03"));
        assert_eq!((week.first, week.end), (day("2026-12-28"), day("2027-01-04")));
        assert_eq!((week.before(), week.after()), (day("2026-12-27"), day("2027-01-04")));
        let list = Span::of(View::List, day("2026-12-08"));
        assert_eq!((list.first, list.days().count()), (day("2026-12-08"), 30));
    }

    #[test]
    fn the_end_of_the_calendar_is_no_panic() {
        for view in View::ALL {
            for at in [NaiveDate::MIN, NaiveDate::MAX] {
                let span = Span::of(*view, at);
                let _ = (span.before(), span.after());
            }
        }
    }
}
