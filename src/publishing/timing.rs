//! When an order goes out, as the composer's form says it: now, at a time, in the next free slot, or again and again.

use chrono::{Days, NaiveDate, NaiveTime};

use super::{
    evergreen::{REST_DAYS, RESTS},
    rhythm::{LONGEST_DAYS, MOST_TIMES, MOST_WEEKS, Rhythm},
    slot::{self, Slot},
};
use crate::{
    base::{Instant, wall::WallTime},
    i18n::{Speech, format},
    kit::Kit,
    web::{
        Typed,
        forms::{Choice, Errors, FieldError},
    },
};

/// What was chosen.
#[derive(Clone, Debug)]
pub(super) enum Chosen {
    /// At once.
    Now,
    /// At this time.
    At(WallTime),
    /// In each account's next free slot.
    Slot,
    /// By this rhythm.
    Repeat(Rhythm),
    /// Whenever a slot is empty, after so many days of rest.
    Keep(u32),
}

impl Chosen {
    /// It goes out more than once, with several wordings where there are some.
    pub const fn takes_turns(&self) -> bool {
        matches!(self, Self::Repeat(_) | Self::Keep(_))
    }
}

/// What there is to choose from. A slot is a choice where some account has any.
pub(super) fn choices(t: Speech, slots: bool) -> Vec<Choice> {
    let mut choices =
        vec![Choice::new("now", t.say("publish-now")), Choice::new("later", t.say("publish-later"))];
    if slots {
        let hint = t.say("publish-slot-hint");
        choices.push(Choice { hint, ..Choice::new("slot", t.say("publish-slot")) });
    }
    let hint = t.say("series-choose-hint");
    choices.push(Choice { hint, ..Choice::new("repeat", t.say("series-choose")) });
    let hint = t.say("evergreen-choose-hint");
    choices.push(Choice { hint, ..Choice::new("keep", t.say("evergreen-choose")) });
    choices
}

/// The days of the week to tick.
pub(super) fn weekdays(t: Speech) -> Vec<Choice> {
    slot::WEEK
        .iter()
        .enumerate()
        .map(|(n, day)| Choice::new(n, format::weekday(*day, t.language())))
        .collect()
}

/// Reads it; what cannot be read is noted at its field.
pub(super) fn read(typed: &Typed, kit: &Kit, errors: &mut Errors) -> Chosen {
    match typed.get("timing") {
        "later" => match WallTime::parse(typed.get("when"), kit.config.delivery.zone) {
            Some(when) => Chosen::At(when),
            None => {
                errors.add("when", "delivery-error-when");
                Chosen::Now
            }
        },
        "slot" => Chosen::Slot,
        "repeat" => Chosen::Repeat(rhythm(typed, kit.config.delivery.zone, kit.clock.now(), errors)),
        "keep" => Chosen::Keep(rest(typed, errors)),
        _ => Chosen::Now,
    }
}

fn rest(typed: &Typed, errors: &mut Errors) -> u32 {
    match typed.get("rest").trim() {
        "" => REST_DAYS,
        written => written.parse().ok().filter(|days| RESTS.contains(days)).unwrap_or_else(|| {
            let (least, most) = (RESTS.start(), RESTS.end());
            errors.0.push(FieldError {
                field: "rest".to_owned(),
                key: "evergreen-error-rest".to_owned(),
                args: vec![("min".to_owned(), least.to_string()), ("max".to_owned(), most.to_string())],
            });
            REST_DAYS
        }),
    }
}

fn rhythm(typed: &Typed, zone: chrono_tz::Tz, now: Instant, errors: &mut Errors) -> Rhythm {
    let mut weekdays: Vec<u8> = typed
        .all("weekday")
        .filter_map(|day| Slot::new(day.parse().ok()?, 0))
        .map(|slot| slot.weekday)
        .collect();
    weekdays.sort_unstable();
    weekdays.dedup();
    if weekdays.is_empty() {
        errors.add("weekday", "series-error-weekday");
    }
    let every_weeks = match typed.get("every").trim() {
        "" => 1,
        written => within(written, MOST_WEEKS).unwrap_or_else(|| {
            errors.add_with("every", "series-error-every", "max", MOST_WEEKS);
            1
        }),
    };
    let time = match typed.get("time").trim() {
        "" => {
            errors.add("time", "series-error-time");
            NaiveTime::MIN
        }
        written => match slot::minute_of(written) {
            Some(minute) => NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or(NaiveTime::MIN),
            None => {
                errors.add_with("time", "slot-error-time", "time", written);
                NaiveTime::MIN
            }
        },
    };
    let today = WallTime::at(now, zone).local.date();
    let latest = today.checked_add_days(Days::new(LONGEST_DAYS)).unwrap_or(NaiveDate::MAX);
    let until = match typed.get("until").trim() {
        "" => None,
        written => {
            let day = written.parse::<NaiveDate>().ok().filter(|day| (today..=latest).contains(day));
            if day.is_none() {
                errors.add_with("until", "series-error-until", "days", LONGEST_DAYS);
            }
            day
        }
    };
    let times = match typed.get("times").trim() {
        "" => None,
        written => {
            let times = within(written, MOST_TIMES);
            if times.is_none() {
                errors.add_with("times", "series-error-times", "max", MOST_TIMES);
            }
            times
        }
    };
    if typed.get("until").trim().is_empty() && typed.get("times").trim().is_empty() {
        errors.add("until", "series-error-end");
    }
    Rhythm { weekdays, every_weeks, time, zone, after: now, until, times }
}

/// A whole number from 1 to `most`.
fn within(written: &str, most: u32) -> Option<u32> {
    written.parse().ok().filter(|n| (1..=most).contains(n))
}

/// A rhythm in a sentence.
pub(super) fn words(t: Speech, rhythm: &Rhythm) -> String {
    let days: Vec<&str> = rhythm
        .weekdays
        .iter()
        .filter_map(|day| slot::WEEK.get(usize::from(*day)))
        .map(|day| format::weekday(*day, t.language()))
        .collect();
    let local = NaiveDate::MIN.and_time(rhythm.time);
    let weeks = i64::from(rhythm.every_weeks);
    let time = format::time(local, t.language());
    let mut said = t.with3("series-rhythm", "weeks", weeks, "days", days.join(", "), "time", time);
    if let Some(until) = rhythm.until {
        said =
            format!("{said}, {}", t.with("series-rhythm-until", "date", format::date(until, t.language())));
    }
    if let Some(times) = rhythm.times {
        said = format!("{said}, {}", t.with("series-rhythm-times", "count", i64::from(times)));
    }
    said
}
