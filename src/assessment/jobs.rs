//! What time does to panels: a seat runs out or is ended elsewhere, and with it a seat that must be filled falls empty,
//! or a card is waited for no longer.

use serde::{Deserialize, Serialize};

use super::{actions, store};
use crate::{
    db::DbError,
    kit::Kit,
    postings::{self, State},
    queue::{Job, JobError},
};

/// Looks once a minute at the panels of postings that are not closed, and writes only where something is to be done.
#[derive(Serialize, Deserialize)]
pub struct SettlePanels {}

impl Job for SettlePanels {
    const KIND: &'static str = "assessment.settle_panels";
    type Needs = Kit;

    fn key(&self) -> String {
        String::new()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        Ok(settle_panels(kit).await?)
    }
}

/// The same, at once.
pub async fn settle_panels(kit: &Kit) -> Result<(), DbError> {
    let now = kit.clock.now();
    let behind = kit
        .db
        .read(move |c| {
            let mut behind = Vec::new();
            for id in store::panel::seated_postings(c)? {
                let posting = postings::any(c, id)?.filter(|p| p.state != State::Closed);
                if let Some(posting) = posting
                    && actions::is_behind(c, &posting, now)?
                {
                    behind.push(id);
                }
            }
            Ok::<_, DbError>(behind)
        })
        .await?;
    for id in behind {
        let k = kit.clone();
        kit.db.write(move |c| actions::catch_up(c, &k, id)).await?;
    }
    Ok(())
}
