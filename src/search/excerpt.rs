//! Why something was found: the place in the text, with what matched marked, and for each thing asked what it was
//! found as. Read from the database's text at the moment of showing, by the same ways that led the query.

use std::{collections::BTreeMap, ops::ControlFlow};

use foldhash::{HashMap, HashMapExt};

use super::{
    asked::{Asked, Way},
    danish::Danish,
    fields::phone_key,
    names, words,
};

/// An excerpt is about this long, bytes.
const LENGTH: usize = 260;
/// How far an excerpt may begin before its first match, bytes.
const LEAD: usize = 90;
/// How far an excerpt reaches from its first match, bytes.
const REACH: usize = LENGTH - LEAD / 2;

/// A text of an application and what it is called on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Source<'t> {
    /// The file's name; `None` is the letter.
    pub file: Option<&'t str>,
    /// The text.
    pub text: &'t str,
}

/// Whom the texts belong to.
#[derive(Clone, Copy, Debug)]
pub struct Person<'t> {
    /// The name.
    pub name: &'t str,
    /// The e-mail address.
    pub email: &'t str,
    /// The telephone number as stored.
    pub phone: &'t str,
}

/// A piece of an excerpt. Plain text: whoever draws it escapes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The text.
    pub text: String,
    /// Whether it matched.
    pub marked: bool,
}

/// Where something was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the letter.
    Letter,
    /// In the file of this name.
    File(String),
    /// In the name.
    Name,
    /// In the e-mail address.
    Email,
    /// In the telephone number.
    Phone,
}

/// By which rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// The word itself, in any form.
    Word,
    /// As a part of a longer word.
    Part,
    /// In other words for the same thing.
    Synonym,
    /// A word that begins so.
    Beginning,
    /// A name written or sounding alike.
    Alike,
}

/// One thing asked and what it was found as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// As typed.
    pub asked: String,
    /// As it stands there.
    pub seen: String,
    /// Where.
    pub place: Place,
    /// By which rule.
    pub rule: Rule,
}

/// What is shown of something found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Excerpt {
    /// The best place in the texts; empty when nothing there matched and the letter is empty.
    pub pieces: Vec<Piece>,
    /// The file it is from; `None` is the letter.
    pub file: Option<String>,
    /// Why it was found: at most one line for each thing asked, the plainest.
    pub why: Vec<Why>,
}

#[derive(Clone, Copy, Debug)]
struct Hit {
    from: usize,
    to: usize,
    clause: usize,
    rule: Rule,
}

