//! Approval bound to bytes (publishing.md f.5). What the rules ask of a post is settled when it is planned and
//! written down as a demand; from then on it goes out only with an approval of exactly its payload's sha256,
//! which the claim asks for again, and the fence, and a trigger of the database. Whoever approves sees what will
//! be sent and answers for those bytes and no others: a word changed afterwards asks anew, on that channel alone.

use std::time::Duration;

use super::{
    actions::{self, ActionError},
    approval_jobs::{TellApprovers, TellAuthor},
    carried,
    checklist::{self, Check},
    delivery::{Event, Reason, State},
    jobs::TOGETHER,
    package, publication,
    responsibility::{Kind, Level, Reach},
    said as telling,
    store::{self, Approval, Changes, Correction, Delivery, Demand, Publication, Remark, Word},
};
use crate::{
    accounts::{
        self, Role, User,
        audit::{self, Actor, Line, Verb},
    },
    base::{
        Instant, Subject,
        id::{ApprovalId, DeliveryId, PublicationId, RemarkId, UnitId},
        text,
        wall::WallTime,
    },
    channels::Connection,
    db::{Conn, DbError},
    kit::Kit,
    queue,
};

/// Longest note or remark, characters.
pub const LONGEST: usize = 2000;
/// What goes out within this is put before its approvers at once; the rest next morning.
const URGENT: Duration = Duration::from_secs(24 * 3600);
/// When the morning's letter leaves, on the wall.
const MORNING: u32 = 8;

/// What the rules ask of a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Asked {
    /// Whoever holds the role here or above.
    pub unit: UnitId,
    /// Which role.
    pub role: Role,
    /// Nobody approves what they wrote.
    pub four_eyes: bool,
    /// Somebody else must act; else its author approves it by planning it.
    pub waits: bool,
}

/// What the rules ask of a post of `unit` on an account, by this author. `suggests`: the author may not publish
/// at all, so somebody must approve it whatever the rules say. None: it may go out.
pub(super) fn asked(
    c: &mut Conn,
    author: Actor,
    unit: UnitId,
    account: &Connection,
    kind: Kind,
    suggests: bool,
    now: Instant,
) -> Result<Option<Asked>, DbError> {
    let above = account.unit_id != unit && accounts::units_above(c, unit)?.contains(&account.unit_id);
    let (reach, governed) = if above { (Reach::Main, account.unit_id) } else { (Reach::Own, unit) };
    let rule = store::rule_in_force(c, governed)?;
    let split = rule.as_ref().and_then(|rule| Some((rule, rule.matrix.split(kind, reach)?)));
    let Some((rule, split)) = split else {
        let fallback = Asked { unit, role: Role::Communications, four_eyes: true, waits: true };
        return Ok(suggests.then_some(fallback));
    };
    let central = holds(c, author, rule.role, rule.centre(), now)?;
    let at = match split.asks(central) {
        Level::Central => rule.centre(),
        Level::Unit => unit,
        Level::Nobody if suggests => unit,
        Level::Nobody => return Ok(None),
    };
    let own = !suggests && !rule.four_eyes && holds(c, author, rule.role, at, now)?;
    Ok(Some(Asked { unit: at, role: rule.role, four_eyes: rule.four_eyes, waits: !own }))
}

fn holds(c: &mut Conn, actor: Actor, role: Role, unit: UnitId, now: Instant) -> Result<bool, DbError> {
    let Actor::User(id) = actor else { return Ok(false) };
    Ok(accounts::holders(c, role, unit, now)?.iter().any(|user| user.id == id))
}

