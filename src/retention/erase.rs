//! Erasing, with proof. Who goes is committed first (the intent, with what will be looked for); then the rows of each go in a
//! transaction of their own; then files, letters, the search and free pages are cleared; then everything is looked through; and
//! what that showed is the receipt. Cut off anywhere, the same function goes on from what the rows say.

use std::{sync::Arc, time::Duration};

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::{
    list, places,
    plan::{self, Planned},
    receipt::{Content, Kind, Receipt, Stand},
    sought::{self, Sought},
    store::{self, Erasure},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{
        self, actions,
        jobs::{Namers, delete_unknown},
    },
    base::{
        fault::{self, Point},
        id::{ApplicationId, ErasureId},
    },
    db::{self, Conn, DbError, Engine, dump},
    kit::Kit,
    queue::{self, JobError, changes},
    search,
};

/// How often, and how far apart, the database is asked to cut off its log while somebody reads an older state.
const PATIENCE: (u32, Duration) = (50, Duration::from_millis(100));

/// What an erasure needs.
#[derive(Clone)]
pub struct Needs {
    /// Rows, files, letters.
    pub kit: Kit,
    /// The search; none while there is none (a restore builds it anew).
    pub index: Option<Arc<search::Index>>,
    /// Who may name a file.
    pub namers: Namers,
}

/// What the night of `day` did with the plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Night {
    /// How many were warned of.
    pub warned: i32,
    /// How many went out of sight.
    pub quarantined: i32,
}

/// The night of `day`: what was cut off is finished, then marks are made, then who is due is erased. Done twice it is done once.
pub async fn night(needs: &Needs, day: NaiveDate) -> Result<(), JobError> {
    for open in needs.kit.db.read(store::unproved).await? {
        finish(needs, open.id, true).await?;
    }
    let k = needs.kit.clone();
    let marked = needs.kit.db.write(move |c| mark(c, &k, day)).await?;
    let Some((marked, targets)) = marked else { return Ok(()) };
    let kit = &needs.kit;
    let sought = if targets.is_empty() {
        Sought::default()
    } else {
        let (k, ids) = (kit.clone(), targets.iter().map(|one| one.of.id).collect::<Vec<_>>());
        let mut sought = kit.db.read(move |c| sought::gather(c, &k, &ids)).await?;
        let looked = look(needs, &Arc::new(sought.clone())).await?;
        sought.before = looked.before(&sought.traces);
        sought
    };
    let k = kit.clone();
    let begun = kit.db.write(move |c| begin_night(c, &k, day, marked, &targets, &sought)).await?;
    fault::pass(Point::ErasureBegun);
    match begun {
        Some(id) => finish(needs, id, false).await,
        // what others deleted leaves the files too
        None => clear(needs, &Sought::default()).await,
    }
}

/// Warns and takes out of sight; who is to be erased. None when the night has been.
fn mark(c: &mut Conn, kit: &Kit, day: NaiveDate) -> Result<Option<(Night, Vec<Planned>)>, DbError> {
    db::lock(c, "retention")?;
    if store::night(c, day)? {
        return Ok(None);
    }
    let (now, mut done) = (kit.clock.now(), Night::default());
    let marks = store::marks(c)?;
    for one in plan::plan_for(c, kit, day, (None, None))?.all {
        let Some(fate) = one.fate.filter(|fate| fate.state != super::fate::State::Held) else { continue };
        if fate.trigger == super::fate::Trigger::Asked {
            continue;
        }
        let id = one.of.id;
        if fate.warn_on <= day && !marks.contains_key(&id) {
            store::insert_mark(c, id, day)?;
            done.warned += 1;
        }
        // one step a night where both are due: what is out of sight has been warned of
        if fate.quarantine_on <= day && one.of.quarantined_at.is_none() {
            store::mark_quarantined(c, id, day)?;
            applications::set_quarantined(c, id, Some(now))?;
            changes::note(c, changes::Subject::Application(id), now)?;
            done.quarantined += 1;
        }
    }
    let after = plan::plan_for(c, kit, day, (None, None))?.all;
    Ok(Some((done, after.into_iter().filter(|one| one.goes_on(day)).collect())))
}

fn begin_night(
    c: &mut Conn,
    kit: &Kit,
    day: NaiveDate,
    marked: Night,
    targets: &[Planned],
    sought: &Sought,
) -> Result<Option<ErasureId>, DbError> {
    db::lock(c, "retention")?;
    if store::night(c, day)? {
        return Ok(None);
    }
    let now = kit.clock.now();
    let id = ErasureId::new(now, &kit.chance);
    let nothing = targets.is_empty();
    let erasure = Erasure {
        id,
        kind: Kind::Night,
        day: day.to_string(),
        state: if nothing { Stand::Nothing } else { Stand::Begun },
        begun_at: now,
        ended_at: nothing.then_some(now),
        resumed: 0,
        warned: marked.warned,
        quarantined: marked.quarantined,
        sought: (!nothing).then(|| sought::seal(kit, id, sought)),
    };
    store::insert_erasure(c, &erasure)?;
    for one in targets {
        store::intend(c, id, one.of.id, one.rule())?;
    }
    Ok((!nothing).then_some(id))
}

