//! Containers: made, filled by fetching, published once, and gone after a day.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse, rt,
    web::{Bytes, Data, Path, Payload},
};
use serde_json::{Value, json};

use super::{Gallery, MOST, State, read};
use crate::{
    base::Instant,
    demo::worlds::{
        Card, MediaPace, Medium, MediumKind,
        graph::{Refusal, Reply},
        lock,
        wall::File,
    },
};

/// A container that was not published is gone after a day.
const LIFE: Duration = Duration::from_secs(24 * 3600);
const DAY: Duration = Duration::from_secs(24 * 3600);

/// What is to be a post, or part of one, or is one.
pub(super) struct Container {
    pub id: u64,
    pub profile: u64,
    pub text: String,
    link: Option<String>,
    alt: String,
    pub children: Vec<u64>,
    /// The post that it answers.
    pub answers: Option<u64>,
    is_child: bool,
    /// None where there is nothing to fetch.
    content: Option<Content>,
    made: Instant,
    pace: MediaPace,
    /// The post's own number, and since when it is out.
    pub published: Option<(u64, Instant)>,
}

enum Content {
    Fetching,
    Here(File),
    /// With the number of the error.
    Failed(u32),
}

impl Container {
    pub fn medium(&self, base: &str) -> Option<Medium> {
        let Some(Content::Here(file)) = &self.content else { return None };
        let ending = file.mime.rsplit('/').next().unwrap_or_default().replace("jpeg", "jpg");
        Some(Medium {
            kind: file.kind()?,
            address: format!("{base}/media/{}.{ending}", self.id),
            mime: file.mime.clone(),
            alt: self.alt.clone(),
            size: file.bytes.len(),
        })
    }
    pub fn card(&self) -> Option<Card> {
        let address = self.link.clone()?;
        Some(Card { address, title: String::new(), description: String::new(), picture: None })
    }
    fn is_film(&self) -> bool {
        matches!(&self.content, Some(Content::Here(file)) if file.kind() == Some(MediumKind::Film))
    }
    fn status(&self, now: Instant) -> (&'static str, String) {
        let (status, words) = match (&self.content, self.pace) {
            _ if self.published.is_some() => ("PUBLISHED", "Published"),
            _ if now.since(self.made) >= LIFE => ("EXPIRED", "Expired"),
            (Some(Content::Fetching), _) => ("IN_PROGRESS", "In Progress"),
            (Some(Content::Failed(number)), _) => {
                let words = format!("Error: Media upload has failed with error code {number}");
                return ("ERROR", words);
            }
            (Some(Content::Here(_)), MediaPace::Never) if self.is_film() => {
                return ("ERROR", "Error: Media upload has failed with error code 2207026".to_owned());
            }
            (Some(Content::Here(_)), MediaPace::AfterPolls(1..)) if self.is_film() => {
                ("IN_PROGRESS", "In Progress")
            }
            _ => ("FINISHED", "Finished"),
        };
        (status, format!("{status}: {words}"))
    }
}

