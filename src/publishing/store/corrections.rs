//! Rows of other words for what is out. Claimed by a lease and a fence number, as deliveries are.

use diesel::prelude::*;

use super::{Delivery, MoveError, prove};
use crate::{
    accounts::{Scope, audit::Actor},
    base::{
        Instant, Subject,
        id::{CorrectionId, DeliveryId, PostingId, PublicationId, StoryId},
    },
    channels::Post,
    db::{
        Conn, DbError,
        schema::{corrections, deliveries, postings, publications, stories},
    },
    kit::Kit,
    publishing::{
        correction::{Standing, Told, Way},
        delivery::State,
        proof::ProofKind,
        publication,
    },
};

use super::asked::{about, inside, paired};

/// Other words for a delivery that is out.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = corrections)]
#[expect(missing_docs, reason = "the migration explains each column")]
pub struct Correction {
    pub id: CorrectionId,
    pub delivery_id: DeliveryId,
    pub way: Way,
    pub state: Standing,
    pub payload: String,
    pub payload_sha256: String,
    pub before_sha256: String,
    pub told: String,
    pub by_actor: String,
    pub created_at: Instant,
    pub next_at: Option<Instant>,
    pub lease_until: Option<Instant>,
    pub fence: i32,
    pub tries: i32,
    pub unsure_since: Option<Instant>,
    pub error_kind: Option<String>,
    pub error_words: Option<String>,
    pub settled_at: Option<Instant>,
    pub settled_by: Option<String>,
}

impl Correction {
    /// One that was just wished for: `before` is the hash of what stands there, and how it is to be changed.
    pub(in crate::publishing) fn begun(
        kit: &Kit,
        (delivery_id, post, told): (DeliveryId, &Post, &Told),
        (before, way): (&str, Way),
        actor: Actor,
        now: Instant,
    ) -> Self {
        let (payload, payload_sha256) = publication::freeze(post);
        Self {
            id: CorrectionId::new(now, &kit.chance),
            delivery_id,
            way,
            state: Standing::Waits,
            payload,
            payload_sha256,
            before_sha256: before.to_owned(),
            told: serde_json::to_string(told).expect("what is told is plain data"),
            by_actor: actor.to_string(),
            created_at: now,
            next_at: None,
            lease_until: None,
            fence: 0,
            tries: 0,
            unsure_since: None,
            error_kind: None,
            error_words: None,
            settled_at: None,
            settled_by: None,
        }
    }
}

/// What a move writes beside the state.
#[derive(AsChangeset, Default)]
#[diesel(table_name = corrections)]
pub(in crate::publishing) struct Turn {
    pub way: Option<Way>,
    pub next_at: Option<Option<Instant>>,
    pub lease_until: Option<Option<Instant>>,
    pub tries: Option<i32>,
    pub unsure_since: Option<Option<Instant>>,
    pub error_kind: Option<Option<String>>,
    pub error_words: Option<Option<String>>,
    pub settled_at: Option<Option<Instant>>,
    pub settled_by: Option<Option<String>>,
}

pub(in crate::publishing) fn insert_correction(conn: &mut Conn, row: &Correction) -> Result<(), DbError> {
    diesel::insert_into(corrections::table).values(row).execute(conn)?;
    Ok(())
}

/// A correction by its id.
pub fn correction(conn: &mut Conn, id: CorrectionId) -> Result<Option<Correction>, DbError> {
    Ok(corrections::table.find(id).select(Correction::as_select()).first(conn).optional()?)
}

/// Every correction of a delivery, oldest first.
pub fn corrections_of(conn: &mut Conn, id: DeliveryId) -> Result<Vec<Correction>, DbError> {
    Ok(corrections::table
        .filter(corrections::delivery_id.eq(id))
        .order((corrections::created_at, corrections::id))
        .select(Correction::as_select())
        .load(conn)?)
}

/// The one of a delivery with which something is still to happen.
pub(in crate::publishing) fn open_correction(
    conn: &mut Conn,
    id: DeliveryId,
) -> Result<Option<Correction>, DbError> {
    Ok(corrections::table
        .filter(corrections::delivery_id.eq(id))
        .filter(corrections::state.eq_any(Standing::OPEN))
        .select(Correction::as_select())
        .first(conn)
        .optional()?)
}

/// Those that stand so, with their deliveries, oldest first; at most a thousand.
pub(in crate::publishing) fn corrections_that(
    conn: &mut Conn,
    state: Standing,
) -> Result<Vec<(Correction, Delivery)>, DbError> {
    Ok(corrections::table
        .inner_join(deliveries::table)
        .filter(corrections::state.eq(state))
        .order((corrections::created_at, corrections::id))
        .limit(1000)
        .select((Correction::as_select(), Delivery::as_select()))
        .load(conn)?)
}

/// Those whose time has come and that nobody has in hand, the longest waiting first.
pub(in crate::publishing) fn corrections_due(
    conn: &mut Conn,
    now: Instant,
    most: i64,
) -> Result<Vec<CorrectionId>, DbError> {
    Ok(corrections::table
        .filter(corrections::next_at.le(now))
        .filter(corrections::state.eq_any([Standing::Ready, Standing::Sending]))
        .filter(corrections::lease_until.is_null().or(corrections::lease_until.lt(now)))
        .order(corrections::next_at)
        .limit(most)
        .select(corrections::id)
        .load(conn)?)
}

