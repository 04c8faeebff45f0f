//! The free places of a span of days: slots of accounts that nothing stands in, for the calendar to show where there is room.

use std::collections::{BTreeMap, HashSet};

use super::{slot, store};
use crate::{
    accounts::{self, Scope, unit},
    base::{
        Instant,
        id::{AccountId, UnitId},
    },
    channels::{self, ChannelKind, Connection, Standing},
    db::{Conn, DbError},
    kit::Kit,
};

/// Free places, and who has slots at all.
pub(super) struct Places {
    /// Accounts with slots.
    pub with_slots: HashSet<AccountId>,
    free: BTreeMap<Instant, Vec<Connection>>,
}

impl Places {
    /// Of the accounts this scope may send through and that serve `unit`, between two moments, none before now.
    pub fn read(
        c: &mut Conn,
        kit: &Kit,
        scope: &Scope,
        unit: Option<UnitId>,
        (from, before): (Instant, Instant),
    ) -> Result<Self, DbError> {
        let with_slots: HashSet<AccountId> = store::all_slots(c)?.into_keys().collect();
        let mut free: BTreeMap<Instant, Vec<Connection>> = BTreeMap::new();
        if with_slots.is_empty() {
            return Ok(Self { with_slots, free });
        }
        let span = (from.max(kit.clock.now()), before);
        let (units, inside) = (accounts::units(c)?, scope.units());
        for account in channels::connections(c)? {
            let serves = unit::below(&units, account.unit_id);
            let wanted = unit.is_none_or(|unit| serves.contains(&unit));
            let sends = account.state == Standing::Connected && inside.iter().any(|u| serves.contains(u));
            if !(wanted && sends && with_slots.contains(&account.id)) {
                continue;
            }
            for wall in slot::free_of(c, kit, account.id, span, None)? {
                free.entry(wall.instant().0).or_default().push(account.clone());
            }
        }
        Ok(Self { with_slots, free })
    }

    /// Those on these channels, on all when none is named; accounts that share a moment stand together.
    pub fn shown<'p>(
        &'p self,
        channels: &'p [ChannelKind],
    ) -> impl Iterator<Item = (Instant, Vec<&'p Connection>)> {
        self.free.iter().filter_map(|(at, accounts)| {
            let wanted: Vec<&Connection> =
                accounts.iter().filter(|a| channels.is_empty() || channels.contains(&a.channel)).collect();
            (!wanted.is_empty()).then_some((*at, wanted))
        })
    }
}
