//! What Danish words are the same for a search: stems, compounds, synonyms, and which words say nothing.
//!
//! The lists are plain files under `assets/search`, compiled in; [`lists_hash`] is part of the index's version, so
//! that a change to them rebuilds it. Everything here is about single words; [`super::words`] cuts text into them.
//!
//! * **Stems** are Snowball's, but for a list of words it would ruin (*demens* → *dem*, *læge* → *læg*) or not bring
//!   together (*barn*, *børn*), and names, which are never stemmed (*Hansen* is not *hans*).
//! * **Compounds** are split when known parts cover the whole word: *nattevagten* is *nat* + *vagt*. The key of a
//!   compound is made of its parts' stems, so *natvagt*, *nattevagt* and *nat-vagt* are one word.
//! * **Synonyms** are looked up when a question is asked, not when a text is indexed.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, LazyLock, RwLock},
};

use foldhash::fast::RandomState;
use frostem::{Algorithm, Stemmer};
use sha2::{Digest, Sha256};

use super::words;

const COMPOUNDS: &str = include_str!("../../assets/search/compounds.da.txt");
const SYNONYMS: &str = include_str!("../../assets/search/synonyms.da.txt");
const STEMS: &str = include_str!("../../assets/search/stems.da.txt");
const NAMES: &str = include_str!("../../assets/search/names.da.txt");
const COMMON: &str = include_str!("../../assets/search/common.da.txt");

/// Words shorter than this are not split, letters.
const SHORTEST_COMPOUND: usize = 6;
/// The last part of a compound has at least this many letters.
const SHORTEST_HEAD: usize = 3;
/// Analysed words remembered; about 200 bytes each. Beyond that it begins anew.
const REMEMBERED: usize = 30_000;
/// Longer "words" are numbers, addresses or noise, and are neither split nor stemmed, bytes.
const LONGEST_WORD: usize = 60;

/// A part of a compound: where it stands in the word (bytes) and what it is kept as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// First byte.
    pub from: usize,
    /// After the last byte.
    pub to: usize,
    /// Its stem.
    pub key: String,
}

/// Everything a word is found under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// The parts, when it is a compound.
    pub parts: Vec<Part>,
    /// The keys, each with the bytes of the word it stands for; the word's own key first.
    pub keys: Vec<Part>,
}

impl Analysis {
    /// What the word itself is kept as.
    pub fn key(&self) -> &str {
        self.keys.first().map_or("", |k| &k.key)
    }
    /// The key of the parts in this range put together.
    pub fn joined(&self, range: std::ops::Range<usize>) -> String {
        self.parts[range].iter().map(|p| p.key.as_str()).collect()
    }
}

/// An expression for something, as keys: one for a single word, several for words in a row.
pub type Expression = Vec<String>;

/// The lists, read once.
pub struct Danish {
    stemmer: Stemmer,
    stems: HashMap<&'static str, &'static str>,
    names: HashSet<&'static str>,
    common: HashSet<&'static str>,
    /// What may end a compound, by its stem.
    heads: HashSet<String>,
    /// What may stand before another part, by its form.
    fronts: HashMap<String, String>,
    /// Every key that stands in the lists: an ordinary word, surely no misspelt name.
    ordinary: HashSet<String>,
    /// From an expression to the others that mean it, as they are written and as keys.
    synonyms: HashMap<Expression, Vec<(&'static str, Expression)>>,
    longest_expression: usize,
    /// Asked for every word of every text: a quick hash, seeded anew by each process.
    remembered: RwLock<HashMap<Box<str>, Arc<Analysis>, RandomState>>,
}

static DANISH: LazyLock<Danish> = LazyLock::new(Danish::read);

/// The lists as they were compiled in.
pub fn danish() -> &'static Danish {
    &DANISH
}

/// Eight hex digits that change when any list changes.
pub fn lists_hash() -> String {
    let mut hash = Sha256::new();
    for list in [COMPOUNDS, STEMS, NAMES] {
        hash.update(list);
    }
    hex::encode(&hash.finalize()[..4])
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(|l| l.split('#').next().unwrap_or_default().trim()).filter(|l| !l.is_empty())
}

