//! What is demanded of every channel (publishing.md d): only the peer's word is a verdict, and nothing doubles.

use std::time::Duration;

use opslag::{
    channels::{Account, Class, Found, Outcome, Post, Problem, ProblemKind, Published, Withdrawn},
    demo::worlds::{Act, Gate, Kind, MediaPace, MediumKind, Mischief, Prank, Wait},
};

use super::{FILM, FILMS_ONLY, Ground, KINDS, LINK};

fn accepted(outcome: Outcome) -> Published {
    match outcome {
        Outcome::Accepted(published) => published,
        other => panic!("{other:?}"),
    }
}

fn rejected(outcome: Outcome) -> Problem {
    match outcome {
        Outcome::Rejected(problem) => problem,
        other => panic!("{other:?}"),
    }
}

/// The no to a post, whether it comes while it is laid ready or when it is sent.
async fn refused(g: &Ground, account: &Account, post: &Post) -> Problem {
    let mut checkpoint = Default::default();
    match g.channel.prepare(account, post, &g.kit().blobs, &mut checkpoint).await {
        Err(problem) => problem,
        Ok(()) => rejected(g.channel.publish(account, post, &g.key(), &checkpoint).await),
    }
}

/// What came of the same send again: the same post, or a peer that says that it has it.
fn sent_twice(kind: Kind, outcome: Outcome) {
    match (kind, outcome) {
        // LinkedIn names the post that is there, and it is ours
        (Kind::X, Outcome::Rejected(problem)) => {
            assert_eq!(problem.kind, ProblemKind::Duplicate, "{problem:?}");
        }
        (_, outcome) => drop(accepted(outcome)),
    }
}

