//! What a peer said. Only its own parsed word is a verdict; silence, a cut line, a 5xx or an answer
//! nobody can read is [`Outcome::Ambiguous`].

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::words;

words! {
    /// The classes of what can be wrong (channels sheets); each has a message key and a next step.
    pub enum ProblemKind {
        /// Peer or network is unwell; certainly nothing became visible.
        Unavailable = "unavailable",
        /// Too many calls; wait.
        RateLimited = "rate_limited",
        /// The token is no longer good; connect again.
        Reconnect = "reconnect",
        /// The account is blocked, suspended or unconfirmed at the peer.
        AccountBlocked = "account_blocked",
        /// The token lacks a right.
        Permission = "permission",
        /// The text is refused.
        InvalidText = "invalid_text",
        /// A picture or film is refused.
        InvalidMedia = "invalid_media",
        /// The link in it is refused.
        InvalidLink = "invalid_link",
        /// The peer could not fetch a file at our own address.
        NotFetched = "not_fetched",
        /// Media are still being processed; wait.
        Processing = "processing",
        /// The peer says it has this already.
        Duplicate = "duplicate",
        /// What was bought or granted at the peer is used up: somebody must pay or ask for more.
        Spent = "spent",
        /// What was chosen for the post is not offered by the account (any more).
        InvalidChoice = "invalid_choice",
        /// The peer shows nothing to others before it has looked at our app there.
        Unreviewed = "unreviewed",
        /// Our own settings or addresses are wrong.
        Configuration = "configuration",
        /// The version of the peer's API that we speak is no longer served; posts wait until operations have set another.
        VersionSunset = "version_sunset",
        /// Something else.
        Unknown = "unknown",
    }
}

impl ProblemKind {
    /// Whether the same call may succeed later with nobody doing anything about the post or its account.
    pub const fn passes(self) -> bool {
        matches!(self, Self::Unavailable | Self::RateLimited | Self::Processing | Self::VersionSunset)
    }
    /// Message key: what, why, and what to do now.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unavailable => "channel-problem-unavailable",
            Self::RateLimited => "channel-problem-rate-limited",
            Self::Reconnect => "channel-problem-reconnect",
            Self::AccountBlocked => "channel-problem-account-blocked",
            Self::Permission => "channel-problem-permission",
            Self::InvalidText => "channel-problem-invalid-text",
            Self::InvalidMedia => "channel-problem-invalid-media",
            Self::NotFetched => "channel-problem-not-fetched",
            Self::InvalidLink => "channel-problem-invalid-link",
            Self::VersionSunset => "channel-problem-version-sunset",
            Self::Processing => "channel-problem-processing",
            Self::Duplicate => "channel-problem-duplicate",
            Self::Spent => "channel-problem-spent",
            Self::InvalidChoice => "channel-problem-invalid-choice",
            Self::Unreviewed => "channel-problem-unreviewed",
            Self::Configuration => "channel-problem-configuration",
            Self::Unknown => "channel-problem-unknown",
        }
    }
}

/// A certain no, or certainly nothing visible happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{kind}: {words}")]
pub struct Problem {
    /// Which class.
    pub kind: ProblemKind,
    /// HTTP status, when there was one.
    pub status: Option<u16>,
    /// The peer's own words, shortened; never a token.
    pub words: String,
    /// The peer asked us to wait this long.
    pub wait: Option<Duration>,
}

impl Problem {
    /// Without status or wait.
    pub fn new(kind: ProblemKind, words: impl Into<String>) -> Self {
        Self { kind, status: None, words: words.into(), wait: None }
    }
}

/// A post that is out there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Published {
    /// The peer's own name for it.
    pub remote_id: String,
    /// Where people see it, when known (R3).
    pub url: Option<String>,
}

/// What came of the visible call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The peer said yes.
    Accepted(Published),
    /// The peer said no; nothing became visible.
    Rejected(Problem),
    /// We cannot know. `words` says what we saw, for the person who may have to look.
    Ambiguous {
        /// HTTP status, when there was one.
        status: Option<u16>,
        /// What we saw.
        words: String,
    },
}

/// What looking for a post showed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// It is there.
    There(Published),
    /// It is surely not there.
    Absent,
    /// It was not seen, which proves nothing yet (lists lag).
    NotSeen(String),
    /// We could not look.
    Unreachable(Problem),
}

/// What came of taking a post down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Withdrawn {
    /// It is gone.
    Gone,
    /// Not yet; try again or do what the problem says.
    NotYet(Problem),
    /// This server cannot; a person must.
    Unable(String),
}
