//! Cuts Danish text into words and says under which keys each of them is found.
//!
//! One word may be found under several keys at the same place: *nattevagten* under itself and under *vagt*;
//! *dag-* in *dag- og aftenvagt* under *dag* and under *dagvagt*; *SOSU-assistent* under both halves and together.

use std::{borrow::Cow, ops::ControlFlow};

use unicode_normalization::{IsNormalized, UnicodeNormalization, char::is_combining_mark, is_nfc_quick};

use super::danish::Danish;

/// Words of an elided list are looked for at most this far ahead or back (`dag-, aften- og nattevagt`).
const ELISION_REACH: usize = 6;
/// What hangs on an abbreviation after an apostrophe: `SSA'er`, `CV'et`.
const SUFFIXES: [&str; 12] = ["er", "en", "et", "erne", "ere", "ers", "ens", "ets", "ernes", "s", "ne", "e"];

/// How a word is bound to its neighbours by a hyphen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Hyphens {
    /// `-hjælper`
    leading: bool,
    /// `SOSU-` in `SOSU-assistent`
    joined: bool,
    /// `dag-` in `dag- og aftenvagt`
    trailing: bool,
}

/// A word as it stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    from: usize,
    to: usize,
    lower: String,
    hyphens: Hyphens,
}

/// Why a key stands at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The word itself.
    Word,
    /// A part of a compound.
    Part,
    /// Put together from several words.
    Joined,
}

/// A key under which a place in a text is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'k> {
    /// The key.
    pub key: &'k str,
    /// The how manieth word of the text, from 0.
    pub position: usize,
    /// First byte in the text.
    pub from: usize,
    /// After the last byte in the text.
    pub to: usize,
    /// Why it stands here.
    pub kind: Kind,
}

/// A word of a question or of a list: one key, however it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// First byte in the text.
    pub from: usize,
    /// After the last byte in the text.
    pub to: usize,
    /// In lower case, without hyphens: `sosuassistent`.
    pub lower: String,
    /// The key.
    pub key: String,
    /// The key it also has as the first half of an elided compound: `dagvagt` in `dag- og aftenvagt`.
    pub elided: Option<String>,
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '´' | '`')
}

const fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

fn lower(slice: &str) -> String {
    // nearly every word: nothing to put together, and bytes are letters
    if slice.is_ascii() {
        return slice.to_ascii_lowercase();
    }
    let whole: Cow<'_, str> = match is_nfc_quick(slice.chars()) {
        IsNormalized::Yes => slice.into(),
        IsNormalized::No | IsNormalized::Maybe => slice.nfc().collect::<String>().into(),
    };
    let low = whole.to_lowercase();
    // a Turkish capital İ leaves its dot behind
    if low.contains('\u{307}') { low.replace('\u{307}', "") } else { low }
}

fn run(text: &str) -> usize {
    text.find(|c| !is_letter(c)).unwrap_or(text.len())
}

fn words(text: &str) -> Vec<Word> {
    let mut found: Vec<Word> = Vec::with_capacity(text.len() / 6);
    let mut at = 0;
    while let Some(start) = text[at..].find(is_letter) {
        let from = at + start;
        let mut to = from + run(&text[from..]);
        let stem_to = to;
        let mut rest = text[to..].chars();
        if rest.next().is_some_and(is_apostrophe) {
            let suffix = rest.as_str();
            let suffix = &suffix[..run(suffix)];
            if SUFFIXES.contains(&suffix) {
                to = text.len() - rest.as_str().len() + suffix.len();
            }
        }
        let before = text[..from].chars().next_back();
        let mut after = text[to..].chars();
        let hyphen_after = after.next().is_some_and(is_hyphen);
        let letter_after = after.next().is_some_and(is_letter);
        let joined_before = found.last().is_some_and(|w| w.hyphens.joined);
        let hyphens = Hyphens {
            leading: before.is_some_and(is_hyphen) && !joined_before,
            joined: hyphen_after && letter_after,
            trailing: hyphen_after && !letter_after,
        };
        found.push(Word { from, to, lower: lower(&text[from..stem_to]), hyphens });
        at = to;
    }
    found
}

