//! What the suite stands on: an Opslag of its own per test, people who use it, peers it talks to.

pub mod ads;
pub mod app;
pub mod applicants;
pub mod bucket;
pub mod peers;
pub mod people;
pub mod power;
pub mod stories;

pub use app::TestApp;

/// Where Mastodon's contract document lies, which is other people's and not part of ours: beside the project. Where
/// it does not, this says so, and the test that asked has nothing to do. `Peer::shared("prism")` is its judge.
pub fn mastodon_contract() -> Option<String> {
    let folder = std::env::var("OPSLAG_SPECS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/peers/specs").into());
    let document = std::path::Path::new(&folder).join("mastodon.patched.openapi.json");
    if !document.exists() {
        eprintln!("skipped: Mastodon's contract document does not lie beside the project ({folder})");
        return None;
    }
    Some(document.display().to_string())
}
