//! Films: announced, on their way, whole, and then posts.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Bytes, BytesMut, Data, Path},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{LIST, PUBLISH, Refusal, Reply, State, Tiktok, well};
use crate::{
    base::Instant,
    demo::worlds::{MediaPace, MediumKind, lock, wall::File},
};

/// What a text may be long, as JavaScript counts it.
const LONGEST: usize = 2200;
/// The least and the most a piece may be long; the last may be longer.
const PIECE: std::ops::RangeInclusive<u64> = 5_000_000..=64_000_000;
/// Longest address: an hour.
const ADDRESS: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(86_400);
/// Who may see what: what every account here offers.
const LEVELS: [&str; 3] = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"];

/// A film.
pub(super) struct Film {
    pub person: String,
    pub title: String,
    level: String,
    total: u64,
    piece: u64,
    bytes: BytesMut,
    announced: Instant,
    /// Its name as a post.
    pub id: u64,
    /// All of it, once it is whole.
    pub file: Option<File>,
    /// When it got whole.
    pub out: Option<Instant>,
    pace: MediaPace,
}

impl Film {
    fn count(&self) -> u64 {
        (self.total / self.piece).max(1)
    }
    /// Whether the next piece makes it whole.
    pub fn lacks_only_the_last(&self) -> bool {
        self.bytes.len() as u64 >= (self.count() - 1) * self.piece
    }
    fn is_film(&self) -> bool {
        self.pace != MediaPace::Never
            && self.file.as_ref().is_some_and(|file| file.kind() == Some(MediumKind::Film))
    }
    /// Whether others see it.
    pub fn is_seen(&self) -> bool {
        self.is_film() && self.level != "SELF_ONLY"
    }
    fn is_public(&self) -> bool {
        self.is_film() && self.level == "PUBLIC_TO_EVERYONE"
    }
    /// Where people see it.
    pub fn address(&self, base: &str, username: &str) -> String {
        format!("{base}/@{username}/video/{}", self.id)
    }
}

