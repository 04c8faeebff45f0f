//! The one function that moves a correction on. The clock, a commit's signal and a restart all come here, so recovery is
//! tried every day: claim (lease and fence number) → *commit that the call is about to be made* → the call → commit what the
//! peer said. To put the same words there twice changes nothing; an outcome that is not known is settled by the same call
//! again, and where that leads nowhere for a day, by a person.

use std::time::Duration;

use tokio::time::timeout;

use super::{
    actions::ActionError,
    breaker,
    correct::lay_by_hand,
    correct_settle::{stands, tell_author},
    correction::Standing,
    delivery::{Phase, Reason, State, Verdict},
    hanging::{self, Allowed},
    publication, record, step,
    store::{self, Correction, Delivery, MoveError, Turn},
};
use crate::{
    base::{
        Instant,
        fault::{self, Point},
        id::{AttemptId, CorrectionId},
    },
    channels::{self, Account, Channels, Edited, Post, Problem, ProblemKind, Shut, gauge},
    db::{Conn, DbError},
    kit::Kit,
};

/// An outcome that is not known for so long is a person's matter.
const PATIENCE: Duration = Duration::from_secs(86_400);
/// How soon what waits for an account, or for the end of a pause, is looked at again.
const SOON: Duration = Duration::from_secs(300);
/// Corrections taken up in one round.
const ROUND: i64 = 16;

