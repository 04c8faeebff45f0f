//! TikTok, by version 2 of its Content Posting API: films and photos. A film is announced and gets a number; its pieces are sent
//! but for the last, and as TikTok publishes nothing that is not whole, nobody sees it. The last piece is the visible call:
//! sent twice it is one film under one number, and the number says how far it is (K3). What was announced and lost its
//! number is never whole, so it is never seen.
//!
//! Photos TikTok fetches itself, and the call that names them would make the post; a lost answer would leave one without a
//! number. So each call names them behind a door of its own ([`pull`](super::pull)), which opens when the call's number is on
//! record and the write fence is passed: announcing them shows nobody anything, a call whose answer was lost never becomes a
//! post, and the number says how far it is, as with films (`photos`). TikTok forbids apps to add links, so none is added, and
//! lets no app take a post down.

pub mod consent;
mod errors;
mod film;
mod photos;
mod wire;

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde_json::json;
use url::Url;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Edit, Found, Measures, Outcome, Post,
    PostMedia, Problem, ProblemKind, Published, SendKey, Withdrawn,
    answer::{Silence, ask},
    choices::{Audience, Offered},
    fit::compose,
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    platform::{Place, bare},
    pull::Addresses,
};
use crate::{base::Chance, blobs::Blobs, kit::Kit, outbound::RequestBuilder};
use errors::{failed, problem};
use film::{Handle, Standing};

/// Clocks differ: a look begins this long before the send.
const BEFORE: i64 = 300;
/// How long we wait to hear that a film which is whole has become a post; it can be asked later.
const PATIENCE: Duration = Duration::from_secs(6);
/// How often it is asked meanwhile, and later.
const GLANCE: Duration = Duration::from_millis(300);
const LATER: Duration = Duration::from_secs(60);
/// A film that is out and whose own name is not told goes by its number: one that not everybody may see has no other.
const BY_NUMBER: &str = "publish/";

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "TikTok",
    mark: "tk",
    practice_mark: "tk practice",
    letter: "T",
    what: "channels-tiktok-what",
    needs: "channels-tiktok-needs",
    know: &[
        "channels-tiktok-know-log-in",
        "channels-tiktok-know-choices",
        "channels-tiktok-know-link",
        "channels-tiktok-know-audit",
        "channels-tiktok-know-photos",
        "channels-tiktok-know-gone",
    ],
    safety: "channels-safety-two-phase",
    class: Class::TwoPhase,
    link: LinkPlace::Nowhere,
    card_with_media: false,
    captions: Captions::NotTaken,
    withdraw: false,
    edit: Edit::ByHand,
    edit_film: Edit::ByHand,
    comment: None,
    scopes: &consent::SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(Tiktok::new(kit))),
    address: |config, connection| {
        let base =
            if connection.practice { &connection.base_url } else { config.channels.tiktok.log_in.as_str() };
        format!("{}/@{}", base.trim_end_matches('/'), connection.handle.trim_start_matches('@'))
    },
    platform: Some(|channels| &channels.tiktok),
    channel: |kit| Arc::new(Tiktok::new(kit)),
    consent: |kit| Box::new(Tiktok::new(kit)),
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Tiktok {
    place: Place,
    blobs: Blobs,
    addresses: Addresses,
    chance: Chance,
}

