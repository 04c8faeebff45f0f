//! What people do with a delivery: cancel, move, pause, go on, say whether it is there, take down, try
//! again. Every verb re-reads the row inside its own transaction (R21), takes the next fence number and
//! so stops a worker that has it, and leaves a line in the audit log. Publishing itself is in
//! [`publish`](super::publish).

use std::time::Duration;

use super::{
    approval,
    delivery::{Event, Phase, Reason, State, Verdict},
    measure, package, publication,
    responsibility::Kind,
    said as telling, slot,
    step::PostingIs,
    store::{self, Changes, Delivery, End, MoveError, NewDelivery},
    subject,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Verb},
    },
    base::{
        Instant, Language, Subject,
        id::{AttemptId, DeliveryId, LinkId},
        wall::{Shift, WallTime},
    },
    channels::{self, Channels, Connection, Found, Post, Standing},
    db::{Conn, DbError},
    kit::Kit,
    tracking,
};

/// Why a verb is not done.
#[derive(Debug, thiserror::Error)]
pub enum ActionError {
    /// There is no such delivery, or it is not this person's to see.
    #[error("no such delivery")]
    NotFound,
    /// It is there, but this is not theirs to do.
    #[error("this is not theirs to do")]
    Forbidden,
    /// It has moved on meanwhile, and this can no longer be done with it.
    #[error("this can no longer be done with it")]
    TooLate,
    /// A field is wrong: its name and the message key.
    #[error("{0}: {1}")]
    Field(&'static str, &'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<MoveError> for ActionError {
    fn from(error: MoveError) -> Self {
        match error {
            MoveError::Zombie | MoveError::Forbidden(..) => Self::TooLate,
            MoveError::Unreadable(what) => {
                tracing::error!(what, "a delivery's row cannot be read");
                Self::TooLate
            }
            MoveError::Db(error) => Self::Db(error),
        }
    }
}

/// Who does it, and where they may.
#[derive(Clone, Debug)]
pub struct By {
    /// For the audit log.
    pub actor: Actor,
    /// Where the right to publish holds.
    pub scope: Scope,
}

/// What became of a wish to cancel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cancelled {
    /// It will not go out.
    Surely,
    /// It is being sent right now: cancelled if it turns out not to have left (R20).
    IfNotSent,
    /// Nobody knows whether an earlier try took effect: somebody must look.
    Look,
    /// It lies with a person, who is asked not to post it and says whether they had.
    Asked,
}

/// Cancels; possible wherever it is not over (R20).
pub async fn cancel(kit: &Kit, by: &By, id: DeliveryId) -> Result<Cancelled, ActionError> {
    act(kit, by, id, "cancel", move |c, _, row, _, now| {
        if matches!(row.state, State::Publishing | State::Unknown) {
            store::wish_cancelled(c, row, now)?;
            return Ok(Cancelled::IfNotSent);
        }
        if row.state == State::Handed {
            // they are written to at once
            let changes =
                Changes { cancel_wanted: Some(true), next_at: Some(Some(now)), ..Changes::cleared() };
            store::overrule(c, row, Event::Cancelled, &changes, now)?;
            return Ok(Cancelled::Asked);
        }
        let changes = Changes {
            next_at: Some(None),
            error_kind: Some(Some(Reason::Person.word().to_owned())),
            error_words: Some(None),
            ..Changes::default()
        };
        let to = store::overrule(c, row, Event::Cancelled, &changes, now)?;
        Ok(if to == State::Cancelled { Cancelled::Surely } else { Cancelled::Look })
    })
    .await
}

/// Moves it to another wall time; says what daylight saving did to it (d.7).
pub async fn move_to(kit: &Kit, by: &By, id: DeliveryId, when: WallTime) -> Result<Shift, ActionError> {
    act(kit, by, id, "move", move |c, kit, row, about, now| put_at(c, kit, row, about, when, now)).await
}

/// Moves it to a free slot of its account: this one, or the next there is. Says which it was.
pub async fn move_to_slot(
    kit: &Kit,
    by: &By,
    id: DeliveryId,
    wanted: Option<WallTime>,
) -> Result<(WallTime, Shift), ActionError> {
    act(kit, by, id, "move to slot", move |c, kit, row, about, now| {
        let deadline = deadline_of(c, kit, about)?;
        let wall = match wanted {
            None => slot::next(c, kit, row.account_id, (now, deadline), Some(row.id))?
                .ok_or(ActionError::Field("when", "delivery-error-no-slot"))?,
            Some(wanted) => {
                store::lock_account(c, row.account_id)?;
                let span = slot::ahead(now, deadline);
                slot::free_of(c, kit, row.account_id, span, Some(row.id))?
                    .into_iter()
                    .find(|wall| *wall == wanted)
                    .ok_or(ActionError::Field("when", "delivery-error-slot-taken"))?
            }
        };
        Ok((wall, put_at(c, kit, row, about, wall, now)?))
    })
    .await
}

fn put_at(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    about: Subject,
    when: WallTime,
    now: Instant,
) -> Result<Shift, ActionError> {
    let mut changes = moved_to(c, kit, about, when, now)?;
    changes.next_at = Some(match row.state {
        // its time may change, but no clock touches it before people are done with it
        State::Draft | State::InReview => None,
        State::Held => changes.latest_at.map(|at| at + Duration::from_secs(1)),
        _ => match changes.due_at {
            Some(due) => Some(package::begins(c, row.account_id, due, when.zone)?),
            None => None,
        },
    });
    store::overrule(c, row, Event::Moved, &changes, now)?;
    Ok(when.instant().1)
}

/// What another wall time means for a delivery; refuses one that has gone by or lies after the deadline.
pub(super) fn moved_to(
    c: &mut Conn,
    kit: &Kit,
    about: Subject,
    when: WallTime,
    now: Instant,
) -> Result<Changes, ActionError> {
    let due = when.instant().0;
    if due < now {
        return Err(ActionError::Field("when", "delivery-error-past"));
    }
    let deadline = deadline_of(c, kit, about)?;
    if deadline.is_some_and(|deadline| due >= deadline) {
        return Err(ActionError::Field("when", "delivery-error-after-deadline"));
    }
    Ok(Changes {
        due_wall: Some(when.field()),
        due_zone: Some(when.zone.name().to_owned()),
        due_at: Some(due),
        latest_at: Some(publication::latest(due, subject::grace(kit, about), deadline)),
        ..Changes::default()
    })
}

/// Puts it on pause.
pub async fn hold(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, by, id, "hold", move |c, _, row, _, now| {
        let changes = Changes {
            next_at: Some(Some(row.latest_at + Duration::from_secs(1))),
            error_kind: Some(Some(Reason::Person.word().to_owned())),
            error_words: Some(None),
            ..Changes::default()
        };
        store::overrule(c, row, Event::Held, &changes, now)?;
        Ok(())
    })
    .await
}

