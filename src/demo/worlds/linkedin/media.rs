//! Pictures and films: announced, sent to addresses that are made for them, looked at by their owner.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, BytesMut, Data, Json, Path, Query},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Linkedin, Refusal, Reply, State};
use crate::demo::worlds::{MediaPace, MediumKind, lock, wall::File};

/// Bytes of a part of a film.
const PART: u64 = 4_194_304;
const FILM: u64 = 500_000_000;
/// A film shorter than this is none.
const SHORTEST: u64 = 1;

/// A file that is there, or on its way.
pub(super) struct Upload {
    pub owner: String,
    film: bool,
    total: u64,
    parts: Vec<Option<Bytes>>,
    file: Option<File>,
    pace: MediaPace,
}

impl Upload {
    /// What it is, when it is there.
    pub fn file(&self) -> Option<&File> {
        self.file.as_ref()
    }
    /// Whether it can be shown.
    pub fn is_ready(&self) -> bool {
        self.file.is_some() && self.pace == MediaPace::AfterPolls(0)
    }
}

/// What is to be done with files.
#[derive(Deserialize)]
pub(super) struct Action {
    action: String,
}

fn announce(world: &Linkedin, state: &mut State, owner: String, film: bool, total: u64) -> String {
    let id = Linkedin::next_id(state);
    let urn = format!("urn:li:{}:C5F{id}", if film { "video" } else { "image" });
    let count = if film { total.div_ceil(PART) } else { 1 };
    let pace = if film { state.pace } else { MediaPace::AfterPolls(0) };
    let parts = vec![None; usize::try_from(count).unwrap_or(1)];
    let _ = world;
    state.files.insert(urn.clone(), Upload { owner, film, total, parts, file: None, pace });
    urn
}

/// Whose file it will be: the one who asks.
fn owner<'b>(body: &'b Value, person: &str) -> Result<&'b Value, Refusal> {
    let wanted = &body["initializeUploadRequest"];
    if wanted["owner"] == person { Ok(wanted) } else { Err(Refusal::denied()) }
}

/// POST: where a picture goes.
pub(super) async fn image(
    world: Data<Linkedin>,
    request: HttpRequest,
    action: Query<Action>,
    body: Json<Value>,
) -> Reply {
    let person = world.allowed(&request, world.write())?;
    if action.action != "initializeUpload" {
        return Err(Refusal::invalid("ILLEGAL_ARGUMENT", "action"));
    }
    owner(&body, &person)?;
    let base = world.ground.base();
    let mut state = lock(&world.state);
    let urn = announce(&world, &mut state, person, false, 0);
    Ok(HttpResponse::Ok().json(json!({ "value": {
        "uploadUrlExpiresAt": 1_900_000_000_000_u64, "uploadUrl": format!("{base}/dms-uploads/{urn}/0"), "image": urn,
    } })))
}

