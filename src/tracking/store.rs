//! Rows of links and hour buckets.

use std::collections::BTreeMap;

use diesel::{prelude::*, upsert::excluded};

use super::{Basis, Touch};
use crate::{
    base::{
        Instant, Subject,
        id::{LinkId, PostingId, StoryId},
    },
    db::{
        Conn, DbError,
        schema::{links, visit_hours},
    },
    each,
};

/// A tracked link.
#[derive(Queryable, Clone, Debug)]
pub struct Link {
    /// Which.
    pub id: LinkId,
    /// The code in its address.
    pub token: String,
    /// The ad it leads to, when it is about one.
    pub posting_id: Option<PostingId>,
    /// The story it is about, which says where it leads.
    pub story_id: Option<StoryId>,
    /// On which channel it stands.
    pub channel: String,
    /// Where on that channel.
    pub placement: String,
    /// When it was made.
    pub created_at: Instant,
    /// Since when it leads to the closed page.
    pub disabled_at: Option<Instant>,
}

impl Link {
    /// What it is about.
    pub fn subject(&self) -> Option<Subject> {
        Subject::of(self.posting_id, self.story_id)
    }
}

/// Makes a link, in the caller's transaction.
pub fn insert_link(
    conn: &mut Conn,
    id: LinkId,
    token: &str,
    subject: Subject,
    channel: &str,
    placement: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(links::table)
        .values((
            links::id.eq(id),
            links::token.eq(token),
            links::posting_id.eq(subject.posting()),
            links::story_id.eq(subject.story()),
            links::channel.eq(channel),
            links::placement.eq(placement),
            links::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// The link with this code.
pub fn link(conn: &mut Conn, token: &str) -> Result<Option<Link>, DbError> {
    Ok(links::table.filter(links::token.eq(token)).first(conn).optional()?)
}

/// All links of a posting, oldest first.
pub fn links_of(conn: &mut Conn, posting: PostingId) -> Result<Vec<Link>, DbError> {
    Ok(links::table.filter(links::posting_id.eq(posting)).order(links::created_at).load(conn)?)
}

/// All links of these ads and stories, oldest first.
pub fn links_about(conn: &mut Conn, subjects: &[Subject]) -> Result<Vec<Link>, DbError> {
    let ads: Vec<PostingId> = subjects.iter().filter_map(|s| s.posting()).collect();
    let told: Vec<StoryId> = subjects.iter().filter_map(|s| s.story()).collect();
    let of_these = links::posting_id.eq_any(ads).or(links::story_id.eq_any(told));
    Ok(links::table.filter(of_these).order((links::created_at, links::id)).load(conn)?)
}

/// Links by id; those that are not there are left out.
pub fn links_with(conn: &mut Conn, ids: &[LinkId]) -> Result<Vec<Link>, DbError> {
    Ok(links::table.filter(links::id.eq_any(ids)).order(links::created_at).load(conn)?)
}

/// What a token in a form is worth for this posting: a token of another posting is worth nothing; a story's
/// is worth its channel for every posting, since a story makes one look at many.
pub fn touch_of(conn: &mut Conn, posting: PostingId, token: &str) -> Result<Touch, DbError> {
    let worth = |l: &Link| l.posting_id == Some(posting) || l.story_id.is_some();
    Ok(match link(conn, token)?.filter(worth) {
        Some(link) => Touch { link: Some(link.id), channel: link.channel, basis: Basis::Token },
        None => Touch::direct(),
    })
}

/// From now on visits through this link are no longer counted; it still leads to the ad.
pub fn disable(conn: &mut Conn, link: LinkId, now: Instant) -> Result<(), DbError> {
    diesel::update(links::table.find(link).filter(links::disabled_at.is_null()))
        .set(links::disabled_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// What to add to one bucket.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Added {
    pub hits: i64,
    pub uniques: i64,
    pub landings: i64,
    pub begun: i64,
}

pub(super) fn add(
    conn: &mut Conn,
    subject: Subject,
    link: Option<LinkId>,
    hour: Instant,
    added: Added,
) -> Result<(), DbError> {
    let link = link.map(|l| l.to_string()).unwrap_or_default();
    let row = (
        visit_hours::subject_id.eq(subject.to_string()),
        visit_hours::link_id.eq(link),
        visit_hours::hour.eq(hour),
        visit_hours::hits.eq(added.hits),
        visit_hours::uniques.eq(added.uniques),
        visit_hours::landings.eq(added.landings),
        visit_hours::begun.eq(added.begun),
    );
    each!(conn, |c| diesel::insert_into(visit_hours::table)
        .values(row)
        .on_conflict((visit_hours::subject_id, visit_hours::link_id, visit_hours::hour))
        .do_update()
        .set((
            visit_hours::hits.eq(visit_hours::hits + excluded(visit_hours::hits)),
            visit_hours::uniques.eq(visit_hours::uniques + excluded(visit_hours::uniques)),
            visit_hours::landings.eq(visit_hours::landings + excluded(visit_hours::landings)),
            visit_hours::begun.eq(visit_hours::begun + excluded(visit_hours::begun)),
        ))
        .execute(c))?;
    Ok(())
}

/// How many people followed each of these links, whatever it led them to; links nobody followed are left out.
pub fn followed(conn: &mut Conn, links: &[LinkId]) -> Result<BTreeMap<LinkId, i64>, DbError> {
    followed_within(conn, links, None)
}

/// The same, of the hours alone that begin from the first instant on and before the second, when there are any.
pub fn followed_within(
    conn: &mut Conn,
    links: &[LinkId],
    within: Option<(Instant, Instant)>,
) -> Result<BTreeMap<LinkId, i64>, DbError> {
    let wanted: Vec<String> = links.iter().map(ToString::to_string).collect();
    let mut query = visit_hours::table
        .filter(visit_hours::link_id.eq_any(wanted))
        .filter(visit_hours::uniques.gt(0))
        .select((visit_hours::link_id, visit_hours::uniques))
        .into_boxed();
    if let Some((from, before)) = within {
        query = query.filter(visit_hours::hour.ge(from)).filter(visit_hours::hour.lt(before));
    }
    let rows: Vec<(String, i64)> = query.load(conn)?;
    let mut sums = BTreeMap::new();
    for (link, uniques) in rows {
        if let Ok(link) = link.parse() {
            *sums.entry(link).or_default() += uniques;
        }
    }
    Ok(sums)
}

/// The visits of one link over all hours.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VisitSum {
    /// The link; none = direct or unknown.
    pub link: Option<LinkId>,
    /// Followed the link.
    pub hits: i64,
    /// First of the day for this visitor and link.
    pub uniques: i64,
    /// Saw the ad.
    pub landings: i64,
    /// Opened the form.
    pub begun: i64,
}

/// The visits of an ad or story, one row a link.
pub fn visits_of(conn: &mut Conn, subject: Subject) -> Result<Vec<VisitSum>, DbError> {
    let rows: Vec<(String, i64, i64, i64, i64)> = visit_hours::table
        .filter(visit_hours::subject_id.eq(subject.to_string()))
        .select((
            visit_hours::link_id,
            visit_hours::hits,
            visit_hours::uniques,
            visit_hours::landings,
            visit_hours::begun,
        ))
        .load(conn)?;
    // summed here: PostgreSQL's sum of bigints is a numeric, which the common connection does not speak
    let mut sums: BTreeMap<String, VisitSum> = Default::default();
    for (link, hits, uniques, landings, begun) in rows {
        let sum = sums
            .entry(link.clone())
            .or_insert_with(|| VisitSum { link: link.parse().ok(), ..Default::default() });
        sum.hits += hits;
        sum.uniques += uniques;
        sum.landings += landings;
        sum.begun += begun;
    }
    Ok(sums.into_values().collect())
}
