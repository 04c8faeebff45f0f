//! TikTok's JSON, as far as Opslag speaks it. What comes in is untrusted, so everything that can be missing may be.

use serde::{Deserialize, Serialize};

use crate::channels::choices::Audience;

/// What every answer is wrapped in.
#[derive(Debug, Default, Deserialize)]
#[serde(default, bound = "T: Default + Deserialize<'de>")]
pub struct Envelope<T> {
    /// What was asked for.
    pub data: Option<T>,
}

/// How it went: the API's form is an object, OAuth's a word.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Verdict {
    /// Either.
    pub error: serde_json::Value,
    /// OAuth's sentence.
    pub error_description: String,
}

impl Verdict {
    /// The word that decides; `ok` when all is well.
    pub fn code(&self) -> &str {
        self.error["code"].as_str().or(self.error.as_str()).unwrap_or_default()
    }
    /// What it says to a person.
    pub fn message(&self) -> &str {
        self.error["message"].as_str().unwrap_or(&self.error_description)
    }
}

/// `GET /v2/user/info/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct UserInfo {
    /// Whose token it is.
    pub user: User,
}

/// Somebody there.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct User {
    /// Names the account for our app, for ever.
    pub open_id: String,
    /// The name people read.
    pub display_name: String,
}

/// `POST /v2/post/publish/creator_info/query/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Creator {
    /// Without the @.
    pub creator_username: String,
    /// `PUBLIC_TO_EVERYONE` and its kin; one that we do not know is left out.
    pub privacy_level_options: Vec<String>,
    /// The owner lets nobody comment.
    pub comment_disabled: bool,
    /// Likewise.
    pub duet_disabled: bool,
    /// Likewise.
    pub stitch_disabled: bool,
    /// Longest film.
    pub max_video_post_duration_sec: u64,
}

/// TikTok's word for who may see a film.
pub const fn level(audience: Audience) -> &'static str {
    match audience {
        Audience::Everyone => "PUBLIC_TO_EVERYONE",
        Audience::Friends => "MUTUAL_FOLLOW_FRIENDS",
        Audience::Followers => "FOLLOWER_OF_CREATOR",
        Audience::Own => "SELF_ONLY",
    }
}

/// `POST /v2/post/publish/video/init/`. Written byte for byte the same at every try.
#[derive(Debug, Serialize)]
pub struct NewFilm<'a> {
    /// What is said, and to whom.
    pub post_info: PostInfo<'a>,
    /// How it comes.
    pub source_info: SourceInfo,
}

/// What is said, and to whom.
#[derive(Debug, Serialize)]
pub struct PostInfo<'a> {
    /// The text under the film.
    pub title: &'a str,
    /// Who may see it.
    pub privacy_level: &'static str,
    /// Nobody may comment.
    pub disable_comment: bool,
    /// Nobody may put it beside a film of theirs.
    pub disable_duet: bool,
    /// Nobody may cut pieces of it.
    pub disable_stitch: bool,
    /// Somebody else has paid for it.
    pub brand_content_toggle: bool,
    /// It advertises what is the account's own.
    pub brand_organic_toggle: bool,
}

/// How a film comes.
#[derive(Debug, Serialize)]
pub struct SourceInfo {
    /// `FILE_UPLOAD`
    pub source: &'static str,
    /// All of it.
    pub video_size: u64,
    /// A piece; the last takes what is left.
    pub chunk_size: u64,
    /// How many.
    pub total_chunk_count: u64,
}

/// `POST /v2/post/publish/content/init/`
#[derive(Debug, Serialize)]
pub struct NewPhotos<'a> {
    /// `PHOTO`
    pub media_type: &'static str,
    /// `DIRECT_POST`
    pub post_mode: &'static str,
    /// What is said, and to whom.
    pub post_info: PhotoInfo<'a>,
    /// Where they are fetched.
    pub source_info: Photos,
}

/// What is said of photos, and to whom.
#[derive(Debug, Serialize)]
pub struct PhotoInfo<'a> {
    /// The text under them.
    pub description: &'a str,
    /// Who may see them.
    pub privacy_level: &'static str,
    /// Nobody may comment.
    pub disable_comment: bool,
    /// TikTok chooses music to them.
    pub auto_add_music: bool,
    /// Somebody else has paid for it.
    pub brand_content_toggle: bool,
    /// It advertises what is the account's own.
    pub brand_organic_toggle: bool,
}

/// Where photos are fetched.
#[derive(Debug, Serialize)]
pub struct Photos {
    /// `PULL_FROM_URL`
    pub source: &'static str,
    /// Addresses, in order.
    pub photo_images: Vec<String>,
    /// Which comes first.
    pub photo_cover_index: usize,
}

/// What was announced.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Announced {
    /// Names it until it is a post.
    pub publish_id: String,
    /// Where a film's bytes go; good for an hour.
    pub upload_url: String,
}

/// `POST /v2/post/publish/status/fetch/`.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Status {
    /// `PROCESSING_UPLOAD`, `PUBLISH_COMPLETE`, `FAILED` and others.
    pub status: String,
    /// Why it failed.
    pub fail_reason: String,
    /// The post's own name, once everybody may see it. They spell it so.
    pub publicaly_available_post_id: Vec<serde_json::Value>,
    /// How much of it is there.
    pub uploaded_bytes: Option<u64>,
}

impl Status {
    /// The post's own name, a number that may come as text.
    pub fn post(&self) -> Option<String> {
        let first = self.publicaly_available_post_id.first()?;
        let id = first.as_str().map_or_else(|| first.to_string(), str::to_owned);
        super::is_number(&id).then_some(id)
    }
}

/// Films of the account.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Films {
    /// Newest first.
    pub videos: Vec<Film>,
}

/// A film that everybody may see.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub struct Film {
    /// Names it for ever.
    pub id: String,
    /// Its text.
    pub title: String,
    /// In seconds since 1970.
    pub create_time: i64,
    /// Where people see it.
    pub share_url: String,
    /// How often it was seen.
    pub view_count: Option<u64>,
    /// How often somebody liked it.
    pub like_count: Option<u64>,
    /// Comments.
    pub comment_count: Option<u64>,
    /// How often it was passed on.
    pub share_count: Option<u64>,
}
