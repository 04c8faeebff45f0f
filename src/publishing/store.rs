//! Rows of publications, deliveries and attempts. A delivery is claimed by one conditional update that
//! takes the lease and the next fence number; every later write of a worker carries `id` and `fence`,
//! and none hit means that somebody else has it: we are a zombie and stop (publishing.md d.2).

mod approvals;
mod asked;
mod breakers;
mod comments;
mod consents;
mod corrections;
mod measures;
mod digests;
mod evergreens;
mod guests;
mod pauses;
mod rules;
mod preflights;
mod proofs;
mod series;
mod slots;
mod snippets;
mod standing;

use diesel::prelude::*;

pub use approvals::{Approval, Demand, Remark, Word, approvals_of};
pub(super) use approvals::{
    are_cleared, deliveries_of, demand, in_the_works, insert_approval, insert_remark, is_cleared,
    is_in_scope, put_demand, remarks_on,
};
pub use asked::{
    Wanted, WentOut, attempts_at, delivery, in_scope, list, needed_files, publication, publication_if_any,
    tally, went_out, went_out_about,
};
pub(super) use asked::{
    accounts_to_follow, being_sent_with, between, due, due_after, last_begun, last_fence, newest_change,
    occurrences, outlived, recent_payloads, stuck, unsent_before, untold, with_people,
};
pub use breakers::{Breaker, Budget, open_breakers};
pub(super) use breakers::{
    accounts_of, breaker, budget, claim_probe, drop_breaker, put_breaker, put_budget, to_probe, waiting_on,
    wake_waiting,
};
pub use comments::{Comment, comment};
pub(super) use comments::{
    Next, claim_comment, comments_by_hand, comments_due, hand_over_comments, prove_comment, turn_comment,
};
pub(super) use consents::{ever_shown, hanging_assets, hanging_with, note_ending, shown_in};
pub use corrections::{Correction, correction, corrections_of};
pub(super) use corrections::{
    Turn, claim_correction, corrections_due, corrections_that, hand_over_corrections, hanging_of,
    insert_correction, open_correction, outgrown, reworded, told_last, turn_correction,
};
pub(super) use digests::{ahead_of, asking_of, digest_wish, out_of, planners, put_digest_wish};
pub use evergreens::{Evergreen, evergreens};
pub(super) use evergreens::{
    Use, deliveries_of_evergreen, evergreen, evergreen_parts, filled_accounts, filled_before, from_queue,
    insert_evergreen, insert_use, last_use, retire, set_filled, used_in, was_filled,
};
pub use guests::GuestLink;
pub(super) use guests::{
    end_guest_link, guest_link, guest_link_by_hash, guest_links_to, guest_opened, insert_guest_link,
};
pub(super) use measures::insert_reading;
pub use measures::{Reading, newest_reading};
pub use pauses::{Pause, holding};
pub(super) use pauses::{end_pause, insert_pause, is_paused, pause_in_scope, waiting_before};
pub(super) use preflights::{
    found_problem, looked_at, planned_between, to_look_at, told_problem, untold_problems,
};
pub use proofs::{proof_of, unproven};
pub(super) use proofs::{prove, ruled};
pub use rules::{Rule, rule_in_force};
pub(super) use rules::{lift_rule, set_rule};
pub use series::{Occurrence, Series, SeriesState, deliveries_of_series, occurrences_of, series};
pub(super) use series::{
    all_series, insert_occurrence, insert_series, occurrence_of, parts_of, put_parts, repeating, running,
    series_of, set_series_state,
};
pub use slots::slots_of;
pub(super) use slots::{all_slots, put_slots, taken};
pub use snippets::{Snippet, SnippetKind, snippets_for};
pub(super) use snippets::{delete_snippet, insert_snippet, snippets_in};
pub(super) use standing::{Stand, last_out, standing, with_something_ahead};

use super::{
    delivery::{Event, Phase, State, Verdict},
    proof::ProofKind,
    subject::Edition,
};
use crate::{
    base::{
        Instant, Subject,
        id::{
            AccountId, AttemptId, AudienceId, DeliveryId, LinkId, PostingId, PublicationId, RoundId, StoryId,
        },
    },
    channels::Post,
    db::{
        self, Conn, DbError,
        schema::{attempts, deliveries, publications},
    },
};

