//! A practice LinkedIn, for pages and for persons: answers as its versioned API is described. A call without a version,
//! or with one that is no longer served, is refused; signs that are not escaped cut a text short without a word; the same
//! words within ten minutes are refused with the name of the post that is there; a person's posts cannot be read. Lists
//! may lag ([`super::World::lag`]).

mod comments;
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
    web::{self, Bytes, Data, Path},
};
use serde_json::json;

use super::{
    Account, Act, Card, Credentials, Ground, Kind, MediaPace, Medium, Post, Town,
    consent::{Denied, Desk, Refused, Renewal, Terms},
    lock, wall, wall_pages,
};
use crate::base::text::slug;

/// What an app for pages may ask for.
const PAGE_SCOPES: [&str; 3] = ["w_organization_social", "r_organization_social", "rw_organization_admin"];
/// What an app for persons may ask for.
const MEMBER_SCOPES: [&str; 4] = ["w_member_social", "openid", "profile", "email"];
/// The oldest version that is served.
const OLDEST: u32 = 202_601;

/// What it knows.
pub(super) struct Linkedin {
    ground: Arc<Ground>,
    desk: Desk,
    state: Mutex<State>,
}

struct State {
    people: Vec<Person>,
    /// By name.
    files: BTreeMap<String, media::Upload>,
    /// By number, which is by time.
    posts: BTreeMap<u64, posts::Post>,
    pace: MediaPace,
    last_id: u64,
}

struct Person {
    /// The whole name, `urn:li:organization:…` or `urn:li:person:…`.
    urn: String,
    vanity: String,
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
    fn invalid(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }
    fn denied() -> Self {
        Self::new(StatusCode::FORBIDDEN, "ACCESS_DENIED", "Not enough permissions to access this resource")
    }
    fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "NOT_FOUND", "Could not find entity")
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(json!({
            "message": self.message, "code": self.code, "status": self.status.as_u16(), "serviceErrorCode": 100,
        }))
    }
}

type Reply = Result<HttpResponse, Refusal>;

impl Linkedin {
    pub fn new(ground: Arc<Ground>) -> Self {
        let scopes: &'static [&'static str] =
            if ground.kind == Kind::LinkedinMember { &MEMBER_SCOPES } else { &PAGE_SCOPES };
        let desk = Desk::new(Terms {
            scopes,
            separator: ' ',
            pkce: false,
            code: Duration::from_secs(1800),
            token: Duration::from_secs(5_184_000),
            renewal: Renewal::Same,
            client_id: "client_id",
        });
        let state = State {
            people: Vec::new(),
            files: BTreeMap::new(),
            posts: BTreeMap::new(),
            pace: MediaPace::AfterPolls(1),
            last_id: 7_000_000_000_000_000_000,
        };
        Self { ground, desk, state: Mutex::new(state) }
    }

    fn is_for_persons(&self) -> bool {
        self.ground.kind == Kind::LinkedinMember
    }

    fn next_id(state: &mut State) -> u64 {
        state.last_id += 1;
        state.last_id
    }

    /// Whom a call of the versioned API acts for, when its token may do this.
    fn allowed(&self, request: &HttpRequest, scope: &str) -> Result<String, Refusal> {
        let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
        let version = header("linkedin-version")
            .ok_or_else(|| Refusal::invalid("VERSION_MISSING", "A version must be present."))?;
        if !version.parse::<u32>().is_ok_and(|v| (OLDEST..300_000).contains(&v)) {
            let message = format!("Requested version {version} is not active");
            return Err(Refusal::new(StatusCode::UPGRADE_REQUIRED, "NONEXISTENT_VERSION", message));
        }
        if header("x-restli-protocol-version") != Some("2.0.0") {
            return Err(Refusal::invalid("ILLEGAL_ARGUMENT", "X-RestLi-Protocol-Version must be 2.0.0"));
        }
        self.person(request, scope)
    }

    fn person(&self, request: &HttpRequest, scope: &str) -> Result<String, Refusal> {
        self.desk.allowed(&self.ground, request, &[scope]).map_err(|denied| match denied {
            Denied::Token => Refusal::new(
                StatusCode::UNAUTHORIZED,
                "REVOKED_ACCESS_TOKEN",
                "The token used in the request is not valid",
            ),
            Denied::Right => Refusal::denied(),
        })
    }

    /// The right to write here.
    fn write(&self) -> &'static str {
        if self.is_for_persons() { "w_member_social" } else { "w_organization_social" }
    }
}

