//! The campaign: what it is called, whose it is, from when to when, and what a colour must carry.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use crate::{
    base::{
        Instant,
        colour::{Colour, READABLE},
        id::{AssetId, CampaignId, UnitId},
        text,
        wall::WallTime,
    },
    web::forms::Errors,
    words,
};

/// Most characters of a name.
pub const NAME: usize = 80;
/// Most characters of a slogan.
pub const SLOGAN: usize = 140;
/// Most characters of what is expected.
pub const HYPOTHESIS: usize = 600;

words! {
    /// How far ahead it looks (S2-02).
    pub enum Horizon {
        /// Weeks.
        Short = "short",
        /// Months.
        Medium = "medium",
        /// Years.
        Long = "long",
    }
}

impl Horizon {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Short => "campaign-horizon-short",
            Self::Medium => "campaign-horizon-medium",
            Self::Long => "campaign-horizon-long",
        }
    }
}

/// Where it stands; follows from its days and from whether somebody archived it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Phase {
    /// Between its first day and its last.
    Running,
    /// Before its first day.
    Coming,
    /// After its last day.
    Ended,
    /// Laid away by somebody.
    Archived,
}

impl Phase {
    /// In the order of the list.
    pub const ALL: [Self; 4] = [Self::Running, Self::Coming, Self::Ended, Self::Archived];

    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Running => "campaign-phase-running",
            Self::Coming => "campaign-phase-coming",
            Self::Ended => "campaign-phase-ended",
            Self::Archived => "campaign-phase-archived",
        }
    }
    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Running => ("ok", "check"),
            Self::Coming => ("info", "time"),
            Self::Ended => ("", "flag"),
            Self::Archived => ("line", "lock"),
        }
    }
    /// Whether an ad or story may be put into it now.
    pub const fn takes(self) -> bool {
        matches!(self, Self::Running | Self::Coming)
    }
}

/// Everything a person writes or chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Whose it is.
    pub unit: UnitId,
    /// Who carries it together with them; never `unit` itself.
    pub together: Vec<UnitId>,
    /// What it is called.
    pub name: String,
    /// Its sentence; may be empty.
    pub slogan: String,
    /// The first day.
    pub starts_on: NaiveDate,
    /// The last day; none: until it is archived.
    pub ends_on: Option<NaiveDate>,
    /// How far ahead it looks.
    pub horizon: Horizon,
    /// It tries something out.
    pub trial: bool,
    /// What a trial is expected to show.
    pub hypothesis: String,
    /// White text stands on it.
    pub colour: Colour,
    /// A picture of the media library.
    pub logo: Option<AssetId>,
}

impl Content {
    /// The same without stray white space and with no unit named twice.
    pub fn tidied(mut self) -> Self {
        self.name = text::line(&self.name);
        self.slogan = text::line(&self.slogan);
        self.hypothesis = text::paragraphs(&self.hypothesis);
        let own = self.unit;
        self.together.retain(|unit| *unit != own);
        self.together.sort_unstable();
        self.together.dedup();
        self
    }

    /// What cannot be taken as it is, told at the fields of the form.
    pub fn check(&self) -> Errors {
        let mut errors = Errors::none();
        if self.name.is_empty() {
            errors.add("name", "campaign-error-name");
        }
        for (field, written, most) in [
            ("name", &self.name, NAME),
            ("slogan", &self.slogan, SLOGAN),
            ("hypothesis", &self.hypothesis, HYPOTHESIS),
        ] {
            if text::count(written) > most {
                errors.add_with(field, "error-too-long", "max", most);
            }
        }
        if self.ends_on.is_some_and(|ends| ends < self.starts_on) {
            errors.add("ends_on", "campaign-error-order");
        }
        if self.trial && self.hypothesis.is_empty() {
            errors.add("hypothesis", "campaign-error-hypothesis");
        }
        if self.trial && self.ends_on.is_none() {
            errors.add("ends_on", "campaign-error-trial-end");
        }
        if let Some(darker) = darker(self.colour) {
            errors.add_with("colour_own", "campaign-error-pale", "suggestion", darker);
        }
        errors
    }

    /// The unit whose it is and those who carry it with them.
    pub fn units(&self) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::once(self.unit).chain(self.together.iter().copied())
    }
}

/// The nearest darker shade that white text can be read on; none when this one carries it.
fn darker(colour: Colour) -> Option<Colour> {
    let carries = |c: &Colour| c.contrast(Colour::WHITE) >= READABLE;
    if carries(&colour) {
        return None;
    }
    (1..=100).map(|percent| colour.darker(f64::from(percent) / 100.0)).find(carries)
}

/// A campaign as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Campaign {
    /// Which.
    pub id: CampaignId,
    /// What it says.
    pub content: Content,
    /// On whose walls its days are.
    pub zone: Tz,
    /// Counts up with every save; guards against two people saving at once.
    pub version: i32,
    /// When it was laid away.
    pub archived_at: Option<Instant>,
    /// Who made it: `user:…`.
    pub created_by: String,
    /// When it was made.
    pub created_at: Instant,
}

