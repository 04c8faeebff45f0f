//! What a no of the Graph means. The HTTP status is 400 nearly always, so its own numbers decide: `code`, and
//! `error_subcode` below it.

use std::time::Duration;

use serde::Deserialize;

use crate::{
    base::Instant,
    channels::{Problem, ProblemKind, answer::Answer},
};

/// What was asked for when the answer was no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::channels) enum Asked {
    /// To take a text or link.
    Text,
    /// To take a picture or film.
    Media,
    /// About an object that we made.
    Object,
    /// Anything else.
    Other,
}

/// `{"error": {…}}`
#[derive(Default, Deserialize)]
#[serde(default)]
struct Envelope {
    error: Said,
}

/// An error in its own words and numbers.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(in crate::channels) struct Said {
    /// For developers.
    pub message: String,
    /// Which.
    pub code: i64,
    /// Which of those.
    pub error_subcode: i64,
    /// For people.
    pub error_user_msg: String,
    /// It may pass.
    pub is_transient: bool,
    /// More of it; holds offsets.
    pub error_data: serde_json::Value,
}

/// The error of an answer; all zero when it is none of the Graph's.
pub(in crate::channels) fn said(answer: &Answer) -> Said {
    answer.json::<Envelope>().unwrap_or_default().error
}

/// Whether the object that was asked about is not there, or not for us: the API does not tell which.
pub(in crate::channels) fn is_gone(answer: &Answer) -> bool {
    let said = said(answer);
    (said.code, said.error_subcode) == (100, 33) || answer.status.as_u16() == 404
}

/// Whether an answer is a verdict on the call. What says "unknown", "busy" or "passing" is none, whatever its status.
pub(in crate::channels) fn is_verdict(answer: &Answer) -> bool {
    let said = said(answer);
    answer.is_verdict() && !said.is_transient && !matches!(said.code, 1 | 2)
}

/// The class of an answer that is no yes.
pub(in crate::channels) fn problem(answer: &Answer, asked: Asked, now: Instant) -> Problem {
    let said = said(answer);
    let kind = if said.code == 0 { by_status(answer, asked) } else { by_number(&said, asked) };
    let words = match (said.error_user_msg.is_empty(), said.message.is_empty()) {
        (false, false) => format!("{} ({})", said.error_user_msg, said.message),
        (false, true) => said.error_user_msg,
        (true, false) => said.message,
        (true, true) => format!("{} {}", answer.status.as_u16(), answer.excerpt()),
    };
    let mut problem = answer.problem(kind, words, now);
    problem.wait = problem.wait.or_else(|| regained(answer));
    problem
}

fn by_number(said: &Said, asked: Asked) -> ProblemKind {
    use ProblemKind::*;
    let (code, subcode) = (said.code, said.error_subcode);
    // some numbers are told now as the one, now as the other
    let is = |numbers: &[i64]| numbers.contains(&code) || (subcode != 0 && numbers.contains(&subcode));
    if code == 190 || code == 102 {
        return Reconnect;
    }
    // Instagram's, which name the thing in the subcode
    if let Some(kind) = by_media_number(subcode) {
        return kind;
    }
    if is(&[1_390_008]) {
        return RateLimited;
    }
    if is(&[1_366_051, 506]) {
        return Duplicate;
    }
    if is(&[1_363_047, 1_609_010]) {
        return Unavailable;
    }
    if is(&[1_404_006, 1_404_112, 4_854_002, 1_404_078, 368]) {
        return AccountBlocked;
    }
    if is(&[1_346_003, 1_404_102]) {
        return InvalidText;
    }
    if is(&[324, 1_366_046, 2_069_019, 1_363_040, 1_363_127, 1_363_128, 1_363_129]) {
        return InvalidMedia;
    }
    if is(&[1_609_005, 1_609_008, 2_061_006]) {
        return InvalidLink;
    }
    match code {
        4 | 17 | 32 | 341 | 613 | 80_000..=80_099 => RateLimited,
        1 | 2 => Unavailable,
        _ if said.is_transient => Unavailable,
        2635 => VersionSunset,
        101 | 104 => Configuration,
        3 | 10 | 200..=299 => Permission,
        // what we made is not there: nothing is shown with it, and it is made anew
        100 if subcode == 33 && asked == Asked::Object => Processing,
        100 if subcode == 33 => Permission,
        100 => parameter(&said.message.to_lowercase(), asked),
        _ => Unknown,
    }
}