/// Puts on pause what should have gone out before `now`: a backup was put back, and what left between it and the
/// loss stands in no row. How many.
pub fn hold_overdue(c: &mut Conn, now: Instant) -> Result<usize, MoveError> {
    let overdue = store::unsent_before(c, now)?;
    for row in &overdue {
        let changes = Changes {
            next_at: Some(Some(row.latest_at + Duration::from_secs(1))),
            error_kind: Some(Some(Reason::Restored.word().to_owned())),
            error_words: Some(None),
            ..Changes::default()
        };
        store::overrule(c, row, Event::Held, &changes, now)?;
    }
    // words that were wished for then may be older than those that stand there now
    store::hand_over_corrections(c, Reason::Restored.word())?;
    store::hand_over_comments(c, Reason::Restored.word())?;
    Ok(overdue.len())
}

/// Lets it go on; what is overdue by now keeps its distance.
pub async fn release(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, by, id, "release", move |c, _, row, _, now| {
        let begins = package::begins(c, row.account_id, row.due_at, telling::zone(row))?;
        let changes = Changes { next_at: Some(Some(begins)), ..Changes::cleared() };
        store::overrule(c, row, Event::Released, &changes, now)?;
        Ok(())
    })
    .await
}

/// »Den ER udgivet«: a person has seen it, and gives its address. We look once ourselves, for then we
/// know the peer's own name for it and can take it down later.
pub async fn is_there(
    kit: &Kit,
    channels: &Channels,
    by: &By,
    id: DeliveryId,
    link: &str,
) -> Result<(), ActionError> {
    let link = link.trim().to_owned();
    let good = url::Url::parse(&link).is_ok_and(|u| matches!(u.scheme(), "https" | "http") && u.has_host());
    if !good {
        return Err(ActionError::Field("link", "delivery-error-link"));
    }
    let row = visible(kit, by, id).await?;
    let found = glance(kit, channels, &row).await;
    act(kit, by, id, "said there", move |c, kit, row, _, now| {
        let (remote_id, url) = match found {
            Some(published) => (published.remote_id, published.url.unwrap_or_else(|| link.clone())),
            None => (link.clone(), link.clone()),
        };
        said(c, kit, row, Verdict::Accepted, &serde_json::json!({ "url": link }), now)?;
        let changes = Changes {
            remote_id: Some(Some(remote_id)),
            remote_url: Some(Some(url)),
            next_at: Some(None),
            ..Changes::cleared()
        };
        store::overrule(c, row, Event::SaidThere, &changes, now)?;
        measure::begin(c, kit, row, now)?;
        Ok(())
    })
    .await
}

