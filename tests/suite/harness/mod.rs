//! What the suite stands on: an Opslag of its own per test, people who use it, peers it talks to.

pub mod ads;
pub mod app;
pub mod peers;
pub mod people;

pub use app::TestApp;

/// Whether Mastodon's contract document, which is other people's and not part of ours, lies beside the project.
/// Where it does not, this says so, and the test that asked has nothing to do. `Peer::shared("prism")` is its judge.
pub fn mastodon_contract_is_here() -> bool {
    let folder = std::env::var("OPSLAG_SPECS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/peers/specs").into());
    let here = std::path::Path::new(&folder).join("mastodon.patched.openapi.json").exists();
    if !here {
        eprintln!("skipped: Mastodon's contract document does not lie beside the project ({folder})");
    }
    here
}
