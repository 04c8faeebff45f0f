//! A log-in at a peer under way ([`super::oauth`]): begun, answered, chosen from, said yes to or given up. It
//! belongs to the browser session that began it, lasts ten minutes, and nothing of it is kept before the yes.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    ChannelKind, ConnectError, Fresh, Grant, Identity, Newcomer, ProblemKind,
    actions::{self, callable},
    answer::host,
    kind::Way,
    oauth::{self, App, Candidate, ExchangeError, LogIn},
    pull,
    store::{self, Flow},
};
use crate::{
    base::{
        Instant, Language,
        id::{AccountId, UnitId},
    },
    kit::Kit,
    secrets::fingerprint,
};

/// How long a log-in at a peer may take.
const FLOW_LIFE: Duration = Duration::from_secs(600);

/// Where a peer sends the browser back to.
fn redirect(kit: &Kit, channel: ChannelKind) -> String {
    format!("{}/kanaler/forbind/{channel}/svar", kit.config.server.public_url)
}

/// The channel's own way through the log-in; none when it has a page of its own instead.
fn way(kit: &Kit, channel: ChannelKind) -> Result<Box<dyn LogIn>, ConnectError> {
    match channel.profile().way {
        Way::OAuth(open) => Ok(open(kit)),
        Way::OwnPage | Way::ByHand => Err(ConnectError::RunOut),
    }
}

/// The way of a log-in; lies sealed.
#[derive(Serialize, Deserialize)]
struct Road {
    verifier: String,
    address: Url,
    client_id: String,
    client_secret: String,
    language: Language,
}

impl Road {
    fn app(&self) -> App {
        App { client_id: self.client_id.clone(), client_secret: self.client_secret.clone() }
    }
}

/// What a person wants connected.
pub struct Beginning<'a> {
    /// On which channel.
    pub channel: ChannelKind,
    /// The server as typed; for a channel with one home only a practice world has another.
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

