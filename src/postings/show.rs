//! An ad in a reader's words: what cards, pages, previews, feeds and markup say of it.

use chrono::{Datelike, NaiveDate};

use super::{
    posting::{Posting, State},
    taxonomy,
};
use crate::{
    base::{Instant, Language, address, id::UnitId, text, wall::WallTime},
    i18n::{Speech, format},
};

/// A picture as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Address of the large shape.
    pub src: String,
    /// Address of the card's shape.
    pub card: String,
    /// What it shows; empty when it only decorates.
    pub alt: String,
    /// Width of the large shape, in pixels.
    pub width: i32,
    /// Height of the large shape, in pixels.
    pub height: i32,
}

/// Captions of a film in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// Address of the WebVTT.
    pub src: String,
    /// Its language.
    pub code: &'static str,
    /// What the language calls itself.
    pub name: &'static str,
    /// Shown from the start.
    pub first: bool,
}

/// A film as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Film {
    /// Address of the film.
    pub src: String,
    /// Media type.
    pub mime: String,
    /// Address of the still; may be empty.
    pub poster: String,
    /// What it shows.
    pub alt: String,
    /// Width in pixels.
    pub width: i32,
    /// Height in pixels.
    pub height: i32,
    /// `48 sek.`; empty when the length is not known.
    pub length: String,
    /// Captions.
    pub tracks: Vec<Track>,
    /// What is said in it, from the captions, one line each; empty when nobody speaks.
    pub words: Vec<String>,
}

/// What surrounds the words of an ad.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// Name of the unit.
    pub unit: String,
    /// The picture on top.
    pub hero: Option<Picture>,
    /// Drawings in the text.
    pub graphics: Vec<Picture>,
    /// The film.
    pub film: Option<Film>,
    /// The job is advertised again: who has applied before need not do it again.
    pub reposted: bool,
}

/// An ad, said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its public address, in this language.
    pub href: String,
    /// The same without the language.
    pub path: String,
    /// `2026-0417`.
    pub reference: String,
    /// The language of title, lead and body.
    pub language: Language,
    /// The languages in which it is whole.
    pub languages: Vec<Language>,
    /// Title.
    pub title: String,
    /// Lead.
    pub lead: String,
    /// Safe HTML.
    pub body: String,
    /// Unit and its id.
    pub unit: String,
    /// For narrowing.
    pub unit_id: UnitId,
    /// Name of the workplace.
    pub workplace: String,
    /// Address of the workplace.
    pub address: String,
    /// Town, when the address has one.
    pub town: String,
    /// Profession.
    pub profession: String,
    /// Form of employment.
    pub employment: String,
    /// `32–37 timer om ugen, dag og aften`.
    pub hours: String,
    /// `32–37 timer, dag og aften`.
    pub hours_short: String,
    /// Pay in figures, else in words.
    pub pay: String,
    /// Pay in words beside the figures.
    pub pay_words: String,
    /// `Fra 31.250 kr.`, or nothing.
    pub pay_from: String,
    /// Collective agreement.
    pub agreement: String,
    /// When work begins.
    pub starts_on: String,
    /// How many are wanted.
    pub openings: i32,
    /// `søndag den 6. december 2026 kl. 23.59`.
    pub deadline: String,
    /// `6. december kl. 23.59`, `i morgen kl. 12.00`.
    pub deadline_short: String,
    /// Less than three days are left.
    pub soon: bool,
    /// Who answers questions.
    pub contact_name: String,
    /// The first letters of that name.
    pub contact_initials: String,
    /// Mail.
    pub contact_email: String,
    /// Telephone as stored.
    pub contact_phone: String,
    /// Telephone as read.
    pub contact_phone_shown: String,
    /// Names of themes.
    pub themes: Vec<String>,
    /// Where it stands now.
    pub state: State,
    /// Pictures and film.
    pub around: Surroundings,
}

