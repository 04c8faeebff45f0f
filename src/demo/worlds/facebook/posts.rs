//! Pictures, posts, and the list of a page's posts.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde_json::{Value, json};

use super::{Facebook, IMAGE_LIMIT, MAX_MESSAGE, MAX_PICTURES, Refusal, Reply, State, medium, read};
use crate::{
    base::Instant,
    demo::worlds::{Medium, MediumKind, lock, wall::File},
};

/// A picture that a post may show.
pub(super) struct Photo {
    pub page: u64,
    pub file: File,
    pub alt: String,
}

impl Photo {
    pub fn medium(&self, base: &str, id: u64) -> Medium {
        medium(base, id, MediumKind::Picture, &self.file, &self.alt)
    }
}

/// A post, shown or not.
pub(super) struct Entry {
    pub page: u64,
    pub message: String,
    pub link: Option<String>,
    pub photos: Vec<u64>,
    pub published: Option<Instant>,
    pub edited: Option<Instant>,
}

impl Entry {
    /// Its number, which names its page too.
    pub fn key(&self, id: u64) -> String {
        format!("{}_{id}", self.page)
    }
}

/// POST: a picture.
pub(super) async fn photo(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let mut fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let page = world.acting(&state, &request, "pages_manage_posts")?;
    if fields.text("published") != "false" {
        return Err(Refusal::parameter("This practice page takes pictures for posts only (published=false)"));
    }
    let missing = || Refusal::new(324, 2_069_019, "(#324) Missing or invalid image file");
    let (claimed, bytes) = fields.file("source").ok_or_else(missing)?;
    let file = File::new(bytes, &claimed);
    let taken = ["image/jpeg", "image/png", "image/gif", "image/bmp", "image/tiff"];
    if !taken.contains(&file.mime.as_str()) {
        return Err(missing());
    }
    if file.bytes.len() > IMAGE_LIMIT {
        let words = "Your photos couldn't be uploaded. Photos should be less than 4 MB";
        return Err(Refusal::new(1, 1_366_046, words));
    }
    let id = state.next_id();
    state.photos.insert(id, Photo { page, file, alt: fields.text("alt_text_custom").to_owned() });
    Ok(HttpResponse::Ok().json(json!({"id": id.to_string()})))
}

/// POST: a post, seen at once or not.
pub(super) async fn create(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let page = world.acting(&state, &request, "pages_manage_posts")?;
    let message = fields.text("message").to_owned();
    if message.encode_utf16().count() > MAX_MESSAGE {
        return Err(Refusal::parameter(&format!(
            "Param message must be at most {MAX_MESSAGE} characters long"
        )));
    }
    let link = fields.get("link").filter(|link| !link.is_empty()).map(str::to_owned);
    if link.as_ref().is_some_and(|link| url::Url::parse(link).is_err()) {
        return Err(Refusal::new(100, 1_609_005, "(#100) The url you supplied is invalid"));
    }
    let photos = attached(&state, page, fields.all("attached_media"))?;
    if message.trim().is_empty() && link.is_none() && photos.is_empty() {
        return Err(Refusal::parameter("Missing message or attachment"));
    }
    let twice = |entry: &Entry| {
        entry.published.is_some() && (&entry.message, &entry.link) == (&message, &link) && entry.page == page
    };
    if state.posts.values().any(twice) {
        return Err(Refusal::new(506, 0, "(#506) Duplicate status message"));
    }
    let published = (fields.get("published") != Some("false")).then_some(now);
    let id = state.next_id();
    let entry = Entry { page, message, link, photos, published, edited: None };
    let answer = entry_json(&state, &world.ground.base(), id, &entry, now);
    state.posts.insert(id, entry);
    Ok(HttpResponse::Ok().json(json!({"id": answer["id"], "permalink_url": answer["permalink_url"]})))
}

/// The pictures that a post is to show, when it may.
fn attached(state: &State, page: u64, said: &[String]) -> Result<Vec<u64>, Refusal> {
    if said.len() > MAX_PICTURES {
        return Err(Refusal::parameter(&format!(
            "Param attached_media holds more than {MAX_PICTURES} items"
        )));
    }
    said.iter()
        .map(|item| {
            let item: Value = serde_json::from_str(item)
                .map_err(|_| Refusal::parameter("Param attached_media must be an array of objects"))?;
            let id: u64 = item["media_fbid"].as_str().and_then(|id| id.parse().ok()).unwrap_or_default();
            state
                .photos
                .get(&id)
                .filter(|photo| photo.page == page)
                .map(|_| id)
                .ok_or_else(|| Refusal::parameter("Param attached_media names a photo that is not there"))
        })
        .collect()
}

/// A post as the API shows it.
pub(super) fn entry_json(state: &State, base: &str, id: u64, entry: &Entry, now: Instant) -> Value {
    let key = entry.key(id);
    let username = state.page(entry.page).map(|page| page.username.as_str()).unwrap_or_default();
    let mut attachments: Vec<Value> = entry
        .photos
        .iter()
        .map(|photo| json!({"media_type": "photo", "target": {"id": photo.to_string()}}))
        .collect();
    if let Some(link) = &entry.link {
        let shim = format!("https://l.facebook.com/l.php?u={link}");
        attachments.push(json!({"media_type": "link", "url": shim, "unshimmed_url": link, "target": {}}));
    }
    json!({
        "id": key, "message": entry.message, "permalink_url": format!("{base}/profile/{username}/post/{key}"),
        "is_published": state.shows(entry.published, now),
        "created_time": entry.published.unwrap_or(now).rfc3339_millis(), "attachments": {"data": attachments},
    })
}

/// GET: the page's posts, newest first.
pub(super) async fn list(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let state = lock(&world.state);
    let page = world.acting(&state, &request, "pages_read_engagement")?;
    let most = fields.get("limit").and_then(|n| n.parse().ok()).unwrap_or(25_usize).clamp(1, 100);
    let base = world.ground.base();
    let posts = state
        .posts
        .iter()
        .filter(|(_, entry)| entry.page == page && state.shows(entry.published, now))
        .map(|(id, entry)| (entry.published, *id, entry_json(&state, &base, *id, entry, now)));
    let films = state
        .films
        .iter()
        .filter(|(_, film)| film.page == page && state.shows(film.published, now))
        .map(|(id, film)| (film.published, *id, film.listed(&state, &base, *id)));
    let mut all: Vec<_> = posts.chain(films).collect();
    all.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
    let data: Vec<_> = all.into_iter().take(most).map(|(_, _, answer)| answer).collect();
    Ok(HttpResponse::Ok().json(json!({"data": data, "paging": {"cursors": {"before": "a", "after": "b"}}})))
}