/// Somebody who may erases one before its time: its rows go in the caller's transaction, the rest and the proof follow as a job.
pub fn by_hand(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    by: Actor,
    id: ApplicationId,
) -> Result<bool, DbError> {
    if applications::application(c, scope, id)?.is_none() {
        return Ok(false);
    }
    let erasure = begin(c, kit, Kind::Hand, &[id])?;
    actions::erase(c, kit, by, id)?;
    let now = kit.clock.now();
    store::done(c, id, now)?;
    queue::enqueue(c, &super::jobs::Prove { erasure }, now, now, &kit.chance)?;
    Ok(true)
}

/// Who had been erased and came back with an older backup goes again.
pub async fn again(needs: &Needs, ids: Vec<ApplicationId>) -> Result<usize, JobError> {
    let k = needs.kit.clone();
    let begun = needs
        .kit
        .db
        .write(move |c| {
            let mut there = Vec::new();
            for id in ids {
                if applications::any(c, id)?.is_some() {
                    there.push(id);
                }
            }
            if there.is_empty() {
                return Ok::<_, DbError>(None);
            }
            Ok(Some((begin(c, &k, Kind::Restore, &there)?, there.len())))
        })
        .await?;
    let Some((erasure, n)) = begun else { return Ok(0) };
    finish(needs, erasure, false).await?;
    Ok(n)
}

fn begin(c: &mut Conn, kit: &Kit, kind: Kind, ids: &[ApplicationId]) -> Result<ErasureId, DbError> {
    let now = kit.clock.now();
    let id = ErasureId::new(now, &kit.chance);
    let sought = sought::gather(c, kit, ids)?;
    let erasure = Erasure {
        id,
        kind,
        day: plan::day_of(now, kit.config.delivery.zone).to_string(),
        state: Stand::Begun,
        begun_at: now,
        ended_at: None,
        resumed: 0,
        warned: 0,
        quarantined: 0,
        sought: Some(sought::seal(kit, id, &sought)),
    };
    store::insert_erasure(c, &erasure)?;
    for application in ids {
        store::intend(c, id, *application, kind.word())?;
    }
    Ok(id)
}

/// Goes on with an erasure from where it stands, until its receipt is written. `again`: it was begun in another run.
pub async fn finish(needs: &Needs, id: ErasureId, again: bool) -> Result<(), JobError> {
    let kit = &needs.kit;
    let Some(erasure) = kit.db.read(move |c| store::erasure(c, id)).await? else { return Ok(()) };
    if matches!(erasure.state, Stand::Proved | Stand::Nothing) {
        return Ok(());
    }
    let (sought, blind) = match erasure.sought.as_deref().and_then(|sealed| sought::open(kit, id, sealed)) {
        Some(sought) => (sought, false),
        None => (Sought::default(), true),
    };
    let targets = kit.db.read(move |c| store::erased_by(c, id)).await?;
    if again && erasure.state == Stand::Begun && erasure.kind == Kind::Night {
        kit.db.write(move |c| store::resume(c, id)).await?;
    }
    for one in targets.into_iter().filter(|one| one.done_at.is_none()) {
        let (k, of, kind) = (kit.clone(), one.application, erasure.kind);
        kit.db.write(move |c| erase_one(c, &k, kind, of)).await?;
        fault::pass(Point::ErasureOne);
    }
    let gone = kit.db.read(move |c| store::erased_by(c, id)).await?;
    let gone: Vec<ApplicationId> = gone.iter().map(|one| one.application).collect();
    // whoever was spared since is not looked for
    let sought = Arc::new(sought.of_those(&gone));
    clear(needs, &sought).await?;
    fault::pass(Point::ErasureCleared);
    prove(needs, &erasure, &sought, blind).await?;
    fault::pass(Point::ErasureProved);
    Ok(())
}

/// The rows of one, unless something has spared it since it was chosen.
fn erase_one(c: &mut Conn, kit: &Kit, kind: Kind, id: ApplicationId) -> Result<(), DbError> {
    let now = kit.clock.now();
    // as of this night, which has been begun already
    let tonight = plan::day_of(now, kit.config.delivery.zone);
    let there = plan::plan_for(c, kit, tonight, (None, Some(id)))?.all.pop();
    if let (Kind::Night, Some(one)) = (kind, &there)
        && !one.goes_on(tonight)
    {
        return store::spare(c, id);
    }
    if there.is_some() {
        actions::erase(c, kit, Actor::System, id)?;
    }
    store::done(c, id, now)
}

/// Everything beside the rows: files, letters in a folder, the search, what deleted rows leave in the database's files.
async fn clear(needs: &Needs, sought: &Sought) -> Result<(), JobError> {
    let kit = &needs.kit;
    delete_unknown(kit, &needs.namers, sought.files()).await?;
    kit.mail.forget(&sought.letters()).map_err(|error| JobError::Later(format!("letters: {error}")))?;
    list::write(kit).await?;
    if let Some(index) = &needs.index {
        let_go(kit, index, &sought.applications).await?;
    }
    for _ in 0..PATIENCE.0 {
        let db = kit.db.clone();
        let cleared = tokio::task::spawn_blocking(move || dump::clear(&db)).await;
        if cleared.map_err(|panic| JobError::Later(panic.to_string()))?? {
            return Ok(());
        }
        tokio::time::sleep(PATIENCE.1).await;
    }
    Err(JobError::Later("somebody reads an older state of the database; its log cannot be cut off".into()))
}

