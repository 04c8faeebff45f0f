//! A question and its answer: what was typed, filters, order, page; ids, total and counts.
//!
//! Every question is asked within a [`Scope`]. [`ask`] is the only way to the index, and it makes the scope a
//! required clause of the query, so that nothing outside can be found, counted or guessed at. The ids are asked for
//! again in the database before anything is shown.

use foldhash::{HashMap, HashSet};

use tantivy::{
    DocId, SegmentReader, Term,
    query::{
        AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, FuzzyTermQuery, Occur, PhraseQuery, Query,
        TermQuery,
        doc_predicate_query::{DocPredicateQuery, FunctionPredicate},
    },
    schema::{Field, IndexRecordOption},
};

pub use super::gather::Order;
use super::{
    asked::{Asked, Clause, Way, understand},
    danish::danish,
    fields::{Fields, key64},
    gather::{Filters, Gather, Gathered},
    index::{Error, Index},
};
use crate::{
    accounts::Scope,
    base::{
        Instant,
        id::{ApplicationId, PostingId, UnitId},
        paging::Paging,
    },
};

/// So many hits can be paged through; who needs more narrows the question.
pub const REACHABLE: usize = 10_000;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// What was typed; may be empty.
    pub typed: String,
    /// Only these postings; empty: all.
    pub postings: Vec<PostingId>,
    /// Only these units; empty: all.
    pub units: Vec<UnitId>,
    /// Only these stages, by code; empty: all.
    pub stages: Vec<String>,
    /// Only these outcomes, by code or [`UNDECIDED`](super::fields::UNDECIDED); empty: all.
    pub outcomes: Vec<String>,
    /// Only these channels, by code; empty: all.
    pub channels: Vec<String>,
    /// Received at this time or later.
    pub received_from: Option<Instant>,
    /// Received before this time.
    pub received_before: Option<Instant>,
    /// In which order; `None`: by fit when something was typed, else the newest first (D-36).
    pub order: Option<Order>,
    /// Which page.
    pub paging: Paging,
    /// Whether the counts are wanted.
    pub counting: bool,
}

impl Default for Question {
    fn default() -> Self {
        Self {
            typed: String::new(),
            postings: Vec::new(),
            units: Vec::new(),
            stages: Vec::new(),
            outcomes: Vec::new(),
            channels: Vec::new(),
            received_from: None,
            received_before: None,
            order: None,
            paging: Paging::new(1, 20),
            counting: false,
        }
    }
}

/// What came of it.
#[derive(Debug)]
pub struct Answer {
    /// The page's applications, in order.
    pub ids: Vec<ApplicationId>,
    /// How many were found.
    pub total: u64,
    /// In which order they are.
    pub order: Order,
    /// How many of what, within the scope and the other filters.
    pub counts: Counts,
    /// What was understood, for saying why something was found.
    pub asked: Asked,
}

/// How many of what; a dimension's own filter does not narrow its counts.
#[derive(Debug, Default)]
pub struct Counts {
    postings: HashMap<u64, u64>,
    units: HashMap<u64, u64>,
    /// By code.
    pub stages: HashMap<String, u64>,
    /// By code.
    pub outcomes: HashMap<String, u64>,
    /// By code.
    pub channels: HashMap<String, u64>,
}

impl Counts {
    /// How many in this posting.
    pub fn posting(&self, id: PostingId) -> u64 {
        self.postings.get(&key64(id.number())).copied().unwrap_or(0)
    }
    /// How many in this unit, those below it not counted in.
    pub fn unit(&self, id: UnitId) -> u64 {
        self.units.get(&key64(id.number())).copied().unwrap_or(0)
    }
}

