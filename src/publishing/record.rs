//! What came of a step, written: the attempt's end and the state that follows are always one commit, and
//! every write carries the fence number that the step was claimed with.

use std::time::Duration;

use super::{
    breaker,
    delivery::{Event, Reason, State, Verdict},
    jobs::{FindAddress, TOGETHER, TellPerson, WriteToHolder},
    letters, measure, package, said,
    step::{self, Facts, Seen},
    store::{self, Changes, Delivery, End, MoveError},
};
use crate::{
    base::{
        Instant,
        id::{AttemptId, UserId},
    },
    channels::{self, Found, Outcome, Problem, ProblemKind, Published},
    db::{Conn, DbError},
    kit::Kit,
    outbound::retry::backoff,
    queue,
};

/// What the peer said to the visible call, and the state that follows, in one commit.
pub(super) async fn outcome(
    kit: &Kit,
    row: Delivery,
    attempt: AttemptId,
    outcome: Outcome,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            match outcome {
                // a yes without a name for the post proves nothing (R36)
                Outcome::Accepted(published) if !published.remote_id.is_empty() => {
                    let evidence = evidence(&[
                        ("remote_id", &published.remote_id),
                        ("url", published.url.as_deref().unwrap_or_default()),
                    ]);
                    end(c, attempt, Verdict::Accepted, None, None, &evidence, now)?;
                    breaker::well(c, row.account_id, now)?;
                    ask_for_address(c, &k, &row, &published, now)?;
                    let changes = Changes {
                        remote_id: Some(Some(published.remote_id)),
                        remote_url: Some(published.url),
                        next_at: Some(None),
                        ..Changes::cleared()
                    };
                    advance(c, &k, &row, Event::Accepted, &changes, now)?;
                }
                Outcome::Rejected(problem) if problem.kind != ProblemKind::Duplicate => {
                    let kind = problem.kind.word();
                    let evidence = evidence(&[("words", &problem.words)]);
                    end(c, attempt, Verdict::Rejected, problem.status, Some(kind), &evidence, now)?;
                    refused(c, &k, &row, &problem, now)?;
                }
                other => {
                    let is_silence = matches!(other, Outcome::Ambiguous { .. });
                    let no_answer = Reason::NoAnswer.word();
                    let (status, words, kind) = match other {
                        Outcome::Ambiguous { status, words } => (status, words, no_answer),
                        // only a duplicate comes here: it is no no, and forbids sending once more
                        Outcome::Rejected(problem) => (problem.status, problem.words, problem.kind.word()),
                        Outcome::Accepted(_) => (None, "a yes without a name".to_owned(), no_answer),
                    };
                    let said = evidence(&[("words", &words)]);
                    end(c, attempt, Verdict::Ambiguous, status, Some(kind), &said, now)?;
                    if is_silence {
                        let silence = Problem::new(ProblemKind::Unavailable, words.as_str());
                        breaker::complained(c, &k, row.account_id, &silence, now)?;
                    }
                    let changes = Changes {
                        ever_ambiguous: Some(true),
                        next_at: Some(Some(first_look(&k, row.fenced_at, now))),
                        ..because(kind, Some(words))
                    };
                    advance(c, &k, &row, Event::Lost, &changes, now)?;
                }
            }
            Ok(())
        })
        .await
}

/// A certain no before the fence: nothing of this try is visible.
pub(super) async fn before_the_fence(
    kit: &Kit,
    row: Delivery,
    attempt: Option<AttemptId>,
    problem: Problem,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            if let Some(attempt) = attempt {
                let said = evidence(&[("words", &problem.words)]);
                end(c, attempt, Verdict::Rejected, problem.status, Some(problem.kind.word()), &said, now)?;
            }
            let checkpoint = Changes { checkpoint: Some(row.checkpoint.clone()), ..Changes::default() };
            store::note(c, row.id, row.fence, &checkpoint, true, now)?;
            refused(c, &k, &row, &problem, now)
        })
        .await
}

