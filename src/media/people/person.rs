//! The person, their yeses, and the one rule of what these allow.

use crate::{
    base::{Instant, id::*},
    words,
};

words! {
    /// What a picture is used for.
    pub enum Purpose {
        /// Among colleagues: intranet, notice board.
        Internal = "internal",
        /// The careers site: ads and stories.
        Website = "website",
        /// Social media.
        Social = "social",
        /// Papers and print.
        Press = "press",
        /// Advertisements that are paid for.
        Display = "display",
    }
}

impl Purpose {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Internal => "purpose-internal",
            Self::Website => "purpose-website",
            Self::Social => "purpose-social",
            Self::Press => "purpose-press",
            Self::Display => "purpose-display",
        }
    }
    /// Message key of what it means, for who is asked.
    pub const fn words_key(self) -> &'static str {
        match self {
            Self::Internal => "purpose-internal-words",
            Self::Website => "purpose-website-words",
            Self::Social => "purpose-social-words",
            Self::Press => "purpose-press-words",
            Self::Display => "purpose-display-words",
        }
    }
    /// Strangers see it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Internal)
    }
}

words! {
    /// Who somebody is to the house.
    pub enum Relation {
        /// Works here.
        Colleague = "colleague",
        /// Is cared for or visits: a resident, a citizen, a relative.
        Resident = "resident",
        /// Learns here: a pupil, an apprentice.
        Pupil = "pupil",
        /// A child in a nursery or school.
        Child = "child",
        /// Anybody else.
        Other = "other",
    }
}

impl Relation {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Colleague => "relation-colleague",
            Self::Resident => "relation-resident",
            Self::Pupil => "relation-pupil",
            Self::Child => "relation-child",
            Self::Other => "relation-other",
        }
    }
}

words! {
    /// Who says yes.
    pub enum Giver {
        /// The person.
        Own = "own",
        /// Somebody who answers for a child, or is guardian of an adult.
        Guardian = "guardian",
    }
}

impl Giver {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Own => "giver-own",
            Self::Guardian => "giver-guardian",
        }
    }
}

words! {
    /// How a yes came.
    pub enum Manner {
        /// On the page behind a link.
        Link = "link",
        /// Signed on paper; the paper is kept.
        Paper = "paper",
        /// Said to a colleague, who noted it.
        Spoken = "spoken",
    }
}

impl Manner {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Link => "manner-link",
            Self::Paper => "manner-paper",
            Self::Spoken => "manner-spoken",
        }
    }
}

/// A yes to one purpose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yes {
    /// Which.
    pub id: ConsentId,
    /// To what.
    pub purpose: Purpose,
    /// Whose word it is.
    pub giver: Giver,
    /// What they are called.
    pub giver_name: String,
    /// When it was given.
    pub given_at: Instant,
    /// From then on it holds no longer.
    pub until: Instant,
    /// How it came.
    pub manner: Manner,
    /// What was said yes to, as it stood there.
    pub words: String,
    /// sha256 of the signed paper.
    pub evidence: Option<String>,
    /// When it was taken back.
    pub withdrawn_at: Option<Instant>,
}

impl Yes {
    /// Whether it holds at `now`.
    pub fn holds(&self, now: Instant) -> bool {
        self.withdrawn_at.is_none() && self.given_at <= now && now < self.until
    }
}

/// Somebody who can be recognised.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Which.
    pub id: PersonId,
    /// The unit that knows them.
    pub unit: UnitId,
    /// What they are called.
    pub name: String,
    /// Where a question can be sent; may be empty.
    pub email: String,
    /// Who they are to the house.
    pub relation: Relation,
    /// Until when guardians answer for them.
    pub child_until: Option<Instant>,
    /// From when on a child is asked too.
    pub asked_from: Option<Instant>,
    /// How many guardians must say yes before strangers see a child.
    pub guardians: i16,
    /// Every yes, newest first.
    pub yeses: Vec<Yes>,
}

/// Whose yes is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Their own.
    Own,
    /// So many guardians'.
    Guardians(usize),
}

impl Person {
    /// Guardians answer for them at `now`.
    pub fn is_child(&self, now: Instant) -> bool {
        self.child_until.is_some_and(|until| now < until)
    }

    /// They are asked themselves at `now`.
    pub fn is_asked(&self, now: Instant) -> bool {
        !self.is_child(now) || self.asked_from.is_some_and(|from| from <= now)
    }

    /// Whose yes to `purpose` is missing at `now`. An adult's own is enough, or that of who is guardian of an adult. A
    /// child is shown to strangers only when everybody who answers for it has said yes, and it has itself once it is old
    /// enough to be asked; among colleagues one guardian is enough (D-30).
    pub fn lacks(&self, purpose: Purpose, now: Instant) -> Option<Lack> {
        let given = |giver| {
            self.yeses.iter().filter(move |y| y.purpose == purpose && y.giver == giver && y.holds(now))
        };
        let own = given(Giver::Own).next().is_some();
        if !self.is_child(now) {
            let guardian = self.guardians == 0 && given(Giver::Guardian).next().is_some();
            return (!own && !guardian).then_some(Lack::Own);
        }
        let names: std::collections::HashSet<String> =
            given(Giver::Guardian).map(|y| y.giver_name.to_lowercase()).collect();
        let wanted = if purpose.is_open() { usize::try_from(self.guardians).unwrap_or(2).max(1) } else { 1 };
        if names.len() < wanted {
            Some(Lack::Guardians(wanted - names.len()))
        } else {
            (self.is_asked(now) && !own).then_some(Lack::Own)
        }
    }