/// Writes down what is asked of a delivery; where its author may approve it alone, that is written too.
pub(super) fn demand(
    c: &mut Conn,
    kit: &Kit,
    asked: &Asked,
    row: (DeliveryId, &str, &str),
    author: Actor,
    now: Instant,
) -> Result<(), DbError> {
    let (delivery_id, payload, sha256) = row;
    let demand = Demand {
        delivery_id,
        unit_id: asked.unit,
        role: asked.role,
        four_eyes: asked.four_eyes,
        written_by: author.to_string(),
        asked_at: now,
    };
    store::put_demand(c, &demand)?;
    if !asked.waits {
        let said = Approval {
            id: ApprovalId::new(now, &kit.chance),
            delivery_id,
            verdict: Word::Approved,
            payload_sha256: sha256.to_owned(),
            payload: payload.to_owned(),
            note: String::new(),
            by_actor: author.to_string(),
            at: now,
            checks: String::new(),
        };
        store::insert_approval(c, &said)?;
    }
    Ok(())
}

/// Who may approve a delivery of this publication now.
pub(super) fn approvers(
    c: &mut Conn,
    demand: &Demand,
    publication: &Publication,
    now: Instant,
) -> Result<Vec<User>, DbError> {
    but_for(c, demand, &[&demand.written_by, &publication.created_by], now)
}

/// Who may approve other words for one that is out: under four eyes everybody but who wrote these.
pub(super) fn approvers_of(
    c: &mut Conn,
    demand: &Demand,
    open: &Correction,
    now: Instant,
) -> Result<Vec<User>, DbError> {
    but_for(c, demand, &[&open.by_actor], now)
}

/// Those with the role, without the authors where four eyes are asked for.
fn but_for(c: &mut Conn, demand: &Demand, authors: &[&str], now: Instant) -> Result<Vec<User>, DbError> {
    let mut holders = accounts::holders(c, demand.role, demand.unit_id, now)?;
    if demand.four_eyes {
        holders.retain(|user| !authors.contains(&Actor::User(user.id).to_string().as_str()));
    }
    Ok(holders)
}

/// Whether this actor may approve it now.
pub(super) fn may_judge(
    c: &mut Conn,
    actor: Actor,
    demand: &Demand,
    publication: &Publication,
    now: Instant,
) -> Result<bool, DbError> {
    let Actor::User(id) = actor else { return Ok(false) };
    Ok(approvers(c, demand, publication, now)?.iter().any(|user| user.id == id))
}

/// Whether this actor may approve these other words now.
pub(super) fn may_judge_words(
    c: &mut Conn,
    actor: Actor,
    demand: &Demand,
    open: &Correction,
    now: Instant,
) -> Result<bool, DbError> {
    let Actor::User(id) = actor else { return Ok(false) };
    Ok(approvers_of(c, demand, open, now)?.iter().any(|user| user.id == id))
}

/// Whether this actor may approve other words for some post of a publication, or may its posts.
pub(super) fn judges_words(
    c: &mut Conn,
    actor: Actor,
    publication: &Publication,
    now: Instant,
) -> Result<bool, DbError> {
    for row in store::deliveries_of(c, publication.id)? {
        let (open, demand) = (store::open_correction(c, row.id)?, store::demand(c, row.id)?);
        if let (Some(open), Some(demand)) = (open, demand)
            && may_judge_words(c, actor, &demand, &open, now)?
        {
            return Ok(true);
        }
    }
    is_approver(c, actor, publication, now)
}