/// The state that follows from a certain no.
fn refused(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    problem: &Problem,
    now: Instant,
) -> Result<(), MoveError> {
    breaker::complained(c, kit, row.account_id, problem, now)?;
    let stopped = channels::connection(c, row.account_id)?
        .is_some_and(|account| breaker::concerns_the_app(account.channel, problem));
    let event = match problem.kind {
        // every post of the channel waits until the app is put right; none of them has failed (R35)
        kind if kind.passes() || stopped => Event::Postponed,
        kind if step::locks(kind) => Event::Locked,
        _ => Event::Refused,
    };
    // uncertain from before, and not behind the fence: looked at again rather than refused
    let event = if row.state == State::Unknown && event != Event::Locked { Event::LookAgain } else { event };
    let ambiguous = row.ever_ambiguous;
    let to = row.state.on(event, ambiguous).ok_or(MoveError::Forbidden(row.state, event))?;
    let mut changes = because(problem.kind.word(), Some(problem.words.clone()));
    if to == State::RetryWait && row.state != State::Publishing {
        // counted for the pause until the next try; the fence sets it back
        changes.looks = Some(row.looks + 1);
    }
    changes.next_at = Some(match to {
        State::RetryWait => Some(retry_at(kit, row, problem, now)),
        State::Unknown => Some(retry_at(kit, row, problem, now).max(first_look(kit, row.fenced_at, now))),
        State::NeedsReconnect => Some(row.latest_at + Duration::from_secs(1)),
        _ => None,
    });
    advance(c, kit, row, event, &changes, now)?;
    Ok(())
}

/// Writes what a look showed. Gives the row back when it is to be sent again in this same claim.
pub(super) async fn seen(
    kit: &Kit,
    row: Delivery,
    facts: &Facts,
    attempt: Option<AttemptId>,
    found: Found,
) -> Result<Option<Delivery>, MoveError> {
    let (k, facts) = (kit.clone(), *facts);
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let pause = pause(&k, row.attempts + row.looks);
            match &found {
                Found::Unreachable(problem) => breaker::complained(c, &k, row.account_id, problem, now)?,
                _ => breaker::well(c, row.account_id, now)?,
            }
            let meaning = step::after_look(&facts, &found, pause);
            if let Some(attempt) = attempt {
                let (verdict, status, kind, said) = match &found {
                    Found::There(p) => {
                        (Verdict::Accepted, None, None, evidence(&[("remote_id", &p.remote_id)]))
                    }
                    Found::Absent => (Verdict::Absent, None, None, "{}".to_owned()),
                    Found::NotSeen(words) => (Verdict::NotSeen, None, None, evidence(&[("words", words)])),
                    Found::Unreachable(p) => (
                        Verdict::Unreachable,
                        p.status,
                        Some(p.kind.word()),
                        evidence(&[("words", &p.words)]),
                    ),
                };
                end(c, attempt, verdict, status, kind, &said, now)?;
            }
            let changes = match (&meaning, found) {
                (Seen::There, Found::There(published)) => {
                    ask_for_address(c, &k, &row, &published, now)?;
                    Changes {
                        remote_id: Some(Some(published.remote_id)),
                        remote_url: Some(published.url),
                        next_at: Some(None),
                        ..Changes::cleared()
                    }
                }
                (Seen::SendAgain, _) => return Ok(Some(store::held(c, row.id, row.fence)?)),
                (Seen::LookAgain(after, counts), found) => {
                    let mut changes = match found {
                        Found::Unreachable(problem) => because(problem.kind.word(), Some(problem.words)),
                        _ => because(Reason::NotSeen.word(), None),
                    };
                    // a peer's no to the send is remembered until it is settled: it forbids sending again
                    if facts.last_no.is_some_and(|kind| !kind.passes()) {
                        (changes.error_kind, changes.error_words) = (None, None);
                    }
                    changes.looks = Some(row.looks + i32::from(*counts));
                    changes.next_at = Some(Some(now + *after));
                    changes
                }
                // the peer says that it has what we do not see: that is what a person must know
                (Seen::Ask(Reason::NotSeen), _) if facts.last_no == Some(ProblemKind::Duplicate) => {
                    Changes { next_at: Some(None), ..Changes::default() }
                }
                (Seen::Ask(why), _) => Changes { next_at: Some(None), ..because(why.word(), None) },
                (Seen::Unwanted, _) => {
                    Changes { next_at: Some(None), ..because(Reason::Person.word(), None) }
                }
                (Seen::Lock, found) => {
                    let mut changes = match found {
                        Found::Unreachable(problem) => because(problem.kind.word(), Some(problem.words)),
                        _ => because(Reason::Reconnect.word(), None),
                    };
                    changes.next_at = Some(Some(row.latest_at + Duration::from_secs(1)));
                    changes
                }
                (Seen::There, _) => Changes::default(),
            };
            let event = match meaning {
                Seen::There => Event::Found,
                Seen::Unwanted => Event::AbsentUnwanted,
                Seen::LookAgain(..) => Event::LookAgain,
                Seen::Lock => Event::Locked,
                Seen::Ask(_) => Event::Undecidable,
                Seen::SendAgain => Event::Fenced,
            };
            advance(c, &k, &row, event, &changes, now)?;
            Ok(None)
        })
        .await
}

