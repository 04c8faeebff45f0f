//! How many applications there are and were: counted from their rows, and from the tallies that erased ones left.

use std::collections::{BTreeMap, HashMap};

use diesel::{prelude::*, upsert::excluded};

use crate::{
    applications::{
        application::{Application, CountRow},
        stage::{Outcome, Stage},
    },
    base::{
        Instant,
        id::{LinkId, PostingId, RoundId},
    },
    db::{
        Conn, DbError,
        schema::{application_tallies, applications},
    },
    each,
    tracking::Basis,
};

/// Counts an application that is about to be erased.
pub(in crate::applications) fn add_tally(conn: &mut Conn, of: &Application) -> Result<(), DbError> {
    let row = (
        application_tallies::posting_id.eq(of.posting),
        application_tallies::round_id.eq(of.round),
        application_tallies::link_id.eq(of.link.map(|l| l.to_string()).unwrap_or_default()),
        application_tallies::channel.eq(&of.channel),
        application_tallies::basis.eq(of.basis),
        application_tallies::stage.eq(of.stage),
        application_tallies::outcome.eq(of.outcome.map_or("", Outcome::word)),
        application_tallies::n.eq(1_i64),
    );
    each!(conn, |c| diesel::insert_into(application_tallies::table)
        .values(row)
        .on_conflict((
            application_tallies::posting_id,
            application_tallies::round_id,
            application_tallies::link_id,
            application_tallies::channel,
            application_tallies::basis,
            application_tallies::stage,
            application_tallies::outcome,
        ))
        .do_update()
        .set(application_tallies::n.eq(application_tallies::n + excluded(application_tallies::n)))
        .execute(c))?;
    Ok(())
}

/// How many applications to these postings came by each link; erased ones are in it.
pub fn counts_by_link(conn: &mut Conn, of: &[PostingId]) -> Result<BTreeMap<LinkId, i64>, DbError> {
    let mut sums = BTreeMap::new();
    for row in counts_rows(conn, of)? {
        if let Some(link) = row.link {
            *sums.entry(link).or_default() += row.n;
        }
    }
    Ok(sums)
}

/// Applications that came alike.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Came {
    /// To which posting.
    pub posting: PostingId,
    /// The link that brought them; none = direct or unknown.
    pub link: Option<LinkId>,
    /// Its channel, or `direct`.
    pub channel: String,
    /// How many.
    pub n: i64,
}

/// How many applications came to these postings, or by these links to whichever, each counted once. Erased ones are in it;
/// within a time, from the first instant on and before the second, they are not: when they came is no longer known.
pub fn came(
    conn: &mut Conn,
    to: &[PostingId],
    by: &[LinkId],
    within: Option<(Instant, Instant)>,
) -> Result<Vec<Came>, DbError> {
    let mut query = applications::table
        .filter(applications::posting_id.eq_any(to).or(applications::link_id.eq_any(by)))
        .group_by((applications::posting_id, applications::link_id, applications::channel))
        .select((
            applications::posting_id,
            applications::link_id,
            applications::channel,
            diesel::dsl::count_star(),
        ))
        .into_boxed();
    if let Some((from, before)) = within {
        query = query.filter(applications::received_at.ge(from)).filter(applications::received_at.lt(before));
    }
    let live: Vec<(PostingId, Option<LinkId>, String, i64)> = query.load(conn)?;
    let mut came: Vec<Came> =
        live.into_iter().map(|(posting, link, channel, n)| Came { posting, link, channel, n }).collect();
    if within.is_none() {
        came.extend(gone(conn, to, by)?);
    }
    Ok(came)
}

/// Those of [`came`] that have been erased since.
pub fn gone(conn: &mut Conn, to: &[PostingId], by: &[LinkId]) -> Result<Vec<Came>, DbError> {
    let links: Vec<String> = by.iter().map(ToString::to_string).collect();
    let rows: Vec<(PostingId, String, String, i64)> = application_tallies::table
        .filter(application_tallies::posting_id.eq_any(to).or(application_tallies::link_id.eq_any(links)))
        .select((
            application_tallies::posting_id,
            application_tallies::link_id,
            application_tallies::channel,
            application_tallies::n,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(posting, link, channel, n)| Came { posting, link: link.parse().ok(), channel, n })
        .collect())
}

/// How many applications each of these postings got, by round, link, channel, stage and outcome; those
/// that have been erased are in it, so that every sum still holds (invariant 1).
pub fn counts_rows(conn: &mut Conn, of: &[PostingId]) -> Result<Vec<CountRow>, DbError> {
    type Key = (PostingId, RoundId, Option<LinkId>, String, Basis, Stage, Option<Outcome>);
    type Live = (PostingId, RoundId, Option<LinkId>, String, Basis, Stage, Option<Outcome>, i64);
    type Gone = (PostingId, RoundId, String, String, Basis, Stage, String, i64);
    let mut sums: HashMap<Key, i64> = HashMap::new();
    let live: Vec<Live> = applications::table
        .filter(applications::posting_id.eq_any(of))
        .group_by((
            applications::posting_id,
            applications::round_id,
            applications::link_id,
            applications::channel,
            applications::basis,
            applications::stage,
            applications::outcome,
        ))
        .select((
            applications::posting_id,
            applications::round_id,
            applications::link_id,
            applications::channel,
            applications::basis,
            applications::stage,
            applications::outcome,
            diesel::dsl::count_star(),
        ))
        .load(conn)?;
    for (posting, round, link, channel, basis, stage, outcome, n) in live {
        *sums.entry((posting, round, link, channel, basis, stage, outcome)).or_default() += n;
    }
    let gone: Vec<Gone> =
        application_tallies::table.filter(application_tallies::posting_id.eq_any(of)).load(conn)?;
    for (posting, round, link, channel, basis, stage, outcome, n) in gone {
        *sums
            .entry((posting, round, link.parse().ok(), channel, basis, stage, outcome.parse().ok()))
            .or_default() += n;
    }
    Ok(sums
        .into_iter()
        .map(|((posting, round, link, channel, basis, stage, outcome), n)| CountRow {
            posting,
            round,
            link,
            channel,
            basis,
            stage,
            outcome,
            n,
        })
        .collect())
}