/// What the numbers of publishing by container mean; some come alone, some below a code.
const fn by_media_number(subcode: i64) -> Option<ProblemKind> {
    use ProblemKind::*;
    Some(match subcode {
        2_207_042 => RateLimited,
        2_207_050 | 2_207_051 | 4_279_013 => AccountBlocked,
        // not ready yet, or gone: nothing is shown, and it is made anew
        2_207_027 | 2_207_020 | 2_207_006 | 2_207_008 => Processing,
        2_207_001 | 2_207_003 | 2_207_032 | 2_207_053 | 2_207_082 => Unavailable,
        2_207_052 => NotFetched,
        2_207_026 | 2_207_004 | 2_207_005 | 2_207_009 | 2_207_077 | 2_207_057 | 2_207_023 | 2_207_028 => {
            InvalidMedia
        }
        2_207_010 | 2_207_040 | 2_207_081 => InvalidText,
        _ => return None,
    })
}

/// A parameter is refused; which, only the words say.
fn parameter(words: &str, asked: Asked) -> ProblemKind {
    use ProblemKind::*;
    let has = |parts: &[&str]| parts.iter().any(|p| words.contains(p));
    match asked {
        _ if has(&["could not be fetched from this uri"]) => NotFetched,
        _ if has(&["the requested resource does not exist"]) => Processing,
        _ if has(&["link_limit_exceeded"]) => InvalidText,
        Asked::Media => InvalidMedia,
        Asked::Text if has(&["attached_media", "photo", "video", "image"]) => InvalidMedia,
        Asked::Text if has(&["param message", "character", "too long", "caption"]) => InvalidText,
        Asked::Text if has(&["url", "link"]) => InvalidLink,
        // something about this one post, and none of the others is to wait for it
        Asked::Text | Asked::Object => Unknown,
        _ => Configuration,
    }
}

/// What stands in the Graph's place, or says nothing we can read.
fn by_status(answer: &Answer, asked: Asked) -> ProblemKind {
    use ProblemKind::*;
    match answer.status.as_u16() {
        429 => RateLimited,
        401 => Reconnect,
        403 => Permission,
        413 | 415 => InvalidMedia,
        404 if asked == Asked::Object => Processing,
        300..=399 | 404 | 405 | 410 | 501 => Configuration,
        500..=599 | 408 | 425 => Unavailable,
        _ => Unknown,
    }
}

