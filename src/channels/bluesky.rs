//! Bluesky and other servers of the AT Protocol. A post lies under a key of our own (class K2), so that
//! it can be asked for, and a second send of the same bytes changes nothing.

mod comment;
mod errors;
mod record;
mod session;
mod wire;

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::{Body, Method};
use serde_json::json;
use url::Url;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Found, Measures, Outcome,
    Post, PostMedia, Problem, ProblemKind, Published, Remark, SendKey, Withdrawn,
    answer::{self, Answer, ask},
    kind::{Captions, LinkPlace, Profile, Way},
    oauth::Wanted,
};
use crate::{
    base::{Clock, Instant},
    blobs::Blobs,
    kit::Kit,
    outbound::{Outbound, RequestBuilder},
};
use errors::{BLOB_LIFE, problem};
pub use session::LogInError;

/// Where posts lie in an account's repository.
const COLLECTION: &str = "app.bsky.feed.post";

/// What an app password opens. It opens all of it or nothing, so none of it is ever missing.
const RIGHTS: [Wanted; 3] = [
    Wanted {
        scope: "post",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted { scope: "media", key: "channel-scope-media", purpose: "channel-scope-media-for", required: true },
    Wanted {
        scope: "read",
        key: "channel-scope-read-back",
        purpose: "channel-scope-read-back-for",
        required: false,
    },
];

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "Bluesky",
    mark: "bs",
    practice_mark: "bs practice",
    letter: "B",
    what: "channels-bluesky-what",
    needs: "channels-bluesky-needs",
    know: &["channels-bluesky-know-password"],
    safety: "channels-safety-own-name",
    class: Class::OwnName,
    link: LinkPlace::CardElseShortened,
    card_with_media: false,
    // lexicon app.bsky.embed.video
    captions: Captions::Files(20_000),
    withdraw: true,
    edit: Edit::Anew,
    edit_film: Edit::Anew,
    comment: Some(Commenting { class: Class::OwnName, outlives: true, right: None }),
    scopes: &RIGHTS,
    covers: |_, _| true,
    way: Way::OwnPage,
    address: |config, connection| {
        if connection.practice {
            format!("{}/profile/{}", connection.base_url.trim_end_matches('/'), connection.handle)
        } else {
            let app = config.channels.bluesky_app.trim_end_matches('/');
            format!("{app}/profile/{}", connection.remote_id)
        }
    },
    platform: None,
    channel: |kit| Arc::new(Bluesky::new(kit)),
    consent: |kit| Box::new(Bluesky::new(kit)),
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Bluesky {
    outbound: Outbound,
    clock: Clock,
    /// Where a reader sees a post.
    app: String,
}

impl Bluesky {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        Self {
            outbound: kit.outbound.clone(),
            clock: kit.clock.clone(),
            app: kit.config.channels.bluesky_app.trim_end_matches('/').to_owned(),
        }
    }

    /// A call of one XRPC method at a server that may be called.
    fn call(&self, method: Method, at: &Url, nsid: &str) -> Result<RequestBuilder, Problem> {
        let wrong = |e: String| Problem::new(ProblemKind::Configuration, e);
        let url = at.join(&format!("/xrpc/{nsid}")).map_err(|e| wrong(e.to_string()))?;
        self.outbound.check(&url).map_err(|e| wrong(e.to_string()))?;
        Ok(self.outbound.client().request(method, url))
    }

    /// A call that shows nobody anything: its answer, or why there is none.
    async fn quiet(&self, request: RequestBuilder) -> Result<Answer, Problem> {
        let answer = ask(request).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(problem(&answer, self.clock.now())) }
    }

    /// Uploads one file unless the server has it; its handle goes into the checkpoint.
    async fn upload(
        &self,
        account: &Account,
        name: &str,
        mime: &str,
        bytes: (Body, u64),
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let (body, len) = bytes;
        let request = self
            .call(Method::POST, &account.base_url, "com.atproto.repo.uploadBlob")?
            .bearer_auth(&account.token)
            .header("content-type", mime)
            // servers behind a proxy want to know before they take it
            .header("content-length", len)
            .timeout(super::upload_time(len))
            .body(body);
        let answer = self.quiet(request).await?;
        let uploaded: wire::Uploaded = answer.json().ok_or_else(|| {
            answer.problem(
                ProblemKind::Unavailable,
                "the answer to an upload names no blob",
                self.clock.now(),
            )
        })?;
        if uploaded.blob.size != len {
            let words = format!("of {len} bytes the server got {}", uploaded.blob.size);
            return Err(Problem::new(ProblemKind::Unavailable, words));
        }
        let handle = json!({ "blob": uploaded.blob, "at": self.clock.now() });
        checkpoint.0.insert(name.to_owned(), handle);
        Ok(())
    }

    fn web_url(&self, account: &Account, rkey: &str) -> String {
        if account.practice {
            let base = account.base_url.as_str().trim_end_matches('/');
            format!("{base}/profile/{}/post/{rkey}", account.handle)
        } else {
            format!("{}/profile/{}/post/{rkey}", self.app, account.remote_id)
        }
    }

    /// Whether a record of ours lies under a key.
    async fn record_under(&self, account: &Account, key: &SendKey) -> Found {
        let request = match self.call(Method::GET, &account.base_url, "com.atproto.repo.getRecord") {
            Ok(request) => request.query(&[
                ("repo", account.remote_id.as_str()),
                ("collection", COLLECTION),
                ("rkey", key.tid.as_str()),
            ]),
            Err(problem) => return Found::Unreachable(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence) => return Found::Unreachable(silence.into()),
        };
        let ours = self.published(account, &key.tid);
        if answer.status.is_success() {
            return match answer.json::<wire::Written>() {
                Some(written) if written.uri == ours.remote_id => Found::There(ours),
                _ => Found::NotSeen(format!("the answer is no record of ours: {}", answer.excerpt())),
            };
        }
        let said: wire::XrpcError = answer.json().unwrap_or_default();
        let absent = said.error == "RecordNotFound" || said.message.starts_with("Could not locate record");
        if answer.status.as_u16() == 400 && absent {
            Found::Absent
        } else {
            Found::Unreachable(problem(&answer, self.clock.now()))
        }
    }

    fn published(&self, account: &Account, rkey: &str) -> Published {
        Published {
            remote_id: format!("at://{}/{COLLECTION}/{rkey}", account.remote_id),
            url: Some(self.web_url(account, rkey)),
        }
    }
}

