//! A practice Bluesky: answers as the reference AT Protocol server (`@atproto/pds` 0.4.217) was seen to answer.
//! `tests/suite/worlds.rs` puts the same questions to both and wants the same answers.
//!
//! Like that server it keeps records and blobs. Of what lies beyond, the network's index, it has only the counts of
//! what readers did with a post, and no timelines.

mod cid;
mod records;
mod rules;
mod sessions;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::StatusCode,
    web::{self, Data},
};
use serde_json::{Value, json};

use super::{
    Account, Act, Card, Credentials, Ground, MediaPace, Medium, MediumKind, Piece, Post, Town, lock,
    wall::File,
};
use crate::base::{Instant, text::slug};

/// Where posts lie.
const POSTS: &str = "app.bsky.feed.post";

/// The largest upload, in bytes, as on the servers that Bluesky runs itself.
const BLOB_LIMIT: usize = 52_428_800;

/// What it knows.
pub(super) struct Bluesky {
    ground: Arc<Ground>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    people: Vec<Person>,
    /// What tokens are signed with; a new one makes all of them worthless.
    seal: [u8; 32],
    refreshes: HashMap<String, sessions::Refresh>,
    /// By account and content identifier.
    blobs: HashMap<(String, String), Blob>,
    /// By account, collection and record key.
    records: BTreeMap<(String, String, String), Record>,
    /// How many records there have ever been; also breaks ties between record keys made in one microsecond.
    count: u64,
}

struct Person {
    did: String,
    handle: String,
    name: String,
    app_password: String,
}

struct Blob {
    file: File,
    /// A record mentions it. From then on nobody looks whether others describe it rightly.
    used: bool,
}

struct Record {
    value: Value,
    cid: String,
    at: Instant,
    order: u64,
}

/// An error as XRPC says it.
#[derive(Debug, thiserror::Error)]
#[error("{error}: {message}")]
struct Refusal {
    status: StatusCode,
    error: &'static str,
    message: String,
}

impl Refusal {
    fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self { status, error, message: message.into() }
    }
    fn request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "InvalidRequest", message)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status).json(json!({"error": self.error, "message": self.message}))
    }
}

type Reply = Result<HttpResponse, Refusal>;

fn ok(body: Value) -> Reply {
    Ok(HttpResponse::Ok().json(body))
}

impl Bluesky {
    pub fn new(ground: Arc<Ground>) -> Self {
        let mut state = State::default();
        ground.chance.fill(&mut state.seal);
        Self { ground, state: Mutex::new(state) }
    }

    /// An app password in the usual form: four groups of four.
    fn password(&self) -> String {
        let mut bytes = [0; 10];
        self.ground.chance.fill(&mut bytes);
        let letters = cid::base32(&bytes);
        [&letters[..4], &letters[4..8], &letters[8..12], &letters[12..16]].join("-")
    }

    fn did_document(&self, person: &Person) -> Value {
        json!({
            "@context": ["https://www.w3.org/ns/did/v1"],
            "id": person.did,
            "alsoKnownAs": [format!("at://{}", person.handle)],
            "service": [{
                "id": "#atproto_pds",
                "type": "AtprotoPersonalDataServer",
                "serviceEndpoint": self.ground.base(),
            }],
        })
    }

    fn blob_address(&self, did: &str, cid: &str) -> String {
        format!("{}/xrpc/com.atproto.sync.getBlob?did={did}&cid={cid}", self.ground.base())
    }

    /// A record as it is read by people.
    fn post(&self, state: &State, person: &Person, key: &str, record: &Record) -> Post {
        let value = &record.value;
        let embed = &value["embed"];
        let medium = |blob: &Value, alt: &Value, kind| {
            let cid = blob["ref"]["$link"].as_str().unwrap_or_default();
            let blob = state.blobs.get(&(person.did.clone(), cid.to_owned()));
            Medium {
                kind,
                address: self.blob_address(&person.did, cid),
                mime: blob.map_or_else(String::new, |blob| blob.file.mime.clone()),
                alt: alt.as_str().unwrap_or_default().to_owned(),
                size: blob.map_or(0, |blob| blob.file.bytes.len()),
            }
        };
        let mut media = Vec::new();
        let mut card = None;
        match embed["$type"].as_str() {
            Some("app.bsky.embed.images") => {
                let images = embed["images"].as_array().map(Vec::as_slice).unwrap_or_default();
                media.extend(images.iter().map(|i| medium(&i["image"], &i["alt"], MediumKind::Picture)));
            }
            Some("app.bsky.embed.video") => {
                media.push(medium(&embed["video"], &embed["alt"], MediumKind::Film))
            }
            Some("app.bsky.embed.external") => {
                let external = &embed["external"];
                let word = |name: &str| external[name].as_str().unwrap_or_default().to_owned();
                card = Some(Card {
                    address: word("uri"),
                    title: word("title"),
                    description: word("description"),
                    picture: external["thumb"]["ref"]["$link"]
                        .as_str()
                        .map(|cid| self.blob_address(&person.did, cid)),
                });
            }
            _ => {}
        }
        Post {
            key: key.to_owned(),
            url: format!("{}/profile/{}/post/{key}", self.ground.base(), person.handle),
            name: person.name.clone(),
            handle: person.handle.clone(),
            at: record.at,
            edited: None,
            pieces: pieces(value["text"].as_str().unwrap_or_default(), &value["facets"]),
            media,
            card,
            language: value["langs"][0].as_str().map(ToOwned::to_owned),
            answers: value["reply"]["parent"]["uri"]
                .as_str()
                .and_then(|uri| uri.rsplit('/').next())
                .map(ToOwned::to_owned),
            comments: Vec::new(),
        }
    }
}

