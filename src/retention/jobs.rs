//! What happens without anyone watching: the night, and the proof of what somebody erased by hand.

use std::time::Duration;

use chrono::{NaiveDate, Timelike};
use serde::{Deserialize, Serialize};

use super::{
    erase::{self, Needs},
    plan,
};
use crate::{
    base::{Chance, Instant, id::ErasureId, wall::WallTime},
    db::{Conn, DbError},
    queue::{self, Job, JobError},
};

/// The night of a day.
#[derive(Serialize, Deserialize)]
pub struct Night {
    /// Which, in the installation's zone.
    pub day: NaiveDate,
}

impl Job for Night {
    const KIND: &'static str = "retention.night";
    // looking through everything may take its time
    const LEASE: Duration = Duration::from_secs(3600);
    type Needs = Needs;

    fn key(&self) -> String {
        "night".to_owned()
    }

    async fn run(&self, needs: &Needs) -> Result<(), JobError> {
        erase::night(needs, self.day).await
    }
}

/// Enqueues the night of this day, once it is night; what is done already is done once.
pub fn when_night(c: &mut Conn, now: Instant, zone: chrono_tz::Tz, chance: &Chance) -> Result<(), DbError> {
    let wall = WallTime::at(now, zone).local;
    if wall.hour() < plan::HOUR {
        return Ok(());
    }
    queue::enqueue(c, &Night { day: wall.date() }, now, now, chance)
}

/// Clears what is left beside the rows of who was erased by hand, and proves it.
#[derive(Serialize, Deserialize)]
pub struct Prove {
    /// Which erasure.
    pub erasure: ErasureId,
}

impl Job for Prove {
    const KIND: &'static str = "retention.prove";
    const LEASE: Duration = Duration::from_secs(3600);
    type Needs = Needs;

    fn key(&self) -> String {
        self.erasure.to_string()
    }

    async fn run(&self, needs: &Needs) -> Result<(), JobError> {
        erase::finish(needs, self.erasure, false).await
    }
}
