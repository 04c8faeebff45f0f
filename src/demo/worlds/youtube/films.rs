//! Films: on their way, hidden, shown.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Bytes, BytesMut, Data, Path, Query},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{MANAGE, Refusal, Reply, State, UPLOAD, Youtube};
use crate::{
    base::Instant,
    demo::worlds::{MediaPace, MediumKind, lock, wall::File},
};

/// Pieces but the last are a multiple of this.
const GRAIN: u64 = 262_144;

/// A film on its way.
pub(super) struct Session {
    channel: String,
    about: Value,
    total: u64,
    bytes: BytesMut,
    /// The film, when all of it came: the address answers with it from then on.
    done: Option<String>,
}

/// A film.
pub(super) struct Film {
    pub channel: String,
    pub title: String,
    pub description: String,
    pub language: String,
    pub privacy: String,
    /// When it was shown.
    pub at: Instant,
    /// When its words were changed.
    pub edited: Option<Instant>,
    /// When its last byte came.
    sent: Instant,
    pub file: File,
    captions: BTreeMap<String, String>,
    pace: MediaPace,
}

impl Film {
    fn json(&self, id: &str) -> Value {
        let upload = match self.pace {
            _ if self.file.kind() != Some(MediumKind::Film) => "failed",
            MediaPace::AfterPolls(0) => "processed",
            MediaPace::AfterPolls(_) => "uploaded",
            MediaPace::Never => "failed",
        };
        let mut status =
            json!({ "uploadStatus": upload, "privacyStatus": self.privacy, "license": "youtube" });
        if upload == "failed" {
            status["failureReason"] = "invalidFile".into();
        }
        json!({ "kind": "youtube#video", "id": id, "status": status })
    }
}

fn privacy(status: &Value) -> Result<String, Refusal> {
    // whoever says nothing gets what the account's owner set, or everybody sees it: here that is refused
    match status["privacyStatus"].as_str() {
        Some(privacy @ ("public" | "private" | "unlisted")) => Ok(privacy.to_owned()),
        _ => Err(Refusal::invalid("invalidVideoMetadata")),
    }
}

/// POST: a film is announced; where its bytes go.
pub(super) async fn announce(world: Data<Youtube>, request: HttpRequest, body: Bytes) -> Reply {
    let channel = world.allowed(&request, UPLOAD)?;
    let about: Value = serde_json::from_slice(&body).map_err(|_| Refusal::invalid("parseError"))?;
    described(&about["snippet"])?;
    privacy(&about["status"])?;
    let length = request.headers().get("x-upload-content-length").and_then(|v| v.to_str().ok()?.parse().ok());
    let total: u64 = length.filter(|n| *n > 0).ok_or_else(|| Refusal::invalid("mediaBodyRequired"))?;
    if !request.query_string().contains("uploadType=resumable") {
        return Err(Refusal::invalid("mediaBodyRequired"));
    }
    let name = world.ground.chance.code(24);
    let session = Session { channel, about, total, bytes: BytesMut::new(), done: None };
    lock(&world.state).sessions.insert(name.clone(), session);
    let address = format!("{}/upload/session/{name}", world.ground.base());
    Ok(HttpResponse::Ok().insert_header((header::LOCATION, address)).finish())
}

/// PUT: a piece, or the question how far it is.
pub(super) async fn put(
    world: Data<Youtube>,
    request: HttpRequest,
    name: Path<String>,
    piece: Bytes,
) -> Reply {
    let range = request.headers().get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok());
    let (range, total) = range
        .and_then(|range| range.strip_prefix("bytes ")?.split_once('/'))
        .and_then(|(range, total)| Some((range.to_owned(), total.parse::<u64>().ok()?)))
        .ok_or_else(|| Refusal::invalid("badRequest"))?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let pace = state.pace;
    let State { sessions, films, order, .. } = &mut *state;
    let session = sessions.get_mut(&*name).ok_or_else(Refusal::not_found)?;
    if let Some(id) = &session.done {
        return Ok(HttpResponse::Ok().json(films.get(id).ok_or_else(Refusal::not_found)?.json(id)));
    }
    if total != session.total {
        return Err(Refusal::invalid("badRequest"));
    }
    if range != "*" {
        let (from, to) = range
            .split_once('-')
            .and_then(|(from, to)| Some((from.parse::<u64>().ok()?, to.parse::<u64>().ok()?)))
            .ok_or_else(|| Refusal::invalid("badRequest"))?;
        let had = session.bytes.len() as u64;
        let whole = (to + 1).is_multiple_of(GRAIN) || to + 1 == total;
        if from != had || to < from || to + 1 - from != piece.len() as u64 || !whole {
            return Err(Refusal::invalid("badRequest"));
        }
        session.bytes.extend_from_slice(&piece);
    }
    let had = session.bytes.len() as u64;
    if had < total {
        let mut response = HttpResponse::build(StatusCode::PERMANENT_REDIRECT);
        if had > 0 {
            response.insert_header((header::RANGE, format!("bytes=0-{}", had - 1)));
        }
        return Ok(response.finish());
    }
    let id = world.ground.chance.code(11);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let snippet = &session.about["snippet"];
    let film = Film {
        channel: session.channel.clone(),
        title: text(&snippet["title"]),
        description: text(&snippet["description"]),
        language: text(&snippet["defaultLanguage"]),
        privacy: privacy(&session.about["status"])?,
        at: now,
        edited: None,
        sent: now,
        file: File::new(session.bytes.split().freeze(), ""),
        captions: BTreeMap::new(),
        pace,
    };
    let answer = film.json(&id);
    session.done = Some(id.clone());
    order.push(id.clone());
    films.insert(id, film);
    Ok(HttpResponse::Ok().json(answer))
}

