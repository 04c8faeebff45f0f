//! What a channel can do: lengths, media, how a lost post is found. Partly known from the sheets,
//! partly read from the peer when connecting.

use serde::{Deserialize, Serialize};

use super::ChannelKind;

/// How a channel counts text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextUnit {
    /// Grapheme clusters and UTF-8 bytes both (Bluesky: 300 and 3000).
    GraphemesAndBytes,
    /// Grapheme clusters, every web address counting 23 (Mastodon).
    GraphemesUrl23,
}

/// How an uncertain send is settled (publishing.md d.4).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    /// K1: the peer knows our key for this many seconds; within them the same send is harmless.
    Key {
        /// How long the peer remembers.
        seconds: u64,
    },
    /// K2: we choose the record's name; the peer says whether it is there.
    OwnName,
    /// K4: we look for our link in the account's latest posts.
    ReadBack,
}

/// What an account's server allows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ability {
    /// How it counts.
    pub unit: TextUnit,
    /// Longest text in that unit.
    pub text_max: usize,
    /// Longest text in bytes; 0 = no such limit.
    pub text_max_bytes: usize,
    /// Most pictures in a post.
    pub images_max: usize,
    /// Largest picture in bytes.
    pub image_max_bytes: u64,
    /// Largest film in bytes; 0 = no films.
    pub video_max_bytes: u64,
    /// Longest alternative text in characters.
    pub alt_max: usize,
    /// Whether a link card can be shown beside media (Bluesky: no; Mastodon draws its own).
    pub card_with_media: bool,
    /// How an uncertain send is settled.
    pub class: Class,
    /// Whether a post can be taken down.
    pub withdraw: bool,
}

impl Ability {
    /// What a channel allows where its server does not say (channels/limits.toml; where sources differ,
    /// the smaller figure).
    pub const fn usual(channel: ChannelKind) -> Self {
        match channel {
            ChannelKind::Bluesky => Self {
                unit: TextUnit::GraphemesAndBytes,
                text_max: 300,
                text_max_bytes: 3000,
                images_max: 4,
                image_max_bytes: 1_000_000,
                video_max_bytes: 100_000_000,
                alt_max: 2000,
                card_with_media: false,
                class: Class::OwnName,
                withdraw: true,
            },
            ChannelKind::Mastodon => Self {
                unit: TextUnit::GraphemesUrl23,
                text_max: 500,
                text_max_bytes: 0,
                images_max: 4,
                image_max_bytes: 16_777_216,
                video_max_bytes: 103_809_024,
                alt_max: 1500,
                card_with_media: true,
                class: Class::ReadBack,
                withdraw: true,
            },
        }
    }
}
