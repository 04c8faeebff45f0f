//! What of all this waits for somebody, for the start page: wishes with their date, what is about to go, a red receipt.

use super::{fate::State, plan, receipt::Stand, store};
use crate::{
    accounts::Scope,
    db::{Conn, DbError},
    kit::Kit,
};

/// What waits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Applications that somebody was warned of and that are still seen.
    pub warned: usize,
    /// In how many days the first of them goes out of sight.
    pub hidden_in: i64,
    /// Wishes to be erased that a hold keeps waiting, and that must be answered.
    pub requests: usize,
    /// Erasures whose search still finds something.
    pub red: usize,
}

/// In the postings of `scope`; wishes and receipts for whoever may answer them (`answers`).
pub fn waits(c: &mut Conn, kit: &Kit, scope: &Scope, answers: bool) -> Result<Waits, DbError> {
    let plan = plan::plan(c, kit)?.inside(scope);
    let warned: Vec<_> = plan
        .all
        .iter()
        .filter_map(|one| one.fate)
        .filter(|fate| fate.state == State::Warned)
        .map(|fate| (fate.quarantine_on - plan.coming).num_days())
        .collect();
    let mut waits = Waits {
        warned: warned.len(),
        hidden_in: warned.into_iter().min().unwrap_or(0).max(0),
        ..Waits::default()
    };
    if answers {
        let held = |id| {
            plan.all.iter().any(|one| one.of.id == id && one.fate.is_some_and(|f| f.state == State::Held))
        };
        let open = plan.requests.iter().filter(|r| r.refused_at.is_none() && held(r.application));
        waits.requests = open.count();
        waits.red = store::unproved(c)?.iter().filter(|one| one.state == Stand::Left).count();
    }
    Ok(waits)
}
