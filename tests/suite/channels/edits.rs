//! What is demanded of every channel that puts other words into a post that is out: they stand there once however often they
//! are said, what the post shows beside them stays, and only the peer's own word is a verdict.

use opslag::{
    channels::{Account, Edit, Edited, Outcome, Post, ProblemKind, Withdrawn},
    demo::worlds::{Act, Kind, Mischief, Prank},
};

use super::{Ground, KINDS, LINK};

const IN_PLACE: [Kind; 4] = [Kind::Mastodon, Kind::Facebook, Kind::Linkedin, Kind::Youtube];

/// On these it is the call that also shows a post.
fn act(kind: Kind) -> Act {
    if matches!(kind, Kind::Facebook | Kind::Youtube) { Act::Publish } else { Act::Edit }
}

/// A post that hangs, and where.
async fn hanging(g: &Ground, text: &str) -> (Account, Post, String) {
    let account = g.account().await;
    let post = g.post(text, g.or_film(&[("elev.jpg", "image/jpeg"), ("aften.jpg", "image/jpeg")])).await;
    let ready = g.prepared(&account, &post).await;
    match g.channel.publish(&account, &post, &g.key(), &ready).await {
        Outcome::Accepted(published) => (account, post, published.remote_id),
        other => panic!("{other:?}"),
    }
}

fn reworded(post: &Post, text: &str) -> Post {
    Post { text: text.into(), ..post.clone() }
}

#[tokio::test(flavor = "multi_thread")]
async fn other_words_stand_there_and_all_else_stays() {
    for kind in IN_PLACE {
        let g = Ground::new(kind).await;
        let (account, post, id) = hanging(&g, "Frist den 1. december (35 timer) #job").await;
        let before = g.world.posts().remove(0);
        assert!(before.edited.is_none());
        let new = reworded(&post, "Frist den 8. december (37 timer) på Ærø #job");
        assert_eq!(g.channel.edit(&account, &id, &new).await, Edited::Done, "{kind:?}");
        let after = g.world.posts().remove(0);
        assert!(after.text().contains("den 8. december (37 timer) på Ærø #job"), "{kind:?} {}", after.text());
        assert!(!after.text().contains("1. december"), "{kind:?}");
        assert_eq!((after.links(), &after.media), (vec![LINK], &before.media), "{kind:?}");
        assert_eq!((&after.key, after.at, &after.language), (&before.key, before.at, &before.language));
        assert!(after.edited.is_some(), "{kind:?}");
        // the same again is no other change
        g.clock.advance(super::HOURS / 4);
        assert_eq!(g.channel.edit(&account, &id, &new).await, Edited::Done);
        assert_eq!(g.world.posts(), [after], "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_title_is_corrected_where_the_channel_shows_one() {
    let g = Ground::new(Kind::Youtube).await;
    let (account, post, id) = hanging(&g, "Se filmen").await;
    let new = Post { link_title: "SOSU-assistent til nat på Ærø".into(), ..post };
    assert_eq!(g.channel.edit(&account, &id, &new).await, Edited::Done);
    assert!(g.world.posts()[0].text().starts_with("SOSU-assistent til nat på Ærø\n\nSe filmen"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_no_call_for_it_says_so_and_changes_nothing() {
    for kind in KINDS.into_iter().filter(|kind| !IN_PLACE.contains(kind)) {
        assert_ne!(kind.profile().edit, Edit::InPlace);
        let g = Ground::new(kind).await;
        let (account, post, id) = hanging(&g, "Som det er").await;
        let before = g.world.posts();
        let edited = g.channel.edit(&account, &id, &reworded(&post, "Anderledes")).await;
        assert!(matches!(edited, Edited::Unable(_)), "{kind:?} {edited:?}");
        assert_eq!(g.world.posts(), before);
    }
    // a film on Facebook, and a server that does not know the call
    let g = Ground::new(Kind::Facebook).await;
    let account = g.account().await;
    let film = g.post("En film", &super::FILM).await;
    assert_eq!(Kind::Facebook.edits(&film), Edit::ByHand);
    assert!(matches!(g.channel.edit(&account, "122000000000001", &film).await, Edited::Unable(_)));
    let g = Ground::new(Kind::Mastodon).await;
    let (account, post, id) = hanging(&g, "Som det er").await;
    g.world.plot(Mischief::once(Act::Edit, Prank::Refuse(405, "Method Not Allowed")));
    assert!(matches!(g.channel.edit(&account, &id, &post).await, Edited::Unable(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_is_a_no_with_its_reason_and_the_old_words_stand() {
    for kind in IN_PLACE {
        let g = Ground::new(kind).await;
        let (account, post, id) = hanging(&g, "Som det er").await;
        let before = g.world.posts();
        let long = reworded(&post, &"å".repeat(account.ability.text_max + 1));
        match g.channel.edit(&account, &id, &long).await {
            Edited::Refused(problem) => {
                assert_eq!(problem.kind, ProblemKind::InvalidText, "{kind:?} {problem:?}");
                assert!(!problem.words.contains(&account.token));
            }
            other => panic!("{kind:?} {other:?}"),
        }
        g.world.plot(Mischief::once(act(kind), Prank::Revoked));
        match g.channel.edit(&account, &id, &reworded(&post, "Anderledes")).await {
            Edited::Refused(problem) => assert_eq!(problem.kind, ProblemKind::Reconnect, "{kind:?}"),
            other => panic!("{kind:?} {other:?}"),
        }
        assert_eq!(g.world.posts(), before, "{kind:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_never_a_no_and_the_same_call_settles_it() {
    for kind in IN_PLACE {
        let g = Ground::new(kind).await;
        let (account, post, id) = hanging(&g, "Som det er").await;
        let pranks = [
            (Prank::CutBefore, false),
            (Prank::Refuse(503, "busy"), false),
            (Prank::CutAfter, true),
            (Prank::AcceptThen(502), true),
            // 200 with nothing in it
            (Prank::AcceptThen(200), true),
        ];
        for (n, (prank, heard)) in pranks.into_iter().enumerate() {
            let words = format!("Anderledes for {n}. gang");
            let new = reworded(&post, &words);
            g.world.plot(Mischief::once(act(kind), prank.clone()));
            let edited = g.channel.edit(&account, &id, &new).await;
            assert!(matches!(edited, Edited::Unknown { .. }), "{kind:?} {prank:?}: {edited:?}");
            assert_eq!(g.world.posts()[0].text().contains(&words), heard, "{kind:?} {prank:?}");
            assert_eq!(g.channel.edit(&account, &id, &new).await, Edited::Done, "{kind:?} {prank:?}");
            assert!(g.world.posts()[0].text().contains(&words));
        }
        assert_eq!(g.world.posts().len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_gone_is_said_to_be_gone_and_what_is_away_was_not_reached() {
    for kind in IN_PLACE {
        let g = Ground::new(kind).await;
        let (account, post, id) = hanging(&g, "Som det er").await;
        assert_eq!(g.channel.withdraw(&account, &id).await, Withdrawn::Gone);
        assert_eq!(g.channel.edit(&account, &id, &post).await, Edited::Gone, "{kind:?}");
        drop(g.world);
        match g.channel.edit(&account, &id, &post).await {
            Edited::Refused(problem) => assert_eq!(problem.kind, ProblemKind::Unavailable, "{kind:?}"),
            other => panic!("{kind:?} {other:?}"),
        }
    }
}