/// Asks the index, within the scope.
pub fn ask(index: &Index, scope: &Scope, question: &Question) -> Result<Answer, Error> {
    let asked = understand(danish(), &question.typed);
    let order = match question.order {
        // nothing to fit to
        Some(Order::Fit) | None if !asked.is_positive() => Order::Newest,
        Some(order) => order,
        None => Order::Fit,
    };
    let offset = usize::try_from(question.paging.offset()).unwrap_or(REACHABLE);
    let size = usize::try_from(question.paging.limit()).unwrap_or(0);
    let keep = (offset + size).min(REACHABLE);
    let filters = filters(question);
    let gather = Gather { order, keep, filters: &filters, counting: question.counting };
    let query = narrowed(scope, query(index.fields(), &asked));
    let found = match index.searcher() {
        Some(searcher) => searcher.search(&query, &gather)?,
        None => Gathered::default(),
    };
    let ids = found.first.iter().skip(offset).map(|f| ApplicationId::from_number(f.id)).collect();
    Ok(Answer {
        ids,
        total: found.total,
        order,
        counts: Counts {
            postings: found.counts.postings,
            units: found.counts.units,
            stages: found.counts.stages,
            outcomes: found.counts.outcomes,
            channels: found.counts.channels,
        },
        asked,
    })
}

fn filters(question: &Question) -> Filters {
    Filters {
        postings: question.postings.iter().map(|p| key64(p.number())).collect(),
        units: question.units.iter().map(|u| key64(u.number())).collect(),
        stages: question.stages.iter().cloned().collect(),
        outcomes: question.outcomes.iter().cloned().collect(),
        channels: question.channels.iter().cloned().collect(),
        from: question.received_from.map(Instant::micros),
        before: question.received_before.map(Instant::micros),
    }
}

/// The query with the scope as a required clause. Every query goes through here.
fn narrowed(scope: &Scope, query: Box<dyn Query>) -> BooleanQuery {
    let units: HashSet<u64> = scope.units().into_iter().map(|u| key64(u.number())).collect();
    let postings: HashSet<u64> = scope.postings().into_iter().map(|p| key64(p.number())).collect();
    let withheld: HashSet<u64> = scope.withheld().into_iter().map(|p| key64(p.number())).collect();
    // by the whole id: what is left out must be no other
    let left_out: HashSet<u128> = scope.left_out().into_iter().map(ApplicationId::number).collect();
    // Looked up for each candidate: a term for each of hundreds of units would have to be sought in every segment.
    let inside = FunctionPredicate::from(move |reader: &SegmentReader| {
        let unit = reader.fast_fields().u64("unit")?.first_or_default_col(0);
        let posting = reader.fast_fields().u64("posting")?.first_or_default_col(0);
        let high = reader.fast_fields().u64("id_high")?.first_or_default_col(0);
        let low = reader.fast_fields().u64("id_low")?.first_or_default_col(0);
        let (units, postings) = (units.clone(), postings.clone());
        let (withheld, left_out) = (withheld.clone(), left_out.clone());
        Ok(move |doc: DocId| {
            let id = || (u128::from(high.get_val(doc)) << 64) | u128::from(low.get_val(doc));
            (units.contains(&unit.get_val(doc))
                || (!postings.is_empty() && postings.contains(&posting.get_val(doc))))
                && (withheld.is_empty() || !withheld.contains(&posting.get_val(doc)))
                && (left_out.is_empty() || !left_out.contains(&id()))
        })
    });
    let inside: DocPredicateQuery = inside.into();
    BooleanQuery::new(vec![
        (Occur::Must, query),
        // says yes or no, and nothing about fit
        (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(inside), 0.0))),
    ])
}

fn query(fields: &Fields, asked: &Asked) -> Box<dyn Query> {
    let mut clauses: Vec<(Occur, Box<dyn Query>)> = asked
        .clauses
        .iter()
        .map(|c| (if c.without { Occur::MustNot } else { Occur::Must }, clause(fields, c)))
        .collect();
    if !asked.is_positive() {
        clauses.push((Occur::Must, Box::new(AllQuery)));
    }
    Box::new(BooleanQuery::new(clauses))
}

fn clause(fields: &Fields, clause: &Clause) -> Box<dyn Query> {
    let mut ways: Vec<Box<dyn Query>> = clause.ways.iter().map(|w| way(fields, w)).collect();
    match ways.pop() {
        Some(only) if ways.is_empty() => only,
        Some(last) => {
            ways.push(last);
            Box::new(BooleanQuery::union(ways))
        }
        None => Box::new(AllQuery),
    }
}

