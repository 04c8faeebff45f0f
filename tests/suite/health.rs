//! Whether the machine looks as well as it is: green while somebody works, red when a loop stands still.

use std::time::Duration;

use opslag::{
    accounts::Role,
    base::Clock,
    queue::pulse::{LOOPS, Pulse},
};
use reqwest::StatusCode;

use crate::harness::{
    TestApp,
    app::Wanted,
    applicants::MORNING,
    people::{Browser, Seen},
};

async fn health(app: &TestApp) -> Seen {
    Browser::new(app).get("/healthz").await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_working_process_is_green() {
    let app = TestApp::start_with(Wanted { work: true, ..Wanted::default() }).await;
    let green = async {
        while health(&app).await.status != StatusCode::OK {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(10), green).await.expect("all loops turn");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_loop_that_stands_still_turns_it_red_and_people_are_told() {
    let clock = Clock::set_to(MORNING);
    let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
    let seen = health(&app).await;
    assert_eq!(seen.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(seen.body.contains("clock has never run") && seen.body.contains("deliveries has never run"));
    let mut browser = app.browser(Role::Communications, app.organisation).await;
    assert!(browser.get("/udsendelser").await.body.contains("Der går intet ud lige nu"));

    let mut pulses = LOOPS.map(Pulse::of);
    for pulse in &mut pulses {
        pulse.beat(&app.kit.db, clock.now()).await;
    }
    assert_eq!((health(&app).await.status, health(&app).await.body.as_str()), (StatusCode::OK, "ok\n"));
    assert!(!browser.get("/udsendelser").await.body.contains("Der går intet ud lige nu"));
    clock.advance(Duration::from_secs(59));
    assert_eq!(health(&app).await.status, StatusCode::OK);
    // all but the deliveries say that they still turn
    for pulse in &mut pulses[..2] {
        pulse.beat(&app.kit.db, clock.now()).await;
    }
    clock.advance(Duration::from_secs(2));
    let seen = health(&app).await;
    assert_eq!(seen.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(seen.body.starts_with("deliveries has stood still since 2026-"), "{}", seen.body);
    assert_eq!(seen.body.lines().count(), 1, "{}", seen.body);
    pulses[2].beat(&app.kit.db, clock.now()).await;
    assert_eq!(health(&app).await.status, StatusCode::OK);
}
