//! What happens without anyone watching: the clock drives what is due, woken by every commit; accounts
//! that came back or went away move their deliveries; a watchdog says aloud what should have moved and
//! did not (R18).

use std::{sync::Arc, time::Duration};

use serde::{Deserialize, Serialize};
use tokio::sync::{Semaphore, watch};

use super::{
    breaker, comment_drive, consent, correct_drive,
    delivery::State,
    drive::drive,
    ending, facts, letters, publication,
    steady::{Ticks, behind_until},
    store,
};
use crate::{
    accounts,
    base::{
        Instant,
        fault::{self, Point},
        id::{DeliveryId, UserId},
    },
    channels::{self, Channels, Found, jobs::Needs},
    db::{Conn, DbError},
    kit::Kit,
    queue::{Job, JobError, pulse::Pulse},
};

/// Overdue for longer than this without a reason is a fault of ours (R18).
const STUCK: Duration = Duration::from_secs(600);
/// How often the watchdog looks.
const WATCH: Duration = Duration::from_secs(60);
/// At most this often after commits, so that a busy day of applications is not a busy loop here; nobody sees whether a
/// post goes out a tenth of a second later.
const BREATH: Duration = Duration::from_millis(100);
/// How long those just started are given to claim their rows.
const CLAIMING: Duration = Duration::from_millis(10);

/// What happens within this is one letter, not several.
pub(super) const TOGETHER: Duration = Duration::from_secs(60);

/// Drives until `stop` turns true; then waits for what is under way.
pub async fn run(kit: Kit, channels: Channels, mut stop: watch::Receiver<bool>) {
    let lanes = Arc::new(Semaphore::new(kit.config.delivery.lanes));
    let tick = Duration::from_millis(kit.config.work.tick_ms);
    // what was left overdue by a stop is given a minute to move first
    let mut watched = kit.clock.now();
    let mut pulse = Pulse::of("deliveries");
    // a peer that is unwell may take a minute to say nothing; the others do not wait for it
    let mut probing = tokio::spawn(async {});
    let mut correcting = tokio::spawn(async {});
    let begun = tokio::time::Instant::now();
    let mut ticks = Ticks { wall: kit.clock.now(), steady: begun.elapsed() };
    let mut behind = behind(&kit).await;
    while !*stop.borrow() {
        let now = kit.clock.now();
        if behind.is_some_and(|until| now < until) {
            // no beat either, so that the queue's page and /healthz say that nobody works
            tokio::select! {
                () = tokio::time::sleep(tick) => {}
                _ = stop.changed() => {}
            }
            continue;
        }
        behind = None;
        pulse.beat(&kit.db, now).await;
        if let Some(by) = ticks.jumped(Ticks { wall: now, steady: begun.elapsed() }) {
            tracing::error!(
                seconds = by.as_secs(),
                "this machine's clock has jumped; nothing is sent in this round"
            );
            tokio::time::sleep(tick).await;
            continue;
        }
        let more = match round(&kit, &channels, &lanes).await {
            Ok(more) => more,
            Err(error) => {
                tracing::error!(%error, "deliveries cannot be read");
                false
            }
        };
        let now = kit.clock.now();
        if probing.is_finished() {
            let (kit, channels) = (kit.clone(), channels.clone());
            probing = tokio::spawn(async move {
                if let Err(error) = breaker::probe(&kit, &channels).await {
                    tracing::error!(%error, "peers that are unwell cannot be asked again");
                }
            });
        }
        if correcting.is_finished() {
            let (kit, channels) = (kit.clone(), channels.clone());
            correcting = tokio::spawn(async move {
                if let Err(error) = correct_drive::drive_due(&kit, &channels).await {
                    tracing::error!(%error, "a correction's state could not be written; its lease will run out");
                }
                if let Err(error) = comment_drive::drive_due(&kit, &channels).await {
                    tracing::error!(%error, "a comment's state could not be written; its lease will run out");
                }
            });
        }
        if now.since(watched) >= WATCH {
            watched = now;
            watch_over(&kit, now).await;
            if let Err(error) = ending::end_what_is_over(&kit).await {
                tracing::error!(%error, "what is over cannot be taken down");
            }
            if let Err(error) = consent::end_what_is_refused(&kit).await {
                tracing::error!(%error, "what may not be shown cannot be taken down");
            }
        }
        if more {
            continue;
        }
        tokio::select! {
            () = kit.db.committed() => tokio::time::sleep(BREATH).await,
            () = tokio::time::sleep(tick) => {}
            _ = stop.changed() => {}
        }
    }
    let _ = lanes.acquire_many(u32::try_from(kit.config.delivery.lanes).unwrap_or(u32::MAX)).await;
}

