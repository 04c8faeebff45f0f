//! The delivery engine over the practice worlds: what goes out, what does not, and what is said when nobody can know.

mod engine;
mod pages;

use std::time::Duration;

use opslag::{
    accounts::{self, Scope, audit::Actor},
    base::{
        Chance, Clock, Instant, Language,
        id::{AccountId, DeliveryId, PostingId},
    },
    channels::{self, ChannelKind, Consent, Fresh, Grant, Newcomer, mastodon::Mastodon},
    db::DbError,
    demo::worlds::{self, Credentials, Kind, Running},
    publishing::{self, By, Delivery, Order, OrderError, Ordered, Part, State},
};

use crate::harness::{TestApp, app::Wanted};

/// A Tuesday morning.
const MORNING: Instant = Instant::from_seconds(1_795_514_400);
const KINDS: [Kind; 2] = [Kind::Bluesky, Kind::Mastodon];

/// An Opslag with an open ad, a practice world beside it and its account connected; one clock for both.
pub struct Ground {
    pub app: TestApp,
    pub world: Running,
    pub clock: Clock,
    pub account: AccountId,
    pub posting: PostingId,
}

impl Ground {
    pub async fn new(kind: Kind) -> Self {
        let clock = Clock::set_to(MORNING);
        let wanted = Wanted {
            clock: clock.clone(),
            // slow answers are waited for in real time
            configure: |config| config.delivery.request_seconds = 2,
            ..Wanted::default()
        };
        let app = TestApp::start_with(wanted).await;
        let listen = "127.0.0.1:0".parse().unwrap();
        let world = worlds::start(kind, "Solvang Kommune", listen, clock.clone(), Chance::seeded(7)).unwrap();
        let account = connect(&app, &world).await;
        let posting = app.opened(app.ready_content("SOSU-assistent til aften")).await.id;
        Self { app, world, clock, account, posting }
    }

    pub async fn scope(&self) -> Scope {
        self.app.kit.db.read(accounts::everywhere).await.unwrap()
    }

    pub async fn by(&self) -> By {
        By { actor: Actor::System, scope: self.scope().await }
    }

    /// Plans a post in so many seconds; 0 = now.
    pub async fn plan(&self, text: &str, seconds: u64) -> DeliveryId {
        self.order(text, seconds).await.unwrap().deliveries[0]
    }

    pub async fn order(&self, text: &str, seconds: u64) -> Result<Ordered, OrderError> {
        let zone = self.app.kit.config.delivery.zone;
        let at = self.clock.now() + Duration::from_secs(seconds);
        let when = (seconds > 0).then(|| opslag::base::wall::WallTime::at(at, zone));
        let order = Order {
            posting: self.posting,
            language: Language::Da,
            when,
            media: Vec::new(),
            parts: vec![Part { account: self.account, text: text.into() }],
            same_words_ok: false,
        };
        let (k, scope) = (self.app.kit.clone(), self.scope().await);
        publishing::publish::publish(&k, Actor::System, &scope, order).await
    }

    /// Everything that is due.
    pub async fn drive(&self) {
        publishing::drain(&self.app.kit, &self.app.parts.channels).await.unwrap();
    }

    pub async fn after(&self, seconds: u64) {
        self.clock.advance(Duration::from_secs(seconds));
        self.drive().await;
    }

    pub async fn row(&self, id: DeliveryId) -> Delivery {
        self.app.kit.db.read(move |c| publishing::delivery_row(c, id)).await.unwrap().unwrap()
    }

    pub async fn state(&self, id: DeliveryId) -> State {
        self.row(id).await.state
    }

    /// Long enough after an uncertain send for the first look.
    pub async fn settle(&self) {
        let d = &self.app.kit.config.delivery;
        self.after(d.request_seconds + d.settle_seconds + 1).await;
    }
}

/// Connects the world's own account.
pub async fn connect(app: &TestApp, world: &Running) -> AccountId {
    let kit = &app.kit;
    let newcomer = match world.connect(world.account()).unwrap() {
        Credentials::Bluesky { identifier, app_password } => {
            let (at, unit) = (world.url().as_str(), app.organisation);
            channels::log_in_bluesky(kit, at, &identifier, &app_password, unit, true).await.unwrap()
        }
        Credentials::Mastodon { client_id, client_secret, access_token, scope } => {
            let grant =
                Grant { access: access_token, client_id, client_secret, scopes: scope, ..Grant::default() };
            let mastodon = Mastodon::new(kit);
            Newcomer {
                channel: ChannelKind::Mastodon,
                identity: mastodon.identify(world.url(), &grant).await.unwrap(),
                ability: mastodon.describe(world.url()).await.unwrap(),
                fresh: Fresh { grant, expires_at: None },
                unit: app.organisation,
                practice: true,
            }
        }
    };
    let k = kit.clone();
    kit.db
        .write(move |c| channels::connect(c, &k, &newcomer, Actor::System))
        .await
        .map_err(|e: DbError| e)
        .unwrap()
}
