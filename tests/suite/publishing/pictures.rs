//! Posts with a picture, a film or a link's card: they hang on the wall once, with exactly what belongs to them, whatever
//! happens while they are carried there.

use std::time::Duration;

use opslag::{
    base::id::{AssetId, DeliveryId},
    demo::worlds::{Act, Gate, Kind, MediumKind, Mischief, Post, Prank},
    publishing::{self, State, attempts_at, delivery::Phase},
};

use super::{Ground, KINDS};
use crate::harness::ads::{FILMED, PICTURED};

/// What there is to hear of a film: Facebook takes no words with it.
const fn filmed(kind: Kind) -> &'static str {
    if matches!(kind, Kind::Facebook) { "" } else { FILMED }
}

/// What there is to see of a post: its films and pictures with their words.
fn shown(post: &Post) -> Vec<(MediumKind, &str)> {
    post.media.iter().map(|m| (m.kind, m.alt.as_str())).collect()
}

async fn with(g: &mut Ground, media: &[AssetId], text: &str) -> DeliveryId {
    g.media = media.to_vec();
    g.plan(text, 0).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_carries_its_picture_its_film_or_its_card() {
    for kind in KINDS {
        let (mut g, photo, film) = Ground::illustrated(kind).await;
        with(&mut g, &[photo], "Med billede").await;
        with(&mut g, &[film], "Med film").await;
        with(&mut g, &[], "Med kort").await;
        g.drive().await;
        g.after(130).await;
        g.after(130).await;
        let posts = g.world.posts();
        assert_eq!(posts.len(), 3, "{kind:?}");
        let post = |text: &str| posts.iter().find(|p| p.text().starts_with(text)).unwrap();
        assert_eq!(shown(post("Med billede")), [(MediumKind::Picture, PICTURED)], "{kind:?}");
        assert_eq!(shown(post("Med film")), [(MediumKind::Film, filmed(kind))], "{kind:?}");
        assert!(shown(post("Med kort")).is_empty());
        if kind == Kind::Bluesky {
            let card = post("Med kort").card.as_ref().unwrap();
            assert_eq!(card.title, "SOSU-assistent til nat");
            assert!(card.picture.is_some(), "the ad's picture is on it");
        }
        // the bytes are the rendition's, not the camera's
        let picture =
            reqwest::get(&post("Med billede").media[0].address).await.unwrap().bytes().await.unwrap();
        assert!(!picture.windows(8).any(|w| w == b"Hemmelig"), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_breaks_off_is_no_post_and_no_second_picture() {
    for kind in KINDS {
        for prank in [Prank::CutBefore, Prank::CutAfter, Prank::Refuse(503, "senere")] {
            let (mut g, photo, _) = Ground::illustrated(kind).await;
            g.world.plot(Mischief::once(Act::Upload, prank.clone()));
            let id = with(&mut g, &[photo], "Med billede").await;
            g.drive().await;
            let row = g.row(id).await;
            assert_eq!(row.state, State::RetryWait, "{kind:?} {prank:?}");
            assert!(!row.ever_ambiguous && g.world.posts().is_empty(), "nothing of it can be seen");
            g.after(120).await;
            assert_eq!(g.state(id).await, State::Published, "{kind:?} {prank:?}");
            let posts = g.world.posts();
            assert_eq!((posts.len(), shown(&posts[0])), (1, vec![(MediumKind::Picture, PICTURED)]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_uncertain_post_with_a_film_is_settled_as_one_with_one_film() {
    for kind in KINDS {
        for prank in [Prank::CutAfter, Prank::CutBefore] {
            let (mut g, _, film) = Ground::illustrated(kind).await;
            g.world.plot(Mischief::once(Act::Publish, prank.clone()));
            let id = with(&mut g, &[film], "Med film").await;
            g.drive().await;
            assert_eq!(g.state(id).await, State::Unknown, "{kind:?} {prank:?}");
            g.settle().await;
            g.settle().await;
            assert_eq!(g.state(id).await, State::Published, "{kind:?} {prank:?}");
            let posts = g.world.posts();
            assert_eq!((posts.len(), shown(&posts[0])), (1, vec![(MediumKind::Film, filmed(kind))]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_that_takes_longer_than_the_lease_stays_with_its_worker() {
    // renewed every third of the lease, in real time; the lease itself is read off the set clock
    let quick = |config: &mut opslag::config::Config| {
        (config.delivery.request_seconds, config.delivery.lease_seconds) = (1, 9);
    };
    // Threads fetches films itself
    for kind in KINDS.into_iter().filter(|kind| *kind != Kind::Threads) {
        let mut g = Ground::configured(kind, quick).await;
        let film = g.app.film().await;
        let mut content = g.app.ready_content("SOSU-assistent til nat");
        content.media =
            vec![opslag::postings::Placed { asset: film, role: opslag::postings::MediaRole::Film }];
        g.posting = g.app.opened(content).await.id;
        let gate = Gate::new();
        if kind == Kind::Facebook {
            // a film is announced first, in a short call
            g.world.plot(Mischief::once(Act::Upload, Prank::Delay(Duration::ZERO)));
        }
        g.world.plot(Mischief::once(Act::Upload, Prank::HoldBefore(gate.clone())));
        let id = with(&mut g, &[film], "Med film").await;
        let (kit, channels) = (g.app.kit.clone(), g.app.parts.channels.clone());
        let first = tokio::spawn({
            let (kit, channels) = (kit.clone(), channels.clone());
            async move { publishing::drive(&kit, &channels, id).await }
        });
        gate.arrived().await;
        let owner = g.row(id).await.lease_owner;
        let mut leased_until = g.row(id).await.lease_until.unwrap();
        // three leases long the film is on its way
        for _ in 0..4 {
            g.clock.advance(Duration::from_secs(7));
            let renewed = async {
                while g.row(id).await.lease_until.unwrap() <= leased_until {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
            };
            tokio::time::timeout(Duration::from_secs(20), renewed).await.expect("the lease is renewed");
            leased_until = g.row(id).await.lease_until.unwrap();
            g.drive().await;
            assert_eq!(g.row(id).await.lease_owner, owner, "{kind:?}: another worker took it");
        }
        gate.open();
        first.await.unwrap().unwrap();
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
        let tries = kit.db.read(move |c| attempts_at(c, id)).await.unwrap();
        assert_eq!(tries.iter().filter(|a| a.phase == Phase::Prepare).count(), 1, "{kind:?}");
    }
}
