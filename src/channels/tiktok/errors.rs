//! What TikTok's no means: its code decides, and where there is none, the status. A film that was taken may fail later,
//! for reasons of its own.

use std::time::Duration;

use super::wire::Verdict;
use crate::{
    base::Instant,
    channels::{Problem, ProblemKind, answer::Answer},
};

/// Calls are counted by the minute.
const MINUTE: Duration = Duration::from_secs(60);
/// What is capped by the day.
const DAY: Duration = Duration::from_secs(86_400);

/// The class of an answer that is no yes.
pub(super) fn problem(answer: &Answer, now: Instant) -> Problem {
    use ProblemKind::*;
    let said: Verdict = answer.json().unwrap_or_default();
    let (code, message) = (said.code(), said.message());
    let words = match (code.is_empty(), message.is_empty()) {
        (true, true) => format!("{} {}", answer.status.as_u16(), answer.excerpt()),
        (true, false) => message.to_owned(),
        (false, _) => format!("{code}: {message}"),
    };
    let kind = match (code, answer.status.as_u16()) {
        ("access_token_invalid" | "invalid_grant", _) => Reconnect,
        ("scope_not_authorized", _) => Permission,
        ("scope_permission_missed" | "app_version_check_failed" | "invalid_client", _) => Configuration,
        // operations must tell TikTok that the address is ours
        ("url_ownership_unverified", _) => Configuration,
        ("rate_limit_exceeded" | "spam_risk_too_many_posts" | "spam_risk_too_many_pending_share", _) => {
            RateLimited
        }
        ("reached_active_user_cap", _) | (_, 429) => RateLimited,
        ("spam_risk_user_banned_from_posting" | "spam_risk", _) => AccountBlocked,
        ("spam_risk_text", _) => InvalidText,
        ("unaudited_client_can_only_post_to_private_accounts", _) => Unreviewed,
        ("privacy_level_option_mismatch", _) => InvalidChoice,
        ("invalid_params" | "invalid_param", _) => InvalidText,
        ("invalid_file_upload", _) | (_, 413 | 415) => InvalidMedia,
        (_, 401) => Reconnect,
        (_, 403) => Permission,
        ("", 300..=399 | 404 | 405 | 410 | 501) => Configuration,
        ("internal_error" | "ok" | "", 200..=299) | (_, 500..=599 | 408 | 425) => Unavailable,
        _ => Unknown,
    };
    let problem = answer.problem(kind, words, now);
    let wait = match code {
        "spam_risk_too_many_posts" | "spam_risk_too_many_pending_share" | "reached_active_user_cap" => {
            Some(DAY)
        }
        _ if kind == RateLimited => Some(MINUTE),
        _ => None,
    };
    Problem { wait: problem.wait.or(wait), ..problem }
}

/// Why a film that was sent did not become a post.
pub(super) fn failed(reason: &str) -> Problem {
    use ProblemKind::*;
    let kind = match reason {
        "internal" | "video_pull_failed" | "photo_pull_failed" => Unavailable,
        "auth_removed" => Reconnect,
        "spam_risk_too_many_posts" | "spam_risk_too_many_pending_share" => RateLimited,
        "spam_risk_text" => InvalidText,
        _ if reason.starts_with("spam_risk") => AccountBlocked,
        "file_format_check_failed"
        | "duration_check_failed"
        | "frame_rate_check_failed"
        | "picture_size_check_failed" => InvalidMedia,
        _ => Unknown,
    };
    let mut problem = Problem::new(kind, format!("TikTok did not publish it: {reason}"));
    if kind == RateLimited {
        problem.wait = Some(DAY);
    }
    problem
}

#[cfg(test)]
mod tests {
    use super::*;

    // R37: documented answers, each with what we make of it
    #[test]
    fn recorded_errors() {
        use ProblemKind::*;
        let now = Instant::from_seconds(1_800_000_000);
        let of = |status, code: &str| {
            let body =
                format!(r#"{{"data":{{}},"error":{{"code":"{code}","message":"Why.","log_id":"2"}}}}"#);
            problem(&Answer::of(status, &[], &body), now)
        };
        for (status, code, kind, wait) in [
            (401, "access_token_invalid", Reconnect, None),
            (401, "scope_not_authorized", Permission, None),
            (403, "scope_permission_missed", Configuration, None),
            (429, "rate_limit_exceeded", RateLimited, Some(60)),
            (403, "spam_risk_too_many_posts", RateLimited, Some(86_400)),
            (403, "reached_active_user_cap", RateLimited, Some(86_400)),
            (403, "spam_risk_user_banned_from_posting", AccountBlocked, None),
            (403, "unaudited_client_can_only_post_to_private_accounts", Unreviewed, None),
            (403, "privacy_level_option_mismatch", InvalidChoice, None),
            (400, "invalid_params", InvalidText, None),
            (400, "invalid_file_upload", InvalidMedia, None),
            (400, "app_version_check_failed", Configuration, None),
            (403, "url_ownership_unverified", Configuration, None),
            (500, "internal_error", Unavailable, None),
            (400, "something_new", Unknown, None),
        ] {
            let problem = of(status, code);
            assert_eq!((problem.kind, problem.wait.map(|w| w.as_secs())), (kind, wait), "{code}");
            assert_eq!(problem.words, format!("{code}: Why."));
        }
        let bare = |status, body| problem(&Answer::of(status, &[], body), now).kind;
        assert_eq!(bare(502, "<h1>Bad Gateway</h1>"), Unavailable);
        assert_eq!(bare(400, r#"{"error":"invalid_grant","error_description":"x","log_id":"2"}"#), Reconnect);
        assert_eq!(bare(200, ""), Unavailable);
    }

    #[test]
    fn what_fails_later_says_why_too() {
        use ProblemKind::*;
        for (reason, kind) in [
            ("file_format_check_failed", InvalidMedia),
            ("duration_check_failed", InvalidMedia),
            ("internal", Unavailable),
            ("auth_removed", Reconnect),
            ("spam_risk", AccountBlocked),
            ("spam_risk_too_many_posts", RateLimited),
            ("publish_cancelled", Unknown),
        ] {
            let problem = failed(reason);
            assert_eq!(problem.kind, kind, "{reason}");
            assert!(problem.words.contains(reason));
        }
    }
}
