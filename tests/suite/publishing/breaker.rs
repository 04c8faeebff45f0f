//! Accounts that fail are left alone and asked, reading only, until they answer; allowances and distances are kept.

use std::time::Duration;

use opslag::{
    accounts::Role,
    demo::worlds::{Act, Kind, Mischief, Prank, Wait},
    publishing::{self, State},
};

use super::{Ground, KINDS};

async fn down(g: &Ground) {
    for act in [Act::Look, Act::Upload, Act::Publish, Act::Find] {
        g.world.plot(Mischief::always(act, Prank::Refuse(503, "nede")));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_fails_is_left_alone_and_asked_and_then_everything_goes_out_once() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        down(&g).await;
        let mut planned = Vec::new();
        for n in 1..=6 {
            planned.push(g.plan(&format!("Vi søger dig, nummer {n}."), 0).await);
        }
        g.drive().await;
        let tried = g.world.count(Act::Publish);
        assert!(tried <= 3, "{kind:?}: {tried} were tried on an account that does not answer");
        let mut waiting = 0;
        for id in &planned {
            let row = g.row(*id).await;
            // what was refused before anything could be seen waits on its own account
            if row.state == State::Planned {
                waiting += 1;
                let why = row.error_kind.as_deref();
                assert_eq!(
                    (row.attempts, why),
                    (0, Some("account_unwell")),
                    "{kind:?}: the reason is said (R18)"
                );
            }
        }
        assert!(waiting >= 3, "{kind:?}: {waiting} were left alone");
        let open = g.app.kit.db.read(publishing::open_breakers).await.unwrap();
        assert_eq!(open.len(), 1, "{kind:?}: {open:?}");

        // asked after a minute, and after five more; nothing is published to find out
        let looked = g.world.count(Act::Look);
        g.after(61).await;
        assert!(g.world.count(Act::Look) > looked, "{kind:?}");
        g.after(120).await;
        assert_eq!(g.world.count(Act::Publish), tried, "{kind:?}: a publish is never the question");

        g.world.calm();
        for _ in 0..40 {
            g.after(100).await;
        }
        assert!(g.app.kit.db.read(publishing::open_breakers).await.unwrap().is_empty(), "{kind:?}");
        for id in planned {
            assert_eq!(g.state(id).await, State::Published, "{kind:?}");
        }
        assert_eq!(g.world.posts().len(), 6, "{kind:?}: each exactly once");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_to_one_post_is_no_failure_of_the_account() {
    let g = Ground::new(Kind::Mastodon).await;
    for n in 1..=4 {
        g.world.plot(Mischief::once(Act::Publish, Prank::Refuse(422, "Validation failed")));
        g.plan(&format!("Vi søger dig, nummer {n}."), 0).await;
        g.drive().await;
    }
    assert!(g.app.kit.db.read(publishing::open_breakers).await.unwrap().is_empty());
    let fine = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    assert_eq!(g.state(fine).await, State::Published);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_holds_for_the_whole_account() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        g.world.plot(Mischief::once(Act::Publish, Prank::TooMany(Wait::Seconds(900))));
        let first = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        let second = g.plan("Vi søger dig til nat.", 0).await;
        g.drive().await;
        assert_eq!(g.world.count(Act::Publish), 1, "{kind:?}: the second did not knock on the closed door");
        let row = g.row(second).await;
        assert_eq!(row.error_kind.as_deref(), Some("allowance_spent"), "{kind:?}");
        assert!(row.next_at.unwrap() >= g.clock.now() + Duration::from_secs(890), "{kind:?}");
        for _ in 0..6 {
            g.after(310).await;
        }
        assert_eq!((g.state(first).await, g.state(second).await), (State::Published, State::Published));
        assert_eq!(g.world.posts().len(), 2, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_posts_of_the_same_minute_keep_their_distance_and_one_sent_now_does_not_wait() {
    let g = Ground::new(Kind::Mastodon).await;
    let mut first = g.plan("Vi søger dig til aften.", 60).await;
    let mut second = g.plan("Vi søger dig til nat.", 60).await;
    g.after(60).await;
    // which of the two is first is nobody's business
    if g.state(second).await == State::Published {
        (first, second) = (second, first);
    }
    assert_eq!((g.state(first).await, g.state(second).await), (State::Published, State::Planned));
    assert_eq!(g.row(second).await.error_kind.as_deref(), Some("spaced"));
    let now = g.plan("Vi søger dig til dag.", 0).await;
    g.drive().await;
    assert_eq!(g.state(now).await, State::Published);
    // the second keeps its distance from that one too
    g.after(119).await;
    assert_eq!(g.state(second).await, State::Planned);
    g.after(2).await;
    assert_eq!((g.state(second).await, g.world.posts().len()), (State::Published, 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_no_longer_served_stops_the_channel_once_and_one_letter_says_so() {
    // R34, R35: no post fails, none is tried in vain, and operations hear of it once
    let g = Ground::new(Kind::Facebook).await;
    g.app.person("Dan Drift", Role::Ops, g.app.organisation).await;
    for act in [Act::Look, Act::Upload, Act::Publish, Act::Find] {
        let sunset = Prank::Refuse(400, "(#2635) You are calling a deprecated version of the API");
        g.world.plot(Mischief::always(act, sunset));
    }
    let mut planned = Vec::new();
    for n in 1..=3 {
        planned.push(g.plan(&format!("Vi søger dig, nummer {n}."), 0).await);
        g.drive().await;
    }
    let open = g.app.kit.db.read(publishing::open_breakers).await.unwrap();
    assert_eq!(open.iter().map(|b| b.scope.as_str()).collect::<Vec<_>>(), ["channel:facebook"]);
    for id in &planned[1..] {
        let row = g.row(*id).await;
        assert_eq!((row.attempts, row.error_kind.as_deref()), (0, Some("channel_stopped")));
    }
    for _ in 0..4 {
        g.app.drain().await;
        g.after(3600).await;
    }
    let letters = g.app.letters();
    assert_eq!(letters.len(), 1, "{letters:#?}");
    assert!(letters[0].contains("Facebook tager ikke længere imod noget fra vores app"), "{}", letters[0]);
    for id in &planned {
        assert!(matches!(g.state(*id).await, State::Planned | State::RetryWait));
    }
    g.world.calm();
    for _ in 0..50 {
        g.after(100).await;
    }
    for id in planned {
        assert_eq!(g.state(id).await, State::Published);
    }
    assert_eq!(g.world.posts().len(), 3);
}
