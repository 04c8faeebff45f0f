//! Wishing for other words at what is out. They are approved exactly as those of a post are: the same demand, and an
//! approval of just these bytes, which the claim, the fence and a trigger ask for. How a wish ends is in
//! [`correct_settle`](super::correct_settle).

use super::{
    actions::{self, ActionError, By},
    approval::{self, Asked},
    approval_jobs::TellApprovers,
    correct_jobs::TellCorrection,
    correction::{Standing, Told, Way},
    delivery::{Event, State},
    jobs, letters, package, publication,
    responsibility::Kind,
    rewrite::RewriteError,
    store::{self, Changes, Correction, Delivery, Turn},
    subject,
};
use crate::{
    accounts::{
        audit::{self, Actor, Line, Verb},
        holders,
    },
    base::{
        Instant, Subject,
        id::{DeliveryId, PublicationId, UnitId},
        text,
        wall::WallTime,
    },
    channels::{self, ChannelKind, Connection, Edit, Fit, Post},
    db::{Conn, DbError},
    kit::Kit,
    queue,
    web::forms::{Errors, FieldError},
};

/// Other words for one delivery.
#[derive(Clone, Debug)]
pub struct Wish {
    /// Which.
    pub delivery: DeliveryId,
    /// sha256 of what stood there when it was written.
    pub seen: String,
    /// The words.
    pub text: String,
    /// The title, where the channel shows one.
    pub title: Option<String>,
}

/// What became of wishes, each counted once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Corrected {
    /// The channel gets them at once.
    pub going: usize,
    /// A person is asked to write them there.
    pub by_hand: usize,
    /// The old post comes down and a new one goes out.
    pub anew: usize,
    /// Of all these, so many wait for approval first.
    pub waiting: usize,
}

/// The post with these words, and how it fits its channel.
pub(super) fn fitted(post: &Post, connection: &Connection, words: &str, title: Option<&str>) -> (Post, Fit) {
    let mut post = Post { text: text::paragraphs(words), ..post.clone() };
    if let Some(title) = title.filter(|_| connection.channel.title(&post).is_some()) {
        post.link_title = text::line(title);
    }
    let fit = channels::fit(connection.channel, &post, &connection.ability);
    (post, fit)
}

/// Wishes for other words, all of them or none.
///
/// # Errors
/// [`RewriteError::Fields`] with what a channel would not take; [`ActionError::TooLate`] when a post no longer hangs.
pub async fn correct(
    kit: &Kit,
    by: &By,
    publication: PublicationId,
    wishes: Vec<Wish>,
) -> Result<Corrected, RewriteError> {
    if wishes.is_empty() {
        return Err(ActionError::Field("ret", "correction-error-none").into());
    }
    let (k, by) = (kit.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let mut done = Corrected::default();
            let mut errors = Errors::none();
            for wish in &wishes {
                one(c, &k, &by, publication, wish, &mut done, &mut errors, now)?;
            }
            errors.into_result().map_err(RewriteError::Fields)?;
            Ok(done)
        })
        .await
}

#[expect(clippy::too_many_arguments, reason = "who wishes what, of what, and what came of it so far")]
fn one(
    c: &mut Conn,
    kit: &Kit,
    by: &By,
    publication: PublicationId,
    wish: &Wish,
    done: &mut Corrected,
    errors: &mut Errors,
    now: Instant,
) -> Result<(), RewriteError> {
    let (row, about) = store::in_scope(c, &by.scope, wish.delivery)?.ok_or(ActionError::NotFound)?;
    if row.publication_id != publication {
        return Err(ActionError::NotFound.into());
    }
    if row.state != State::Published {
        return Err(ActionError::TooLate.into());
    }
    if row.payload_sha256 != wish.seen {
        return Err(ActionError::Field("state", "correction-error-changed").into());
    }
    let connection = channels::connection(c, row.account_id)?.ok_or(ActionError::NotFound)?;
    let old = publication::thaw(&row.payload).map_err(ActionError::from)?;
    let (post, fit) = fitted(&old, &connection, &wish.text, wish.title.as_deref());
    let field = format!("text-{}", row.id);
    // what was chosen for it stands there and is not chosen anew
    for warning in fit.warnings.into_iter().filter(|w| w.refused && !w.is_of_choices()) {
        errors.0.push(FieldError {
            field: field.clone(),
            key: warning.key.to_owned(),
            args: warning.args.iter().map(|(n, v)| ((*n).to_owned(), v.to_string())).collect(),
        });
    }
    if post.sha256() == row.payload_sha256 {
        errors.add(&field, "correction-error-same");
    }
    if !errors.is_empty() {
        return Ok(());
    }
    supersede(c, &row, by.actor, now)?;
    let content = subject::read(c, kit, about, post.language)?.ok_or(ActionError::NotFound)?;
    let told = Told { title: content.title.clone(), deadline: content.deadline_local };
    let waits = match connection.channel.edits(&old) {
        Edit::Anew => {
            done.anew += 1;
            // its card is drawn anew, of the ad as it is now
            let fresh = Post { link_title: content.title, link_description: content.lead, ..post };
            anew(c, kit, by.actor, (&row, about, &connection), &fresh, &told, now)?
        }
        edit => {
            let way = if edit == Edit::InPlace { Way::InPlace } else { Way::ByHand };
            if way == Way::InPlace {
                done.going += 1;
            } else {
                done.by_hand += 1;
            }
            let asked = asked(c, by.actor, &row, about, content.unit, &connection, now)?;
            wished(c, kit, by.actor, (&row, &post, &told, way), asked, now)?
        }
    };
    done.waiting += usize::from(waits);
    let line = Line {
        actor: by.actor,
        verb: Verb::Changed,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("correct delivery:{} from sha256:{}", row.id, row.payload_sha256)),
    };
    store::ruled(c, row.id, by.actor, "correct", now)?;
    Ok(audit::write(c, &[line], now)?)
}

