//! What only YouTube has: films that are sent hidden, found again by their link, and kept hidden where nobody has looked at
//! our app; a day's units that all accounts share.

use std::time::Duration;

use opslag::{
    channels::{Checkpoint, Class, Found, Measures, Outcome, ProblemKind},
    demo::worlds::{Act, Kind, Mischief, Prank, Readers},
};
use reqwest::StatusCode;

use super::{Ground, platforms};

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_through_its_log_in() {
    let (app, world, mut browser, at, check) = platforms::log_in(Kind::Youtube, None).await;
    assert!(check.contains("Solvang Kommune") && check.contains("@solvang-kommune"), "{check}");
    let done = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let connected = platforms::connections(&app).await.remove(0);
    assert_eq!(connected.ability.class, Class::TwoPhase);
    assert!(connected.remote_id.starts_with(&format!("{}@127.0.0.1:", world.account().id)));
    // an hour's token that is renewed by itself
    let shown = browser.get(done.location.as_deref().unwrap()).await;
    assert!(shown.body.contains("Fornyes af sig selv"), "{}", shown.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_known_beforehand_is_said_before_anybody_logs_in() {
    let (_app, _world, mut browser) = super::connect::ground(Kind::Youtube).await;
    let page = browser.get("/kanaler/forbind/youtube").await.body;
    for said in ["kan YouTube holde filmen privat", "100 film og 10.000 point", "YouTube tager kun film"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_film_that_is_seen_is_ours_byte_for_byte_with_its_words() {
    let g = Ground::new(Kind::Youtube).await;
    let account = g.account().await;
    let post = g.post("Kom og se vores aftenvagt", &[]).await;
    let ready = g.prepared(&account, &post).await;
    assert!(g.world.posts().is_empty(), "hidden until it is shown");
    assert_eq!(g.channel.look(&account, &post, &g.key(), &ready).await, Found::Absent);
    let Outcome::Accepted(out) = g.channel.publish(&account, &post, &g.key(), &ready).await else { panic!() };
    let wall = g.world.posts().remove(0);
    assert!(wall.text().starts_with("SOSU-assistent til aften på Ærø\n\nKom og se vores aftenvagt\n\n"));
    let seen = reqwest::get(&wall.media[0].address).await.unwrap().bytes().await.unwrap();
    assert_eq!(g.kit().blobs.put(seen).await.unwrap(), post.media[0].sha256, "byte for byte");
    let page = reqwest::get(out.url.unwrap()).await.unwrap();
    assert_eq!(page.status(), StatusCode::OK);
    assert!(page.text().await.unwrap().contains("Kom og se vores aftenvagt"));
    g.world.read_by(&wall.key, Readers { seen: 420, liked: 12, answered: 2, ..Readers::default() });
    let measured = g.channel.measure(&account, &out.remote_id).await.unwrap();
    let wanted =
        Measures { impressions: Some(420), reactions: Some(12), comments: Some(2), ..Measures::default() };
    assert_eq!(measured, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_whose_number_was_lost_is_taken_up_and_not_sent_again() {
    let g = Ground::new(Kind::Youtube).await;
    let (account, key) = (g.account().await, g.key());
    let post = g.post("Tabt nummer", &[]).await;
    let sent =
        |g: &Ground| g.world.calls().iter().filter(|c| c.path.contains("uploadType=resumable")).count();
    g.prepared(&account, &post).await;
    // as after a power cut: nothing of it is at hand
    let ready = g.prepared(&account, &post).await;
    assert_eq!(sent(&g), 1);
    assert_eq!(g.channel.find(&account, &post, &key).await, Found::Absent, "it stands and is not shown");
    g.world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
    assert!(matches!(g.channel.publish(&account, &post, &key, &ready).await, Outcome::Ambiguous { .. }));
    assert!(matches!(g.channel.find(&account, &post, &key).await, Found::There(_)));
    assert_eq!(g.world.posts().len(), 1);
    // the last answer of an upload that was lost: the address itself remembers
    let another = super::Ground::new(Kind::Youtube).await;
    let (account, post) = (another.account().await, another.post("Tabt svar", &[]).await);
    another.world.plot(Mischief::once(Act::Upload, Prank::Delay(Duration::ZERO)));
    another.world.plot(Mischief::once(Act::Upload, Prank::CutAfter));
    let mut ready = Checkpoint::default();
    let lost = another.channel.prepare(&account, &post, &another.kit().blobs, &mut ready).await.unwrap_err();
    assert!(lost.kind.passes(), "{lost:?}");
    another.channel.prepare(&account, &post, &another.kit().blobs, &mut ready).await.unwrap();
    assert_eq!(sent(&another), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_somebody_took_away_before_it_was_shown_is_sent_anew() {
    let g = Ground::new(Kind::Youtube).await;
    let (account, key) = (g.account().await, g.key());
    let post = g.post("Væk igen", &[]).await;
    let mut ready = g.prepared(&account, &post).await;
    let before = ready.clone();
    let id = ready.0[&post.media[0].sha256]["id"].as_str().unwrap().to_owned();
    g.channel.withdraw(&account, &id).await;
    let Outcome::Rejected(no) = g.channel.publish(&account, &post, &key, &ready).await else { panic!() };
    assert!(no.kind.passes(), "{no:?}");
    let soon = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
    assert_eq!((soon.kind, soon.wait.is_some()), (ProblemKind::Processing, true));
    g.clock.advance(Duration::from_secs(601));
    g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
    assert_ne!(ready, before);
    assert!(matches!(g.channel.publish(&account, &post, &key, &ready).await, Outcome::Accepted(_)));
    assert_eq!(g.world.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_google_keeps_private_is_not_called_published() {
    let g = Ground::new(Kind::Youtube).await;
    g.world.review(false);
    let account = g.account().await;
    let post = g.post("Kun for os selv", &[]).await;
    let ready = g.prepared(&account, &post).await;
    let Outcome::Rejected(no) = g.channel.publish(&account, &post, &g.key(), &ready).await else { panic!() };
    assert_eq!(no.kind, ProblemKind::Unreviewed);
    assert!(no.words.contains("private"), "{no:?}");
    // the account is well all the same, and the film stands: reviewed later, it is shown and not sent again
    assert_eq!(
        opslag::channels::complain(g.kit(), &account, &no).await.unwrap(),
        opslag::channels::Standing::Connected
    );
    g.world.review(true);
    assert!(matches!(g.channel.publish(&account, &post, &g.key(), &ready).await, Outcome::Accepted(_)));
    assert_eq!(g.world.posts().len(), 1);
}