fn way(fields: &Fields, way: &Way) -> Box<dyn Query> {
    let boosted = |q: Box<dyn Query>, by: f32| -> Box<dyn Query> { Box::new(BoostQuery::new(q, by)) };
    match way {
        Way::Text(keys) => row(fields.text, keys),
        // what was typed itself fits better than what means the same
        Way::Synonym(_, keys) => boosted(row(fields.text, keys), 0.8),
        Way::Beginning(start) => {
            Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(fields.text, start), 0, false))
        }
        Way::Name(words) => boosted(row(fields.name, words), 2.0),
        Way::NameBeginning(start) => {
            let start = Term::from_field_text(fields.name, start);
            boosted(Box::new(FuzzyTermQuery::new_prefix(start, 0, false)), 2.0)
        }
        Way::NameNearly(name) => {
            boosted(Box::new(FuzzyTermQuery::new(Term::from_field_text(fields.name, name), 1, true)), 0.5)
        }
        Way::NameSounds(sound) => {
            let sound = Term::from_field_text(fields.sound, sound);
            let query = TermQuery::new(sound, IndexRecordOption::Basic);
            Box::new(ConstScoreQuery::new(Box::new(query), 0.5))
        }
        Way::Email(start, true) => {
            Box::new(FuzzyTermQuery::new_prefix(Term::from_field_text(fields.email, start), 0, false))
        }
        Way::Email(email, false) => term(fields.email, email),
        Way::Phone(number) => term(fields.phone, number),
    }
}

fn term(field: Field, text: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), IndexRecordOption::WithFreqs))
}