    /// Whether something that was said yes to is not allowed at `now`, or will not be at `soon`. A yes that was given anew
    /// takes the old one's place.
    pub fn is_running_out(&self, now: Instant, soon: Instant) -> bool {
        let ends = |purpose| self.allowed_until(purpose, now).is_none_or(|until| until <= soon);
        self.yeses.iter().any(|yes| ends(yes.purpose))
    }

    /// Until when `purpose` is allowed as things stand; none when it is not.
    pub fn allowed_until(&self, purpose: Purpose, now: Instant) -> Option<Instant> {
        if self.lacks(purpose, now).is_some() {
            return None;
        }
        // the next moment at which it is not: one of the ends, or coming of age
        let ends = self.yeses.iter().filter(|y| y.purpose == purpose && y.holds(now)).map(|y| y.until);
        let mut turns: Vec<Instant> =
            ends.chain(self.child_until).chain(self.asked_from).filter(|at| *at > now).collect();
        turns.sort_unstable();
        turns.iter().copied().find(|at| self.lacks(purpose, *at).is_some()).or(turns.last().copied())
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::base::Chance;

    const DAY: Duration = Duration::from_secs(86_400);

    fn now() -> Instant {
        Instant::from_seconds(1_800_000_000)
    }

    fn somebody() -> Person {
        let chance = Chance::seeded(1);
        Person {
            id: PersonId::new(now(), &chance),
            unit: UnitId::new(now(), &chance),
            name: "Amina Yusuf".into(),
            email: String::new(),
            relation: Relation::Colleague,
            child_until: None,
            asked_from: None,
            guardians: 0,
            yeses: Vec::new(),
        }
    }

    fn yes(purpose: Purpose, giver: Giver, name: &str, days: u32) -> Yes {
        Yes {
            id: ConsentId::from_number(0),
            purpose,
            giver,
            giver_name: name.into(),
            given_at: now() - DAY,
            until: now() + DAY * days,
            manner: Manner::Spoken,
            words: String::new(),
            evidence: None,
            withdrawn_at: None,
        }
    }

    #[test]
    fn an_adult_says_yes_to_one_thing_at_a_time_until_it_ends() {
        let mut amina = somebody();
        assert_eq!(amina.lacks(Purpose::Website, now()), Some(Lack::Own));
        amina.yeses.push(yes(Purpose::Website, Giver::Own, "Amina Yusuf", 30));
        assert_eq!(amina.lacks(Purpose::Website, now()), None);
        assert_eq!(amina.lacks(Purpose::Social, now()), Some(Lack::Own));
        assert_eq!(amina.allowed_until(Purpose::Website, now()), Some(now() + DAY * 30));
        assert_eq!(amina.lacks(Purpose::Website, now() + DAY * 30), Some(Lack::Own));
        let soon = now() + DAY * 30;
        assert!(amina.is_running_out(now(), soon) && !amina.is_running_out(now(), now() + DAY));
        let mut renewed = amina.clone();
        renewed.yeses.insert(0, yes(Purpose::Website, Giver::Own, "Amina Yusuf", 700));
        assert!(!renewed.is_running_out(now(), soon));
        amina.yeses[0].withdrawn_at = Some(now());
        assert_eq!(amina.lacks(Purpose::Website, now()), Some(Lack::Own));
    }

    #[test]
    fn a_child_is_shown_to_strangers_only_when_all_who_answer_for_it_agree() {
        let mut child = somebody();
        (child.child_until, child.guardians) = (Some(now() + DAY * 400), 2);
        child.asked_from = Some(now() + DAY * 100);
        let mother = |purpose| yes(purpose, Giver::Guardian, "Eva Holm", 300);
        child.yeses = vec![mother(Purpose::Internal), mother(Purpose::Website)];
        assert_eq!(child.lacks(Purpose::Internal, now()), None);
        assert_eq!(child.lacks(Purpose::Website, now()), Some(Lack::Guardians(1)));
        // the same person twice is still one
        child.yeses.push(yes(Purpose::Website, Giver::Guardian, "eva holm", 300));
        assert_eq!(child.lacks(Purpose::Website, now()), Some(Lack::Guardians(1)));
        child.yeses.push(yes(Purpose::Website, Giver::Guardian, "Per Holm", 300));
        assert_eq!(child.lacks(Purpose::Website, now()), None);
        // from then on it has a word of its own
        assert_eq!(child.allowed_until(Purpose::Website, now()), Some(now() + DAY * 100));
        let later = now() + DAY * 100;
        assert_eq!(child.lacks(Purpose::Website, later), Some(Lack::Own));
        child.yeses.push(yes(Purpose::Website, Giver::Own, "Maja Holm", 900));
        assert_eq!(child.lacks(Purpose::Website, later), None);
        // grown up, others' yes is worth nothing any more
        let grown = now() + DAY * 400;
        assert_eq!(child.lacks(Purpose::Website, grown), None);
        assert_eq!(child.lacks(Purpose::Internal, grown), Some(Lack::Own));
    }
}