/// The search lets go of these. Where another process writes it, that one is asked and waited for.
async fn let_go(kit: &Kit, index: &Arc<search::Index>, ids: &[ApplicationId]) -> Result<(), JobError> {
    for _ in 0..PATIENCE.0 {
        let (db, index, ids) = (kit.db.clone(), index.clone(), ids.to_vec());
        let gone = tokio::task::spawn_blocking(move || -> Result<bool, search::jobs::CatchUpError> {
            // whoever only works gives the index back: who answers requests follows it
            let ours = index.is_ours();
            search::jobs::catch_up(&db, &index)?;
            if index.is_ours() {
                let cleared = match index.forget_deleted() {
                    Ok(_) => index.deleted() == 0,
                    // a merge of its own took the segment meanwhile: what it made is looked at again
                    Err(search::index::Error::Tantivy(_)) => false,
                    Err(error) => return Err(error.into()),
                };
                if !ours {
                    index.close()?;
                }
                return Ok(cleared);
            }
            let mut there = index.deleted() > 0;
            for id in ids {
                there |= index.holds(id)?;
            }
            if there {
                index.ask_to_forget()?;
            }
            Ok(!there)
        });
        let gone = gone.await.map_err(|panic| JobError::Later(panic.to_string()))?;
        if gone.map_err(|error| JobError::Later(error.to_string()))? {
            return Ok(());
        }
        tokio::time::sleep(PATIENCE.1).await;
    }
    Err(JobError::Later("the process that writes the search has not cleared it yet".into()))
}

async fn look(needs: &Needs, sought: &Arc<Sought>) -> Result<places::Looked, JobError> {
    let looked = places::look(&needs.kit, needs.index.as_ref(), &needs.namers, sought).await;
    looked.map_err(|error| JobError::Later(format!("{error:#}")))
}

/// Looks through everything and writes what that showed. A second look that shows the same writes nothing.
async fn prove(needs: &Needs, erasure: &Erasure, sought: &Arc<Sought>, blind: bool) -> Result<(), JobError> {
    let kit = &needs.kit;
    let looked = look(needs, sought).await?;
    let id = erasure.id;
    let (k, kind, day) = (kit.clone(), erasure.kind, erasure.day.clone());
    let (sought, traces) = (sought.clone(), sought.clone());
    let seen = looked.after(&traces.traces, &sought.before);
    kit.db
        .write(move |c| {
            db::lock(c, "erasure-receipts")?;
            let Some(now_is) = store::erasure(c, id)?.filter(|is| is.state != Stand::Proved) else {
                return Ok(());
            };
            let gone = store::erased_by(c, id)?;
            let mut rules: Vec<(String, u64)> = Vec::new();
            let mut ids = Sha256::new();
            for one in &gone {
                match rules.iter_mut().find(|(rule, _)| *rule == one.rule) {
                    Some((_, n)) => *n += 1,
                    None => rules.push((one.rule.clone(), 1)),
                }
                ids.update(format!("{}\n", one.application));
            }
            rules.sort();
            let content = Content {
                kind,
                day,
                applications: gone.len() as u64,
                files: sought.files().len() as u64,
                rules,
                ids: hex::encode(ids.finalize()),
                words: sought.traces.len() as u64,
                shared: looked.shared_words(&sought.traces),
                shared_files: looked.shared_files,
                places: seen,
                blind,
                resumed: u64::try_from(now_is.resumed).unwrap_or(0),
                database: match k.db.engine() {
                    Engine::Sqlite => "sqlite".to_owned(),
                    Engine::Postgres => "postgres".to_owned(),
                },
                bucket: k.config.storage.url.starts_with("s3://"),
            };
            let stand = if content.is_red() { Stand::Left } else { Stand::Proved };
            if now_is.state == Stand::Left && stand == Stand::Left {
                return Ok(());
            }
            let now = k.clock.now();
            let last = store::last_receipt(c)?;
            let receipt = Receipt::after(last.as_ref(), id, now, &content);
            store::insert_receipt(c, &receipt)?;
            store::settle(c, id, stand, now)?;
            if stand == Stand::Left {
                tracing::error!(
                    receipt = receipt.number,
                    "something of who was erased was found; see /slettefrister/kvitteringer"
                );
            }
            let line = Line {
                actor: Actor::System,
                verb: Verb::Erased,
                object: Object::None,
                posting: None,
                detail: Some(format!(
                    "receipt {} {}: {} applications",
                    receipt.number,
                    stand.word(),
                    gone.len()
                )),
            };
            audit::write(c, &[line], now)
        })
        .await
        .map_err(JobError::from)
}
