//! What is offered: hours, shifts, pay, place, start, contact (D-31a, D-32).

use std::{fmt, str::FromStr};

use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::Text};
use serde::{Deserialize, Serialize};

use crate::{
    base::{Language, text},
    i18n::{Speech, format},
    text_column, words,
};

/// Hours a week, in hundredths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hours(i32);

impl Hours {
    /// From hundredths of an hour; `None` outside 0–60 hours.
    pub const fn from_hundredths(hundredths: i32) -> Option<Self> {
        if hundredths > 0 && hundredths <= 6000 { Some(Self(hundredths)) } else { None }
    }
    /// In hundredths of an hour.
    pub const fn hundredths(self) -> i32 {
        self.0
    }
    /// Reads `37`, `32,5` or `32.25`; nothing written is nothing. The error is a message key.
    pub fn parse(raw: &str) -> Result<Option<Self>, &'static str> {
        let written = text::line(raw).replace(',', ".");
        if written.is_empty() {
            return Ok(None);
        }
        let (whole, part) = written.split_once('.').unwrap_or((&written, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 3 || part.len() > 2 || !digits(whole) || !digits(part) {
            return Err("error-hours-form");
        }
        let whole: i32 = whole.parse().map_err(|_| "error-hours-form")?;
        let part: i32 = format!("{part:0<2}").parse().map_err(|_| "error-hours-form")?;
        Self::from_hundredths(whole * 100 + part).map(Some).ok_or("error-hours-range")
    }
    /// `32,5` or `32.5`.
    pub fn said(self, language: Language) -> String {
        format::decimal(i64::from(self.0), 2, language)
    }
}

words! {
    /// What a figure of pay is for.
    pub enum PayUnit {
        /// A month.
        Month = "month",
        /// An hour.
        Hour = "hour",
        /// A year.
        Year = "year",
    }
}

/// Pay in figures: whole kroner, from and to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, AsExpression, FromSqlRow, Serialize, Deserialize)]
#[diesel(sql_type = Text)]
pub struct PayRange {
    /// From, in kroner.
    pub min: u32,
    /// To, in kroner; the same when there is one figure.
    pub max: u32,
    /// For what.
    pub unit: PayUnit,
}

impl PayRange {
    /// Reads two fields as people write kroner (`31.250`); nothing written is nothing. The error is a message key.
    pub fn parse(min: &str, max: &str, unit: &str) -> Result<Option<Self>, &'static str> {
        let (min, max) = (kroner(min)?, kroner(max)?);
        let Some(from) = min.or(max) else { return Ok(None) };
        let to = max.unwrap_or(from);
        if to < from {
            return Err("error-pay-order");
        }
        let unit = unit.parse().map_err(|_| "error-pay-unit")?;
        Ok(Some(Self { min: from, max: to, unit }))
    }
    /// `31.250–33.900 kr. om måneden`.
    pub fn said(self, t: Speech) -> String {
        let figure = |n: u32| format::whole(i64::from(n), t.language());
        let amount = if self.min == self.max {
            figure(self.min)
        } else {
            format!("{}–{}", figure(self.min), figure(self.max))
        };
        t.with(&format!("posting-pay-{}", self.unit), "amount", amount)
    }
}

fn kroner(raw: &str) -> Result<Option<u32>, &'static str> {
    let written: String = text::line(raw).chars().filter(|c| !matches!(c, ' ' | '.' | '\u{a0}')).collect();
    let written = written.trim_end_matches("kr").trim_end_matches(",00");
    if written.is_empty() {
        return Ok(None);
    }
    written.parse().ok().filter(|n| (1..10_000_000).contains(n)).map(Some).ok_or("error-pay-form")
}

impl fmt::Display for PayRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{} {}", self.min, self.max, self.unit)
    }
}
impl FromStr for PayRange {
    type Err = String;
    fn from_str(s: &str) -> Result<Self, String> {
        let bad = || format!("not a pay range: {s}");
        let (figures, unit) = s.split_once(' ').ok_or_else(bad)?;
        let (min, max) = figures.split_once('-').ok_or_else(bad)?;
        let number = |n: &str| n.parse().map_err(|_| bad());
        Ok(Self { min: number(min)?, max: number(max)?, unit: unit.parse()? })
    }
}
text_column!(PayRange);

/// What is offered. Codes are those of [`super::taxonomy`]; nothing here has been judged ready yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// Code of the profession.
    pub profession: Option<String>,
    /// Code of the form of employment.
    pub employment_type: Option<String>,
    /// How many are wanted.
    pub openings: i32,
    /// Fewest hours a week.
    pub hours_min: Option<Hours>,
    /// Most hours a week.
    pub hours_max: Option<Hours>,
    /// Codes of the shifts.
    pub shifts: Vec<String>,
    /// Where one works, as people call it.
    pub workplace: String,
    /// Street and number, postcode and town.
    pub address: String,
    /// The collective agreement.
    pub agreement: String,
    /// Pay in words.
    pub pay: String,
    /// Pay in figures.
    pub pay_range: Option<PayRange>,
    /// When the work begins, in words or as a date.
    pub starts_on: String,
    /// Who answers questions.
    pub contact_name: String,
    /// That person's mail.
    pub contact_email: String,
    /// That person's telephone, as stored (E.164).
    pub contact_phone: String,
}

