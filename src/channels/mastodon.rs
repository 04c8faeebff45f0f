//! Mastodon and servers that speak its API. A post carries a key that Mastodon remembers for an hour
//! (class K1); where the server forgets keys, our link is looked for in the account's latest posts (K4).

mod comment;
pub mod consent;
mod errors;
mod server;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::{Method, multipart};
use serde_json::json;
use url::Url;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Edited, Found, Measures,
    Outcome, Post, PostMedia, Problem, ProblemKind, Published, Remark, SendKey, Withdrawn,
    answer::{Answer, Silence, ask},
    edit,
    fit::compose,
    kind::{Captions, LinkPlace, Profile, Way},
};
use crate::{
    base::{Clock, Instant},
    blobs::Blobs,
    kit::Kit,
    outbound::{Outbound, RequestBuilder},
};
use errors::{Asked, problem};

/// How long the server may take with a file before we come back later; a delivery's worker waits so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until we come back.
const LATER: Duration = Duration::from_secs(15);
/// Files that no post refers to are kept for a day.
const MEDIA_LIFE: Duration = Duration::from_secs(20 * 3600);
/// How many of the account's latest posts are looked through.
const LATEST: &str = "40";

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "Mastodon",
    mark: "ms",
    practice_mark: "ms practice",
    letter: "M",
    what: "channels-mastodon-what",
    needs: "channels-mastodon-needs",
    know: &["channels-mastodon-know-log-in", "channels-mastodon-know-for-ever"],
    safety: "channels-safety-server",
    class: Class::ReadBack,
    link: LinkPlace::Text,
    card_with_media: true,
    captions: Captions::NotTaken,
    withdraw: true,
    edit: Edit::InPlace,
    edit_film: Edit::InPlace,
    comment: Some(Commenting { class: Class::ReadBack, outlives: true, right: None }),
    scopes: &consent::SCOPES,
    covers: consent::covers,
    way: Way::OAuth(|kit| Box::new(Mastodon::new(kit))),
    address: |_, connection| {
        let base = connection.base_url.trim_end_matches('/');
        let user = connection.handle.trim_start_matches('@').split('@').next().unwrap_or_default();
        format!("{base}/@{user}")
    },
    platform: None,
    channel: |kit| Arc::new(Mastodon::new(kit)),
    consent: |kit| Box::new(Mastodon::new(kit)),
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Mastodon {
    outbound: Outbound,
    clock: Clock,
    app_name: String,
    website: String,
}