/// It is gone; how that is known stands with the attempt.
pub(super) async fn gone(
    kit: &Kit,
    row: Delivery,
    attempt: AttemptId,
    proof: &'static str,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            end(c, attempt, Verdict::Absent, None, None, &evidence(&[("proof", proof)]), now)?;
            let changes = Changes { next_at: Some(None), ..Changes::cleared() };
            advance(c, &k, &row, Event::Gone, &changes, now)?;
            Ok(())
        })
        .await
}

/// Not down yet: tried again until it is.
pub(super) async fn not_gone(
    kit: &Kit,
    row: Delivery,
    attempt: Option<AttemptId>,
    problem: Problem,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            if let Some(attempt) = attempt {
                let said = evidence(&[("words", &problem.words)]);
                end(c, attempt, Verdict::Rejected, problem.status, Some(problem.kind.word()), &said, now)?;
            }
            let wait = problem.wait.unwrap_or_default().max(pause(&k, row.looks));
            let changes = Changes {
                looks: Some(row.looks + 1),
                next_at: Some(Some(now + wait)),
                ..because(problem.kind.word(), Some(problem.words))
            };
            advance(c, &k, &row, Event::NotGone, &changes, now)?;
            Ok(())
        })
        .await
}

/// The server cannot take it down: a person must, and then says so. Looked at again once a day.
pub(super) async fn by_hand(
    kit: &Kit,
    row: Delivery,
    attempt: AttemptId,
    words: String,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let kind = Reason::CannotWithdraw.word();
            end(c, attempt, Verdict::Rejected, None, Some(kind), &evidence(&[("words", &words)]), now)?;
            let changes = Changes {
                next_at: Some(Some(now + Duration::from_secs(86_400))),
                ..because(kind, Some(words))
            };
            advance(c, &k, &row, Event::NotGone, &changes, now)?;
            Ok(())
        })
        .await
}

/// The package is made and lies with the person; that they are written to is the next step, at once.
pub(super) fn handed(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    attempt: AttemptId,
    checkpoint: String,
    now: Instant,
) -> Result<(), MoveError> {
    end(c, attempt, Verdict::Accepted, None, None, "{}", now)?;
    let changes = Changes {
        checkpoint: Some(checkpoint),
        looks: Some(0),
        next_at: Some(Some(now)),
        ..Changes::cleared()
    };
    advance(c, kit, row, Event::Handed, &changes, now)
}

