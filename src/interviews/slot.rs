//! Times laid out for interviews: several at once from one form, and where they get in each other's way. Pure rules.
//!
//! A row is one seat at one time, so that whoever takes it is alone with it; a group is several rows at the same time.

use std::time::Duration;

pub use super::store::rows::Slot;
use crate::{
    base::{
        Instant, text,
        wall::{Shift, WallTime},
    },
    web::{Typed, forms::Errors},
};

/// Longest interview and longest pause, in minutes.
const LONGEST: u32 = 480;
/// Most times laid out at once.
const MOST: u32 = 16;
/// Most seats at one time.
const SEATS: u32 = 20;
/// How many interviews somebody may be called to one after the other.
pub const ROUNDS: i32 = 3;
/// Longest place and note, in characters.
const PLACE: usize = 160;
const NOTE: usize = 500;
/// How far ahead times may be laid out.
const AHEAD: Duration = Duration::from_secs(366 * 86_400);

impl Slot {
    /// When it is over.
    pub fn ends_at(&self) -> Instant {
        self.starts_at + Duration::from_secs(60 * u64::try_from(self.minutes).unwrap_or(0))
    }
    /// What the clocks there show when it begins and when it ends.
    pub fn wall(&self) -> (WallTime, WallTime) {
        let zone = self.zone.parse().unwrap_or(chrono_tz::Europe::Copenhagen);
        (WallTime::at(self.starts_at, zone), WallTime::at(self.ends_at(), zone))
    }
    /// Both would need the same people at once.
    pub fn meets(&self, other: &Self) -> bool {
        self.starts_at < other.ends_at() && other.starts_at < self.ends_at()
    }
    /// Another seat in the same interview.
    pub fn beside(&self, other: &Self) -> bool {
        let of = |s: &Self| (s.posting, s.round, s.starts_at, s.minutes);
        of(self) == of(other) && self.place == other.place && self.link == other.link
    }
}

/// Times that may be laid out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Laid {
    /// 1 for first interviews.
    pub round: i32,
    /// When each begins.
    pub starts: Vec<WallTime>,
    /// How long each is, in minutes.
    pub minutes: i32,
    /// Seats at each.
    pub seats: u32,
    /// Where.
    pub place: String,
    /// Address of a video meeting.
    pub link: String,
    /// What to bring and to know.
    pub note: String,
}

fn number(typed: &Typed, name: &str, from: u32, to: u32, errors: &mut Errors) -> u32 {
    match text::line(typed.get(name)).parse::<u32>() {
        Ok(n) if (from..=to).contains(&n) => n,
        _ => {
            errors.0.push(crate::web::forms::FieldError {
                field: name.to_owned(),
                key: "interviews-error-number".to_owned(),
                args: vec![("from".to_owned(), from.to_string()), ("to".to_owned(), to.to_string())],
            });
            from
        }
    }
}

