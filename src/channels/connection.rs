//! A connected account: whose, what was granted, how it stands; and its token, kept sealed.
//!
//! A token is renewed by one worker at a time ([`open`]): a lease in the row decides who, the version
//! decides whose result counts, and what the peer leaves out never takes the place of what we have
//! (R27, R28). Only the peer's own lasting no makes an account need connecting again; a peer that is
//! unwell changes nothing (R29).

use std::{fmt, time::Duration};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};
use url::Url;

use super::{
    Ability, Account, ChannelKind, Problem, ProblemKind, jobs, store,
    store::{Keep, Loss},
};
use crate::{
    base::{
        Instant,
        id::{AccountId, UnitId},
    },
    db::DbError,
    kit::Kit,
    queue, words,
};

words! {
    /// How a connection stands.
    pub enum Standing {
        /// Usable.
        Connected = "connected",
        /// The peer took the token back; somebody must connect again.
        NeedsReconnect = "needs_reconnect",
        /// Somebody here ended it.
        Disconnected = "disconnected",
    }
}

/// A connected account as the screens and the delivery engine know it; no token in it.
#[derive(Clone, Debug)]
pub struct Connection {
    /// Which.
    pub id: AccountId,
    /// On which channel.
    pub channel: ChannelKind,
    /// The peer's own name for it, unique on the channel.
    pub remote_id: String,
    /// As people write it.
    pub handle: String,
    /// The name above the handle; may be empty.
    pub display_name: String,
    /// Where its server is.
    pub base_url: String,
    /// Whose account it is: usable here and below.
    pub unit_id: UnitId,
    /// How it stands.
    pub state: Standing,
    /// A practice world, not a public one.
    pub practice: bool,
    /// What its server allows.
    pub ability: Ability,
    /// The scopes that were granted.
    pub granted: Vec<String>,
    /// Message key: why it is not connected, or what was wrong at the last look.
    pub problem: Option<String>,
    /// The peer's own words about it.
    pub problem_words: Option<String>,
    /// Since when.
    pub problem_at: Option<Instant>,
    /// When the peer last answered as it should.
    pub checked_at: Option<Instant>,
    /// Who connected it (`user:…`, `system`): gets the letters.
    pub connected_by: String,
    /// When.
    pub connected_at: Instant,
    /// When its row last changed.
    pub updated_at: Instant,
}

impl Connection {
    /// Whether something may be sent through it.
    pub fn is_usable(&self) -> bool {
        self.state == Standing::Connected
    }
    /// The peer's page about the account, for a link; empty when it has none.
    pub fn address(&self, config: &crate::config::Config) -> String {
        (self.channel.profile().address)(config, self)
    }
    /// What people call the channel: its name, or that of the place where a person posts.
    pub fn place(&self) -> &str {
        if self.channel == ChannelKind::Package { self.name() } else { self.channel.name() }
    }
    /// Colour class and letter of its badge.
    pub fn badge(&self) -> (&'static str, &'static str) {
        super::Sort::of(self).map_or(self.channel.badge(), super::Sort::badge)
    }
    /// Under which word its visits and applicants are counted: the channel's, or the place's own name.
    pub fn counted_as(&self) -> &str {
        if self.channel == ChannelKind::Package { self.name() } else { self.channel.word() }
    }
    /// The name people read: the display name, else the handle.
    pub fn name(&self) -> &str {
        if self.display_name.is_empty() { &self.handle } else { &self.display_name }
    }
}

/// What a peer has given us. Lies sealed in the database; never shown by `{:?}`.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Grant {
    /// The bearer token.
    pub access: String,
    /// What a new one is fetched with; empty when the token does not expire.
    #[serde(default)]
    pub refresh: String,
    /// An app password, where the channel works so.
    #[serde(default)]
    pub password: String,
    /// The registered app the token belongs to; needed to take it back.
    #[serde(default)]
    pub client_id: String,
    /// Its secret.
    #[serde(default)]
    pub client_secret: String,
    /// Scopes, separated by spaces.
    #[serde(default)]
    pub scopes: String,
    /// The peer's name for the person who said yes, where one yes opens several accounts.
    #[serde(default)]
    pub owner: String,
}

impl fmt::Debug for Grant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Grant { .. }")
    }
}

