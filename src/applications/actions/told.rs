//! Being told: the way to the applicant's own page, what of the answers stands in the history, and the reasons an applicant
//! may ask for within the law (forvaltningsloven § 23, D-10).

use std::time::Duration;

use super::life::OwnError;
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{
        application::{Detail, EventKind, Whole},
        keys::magic_token,
        stage::Outcome,
        store,
    },
    base::id::{ApplicationId, EventId},
    db::{Conn, DbError},
    kit::Kit,
    secrets::fingerprint,
};

/// The address of an applicant's own page, for a letter that leaves now. It is made anew from the sealing key; should that
/// have changed since the last letter, the new address opens the page from here on.
pub fn own_link(conn: &mut Conn, kit: &Kit, whole: &Whole) -> Result<String, DbError> {
    let token = magic_token(&kit.secrets, whole.application.id);
    let hash = fingerprint(&token);
    if whole.application.access_hash != hash {
        store::set_access(conn, whole.application.id, &hash)?;
    }
    Ok(format!("{}/min-ansoegning/{token}", kit.config.server.public_url))
}

/// Writes a line about an answer into the history of an application.
pub fn note(
    conn: &mut Conn,
    kit: &Kit,
    id: ApplicationId,
    kind: EventKind,
    actor: Actor,
    words: Option<&str>,
) -> Result<(), DbError> {
    let now = kit.clock.now();
    let detail = Detail { reason: words.map(str::to_owned), ..Detail::default() };
    store::insert_event(conn, EventId::new(now, &kit.chance), id, now, &actor.to_string(), kind, &detail)
}

/// The applicant asks for the reasons of the rejection that the own page shows. Asking twice is once.
pub fn ask_reasons(conn: &mut Conn, kit: &Kit, access_hash: &str) -> Result<(), OwnError> {
    let is = store::own(conn, access_hash)?.ok_or(OwnError::NotFound)?.application;
    let shown = is.outcome_at.filter(|_| is.outcome == Some(Outcome::Rejected) && is.is_shown());
    let decided_at = shown.ok_or(OwnError::NotFound)?;
    let now = kit.clock.now();
    let due = now + Duration::from_secs(86_400 * u64::from(kit.config.answers.reasons_days));
    if store::ask_reasons(conn, is.id, decided_at, now, due)? {
        note(conn, kit, is.id, EventKind::ReasonsAsked, Actor::Applicant(is.id), None)?;
    }
    Ok(())
}

/// Answers with the reasons; false when nobody asks (any more).
pub fn give_reasons(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: ApplicationId,
    words: &str,
) -> Result<bool, DbError> {
    let Some(whole) = store::application(conn, scope, id)? else { return Ok(false) };
    let Some(decided_at) = whole.application.outcome_at else { return Ok(false) };
    let now = kit.clock.now();
    if !store::answer_reasons(conn, id, decided_at, words, &actor.to_string(), now)? {
        return Ok(false);
    }
    note(conn, kit, id, EventKind::ReasonsGiven, actor, Some(words))?;
    let line = Line {
        actor,
        verb: Verb::Changed,
        object: Object::Application(id),
        posting: Some(whole.application.posting),
        detail: Some("reasons".to_owned()),
    };
    audit::write(conn, &[line], now)?;
    Ok(true)
}
