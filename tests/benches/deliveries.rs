//! Deliveries a second: everything that is due at once, drained by one worker and by four to a practice channel, against
//! the bare rate of the two transactions that each needs (taking the row and writing the attempt; writing what came of
//! it), in the same database with the same durability.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use diesel::{
    Connection, ExpressionMethods as _, PgConnection, QueryDsl as _, RunQueryDsl as _, SqliteConnection,
    connection::SimpleConnection as _, result::QueryResult,
};
use futures_util::{StreamExt as _, stream};
use opslag::{
    accounts::{self, audit::Actor},
    base::{
        Chance, Clock, Language,
        id::{AccountId, AttemptId, DeliveryId, PostingId},
        wall::WallTime,
    },
    config::Config,
    db::{
        DbError,
        schema::{attempts, deliveries, postings},
    },
    demo::worlds::{self, Kind},
    kit::Kit,
    publishing::{self, Order, Part, State},
    timetable::Parts,
};

use crate::{
    ground::{Error, Figures, Ground, say, setting, town},
    peers::Peer,
};

const TURNS: usize = 3;

pub fn run(_: &Ground) -> Result<(), Error> {
    say("deliveries: drained a second to a practice channel, medians of turns");
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
    // an ad without these may not go out
    "Fjordby Kommune, Torvet 1, 8799 Fjordby".clone_into(&mut config.privacy.controller);
    "dpo@fjordby.example".clone_into(&mut config.privacy.dpo);
    config.channels.private_hosts = vec!["127.0.0.1".into()];
    config.delivery.spacing_seconds = 0;
    config.delivery.overdue_spacing_seconds = 0;
    let clock = Clock::set_to(Clock::real().now());
    let kit = Kit::open(config, clock.clone(), Chance::real())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let each = usize::try_from(setting("OPSLAG_BENCH_DELIVERIES", 300))?;
    runtime.block_on(async {
        let parts = Parts::open(&kit)?;
        let listen = "127.0.0.1:0".parse()?;
        let world = worlds::start(Kind::Bluesky, "Måleby", listen, clock.clone(), Chance::seeded(1))?;
        let top = kit.db.read(accounts::organisation).await?.ok_or("no organisation")?.id;
        let account = worlds::connect(&kit, &world, top, Actor::System).await?;
        let open: Vec<PostingId> = kit
            .db
            .read(|c| {
                let open = postings::table.filter(postings::state.eq("open"));
                let public = open.filter(postings::visibility.eq("public"));
                public.order(postings::deadline_at.desc()).select(postings::id).load(c).map_err(DbError::from)
            })
            .await?;
        // one whose pictures were made ready before the demonstration ended
        let mut ready = None;
        for id in open {
            if planned(&kit, account, id, 1).await.is_ok() {
                ready = Some(id);
                break;
            }
        }
        let posting = ready.ok_or("no ad can go out")?;
        for workers in [1, 4] {
            let mut rates = [Vec::new(), Vec::new()];
            for turn in 0..=TURNS {
                let due = planned(&kit, account, posting, each).await?;
                clock.advance(Duration::from_secs(600));
                let begun = Instant::now();
                stream::iter(&due)
                    .for_each_concurrent(workers, |id| async {
                        if let Err(error) = publishing::drive(&kit, &parts.channels, *id).await {
                            say(&format!("  {error}"));
                        }
                    })
                    .await;
                let ours = each as f64 / begun.elapsed().as_secs_f64();
                let ids = due.clone();
                let states = kit
                    .db
                    .read(move |c| {
                        let rows = deliveries::table.filter(deliveries::id.eq_any(ids));
                        rows.select(deliveries::state).load::<State>(c).map_err(DbError::from)
                    })
                    .await?;
                if states.iter().any(|state| *state != State::Published) {
                    return Err(format!("not everything went out: {states:?}").into());
                }
                let rows = Arc::new(planned(&kit, account, posting, each).await?);
                let k = kit.clone();
                let bare = tokio::task::spawn_blocking(move || written(&k, &rows, workers).map_err(|e| e.to_string()))
                    .await??;
                // the first turn warms up
                if turn > 0 {
                    rates[0].push(ours);
                    rates[1].push(bare);
                }
            }
            let [ours, bare] = rates.map(|r| Figures::of(r).median());
            say(&format!(
                "  {name:<11}{workers} at once   opslag {ours:>6.0}/s   two bare transactions {bare:>6.0}/s   ratio {:.2}",
                ours / bare
            ));
        }
        Ok(())
    })
}

