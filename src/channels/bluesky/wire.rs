//! Bluesky's JSON (AT Protocol lexicons), as far as Opslag speaks it: sessions, blobs, post records,
//! errors. What comes in is untrusted and read loosely; what goes out is written exactly.

use serde::{Deserialize, Serialize};

/// `com.atproto.server.createSession` and `refreshSession` answer this. No `Debug`: it holds tokens.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// Who: `did:plc:…`, never changes.
    pub did: String,
    /// `kommune.bsky.social`; may change.
    pub handle: String,
    /// Good for about two hours.
    #[serde(default)]
    pub access_jwt: String,
    /// Good for about 90 days, replaced at every use.
    #[serde(default)]
    pub refresh_jwt: String,
    /// False when the account is taken down, suspended or deactivated.
    pub active: Option<bool>,
    /// Names the account's own server.
    pub did_doc: Option<DidDoc>,
}

/// A DID document.
#[derive(Deserialize)]
pub struct DidDoc {
    /// The services it names.
    #[serde(default)]
    pub service: Vec<Service>,
}

/// One service of a DID document.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Service {
    /// `#atproto_pds` for the account's server.
    #[serde(default)]
    pub id: String,
    /// Its address; a string, or something we do not follow.
    #[serde(default)]
    pub service_endpoint: serde_json::Value,
}

impl Session {
    /// The account's own server, when the answer names one.
    pub fn pds(&self) -> Option<&str> {
        self.did_doc
            .as_ref()?
            .service
            .iter()
            .find(|s| s.id.ends_with("#atproto_pds"))?
            .service_endpoint
            .as_str()
    }
}

/// `com.atproto.server.getSession`.
#[derive(Deserialize)]
pub struct Whoami {
    /// Who.
    pub did: String,
    /// As shown.
    pub handle: String,
    /// False when the account is taken down, suspended or deactivated.
    pub active: Option<bool>,
}

/// What `app.bsky.actor.profile` holds, of which we show the name.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// The name above the handle.
    pub display_name: Option<String>,
}

/// `com.atproto.repo.getRecord` of a profile.
#[derive(Deserialize)]
pub struct ProfileRecord {
    /// The record.
    pub value: Profile,
}

/// `com.atproto.repo.uploadBlob`.
#[derive(Deserialize)]
pub struct Uploaded {
    /// Goes into the record unchanged.
    pub blob: Blob,
}

/// A reference to uploaded bytes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Blob {
    /// Always `blob`.
    #[serde(rename = "$type")]
    pub kind: String,
    /// Content id.
    #[serde(rename = "ref")]
    pub link: Link,
    /// What the server took it for.
    pub mime_type: String,
    /// Bytes.
    pub size: u64,
}

/// A content id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// `bafkrei…`
    #[serde(rename = "$link")]
    pub link: String,
}

/// `com.atproto.repo.putRecord`, `createRecord` and `getRecord` answer this.
#[derive(Deserialize)]
pub struct Written {
    /// `at://did/collection/rkey`
    #[serde(default)]
    pub uri: String,
    /// What its content is called.
    #[serde(default)]
    pub cid: String,
}

/// Every error: `{"error":"Name","message":"…"}`.
#[derive(Default, Deserialize)]
pub struct XrpcError {
    /// A stable name.
    #[serde(default)]
    pub error: String,
    /// The server's words.
    #[serde(default)]
    pub message: String,
}

/// Body of `putRecord`.
#[derive(Serialize)]
pub struct PutRecord<'a> {
    /// Whose repository: the account's DID.
    pub repo: &'a str,
    /// `app.bsky.feed.post`
    pub collection: &'static str,
    /// Our own key: a TID.
    pub rkey: &'a str,
    /// The server checks the record against the lexicon.
    pub validate: bool,
    /// The post.
    pub record: &'a Record,
}

/// Body of `deleteRecord`.
#[derive(Serialize)]
pub struct DeleteRecord<'a> {
    /// Whose repository.
    pub repo: &'a str,
    /// `app.bsky.feed.post`
    pub collection: &'static str,
    /// Which.
    pub rkey: &'a str,
}

