//! The servers we test against are really there and really say no.

use reqwest::StatusCode;
use serde_json::{Value, json};

use crate::harness::{mastodon_contract, peers::Peer};

fn client() -> reqwest::Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}

#[tokio::test]
async fn the_reference_bluesky_knows_its_account_and_refuses_a_wrong_password() {
    let pds = Peer::shared("bluesky");
    let log_in = |password: String| {
        client()
            .post(format!("{}/xrpc/com.atproto.server.createSession", pds.url()))
            .json(&json!({"identifier": pds.get("HANDLE"), "password": password}))
            .send()
    };
    let session: Value = log_in(pds.get("APP_PASSWORD").into()).await.unwrap().json().await.unwrap();
    assert_eq!(session["did"], pds.get("DID"));
    assert_eq!(log_in("forkert".into()).await.unwrap().status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn snac2_takes_its_token() {
    let snac = Peer::shared("snac2");
    let url = format!("{}/api/v1/accounts/verify_credentials", snac.url());
    let account: Value =
        client().get(url).bearer_auth(snac.get("TOKEN")).send().await.unwrap().json().await.unwrap();
    assert_eq!(account["username"], snac.get("USER"));
}

#[tokio::test]
async fn the_contract_judge_refuses_a_visibility_that_does_not_exist() {
    let Some(_) = mastodon_contract() else { return };
    let judge = Peer::shared("prism");
    let post = |visibility: &'static str| {
        client()
            .post(format!("{}/api/v1/statuses", judge.url()))
            .bearer_auth("any")
            .json(&json!({"status": "Vi søger en pædagog", "visibility": visibility}))
            .send()
    };
    assert_eq!(post("public").await.unwrap().status(), StatusCode::OK);
    let refused = post("everyone").await.unwrap();
    assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.headers()["sl-violations"].to_str().unwrap().contains("visibility"));
}

#[tokio::test]
async fn chromium_can_be_driven() {
    let driver = Peer::shared("chromedriver");
    let status: Value =
        client().get(format!("{}/status", driver.url())).send().await.unwrap().json().await.unwrap();
    assert_eq!(status["value"]["ready"], true);
}

#[test]
#[should_panic(expected = "tests/run")]
fn a_peer_that_cannot_start_says_what_to_do() {
    Peer::start("prism", &["/no/such/document.json"]);
}
