//! The runner: a few lanes that claim jobs and run them, woken by commits and by the clock.

use std::{collections::HashMap, future::Future, pin::Pin, sync::Arc, time::Duration};

use tokio::sync::{Semaphore, watch};

use super::{Job, JobError, pulse::Pulse, store};
use crate::{
    base::{Chance, Clock, id::JobId},
    db::{Db, DbError},
    outbound::retry::backoff,
};

/// At most this often after commits, most of which bring no work.
const BREATH: Duration = Duration::from_millis(50);

type Running = Pin<Box<dyn Future<Output = Result<(), JobError>> + Send>>;

struct Kind {
    lease: Duration,
    tries: u32,
    run: Box<dyn Fn(String) -> Running + Send + Sync>,
}

/// Every kind of job this process can do.
#[derive(Default)]
pub struct Register(HashMap<&'static str, Kind>);

impl Register {
    /// Adds a kind with what its jobs need.
    pub fn add<J: Job>(&mut self, needs: J::Needs) {
        let run = move |payload: String| -> Running {
            let needs = needs.clone();
            Box::pin(async move {
                let job: J = serde_json::from_str(&payload)
                    .map_err(|e| JobError::Never(format!("the job's row cannot be read: {e}")))?;
                job.run(&needs).await
            })
        };
        self.0.insert(J::KIND, Kind { lease: J::LEASE, tries: J::TRIES, run: Box::new(run) });
    }
}

/// Runs jobs until told to stop.
#[derive(Clone)]
pub struct Runner {
    db: Db,
    clock: Clock,
    chance: Chance,
    register: Arc<Register>,
    lanes: usize,
    tick: Duration,
}

impl Runner {
    /// Over a database, with everything it can do.
    pub fn new(
        db: Db,
        clock: Clock,
        chance: Chance,
        register: Register,
        lanes: usize,
        tick: Duration,
    ) -> Self {
        Self { db, clock, chance, register: Arc::new(register), lanes, tick }
    }

    /// Claims and runs until `stop` turns true; then waits for what is under way.
    pub async fn run(self, mut stop: watch::Receiver<bool>) {
        let lanes = Arc::new(Semaphore::new(self.lanes));
        let mut pulse = Pulse::of("jobs");
        while !*stop.borrow() {
            pulse.beat(&self.db, self.clock.now()).await;
            match self.claim_due(&lanes).await {
                Ok(true) => continue,
                Ok(false) => {}
                Err(error) => tracing::error!(%error, "the queue cannot be read"),
            }
            tokio::select! {
                () = self.db.committed() => tokio::time::sleep(BREATH).await,
                () = tokio::time::sleep(self.tick) => {}
                _ = stop.changed() => {}
            }
        }
        let _ = lanes.acquire_many(u32::try_from(self.lanes).unwrap_or(u32::MAX)).await;
    }

    /// Runs everything that is due now, in this task, until nothing is; for tests and the demonstration.
    pub async fn drain(&self) -> Result<(), DbError> {
        loop {
            let now = self.clock.now();
            let due = self.db.read(move |c| store::due(c, now, 32)).await?;
            if due.is_empty() {
                return Ok(());
            }
            for (id, kind) in due {
                self.claim_and_run(id, &kind).await;
            }
        }
    }

    /// Starts what is due; true when it started something.
    async fn claim_due(&self, lanes: &Arc<Semaphore>) -> Result<bool, DbError> {
        let free = lanes.available_permits();
        if free == 0 {
            return Ok(false);
        }
        let now = self.clock.now();
        let due = self.db.read(move |c| store::due(c, now, i64::try_from(free).unwrap_or(1))).await?;
        let started = !due.is_empty();
        for (id, kind) in due {
            let permit = lanes.clone().acquire_owned().await.expect("the lanes are never closed");
            let runner = self.clone();
            tokio::spawn(async move {
                runner.claim_and_run(id, &kind).await;
                drop(permit);
            });
        }
        if started {
            // let them claim before looking again
            tokio::task::yield_now().await;
        }
        Ok(started && lanes.available_permits() > 0)
    }

    async fn claim_and_run(&self, id: JobId, kind: &str) {
        if let Err(error) = self.try_run(id, kind).await {
            tracing::error!(%error, job = %id, "a job's state could not be written; its lease will run out");
        }
    }

    async fn try_run(&self, id: JobId, kind: &str) -> Result<(), DbError> {
        let now = self.clock.now();
        let lease = self.register.0.get(kind).map_or(Duration::from_secs(60), |kind| kind.lease);
        let until = now + lease;
        let Some(job) = self.db.write(move |c| store::claim(c, id, now, until)).await? else { return Ok(()) };
        let Some(kind) = self.register.0.get(job.kind.as_str()) else {
            return self
                .db
                .write(move |c| store::bury(c, id, until, now, "no such kind of job in this version"))
                .await;
        };
        let result = match tokio::spawn((kind.run)(job.payload)).await {
            Ok(result) => result,
            Err(panic) => Err(JobError::Later(format!("it panicked: {panic}"))),
        };
        let now = self.clock.now();
        match result {
            Ok(()) => self.db.write(move |c| store::finish(c, id, until, job.run_at)).await,
            Err(JobError::Later(words)) if u32::try_from(job.attempts).unwrap_or(0) + 1 < kind.tries => {
                tracing::warn!(job = %id, kind = job.kind, words, "a job is put back");
                let tries = u32::try_from(job.attempts).unwrap_or(0);
                let wait = backoff(tries, Duration::from_secs(5), Duration::from_secs(3600), &self.chance);
                self.db.write(move |c| store::put_back(c, id, until, now + wait, &words)).await
            }
            Err(JobError::Later(words) | JobError::Never(words)) => {
                tracing::error!(job = %id, kind = job.kind, words, "a job gave up");
                self.db.write(move |c| store::bury(c, id, until, now, &words)).await
            }
        }
    }
}