/// Takes the lease and the next fence number in one write, unless somebody holds it or it is not due.
pub(in crate::publishing) fn claim_correction(
    conn: &mut Conn,
    id: CorrectionId,
    now: Instant,
    until: Instant,
) -> Result<Option<Correction>, DbError> {
    let free = corrections::table
        .find(id)
        .filter(corrections::next_at.le(now))
        .filter(corrections::state.eq_any([Standing::Ready, Standing::Sending]))
        .filter(corrections::lease_until.is_null().or(corrections::lease_until.lt(now)));
    let taken = diesel::update(free)
        .set((corrections::lease_until.eq(until), corrections::fence.eq(corrections::fence + 1)))
        .execute(conn)?;
    if taken == 0 { Ok(None) } else { correction(conn, id) }
}

/// Moves it, if it is still as it was read, and takes the next fence number, so that whoever holds it stops.
pub(in crate::publishing) fn turn_correction(
    conn: &mut Conn,
    was: &Correction,
    to: Standing,
    turn: &Turn,
) -> Result<Correction, MoveError> {
    let ours = corrections::table
        .find(was.id)
        .filter(corrections::fence.eq(was.fence))
        .filter(corrections::state.eq(was.state));
    let moved = diesel::update(ours)
        .set((turn, corrections::state.eq(to), corrections::fence.eq(corrections::fence + 1)))
        .execute(conn)?;
    if moved == 0 {
        return Err(MoveError::Zombie);
    }
    correction(conn, was.id)?.ok_or(MoveError::Zombie)
}

/// Lays all that would be sent by itself with people instead, for this reason; how many.
pub(in crate::publishing) fn hand_over_corrections(conn: &mut Conn, why: &str) -> Result<usize, DbError> {
    let driven = corrections::table.filter(corrections::state.eq_any([Standing::Ready, Standing::Sending]));
    Ok(diesel::update(driven)
        .set((
            corrections::state.eq(Standing::ByHand),
            corrections::next_at.eq(None::<Instant>),
            corrections::lease_until.eq(None::<Instant>),
            corrections::fence.eq(corrections::fence + 1),
            corrections::error_kind.eq(why),
        ))
        .execute(conn)?)
}

/// What a delivery's newest correction that came to something was written to tell.
pub(in crate::publishing) fn told_last(conn: &mut Conn, id: DeliveryId) -> Result<Option<String>, DbError> {
    Ok(corrections::table
        .filter(corrections::delivery_id.eq(id))
        .filter(corrections::state.ne_all(Standing::VOID))
        .order((corrections::created_at.desc(), corrections::id.desc()))
        .select(corrections::told)
        .first(conn)
        .optional()?)
}

/// Other words stand at what is out: they take the place of the old ones in its row, with a line of proof.
pub(in crate::publishing) fn reworded(
    conn: &mut Conn,
    was: &Delivery,
    by: &Correction,
    now: Instant,
) -> Result<(), MoveError> {
    let there = deliveries::table
        .find(was.id)
        .filter(deliveries::state.eq(State::Published))
        .filter(deliveries::payload_sha256.eq(&was.payload_sha256));
    let hit = diesel::update(there)
        .set((
            deliveries::payload.eq(&by.payload),
            deliveries::payload_sha256.eq(&by.payload_sha256),
            deliveries::updated_at.eq(now),
        ))
        .execute(conn)?;
    if hit == 0 {
        return Err(MoveError::Zombie);
    }
    let detail = serde_json::json!({
        "by": by.by_actor,
        "way": by.way.word(),
        "correction": by.id.to_string(),
        "before_sha256": was.payload_sha256,
        "payload_sha256": by.payload_sha256,
        "settled_by": by.settled_by,
    });
    Ok(prove(conn, was.id, ProofKind::Corrected, &detail, now)?)
}

/// What hangs inside `scope` of a publication, or of any, where the ad or story was changed since it was made; newest
/// first, at most a hundred.
pub(in crate::publishing) fn outgrown(
    conn: &mut Conn,
    scope: &Scope,
    subject: Option<Subject>,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let mut query = deliveries::table
        .inner_join(about!())
        .filter(inside!(scope))
        .filter(deliveries::state.eq(State::Published))
        .filter(
            postings::state
                .eq("open")
                .and(postings::updated_at.gt(publications::created_at))
                .or(stories::updated_at.gt(publications::created_at)),
        )
        .into_boxed();
    match subject {
        Some(Subject::Posting(id)) => query = query.filter(publications::posting_id.eq(id)),
        Some(Subject::Story(id)) => query = query.filter(publications::story_id.eq(id)),
        None => {}
    }
    let rows: Vec<(Delivery, Option<PostingId>, Option<StoryId>)> = query
        .order((deliveries::due_at.desc(), deliveries::id.desc()))
        .limit(100)
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}

/// What hangs of a publication, in the order it was made.
pub(in crate::publishing) fn hanging_of(
    conn: &mut Conn,
    id: PublicationId,
) -> Result<Vec<Delivery>, DbError> {
    Ok(deliveries::table
        .filter(deliveries::publication_id.eq(id))
        .filter(deliveries::state.eq_any([State::Published, State::Removing]))
        .order((deliveries::occurrence, deliveries::id))
        .select(Delivery::as_select())
        .load(conn)?)
}
