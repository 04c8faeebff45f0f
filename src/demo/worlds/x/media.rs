//! Pictures in one piece, films in segments that may come again, and what is told about them.

use std::collections::BTreeMap;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, BytesMut, Data, Json, Path, Payload, Query},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, Reply, State, X};
use crate::{
    base::text,
    demo::worlds::{MediaPace, MediumKind, lock, parts::Parts, wall::File},
};

const PICTURE_LIMIT: usize = 5_000_000;
const FILM_LIMIT: u64 = 512_000_000;
const SEGMENT_LIMIT: usize = 5 << 20;
const ALT_LIMIT: usize = 1000;

/// A file that is there, or on its way.
pub(super) struct Upload {
    pub person: String,
    total: u64,
    mime: String,
    segments: BTreeMap<u64, Bytes>,
    file: Option<File>,
    pub alt: String,
    /// Subtitles by language.
    captions: BTreeMap<String, u64>,
    pace: MediaPace,
}

impl Upload {
    /// What it is, as far as it is there.
    pub fn file(&self) -> &File {
        static NOTHING: std::sync::LazyLock<File> = std::sync::LazyLock::new(|| File::new(Bytes::new(), ""));
        self.file.as_ref().unwrap_or(&NOTHING)
    }
    /// Whether it can be shown.
    pub fn is_ready(&self) -> bool {
        self.file.as_ref().is_some_and(|file| {
            file.kind() == Some(MediumKind::Picture) || self.pace == MediaPace::AfterPolls(0)
        })
    }
    fn json(&self, id: u64) -> Value {
        let mut data =
            json!({ "id": id.to_string(), "media_key": format!("3_{id}"), "expires_after_secs": 86400 });
        if self.file.is_some() {
            data["size"] = self.file().bytes.len().into();
            data["media_key"] = format!("13_{id}").into();
            let film = self.file().kind() == Some(MediumKind::Film);
            let info = match self.pace {
                _ if !film => None,
                MediaPace::AfterPolls(0) => None,
                MediaPace::AfterPolls(left) => Some(json!({
                    "state": "in_progress", "check_after_secs": u8::from(left > 1), "progress_percent": 50,
                })),
                MediaPace::Never => Some(json!({ "state": "failed", "progress_percent": 100 })),
            };
            if let Some(info) = info {
                data["processing_info"] = info;
            }
        }
        json!({ "data": data })
    }
}

fn own<'s>(state: &'s mut State, person: &str, id: u64) -> Result<&'s mut Upload, Refusal> {
    let found = state.media.get_mut(&id).filter(|upload| upload.person == person);
    found.ok_or_else(|| Refusal::not_found("media"))
}

async fn form(request: &HttpRequest, body: Payload, most: usize) -> Result<(Parts, Bytes), Refusal> {
    let parts = Parts::of(request, body, most).await;
    let mut parts =
        parts.ok_or_else(|| Refusal::invalid("One or more parameters to your request was invalid."))?;
    match parts.file.take() {
        Some((name, _, bytes)) if name == "media" => Ok((parts, bytes)),
        _ => Err(Refusal::invalid("media: is missing")),
    }
}

/// POST: a picture or subtitles, in one piece.
pub(super) async fn whole(world: Data<X>, request: HttpRequest, body: Payload) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    let (parts, bytes) = form(&request, body, PICTURE_LIMIT).await?;
    let category = parts.text("media_category");
    let file = File::new(bytes, if category == "subtitles" { "text/vtt" } else { "" });
    let fits = match category {
        "tweet_image" => file.kind() == Some(MediumKind::Picture),
        "subtitles" => file.bytes.starts_with(b"WEBVTT"),
        _ => false,
    };
    if !fits {
        return Err(Refusal::invalid("media_category: does not fit the media"));
    }
    let mut state = lock(&world.state);
    let id = world.next_id(&mut state);
    let (total, mime) = (file.bytes.len() as u64, file.mime.clone());
    let upload = Upload {
        person,
        total,
        mime,
        segments: BTreeMap::new(),
        file: Some(file),
        alt: String::new(),
        captions: BTreeMap::new(),
        pace: MediaPace::AfterPolls(0),
    };
    let answer = upload.json(id);
    state.media.insert(id, upload);
    Ok(world.answer(StatusCode::OK).json(answer))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Initialize {
    media_category: String,
    media_type: String,
    total_bytes: u64,
}

/// POST: a film is announced.
pub(super) async fn initialize(world: Data<X>, request: HttpRequest, new: Json<Initialize>) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    let Initialize { media_category, media_type, total_bytes } = new.into_inner();
    let known = ["video/mp4", "video/quicktime", "video/webm"].contains(&media_type.as_str());
    if media_category != "tweet_video" || !known || !(1..=FILM_LIMIT).contains(&total_bytes) {
        return Err(Refusal::invalid("One or more parameters to your request was invalid."));
    }
    let mut state = lock(&world.state);
    let id = world.next_id(&mut state);
    let upload = Upload {
        person,
        total: total_bytes,
        mime: media_type,
        segments: BTreeMap::new(),
        file: None,
        alt: String::new(),
        captions: BTreeMap::new(),
        pace: state.pace,
    };
    let answer = upload.json(id);
    state.media.insert(id, upload);
    Ok(world.answer(StatusCode::OK).json(answer))
}