/// POST: what the account's owner allows right now.
pub(super) async fn creator(world: Data<Tiktok>, request: HttpRequest) -> Reply {
    let own = world.allowed(&request, PUBLISH)?;
    let state = lock(&world.state);
    let person = state.people.iter().find(|p| p.id == own).ok_or_else(|| Refusal::invalid("No such user"))?;
    Ok(well(&json!({
        "creator_username": person.username, "creator_nickname": person.name,
        "privacy_level_options": LEVELS, "comment_disabled": false, "duet_disabled": false,
        "stitch_disabled": true, "max_video_post_duration_sec": 600,
    })))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    post_info: PostInfo,
    source_info: SourceInfo,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostInfo {
    title: String,
    privacy_level: String,
    #[serde(rename = "disable_comment")]
    _comment: bool,
    #[serde(rename = "disable_duet")]
    _duet: bool,
    disable_stitch: bool,
    brand_content_toggle: bool,
    #[serde(rename = "brand_organic_toggle")]
    _organic: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceInfo {
    source: String,
    video_size: u64,
    chunk_size: u64,
    total_chunk_count: u64,
}

/// Who wants to post what to whom.
pub(super) struct Rules<'a> {
    pub person: &'a str,
    pub level: &'a str,
    pub paid: bool,
    pub now: Instant,
}

impl State {
    /// Whether it may be announced.
    pub(super) fn allows(&self, wanted: &Rules<'_>) -> Result<(), Refusal> {
        let hidden = wanted.level == "SELF_ONLY";
        if !LEVELS.contains(&wanted.level) || (wanted.paid && hidden) {
            return Err(Refusal::forbidden("privacy_level_option_mismatch"));
        }
        if !self.reviewed && !hidden {
            return Err(Refusal::forbidden("unaudited_client_can_only_post_to_private_accounts"));
        }
        let films = self.films.values().map(|film| (&film.person, film.out));
        let photos = self.photos.values().map(|photos| (&photos.person, photos.out));
        let today = |(person, out): &(&String, Option<Instant>)| {
            *person == wanted.person && out.is_some_and(|out| wanted.now.since(out) < DAY)
        };
        match films.chain(photos).filter(today).count() >= self.most {
            true => Err(Refusal::forbidden("spam_risk_too_many_posts")),
            false => Ok(()),
        }
    }
}

/// POST: a film is announced; under which number, and where its bytes go.
pub(super) async fn announce(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> Reply {
    let person = world.allowed(&request, PUBLISH)?;
    let New { post_info, source_info } =
        serde_json::from_slice(&body).map_err(|e| Refusal::invalid(e.to_string()))?;
    if post_info.title.encode_utf16().count() > LONGEST {
        return Err(Refusal::invalid("The title is too long."));
    }
    if !post_info.disable_stitch {
        return Err(Refusal::forbidden("privacy_level_option_mismatch"));
    }
    let SourceInfo { source, video_size: total, chunk_size: piece, total_chunk_count: count } = source_info;
    let in_pieces = PIECE.contains(&piece) && count == total / piece && count <= 1000;
    if source != "FILE_UPLOAD" || total == 0 || !(in_pieces || (count == 1 && piece == total)) {
        return Err(Refusal::invalid("The chunk size or the number of chunks is invalid."));
    }
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let rules =
        Rules { person: &person, level: &post_info.privacy_level, paid: post_info.brand_content_toggle, now };
    state.allows(&rules)?;
    let name = format!("v_pub_file~v2-1.{}", world.ground.chance.code(19));
    state.last_id += 1;
    let film = Film {
        person,
        title: post_info.title,
        level: post_info.privacy_level,
        total,
        piece,
        bytes: BytesMut::new(),
        announced: now,
        id: state.last_id,
        file: None,
        out: None,
        pace: state.pace,
    };
    state.films.insert(name.clone(), film);
    let address = format!("{}/upload/{name}", world.ground.base());
    Ok(well(&json!({ "publish_id": name, "upload_url": address })))
}

/// PUT: a piece, in order. With the last the film is whole.
pub(super) async fn put(
    world: Data<Tiktok>,
    request: HttpRequest,
    name: Path<String>,
    piece: Bytes,
) -> HttpResponse {
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let Some(film) = state.films.get_mut(&*name) else { return HttpResponse::NotFound().finish() };
    if now.since(film.announced) >= ADDRESS {
        return HttpResponse::Forbidden().finish();
    }
    let range = request.headers().get(header::CONTENT_RANGE).and_then(|value| value.to_str().ok());
    let range = range.and_then(|range| {
        let (range, total) = range.strip_prefix("bytes ")?.split_once('/')?;
        let (from, to) = range.split_once('-')?;
        Some((from.parse::<u64>().ok()?, to.parse::<u64>().ok()?, total.parse::<u64>().ok()?))
    });
    let had = film.bytes.len() as u64;
    let end = if film.lacks_only_the_last() { film.total } else { had + film.piece };
    let fits = film.out.is_none() && range == Some((had, end - 1, film.total));
    if !fits || piece.len() as u64 != end - had {
        return HttpResponse::build(StatusCode::RANGE_NOT_SATISFIABLE).finish();
    }
    film.bytes.extend_from_slice(&piece);
    if end < film.total {
        return HttpResponse::PartialContent().finish();
    }
    film.file = Some(File::new(film.bytes.split().freeze(), ""));
    film.out = Some(now);
    HttpResponse::Created().finish()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    publish_id: String,
}

/// POST: how far it is; once it is whole, each asking brings it on.
pub(super) async fn status(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> Reply {
    let person = world.allowed(&request, PUBLISH)?;
    let Asked { publish_id } = serde_json::from_slice(&body).map_err(|e| Refusal::invalid(e.to_string()))?;
    let mut state = lock(&world.state);
    if let Some(photos) = state.photos.get_mut(&publish_id).filter(|photos| photos.person == person) {
        return Ok(well(&photos.said()));
    }
    let film = state.films.get_mut(&publish_id).filter(|film| film.person == person);
    let film = film.ok_or_else(|| Refusal::invalid("publish_id is invalid"))?;
    let had = if film.file.is_some() { film.total } else { film.bytes.len() as u64 };
    let mut said = json!({ "status": "PROCESSING_UPLOAD", "uploaded_bytes": had, "downloaded_bytes": 0 });
    if film.file.is_some() {
        match film.pace {
            MediaPace::AfterPolls(left @ 1..) => film.pace = MediaPace::AfterPolls(left - 1),
            _ if !film.is_film() => {
                said["status"] = "FAILED".into();
                said["fail_reason"] = "file_format_check_failed".into();
            }
            _ => {
                said["status"] = "PUBLISH_COMPLETE".into();
                if film.is_public() {
                    said["publicaly_available_post_id"] = json!([film.id]);
                }
            }
        }
    }
    Ok(well(&said))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Part {
    max_count: usize,
}

/// POST: the account's films that everybody may see, newest first; what is younger than the list's lag is not in it yet.
pub(super) async fn list(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> Reply {
    let person = world.allowed(&request, LIST)?;
    let Part { max_count } = serde_json::from_slice(&body).map_err(|e| Refusal::invalid(e.to_string()))?;
    if !(1..=20).contains(&max_count) {
        return Err(Refusal::invalid("max_count is at most 20"));
    }
    let (now, lag) = (world.ground.clock.now(), world.ground.lag());
    let seen = |film: &Film| film.out.is_some_and(|out| now.since(out) >= lag);
    Ok(films(&world, &person, seen, max_count))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    filters: Filters,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Filters {
    video_ids: Vec<String>,
}

/// POST: some of them by name.
pub(super) async fn query(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> Reply {
    let person = world.allowed(&request, LIST)?;
    let wanted: Wanted = serde_json::from_slice(&body).map_err(|e| Refusal::invalid(e.to_string()))?;
    let named = |film: &Film| wanted.filters.video_ids.contains(&film.id.to_string());
    Ok(films(&world, &person, named, 20))
}

fn films(world: &Tiktok, person: &str, wanted: impl Fn(&Film) -> bool, most: usize) -> HttpResponse {
    let base = world.ground.base();
    let state = lock(&world.state);
    let username = state.people.iter().find(|p| p.id == person).map_or("", |p| p.username.as_str());
    let mut own: Vec<_> = state
        .films
        .values()
        .filter(|film| film.person == person && film.is_public() && wanted(film))
        .collect();
    own.sort_by_key(|film| std::cmp::Reverse(film.id));
    let videos: Vec<Value> = own
        .into_iter()
        .take(most)
        .map(|film| {
            let readers = world.ground.readers(&film.id.to_string());
            json!({
                "id": film.id.to_string(), "title": film.title,
                "create_time": film.out.map(Instant::seconds), "share_url": film.address(&base, username),
                "view_count": readers.seen, "like_count": readers.liked, "comment_count": readers.answered,
                "share_count": readers.passed_on,
            })
        })
        .collect();
    well(&json!({ "videos": videos, "cursor": 0, "has_more": false }))
}

/// The bytes themselves, for those who look at the wall.
pub(super) async fn file(world: Data<Tiktok>, request: HttpRequest, id: Path<u64>) -> HttpResponse {
    let file = {
        let state = lock(&world.state);
        state.films.values().find(|film| film.id == *id && film.is_seen()).and_then(|film| film.file.clone())
    };
    match file {
        Some(file) => file.answer(&request),
        None => HttpResponse::NotFound().finish(),
    }
}