/// Writes to the person with whom it lies, and from the second time on to whoever planned it too. The letters, their number
/// and the time of the next ones are one commit, so that none is written twice and none forgotten.
pub(super) fn remind(c: &mut Conn, kit: &Kit, row: &Delivery, now: Instant) -> Result<(), MoveError> {
    let told = row.looks + 1;
    let mut to: Vec<UserId> = package::holder(c, row)?.into_iter().collect();
    if told > 2 {
        to.extend(letters::whom(c, row)?.filter(|planner| !to.contains(planner)));
    }
    for person in to {
        let job = WriteToHolder { delivery: row.id, person, state: row.state, number: told };
        queue::enqueue(c, &job, now, now, &kit.chance)?;
    }
    let changes = Changes {
        looks: Some(told),
        next_at: Some(Some(package::reminds_at(row.due_at, now, told, said::zone(row)))),
        ..Changes::cleared()
    };
    store::note(c, row.id, row.fence, &changes, false, now)
}

/// Moves it along and gives the lease back. When it comes to ask for somebody, that person gets a letter (R26).
pub(super) fn advance(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    event: Event,
    changes: &Changes,
    now: Instant,
) -> Result<(), MoveError> {
    let to = store::advance(c, row, event, changes, false, now)?;
    if to == State::Published && row.state != State::Published {
        measure::begin(c, kit, row, now)?;
    }
    if State::TOLD.contains(&to)
        && to != row.state
        && let Some(person) = letters::whom(c, row)?
    {
        queue::enqueue(c, &TellPerson { person }, now + TOGETHER, now, &kit.chance)?;
    }
    Ok(())
}

/// The peer's last no, when that was its last word.
pub(super) fn last_no(row: &Delivery) -> Option<ProblemKind> {
    row.error_kind.as_deref().and_then(|kind| kind.parse().ok())
}

/// It is out there, and the peer did not say where: asked for later, for that is no failure (R3).
fn ask_for_address(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    published: &Published,
    now: Instant,
) -> Result<(), DbError> {
    if published.url.is_some() {
        return Ok(());
    }
    queue::enqueue(c, &FindAddress { delivery: row.id }, now + TOGETHER, now, &kit.chance)
}

pub(super) fn end(
    c: &mut Conn,
    attempt: AttemptId,
    verdict: Verdict,
    status: Option<u16>,
    kind: Option<&str>,
    evidence: &str,
    now: Instant,
) -> Result<(), MoveError> {
    Ok(store::end_attempt(c, attempt, &End { verdict, status, kind, evidence }, now)?)
}

pub(super) fn evidence(pairs: &[(&str, &str)]) -> String {
    let map: serde_json::Map<String, serde_json::Value> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| ((*name).to_owned(), (*value).into()))
        .collect();
    serde_json::Value::Object(map).to_string()
}

pub(super) fn because(kind: &str, words: Option<String>) -> Changes {
    Changes {
        error_kind: Some(Some(kind.to_owned())),
        error_words: Some(words.filter(|w| !w.is_empty())),
        ..Changes::default()
    }
}

pub(super) fn lease(kit: &Kit) -> Duration {
    Duration::from_secs(kit.config.delivery.lease_seconds)
}

pub(super) fn request(kit: &Kit) -> Duration {
    Duration::from_secs(kit.config.delivery.request_seconds)
}

/// Not before the request's own end and the time in which lists come to rest.
pub(super) fn first_look(kit: &Kit, fenced_at: Option<Instant>, now: Instant) -> Instant {
    let settle = Duration::from_secs(kit.config.delivery.settle_seconds);
    fenced_at.map_or(now, |at| (at + request(kit)).max(now)) + settle
}

pub(super) fn pause(kit: &Kit, tries: i32) -> Duration {
    let d = &kit.config.delivery;
    let (first, cap) = (Duration::from_secs(d.retry_seconds), Duration::from_secs(d.retry_cap_seconds));
    backoff(u32::try_from(tries).unwrap_or(0), first, cap, &kit.chance)
}

/// The peer's own wish wins if it is longer; but the last moment is not slept through.
fn retry_at(kit: &Kit, row: &Delivery, problem: &Problem, now: Instant) -> Instant {
    let wait = pause(kit, row.attempts.max(row.looks)).max(problem.wait.unwrap_or_default());
    (now + wait).min(row.latest_at.max(now) + Duration::from_secs(1))
}
