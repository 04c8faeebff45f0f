//! The power is cut at each named point of a delivery, again and again: a child process that works is killed there
//! (SIGKILL), the next one goes on from what lies on the disk. In the end the peer's wall shows every post once, with
//! exactly its picture, its film or its card, and nothing is recorded as published that does not hang there.
//!
//! `OPSLAG_CRASH_RUNS` says how many times it is cut on each practice channel (100 on the first two, 20 where only films
//! go out, 30 on the others, so that a run of all tests has time for it, and a third on PostgreSQL; the long form is 300), `OPSLAG_CRASH_SEED` where.

use std::{path::PathBuf, time::Duration};

use diesel::RunQueryDsl;
use opslag::{
    accounts::{self, audit::Actor},
    base::{
        Chance, Clock, Language,
        fault::Point,
        id::{AccountId, AssetId, DeliveryId, PostingId},
    },
    channels::{self, Audience, Choices, Post},
    db::DbError,
    demo::worlds::{self, Act, Gate, Kind, MediumKind, Mischief, Prank, Running},
    postings::{MediaRole, Placed},
    publishing::{self, Order, Part, State},
};

use crate::{
    harness::{
        TestApp,
        ads::{FILMED, PICTURED},
        app::Wanted,
        peers::Peer,
        power::{self, number},
    },
    publishing::connect,
};

const POINTS: [Point; 6] = [
    Point::AfterClaim,
    Point::AfterUpload,
    Point::AfterPrepare,
    Point::AfterFence,
    Point::AfterSend,
    Point::AfterRecord,
];

/// What goes along with a post's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Along {
    Card,
    Picture,
    Film,
}

/// An Opslag whose workers are processes of their own.
struct House {
    app: TestApp,
    account: AccountId,
    posting: PostingId,
    photo: AssetId,
    film: AssetId,
    config: PathBuf,
    planned: Vec<(DeliveryId, Along)>,
    /// What its channel takes.
    takes: &'static [Along],
    /// What it wants chosen for each post; it then shows no link either.
    choices: Option<Choices>,
}

impl House {
    async fn new(app: TestApp, account: AccountId) -> Self {
        let (photo, film) = (app.photograph().await, app.film().await);
        let mut content = app.ready_content("Sygeplejerske til natten");
        content.media = vec![
            Placed { asset: photo, role: MediaRole::Hero },
            Placed { asset: film, role: MediaRole::Film },
        ];
        let posting = app.opened(content).await.id;
        let config = power::config_file(
            &app,
            "[channels]\nprivate_hosts = [\"127.0.0.1\", \"localhost\"]\n\
             [delivery]\nlease_seconds = 40\nrequest_seconds = 5\nsettle_seconds = 1\nretry_seconds = 1\nspacing_seconds = 0\noverdue_spacing_seconds = 0\nprobe_seconds = [1]\n",
        );
        let takes = &[Along::Card, Along::Picture, Along::Film];
        let planned = Vec::new();
        Self { app, account, posting, photo, film, config, planned, takes, choices: None }
    }

    async fn plan(&mut self, along: Along) {
        let along = if self.takes.contains(&along) { along } else { self.takes[0] };
        let media = match along {
            Along::Card => vec![],
            Along::Picture => vec![self.photo],
            Along::Film => vec![self.film],
        };
        let order = Order {
            subject: self.posting.into(),
            language: Language::Da,
            when: None,
            media,
            parts: vec![Part {
                account: self.account,
                text: format!("Vi søger nummer {} til natten.", self.planned.len()),
            }],
            same_words_ok: true,
        };
        let kit = &self.app.kit;
        let scope = kit.db.read(accounts::everywhere).await.unwrap();
        let chosen = self.choices.into_iter().map(|choices| (self.account, choices)).into();
        let ordered = publishing::publish_chosen(kit, Actor::System, &scope, order, chosen).await.unwrap();
        self.planned.push((ordered.deliveries[0], along));
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
                diesel::sql_query(format!("update budgets set resets_at = resets_at - {by}")).execute(c)?;
                diesel::sql_query(format!("update breakers set probe_at = probe_at - {by}")).execute(c)?;
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
                self.plan([Along::Card, Along::Picture, Along::Film][index(chance, 3)]).await;
            }
            let point = POINTS[index(chance, POINTS.len())];
            let n = 1 + chance.below(fresh);
            let worker = power::process(&self.app, &self.config, &["work"], point, n);
            let died = power::died(worker).await;
            let open = self.open().await;
            assert_eq!(died, Some(9), "run {run}: {}:{n} was not reached: {open:#?}", point.name());
            self.pass(60).await;
        }
        self.rest().await;
    }

    /// What is not out yet, and why.
    async fn open(&self) -> Vec<(State, Option<String>, Option<String>)> {
        let mut open = Vec::new();
        for (id, _) in self.planned.clone() {
            let row = self.app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap();
            if row.state != State::Published {
                open.push((row.state, row.error_kind, row.error_words));
            }
        }
        open
    }

    /// Lets everything come to rest.
    async fn rest(&self) {
        for _ in 0..20 {
            publishing::drain(&self.app.kit, &self.app.parts.channels).await.unwrap();
            self.pass(60).await;
        }
    }

    /// The tracked link of each delivery, or its words where no link is shown, which is recorded as published every one, and what went along.
    async fn links(&self) -> Vec<(String, Along)> {
        let mut links = Vec::new();
        for (id, along) in self.planned.clone() {
            let row = self.app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap();
            assert_eq!(row.state, State::Published, "{row:?}");
            let post: Post = serde_json::from_str(&row.payload).unwrap();
            links.push((if self.choices.is_some() { post.text } else { post.link }, along));
        }
        links
    }
}

