//! Sending again where a peer refuses duplicates (X, LinkedIn): each time on two looks that saw a whole list without it,
//! never too late, never against the peer's own word that it has it.

use std::time::Duration;

use opslag::{
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::{State, actions},
};
use reqwest::StatusCode;

use super::Ground;
use crate::harness::people::Seen;

const REFUSING: [Kind; 2] = [Kind::Linkedin, Kind::X];

/// Long enough for the second look.
const LOOK: u64 = 241;

impl Ground {
    /// Two looks.
    async fn look_twice(&self) {
        self.settle().await;
        self.after(LOOK).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_cut_again_and_again_ends_with_one_post() {
    for kind in REFUSING {
        let g = Ground::new(kind).await;
        for _ in 0..3 {
            g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
        }
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        for sent in 1..=3 {
            assert_eq!((g.state(id).await, g.world.count(Act::Publish)), (State::Unknown, sent), "{kind:?}");
            g.settle().await;
            assert_eq!(g.world.count(Act::Publish), sent, "{kind:?}: one look is not enough");
            g.after(LOOK).await;
        }
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_that_lags_doubles_nothing() {
    for kind in REFUSING {
        let g = Ground::new(kind).await;
        g.world.lag(Duration::from_secs(400));
        g.world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        g.look_twice().await;
        // both looks came too early, so it was sent again, and refused
        assert_eq!((g.world.count(Act::Publish), g.world.posts().len()), (2, 1), "{kind:?}");
        g.look_twice().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_has_what_nobody_sees_is_a_persons_matter() {
    for (kind, status, words) in [
        (Kind::X, 403, "You are not allowed to create a Tweet with duplicate content."),
        // R44: a post that is named and cannot be opened
        (Kind::Linkedin, 422, "Content is a duplicate of urn:li:share:7123456789"),
    ] {
        let g = Ground::new(kind).await;
        g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
        g.world.plot(Mischief::always(Act::Publish, Prank::Refuse(status, words)));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        g.look_twice().await;
        g.look_twice().await;
        let row = g.row(id).await;
        assert_eq!(
            (row.state, row.error_kind.as_deref()),
            (State::NeedsHuman, Some("duplicate")),
            "{kind:?}"
        );
        assert_eq!((g.world.count(Act::Publish), g.world.posts().len()), (2, 0), "{kind:?}: never a loop");
        g.after(3600).await;
        assert_eq!(g.world.count(Act::Publish), 2, "{kind:?}");
        // the person looked, and it was not there
        g.world.calm();
        actions::is_not_there(&g.app.kit, &g.by().await, id).await.unwrap();
        g.drive().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_late_is_never_sent_again() {
    for kind in REFUSING {
        let g = Ground::new(kind).await;
        g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        g.after(25 * 3600).await;
        g.after(LOOK).await;
        assert_eq!((g.state(id).await, g.world.count(Act::Publish)), (State::NeedsHuman, 1), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn money_that_is_used_up_is_said_and_nothing_is_tried_again() {
    let g = Ground::new(Kind::X).await;
    g.world.plot(Mischief::always(Act::Publish, Prank::Refuse(402, "CreditsDepleted")));
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    let row = g.row(id).await;
    assert_eq!((row.state, row.error_kind.as_deref()), (State::Failed, Some("spent")));
    g.after(3600).await;
    assert_eq!(g.world.count(Act::Publish), 1);
    let mut browser = g.app.browser(opslag::accounts::Role::Communications, g.app.organisation).await;
    let page: Seen = browser.get(&format!("/udsendelser/{id}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("er brugt op") && page.body.contains("CreditsDepleted"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_post_costs_stands_where_it_is_written() {
    for (kind, price) in [(Kind::X, Some("X tager 0,20 dollar")), (Kind::Linkedin, None)] {
        let g = Ground::new(kind).await;
        let mut browser = g.app.browser(opslag::accounts::Role::Communications, g.app.organisation).await;
        let page = browser.get(&format!("/jobopslag/{}/udgiv", g.posting)).await;
        assert_eq!(page.status, StatusCode::OK);
        match price {
            Some(price) => assert!(page.body.contains(price), "{}", page.body),
            None => assert!(!page.body.contains(" dollar"), "{}", page.body),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nobody_may_look_a_person_is_asked_at_once() {
    let g = Ground::new(Kind::LinkedinMember).await;
    for (prank, posts) in [(Prank::CutAfter, 1), (Prank::CutBefore, 1)] {
        g.world.plot(Mischief::once(Act::Publish, prank));
        let id = g.plan(&format!("Vi søger dig, nummer {}.", g.world.count(Act::Publish)), 0).await;
        let before = g.world.count(Act::Find);
        g.drive().await;
        g.settle().await;
        let row = g.row(id).await;
        assert_eq!((row.state, row.error_kind.as_deref()), (State::NeedsHuman, Some("cannot_look")));
        assert_eq!((g.world.count(Act::Find), g.world.posts().len()), (before, posts));
    }
}
