//! A practice TikTok: films, announced and then sent in pieces, and photos, which it really fetches from the addresses in the
//! call; what is whole is a post. Answers as version 2 of
//! its API is described, every one wrapped in data and error, and as strictly: an unknown field is refused, and so is an
//! audience that the account does not offer.

mod films;
mod photos;

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
use serde_json::{Value, json};

use super::{
    Account, Act, Credentials, Ground, MediaPace, Medium, MediumKind, Post, Town,
    consent::{Denied, Desk, Refused, Renewal, Terms},
    lock, wall, wall_pages,
};
use crate::{
    base::{Instant, text::slug},
    outbound::Client,
};

const IDENTIFY: &str = "user.info.basic";
const PUBLISH: &str = "video.publish";
const LIST: &str = "video.list";
const SCOPES: [&str; 3] = [IDENTIFY, PUBLISH, LIST];
/// Films of an account in 24 hours.
const A_DAY: usize = 15;

/// What it knows.
pub(super) struct Tiktok {
    ground: Arc<Ground>,
    desk: Desk,
    state: Mutex<State>,
    client: Client,
}

struct State {
    people: Vec<Person>,
    /// By the number they were announced under.
    films: BTreeMap<String, films::Film>,
    photos: BTreeMap<String, photos::Photos>,
    pace: MediaPace,
    /// TikTok has looked at the app: what it sends may be seen by others.
    reviewed: bool,
    most: usize,
    last_id: u64,
}

struct Person {
    id: String,
    username: String,
    name: String,
}

/// A no as its API says it.
#[derive(Debug, thiserror::Error)]
#[error("{status} {code}: {message}")]
struct Refusal {
    status: StatusCode,
    code: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into() }
    }
    fn invalid(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_params", message)
    }
    fn forbidden(code: &'static str) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, "Forbidden")
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Self {
        match denied {
            Denied::Token => Self::new(
                StatusCode::UNAUTHORIZED,
                "access_token_invalid",
                "The access token is invalid or not found in the request.",
            ),
            Denied::Right => Self::new(
                StatusCode::UNAUTHORIZED,
                "scope_not_authorized",
                "The user did not authorize the scope required.",
            ),
        }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(json!({
            "data": {}, "error": { "code": self.code, "message": self.message, "log_id": "2026112810" },
        }))
    }
}

type Reply = Result<HttpResponse, Refusal>;

/// A yes.
fn well(data: &Value) -> HttpResponse {
    HttpResponse::Ok().json(json!({
        "data": data, "error": { "code": "ok", "message": "", "log_id": "2026112810" },
    }))
}

impl Tiktok {
    pub fn new(ground: Arc<Ground>) -> Self {
        let desk = Desk::new(Terms {
            scopes: &SCOPES,
            separator: ',',
            pkce: false,
            code: Duration::from_secs(600),
            token: Duration::from_secs(86_400),
            renewal: Renewal::Anew,
            client_id: "client_key",
        });
        let state = State {
            people: Vec::new(),
            films: BTreeMap::new(),
            photos: BTreeMap::new(),
            pace: MediaPace::AfterPolls(1),
            reviewed: true,
            most: A_DAY,
            last_id: 7_400_000_000_000_000_000,
        };
        Self { ground, desk, state: Mutex::new(state), client: Client::new() }
    }

    /// Whom a request acts for.
    fn allowed(&self, request: &HttpRequest, scope: &str) -> Result<String, Refusal> {
        Ok(self.desk.allowed(&self.ground, request, &[scope])?)
    }
}

fn refused(Refused(word): Refused) -> HttpResponse {
    let status = if word == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    HttpResponse::build(status)
        .json(json!({ "error": word, "error_description": "Refused.", "log_id": "2026112810" }))
}

async fn ask(world: Data<Tiktok>, request: HttpRequest) -> HttpResponse {
    let people = lock(&world.state).people.iter().map(|p| (p.username.clone(), p.name.clone())).collect();
    world.desk.ask(&world.ground, &request, people)
}

async fn decide(world: Data<Tiktok>, body: Bytes) -> HttpResponse {
    world.desk.decide(&world.ground, &body, |username| {
        lock(&world.state).people.iter().find(|p| p.username == username).map(|p| p.id.clone())
    })
}

async fn token(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.token(&world.ground, &request, &body) {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(error) => refused(error),
    }
}

async fn revoke(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.revoke(&request, &body) {
        Ok(()) => HttpResponse::Ok().json(json!({})),
        Err(error) => refused(error),
    }
}

async fn me(world: Data<Tiktok>, request: HttpRequest) -> Reply {
    let own = world.allowed(&request, IDENTIFY)?;
    let state = lock(&world.state);
    let person = state.people.iter().find(|p| p.id == own).ok_or_else(|| Refusal::invalid("No such user"))?;
    Ok(well(&json!({ "user": { "open_id": person.id, "display_name": person.name } })))
}

