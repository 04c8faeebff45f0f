//! Embedded static files, with a hash for caches; and byte ranges for films.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use rust_embed::RustEmbed;

use super::{Answer, Fault};

#[derive(RustEmbed)]
#[folder = "assets/static"]
struct Static;

#[derive(RustEmbed)]
#[folder = "assets/vendor"]
#[exclude = "*.toml"]
struct Vendor;

/// `GET /static/{path}`: our own files, and the vendored ones under `/static/vendor/`.
pub async fn serve(req: HttpRequest, path: web::Path<String>) -> Answer {
    let file = match path.strip_prefix("vendor/") {
        Some(inner) => Vendor::get(inner),
        None => Static::get(&path),
    }
    .ok_or(Fault::NotFound)?;
    let tag = format!("\"{}\"", hex::encode(&file.metadata.sha256_hash()[..12]));
    let fresh = req.headers().get(header::IF_NONE_MATCH).is_some_and(|h| h.as_bytes() == tag.as_bytes());
    let mut response = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, tag))
        .insert_header((header::CACHE_CONTROL, "public, max-age=3600"))
        .insert_header((header::CONTENT_TYPE, file.metadata.mimetype().to_owned()));
    if fresh {
        return Ok(response.finish());
    }
    Ok(match file.data {
        std::borrow::Cow::Borrowed(bytes) => response.body(bytes),
        std::borrow::Cow::Owned(bytes) => response.body(bytes),
    })
}

/// `GET /robots.txt`: the careers site may be indexed, nothing else.
pub async fn robots(kit: web::Data<crate::kit::Kit>) -> HttpResponse {
    let body = format!(
        "User-agent: *\nDisallow: /r/\nDisallow: /ansoeg/\nDisallow: /min-ansoegning/\nSitemap: {base}/sitemap.xml\nSitemap: {base}/historier/sitemap.xml\n",
        base = kit.config.server.public_url
    );
    HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(body)
}

/// What a `Range` header asks of `len` bytes: nothing usable, a range, or one outside.
#[derive(Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The whole file.
    All,
    /// From, up to not including.
    Part(u64, u64),
    /// Beyond the end: 416.
    Outside,
}

/// Reads a `Range` header (one range; several are answered with the whole file).
pub fn range(header: Option<&str>, len: u64) -> Wanted {
    let Some(spec) = header.and_then(|h| h.strip_prefix("bytes=")) else { return Wanted::All };
    let Some((from, to)) = spec.split_once('-').filter(|_| !spec.contains(',')) else { return Wanted::All };
    let (from, to) = match (from.parse::<u64>().ok(), to.parse::<u64>().ok()) {
        (Some(from), Some(to)) if from <= to => (from, to.min(len.saturating_sub(1)) + 1),
        (Some(from), None) if to.is_empty() => (from, len),
        (None, Some(last)) if from.is_empty() && last > 0 => (len.saturating_sub(last), len),
        _ => return Wanted::All,
    };
    if from >= len { Wanted::Outside } else { Wanted::Part(from, to) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        assert_eq!(range(None, 10), Wanted::All);
        assert_eq!(range(Some("bytes=0-3"), 10), Wanted::Part(0, 4));
        assert_eq!(range(Some("bytes=8-"), 10), Wanted::Part(8, 10));
        assert_eq!(range(Some("bytes=-3"), 10), Wanted::Part(7, 10));
        assert_eq!(range(Some("bytes=10-"), 10), Wanted::Outside);
        assert_eq!(range(Some("bytes=0-1,4-5"), 10), Wanted::All);
        assert_eq!(range(Some("bytes=3-99"), 10), Wanted::Part(3, 10));
    }
}
