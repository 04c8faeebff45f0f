//! A page on Facebook. A post is made where nobody sees it and shown by its number (class K3): what is made twice is
//! seen once, and showing it twice changes nothing. Where its number is not at hand, our link is looked for among the
//! page's posts.

mod consent;
mod counts;
mod film;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::{Method, RequestBuilder, multipart};
use serde_json::json;
use url::Url;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Edited, Found, Measures,
    Outcome, Post, PostMedia, Problem, ProblemKind, Published, Remark, SendKey, Withdrawn,
    answer::{Answer, ask},
    edit,
    fit::compose,
    graph::{Asked, Done, Graph, Made, comments, is_gone, web_address},
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    text,
};
use crate::{base::Instant, blobs::Blobs, kit::Kit};

/// Pictures that no post refers to are kept for a day.
const MEDIA_LIFE: Duration = Duration::from_secs(20 * 3600);
/// A call that was lost on its way has taken effect by then, or never will; also how long reading may lag.
const SETTLED: Duration = Duration::from_secs(600);
/// How many of the page's latest posts are looked through.
const LATEST: &str = "100";
/// Under this name the checkpoint holds what is to be shown.
const POST: &str = "post";

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "Facebook",
    mark: "fb",
    practice_mark: "fb practice",
    letter: "f",
    what: "channels-facebook-what",
    needs: "channels-facebook-needs",
    know: &["channels-facebook-know-log-in", "channels-facebook-know-role", "channels-facebook-know-ends"],
    safety: "channels-safety-two-phase",
    class: Class::TwoPhase,
    link: LinkPlace::CardElseText,
    card_with_media: false,
    captions: Captions::NotTaken,
    withdraw: true,
    edit: Edit::InPlace,
    edit_film: Edit::ByHand,
    comment: Some(Commenting { class: Class::ReadBack, outlives: false, right: Some(consent::COMMENT) }),
    scopes: &consent::SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(Facebook::new(kit))),
    address: |config, connection| {
        if connection.practice {
            format!("{}/profile/{}", connection.base_url.trim_end_matches('/'), connection.handle)
        } else {
            let site = config.channels.facebook.log_in.as_str().trim_end_matches('/');
            format!("{site}/{}", connection.remote_id)
        }
    },
    platform: Some(|channels| &channels.facebook),
    channel: |kit| Arc::new(Facebook::new(kit)),
    consent: |kit| Box::new(Facebook::new(kit)),
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Facebook {
    graph: Graph,
    /// What operations lay over the usual limits.
    ability: Ability,
}