impl Danish {
    fn read() -> Self {
        let mut this = Self {
            stemmer: Stemmer::new(Algorithm::Danish),
            stems: HashMap::new(),
            names: NAMES.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect(),
            common: COMMON.lines().filter(|l| !l.starts_with('#')).flat_map(str::split_whitespace).collect(),
            heads: HashSet::new(),
            fronts: HashMap::new(),
            ordinary: HashSet::new(),
            synonyms: HashMap::new(),
            longest_expression: 1,
            remembered: RwLock::default(),
        };
        for line in lines(STEMS) {
            let mut forms = line.split_whitespace();
            let Some(kept) = forms.next() else { continue };
            this.stems.insert(kept, kept);
            this.stems.extend(forms.map(|form| (form, kept)));
        }
        for line in lines(COMPOUNDS) {
            let mut forms = line.split_whitespace();
            let Some(own) = forms.next() else { continue };
            let key = this.stem(own);
            this.heads.insert(key.clone());
            this.fronts.insert(own.to_owned(), key.clone());
            this.fronts.insert(format!("{own}s"), key.clone());
            for form in forms {
                this.fronts.insert(form.to_owned(), key.clone());
            }
            this.ordinary.insert(key);
        }
        this.read_synonyms();
        this
    }

    fn read_synonyms(&mut self) {
        // first the groups, then the one-way lines, whose right sides bring their groups with them
        let mut groups: HashMap<Expression, Vec<(&'static str, Expression)>> = HashMap::new();
        for line in lines(SYNONYMS).filter(|l| l.contains('=')) {
            let all: Vec<_> = line.split('=').map(|e| (e.trim(), self.expression(e))).collect();
            for (_, keys) in &all {
                let others = all.iter().filter(|(_, k)| k != keys).cloned();
                groups.entry(keys.clone()).or_default().extend(others);
            }
        }
        let mut found = groups.clone();
        for line in lines(SYNONYMS) {
            let Some((from, to)) = line.split_once('>') else { continue };
            let from = self.expression(from);
            for one in to.split(',').map(str::trim) {
                let keys = self.expression(one);
                let also = groups.get(&keys).cloned().unwrap_or_default();
                let all = found.entry(from.clone()).or_default();
                for next in std::iter::once((one, keys)).chain(also) {
                    if next.1 != from && !all.contains(&next) {
                        all.push(next);
                    }
                }
            }
        }
        for (from, to) in &found {
            for keys in std::iter::once(from).chain(to.iter().map(|(_, k)| k)) {
                self.longest_expression = self.longest_expression.max(keys.len());
                self.ordinary.extend(keys.iter().cloned());
            }
        }
        self.synonyms = found;
        // what was analysed before the list of compounds was whole
        self.remembered = RwLock::default();
    }

    fn expression(&self, text: &str) -> Expression {
        words::sequence(self, text).into_iter().map(|w| w.key).collect()
    }

    /// What a lower-case word is kept as, taken as one word.
    pub fn stem(&self, word: &str) -> String {
        if let Some(kept) = self.stems.get(word) {
            (*kept).to_owned()
        } else if word.len() > LONGEST_WORD
            || self.names.contains(word)
            || word.contains(|c: char| c.is_ascii_digit())
        {
            word.to_owned()
        } else {
            self.stemmer.stem(word).into_owned()
        }
    }

    /// The parts of a lower-case compound, or nothing when it is no compound we know.
    pub fn split(&self, word: &str) -> Option<Vec<Part>> {
        if word.len() < SHORTEST_COMPOUND || word.len() > LONGEST_WORD || self.names.contains(word) {
            return None;
        }
        if self.heads.contains(&self.stem(word)) {
            return None;
        }
        let cuts: Vec<usize> = word.char_indices().map(|(i, _)| i).collect();
        if cuts.len() < SHORTEST_COMPOUND {
            return None;
        }
        // best[i]: the fewest parts that cover everything before letter i, and where the last of them begins
        let mut best: Vec<Option<(usize, usize)>> = vec![None; cuts.len()];
        best[0] = Some((0, 0));
        let mut found: Option<(usize, usize, String)> = None;
        for i in 0..cuts.len() {
            let Some((parts, _)) = best[i] else { continue };
            if i > 0 && cuts.len() - i >= SHORTEST_HEAD {
                let key = self.stem(&word[cuts[i]..]);
                if self.heads.contains(&key) && found.as_ref().is_none_or(|(n, _, _)| parts + 1 < *n) {
                    found = Some((parts + 1, i, key));
                }
            }
            for j in i + 2..cuts.len() {
                if best[j].is_none_or(|(n, _)| parts + 1 < n)
                    && self.fronts.contains_key(&word[cuts[i]..cuts[j]])
                {
                    best[j] = Some((parts + 1, i));
                }
            }
        }
        let (_, mut i, key) = found?;
        let mut parts = vec![Part { from: cuts[i], to: word.len(), key }];
        while i > 0 {
            let (_, from) = best[i]?;
            let form = &word[cuts[from]..cuts[i]];
            parts.push(Part { from: cuts[from], to: cuts[i], key: self.fronts.get(form)?.clone() });
            i = from;
        }
        parts.reverse();
        Some(parts)
    }

    /// Everything a lower-case word is found under; remembered, since texts repeat their words.
    pub fn analyse(&self, word: &str) -> Arc<Analysis> {
        if let Some(known) = self.remembered.read().expect("no one panics while reading").get(word) {
            return known.clone();
        }
        let new = Arc::new(self.analyse_anew(word));
        let mut remembered = self.remembered.write().expect("no one panics while writing");
        if remembered.len() >= REMEMBERED {
            remembered.clear();
        }
        remembered.insert(word.into(), new.clone());
        new
    }

    fn analyse_anew(&self, word: &str) -> Analysis {
        let whole = |key: String| Part { from: 0, to: word.len(), key };
        let stem = self.stem(word);
        let Some(parts) = self.split(word) else {
            return Analysis { parts: Vec::new(), keys: vec![whole(stem)] };
        };
        let mut this = Analysis { parts, keys: Vec::new() };
        let n = this.parts.len();
        let key = this.joined(0..n);
        // as it is written, for those who ask for its beginning: natte*
        let written = (stem != key).then(|| whole(stem));
        this.keys.push(whole(key));
        this.keys.extend(written);
        for from in 0..n {
            for to in from + 1..=n {
                if to - from < n {
                    let (a, b) = (this.parts[from].from, this.parts[to - 1].to);
                    this.keys.push(Part { from: a, to: b, key: this.joined(from..to) });
                }
            }
        }
        this
    }

    /// What a lower-case word is kept as: its parts' stems put together, or its stem.
    pub fn key(&self, word: &str) -> String {
        self.analyse(word).key().to_owned()
    }

    /// What the first half of an elided compound is kept as: `dag` in `dag- og aftenvagt`.
    pub fn front(&self, word: &str) -> String {
        self.fronts.get(word).cloned().unwrap_or_else(|| self.key(word))
    }

    /// Whether a lower-case word says nothing by itself.
    pub fn is_common(&self, word: &str) -> bool {
        self.common.contains(word)
    }

    /// Whether a lower-case word is one of the trade's, so that no name with a slip of the pen is meant.
    pub fn is_ordinary(&self, word: &str) -> bool {
        let analysis = self.analyse(word);
        self.is_common(word) || !analysis.parts.is_empty() || self.ordinary.contains(analysis.key())
    }

    /// Other expressions for this one.
    pub fn synonyms(&self, expression: &[String]) -> &[(&'static str, Expression)] {
        self.synonyms.get(expression).map_or(&[], Vec::as_slice)
    }

    /// How many words the longest expression in the list of synonyms has.
    pub const fn longest_expression(&self) -> usize {
        self.longest_expression
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(words: &[&str]) {
        let keys: HashSet<String> = words.iter().map(|w| danish().key(w)).collect();
        assert_eq!(keys.len(), 1, "{words:?} are kept as {keys:?}");
    }

    fn apart(a: &str, b: &str) {
        assert_ne!(danish().key(a), danish().key(b), "{a} and {b}");
    }

    fn parts(word: &str) -> Vec<String> {
        danish()
            .split(word)
            .map_or_else(Vec::new, |p| p.into_iter().map(|p| word[p.from..p.to].to_owned()).collect())
    }

    #[test]
    fn forms_of_a_word_meet() {
        same(&["sygeplejerske", "sygeplejersken", "sygeplejersker", "sygeplejerskerne", "sygeplejerskernes"]);
        same(&["pædagog", "pædagoger", "pædagogen", "pædagogerne"]);
        same(&["demens", "demensen", "demente", "dement"]);
        same(&["psykiatri", "psykiatrien", "psykiatrisk", "psykiatriske"]);
        same(&["kateter", "katetre", "katetret"]);
        same(&["barn", "børn", "børnene"]);
        same(&["nattevagt", "nattevagten", "nattevagter", "natvagt", "nattevagterne"]);
        same(&["plejehjem", "plejehjemmet", "plejehjemmene"]);
        same(&["lærer", "lærere", "lærerne"]);
    }

    #[test]
    fn different_words_stay_apart() {
        for (a, b) in [
            ("demens", "dem"),
            ("år", "ar"),
            ("får", "far"),
            ("løn", "lon"),
            ("sø", "so"),
            ("på", "pa"),
            ("muller", "mulige"),
            ("hansen", "hans"),
            ("jensen", "jens"),
            ("læge", "lægge"),
            ("lærer", "lære"),
            ("leder", "lede"),
            ("pædagog", "pædagogisk"),
            ("sal", "salg"),
        ] {
            apart(a, b);
        }
    }

    #[test]
    fn compounds_come_apart_where_the_parts_are_known() {
        assert_eq!(parts("nattevagten"), ["natte", "vagten"]);
        assert_eq!(parts("demensplejehjem"), ["demens", "plejehjem"]);
        assert_eq!(parts("plejehjemsassistenterne"), ["plejehjems", "assistenterne"]);
        assert_eq!(parts("sundhedsassistent"), ["sundheds", "assistent"]);
        assert_eq!(parts("børnehavepædagog"), ["børnehave", "pædagog"]);
        assert_eq!(parts("folkeskolelærere"), ["folkeskole", "lærere"]);
        assert_eq!(parts("sosuassistent"), ["sosu", "assistent"]);
        for whole in
            ["sygehus", "plejehjemmet", "sygeplejerske", "vagt", "demens", "natalie", "kartoffel", "hansen"]
        {
            assert!(parts(whole).is_empty(), "{whole}: {:?}", parts(whole));
        }
    }

    #[test]
    fn synonyms_lead_where_they_should() {
        let d = danish();
        let others = |e: &str| -> Vec<&str> {
            let keys = d.expression(e);
            d.synonyms(&keys).iter().map(|(text, _)| *text).collect()
        };
        assert!(others("SSA").contains(&"social- og sundhedsassistent"));
        assert!(others("social- og sundhedsassistenter").contains(&"ssa"));
        assert!(others("SOSU-assistenter").contains(&"ssa"));
        let sosu = others("sosu");
        assert!(sosu.contains(&"ssa") && sosu.contains(&"sosu-hjælper"), "{sosu:?}");
        assert!(others("nurse").contains(&"sygeplejerske"));
        assert!(!others("sygeplejersker").contains(&"nurse"), "one way only");
        assert!(others("nursing home").contains(&"plejecenter"), "with its group");
    }

    #[test]
    fn every_line_of_the_lists_is_of_use() {
        let mut seen = HashSet::new();
        for line in lines(COMPOUNDS) {
            let own = line.split_whitespace().next().unwrap_or_default();
            assert!(seen.insert(own), "{own} stands twice among the compounds");
        }
        for line in lines(SYNONYMS) {
            assert!(line.contains('=') != line.contains('>'), "neither or both: {line}");
            for part in line.split(['=', '>', ',']) {
                assert!(!danish().expression(part).is_empty(), "nothing in: {line}");
            }
        }
        let mut forms = HashSet::new();
        for form in lines(STEMS).flat_map(str::split_whitespace) {
            assert!(forms.insert(form), "{form} stands twice among the stems");
        }
    }
}