/// »Den er IKKE udgivet – send igen«: the same bytes under the same key, once more.
pub async fn is_not_there(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, by, id, "said absent", move |c, kit, row, about, now| {
        said(c, kit, row, Verdict::Absent, &serde_json::json!({}), now)?;
        let deadline = deadline_of(c, kit, about)?;
        let latest = publication::latest(now, subject::grace(kit, about), deadline);
        let changes = Changes {
            next_at: Some(Some(now)),
            latest_at: Some(row.latest_at.max(latest)),
            cancel_wanted: Some(false),
            ..Changes::cleared()
        };
        store::overrule(c, row, Event::SaidAbsent, &changes, now)?;
        Ok(())
    })
    .await
}

/// Takes down what is out there; goes on until the peer says that it is gone.
pub async fn take_down(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, by, id, "take down", move |c, _, row, _, now| {
        let changes = Changes { next_at: Some(Some(now)), looks: Some(0), ..Changes::cleared() };
        store::overrule(c, row, Event::TakenDown, &changes, now)?;
        Ok(())
    })
    .await
}

/// A person has taken it down by hand, where the server would not do it for us.
pub async fn is_gone(kit: &Kit, by: &By, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, by, id, "said gone", move |c, kit, row, _, now| {
        said(c, kit, row, Verdict::Absent, &serde_json::json!({ "proof": "person" }), now)?;
        let changes = Changes { next_at: Some(None), ..Changes::cleared() };
        store::overrule(c, row, Event::Gone, &changes, now)?;
        Ok(())
    })
    .await
}

/// Sends what failed, was missed, cancelled or taken down once more, now or at another time: a new
/// occurrence with a key and a tracked link of its own; the old row stays as it is (R6, R15, R26).
pub async fn again(
    kit: &Kit,
    by: &By,
    id: DeliveryId,
    when: Option<WallTime>,
) -> Result<DeliveryId, ActionError> {
    let author = by.actor;
    act(kit, by, id, "again", move |c, kit, row, about, now| {
        let over = matches!(row.state, State::Failed | State::Missed | State::Cancelled | State::Removed);
        let last = store::occurrences(c, row.publication_id, row.account_id)?.pop();
        if !over || last.as_ref().is_none_or(|last| last.id != row.id) {
            return Err(ActionError::TooLate);
        }
        let connection = channels::connection(c, row.account_id)?;
        let Some(connection) = connection.filter(|c| c.state != Standing::Disconnected) else {
            return Err(ActionError::Field("when", "delivery-error-account-gone"));
        };
        let when = when.unwrap_or_else(|| WallTime::at(now, kit.config.delivery.zone));
        let post = publication::thaw(&row.payload)?;
        let (new, _) = another(c, kit, (row, about, &connection), &post, when, author, now)?;
        Ok(new.id)
    })
    .await
}

/// The next occurrence of a delivery.
pub(super) struct Another {
    /// Which it is.
    pub id: DeliveryId,
    /// Somebody must approve it first.
    pub waits: bool,
}

