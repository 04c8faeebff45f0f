//! Rows of connected accounts, their tokens, registered apps and log-ins under way.

mod endings;
mod packages;

use diesel::prelude::*;

pub(super) use endings::ending_before;
pub use endings::warned;
pub use packages::posting_at;
pub(super) use packages::put_posting;

use super::{
    Ability, ChannelKind,
    connection::{Connection, Identity, Standing},
};
use crate::{
    base::{
        Instant,
        id::{AccountId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{account_tokens, channel_accounts, oauth_apps, oauth_flows},
    },
    each,
};

#[derive(Queryable)]
struct Row {
    id: AccountId,
    channel: ChannelKind,
    remote_id: String,
    handle: String,
    display_name: String,
    base_url: String,
    unit_id: UnitId,
    state: Standing,
    practice: bool,
    ability: String,
    granted: String,
    problem: Option<String>,
    problem_words: Option<String>,
    problem_at: Option<Instant>,
    checked_at: Option<Instant>,
    connected_by: String,
    connected_at: Instant,
    updated_at: Instant,
}

impl From<Row> for Connection {
    fn from(row: Row) -> Self {
        Self {
            // what an older version wrote may lack a field; the next look writes it anew
            ability: serde_json::from_str(&row.ability).unwrap_or_else(|_| Ability::usual(row.channel)),
            id: row.id,
            channel: row.channel,
            remote_id: row.remote_id,
            handle: row.handle,
            display_name: row.display_name,
            base_url: row.base_url,
            unit_id: row.unit_id,
            state: row.state,
            practice: row.practice,
            granted: row.granted.split_whitespace().map(str::to_owned).collect(),
            problem: row.problem,
            problem_words: row.problem_words,
            problem_at: row.problem_at,
            checked_at: row.checked_at,
            connected_by: row.connected_by,
            connected_at: row.connected_at,
            updated_at: row.updated_at,
        }
    }
}

/// Every account that was ever connected and not forgotten, by channel and name.
pub fn connections(conn: &mut Conn) -> Result<Vec<Connection>, DbError> {
    let rows: Vec<Row> =
        channel_accounts::table.order((channel_accounts::channel, channel_accounts::handle)).load(conn)?;
    Ok(rows.into_iter().map(Into::into).collect())
}

/// One account.
pub fn connection(conn: &mut Conn, id: AccountId) -> Result<Option<Connection>, DbError> {
    Ok(channel_accounts::table.find(id).first::<Row>(conn).optional()?.map(Into::into))
}

/// An account by the peer's own name for it (R25: at most one).
pub(super) fn connection_at_peer(
    conn: &mut Conn,
    channel: ChannelKind,
    remote_id: &str,
) -> Result<Option<Connection>, DbError> {
    Ok(channel_accounts::table
        .filter(channel_accounts::channel.eq(channel))
        .filter(channel_accounts::remote_id.eq(remote_id))
        .first::<Row>(conn)
        .optional()?
        .map(Into::into))
}

/// What is written when an account is connected.
pub(super) struct Connected<'a> {
    pub channel: ChannelKind,
    pub identity: &'a Identity,
    pub unit: UnitId,
    pub practice: bool,
    pub ability: &'a Ability,
    pub granted: &'a str,
    pub by: &'a str,
    pub at: Instant,
}

/// A new account.
pub(super) fn insert(conn: &mut Conn, id: AccountId, new: &Connected<'_>) -> Result<(), DbError> {
    diesel::insert_into(channel_accounts::table)
        .values((
            (
                channel_accounts::id.eq(id),
                channel_accounts::channel.eq(new.channel),
                channel_accounts::remote_id.eq(&new.identity.remote_id),
                channel_accounts::unit_id.eq(new.unit),
                channel_accounts::practice.eq(new.practice),
            ),
            (
                channel_accounts::handle.eq(&new.identity.handle),
                channel_accounts::display_name.eq(&new.identity.display_name),
                channel_accounts::base_url.eq(new.identity.base_url.as_str()),
                channel_accounts::state.eq(Standing::Connected),
                channel_accounts::ability.eq(ability_text(new.ability)),
                channel_accounts::granted.eq(new.granted),
                channel_accounts::checked_at.eq(new.at),
                channel_accounts::connected_by.eq(new.by),
                channel_accounts::connected_at.eq(new.at),
                channel_accounts::updated_at.eq(new.at),
            ),
        ))
        .execute(conn)?;
    Ok(())
}

