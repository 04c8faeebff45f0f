//! Who posts at the places without an API.

use diesel::prelude::*;

use crate::{
    base::id::{AccountId, UserId},
    channels::package::Posting,
    db::{Conn, DbError, schema::package_accounts},
};

/// Who posts at a place; none for channels that are sent to.
pub fn posting_at(conn: &mut Conn, account: AccountId) -> Result<Option<Posting>, DbError> {
    let row: Option<(AccountId, UserId, i32)> =
        package_accounts::table.find(account).first(conn).optional()?;
    Ok(row.map(|(account, person, lead_days)| Posting { account, person, lead_days }))
}

/// Keeps who posts there.
pub(in crate::channels) fn put_posting(conn: &mut Conn, posting: &Posting) -> Result<(), DbError> {
    let values =
        (package_accounts::person_id.eq(posting.person), package_accounts::lead_days.eq(posting.lead_days));
    if diesel::update(package_accounts::table.find(posting.account)).set(values).execute(conn)? == 0 {
        diesel::insert_into(package_accounts::table)
            .values((package_accounts::account_id.eq(posting.account), values))
            .execute(conn)?;
    }
    Ok(())
}
