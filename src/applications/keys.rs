//! The two secrets an applicant's browser holds: the key of a form that is being filled in, and the magic
//! link to an application. Neither lies in the database; only their fingerprints do.

use std::time::Duration;

use crate::{
    base::{
        Chance, Instant,
        id::{ApplicationId, PostingId},
    },
    secrets::{Secrets, fingerprint},
    web::csrf,
};

/// How long a form may stand open; its files are kept as long.
pub const OPEN_FOR: Duration = Duration::from_secs(24 * 3600);
/// Nobody fills the form in faster than this.
pub const TOO_FAST: Duration = Duration::from_secs(2);

/// The key of one form for one posting: what makes pressing twice one application, and what keeps files
/// with a form that came back. Made and signed by us, so that nobody can choose it.
#[derive(Clone, Debug)]
pub struct FormKey {
    text: String,
    issued: Instant,
}

impl FormKey {
    /// A new one.
    pub fn issue(secrets: &Secrets, chance: &Chance, posting: PostingId, now: Instant) -> Self {
        let open = format!("{}.{}", chance.code(22), now.seconds());
        let text = format!("{open}.{}", seal(secrets, posting, &open));
        Self { text, issued: now }
    }

    /// Reads what a form sent; none when we did not make it for this posting, or it has stood open too long.
    pub fn read(secrets: &Secrets, posting: PostingId, text: &str, now: Instant) -> Option<Self> {
        let (open, sealed) = text.rsplit_once('.')?;
        if !csrf::same(sealed, &seal(secrets, posting, open)) {
            return None;
        }
        let issued = Instant::from_seconds(open.rsplit_once('.')?.1.parse().ok()?);
        (now.since(issued) <= OPEN_FOR).then(|| Self { text: text.to_owned(), issued })
    }

    /// As the form carries it.
    pub fn text(&self) -> &str {
        &self.text
    }
    /// As the database has it.
    pub fn hash(&self) -> String {
        fingerprint(&self.text)
    }
    /// How long the form has been open.
    pub fn age(&self, now: Instant) -> Duration {
        now.since(self.issued)
    }
}

fn seal(secrets: &Secrets, posting: PostingId, open: &str) -> String {
    hex::encode(&secrets.sign(&format!("form:{posting}"), open.as_bytes())[..12])
}

/// The token of the magic link to an application. It follows from the sealing key and the id, so that a
/// letter can be written again without the token lying anywhere; 160 bits.
pub fn magic_token(secrets: &Secrets, application: ApplicationId) -> String {
    hex::encode(&secrets.sign("magic link", application.to_string().as_bytes())[..20])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_good_for_one_posting_and_one_day() {
        let chance = Chance::seeded(5);
        let secrets = Secrets::parse(&format!("k1:{}", "11".repeat(32))).unwrap();
        let now = Instant::from_seconds(1_800_000_000);
        let (one, other) = (PostingId::new(now, &chance), PostingId::new(now, &chance));
        let key = FormKey::issue(&secrets, &chance, one, now);
        let later = now + Duration::from_secs(90);
        let read = FormKey::read(&secrets, one, key.text(), later).unwrap();
        assert_eq!((read.hash(), read.age(later)), (key.hash(), Duration::from_secs(90)));
        assert!(FormKey::read(&secrets, other, key.text(), later).is_none());
        assert!(FormKey::read(&secrets, one, key.text(), now + OPEN_FOR + Duration::from_secs(1)).is_none());
        let forged = key.text().replace(&now.seconds().to_string(), "1800000001");
        assert!(FormKey::read(&secrets, one, &forged, later).is_none());
        assert!(FormKey::read(&secrets, one, "", later).is_none());
    }

    #[test]
    fn the_magic_link_cannot_be_made_without_the_key() {
        let now = Instant::from_seconds(1);
        let id = ApplicationId::new(now, &Chance::seeded(6));
        let ours = Secrets::parse(&format!("k1:{}", "11".repeat(32))).unwrap();
        let theirs = Secrets::parse(&format!("k1:{}", "22".repeat(32))).unwrap();
        assert_eq!(magic_token(&ours, id), magic_token(&ours, id));
        assert_ne!(magic_token(&ours, id), magic_token(&theirs, id));
    }
}