/// A delivery as it lies in the database.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = deliveries)]
#[expect(missing_docs, reason = "the migration explains each column")]
pub struct Delivery {
    pub id: DeliveryId,
    pub publication_id: PublicationId,
    pub account_id: AccountId,
    pub occurrence: i32,
    pub state: State,
    pub payload: String,
    pub payload_sha256: String,
    pub link_id: LinkId,
    pub due_wall: String,
    pub due_zone: String,
    pub due_at: Instant,
    pub latest_at: Instant,
    pub next_at: Option<Instant>,
    pub lease_owner: Option<String>,
    pub lease_until: Option<Instant>,
    pub fence: i32,
    pub attempts: i32,
    pub ever_ambiguous: bool,
    pub send_key: String,
    pub fenced_at: Option<Instant>,
    pub checkpoint: String,
    pub remote_id: Option<String>,
    pub remote_url: Option<String>,
    pub error_kind: Option<String>,
    pub error_words: Option<String>,
    pub looks: i32,
    pub cancel_wanted: bool,
    pub created_at: Instant,
    pub updated_at: Instant,
    pub told_at: Option<Instant>,
}

impl Delivery {
    /// Whether a worker has it right now.
    pub fn is_leased(&self, now: Instant) -> bool {
        self.lease_until.is_some_and(|until| until >= now)
    }
}

/// What went out together from one press of the button.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = publications)]
#[expect(missing_docs, reason = "the migration explains each column")]
pub struct Publication {
    pub id: PublicationId,
    pub posting_id: Option<PostingId>,
    pub round_id: Option<RoundId>,
    pub posting_version: Option<i32>,
    pub story_id: Option<StoryId>,
    pub story_version: Option<i32>,
    pub created_by: String,
    pub created_at: Instant,
    pub stays: bool,
    pub audience_id: Option<AudienceId>,
}

impl Publication {
    /// About an ad or a story, as it stood.
    pub(super) fn of(
        id: PublicationId,
        subject: Subject,
        edition: Edition,
        created_by: String,
        created_at: Instant,
        audience_id: Option<AudienceId>,
    ) -> Self {
        let (round_id, posting_version, story_version) = match edition {
            Edition::Posting(round, version) => (round, Some(version), None),
            Edition::Story(version) => (None, None, Some(version)),
        };
        let (posting_id, story_id) = (subject.posting(), subject.story());
        Self {
            id,
            posting_id,
            round_id,
            posting_version,
            story_id,
            story_version,
            created_by,
            created_at,
            stays: false,
            audience_id,
        }
    }

    /// What it is about.
    pub fn subject(&self) -> Option<Subject> {
        Subject::of(self.posting_id, self.story_id)
    }
}

/// One try, look or take-down: the proof of what was done and said.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = attempts)]
#[expect(missing_docs, reason = "the migration explains each column")]
pub struct Attempt {
    pub id: AttemptId,
    pub delivery_id: DeliveryId,
    pub fence: i32,
    pub phase: Phase,
    pub started_at: Instant,
    pub ended_at: Option<Instant>,
    pub outcome: Option<Verdict>,
    pub status: Option<i32>,
    pub error_kind: Option<String>,
    pub evidence: String,
}

/// Why a delivery was not moved on.
#[derive(Debug, thiserror::Error)]
pub enum MoveError {
    /// The row is no longer ours, or not in the state we read: somebody else moved it.
    #[error("another worker or a person has moved this delivery")]
    Zombie,
    /// The state machine has no such edge.
    #[error("{1:?} may not happen to a delivery that is {0}")]
    Forbidden(State, Event),
    /// What lies in the row cannot be read.
    #[error("the row cannot be read: {0}")]
    Unreadable(String),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl From<diesel::result::Error> for MoveError {
    fn from(error: diesel::result::Error) -> Self {
        Self::Db(error.into())
    }
}

/// What a move writes beside the state.
#[derive(AsChangeset, Default)]
#[diesel(table_name = deliveries)]
pub(super) struct Changes {
    pub payload: Option<String>,
    pub payload_sha256: Option<String>,
    pub due_wall: Option<String>,
    pub due_zone: Option<String>,
    pub due_at: Option<Instant>,
    pub latest_at: Option<Instant>,
    pub next_at: Option<Option<Instant>>,
    pub lease_until: Option<Option<Instant>>,
    pub attempts: Option<i32>,
    pub ever_ambiguous: Option<bool>,
    pub send_key: Option<String>,
    pub fenced_at: Option<Option<Instant>>,
    pub checkpoint: Option<String>,
    pub remote_id: Option<Option<String>>,
    pub remote_url: Option<Option<String>>,
    pub error_kind: Option<Option<String>>,
    pub error_words: Option<Option<String>>,
    pub looks: Option<i32>,
    pub cancel_wanted: Option<bool>,
}

impl Changes {
    /// With no reason any more.
    pub fn cleared() -> Self {
        Self { error_kind: Some(None), error_words: Some(None), ..Self::default() }
    }
}

/// States that end with their account.
const SETTLED_WITH_ACCOUNT: [State; 5] =
    [State::Planned, State::RetryWait, State::NeedsReconnect, State::Held, State::Unknown];

/// States in which the clock has something to do.
fn driven() -> Vec<State> {
    State::ALL.iter().copied().filter(|s| s.is_driven()).collect()
}

pub(super) fn insert_publication(conn: &mut Conn, p: &Publication) -> Result<(), DbError> {
    diesel::insert_into(publications::table).values(p).execute(conn)?;
    Ok(())
}

/// A delivery to be; everything else begins empty.
pub(super) struct NewDelivery<'a> {
    pub id: DeliveryId,
    pub publication: PublicationId,
    pub account: AccountId,
    pub occurrence: i32,
    /// What it says and shows, as it is frozen in `payload`.
    pub post: &'a Post,
    pub payload: &'a str,
    pub payload_sha256: &'a str,
    pub link: LinkId,
    pub due_wall: &'a str,
    pub due_zone: &'a str,
    pub due_at: Instant,
    pub latest_at: Instant,
    pub send_key: &'a str,
    /// Somebody must approve it first.
    pub waits: bool,
}

