//! The one function that moves a first comment on. The clock, a commit's signal and a restart all come here: claim (lease
//! and fence number) → get ready, which nobody sees → *commit that the call is about to be made* → the call → commit what the
//! peer said. A comment whose outcome is not known is looked for before anything is said again, and where looking leads
//! nowhere a person is asked. Its post stands as it stands, whatever comes of this.

use std::time::Duration;

use tokio::time::timeout;

use super::{
    breaker,
    comment::{self, PATIENCE, Seen, Standing},
    comment_jobs::TellComment,
    delivery::{Phase, Reason, State, Verdict},
    hanging::{self, Allowed},
    letters, publication, record, step,
    store::{self, Comment, Delivery, MoveError, Next},
};
use crate::{
    base::{
        Instant, Language,
        fault::{self, Point},
        id::{AttemptId, DeliveryId},
    },
    channels::{
        self, Account, Channel, Channels, Checkpoint, Commenting, Found, Outcome, Problem, ProblemKind,
        Remark, SendKey, Shut, Withdrawn, gauge,
    },
    db::{Conn, DbError},
    kit::Kit,
    queue,
};

/// Comments taken up in one round.
const ROUND: i64 = 16;

/// What there is to do now.
enum Do {
    /// Say it.
    Say,
    /// Look whether it stands there.
    Look(Commenting),
    /// Take it down.
    TakeDown,
    /// Nothing before then, and why.
    Wait(Instant, &'static str),
    /// A person looks, for this reason.
    Ask(&'static str),
    /// It ends so.
    End(Standing),
    /// Nothing.
    Rest,
}

/// What a call is made with.
struct Call<'a> {
    kit: &'a Kit,
    channel: &'a dyn Channel,
    account: Account,
    row: Delivery,
    language: Language,
    under: String,
    key: SendKey,
    got: Checkpoint,
}

/// Moves on everything whose time has come; how many.
pub(super) async fn drive_due(kit: &Kit, channels: &Channels) -> Result<usize, DbError> {
    let now = kit.clock.now();
    let due = kit.db.read(move |c| store::comments_due(c, now, ROUND)).await?;
    let count = due.len();
    for id in due {
        match work(kit, channels, id).await {
            Ok(()) => {}
            Err(MoveError::Zombie) => {
                tracing::info!(delivery = %id, "its comment was moved by somebody else meanwhile; stopping");
            }
            Err(MoveError::Db(error)) => return Err(error),
            // the lease runs out, and the next look begins from what the row says
            Err(error) => tracing::error!(delivery = %id, %error, "a comment cannot be moved on"),
        }
    }
    Ok(count)
}

async fn work(kit: &Kit, channels: &Channels, id: DeliveryId) -> Result<(), MoveError> {
    let k = kit.clone();
    let claimed = kit
        .db
        .write(move |c| {
            let now = k.clock.now();
            let Some(mine) = store::claim_comment(c, id, now, now + record::lease(&k))? else {
                return Ok(None);
            };
            let row = store::delivery(c, id)?.ok_or(MoveError::Zombie)?;
            match decide(c, &k, &mine, &row, now)? {
                todo @ (Do::Say | Do::Look(_) | Do::TakeDown) => Ok(Some((mine, row, todo))),
                other => alone(c, &k, &mine, &row, &other, now).map(|()| None),
            }
        })
        .await?;
    let Some((mine, row, todo)) = claimed else { return Ok(()) };
    fault::pass(Point::CommentClaimed);
    let account = match channels::open(kit, row.account_id).await {
        Ok(account) => account,
        Err(Shut::Db(error)) => return Err(error.into()),
        Err(Shut::Later(problem)) => return put_off(kit, mine, problem).await,
        // the next claim sees what became of the account
        Err(Shut::NeedsReconnect | Shut::Disconnected) => {
            let wait = Some(Duration::from_secs(1));
            return put_off(kit, mine, Problem { wait, ..Problem::new(ProblemKind::Reconnect, "") }).await;
        }
    };
    let Some(channel) = channels.get(account.channel) else {
        return ask(kit, mine, row, Reason::AccountGone.word(), String::new()).await;
    };
    let post = publication::thaw(&row.payload)?;
    let Some(under) = hanging::named(kit, channels, &account, &row, &post).await else {
        return ask(kit, mine, row, Reason::CannotLook.word(), String::new()).await;
    };
    let key = key_of(kit, &row, &mine)?;
    let got = publication::checkpoint(&mine.checkpoint);
    let call =
        Call { kit, channel: channel.as_ref(), account, row, language: post.language, under, key, got };
    match todo {
        Do::Say => call.say(mine).await,
        Do::Look(commenting) => call.look(mine, commenting).await,
        _ => call.take_down(mine).await,
    }
}

/// Where a post's occurrences count from one, its comment stands.
const COMMENT: i32 = 0;

/// Under which it is said: the same at every try, made before the first.
pub(super) fn key_of(kit: &Kit, row: &Delivery, mine: &Comment) -> Result<SendKey, MoveError> {
    match mine.send_key.as_str() {
        "" => Ok(publication::mint(row.id, &row.payload_sha256, COMMENT, kit.clock.now(), &kit.chance).key),
        text => publication::read_key(text),
    }
}

/// What the rows say there is to do.
fn decide(c: &mut Conn, kit: &Kit, mine: &Comment, row: &Delivery, now: Instant) -> Result<Do, DbError> {
    let hangs = row.state == State::Published;
    let outlives = channels::connection(c, row.account_id)?
        .and_then(|account| account.channel.commenting())
        .is_some_and(|commenting| commenting.outlives);
    let (todo, needs): (fn(Commenting) -> Do, _) = match (mine.state, hangs) {
        (Standing::Done, true) | (Standing::Dropped | Standing::Removed, _) => return Ok(Do::Rest),
        (Standing::ByHand, true) => return Ok(Do::Rest),
        (Standing::Ready | Standing::ByHand, false) if mine.unsure_since.is_none() => {
            return Ok(Do::End(Standing::Dropped));
        }
        // with its post it goes
        (Standing::Done, false) if !outlives => return Ok(Do::End(Standing::Removed)),
        (Standing::Sending | Standing::ByHand | Standing::Ready, false) if !outlives => {
            return Ok(Do::End(Standing::Dropped));
        }
        (Standing::Done | Standing::Removing, _) => (|_| Do::TakeDown, mine.remote_id.is_some()),
        (Standing::Sending, _) | (Standing::ByHand | Standing::Ready, false) => (Do::Look, true),
        (Standing::Ready, true) => (|_| Do::Say, true),
    };
    if !needs {
        return Ok(Do::Ask(Reason::CannotWithdraw.word()));
    }
    // what nothing has held back yet is said however long everything stood still: its post is out, and wants it
    if let Some(kind) = mine.error_kind.as_deref()
        && hangs
        && mine.unsure_since.is_none()
        && now.since(mine.wanted_at) > PATIENCE
    {
        return Ok(Do::Ask(settled_word(kind)));
    }
    Ok(match hanging::allowed(c, kit, row, now)? {
        Allowed::Now(account) => match account.channel.commenting() {
            Some(commenting) => {
                let class = comment::class(commenting, account.ability.class);
                todo(Commenting { class, ..commenting })
            }
            None => Do::Ask(Reason::CannotLook.word()),
        },
        Allowed::NotBefore(until, why) => Do::Wait(until, why),
        Allowed::Gone => Do::Ask(Reason::AccountGone.word()),
    })
}

/// The reason it waited for, as one of ours; what a peer said stays beside it.
fn settled_word(kind: &str) -> &'static str {
    kind.parse::<Reason>().map_or_else(
        |_| kind.parse::<ProblemKind>().map_or(Reason::NoAnswer.word(), ProblemKind::word),
        Reason::word,
    )
}

