//! Facebook's JSON, as far as Opslag speaks it. What comes in is untrusted, and fields that were not asked for or are
//! empty are left out, so everything may be missing.

use serde::{Deserialize, Serialize};

/// What is asked of each post in a list.
pub const LISTED_FIELDS: &str =
    "id,message,created_time,permalink_url,attachments{media_type,unshimmed_url,target}";

/// Body of `POST /{page}/feed`.
#[derive(Serialize)]
pub struct NewPost<'a> {
    /// The text.
    pub message: &'a str,
    /// Shown as a card.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<&'a str>,
    /// Pictures that were sent before, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attached_media: Vec<Attached<'a>>,
    /// Whether people see it at once.
    pub published: bool,
}

/// A picture of a post.
#[derive(Serialize)]
pub struct Attached<'a> {
    /// Its number.
    pub media_fbid: &'a str,
}

/// A post or film, asked by its number.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Object {
    /// Of a post.
    pub is_published: Option<bool>,
    /// Of a film.
    pub published: Option<bool>,
    /// Where people see it; below the site where it is a film's.
    pub permalink_url: Option<String>,
    /// Of a film.
    pub status: Status,
}

impl Object {
    /// Whether people see it.
    pub fn is_shown(&self) -> bool {
        self.is_published.or(self.published).unwrap_or(false)
    }
}

/// How far a film is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// `uploading`, `processing`, `upload_complete`, `ready`, `error`, `expired`.
    pub video_status: String,
    /// Why not.
    pub processing_phase: ProcessingPhase,
}

/// How far its processing is.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct ProcessingPhase {
    /// Its words.
    pub error: serde_json::Value,
}

/// An answer to a step of sending a film. Numbers come as texts.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Sent {
    /// The film's number; from the first step only.
    pub video_id: String,
    /// Names the upload; from the first step only.
    pub upload_session_id: String,
    /// The next piece begins here.
    pub start_offset: String,
    /// And ends before this; equal when there is no more.
    pub end_offset: String,
}

/// `GET /{page}/published_posts`
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct List {
    /// Newest first.
    pub data: Vec<Listed>,
}

/// A post in a list.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Listed {
    /// Its number.
    pub id: String,
    /// Its text.
    pub message: String,
    /// Where people see it.
    pub permalink_url: Option<String>,
    /// Card, pictures or film.
    pub attachments: Attachments,
}

impl Listed {
    /// The addresses of its cards.
    pub fn cards(&self) -> impl Iterator<Item = &str> {
        self.attachments.data.iter().filter_map(|a| a.unshimmed_url.as_deref())
    }
    /// The number of its film, under which it was sent.
    pub fn film(&self) -> Option<String> {
        let film = self.attachments.data.iter().find(|a| a.media_type == "video")?;
        film.target.as_ref().map(|target| target.id.clone()).filter(|id| !id.is_empty())
    }
}

/// What hangs on a post.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Attachments {
    /// In order.
    pub data: Vec<Attachment>,
}

/// One of those.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Attachment {
    /// `link`, `photo`, `video`, `album`.
    pub media_type: String,
    /// Where a card leads, without Facebook's own detour.
    pub unshimmed_url: Option<String>,
    /// The picture or film itself.
    pub target: Option<Target>,
}

/// What an attachment shows.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Target {
    /// Its number.
    pub id: String,
}