pub(super) fn insert_delivery(conn: &mut Conn, d: &NewDelivery<'_>, now: Instant) -> Result<(), DbError> {
    diesel::insert_into(deliveries::table)
        .values((
            deliveries::id.eq(d.id),
            deliveries::publication_id.eq(d.publication),
            deliveries::account_id.eq(d.account),
            deliveries::occurrence.eq(d.occurrence),
            deliveries::state.eq(if d.waits { State::InReview } else { State::Planned }),
            deliveries::payload.eq(d.payload),
            deliveries::payload_sha256.eq(d.payload_sha256),
            deliveries::link_id.eq(d.link),
            deliveries::due_wall.eq(d.due_wall),
            deliveries::due_zone.eq(d.due_zone),
            deliveries::due_at.eq(d.due_at),
            deliveries::latest_at.eq(d.latest_at),
            deliveries::next_at.eq((!d.waits).then_some(d.due_at)),
            deliveries::send_key.eq(d.send_key),
            deliveries::created_at.eq(now),
            deliveries::updated_at.eq(now),
        ))
        .execute(conn)?;
    consents::note_shown(conn, d.id, d.post)?;
    let planned = asked::publication(conn, d.publication)?;
    let detail = serde_json::json!({
        "by": planned.created_by,
        "account": d.account.to_string(),
        "posting": planned.posting_id.map(|id| id.to_string()),
        "posting_version": planned.posting_version,
        "story": planned.story_id.map(|id| id.to_string()),
        "story_version": planned.story_version,
        "occurrence": d.occurrence,
        "payload_sha256": d.payload_sha256,
        "link": d.link.to_string(),
        "due_at": d.due_at.rfc3339(),
        "latest_at": d.latest_at.rfc3339(),
    });
    prove(conn, d.id, ProofKind::Planned, &detail, now)
}

/// Takes the lease and the next fence number in one write, unless somebody holds it or it is not due.
pub(super) fn claim(
    conn: &mut Conn,
    id: DeliveryId,
    owner: &str,
    now: Instant,
    until: Instant,
) -> Result<Option<Delivery>, DbError> {
    let free = deliveries::table
        .find(id)
        .filter(deliveries::next_at.le(now))
        .filter(deliveries::state.eq_any(driven()))
        .filter(deliveries::lease_until.is_null().or(deliveries::lease_until.lt(now)));
    let taken = diesel::update(free)
        .set((
            deliveries::lease_owner.eq(owner),
            deliveries::lease_until.eq(until),
            deliveries::fence.eq(deliveries::fence + 1),
            deliveries::updated_at.eq(now),
        ))
        .execute(conn)?;
    if taken == 0 {
        return Ok(None);
    }
    Ok(Some(deliveries::table.find(id).select(Delivery::as_select()).first(conn)?))
}

/// Reads the row again if it is still ours.
pub(super) fn held(conn: &mut Conn, id: DeliveryId, fence: i32) -> Result<Delivery, MoveError> {
    let row = deliveries::table
        .find(id)
        .filter(deliveries::fence.eq(fence))
        .select(Delivery::as_select())
        .first(conn)
        .optional()?;
    row.ok_or(MoveError::Zombie)
}

