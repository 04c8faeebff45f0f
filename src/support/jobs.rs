//! Letters: to whoever asked, at each turn; to communications, what is due soon, and once a day how many there are.

use std::{collections::BTreeMap, time::Duration};

use chrono::Timelike;
use serde::{Deserialize, Serialize};

use super::{letters, request::Request, store, thing};
use crate::{
    accounts::{self, Role, User},
    base::{
        id::{SupportLineId, UserId},
        wall::WallTime,
    },
    db::DbError,
    kit::Kit,
    mail::Letter,
    queue::{Job, JobError},
};

async fn send(kit: &Kit, letter: &Letter) -> Result<(), JobError> {
    Ok(kit.mail.send(letter, kit.clock.now()).await?)
}

/// Tells whoever asked what was done with it.
#[derive(Serialize, Deserialize)]
pub struct TellAsker {
    /// What was done.
    pub line: SupportLineId,
}

impl Job for TellAsker {
    const KIND: &'static str = "support.tell_asker";
    type Needs = Kit;

    fn key(&self) -> String {
        self.line.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let id = self.line;
        let found = kit
            .db
            .read(move |c| {
                let Some(line) = store::line(c, id)? else { return Ok(None) };
                let Some(request) = store::one(c, line.request)? else { return Ok(None) };
                let users = accounts::users(c)?;
                let by = |actor: &str| users.iter().find(|u| actor == format!("user:{}", u.id));
                let who = by(&line.by).map(|u| u.name.clone()).unwrap_or_default();
                let Some(asker) = by(&request.asked_by).filter(|u| u.disabled_at.is_none()) else {
                    return Ok(None);
                };
                let things = thing::delivered(c, request.id, asker.language)?;
                let names = things.into_iter().map(|found| found.name).collect();
                Ok::<_, DbError>(Some((asker.clone(), request, line, who, names)))
            })
            .await?;
        let Some((asker, request, line, who, names)) = found else { return Ok(()) };
        match letters::turn(kit, &asker, &request, &line, &who, names) {
            Some(letter) => send(kit, &letter).await,
            None => Ok(()),
        }
    }
}

/// Tells communications of what is due soon and lies with nobody: once each. From the hour that is configured on, and once
/// a day, how many new ones there are. Comes round every hour, and when something is asked for that is due soon.
#[derive(Serialize, Deserialize)]
pub struct TellQueue {}

/// Whoever answers in these units, each with what is theirs.
type Recipients = BTreeMap<UserId, (User, Vec<Request>)>;

impl Job for TellQueue {
    const KIND: &'static str = "support.tell_queue";
    type Needs = Kit;

    fn key(&self) -> String {
        String::new()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (now, zone) = (kit.clock.now(), kit.config.delivery.zone);
        let settings = &kit.config.support;
        let soon = now + Duration::from_secs(u64::from(settings.soon_days) * 86_400);
        let (lying, last, recipients) = kit
            .db
            .read(move |c| {
                let lying = store::lying(c, soon)?;
                let mut recipients = Recipients::new();
                for request in &lying.all {
                    for user in accounts::holders(c, Role::Communications, request.unit, now)? {
                        let (_, theirs) =
                            recipients.entry(user.id).or_insert_with(|| (user.clone(), Vec::new()));
                        theirs.push(request.clone());
                    }
                }
                Ok::<_, DbError>((lying, store::last_count(c)?, recipients))
            })
            .await?;
        if !lying.urgent.is_empty() {
            for (user, theirs) in recipients.values() {
                let due: Vec<&Request> = theirs.iter().filter(|r| lying.urgent.contains(&r.id)).collect();
                if !due.is_empty() {
                    send(kit, &letters::due(kit, user, &due)).await?;
                }
            }
            let urgent = lying.urgent;
            kit.db.write(move |c| store::urged(c, &urgent, now)).await?;
        }
        let wall = WallTime::at(now, zone).local;
        let counted_today = last.is_some_and(|at| WallTime::at(at, zone).local.date() == wall.date());
        if lying.uncounted.is_empty() || counted_today || wall.hour() < settings.count_hour {
            return Ok(());
        }
        for (user, theirs) in recipients.values() {
            let fresh = theirs.iter().filter(|r| lying.uncounted.contains(&r.id)).count();
            if fresh > 0 {
                send(kit, &letters::count(kit, user, fresh, theirs.len(), wall.date())).await?;
            }
        }
        let uncounted = lying.uncounted;
        Ok(kit.db.write(move |c| store::counted(c, &uncounted, now)).await?)
    }
}
