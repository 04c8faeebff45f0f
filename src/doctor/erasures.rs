//! Whether what was erased is proved gone, the receipts hang together, and nights come at all.

use super::report::Notes;
use crate::{db::DbError, kit::Kit, retention};

/// Nights that have not been for so many days mean that nothing is erased.
const NIGHTS: i64 = 2;

/// Looks at receipts, at what is not proved yet and at the last night.
pub(super) async fn look(notes: &mut Notes, kit: &Kit) -> Result<(), DbError> {
    let (receipts, open, last) = kit
        .db
        .read(|c| {
            let last = retention::last_night(c)?;
            Ok::<_, DbError>((retention::receipts(c)?, retention::unproved(c)?, last))
        })
        .await?;
    let before = notes.0.len();
    if let Some(number) = retention::receipt::broken(&receipts) {
        notes.wrong(
            "erasures",
            format!("receipt {number} does not fit the one before: it was changed from outside"),
            "Compare with a backup; the page Slettekvitteringer shows the receipts.",
        );
    }
    let left = open.iter().filter(|one| one.state == retention::receipt::Stand::Left).count();
    if left > 0 {
        notes.wrong(
            "erasures",
            format!("{left} erasures are done and something of them is still found"),
            "See the red receipt under Slettekvitteringer: it names the place. It is cleared and looked for again each night.",
        );
    }
    let today = retention::plan::day_of(kit.clock.now(), kit.config.delivery.zone);
    let cut_off = open.len() - left;
    if cut_off > 0 {
        notes.warn(
            "erasures",
            format!("{cut_off} erasures are under way or were cut off"),
            "A worker that runs finishes them, the coming night at the latest.",
        );
    }
    if let Some(last) = last.filter(|last| (today - *last).num_days() > NIGHTS) {
        notes.wrong(
            "erasures",
            format!("the last night in which applications were erased was {last}"),
            "See that `opslag serve` or `opslag work` runs; what is due goes the first night it does.",
        );
    }
    if notes.0.len() == before {
        notes.well("erasures", format!("{} receipts, each bound to the one before", receipts.len()));
    }
    Ok(())
}