/// Moves it along an edge of the state machine and gives the lease back (`keep`: holds on to it).
/// Carries `id = ? and fence = ?` and the state it was read in.
pub(super) fn advance(
    conn: &mut Conn,
    was: &Delivery,
    event: Event,
    changes: &Changes,
    keep: bool,
    now: Instant,
) -> Result<State, MoveError> {
    let ambiguous = changes.ever_ambiguous.unwrap_or(was.ever_ambiguous);
    let to = was.state.on(event, ambiguous).ok_or(MoveError::Forbidden(was.state, event))?;
    let ours = deliveries::table
        .find(was.id)
        .filter(deliveries::fence.eq(was.fence))
        .filter(deliveries::state.eq(was.state));
    let set = (changes, deliveries::state.eq(to), deliveries::updated_at.eq(now));
    let moved = if keep {
        diesel::update(ours).set(set).execute(conn)?
    } else {
        let free = (deliveries::lease_owner.eq(None::<String>), deliveries::lease_until.eq(None::<Instant>));
        diesel::update(ours).set((set, free)).execute(conn)?
    };
    if moved == 0 {
        return Err(MoveError::Zombie);
    }
    prove(conn, was.id, ProofKind::Moved, &moves(was, event, to, was.fence, changes), now)?;
    comments::follow(conn, was, to, now)?;
    Ok(to)
}

/// A move as the proof tells it.
fn moves(was: &Delivery, event: Event, to: State, fence: i32, changes: &Changes) -> serde_json::Value {
    let mut detail = serde_json::json!({
        "event": format!("{event:?}"),
        "from": was.state.word(),
        "to": to.word(),
        "fence": fence,
    });
    let text = |value: &Option<Option<String>>| value.clone().flatten();
    for (name, value) in [
        ("worker", was.lease_owner.clone()),
        ("send_key", changes.send_key.clone()),
        ("payload_sha256", changes.payload_sha256.clone()),
        ("remote_id", text(&changes.remote_id)),
        ("remote_url", text(&changes.remote_url)),
        ("error_kind", text(&changes.error_kind)),
        ("due_at", changes.due_at.map(|at| at.rfc3339())),
    ] {
        if let Some(value) = value {
            detail[name] = value.into();
        }
    }
    detail
}

/// Writes without moving; `keep` as in [`advance`].
pub(super) fn note(
    conn: &mut Conn,
    id: DeliveryId,
    fence: i32,
    changes: &Changes,
    keep: bool,
    now: Instant,
) -> Result<(), MoveError> {
    let ours = deliveries::table.find(id).filter(deliveries::fence.eq(fence));
    let set = (changes, deliveries::updated_at.eq(now));
    let hit = if keep {
        diesel::update(ours).set(set).execute(conn)?
    } else {
        let free = (deliveries::lease_owner.eq(None::<String>), deliveries::lease_until.eq(None::<Instant>));
        diesel::update(ours).set((set, free)).execute(conn)?
    };
    if hit == 0 { Err(MoveError::Zombie) } else { Ok(()) }
}

/// A person's move: takes the next fence number too, so that a worker that holds it becomes a zombie.
pub(super) fn overrule(
    conn: &mut Conn,
    was: &Delivery,
    event: Event,
    changes: &Changes,
    now: Instant,
) -> Result<State, MoveError> {
    let to = was.state.on(event, was.ever_ambiguous).ok_or(MoveError::Forbidden(was.state, event))?;
    let moved = diesel::update(
        deliveries::table
            .find(was.id)
            .filter(deliveries::fence.eq(was.fence))
            .filter(deliveries::state.eq(was.state)),
    )
    .set((
        changes,
        deliveries::state.eq(to),
        // whoever acts knows; should it ask again, it is told again
        deliveries::told_at.eq(None::<Instant>),
        deliveries::fence.eq(deliveries::fence + 1),
        deliveries::lease_owner.eq(None::<String>),
        deliveries::lease_until.eq(None::<Instant>),
        deliveries::updated_at.eq(now),
    ))
    .execute(conn)?;
    if moved == 0 {
        return Err(MoveError::Zombie);
    }
    prove(conn, was.id, ProofKind::Moved, &moves(was, event, to, was.fence + 1, changes), now)?;
    comments::follow(conn, was, to, now)?;
    Ok(to)
}

/// The wish "cancel if it did not leave" (R20), while it is being sent or nobody knows.
pub(super) fn wish_cancelled(conn: &mut Conn, was: &Delivery, now: Instant) -> Result<(), MoveError> {
    let hit = diesel::update(
        deliveries::table
            .find(was.id)
            .filter(deliveries::state.eq(was.state))
            .filter(deliveries::fence.eq(was.fence)),
    )
    .set((deliveries::cancel_wanted.eq(true), deliveries::updated_at.eq(now)))
    .execute(conn)?;
    if hit == 0 { Err(MoveError::Zombie) } else { Ok(()) }
}