/// As it hangs on the wall.
fn shown(person: &Person, url: String, at: Instant, words: &str, media: Vec<Medium>) -> Post {
    Post {
        key: String::new(),
        url,
        name: person.name.clone(),
        handle: format!("@{}", person.username),
        at,
        edited: None,
        pieces: wall::with_links(words),
        media,
        card: None,
        language: None,
        answers: None,
        comments: Vec::new(),
    }
}

impl Town for Tiktok {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .app_data(web::PayloadConfig::new(128 << 20))
            .route("/v2/auth/authorize/", web::get().to(ask))
            .route("/oauth/authorize", web::post().to(decide))
            .route("/v2/oauth/token/", web::post().to(token))
            .route("/v2/oauth/revoke/", web::post().to(revoke))
            .route("/v2/user/info/", web::get().to(me))
            .route("/v2/post/publish/creator_info/query/", web::post().to(films::creator))
            .route("/v2/post/publish/video/init/", web::post().to(films::announce))
            .route("/v2/post/publish/content/init/", web::post().to(photos::announce))
            .route("/v2/post/publish/status/fetch/", web::post().to(films::status))
            .route("/upload/{name}", web::put().to(films::put))
            .route("/v2/video/list/", web::post().to(films::list))
            .route("/v2/video/query/", web::post().to(films::query))
            .route("/media/{id}", web::get().to(films::file))
            .route("/photo/{id}/{n}", web::get().to(photos::file))
            .route("/@{handle}/video/{key}", web::get().to(wall_pages::one))
            .route("/@{handle}/photo/{key}", web::get().to(wall_pages::one));
    }

    fn act(&self, _method: &str, path: &str) -> Option<Act> {
        Some(match path {
            "/v2/oauth/token/" | "/v2/oauth/revoke/" => Act::Connect,
            "/v2/user/info/" | "/v2/post/publish/creator_info/query/" => Act::Look,
            // photos are announced behind a door of ours: nobody sees them by this call
            "/v2/post/publish/video/init/" | "/v2/post/publish/content/init/" => Act::Upload,
            "/v2/post/publish/status/fetch/" | "/v2/video/list/" | "/v2/video/query/" => Act::Find,
            // the last piece is what makes it a post
            _ => match path.strip_prefix("/upload/") {
                Some(name)
                    if lock(&self.state).films.get(name).is_some_and(films::Film::lacks_only_the_last) =>
                {
                    Act::Publish
                }
                Some(_) => Act::Upload,
                None => return None,
            },
        })
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let code = if status.is_server_error() { "internal_error" } else { "unknown" };
        Refusal::new(status, code, message).error_response()
    }

    /// No header says when: calls are counted by the minute.
    fn too_many(&self, _seconds: u32) -> HttpResponse {
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded", "Too many requests.")
            .error_response()
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        let whose = |id: &str| state.people.iter().find(|p| p.id == id);
        let films = state.films.values().filter(|film| film.is_seen()).filter_map(|film| {
            let file = film.file.as_ref()?;
            let medium = Medium {
                kind: MediumKind::Film,
                address: format!("{base}/media/{}", film.id),
                mime: file.mime.clone(),
                // there is no place for one
                alt: String::new(),
                size: file.bytes.len(),
            };
            let person = whose(&film.person)?;
            let url = film.address(&base, &person.username);
            Some((film.id, shown(person, url, film.out?, &film.title, vec![medium])))
        });
        let photos = state.photos.values().filter(|photos| photos.is_seen()).filter_map(|photos| {
            let person = whose(&photos.person)?;
            let url = photos.address(&base, &person.username);
            Some((photos.id, shown(person, url, photos.out?, &photos.description, photos.media(&base))))
        });
        let mut out: Vec<(u64, Post)> = films.chain(photos).collect();
        out.sort_by_key(|(id, _)| std::cmp::Reverse(*id));
        out.into_iter().map(|(id, post)| Post { key: id.to_string(), ..post }).collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let id = format!("-000{}", self.ground.chance.code(32));
        let username = slug(name).replace('-', ".");
        lock(&self.state).people.push(Person {
            id: id.clone(),
            username: username.clone(),
            name: name.to_owned(),
        });
        Account { id, handle: username, name: name.to_owned() }
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        lock(&self.state).people.iter().find(|p| p.id == account.id)?;
        Some(self.desk.hand_out(&self.ground, &account.id, &SCOPES))
    }

    fn revoke_everything(&self) {
        self.desk.revoke_everything();
    }

    fn pace_media(&self, pace: MediaPace) {
        lock(&self.state).pace = pace;
    }

    fn hold(&self, most: u32) {
        lock(&self.state).most = most as usize;
    }

    fn review(&self, passed: bool) {
        lock(&self.state).reviewed = passed;
    }
}
