//! Connections that end by themselves: whoever made one is told fourteen, seven and one days before, with the posts
//! that would not go out (R30). A connection that we renew ourselves is none of these.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{letters, store};
use crate::{
    accounts,
    base::Instant,
    channels::{self, Ending},
    db::DbError,
    kit::Kit,
    mail::MailError,
    queue::{Job, JobError},
};

/// So many days before the end somebody is told.
const DAYS: [i32; 3] = [14, 7, 1];

fn days(n: i32) -> Duration {
    Duration::from_secs(u64::from(n.unsigned_abs()) * 24 * 3600)
}

/// Which warning is due, when none has been given as late as this one.
fn due(end: Instant, warned: Option<i32>, now: Instant) -> Option<i32> {
    let reached = DAYS.into_iter().filter(|n| now + days(*n) >= end).min()?;
    warned.is_none_or(|before| before > reached).then_some(reached)
}

/// Tells of every connection that is about to end. Comes round every hour.
#[derive(Serialize, Deserialize)]
pub struct TellEndings {}

impl Job for TellEndings {
    const KIND: &'static str = "publishing.tell_endings";
    type Needs = Kit;

    fn key(&self) -> String {
        String::new()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let now = kit.clock.now();
        let mut later = None;
        for ending in channels::endings(kit, now + days(DAYS[0])).await? {
            if let Some(warning) = due(ending.at, ending.warned_days, now)
                && let Err(words) = tell(kit, ending, warning, now).await?
            {
                later = Some(words);
            }
        }
        later.map_or(Ok(()), |words| Err(JobError::Later(words)))
    }
}

/// Writes the letter and notes that it went. The inner error: it could not be sent now.
async fn tell(kit: &Kit, ending: Ending, warning: i32, now: Instant) -> Result<Result<(), String>, DbError> {
    let (id, version) = (ending.connection.id, ending.version);
    let who = letters::person(&ending.connection.connected_by);
    let k = kit.clone();
    let at = ending.at;
    let (user, posts) = kit
        .db
        .read(move |c| {
            let user = accounts::users(c)?.into_iter().find(|u| Some(u.id) == who && u.disabled_at.is_none());
            let mut posts = Vec::new();
            for (row, about) in store::due_after(c, id, at)? {
                posts.push(letters::read(c, &k, row, about)?);
            }
            Ok::<_, DbError>((user, posts))
        })
        .await?;
    if let Some(user) = user {
        match kit.mail.send(&letters::ends(&kit.config, &user, &ending, &posts, warning), now).await {
            Ok(()) => {}
            Err(MailError::Later(words)) => return Ok(Err(words)),
            Err(MailError::Refused(words)) => {
                tracing::warn!(account = %id, words, "nobody could be told that a connection ends");
            }
        }
    }
    kit.db.write(move |c| channels::warned(c, id, version, warning)).await?;
    Ok(Ok(()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_warnings_and_none_twice() {
        let end = Instant::from_seconds(1_800_000_000);
        let before = |n: i32| end - days(n);
        assert_eq!(due(end, None, before(15)), None);
        assert_eq!(due(end, None, before(14)), Some(14));
        assert_eq!(due(end, Some(14), before(10)), None);
        assert_eq!(due(end, Some(14), before(7)), Some(7));
        assert_eq!(due(end, Some(7), before(2)), None);
        assert_eq!(due(end, Some(7), before(1)), Some(1));
        assert_eq!(due(end, Some(1), before(0)), None);
        // connected with less than a fortnight to live: the one that fits
        assert_eq!(due(end, None, before(5)), Some(7));
    }
}
