//! X, by version 2 of its API. It knows no key and no name of ours: a lost post is looked for by our link among the
//! account's posts since it was sent (K4), and X itself refuses the same words twice (K5).

pub mod consent;
mod errors;
mod media;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Method;
use url::Url;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Edit, Found, Outcome, Post, Problem,
    ProblemKind, Published, SendKey, Withdrawn,
    answer::{self, Answer, ask},
    fit::compose,
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    platform::{Place, bare},
};
use crate::{blobs::Blobs, kit::Kit, outbound::RequestBuilder};
use errors::{Asked, problem};

/// Clocks differ: a look begins this long before the send.
const BEFORE: Duration = Duration::from_secs(300);
/// Most posts a page of a list holds. Each that is read costs, and there are few since the send.
const LATEST: &str = "100";
/// Most pages that are looked through.
const PAGES: usize = 5;

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "X",
    mark: "xx",
    practice_mark: "xx practice",
    letter: "X",
    what: "channels-x-what",
    needs: "channels-x-needs",
    know: &["channels-x-know-log-in", "channels-x-know-price"],
    safety: "channels-safety-refuses-duplicates",
    class: Class::RefusesDuplicates,
    link: LinkPlace::Text,
    card_with_media: true,
    captions: Captions::Files(500_000),
    withdraw: true,
    edit: Edit::Anew,
    edit_film: Edit::Anew,
    // its sheet does not know whether an app may answer a post of the account's own
    comment: None,
    scopes: &consent::SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(X::new(kit))),
    address: |config, connection| {
        let base = if connection.practice { &connection.base_url } else { config.channels.x.log_in.as_str() };
        format!("{}/{}", base.trim_end_matches('/'), connection.handle.trim_start_matches('@'))
    },
    platform: Some(|channels| &channels.x),
    channel: |kit| Arc::new(X::new(kit)),
    consent: |kit| Box::new(X::new(kit)),
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct X {
    place: Place,
}

impl X {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        Self { place: Place::new(kit, |channels| &channels.x) }
    }

    /// A call that shows nobody anything: its answer, or why there is none.
    async fn quiet(&self, request: RequestBuilder, asked: Asked) -> Result<Answer, Problem> {
        self.place.quiet(request, |answer, now| problem(answer, asked, now)).await
    }

    /// A page of the account's posts since a time.
    async fn posts_since(
        &self,
        account: &Account,
        since: &str,
        next: Option<&str>,
    ) -> Result<wire::Envelope<Vec<wire::Post>>, Problem> {
        let path = format!("/2/users/{}/tweets", bare(&account.remote_id));
        let mut request =
            self.place.call(Method::GET, &account.base_url, &path)?.bearer_auth(&account.token).query(&[
                ("max_results", LATEST),
                ("exclude", "replies,retweets"),
                ("start_time", since),
                ("tweet.fields", "created_at,entities"),
            ]);
        if let Some(next) = next {
            request = request.query(&[("pagination_token", next)]);
        }
        let answer = self.quiet(request, Asked::Other).await?;
        answer.json().ok_or_else(|| {
            let words = format!("the answer is no list of posts: {}", answer.excerpt());
            answer.problem(ProblemKind::Unavailable, words, self.place.now())
        })
    }

    fn published(&self, account: &Account, id: String) -> Published {
        let base: Url = self.place.log_in_at(&account.base_url);
        let user = account.handle.trim_start_matches('@');
        let url = format!("{}/{user}/status/{id}", base.as_str().trim_end_matches('/'));
        Published { remote_id: id, url: Some(url) }
    }
}

