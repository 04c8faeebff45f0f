//! What is asked about publications, deliveries and attempts; nothing is written here.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Attempt, Delivery, Publication, SETTLED_WITH_ACCOUNT, driven};
use crate::{
    accounts::Scope,
    base::{
        Instant, Subject,
        id::{AccountId, DeliveryId, LinkId, PostingId, PublicationId, StoryId, UnitId},
        paging::Paging,
    },
    channels::{ChannelKind, Standing},
    db::{
        Conn, DbError,
        schema::{attempts, channel_accounts, deliveries, postings, publications, stories},
    },
    publishing::delivery::{Phase, State},
};

/// Ids of deliveries whose time has come and that nobody holds, earliest first.
pub(in crate::publishing) fn due(
    conn: &mut Conn,
    now: Instant,
    limit: i64,
) -> Result<Vec<DeliveryId>, DbError> {
    Ok(deliveries::table
        .filter(deliveries::next_at.le(now))
        .filter(deliveries::state.eq_any(driven()))
        .filter(deliveries::lease_until.is_null().or(deliveries::lease_until.lt(now)))
        .order((deliveries::due_at, deliveries::id))
        .limit(limit)
        .select(deliveries::id)
        .load(conn)?)
}

/// Deliveries whose time came before `now` and that, as their rows say, never left.
pub(in crate::publishing) fn unsent_before(conn: &mut Conn, now: Instant) -> Result<Vec<Delivery>, DbError> {
    Ok(deliveries::table
        .filter(deliveries::state.eq_any([State::Planned, State::RetryWait, State::NeedsReconnect]))
        .filter(deliveries::ever_ambiguous.eq(false))
        .filter(deliveries::due_at.lt(now))
        .select(Delivery::as_select())
        .load(conn)?)
}

/// When the newest send to this account was fenced.
pub(in crate::publishing) fn last_fence(
    conn: &mut Conn,
    account: AccountId,
    apart: DeliveryId,
) -> Result<Option<Instant>, DbError> {
    Ok(deliveries::table
        .filter(deliveries::account_id.eq(account))
        .filter(deliveries::id.ne(apart))
        .filter(deliveries::fenced_at.is_not_null())
        .order(deliveries::fenced_at.desc())
        .select(deliveries::fenced_at)
        .first::<Option<Instant>>(conn)
        .optional()?
        .flatten())
}

/// Accounts that have come back to what waits for them, and accounts that are gone with something still to come. Asked at
/// every round, so that only rows of such accounts are read.
pub(in crate::publishing) fn accounts_to_follow(
    conn: &mut Conn,
    now: Instant,
) -> Result<(Vec<AccountId>, Vec<AccountId>), DbError> {
    let waits = || deliveries::next_at.is_null().or(deliveries::next_at.gt(now));
    let in_state = |state: Standing| {
        channel_accounts::table.filter(channel_accounts::state.eq(state)).select(channel_accounts::id)
    };
    let back = deliveries::table
        .filter(deliveries::state.eq(State::NeedsReconnect))
        .filter(deliveries::account_id.eq_any(in_state(Standing::Connected)))
        .filter(waits())
        .select(deliveries::account_id)
        .distinct()
        .load(conn)?;
    let gone = deliveries::table
        .filter(deliveries::state.eq_any(SETTLED_WITH_ACCOUNT))
        .filter(deliveries::account_id.eq_any(in_state(Standing::Disconnected)))
        .filter(waits())
        .select(deliveries::account_id)
        .distinct()
        .load(conn)?;
    Ok((back, gone))
}

/// The latest moment at which any delivery was written.
pub(in crate::publishing) fn newest_change(conn: &mut Conn) -> Result<Option<Instant>, DbError> {
    Ok(deliveries::table.select(diesel::dsl::max(deliveries::updated_at)).first(conn)?)
}

/// What is live of ads that were over before `before`, unless it is to stay; at most a hundred at a time. From the ads to
/// their posts, so that what is live of all that is not over, or stays for ever, is not read every minute.
pub(in crate::publishing) fn outlived(
    conn: &mut Conn,
    before: Instant,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let over: Vec<(PublicationId, PostingId)> = publications::table
        .inner_join(postings::table)
        .filter(publications::stays.eq(false))
        .filter(postings::state.eq_any(["deadline_passed", "closed"]))
        .filter(postings::deadline_at.lt(before).or(postings::closed_at.lt(before)))
        .select((publications::id, postings::id))
        .load(conn)?;
    let of: HashMap<PublicationId, PostingId> = over.iter().copied().collect();
    let mut live = Vec::new();
    for some in over.chunks(500) {
        let some: Vec<PublicationId> = some.iter().map(|(publication, _)| *publication).collect();
        let rows: Vec<(DeliveryId, State)> = deliveries::table
            .filter(deliveries::publication_id.eq_any(some))
            .select((deliveries::id, deliveries::state))
            .load(conn)?;
        live.extend(rows.into_iter().filter(|(_, state)| *state == State::Published).map(|(id, _)| id));
    }
    live.sort_unstable();
    live.truncate(100);
    let rows: Vec<Delivery> = deliveries::table
        .filter(deliveries::id.eq_any(live))
        .order(deliveries::id)
        .select(Delivery::as_select())
        .load(conn)?;
    let about = |row: Delivery| of.get(&row.publication_id).map(|posting| (row, Subject::Posting(*posting)));
    Ok(rows.into_iter().filter_map(about).collect())
}

