//! The practice Mastodon: OAuth, keys, media, and its own words for no.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use opslag::demo::worlds::{Kind, MediaPace, Running};
use reqwest::{
    Client, Response, StatusCode,
    multipart::{Form, Part},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{HOUR, access_token, at, client, film, picture, world};

const BACK: &str = "https://opslag.example.dk/channels/back";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

async fn body(answer: Response) -> (StatusCode, Value) {
    (answer.status(), answer.json().await.unwrap())
}

/// What a person does: opens the page, presses the button, is sent back.
struct Asking<'w> {
    client: Client,
    world: &'w Running,
    id: String,
    secret: String,
}

impl<'w> Asking<'w> {
    async fn register(world: &'w Running) -> Self {
        let client = client();
        let app = json!({
            "client_name": "Opslag", "redirect_uris": [BACK], "website": "https://opslag.example.dk",
            "scopes": "profile write:statuses write:media read:statuses",
        });
        let (status, app) =
            body(client.post(at(world, "api/v1/apps")).json(&app).send().await.unwrap()).await;
        assert_eq!((status, &app["client_secret_expires_at"]), (StatusCode::OK, &json!(0)));
        let word = |name: &str| app[name].as_str().unwrap().to_owned();
        Self { client, world, id: word("client_id"), secret: word("client_secret") }
    }

    fn wish(&self) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".into()),
            ("client_id", self.id.clone()),
            ("redirect_uri", BACK.into()),
            ("scope", "profile write:statuses write:media read:statuses".into()),
            ("state", "abc".into()),
            ("code_challenge", URL_SAFE_NO_PAD.encode(Sha256::digest(VERIFIER.as_bytes()))),
            ("code_challenge_method", "S256".into()),
        ]
    }

    /// Where the person is sent after answering.
    async fn answer(&self, answer: &str) -> Url {
        let mut form = self.wish();
        form.extend([("username", self.world.account().handle.clone()), ("answer", answer.into())]);
        let back = self.client.post(at(self.world, "oauth/authorize")).form(&form).send().await.unwrap();
        assert_eq!(back.status(), StatusCode::FOUND);
        back.headers()["location"].to_str().unwrap().parse().unwrap()
    }

    async fn code(&self) -> String {
        let back = self.answer("yes").await;
        assert!(back.as_str().starts_with(BACK));
        assert_eq!(query(&back, "state").unwrap(), "abc");
        query(&back, "code").unwrap()
    }

    async fn exchange(&self, code: &str, changed: &[(&'static str, &str)]) -> (StatusCode, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("client_id", &self.id),
            ("client_secret", &self.secret),
            ("redirect_uri", BACK),
            ("code_verifier", VERIFIER),
        ];
        for (name, value) in changed {
            form.retain(|(there, _)| there != name);
            form.push((name, value));
        }
        body(self.client.post(at(self.world, "oauth/token")).form(&form).send().await.unwrap()).await
    }
}

fn query(url: &Url, name: &str) -> Option<String> {
    url.query_pairs().find(|(n, _)| n == name).map(|(_, value)| value.into_owned())
}

#[tokio::test]
async fn a_person_lets_an_app_in_and_takes_it_back() {
    let (world, clock) = world(Kind::Mastodon);
    let asking = Asking::register(&world).await;
    let page = asking.client.get(at(&world, "oauth/authorize")).query(&asking.wish()).send().await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    let page = page.text().await.unwrap();
    assert!(page.contains("Log ind i øvelsesverdenen") && page.contains("Solvang Kommune"), "{page}");

    let no = asking.answer("no").await;
    assert_eq!((query(&no, "error").as_deref(), query(&no, "code")), (Some("access_denied"), None));

    let code = asking.code().await;
    for changed in [
        ("code_verifier", "another"),
        ("redirect_uri", "https://opslag.example.dk/other"),
        ("code", "another"),
    ] {
        let (status, answer) = asking.exchange(&code, &[changed]).await;
        assert_eq!(
            (status, &answer["error"]),
            (StatusCode::BAD_REQUEST, &json!("invalid_grant")),
            "{changed:?}"
        );
    }
    let (status, answer) = asking.exchange(&code, &[("client_secret", "another")]).await;
    assert_eq!((status, &answer["error"]), (StatusCode::UNAUTHORIZED, &json!("invalid_client")));

    let (status, token) = asking.exchange(&code, &[]).await;
    assert_eq!((status, &token["token_type"]), (StatusCode::OK, &json!("Bearer")));
    let token = token["access_token"].as_str().unwrap();
    assert_eq!(asking.exchange(&code, &[]).await.0, StatusCode::BAD_REQUEST, "a code works once");
    let late = asking.code().await;
    clock.advance(HOUR);
    assert_eq!(asking.exchange(&late, &[]).await.0, StatusCode::BAD_REQUEST, "a code works for ten minutes");

    let me = || asking.client.get(at(&world, "api/v1/accounts/verify_credentials")).bearer_auth(token).send();
    let (status, account) = body(me().await.unwrap()).await;
    assert_eq!((status, &account["username"]), (StatusCode::OK, &json!("solvang_kommune")));
    let revoke = [("client_id", asking.id.as_str()), ("client_secret", &asking.secret), ("token", token)];
    for _ in 0..2 {
        let answer = asking.client.post(at(&world, "oauth/revoke")).form(&revoke).send().await.unwrap();
        assert_eq!(body(answer).await, (StatusCode::OK, json!({})));
    }
    let (status, answer) = body(me().await.unwrap()).await;
    assert_eq!(
        (status, answer),
        (StatusCode::UNAUTHORIZED, json!({"error": "The access token was revoked"}))
    );
}