fn is_ambiguous(outcome: &Outcome) -> bool {
    matches!(outcome, Outcome::Ambiguous { words, .. } if !words.is_empty())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_post_with_a_picture_goes_out_once_is_found_and_taken_down() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let files = g.or_film(&[("elev.jpg", "image/jpeg")]);
        let post = g.post("Vi søger en #SOSU-assistent på Ærø 👩‍⚕️", files).await;
        let (key, checkpoint) = (g.key(), g.prepared(&account, &post).await);
        assert!(matches!(g.channel.find(&account, &post, &key).await, Found::Absent | Found::NotSeen(_)));

        let published = accepted(g.channel.publish(&account, &post, &key, &checkpoint).await);
        let wall = g.world.posts();
        assert_eq!(wall.len(), 1);
        // TikTok lets no app add one
        let linked: &[&str] = if kind == Kind::Tiktok { &[] } else { &[LINK] };
        assert_eq!(wall[0].links(), linked, "{}", wall[0].text());
        assert!(wall[0].text().contains("på Ærø 👩‍⚕️"));
        let described = if FILMS_ONLY.contains(&kind) { "" } else { "Kolleger på arbejde: elev.jpg" };
        assert_eq!(wall[0].media[0].alt, described);
        // not every channel has a place for the language
        let told = matches!(kind, Kind::Bluesky | Kind::Mastodon | Kind::Youtube);
        assert_eq!(wall[0].language.as_deref(), told.then_some("da"));
        assert_eq!(wall[0].media.len(), 1);
        assert_eq!(published.url.as_deref(), Some(wall[0].url.as_str()));

        // the same send again, as after a crash: still one
        sent_twice(kind, g.channel.publish(&account, &post, &key, &checkpoint).await);
        assert_eq!(g.world.posts().len(), 1);
        assert_eq!(g.channel.find(&account, &post, &key).await, Found::There(published.clone()));

        if kind == Kind::Tiktok {
            assert!(!account.ability.withdraw);
            let by_hand = g.channel.withdraw(&account, &published.remote_id).await;
            assert!(matches!(by_hand, Withdrawn::Unable(_)), "{by_hand:?}");
            continue;
        }
        assert_eq!(g.channel.withdraw(&account, &published.remote_id).await, Withdrawn::Gone);
        assert!(g.world.posts().is_empty());
        assert_eq!(g.channel.withdraw(&account, &published.remote_id).await, Withdrawn::Gone);
        assert!(matches!(g.channel.find(&account, &post, &key).await, Found::Absent | Found::NotSeen(_)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn four_pictures_or_a_film_or_a_link_alone() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        g.world.pace_media(MediaPace::AfterPolls(2));
        let account = g.account().await;
        let four = [
            ("elev.jpg", "image/jpeg"),
            ("aften.jpg", "image/jpeg"),
            ("boernehus.jpg", "image/jpeg"),
            ("plejecenter.jpg", "image/jpeg"),
        ];
        for (text, files) in [
            ("Fire billeder", four.as_slice()),
            ("En film", &[("film.mp4", "video/mp4")]),
            ("Kun et link", &[]),
        ] {
            if FILMS_ONLY.contains(&kind) && files != FILM {
                continue;
            }
            let mut post = g.post(text, files).await;
            if files.is_empty() {
                post.link_thumb = Some(g.medium("aabent-hus.jpg", "image/jpeg").await);
            }
            let checkpoint = g.prepared(&account, &post).await;
            let mut key = g.key();
            key.tid.replace_range(10..13, &format!("{:2<3}", files.len() + 2));
            key.idempotency = format!("{:064}", files.len());
            accepted(g.channel.publish(&account, &post, &key, &checkpoint).await);
            let newest = g.world.posts().remove(0);
            assert_eq!(newest.media.len(), post.media.len(), "{kind:?} {text}");
            let links = newest.links();
            assert!(kind == Kind::Tiktok || !links.is_empty());
            assert!(links.iter().all(|l| *l == LINK), "{kind:?} {text}: {links:?}");
            if text == "En film" {
                assert_eq!(newest.media[0].kind, MediumKind::Film);
                assert_eq!(newest.media[0].size as u64, post.media[0].bytes);
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_peer_refuses_is_a_no_with_its_reason_and_shows_nothing() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let long = g.post(&"å".repeat(account.ability.text_max + 1), &[]).await;
        let problem = refused(&g, &account, &long).await;
        assert_eq!(problem.kind, ProblemKind::InvalidText, "{problem:?}");
        assert!(!problem.kind.passes() && !problem.words.contains(&account.token));

        let too_many = vec![("elev.jpg", "image/jpeg"); account.ability.images_max + 1];
        let problem = refused(&g, &account, &g.post("For mange", &too_many).await).await;
        assert_eq!(problem.kind, ProblemKind::InvalidMedia, "{problem:?}");
        assert!(g.world.posts().is_empty());

        // not uploaded yet: nobody is asked
        let calls = g.world.count(Act::Publish);
        let picture = g.post("Et", &[("elev.jpg", "image/jpeg")]).await;
        let problem = rejected(g.channel.publish(&account, &picture, &g.key(), &Default::default()).await);
        assert_eq!((problem.kind, g.world.count(Act::Publish)), (ProblemKind::Processing, calls));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_says_wait_is_waited_for_as_long_as_it_says() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let post = g.post("Vent", &[]).await;
        let checkpoint = g.prepared(&account, &post).await;
        // some count in whole minutes
        for wait in [Wait::Own(120), Wait::Seconds(120), Wait::Date(120)] {
            g.world.plot(Mischief::once(Act::Publish, Prank::TooMany(wait)));
            let problem = rejected(g.channel.publish(&account, &post, &g.key(), &checkpoint).await);
            assert_eq!(problem.kind, ProblemKind::RateLimited);
            let until = match (kind, wait) {
                // these say nothing of their own; LinkedIn's day ends at midnight, Google's at midnight in California
                (Kind::Linkedin, Wait::Own(_)) => 14 * 3600,
                (Kind::Youtube, Wait::Own(_)) => 22 * 3600,
                // calls are counted by the minute
                (Kind::Tiktok, Wait::Own(_)) => 60,
                _ => 120,
            };
            assert_eq!(problem.wait, Some(Duration::from_secs(until)), "{kind:?} {wait:?}");
            assert!(problem.kind.passes() && g.world.posts().is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_line_is_never_a_no() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let (post, key) = (g.post("Klip", &[]).await, g.key());
        let ready = g.prepared(&account, &post).await;
        let publish = || g.channel.publish(&account, &post, &key, &ready);

        g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
        assert!(is_ambiguous(&publish().await), "{kind:?}: cut before it was taken");
        assert!(g.world.posts().is_empty());
        assert!(matches!(g.channel.find(&account, &post, &key).await, Found::Absent | Found::NotSeen(_)));

        g.world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
        assert!(is_ambiguous(&publish().await), "{kind:?}: cut after it was taken");
        assert_eq!(g.world.posts().len(), 1);
        assert!(matches!(g.channel.find(&account, &post, &key).await, Found::There(_)));
        sent_twice(kind, publish().await);
        assert_eq!(g.world.posts().len(), 1, "{kind:?}: the second send doubled it");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_says_nothing_is_never_a_yes() {
    // TikTok is asked how far the film is, whatever it answers to its last piece
    for kind in KINDS.into_iter().filter(|kind| *kind != Kind::Tiktok) {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let (post, key) = (g.post("Tomt svar", &[]).await, g.key());
        let ready = g.prepared(&account, &post).await;
        // R36: 200 with an empty body; and what gateways say in the server's place
        for status in [200, 500, 502, 504, 408] {
            g.world.plot(Mischief::once(Act::Publish, Prank::AcceptThen(status)));
            let outcome = g.channel.publish(&account, &post, &key, &ready).await;
            assert!(is_ambiguous(&outcome), "{kind:?} {status}: {outcome:?}");
        }
        assert_eq!(g.world.posts().len(), 1);
        assert!(matches!(g.channel.find(&account, &post, &key).await, Found::There(_)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_answer_is_not_waited_for_for_ever_and_not_taken_for_a_no() {
    for kind in KINDS {
        let g = Ground::hurried(kind).await;
        let account = g.account().await;
        let (post, key) = (g.post("Langsomt", &[]).await, g.key());
        let ready = g.prepared(&account, &post).await;
        let gate = Gate::new();
        g.world.plot(Mischief::once(Act::Publish, Prank::HoldAfter(gate.clone())));
        let outcome = g.channel.publish(&account, &post, &key, &ready).await;
        assert!(is_ambiguous(&outcome), "{outcome:?}");
        gate.open();
        assert!(matches!(g.channel.find(&account, &post, &key).await, Found::There(_)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_is_away_was_certainly_not_reached() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let post = g.post("Væk", &[]).await;
        let ready = g.prepared(&account, &post).await;
        drop(g.world);
        let problem = rejected(g.channel.publish(&account, &post, &g_key(&g.clock), &ready).await);
        assert_eq!(problem.kind, ProblemKind::Unavailable);
        let found = g.channel.find(&account, &post, &g_key(&g.clock)).await;
        assert!(matches!(found, Found::Unreachable(p) if p.kind == ProblemKind::Unavailable));
    }
}

fn g_key(clock: &opslag::base::Clock) -> opslag::channels::SendKey {
    opslag::channels::SendKey::mint(&["x"], clock.now(), &opslag::base::Chance::seeded(3))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_fails_is_repeated_from_where_it_was() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let two = g.or_film(&[("elev.jpg", "image/jpeg"), ("aften.jpg", "image/jpeg")]);
        let post = g.post("To", two).await;
        let mut checkpoint = opslag::channels::Checkpoint::default();
        g.world.plot(Mischief::once(Act::Upload, Prank::Refuse(503, "busy")));
        let problem = g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap_err();
        assert!(problem.kind.passes(), "{problem:?}");
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap();
        let uploads = g.world.count(Act::Upload);
        g.channel.prepare(&account, &post, &g.kit().blobs, &mut checkpoint).await.unwrap();
        assert_eq!(g.world.count(Act::Upload), uploads, "what is there is not sent again");
        accepted(g.channel.publish(&account, &post, &g.key(), &checkpoint).await);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_film_the_peer_cannot_read_is_a_no_and_a_busy_one_is_come_back_for() {
    // Bluesky takes a film as it is
    for kind in KINDS.into_iter().filter(|kind| *kind != Kind::Bluesky) {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let post = g.post("Film", &[("film.mp4", "video/mp4")]).await;
        g.world.pace_media(MediaPace::Never);
        let problem = refused(&g, &account, &post).await;
        assert_eq!(problem.kind, ProblemKind::InvalidMedia, "{kind:?} {problem:?}");
        assert!(g.world.posts().is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn how_an_uncertain_send_is_settled_follows_the_server() {
    let [bluesky, mastodon] = [Ground::new(Kind::Bluesky).await, Ground::new(Kind::Mastodon).await];
    assert_eq!(Ground::new(Kind::Facebook).await.account().await.ability.class, Class::TwoPhase);
    assert_eq!(bluesky.account().await.ability.class, Class::OwnName);
    assert_eq!(mastodon.account().await.ability.class, Class::Key { seconds: 3600 });
    let post = mastodon.post("Nøgle", &[]).await;
    let key = mastodon.key();
    accepted(mastodon.channel.publish(&mastodon.account().await, &post, &key, &Default::default()).await);
    let sent = mastodon.world.calls().into_iter().find(|c| c.act == Act::Publish).unwrap();
    assert_eq!(sent.key.as_deref(), Some(key.idempotency.as_str()));
}
