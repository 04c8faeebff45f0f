//! Other words for a delivery that has not been sent: a new payload, a new key, the same tracked link. Whatever
//! was approved was approved of the old bytes, so where approval is asked for it is asked for anew, of this channel
//! alone.

use super::{
    actions::ActionError,
    approval::{self, Asked},
    delivery::{Event, State},
    publication,
    responsibility::Kind,
    store::{self, Changes, Delivery},
    subject,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Verb},
    },
    base::{Instant, Language, id::DeliveryId},
    channels::{self, Connection, Fit, Post},
    db::{Conn, DbError},
    kit::Kit,
    web::forms::{Errors, FieldError},
};

/// Who writes, and where.
#[derive(Clone, Debug)]
pub struct Pen {
    /// For the audit log.
    pub actor: Actor,
    /// Where they may write drafts.
    pub edits: Scope,
    /// Where they may publish.
    pub publishes: Scope,
}

/// Why the words stay as they were.
#[derive(Debug, thiserror::Error)]
pub enum RewriteError {
    /// Not there, not theirs, or moved on.
    #[error(transparent)]
    Action(#[from] ActionError),
    /// The channel would not take these words.
    #[error("fields are wrong")]
    Fields(Errors),
}

impl From<DbError> for RewriteError {
    fn from(error: DbError) -> Self {
        Self::Action(error.into())
    }
}

/// What follows from new words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rewritten {
    /// They are the same.
    Same,
    /// It goes out with them.
    Goes,
    /// They wait for approval.
    Waits,
}

/// A delivery whose words may be changed.
pub(super) struct Open {
    /// As it stands.
    pub row: Delivery,
    /// What it says.
    pub post: Post,
    /// Where it goes.
    pub connection: Connection,
}

/// Whether the words of this delivery can still be changed by somebody: nothing of it has been sent.
pub(super) fn is_open(row: &Delivery) -> bool {
    let unsent = row.state.waits_for_approval() || matches!(row.state, State::Planned | State::Held);
    unsent && row.attempts == 0
}

/// Reads a delivery for somebody who wants to change its words. What is planned is changed only by those who may
/// publish; what waits for approval also by those who write drafts.
pub(super) fn open(c: &mut Conn, pen: &Pen, id: DeliveryId) -> Result<Open, ActionError> {
    let (row, _) = store::in_scope(c, &pen.edits, id)?.ok_or(ActionError::NotFound)?;
    let publishes = store::in_scope(c, &pen.publishes, id)?.is_some();
    if !is_open(&row) || !(publishes || row.state.waits_for_approval()) {
        return Err(ActionError::TooLate);
    }
    let connection = channels::connection(c, row.account_id)?.ok_or(ActionError::NotFound)?;
    let post = publication::thaw(&row.payload)?;
    Ok(Open { row, post, connection })
}

/// The post with these words, and how it fits its channel. `comment`: what is said under it; none = as it was.
pub(super) fn fitted(open: &Open, words: &str, comment: Option<&str>) -> (Post, Fit) {
    let comment = match comment.map(crate::base::text::paragraphs) {
        Some(words) => Some(words).filter(|words| !words.is_empty()),
        None => open.post.comment.clone(),
    };
    let post = Post { text: crate::base::text::paragraphs(words), comment, ..open.post.clone() };
    let fit = channels::fit(open.connection.channel, &post, &open.connection.ability);
    (post, fit)
}