/// What needs no peer.
fn alone(
    c: &mut Conn,
    kit: &Kit,
    mine: &Comment,
    row: &Delivery,
    todo: &Do,
    now: Instant,
) -> Result<(), MoveError> {
    match todo {
        Do::Say | Do::Look(_) | Do::TakeDown => {}
        Do::Rest => {
            let next = Next { next_at: Some(None), lease_until: Some(None), ..Next::default() };
            store::turn_comment(c, mine, mine.state, &next)?;
        }
        Do::Wait(until, why) => {
            let next = Next { next_at: Some(Some(*until)), ..because(why, None) };
            store::turn_comment(c, mine, mine.state, &next)?;
        }
        Do::Ask(why) => hand(c, kit, mine, row, because(why, mine.error_words.clone()), now)?,
        Do::End(standing) => {
            let next =
                Next { next_at: Some(None), settled_at: Some(Some(now)), ..because("taken_down", None) };
            let ended = store::turn_comment(c, mine, *standing, &next)?;
            if mine.state == Standing::Done {
                store::prove_comment(c, &ended, now)?;
            }
        }
    }
    Ok(())
}

/// Lays it with a person, and tells whoever planned the post.
fn hand(
    c: &mut Conn,
    kit: &Kit,
    mine: &Comment,
    row: &Delivery,
    next: Next,
    now: Instant,
) -> Result<(), MoveError> {
    // what must come down is still to come down
    let to = match mine.state {
        Standing::Done | Standing::Removing => Standing::Removing,
        _ => Standing::ByHand,
    };
    let laid = store::turn_comment(c, mine, to, &Next { next_at: Some(None), ..next })?;
    if let Some(person) = letters::whom(c, row)? {
        let job = TellComment { delivery: row.id, person, state: laid.state, fence: laid.fence };
        queue::enqueue(c, &job, now, now, &kit.chance)?;
    }
    Ok(())
}

