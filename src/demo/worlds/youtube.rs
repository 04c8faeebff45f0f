//! A practice YouTube: films only, sent in pieces to an address that remembers how far it came; hidden until their owner
//! shows them. Answers as version 3 of the Data API is described, errors with Google's reasons.

mod comments;
mod films;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::StatusCode,
    web::{self, Bytes, Data, Query},
};
use serde_json::json;

use super::{
    Account, Act, Credentials, Ground, MediaPace, Medium, MediumKind, Post, Town, World,
    consent::{Denied, Desk, Refused, Renewal, Terms},
    lock, wall, wall_pages,
};
use crate::base::text::slug;

const UPLOAD: &str = "https://www.googleapis.com/auth/youtube.upload";
const MANAGE: &str = "https://www.googleapis.com/auth/youtube.force-ssl";
const SCOPES: [&str; 2] = [UPLOAD, MANAGE];

/// What it knows.
pub(super) struct Youtube {
    ground: Arc<Ground>,
    desk: Desk,
    state: Mutex<State>,
}

struct State {
    channels: Vec<Channel>,
    /// Films on their way, by the last part of their address.
    sessions: BTreeMap<String, films::Session>,
    /// By number, oldest first in `order`.
    films: BTreeMap<String, films::Film>,
    order: Vec<String>,
    pace: MediaPace,
    /// Google has looked at the app: what it sends may be seen by others.
    reviewed: bool,
}

struct Channel {
    id: String,
    handle: String,
    title: String,
}

/// A no as its API says it.
#[derive(Debug, thiserror::Error)]
#[error("{status} {reason}: {message}")]
struct Refusal {
    status: StatusCode,
    reason: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, reason: &'static str, message: impl Into<String>) -> Self {
        Self { status, reason, message: message.into() }
    }
    fn invalid(reason: &'static str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, reason, "The request is not valid.")
    }
    fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "videoNotFound", "The video cannot be found.")
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Token => Self::new(StatusCode::UNAUTHORIZED, "authError", "Invalid Credentials"),
            Denied::Right => {
                Self::new(StatusCode::FORBIDDEN, "insufficientPermissions", "Insufficient Permission")
            }
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        let code = self.status.as_u16();
        HttpResponse::build(self.status).json(json!({ "error": {
            "code": code, "message": self.message,
            "errors": [{ "domain": "youtube", "reason": self.reason, "message": self.message }],
        } }))
    }
}

type Reply = Result<HttpResponse, Refusal>;

impl Youtube {
    pub fn new(ground: Arc<Ground>) -> Self {
        let desk = Desk::new(Terms {
            scopes: &SCOPES,
            separator: ' ',
            pkce: false,
            code: Duration::from_secs(600),
            token: Duration::from_secs(3599),
            renewal: Renewal::Same,
            client_id: "client_id",
        });
        let state = State {
            channels: Vec::new(),
            sessions: BTreeMap::new(),
            films: BTreeMap::new(),
            order: Vec::new(),
            pace: MediaPace::AfterPolls(1),
            reviewed: true,
        };
        Self { ground, desk, state: Mutex::new(state) }
    }

    /// Whose channel a request acts for.
    fn allowed(&self, request: &HttpRequest, scope: &str) -> Result<String, Refusal> {
        Ok(self.desk.allowed(&self.ground, request, &[scope])?)
    }
}

fn refused(Refused(word): Refused) -> HttpResponse {
    let status = if word == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    HttpResponse::build(status).json(json!({ "error": word, "error_description": "Bad Request" }))
}

async fn ask(world: Data<Youtube>, request: HttpRequest) -> HttpResponse {
    let people = lock(&world.state).channels.iter().map(|c| (c.handle.clone(), c.title.clone())).collect();
    world.desk.ask(&world.ground, &request, people)
}

async fn decide(world: Data<Youtube>, body: Bytes) -> HttpResponse {
    world.desk.decide(&world.ground, &body, |handle| {
        lock(&world.state).channels.iter().find(|c| c.handle == handle).map(|c| c.id.clone())
    })
}

async fn token(world: Data<Youtube>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.token(&world.ground, &request, &body) {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(error) => refused(error),
    }
}

async fn revoke(world: Data<Youtube>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.revoke(&request, &body) {
        Ok(()) => HttpResponse::Ok().json(json!({})),
        Err(error) => refused(error),
    }
}

