//! What is looked for after an erasure, without being kept: of each word its length and keyed hashes, so that whoever has lost
//! the words in a crash can still look for them, and whoever finds the hashes learns nothing. Pure.

use std::collections::BTreeSet;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// Bytes of a word that are compared at every place; shorter words cannot be looked for.
pub const SHORTEST: usize = 4;
/// Longer ones are looked for by their beginning.
const LONGEST: usize = 60;
/// How many beginnings are told apart.
const HEADS: u32 = 20;

/// One word.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Trace {
    len: usize,
    head: u32,
    print: String,
    sort: Sort,
    /// Whose it is, by their place among those who are looked for.
    of: usize,
}

/// What a word is of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Sort {
    /// It names them: a name, an address, a number, a file's name.
    Sure,
    /// One of those they used.
    Sampled,
    /// The id of one of their rows.
    Id,
}

/// Words to look for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Traces {
    key: String,
    words: Vec<Trace>,
}

impl Traces {
    /// Of these, under a key drawn for them.
    pub fn of(key: [u8; 32], words: &BTreeSet<(String, Sort, usize)>) -> Self {
        let key = hex::encode(key);
        let trace = |(word, sort, of): &(String, Sort, usize)| {
            let mut bytes = word.as_bytes().to_vec();
            fold(&mut bytes);
            bytes.truncate(LONGEST);
            let head = head(&key, bytes.get(..SHORTEST)?);
            Some(Trace { len: bytes.len(), head, print: print(&key, &bytes), sort: *sort, of: *of })
        };
        let words = words.iter().filter_map(trace).collect();
        Self { key, words }
    }

    /// Only those of some.
    pub fn only(mut self, these: impl Fn(usize) -> bool) -> Self {
        self.words.retain(|word| these(word.of));
        self
    }

    /// How many.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// None.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// What the words are, in their order.
    pub fn sorts(&self) -> impl Iterator<Item = Sort> {
        self.words.iter().map(|word| word.sort)
    }

    /// What looks for them.
    pub fn seeker(&self) -> Seeker<'_> {
        let mut heads = vec![false; 1 << HEADS];
        for word in &self.words {
            heads[word.head as usize] = true;
        }
        Seeker { of: self, heads, mul: multiplier(&self.key), seen: vec![0; self.words.len()] }
    }
}

/// Goes through bytes and counts.
pub struct Seeker<'t> {
    of: &'t Traces,
    heads: Vec<bool>,
    mul: u32,
    /// How often each word was seen.
    pub seen: Vec<u64>,
}

impl Seeker<'_> {
    /// How far two pieces of one text must overlap so that no word is missed between them.
    pub const OVERLAP: usize = LONGEST;

    /// Looks through a text; large and small letters are the same.
    pub fn look(&mut self, text: &[u8]) {
        let mut bytes = text.to_vec();
        self.look_in(&mut bytes, usize::MAX);
    }

    /// Looks through bytes that may be changed, for words that begin before `end`.
    pub fn look_in(&mut self, bytes: &mut [u8], end: usize) {
        if self.of.is_empty() {
            return;
        }
        fold(bytes);
        for at in 0..bytes.len().saturating_sub(SHORTEST - 1).min(end) {
            let rest = &bytes[at..];
            let head = place(&rest[..SHORTEST], self.mul);
            if !self.heads[head as usize] {
                continue;
            }
            let mut last: Option<(usize, String)> = None;
            for (n, word) in self.of.words.iter().enumerate() {
                if word.head != head || word.len > rest.len() {
                    continue;
                }
                if last.as_ref().is_none_or(|(len, _)| *len != word.len) {
                    last = Some((word.len, print(&self.of.key, &rest[..word.len])));
                }
                if last.as_ref().is_some_and(|(_, print)| *print == word.print) {
                    self.seen[n] += 1;
                }
            }
        }
    }
}

fn multiplier(key: &str) -> u32 {
    u32::from_str_radix(key.get(..8).unwrap_or_default(), 16).unwrap_or(0) | 1
}

fn head(key: &str, bytes: &[u8]) -> u32 {
    place(bytes, multiplier(key))
}

fn place(bytes: &[u8], mul: u32) -> u32 {
    let whole = bytes.iter().fold(0_u32, |whole, byte| (whole << 8) | u32::from(*byte));
    whole.wrapping_mul(mul) >> (32 - HEADS)
}

fn print(key: &str, bytes: &[u8]) -> String {
    let mut mac = <Hmac<Sha256> as KeyInit>::new_from_slice(key.as_bytes()).expect("any length will do");
    mac.update(bytes);
    hex::encode(&mac.finalize().into_bytes()[..12])
}

/// Makes large letters small: A to Z, and those with marks in UTF-8's second page (Æ, Ø, Å, É …).
fn fold(bytes: &mut [u8]) {
    let mut before = 0;
    for byte in bytes {
        match (before, *byte) {
            (_, b'A'..=b'Z') => *byte += 32,
            (0xC3, 0x80..=0x96 | 0x98..=0x9E) => *byte += 32,
            _ => {}
        }
        before = *byte;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(words: &[&str]) -> BTreeSet<(String, Sort, usize)> {
        words.iter().map(|word| ((*word).to_owned(), Sort::Sure, usize::from(word.contains('@')))).collect()
    }

    #[test]
    fn what_is_there_is_counted_and_what_is_not_is_not() {
        let traces = Traces::of([7; 32], &set(&["Åse Bæk", "aase@baek.example", "ab", "lilleskoven"]));
        assert_eq!(traces.len(), 3, "two letters cannot be looked for");
        let mut seeker = traces.seeker();
        seeker.look("xx\u{1f}ÅSE BÆKaase@baek.example\u{1f}Åse Bæk".as_bytes());
        seeker.look("åse bæ k, Lilleskove n".as_bytes());
        let mut seen = seeker.seen.clone();
        seen.sort_unstable();
        assert_eq!(seen, [0, 1, 2]);
        assert_eq!(traces.sorts().filter(|sort| *sort == Sort::Sure).count(), 3);
        assert_eq!(traces.only(|of| of == 0).len(), 2, "whoever is spared is not looked for");
    }

    #[test]
    fn what_is_kept_of_them_tells_nothing_and_still_finds() {
        let word = "Kvistgaard-Lilleskoven med et navn, der er længere end tres bogstaver i alt";
        let kept = serde_json::to_string(&Traces::of([9; 32], &set(&[word]))).expect("writes");
        assert!(!kept.to_lowercase().contains("kvist"));
        let again: Traces = serde_json::from_str(&kept).expect("reads");
        let mut seeker = again.seeker();
        seeker.look(word.to_uppercase().as_bytes());
        assert_eq!(seeker.seen, [1]);
        // in two pieces with an overlap it is seen once
        let mut seeker = again.seeker();
        let text = format!("{}{word}{}", "x".repeat(40), "y".repeat(99));
        let cut = 60;
        seeker.look_in(&mut text.as_bytes()[..cut + Seeker::OVERLAP].to_vec(), cut);
        seeker.look_in(&mut text.as_bytes()[cut..].to_vec(), usize::MAX);
        assert_eq!(seeker.seen, [1]);
    }
}
