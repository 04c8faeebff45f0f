//! Rows of what must be approved, by whom, and what was said.

use diesel::prelude::*;
use sha2::{Digest, Sha256};

use super::{
    Delivery,
    asked::{about, inside},
};
use crate::{
    accounts::{Role, Scope},
    base::{
        Instant, Subject,
        id::{ApprovalId, DeliveryId, PostingId, PublicationId, RemarkId, StoryId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{
            approval_demands, approvals, deliveries, postings, publication_remarks, publications, stories,
        },
    },
    publishing::{delivery::State, proof::ProofKind},
    words,
};

words! {
    /// What somebody said of a post.
    pub enum Word {
        /// Let it go out.
        Approved = "approved",
        /// Change it first.
        Returned = "returned",
        /// Not this one.
        Rejected = "rejected",
    }
}

/// Who must approve a delivery before it goes out.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = approval_demands)]
pub struct Demand {
    /// Which delivery.
    pub delivery_id: DeliveryId,
    /// Those who hold the role in this unit, or above it.
    pub unit_id: UnitId,
    /// Which role.
    pub role: Role,
    /// Nobody approves what they wrote.
    pub four_eyes: bool,
    /// Who wrote the words as they stand (`user:…`, `token:…`).
    pub written_by: String,
    /// When it was asked for.
    pub asked_at: Instant,
}

/// What was said of which bytes.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = approvals)]
pub struct Approval {
    /// Which.
    pub id: ApprovalId,
    /// Of which delivery.
    pub delivery_id: DeliveryId,
    /// What.
    pub verdict: Word,
    /// Of exactly these bytes.
    pub payload_sha256: String,
    /// The bytes.
    pub payload: String,
    /// A note to the author; may be empty.
    pub note: String,
    /// By whom (`user:…`).
    pub by_actor: String,
    /// When.
    pub at: Instant,
    /// What they said they had looked at, words with a space between.
    pub checks: String,
}

/// A remark on a publication.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = publication_remarks)]
pub struct Remark {
    /// Which.
    pub id: RemarkId,
    /// On what.
    pub publication_id: PublicationId,
    /// What.
    pub text: String,
    /// By whom (`user:…`).
    pub by_actor: String,
    /// When.
    pub at: Instant,
}

/// Puts a demand in, or in the place of the one there is.
pub(in crate::publishing) fn put_demand(conn: &mut Conn, demand: &Demand) -> Result<(), DbError> {
    diesel::delete(approval_demands::table.find(demand.delivery_id)).execute(conn)?;
    diesel::insert_into(approval_demands::table).values(demand).execute(conn)?;
    Ok(())
}

/// Who must approve it; none when nobody must.
pub(in crate::publishing) fn demand(conn: &mut Conn, id: DeliveryId) -> Result<Option<Demand>, DbError> {
    Ok(approval_demands::table.find(id).select(Demand::as_select()).first(conn).optional()?)
}

pub(in crate::publishing) fn insert_approval(conn: &mut Conn, approval: &Approval) -> Result<(), DbError> {
    diesel::insert_into(approvals::table).values(approval).execute(conn)?;
    let looked_at = (!approval.checks.is_empty()).then_some(approval.checks.as_str());
    let detail = serde_json::json!({
        "by": approval.by_actor,
        "word": approval.verdict.word(),
        "payload_sha256": approval.payload_sha256,
        "looked_at": looked_at,
    });
    super::prove(conn, approval.delivery_id, ProofKind::Approved, &detail, approval.at)
}

/// What was said of a delivery, oldest first.
pub fn approvals_of(conn: &mut Conn, id: DeliveryId) -> Result<Vec<Approval>, DbError> {
    Ok(approvals::table
        .filter(approvals::delivery_id.eq(id))
        .order((approvals::at, approvals::id))
        .select(Approval::as_select())
        .load(conn)?)
}

/// Whether it may go out: nobody must approve it, or the bytes that lie in the row, hashed here and now, are
/// exactly those that somebody approved.
pub(in crate::publishing) fn is_cleared(conn: &mut Conn, row: &Delivery) -> Result<bool, DbError> {
    are_cleared(conn, row.id, (&row.payload, &row.payload_sha256))
}

/// The same of bytes and the hash that is kept of them.
pub(in crate::publishing) fn are_cleared(
    conn: &mut Conn,
    id: DeliveryId,
    (payload, kept): (&str, &str),
) -> Result<bool, DbError> {
    if demand(conn, id)?.is_none() {
        return Ok(true);
    }
    let sha256 = hex::encode(Sha256::digest(payload.as_bytes()));
    let approved = approvals::table
        .filter(approvals::delivery_id.eq(id))
        .filter(approvals::verdict.eq(Word::Approved))
        .filter(approvals::payload_sha256.eq(&sha256));
    let found: bool = diesel::select(diesel::dsl::exists(approved)).get_result(conn)?;
    Ok(found && sha256 == kept)
}

/// The newest occurrence to each account of a publication, in the order they were made.
pub(in crate::publishing) fn deliveries_of(
    conn: &mut Conn,
    id: PublicationId,
) -> Result<Vec<Delivery>, DbError> {
    let mut rows: Vec<Delivery> = deliveries::table
        .filter(deliveries::publication_id.eq(id))
        .order((deliveries::occurrence, deliveries::id))
        .select(Delivery::as_select())
        .load(conn)?;
    let newest: std::collections::HashMap<_, _> = rows.iter().map(|r| (r.account_id, r.occurrence)).collect();
    rows.retain(|row| newest.get(&row.account_id) == Some(&row.occurrence));
    Ok(rows)
}

/// A delivery that people are not done with.
#[derive(Clone, Debug)]
pub(in crate::publishing) struct Work {
    /// As it stands.
    pub row: Delivery,
    /// Who must approve it.
    pub demand: Demand,
    /// What it is about.
    pub about: Subject,
    /// Whose that is.
    pub unit: UnitId,
}

/// Every delivery that people are not done with, the earliest first.
pub(in crate::publishing) fn in_the_works(conn: &mut Conn) -> Result<Vec<Work>, DbError> {
    let open: Vec<State> = State::ALL.iter().copied().filter(|s| s.waits_for_approval()).collect();
    type Row = (Delivery, Demand, Option<PostingId>, Option<StoryId>, Option<UnitId>, Option<UnitId>);
    let rows: Vec<Row> = deliveries::table
        .inner_join(approval_demands::table)
        .inner_join(about!())
        .filter(deliveries::state.eq_any(open))
        .order((deliveries::due_at, deliveries::id))
        .limit(super::asked::MOST)
        .select((
            Delivery::as_select(),
            Demand::as_select(),
            publications::posting_id,
            publications::story_id,
            postings::unit_id.nullable(),
            stories::unit_id.nullable(),
        ))
        .load(conn)?;
    let whole = |(row, demand, posting, story, of_ad, of_story): Row| {
        Some(Work { row, demand, about: Subject::of(posting, story)?, unit: of_ad.or(of_story)? })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// Whether what a publication is about lies inside `scope`.
pub(in crate::publishing) fn is_in_scope(
    conn: &mut Conn,
    scope: &Scope,
    id: PublicationId,
) -> Result<bool, DbError> {
    let inside = about!().filter(publications::id.eq(id)).filter(inside!(scope));
    Ok(diesel::select(diesel::dsl::exists(inside)).get_result(conn)?)
}

pub(in crate::publishing) fn insert_remark(conn: &mut Conn, remark: &Remark) -> Result<(), DbError> {
    diesel::insert_into(publication_remarks::table).values(remark).execute(conn)?;
    Ok(())
}

/// What was remarked on a publication, oldest first.
pub(in crate::publishing) fn remarks_on(conn: &mut Conn, id: PublicationId) -> Result<Vec<Remark>, DbError> {
    Ok(publication_remarks::table
        .filter(publication_remarks::publication_id.eq(id))
        .order((publication_remarks::at, publication_remarks::id))
        .select(Remark::as_select())
        .load(conn)?)
}
