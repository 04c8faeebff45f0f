//! Walks over everything a question finds, once: counts it, keeps the first ones, and counts by posting, unit,
//! stage, outcome and channel.
//!
//! Filters are looked at here and not in the query, because a count by stage must show what the other stages would
//! give: it counts what passes all filters but the one on stages. The scope is not a filter: what lies outside of
//! it never comes here.

use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

// asked for every document that fits: a quick hash
use foldhash::{HashMap, HashMapExt, HashSet};
use tantivy::{
    DocId, Score, SegmentOrdinal, SegmentReader,
    collector::{Collector, SegmentCollector},
    columnar::{ColumnValues, StrColumn},
};

/// In which order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The latest received first.
    Newest,
    /// The best fit to what was typed first. Never without something typed (D-36).
    Fit,
}

/// What is to be left of what was found. An empty set lets everything pass.
#[derive(Clone, Debug, Default)]
pub(super) struct Filters {
    pub postings: HashSet<u64>,
    pub units: HashSet<u64>,
    pub stages: HashSet<String>,
    pub outcomes: HashSet<String>,
    pub channels: HashSet<String>,
    /// Microseconds since 1970, from this on.
    pub from: Option<i64>,
    /// Microseconds since 1970, before this.
    pub before: Option<i64>,
}

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub postings: HashMap<u64, u64>,
    pub units: HashMap<u64, u64>,
    pub stages: HashMap<String, u64>,
    pub outcomes: HashMap<String, u64>,
    pub channels: HashMap<String, u64>,
}

/// One that was found: what it is ordered by, and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Found {
    /// Bits of the score, which order as the score does since it is never below zero.
    fit: u32,
    received: i64,
    pub id: u128,
}

#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub total: u64,
    pub first: Vec<Found>,
    pub counts: Counts,
}

pub(super) struct Gather<'q> {
    pub order: Order,
    /// How many of the first to keep.
    pub keep: usize,
    pub filters: &'q Filters,
    /// Whether anyone wants the counts.
    pub counting: bool,
}

type Numbers<T> = Arc<dyn ColumnValues<T>>;

/// A column of numbers with its filter and its counts.
struct ById {
    column: Numbers<u64>,
    wanted: HashSet<u64>,
    counts: HashMap<u64, u64>,
}

impl ById {
    fn open(reader: &SegmentReader, name: &str, wanted: &HashSet<u64>) -> tantivy::Result<Self> {
        let column = reader.fast_fields().u64(name)?.first_or_default_col(0);
        Ok(Self { column, wanted: wanted.clone(), counts: HashMap::new() })
    }
    fn passes(&self, doc: DocId) -> bool {
        self.wanted.is_empty() || self.wanted.contains(&self.column.get_val(doc))
    }
    fn count(&mut self, doc: DocId) {
        *self.counts.entry(self.column.get_val(doc)).or_default() += 1;
    }
}

/// A column of codes with its filter and its counts, both by the code's number in this segment.
struct ByCode {
    codes: StrColumn,
    column: Numbers<u64>,
    wanted: Option<Vec<bool>>,
    counts: Vec<u64>,
}

impl ByCode {
    fn open(reader: &SegmentReader, name: &str, wanted: &HashSet<String>) -> tantivy::Result<Self> {
        let codes = reader
            .fast_fields()
            .str(name)?
            .ok_or_else(|| tantivy::TantivyError::SchemaError(format!("no column {name}")))?;
        let n = codes.num_terms();
        let wanted = if wanted.is_empty() {
            None
        } else {
            let mut passing = vec![false; n];
            let mut code = String::new();
            for (ord, pass) in (0u64..).zip(passing.iter_mut()) {
                code.clear();
                codes.ord_to_str(ord, &mut code)?;
                *pass = wanted.contains(&code);
            }
            Some(passing)
        };
        let column = codes.ords().clone().first_or_default_col(0);
        Ok(Self { codes, column, wanted, counts: vec![0; n] })
    }
    fn ord(&self, doc: DocId) -> usize {
        usize::try_from(self.column.get_val(doc)).unwrap_or(usize::MAX)
    }
    fn passes(&self, doc: DocId) -> bool {
        self.wanted.as_ref().is_none_or(|w| w.get(self.ord(doc)).copied().unwrap_or(false))
    }
    fn count(&mut self, doc: DocId) {
        let ord = self.ord(doc);
        if let Some(n) = self.counts.get_mut(ord) {
            *n += 1;
        }
    }
    fn into_counts(self) -> HashMap<String, u64> {
        let mut out = HashMap::new();
        for (ord, n) in (0u64..).zip(&self.counts) {
            let mut code = String::new();
            if *n > 0 && self.codes.ord_to_str(ord, &mut code).unwrap_or(false) {
                out.insert(code, *n);
            }
        }
        out
    }
}