/// When this was tried last.
pub(in crate::publishing) fn last_begun(
    conn: &mut Conn,
    delivery: DeliveryId,
    phase: Phase,
) -> Result<Option<Instant>, DbError> {
    Ok(attempts::table
        .filter(attempts::delivery_id.eq(delivery))
        .filter(attempts::phase.eq(phase))
        .order(attempts::started_at.desc())
        .select(attempts::started_at)
        .first(conn)
        .optional()?)
}

/// A delivery by its id.
pub fn delivery(conn: &mut Conn, id: DeliveryId) -> Result<Option<Delivery>, DbError> {
    Ok(deliveries::table.find(id).select(Delivery::as_select()).first(conn).optional()?)
}

/// A publication by its id, where it may not be there.
pub fn publication_if_any(conn: &mut Conn, id: PublicationId) -> Result<Option<Publication>, DbError> {
    Ok(publications::table.find(id).select(Publication::as_select()).first(conn).optional()?)
}

/// A publication by its id.
pub fn publication(conn: &mut Conn, id: PublicationId) -> Result<Publication, DbError> {
    Ok(publications::table.find(id).select(Publication::as_select()).first(conn)?)
}

/// The attempts at a delivery, oldest first.
pub fn attempts_at(conn: &mut Conn, id: DeliveryId) -> Result<Vec<Attempt>, DbError> {
    Ok(attempts::table
        .filter(attempts::delivery_id.eq(id))
        .order((attempts::started_at, attempts::id))
        .select(Attempt::as_select())
        .load(conn)?)
}

/// The occurrences of one publication to one account, oldest first.
pub(in crate::publishing) fn occurrences(
    conn: &mut Conn,
    publication: PublicationId,
    account: AccountId,
) -> Result<Vec<Delivery>, DbError> {
    Ok(deliveries::table
        .filter(deliveries::publication_id.eq(publication))
        .filter(deliveries::account_id.eq(account))
        .order(deliveries::occurrence)
        .select(Delivery::as_select())
        .load(conn)?)
}

/// Which deliveries are asked for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// About this only.
    pub subject: Option<Subject>,
    /// In these states only; none = all.
    pub states: Vec<State>,
}

/// A row about an ad or a story inside a scope: the ad is of a unit of it or one of its postings, the story is of a
/// unit of it.
macro_rules! inside {
    ($scope:expr) => {
        postings::unit_id
            .eq_any($scope.units())
            .or(postings::id.eq_any($scope.postings()))
            .or(stories::unit_id.eq_any($scope.units()))
    };
}

/// Publications with what they are about.
macro_rules! about {
    () => {
        publications::table.left_join(postings::table).left_join(stories::table)
    };
}
pub(super) use {about, inside};

/// Rows with their two subject columns, of which exactly one is set, put together.
pub(super) fn paired<T>(rows: Vec<(T, Option<PostingId>, Option<StoryId>)>) -> Vec<(T, Subject)> {
    rows.into_iter().filter_map(|(row, posting, story)| Some((row, Subject::of(posting, story)?))).collect()
}

/// Deliveries about what lies inside `scope`, latest first; with the subject of each, and how many there are in
/// all.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    wanted: &Wanted,
    paging: Paging,
) -> Result<(Vec<(Delivery, Subject)>, i64), DbError> {
    let query = || {
        let mut query = deliveries::table.inner_join(about!()).filter(inside!(scope)).into_boxed();
        match wanted.subject {
            Some(Subject::Posting(id)) => query = query.filter(publications::posting_id.eq(id)),
            Some(Subject::Story(id)) => query = query.filter(publications::story_id.eq(id)),
            None => {}
        }
        if !wanted.states.is_empty() {
            query = query.filter(deliveries::state.eq_any(wanted.states.clone()));
        }
        query
    };
    let total = query().count().get_result(conn)?;
    let rows = query()
        .order((deliveries::due_at.desc(), deliveries::id.desc()))
        .limit(paging.limit())
        .offset(paging.offset())
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok((paired(rows), total))
}

