//! Logging in and out, adding people and units, giving roles, making API tokens.

use std::time::Duration;

use super::{
    Role, Scope, UnitKind,
    audit::{self, Actor, Line, Object, Verb},
    password, store,
};
use crate::{
    base::{
        Language, address,
        id::{ApiTokenId, MembershipId, PostingId, UnitId, UserId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    secrets::fingerprint,
};

/// Why something about people is not done.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    /// A field is wrong: its name and the message key.
    #[error("{0}: {1}")]
    Field(&'static str, &'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// A fresh log-in.
pub struct LoggedIn {
    /// Goes into the cookie; only its hash is stored.
    pub token: String,
}

/// Tries an address and a password. `None` when they do not belong together.
pub async fn log_in(kit: &Kit, email: &str, password: &str) -> Result<Option<LoggedIn>, DbError> {
    let email = address::email(email).unwrap_or_default();
    let found = kit.db.read(move |c| store::user_by_email(c, &email)).await?;
    let (user, hash) = match found {
        Some((user, hash)) if user.disabled_at.is_none() => (Some(user), hash),
        _ => (None, None),
    };
    let password = password.to_owned();
    let right = tokio::task::spawn_blocking(move || password::verify(&password, hash.as_deref()))
        .await
        .map_err(|_| DbError::Panicked)?;
    let now = kit.clock.now();
    let Some(user) = user.filter(|_| right) else {
        let line = Line {
            actor: Actor::System,
            verb: Verb::Refused,
            object: Object::None,
            posting: None,
            detail: Some("log-in".into()),
        };
        kit.db.write(move |c| audit::write(c, &[line], now)).await?;
        return Ok(None);
    };
    let (token, csrf) = (kit.chance.token(), kit.chance.token());
    let ends = now + Duration::from_secs(kit.config.accounts.session_total_minutes * 60);
    let hash = fingerprint(&token);
    kit.db
        .write(move |c| {
            store::insert_session(c, &hash, user.id, &csrf, now, ends)?;
            let line = Line {
                actor: Actor::User(user.id),
                verb: Verb::LoggedIn,
                object: Object::User(user.id),
                posting: None,
                detail: None,
            };
            audit::write(c, &[line], now)
        })
        .await?;
    Ok(Some(LoggedIn { token }))
}

/// Ends the session behind a cookie.
pub async fn log_out(kit: &Kit, token: &str) -> Result<(), DbError> {
    let hash = fingerprint(token);
    kit.db.write(move |c| store::delete_session(c, &hash)).await
}

/// Adds a unit below `parent` (none: the organisation itself).
pub fn add_unit(
    conn: &mut Conn,
    kit: &Kit,
    parent: Option<UnitId>,
    name: &str,
    kind: UnitKind,
) -> Result<UnitId, AccountError> {
    let name = text::line(name);
    if name.is_empty() {
        return Err(AccountError::Field("name", "error-required"));
    }
    let now = kit.clock.now();
    let id = UnitId::new(now, &kit.chance);
    store::insert_unit(conn, id, parent, &name, kind, now)?;
    Ok(id)
}

/// Adds a person; with a password they can log in at once. The hash is made by the caller, off the
/// database's thread ([`password::hash`]).
pub fn add_user(
    conn: &mut Conn,
    kit: &Kit,
    name: &str,
    email: &str,
    password_hash: Option<&str>,
    language: Language,
) -> Result<UserId, AccountError> {
    let name = text::line(name);
    if name.is_empty() {
        return Err(AccountError::Field("name", "error-required"));
    }
    let email = address::email(email).map_err(|key| AccountError::Field("email", key))?;
    let now = kit.clock.now();
    let id = UserId::new(now, &kit.chance);
    match store::insert_user(conn, id, &name, &email, password_hash, language, now) {
        Err(e) if e.unique_violation() => Err(AccountError::Field("email", "error-email-taken")),
        other => Ok(other.map(|()| id)?),
    }
}

/// Everything there is: for jobs, the command line and the demonstration, which act for nobody in particular.
/// A page never asks for it.
pub fn everywhere(conn: &mut Conn) -> Result<Scope, DbError> {
    let units = store::units(conn)?.into_iter().map(|u| u.id).collect();
    Ok(Scope { units, postings: Default::default() })
}

/// Gives a role in a unit and everything below it, or a seat at one posting.
pub fn give_role(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    unit: UnitId,
    role: Role,
    posting: Option<PostingId>,
) -> Result<(), AccountError> {
    let now = kit.clock.now();
    store::insert_membership(
        conn,
        MembershipId::new(now, &kit.chance),
        user,
        unit,
        role,
        posting,
        now,
        None,
    )?;
    let line = Line {
        actor: Actor::System,
        verb: Verb::Changed,
        object: Object::User(user),
        posting,
        detail: Some(format!("role {role} in unit:{unit}")),
    };
    audit::write(conn, &[line], now)?;
    Ok(())
}

/// Shuts a person out at once: no log-in, no open session (ASVS 7.4.2).
pub fn disable_user(conn: &mut Conn, kit: &Kit, user: UserId, by: Actor) -> Result<(), AccountError> {
    let now = kit.clock.now();
    store::set_disabled(conn, user, Some(now))?;
    store::delete_sessions_of(conn, user)?;
    let line = Line {
        actor: by,
        verb: Verb::Changed,
        object: Object::User(user),
        posting: None,
        detail: Some("disabled".into()),
    };
    audit::write(conn, &[line], now)?;
    Ok(())
}

/// Makes an API token with one role in one unit; returns the secret, which is shown once.
pub fn create_token(
    conn: &mut Conn,
    kit: &Kit,
    name: &str,
    unit: UnitId,
    role: Role,
) -> Result<String, AccountError> {
    let secret = format!("opslag_{}", kit.chance.token());
    let now = kit.clock.now();
    let id = ApiTokenId::new(now, &kit.chance);
    store::insert_token(conn, id, &text::line(name), &fingerprint(&secret), unit, role, now)?;
    Ok(secret)
}
