//! LinkedIn, by its versioned REST API: pages of organisations and posts of persons. Of a page's posts we may read, so a
//! lost one is looked for by our link (K4), and LinkedIn refuses the same words twice and names the post that is there
//! (K5). A person's posts nobody may read for us (K6).

mod comment;
pub mod consent;
mod errors;
mod little;
mod media;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Method;
use serde_json::{Value, json};
use url::Url;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Edited, Found, Outcome,
    Post, Problem, ProblemKind, Published, Remark, SendKey, Withdrawn,
    answer::{self, Answer},
    edit,
    fit::compose,
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    platform::{Place, bare},
};
use crate::{blobs::Blobs, config::Config, kit::Kit, outbound::RequestBuilder};
use errors::{Asked, original, problem};

/// Clocks differ: a look begins this long before the send.
const BEFORE: Duration = Duration::from_secs(300);
/// How many of a page's latest posts are asked for at a time.
const LATEST: usize = 50;
/// How many times.
const PAGES: usize = 5;

/// What is known of pages.
pub(super) const PAGE: Profile = Profile {
    name: "LinkedIn",
    mark: "li",
    practice_mark: "li practice",
    letter: "L",
    what: "channels-linkedin-what",
    needs: "channels-linkedin-needs",
    know: &["channels-linkedin-know-log-in", "channels-linkedin-know-days"],
    safety: "channels-safety-refuses-duplicates",
    class: Class::RefusesDuplicates,
    link: LinkPlace::CardElseText,
    card_with_media: false,
    captions: Captions::NotTaken,
    withdraw: true,
    edit: Edit::InPlace,
    edit_film: Edit::InPlace,
    comment: Some(Commenting { class: Class::ReadBack, outlives: false, right: None }),
    scopes: &consent::PAGE_SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(Linkedin::page(kit))),
    address: page_address,
    platform: Some(|channels| &channels.linkedin),
    channel: |kit| Arc::new(Linkedin::page(kit)),
    consent: |kit| Box::new(Linkedin::page(kit)),
};

/// What is known of persons.
pub(super) const MEMBER: Profile = Profile {
    name: "LinkedIn-profil",
    what: "channels-linkedin-member-what",
    needs: "channels-linkedin-member-needs",
    safety: "channels-safety-blind",
    class: Class::Blind,
    comment: Some(Commenting { class: Class::Blind, outlives: false, right: None }),
    scopes: &consent::MEMBER_SCOPES,
    way: Way::OAuth(|kit| Box::new(Linkedin::member_of(kit))),
    address: |_, _| String::new(),
    platform: Some(|channels| &channels.linkedin_member),
    channel: |kit| Arc::new(Linkedin::member_of(kit)),
    consent: |kit| Box::new(Linkedin::member_of(kit)),
    ..PAGE
};

fn page_address(config: &Config, connection: &super::Connection) -> String {
    let home = config.channels.linkedin.log_in.as_str();
    let base = if connection.practice { &connection.base_url } else { home };
    format!("{}/company/{}/", base.trim_end_matches('/'), encoded(&connection.handle))
}

/// As whom we publish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    Page,
    Member,
}

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Linkedin {
    place: Place,
    who: Who,
}

impl Linkedin {
    /// For pages, as configured.
    pub fn page(kit: &Kit) -> Self {
        Self { place: Place::new(kit, |channels| &channels.linkedin), who: Who::Page }
    }
    /// For persons, as configured.
    pub fn member_of(kit: &Kit) -> Self {
        Self { place: Place::new(kit, |channels| &channels.linkedin_member), who: Who::Member }
    }

    fn kind_of(&self) -> ChannelKind {
        match self.who {
            Who::Page => ChannelKind::Linkedin,
            Who::Member => ChannelKind::LinkedinMember,
        }
    }

    /// A call of the versioned API.
    fn rest(&self, method: Method, at: &Url, path: &str, token: &str) -> Result<RequestBuilder, Problem> {
        Ok(self
            .place
            .call(method, at, path)?
            .bearer_auth(token)
            .header("linkedin-version", &self.place.platform().version)
            .header("x-restli-protocol-version", "2.0.0"))
    }

    /// A call that shows nobody anything: its answer, or why there is none.
    async fn quiet(&self, request: RequestBuilder, asked: Asked) -> Result<Answer, Problem> {
        self.place.quiet(request, |answer, now| problem(answer, asked, now)).await
    }

    /// A page's posts, newest first, from one of them on.
    async fn latest(&self, account: &Account, start: usize) -> Result<Vec<wire::Post>, Problem> {
        let author = encoded(bare(&account.remote_id));
        let path =
            format!("/rest/posts?q=author&author={author}&start={start}&count={LATEST}&sortBy=LAST_MODIFIED");
        let request = self
            .rest(Method::GET, &account.base_url, &path, &account.token)?
            .header("x-restli-method", "FINDER");
        let answer = self.quiet(request, Asked::Other).await?;
        answer.json::<wire::Elements<wire::Post>>().and_then(|list| list.elements).ok_or_else(|| {
            let words = format!("the answer is no list of posts: {}", answer.excerpt());
            answer.problem(ProblemKind::Unavailable, words, self.place.now())
        })
    }

