//! What happens later: a job is a row, enqueued in the transaction that wants it done. It carries
//! ids and re-reads the truth; running it twice is harmless; success deletes the row.

pub mod changes;
pub mod pulse;
mod runner;
mod store;

use std::{future::Future, time::Duration};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    base::{Chance, Instant},
    db::{Conn, DbError},
    mail::MailError,
};

pub use runner::{Register, Runner};
pub use store::{Buried, buried, overdue, waiting};

/// Something to do later.
pub trait Job: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name in the table; never changed once released.
    const KIND: &'static str;
    /// How long one run may take before another worker takes it for dead.
    const LEASE: Duration = Duration::from_secs(300);
    /// After this many failures it is buried and shown by `doctor`.
    const TRIES: u32 = 12;
    /// What it needs to run; supplied when registered.
    type Needs: Clone + Send + Sync + 'static;

    /// Two waiting jobs of a kind with the same key are one.
    fn key(&self) -> String;

    /// Does it. An error puts it back for later.
    fn run(&self, needs: &Self::Needs) -> impl Future<Output = Result<(), JobError>> + Send;
}

/// Why a job did not get done.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Try again by the schedule.
    #[error("{0}")]
    Later(String),
    /// Trying again will not help.
    #[error("{0}")]
    Never(String),
}

/// A letter that was refused for good is not tried again; any other waits.
impl From<MailError> for JobError {
    fn from(error: MailError) -> Self {
        match error {
            MailError::Later(words) => Self::Later(words),
            MailError::Refused(words) => Self::Never(words),
        }
    }
}

impl From<DbError> for JobError {
    fn from(error: DbError) -> Self {
        Self::Later(error.to_string())
    }
}

/// Puts a job in the queue, to be run at or after `at`. Part of the caller's transaction.
pub fn enqueue<J: Job>(
    conn: &mut Conn,
    job: &J,
    at: Instant,
    now: Instant,
    chance: &Chance,
) -> Result<(), DbError> {
    let payload = serde_json::to_string(job).expect("a job's fields are plain data");
    store::insert(conn, J::KIND, &job.key(), &payload, at, now, chance)
}
