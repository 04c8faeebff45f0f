//! What happens without anyone watching: batches begin when their time has come, letters leave one by one, and who withdrew
//! is told that it was heard.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::drive;
use crate::{
    base::{
        fault::{self, Point},
        id::{BatchId, LetterId},
    },
    kit::Kit,
    queue::{Job, JobError},
};

/// Begins a batch. Enqueued when it is laid, for the moment at which it leaves.
#[derive(Serialize, Deserialize)]
pub struct SendBatch {
    /// Which.
    pub batch: BatchId,
}

impl Job for SendBatch {
    const KIND: &'static str = "answers.batch";
    type Needs = Kit;

    fn key(&self) -> String {
        self.batch.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, k) = (self.batch, kit.clone());
        Ok(kit.db.write(move |c| drive::begin_batch(c, &k, id)).await?)
    }
}

/// Sends one letter: the attempt is committed, the mail server is spoken to once, what came of it is committed.
#[derive(Serialize, Deserialize)]
pub struct SendLetter {
    /// Which.
    pub letter: LetterId,
}

impl Job for SendLetter {
    const KIND: &'static str = "answers.letter";
    // longer than a mail server may take for all its steps together
    const LEASE: Duration = Duration::from_secs(600);
    type Needs = Kit;

    fn key(&self) -> String {
        self.letter.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, k) = (self.letter, kit.clone());
        let Some(attempt) = kit.db.write(move |c| drive::begin(c, &k, id)).await? else { return Ok(()) };
        fault::pass(Point::AnswerFenced);
        let came = kit.mail.send_once(&attempt.mail, kit.clock.now()).await;
        fault::pass(Point::AnswerSent);
        let (k, letter) = (kit.clone(), attempt.letter);
        kit.db.write(move |c| drive::record(c, &k, &letter, &came)).await?;
        fault::pass(Point::AnswerRecorded);
        Ok(())
    }
}

/// How long a withdrawal rests before it is confirmed, so that a slip can be put right.
const REST: Duration = Duration::from_secs(10 * 60);

/// Writes to those who withdrew.
#[derive(Serialize, Deserialize)]
pub struct ConfirmWithdrawn {}

impl Job for ConfirmWithdrawn {
    const KIND: &'static str = "answers.withdrawn";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let k = kit.clone();
        Ok(kit.db.write(move |c| drive::confirm_withdrawn(c, &k, None, REST)).await?)
    }
}
