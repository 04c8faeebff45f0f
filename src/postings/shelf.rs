//! Finished public pages, kept until something is written about an ad. The careers site is read a thousand
//! times for every change; a page that is drawn once is handed out as bytes.
//!
//! A page is good while no ad has changed in this process ([`renew`]), no deadline has come, and for at most a
//! few seconds, which is how long another node, or a changed picture, may take to be seen. The token of a
//! tracked link is no part of what is kept: it is laid into the finished page ([`CARRY`]), so that made-up
//! tokens fill no memory.

use std::{
    io::Write as _,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use bytes::{Bytes, BytesMut};
use flate2::{Compression, write::GzEncoder};
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::{posting::Posting, show::Shown};
use crate::base::{Instant, Language};

/// How long a page is good at most.
const AGE: Duration = Duration::from_secs(5);
/// How many pages are kept.
const PAGES: u64 = 4_000;

/// Stands in a drawn page where a link carries the token on; `&` or `?` belongs to it.
pub const CARRY: &str = "zcarryz";

/// Counts changes of ads in this process.
static GENERATION: AtomicU64 = AtomicU64::new(0);

/// Says that an ad has changed: pages drawn before are not handed out again. Call it after the commit. Another
/// node learns of the change when its pages grow old.
pub fn renew() {
    GENERATION.fetch_add(1, Ordering::SeqCst);
}

/// Until when something drawn now is good: read before the database is.
#[derive(Clone, Copy, Debug)]
pub struct Good {
    generation: u64,
    until: Instant,
}

impl Good {
    /// From now on.
    pub fn from(now: Instant) -> Self {
        Self { generation: GENERATION.load(Ordering::SeqCst), until: now + AGE }
    }
    /// No longer than to this instant, if it is still to come.
    pub fn not_beyond(mut self, at: Option<Instant>, now: Instant) -> Self {
        if let Some(at) = at.filter(|at| *at > now) {
            self.until = self.until.min(at);
        }
        self
    }
    fn still(&self, now: Instant) -> bool {
        self.generation == GENERATION.load(Ordering::SeqCst) && now < self.until
    }
}

/// A finished page.
#[derive(Debug)]
pub struct Leaf {
    /// HTTP status.
    pub status: u16,
    /// Content type.
    pub kind: &'static str,
    /// Search engines may keep it.
    pub indexed: bool,
    /// Validator of the page without a token; weak, since packed and plain are the same page.
    pub tag: String,
    whole: Bytes,
    packed: OnceLock<Bytes>,
    pieces: Vec<Bytes>,
    good: Good,
}

impl Leaf {
    /// Of a drawn page, in which [`CARRY`] may stand.
    pub fn new(status: u16, kind: &'static str, indexed: bool, drawn: Vec<u8>, good: Good) -> Self {
        let all = Bytes::from(drawn);
        let mut pieces = Vec::new();
        let mut from = 0;
        let mark = CARRY.as_bytes();
        while let Some(at) = all[from..].windows(mark.len()).position(|w| w == mark) {
            pieces.push(all.slice(from..from + at));
            from += at + mark.len();
        }
        pieces.push(all.slice(from..));
        let whole = joined(&pieces, b"");
        let tag = format!("W/\"{}\"", hex::encode(&Sha256::digest(&whole)[..12]));
        Self { status, kind, indexed, tag, whole, packed: OnceLock::new(), pieces, good }
    }
    /// The page without a token.
    pub fn whole(&self) -> Bytes {
        self.whole.clone()
    }
    /// The same gzipped, packed when it is first asked for; none for what is packed already (a picture).
    pub fn packed(&self) -> Option<Bytes> {
        let packed = || {
            let mut out = GzEncoder::new(Vec::with_capacity(self.whole.len() / 3), Compression::best());
            out.write_all(&self.whole).and_then(|()| out.finish()).map(Bytes::from).unwrap_or_default()
        };
        let worth = !self.kind.starts_with("image/");
        worth.then(|| self.packed.get_or_init(packed).clone()).filter(|p| !p.is_empty())
    }
    /// The page with a link token in it. What comes before the token in a link is decided where it is drawn:
    /// the mark follows a `?lang=en` or the bare path.
    pub fn with_token(&self, token: &str) -> Bytes {
        if self.pieces.len() == 1 {
            return self.whole();
        }
        let mut out = BytesMut::with_capacity(self.whole.len() + 64);
        for (i, piece) in self.pieces.iter().enumerate() {
            out.extend_from_slice(piece);
            if i + 1 < self.pieces.len() {
                let begun = piece.iter().rev().take_while(|b| **b != b'"').any(|b| *b == b'?');
                out.extend_from_slice(if begun { b"&amp;l=" } else { b"?l=" });
                out.extend_from_slice(token.as_bytes());
            }
        }
        out.freeze()
    }
}

fn joined(pieces: &[Bytes], between: &[u8]) -> Bytes {
    let mut out = BytesMut::new();
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            out.extend_from_slice(between);
        }
        out.extend_from_slice(piece);
    }
    out.freeze()
}

