//! What to say, in neutral terms. A [`Post`] is frozen when it is planned: the same bytes are
//! previewed, hashed, approved and sent.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Choices;
use crate::{
    base::{Language, id::AssetId},
    media,
};

/// A post for one account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// The text as written, without the link.
    pub text: String,
    /// The tracked link, which stands in the text or in the card by the channel's own rule. Its code is
    /// unique to this delivery: it counts, and it is how a lost post is found again.
    pub link: String,
    /// Title of the link card.
    pub link_title: String,
    /// Description of the link card.
    pub link_description: String,
    /// Picture of the link card: a JPEG rendition.
    pub link_thumb: Option<PostMedia>,
    /// The text's language.
    pub language: Language,
    /// Pictures (one to four), or one film.
    pub media: Vec<PostMedia>,
    /// What was chosen for it, where its channel demands that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub choices: Option<Choices>,
    /// What the account itself says under it once it is out; [`LINK`](super::comment::LINK) stands for the tracked link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
}

/// A file to be shown with a post, already in a form the channel takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostMedia {
    /// The asset it comes from.
    pub asset: AssetId,
    /// Where the bytes lie.
    pub sha256: String,
    /// image/jpeg, image/png or video/mp4.
    pub mime: String,
    /// How many.
    pub bytes: u64,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// Described for those who do not see it; empty only for what is decoration.
    pub alt: String,
    /// WebVTT by language, for films.
    pub captions: Vec<(Language, String)>,
    /// The shape of the asset that this is, where it is not the usual one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
}

impl PostMedia {
    /// Whether it is a film.
    pub fn is_film(&self) -> bool {
        self.mime.starts_with("video/")
    }

    /// Whether captions in some language are to be read in the film itself.
    pub fn is_burnt(&self) -> bool {
        self.shape
            .as_deref()
            .is_some_and(|shape| Language::ALL.iter().any(|l| shape == media::asset::burnt(*l)))
    }

    /// Whether something of the picture was cut away for the channel.
    pub fn is_cut(&self) -> bool {
        matches!(self.shape.as_deref(), Some("tall" | "broad"))
    }
}

impl Post {
    /// sha256 over the canonical JSON; names the exact content.
    pub fn sha256(&self) -> String {
        let json = serde_json::to_vec(self).expect("a post is plain data");
        hex::encode(Sha256::digest(json))
    }
}
