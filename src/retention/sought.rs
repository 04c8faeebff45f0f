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
    interviews,
    kit::Kit,
    postings,
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
    /// sha256 of the files, and whose each is by their place below.
    files: Vec<(usize, String)>,
    /// Keys of letters that may lie in a folder, likewise.
    letters: Vec<(usize, String)>,
    /// The applications.
    pub applications: Vec<ApplicationId>,
    /// What was seen before, when somebody looked.
    pub before: Vec<Seen>,
}

impl Sought {
    /// The same without whoever was spared after it was gathered.
    pub fn of_those(mut self, gone: &[ApplicationId]) -> Self {
        let is_gone: Vec<bool> = self.applications.iter().map(|id| gone.contains(id)).collect();
        let stays = |of: usize| is_gone.get(of).copied().unwrap_or(false);
        self.files.retain(|(of, _)| stays(*of));
        self.letters.retain(|(of, _)| stays(*of));
        self.traces = self.traces.only(stays);
        self.applications.retain(|id| gone.contains(id));
        self
    }
    /// sha256 of the files, each once.
    pub fn files(&self) -> Vec<String> {
        let all: BTreeSet<&String> = self.files.iter().map(|(_, sha256)| sha256).collect();
        all.into_iter().cloned().collect()
    }
    /// Keys of letters that may lie in a folder.
    pub fn letters(&self) -> Vec<String> {
        self.letters.iter().map(|(_, key)| key.clone()).collect()
    }
}

/// Gathers it from the rows; those that are not there (any more) add nothing.
pub(super) fn gather(conn: &mut Conn, kit: &Kit, ids: &[ApplicationId]) -> Result<Sought, DbError> {
    let mut words: BTreeSet<(String, Sort, usize)> = BTreeSet::new();
    let mut sought = Sought::default();
    for id in ids {
        let Some(whole) = applications::any(conn, *id)? else { continue };
        let of = sought.applications.len();
        let mut add = |word: &str, sort: Sort| words.insert((word.to_lowercase(), sort, of));
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
            sought.files.push((of, paper.sha256));
        }
        texts.extend(applications::paper_texts(conn, *id)?.into_values());
        for is in interviews::store::of_application(conn, *id)? {
            add(&is.id.to_string(), Sort::Id);
            let letters = interviews::drive::keys(conn, is.id)?.into_iter();
            sought.letters.extend(letters.map(|key| (of, key)));
            texts.extend([is.wish, is.needs, is.words].into_iter().flatten());
        }
        for word in texts.iter().flat_map(|text| sample(text)) {
            add(&word, Sort::Sampled);
        }
        sought.letters.push((of, format!("receipt-{id}")));
        let rounds = postings::rounds(conn, whole.application.posting)?.into_iter();
        sought.letters.extend(rounds.map(|round| (of, format!("reposted-{id}-{}", round.number))));
        let letters = answers::letters_to(conn, *id)?.into_iter();
        sought.letters.extend(letters.map(|letter| (of, format!("answer-{}", letter.id))));
        sought.applications.push(*id);
    }
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
