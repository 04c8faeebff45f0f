//! Comments under posts: by whoever wrote the post. The same words twice are two comments.

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, Data, Path},
};
use serde::Deserialize;
use serde_json::json;

use super::{Linkedin, Refusal, Reply, posts};
use crate::demo::worlds::lock;

/// Most a comment may hold, in UTF-16.
const LONGEST: usize = 1250;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct New {
    actor: String,
    object: String,
    message: Message,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    text: String,
}

/// The key under which a post of this author hangs.
fn hanging(world: &Linkedin, author: &str, urn: &str) -> Result<String, Refusal> {
    let id = posts::number(urn)?;
    let state = lock(&world.state);
    let post = state.posts.get(&id).ok_or_else(Refusal::not_found)?;
    if post.author == author { Ok(posts::urn(id)) } else { Err(Refusal::denied()) }
}

/// POST
pub(super) async fn create(
    world: Data<Linkedin>,
    request: HttpRequest,
    urn: Path<String>,
    body: Bytes,
) -> Reply {
    let author = world.allowed(&request, world.write())?;
    let new: New = serde_json::from_slice(&body)
        .map_err(|_| Refusal::invalid("INVALID_VALUE_FOR_FIELD", "actor, object and message are wanted"))?;
    let key = hanging(&world, &author, &urn)?;
    if new.actor != author || new.object != *urn {
        return Err(Refusal::denied());
    }
    let length = new.message.text.encode_utf16().count();
    if length == 0 || length > LONGEST {
        return Err(Refusal::invalid("FIELD_LENGTH_TOO_LONG", "message is longer than 1250 characters"));
    }
    let id = world.ground.say_under(&key, &author, &new.message.text);
    Ok(HttpResponse::build(StatusCode::CREATED).insert_header(("x-restli-id", id.clone())).json(json!({
        "id": id, "commentUrn": format!("urn:li:comment:({urn},{id})"), "actor": author,
        "object": *urn, "message": { "text": new.message.text },
    })))
}

/// GET
pub(super) async fn list(world: Data<Linkedin>, request: HttpRequest, urn: Path<String>) -> Reply {
    let author = world.allowed(&request, "r_organization_social")?;
    let key = hanging(&world, &author, &urn)?;
    let elements: Vec<_> = world
        .ground
        .said_under(&key)
        .into_iter()
        .map(|said| {
            json!({ "id": said.comment.key, "actor": said.who, "message": { "text": said.comment.text } })
        })
        .collect();
    Ok(HttpResponse::Ok().json(json!({ "elements": elements })))
}
