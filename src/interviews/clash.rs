//! Times that would need somebody in two places at once: pointed out, never kept back.

use super::{slot::Slot, state::SlotState, store};
use crate::{
    accounts::Scope,
    assessment,
    base::Instant,
    db::{Conn, DbError},
    postings::{self, Posting},
};

/// Somebody who would have to be in two places.
pub(super) struct Clash {
    /// Ours.
    pub slot: Slot,
    /// The other.
    pub other: Slot,
    /// Who sits in both panels; empty when both are ours.
    pub name: String,
    /// Reference of the other ad, where this reader may know it.
    pub reference: String,
}

/// Where times to come meet: with each other, and with those of other panels in which the same people sit.
pub(super) fn clashes(
    c: &mut Conn,
    scope: &Scope,
    ad: &Posting,
    slots: &[Slot],
    now: Instant,
) -> Result<Vec<Clash>, DbError> {
    let alive =
        |slot: &&Slot| matches!(slot.state, SlotState::Open | SlotState::Booked) && slot.starts_at > now;
    let ours: Vec<&Slot> = slots.iter().filter(alive).collect();
    let mut found: Vec<Clash> = Vec::new();
    let mut add = |slot: &Slot, other: &Slot, name: &str, reference: String| {
        let known =
            |clash: &Clash| clash.name == name && clash.slot.beside(slot) && clash.other.beside(other);
        if !found.iter().any(known) {
            let (slot, other) = (slot.clone(), other.clone());
            found.push(Clash { slot, other, name: name.to_owned(), reference });
        }
    };
    for (n, slot) in ours.iter().enumerate() {
        for other in ours.iter().skip(n + 1).filter(|other| slot.meets(other) && !slot.beside(other)) {
            add(slot, other, "", ad.reference.clone());
        }
    }
    let members = assessment::store::panel::members(c, ad.id)?;
    for member in members.iter().filter(|m| !m.has_ended(now)) {
        let mut elsewhere = assessment::store::panel::postings_of(c, member.user)?;
        elsewhere.retain(|id| *id != ad.id);
        let theirs = store::ahead_in(c, &elsewhere, now)?;
        for slot in &ours {
            for other in theirs.iter().filter(|other| slot.meets(other)) {
                let named = postings::get(c, scope, other.posting)?.map(|p| p.reference);
                add(slot, other, &member.name, named.unwrap_or_default());
            }
        }
    }
    Ok(found)
}
