//! What is live of an ad ends with the ad: when its deadline has passed or it is closed, its posts are taken down on every
//! channel, so that nobody follows one to a closed door. Whoever wants a publication to stay says so on its page.

use std::time::Duration;

use super::{
    actions::{self, ActionError, By},
    delivery::Event,
    store::{self, Changes, Delivery, MoveError},
};
use crate::{
    accounts::audit::{self, Actor, Line, Verb},
    base::{Instant, Subject, id::DeliveryId},
    db::{Conn, DbError},
    kit::Kit,
};

/// Begins to take down what is live of ads that are over; how many.
pub(super) async fn end_what_is_over(kit: &Kit) -> Result<usize, DbError> {
    let before = kit.clock.now() - Duration::from_secs(kit.config.delivery.ending_minutes * 60);
    if !kit.config.delivery.end_with_ad || kit.db.read(move |c| store::outlived(c, before)).await?.is_empty()
    {
        return Ok(0);
    }
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let rows = store::outlived(c, before)?;
            for (row, about) in &rows {
                match end(c, row, *about, now) {
                    // somebody else took it down in the same moment
                    Ok(()) | Err(MoveError::Zombie | MoveError::Forbidden(..)) => {}
                    Err(MoveError::Db(error)) => return Err(error),
                    Err(error @ MoveError::Unreadable(_)) => {
                        tracing::error!(delivery = %row.id, %error, "not ended")
                    }
                }
            }
            Ok(rows.len())
        })
        .await
}

fn end(c: &mut Conn, row: &Delivery, about: Subject, now: Instant) -> Result<(), MoveError> {
    let changes = Changes { next_at: Some(Some(now)), looks: Some(0), ..Changes::cleared() };
    store::overrule(c, row, Event::TakenDown, &changes, now)?;
    let line = Line {
        actor: Actor::System,
        verb: Verb::Published,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("take down delivery:{} ad over", row.id)),
    };
    Ok(audit::write(c, &[line], now)?)
}

/// Whether the posts of this delivery's publication stay when the ad is over.
pub async fn let_stay(kit: &Kit, by: &By, id: DeliveryId, stays: bool) -> Result<(), ActionError> {
    let word = if stays { "let stay" } else { "end with the ad" };
    actions::act(kit, by, id, word, move |c, _, row, _, _| {
        store::set_stays(c, row.publication_id, stays)?;
        Ok(())
    })
    .await
}