fn index(chance: &Chance, below: usize) -> usize {
    usize::try_from(chance.below(below as u64)).unwrap()
}

async fn beside(kind: Kind) -> (House, Running) {
    let app = TestApp::start_with(Wanted { configure: quick, ..Wanted::default() }).await;
    let listen = "127.0.0.1:0".parse().unwrap();
    let world = worlds::start(kind, "Solvang Kommune", listen, Clock::real(), Chance::seeded(7)).unwrap();
    let account = connect(&app, &world).await;
    let mut house = House::new(app, account).await;
    match kind {
        Kind::Instagram => house.takes = &[Along::Picture, Along::Film],
        Kind::Youtube => house.takes = &[Along::Film],
        Kind::Tiktok => {
            house.takes = &[Along::Film];
            house.choices = Some(Choices {
                audience: Audience::Everyone,
                comments: true,
                duets: false,
                stitches: false,
                own_cause: true,
                paid: false,
            });
        }
        _ => {}
    }
    // the test does more in a day than they allow
    world.hold(10_000);
    (house, world)
}

async fn on_a_practice_channel(kind: Kind) {
    let (mut house, world) = beside(kind).await;
    let seed = number("OPSLAG_CRASH_SEED", 1);
    let usual = match kind {
        Kind::Bluesky | Kind::Mastodon => 100,
        Kind::Youtube | Kind::Tiktok => 20,
        _ => 30,
    };
    house.crash(power::rounds("OPSLAG_CRASH_RUNS", usual), &Chance::seeded(seed)).await;
    hangs_once(&house, &world, seed).await;
}

/// Every post once, with exactly what belongs to it, and no other.
async fn hangs_once(house: &House, world: &Running, seed: u64) {
    let links = house.links().await;
    let posts = world.posts();
    for (link, along) in &links {
        let is_it = |post: &&worlds::Post| post.links().contains(&link.as_str()) || post.text() == *link;
        let there: Vec<_> = posts.iter().filter(is_it).collect();
        assert_eq!(there.len(), 1, "{link} hangs {} times on the wall (seed {seed})", there.len());
        let shown: Vec<_> = there[0].media.iter().map(|m| (m.kind, m.alt.as_str())).collect();
        let wanted = match along {
            Along::Card => vec![],
            Along::Picture => vec![(MediumKind::Picture, PICTURED)],
            // these take no words with a film
            Along::Film
                if matches!(
                    world.kind(),
                    Kind::Facebook | Kind::Instagram | Kind::Youtube | Kind::Tiktok
                ) =>
            {
                vec![(MediumKind::Film, "")]
            }
            Along::Film => vec![(MediumKind::Film, FILMED)],
        };
        assert_eq!(shown, wanted, "{link} (seed {seed})");
        let card = there[0].card.as_ref().is_some_and(|card| card.picture.is_some());
        let draws = matches!(world.kind(), Kind::Bluesky | Kind::Linkedin);
        assert_eq!(card, draws && *along == Along::Card, "{link} (seed {seed})");
    }
    assert_eq!(posts.len(), links.len(), "seed {seed}");
}