impl Town for Bluesky {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .route("/xrpc/{method}", web::get().to(query))
            .route("/xrpc/{method}", web::post().to(procedure));
    }

    fn act(&self, _method: &str, path: &str) -> Option<Act> {
        Some(match path.strip_prefix("/xrpc/")? {
            "com.atproto.server.createSession"
            | "com.atproto.server.refreshSession"
            | "com.atproto.server.deleteSession" => Act::Connect,
            "com.atproto.repo.uploadBlob" => Act::Upload,
            "com.atproto.repo.createRecord" | "com.atproto.repo.putRecord" => Act::Publish,
            "com.atproto.repo.getRecord" | "com.atproto.repo.listRecords" => Act::Find,
            "com.atproto.repo.deleteRecord" => Act::Withdraw,
            "com.atproto.sync.getBlob" => return None, // the wall's pictures
            _ => Act::Look,
        })
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        let error = if status.is_server_error() { "InternalServerError" } else { "InvalidRequest" };
        Refusal::new(status, error, message).error_response()
    }

    fn too_many(&self, seconds: u32) -> HttpResponse {
        let reset = self.ground.clock.now().seconds() + i64::from(seconds);
        let mut response =
            Refusal::new(StatusCode::TOO_MANY_REQUESTS, "RateLimitExceeded", "Rate Limit Exceeded")
                .error_response();
        let headers = [
            ("ratelimit-limit", "3000".to_owned()),
            ("ratelimit-remaining", "0".to_owned()),
            ("ratelimit-reset", reset.to_string()),
            ("ratelimit-policy", "3000;w=300".to_owned()),
        ];
        for (name, value) in headers {
            if let Ok(value) = value.parse() {
                response.headers_mut().insert(actix_web::http::header::HeaderName::from_static(name), value);
            }
        }
        response
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let mut found: Vec<_> = state
            .records
            .iter()
            .filter(|((_, collection, _), _)| collection == POSTS)
            .filter_map(|((did, _, key), record)| {
                let person = state.people.iter().find(|person| person.did == *did)?;
                Some((record.order, self.post(&state, person, key, record)))
            })
            .collect();
        found.sort_by_key(|(order, _)| std::cmp::Reverse(*order));
        found.into_iter().map(|(_, post)| post).collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let mut bytes = [0; 15];
        self.ground.chance.fill(&mut bytes);
        let person = Person {
            did: format!("did:plc:{}", cid::base32(&bytes)),
            handle: format!("{}.test", slug(name)),
            name: name.to_owned(),
            app_password: self.password(),
        };
        let account =
            Account { id: person.did.clone(), handle: person.handle.clone(), name: person.name.clone() };
        lock(&self.state).people.push(person);
        account
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        let state = lock(&self.state);
        let person = state.people.iter().find(|person| person.did == account.id)?;
        Some(Credentials::AppPassword {
            identifier: person.handle.clone(),
            app_password: person.app_password.clone(),
        })
    }

    fn revoke_everything(&self) {
        let mut state = lock(&self.state);
        self.ground.chance.fill(&mut state.seal);
        state.refreshes.clear();
        for person in &mut state.people {
            person.app_password = self.password();
        }
    }

    /// The reference server takes a film as it is; there is nothing to wait for.
    fn pace_media(&self, _pace: MediaPace) {}
}

