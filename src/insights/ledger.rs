//! What came of ads and stories, one entry for each of them on each channel: posts that went out, people who followed their
//! links, applications received. Campaigns and trials are sums of such entries, so their rows and columns add up.
//!
//! An application is counted once: at the story or ad whose link brought it, when that is among those asked about, else at
//! the ad it was sent to, under the channel that is written in it.

use std::collections::{BTreeMap, HashMap};

use super::reach::Cell;
use crate::{
    applications,
    base::{
        Instant, Subject,
        id::{LinkId, PostingId},
    },
    db::{Conn, DbError},
    publishing, tracking,
};

/// So many ads and stories are asked about at once: a statement takes only so many values.
const AT_ONCE: usize = 2000;

/// What came of some ads and stories.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger(BTreeMap<(Subject, String), Cell>);

impl Ledger {
    /// All of it.
    pub fn total(&self) -> Cell {
        self.sum(|_, _| true)
    }
    /// What came of one ad or story.
    pub fn of(&self, thing: Subject) -> Cell {
        self.sum(|subject, _| subject == thing)
    }
    /// What came by one channel.
    pub fn by(&self, channel: &str) -> Cell {
        self.sum(|_, name| name == channel)
    }
    /// The channels in it: `direct`, which is no channel, last.
    pub fn channels(&self) -> Vec<String> {
        let mut channels: Vec<String> = self.0.keys().map(|(_, channel)| channel.clone()).collect();
        channels.sort_by_key(|channel| (channel == "direct", channel.clone()));
        channels.dedup();
        channels
    }
    /// Each entry: what it is about, its channel and its figures.
    pub fn entries(&self) -> impl Iterator<Item = (Subject, &str, Cell)> {
        self.0.iter().map(|((subject, channel), cell)| (*subject, channel.as_str(), *cell))
    }

    fn sum(&self, wanted: impl Fn(Subject, &str) -> bool) -> Cell {
        let mut sum = Cell::default();
        for (_, _, cell) in self.entries().filter(|(subject, channel, _)| wanted(*subject, channel)) {
            sum += cell;
        }
        sum
    }
    fn at(&mut self, thing: Subject, channel: &str) -> &mut Cell {
        self.0.entry((thing, channel.to_owned())).or_default()
    }
}

/// Asks about `things`, at any time or from the first instant on and before the second. Whoever asks; the caller has narrowed.
/// Within a time, erased applications are not in it (see [`erased`]).
pub fn ledger(
    conn: &mut Conn,
    things: &[Subject],
    within: Option<(Instant, Instant)>,
) -> Result<Ledger, DbError> {
    let mut ledger = Ledger::default();
    let links = links(conn, things)?;
    for some in things.chunks(AT_ONCE) {
        for link in publishing::went_out_about(conn, some, within)? {
            if let Some((thing, channel)) = links.get(&link) {
                ledger.at(*thing, channel).posts += 1;
            }
        }
    }
    let mut ids: Vec<LinkId> = links.keys().copied().collect();
    ids.sort_unstable();
    for some in ids.chunks(AT_ONCE) {
        for (link, people) in tracking::followed_within(conn, some, within)? {
            if let Some((thing, channel)) = links.get(&link) {
                ledger.at(*thing, channel).clicks += people;
            }
        }
    }
    let count = |came: applications::Came, ledger: &mut Ledger| {
        let brought = came.link.and_then(|link| links.get(&link)).map(|(thing, _)| *thing);
        ledger.at(brought.unwrap_or(came.posting.into()), &came.channel).applications += came.n;
    };
    let ads: Vec<PostingId> = things.iter().filter_map(|thing| thing.posting()).collect();
    for some in ads.chunks(AT_ONCE) {
        for came in applications::came(conn, some, &[], within)? {
            count(came, &mut ledger);
        }
    }
    // and those that its links brought to other ads
    let known: std::collections::HashSet<PostingId> = ads.into_iter().collect();
    for some in ids.chunks(AT_ONCE) {
        for came in applications::came(conn, &[], some, within)? {
            if !known.contains(&came.posting) {
                count(came, &mut ledger);
            }
        }
    }
    Ok(ledger)
}

/// How many applications to these ads, or by the links of these ads and stories, have been erased: when they came is no
/// longer known, so that no period can have them.
pub fn erased(conn: &mut Conn, things: &[Subject]) -> Result<i64, DbError> {
    let ads: Vec<PostingId> = things.iter().filter_map(|thing| thing.posting()).collect();
    let ids: Vec<LinkId> = links(conn, things)?.into_keys().collect();
    let mut n = 0;
    for some in ads.chunks(AT_ONCE) {
        n += applications::gone(conn, some, &[])?.iter().map(|came| came.n).sum::<i64>();
    }
    let known: std::collections::HashSet<PostingId> = ads.into_iter().collect();
    for some in ids.chunks(AT_ONCE) {
        let gone = applications::gone(conn, &[], some)?;
        n += gone.iter().filter(|came| !known.contains(&came.posting)).map(|came| came.n).sum::<i64>();
    }
    Ok(n)
}

/// Every link of these: what it is about, and on which channel it stands.
fn links(conn: &mut Conn, things: &[Subject]) -> Result<HashMap<LinkId, (Subject, String)>, DbError> {
    let mut links = HashMap::new();
    for some in things.chunks(AT_ONCE) {
        for link in tracking::links_about(conn, some)? {
            if let Some(subject) = link.subject() {
                links.insert(link.id, (subject, link.channel));
            }
        }
    }
    Ok(links)
}
