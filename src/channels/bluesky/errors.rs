//! What a Bluesky server's no means. The name in `error` decides; statuses stand in where it is missing.

use std::time::Duration;

use super::wire::XrpcError;
use crate::{
    base::Instant,
    channels::{Problem, ProblemKind, answer::Answer},
};

/// Blobs nobody refers to are swept after some minutes; then they are uploaded again.
pub(super) const BLOB_LIFE: Duration = Duration::from_secs(240);

/// The class of an answer that is no yes.
pub(super) fn problem(answer: &Answer, now: Instant) -> Problem {
    use ProblemKind::*;
    let said: XrpcError = answer.json().unwrap_or_default();
    let status = answer.status.as_u16();
    let kind = match said.error.as_str() {
        "RateLimitExceeded" => RateLimited,
        "ExpiredToken"
        | "InvalidToken"
        | "AuthenticationRequired"
        | "AuthMissing"
        | "AuthFactorTokenRequired" => Reconnect,
        "AccountTakedown" | "AccountDeactivated" | "AccountSuspended" | "RepoTakendown"
        | "RepoDeactivated" | "RepoSuspended" => AccountBlocked,
        "ScopeMissingError" | "InsufficientScope" => Permission,
        "BlobTooLarge"
        | "InvalidMimeType"
        | "PayloadTooLarge"
        | "UnsupportedContentType"
        | "VideoTooLarge"
        | "VideoTooLong"
        | "BadAspectRatio"
        | "DailyLimitExceeded"
        | "UploadForbidden" => InvalidMedia,
        "BlobNotFound" | "UploadNotReady" => Processing,
        "UpstreamFailure" | "NotEnoughResources" | "InternalServerError" | "ServiceOverloaded" => Unavailable,
        "MethodNotImplemented" | "XRPCNotSupported" => Configuration,
        "InvalidRequest" => of_message(&said.message, status),
        _ => of_status(status),
    };
    let words = match (said.error.is_empty(), said.message.is_empty()) {
        (false, false) => format!("{}: {}", said.error, said.message),
        (false, true) => said.error,
        (true, _) => format!("{status} {}", answer.excerpt()),
    };
    let mut problem = answer.problem(kind, words, now);
    if kind == Processing && problem.wait.is_none() {
        // by then the handle we have is too old, and preparing uploads anew
        problem.wait = Some(BLOB_LIFE + Duration::from_secs(30));
    }
    problem
}

/// A refused record names the place in it.
fn of_message(message: &str, status: u16) -> ProblemKind {
    use ProblemKind::*;
    let lower = message.to_ascii_lowercase();
    if lower.contains("could not find blob") {
        Processing
    } else if lower.contains("embed") || lower.contains("blob") || lower.contains("mime") {
        InvalidMedia
    } else if lower.contains("text") || lower.contains("grapheme") || lower.contains("facets") {
        InvalidText
    } else {
        of_status(status)
    }
}

fn of_status(status: u16) -> ProblemKind {
    use ProblemKind::*;
    match status {
        429 => RateLimited,
        401 => Reconnect,
        403 => Permission,
        413 | 415 => InvalidMedia,
        301..=308 | 404 | 405 | 410 | 501 => Configuration,
        500..=599 | 408 | 425 => Unavailable,
        _ => Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // R37: answers as the reference server gives them (the two about the record and the one about the lost blob
    // word for word) and as its lexicons and code describe them, each with what we make of it
    #[test]
    fn recorded_errors() {
        use ProblemKind::*;
        let vectors = [
            (
                401,
                r#"{"error":"AuthenticationRequired","message":"Invalid identifier or password"}"#,
                Reconnect,
            ),
            (429, r#"{"error":"RateLimitExceeded","message":"Rate Limit Exceeded"}"#, RateLimited),
            (400, r#"{"error":"InvalidToken","message":"Token could not be verified"}"#, Reconnect),
            (400, r#"{"error":"ExpiredToken","message":"Token has expired"}"#, Reconnect),
            (401, r#"{"error":"AuthMissing","message":"Authentication Required"}"#, Reconnect),
            (
                400,
                r#"{"error":"InvalidRequest","message":"Invalid app.bsky.feed.post record: grapheme too big (maximum 300, got 301) at $.record.text"}"#,
                InvalidText,
            ),
            (
                400,
                r#"{"error":"InvalidRequest","message":"Invalid app.bsky.feed.post record: array too big (maximum 4, got 5) at $.record.embed.images"}"#,
                InvalidMedia,
            ),
            (413, r#"{"error":"PayloadTooLarge","message":"request entity too large"}"#, InvalidMedia),
            (500, r#"{"error":"InternalServerError","message":"Internal Server Error"}"#, Unavailable),
            (
                400,
                r#"{"error":"BlobNotFound","message":"Could not find blob: bafkreihdwdcefgh4dqkjv67uzcmw7ojee6xedzdetojuzjevtenxquvyku"}"#,
                Processing,
            ),
            (
                400,
                r#"{"error":"BlobTooLarge","message":"This file is too large. It is 1200000 but the maximum size is 1000000."}"#,
                InvalidMedia,
            ),
            (
                400,
                r#"{"error":"InvalidMimeType","message":"Wrong mimetype of blob, expected image/*"}"#,
                InvalidMedia,
            ),
            (400, r#"{"error":"InvalidRequest","message":"Could not find blob: bafkreib"}"#, Processing),
            (400, r#"{"error":"BlobNotFound"}"#, Processing),
            (
                401,
                r#"{"error":"AuthFactorTokenRequired","message":"A sign in code has been sent to your email address"}"#,
                Reconnect,
            ),
            (401, r#"{"error":"AccountTakedown","message":"Account has been taken down"}"#, AccountBlocked),
            (400, r#"{"error":"AccountDeactivated"}"#, AccountBlocked),
            (400, r#"{"error":"RepoSuspended","message":"Repo has been suspended"}"#, AccountBlocked),
            (
                403,
                r#"{"error":"ScopeMissingError","message":"Missing required scope \"repo:app.bsky.feed.post\""}"#,
                Permission,
            ),
            (502, r#"{"error":"UpstreamFailure","message":"pipethrough network error"}"#, Unavailable),
            (400, r#"{"error":"DailyLimitExceeded"}"#, InvalidMedia),
            (501, r#"{"error":"MethodNotImplemented","message":"Method Not Implemented"}"#, Configuration),
            // not from the server itself
            (502, "<html><h1>502 Bad Gateway</h1></html>", Unavailable),
            (404, "<!doctype html><title>Fjordby</title>", Configuration),
            (301, "", Configuration),
            (413, "<h1>413 Request Entity Too Large</h1>", InvalidMedia),
            (418, "", Unknown),
        ];
        let now = Instant::from_seconds(1_800_000_000);
        for (status, body, kind) in vectors {
            let problem = problem(&Answer::of(status, &[], body), now);
            assert_eq!(problem.kind, kind, "{status} {body}");
            assert_eq!(problem.status, Some(status));
            assert!(!problem.words.is_empty(), "{status} {body}");
        }
        let swept = problem(&Answer::of(400, &[], r#"{"error":"BlobNotFound"}"#), now);
        assert!(swept.wait.unwrap() > BLOB_LIFE, "it is only prepared anew when the handle is too old");
    }
}
