//! The practice Mastodon's answers, held against the published contract: the judge stands between us and it.

use opslag::demo::worlds::Kind;
use reqwest::{
    RequestBuilder, StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};

use super::{access_token, client, film, picture, world};
use crate::harness::{mastodon_contract, peers::Peer};

/// What the judge said against calls and answers so far.
#[derive(Default)]
struct Judgement(Vec<String>);

impl Judgement {
    /// Sends it, wants the status, and remembers what is said against it.
    async fn on(&mut self, what: &str, status: StatusCode, request: RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{what}");
        if let Some(violations) = answer.headers().get("sl-violations") {
            let violations: Vec<Value> = serde_json::from_slice(violations.as_bytes()).unwrap();
            self.0.extend(violations.iter().map(|v| format!("{what}: {} {}", v["location"], v["message"])));
        }
        answer.json().await.unwrap()
    }
}

#[tokio::test]
async fn the_practice_mastodon_answers_by_the_contract() {
    let Some(document) = mastodon_contract() else { return };
    let (world, _) = world(Kind::Mastodon);
    let judge = Peer::start("prism", &[&document, world.url().as_str().trim_end_matches('/')]);
    let (client, token) = (client(), access_token(&world));
    let at = |path: &str| format!("{}/{path}", judge.url());
    let get = |path: &str| client.get(at(path)).bearer_auth(&token);
    let ok = StatusCode::OK;
    let mut judged = Judgement::default();

    let app = json!({
        "client_name": "Opslag", "redirect_uris": ["https://opslag.example.dk/back"], "scopes": "profile write",
        "website": "https://opslag.example.dk",
    });
    judged.on("an app", ok, client.post(at("api/v1/apps")).json(&app)).await;
    judged.on("the discovery", ok, client.get(at(".well-known/oauth-authorization-server"))).await;
    judged.on("the server", ok, client.get(at("api/v2/instance"))).await;
    judged.on("the server, as of old", ok, client.get(at("api/v1/instance"))).await;
    judged.on("the account", ok, get("api/v1/accounts/verify_credentials")).await;

    // sent past the judge, which reads bodies as text and spoils pictures
    let send = async |bytes: Vec<u8>, mime: &str| -> Value {
        let part = Part::bytes(bytes).file_name("fil").mime_str(mime).unwrap();
        let form = Form::new().part("file", part).text("description", "En elev");
        let url = world.url().join("api/v2/media").unwrap();
        client.post(url).bearer_auth(&token).multipart(form).send().await.unwrap().json().await.unwrap()
    };
    let image = send(picture(), "image/jpeg").await;
    let video = send(film(), "video/mp4").await;
    judged.on("a picture", ok, get(&format!("api/v1/media/{}", image["id"].as_str().unwrap()))).await;
    let path = format!("api/v1/media/{}", video["id"].as_str().unwrap());
    judged.on("a film that is not ready", StatusCode::PARTIAL_CONTENT, get(&path)).await;
    judged.on("a film that is", ok, get(&path)).await;

    // the document says text or media, where the server takes both
    let post = |key: &str, status: Value| {
        let post = client.post(at("api/v1/statuses")).bearer_auth(&token).header("Idempotency-Key", key);
        post.json(&status)
    };
    let pictured = json!({"media_ids": [image["id"]], "language": "da", "visibility": "public"});
    judged.on("a picture alone", ok, post("k1", pictured)).await;
    let status = json!({"status": "Vi søger https://job.example.dk/r/k7w2q", "language": "da", "visibility": "public"});
    let posted = judged.on("a post", ok, post("k2", status)).await;
    let path = format!("api/v1/statuses/{}", posted["id"].as_str().unwrap());
    judged.on("the post again", ok, get(&path)).await;
    let below = json!({"status": "Spørg os", "in_reply_to_id": posted["id"], "language": "da", "visibility": "public"});
    let answer = judged.on("an answer", ok, post("k3", below)).await;
    let thread = judged.on("the thread", ok, get(&format!("{path}/context"))).await;
    assert_eq!(thread["descendants"][0]["id"], answer["id"]);
    let list = format!("api/v1/accounts/{}/statuses?limit=40&exclude_reblogs=true", world.account().id);
    judged.on("the account's posts", ok, get(&list)).await;
    judged.on("taking it down", ok, client.delete(at(&path)).bearer_auth(&token)).await;
    judged.on("a post that is gone", StatusCode::NOT_FOUND, get(&path)).await;
    judged.on("who it is", ok, get("oauth/userinfo")).await;
    let nobody = client.get(at("api/v1/accounts/verify_credentials")).bearer_auth("nobody's");
    judged.on("a token that is nobody's", StatusCode::UNAUTHORIZED, nobody).await;
    let empty = client.post(at("api/v1/statuses")).bearer_auth(&token).json(&json!({"status": " "}));
    judged.on("an empty post", StatusCode::UNPROCESSABLE_ENTITY, empty).await;
    assert_eq!(judged.0, Vec::<String>::new());
}
