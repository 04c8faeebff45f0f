//! Channels: where an ad can go. Eight verbs — [`ability`](Channel::ability), [`prepare`](Channel::prepare),
//! [`publish`](Channel::publish), [`look`](Channel::look), [`edit`](Channel::edit),
//! [`comment`](Channel::comment), [`withdraw`](Channel::withdraw), [`measure`](Channel::measure) — over neutral
//! terms. A channel is stateless, never sees the database, and never sees an applicant (D-51): all it is
//! given is a [`Post`], a connected [`Account`] and the key under which it may send.

pub mod ability;
mod actions;
mod answer;
pub mod bluesky;
pub mod choices;
pub mod comment;
pub mod connect_pages;
pub mod connection;
pub mod edit;
pub mod facebook;
pub mod fit;
pub mod gauge;
pub(crate) mod graph;
pub mod instagram;
pub mod jobs;
pub mod kind;
mod letters;
pub mod limits;
pub mod linkedin;
pub mod log_in;
pub mod mastodon;
pub mod measure;
pub mod oauth;
pub mod outcome;
pub mod outlook;
pub mod package;
pub mod package_pages;
pub mod pages;
mod platform;
pub mod post;
pub mod pull;
mod store;
pub mod text;
pub mod threads;
mod tid;
pub mod tiktok;
mod until;
pub mod x;
pub mod youtube;

use std::{collections::BTreeMap, ops::Range, sync::Arc, time::Duration};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

pub use ability::{Ability, Class, TextUnit};
pub use actions::{ConnectError, Newcomer, available, connect, disconnect, log_in_bluesky, look};
pub use choices::{Audience, Choices, Offered};
pub use comment::{Commenting, Remark};
pub use connection::{Connection, Consent, Fresh, Grant, Identity, Shut, Standing, complain, open, opens};
pub use edit::{Edit, Edited};
pub use fit::{Composed, Fit, Warning, compose, fit, shortened};
pub use kind::{ChannelKind, LinkPlace};
pub use measure::Measures;
pub use outcome::{Found, Outcome, Problem, ProblemKind, Published, Withdrawn};
pub use package::{Package, Parcel, Place, Sort};
pub use post::{Post, PostMedia};
pub use store::{connection, connections, posting_at, warned};
pub use until::{Ending, Until, endings};

use crate::{
    base::{Chance, Instant, id::AccountId},
    blobs::{BlobError, Blobs},
    kit::Kit,
};

/// A connected account, opened for one call: its token in clear, never stored or logged so.
#[derive(Clone)]
pub struct Account {
    /// Which of ours.
    pub id: AccountId,
    /// On which channel.
    pub channel: ChannelKind,
    /// The peer's own name for it (a DID, an account number).
    pub remote_id: String,
    /// As people write it.
    pub handle: String,
    /// Where its server is.
    pub base_url: url::Url,
    /// A practice world: its own wall is where people see what was posted.
    pub practice: bool,
    /// The bearer token.
    pub token: String,
    /// What its server allows, as read when connecting.
    pub ability: Ability,
}

impl std::fmt::Debug for Account {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Account({} {} {})", self.channel, self.handle, self.id)
    }
}

/// Under what a post is sent: decided and stored before the first try, the same for every try.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SendKey {
    /// 13 characters, time-ordered (Bluesky's record key), made when the delivery was planned.
    pub tid: String,
    /// 64 hex digits over delivery, payload and occurrence (Mastodon's `Idempotency-Key`).
    pub idempotency: String,
    /// The post's own time, frozen, so that a second try is byte for byte the first.
    pub created_at: Instant,
}

impl SendKey {
    /// A new key. `material` says what is sent (delivery, payload, occurrence): another text, another key.
    pub fn mint(material: &[&str], created_at: Instant, chance: &Chance) -> Self {
        let mut hash = Sha256::new();
        for part in material {
            hash.update(part.as_bytes());
            hash.update([0]);
        }
        Self { tid: tid::tid(created_at, chance), idempotency: hex::encode(hash.finalize()), created_at }
    }
}

/// What the preparing steps have got from the peer so far (media handles by sha256); kept in the
/// delivery's row, so that a restart goes on from there. Nothing in it is visible to readers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkpoint(pub BTreeMap<String, serde_json::Value>);

/// Eight verbs. Implementations are stateless; one value serves all accounts of a channel.
#[async_trait]
pub trait Channel: Send + Sync {
    /// Which.
    fn kind(&self) -> ChannelKind;

    /// What the account's server allows right now; asked when connecting and daily.
    async fn ability(&self, account: &Account) -> Result<Ability, Problem>;

    /// Invisible work before the send: uploads media and waits until the peer has processed it, adding
    /// handles to `checkpoint` as they come (keep it on an error too). May be repeated at any time; a
    /// large film takes as long as the line does, so the caller's lease must be renewed meanwhile.
    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem>;

    /// The one visible call. Only the peer's parsed word is a verdict; everything else is
    /// [`Outcome::Ambiguous`].
    async fn publish(
        &self,
        account: &Account,
        post: &Post,
        key: &SendKey,
        checkpoint: &Checkpoint,
    ) -> Outcome;