/// The ways of a question, arranged for reading a text once.
pub struct Reader<'q> {
    asked: &'q Asked,
    /// Single keys: which clause, by which rule.
    keys: HashMap<&'q str, Vec<(usize, Rule)>>,
    beginnings: Vec<(usize, &'q str)>,
    /// Several keys in a row.
    rows: Vec<(usize, Rule, &'q [String])>,
    /// How many clauses must be found.
    wanted: usize,
}

impl<'q> Reader<'q> {
    /// For reading any number of texts.
    pub fn new(asked: &'q Asked) -> Self {
        let mut this =
            Self { asked, keys: HashMap::new(), beginnings: Vec::new(), rows: Vec::new(), wanted: 0 };
        for (n, clause) in asked.clauses.iter().enumerate().filter(|(_, c)| !c.without) {
            this.wanted += 1;
            for way in &clause.ways {
                let (rule, keys) = match way {
                    Way::Text(keys) => (Rule::Word, keys),
                    Way::Synonym(_, keys) => (Rule::Synonym, keys),
                    Way::Beginning(start) => {
                        this.beginnings.push((n, start));
                        continue;
                    }
                    _ => continue,
                };
                match keys.as_slice() {
                    [one] => this.keys.entry(one).or_default().push((n, rule)),
                    several => this.rows.push((n, rule, several)),
                }
            }
        }
        this
    }

    /// What to show of an application.
    pub fn read(&self, d: &Danish, person: &Person<'_>, sources: &[Source<'_>]) -> Excerpt {
        let mut read: Vec<(&Source<'_>, Vec<Hit>)> = Vec::with_capacity(sources.len());
        for source in sources {
            let (hits, enough) = self.hits(d, source.text);
            read.push((source, hits));
            // nothing further on can be a better place
            if enough {
                break;
            }
        }
        let mut why: BTreeMap<usize, (u8, Why)> = BTreeMap::new();
        let mut tell = |clause: usize, worth: u8, seen: &str, place: Place, rule: Rule| {
            if why.get(&clause).is_none_or(|(w, _)| worth < *w) {
                let asked = self.asked.clauses[clause].typed.clone();
                why.insert(clause, (worth, Why { asked, seen: seen.to_owned(), place, rule }));
            }
        };
        self.tell_person(person, &mut tell);
        for (source, hits) in &read {
            let place = source.file.map_or(Place::Letter, |f| Place::File(f.to_owned()));
            for hit in hits {
                let worth = match hit.rule {
                    Rule::Word => 1,
                    Rule::Part | Rule::Beginning => 2,
                    _ => 3,
                };
                // a part is told with the whole word around it
                let (from, to) = whole_word(source.text, hit.from, hit.to);
                tell(hit.clause, worth, &source.text[from..to], place.clone(), hit.rule);
            }
        }
        // of places that are worth the same the first, which is the letter's
        let best = read.iter().map(|(s, hits)| (s, window(s.text, hits))).rev().max_by_key(|(_, w)| w.worth);
        let mut excerpt = Excerpt { why: why.into_values().map(|(_, w)| w).collect(), ..Excerpt::default() };
        if let Some((source, window)) = best {
            excerpt.file = source.file.map(str::to_owned);
            excerpt.pieces = window.pieces(source.text);
        }
        excerpt
    }

    fn tell_person(&self, person: &Person<'_>, tell: &mut impl FnMut(usize, u8, &str, Place, Rule)) {
        let folded = names::words(person.name);
        for (n, clause) in self.asked.clauses.iter().enumerate().filter(|(_, c)| !c.without) {
            for way in &clause.ways {
                match way {
                    Way::Name(words) => {
                        if !words.is_empty() && folded.windows(words.len()).any(|w| w == words.as_slice()) {
                            tell(n, 0, person.name, Place::Name, Rule::Word);
                        }
                    }
                    Way::NameBeginning(start) => {
                        if folded.iter().any(|w| w.starts_with(start.as_str())) {
                            tell(n, 0, person.name, Place::Name, Rule::Beginning);
                        }
                    }
                    Way::NameNearly(name) => {
                        if folded.iter().any(|w| one_off(w, name)) {
                            tell(n, 4, person.name, Place::Name, Rule::Alike);
                        }
                    }
                    Way::NameSounds(sound) => {
                        if folded.iter().any(|w| names::sound(w) == *sound) {
                            tell(n, 4, person.name, Place::Name, Rule::Alike);
                        }
                    }
                    Way::Email(email, beginning) => {
                        let own = person.email.to_lowercase();
                        if own == *email || (*beginning && own.starts_with(email.as_str())) {
                            tell(n, 0, person.email, Place::Email, Rule::Word);
                        }
                    }
                    Way::Phone(number) => {
                        if phone_key(person.phone).as_ref() == Some(number) {
                            tell(n, 0, number, Place::Phone, Rule::Word);
                        }
                    }
                    Way::Text(_) | Way::Synonym(..) | Way::Beginning(_) => {}
                }
            }
        }
    }

    /// What matches in a text, and whether it ended early: everything asked stands there as it was asked within one
    /// excerpt, which has been read to its end.
    fn hits(&self, d: &Danish, text: &str) -> (Vec<Hit>, bool) {
        let mut hits: Vec<Hit> = Vec::new();
        if self.wanted == 0 {
            return (hits, false);
        }
        // each clause's last place as a word of its own; a place counts once
        let mut plain: BTreeMap<usize, usize> = BTreeMap::new();
        let (mut looked_at, mut enough_at) = (0, None);
        // for rows: which of a row's keys have been seen, ending at which position, beginning at which byte
        let mut open: Vec<Vec<(usize, usize, usize)>> = vec![Vec::new(); self.rows.len()];
        words::tokens_until(d, text, |t| {
            if enough_at.is_some_and(|end| t.from > end) {
                return ControlFlow::Break(());
            }
            let part = t.kind == words::Kind::Part;
            if let Some(found) = self.keys.get(t.key) {
                for (clause, rule) in found {
                    let rule = if part && *rule == Rule::Word { Rule::Part } else { *rule };
                    hits.push(Hit { from: t.from, to: t.to, clause: *clause, rule });
                }
            }
            for (clause, start) in &self.beginnings {
                if t.key.starts_with(start) {
                    hits.push(Hit { from: t.from, to: t.to, clause: *clause, rule: Rule::Beginning });
                }
            }
            for ((clause, rule, row), open) in self.rows.iter().zip(&mut open) {
                // a row that did not go on at the last word never will
                open.retain(|(_, at, _)| at + 1 >= t.position);
                for i in 0..open.len() {
                    let (seen, at, from) = open[i];
                    if at + 1 == t.position && row[seen] == t.key {
                        if seen + 1 == row.len() {
                            hits.push(Hit { from, to: t.to, clause: *clause, rule: *rule });
                        } else {
                            open.push((seen + 1, t.position, from));
                        }
                    }
                }
                if row[0] == t.key {
                    open.push((1, t.position, t.from));
                }
            }
            for hit in hits[looked_at..].iter().filter(|h| h.rule == Rule::Word) {
                plain.insert(hit.clause, hit.from);
            }
            if looked_at < hits.len() && enough_at.is_none() && plain.len() == self.wanted {
                let first = plain.values().min().copied().unwrap_or(0);
                enough_at = (t.to <= first + REACH).then_some(first + REACH);
            }
            looked_at = hits.len();
            ControlFlow::Continue(())
        });
        hits.sort_by_key(|h| (h.from, h.to));
        (hits, enough_at.is_some())
    }
}

/// The piece of a text that is worth showing.
#[derive(Debug, Default)]
struct Window {
    worth: usize,
    from: usize,
    to: usize,
    marks: Vec<(usize, usize)>,
}

fn window(text: &str, hits: &[Hit]) -> Window {
    let mut best = Window::default();
    for (i, first) in hits.iter().enumerate() {
        let mut clauses = 0u32;
        let mut marks: Vec<(usize, usize)> = Vec::new();
        for hit in hits[i..].iter().take_while(|h| h.to <= first.from + REACH) {
            clauses |= 1 << hit.clause.min(31);
            match marks.last_mut() {
                Some(last) if hit.from < last.1 => last.1 = last.1.max(hit.to),
                _ => marks.push((hit.from, hit.to)),
            }
        }
        // different things asked count for more than the same one often
        let worth = 1 + clauses.count_ones() as usize * 100 + marks.len().min(99);
        if worth > best.worth {
            best = Window { worth, from: first.from, to: first.to, marks };
        }
    }
    if best.worth == 0 {
        let to = boundary(text, LENGTH);
        return Window { worth: 0, from: 0, to: word_end(text, to), marks: Vec::new() };
    }
    let from = lead_in(text, best.from);
    let last = best.marks.last().map_or(best.to, |m| m.1);
    let to = word_end(text, boundary(text, (from + LENGTH).max(last)));
    Window { from, to, ..best }
}

impl Window {
    fn pieces(&self, text: &str) -> Vec<Piece> {
        let mut out = Vec::new();
        let mut put = |s: &str, marked: bool| {
            let folded = fold_white(s);
            if !folded.is_empty() {
                out.push(Piece { text: folded, marked });
            }
        };
        if self.from > 0 {
            put("… ", false);
        }
        let mut at = self.from;
        for (from, to) in &self.marks {
            put(&text[at..*from], false);
            put(&text[*from..*to], true);
            at = *to;
        }
        put(&text[at..self.to], false);
        if self.to < text.trim_end().len() {
            put(" …", false);
        }
        out
    }
}

/// Line breaks and runs of spaces as one space.
fn fold_white(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    for c in s.chars() {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Where the word in which `at` lies ends.
fn word_end(text: &str, at: usize) -> usize {
    let inside = text[..at].ends_with(char::is_alphanumeric);
    if !inside {
        return at;
    }
    at + text[at..].find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len() - at)
}

/// Where to begin: at the start of the sentence if that is near, else of a word.
fn lead_in(text: &str, hit: usize) -> usize {
    let earliest = boundary(text, hit.saturating_sub(LEAD));
    let before = &text[earliest..hit];
    if let Some(end) = before.rfind(['\n', '.', '!', '?']) {
        let sentence = earliest + end + 1;
        return sentence + (text[sentence..hit].len() - text[sentence..hit].trim_start().len());
    }
    if earliest == 0 {
        return 0;
    }
    before.find(char::is_whitespace).map_or(hit, |space| earliest + space + 1)
}

fn whole_word(text: &str, from: usize, to: usize) -> (usize, usize) {
    let start = text[..from].rfind(|c: char| !c.is_alphanumeric());
    let start = start.map_or(0, |i| i + text[i..].chars().next().map_or(1, char::len_utf8));
    (start, word_end(text, to))
}

/// Whether one letter more, less, other or two swapped make the one into the other.
fn one_off(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let start = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[start..], &b[start..]);
    let end = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - end], &b[..b.len() - end]) {
        ([] | [_], [] | [_]) => true,
        ([p, q], [r, s]) => p == s && q == r,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{asked::understand, danish::danish},
        *,
    };

    const ANNA: Person<'_> =
        Person { name: "Anna Christensen", email: "anna@example.dk", phone: "+4512345678" };

    fn shown(typed: &str, text: &str) -> (String, Vec<Why>) {
        let asked = understand(danish(), typed);
        let excerpt = Reader::new(&asked).read(danish(), &ANNA, &[Source { file: None, text }]);
        let marked =
            excerpt.pieces.iter().map(|p| if p.marked { format!("[{}]", p.text) } else { p.text.clone() });
        (marked.collect(), excerpt.why)
    }

    #[test]
    fn marks_what_matched() {
        let text = "Kære I. Jeg har haft nattevagter på et demensafsnit. Hilsen";
        assert_eq!(shown("vagt demens", text).0, "… Jeg har haft natte[vagter] på et [demens]afsnit. Hilsen");
        let text = "Jeg er social- og sundhedsassistent <b>nu</b>";
        let (html, why) = shown("ssa", text);
        assert_eq!(html, "Jeg er [social- og sundhedsassistent] <b>nu</b>");
        assert_eq!((why[0].rule, why[0].seen.as_str()), (Rule::Synonym, "social- og sundhedsassistent"));
    }

    #[test]
    fn tells_where_and_by_which_rule() {
        let why = |typed: &str, text: &str| {
            let (_, why) = shown(typed, text);
            why.into_iter().map(|w| (w.place, w.rule, w.seen)).collect::<Vec<_>>()
        };
        assert_eq!(why("vagt", "en aftenvagt")[0], (Place::Letter, Rule::Part, "aftenvagt".into()));
        assert_eq!(why("kristensen", "hej")[0], (Place::Name, Rule::Alike, "Anna Christensen".into()));
        assert_eq!(why("anna chris*", "hej").len(), 2);
        assert_eq!(why("12345678", "hej")[0].0, Place::Phone);
        assert_eq!(why("\"i nattevagt\"", "i nattevagt, ikke nattevagt i")[0].2, "i nattevagt");
        assert_eq!(why("-vikar", "hej"), []);
    }

    #[test]
    fn picks_the_place_with_the_most_asked() {
        let far =
            "aften ".to_owned() + &"fyld ".repeat(200) + "demens og aften i Åbenrå " + &"mere ".repeat(90);
        let (html, _) = shown("demens aften åbenrå", &far);
        assert!(
            html.contains("[demens] og [aften] i [Åbenrå]") && html.starts_with('…') && html.ends_with('…')
        );
        assert!(html.len() < 400, "{html}");
    }

    #[test]
    fn reads_no_further_than_it_must() {
        let asked = understand(danish(), "demens aften");
        let reader = Reader::new(&asked);
        let read = |text: &str| reader.hits(danish(), text);
        let rest = " fyld".repeat(100) + " demens aften demens aften demens";
        let (hits, enough) = read(&format!("aften med demens{rest}"));
        assert!(enough && hits.len() == 2, "both stand together at the beginning");
        // a part of a word is worse than the word, and what stands far apart than what stands together
        for begin in ["demensafsnit aften", &format!("aften{} demens", " fyld".repeat(60))] {
            let (hits, enough) = read(&format!("{begin}{rest}"));
            assert!(enough && hits.len() > 4, "{begin}");
        }
        assert!(!read("aften uden mere").1);
        // of two files the second is not read for more of the same
        let sources =
            [Source { file: None, text: "aften og demens" }, Source { file: Some("cv"), text: &rest }];
        assert_eq!(reader.read(danish(), &ANNA, &sources).file, None);
    }

    #[test]
    fn one_letter_off() {
        for (a, b) in
            [("holm", "holm"), ("holm", "hom"), ("hlom", "holm"), ("holm", "holme"), ("halm", "holm")]
        {
            assert!(one_off(a, b) && one_off(b, a), "{a} {b}");
        }
        assert!(!one_off("holm", "helms") && !one_off("abcd", "badc"));
    }

    #[test]
    fn any_text_can_be_shown() {
        for text in ["", "æ", "æøå".repeat(200).as_str(), "\n\n.\n", &"å ".repeat(500), &"x".repeat(999)]
        {
            for typed in ["æøå", "å*", "x", "\"å å\"", ""] {
                shown(typed, text);
            }
        }
    }
}