/// Makes those that wait for one of these accounts due now; how many.
pub(super) fn wake(conn: &mut Conn, accounts: &[AccountId], now: Instant) -> Result<usize, DbError> {
    let waiting = deliveries::table
        .filter(deliveries::account_id.eq_any(accounts))
        .filter(deliveries::state.eq(State::NeedsReconnect))
        .filter(deliveries::next_at.is_null().or(deliveries::next_at.gt(now)));
    Ok(diesel::update(waiting).set(deliveries::next_at.eq(now)).execute(conn)?)
}

/// Makes every open delivery of these accounts due now, so that it is settled without waiting for its
/// time (R24); how many.
pub(super) fn settle(conn: &mut Conn, accounts: &[AccountId], now: Instant) -> Result<usize, DbError> {
    let waiting = deliveries::table
        .filter(deliveries::account_id.eq_any(accounts))
        .filter(deliveries::state.eq_any(SETTLED_WITH_ACCOUNT))
        .filter(deliveries::next_at.is_null().or(deliveries::next_at.gt(now)));
    Ok(diesel::update(waiting).set(deliveries::next_at.eq(now)).execute(conn)?)
}

pub(super) fn begin_attempt(
    conn: &mut Conn,
    id: AttemptId,
    delivery: DeliveryId,
    fence: i32,
    phase: Phase,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(attempts::table)
        .values((
            attempts::id.eq(id),
            attempts::delivery_id.eq(delivery),
            attempts::fence.eq(fence),
            attempts::phase.eq(phase),
            attempts::started_at.eq(now),
        ))
        .execute(conn)?;
    let request: String = deliveries::table.find(delivery).select(deliveries::payload_sha256).first(conn)?;
    let detail = serde_json::json!({
        "attempt": id.to_string(),
        "phase": phase.word(),
        "fence": fence,
        "payload_sha256": request,
    });
    prove(conn, delivery, ProofKind::Begun, &detail, now)
}

/// What came of an attempt; written once.
pub(super) struct End<'a> {
    pub verdict: Verdict,
    pub status: Option<u16>,
    pub kind: Option<&'a str>,
    pub evidence: &'a str,
}

pub(super) fn end_attempt(
    conn: &mut Conn,
    id: AttemptId,
    end: &End<'_>,
    now: Instant,
) -> Result<(), DbError> {
    let ended = diesel::update(attempts::table.find(id).filter(attempts::outcome.is_null()))
        .set((
            attempts::ended_at.eq(now),
            attempts::outcome.eq(end.verdict),
            attempts::status.eq(end.status.map(i32::from)),
            attempts::error_kind.eq(end.kind),
            attempts::evidence.eq(end.evidence),
        ))
        .execute(conn)?;
    if ended == 0 { Ok(()) } else { proofs::prove_ended(conn, id, now) }
}

/// Whether a publication's posts stay when its ad is over.
pub(super) fn set_stays(conn: &mut Conn, id: PublicationId, stays: bool) -> Result<(), DbError> {
    diesel::update(publications::table.find(id)).set(publications::stays.eq(stays)).execute(conn)?;
    Ok(())
}

/// Somebody has been told of these.
pub(super) fn told(conn: &mut Conn, ids: &[DeliveryId], now: Instant) -> Result<(), DbError> {
    let those = deliveries::table.filter(deliveries::id.eq_any(ids));
    diesel::update(those).set(deliveries::told_at.eq(now)).execute(conn)?;
    Ok(())
}

/// The address of what went out without one (R3).
pub(super) fn set_address(conn: &mut Conn, id: DeliveryId, url: &str, now: Instant) -> Result<(), DbError> {
    let bare = deliveries::table
        .find(id)
        .filter(deliveries::state.eq(State::Published))
        .filter(deliveries::remote_url.is_null());
    diesel::update(bare)
        .set((deliveries::remote_url.eq(url), deliveries::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

/// When the engine begins with a delivery that has just been planned.
pub(super) fn set_begin(conn: &mut Conn, id: DeliveryId, at: Instant) -> Result<(), DbError> {
    diesel::update(deliveries::table.find(id)).set(deliveries::next_at.eq(at)).execute(conn)?;
    Ok(())
}

/// Two workers may not decide about one account's spacing at the same time.
pub(super) fn lock_account(conn: &mut Conn, account: AccountId) -> Result<(), DbError> {
    db::lock(conn, &format!("deliveries of {account}"))
}
