//! A practice X: answers as version 2 of its API is documented, and as strictly. An unknown field is refused, an access
//! token lives two hours and a refresh token works once, films come in segments, and the same words by the same account
//! are refused. Lists may lag ([`super::World::lag`]).

mod media;
mod posts;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::StatusCode,
    web::{self, Bytes, Data},
};
use serde_json::json;

use super::{
    Account, Act, Card, Credentials, Ground, MediaPace, Medium, Post, Town,
    consent::{Denied, Desk, Refused, Renewal, Terms},
    lock, wall, wall_pages,
};
use crate::base::text::slug;

/// Every right that an app which posts may ask for.
const SCOPES: [&str; 6] =
    ["tweet.read", "tweet.write", "users.read", "media.write", "offline.access", "tweet.moderate.write"];
/// Calls in a quarter of an hour, as its headers say; only [`super::Prank::TooMany`] refuses any.
const CALLS: u32 = 100;
const WINDOW: Duration = Duration::from_secs(900);

/// What it knows.
pub(super) struct X {
    ground: Arc<Ground>,
    desk: Desk,
    state: Mutex<State>,
}

struct State {
    people: Vec<Person>,
    media: BTreeMap<u64, media::Upload>,
    posts: BTreeMap<u64, posts::Post>,
    pace: MediaPace,
    last_id: u64,
}

struct Person {
    id: String,
    username: String,
    name: String,
}

/// A no as its API says it.
#[derive(Debug, thiserror::Error)]
#[error("{status}: {detail}")]
struct Refusal {
    status: StatusCode,
    /// The last part of the address that names the class; empty when it names none.
    class: &'static str,
    title: &'static str,
    detail: String,
}

impl Refusal {
    fn invalid(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            class: "invalid-request",
            title: "Invalid Request",
            detail: detail.into(),
        }
    }
    fn forbidden(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::FORBIDDEN, class: "", title: "Forbidden", detail: detail.into() }
    }
    fn not_found(what: &str) -> Self {
        Self {
            status: StatusCode::NOT_FOUND,
            class: "resource-not-found",
            title: "Not Found Error",
            detail: format!("Could not find {what}"),
        }
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Token => Self {
                status: StatusCode::UNAUTHORIZED,
                class: "",
                title: "Unauthorized",
                detail: "Unauthorized".into(),
            },
            Denied::Right => Self {
                status: StatusCode::FORBIDDEN,
                class: "not-authorized-for-resource",
                title: "Authorization Error",
                detail: "You are not permitted to perform this action.".into(),
            },
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        let class = if self.class.is_empty() {
            "about:blank".to_owned()
        } else {
            format!("https://api.x.com/2/problems/{}", self.class)
        };
        HttpResponse::build(self.status).content_type("application/problem+json").json(json!({
            "title": self.title, "detail": self.detail, "type": class, "status": self.status.as_u16(),
        }))
    }
}

type Reply = Result<HttpResponse, Refusal>;

impl X {
    pub fn new(ground: Arc<Ground>) -> Self {
        let desk = Desk::new(Terms {
            scopes: &SCOPES,
            separator: ' ',
            pkce: true,
            code: Duration::from_secs(30),
            token: Duration::from_secs(7200),
            renewal: Renewal::Anew,
            client_id: "client_id",
        });
        let state = State {
            people: Vec::new(),
            media: BTreeMap::new(),
            posts: BTreeMap::new(),
            pace: MediaPace::AfterPolls(1),
            last_id: 0,
        };
        Self { ground, desk, state: Mutex::new(state) }
    }

    /// An answer with the headers that count calls.
    fn answer(&self, status: StatusCode) -> actix_web::HttpResponseBuilder {
        let mut response = HttpResponse::build(status);
        response
            .insert_header(("x-rate-limit-limit", CALLS.to_string()))
            .insert_header(("x-rate-limit-remaining", (CALLS - 1).to_string()))
            .insert_header(("x-rate-limit-reset", (self.ground.clock.now() + WINDOW).seconds().to_string()));
        response
    }

    /// A number that has not been used, by time.
    fn next_id(&self, state: &mut State) -> u64 {
        let by_time = (self.ground.clock.now().micros().unsigned_abs() / 1000) << 20;
        state.last_id = by_time.max(state.last_id + 1);
        state.last_id
    }

    /// Whom a request acts for.
    fn allowed(&self, request: &HttpRequest, scopes: &[&str]) -> Result<String, Refusal> {
        Ok(self.desk.allowed(&self.ground, request, scopes)?)
    }
}

fn refused(Refused(word): Refused) -> HttpResponse {
    let status = if word == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    HttpResponse::build(status)
        .json(json!({ "error": word, "error_description": "Value passed was invalid." }))
}

async fn ask(world: Data<X>, request: HttpRequest) -> HttpResponse {
    let people = lock(&world.state).people.iter().map(|p| (p.username.clone(), p.name.clone())).collect();
    world.desk.ask(&world.ground, &request, people)
}

async fn decide(world: Data<X>, body: Bytes) -> HttpResponse {
    world.desk.decide(&world.ground, &body, |username| {
        lock(&world.state).people.iter().find(|p| p.username == username).map(|p| p.id.clone())
    })
}

