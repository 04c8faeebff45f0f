//! How many applications stand where, and since when: sums over the running ones of several postings, narrowed to what the
//! reader may see. What has been erased stands nowhere and is not in them.

use std::collections::{HashMap, HashSet};

use diesel::{
    dsl::{count_star, min},
    prelude::*,
};

use super::{history, inside};
use crate::{
    accounts::Scope,
    applications::{
        application::Card,
        papers::store::{self as papers, Marks},
        stage::{Outcome, Stage},
    },
    base::{Instant, id::PostingId},
    db::{
        Conn, DbError,
        schema::{applications, postings, stage_intervals},
    },
};

/// Undecided applications of one posting in one step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// To which posting.
    pub posting: PostingId,
    /// In which step.
    pub stage: Stage,
    /// How many.
    pub n: i64,
    /// When the one that has stood there longest came there.
    pub since: Option<Instant>,
    /// How many came there before the moment that was asked for.
    pub too_long: i64,
}

/// What stands in each step of these postings; `before`: whoever entered a step earlier has stood there too long.
pub fn steps(
    conn: &mut Conn,
    scope: &Scope,
    of: &[PostingId],
    before: Instant,
) -> Result<Vec<Step>, DbError> {
    macro_rules! standing {
        () => {
            inside!(
                stage_intervals::table
                    .inner_join(applications::table.inner_join(postings::table))
                    .filter(applications::posting_id.eq_any(of))
                    .filter(applications::outcome.is_null())
                    .filter(stage_intervals::left_at.is_null()),
                scope
            )
            .group_by((applications::posting_id, applications::stage))
        };
    }
    type All = (PostingId, Stage, i64, Option<Instant>);
    let all: Vec<All> = standing!()
        .select((
            applications::posting_id,
            applications::stage,
            count_star(),
            min(stage_intervals::entered_at),
        ))
        .load(conn)?;
    let slow: Vec<(PostingId, Stage, i64)> = standing!()
        .filter(stage_intervals::entered_at.lt(before))
        .select((applications::posting_id, applications::stage, count_star()))
        .load(conn)?;
    let slow: HashMap<(PostingId, Stage), i64> =
        slow.into_iter().map(|(posting, stage, n)| ((posting, stage), n)).collect();
    Ok(all
        .into_iter()
        .map(|(posting, stage, n, since)| Step {
            posting,
            stage,
            n,
            since,
            too_long: slow.get(&(posting, stage)).copied().unwrap_or(0),
        })
        .collect())
}

/// How many applications of each of these postings ended how.
pub fn decided(
    conn: &mut Conn,
    scope: &Scope,
    of: &[PostingId],
) -> Result<Vec<(PostingId, Outcome, i64)>, DbError> {
    let decided = applications::table
        .inner_join(postings::table)
        .filter(applications::posting_id.eq_any(of))
        .filter(applications::outcome.is_not_null());
    let rows: Vec<(PostingId, Option<Outcome>, i64)> = inside!(decided, scope)
        .group_by((applications::posting_id, applications::outcome))
        .select((applications::posting_id, applications::outcome, count_star()))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(posting, outcome, n)| Some((posting, outcome?, n))).collect())
}

/// How many undecided ones came too late and wait for a word about it (D-31).
pub fn held_back(conn: &mut Conn, scope: &Scope, of: &[PostingId]) -> Result<Vec<(PostingId, i64)>, DbError> {
    let held = applications::table
        .inner_join(postings::table)
        .filter(applications::posting_id.eq_any(of))
        .filter(applications::outcome.is_null())
        .filter(applications::late.eq(true))
        .filter(applications::admitted_at.is_null());
    Ok(inside!(held, scope)
        .group_by(applications::posting_id)
        .select((applications::posting_id, count_star()))
        .load(conn)?)
}

/// An application in a list: its card, since when it stands in its step, and what its papers are like.
#[derive(Clone, Debug)]
pub struct Row {
    /// What the board shows.
    pub card: Card,
    /// When it came into the step it stands in; none when it is decided.
    pub entered: Option<Instant>,
    /// Its papers.
    pub papers: Marks,
    /// It is rejected, and the applicant has not been told.
    pub untold: bool,
}

/// Every application of a posting inside `scope`, in the board's order.
pub fn rows(conn: &mut Conn, scope: &Scope, posting: PostingId) -> Result<Vec<Row>, DbError> {
    let cards = super::board(conn, scope, posting)?;
    let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
    let (entered, marks) = (history::entered(conn, &ids)?, papers::marks(conn, &ids)?);
    let untold: HashSet<_> =
        super::untold_of(conn, scope, &[posting])?.into_iter().map(|(_, id)| id).collect();
    let row = |card: Card| Row {
        untold: untold.contains(&card.id),
        entered: entered.get(&card.id).copied(),
        papers: marks.get(&card.id).copied().unwrap_or_default(),
        card,
    };
    Ok(cards.into_iter().map(row).collect())
}
