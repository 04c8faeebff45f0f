//! Mastodon's JSON, as far as Opslag speaks it. What comes in is untrusted: other servers of the
//! Fediverse leave fields out or write them differently, so everything that can be missing may be.

use serde::{Deserialize, Deserializer, Serialize};

/// `POST /api/v1/apps`. No `Debug`: it holds a secret.
#[derive(Deserialize)]
pub struct App {
    /// Public name of our registration.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

/// `GET /api/v1/accounts/verify_credentials`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Account {
    /// Names the account on its server.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Without the host.
    pub username: String,
    /// The name above it.
    pub display_name: String,
    /// Its page.
    pub url: Option<String>,
}

/// `GET /api/v2/instance`, or the older `/api/v1/instance`; both carry `configuration`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Instance {
    /// `4.5.0`, or `2.7.2 (compatible; Pleroma 2.9)`.
    pub version: String,
    /// Limits.
    pub configuration: Configuration,
    /// Pleroma and its kin keep the limit here.
    pub max_toot_chars: Option<usize>,
}

/// Limits.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Configuration {
    /// For text.
    pub statuses: Statuses,
    /// For media.
    pub media_attachments: Media,
}

/// Limits for text.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Statuses {
    /// Characters as people count them, links apart.
    pub max_characters: Option<usize>,
    /// Pictures in one post.
    pub max_media_attachments: Option<usize>,
    /// What a link counts.
    pub characters_reserved_per_url: Option<usize>,
}

/// Limits for media.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Media {
    /// `image/jpeg`, `video/mp4` …
    pub supported_mime_types: Vec<String>,
    /// Characters of alt text.
    pub description_limit: Option<usize>,
    /// Bytes.
    pub image_size_limit: Option<u64>,
    /// Pixels.
    pub image_matrix_limit: Option<u64>,
    /// Bytes.
    pub video_size_limit: Option<u64>,
}

/// `GET /.well-known/nodeinfo`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NodeInfoLinks {
    /// Where the documents lie.
    pub links: Vec<NodeInfoLink>,
}

/// One nodeinfo document's address.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NodeInfoLink {
    /// Which schema.
    pub rel: String,
    /// Where.
    pub href: String,
}

/// A nodeinfo document.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct NodeInfo {
    /// What runs there.
    pub software: Software,
}

/// What runs there.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Software {
    /// `mastodon`, `pleroma`, `gotosocial` …
    pub name: String,
    /// Its version.
    pub version: String,
}

/// `POST /api/v2/media` and `GET /api/v1/media/:id`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct MediaAttachment {
    /// Goes into the status.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Null while it is being processed.
    pub url: Option<String>,
}

/// Body of `POST /api/v1/statuses`. Written byte for byte the same at every try.
#[derive(Clone, Debug, Serialize)]
pub struct NewStatus<'a> {
    /// The text.
    pub status: &'a str,
    /// Uploaded media, in order.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub media_ids: &'a [String],
    /// `public`
    pub visibility: &'static str,
    /// `da`, `en`.
    pub language: &'a str,
}

/// Body of `POST /api/v1/statuses` for an answer.
#[derive(Clone, Debug, Serialize)]
pub struct NewReply<'a> {
    /// The text.
    pub status: &'a str,
    /// To which.
    pub in_reply_to_id: &'a str,
    /// `public`
    pub visibility: &'static str,
    /// `da`, `en`.
    pub language: &'a str,
}

/// `GET /api/v1/statuses/:id/context`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Thread {
    /// The answers, and the answers to these.
    pub descendants: Vec<Status>,
}

/// A status, as far as we read it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// Names it on its server.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Its page.
    pub url: Option<String>,
    /// Its name in the Fediverse; stands in for `url`.
    pub uri: Option<String>,
    /// HTML.
    pub content: String,
    /// RFC 3339.
    pub created_at: String,
    /// What it answers.
    #[serde(deserialize_with = "text_or_number")]
    pub in_reply_to_id: String,
    /// Answers to it.
    pub replies_count: Option<u64>,
    /// How often it was passed on.
    pub reblogs_count: Option<u64>,
    /// Likes.
    pub favourites_count: Option<u64>,
}

/// A status with what it shows, read before it is changed.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Stands {
    /// Names it on its server.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Its pictures or film.
    pub media_attachments: Vec<Attached>,
}

/// A file of a post that stands there: its number and what it is described with.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Attached {
    /// Names it on its server.
    #[serde(deserialize_with = "text_or_number")]
    pub id: String,
    /// Null where nobody wrote one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Body of `PUT /api/v1/statuses/:id`.
#[derive(Clone, Debug, Serialize)]
pub struct EditedStatus<'a> {
    /// The new text.
    pub status: &'a str,
    /// `da`, `en`.
    pub language: &'a str,
    /// What it shows; what is left out is taken off.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub media_ids: Vec<&'a str>,
    /// What each of them is described with.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    pub media_attributes: &'a [Attached],
}

/// `{"error":"text"}`; OAuth adds `error_description`.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ApiError {
    /// The server's words, in whatever language it speaks.
    pub error: String,
    /// More of them.
    pub error_description: String,
}

/// Ids are strings in Mastodon; some servers write numbers.
fn text_or_number<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Text(String),
        Number(u64),
        Nothing(()),
    }
    Ok(match Either::deserialize(from)? {
        Either::Text(text) => text,
        Either::Number(number) => number.to_string(),
        Either::Nothing(()) => String::new(),
    })
}
