//! Rows of posts that keep, of the accounts they fill, and of the slots they filled.

use std::collections::HashSet;

use diesel::prelude::*;

use super::Delivery;
use crate::{
    base::{
        Instant, Language, Subject,
        id::{AccountId, AudienceId, EvergreenId, PostingId, PublicationId, StoryId},
    },
    db::{
        Conn, DbError,
        schema::{deliveries, evergreen_accounts, evergreen_parts, evergreen_uses, evergreens},
    },
    publishing::delivery::State,
};

/// A post that keeps, as it lies in the database.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = evergreens)]
pub struct Evergreen {
    /// Which.
    pub id: EvergreenId,
    /// About this ad,
    pub posting_id: Option<PostingId>,
    /// or about this story.
    pub story_id: Option<StoryId>,
    /// In which language.
    pub language: Language,
    /// Ids of assets, JSON.
    pub media: String,
    /// So long between two on one account.
    pub rest_days: i32,
    /// Its author may only write.
    pub suggests: bool,
    /// By whom (`user:…`).
    pub made_by: String,
    /// When it was laid in.
    pub made_at: Instant,
    /// When it was taken out.
    pub retired_at: Option<Instant>,
    /// For whom it was written.
    pub audience_id: Option<AudienceId>,
}

impl Evergreen {
    /// What it is about.
    pub fn subject(&self) -> Option<Subject> {
        Subject::of(self.posting_id, self.story_id)
    }
}

/// A slot that was filled.
#[derive(Queryable, Selectable, Insertable, Clone, Copy, Debug)]
#[diesel(table_name = evergreen_uses)]
pub struct Use {
    /// On which account.
    pub account_id: AccountId,
    /// The slot's own moment.
    pub slot_at: Instant,
    /// With what.
    pub evergreen_id: EvergreenId,
    /// Its delivery is this publication's.
    pub publication_id: PublicationId,
}