fn quick(config: &mut opslag::config::Config) {
    config.delivery.request_seconds = 5;
    config.delivery.lease_seconds = 40;
    config.delivery.settle_seconds = 1;
    config.delivery.retry_seconds = 1;
    config.delivery.spacing_seconds = 0;
    config.delivery.overdue_spacing_seconds = 0;
    config.delivery.probe_seconds = vec![1];
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
async fn the_power_is_cut_on_facebook() {
    on_a_practice_channel(Kind::Facebook).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_instagram() {
    on_a_practice_channel(Kind::Instagram).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_threads() {
    on_a_practice_channel(Kind::Threads).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_x() {
    on_a_practice_channel(Kind::X).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_a_page_on_linkedin() {
    on_a_practice_channel(Kind::Linkedin).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_youtube() {
    on_a_practice_channel(Kind::Youtube).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_on_tiktok() {
    on_a_practice_channel(Kind::Tiktok).await;
}

/// Sent in pieces out of the store, to channels that take such a film (R41); sent to its end twice, for the worker is
/// killed when half of it is there.
#[tokio::test(flavor = "multi_thread")]
async fn a_film_of_a_gibibyte_goes_out_within_200_mib_of_memory() {
    const GIB: u64 = 1 << 30;
    // the database has nothing to do with it, so one is enough where all tests are repeated
    let kinds = [Kind::Youtube, Kind::Tiktok];
    let repeated = std::env::var_os("OPSLAG_TEST_DATABASE").is_some();
    for kind in kinds.into_iter().take(if repeated { 1 } else { 2 }) {
        let (mut house, world) = beside(kind).await;
        house.film = house.app.film_of(GIB).await;
        let mut content = house.app.ready_content("Sygeplejerske på en lang film");
        content.media = vec![Placed { asset: house.film, role: MediaRole::Film }];
        house.posting = house.app.opened(content).await.id;
        house.plan(Along::Film).await;
        let id = house.planned[0].0;
        let never = u32::MAX.into();
        let begin = || power::process(&house.app, &house.config, &["work"], Point::AfterRecord, never);
        // it is killed while the sixth call of the upload is on its way
        let gates: Vec<Gate> = (0..6).map(|_| Gate::new()).collect();
        for (n, gate) in gates.iter().enumerate() {
            if n < 5 {
                gate.open();
            }
            world.plot(Mischief::once(Act::Upload, Prank::HoldBefore(gate.clone())));
        }
        let mut worker = begin();
        tokio::time::timeout(Duration::from_secs(60), gates[5].arrived()).await.expect("it uploads");
        worker.kill().unwrap();
        worker.wait().unwrap();
        gates[5].open();
        let begun = std::time::Instant::now();
        house.pass(60).await;
        let mut worker = begin();
        let mut peak = 0;
        while house.app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap().state
            != State::Published
        {
            assert!(begun.elapsed() < Duration::from_secs(180), "{:?}", house.open().await);
            peak = peak.max(power::peak(&worker));
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        peak = peak.max(power::peak(&worker));
        worker.kill().unwrap();
        worker.wait().unwrap();
        eprintln!("{kind:?}: peak memory {} MiB with a film of {} MiB", peak >> 20, GIB >> 20);
        assert!(peak < 200 << 20, "{kind:?}: {} MiB", peak >> 20);
        let posts = world.posts();
        assert_eq!((posts.len(), posts[0].media[0].size as u64), (1, GIB), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_a_film_is_on_its_way() {
    for kind in
        [Kind::Bluesky, Kind::Mastodon, Kind::Facebook, Kind::Linkedin, Kind::X, Kind::Youtube, Kind::Tiktok]
    {
        let (mut house, world) = beside(kind).await;
        let gate = Gate::new();
        world.plot(Mischief::once(Act::Upload, Prank::HoldBefore(gate.clone())));
        house.plan(Along::Film).await;
        // it is killed from outside, long before it comes by so often
        let never = u32::MAX.into();
        let mut worker = power::process(&house.app, &house.config, &["work"], Point::AfterRecord, never);
        tokio::time::timeout(Duration::from_secs(60), gate.arrived()).await.expect("it uploads");
        worker.kill().unwrap();
        worker.wait().unwrap();
        gate.open();
        assert!(world.posts().is_empty());
        house.pass(60).await;
        house.rest().await;
        hangs_once(&house, &world, 0).await;
    }
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
    house.crash(12, &Chance::seeded(number("OPSLAG_CRASH_SEED", 1))).await;
    let links = house.links().await;
    let url = format!(
        "{}/xrpc/com.atproto.repo.listRecords?repo={}&collection=app.bsky.feed.post&limit=100",
        pds.url(),
        pds.get("DID")
    );
    let wall = reqwest::get(url).await.unwrap().text().await.unwrap();
    let wall: serde_json::Value = serde_json::from_str(&wall).unwrap();
    for (link, along) in links {
        let records = wall["records"].as_array().unwrap().iter();
        let there: Vec<_> = records.filter(|r| r.to_string().contains(&link)).collect();
        assert_eq!(there.len(), 1, "{link}");
        let embed = &there[0]["value"]["embed"];
        match along {
            Along::Card => {
                assert_eq!(embed["$type"], "app.bsky.embed.external");
                assert!(embed["external"]["thumb"]["ref"].is_object(), "{embed}");
            }
            Along::Picture => {
                assert_eq!(embed["$type"], "app.bsky.embed.images");
                assert_eq!(embed["images"].as_array().unwrap().len(), 1);
                assert_eq!(embed["images"][0]["alt"], PICTURED);
            }
            Along::Film => {
                assert_eq!(embed["$type"], "app.bsky.embed.video");
                assert_eq!((&embed["alt"], embed["captions"].as_array().unwrap().len()), (&FILMED.into(), 1));
            }
        }
    }
}
