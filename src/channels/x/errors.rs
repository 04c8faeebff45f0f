//! What X's no means. The status decides first, then the class of the problem, then its words.

use super::wire::Refusal;
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
    Post,
    /// Anything else.
    Other,
}

/// The class of an answer that is no yes.
pub(super) fn problem(answer: &Answer, asked: Asked, now: Instant) -> Problem {
    use ProblemKind::*;
    let said: Refusal = answer.json().unwrap_or_default();
    let first = said.errors.first();
    let candidates = [
        said.detail.as_str(),
        first.map_or("", |e| e.detail.as_str()),
        first.map_or("", |e| e.message.as_str()),
        said.error_description.as_str(),
        said.error.as_str(),
        said.title.as_str(),
    ];
    let words = candidates.iter().find(|words| !words.is_empty()).map_or_else(
        || format!("{} {}", answer.status.as_u16(), answer.excerpt()),
        |words| (*words).to_owned(),
    );
    let class = if said.class.is_empty() { first.map_or("", |e| e.class.as_str()) } else { &said.class };
    let class = class.rsplit('/').next().unwrap_or_default();
    let lower = candidates.join(" ").to_lowercase();
    let has = |parts: &[&str]| parts.iter().any(|p| lower.contains(p));
    let kind = match answer.status.as_u16() {
        402 => Spent,
        400..=499 if class == "usage-capped" || has(&["creditsdepleted", "credits depleted"]) => Spent,
        429 => RateLimited,
        401 => Reconnect,
        403 if asked == Asked::Post && has(&["duplicate content"]) => Duplicate,
        403 if class == "user-suspended" || has(&["suspended", "account is locked"]) => AccountBlocked,
        // a token of the wrong sort
        403 if has(&["unsupported authentication"]) => Reconnect,
        403 if has(&["post a video longer"]) => InvalidMedia,
        403 => Permission,
        413 | 415 => InvalidMedia,
        400 if has(&["invalid_client"]) => Configuration,
        400 if asked == Asked::Media => InvalidMedia,
        400 if has(&["media", "maximum of 4 items", "attachment"]) => InvalidMedia,
        400 if asked == Asked::Post => InvalidText,
        300..=399 | 404 | 405 | 410 | 501 => Configuration,
        500..=599 | 408 | 425 => Unavailable,
        _ => Unknown,
    };
    answer.problem(kind, words, now)
}

#[cfg(test)]
mod tests {
    use super::*;

    // R37: documented or reported answers, each with what we make of it
    #[test]
    fn known_errors() {
        use Asked::{Media, Other, Post};
        use ProblemKind::*;
        let of = |class: &str, title: &str, detail: &str| {
            format!(
                r#"{{"type":"https://api.x.com/2/problems/{class}","title":"{title}","detail":"{detail}"}}"#
            )
        };
        let duplicate = r#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"You are not allowed to create a Tweet with duplicate content."}"#;
        let invalid = "One or more parameters to your request was invalid.";
        let vectors = [
            (Post, 429, of("rate-limit-exceeded", "Too Many Requests", "Too Many Requests"), RateLimited),
            (Post, 429, r#"{"errors":[{"message":"Rate limit exceeded","code":88}]}"#.into(), RateLimited),
            (Post, 429, of("usage-capped", "UsageCapExceeded", "Usage cap exceeded: Monthly product cap"), Spent),
            (Post, 402, r#"{"title":"CreditsDepleted","detail":"Your enrolled account does not have any credits"}"#.into(), Spent),
            (Post, 402, String::new(), Spent),
            (Other, 401, r#"{"title":"Unauthorized","type":"about:blank","status":401,"detail":"Unauthorized"}"#.into(), Reconnect),
            (Post, 403, of("unsupported-authentication", "Unsupported Authentication", "Authenticating with OAuth 2.0 Application-Only is forbidden for this endpoint."), Reconnect),
            (Post, 403, duplicate.into(), Duplicate),
            (Other, 403, duplicate.into(), Permission),
            (Post, 403, of("client-forbidden", "Client Forbidden", "This request must be made using an approved developer account"), Permission),
            (Post, 403, of("not-authorized-for-resource", "Authorization Error", "You are not permitted to perform this action."), Permission),
            (Post, 403, of("user-suspended", "Forbidden", "The user used for authentication is suspended"), AccountBlocked),
            (Post, 403, r#"{"detail":"This user is not allowed to post a video longer than 2 minutes"}"#.into(), InvalidMedia),
            (Post, 400, format!(r#"{{"errors":[{{"message":"media.media_ids: a maximum of 4 items is allowed"}}],"title":"Invalid Request","detail":"{invalid}","type":"https://api.x.com/2/problems/invalid-request"}}"#), InvalidMedia),
            (Post, 400, of("invalid-request", "Invalid Request", "Your media IDs are invalid."), InvalidMedia),
            (Post, 400, of("invalid-request", "Invalid Request", "The Tweet contains an invalid URL."), InvalidText),
            (Media, 400, of("invalid-request", "Invalid Request", invalid), InvalidMedia),
            (Media, 413, "<h1>Request Entity Too Large</h1>".into(), InvalidMedia),
            (Other, 404, of("resource-not-found", "Not Found Error", "Could not find tweet"), Configuration),
            (Post, 503, r#"{"title":"Service Unavailable","detail":"Service Unavailable","type":"about:blank","status":503}"#.into(), Unavailable),
            (Post, 302, String::new(), Configuration),
            (Other, 418, String::new(), Unknown),
        ];
        let now = Instant::from_seconds(1_800_000_000);
        for (asked, status, body, kind) in vectors {
            let problem = problem(&Answer::of(status, &[], &body), asked, now);
            assert_eq!(problem.kind, kind, "{status} {body}");
            assert!(!problem.words.is_empty(), "{status} {body}");
        }
    }
}