impl Tiktok {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        Self {
            place: Place::new(kit, |channels| &channels.tiktok),
            blobs: kit.blobs.clone(),
            addresses: Addresses::new(kit),
            chance: kit.chance.clone(),
        }
    }

    /// A call that shows nobody anything: what was asked for. A yes says `ok` in so many letters.
    async fn read<T: DeserializeOwned + Default>(&self, request: RequestBuilder) -> Result<T, Problem> {
        let answer = ask(request).await?;
        let said: wire::Verdict = answer.json().unwrap_or_default();
        if !answer.status.is_success() || said.code() != "ok" {
            return Err(problem(&answer, self.place.now()));
        }
        let envelope: wire::Envelope<T> = answer.json().unwrap_or_default();
        envelope.data.ok_or_else(|| {
            let words = format!("the answer holds nothing: {}", answer.excerpt());
            answer.problem(ProblemKind::Unavailable, words, self.place.now())
        })
    }

    /// What the account's owner allows right now.
    async fn creator(&self, at: &Url, token: &str) -> Result<wire::Creator, Problem> {
        let request = self
            .place
            .call(Method::POST, at, "/v2/post/publish/creator_info/query/")?
            .bearer_auth(token)
            .json(&json!({}));
        self.read(request).await
    }

    /// The usual limits, with what the owner allows.
    fn ability_of(&self, creator: &wire::Creator) -> Ability {
        let offers = |audience: &Audience| {
            creator.privacy_level_options.iter().any(|option| option == wire::level(*audience))
        };
        let offered = Offered {
            audiences: Audience::ALL.iter().copied().filter(offers).collect(),
            comments: !creator.comment_disabled,
            duets: !creator.duet_disabled,
            stitches: !creator.stitch_disabled,
            film_seconds: creator.max_video_post_duration_sec,
        };
        Ability { offered: Some(offered), ..Ability::configured(ChannelKind::Tiktok, self.place.config()) }
    }

    /// A film that is out: by its own name and where it is seen, when these are told.
    async fn published(&self, account: &Account, handle: &Handle, id: Option<String>) -> Published {
        let Some(id) = id else {
            return Published { remote_id: format!("{BY_NUMBER}{}", handle.id), url: None };
        };
        let url = self.film(account, &id, "id,share_url").await.ok().flatten();
        Published { url: url.and_then(|film| web_address(&film.share_url)), remote_id: id }
    }

    /// One of the account's films that everybody may see.
    async fn film(&self, account: &Account, id: &str, fields: &str) -> Result<Option<wire::Film>, Problem> {
        let path = format!("/v2/video/query/?fields={fields}");
        let request = self
            .place
            .call(Method::POST, &account.base_url, &path)?
            .bearer_auth(&account.token)
            .json(&json!({ "filters": { "video_ids": [id] } }));
        let films: wire::Films = self.read(request).await?;
        Ok(films.videos.into_iter().find(|film| film.id == id))
    }

    /// The same words among the account's latest films since they were sent. Only films that everybody may see stand in
    /// the list, and it may lag, so not seeing it proves nothing.
    async fn listed(&self, account: &Account, post: &Post, key: &SendKey) -> Result<Found, Problem> {
        let request = self
            .place
            .call(Method::POST, &account.base_url, "/v2/video/list/?fields=id,create_time,title,share_url")?
            .bearer_auth(&account.token)
            .json(&json!({ "max_count": 20 }));
        let films: wire::Films = self.read(request).await?;
        let words = compose(ChannelKind::Tiktok, post).text;
        let looked = films.videos.len();
        let since = key.created_at.seconds() - BEFORE;
        let found = films
            .videos
            .into_iter()
            .find(|film| is_number(&film.id) && film.title == words && film.create_time >= since);
        Ok(match found {
            Some(film) => Found::There(Published { url: web_address(&film.share_url), remote_id: film.id }),
            None => Found::NotSeen(format!("not among the {looked} latest films")),
        })
    }

    /// What came of a film whose last piece has been taken: soon, or later.
    async fn settled(&self, account: &Account, handle: &Handle, status: u16) -> Outcome {
        let mut waited = Duration::ZERO;
        loop {
            let words = match self.standing(account, handle).await {
                Ok(Standing::Out(id)) => return Outcome::Accepted(self.published(account, handle, id).await),
                Ok(Standing::Failed(problem)) => return Outcome::Rejected(problem),
                Ok(Standing::Working | Standing::Unclear) => {
                    "TikTok has the whole film and is still working on it".to_owned()
                }
                Ok(Standing::Partly(_)) => "TikTok has not seen the last piece yet".to_owned(),
                Err(problem) => problem.words,
            };
            if waited >= PATIENCE {
                return Outcome::Ambiguous { status: Some(status), words };
            }
            tokio::time::sleep(GLANCE).await;
            waited += GLANCE;
        }
    }
}

/// A number as TikTok names films with.
fn is_number(id: &str) -> bool {
    (1..=20).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_digit())
}

/// An address that can stand as a link.
fn web_address(text: &str) -> Option<String> {
    let url: Url = text.parse().ok()?;
    matches!(url.scheme(), "http" | "https").then(|| text.to_owned())
}

