//! Randomness, handed in: codes, tokens, jitter. From the system, or seeded by a test.

use std::sync::{Arc, Mutex};

use rand::{RngExt, SeedableRng, rngs::StdRng};

/// A source of randomness. Cheap to clone; clones draw from the same source.
#[derive(Clone)]
pub struct Chance(Option<Arc<Mutex<StdRng>>>);

impl Chance {
    /// The operating system's randomness; fit for secrets.
    pub const fn real() -> Self {
        Self(None)
    }
    /// The same draws for the same seed.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))))
    }
    /// Fills the bytes.
    #[expect(clippy::disallowed_methods, reason = "the one place that draws from the system")]
    pub fn fill(&self, bytes: &mut [u8]) {
        match &self.0 {
            None => rand::rng().fill(bytes),
            Some(rng) => rng.lock().expect("no one panics while drawing").fill(bytes),
        }
    }
    /// A number from 0 up to, not including, `end`.
    pub fn below(&self, end: u64) -> u64 {
        let mut bytes = [0u8; 8];
        self.fill(&mut bytes);
        u64::from_le_bytes(bytes) % end.max(1)
    }
    /// `n` characters from a–z, A–Z, 0–9 (5.95 bits each), for links people may have to read.
    pub fn code(&self, n: usize) -> String {
        const ALPHABET: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        let mut out = String::with_capacity(n);
        let mut bytes = [0u8; 32];
        while out.len() < n {
            self.fill(&mut bytes);
            // 248 = 4 · 62: above it the draw would favour the first letters
            for b in bytes.iter().filter(|b| **b < 248) {
                if out.len() < n {
                    out.push(char::from(ALPHABET[usize::from(*b) % 62]));
                }
            }
        }
        out
    }
    /// A 190-bit secret for sessions, magic links and API tokens.
    pub fn token(&self) -> String {
        self.code(32)
    }
}