/// A number as X names posts with.
fn is_number(id: &str) -> bool {
    (1..=19).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

/// Whether our link stands in a post.
fn holds(post: &wire::Post, link: &str) -> bool {
    post.entities.urls.iter().any(|url| url.expanded_url == link || url.unwound_url == link)
}

#[async_trait]
impl Channel for X {
    fn kind(&self) -> ChannelKind {
        ChannelKind::X
    }

    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let user = self.me(&account.base_url, &account.token).await?;
        if user.id != bare(&account.remote_id) {
            let words = format!("the token is {}'s, not {}'s", user.id, bare(&account.remote_id));
            return Err(Problem::new(ProblemKind::Reconnect, words));
        }
        Ok(Ability::configured(ChannelKind::X, self.place.config()))
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        for file in &post.media {
            self.ready_file(account, file, blobs, checkpoint).await?;
        }
        Ok(())
    }

    async fn publish(
        &self,
        account: &Account,
        post: &Post,
        _key: &SendKey,
        checkpoint: &Checkpoint,
    ) -> Outcome {
        let text = compose(ChannelKind::X, post).text;
        let Some(media_ids) = media::ready(post, checkpoint) else {
            let words = "a file has not been uploaded yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let media = (!media_ids.is_empty()).then_some(wire::Attached { media_ids: &media_ids });
        let body = wire::NewPost { text: &text, media };
        let request = self.place.call(Method::POST, &account.base_url, "/2/tweets");
        let request = request.map(|call| call.bearer_auth(&account.token).json(&body));
        let named = |answer: &Answer| {
            let said = answer.json::<wire::Envelope<wire::Post>>().unwrap_or_default().data;
            said.filter(|said| is_number(&said.id)).map(|said| self.published(account, said.id))
        };
        let no = |answer: &Answer| problem(answer, Asked::Post, self.place.now());
        answer::show(request, named, no, Answer::is_verdict).await
    }

    /// Our link among the account's posts since it was sent. `Absent` when all of these were seen: whether a list may lag
    /// is for the delivery's second look to allow for.
    async fn look(&self, account: &Account, post: &Post, key: &SendKey, _got: &Checkpoint) -> Found {
        let since = (key.created_at - BEFORE).rfc3339();
        let mut looked = 0;
        let mut next = None;
        for _ in 0..PAGES {
            let list = match self.posts_since(account, &since, next.as_deref()).await {
                Ok(list) => list,
                Err(problem) => return Found::Unreachable(problem),
            };
            let posts = list.data.unwrap_or_default();
            looked += posts.len();
            if let Some(found) = posts.into_iter().find(|p| is_number(&p.id) && holds(p, &post.link)) {
                return Found::There(self.published(account, found.id));
            }
            match list.meta {
                Some(meta) if list.errors.is_empty() => next = meta.next_token,
                _ => break,
            }
            if next.is_none() {
                return Found::Absent;
            }
        }
        Found::NotSeen(format!("not among the {looked} latest posts"))
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        if !is_number(remote_id) {
            return Withdrawn::Unable(format!("not the name of a post: {remote_id}"));
        }
        let path = format!("/2/tweets/{remote_id}");
        let request = match self.place.call(Method::DELETE, &account.base_url, &path) {
            Ok(request) => request.bearer_auth(&account.token),
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence) => return Withdrawn::NotYet(silence.into()),
        };
        if matches!(answer.status.as_u16(), 404 | 410) {
            return Withdrawn::Gone;
        }
        let said = answer.json::<wire::Envelope<wire::Deleted>>().unwrap_or_default().data;
        if answer.status.is_success() && said.is_some_and(|said| said.deleted) {
            return Withdrawn::Gone;
        }
        Withdrawn::NotYet(problem(&answer, Asked::Other, self.place.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_known_by_the_address_behind_the_short_one() {
        let post = |url: &str| -> wire::Post {
            serde_json::from_value(serde_json::json!({
                "id": "1880028106020515840",
                "text": "Vi søger https://t.co/abc",
                "entities": { "urls": [{ "url": "https://t.co/abc", "expanded_url": url }] },
            }))
            .unwrap()
        };
        let link = "https://job.dk/r/7Q2F9KXM";
        assert!(holds(&post(link), link));
        assert!(!holds(&post("https://job.dk/r/7Q2F9KXMA"), link));
        assert!(!holds(&wire::Post::default(), link));
    }

    #[test]
    fn what_is_no_number_names_no_post() {
        assert!(is_number("1880028106020515840"));
        for bad in ["", "18800281060205158401", "https://x.com/a", "1/../2"] {
            assert!(!is_number(bad), "{bad}");
        }
    }
}
