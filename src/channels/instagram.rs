//! A professional account on Instagram, through the page on Facebook that it is linked with. Every post shows a picture
//! or film, which Instagram fetches from us; a link in the text leads nowhere, but it finds the post again.

mod consent;

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Method;
use serde::Deserialize;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Found, Measures, Outcome,
    Post, Problem, ProblemKind, Remark, SendKey, Withdrawn,
    fit::compose,
    graph::{Asked, Containers, Dialect, Graph, comments, figures},
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    pull::Addresses,
};
use crate::{blobs::Blobs, kit::Kit};

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "Instagram",
    mark: "ig",
    practice_mark: "ig practice",
    letter: "I",
    what: "channels-instagram-what",
    needs: "channels-instagram-needs",
    know: &["channels-facebook-know-log-in", "channels-instagram-know-linked", "channels-pull-know"],
    safety: "channels-safety-two-phase",
    class: Class::TwoPhase,
    link: LinkPlace::Text,
    card_with_media: false,
    captions: Captions::NotTaken,
    // undocumented: tried, and left to a person where it is refused
    withdraw: true,
    edit: Edit::ByHand,
    edit_film: Edit::ByHand,
    comment: Some(Commenting { class: Class::ReadBack, outlives: false, right: Some(consent::COMMENT) }),
    scopes: &consent::SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(Instagram::new(kit))),
    address: |_, connection| {
        if connection.practice {
            format!("{}/profile/{}", connection.base_url.trim_end_matches('/'), connection.handle)
        } else {
            format!("https://www.instagram.com/{}/", connection.handle)
        }
    },
    platform: Some(|channels| &channels.instagram),
    channel: |kit| Arc::new(Instagram::new(kit)),
    consent: |kit| Box::new(Instagram::new(kit)),
};

/// How it says what Threads says otherwise.
const DIALECT: Dialect = Dialect {
    make: "media",
    show: "media_publish",
    list: "media",
    status: "status_code",
    why: "status",
    text: "caption",
    quota: "content_publishing_limit",
    picture: None,
    film: "REELS",
    film_alone: &[("share_to_feed", true)],
    film_alt: false,
    children_joined: false,
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Instagram {
    graph: Graph,
    containers: Containers,
    /// What operations lay over the usual limits.
    ability: Ability,
}

impl Instagram {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        let graph = Graph::new(kit, &kit.config.channels.instagram);
        Self {
            containers: Containers {
                graph: graph.clone(),
                addresses: Addresses::new(kit),
                dialect: &DIALECT,
            },
            graph,
            ability: Ability::configured(ChannelKind::Instagram, &kit.config),
        }
    }
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    id: String,
}

#[async_trait]
impl Channel for Instagram {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Instagram
    }

    /// The account does not say its limits; asking proves that the token opens it.
    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let request =
            self.graph.call_for(account, Method::GET, &account.remote_id)?.query(&[("fields", "id")]);
        let Named { id } = self.graph.read(request, Asked::Other).await?;
        if id != account.remote_id {
            return Err(Problem::new(ProblemKind::Reconnect, format!("the token opens {id:?} instead")));
        }
        Ok(self.ability.clone())
    }

    async fn prepare(
        &self,
        account: &Account,
        post: &Post,
        _blobs: &Blobs,
        checkpoint: &mut Checkpoint,
    ) -> Result<(), Problem> {
        if post.media.is_empty() {
            return Err(Problem::new(ProblemKind::InvalidMedia, "a post needs a picture or film"));
        }
        let words = compose(ChannelKind::Instagram, post).text;
        self.containers.prepare(account, post, &words, false, checkpoint).await
    }

    async fn publish(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Outcome {
        self.containers.publish(account, post, got).await
    }

    async fn look(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Found {
        self.containers.look(account, post, got).await
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Outcome {
        comments::say(&self.graph, account, remark).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, _got: &Checkpoint) -> Found {
        comments::look(&self.graph, account, remark, "text").await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        self.containers.withdraw(account, remote_id).await
    }

    fn counts_readers(&self) -> bool {
        true
    }

    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        let told = figures(&self.graph, account, remote_id, "views,likes,comments,shares").await?;
        Ok(Measures {
            impressions: told("views"),
            clicks: None,
            reactions: told("likes"),
            comments: told("comments"),
            shares: told("shares"),
        })
    }
}
