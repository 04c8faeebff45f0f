//! The practice Bluesky against the reference server, question by question, and its clock.

use opslag::demo::worlds::Kind;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use super::{HOUR, app_password, at, client, film, picture, world};
use crate::harness::peers::Peer;

const POSTS: &str = "app.bsky.feed.post";

/// Asks a server the questions of a connection's life and writes down the answers, without what must differ.
struct Interview {
    client: Client,
    base: String,
    did: String,
    handle: String,
    access: String,
    answers: Vec<(String, Value)>,
}

impl Interview {
    async fn with(base: &str, handle: &str, did: &str, password: &str) -> Vec<(String, Value)> {
        let mut interview = Self {
            client: client(),
            base: base.trim_end_matches('/').to_owned(),
            did: did.to_owned(),
            handle: handle.to_owned(),
            access: String::new(),
            answers: Vec::new(),
        };
        interview.sessions(password).await;
        interview.records().await;
        interview.rules().await;
        interview.media().await;
        interview.answers
    }

    /// Status and body, with the account, the address, tokens and commits replaced by words.
    async fn ask(&mut self, what: &str, request: reqwest::RequestBuilder) -> Value {
        let answer = request.send().await.unwrap();
        let status = answer.status().as_u16();
        let bytes = answer.bytes().await.unwrap();
        let body: Value = serde_json::from_slice(&bytes).unwrap_or_else(|_| json!(bytes.len()));
        self.answers.push((what.to_owned(), json!({"status": status, "body": self.levelled(body.clone())})));
        body
    }

    fn levelled(&self, value: Value) -> Value {
        match value {
            Value::String(text) => text
                .replace(&self.did, "DID")
                .replace(&self.handle, "HANDLE")
                .replace(&self.base, "BASE")
                .into(),
            Value::Array(items) => items.into_iter().map(|item| self.levelled(item)).collect(),
            Value::Object(map) => map
                .into_iter()
                .filter_map(|(key, value)| {
                    let value = match key.as_str() {
                        "accessJwt" | "refreshJwt" | "commit" => json!("there"),
                        "didDoc" => self.levelled(value["service"].clone()),
                        "email" | "emailConfirmed" => return None,
                        _ => self.levelled(value),
                    };
                    Some((key, value))
                })
                .collect::<serde_json::Map<_, _>>()
                .into(),
            other => other,
        }
    }

    fn get(&self, method: &str) -> reqwest::RequestBuilder {
        self.client.get(format!("{}/xrpc/{method}", self.base))
    }

    fn post(&self, method: &str) -> reqwest::RequestBuilder {
        self.client.post(format!("{}/xrpc/{method}", self.base))
    }

    async fn sessions(&mut self, password: &str) {
        let log_in = "com.atproto.server.createSession";
        let wrong = json!({"identifier": self.handle, "password": "forkert"});
        self.ask("wrong password", self.post(log_in).json(&wrong)).await;
        self.ask("no identifier", self.post(log_in).json(&json!({}))).await;
        let right = json!({"identifier": self.handle, "password": password});
        let session = self.ask("log in", self.post(log_in).json(&right)).await;
        let token = |session: &Value, name: &str| session[name].as_str().unwrap().to_owned();
        let (access, refresh) = (token(&session, "accessJwt"), token(&session, "refreshJwt"));

        let who = "com.atproto.server.getSession";
        self.ask("who am I", self.get(who).bearer_auth(&access)).await;
        self.ask("no token", self.get(who)).await;
        self.ask("nonsense for a token", self.get(who).bearer_auth("nonsense")).await;
        let spoilt = format!("{}aaaaa", &access[..access.len() - 5]);
        self.ask("a token with another signature", self.get(who).bearer_auth(spoilt)).await;
        self.ask("a refresh token where an access token belongs", self.get(who).bearer_auth(&refresh)).await;

        let renew = "com.atproto.server.refreshSession";
        self.ask("an access token where a refresh token belongs", self.post(renew).bearer_auth(&access))
            .await;
        let second = self.ask("renew", self.post(renew).bearer_auth(&refresh)).await;
        self.ask("renew with the old token at once", self.post(renew).bearer_auth(&refresh)).await;
        self.access = token(&second, "accessJwt");
        let handle = self.handle.clone();
        let resolve = self.get("com.atproto.identity.resolveHandle").query(&[("handle", handle)]);
        self.ask("whose handle", resolve).await;
    }

    fn put(&self, key: &str, record: &Value) -> reqwest::RequestBuilder {
        self.post("com.atproto.repo.putRecord").bearer_auth(&self.access).json(&json!({
            "repo": self.did, "collection": POSTS, "rkey": key, "record": record,
        }))
    }

