//! Readings of what a channel counts: each is a row, the newest counts.

use diesel::prelude::*;

use crate::{
    base::{Instant, id::DeliveryId},
    channels::Measures,
    db::{Conn, DbError, schema::delivery_measures},
    each,
};

/// Counts as they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reading {
    /// When.
    pub at: Instant,
    /// What.
    pub measures: Measures,
}

/// Keeps a reading. Two of the same moment are one.
pub(in crate::publishing) fn insert_reading(
    conn: &mut Conn,
    id: DeliveryId,
    reading: &Reading,
) -> Result<(), DbError> {
    let number = |count: Option<u64>| count.map(|n| i64::try_from(n).unwrap_or(i64::MAX));
    let Measures { impressions, clicks, reactions, comments, shares } = reading.measures;
    let row = (
        delivery_measures::delivery_id.eq(id),
        delivery_measures::read_at.eq(reading.at),
        delivery_measures::impressions.eq(number(impressions)),
        delivery_measures::clicks.eq(number(clicks)),
        delivery_measures::reactions.eq(number(reactions)),
        delivery_measures::comments.eq(number(comments)),
        delivery_measures::shares.eq(number(shares)),
    );
    each!(conn, |c| diesel::insert_into(delivery_measures::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(())
}

/// The newest reading of a delivery; none before the first.
pub fn newest_reading(conn: &mut Conn, id: DeliveryId) -> Result<Option<Reading>, DbError> {
    type Counts = (Option<i64>, Option<i64>, Option<i64>, Option<i64>, Option<i64>);
    let found: Option<(Instant, Counts)> = delivery_measures::table
        .filter(delivery_measures::delivery_id.eq(id))
        .order(delivery_measures::read_at.desc())
        .select((
            delivery_measures::read_at,
            (
                delivery_measures::impressions,
                delivery_measures::clicks,
                delivery_measures::reactions,
                delivery_measures::comments,
                delivery_measures::shares,
            ),
        ))
        .first(conn)
        .optional()?;
    let count = |n: Option<i64>| n.and_then(|n| u64::try_from(n).ok());
    Ok(found.map(|(at, (impressions, clicks, reactions, comments, shares))| Reading {
        at,
        measures: Measures {
            impressions: count(impressions),
            clicks: count(clicks),
            reactions: count(reactions),
            comments: count(comments),
            shares: count(shares),
        },
    }))
}
