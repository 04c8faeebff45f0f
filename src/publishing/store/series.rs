//! Rows of what repeats, and which of it has been laid.

use diesel::prelude::*;

use super::Delivery;
use crate::{
    base::{
        Instant, Language, Subject,
        id::{AccountId, AudienceId, DeliveryId, PostingId, PublicationId, SeriesId, StoryId},
    },
    db::{
        Conn, DbError,
        schema::{deliveries, series, series_occurrences, series_parts},
    },
    words,
};

words! {
    /// How a series stands.
    pub enum SeriesState {
        /// Occurrences are laid ahead.
        Running = "running",
        /// Nothing is laid until somebody lets it go on.
        Paused = "paused",
        /// Somebody ended it.
        Stopped = "stopped",
        /// Its last occurrence has come, or what it tells is over.
        Over = "over",
    }
}

/// Something that repeats, as it lies in the database.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = series)]
#[expect(missing_docs, reason = "the migration explains each column")]
pub struct Series {
    pub id: SeriesId,
    pub posting_id: Option<PostingId>,
    pub story_id: Option<StoryId>,
    pub language: Language,
    pub media: String,
    pub weekdays: String,
    pub every_weeks: i32,
    pub minute: i32,
    pub zone: String,
    pub until_day: Option<String>,
    pub times: Option<i32>,
    pub suggests: bool,
    pub state: SeriesState,
    pub created_by: String,
    pub created_at: Instant,
    pub changed_at: Instant,
    pub audience_id: Option<AudienceId>,
}

impl Series {
    /// What it is about.
    pub fn subject(&self) -> Option<Subject> {
        Subject::of(self.posting_id, self.story_id)
    }
}

/// An occurrence that was laid.
#[derive(Queryable, Selectable, Insertable, Clone, Copy, Debug)]
#[diesel(table_name = series_occurrences)]
pub struct Occurrence {
    /// Of which series.
    pub series_id: SeriesId,
    /// When it comes by its rhythm; its deliveries may have been moved since.
    pub occurs_at: Instant,
    /// The how manyth, from 1.
    pub number: i32,
    /// Its deliveries are this publication's.
    pub publication_id: PublicationId,
}

pub(in crate::publishing) fn insert_series(
    conn: &mut Conn,
    row: &Series,
    parts: &[(AccountId, String)],
) -> Result<(), DbError> {
    diesel::insert_into(series::table).values(row).execute(conn)?;
    put_parts(conn, row.id, parts)
}

/// Puts these words in the place of those there are.
pub(in crate::publishing) fn put_parts(
    conn: &mut Conn,
    id: SeriesId,
    parts: &[(AccountId, String)],
) -> Result<(), DbError> {
    diesel::delete(series_parts::table.filter(series_parts::series_id.eq(id))).execute(conn)?;
    for (account, text) in parts {
        diesel::insert_into(series_parts::table)
            .values((
                series_parts::series_id.eq(id),
                series_parts::account_id.eq(account),
                series_parts::text.eq(text),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// One by its id.
pub fn series(conn: &mut Conn, id: SeriesId) -> Result<Option<Series>, DbError> {
    Ok(series::table.find(id).select(Series::as_select()).first(conn).optional()?)
}

/// All of them, the newest first.
pub(in crate::publishing) fn all_series(conn: &mut Conn) -> Result<Vec<Series>, DbError> {
    Ok(series::table.order((series::created_at.desc(), series::id)).select(Series::as_select()).load(conn)?)
}

/// Those that run.
pub(in crate::publishing) fn running(conn: &mut Conn) -> Result<Vec<SeriesId>, DbError> {
    Ok(series::table
        .filter(series::state.eq(SeriesState::Running))
        .order(series::id)
        .select(series::id)
        .load(conn)?)
}

/// What it says on each account.
pub(in crate::publishing) fn parts_of(
    conn: &mut Conn,
    id: SeriesId,
) -> Result<Vec<(AccountId, String)>, DbError> {
    Ok(series_parts::table
        .filter(series_parts::series_id.eq(id))
        .order(series_parts::account_id)
        .select((series_parts::account_id, series_parts::text))
        .load(conn)?)
}

/// What has been laid of it, in order.
pub fn occurrences_of(conn: &mut Conn, id: SeriesId) -> Result<Vec<Occurrence>, DbError> {
    Ok(series_occurrences::table
        .filter(series_occurrences::series_id.eq(id))
        .order(series_occurrences::occurs_at)
        .select(Occurrence::as_select())
        .load(conn)?)
}

pub(in crate::publishing) fn insert_occurrence(conn: &mut Conn, row: &Occurrence) -> Result<(), DbError> {
    diesel::insert_into(series_occurrences::table).values(row).execute(conn)?;
    Ok(())
}

/// The occurrence that a publication is, when it is one.
pub(in crate::publishing) fn occurrence_of(
    conn: &mut Conn,
    publication: PublicationId,
) -> Result<Option<Occurrence>, DbError> {
    Ok(series_occurrences::table
        .filter(series_occurrences::publication_id.eq(publication))
        .select(Occurrence::as_select())
        .first(conn)
        .optional()?)
}

/// Those of these publications that repeat.
pub(in crate::publishing) fn repeating(
    conn: &mut Conn,
    publications: &[PublicationId],
) -> Result<std::collections::HashSet<PublicationId>, DbError> {
    Ok(series_occurrences::table
        .filter(series_occurrences::publication_id.eq_any(publications))
        .select(series_occurrences::publication_id)
        .load(conn)?
        .into_iter()
        .collect())
}

pub(in crate::publishing) fn set_series_state(
    conn: &mut Conn,
    id: SeriesId,
    state: SeriesState,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(series::table.find(id))
        .set((series::state.eq(state), series::changed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// Every delivery of a series, in the order of its occurrences.
pub fn deliveries_of_series(conn: &mut Conn, id: SeriesId) -> Result<Vec<(Occurrence, Delivery)>, DbError> {
    Ok(series_occurrences::table
        .inner_join(deliveries::table.on(deliveries::publication_id.eq(series_occurrences::publication_id)))
        .filter(series_occurrences::series_id.eq(id))
        .order((series_occurrences::occurs_at, deliveries::account_id, deliveries::occurrence))
        .select((Occurrence::as_select(), Delivery::as_select()))
        .load(conn)?)
}

/// The series a delivery belongs to.
pub(in crate::publishing) fn series_of(
    conn: &mut Conn,
    delivery: DeliveryId,
) -> Result<Option<SeriesId>, DbError> {
    Ok(series_occurrences::table
        .inner_join(deliveries::table.on(deliveries::publication_id.eq(series_occurrences::publication_id)))
        .filter(deliveries::id.eq(delivery))
        .select(series_occurrences::series_id)
        .first(conn)
        .optional()?)
}