async fn channels(world: Data<Youtube>, request: HttpRequest) -> Reply {
    let own = world.allowed(&request, MANAGE)?;
    let state = lock(&world.state);
    let items: Vec<_> = state
        .channels
        .iter()
        .filter(|channel| channel.id == own)
        .map(|channel| {
            json!({
                "kind": "youtube#channel", "id": channel.id,
                "snippet": { "title": channel.title, "customUrl": format!("@{}", channel.handle) },
                "contentDetails": { "relatedPlaylists": { "uploads": films::playlist(&channel.id) } },
            })
        })
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "kind": "youtube#channelListResponse", "items": items })))
}

/// Which film a reader watches.
#[derive(serde::Deserialize)]
struct Watch {
    v: String,
}

async fn watch(world: Data<World>, watched: Query<Watch>) -> HttpResponse {
    wall_pages::single(&world, &watched.v)
}

impl Town for Youtube {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .app_data(web::PayloadConfig::new(64 << 20))
            .route("/o/oauth2/v2/auth", web::get().to(ask))
            .route("/oauth/authorize", web::post().to(decide))
            .route("/token", web::post().to(token))
            .route("/revoke", web::post().to(revoke))
            .route("/youtube/v3/channels", web::get().to(channels))
            .route("/youtube/v3/videos", web::get().to(films::list))
            .route("/youtube/v3/videos", web::put().to(films::update))
            .route("/youtube/v3/videos", web::delete().to(films::delete))
            .route("/youtube/v3/playlistItems", web::get().to(films::uploads))
            .route("/youtube/v3/commentThreads", web::post().to(comments::create))
            .route("/youtube/v3/commentThreads", web::get().to(comments::list))
            .route("/upload/youtube/v3/videos", web::post().to(films::announce))
            .route("/upload/session/{name}", web::put().to(films::put))
            .route("/upload/youtube/v3/captions", web::post().to(films::captions))
            .route("/media/{id}", web::get().to(films::file))
            .route("/watch", web::get().to(watch))
            .route("/channel/{id}", web::get().to(wall_pages::wall));
    }

    fn act(&self, method: &str, path: &str) -> Option<Act> {
        Some(match path {
            "/token" | "/revoke" => Act::Connect,
            "/youtube/v3/videos" => match method {
                "PUT" => Act::Publish,
                "DELETE" => Act::Withdraw,
                _ => Act::Find,
            },
            "/youtube/v3/commentThreads" if method == "POST" => Act::Comment,
            "/youtube/v3/playlistItems" | "/youtube/v3/commentThreads" => Act::Find,
            _ if path.starts_with("/upload/") => Act::Upload,
            _ if path.starts_with("/youtube/v3/") => Act::Look,
            _ => return None,
        })
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Refusal::new(status, "", message).error_response()
    }

    /// No header says when: the day's units are used up, and a day ends at midnight in California.
    fn too_many(&self, _seconds: u32) -> HttpResponse {
        let words = "The request cannot be completed because you have exceeded your quota.";
        Refusal::new(StatusCode::FORBIDDEN, "quotaExceeded", words).error_response()
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        let shown = state.order.iter().rev().filter_map(|id| {
            let film = state.films.get(id).filter(|film| film.privacy == "public")?;
            let channel = state.channels.iter().find(|c| c.id == film.channel)?;
            Some(Post {
                key: id.clone(),
                url: format!("{base}/watch?v={id}"),
                name: channel.title.clone(),
                handle: format!("@{}", channel.handle),
                at: film.at,
                edited: film.edited,
                pieces: wall::with_links(&format!("{}\n\n{}", film.title, film.description)),
                media: vec![Medium {
                    kind: MediumKind::Film,
                    address: format!("{base}/media/{id}"),
                    mime: film.file.mime.clone(),
                    // there is no place for one
                    alt: String::new(),
                    size: film.file.bytes.len(),
                }],
                card: None,
                language: Some(film.language.clone()).filter(|l| !l.is_empty()),
                answers: None,
                comments: Vec::new(),
            })
        });
        shown.collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let id = format!("UC{}", self.ground.chance.code(22));
        let handle = slug(name);
        let channel = Channel { id: id.clone(), handle: handle.clone(), title: name.to_owned() };
        lock(&self.state).channels.push(channel);
        Account { id, handle, name: name.to_owned() }
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        lock(&self.state).channels.iter().find(|c| c.id == account.id)?;
        Some(self.desk.hand_out(&self.ground, &account.id, &SCOPES))
    }

    fn revoke_everything(&self) {
        self.desk.revoke_everything();
    }

    fn review(&self, passed: bool) {
        lock(&self.state).reviewed = passed;
    }

    fn pace_media(&self, pace: MediaPace) {
        lock(&self.state).pace = pace;
    }
}
