//! The lines of the proof: written in the transaction that does what they say, never changed.

use diesel::prelude::*;

use super::{Attempt, Delivery, asked};
use crate::{
    accounts::audit::Actor,
    base::{
        Instant,
        id::{AttemptId, DeliveryId},
    },
    db::{
        self, Conn, DbError,
        schema::{attempts, deliveries, proofs},
    },
    publishing::proof::{self, Line, ProofKind},
};

/// Adds a line.
pub(in crate::publishing) fn prove(
    conn: &mut Conn,
    delivery: DeliveryId,
    kind: ProofKind,
    detail: &serde_json::Value,
    now: Instant,
) -> Result<(), DbError> {
    // two who act on one delivery at once do so one after the other
    db::lock(conn, &format!("proof of {delivery}"))?;
    let last: Option<(i32, String)> = proofs::table
        .filter(proofs::delivery_id.eq(delivery))
        .order(proofs::number.desc())
        .select((proofs::number, proofs::hash))
        .first(conn)
        .optional()?;
    let (number, previous) = last.map_or((1, String::new()), |(number, hash)| (number + 1, hash));
    let detail = detail.to_string();
    diesel::insert_into(proofs::table)
        .values((
            proofs::delivery_id.eq(delivery),
            proofs::number.eq(number),
            proofs::at.eq(now),
            proofs::kind.eq(kind),
            proofs::detail.eq(&detail),
            proofs::prev_hash.eq(&previous),
            proofs::hash.eq(proof::chain(&previous, number, now, kind, &detail)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Who decided what about a delivery.
pub(in crate::publishing) fn ruled(
    conn: &mut Conn,
    delivery: DeliveryId,
    by: Actor,
    verb: &str,
    now: Instant,
) -> Result<(), DbError> {
    let detail = serde_json::json!({ "by": by.to_string(), "verb": verb });
    prove(conn, delivery, ProofKind::Ruled, &detail, now)
}

/// An attempt as it stands now is bound into the proof.
pub(super) fn prove_ended(conn: &mut Conn, id: AttemptId, now: Instant) -> Result<(), DbError> {
    let attempt: Attempt = attempts::table.find(id).select(Attempt::as_select()).first(conn)?;
    let detail = serde_json::json!({
        "attempt": id.to_string(),
        "phase": attempt.phase.word(),
        "outcome": attempt.outcome.map(|verdict| verdict.word()),
        "status": attempt.status,
        "sha256": proof::of_attempt(&attempt),
    });
    prove(conn, attempt.delivery_id, ProofKind::Ended, &detail, now)
}

/// The lines of a delivery's proof, in order.
pub fn proof_of(conn: &mut Conn, id: DeliveryId) -> Result<Vec<Line>, DbError> {
    Ok(proofs::table.filter(proofs::delivery_id.eq(id)).order(proofs::number).load(conn)?)
}

/// Walks the proofs of every delivery; the first that does not hold, with the place of the line. Deliveries from before proofs
/// were kept have none.
pub fn unproven(conn: &mut Conn) -> Result<Option<(DeliveryId, i32)>, DbError> {
    let mut after: Option<DeliveryId> = None;
    loop {
        let mut query =
            deliveries::table.select(Delivery::as_select()).order(deliveries::id).limit(200).into_boxed();
        if let Some(after) = after {
            query = query.filter(deliveries::id.gt(after));
        }
        let rows: Vec<Delivery> = query.load(conn)?;
        let Some(last) = rows.last() else { return Ok(None) };
        after = Some(last.id);
        for row in &rows {
            let (lines, tried) = (proof_of(conn, row.id)?, asked::attempts_at(conn, row.id)?);
            if let Some(number) = proof::broken(row, &lines, &tried) {
                return Ok(Some((row.id, number)));
            }
        }
    }
}
