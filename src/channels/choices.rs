//! What a person must choose for each post anew, where a channel demands it (TikTok): who may see it, what viewers may do
//! with it, and whether it advertises. Nothing of it has a default, and an account offers only what its owner allows.

use serde::{Deserialize, Serialize};

use crate::words;

words! {
    /// Who may see a post.
    pub enum Audience {
        /// Everybody.
        Everyone = "everyone",
        /// Those who follow the account and whom it follows.
        Friends = "friends",
        /// Those who follow the account.
        Followers = "followers",
        /// Only the account itself.
        Own = "own",
    }
}

impl Audience {
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Everyone => "choice-audience-everyone",
            Self::Friends => "choice-audience-friends",
            Self::Followers => "choice-audience-followers",
            Self::Own => "choice-audience-own",
        }
    }
}

/// What was chosen for a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Who may see it.
    pub audience: Audience,
    /// Viewers may comment.
    pub comments: bool,
    /// Viewers may put it beside a film of their own.
    pub duets: bool,
    /// Viewers may cut pieces of it into a film of their own.
    pub stitches: bool,
    /// It advertises what is the account's own, a job there for instance.
    pub own_cause: bool,
    /// Somebody else has paid for it.
    pub paid: bool,
}

impl Choices {
    /// Message keys of what was chosen, as a reader of the preview and whoever approves see it.
    pub fn keys(&self) -> Vec<&'static str> {
        let mut keys = vec![self.audience.key()];
        keys.push(if self.comments { "choice-comments-on" } else { "choice-comments-off" });
        for (chosen, key) in [
            (self.duets, "choice-duets-on"),
            (self.stitches, "choice-stitches-on"),
            (self.own_cause, "choice-own-cause-said"),
            (self.paid, "choice-paid-said"),
        ] {
            keys.extend(chosen.then_some(key));
        }
        keys
    }
}

/// What an account offers to choose from, as its peer said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offered {
    /// Who may see a post.
    pub audiences: Vec<Audience>,
    /// Whether comments can be allowed.
    pub comments: bool,
    /// Whether duets can.
    pub duets: bool,
    /// Whether stitches can.
    pub stitches: bool,
    /// Longest film in seconds; 0 = nobody said.
    pub film_seconds: u64,
}

impl Offered {
    /// Message key of what is wrong with what was chosen; none when it can be had.
    pub fn refuses(&self, chosen: Option<&Choices>) -> Option<&'static str> {
        let Some(chosen) = chosen else { return Some("fit-audience-missing") };
        if !self.audiences.contains(&chosen.audience) {
            return Some("fit-audience-not-offered");
        }
        let closed = (chosen.comments && !self.comments)
            || (chosen.duets && !self.duets)
            || (chosen.stitches && !self.stitches);
        if closed {
            return Some("fit-choice-not-offered");
        }
        // what somebody has paid for may not be hidden
        (chosen.paid && chosen.audience == Audience::Own).then_some("fit-paid-hidden")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_can_be_chosen_and_nothing_is_chosen_for_anybody() {
        let offered = Offered {
            audiences: vec![Audience::Everyone, Audience::Own],
            comments: true,
            duets: false,
            stitches: false,
            film_seconds: 600,
        };
        let plain = Choices {
            audience: Audience::Everyone,
            comments: true,
            duets: false,
            stitches: false,
            own_cause: true,
            paid: false,
        };
        assert_eq!(offered.refuses(None), Some("fit-audience-missing"));
        assert_eq!(offered.refuses(Some(&plain)), None);
        for (chosen, key) in [
            (Choices { audience: Audience::Friends, ..plain }, "fit-audience-not-offered"),
            (Choices { duets: true, ..plain }, "fit-choice-not-offered"),
            (Choices { audience: Audience::Own, paid: true, ..plain }, "fit-paid-hidden"),
        ] {
            assert_eq!(offered.refuses(Some(&chosen)), Some(key), "{chosen:?}");
        }
        assert_eq!(plain.keys(), ["choice-audience-everyone", "choice-comments-on", "choice-own-cause-said"]);
    }
}
