//! A connection that ends by itself lives until it ends, and somebody is told in time (R30).

use std::time::Duration;

use diesel::RunQueryDsl;
use opslag::{
    accounts::{Role, audit::Actor},
    channels::{self, Shut},
    db::DbError,
    demo::worlds::Kind,
    publishing::endings::TellEndings,
    queue,
};

use super::Ground;

const DAY: u64 = 24 * 3600;

impl Ground {
    /// The account's token runs out in so many days and cannot be renewed.
    async fn ends_in(&self, days: u64) {
        let end = (self.clock.now() + Duration::from_secs(days * DAY)).micros();
        self.app
            .kit
            .db
            .write(move |c| {
                diesel::sql_query(format!("update account_tokens set expires_at = {end}")).execute(c)?;
                Ok::<_, DbError>(())
            })
            .await
            .unwrap();
    }

    /// A new day: whoever must be told is told.
    async fn day(&self) {
        self.clock.advance(Duration::from_secs(DAY));
        let (now, chance) = (self.clock.now(), self.app.kit.chance.clone());
        for _ in 0..2 {
            // comes round every hour
            let chance = chance.clone();
            self.app
                .kit
                .db
                .write(move |c| queue::enqueue(c, &TellEndings {}, now, now, &chance))
                .await
                .unwrap();
            self.app.drain().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_cannot_be_renewed_lives_until_it_ends() {
    let g = Ground::new(Kind::Facebook).await;
    g.ends_in(20).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(browser.get("/kanaler").await.body.contains("14. december 2026"), "the true end is shown");
    // four fifths of its life are over after sixteen days
    for _ in 0..19 {
        g.clock.advance(Duration::from_secs(DAY));
        channels::open(&g.app.kit, g.account).await.unwrap();
    }
    g.clock.advance(Duration::from_secs(DAY));
    let shut = channels::open(&g.app.kit, g.account).await.unwrap_err();
    assert!(matches!(shut, Shut::NeedsReconnect), "{shut:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_connected_is_told_three_times_with_the_posts_that_would_fail() {
    let mut g = Ground::new(Kind::Facebook).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    g.actor = Actor::User(lise);
    opslag::demo::worlds::connect(&g.app.kit, &g.world, g.app.organisation, g.actor).await.unwrap();
    g.ends_in(16).await;
    let before = g.plan("Vi søger dig til aften.", 15 * DAY).await;
    let after = g.plan("Vi søger dig til nat.", 17 * DAY).await;
    g.day().await;
    assert!(g.app.letters().is_empty());
    let mut told = Vec::new();
    for day in 2..16 {
        g.day().await;
        let letters = g.app.letters().len();
        if letters > told.len() {
            told.push(16 - day);
        }
        assert_eq!(letters, told.len(), "one letter at a time");
    }
    assert_eq!(told, [14, 7, 1]);
    let letters = g.app.letters();
    assert!(letters.iter().all(|l| l.contains(&after.to_string()) && !l.contains(&before.to_string())));
    for days in [14, 7, 1] {
        assert!(letters.iter().any(|l| l.contains(&format!(".{days}@localhost>"))), "{days}: {letters:#?}");
    }
    // connected anew it is another token, and all is quiet
    opslag::demo::worlds::connect(&g.app.kit, &g.world, g.app.organisation, g.actor).await.unwrap();
    g.day().await;
    assert_eq!(g.app.letters().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_we_renew_ourselves_is_no_ending() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(browser.get("/kanaler").await.body.contains("Fornyes af sig selv"));
    for _ in 0..3 {
        g.day().await;
    }
    assert!(g.app.letters().is_empty());
}
