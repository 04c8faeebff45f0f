//! What a posting asks of people: up to twelve criteria under five headings, each with the evidence it is judged by and
//! a scale of four steps in words. Pure rules; the freeze stands in [`super::actions`].

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    base::{
        Instant,
        id::{CriterionId, PostingId},
        text,
    },
    web::forms::Errors,
    words,
};

/// The most criteria a profile has.
pub const MOST: usize = 12;
/// The steps of the scale: 1 to this.
pub const STEPS: usize = 4;
/// Longest wording, in characters.
pub const WORDING: usize = 120;
/// Longest reason why it matters and longest evidence, in characters.
pub const TEXT: usize = 400;
/// Longest text of a step, in characters.
pub const STEP: usize = 200;

words! {
    /// What kind of competence a criterion is about.
    pub enum Heading {
        /// Faglige.
        Professional = "professional",
        /// Sociale.
        Social = "social",
        /// Læringsmæssige.
        Learning = "learning",
        /// Organisatoriske.
        Organisational = "organisational",
        /// Personlige.
        Personal = "personal",
    }
}

words! {
    /// How much it counts, said beforehand.
    pub enum Weight {
        /// Without it nobody is hired.
        Must = "must",
        /// It should be there.
        Should = "should",
        /// Good to have.
        Plus = "plus",
    }
}

impl Heading {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Professional => "profile-heading-professional",
            Self::Social => "profile-heading-social",
            Self::Learning => "profile-heading-learning",
            Self::Organisational => "profile-heading-organisational",
            Self::Personal => "profile-heading-personal",
        }
    }
}

impl Weight {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Must => "profile-weight-must",
            Self::Should => "profile-weight-should",
            Self::Plus => "profile-weight-plus",
        }
    }
}

/// One thing a posting asks of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Which.
    pub id: CriterionId,
    /// Under which heading.
    pub heading: Heading,
    /// What is asked for, in a line.
    pub wording: String,
    /// Why this job needs it.
    pub why: String,
    /// What is taken as evidence, so that all are judged by the same.
    pub evidence: String,
    /// How much it counts.
    pub weight: Weight,
    /// What each step looks like, from 1 to 4.
    pub steps: [String; STEPS],
}

impl Criterion {
    /// Nothing is written in it.
    pub fn is_blank(&self) -> bool {
        self.texts().iter().all(|t| t.is_empty())
    }
    fn texts(&self) -> [&str; 7] {
        let [one, two, three, four] = &self.steps;
        [&self.wording, &self.why, &self.evidence, one, two, three, four]
    }
    /// The text of a step; nothing for a step that is none.
    pub fn step(&self, score: i32) -> &str {
        let index = usize::try_from(score).ok().and_then(|s| s.checked_sub(1));
        index.and_then(|i| self.steps.get(i)).map_or("", String::as_str)
    }
}

/// A posting's profile as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Of which posting.
    pub posting: PostingId,
    /// Code of the starting profile it was copied from; empty when there was none.
    pub begun_from: String,
    /// Counts up with every save; guards against two people saving at once.
    pub version: i32,
    /// Of its criteria ([`sha256`]); the same ever after once the posting was opened.
    pub sha256: String,
    /// Who saved it last, as `user:…`.
    pub saved_by: String,
    /// When.
    pub saved_at: Instant,
    /// In order.
    pub criteria: Vec<Criterion>,
}

/// The hash of criteria as they stand, their order included.
pub fn sha256(criteria: &[Criterion]) -> String {
    let json = serde_json::to_string(criteria).expect("criteria are plain data");
    Sha256::digest(json.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// Criteria as they may be stored: blank ones left out, lines in order. Every part must be there, since what is not
/// written beforehand cannot be judged alike afterwards. Fields are named after their place as it was sent: `wording-0`.
pub fn checked(written: Vec<Criterion>) -> Result<Vec<Criterion>, Errors> {
    let mut errors = Errors::none();
    let mut whole = Vec::new();
    for (n, raw) in written.into_iter().enumerate() {
        let criterion = Criterion {
            wording: text::line(&raw.wording),
            why: text::paragraphs(&raw.why),
            evidence: text::paragraphs(&raw.evidence),
            steps: raw.steps.map(|s| text::line(&s)),
            ..raw
        };
        if criterion.is_blank() {
            continue;
        }
        let limits = [
            ("wording", WORDING),
            ("why", TEXT),
            ("evidence", TEXT),
            ("step1", STEP),
            ("step2", STEP),
            ("step3", STEP),
            ("step4", STEP),
        ];
        for ((name, most), words) in limits.into_iter().zip(criterion.texts()) {
            let field = format!("{name}-{n}");
            if words.is_empty() {
                errors.add(
                    &field,
                    if name.starts_with("step") { "profile-error-step" } else { "error-required" },
                );
            } else if text::count(words) > most {
                errors.add_with(&field, "error-too-long", "max", most);
            }
        }
        whole.push(criterion);
    }
    if whole.is_empty() && errors.is_empty() {
        errors.add("wording-0", "profile-error-empty");
    }
    if whole.len() > MOST {
        errors.add_with("wording-0", "profile-error-many", "max", MOST);
    }
    errors.into_result().map(|()| whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    fn one(wording: &str) -> Criterion {
        Criterion {
            id: CriterionId::new(Instant::from_seconds(0), &Chance::seeded(1)),
            heading: Heading::Social,
            wording: wording.into(),
            why: "Fordi".into(),
            evidence: "Et eksempel".into(),
            weight: Weight::Must,
            steps: ["a", "b", "c", "d"].map(String::from),
        }
    }

    #[test]
    fn what_is_half_written_is_named_by_its_place_and_what_is_blank_is_left_out() {
        let blank = Criterion {
            wording: String::new(),
            why: String::new(),
            evidence: "  ".into(),
            steps: Default::default(),
            ..one("")
        };
        assert_eq!(checked(vec![blank.clone(), one(" Ro ")]).unwrap()[0].wording, "Ro");
        let half = Criterion {
            why: String::new(),
            steps: ["a".into(), "b".into(), String::new(), "d".into()],
            ..one("Ro")
        };
        let errors = checked(vec![blank.clone(), half]).unwrap_err();
        let named: Vec<_> = errors.0.iter().map(|e| e.field.as_str()).collect();
        assert_eq!(named, ["why-1", "step3-1"]);
        assert!(checked(vec![blank]).is_err());
        assert!(checked(vec![one(&"x".repeat(WORDING + 1))]).is_err());
        assert!(checked(vec![one("Ro"); MOST + 1]).is_err());
    }

    #[test]
    fn the_hash_follows_words_and_order() {
        let (a, b) = (one("Ro"), one("Overblik"));
        let both = sha256(&[a.clone(), b.clone()]);
        assert_eq!(both.len(), 64);
        assert_ne!(both, sha256(&[b.clone(), a.clone()]));
        assert_ne!(both, sha256(&[a, Criterion { weight: Weight::Plus, ..b }]));
    }

    #[test]
    fn only_one_to_four_are_steps() {
        assert_eq!([0, 1, 4, 5, -1].map(|s| one("Ro").step(s).to_owned()), ["", "a", "d", "", ""]);
    }
}