#[tokio::test]
async fn the_page_refuses_what_the_app_did_not_register() {
    let (world, _) = world(Kind::Mastodon);
    let asking = Asking::register(&world).await;
    for (name, value) in [
        ("client_id", "nobody"),
        ("redirect_uri", "https://evil.example/"),
        ("scope", "admin:write"),
        ("code_challenge_method", "plain"),
        ("response_type", "token"),
    ] {
        let mut wish = asking.wish();
        wish.retain(|(there, _)| *there != name);
        wish.push((name, value.into()));
        let page = asking.client.get(at(&world, "oauth/authorize")).query(&wish).send().await.unwrap();
        assert_eq!(page.status(), StatusCode::BAD_REQUEST, "{name}={value}");
        wish.extend([("answer", "yes".into()), ("username", "solvang_kommune".into())]);
        let pressed = asking.client.post(at(&world, "oauth/authorize")).form(&wish).send().await.unwrap();
        assert_eq!(pressed.status(), StatusCode::BAD_REQUEST, "{name}={value}");
    }
}

/// Someone with a token.
struct Poster<'w> {
    client: Client,
    world: &'w Running,
    token: String,
}

impl<'w> Poster<'w> {
    fn new(world: &'w Running) -> Self {
        Self { client: client(), world, token: access_token(world) }
    }
    async fn get(&self, path: &str) -> (StatusCode, Value) {
        body(self.client.get(at(self.world, path)).bearer_auth(&self.token).send().await.unwrap()).await
    }
    async fn post(&self, key: &str, status: Value) -> (StatusCode, Value) {
        let request = self.client.post(at(self.world, "api/v1/statuses")).bearer_auth(&self.token);
        body(request.header("Idempotency-Key", key).json(&status).send().await.unwrap()).await
    }
    async fn send(&self, bytes: Vec<u8>, mime: &str, alt: &str) -> (StatusCode, Value) {
        let part = Part::bytes(bytes).file_name("fil").mime_str(mime).unwrap();
        let form = Form::new().part("file", part).text("description", alt.to_owned());
        let request = self.client.post(at(self.world, "api/v2/media")).bearer_auth(&self.token);
        body(request.multipart(form).send().await.unwrap()).await
    }
    async fn refused(&self, status: Value, why: &str) {
        let before = self.world.posts().len();
        let answer = self.post("", status).await;
        assert_eq!(answer, (StatusCode::UNPROCESSABLE_ENTITY, json!({"error": why})));
        assert_eq!(self.world.posts().len(), before);
    }
}

fn id(json: &Value) -> &str {
    json["id"].as_str().unwrap()
}

