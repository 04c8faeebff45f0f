//! A profile on Threads. Posts are made by container, like Instagram's; pictures and films are fetched from us.

mod consent;

use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Method;
use serde::Deserialize;

use super::{
    Ability, Account, Channel, ChannelKind, Checkpoint, Class, Commenting, Edit, Found, Measures, Outcome,
    Post, Problem, ProblemKind, Remark, SendKey, Withdrawn,
    fit::compose,
    graph::{Asked, Containers, Dialect, Graph, figures},
    kind::{Captions, LinkPlace, Profile, Way, is_granted},
    pull::Addresses,
};
use crate::{blobs::Blobs, kit::Kit};

/// What is known of it.
pub(super) const PROFILE: Profile = Profile {
    name: "Threads",
    mark: "in",
    practice_mark: "in practice",
    letter: "T",
    what: "channels-threads-what",
    needs: "channels-threads-needs",
    know: &["channels-threads-know-log-in", "channels-pull-know"],
    safety: "channels-safety-two-phase",
    class: Class::TwoPhase,
    // the card is drawn from the field; the text holds it too, for that finds the post again
    link: LinkPlace::Text,
    card_with_media: false,
    captions: Captions::NotTaken,
    withdraw: true,
    edit: Edit::Anew,
    edit_film: Edit::Anew,
    comment: Some(Commenting { class: Class::TwoPhase, outlives: true, right: Some(consent::COMMENT) }),
    scopes: &consent::SCOPES,
    covers: is_granted,
    way: Way::OAuth(|kit| Box::new(Threads::new(kit))),
    address: |_, connection| {
        if connection.practice {
            format!("{}/profile/{}", connection.base_url.trim_end_matches('/'), connection.handle)
        } else {
            format!("https://www.threads.net/@{}", connection.handle)
        }
    },
    platform: Some(|channels| &channels.threads),
    channel: |kit| Arc::new(Threads::new(kit)),
    consent: |kit| Box::new(Threads::new(kit)),
};

/// How it says what Instagram says otherwise.
const DIALECT: Dialect = Dialect {
    make: "threads",
    show: "threads_publish",
    list: "threads",
    status: "status",
    why: "error_message",
    text: "text",
    quota: "threads_publishing_limit",
    picture: Some("IMAGE"),
    film: "VIDEO",
    film_alone: &[],
    film_alt: true,
    children_joined: true,
};

/// The channel. Cheap to clone.
#[derive(Clone)]
pub struct Threads {
    graph: Graph,
    containers: Containers,
    /// What operations lay over the usual limits.
    ability: Ability,
}

impl Threads {
    /// As configured.
    pub fn new(kit: &Kit) -> Self {
        let graph = Graph::new(kit, &kit.config.channels.threads);
        Self {
            containers: Containers {
                graph: graph.clone(),
                addresses: Addresses::new(kit),
                dialect: &DIALECT,
            },
            graph,
            ability: Ability::configured(ChannelKind::Threads, &kit.config),
        }
    }
}

#[derive(Deserialize)]
struct Named {
    #[serde(default)]
    id: String,
}

#[async_trait]
impl Channel for Threads {
    fn kind(&self) -> ChannelKind {
        ChannelKind::Threads
    }

    /// The profile does not say its limits; asking proves that the token is its own.
    async fn ability(&self, account: &Account) -> Result<Ability, Problem> {
        let request = self.graph.call_for(account, Method::GET, "me")?.query(&[("fields", "id")]);
        let Named { id } = self.graph.read(request, Asked::Other).await?;
        if id != account.remote_id {
            return Err(Problem::new(ProblemKind::Reconnect, format!("the token is {id:?}'s instead")));
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
        let words = compose(ChannelKind::Threads, post).text;
        self.containers.prepare(account, post, &words, post.media.is_empty(), checkpoint).await
    }

    async fn publish(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Outcome {
        self.containers.publish(account, post, got).await
    }

    async fn look(&self, account: &Account, post: &Post, _key: &SendKey, got: &Checkpoint) -> Found {
        self.containers.look(account, post, got).await
    }

    async fn prepare_comment(
        &self,
        account: &Account,
        remark: &Remark<'_>,
        got: &mut Checkpoint,
    ) -> Result<(), Problem> {
        self.containers.prepare_answer(account, remark, got).await
    }

    async fn comment(&self, account: &Account, remark: &Remark<'_>, got: &Checkpoint) -> Outcome {
        self.containers.answer(account, remark, got).await
    }

    async fn look_comment(&self, account: &Account, remark: &Remark<'_>, got: &Checkpoint) -> Found {
        self.containers.look_answer(account, remark, got).await
    }

    async fn withdraw(&self, account: &Account, remote_id: &str) -> Withdrawn {
        self.containers.withdraw(account, remote_id).await
    }

    fn counts_readers(&self) -> bool {
        true
    }

    async fn measure(&self, account: &Account, remote_id: &str) -> Result<Measures, Problem> {
        let told = figures(&self.graph, account, remote_id, "views,likes,replies,reposts,quotes").await?;
        let passed_on = told("reposts").map(|n| n.saturating_add(told("quotes").unwrap_or(0)));
        Ok(Measures {
            impressions: told("views"),
            clicks: None,
            reactions: told("likes"),
            comments: told("replies"),
            shares: passed_on,
        })
    }
}
