//! The power is cut at each named point of a delivery, again and again: a child process that works is killed there
//! (SIGKILL), the next one goes on from what lies on the disk. In the end the peer's wall shows every post once, and
//! nothing is recorded as published that does not hang there.
//!
//! `OPSLAG_CRASH_RUNS` says how many times it is cut on each practice channel (100), `OPSLAG_CRASH_SEED` where.

use std::{
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Child, Command, Stdio},
    time::Duration,
};

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
    harness::{TestApp, app::Wanted, peers::Peer},
    publishing::connect,
};

const POINTS: [Point; 4] = [Point::AfterClaim, Point::AfterFence, Point::AfterSend, Point::AfterRecord];

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual)
}

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
        let kit = &app.kit;
        let config = kit.config.data.join("crash.toml");
        let text = format!(
            "[server]\npublic_url = {:?}\n[database]\nurl = {:?}\n[channels]\nprivate_hosts = [\"127.0.0.1\", \"localhost\"]\n\
             [privacy]\ncontroller = {:?}\ndpo = {:?}\n\
             [delivery]\nlease_seconds = 40\nrequest_seconds = 5\nsettle_seconds = 1\nretry_seconds = 1\nspacing_seconds = 0\n\
             [work]\ntick_ms = 20\n[log]\nfilter = \"error\"\n",
            kit.config.server.public_url,
            kit.config.database.url,
            kit.config.privacy.controller,
            kit.config.privacy.dpo,
        );
        std::fs::write(&config, text).unwrap();
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

    /// A worker that dies the `n`th time it comes by `point`.
    fn worker(&self, point: Point, n: u64) -> Child {
        Command::new(env!("CARGO_BIN_EXE_opslag"))
            .args(["--data".as_ref(), self.app.kit.config.data.as_os_str()])
            .args(["--config".as_ref(), self.config.as_os_str()])
            .arg("work")
            .env("OPSLAG_FAULT", format!("{}:{n}", point.name()))
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap()
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
            let mut worker = self.worker(point, n);
            let died = tokio::task::spawn_blocking(move || wait(&mut worker, Duration::from_secs(60)));
            let signal = died.await.unwrap().and_then(|status| status.signal());
            assert_eq!(signal, Some(9), "run {run}: {}:{n} was not reached", point.name());
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

fn wait(worker: &mut Child, patience: Duration) -> Option<std::process::ExitStatus> {
    let until = std::time::Instant::now() + patience;
    while std::time::Instant::now() < until {
        if let Some(status) = worker.try_wait().unwrap() {
            return Some(status);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = worker.kill();
    let _ = worker.wait();
    None
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