fn is_and(word: &str) -> bool {
    matches!(word, "og" | "eller" | "samt" | "til")
}

/// The key of `dagvagt` for the `dag-` at `i` of `dag- og aftenvagt`.
fn elided_end(d: &Danish, words: &[Word], i: usize) -> Option<String> {
    let ahead = words[i + 1..].iter().take(ELISION_REACH);
    let whole = ahead.into_iter().find(|w| !w.hyphens.trailing && !is_and(&w.lower))?;
    let whole = d.analyse(&whole.lower);
    if whole.parts.is_empty() {
        return None;
    }
    Some(d.front(&words[i].lower) + &whole.joined(1..whole.parts.len()))
}

/// The key of `sosuhjælper` for the `-hjælper` at `i` of `SOSU-assistent og -hjælper`.
fn elided_start(d: &Danish, words: &[Word], i: usize) -> Option<String> {
    let start = i.saturating_sub(ELISION_REACH);
    let mut back = (start..i).rev().filter(|b| !words[*b].hyphens.leading && !is_and(&words[*b].lower));
    let whole = back.next()?;
    let front = if whole > 0 && words[whole - 1].hyphens.joined {
        d.front(&words[whole - 1].lower)
    } else {
        let whole = d.analyse(&words[whole].lower);
        whole.joined(0..whole.parts.len().checked_sub(1)?)
    };
    Some(front + &d.key(&words[i].lower))
}

/// The last word of the chain of hyphens that begins at `i`.
fn chain_end(words: &[Word], i: usize) -> usize {
    let mut end = i;
    while words[end].hyphens.joined && end + 1 < words.len() {
        end += 1;
    }
    end
}

fn chain_key(d: &Danish, chain: &[Word]) -> String {
    match chain {
        [.., last] => {
            let fronts = chain[..chain.len() - 1].iter().map(|w| d.front(&w.lower));
            fronts.collect::<String>() + &d.key(&last.lower)
        }
        [] => String::new(),
    }
}

