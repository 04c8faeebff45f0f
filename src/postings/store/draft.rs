//! Holding a draft still while something beside it is written that may only change before the opening.

use diesel::prelude::*;

use crate::{
    base::id::PostingId,
    db::{Conn, DbError, schema::postings},
    postings::State,
};

/// Holds the ad's row until the transaction ends, so that nobody opens it meanwhile; `false` when it was opened already.
pub fn hold_draft(conn: &mut Conn, id: PostingId) -> Result<bool, DbError> {
    let draft = postings::table.find(id).filter(postings::state.eq(State::Draft));
    Ok(diesel::update(draft).set(postings::state.eq(State::Draft)).execute(conn)? == 1)
}
