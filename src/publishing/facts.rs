//! What a decision about a delivery rests on, read in one transaction: the row, its account, what it
//! is about, and what else just left the account.

use std::time::Duration;

use super::{
    delivery::State,
    step::{AccountIs, Facts, PostingIs},
    store::{self, Delivery},
    subject,
};
use crate::{
    base::{Instant, Language, Subject},
    channels::{self, Class, Standing},
    config,
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
        last_no: row.error_kind.as_deref().and_then(|kind| kind.parse().ok()),
        // an account that is gone is asked nothing, so how it would answer does not matter
        class: connection.map_or(Class::ReadBack, |c| c.ability.class),
        account,
        posting,
        approved: store::is_cleared(conn, row)?,
        paused,
        spaced_until: spaced(conn, &kit.config.delivery, row, now)?,
    })
}

/// Whether it is out of what may go out: an ad that is closed, passed or internal, a story that is put away or internal.
pub(super) fn is_over(conn: &mut Conn, kit: &Kit, about: Subject) -> Result<bool, DbError> {
    let content = subject::read(conn, kit, about, Language::Da)?;
    Ok(content.is_none_or(|content| content.standing == PostingIs::Over))
}

/// Overdue ones on one account keep their distance, so that an outage does not end in a burst.
fn spaced(
    conn: &mut Conn,
    settings: &config::Delivery,
    row: &Delivery,
    now: Instant,
) -> Result<Option<Instant>, DbError> {
    let distance = Duration::from_secs(settings.spacing_seconds);
    let overdue = now > row.due_at + distance;
    if distance.is_zero() || !overdue || !matches!(row.state, State::Planned | State::RetryWait) {
        return Ok(None);
    }
    Ok(store::last_fence(conn, row.account_id, row.id)?.map(|at| at + distance))
}
