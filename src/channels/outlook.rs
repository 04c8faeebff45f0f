//! What can be said of an account before anything is sent through it, without asking anybody: how long its token lasts, and
//! whether what was granted is enough.

use super::{
    Connection, connection, store,
    until::{Until, until},
};
use crate::{
    base::{Instant, id::AccountId},
    db::{Conn, DbError},
    kit::Kit,
};

/// How an account's token stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token {
    /// It lasts, or is renewed without anybody doing anything.
    Lasts,
    /// It runs out then, and somebody must connect the account again before.
    Ends(Instant),
    /// It is not there, or does not open with the keys that are given.
    Shut,
}

/// How the account's token stands.
pub fn token(conn: &mut Conn, kit: &Kit, id: AccountId) -> Result<Token, DbError> {
    let Some((account, held)) = store::with_token(conn, id)? else { return Ok(Token::Shut) };
    Ok(match (connection::unseal(kit, id, &held.sealed), until(kit, &account, &held)) {
        (Err(_), _) => Token::Shut,
        (Ok(_), Until::End(at)) => Token::Ends(at),
        (Ok(_), Until::Ever | Until::Renewed) => Token::Lasts,
    })
}

/// Message key of a right that sending needs and that was not given.
pub fn missing_right(account: &Connection) -> Option<&'static str> {
    let profile = account.channel.profile();
    let missing = |wanted: &&super::oauth::Wanted| !(profile.covers)(&account.granted, wanted.scope);
    profile.scopes.iter().filter(|wanted| wanted.required).find(missing).map(|wanted| wanted.key)
}
