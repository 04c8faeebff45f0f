//! Rows of slots, and what stands in them: deliveries, asked for each time.

use std::collections::BTreeMap;

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{AccountId, DeliveryId},
    },
    db::{
        Conn, DbError,
        schema::{deliveries, posting_slots},
    },
    publishing::{delivery::State, slot::Slot},
};

/// Deliveries in these states hold no slot: nothing of them will go out.
const FREED: [State; 5] = [State::Failed, State::Missed, State::Cancelled, State::Removing, State::Removed];

fn slot(weekday: i32, minute: i32) -> Option<Slot> {
    Slot::new(u32::try_from(weekday).ok()?, u32::try_from(minute).ok()?)
}

/// The slots of an account, in order.
pub fn slots_of(conn: &mut Conn, account: AccountId) -> Result<Vec<Slot>, DbError> {
    let rows: Vec<(i32, i32)> = posting_slots::table
        .filter(posting_slots::account_id.eq(account))
        .order((posting_slots::weekday, posting_slots::minute))
        .select((posting_slots::weekday, posting_slots::minute))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(weekday, minute)| slot(weekday, minute)).collect())
}

/// The slots of every account that has any.
pub(in crate::publishing) fn all_slots(conn: &mut Conn) -> Result<BTreeMap<AccountId, Vec<Slot>>, DbError> {
    let rows: Vec<(AccountId, i32, i32)> = posting_slots::table
        .order((posting_slots::account_id, posting_slots::weekday, posting_slots::minute))
        .select((posting_slots::account_id, posting_slots::weekday, posting_slots::minute))
        .load(conn)?;
    let mut all: BTreeMap<AccountId, Vec<Slot>> = BTreeMap::new();
    for (account, weekday, minute) in rows {
        all.entry(account).or_default().extend(slot(weekday, minute));
    }
    Ok(all)
}

/// Puts these in the place of those an account has.
pub(in crate::publishing) fn put_slots(
    conn: &mut Conn,
    account: AccountId,
    slots: &[Slot],
) -> Result<(), DbError> {
    diesel::delete(posting_slots::table.filter(posting_slots::account_id.eq(account))).execute(conn)?;
    for slot in slots {
        diesel::insert_into(posting_slots::table)
            .values((
                posting_slots::account_id.eq(account),
                posting_slots::weekday.eq(i32::from(slot.weekday)),
                posting_slots::minute.eq(i32::from(slot.minute)),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// When something goes out, or went out, on an account between two moments.
pub(in crate::publishing) fn taken(
    conn: &mut Conn,
    account: AccountId,
    from: Instant,
    until: Instant,
    apart: Option<DeliveryId>,
) -> Result<Vec<Instant>, DbError> {
    let rows: Vec<(DeliveryId, Instant)> = deliveries::table
        .filter(deliveries::account_id.eq(account))
        .filter(deliveries::due_at.ge(from).and(deliveries::due_at.le(until)))
        .filter(deliveries::state.ne_all(FREED))
        .select((deliveries::id, deliveries::due_at))
        .load(conn)?;
    Ok(rows.into_iter().filter(|(id, _)| Some(*id) != apart).map(|(_, at)| at).collect())
}
