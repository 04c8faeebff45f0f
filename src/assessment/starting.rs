//! Starting profiles by profession, shipped as data in `assets/assessment`: copied into a posting and then its own. They
//! share a stock of criteria, so that the same thing is asked for in the same words.

use std::sync::LazyLock;

use serde::Deserialize;

use super::profile::{Criterion, Heading, STEPS, Weight};
use crate::{
    base::{Language, id::CriterionId},
    kit::Kit,
};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    wording: String,
    why: String,
    evidence: String,
    steps: [String; STEPS],
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stocked {
    code: String,
    heading: Heading,
    da: Words,
    en: Words,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    criterion: String,
    weight: Weight,
}

/// A profile to begin from.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Starting {
    /// As it is stored.
    pub code: String,
    da: String,
    en: String,
    /// Codes of the professions it is meant for.
    professions: Vec<String>,
    asks: Vec<Asked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stock {
    criterion: Vec<Stocked>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Profiles {
    profile: Vec<Starting>,
}

static STOCK: LazyLock<Vec<Stocked>> = LazyLock::new(|| {
    let text = include_str!("../../assets/assessment/criteria.toml");
    toml::from_str::<Stock>(text).expect("criteria.toml is read by a test").criterion
});
static PROFILES: LazyLock<Vec<Starting>> = LazyLock::new(|| {
    let text = include_str!("../../assets/assessment/profiles.toml");
    toml::from_str::<Profiles>(text).expect("profiles.toml is read by a test").profile
});

impl Starting {
    /// What it is called.
    pub fn name(&self, language: Language) -> &str {
        match language {
            Language::Da => &self.da,
            Language::En => &self.en,
        }
    }
}

/// All there are; the one meant for `profession` first.
pub fn all(profession: Option<&str>) -> Vec<&'static Starting> {
    let fits = |s: &Starting| profession.is_some_and(|p| s.professions.iter().any(|of| of == p));
    let mut all: Vec<_> = PROFILES.iter().collect();
    all.sort_by_key(|s| !fits(s));
    all
}

/// The criteria of a starting profile with ids of their own; none when there is no such profile.
pub fn criteria(kit: &Kit, code: &str, language: Language) -> Option<Vec<Criterion>> {
    let starting = PROFILES.iter().find(|s| s.code == code)?;
    let copied = starting.asks.iter().filter_map(|asked| {
        let stocked = STOCK.iter().find(|s| s.code == asked.criterion)?;
        let words = match language {
            Language::Da => &stocked.da,
            Language::En => &stocked.en,
        };
        Some(Criterion {
            id: CriterionId::new(kit.clock.now(), &kit.chance),
            heading: stocked.heading,
            wording: words.wording.clone(),
            why: words.why.clone(),
            evidence: words.evidence.clone(),
            weight: asked.weight,
            steps: words.steps.clone(),
        })
    });
    Some(copied.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::{
        assessment::profile::{self, MOST},
        base::{Chance, Instant},
        postings::taxonomy,
    };

    #[test]
    fn every_starting_profile_is_whole_in_both_languages() {
        let mut used = HashSet::new();
        for starting in PROFILES.iter() {
            assert!((4..=MOST).contains(&starting.asks.len()), "{}", starting.code);
            assert!(starting.asks.iter().any(|a| a.weight == Weight::Must), "{}", starting.code);
            let known = |p: &String| taxonomy::find(taxonomy::professions(), p).is_some();
            assert!(starting.professions.iter().all(known), "{}", starting.code);
            for asked in &starting.asks {
                let found = STOCK.iter().find(|s| s.code == asked.criterion);
                let found = found.unwrap_or_else(|| panic!("{} is not in the stock", asked.criterion));
                used.insert(&found.code);
                for words in [&found.da, &found.en] {
                    let criterion = Criterion {
                        id: CriterionId::new(Instant::from_seconds(0), &Chance::seeded(1)),
                        heading: found.heading,
                        wording: words.wording.clone(),
                        why: words.why.clone(),
                        evidence: words.evidence.clone(),
                        weight: asked.weight,
                        steps: words.steps.clone(),
                    };
                    assert!(profile::checked(vec![criterion]).is_ok(), "{}", found.code);
                }
            }
        }
        assert_eq!(used.len(), STOCK.len(), "what nobody asks for has no place in the stock");
    }

    #[test]
    fn every_profession_finds_one_that_is_meant_for_it() {
        for profession in taxonomy::professions() {
            let first = all(Some(&profession.code))[0];
            assert!(first.professions.contains(&profession.code), "{}", profession.code);
        }
    }
}