pub(in crate::publishing) fn insert_evergreen(
    conn: &mut Conn,
    row: &Evergreen,
    parts: &[(AccountId, String)],
) -> Result<(), DbError> {
    diesel::insert_into(evergreens::table).values(row).execute(conn)?;
    for (account, text) in parts {
        diesel::insert_into(evergreen_parts::table)
            .values((
                evergreen_parts::evergreen_id.eq(row.id),
                evergreen_parts::account_id.eq(account),
                evergreen_parts::text.eq(text),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Those that are not retired, the oldest first.
pub fn evergreens(conn: &mut Conn) -> Result<Vec<Evergreen>, DbError> {
    Ok(evergreens::table
        .filter(evergreens::retired_at.is_null())
        .order((evergreens::made_at, evergreens::id))
        .select(Evergreen::as_select())
        .load(conn)?)
}

/// One by its id, retired or not.
pub(in crate::publishing) fn evergreen(
    conn: &mut Conn,
    id: EvergreenId,
) -> Result<Option<Evergreen>, DbError> {
    Ok(evergreens::table.find(id).select(Evergreen::as_select()).first(conn).optional()?)
}

/// What it says on each account.
pub(in crate::publishing) fn evergreen_parts(
    conn: &mut Conn,
    id: EvergreenId,
) -> Result<Vec<(AccountId, String)>, DbError> {
    Ok(evergreen_parts::table
        .filter(evergreen_parts::evergreen_id.eq(id))
        .order(evergreen_parts::account_id)
        .select((evergreen_parts::account_id, evergreen_parts::text))
        .load(conn)?)
}

/// It fills no slot any more.
pub(in crate::publishing) fn retire(conn: &mut Conn, id: EvergreenId, now: Instant) -> Result<(), DbError> {
    diesel::update(evergreens::table.find(id)).set(evergreens::retired_at.eq(now)).execute(conn)?;
    Ok(())
}

/// Accounts whose empty slots are filled, and how many hours before.
pub(in crate::publishing) fn filled_accounts(conn: &mut Conn) -> Result<Vec<(AccountId, i32)>, DbError> {
    Ok(evergreen_accounts::table
        .order(evergreen_accounts::account_id)
        .select((evergreen_accounts::account_id, evergreen_accounts::before_hours))
        .load(conn)?)
}

/// How many hours before an account's empty slots are filled; none where they are not.
pub(in crate::publishing) fn filled_before(
    conn: &mut Conn,
    account: AccountId,
) -> Result<Option<i32>, DbError> {
    Ok(evergreen_accounts::table
        .find(account)
        .select(evergreen_accounts::before_hours)
        .first(conn)
        .optional()?)
}

/// Switches it on, or off with none.
pub(in crate::publishing) fn set_filled(
    conn: &mut Conn,
    account: AccountId,
    hours: Option<i32>,
) -> Result<(), DbError> {
    diesel::delete(evergreen_accounts::table.find(account)).execute(conn)?;
    if let Some(hours) = hours {
        diesel::insert_into(evergreen_accounts::table)
            .values((evergreen_accounts::account_id.eq(account), evergreen_accounts::before_hours.eq(hours)))
            .execute(conn)?;
    }
    Ok(())
}

pub(in crate::publishing) fn insert_use(conn: &mut Conn, row: &Use) -> Result<(), DbError> {
    diesel::insert_into(evergreen_uses::table).values(row).execute(conn)?;
    Ok(())
}

/// Whether a slot was filled before, whatever became of it.
pub(in crate::publishing) fn was_filled(
    conn: &mut Conn,
    account: AccountId,
    slot_at: Instant,
) -> Result<bool, DbError> {
    let found = evergreen_uses::table.find((account, slot_at)).count().get_result::<i64>(conn)?;
    Ok(found > 0)
}

/// When one last stood in a slot of an account, or will: what never went out does not count.
pub(in crate::publishing) fn last_use(
    conn: &mut Conn,
    id: EvergreenId,
    account: AccountId,
) -> Result<Option<Instant>, DbError> {
    let nothing = [State::Failed, State::Missed, State::Cancelled];
    Ok(evergreen_uses::table
        .inner_join(deliveries::table.on(deliveries::publication_id.eq(evergreen_uses::publication_id)))
        .filter(evergreen_uses::evergreen_id.eq(id))
        .filter(evergreen_uses::account_id.eq(account))
        .filter(deliveries::state.ne_all(nothing))
        .select(diesel::dsl::max(evergreen_uses::slot_at))
        .first(conn)?)
}

/// The post that keeps of which a publication is one use, when it is.
pub(in crate::publishing) fn used_in(
    conn: &mut Conn,
    publication: PublicationId,
) -> Result<Option<EvergreenId>, DbError> {
    Ok(evergreen_uses::table
        .filter(evergreen_uses::publication_id.eq(publication))
        .select(evergreen_uses::evergreen_id)
        .first(conn)
        .optional()?)
}

/// Every delivery of one that keeps.
pub(in crate::publishing) fn deliveries_of_evergreen(
    conn: &mut Conn,
    id: EvergreenId,
) -> Result<Vec<Delivery>, DbError> {
    Ok(evergreen_uses::table
        .inner_join(deliveries::table.on(deliveries::publication_id.eq(evergreen_uses::publication_id)))
        .filter(evergreen_uses::evergreen_id.eq(id))
        .order((evergreen_uses::slot_at, deliveries::id))
        .select(Delivery::as_select())
        .load(conn)?)
}

/// Those of these publications that came from the queue.
pub(in crate::publishing) fn from_queue(
    conn: &mut Conn,
    publications: &[PublicationId],
) -> Result<HashSet<PublicationId>, DbError> {
    Ok(evergreen_uses::table
        .filter(evergreen_uses::publication_id.eq_any(publications))
        .select(evergreen_uses::publication_id)
        .load(conn)?
        .into_iter()
        .collect())
}