pub(super) struct Segment {
    order: Order,
    keep: usize,
    counting: bool,
    from: i64,
    before: i64,
    id_high: Numbers<u64>,
    id_low: Numbers<u64>,
    received: Numbers<i64>,
    postings: ById,
    units: ById,
    stages: ByCode,
    outcomes: ByCode,
    channels: ByCode,
    total: u64,
    /// The worst of the best on top.
    first: BinaryHeap<Reverse<(u32, i64, DocId)>>,
}

impl SegmentCollector for Segment {
    type Fruit = Gathered;

    fn collect(&mut self, doc: DocId, score: Score) {
        let received = self.received.get_val(doc);
        if received < self.from || received >= self.before {
            return;
        }
        let passes = [
            self.postings.passes(doc),
            self.units.passes(doc),
            self.stages.passes(doc),
            self.outcomes.passes(doc),
            self.channels.passes(doc),
        ];
        let failed = passes.iter().filter(|p| !**p).count();
        if failed > usize::from(self.counting) {
            return;
        }
        if self.counting {
            // by each dimension whose own filter is the only one that may have failed
            let may = |i: usize| failed == 0 || !passes[i];
            if may(0) {
                self.postings.count(doc);
            }
            if may(1) {
                self.units.count(doc);
            }
            if may(2) {
                self.stages.count(doc);
            }
            if may(3) {
                self.outcomes.count(doc);
            }
            if may(4) {
                self.channels.count(doc);
            }
        }
        if failed > 0 {
            return;
        }
        self.total += 1;
        let fit = if self.order == Order::Fit { score.max(0.0).to_bits() } else { 0 };
        let this = (fit, received, doc);
        if self.first.len() < self.keep {
            self.first.push(Reverse(this));
        } else if let Some(mut worst) = self.first.peek_mut()
            && this > worst.0
        {
            *worst = Reverse(this);
        }
    }

    fn harvest(self) -> Gathered {
        let id = |doc| u128::from(self.id_high.get_val(doc)) << 64 | u128::from(self.id_low.get_val(doc));
        let first = self.first.iter().map(|Reverse((fit, received, doc))| Found {
            fit: *fit,
            received: *received,
            id: id(*doc),
        });
        Gathered {
            total: self.total,
            first: first.collect(),
            counts: Counts {
                postings: self.postings.counts,
                units: self.units.counts,
                stages: self.stages.into_counts(),
                outcomes: self.outcomes.into_counts(),
                channels: self.channels.into_counts(),
            },
        }
    }
}

impl Collector for Gather<'_> {
    type Fruit = Gathered;
    type Child = Segment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<Segment> {
        let columns = reader.fast_fields();
        let filters = self.filters;
        Ok(Segment {
            order: self.order,
            keep: self.keep,
            counting: self.counting,
            from: filters.from.unwrap_or(i64::MIN),
            before: filters.before.unwrap_or(i64::MAX),
            id_high: columns.u64("id_high")?.first_or_default_col(0),
            id_low: columns.u64("id_low")?.first_or_default_col(0),
            received: columns.i64("received")?.first_or_default_col(0),
            postings: ById::open(reader, "posting", &filters.postings)?,
            units: ById::open(reader, "unit", &filters.units)?,
            stages: ByCode::open(reader, "stage", &filters.stages)?,
            outcomes: ByCode::open(reader, "outcome", &filters.outcomes)?,
            channels: ByCode::open(reader, "channel", &filters.channels)?,
            total: 0,
            first: BinaryHeap::with_capacity(self.keep + 1),
        })
    }

    fn requires_scoring(&self) -> bool {
        self.order == Order::Fit
    }

    fn merge_fruits(&self, segments: Vec<Gathered>) -> tantivy::Result<Gathered> {
        fn add<K: std::hash::Hash + Eq>(into: &mut HashMap<K, u64>, from: HashMap<K, u64>) {
            for (key, n) in from {
                *into.entry(key).or_default() += n;
            }
        }
        let mut all = Gathered::default();
        for one in segments {
            all.total += one.total;
            all.first.extend(one.first);
            add(&mut all.counts.postings, one.counts.postings);
            add(&mut all.counts.units, one.counts.units);
            add(&mut all.counts.stages, one.counts.stages);
            add(&mut all.counts.outcomes, one.counts.outcomes);
            add(&mut all.counts.channels, one.counts.channels);
        }
        all.first.sort_unstable_by_key(|f| Reverse(*f));
        all.first.truncate(self.keep);
        Ok(all)
    }
}
