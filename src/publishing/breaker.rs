//! Holding back where trying again would only make things worse (publishing.md d.5): a breaker before an account that
//! fails again and again, one before a whole channel whose app the peer has stopped or whose version it no longer
//! serves (R34, R35), and the allowance that the channel's own answers speak of. Nothing is published to find out
//! whether a peer is well again: it is asked, reading only, after a minute, five, fifteen and then every hour.

use std::{fmt, str::FromStr, time::Duration};

use super::{
    delivery::Reason,
    letters,
    store::{self, Breaker, Budget},
};
use crate::{
    accounts,
    base::{
        Instant,
        id::{AccountId, UserId},
    },
    channels::{self, ChannelKind, Channels, Connection, Problem, ProblemKind, Standing, gauge::Reading},
    config,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    mail::MailError,
    queue::{self, Job, JobError},
};

/// Before what a breaker stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One account.
    Account(AccountId),
    /// Every account of a channel: our app there.
    Channel(ChannelKind),
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Account(id) => id.fmt(f),
            Self::Channel(kind) => write!(f, "channel:{kind}"),
        }
    }
}

impl FromStr for Scope {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text.strip_prefix("channel:") {
            Some(kind) => kind.parse().map(Self::Channel).map_err(drop),
            None => text.parse().map(Self::Account).map_err(drop),
        }
    }
}

/// The reason that waiting rows bear, by what the breaker stands before.
const fn reason(scope: Scope) -> Reason {
    match scope {
        Scope::Account(_) => Reason::AccountUnwell,
        Scope::Channel(_) => Reason::ChannelStopped,
    }
}

/// Whether a no speaks of our app at that channel rather than of this account or post.
pub(super) fn concerns_the_app(kind: ChannelKind, problem: &Problem) -> bool {
    match problem.kind {
        ProblemKind::VersionSunset => true,
        ProblemKind::Configuration => problem.status.is_some() && kind.profile().platform.is_some(),
        _ => false,
    }
}

/// How long until the peer is asked after `probes` questions in vain.
fn probe_after(settings: &config::Delivery, probes: i32) -> Duration {
    let waits = &settings.probe_seconds;
    let nth = usize::try_from(probes).unwrap_or(0).min(waits.len().saturating_sub(1));
    Duration::from_secs(waits.get(nth).copied().unwrap_or(3600).max(1))
}

/// What the breaker is after another failure.
fn failed(
    was: Option<Breaker>,
    scope: Scope,
    problem: &Problem,
    opens_after: i32,
    settings: &config::Delivery,
    now: Instant,
) -> Breaker {
    let (fails, open_since, probe_at, probes) =
        was.map_or((0, None, None, 0), |b| (b.fails, b.open_since, b.probe_at, b.probes));
    let fails = fails.saturating_add(1);
    let opens = open_since.is_none() && fails >= opens_after;
    Breaker {
        scope: scope.to_string(),
        fails,
        open_since: if opens { Some(now) } else { open_since },
        probe_at: if opens { Some(now + probe_after(settings, 0)) } else { probe_at },
        probes,
        kind: problem.kind.word().to_owned(),
        words: problem.words.clone(),
        updated_at: now,
    }
}

/// The account answered as one that is well, whatever it said of the post.
pub(super) fn well(c: &mut Conn, account: AccountId, now: Instant) -> Result<(), DbError> {
    let scope = Scope::Account(account);
    if store::breaker(c, scope)?.is_some() && store::drop_breaker(c, scope)? {
        store::wake_waiting(c, &[account], &[Reason::AccountUnwell.word()], now)?;
    }
    Ok(())
}

/// A peer's no, or its silence, in what it says of the account and of our app.
pub(super) fn complained(
    c: &mut Conn,
    kit: &Kit,
    account: AccountId,
    problem: &Problem,
    now: Instant,
) -> Result<(), DbError> {
    let settings = &kit.config.delivery;
    let Some(connection) = channels::connection(c, account)? else { return Ok(()) };
    match problem.kind {
        ProblemKind::Unavailable => {
            let scope = Scope::Account(account);
            let was = store::breaker(c, scope)?;
            store::put_breaker(c, &failed(was, scope, problem, settings.breaker_failures, settings, now))
        }
        ProblemKind::RateLimited => {
            let Some(wait) = problem.wait else { return Ok(()) };
            // what all who use our app share is used up for all of them
            let shared =
                channels::limits::quota(connection.channel, &kit.config).is_some_and(|q| q.is_shared());
            let spent = if shared { store::accounts_of(c, connection.channel)? } else { vec![account] };
            for account_id in spent {
                let resets_at = now + wait;
                let budget = Budget { account_id, allowed: 1, remaining: 0, resets_at, read_at: now };
                store::put_budget(c, &budget)?;
            }
            Ok(())
        }
        _ if concerns_the_app(connection.channel, problem) => {
            let scope = Scope::Channel(connection.channel);
            let was = store::breaker(c, scope)?;
            let is_new = was.as_ref().is_none_or(|b| b.open_since.is_none());
            store::put_breaker(c, &failed(was, scope, problem, 1, settings, now))?;
            if is_new {
                queue::enqueue(c, &TellStopped { channel: connection.channel }, now, now, &kit.chance)?;
            }
            Ok(())
        }
        _ => well(c, account, now),
    }
}

