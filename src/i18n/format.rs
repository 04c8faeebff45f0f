//! Dates, clock times, numbers and sorting as Danes and English readers write them (rules.md 10).
//! One formatter for every screen, letter and feed (R13).

use std::cmp::Ordering;

use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike, Weekday};
use chrono_tz::Tz;

use crate::base::{Instant, Language, wall::WallTime};

const MONTHS_DA: [&str; 12] = [
    "januar",
    "februar",
    "marts",
    "april",
    "maj",
    "juni",
    "juli",
    "august",
    "september",
    "oktober",
    "november",
    "december",
];
const MONTHS_EN: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const SHORT_DA: [&str; 12] =
    ["jan.", "feb.", "mar.", "apr.", "maj", "jun.", "jul.", "aug.", "sep.", "okt.", "nov.", "dec."];

/// `1.234` or `1,234`.
pub fn whole(n: i64, language: Language) -> String {
    let digits = n.unsigned_abs().to_string();
    let mark = if language == Language::Da { '.' } else { ',' };
    let mut out = String::new();
    if n < 0 {
        out.push('-');
    }
    for (i, d) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(d);
    }
    out
}

/// `12,5` from tenths or hundredths; no trailing zeros.
pub fn decimal(value: i64, places: u32, language: Language) -> String {
    let unit = 10_i64.pow(places);
    let fraction = format!("{:0width$}", (value % unit).abs(), width = places as usize);
    let fraction = fraction.trim_end_matches('0');
    let mark = if language == Language::Da { ',' } else { '.' };
    if fraction.is_empty() {
        whole(value / unit, language)
    } else {
        format!("{}{mark}{fraction}", whole(value / unit, language))
    }
}

/// An amount of money from hundredths: `0,20` or `0.20`.
pub fn hundredths(value: u64, language: Language) -> String {
    let mark = if language == Language::Da { ',' } else { '.' };
    format!("{}{mark}{:02}", whole(i64::try_from(value / 100).unwrap_or(i64::MAX), language), value % 100)
}

/// `6. december 2026` or `6 December 2026`.
pub fn date(d: NaiveDate, language: Language) -> String {
    let month = d.month0() as usize;
    match language {
        Language::Da => format!("{}. {} {}", d.day(), MONTHS_DA[month], d.year()),
        Language::En => format!("{} {} {}", d.day(), MONTHS_EN[month], d.year()),
    }
}

/// `december 2026` or `December 2026`.
pub fn month(d: NaiveDate, language: Language) -> String {
    let names = if language == Language::Da { &MONTHS_DA } else { &MONTHS_EN };
    format!("{} {}", names[d.month0() as usize], d.year())
}

/// `6.` or `6`: a day where its month is known.
pub fn day_number(d: NaiveDate, language: Language) -> String {
    let mark = if language == Language::Da { "." } else { "" };
    format!("{}{mark}", d.day())
}

/// `9.02` or `09:02`: a time in a narrow place.
pub fn clock(t: NaiveDateTime, language: Language) -> String {
    match language {
        Language::Da => format!("{}.{:02}", t.hour(), t.minute()),
        Language::En => format!("{:02}:{:02}", t.hour(), t.minute()),
    }
}

/// `kl. 23.59` (with a non-breaking space) or `23:59`.
pub fn time(t: NaiveDateTime, language: Language) -> String {
    match language {
        Language::Da => format!("kl.\u{a0}{}.{:02}", t.hour(), t.minute()),
        Language::En => format!("{:02}:{:02}", t.hour(), t.minute()),
    }
}

/// `6. december 2026 kl. 23.59`.
pub fn date_time(t: NaiveDateTime, language: Language) -> String {
    let mark = if language == Language::Da { " " } else { ", " };
    format!("{}{mark}{}", date(t.date(), language), time(t, language))
}

/// With the weekday, as deadlines are written: `søndag den 6. december 2026 kl. 23.59`.
pub fn deadline(t: NaiveDateTime, language: Language) -> String {
    let weekday = weekday(t.weekday(), language);
    match language {
        Language::Da => format!("{weekday} den {}", date_time(t, language)),
        Language::En => format!("{weekday} {}", date_time(t, language)),
    }
}

