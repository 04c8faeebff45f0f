//! Rows of uploads under way.

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{UnitId, UploadId},
    },
    db::{Conn, DbError, schema::uploads},
};

/// An upload under way.
#[derive(Queryable, Debug, Clone)]
pub(in crate::media) struct Upload {
    pub unit: UnitId,
    pub name: String,
    pub declared: i64,
    pub received: i64,
}

#[expect(clippy::too_many_arguments, reason = "one column each")]
pub(in crate::media) fn insert_upload(
    conn: &mut Conn,
    id: UploadId,
    owner: &str,
    unit: UnitId,
    name: &str,
    modified: &str,
    declared: i64,
    now: Instant,
    ends: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(uploads::table)
        .values((
            uploads::id.eq(id),
            uploads::owner.eq(owner),
            uploads::unit_id.eq(unit),
            uploads::original_name.eq(name),
            uploads::modified.eq(modified),
            uploads::declared_bytes.eq(declared),
            uploads::created_at.eq(now),
            uploads::ends_at.eq(ends),
        ))
        .execute(conn)?;
    Ok(())
}

/// An open upload of the same file by the same owner, and how far it has come.
pub(in crate::media) fn begun(
    conn: &mut Conn,
    owner: &str,
    unit: UnitId,
    name: &str,
    modified: &str,
    declared: i64,
    now: Instant,
) -> Result<Option<(UploadId, i64)>, DbError> {
    Ok(uploads::table
        .filter(uploads::owner.eq(owner))
        .filter(uploads::unit_id.eq(unit))
        .filter(uploads::original_name.eq(name))
        .filter(uploads::modified.eq(modified))
        .filter(uploads::declared_bytes.eq(declared))
        .filter(uploads::ends_at.gt(now))
        .select((uploads::id, uploads::received_bytes))
        .first(conn)
        .optional()?)
}

pub(in crate::media) fn upload(
    conn: &mut Conn,
    id: UploadId,
    owner: &str,
    now: Instant,
) -> Result<Option<Upload>, DbError> {
    Ok(uploads::table
        .find(id)
        .filter(uploads::owner.eq(owner))
        .filter(uploads::ends_at.gt(now))
        .select((uploads::unit_id, uploads::original_name, uploads::declared_bytes, uploads::received_bytes))
        .first(conn)
        .optional()?)
}

/// Moves the mark on from `from`; false when somebody else has moved it.
pub(in crate::media) fn advance(conn: &mut Conn, id: UploadId, from: i64, to: i64) -> Result<bool, DbError> {
    let at = uploads::table.find(id).filter(uploads::received_bytes.eq(from));
    Ok(diesel::update(at).set(uploads::received_bytes.eq(to)).execute(conn)? == 1)
}

/// True when it was there: whoever deletes the row finishes the upload.
pub(in crate::media) fn delete_upload(conn: &mut Conn, id: UploadId) -> Result<bool, DbError> {
    Ok(diesel::delete(uploads::table.find(id)).execute(conn)? == 1)
}

pub(in crate::media) fn open_uploads(conn: &mut Conn, owner: &str, now: Instant) -> Result<i64, DbError> {
    Ok(uploads::table
        .filter(uploads::owner.eq(owner))
        .filter(uploads::ends_at.gt(now))
        .count()
        .get_result(conn)?)
}

/// Uploads that nobody finished in time.
pub(in crate::media) fn ended_uploads(conn: &mut Conn, now: Instant) -> Result<Vec<UploadId>, DbError> {
    Ok(uploads::table.filter(uploads::ends_at.le(now)).select(uploads::id).load(conn)?)
}