/// Whether this actor may approve any of a publication's posts, now or when they are sent for it.
pub(super) fn is_approver(
    c: &mut Conn,
    actor: Actor,
    publication: &Publication,
    now: Instant,
) -> Result<bool, DbError> {
    for row in store::deliveries_of(c, publication.id)? {
        if let Some(demand) = store::demand(c, row.id)?
            && may_judge(c, actor, &demand, publication, now)?
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Puts deliveries before those who may approve them: at once when they are due soon, else in the morning.
pub(super) fn tell_approvers(
    c: &mut Conn,
    kit: &Kit,
    publication: PublicationId,
    now: Instant,
) -> Result<(), DbError> {
    let row = store::publication(c, publication)?;
    for delivery in store::deliveries_of(c, publication)? {
        if delivery.state != State::InReview {
            continue;
        }
        let Some(demand) = store::demand(c, delivery.id)? else { continue };
        let urgent = delivery.due_at < now + URGENT;
        let at = if urgent { now + TOGETHER } else { morning(kit, now) };
        for user in approvers(c, &demand, &row, now)? {
            let job = TellApprovers { person: user.id, urgent };
            queue::enqueue(c, &job, at, now, &kit.chance)?;
        }
    }
    Ok(())
}

/// The next morning at eight, on the wall people plan by.
fn morning(kit: &Kit, now: Instant) -> Instant {
    let zone = kit.config.delivery.zone;
    let today = WallTime::at(now, zone).local.date();
    let days = [Some(today), today.succ_opt()];
    let at = days.into_iter().flatten().filter_map(|day| day.and_hms_opt(MORNING, 0, 0));
    at.map(|local| WallTime { local, zone }.instant().0).find(|at| *at > now).unwrap_or(now)
}

/// Whose word it is, and whose right it rests on: a guest speaks by the right of whoever asked them.
#[derive(Clone, Copy, Debug)]
pub struct Judge {
    /// Who says it.
    pub speaks: Actor,
    /// Who may.
    pub right: Actor,
}

impl From<Actor> for Judge {
    fn from(actor: Actor) -> Self {
        Self { speaks: actor, right: actor }
    }
}

/// What somebody says of a publication's posts.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// What.
    pub word: Word,
    /// To the author.
    pub note: String,
    /// Which deliveries, and the sha256 of what was seen of each.
    pub seen: Vec<(DeliveryId, String)>,
    /// A new time, for what has waited too long.
    pub when: Option<WallTime>,
    /// What they said they had looked at.
    pub checks: Vec<Check>,
}

/// Says it, of all of them or of none. What was changed since it was seen is not judged.
pub async fn judge(
    kit: &Kit,
    judge: impl Into<Judge>,
    publication: PublicationId,
    judgement: Judgement,
) -> Result<(), ActionError> {
    let Judge { speaks: actor, right } = judge.into();
    let note = text::paragraphs(&judgement.note);
    if text::count(&note) > LONGEST {
        return Err(ActionError::Field("note", "approval-error-note-long"));
    }
    if note.is_empty() && judgement.word != Word::Approved {
        return Err(ActionError::Field("note", "approval-error-note"));
    }
    if judgement.seen.is_empty() {
        return Err(ActionError::Field("seen", "approval-error-none"));
    }
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let row = store::publication(c, publication)?;
            let about = row.subject().ok_or(ActionError::NotFound)?;
            if let Actor::Guest(id) = actor
                && !store::guest_link(c, id)?.is_some_and(|link| link.works(publication, now))
            {
                return Err(ActionError::Forbidden);
            }
            let deliveries = store::deliveries_of(c, publication)?;
            let mut lines = Vec::new();
            for (id, seen) in &judgement.seen {
                let delivery =
                    deliveries.iter().find(|delivery| delivery.id == *id).ok_or(ActionError::NotFound)?;
                let demand = store::demand(c, *id)?.ok_or(ActionError::NotFound)?;
                if !may_judge(c, right, &demand, &row, now)? {
                    return Err(ActionError::Forbidden);
                }
                if delivery.state != State::InReview {
                    return Err(ActionError::TooLate);
                }
                if *seen != delivery.payload_sha256 {
                    return Err(ActionError::Field("state", "approval-error-changed"));
                }
                say(c, &k, actor, delivery, about, &judgement, &note, now)?;
                lines.push(Line {
                    actor,
                    verb: Verb::Published,
                    object: about.into(),
                    posting: about.posting(),
                    detail: Some(format!("{} delivery:{id} sha256:{seen}", judgement.word)),
                });
            }
            audit::write(c, &lines, now)?;
            queue::enqueue(c, &TellAuthor { publication }, now + TOGETHER, now, &k.chance)?;
            carried::after_judgement(c, &k, publication, now)?;
            Ok(())
        })
        .await
}