/// `8. dec. kl. 9.02` or `8 Dec, 09:02`.
pub fn short(t: NaiveDateTime, language: Language) -> String {
    let month = t.month0() as usize;
    match language {
        Language::Da => format!("{}. {} {}", t.day(), SHORT_DA[month], time(t, language)),
        Language::En => format!("{} {}, {}", t.day(), &MONTHS_EN[month][..3], time(t, language)),
    }
}

/// `8. dec.` or `8 Dec`.
pub fn short_date(d: NaiveDate, language: Language) -> String {
    let month = d.month0() as usize;
    match language {
        Language::Da => format!("{}. {}", d.day(), SHORT_DA[month]),
        Language::En => format!("{} {}", d.day(), &MONTHS_EN[month][..3]),
    }
}

/// An instant in a zone, short.
pub fn instant_short(at: Instant, zone: Tz, language: Language) -> String {
    short(WallTime::at(at, zone).local, language)
}

/// An instant in a zone, in full.
pub fn instant_long(at: Instant, zone: Tz, language: Language) -> String {
    date_time(WallTime::at(at, zone).local, language)
}

/// Bytes as people say them: `2,4 MB`.
pub fn bytes(n: i64, language: Language) -> String {
    match n {
        ..1000 => format!("{n}\u{a0}B"),
        1000..1_000_000 => format!("{}\u{a0}kB", decimal(n / 100, 1, language)),
        1_000_000..1_000_000_000 => format!("{}\u{a0}MB", decimal(n / 100_000, 1, language)),
        _ => format!("{}\u{a0}GB", decimal(n / 100_000_000, 1, language)),
    }
}

/// The weekday's name.
pub const fn weekday(day: Weekday, language: Language) -> &'static str {
    match (language, day) {
        (Language::Da, Weekday::Mon) => "mandag",
        (Language::Da, Weekday::Tue) => "tirsdag",
        (Language::Da, Weekday::Wed) => "onsdag",
        (Language::Da, Weekday::Thu) => "torsdag",
        (Language::Da, Weekday::Fri) => "fredag",
        (Language::Da, Weekday::Sat) => "lørdag",
        (Language::Da, Weekday::Sun) => "søndag",
        (Language::En, Weekday::Mon) => "Monday",
        (Language::En, Weekday::Tue) => "Tuesday",
        (Language::En, Weekday::Wed) => "Wednesday",
        (Language::En, Weekday::Thu) => "Thursday",
        (Language::En, Weekday::Fri) => "Friday",
        (Language::En, Weekday::Sat) => "Saturday",
        (Language::En, Weekday::Sun) => "Sunday",
    }
}

/// Danish order: … x y z æ ø å, `aa` as å, case folded.
pub fn danish_order(a: &str, b: &str) -> Ordering {
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}

fn key(text: &str) -> Vec<u32> {
    let lower = text.to_lowercase().replace("aa", "å");
    lower
        .chars()
        .map(|c| match c {
            'æ' | 'ä' => u32::from('z') + 1,
            'ø' | 'ö' => u32::from('z') + 2,
            'å' => u32::from('z') + 3,
            'é' | 'è' => u32::from('e'),
            'ü' => u32::from('y'),
            c => u32::from(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_danes_write_it() {
        let t = NaiveDate::from_ymd_opt(2026, 12, 6).unwrap().and_hms_opt(23, 59, 0).unwrap();
        assert_eq!(deadline(t, Language::Da), "søndag den 6. december 2026 kl.\u{a0}23.59");
        assert_eq!(deadline(t, Language::En), "Sunday 6 December 2026, 23:59");
        assert_eq!(short(t, Language::Da), "6. dec. kl.\u{a0}23.59");
        assert_eq!(whole(-1_234_567, Language::Da), "-1.234.567");
        assert_eq!(decimal(3250, 2, Language::Da), "32,5");
        assert_eq!(decimal(3700, 2, Language::Da), "37");
        assert_eq!(bytes(2_430_000, Language::Da), "2,4\u{a0}MB");
    }

    #[test]
    fn aabenraa_comes_last() {
        let mut towns = ["Århus", "Zealand", "Aabenraa", "Ærø", "Ballerup", "Øster"];
        towns.sort_by(|a, b| danish_order(a, b));
        assert_eq!(towns, ["Ballerup", "Zealand", "Ærø", "Øster", "Aabenraa", "Århus"]);
    }
}