/// Says `posting` in the reader's language; its own words in that language when they are whole.
pub fn shown(posting: &Posting, around: Surroundings, t: Speech, now: Instant) -> Shown {
    let reader = t.language();
    let content = &posting.content;
    let languages = content.languages();
    let language = if languages.contains(&reader) { reader } else { Language::Da };
    let words = content.text(language);
    let terms = &content.terms;
    let name = |list, code: &Option<String>| {
        code.as_deref().map_or_else(String::new, |c| taxonomy::name(list, c, reader).to_owned())
    };
    let shifts: Vec<&str> =
        terms.shifts.iter().map(|c| taxonomy::name(taxonomy::shifts(), c, reader)).collect();
    let shifts = format_list(&shifts, t);
    let with_shifts = |hours: String| match (hours.is_empty(), shifts.is_empty()) {
        (false, false) => format!("{hours}, {shifts}"),
        _ => format!("{hours}{shifts}"),
    };
    let hours = terms.hours_said(reader);
    let figures = terms.pay_range.map(|r| r.said(t));
    let path = posting.path();
    let deadline = posting.deadline_local();
    Shown {
        href: if reader == Language::Da { path.clone() } else { format!("{path}?lang=en") },
        path,
        reference: posting.reference.clone(),
        language,
        languages,
        title: words.map(|w| w.title.clone()).unwrap_or_default(),
        lead: words.map(|w| w.lead.clone()).unwrap_or_default(),
        body: words.map(|w| w.body.clone()).unwrap_or_default(),
        unit: around.unit.clone(),
        unit_id: content.unit,
        workplace: terms.workplace.clone(),
        address: terms.address.clone(),
        town: terms.place().map_or_else(String::new, |p| p.town.to_owned()),
        profession: name(taxonomy::professions(), &terms.profession),
        employment: name(taxonomy::employment_types(), &terms.employment_type),
        hours: with_shifts(hours.as_ref().map_or_else(String::new, |h| t.with("ad-hours-week", "hours", h))),
        hours_short: with_shifts(hours.as_ref().map_or_else(String::new, |h| t.with("ad-hours", "hours", h))),
        pay_words: if figures.is_some() { terms.pay.clone() } else { String::new() },
        pay: figures.unwrap_or_else(|| terms.pay.clone()),
        pay_from: terms.pay_range.map_or_else(String::new, |r| {
            t.with("ad-pay-from", "amount", format::whole(i64::from(r.min), reader))
        }),
        agreement: taxonomy::agreement(&terms.agreement, reader).to_owned(),
        starts_on: terms.starts_on.clone(),
        openings: terms.openings,
        deadline: deadline.map_or_else(String::new, |d| format::deadline(d, reader)),
        deadline_short: content.deadline.map_or_else(String::new, |d| near(d, t, now)),
        soon: posting.deadline_at.is_some_and(|at| at > now && at.since(now).as_secs() < 3 * 86_400),
        contact_initials: initials(&terms.contact_name),
        contact_name: terms.contact_name.clone(),
        contact_email: terms.contact_email.clone(),
        contact_phone_shown: address::phone_shown(&terms.contact_phone),
        contact_phone: terms.contact_phone.clone(),
        themes: content
            .themes
            .iter()
            .map(|c| taxonomy::name(taxonomy::themes(), c, reader).to_owned())
            .collect(),
        state: posting.state_at(now),
        around,
    }
}

/// A deadline as one says it on the day: `i dag kl. 12.00`, `i morgen …`, else with the date, and with the
/// year when it is another.
fn near(deadline: WallTime, t: Speech, now: Instant) -> String {
    let language = t.language();
    let today: NaiveDate = WallTime::at(now, deadline.zone).local.date();
    let (day, clock) = (deadline.local.date(), format::time(deadline.local, language));
    match (day - today).num_days() {
        0 => t.with("ad-today", "time", clock),
        1 => t.with("ad-tomorrow", "time", clock),
        _ if day.year() == today.year() || (day - today).num_days().abs() < 120 => {
            let date = format::date(day, language);
            let date = date.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
            match language {
                Language::Da => format!("{date} {clock}"),
                Language::En => format!("{date}, {clock}"),
            }
        }
        _ => format::date_time(deadline.local, language),
    }
}