/// Whether a handle in the checkpoint is still good.
fn is_young(checkpoint: &Checkpoint, name: &str, now: Instant) -> bool {
    let at = checkpoint.0.get(name).and_then(|handle| handle["at"].as_i64()).map(Instant::from_micros);
    at.is_some_and(|at| now.since(at) < BLOB_LIFE)
}

/// The files of a post, as it will be shown: media, else the picture of the link card.
fn files(post: &Post) -> Vec<&PostMedia> {
    if post.media.is_empty() { post.link_thumb.iter().collect() } else { post.media.iter().collect() }
}

#[async_trait]
impl Channel for Bluesky {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Bluesky
    }

    /// A server of this kind does not say its limits; asking proves that the session works.
    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let request = self
            .call(Method::GET, &account.base_url, "com.atproto.server.getSession")?
            .bearer_auth(&account.token);
        let answer = self.quiet(request).await?;
        let said: wire::Whoami = answer.json().ok_or_else(|| {
            answer.problem(ProblemKind::Unavailable, "the answer names no account", self.clock.now())
        })?;
        if said.did != account.remote_id {
            let words = format!("the session is {}'s, not {}'s", said.did, account.remote_id);
            return Err(Problem::new(ProblemKind::Reconnect, words));
        }
        if said.active == Some(false) {
            return Err(Problem::new(ProblemKind::AccountBlocked, "the account is not active"));
        }
        Ok(Ability::usual(ChannelKind::Bluesky))
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let now = self.clock.now();
        for file in files(post) {
            if !is_young(checkpoint, &file.sha256, now) {
                let bytes = super::file_body(blobs, file, None).await?;
                self.upload(account, &file.sha256, &file.mime, bytes, checkpoint).await?;
            }
            for (language, vtt) in &file.captions {
                let name = record::caption_name(&file.sha256, *language);
                if !is_young(checkpoint, &name, now) {
                    let bytes = (Body::from(vtt.clone()), vtt.len() as u64);
                    self.upload(account, &name, "text/vtt", bytes, checkpoint).await?;
                }
            }
        }
        Ok(())
    }

    /// `putRecord` under our own key: the same bytes again are no second post.
    async fn publish(
        &self,
        account: &Account,
        post: &Post,
        key: &SendKey,
        checkpoint: &Checkpoint,
    ) -> Outcome {
        let request = record::of(post, key, checkpoint).and_then(|record| {
            let body = wire::PutRecord {
                repo: &account.remote_id,
                collection: COLLECTION,
                rkey: &key.tid,
                validate: true,
                record: &record,
            };
            let call = self.call(Method::POST, &account.base_url, "com.atproto.repo.putRecord")?;
            Ok(call.bearer_auth(&account.token).json(&body))
        });
        let ours = self.published(account, &key.tid);
        let named = |answer: &Answer| {
            answer.json::<wire::Written>().filter(|written| written.uri == ours.remote_id).map(|_| ours)
        };
        answer::show(request, named, |answer| problem(answer, self.clock.now()), Answer::is_verdict).await
    }

    async fn look(&self, account: &Account, _post: &Post, key: &SendKey, _got: &Checkpoint) -> Found {
        self.record_under(account, key).await
    }

    async fn prepare_comment(
        &self,
        account: &Account,
        remark: &Remark<'_>,
        got: &mut Checkpoint,
    ) -> Result<(), Problem> {
        comment::prepare(self, account, remark, got).await
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, got: &Checkpoint) -> Outcome {
        comment::say(self, account, remark, got).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        self.record_under(account, remark.key).await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        let Some(rkey) = remote_id.rsplit('/').next().filter(|k| !k.is_empty()) else {
            return Withdrawn::Unable(format!("not the name of a post: {remote_id}"));
        };
        let body = wire::DeleteRecord { repo: &account.remote_id, collection: COLLECTION, rkey };
        let request = match self.call(Method::POST, &account.base_url, "com.atproto.repo.deleteRecord") {
            Ok(request) => request.bearer_auth(&account.token).json(&body),
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        match self.quiet(request).await {
            Ok(_) => Withdrawn::Gone,
            Err(problem) if problem.words.starts_with("RecordNotFound") => Withdrawn::Gone,
            Err(problem) => Withdrawn::NotYet(problem),
        }
    }

    fn counts_readers(&self) -> bool {
        true
    }

    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        let request = self
            .call(Method::GET, &account.base_url, "app.bsky.feed.getPosts")?
            .bearer_auth(&account.token)
            .query(&[("uris", remote_id)]);
        let answer = self.quiet(request).await?;
        let posts: wire::Posts = answer.json().unwrap_or_default();
        let Some(post) = posts.posts.into_iter().find(|post| post.uri == remote_id) else {
            let words = "the network does not know the post yet";
            return Err(answer.problem(ProblemKind::Unavailable, words, self.clock.now()));
        };
        let shares = post.repost_count.map(|n| n.saturating_add(post.quote_count.unwrap_or(0)));
        Ok(Measures { reactions: post.like_count, comments: post.reply_count, shares, ..Measures::default() })
    }
}
