//! The one function that moves a delivery on, whatever state it is in. The clock, a commit's signal and
//! a restart all call [`drive`]; there is no other path, so recovery is tried every day.
//!
//! The order of things is the guarantee: claim (lease and fence number) → uploads nobody can see →
//! *commit the attempt, the key and the state `publishing`* → the one visible call, shorter than the
//! lease → commit what the peer said. Only its parsed word is a verdict; whatever else happens leads to
//! `unknown`, and from there by the channel's class: the same key again, a look, or a person.

use std::time::Duration;

use tokio::time::{sleep, timeout};

use super::{
    breaker,
    delivery::{Event, Phase, Reason, State, Verdict},
    facts,
    publication::{self, Keyed},
    record,
    step::{self, Facts, Seen, Step},
    store::{self, Changes, Delivery, MoveError},
};
use crate::{
    base::{
        Instant,
        fault::{self, Point},
        id::{AttemptId, DeliveryId},
    },
    channels::{
        self, Account, Channel, Channels, Class, Found, Outcome, Post, Problem, ProblemKind, Shut, Standing,
        Withdrawn, gauge,
    },
    db::{Conn, DbError},
    kit::Kit,
};

/// The longest that uploads and the peer's own processing may take before we come back later.
const PREPARE: Duration = Duration::from_secs(1800);
/// Handles from the peer older than this may have been thrown away there; uploads are repeated.
const HANDLES_LIVE: Duration = Duration::from_secs(600);

/// Does the next thing there is to do for this delivery, if its time has come and nobody else has it.
/// Harmless to call at any time, from anywhere, any number of times.
pub async fn drive(kit: &Kit, channels: &Channels, id: DeliveryId) -> Result<(), DbError> {
    let Some((row, facts, step)) = claim(kit, id).await? else { return Ok(()) };
    fault::pass(Point::AfterClaim);
    let account = row.account_id;
    let (done, reading) = gauge::watching(work(kit, channels, row, facts, step)).await;
    if let Some(reading) = reading {
        let now = kit.clock.now();
        kit.db.write(move |c| breaker::counted(c, account, reading, now)).await?;
    }
    match done {
        Ok(()) => Ok(()),
        Err(MoveError::Zombie) => {
            tracing::info!(delivery = %id, "moved by somebody else meanwhile; stopping");
            Ok(())
        }
        Err(error @ (MoveError::Forbidden(..) | MoveError::Unreadable(_))) => {
            // the lease runs out, and the next look begins from what the row says
            tracing::error!(delivery = %id, %error, "a delivery cannot be moved on");
            Ok(())
        }
        Err(MoveError::Db(error)) => Err(error),
    }
}

/// Takes the lease and decides, in one transaction. What needs no peer is done in it too, and then
/// there is nothing left to work on.
async fn claim(kit: &Kit, id: DeliveryId) -> Result<Option<(Delivery, Facts, Step)>, DbError> {
    let k = kit.clone();
    let claimed = kit
        .db
        .write(move |c| {
            let now = k.clock.now();
            let owner = k.chance.code(12);
            let Some(row) = store::claim(c, id, &owner, now, now + record::lease(&k))? else {
                return Ok(None);
            };
            let facts = facts::read(c, &k, &row, now)?;
            let step = step::decide(&facts);
            match alone(c, &k, &row, &step, now) {
                Ok(true) => Ok(None),
                Ok(false) => Ok(Some((row, facts, step))),
                Err(error) => Err(error),
            }
        })
        .await;
    match claimed {
        Ok(claimed) => Ok(claimed),
        Err(MoveError::Db(error)) => Err(error),
        Err(error) => {
            tracing::error!(delivery = %id, %error, "a delivery could not be moved on");
            Ok(None)
        }
    }
}