/// Which film, and what about it.
#[derive(Deserialize)]
pub(super) struct Which {
    id: String,
    #[serde(default)]
    part: String,
}

fn own<'s>(state: &'s mut State, channel: &str, id: &str) -> Result<&'s mut Film, Refusal> {
    state.films.get_mut(id).filter(|film| film.channel == channel).ok_or_else(Refusal::not_found)
}

/// GET: how far it is and who may see it; each asking brings it on. What is not there is not in the list.
pub(super) async fn list(world: Data<Youtube>, request: HttpRequest, which: Query<Which>) -> Reply {
    let channel = world.allowed(&request, MANAGE)?;
    let mut state = lock(&world.state);
    let items: Vec<_> = match own(&mut state, &channel, &which.id) {
        Ok(film) => {
            let mut shown = film.json(&which.id);
            if which.part == "snippet" {
                shown = json!({ "kind": "youtube#video", "id": which.id, "snippet": {
                    "title": film.title, "description": film.description, "categoryId": "22",
                    "defaultLanguage": film.language, "channelId": channel, "publishedAt": film.at.rfc3339(),
                } });
            } else if which.part == "statistics" {
                let readers = world.ground.readers(&which.id);
                shown = json!({ "kind": "youtube#video", "id": which.id, "statistics": {
                    "viewCount": readers.seen.to_string(), "likeCount": readers.liked.to_string(),
                    "favoriteCount": "0", "commentCount": readers.answered.to_string(),
                } });
            } else if let MediaPace::AfterPolls(left) = film.pace {
                film.pace = MediaPace::AfterPolls(left.saturating_sub(1));
            }
            vec![shown]
        }
        Err(_) => Vec::new(),
    };
    Ok(HttpResponse::Ok().json(json!({ "kind": "youtube#videoListResponse", "items": items })))
}

/// Which list, and how much of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Uploads {
    playlist_id: String,
    max_results: Option<usize>,
}

/// GET: a channel's uploads, newest first, hidden ones too; what is younger than the list's lag is not in it yet.
pub(super) async fn uploads(world: Data<Youtube>, request: HttpRequest, list: Query<Uploads>) -> Reply {
    let channel = world.allowed(&request, MANAGE)?;
    if list.playlist_id != playlist(&channel) {
        return Err(Refusal::new(StatusCode::NOT_FOUND, "playlistNotFound", "The playlist cannot be found."));
    }
    let most = list.max_results.unwrap_or(5);
    if most > 50 {
        return Err(Refusal::invalid("invalidParameter"));
    }
    let (now, lag) = (world.ground.clock.now(), world.ground.lag());
    let state = lock(&world.state);
    let films = state.order.iter().rev().filter_map(|id| Some((id, state.films.get(id)?)));
    let seen = films.filter(|(_, film)| film.channel == channel && now.since(film.sent) >= lag);
    let items: Vec<_> = seen
        .take(most)
        .map(|(id, film)| {
            json!({
                "kind": "youtube#playlistItem",
                "snippet": {
                    "title": film.title, "description": film.description,
                    "resourceId": { "kind": "youtube#video", "videoId": id },
                },
                "status": { "privacyStatus": film.privacy },
            })
        })
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "kind": "youtube#playlistItemListResponse", "items": items })))
}

/// The number of a channel's list of uploads.
pub(super) fn playlist(channel: &str) -> String {
    channel.replacen("UC", "UU", 1)
}

/// What may be said of a film, wherever it is said.
fn described(snippet: &Value) -> Result<(String, String), Refusal> {
    let title = snippet["title"].as_str().unwrap_or_default();
    if title.is_empty() || title.chars().count() > 100 || title.contains(['<', '>']) {
        return Err(Refusal::invalid("invalidTitle"));
    }
    let description = snippet["description"].as_str().unwrap_or_default();
    if description.len() > 5000 || description.contains(['<', '>']) {
        return Err(Refusal::invalid("invalidDescription"));
    }
    Ok((title.to_owned(), description.to_owned()))
}

