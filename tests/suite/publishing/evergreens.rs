//! Posts that keep: they fill what is still empty shortly before, rested and seen.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    base::{Language, id::DeliveryId},
    demo::worlds::Kind,
    publishing::{
        self, Order, Part, State, Word,
        approval::{self, Judgement},
        evergreen::FillSlots,
    },
    queue::Job as _,
};
use reqwest::StatusCode;

use super::Ground;

const DAY: u64 = 86_400;

impl Ground {
    /// Empty slots are filled a day before.
    async fn filled(kind: Kind) -> Self {
        let g = Self::with_slots(kind, "8.30", "8.30").await;
        let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
        let path = format!("/kanaler/{}/pladser", g.account);
        let week = [("dag-2", "8.30"), ("dag-4", "8.30"), ("fill", "on"), ("hours", "24")];
        assert_eq!(lise.post(&path, &week).await.status, StatusCode::SEE_OTHER);
        g
    }

    async fn keep(&self, words: &str) {
        let order = Order {
            subject: self.posting.into(),
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: vec![Part { account: self.account, text: words.into() }],
            same_words_ok: false,
        };
        let scope = self.scope().await;
        publishing::evergreen::keep(&self.app.kit, self.actor, &scope, &scope, order, 60).await.unwrap();
    }

    async fn fill(&self) {
        FillSlots {}.run(&self.app.kit).await.unwrap();
    }

