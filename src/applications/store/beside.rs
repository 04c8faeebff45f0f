//! What is asked of a posting's applications beside the lists. Where no scope is taken, the caller has narrowed.

use diesel::prelude::*;

use super::inside;
use crate::{
    accounts::Scope,
    applications::{application::Card, stage::Column},
    base::id::{ApplicationId, PostingId},
    db::{
        Conn, DbError,
        schema::{applicants, applications, postings},
    },
};

/// Another application, by name.
type Named = (ApplicationId, String);

/// Where a card stands in its column of the board, and who stands around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// Its place, from 1.
    pub place: i64,
    /// How many there are in the column.
    pub of: i64,
    /// Who stands above it.
    pub previous: Option<Named>,
    /// Who stands below it.
    pub next: Option<Named>,
}

/// What stands around a card, without reading the board it is on.
pub fn around(conn: &mut Conn, scope: &Scope, card: &Card) -> Result<Around, DbError> {
    macro_rules! in_column {
        ($column:expr) => {{
            let all = || {
                inside!(
                    applications::table
                        .inner_join(applicants::table)
                        .inner_join(postings::table)
                        .filter(applications::posting_id.eq(card.posting))
                        .filter($column),
                    scope
                )
            };
            let (at, id) = (card.position, card.id);
            let above = || {
                let same = applications::position.eq(at).and(applications::id.lt(id));
                all().filter(applications::position.lt(at).or(same))
            };
            let below = || {
                let same = applications::position.eq(at).and(applications::id.gt(id));
                all().filter(applications::position.gt(at).or(same))
            };
            let named = (applications::id, applicants::name);
            Ok(Around {
                place: above().count().get_result::<i64>(conn)? + 1,
                of: all().count().get_result(conn)?,
                previous: above()
                    .order((applications::position.desc(), applications::id.desc()))
                    .select(named)
                    .first(conn)
                    .optional()?,
                next: below()
                    .order((applications::position, applications::id))
                    .select(named)
                    .first(conn)
                    .optional()?,
            })
        }};
    }
    match card.column() {
        Column::Stage(stage) => {
            in_column!(applications::outcome.is_null().and(applications::stage.eq(stage)))
        }
        Column::Outcome(outcome) => in_column!(applications::outcome.eq(outcome)),
    }
}

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