fn refused(Refused(word): Refused) -> HttpResponse {
    let status = if word == "invalid_client" { StatusCode::UNAUTHORIZED } else { StatusCode::BAD_REQUEST };
    HttpResponse::build(status)
        .json(json!({ "error": word, "error_description": "The request is not valid" }))
}

async fn ask(world: Data<Linkedin>, request: HttpRequest) -> HttpResponse {
    let people = lock(&world.state).people.iter().map(|p| (p.vanity.clone(), p.name.clone())).collect();
    world.desk.ask(&world.ground, &request, people)
}

async fn decide(world: Data<Linkedin>, body: Bytes) -> HttpResponse {
    world.desk.decide(&world.ground, &body, |name| {
        lock(&world.state).people.iter().find(|p| p.vanity == name).map(|p| p.urn.clone())
    })
}

async fn token(world: Data<Linkedin>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.token(&world.ground, &request, &body) {
        Ok(answer) => HttpResponse::Ok().json(answer),
        Err(error) => refused(error),
    }
}

async fn revoke(world: Data<Linkedin>, request: HttpRequest, body: Bytes) -> HttpResponse {
    match world.desk.revoke(&request, &body) {
        Ok(()) => HttpResponse::Ok().finish(),
        Err(error) => refused(error),
    }
}

async fn user_info(world: Data<Linkedin>, request: HttpRequest) -> Reply {
    let urn = world.person(&request, "openid")?;
    let state = lock(&world.state);
    let person = state.people.iter().find(|p| p.urn == urn).ok_or_else(Refusal::not_found)?;
    let sub = person.urn.rsplit(':').next().unwrap_or_default();
    Ok(HttpResponse::Ok().json(json!({ "sub": sub, "name": person.name })))
}

/// GET: the pages that whoever said yes may publish on; here it is one.
async fn acls(world: Data<Linkedin>, request: HttpRequest) -> Reply {
    let urn = world.allowed(&request, "rw_organization_admin")?;
    Ok(HttpResponse::Ok().json(json!({ "elements": [
        { "organization": urn, "role": "ADMINISTRATOR", "state": "APPROVED", "roleAssignee": "urn:li:person:abc" },
        { "organization": "urn:li:organization:404", "role": "ANALYST", "state": "APPROVED", "roleAssignee": "urn:li:person:abc" },
    ] })))
}

async fn organization(world: Data<Linkedin>, request: HttpRequest, id: Path<String>) -> Reply {
    world.allowed(&request, "rw_organization_admin")?;
    let urn = format!("urn:li:organization:{id}");
    let state = lock(&world.state);
    let person = state.people.iter().find(|p| p.urn == urn).ok_or_else(Refusal::not_found)?;
    Ok(HttpResponse::Ok().json(json!({
        "id": id.parse::<u64>().unwrap_or(0), "localizedName": person.name, "vanityName": person.vanity,
    })))
}