async fn token(world: Data<X>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.token(&world.ground, &request, &body) {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(error) => refused(error),
    }
}

async fn revoke(world: Data<X>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.revoke(&request, &body) {
        Ok(()) => HttpResponse::Ok().json(json!({ "revoked": true })),
        Err(error) => refused(error),
    }
}

async fn me(world: Data<X>, request: HttpRequest) -> Reply {
    let person = world.allowed(&request, &["users.read", "tweet.read"])?;
    let state = lock(&world.state);
    let person = state.people.iter().find(|p| p.id == person).ok_or_else(|| Refusal::not_found("user"))?;
    Ok(world.answer(StatusCode::OK).json(json!({
        "data": { "id": person.id, "name": person.name, "username": person.username },
    })))
}

impl Town for X {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .route("/i/oauth2/authorize", web::get().to(ask))
            .route("/oauth/authorize", web::post().to(decide))
            .route("/2/oauth2/token", web::post().to(token))
            .route("/2/oauth2/revoke", web::post().to(revoke))
            .route("/2/users/me", web::get().to(me))
            .route("/2/users/{id}/tweets", web::get().to(posts::of_account))
            .route("/2/tweets", web::post().to(posts::create))
            .route("/2/tweets/{id}", web::delete().to(posts::delete))
            .route("/2/media/upload", web::post().to(media::whole))
            .route("/2/media/upload", web::get().to(media::status))
            .route("/2/media/upload/initialize", web::post().to(media::initialize))
            .route("/2/media/upload/{id}/append", web::post().to(media::append))
            .route("/2/media/upload/{id}/finalize", web::post().to(media::finalize))
            .route("/2/media/metadata", web::post().to(media::describe))
            .route("/2/media/subtitles", web::post().to(media::subtitles))
            .route("/media/{name}", web::get().to(media::file))
            .route("/{handle}/status/{key}", web::get().to(wall_pages::one))
            .route("/{handle}", web::get().to(wall_pages::wall));
    }

    fn act(&self, method: &str, path: &str) -> Option<Act> {
        let rest = path.strip_prefix("/2/")?;
        Some(if rest.starts_with("oauth2/") {
            Act::Connect
        } else if rest.starts_with("media/") {
            Act::Upload
        } else if rest == "tweets" {
            Act::Publish
        } else if method == "DELETE" {
            Act::Withdraw
        } else if rest.ends_with("/tweets") {
            Act::Find
        } else {
            Act::Look
        })
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let title = status.canonical_reason().unwrap_or("Error");
        Refusal { status, class: "", title, detail: message.to_owned() }.error_response()
    }

    fn too_many(&self, seconds: u32) -> HttpResponse {
        let reset = self.ground.clock.now() + Duration::from_secs(seconds.into());
        HttpResponse::TooManyRequests()
            .insert_header(("x-rate-limit-limit", CALLS.to_string()))
            .insert_header(("x-rate-limit-remaining", "0"))
            .insert_header(("x-rate-limit-reset", reset.seconds().to_string()))
            .json(json!({
                "title": "Too Many Requests", "detail": "Too Many Requests", "status": 429,
                "type": "about:blank",
            }))
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        state
            .posts
            .iter()
            .rev()
            .filter_map(|(id, post)| {
                let person = state.people.iter().find(|p| p.id == post.person)?;
                let media: Vec<_> = post
                    .media
                    .iter()
                    .filter_map(|id| {
                        let upload = state.media.get(id)?;
                        Some(Medium {
                            kind: upload.file().kind()?,
                            address: format!("{base}/media/{id}"),
                            mime: upload.file().mime.clone(),
                            alt: upload.alt.clone(),
                            size: upload.file().bytes.len(),
                        })
                    })
                    .collect();
                let pieces = wall::with_links(&post.text);
                // it makes a card of the last link when nothing is attached
                let last =
                    pieces.iter().rev().find_map(|piece| piece.link.clone()).filter(|_| media.is_empty());
                let card = last.map(|address| Card {
                    address,
                    title: String::new(),
                    description: String::new(),
                    picture: None,
                });
                Some(Post {
                    key: id.to_string(),
                    url: format!("{base}/{}/status/{id}", person.username),
                    name: person.name.clone(),
                    handle: format!("@{}", person.username),
                    at: post.at,
                    edited: None,
                    pieces,
                    media,
                    card,
                    language: None,
                    answers: None,
                    comments: Vec::new(),
                })
            })
            .collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let mut state = lock(&self.state);
        let id = self.next_id(&mut state).to_string();
        // at most fifteen letters, digits and low lines
        let username: String = slug(name).replace('-', "_").chars().take(15).collect();
        let account = Account { id: id.clone(), handle: username.clone(), name: name.to_owned() };
        state.people.push(Person { id, username, name: name.to_owned() });
        account
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        lock(&self.state).people.iter().find(|p| p.id == account.id)?;
        Some(self.desk.hand_out(&self.ground, &account.id, &SCOPES[..5]))
    }

    fn revoke_everything(&self) {
        self.desk.revoke_everything();
    }

    fn pace_media(&self, pace: MediaPace) {
        lock(&self.state).pace = pace;
    }
}
