//! What a person typed, understood: words, "phrases", beginnings*, -words to leave out, names, numbers, addresses.
//!
//! Everything typed must be found (clauses are joined by *and*); each clause may be found in several ways. The
//! same ways lead the query ([`super::question`]) and tell afterwards why something was found
//! ([`super::excerpt`]), so that the two cannot disagree.

use super::{
    danish::{Danish, Expression},
    fields::phone_key,
    names,
    words::{self, Unit},
};

/// More than this is cut off: nobody types it, bytes.
const LONGEST: usize = 400;
/// More clauses than this are not asked.
const MOST_CLAUSES: usize = 24;
/// A beginning of a word has at least this many letters, or half the dictionary would fit.
const SHORTEST_BEGINNING: usize = 3;
/// A name with fewer letters is not guessed at.
const SHORTEST_GUESS: usize = 4;
/// So many digits in a row are taken for a telephone number.
const SHORTEST_PHONE: usize = 8;

/// One thing that must be found, or must not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// As typed.
    pub typed: String,
    /// Must not be found.
    pub without: bool,
    /// Any one of these will do; the plainest first.
    pub ways: Vec<Way>,
}

/// A way in which a clause may be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Way {
    /// These keys in a row, in the letter or a file.
    Text(Expression),
    /// The same thing in other words; the expression as it stands in the list of synonyms.
    Synonym(&'static str, Expression),
    /// A word that begins so.
    Beginning(String),
    /// These folded words in a row, in the name.
    Name(Vec<String>),
    /// A name that begins so.
    NameBeginning(String),
    /// A name one letter away.
    NameNearly(String),
    /// A name that sounds so.
    NameSounds(String),
    /// The e-mail address, or its beginning.
    Email(String, bool),
    /// The telephone number.
    Phone(String),
}

/// Everything that was typed. No clauses: everything is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// The clauses, in the order typed.
    pub clauses: Vec<Clause>,
}

impl Asked {
    /// Whether anything is to be found, and not only left out.
    pub fn is_positive(&self) -> bool {
        self.clauses.iter().any(|c| !c.without)
    }
}

