//! A letter about other words for what is out: to whoever must write them there, and to whoever wished for them when they
//! came to nothing.

use serde::{Deserialize, Serialize};

use super::{correct_letters as letters, correction::Standing, store};
use crate::{
    accounts,
    base::id::{CorrectionId, UserId},
    channels::{self, ChannelKind},
    db::DbError,
    kit::Kit,
    queue::{Job, JobError},
};

/// Tells a person where a correction stands.
#[derive(Serialize, Deserialize)]
pub struct TellCorrection {
    /// Which.
    pub correction: CorrectionId,
    /// Whom.
    pub person: UserId,
    /// How it stood when the letter was wanted.
    pub state: Standing,
}

impl Job for TellCorrection {
    const KIND: &'static str = "publishing.tell_correction";
    type Needs = Kit;

    fn key(&self) -> String {
        format!("{}.{}.{}", self.correction, self.person, self.state)
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, person, k) = (self.correction, self.person, kit.clone());
        let found = kit
            .db
            .read(move |c| {
                let Some(correction) = store::correction(c, id)? else { return Ok(None) };
                let Some(row) = store::delivery(c, correction.delivery_id)? else { return Ok(None) };
                let at_a_place = channels::connection(c, row.account_id)?
                    .is_some_and(|a| a.channel == ChannelKind::Package);
                let user =
                    accounts::users(c)?.into_iter().find(|u| u.id == person && u.disabled_at.is_none());
                let told = super::approval_letters::read(c, &k, row)?;
                Ok::<_, DbError>(user.map(|user| (user, correction, told, at_a_place)))
            })
            .await?;
        let Some((user, correction, told, at_a_place)) = found else { return Ok(()) };
        // settled while the letter waited
        if correction.state != self.state {
            return Ok(());
        }
        let letter = letters::about(&kit.config, &user, &correction, &told, at_a_place, &self.key());
        Ok(kit.mail.send(&letter, kit.clock.now()).await?)
    }
}
