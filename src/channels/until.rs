//! Until when a connection holds: for ever, as long as we renew it, or to a day on which a person must connect it anew.

use super::{Connection, connection::renews, store};
use crate::{base::Instant, db::DbError, kit::Kit};

/// Until when a connection holds, as far as one can know beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// Its token has no end.
    Ever,
    /// We renew it before it ends.
    Renewed,
    /// It ends then, unless a person connects it anew.
    End(Instant),
}

pub(super) fn until(kit: &Kit, connection: &Connection, held: &store::Held) -> Until {
    match held.expires_at {
        None => Until::Ever,
        Some(_) if renews(kit, connection, held) => Until::Renewed,
        Some(at) => Until::End(at),
    }
}

/// A connection that ends by itself, and the last warning of it.
#[derive(Clone, Debug)]
pub struct Ending {
    /// Which.
    pub connection: Connection,
    /// When.
    pub at: Instant,
    /// So many days before its end somebody was warned last; none when nobody was.
    pub warned_days: Option<i32>,
    /// Which of its tokens; names the warning.
    pub version: i32,
}

/// The connections that end by themselves before `before` and that no one but a person can keep.
pub async fn endings(kit: &Kit, before: Instant) -> Result<Vec<Ending>, DbError> {
    let found = kit.db.read(move |c| store::ending_before(c, before)).await?;
    Ok(found
        .into_iter()
        .filter_map(|(connection, held)| match until(kit, &connection, &held) {
            Until::End(at) => {
                Some(Ending { at, warned_days: held.warned_days, version: held.version, connection })
            }
            _ => None,
        })
        .collect())
}
