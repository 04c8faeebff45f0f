//! The delivery engine over the practice worlds: what goes out, what does not, and what is said when nobody can know.

mod again;
mod approval;
mod breaker;
mod calendar;
mod comments;
mod composer;
mod consent;
mod corrections;
mod deaths;
mod digest;
mod ending;
mod endings;
mod engine;
mod evergreens;
mod fetch;
mod films;
mod guests;
mod letters;
mod measure;
mod package;
mod preflight;
mod proof;
mod pages;
mod pause;
mod photos;
mod pictures;
mod series;
mod slots;
mod times;
mod told;
mod year;

use std::time::Duration;

use opslag::{
    accounts::{self, Scope, audit::Actor},
    base::{
        Chance, Clock, Instant, Language,
        id::{AccountId, AssetId, DeliveryId, PostingId},
    },
    config::Config,
    demo::worlds::{self, Kind, Running},
    postings::{MediaRole, Placed},
    publishing::{self, By, Delivery, Order, OrderError, Ordered, Part, State},
};

use crate::harness::{TestApp, app::Wanted};

/// A Tuesday morning.
const MORNING: Instant = Instant::from_seconds(1_795_514_400);
const KINDS: [Kind; 4] = [Kind::Bluesky, Kind::Mastodon, Kind::Facebook, Kind::Threads];

/// An Opslag with an open ad, a practice world beside it and its account connected; one clock for both.
pub struct Ground {
    pub app: TestApp,
    pub world: Running,
    pub clock: Clock,
    pub account: AccountId,
    pub posting: PostingId,
    /// Who plans.
    pub actor: Actor,
    /// What goes along with the words.
    pub media: Vec<AssetId>,
}

impl Ground {
    pub async fn new(kind: Kind) -> Self {
        // slow answers are waited for in real time
        Self::configured(kind, |config| config.delivery.request_seconds = 2).await
    }

    pub async fn configured(kind: Kind, configure: fn(&mut Config)) -> Self {
        let clock = Clock::set_to(MORNING);
        let app = TestApp::start_with(Wanted { clock: clock.clone(), configure, ..Wanted::default() }).await;
        let listen = "127.0.0.1:0".parse().unwrap();
        let world = worlds::start(kind, "Solvang Kommune", listen, clock.clone(), Chance::seeded(7)).unwrap();
        let account = connect(&app, &world).await;
        let posting = app.opened(app.ready_content("SOSU-assistent til aften")).await.id;
        let (actor, media) = (Actor::System, Vec::new());
        Self { app, world, clock, account, posting, actor, media }
    }

    /// With an ad that shows a picture and a film.
    pub async fn illustrated(kind: Kind) -> (Self, AssetId, AssetId) {
        let mut g = Self::new(kind).await;
        let (photo, film) = (g.app.photograph().await, g.app.film().await);
        let mut content = g.app.ready_content("SOSU-assistent til nat");
        content.media = vec![
            Placed { asset: photo, role: MediaRole::Hero },
            Placed { asset: film, role: MediaRole::Film },
        ];
        g.posting = g.app.opened(content).await.id;
        (g, photo, film)
    }

    /// From now on a film goes along.
    pub async fn show_film(&mut self) {
        let film = self.app.film().await;
        let mut content = self.app.ready_content("SOSU-assistent på film");
        content.media = vec![Placed { asset: film, role: MediaRole::Film }];
        self.posting = self.app.opened(content).await.id;
        self.media = vec![film];
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
            subject: self.posting.into(),
            language: Language::Da,
            when,
            media: self.media.clone(),
            parts: vec![Part { account: self.account, text: text.into() }],
            same_words_ok: false,
        };
        let (k, scope) = (self.app.kit.clone(), self.scope().await);
        publishing::publish::publish(&k, self.actor, &scope, order).await
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
    worlds::connect(&app.kit, world, app.organisation, Actor::System).await.unwrap()
}
