//! The proof of a delivery: what was done with it and decided about it, line by line, each bound to the one before by its hash.
//! What an attempt said stands with the attempt; its line carries the attempt's hash. So nothing is kept twice, and neither can
//! be changed afterwards without its being seen. Pure: rows come and go in the store.

use sha2::{Digest, Sha256};

use super::store::{Attempt, Delivery};
use crate::{
    base::{Instant, id::DeliveryId},
    words,
};

words! {
    /// What a line is about.
    pub enum ProofKind {
        /// It was planned: by whom, with which bytes, to whom, for when.
        Planned = "planned",
        /// It was approved.
        Approved = "approved",
        /// An attempt was committed, before it was made: the fence.
        Begun = "begun",
        /// What came of the attempt.
        Ended = "ended",
        /// It went from one state to another.
        Moved = "moved",
        /// Who decided what.
        Ruled = "ruled",
        /// Other words stand there: by whom, which bytes before and since.
        Corrected = "corrected",
        /// Its first comment stands there, or does no longer.
        Commented = "commented",
    }
}

impl ProofKind {
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Planned => "proof-kind-planned",
            Self::Approved => "proof-kind-approved",
            Self::Begun => "proof-kind-begun",
            Self::Ended => "proof-kind-ended",
            Self::Moved => "proof-kind-moved",
            Self::Ruled => "proof-kind-ruled",
            Self::Corrected => "proof-kind-corrected",
            Self::Commented => "proof-kind-commented",
        }
    }
}

/// A line of the proof.
#[derive(diesel::Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of which delivery.
    pub delivery_id: DeliveryId,
    /// Its place, from 1.
    pub number: i32,
    /// When.
    pub at: Instant,
    /// What it is about.
    pub kind: ProofKind,
    /// The facts, as JSON; the very bytes that are hashed.
    pub detail: String,
    /// The line before; empty for the first.
    pub prev_hash: String,
    /// This line.
    pub hash: String,
}

fn hashed(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

/// The hash of a line after `previous`.
pub fn chain(previous: &str, number: i32, at: Instant, kind: ProofKind, detail: &str) -> String {
    hashed(&[previous, &number.to_string(), &at.micros().to_string(), kind.word(), detail])
}

/// The hash of an attempt with all that came of it.
pub fn of_attempt(attempt: &Attempt) -> String {
    let number = |n: Option<String>| n.unwrap_or_default();
    hashed(&[
        &attempt.id.to_string(),
        &attempt.delivery_id.to_string(),
        &attempt.fence.to_string(),
        attempt.phase.word(),
        &attempt.started_at.micros().to_string(),
        &number(attempt.ended_at.map(|at| at.micros().to_string())),
        attempt.outcome.map_or("", super::delivery::Verdict::word),
        &number(attempt.status.map(|status| status.to_string())),
        attempt.error_kind.as_deref().unwrap_or_default(),
        &attempt.evidence,
    ])
}

/// The place of the first line that does not fit: to the one before, to its attempt, or, at the end, to the delivery as it
/// stands. None when all of it does.
pub fn broken(row: &Delivery, lines: &[Line], attempts: &[Attempt]) -> Option<i32> {
    let mut previous = "";
    let (mut state, mut sha256) = (None, None);
    let mut named = 0;
    for (line, number) in lines.iter().zip(1..) {
        let fits = line.number == number
            && line.prev_hash == previous
            && line.hash == chain(previous, line.number, line.at, line.kind, &line.detail);
        if !fits {
            return Some(number);
        }
        let detail: serde_json::Value = serde_json::from_str(&line.detail).unwrap_or_default();
        match line.kind {
            ProofKind::Ended => {
                let attempt = attempts.iter().find(|a| detail["attempt"] == a.id.to_string());
                if attempt.is_none_or(|a| detail["sha256"] != of_attempt(a)) {
                    return Some(number);
                }
                named += 1;
            }
            ProofKind::Moved => {
                state = detail["to"].as_str().map(str::to_owned);
                // it was given other words
                sha256 = detail["payload_sha256"].as_str().map(str::to_owned).or(sha256);
            }
            ProofKind::Planned | ProofKind::Corrected => {
                sha256 = detail["payload_sha256"].as_str().map(str::to_owned)
            }
            _ => {}
        }
        previous = &line.hash;
    }
    let last = lines.last()?.number;
    // a chain that was cut short at its end still hangs together; what it is about does not
    let whole = lines[0].kind == ProofKind::Planned;
    let told = state.is_none_or(|state| state == row.state.word())
        && sha256.is_none_or(|sha256| sha256 == row.payload_sha256);
    let ended = attempts.iter().filter(|a| a.outcome.is_some()).count();
    (!told || (whole && named != ended)).then_some(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_a_line_counts() {
        let at = Instant::from_seconds(1_800_000_000);
        let one = chain("", 1, at, ProofKind::Planned, "{}");
        assert_eq!(one.len(), 64);
        for other in [
            chain("x", 1, at, ProofKind::Planned, "{}"),
            chain("", 2, at, ProofKind::Planned, "{}"),
            chain("", 1, Instant::from_seconds(1), ProofKind::Planned, "{}"),
            chain("", 1, at, ProofKind::Moved, "{}"),
            chain("", 1, at, ProofKind::Planned, "{ }"),
        ] {
            assert_ne!(one, other);
        }
    }
}
