//! Rows of first comments. Claimed by a lease and a fence number, as deliveries are.

use diesel::prelude::*;

use super::{Delivery, MoveError, prove};
use crate::{
    accounts::Scope,
    base::{
        Instant, Subject,
        id::{DeliveryId, PostingId, StoryId},
    },
    db::{
        Conn, DbError,
        schema::{comments, deliveries, postings, publications, stories},
    },
    publishing::{comment::Standing, delivery::State, proof::ProofKind, publication},
};

use super::asked::{about, inside};

/// What an account says under a post of its own.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = comments)]
#[expect(missing_docs, reason = "the migration explains each column")]
pub struct Comment {
    pub delivery_id: DeliveryId,
    pub state: Standing,
    pub words: String,
    pub send_key: String,
    pub checkpoint: String,
    pub remote_id: Option<String>,
    pub next_at: Option<Instant>,
    pub lease_until: Option<Instant>,
    pub fence: i32,
    pub tries: i32,
    pub looks: i32,
    pub unsure_since: Option<Instant>,
    pub error_kind: Option<String>,
    pub error_words: Option<String>,
    pub wanted_at: Instant,
    pub settled_at: Option<Instant>,
    pub settled_by: Option<String>,
}

/// What a move writes beside the state.
#[derive(AsChangeset, Default)]
#[diesel(table_name = comments)]
pub(in crate::publishing) struct Next {
    pub send_key: Option<String>,
    pub checkpoint: Option<String>,
    pub remote_id: Option<Option<String>>,
    pub wanted_at: Option<Instant>,
    pub next_at: Option<Option<Instant>>,
    pub lease_until: Option<Option<Instant>>,
    pub tries: Option<i32>,
    pub looks: Option<i32>,
    pub unsure_since: Option<Option<Instant>>,
    pub error_kind: Option<Option<String>>,
    pub error_words: Option<Option<String>>,
    pub settled_at: Option<Option<Instant>>,
    pub settled_by: Option<Option<String>>,
}

/// A delivery has moved: its comment begins when it is out, and is looked at again when it is taken down. In the same
/// commit, so that neither is ever without the other.
pub(super) fn follow(conn: &mut Conn, was: &Delivery, to: State, now: Instant) -> Result<(), MoveError> {
    match (was.state, to) {
        (from, State::Published) if from != State::Published => {
            let post = publication::thaw(&was.payload)?;
            let Some(words) = post.first_comment() else { return Ok(()) };
            diesel::insert_into(comments::table)
                .values((
                    comments::delivery_id.eq(was.id),
                    comments::state.eq(Standing::Ready),
                    comments::words.eq(words),
                    comments::send_key.eq(""),
                    comments::checkpoint.eq("{}"),
                    comments::next_at.eq(now),
                    comments::wanted_at.eq(now),
                ))
                .execute(conn)?;
        }
        (State::Published, State::Removing) => {
            let there = comments::table
                .find(was.id)
                .filter(comments::state.ne_all([Standing::Dropped, Standing::Removed]));
            diesel::update(there)
                .set((
                    comments::next_at.eq(now),
                    comments::looks.eq(0),
                    comments::lease_until.eq(None::<Instant>),
                    comments::fence.eq(comments::fence + 1),
                ))
                .execute(conn)?;
        }
        _ => {}
    }
    Ok(())
}

/// The first comment of a delivery that is or was out.
pub fn comment(conn: &mut Conn, id: DeliveryId) -> Result<Option<Comment>, DbError> {
    Ok(comments::table.find(id).select(Comment::as_select()).first(conn).optional()?)
}

/// Those with which a person has something to do inside `scope`, oldest first; at most a hundred.
pub(in crate::publishing) fn comments_by_hand(
    conn: &mut Conn,
    scope: &Scope,
) -> Result<Vec<(Comment, Delivery, Subject)>, DbError> {
    let stuck = comments::state
        .eq(Standing::ByHand)
        .or(comments::state.eq(Standing::Removing).and(comments::next_at.is_null()));
    type Row = (Comment, Delivery, Option<PostingId>, Option<StoryId>);
    let rows: Vec<Row> = deliveries::table
        .inner_join(about!())
        .inner_join(comments::table)
        .filter(inside!(scope))
        .filter(stuck)
        .order((comments::wanted_at, deliveries::id))
        .limit(100)
        .select((
            Comment::as_select(),
            Delivery::as_select(),
            publications::posting_id,
            publications::story_id,
        ))
        .load(conn)?;
    let whole = |(comment, row, ad, story)| Some((comment, row, Subject::of(ad, story)?));
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// Those whose time has come and that nobody has in hand, the longest waiting first.
pub(in crate::publishing) fn comments_due(
    conn: &mut Conn,
    now: Instant,
    most: i64,
) -> Result<Vec<DeliveryId>, DbError> {
    Ok(comments::table
        .filter(comments::next_at.le(now))
        .filter(comments::lease_until.is_null().or(comments::lease_until.lt(now)))
        .order(comments::next_at)
        .limit(most)
        .select(comments::delivery_id)
        .load(conn)?)
}

/// Takes the lease and the next fence number in one write, unless somebody holds it or it is not due.
pub(in crate::publishing) fn claim_comment(
    conn: &mut Conn,
    id: DeliveryId,
    now: Instant,
    until: Instant,
) -> Result<Option<Comment>, DbError> {
    let free = comments::table
        .find(id)
        .filter(comments::next_at.le(now))
        .filter(comments::lease_until.is_null().or(comments::lease_until.lt(now)));
    let taken = diesel::update(free)
        .set((comments::lease_until.eq(until), comments::fence.eq(comments::fence + 1)))
        .execute(conn)?;
    if taken == 0 { Ok(None) } else { comment(conn, id) }
}

/// Moves it, if it is still as it was read, and takes the next fence number, so that whoever holds it stops.
pub(in crate::publishing) fn turn_comment(
    conn: &mut Conn,
    was: &Comment,
    to: Standing,
    next: &Next,
) -> Result<Comment, MoveError> {
    let ours = comments::table
        .find(was.delivery_id)
        .filter(comments::fence.eq(was.fence))
        .filter(comments::state.eq(was.state));
    let moved = diesel::update(ours)
        .set((next, comments::state.eq(to), comments::fence.eq(comments::fence + 1)))
        .execute(conn)?;
    if moved == 0 {
        return Err(MoveError::Zombie);
    }
    comment(conn, was.delivery_id)?.ok_or(MoveError::Zombie)
}

/// It stands there, or does no longer: a line in the proof of its post.
pub(in crate::publishing) fn prove_comment(
    conn: &mut Conn,
    comment: &Comment,
    now: Instant,
) -> Result<(), DbError> {
    let detail = serde_json::json!({
        "state": comment.state.word(),
        "words": comment.words,
        "remote_id": comment.remote_id,
        "settled_by": comment.settled_by,
    });
    prove(conn, comment.delivery_id, ProofKind::Commented, &detail, now)
}

/// Lays all that would be said by itself with people instead, for this reason; how many.
pub(in crate::publishing) fn hand_over_comments(conn: &mut Conn, why: &str) -> Result<usize, DbError> {
    let driven = comments::table.filter(comments::state.eq_any([Standing::Ready, Standing::Sending]));
    Ok(diesel::update(driven)
        .set((
            comments::state.eq(Standing::ByHand),
            comments::next_at.eq(None::<Instant>),
            comments::lease_until.eq(None::<Instant>),
            comments::fence.eq(comments::fence + 1),
            comments::error_kind.eq(why),
        ))
        .execute(conn)?)
}
