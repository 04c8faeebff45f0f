//! What the suite stands on: an Opslag of its own per test, people who use it, peers it talks to.

pub mod ads;
pub mod answers;
pub mod app;
pub mod applicants;
pub mod bucket;
pub mod judged;
pub mod peers;
pub mod people;
pub mod post_office;
pub mod power;
pub mod campaigns;
pub mod stories;

pub use app::TestApp;

/// Where Mastodon's contract document lies ([`contract`]). `Peer::shared("prism")` is its judge.
pub fn mastodon_contract() -> Option<String> {
    contract("mastodon.patched.openapi.json")
}

/// Where a contract document lies, which is other people's and not part of ours: beside the project. Where it does not,
/// this says so, and the test that asked has nothing to do. `Peer::start("prism", &[document])` is its judge.
pub fn contract(document: &str) -> Option<String> {
    let folder = std::env::var("OPSLAG_SPECS")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/peers/specs").into());
    let path = std::path::Path::new(&folder).join(document);
    if !path.exists() {
        eprintln!("skipped: the contract document {document} does not lie beside the project ({folder})");
        return None;
    }
    Some(path.display().to_string())
}
