//! Logging in and out, sessions, tokens, the audit chain.

use opslag::{
    accounts::{Role, audit},
    db::DbError,
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
            use diesel::RunQueryDsl;
            diesel::sql_query("update audit_events set actor = 'user:en anden'").execute(c)?;
            Ok::<_, DbError>(())
        })
        .await;
    assert!(changed.is_err(), "the log is append-only");
}
