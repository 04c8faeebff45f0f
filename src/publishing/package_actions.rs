//! What the person does with whom a delivery lies: says that it is posted, with the link or the issue it stands in; says why it
//! was not; says that it is taken down. Each takes the next fence number and leaves a line in the attempts and in the audit
//! log, as every verb does. Nothing else makes such a delivery published.

use chrono::NaiveDate;
use url::Url;

use super::{
    actions::{ActionError, said},
    delivery::{Event, Reason, State, Verdict},
    facts, package, said as telling,
    store::{self, Changes, Delivery},
};
use crate::{
    accounts::{
        Right, Scope, Viewer,
        audit::{self, Actor, Line, Verb},
    },
    base::{
        Instant, Subject,
        id::{DeliveryId, UserId},
        text,
        wall::WallTime,
    },
    channels::{self, ChannelKind, Connection},
    db::{Conn, DbError},
    kit::Kit,
};

/// A reason is at most this long, in characters.
pub const REASON_MAX: usize = 300;

/// Who may: the person with whom it lies, and whoever publishes for its unit.
#[derive(Clone, Debug)]
pub struct Hands {
    user: UserId,
    actor: Actor,
    scope: Option<Scope>,
}

impl Hands {
    /// Of somebody who is logged in.
    pub fn of(viewer: &Viewer) -> Self {
        Self {
            user: viewer.user().id,
            actor: viewer.actor(),
            scope: viewer.scope(Right::Publish).ok().cloned(),
        }
    }
}

/// A delivery that lies, lay or will lie with a person.
#[derive(Clone, Debug)]
pub struct Held {
    /// The delivery.
    pub row: Delivery,
    /// What it is about.
    pub about: Subject,
    /// The place.
    pub place: Connection,
    /// With whom it lies.
    pub holder: Option<UserId>,
}

/// Reads it, if these hands may touch it.
pub fn find(c: &mut Conn, hands: &Hands, id: DeliveryId) -> Result<Option<Held>, DbError> {
    let Some(row) = store::delivery(c, id)? else { return Ok(None) };
    let Some(place) = channels::connection(c, row.account_id)? else { return Ok(None) };
    if place.channel != ChannelKind::Package {
        return Ok(None);
    }
    let holder = package::holder(c, &row)?;
    let publishes = match &hands.scope {
        Some(scope) => store::in_scope(c, scope, id)?.is_some(),
        None => false,
    };
    if !publishes && holder != Some(hands.user) {
        return Ok(None);
    }
    let Some(about) = store::publication(c, row.publication_id)?.subject() else { return Ok(None) };
    Ok(Some(Held { row, about, place, holder }))
}