impl Town for Linkedin {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .app_data(web::PayloadConfig::new(64 << 20))
            .route("/oauth/v2/authorization", web::get().to(ask))
            .route("/oauth/authorize", web::post().to(decide))
            .route("/oauth/v2/accessToken", web::post().to(token))
            .route("/oauth/v2/revoke", web::post().to(revoke))
            .route("/v2/userinfo", web::get().to(user_info))
            .route("/rest/organizationAcls", web::get().to(acls))
            .route("/rest/organizations/{id}", web::get().to(organization))
            .route("/rest/images", web::post().to(media::image))
            .route("/rest/videos", web::post().to(media::video))
            .route("/rest/images/{urn}", web::get().to(media::status))
            .route("/rest/videos/{urn}", web::get().to(media::status))
            .route("/dms-uploads/{urn}/{part}", web::put().to(media::put))
            .route("/media/{urn}", web::get().to(media::file))
            .route("/rest/posts", web::post().to(posts::create))
            .route("/rest/posts", web::get().to(posts::of_author))
            .route("/rest/posts/{urn}", web::get().to(posts::show))
            .route("/rest/posts/{urn}", web::post().to(posts::update))
            .route("/rest/posts/{urn}", web::delete().to(posts::delete))
            .route("/rest/socialActions/{urn}/comments", web::post().to(comments::create))
            .route("/rest/socialActions/{urn}/comments", web::get().to(comments::list))
            .route("/{place}/update/{key}/", web::get().to(wall_pages::one))
            .route("/company/{handle}/", web::get().to(wall_pages::wall));
    }

    fn act(&self, method: &str, path: &str) -> Option<Act> {
        Some(match path {
            "/oauth/v2/accessToken" | "/oauth/v2/revoke" => Act::Connect,
            "/rest/posts" if method == "POST" => Act::Publish,
            _ if path.starts_with("/rest/socialActions") => match method {
                "POST" => Act::Comment,
                _ => Act::Find,
            },
            _ if path.starts_with("/rest/posts") => match method {
                "DELETE" => Act::Withdraw,
                "POST" => Act::Edit,
                _ => Act::Find,
            },
            _ if ["/rest/images", "/rest/videos", "/dms-uploads/"].iter().any(|p| path.starts_with(p)) => {
                Act::Upload
            }
            _ if path.starts_with("/rest/") || path == "/v2/userinfo" => Act::Look,
            _ => return None,
        })
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Refusal::new(status, "", message).error_response()
    }

    /// No header says when.
    fn too_many(&self, _seconds: u32) -> HttpResponse {
        let message = "Resource level throttle limit for calls to this resource is reached.";
        Refusal::new(StatusCode::TOO_MANY_REQUESTS, "TOO_MANY_REQUESTS", message).error_response()
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        state
            .posts
            .iter()
            .rev()
            .filter_map(|(id, post)| {
                let person = state.people.iter().find(|p| p.urn == post.author)?;
                let address = |urn: &str| format!("{base}/media/{urn}");
                let media: Vec<_> = post
                    .media
                    .iter()
                    .filter_map(|(urn, alt)| {
                        let file = state.files.get(urn)?.file()?;
                        Some(Medium {
                            kind: file.kind()?,
                            address: address(urn),
                            mime: file.mime.clone(),
                            alt: alt.clone(),
                            size: file.bytes.len(),
                        })
                    })
                    .collect();
                let card = post.article.as_ref().map(|article| Card {
                    address: article.source.clone(),
                    title: article.title.clone(),
                    description: article.description.clone(),
                    picture: article.thumbnail.as_deref().map(address),
                });
                let urn = posts::urn(*id);
                Some(Post {
                    url: format!("{base}/feed/update/{urn}/"),
                    key: urn,
                    name: person.name.clone(),
                    handle: person.vanity.clone(),
                    at: post.at,
                    edited: post.edited,
                    pieces: wall::with_links(&posts::read(&post.commentary)),
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
        let urn = if self.is_for_persons() {
            format!("urn:li:person:{}", self.ground.chance.code(8))
        } else {
            format!("urn:li:organization:{}", 5_515_715 + state.people.len())
        };
        let vanity = slug(name);
        let account = Account { id: urn.clone(), handle: vanity.clone(), name: name.to_owned() };
        state.people.push(Person { urn, vanity, name: name.to_owned() });
        account
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        lock(&self.state).people.iter().find(|p| p.urn == account.id)?;
        let scopes: &[&str] = if self.is_for_persons() { &MEMBER_SCOPES[..3] } else { &PAGE_SCOPES };
        Some(self.desk.hand_out(&self.ground, &account.id, scopes))
    }

    fn revoke_everything(&self) {
        self.desk.revoke_everything();
    }

    fn pace_media(&self, pace: MediaPace) {
        lock(&self.state).pace = pace;
    }
}