/// How long until calls are allowed again, as the count of a business' use says it, in minutes.
fn regained(answer: &Answer) -> Option<Duration> {
    let count: serde_json::Value = serde_json::from_str(answer.header("x-business-use-case-usage")?).ok()?;
    let minutes = count
        .as_object()?
        .values()
        .filter_map(|uses| uses.as_array())
        .flatten()
        .filter_map(|used| used["estimated_time_to_regain_access"].as_u64())
        .max()
        .filter(|minutes| *minutes > 0)?;
    Some(Duration::from_secs(minutes.min(1440) * 60))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Instant = Instant::from_seconds(1_800_000_000);

    fn answer(status: u16, code: i64, subcode: i64, message: &str) -> Answer {
        let body = serde_json::json!({"error": {
            "message": message, "type": "OAuthException", "code": code, "error_subcode": subcode,
            "fbtrace_id": "A9Q1wJ",
        }});
        Answer::of(status, &[], &body.to_string())
    }

    // R37: recorded or documented answers, each with what we make of it
    #[test]
    fn recorded_errors() {
        use Asked::{Media, Object, Other, Text};
        use ProblemKind::*;
        let vectors = [
            (Text, 190, 458, "The user has not authorized application 1.", Reconnect),
            (Text, 190, 459, "You cannot access the app till you log in to www.facebook.com", Reconnect),
            (
                Other,
                190,
                460,
                "The session has been invalidated because the user changed the password.",
                Reconnect,
            ),
            (Other, 190, 463, "Session has expired on Sunday.", Reconnect),
            (Other, 190, 464, "Sessions for the user are not allowed", Reconnect),
            (Other, 190, 467, "The access token is invalid since the user logged out", Reconnect),
            (Text, 190, 492, "The user must be an administrator of the page", Reconnect),
            (Other, 102, 0, "Session key invalid or no longer valid", Reconnect),
            (Text, 10, 0, "(#10) Application does not have permission for this action", Permission),
            (Text, 200, 0, "(#200) Requires pages_manage_posts permission to manage the object", Permission),
            (Other, 283, 0, "That action requires the extended permission pages_read_engagement", Permission),
            (Other, 3, 0, "(#3) Application does not have the capability to make this API call.", Permission),
            (Other, 100, 33, "Unsupported get request. Object with ID '1' does not exist", Permission),
            (Object, 100, 33, "Unsupported post request. Object with ID '1_2' does not exist", Processing),
            (Text, 1, 0, "An unknown error occurred", Unavailable),
            (Text, 2, 0, "Service temporarily unavailable", Unavailable),
            (Media, 6000, 1_363_047, "There was a problem uploading your video file.", Unavailable),
            (Text, 1_609_010, 0, "Try again later", Unavailable),
            (Text, 4, 0, "(#4) Application request limit reached", RateLimited),
            (Text, 17, 0, "(#17) User request limit reached", RateLimited),
            (Text, 32, 0, "(#32) Page request limit reached", RateLimited),
            (Text, 341, 0, "(#341) Feed action request limit reached", RateLimited),
            (Text, 613, 0, "(#613) Calls to this api have exceeded the rate limit.", RateLimited),
            (Text, 80_001, 0, "(#80001) There have been too many calls to this Page account.", RateLimited),
            (Text, 200, 1_390_008, "You are posting too fast", RateLimited),
            (
                Text,
                368,
                0,
                "The action attempted has been deemed abusive or is otherwise disallowed",
                AccountBlocked,
            ),
            (Text, 1, 1_404_006, "Account check needed", AccountBlocked),
            (Text, 200, 1_404_112, "Account check needed", AccountBlocked),
            (Text, 200, 4_854_002, "Account check needed", AccountBlocked),
            (Text, 200, 1_404_078, "Page publishing authorisation needed", AccountBlocked),
            (Text, 100, 1_346_003, "Content refused", InvalidText),
            (Text, 368, 1_404_102, "Content refused", AccountBlocked),
            (Text, 506, 0, "(#506) Duplicate status message", Duplicate),
            (Media, 100, 1_366_051, "These photos were already posted.", Duplicate),
            (Media, 324, 2_069_019, "(#324) Missing or invalid image file", InvalidMedia),
            (Media, 1, 1_366_046, "Your photos couldn't be uploaded. 4 MB at most", InvalidMedia),
            (Media, 6000, 1_363_040, "Aspect ratio", InvalidMedia),
            (Media, 6000, 1_363_127, "Resolution", InvalidMedia),
            (Media, 6000, 1_363_128, "Duration", InvalidMedia),
            (Media, 6000, 1_363_129, "Frame rate", InvalidMedia),
            (Media, 100, 0, "(#100) Invalid parameter", InvalidMedia),
            (Text, 100, 1_609_005, "Error parsing link", InvalidLink),
            (Text, 100, 1_609_008, "Link is refused", InvalidLink),
            (Text, 100, 2_061_006, "Link is refused", InvalidLink),
            (Text, 100, 0, "(#100) The url you supplied is invalid", InvalidLink),
            (Text, 100, 0, "(#100) Param message must be at most 63206 characters long", InvalidText),
            (Text, 100, 0, "(#100) Param attached_media holds too many", InvalidMedia),
            (Object, 9, 2_207_042, "The daily limit is reached", RateLimited),
            (Text, 25, 2_207_050, "The Instagram account is restricted", AccountBlocked),
            (Text, 4, 2_207_051, "The action is suspected to be spam", AccountBlocked),
            (Text, 100, 4_279_013, "The user is restricted", AccountBlocked),
            (Object, 9007, 2_207_027, "The media is not ready to be published", Processing),
            (Text, -2, 2_207_003, "Fetching the media took too long", Unavailable),
            (Text, -1, 2_207_001, "Instagram server error", Unavailable),
            (Text, -1, 2_207_032, "Create media failed", Unavailable),
            (Text, -1, 2_207_053, "Unknown upload error", Unavailable),
            (Object, -2, 2_207_020, "The container has expired", Processing),
            (Object, 24, 2_207_006, "The media is not found", Processing),
            (Object, 24, 2_207_008, "The media builder does not exist", Processing),
            (Text, 9004, 2_207_052, "The media could not be fetched from this uri", NotFetched),
            (Text, 352, 2_207_026, "The video format is not supported", InvalidMedia),
            (Text, 36_000, 2_207_004, "The image is too large to download", InvalidMedia),
            (Text, 36_001, 2_207_005, "The image format is not supported", InvalidMedia),
            (Text, 36_003, 2_207_009, "The aspect ratio is not supported", InvalidMedia),
            (Text, 1, 2_207_057, "Thumbnail offset", InvalidMedia),
            (Text, 36_004, 2_207_010, "The caption is too long", InvalidText),
            (Text, 100, 2_207_040, "Too many tags", InvalidText),
            (Text, 100, 0, "Param text must be at most 500 characters long.", InvalidText),
            (Text, 100, 0, "THREADS_API__LINK_LIMIT_EXCEEDED", InvalidText),
            (Text, 100, 0, "The media could not be fetched from this URI: https://…", NotFetched),
            (Object, 100, 0, "The requested resource does not exist", Processing),
            (Text, 100, 0, "(#100) Something about this post", Unknown),
            (Object, 100, 0, "(#100) Something about this post", Unknown),
            (Other, 100, 0, "(#100) Tried accessing nonexisting field (x)", Configuration),
            (Text, 2635, 0, "(#2635) You are calling a deprecated version of the API.", VersionSunset),
            (Text, 101, 0, "Error validating application. Invalid application ID.", Configuration),
            (Text, 104, 0, "Invalid appsecret_proof provided in the API argument", Configuration),
            (Text, 99_999, 0, "Something new", Unknown),
        ];
        for (asked, code, subcode, message, kind) in vectors {
            let problem = problem(&answer(400, code, subcode, message), asked, NOW);
            assert_eq!(problem.kind, kind, "{code}/{subcode} {message}");
            assert!(problem.words.contains(message), "{problem:?}");
        }
        for (status, body, kind) in [
            (502, "<h1>502 Bad Gateway</h1>", Unavailable),
            (429, "", RateLimited),
            (413, "<h1>413 Request Entity Too Large</h1>", InvalidMedia),
            (302, "", Configuration),
            (418, "", Unknown),
        ] {
            let problem = problem(&Answer::of(status, &[], body), Other, NOW);
            assert_eq!(problem.kind, kind, "{status}");
            assert!(!problem.words.is_empty());
        }
    }

    #[test]
    fn what_may_pass_is_no_verdict() {
        assert!(is_verdict(&answer(400, 100, 0, "no")));
        assert!(!is_verdict(&answer(400, 1, 0, "unknown")));
        assert!(!is_verdict(&answer(500, 2, 0, "busy")));
        let passing = r#"{"error":{"message":"x","code":506,"is_transient":true}}"#;
        assert!(!is_verdict(&Answer::of(400, &[], passing)));
        assert!(is_gone(&answer(400, 100, 33, "gone")) && !is_gone(&answer(400, 100, 0, "no")));
    }

    #[test]
    fn a_spent_count_says_when_it_is_regained() {
        let count = r#"{"104":[{"type":"pages","call_count":101,"estimated_time_to_regain_access":7}]}"#;
        let body = r#"{"error":{"message":"(#80001) too many","code":80001}}"#;
        let wait = |headers: &[(&str, &str)]| problem(&Answer::of(400, headers, body), Asked::Text, NOW).wait;
        assert_eq!(wait(&[("x-business-use-case-usage", count)]), Some(Duration::from_secs(420)));
        let both = [("x-business-use-case-usage", count), ("retry-after", "30")];
        assert_eq!(wait(&both), Some(Duration::from_secs(30)));
        assert_eq!(wait(&[("x-business-use-case-usage", "{}")]), None);
    }
}
