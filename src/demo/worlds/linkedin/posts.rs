//! Posts: read as little text is read, the same words refused for ten minutes with the name of what is there.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::StatusCode,
    web::{Bytes, Data, Path, Query},
};
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Linkedin, Refusal, Reply, State};
use crate::{
    base::Instant,
    demo::worlds::{MediumKind, lock},
};

/// Most a text may hold, in UTF-16.
const LONGEST: usize = 3000;
/// How long the same words are refused.
const REMEMBERS: Duration = Duration::from_secs(600);
/// Most pictures.
const PICTURES: usize = 20;
const ALT: usize = 4086;

/// A post.
pub(super) struct Post {
    pub author: String,
    pub at: Instant,
    /// As it was sent.
    pub commentary: String,
    /// Names of files and what they are described with.
    pub media: Vec<(String, String)>,
    pub article: Option<Article>,
    pub edited: Option<Instant>,
}

/// The card of a link.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Article {
    pub source: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub description: String,
    pub thumbnail: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct New {
    author: String,
    commentary: String,
    visibility: String,
    distribution: Distribution,
    content: Option<Content>,
    lifecycle_state: String,
    #[serde(rename = "isReshareDisabledByAuthor")]
    _reshare: bool,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Distribution {
    feed_distribution: String,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields, rename_all = "camelCase")]
