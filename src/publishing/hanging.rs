//! What there is to know before a call is made about a post that hangs, whether other words are put into it or something is
//! said under it: whether its account may be used now, what the peer calls the post, and what a no means for the account.

use tokio::time::timeout;

use super::{
    breaker,
    delivery::Reason,
    publication, record, step,
    store::{self, Delivery},
    subject,
};
use crate::{
    base::{Instant, Language},
    channels::{self, Account, Channels, Connection, Found, Post, Problem, ProblemKind, Standing},
    db::{Conn, DbError},
    kit::Kit,
};

/// How soon what waits for an account, or for the end of a pause, is looked at again.
const SOON: std::time::Duration = std::time::Duration::from_secs(300);

/// Whether a call may be made now.
pub(super) enum Allowed {
    /// Through this account.
    Now(Box<Connection>),
    /// Not before then, and why.
    NotBefore(Instant, &'static str),
    /// Never: the account is gone.
    Gone,
}

/// What the rows say.
pub(super) fn allowed(c: &mut Conn, kit: &Kit, row: &Delivery, now: Instant) -> Result<Allowed, DbError> {
    let Some(connection) = channels::connection(c, row.account_id)? else { return Ok(Allowed::Gone) };
    match connection.state {
        Standing::Connected => {}
        Standing::NeedsReconnect => return Ok(Allowed::NotBefore(now + SOON, Reason::Reconnect.word())),
        Standing::Disconnected => return Ok(Allowed::Gone),
    }
    if let Some((until, why)) = breaker::held_until(c, row.account_id, connection.channel, now)? {
        return Ok(Allowed::NotBefore(until, why.word()));
    }
    let unit = match store::publication(c, row.publication_id)?.subject() {
        Some(about) => subject::read(c, kit, about, Language::Da)?.map(|content| content.unit),
        None => None,
    };
    if let Some(unit) = unit
        && store::is_paused(c, unit)?
    {
        return Ok(Allowed::NotBefore(now + SOON, Reason::AllPaused.word()));
    }
    Ok(Allowed::Now(Box::new(connection)))
}

/// The peer's own name for the post. A person may have given us its address only: then it is looked for.
pub(super) async fn named(
    kit: &Kit,
    channels: &Channels,
    account: &Account,
    row: &Delivery,
    post: &Post,
) -> Option<String> {
    let known = row.remote_id.clone().filter(|id| !id.is_empty())?;
    if !publication::is_address(&known) {
        return Some(known);
    }
    let key = publication::read_key(&row.send_key).ok()?;
    let got = publication::checkpoint(&row.checkpoint);
    let looking = channels.get(account.channel)?.look(account, post, &key, &got);
    match timeout(record::request(kit), looking).await {
        Ok(Found::There(published)) => Some(published.remote_id),
        _ => None,
    }
}

/// Tells the account of a no that concerns it. When its token could be renewed, the no passes.
pub(super) async fn told(kit: &Kit, account: &Account, problem: Problem) -> Result<Problem, DbError> {
    if !step::locks(problem.kind) {
        return Ok(problem);
    }
    Ok(match channels::complain(kit, account, &problem).await? {
        Standing::Connected => Problem { kind: ProblemKind::Unavailable, ..problem },
        Standing::NeedsReconnect | Standing::Disconnected => problem,
    })
}
