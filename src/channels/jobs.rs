//! What happens to accounts without anyone watching: the daily look, taking tokens back, telling of a loss.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{Channels, ProblemKind, Standing, actions, connection, letters, store};
use crate::{
    accounts,
    base::id::{AccountId, UserId},
    kit::Kit,
    queue::{self, Job, JobError},
};

/// Between two looks.
pub const DAY: Duration = Duration::from_secs(24 * 3600);
/// Until the next look when the peer was unwell.
const HOUR: Duration = Duration::from_secs(3600);

/// What these jobs need.
#[derive(Clone)]
pub struct Needs {
    /// Machinery.
    pub kit: Kit,
    /// The channels.
    pub channels: Channels,
}

/// Looks how an account is and what its server allows, and comes back tomorrow.
#[derive(Serialize, Deserialize)]
pub struct Look {
    /// Which.
    pub account: AccountId,
}

impl Job for Look {
    const KIND: &'static str = "channels.look";
    type Needs = Needs;

    fn key(&self) -> String {
        self.account.to_string()
    }

    async fn run(&self, needs: &Needs) -> Result<(), JobError> {
        let Needs { kit, channels } = needs;
        // an account that is lost or ended is looked at again when somebody connects it
        if actions::look(kit, channels, self.account).await? != Standing::Connected {
            return Ok(());
        }
        let (id, now, chance) = (self.account, kit.clock.now(), kit.chance.clone());
        kit.db
            .write(move |c| {
                let unwell = store::connection(c, id)?.is_some_and(|c| c.problem.is_some());
                let spread = Duration::from_secs(chance.below(1800));
                let next = now + if unwell { HOUR } else { DAY } + spread;
                queue::enqueue(c, &Self { account: id }, next, now, &chance)
            })
            .await?;
        Ok(())
    }
}

/// Takes the token of an ended connection back at the peer, then forgets it.
#[derive(Serialize, Deserialize)]
pub struct Revoke {
    /// Whose.
    pub account: AccountId,
}

impl Revoke {
    /// After so long without an answer the token is forgotten all the same.
    const PATIENCE: Duration = Duration::from_secs(3 * 24 * 3600);
}

impl Job for Revoke {
    const KIND: &'static str = "channels.revoke";
    type Needs = Needs;

    fn key(&self) -> String {
        self.account.to_string()
    }

    async fn run(&self, Needs { kit, .. }: &Needs) -> Result<(), JobError> {
        let id = self.account;
        let Some((ended, held)) = kit.db.read(move |c| store::with_token(c, id)).await? else {
            return Ok(());
        };
        // connected again meanwhile
        if ended.state != Standing::Disconnected {
            return Ok(());
        }
        let taken_back = match (connection::unseal(kit, id, &held.sealed), ended.base_url.parse()) {
            (Ok(grant), Ok(at)) => {
                if actions::is_needed_by_another(kit, ended.channel, &grant, Some(id)).await? {
                    Ok(())
                } else {
                    (ended.channel.profile().consent)(kit).revoke(&at, &grant).await
                }
            }
            // sealed with a key that is gone: nobody can use it
            _ => Ok(()),
        };
        if let Err(problem) = taken_back {
            let since = kit.clock.now().since(held.refreshed_at.max(ended.updated_at));
            if problem.kind != ProblemKind::Configuration && since < Self::PATIENCE {
                return Err(JobError::Later(problem.to_string()));
            }
            tracing::warn!(account = %id, %problem, "a token could not be taken back and is forgotten");
        }
        kit.db
            .write(move |c| {
                // not one that came meanwhile
                if store::token(c, id)?.is_some_and(|t| t.version == held.version) {
                    store::delete_token(c, id)?;
                }
                Ok::<_, crate::db::DbError>(())
            })
            .await?;
        Ok(())
    }
}

/// Tells whoever connected an account that it must be connected again (R29).
#[derive(Serialize, Deserialize)]
pub struct TellLost {
    /// Which.
    pub account: AccountId,
}

impl Job for TellLost {
    const KIND: &'static str = "channels.tell_lost";
    type Needs = Needs;

    fn key(&self) -> String {
        self.account.to_string()
    }

    async fn run(&self, Needs { kit, .. }: &Needs) -> Result<(), JobError> {
        let id = self.account;
        let Some(lost) = kit.db.read(move |c| store::connection(c, id)).await? else { return Ok(()) };
        if lost.state != Standing::NeedsReconnect {
            return Ok(());
        }
        let Some(who) = lost.connected_by.strip_prefix("user:").and_then(|id| id.parse::<UserId>().ok())
        else {
            return Ok(());
        };
        let users = kit.db.read(accounts::users).await?;
        let Some(user) = users.into_iter().find(|u| u.id == who && u.disabled_at.is_none()) else {
            return Ok(());
        };
        let letter = letters::lost(&kit.config, &lost, &user);
        Ok(kit.mail.send(&letter, kit.clock.now()).await?)
    }
}