/// Hands on every key of a text, in order of their places.
pub fn tokens(d: &Danish, text: &str, mut sink: impl FnMut(Token<'_>)) {
    tokens_until(d, text, |token| {
        sink(token);
        ControlFlow::Continue(())
    });
}

/// The same, until the reader has seen enough; it is asked after each word.
pub fn tokens_until(d: &Danish, text: &str, mut sink: impl FnMut(Token<'_>) -> ControlFlow<()>) {
    let words = words(text);
    for (position, word) in words.iter().enumerate() {
        let mut flow = ControlFlow::Continue(());
        let Word { from, to, lower, hyphens } = word;
        let mut put = |key: &str, from: usize, to: usize, kind: Kind| {
            if !key.is_empty() && sink(Token { key, position, from, to, kind }).is_break() {
                flow = ControlFlow::Break(());
            }
        };
        // where lower case has as many bytes as the text, a part can be pointed at
        let exact = to - from == lower.len();
        for key in &d.analyse(lower).keys {
            if key.to - key.from == lower.len() {
                put(&key.key, *from, *to, Kind::Word);
            } else if exact {
                put(&key.key, from + key.from, from + key.to, Kind::Part);
            } else {
                put(&key.key, *from, *to, Kind::Part);
            }
        }
        let starts_chain = hyphens.joined && (position == 0 || !words[position - 1].hyphens.joined);
        if starts_chain {
            let end = chain_end(&words, position);
            put(&chain_key(d, &words[position..=end]), *from, words[end].to, Kind::Joined);
        }
        if hyphens.trailing
            && let Some(key) = elided_end(d, &words, position)
        {
            put(&key, *from, *to, Kind::Joined);
        }
        if hyphens.leading
            && let Some(key) = elided_start(d, &words, position)
        {
            put(&key, *from, *to, Kind::Joined);
        }
        if flow.is_break() {
            return;
        }
    }
}

/// The words of a question or an expression: what hyphens join is one.
pub fn sequence(d: &Danish, text: &str) -> Vec<Unit> {
    let words = words(text);
    let mut out = Vec::new();
    let mut i = 0;
    while i < words.len() {
        let end = chain_end(&words, i);
        let chain = &words[i..=end];
        let elided = if words[end].hyphens.trailing { elided_end(d, &words, end) } else { None };
        out.push(Unit {
            from: words[i].from,
            to: words[end].to,
            lower: chain.iter().map(|w| w.lower.as_str()).collect(),
            key: chain_key(d, chain),
            elided,
        });
        i = end + 1;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{super::danish::danish, *};

    fn all(text: &str) -> Vec<(String, usize, usize, usize, Kind)> {
        let mut out = Vec::new();
        tokens(danish(), text, |t| out.push((t.key.to_owned(), t.position, t.from, t.to, t.kind)));
        out
    }
    fn at(text: &str, position: usize) -> Vec<String> {
        all(text).into_iter().filter(|t| t.1 == position).map(|t| t.0).collect()
    }
    fn key(word: &str) -> String {
        danish().key(word)
    }
    fn finds(text: &str, word: &str) -> bool {
        all(text).iter().any(|t| t.0 == key(word))
    }

    #[test]
    fn cuts_words_as_danes_write_them() {
        let text = "Jeg er SSA'er, har CV’et klar (2020–2026) og bor på Ærø; a\u{30a}rsrapport.";
        let seen: Vec<String> = words(text).into_iter().map(|w| w.lower).collect();
        let wanted =
            ["jeg", "er", "ssa", "har", "cv", "klar", "2020", "2026", "og", "bor", "på", "ærø", "årsrapport"];
        assert_eq!(seen, wanted);
        let nfd = words(text);
        let last = nfd.last().expect("there are words");
        assert_eq!(&text[last.from..last.to], "a\u{30a}rsrapport");
    }

    #[test]
    fn compounds_are_found_by_their_parts() {
        assert_eq!(
            at("nattevagten", 0),
            [key("nattevagt"), danish().stem("nattevagt"), "nat".into(), key("vagt")]
        );
        assert!(finds("et demensplejehjem", "plejehjem") && finds("et demensplejehjem", "demens"));
        assert!(!finds("spørg dem", "demens"));
        let text = "Mine Nattevagter";
        let part = all(text).into_iter().find(|t| t.0 == key("vagt")).expect("a part");
        assert_eq!((&text[part.2..part.3], part.4), ("vagter", Kind::Part));
    }

    #[test]
    fn hyphens_join_and_elide() {
        assert_eq!(at("SOSU-assistenter", 0), ["sosu", "sosuassistent"]);
        assert_eq!(at("SOSU-assistenter", 1), ["assistent"]);
        assert!(
            finds("dag-, aften- og nattevagter", "dagvagt")
                && finds("dag-, aften- og nattevagter", "aftenvagt")
        );
        assert!(finds("SOSU-assistent og -hjælper", "sosuhjælper"));
        assert!(finds("social- og sundhedsassistent", "assistent"));
        assert!(!finds("dag og nattevagter", "dagvagt"), "only what is elided");
    }

    #[test]
    fn an_expression_has_one_key_a_word() {
        let keys = |t: &str| sequence(danish(), t).into_iter().map(|u| u.key).collect::<Vec<_>>();
        assert_eq!(keys("SOSU-assistenten"), keys("sosuassistent"));
        assert_eq!(keys("social- og sundhedsassistenter"), ["social", "og", &key("sundhedsassistent")]);
        let elided = &sequence(danish(), "dag- og aftenvagt")[0];
        assert_eq!((elided.key.as_str(), elided.elided.clone()), ("dag", Some(key("dagvagt"))));
    }

    #[test]
    fn any_text_is_cut_within_its_bounds() {
        for text in [
            "",
            "-",
            "--a--",
            "'",
            "a'",
            "’er",
            "å-",
            "-å-'s",
            "İstanbul-İ",
            "e\u{301}\u{301}'er-",
            "a'er'er",
        ] {
            for t in all(text) {
                assert!(text.get(t.2..t.3).is_some_and(|s| !s.is_empty()), "{text:?}: {t:?}");
            }
            sequence(danish(), text);
        }
    }
}