/// POST: a container. The file in it is fetched right away, while the answer is on its way.
pub(super) async fn create(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let threads = world.is_threads();
    let now = world.ground.clock.now();
    let (id, fetched) = {
        let mut state = lock(&world.state);
        let profile =
            world.acting(&state, &request, ("instagram_content_publish", "threads_content_publish"))?;
        let text = fields.text(if threads { "text" } else { "caption" }).to_owned();
        let (most, code) = if threads { (500, 100) } else { (2200, 36_004) };
        if text.encode_utf16().count() > most {
            let words = format!("The text must be at most {most} characters long");
            return Err(Refusal::new(code, if threads { 0 } else { 2_207_010 }, words));
        }
        let kind = fields.text("media_type");
        let is_child = fields.text("is_carousel_item") == "true";
        let answers = fields.get("reply_to_id").filter(|id| threads && !id.is_empty());
        if answers.is_some() {
            world.acting(&state, &request, ("", "threads_manage_replies"))?;
        }
        let answers = match answers {
            Some(id) => Some(out_there(&state, id).ok_or_else(|| Refusal::gone(id))?),
            None => None,
        };
        let address = fields.get("image_url").or_else(|| fields.get("video_url")).map(str::to_owned);
        let names: Vec<String> = match kind {
            "CAROUSEL" => {
                fields.all("children").iter().flat_map(|c| c.split(',')).map(str::to_owned).collect()
            }
            _ => Vec::new(),
        };
        let children = children(&state, profile, &names, now)?;
        let most_children = if threads { 20 } else { 10 };
        if kind == "CAROUSEL" && !(2..=most_children).contains(&children.len()) {
            return Err(Refusal::new(100, 2_207_028, "The number of items in the carousel is not allowed"));
        }
        if address.is_none() && children.is_empty() && !(threads && kind == "TEXT" && !text.is_empty()) {
            return Err(Refusal::new(100, 2_207_023, "The media type is not allowed without media"));
        }
        let id = state.next_id();
        let pace = state.pace;
        state.containers.insert(
            id,
            Container {
                id,
                profile,
                text,
                link: fields.get("link_attachment").filter(|l| !l.is_empty()).map(str::to_owned),
                alt: fields.text("alt_text").to_owned(),
                children,
                answers,
                is_child,
                content: address.is_some().then_some(Content::Fetching),
                made: now,
                pace,
                published: None,
            },
        );
        (id, address)
    };
    if let Some(address) = fetched {
        let world = world.clone();
        rt::spawn(async move {
            let content = fetch(&world, &address).await;
            if let Some(container) = lock(&world.state).containers.get_mut(&id) {
                container.content = Some(content);
            }
        });
    }
    Ok(HttpResponse::Ok().json(json!({"id": id.to_string()})))
}

/// The file at an address: no detours, no log-in, and what it says it is.
async fn fetch(world: &Gallery, address: &str) -> Content {
    const NOT_THERE: u32 = 2_207_052;
    let Ok(response) = world.client.get(address).send().await else { return Content::Failed(NOT_THERE) };
    if response.status().as_u16() != 200 {
        return Content::Failed(NOT_THERE);
    }
    let claimed = response.headers().get("content-type").and_then(|v| v.to_str().ok()).map(str::to_owned);
    let bytes: Bytes = match response.bytes().await {
        Ok(bytes) if bytes.len() <= MOST => bytes,
        Ok(_) => return Content::Failed(2_207_004),
        Err(_) => return Content::Failed(NOT_THERE),
    };
    let file = File::new(bytes, claimed.as_deref().unwrap_or_default());
    let taken = match file.kind() {
        Some(MediumKind::Picture) => {
            file.mime == "image/jpeg" || (world.is_threads() && file.mime == "image/png")
        }
        Some(MediumKind::Film) => true,
        None => false,
    };
    if !taken {
        return Content::Failed(2_207_005);
    }
    // four by five to 1.91 by one
    let ratio = (file.kind() == Some(MediumKind::Picture)).then(|| ratio(&file.bytes)).flatten();
    let fits = world.is_threads() || ratio.is_none_or(|ratio| (0.8..=1.91).contains(&ratio));
    if fits { Content::Here(file) } else { Content::Failed(2_207_009) }
}

/// Width over height of a picture.
fn ratio(bytes: &[u8]) -> Option<f64> {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format().ok()?;
    let (width, height) = reader.into_dimensions().ok()?;
    Some(f64::from(width) / f64::from(height))
}

/// The containers that an album is made of, when it may be.
fn children(state: &State, profile: u64, names: &[String], now: Instant) -> Result<Vec<u64>, Refusal> {
    names
        .iter()
        .map(|name| {
            let child = name.parse().ok().and_then(|id: u64| state.containers.get(&id));
            let child = child.filter(|child| child.profile == profile && child.is_child);
            let child = child.ok_or_else(|| Refusal::new(24, 2_207_006, "The media is not found"))?;
            match child.status(now).0 {
                "FINISHED" => Ok(child.id),
                _ => Err(Refusal::new(9007, 2_207_027, "The media is not ready to be published")),
            }
        })
        .collect()
}