/// One delivery's part of a judgement.
#[expect(clippy::too_many_arguments, reason = "who, what, of what, and when")]
fn say(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    delivery: &Delivery,
    about: Subject,
    judgement: &Judgement,
    note: &str,
    now: Instant,
) -> Result<(), ActionError> {
    let said = Approval {
        id: ApprovalId::new(now, &kit.chance),
        delivery_id: delivery.id,
        verdict: judgement.word,
        payload_sha256: delivery.payload_sha256.clone(),
        payload: delivery.payload.clone(),
        note: note.to_owned(),
        by_actor: actor.to_string(),
        at: now,
        checks: checklist::kept(&judgement.checks),
    };
    store::insert_approval(c, &said)?;
    let mut changes = Changes { next_at: Some(None), ..Changes::cleared() };
    let event = match judgement.word {
        Word::Returned => Event::Returned,
        Word::Rejected => {
            changes.error_kind = Some(Some(Reason::Rejected.word().to_owned()));
            Event::Rejected
        }
        Word::Approved => match judgement.when {
            Some(when) => {
                let moved = actions::moved_to(c, kit, about, when, now)?;
                let due = moved.due_at.unwrap_or(delivery.due_at);
                let begins = package::begins(c, delivery.account_id, due, when.zone)?;
                changes = Changes { next_at: Some(Some(begins)), ..moved };
                changes.error_kind = Some(None);
                changes.error_words = Some(None);
                Event::Approved
            }
            None if now > delivery.latest_at => Event::ApprovedLate,
            None => {
                let (due, zone) = (delivery.due_at, telling::zone(delivery));
                changes.next_at = Some(Some(package::begins(c, delivery.account_id, due, zone)?));
                Event::Approved
            }
        },
    };
    store::overrule(c, delivery, event, &changes, now)?;
    Ok(())
}

/// Sends what lies with its author to those who approve.
pub async fn submit(kit: &Kit, actor: Actor, publication: PublicationId) -> Result<(), ActionError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let row = store::publication(c, publication)?;
            let about = row.subject().ok_or(ActionError::NotFound)?;
            let mut lines = Vec::new();
            for delivery in store::deliveries_of(c, publication)? {
                if delivery.state == State::Draft {
                    let changes = Changes { next_at: Some(None), ..Changes::cleared() };
                    store::overrule(c, &delivery, Event::SentForReview, &changes, now)?;
                    lines.push(Line {
                        actor,
                        verb: Verb::Published,
                        object: about.into(),
                        posting: about.posting(),
                        detail: Some(format!("for approval delivery:{}", delivery.id)),
                    });
                }
            }
            if lines.is_empty() {
                return Err(ActionError::TooLate);
            }
            audit::write(c, &lines, now)?;
            tell_approvers(c, &k, publication, now)?;
            Ok(())
        })
        .await
}

/// Leaves a remark for whoever works on a publication.
pub async fn remark(
    kit: &Kit,
    actor: Actor,
    publication: PublicationId,
    words: &str,
) -> Result<(), ActionError> {
    let words = text::paragraphs(words);
    if words.is_empty() {
        return Err(ActionError::Field("remark", "approval-error-remark"));
    }
    if text::count(&words) > LONGEST {
        return Err(ActionError::Field("remark", "approval-error-note-long"));
    }
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let id = RemarkId::new(now, &k.chance);
            let by_actor = actor.to_string();
            let remark = Remark { id, publication_id: publication, text: words, by_actor, at: now };
            Ok(store::insert_remark(c, &remark)?)
        })
        .await
}

/// The last bytes that were judged so: what the text is compared with.
pub(super) fn last(said: &[Approval], word: Word) -> Option<&Approval> {
    said.iter().rev().find(|a| a.verdict == word)
}

/// All that a post says: its text, and what is said under it.
pub(super) fn all_words(post: &crate::channels::Post) -> String {
    [Some(post.text.as_str()), post.comment.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("\n\n")
}

/// The text of judged bytes; nothing when they cannot be read.
pub(super) fn words_of(payload: &str) -> Option<String> {
    publication::thaw(payload).ok().map(|post| all_words(&post))
}
