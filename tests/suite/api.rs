//! The JSON API: its description, its tokens, problem documents, idempotency.

use opslag::accounts::Role;
use reqwest::{Client, Method, StatusCode};
use serde_json::{Value, json};

use crate::harness::TestApp;

struct Api {
    client: Client,
    url: String,
    token: String,
}

impl Api {
    fn of(app: &TestApp, token: &str) -> Self {
        let client = Client::builder().no_proxy().build().unwrap();
        Self { client, url: format!("{}/api/v1", app.url), token: token.into() }
    }

    async fn call(&self, method: Method, path: &str, key: &str, body: &Value) -> (StatusCode, Value) {
        let mut request = self.client.request(method, format!("{}{path}", self.url)).bearer_auth(&self.token);
        if !key.is_empty() {
            request = request.header("idempotency-key", key);
        }
        if !body.is_null() {
            request = request.body(body.to_string());
        }
        let answer = request.send().await.unwrap();
        (answer.status(), answer.json().await.unwrap_or(Value::Null))
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_description_names_every_operation() {
    let app = TestApp::start().await;
    let api = Api::of(&app, "");
    let (status, described) = api.call(Method::GET, "/openapi.json", "", &Value::Null).await;
    assert_eq!(status, StatusCode::OK);
    assert!(described["openapi"].as_str().unwrap().starts_with("3.1"));
    let text = described.to_string();
    for operation in [
        "createPosting",
        "updatePosting",
        "getPosting",
        "uploadMedia",
        "attachMedia",
        "listChannels",
        "publishPosting",
        "listDeliveries",
        "submitApplication",
        "listApplications",
        "getApplication",
        "moveApplication",
        "searchApplications",
        "getPostingCounts",
    ] {
        assert!(text.contains(&format!("\"operationId\":\"{operation}\"")), "{operation}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_create_gives_the_same_answer_and_one_posting() {
    let app = TestApp::start().await;
    let api = Api::of(&app, &app.token(Role::Recruiter, app.centre_north).await);
    let body = json!({"da": {"title": "Kok til Plejecenter Nord", "lead": "Lav mad.", "body": "<p>Mad</p><script>x</script>"}});
    let (status, first) = api.call(Method::POST, "/postings", "nøgle-1".trim_start_matches('n'), &body).await;
    // a header is ASCII: a key that is not is refused before anything happens
    assert_eq!((status, first["code"].as_str()), (StatusCode::BAD_REQUEST, Some("idempotency_key")));
    let (status, first) = api.call(Method::POST, "/postings", "key-1", &body).await;
    assert_eq!(status, StatusCode::CREATED, "{first}");
    assert_eq!(first["da"]["body"], "<p>Mad</p>", "what is not text is cleaned away");
    let (status, again) = api.call(Method::POST, "/postings", "key-1", &body).await;
    assert_eq!((status, &again), (StatusCode::CREATED, &first));
    let other = json!({"da": {"title": "Noget andet", "lead": "", "body": ""}});
    let (status, problem) = api.call(Method::POST, "/postings", "key-1", &other).await;
    assert_eq!(
        (status, problem["code"].as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("idempotency_key_reused"))
    );
    let id = first["id"].as_str().unwrap();
    let stale = json!({"version": 99, "pay": "Løn"});
    let (status, problem) = api.call(Method::PATCH, &format!("/postings/{id}"), "", &stale).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("stale_version")));
    let (status, problem) = api.call(Method::POST, &format!("/postings/{id}/open"), "", &Value::Null).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::UNPROCESSABLE_ENTITY, Some("not_ready")));
    assert!(!problem["errors"].as_array().unwrap().is_empty(), "what is missing is listed");
}