/// Plans what this post says once more on the same account, under a key and a tracked link of its own. The post as it will
/// go out comes back with it: with its own link.
pub(super) fn another(
    c: &mut Conn,
    kit: &Kit,
    (row, about, connection): (&Delivery, Subject, &Connection),
    post: &Post,
    when: WallTime,
    author: Actor,
    now: Instant,
) -> Result<(Another, Post), ActionError> {
    let due = when.instant().0.max(now);
    let deadline = deadline_of(c, kit, about)?;
    if deadline.is_some_and(|deadline| due >= deadline) {
        return Err(ActionError::Field("when", "delivery-error-after-deadline"));
    }
    let (link, token) = (LinkId::new(now, &kit.chance), kit.chance.code(10));
    tracking::insert_link(c, link, &token, about, connection.counted_as(), &connection.handle, now)?;
    let mut post = post.clone();
    post.link = publication::address(&kit.config.server.public_url, &token);
    let (payload, sha256) = publication::freeze(&post);
    let new = DeliveryId::new(now, &kit.chance);
    let key = publication::mint(new, &sha256, row.occurrence + 1, due, &kit.chance);
    // the link is another, so the bytes are: whoever approves is asked again
    let unit = subject::read(c, kit, about, Language::Da)?.ok_or(ActionError::NotFound)?.unit;
    let asked = approval::asked(c, author, unit, connection, Kind::of(about), false, now)?;
    let waits = asked.is_some_and(|a| a.waits);
    let delivery = NewDelivery {
        id: new,
        publication: row.publication_id,
        account: row.account_id,
        occurrence: row.occurrence + 1,
        post: &post,
        payload: &payload,
        payload_sha256: &sha256,
        link,
        due_wall: &when.field(),
        due_zone: when.zone.name(),
        due_at: due,
        latest_at: publication::latest(due, subject::grace(kit, about), deadline),
        send_key: &key.text,
        waits,
    };
    store::insert_delivery(c, &delivery, now)?;
    if !waits {
        let begins = package::begins(c, row.account_id, due, when.zone)?;
        store::set_begin(c, new, begins)?;
    }
    if let Some(asked) = asked {
        approval::demand(c, kit, &asked, (new, &payload, &sha256), author, now)?;
        if waits {
            approval::tell_approvers(c, kit, row.publication_id, now)?;
        }
    }
    Ok((Another { id: new, waits }, post))
}

/// The delivery as it stands, if this person may see it.
async fn visible(kit: &Kit, by: &By, id: DeliveryId) -> Result<Delivery, ActionError> {
    let scope = by.scope.clone();
    let found = kit.db.read(move |c| store::in_scope(c, &scope, id)).await?;
    found.map(|(row, _)| row).ok_or(ActionError::NotFound)
}

/// Looks once whether it is there; whatever goes wrong, nothing was seen.
async fn glance(kit: &Kit, channels: &Channels, row: &Delivery) -> Option<channels::Published> {
    let account = channels::open(kit, row.account_id).await.ok()?;
    let post = publication::thaw(&row.payload).ok()?;
    let key = publication::read_key(&row.send_key).ok()?;
    let got = publication::checkpoint(&row.checkpoint);
    let limit = Duration::from_secs(kit.config.delivery.request_seconds.min(10));
    let looking = channels.get(account.channel)?.look(&account, &post, &key, &got);
    match tokio::time::timeout(limit, looking).await {
        Ok(Found::There(published)) => Some(published),
        _ => None,
    }
}

/// Reads the row inside the scope and does `verb` with it, with an audit line, in one transaction.
pub(super) async fn act<T: Send + 'static>(
    kit: &Kit,
    by: &By,
    id: DeliveryId,
    word: &'static str,
    verb: impl FnOnce(&mut Conn, &Kit, &Delivery, Subject, Instant) -> Result<T, ActionError> + Send + 'static,
) -> Result<T, ActionError> {
    let (k, by) = (kit.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let (row, about) = store::in_scope(c, &by.scope, id)?.ok_or(ActionError::NotFound)?;
            let done = verb(c, &k, &row, about, now)?;
            let line = Line {
                actor: by.actor,
                verb: Verb::Published,
                object: about.into(),
                posting: about.posting(),
                detail: Some(format!("{word} delivery:{id}")),
            };
            store::ruled(c, id, by.actor, word, now)?;
            audit::write(c, &[line], now)?;
            Ok(done)
        })
        .await
}

/// A person's word stands in the attempts beside the peers'.
pub(super) fn said(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    verdict: Verdict,
    evidence: &serde_json::Value,
    now: Instant,
) -> Result<(), ActionError> {
    let attempt = AttemptId::new(now, &kit.chance);
    store::begin_attempt(c, attempt, row.id, row.fence, Phase::Person, now)?;
    let evidence = evidence.to_string();
    store::end_attempt(c, attempt, &End { verdict, status: None, kind: None, evidence: &evidence }, now)?;
    Ok(())
}

/// Until when it may be told, none = without end; what is over is told no more.
fn deadline_of(c: &mut Conn, kit: &Kit, about: Subject) -> Result<Option<Instant>, ActionError> {
    let content = subject::read(c, kit, about, Language::Da)?;
    content
        .filter(|content| content.standing != PostingIs::Over)
        .map(|content| content.deadline_at)
        .ok_or(ActionError::Field("when", "delivery-error-posting-over"))
}
