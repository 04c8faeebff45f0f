//! The strategy itself: purpose, tone, audiences with their channels in order. Pure: what holds where, and what goes
//! against it.

use std::collections::HashSet;

use crate::{
    accounts::Unit,
    base::{
        Instant,
        id::{AudienceId, UnitId},
    },
};

/// What a unit has set for itself and what lies below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Strategy {
    /// Whose.
    pub unit: UnitId,
    /// Grows with each change, from 1.
    pub version: i32,
    /// Who changed it last (`user:…`).
    pub changed_by: String,
    /// When.
    pub changed_at: Instant,
    /// What it says.
    pub content: Content,
}

/// What a strategy says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// What the communication is for; paragraphs.
    pub purpose: String,
    /// How it should sound; paragraphs.
    pub tone_do: String,
    /// How it should not; paragraphs.
    pub tone_dont: String,
    /// To whom, in their order.
    pub audiences: Vec<Audience>,
}

/// Somebody the unit speaks to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Which; stays the same when it is renamed.
    pub id: AudienceId,
    /// What people call them.
    pub name: String,
    /// What is known of them; paragraphs, may be empty.
    pub note: String,
    /// Where they are met, the best first.
    pub channels: Vec<Priority>,
}

/// A channel of an audience.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priority {
    /// The word it is counted under: `bluesky`, …, or a place's own name ([`crate::channels::Connection::counted_as`]).
    pub channel: String,
    /// Why it stands there, in a sentence.
    pub why: String,
}

/// How a choice of accounts goes against the strategy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against<'a> {
    /// What comes first for them is not among it.
    FirstLeftOut(&'a Priority),
    /// This channel is none of theirs.
    NotListed(String),
}

impl Audience {
    /// What comes first of the channels that there is an account on.
    pub fn first<'a>(&'a self, here: &[&str]) -> Option<&'a Priority> {
        self.channels.iter().find(|p| here.contains(&p.channel.as_str()))
    }

    /// What goes against it when posts are to go to the `chosen` channels of those that are `here`. Nothing is chosen:
    /// nothing is said.
    pub fn against(&self, chosen: &[&str], here: &[&str]) -> Vec<Against<'_>> {
        if chosen.is_empty() {
            return Vec::new();
        }
        let mut found = Vec::new();
        if let Some(first) = self.first(here)
            && !chosen.contains(&first.channel.as_str())
        {
            found.push(Against::FirstLeftOut(first));
        }
        let mut seen = HashSet::new();
        for channel in chosen {
            if seen.insert(*channel) && !self.channels.iter().any(|p| p.channel == **channel) {
                found.push(Against::NotListed((*channel).to_owned()));
            }
        }
        found
    }
}

/// The unit whose strategy holds in `unit`, of those that have one: itself, else the nearest above. A loop in the data ends.
pub(super) fn nearest(units: &[Unit], own: &HashSet<UnitId>, unit: UnitId) -> Option<UnitId> {
    let mut at = Some(unit);
    for _ in 0..=units.len() {
        let id = at?;
        if own.contains(&id) {
            return Some(id);
        }
        at = units.iter().find(|u| u.id == id).and_then(|u| u.parent_id);
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::accounts::UnitKind;

    fn audience(channels: &[&str]) -> Audience {
        let priority = |c: &&str| Priority { channel: (*c).to_owned(), why: "Dér er de.".to_owned() };
        Audience {
            id: AudienceId::from_number(1),
            name: "Nyuddannede".to_owned(),
            note: String::new(),
            channels: channels.iter().map(priority).collect(),
        }
    }

    #[test]
    fn what_comes_first_is_missed_only_where_there_is_an_account() {
        let them = audience(&["instagram", "facebook"]);
        let here = ["facebook", "bluesky"];
        assert_eq!(them.first(&here).unwrap().channel, "facebook");
        assert_eq!(them.against(&["facebook"], &here), []);
        assert_eq!(
            them.against(&["bluesky", "bluesky"], &here),
            [Against::FirstLeftOut(&them.channels[1]), Against::NotListed("bluesky".to_owned())]
        );
        assert_eq!(them.against(&[], &here), [], "nothing is chosen yet");
        // nowhere that they are: what is chosen is said to be beside it
        assert_eq!(them.against(&["x"], &["x"]), [Against::NotListed("x".to_owned())]);
    }

    #[test]
    fn the_nearest_wins_and_a_loop_ends() {
        let id = UnitId::from_number;
        let unit = |n, above: Option<u128>| Unit {
            id: id(n),
            parent_id: above.map(id),
            name: n.to_string(),
            kind: UnitKind::Centre,
        };
        let units = [unit(1, None), unit(2, Some(1)), unit(3, Some(2)), unit(4, Some(1))];
        let own = HashSet::from([id(1), id(2)]);
        let holds = |n| nearest(&units, &own, id(n));
        assert_eq!(
            [holds(1), holds(2), holds(3), holds(4)],
            [Some(id(1)), Some(id(2)), Some(id(2)), Some(id(1))]
        );
        assert_eq!(nearest(&units, &HashSet::new(), id(3)), None);
        let round = [unit(1, Some(2)), unit(2, Some(1))];
        assert_eq!(nearest(&round, &HashSet::from([id(9)]), id(1)), None);
    }
}
