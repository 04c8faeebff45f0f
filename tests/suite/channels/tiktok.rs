//! What only TikTok has: pieces of which the last makes the post, choices without a default, a place without links.

use std::time::Duration;

use opslag::{
    channels::{
        Audience, Checkpoint, Choices, Class, Found, Measures, Outcome, Post, PostMedia, ProblemKind,
    },
    demo::worlds::{Act, Kind, MediaPace, Mischief, Prank, Readers},
};
use reqwest::StatusCode;

use super::{CHOICES, Ground, platforms};

/// A film of so many bytes: ours, with as much behind it.
async fn long(g: &Ground, bytes: usize) -> PostMedia {
    let mut film = g.medium("film.mp4", "video/mp4").await;
    let mut all = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/demo/film.mp4")).unwrap();
    all.resize(bytes, 7);
    film.sha256 = g.kit().blobs.put(all).await.unwrap();
    film.bytes = bytes as u64;
    film
}

fn announced(g: &Ground) -> usize {
    g.world.calls().iter().filter(|c| c.path.contains("/video/init/")).count()
}

fn pieces(g: &Ground) -> usize {
    g.world.calls().iter().filter(|c| c.method == "PUT").count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_profile_through_its_log_in() {
    let (app, world, mut browser, at, check) = platforms::log_in(Kind::Tiktok, None).await;
    assert!(check.contains("Solvang Kommune") && check.contains("@solvang.kommune"), "{check}");
    let done = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let connected = platforms::connections(&app).await.remove(0);
    assert_eq!(connected.ability.class, Class::TwoPhase);
    assert!(connected.remote_id.starts_with(&format!("{}@127.0.0.1:", world.account().id)));
    // as the owner allows
    let offered = connected.ability.offered.unwrap();
    assert_eq!(offered.audiences, [Audience::Everyone, Audience::Friends, Audience::Own]);
    assert!(offered.comments && !offered.stitches && offered.film_seconds == 600);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_seen_before_the_last_piece_and_it_comes_whole() {
    let g = Ground::new(Kind::Tiktok).await;
    let (account, key) = (g.account().await, g.key());
    // three pieces
    let media = vec![long(&g, 17_000_000).await];
    let post = Post { media, ..g.post("En lang film", &[]).await };
    // the second piece is lost, once before and once after it was taken
    let mut ready = Checkpoint::default();
    for prank in [Prank::CutBefore, Prank::CutAfter] {
        if pieces(&g) == 0 {
            for _ in 0..2 {
                g.world.plot(Mischief::once(Act::Upload, Prank::Delay(Duration::ZERO)));
            }
        }
        g.world.plot(Mischief::once(Act::Upload, prank));
        let lost = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
        assert!(lost.kind.passes(), "{lost:?}");
    }
    g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
    assert_eq!((announced(&g), pieces(&g)), (1, 3), "what is there is not sent again");
    assert!(g.world.posts().is_empty());
    assert_eq!(g.channel.look(&account, &post, &key, &ready).await, Found::Absent);
    let outcome = g.channel.publish(&account, &post, &key, &ready).await;
    let Outcome::Accepted(out) = outcome else { panic!("{outcome:?}") };
    assert_eq!(g.channel.look(&account, &post, &key, &ready).await, Found::There(out.clone()));
    let wall = g.world.posts().remove(0);
    let seen = reqwest::get(&wall.media[0].address).await.unwrap().bytes().await.unwrap();
    assert_eq!(g.kit().blobs.put(seen).await.unwrap(), post.media[0].sha256, "byte for byte");
    assert_eq!(reqwest::get(out.url.unwrap()).await.unwrap().status(), StatusCode::OK);
    let readers = Readers { seen: 420, liked: 12, answered: 2, passed_on: 1, ..Readers::default() };
    g.world.read_by(&wall.key, readers);
    let measured = g.channel.measure(&account, &out.remote_id).await.unwrap();
    let wanted = Measures {
        impressions: Some(420),
        clicks: None,
        reactions: Some(12),
        comments: Some(2),
        shares: Some(1),
    };
    assert_eq!(measured, wanted);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_is_answered_to_the_last_piece_the_film_itself_is_asked() {
    for status in [200, 500, 502, 504, 408] {
        let g = Ground::new(Kind::Tiktok).await;
        let (account, key) = (g.account().await, g.key());
        let post = g.post("Tomt svar", &[]).await;
        let ready = g.prepared(&account, &post).await;
        g.world.plot(Mischief::once(Act::Publish, Prank::AcceptThen(status)));
        let outcome = g.channel.publish(&account, &post, &key, &ready).await;
        match status {
            200 => assert!(matches!(outcome, Outcome::Accepted(_)), "{outcome:?}"),
            _ => assert!(matches!(outcome, Outcome::Ambiguous { .. }), "{status}: {outcome:?}"),
        }
        let again = g.channel.publish(&account, &post, &key, &ready).await;
        assert!(matches!(again, Outcome::Accepted(_)), "{status}: {again:?}");
        assert_eq!((g.world.posts().len(), pieces(&g)), (1, 1), "{status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_takes_long_is_waited_for_and_not_sent_again() {
    let g = Ground::new(Kind::Tiktok).await;
    g.world.pace_media(MediaPace::AfterPolls(40));
    let (account, key) = (g.account().await, g.key());
    let post = g.post("Langsom", &[]).await;
    let mut ready = g.prepared(&account, &post).await;
    let outcome = g.channel.publish(&account, &post, &key, &ready).await;
    assert!(matches!(outcome, Outcome::Ambiguous { status: Some(201), .. }), "{outcome:?}");
    let Found::Unreachable(busy) = g.channel.look(&account, &post, &key, &ready).await else { panic!() };
    assert_eq!((busy.kind, busy.wait), (ProblemKind::Processing, Some(Duration::from_secs(60))));
    // prepared again, as by a delivery that does not know
    g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
    for _ in 0..40 {
        if let Found::There(_) = g.channel.look(&account, &post, &key, &ready).await {
            break;
        }
    }
    assert!(matches!(g.channel.look(&account, &post, &key, &ready).await, Found::There(_)));
    assert_eq!((announced(&g), pieces(&g), g.world.posts().len()), (1, 1, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_ran_out_is_announced_anew_and_one_film_is_seen() {
    let g = Ground::new(Kind::Tiktok).await;
    let (account, key) = (g.account().await, g.key());
    let post = g.post("For sent", &[]).await;
    let mut ready = g.prepared(&account, &post).await;
    g.clock.advance(Duration::from_secs(61 * 60));
    let Outcome::Rejected(no) = g.channel.publish(&account, &post, &key, &ready).await else { panic!() };
    assert_eq!(no.kind, ProblemKind::Processing);
    g.clock.advance(Duration::from_secs(5 * 60));
    g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap();
    assert!(matches!(g.channel.publish(&account, &post, &key, &ready).await, Outcome::Accepted(_)));
    assert_eq!((announced(&g), g.world.posts().len()), (2, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_somebody_chose_and_the_owner_allows_is_sent() {
    let g = Ground::new(Kind::Tiktok).await;
    let account = g.account().await;
    let post = g.post("Valg", &[]).await;
    for choices in [
        None,
        Some(Choices { audience: Audience::Followers, ..CHOICES }),
        Some(Choices { stitches: true, ..CHOICES }),
        Some(Choices { audience: Audience::Own, paid: true, ..CHOICES }),
    ] {
        let post = Post { choices, ..post.clone() };
        let mut ready = Checkpoint::default();
        let no = g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err();
        assert_eq!(no.kind, ProblemKind::InvalidChoice, "{no:?}");
    }
    assert_eq!(announced(&g), 0, "TikTok is not even asked");
    // for the profile's own eyes: out, and nobody tells its name
    let own = Post { choices: Some(Choices { audience: Audience::Own, ..CHOICES }), ..post };
    let ready = g.prepared(&account, &own).await;
    let Outcome::Accepted(out) = g.channel.publish(&account, &own, &g.key(), &ready).await else { panic!() };
    assert!(out.remote_id.starts_with("publish/") && out.url.is_none(), "{out:?}");
    assert_eq!(g.channel.measure(&account, &out.remote_id).await.unwrap(), Measures::default());
    assert!(g.world.posts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_that_was_not_looked_at_and_a_day_that_is_spent_are_said_to_be_so() {
    let g = Ground::new(Kind::Tiktok).await;
    let account = g.account().await;
    let post = g.post("Ikke set på", &[]).await;
    let prepare = async || {
        let mut ready = Checkpoint::default();
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut ready).await.unwrap_err()
    };
    g.world.review(false);
    assert_eq!(prepare().await.kind, ProblemKind::Unreviewed);
    g.world.review(true);
    g.world.hold(0);
    let spent = prepare().await;
    assert_eq!((spent.kind, spent.wait), (ProblemKind::RateLimited, Some(Duration::from_secs(86_400))));
}