#[async_trait]
impl Channel for Tiktok {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Tiktok
    }

    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let user = self.me(&account.base_url, &account.token).await?;
        if user.open_id != bare(&account.remote_id) {
            return Err(Problem::new(ProblemKind::Reconnect, "the token is another account's"));
        }
        Ok(self.ability_of(&self.creator(&account.base_url, &account.token).await?))
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        match post.media.as_slice() {
            [film] if film.is_film() => self.ready_film(account, post, film, blobs, checkpoint).await,
            photos @ [_, ..]
                if photos.len() <= account.ability.images_max && !photos.iter().any(PostMedia::is_film) =>
            {
                self.ready_photos(account, post, checkpoint).await
            }
            _ => {
                let words =
                    format!("one film goes to TikTok, or up to {} photos", account.ability.images_max);
                Err(Problem::new(ProblemKind::InvalidMedia, words))
            }
        }
    }

    async fn publish(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Outcome {
        let Some(handle) = Handle::of(got).filter(Handle::is_ready) else {
            let words = "it has not been sent yet";
            return Outcome::Rejected(Problem::new(ProblemKind::Processing, words));
        };
        let Some(film) = post.media.iter().find(|file| file.is_film()) else {
            return self.fetched(account, &handle).await;
        };
        // an earlier last piece may have come through
        match self.standing(account, &handle).await {
            Ok(Standing::Partly(_) | Standing::Unclear) => {}
            Ok(Standing::Out(id)) => return Outcome::Accepted(self.published(account, &handle, id).await),
            Ok(Standing::Failed(problem)) => return Outcome::Rejected(problem),
            Ok(Standing::Working) => return self.settled(account, &handle, 200).await,
            Err(problem) => return Outcome::Rejected(problem),
        }
        let answer = match self.put(&handle, film, &self.blobs, None).await {
            Ok(answer) => answer,
            Err(silence @ Silence::NotSent(_)) => return Outcome::Rejected(silence.into()),
            Err(Silence::Lost(words)) => return Outcome::Ambiguous { status: None, words },
        };
        let status = answer.status.as_u16();
        if matches!(status, 200 | 201) {
            return self.settled(account, &handle, status).await;
        }
        let said = problem(&answer, self.place.now());
        match status {
            // the address has run out, or does not want this piece: the film is announced anew
            403 | 404 | 416 => match self.standing(account, &handle).await {
                Ok(Standing::Partly(_)) => {
                    Outcome::Rejected(Problem { kind: ProblemKind::Processing, ..said })
                }
                _ => Outcome::Ambiguous { status: Some(status), words: said.words },
            },
            _ if answer.is_verdict() && status != 206 => Outcome::Rejected(said),
            _ => Outcome::Ambiguous { status: Some(status), words: said.words },
        }
    }

    /// The number says how far the film is; where it is not at hand, the same words among the latest films.
    async fn look(&self, account: &Account, post: &Post, key: &SendKey, got: &Checkpoint) -> Found {
        let Some(handle) = Handle::of(got) else {
            return self.listed(account, post, key).await.unwrap_or_else(Found::Unreachable);
        };
        match self.standing(account, &handle).await {
            Ok(Standing::Out(id)) => Found::There(self.published(account, &handle, id).await),
            // sent again, it is said why
            Ok(Standing::Partly(_) | Standing::Failed(_)) => Found::Absent,
            Ok(Standing::Working | Standing::Unclear) => {
                let mut busy = Problem::new(ProblemKind::Processing, "TikTok is still working on the film");
                busy.wait = Some(LATER);
                Found::Unreachable(busy)
            }
            Err(problem) => Found::Unreachable(problem),
        }
    }

    async fn withdraw(&self, _account: &Account, _remote_id: &str) -> Withdrawn {
        Withdrawn::Unable("TikTok lets no app take a post down".into())
    }

    fn counts_readers(&self) -> bool {
        true
    }

    /// TikTok counts only what everybody may see, and no clicks.
    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        if !is_number(remote_id) {
            return Ok(Measures::default());
        }
        let fields = "id,view_count,like_count,comment_count,share_count";
        let film = self.film(account, remote_id, fields).await?.unwrap_or_default();
        Ok(Measures {
            impressions: film.view_count,
            clicks: None,
            reactions: film.like_count,
            comments: film.comment_count,
            shares: film.share_count,
        })
    }
}
