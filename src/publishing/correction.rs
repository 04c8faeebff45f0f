//! Other words for what is out. What a correction is and where it may stand; what an ad told when a post was written and
//! tells now; and the words that follow from the difference. Pure; rows are in the store, the verbs in
//! [`correct`](super::correct) and [`correct_settle`](super::correct_settle), the one function that moves a correction on in
//! `correct_drive`.

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use crate::{base::Language, i18n::format, words};

words! {
    /// How it is made.
    pub enum Way {
        /// The channel puts the new words in the place of the old ones.
        InPlace = "in_place",
        /// A person does, on the channel itself.
        ByHand = "by_hand",
        /// This post took the place of one that was taken down.
        Anew = "anew",
        /// Not at all: somebody has seen that the ad tells something else now, and lets the post stand.
        Left = "left",
    }
}

words! {
    /// Where it stands.
    pub enum Standing {
        /// Waits for somebody to approve exactly these bytes.
        Waits = "waits",
        /// Is made as soon as the account allows.
        Ready = "ready",
        /// The call is or was under way, and its outcome is not known: it is made again.
        Sending = "sending",
        /// Lies with a person, who writes the words there and says so.
        ByHand = "by_hand",
        /// The new words stand there.
        Done = "done",
        /// The peer said no; the old words stand.
        Refused = "refused",
        /// The post was not there any more.
        Gone = "gone",
        /// Nobody wants it any more.
        Dropped = "dropped",
        /// The post stays as it is.
        Left = "left",
    }
}

impl Standing {
    /// Something is still to happen.
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Waits | Self::Ready | Self::Sending | Self::ByHand)
    }

    /// These.
    pub const OPEN: [Self; 4] = [Self::Waits, Self::Ready, Self::Sending, Self::ByHand];

    /// It says nothing of what the post tells: it came to nothing.
    pub const VOID: [Self; 3] = [Self::Refused, Self::Gone, Self::Dropped];

    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Waits => "correction-state-waits",
            Self::Ready => "correction-state-ready",
            Self::Sending => "correction-state-sending",
            Self::ByHand => "correction-state-by-hand",
            Self::Done => "correction-state-done",
            Self::Refused => "correction-state-refused",
            Self::Gone => "correction-state-gone",
            Self::Dropped => "correction-state-dropped",
            Self::Left => "correction-state-left",
        }
    }

    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Waits => ("info", "chat"),
            Self::Ready | Self::Sending => ("info", "sync"),
            Self::ByHand => ("warn", "person"),
            Self::Done => ("ok", "check"),
            Self::Refused => ("bad", "error"),
            Self::Gone => ("warn", "warning"),
            Self::Dropped | Self::Left => ("line", ""),
        }
    }
}

/// What a post was written to tell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    /// What the ad or story is called.
    pub title: String,
    /// Until when one may apply, on the wall.
    pub deadline: Option<NaiveDateTime>,
}

/// What is told otherwise by now: what was, and what is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Misfit {
    /// The title.
    pub title: Option<(String, String)>,
    /// The deadline.
    pub deadline: Option<(NaiveDateTime, NaiveDateTime)>,
}

impl Told {
    /// In what it differs from what is told now.
    pub fn misfit(&self, now: &Self) -> Option<Misfit> {
        let title = (!self.title.is_empty() && !now.title.is_empty() && self.title != now.title)
            .then(|| (self.title.clone(), now.title.clone()));
        let deadline = self.deadline.zip(now.deadline).filter(|(was, is)| was != is);
        (title.is_some() || deadline.is_some()).then_some(Misfit { title, deadline })
    }
}

