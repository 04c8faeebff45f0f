//! Morning letters: every hour it is seen whose are due; each is a job of its own.

use serde::{Deserialize, Serialize};

use super::{
    digest::{self, Digest, OLDEST, Wish},
    letters, store,
};
use crate::{
    accounts::{self, User},
    base::id::UserId,
    db::DbError,
    i18n::Speech,
    kit::Kit,
    queue::{self, Job, JobError},
};

/// Sees whose letters are due.
#[derive(Serialize, Deserialize)]
pub struct SendDigests {}

impl Job for SendDigests {
    const KIND: &'static str = "publishing.send_digests";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let k = kit.clone();
        let write = move |c: &mut _| {
            let (now, zone) = (k.clock.now(), k.config.delivery.zone);
            for actor in store::planners(c, now - OLDEST, now + OLDEST)? {
                let Some(person) = letters::person(&actor) else { continue };
                if store::digest_wish(c, person)?.is_due(now, zone) {
                    queue::enqueue(c, &SendDigest { person }, now, now, &k.chance)?;
                }
            }
            Ok::<_, DbError>(())
        };
        Ok(kit.db.write(write).await?)
    }
}

/// Tells a person how their posts go.
#[derive(Serialize, Deserialize)]
pub struct SendDigest {
    /// Whom.
    pub person: UserId,
}

impl Job for SendDigest {
    const KIND: &'static str = "publishing.send_digest";
    type Needs = Kit;

    fn key(&self) -> String {
        self.person.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (person, k) = (self.person, kit.clone());
        let now = kit.clock.now();
        let read = move |c: &mut _| {
            let user = accounts::users(c)?.into_iter().find(|u| u.id == person && u.disabled_at.is_none());
            let wish = store::digest_wish(c, person)?;
            // a second run on the same morning finds it written
            let Some(user) = user.filter(|_| wish.is_due(k.clock.now(), k.config.delivery.zone)) else {
                return Ok(None);
            };
            let digest = digest::read(c, &k, &user, Speech(user.language), wish)?;
            Ok::<Option<(User, Digest)>, DbError>(Some((user, digest)))
        };
        let Some((user, digest)) = kit.db.read(read).await? else { return Ok(()) };
        if let Some(letter) = digest::letter(&kit.config, &user, &digest, now) {
            kit.mail.send(&letter, now).await?;
        }
        // read anew: the person may have asked for another frequency meanwhile
        let write = move |c: &mut _| {
            let wish = store::digest_wish(c, person)?;
            store::put_digest_wish(c, person, Wish { sent_at: Some(now), ..wish })
        };
        Ok(kit.db.write(write).await?)
    }
}