/// Deliveries about what lies inside `scope` whose time is from `from` on and before `before`, earliest first, with what
/// they are about and its unit; at most [`MOST`].
pub(in crate::publishing) fn between(
    conn: &mut Conn,
    scope: &Scope,
    from: Instant,
    before: Instant,
) -> Result<Vec<(Delivery, Subject, UnitId)>, DbError> {
    type Row = (Delivery, Option<UnitId>, Option<UnitId>, Option<PostingId>, Option<StoryId>);
    let rows: Vec<Row> = deliveries::table
        .inner_join(about!())
        .filter(deliveries::due_at.ge(from).and(deliveries::due_at.lt(before)))
        .filter(inside!(scope))
        .order((deliveries::due_at, deliveries::id))
        .limit(MOST)
        .select((
            Delivery::as_select(),
            postings::unit_id.nullable(),
            stories::unit_id.nullable(),
            publications::posting_id,
            publications::story_id,
        ))
        .load(conn)?;
    let whole = |(row, of_ad, of_story, posting, story): Row| {
        Some((row, Subject::of(posting, story)?, of_ad.or(of_story)?))
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// A post in one of these states has been there for everybody to see.
const WENT_OUT: [State; 3] = [State::Published, State::Removing, State::Removed];

/// Where a post that went out stands: the unit it is of, its tracked link and its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WentOut {
    /// The ad or story.
    pub subject: Subject,
    /// Of which unit that is.
    pub unit: UnitId,
    /// The link in it.
    pub link: LinkId,
    /// On which account.
    pub account: AccountId,
}

/// Every post about what lies inside `scope` whose time was from `from` on and before `before` and that went out; taken down
/// since or not.
pub fn went_out(
    conn: &mut Conn,
    scope: &Scope,
    from: Instant,
    before: Instant,
) -> Result<Vec<WentOut>, DbError> {
    type Row = (Option<PostingId>, Option<StoryId>, Option<UnitId>, Option<UnitId>, LinkId, AccountId);
    let rows: Vec<Row> = deliveries::table
        .inner_join(about!())
        .filter(deliveries::due_at.ge(from).and(deliveries::due_at.lt(before)))
        .filter(deliveries::state.eq_any(WENT_OUT))
        .filter(inside!(scope))
        .order(deliveries::id)
        .select((
            publications::posting_id,
            publications::story_id,
            postings::unit_id.nullable(),
            stories::unit_id.nullable(),
            deliveries::link_id,
            deliveries::account_id,
        ))
        .load(conn)?;
    let whole = |(posting, story, of_ad, of_story, link, account): Row| {
        Some(WentOut { subject: Subject::of(posting, story)?, unit: of_ad.or(of_story)?, link, account })
    };
    Ok(rows.into_iter().filter_map(whole).collect())
}

/// The links of every post about these that went out, taken down since or not; of those alone whose time was from the first
/// instant on and before the second, when there are any. Whoever asks; the caller has narrowed.
pub fn went_out_about(
    conn: &mut Conn,
    subjects: &[Subject],
    within: Option<(Instant, Instant)>,
) -> Result<Vec<LinkId>, DbError> {
    let ads: Vec<PostingId> = subjects.iter().filter_map(|s| s.posting()).collect();
    let told: Vec<StoryId> = subjects.iter().filter_map(|s| s.story()).collect();
    let mut query = deliveries::table
        .inner_join(publications::table)
        .filter(deliveries::state.eq_any(WENT_OUT))
        .filter(publications::posting_id.eq_any(ads).or(publications::story_id.eq_any(told)))
        .order(deliveries::id)
        .select(deliveries::link_id)
        .into_boxed();
    if let Some((from, before)) = within {
        query = query.filter(deliveries::due_at.ge(from)).filter(deliveries::due_at.lt(before));
    }
    Ok(query.load(conn)?)
}

/// Nobody reads a page with more than this.
pub(in crate::publishing) const MOST: i64 = 2000;

/// A delivery, if what it is about lies inside `scope`, with that.
pub fn in_scope(
    conn: &mut Conn,
    scope: &Scope,
    id: DeliveryId,
) -> Result<Option<(Delivery, Subject)>, DbError> {
    let row = deliveries::table
        .inner_join(about!())
        .filter(deliveries::id.eq(id))
        .filter(inside!(scope))
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .first(conn)
        .optional()?;
    Ok(paired(row.into_iter().collect()).pop())
}

/// Payloads to this account since `since` that went out, are on their way or are planned (R8).
pub(in crate::publishing) fn recent_payloads(
    conn: &mut Conn,
    account: AccountId,
    since: Instant,
) -> Result<Vec<(Instant, String)>, DbError> {
    let not_out = [State::Failed, State::Missed, State::Cancelled, State::Removed];
    Ok(deliveries::table
        .filter(deliveries::account_id.eq(account))
        .filter(deliveries::due_at.ge(since))
        .filter(deliveries::state.ne_all(not_out))
        .order(deliveries::due_at.desc())
        .limit(200)
        .select((deliveries::due_at, deliveries::payload))
        .load(conn)?)
}

/// Those of these files that stand in a frozen post which may still be sent, in its package, or in what a person showed.
pub fn needed_files(
    conn: &mut Conn,
    sha256: &[String],
) -> Result<std::collections::HashSet<String>, DbError> {
    let done = State::ALL.iter().copied().filter(|s| s.is_terminal() && *s != State::Failed);
    let done: Vec<State> = done.collect();
    let mut naming: Vec<String> = deliveries::table
        .filter(deliveries::state.ne_all(done.clone()))
        .select(deliveries::payload)
        .load(conn)?;
    // packages that may still be opened, and what people showed as proof, which is kept
    naming.extend(
        deliveries::table
            .filter(deliveries::state.ne_all(done))
            .filter(deliveries::checkpoint.like("%\"package\"%"))
            .select(deliveries::checkpoint)
            .load::<String>(conn)?,
    );
    naming.extend(
        attempts::table
            .filter(attempts::phase.eq(Phase::Person))
            .filter(attempts::evidence.like("%\"photo\"%"))
            .select(attempts::evidence)
            .load::<String>(conn)?,
    );
    Ok(sha256.iter().filter(|s| naming.iter().any(|n| n.contains(s.as_str()))).cloned().collect())
}

/// Deliveries that lie with people, earliest first: what they are to post, and what only they can take down.
pub(in crate::publishing) fn with_people(conn: &mut Conn) -> Result<Vec<Delivery>, DbError> {
    Ok(deliveries::table
        .inner_join(channel_accounts::table)
        .filter(channel_accounts::channel.eq(ChannelKind::Package))
        .filter(deliveries::state.eq_any([State::Handed, State::Removing]))
        .order((deliveries::due_at, deliveries::id))
        .limit(MOST)
        .select(Delivery::as_select())
        .load(conn)?)
}

/// How many deliveries stand in each state; states without any are left out.
pub fn tally(conn: &mut Conn) -> Result<Vec<(State, i64)>, DbError> {
    Ok(deliveries::table
        .group_by(deliveries::state)
        .select((deliveries::state, diesel::dsl::count_star()))
        .load(conn)?)
}

/// Deliveries that should have moved before `before`, that nobody holds and that say no reason (R18).
pub(in crate::publishing) fn stuck(conn: &mut Conn, before: Instant) -> Result<Vec<DeliveryId>, DbError> {
    Ok(deliveries::table
        .filter(deliveries::state.eq_any(driven()))
        .filter(deliveries::next_at.is_null().or(deliveries::next_at.lt(before)))
        .filter(deliveries::lease_until.is_null().or(deliveries::lease_until.lt(before)))
        .order(deliveries::due_at)
        .limit(100)
        .select(deliveries::id)
        .load(conn)?)
}

/// Deliveries that ask for somebody who has not been told yet (R26), with the subject of each.
pub(in crate::publishing) fn untold(conn: &mut Conn) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let rows = deliveries::table
        .inner_join(publications::table)
        .filter(deliveries::state.eq_any(State::TOLD))
        .filter(deliveries::told_at.is_null())
        .order((deliveries::due_at, deliveries::id))
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}

