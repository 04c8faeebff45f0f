//! The verbs: write a unit's strategy, and let the one above hold again.

use super::{
    form,
    plan::{Content, Strategy},
    store,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{
        Instant,
        id::{AudienceId, StrategyId, UnitId},
    },
    db::{self, Conn, DbError},
    kit::Kit,
    web::forms::Errors,
};

/// Why it is not done.
#[derive(Debug, thiserror::Error)]
pub enum StrategyError {
    /// There is no such unit, or not within the scope.
    #[error("no such unit")]
    NotFound,
    /// Somebody saved since it was read; what stands now, if anything does, and its version.
    #[error("somebody saved since")]
    Stale(Option<Box<Strategy>>, i32),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Who does it, and where they may.
#[derive(Clone, Debug)]
pub struct By {
    /// For the audit log.
    pub actor: Actor,
    /// Where they say to whom a unit speaks.
    pub scope: Scope,
}

/// Writes a unit's strategy over the `version` that was read; 0 where it has none.
pub fn save(
    conn: &mut Conn,
    kit: &Kit,
    by: &By,
    unit: UnitId,
    version: i32,
    content: Content,
) -> Result<(), StrategyError> {
    must_cover(by, unit)?;
    // two who make the first one at once would both find none
    db::lock(conn, &format!("strategy {unit}"))?;
    let mut content = form::tidy(content).map_err(StrategyError::Fields)?;
    let now = kit.clock.now();
    must_be_read(conn, unit, version)?;
    let ids: Vec<AudienceId> = content.audiences.iter().map(|a| a.id).collect();
    // an id of another unit's audience is not taken over
    let strangers = store::strangers(conn, unit, &ids)?;
    for audience in content.audiences.iter_mut().filter(|a| strangers.contains(&a.id)) {
        audience.id = AudienceId::new(now, &kit.chance);
    }
    let fresh = StrategyId::new(now, &kit.chance);
    if !store::write(conn, unit, (fresh, version), &content, &by.actor.to_string(), now)? {
        return Err(stale(conn, unit)?);
    }
    Ok(note(conn, by.actor, Verb::Changed, format!("strategy unit:{unit} version {}", version + 1), now)?)
}

/// Takes a unit's own strategy away, so that the one above holds again.
pub fn lift(conn: &mut Conn, kit: &Kit, by: &By, unit: UnitId, version: i32) -> Result<(), StrategyError> {
    must_cover(by, unit)?;
    let now = kit.clock.now();
    if !store::lift(conn, unit, version, &by.actor.to_string(), now)? {
        return Err(stale(conn, unit)?);
    }
    Ok(note(conn, by.actor, Verb::Erased, format!("strategy unit:{unit}"), now)?)
}

fn must_cover(by: &By, unit: UnitId) -> Result<(), StrategyError> {
    if by.scope.covers_unit(unit) { Ok(()) } else { Err(StrategyError::NotFound) }
}

fn must_be_read(conn: &mut Conn, unit: UnitId, version: i32) -> Result<(), StrategyError> {
    if store::version_of(conn, unit)? == version { Ok(()) } else { Err(stale(conn, unit)?) }
}

fn stale(conn: &mut Conn, unit: UnitId) -> Result<StrategyError, DbError> {
    let version = store::version_of(conn, unit)?;
    Ok(StrategyError::Stale(store::of(conn, unit)?.map(Box::new), version))
}

fn note(conn: &mut Conn, actor: Actor, verb: Verb, detail: String, now: Instant) -> Result<(), DbError> {
    let line = Line { actor, verb, object: Object::None, posting: None, detail: Some(detail) };
    audit::write(conn, &[line], now)
}
