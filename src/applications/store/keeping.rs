//! What decides when an application goes, and those that nobody sees any more because they are about to.

use diesel::prelude::*;

use super::within;
use crate::{
    accounts::Scope,
    applications::application::Card,
    base::{
        Instant,
        id::{ApplicationId, PostingId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{applicants, applications, postings},
    },
};

/// An application with what its posting says about when it goes. No person in it.
#[derive(Queryable, Clone, Debug)]
pub struct Keeping {
    /// Which.
    pub id: ApplicationId,
    /// To which posting.
    pub posting: PostingId,
    /// The unit of the posting.
    pub unit: UnitId,
    /// When the posting was closed.
    pub closed_at: Option<Instant>,
    /// Until when it took applications.
    pub deadline_at: Option<Instant>,
    /// Its profession.
    pub profession: Option<String>,
    /// Its kind of employment.
    pub employment: Option<String>,
    /// Since when nobody sees the application.
    pub quarantined_at: Option<Instant>,
}

/// Every application there is, or those of one posting, or one; whoever asks. By posting.
pub fn facts_kept(
    conn: &mut Conn,
    posting: Option<PostingId>,
    one: Option<ApplicationId>,
) -> Result<Vec<Keeping>, DbError> {
    let mut query = applications::table
        .inner_join(postings::table)
        .order((applications::posting_id, applications::id))
        .select((
            applications::id,
            applications::posting_id,
            postings::unit_id,
            postings::closed_at,
            postings::deadline_at,
            postings::profession,
            postings::employment_type,
            applications::quarantined_at,
        ))
        .into_boxed();
    if let Some(posting) = posting {
        query = query.filter(applications::posting_id.eq(posting));
    }
    if let Some(one) = one {
        query = query.filter(applications::id.eq(one));
    }
    Ok(query.load(conn)?)
}

/// Those of a posting inside `scope` that nobody sees any more; for whoever may give them back.
pub fn quarantined(conn: &mut Conn, scope: &Scope, posting: PostingId) -> Result<Vec<Card>, DbError> {
    let gone = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::posting_id.eq(posting))
        .filter(applications::quarantined_at.is_not_null());
    Ok(within!(gone, scope).order((applicants::name, applications::id)).select(super::card()).load(conn)?)
}

/// Takes it out of everybody's sight, or gives it back.
pub fn set_quarantined(conn: &mut Conn, id: ApplicationId, at: Option<Instant>) -> Result<(), DbError> {
    diesel::update(applications::table.find(id)).set(applications::quarantined_at.eq(at)).execute(conn)?;
    Ok(())
}