impl Campaign {
    /// When its first day begins.
    pub fn begins(&self) -> Instant {
        self.midnight(self.content.starts_on)
    }
    /// When its last day is over; none when it has no last day.
    pub fn ends(&self) -> Option<Instant> {
        self.content.ends_on.and_then(|day| day.succ_opt()).map(|day| self.midnight(day))
    }
    /// When the day begins that lies `days` before its first.
    pub fn days_before(&self, days: u64) -> Instant {
        let day = self.content.starts_on.checked_sub_days(Days::new(days));
        self.midnight(day.unwrap_or(self.content.starts_on))
    }
    /// How many days it has from the first to the last.
    pub fn days(&self) -> Option<u64> {
        let ends = self.content.ends_on?;
        u64::try_from((ends - self.content.starts_on).num_days() + 1).ok()
    }
    /// Where it stands at `now`.
    pub fn phase(&self, now: Instant) -> Phase {
        if self.archived_at.is_some() {
            Phase::Archived
        } else if now < self.begins() {
            Phase::Coming
        } else if self.ends().is_some_and(|ends| ends <= now) {
            Phase::Ended
        } else {
            Phase::Running
        }
    }
    /// Its page on the staff side.
    pub fn href(&self) -> String {
        format!("/kampagner/{}", self.id)
    }

    fn midnight(&self, day: NaiveDate) -> Instant {
        WallTime { local: day.and_time(chrono::NaiveTime::MIN), zone: self.zone }.instant().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial(starts: &str, ends: Option<&str>) -> Campaign {
        Campaign {
            id: CampaignId::from_number(1),
            content: Content {
                unit: UnitId::from_number(1),
                together: vec![UnitId::from_number(2), UnitId::from_number(1), UnitId::from_number(2)],
                name: "  Kloge  hjerter ".into(),
                slogan: String::new(),
                starts_on: starts.parse().unwrap(),
                ends_on: ends.map(|day| day.parse().unwrap()),
                horizon: Horizon::Short,
                trial: true,
                hypothesis: "Film bringer flere.".into(),
                colour: "#0a5566".parse().unwrap(),
                logo: None,
            },
            zone: chrono_tz::Europe::Copenhagen,
            version: 1,
            archived_at: None,
            created_by: String::new(),
            created_at: Instant::from_seconds(0),
        }
    }

    #[test]
    fn its_days_are_those_of_the_wall() {
        // the clock goes back on 25 October: that day has 25 hours
        let campaign = trial("2026-10-25", Some("2026-10-26"));
        assert_eq!(campaign.begins().rfc3339(), "2026-10-24T22:00:00Z");
        assert_eq!(campaign.ends().unwrap().rfc3339(), "2026-10-26T23:00:00Z");
        assert_eq!(campaign.days(), Some(2));
        assert_eq!(campaign.days_before(2).rfc3339(), "2026-10-22T22:00:00Z");
        let at = |text: &str| campaign.phase(Instant::from_utc(text.parse().unwrap()));
        assert_eq!(at("2026-10-24T21:59:59Z"), Phase::Coming);
        assert_eq!(at("2026-10-24T22:00:00Z"), Phase::Running);
        assert_eq!(at("2026-10-26T22:59:59Z"), Phase::Running);
        assert_eq!(at("2026-10-26T23:00:00Z"), Phase::Ended);
        let mut away = campaign.clone();
        away.archived_at = Some(Instant::from_seconds(1));
        assert_eq!(away.phase(Instant::from_seconds(2)), Phase::Archived);
        assert_eq!(trial("2026-10-25", None).phase(Instant::from_seconds(9_999_999_999)), Phase::Running);
    }

    #[test]
    fn a_trial_says_what_it_expects_and_when_it_ends() {
        let wrong = |content: &Content| -> Vec<String> {
            content.check().0.into_iter().map(|e| format!("{}: {}", e.field, e.key)).collect()
        };
        let mut content = trial("2026-11-02", None).content.tidied();
        assert_eq!((content.name.as_str(), content.together.len()), ("Kloge hjerter", 1));
        assert_eq!(wrong(&content), ["ends_on: campaign-error-trial-end"]);
        content.hypothesis = String::new();
        content.ends_on = content.starts_on.pred_opt();
        assert_eq!(
            wrong(&content),
            ["ends_on: campaign-error-order", "hypothesis: campaign-error-hypothesis"]
        );
        content.trial = false;
        content.ends_on = None;
        assert_eq!(wrong(&content), Vec::<String>::new());
    }

    #[test]
    fn a_pale_colour_is_refused_with_a_darker_one_that_carries_white() {
        let mut content = trial("2026-11-02", Some("2026-11-08")).content;
        content.colour = "#febb30".parse().unwrap();
        let errors = content.check().0;
        assert_eq!((errors[0].field.as_str(), errors[0].key.as_str()), ("colour_own", "campaign-error-pale"));
        let suggested: Colour = errors[0].args[0].1.parse().unwrap();
        assert!(suggested.contrast(Colour::WHITE) >= READABLE);
        content.colour = suggested;
        assert!(content.check().is_empty());
    }
}