impl Mastodon {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        Self {
            outbound: kit.outbound.clone(),
            clock: kit.clock.clone(),
            app_name: kit.config.channels.mastodon_app_name.clone(),
            website: kit.config.server.public_url.clone(),
        }
    }

    /// A call at a server that may be called.
    fn call(&self, method: Method, at: &Url, path: &str) -> Result<RequestBuilder, Problem> {
        let wrong = |e: String| Problem::new(ProblemKind::Configuration, e);
        let url = at.join(path).map_err(|e| wrong(e.to_string()))?;
        self.outbound.check(&url).map_err(|e| wrong(e.to_string()))?;
        Ok(self.outbound.client().request(method, url))
    }

    /// A call that shows nobody anything: its answer, or why there is none.
    async fn quiet(&self, request: RequestBuilder, asked: Asked) -> Result<Answer, Problem> {
        let answer = ask(request).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(self.problem(&answer, asked)) }
    }

    fn problem(&self, answer: &Answer, asked: Asked) -> Problem {
        problem(answer, asked, self.clock.now())
    }

    /// What a no means for this account. Some servers answer a token they do not know with an empty 422;
    /// then we ask whose it is.
    async fn judge(&self, account: &Account, answer: &Answer, asked: Asked) -> Problem {
        let said = self.problem(answer, asked);
        if answer.status.as_u16() == 422 && answer.excerpt().is_empty() {
            let whose = self.call(Method::GET, &account.base_url, "/api/v1/accounts/verify_credentials");
            if let Ok(request) = whose
                && let Ok(other) = ask(request.bearer_auth(&account.token)).await
                && matches!(other.status.as_u16(), 401 | 403 | 422)
            {
                return Problem { kind: ProblemKind::Reconnect, ..said };
            }
        }
        said
    }

    async fn quiet_for(
        &self,
        account: &Account,
        request: RequestBuilder,
        asked: Asked,
    ) -> Result<Answer, Problem> {
        let answer = ask(request.bearer_auth(&account.token)).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(self.judge(account, &answer, asked).await) }
    }

    /// Sends one file; its number, and whether the server is done with it, go into the checkpoint.
    async fn upload(
        &self,
        account: &Account,
        file: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let (part, len) = super::file_part(blobs, file, None).await?;
        let mut form = multipart::Form::new();
        if !file.alt.is_empty() {
            form = form.text("description", file.alt.clone());
        }
        let request = self
            .call(Method::POST, &account.base_url, "/api/v2/media")?
            .timeout(super::upload_time(len))
            .multipart(form.part("file", part));
        let answer = self.quiet_for(account, request, Asked::Media).await?;
        let medium: wire::MediaAttachment = answer.json().unwrap_or_default();
        if medium.id.is_empty() {
            let words = "the answer to an upload names no file";
            return Err(answer.problem(ProblemKind::Unavailable, words, self.clock.now()));
        }
        // 202 = it is still being processed
        let ready = answer.status.as_u16() == 200;
        let handle = json!({ "id": medium.id, "ready": ready, "at": self.clock.now() });
        checkpoint.0.insert(file.sha256.clone(), handle);
        Ok(())
    }

    /// Waits until the server is done with a file.
    async fn wait_for(
        &self,
        account: &Account,
        name: &str,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let mut pause = Duration::from_millis(200);
        let mut waited = Duration::ZERO;
        loop {
            let Some(Handle { id, ready: false, .. }) = Handle::of(checkpoint, name) else { return Ok(()) };
            let request = self.call(Method::GET, &account.base_url, &format!("/api/v1/media/{id}"))?;
            let answer = ask(request.bearer_auth(&account.token)).await?;
            match answer.status.as_u16() {
                200 => {
                    if let Some(handle) = checkpoint.0.get_mut(name) {
                        handle["ready"] = json!(true);
                    }
                    return Ok(());
                }
                202 | 206 => {}
                404 => {
                    // gone, and no post has it: nothing was sent with a file that was not ready
                    checkpoint.0.remove(name);
                    return Err(answer.problem(
                        ProblemKind::Processing,
                        "the server lost the file",
                        self.clock.now(),
                    ));
                }
                422 => {
                    checkpoint.0.remove(name);
                    return Err(self.judge(account, &answer, Asked::Media).await);
                }
                _ => return Err(self.judge(account, &answer, Asked::Media).await),
            }
            if waited >= PATIENCE {
                let mut busy =
                    Problem::new(ProblemKind::Processing, "the server is still processing the file");
                busy.wait = Some(LATER);
                return Err(busy);
            }
            tokio::time::sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(Duration::from_secs(3));
        }
    }
}

/// A file at the server.
struct Handle {
    id: String,
    ready: bool,
    at: Instant,
}

impl Handle {
    fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        let value = checkpoint.0.get(name)?;
        Some(Self {
            id: value["id"].as_str()?.to_owned(),
            ready: value["ready"].as_bool()?,
            at: Instant::from_micros(value["at"].as_i64()?),
        })
    }
}

/// The account's number on its server, of `number@host`.
fn number(account: &Account) -> &str {
    account.remote_id.split_once('@').map_or(account.remote_id.as_str(), |(number, _)| number)
}

/// A post's page, if it is a web address: what a peer says may end up in a link.
fn page(status: &wire::Status) -> Option<String> {
    let address = status.url.as_deref().or(status.uri.as_deref()).filter(|a| a.len() <= 2000)?;
    let url: Url = address.parse().ok()?;
    matches!(url.scheme(), "http" | "https").then(|| url.to_string())
}

fn published(status: wire::Status) -> Published {
    Published { url: page(&status), remote_id: status.id }
}

