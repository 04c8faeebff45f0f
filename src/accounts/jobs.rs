//! What happens without anyone watching: letters with password links; old answers to other systems are forgotten.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{letters, password_link, store};
use crate::{
    base::{Instant, id::UserId},
    kit::Kit,
    mail::MailError,
    queue::{Job, JobError},
};

/// Why somebody gets a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// They were added.
    Welcome,
    /// They, or somebody who manages people, asked.
    Forgotten,
}

/// Writes to one person with a link to choose a password.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SendPasswordLink {
    /// To whom.
    pub user: UserId,
    /// Why.
    pub why: Why,
    /// When the link stops working.
    pub until: Instant,
}

impl Job for SendPasswordLink {
    const KIND: &'static str = "accounts.password_link";
    type Needs = Kit;

    fn key(&self) -> String {
        self.user.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let id = self.user;
        let found = kit.db.read(move |c| store::user_with_hash(c, id)).await?;
        // shut out in the meantime, or the link would be dead on arrival: nothing to send
        let Some((user, hash)) = found.filter(|(user, _)| user.disabled_at.is_none()) else { return Ok(()) };
        let now = kit.clock.now();
        if self.until <= now {
            return Ok(());
        }
        let text = password_link::make(&kit.secrets, id, hash.as_deref(), self.until);
        let link = format!("{}/adgangskode/{text}", kit.config.server.public_url);
        let letter = letters::password_link(&kit.config, &user, self.why, &link, self.until);
        kit.mail.send(&letter, now).await.map_err(|error| match error {
            MailError::Refused(_) => JobError::Never(error.to_string()),
            MailError::Later(_) => JobError::Later(error.to_string()),
        })
    }
}

/// How long a call may be repeated under its `Idempotency-Key` and get the same answer.
pub const ANSWERS_KEPT: Duration = Duration::from_secs(24 * 3600);

/// Forgets answers to other systems that nobody will ask for again.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ForgetAnswers {}

impl Job for ForgetAnswers {
    const KIND: &'static str = "accounts.forget_answers";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let before = kit.clock.now() - ANSWERS_KEPT;
        Ok(kit.db.write(move |c| store::forget_answers(c, before)).await?)
    }
}
