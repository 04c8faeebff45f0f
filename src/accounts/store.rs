//! Rows of people, units, memberships, sessions, tokens and the audit log.

pub(super) mod bars;
mod holders;

use std::collections::HashMap;

use diesel::{prelude::*, sql_types::Text};
pub use holders::holders;

use super::{
    Membership, Person, Role, Unit, UnitKind, User,
    audit::{Verb, Wanted, Written},
};
use crate::{
    base::{
        Instant, Language,
        id::{ApiTokenId, MembershipId, PostingId, UnitId, UserId},
    },
    db::{
        Conn, DbError,
        schema::{
            api_tokens, audit_events, idempotency_keys, memberships, sessions, units as units_table,
            users as users_table,
        },
    },
    each,
};

/// Every unit; a municipality has hundreds, not millions.
pub fn units(conn: &mut Conn) -> Result<Vec<Unit>, DbError> {
    Ok(units_table::table
        .order(units_table::name)
        .select((units_table::id, units_table::parent_id, units_table::name, units_table::kind))
        .load(conn)?)
}

/// The given unit and everything below it, without reading the rest of the tree.
pub(super) fn below(conn: &mut Conn, root: UnitId) -> Result<Vec<UnitId>, DbError> {
    let below = "with recursive reach(id) as (select id from units where id = $1 union \
        select units.id from units join reach on units.parent_id = reach.id) select id from reach";
    reached(conn, below, root)
}

/// The given unit and every unit above it.
pub fn units_above(conn: &mut Conn, unit: UnitId) -> Result<Vec<UnitId>, DbError> {
    let above = "with recursive reach(id, parent_id) as (select id, parent_id from units where id = $1 union \
        select units.id, units.parent_id from units join reach on units.id = reach.parent_id) select id from reach";
    reached(conn, above, unit)
}

