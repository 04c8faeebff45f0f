//! What a decision about a delivery rests on, read in one transaction: the row, its account, its
//! posting, and what else just left the account.

use std::time::Duration;

use super::{
    delivery::State,
    step::{AccountIs, Facts, PostingIs},
    store::{self, Delivery},
};
use crate::{
    base::{Instant, Language, id::PostingId},
    channels::{self, Class, Standing},
    config,
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, State as PostingState, Visibility},
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
    let posting = publication.posting_id;
    let content = postings::content_for_publication(conn, kit, posting, Language::Da)?;
    let paused = match &content {
        Some(content) => store::is_paused(conn, content.unit)?,
        None => false,
    };
    let posting = match content {
        // what was made internal meanwhile may not go to open channels (D-07)
        Some(content) if content.state == PostingState::Open && content.visibility == Visibility::Public => {
            if postings::is_ready(conn, &kit.config, posting, now)? {
                PostingIs::Ready
            } else {
                PostingIs::Incomplete
            }
        }
        _ => PostingIs::Over,
    };
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

/// Whether an ad is out of what may go out: closed, passed, or internal.
pub(super) fn is_over(conn: &mut Conn, kit: &Kit, posting: PostingId) -> Result<bool, DbError> {
    let content = postings::content_for_publication(conn, kit, posting, Language::Da)?;
    Ok(!content.is_some_and(|ad| ad.state == PostingState::Open && ad.visibility == Visibility::Public))
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
