//! What a Mastodon server's no means. The status decides; words may be in any language and only help.

use super::wire::ApiError;
use crate::{
    base::Instant,
    channels::{Problem, ProblemKind, answer::Answer},
};

/// What was asked for when the answer was no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// To take a file.
    Media,
    /// To publish.
    Status,
    /// Anything else.
    Other,
}

/// The class of an answer that is no yes.
pub(super) fn problem(answer: &Answer, asked: Asked, now: Instant) -> Problem {
    use ProblemKind::*;
    let said: ApiError = answer.json().unwrap_or_default();
    let words = match (said.error.is_empty(), said.error_description.is_empty()) {
        (false, false) => format!("{}: {}", said.error, said.error_description),
        (false, true) => said.error,
        (true, _) => format!("{} {}", answer.status.as_u16(), answer.excerpt()),
    };
    let lower = words.to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|p| lower.contains(p));
    let kind = match answer.status.as_u16() {
        429 => RateLimited,
        401 if has(&["invalid_client"]) => Configuration,
        401 => Reconnect,
        403 if has(&["scope"]) => Permission,
        403 if has(&["disabled", "confirmed", "pending", "suspended", "deaktiver", "bekræft"]) => {
            AccountBlocked
        }
        403 => Permission,
        413 | 415 => InvalidMedia,
        422 if has(&["not finished processing", "try again in a moment"]) => Processing,
        422 if asked == Asked::Media => InvalidMedia,
        422 if has(&["attach", "media", "file"]) => InvalidMedia,
        422 if asked == Asked::Status => InvalidText,
        // GoToSocial says 400 where Mastodon says 422
        400 if asked == Asked::Media => InvalidMedia,
        400 if has(&["attach", "media", "description"]) => InvalidMedia,
        400 if has(&["character", "status", "text", "length"]) => InvalidText,
        300..=399 | 404 | 405 | 410 | 501 => Configuration,
        500..=599 | 408 | 425 => Unavailable,
        _ => Unknown,
    };
    answer.problem(kind, words, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    // R37: recorded or documented answers, each with what we make of it
    #[test]
    fn recorded_errors() {
        use Asked::{Media, Other, Status};
        use ProblemKind::*;
        let vectors = [
            (Status, 429, r#"{"error":"Too many requests"}"#, RateLimited),
            (Status, 429, r#"{"error":"For mange anmodninger"}"#, RateLimited),
            (Other, 401, r#"{"error":"The access token is invalid"}"#, Reconnect),
            (Status, 401, r#"{"error":"The access token was revoked"}"#, Reconnect),
            (Other, 401, r#"{"error":"Adgangstokenet er ugyldigt"}"#, Reconnect),
            (
                Other,
                401,
                r#"{"error":"invalid_client","error_description":"Client authentication failed"}"#,
                Configuration,
            ),
            (Status, 403, r#"{"error":"This action is outside the authorized scopes"}"#, Permission),
            (Status, 403, r#"{"error":"This action is not allowed"}"#, Permission),
            (Status, 403, r#"{"error":"Your login is currently disabled"}"#, AccountBlocked),
            (Status, 403, r#"{"error":"Your login is missing a confirmed e-mail address"}"#, AccountBlocked),
            (Status, 403, r#"{"error":"Your login is currently pending approval"}"#, AccountBlocked),
            (
                Status,
                422,
                r#"{"error":"Cannot attach files that have not finished processing. Try again in a moment!"}"#,
                Processing,
            ),
            (Status, 422, r#"{"error":"Cannot attach more than 4 files"}"#, InvalidMedia),
            (
                Status,
                422,
                r#"{"error":"Cannot attach a video to a post that already contains images"}"#,
                InvalidMedia,
            ),
            (Status, 422, r#"{"error":"Validation failed: Text can't be blank"}"#, InvalidText),
            (
                Status,
                422,
                r#"{"error":"Validation failed: Text character limit of 500 exceeded"}"#,
                InvalidText,
            ),
            (
                Media,
                422,
                r#"{"error":"Validation failed: File content type is invalid, File is invalid"}"#,
                InvalidMedia,
            ),
            (Media, 422, r#"{"error":"Error processing thumbnail for uploaded media"}"#, InvalidMedia),
            (Media, 413, "<html><h1>413 Request Entity Too Large</h1></html>", InvalidMedia),
            (Media, 500, r#"{"error":"Error processing thumbnail for uploaded media"}"#, Unavailable),
            (Status, 400, r#"{"error":"Bad Request: status is too long"}"#, InvalidText),
            (Media, 400, r#"{"error":"Bad Request: media type not supported"}"#, InvalidMedia),
            (Other, 404, r#"{"error":"Record not found"}"#, Configuration),
            (Other, 410, "", Configuration),
            (Status, 503, r#"{"error":"Remote data could not be fetched"}"#, Unavailable),
            (Status, 502, "<h1>502 Bad Gateway</h1>", Unavailable),
            (Status, 302, "", Configuration),
            (Other, 418, "", Unknown),
        ];
        let now = Instant::from_seconds(1_800_000_000);
        for (asked, status, body, kind) in vectors {
            let problem = problem(&Answer::of(status, &[], body), asked, now);
            assert_eq!(problem.kind, kind, "{status} {body}");
            assert!(!problem.words.is_empty(), "{status} {body}");
        }
    }
}
