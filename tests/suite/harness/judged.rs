//! A judge beside the way to a practice world: whatever is sent goes to both, the world's answer comes back, and what the
//! judge says against the request is remembered. Standing in the way instead, it would read pictures as text and spoil them.

use std::sync::{Arc, Mutex};

use actix_web::{
    App, HttpRequest, HttpResponse, HttpServer,
    dev::ServerHandle,
    http::StatusCode,
    web::{self, Bytes, Data},
};
use url::Url;

/// On the air until dropped.
pub struct Judged {
    /// Where to send things.
    pub url: Url,
    said: Arc<Mutex<Vec<String>>>,
    seen: Arc<Mutex<Vec<String>>>,
    handle: ServerHandle,
}

struct Way {
    judge: String,
    world: String,
    /// Whether the judge knows an address.
    knows: fn(&str) -> bool,
    client: reqwest::Client,
    said: Arc<Mutex<Vec<String>>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Judged {
    /// Stands before `world`. `knows`: which paths the judge's document has.
    pub async fn start(judge: &str, world: &Url, knows: fn(&str) -> bool) -> Self {
        let (said, seen) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<Vec<String>>>::default());
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        let way = Data::new(Way {
            judge: judge.trim_end_matches('/').to_owned(),
            world: world.as_str().trim_end_matches('/').to_owned(),
            knows,
            client,
            said: said.clone(),
            seen: seen.clone(),
        });
        let server = HttpServer::new(move || {
            App::new()
                .app_data(way.clone())
                .app_data(web::PayloadConfig::new(64 << 20))
                .default_service(web::to(pass))
        })
        .workers(1)
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .unwrap();
        let url = format!("http://{}/", server.addrs()[0]).parse().unwrap();
        let server = server.run();
        let handle = server.handle();
        tokio::spawn(server);
        Self { url, said, seen, handle }
    }

    /// What was said against the requests so far.
    pub fn violations(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }
    /// Method and path of each request that was judged.
    pub fn judged(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

impl Drop for Judged {
    fn drop(&mut self) {
        drop(self.handle.stop(false));
    }
}

async fn pass(request: HttpRequest, body: Bytes, way: Data<Way>) -> HttpResponse {
    let send = |base: &str| {
        let method = reqwest::Method::from_bytes(request.method().as_str().as_bytes()).unwrap();
        let mut out = way.client.request(method, format!("{base}{}", request.uri()));
        for (name, value) in request.headers() {
            if !["host", "connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
                out = out.header(name.as_str(), value.as_bytes());
            }
        }
        out.body(body.clone()).send()
    };
    if (way.knows)(request.path()) {
        let what = format!("{} {}", request.method(), request.path());
        let verdict = send(&way.judge).await.unwrap();
        let status = verdict.status();
        let violations = verdict
            .headers()
            .get("sl-violations")
            .map(|v| String::from_utf8_lossy(v.as_bytes()).into_owned());
        if status.is_client_error() {
            let words = violations.unwrap_or(verdict.text().await.unwrap());
            way.said.lock().unwrap().push(format!("{what}: {status} {words}"));
        }
        way.seen.lock().unwrap().push(what);
    }
    let answer = send(&way.world).await.unwrap();
    let mut response = HttpResponse::build(StatusCode::from_u16(answer.status().as_u16()).unwrap());
    for (name, value) in answer.headers() {
        if !["connection", "content-length", "transfer-encoding"].contains(&name.as_str()) {
            response.append_header((name.as_str(), value.as_bytes()));
        }
    }
    response.body(answer.bytes().await.unwrap())
}