/// The steps that are nothing but a change of the row; true when it was one.
fn alone(c: &mut Conn, kit: &Kit, row: &Delivery, step: &Step, now: Instant) -> Result<bool, MoveError> {
    let reason = |event: Event, reason: Reason| {
        let to = row.state.on(event, row.ever_ambiguous);
        let mut changes = record::because(reason.word(), None);
        changes.next_at = Some(to.filter(|s| s.is_driven()).map(|_| row.latest_at + Duration::from_secs(1)));
        changes
    };
    match step {
        Step::Send | Step::Look | Step::Withdraw | Step::Hand => return Ok(false),
        Step::Remind => record::remind(c, kit, row, now)?,
        Step::Wait(until, why) => {
            let mut changes = record::because(why.word(), None);
            changes.next_at = Some(Some(*until));
            // a peer's no to the send is remembered until it is settled: it forbids sending again
            if row.state == State::Unknown && record::last_no(row).is_some_and(|kind| !kind.passes()) {
                (changes.error_kind, changes.error_words) = (None, None);
            }
            store::note(c, row.id, row.fence, &changes, false, now)?;
        }
        Step::Review => {
            let changes =
                Changes { next_at: Some(None), ..record::because(Reason::NotApproved.word(), None) };
            record::advance(c, kit, row, Event::SentForReview, &changes, now)?;
        }
        Step::Lost => {
            let mut changes = record::because(Reason::Died.word(), None);
            changes.ever_ambiguous = Some(true);
            changes.next_at = Some(Some(record::first_look(kit, row.fenced_at, now)));
            record::advance(c, kit, row, Event::Lost, &changes, now)?;
        }
        Step::Reconnected => {
            let changes = Changes { next_at: Some(Some(now)), ..Changes::cleared() };
            record::advance(c, kit, row, Event::Reconnected, &changes, now)?;
        }
        Step::Lock => {
            record::advance(c, kit, row, Event::Locked, &reason(Event::Locked, Reason::Reconnect), now)?;
        }
        Step::Miss => {
            let changes = reason(Event::LatestPassed, Reason::LatestPassed);
            record::advance(c, kit, row, Event::LatestPassed, &changes, now)?;
        }
        Step::Cancel => {
            record::advance(c, kit, row, Event::Cancelled, &reason(Event::Cancelled, Reason::Person), now)?;
        }
        Step::Baseless(why) => {
            record::advance(c, kit, row, Event::Baseless, &reason(Event::Baseless, *why), now)?;
        }
        Step::Ask(why) => {
            record::advance(c, kit, row, Event::Undecidable, &reason(Event::Undecidable, *why), now)?;
        }
    }
    Ok(true)
}

async fn work(
    kit: &Kit,
    channels: &Channels,
    row: Delivery,
    facts: Facts,
    step: Step,
) -> Result<(), MoveError> {
    let post: Post = publication::thaw(&row.payload)?;
    let account = match channels::open(kit, row.account_id).await {
        Ok(account) => account,
        Err(Shut::Db(error)) => return Err(error.into()),
        Err(Shut::Later(problem)) => return cannot_open(kit, row, &facts, problem).await,
        // the next claim sees what became of the account and does what follows from it
        Err(Shut::NeedsReconnect | Shut::Disconnected) => return again(kit, &row).await,
    };
    let Some(channel) = channels.get(account.channel) else {
        let words = format!("this version knows no channel {}", account.channel);
        return cannot_open(kit, row, &facts, Problem::new(ProblemKind::Configuration, words)).await;
    };
    let work = Work { kit, channel: &**channel, account, post };
    match step {
        Step::Look => work.look(row, facts).await,
        Step::Withdraw => work.take_down(row).await,
        Step::Hand => work.hand(row).await,
        _ => work.send(row, false).await,
    }
}

/// Gives the row back, due at once.
async fn again(kit: &Kit, row: &Delivery) -> Result<(), MoveError> {
    let (k, id, fence) = (kit.clone(), row.id, row.fence);
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            store::note(c, id, fence, &Changes { next_at: Some(Some(now)), ..Changes::default() }, false, now)
        })
        .await
}

/// Without a usable account nothing visible can have happened in this try.
async fn cannot_open(kit: &Kit, row: Delivery, facts: &Facts, problem: Problem) -> Result<(), MoveError> {
    match row.state {
        State::Removing => record::not_gone(kit, row, None, problem).await,
        State::Unknown => {
            let facts = *facts;
            record::seen(kit, row, &facts, None, Found::Unreachable(problem)).await.map(drop)
        }
        _ => record::before_the_fence(kit, row, None, problem).await,
    }
}

