//! Tokens: renewed by one worker, kept through bad days, lost only by the peer's own word (R24, R27–R29).

use std::time::Duration;

use opslag::{
    accounts::audit::Actor,
    channels::{self, Outcome, ProblemKind, Shut, Standing},
    demo::worlds::{Act, Kind, Mischief, Prank},
    timetable,
};

use super::{Ground, HOURS, KINDS};

const DAY: Duration = Duration::from_secs(24 * 3600);

fn refreshes(g: &Ground) -> usize {
    g.world.calls().iter().filter(|c| c.path.contains("refreshSession")).count()
}

async fn standing(g: &Ground) -> (Standing, Option<String>) {
    let id = g.id;
    let c = g.kit().db.read(move |c| channels::connection(c, id)).await.unwrap().unwrap();
    (c.state, c.problem)
}

#[tokio::test(flavor = "multi_thread")]
async fn five_at_once_renew_a_run_out_token_once() {
    let g = Ground::new(Kind::Bluesky).await;
    let before = g.account().await.token;
    g.clock.advance(HOURS);
    let opened = futures_util::future::join_all((0..5).map(|_| channels::open(g.kit(), g.id))).await;
    let tokens: Vec<_> = opened.into_iter().map(|a| a.unwrap().token).collect();
    assert_eq!(refreshes(&g), 1);
    assert!(tokens.iter().all(|t| *t == tokens[0] && *t != before));
    // and for the next hour nobody renews it again
    g.clock.advance(Duration::from_secs(3600));
    g.account().await;
    assert_eq!(refreshes(&g), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_gets_old_is_renewed_while_it_still_works() {
    let g = Ground::new(Kind::Bluesky).await;
    let before = g.account().await.token;
    g.clock.advance(Duration::from_secs(100 * 60));
    g.world.plot(Mischief::once(Act::Connect, Prank::Refuse(502, "bad gateway")));
    assert_eq!(g.account().await.token, before, "the old one is good for twenty minutes yet");
    assert_ne!(g.account().await.token, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_peer_that_is_unwell_takes_no_account_away() {
    let g = Ground::new(Kind::Bluesky).await;
    g.clock.advance(HOURS);
    g.world.plot(Mischief::once(Act::Connect, Prank::Refuse(502, "bad gateway")));
    let shut = channels::open(g.kit(), g.id).await.unwrap_err();
    assert!(matches!(shut, Shut::Later(p) if p.kind == ProblemKind::Unavailable));
    assert_eq!(standing(&g).await.0, Standing::Connected);
    g.account().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_refresh_token_is_refused_the_app_password_still_opens() {
    let g = Ground::new(Kind::Bluesky).await;
    g.clock.advance(Duration::from_secs(91 * 24 * 3600)); // longer than a refresh token lives
    g.account().await;
    assert_eq!(standing(&g).await.0, Standing::Connected);
    let logged_in = g.world.calls().iter().filter(|c| c.path.contains("createSession")).count();
    assert_eq!(logged_in, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_taken_back_needs_reconnecting_and_one_letter_says_so() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let post = g.post("Tilbagekaldt", &[]).await;
        let ready = g.prepared(&account, &post).await;
        // the address for a film's last piece wants no token, the question before it does
        let act = if kind == Kind::Tiktok { Act::Find } else { Act::Publish };
        g.world.plot(Mischief::once(act, Prank::Revoked));
        let outcome = g.channel.publish(&account, &post, &g.key(), &ready).await;
        let Outcome::Rejected(problem) = outcome else { panic!("{outcome:?}") };
        assert_eq!(problem.kind, ProblemKind::Reconnect, "{problem:?}");
        for _ in 0..2 {
            assert_eq!(
                channels::complain(g.kit(), &account, &problem).await.unwrap(),
                Standing::NeedsReconnect
            );
        }
        assert_eq!(standing(&g).await, (Standing::NeedsReconnect, Some("channel-problem-reconnect".into())));
        assert!(matches!(channels::open(g.kit(), g.id).await, Err(Shut::NeedsReconnect)));
        g.app.drain().await;
        let letters: Vec<_> = std::fs::read_dir(g.kit().config.data.join("mail")).unwrap().collect();
        assert_eq!(letters.len(), 1);

        // connected again: same account, usable at once
        let id = super::connect(&g.app, &g.world).await;
        assert_eq!((id, standing(&g).await), (g.id, (Standing::Connected, None)));
        assert!(g.world.posts().is_empty());
        let again = g.account().await;
        assert!(matches!(g.channel.publish(&again, &post, &g.key(), &ready).await, Outcome::Accepted(_)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_ended_connection_opens_nothing_and_its_token_is_given_back() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        let (k, id) = (g.kit().clone(), g.id);
        g.kit().db.write(move |c| channels::disconnect(c, &k, id, Actor::System)).await.unwrap();
        assert!(matches!(channels::open(g.kit(), g.id).await, Err(Shut::Disconnected)));
        timetable::runner(g.kit(), &g.app.parts).drain().await.unwrap();
        let asked = match kind {
            Kind::Bluesky => "deleteSession",
            Kind::Mastodon => "/oauth/revoke",
            Kind::Facebook | Kind::Instagram => "/permissions",
            // a person takes it back in the settings there
            Kind::Threads => continue,
            Kind::Linkedin | Kind::LinkedinMember => "/oauth/v2/revoke",
            Kind::X => "/oauth2/revoke",
            Kind::Youtube => "/revoke",
            Kind::Tiktok => "/oauth/revoke/",
            Kind::Package => unreachable!("a place without an API has no world"),
        };
        assert!(g.world.calls().iter().any(|c| c.path.contains(asked)), "{kind:?}");
        // the session of Bluesky goes on to live as long as it does
        if kind != Kind::Bluesky {
            let problem = g.channel.ability(&account).await.unwrap_err();
            assert_eq!(problem.kind, ProblemKind::Reconnect);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_daily_look_reads_limits_and_forgives_a_bad_day() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let looks = |g: &Ground| g.world.count(Act::Look);
        let before = looks(&g);
        g.clock.advance(Duration::from_secs(25 * 3600));
        g.world.plot(Mischief::always(Act::Look, Prank::Refuse(503, "maintenance")));
        g.app.drain().await;
        assert!(looks(&g) > before);
        assert_eq!(standing(&g).await, (Standing::Connected, Some("channel-problem-unavailable".into())));
        g.world.calm();
        g.clock.advance(HOURS);
        g.app.drain().await;
        assert_eq!(standing(&g).await, (Standing::Connected, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_token_is_told_by_debug_or_lies_in_clear() {
    for kind in KINDS {
        let g = Ground::new(kind).await;
        let account = g.account().await;
        assert!(!format!("{account:?}").contains(&account.token));
        let secret = account.token.clone();
        if g.kit().db.engine() == opslag::db::Engine::Sqlite {
            for file in std::fs::read_dir(&g.kit().config.data).unwrap() {
                let path = file.unwrap().path();
                if path.is_file() {
                    let bytes = std::fs::read(&path).unwrap();
                    let found = bytes.windows(secret.len()).any(|w| w == secret.as_bytes());
                    assert!(!found, "{} holds a token in clear", path.display());
                }
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_renewed_with_itself_is_renewed_late_in_its_life() {
    let g = Ground::new(Kind::Threads).await;
    let before = g.account().await.token;
    let end = (g.clock.now() + 60 * DAY).micros();
    g.kit()
        .db
        .write(move |c| {
            use diesel::RunQueryDsl;
            diesel::sql_query(format!("update account_tokens set expires_at = {end}")).execute(c)?;
            Ok::<_, opslag::db::DbError>(())
        })
        .await
        .unwrap();
    g.clock.advance(40 * DAY);
    assert_eq!(g.account().await.token, before);
    g.clock.advance(9 * DAY);
    let renewed = g.account().await.token;
    assert_ne!(renewed, before);
    g.clock.advance(40 * DAY);
    assert_eq!(g.account().await.token, renewed, "another two months");
}