/// The same account connected anew: it keeps its id, its unit and its past.
pub(super) fn renew(conn: &mut Conn, id: AccountId, new: &Connected<'_>) -> Result<(), DbError> {
    diesel::update(channel_accounts::table.find(id))
        .set((
            channel_accounts::handle.eq(&new.identity.handle),
            channel_accounts::display_name.eq(&new.identity.display_name),
            channel_accounts::base_url.eq(new.identity.base_url.as_str()),
            channel_accounts::practice.eq(new.practice),
            channel_accounts::state.eq(Standing::Connected),
            channel_accounts::ability.eq(ability_text(new.ability)),
            channel_accounts::granted.eq(new.granted),
            channel_accounts::problem.eq(None::<String>),
            channel_accounts::problem_words.eq(None::<String>),
            channel_accounts::problem_at.eq(None::<Instant>),
            channel_accounts::checked_at.eq(new.at),
            channel_accounts::connected_by.eq(new.by),
            channel_accounts::connected_at.eq(new.at),
            channel_accounts::updated_at.eq(new.at),
        ))
        .execute(conn)?;
    Ok(())
}

/// What the peer allows, as just read; the account works.
pub(super) fn set_ability(
    conn: &mut Conn,
    id: AccountId,
    ability: &Ability,
    now: Instant,
) -> Result<(), DbError> {
    let connected = channel_accounts::table.find(id).filter(channel_accounts::state.eq(Standing::Connected));
    diesel::update(connected)
        .set((
            channel_accounts::ability.eq(ability_text(ability)),
            channel_accounts::problem.eq(None::<String>),
            channel_accounts::problem_words.eq(None::<String>),
            channel_accounts::problem_at.eq(None::<Instant>),
            channel_accounts::checked_at.eq(now),
            channel_accounts::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Something passing was wrong at the last look; the account stays connected.
pub(super) fn note_problem(conn: &mut Conn, id: AccountId, loss: &Loss) -> Result<(), DbError> {
    let connected = channel_accounts::table.find(id).filter(channel_accounts::state.eq(Standing::Connected));
    diesel::update(connected)
        .set((
            channel_accounts::problem.eq(loss.key),
            channel_accounts::problem_words.eq(&loss.words),
            channel_accounts::problem_at.eq(loss.at),
            channel_accounts::updated_at.eq(loss.at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Somebody ends the connection. True when it was not ended before.
pub(super) fn disconnect(conn: &mut Conn, id: AccountId, now: Instant) -> Result<bool, DbError> {
    let alive = channel_accounts::table.find(id).filter(channel_accounts::state.ne(Standing::Disconnected));
    Ok(diesel::update(alive)
        .set((
            channel_accounts::state.eq(Standing::Disconnected),
            channel_accounts::problem.eq(None::<String>),
            channel_accounts::problem_words.eq(None::<String>),
            channel_accounts::problem_at.eq(None::<Instant>),
            channel_accounts::updated_at.eq(now),
        ))
        .execute(conn)?
        > 0)
}

/// Why an account was lost, or what was wrong at the last look.
pub(super) struct Loss {
    pub key: &'static str,
    pub words: String,
    pub at: Instant,
}

/// A connected account whose token is still this version needs reconnecting from now on. False when
/// somebody connected it anew meanwhile, or it was lost before.
pub(super) fn lose(conn: &mut Conn, id: AccountId, version: i32, loss: &Loss) -> Result<bool, DbError> {
    let same = account_tokens::table.find(id).filter(account_tokens::version.eq(version));
    if diesel::update(same).set(account_tokens::lease_until.eq(None::<Instant>)).execute(conn)? == 0 {
        return Ok(false);
    }
    let connected = channel_accounts::table.find(id).filter(channel_accounts::state.eq(Standing::Connected));
    Ok(diesel::update(connected)
        .set((
            channel_accounts::state.eq(Standing::NeedsReconnect),
            channel_accounts::problem.eq(loss.key),
            channel_accounts::problem_words.eq(&loss.words),
            channel_accounts::problem_at.eq(loss.at),
            channel_accounts::updated_at.eq(loss.at),
        ))
        .execute(conn)?
        > 0)
}

/// A token as it lies there.
#[derive(Queryable, Clone)]
pub(super) struct Held {
    pub sealed: String,
    pub version: i32,
    pub lease_until: Option<Instant>,
    pub refreshed_at: Instant,
    pub expires_at: Option<Instant>,
    pub warned_days: Option<i32>,
}

/// An account with its token; none when either is gone.
pub(super) fn with_token(conn: &mut Conn, id: AccountId) -> Result<Option<(Connection, Held)>, DbError> {
    let Some(connection) = connection(conn, id)? else { return Ok(None) };
    Ok(token(conn, id)?.map(|held| (connection, held)))
}

/// An account's token.
pub(super) fn token(conn: &mut Conn, id: AccountId) -> Result<Option<Held>, DbError> {
    Ok(account_tokens::table
        .find(id)
        .select((
            account_tokens::sealed,
            account_tokens::version,
            account_tokens::lease_until,
            account_tokens::refreshed_at,
            account_tokens::expires_at,
            account_tokens::warned_days,
        ))
        .first(conn)
        .optional()?)
}

/// A token to be kept.
pub(super) struct Keep {
    pub sealed: String,
    pub expires_at: Option<Instant>,
    pub at: Instant,
}

/// Keeps the token of an account just connected; whoever renews an older one has lost.
pub(super) fn put_token(conn: &mut Conn, id: AccountId, keep: &Keep) -> Result<(), DbError> {
    let known = diesel::update(account_tokens::table.find(id))
        .set((
            account_tokens::sealed.eq(&keep.sealed),
            account_tokens::version.eq(account_tokens::version + 1),
            account_tokens::lease_until.eq(None::<Instant>),
            account_tokens::refreshed_at.eq(keep.at),
            account_tokens::expires_at.eq(keep.expires_at),
            account_tokens::warned_days.eq(None::<i32>),
        ))
        .execute(conn)?;
    if known == 0 {
        diesel::insert_into(account_tokens::table)
            .values((
                account_tokens::account_id.eq(id),
                account_tokens::sealed.eq(&keep.sealed),
                account_tokens::refreshed_at.eq(keep.at),
                account_tokens::expires_at.eq(keep.expires_at),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes the right to renew this version of a token. False when somebody else has it or is done.
pub(super) fn lease_token(
    conn: &mut Conn,
    id: AccountId,
    version: i32,
    now: Instant,
    until: Instant,
) -> Result<bool, DbError> {
    let free = account_tokens::table
        .find(id)
        .filter(account_tokens::version.eq(version))
        .filter(account_tokens::lease_until.is_null().or(account_tokens::lease_until.lt(now)));
    Ok(diesel::update(free).set(account_tokens::lease_until.eq(until)).execute(conn)? == 1)
}

/// Gives the right back; nothing came of it.
pub(super) fn release_token(
    conn: &mut Conn,
    id: AccountId,
    version: i32,
    until: Instant,
) -> Result<(), DbError> {
    diesel::update(ours(id, version, until))
        .set(account_tokens::lease_until.eq(None::<Instant>))
        .execute(conn)?;
    Ok(())
}

/// Keeps a renewed token, unless the row has gone on without us.
pub(super) fn keep_token(
    conn: &mut Conn,
    id: AccountId,
    version: i32,
    until: Instant,
    keep: &Keep,
) -> Result<bool, DbError> {
    Ok(diesel::update(ours(id, version, until))
        .set((
            account_tokens::sealed.eq(&keep.sealed),
            account_tokens::version.eq(version + 1),
            account_tokens::lease_until.eq(None::<Instant>),
            account_tokens::refreshed_at.eq(keep.at),
            account_tokens::expires_at.eq(keep.expires_at),
            account_tokens::warned_days.eq(None::<i32>),
        ))
        .execute(conn)?
        == 1)
}

#[diesel::dsl::auto_type(no_type_alias)]
fn ours(id: AccountId, version: i32, until: Instant) -> _ {
    account_tokens::table
        .find(id)
        .filter(account_tokens::version.eq(version))
        .filter(account_tokens::lease_until.eq(until))
}

/// Forgets the token.
pub(super) fn delete_token(conn: &mut Conn, id: AccountId) -> Result<(), DbError> {
    diesel::delete(account_tokens::table.find(id)).execute(conn)?;
    Ok(())
}

/// An app we registered at a server: its public name and its sealed secret.
pub(super) fn app(
    conn: &mut Conn,
    channel: ChannelKind,
    host: &str,
    redirect: &str,
) -> Result<Option<(String, String)>, DbError> {
    Ok(oauth_apps::table
        .find((channel, host, redirect))
        .select((oauth_apps::client_id, oauth_apps::sealed_secret))
        .first(conn)
        .optional()?)
}

/// Keeps a registered app. The first to come stays; returns whichever is kept.
pub(super) fn put_app(
    conn: &mut Conn,
    channel: ChannelKind,
    host: &str,
    redirect: &str,
    client_id: &str,
    sealed_secret: &str,
    now: Instant,
) -> Result<(), DbError> {
    let row = (
        oauth_apps::channel.eq(channel),
        oauth_apps::host.eq(host),
        oauth_apps::redirect_uri.eq(redirect),
        oauth_apps::client_id.eq(client_id),
        oauth_apps::sealed_secret.eq(sealed_secret),
        oauth_apps::created_at.eq(now),
    );
    each!(conn, |c| diesel::insert_into(oauth_apps::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(())
}

/// Forgets a registered app: its server does not know it any more.
pub(super) fn delete_app(
    conn: &mut Conn,
    channel: ChannelKind,
    host: &str,
    redirect: &str,
) -> Result<(), DbError> {
    diesel::delete(oauth_apps::table.find((channel, host, redirect))).execute(conn)?;
    Ok(())
}

/// A log-in at a peer under way.
#[derive(Queryable, Clone)]
pub(super) struct Flow {
    pub state_hash: String,
    pub session_hash: String,
    pub channel: ChannelKind,
    pub host: String,
    pub base_url: String,
    pub unit_id: UnitId,
    pub account_id: Option<AccountId>,
    pub sealed_way: String,
    pub sealed_grant: Option<String>,
    pub found: Option<String>,
    pub practice: bool,
    pub created_at: Instant,
    pub ends_at: Instant,
}

/// Keeps a log-in that begins; those that have run out go.
pub(super) fn insert_flow(conn: &mut Conn, flow: &Flow) -> Result<(), DbError> {
    diesel::delete(oauth_flows::table.filter(oauth_flows::ends_at.lt(flow.created_at))).execute(conn)?;
    diesel::insert_into(oauth_flows::table)
        .values((
            oauth_flows::state_hash.eq(&flow.state_hash),
            oauth_flows::session_hash.eq(&flow.session_hash),
            oauth_flows::channel.eq(flow.channel),
            oauth_flows::host.eq(&flow.host),
            oauth_flows::base_url.eq(&flow.base_url),
            oauth_flows::unit_id.eq(flow.unit_id),
            oauth_flows::account_id.eq(flow.account_id),
            oauth_flows::sealed_way.eq(&flow.sealed_way),
            oauth_flows::practice.eq(flow.practice),
            oauth_flows::created_at.eq(flow.created_at),
            oauth_flows::ends_at.eq(flow.ends_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// A log-in of this browser session that has not run out.
pub(super) fn flow(
    conn: &mut Conn,
    state_hash: &str,
    session_hash: &str,
    now: Instant,
) -> Result<Option<Flow>, DbError> {
    Ok(oauth_flows::table
        .find(state_hash)
        .filter(oauth_flows::session_hash.eq(session_hash))
        .filter(oauth_flows::ends_at.gt(now))
        .first(conn)
        .optional()?)
}

/// Takes the way out of a log-in, so that its code is exchanged once. False when somebody did before.
pub(super) fn use_flow(conn: &mut Conn, state_hash: &str) -> Result<bool, DbError> {
    let unused = oauth_flows::table.find(state_hash).filter(oauth_flows::sealed_way.ne(""));
    Ok(diesel::update(unused).set(oauth_flows::sealed_way.eq("")).execute(conn)? == 1)
}

/// Keeps what came back from the peer until somebody says yes to it.
pub(super) fn answer_flow(
    conn: &mut Conn,
    state_hash: &str,
    sealed_grant: &str,
    found: &str,
) -> Result<(), DbError> {
    diesel::update(oauth_flows::table.find(state_hash))
        .set((oauth_flows::sealed_grant.eq(sealed_grant), oauth_flows::found.eq(found)))
        .execute(conn)?;
    Ok(())
}

/// The log-in is over.
pub(super) fn delete_flow(conn: &mut Conn, state_hash: &str) -> Result<bool, DbError> {
    Ok(diesel::delete(oauth_flows::table.find(state_hash)).execute(conn)? == 1)
}

fn ability_text(ability: &Ability) -> String {
    serde_json::to_string(ability).expect("an ability is plain data")
}
