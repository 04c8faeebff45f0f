//! How a wish for other words ends: approved or turned down, said to stand there, dropped, or the post is left as it is.

use super::{
    actions::{self, ActionError, By},
    approval::{self, Judge, LONGEST},
    correct::{dropped, lay_by_hand},
    correct_jobs::TellCorrection,
    correction::{Standing, Way},
    delivery::{State, Verdict},
    fitting, letters,
    package_actions::{self, Hands},
    publication,
    store::{self, Approval, Correction, Delivery, MoveError, Turn, Word},
};
use crate::{
    accounts::audit::{self, Actor, Line, Verb},
    base::{
        Instant, Subject,
        id::{ApprovalId, CorrectionId, DeliveryId, PublicationId},
        text,
    },
    db::Conn,
    kit::Kit,
    queue,
};

/// What somebody says of corrections that wait, all of them or none. What was changed since it was seen is not judged.
pub async fn judge(
    kit: &Kit,
    judge: impl Into<Judge>,
    publication: PublicationId,
    word: Word,
    note: &str,
    seen: Vec<(CorrectionId, String)>,
) -> Result<(), ActionError> {
    let Judge { speaks: actor, right } = judge.into();
    let note = text::paragraphs(note);
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let row = store::publication(c, publication)?;
            let about = row.subject().ok_or(ActionError::NotFound)?;
            if !approval::judges_words(c, right, &row, now)? {
                return Err(ActionError::Forbidden);
            }
            if text::count(&note) > LONGEST {
                return Err(ActionError::Field("note", "approval-error-note-long"));
            }
            if note.is_empty() && word != Word::Approved {
                return Err(ActionError::Field("note", "approval-error-note"));
            }
            if seen.is_empty() {
                return Err(ActionError::Field("seen", "correction-error-none"));
            }
            let mut lines = Vec::new();
            for (id, sha256) in &seen {
                let open = store::correction(c, *id)?.ok_or(ActionError::TooLate)?;
                let delivery = store::delivery(c, open.delivery_id)?.ok_or(ActionError::NotFound)?;
                let demand = store::demand(c, delivery.id)?.ok_or(ActionError::NotFound)?;
                if delivery.publication_id != publication {
                    return Err(ActionError::NotFound);
                }
                if !approval::may_judge_words(c, right, &demand, &open, now)? {
                    return Err(ActionError::Forbidden);
                }
                if open.state != Standing::Waits {
                    return Err(ActionError::TooLate);
                }
                if *sha256 != open.payload_sha256 {
                    return Err(ActionError::Field("state", "approval-error-changed"));
                }
                say(c, &k, actor, &open, &delivery, word, &note, now)?;
                lines.push(Line {
                    actor,
                    verb: Verb::Published,
                    object: about.into(),
                    posting: about.posting(),
                    detail: Some(format!("{word} correction delivery:{} sha256:{sha256}", delivery.id)),
                });
            }
            Ok(audit::write(c, &lines, now)?)
        })
        .await
}

#[expect(clippy::too_many_arguments, reason = "who, what, of what, and when")]
fn say(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    open: &Correction,
    delivery: &Delivery,
    word: Word,
    note: &str,
    now: Instant,
) -> Result<(), ActionError> {
    let said = Approval {
        id: ApprovalId::new(now, &kit.chance),
        delivery_id: delivery.id,
        verdict: word,
        payload_sha256: open.payload_sha256.clone(),
        payload: open.payload.clone(),
        note: note.to_owned(),
        by_actor: actor.to_string(),
        at: now,
        checks: String::new(),
    };
    store::insert_approval(c, &said)?;
    match (word, open.way) {
        (Word::Approved, Way::ByHand) => {
            let laid = store::turn_correction(c, open, Standing::ByHand, &Turn::default())?;
            lay_by_hand(c, kit, &laid, delivery, now)
        }
        (Word::Approved, _) => {
            let turn = Turn { next_at: Some(Some(now)), ..Turn::default() };
            store::turn_correction(c, open, Standing::Ready, &turn)?;
            Ok(())
        }
        (Word::Returned | Word::Rejected, _) => {
            let turn = Turn {
                error_kind: Some(Some("rejected".to_owned())),
                error_words: Some(Some(note.to_owned())),
                settled_at: Some(Some(now)),
                settled_by: Some(Some(actor.to_string())),
                ..Turn::default()
            };
            let over = store::turn_correction(c, open, Standing::Dropped, &turn)?;
            tell_author(c, kit, &over, now)
        }
    }
}