impl Grant {
    /// The newer grant over this one: what is empty in the newer keeps its old value (R27).
    pub fn renewed_by(&self, newer: Self) -> Self {
        let keep = |new: String, old: &str| if new.is_empty() { old.to_owned() } else { new };
        Self {
            access: keep(newer.access, &self.access),
            refresh: keep(newer.refresh, &self.refresh),
            password: keep(newer.password, &self.password),
            client_id: keep(newer.client_id, &self.client_id),
            client_secret: keep(newer.client_secret, &self.client_secret),
            scopes: keep(newer.scopes, &self.scopes),
            owner: keep(newer.owner, &self.owner),
        }
    }
    /// Whether a new bearer token can be fetched without a person.
    pub fn renewable(&self) -> bool {
        !(self.refresh.is_empty() && self.password.is_empty())
    }
}

/// A grant just received.
#[derive(Clone, Debug)]
pub struct Fresh {
    /// What was given.
    pub grant: Grant,
    /// When the bearer token runs out; none = it does not.
    pub expires_at: Option<Instant>,
}

/// Whose token it is, as the peer says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// The peer's own name for the account, unique on the channel.
    pub remote_id: String,
    /// As people write it.
    pub handle: String,
    /// The name above it; may be empty.
    pub display_name: String,
    /// Where its server is.
    pub base_url: Url,
}

/// How a channel's tokens live.
#[async_trait]
pub trait Consent: Send + Sync {
    /// Whether we get a new bearer token without a person.
    fn renews(&self, grant: &Grant) -> bool {
        grant.renewable()
    }
    /// Whose token it is; also proves that it works.
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem>;
    /// A new bearer token. [`ProblemKind::Reconnect`] only when the peer says that it is over.
    async fn renew(&self, at: &Url, remote_id: &str, grant: &Grant) -> Result<Fresh, Problem>;
    /// Takes the token back at the peer; one that is gone already is as good.
    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem>;
}

/// Why an account cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum Shut {
    /// It must be connected again first.
    #[error("the account needs reconnecting")]
    NeedsReconnect,
    /// Somebody ended the connection (R24), or there is no such account.
    #[error("the account is disconnected")]
    Disconnected,
    /// Not now; the peer did not renew the token, and the old one has run out.
    #[error(transparent)]
    Later(Problem),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A token is not renewed more often than this, whoever asks (R28).
const FLOOR: Duration = Duration::from_secs(600);
/// How long one worker may take to renew it.
const LEASE: Duration = Duration::from_secs(90);
/// How often the others look whether it is done.
const GLANCE: Duration = Duration::from_millis(100);
/// A token this close to its end is taken for run out.
const MARGIN: Duration = Duration::from_secs(60);

/// What a sealed grant is sealed for.
pub(super) fn purpose(id: AccountId) -> String {
    format!("account_tokens:{id}")
}

/// Seals a grant for its account's row.
pub(super) fn seal(kit: &Kit, id: AccountId, grant: &Grant) -> String {
    let plain = serde_json::to_vec(grant).expect("a grant is plain data");
    kit.secrets.seal(&kit.chance, &purpose(id), &plain)
}

/// Opens a sealed grant.
pub(super) fn unseal(kit: &Kit, id: AccountId, sealed: &str) -> Result<Grant, Problem> {
    let wrong = |e: String| Problem::new(ProblemKind::Configuration, e);
    let plain = kit.secrets.open(&purpose(id), sealed).map_err(|e| wrong(e.to_string()))?;
    serde_json::from_slice(&plain).map_err(|_| wrong("the sealed token cannot be read".into()))
}

/// Whether the account's token opens with the keys that are given; asks nobody outside.
pub async fn opens(kit: &Kit, id: AccountId) -> Result<bool, DbError> {
    let held = kit.db.read(move |c| store::with_token(c, id)).await?;
    Ok(held.is_some_and(|(_, held)| unseal(kit, id, &held.sealed).is_ok()))
}

/// How a token's age stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Age {
    /// Nothing to do.
    Good,
    /// Four fifths of its life are over: renew it, and use it meanwhile.
    Old,
    /// It has run out.
    Over,
}

fn age(refreshed_at: Instant, expires_at: Option<Instant>, now: Instant) -> Age {
    let Some(end) = expires_at else { return Age::Good };
    if now + MARGIN >= end {
        return Age::Over;
    }
    let old = refreshed_at + end.since(refreshed_at) * 4 / 5;
    // a clock that was put back must not wear the token out either
    if now >= old && now.since(refreshed_at) >= FLOOR { Age::Old } else { Age::Good }
}