/// What there is to do now.
enum Next {
    /// The call.
    Call(Box<Delivery>),
    /// Nothing before then, and why.
    Wait(Instant, &'static str),
    /// A person writes the words there, for this reason.
    Hand(&'static str),
    /// The post is being taken down or is gone from our books.
    Drop,
    /// It must be approved, and these bytes are not.
    Approve,
}

/// Moves on everything whose time has come; how many.
pub(super) async fn drive_due(kit: &Kit, channels: &Channels) -> Result<usize, DbError> {
    let now = kit.clock.now();
    let due = kit.db.read(move |c| store::corrections_due(c, now, ROUND)).await?;
    let count = due.len();
    for id in due {
        drive(kit, channels, id).await?;
    }
    Ok(count)
}

/// Does the next thing there is to do for this correction, if its time has come and nobody else has it.
async fn drive(kit: &Kit, channels: &Channels, id: CorrectionId) -> Result<(), DbError> {
    match work(kit, channels, id).await {
        Ok(()) => Ok(()),
        Err(MoveError::Zombie) => {
            tracing::info!(correction = %id, "moved by somebody else meanwhile; stopping");
            Ok(())
        }
        Err(MoveError::Db(error)) => Err(error),
        // the lease runs out, and the next look begins from what the row says
        Err(error) => {
            tracing::error!(correction = %id, %error, "a correction cannot be moved on");
            Ok(())
        }
    }
}

async fn work(kit: &Kit, channels: &Channels, id: CorrectionId) -> Result<(), MoveError> {
    let k = kit.clone();
    let claimed = kit
        .db
        .write(move |c| {
            let now = k.clock.now();
            let Some(mine) = store::claim_correction(c, id, now, now + record::lease(&k))? else {
                return Ok(None);
            };
            match decide(c, &k, &mine, now)? {
                Next::Call(row) => Ok(Some((mine, *row))),
                other => alone(c, &k, &mine, &other, now).map(|()| None),
            }
        })
        .await?;
    let Some((mine, row)) = claimed else { return Ok(()) };
    fault::pass(Point::CorrectionClaimed);
    let post = publication::thaw(&mine.payload)?;
    let account = match channels::open(kit, row.account_id).await {
        Ok(account) => account,
        Err(Shut::Db(error)) => return Err(error.into()),
        Err(Shut::Later(problem)) => return put_off(kit, mine, problem).await,
        // the next claim sees what became of the account
        Err(Shut::NeedsReconnect | Shut::Disconnected) => {
            let problem = Problem::new(ProblemKind::Reconnect, "");
            return put_off(kit, mine, Problem { wait: Some(Duration::from_secs(1)), ..problem }).await;
        }
    };
    let Some(remote) = hanging::named(kit, channels, &account, &row, &post).await else {
        return by_hand(kit, mine, Reason::CannotLook.word(), String::new()).await;
    };
    let Some((mine, attempt)) = fence(kit, mine).await? else { return Ok(()) };
    fault::pass(Point::CorrectionFenced);
    let (edited, reading) = gauge::watching(call(kit, channels, &account, &remote, &post)).await;
    if let Some(reading) = reading {
        let (now, account) = (kit.clock.now(), row.account_id);
        kit.db.write(move |c| breaker::counted(c, account, reading, now)).await?;
    }
    fault::pass(Point::CorrectionSent);
    let edited = match edited {
        Edited::Refused(problem) => Edited::Refused(hanging::told(kit, &account, problem).await?),
        other => other,
    };
    outcome(kit, mine, row, attempt, edited).await?;
    fault::pass(Point::CorrectionRecorded);
    Ok(())
}

/// What the rows say there is to do.
fn decide(c: &mut Conn, kit: &Kit, mine: &Correction, now: Instant) -> Result<Next, DbError> {
    let row = store::delivery(c, mine.delivery_id)?;
    let Some(row) = row.filter(|row| row.state == State::Published) else { return Ok(Next::Drop) };
    if !store::are_cleared(c, row.id, (&mine.payload, &mine.payload_sha256))? {
        return Ok(Next::Approve);
    }
    if mine.unsure_since.is_some_and(|since| now.since(since) > PATIENCE) {
        return Ok(Next::Hand(Reason::NoAnswer.word()));
    }
    Ok(match hanging::allowed(c, kit, &row, now)? {
        Allowed::Now(_) => Next::Call(Box::new(row)),
        Allowed::NotBefore(until, why) => Next::Wait(until, why),
        Allowed::Gone => Next::Hand(Reason::AccountGone.word()),
    })
}

/// What needs no peer.
fn alone(c: &mut Conn, kit: &Kit, mine: &Correction, next: &Next, now: Instant) -> Result<(), MoveError> {
    let reason = |why: &str| Turn {
        lease_until: Some(None),
        error_kind: Some(Some(why.to_owned())),
        error_words: Some(None),
        ..Turn::default()
    };
    match next {
        Next::Call(_) => {}
        Next::Wait(until, why) => {
            let turn = Turn { next_at: Some(Some(*until)), ..reason(why) };
            store::turn_correction(c, mine, mine.state, &turn)?;
        }
        Next::Hand(why) => hand(c, kit, mine, reason(why), now)?,
        Next::Drop => {
            let turn = Turn { next_at: Some(None), settled_at: Some(Some(now)), ..reason("taken_down") };
            store::turn_correction(c, mine, Standing::Dropped, &turn)?;
        }
        Next::Approve => {
            let turn = Turn { next_at: Some(None), ..reason(Reason::NotApproved.word()) };
            store::turn_correction(c, mine, Standing::Waits, &turn)?;
        }
    }
    Ok(())
}

/// Lays it with a person, and tells them.
fn hand(c: &mut Conn, kit: &Kit, mine: &Correction, turn: Turn, now: Instant) -> Result<(), MoveError> {
    let turn = Turn { next_at: Some(None), ..turn };
    let laid = store::turn_correction(c, mine, Standing::ByHand, &turn)?;
    let row = store::delivery(c, mine.delivery_id)?.ok_or(MoveError::Zombie)?;
    lay_by_hand(c, kit, &laid, &row, now).map_err(from_action)
}

fn from_action(error: ActionError) -> MoveError {
    match error {
        ActionError::Db(error) => MoveError::Db(error),
        _ => MoveError::Zombie,
    }
}

/// Everything is asked once more, then the attempt and the state are one commit.
async fn fence(kit: &Kit, mine: Correction) -> Result<Option<(Correction, AttemptId)>, MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let row = match decide(c, &k, &mine, now)? {
                Next::Call(row) => row,
                other => return alone(c, &k, &mine, &other, now).map(|()| None),
            };
            let attempt = AttemptId::new(now, &k.chance);
            store::begin_attempt(c, attempt, row.id, row.fence, Phase::Edit, now)?;
            let turn = Turn {
                tries: Some(mine.tries + 1),
                unsure_since: Some(Some(mine.unsure_since.unwrap_or(now))),
                lease_until: Some(Some(now + record::lease(&k))),
                next_at: Some(Some(now)),
                ..Turn::default()
            };
            let mut fenced = store::turn_correction(c, &mine, Standing::Sending, &turn)?;
            // what was uncertain before this try stays so whatever is answered to it
            fenced.unsure_since = mine.unsure_since;
            Ok(Some((fenced, attempt)))
        })
        .await
}

async fn call(kit: &Kit, channels: &Channels, account: &Account, remote: &str, post: &Post) -> Edited {
    let Some(channel) = channels.get(account.channel) else {
        return Edited::Unable(format!("this version knows no channel {}", account.channel));
    };
    let limit = record::request(kit);
    match timeout(limit, channel.edit(account, remote, post)).await {
        Ok(edited) => edited,
        Err(_) => Edited::Unknown { status: None, words: format!("no answer in {} s", limit.as_secs()) },
    }
}

