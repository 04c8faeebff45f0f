//! A practice Mastodon: answers as a server of version 4.4 is documented and known to answer, strict where the
//! small servers of the Fediverse are lax: idempotency keys for an hour, 422 with its own texts, 206 while a film
//! is prepared, scopes, PKCE.

mod media;
mod oauth;
mod server;
mod statuses;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
    web::{self, Data, Payload},
};
use serde_json::json;

use super::{
    Account, Act, Card, Credentials, Ground, MediaPace, Medium, Post, Town,
    fields::{Fields, Unreadable},
    lock, wall,
};
use crate::base::{Instant, text::slug};

/// Characters in a post.
const MAX_CHARACTERS: usize = 500;
/// Pictures in a post.
const MAX_ATTACHMENTS: usize = 4;
/// Characters of an alternative text.
const MAX_DESCRIPTION: usize = 1500;
/// Bytes of a picture.
const IMAGE_LIMIT: usize = 16_777_216;
/// Bytes of a film.
const VIDEO_LIMIT: usize = 103_809_024;
/// Calls in five minutes, as its headers say; only [`super::Prank::TooMany`] refuses any.
const CALLS: u32 = 300;
const CALLS_WINDOW: Duration = Duration::from_secs(300);
/// How long the same key means the same post.
const KEY_LASTS: Duration = Duration::from_secs(3600);

/// What it knows.
pub(super) struct Mastodon {
    ground: Arc<Ground>,
    state: Mutex<State>,
}

struct State {
    people: Vec<Person>,
    apps: Vec<oauth::App>,
    codes: HashMap<String, oauth::Code>,
    tokens: HashMap<String, oauth::Token>,
    /// By number.
    media: BTreeMap<u64, media::Attachment>,
    /// By number, which is by time.
    statuses: BTreeMap<u64, statuses::Status>,
    /// Per account and key: which post, and when.
    keys: HashMap<(u64, String), (u64, Instant)>,
    pace: MediaPace,
    last_id: u64,
    window: Instant,
    calls: u32,
    /// Calls a window holds.
    most: u32,
}

struct Person {
    id: u64,
    username: String,
    name: String,
    since: Instant,
}

/// An error as its API says it.
#[derive(Debug, thiserror::Error)]
#[error("{status}: {error}")]
struct Refusal {
    status: StatusCode,
    error: String,
    /// Only OAuth has one.
    description: Option<&'static str>,
}

impl Refusal {
    fn new(status: StatusCode, error: impl Into<String>) -> Self {
        Self { status, error: error.into(), description: None }
    }
    /// 422 "Validation failed: …".
    fn validation(why: impl std::fmt::Display) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, format!("Validation failed: {why}"))
    }
    /// 422 in its own words.
    fn unprocessable(why: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, why)
    }
    fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "Record not found")
    }
    fn unauthorized(why: &str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, why)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        if self.status == StatusCode::UNAUTHORIZED {
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"Doorkeeper\""));
        }
        match self.description {
            Some(description) => {
                response.json(json!({"error": self.error, "error_description": description}))
            }
            None => response.json(json!({"error": self.error})),
        }
    }
}

impl From<Unreadable> for Refusal {
    fn from(why: Unreadable) -> Self {
        let (status, words) = match why {
            Unreadable::Query => (StatusCode::BAD_REQUEST, "Invalid query parameters"),
            Unreadable::Body => (StatusCode::BAD_REQUEST, "Error occurred while parsing request parameters"),
            Unreadable::Line => (StatusCode::BAD_REQUEST, "Error occurred while reading the request"),
            Unreadable::Long => (StatusCode::PAYLOAD_TOO_LARGE, "Payload too large"),
        };
        Self::new(status, words)
    }
}

/// A request's fields. It takes forms, JSON and parts alike.
async fn read(request: &HttpRequest, body: Payload) -> Result<Fields, Refusal> {
    Ok(Fields::of(request, body, VIDEO_LIMIT).await?)
}

type Reply = Result<HttpResponse, Refusal>;

