//! What other slices ask of a posting's applications beside the lists; the caller has narrowed.

use diesel::prelude::*;

use crate::{
    base::id::{ApplicationId, PostingId},
    db::{
        Conn, DbError,
        schema::{applicants, applications},
    },
};

/// Applications of a posting that are left out for whoever has this scope, with who applied: only for themselves, who
/// named the relation, and for whoever may lift it.
pub fn left_out(
    conn: &mut Conn,
    posting: PostingId,
    of: &[ApplicationId],
) -> Result<Vec<(ApplicationId, String)>, DbError> {
    Ok(applications::table
        .inner_join(applicants::table)
        .filter(applications::posting_id.eq(posting))
        .filter(applications::id.eq_any(of))
        .filter(applications::quarantined_at.is_null())
        .order(applications::id)
        .select((applications::id, applicants::name))
        .load(conn)?)
}

/// Ids of all applications of a posting, whoever asks; the caller has narrowed.
pub fn ids_of(conn: &mut Conn, posting: PostingId) -> Result<Vec<ApplicationId>, DbError> {
    Ok(applications::table
        .filter(applications::posting_id.eq(posting))
        .order(applications::id)
        .select(applications::id)
        .load(conn)?)
}