    /// Every delivery there is: its wall time, its words, how it stands.
    async fn plan_of(&self) -> Vec<(String, String, State, DeliveryId)> {
        use diesel::prelude::*;
        use opslag::db::schema::deliveries;
        let ids = self.app.kit.db.read(|c| {
            let ids = deliveries::table.order((deliveries::due_at, deliveries::id)).select(deliveries::id);
            ids.load::<DeliveryId>(c).map_err(opslag::db::DbError::from)
        });
        let mut found = Vec::new();
        for id in ids.await.unwrap() {
            let row = self.row(id).await;
            let post: opslag::channels::Post = serde_json::from_str(&row.payload).unwrap();
            found.push((row.due_wall, post.text, row.state, id));
        }
        found
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_empty_a_day_before_is_filled_with_what_has_rested_longest() {
    let g = Ground::filled(Kind::Bluesky).await;
    g.keep("Vi er her hele året.").await;
    g.clock.advance(Duration::from_secs(1));
    g.keep("Kom på besøg hos os.").await;
    // Tuesday at eleven: Wednesday's place is within a day, Friday's is not
    g.fill().await;
    g.fill().await;
    let plan = g.plan_of().await;
    assert_eq!(plan.len(), 1, "{plan:?}");
    assert_eq!((plan[0].0.as_str(), plan[0].1.as_str()), ("2026-11-25T08:30", "Vi er her hele året."));
    // seen before it goes
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get("/kalender?vis=liste&dag=2026-11-24").await.body;
    assert!(page.contains("Planlagt · fra køen"), "{page}");
    // what people put there themselves is left alone, and what they emptied stays empty
    g.clock.advance(Duration::from_secs(DAY));
    g.drive().await;
    assert_eq!(g.world.posts().len(), 1);
    let own = g.next_slot("Noget fra os selv.").await.unwrap();
    assert_eq!(g.row(own).await.due_wall, "2026-11-27T08:30");
    g.clock.advance(Duration::from_secs(2 * DAY));
    g.fill().await;
    assert_eq!(g.plan_of().await.len(), 2);
    g.clock.advance(Duration::from_secs(4 * DAY));
    g.fill().await;
    let plan = g.plan_of().await;
    assert_eq!((plan[2].0.as_str(), plan[2].1.as_str()), ("2026-12-02T08:30", "Kom på besøg hos os."));
    publishing::actions::cancel(&g.app.kit, &g.by().await, plan[2].3).await.unwrap();
    g.fill().await;
    assert_eq!(g.plan_of().await.len(), 3, "not put there a second time");
    // the one that never went out comes next; then there is nothing rested for sixty days
    for _ in 0..70 {
        g.clock.advance(Duration::from_secs(DAY));
        g.fill().await;
        g.drive().await;
    }
    let plan = g.plan_of().await;
    let walls = |words: &str| -> Vec<String> {
        let of = plan.iter().filter(|(_, said, state, _)| said == words && *state == State::Published);
        of.map(|(wall, ..)| wall.clone()).collect()
    };
    assert_eq!(walls("Kom på besøg hos os."), ["2026-12-04T08:30", "2027-02-03T08:30"]);
    assert_eq!(walls("Vi er her hele året."), ["2026-11-25T08:30", "2027-01-27T08:30"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_fill_at_once_fill_once() {
    let g = Ground::filled(Kind::Mastodon).await;
    for n in 0..4 {
        g.keep(&format!("Tidløs nummer {n}.")).await;
    }
    for _ in 0..12 {
        let jobs = [FillSlots {}, FillSlots {}, FillSlots {}];
        let at_once = jobs.iter().map(|job| job.run(&g.app.kit));
        for done in futures_util::future::join_all(at_once).await {
            done.unwrap();
        }
        g.clock.advance(Duration::from_secs(DAY));
    }
    let plan = g.plan_of().await;
    let mut walls: Vec<&String> = plan.iter().map(|(wall, ..)| wall).collect();
    walls.dedup();
    assert_eq!((walls.len(), plan.len()), (4, 4), "{plan:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_keeps_is_approved_like_any_post_and_its_yes_holds() {
    let mut g = Ground::filled(Kind::Bluesky).await;
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let rule = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
    assert_eq!(
        hr.post(&format!("/ansvar/{}", g.app.organisation), &rule).await.status,
        StatusCode::SEE_OTHER
    );
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let rene = g.app.person("René Kjær", Role::Recruiter, g.app.organisation).await;
    g.actor = Actor::User(rene);
    g.keep("Vi er her hele året.").await;
    g.fill().await;
    let (_, _, state, id) = g.plan_of().await[0].clone();
    assert_eq!(state, State::InReview, "nothing goes out of the queue unread");
    let row = g.row(id).await;
    let seen = vec![(id, row.payload_sha256.clone())];
    let judgement =
        Judgement { word: Word::Approved, note: String::new(), seen, when: None, checks: Vec::new() };
    approval::judge(&g.app.kit, Actor::User(lise), row.publication_id, judgement).await.unwrap();
    for _ in 0..64 {
        g.clock.advance(Duration::from_secs(DAY));
        g.fill().await;
        g.drive().await;
    }
    let states: Vec<State> = g.plan_of().await.into_iter().map(|(_, _, state, _)| state).collect();
    assert_eq!(states, [State::Published; 2]);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_queue_is_kept_by_form() {
    let g = Ground::filled(Kind::Bluesky).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let account = g.account.to_string();
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let order = |rest| {
        vec![
            ("timing", "keep"),
            ("account", account.as_str()),
            ("text", "Vi er her hele året."),
            ("rest", rest),
            ("do", "udgiv"),
        ]
    };
    let wrong = lise.post(&path, &order("3")).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Skriv et helt tal fra 14 til 730"), "{}", wrong.body);
    let kept = lise.post(&path, &order("90")).await;
    assert_eq!(kept.location.as_deref(), Some("/tidloese"), "{}", kept.body);
    let page = lise.get("/tidloese").await.body;
    assert!(page.contains("Vi er her hele året.") && page.contains("Tidligst igen efter 90 dage"), "{page}");
    assert!(page.contains("Tomme pladser bliver fyldt på"));
    let slots = format!("/kanaler/{account}/pladser");
    assert!(lise.get(&slots).await.body.contains("value=\"24\""));
    let wrong = lise.post(&slots, &[("fill", "on"), ("hours", "0")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Skriv et helt tal fra 1 til 168"));
    let id = page.split("/tidloese/").nth(1).unwrap().split('/').next().unwrap().to_owned();
    let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
    assert_eq!(south.post(&format!("/tidloese/{id}/fjern"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(lise.post(&format!("/tidloese/{id}/fjern"), &[]).await.status, StatusCode::SEE_OTHER);
    g.fill().await;
    assert!(g.plan_of().await.is_empty(), "what is taken out fills nothing");
}
