//! What a channel can do: lengths, media, how a lost post is found. Partly known from the sheets
//! ([`super::limits`]), partly read from the peer when connecting.

use serde::{Deserialize, Serialize};

use super::Offered;

/// How a channel counts text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextUnit {
    /// Grapheme clusters and UTF-8 bytes both (Bluesky: 300 and 3000).
    #[serde(alias = "grapheme+bytes")]
    GraphemesAndBytes,
    /// Grapheme clusters, every web address counting 23 (Mastodon).
    #[serde(alias = "grapheme_url23")]
    GraphemesUrl23,
    /// X: composed code points of the Latin and neighbouring scripts count 1, all others and every emoji 2,
    /// every web address 23 (t.co).
    WeightedX,
    /// UTF-16 code units (Facebook, Instagram, LinkedIn, TikTok).
    Utf16,
    /// Code points; an emoji counts as many as it has bytes (Threads).
    CharEmojiBytes,
    /// UTF-8 bytes (YouTube).
    Utf8Bytes,
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
    /// K3: an object nobody sees is made first and kept by its number; publishing it is one call by that number,
    /// which may be repeated, and the object itself says whether it is out.
    TwoPhase,
    /// K4: we look for our link in the account's latest posts.
    ReadBack,
    /// K4 and K5: we look; when it surely was not there twice, the same bytes are sent again, for the peer refuses a
    /// duplicate of what it has.
    RefusesDuplicates,
    /// K6: nobody can look; a person must.
    Blind,
    /// K6 done well: nothing is sent at all; a named person posts it from a package and says so.
    ByHand,
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
    /// A post without picture or film is refused.
    #[serde(default)]
    pub media_required: bool,
    /// Whether a link card can be shown beside media (Bluesky: no; Mastodon draws its own).
    pub card_with_media: bool,
    /// How an uncertain send is settled.
    pub class: Class,
    /// Longest first comment, in the text's unit; 0 = as long as a post.
    #[serde(default)]
    pub comment_max: usize,
    /// Whether a post can be taken down.
    pub withdraw: bool,
    /// What a person must choose for each post anew, and may; none where the channel demands nothing of the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub offered: Option<Offered>,
}