/// These terms one after another.
fn row(field: Field, texts: &[String]) -> Box<dyn Query> {
    match texts {
        [one] => term(field, one),
        _ => Box::new(PhraseQuery::new(texts.iter().map(|t| Term::from_field_text(field, t)).collect())),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        applications::{Document, Outcome, Passage, Stage},
        base::{Chance, Instant},
        search::{
            fields::UNDECIDED,
            index::{Change, Mark},
        },
    };

    struct World {
        index: Index,
        documents: Vec<Document>,
        _folder: tempfile::TempDir,
    }

    fn document(n: u64, name: &str, text: &str) -> Document {
        let chance = Chance::seeded(n);
        let at = Instant::from_seconds(i64::try_from(1000 + n).expect("small"));
        Document {
            id: ApplicationId::new(at, &chance),
            posting: PostingId::new(at, &Chance::seeded(900)),
            unit: UnitId::new(at, &Chance::seeded(901)),
            name: name.into(),
            email: format!("a{n}@example.dk"),
            phone: String::new(),
            texts: vec![Passage { file: None, text: text.into() }],
            stage: Stage::Received,
            outcome: None,
            channel: "direct".into(),
            received_at: at,
        }
    }

    fn world(documents: Vec<Document>) -> World {
        let folder = tempfile::tempdir().expect("a folder");
        let index = Index::open(folder.path()).expect("opens");
        assert!(index.own().expect("owns"));
        // in several commits, so that there are several segments
        for some in documents.chunks(documents.len().div_ceil(3).max(1)) {
            let changes: Vec<_> = some.iter().map(|d| Change::Put(Box::new(d.clone()))).collect();
            index.apply(&changes, &Mark::default()).expect("writes");
        }
        World { index, documents, _folder: folder }
    }

    impl World {
        fn all(&self) -> Scope {
            Scope::of(self.documents.iter().map(|d| d.unit), [])
        }
        /// Which documents, by number, in order.
        fn ask(&self, scope: &Scope, question: &Question) -> Vec<usize> {
            let answer = ask(&self.index, scope, question).expect("answers");
            let place = |id| self.documents.iter().position(|d| d.id == id).expect("one of ours");
            answer.ids.into_iter().map(place).collect()
        }
        fn typed(&self, typed: &str) -> Vec<usize> {
            let mut found = self.ask(&self.all(), &Question { typed: typed.into(), ..Question::default() });
            found.sort_unstable();
            found
        }
    }

    #[test]
    fn danish_is_understood() {
        let w = world(vec![
            document(0, "Anna Ågård", "Jeg er uddannet pædagog og har arbejdet med demente i en nattevagt."),
            document(1, "Bo Pedersen", "Pædagogerne i Århus kender mig. Spørg dem. Jeg er SOSU-assistent."),
            document(
                2,
                "Cecilie Christensen",
                "Som social- og sundhedsassistent på demensplejehjemmet trives jeg.",
            ),
            document(
                3,
                "Ditte Aagaard",
                "Jeg har dag- og aftenvagter, kørekort og er social- og sundhedshjælper.",
            ),
            document(
                4,
                "Müller, Erik",
                "Alle mulige opgaver. Hans Hansen anbefaler mig, det siger han selv.",
            ),
            document(
                5,
                "Freja Holm",
                "A\u{30a}rsrapport, få får og løn. Jeg er PA og sygeplejersker er søde.",
            ),
        ]);
        for (typed, found) in [
            ("pædagog", &[0, 1][..]),
            ("pædagogernes", &[0, 1]),
            ("demens", &[0, 2]),
            ("dem", &[1]),
            ("vagt", &[0, 3]),
            ("dagvagt", &[3]),
            ("nattevagt", &[0]),
            ("natvagter", &[0]),
            ("plejehjem", &[2]),
            ("ssa", &[1, 2]),
            ("SOSU", &[1, 2, 3]),
            ("sosu-hjælper", &[3]),
            ("social- og sundhedsassistenter", &[1, 2]),
            ("nurse", &[5]),
            ("sygeplej*", &[5]),
            ("natte*", &[0]),
            ("årsrapport", &[5]),
            ("Ågård", &[0, 3]),
            ("aagaard", &[0, 3]),
            ("kristensen", &[2]),
            ("christansen", &[2]),
            ("petersen", &[1]),
            ("muller", &[4]),
            ("mulig", &[4]),
            ("hansen", &[4]),
            ("lon", &[]),
            ("pa", &[5]),
            ("på", &[2]),
            ("\"siger han\"", &[4]),
            ("\"han siger\"", &[]),
            ("pædagog -århus", &[0]),
            ("-pædagog", &[2, 3, 4, 5]),
            ("a3@example.dk", &[3]),
            ("chris*", &[2]),
            ("demens nattevagt", &[0]),
            ("", &[0, 1, 2, 3, 4, 5]),
        ] {
            assert_eq!(w.typed(typed), found, "{typed}");
        }
    }

    #[test]
    fn newest_first_unless_something_is_typed() {
        let w = world(vec![
            document(0, "Anna", "kok kok kok"),
            document(1, "Bo", "kok og meget andet som ikke handler om mad i nogen forstand overhovedet"),
            document(2, "Ib", "bager"),
        ]);
        let all = w.all();
        let ask =
            |typed: &str, order| w.ask(&all, &Question { typed: typed.into(), order, ..Question::default() });
        assert_eq!(ask("", None), [2, 1, 0]);
        assert_eq!(ask("", Some(Order::Fit)), [2, 1, 0], "there is nothing to fit to");
        assert_eq!(ask("kok", None), [0, 1]);
        assert_eq!(ask("kok", Some(Order::Newest)), [1, 0]);
        let second = Question { paging: Paging::new(2, 2), ..Question::default() };
        assert_eq!(w.ask(&all, &second), [0]);
    }

    const STAGES: [Stage; 3] = [Stage::Received, Stage::Interview, Stage::Offer];

    prop_compose! {
        fn some_document()(n in 1_000u64..1 << 40, unit in 0u64..5, posting in 0u64..6, stage in 0usize..3,
            outcome in 0usize..3, channel in 0usize..3, word in 0usize..3, at in 0i64..50) -> Document {
            let words = ["nattevagt", "demens", "kok"];
            Document {
                posting: PostingId::new(Instant::from_seconds(0), &Chance::seeded(posting)),
                unit: UnitId::new(Instant::from_seconds(0), &Chance::seeded(100 + unit)),
                stage: STAGES[stage],
                outcome: [None, Some(Outcome::Hired), Some(Outcome::Rejected)][outcome],
                channel: ["direct", "bluesky", "mastodon"][channel].into(),
                received_at: Instant::from_seconds(at),
                ..document(n, "Anna Holm", words[word])
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 30, ..ProptestConfig::default() })]

        /// Against the plainest possible search: a walk over all documents.
        #[test]
        fn nothing_outside_the_scope_is_found_or_counted(
            documents in proptest::collection::vec(some_document(), 0..40),
            units in proptest::collection::vec(0u64..5, 0..4),
            postings in proptest::collection::vec(0u64..6, 0..2),
            wanted_posting in proptest::option::of(0u64..6),
            stage in proptest::option::of(0usize..3),
            outcome in proptest::option::of(0usize..3),
            from in proptest::option::of(0i64..50),
            typed in 0usize..4,
            withheld in proptest::option::of(0u64..6),
            left_out in proptest::collection::vec(0usize..40, 0..4),
        ) {
            let unit = |n| UnitId::new(Instant::from_seconds(0), &Chance::seeded(100 + n));
            let posting = |n| PostingId::new(Instant::from_seconds(0), &Chance::seeded(n));
            let scope = Scope::of(units.into_iter().map(unit), postings.into_iter().map(posting));
            let typed = ["", "vagt", "demente", "-kok"][typed];
            let fits = |d: &Document| match typed {
                "vagt" => d.texts[0].text == "nattevagt",
                "demente" => d.texts[0].text == "demens",
                "-kok" => d.texts[0].text != "kok",
                _ => true,
            };
            let outcome = outcome.map(|o| [UNDECIDED, "hired", "rejected"][o]);
            let passes_outcome =
                |d: &Document| outcome.is_none_or(|o| d.outcome.map_or(UNDECIDED, |o| o.word()) == o);
            let passes_posting = |d: &Document| wanted_posting.is_none_or(|p| d.posting == posting(p));
            let passes_stage = |d: &Document| stage.is_none_or(|s| d.stage == STAGES[s]);
            let w = world(documents);
            let related: Vec<ApplicationId> =
                left_out.iter().filter_map(|n| w.documents.get(*n)).map(|d| d.id).collect();
            let scope = scope.without(withheld.map(posting), related.clone());
            let within: Vec<&Document> = w.documents.iter()
                .filter(|d| scope.covers(d.unit, Some(d.posting)) && fits(d) && !related.contains(&d.id))
                .filter(|d| from.is_none_or(|f| d.received_at >= Instant::from_seconds(f)))
                .collect();
            let mut question = Question {
                typed: typed.into(),
                postings: wanted_posting.map(posting).into_iter().collect(),
                stages: stage.map(|s| STAGES[s].word().to_owned()).into_iter().collect(),
                outcomes: outcome.map(str::to_owned).into_iter().collect(),
                received_from: from.map(Instant::from_seconds),
                paging: Paging::new(1, 100),
                counting: true,
                ..Question::default()
            };
            let answer = ask(&w.index, &scope, &question).expect("answers");
            let wanted: HashSet<ApplicationId> = within.iter()
                .filter(|d| passes_posting(d) && passes_stage(d) && passes_outcome(d)).map(|d| d.id).collect();
            prop_assert_eq!(answer.total, wanted.len() as u64);
            prop_assert_eq!(answer.ids.iter().copied().collect::<HashSet<_>>(), wanted.clone());
            for p in 0..6 {
                let n = within.iter().filter(|d| d.posting == posting(p) && passes_stage(d) && passes_outcome(d));
                prop_assert_eq!(answer.counts.posting(posting(p)), n.count() as u64);
            }
            for s in STAGES {
                let n = within.iter().filter(|d| d.stage == s && passes_posting(d) && passes_outcome(d));
                prop_assert_eq!(answer.counts.stages.get(s.word()).copied().unwrap_or(0), n.count() as u64);
            }
            for o in [UNDECIDED, "hired", "rejected"] {
                let n = within.iter()
                    .filter(|d| d.outcome.map_or(UNDECIDED, |o| o.word()) == o && passes_posting(d) && passes_stage(d));
                prop_assert_eq!(answer.counts.outcomes.get(o).copied().unwrap_or(0), n.count() as u64);
            }
            question.counting = false;
            let plain = ask(&w.index, &scope, &question).expect("answers");
            prop_assert_eq!(plain.ids, answer.ids);
            prop_assert_eq!(plain.total, answer.total);
            prop_assert!(plain.counts.stages.is_empty());
        }
    }
}
