//! Channels: one set of demands on all of them over the practice worlds; tokens; the pages on which an account is connected;
//! the real servers.

mod conformance;
mod connect;
mod facebook;
mod files;
mod gallery;
mod contract;
mod edits;
mod platforms;
mod real;
mod tiktok;
mod tokens;
mod youtube;

use std::{sync::Arc, time::Duration};

use opslag::{
    accounts::audit::Actor,
    base::{
        Chance, Clock, Instant, Language,
        id::{AccountId, AssetId},
    },
    channels::{self, Account, Audience, Channel, Channels, Checkpoint, Choices, Post, PostMedia, SendKey},
    config::Config,
    demo::worlds::{self, Kind, Running},
    kit::Kit,
};

use crate::harness::{TestApp, app::Wanted};

/// A Tuesday morning.
const MORNING: Instant = Instant::from_seconds(1_795_514_400);
const KINDS: [Kind; 9] = [
    Kind::Bluesky,
    Kind::Mastodon,
    Kind::Facebook,
    Kind::Instagram,
    Kind::Threads,
    Kind::Linkedin,
    Kind::X,
    Kind::Youtube,
    Kind::Tiktok,
];
/// These take nothing but films.
const FILMS_ONLY: [Kind; 2] = [Kind::Youtube, Kind::Tiktok];
/// What somebody has chosen.
const CHOICES: Choices = Choices {
    audience: Audience::Everyone,
    comments: true,
    duets: false,
    stitches: false,
    own_cause: true,
    paid: false,
};
const FILM: [(&str, &str); 1] = [("film.mp4", "video/mp4")];
const LINK: &str = "https://job.fjordby.example/r/7Q2F9KXM";

/// An Opslag, a practice world beside it, and an account of the world connected; one clock for both.
struct Ground {
    app: TestApp,
    world: Running,
    clock: Clock,
    id: AccountId,
    channel: Arc<dyn Channel>,
}

impl Ground {
    async fn new(kind: Kind) -> Self {
        Self::with(kind, |_| {}).await
    }

    /// One that waits three seconds for an answer, so that the test of a slow one is quick.
    async fn hurried(kind: Kind) -> Self {
        Self::with(kind, |config| config.delivery.request_seconds = 3).await
    }

    async fn with(kind: Kind, configure: fn(&mut Config)) -> Self {
        let clock = Clock::set_to(MORNING);
        let wanted = Wanted { clock: clock.clone(), configure, ..Wanted::default() };
        let app = TestApp::start_with(wanted).await;
        let listen = "127.0.0.1:0".parse().unwrap();
        let world = worlds::start(kind, "Solvang Kommune", listen, clock.clone(), Chance::seeded(7)).unwrap();
        let id = connect(&app, &world).await;
        // what is sent here stands in no delivery, so its files are handed out by a stand-in
        let mut kit = app.kit.clone();
        let mut config = (*kit.config).clone();
        config.server.public_url = files::serve(&app.kit).await;
        kit.config = config.into();
        let channel = Channels::real(&kit).get(kind).unwrap().clone();
        Self { app, world, clock, id, channel }
    }

    fn kit(&self) -> &Kit {
        &self.app.kit
    }

    async fn account(&self) -> Account {
        channels::open(self.kit(), self.id).await.unwrap()
    }

    fn key(&self) -> SendKey {
        SendKey::mint(&["delivery", "payload"], self.clock.now(), &Chance::seeded(11))
    }

    /// A post with these files of ours, which lie in the file store.
    async fn post(&self, text: &str, files: &[(&str, &str)]) -> Post {
        let mut media = Vec::new();
        let files = match self.world.kind() {
            _ if !files.is_empty() => files,
            Kind::Instagram => &[("elev.jpg", "image/jpeg")],
            kind if FILMS_ONLY.contains(&kind) => &FILM,
            _ => files,
        };
        for (name, mime) in files {
            media.push(self.medium(name, mime).await);
        }
        Post {
            text: text.into(),
            link: LINK.into(),
            link_title: "SOSU-assistent til aften på Ærø".into(),
            link_description: "Solvang Kommune".into(),
            link_thumb: None,
            language: Language::Da,
            media,
            choices: (self.world.kind() == Kind::Tiktok).then_some(CHOICES),
            comment: None,
        }
    }

    /// These pictures, or a film where the channel takes nothing else.
    fn or_film<'f>(&self, pictures: &'f [(&'f str, &'f str)]) -> &'f [(&'f str, &'f str)] {
        if FILMS_ONLY.contains(&self.world.kind()) { &FILM } else { pictures }
    }

    async fn medium(&self, name: &str, mime: &str) -> PostMedia {
        let bytes = std::fs::read(format!("{}/assets/demo/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
        let captions = if mime.starts_with("video/") {
            let vtt = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/film.da.vtt");
            vec![(Language::Da, std::fs::read_to_string(vtt).unwrap())]
        } else {
            vec![]
        };
        PostMedia {
            asset: AssetId::new(self.clock.now(), &self.kit().chance),
            bytes: bytes.len() as u64,
            sha256: self.kit().blobs.put(bytes).await.unwrap(),
            mime: mime.into(),
            width: 1200,
            height: 800,
            alt: format!("Kolleger på arbejde: {name}"),
            captions,
            shape: None,
        }
    }

    /// Uploads what the post needs.
    async fn prepared(&self, account: &Account, post: &Post) -> Checkpoint {
        let mut checkpoint = Checkpoint::default();
        self.channel.prepare(account, post, &self.kit().blobs, &mut checkpoint).await.unwrap();
        checkpoint
    }
}

/// Connects the world's own account.
async fn connect(app: &TestApp, world: &Running) -> AccountId {
    let user = app.person("Rasmus Toft", opslag::accounts::Role::Communications, app.organisation).await;
    worlds::connect(&app.kit, world, app.organisation, Actor::User(user)).await.unwrap()
}

/// Long enough for a token to be old.
const HOURS: Duration = Duration::from_secs(2 * 3600);
