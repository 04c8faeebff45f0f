//! What happens to ads without anyone watching: the deadline passes.

use serde::{Deserialize, Serialize};

use super::{actions, renew};
use crate::{
    base::id::PostingId,
    db::DbError,
    kit::Kit,
    queue::{Job, JobError},
};

/// Moves ads on whose deadline has come. One is enqueued for the second of each deadline; the sweep, without
/// an id, makes good what a stopped clock or a lost job left behind. Both do all that is due.
#[derive(Serialize, Deserialize)]
pub struct PassDeadline {
    /// For whose deadline; none for the sweep.
    pub posting: Option<PostingId>,
}

impl Job for PassDeadline {
    const KIND: &'static str = "postings.pass_deadline";
    type Needs = Kit;

    fn key(&self) -> String {
        self.posting.map_or_else(|| "sweep".to_owned(), |id| id.to_string())
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let now = kit.clock.now();
        let passed = kit.db.write(move |c| actions::pass_deadlines(c, now)).await.map_err(|e: DbError| e)?;
        if passed > 0 {
            renew();
        }
        Ok(())
    }
}
