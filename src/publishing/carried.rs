//! An approval that holds for the next time too. Every delivery is bound to an approval of its own bytes, and the bytes of
//! two occurrences of a series, or two uses of a post that keeps, differ: each bears a tracked link of its own. All else is compared: words, title and lead on
//! the card, pictures with their alternative texts, language. Where that is the same as what a person has approved for this
//! account, the approval is written down again for the new bytes, in that person's name.
//!
//! That is safe because the one thing that differs is ours: the link is an address of this installation, made in the same
//! transaction, and leads to the same ad or story. It is not done when the last word about these words was a no, when another
//! role or unit is asked now, or when whoever approved no longer may: then somebody is asked anew. A guest's word holds for
//! what they were shown, and is never carried. Whoever approves is told on the page that it repeats.

use super::{
    actions::ActionError,
    approval,
    delivery::{Event, State},
    letters, package, publication, said as telling,
    store::{self, Approval, Changes, Delivery, MoveError, Word},
};
use crate::{
    accounts::audit::{self, Actor, Line, Verb},
    base::{
        Instant,
        id::{ApprovalId, PublicationId},
    },
    channels::Post,
    db::{Conn, DbError},
    kit::Kit,
};

/// Names everything of a post but its link.
fn stamp(payload: &str) -> Option<String> {
    let post = publication::thaw(payload).ok()?;
    Some(Post { link: String::new(), ..post }.sha256())
}

/// Carries what has been said of a publication's siblings to those of them that wait; of none, when it has none.
pub(super) fn spread(
    c: &mut Conn,
    kit: &Kit,
    publication: PublicationId,
    now: Instant,
) -> Result<usize, DbError> {
    let siblings: Vec<Delivery> = match store::occurrence_of(c, publication)? {
        Some(row) => store::deliveries_of_series(c, row.series_id)?.into_iter().map(|(_, row)| row).collect(),
        None => match store::used_in(c, publication)? {
            Some(kept) => store::deliveries_of_evergreen(c, kept)?,
            None => return Ok(0),
        },
    };
    carry_among(c, kit, &siblings, now)
}

fn carry_among(c: &mut Conn, kit: &Kit, siblings: &[Delivery], now: Instant) -> Result<usize, DbError> {
    let waiting: Vec<&Delivery> = siblings.iter().filter(|row| row.state == State::InReview).collect();
    let mut carried = 0;
    for row in waiting {
        let Some(said) = last_word(c, siblings, row)? else { continue };
        match carry(c, kit, row, &said, now) {
            Ok(true) => carried += 1,
            Ok(false) => {}
            Err(MoveError::Zombie | MoveError::Forbidden(..) | MoveError::Unreadable(_)) => {}
            Err(MoveError::Db(error)) => return Err(error),
        }
    }
    Ok(carried)
}

/// The last thing said on the same account of the same words, asked of the same people.
fn last_word(c: &mut Conn, siblings: &[Delivery], row: &Delivery) -> Result<Option<Approval>, DbError> {
    let (Some(stamped), Some(demand)) = (stamp(&row.payload), store::demand(c, row.id)?) else {
        return Ok(None);
    };
    let mut last: Option<Approval> = None;
    for other in siblings.iter().filter(|other| other.account_id == row.account_id) {
        let asked = store::demand(c, other.id)?;
        let same = asked.is_some_and(|asked| {
            (asked.unit_id, asked.role, asked.four_eyes) == (demand.unit_id, demand.role, demand.four_eyes)
        });
        if !same {
            continue;
        }
        for said in store::approvals_of(c, other.id)? {
            // of two in the same moment the no counts
            let rank = |said: &Approval| (said.at, said.verdict != Word::Approved);
            let newer = last.as_ref().is_none_or(|last| rank(last) < rank(&said));
            if newer && stamp(&said.payload).as_ref() == Some(&stamped) {
                last = Some(said);
            }
        }
    }
    Ok(last)
}

/// Writes the word down for these bytes too, if it was a yes and whoever said it still may say it.
fn carry(c: &mut Conn, kit: &Kit, row: &Delivery, said: &Approval, now: Instant) -> Result<bool, MoveError> {
    let person = letters::person(&said.by_actor).map(Actor::User);
    let (Word::Approved, Some(person), Some(demand)) = (said.verdict, person, store::demand(c, row.id)?)
    else {
        return Ok(false);
    };
    let publication = store::publication(c, row.publication_id)?;
    let about = publication.subject();
    if now > row.latest_at || !approval::may_judge(c, person, &demand, &publication, now)? {
        return Ok(false);
    }
    let again = Approval {
        id: ApprovalId::new(now, &kit.chance),
        delivery_id: row.id,
        verdict: Word::Approved,
        payload_sha256: row.payload_sha256.clone(),
        payload: row.payload.clone(),
        note: String::new(),
        by_actor: said.by_actor.clone(),
        at: now,
        checks: said.checks.clone(),
    };
    store::insert_approval(c, &again)?;
    let verb = format!("approval carried from delivery:{}", said.delivery_id);
    store::ruled(c, row.id, Actor::System, &verb, now)?;
    let begins = package::begins(c, row.account_id, row.due_at, telling::zone(row))?;
    let changes = Changes { next_at: Some(Some(begins)), ..Changes::cleared() };
    store::overrule(c, row, Event::Approved, &changes, now)?;
    if let Some(about) = about {
        let line = Line {
            actor: Actor::System,
            verb: Verb::Published,
            object: about.into(),
            posting: about.posting(),
            detail: Some(format!("approval of delivery:{} holds for delivery:{}", said.delivery_id, row.id)),
        };
        audit::write(c, &[line], now)?;
    }
    Ok(true)
}

/// The same for whoever has just judged.
pub(super) fn after_judgement(
    c: &mut Conn,
    kit: &Kit,
    publication: PublicationId,
    now: Instant,
) -> Result<(), ActionError> {
    spread(c, kit, publication, now)?;
    Ok(())
}