/// POST: a segment, which may come again.
pub(super) async fn append(world: Data<X>, request: HttpRequest, id: Path<u64>, body: Payload) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    let (parts, bytes) = form(&request, body, SEGMENT_LIMIT).await?;
    let index: u64 =
        parts.text("segment_index").parse().map_err(|_| Refusal::invalid("segment_index: is missing"))?;
    let mut state = lock(&world.state);
    let upload = own(&mut state, &person, *id)?;
    if index > 999 || upload.file.is_some() {
        return Err(Refusal::invalid("segment_index: is out of range"));
    }
    upload.segments.insert(index, bytes);
    Ok(world.answer(StatusCode::OK).json(json!({ "data": { "expires_at": 86400 } })))
}

/// POST: that was all.
pub(super) async fn finalize(world: Data<X>, request: HttpRequest, id: Path<u64>) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    let mut state = lock(&world.state);
    let upload = own(&mut state, &person, *id)?;
    if upload.file.is_none() {
        let unbroken = upload.segments.keys().copied().eq(0..upload.segments.len() as u64);
        let mut bytes = BytesMut::new();
        for segment in upload.segments.values() {
            bytes.extend_from_slice(segment);
        }
        if !unbroken || bytes.len() as u64 != upload.total {
            return Err(Refusal::invalid("Segments do not add up to the size of the media."));
        }
        upload.file = Some(File::new(bytes.freeze(), &upload.mime));
        upload.segments.clear();
    }
    let answer = upload.json(*id);
    Ok(world.answer(StatusCode::OK).json(answer))
}

#[derive(Deserialize)]
pub(super) struct Status {
    command: String,
    media_id: u64,
}

/// GET: how far it is; each asking brings it on.
pub(super) async fn status(world: Data<X>, request: HttpRequest, asked: Query<Status>) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    if asked.command != "STATUS" {
        return Err(Refusal::invalid("command: is not STATUS"));
    }
    let mut state = lock(&world.state);
    let upload = own(&mut state, &person, asked.media_id)?;
    let answer = upload.json(asked.media_id);
    if let MediaPace::AfterPolls(left) = upload.pace {
        upload.pace = MediaPace::AfterPolls(left.saturating_sub(1));
    }
    Ok(world.answer(StatusCode::OK).json(answer))
}

/// POST: an alternative text.
pub(super) async fn describe(world: Data<X>, request: HttpRequest, body: Json<Value>) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    let id: u64 = body["id"]
        .as_str()
        .and_then(|id| id.parse().ok())
        .ok_or_else(|| Refusal::invalid("id: is missing"))?;
    let alt = body["metadata"]["alt_text"]["text"].as_str().unwrap_or_default();
    if text::count(alt) > ALT_LIMIT {
        return Err(Refusal::invalid("alt_text: is longer than 1000 characters"));
    }
    let mut state = lock(&world.state);
    alt.clone_into(&mut own(&mut state, &person, id)?.alt);
    Ok(world.answer(StatusCode::OK).json(json!({ "data": { "id": id.to_string() } })))
}

/// POST: subtitles for a film.
pub(super) async fn subtitles(world: Data<X>, request: HttpRequest, body: Json<Value>) -> Reply {
    let person = world.allowed(&request, &["media.write"])?;
    let number = |value: &Value| value.as_str().and_then(|id| id.parse::<u64>().ok());
    let language = body["subtitles"]["language_code"].as_str().unwrap_or_default();
    let (Some(film), Some(track)) = (number(&body["id"]), number(&body["subtitles"]["id"])) else {
        return Err(Refusal::invalid("id: is missing"));
    };
    if body["media_category"] != "TweetVideo" || language.len() != 2 || language != language.to_uppercase() {
        return Err(Refusal::invalid("language_code: is not two capital letters"));
    }
    let mut state = lock(&world.state);
    own(&mut state, &person, track)?;
    own(&mut state, &person, film)?.captions.insert(language.to_owned(), track);
    Ok(world.answer(StatusCode::OK).json(json!({ "data": { "id": film.to_string() } })))
}

/// The bytes themselves, for those who look at the wall.
pub(super) async fn file(world: Data<X>, request: HttpRequest, id: Path<u64>) -> Reply {
    let state = lock(&world.state);
    let file = state.media.get(&id).and_then(|upload| upload.file.clone());
    let response: HttpResponse = file.ok_or_else(|| Refusal::not_found("media"))?.answer(&request);
    Ok(response)
}