    /// Whether the post sent under `key` is there. Reads only. `got`: what `prepare` had got.
    async fn look(&self, account: &Account, post: &Post, key: &SendKey, got: &Checkpoint) -> Found;

    /// The same where what was prepared is not at hand.
    async fn find(&self, account: &Account, post: &Post, key: &SendKey) -> Found {
        self.look(account, post, key, &Checkpoint::default()).await
    }

    /// Takes the post down; nothing there is as good as taken down.
    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn;

    /// Puts the words of `post` in the place of those that stand at `remote_id`; pictures, films and their descriptions stay.
    /// Said twice it is the same, so it may be repeated whenever its outcome is not known.
    async fn edit(&self, _account: &Account, _remote_id: &str, _post: &Post) -> Edited {
        Edited::Unable("this channel has no call for it".into())
    }

    /// Gets ready to say something under a post of the account's own; shows nobody anything and may be repeated. What it
    /// got goes into the checkpoint.
    async fn prepare_comment(
        &self,
        _account: &Account,
        _remark: &Remark<'_>,
        _got: &mut Checkpoint,
    ) -> Result<(), Problem> {
        Ok(())
    }

    /// Says it: the one visible call.
    async fn comment(&self, _account: &Account, _remark: &Remark<'_>, _got: &Checkpoint) -> Outcome {
        Outcome::Rejected(Problem::new(ProblemKind::Permission, "this channel has no call for it"))
    }

    /// Whether it stands there. Reads only.
    async fn look_comment(&self, _account: &Account, _remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        Found::NotSeen("this channel has no call for it".into())
    }

    /// Whether this channel counts what readers do with a post and lets us read it.
    fn counts_readers(&self) -> bool {
        false
    }

    /// What readers have done with a post so far; nothing where that is not counted.
    async fn measure(&self, _account: &Account, _remote_id: &str) -> Result<Measures, Problem> {
        Ok(Measures::default())
    }
}

/// Every channel this process can send to. Cheap to clone.
#[derive(Clone)]
pub struct Channels(Arc<Vec<Arc<dyn Channel>>>);

impl Channels {
    /// Every channel there is.
    pub fn real(kit: &Kit) -> Self {
        Self::of(ChannelKind::ALL.iter().map(|kind| (kind.profile().channel)(kit)).collect())
    }
    /// From the channels it is made of.
    pub fn of(channels: Vec<Arc<dyn Channel>>) -> Self {
        Self(Arc::new(channels))
    }
    /// The channel of a kind.
    pub fn get(&self, kind: ChannelKind) -> Option<&Arc<dyn Channel>> {
        self.0.iter().find(|c| c.kind() == kind)
    }
}

/// A file that cannot be read. A store that is away for a while is no reason to give the post up.
fn unread(error: &BlobError) -> Problem {
    let kind = match error {
        BlobError::Store(_) => ProblemKind::Unavailable,
        _ => ProblemKind::Configuration,
    };
    Problem::new(kind, error.to_string())
}

/// How long a kept file is.
async fn file_len(blobs: &Blobs, file: &PostMedia) -> Result<u64, Problem> {
    blobs.len(&file.sha256).await.map_err(|error| unread(&error))
}

/// A kept file as a request's body, streamed, and how long it is: a film is never held in memory.
/// With a `range`, only that part of it; the length is the whole file's all the same.
async fn file_body(
    blobs: &Blobs,
    file: &PostMedia,
    range: Option<Range<u64>>,
) -> Result<(reqwest::Body, u64), Problem> {
    let len = file_len(blobs, file).await?;
    Ok((file_segment(blobs, file, range.unwrap_or(0..len)).await?, len))
}

/// A stretch of a kept file, streamed.
async fn file_segment(blobs: &Blobs, file: &PostMedia, range: Range<u64>) -> Result<reqwest::Body, Problem> {
    let stream = blobs.stream(&file.sha256, Some(range)).await.map_err(|error| unread(&error))?;
    Ok(reqwest::Body::wrap_stream(stream))
}

/// A stretch of a kept file, or all of it, as a part of a form; and how long it is.
async fn file_part(
    blobs: &Blobs,
    file: &PostMedia,
    range: Option<Range<u64>>,
) -> Result<(reqwest::multipart::Part, u64), Problem> {
    let range = match range {
        Some(range) => range,
        None => 0..file_len(blobs, file).await?,
    };
    let len = range.end - range.start;
    let body = file_segment(blobs, file, range).await?;
    let part = reqwest::multipart::Part::stream_with_length(body, len)
        .file_name(if file.is_film() { "film.mp4" } else { "billede" })
        .mime_str(&file.mime)
        .map_err(|_| Problem::new(ProblemKind::InvalidMedia, format!("no media type: {}", file.mime)))?;
    Ok((part, len))
}

/// How long an upload of so many bytes may take: a minute, and 250 kB a second at the least.
const fn upload_time(bytes: u64) -> Duration {
    Duration::from_secs(60 + bytes / 250_000)
}
