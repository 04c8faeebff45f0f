//! Time-ordered keys of the AT Protocol: 13 characters, 53 bits of microseconds and 10 of chance.

use crate::base::{Chance, Instant};

const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// A key made now. Two made in the same microsecond differ by chance (1 in 1,024 that they do not).
pub fn tid(now: Instant, chance: &Chance) -> String {
    let micros = u64::try_from(now.micros()).unwrap_or(0) & ((1 << 53) - 1);
    let number = (micros << 10) | chance.below(1024);
    (0..13)
        .rev()
        .map(|i| char::from(LETTERS[usize::try_from((number >> (5 * i)) & 31).unwrap_or(0)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_sort_by_time_and_are_legal() {
        let chance = Chance::seeded(7);
        let keys: Vec<_> = [0, 1, 1_700_000_000_000_000, 1_795_000_000_123_456, 1_795_000_000_123_457]
            .map(|micros| tid(Instant::from_micros(micros), &chance))
            .into();
        assert!(keys.is_sorted());
        for key in &keys {
            assert_eq!(key.len(), 13);
            assert!(
                key.bytes().all(|b| LETTERS.contains(&b)) && b"234567abcdefghij".contains(&key.as_bytes()[0])
            );
        }
    }

    #[test]
    fn the_published_example_reads_back() {
        // 3jzfcijpj2z2a: the example of the record key specification; its time lies in July 2023
        let value = |key: &str| {
            key.bytes().fold(0u64, |n, b| (n << 5) | LETTERS.iter().position(|l| *l == b).unwrap() as u64)
        };
        let micros = i64::try_from(value("3jzfcijpj2z2a") >> 10).unwrap();
        assert!(Instant::from_micros(micros).rfc3339().starts_with("2023-0"));
        let chance = Chance::seeded(1);
        assert_eq!(value(&tid(Instant::from_micros(micros), &chance)) >> 10, u64::try_from(micros).unwrap());
    }
}
