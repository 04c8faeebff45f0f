//! Everything on pause: what stops, who sees it, and how it goes on.

use opslag::{
    accounts::Role,
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::State,
};
use reqwest::StatusCode;

use super::Ground;

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_stops_everything_below_its_unit_and_nothing_bursts_out_afterwards() {
    let g = Ground::new(Kind::Bluesky).await;
    let first = g.plan("Vi søger dig til aften.", 600).await;
    let second = g.plan("En påmindelse om aftenvagterne.", 660).await;
    let too_late = g.plan("Sidste chance i dag.", 720).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = browser.get("/udsendelser/pause").await.body;
    assert!(page.contains("3 opslag er planlagt de næste syv dage"), "{page}");
    let unit = g.app.organisation.to_string();
    let empty = browser.post("/udsendelser/pause", &[("unit", &unit), ("why", " ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Skriv hvorfor"));
    let pause = [("unit", unit.as_str()), ("why", "Dødsfald i huset")];
    assert_eq!(browser.post("/udsendelser/pause", &pause).await.status, StatusCode::SEE_OTHER);
    // twice is once, and the first one's word stands
    let again = [("unit", unit.as_str()), ("why", "Noget andet")];
    assert_eq!(browser.post("/udsendelser/pause", &again).await.status, StatusCode::SEE_OTHER);
    for path in ["/kalender", "/udsendelser"] {
        let page = browser.get(path).await.body;
        assert!(page.contains("»Dødsfald i huset«") && !page.contains("Noget andet"), "{page}");
    }
    // who works in a unit below sees why nothing goes out, and may not end it
    let mut north = g.app.browser(Role::Recruiter, g.app.centre_north).await;
    let seen = north.get("/udsendelser").await.body;
    assert!(seen.contains("»Dødsfald i huset«") && !seen.contains("Lad det gå videre"), "{seen}");
    let end = browser.get("/udsendelser").await.body;
    let end = end.split("action=\"").find(|a| a.starts_with("/udsendelser/pause/")).unwrap();
    let end = end.split('"').next().unwrap().to_owned();
    assert_eq!(north.post(&end, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        north.post("/udsendelser/pause", &pause).await.status,
        StatusCode::NOT_FOUND,
        "a unit above is not theirs to stop"
    );
    g.after(1800).await;
    assert!(g.world.posts().is_empty(), "nothing goes out");
    assert_eq!(g.state(first).await, State::Planned);
    let page = browser.get(&format!("/udsendelser/{first}")).await.body;
    assert!(page.contains("Alt er sat på pause"), "{page}");
    assert_eq!(
        browser.post(&format!("/udsendelser/{too_late}/annuller"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    assert_eq!(browser.post(&end, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(browser.post(&end, &[]).await.status, StatusCode::SEE_OTHER, "pressed twice");
    g.drive().await;
    let out = g.world.posts().len();
    assert_eq!(out, 1, "not all at once");
    g.after(g.app.kit.config.delivery.overdue_spacing_seconds + 1).await;
    assert_eq!(g.world.posts().len(), 2);
    assert_eq!((g.state(first).await, g.state(second).await), (State::Published, State::Published));
    assert!(!browser.get("/kalender").await.body.contains("Dødsfald"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_unit_beside_goes_on_and_an_uncertain_post_is_looked_for_but_not_sent_again() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let unit = g.app.centre_south.to_string();
    let why = ("why", "Flytning");
    assert_eq!(
        browser.post("/udsendelser/pause", &[("unit", &unit), why]).await.status,
        StatusCode::SEE_OTHER
    );
    g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    assert_eq!(g.world.posts().len(), 1, "the ad is in another unit");
    // the call leaves no trace at the peer, and before anyone looks everything is stopped
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    let unsure = g.plan("En påmindelse om aftenvagterne.", 180).await;
    g.after(181).await;
    assert_eq!(g.state(unsure).await, State::Unknown);
    let unit = g.app.organisation.to_string();
    assert_eq!(
        browser.post("/udsendelser/pause", &[("unit", &unit), why]).await.status,
        StatusCode::SEE_OTHER
    );
    g.settle().await;
    g.after(400).await;
    assert_eq!((g.state(unsure).await, g.world.posts().len()), (State::Unknown, 1));
    let page = browser.get("/udsendelser").await.body;
    for end in page.split("action=\"").filter(|a| a.starts_with("/udsendelser/pause/")) {
        browser.post(end.split('"').next().unwrap(), &[]).await;
    }
    g.after(400).await;
    assert_eq!((g.state(unsure).await, g.world.posts().len()), (State::Published, 2));
}