impl Facebook {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        Self {
            graph: Graph::new(kit, &kit.config.channels.facebook),
            ability: Ability::configured(ChannelKind::Facebook, &kit.config),
        }
    }

    /// Sends one picture, which nobody sees before a post shows it; its number goes into the checkpoint.
    async fn upload(
        &self,
        account: &Account,
        file: &PostMedia,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        let (body, len) = super::file_body(blobs, file, None).await?;
        let part = multipart::Part::stream_with_length(body, len)
            .file_name("billede")
            .mime_str(&file.mime)
            .map_err(|_| {
            Problem::new(ProblemKind::InvalidMedia, format!("no media type: {}", file.mime))
        })?;
        let mut form = multipart::Form::new().text("published", "false").text("temporary", "true");
        if !file.alt.is_empty() {
            form = form.text("alt_text_custom", file.alt.clone());
        }
        let request = self
            .graph
            .call_for(account, Method::POST, &format!("{}/photos", account.remote_id))?
            .timeout(super::upload_time(len))
            .multipart(form.part("source", part));
        let Made { id, .. } = self.graph.make(request, Asked::Media).await?;
        checkpoint.0.insert(file.sha256.clone(), json!({ "id": id, "at": self.graph.clock.now() }));
        Ok(())
    }

    /// Makes the post, unless it stands already. Nobody sees it before it is shown.
    async fn lay_out(
        &self,
        account: &Account,
        post: &Post,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if self.stands(account, checkpoint).await? {
            return Ok(());
        }
        let composed = compose(ChannelKind::Facebook, post);
        let media =
            post.media.iter().filter_map(|file| Handle::of(checkpoint, &file.sha256)).collect::<Vec<_>>();
        let body = wire::NewPost {
            message: &composed.text,
            link: composed.card.then_some(post.link.as_str()),
            attached_media: media.iter().map(|handle| wire::Attached { media_fbid: &handle.id }).collect(),
            published: false,
        };
        let request = self
            .graph
            .call_for(account, Method::POST, &format!("{}/feed", account.remote_id))?
            .query(&[("fields", "id,permalink_url")])
            .json(&body);
        let made = self.graph.make(request, Asked::Text).await?;
        let url = web_address(&self.site(account), made.permalink_url.as_deref());
        let handle = json!({ "id": made.id, "url": url, "film": false, "at": self.graph.clock.now() });
        checkpoint.0.insert(POST.to_owned(), handle);
        Ok(())
    }

    /// Whether what was made before still stands. What is gone is forgotten, once no call can bring it back.
    async fn stands(&self, account: &Account, checkpoint: &mut Checkpoint) -> Result<bool, Problem> {
        let Some(handle) = Handle::of(checkpoint, POST) else { return Ok(false) };
        if self.object(account, &handle).await?.is_some() {
            return Ok(true);
        }
        let age = self.graph.clock.now().since(handle.at);
        if age < SETTLED {
            let mut soon = Problem::new(ProblemKind::Processing, "the post that was laid ready is not seen");
            soon.wait = Some(SETTLED.saturating_sub(age));
            return Err(soon);
        }
        checkpoint.0.remove(POST);
        Ok(false)
    }

    /// What the peer says of an object that we made; none when it is not there.
    async fn object(&self, account: &Account, handle: &Handle) -> Result<Option<wire::Object>, Problem> {
        let fields =
            if handle.film { "published,permalink_url,status" } else { "is_published,permalink_url" };
        let request = self.graph.call_for(account, Method::GET, &handle.id)?.query(&[("fields", fields)]);
        let answer = ask(request).await?;
        if answer.status.is_success() {
            return answer.json().map(Some).ok_or_else(|| {
                Problem::new(ProblemKind::Unavailable, "the answer about the post cannot be read")
            });
        }
        if is_gone(&answer) { Ok(None) } else { Err(self.graph.problem(&answer, Asked::Object)) }
    }

    /// Where people see what was posted.
    fn site(&self, account: &Account) -> Url {
        self.graph.hosts(&account.base_url).log_in
    }

    /// The call that shows what was made.
    fn showing(&self, account: &Account, handle: &Handle) -> Result<RequestBuilder, Problem> {
        let call = self.graph.call_for(account, Method::POST, &handle.id)?;
        Ok(call.json(&if handle.film {
            json!({ "published": true })
        } else {
            json!({ "is_published": true })
        }))
    }

    /// Our link among the page's latest posts. A list may lag, so not seeing it proves nothing.
    async fn among_the_latest(&self, account: &Account, post: &Post) -> Result<Found, Problem> {
        let request = self
            .graph
            .call_for(account, Method::GET, &format!("{}/published_posts", account.remote_id))?
            .query(&[("fields", wire::LISTED_FIELDS), ("limit", LATEST)]);
        let list: wire::List = self.graph.read(request, Asked::Other).await?;
        let looked = list.data.len();
        let found = list.data.into_iter().find(|listed| {
            let words = text::links(&listed.message).into_iter().any(|at| listed.message[at] == post.link);
            !listed.id.is_empty() && (words || listed.cards().any(|address| address == post.link))
        });
        Ok(match found {
            Some(listed) => Found::There(Published {
                url: web_address(&self.site(account), listed.permalink_url.as_deref()),
                remote_id: listed.film().unwrap_or(listed.id),
            }),
            None => Found::NotSeen(format!("not among the {looked} latest posts")),
        })
    }
}

/// Something at the peer.
struct Handle {
    id: String,
    url: Option<String>,
    film: bool,
    at: Instant,
}

impl Handle {
    fn of(checkpoint: &Checkpoint, name: &str) -> Option<Self> {
        let value = checkpoint.0.get(name)?;
        Some(Self {
            id: value["id"].as_str()?.to_owned(),
            url: value["url"].as_str().map(str::to_owned),
            film: value["film"].as_bool().unwrap_or(false),
            at: Instant::from_micros(value["at"].as_i64()?),
        })
    }