/// PUT: who may see it, or what people read of it. The part that is named is written over as a whole.
pub(super) async fn update(world: Data<Youtube>, request: HttpRequest, body: Bytes) -> Reply {
    let channel = world.allowed(&request, MANAGE)?;
    let wanted: Value = serde_json::from_slice(&body).map_err(|_| Refusal::invalid("parseError"))?;
    if request.query_string().contains("part=snippet") {
        return describe(&world, &channel, &wanted);
    }
    if !request.query_string().contains("part=status") || wanted.get("snippet").is_some() {
        return Err(Refusal::invalid("unexpectedPart"));
    }
    let mut privacy = privacy(&wanted["status"])?;
    let id = wanted["id"].as_str().unwrap_or_default();
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    if !state.reviewed {
        // an app that Google has not looked at shows nothing to others, and says so only by what it answers
        "private".clone_into(&mut privacy);
    }
    let film = own(&mut state, &channel, id)?;
    if film.privacy != privacy {
        film.at = now;
    }
    film.privacy = privacy;
    Ok(HttpResponse::Ok().json(film.json(id)))
}

/// Other words for a film.
fn describe(world: &Youtube, channel: &str, wanted: &Value) -> Reply {
    let snippet = &wanted["snippet"];
    if wanted.get("status").is_some() {
        return Err(Refusal::invalid("unexpectedPart"));
    }
    let words = described(snippet)?;
    if snippet["categoryId"].as_str().is_none_or(str::is_empty) {
        return Err(Refusal::invalid("invalidCategoryId"));
    }
    let id = wanted["id"].as_str().unwrap_or_default();
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let film = own(&mut state, channel, id)?;
    // what is left out of the part is gone
    snippet["defaultLanguage"].as_str().unwrap_or_default().clone_into(&mut film.language);
    if (&film.title, &film.description) != (&words.0, &words.1) {
        (film.title, film.description) = words;
        film.edited = Some(now);
    }
    Ok(HttpResponse::Ok().json(json!({ "kind": "youtube#video", "id": id, "snippet": snippet })))
}

/// DELETE.
pub(super) async fn delete(world: Data<Youtube>, request: HttpRequest, which: Query<Which>) -> Reply {
    let channel = world.allowed(&request, MANAGE)?;
    let mut state = lock(&world.state);
    own(&mut state, &channel, &which.id)?;
    state.films.remove(&which.id);
    state.order.retain(|id| *id != which.id);
    Ok(HttpResponse::NoContent().finish())
}

/// POST: subtitles, with what they are in a part before them.
pub(super) async fn captions(world: Data<Youtube>, request: HttpRequest, body: Bytes) -> Reply {
    let channel = world.allowed(&request, MANAGE)?;
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let edge = kind.and_then(|kind| kind.strip_prefix("multipart/related; boundary="));
    let edge = edge.ok_or_else(|| Refusal::invalid("contentRequired"))?;
    let text = String::from_utf8(body.to_vec()).map_err(|_| Refusal::invalid("contentRequired"))?;
    let parts: Vec<_> = text
        .split(&format!("--{edge}"))
        .filter_map(|part| part.split_once("\r\n\r\n").map(|(_, content)| content.trim_end()))
        .collect();
    let [about, track] = parts.as_slice() else { return Err(Refusal::invalid("contentRequired")) };
    let about: Value = serde_json::from_str(about).map_err(|_| Refusal::invalid("invalidMetadata"))?;
    let field = |name: &str| about["snippet"][name].as_str().unwrap_or_default();
    let (id, language) = (field("videoId").to_owned(), field("language").to_owned());
    if language.is_empty() || !track.starts_with("WEBVTT") {
        return Err(Refusal::invalid("invalidMetadata"));
    }
    let mut state = lock(&world.state);
    let film = own(&mut state, &channel, &id)?;
    if film.captions.contains_key(&language) {
        return Err(Refusal::new(StatusCode::CONFLICT, "captionExists", "The caption track exists."));
    }
    film.captions.insert(language.clone(), (*track).to_owned());
    Ok(HttpResponse::Ok().json(json!({ "kind": "youtube#caption", "id": format!("{id}-{language}") })))
}

/// The bytes themselves, for those who look at the wall.
pub(super) async fn file(world: Data<Youtube>, request: HttpRequest, id: Path<String>) -> Reply {
    let file = lock(&world.state).films.get(&*id).filter(|f| f.privacy == "public").map(|f| f.file.clone());
    let response: HttpResponse = file.ok_or_else(Refusal::not_found)?.answer(&request);
    Ok(response)
}
