//! `/medier/filer`: a large file in parts, with a mark from which to go on when the connection broke.
//! `/media/{asset}/{shape}`: what is kept, as pages and channels show it.

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, HttpResponseBuilder,
    body::SizedStream,
    dev::Payload,
    http::{Method, header},
    web,
};
use serde_json::json;

use super::{MediaError, actions, asset::Asset, pages::sentence, people::Purpose, store};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::{
        Language,
        id::{AssetId, UnitId, UploadId},
    },
    db::DbError,
    i18n::Speech,
    kit::Kit,
    web::{
        Answer, Fault,
        files::{Wanted, range},
    },
};

/// How many bytes the page sends at a time.
const PART: u64 = 8 << 20;
/// The mark, in requests and answers.
const OFFSET: &str = "upload-offset";
/// The form's token, where there is no form.
const TOKEN: &str = "x-csrf-token";

fn answered(t: Speech, result: Result<HttpResponse, MediaError>) -> Answer {
    match result {
        Ok(response) => Ok(response),
        Err(MediaError::Refused(refusal)) => {
            Ok(HttpResponse::UnprocessableEntity().json(json!({ "error": sentence(t, &refusal) })))
        }
        Err(MediaError::Elsewhere(at)) => {
            Ok(HttpResponse::Conflict().insert_header((OFFSET, at.to_string())).finish())
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /medier/filer`: begins (`unit`, `name`, `bytes`, `modified`), or finds the one this person began
/// with the same file and did not finish.
pub async fn begin(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(Right::UseMedia)?;
    let unit: UnitId = typed.get("unit").parse().map_err(|_| Fault::NotFound)?;
    if !viewer.may_in(Right::UseMedia, unit) {
        return Err(Fault::NotFound);
    }
    let bytes: u64 = typed.get("bytes").parse().map_err(|_| Fault::BadRequest)?;
    let begun =
        actions::begin_upload(&kit, viewer.actor(), unit, typed.get("name"), typed.get("modified"), bytes)
            .await;
    let response = begun.map(|(id, at)| {
        HttpResponse::Created()
            .insert_header((OFFSET, at.to_string()))
            .json(json!({ "href": format!("/medier/filer/{id}"), "part": PART }))
    });
    answered(viewer.shell(&req, &kit.config).t, response)
}

fn upload_id(path: &str) -> Result<UploadId, Fault> {
    path.parse().map_err(|_| Fault::NotFound)
}

/// `GET /medier/filer/{upload}`: how far it has come.
pub async fn standing(kit: web::Data<Kit>, viewer: Viewer, path: web::Path<String>) -> Answer {
    viewer.scope(Right::UseMedia)?;
    let at = actions::uploaded(&kit, viewer.actor(), upload_id(&path)?).await?;
    Ok(HttpResponse::NoContent().insert_header((OFFSET, at.to_string())).finish())
}

/// `PATCH /medier/filer/{upload}`: the bytes from `Upload-Offset` on.
pub async fn part(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    body: web::Payload,
) -> Answer {
    let text = |name: &str| req.headers().get(name).and_then(|h| h.to_str().ok()).unwrap_or_default();
    viewer.check_csrf(text(TOKEN))?;
    viewer.scope(Right::UseMedia)?;
    let from: u64 = text(OFFSET).parse().map_err(|_| Fault::BadRequest)?;
    let at = actions::append(&kit, viewer.actor(), upload_id(&path)?, from, body).await;
    let t = viewer.shell(&req, &kit.config).t;
    answered(t, at.map(|at| HttpResponse::NoContent().insert_header((OFFSET, at.to_string())).finish()))
}

/// `POST /medier/filer/{upload}`: all of it has come. Says where the asset is shown.
pub async fn finish(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    posted.viewer.scope(Right::UseMedia)?;
    let received = actions::finish_upload(&kit, posted.viewer.actor(), upload_id(&path)?).await;
    let response =
        received.map(|r| HttpResponse::Ok().json(json!({ "href": format!("/medier/{}", r.id()) })));
    answered(posted.viewer.shell(&req, &kit.config).t, response)
}

/// `POST /medier/filer/{upload}/stop`: gives it up.
pub async fn stop(kit: web::Data<Kit>, posted: Posted, path: web::Path<String>) -> Answer {
    posted.viewer.scope(Right::UseMedia)?;
    actions::cancel_upload(&kit, posted.viewer.actor(), upload_id(&path)?).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What is asked for of an asset.
enum Shown {
    File { sha256: String, mime: String, len: u64 },
    Captions(String),
}

/// `GET /media/{asset}/{shape}` and `…/captions-{language}`: to anyone when an open ad shows or showed
/// it, else to people who work with media or postings in its unit.
pub async fn serve(req: HttpRequest, kit: web::Data<Kit>, path: web::Path<(String, String)>) -> Answer {
    let (id, shape) = path.into_inner();
    let id: AssetId = id.parse().map_err(|_| Fault::NotFound)?;
    let asset = kit.db.read(move |c| store::asset(c, id)).await?.ok_or(Fault::NotFound)?;
    // what shows somebody who has taken their yes back is shown to strangers no more
    let hindered = !asset.hindrances(&[Purpose::Website], kit.clock.now()).is_empty();
    let public = asset.public_at.is_some() && !hindered;
    if !public {
        let viewer = Viewer::from_request(&req, &mut Payload::None).await.map_err(|_| Fault::NotFound)?;
        let may = |right| viewer.may_in(right, asset.unit);
        if !may(Right::UseMedia) && !may(Right::ReadPostings) {
            return Err(Fault::NotFound);
        }
    }
    let shown = match shape.strip_prefix("captions-") {
        Some(language) => captions(&kit, &asset, language).await?,
        None => {
            let drawn = asset.shown(&shape).ok_or(Fault::NotFound)?;
            let len = u64::try_from(drawn.bytes).unwrap_or(0);
            Shown::File { sha256: drawn.sha256, mime: drawn.mime, len }
        }
    };
    let etag = match &shown {
        Shown::File { sha256, .. } => format!("\"{}\"", sha256.get(..32).unwrap_or(sha256)),
        Shown::Captions(_) => format!("\"{}\"", asset.updated_at.micros()),
    };
    // the address carries the beginning of the hash: what it names never changes
    let named = req.query_string().split('&').find_map(|p| p.strip_prefix("v=")).unwrap_or_default();
    let exact = named.len() >= 8 && etag.trim_matches('"').starts_with(named);
    // a yes can be taken back, so a picture of somebody is not left lying everywhere for a year
    let cache = match (public, exact && asset.people.is_empty()) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) => "public, max-age=300",
        (false, _) => "private, no-cache",
    };
    let known = req.headers().get(header::IF_NONE_MATCH).and_then(|h| h.to_str().ok());
    if known.is_some_and(|k| k.split(',').any(|k| k.trim().trim_start_matches("W/") == etag)) {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .insert_header((header::CACHE_CONTROL, cache))
            .finish());
    }
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, cache))
        // whatever a file turns out to be, it runs nothing and loads nothing
        .insert_header((header::CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox"))
        // pictures and films are packed already, and a packed film has no ranges
        .insert_header((header::CONTENT_ENCODING, "identity"));
    match shown {
        Shown::Captions(body) => Ok(response.content_type("text/vtt; charset=utf-8").body(body)),
        Shown::File { sha256, mime, len } => stream(&req, &kit, response, (&sha256, &mime, len)).await,
    }
}

/// A kept file (name, media type, length) as the body of an answer: whole, or the range that is asked for.
pub async fn stream(
    req: &HttpRequest,
    kit: &Kit,
    mut response: HttpResponseBuilder,
    (sha256, mime, len): (&str, &str, u64),
) -> Answer {
    response.content_type(mime).insert_header((header::ACCEPT_RANGES, "bytes"));
    let asked = req.headers().get(header::RANGE).and_then(|h| h.to_str().ok());
    let (from, to) = match range(asked, len) {
        Wanted::All => (0, len),
        Wanted::Part(from, to) => {
            response.status(actix_web::http::StatusCode::PARTIAL_CONTENT);
            response.insert_header((header::CONTENT_RANGE, format!("bytes {from}-{}/{len}", to - 1)));
            (from, to)
        }
        Wanted::Outside => {
            return Ok(HttpResponse::RangeNotSatisfiable()
                .insert_header((header::CONTENT_RANGE, format!("bytes */{len}")))
                .finish());
        }
    };
    if req.method() == Method::HEAD {
        let nothing = futures_util::stream::empty::<Result<web::Bytes, std::io::Error>>();
        return Ok(response.body(SizedStream::new(to - from, nothing)));
    }
    let stream = kit.blobs.stream(sha256, Some(from..to)).await?;
    Ok(response.body(SizedStream::new(to - from, stream)))
}

async fn captions(kit: &Kit, asset: &Asset, language: &str) -> Result<Shown, Fault> {
    let language: Language = language.parse().map_err(|_| Fault::NotFound)?;
    let id = asset.id;
    let all = kit.db.read(move |c| store::captions(c, id)).await.map_err(|e: DbError| Fault::from(e))?;
    let body = all.into_iter().find(|(l, _)| *l == language).ok_or(Fault::NotFound)?.1;
    Ok(Shown::Captions(body))
}
