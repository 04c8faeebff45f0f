//! Sealing keys: from the environment or a file, never in the database or a log. Columns that hold
//! tokens are sealed with XChaCha20-Poly1305; the key's name travels with the text so that keys can
//! be rotated.

use std::{fmt, path::Path, sync::Arc};

use base64::{Engine, prelude::BASE64_STANDARD_NO_PAD};
use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};

use crate::base::Chance;

/// The environment variable that holds keys: `name:64 hex digits`, several separated by spaces, the
/// first one seals.
pub const VARIABLE: &str = "OPSLAG_KEYS";

/// The sealing keys. Cheap to clone.
#[derive(Clone)]
pub struct Secrets(Arc<Vec<Key>>);

struct Key {
    name: String,
    bytes: [u8; 32],
}

/// Why a key or a sealed text is refused.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// The key text is not as it should be.
    #[error("sealing keys must be written `name:64 hex digits`, separated by spaces or lines")]
    Form,
    /// The file cannot be read or written.
    #[error("sealing keys in {0}: {1}")]
    File(String, std::io::Error),
    /// Sealed with a key we do not have.
    #[error("sealed with key {0:?}, which is not among the keys given")]
    UnknownKey(String),
    /// Changed, or sealed for another place.
    #[error("the sealed text does not open")]
    Broken,
}

impl Secrets {
    /// From `OPSLAG_KEYS`, else from `file`, which is made (readable by its owner alone) when it is
    /// not there.
    pub fn load(file: &Path, chance: &Chance) -> Result<Self, SecretsError> {
        if let Ok(text) = std::env::var(VARIABLE) {
            return Self::parse(&text);
        }
        let wrong = |e| SecretsError::File(file.display().to_string(), e);
        if !file.exists() {
            let mut bytes = [0u8; 32];
            chance.fill(&mut bytes);
            if let Some(folder) = file.parent() {
                std::fs::create_dir_all(folder).map_err(wrong)?;
            }
            write_private(file, &format!("k1:{}\n", hex::encode(bytes))).map_err(wrong)?;
        }
        Self::parse(&std::fs::read_to_string(file).map_err(wrong)?)
    }

    /// From text; the first key seals, all of them open.
    pub fn parse(text: &str) -> Result<Self, SecretsError> {
        let mut keys = Vec::new();
        for word in text.split_whitespace() {
            let (name, hex_digits) = word.split_once(':').ok_or(SecretsError::Form)?;
            let mut bytes = [0u8; 32];
            hex::decode_to_slice(hex_digits, &mut bytes).map_err(|_| SecretsError::Form)?;
            keys.push(Key { name: name.to_owned(), bytes });
        }
        if keys.is_empty() { Err(SecretsError::Form) } else { Ok(Self(Arc::new(keys))) }
    }

    /// Seals `plain` for one place (`purpose`, such as `account_tokens:ID`); opens nowhere else.
    pub fn seal(&self, chance: &Chance, purpose: &str, plain: &[u8]) -> String {
        let key = &self.0[0];
        let mut nonce = [0u8; 24];
        chance.fill(&mut nonce);
        let sealed = XChaCha20Poly1305::new((&key.bytes).into())
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: purpose.as_bytes() })
            .expect("texts are far below the cipher's 256 GiB");
        let mut whole = nonce.to_vec();
        whole.extend(sealed);
        format!("{}:{}", key.name, BASE64_STANDARD_NO_PAD.encode(whole))
    }

    /// Opens what was sealed for `purpose`.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, SecretsError> {
        let (name, text) = sealed.split_once(':').ok_or(SecretsError::Broken)?;
        let key = self
            .0
            .iter()
            .find(|k| k.name == name)
            .ok_or_else(|| SecretsError::UnknownKey(name.to_owned()))?;
        let whole = BASE64_STANDARD_NO_PAD.decode(text).map_err(|_| SecretsError::Broken)?;
        let (nonce, cipher) = whole.split_at_checked(24).ok_or(SecretsError::Broken)?;
        let nonce: [u8; 24] = nonce.try_into().map_err(|_| SecretsError::Broken)?;
        XChaCha20Poly1305::new((&key.bytes).into())
            .decrypt(&XNonce::from(nonce), Payload { msg: cipher, aad: purpose.as_bytes() })
            .map_err(|_| SecretsError::Broken)
    }

    /// A keyed fingerprint that nobody without the key can make or check.
    pub fn sign(&self, purpose: &str, message: &[u8]) -> [u8; 32] {
        let mut mac =
            <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(&self.0[0].bytes).expect("any length will do");
        mac.update(purpose.as_bytes());
        mac.update(&[0]);
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secrets({} keys)", self.0.len())
    }
}

/// SHA-256 as hex: how session, API and magic-link tokens lie in the database.
pub fn fingerprint(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

fn write_private(file: &Path, text: &str) -> std::io::Result<()> {
    use std::{io::Write, os::unix::fs::OpenOptionsExt};
    let mut out = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)?;
    out.write_all(text.as_bytes())?;
    out.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seals_for_one_place_and_rotates() {
        let chance = Chance::seeded(3);
        let old = Secrets::parse(&format!("k1:{}", "11".repeat(32))).unwrap();
        let sealed = old.seal(&chance, "account_tokens:a", b"hemmelig");
        assert!(!sealed.contains("hemmelig"));
        assert_eq!(old.open("account_tokens:a", &sealed).unwrap(), b"hemmelig");
        assert!(matches!(old.open("account_tokens:b", &sealed), Err(SecretsError::Broken)));
        let new = Secrets::parse(&format!("k2:{} k1:{}", "22".repeat(32), "11".repeat(32))).unwrap();
        assert_eq!(new.open("account_tokens:a", &sealed).unwrap(), b"hemmelig");
        assert!(new.seal(&chance, "x", b"y").starts_with("k2:"));
        let other = Secrets::parse(&format!("k3:{}", "33".repeat(32))).unwrap();
        assert!(matches!(other.open("account_tokens:a", &sealed), Err(SecretsError::UnknownKey(_))));
    }
}