/// The number of a post that is out.
fn out_there(state: &State, id: &str) -> Option<u64> {
    let media: u64 = id.parse().ok()?;
    state.containers.values().any(|c| c.published.is_some_and(|(m, _)| m == media)).then_some(media)
}

/// POST: a comment of the account itself. The same words twice are two comments.
pub(super) async fn comment(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let state = lock(&world.state);
    let profile = world.allowed(&state, &request, ("instagram_manage_comments", ""))?;
    let id = request.match_info().query("id");
    out_there(&state, id).ok_or_else(|| Refusal::gone(id))?;
    let message = fields.text("message");
    if message.trim().is_empty() || message.encode_utf16().count() > 2200 {
        return Err(Refusal::parameter("message must be 1 to 2200 characters long"));
    }
    let comment = world.ground.say_under(id, &profile.to_string(), message);
    Ok(HttpResponse::Ok().json(json!({"id": comment})))
}

/// GET: what is said under a post.
pub(super) async fn comments(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    world.allowed(&state, &request, ("instagram_manage_comments", ""))?;
    let id = request.match_info().query("id");
    out_there(&state, id).ok_or_else(|| Refusal::gone(id))?;
    let said = world.ground.said_under(id).into_iter();
    let data: Vec<_> = said.map(|s| json!({"id": s.comment.key, "text": s.comment.text})).collect();
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// GET: the answers to a post.
pub(super) async fn replies(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let now = world.ground.clock.now();
    let state = lock(&world.state);
    world.allowed(&state, &request, ("", "threads_read_replies"))?;
    let id = request.match_info().query("id");
    let media = out_there(&state, id).ok_or_else(|| Refusal::gone(id))?;
    let under =
        |c: &&Container| c.answers == Some(media) && c.published.is_some_and(|(_, at)| state.lists(at, now));
    let data: Vec<_> =
        state.containers.values().filter(under).filter_map(|c| post_json(&world, &state, c)).collect();
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// POST: publishes a container, once.
pub(super) async fn publish(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let profile = world.acting(&state, &request, ("instagram_content_publish", "threads_content_publish"))?;
    if used(&state, profile, now) >= state.most {
        return Err(Refusal::new(9, 2_207_042, "The daily limit of published posts is reached"));
    }
    let wanted: u64 = fields.text("creation_id").parse().unwrap_or_default();
    let media = state.next_id();
    let container = state.containers.get_mut(&wanted).filter(|c| c.profile == profile && !c.is_child);
    let container = container.ok_or_else(|| Refusal::new(24, 2_207_006, "The media is not found"))?;
    match container.status(now).0 {
        "FINISHED" => {}
        "PUBLISHED" => return Err(Refusal::new(24, 2_207_006, "The media was published already")),
        "EXPIRED" => return Err(Refusal::new(-2, 2_207_020, "The container has expired")),
        _ => return Err(Refusal::new(9007, 2_207_027, "The media is not ready to be published")),
    }
    container.published = Some((media, now));
    Ok(HttpResponse::Ok().json(json!({"id": media.to_string()})))
}

fn used(state: &State, profile: u64, now: Instant) -> usize {
    let out = |c: &&Container| c.profile == profile && c.published.is_some_and(|(_, at)| now.since(at) < DAY);
    state.containers.values().filter(out).count()
}

/// GET: how much of the day's posts is used.
pub(super) async fn quota(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let profile = world.acting(&state, &request, ("instagram_content_publish", "threads_basic"))?;
    let used = used(&state, profile, world.ground.clock.now());
    Ok(HttpResponse::Ok().json(json!({
        "data": [{"quota_usage": used, "config": {"quota_total": state.most, "quota_duration": 86_400}}],
    })))
}

fn post_json(world: &Gallery, state: &State, container: &Container) -> Option<Value> {
    let (media, at) = container.published?;
    let username = &state.profile(container.profile)?.username;
    let text = if world.is_threads() { "text" } else { "caption" };
    Some(json!({
        "id": media.to_string(), text: container.text, "timestamp": at.rfc3339_millis(),
        "permalink": format!("{}/profile/{username}/post/{media}", world.ground.base()),
    }))
}

/// GET: the profile's posts, newest first.
pub(super) async fn list(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let state = lock(&world.state);
    let profile = world.acting(&state, &request, ("instagram_basic", "threads_basic"))?;
    let most = fields.get("limit").and_then(|n| n.parse().ok()).unwrap_or(25_usize).clamp(1, 100);
    let mut out: Vec<_> = state
        .containers
        .values()
        .filter(|c| c.profile == profile && c.answers.is_none())
        .filter(|c| c.published.is_some_and(|(_, at)| state.lists(at, now)))
        .collect();
    out.sort_by_key(|c| std::cmp::Reverse(c.published));
    let data: Vec<_> = out.into_iter().take(most).filter_map(|c| post_json(&world, &state, c)).collect();
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// GET: the profile, a container or a post, by its number.
pub(super) async fn show(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let profile = world.allowed(&state, &request, ("instagram_basic", "threads_basic"))?;
    let name = request.match_info().query("id");
    let id: u64 = name.parse().map_err(|_| Refusal::gone(name))?;
    if id == profile {
        return Ok(HttpResponse::Ok().json(json!({"id": name})));
    }
    if let Some(container) = state.containers.values().find(|c| c.published.is_some_and(|(m, _)| m == id)) {
        let answer = post_json(&world, &state, container).ok_or_else(|| Refusal::gone(name))?;
        return Ok(HttpResponse::Ok().json(answer));
    }
    let container = state.containers.get_mut(&id).filter(|c| c.profile == profile);
    let container = container.ok_or_else(|| Refusal::gone(name))?;
    let (status, words) = container.status(now);
    if container.is_film()
        && let MediaPace::AfterPolls(left) = container.pace
    {
        container.pace = MediaPace::AfterPolls(left.saturating_sub(1));
    }
    Ok(HttpResponse::Ok().json(match world.is_threads() {
        true => json!({"id": name, "status": status, "error_message": words}),
        false => json!({"id": name, "status_code": status, "status": words}),
    }))
}

/// DELETE: a post.
pub(super) async fn delete(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let mut state = lock(&world.state);
    let profile = world.allowed(&state, &request, ("instagram_content_publish", "threads_delete"))?;
    let name = request.match_info().query("id");
    let id: u64 = name.parse().map_err(|_| Refusal::gone(name))?;
    let out = |c: &&Container| c.profile == profile && c.published.is_some_and(|(media, _)| media == id);
    let container = state.containers.values().find(out).map(|c| c.id).ok_or_else(|| Refusal::gone(name))?;
    state.containers.remove(&container);
    Ok(HttpResponse::Ok().json(json!({"success": true, "deleted_id": name})))
}

/// GET: what readers did with a post.
pub(super) async fn insights(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let state = lock(&world.state);
    world.allowed(&state, &request, ("instagram_manage_insights", "threads_manage_insights"))?;
    let readers = world.ground.readers(request.match_info().query("id"));
    let figure = |name: &str| match name {
        "views" => Some(readers.seen),
        "likes" => Some(readers.liked),
        "comments" | "replies" => Some(readers.answered),
        "shares" | "reposts" => Some(readers.passed_on),
        "quotes" => Some(0),
        _ => None,
    };
    let data = fields
        .text("metric")
        .split(',')
        .map(|name| {
            let value =
                figure(name).ok_or_else(|| Refusal::parameter("metric must be one of the following"))?;
            Ok(json!({"name": name, "period": "lifetime", "values": [{"value": value}]}))
        })
        .collect::<Result<Vec<_>, Refusal>>()?;
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// The bytes of a picture or film, for those who look at the wall.
pub(super) async fn file(world: Data<Gallery>, request: HttpRequest, name: Path<String>) -> Reply {
    let id: u64 = name.split('.').next().and_then(|id| id.parse().ok()).unwrap_or_default();
    let file = match lock(&world.state).containers.get(&id).map(|c| &c.content) {
        Some(Some(Content::Here(file))) => Some(file.clone()),
        _ => None,
    };
    let response: HttpResponse = file.ok_or_else(|| Refusal::gone(&name))?.answer(&request);
    Ok(response)
}
