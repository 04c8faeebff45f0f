//! Advertising again (genopslag): what has come counts in the new round too, unless it is taken back. Whoever is undecided
//! stays where they stand and gets a letter that says so; whoever came too late is no longer late (D-31).

use super::intake;
use crate::{
    accounts::{Scope, audit::Actor},
    applications::{
        application::{Detail, EventKind},
        jobs::TellReposted,
        stage::Column,
        store::{self, Stand},
    },
    base::{
        id::{EventId, PostingId},
        text,
    },
    db::{self, Conn},
    kit::Kit,
    postings::{self, Posting, PostingError, Repost},
    queue::{self, changes},
};

/// What became of it.
#[derive(Clone, Debug)]
pub struct Reposted {
    /// The ad as it stands now.
    pub posting: Posting,
    /// The number of the round that begins.
    pub round: i32,
    /// How many applications count in it that came before it.
    pub carried: usize,
    /// How many of them had come too late.
    pub admitted: usize,
}

/// Advertises an ad again, and tells everybody who waits for an answer.
pub fn repost(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: PostingId,
    wanted: &Repost,
) -> Result<Reposted, PostingError> {
    postings::get(conn, scope, id)?.ok_or(PostingError::NotFound)?;
    // whoever is being taken in right now comes before it or after it
    db::lock(conn, &intake::door_key(id))?;
    let (posting, round) = postings::repost_in(conn, kit, actor, scope, id, wanted)?;
    let now = kit.clock.now();
    let (mut carried, mut admitted) = (0, 0);
    for of in store::undecided_ids(conn, id)? {
        let Some(whole) = store::any(conn, of)? else { continue };
        let is = &whole.application;
        carried += 1;
        if is.standing().held_back {
            let stand = Stand {
                stage: is.stage,
                position: is.position,
                outcome: None,
                outcome_at: None,
                outcome_reason: None,
                admitted_at: Some(now),
            };
            // somebody moved it in the same moment, with a reason of their own: then it is let in already
            if store::put(conn, of, is.version, &stand, now)? {
                let column = Column::Stage(is.stage).word().to_owned();
                let detail = Detail {
                    from: Some(column.clone()),
                    to: Some(column),
                    reason: Some(text::paragraphs(&wanted.reason)),
                    before: None,
                };
                let (event, who) = (EventId::new(now, &kit.chance), actor.to_string());
                store::insert_event(conn, event, of, now, &who, EventKind::Admitted, &detail)?;
                changes::note(conn, changes::Subject::Application(of), now)?;
                admitted += 1;
            }
        }
        queue::enqueue(conn, &TellReposted { application: of, round }, now, now, &kit.chance)?;
    }
    Ok(Reposted { posting, round, carried, admitted })
}
