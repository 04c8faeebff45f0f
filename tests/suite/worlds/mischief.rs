//! Bad days: what was accepted hangs on the wall although nobody was told, what was not does not.

use opslag::demo::worlds::{Act, Gate, Kind, Mischief, Prank, Running, Wait};
use reqwest::StatusCode;
use serde_json::json;

use super::{access_token, at, client, world};

fn post(
    world: &Running,
    key: &str,
) -> impl Future<Output = reqwest::Result<reqwest::Response>> + Send + 'static {
    client()
        .post(at(world, "api/v1/statuses"))
        .bearer_auth(access_token(world))
        .header("Idempotency-Key", key)
        .json(&json!({"status": "Vi søger en pædagog"}))
        .send()
}

#[tokio::test]
async fn a_cut_connection_may_or_may_not_hide_a_post() {
    let (world, _) = world(Kind::Mastodon);
    world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
    world.plot(Mischief::once(Act::Publish, Prank::AcceptThen(502)));

    assert!(post(&world, "a").await.is_err());
    assert_eq!(world.posts().len(), 0, "cut before it was taken");
    assert!(post(&world, "b").await.is_err());
    assert_eq!(world.posts().len(), 1, "cut after it was taken");
    assert_eq!(post(&world, "c").await.unwrap().status(), StatusCode::BAD_GATEWAY);
    assert_eq!(world.posts().len(), 2, "taken, and then the proxy fell over");

    // the plot is used up; the key of the second still knows its post
    assert_eq!(post(&world, "b").await.unwrap().status(), StatusCode::OK);
    assert_eq!(world.posts().len(), 2);
    assert_eq!(world.count(Act::Publish), 4);
    let keys: Vec<_> = world.calls().into_iter().filter_map(|call| call.key).collect();
    assert_eq!(keys, ["a", "b", "c", "b"]);
}

#[tokio::test]
async fn refusals_come_in_the_peers_own_form() {
    let (mastodon, _) = world(Kind::Mastodon);
    mastodon.plot(Mischief::always(Act::Publish, Prank::Refuse(503, "Service unavailable")));
    for _ in 0..3 {
        let answer = post(&mastodon, "a").await.unwrap();
        assert_eq!(answer.status(), StatusCode::SERVICE_UNAVAILABLE);
        assert_eq!(
            answer.json::<serde_json::Value>().await.unwrap(),
            json!({"error": "Service unavailable"})
        );
    }
    mastodon.calm();
    assert_eq!(post(&mastodon, "a").await.unwrap().status(), StatusCode::OK);

    let (bluesky, _) = world(Kind::Bluesky);
    bluesky.plot(Mischief::once(Act::Look, Prank::Refuse(500, "Internal Server Error")));
    let look = || client().get(at(&bluesky, "xrpc/com.atproto.server.describeServer")).send();
    let answer: serde_json::Value = look().await.unwrap().json().await.unwrap();
    assert_eq!(answer, json!({"error": "InternalServerError", "message": "Internal Server Error"}));
    assert_eq!(look().await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn too_many_says_when_to_come_again_in_three_ways() {
    let (mastodon, _) = world(Kind::Mastodon);
    for wait in [Wait::Own(60), Wait::Seconds(30), Wait::Date(90)] {
        mastodon.plot(Mischief::once(Act::Publish, Prank::TooMany(wait)));
    }
    let mut seen = Vec::new();
    for _ in 0..3 {
        let answer = post(&mastodon, "a").await.unwrap();
        assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
        let header = |name: &str| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        seen.push((header("retry-after"), header("x-ratelimit-reset").unwrap()));
    }
    let text = |value: &str| Some(value.to_owned());
    assert_eq!(
        seen,
        [
            (None, "2026-11-24T10:01:00.000Z".to_owned()),
            (text("30"), "2026-11-24T10:00:30.000Z".to_owned()),
            (text("Tue, 24 Nov 2026 10:01:30 GMT"), "2026-11-24T10:01:30.000Z".to_owned()),
        ]
    );
    assert_eq!(mastodon.posts().len(), 0);

    let (bluesky, _) = world(Kind::Bluesky);
    bluesky.plot(Mischief::once(Act::Connect, Prank::TooMany(Wait::Own(60))));
    let answer = client()
        .post(at(&bluesky, "xrpc/com.atproto.server.createSession"))
        .json(&json!({"identifier": "x", "password": "y"}))
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(answer.headers()["ratelimit-reset"], (super::MORNING.seconds() + 60).to_string());
    assert_eq!(answer.json::<serde_json::Value>().await.unwrap()["error"], "RateLimitExceeded");
}

#[tokio::test]
async fn a_gate_holds_a_call_before_or_after_it_is_carried_out() {
    let (world, _) = world(Kind::Mastodon);
    let (before, after) = (Gate::new(), Gate::new());
    world.plot(Mischief::once(Act::Publish, Prank::HoldBefore(before.clone())));
    world.plot(Mischief::once(Act::Publish, Prank::HoldAfter(after.clone())));

    let first = tokio::spawn(post(&world, "a"));
    before.arrived().await;
    assert_eq!(world.posts().len(), 0);
    before.open();
    assert_eq!(first.await.unwrap().unwrap().status(), StatusCode::OK);

    let second = tokio::spawn(post(&world, "b"));
    after.arrived().await;
    assert_eq!(world.posts().len(), 2, "carried out, and nobody knows yet");
    assert!(!second.is_finished());
    after.open();
    assert_eq!(second.await.unwrap().unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn a_revoked_token_stays_revoked() {
    let (world, _) = world(Kind::Mastodon);
    world.plot(Mischief::once(Act::Publish, Prank::Revoked));
    let token = access_token(&world);
    let post = || {
        client()
            .post(at(&world, "api/v1/statuses"))
            .bearer_auth(&token)
            .json(&json!({"status": "Vi søger en pædagog"}))
            .send()
    };
    for _ in 0..2 {
        let answer = post().await.unwrap();
        assert_eq!(answer.status(), StatusCode::UNAUTHORIZED);
        assert_eq!(
            answer.json::<serde_json::Value>().await.unwrap(),
            json!({"error": "The access token was revoked"})
        );
    }
}

#[tokio::test]
async fn a_world_goes_off_the_air_and_comes_back_with_its_posts() {
    let (running, _) = world(Kind::Mastodon);
    assert_eq!(post(&running, "a").await.unwrap().status(), StatusCode::OK);
    let (world, url) = (running.world().clone(), running.url().clone());
    let late = post(&running, "b");
    drop(running);
    assert!(late.await.unwrap_err().is_connect());

    let listen = format!("127.0.0.1:{}", url.port().unwrap()).parse().unwrap();
    let running = world.serve(listen).unwrap();
    assert_eq!(running.url(), &url);
    assert_eq!(post(&running, "a").await.unwrap().status(), StatusCode::OK);
    assert_eq!(world.posts().len(), 1);
}
