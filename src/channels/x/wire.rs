//! X's JSON, as far as Opslag speaks it. What comes in is untrusted, so everything that can be missing may be.

use serde::{Deserialize, Serialize};

/// What every answer is wrapped in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound = "T: Default + Deserialize<'de>")]
pub struct Envelope<T> {
    /// What was asked for; absent when there is none of it.
    pub data: Option<T>,
    /// About a list.
    pub meta: Option<Meta>,
    /// What went wrong, wholly or in part.
    pub errors: Vec<Fault>,
}

/// About a list.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Meta {
    /// How many it holds.
    pub result_count: Option<u32>,
    /// The way to more of it.
    pub next_token: Option<String>,
}

/// `GET /2/users/me`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct User {
    /// Names the account for ever.
    pub id: String,
    /// Without the @; can be changed.
    pub username: String,
    /// The name above it.
    pub name: String,
}

/// A file at X.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Media {
    /// Goes into the post.
    pub id: String,
    /// Absent when it is ready.
    pub processing_info: Option<Processing>,
}

/// How far X is with a film.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Processing {
    /// `pending`, `in_progress`, `succeeded`, `failed`.
    pub state: String,
    /// When to ask again.
    pub check_after_secs: u64,
}

/// `POST /2/media/upload/initialize`.
#[derive(Debug, Serialize)]
pub struct Initialize<'a> {
    /// `tweet_video`
    pub media_category: &'static str,
    /// `video/mp4`
    pub media_type: &'a str,
    /// How long it is.
    pub total_bytes: u64,
}

/// `POST /2/tweets`. Written byte for byte the same at every try; an unknown field is refused.
#[derive(Debug, Serialize)]
pub struct NewPost<'a> {
    /// The text, with the link in it.
    pub text: &'a str,
    /// Pictures or a film.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub media: Option<Attached<'a>>,
}

/// Pictures or a film.
#[derive(Debug, Serialize)]
pub struct Attached<'a> {
    /// One to four.
    pub media_ids: &'a [String],
}

/// A post, as far as we read it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Post {
    /// Names it for ever.
    pub id: String,
    /// What stands in it besides words.
    pub entities: Entities,
}

/// What stands in a post besides words.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Entities {
    /// The addresses: in the text they stand as t.co, here as they were written.
    pub urls: Vec<Address>,
}

/// An address in a post.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Address {
    /// As it was written.
    pub expanded_url: String,
    /// Where it leads in the end, when X followed it.
    pub unwound_url: String,
}

/// `DELETE /2/tweets/{id}`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Deleted {
    /// Whether it is gone.
    pub deleted: bool,
}

/// A no, in any of its forms: a problem, a list of errors, or OAuth's own.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// An address that names the class.
    #[serde(rename = "type")]
    pub class: String,
    /// Two words.
    pub title: String,
    /// A sentence.
    pub detail: String,
    /// The same, several times.
    pub errors: Vec<Fault>,
    /// OAuth's word.
    pub error: String,
    /// OAuth's sentence.
    pub error_description: String,
}

/// One of several errors.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// An address that names the class.
    #[serde(rename = "type")]
    pub class: String,
    /// A sentence, in the newer form.
    pub detail: String,
    /// A sentence, in the older form.
    pub message: String,
}
