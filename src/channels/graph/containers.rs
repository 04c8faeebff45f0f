//! Posts by container, as Instagram and Threads take them: a container is made with the address at which a file can be
//! fetched, the peer fetches it and says when it is done, and the container is published by its number (class K3).
//! The container itself says whether it is out, so nothing is sent twice; our link in the text finds the post.

use std::time::Duration;

use reqwest::Method;
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{Asked, Graph, Made, is_gone, web_address};
use crate::{
    base::Instant,
    channels::{
        Account, Checkpoint, Found, Outcome, Post, PostMedia, Problem, ProblemKind, Published, Withdrawn,
        answer::{Answer, ask},
        pull::Addresses,
        text,
    },
};

/// A container that was not published is gone after a day.
const LIFE: Duration = Duration::from_secs(20 * 3600);
/// A call that was lost has taken effect by then, or never will; also how long reading may lag.
const SETTLED: Duration = Duration::from_secs(600);
/// How long the peer may fetch and work before we come back later; a delivery's worker waits so long.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long until we come back: as often as the peer wants to be asked.
const LATER: Duration = Duration::from_secs(60);
/// How long until a spent quota is looked at again.
const QUOTA: Duration = Duration::from_secs(3600);
/// How long we wait to be told where a post that is out can be seen; it can be asked later.
const PLACE: Duration = Duration::from_secs(5);
/// Under this name the checkpoint holds what is to be published.
pub(super) const POST: &str = "post";
/// A post that is out and has not been seen in a list yet goes by its container's name.
pub(super) const BY_CONTAINER: &str = "container/";

/// What the two call differently.
pub(in crate::channels) struct Dialect {
    /// Makes a container.
    pub make: &'static str,
    /// Publishes it.
    pub show: &'static str,
    /// Lists what is out.
    pub list: &'static str,
    /// Says how far a container is.
    pub status: &'static str,
    /// Says why it went wrong.
    pub why: &'static str,
    /// Holds the text.
    pub text: &'static str,
    /// Says how many posts are left for the day.
    pub quota: &'static str,
    /// The kind of a picture, where it must be said.
    pub picture: Option<&'static str>,
    /// The kind of a film.
    pub film: &'static str,
    /// What a film wants to hear besides.
    pub film_alone: &'static [(&'static str, bool)],
    /// A film takes an alternative text.
    pub film_alt: bool,
    /// The containers of an album are named in one text; else in a list.
    pub children_joined: bool,
}

/// A channel that publishes by container.
#[derive(Clone)]
pub(in crate::channels) struct Containers {
    pub graph: Graph,
    pub addresses: Addresses,
    pub dialect: &'static Dialect,
}

/// How far a container is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    Working,
    Finished,
    Published,
    Wrong,
    Expired,
    Gone,
}

pub(super) struct Handle {
    pub id: String,
    at: Instant,
}

