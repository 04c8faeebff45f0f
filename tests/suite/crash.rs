//! The power is cut at each named point of a delivery, again and again: a child process that works is killed there
//! (SIGKILL), the next one goes on from what lies on the disk. In the end the peer's wall shows every post once, and
//! nothing is recorded as published that does not hang there.
//!
//! `OPSLAG_CRASH_RUNS` says how many times it is cut on each practice channel (100), `OPSLAG_CRASH_SEED` where.

use std::path::PathBuf;

use diesel::RunQueryDsl;
use opslag::{
    accounts::{self, audit::Actor},
    base::{
        Chance, Clock, Language,
        fault::Point,
        id::{AccountId, DeliveryId, PostingId},
    },
    channels::{self, Post},
    db::DbError,
    demo::worlds::{self, Kind},
    publishing::{self, Order, Part, State},
};

use crate::{
    harness::{
        TestApp,
        app::Wanted,
        peers::Peer,
        power::{self, number},
    },
    publishing::connect,
};

const POINTS: [Point; 4] = [Point::AfterClaim, Point::AfterFence, Point::AfterSend, Point::AfterRecord];

/// An Opslag whose workers are processes of their own.
struct House {
    app: TestApp,
    account: AccountId,
    posting: PostingId,
    config: PathBuf,
    planned: Vec<DeliveryId>,
}

impl House {
    async fn new(app: TestApp, account: AccountId) -> Self {
        let posting = app.opened(app.ready_content("Sygeplejerske til natten")).await.id;
        let config = power::config_file(
            &app,
            "[channels]\nprivate_hosts = [\"127.0.0.1\", \"localhost\"]\n\
             [delivery]\nlease_seconds = 40\nrequest_seconds = 5\nsettle_seconds = 1\nretry_seconds = 1\nspacing_seconds = 0\n",
        );
        Self { app, account, posting, config, planned: Vec::new() }
    }

    async fn plan(&mut self) {
        let order = Order {
            posting: self.posting,
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: vec![Part {
                account: self.account,
                text: format!("Vi søger nummer {} til natten.", self.planned.len()),
            }],
            same_words_ok: true,
        };
        let kit = &self.app.kit;
        let scope = kit.db.read(accounts::everywhere).await.unwrap();
        let ordered = publishing::publish::publish(kit, Actor::System, &scope, order).await.unwrap();
        self.planned.extend(ordered.deliveries);
    }

    /// As if so much time had passed for everything that is not over.
    async fn pass(&self, seconds: i64) {
        let by = seconds * 1_000_000;
        self.app
            .kit
            .db
            .write(move |c| {
                diesel::sql_query(format!(
                    "update deliveries set lease_until = lease_until - {by}, next_at = next_at - {by}, \
                     fenced_at = fenced_at - {by} where state not in ('published', 'cancelled', 'failed', 'missed')"
                ))
                .execute(c)?;
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    }

    /// Cuts the power `runs` times, then lets everything come to rest.
    async fn crash(&mut self, runs: u64, chance: &Chance) {
        for run in 0..runs {
            let fresh = 1 + chance.below(2);
            for _ in 0..fresh {
                self.plan().await;
            }
            let point = POINTS[usize::try_from(chance.below(4)).unwrap()];
            let n = 1 + chance.below(fresh);
            let worker = power::process(&self.app, &self.config, &["work"], point, n);
            assert_eq!(power::died(worker).await, Some(9), "run {run}: {}:{n} was not reached", point.name());
            self.pass(60).await;
        }
        for _ in 0..20 {
            publishing::drain(&self.app.kit, &self.app.parts.channels).await.unwrap();
            self.pass(60).await;
        }
    }

    /// The tracked link of each delivery, which is recorded as published every one.
    async fn links(&self) -> Vec<String> {
        let mut links = Vec::new();
        for id in self.planned.clone() {
            let row = self.app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap();
            assert_eq!(row.state, State::Published, "{row:?}");
            links.push(serde_json::from_str::<Post>(&row.payload).unwrap().link);
        }
        links
    }
}

async fn on_a_practice_channel(kind: Kind) {
    let app = TestApp::start_with(Wanted { configure: quick, ..Wanted::default() }).await;
    let listen = "127.0.0.1:0".parse().unwrap();
    let world = worlds::start(kind, "Solvang Kommune", listen, Clock::real(), Chance::seeded(7)).unwrap();
    let account = connect(&app, &world).await;
    let mut house = House::new(app, account).await;
    let seed = number("OPSLAG_CRASH_SEED", 1);
    house.crash(number("OPSLAG_CRASH_RUNS", 100), &Chance::seeded(seed)).await;
    let links = house.links().await;
    let posts = world.posts();
    for link in &links {
        let n = posts.iter().filter(|post| post.links().contains(&link.as_str())).count();
        assert_eq!(n, 1, "{link} hangs {n} times on the wall (seed {seed})");
    }
    assert_eq!(posts.len(), links.len(), "seed {seed}");
}

fn quick(config: &mut opslag::config::Config) {
    config.delivery.request_seconds = 5;
    config.delivery.lease_seconds = 40;
    config.delivery.settle_seconds = 1;
    config.delivery.retry_seconds = 1;
    config.delivery.spacing_seconds = 0;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_bluesky() {
    on_a_practice_channel(Kind::Bluesky).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_mastodon() {
    on_a_practice_channel(Kind::Mastodon).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_the_reference_bluesky() {
    let pds = Peer::shared("bluesky");
    let app = TestApp::start_with(Wanted { configure: quick, ..Wanted::default() }).await;
    let (handle, password) = (pds.get("HANDLE"), pds.get("APP_PASSWORD"));
    let unit = app.organisation;
    let new = channels::log_in_bluesky(&app.kit, pds.url(), handle, password, unit, false).await.unwrap();
    let k = app.kit.clone();
    let account = app.kit.db.write(move |c| channels::connect(c, &k, &new, Actor::System)).await.unwrap();
    let mut house = House::new(app, account).await;
    house.crash(8, &Chance::seeded(number("OPSLAG_CRASH_SEED", 1))).await;
    let links = house.links().await;
    let url = format!(
        "{}/xrpc/com.atproto.repo.listRecords?repo={}&collection=app.bsky.feed.post&limit=100",
        pds.url(),
        pds.get("DID")
    );
    let wall = reqwest::get(url).await.unwrap().text().await.unwrap();
    let wall: serde_json::Value = serde_json::from_str(&wall).unwrap();
    for link in links {
        let hangs =
            wall["records"].as_array().unwrap().iter().filter(|r| r.to_string().contains(&link)).count();
        assert_eq!(hangs, 1, "{link}");
    }
}
