//! The verbs: lay out, change, archive, take out again, delete. Each runs inside the caller's transaction.

use super::{
    campaign::{Campaign, Content},
    store,
};
use crate::{
    accounts::{
        self, Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{Instant, id::CampaignId},
    db::{Conn, DbError},
    kit::Kit,
    media,
    web::forms::Errors,
};

/// Why something about a campaign is not done.
#[derive(Debug, thiserror::Error)]
pub enum CampaignError {
    /// There is none, or not within the scope.
    #[error("no such campaign")]
    NotFound,
    /// Somebody saved since it was read; what stands now.
    #[error("somebody saved since")]
    Stale(Box<Campaign>),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// Not as it stands; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Who does it, and where they may what.
#[derive(Clone, Debug)]
pub struct By {
    /// For the audit log.
    pub actor: Actor,
    /// Where they may lay out campaigns.
    pub runs: Scope,
    /// Whose pictures they may use.
    pub media: Scope,
}

/// Lays one out.
pub fn create(conn: &mut Conn, kit: &Kit, by: &By, content: Content) -> Result<CampaignId, CampaignError> {
    let content = checked(conn, by, content, None)?;
    let now = kit.clock.now();
    let id = CampaignId::new(now, &kit.chance);
    store::insert(conn, id, &content, kit.config.delivery.zone, &by.actor.to_string(), now)?;
    log(conn, by.actor, Verb::Created, id, None, now)?;
    Ok(id)
}

/// Saves what was written over `version`. Any unit that carries it may.
pub fn save(
    conn: &mut Conn,
    kit: &Kit,
    by: &By,
    id: CampaignId,
    version: i32,
    content: Content,
) -> Result<(), CampaignError> {
    let before = read(conn, by, id)?;
    if before.archived_at.is_some() {
        return Err(CampaignError::Refused("campaign-refused-archived"));
    }
    let content = checked(conn, by, content, Some(&before))?;
    if before.version != version {
        return Err(CampaignError::Stale(Box::new(before)));
    }
    if before.content == content {
        return Ok(());
    }
    let now = kit.clock.now();
    if !store::update(conn, &before, &content, now)? {
        return Err(CampaignError::Stale(Box::new(read(conn, by, id)?)));
    }
    Ok(log(conn, by.actor, Verb::Changed, id, Some(format!("version {}", version + 1)), now)?)
}

/// Lays it away; what belongs to it stays and is still counted.
pub fn archive(conn: &mut Conn, kit: &Kit, by: &By, id: CampaignId) -> Result<(), CampaignError> {
    let now = kit.clock.now();
    lay(conn, by, id, Some(now), now)
}

/// Takes it out again.
pub fn reopen(conn: &mut Conn, kit: &Kit, by: &By, id: CampaignId) -> Result<(), CampaignError> {
    lay(conn, by, id, None, kit.clock.now())
}

fn lay(
    conn: &mut Conn,
    by: &By,
    id: CampaignId,
    at: Option<Instant>,
    now: Instant,
) -> Result<(), CampaignError> {
    read(conn, by, id)?;
    // pressed twice it stands as was wanted
    if store::set_archived(conn, id, at, now)? {
        let to = if at.is_some() { "archived" } else { "reopened" };
        log(conn, by.actor, Verb::Changed, id, Some(to.to_owned()), now)?;
    }
    Ok(())
}

/// Deletes it, while nothing belongs to it.
pub fn delete(conn: &mut Conn, kit: &Kit, by: &By, id: CampaignId) -> Result<(), CampaignError> {
    read(conn, by, id)?;
    if !store::things(conn, id)?.is_empty() {
        return Err(CampaignError::Refused("campaign-refused-delete"));
    }
    store::delete(conn, id)?;
    Ok(log(conn, by.actor, Verb::Erased, id, None, kit.clock.now())?)
}

/// Tidies what was written, and finds what cannot be taken.
fn checked(
    conn: &mut Conn,
    by: &By,
    content: Content,
    before: Option<&Campaign>,
) -> Result<Content, CampaignError> {
    let content = content.tidied();
    let mut errors = content.check();
    // who carries it with others does not move it to a unit of theirs, and keeps it in sight
    let stays = before.is_some_and(|b| b.content.unit == content.unit);
    if !stays && !by.runs.covers_unit(content.unit) {
        errors.add("unit", "error-unit");
    } else if !content.units().any(|unit| by.runs.covers_unit(unit)) {
        errors.add("together", "campaign-error-left-out");
    }
    let known: Vec<_> = accounts::units(conn)?.into_iter().map(|unit| unit.id).collect();
    if content.together.iter().any(|unit| !known.contains(unit)) {
        errors.add("together", "error-unit");
    }
    if let Some(logo) = content.logo
        && before.and_then(|b| b.content.logo) != Some(logo)
    {
        let usable = media::asset(conn, logo)?
            .is_some_and(|asset| asset.kind != media::Kind::Film && by.media.covers_unit(asset.unit));
        if !usable {
            errors.add("logo", "campaign-error-logo");
        }
    }
    errors.into_result().map_err(CampaignError::Fields)?;
    Ok(content)
}

fn read(conn: &mut Conn, by: &By, id: CampaignId) -> Result<Campaign, CampaignError> {
    store::get(conn, &by.runs, id)?.ok_or(CampaignError::NotFound)
}

fn log(
    conn: &mut Conn,
    actor: Actor,
    verb: Verb,
    id: CampaignId,
    detail: Option<String>,
    now: Instant,
) -> Result<(), DbError> {
    audit::write(conn, &[Line { actor, verb, object: Object::Campaign(id), posting: None, detail }], now)
}
