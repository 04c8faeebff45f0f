//! Answers of the demonstration: letters to those who were turned down, read through and laid.

use super::town::Failure;
use crate::{
    accounts::{Scope, audit::Actor},
    answers::actions::{self, Answering},
    applications,
    base::{Instant, id::PostingId},
    kit::Kit,
};

/// Writes to at most so many who were turned down and have no letter, reads the letters through and lays them; when they
/// leave, and none when there is nobody to write to.
pub(super) async fn lay(
    kit: &Kit,
    scope: &Scope,
    (by, sender): (Actor, &str),
    posting: PostingId,
    most: usize,
) -> anyhow::Result<Option<Instant>> {
    let (k, scope, sender) = (kit.clone(), scope.clone(), sender.to_owned());
    kit.db
        .write(move |c| {
            let lacking = applications::lacking(c, &scope, Some(posting))?;
            let rejected = lacking.iter().filter(|whole| whole.application.lacks_answer());
            let chosen: Vec<_> =
                rejected.map(|w| (w.application.id, w.application.version)).take(most).collect();
            if chosen.is_empty() {
                return Ok(None);
            }
            let wanted = Answering { chosen, sender, ..Answering::default() };
            let batch = actions::draft(c, &k, &scope, by, posting, &wanted)?.batch;
            let seen = actions::digest(c, batch)?;
            actions::approve(c, &k, &scope, by, batch, &seen)?;
            Ok(Some(actions::lay(c, &k, &scope, by, batch, None)?))
        })
        .await
        .map_err(|Failure(e)| e.context("answers of the demonstration"))
}