/// Opens an account for one call: its token in clear, renewed first when it is old.
pub async fn open(kit: &Kit, id: AccountId) -> Result<Account, Shut> {
    let found = kit.db.read(move |c| store::with_token(c, id)).await?;
    let (connection, mut held) = found.ok_or(Shut::Disconnected)?;
    match connection.state {
        Standing::Connected => {}
        Standing::NeedsReconnect => return Err(Shut::NeedsReconnect),
        Standing::Disconnected => return Err(Shut::Disconnected),
    }
    let how_old = age(held.refreshed_at, held.expires_at, kit.clock.now());
    // one that cannot be renewed is good until its last minute
    if how_old == Age::Over || (how_old == Age::Old && renews(kit, &connection, &held)) {
        // while the old one works nobody needs to wait for another worker's new one
        match renew(kit, &connection, held.clone(), how_old == Age::Over).await? {
            Renewal::Done(newer) => held = newer,
            Renewal::Lost => return Err(Shut::NeedsReconnect),
            // an old token that still works is better than none
            Renewal::NotNow(problem) if how_old == Age::Over => return Err(Shut::Later(problem)),
            Renewal::NotNow(_) => {}
        }
    }
    let grant = unseal(kit, id, &held.sealed).map_err(Shut::Later)?;
    account(&connection, grant.access).map_err(Shut::Later)
}

/// Whether we get a new token for this one without a person.
pub(super) fn renews(kit: &Kit, connection: &Connection, held: &store::Held) -> bool {
    let consent = (connection.channel.profile().consent)(kit);
    unseal(kit, connection.id, &held.sealed).is_ok_and(|grant| consent.renews(&grant))
}

/// The account as a channel gets it.
pub(super) fn account(connection: &Connection, token: String) -> Result<Account, Problem> {
    let base_url = connection
        .base_url
        .parse()
        .map_err(|_| Problem::new(ProblemKind::Configuration, "the account's server has no web address"))?;
    Ok(Account {
        id: connection.id,
        channel: connection.channel,
        remote_id: connection.remote_id.clone(),
        handle: connection.handle.clone(),
        base_url,
        practice: connection.practice,
        token,
        ability: connection.ability.clone(),
    })
}

/// Tells that a peer refused an account's token or rights. A token that can be renewed is, once; else
/// the account needs reconnecting and whoever connected it gets a letter (R29). Anything that passes by
/// itself changes nothing. Returns how the account stands after that.
pub async fn complain(kit: &Kit, account: &Account, problem: &Problem) -> Result<Standing, DbError> {
    let id = account.id;
    let Some((connection, held)) = kit.db.read(move |c| store::with_token(c, id)).await? else {
        return Ok(Standing::Disconnected);
    };
    if connection.state != Standing::Connected {
        return Ok(connection.state);
    }
    match problem.kind {
        ProblemKind::Reconnect => {}
        ProblemKind::AccountBlocked | ProblemKind::Permission => {
            lose(kit, id, held.version, problem).await?;
            return Ok(Standing::NeedsReconnect);
        }
        _ => return Ok(Standing::Connected),
    }
    let grant = unseal(kit, id, &held.sealed);
    // somebody was faster: the refused token is not the one we have now
    if grant.as_ref().is_ok_and(|g| g.access != account.token) {
        return Ok(Standing::Connected);
    }
    let worn = kit.clock.now().since(held.refreshed_at) < FLOOR;
    if grant.is_ok() && renews(kit, &connection, &held) && !worn {
        return Ok(match renew(kit, &connection, held, false).await? {
            Renewal::Lost => Standing::NeedsReconnect,
            Renewal::Done(_) | Renewal::NotNow(_) => Standing::Connected,
        });
    }
    lose(kit, id, held.version, problem).await?;
    Ok(Standing::NeedsReconnect)
}

/// What came of renewing.
enum Renewal {
    /// By us or by another worker.
    Done(store::Held),
    /// The peer said that it is over.
    Lost,
    /// Nothing came of it, for a reason that passes.
    NotNow(Problem),
}

