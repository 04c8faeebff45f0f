//! What LinkedIn's no means. Its code decides first, then the status.

use std::time::Duration;

use super::wire::Refusal;
use crate::{
    base::Instant,
    channels::{Problem, ProblemKind, answer::Answer},
};

/// What was asked for when the answer was no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// To take a file, or how far it is.
    Media,
    /// The bytes themselves, at an address that is good for a while.
    Bytes,
    /// To publish.
    Post,
    /// Anything else.
    Other,
}

/// The class of an answer that is no yes.
pub(super) fn problem(answer: &Answer, asked: Asked, now: Instant) -> Problem {
    use ProblemKind::*;
    let said: Refusal = answer.json().unwrap_or_default();
    let candidates = [&said.message, &said.error_description, &said.code, &said.error];
    let words = candidates
        .into_iter()
        .find(|words| !words.is_empty())
        .map_or_else(|| format!("{} {}", answer.status.as_u16(), answer.excerpt()), Clone::clone);
    let lower = format!("{words} {}", said.code).to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|p| lower.contains(p));
    let kind = match (said.code.as_str(), answer.status.as_u16()) {
        (_, 429) => RateLimited,
        // an address for bytes is good for a while; then it is asked for anew
        ("EXPIRED_UPLOAD_URL", _) => Unavailable,
        (_, 401 | 403 | 404 | 410) if asked == Asked::Bytes => Unavailable,
        (_, 401) => Reconnect,
        ("MEDIA_ASSET_WAITING_UPLOAD", _) => Processing,
        ("MEDIA_ASSET_PROCESSING_FAILED" | "INVALID_IMAGE_ID" | "INVALID_VIDEO_ID", _) => InvalidMedia,
        // a version that is no longer served, or none: operations must set another
        ("VERSION_MISSING" | "NONEXISTENT_VERSION", _) | (_, 426) => Configuration,
        (_, 400..=422) if asked == Asked::Post && has(&["duplicate of urn:", "duplicate_post"]) => Duplicate,
        (_, 403) if has(&["restricted", "suspended"]) => AccountBlocked,
        (_, 403) => Permission,
        (_, 413 | 415) => InvalidMedia,
        (_, 400 | 422) if asked == Asked::Media || asked == Asked::Bytes => InvalidMedia,
        ("FIELD_LENGTH_TOO_LONG", _) => InvalidText,
        (_, 400 | 422) if has(&["invalid_client"]) => Configuration,
        (_, 400 | 422) if has(&["image", "video", "media"]) => InvalidMedia,
        (_, 400 | 422) if asked == Asked::Post => InvalidText,
        (_, 409) => Unavailable,
        (_, 300..=399 | 404 | 405 | 410 | 501) => Configuration,
        (_, 500..=599 | 408 | 425) => Unavailable,
        _ => Unknown,
    };
    let mut problem = answer.problem(kind, words, now);
    if kind == RateLimited && problem.wait.is_none() {
        // it counts by day, and begins anew at midnight UTC; no header says so
        problem.wait = Some(until_midnight(now));
    }
    problem
}

fn until_midnight(now: Instant) -> Duration {
    const DAY: i64 = 86_400;
    Duration::from_secs(u64::try_from(DAY - now.seconds().rem_euclid(DAY)).unwrap_or(0))
}

/// The post that a duplicate is said to be of.
pub(super) fn original(words: &str) -> Option<&str> {
    let at = words.find("urn:li:")?;
    let end = words[at..].find(|c: char| !(c.is_ascii_alphanumeric() || ":-_".contains(c)));
    let urn = &words[at..end.map_or(words.len(), |end| at + end)];
    super::is_post(urn).then_some(urn)
}

#[cfg(test)]
mod tests {
    use super::*;

    // R37: documented or reported answers, each with what we make of it
    #[test]
    fn known_errors() {
        use Asked::{Bytes, Media, Other, Post};
        use ProblemKind::*;
        let of = |code: &str, message: &str| {
            format!(r#"{{"message":"{message}","code":"{code}","serviceErrorCode":1}}"#)
        };
        let vectors = [
            (
                Post,
                429,
                of(
                    "TOO_MANY_REQUESTS",
                    "Resource level throttle limit for calls to this resource is reached.",
                ),
                RateLimited,
            ),
            (Other, 401, of("INVALID_ACCESS_TOKEN", "Invalid access token"), Reconnect),
            (
                Other,
                401,
                of("REVOKED_ACCESS_TOKEN", "The token used in the request has been revoked by the user"),
                Reconnect,
            ),
            (Post, 401, of("EXPIRED_ACCESS_TOKEN", "The token has expired"), Reconnect),
            (Post, 403, of("ACCESS_DENIED", "Not enough permissions to access: posts.CREATE"), Permission),
            (Post, 422, of("", "Content is a duplicate of urn:li:share:7123456789"), Duplicate),
            (Post, 422, of("DUPLICATE_POST", "Duplicate post is detected"), Duplicate),
            (Post, 400, of("FIELD_LENGTH_TOO_LONG", "commentary is too long"), InvalidText),
            (Post, 400, of("MISSING_FIELD", "commentary is missing"), InvalidText),
            (Post, 400, of("INVALID_VALUE_FOR_FIELD", "multiImage/images: at most 20"), InvalidMedia),
            (Post, 400, of("INVALID_IMAGE_ID", "no such image"), InvalidMedia),
            (Post, 400, of("MEDIA_ASSET_WAITING_UPLOAD", "The media asset is not ready"), Processing),
            (Post, 400, of("MEDIA_ASSET_PROCESSING_FAILED", "The media asset failed"), InvalidMedia),
            (Media, 400, of("INVALID_VALUE_FOR_FIELD", "fileSizeBytes"), InvalidMedia),
            (Media, 415, String::new(), InvalidMedia),
            (Bytes, 403, String::new(), Unavailable),
            (Bytes, 400, of("EXPIRED_UPLOAD_URL", "The upload URL has expired"), Unavailable),
            (Bytes, 413, String::new(), InvalidMedia),
            (Post, 409, of("CONFLICT", "A conflict"), Unavailable),
            (Post, 426, of("NONEXISTENT_VERSION", "Requested version 202501 is not active"), Configuration),
            (Post, 400, of("VERSION_MISSING", "A version must be present"), Configuration),
            (Other, 400, r#"{"error":"invalid_client"}"#.into(), Configuration),
            (Post, 503, String::new(), Unavailable),
            (Other, 418, String::new(), Unknown),
        ];
        let now = Instant::from_seconds(1_800_000_000);
        for (asked, status, body, kind) in vectors {
            let problem = problem(&Answer::of(status, &[], &body), asked, now);
            assert_eq!(problem.kind, kind, "{status} {body}");
            assert!(!problem.words.is_empty(), "{status} {body}");
        }
    }

    #[test]
    fn a_day_that_is_used_up_ends_at_midnight() {
        // 2027-01-15T08:00:00Z
        let problem = problem(&Answer::of(429, &[], ""), Asked::Post, Instant::from_seconds(1_800_000_000));
        assert_eq!(problem.wait, Some(Duration::from_secs(16 * 3600)));
    }

    // R45
    #[test]
    fn the_post_that_is_already_there_is_named() {
        assert_eq!(
            original("Content is a duplicate of urn:li:share:7123456789. Try again"),
            Some("urn:li:share:7123456789")
        );
        assert_eq!(original("of urn:li:ugcPost:71"), Some("urn:li:ugcPost:71"));
        assert_eq!(original("of urn:li:person:abc"), None);
        assert_eq!(original("Duplicate post is detected"), None);
    }
}
