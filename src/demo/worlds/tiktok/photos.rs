//! Photos: named by their addresses, fetched, and then a post.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, rt,
    web::{Bytes, Data, Path},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{PUBLISH, Refusal, Reply, Tiktok, films::Rules, well};
use crate::{
    base::Instant,
    demo::worlds::{MediaPace, Medium, MediumKind, lock, wall::File},
};

/// What a text may be long, as JavaScript counts it.
const LONGEST: usize = 4000;
/// Photos in a post.
const MOST: usize = 35;
/// Bytes of a photo.
const HEAVIEST: usize = 20_000_000;
/// Longest side of a photo.
const SIDE: u32 = 1080;
/// How often a photo is asked for before it is given up.
const TRIES: usize = 3;
/// How long is waited for one, and between two tries.
const PATIENCE: Duration = Duration::from_secs(20);
const PAUSE: Duration = Duration::from_millis(500);

/// A post of photos.
pub(super) struct Photos {
    pub person: String,
    pub description: String,
    level: String,
    /// Its name as a post.
    pub id: u64,
    /// When it became one.
    pub out: Option<Instant>,
    files: Vec<File>,
    failed: Option<&'static str>,
    pace: MediaPace,
}

impl Photos {
    fn is_whole(&self) -> bool {
        self.out.is_some() && self.pace != MediaPace::Never
    }
    /// Whether others see it.
    pub fn is_seen(&self) -> bool {
        self.is_whole() && self.level != "SELF_ONLY"
    }
    /// Where people see it.
    pub fn address(&self, base: &str, username: &str) -> String {
        format!("{base}/@{username}/photo/{}", self.id)
    }
    /// What hangs on the wall.
    pub fn media(&self, base: &str) -> Vec<Medium> {
        let medium = |(n, file): (usize, &File)| Medium {
            kind: MediumKind::Picture,
            address: format!("{base}/photo/{}/{n}", self.id),
            mime: file.mime.clone(),
            alt: String::new(),
            size: file.bytes.len(),
        };
        self.files.iter().enumerate().map(medium).collect()
    }
    /// How far it is, as the API says it; once it is whole, each asking brings it on.
    pub fn said(&mut self) -> Value {
        let mut said = json!({ "status": "PROCESSING_DOWNLOAD", "downloaded_bytes": 0 });
        match (self.failed, self.out, self.pace) {
            (Some(reason), ..) => {
                said["status"] = "FAILED".into();
                said["fail_reason"] = reason.into();
            }
            (None, None, _) => {}
            (None, Some(_), MediaPace::AfterPolls(left @ 1..)) => {
                self.pace = MediaPace::AfterPolls(left - 1);
            }
            (None, Some(_), MediaPace::Never) => {
                said["status"] = "FAILED".into();
                said["fail_reason"] = "file_format_check_failed".into();
            }
            (None, Some(_), _) => {
                said["status"] = "PUBLISH_COMPLETE".into();
                if self.level == "PUBLIC_TO_EVERYONE" {
                    said["publicaly_available_post_id"] = json!([self.id]);
                }
            }
        }
        said
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    media_type: String,
    post_mode: String,
    post_info: PostInfo,
    source_info: SourceInfo,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PostInfo {
    description: String,
    privacy_level: String,
    #[serde(rename = "disable_comment")]
    _comment: bool,
    #[serde(rename = "auto_add_music")]
    _music: bool,
    brand_content_toggle: bool,
    #[serde(rename = "brand_organic_toggle")]
    _organic: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SourceInfo {
    source: String,
    photo_images: Vec<String>,
    photo_cover_index: usize,
}

/// POST: photos are named; under which number. They are fetched right away, while the answer is on its way.
pub(super) async fn announce(world: Data<Tiktok>, request: HttpRequest, body: Bytes) -> Reply {
    let person = world.allowed(&request, PUBLISH)?;
    let New { media_type, post_mode, post_info, source_info } =
        serde_json::from_slice(&body).map_err(|e| Refusal::invalid(e.to_string()))?;
    if media_type != "PHOTO" || post_mode != "DIRECT_POST" || source_info.source != "PULL_FROM_URL" {
        return Err(Refusal::invalid("Only photos that are pulled are posted here."));
    }
    if post_info.description.encode_utf16().count() > LONGEST {
        return Err(Refusal::invalid("The description is too long."));
    }
    let addresses = source_info.photo_images;
    if addresses.is_empty() || addresses.len() > MOST || source_info.photo_cover_index >= addresses.len() {
        return Err(Refusal::invalid("The number of photos is invalid."));
    }
    let now = world.ground.clock.now();
    let name = format!("p_pub_url~v2.{}", world.ground.chance.code(19));
    {
        let mut state = lock(&world.state);
        state.allows(&Rules {
            person: &person,
            level: &post_info.privacy_level,
            paid: post_info.brand_content_toggle,
            now,
        })?;
        state.last_id += 1;
        let photos = Photos {
            person,
            description: post_info.description,
            level: post_info.privacy_level,
            id: state.last_id,
            out: None,
            files: Vec::new(),
            failed: None,
            pace: state.pace,
        };
        state.photos.insert(name.clone(), photos);
    }
    let (there, named) = (world.clone(), name.clone());
    rt::spawn(async move {
        let fetched = fetch_all(&there, &addresses).await;
        let now = there.ground.clock.now();
        if let Some(photos) = lock(&there.state).photos.get_mut(&named) {
            match fetched {
                Ok(files) => (photos.files, photos.out) = (files, Some(now)),
                Err(reason) => photos.failed = Some(reason),
            }
        }
    });
    Ok(well(&json!({ "publish_id": name })))
}

async fn fetch_all(world: &Tiktok, addresses: &[String]) -> Result<Vec<File>, &'static str> {
    let mut files = Vec::new();
    for address in addresses {
        files.push(fetch(world, address).await?);
    }
    Ok(files)
}

/// The photo at an address: no detours, no log-in, and what it says it is.
async fn fetch(world: &Tiktok, address: &str) -> Result<File, &'static str> {
    const NOT_THERE: &str = "photo_pull_failed";
    for turn in 0..TRIES {
        if turn > 0 {
            rt::time::sleep(PAUSE).await;
        }
        let Ok(response) = world.client.get(address).timeout(PATIENCE).send().await else { continue };
        match response.status().as_u16() {
            200 => {}
            503 => continue,
            _ => return Err(NOT_THERE),
        }
        let claimed = response.headers().get("content-type").and_then(|v| v.to_str().ok()).map(str::to_owned);
        let Ok(bytes) = response.bytes().await else { continue };
        let file = File::new(bytes, claimed.as_deref().unwrap_or_default());
        if file.mime != "image/jpeg" && file.mime != "image/webp" {
            return Err("file_format_check_failed");
        }
        let reader = image::ImageReader::new(std::io::Cursor::new(&file.bytes)).with_guessed_format();
        let size = reader.ok().and_then(|reader| reader.into_dimensions().ok());
        let fits = size.is_some_and(|(width, height)| width.max(height) <= SIDE);
        return if fits && file.bytes.len() <= HEAVIEST {
            Ok(file)
        } else {
            Err("picture_size_check_failed")
        };
    }
    Err(NOT_THERE)
}

/// The bytes themselves, for those who look at the wall.
pub(super) async fn file(world: Data<Tiktok>, request: HttpRequest, at: Path<(u64, usize)>) -> HttpResponse {
    let (id, n) = at.into_inner();
    let file = {
        let state = lock(&world.state);
        let seen = state.photos.values().find(|photos| photos.id == id && photos.is_seen());
        seen.and_then(|photos| photos.files.get(n).cloned())
    };
    match file {
        Some(file) => file.answer(&request),
        None => HttpResponse::NotFound().finish(),
    }
}
