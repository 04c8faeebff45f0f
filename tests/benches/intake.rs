//! Durable applications a second: the product's own `submit` (what it checks and looks up, six rows in one transaction, an
//! answer only after the commit) against the bare inserts of the same six rows, each application one transaction, in
//! the same database with the same durability. By many at once, as when a deadline comes, and by one after the other.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use diesel::{
    Connection, ExpressionMethods as _, PgConnection, QueryDsl as _, RunQueryDsl as _, SqliteConnection,
    connection::SimpleConnection as _, result::QueryResult,
};
use opslag::{
    applications::{
        Contact, Via,
        actions::{Submission, submit},
    },
    base::{
        Chance, Clock, Language,
        id::{ApplicantId, ApplicationId, EventId, IntervalId, JobId, PostingId},
    },
    config::Config,
    db::{
        DbError,
        schema::{
            applicants, application_events, applications, changes, jobs, posting_rounds, postings,
            stage_intervals,
        },
    },
    kit::Kit,
    secrets::fingerprint,
};

use crate::{
    ground::{Error, Figures, Ground, say, setting, town},
    peers::Peer,
    texts::Texts,
};

const TURNS: usize = 5;
const AT_ONCE: usize = 32;

pub fn run(_: &Ground) -> Result<(), Error> {
    say("intake: durable applications a second, medians of turns");
    measure("SQLite", None)?;
    let durable = ["fsync=on", "synchronous_commit=on", "full_page_writes=on"].map(|s| ["-c", s]).concat();
    let cluster = Peer::start("postgres", &durable);
    measure("PostgreSQL", Some(cluster.url()))
}

fn measure(name: &str, database: Option<&str>) -> Result<(), Error> {
    let folder = town(database)?;
    let mut config = Config::defaults(folder.path());
    if let Some(url) = database {
        url.clone_into(&mut config.database.url);
    }
    let kit = Kit::open(config, Clock::real(), Chance::real())?;
    let place = kit.db.read_now(|c| {
        posting_rounds::table
            .inner_join(postings::table)
            .filter(postings::state.eq("open"))
            .select((posting_rounds::posting_id, posting_rounds::id))
            .first::<(String, String)>(c)
            .map_err(DbError::from)
    })?;
    let place = Arc::new(place);
    let written = Arc::new(Written::new());
    let time = Duration::from_secs(setting("OPSLAG_BENCH_SECONDS", 3));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    for at_once in [AT_ONCE, 1] {
        let mut rates = [Vec::new(), Vec::new()];
        for turn in 0..=TURNS {
            let ours = runtime.block_on(submitted(&kit, &place, &written, at_once, time))?;
            let bare = inserted(&kit, &place, &written, at_once, time)?;
            // the first turn warms up
            if turn > 0 {
                rates[0].push(ours);
                rates[1].push(bare);
            }
        }
        let [ours, bare] = rates.map(|r| Figures::of(r).median());
        let how = if at_once == 1 { "one after the other".into() } else { format!("{at_once} at once") };
        say(&format!(
            "  {name:<11}{how:<20} opslag {ours:>6.0}/s   bare inserts {bare:>6.0}/s   ratio {:.2}",
            ours / bare
        ));
    }
    Ok(())
}

/// What applicants write, made up beforehand.
struct Written {
    texts: Texts,
    letters: Vec<String>,
}

impl Written {
    fn new() -> Self {
        let texts = Texts::new();
        Self { letters: (0..1000).map(|n| texts.text(n)).collect(), texts }
    }
    fn contact(&self, n: u64) -> Contact {
        let (email, phone) = (format!("a{n}@example.dk"), format!("+45{:08}", 20_000_000 + n));
        Contact { name: self.texts.name(n), email, phone }
    }
    fn letter(&self, n: u64) -> &str {
        &self.letters[n as usize % self.letters.len()]
    }
}

/// Different in every turn and on both sides.
static NUMBER: AtomicU64 = AtomicU64::new(0);

fn next() -> u64 {
    NUMBER.fetch_add(1, Ordering::Relaxed)
}

async fn submitted(
    kit: &Kit,
    place: &Arc<(String, String)>,
    written: &Arc<Written>,
    at_once: usize,
    time: Duration,
) -> Result<f64, Error> {
    let posting: PostingId = place.0.parse()?;
    let begun = Instant::now();
    let mut all = tokio::task::JoinSet::new();
    for _ in 0..at_once {
        let (kit, written) = (kit.clone(), written.clone());
        all.spawn(async move {
            let mut done = 0u32;
            while begun.elapsed() < time {
                let n = next();
                let submission = Submission {
                    posting,
                    contact: written.contact(n),
                    language: Language::Da,
                    letter: written.letter(n).to_owned(),
                    token: String::new(),
                    self_reported: None,
                    form_hash: fingerprint(&kit.chance.token()),
                    papers: Vec::new(),
                    via: Via::Form,
                    received_at: None,
                    by: None,
                };
                submit(&kit, submission).await.map_err(|e| e.to_string())?;
                done += 1;
            }
            Ok::<_, String>(done)
        });
    }
    let mut done = 0;
    while let Some(one) = all.join_next().await {
        done += one??;
    }
    Ok(f64::from(done) / begun.elapsed().as_secs_f64())
}

