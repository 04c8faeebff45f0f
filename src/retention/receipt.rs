//! The receipt of an erasure: how many went by which rule, what was looked for where, and what came of it; no personal data in
//! it. Each is bound to the one before by its hash, as the log and the proofs of deliveries are. Pure.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{
    base::{Instant, id::ErasureId},
    words,
};

words! {
    /// What made it.
    pub enum Kind {
        /// The night.
        Night = "night",
        /// Somebody who may, before its time.
        Hand = "hand",
        /// A backup was put back, and who had been erased since came with it.
        Restore = "restore",
    }
}

words! {
    /// How far an erasure has come.
    pub enum Stand {
        /// Who goes is committed; it is under way.
        Begun = "begun",
        /// Everything was looked through and nothing was found.
        Proved = "proved",
        /// Something was found that should be gone.
        Left = "left",
        /// There was nothing to erase.
        Nothing = "nothing",
    }
}

impl Kind {
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Night => "erasure-kind-night",
            Self::Hand => "erasure-kind-hand",
            Self::Restore => "erasure-kind-restore",
        }
    }
}

words! {
    /// Where is looked.
    pub enum Place {
        /// Every row of every table.
        Database = "database",
        /// The database's files: free room, the log that is written ahead.
        Pages = "pages",
        /// Files and pictures that came with the applications.
        Files = "files",
        /// The search: what is found, its dictionaries, its files.
        Index = "index",
        /// Jobs, log-ins, answers to other systems.
        Queue = "queue",
        /// Letters in a folder, uploads under way, whatever else lies in the data folder.
        Folder = "folder",
        /// The log, receipts and counts: ids and numbers only.
        Log = "log",
    }
}

impl Place {
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Database => "erasure-place-database",
            Self::Pages => "erasure-place-pages",
            Self::Files => "erasure-place-files",
            Self::Index => "erasure-place-index",
            Self::Queue => "erasure-place-queue",
            Self::Folder => "erasure-place-folder",
            Self::Log => "erasure-place-log",
        }
    }
    /// To which place a table belongs.
    pub fn of_table(table: &str) -> Self {
        match table {
            "jobs" | "changes" | "beats" | "sessions" | "idempotency_keys" => Self::Queue,
            "audit_events" | "erasures" | "erased" | "erasure_receipts" | "application_tallies" => Self::Log,
            _ => Self::Database,
        }
    }
}

/// What was seen in one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    /// Where.
    pub place: Place,
    /// How often before; none: was not looked at, or cannot be.
    pub before: Option<u64>,
    /// How often after; none: cannot be looked at here.
    pub after: Option<u64>,
}

/// What the receipt says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// What made it.
    pub kind: Kind,
    /// Of which day.
    pub day: String,
    /// How many applications.
    pub applications: u64,
    /// How many files.
    pub files: u64,
    /// How many by which rule.
    pub rules: Vec<(String, u64)>,
    /// sha256 of their ids, sorted, each with a line end: who knows the ids can check, nobody else learns them.
    pub ids: String,
    /// How many words were looked for.
    pub words: u64,
    /// How many of them also stand in something that stays (another application, a colleague of the same name).
    pub shared: u64,
    /// How many files somebody else sent too, and which stay for that.
    pub shared_files: u64,
    /// What was seen where.
    pub places: Vec<Seen>,
    /// The words were lost with the keys they were sealed with: only rows, files and search were looked at.
    pub blind: bool,
    /// How often it was cut off and taken up again.
    pub resumed: u64,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// Files lie in a bucket.
    pub bucket: bool,
}

impl Content {
    /// Whether something was found that should be gone, or nothing could be looked for.
    pub fn is_red(&self) -> bool {
        self.blind || self.places.iter().any(|seen| seen.after.is_some_and(|n| n > 0))
    }
}

/// A receipt as stored.
#[derive(diesel::Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// Its place, from 1.
    pub number: i32,
    /// Of which erasure.
    pub erasure: ErasureId,
    /// When.
    pub at: Instant,
    /// What it says, as JSON; the very bytes that are hashed.
    pub content: String,
    /// The receipt before; empty for the first.
    pub prev_hash: String,
    /// This receipt.
    pub hash: String,
}

impl Receipt {
    /// The one after `last`.
    pub fn after(last: Option<&Self>, erasure: ErasureId, at: Instant, content: &Content) -> Self {
        let content = serde_json::to_string(content).expect("a receipt is plain data");
        let number = last.map_or(1, |last| last.number + 1);
        let prev_hash = last.map(|last| last.hash.clone()).unwrap_or_default();
        let hash = chain(&prev_hash, number, erasure, at, &content);
        Self { number, erasure, at, content, prev_hash, hash }
    }
    /// What it says; none when it cannot be read.
    pub fn says(&self) -> Option<Content> {
        serde_json::from_str(&self.content).ok()
    }
}

fn chain(previous: &str, number: i32, erasure: ErasureId, at: Instant, content: &str) -> String {
    let mut hash = Sha256::new();
    for part in [previous, &number.to_string(), &erasure.to_string(), &at.micros().to_string(), content] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

/// The number of the first receipt that does not fit the one before, of all there are.
pub fn broken(all: &[Receipt]) -> Option<i32> {
    let mut previous = "";
    for (receipt, number) in all.iter().zip(1..) {
        let hash = chain(previous, receipt.number, receipt.erasure, receipt.at, &receipt.content);
        if receipt.number != number || receipt.prev_hash != previous || receipt.hash != hash {
            return Some(number);
        }
        previous = &receipt.hash;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    #[test]
    fn no_receipt_can_be_changed_or_taken_out() {
        let content = Content {
            kind: Kind::Night,
            day: "2026-12-08".into(),
            applications: 14,
            files: 37,
            rules: vec![("organisation".into(), 14)],
            ids: String::new(),
            words: 90,
            shared: 2,
            shared_files: 0,
            places: vec![Seen { place: Place::Database, before: Some(112), after: Some(0) }],
            blind: false,
            resumed: 0,
            database: "sqlite".into(),
            bucket: false,
        };
        assert!(!content.is_red());
        let left = Seen { place: Place::Index, before: None, after: Some(1) };
        assert!(Content { places: vec![left], ..content.clone() }.is_red());
        let (at, chance) = (Instant::from_seconds(1), Chance::seeded(1));
        let mut all: Vec<Receipt> = Vec::new();
        for _ in 0..4 {
            all.push(Receipt::after(all.last(), ErasureId::new(at, &chance), at, &content));
        }
        assert_eq!(broken(&all), None);
        let mut changed = all.clone();
        changed[1].content = changed[1].content.replace("14", "13");
        assert_eq!(broken(&changed), Some(2));
        let mut taken = all.clone();
        taken.remove(1);
        assert_eq!(broken(&taken), Some(2));
    }
}