/// A piece of what was typed.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'t> {
    Run(&'t str),
    Phrase { text: &'t str, without: bool },
    Word { text: &'t str, without: bool, beginning: bool },
}

fn pieces(typed: &str) -> Vec<Piece<'_>> {
    let mut out = Vec::new();
    let mut run: Option<(usize, usize)> = None;
    let mut at = 0;
    while let Some(start) = typed[at..].find(|c: char| !c.is_whitespace()) {
        let from = at + start;
        let rest = &typed[from..];
        let without =
            rest.starts_with('-') && rest[1..].starts_with(|c: char| !c.is_whitespace() && c != '-');
        let body = from + usize::from(without);
        let quote = typed[body..].chars().next().filter(|c| matches!(c, '"' | '”' | '“' | '»' | '„'));
        let piece = if let Some(q) = quote {
            let inside = body + q.len_utf8();
            let close = typed[inside..].find(['"', '”', '“', '«']).map_or(typed.len(), |i| inside + i);
            at = typed[close..].chars().next().map_or(close, |c| close + c.len_utf8());
            Piece::Phrase { text: &typed[inside..close], without }
        } else {
            let end = typed[body..].find(char::is_whitespace).map_or(typed.len(), |i| body + i);
            at = end;
            let word = &typed[body..end];
            let beginning = word.ends_with('*') && word.len() > 1;
            if !without && !beginning && !word.contains('@') {
                run = Some(run.map_or((from, end), |(first, _)| (first, end)));
                continue;
            }
            Piece::Word { text: word.trim_end_matches('*'), without, beginning }
        };
        if let Some((first, end)) = run.take() {
            out.push(Piece::Run(&typed[first..end]));
        }
        out.push(piece);
    }
    if let Some((first, end)) = run {
        out.push(Piece::Run(&typed[first..end]));
    }
    out
}

/// Understands what was typed. Never fails: what cannot be understood is looked for as it stands.
pub fn understand(d: &Danish, typed: &str) -> Asked {
    let mut cut = LONGEST.min(typed.len());
    while !typed.is_char_boundary(cut) {
        cut -= 1;
    }
    let typed = &typed[..cut];
    let mut clauses = Vec::new();
    // words that say nothing, kept aside in case there is nothing else
    let mut common = Vec::new();
    for piece in pieces(typed) {
        match piece {
            Piece::Run(text) => understand_run(d, text, &mut clauses, &mut common),
            Piece::Phrase { text, without } => {
                let keys: Expression = words::sequence(d, text).into_iter().map(|u| u.key).collect();
                if keys.is_empty() {
                    continue;
                }
                let ways = vec![Way::Text(keys), Way::Name(names::words(text))];
                clauses.push(Clause { typed: text.trim().to_owned(), without, ways });
            }
            Piece::Word { text, without, beginning } => {
                if text.contains('@') {
                    let email = text.trim_matches(['<', '>', ',', ';', '(', ')']).to_lowercase();
                    let ways = vec![Way::Email(email, beginning)];
                    clauses.push(Clause { typed: text.to_owned(), without, ways });
                    continue;
                }
                let units = words::sequence(d, text);
                let Some(unit) = units.first() else { continue };
                let ways = if beginning {
                    ways_of_beginning(d, unit)
                } else {
                    let keys: Expression = units.iter().map(|u| u.key.clone()).collect();
                    // who leaves out a word means that word, not one like it
                    vec![Way::Text(keys), Way::Name(names::words(text))]
                };
                clauses.push(Clause { typed: text.to_owned(), without, ways });
            }
        }
    }
    if clauses.is_empty() {
        clauses = common;
    }
    clauses.truncate(MOST_CLAUSES);
    Asked { clauses }
}

fn ways_of_beginning(d: &Danish, unit: &Unit) -> Vec<Way> {
    let mut ways = vec![Way::Text(vec![d.key(&unit.lower)])];
    if unit.lower.chars().count() >= SHORTEST_BEGINNING {
        ways.push(Way::Beginning(unit.lower.clone()));
    }
    ways.push(Way::NameBeginning(names::fold(&unit.lower)));
    ways
}

fn understand_run(d: &Danish, text: &str, clauses: &mut Vec<Clause>, common: &mut Vec<Clause>) {
    let units = words::sequence(d, text);
    let mut i = 0;
    while i < units.len() {
        if let Some((n, number)) = phone_at(text, &units[i..]) {
            let typed = text[units[i].from..units[i + n - 1].to].to_owned();
            let digits = units[i..i + n].iter().map(|u| u.key.clone()).collect();
            clauses.push(Clause { typed, without: false, ways: vec![Way::Phone(number), Way::Text(digits)] });
            i += n;
            continue;
        }
        if let Some((n, ways)) = expression_at(d, &units[i..]) {
            let typed = text[units[i].from..units[i + n - 1].to].to_owned();
            clauses.push(Clause { typed, without: false, ways });
            i += n;
            continue;
        }
        let unit = &units[i];
        let clause = Clause {
            typed: text[unit.from..unit.to].to_owned(),
            without: false,
            ways: ways_of_word(d, unit),
        };
        if d.is_common(&unit.lower) {
            common.push(clause);
        } else {
            clauses.push(clause);
        }
        i += 1;
    }
}

/// The longest expression of several words that has synonyms, from the first word on.
fn expression_at(d: &Danish, units: &[Unit]) -> Option<(usize, Vec<Way>)> {
    (2..=units.len().min(d.longest_expression())).rev().find_map(|n| {
        let keys: Expression = units[..n].iter().map(|u| u.key.clone()).collect();
        let others = d.synonyms(&keys);
        if others.is_empty() {
            return None;
        }
        let mut ways = vec![Way::Text(keys)];
        ways.extend(others.iter().map(|(text, keys)| Way::Synonym(text, keys.clone())));
        Some((n, ways))
    })
}

/// A telephone number written in groups: `12 34 56 78`, `+45 1234 5678`.
fn phone_at(text: &str, units: &[Unit]) -> Option<(usize, String)> {
    let digits = |u: &Unit| u.lower.bytes().all(|b| b.is_ascii_digit());
    let n = units.iter().take(7).take_while(|u| digits(u)).count();
    (1..=n).rev().find_map(|n| {
        let count: usize = units[..n].iter().map(|u| u.lower.len()).sum();
        // two years are no number
        if units[..n]
            .iter()
            .all(|u| u.lower.len() == 4 && (u.lower.starts_with("19") || u.lower.starts_with("20")))
        {
            return None;
        }
        let from = units[0].from;
        let plus = text[..from].ends_with('+');
        let written = &text[from - usize::from(plus)..units[n - 1].to];
        (count >= SHORTEST_PHONE).then(|| phone_key(written)).flatten().map(|number| (n, number))
    })
}

fn ways_of_word(d: &Danish, unit: &Unit) -> Vec<Way> {
    let mut ways = vec![Way::Text(vec![unit.key.clone()])];
    if let Some(elided) = &unit.elided {
        ways.push(Way::Text(vec![elided.clone()]));
    }
    let analysis = d.analyse(&unit.lower);
    if analysis.parts.len() > 1 {
        // the compound written as two words, as many do
        ways.push(Way::Text(analysis.parts.iter().map(|p| p.key.clone()).collect()));
    }
    let others = d.synonyms(std::slice::from_ref(&unit.key));
    ways.extend(others.iter().map(|(text, keys)| Way::Synonym(text, keys.clone())));
    let folded = names::fold(&unit.lower);
    ways.push(Way::Name(vec![folded.clone()]));
    let letters = folded.chars().count();
    let guess = letters >= SHORTEST_GUESS && folded.chars().all(char::is_alphabetic);
    if guess && !d.is_ordinary(&unit.lower) {
        ways.push(Way::NameNearly(folded.clone()));
        ways.push(Way::NameSounds(names::sound(&folded)));
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::{super::danish::danish, *};

    fn asked(typed: &str) -> Vec<(String, bool)> {
        understand(danish(), typed).clauses.into_iter().map(|c| (c.typed, c.without)).collect()
    }
    fn ways(typed: &str) -> Vec<Way> {
        let mut asked = understand(danish(), typed);
        assert_eq!(asked.clauses.len(), 1, "{asked:?}");
        asked.clauses.remove(0).ways
    }
    fn yes(typed: &str) -> (String, bool) {
        (typed.to_owned(), false)
    }

    #[test]
    fn words_phrases_and_what_to_leave_out() {
        assert_eq!(asked("demens og aften"), [yes("demens"), yes("aften")]);
        assert_eq!(asked("og"), [yes("og")], "unless there is nothing else");
        assert_eq!(
            asked("\"i nattevagt\" -vikar -\"på orlov\" syge* -"),
            [yes("i nattevagt"), ("vikar".into(), true), ("på orlov".into(), true), yes("syge")]
        );
        assert_eq!(
            asked("»ro og struktur« „åben\" \"uden ende"),
            [yes("ro og struktur"), yes("åben"), yes("uden ende")]
        );
        assert!(asked("  - \" * -- »« ").is_empty());
        assert_eq!(asked("SOSU-assistent"), [yes("SOSU-assistent")]);
    }

    #[test]
    fn expressions_are_taken_whole() {
        assert_eq!(
            asked("erfaren social- og sundhedsassistent nat"),
            [yes("erfaren"), yes("social- og sundhedsassistent"), yes("nat")]
        );
        let found = ways("SSA");
        assert!(
            found.iter().any(|w| matches!(w, Way::Synonym("social- og sundhedsassistent", _))),
            "{found:?}"
        );
    }

    #[test]
    fn names_are_guessed_at_but_words_of_the_trade_are_not() {
        let nearly = |t: &str| ways(t).iter().any(|w| matches!(w, Way::NameNearly(_)));
        assert!(nearly("pedersen") && nearly("Østergaard") && nearly("Christensen"));
        for word in ["demens", "vagt", "nattevagt", "plejehjem", "kok", "og", "2020"] {
            assert!(!nearly(word), "{word}");
        }
    }

    #[test]
    fn numbers_and_addresses() {
        assert_eq!(ways("12 34 56 78")[0], Way::Phone("12345678".into()));
        assert_eq!(ways("+45 1234 5678")[0], Way::Phone("12345678".into()));
        assert_eq!(ways("Anna.Holm@Example.dk"), [Way::Email("anna.holm@example.dk".into(), false)]);
        assert_eq!(asked("2019 2020"), [yes("2019"), yes("2020")].to_vec());
    }

    #[test]
    fn a_compound_may_be_written_apart() {
        let found = ways("nattevagt");
        assert!(found.contains(&Way::Text(vec![danish().key("nat"), danish().key("vagt")])), "{found:?}");
    }
}