fn because(why: &str, words: Option<String>) -> Next {
    Next {
        lease_until: Some(None),
        error_kind: Some(Some(why.to_owned())),
        error_words: Some(words.filter(|words| !words.is_empty())),
        ..Next::default()
    }
}

/// Without a usable account nothing was said.
async fn put_off(kit: &Kit, mine: Comment, problem: Problem) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let next = later(&k, &mine, &problem, k.clock.now());
            store::turn_comment(c, &mine, mine.state, &next)?;
            Ok(())
        })
        .await
}

async fn ask(
    kit: &Kit,
    mine: Comment,
    row: Delivery,
    why: &'static str,
    words: String,
) -> Result<(), MoveError> {
    let k = kit.clone();
    kit.db.write(move |c| hand(c, &k, &mine, &row, because(why, Some(words)), k.clock.now())).await
}

/// Tried again after a pause, or when the peer says.
fn later(kit: &Kit, mine: &Comment, problem: &Problem, now: Instant) -> Next {
    let wait = match problem.wait {
        Some(wait) => wait.max(Duration::from_secs(1)),
        None => record::pause(kit, mine.tries.max(mine.looks)),
    };
    Next { next_at: Some(Some(now + wait)), ..because(problem.kind.word(), Some(problem.words.clone())) }
}

