//! YouTube's JSON, as far as Opslag speaks it. What comes in is untrusted, so everything that can be missing may be.

use serde::{Deserialize, Serialize};

use crate::channels::text;

/// A list of anything.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound = "T: Default + Deserialize<'de>")]
pub struct List<T> {
    /// What is in it; absent when the answer is something else.
    pub items: Option<Vec<T>>,
}

/// A channel there.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Channel {
    /// Names it for ever.
    pub id: String,
    /// What people read.
    pub snippet: ChannelSnippet,
    /// What is in it.
    pub content_details: ContentDetails,
}

/// What is in a channel.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ContentDetails {
    /// The lists that every channel has.
    pub related_playlists: Playlists,
}

/// The lists that every channel has.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Playlists {
    /// Of everything that was sent, hidden or not; its number.
    pub uploads: String,
}

/// What people read of a channel.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ChannelSnippet {
    /// Its name.
    pub title: String,
    /// `@fjordby`
    pub custom_url: String,
}

/// A film.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Video {
    /// Names it for ever.
    pub id: String,
    /// Who may see it, and how far it is.
    pub status: VideoStatus,
    /// What its viewers did.
    pub statistics: Statistics,
}

/// What of a film's snippet its owner writes.
pub const SETTABLE: [&str; 6] =
    ["title", "description", "categoryId", "tags", "defaultLanguage", "defaultAudioLanguage"];

/// A film with all that people read of it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Described {
    /// Names it for ever.
    pub id: String,
    /// As it came.
    pub snippet: serde_json::Map<String, serde_json::Value>,
}

/// What viewers did with a film: numbers as text; what the owner hides is missing.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Statistics {
    /// How often it was begun.
    pub view_count: Option<String>,
    /// Thumbs up.
    pub like_count: Option<String>,
    /// Comments.
    pub comment_count: Option<String>,
}

/// A film in the list of uploads.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Upload {
    /// What people read, and which it is.
    pub snippet: UploadSnippet,
    /// Who may see it.
    pub status: VideoStatus,
}

impl Upload {
    /// Whether our link stands in its description.
    pub fn holds(&self, link: &str) -> bool {
        let words = &self.snippet.description;
        text::links(words).into_iter().any(|at| words[at] == *link)
    }
}

/// What people read of an upload, and which it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct UploadSnippet {
    /// Under the film.
    pub description: String,
    /// Which.
    pub resource_id: Resource,
}

/// Which film.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Resource {
    /// Its number.
    pub video_id: String,
}

/// Who may see a film, and how far it is.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct VideoStatus {
    /// `uploaded`, `processed`, `failed`, `rejected`, `deleted`.
    pub upload_status: String,
    /// `public`, `private`, `unlisted`.
    pub privacy_status: String,
    /// Why it failed.
    pub failure_reason: String,
    /// Why it was rejected.
    pub rejection_reason: String,
}

/// A new film: hidden until it is shown by one call more.
#[derive(Debug, Serialize)]
pub struct NewVideo<'a> {
    /// What people read.
    pub snippet: Snippet<'a>,
    /// Who may see it.
    pub status: Status<'a>,
}

/// What people read of a film.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Snippet<'a> {
    /// At most a hundred characters.
    pub title: &'a str,
    /// At most five thousand bytes.
    pub description: &'a str,
    /// »People & Blogs«.
    pub category_id: &'static str,
    /// `da`
    pub default_language: &'static str,
}

/// Who may see a film.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Status<'a> {
    /// Always said: what is left out may mean public.
    pub privacy_status: &'a str,
    /// A law of the United States wants to know.
    pub self_declared_made_for_kids: bool,
    /// Whether other pages may show it.
    pub embeddable: bool,
    /// YouTube's own.
    pub license: &'static str,
}

/// Changes who may see a film. The whole part is written over, so the whole part is said.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    /// Which.
    pub id: &'a str,
    /// Who may see it.
    pub status: Status<'a>,
}

/// A no: the API's, or OAuth's.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Refusal {
    /// The API's form is an object, OAuth's a word.
    pub error: serde_json::Value,
    /// OAuth's sentence.
    pub error_description: String,
}

/// A comment with what is answered to it.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Thread {
    /// Names it for ever.
    pub id: String,
    /// The comment.
    pub snippet: ThreadSnippet,
}

impl Thread {
    /// What was said.
    pub fn words(&self) -> &str {
        let said = &self.snippet.top_level_comment.snippet;
        if said.text_original.is_empty() { &said.text_display } else { &said.text_original }
    }
}

/// What a thread begins with.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct ThreadSnippet {
    /// The comment.
    pub top_level_comment: Comment,
}

/// A comment.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Comment {
    /// What people read.
    pub snippet: CommentSnippet,
}

/// What people read of a comment.
#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct CommentSnippet {
    /// As it was written; told to its author alone.
    pub text_original: String,
    /// As it is shown.
    pub text_display: String,
}
