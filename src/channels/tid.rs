//! Time-ordered keys of the AT Protocol: 13 characters, 53 bits of microseconds and 10 of chance.
//!
//! Two posts under one key would be one record, the second in the first's place. So where in its second a key stands
//! is chance as well: posts planned in the same moment of a coarse clock share a key once in a thousand million.

use crate::base::{Chance, Instant};

const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

const SECOND: u64 = 1_000_000;

/// A key made now; keys of different seconds are in the order of time.
pub fn tid(now: Instant, chance: &Chance) -> String {
    let micros = u64::try_from(now.micros()).unwrap_or(0) & ((1 << 53) - 1);
    let micros = micros - micros % SECOND + chance.below(SECOND);
    let number = (micros << 10) | chance.below(1024);
    (0..13)
        .rev()
        .map(|i| char::from(LETTERS[usize::try_from((number >> (5 * i)) & 31).unwrap_or(0)]))
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn keys_sort_by_time_and_are_legal() {
        let chance = Chance::seeded(7);
        let keys: Vec<_> =
            [0, 1_000_000, 1_700_000_000_000_000, 1_795_000_000_999_999, 1_795_000_001_000_000]
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
        let ours = value(&tid(Instant::from_micros(micros), &Chance::seeded(1))) >> 10;
        assert_eq!(ours / SECOND, u64::try_from(micros).unwrap() / SECOND);
    }

    #[test]
    fn of_ten_thousand_made_at_once_no_two_are_the_same() {
        let chance = Chance::seeded(5);
        let keys: HashSet<_> =
            (0..10_000).map(|_| tid(Instant::from_seconds(1_800_000_000), &chance)).collect();
        assert_eq!(keys.len(), 10_000);
    }
}