/// Reads the form: day, first time, length, pause, how many. Lengths are real ones: across a night in which the clocks
/// are put forward or back an hour stays an hour. A time that no clock shows that night is refused.
pub fn laid(typed: &Typed, zone: chrono_tz::Tz, now: Instant) -> Result<Laid, Errors> {
    let mut errors = Errors::none();
    let round = number(typed, "round", 1, ROUNDS.unsigned_abs(), &mut errors);
    let minutes = number(typed, "minutes", 5, LONGEST, &mut errors);
    let pause = number(typed, "pause", 0, LONGEST, &mut errors);
    let count = number(typed, "count", 1, MOST, &mut errors);
    let seats = number(typed, "seats", 1, SEATS, &mut errors);
    let day = chrono::NaiveDate::parse_from_str(typed.get("date").trim(), "%Y-%m-%d");
    if day.is_err() {
        errors.add("date", "interviews-error-date");
    }
    let clock = text::line(typed.get("from")).replace('.', ":");
    let first = day.ok().and_then(|day| WallTime::parse(&format!("{day}T{clock}"), zone));
    if day.is_ok() && first.is_none() {
        errors.add("from", "interviews-error-time");
    }
    let mut starts = Vec::new();
    if let Some(first) = first {
        let (begins, shift) = first.instant();
        if shift == Shift::Gap {
            errors.add("from", "interviews-error-gap");
        } else if begins <= now {
            errors.add("date", "interviews-error-past");
        } else if begins > now + AHEAD {
            errors.add("date", "interviews-error-far");
        }
        let apart = u64::from(minutes + pause) * 60;
        starts = (0..u64::from(count))
            .map(|n| WallTime::at(begins + Duration::from_secs(n * apart), zone))
            .collect();
        if errors.is_empty() && starts.iter().any(|start| start.local.date() != first.local.date()) {
            errors.add("count", "interviews-error-midnight");
        }
    }
    let place = text::line(typed.get("place"));
    let link = text::line(typed.get("link"));
    let note = text::paragraphs(typed.get("note"));
    if place.is_empty() && link.is_empty() {
        errors.add("place", "interviews-error-place");
    }
    if text::count(&place) > PLACE {
        errors.add_with("place", "interviews-error-long", "most", PLACE);
    }
    let whole = url::Url::parse(&link).is_ok_and(|url| url.scheme() == "https" && url.host().is_some());
    if !link.is_empty() && (!whole || link.len() > 500) {
        errors.add("link", "interviews-error-link");
    }
    if text::count(&note) > NOTE {
        errors.add_with("note", "interviews-error-long", "most", NOTE);
    }
    errors.into_result()?;
    let minutes = i32::try_from(minutes).unwrap_or(45);
    Ok(Laid { round: i32::try_from(round).unwrap_or(1), starts, minutes, seats, place, link, note })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::id::{PostingId, SlotId},
        interviews::state::SlotState,
    };
    use chrono_tz::Europe::Copenhagen;

    fn form(changes: &[(&str, &str)]) -> Typed {
        let mut typed = Typed::default();
        for (name, value) in [
            ("date", "2026-12-14"),
            ("from", "9.00"),
            ("minutes", "45"),
            ("pause", "15"),
            ("count", "4"),
            ("seats", "1"),
            ("round", "1"),
            ("place", "Mødelokale Birk"),
        ] {
            typed.set(name, value);
        }
        for (name, value) in changes {
            typed.set(name, *value);
        }
        typed
    }
    const NOW: Instant = Instant::from_seconds(1_795_510_800);

    fn fields(changes: &[(&str, &str)]) -> Vec<String> {
        let errors = laid(&form(changes), Copenhagen, NOW).expect_err("it is wrong");
        errors.0.into_iter().map(|e| e.field).collect()
    }

    #[test]
    fn several_times_come_from_one_line() {
        let laid = laid(&form(&[]), Copenhagen, NOW).unwrap();
        let starts: Vec<String> = laid.starts.iter().map(WallTime::field).collect();
        assert_eq!(starts, ["2026-12-14T09:00", "2026-12-14T10:00", "2026-12-14T11:00", "2026-12-14T12:00"]);
    }

    #[test]
    fn what_is_wrong_is_said_at_its_field() {
        assert_eq!(fields(&[("date", "14/12")]), ["date"]);
        assert_eq!(fields(&[("date", "2026-11-01")]), ["date"]);
        assert_eq!(fields(&[("date", "2036-11-01")]), ["date"]);
        assert_eq!(fields(&[("from", "kvart i ni")]), ["from"]);
        assert_eq!(fields(&[("from", "22.00"), ("count", "8")]), ["count"]);
        assert_eq!(fields(&[("minutes", "0")]), ["minutes"]);
        assert_eq!(fields(&[("count", "400"), ("seats", "-1")]), ["count", "seats"]);
        assert_eq!(fields(&[("place", "")]), ["place"]);
        assert_eq!(fields(&[("link", "javascript:alert(1)")]), ["link"]);
        assert!(laid(&form(&[("place", ""), ("link", "https://moede.example/7")]), Copenhagen, NOW).is_ok());
    }

    #[test]
    fn across_both_nights_an_hour_stays_an_hour() {
        // 28 March 2027: 02.00–03.00 is not there
        assert_eq!(fields(&[("date", "2027-03-28"), ("from", "02.30")]), ["from"]);
        let night = |date, from| {
            let typed =
                form(&[("date", date), ("from", from), ("pause", "0"), ("minutes", "60"), ("count", "3")]);
            laid(&typed, Copenhagen, NOW).unwrap().starts
        };
        let spring: Vec<String> = night("2027-03-28", "01.00").iter().map(WallTime::field).collect();
        assert_eq!(spring, ["2027-03-28T01:00", "2027-03-28T03:00", "2027-03-28T04:00"]);
        let later = Instant::from_seconds(1_811_000_000);
        let typed = form(&[("date", "2027-10-31"), ("from", "01.00"), ("pause", "0"), ("minutes", "60")]);
        let autumn = laid(&typed, Copenhagen, later).unwrap().starts;
        let fields: Vec<String> = autumn.iter().map(WallTime::field).collect();
        // the hour from two to three comes twice
        assert_eq!(fields, ["2027-10-31T01:00", "2027-10-31T02:00", "2027-10-31T02:00", "2027-10-31T03:00"]);
    }

    #[test]
    fn times_meet_when_they_share_a_minute() {
        let at = |seconds, minutes| Slot {
            id: SlotId::from_number(1),
            posting: PostingId::from_number(1),
            round: 1,
            local: String::new(),
            zone: "Europe/Copenhagen".into(),
            starts_at: Instant::from_seconds(seconds),
            minutes,
            place: "A".into(),
            link: String::new(),
            note: String::new(),
            state: SlotState::Open,
        };
        assert!(at(0, 45).meets(&at(44 * 60, 45)));
        assert!(!at(0, 45).meets(&at(45 * 60, 45)));
        assert!(at(0, 45).beside(&at(0, 45)));
        assert!(!at(0, 45).beside(&at(0, 30)));
    }
}
