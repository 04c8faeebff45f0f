//! The change feed: a slice notes in its own transaction that something changed; whoever keeps a
//! copy (the search index) reads on from the mark it has. Nothing in memory, nothing a crash can lose.

use super::store;
use crate::{
    base::{Instant, id::ApplicationId},
    db::{self, Conn, DbError},
};

/// What changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Subject {
    /// An application: received, moved, edited, erased.
    Application(ApplicationId),
}

/// One line of the feed.
#[derive(Clone, Copy, Debug)]
pub struct Change {
    /// Its place in the feed; a mark is such a place.
    pub seq: i64,
    /// What changed.
    pub subject: Subject,
}

/// What writers of the feed share on PostgreSQL from taking a place until they commit. A place that was taken before
/// another may be seen after it; who reads waits until nobody is in between, see [`settled`].
const TAKING: &str = "changes";

/// Notes a change in the caller's transaction. Call it last: on PostgreSQL readers wait from here until the commit.
pub fn note(conn: &mut Conn, subject: Subject, now: Instant) -> Result<(), DbError> {
    db::lock_shared(conn, TAKING)?;
    let Subject::Application(id) = subject;
    store::insert_change(conn, "application", &id.to_string(), now)
}

/// Up to `limit` changes after `mark`, in order; none that another could still come before.
pub fn since(conn: &mut Conn, mark: i64, limit: i64) -> Result<Vec<Change>, DbError> {
    // looked for without a turn first: most often there is nothing new
    if newest(conn)? <= mark {
        return Ok(Vec::new());
    }
    let last = settled(conn)?;
    let rows = store::changes_between(conn, mark, last, limit)?;
    Ok(rows
        .into_iter()
        .filter_map(|(seq, subject, id)| match subject.as_str() {
            "application" => Some(Change { seq, subject: Subject::Application(id.parse().ok()?) }),
            _ => None,
        })
        .collect())
}

/// The newest place before which no other can appear any more; 0 when nothing has changed yet.
pub fn settled(conn: &mut Conn) -> Result<i64, DbError> {
    db::alone(conn, TAKING, store::newest_change)
}

/// The newest place that can be seen; 0 when nothing has changed yet.
pub fn newest(conn: &mut Conn) -> Result<i64, DbError> {
    store::newest_change(conn)
}

/// How long the feed remembers. Whoever reads it more seldom begins anew.
pub const KEPT: std::time::Duration = std::time::Duration::from_secs(14 * 24 * 3600);

/// Forgets what is older than [`KEPT`]; how many lines.
pub fn forget(conn: &mut Conn, now: Instant) -> Result<usize, DbError> {
    store::delete_changes(conn, now - KEPT)
}

/// Whether lines after `mark` have been forgotten, so that the feed cannot be followed on from there.
pub fn is_broken_after(conn: &mut Conn, mark: i64) -> Result<bool, DbError> {
    Ok(store::oldest_change(conn)?.is_some_and(|oldest| oldest > mark + 1))
}