/// Begins a log-in: finds the server and our app there, and keeps the way. Returns the log-in's name, good for ten
/// minutes in this browser session.
pub async fn begin(kit: &Kit, wanted: Beginning<'_>) -> Result<String, ConnectError> {
    let channel = wanted.channel;
    let own = way(kit, channel)?;
    let redirect = redirect(kit, channel);
    if own.pulls() && !wanted.practice {
        pull::can_be_reached(kit).await.map_err(ConnectError::OutOfReach)?;
    }
    let (at, app) = match own.home() {
        Some(home) if !wanted.practice => (home, own.configured().ok_or(ConnectError::NotSetUp)?),
        Some(_) => (callable(kit, "server", wanted.server)?, App::practice()),
        None => {
            let at = callable(kit, "server", wanted.server)?;
            own.greet(&at).await.map_err(|problem| match problem.kind {
                ProblemKind::Configuration | ProblemKind::Unknown => {
                    ConnectError::Field("server", "channel-server-other")
                }
                _ => problem.into(),
            })?;
            let app = registered(kit, &*own, channel, &at, &redirect).await?;
            (at, app)
        }
    };
    let (state, verifier) = (kit.chance.token(), kit.chance.code(64));
    let ends = own.endpoints(&at, wanted.language)?;
    let scopes = channel.profile().scopes;
    let address = oauth::log_in_address(&ends, &app, &redirect, (&state, &verifier), scopes)?;
    let App { client_id, client_secret } = app;
    let road = Road { verifier, address, client_id, client_secret, language: wanted.language };
    let state_hash = fingerprint(&state);
    let now = kit.clock.now();
    let flow = Flow {
        sealed_way: seal(kit, "way", &state_hash, &road),
        state_hash: state_hash.clone(),
        session_hash: wanted.session_hash.to_owned(),
        channel,
        // which people see in the address line
        host: host(&ends.authorize),
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
async fn registered(
    kit: &Kit,
    own: &dyn LogIn,
    channel: ChannelKind,
    at: &Url,
    redirect: &str,
) -> Result<App, ConnectError> {
    let (host, back) = (host(at), redirect.to_owned());
    let found = {
        let (host, back) = (host.clone(), back.clone());
        kit.db.read(move |c| store::app(c, channel, &host, &back)).await?
    };
    let purpose = format!("oauth_apps:{channel}:{host}");
    if let Some((client_id, sealed)) = found
        && let Ok(secret) = kit.secrets.open(&purpose, &sealed)
        && let Ok(client_secret) = String::from_utf8(secret)
    {
        return Ok(App { client_id, client_secret });
    }
    let app = own.register(at, redirect).await?;
    let sealed = kit.secrets.seal(&kit.chance, &purpose, app.client_secret.as_bytes());
    let (id, now) = (app.client_id.clone(), kit.clock.now());
    kit.db
        .write(move |c| {
            store::delete_app(c, channel, &host, &back)?;
            store::put_app(c, channel, &host, &back, &id, &sealed, now)
        })
        .await?;
    Ok(app)
}

/// A log-in under way, as its pages show it.
pub struct Underway {
    /// Its name.
    pub name: String,
    /// On which channel.
    pub channel: ChannelKind,
    /// At which server.
    pub host: String,
    /// Where the person logs in; none when that is done.
    pub address: Option<Url>,
    /// The accounts that came back, and what was granted; none before.
    pub found: Option<(Vec<Identity>, Vec<String>)>,
    /// Whose it will be here.
    pub unit: UnitId,
    /// A practice world.
    pub practice: bool,
    /// The account it was meant to renew.
    pub renews: Option<AccountId>,
}

/// A log-in of this browser session.
pub async fn underway(kit: &Kit, name: &str, session_hash: &str) -> Result<Underway, ConnectError> {
    let flow = read(kit, name, session_hash).await?;
    let road: Option<Road> = unseal(kit, "way", name, &flow.sealed_way);
    let found = flow.found.as_deref().and_then(|json| serde_json::from_str(json).ok());
    Ok(Underway {
        name: flow.state_hash,
        channel: flow.channel,
        host: flow.host,
        address: road.map(|road| road.address),
        found,
        unit: flow.unit_id,
        practice: flow.practice,
        renews: flow.account_id,
    })
}

/// The browser is back from the server: the code is exchanged once, the server asked which accounts the token
/// opens. Nothing is connected yet. Returns the log-in's name.
pub async fn answer(
    kit: &Kit,
    channel: ChannelKind,
    state: &str,
    code: &str,
    session_hash: &str,
) -> Result<String, ConnectError> {
    let name = fingerprint(state);
    let flow = read(kit, &name, session_hash).await?;
    let road: Road = unseal(kit, "way", &name, &flow.sealed_way).ok_or(ConnectError::RunOut)?;
    if flow.channel != channel {
        return Err(ConnectError::RunOut);
    }
    let used = {
        let name = name.clone();
        kit.db.write(move |c| store::use_flow(c, &name)).await?
    };
    if !used {
        return Err(ConnectError::RunOut);
    }
    let at: Url = flow.base_url.parse().map_err(|_| ConnectError::RunOut)?;
    let (own, back, app) = (way(kit, channel)?, redirect(kit, channel), road.app());
    let ends = own.endpoints(&at, road.language)?;
    let scopes = channel.profile().scopes;
    let exchanged = match own.exchange(&at, &app, &back, code).await {
        Some(exchanged) => exchanged,
        None => oauth::exchange(kit, &ends, &app, &back, (code, &road.verifier), scopes).await,
    };
    let fresh = match exchanged {
        Ok(fresh) => fresh,
        Err(ExchangeError::UnknownApp) => {
            let host = flow.host.clone();
            kit.db.write(move |c| store::delete_app(c, channel, &host, &back)).await?;
            return Err(ConnectError::RunOut);
        }
        Err(ExchangeError::UsedUp) => return Err(ConnectError::RunOut),
        Err(ExchangeError::Problem(problem)) => return Err(problem.into()),
    };
    let received = own.receive(&at, &app, fresh).await?;
    let (identities, grants): (Vec<Identity>, Vec<_>) = received
        .accounts
        .into_iter()
        .map(|Candidate { identity, fresh }| (identity, (fresh.grant, fresh.expires_at)))
        .unzip();
    let found = serde_json::to_string(&(&identities, received.granted)).expect("plain data");
    let sealed = seal(kit, "grant", &name, &grants);
    let kept = name.clone();
    kit.db.write(move |c| store::answer_flow(c, &kept, &sealed, &found)).await?;
    Ok(name)
}

/// Somebody says yes to one of the accounts that came back, by the peer's name for it; with one only, the name may
/// be left out. What will be connected.
pub async fn newcomer(
    kit: &Kit,
    name: &str,
    session_hash: &str,
    chosen: &str,
) -> Result<Newcomer, ConnectError> {
    let flow = read(kit, name, session_hash).await?;
    let found: Option<(Vec<Identity>, Vec<String>)> =
        flow.found.as_deref().and_then(|json| serde_json::from_str(json).ok());
    let (identities, granted) = found.ok_or(ConnectError::RunOut)?;
    let grants = grants(kit, &flow).ok_or(ConnectError::RunOut)?;
    let several = identities.len() > 1;
    let (identity, (mut grant, expires_at)) = identities
        .into_iter()
        .zip(grants)
        .find(|(identity, _)| if several || !chosen.is_empty() { identity.remote_id == chosen } else { true })
        .ok_or(ConnectError::Field("choice", "error-required"))?;
    grant.scopes = granted.join(" ");
    let ability = way(kit, flow.channel)?.allows(&identity, &grant).await?;
    let (unit, practice, channel) = (flow.unit_id, flow.practice, flow.channel);
    Ok(Newcomer { channel, identity, fresh: Fresh { grant, expires_at }, ability, unit, practice })
}

/// The log-in is over: connected, or given up. What was granted and not wanted is taken back.
pub async fn end(kit: &Kit, name: &str, session_hash: &str, wanted: bool) -> Result<(), ConnectError> {
    let flow = read(kit, name, session_hash).await?;
    if !wanted
        && let Some((grant, _)) = grants(kit, &flow).and_then(|grants| grants.into_iter().next())
        && !actions::is_needed_by_another(kit, flow.channel, &grant, None).await?
        && let Ok(at) = flow.base_url.parse::<Url>()
        && let Err(problem) = way(kit, flow.channel)?.revoke(&at, &grant).await
    {
        // it lies nowhere any more, and the person can see our app in the server's settings
        tracing::warn!(host = flow.host, %problem, "a token nobody wanted could not be taken back");
    }
    let name = name.to_owned();
    kit.db.write(move |c| store::delete_flow(c, &name)).await?;
    Ok(())
}

fn grants(kit: &Kit, flow: &Flow) -> Option<Vec<(Grant, Option<Instant>)>> {
    unseal(kit, "grant", &flow.state_hash, flow.sealed_grant.as_deref()?)
}

async fn read(kit: &Kit, name: &str, session_hash: &str) -> Result<Flow, ConnectError> {
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