/// Until when this machine's clock is behind what the database has seen; none when it is right, or said to be.
async fn behind(kit: &Kit) -> Option<Instant> {
    let now = kit.clock.now();
    if kit.config.delivery.trust_clock {
        return None;
    }
    let until = kit.db.read(move |c| behind_until(c, now)).await.unwrap_or_else(|error| {
        tracing::error!(%error, "deliveries cannot be read");
        None
    })?;
    tracing::error!(
        seconds = until.since(now).as_secs(),
        "this machine's clock is behind what the database has seen; nothing is sent until it has caught up. Set the clock, \
         or say delivery.trust_clock = true where the database's last writer was ahead"
    );
    Some(until)
}

/// Drives everything that is due, in this task, until nothing is; for tests and the demonstration.
pub async fn drain(kit: &Kit, channels: &Channels) -> Result<(), DbError> {
    loop {
        follow_accounts(kit).await?;
        breaker::probe(kit, channels).await?;
        ending::end_what_is_over(kit).await?;
        consent::end_what_is_refused(kit).await?;
        let beside =
            correct_drive::drive_due(kit, channels).await? + comment_drive::drive_due(kit, channels).await?;
        let now = kit.clock.now();
        let due = kit.db.read(move |c| store::due(c, now, 32)).await?;
        if due.is_empty() && beside == 0 {
            return Ok(());
        }
        for id in due {
            drive(kit, channels, id).await?;
        }
    }
}

/// Starts what is due; true when there may be more right away.
async fn round(kit: &Kit, channels: &Channels, lanes: &Arc<Semaphore>) -> Result<bool, DbError> {
    follow_accounts(kit).await?;
    let free = lanes.available_permits();
    if free == 0 {
        return Ok(false);
    }
    let (now, wanted) = (kit.clock.now(), i64::try_from(free).unwrap_or(1));
    let due = kit.db.read(move |c| store::due(c, now, wanted)).await?;
    let more = due.len() == free;
    for id in due {
        let permit = lanes.clone().acquire_owned().await.expect("the lanes are never closed");
        let (kit, channels) = (kit.clone(), channels.clone());
        tokio::spawn(async move {
            if let Err(error) = drive(&kit, &channels, id).await {
                tracing::error!(%error, delivery = %id, "a delivery's state could not be written; its lease will run out");
            }
            drop(permit);
        });
    }
    if more {
        // let them claim before looking again
        tokio::time::sleep(CLAIMING).await;
    }
    Ok(more)
}

/// Deliveries follow their accounts: what waited for one that is back goes on, what was planned on one
/// that is gone is settled now rather than when its time comes (R24).
async fn follow_accounts(kit: &Kit) -> Result<(), DbError> {
    let now = kit.clock.now();
    let (back, gone) = kit.db.read(move |c| store::accounts_to_follow(c, now)).await?;
    if back.is_empty() && gone.is_empty() {
        return Ok(());
    }
    kit.db
        .write(move |c| {
            store::wake(c, &back, now)?;
            store::settle(c, &gone, now)?;
            Ok(())
        })
        .await
}

async fn watch_over(kit: &Kit, now: Instant) {
    match kit.db.read(move |c| stuck(c, now)).await {
        Ok(stuck) if stuck.is_empty() => {}
        Ok(stuck) => {
            let some = &stuck[..stuck.len().min(5)];
            tracing::error!(
                count = stuck.len(),
                ?some,
                "deliveries should have moved more than ten minutes ago"
            );
        }
        Err(error) => tracing::error!(%error, "the watchdog cannot read the deliveries"),
    }
}

/// Deliveries that should have moved long ago and say no reason (R18); none, when all is well.
pub fn stuck(conn: &mut Conn, now: Instant) -> Result<Vec<DeliveryId>, DbError> {
    store::stuck(conn, now - STUCK)
}

/// Tells a person of the posts that ask for somebody and of which nobody has been told (R26).
#[derive(Serialize, Deserialize)]
pub struct TellPerson {
    /// Who.
    pub person: UserId,
}

