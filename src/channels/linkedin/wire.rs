//! LinkedIn's JSON, as far as Opslag speaks it. What comes in is untrusted, so everything that can be missing may be.

use serde::{Deserialize, Serialize};

/// `GET /v2/userinfo`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UserInfo {
    /// Names the person.
    pub sub: String,
    /// The name people read.
    pub name: String,
}

/// A list of anything.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound = "T: Default + Deserialize<'de>")]
pub struct Elements<T> {
    /// What is in it; absent when the answer is something else.
    pub elements: Option<Vec<T>>,
}

/// Somebody's part in a page.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Acl {
    /// `urn:li:organization:123`
    pub organization: String,
    /// `ADMINISTRATOR`, `CONTENT_ADMIN` …
    pub role: String,
    /// `APPROVED`
    pub state: String,
}

/// `GET /rest/organizations/{id}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Organization {
    /// The name people read.
    pub localized_name: String,
    /// The name in its address.
    pub vanity_name: String,
}

/// What an action answers with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound = "T: Default + Deserialize<'de>")]
pub struct Value<T> {
    /// The answer itself.
    pub value: T,
}

/// Where a file goes, and what it will be called.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Upload {
    /// A picture's name.
    pub image: String,
    /// Where its bytes go.
    pub upload_url: String,
    /// A film's name.
    pub video: String,
    /// Given back when all parts are there; may be empty.
    pub upload_token: String,
    /// Where a film's parts go.
    pub upload_instructions: Vec<Part>,
}

/// Where a part of a film goes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Part {
    /// Where.
    pub upload_url: String,
    /// From which byte.
    pub first_byte: u64,
    /// To which byte, it included.
    pub last_byte: u64,
}

/// How far LinkedIn is with a file.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Asset {
    /// `WAITING_UPLOAD`, `PROCESSING`, `AVAILABLE`, `PROCESSING_FAILED`.
    pub status: String,
    /// Why it failed.
    pub processing_failure_reason: String,
}

/// `POST /rest/posts`. Written byte for byte the same at every try.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct NewPost<'a> {
    /// Who says it.
    pub author: &'a str,
    /// The text, escaped.
    pub commentary: &'a str,
    /// `PUBLIC`
    pub visibility: &'static str,
    /// Where it is shown.
    pub distribution: Distribution,
    /// What goes along.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<serde_json::Value>,
    /// `PUBLISHED`
    pub lifecycle_state: &'static str,
    /// Whether others may not pass it on.
    pub is_reshare_disabled_by_author: bool,
}

/// Where a post is shown.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Distribution {
    /// `MAIN_FEED`
    pub feed_distribution: &'static str,
    /// To everybody.
    pub target_entities: [&'static str; 0],
    /// Nowhere else.
    pub third_party_distribution_channels: [&'static str; 0],
}

/// A post, as far as we read it.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Post {
    /// `urn:li:share:…` or `urn:li:ugcPost:…`
    pub id: String,
    /// The text, escaped.
    pub commentary: String,
    /// What goes along.
    pub content: Content,
    /// Milliseconds since 1970.
    pub created_at: i64,
    /// Milliseconds since 1970.
    pub last_modified_at: i64,
}

/// What goes along with a post.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Content {
    /// The card of a link.
    pub article: Article,
}

/// The card of a link.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Article {
    /// Where it leads.
    pub source: String,
}

/// A no: the API's, or OAuth's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// A sentence.
    pub message: String,
    /// A word in capitals.
    pub code: String,
    /// OAuth's word.
    pub error: String,
    /// OAuth's sentence.
    pub error_description: String,
}

/// A comment under a post.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Comment {
    /// Names it under its post.
    pub id: String,
    /// `urn:li:comment:(urn:li:activity:…,…)`
    #[serde(rename = "commentUrn")]
    pub urn: String,
    /// Who said it.
    pub actor: String,
    /// What.
    pub message: Message,
}

/// The words of a comment.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Message {
    /// As they were said.
    pub text: String,
}