impl Handle {
    pub fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        let value = checkpoint.0.get(name)?;
        let id = value["id"].as_str()?.to_owned();
        Some(Self { id, at: Instant::from_micros(value["at"].as_i64()?) })
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct List {
    pub data: Vec<serde_json::Map<String, Value>>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Quotas {
    data: Vec<Quota>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Quota {
    quota_usage: u64,
    config: QuotaConfig,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct QuotaConfig {
    quota_total: u64,
}

impl Containers {
    fn now(&self) -> Instant {
        self.graph.clock.now()
    }

    /// Makes the post's container, unless it stands already, and waits until the peer is done with it.
    pub async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        words: &str,
        card: bool,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if let Some(handle) = Handle::of(checkpoint, POST) {
            let (standing, _) = self.standing(account, &handle.id).await?;
            let age = self.now().since(handle.at);
            match standing {
                Standing::Finished | Standing::Published => return Ok(()),
                Standing::Working => return self.finished(account, POST, checkpoint).await,
                Standing::Gone if age < SETTLED => {
                    let mut soon = Problem::new(ProblemKind::Processing, "the container is not seen");
                    soon.wait = Some(SETTLED.saturating_sub(age));
                    return Err(soon);
                }
                // never published, unless the list says otherwise
                Standing::Wrong | Standing::Expired | Standing::Gone => {
                    if matches!(self.listed(account, post).await?, Found::There(_)) {
                        return Ok(());
                    }
                    checkpoint.0.clear();
                }
            }
        }
        self.within_quota(account).await?;
        let mut body = serde_json::Map::new();
        match post.media.as_slice() {
            [] => {
                body.insert("media_type".into(), "TEXT".into());
                if card {
                    body.insert("link_attachment".into(), post.link.as_str().into());
                }
            }
            [file] => self.describe(&mut body, file, true),
            several => {
                let mut children = Vec::new();
                for file in several {
                    let old = Handle::of(checkpoint, &file.sha256);
                    if old.is_none_or(|h| self.now().since(h.at) > LIFE) {
                        let mut child = serde_json::Map::new();
                        self.describe(&mut child, file, false);
                        child.insert("is_carousel_item".into(), true.into());
                        self.make(account, child, &file.sha256, checkpoint).await?;
                    }
                }
                for file in several {
                    self.finished(account, &file.sha256, checkpoint).await?;
                    children.extend(Handle::of(checkpoint, &file.sha256).map(|handle| handle.id));
                }
                body.insert("media_type".into(), "CAROUSEL".into());
                let joined = self.dialect.children_joined;
                body.insert(
                    "children".into(),
                    if joined { children.join(",").into() } else { children.into() },
                );
            }
        }
        body.insert(self.dialect.text.into(), words.into());
        self.make(account, body, POST, checkpoint).await?;
        self.finished(account, POST, checkpoint).await
    }

    /// A file in a container: where it can be fetched, and its words.
    fn describe(&self, body: &mut serde_json::Map<String, Value>, file: &PostMedia, alone: bool) {
        let address = self.addresses.of(file, self.now());
        if file.is_film() {
            body.insert("media_type".into(), self.dialect.film.into());
            body.insert("video_url".into(), address.into());
            if alone {
                body.extend(self.dialect.film_alone.iter().map(|(n, v)| ((*n).to_owned(), Value::Bool(*v))));
            }
        } else {
            if let Some(kind) = self.dialect.picture {
                body.insert("media_type".into(), kind.into());
            }
            body.insert("image_url".into(), address.into());
        }
        if !file.alt.is_empty() && (!file.is_film() || self.dialect.film_alt) {
            body.insert("alt_text".into(), file.alt.as_str().into());
        }
    }

    pub(super) async fn make(
        &self,
        account: &Account,
        body: serde_json::Map<String, Value>,
        name: &str,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let path = format!("{}/{}", account.remote_id, self.dialect.make);
        let request = self.graph.call_for(account, Method::POST, &path)?.json(&body);
        let Made { id, .. } = self.graph.make(request, Asked::Text).await?;
        checkpoint.0.insert(name.to_owned(), json!({ "id": id, "at": self.now() }));
        Ok(())
    }

    /// A spent quota is waited for before anything is made.
    async fn within_quota(&self, account: &Account) -> Result<(), Problem> {
        let path = format!("{}/{}", account.remote_id, self.dialect.quota);
        let request =
            self.graph.call_for(account, Method::GET, &path)?.query(&[("fields", "config,quota_usage")]);
        // what is not told is not held against the post
        let Ok(told) = self.graph.read::<Quotas>(request, Asked::Other).await else { return Ok(()) };
        match told.data.first() {
            Some(quota) if quota.config.quota_total > 0 && quota.quota_usage >= quota.config.quota_total => {
                let words = format!("{} posts in 24 hours are the limit", quota.config.quota_total);
                Err(Problem { wait: Some(QUOTA), ..Problem::new(ProblemKind::RateLimited, words) })
            }
            _ => Ok(()),
        }
    }

    /// How far a container is, and the peer's words about it.
    pub(super) async fn standing(&self, account: &Account, id: &str) -> Result<(Standing, String), Problem> {
        let fields = format!("{},{}", self.dialect.status, self.dialect.why);
        let request = self.graph.call_for(account, Method::GET, id)?.query(&[("fields", fields)]);
        let answer = ask(request).await?;
        if !answer.status.is_success() {
            return match is_gone(&answer) {
                true => Ok((Standing::Gone, String::new())),
                false => Err(self.graph.problem(&answer, Asked::Object)),
            };
        }
        let said: serde_json::Map<String, Value> = answer.json().unwrap_or_default();
        let word = |name: &str| said.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let standing = match word(self.dialect.status).as_str() {
            "FINISHED" => Standing::Finished,
            "PUBLISHED" => Standing::Published,
            "ERROR" => Standing::Wrong,
            "EXPIRED" => Standing::Expired,
            "IN_PROGRESS" => Standing::Working,
            other => {
                let words = format!("the container is in no state that we know: {other}");
                return Err(Problem::new(ProblemKind::Unavailable, words));
            }
        };
        Ok((standing, word(self.dialect.why)))
    }

    /// Waits until a container can be published.
    pub(super) async fn finished(
        &self,
        account: &Account,
        name: &str,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let mut pause = Duration::from_millis(200);
        let mut waited = Duration::ZERO;
        loop {
            let Some(handle) = Handle::of(checkpoint, name) else { return Ok(()) };
            let (standing, why) = self.standing(account, &handle.id).await?;
            match standing {
                Standing::Finished | Standing::Published => return Ok(()),
                Standing::Wrong => {
                    // should somebody try again, it is made anew
                    checkpoint.0.clear();
                    return Err(went_wrong(&why));
                }
                Standing::Expired => {
                    checkpoint.0.clear();
                    return Err(Problem::new(ProblemKind::Processing, "the container has run out"));
                }
                Standing::Gone | Standing::Working => {}
            }
            if waited >= PATIENCE {
                let mut busy = Problem::new(ProblemKind::Processing, "the peer is still fetching the file");
                busy.wait = Some(LATER);
                return Err(busy);
            }
            tokio::time::sleep(pause).await;
            waited += pause;
            pause = (pause * 2).min(Duration::from_secs(3));
        }
    }

    /// Publishes what `prepare` made. One that is out already is a yes.
    pub async fn publish(&self, account: &Account, post: &Post, checkpoint: &Checkpoint) -> Outcome {
        let Some(handle) = Handle::of(checkpoint, POST) else {
            let words = "the post has not been laid ready yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let path = format!("{}/{}", account.remote_id, self.dialect.show);
        let request = self.graph.call_for(account, Method::POST, &path);
        let request = request.map(|call| call.form(&[("creation_id", handle.id.as_str())]));
        let named = |answer: &Answer| {
            answer
                .json::<Made>()
                .filter(|made| !made.id.is_empty())
                .map(|made| Published { remote_id: made.id, url: None })
        };
        match self.graph.show(request, Asked::Object, named).await {
            Outcome::Accepted(published) => {
                let place = tokio::time::timeout(PLACE, self.place(account, &published.remote_id)).await;
                Outcome::Accepted(Published { url: place.ok().flatten(), ..published })
            }
            Outcome::Rejected(no) => match self.standing(account, &handle.id).await {
                Ok((Standing::Published, _)) => match self.listed(account, post).await {
                    Ok(Found::There(published)) => Outcome::Accepted(published),
                    _ => Outcome::Ambiguous { status: no.status, words: no.words },
                },
                _ => Outcome::Rejected(no),
            },
            other => other,
        }
    }

    /// Where people see a post, when the peer says so at once.
    async fn place(&self, account: &Account, id: &str) -> Option<String> {
        let request = self.graph.call_for(account, Method::GET, id).ok()?.query(&[("fields", "permalink")]);
        let said: Value = self.graph.read(request, Asked::Object).await.ok()?;
        web_address(&self.site(account), said["permalink"].as_str())
    }

    fn site(&self, account: &Account) -> Url {
        self.graph.hosts(&account.base_url).log_in
    }

    /// Asks the container; where that is not at hand, or it is out, our link among the latest posts.
    pub async fn look(&self, account: &Account, post: &Post, got: &Checkpoint) -> Found {
        let listed = || async { self.listed(account, post).await.unwrap_or_else(Found::Unreachable) };
        let Some(handle) = Handle::of(got, POST) else { return listed().await };
        match self.standing(account, &handle.id).await {
            Ok((Standing::Published, _)) => match listed().await {
                Found::NotSeen(_) => {
                    // the container's own word is enough; where it is to be seen is asked for later
                    let remote_id = format!("{BY_CONTAINER}{}", handle.id);
                    Found::There(Published { remote_id, url: None })
                }
                other => other,
            },
            Ok((Standing::Finished | Standing::Working, _)) => Found::Absent,
            // these never get published any more; the list is the second belt
            Ok((Standing::Expired | Standing::Wrong, _)) => match listed().await {
                Found::NotSeen(_) => Found::Absent,
                other => other,
            },
            Ok((Standing::Gone, _)) => listed().await,
            Err(problem) => Found::Unreachable(problem),
        }
    }

    /// Our link among the account's latest posts. A list may lag, so not seeing it proves nothing.
    async fn listed(&self, account: &Account, post: &Post) -> Result<Found, Problem> {
        let fields = format!("id,{},permalink,timestamp", self.dialect.text);
        let path = format!("{}/{}", account.remote_id, self.dialect.list);
        let request = self
            .graph
            .call_for(account, Method::GET, &path)?
            .query(&[("fields", fields.as_str()), ("limit", "25")]);
        let list: List = self.graph.read(request, Asked::Other).await?;
        let looked = list.data.len();
        let word = |post: &serde_json::Map<String, Value>, name: &str| {
            post.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
        };
        let found = list.data.into_iter().find(|listed| {
            let words = word(listed, self.dialect.text);
            text::links(&words).into_iter().any(|at| words[at] == post.link)
        });
        Ok(match found {
            Some(listed) => Found::There(Published {
                url: web_address(&self.site(account), Some(&word(&listed, "permalink"))),
                remote_id: word(&listed, "id"),
            }),
            None => Found::NotSeen(format!("not among the {looked} latest posts")),
        })
    }

    /// Takes a post down, where the peer lets us.
    pub async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        if remote_id.starts_with(BY_CONTAINER) {
            return Withdrawn::Unable("the peer has not told us the post's own name".into());
        }
        let request = match self.graph.call_for(account, Method::DELETE, remote_id) {
            Ok(request) => request,
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence) => return Withdrawn::NotYet(silence.into()),
        };
        if answer.status.is_success() || is_gone(&answer) {
            return Withdrawn::Gone;
        }
        let problem = self.graph.problem(&answer, Asked::Object);
        match problem.kind {
            ProblemKind::Permission | ProblemKind::Configuration | ProblemKind::Unknown => {
                Withdrawn::Unable(problem.words)
            }
            _ => Withdrawn::NotYet(problem),
        }
    }
}

/// Why a container went wrong, from the peer's words about it.
fn went_wrong(why: &str) -> Problem {
    let lower = why.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|p| lower.contains(p));
    let kind = if has(&["2207052", "could not be fetched", "failed_downloading"]) {
        ProblemKind::NotFetched
    } else if has(&["2207001", "2207003", "2207032", "2207053", "2207082", "unknown"]) {
        ProblemKind::Unavailable
    } else {
        ProblemKind::InvalidMedia
    };
    let words = if why.is_empty() { "the peer could not use the file" } else { why };
    Problem::new(kind, text_of(words))
}

fn text_of(words: &str) -> String {
    crate::base::text::shorten(&crate::base::text::line(words), 300)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn why_a_container_went_wrong() {
        for (why, kind) in [
            ("Error: Media upload has failed with error code 2207052", ProblemKind::NotFetched),
            ("FAILED_DOWNLOADING_VIDEO", ProblemKind::NotFetched),
            ("Error: Media upload has failed with error code 2207026", ProblemKind::InvalidMedia),
            ("INVALID_DURATION", ProblemKind::InvalidMedia),
            ("FAILED_PROCESSING_VIDEO", ProblemKind::InvalidMedia),
            ("Error: Media upload has failed with error code 2207053", ProblemKind::Unavailable),
            ("UNKNOWN", ProblemKind::Unavailable),
            ("", ProblemKind::InvalidMedia),
        ] {
            let problem = went_wrong(why);
            assert_eq!(problem.kind, kind, "{why}");
            assert!(!problem.words.is_empty());
        }
    }
}
