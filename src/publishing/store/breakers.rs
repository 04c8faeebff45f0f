//! Rows of breakers (what stands before a peer that is unwell) and budgets (how much a channel still allows).

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{AccountId, DeliveryId},
    },
    channels::ChannelKind,
    db::{
        Conn, DbError,
        schema::{breakers, budgets, deliveries},
    },
    publishing::{breaker::Scope, delivery::State},
};

/// A breaker as it lies in the database.
#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone, Debug, PartialEq, Eq)]
#[diesel(table_name = breakers, treat_none_as_null = true)]
pub struct Breaker {
    /// Before what, see [`Scope`].
    pub scope: String,
    /// Failures in a row.
    pub fails: i32,
    /// Since when nothing is tried; none: closed.
    pub open_since: Option<Instant>,
    /// While open: when it is asked again.
    pub probe_at: Option<Instant>,
    /// Asked in vain so often since it opened.
    pub probes: i32,
    /// Of the last problem.
    pub kind: String,
    /// The peer's words, or what we saw.
    pub words: String,
    /// When it last changed.
    pub updated_at: Instant,
}

/// What a channel said last of how much it still allows an account.
#[derive(Queryable, Selectable, Insertable, AsChangeset, Clone, Copy, Debug, PartialEq, Eq)]
#[diesel(table_name = budgets)]
pub struct Budget {
    /// Whose.
    pub account_id: AccountId,
    /// Calls in a window.
    pub allowed: i64,
    /// Of which so many are left.
    pub remaining: i64,
    /// When the count starts anew.
    pub resets_at: Instant,
    /// When it was said.
    pub read_at: Instant,
}

/// The breaker before something; none: all is well there.
pub(in crate::publishing) fn breaker(conn: &mut Conn, scope: Scope) -> Result<Option<Breaker>, DbError> {
    Ok(breakers::table.find(scope.to_string()).select(Breaker::as_select()).first(conn).optional()?)
}

/// Those that hold something back, the oldest first.
pub fn open_breakers(conn: &mut Conn) -> Result<Vec<Breaker>, DbError> {
    Ok(breakers::table
        .filter(breakers::open_since.is_not_null())
        .order((breakers::open_since, breakers::scope))
        .select(Breaker::as_select())
        .load(conn)?)
}

/// Those whose peer is to be asked again.
pub(in crate::publishing) fn to_probe(conn: &mut Conn, now: Instant) -> Result<Vec<Breaker>, DbError> {
    Ok(breakers::table.filter(breakers::probe_at.le(now)).select(Breaker::as_select()).load(conn)?)
}

/// Writes it, new or over the old one.
pub(in crate::publishing) fn put_breaker(conn: &mut Conn, row: &Breaker) -> Result<(), DbError> {
    let changed = diesel::update(breakers::table.find(&row.scope)).set(row).execute(conn)?;
    if changed == 0 {
        crate::each!(conn, |c| diesel::insert_into(breakers::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Puts the next question off, unless somebody else has just done so; true when it is ours to ask.
pub(in crate::publishing) fn claim_probe(
    conn: &mut Conn,
    was: &Breaker,
    next: Instant,
    now: Instant,
) -> Result<bool, DbError> {
    let ours = breakers::table.find(&was.scope).filter(breakers::probe_at.eq(was.probe_at));
    let set =
        (breakers::probe_at.eq(next), breakers::probes.eq(was.probes + 1), breakers::updated_at.eq(now));
    Ok(diesel::update(ours).set(set).execute(conn)? == 1)
}

/// All is well again; true when it was open.
pub(in crate::publishing) fn drop_breaker(conn: &mut Conn, scope: Scope) -> Result<bool, DbError> {
    let scope = scope.to_string();
    let open = breakers::table.find(&scope).filter(breakers::open_since.is_not_null());
    let was_open = diesel::delete(open).execute(conn)? == 1;
    diesel::delete(breakers::table.find(&scope)).execute(conn)?;
    Ok(was_open)
}

/// Makes those of these accounts that wait for `reasons` due now; how many. Found by the reason, which few have: by account or
/// state, all that is planned for a year would be read.
pub(in crate::publishing) fn wake_waiting(
    conn: &mut Conn,
    accounts: &[AccountId],
    reasons: &[&str],
    now: Instant,
) -> Result<usize, DbError> {
    const WAITING: [State; 3] = [State::Planned, State::RetryWait, State::Unknown];
    let reasons: Vec<String> = reasons.iter().map(|r| (*r).to_owned()).collect();
    let waiting: Vec<(DeliveryId, AccountId, State, Option<Instant>)> = deliveries::table
        .filter(deliveries::error_kind.eq_any(reasons))
        .select((deliveries::id, deliveries::account_id, deliveries::state, deliveries::next_at))
        .load(conn)?;
    let ids: Vec<DeliveryId> = waiting
        .into_iter()
        .filter(|(_, account, state, next)| {
            accounts.contains(account) && WAITING.contains(state) && next.is_some_and(|at| at > now)
        })
        .map(|(id, ..)| id)
        .collect();
    let mut woken = 0;
    for some in ids.chunks(500) {
        let still = deliveries::table
            .filter(deliveries::id.eq_any(some))
            .filter(deliveries::state.eq_any(WAITING))
            .filter(deliveries::next_at.gt(now));
        woken += diesel::update(still).set(deliveries::next_at.eq(now)).execute(conn)?;
    }
    Ok(woken)
}

/// What a channel said of an account last.
pub(in crate::publishing) fn budget(conn: &mut Conn, id: AccountId) -> Result<Option<Budget>, DbError> {
    Ok(budgets::table.find(id).select(Budget::as_select()).first(conn).optional()?)
}

/// Writes it, new or over the old one.
pub(in crate::publishing) fn put_budget(conn: &mut Conn, row: &Budget) -> Result<(), DbError> {
    let changed = diesel::update(budgets::table.find(row.account_id)).set(row).execute(conn)?;
    if changed == 0 {
        crate::each!(conn, |c| diesel::insert_into(budgets::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
    }
    Ok(())
}

/// Every account of a channel.
pub(in crate::publishing) fn accounts_of(
    conn: &mut Conn,
    kind: ChannelKind,
) -> Result<Vec<AccountId>, DbError> {
    let connections = crate::channels::connections(conn)?;
    Ok(connections.into_iter().filter(|c| c.channel == kind).map(|c| c.id).collect())
}

/// How many posts wait to go out on these accounts.
pub(in crate::publishing) fn waiting_on(conn: &mut Conn, accounts: &[AccountId]) -> Result<i64, DbError> {
    Ok(deliveries::table
        .filter(deliveries::account_id.eq_any(accounts))
        .filter(deliveries::state.eq_any([State::Planned, State::RetryWait, State::Unknown]))
        .count()
        .get_result(conn)?)
}