/// Takes the place of a wish that is still open.
fn supersede(c: &mut Conn, row: &Delivery, actor: Actor, now: Instant) -> Result<(), ActionError> {
    let Some(open) = store::open_correction(c, row.id)? else { return Ok(()) };
    if open.state == Standing::Sending {
        return Err(ActionError::Field("state", "correction-error-sending"));
    }
    dropped(c, &open, actor, "superseded", now)
}

pub(super) fn dropped(
    c: &mut Conn,
    open: &Correction,
    actor: Actor,
    why: &str,
    now: Instant,
) -> Result<(), ActionError> {
    let turn = Turn {
        next_at: Some(None),
        error_kind: Some(Some(why.to_owned())),
        settled_at: Some(Some(now)),
        settled_by: Some(Some(actor.to_string())),
        ..Turn::default()
    };
    store::turn_correction(c, open, Standing::Dropped, &turn)?;
    Ok(())
}

/// What the rules ask of other words: what was asked once is asked for good. What is sent anew is asked about as a new post.
pub(super) fn asked(
    c: &mut Conn,
    actor: Actor,
    row: &Delivery,
    about: Subject,
    unit: UnitId,
    connection: &Connection,
    now: Instant,
) -> Result<Option<Asked>, DbError> {
    let Some(demand) = store::demand(c, row.id)? else {
        return approval::asked(c, actor, unit, connection, Kind::of(about), false, now);
    };
    let holds = holders(c, demand.role, demand.unit_id, now)?.iter().any(|u| Actor::User(u.id) == actor);
    let waits = demand.four_eyes || !holds;
    Ok(Some(Asked { unit: demand.unit_id, role: demand.role, four_eyes: demand.four_eyes, waits }))
}

/// Writes the wish down; whether it waits for approval.
fn wished(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    (row, post, told, way): (&Delivery, &Post, &Told, Way),
    asked: Option<Asked>,
    now: Instant,
) -> Result<bool, ActionError> {
    let (payload, payload_sha256) = publication::freeze(post);
    if let Some(asked) = &asked {
        approval::demand(c, kit, asked, (row.id, &payload, &payload_sha256), actor, now)?;
    }
    let waits = asked.is_some_and(|asked| asked.waits);
    let state = match way {
        _ if waits => Standing::Waits,
        Way::ByHand => Standing::ByHand,
        _ => Standing::Ready,
    };
    let correction = Correction {
        state,
        next_at: (state == Standing::Ready).then_some(now),
        ..Correction::begun(kit, (row.id, post, told), (&row.payload_sha256, way), actor, now)
    };
    store::insert_correction(c, &correction)?;
    if waits {
        if let Some(demand) = store::demand(c, row.id)? {
            for user in approval::approvers_of(c, &demand, &correction, now)? {
                let job = TellApprovers { person: user.id, urgent: true };
                queue::enqueue(c, &job, now + jobs::TOGETHER, now, &kit.chance)?;
            }
        }
    } else if state == Standing::ByHand {
        lay_by_hand(c, kit, &correction, row, now)?;
    }
    Ok(waits)
}

/// Tells whoever must write the words there, where that is not the one who wishes for them.
pub(super) fn lay_by_hand(
    c: &mut Conn,
    kit: &Kit,
    correction: &Correction,
    row: &Delivery,
    now: Instant,
) -> Result<(), ActionError> {
    let at_a_place =
        channels::connection(c, row.account_id)?.is_some_and(|a| a.channel == ChannelKind::Package);
    let person = match at_a_place {
        true => package::holder(c, row)?,
        false => letters::person(&correction.by_actor),
    };
    if let Some(person) = person {
        let job = TellCorrection { correction: correction.id, person, state: Standing::ByHand };
        queue::enqueue(c, &job, now, now, &kit.chance)?;
    }
    Ok(())
}

/// Takes the post down and plans one with the new words in its place: both stand in one commit, so that neither is
/// forgotten. Whether the new one waits for approval.
fn anew(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    (row, about, connection): (&Delivery, Subject, &Connection),
    post: &Post,
    told: &Told,
    now: Instant,
) -> Result<bool, ActionError> {
    if connection.state == channels::Standing::Disconnected {
        return Err(ActionError::Field("state", "delivery-error-account-gone"));
    }
    let last = store::occurrences(c, row.publication_id, row.account_id)?.pop();
    if last.is_none_or(|last| last.id != row.id) {
        return Err(ActionError::TooLate);
    }
    let when = WallTime::at(now, kit.config.delivery.zone);
    let (new, post) = actions::another(c, kit, (row, about, connection), post, when, actor, now)?;
    let changes = Changes { next_at: Some(Some(now)), looks: Some(0), ..Changes::cleared() };
    store::overrule(c, row, Event::TakenDown, &changes, now)?;
    let note = Correction {
        state: Standing::Done,
        settled_at: Some(now),
        settled_by: Some(actor.to_string()),
        ..Correction::begun(kit, (new.id, &post, told), (&row.payload_sha256, Way::Anew), actor, now)
    };
    store::insert_correction(c, &note)?;
    Ok(new.waits)
}
