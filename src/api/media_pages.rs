//! Pictures and films: bring them, and put them on a posting.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    ApiAnswer, Problem, Refusal, id,
    once::{Once, Turn},
    postings_pages::within,
    read,
};
use crate::{
    accounts::{Caller, Right},
    base::id::{AssetId, PostingId},
    kit::Kit,
    media::{self, Description},
    postings::{self, MediaRole, Placed},
    web::upload,
};

/// A file and what it shows.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes the multipart form; it is read part by part")]
pub struct MediaForm {
    /// JPEG, PNG, WebP, GIF, MP4, MOV or WebM.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// What it shows, for those who do not see it.
    alt_text: Option<String>,
    /// `true` when it only decorates.
    decorative: Option<String>,
    /// `true` when nobody speaks in the film.
    silent: Option<String>,
    /// `true` when nobody in it can be recognised; who can is said on its page. Without either it is not shown.
    nobody_recognisable: Option<String>,
}

/// An asset.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct MediaView {
    /// Which.
    pub id: String,
    /// `picture`, `graphic`, `film`.
    pub kind: media::Kind,
    /// `received` until its renditions are drawn, then `ready`.
    pub state: media::State,
    /// What it shows.
    pub alt_text: String,
}

/// Takes a picture or film into the library of the token's unit. The same file again is the same asset.
#[utoipa::path(
    post, path = "/api/v1/media", operation_id = "uploadMedia", tag = "media",
    params(("Idempotency-Key" = Option<String>, Header, description = "Same key, same request: one asset")),
    request_body(content = MediaForm, content_type = "multipart/form-data"),
    responses((status = 201, body = MediaView), (status = 422, body = Problem))
)]
pub async fn upload_media(
    req: HttpRequest,
    caller: Caller,
    kit: web::Data<Kit>,
    parts: Multipart,
) -> ApiAnswer {
    caller.scope(Right::UseMedia)?;
    let limit = kit.config.limits.film_bytes;
    let mut sent = upload::receive(parts, &kit.blobs, limit, 1).await?;
    let file = sent.files.pop().filter(|f| f.field == "file");
    let file = file.ok_or_else(|| Refusal::field("file", "error-required"))?;
    let bytes = file.bytes.ok_or_else(|| Refusal::field("file", "error-file-too-large"))?;
    let typed = sent.typed;
    let content = format!("{} {:?}", bytes.sha256, typed.0);
    let once = Once::of(&req, &caller, &kit, content.as_bytes())?;
    let first = once.clone();
    if let given @ Turn::Given(..) = kit.db.write(move |c| first.begin(c)).await? {
        return Ok(given.response());
    }
    let received = media::receive(&kit, caller.actor(), caller.unit, &file.name, &bytes).await?;
    let mut asset = find(&kit, received.id()).await?;
    let yes = |name: &str| matches!(typed.get(name), "true" | "1" | "on");
    if ["decorative", "silent", "nobody_recognisable"].into_iter().any(yes)
        || !typed.get("alt_text").is_empty()
    {
        let said = Description {
            alt_text: typed.get("alt_text").to_owned(),
            decorative: yes("decorative"),
            silent: yes("silent"),
            focus: asset.focus,
            nobody: yes("nobody_recognisable") || asset.nobody,
            folder: asset.folder.clone(),
            usable_until: asset.usable_until,
        };
        media::describe(&kit, &asset, said).await?;
        asset = find(&kit, received.id()).await?;
    }
    let view = MediaView {
        id: asset.id.to_string(),
        kind: asset.kind,
        state: asset.state,
        alt_text: asset.alt_text,
    };
    let turn = kit.db.write(move |c| once.end(c, StatusCode::CREATED, &view)).await?;
    Ok(turn.response())
}

async fn find(kit: &Kit, asset: AssetId) -> Result<media::Asset, Refusal> {
    kit.db.read(move |c| media::asset(c, asset)?.ok_or_else(Refusal::not_found)).await
}

/// An asset and its place.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AttachBody {
    /// Id of the asset.
    pub asset: String,
    /// `hero`, `graphic` or `film`.
    pub role: MediaRole,
    /// The version of the posting this was decided on.
    pub version: i32,
}

/// The media of a posting after the change.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct AttachedView {
    /// For the next change.
    pub version: i32,
    /// Ids in order.
    pub media: Vec<String>,
}

/// Puts an asset of the same unit on a posting.
#[utoipa::path(
    post, path = "/api/v1/postings/{id}/media", operation_id = "attachMedia", tag = "media",
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header, description = "Same key, same request: one change")),
    request_body = AttachBody,
    responses((status = 200, body = AttachedView), (status = 404, body = Problem), (status = 409, body = Problem), (status = 422, body = Problem))
)]
pub async fn attach_media(
    req: HttpRequest,
    caller: Caller,
    kit: web::Data<Kit>,
    path: web::Path<String>,
    body: web::Bytes,
) -> ApiAnswer {
    let scope = caller.scope(Right::EditPostings)?.clone();
    let library = caller.scope(Right::UseMedia)?.clone();
    let posting: PostingId = id(&path)?;
    let once = Once::of(&req, &caller, &kit, &body)?;
    let given: AttachBody = read(&body)?;
    let asset: AssetId = given.asset.parse().map_err(|_| Refusal::field("asset", "error-media"))?;
    let (k, actor) = (kit.as_ref().clone(), caller.actor());
    let turn = kit
        .db
        .write(move |c| {
            if let given @ Turn::Given(..) = once.begin(c)? {
                return Ok(given);
            }
            let mut content = within(c, &scope, posting)?.content;
            let found = media::asset(c, asset)?.filter(|a| library.covers_unit(a.unit));
            if found.is_none() {
                return Err(Refusal::field("asset", "error-media"));
            }
            content
                .media
                .retain(|m| m.asset != asset && (given.role == MediaRole::Graphic || m.role != given.role));
            content.media.push(Placed { asset, role: given.role });
            let after = postings::save(c, &k, actor, &scope, posting, given.version, content)?;
            let view = AttachedView {
                version: after.version,
                media: after.content.media.iter().map(|m| m.asset.to_string()).collect(),
            };
            once.end(c, StatusCode::OK, &view)
        })
        .await
        .map_err(|e: Refusal| e)?;
    postings::renew();
    Ok(turn.response())
}