/// POST: where a film's parts go; that all are there.
pub(super) async fn video(
    world: Data<Linkedin>,
    request: HttpRequest,
    action: Query<Action>,
    body: Json<Value>,
) -> Reply {
    let person = world.allowed(&request, world.write())?;
    let mut state = lock(&world.state);
    match action.action.as_str() {
        "initializeUpload" => {
            let total = owner(&body, &person)?["fileSizeBytes"].as_u64().unwrap_or(0);
            if !(SHORTEST..=FILM).contains(&total) {
                return Err(Refusal::invalid("INVALID_VALUE_FOR_FIELD", "fileSizeBytes of the video"));
            }
            let base = world.ground.base();
            let urn = announce(&world, &mut state, person, true, total);
            let parts: Vec<_> = (0..total.div_ceil(PART))
                .map(|n| {
                    json!({
                        "uploadUrl": format!("{base}/dms-uploads/{urn}/{n}"),
                        "firstByte": n * PART, "lastByte": ((n + 1) * PART).min(total) - 1,
                    })
                })
                .collect();
            Ok(HttpResponse::Ok().json(json!({ "value": {
                "video": urn, "uploadToken": "", "uploadUrlsExpireAt": 1_900_000_000_000_u64,
                "uploadInstructions": parts,
            } })))
        }
        "finalizeUpload" => {
            let wanted = &body["finalizeUploadRequest"];
            let urn = wanted["video"].as_str().unwrap_or_default();
            let upload = own(&mut state, &person, urn)?;
            let marks: Vec<_> = wanted["uploadedPartIds"].as_array().into_iter().flatten().collect();
            let right = marks.len() == upload.parts.len()
                && marks.iter().enumerate().all(|(n, mark)| **mark == format!("{urn}-{n}"));
            let mut bytes = BytesMut::new();
            for part in upload.parts.iter().flatten() {
                bytes.extend_from_slice(part);
            }
            if !right || bytes.len() as u64 != upload.total {
                return Err(Refusal::invalid("INVALID_VALUE_FOR_FIELD", "uploadedPartIds of the video"));
            }
            upload.file = Some(File::new(bytes.freeze(), ""));
            Ok(HttpResponse::Ok().finish())
        }
        _ => Err(Refusal::invalid("ILLEGAL_ARGUMENT", "action")),
    }
}

fn own<'s>(state: &'s mut State, person: &str, urn: &str) -> Result<&'s mut Upload, Refusal> {
    state.files.get_mut(urn).filter(|upload| upload.owner == person).ok_or_else(Refusal::not_found)
}

/// PUT: bytes, at an address that opens by itself for films.
pub(super) async fn put(
    world: Data<Linkedin>,
    request: HttpRequest,
    place: Path<(String, usize)>,
    bytes: Bytes,
) -> Reply {
    let (urn, number) = place.into_inner();
    let is_film = lock(&world.state).files.get(&urn).ok_or_else(Refusal::not_found)?.film;
    if !is_film {
        world.person(&request, world.write())?;
    }
    let mut state = lock(&world.state);
    let upload = state.files.get_mut(&urn).ok_or_else(Refusal::not_found)?;
    if is_film {
        *upload.parts.get_mut(number).ok_or_else(Refusal::not_found)? = Some(bytes);
        return Ok(HttpResponse::Ok().insert_header(("etag", format!("{urn}-{number}"))).finish());
    }
    let file = File::new(bytes, "");
    if file.kind() != Some(MediumKind::Picture) {
        return Err(Refusal::invalid("INVALID_VALUE_FOR_FIELD", "the bytes are no image"));
    }
    upload.file = Some(file);
    Ok(HttpResponse::Created().finish())
}

/// GET: how far it is, for whoever may read here; each asking brings it on.
pub(super) async fn status(world: Data<Linkedin>, request: HttpRequest, urn: Path<String>) -> Reply {
    if world.is_for_persons() {
        return Err(Refusal::denied());
    }
    let person = world.allowed(&request, world.write())?;
    let mut state = lock(&world.state);
    let upload = own(&mut state, &person, &urn)?;
    let status = match upload.pace {
        _ if upload.file.is_none() => "WAITING_UPLOAD",
        MediaPace::AfterPolls(0) => "AVAILABLE",
        MediaPace::AfterPolls(left) => {
            upload.pace = MediaPace::AfterPolls(left - 1);
            "PROCESSING"
        }
        MediaPace::Never => "PROCESSING_FAILED",
    };
    Ok(HttpResponse::Ok().json(json!({ "id": *urn, "owner": person, "status": status })))
}

/// The bytes themselves, for those who look at the wall.
pub(super) async fn file(world: Data<Linkedin>, request: HttpRequest, urn: Path<String>) -> Reply {
    let file = lock(&world.state).files.get(&*urn).and_then(|upload| upload.file.clone());
    let response: HttpResponse = file.ok_or_else(Refusal::not_found)?.answer(&request);
    Ok(response)
}