    fn published(&self, account: &Account, urn: String) -> Published {
        let base = self.place.log_in_at(&account.base_url);
        let url = format!("{}/feed/update/{urn}/", base.as_str().trim_end_matches('/'));
        Published { remote_id: urn, url: Some(url) }
    }

    /// What goes along with the text; none while a file is not ready.
    fn content(post: &Post, card: bool, checkpoint: &Checkpoint) -> Option<Option<Value>> {
        let named = |file| media::ready(file, checkpoint);
        Some(match post.media.as_slice() {
            [] if !card => None,
            [] => {
                let mut article = json!({
                    "source": post.link,
                    "title": post.link_title,
                    "description": post.link_description,
                });
                if let Some(thumb) = &post.link_thumb {
                    article["thumbnail"] = named(thumb)?.into();
                }
                Some(json!({ "article": article }))
            }
            [one] => {
                let mut medium = json!({ "id": named(one)?, "altText": one.alt });
                if one.is_film() {
                    medium["title"] = post.link_title.as_str().into();
                }
                Some(json!({ "media": medium }))
            }
            several => {
                let mut images = Vec::new();
                for file in several {
                    images.push(json!({ "id": named(file)?, "altText": file.alt }));
                }
                Some(json!({ "multiImage": { "images": images } }))
            }
        })
    }

    /// Whether a post that LinkedIn names is there and ours: it has been seen to name some that nobody can open.
    async fn is_ours(&self, account: &Account, urn: &str, post: &Post) -> bool {
        let path = format!("/rest/posts/{}", encoded(urn));
        let Ok(request) = self.rest(Method::GET, &account.base_url, &path, &account.token) else {
            return false;
        };
        let Ok(answer) = self.quiet(request, Asked::Other).await else { return false };
        answer.json::<wire::Post>().is_some_and(|there| there.id == urn && holds(&there, &post.link))
    }
}

/// A name as it may stand in an address.
fn encoded(urn: &str) -> String {
    url::form_urlencoded::byte_serialize(urn.as_bytes()).collect()
}

/// A name as LinkedIn gives to posts.
fn is_post(urn: &str) -> bool {
    ["urn:li:share:", "urn:li:ugcPost:"].iter().any(|kind| {
        urn.strip_prefix(kind)
            .is_some_and(|id| (1..=40).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_alphanumeric()))
    })
}

/// Whether our link stands in a post: in its card, or whole in its text.
fn holds(post: &wire::Post, link: &str) -> bool {
    let text = little::plain(&post.commentary);
    post.content.article.source == link
        || text.match_indices(link).any(|(at, _)| {
            let after = text[at + link.len()..].chars().next();
            after.is_none_or(|c| !(c.is_alphanumeric() || "-_/?=%&".contains(c)))
        })
}

#[async_trait]
impl Channel for Linkedin {
    fn kind(&self) -> ChannelKind {
        self.kind_of()
    }

    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let own = bare(&account.remote_id);
        match self.who {
            Who::Member => {
                let request = self
                    .place
                    .call(Method::GET, &account.base_url, "/v2/userinfo")?
                    .bearer_auth(&account.token);
                let answer = self.quiet(request, Asked::Other).await?;
                let said: wire::UserInfo = answer.json().unwrap_or_default();
                if format!("urn:li:person:{}", said.sub) != own {
                    return Err(Problem::new(ProblemKind::Reconnect, "the token is somebody else's"));
                }
            }
            Who::Page => {
                let path = format!("/rest/organizations/{}", own.rsplit(':').next().unwrap_or_default());
                let request = self.rest(Method::GET, &account.base_url, &path, &account.token)?;
                self.quiet(request, Asked::Other).await?;
            }
        }
        // whether its posts may be read was settled when it was connected
        let usual = Ability::configured(self.kind_of(), self.place.config());
        Ok(Ability { class: account.ability.class, ..usual })
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        for file in media::files(post) {
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
        let composed = compose(self.kind_of(), post);
        let commentary = little::escaped(&composed.text);
        let Some(content) = Self::content(post, composed.card, checkpoint) else {
            let words = "a file has not been uploaded yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let body = wire::NewPost {
            author: bare(&account.remote_id),
            commentary: &commentary,
            visibility: "PUBLIC",
            distribution: wire::Distribution {
                feed_distribution: "MAIN_FEED",
                target_entities: [],
                third_party_distribution_channels: [],
            },
            content,
            lifecycle_state: "PUBLISHED",
            is_reshare_disabled_by_author: false,
        };
        let request = self.rest(Method::POST, &account.base_url, "/rest/posts", &account.token);
        let request = request.map(|call| call.json(&body));
        let named = |answer: &Answer| {
            let urn = answer.header("x-restli-id").filter(|urn| is_post(urn))?;
            Some(self.published(account, urn.to_owned()))
        };
        let no = |answer: &Answer| problem(answer, Asked::Post, self.place.now());
        let outcome = answer::show(request, named, no, Answer::is_verdict).await;
        // R45: it names the post that is there; if that can be read and is ours, an earlier send arrived
        if let Outcome::Rejected(no) = &outcome
            && no.kind == ProblemKind::Duplicate
            && let Some(urn) = original(&no.words)
            && self.is_ours(account, urn, post).await
        {
            return Outcome::Accepted(self.published(account, urn.to_owned()));
        }
        outcome
    }

