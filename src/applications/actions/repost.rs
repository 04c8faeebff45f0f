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
        id::{ApplicationId, EventId, PostingId},
        text,
    },
    db::{self, Conn, DbError},
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
    let mut admitted = 0;
    for late in store::late_undecided(conn, id)? {
        admitted += usize::from(admit(conn, kit, actor, late, &wanted.reason)?);
    }
    let waiting = store::undecided_ids(conn, id)?;
    for application in &waiting {
        let job = TellReposted { application: *application, round };
        queue::enqueue(conn, &job, now, now, &kit.chance)?;
    }
    Ok(Reposted { posting, round, carried: waiting.len(), admitted })
}

/// Who came too late is in (D-31). False when somebody moved or decided it in the same moment.
fn admit(conn: &mut Conn, kit: &Kit, actor: Actor, of: ApplicationId, reason: &str) -> Result<bool, DbError> {
    let Some(whole) = store::any(conn, of)? else { return Ok(false) };
    let (is, now) = (&whole.application, kit.clock.now());
    let stand = Stand {
        stage: is.stage,
        position: is.position,
        outcome: None,
        outcome_at: None,
        outcome_reason: None,
        admitted_at: Some(now),
    };
    // decided in the same moment, it stays so
    let waits = is.outcome.is_none() && is.standing().held_back;
    if !waits || !store::put(conn, of, is.version, &stand, now)? {
        return Ok(false);
    }
    let column = Column::Stage(is.stage).word().to_owned();
    let detail = Detail {
        from: Some(column.clone()),
        to: Some(column),
        reason: Some(text::paragraphs(reason)),
        before: None,
    };
    let (event, who) = (EventId::new(now, &kit.chance), actor.to_string());
    store::insert_event(conn, event, of, now, &who, EventKind::Admitted, &detail)?;
    changes::note(conn, changes::Subject::Application(of), now)?;
    Ok(true)
}