    fn create(&self, key: &str, record: &Value) -> reqwest::RequestBuilder {
        self.post("com.atproto.repo.createRecord").bearer_auth(&self.access).json(&json!({
            "repo": self.did, "collection": POSTS, "rkey": key, "record": record,
        }))
    }

    fn look(&self, key: &str) -> reqwest::RequestBuilder {
        self.get("com.atproto.repo.getRecord").query(&[
            ("repo", self.did.as_str()),
            ("collection", POSTS),
            ("rkey", key),
        ])
    }

    async fn records(&mut self) {
        let key = "3k4duaz5vfs2b";
        let record = post("Vi søger en sygeplejerske");
        self.ask("not there yet", self.look(key)).await;
        self.ask("put", self.put(key, &record)).await;
        self.ask("put the same again", self.put(key, &record)).await;
        self.ask("create under the same key", self.create(key, &record)).await;
        self.ask("it is there", self.look(key)).await;
        self.ask("put another text under the key", self.put(key, &post("Vi søger to"))).await;
        self.ask("create", self.create("3k4duaz5vfs3b", &post("Et til"))).await;

        let list = |limit: &str, cursor: Option<&str>| {
            let query = [("repo", self.did.as_str()), ("collection", POSTS), ("limit", limit)];
            let request = self.get("com.atproto.repo.listRecords").query(&query);
            cursor.map_or_else(
                || request.try_clone().unwrap(),
                |cursor| request.try_clone().unwrap().query(&[("cursor", cursor)]),
            )
        };
        let (all, one, rest) = (list("10", None), list("1", None), list("10", Some("3k4duaz5vfs3b")));
        self.ask("list", all).await;
        self.ask("list one", one).await;
        self.ask("list after it", rest).await;

        let by_handle =
            json!({"repo": self.handle, "collection": POSTS, "rkey": "3k4duaz5vfs4b", "record": post("x")});
        let create = "com.atproto.repo.createRecord";
        self.ask("under the handle", self.post(create).bearer_auth(&self.access).json(&by_handle)).await;
        let stranger =
            json!({"repo": "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "collection": POSTS, "record": post("x")});
        self.ask("in a stranger's repository", self.post(create).bearer_auth(&self.access).json(&stranger))
            .await;
        let keyless = json!({"repo": self.did, "collection": POSTS, "record": post("x")});
        let put = self.post("com.atproto.repo.putRecord").bearer_auth(&self.access).json(&keyless);
        self.ask("put without a key", put).await;
        self.ask("a key that is no time", self.put("nej", &record)).await;
        self.ask("without a token", self.post(create).json(&keyless)).await;
        let timeline = self.get("app.bsky.feed.getTimeline").bearer_auth(&self.access);
        self.ask("what only an AppView knows", timeline).await;

        for _ in 0..2 {
            let gone = json!({"repo": self.did, "collection": POSTS, "rkey": key});
            let delete = self.post("com.atproto.repo.deleteRecord").bearer_auth(&self.access).json(&gone);
            self.ask("take down", delete).await;
        }
        self.ask("it is gone", self.look(key)).await;
    }

    /// What the server says to a record, made under a key of its own.
    async fn judge(&mut self, what: &str, record: Value) {
        let key = format!("3k4duaz5vf{:0>3}", number(self.answers.len()));
        self.ask(what, self.put(&key, &record)).await;
    }

    async fn rules(&mut self) {
        let with = |name: &str, value: Value| {
            let mut record = post("x");
            record[name] = value;
            record
        };
        self.judge("300 letters of two bytes", post(&"æ".repeat(300))).await;
        self.judge("301 letters", post(&"æ".repeat(301))).await;
        self.judge("290 letters of 13 bytes", post(&"👩‍⚕️".repeat(290))).await;
        self.judge("an empty text", post("")).await;
        self.judge("another type", with("$type", json!("app.bsky.feed.like"))).await;
        self.judge("no such time", with("createdAt", json!("i dag"))).await;
        self.judge("four languages", with("langs", json!(["da", "en", "de", "fr"]))).await;
        for missing in ["text", "createdAt", "$type"] {
            let mut record = post("x");
            record.as_object_mut().unwrap().remove(missing);
            self.judge(&format!("without {missing}"), record).await;
        }
        let facet = |index: Value, features: Value| json!([{"index": index, "features": features}]);
        let link = |uri: &str| json!([{"$type": "app.bsky.richtext.facet#link", "uri": uri}]);
        let index = json!({"byteStart": 0, "byteEnd": 1});
        self.judge("a link", with("facets", facet(index.clone(), link("https://job.example.dk/r/k7w2q"))))
            .await;
        self.judge("a link to nowhere", with("facets", facet(index.clone(), link("nej")))).await;
        self.judge(
            "a link before the text",
            with("facets", facet(json!({"byteStart": -1, "byteEnd": 1}), link("https://a.dk"))),
        )
        .await;
        self.judge("a facet that does nothing", with("facets", json!([{"index": index}]))).await;
        let card = |external: Value| {
            with("embed", json!({"$type": "app.bsky.embed.external", "external": external}))
        };
        self.judge("a card", card(json!({"uri": "https://a.dk", "title": "T", "description": "D"}))).await;
        self.judge("a card without a description", card(json!({"uri": "https://a.dk", "title": "T"}))).await;
        self.judge("a card to nowhere", card(json!({"uri": "nej", "title": "T", "description": "D"}))).await;
        self.judge("an embed nobody knows", with("embed", json!({"$type": "app.bsky.embed.zzz"}))).await;
    }

    async fn send(&mut self, what: &str, mime: &str, bytes: Vec<u8>) -> Value {
        let request = self
            .post("com.atproto.repo.uploadBlob")
            .bearer_auth(&self.access)
            .header("content-type", mime)
            .body(bytes);
        self.ask(what, request).await["blob"].take()
    }

    async fn media(&mut self) {
        let with = |embed: Value| {
            let mut record = post("Et billede");
            record["embed"] = embed;
            record
        };
        let images = |images: Vec<Value>| with(json!({"$type": "app.bsky.embed.images", "images": images}));
        let image =
            |blob: &Value| json!({"alt": "En elev", "image": blob, "aspectRatio": {"width": 3, "height": 2}});

        let blob = self.send("a picture", "image/jpeg", picture()).await;
        self.send("a picture that says it is a film", "video/mp4", picture()).await;
        self.send("nothing", "image/jpeg", Vec::new()).await;
        let typeless = self.post("com.atproto.repo.uploadBlob").bearer_auth(&self.access).body(picture());
        self.ask("a picture without a type", typeless).await;
        let nobody =
            self.post("com.atproto.repo.uploadBlob").header("content-type", "image/jpeg").body(picture());
        self.ask("a picture from nobody", nobody).await;

        self.judge("one picture", images(vec![image(&blob)])).await;
        self.judge("five pictures", images(vec![image(&blob); 5])).await;
        self.judge("a picture without alt", images(vec![json!({"image": blob})])).await;
        let flat = json!({"alt": "", "image": blob, "aspectRatio": {"width": 0, "height": 2}});
        self.judge("a picture without width", images(vec![flat])).await;
        let mut other = blob.clone();
        other["ref"]["$link"] = json!("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku");
        self.judge("a picture that was not sent", images(vec![image(&other)])).await;
        let mut large = picture();
        large.resize(1_000_001, 0);
        let large = self.send("a large picture", "image/jpeg", large).await;
        self.judge("a picture that is too large", images(vec![image(&large)])).await;

        let moving = self.send("a film", "video/mp4", film()).await;
        let video =
            |blob: &Value| with(json!({"$type": "app.bsky.embed.video", "video": blob, "alt": "En dag"}));
        self.judge("one film", video(&moving)).await;
        self.judge("a picture as a film", video(&blob)).await;
        self.judge("a film as a picture", images(vec![image(&moving)])).await;
        let mut claimed = blob.clone();
        claimed["mimeType"] = json!("image/png");
        self.judge("a used picture, said to be of another type", images(vec![image(&claimed)])).await;
        let mut fresh = picture();
        fresh.push(0);
        let mut claimed = self.send("another picture", "image/jpeg", fresh).await;
        claimed["mimeType"] = json!("image/png");
        self.judge("an unused picture, said to be of another type", images(vec![image(&claimed)])).await;

        let cid = blob["ref"]["$link"].as_str().unwrap().to_owned();
        let did = self.did.clone();
        let get =
            |cid: &str| self.get("com.atproto.sync.getBlob").query(&[("did", did.as_str()), ("cid", cid)]);
        let (there, missing) =
            (get(&cid), get("bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"));
        self.ask("the picture again", there).await;
        self.ask("a picture that is not there", missing).await;
    }
}

/// A number in the letters of record keys.
fn number(n: usize) -> String {
    let letters = b"234567abcdefghijklmnopqrstuvwxyz";
    [n / 32 % 32, n % 32].map(|digit| char::from(letters[digit])).iter().collect::<String>() + "2"
}

fn post(text: &str) -> Value {
    json!({"$type": POSTS, "text": text, "createdAt": "2026-11-24T09:00:00.000Z", "langs": ["da"]})
}

#[tokio::test]
async fn practice_and_reference_give_the_same_answers() {
    let pds = Peer::start("bluesky", &[]); // its own, with nothing in it
    let (practice, _) = world(Kind::Bluesky);
    let (handle, password) = app_password(&practice);
    let real = Interview::with(pds.url(), pds.get("HANDLE"), pds.get("DID"), pds.get("APP_PASSWORD")).await;
    let ours = Interview::with(practice.url().as_str(), &handle, &practice.account().id, &password).await;
    assert!(real.len() > 60, "only {} questions", real.len());
    for (real, ours) in real.iter().zip(&ours) {
        assert_eq!(real, ours, "the reference server says the first, the practice the second");
    }
    assert_eq!(real.len(), ours.len());
}

async fn session(client: &Client, url: &str, method: &str, token: &str) -> (StatusCode, Value) {
    let method =
        if method.ends_with("refreshSession") { (Method::POST, method) } else { (Method::GET, method) };
    let answer =
        client.request(method.0, format!("{url}xrpc/{}", method.1)).bearer_auth(token).send().await.unwrap();
    (answer.status(), answer.json().await.unwrap())
}

#[tokio::test]
async fn tokens_run_out_by_the_clock() {
    let (world, clock) = world(Kind::Bluesky);
    let (handle, password) = app_password(&world);
    let (client, url) = (client(), world.url().as_str());
    let first: Value = client
        .post(at(&world, "xrpc/com.atproto.server.createSession"))
        .json(&json!({"identifier": handle, "password": password}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let word = |session: &Value, name: &str| session[name].as_str().unwrap().to_owned();
    let (who, renew) = ("com.atproto.server.getSession", "com.atproto.server.refreshSession");
    let (access, refresh) = (word(&first, "accessJwt"), word(&first, "refreshJwt"));
    assert_eq!(session(&client, url, who, &access).await.0, StatusCode::OK);

    clock.advance(2 * HOUR);
    let (status, body) = session(&client, url, who, &access).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("ExpiredToken")));

    let (status, second) = session(&client, url, renew, &refresh).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(session(&client, url, who, &word(&second, "accessJwt")).await.0, StatusCode::OK);

    // the old one leads to the same next one for two hours, and then to nothing
    clock.advance(HOUR);
    assert_eq!(session(&client, url, renew, &refresh).await.0, StatusCode::OK);
    clock.advance(HOUR);
    let (status, body) = session(&client, url, renew, &refresh).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("ExpiredToken")));
    let (status, third) = session(&client, url, renew, &word(&second, "refreshJwt")).await;
    assert_eq!(status, StatusCode::OK);

