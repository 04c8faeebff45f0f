//! What a decision about a delivery rests on, read in one transaction: the row, its account, what it
//! is about, and what else just left the account.

use std::time::Duration;

use super::{
    breaker, consent,
    delivery::{Reason, State},
    record,
    step::{AccountIs, Facts, PostingIs},
    store::{self, Delivery},
    subject,
};
use crate::{
    base::{Instant, Language, Subject},
    channels::{self, Class, Standing},
    db::{Conn, DbError},
    kit::Kit,
};

/// Reads the facts about a delivery at `now`.
pub(super) fn read(conn: &mut Conn, kit: &Kit, row: &Delivery, now: Instant) -> Result<Facts, DbError> {
    let connection = channels::connection(conn, row.account_id)?;
    let account = match connection.as_ref().map(|c| c.state) {
        Some(Standing::Connected) => AccountIs::Connected,
        Some(Standing::NeedsReconnect) => AccountIs::NeedsReconnect,
        Some(Standing::Disconnected) | None => AccountIs::Disconnected,
    };
    let publication = store::publication(conn, row.publication_id)?;
    let content = match publication.subject() {
        Some(subject) => subject::read(conn, kit, subject, Language::Da)?,
        None => None,
    };
    let paused = match &content {
        Some(content) => store::is_paused(conn, content.unit)?,
        None => false,
    };
    let posting = content.map_or(PostingIs::Over, |content| content.standing);
    Ok(Facts {
        state: row.state,
        now,
        latest_at: row.latest_at,
        fenced_at: row.fenced_at,
        cancel_wanted: row.cancel_wanted,
        looks: row.looks,
        last_no: record::last_no(row),
        // an account that is gone is asked nothing, so how it would answer does not matter
        class: connection.as_ref().map_or(Class::ReadBack, |c| c.ability.class),
        account,
        posting,
        approved: store::is_cleared(conn, row)?,
        consented: match &connection {
            Some(connection) => consent::allows(conn, row, connection, now)?,
            None => true,
        },
        paused,
        unwell_until: match &connection {
            Some(connection) => breaker::held_until(conn, row.account_id, connection.channel, now)?,
            None => None,
        },
        not_before: paced(conn, kit, row, now)?,
    })
}

/// Whether it is out of what may go out: an ad that is closed, passed or internal, a story that is put away or internal.
pub(super) fn is_over(conn: &mut Conn, kit: &Kit, about: Subject) -> Result<bool, DbError> {
    let content = subject::read(conn, kit, about, Language::Da)?;
    Ok(content.is_none_or(|content| content.standing == PostingIs::Over))
}

/// Planned posts on one account keep their distance, overdue ones more of it, so that an outage does not end in a
/// burst; and they leave a reserve of what the channel allows to those that somebody sends now.
fn paced(
    conn: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    now: Instant,
) -> Result<Option<(Instant, Reason)>, DbError> {
    if !matches!(row.state, State::Planned | State::RetryWait) {
        return Ok(None);
    }
    let settings = &kit.config.delivery;
    let planned = row.due_at > row.created_at;
    let spacing = Duration::from_secs(settings.spacing_seconds);
    // what has only kept its distance is not overdue
    let overdue = now > row.due_at + spacing * 2;
    let distance = match (overdue, planned) {
        (true, _) => Duration::from_secs(settings.overdue_spacing_seconds),
        (false, true) => spacing,
        (false, false) => Duration::ZERO,
    };
    let spent =
        breaker::spent_until(conn, settings, row.account_id, planned, now)?.map(|at| (at, Reason::Spent));
    if spent.is_some() || distance.is_zero() {
        return Ok(spent);
    }
    let last = store::last_fence(conn, row.account_id, row.id)?;
    Ok(last.map(|at| (at + distance, Reason::Spaced)))
}
