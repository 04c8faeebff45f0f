//! What is asked, changed and deleted by its number alone: posts, which name their page too, and films.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Path, Payload},
};
use serde_json::{Value, json};

use super::{Facebook, MAX_COMMENT, MAX_MESSAGE, Refusal, Reply, State, posts::entry_json, read};
use crate::demo::worlds::lock;

/// A post's own number, in `page_number`.
fn post_of(state: &State, page: u64, id: &str) -> Option<u64> {
    let (of, number) = id.split_once('_')?;
    let number = number.parse().ok()?;
    (of == page.to_string() && state.posts.contains_key(&number)).then_some(number)
}

/// A film's.
fn film_of(state: &State, page: u64, id: &str) -> Option<u64> {
    let number = id.parse().ok()?;
    state.films.get(&number).filter(|film| film.page == page).map(|_| number)
}

/// What readers did with a post, as the API shows it where it was asked for.
fn counted(world: &Facebook, key: &str) -> Value {
    let readers = world.ground.readers(key);
    let summed = |count: u64| json!({"data": [], "summary": {"total_count": count}});
    let mut answer = json!({"reactions": summed(readers.liked), "comments": summed(readers.answered)});
    if readers.passed_on > 0 {
        answer["shares"] = json!({"count": readers.passed_on});
    }
    answer
}

/// GET: one figure of a post. A name that is no longer served fails the call.
pub(super) async fn insights(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let state = lock(&world.state);
    let page = whose(&world, &state, &request, "read_insights")?;
    let id = request.match_info().query("id");
    // a film is read by the name of its post
    let key = match post_of(&state, page, id) {
        Some(_) => id,
        None => id.split_once('_').map(|(_, film)| film).unwrap_or_default(),
    };
    if post_of(&state, page, id).is_none() && film_of(&state, page, key).is_none() {
        return Err(Refusal::gone(id));
    }
    let readers = world.ground.readers(key);
    let name = fields.text("metric");
    let value = match name {
        "post_media_view" => readers.seen,
        "post_clicks" => readers.clicked,
        _ => return Err(Refusal::parameter("The value must be a valid insights metric")),
    };
    Ok(HttpResponse::Ok().json(json!({
        "data": [{"name": name, "period": "lifetime", "values": [{"value": value}], "id": format!("{id}/insights")}],
    })))
}

/// The page whose token it is.
fn whose(world: &Facebook, state: &State, request: &HttpRequest, scope: &str) -> Result<u64, Refusal> {
    let page = world.allowed(state, request, scope)?.page;
    page.ok_or_else(|| Refusal::new(200, 0, "(#200) A page access token is required to call this method"))
}

/// GET
pub(super) async fn show(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let page = whose(&world, &state, &request, "pages_read_engagement")?;
    let id = request.match_info().query("id");
    let wants_counts = fields.text("fields").contains("summary");
    if let Some(number) = post_of(&state, page, id) {
        let answer = match wants_counts {
            true => counted(&world, id),
            false => entry_json(&state, &world.ground.base(), number, &state.posts[&number], now),
        };
        return Ok(HttpResponse::Ok().json(answer));
    }
    let film = id.split_once('_').map_or(id, |(_, film)| film);
    let number = film_of(&state, page, film).ok_or_else(|| Refusal::gone(id))?;
    if wants_counts {
        return Ok(HttpResponse::Ok().json(counted(&world, film)));
    }
    let answer = state.films[&number].json(&state, number, now);
    if fields.text("fields").contains("status")
        && let Some(film) = state.films.get_mut(&number)
    {
        film.was_asked();
    }
    Ok(HttpResponse::Ok().json(answer))
}