/// The same rows, and nothing else.
macro_rules! insert {
    ($conn:expr, $kit:expr, $place:expr, $written:expr) => {{
        let (conn, kit, n) = ($conn, $kit, next());
        let (who, now) = ($written.contact(n), kit.clock.now());
        let applicant = ApplicantId::new(now, &kit.chance).to_string();
        let id = ApplicationId::new(now, &kit.chance).to_string();
        let actor = format!("applicant:{id}");
        let (micros, form, access) = (now.micros(), kit.chance.token(), kit.chance.token());
        let letter = $written.letter(n);
        let rows: QueryResult<()> = conn.transaction(|c| {
            diesel::insert_into(applicants::table)
                .values((
                    applicants::id.eq(&applicant),
                    applicants::name.eq(&who.name),
                    applicants::email.eq(&who.email),
                    applicants::phone.eq(&who.phone),
                    applicants::language.eq("da"),
                    applicants::created_at.eq(micros),
                ))
                .execute(c)?;
            diesel::insert_into(applications::table)
                .values((
                    applications::id.eq(&id),
                    applications::applicant_id.eq(&applicant),
                    applications::posting_id.eq(&$place.0),
                    applications::round_id.eq(&$place.1),
                    applications::received_at.eq(micros),
                    applications::received_via.eq("form"),
                    applications::late.eq(false),
                    applications::letter.eq(letter),
                    applications::stage.eq("received"),
                    applications::position.eq(micros),
                    applications::channel.eq("direct"),
                    applications::basis.eq("none"),
                    applications::form_key.eq(fingerprint(&form)),
                    applications::access_hash.eq(fingerprint(&access)),
                    applications::notice_version.eq("0123456789abcdef"),
                    applications::created_at.eq(micros),
                    applications::updated_at.eq(micros),
                ))
                .execute(c)?;
            diesel::insert_into(stage_intervals::table)
                .values((
                    stage_intervals::id.eq(IntervalId::new(now, &kit.chance).to_string()),
                    stage_intervals::application_id.eq(&id),
                    stage_intervals::stage.eq("received"),
                    stage_intervals::entered_at.eq(micros),
                    stage_intervals::actor.eq(&actor),
                ))
                .execute(c)?;
            diesel::insert_into(application_events::table)
                .values((
                    application_events::id.eq(EventId::new(now, &kit.chance).to_string()),
                    application_events::application_id.eq(&id),
                    application_events::at.eq(micros),
                    application_events::actor.eq(&actor),
                    application_events::kind.eq("received"),
                    application_events::detail.eq("{}"),
                ))
                .execute(c)?;
            diesel::insert_into(jobs::table)
                .values((
                    jobs::id.eq(JobId::new(now, &kit.chance).to_string()),
                    jobs::kind.eq("applications.receipt"),
                    jobs::dedup.eq(&id),
                    jobs::payload.eq(format!("{{\"application\":\"{id}\"}}")),
                    jobs::run_at.eq(micros),
                    jobs::created_at.eq(micros),
                ))
                .execute(c)?;
            diesel::insert_into(changes::table)
                .values((
                    changes::subject.eq("application"),
                    changes::subject_id.eq(&id),
                    changes::at.eq(micros),
                ))
                .execute(c)?;
            Ok(())
        });
        rows
    }};
}

/// On SQLite one writer, since there can be no more; on PostgreSQL as many connections as callers.
fn inserted(
    kit: &Kit,
    place: &Arc<(String, String)>,
    written: &Arc<Written>,
    at_once: usize,
    time: Duration,
) -> Result<f64, Error> {
    let url = kit.db.url();
    let ended = Arc::new(AtomicBool::new(false));
    let (done, took) = if url.starts_with("postgres") {
        let mut connections = Vec::new();
        for _ in 0..at_once {
            connections.push(PgConnection::establish(url)?);
        }
        let begun = Instant::now();
        let threads: Vec<_> = connections
            .into_iter()
            .map(|mut conn| {
                let (kit, place) = (kit.clone(), place.clone());
                let (written, ended) = (written.clone(), ended.clone());
                std::thread::spawn(move || {
                    let mut done = 0u32;
                    while !ended.load(Ordering::Relaxed) {
                        insert!(&mut conn, &kit, &place, &written)?;
                        done += 1;
                    }
                    Ok::<_, diesel::result::Error>(done)
                })
            })
            .collect();
        std::thread::sleep(time);
        ended.store(true, Ordering::Relaxed);
        let mut done = 0;
        for thread in threads {
            done += thread.join().map_err(|_| "a bare insert panicked")??;
        }
        (done, begun.elapsed())
    } else {
        let mut conn = SqliteConnection::establish(url)?;
        conn.batch_execute(
            "pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on",
        )?;
        let begun = Instant::now();
        let mut done = 0u32;
        while begun.elapsed() < time {
            insert!(&mut conn, kit, place, written)?;
            done += 1;
        }
        (done, begun.elapsed())
    };
    Ok(f64::from(done) / took.as_secs_f64())
}
