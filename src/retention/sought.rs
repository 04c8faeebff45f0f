//! Who somebody is, as far as one can look for it: gathered while the rows are there, kept in memory and, sealed and as keyed
//! hashes, with the erasure until its proof is written.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{
    receipt::Seen,
    traces::{Sort, Traces},
};
use crate::{
    answers, applications,
    base::id::{ApplicationId, ErasureId},
    db::{Conn, DbError},
    kit::Kit,
};

/// How many words of a text are looked for.
const SAMPLE: usize = 12;
/// Shorter words of a text are everybody's.
const LONG: usize = 8;
/// Shorter parts of a name are.
const NAME: usize = 5;

/// What an erasure looks for.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Sought {
    /// Words and ids.
    pub traces: Traces,
    /// sha256 of the files.
    pub files: Vec<String>,
    /// Keys of letters that may lie in a folder.
    pub letters: Vec<String>,
    /// The applications.
    pub applications: Vec<ApplicationId>,
    /// What was seen before, when somebody looked.
    pub before: Vec<Seen>,
}

/// Gathers it from the rows; those that are not there (any more) add nothing.
pub(super) fn gather(conn: &mut Conn, kit: &Kit, ids: &[ApplicationId]) -> Result<Sought, DbError> {
    let mut words: BTreeSet<(String, Sort)> = BTreeSet::new();
    let mut sought = Sought::default();
    for id in ids {
        let Some(whole) = applications::any(conn, *id)? else { continue };
        let mut add = |word: &str, sort: Sort| words.insert((word.to_lowercase(), sort));
        let person = &whole.applicant;
        for sure in [&person.name, &person.email, &person.phone] {
            add(sure, Sort::Sure);
        }
        for part in person.name.split_whitespace().filter(|part| part.chars().count() >= NAME) {
            add(part, Sort::Sampled);
        }
        add(&id.to_string(), Sort::Id);
        add(&person.id.to_string(), Sort::Id);
        let mut texts = vec![whole.application.letter.clone()];
        texts.extend(whole.application.outcome_reason.clone());
        for paper in applications::papers_of(conn, *id)? {
            add(&paper.original_name, Sort::Sure);
            add(&paper.id.to_string(), Sort::Id);
            sought.files.push(paper.sha256);
        }
        texts.extend(applications::paper_texts(conn, *id)?.into_values());
        for word in texts.iter().flat_map(|text| sample(text)) {
            add(&word, Sort::Sampled);
        }
        sought.letters.push(format!("receipt-{id}"));
        sought
            .letters
            .extend(answers::letters_to(conn, *id)?.iter().map(|letter| format!("answer-{}", letter.id)));
        sought.applications.push(*id);
    }
    sought.files.sort();
    sought.files.dedup();
    let mut key = [0; 32];
    kit.chance.fill(&mut key);
    sought.traces = Traces::of(key, &words);
    Ok(sought)
}

/// The longest words of a text, each once.
fn sample(text: &str) -> Vec<String> {
    let all: BTreeSet<String> = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().count() >= LONG)
        .map(str::to_lowercase)
        .collect();
    let mut all: Vec<String> = all.into_iter().collect();
    all.sort_by_key(|word| std::cmp::Reverse(word.len()));
    all.truncate(SAMPLE);
    all
}

fn purpose(of: ErasureId) -> String {
    format!("erasures:{of}")
}

/// Sealed for its row.
pub(super) fn seal(kit: &Kit, of: ErasureId, sought: &Sought) -> String {
    let plain = serde_json::to_vec(sought).expect("plain data");
    kit.secrets.seal(&kit.chance, &purpose(of), &plain)
}

/// Opened; none when it does not open (any more).
pub(super) fn open(kit: &Kit, of: ErasureId, sealed: &str) -> Option<Sought> {
    let plain = kit.secrets.open(&purpose(of), sealed).ok()?;
    serde_json::from_slice(&plain).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_words_stand_for_a_text() {
        let found = sample("Jeg har arbejdet fem år på et demensafsnit. DEMENSAFSNIT, sårpleje!");
        assert_eq!(found, ["demensafsnit", "sårpleje", "arbejdet"]);
    }
}