/// `dag, aften og weekend`.
fn format_list(words: &[&str], t: Speech) -> String {
    match words {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first @ .., last] => t.with2("ad-and", "first", first.join(", "), "last", *last),
    }
}

/// `CJ` of `Camilla Juhl, centerleder`.
fn initials(name: &str) -> String {
    let bare = name.split(',').next().unwrap_or_default();
    let words: Vec<&str> = bare.split_whitespace().collect();
    let first = |w: Option<&&str>| w.and_then(|w| w.chars().next()).unwrap_or_default();
    let last = if words.len() > 1 { words.last() } else { None };
    let mut letters: String = [first(words.first()), first(last)].into_iter().collect();
    letters.retain(char::is_alphabetic);
    letters.to_uppercase()
}

/// Ads most like `to` first: same profession, then same unit; at most three.
pub fn similar<'a>(to: &Posting, others: &'a [Posting]) -> Vec<&'a Posting> {
    let mut found: Vec<(u8, &Posting)> = others
        .iter()
        .filter(|p| p.id != to.id)
        .map(|p| {
            let profession = p.content.terms.profession == to.content.terms.profession;
            let unit = p.content.unit == to.content.unit;
            (u8::from(profession) * 2 + u8::from(unit), p)
        })
        .collect();
    found.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
    found.into_iter().take(3).map(|(_, p)| p).collect()
}

/// What a list is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Words that must all occur in title, lead, text, workplace, town or profession.
    pub words: String,
    /// In this unit.
    pub unit: Option<UnitId>,
    /// One of these professions.
    pub professions: Vec<String>,
    /// One of these forms of employment.
    pub employment: Vec<String>,
    /// `full` (37 hours can be had) or `part` (fewer can).
    pub hours: Vec<String>,
    /// One of these themes.
    pub themes: Vec<String>,
}

impl Filter {
    /// Nothing is narrowed.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
    /// Whether an ad stays.
    pub fn fits(&self, posting: &Posting, shown: &Shown) -> bool {
        let terms = &posting.content.terms;
        let among = |wanted: &[String], code: &Option<String>| {
            wanted.is_empty() || code.as_ref().is_some_and(|c| wanted.contains(c))
        };
        let time = self.hours.is_empty()
            || self.hours.iter().any(|h| match h.as_str() {
                "full" => terms.hours_max.is_some_and(|h| h.hundredths() >= 3700),
                _ => terms.hours_min.is_some_and(|h| h.hundredths() < 3700),
            });
        time && among(&self.professions, &terms.profession)
            && among(&self.employment, &terms.employment_type)
            && self.unit.is_none_or(|u| u == posting.content.unit)
            && (self.themes.is_empty() || posting.content.themes.iter().any(|t| self.themes.contains(t)))
            && self.says(shown)
    }

    fn says(&self, ad: &Shown) -> bool {
        if self.words.is_empty() {
            return true;
        }
        let text = [
            ad.title.as_str(),
            &ad.lead,
            &super::body::plain(&ad.body),
            &ad.workplace,
            &ad.address,
            &ad.unit,
            &ad.profession,
            &ad.reference,
        ]
        .join(" ")
        .to_lowercase();
        text::line(&self.words).to_lowercase().split(' ').all(|w| text.contains(w))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_letters() {
        assert_eq!(initials("Camilla Juhl, centerleder"), "CJ");
        assert_eq!(initials("Ærø"), "Æ");
        assert_eq!(initials("Åse Marie Øster-Holm"), "ÅØ");
        assert_eq!(initials(""), "");
    }
}
