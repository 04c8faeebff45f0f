//! Connecting an account, ending a connection, looking how it is.

use url::Url;

use super::{
    ChannelKind, Channels, Problem, ProblemKind,
    bluesky::{Bluesky, LogInError},
    connection::{self, Connection, Fresh, Grant, Identity, Shut, Standing},
    jobs,
    store::{self, Connected, Keep, Loss},
};
use crate::{
    accounts::{
        self,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{
        id::{AccountId, UnitId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    queue,
};

/// Why an account is not connected.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// A field is wrong: its name and the message key.
    #[error("{0}: {1}")]
    Field(&'static str, &'static str),
    /// What the peer, or the way to it, says.
    #[error(transparent)]
    Problem(#[from] Problem),
    /// The log-in took too long, was used before, or belongs to another browser: begin again.
    #[error("the log-in has run out")]
    RunOut,
    /// Operations have not set our app up at this channel.
    #[error("the channel is not set up by operations")]
    NotSetUp,
    /// The channel fetches files from us, and our own address cannot be reached from outside; what we saw.
    #[error("our address cannot be reached from outside: {0}")]
    OutOfReach(String),
    /// The account is connected already, for a unit that this person does not look after.
    #[error("another unit has this account")]
    Elsewhere,
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// An account about to be connected.
#[derive(Clone, Debug)]
pub struct Newcomer {
    /// On which channel.
    pub channel: ChannelKind,
    /// Whose it is, as the peer says.
    pub identity: Identity,
    /// What the peer gave.
    pub fresh: Fresh,
    /// What its server allows.
    pub ability: super::Ability,
    /// Whose it is here. An account that is known keeps its unit.
    pub unit: UnitId,
    /// A practice world, not a public one.
    pub practice: bool,
}

/// A server's address as people write it: a host, an address, or a handle such as
/// `@kommune@social.example`. The beginning of it, `https://host/`, or which rule it broke.
pub fn server_address(raw: &str) -> Result<Url, &'static str> {
    let line = text::line(raw);
    if line.is_empty() {
        return Err("error-required");
    }
    let bare = line.trim_start_matches('@');
    let host = bare.rsplit_once('@').map_or(bare, |(_, host)| host);
    let whole = if host.contains("://") { host.to_owned() } else { format!("https://{host}") };
    let url: Url = whole.parse().map_err(|_| "channel-server-form")?;
    let named = url.host_str().is_some_and(|h| h.contains('.') || h.contains(':') || h == "localhost");
    if !matches!(url.scheme(), "https" | "http") || !named || !url.username().is_empty() {
        return Err("channel-server-form");
    }
    let mut base = url;
    base.set_path("/");
    base.set_query(None);
    base.set_fragment(None);
    Ok(base)
}

/// Checks a server's address that was typed into `field`.
pub(super) fn callable(kit: &Kit, field: &'static str, raw: &str) -> Result<Url, ConnectError> {
    let url = server_address(raw).map_err(|key| ConnectError::Field(field, key))?;
    kit.outbound.check(&url).map_err(|_| ConnectError::Field(field, "channel-server-private"))?;
    Ok(url)
}

/// Logs in at a Bluesky server with handle and app password; the account is not connected yet.
pub async fn log_in_bluesky(
    kit: &Kit,
    service: &str,
    handle: &str,
    password: &str,
    unit: UnitId,
    practice: bool,
) -> Result<Newcomer, ConnectError> {
    let service = if text::line(service).is_empty() { &kit.config.channels.bluesky_service } else { service };
    let service = callable(kit, "service", service)?;
    let handle = text::line(handle).trim_start_matches('@').to_owned();
    if handle.is_empty() {
        return Err(ConnectError::Field("handle", "error-required"));
    }
    let password = password.trim();
    if password.is_empty() {
        return Err(ConnectError::Field("password", "error-required"));
    }
    let bluesky = Bluesky::new(kit);
    let (identity, fresh) =
        bluesky.log_in(&service, &handle, password).await.map_err(|error| match error {
            LogInError::Wrong => ConnectError::Field("password", "channel-bluesky-wrong"),
            LogInError::OwnPassword => ConnectError::Field("password", "channel-bluesky-own-password"),
            LogInError::Problem(problem) if problem.kind == ProblemKind::Configuration => {
                ConnectError::Field("service", "channel-server-other")
            }
            LogInError::Problem(problem) => problem.into(),
        })?;
    Ok(Newcomer {
        channel: ChannelKind::Bluesky,
        identity,
        fresh,
        ability: super::Ability::usual(ChannelKind::Bluesky),
        unit,
        practice,
    })
}

/// Connects an account, or renews it when the peer's name for it is known (R25): same id, same unit,
/// same past. Part of the caller's transaction.
pub fn connect(conn: &mut Conn, kit: &Kit, new: &Newcomer, by: Actor) -> Result<AccountId, DbError> {
    let now = kit.clock.now();
    crate::db::lock(conn, "channel_accounts")?;
    let by_text = by.to_string();
    let row = Connected {
        channel: new.channel,
        identity: &new.identity,
        unit: new.unit,
        practice: new.practice,
        ability: &new.ability,
        granted: &new.fresh.grant.scopes,
        by: &by_text,
        at: now,
    };
    let known = store::connection_at_peer(conn, new.channel, &new.identity.remote_id)?;
    let id = match &known {
        Some(known) => {
            store::renew(conn, known.id, &row)?;
            known.id
        }
        None => {
            let id = AccountId::new(now, &kit.chance);
            store::insert(conn, id, &row)?;
            id
        }
    };
    let sealed = connection::seal(kit, id, &new.fresh.grant);
    store::put_token(conn, id, &Keep { sealed, expires_at: new.fresh.expires_at, at: now })?;
    queue::enqueue(conn, &jobs::Look { account: id }, now + jobs::DAY, now, &kit.chance)?;
    let verb = if known.is_some() { Verb::Changed } else { Verb::Created };
    log(conn, by, verb, id, "connected", now)?;
    Ok(id)
}

/// Ends a connection. Nothing is sent through it from the moment this commits (R24: whoever delivers
/// reads the account's state in the claim); the token is taken back at the peer right after.
pub fn disconnect(conn: &mut Conn, kit: &Kit, id: AccountId, by: Actor) -> Result<(), DbError> {
    let now = kit.clock.now();
    if store::disconnect(conn, id, now)? {
        queue::enqueue(conn, &jobs::Revoke { account: id }, now, now, &kit.chance)?;
        log(conn, by, Verb::Changed, id, "disconnected", now)?;
    }
    Ok(())
}

/// Whether another connected account lives by the same yes: taken back at the peer, it would end that one too.
pub(super) async fn is_needed_by_another(
    kit: &Kit,
    channel: ChannelKind,
    grant: &Grant,
    but: Option<AccountId>,
) -> Result<bool, DbError> {
    if grant.owner.is_empty() {
        return Ok(false);
    }
    let others = kit
        .db
        .read(move |c| {
            let alive = store::connections(c)?.into_iter();
            alive
                .filter(|c| c.channel == channel && c.state != Standing::Disconnected && Some(c.id) != but)
                .map(|other| Ok((other.id, store::token(c, other.id)?)))
                .collect::<Result<Vec<_>, DbError>>()
        })
        .await?;
    Ok(others.into_iter().any(|(id, held)| {
        held.is_some_and(|held| {
            connection::unseal(kit, id, &held.sealed).is_ok_and(|other| other.owner == grant.owner)
        })
    }))
}

fn log(
    conn: &mut Conn,
    by: Actor,
    verb: Verb,
    id: AccountId,
    what: &str,
    now: crate::base::Instant,
) -> Result<(), DbError> {
    let detail = Some(format!("channel account:{id} {what}"));
    audit::write(conn, &[Line { actor: by, verb, object: Object::None, posting: None, detail }], now)
}

/// Looks how an account is: renews its token if that is due, asks what its server allows, notes it. What
/// passes by itself is noted and leaves the account connected (R29).
pub async fn look(kit: &Kit, channels: &Channels, id: AccountId) -> Result<Standing, DbError> {
    let problem = match connection::open(kit, id).await {
        Err(Shut::NeedsReconnect) => return Ok(Standing::NeedsReconnect),
        Err(Shut::Disconnected) => return Ok(Standing::Disconnected),
        Err(Shut::Db(error)) => return Err(error),
        Err(Shut::Later(problem)) => problem,
        Ok(account) => {
            let Some(channel) = channels.get(account.channel) else { return Ok(Standing::Connected) };
            match channel.ability(&account).await {
                Ok(ability) => {
                    let now = kit.clock.now();
                    kit.db.write(move |c| store::set_ability(c, id, &ability, now)).await?;
                    return Ok(Standing::Connected);
                }
                Err(problem) => match connection::complain(kit, &account, &problem).await? {
                    Standing::Connected => problem,
                    lost => return Ok(lost),
                },
            }
        }
    };
    let loss = Loss { key: problem.kind.key(), words: problem.words, at: kit.clock.now() };
    kit.db.write(move |c| store::note_problem(c, id, &loss)).await?;
    Ok(Standing::Connected)
}

/// The accounts that something of this unit may be sent through: the unit's own and those of the units
/// above it. Ended ones are left out.
pub fn available(conn: &mut Conn, unit: UnitId) -> Result<Vec<Connection>, DbError> {
    let units = accounts::units(conn)?;
    let all = store::connections(conn)?;
    Ok(all
        .into_iter()
        .filter(|c| {
            c.state != Standing::Disconnected && accounts::unit::below(&units, c.unit_id).contains(&unit)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_as_people_write_them() {
        for (typed, want) in [
            ("social.example", "https://social.example/"),
            (" https://social.example/about?x=1#y ", "https://social.example/"),
            ("@kommune@social.example", "https://social.example/"),
            ("kommune@social.example", "https://social.example/"),
            ("http://127.0.0.1:8001", "http://127.0.0.1:8001/"),
            ("Social.Example:8443", "https://social.example:8443/"),
        ] {
            assert_eq!(server_address(typed).map(|u| u.to_string()), Ok(want.into()), "{typed}");
        }
        assert_eq!(server_address("  "), Err("error-required"));
        for typed in ["kommune", "ftp://social.example", "https://", "https://a b.dk", "javascript:alert(1)"]
        {
            assert_eq!(server_address(typed), Err("channel-server-form"), "{typed}");
        }
    }
}
