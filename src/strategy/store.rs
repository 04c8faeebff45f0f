//! Rows of strategies, their audiences and the order of their channels.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::plan::{Audience, Content, Priority, Strategy, nearest};
use crate::{
    accounts,
    base::{
        Instant,
        id::{AudienceId, StrategyId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{audience_channels, audiences, strategies},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = strategies)]
struct Row {
    id: StrategyId,
    unit_id: UnitId,
    purpose: String,
    tone_do: String,
    tone_dont: String,
    version: i32,
    changed_by: String,
    changed_at: Instant,
}

/// The strategy that holds in a unit: its own, else the nearest above.
pub fn holding(conn: &mut Conn, unit: UnitId) -> Result<Option<Strategy>, DbError> {
    let units = accounts::units(conn)?;
    let own: HashSet<UnitId> = with_own(conn)?.into_iter().collect();
    match nearest(&units, &own, unit) {
        Some(holder) => of(conn, holder),
        None => Ok(None),
    }
}

/// The units that have a strategy of their own.
pub(super) fn with_own(conn: &mut Conn) -> Result<Vec<UnitId>, DbError> {
    Ok(strategies::table.filter(strategies::lifted_at.is_null()).select(strategies::unit_id).load(conn)?)
}

/// What is set for this very unit.
pub(super) fn of(conn: &mut Conn, unit: UnitId) -> Result<Option<Strategy>, DbError> {
    let row: Option<Row> = strategies::table
        .filter(strategies::unit_id.eq(unit))
        .filter(strategies::lifted_at.is_null())
        .select(Row::as_select())
        .first(conn)
        .optional()?;
    let Some(row) = row else { return Ok(None) };
    let found: Vec<(AudienceId, String, String)> = audiences::table
        .filter(audiences::strategy_id.eq(row.id))
        .filter(audiences::removed_at.is_null())
        .order((audiences::position, audiences::id))
        .select((audiences::id, audiences::name, audiences::note))
        .load(conn)?;
    let ids: Vec<AudienceId> = found.iter().map(|(id, ..)| *id).collect();
    let order: Vec<(AudienceId, String, String)> = audience_channels::table
        .filter(audience_channels::audience_id.eq_any(ids))
        .order(audience_channels::position)
        .select((audience_channels::audience_id, audience_channels::channel, audience_channels::why))
        .load(conn)?;
    let mut channels: HashMap<AudienceId, Vec<Priority>> = HashMap::new();
    for (id, channel, why) in order {
        channels.entry(id).or_default().push(Priority { channel, why });
    }
    let whole = |(id, name, note): (AudienceId, String, String)| Audience {
        channels: channels.remove(&id).unwrap_or_default(),
        id,
        name,
        note,
    };
    Ok(Some(Strategy {
        unit: row.unit_id,
        version: row.version,
        changed_by: row.changed_by,
        changed_at: row.changed_at,
        content: Content {
            purpose: row.purpose,
            tone_do: row.tone_do,
            tone_dont: row.tone_dont,
            audiences: found.into_iter().map(whole).collect(),
        },
    }))
}

/// What an audience is called, also one that is no longer offered.
pub fn audience_named(conn: &mut Conn, id: AudienceId) -> Result<Option<String>, DbError> {
    Ok(audiences::table.find(id).select(audiences::name).first(conn).optional()?)
}

/// The version that was read last of a unit's strategy, also of a lifted one; 0 where there never was any.
pub(super) fn version_of(conn: &mut Conn, unit: UnitId) -> Result<i32, DbError> {
    let row = strategies::table.filter(strategies::unit_id.eq(unit)).select(strategies::version);
    Ok(row.first(conn).optional()?.unwrap_or(0))
}

/// Writes it over the version that was read; false when somebody else was there first. `fresh`: its id where it has none yet.
pub(super) fn write(
    conn: &mut Conn,
    unit: UnitId,
    (fresh, version): (StrategyId, i32),
    content: &Content,
    by: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let values = (
        strategies::purpose.eq(&content.purpose),
        strategies::tone_do.eq(&content.tone_do),
        strategies::tone_dont.eq(&content.tone_dont),
        strategies::version.eq(version + 1),
        strategies::changed_by.eq(by),
        strategies::changed_at.eq(now),
    );
    let read = strategies::table.filter(strategies::unit_id.eq(unit)).filter(strategies::version.eq(version));
    let hit = if version == 0 {
        let first = (values, strategies::id.eq(fresh), strategies::unit_id.eq(unit));
        diesel::insert_into(strategies::table).values(first).execute(conn)?
    } else {
        diesel::update(read).set((values, strategies::lifted_at.eq(None::<Instant>))).execute(conn)?
    };
    if hit == 0 {
        return Ok(false);
    }
    let id: StrategyId =
        strategies::table.filter(strategies::unit_id.eq(unit)).select(strategies::id).first(conn)?;
    put_audiences(conn, id, &content.audiences, now)?;
    Ok(true)
}

/// Puts these in the place of those that are offered; what is missing among them is only no longer offered.
fn put_audiences(
    conn: &mut Conn,
    strategy: StrategyId,
    wanted: &[Audience],
    now: Instant,
) -> Result<(), DbError> {
    let ids: Vec<AudienceId> = wanted.iter().map(|a| a.id).collect();
    let gone = audiences::table
        .filter(audiences::strategy_id.eq(strategy))
        .filter(audiences::removed_at.is_null())
        .filter(audiences::id.ne_all(ids));
    diesel::update(gone).set(audiences::removed_at.eq(now)).execute(conn)?;
    for (position, audience) in (0_i32..).zip(wanted) {
        let values = || {
            (
                audiences::position.eq(position),
                audiences::name.eq(&audience.name),
                audiences::note.eq(&audience.note),
                audiences::removed_at.eq(None::<Instant>),
            )
        };
        let known = audiences::table.find(audience.id).filter(audiences::strategy_id.eq(strategy));
        if diesel::update(known).set(values()).execute(conn)? == 0 {
            diesel::insert_into(audiences::table)
                .values((values(), audiences::id.eq(audience.id), audiences::strategy_id.eq(strategy)))
                .execute(conn)?;
        }
        let of_it = audience_channels::table.filter(audience_channels::audience_id.eq(audience.id));
        diesel::delete(of_it).execute(conn)?;
        for (position, priority) in (0_i32..).zip(&audience.channels) {
            diesel::insert_into(audience_channels::table)
                .values((
                    audience_channels::audience_id.eq(audience.id),
                    audience_channels::position.eq(position),
                    audience_channels::channel.eq(&priority.channel),
                    audience_channels::why.eq(&priority.why),
                ))
                .execute(conn)?;
        }
    }
    Ok(())
}

/// Those of these audiences that another unit's strategy has.
pub(super) fn strangers(
    conn: &mut Conn,
    unit: UnitId,
    ids: &[AudienceId],
) -> Result<Vec<AudienceId>, DbError> {
    let own = strategies::table.filter(strategies::unit_id.eq(unit)).select(strategies::id);
    Ok(audiences::table
        .filter(audiences::id.eq_any(ids))
        .filter(audiences::strategy_id.ne_all(own))
        .select(audiences::id)
        .load(conn)?)
}

/// From now on the one above holds; false when it is not the version that was read.
pub(super) fn lift(
    conn: &mut Conn,
    unit: UnitId,
    version: i32,
    by: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let row = strategies::table
        .filter(strategies::unit_id.eq(unit))
        .filter(strategies::version.eq(version))
        .filter(strategies::lifted_at.is_null());
    let hit = diesel::update(row)
        .set((
            strategies::version.eq(version + 1),
            strategies::changed_by.eq(by),
            strategies::changed_at.eq(now),
            strategies::lifted_at.eq(now),
        ))
        .execute(conn)?;
    Ok(hit > 0)
}
