//! Tokens that run out, and whether somebody was warned of it.

use diesel::prelude::*;

use super::{Held, with_token};
use crate::{
    base::{Instant, id::AccountId},
    channels::{Connection, Standing},
    db::{Conn, DbError, schema::account_tokens},
};

/// Connected accounts whose token runs out by then, with it.
pub(in crate::channels) fn ending_before(
    conn: &mut Conn,
    before: Instant,
) -> Result<Vec<(Connection, Held)>, DbError> {
    let ids: Vec<AccountId> = account_tokens::table
        .filter(account_tokens::expires_at.le(before))
        .order(account_tokens::expires_at)
        .select(account_tokens::account_id)
        .load(conn)?;
    let mut found = Vec::new();
    for id in ids {
        found.extend(with_token(conn, id)?.filter(|(c, _)| c.state == Standing::Connected));
    }
    Ok(found)
}

/// Somebody was warned, so many days before, that this token of an account runs out.
pub fn warned(conn: &mut Conn, id: AccountId, version: i32, days: i32) -> Result<(), DbError> {
    let same = account_tokens::table.find(id).filter(account_tokens::version.eq(version));
    diesel::update(same).set(account_tokens::warned_days.eq(days)).execute(conn)?;
    Ok(())
}
