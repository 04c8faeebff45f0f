//! What a channel can do: lengths, media, how a lost post is found. Partly known from the sheets,
//! partly read from the peer when connecting.

use serde::{Deserialize, Serialize};

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
