//! Comments under films. The same words twice are two comments.

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Bytes, Data, Query},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{MANAGE, Refusal, Reply, Youtube};
use crate::demo::worlds::{Comment, lock};

/// Most a comment may hold.
const LONGEST: usize = 10_000;

/// Whether a film hangs.
fn hangs(world: &Youtube, id: &str) -> Result<(), Refusal> {
    let state = lock(&world.state);
    let shown = state.films.get(id).is_some_and(|film| film.privacy == "public");
    if shown { Ok(()) } else { Err(Refusal::not_found()) }
}

fn thread(film: &str, comment: &Comment) -> Value {
    let words = json!({ "textOriginal": comment.text, "textDisplay": comment.text });
    json!({
        "kind": "youtube#commentThread", "id": comment.key,
        "snippet": { "videoId": film, "topLevelComment": { "id": comment.key, "snippet": words } },
    })
}

/// POST
pub(super) async fn create(world: Data<Youtube>, request: HttpRequest, body: Bytes) -> Reply {
    let channel = world.allowed(&request, MANAGE)?;
    let wanted: Value = serde_json::from_slice(&body).map_err(|_| Refusal::invalid("parseError"))?;
    let film = wanted["snippet"]["videoId"].as_str().unwrap_or_default();
    hangs(&world, film)?;
    let text = wanted["snippet"]["topLevelComment"]["snippet"]["textOriginal"].as_str().unwrap_or_default();
    if text.trim().is_empty() {
        return Err(Refusal::invalid("commentTextRequired"));
    }
    if text.chars().count() > LONGEST {
        return Err(Refusal::invalid("commentTextTooLong"));
    }
    let key = world.ground.say_under(film, &channel, text);
    let comment = Comment { key, text: text.to_owned(), at: world.ground.clock.now() };
    Ok(HttpResponse::Ok().json(thread(film, &comment)))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Which {
    video_id: String,
}

/// GET
pub(super) async fn list(world: Data<Youtube>, request: HttpRequest, which: Query<Which>) -> Reply {
    world.allowed(&request, MANAGE)?;
    hangs(&world, &which.video_id)?;
    let said = world.ground.said_under(&which.video_id);
    let items: Vec<_> = said.iter().rev().map(|said| thread(&which.video_id, &said.comment)).collect();
    Ok(HttpResponse::Ok().json(json!({ "kind": "youtube#commentThreadListResponse", "items": items })))
}
