//! What readers did with what is out: asked every hour of its first day, then every day of its first month. Nobody
//! waits for it, and nothing depends on it.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    delivery::State,
    publication,
    store::{self, Delivery, Reading},
};
use crate::{
    base::{Instant, id::DeliveryId},
    channels::{self, ProblemKind, Shut, jobs::Needs},
    db::{Conn, DbError},
    kit::Kit,
    queue::{self, Job, JobError},
};

const HOUR: Duration = Duration::from_secs(3600);
const DAY: Duration = Duration::from_secs(24 * 3600);
/// So long after it went out it is no longer asked about.
const MONTH: Duration = Duration::from_secs(30 * 24 * 3600);

/// When the next reading is due; none when there is none to come.
fn next(out_since: Instant, now: Instant) -> Option<Instant> {
    let age = now.since(out_since);
    let at = now + if age < DAY { HOUR } else { DAY };
    (at.since(out_since) <= MONTH).then_some(at)
}

/// It is out: its readers are counted from now on, where its channel counts them.
pub(super) fn begin(c: &mut Conn, kit: &Kit, row: &Delivery, now: Instant) -> Result<(), DbError> {
    let counts =
        channels::connection(c, row.account_id)?.is_some_and(|account| account.channel.counts_readers(kit));
    if !counts {
        return Ok(());
    }
    queue::enqueue(c, &Measure { delivery: row.id, out_since: now }, now + HOUR, now, &kit.chance)
}

/// Reads once what a channel counts of a delivery, and comes back when it is time for the next reading.
#[derive(Serialize, Deserialize)]
pub struct Measure {
    /// Of which.
    pub delivery: DeliveryId,
    /// Since when it is out.
    pub out_since: Instant,
}

impl Job for Measure {
    const KIND: &'static str = "publishing.measure";
    type Needs = Needs;

    fn key(&self) -> String {
        self.delivery.to_string()
    }

    async fn run(&self, Needs { kit, channels }: &Needs) -> Result<(), JobError> {
        let (id, out_since) = (self.delivery, self.out_since);
        let row = kit.db.read(move |c| store::delivery(c, id)).await?;
        // what is taken down is not read any more
        let Some(row) = row.filter(|r| r.state == State::Published) else { return Ok(()) };
        let reading = read(kit, channels, &row).await?;
        let (now, chance) = (kit.clock.now(), kit.chance.clone());
        kit.db
            .write(move |c| {
                if let Some(reading) = reading {
                    store::insert_reading(c, id, &reading)?;
                }
                if let Some(at) = next(out_since, now) {
                    let spread = Duration::from_secs(chance.below(300));
                    queue::enqueue(c, &Self { delivery: id, out_since }, at + spread, now, &chance)?;
                }
                Ok::<_, DbError>(())
            })
            .await?;
        Ok(())
    }
}

/// The counts right now; none when they cannot be had, which is no failure: the next reading has them too.
async fn read(kit: &Kit, channels: &channels::Channels, row: &Delivery) -> Result<Option<Reading>, DbError> {
    let named = row.remote_id.as_deref().filter(|name| !publication::is_address(name));
    let Some(remote_id) = named else { return Ok(None) };
    let account = match channels::open(kit, row.account_id).await {
        Ok(account) => account,
        Err(Shut::Db(error)) => return Err(error),
        Err(_) => return Ok(None),
    };
    let Some(channel) = channels.get(account.channel) else { return Ok(None) };
    let limit = Duration::from_secs(kit.config.delivery.request_seconds);
    match tokio::time::timeout(limit, channel.measure(&account, remote_id)).await {
        Ok(Ok(measures)) => Ok(Some(Reading { at: kit.clock.now(), measures })),
        // a right to count may be missing where the right to publish is not, so only a lost token concerns the account
        Ok(Err(problem)) if problem.kind == ProblemKind::Reconnect => {
            channels::complain(kit, &account, &problem).await?;
            Ok(None)
        }
        Ok(Err(problem)) => {
            tracing::info!(delivery = %row.id, %problem, "what readers did could not be read");
            Ok(None)
        }
        Err(_) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hourly_at_first_then_daily_and_not_for_ever() {
        let out = Instant::from_seconds(1_800_000_000);
        let hours = |n: u64| out + HOUR * u32::try_from(n).unwrap();
        assert_eq!(next(out, hours(1)), Some(hours(2)));
        assert_eq!(next(out, hours(23)), Some(hours(24)));
        assert_eq!(next(out, hours(24)), Some(hours(48)));
        assert_eq!(next(out, hours(29 * 24)), Some(hours(30 * 24)));
        assert_eq!(next(out, hours(30 * 24)), None);
        // all readings of a post: a day of hours, then days
        let mut at = hours(1);
        let mut readings = 1;
        while let Some(then) = next(out, at) {
            (at, readings) = (then, readings + 1);
        }
        assert_eq!(readings, 24 + 29);
    }
}