#[tokio::test(flavor = "multi_thread")]
async fn tokens_open_their_unit_and_role_only() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let someone = app.applied(ad.id, "Anna Holm", "").await;
    let paths = [
        format!("/postings/{}", ad.id),
        format!("/postings/{}/counts", ad.id),
        format!("/applications/{someone}"),
    ];
    for path in &paths {
        let nobody = Api::of(&app, "opslag_forkert").call(Method::GET, path, "", &Value::Null).await;
        assert_eq!(nobody.0, StatusCode::UNAUTHORIZED, "{path}");
        let south = app.token(Role::Recruiter, app.centre_south).await;
        let elsewhere = Api::of(&app, &south).call(Method::GET, path, "", &Value::Null).await;
        assert_eq!(
            (elsewhere.0, elsewhere.1["code"].as_str()),
            (StatusCode::NOT_FOUND, Some("not_found")),
            "{path}"
        );
        let north = app.token(Role::Recruiter, app.centre_north).await;
        let (status, seen) = Api::of(&app, &north).call(Method::GET, path, "", &Value::Null).await;
        assert_eq!(status, StatusCode::OK, "{path} {seen}");
    }
    let communications = app.token(Role::Communications, app.organisation).await;
    let api = Api::of(&app, &communications);
    let (status, problem) = api.call(Method::GET, &paths[2], "", &Value::Null).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::FORBIDDEN, Some("forbidden")));
    assert!(!problem.to_string().contains("Anna"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_application_comes_in_once_is_moved_and_counted() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let api = Api::of(&app, &app.token(Role::Recruiter, app.organisation).await);
    let mut ids = Vec::new();
    for _ in 0..2 {
        let form = reqwest::multipart::Form::new()
            .text("name", "Ørjan Åkjær")
            .text("email", "oerjan@example.dk")
            .text("letter", "Jeg laver god mad.")
            .part("file", reqwest::multipart::Part::text("Kok i ti år").file_name("cv.txt"));
        let answer = api
            .client
            .post(format!("{}/postings/{}/applications", api.url, ad.id))
            .bearer_auth(&api.token)
            .header("idempotency-key", "ansøgning".replace('ø', "o"))
            .multipart(form)
            .send()
            .await
            .unwrap();
        assert_eq!(answer.status(), StatusCode::CREATED);
        ids.push(answer.json::<Value>().await.unwrap()["id"].as_str().unwrap().to_owned());
    }
    assert_eq!(ids[0], ids[1], "the same key is the same application");
    let (_, seen) = api.call(Method::GET, &format!("/applications/{}", ids[0]), "", &Value::Null).await;
    assert_eq!(
        (seen["name"].as_str(), seen["files"].as_array().map(Vec::len)),
        (Some("Ørjan Åkjær"), Some(1))
    );
    let path = format!("/applications/{}/moves", ids[0]);
    let wanted = json!({"to": "interview", "version": seen["version"]});
    let (status, moved) = api.call(Method::POST, &path, "", &wanted).await;
    assert_eq!((status, moved["stage"].as_str()), (StatusCode::OK, Some("interview")));
    let (status, problem) = api.call(Method::POST, &path, "", &wanted).await;
    assert_eq!((status, problem["code"].as_str()), (StatusCode::CONFLICT, Some("stale_version")));
    let (_, counts) = api.call(Method::GET, &format!("/postings/{}/counts", ad.id), "", &Value::Null).await;
    assert_eq!(
        (counts["total"]["submitted"].as_i64(), counts["total"]["interview"].as_i64()),
        (Some(1), Some(1))
    );
    assert_eq!(counts["channels"][0]["channel"], "direct");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_call_many_times_in_the_same_moment_is_one() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let api = Api::of(&app, &app.token(Role::Recruiter, app.organisation).await);
    let before = app.rows("postings").await;
    for round in 0..4 {
        let key = format!("create-{round}");
        let body = json!({"da": {"title": "Bager", "lead": "Bag brød.", "body": "<p>Brød</p>"}});
        let calls = (0..5).map(|_| api.call(Method::POST, "/postings", &key, &body));
        let answers = futures_util::future::join_all(calls).await;
        assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
        assert_eq!(answers[0].0, StatusCode::CREATED);
        assert_eq!(app.rows("postings").await, before + round + 1);

        let key = format!("apply-{round}");
        let calls = (0..5).map(|_| {
            let form = reqwest::multipart::Form::new()
                .text("name", "Ørjan Åkjær")
                .text("email", "oerjan@example.dk")
                .part("file", reqwest::multipart::Part::text("Kok i ti år").file_name("cv.txt"));
            let path = format!("{}/postings/{}/applications", api.url, ad.id);
            let call = api.client.post(path).bearer_auth(&api.token).header("idempotency-key", &key);
            call.multipart(form).send()
        });
        let mut ids = std::collections::BTreeSet::new();
        for answer in futures_util::future::join_all(calls).await {
            let answer = answer.unwrap();
            assert_eq!(answer.status(), StatusCode::CREATED);
            ids.insert(answer.json::<Value>().await.unwrap()["id"].to_string());
        }
        assert_eq!((ids.len(), app.cards(ad.id).await.len()), (1, round + 1));
    }
}
