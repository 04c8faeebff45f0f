//! The shape of what is sent to X, held against its published contract; and the practice X's answers likewise.

use opslag::{
    channels::{Account, Found, Outcome, Withdrawn},
    demo::worlds::Kind,
};
use reqwest::StatusCode;
use serde_json::Value;

use super::Ground;
use crate::harness::{contract, judged::Judged, peers::Peer};

const DOCUMENT: &str = "x-api-v2.openapi.json";

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sent_to_x_keeps_to_its_contract() {
    let Some(document) = contract(DOCUMENT) else { return };
    let judge = Peer::start("prism", &[&document]);
    let g = Ground::new(Kind::X).await;
    let knows = |path: &str| path.starts_with("/2/") && !path.starts_with("/2/oauth2/");
    let judged = Judged::start(judge.url(), g.world.url(), knows).await;
    let account = Account { base_url: judged.url.clone(), ..g.account().await };
    g.channel.ability(&account).await.unwrap();
    for files in
        [&[("elev.jpg", "image/jpeg"), ("aften.jpg", "image/jpeg")][..], &[("film.mp4", "video/mp4")], &[]]
    {
        let post = g.post(&format!("Vi søger en #pædagog ({})", files.len()), files).await;
        let checkpoint = g.prepared(&account, &post).await;
        let outcome = g.channel.publish(&account, &post, &g.key(), &checkpoint).await;
        let Outcome::Accepted(published) = outcome else { panic!("{outcome:?}: {:?}", judged.violations()) };
        let found = g.channel.find(&account, &post, &g.key()).await;
        assert!(matches!(&found, Found::There(there) if there.remote_id == published.remote_id), "{found:?}");
        assert_eq!(g.channel.withdraw(&account, &published.remote_id).await, Withdrawn::Gone);
    }
    assert_eq!(judged.violations(), Vec::<String>::new());
    for path in [
        "GET /2/users/me",
        "POST /2/media/upload",
        "GET /2/media/upload",
        "POST /2/media/upload/initialize",
        "POST /2/media/metadata",
        "POST /2/media/subtitles",
        "POST /2/tweets",
    ] {
        assert!(judged.judged().iter().any(|seen| seen == path), "{path}: {:?}", judged.judged());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_practice_x_answers_by_the_contract() {
    let Some(document) = contract(DOCUMENT) else { return };
    let g = Ground::new(Kind::X).await;
    let judge = Peer::start("prism", &[&document, g.world.url().as_str().trim_end_matches('/')]);
    let token = g.account().await.token;
    let client = reqwest::Client::new();
    let mut said = Vec::new();
    let at = |path: &str| format!("{}{path}", judge.url());
    let user = g.world.account().id.clone();
    let film =
        serde_json::json!({"media_category": "tweet_video", "media_type": "video/mp4", "total_bytes": 9});
    let text = serde_json::json!({"text": "Vi søger https://job.example.dk/r/k7w2q"});
    let mut post = String::new();
    for (status, request) in [
        (200, client.get(at("/2/users/me"))),
        (200, client.post(at("/2/media/upload/initialize")).json(&film)),
        (201, client.post(at("/2/tweets")).json(&text)),
        (
            200,
            client.get(at(&format!("/2/users/{user}/tweets?max_results=10&start_time=2026-11-24T09:00:00Z"))),
        ),
        (200, client.delete(at("/2/tweets/POST"))),
    ] {
        let mut request = request.bearer_auth(&token).build().unwrap();
        let path = request.url().path().replace("POST", &post);
        request.url_mut().set_path(&path);
        let answer = client.execute(request).await.unwrap();
        assert_eq!(answer.status(), StatusCode::from_u16(status).unwrap(), "{path}");
        if let Some(violations) = answer.headers().get("sl-violations") {
            said.push(format!("{path}: {}", String::from_utf8_lossy(violations.as_bytes())));
        }
        let body: Value = answer.json().await.unwrap();
        if status == 201 {
            body["data"]["id"].as_str().unwrap().clone_into(&mut post);
        }
    }
    assert_eq!(said, Vec::<String>::new());
}