/// So many posts planned for two minutes from now.
async fn planned(
    kit: &Kit,
    account: AccountId,
    posting: PostingId,
    many: usize,
) -> Result<Vec<DeliveryId>, Error> {
    let scope = kit.db.read(accounts::everywhere).await?;
    let when = WallTime::at(kit.clock.now() + Duration::from_secs(120), kit.config.delivery.zone);
    let mut ids = Vec::new();
    for n in 0..many {
        let order = Order {
            subject: posting.into(),
            language: Language::Da,
            when: Some(when),
            media: Vec::new(),
            parts: vec![Part { account, text: format!("Vi søger dig, nummer {n}.") }],
            same_words_ok: true,
        };
        let ordered =
            publishing::publish(kit, Actor::System, &scope, order).await.map_err(|e| e.to_string())?;
        ids.extend(ordered.deliveries);
    }
    Ok(ids)
}

/// The two transactions, and nothing else.
macro_rules! write {
    ($conn:expr, $kit:expr, $id:expr) => {{
        let (conn, kit, id) = ($conn, $kit, $id.to_string());
        let attempt = AttemptId::new(kit.clock.now(), &kit.chance).to_string();
        let now = kit.clock.now().micros();
        let rows: QueryResult<()> = conn.transaction(|c| {
            diesel::update(deliveries::table.find(&id))
                .set((
                    deliveries::lease_until.eq(now + 180_000_000),
                    deliveries::fence.eq(deliveries::fence + 1),
                    deliveries::updated_at.eq(now),
                ))
                .execute(c)?;
            diesel::insert_into(attempts::table)
                .values((
                    attempts::id.eq(&attempt),
                    attempts::delivery_id.eq(&id),
                    attempts::fence.eq(1),
                    attempts::phase.eq("send"),
                    attempts::started_at.eq(now),
                ))
                .execute(c)?;
            Ok(())
        });
        rows?;
        let rows: QueryResult<()> = conn.transaction(|c| {
            diesel::update(attempts::table.find(&attempt))
                .set((attempts::ended_at.eq(now), attempts::outcome.eq("accepted")))
                .execute(c)?;
            diesel::update(deliveries::table.find(&id))
                .set((deliveries::lease_until.eq(None::<i64>), deliveries::updated_at.eq(now)))
                .execute(c)?;
            Ok(())
        });
        rows
    }};
}

fn written(kit: &Kit, ids: &[DeliveryId], workers: usize) -> Result<f64, Error> {
    let url = kit.config.database_url();
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let all: Vec<_> = (0..workers)
            .map(|n| {
                let (url, mine) = (url.as_str(), ids.iter().skip(n).step_by(workers));
                scope.spawn(move || write_all(kit, url, mine).map_err(|e| e.to_string()))
            })
            .collect();
        for one in all {
            one.join().map_err(|_| "a thread fell")??;
        }
        Ok::<_, Error>(())
    })?;
    Ok(ids.len() as f64 / begun.elapsed().as_secs_f64())
}

fn write_all<'i>(kit: &Kit, url: &str, ids: impl Iterator<Item = &'i DeliveryId>) -> Result<(), Error> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        let mut conn = SqliteConnection::establish(path)?;
        conn.batch_execute("pragma busy_timeout = 20000; pragma synchronous = full;")?;
        for id in ids {
            write!(&mut conn, kit, id)?;
        }
    } else {
        let mut conn = PgConnection::establish(url)?;
        for id in ids {
            write!(&mut conn, kit, id)?;
        }
    }
    Ok(())
}
