//! Posts: judged as X judges them, the same words refused, shown with addresses as t.co and what stands behind them.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, Data, Path, Query},
};
use chrono::DateTime;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Refusal, Reply, State, X};
use crate::{
    base::Instant,
    channels::{TextUnit, text::weight},
    demo::worlds::{MediumKind, lock, wall},
};

/// Most a text may weigh.
const LONGEST: usize = 280;
/// How long the same words are refused.
const REMEMBERS: Duration = Duration::from_secs(24 * 3600);

/// A post.
pub(super) struct Post {
    pub person: String,
    pub at: Instant,
    pub text: String,
    pub media: Vec<u64>,
}

/// What is sent. Anything else in it is refused.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    #[serde(default)]
    text: String,
    media: Option<Attached>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Attached {
    media_ids: Vec<String>,
}

pub(super) async fn create(world: Data<X>, request: HttpRequest, body: Bytes) -> Reply {
    let person = world.allowed(&request, &["tweet.read", "tweet.write", "users.read"])?;
    let new: New = serde_json::from_slice(&body)
        .map_err(|e| Refusal::invalid(format!("One or more parameters to your request was invalid: {e}")))?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let twice = state
        .posts
        .values()
        .any(|post| post.person == person && post.text == new.text && now.since(post.at) < REMEMBERS);
    if twice {
        return Err(Refusal::forbidden("You are not allowed to create a Tweet with duplicate content."));
    }
    if weight(&new.text, TextUnit::WeightedX) > LONGEST {
        return Err(Refusal::invalid("Your post is too long."));
    }
    let media = attachable(&state, &person, new.media.as_ref())?;
    if new.text.trim().is_empty() && media.is_empty() {
        return Err(Refusal::invalid("Required text cannot be blank."));
    }
    let id = world.next_id(&mut state);
    let post = Post { person, at: now, text: new.text, media };
    let (text, _) = shortened(&post.text);
    let answer = json!({
        "data": { "id": id.to_string(), "text": text, "edit_history_post_ids": [id.to_string()] },
    });
    state.posts.insert(id, post);
    Ok(world.answer(StatusCode::CREATED).json(answer))
}

fn attachable(state: &State, person: &str, wanted: Option<&Attached>) -> Result<Vec<u64>, Refusal> {
    let Some(wanted) = wanted else { return Ok(Vec::new()) };
    if !(1..=4).contains(&wanted.media_ids.len()) {
        return Err(Refusal::invalid("media.media_ids: a maximum of 4 items is allowed"));
    }
    let mut ids = Vec::new();
    for id in &wanted.media_ids {
        let id: u64 = id.parse().map_err(|_| Refusal::invalid("Your media IDs are invalid."))?;
        let upload = state.media.get(&id).filter(|upload| upload.person == person && upload.is_ready());
        upload.ok_or_else(|| Refusal::invalid("Your media IDs are invalid."))?;
        ids.push(id);
    }
    let is_film = |id: &u64| state.media[id].file().kind() == Some(MediumKind::Film);
    if ids.len() > 1 && ids.iter().any(is_film) {
        return Err(Refusal::invalid("Your media: one video, or up to four images."));
    }
    Ok(ids)
}

pub(super) async fn delete(world: Data<X>, request: HttpRequest, id: Path<u64>) -> Reply {
    let person = world.allowed(&request, &["tweet.read", "tweet.write", "users.read"])?;
    let mut state = lock(&world.state);
    let own = state.posts.get(&id).is_some_and(|post| post.person == person);
    if !own {
        return Err(Refusal::not_found("tweet"));
    }
    state.posts.remove(&id);
    Ok(world.answer(StatusCode::OK).json(json!({ "data": { "deleted": true } })))
}

/// Which part of an account's posts.
#[derive(Deserialize)]
pub(super) struct Part {
    max_results: Option<usize>,
    start_time: Option<String>,
    pagination_token: Option<usize>,
}

/// GET: newest first; what is younger than the list's lag is not in it yet.
pub(super) async fn of_account(
    world: Data<X>,
    request: HttpRequest,
    id: Path<String>,
    part: Query<Part>,
) -> Reply {
    world.allowed(&request, &["tweet.read", "users.read"])?;
    let most = part.max_results.unwrap_or(10);
    if !(5..=100).contains(&most) {
        return Err(Refusal::invalid("The `max_results` query parameter value is not between 5 and 100"));
    }
    let since = match &part.start_time {
        None => None,
        Some(text) => Some(DateTime::parse_from_rfc3339(text).map_err(|_| {
            Refusal::invalid("The `start_time` query parameter value is no RFC 3339 date-time")
        })?),
    };
    let since = since.map(|at| Instant::from_utc(at.to_utc()));
    let now = world.ground.clock.now();
    let lag = world.ground.lag();
    let state = lock(&world.state);
    let mut found = state
        .posts
        .iter()
        .rev()
        .filter(|(_, post)| post.person == *id && since.is_none_or(|since| post.at >= since))
        .filter(|(_, post)| now.since(post.at) >= lag)
        .skip(part.pagination_token.unwrap_or(0));
    let shown: Vec<_> = found.by_ref().take(most).map(|(id, post)| as_json(*id, post)).collect();
    let mut answer = json!({ "meta": { "result_count": shown.len() } });
    if !shown.is_empty() {
        answer["data"] = shown.into();
    }
    if found.next().is_some() {
        answer["meta"]["next_token"] = (part.pagination_token.unwrap_or(0) + most).to_string().into();
    }
    let response: HttpResponse = world.answer(StatusCode::OK).json(answer);
    Ok(response)
}

fn as_json(id: u64, post: &Post) -> Value {
    let (text, urls) = shortened(&post.text);
    let mut shown = json!({
        "id": id.to_string(), "text": text, "created_at": post.at.rfc3339_millis(),
        "edit_history_post_ids": [id.to_string()],
    });
    if !urls.is_empty() {
        shown["entities"] = json!({ "urls": urls });
    }
    shown
}

/// The text with its addresses as t.co, and what stands behind them.
fn shortened(text: &str) -> (String, Vec<Value>) {
    let (mut out, mut urls) = (String::new(), Vec::new());
    for (n, piece) in wall::with_links(text).into_iter().enumerate() {
        match piece.link {
            None => out.push_str(&piece.text),
            Some(address) => {
                let start = out.chars().count();
                let short = format!("https://t.co/{n:010}");
                out.push_str(&short);
                urls.push(json!({
                    "start": start, "end": out.chars().count(), "url": short, "expanded_url": address,
                    "display_url": piece.text,
                }));
            }
        }
    }
    (out, urls)
}