/// The text cut at its link facets; those that lie outside it or within a character are left out, as readers do.
fn pieces(text: &str, facets: &Value) -> Vec<Piece> {
    let mut links: Vec<(usize, usize, &str)> = facets
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .filter_map(|facet| {
            let edge = |name: &str| usize::try_from(facet["index"][name].as_u64()?).ok();
            let link = facet["features"].as_array()?.iter().find_map(|feature| feature["uri"].as_str())?;
            Some((edge("byteStart")?, edge("byteEnd")?, link))
        })
        .filter(|(start, end, _)| start < end && text.get(*start..*end).is_some())
        .collect();
    links.sort_unstable();
    let mut pieces = Vec::new();
    let mut at = 0;
    for (start, end, link) in links {
        if start < at {
            continue; // overlaps the one before
        }
        if start > at {
            pieces.push(Piece { text: text[at..start].to_owned(), link: None });
        }
        pieces.push(Piece { text: text[start..end].to_owned(), link: Some(link.to_owned()) });
        at = end;
    }
    if at < text.len() {
        pieces.push(Piece { text: text[at..].to_owned(), link: None });
    }
    pieces
}

async fn query(world: Data<Bluesky>, method: web::Path<String>, request: HttpRequest) -> Reply {
    match method.as_str() {
        "_health" => ok(json!({"version": "0.4.217"})),
        "com.atproto.server.describeServer" => ok(json!({
            "did": "did:web:localhost", "availableUserDomains": [".test"], "inviteCodeRequired": false,
            "links": {}, "contact": {},
        })),
        "com.atproto.server.getSession" => world.get_session(&request),
        "com.atproto.identity.resolveHandle" => world.resolve_handle(&request),
        "com.atproto.repo.getRecord" => world.get_record(&request),
        "com.atproto.repo.listRecords" => world.list_records(&request),
        "com.atproto.sync.getBlob" => world.get_blob(&request),
        "app.bsky.feed.getPosts" => world.get_posts(&request),
        _ => world.elsewhere(&request),
    }
}

async fn procedure(
    world: Data<Bluesky>,
    method: web::Path<String>,
    request: HttpRequest,
    body: web::Payload,
) -> Reply {
    match method.as_str() {
        "com.atproto.server.createSession" => world.create_session(&input(body).await?),
        "com.atproto.server.refreshSession" => world.refresh_session(&request),
        "com.atproto.server.deleteSession" => world.delete_session(&request),
        "com.atproto.repo.uploadBlob" => world.upload_blob(&request, body).await,
        "com.atproto.repo.createRecord" => world.create_record(&request, input(body).await?),
        "com.atproto.repo.putRecord" => world.put_record(&request, input(body).await?),
        "com.atproto.repo.deleteRecord" => world.delete_record(&request, &input(body).await?),
        _ => world.elsewhere(&request),
    }
}

/// A procedure's JSON body.
async fn input(body: web::Payload) -> Result<Value, Refusal> {
    let bytes = all_of(body, 1_000_000).await?;
    if bytes.is_empty() {
        return Err(Refusal::request("A request body is expected but none was provided"));
    }
    serde_json::from_slice(&bytes).map_err(|_| Refusal::request("Request body is not valid JSON"))
}

/// Reads a body to its end, so that the client can hear the answer, but keeps no more than `limit` bytes.
async fn all_of(mut body: web::Payload, limit: usize) -> Result<web::Bytes, Refusal> {
    use futures_util::StreamExt as _;
    let mut kept = web::BytesMut::new();
    let mut size = 0;
    while let Some(chunk) = body.next().await {
        let chunk = chunk.map_err(|_| Refusal::request("The request body broke off"))?;
        size += chunk.len();
        if size <= limit {
            kept.extend_from_slice(&chunk);
        }
    }
    if size > limit {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "PayloadTooLarge",
            "request entity too large",
        ));
    }
    Ok(kept.freeze())
}

/// A member that must be there, in the server's own words.
fn required<'v>(value: &'v Value, key: &str, place: &str) -> Result<&'v Value, Refusal> {
    value
        .get(key)
        .filter(|v| !v.is_null())
        .ok_or_else(|| Refusal::request(format!("Missing required key \"{key}\" at {place}")))
}

/// The same for a text of a procedure's body.
fn required_text<'v>(value: &'v Value, key: &str) -> Result<&'v str, Refusal> {
    required(value, key, "$")?
        .as_str()
        .ok_or_else(|| Refusal::request(format!("Expected string value type at $.{key}")))
}

/// A parameter of a query.
fn parameter(request: &HttpRequest, name: &str) -> Option<String> {
    let query = web::Query::<HashMap<String, String>>::from_query(request.query_string()).ok()?;
    query.get(name).cloned()
}

fn required_parameter(request: &HttpRequest, name: &str) -> Result<String, Refusal> {
    parameter(request, name)
        .ok_or_else(|| Refusal::request(format!("Error: Params must have the property \"{name}\"")))
}