impl Mastodon {
    pub fn new(ground: Arc<Ground>) -> Self {
        let now = ground.clock.now();
        let state = State {
            people: Vec::new(),
            apps: Vec::new(),
            codes: HashMap::new(),
            tokens: HashMap::new(),
            media: BTreeMap::new(),
            statuses: BTreeMap::new(),
            keys: HashMap::new(),
            pace: MediaPace::AfterPolls(1),
            last_id: 0,
            window: now,
            calls: 0,
            most: CALLS,
        };
        Self { ground, state: Mutex::new(state) }
    }

    /// 200 with the rate-limit headers that every answer to a token carries.
    fn answer(&self, state: &mut State, status: StatusCode) -> actix_web::HttpResponseBuilder {
        let now = self.ground.clock.now();
        if now.since(state.window) >= CALLS_WINDOW {
            state.window = now;
            state.calls = 0;
        }
        state.calls += 1;
        let mut response = HttpResponse::build(status);
        response
            .insert_header(("X-RateLimit-Limit", state.most.to_string()))
            .insert_header(("X-RateLimit-Remaining", state.most.saturating_sub(state.calls).to_string()))
            .insert_header(("X-RateLimit-Reset", (state.window + CALLS_WINDOW).rfc3339_millis()));
        response
    }

    /// A number that has not been used: milliseconds and a count, as its snowflakes are.
    fn next_id(&self, state: &mut State) -> u64 {
        let by_time = (self.ground.clock.now().micros().unsigned_abs() / 1000) << 16;
        state.last_id = by_time.max(state.last_id + 1);
        state.last_id
    }

    fn account_json(&self, person: &Person, statuses: usize) -> serde_json::Value {
        let base = self.ground.base();
        let url = format!("{base}/@{}", person.username);
        json!({
            "id": person.id.to_string(), "username": person.username, "acct": person.username,
            "display_name": person.name, "locked": false, "bot": false, "discoverable": true, "indexable": false, "group": false,
            "created_at": person.since.rfc3339_millis(), "note": "<p>Øvelse – ikke en rigtig konto</p>",
            "url": url, "uri": format!("{base}/users/{}", person.username),
            "avatar": format!("{base}/wall/avatar.svg"), "avatar_static": format!("{base}/wall/avatar.svg"),
            "header": format!("{base}/wall/avatar.svg"), "header_static": format!("{base}/wall/avatar.svg"),
            "followers_count": 0, "following_count": 0, "statuses_count": statuses,
            "emojis": [], "fields": [],
        })
    }
}

impl State {
    fn person(&self, id: u64) -> Option<&Person> {
        self.people.iter().find(|person| person.id == id)
    }
    fn person_named(&self, username: &str) -> Option<&Person> {
        self.people.iter().find(|person| person.username == username)
    }
    fn count_of(&self, person: u64) -> usize {
        self.statuses.values().filter(|status| status.person == person).count()
    }
}

