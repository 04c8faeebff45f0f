//! Passwords: argon2id, pasting allowed, no riddles (WCAG 3.3.8), length instead of recipes.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};

use crate::base::{Chance, text};

/// Fewest characters of a new password.
pub const SHORTEST: usize = 12;

/// Checks a new password's length; the key says what is wrong.
pub fn acceptable(password: &str) -> Result<(), &'static str> {
    match text::count(password) {
        0..SHORTEST => Err("error-password-short"),
        SHORTEST..=256 => Ok(()),
        _ => Err("error-password-long"),
    }
}

/// Hashes with a fresh salt. Takes tens of milliseconds on purpose: call it off the serving threads.
pub fn hash(password: &str, chance: &Chance) -> String {
    let mut salt = [0u8; 16];
    chance.fill(&mut salt);
    Argon2::default()
        .hash_password_with_salt(password.as_bytes(), &salt)
        .expect("argon2's defaults take any password and a 16-byte salt")
        .to_string()
}

/// Whether `password` made `hash`. With no hash it takes as long and says no, so that an unknown
/// address cannot be told from a wrong password.
pub fn verify(password: &str, hash: Option<&str>) -> bool {
    const NOBODY: &str =
        "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
    let Ok(parsed) = PasswordHash::new(hash.unwrap_or(NOBODY)) else { return false };
    Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok() && hash.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_and_verifies() {
        let hashed = hash("rugbrød med ost", &Chance::seeded(1));
        assert!(hashed.starts_with("$argon2id$"));
        assert!(verify("rugbrød med ost", Some(&hashed)));
        assert!(!verify("rugbrød med smør", Some(&hashed)));
        assert!(!verify("rugbrød med ost", None));
        assert_eq!(acceptable("kort"), Err("error-password-short"));
    }
}
