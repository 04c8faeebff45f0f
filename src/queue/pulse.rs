//! Whether anybody works: each loop that must turn says so every now and then, in a row. Whoever answers requests reads
//! it, in this process or in another; a machine whose clock stands still must not look well (R16).

use std::time::Duration;

use super::store;
use crate::{
    base::Instant,
    db::{Conn, Db, DbError},
};

/// Between two words.
const EVERY: Duration = Duration::from_secs(15);
/// A loop that has been silent for longer stands still.
pub const SILENT: Duration = Duration::from_secs(60);

/// The loops that must turn somewhere.
pub const LOOPS: [&str; 3] = ["clock", "jobs", "deliveries"];

/// One loop's word that it turns.
pub struct Pulse {
    name: &'static str,
    said: Option<Instant>,
}

impl Pulse {
    /// For the loop of this name, one of [`LOOPS`].
    pub fn of(name: &'static str) -> Self {
        debug_assert!(LOOPS.contains(&name));
        Self { name, said: None }
    }

    /// Says that it turns, unless it just did. To be called at every turn.
    pub async fn beat(&mut self, db: &Db, now: Instant) {
        if self.said.is_some_and(|said| now.since(said) < EVERY && said <= now) {
            return;
        }
        let name = self.name;
        match db.write(move |c| store::beat(c, name, now)).await {
            Ok(()) => self.said = Some(now),
            Err(error) => tracing::error!(%error, name, "a loop cannot say that it turns"),
        }
    }
}

/// The loops that stand still, with their last word; none, when all is well.
pub fn still(conn: &mut Conn, now: Instant) -> Result<Vec<(&'static str, Option<Instant>)>, DbError> {
    let said = store::beats(conn)?;
    let last = |name: &str| said.iter().find(|(n, _)| n == name).map(|(_, at)| *at);
    Ok(LOOPS
        .into_iter()
        .map(|name| (name, last(name)))
        .filter(|(_, at)| at.is_none_or(|at| now.since(at) > SILENT))
        .collect())
}
