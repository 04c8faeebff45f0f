//! Rows of questions, by criterion; the caller has narrowed.

use std::collections::HashMap;

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{CriterionId, PostingId},
    },
    db::{Conn, DbError, schema::interview_questions},
};

/// What is asked by criterion, a question on each line.
pub fn of(conn: &mut Conn, posting: PostingId) -> Result<HashMap<CriterionId, String>, DbError> {
    Ok(interview_questions::table
        .filter(interview_questions::posting_id.eq(posting))
        .select((interview_questions::criterion_id, interview_questions::words))
        .load::<(CriterionId, String)>(conn)?
        .into_iter()
        .collect())
}

/// Puts questions in place of those before; none takes them away.
pub fn put(
    conn: &mut Conn,
    (posting, criterion): (PostingId, CriterionId),
    words: &str,
    by: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::delete(interview_questions::table.find((posting, criterion))).execute(conn)?;
    if words.is_empty() {
        return Ok(());
    }
    diesel::insert_into(interview_questions::table)
        .values((
            interview_questions::posting_id.eq(posting),
            interview_questions::criterion_id.eq(criterion),
            interview_questions::words.eq(words),
            interview_questions::written_by.eq(by),
            interview_questions::written_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}
