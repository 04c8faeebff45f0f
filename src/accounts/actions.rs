//! Logging in and out, adding people and units, giving roles, making API tokens.

use std::time::Duration;

use super::{
    Membership, Role, Scope, UnitKind, User,
    audit::{self, Actor, Line, Object, Verb},
    jobs::{SendPasswordLink, Why},
    password, password_link, store,
};
use crate::{
    base::{
        Instant, Language, address,
        id::{ApiTokenId, MembershipId, PostingId, UnitId, UserId},
        text,
    },
    db::{Conn, DbError},
    kit::Kit,
    queue,
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
    Ok(Scope { units, ..Scope::default() })
}

/// Gives a role in a unit and everything below it, or a seat at one posting: from the command line or a job.
pub fn give_role(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    unit: UnitId,
    role: Role,
    posting: Option<PostingId>,
) -> Result<(), AccountError> {
    Ok(appoint(conn, kit, Actor::System, user, unit, role, posting)?)
}

/// Gives a role in a unit and everything below it, or a seat at one posting, on somebody's word.
pub fn appoint(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    user: UserId,
    unit: UnitId,
    role: Role,
    posting: Option<PostingId>,
) -> Result<(), DbError> {
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
    note(conn, by, Verb::Changed, user, posting, format!("role {role} in unit:{unit}"), now)
}

/// Gives a seat at one posting from `from` until before `to`, on somebody's word.
#[expect(clippy::too_many_arguments, reason = "one column each")]
pub fn seat(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    user: UserId,
    unit: UnitId,
    posting: PostingId,
    from: Instant,
    to: Option<Instant>,
) -> Result<MembershipId, DbError> {
    let now = kit.clock.now();
    let id = MembershipId::new(now, &kit.chance);
    store::insert_membership(conn, id, user, unit, Role::PanelMember, Some(posting), from, to)?;
    let detail = format!("role {} in unit:{unit}", Role::PanelMember);
    note(conn, by, Verb::Changed, user, Some(posting), detail, now)?;
    Ok(id)
}

/// Whoever has this address; somebody new is added and gets a link to choose a password.
pub fn known_or_welcomed(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    name: &str,
    email: &str,
    language: Language,
) -> Result<UserId, AccountError> {
    let address = address::email(email).map_err(|key| AccountError::Field("email", key))?;
    if let Some((user, _)) = store::user_by_email(conn, &address)? {
        return Ok(user.id);
    }
    let id = add_user(conn, kit, name, email, None, language)?;
    note(conn, by, Verb::Created, id, None, "invited".into(), kit.clock.now())?;
    send_password_link(conn, kit, id, Why::Welcome)?;
    Ok(id)
}

/// Ends a role now; what was done with it stays in the log.
pub fn end_role(conn: &mut Conn, kit: &Kit, by: Actor, held: &Membership) -> Result<(), DbError> {
    let now = kit.clock.now();
    store::end_membership(conn, held.id, now)?;
    let detail = format!("role {} in unit:{} ended", held.role, held.unit_id);
    note(conn, by, Verb::Changed, held.user_id, held.posting_id, detail, now)
}

/// Adds a person with a first role and writes to them with a link to choose a password.
#[expect(clippy::too_many_arguments, reason = "what stands in the form, and where it goes")]
pub fn invite(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    name: &str,
    email: &str,
    language: Language,
    unit: UnitId,
    role: Role,
) -> Result<UserId, AccountError> {
    let user = add_user(conn, kit, name, email, None, language)?;
    note(conn, by, Verb::Created, user, None, "invited".into(), kit.clock.now())?;
    appoint(conn, kit, by, user, unit, role, None)?;
    send_password_link(conn, kit, user, Why::Welcome)?;
    Ok(user)
}

/// Writes to a person with a link to choose a password; once, however often it is asked for before the letter has left.
pub fn send_password_link(conn: &mut Conn, kit: &Kit, user: UserId, why: Why) -> Result<(), DbError> {
    let now = kit.clock.now();
    let job = SendPasswordLink { user, why, until: now + password_link::LIFE };
    queue::enqueue(conn, &job, now, now, &kit.chance)
}

/// Somebody says they have forgotten their password. Whether the address is known is told to nobody.
pub async fn forgotten(kit: &Kit, email: &str) -> Result<(), DbError> {
    let Ok(email) = address::email(email) else { return Ok(()) };
    let k = kit.clone();
    kit.db
        .write(move |c| match store::user_by_email(c, &email)? {
            Some((user, _)) if user.disabled_at.is_none() => {
                send_password_link(c, &k, user.id, Why::Forgotten)
            }
            _ => Ok(()),
        })
        .await
}

/// Whose link this is, when it holds: not run out, not used, and the person may log in.
pub fn link_holder(conn: &mut Conn, kit: &Kit, link: &str) -> Result<Option<User>, DbError> {
    let Some(claim) = password_link::read(link) else { return Ok(None) };
    let Some((user, hash)) = store::user_with_hash(conn, claim.user)? else { return Ok(None) };
    let holds = user.disabled_at.is_none() && claim.holds(&kit.secrets, hash.as_deref(), kit.clock.now());
    Ok(holds.then_some(user))
}

/// Puts a password in place through a link, ending the link and every open session. `false` when the link no longer holds.
pub fn choose_password(conn: &mut Conn, kit: &Kit, link: &str, password_hash: &str) -> Result<bool, DbError> {
    let Some(user) = link_holder(conn, kit, link)? else { return Ok(false) };
    store::set_password(conn, user.id, password_hash)?;
    store::delete_sessions_of(conn, user.id)?;
    note(conn, Actor::User(user.id), Verb::Changed, user.id, None, "password".into(), kit.clock.now())?;
    Ok(true)
}

/// Lets a person in again who was shut out; they log in with the password they had.
pub fn enable_user(conn: &mut Conn, kit: &Kit, user: UserId, by: Actor) -> Result<(), DbError> {
    store::set_disabled(conn, user, None)?;
    note(conn, by, Verb::Changed, user, None, "enabled".into(), kit.clock.now())
}

fn note(
    conn: &mut Conn,
    actor: Actor,
    verb: Verb,
    user: UserId,
    posting: Option<PostingId>,
    detail: String,
    now: Instant,
) -> Result<(), DbError> {
    let line = Line { actor, verb, object: Object::User(user), posting, detail: Some(detail) };
    audit::write(conn, &[line], now)
}

/// Shuts a person out at once: no log-in, no open session (ASVS 7.4.2).
pub fn disable_user(conn: &mut Conn, kit: &Kit, user: UserId, by: Actor) -> Result<(), DbError> {
    let now = kit.clock.now();
    store::set_disabled(conn, user, Some(now))?;
    store::delete_sessions_of(conn, user)?;
    note(conn, by, Verb::Changed, user, None, "disabled".into(), now)
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