/// What an account's own answers said it may still do.
pub(super) fn counted(
    c: &mut Conn,
    account: AccountId,
    reading: Reading,
    now: Instant,
) -> Result<(), DbError> {
    let (allowed, remaining) = (reading.allowed, reading.remaining);
    // plenty is not worth a row, unless it takes back what an older one says
    if remaining * 2 > allowed && store::budget(c, account)?.is_none_or(|b| b.resets_at <= now) {
        return Ok(());
    }
    let resets_at = reading.resets.at(now);
    store::put_budget(c, &Budget { account_id: account, allowed, remaining, resets_at, read_at: now })
}

/// Until when nothing may be tried on this account because it, or our app at its channel, is unwell.
pub(super) fn held_until(
    c: &mut Conn,
    account: AccountId,
    kind: ChannelKind,
    now: Instant,
) -> Result<Option<(Instant, Reason)>, DbError> {
    for scope in [Scope::Channel(kind), Scope::Account(account)] {
        if let Some(Breaker { open_since: Some(_), probe_at, .. }) = store::breaker(c, scope)? {
            // the question that is asked then wakes whatever waits; this is only the latest
            let again = probe_at.unwrap_or(now).max(now) + Duration::from_secs(30);
            return Ok(Some((again, reason(scope))));
        }
    }
    Ok(None)
}

/// Until when this account's allowance is spent; `planned` ones leave the reserve to those that somebody sends now.
pub(super) fn spent_until(
    c: &mut Conn,
    settings: &config::Delivery,
    account: AccountId,
    planned: bool,
    now: Instant,
) -> Result<Option<Instant>, DbError> {
    let Some(budget) = store::budget(c, account)?.filter(|b| b.resets_at > now) else { return Ok(None) };
    let kept = if planned { budget.allowed * settings.reserve_percent / 100 } else { 0 };
    Ok((budget.remaining <= kept).then_some(budget.resets_at))
}

/// The accounts and channels held back that concern this scope, in words.
pub(super) fn told(
    c: &mut Conn,
    scope: &accounts::Scope,
    t: Speech,
    zone: chrono_tz::Tz,
) -> Result<Vec<String>, DbError> {
    let open = store::open_breakers(c)?;
    if open.is_empty() {
        return Ok(Vec::new());
    }
    let units = accounts::units(c)?;
    let inside = scope.units();
    let concerns =
        |a: &Connection| accounts::unit::below(&units, a.unit_id).iter().any(|u| inside.contains(u));
    let connections: Vec<Connection> = channels::connections(c)?.into_iter().filter(concerns).collect();
    let sentence = |breaker: Breaker| {
        let time = |at: Instant| format::instant_short(at, zone, t.language());
        let (since, next) = (time(breaker.open_since?), time(breaker.probe_at?));
        match breaker.scope.parse().ok()? {
            Scope::Account(id) => {
                let account = connections.iter().find(|a| a.id == id)?;
                let name = format!("{} ({})", account.channel.name(), account.handle);
                Some(t.with3("queue-unwell-account", "account", name, "since", since, "next", next))
            }
            Scope::Channel(kind) => connections.iter().any(|a| a.channel == kind).then(|| {
                t.with3(
                    "queue-unwell-channel",
                    "channel",
                    kind.name(),
                    "since",
                    since,
                    "words",
                    &breaker.words,
                )
            }),
        }
    };
    Ok(open.into_iter().filter_map(sentence).collect())
}

/// Asks the peers that are held back and whose time to be asked has come; those that answer are let go on.
pub(super) async fn probe(kit: &Kit, channels: &Channels) -> Result<(), DbError> {
    let now = kit.clock.now();
    for breaker in kit.db.read(move |c| store::to_probe(c, now)).await? {
        let Ok(scope) = breaker.scope.parse::<Scope>() else { continue };
        let next = now + probe_after(&kit.config.delivery, breaker.probes.saturating_add(1));
        let claim = breaker.clone();
        if !kit.db.write(move |c| store::claim_probe(c, &claim, next, now)).await? {
            continue;
        }
        let accounts = match scope {
            Scope::Account(id) => vec![id],
            Scope::Channel(kind) => kit.db.read(move |c| store::accounts_of(c, kind)).await?,
        };
        if is_well(kit, channels, &accounts).await? {
            let word = reason(scope).word();
            kit.db
                .write(move |c| {
                    let now = now.max(breaker.updated_at);
                    store::drop_breaker(c, scope)?;
                    store::wake_waiting(c, &accounts, &[word], now)
                })
                .await?;
        }
    }
    Ok(())
}

