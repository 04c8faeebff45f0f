//! What is found before a post goes out, and of what its owner is told.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    demo::worlds::{Act, Kind},
    postings::CloseReason,
    publishing::{
        State, actions,
        preflight::{self, Grade},
        preflight_jobs::Preflight,
    },
    queue,
};
use reqwest::StatusCode;

use super::Ground;

const DAY: u64 = 86_400;

impl Ground {
    async fn findings(&self, id: opslag::base::id::DeliveryId) -> Vec<preflight::Finding> {
        let (k, posting, row) = (self.app.kit.clone(), self.posting, self.row(id).await);
        self.app
            .kit
            .db
            .read(move |c| {
                preflight::look(c, &k, opslag::i18n::Speech(opslag::base::Language::Da), &row, posting.into())
            })
            .await
            .unwrap()
    }

    /// What the clock does every minute, and every letter it leads to.
    async fn preflights(&self) {
        let (k, now) = (self.app.kit.clone(), self.clock.now());
        self.app.kit.db.write(move |c| queue::enqueue(c, &Preflight {}, now, now, &k.chance)).await.unwrap();
        self.app.drain().await;
        self.clock.advance(Duration::from_secs(61));
        self.app.drain().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_keep_a_post_back_is_seen_days_before_with_its_reason_and_the_way_on() {
    for kind in [Kind::Bluesky, Kind::Mastodon] {
        let g = Ground::new(kind).await;
        let id = g.plan("Vi søger dig til aften.", 2 * DAY).await;
        g.plan("Vi søger dig om ti dage.", 10 * DAY).await;
        let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
        let page = lise.get("/udsendelser/forhaandstjek").await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(page.body.matches("SOSU-assistent til aften</a>").count(), 1, "seven days: {}", page.body);
        assert!(page.body.contains("Klar") && g.findings(id).await.is_empty(), "{}", page.body);

        // the account is lost
        g.app
            .kit
            .db
            .write(|c| {
                use diesel::RunQueryDsl;
                diesel::sql_query("update channel_accounts set state = 'needs_reconnect'").execute(c)?;
                Ok::<_, opslag::db::DbError>(())
            })
            .await
            .unwrap();
        let found = g.findings(id).await;
        assert_eq!((found[0].key, found[0].grade), ("preflight-account-lost", Grade::Red));
        let page = lise.get("/udsendelser/forhaandstjek").await.body;
        assert!(page.contains("Går ikke ud") && page.contains(&format!("/kanaler/{}", g.account)), "{page}");

        // looking changed nothing and asked nobody for anything that can be seen
        assert_eq!((g.state(id).await, g.world.count(Act::Publish)), (State::Planned, 0));
        let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
        assert!(!south.get("/udsendelser/forhaandstjek").await.body.contains("SOSU-assistent"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_thing_that_can_be_wrong_is_found() {
    let g = Ground::new(Kind::Mastodon).await;
    let id = g.plan("Vi søger dig til aften.", 2 * DAY).await;
    let change = async |sql: &str| {
        let sql = sql.to_owned();
        let changed = g.app.kit.db.write(move |c| {
            use diesel::RunQueryDsl;
            diesel::sql_query(sql).execute(c)?;
            Ok::<_, opslag::db::DbError>(())
        });
        changed.await.unwrap();
    };
    let keys = async || g.findings(id).await.iter().map(|f| f.key).collect::<Vec<_>>();
    // a right that was taken away, a server that allows less, a token that ends
    change("update channel_accounts set granted = 'profile'").await;
    assert_eq!(keys().await, ["preflight-right"]);
    change("update channel_accounts set granted = 'profile read:statuses write:statuses write:media'").await;
    change("update channel_accounts set ability = replace(ability, '\"text_max\":500', '\"text_max\":20')")
        .await;
    assert_eq!(keys().await, ["fit-text-too-long"]);
    change("update channel_accounts set ability = replace(ability, '\"text_max\":20', '\"text_max\":500')")
        .await;
    let ends = (g.clock.now() + Duration::from_secs(DAY)).micros();
    change(&format!("update account_tokens set expires_at = {ends}")).await;
    assert_eq!(keys().await, ["preflight-token-ends"]);
    change("update account_tokens set expires_at = null").await;
    change("update links set disabled_at = 1").await;
    assert_eq!(keys().await, ["preflight-link-uncounted"]);
    change("update links set disabled_at = null").await;
    let by = g.by().await;
    actions::hold(&g.app.kit, &by, id).await.unwrap();
    assert_eq!(keys().await, ["preflight-held"]);
    actions::release(&g.app.kit, &by, id).await.unwrap();
    opslag::publishing::pause::pause_all(&g.app.kit, &by, g.app.organisation, "Valg").await.unwrap();
    assert_eq!(keys().await, ["preflight-paused"]);
    let ad = g.posting;
    let closing = move |c: &mut _, k: &_, s: &_| {
        opslag::postings::close_in(c, k, Actor::System, s, ad, CloseReason::NoHire)
    };
    g.app.with_ads(closing).await.unwrap();
    assert!(keys().await.contains(&"preflight-ad-over"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_owner_is_told_once_of_each_problem_a_day_and_an_hour_before() {
    let mut g = Ground::new(Kind::Mastodon).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    g.actor = Actor::User(lise);
    let id = g.plan("Vi søger dig til aften.", 3 * DAY).await;
    g.world.revoke_everything();
    g.preflights().await;
    assert!(g.app.letters().is_empty(), "three days before nobody looks");
    g.clock.advance(Duration::from_secs(2 * DAY));
    g.preflights().await;
    let about = |letters: &[String]| {
        letters
            .iter()
            .filter(|l| l.contains("har mistet forbindelsen") && l.contains("forhaandstjek"))
            .count()
    };
    assert_eq!(about(&g.app.letters()), 1, "{:#?}", g.app.letters());
    assert_eq!(g.world.count(Act::Publish), 0);
    // nothing new: nobody is told again, not within the day and not an hour before
    g.clock.advance(Duration::from_secs(DAY / 2));
    g.preflights().await;
    g.clock.advance(Duration::from_secs(DAY / 2 - 3000));
    g.preflights().await;
    assert_eq!(about(&g.app.letters()), 1);
    assert_eq!(g.state(id).await, State::Planned);
}
