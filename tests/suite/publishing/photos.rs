//! Photos that a peer fetches and publishes by the very call that names them (TikTok): each call has a door of its own,
//! which opens only once its number is on record. So a lost answer makes nothing that anybody sees.

use std::time::Duration;

use opslag::{
    base::{Chance, Language, id::DeliveryId},
    channels::{Audience, Choices, Post, pull::Addresses},
    demo::worlds::{Act, Kind, MediaPace, Mischief, Prank, Wait},
    postings::{MediaRole, Placed},
    publishing::{self, Order, Part, State, actions},
};

use super::{Ground, deaths::Dies};
use crate::harness::power::{number, rounds};

const CHOICES: Choices = Choices {
    audience: Audience::Everyone,
    comments: false,
    duets: false,
    stitches: false,
    own_cause: true,
    paid: false,
};

/// How often photos were announced.
fn announced(g: &Ground) -> usize {
    g.world.calls().iter().filter(|call| call.path.contains("/content/init/")).count()
}

/// An ad with a photograph, on TikTok.
async fn pictured() -> Ground {
    let mut g = Ground::configured(Kind::Tiktok, |config| {
        config.delivery.request_seconds = 3;
        config.delivery.spacing_seconds = 0;
        config.delivery.overdue_spacing_seconds = 0;
    })
    .await;
    let photo = g.app.photograph().await;
    let mut content = g.app.ready_content("SOSU-assistent til nat");
    content.media = vec![Placed { asset: photo, role: MediaRole::Hero }];
    g.posting = g.app.opened(content).await.id;
    g.media = vec![photo];
    g
}

impl Ground {
    async fn photos(&self, text: &str) -> DeliveryId {
        let order = Order {
            subject: self.posting.into(),
            language: Language::Da,
            when: None,
            media: self.media.clone(),
            parts: vec![Part { account: self.account, text: text.into() }],
            same_words_ok: true,
        };
        let (scope, chosen) = (self.scope().await, [(self.account, CHOICES)].into());
        let ordered = publishing::publish_chosen(&self.app.kit, self.actor, &scope, order, chosen).await;
        ordered.unwrap().deliveries[0]
    }