/// Without a usable account nothing was said.
async fn put_off(kit: &Kit, mine: Correction, problem: Problem) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let turn = later(&k, &mine, &problem, k.clock.now());
            store::turn_correction(c, &mine, mine.state, &turn)?;
            Ok(())
        })
        .await
}

async fn by_hand(kit: &Kit, mine: Correction, why: &'static str, words: String) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db.write(move |c| hand(c, &k, &mine, because(why, words), k.clock.now())).await
}

fn because(why: &str, words: String) -> Turn {
    Turn {
        lease_until: Some(None),
        error_kind: Some(Some(why.to_owned())),
        error_words: Some(Some(words).filter(|words| !words.is_empty())),
        ..Turn::default()
    }
}

/// Tried again after a pause, or when the peer says.
fn later(kit: &Kit, mine: &Correction, problem: &Problem, now: Instant) -> Turn {
    let wait = match problem.wait {
        Some(wait) => wait.max(Duration::from_secs(1)),
        None => record::pause(kit, mine.tries),
    };
    Turn { next_at: Some(Some(now + wait)), ..because(problem.kind.word(), problem.words.clone()) }
}

/// What the peer said, and where that leads, in one commit.
async fn outcome(
    kit: &Kit,
    mine: Correction,
    row: Delivery,
    attempt: AttemptId,
    edited: Edited,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let hashes = |words: &str| {
                record::evidence(&[
                    ("words", words),
                    ("before", &row.payload_sha256),
                    ("after", &mine.payload_sha256),
                ])
            };
            let no = |c: &mut Conn, problem: &Problem| {
                let kind = Some(problem.kind.word());
                record::end(c, attempt, Verdict::Rejected, problem.status, kind, &hashes(&problem.words), now)
            };
            match edited {
                Edited::Done => {
                    record::end(c, attempt, Verdict::Accepted, None, None, &hashes(""), now)?;
                    breaker::well(c, row.account_id, now)?;
                    stands(c, &mine, None, now)?;
                }
                Edited::Gone => {
                    record::end(c, attempt, Verdict::Absent, None, None, &hashes(""), now)?;
                    let turn = Turn {
                        next_at: Some(None),
                        settled_at: Some(Some(now)),
                        ..because("gone_upstream", String::new())
                    };
                    let gone = store::turn_correction(c, &mine, Standing::Gone, &turn)?;
                    tell_author(c, &k, &gone, now).map_err(from_action)?;
                }
                Edited::Unable(words) => {
                    let problem = Problem::new(ProblemKind::Unknown, words);
                    no(c, &problem)?;
                    hand(c, &k, &mine, because("cannot_edit", problem.words), now)?;
                }
                Edited::Refused(problem) => {
                    no(c, &problem)?;
                    breaker::complained(c, &k, row.account_id, &problem, now)?;
                    let back = if mine.unsure_since.is_some() { Standing::Sending } else { Standing::Ready };
                    let passes = problem.kind.passes();
                    if passes || step::locks(problem.kind) {
                        let turn = later(&k, &mine, &problem, now);
                        let turn =
                            if passes { turn } else { Turn { next_at: Some(Some(now + SOON)), ..turn } };
                        let turn = Turn { unsure_since: Some(mine.unsure_since), ..turn };
                        store::turn_correction(c, &mine, back, &turn)?;
                    } else if back == Standing::Sending {
                        // an earlier call may have been heard: somebody looks what stands there
                        hand(c, &k, &mine, because(problem.kind.word(), problem.words), now)?;
                    } else {
                        let turn = Turn {
                            next_at: Some(None),
                            unsure_since: Some(None),
                            settled_at: Some(Some(now)),
                            ..because(problem.kind.word(), problem.words)
                        };
                        let refused = store::turn_correction(c, &mine, Standing::Refused, &turn)?;
                        tell_author(c, &k, &refused, now).map_err(from_action)?;
                    }
                }
                Edited::Unknown { status, words } => {
                    let kind = Reason::NoAnswer.word();
                    record::end(c, attempt, Verdict::Ambiguous, status, Some(kind), &hashes(&words), now)?;
                    let silence = Problem::new(ProblemKind::Unavailable, words.as_str());
                    breaker::complained(c, &k, row.account_id, &silence, now)?;
                    let wait = record::pause(&k, mine.tries);
                    let turn = Turn { next_at: Some(Some(now + wait)), ..because(kind, words) };
                    store::turn_correction(c, &mine, Standing::Sending, &turn)?;
                }
            }
            Ok(())
        })
        .await
}