    fn published(self) -> Published {
        Published { remote_id: self.id, url: self.url }
    }
}

#[async_trait]
impl Channel for Facebook {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Facebook
    }

    /// The page does not say its limits; asking proves that the token works and is the page's own.
    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let request = self.graph.call_for(account, Method::GET, "me")?.query(&[("fields", "id")]);
        let Made { id, .. } = self.graph.make(request, Asked::Other).await?;
        if id != account.remote_id {
            let words = format!("the token is {id}'s, not {}'s", account.remote_id);
            return Err(Problem::new(ProblemKind::Reconnect, words));
        }
        Ok(self.ability.clone())
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if let Some(film) = post.media.iter().find(|file| file.is_film()) {
            if !self.stands(account, checkpoint).await? {
                self.lay_out_film(account, post, film, blobs, checkpoint).await?;
            }
            return Ok(());
        }
        for file in &post.media {
            let now = self.graph.clock.now();
            if Handle::of(checkpoint, &file.sha256).is_none_or(|h| now.since(h.at) > MEDIA_LIFE) {
                self.upload(account, file, blobs, checkpoint).await?;
            }
        }
        self.lay_out(account, post, checkpoint).await
    }

    /// Shows what `prepare` made. Said twice it is no second post.
    async fn publish(
        &self,
        account: &Account,
        _post: &Post,
        _key: &SendKey,
        checkpoint: &Checkpoint,
    ) -> Outcome {
        let Some(handle) = Handle::of(checkpoint, POST) else {
            let words = "the post has not been laid ready yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let request = self.showing(account, &handle);
        let said_so = |done: Option<Done>| done.is_some_and(|done| done.success);
        self.graph
            .show(request, Asked::Object, |answer| said_so(answer.json()).then(|| handle.published()))
            .await
    }

    /// Asks the post itself; where its number is not at hand, our link among the latest posts.
    async fn look(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Found {
        let Some(handle) = Handle::of(got, POST) else {
            return self.among_the_latest(account, post).await.unwrap_or_else(Found::Unreachable);
        };
        match self.object(account, &handle).await {
            Ok(Some(object)) if object.is_shown() => {
                let url = web_address(&self.site(account), object.permalink_url.as_deref());
                Found::There(Published { url: url.or(handle.url), remote_id: handle.id })
            }
            Ok(Some(_)) => Found::Absent,
            // it may have been out, and taken down there since
            Ok(None) => Found::NotSeen("the page does not know the post".into()),
            Err(problem) => Found::Unreachable(problem),
        }
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Outcome {
        comments::say(&self.graph, account, remark).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        comments::look(&self.graph, account, remark, "message").await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        let request = match self.graph.call_for(account, Method::DELETE, remote_id) {
            Ok(request) => request,
            Err(problem) => return Withdrawn::NotYet(problem),
        };
        let answer = match ask(request).await {
            Ok(answer) => answer,
            Err(silence) => return Withdrawn::NotYet(silence.into()),
        };
        if answer.status.is_success() || is_gone(&answer) {
            Withdrawn::Gone
        } else {
            Withdrawn::NotYet(self.graph.problem(&answer, Asked::Object))
        }
    }

    /// The message of a post. A film's words lie elsewhere, and the sheet does not say that they can be changed.
    async fn edit(&self, account: &Account, remote_id: &str, post: &Post) -> Edited {
        if !remote_id.contains('_') {
            return Edited::Unable(format!("not the name of a post: {remote_id}"));
        }
        let message = compose(ChannelKind::Facebook, post).text;
        let request = match self.graph.call_for(account, Method::POST, remote_id) {
            Ok(request) => request.json(&json!({ "message": message })),
            Err(problem) => return Edited::Refused(problem),
        };
        let done = |answer: &Answer| answer.json::<Done>().is_some_and(|done| done.success);
        edit::put(request, done, async |answer| match is_gone(answer) {
            true => Edited::Gone,
            false => self.graph.unchanged(answer),
        })
        .await
    }

    fn counts_readers(&self) -> bool {
        true
    }

    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        counts::read(&self.graph, account, remote_id).await
    }
}