/// Puts other words in place of those a delivery has.
pub async fn rewrite(
    kit: &Kit,
    pen: &Pen,
    id: DeliveryId,
    words: &str,
    comment: Option<&str>,
) -> Result<Rewritten, RewriteError> {
    let (k, pen, words, comment) = (kit.clone(), pen.clone(), words.to_owned(), comment.map(str::to_owned));
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let open = open(c, &pen, id)?;
            let (post, fit) = fitted(&open, &words, comment.as_deref());
            let mut errors = Errors::none();
            if let (Some(_), Err(key)) = (&post.comment, open.connection.may_comment()) {
                errors.add_with("comment", key, "account", open.connection.name());
            }
            for warning in fit.warnings.into_iter().filter(|w| w.refused && w.key != "fit-comment-not-taken")
            {
                errors.0.push(FieldError {
                    field: if warning.is_of_comment() { "comment" } else { "text" }.to_owned(),
                    key: warning.key.to_owned(),
                    args: warning.args.iter().map(|(n, v)| ((*n).to_owned(), v.to_string())).collect(),
                });
            }
            errors.into_result().map_err(RewriteError::Fields)?;
            let (payload, sha256) = publication::freeze(&post);
            if sha256 == open.row.payload_sha256 {
                return Ok(Rewritten::Same);
            }
            put(c, &k, &pen, &open, &payload, &sha256, now)
        })
        .await
}

/// The same for a delivery that is open, in the caller's transaction; the words fit.
pub(super) fn put_words(
    c: &mut Conn,
    kit: &Kit,
    pen: &Pen,
    row: &Delivery,
    words: &str,
    now: Instant,
) -> Result<Rewritten, RewriteError> {
    let connection = channels::connection(c, row.account_id)?.ok_or(ActionError::NotFound)?;
    let post = publication::thaw(&row.payload).map_err(ActionError::from)?;
    let open = Open { row: row.clone(), post, connection };
    let (post, _) = fitted(&open, words, None);
    let (payload, sha256) = publication::freeze(&post);
    if sha256 == row.payload_sha256 {
        return Ok(Rewritten::Same);
    }
    put(c, kit, pen, &open, &payload, &sha256, now)
}

fn put(
    c: &mut Conn,
    kit: &Kit,
    pen: &Pen,
    open: &Open,
    payload: &str,
    sha256: &str,
    now: Instant,
) -> Result<Rewritten, RewriteError> {
    let Open { row, connection, .. } = open;
    let publication = store::publication(c, row.publication_id)?;
    let about = publication.subject().ok_or(ActionError::NotFound)?;
    let unit = subject::read(c, kit, about, Language::Da)?.ok_or(ActionError::NotFound)?.unit;
    let suggests = !pen.publishes.covers_unit(unit);
    let asked = match store::demand(c, row.id)? {
        // asked once, asked for good: who it was put before does not change with the words
        Some(d) => {
            let holders = crate::accounts::holders(c, d.role, d.unit_id, now)?;
            let holds = holders.iter().any(|user| Actor::User(user.id) == pen.actor);
            let waits = d.four_eyes || suggests || !holds;
            Some(Asked { unit: d.unit_id, role: d.role, four_eyes: d.four_eyes, waits })
        }
        None => approval::asked(c, pen.actor, unit, connection, Kind::of(about), suggests, now)?,
    };
    let waits = asked.is_some_and(|a| a.waits) || row.state.waits_for_approval();
    if let Some(asked) = asked {
        approval::demand(c, kit, &Asked { waits, ..asked }, (row.id, payload, sha256), pen.actor, now)?;
    }
    let key = publication::mint(row.id, sha256, row.occurrence, row.due_at, &kit.chance);
    let changes = Changes {
        payload: Some(payload.to_owned()),
        payload_sha256: Some(sha256.to_owned()),
        send_key: Some(key.text),
        // what was made ready at the peer was made of the old words
        checkpoint: Some("{}".to_owned()),
        next_at: waits.then_some(None),
        ..Changes::cleared()
    };
    let stays = !waits || matches!(row.state, State::Draft | State::InReview);
    let event = if stays { Event::Rewritten } else { Event::SentForReview };
    let to = store::overrule(c, row, event, &changes, now).map_err(ActionError::from)?;
    let line = Line {
        actor: pen.actor,
        verb: Verb::Changed,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("words delivery:{} sha256:{sha256}", row.id)),
    };
    audit::write(c, &[line], now)?;
    if to == State::InReview {
        approval::tell_approvers(c, kit, row.publication_id, now)?;
    }
    Ok(if waits { Rewritten::Waits } else { Rewritten::Goes })
}