/// Every public ad, said in one language.
pub struct Market {
    /// Newest first.
    pub ads: Vec<(Posting, Shown)>,
    good: Good,
}

impl Market {
    /// What was read of the database after `good` was taken.
    pub fn new(ads: Vec<(Posting, Shown)>, good: Good, now: Instant) -> Self {
        let first = ads.iter().filter_map(|(p, _)| p.deadline_at).min();
        Self { ads, good: good.not_beyond(first, now) }
    }
    /// Until when it is good.
    pub fn good(&self) -> Good {
        self.good
    }
}

/// The pages that are kept. Cheap to clone; one per application.
#[derive(Clone)]
pub struct Shelf {
    leaves: Cache<String, Arc<Leaf>>,
    markets: Cache<Language, Arc<Market>>,
}

impl Default for Shelf {
    fn default() -> Self {
        Self { leaves: Cache::new(PAGES), markets: Cache::new(2) }
    }
}

impl Shelf {
    /// A page that is still good.
    pub fn leaf(&self, key: &str, now: Instant) -> Option<Arc<Leaf>> {
        self.leaves.get(key).filter(|l| l.good.still(now))
    }
    /// Keeps a page.
    pub fn keep(&self, key: String, leaf: Leaf) -> Arc<Leaf> {
        let leaf = Arc::new(leaf);
        self.leaves.insert(key, leaf.clone());
        leaf
    }
    /// The ads, while what is known of them is still good.
    pub fn market(&self, language: Language, now: Instant) -> Option<Arc<Market>> {
        self.markets.get(&language).filter(|m| m.good.still(now))
    }
    /// Keeps what is known of the ads.
    pub fn keep_market(&self, language: Language, market: Market) -> Arc<Market> {
        let market = Arc::new(market);
        self.markets.insert(language, market.clone());
        market
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_token_is_laid_into_links_and_into_nothing_else() {
        let page = format!("<a href=\"/ansoeg/x{CARRY}\">a</a><a href=\"/job/x?lang=en{CARRY}\">b</a>");
        let good = Good::from(Instant::from_seconds(10));
        let leaf = Leaf::new(200, "text/html", true, page.clone().into_bytes(), good);
        assert_eq!(leaf.whole(), "<a href=\"/ansoeg/x\">a</a><a href=\"/job/x?lang=en\">b</a>");
        assert_eq!(
            leaf.with_token("k7w2q"),
            "<a href=\"/ansoeg/x?l=k7w2q\">a</a><a href=\"/job/x?lang=en&amp;l=k7w2q\">b</a>"
        );
        let mut unpacked = Vec::new();
        let packed = leaf.packed().expect("text is packed");
        std::io::copy(&mut flate2::read::GzDecoder::new(&*packed), &mut unpacked).expect("it is gzip");
        assert_eq!(unpacked, leaf.whole());
        assert!(Leaf::new(200, "image/png", true, page.into_bytes(), good).packed().is_none());
    }

    #[test]
    fn a_page_is_good_until_a_change_a_deadline_or_its_age() {
        let now = Instant::from_seconds(100);
        let shelf = Shelf::default();
        let keep = |deadline| {
            let good = Good::from(now).not_beyond(deadline, now);
            shelf.keep("/".into(), Leaf::new(200, "text/html", true, b"x".to_vec(), good));
        };
        keep(None);
        // other tests of this process may change ads meanwhile; then it is gone, which is the point
        assert!(shelf.leaf("/", now + AGE).is_none());
        keep(Some(Instant::from_seconds(102)));
        assert!(shelf.leaf("/", Instant::from_seconds(102)).is_none());
        keep(None);
        renew();
        assert!(shelf.leaf("/", now).is_none());
    }
}
