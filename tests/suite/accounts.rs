//! Logging in and out, sessions, tokens, the audit chain.

use diesel::RunQueryDsl as _;
use opslag::{
    accounts::{Role, UnitKind, add_unit, audit},
    db::{Conn, Db, DbError, Opening},
};
use reqwest::StatusCode;

use crate::harness::{TestApp, people::Browser};

#[tokio::test(flavor = "multi_thread")]
async fn wrong_passwords_and_unknown_people_get_the_same_answer() {
    let app = TestApp::start().await;
    let mut browser = Browser::new(&app);
    let unknown = browser.log_in("ingen@fjordby.example").await;
    assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unknown.body.contains("ingen@fjordby.example"), "what was typed stays");
    assert!(!unknown.headers.contains_key("set-cookie"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_without_the_token_or_from_elsewhere_changes_nothing() {
    let app = TestApp::start().await;
    let browser = app.browser(Role::Recruiter, app.organisation).await;
    assert_eq!(browser.post_raw("/log-ud", &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(browser.post_raw("/log-ud", &[("_csrf", "gættet")]).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_audit_chain_holds_and_cannot_be_changed() {
    let app = TestApp::start().await;
    app.recruiter().await;
    let broken = app.kit.db.read(audit::verify).await.unwrap();
    assert_eq!(broken, None);
    let changed = app
        .kit
        .db
        .write(|c| {
            diesel::sql_query("update audit_events set actor = 'user:en anden'").execute(c)?;
            Ok::<_, DbError>(())
        })
        .await;
    assert!(changed.is_err(), "the log is append-only");
}

/// The same database as another process has it open: with connections of its own.
async fn elsewhere(app: &TestApp, sql: String) {
    let config = &app.kit.config;
    let opening = Opening {
        url: config.database_url(),
        pool_size: 1,
        busy_timeout_ms: config.database.busy_timeout_ms,
    };
    let other = Db::open(&opening).unwrap();
    let changed = other.write(move |c: &mut Conn| Ok::<_, DbError>(diesel::sql_query(sql).execute(c)?)).await;
    assert_eq!(changed.unwrap(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_takes_away_or_gives_holds_at_the_next_request() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let mut browser = app.browser(Role::Recruiter, app.centre_south).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let token = app.token(Role::Recruiter, app.centre_south).await;
    let (page, call) = (format!("/jobopslag/{}", ad.id), format!("{}/api/v1/postings/{}", app.url, ad.id));
    let mut expect = async |wanted: u16| {
        assert_eq!(browser.get(&page).await.status.as_u16(), wanted);
        let seen = client.get(&call).bearer_auth(&token).send().await.unwrap();
        assert_eq!(seen.status().as_u16(), wanted);
    };
    expect(404).await;
    // the ad's unit is laid under south, two steps down, and back again
    let k = app.kit.clone();
    let south = app.centre_south;
    let ward = app
        .kit
        .db
        .write(move |c| add_unit(c, &k, Some(south), "Afdeling 2", UnitKind::Workplace))
        .await
        .unwrap();
    let (north, top) = (app.centre_north, app.organisation);
    elsewhere(&app, format!("update units set parent_id = '{ward}' where id = '{north}'")).await;
    expect(200).await;
    elsewhere(&app, format!("update units set parent_id = '{top}' where id = '{north}'")).await;
    expect(404).await;
    // a ring of units ends
    elsewhere(&app, format!("update units set parent_id = '{north}' where id = '{south}'")).await;
    elsewhere(&app, format!("update units set parent_id = '{south}' where id = '{north}'")).await;
    expect(200).await;
    let now = app.kit.clock.now().micros();
    elsewhere(&app, format!("update memberships set valid_to = {now} where unit_id = '{south}'")).await;
    assert_eq!(browser.get(&page).await.status, StatusCode::FORBIDDEN);
}
