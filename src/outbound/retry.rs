//! When to try again: pure functions over a schedule that is data.

use std::time::Duration;

use chrono::DateTime;

use crate::base::{Chance, Instant};

/// `first · 2ⁿ`, at most `cap`, ± 20 % so that many waits do not end together.
pub fn backoff(tries: u32, first: Duration, cap: Duration, chance: &Chance) -> Duration {
    let doubled = first.saturating_mul(1u32.checked_shl(tries.min(20)).unwrap_or(u32::MAX)).min(cap);
    let percent = 80 + u32::try_from(chance.below(41)).unwrap_or(20);
    doubled * percent / 100
}

/// A `Retry-After` header, as seconds or as an HTTP date, clamped to a day.
pub fn retry_after(value: &str, now: Instant) -> Option<Duration> {
    let day = Duration::from_secs(86_400);
    let value = value.trim();
    if let Ok(seconds) = value.parse::<u64>() {
        return Some(Duration::from_secs(seconds).min(day));
    }
    let at = DateTime::parse_from_rfc2822(value).ok()?.to_utc();
    Some(Instant::from_utc(at).since(now).min(day))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doubles_up_to_the_cap() {
        let chance = Chance::seeded(5);
        let wait = |n| backoff(n, Duration::from_secs(30), Duration::from_secs(1800), &chance).as_secs();
        assert!((24..=36).contains(&wait(0)));
        assert!((96..=144).contains(&wait(2)));
        for n in 10..40 {
            assert!((1440..=2160).contains(&wait(n)));
        }
    }

    #[test]
    fn reads_both_forms() {
        let now = Instant::from_seconds(1_800_000_000);
        assert_eq!(retry_after("120", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("Fri, 15 Jan 2027 08:02:00 GMT", now), Some(Duration::from_secs(120)));
        assert_eq!(retry_after("99999999", now), Some(Duration::from_secs(86_400)));
        assert_eq!(retry_after("i morgen", now), None);
    }
}
