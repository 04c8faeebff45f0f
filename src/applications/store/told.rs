//! Rows of who has been told what: which decision the applicant's page shows, which one they know, and the reasons they
//! asked for.

use diesel::prelude::*;

use super::inside;

use crate::{
    accounts::Scope,
    applications::{
        application::{Card, Whole},
        stage::Outcome,
    },
    base::{
        Instant,
        id::{ApplicationId, PostingId},
    },
    db::{
        Conn, DbError,
        schema::{applicants, applications, postings, reason_requests},
    },
};

// a macro because the type of such a condition cannot be written down
macro_rules! untold {
    () => {
        applications::outcome
            .eq(Outcome::Rejected)
            .and(applications::told_of.is_null().or(applications::told_of.ne(applications::outcome_at)))
    };
}

/// How many applications of a posting are rejected without having been told so (D-09).
pub fn unanswered(conn: &mut Conn, posting: PostingId) -> Result<i64, DbError> {
    Ok(applications::table
        .filter(applications::posting_id.eq(posting))
        .filter(untold!())
        .count()
        .get_result(conn)?)
}

/// Those of these postings, inside `scope`, that are rejected without having been told so.
pub fn untold_of(
    conn: &mut Conn,
    scope: &Scope,
    of: &[PostingId],
) -> Result<Vec<(PostingId, ApplicationId)>, DbError> {
    let untold = applications::table
        .inner_join(postings::table)
        .filter(applications::posting_id.eq_any(of))
        .filter(untold!());
    Ok(inside!(untold, scope).select((applications::posting_id, applications::id)).load(conn)?)
}

/// Everybody inside `scope` who has no answer: undecided in a posting whose deadline is over, or rejected and not told. Of
/// one posting (whatever its deadline) when one is named. The oldest first.
pub fn lacking(conn: &mut Conn, scope: &Scope, of: Option<PostingId>) -> Result<Vec<Whole>, DbError> {
    use crate::postings::State;
    let open = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(postings::state.ne(State::Closed));
    let mut query = inside!(open, scope)
        .order((applications::received_at, applications::id))
        .select(super::whole())
        .into_boxed();
    query = match of {
        Some(posting) => query
            .filter(applications::posting_id.eq(posting))
            .filter(applications::outcome.is_null().or(untold!())),
        None => query.filter(
            (applications::outcome.is_null().and(postings::state.eq(State::DeadlinePassed))).or(untold!()),
        ),
    };
    Ok(query.load(conn)?)
}

/// Applications that were withdrawn between the two.
pub fn withdrawn_since(
    conn: &mut Conn,
    of: Option<PostingId>,
    from: Instant,
    until: Instant,
) -> Result<Vec<Whole>, DbError> {
    let mut query = applications::table
        .inner_join(applicants::table)
        .inner_join(postings::table)
        .filter(applications::outcome.eq(Outcome::Withdrawn))
        .filter(applications::outcome_at.ge(from))
        .filter(applications::outcome_at.le(until))
        .order(applications::id)
        .select(super::whole())
        .into_boxed();
    if let Some(posting) = of {
        query = query.filter(applications::posting_id.eq(posting));
    }
    Ok(query.load(conn)?)
}

/// Lets the applicant's own page show a decision, and holds the row until the transaction ends; false when the application
/// is gone or is decided otherwise by now.
pub fn set_shown(
    conn: &mut Conn,
    id: ApplicationId,
    outcome: Outcome,
    decided_at: Instant,
) -> Result<bool, DbError> {
    let ours = applications::table
        .find(id)
        .filter(applications::outcome.eq(outcome))
        .filter(applications::outcome_at.eq(decided_at));
    Ok(diesel::update(ours).set(applications::shown_of.eq(decided_at)).execute(conn)? == 1)
}

/// Notes that the applicant has been told a decision, or (`told` false) that they have not after all. What is known of a
/// decision that another has taken the place of changes nothing.
pub fn set_told(conn: &mut Conn, id: ApplicationId, decided_at: Instant, told: bool) -> Result<(), DbError> {
    let ours = applications::table.find(id);
    if told {
        let this = applications::outcome_at.eq(decided_at).or(applications::outcome_at.is_null());
        diesel::update(ours.filter(this))
            .set((applications::told_of.eq(decided_at), applications::shown_of.eq(decided_at)))
            .execute(conn)?;
    } else {
        diesel::update(ours.filter(applications::told_of.eq(decided_at)))
            .set(applications::told_of.eq(None::<Instant>))
            .execute(conn)?;
    }
    Ok(())
}

/// Reasons that an applicant asked for (D-10).
#[derive(Queryable, Clone, Debug)]
pub struct Reasons {
    /// Who.
    pub application: ApplicationId,
    /// Of which decision.
    pub decided_at: Instant,
    /// When they asked.
    pub asked_at: Instant,
    /// By when they must have them.
    pub due_at: Instant,
    /// When they got them.
    pub answered_at: Option<Instant>,
    /// What they got.
    pub words: Option<String>,
}

type OfReasons = (
    reason_requests::application_id,
    reason_requests::decided_at,
    reason_requests::asked_at,
    reason_requests::due_at,
    reason_requests::answered_at,
    reason_requests::words,
);

const fn reasons() -> OfReasons {
    (
        reason_requests::application_id,
        reason_requests::decided_at,
        reason_requests::asked_at,
        reason_requests::due_at,
        reason_requests::answered_at,
        reason_requests::words,
    )
}

/// Lays down that somebody asks; false when they have asked already.
pub(in crate::applications) fn ask_reasons(
    conn: &mut Conn,
    of: ApplicationId,
    decided_at: Instant,
    now: Instant,
    due_at: Instant,
) -> Result<bool, DbError> {
    let row = (
        reason_requests::application_id.eq(of),
        reason_requests::decided_at.eq(decided_at),
        reason_requests::asked_at.eq(now),
        reason_requests::due_at.eq(due_at),
    );
    let n = crate::each!(conn, |c| diesel::insert_into(reason_requests::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// Answers; false when somebody has already.
pub(in crate::applications) fn answer_reasons(
    conn: &mut Conn,
    of: ApplicationId,
    decided_at: Instant,
    words: &str,
    by: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let open = reason_requests::table.find((of, decided_at)).filter(reason_requests::answered_at.is_null());
    Ok(diesel::update(open)
        .set((
            reason_requests::answered_at.eq(now),
            reason_requests::answered_by.eq(by),
            reason_requests::words.eq(words),
        ))
        .execute(conn)?
        == 1)
}

/// What was asked about one decision on an application.
pub fn reasons_of(
    conn: &mut Conn,
    of: ApplicationId,
    decided_at: Instant,
) -> Result<Option<Reasons>, DbError> {
    Ok(reason_requests::table.find((of, decided_at)).select(reasons()).first(conn).optional()?)
}

/// Everybody inside `scope` who waits for reasons, with whose it is; the soonest due first.
pub fn reasons_open(
    conn: &mut Conn,
    scope: &Scope,
    of: Option<PostingId>,
) -> Result<Vec<(Reasons, Card)>, DbError> {
    let waiting = reason_requests::table
        .inner_join(applications::table.inner_join(applicants::table).inner_join(postings::table))
        .filter(reason_requests::answered_at.is_null());
    let mut query = inside!(waiting, scope)
        .order((reason_requests::due_at, reason_requests::application_id))
        .select((reasons(), super::card()))
        .into_boxed();
    if let Some(posting) = of {
        query = query.filter(applications::posting_id.eq(posting));
    }
    Ok(query.load(conn)?)
}