/// Renews a token, one worker at a time; the others, when `patient`, wait for what comes of it.
async fn renew(
    kit: &Kit,
    connection: &Connection,
    held: store::Held,
    patient: bool,
) -> Result<Renewal, DbError> {
    let (id, version) = (connection.id, held.version);
    let now = kit.clock.now();
    let until = now + LEASE;
    if !kit.db.write(move |c| store::lease_token(c, id, version, now, until)).await? {
        return if patient { wait_for_the_other(kit, id, version).await } else { Ok(busy()) };
    }
    let grant = match unseal(kit, id, &held.sealed) {
        Ok(grant) => grant,
        Err(problem) => return let_go(kit, id, version, until, problem).await,
    };
    let at: Url = match connection.base_url.parse() {
        Ok(at) => at,
        Err(_) => {
            let problem = Problem::new(ProblemKind::Configuration, "the account's server has no web address");
            return let_go(kit, id, version, until, problem).await;
        }
    };
    let consent = (connection.channel.profile().consent)(kit);
    match consent.renew(&at, &connection.remote_id, &grant).await {
        Ok(fresh) => {
            let keep = Keep {
                sealed: seal(kit, id, &grant.renewed_by(fresh.grant)),
                expires_at: fresh.expires_at,
                at: kit.clock.now(),
            };
            let kept = kit
                .db
                .write(move |c| {
                    store::keep_token(c, id, version, until, &keep)?;
                    store::with_token(c, id)
                })
                .await?;
            // when somebody connected anew meanwhile, theirs is the one that counts
            Ok(kept.map_or(Renewal::Lost, |(_, held)| Renewal::Done(held)))
        }
        Err(problem) if problem.kind == ProblemKind::Reconnect => {
            lose(kit, id, version, &problem).await?;
            Ok(Renewal::Lost)
        }
        Err(problem) => let_go(kit, id, version, until, problem).await,
    }
}

fn busy() -> Renewal {
    Renewal::NotNow(Problem::new(ProblemKind::Unavailable, "another worker is renewing the token"))
}

async fn let_go(
    kit: &Kit,
    id: AccountId,
    version: i32,
    until: Instant,
    problem: Problem,
) -> Result<Renewal, DbError> {
    kit.db.write(move |c| store::release_token(c, id, version, until)).await?;
    Ok(Renewal::NotNow(problem))
}

async fn wait_for_the_other(kit: &Kit, id: AccountId, version: i32) -> Result<Renewal, DbError> {
    let mut patience = LEASE.as_millis() / GLANCE.as_millis();
    loop {
        let Some((connection, held)) = kit.db.read(move |c| store::with_token(c, id)).await? else {
            return Ok(Renewal::Lost);
        };
        if connection.state != Standing::Connected {
            return Ok(Renewal::Lost);
        }
        if held.version != version {
            return Ok(Renewal::Done(held));
        }
        if held.lease_until.is_none_or(|until| until < kit.clock.now()) || patience == 0 {
            return Ok(busy());
        }
        patience -= 1;
        tokio::time::sleep(GLANCE).await;
    }
}

/// The account needs reconnecting: says so in its row and, once, in a letter.
async fn lose(kit: &Kit, id: AccountId, version: i32, problem: &Problem) -> Result<(), DbError> {
    let now = kit.clock.now();
    let loss = Loss { key: problem.kind.key(), words: problem.words.clone(), at: now };
    let chance = kit.chance.clone();
    kit.db
        .write(move |c| {
            if store::lose(c, id, version, &loss)? {
                queue::enqueue(c, &jobs::TellLost { account: id }, now, now, &chance)?;
            }
            Ok(())
        })
        .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_empty_never_takes_the_place_of_what_we_have() {
        let old = Grant {
            access: "a1".into(),
            refresh: "r1".into(),
            password: "p".into(),
            scopes: "read write".into(),
            ..Grant::default()
        };
        let new = old.renewed_by(Grant { access: "a2".into(), ..Grant::default() });
        assert_eq!((new.access.as_str(), new.refresh.as_str(), new.password.as_str()), ("a2", "r1", "p"));
        assert_eq!(new.scopes, "read write");
        assert_eq!(old.renewed_by(Grant::default()), old);
        assert!(!format!("{old:?}").contains("a1"));
    }

    #[test]
    fn a_token_is_renewed_late_in_its_life_and_not_too_often() {
        let made = Instant::from_seconds(1_800_000_000);
        let at = |minutes: u64| made + Duration::from_secs(minutes * 60);
        let two_hours = Some(at(120));
        assert_eq!(age(made, two_hours, at(95)), Age::Good);
        assert_eq!(age(made, two_hours, at(97)), Age::Old);
        assert_eq!(age(made, two_hours, at(119)), Age::Over);
        assert_eq!(age(made, None, at(100_000)), Age::Good);
        // five minutes' life: four fifths are over before the floor allows it
        assert_eq!(age(made, Some(at(5)), made + Duration::from_secs(239)), Age::Good);
        assert_eq!(age(made, Some(at(5)), at(5)), Age::Over);
    }
}
