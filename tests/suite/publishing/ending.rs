//! What is live of an ad ends with the ad, unless somebody wants it to stay.

use std::time::Duration;

use opslag::{accounts::Role, publishing::State};
use reqwest::StatusCode;

use super::{Ground, KINDS};

const DAY: u64 = 86_400;

#[tokio::test(flavor = "multi_thread")]
async fn posts_are_taken_down_when_the_deadline_has_passed_and_not_before() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        g.after(29 * DAY).await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
        g.clock.advance(Duration::from_secs(2 * DAY));
        g.app.drain().await;
        for _ in 0..5 {
            g.after(600).await;
        }
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_to_stay_stays() {
    let g = Ground::new(KINDS[0]).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = browser.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("Lad det blive stående"), "{page}");
    let path = format!("/udsendelser/{id}/ved-fristen");
    assert_eq!(browser.post(&path, &[("stays", "yes")]).await.status, StatusCode::SEE_OTHER);
    g.clock.advance(Duration::from_secs(31 * DAY));
    g.app.drain().await;
    g.after(600).await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));
    // and not, when somebody thinks better of it, logged in anew by then
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    assert_eq!(browser.post(&path, &[("stays", "no")]).await.status, StatusCode::SEE_OTHER);
    for _ in 0..3 {
        g.after(600).await;
    }
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0));
    let by_another =
        g.app.browser(Role::Communications, g.app.centre_south).await.post(&path, &[("stays", "yes")]).await;
    assert_eq!(by_another.status, StatusCode::NOT_FOUND);
}
