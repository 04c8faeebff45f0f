//! The pages on which people publish, look and decide.

use std::time::Duration;

use opslag::{
    accounts::Role,
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::State,
};
use reqwest::StatusCode;

use super::Ground;

#[tokio::test(flavor = "multi_thread")]
async fn an_ad_is_composed_previewed_and_published_by_form() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let page = browser.get(&path).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("SOSU-assistent til aften") && page.body.contains("af 300 tegn"));
    let account = g.account.to_string();
    let field = format!("text-{account}");
    // nothing chosen: 422, what was typed stays
    let wrong = browser.post(&path, &[("timing", "now"), (&field, "Mine egne ord")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Vælg mindst én konto") && wrong.body.contains("Mine egne ord"));
    let shown = browser.post(&path, &[("do", "vis"), ("account", &account), (&field, "Mine egne ord")]).await;
    assert_eq!(shown.status, StatusCode::OK);
    let sent =
        browser.post(&path, &[("timing", "now"), ("account", &account), (&field, "Mine egne ord")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    g.drive().await;
    assert_eq!(g.world.posts()[0].text(), "Mine egne ord");
    let queue = browser.get(&sent.location.unwrap()).await;
    assert!(queue.body.contains("Udgivet") && queue.body.contains("Se opslaget"), "{}", queue.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uncertain_one_is_shown_with_evidence_and_two_buttons() {
    let g = Ground::new(Kind::Mastodon).await;
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    g.clock.advance(Duration::from_secs(3600));
    g.drive().await;
    g.after(300).await;
    assert_eq!(g.state(id).await, State::NeedsHuman);
    let mut browser = g.app.recruiter().await;
    let page = browser.get("/udsendelser").await.body;
    for words in
        ["Tjek selv", "Det ved vi", "Den er udgivet", "Den er ikke udgivet – send igen", "Ledte efter linket"]
    {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains("Fejlet"), "R2");
    let one = browser.get(&format!("/udsendelser/{id}")).await;
    assert_eq!(one.status, StatusCode::OK);
    let sent = browser.post(&format!("/udsendelser/{id}/ikke-udgivet"), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    g.drive().await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));
    let late = browser.post(&format!("/udsendelser/{id}/annuller"), &[]).await;
    assert_eq!(late.status, StatusCode::CONFLICT);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_units_deliveries_do_not_exist() {
    let g = Ground::new(Kind::Bluesky).await;
    let id = g.plan("Vi søger dig til aften.", 3600).await;
    let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
    assert_eq!(south.get(&format!("/udsendelser/{id}")).await.status, StatusCode::NOT_FOUND);
    assert_eq!(south.post(&format!("/udsendelser/{id}/annuller"), &[]).await.status, StatusCode::NOT_FOUND);
    assert!(!south.get("/udsendelser").await.body.contains("SOSU-assistent"));
    let mut reader = g.app.browser(Role::HiringManager, g.app.organisation).await;
    assert_eq!(reader.get("/udsendelser").await.status, StatusCode::FORBIDDEN);
    assert_eq!(g.state(id).await, State::Planned);
}