#[tokio::test]
async fn the_same_key_within_the_hour_is_the_same_post() {
    let (world, clock) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    let (status, first) = poster.post("k1", json!({"status": "Vi søger en pædagog"})).await;
    assert_eq!(status, StatusCode::OK);
    clock.advance(HOUR - std::time::Duration::from_secs(1));
    let (_, again) = poster.post("k1", json!({"status": "Vi søger en pædagog"})).await;
    assert_eq!(first, again);
    // the key is looked at before the text is judged
    assert_eq!(poster.post("k1", json!({"status": ""})).await.1["id"], first["id"]);
    let (_, other) = poster.post("k2", json!({"status": "Vi søger en pædagog"})).await;
    assert_ne!(first["id"], other["id"]);
    assert_eq!(world.posts().len(), 2);

    clock.advance(std::time::Duration::from_secs(1));
    let (status, after) = poster.post("k1", json!({"status": "Vi søger en pædagog"})).await;
    assert_eq!(status, StatusCode::OK);
    assert_ne!(first["id"], after["id"], "after an hour the key is forgotten");

    // one that was taken down is not put up again by its key
    let url = at(&world, &format!("api/v1/statuses/{}", id(&after)));
    let gone = poster.client.delete(url).bearer_auth(&poster.token).send().await.unwrap();
    assert_eq!(body(gone).await.1["text"], "Vi søger en pædagog");
    assert_eq!(poster.get(&format!("api/v1/statuses/{}", id(&after))).await.0, StatusCode::NOT_FOUND);
    assert_eq!(poster.post("k1", json!({"status": "Vi søger en pædagog"})).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn keys_hold_when_two_calls_come_at_once() {
    let (world, _) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    let post = || poster.post("k", json!({"status": "Kun én gang"}));
    let answers = futures_util::future::join_all((0..20).map(|_| post())).await;
    assert!(answers.iter().all(|answer| answer.1["id"] == answers[0].1["id"]));
    assert_eq!(world.posts().len(), 1);
}

#[tokio::test]
async fn texts_are_judged_in_mastodons_words() {
    let (world, _) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    let url = "https://job.example.dk/r/k7w2q?med=en&meget=lang&hale=der&fylder=mere&end=treogtyve";
    let long = format!("{} {url}", "å".repeat(476));
    assert_eq!(
        poster.post("", json!({"status": long})).await.0,
        StatusCode::OK,
        "500 with the address as 23"
    );
    let why = "Validation failed: Text character limit of 500 exceeded";
    poster.refused(json!({"status": format!("å{long}")}), why).await;
    poster.refused(json!({"status": " \n"}), "Validation failed: Text can't be blank").await;
    poster
        .refused(
            json!({"status": "x", "visibility": "everyone"}),
            "Validation failed: Visibility is not included in the list",
        )
        .await;
    // as a form, as it takes both
    let form = [("status", "Som formular"), ("language", "da"), ("visibility", "unlisted")];
    let request = poster.client.post(at(&world, "api/v1/statuses")).bearer_auth(&poster.token).form(&form);
    let (status, answer) = body(request.send().await.unwrap()).await;
    assert_eq!((status, &answer["visibility"]), (StatusCode::OK, &json!("unlisted")));
    assert_eq!(world.posts()[0].language.as_deref(), Some("da"));
}

#[tokio::test]
async fn a_picture_is_ready_at_once_and_a_film_must_be_waited_for() {
    let (world, _) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    let (status, image) = poster.send(picture(), "image/jpeg", "En elev på gangen").await;
    assert_eq!((status, &image["type"]), (StatusCode::OK, &json!("image")));
    assert!(image["meta"]["original"]["width"].as_u64().unwrap() > 0 && image["url"].is_string());

    world.pace_media(MediaPace::AfterPolls(2));
    let (status, video) = poster.send(film(), "video/mp4", "En dag i hjemmeplejen").await;
    assert_eq!((status, &video["url"]), (StatusCode::ACCEPTED, &Value::Null));
    let both = json!([id(&image), id(&video)]);
    poster
        .refused(
            json!({"status": "x", "media_ids": [id(&video)]}),
            "Cannot attach files that have not finished processing. Try again in a moment!",
        )
        .await;
    let path = format!("api/v1/media/{}", id(&video));
    for _ in 0..2 {
        let (status, poll) = poster.get(&path).await;
        assert_eq!((status, &poll["url"]), (StatusCode::PARTIAL_CONTENT, &Value::Null));
    }
    let (status, ready) = poster.get(&path).await;
    assert_eq!((status, ready["url"].is_string()), (StatusCode::OK, true));

    let mixed = "Cannot attach a video to a post that already contains images";
    poster.refused(json!({"status": "x", "media_ids": both}), mixed).await;
    let (status, posted) = poster.post("f", json!({"status": "Se filmen", "media_ids": [id(&video)]})).await;
    assert_eq!((status, &posted["media_attachments"][0]["id"]), (StatusCode::OK, &video["id"]));
    assert_eq!(poster.get(&path).await.0, StatusCode::NOT_FOUND, "an attached one is no longer a draft");
    let why = format!("Media {} not found or already attached to another post", id(&video));
    poster.refused(json!({"status": "x", "media_ids": [id(&video)]}), &why).await;

    let bytes =
        poster.client.get(ready["url"].as_str().unwrap()).send().await.unwrap().bytes().await.unwrap();
    assert_eq!(bytes, film());
    assert_eq!(world.posts()[0].media[0].alt, "En dag i hjemmeplejen");
}

#[tokio::test]
async fn what_is_no_picture_or_film_is_refused() {
    let (world, _) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    let refused = |why: &str| (StatusCode::UNPROCESSABLE_ENTITY, json!({"error": why}));
    let why = "Validation failed: File content type is invalid, File is invalid";
    assert_eq!(poster.send(b"%PDF-1.7 et cv".to_vec(), "image/png", "").await, refused(why));
    assert_eq!(poster.send(b"<svg xmlns='...'/>".to_vec(), "image/svg+xml", "").await, refused(why));
    let why = "Validation failed: File file size must be less than 16 MB";
    let mut large = picture();
    large.resize(16 * 1024 * 1024 + 1, 0);
    assert_eq!(poster.send(large, "image/jpeg", "").await, refused(why));
    let why = "Validation failed: Description is too long (maximum is 1500 characters)";
    assert_eq!(poster.send(picture(), "image/jpeg", &"å".repeat(1501)).await, refused(why));
    let request = poster.client.post(at(&world, "api/v2/media")).bearer_auth(&poster.token);
    let nothing = request.multipart(Form::new().text("description", "x")).send().await.unwrap();
    assert_eq!(body(nothing).await, refused("Validation failed: File can't be blank"));

    world.pace_media(MediaPace::Never);
    let (status, video) = poster.send(film(), "video/mp4", "").await;
    assert_eq!(status, StatusCode::ACCEPTED);
    assert_eq!(poster.get(&format!("api/v1/media/{}", id(&video))).await.0, StatusCode::UNPROCESSABLE_ENTITY);

    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(poster.send(picture(), "image/jpeg", "").await.1["id"].clone());
    }
    poster.refused(json!({"status": "x", "media_ids": ids}), "Cannot attach more than 4 files").await;
}

#[tokio::test]
async fn own_posts_are_listed_page_by_page_and_found_by_their_address() {
    let (world, clock) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    for n in 0..5 {
        clock.advance(HOUR);
        let text = format!("Opslag {n}: https://job.example.dk/r/en-noget-lang-kode-nummer-{n}");
        poster.post("", json!({"status": text})).await;
    }
    let path = format!("api/v1/accounts/{}/statuses?limit=2", world.account().id);
    let answer = poster.client.get(at(&world, &path)).bearer_auth(&poster.token).send().await.unwrap();
    let link = answer.headers()["link"].to_str().unwrap().to_owned();
    let remaining: u32 = answer.headers()["x-ratelimit-remaining"].to_str().unwrap().parse().unwrap();
    assert!(remaining < 300);
    let reset = answer.headers()["x-ratelimit-reset"].to_str().unwrap();
    assert!(chrono::DateTime::parse_from_rfc3339(reset).is_ok(), "{reset}");
    let page: Vec<Value> = answer.json().await.unwrap();
    let html = |status: &Value| status["content"].as_str().unwrap().to_owned();
    assert_eq!(page.len(), 2);
    assert!(html(&page[0]).contains("href=\"https://job.example.dk/r/en-noget-lang-kode-nummer-4\""));
    let next = link.split(['<', '>']).nth(1).unwrap();
    let page: Vec<Value> =
        poster.client.get(next).bearer_auth(&poster.token).send().await.unwrap().json().await.unwrap();
    assert!(html(&page[0]).contains("nummer-2"), "{}", page[0]);
    assert_eq!(page[0]["application"]["name"], "Opslag");
}

#[tokio::test]
async fn tokens_open_only_what_they_were_given_for() {
    let (world, _) = world(Kind::Mastodon);
    let poster = Poster::new(&world);
    let asking = Asking::register(&world).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", asking.id.as_str()),
        ("client_secret", &asking.secret),
        ("scope", "read:statuses"),
    ];
    let answer = poster.client.post(at(&world, "oauth/token")).form(&form).send().await.unwrap();
    let narrow = Poster {
        client: client(),
        world: &world,
        token: body(answer).await.1["access_token"].as_str().unwrap().into(),
    };
    let outside = json!({"error": "This action is outside the authorized scopes"});
    assert_eq!(narrow.post("", json!({"status": "x"})).await, (StatusCode::FORBIDDEN, outside));
    let nobody = Poster { client: client(), world: &world, token: "nobody's".into() };
    let invalid = json!({"error": "The access token is invalid"});
    assert_eq!(nobody.post("", json!({"status": "x"})).await, (StatusCode::UNAUTHORIZED, invalid));
    assert_eq!(world.posts().len(), 0);
}
