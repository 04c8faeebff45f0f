//! What happens without anyone watching: letters leave one by one, times are given back, and who should be reminded is.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{InterviewError, actions, drive};
use crate::{
    base::{
        fault::{self, Point},
        id::InterviewLetterId,
    },
    kit::Kit,
    queue::{Job, JobError},
};

/// Sends one letter: the attempt is committed, the mail server is spoken to once, what came of it is committed.
#[derive(Serialize, Deserialize)]
pub struct SendLetter {
    /// Which.
    pub letter: InterviewLetterId,
}

impl Job for SendLetter {
    const KIND: &'static str = "interviews.letter";
    // longer than a mail server may take for all its steps together
    const LEASE: Duration = Duration::from_secs(600);
    type Needs = Kit;

    fn key(&self) -> String {
        self.letter.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, k) = (self.letter, kit.clone());
        let Some(attempt) = kit.db.write(move |c| drive::begin(c, &k, id)).await? else { return Ok(()) };
        fault::pass(Point::InviteFenced);
        let came = kit.mail.send_once(&attempt.mail, kit.clock.now()).await;
        fault::pass(Point::InviteSent);
        let (k, letter) = (kit.clone(), attempt.letter);
        kit.db.write(move |c| drive::record(c, &k, &letter, &came)).await?;
        fault::pass(Point::InviteRecorded);
        Ok(())
    }
}

/// What comes round every minute.
#[derive(Serialize, Deserialize)]
pub struct Keep {}

impl Job for Keep {
    const KIND: &'static str = "interviews.keep";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let k = kit.clone();
        for one in kit.db.read(move |c| actions::due(c, &k)).await? {
            let k = kit.clone();
            // what somebody else's change overtook meanwhile is not done, and nothing of it stays
            if let Err(InterviewError::Db(error)) = kit.db.write(move |c| actions::keep(c, &k, &one)).await {
                return Err(error.into());
            }
        }
        Ok(())
    }
}
