//! The power is cut during the night: `opslag work` is killed (SIGKILL) after the intent, after each one's rows, after everything
//! was cleared and after the receipt. The next run finishes it, each is erased once and counted once, and the receipt says so.
//!
//! `OPSLAG_CRASH_RUNS` says how many times (12), `OPSLAG_CRASH_SEED` where.

use opslag::{
    base::{Chance, fault::Point},
    db::{Conn, DbError},
    insights, queue,
    retention::jobs::Night,
};

use super::{DAY, close_at, receipts, sql, there, today};
use crate::harness::{
    TestApp,
    app::Wanted,
    people::proxied,
    power::{self, number, rounds},
};

const POINTS: [Point; 4] =
    [Point::ErasureBegun, Point::ErasureOne, Point::ErasureCleared, Point::ErasureProved];

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_during_the_night() {
    let (runs, seed) = (rounds("OPSLAG_CRASH_RUNS", 12), number("OPSLAG_CRASH_SEED", 1));
    let chance = Chance::seeded(seed);
    let app = TestApp::start_with(Wanted { configure: proxied, ..Wanted::default() }).await;
    let config = power::config_file(&app, "");
    let (mut cut, mut all) = (0, 0);
    for run in 0..runs {
        let ad = app.open_ad(&format!("Stilling {run}")).await;
        let mut ids = Vec::new();
        for n in 0..2 {
            ids.push(app.applied(ad.id, &format!("Person Nummer{run}x{n}"), "").await);
        }
        app.drain().await;
        all += ids.len();
        close_at(&app, ad.id, app.kit.clock.now() - DAY * 400).await;
        // warned of and out of sight long ago
        for id in &ids {
            sql(&app, format!("insert into retention_marks values ('{id}', '2025-01-01', '2025-01-15')"))
                .await;
            sql(&app, format!("update applications set quarantined_at = 1 where id = '{id}'")).await;
        }
        let (k, now, day) = (app.kit.clone(), app.kit.clock.now(), today(&app));
        let wish = move |c: &mut Conn| queue::enqueue(c, &Night { day }, now, now, &k.chance);
        app.kit.db.write(wish).await.unwrap();
        let point = POINTS[usize::try_from(run % 4).unwrap()];
        let n = if point == Point::ErasureOne { 1 + chance.below(2) } else { 1 };
        let worker = power::process(&app, &config, &["work"], point, n);
        assert_eq!(power::died(worker).await, Some(9), "run {run}: {}:{n} was not reached", point.name());
        cut += usize::from(point != Point::ErasureProved);
        // half of a night is seen by nobody as a whole one
        let left = there(&app).await.len();
        assert!(left <= 2 && (point == Point::ErasureBegun) == (left == 2), "run {run}: {left}");
        sql(&app, "update jobs set lease_until = null, run_at = 0".into()).await;
        app.drain().await;
        assert!(there(&app).await.is_empty(), "run {run}, {}", point.name());
        assert_eq!(app.rows("erasures where state = 'begun'").await, 0, "run {run}, {}", point.name());
        // so that today can have another night
        sql(&app, format!("update erasures set day = '2000-{run}' where kind = 'night'")).await;
        let posting = ad.id;
        let counted = app.kit.db.read(move |c| {
            let scope = opslag::accounts::everywhere(c)?;
            insights::funnel(c, &scope, posting)
        });
        assert_eq!(counted.await.unwrap().unwrap().total.submitted, 2, "run {run}: each is counted once");
        sql(&app, format!("update erasures set kind = 'hand' where day = '2000-{run}'")).await;
    }
    let proved: Vec<_> = receipts(&app).await;
    assert_eq!(opslag::retention::receipt::broken(&proved), None);
    let says: Vec<_> = proved.iter().map(|receipt| receipt.says().unwrap()).collect();
    assert!(says.iter().all(|says| !says.is_red()), "{says:?}");
    assert_eq!(says.iter().map(|says| says.applications).sum::<u64>(), all as u64);
    assert_eq!(
        says.iter().filter(|says| says.resumed > 0).count(),
        cut,
        "each receipt says that it was cut off"
    );
    let kept = app.kit.db.read(opslag::retention::all_erased).await;
    assert_eq!(kept.map_err(|e: DbError| e).unwrap().len(), all);
    let list = std::fs::read_to_string(app.kit.config.data.join("erased.list")).unwrap();
    assert_eq!(list.lines().count(), all);
}