impl Default for Terms {
    fn default() -> Self {
        Self {
            profession: None,
            employment_type: None,
            openings: 1,
            hours_min: None,
            hours_max: None,
            shifts: Vec::new(),
            workplace: String::new(),
            address: String::new(),
            agreement: String::new(),
            pay: String::new(),
            pay_range: None,
            starts_on: String::new(),
            contact_name: String::new(),
            contact_email: String::new(),
            contact_phone: String::new(),
        }
    }
}

impl Terms {
    /// `32–37`, or `None` when no hours are given.
    pub fn hours_said(&self, language: Language) -> Option<String> {
        match (self.hours_min, self.hours_max) {
            (Some(min), Some(max)) if min != max => {
                Some(format!("{}–{}", min.said(language), max.said(language)))
            }
            (Some(one), _) | (None, Some(one)) => Some(one.said(language)),
            (None, None) => None,
        }
    }
    /// Whether applicants are told what they will earn (D-32): figures or words, and the agreement.
    pub fn pay_is_told(&self) -> bool {
        !self.agreement.is_empty() && (self.pay_range.is_some() || !self.pay.is_empty())
    }
    /// The address in parts.
    pub fn place(&self) -> Option<Place<'_>> {
        Place::read(&self.address)
    }
}

/// A Danish address in parts: `Skovbakken 12, 8799 Fjordby N`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// Street and number.
    pub street: &'a str,
    /// Four digits.
    pub postcode: &'a str,
    /// Town.
    pub town: &'a str,
}

impl<'a> Place<'a> {
    /// Reads it; `None` when there is no postcode with a town after it.
    pub fn read(address: &'a str) -> Option<Self> {
        let bytes = address.as_bytes();
        let at = (0..bytes.len().saturating_sub(4)).rev().find(|i| {
            bytes[*i..*i + 4].iter().all(u8::is_ascii_digit)
                && bytes[*i + 4] == b' '
                && (*i == 0 || matches!(bytes[*i - 1], b' ' | b','))
        })?;
        let town = address[at + 5..].trim().trim_end_matches(',');
        if town.is_empty() || town.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some(Self {
            street: address[..at].trim().trim_end_matches(',').trim(),
            postcode: &address[at..at + 4],
            town,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_as_people_write_them() {
        let read = |s| Hours::parse(s).map(|h| h.map(Hours::hundredths));
        assert_eq!(read(""), Ok(None));
        for (written, want) in [("37", 3700), (" 32,5 ", 3250), ("30.25", 3025), ("0,5", 50)] {
            assert_eq!(read(written), Ok(Some(want)), "{written}");
        }
        for bad in ["x", "32,255", "-3", "3 7", ",5"] {
            assert_eq!(read(bad), Err("error-hours-form"), "{bad}");
        }
        for bad in ["0", "61", "370"] {
            assert_eq!(read(bad), Err("error-hours-range"), "{bad}");
        }
    }

    #[test]
    fn pay_as_people_write_it() {
        let range = PayRange::parse("31.250", "33 900 kr.", "month").unwrap().unwrap();
        assert_eq!(range, PayRange { min: 31250, max: 33900, unit: PayUnit::Month });
        assert_eq!(range.to_string().parse(), Ok(range));
        assert_eq!(range.said(Speech(Language::Da)), "31.250–33.900\u{a0}kr. om måneden");
        assert_eq!(PayRange::parse("", "", "month"), Ok(None));
        assert_eq!(PayRange::parse("182,00", "", "hour").unwrap().unwrap().max, 182);
        assert_eq!(PayRange::parse("5", "4", "hour"), Err("error-pay-order"));
        assert_eq!(PayRange::parse("løn", "", "hour"), Err("error-pay-form"));
    }

    #[test]
    fn addresses_in_parts() {
        let place = Place::read("Skovbakken 12, 8799 Fjordby N").unwrap();
        assert_eq!((place.street, place.postcode, place.town), ("Skovbakken 12", "8799", "Fjordby N"));
        assert_eq!(Place::read("8000 Aarhus C").unwrap().street, "");
        assert_eq!(Place::read("Vej 1200, 8000 Aarhus").unwrap().postcode, "8000");
        for none in ["", "Skovbakken 12", "8799", "Skovbakken 12, Fjordby"] {
            assert_eq!(Place::read(none), None, "{none}");
        }
    }
}