    /// Until it has come to an end, or for a while.
    async fn photos_end(&self, id: DeliveryId) -> State {
        for _ in 0..20 {
            // TikTok fetches in its own time
            tokio::time::sleep(Duration::from_millis(150)).await;
            self.after(90).await;
            if matches!(self.state(id).await, State::Published | State::NeedsHuman | State::Failed) {
                break;
            }
        }
        self.state(id).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn photos_are_fetched_behind_a_door_and_stand_there_once() {
    let g = pictured().await;
    let id = g.photos("Kom og se os.").await;
    g.drive().await;
    assert_eq!(g.photos_end(id).await, State::Published);
    let wall = g.world.posts();
    assert_eq!((wall.len(), wall[0].text(), wall[0].media.len()), (1, "Kom og se os.".to_owned(), 1));
    let seen = reqwest::get(&wall[0].media[0].address).await.unwrap().bytes().await.unwrap();
    let size = image::load_from_memory(&seen).unwrap();
    assert!(size.width() <= 1080 && size.height() <= 1080, "{}x{}", size.width(), size.height());
    assert_eq!(announced(&g), 1);
    // out is out: whoever kept the address finds nothing behind it any more
    let row = g.row(id).await;
    let known: serde_json::Value = serde_json::from_str(&row.checkpoint).unwrap();
    let file = serde_json::from_str::<Post>(&row.payload).unwrap().media.remove(0);
    let kept = Addresses::new(&g.app.kit).behind(known["door"].as_str().unwrap(), &file, g.clock.now());
    let name = kept.rsplit_once("/m/").unwrap().1;
    let asked = reqwest::get(format!("{}/m/{name}", g.app.url)).await.unwrap();
    assert_eq!(asked.status(), reqwest::StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_whose_answer_was_lost_never_becomes_a_post() {
    for prank in [Prank::CutAfter, Prank::AcceptThen(502), Prank::AcceptThen(200)] {
        let g = pictured().await;
        g.world.plot(Mischief::once(Act::Upload, prank.clone()));
        let id = g.photos("Kom og se os.").await;
        g.drive().await;
        assert_eq!(g.photos_end(id).await, State::Published, "{prank:?}");
        assert_eq!(announced(&g), 2, "{prank:?}: it was said twice");
        // the first had its time to be fetched
        tokio::time::sleep(Duration::from_secs(7)).await;
        assert_eq!(g.world.posts().len(), 1, "{prank:?}: and stands there once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_cancelled_while_it_is_announced_is_not_fetched_and_a_failure_is_told() {
    let g = pictured().await;
    g.world.pace_media(MediaPace::Never);
    let id = g.photos("Kom og se os.").await;
    g.drive().await;
    assert_eq!((g.photos_end(id).await, g.world.posts().len()), (State::Failed, 0));
    assert_eq!(g.row(id).await.error_kind.as_deref(), Some("invalid_media"));

    // announced, and the power goes before the number is on record; then somebody cancels
    let g = pictured().await;
    let mut cancelled = 0;
    for polls in 1..60 {
        let (id, before) = (g.photos("Kom og se os.").await, announced(&g));
        let work = publishing::drive(&g.app.kit, &g.app.parts.channels, id);
        drop(Dies { work: Box::pin(work), polls }.await);
        tokio::time::sleep(Duration::from_millis(50)).await;
        cancelled += usize::from(announced(&g) > before && g.state(id).await == State::Planned);
        g.clock.advance(Duration::from_secs(g.app.kit.config.delivery.lease_seconds + 1));
        if g.state(id).await != State::Planned {
            break;
        }
        actions::cancel(&g.app.kit, &g.by().await, id).await.unwrap();
        assert_eq!(g.state(id).await, State::Cancelled);
    }
    assert!(cancelled > 0, "some died between the call and its record");
    // TikTok has had its time to fetch what it was told of; only the one that was not cancelled can be there
    tokio::time::sleep(Duration::from_secs(7)).await;
    g.after(60).await;
    assert!(g.world.posts().len() <= 1, "{}", g.world.posts().len());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_worker_that_dies_at_any_moment_makes_no_second_post_of_photos() {
    let deaths = rounds("OPSLAG_DEATHS", 300) / 6;
    let chance = Chance::seeded(number("OPSLAG_SEED", 1));
    let g = pictured().await;
    g.world.hold(10_000);
    let lease = Duration::from_secs(g.app.kit.config.delivery.lease_seconds + 1);
    let (mut planned, mut died) = (Vec::new(), 0);
    while died < deaths {
        if planned.len() < 20 {
            planned.push((g.photos(&format!("Vi søger nummer {}.", planned.len())).await, planned.len()));
        }
        if chance.below(3) == 0 {
            let prank = match chance.below(4) {
                0 => Prank::CutAfter,
                1 => Prank::CutBefore,
                2 => Prank::AcceptThen(502),
                _ => Prank::TooMany(Wait::Seconds(60)),
            };
            g.world.plot(Mischief::once(Act::Upload, prank));
        }
        let due = g.due().await;
        if due.is_empty() && planned.len() == 20 {
            break;
        }
        for id in due {
            let work = publishing::drive(&g.app.kit, &g.app.parts.channels, id);
            let polls = if chance.below(2) == 0 { chance.below(12) } else { chance.below(60) };
            match (Dies { work: Box::pin(work), polls }).await {
                Some(done) => done.unwrap(),
                None => died += 1,
            }
        }
        g.clock.advance(lease);
    }
    g.world.calm();
    for (id, _) in &planned {
        assert_eq!(g.photos_end(*id).await, State::Published, "after {died} deaths");
    }
    tokio::time::sleep(Duration::from_secs(7)).await;
    let posts = g.world.posts();
    for (_, n) in &planned {
        let words = format!("Vi søger nummer {n}.");
        assert_eq!(
            posts.iter().filter(|post| post.text() == words).count(),
            1,
            "{words} after {died} deaths"
        );
    }
    assert_eq!(posts.len(), planned.len());
    assert!(announced(&g) >= planned.len());
}
