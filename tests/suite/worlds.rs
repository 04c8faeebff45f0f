//! The practice channels behave as the real ones: asked the same questions as the reference server (Bluesky), held
//! against the published contract (Mastodon), and as the fact sheets say where neither can be asked.

mod bluesky;
mod contract;
mod mastodon;
mod mischief;
mod wall;

use std::time::Duration;

use opslag::{
    base::{Chance, Clock, Instant},
    demo::worlds::{self, Credentials, Kind, Running},
};

/// A Tuesday morning.
const MORNING: Instant = Instant::from_seconds(1_795_514_400);

const HOUR: Duration = Duration::from_secs(3600);

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap()
}

/// A world on a free port, and its clock, which stands still.
fn world(kind: Kind) -> (Running, Clock) {
    let clock = Clock::set_to(MORNING);
    let listen = "127.0.0.1:0".parse().unwrap();
    (worlds::start(kind, "Solvang Kommune", listen, clock.clone(), Chance::seeded(7)).unwrap(), clock)
}

/// Where an API call goes.
fn at(world: &Running, path: &str) -> String {
    world.url().join(path).unwrap().to_string()
}

fn app_password(world: &Running) -> (String, String) {
    match world.connect(world.account()).unwrap() {
        Credentials::AppPassword { identifier, app_password } => (identifier, app_password),
        other => panic!("{other:?}"),
    }
}

fn access_token(world: &Running) -> String {
    match world.connect(world.account()).unwrap() {
        Credentials::Token { access_token, .. } => access_token,
        other => panic!("{other:?}"),
    }
}

/// A real picture of ours.
fn picture() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/elev.jpg")).unwrap()
}

/// A real film of ours.
fn film() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/film.mp4")).unwrap()
}
