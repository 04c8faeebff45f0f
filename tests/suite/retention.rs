//! Everything goes when it should, is shown before it goes, and is proved gone (F47, D-01 to D-06): the plan against what
//! nights do over years; out of sight, held, given back; asked for; proved, also after a crash and after a restore.

mod canaries;
mod cut;
mod nights;
mod shown;

use std::time::Duration;

use chrono::NaiveDate;
use diesel::RunQueryDsl;
use opslag::{
    base::{
        Instant,
        id::{ApplicationId, PostingId},
    },
    db::DbError,
    retention::{erase, plan, receipt::Receipt},
    timetable,
};

use crate::harness::TestApp;

pub const DAY: Duration = Duration::from_secs(86_400);

/// What an erasure needs.
pub fn needs(app: &TestApp) -> erase::Needs {
    let (kit, index) = (app.kit.clone(), Some(app.parts.search.clone()));
    erase::Needs { kit, index, namers: timetable::NAMERS }
}

/// Today, where the installation is.
pub fn today(app: &TestApp) -> NaiveDate {
    plan::day_of(app.kit.clock.now(), app.kit.config.delivery.zone)
}

/// Lets it be this night.
pub async fn night(app: &TestApp) {
    erase::night(&needs(app), today(app)).await.unwrap();
}

/// Lets so many nights pass.
pub async fn nights(app: &TestApp, n: u32) {
    for _ in 0..n {
        app.kit.clock.advance(DAY);
        night(app).await;
    }
}

pub async fn sql(app: &TestApp, statement: String) {
    app.kit
        .db
        .write(move |c| {
            diesel::sql_query(statement).execute(c)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

/// Closes a posting as of an instant, whoever waits for an answer: what closing asks for is tested elsewhere.
pub async fn close_at(app: &TestApp, posting: PostingId, at: Instant) {
    let at = at.micros();
    sql(app, format!("update postings set state = 'closed', close_reason = 'hired', closed_at = {at} where id = '{posting}'"))
        .await;
}

/// Ids that are still there.
pub async fn there(app: &TestApp) -> Vec<ApplicationId> {
    app.kit.db.read(|c| opslag::applications::ids_after(c, None, 10_000)).await.unwrap()
}

pub async fn receipts(app: &TestApp) -> Vec<Receipt> {
    app.kit.db.read(opslag::retention::receipts).await.unwrap()
}
