//! A file as a peer fetches it: at an address that we signed, while it is being sent, and at no other time.

use std::time::Duration;

use opslag::{
    channels::{Post, pull::Addresses},
    demo::worlds::{Act, Gate, Kind, Mischief, Prank},
    publishing::{self, State},
};
use reqwest::StatusCode;

use super::Ground;

async fn status(address: &str) -> StatusCode {
    reqwest::get(address).await.unwrap().status()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_there_while_it_is_being_sent_and_not_before_or_after() {
    let (mut g, photo, _) = Ground::illustrated(Kind::Facebook).await;
    g.media = vec![photo];
    let id = g.plan("Med billede", 60).await;
    let post: Post = serde_json::from_str(&g.row(id).await.payload).unwrap();
    let addresses = Addresses::new(&g.app.kit);
    let of = |file| addresses.of(file, g.clock.now());
    let file = &post.media[0];
    assert_eq!(status(&of(file)).await, StatusCode::NOT_FOUND, "planned, and nobody sends it yet");

    let gate = Gate::new();
    g.world.plot(Mischief::once(Act::Publish, Prank::HoldBefore(gate.clone())));
    g.clock.advance(Duration::from_secs(61));
    let (kit, channels) = (g.app.kit.clone(), g.app.parts.channels.clone());
    let sending = tokio::spawn(async move { publishing::drive(&kit, &channels, id).await });
    gate.arrived().await;
    let address = of(file);
    let answer = reqwest::get(&address).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(
        (header("content-type").as_str(), header("cache-control").as_str()),
        ("image/jpeg", "no-store")
    );
    assert_eq!(header("content-length"), file.bytes.to_string());
    assert!(!answer.headers().contains_key("set-cookie"));
    let bytes = answer.bytes().await.unwrap();
    assert_eq!(g.app.kit.blobs.put(bytes).await.unwrap(), file.sha256);
    let client = reqwest::Client::new();
    let head = client.head(&address).send().await.unwrap();
    let length = head.headers()["content-length"].to_str().unwrap();
    assert_eq!((head.status(), length), (StatusCode::OK, file.bytes.to_string().as_str()));
    let part = client.get(&address).header("range", "bytes=10-19").send().await.unwrap();
    assert_eq!(part.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(part.bytes().await.unwrap().len(), 10);

    // another file, a changed address, one that has ended
    let other = post.link_thumb.clone().unwrap_or_else(|| {
        let mut other = file.clone();
        other.sha256 = "0".repeat(64);
        other
    });
    if other.sha256 != file.sha256 {
        assert_eq!(status(&of(&other)).await, StatusCode::NOT_FOUND);
    }
    let changed = address.replacen(&file.sha256[..4], "0000", 1);
    assert_eq!(status(&changed).await, StatusCode::NOT_FOUND);
    g.clock.advance(Duration::from_secs(3 * 3600));
    assert_eq!(status(&address).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&of(file)).await, StatusCode::OK);

    gate.open();
    sending.await.unwrap().unwrap();
    g.settle().await;
    assert_eq!(g.state(id).await, State::Published);
    assert_eq!(status(&of(file)).await, StatusCode::NOT_FOUND, "it is out");
}
