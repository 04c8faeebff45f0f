//! What people are told of posts that did not go out, and what is found out by itself afterwards.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::{self, State, actions},
};

use super::Ground;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_planned_is_told_once_of_what_was_missed_and_of_what_is_uncertain() {
    let mut g = Ground::new(Kind::Mastodon).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    g.actor = Actor::User(lise);
    let first = g.plan("Vi søger dig til aften.", 60).await;
    let second = g.plan("Vi søger dig til nat.", 120).await;
    // away for more than a day
    g.after(26 * 3600).await;
    assert_eq!((g.state(first).await, g.state(second).await), (State::Missed, State::Missed));
    g.app.drain().await;
    assert!(g.app.letters().is_empty(), "what happens within a minute is one letter");
    g.clock.advance(Duration::from_secs(61));
    g.app.drain().await;
    let letters = g.app.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let letter = &letters[0];
    assert!(letter.contains("To: \"Lise Holm\" <lise-holm") || letter.contains("To: Lise Holm <lise-holm"));
    assert!(letter.contains("Hej Lise Holm") && letter.contains("Det nåede ikke ud i tide"), "{letter}");
    for id in [first, second] {
        assert!(letter.contains(&format!("/udsendelser/{id}")), "{letter}");
    }
    assert!(!letter.contains("Kære ansøger"));

    // nobody knows whether this one is there
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    let unsure = g.plan("Vi søger dig om dagen.", 0).await;
    g.drive().await;
    g.after(3600).await;
    g.after(300).await;
    assert_eq!(g.state(unsure).await, State::NeedsHuman);
    g.clock.advance(Duration::from_secs(61));
    g.app.drain().await;
    g.app.drain().await;
    let letters = g.app.letters();
    assert_eq!(letters.len(), 2);
    let second = letters.iter().find(|l| l.contains(&unsure.to_string())).unwrap();
    assert!(second.contains("Tjek selv") && !second.contains(&first.to_string()), "{second}");

    // time passes and nothing new happens: nobody is told again
    g.after(3600).await;
    g.app.drain().await;
    assert_eq!(g.app.letters().len(), 2);
    // a person acts; should it ask again, it is told again
    let by = g.by().await;
    actions::is_not_there(&g.app.kit, &by, unsure).await.unwrap();
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    g.drive().await;
    g.after(3600).await;
    g.after(300).await;
    assert_eq!(g.state(unsure).await, State::NeedsHuman);
    g.clock.advance(Duration::from_secs(61));
    g.app.drain().await;
    assert_eq!(g.app.letters().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_system_planned_is_told_to_whoever_connected_the_account() {
    let g = Ground::new(Kind::Bluesky).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    opslag::demo::worlds::connect(&g.app.kit, &g.world, g.app.organisation, Actor::User(lise)).await.unwrap();
    let missed = g.plan("Vi søger dig til aften.", 60).await;
    g.after(26 * 3600).await;
    assert_eq!(g.state(missed).await, State::Missed);
    g.clock.advance(Duration::from_secs(61));
    g.app.drain().await;
    assert!(g.app.letters()[0].contains("Hej Lise Holm"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_the_peer_did_not_say_is_asked_for_later() {
    // R3: the post is out; that nobody said where is no failure
    let g = Ground::new(Kind::Mastodon).await;
    g.world.plot(Mischief::once(Act::Publish, Prank::Unaddressed));
    g.world.plot(Mischief::once(Act::Find, Prank::Refuse(500, "ups")));
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let row = g.row(id).await;
    assert_eq!((row.state, row.remote_url, row.error_kind), (State::Published, None, None));
    g.clock.advance(Duration::from_secs(61));
    g.app.drain().await;
    assert_eq!(g.row(id).await.remote_url, None, "the first look fails");
    g.clock.advance(Duration::from_secs(60));
    g.app.drain().await;
    let row = g.row(id).await;
    assert_eq!(row.remote_url.as_deref(), Some(g.world.posts()[0].url.as_str()));
    assert_eq!((row.state, g.world.posts().len()), (State::Published, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn after_a_restore_nothing_is_sent_that_may_have_gone_out() {
    let g = Ground::new(Kind::Mastodon).await;
    // the account was lost when the backup was taken, and may have been connected again since
    g.world.revoke_everything();
    let locked = g.plan("Vi søger dig i weekenden.", 0).await;
    g.drive().await;
    assert_eq!(g.state(locked).await, State::NeedsReconnect);
    super::connect(&g.app, &g.world).await;
    let overdue = g.plan("Vi søger dig til aften.", 60).await;
    let to_come = g.plan("Vi søger dig til nat.", 7200).await;
    g.clock.advance(Duration::from_secs(3600));
    let now = g.clock.now();
    let held = g.app.kit.db.write(move |c| publishing::hold_overdue(c, now)).await.unwrap();
    assert_eq!(held, 2);
    g.drive().await;
    assert_eq!((g.state(overdue).await, g.state(locked).await), (State::Held, State::Held));
    assert!(g.world.posts().is_empty());
    let mut browser = g.app.recruiter().await;
    let page = browser.get(&format!("/udsendelser/{overdue}")).await.body;
    assert!(page.contains("gendannet fra en sikkerhedskopi"), "{page}");
    g.after(3601).await;
    assert_eq!(g.state(to_come).await, State::Published);
    // a person has looked, and lets it go
    let by = g.by().await;
    actions::release(&g.app.kit, &by, overdue).await.unwrap();
    g.after(301).await;
    assert_eq!((g.state(overdue).await, g.world.posts().len()), (State::Published, 2));
}