/// Whether a status' HTML holds the link: the whole of it, not the beginning of a longer one.
fn holds(content: &str, link: &str) -> bool {
    let escaped = link.replace('&', "&amp;");
    [link, escaped.as_str()].iter().any(|needle| {
        content.match_indices(needle).any(|(at, _)| {
            let after = content[at + needle.len()..].chars().next();
            after.is_none_or(|c| !(c.is_alphanumeric() || "-_/?=%&".contains(c)))
        })
    })
}

#[async_trait]
impl Channel for Mastodon {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Mastodon
    }

    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let whose = self.call(Method::GET, &account.base_url, "/api/v1/accounts/verify_credentials")?;
        self.quiet_for(account, whose, Asked::Other).await?;
        self.describe(&account.base_url).await
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        for file in &post.media {
            let now = self.clock.now();
            if Handle::of(checkpoint, &file.sha256).is_none_or(|h| now.since(h.at) > MEDIA_LIFE) {
                self.upload(account, file, blobs, checkpoint).await?;
            }
        }
        for file in &post.media {
            self.wait_for(account, &file.sha256, checkpoint).await?;
        }
        Ok(())
    }

    async fn publish(
        &self,
        account: &Account,
        post: &Post,
        key: &SendKey,
        checkpoint: &Checkpoint,
    ) -> Outcome {
        let text = compose(ChannelKind::Mastodon, post).text;
        let media: Option<Vec<String>> = post
            .media
            .iter()
            .map(|file| Handle::of(checkpoint, &file.sha256).filter(|h| h.ready).map(|h| h.id))
            .collect();
        let Some(media_ids) = media else {
            let words = "a file has not been uploaded yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let body = wire::NewStatus {
            status: &text,
            media_ids: &media_ids,
            visibility: "public",
            language: post.language.code(),
        };
        let request = match self.call(Method::POST, &account.base_url, "/api/v1/statuses") {
            Ok(request) => {
                request.bearer_auth(&account.token).header("idempotency-key", &key.idempotency).json(&body)
            }
            Err(problem) => return Outcome::Rejected(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence @ Silence::NotSent(_)) => return Outcome::Rejected(silence.into()),
            Err(Silence::Lost(words)) => return Outcome::Ambiguous { status: None, words },
        };
        let code = Some(answer.status.as_u16());
        if answer.status.is_success() {
            return match answer.json::<wire::Status>() {
                Some(status) if !status.id.is_empty() => Outcome::Accepted(published(status)),
                _ => {
                    let words = format!("it said yes and named no post: {}", answer.excerpt());
                    Outcome::Ambiguous { status: code, words }
                }
            };
        }
        if answer.is_verdict() {
            Outcome::Rejected(self.judge(account, &answer, Asked::Status).await)
        } else {
            let words = self.problem(&answer, Asked::Status).words;
            Outcome::Ambiguous { status: code, words }
        }
    }

    /// Our link among the account's latest posts. A list may lag, so not seeing it proves nothing.
    async fn look(&self, account: &Account, post: &Post, _key: &SendKey, _got: &Checkpoint) -> Found {
        let path = format!("/api/v1/accounts/{}/statuses", number(account));
        let request = match self.call(Method::GET, &account.base_url, &path) {
            Ok(request) => request.query(&[("limit", LATEST), ("exclude_reblogs", "true")]),
            Err(problem) => return Found::Unreachable(problem),
        };
        let answer = match self.quiet_for(account, request, Asked::Other).await {
            Ok(answer) => answer,
            Err(problem) => return Found::Unreachable(problem),
        };
        let Some(statuses) = answer.json::<Vec<wire::Status>>() else {
            return Found::NotSeen(format!("the answer is no list of posts: {}", answer.excerpt()));
        };
        let looked = statuses.len();
        match statuses.into_iter().find(|s| !s.id.is_empty() && holds(&s.content, &post.link)) {
            Some(status) => Found::There(published(status)),
            None => Found::NotSeen(format!("not among the {looked} latest posts")),
        }
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Outcome {
        comment::say(self, account, remark).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        comment::look(self, account, remark).await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        if !account.ability.withdraw {
            return Withdrawn::Unable("this server's software cannot delete posts for us".into());
        }
        let path = format!("/api/v1/statuses/{remote_id}");
        let request = match self.call(Method::DELETE, &account.base_url, &path) {
            Ok(request) => request.bearer_auth(&account.token),
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence) => return Withdrawn::NotYet(silence.into()),
        };
        match answer.status.as_u16() {
            200..=299 | 404 | 410 => Withdrawn::Gone,
            _ => Withdrawn::NotYet(self.judge(account, &answer, Asked::Other).await),
        }
    }

    /// What stands there is read first: the files and their descriptions are said again as they are, for what is left out
    /// of the call is taken off the post.
    async fn edit(&self, account: &Account, remote_id: &str, post: &Post) -> Edited {
        let path = format!("/api/v1/statuses/{remote_id}");
        let reading = match self.call(Method::GET, &account.base_url, &path) {
            Ok(request) => request.bearer_auth(&account.token),
            Err(problem) => return Edited::Refused(problem),
        };
        let answer = match ask(reading).await {
            Ok(answer) => answer,
            Err(silence) => return Edited::Refused(silence.into()),
        };
        let stands: wire::Stands = match answer.status.as_u16() {
            200..=299 => answer.json().unwrap_or_default(),
            404 | 410 => return Edited::Gone,
            _ => return Edited::Refused(self.judge(account, &answer, Asked::Other).await),
        };
        if stands.id != remote_id {
            let words = "the answer is no post";
            return Edited::Refused(answer.problem(ProblemKind::Unavailable, words, self.clock.now()));
        }
        let text = compose(ChannelKind::Mastodon, post).text;
        let body = wire::EditedStatus {
            status: &text,
            language: post.language.code(),
            media_ids: stands.media_attachments.iter().map(|m| m.id.as_str()).collect(),
            media_attributes: &stands.media_attachments,
        };
        let request = match self.call(Method::PUT, &account.base_url, &path) {
            Ok(request) => request.bearer_auth(&account.token).json(&body),
            Err(problem) => return Edited::Refused(problem),
        };
        let done = |answer: &Answer| answer.json::<wire::Status>().is_some_and(|said| said.id == remote_id);
        edit::put(request, done, async |answer| match answer.status.as_u16() {
            // the post was there a moment ago: it is the call that the server's software does not know
            404 | 405 | 501 => Edited::Unable("this server's software cannot change posts for us".into()),
            _ => Edited::Refused(self.judge(account, answer, Asked::Status).await),
        })
        .await
    }

    fn counts_readers(&self) -> bool {
        true
    }

    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        let request = self.call(Method::GET, &account.base_url, &format!("/api/v1/statuses/{remote_id}"))?;
        let answer = self.quiet_for(account, request, Asked::Other).await?;
        let status: wire::Status = answer.json().ok_or_else(|| {
            answer.problem(ProblemKind::Unavailable, "the answer is no post", self.clock.now())
        })?;
        Ok(Measures {
            reactions: status.favourites_count,
            comments: status.replies_count,
            shares: status.reblogs_count,
            ..Measures::default()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_found_whole() {
        let link = "https://job.dk/r/7Q2F9KXM";
        let html = r#"<p>Vi søger <a href="https://job.dk/r/7Q2F9KXM" rel="nofollow"><span class="invisible">https://</span><span>job.dk/r/7Q2F9KXM</span></a></p>"#;
        assert!(holds(html, link));
        assert!(holds("<p>https://job.dk/r/7Q2F9KXM</p>", link));
        assert!(holds("<p>https://job.dk/?a=1&amp;b=2</p>", "https://job.dk/?a=1&b=2"));
        assert!(!holds("<p>https://job.dk/r/7Q2F9KXMA</p>", link));
        assert!(!holds("<p>https://job.dk/r/7Q2F9KX</p>", link));
    }

    #[test]
    fn only_web_addresses_become_links() {
        let status = |url: &str| wire::Status { id: "1".into(), url: Some(url.into()), ..Default::default() };
        assert_eq!(
            page(&status("https://social.example/@k/1")).as_deref(),
            Some("https://social.example/@k/1")
        );
        assert_eq!(page(&status("javascript:alert(1)")), None);
        assert_eq!(page(&wire::Status::default()), None);
    }
}