/// The units a recursive query reaches from one. Loops in the data end instead of going round.
fn reached(conn: &mut Conn, query: &str, from: UnitId) -> Result<Vec<UnitId>, DbError> {
    #[derive(QueryableByName)]
    struct Row {
        #[diesel(sql_type = Text)]
        id: UnitId,
    }
    let rows: Vec<Row> = each!(conn, |c| diesel::sql_query(query).bind::<Text, _>(from).load(c))?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// The root, when there is one.
pub fn organisation(conn: &mut Conn) -> Result<Option<Unit>, DbError> {
    Ok(units_table::table
        .filter(units_table::parent_id.is_null())
        .select((units_table::id, units_table::parent_id, units_table::name, units_table::kind))
        .first(conn)
        .optional()?)
}

/// A unit by its exact name; for the command line.
pub fn unit_named(conn: &mut Conn, name: &str) -> Result<Option<Unit>, DbError> {
    Ok(units_table::table
        .filter(units_table::name.eq(name))
        .select((units_table::id, units_table::parent_id, units_table::name, units_table::kind))
        .first(conn)
        .optional()?)
}

pub(super) fn insert_unit(
    conn: &mut Conn,
    id: UnitId,
    parent: Option<UnitId>,
    name: &str,
    kind: UnitKind,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(units_table::table)
        .values((
            units_table::id.eq(id),
            units_table::parent_id.eq(parent),
            units_table::name.eq(name),
            units_table::kind.eq(kind),
            units_table::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Everyone who can or could log in, by name.
pub fn users(conn: &mut Conn) -> Result<Vec<User>, DbError> {
    Ok(users_table::table.order(users_table::name).select(shown()).load(conn)?)
}

type Shown =
    (users_table::id, users_table::name, users_table::email, users_table::language, users_table::disabled_at);
const fn shown() -> Shown {
    (users_table::id, users_table::name, users_table::email, users_table::language, users_table::disabled_at)
}

pub(super) fn user_by_email(conn: &mut Conn, email: &str) -> Result<Option<(User, Option<String>)>, DbError> {
    Ok(users_table::table
        .filter(users_table::email.eq(email))
        .select((shown(), users_table::password_hash))
        .first(conn)
        .optional()?)
}

/// A person with the hash of their password, when there is one.
pub(super) fn user_with_hash(conn: &mut Conn, id: UserId) -> Result<Option<(User, Option<String>)>, DbError> {
    Ok(users_table::table.find(id).select((shown(), users_table::password_hash)).first(conn).optional()?)
}

pub(super) fn set_password(conn: &mut Conn, id: UserId, hash: &str) -> Result<(), DbError> {
    diesel::update(users_table::table.find(id)).set(users_table::password_hash.eq(hash)).execute(conn)?;
    Ok(())
}

pub(super) fn set_language(conn: &mut Conn, id: UserId, language: Language) -> Result<(), DbError> {
    diesel::update(users_table::table.find(id)).set(users_table::language.eq(language)).execute(conn)?;
    Ok(())
}

/// Everyone with the roles that hold at `now`, by name.
pub fn people(conn: &mut Conn, now: Instant) -> Result<Vec<Person>, DbError> {
    let users: Vec<(User, bool)> = users_table::table
        .order(users_table::name)
        .select((shown(), users_table::password_hash.is_not_null()))
        .load(conn)?;
    let mut roles: HashMap<UserId, Vec<Membership>> = HashMap::new();
    let in_force: Vec<Membership> = memberships::table
        .filter(memberships::valid_from.le(now))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.gt(now)))
        .order(memberships::created_at)
        .select((
            memberships::id,
            memberships::user_id,
            memberships::unit_id,
            memberships::role,
            memberships::posting_id,
        ))
        .load(conn)?;
    for held in in_force {
        roles.entry(held.user_id).or_default().push(held);
    }
    Ok(users
        .into_iter()
        .map(|(user, can_log_in)| Person {
            roles: roles.remove(&user.id).unwrap_or_default(),
            can_log_in,
            user,
        })
        .collect())
}

pub(super) fn end_membership(conn: &mut Conn, id: MembershipId, now: Instant) -> Result<(), DbError> {
    diesel::update(memberships::table.find(id)).set(memberships::valid_to.eq(now)).execute(conn)?;
    Ok(())
}

pub(super) fn insert_user(
    conn: &mut Conn,
    id: UserId,
    name: &str,
    email: &str,
    password_hash: Option<&str>,
    language: Language,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(users_table::table)
        .values((
            users_table::id.eq(id),
            users_table::name.eq(name),
            users_table::email.eq(email),
            users_table::password_hash.eq(password_hash),
            users_table::language.eq(language),
            users_table::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_disabled(conn: &mut Conn, id: UserId, at: Option<Instant>) -> Result<(), DbError> {
    diesel::update(users_table::table.find(id)).set(users_table::disabled_at.eq(at)).execute(conn)?;
    Ok(())
}

/// One membership row as rights are made of it.
#[derive(Queryable, Clone, Debug)]
pub struct Held {
    pub unit_id: UnitId,
    pub role: Role,
    pub posting_id: Option<PostingId>,
}

/// A person's memberships in force at `now`.
pub(super) fn held(conn: &mut Conn, user: UserId, now: Instant) -> Result<Vec<Held>, DbError> {
    Ok(memberships::table
        .filter(memberships::user_id.eq(user))
        .filter(memberships::valid_from.le(now))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.gt(now)))
        .select((memberships::unit_id, memberships::role, memberships::posting_id))
        .load(conn)?)
}

#[expect(clippy::too_many_arguments, reason = "one column each")]
pub(super) fn insert_membership(
    conn: &mut Conn,
    id: MembershipId,
    user: UserId,
    unit: UnitId,
    role: Role,
    posting: Option<PostingId>,
    from: Instant,
    to: Option<Instant>,
) -> Result<(), DbError> {
    diesel::insert_into(memberships::table)
        .values((
            memberships::id.eq(id),
            memberships::user_id.eq(user),
            memberships::unit_id.eq(unit),
            memberships::role.eq(role),
            memberships::posting_id.eq(posting),
            memberships::valid_from.eq(from),
            memberships::valid_to.eq(to),
            memberships::created_at.eq(from),
        ))
        .execute(conn)?;
    Ok(())
}

/// A session as the cookie leads to it.
#[derive(Queryable, Clone, Debug)]
pub(super) struct SessionRow {
    pub user: User,
    pub csrf: String,
    pub seen_at: Instant,
    pub flash: Option<String>,
}

pub(super) fn session(
    conn: &mut Conn,
    token_hash: &str,
    now: Instant,
    idle_since: Instant,
) -> Result<Option<SessionRow>, DbError> {
    Ok(sessions::table
        .inner_join(users_table::table)
        .filter(sessions::token_hash.eq(token_hash))
        .filter(sessions::ends_at.gt(now))
        .filter(sessions::seen_at.gt(idle_since))
        .filter(users_table::disabled_at.is_null())
        .select((shown(), sessions::csrf, sessions::seen_at, sessions::flash))
        .first(conn)
        .optional()?)
}

pub(super) fn insert_session(
    conn: &mut Conn,
    token_hash: &str,
    user: UserId,
    csrf: &str,
    now: Instant,
    ends: Instant,
) -> Result<(), DbError> {
    // sessions that have ended are of no use to anyone
    diesel::delete(sessions::table.filter(sessions::ends_at.lt(now))).execute(conn)?;
    diesel::insert_into(sessions::table)
        .values((
            sessions::token_hash.eq(token_hash),
            sessions::user_id.eq(user),
            sessions::csrf.eq(csrf),
            sessions::created_at.eq(now),
            sessions::seen_at.eq(now),
            sessions::ends_at.eq(ends),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn touch_session(conn: &mut Conn, token_hash: &str, now: Instant) -> Result<(), DbError> {
    diesel::update(sessions::table.find(token_hash)).set(sessions::seen_at.eq(now)).execute(conn)?;
    Ok(())
}

/// What was to be said on the next page is not said where it names one of these.
pub fn forget_said(conn: &mut Conn, names: &[&str]) -> Result<(), DbError> {
    let said: Vec<(String, Option<String>)> = sessions::table
        .filter(sessions::flash.is_not_null())
        .select((sessions::token_hash, sessions::flash))
        .load(conn)?;
    for (token_hash, flash) in said {
        if flash.is_some_and(|flash| names.iter().any(|name| flash.contains(name))) {
            set_flash(conn, &token_hash, None)?;
        }
    }
    Ok(())
}

pub(super) fn set_flash(conn: &mut Conn, token_hash: &str, flash: Option<&str>) -> Result<(), DbError> {
    diesel::update(sessions::table.find(token_hash)).set(sessions::flash.eq(flash)).execute(conn)?;
    Ok(())
}

pub(super) fn delete_session(conn: &mut Conn, token_hash: &str) -> Result<(), DbError> {
    diesel::delete(sessions::table.find(token_hash)).execute(conn)?;
    Ok(())
}

pub(super) fn delete_sessions_of(conn: &mut Conn, user: UserId) -> Result<(), DbError> {
    diesel::delete(sessions::table.filter(sessions::user_id.eq(user))).execute(conn)?;
    Ok(())
}

pub(super) fn insert_token(
    conn: &mut Conn,
    id: ApiTokenId,
    name: &str,
    token_hash: &str,
    unit: UnitId,
    role: Role,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(api_tokens::table)
        .values((
            api_tokens::id.eq(id),
            api_tokens::name.eq(name),
            api_tokens::token_hash.eq(token_hash),
            api_tokens::unit_id.eq(unit),
            api_tokens::role.eq(role),
            api_tokens::created_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn token(
    conn: &mut Conn,
    token_hash: &str,
) -> Result<Option<(ApiTokenId, UnitId, Role)>, DbError> {
    Ok(api_tokens::table
        .filter(api_tokens::token_hash.eq(token_hash))
        .filter(api_tokens::revoked_at.is_null())
        .select((api_tokens::id, api_tokens::unit_id, api_tokens::role))
        .first(conn)
        .optional()?)
}

/// What is known of a repeated API call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum IdempotencyState {
    /// Never seen: ours to do.
    New,
    /// The same call is still running.
    Running,
    /// Done: the status and body given then.
    Done(u16, String),
    /// The key was used for another call.
    Other,
}

/// Takes an idempotency key for a call, or says what became of the one that has it.
pub fn start_idempotent(
    conn: &mut Conn,
    token: ApiTokenId,
    key: &str,
    request_hash: &str,
    now: Instant,
) -> Result<IdempotencyState, DbError> {
    let row: Option<(String, Option<i32>, Option<String>)> = idempotency_keys::table
        .find((token, key))
        .select((idempotency_keys::request_hash, idempotency_keys::status, idempotency_keys::body))
        .first(conn)
        .optional()?;
    match row {
        Some((hash, _, _)) if hash != request_hash => return Ok(IdempotencyState::Other),
        Some((_, Some(status), body)) => {
            return Ok(IdempotencyState::Done(
                u16::try_from(status).unwrap_or(500),
                body.unwrap_or_default(),
            ));
        }
        Some(_) => return Ok(IdempotencyState::Running),
        None => {}
    }
    let row = (
        idempotency_keys::token_id.eq(token),
        idempotency_keys::key.eq(key),
        idempotency_keys::request_hash.eq(request_hash),
        idempotency_keys::created_at.eq(now),
    );
    let inserted = each!(conn, |c| diesel::insert_into(idempotency_keys::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if inserted == 1 {
        return Ok(IdempotencyState::New);
    }
    // only on PostgreSQL: the same call came in the same moment and was waited for; now it can be read
    start_idempotent(conn, token, key, request_hash, now)
}

/// Forgets the answers to calls made before `before`.
pub(super) fn forget_answers(conn: &mut Conn, before: Instant) -> Result<(), DbError> {
    diesel::delete(idempotency_keys::table.filter(idempotency_keys::created_at.lt(before))).execute(conn)?;
    Ok(())
}

/// Keeps what was answered.
pub fn finish_idempotent(
    conn: &mut Conn,
    token: ApiTokenId,
    key: &str,
    status: u16,
    body: &str,
) -> Result<(), DbError> {
    diesel::update(idempotency_keys::table.find((token, key)))
        .set((idempotency_keys::status.eq(i32::from(status)), idempotency_keys::body.eq(body)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn last_audit_hash(conn: &mut Conn) -> Result<String, DbError> {
    Ok(audit_events::table
        .order(audit_events::seq.desc())
        .select(audit_events::hash)
        .first(conn)
        .optional()?
        .unwrap_or_default())
}

#[expect(clippy::too_many_arguments, reason = "one column each")]
pub(super) fn insert_audit(
    conn: &mut Conn,
    at: Instant,
    actor: &str,
    verb: Verb,
    object: &str,
    posting: Option<PostingId>,
    detail: Option<&str>,
    previous: &str,
    hash: &str,
) -> Result<(), DbError> {
    diesel::insert_into(audit_events::table)
        .values((
            audit_events::at.eq(at),
            audit_events::actor.eq(actor),
            audit_events::verb.eq(verb),
            audit_events::object.eq(object),
            audit_events::posting_id.eq(posting),
            audit_events::detail.eq(detail),
            audit_events::prev_hash.eq(previous),
            audit_events::hash.eq(hash),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn audit_lines(
    conn: &mut Conn,
    object: Option<&str>,
    limit: i64,
) -> Result<Vec<Written>, DbError> {
    let mut query = audit_events::table.order(audit_events::seq.desc()).limit(limit).into_boxed();
    if let Some(object) = object {
        query = query.filter(audit_events::object.eq(object.to_owned()));
    }
    Ok(query.load(conn)?)
}

pub(super) fn audit_wanted(conn: &mut Conn, wanted: &Wanted, limit: i64) -> Result<Vec<Written>, DbError> {
    let mut query = audit_events::table.order(audit_events::seq.desc()).limit(limit).into_boxed();
    if let Some(actor) = &wanted.actor {
        query = query.filter(audit_events::actor.eq(actor.clone()));
    }
    if !wanted.objects.is_empty() {
        query = query.filter(audit_events::object.eq_any(wanted.objects.clone()));
    }
    if !wanted.verbs.is_empty() {
        query = query.filter(audit_events::verb.eq_any(wanted.verbs.clone()));
    }
    if let Some(postings) = &wanted.postings {
        query = query.filter(audit_events::posting_id.eq_any(postings.clone()));
    }
    if let Some(before) = wanted.before {
        query = query.filter(audit_events::seq.lt(before));
    }
    Ok(query.load(conn)?)
}

pub(super) fn count_audit(conn: &mut Conn, object: &str, verb: Verb) -> Result<i64, DbError> {
    Ok(audit_events::table
        .filter(audit_events::object.eq(object))
        .filter(audit_events::verb.eq(verb))
        .count()
        .get_result(conn)?)
}

pub(super) fn audit_after(conn: &mut Conn, after: i64, limit: i64) -> Result<Vec<Written>, DbError> {
    Ok(audit_events::table
        .filter(audit_events::seq.gt(after))
        .order(audit_events::seq)
        .limit(limit)
        .load(conn)?)
}