/// POST: shows it, or gives a post another message. Shown twice it stays the one post; the same message again is no change.
pub(super) async fn update(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let page = whose(&world, &state, &request, "pages_manage_posts")?;
    let id = request.match_info().query("id");
    if let Some(number) = post_of(&state, page, id) {
        if fields.text("is_published") == "true"
            && let Some(entry) = state.posts.get_mut(&number)
        {
            entry.published.get_or_insert(now);
        }
        if let Some(message) = fields.get("message") {
            change(&mut state, number, message, now)?;
        }
    } else {
        let number = film_of(&state, page, id).ok_or_else(|| Refusal::gone(id))?;
        if fields.text("published") == "true"
            && let Some(film) = state.films.get_mut(&number)
        {
            if !film.is_ready() {
                return Err(Refusal::parameter("The video is not ready"));
            }
            film.published.get_or_insert(now);
        }
    }
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}

/// Another message for a post that is out.
fn change(state: &mut State, number: u64, message: &str, now: crate::base::Instant) -> Result<(), Refusal> {
    if message.encode_utf16().count() > MAX_MESSAGE {
        return Err(Refusal::parameter(&format!(
            "Param message must be at most {MAX_MESSAGE} characters long"
        )));
    }
    if let Some(entry) = state.posts.get_mut(&number).filter(|entry| entry.message != message) {
        message.clone_into(&mut entry.message);
        entry.edited = Some(now);
    }
    Ok(())
}

/// A post or film of the page that is out, by the key under which it hangs.
fn hanging(state: &State, page: u64, id: &str) -> Result<String, Refusal> {
    let shown = match (post_of(state, page, id), film_of(state, page, id)) {
        (Some(number), _) => state.posts[&number].published,
        (None, Some(number)) => state.films[&number].published,
        (None, None) => None,
    };
    shown.map(|_| id.to_owned()).ok_or_else(|| Refusal::gone(id))
}

/// POST: a comment of the page. The same words twice are two comments.
pub(super) async fn comment(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let state = lock(&world.state);
    let page = whose(&world, &state, &request, "pages_manage_engagement")?;
    let key = hanging(&state, page, request.match_info().query("id"))?;
    let message = fields.text("message");
    if message.trim().is_empty() || message.encode_utf16().count() > MAX_COMMENT {
        return Err(Refusal::parameter(&format!("Param message must be 1 to {MAX_COMMENT} characters long")));
    }
    let id = world.ground.say_under(&key, &page.to_string(), message);
    Ok(HttpResponse::Ok().json(json!({"id": format!("{key}_{id}")})))
}

/// GET: what is said under a post.
pub(super) async fn comments(world: Data<Facebook>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let page = whose(&world, &state, &request, "pages_read_engagement")?;
    let key = hanging(&state, page, request.match_info().query("id"))?;
    let said = world.ground.said_under(&key).into_iter().map(|said| {
        let (id, message) = (format!("{key}_{}", said.comment.key), said.comment.text);
        json!({"id": id, "message": message, "from": {"id": said.who}, "created_time": said.comment.at.rfc3339_millis()})
    });
    Ok(HttpResponse::Ok().json(json!({"data": said.collect::<Vec<_>>()})))
}

/// DELETE
pub(super) async fn delete(world: Data<Facebook>, request: HttpRequest) -> Reply {
    let mut state = lock(&world.state);
    let page = whose(&world, &state, &request, "pages_manage_posts")?;
    let id = request.match_info().query("id");
    if let Some(number) = post_of(&state, page, id) {
        state.posts.remove(&number);
    } else {
        let number = film_of(&state, page, id).ok_or_else(|| Refusal::gone(id))?;
        state.films.remove(&number);
    }
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}

/// The bytes of a picture or film, for those who look at the wall.
pub(super) async fn file(world: Data<Facebook>, request: HttpRequest, name: Path<String>) -> Reply {
    let id: u64 = name.split('.').next().and_then(|id| id.parse().ok()).unwrap_or_default();
    let file = {
        let state = lock(&world.state);
        let photo = state.photos.get(&id).map(|photo| photo.file.clone());
        photo.or_else(|| state.films.get(&id).and_then(|film| film.file.clone()))
    };
    let response: HttpResponse = file.ok_or_else(|| Refusal::gone(&name))?.answer(&request);
    Ok(response)
}