impl Misfit {
    /// The words with the new title and deadline where the old ones stand, in the ways in which the house and most people
    /// write them. What is said in other ways stays for a person to find.
    pub fn proposed(&self, text: &str, language: Language) -> String {
        let mut pairs: Vec<(String, String)> = self.title.iter().cloned().collect();
        if let Some((was, is)) = self.deadline {
            pairs.extend(spellings(was, language).into_iter().zip(spellings(is, language)));
        }
        // the longest fits first: a whole date, then a part of it
        pairs.sort_by_key(|(was, _)| std::cmp::Reverse(was.len()));
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let begins = !out.chars().next_back().is_some_and(char::is_alphanumeric);
            let fits = |(was, _): &&(String, String)| {
                let after = rest.strip_prefix(was.as_str()).and_then(|after| after.chars().next());
                begins && rest.starts_with(was.as_str()) && !after.is_some_and(char::is_alphanumeric)
            };
            match pairs.iter().find(fits) {
                Some((was, is)) => {
                    out.push_str(is);
                    rest = &rest[was.len()..];
                }
                None => {
                    out.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        out
    }
}

/// A deadline in every way it is usually written; the same places for every deadline.
fn spellings(at: NaiveDateTime, language: Language) -> Vec<String> {
    let (whole, date) = (format::date_time(at, language), format::date(at.date(), language));
    let long = format::deadline(at, language);
    let weekday = long.strip_suffix(&whole).unwrap_or_default().to_owned();
    let year = at.format(" %Y").to_string();
    let day = date.strip_suffix(&year).unwrap_or(&date).to_owned();
    let time = whole.strip_prefix(&date).unwrap_or_default();
    let mut all = vec![
        long.clone(),
        format!("{weekday}{date}"),
        format!("{weekday}{day}{time}"),
        format!("{weekday}{day}"),
        whole.clone(),
        format!("{day}{time}"),
        date.clone(),
        day,
        format::short(at, language),
        format::short_date(at.date(), language),
    ];
    // a space that does not break is typed by nobody
    all.extend(all.clone().into_iter().map(|words| words.replace('\u{a0}', " ")));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        text.parse().unwrap()
    }

    fn moved() -> Misfit {
        let told = |title: &str, deadline: &str| Told { title: title.into(), deadline: Some(at(deadline)) };
        let was = told("SOSU-assistent til aften", "2027-01-01T23:59:00");
        was.misfit(&told("SOSU-assistent til nat", "2027-01-11T12:00:00")).unwrap()
    }

    #[test]
    fn the_new_deadline_stands_where_the_old_one_stood() {
        let misfit = moved();
        let da = |text: &str| misfit.proposed(text, Language::Da);
        assert_eq!(
            da("Søg senest fredag den 1. januar 2027 kl. 23.59."),
            "Søg senest mandag den 11. januar 2027 kl. 12.00."
        );
        assert_eq!(da("Frist: 1. januar 2027"), "Frist: 11. januar 2027");
        assert_eq!(da("Frist: fredag den 1. januar!"), "Frist: mandag den 11. januar!");
        // the new one is not taken for the old one, nor a part of another number for it
        assert_eq!(da("11. januar og 1. januar"), "11. januar og 11. januar");
        assert_eq!(da("21. januar"), "21. januar");
        assert_eq!(da("1. januarkvartal"), "1. januarkvartal");
        let en = misfit.proposed("Apply by Friday 1 January 2027, 23:59", Language::En);
        assert_eq!(en, "Apply by Monday 11 January 2027, 12:00");
    }

    #[test]
    fn the_new_title_stands_where_the_old_one_stood_and_nothing_else_changes() {
        let misfit = moved();
        let text = "Vi søger en SOSU-assistent til aften på Ærø 👩‍⚕️\n\nHilsen os";
        let wanted = "Vi søger en SOSU-assistent til nat på Ærø 👩‍⚕️\n\nHilsen os";
        assert_eq!(misfit.proposed(text, Language::Da), wanted);
        assert_eq!(misfit.proposed("Intet af det", Language::Da), "Intet af det");
    }

    #[test]
    fn what_is_not_known_does_not_differ() {
        let bare = Told { title: "Kok".into(), deadline: None };
        let dated = Told { title: "Kok".into(), deadline: Some(at("2027-01-01T23:59:00")) };
        assert_eq!(bare.misfit(&dated), None);
        assert_eq!(dated.misfit(&bare), None);
        assert_eq!(Told::default().misfit(&dated), None);
        assert!(dated.misfit(&Told { title: "Kok til nat".into(), ..dated.clone() }).is_some());
    }
}
