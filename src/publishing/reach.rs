//! Unit × channel: what went out, and who came by it (S4-37), for the page of figures and beside the composer. Counted from the deliveries, the visits and the applications
//! themselves, erased ones included; what one may not see is in no cell.

use std::collections::{BTreeMap, BTreeSet};

use super::store;
use crate::{
    accounts::Scope,
    applications,
    base::{
        Instant, Language,
        id::{LinkId, PostingId, UnitId},
    },
    channels,
    db::{Conn, DbError},
    postings::{self, Which},
    tracking,
};

/// What came of the posts of one unit on one channel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Went out.
    pub posts: i64,
    /// People who followed their links.
    pub clicks: i64,
    /// Applications that came by them.
    pub applications: i64,
}

impl std::ops::AddAssign for Cell {
    fn add_assign(&mut self, other: Self) {
        self.posts += other.posts;
        self.clicks += other.clicks;
        self.applications += other.applications;
    }
}

/// Who did what where.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    /// Each channel that something went out on (`bluesky`, …), with what came of it.
    pub channels: BTreeMap<String, Cell>,
    /// By unit and channel; units without a post are not in it.
    pub units: BTreeMap<UnitId, BTreeMap<String, Cell>>,
    /// All of it.
    pub total: Cell,
}

impl Reach {
    /// All channels of a unit together.
    pub fn of(&self, unit: UnitId) -> Cell {
        let mut sum = Cell::default();
        for cell in self.units.get(&unit).into_iter().flat_map(BTreeMap::values) {
            sum += *cell;
        }
        sum
    }
    fn add(&mut self, unit: UnitId, channel: &str, cell: Cell) {
        *self.channels.entry(channel.to_owned()).or_default() += cell;
        *self.units.entry(unit).or_default().entry(channel.to_owned()).or_default() += cell;
        self.total += cell;
    }
}

/// What went out from `since` on and before `now` about what lies inside `scope`, and what came of it since.
pub fn reach(conn: &mut Conn, scope: &Scope, since: Instant, now: Instant) -> Result<Reach, DbError> {
    let posts = store::went_out(conn, scope, since, now)?;
    let places: BTreeMap<_, String> =
        channels::connections(conn)?.into_iter().map(|a| (a.id, a.counted_as().to_owned())).collect();
    let links: Vec<LinkId> =
        posts.iter().map(|post| post.link).collect::<BTreeSet<_>>().into_iter().collect();
    let mut clicks = tracking::followed(conn, &links)?;
    let ads: Vec<PostingId> = postings::names(conn, scope, Which::Newest(i64::MAX), Language::Da)?
        .into_iter()
        .map(|ad| ad.id)
        .collect();
    let mut applied = applications::counts_by_link(conn, &ads)?;
    let mut reach = Reach::default();
    for post in posts {
        let Some(channel) = places.get(&post.account) else { continue };
        let cell = Cell {
            posts: 1,
            // a link is in one post; should two ever share it, its people are counted once
            clicks: clicks.remove(&post.link).unwrap_or(0),
            applications: applied.remove(&post.link).unwrap_or(0),
        };
        reach.add(post.unit, channel, cell);
    }
    Ok(reach)
}
