//! A day and an hour before a post goes out: its account is asked how it is, everything is looked at, and whoever planned the
//! post gets a letter about what has come up, once for each problem.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{letters, preflight, store};
use crate::{
    accounts,
    base::{
        Instant, Language,
        id::{AccountId, DeliveryId, UserId},
    },
    channels::{self, jobs::Needs},
    db::DbError,
    i18n::Speech,
    kit::Kit,
    queue::{self, Job, JobError},
};

/// So many hours before its time a post is looked at.
const BEFORE: [i32; 2] = [24, 1];
/// What is found within this is one letter.
const TOGETHER: Duration = Duration::from_secs(60);

/// Looks at everything whose hour has come.
#[derive(Serialize, Deserialize)]
pub struct Preflight {}

impl Job for Preflight {
    const KIND: &'static str = "publishing.preflight";
    type Needs = Needs;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, Needs { kit, channels }: &Needs) -> Result<(), JobError> {
        let mut asked: Vec<AccountId> = Vec::new();
        for hours in BEFORE {
            let now = kit.clock.now();
            let before = now + Duration::from_secs(u64::from(hours.unsigned_abs()) * 3600);
            let due = kit.db.read(move |c| store::to_look_at(c, now, before, hours)).await?;
            for (row, about) in due {
                // on the real account, and read-only: its token and what its server allows
                if !asked.contains(&row.account_id) {
                    asked.push(row.account_id);
                    channels::look(kit, channels, row.account_id).await?;
                }
                let k = kit.clone();
                kit.db
                    .write(move |c| {
                        let now = k.clock.now();
                        let mut fresh = false;
                        for finding in preflight::look(c, &k, Speech(Language::Da), &row, about)?
                            .iter()
                            .filter(|f| f.tells)
                        {
                            fresh |= store::found_problem(c, row.id, finding.key, now)?;
                        }
                        store::looked_at(c, row.id, row.due_at, hours, now)?;
                        if fresh && let Some(person) = letters::whom(c, &row)? {
                            queue::enqueue(c, &TellAhead { person }, now + TOGETHER, now, &k.chance)?;
                        }
                        Ok::<_, DbError>(())
                    })
                    .await?;
            }
        }
        Ok(())
    }
}

/// Tells a person what has come up about their posts to come and of which they have not been told.
#[derive(Serialize, Deserialize)]
pub struct TellAhead {
    /// Who.
    pub person: UserId,
}

/// A post and what was found about it.
pub(super) type Ahead = (letters::Told, Vec<preflight::Finding>);

impl Job for TellAhead {
    const KIND: &'static str = "publishing.tell_ahead";
    type Needs = Kit;

    fn key(&self) -> String {
        self.person.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (person, k) = (self.person, kit.clone());
        let found = kit
            .db
            .read(move |c| {
                let user =
                    accounts::users(c)?.into_iter().find(|u| u.id == person && u.disabled_at.is_none());
                let t = Speech(user.as_ref().map_or(Language::Da, |user| user.language));
                let mut untold: BTreeMap<DeliveryId, Vec<String>> = BTreeMap::new();
                for (id, problem) in store::untold_problems(c)? {
                    untold.entry(id).or_default().push(problem);
                }
                let (mut posts, mut settled): (Vec<Ahead>, Vec<(DeliveryId, String)>) = Default::default();
                for (id, problems) in untold {
                    let Some(row) = store::delivery(c, id)? else { continue };
                    if letters::whom(c, &row)? != Some(person) {
                        continue;
                    }
                    let Some(about) = store::publication(c, row.publication_id)?.subject() else { continue };
                    // what has been put right meanwhile, or is too late, is no letter
                    let still = if preflight::STATES.contains(&row.state) {
                        preflight::look(c, &k, t, &row, about)?
                    } else {
                        Vec::new()
                    };
                    let told: Vec<_> =
                        still.into_iter().filter(|f| problems.iter().any(|p| p == f.key)).collect();
                    settled.extend(problems.into_iter().map(|problem| (id, problem)));
                    if !told.is_empty() {
                        posts.push((letters::read(c, &k, row, about)?, told));
                    }
                }
                Ok::<_, DbError>((user, posts, settled))
            })
            .await?;
        let (user, posts, settled) = found;
        let now = kit.clock.now();
        if let Some(user) = user.filter(|_| !posts.is_empty()) {
            kit.mail.send(&letters::ahead(&kit.config, &user, &posts), now).await?;
        }
        Ok(kit.db.write(move |c| settle(c, &settled, now)).await?)
    }
}

fn settle(c: &mut crate::db::Conn, settled: &[(DeliveryId, String)], now: Instant) -> Result<(), DbError> {
    settled.iter().try_for_each(|(id, problem)| store::told_problem(c, *id, problem, now))
}