    /// Our link among the page's latest posts. `Absent` when the list reaches back to before the send: whether a list
    /// may lag is for the delivery's second look to allow for.
    async fn look(&self, account: &Account, post: &Post, key: &SendKey, _got: &Checkpoint) -> Found {
        if self.who == Who::Member || account.ability.class == Class::Blind {
            return Found::NotSeen("LinkedIn does not let us read these posts".into());
        }
        let since = (key.created_at - BEFORE).micros() / 1000;
        let mut looked = 0;
        for page in 0..PAGES {
            let posts = match self.latest(account, page * LATEST).await {
                Ok(posts) => posts,
                Err(problem) => return Found::Unreachable(problem),
            };
            looked += posts.len();
            let reaches = posts.len() < LATEST
                || posts.last().is_some_and(|p| p.created_at.max(p.last_modified_at) < since);
            if let Some(found) = posts.into_iter().find(|p| is_post(&p.id) && holds(p, &post.link)) {
                return Found::There(self.published(account, found.id));
            }
            if reaches {
                return Found::Absent;
            }
        }
        Found::NotSeen(format!("not among the {looked} latest posts"))
    }

    /// The text alone: pictures, films and the card of a link stay as they are.
    async fn edit(&self, account: &Account, remote_id: &str, post: &Post) -> Edited {
        if !is_post(remote_id) {
            return Edited::Unable(format!("not the name of a post: {remote_id}"));
        }
        let commentary = little::escaped(&compose(self.kind_of(), post).text);
        let path = format!("/rest/posts/{}", encoded(remote_id));
        let request = match self.rest(Method::POST, &account.base_url, &path, &account.token) {
            Ok(request) => request
                .header("x-restli-method", "PARTIAL_UPDATE")
                .json(&json!({ "patch": { "$set": { "commentary": commentary } } })),
            Err(problem) => return Edited::Refused(problem),
        };
        // it answers with 204 and nothing else; another yes is not its own
        let done = |answer: &Answer| answer.status.as_u16() == 204;
        edit::put(request, done, async |answer| match answer.status.as_u16() {
            404 | 410 => Edited::Gone,
            _ => Edited::Refused(problem(answer, Asked::Post, self.place.now())),
        })
        .await
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Outcome {
        comment::say(self, account, remark).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        comment::look(self, account, remark).await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        if !is_post(remote_id) {
            return Withdrawn::Unable(format!("not the name of a post: {remote_id}"));
        }
        let path = format!("/rest/posts/{}", encoded(remote_id));
        let request = match self.rest(Method::DELETE, &account.base_url, &path, &account.token) {
            Ok(request) => request.header("x-restli-method", "DELETE"),
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        match self.quiet(request, Asked::Other).await {
            Ok(_) => Withdrawn::Gone,
            Err(problem) if matches!(problem.status, Some(404 | 410)) => Withdrawn::Gone,
            Err(problem) => Withdrawn::NotYet(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_known_in_the_card_and_in_the_text() {
        let link = "https://job.dk/r/7Q2F9KXM";
        let post = |commentary: &str, source: &str| wire::Post {
            commentary: commentary.into(),
            content: wire::Content { article: wire::Article { source: source.into() } },
            ..Default::default()
        };
        assert!(holds(&post("Vi søger", link), link));
        assert!(holds(&post(r"Søg \(nu\): https://job.dk/r/7Q2F9KXM.", ""), link));
        assert!(!holds(&post("https://job.dk/r/7Q2F9KXMA", ""), link));
        assert!(!holds(&post("Vi søger", "https://job.dk/r/7Q2F9KX"), link));
    }

    #[test]
    fn names_of_posts() {
        assert!(is_post("urn:li:share:7123456789") && is_post("urn:li:ugcPost:71"));
        for bad in ["urn:li:person:71", "urn:li:share:", "urn:li:share:7/../8", "https://www.linkedin.com"] {
            assert!(!is_post(bad), "{bad}");
        }
    }
}
