//! What the engine does when the peer or the machine has a bad day.

use std::time::Duration;

use opslag::{
    base::wall::WallTime,
    db::DbError,
    demo::worlds::{Act, Gate, Kind, Mischief, Prank, Wait},
    publishing::{self, ActionError, OrderError, State, actions},
};

use super::{Ground, KINDS, MORNING};

#[tokio::test(flavor = "multi_thread")]
async fn now_and_later_take_the_same_path() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let now = g.plan("Vi søger dig til aften.", 0).await;
        let later = g.plan("Vi søger dig til nat.", 3600).await;
        g.drive().await;
        assert_eq!((g.state(now).await, g.state(later).await), (State::Published, State::Planned));
        g.after(3600).await;
        assert_eq!(g.state(later).await, State::Published);
        let posts = g.world.posts();
        assert_eq!(posts.len(), 2, "{kind:?}");
        // the link counts and is the mark by which a lost post is found: one for each delivery
        let row = g.row(now).await;
        let link = serde_json::from_str::<opslag::channels::Post>(&row.payload).unwrap().link;
        assert_eq!(posts.iter().filter(|p| p.links().contains(&link.as_str())).count(), 1);
        assert!(row.remote_id.is_some() && row.remote_url.is_some() && row.error_kind.is_none());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_line_is_no_verdict_and_no_second_post() {
    for kind in KINDS {
        for prank in [Prank::CutAfter, Prank::CutBefore, Prank::AcceptThen(502), Prank::Refuse(500, "ups")] {
            let g = Ground::new(kind).await;
            g.world.plot(Mischief::once(Act::Publish, prank.clone()));
            let id = g.plan("Vi søger dig til aften.", 0).await;
            g.drive().await;
            let row = g.row(id).await;
            assert_eq!(row.state, State::Unknown, "{kind:?} {prank:?}");
            assert!(row.ever_ambiguous);
            g.settle().await;
            g.settle().await;
            assert_eq!(g.state(id).await, State::Published, "{kind:?} {prank:?}");
            assert_eq!(g.world.posts().len(), 1, "{kind:?} {prank:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_yes_is_found_and_not_sent_twice() {
    // R1: the peer accepts, and answers after our patience has ended
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let gate = Gate::new();
        g.world.plot(Mischief::once(Act::Publish, Prank::HoldAfter(gate.clone())));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        assert_eq!(g.state(id).await, State::Unknown);
        gate.open();
        g.settle().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_is_waited_for_and_a_no_is_said() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        g.world.plot(Mischief::once(Act::Publish, Prank::TooMany(Wait::Seconds(900))));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        let row = g.row(id).await;
        assert_eq!(row.state, State::RetryWait, "{kind:?}");
        assert!(
            row.next_at.unwrap() >= g.clock.now() + Duration::from_secs(900),
            "the peer's own wish is kept"
        );
        assert!(!row.ever_ambiguous);
        g.after(1000).await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));

        g.world.plot(Mischief::once(Act::Publish, Prank::Refuse(422, "Validation failed")));
        let refused = g.plan("Vi søger dig til nat.", 0).await;
        g.drive().await;
        let row = g.row(refused).await;
        if row.state == State::Failed {
            assert!(row.error_kind.is_some(), "{kind:?}: a failure says why");
        } else {
            assert_eq!(row.state, State::Unknown, "{kind:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_token_waits_for_a_person_and_goes_on_by_itself() {
    let g = Ground::new(Kind::Mastodon).await;
    g.world.revoke_everything();
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    assert_eq!(g.state(id).await, State::NeedsReconnect);
    let again = super::connect(&g.app, &g.world).await;
    assert_eq!(again, g.account, "the same account stays the same row");
    g.drive().await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn disconnecting_cancels_what_was_planned() {
    let g = Ground::new(Kind::Bluesky).await;
    let id = g.plan("Vi søger dig til aften.", 3600).await;
    let (kit, account) = (g.app.kit.clone(), g.account);
    kit.db
        .write(move |c| {
            use diesel::RunQueryDsl;
            diesel::sql_query("update channel_accounts set state = 'disconnected'").execute(c)?;
            let _ = account;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    g.drive().await;
    assert_eq!(g.state(id).await, State::Cancelled, "at once, not when its time comes (R24)");
    g.after(7200).await;
    assert!(g.world.posts().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_a_second_before_is_in_time_and_moving_moves() {
    let g = Ground::new(Kind::Bluesky).await;
    let (cancelled, moved) =
        (g.plan("Vi søger dig til aften.", 3600).await, g.plan("Vi søger dig til nat.", 3600).await);
    g.after(3599).await;
    let by = g.by().await;
    assert_eq!(actions::cancel(&g.app.kit, &by, cancelled).await.unwrap(), actions::Cancelled::Surely);
    let zone = g.app.kit.config.delivery.zone;
    let later = WallTime::at(g.clock.now() + Duration::from_secs(7200), zone);
    actions::move_to(&g.app.kit, &by, moved, later).await.unwrap();
    g.after(60).await;
    assert!(g.world.posts().is_empty(), "R21");
    g.after(7200).await;
    assert_eq!(g.world.posts().len(), 1);
    assert_eq!((g.state(cancelled).await, g.state(moved).await), (State::Cancelled, State::Published));
    assert!(matches!(actions::cancel(&g.app.kit, &by, moved).await, Err(ActionError::TooLate)));
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelling_while_it_is_sent_holds_if_it_did_not_leave() {
    for (prank, state, posts) in
        [(Prank::CutBefore, State::Cancelled, 0), (Prank::CutAfter, State::Published, 1)]
    {
        let g = Ground::new(Kind::Bluesky).await;
        g.world.plot(Mischief::once(Act::Publish, prank));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        let by = g.by().await;
        let said = actions::cancel(&g.app.kit, &by, id).await.unwrap();
        assert_eq!(said, actions::Cancelled::IfNotSent, "R20");
        g.settle().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (state, posts));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_late_is_missed_and_the_rest_goes_out_with_distance() {
    let g = Ground::new(Kind::Mastodon).await;
    let missed = g.plan("Vi søger dig, nummer nul.", 60).await;
    g.clock.advance(Duration::from_secs(25 * 3600));
    let mut overdue = Vec::new();
    for n in 1..=3 {
        overdue.push(g.plan(&format!("Vi søger dig, nummer {n}."), 60).await);
    }
    // the process was away for an hour
    g.after(3600).await;
    assert_eq!(g.state(missed).await, State::Missed, "R26");
    assert_eq!(g.world.posts().len(), 1, "never a burst");
    for wanted in [2, 3] {
        g.after(240).await;
        assert_eq!(g.world.posts().len(), wanted - 1);
        g.after(61).await;
        assert_eq!(g.world.posts().len(), wanted);
    }
    // the row that is over keeps its time, and is sent again as a new occurrence
    let by = g.by().await;
    let new = actions::again(&g.app.kit, &by, missed, None).await.unwrap();
    g.after(301).await;
    assert_eq!((g.state(new).await, g.state(missed).await), (State::Published, State::Missed));
    let (old, new) = (g.row(missed).await, g.row(new).await);
    assert_ne!((old.link_id, old.send_key), (new.link_id, new.send_key));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_workers_make_one_post_and_the_late_one_stops() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let gate = Gate::new();
        g.world.plot(Mischief::once(Act::Publish, Prank::HoldAfter(gate.clone())));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        let (kit, channels) = (g.app.kit.clone(), g.app.parts.channels.clone());
        let first = tokio::spawn({
            let (kit, channels) = (kit.clone(), channels.clone());
            async move { publishing::drive(&kit, &channels, id).await }
        });
        gate.arrived().await;
        // the first stands behind its fence; a second finds nothing to take
        publishing::drive(&kit, &channels, id).await.unwrap();
        assert_eq!(g.state(id).await, State::Publishing);
        // its lease runs out as if its machine had slept: the second takes over and does not send
        g.clock.advance(Duration::from_secs(181));
        publishing::drive(&kit, &channels, id).await.unwrap();
        assert_eq!(g.state(id).await, State::Unknown);
        let fence = g.row(id).await.fence;
        gate.open();
        first.await.unwrap().unwrap();
        let row = g.row(id).await;
        assert_eq!((row.state, row.fence), (State::Unknown, fence), "the zombie wrote nothing");
        g.settle().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_machine_can_settle_a_person_does() {
    // Mastodon away for longer than its keys live: then a list is all there is, and lists lag
    let g = Ground::new(Kind::Mastodon).await;
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    g.after(3600).await;
    assert_eq!(g.state(id).await, State::Unknown, "one look is not enough");
    g.after(300).await;
    let row = g.row(id).await;
    assert_eq!((row.state, row.next_at), (State::NeedsHuman, None));
    assert!(g.world.posts().is_empty());
    let by = g.by().await;
    actions::is_not_there(&g.app.kit, &by, id).await.unwrap();
    g.drive().await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));

    // and the other way: it is there, and the person gives its address
    g.world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
    g.world.plot(Mischief::always(Act::Find, Prank::Refuse(503, "away")));
    let id = g.plan("Vi søger dig til nat.", 0).await;
    g.drive().await;
    g.clock.advance(Duration::from_secs(25 * 3600));
    g.drive().await;
    assert_eq!(g.state(id).await, State::NeedsHuman);
    let channels = &g.app.parts.channels;
    let bad = actions::is_there(&g.app.kit, channels, &by, id, "opslaget").await;
    assert!(matches!(bad, Err(ActionError::Field("link", _))));
    let url = g.world.posts()[0].url.clone();
    actions::is_there(&g.app.kit, channels, &by, id, &url).await.unwrap();
    assert_eq!(g.row(id).await.remote_url.as_deref(), Some(url.as_str()));
    // taken down: with only an address, the peer's own name is looked for first
    g.world.calm();
    actions::take_down(&g.app.kit, &by, id).await.unwrap();
    g.drive().await;
    assert_eq!(g.state(id).await, State::Removed);
    assert_eq!(g.world.posts().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn taking_down_goes_on_until_it_is_gone() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        g.world.plot(Mischief::once(Act::Withdraw, Prank::Refuse(503, "senere")));
        let by = g.by().await;
        actions::take_down(&g.app.kit, &by, id).await.unwrap();
        g.drive().await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removing, 1), "{kind:?}");
        g.after(120).await;
        assert_eq!((g.state(id).await, g.world.posts().len()), (State::Removed, 0), "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_goes_out_while_the_ad_is_not_ready_and_never_twice_unasked() {
    let g = Ground::new(Kind::Bluesky).await;
    g.plan("Vi søger en SOSU-assistent!", 60).await;
    // R8
    let same = g.order("vi søger en sosu assistent", 3600).await;
    assert!(matches!(same, Err(OrderError::Fields(e)) if e.0[0].field == "same"));
    // too long for the channel, at its field
    let long = g.order(&"å".repeat(301), 0).await;
    assert!(matches!(long, Err(OrderError::Fields(e)) if e.0[0].field == format!("text-{}", g.account)));
    // a draft leads nowhere
    let draft = g.app.draft(g.app.ready_content("Kladde")).await.id;
    let g = Ground { posting: draft, ..g };
    assert!(matches!(g.order("Vi søger.", 0).await, Err(OrderError::Refused("publish-refused-draft"))));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_refuses_the_worst() {
    let g = Ground::new(Kind::Bluesky).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    for change in [
        format!("update deliveries set due_at = {}", (MORNING + Duration::from_secs(9)).micros()),
        "update deliveries set state = 'planned'".into(),
        "update deliveries set error_kind = 'unknown'".into(),
        "update deliveries set remote_id = null".into(),
        "update attempts set outcome = 'rejected'".into(),
    ] {
        let sql = change.clone();
        let result = g
            .app
            .kit
            .db
            .write(move |c| {
                use diesel::RunQueryDsl;
                diesel::sql_query(sql).execute(c)?;
                Ok::<_, DbError>(())
            })
            .await;
        assert!(result.is_err(), "{change}");
    }
    assert_eq!(g.state(id).await, State::Published);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_no_longer_serves_our_version_is_waited_for() {
    // R35: it is not the post's fault, so it does not fail
    let g = Ground::new(Kind::Facebook).await;
    let sunset = Prank::Refuse(400, "(#2635) You are calling a deprecated version of the API");
    g.world.plot(Mischief::always(Act::Upload, sunset));
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    for _ in 0..3 {
        g.after(3600).await;
    }
    let row = g.row(id).await;
    assert_eq!((row.state, row.error_kind.as_deref()), (State::RetryWait, Some("version_sunset")));
    let mut browser = g.app.recruiter().await;
    let page = browser.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("Opslagene venter. Bed it-drift"), "{page}");
    g.world.calm();
    g.after(3600).await;
    assert_eq!((g.state(id).await, g.world.posts().len()), (State::Published, 1));
}
