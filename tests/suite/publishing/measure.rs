//! What readers did with a post is read where it is counted, shown, and never in anybody's way.

use std::time::Duration;

use opslag::{
    channels::Measures,
    demo::worlds::{Act, Kind, Mischief, Prank, Readers},
    publishing::{self, State, newest_reading},
};

use super::{Ground, KINDS};

/// An hour, and what a job may be spread by.
const READING: u64 = 3600 + 301;

#[tokio::test(flavor = "multi_thread")]
async fn what_readers_did_is_read_again_and_again_and_the_newest_counts() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        assert_eq!(g.state(id).await, State::Published, "{kind:?}");
        let mut browser = g.app.recruiter().await;
        let shown = browser.get(&format!("/udsendelser/{id}")).await.body;
        let listed = browser.get("/udsendelser").await.body;
        assert!(shown.contains("Ikke læst endnu") && listed.contains("Ikke læst endnu"), "{kind:?} {shown}");
        for (liked, hours) in [(3, READING), (12, READING)] {
            let key = g.world.posts()[0].key.clone();
            let readers = Readers { seen: 420, clicked: 17, liked, answered: 2, passed_on: 1 };
            g.world.read_by(&key, readers);
            g.clock.advance(Duration::from_secs(hours));
            g.app.drain().await;
        }
        let reading = g.app.kit.db.read(move |c| newest_reading(c, id)).await.unwrap().unwrap();
        let more = matches!(kind, Kind::Facebook | Kind::Threads);
        let wanted = Measures {
            impressions: more.then_some(420),
            clicks: (kind == Kind::Facebook).then_some(17),
            reactions: Some(12),
            comments: Some(2),
            shares: Some(1),
        };
        assert_eq!((reading.measures, reading.at), (wanted, g.clock.now()), "{kind:?}");
        // the first log-in has run out meanwhile
        let mut browser = g.app.recruiter().await;
        let shown = browser.get(&format!("/udsendelser/{id}")).await.body;
        let listed = browser.get("/udsendelser").await.body;
        for page in [&shown, &listed] {
            assert!(page.contains("12 reaktioner · 2 kommentarer · 1 deling"), "{kind:?} {page}");
            assert_eq!(page.contains("420 visninger"), more, "{kind:?}");
            assert!(!page.contains("Ikke læst endnu"));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_that_cannot_be_had_changes_nothing_and_is_had_the_next_time() {
    let g = Ground::new(Kind::Facebook).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    // no right to count, and a bad day: neither the post nor its account suffers
    for prank in [Prank::Refuse(400, "(#200) Requires read_insights"), Prank::Refuse(503, "away")] {
        g.world.plot(Mischief::once(Act::Find, prank));
        g.clock.advance(Duration::from_secs(READING));
        g.app.drain().await;
        assert_eq!(g.app.kit.db.read(move |c| newest_reading(c, id)).await.unwrap(), None);
    }
    g.clock.advance(Duration::from_secs(READING));
    g.app.drain().await;
    assert!(g.app.kit.db.read(move |c| newest_reading(c, id)).await.unwrap().is_some());
    assert_eq!(g.state(id).await, State::Published);
    // taken down it is not read any more
    let by = g.by().await;
    publishing::actions::take_down(&g.app.kit, &by, id).await.unwrap();
    g.drive().await;
    let asked = g.world.count(Act::Find);
    g.clock.advance(Duration::from_secs(READING));
    g.app.drain().await;
    assert_eq!(g.world.count(Act::Find), asked);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_is_counted_where_its_post_is() {
    let (mut g, _, film) = Ground::illustrated(Kind::Facebook).await;
    g.media = vec![film];
    let id = g.plan("Med film", 0).await;
    g.drive().await;
    let key = g.world.posts()[0].key.clone();
    g.world.read_by(&key, Readers { seen: 99, liked: 4, ..Readers::default() });
    g.clock.advance(Duration::from_secs(READING));
    g.app.drain().await;
    let reading = g.app.kit.db.read(move |c| newest_reading(c, id)).await.unwrap().unwrap();
    assert_eq!((reading.measures.impressions, reading.measures.reactions), (Some(99), Some(4)));
}