/// A claimed delivery with everything that is needed to talk about it with its peer.
struct Work<'a> {
    kit: &'a Kit,
    channel: &'a dyn Channel,
    account: Account,
    post: Post,
}

impl Work<'_> {
    /// Uploads, fence, visible call, record. `absent`: a look has just shown that it is surely not there.
    async fn send(&self, mut row: Delivery, absent: bool) -> Result<(), MoveError> {
        let mut checkpoint = publication::checkpoint(&row.checkpoint);
        // while a key is alive the second send must be byte for byte the first, handles and all
        let class = self.account.ability.class;
        let same_bytes = row.state == State::Unknown && (!absent || class == Class::RefusesDuplicates);
        if !same_bytes {
            let (attempt, before) = self.begin(&row, Phase::Prepare).await?;
            let fresh = before.is_some_and(|at| self.kit.clock.now().since(at) < HANDLES_LIVE);
            // what was made first and is shown by its number is looked at by its own channel, never made twice
            if class != Class::TwoPhase && (!fresh || row.attempts > 0) {
                checkpoint = Default::default();
            }
            let preparing = self.channel.prepare(&self.account, &self.post, &self.kit.blobs, &mut checkpoint);
            let prepared = match self.holding(&row, timeout(PREPARE, preparing)).await? {
                Ok(prepared) => prepared,
                Err(_) => Err(Problem::new(ProblemKind::Processing, "")),
            };
            fault::pass(Point::AfterUpload);
            row.checkpoint = publication::checkpoint_text(&checkpoint);
            if let Err(problem) = prepared {
                let problem = self.told(problem).await?;
                return record::before_the_fence(self.kit, row, Some(attempt), problem).await;
            }
            self.prepared(&row, attempt).await?;
            fault::pass(Point::AfterPrepare);
        }
        let Some(fenced) = self.fence(&row, absent).await? else { return Ok(()) };
        fault::pass(Point::AfterFence);
        let limit = record::request(self.kit);
        let outcome = match timeout(limit, self.visible_call(&fenced, &checkpoint)).await {
            Ok(outcome) => outcome,
            Err(_) => {
                Outcome::Ambiguous { status: None, words: format!("no answer in {} s", limit.as_secs()) }
            }
        };
        fault::pass(Point::AfterSend);
        let outcome = match outcome {
            Outcome::Rejected(problem) => Outcome::Rejected(self.told(problem).await?),
            other => other,
        };
        record::outcome(self.kit, fenced.row, fenced.attempt, outcome).await?;
        fault::pass(Point::AfterRecord);
        Ok(())
    }

    /// Makes the package and lays it with the person. Nobody outside sees any of it, so it may be repeated; the package is
    /// made of the frozen post alone and is the same every time.
    async fn hand(&self, mut row: Delivery) -> Result<(), MoveError> {
        let mut checkpoint = publication::checkpoint(&row.checkpoint);
        let (attempt, _) = self.begin(&row, Phase::Hand).await?;
        let blobs = &self.kit.blobs;
        let packing =
            timeout(PREPARE, self.channel.prepare(&self.account, &self.post, blobs, &mut checkpoint));
        let packed = match self.holding(&row, packing).await? {
            Ok(packed) => packed,
            Err(_) => Err(Problem::new(ProblemKind::Processing, "")),
        };
        fault::pass(Point::AfterUpload);
        row.checkpoint = publication::checkpoint_text(&checkpoint);
        if let Err(problem) = packed {
            return record::before_the_fence(self.kit, row, Some(attempt), problem).await;
        }
        // what lies there is held until the row names it
        let contents = channels::Parcel::of(&checkpoint).map(|made| made.contents()).unwrap_or_default();
        let _held = match blobs.hold(&contents).await {
            Ok(held) => held,
            Err(error) => {
                let problem = Problem::new(ProblemKind::Unavailable, error.to_string());
                return record::before_the_fence(self.kit, row, Some(attempt), problem).await;
            }
        };
        fault::pass(Point::AfterPrepare);
        let (k, id, fence, checkpoint) = (self.kit.clone(), row.id, row.fence, row.checkpoint);
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                let row = store::held(c, id, fence)?;
                // everything is asked once more, as at the fence
                if step::decide(&facts::read(c, &k, &row, now)?) != Step::Hand {
                    let changes = Changes { next_at: Some(Some(now)), ..Changes::default() };
                    return store::note(c, id, fence, &changes, false, now);
                }
                record::handed(c, &k, &row, attempt, checkpoint, now)
            })
            .await?;
        fault::pass(Point::AfterRecord);
        Ok(())
    }

    /// The one call others can see; not made when this process slept so long behind its own fence that
    /// another worker may have begun to look.
    async fn visible_call(&self, fenced: &Fenced, checkpoint: &channels::Checkpoint) -> Outcome {
        let slept = fenced.since.elapsed();
        if slept + record::request(self.kit) + Duration::from_secs(5) > record::lease(self.kit) {
            let words = format!("not sent: this process stood still for {} s", slept.as_secs());
            return Outcome::Ambiguous { status: None, words };
        }
        self.channel.publish(&self.account, &self.post, &fenced.key.key, checkpoint).await
    }

    /// The write fence: everything is asked once more, then the attempt, the key and the state are one
    /// commit. `None`: meanwhile there is a reason not to send, and the row is free again.
    async fn fence(&self, row: &Delivery, absent: bool) -> Result<Option<Fenced>, MoveError> {
        let (k, id, fence, checkpoint) = (self.kit.clone(), row.id, row.fence, row.checkpoint.clone());
        let since = tokio::time::Instant::now();
        let account = row.account_id;
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                store::lock_account(c, account)?;
                let row = store::held(c, id, fence)?;
                let facts = facts::read(c, &k, &row, now)?;
                let allowed = step::decide(&facts) == Step::Send
                    || (absent
                        && step::after_look(&facts, &Found::Absent, Duration::ZERO) == Seen::SendAgain);
                if !allowed {
                    let changes = Changes { next_at: Some(Some(now)), ..Changes::default() };
                    store::note(c, id, fence, &changes, false, now)?;
                    return Ok(None);
                }
                let key = publication::key_for(&row, now, &k.chance)?;
                let attempt = AttemptId::new(now, &k.chance);
                store::begin_attempt(c, attempt, id, fence, Phase::Send, now)?;
                let changes = Changes {
                    attempts: Some(row.attempts + 1),
                    // the key's life is counted from the first try that may have taken effect
                    fenced_at: (!row.ever_ambiguous || row.fenced_at.is_none()).then_some(Some(now)),
                    send_key: Some(key.text.clone()),
                    checkpoint: Some(checkpoint),
                    looks: Some(0),
                    next_at: Some(Some(now)),
                    lease_until: Some(Some(now + record::lease(&k))),
                    ..Changes::cleared()
                };
                store::advance(c, &row, Event::Fenced, &changes, true, now)?;
                let row = store::held(c, id, fence)?;
                Ok(Some(Fenced { row, attempt, key, since }))
            })
            .await
    }

    /// Looks whether it is there; when it surely is not and may be sent again, sends it again.
    async fn look(&self, row: Delivery, facts: Facts) -> Result<(), MoveError> {
        let key = publication::read_key(&row.send_key)?;
        let got = publication::checkpoint(&row.checkpoint);
        let (attempt, _) = self.begin(&row, Phase::Find).await?;
        let looking =
            timeout(record::request(self.kit), self.channel.look(&self.account, &self.post, &key, &got));
        let found = match self.holding(&row, looking).await? {
            Ok(Found::Unreachable(problem)) => Found::Unreachable(self.told(problem).await?),
            Ok(found) => found,
            Err(_) => Found::Unreachable(Problem::new(ProblemKind::Unavailable, "")),
        };
        match record::seen(self.kit, row, &facts, Some(attempt), found).await? {
            Some(row) => self.send(row, true).await,
            None => Ok(()),
        }
    }

    /// Takes it down and looks that it is gone; the look is the proof.
    async fn take_down(&self, row: Delivery) -> Result<(), MoveError> {
        let key = publication::read_key(&row.send_key)?;
        let got = publication::checkpoint(&row.checkpoint);
        let mut remote = row.remote_id.clone().unwrap_or_default();
        let (attempt, _) = self.begin(&row, Phase::Withdraw).await?;
        // a person gave us its address only: the peer's own name for it must be found first
        if publication::is_address(&remote) {
            match timeout(record::request(self.kit), self.channel.look(&self.account, &self.post, &key, &got))
                .await
            {
                Ok(Found::There(published)) => remote = published.remote_id,
                Ok(Found::Unreachable(problem)) => {
                    return record::not_gone(self.kit, row, Some(attempt), problem).await;
                }
                _ => return record::by_hand(self.kit, row, attempt, String::new()).await,
            }
        }
        let withdrawing = timeout(record::request(self.kit), self.channel.withdraw(&self.account, &remote));
        match self.holding(&row, withdrawing).await? {
            Ok(Withdrawn::Gone) => {}
            Ok(Withdrawn::NotYet(problem)) => {
                let problem = self.told(problem).await?;
                return record::not_gone(self.kit, row, Some(attempt), problem).await;
            }
            Ok(Withdrawn::Unable(words)) => return record::by_hand(self.kit, row, attempt, words).await,
            Err(_) => {
                let problem = Problem::new(ProblemKind::Unavailable, "");
                return record::not_gone(self.kit, row, Some(attempt), problem).await;
            }
        }
        let proof = match timeout(
            record::request(self.kit),
            self.channel.look(&self.account, &self.post, &key, &got),
        )
        .await
        {
            Ok(Found::There(_)) => {
                let problem = Problem::new(ProblemKind::Processing, "");
                return record::not_gone(self.kit, row, Some(attempt), problem).await;
            }
            Ok(Found::Absent) => "absent",
            Ok(Found::NotSeen(_)) => "not_seen",
            Ok(Found::Unreachable(_)) | Err(_) => "said_gone",
        };
        record::gone(self.kit, row, attempt, proof).await
    }

    /// Writes that something is tried, before it is; also when that was tried last.
    async fn begin(&self, row: &Delivery, phase: Phase) -> Result<(AttemptId, Option<Instant>), MoveError> {
        let (k, id, fence) = (self.kit.clone(), row.id, row.fence);
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                store::held(c, id, fence)?;
                let before = store::last_begun(c, id, phase)?;
                let attempt = AttemptId::new(now, &k.chance);
                store::begin_attempt(c, attempt, id, fence, phase, now)?;
                Ok((attempt, before))
            })
            .await
    }

    /// Tells the account of a no that concerns it. When its token could be renewed, nobody need do anything
    /// and the no passes.
    async fn told(&self, problem: Problem) -> Result<Problem, DbError> {
        if !step::locks(problem.kind) {
            return Ok(problem);
        }
        Ok(match channels::complain(self.kit, &self.account, &problem).await? {
            Standing::Connected => Problem { kind: ProblemKind::Unavailable, ..problem },
            Standing::NeedsReconnect | Standing::Disconnected => problem,
        })
    }

    /// Keeps the peer's handles as soon as we have them.
    async fn prepared(&self, row: &Delivery, attempt: AttemptId) -> Result<(), MoveError> {
        let (k, id, fence, checkpoint) = (self.kit.clone(), row.id, row.fence, row.checkpoint.clone());
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                let changes = Changes { checkpoint: Some(checkpoint), ..Changes::default() };
                store::note(c, id, fence, &changes, true, now)?;
                record::end(c, attempt, Verdict::Accepted, None, None, "{}", now)?;
                Ok(())
            })
            .await
    }

    /// Does something that others cannot see and that may take long, renewing the lease meanwhile (R4).
    async fn holding<T>(&self, row: &Delivery, work: impl Future<Output = T>) -> Result<T, MoveError> {
        tokio::pin!(work);
        loop {
            tokio::select! {
                done = &mut work => return Ok(done),
                () = sleep(record::lease(self.kit) / 3) => {}
            }
            let (k, id, fence) = (self.kit.clone(), row.id, row.fence);
            self.kit
                .db
                .write(move |c| {
                    let now = k.clock.now();
                    let changes =
                        Changes { lease_until: Some(Some(now + record::lease(&k))), ..Changes::default() };
                    store::note(c, id, fence, &changes, true, now)
                })
                .await?;
        }
    }
}

/// A delivery behind its fence.
struct Fenced {
    row: Delivery,
    attempt: AttemptId,
    key: Keyed,
    since: tokio::time::Instant,
}