struct Content {
    article: Option<Article>,
    media: Option<Medium>,
    multi_image: Option<Several>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Several {
    images: Vec<Medium>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Medium {
    id: String,
    #[serde(default)]
    alt_text: String,
    #[serde(default, rename = "title")]
    _title: String,
}

/// A post's name.
pub(super) fn urn(id: u64) -> String {
    format!("urn:li:share:{id}")
}

pub(super) fn number(urn: &str) -> Result<u64, Refusal> {
    let id = urn.strip_prefix("urn:li:share:").and_then(|id| id.parse().ok());
    id.ok_or_else(|| Refusal::invalid("INVALID_URN_TYPE", "The urn is not valid"))
}

/// A text as its readers see it: up to the first sign that should have been escaped and was not.
pub(super) fn read(little: &str) -> String {
    let mut out = String::new();
    let mut rest = little;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match c {
            '\\' => {
                let Some(next) = rest.chars().next() else { break };
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
            '{' => {
                let Some((tag, after)) = rest.strip_prefix("hashtag|\\#|").and_then(|t| t.split_once('}'))
                else {
                    break;
                };
                out.push('#');
                out.push_str(&tag.replace('\\', ""));
                rest = after;
            }
            '|' | '}' | '@' | '[' | ']' | '(' | ')' | '<' | '>' | '#' | '*' | '_' | '~' => break,
            _ => out.push(c),
        }
    }
    out
}

pub(super) async fn create(world: Data<Linkedin>, request: HttpRequest, body: Bytes) -> Reply {
    let author = world.allowed(&request, world.write())?;
    let new: New = serde_json::from_slice(&body)
        .map_err(|e| Refusal::invalid("INVALID_VALUE_FOR_FIELD", e.to_string()))?;
    if new.author != author {
        return Err(Refusal::denied());
    }
    if new.visibility != "PUBLIC"
        || new.lifecycle_state != "PUBLISHED"
        || new.distribution.feed_distribution != "MAIN_FEED"
    {
        return Err(Refusal::invalid(
            "INVALID_VALUE_FOR_FIELD",
            "visibility, lifecycleState or distribution",
        ));
    }
    if read(&new.commentary).encode_utf16().count() > LONGEST {
        return Err(Refusal::invalid("FIELD_LENGTH_TOO_LONG", "commentary is longer than 3000 characters"));
    }
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let content = new.content.unwrap_or_default();
    let media = attachable(&state, &author, &content)?;
    let source = content.article.as_ref().map(|a| a.source.as_str()).unwrap_or_default();
    let twice = state.posts.iter().find(|(_, post)| {
        let other = post.article.as_ref().map(|a| a.source.as_str()).unwrap_or_default();
        post.author == author
            && post.commentary == new.commentary
            && other == source
            && now.since(post.at) < REMEMBERS
    });
    if let Some((id, _)) = twice {
        let message = format!("Content is a duplicate of {}", urn(*id));
        return Err(Refusal::new(StatusCode::UNPROCESSABLE_ENTITY, "DUPLICATE_POST", message));
    }
    let id = Linkedin::next_id(&mut state);
    let article = content.article;
    let post = Post { author, at: now, commentary: new.commentary, media, article, edited: None };
    state.posts.insert(id, post);
    Ok(HttpResponse::Created().insert_header(("x-restli-id", urn(id))).finish())
}

fn attachable(state: &State, author: &str, content: &Content) -> Result<Vec<(String, String)>, Refusal> {
    let thumb = content.article.as_ref().and_then(|a| a.thumbnail.as_deref());
    let mut wanted: Vec<&Medium> = content.media.iter().collect();
    if let Some(several) = &content.multi_image {
        if !(2..=PICTURES).contains(&several.images.len()) {
            return Err(Refusal::invalid("INVALID_VALUE_FOR_FIELD", "multiImage/images: 2 to 20"));
        }
        wanted.extend(&several.images);
    }
    for urn in wanted.iter().map(|m| m.id.as_str()).chain(thumb) {
        let file = state.files.get(urn).filter(|file| file.owner == author);
        let file = file.ok_or_else(|| Refusal::invalid("INVALID_IMAGE_ID", "no such media"))?;
        if !file.is_ready() {
            return Err(Refusal::invalid("MEDIA_ASSET_WAITING_UPLOAD", "The media asset is not ready"));
        }
        let is_film = file.file().is_some_and(|f| f.kind() == Some(MediumKind::Film));
        if is_film && content.media.is_none() {
            return Err(Refusal::invalid("INVALID_IMAGE_ID", "a video is no image"));
        }
    }
    if wanted.iter().any(|m| m.alt_text.chars().count() > ALT) {
        return Err(Refusal::invalid("FIELD_LENGTH_TOO_LONG", "altText of the media is too long"));
    }
    Ok(wanted.into_iter().map(|m| (m.id.clone(), m.alt_text.clone())).collect())
}

/// Which part of an author's posts.
#[derive(Deserialize)]
pub(super) struct Part {
    q: String,
    author: String,
    start: Option<usize>,
    count: Option<usize>,
}

/// GET: newest first; what is younger than the list's lag is not in it yet.
pub(super) async fn of_author(world: Data<Linkedin>, request: HttpRequest, part: Query<Part>) -> Reply {
    let reader = world.allowed(&request, "r_organization_social")?;
    let finder = request.headers().get("x-restli-method").is_some_and(|method| method == "FINDER");
    if part.q != "author" || part.author != reader || !finder {
        return Err(Refusal::denied());
    }
    let (now, lag) = (world.ground.clock.now(), world.ground.lag());
    let state = lock(&world.state);
    let elements: Vec<_> = state
        .posts
        .iter()
        .rev()
        .filter(|(_, post)| post.author == part.author && now.since(post.at) >= lag)
        .skip(part.start.unwrap_or(0))
        .take(part.count.unwrap_or(10))
        .map(|(id, post)| as_json(*id, post))
        .collect();
    Ok(HttpResponse::Ok()
        .json(json!({ "elements": elements, "paging": { "start": 0, "count": 10, "links": [] } })))
}

/// GET of one post.
pub(super) async fn show(world: Data<Linkedin>, request: HttpRequest, name: Path<String>) -> Reply {
    let reader = world.allowed(&request, "r_organization_social")?;
    let id = number(&name)?;
    let state = lock(&world.state);
    let post = state.posts.get(&id).filter(|post| post.author == reader).ok_or_else(Refusal::not_found)?;
    Ok(HttpResponse::Ok().json(as_json(id, post)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    patch: Set,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Set {
    #[serde(rename = "$set")]
    set: Commentary,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Commentary {
    commentary: String,
}

/// POST of a part of a post: its text, and nothing else of it.
pub(super) async fn update(
    world: Data<Linkedin>,
    request: HttpRequest,
    name: Path<String>,
    body: Bytes,
) -> Reply {
    let author = world.allowed(&request, world.write())?;
    let partial = request.headers().get("x-restli-method").is_some_and(|m| m == "PARTIAL_UPDATE");
    let wanted: Patch = serde_json::from_slice(&body)
        .ok()
        .filter(|_| partial)
        .ok_or_else(|| Refusal::invalid("INVALID_VALUE_FOR_FIELD", "only commentary can be set"))?;
    let text = wanted.patch.set.commentary;
    if read(&text).encode_utf16().count() > LONGEST {
        return Err(Refusal::invalid("FIELD_LENGTH_TOO_LONG", "commentary is longer than 3000 characters"));
    }
    let id = number(&name)?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let post = state.posts.get_mut(&id).ok_or_else(Refusal::not_found)?;
    if post.author != author {
        return Err(Refusal::denied());
    }
    if post.commentary != text {
        (post.commentary, post.edited) = (text, Some(now));
    }
    Ok(HttpResponse::NoContent().finish())
}

/// DELETE: what is gone may be deleted again.
pub(super) async fn delete(world: Data<Linkedin>, request: HttpRequest, name: Path<String>) -> Reply {
    let author = world.allowed(&request, world.write())?;
    let id = number(&name)?;
    let mut state = lock(&world.state);
    if state.posts.get(&id).is_some_and(|post| post.author != author) {
        return Err(Refusal::denied());
    }
    state.posts.remove(&id);
    Ok(HttpResponse::NoContent().finish())
}

fn as_json(id: u64, post: &Post) -> Value {
    let at = post.at.micros() / 1000;
    let mut shown = json!({
        "id": urn(id), "author": post.author, "commentary": post.commentary, "visibility": "PUBLIC",
        "createdAt": at, "lastModifiedAt": at, "publishedAt": at, "lifecycleState": "PUBLISHED",
    });
    if let Some(article) = &post.article {
        shown["content"] = json!({ "article": { "source": article.source, "title": article.title } });
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_is_not_escaped_ends_the_text() {
        assert_eq!(read(r"Vi søger dig \(35 timer\)"), "Vi søger dig (35 timer)");
        assert_eq!(read("Vi søger dig (35 timer)"), "Vi søger dig ");
        assert_eq!(read(r"Et {hashtag|\#|job} nu"), "Et #job nu");
        assert_eq!(read("Et #job nu"), "Et ");
    }
}