/// What is planned on an account for a time after this one, earliest first, with what it is about.
pub(in crate::publishing) fn due_after(
    conn: &mut Conn,
    account: AccountId,
    after: Instant,
) -> Result<Vec<(Delivery, Subject)>, DbError> {
    let planned = [State::Planned, State::RetryWait, State::NeedsReconnect, State::Held];
    let rows = deliveries::table
        .inner_join(publications::table)
        .filter(deliveries::account_id.eq(account))
        .filter(deliveries::state.eq_any(planned))
        .filter(deliveries::due_at.ge(after))
        .order(deliveries::due_at)
        .select((Delivery::as_select(), publications::posting_id, publications::story_id))
        .load(conn)?;
    Ok(paired(rows))
}

/// What is being sent right now and may show this file.
pub(in crate::publishing) fn being_sent_with(
    conn: &mut Conn,
    sha256: &str,
) -> Result<Vec<Delivery>, DbError> {
    let under_way = [State::Planned, State::RetryWait, State::Publishing, State::Unknown];
    Ok(deliveries::table
        .filter(deliveries::state.eq_any(under_way))
        // somebody has begun with it; said in words, so that both databases see that their index holds just these
        .filter(diesel::dsl::sql::<diesel::sql_types::Bool>("deliveries.fence > 0"))
        .filter(deliveries::payload.like(format!("%{sha256}%")))
        .select(Delivery::as_select())
        .load(conn)?)
}
