//! A publication: one press of the button, a frozen [`Post`] per account. The bytes that are previewed
//! are hashed, kept and sent; nothing is worked out again at sending time. Also the key under which a
//! post is sent, which is born here and is the same for every try.

use std::time::Duration;

use super::store::{Delivery, MoveError};
use crate::{
    base::{Chance, Instant, id::DeliveryId, text},
    channels::{Checkpoint, Post, SendKey},
};

/// Within this time the same words to the same account are worth a warning (R8).
pub const SAME_WORDS: Duration = Duration::from_secs(14 * 86_400);

/// The post as it was frozen.
pub fn thaw(payload: &str) -> Result<Post, MoveError> {
    serde_json::from_str(payload).map_err(|e| MoveError::Unreadable(format!("payload: {e}")))
}

/// The post as it is kept, and the hash that names it.
pub fn freeze(post: &Post) -> (String, String) {
    (serde_json::to_string(post).expect("a post is plain data"), post.sha256())
}

/// The peer's handles so far. What cannot be read is fetched again.
pub(super) fn checkpoint(text: &str) -> Checkpoint {
    serde_json::from_str(text).unwrap_or_default()
}

pub(super) fn checkpoint_text(checkpoint: &Checkpoint) -> String {
    serde_json::to_string(checkpoint).expect("handles are plain data")
}

/// A key and how it is kept.
#[derive(Clone, Debug)]
pub(super) struct Keyed {
    pub key: SendKey,
    pub text: String,
}

/// The key of a delivery about to be sent. Up to the first try it is made new, so that the post bears
/// the time at which it went out; from then on it never changes.
pub(super) fn key_for(row: &Delivery, now: Instant, chance: &Chance) -> Result<Keyed, MoveError> {
    if row.attempts > 0 {
        return Ok(Keyed { key: read_key(&row.send_key)?, text: row.send_key.clone() });
    }
    Ok(mint(row.id, &row.payload_sha256, row.occurrence, now, chance))
}

/// A key for a delivery that does not exist yet.
pub(super) fn mint(id: DeliveryId, sha256: &str, occurrence: i32, now: Instant, chance: &Chance) -> Keyed {
    let key = SendKey::mint(&[&id.to_string(), sha256, &occurrence.to_string()], now, chance);
    let text = serde_json::to_string(&key).expect("a key is plain data");
    Keyed { key, text }
}

pub(super) fn read_key(text: &str) -> Result<SendKey, MoveError> {
    serde_json::from_str(text).map_err(|e| MoveError::Unreadable(format!("send key: {e}")))
}

/// The tracked link's address as it stands in a post.
pub(super) fn address(public_url: &str, token: &str) -> String {
    format!("{public_url}/r/{token}")
}

/// A web address rather than a peer's own name for a post: all that a person could give us.
pub(super) fn is_address(remote_id: &str) -> bool {
    remote_id.starts_with("https://") || remote_id.starts_with("http://")
}

/// Until when a post may go out: the grace after its time; where what it tells has a deadline, a day before that
/// if this leaves any time, and never after it (d.7).
pub fn latest(due: Instant, grace: Duration, deadline: Option<Instant>) -> Instant {
    let Some(deadline) = deadline else { return due + grace };
    let day_before = deadline - Duration::from_secs(86_400);
    let end = if day_before > due { day_before } else { deadline };
    (due + grace).min(end)
}

/// Two texts that a reader would call the same: case, spaces and punctuation do not count.
pub fn same_words(a: &str, b: &str) -> bool {
    let words = |raw: &str| {
        text::line(raw)
            .to_lowercase()
            .split(|c: char| !c.is_alphanumeric())
            .filter(|w| !w.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    };
    words(a) == words(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::id::DeliveryId;

    fn at(text: &str) -> Instant {
        Instant::from_utc(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap())
    }

    #[test]
    fn the_idempotency_key_follows_the_content() {
        let (now, chance) = (at("2026-12-08T08:02:00Z"), Chance::seeded(3));
        let id = DeliveryId::new(now, &chance);
        let key = |sha, n| mint(id, sha, n, now, &chance).key.idempotency;
        assert_eq!(key("a", 1), key("a", 1));
        assert_ne!(key("a", 1), key("b", 1));
        assert_ne!(key("a", 1), key("a", 2));
        assert_eq!(key("a", 1).len(), 64);
    }

    #[test]
    fn never_later_than_a_day_before_the_deadline_where_there_is_one() {
        let due = at("2026-12-08T08:00:00Z");
        let grace = Duration::from_secs(86_400);
        let latest = |deadline| latest(due, grace, deadline);
        assert_eq!(latest(Some(at("2027-01-04T11:00:00Z"))), at("2026-12-09T08:00:00Z"));
        assert_eq!(latest(Some(at("2026-12-09T20:00:00Z"))), at("2026-12-08T20:00:00Z"));
        // planned in the last day itself: until the deadline
        assert_eq!(latest(Some(at("2026-12-08T20:00:00Z"))), at("2026-12-08T20:00:00Z"));
        // a story has none
        assert_eq!(latest(None), at("2026-12-09T08:00:00Z"));
    }

    #[test]
    fn the_same_words() {
        assert!(same_words("Vi søger en SOSU-assistent!", "vi  søger en sosu assistent"));
        assert!(!same_words("Vi søger en SOSU-assistent", "Vi søger to SOSU-assistenter"));
    }
}
