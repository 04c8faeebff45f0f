//! A worker that dies at any moment, not only at the named ones: its work is dropped after so many steps of the runtime,
//! as if its process had ended there, thousands of times, while the peer has bad moments of its own. In the end every
//! post hangs once. `OPSLAG_DEATHS` says how many times on each channel, `OPSLAG_SEED` where.
//!
//! What is committed stays committed, what was only in memory is gone; that the database itself survives a real kill is
//! the crash tests' business (`tests/suite/crash.rs`).

use std::{
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use opslag::{
    base::{Chance, id::DeliveryId},
    channels::{Class, Post},
    demo::worlds::{Act, Kind, Mischief, Prank, Wait},
    publishing::{self, State},
};

use super::Ground;
use crate::harness::power::{number, rounds};

/// Work that is dropped when it has been polled so often.
pub struct Dies<F> {
    pub work: Pin<Box<F>>,
    pub polls: u64,
}

impl<F: Future> Future for Dies<F> {
    type Output = Option<F::Output>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        if self.polls == 0 {
            return Poll::Ready(None);
        }
        self.polls -= 1;
        self.work.as_mut().poll(context).map(Some)
    }
}

/// Channels of every class but the one on which people post.
const KINDS: [Kind; 7] = [
    Kind::Bluesky,
    Kind::Mastodon,
    Kind::Facebook,
    Kind::Threads,
    Kind::X,
    Kind::Linkedin,
    Kind::LinkedinMember,
];

impl Ground {
    /// A token that was renewed in the moment of death is lost with it: a person connects again. Left for a day, posts would
    /// be missed.
    async fn connect_again(&self) {
        let waits = self.app.kit.db.read(publishing::tally).await.unwrap();
        if waits.iter().any(|(state, _)| *state == State::NeedsReconnect) {
            assert_eq!(super::connect(&self.app, &self.world).await, self.account);
        }
    }

    pub async fn due(&self) -> Vec<DeliveryId> {
        let now = self.clock.now();
        self.app
            .kit
            .db
            .read(move |c| {
                use diesel::prelude::*;
                use opslag::db::schema::deliveries;
                let driven: Vec<State> = State::ALL.iter().copied().filter(|s| s.is_driven()).collect();
                deliveries::table
                    .filter(deliveries::state.eq_any(driven))
                    .filter(deliveries::next_at.le(now))
                    .select(deliveries::id)
                    .load::<DeliveryId>(c)
                    .map_err(opslag::db::DbError::from)
            })
            .await
            .unwrap()
    }
}

async fn on(kind: Kind) {
    // a film takes many more steps than words do
    let deaths = rounds("OPSLAG_DEATHS", 300) / if kind == Kind::Youtube { 5 } else { 1 };
    let seed = number("OPSLAG_SEED", 1);
    let chance = Chance::seeded(seed);
    let mut g = Ground::configured(kind, |config| {
        config.delivery.request_seconds = 2;
        config.delivery.spacing_seconds = 0;
        config.delivery.overdue_spacing_seconds = 0;
    })
    .await;
    if kind == Kind::Youtube {
        g.show_film().await;
    }
    let lease = Duration::from_secs(g.app.kit.config.delivery.lease_seconds + 1);
    let mut planned = Vec::new();
    let mut died = 0;
    while died < deaths {
        planned.push(g.plan(&format!("Vi søger nummer {} til natten.", planned.len()), 0).await);
        if chance.below(3) == 0 {
            let prank = match chance.below(6) {
                0 => Prank::CutAfter,
                1 => Prank::CutBefore,
                2 => Prank::AcceptThen(502),
                3 => Prank::Refuse(500, "ups"),
                4 => Prank::TooMany(Wait::Seconds(60)),
                _ => Prank::Unaddressed,
            };
            g.world.plot(Mischief::once(Act::Publish, prank));
        }
        for id in g.due().await {
            let work = publishing::drive(&g.app.kit, &g.app.parts.channels, id);
            // half of them within the first steps, where the order of things is decided
            let polls = if chance.below(2) == 0 { chance.below(12) } else { chance.below(80) };
            match (Dies { work: Box::pin(work), polls }).await {
                Some(done) => done.unwrap(),
                None => died += 1,
            }
        }
        g.clock.advance(lease);
        g.connect_again().await;
    }
    g.world.calm();
    for _ in 0..40 {
        g.after(400).await;
        g.connect_again().await;
    }

    let account = g.account;
    let connection = g.app.kit.db.read(move |c| opslag::channels::connection(c, account)).await.unwrap();
    let class = connection.unwrap().ability.class;
    let posts = g.world.posts();
    let mut asked = 0;
    for id in &planned {
        let row = g.row(*id).await;
        let link = serde_json::from_str::<Post>(&row.payload).unwrap().link;
        let there = posts.iter().filter(|post| post.links().contains(&link.as_str())).count();
        match row.state {
            State::Published => assert_eq!(there, 1, "{kind:?} (seed {seed}): said to be out: {row:?}"),
            State::NeedsHuman => {
                // only where nobody can look, where a list must be believed twice, or where an account that failed was
                // left alone for longer than a key is kept
                let waited = row.updated_at.since(row.fenced_at.unwrap());
                let on_its_own = match class {
                    Class::Blind | Class::ReadBack => false,
                    Class::Key { seconds } => waited < Duration::from_secs(seconds - 300),
                    _ => true,
                };
                assert!(!on_its_own, "{kind:?} {row:?} (seed {seed})");
                assert!(row.ever_ambiguous && there <= 1, "{kind:?} {id} (seed {seed})");
                asked += 1;
            }
            other => panic!("{kind:?} {id} is left {other} (seed {seed}): {row:?}"),
        }
    }
    assert!(posts.len() <= planned.len(), "{kind:?} (seed {seed})");
    assert!(asked < planned.len(), "{kind:?} (seed {seed}): everything was left to people");
}

#[tokio::test(flavor = "multi_thread")]
async fn at_whatever_moment_a_worker_dies_each_film_hangs_once() {
    on(Kind::Youtube).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn at_whatever_moment_a_worker_dies_each_post_hangs_once() {
    for kind in KINDS {
        on(kind).await;
    }
}