    clock.advance(91 * 24 * HOUR);
    let (status, body) = session(&client, url, renew, &word(&third, "refreshJwt")).await;
    assert_eq!((status, &body["error"]), (StatusCode::BAD_REQUEST, &json!("ExpiredToken")));
}

#[tokio::test]
async fn revoking_ends_tokens_and_app_password_until_a_new_one_is_made() {
    let (world, _) = world(Kind::Bluesky);
    let log_in = |(handle, password): (String, String)| {
        client()
            .post(at(&world, "xrpc/com.atproto.server.createSession"))
            .json(&json!({"identifier": handle, "password": password}))
            .send()
    };
    let before = app_password(&world);
    let session: Value = log_in(before.clone()).await.unwrap().json().await.unwrap();
    world.revoke_everything();
    let who = client()
        .get(at(&world, "xrpc/com.atproto.server.getSession"))
        .bearer_auth(session["accessJwt"].as_str().unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(who.status(), StatusCode::BAD_REQUEST);
    assert_eq!(log_in(before).await.unwrap().status(), StatusCode::UNAUTHORIZED);
    assert_eq!(log_in(app_password(&world)).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn what_is_too_large_is_refused_and_the_client_hears_it() {
    let (world, _) = world(Kind::Bluesky);
    let (handle, password) = app_password(&world);
    let session: Value = client()
        .post(at(&world, "xrpc/com.atproto.server.createSession"))
        .json(&json!({"identifier": handle, "password": password}))
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    let answer = client()
        .post(at(&world, "xrpc/com.atproto.repo.uploadBlob"))
        .bearer_auth(session["accessJwt"].as_str().unwrap())
        .header("content-type", "video/mp4")
        .body(vec![0; 50 * 1024 * 1024 + 1])
        .send()
        .await
        .unwrap();
    assert_eq!(answer.status(), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(answer.json::<Value>().await.unwrap()["error"], "PayloadTooLarge");
}