/// Tells whoever wished for it how it ended.
pub(super) fn tell_author(
    c: &mut Conn,
    kit: &Kit,
    correction: &Correction,
    now: Instant,
) -> Result<(), ActionError> {
    if let Some(person) = letters::person(&correction.by_actor) {
        let job = TellCorrection { correction: correction.id, person, state: correction.state };
        queue::enqueue(c, &job, now, now, &kit.chance)?;
    }
    Ok(())
}

/// The words stand there: in the delivery's row too from now on, with a line of proof. Nothing of it holds for a post that
/// is being taken down.
pub(super) fn stands(
    c: &mut Conn,
    was: &Correction,
    by: Option<Actor>,
    now: Instant,
) -> Result<Standing, MoveError> {
    let row = store::delivery(c, was.delivery_id)?.filter(|row| row.state == State::Published);
    let turn = Turn {
        next_at: Some(None),
        lease_until: Some(None),
        unsure_since: Some(None),
        error_kind: Some(row.is_none().then(|| "taken_down".to_owned())),
        error_words: Some(None),
        settled_at: Some(Some(now)),
        settled_by: Some(by.map(|actor| actor.to_string())),
        ..Turn::default()
    };
    let to = if row.is_some() { Standing::Done } else { Standing::Dropped };
    let done = store::turn_correction(c, was, to, &turn)?;
    if let Some(row) = row {
        store::reworded(c, &row, &done, now)?;
    }
    Ok(to)
}

/// A person has written the words there: who publishes there, or with whom the place lies.
pub async fn is_corrected(kit: &Kit, hands: &Hands, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    let (k, hands, by) = (kit.clone(), hands.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let about = match store::in_scope(c, &by.scope, id)? {
                Some((_, about)) => about,
                None => package_actions::find(c, &hands, id)?.ok_or(ActionError::NotFound)?.about,
            };
            let row = store::delivery(c, id)?.ok_or(ActionError::NotFound)?;
            let open = store::open_correction(c, id)?.filter(|open| open.state == Standing::ByHand);
            let open = open.ok_or(ActionError::TooLate)?;
            let evidence = serde_json::json!({
                "corrected": true, "before": row.payload_sha256, "after": open.payload_sha256,
            });
            actions::said(c, &k, &row, Verdict::Accepted, &evidence, now)?;
            stands(c, &open, Some(by.actor), now)?;
            note(c, &row, about, by.actor, "said corrected", now)
        })
        .await
}

/// Nobody wants the other words any more; while they are being sent it is too late to say so.
pub async fn forget(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    actions::act(kit, by, id, "drop the correction", {
        let actor = by.actor;
        move |c, _, row, _, now| {
            let open = store::open_correction(c, row.id)?.ok_or(ActionError::TooLate)?;
            if open.state == Standing::Sending {
                return Err(ActionError::TooLate);
            }
            dropped(c, &open, actor, "person", now)
        }
    })
    .await
}

/// Somebody has seen in what it differs, and lets it stand.
pub async fn leave(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    let actor = by.actor;
    actions::act(kit, by, id, "leave the words", move |c, kit, row, about, now| {
        if row.state != State::Published || store::open_correction(c, row.id)?.is_some() {
            return Err(ActionError::TooLate);
        }
        let post = publication::thaw(&row.payload)?;
        let told = fitting::now_told(c, kit, about, post.language)?.ok_or(ActionError::TooLate)?;
        let left = Correction {
            state: Standing::Left,
            settled_at: Some(now),
            settled_by: Some(actor.to_string()),
            ..Correction::begun(kit, (row.id, &post, &told), (&row.payload_sha256, Way::Left), actor, now)
        };
        Ok(store::insert_correction(c, &left)?)
    })
    .await
}

fn note(
    c: &mut Conn,
    row: &Delivery,
    about: Subject,
    actor: Actor,
    word: &str,
    now: Instant,
) -> Result<(), ActionError> {
    store::ruled(c, row.id, actor, word, now)?;
    let line = Line {
        actor,
        verb: Verb::Published,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("{word} delivery:{}", row.id)),
    };
    Ok(audit::write(c, &[line], now)?)
}