/// What shows that it is posted.
#[derive(Clone, Debug)]
pub enum Proof {
    /// The link of the post, as pasted.
    Link(String),
    /// It has none: the day it appeared, and a photograph of it by its sha256 and type.
    Seen {
        /// As a date field gives it.
        on: String,
        /// Kept already.
        photo: Option<(String, &'static str)>,
    },
}

/// It is posted.
///
/// # Errors
/// [`ActionError::Field`] for a link or a day that cannot be; [`ActionError::TooLate`] when it no longer lies with anybody.
pub async fn posted(kit: &Kit, hands: &Hands, id: DeliveryId, proof: Proof) -> Result<(), ActionError> {
    act(kit, hands, id, "posted", move |c, kit, held, now| {
        let row = &held.row;
        let (remote_id, url, evidence) = match proof {
            Proof::Link(typed) => {
                let link = link(&typed)?;
                let evidence = serde_json::json!({ "posted": true, "url": link });
                (link.clone(), Some(link), evidence)
            }
            Proof::Seen { on, photo } => {
                let on = day(&on, row, now)?;
                let mut evidence =
                    serde_json::json!({ "posted": true, "on": on, "place": held.place.name() });
                if let Some((sha256, mime)) = photo {
                    evidence["photo"] = sha256.into();
                    evidence["photo_type"] = mime.into();
                }
                (format!("seen:{on}"), None, evidence)
            }
        };
        said(c, kit, row, Verdict::Accepted, &evidence, now)?;
        let changes = Changes {
            remote_id: Some(Some(remote_id)),
            remote_url: Some(url),
            next_at: Some(None),
            ..Changes::cleared()
        };
        store::overrule(c, row, Event::SaidThere, &changes, now)?;
        Ok(())
    })
    .await
}

/// It was not posted, and will not be.
///
/// # Errors
/// As [`posted`].
pub async fn not_posted(kit: &Kit, hands: &Hands, id: DeliveryId, why: &str) -> Result<(), ActionError> {
    let why = text::line(why);
    act(kit, hands, id, "not posted", move |c, kit, held, now| {
        // who was asked to leave it needs no reason of their own; what is over is one
        let over = facts::is_over(c, kit, held.about)?;
        if why.is_empty() && !held.row.cancel_wanted && !over {
            return Err(ActionError::Field("why", "package-error-why"));
        }
        if text::count(&why) > REASON_MAX {
            return Err(ActionError::Field("why", "package-error-why-long"));
        }
        let reason = match why.as_str() {
            "" if over => Reason::PostingClosed,
            "" => Reason::Person,
            _ => Reason::NotPosted,
        };
        said(c, kit, &held.row, Verdict::Rejected, &serde_json::json!({ "words": why }), now)?;
        let changes = Changes {
            next_at: Some(None),
            error_kind: Some(Some(reason.word().to_owned())),
            error_words: Some(Some(why).filter(|why| !why.is_empty())),
            ..Changes::default()
        };
        store::overrule(c, &held.row, Event::NotPosted, &changes, now)?;
        Ok(())
    })
    .await
}

/// It is taken down.
///
/// # Errors
/// As [`posted`].
pub async fn taken_down(kit: &Kit, hands: &Hands, id: DeliveryId) -> Result<(), ActionError> {
    act(kit, hands, id, "taken down", move |c, kit, held, now| {
        said(c, kit, &held.row, Verdict::Absent, &serde_json::json!({ "proof": "person" }), now)?;
        let changes = Changes { next_at: Some(None), ..Changes::cleared() };
        store::overrule(c, &held.row, Event::Gone, &changes, now)?;
        Ok(())
    })
    .await
}

async fn act(
    kit: &Kit,
    hands: &Hands,
    id: DeliveryId,
    word: &'static str,
    verb: impl FnOnce(&mut Conn, &Kit, &Held, Instant) -> Result<(), ActionError> + Send + 'static,
) -> Result<(), ActionError> {
    let (k, hands) = (kit.clone(), hands.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let held = find(c, &hands, id)?.ok_or(ActionError::NotFound)?;
            if !matches!(held.row.state, State::Handed | State::Removing) {
                return Err(ActionError::TooLate);
            }
            verb(c, &k, &held, now)?;
            store::ruled(c, id, hands.actor, word, now)?;
            let line = Line {
                actor: hands.actor,
                verb: Verb::Published,
                object: held.about.into(),
                posting: held.about.posting(),
                detail: Some(format!("{word} delivery:{id}")),
            };
            Ok(audit::write(c, &[line], now)?)
        })
        .await
}

/// A link as people copy it from the bar of their browser.
fn link(typed: &str) -> Result<String, ActionError> {
    let line = text::line(typed);
    let good = |url: &Url| {
        matches!(url.scheme(), "https" | "http") && url.host_str().is_some_and(|h| h.contains('.'))
    };
    match line.parse::<Url>() {
        Ok(url) if good(&url) => Ok(url.to_string()),
        _ => Err(ActionError::Field(
            "link",
            if line.is_empty() { "package-error-proof" } else { "delivery-error-link" },
        )),
    }
}

/// The day it appeared: not one to come, and not one before it was planned.
fn day(typed: &str, row: &Delivery, now: Instant) -> Result<NaiveDate, ActionError> {
    let zone = telling::zone(row);
    let local = |at| WallTime::at(at, zone).local.date();
    let on: NaiveDate = typed.trim().parse().map_err(|_| ActionError::Field("on", "package-error-on"))?;
    if on > local(now) {
        return Err(ActionError::Field("on", "package-error-on-ahead"));
    }
    if on < local(row.created_at) {
        return Err(ActionError::Field("on", "package-error-on-before"));
    }
    Ok(on)
}