impl Call<'_> {
    fn remark<'a>(&'a self, words: &'a str) -> Remark<'a> {
        Remark { under: &self.under, words, language: self.language, key: &self.key }
    }

    /// Gets ready, commits the intent, and says it.
    async fn say(mut self, mine: Comment) -> Result<(), MoveError> {
        let (kit, limit) = (self.kit, record::request(self.kit));
        let mut got = self.got.clone();
        let ready = {
            let remark = self.remark(&mine.words);
            let preparing = self.channel.prepare_comment(&self.account, &remark, &mut got);
            timeout(limit, preparing).await.unwrap_or_else(|_| {
                Err(Problem::new(ProblemKind::Unavailable, format!("no answer in {} s", limit.as_secs())))
            })
        };
        if let Err(problem) = ready {
            let problem = hanging::told(kit, &self.account, problem).await?;
            return self.refused(mine, None, problem, got).await;
        }
        self.got = got;
        let Some((mine, attempt)) = self.fence(mine).await? else { return Ok(()) };
        fault::pass(Point::CommentFenced);
        let (outcome, reading) = {
            let remark = self.remark(&mine.words);
            let saying = self.channel.comment(&self.account, &remark, &self.got);
            gauge::watching(timeout(limit, saying)).await
        };
        let outcome = outcome.unwrap_or_else(|_| Outcome::Ambiguous {
            status: None,
            words: format!("no answer in {} s", limit.as_secs()),
        });
        if let Some(reading) = reading {
            let (now, account) = (kit.clock.now(), self.row.account_id);
            kit.db.write(move |c| breaker::counted(c, account, reading, now)).await?;
        }
        fault::pass(Point::CommentSent);
        self.said(mine, attempt, outcome).await?;
        fault::pass(Point::CommentRecorded);
        Ok(())
    }

    /// Everything is asked once more, then the attempt and the state are one commit.
    async fn fence(&self, mine: Comment) -> Result<Option<(Comment, AttemptId)>, MoveError> {
        let (k, id) = (self.kit.clone(), self.row.id);
        let key = serde_json::to_string(&self.key).expect("a key is plain data");
        let checkpoint = publication::checkpoint_text(&self.got);
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                let row = store::delivery(c, id)?.ok_or(MoveError::Zombie)?;
                match decide(c, &k, &mine, &row, now)? {
                    // what was looked for and surely is not there is said again
                    Do::Say | Do::Look(_) if row.state == State::Published => {}
                    other => return alone(c, &k, &mine, &row, &other, now).map(|()| None),
                }
                let attempt = AttemptId::new(now, &k.chance);
                store::begin_attempt(c, attempt, row.id, row.fence, Phase::Comment, now)?;
                let next = Next {
                    send_key: Some(key),
                    checkpoint: Some(checkpoint),
                    tries: Some(mine.tries + 1),
                    looks: Some(0),
                    unsure_since: Some(Some(mine.unsure_since.unwrap_or(now))),
                    lease_until: Some(Some(now + record::lease(&k))),
                    next_at: Some(Some(now)),
                    ..Next::default()
                };
                let mut fenced = store::turn_comment(c, &mine, Standing::Sending, &next)?;
                // what was uncertain before this try stays so whatever is answered to it
                fenced.unsure_since = mine.unsure_since;
                Ok(Some((fenced, attempt)))
            })
            .await
    }

    /// What the peer said, and where that leads, in one commit.
    async fn said(&self, mine: Comment, attempt: AttemptId, outcome: Outcome) -> Result<(), MoveError> {
        let (k, account) = (self.kit.clone(), self.row.account_id);
        match outcome {
            Outcome::Accepted(published) if !published.remote_id.is_empty() => {
                self.kit
                    .db
                    .write(move |c| {
                        let now = k.clock.now();
                        let said = record::evidence(&[("remote_id", &published.remote_id)]);
                        record::end(c, attempt, Verdict::Accepted, None, None, &said, now)?;
                        breaker::well(c, account, now)?;
                        stands(c, &mine, Some(published.remote_id), None, now)
                    })
                    .await
            }
            Outcome::Rejected(problem) if problem.kind != ProblemKind::Duplicate => {
                let problem = hanging::told(self.kit, &self.account, problem).await?;
                self.refused(mine, Some(attempt), problem, self.got.clone()).await
            }
            other => {
                let (status, words) = match other {
                    Outcome::Ambiguous { status, words } => (status, words),
                    Outcome::Rejected(problem) => (problem.status, problem.words),
                    Outcome::Accepted(_) => (None, "a yes without a name".to_owned()),
                };
                self.kit
                    .db
                    .write(move |c| {
                        let now = k.clock.now();
                        let kind = Reason::NoAnswer.word();
                        let said = record::evidence(&[("words", &words)]);
                        record::end(c, attempt, Verdict::Ambiguous, status, Some(kind), &said, now)?;
                        let silence = Problem::new(ProblemKind::Unavailable, words.as_str());
                        breaker::complained(c, &k, account, &silence, now)?;
                        let next = Next {
                            next_at: Some(Some(record::first_look(&k, Some(now), now))),
                            ..because(kind, Some(words))
                        };
                        store::turn_comment(c, &mine, Standing::Sending, &next)?;
                        Ok(())
                    })
                    .await
            }
        }
    }

    /// A certain no, before the fence or after it.
    async fn refused(
        &self,
        mine: Comment,
        attempt: Option<AttemptId>,
        problem: Problem,
        got: Checkpoint,
    ) -> Result<(), MoveError> {
        let (k, row) = (self.kit.clone(), self.row.clone());
        self.kit
            .db
            .write(move |c| {
                let now = k.clock.now();
                if let Some(attempt) = attempt {
                    let said = record::evidence(&[("words", &problem.words)]);
                    let kind = Some(problem.kind.word());
                    record::end(c, attempt, Verdict::Rejected, problem.status, kind, &said, now)?;
                }
                breaker::complained(c, &k, row.account_id, &problem, now)?;
                let passes = problem.kind.passes() || step::locks(problem.kind);
                let next = Next {
                    checkpoint: Some(publication::checkpoint_text(&got)),
                    unsure_since: Some(mine.unsure_since),
                    ..later(&k, &mine, &problem, now)
                };
                if passes {
                    let back = if mine.unsure_since.is_some() { Standing::Sending } else { Standing::Ready };
                    store::turn_comment(c, &mine, back, &next)?;
                    return Ok(());
                }
                hand(c, &k, &mine, &row, next, now)
            })
            .await
    }

    /// Looks whether it stands there, and goes on from what that shows.
    async fn look(self, mine: Comment, commenting: Commenting) -> Result<(), MoveError> {
        let (kit, limit) = (self.kit, record::request(self.kit));
        let found = {
            let remark = self.remark(&mine.words);
            timeout(limit, self.channel.look_comment(&self.account, &remark, &self.got)).await.unwrap_or_else(
                |_| {
                    let words = format!("no answer in {} s", limit.as_secs());
                    Found::Unreachable(Problem::new(ProblemKind::Unavailable, words))
                },
            )
        };
        let found = match found {
            Found::Unreachable(problem) => {
                Found::Unreachable(hanging::told(kit, &self.account, problem).await?)
            }
            found => found,
        };
        fault::pass(Point::CommentLooked);
        let looks = mine.looks + i32::from(!matches!(found, Found::Unreachable(_)));
        let now = kit.clock.now();
        let since = mine.unsure_since.unwrap_or(mine.wanted_at);
        let seen = comment::after_look(commenting.class, &found, looks, since, now);
        let wanted = self.row.state == State::Published;
        if seen == Seen::SayAgain && wanted {
            return self.say(Comment { looks, ..mine }).await;
        }
        let (k, row) = (kit.clone(), self.row.clone());
        kit.db
            .write(move |c| match (seen, found) {
                (Seen::There, Found::There(published)) => {
                    stands(c, &mine, Some(published.remote_id), (!wanted).then_some(now), now)
                }
                // surely not there, and its post is gone
                (Seen::SayAgain, _) => alone(c, &k, &mine, &row, &Do::End(Standing::Dropped), now),
                (Seen::Ask(why), found) => {
                    let words = match found {
                        Found::NotSeen(words) => words,
                        Found::Unreachable(problem) => problem.words,
                        _ => String::new(),
                    };
                    let next = Next { looks: Some(looks), ..because(why.word(), Some(words)) };
                    hand(c, &k, &mine, &row, next, now)
                }
                (_, Found::Unreachable(problem)) => {
                    breaker::complained(c, &k, row.account_id, &problem, now)?;
                    store::turn_comment(c, &mine, mine.state, &later(&k, &mine, &problem, now))?;
                    Ok(())
                }
                _ => {
                    let next = Next {
                        looks: Some(looks),
                        next_at: Some(Some(now + step::LOOK_PAUSE)),
                        ..because(Reason::NotSeen.word(), None)
                    };
                    store::turn_comment(c, &mine, mine.state, &next)?;
                    Ok(())
                }
            })
            .await
    }

    /// Takes it down: said until the peer says that it is gone.
    async fn take_down(self, mine: Comment) -> Result<(), MoveError> {
        let (kit, limit) = (self.kit, record::request(self.kit));
        let name = mine.remote_id.clone().unwrap_or_default();
        let gone = timeout(limit, self.channel.withdraw(&self.account, &name)).await.unwrap_or_else(|_| {
            let words = format!("no answer in {} s", limit.as_secs());
            Withdrawn::NotYet(Problem::new(ProblemKind::Unavailable, words))
        });
        let gone = match gone {
            Withdrawn::NotYet(problem) => {
                Withdrawn::NotYet(hanging::told(kit, &self.account, problem).await?)
            }
            gone => gone,
        };
        let (k, row) = (kit.clone(), self.row.clone());
        kit.db
            .write(move |c| {
                let now = k.clock.now();
                match gone {
                    Withdrawn::Gone => {
                        let next = Next {
                            next_at: Some(None),
                            settled_at: Some(Some(now)),
                            ..because("taken_down", None)
                        };
                        let gone = store::turn_comment(c, &mine, Standing::Removed, &next)?;
                        Ok(store::prove_comment(c, &gone, now)?)
                    }
                    Withdrawn::NotYet(problem) => {
                        breaker::complained(c, &k, row.account_id, &problem, now)?;
                        let next = Next { looks: Some(mine.looks + 1), ..later(&k, &mine, &problem, now) };
                        store::turn_comment(c, &mine, Standing::Removing, &next)?;
                        Ok(())
                    }
                    Withdrawn::Unable(words) => {
                        hand(c, &k, &mine, &row, because(Reason::CannotWithdraw.word(), Some(words)), now)
                    }
                }
            })
            .await
    }
}

/// It stands there. `again`: when it is looked at once more, for it is to come down.
pub(super) fn stands(
    c: &mut Conn,
    mine: &Comment,
    remote_id: Option<String>,
    again: Option<Instant>,
    now: Instant,
) -> Result<(), MoveError> {
    let next = Next {
        remote_id: Some(remote_id.filter(|id| !id.is_empty())),
        next_at: Some(again),
        lease_until: Some(None),
        looks: Some(0),
        error_kind: Some(None),
        error_words: Some(None),
        settled_at: Some(Some(now)),
        ..Next::default()
    };
    let stands = store::turn_comment(c, mine, Standing::Done, &next)?;
    Ok(store::prove_comment(c, &stands, now)?)
}
