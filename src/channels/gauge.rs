//! What channels say in their answers' headers of how much they still allow (publishing.md d.5). Read where every
//! answer comes in, for whoever asked: the delivery engine keeps it and holds back before the peer must refuse.

use std::{cell::Cell, future::Future, time::Duration};

use chrono::DateTime;

use crate::{base::Instant, outbound::header::HeaderMap};

/// How much is left of what a channel allows an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Calls (or points, or percent) in a window.
    pub allowed: i64,
    /// Of which so many are left.
    pub remaining: i64,
    /// When the count starts anew.
    pub resets: Resets,
}

/// When a count starts anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resets {
    /// At this instant.
    At(Instant),
    /// So long after the answer.
    In(Duration),
}

impl Resets {
    /// As an instant, at most a day away.
    pub fn at(self, now: Instant) -> Instant {
        let wait = match self {
            Self::At(at) => at.since(now),
            Self::In(wait) => wait,
        };
        now + wait.min(Duration::from_secs(86_400))
    }
}

tokio::task_local! {
    static READING: Cell<Option<Reading>>;
}

/// Does some work and says the scarcest of what peers said meanwhile of their allowance.
pub async fn watching<T>(work: impl Future<Output = T>) -> (T, Option<Reading>) {
    READING
        .scope(Cell::new(None), async {
            let done = work.await;
            (done, READING.with(Cell::take))
        })
        .await
}

/// Notes what an answer's headers say, if anybody is watching.
pub(super) fn note(headers: &HeaderMap) {
    let Some(new) = read(headers) else { return };
    // nobody watches where people connect an account
    let _ = READING.try_with(|kept| {
        let scarcer = |old: Reading| new.remaining * old.allowed < old.remaining * new.allowed;
        if kept.get().is_none_or(scarcer) {
            kept.set(Some(new));
        }
    });
}

/// Understands Mastodon's, X's and Bluesky's counters and Meta's percentages.
fn read(headers: &HeaderMap) -> Option<Reading> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    for (limit, remaining, reset) in [
        ("x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset"),
        ("x-rate-limit-limit", "x-rate-limit-remaining", "x-rate-limit-reset"),
        ("ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"),
    ] {
        let (Some(limit), Some(remaining), Some(reset)) = (text(limit), text(remaining), text(reset)) else {
            continue;
        };
        let (Ok(allowed), Ok(remaining), Some(at)) = (limit.parse(), remaining.parse(), instant(reset))
        else {
            continue;
        };
        if allowed > 0 {
            return Some(Reading {
                allowed,
                remaining: i64::clamp(remaining, 0, allowed),
                resets: Resets::At(at),
            });
        }
    }
    text("x-business-use-case-usage").and_then(of_businesses).or_else(|| text("x-app-usage").and_then(of_app))
}

fn instant(reset: &str) -> Option<Instant> {
    match reset.parse::<i64>() {
        Ok(seconds) => Some(Instant::from_seconds(seconds.clamp(0, 1 << 40))),
        Err(_) => Some(Instant::from_utc(DateTime::parse_from_rfc3339(reset).ok()?.to_utc())),
    }
}

/// Meta counts in percent of an allowance over a sliding hour.
const META_WINDOW: Duration = Duration::from_secs(3600);

fn of_app(text: &str) -> Option<Reading> {
    percentages(&serde_json::from_str(text).ok()?).map(|used| percent(used, META_WINDOW))
}

fn of_businesses(text: &str) -> Option<Reading> {
    let all: serde_json::Value = serde_json::from_str(text).ok()?;
    let usages = all.as_object()?.values().filter_map(|list| list.as_array()).flatten();
    let worst =
        usages.filter_map(|usage| Some((percentages(usage)?, usage))).max_by_key(|(used, _)| *used)?;
    let minutes = worst.1["estimated_time_to_regain_access"].as_u64().unwrap_or(0);
    Some(percent(worst.0, if minutes > 0 { Duration::from_secs(minutes * 60) } else { META_WINDOW }))
}

fn percentages(usage: &serde_json::Value) -> Option<i64> {
    ["call_count", "total_cputime", "total_time"].iter().filter_map(|name| usage[*name].as_i64()).max()
}

fn percent(used: i64, window: Duration) -> Reading {
    Reading { allowed: 100, remaining: (100 - used).clamp(0, 100), resets: Resets::In(window) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::outbound::header::HeaderName;

    fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
        let pair = |(name, value): &(&str, &str)| {
            (HeaderName::from_bytes(name.as_bytes()).unwrap(), value.parse().unwrap())
        };
        pairs.iter().map(pair).collect()
    }

    #[test]
    fn each_channels_way_of_counting() {
        let mastodon = headers(&[
            ("X-RateLimit-Limit", "300"),
            ("X-RateLimit-Remaining", "12"),
            ("X-RateLimit-Reset", "2027-01-15T08:05:00.123456Z"),
        ]);
        let at = Resets::At(Instant::from_seconds(1_800_000_300) + Duration::from_micros(123_456));
        assert_eq!(read(&mastodon), Some(Reading { allowed: 300, remaining: 12, resets: at }));
        for prefix in ["ratelimit", "x-rate-limit"] {
            let [limit, remaining, reset] =
                ["limit", "remaining", "reset"].map(|word| format!("{prefix}-{word}"));
            let counted = headers(&[
                (limit.as_str(), "5000"),
                (remaining.as_str(), "4997"),
                (reset.as_str(), "1800000300"),
            ]);
            let at = Resets::At(Instant::from_seconds(1_800_000_300));
            assert_eq!(read(&counted), Some(Reading { allowed: 5000, remaining: 4997, resets: at }));
        }
        let app = headers(&[("x-app-usage", r#"{"call_count":28,"total_time":91,"total_cputime":3}"#)]);
        assert_eq!(read(&app), Some(Reading { allowed: 100, remaining: 9, resets: Resets::In(META_WINDOW) }));
        let page = headers(&[(
            "x-business-use-case-usage",
            r#"{"1":[{"type":"pages","call_count":100,"total_cputime":1,"total_time":1,"estimated_time_to_regain_access":7}]}"#,
        )]);
        let in_seven = Resets::In(Duration::from_secs(420));
        assert_eq!(read(&page), Some(Reading { allowed: 100, remaining: 0, resets: in_seven }));
    }

    #[test]
    fn what_is_no_count_is_none() {
        for pairs in [
            &[("ratelimit-limit", "mange"), ("ratelimit-remaining", "1"), ("ratelimit-reset", "1")][..],
            &[("ratelimit-limit", "0"), ("ratelimit-remaining", "0"), ("ratelimit-reset", "1")],
            &[("ratelimit-limit", "10"), ("ratelimit-remaining", "1")],
            &[("x-app-usage", "ingenting")],
            &[],
        ] {
            assert_eq!(read(&headers(pairs)), None, "{pairs:?}");
        }
    }

    #[tokio::test]
    async fn the_scarcest_is_kept_and_only_for_who_asked() {
        let said = |remaining: &'static str| {
            headers(&[
                ("ratelimit-limit", "100"),
                ("ratelimit-remaining", remaining),
                ("ratelimit-reset", "5"),
            ])
        };
        note(&said("1"));
        let ((), kept) = watching(async {
            note(&said("80"));
            note(&said("20"));
            note(&said("60"));
        })
        .await;
        assert_eq!(kept.map(|r| r.remaining), Some(20));
        assert_eq!(watching(async {}).await.1, None);
    }
}
