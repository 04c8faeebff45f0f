//! Rows of pledges and declarations.

use diesel::prelude::*;

use crate::{
    accounts::bars::{Declared, Relation},
    base::{
        Instant,
        id::{ApplicationId, PostingId, UserId},
    },
    db::{
        Conn, DbError,
        schema::{declarations, pledges as pledges_table},
    },
    each,
};

/// The postings in whose panel somebody has accepted confidentiality.
pub fn pledged_by(conn: &mut Conn, user: UserId) -> Result<Vec<PostingId>, DbError> {
    Ok(pledges_table::table
        .filter(pledges_table::user_id.eq(user))
        .select(pledges_table::posting_id)
        .load(conn)?)
}

/// Who has accepted it for a posting, and when.
pub fn pledges(conn: &mut Conn, posting: PostingId) -> Result<Vec<(UserId, Instant)>, DbError> {
    Ok(pledges_table::table
        .filter(pledges_table::posting_id.eq(posting))
        .order(pledges_table::accepted_at)
        .select((pledges_table::user_id, pledges_table::accepted_at))
        .load(conn)?)
}

/// Keeps that it was accepted; `false` when it had been.
pub fn insert_pledge(
    conn: &mut Conn,
    posting: PostingId,
    user: UserId,
    version: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let row = (
        pledges_table::posting_id.eq(posting),
        pledges_table::user_id.eq(user),
        pledges_table::text_version.eq(version),
        pledges_table::accepted_at.eq(now),
    );
    let inserted = each!(conn, |c| diesel::insert_into(pledges_table::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}

/// The applications of people somebody has a relation to.
pub fn related(conn: &mut Conn, user: UserId) -> Result<Vec<ApplicationId>, DbError> {
    Ok(declarations::table
        .filter(declarations::user_id.eq(user))
        .filter(declarations::relation.ne(Relation::None))
        .select(declarations::application_id)
        .load(conn)?)
}

/// What has been declared about these.
pub fn declared(conn: &mut Conn, applications: &[ApplicationId]) -> Result<Vec<Declared>, DbError> {
    Ok(declarations::table
        .filter(declarations::application_id.eq_any(applications))
        .order((declarations::declared_at, declarations::user_id))
        .select((
            declarations::application_id,
            declarations::user_id,
            declarations::relation,
            declarations::declared_at,
        ))
        .load(conn)?)
}

/// Keeps what was declared in place of what was declared before.
pub fn put_declaration(conn: &mut Conn, said: &Declared) -> Result<(), DbError> {
    diesel::delete(declarations::table.find((said.application, said.user))).execute(conn)?;
    diesel::insert_into(declarations::table)
        .values((
            declarations::application_id.eq(said.application),
            declarations::user_id.eq(said.user),
            declarations::relation.eq(said.relation),
            declarations::declared_at.eq(said.at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Forgets one; `false` when there is none.
pub fn delete_declaration(
    conn: &mut Conn,
    application: ApplicationId,
    user: UserId,
) -> Result<bool, DbError> {
    Ok(diesel::delete(declarations::table.find((application, user))).execute(conn)? == 1)
}
