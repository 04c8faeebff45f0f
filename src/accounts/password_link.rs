//! A link that lets one person choose a password: sent to a new colleague and to whoever has forgotten. Nothing of it is stored.
//! It carries who and until when, signed together with the password that holds now, so it works once and dies with a change.

use std::time::Duration;

use subtle::ConstantTimeEq;

use crate::{
    base::{Instant, id::UserId},
    secrets::Secrets,
};

/// How long a link works.
pub const LIFE: Duration = Duration::from_secs(3 * 24 * 60 * 60);

/// What a link claims, before it is believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose password.
    pub user: UserId,
    until: Instant,
    signature: String,
}

/// The text after `/adgangskode/`, for the person whose password hash is `held` now (none: never chosen one).
pub fn make(secrets: &Secrets, user: UserId, held: Option<&str>, until: Instant) -> String {
    format!("{user}.{}.{}", until.micros(), signature(secrets, user, held, until))
}

/// Reads a link's text; `None` when it has not the form of one.
pub fn read(text: &str) -> Option<Claim> {
    let mut parts = text.split('.');
    let (user, until, signature) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    Some(Claim {
        user: user.parse().ok()?,
        until: Instant::from_micros(until.parse().ok()?),
        signature: signature.to_owned(),
    })
}

impl Claim {
    /// Whether we made it, it has not run out at `now`, and the password is still the one of then.
    pub fn holds(&self, secrets: &Secrets, held: Option<&str>, now: Instant) -> bool {
        let wanted = signature(secrets, self.user, held, self.until);
        now < self.until && bool::from(wanted.as_bytes().ct_eq(self.signature.as_bytes()))
    }
}

fn signature(secrets: &Secrets, user: UserId, held: Option<&str>, until: Instant) -> String {
    let message = format!("{user}\n{}\n{}", until.micros(), held.unwrap_or_default());
    hex::encode(secrets.sign("password_link", message.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    #[test]
    fn a_link_works_for_its_person_until_its_time_and_until_the_password_changes() {
        let secrets = Secrets::parse(&format!("k1:{}", "11".repeat(32))).unwrap();
        let (now, chance) = (Instant::from_seconds(1_000), Chance::seeded(7));
        let (anna, bent) = (UserId::new(now, &chance), UserId::new(now, &chance));
        let text = make(&secrets, anna, None, now + LIFE);
        let claim = read(&text).unwrap();
        assert_eq!(claim.user, anna);
        assert!(claim.holds(&secrets, None, now));
        assert!(!claim.holds(&secrets, Some("$argon2id$…"), now), "the password was changed");
        assert!(!claim.holds(&secrets, None, now + LIFE), "it has run out");
        let forged = text.replace(&anna.to_string(), &bent.to_string());
        assert!(!read(&forged).unwrap().holds(&secrets, None, now));
        assert_eq!(read("x"), None);
        assert_eq!(read(&format!("{text}.x")), None);
    }
}