impl Job for TellPerson {
    const KIND: &'static str = "publishing.tell";
    type Needs = Kit;

    fn key(&self) -> String {
        self.person.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (person, k) = (self.person, kit.clone());
        let (user, posts) = kit
            .db
            .read(move |c| {
                let mut posts = Vec::new();
                for (row, about) in store::untold(c)? {
                    if letters::whom(c, &row)? == Some(person) {
                        posts.push((row.id, letters::read(c, &k, row, about)?));
                    }
                }
                let user = accounts::users(c)?.into_iter().find(|u| u.id == person);
                Ok::<_, DbError>((user.filter(|u| u.disabled_at.is_none()), posts))
            })
            .await?;
        let (Some(user), false) = (user, posts.is_empty()) else { return Ok(()) };
        let (ids, posts): (Vec<_>, Vec<_>) = posts.into_iter().unzip();
        let now = kit.clock.now();
        kit.mail.send(&letters::ask(&kit.config, &user, &posts), now).await?;
        Ok(kit.db.write(move |c| store::told(c, &ids, now)).await?)
    }
}

/// Writes to the person with whom a delivery lies: to post it, to take it down, or to leave it.
#[derive(Serialize, Deserialize)]
pub struct WriteToHolder {
    /// Which.
    pub delivery: DeliveryId,
    /// To whom.
    pub person: UserId,
    /// In which state it lay with them when the letter was wanted.
    pub state: State,
    /// The how manyth letter about this it is, from 1.
    pub number: i32,
}

impl Job for WriteToHolder {
    const KIND: &'static str = "publishing.write_to_holder";
    type Needs = Kit;

    fn key(&self) -> String {
        format!("{}.{}.{}.{}", self.delivery, self.person, self.state, self.number)
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, person, k) = (self.delivery, self.person, kit.clone());
        let found = kit
            .db
            .read(move |c| {
                let Some(row) = store::delivery(c, id)? else { return Ok(None) };
                let Some(about) = store::publication(c, row.publication_id)?.subject() else {
                    return Ok(None);
                };
                let user = accounts::users(c)?.into_iter().find(|u| u.id == person);
                let over = facts::is_over(c, &k, about)?;
                let told = letters::read(c, &k, row, about)?;
                Ok::<_, DbError>(user.filter(|u| u.disabled_at.is_none()).map(|user| (user, told, over)))
            })
            .await?;
        let Some((user, told, over)) = found else { return Ok(()) };
        // settled while the letter waited
        if told.row.state != self.state {
            return Ok(());
        }
        let now = kit.clock.now();
        let letter = letters::task(&kit.config, &user, &told, over, self.number, now, &self.key());
        kit.mail.send(&letter, now).await?;
        fault::pass(Point::AfterLetter);
        Ok(())
    }
}

/// Finds the address of a post whose peer did not say it when it went out (R3).
#[derive(Serialize, Deserialize)]
pub struct FindAddress {
    /// Which.
    pub delivery: DeliveryId,
}

impl Job for FindAddress {
    const KIND: &'static str = "publishing.find_address";
    type Needs = Needs;

    fn key(&self) -> String {
        self.delivery.to_string()
    }

    async fn run(&self, Needs { kit, channels }: &Needs) -> Result<(), JobError> {
        let id = self.delivery;
        let row = kit.db.read(move |c| store::delivery(c, id)).await?;
        let Some(row) = row.filter(|r| r.state == State::Published && r.remote_url.is_none()) else {
            return Ok(());
        };
        let later = |words: &str| JobError::Later(words.to_owned());
        let never = |error: store::MoveError| JobError::Never(error.to_string());
        let account = channels::open(kit, row.account_id).await.map_err(|_| later("no usable account"))?;
        let channel = channels.get(account.channel).ok_or_else(|| later("no such channel here"))?;
        let post = publication::thaw(&row.payload).map_err(never)?;
        let key = publication::read_key(&row.send_key).map_err(never)?;
        let limit = Duration::from_secs(kit.config.delivery.request_seconds);
        match tokio::time::timeout(limit, channel.find(&account, &post, &key)).await {
            Ok(Found::There(published)) => {
                let url = published.url.ok_or_else(|| later("the peer still says no address"))?;
                let now = kit.clock.now();
                Ok(kit.db.write(move |c| store::set_address(c, id, &url, now)).await?)
            }
            _ => Err(later("the post was not seen")),
        }
    }
}
