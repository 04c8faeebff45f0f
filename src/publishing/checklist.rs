//! What whoever approves looks for: what the program can know is found here with its evidence, what only a person can know
//! is asked, and what they said they had looked at is kept with their word. Nothing on it stands in the way.

use std::collections::BTreeSet;

use super::{
    consent, publication,
    store::{self, Delivery},
};
use crate::{
    base::{Instant, Subject},
    channels::{self, Connection, LinkPlace, Post},
    db::{Conn, DbError},
    i18n::Speech,
    media::{self, Asset, Missing},
    postings, words,
};

words! {
    /// What is looked for.
    pub enum Check {
        /// Figures, deadline and pay are right.
        Facts = "facts",
        /// It tells one of our themes.
        Theme = "theme",
        /// It sounds like us.
        Tone = "tone",
        /// Whoever can be recognised has said yes.
        People = "people",
        /// Pictures are described.
        Alt = "alt",
        /// Films have captions.
        Captions = "captions",
        /// There is a link to go on by.
        Link = "link",
        /// The ad tells what one earns.
        Pay = "pay",
    }
}

impl Check {
    /// What only a person can say.
    pub const ASKED: [Self; 3] = [Self::Facts, Self::Theme, Self::Tone];

    /// Message key of the question or of what was found.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Facts => "check-facts",
            Self::Theme => "check-theme",
            Self::Tone => "check-tone",
            Self::People => "check-people",
            Self::Alt => "check-alt",
            Self::Captions => "check-captions",
            Self::Link => "check-link",
            Self::Pay => "check-pay",
        }
    }
}

/// What was ticked, as it is kept: words with a space between, each once and in their order.
pub(super) fn kept(ticked: &[Check]) -> String {
    let ticked: BTreeSet<Check> = ticked.iter().copied().filter(|c| Check::ASKED.contains(c)).collect();
    ticked.into_iter().map(Check::word).collect::<Vec<_>>().join(" ")
}

/// The same in somebody's words; empty when nothing was.
pub(super) fn said(t: Speech, kept: &str) -> String {
    let checks = kept.split_whitespace().filter_map(|word| word.parse::<Check>().ok());
    let names: Vec<String> = checks.map(|check| t.say(&format!("check-short-{check}"))).collect();
    names.join(", ")
}

/// How something was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// As it should be.
    Good,
    /// Not.
    Lacking,
    /// There is nothing to look for.
    Beside,
}

/// What the program found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Found {
    pub check: Check,
    pub standing: Standing,
    /// What it rests on, in a sentence.
    pub evidence: String,
}

/// One post with what stands around it.
struct Shown {
    post: Post,
    account: Option<Connection>,
    assets: Vec<Asset>,
}

/// Looks at what these posts show and say, as it stands in them.
pub(super) fn found(
    c: &mut Conn,
    t: Speech,
    about: Subject,
    rows: &[Delivery],
    now: Instant,
) -> Result<Vec<Found>, DbError> {
    let mut shown = Vec::new();
    for row in rows {
        // bytes that cannot be read are shown as such elsewhere
        let Ok(post) = publication::thaw(&row.payload) else { continue };
        let ids = store::shown_in(c, row.id)?;
        let assets = media::of_ids(c, &ids)?;
        shown.push(Shown { post, account: channels::connection(c, row.account_id)?, assets });
    }
    let pay = match about {
        Subject::Posting(id) => postings::any(c, id)?.map(|ad| ad.content.terms.pay_is_told()),
        Subject::Story(_) => None,
    };
    let mut found =
        vec![people(t, &shown, now), described(t, &shown), captioned(t, &shown, now), linked(t, &shown)];
    found.extend(pay.map(|told| match told {
        true => Found { check: Check::Pay, standing: Standing::Good, evidence: t.say("check-pay-told") },
        false => Found { check: Check::Pay, standing: Standing::Lacking, evidence: t.say("check-pay-lacks") },
    }));
    Ok(found)
}

fn people(t: Speech, shown: &[Shown], now: Instant) -> Found {
    let (mut all, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for one in shown {
        let purpose = one.account.as_ref().map(consent::purpose_of);
        for asset in &one.assets {
            all.extend(asset.people.iter().map(|person| person.id));
            if let Some(purpose) = purpose {
                let who = asset.people.iter().filter(|person| person.lacks(purpose, now).is_some());
                lacking.extend(who.map(|person| person.id));
            }
        }
    }
    let (standing, evidence) = match (all.len(), lacking.len()) {
        (0, _) => (Standing::Beside, t.say("check-people-none")),
        (all, 0) => (Standing::Good, t.with("check-people-yes", "count", all)),
        (all, lacking) => (Standing::Lacking, t.with2("check-people-lack", "count", lacking, "all", all)),
    };
    Found { check: Check::People, standing, evidence }
}

fn described(t: Speech, shown: &[Shown]) -> Found {
    let (mut all, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for one in shown {
        for file in &one.post.media {
            all.insert(file.asset);
            let decorates = one.assets.iter().any(|asset| asset.id == file.asset && asset.decorative);
            if file.alt.trim().is_empty() && !decorates {
                lacking.insert(file.asset);
            }
        }
    }
    let (standing, evidence) = match (all.len(), lacking.len()) {
        (0, _) => (Standing::Beside, t.say("check-alt-none")),
        (all, 0) => (Standing::Good, t.with("check-alt-all", "count", all)),
        (all, lacking) => (Standing::Lacking, t.with2("check-alt-lack", "count", lacking, "all", all)),
    };
    Found { check: Check::Alt, standing, evidence }
}

fn captioned(t: Speech, shown: &[Shown], now: Instant) -> Found {
    let (mut all, mut lacking) = (BTreeSet::new(), BTreeSet::new());
    for one in shown {
        for film in one.post.media.iter().filter(|file| file.is_film()) {
            all.insert(film.asset);
            let asset = one.assets.iter().find(|asset| asset.id == film.asset);
            let needs = asset.is_none_or(|asset| {
                let missing = asset.missing(&[one.post.language], &[], now);
                missing.iter().any(|lack| matches!(lack, Missing::Captions(_)))
            });
            if needs && !film.is_burnt() && film.captions.is_empty() {
                lacking.insert(film.asset);
            }
        }
    }
    let (standing, evidence) = match (all.len(), lacking.len()) {
        (0, _) => (Standing::Beside, t.say("check-captions-none")),
        (_, 0) => (Standing::Good, t.say("check-captions-all")),
        (_, lacking) => (Standing::Lacking, t.with("check-captions-lack", "count", lacking)),
    };
    Found { check: Check::Captions, standing, evidence }
}

fn linked(t: Speech, shown: &[Shown]) -> Found {
    let nowhere = |one: &&Shown| {
        let place = one.account.as_ref().map(|account| account.channel.profile().link);
        one.post.link.is_empty() || place == Some(LinkPlace::Nowhere)
    };
    let without: BTreeSet<String> = shown
        .iter()
        .filter(nowhere)
        .filter_map(|one| one.account.as_ref())
        .map(|account| account.place().to_owned())
        .collect();
    let (standing, evidence) = match without.is_empty() {
        true => (Standing::Good, t.say("check-link-all")),
        false => {
            let places = without.into_iter().collect::<Vec<_>>().join(", ");
            (Standing::Lacking, t.with("check-link-lack", "channels", places))
        }
    };
    Found { check: Check::Link, standing, evidence }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_ticked_is_kept_once_and_only_what_a_person_says() {
        assert_eq!(kept(&[Check::Tone, Check::Facts, Check::Tone, Check::Alt]), "facts tone");
        assert_eq!(kept(&[]), "");
    }
}
