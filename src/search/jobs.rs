//! Keeps the index in step with the database: reads the change feed from the mark on, loads what changed through
//! `applications`, applies it and commits it with the new mark. The same steps build the index from nothing.
//!
//! Every process that answers requests follows for itself. Nothing is claimed or leased: the mark lies in the
//! index, and a change applied twice is the same as once.

use std::{collections::HashSet, sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{Instant as Moment, sleep, sleep_until},
};

use super::index::{Change, Error, Index, Mark};
use crate::{
    applications,
    base::id::ApplicationId,
    db::{Conn, Db, DbError},
    kit::Kit,
    queue::changes::{self, Subject},
};

/// Commits are at least this far apart: one comes at once when all was quiet, and a stream of them is gathered.
const PACE: Duration = Duration::from_millis(150);
/// How long a change made by another process may go unseen.
const LOOK: Duration = Duration::from_millis(100);
/// Applications read at once while the index is built from nothing.
const FILLING: i64 = 500;
/// Lines of the feed read at once.
const FOLLOWING: i64 = 1000;
/// After so many failures in a row the files themselves are doubted.
const FAILURES: u32 = 3;
/// In these hours (local time) the words of deleted applications are removed from the files.
const FORGETTING: std::ops::Range<u32> = 3..6;

/// It could not be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum CatchUpError {
    /// Of the index.
    #[error(transparent)]
    Index(#[from] Error),
    /// Of the database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Brings the index up to date on this thread; says whether anything was written. Where another process writes the
/// index, only looks at what it has written.
pub fn catch_up(db: &Db, index: &Index) -> Result<bool, CatchUpError> {
    let _turn = index.turn();
    if !index.own()? {
        index.look_again()?;
        return Ok(false);
    }
    if index.is_asked_to_begin_anew() {
        index.begin_anew()?;
    }
    let forget = index.was_asked_to_forget()?;
    let written = follow_feed(db, index)?;
    if forget {
        index.forget_deleted()?;
    }
    Ok(written)
}

/// Reads the feed to its end.
fn follow_feed(db: &Db, index: &Index) -> Result<bool, CatchUpError> {
    let mut written = false;
    let newest = db.read_now(changes::newest)?;
    let anew = || db.read_now(changes::settled).map(begin);
    let mut mark = match index.mark()? {
        // not followed for so long that the feed has forgotten what came next
        Some(mark) if mark.seq < newest && db.read_now(|c| changes::is_broken_after(c, mark.seq))? => {
            tracing::warn!("the search index was not followed for long and is built anew");
            index.begin_anew()?;
            anew()?
        }
        Some(mark) if mark.seq <= newest => mark,
        // of another life of the database: it was put back from a backup
        Some(_) => {
            tracing::warn!("the search index is ahead of the database and is built anew");
            index.begin_anew()?;
            anew()?
        }
        None => anew()?,
    };
    while let Some(after) = mark.filled {
        let changes = db.read_now(|c| {
            let ids = applications::ids_after(c, Some(after), FILLING)?;
            Ok::<_, DbError>((ids.last().copied(), load(c, &ids)?))
        })?;
        mark.filled = changes.0;
        index.apply(&changes.1, &mark)?;
        written = true;
    }
    loop {
        let (last, changes) = db.read_now(|c| {
            let lines = changes::since(c, mark.seq, FOLLOWING)?;
            let mut seen = HashSet::new();
            let all = lines.iter().map(|line| {
                let Subject::Application(id) = line.subject;
                id
            });
            let ids: Vec<ApplicationId> = all.filter(|id| seen.insert(*id)).collect();
            Ok::<_, DbError>((lines.last().map(|l| l.seq), load(c, &ids)?))
        })?;
        let Some(last) = last else { return Ok(written) };
        mark.seq = last;
        index.apply(&changes, &mark)?;
        written = true;
    }
}

/// The mark of an empty index: what changes while it is being filled comes after this place in the feed.
const fn begin(settled: i64) -> Mark {
    Mark { seq: settled, filled: Some(ApplicationId::from_number(0)) }
}

/// What becomes of these applications: those that are there are put, those that are gone are removed.
fn load(conn: &mut Conn, ids: &[ApplicationId]) -> Result<Vec<Change>, DbError> {
    let mut gone: HashSet<ApplicationId> = ids.iter().copied().collect();
    let mut changes = Vec::with_capacity(ids.len());
    for document in applications::documents(conn, ids)? {
        gone.remove(&document.id);
        changes.push(Change::Put(Box::new(document)));
    }
    changes.extend(gone.into_iter().map(Change::Remove));
    Ok(changes)
}

/// Follows the database until `stopped` turns true.
pub async fn follow(kit: Kit, index: Arc<Index>, mut stopped: watch::Receiver<bool>) {
    let mut failures = 0;
    let mut next = Moment::now();
    let mut forgotten_on = None;
    while !*stopped.borrow() {
        let (db, same) = (kit.db.clone(), index.clone());
        let done = tokio::task::spawn_blocking(move || catch_up(&db, &same)).await;
        match done {
            Ok(Ok(written)) => {
                failures = 0;
                if written {
                    next = Moment::now() + PACE;
                }
            }
            Ok(Err(error)) => {
                failures += 1;
                tracing::error!(%error, failures, "the search index could not be brought up to date");
                if failures >= FAILURES && matches!(error, CatchUpError::Index(_)) {
                    failures = 0;
                    if let Err(error) = index.distrust() {
                        tracing::error!(%error, "the search index could not be given back");
                    }
                }
                next = Moment::now() + Duration::from_secs(1);
            }
            Err(panic) => {
                tracing::error!(%panic, "bringing the search index up to date panicked");
                next = Moment::now() + Duration::from_secs(1);
            }
        }
        forget(&kit, &index, &mut forgotten_on).await;
        tokio::select! {
            () = kit.db.committed() => {}
            () = sleep(LOOK) => {}
            _ = stopped.changed() => {}
        }
        tokio::select! {
            () = sleep_until(next) => {}
            _ = stopped.changed() => {}
        }
    }
    if let Err(error) = index.close() {
        tracing::warn!(%error, "the search index was not closed in order");
    }
}

/// Once a night, removes the words of deleted applications from the files (D-01).
async fn forget(kit: &Kit, index: &Arc<Index>, forgotten_on: &mut Option<chrono::NaiveDate>) {
    use chrono::Timelike as _;
    let now = kit.clock.now().utc().with_timezone(&kit.config.delivery.zone);
    if !FORGETTING.contains(&now.hour()) || *forgotten_on == Some(now.date_naive()) {
        return;
    }
    *forgotten_on = Some(now.date_naive());
    let same = index.clone();
    match tokio::task::spawn_blocking(move || same.forget_deleted()).await {
        Ok(Ok(0)) | Ok(Err(Error::NotOurs)) => {}
        Ok(Ok(segments)) => {
            tracing::info!(segments, "deleted applications were removed from the search index's files")
        }
        Ok(Err(error)) => {
            tracing::error!(%error, "deleted applications are still in the search index's files")
        }
        Err(panic) => tracing::error!(%panic, "clearing the search index panicked"),
    }
}