/// Whether the first of these accounts that is connected answers. Where none is, there is nobody to ask and nothing to
/// hold back.
async fn is_well(kit: &Kit, channels: &Channels, accounts: &[AccountId]) -> Result<bool, DbError> {
    let limit = Duration::from_secs(kit.config.delivery.request_seconds);
    for id in accounts.iter().copied() {
        let Ok(standing) = tokio::time::timeout(limit, channels::look(kit, channels, id)).await else {
            return Ok(false);
        };
        if standing? == Standing::Connected {
            let looked = kit.db.read(move |c| channels::connection(c, id)).await?;
            return Ok(looked.is_some_and(|account| account.problem.is_none()));
        }
    }
    Ok(true)
}

/// Tells operations once that our app at a channel no longer works, not once for each post (R34, R35).
#[derive(serde::Serialize, serde::Deserialize)]
pub struct TellStopped {
    /// Which.
    pub channel: ChannelKind,
}

impl Job for TellStopped {
    const KIND: &'static str = "publishing.tell_stopped";
    type Needs = Kit;

    fn key(&self) -> String {
        self.channel.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (kind, now) = (self.channel, kit.clock.now());
        let read = move |c: &mut Conn| {
            let Some(breaker) = store::breaker(c, Scope::Channel(kind))?.filter(|b| b.open_since.is_some())
            else {
                return Ok::<_, DbError>(None);
            };
            let accounts = store::accounts_of(c, kind)?;
            let waiting = store::waiting_on(c, &accounts)?;
            let mut people: Vec<UserId> = letters::operators(c, now)?;
            for id in accounts {
                people.extend(channels::connection(c, id)?.and_then(|a| letters::person(&a.connected_by)));
            }
            people.sort_unstable();
            people.dedup();
            let users = crate::accounts::users(c)?;
            let to: Vec<_> =
                users.into_iter().filter(|u| u.disabled_at.is_none() && people.contains(&u.id)).collect();
            Ok(Some((breaker, waiting, to)))
        };
        let Some((breaker, waiting, to)) = kit.db.read(read).await? else { return Ok(()) };
        for user in to {
            let letter = letters::stopped(&kit.config, &user, kind, &breaker, waiting);
            match kit.mail.send(&letter, kit.clock.now()).await {
                Ok(()) => {}
                Err(MailError::Later(words)) => return Err(JobError::Later(words)),
                Err(MailError::Refused(words)) => tracing::warn!(words, "a letter was refused"),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> config::Delivery {
        config::Config::defaults(std::path::Path::new("/nowhere")).delivery
    }

    #[test]
    fn the_third_failure_in_a_row_opens_it_and_later_ones_change_nothing() {
        let (scope, settings) = (Scope::Channel(ChannelKind::Mastodon), settings());
        let start = Instant::from_seconds(1_800_000_000);
        let problem = Problem::new(ProblemKind::Unavailable, "502");
        let mut breaker = None;
        for n in 1..=5_u64 {
            let now = start + Duration::from_secs(n);
            let next = failed(breaker, scope, &problem, settings.breaker_failures, &settings, now);
            let opened = start + Duration::from_secs(3);
            assert_eq!(next.open_since, (n >= 3).then_some(opened), "{n}");
            assert_eq!(next.probe_at, (n >= 3).then_some(opened + Duration::from_secs(60)), "{n}");
            breaker = Some(next);
        }
    }

    #[test]
    fn questions_come_further_and_further_apart() {
        let settings = settings();
        let waits = [0, 1, 2, 3, 4, 100].map(|n| probe_after(&settings, n).as_secs());
        assert_eq!(waits, [60, 300, 900, 3600, 3600, 3600]);
    }

    #[test]
    fn scopes_are_read_as_they_are_written() {
        for scope in [
            Scope::Channel(ChannelKind::Bluesky),
            Scope::Account(AccountId::new(Instant::from_seconds(1), &crate::base::Chance::seeded(1))),
        ] {
            assert_eq!(scope.to_string().parse(), Ok(scope));
        }
        assert_eq!("channel:fax".parse::<Scope>(), Err(()));
    }
}
