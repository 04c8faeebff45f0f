//! Connecting an account, ending a connection, looking how it is.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    ChannelKind, Channels, Problem, ProblemKind,
    bluesky::{Bluesky, LogInError},
    connection::{self, Connection, Consent, Fresh, Grant, Identity, Shut, Standing},
    jobs,
    mastodon::{
        Mastodon,
        consent::{App, ExchangeError},
        host,
    },
    store::{self, Connected, Flow, Keep, Loss},
};
use crate::{
    accounts::{
        self,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{
        Language,
        id::{AccountId, UnitId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    queue,
    secrets::fingerprint,
};

/// How long a log-in at a peer may take.
const FLOW_LIFE: Duration = Duration::from_secs(600);

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
fn callable(kit: &Kit, field: &'static str, raw: &str) -> Result<Url, ConnectError> {
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

/// The peer's page about the account, for a link; empty when it has none.
pub fn profile_address(config: &crate::config::Config, connection: &Connection) -> String {
    let base = connection.base_url.trim_end_matches('/');
    match connection.channel {
        ChannelKind::Bluesky if connection.practice => format!("{base}/profile/{}", connection.handle),
        ChannelKind::Bluesky => {
            let app = config.channels.bluesky_app.trim_end_matches('/');
            format!("{app}/profile/{}", connection.remote_id)
        }
        ChannelKind::Mastodon => {
            let user = connection.handle.trim_start_matches('@').split('@').next().unwrap_or_default();
            format!("{base}/@{user}")
        }
    }
}

/// Where a peer sends the browser back to.
fn redirect(kit: &Kit) -> String {
    format!("{}/kanaler/forbind/mastodon/svar", kit.config.server.public_url)
}

/// The way of a log-in; lies sealed.
#[derive(Serialize, Deserialize)]
struct Way {
    verifier: String,
    address: Url,
    client_id: String,
    client_secret: String,
}

/// What a person wants connected at a Mastodon server.
pub struct Beginning<'a> {
    /// The server as typed.
    pub server: &'a str,
    /// Whose account it will be here.
    pub unit: UnitId,
    /// A practice world.
    pub practice: bool,
    /// The account to be renewed, when that is what it is for.
    pub renews: Option<AccountId>,
    /// The browser session that begins it, by its hash.
    pub session_hash: &'a str,
    /// In which language the server should speak.
    pub language: Language,
}

/// Begins a log-in at a Mastodon server: asks what it is, registers our app there if that was not done
/// before, and keeps the way. Returns the log-in's name, good for ten minutes in this browser session.
pub async fn begin_mastodon(kit: &Kit, wanted: Beginning<'_>) -> Result<String, ConnectError> {
    let at = callable(kit, "server", wanted.server)?;
    let mastodon = Mastodon::new(kit);
    mastodon.describe(&at).await.map_err(|problem| match problem.kind {
        ProblemKind::Configuration | ProblemKind::Unknown => {
            ConnectError::Field("server", "channel-server-other")
        }
        _ => problem.into(),
    })?;
    let app = registered(kit, &mastodon, &at).await?;
    let (state, verifier) = (kit.chance.token(), kit.chance.code(64));
    let back = redirect(kit);
    let address = mastodon.log_in_address(&at, &app, &back, &state, &verifier, wanted.language.code())?;
    let way = Way { verifier, address, client_id: app.client_id, client_secret: app.client_secret };
    let state_hash = fingerprint(&state);
    let now = kit.clock.now();
    let flow = Flow {
        sealed_way: seal(kit, "way", &state_hash, &way),
        state_hash: state_hash.clone(),
        session_hash: wanted.session_hash.to_owned(),
        channel: ChannelKind::Mastodon,
        host: host(&at),
        base_url: at.to_string(),
        unit_id: wanted.unit,
        account_id: wanted.renews,
        sealed_grant: None,
        found: None,
        practice: wanted.practice,
        created_at: now,
        ends_at: now + FLOW_LIFE,
    };
    kit.db.write(move |c| store::insert_flow(c, &flow)).await?;
    Ok(state_hash)
}

/// Our app at a server: registered once per host and address to come back to.
async fn registered(kit: &Kit, mastodon: &Mastodon, at: &Url) -> Result<App, ConnectError> {
    let (kind, host, back) = (ChannelKind::Mastodon, host(at), redirect(kit));
    let found = {
        let (host, back) = (host.clone(), back.clone());
        kit.db.read(move |c| store::app(c, kind, &host, &back)).await?
    };
    let purpose = format!("oauth_apps:{kind}:{host}");
    if let Some((client_id, sealed)) = found
        && let Ok(secret) = kit.secrets.open(&purpose, &sealed)
        && let Ok(client_secret) = String::from_utf8(secret)
    {
        return Ok(App { client_id, client_secret });
    }
    let app = mastodon.register(at, &back).await?;
    let sealed = kit.secrets.seal(&kit.chance, &purpose, app.client_secret.as_bytes());
    let (id, now) = (app.client_id.clone(), kit.clock.now());
    kit.db
        .write(move |c| {
            store::delete_app(c, kind, &host, &back)?;
            store::put_app(c, kind, &host, &back, &id, &sealed, now)
        })
        .await?;
    Ok(app)
}

/// A log-in under way, as its pages show it.
pub struct Underway {
    /// Its name.
    pub name: String,
    /// At which server.
    pub host: String,
    /// Where the person logs in; none when that is done.
    pub address: Option<Url>,
    /// Whose account came back, and what was granted; none before.
    pub found: Option<(Identity, Vec<String>)>,
    /// Whose it will be here.
    pub unit: UnitId,
    /// A practice world.
    pub practice: bool,
    /// The account it was meant to renew.
    pub renews: Option<AccountId>,
}

/// A log-in of this browser session.
pub async fn underway(kit: &Kit, name: &str, session_hash: &str) -> Result<Underway, ConnectError> {
    let flow = read_flow(kit, name, session_hash).await?;
    let way: Option<Way> = unseal(kit, "way", name, &flow.sealed_way);
    let found = flow.found.as_deref().and_then(|json| serde_json::from_str(json).ok());
    Ok(Underway {
        name: flow.state_hash,
        host: flow.host,
        address: way.map(|way| way.address),
        found,
        unit: flow.unit_id,
        practice: flow.practice,
        renews: flow.account_id,
    })
}

/// The browser is back from the server: the code is exchanged once, the server asked whose the token is.
/// Nothing is connected yet. Returns the log-in's name.
pub async fn answer_mastodon(
    kit: &Kit,
    state: &str,
    code: &str,
    session_hash: &str,
) -> Result<String, ConnectError> {
    let name = fingerprint(state);
    let flow = read_flow(kit, &name, session_hash).await?;
    let way: Way = unseal(kit, "way", &name, &flow.sealed_way).ok_or(ConnectError::RunOut)?;
    let used = {
        let name = name.clone();
        kit.db.write(move |c| store::use_flow(c, &name)).await?
    };
    if !used {
        return Err(ConnectError::RunOut);
    }
    let at: Url = flow.base_url.parse().map_err(|_| ConnectError::RunOut)?;
    let mastodon = Mastodon::new(kit);
    let app = App { client_id: way.client_id, client_secret: way.client_secret };
    let fresh = match mastodon.exchange(&at, &app, &redirect(kit), code, &way.verifier).await {
        Ok(fresh) => fresh,
        Err(ExchangeError::UnknownApp) => {
            let (host, back) = (flow.host.clone(), redirect(kit));
            kit.db.write(move |c| store::delete_app(c, ChannelKind::Mastodon, &host, &back)).await?;
            return Err(ConnectError::RunOut);
        }
        Err(ExchangeError::UsedUp) => return Err(ConnectError::RunOut),
        Err(ExchangeError::Problem(problem)) => return Err(problem.into()),
    };
    let identity = mastodon.identify(&at, &fresh.grant).await?;
    let granted: Vec<&str> = fresh.grant.scopes.split_whitespace().collect();
    let found = serde_json::to_string(&(&identity, granted)).expect("plain data");
    let sealed = seal(kit, "grant", &name, &(&fresh.grant, fresh.expires_at));
    let kept = name.clone();
    kit.db.write(move |c| store::answer_flow(c, &kept, &sealed, &found)).await?;
    Ok(name)
}

/// Somebody says yes to the account that came back: what will be connected.
pub async fn newcomer(kit: &Kit, name: &str, session_hash: &str) -> Result<Newcomer, ConnectError> {
    let flow = read_flow(kit, name, session_hash).await?;
    let sealed = flow.sealed_grant.as_deref().ok_or(ConnectError::RunOut)?;
    let (grant, expires_at) = unseal(kit, "grant", name, sealed).ok_or(ConnectError::RunOut)?;
    let found: Option<(Identity, Vec<String>)> =
        flow.found.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let (identity, _) = found.ok_or(ConnectError::RunOut)?;
    let ability = Mastodon::new(kit).describe(&identity.base_url).await?;
    let fresh = Fresh { grant, expires_at };
    let (unit, practice) = (flow.unit_id, flow.practice);
    Ok(Newcomer { channel: flow.channel, identity, fresh, ability, unit, practice })
}

/// The log-in is over: connected, or given up. What was granted and not wanted is taken back.
pub async fn end(kit: &Kit, name: &str, session_hash: &str, wanted: bool) -> Result<(), ConnectError> {
    let flow = read_flow(kit, name, session_hash).await?;
    if !wanted
        && let Some(sealed) = flow.sealed_grant.as_deref()
        && let Some((grant, _)) = unseal::<(Grant, Option<crate::base::Instant>)>(kit, "grant", name, sealed)
        && let Ok(at) = flow.base_url.parse::<Url>()
        && let Err(problem) = Mastodon::new(kit).revoke(&at, &grant).await
    {
        // it lies nowhere any more, and the person can see our app in the server's settings
        tracing::warn!(host = flow.host, %problem, "a token nobody wanted could not be taken back");
    }
    let name = name.to_owned();
    kit.db.write(move |c| store::delete_flow(c, &name)).await?;
    Ok(())
}

async fn read_flow(kit: &Kit, name: &str, session_hash: &str) -> Result<Flow, ConnectError> {
    let (name, session, now) = (name.to_owned(), session_hash.to_owned(), kit.clock.now());
    kit.db.read(move |c| store::flow(c, &name, &session, now)).await?.ok_or(ConnectError::RunOut)
}

fn seal<T: Serialize>(kit: &Kit, what: &str, name: &str, value: &T) -> String {
    let plain = serde_json::to_vec(value).expect("plain data");
    kit.secrets.seal(&kit.chance, &format!("oauth_flows.{what}:{name}"), &plain)
}

fn unseal<T: for<'de> Deserialize<'de>>(kit: &Kit, what: &str, name: &str, sealed: &str) -> Option<T> {
    let plain = kit.secrets.open(&format!("oauth_flows.{what}:{name}"), sealed).ok()?;
    serde_json::from_slice(&plain).ok()
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