impl Town for Mastodon {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .route("/.well-known/oauth-authorization-server", web::get().to(oauth::metadata))
            .route("/.well-known/nodeinfo", web::get().to(server::node_links))
            .route("/nodeinfo/2.0", web::get().to(server::node))
            .route("/api/v1/apps", web::post().to(oauth::create_app))
            .route("/api/v1/apps/verify_credentials", web::get().to(oauth::verify_app))
            .route("/oauth/authorize", web::get().to(oauth::ask))
            .route("/oauth/authorize", web::post().to(oauth::decide))
            .route("/oauth/token", web::post().to(oauth::token))
            .route("/oauth/userinfo", web::get().to(oauth::user_info))
            .route("/oauth/revoke", web::post().to(oauth::revoke))
            .route("/api/v1/instance", web::get().to(server::version_1))
            .route("/api/v2/instance", web::get().to(server::version_2))
            .route("/api/v1/accounts/verify_credentials", web::get().to(server::verify_credentials))
            .route("/api/v1/accounts/{id}/statuses", web::get().to(statuses::of_account))
            .route("/api/v2/media", web::post().to(media::create))
            .route("/api/v1/media/{id}", web::get().to(media::show))
            .route("/api/v1/media/{id}", web::put().to(media::update))
            .route("/media/{name}", web::get().to(media::file))
            .route("/api/v1/statuses", web::post().to(statuses::create))
            .route("/api/v1/statuses/{id}/context", web::get().to(statuses::context))
            .route("/api/v1/statuses/{id}", web::get().to(statuses::show))
            .route("/api/v1/statuses/{id}", web::put().to(statuses::update))
            .route("/api/v1/statuses/{id}", web::delete().to(statuses::delete));
    }

    fn act(&self, method: &str, path: &str) -> Option<Act> {
        match path {
            "/api/v1/apps" | "/oauth/token" | "/oauth/revoke" => return Some(Act::Connect),
            "/api/v1/statuses" => return Some(Act::Publish),
            "/.well-known/oauth-authorization-server" | "/oauth/userinfo" => return Some(Act::Look),
            _ => {}
        }
        let rest = path.strip_prefix("/api/")?;
        Some(if rest.contains("/media") {
            Act::Upload
        } else if rest.contains("/statuses") {
            match method {
                "DELETE" => Act::Withdraw,
                "PUT" => Act::Edit,
                _ => Act::Find,
            }
        } else {
            Act::Look
        })
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Refusal::new(status, message).error_response()
    }

    fn too_many(&self, seconds: u32) -> HttpResponse {
        let reset = self.ground.clock.now() + Duration::from_secs(seconds.into());
        HttpResponse::TooManyRequests()
            .insert_header(("X-RateLimit-Limit", CALLS.to_string()))
            .insert_header(("X-RateLimit-Remaining", "0"))
            .insert_header(("X-RateLimit-Reset", reset.rfc3339_millis()))
            .json(json!({"error": "Too many requests"}))
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        state
            .statuses
            .iter()
            .rev()
            .filter_map(|(id, status)| {
                let person = state.person(status.person)?;
                let media: Vec<_> = status
                    .media
                    .iter()
                    .filter_map(|id| {
                        let attachment = state.media.get(id)?;
                        Some(Medium {
                            kind: attachment.kind,
                            address: attachment.address(&base),
                            mime: attachment.file.mime.clone(),
                            alt: attachment.description.clone(),
                            size: attachment.file.bytes.len(),
                        })
                    })
                    .collect();
                let pieces = wall::with_links(&status.text);
                // it makes a card of the first link when nothing is attached
                let first = pieces.iter().find_map(|piece| piece.link.clone()).filter(|_| media.is_empty());
                let card = first.map(|address| Card {
                    address,
                    title: String::new(),
                    description: String::new(),
                    picture: None,
                });
                Some(Post {
                    key: id.to_string(),
                    url: format!("{base}/@{}/{id}", person.username),
                    name: person.name.clone(),
                    handle: format!("@{}", person.username),
                    at: status.at,
                    edited: status.edited,
                    pieces,
                    media,
                    card,
                    language: status.language.clone(),
                    answers: status.answers.map(|above| above.to_string()),
                    comments: Vec::new(),
                })
            })
            .collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let mut state = lock(&self.state);
        let id = self.next_id(&mut state);
        let person = Person {
            id,
            username: slug(name).replace('-', "_"),
            name: name.to_owned(),
            since: self.ground.clock.now(),
        };
        let account =
            Account { id: id.to_string(), handle: person.username.clone(), name: person.name.clone() };
        state.people.push(person);
        account
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        let mut state = lock(&self.state);
        let person = account.id.parse().ok()?;
        state.person(person)?;
        let scopes = oauth::every_scope();
        let app = oauth::App::new(&self.ground.chance, "Opslag", vec![oauth::OUT_OF_BAND.into()], scopes);
        let access_token = self.ground.chance.token();
        let credentials = Credentials::Token {
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
            access_token: access_token.clone(),
            refresh_token: String::new(),
            life: None,
            scope: app.scopes.join(" "),
            owner: String::new(),
        };
        let token = oauth::Token::new(&app, Some(person), app.scopes.clone(), self.ground.clock.now());
        state.tokens.insert(access_token, token);
        state.apps.push(app);
        Some(credentials)
    }

    fn revoke_everything(&self) {
        for token in lock(&self.state).tokens.values_mut() {
            token.revoked = true;
        }
    }

    fn pace_media(&self, pace: MediaPace) {
        lock(&self.state).pace = pace;
    }

    fn hold(&self, most: u32) {
        lock(&self.state).most = most;
    }
}

/// The id in an address; what is no number is no record.
fn number(id: &str) -> Result<u64, Refusal> {
    id.parse().map_err(|_| Refusal::not_found())
}

/// The token of a request, when it has one.
fn bearer(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}
