//! What YouTube's no means: the reason decides, and where there is none, the status.

use std::time::Duration;

use chrono::TimeZone as _;
use chrono_tz::America::Los_Angeles;

use super::wire::Refusal;
use crate::{
    base::Instant,
    channels::{Problem, ProblemKind, answer::Answer},
};

/// The class of an answer that is no yes.
pub(super) fn problem(answer: &Answer, now: Instant) -> Problem {
    use ProblemKind::*;
    let said: Refusal = answer.json().unwrap_or_default();
    let reason = said.error["errors"][0]["reason"].as_str().or(said.error.as_str()).unwrap_or_default();
    let message = said.error["message"].as_str().unwrap_or(&said.error_description);
    let words = match (reason.is_empty(), message.is_empty()) {
        (true, true) => format!("{} {}", answer.status.as_u16(), answer.excerpt()),
        (true, false) => message.to_owned(),
        (false, _) => format!("{reason}: {message}"),
    };
    let kind = match (reason, answer.status.as_u16()) {
        ("quotaExceeded" | "dailyLimitExceeded" | "uploadLimitExceeded", _) => RateLimited,
        ("rateLimitExceeded" | "userRateLimitExceeded" | "uploadRateLimitExceeded", _) | (_, 429) => {
            RateLimited
        }
        (
            "youtubeSignupRequired" | "channelClosed" | "channelSuspended" | "accountDelegationForbidden",
            _,
        ) => AccountBlocked,
        ("invalid_grant", _) => Reconnect,
        ("invalid_client", _) => Configuration,
        (_, 401) => Reconnect,
        ("accessNotConfigured", _) => Configuration,
        (
            "invalidTitle"
            | "invalidDescription"
            | "invalidTags"
            | "invalidCategoryId"
            | "invalidPublishAt"
            | "invalidVideoMetadata"
            | "invalidVideoGameRating",
            _,
        ) => InvalidText,
        ("mediaBodyRequired" | "invalidFilename" | "contentRequired" | "invalidMetadata", _) => InvalidMedia,
        ("forbiddenPrivacySetting", _) => Unreviewed,
        // not there, or not there yet: it is looked for again before anything is shown
        ("videoNotFound" | "captionNotFound" | "playlistNotFound", _) => Processing,
        (_, 403) => Permission,
        (_, 413 | 415) => InvalidMedia,
        (_, 300..=399 | 404 | 405 | 410 | 501) => Configuration,
        (_, 500..=599 | 408 | 425) => Unavailable,
        _ => Unknown,
    };
    let problem = answer.problem(kind, words, now);
    let wait = match reason {
        // shared by all who use the app, and counted anew from midnight in California
        "quotaExceeded" | "dailyLimitExceeded" => Some(until_midnight(now)),
        "uploadLimitExceeded" => Some(Duration::from_secs(86_400)),
        _ => None,
    };
    Problem { wait: problem.wait.or(wait), ..problem }
}

fn until_midnight(now: Instant) -> Duration {
    let local = now.utc().with_timezone(&Los_Angeles).naive_local();
    let midnight = local.date().succ_opt().and_then(|day| day.and_hms_opt(0, 0, 0));
    let midnight = midnight.and_then(|at| Los_Angeles.from_local_datetime(&at).earliest());
    midnight.map_or(Duration::from_secs(86_400), |at| Instant::from_utc(at.to_utc()).since(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    // R37: documented answers, each with what we make of it
    #[test]
    fn known_errors() {
        use ProblemKind::*;
        let of = |code: u16, reason: &str| {
            format!(
                r#"{{"error":{{"code":{code},"message":"Words","errors":[{{"domain":"youtube.quota","reason":"{reason}","message":"Words"}}]}}}}"#
            )
        };
        let now = Instant::from_seconds(1_800_000_000);
        for (status, reason, kind) in [
            (403, "quotaExceeded", RateLimited),
            (403, "dailyLimitExceeded", RateLimited),
            (400, "uploadLimitExceeded", RateLimited),
            (429, "uploadRateLimitExceeded", RateLimited),
            (403, "userRateLimitExceeded", RateLimited),
            (401, "authError", Reconnect),
            (401, "youtubeSignupRequired", AccountBlocked),
            (403, "channelSuspended", AccountBlocked),
            (403, "insufficientPermissions", Permission),
            (403, "forbiddenPrivacySetting", Unreviewed),
            (400, "invalidTitle", InvalidText),
            (400, "invalidDescription", InvalidText),
            (400, "mediaBodyRequired", InvalidMedia),
            (404, "videoNotFound", Processing),
            (503, "backendError", Unavailable),
            (400, "somethingNew", Unknown),
        ] {
            let problem = problem(&Answer::of(status, &[], &of(status, reason)), now);
            assert_eq!(problem.kind, kind, "{reason}");
            assert!(problem.words.starts_with(reason), "{reason}");
        }
        let bare = |status, body| problem(&Answer::of(status, &[], body), now).kind;
        assert_eq!(bare(502, "<h1>Bad Gateway</h1>"), Unavailable);
        assert_eq!(bare(400, r#"{"error":"invalid_grant","error_description":"Bad Request"}"#), Reconnect);
    }

    #[test]
    fn a_quota_that_is_used_up_lasts_until_midnight_in_california() {
        let answer = Answer::of(403, &[], r#"{"error":{"errors":[{"reason":"quotaExceeded"}]}}"#);
        // 2027-01-15T08:00:00Z is midnight there
        let wait = |at| problem(&answer, Instant::from_seconds(at)).wait.unwrap().as_secs();
        assert_eq!(wait(1_800_000_000), 86_400);
        assert_eq!(wait(1_800_000_000 - 60), 60);
    }
}