/// `app.bsky.feed.post`. Written byte for byte the same at every try, so that the second is a no-op.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    /// `app.bsky.feed.post`
    #[serde(rename = "$type")]
    pub kind: &'static str,
    /// At most 300 graphemes and 3,000 bytes.
    pub text: String,
    /// Links and hashtags in it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facets: Vec<Facet>,
    /// Pictures, a film or a link card; one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embed: Option<Embed>,
    /// What it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply: Option<Answered>,
    /// `da`, `en`.
    pub langs: Vec<String>,
    /// RFC 3339, UTC, milliseconds.
    pub created_at: String,
}

/// What a post answers: the first of the thread, and the one it stands under.
#[derive(Clone, Debug, Serialize)]
pub struct Answered {
    /// The first.
    pub root: StrongRef,
    /// Under which it stands.
    pub parent: StrongRef,
}

/// A record by its name and its content.
#[derive(Clone, Debug, Serialize)]
pub struct StrongRef {
    /// `at://did/collection/rkey`
    pub uri: String,
    /// What its content is called.
    pub cid: String,
}

/// A part of the text that means something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Facet {
    /// Where.
    pub index: ByteSlice,
    /// What.
    pub features: Vec<Feature>,
}

/// Offsets into the UTF-8 text; the end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ByteSlice {
    /// First byte.
    pub byte_start: usize,
    /// First byte after it.
    pub byte_end: usize,
}

/// A link or a hashtag.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "$type")]
pub enum Feature {
    /// Leads somewhere.
    #[serde(rename = "app.bsky.richtext.facet#link")]
    Link {
        /// The whole address.
        uri: String,
    },
    /// A hashtag, without the `#`.
    #[serde(rename = "app.bsky.richtext.facet#tag")]
    Tag {
        /// At most 64 graphemes.
        tag: String,
    },
}

/// What hangs under the text.
#[derive(Clone, Debug, Serialize)]
#[serde(tag = "$type")]
pub enum Embed {
    /// One to four pictures.
    #[serde(rename = "app.bsky.embed.images")]
    Images {
        /// In order.
        images: Vec<Image>,
    },
    /// A film.
    #[serde(rename = "app.bsky.embed.video")]
    Video(Video),
    /// A link card; we bring title, description and picture ourselves.
    #[serde(rename = "app.bsky.embed.external")]
    External {
        /// The card.
        external: External,
    },
}

/// One picture.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Image {
    /// For those who cannot see it; required by the lexicon, empty when decoration.
    pub alt: String,
    /// The bytes.
    pub image: Blob,
    /// Its shape, so that nothing jumps while it loads.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
}

/// A film.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Video {
    /// The bytes, mp4.
    pub video: Blob,
    /// Subtitles.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub captions: Vec<Caption>,
    /// For those who cannot see it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub alt: String,
    /// Its shape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub aspect_ratio: Option<AspectRatio>,
}

/// Subtitles in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Caption {
    /// `da`, `en`.
    pub lang: String,
    /// WebVTT, at most 20,000 bytes.
    pub file: Blob,
}

/// Width to height.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct AspectRatio {
    /// Pixels, at least 1.
    pub width: u32,
    /// Pixels, at least 1.
    pub height: u32,
}

/// A link card.
#[derive(Clone, Debug, Serialize)]
pub struct External {
    /// Where it leads.
    pub uri: String,
    /// Heading.
    pub title: String,
    /// A sentence.
    pub description: String,
    /// Picture, at most 1,000,000 bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub thumb: Option<Blob>,
}

/// `app.bsky.feed.getPosts`, which the network's index answers, not the account's own server.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Posts {
    /// Those that are known.
    pub posts: Vec<Counted>,
}

/// What readers did with a post.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Counted {
    /// `at://did/collection/rkey`
    pub uri: String,
    /// Likes.
    pub like_count: Option<u64>,
    /// How often it was passed on.
    pub repost_count: Option<u64>,
    /// How often it was passed on with words of one's own.
    pub quote_count: Option<u64>,
    /// Answers.
    pub reply_count: Option<u64>,
}
