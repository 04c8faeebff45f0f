//! One time everywhere: whatever the machine thinks its zone is, on every screen, after every save.

use std::{collections::HashMap, io::Write as _, time::Duration};

use opslag::{
    accounts::{Role, audit::Actor},
    base::{Chance, Language, wall::WallTime},
    demo::worlds::Kind,
    publishing::{Order, Part, actions, publish},
};

use super::Ground;

/// Walls around both changes of the clocks, and the instants they stand for.
fn plan() -> Vec<String> {
    let zone = opslag::config::Config::defaults(std::path::Path::new("/nowhere")).delivery.zone;
    ["2027-01-04T09:00", "2027-03-28T02:30", "2027-07-01T09:00", "2027-10-31T02:30", "2027-12-24T09:00"]
        .map(|wall| format!("{wall} {}", WallTime::parse(wall, zone).unwrap().instant().0.rfc3339()))
        .to_vec()
}

#[test]
fn no_setting_of_the_machine_moves_a_plan() {
    // R11; this test asks itself again, as a process whose zone is set otherwise
    if std::env::var("OPSLAG_SAY_PLAN").is_ok() {
        let said: String = plan().iter().map(|line| format!("\nplan: {line}\n")).collect();
        std::io::stdout().write_all(said.as_bytes()).unwrap();
        return;
    }
    let here = plan();
    for zone in
        [None, Some("UTC"), Some("Europe/Copenhagen"), Some("Asia/Kolkata"), Some("Sludder/Vrøvl"), Some("")]
    {
        let mut again = std::process::Command::new(std::env::current_exe().unwrap());
        again
            .args(["--exact", "publishing::times::no_setting_of_the_machine_moves_a_plan", "--nocapture"])
            .env("OPSLAG_SAY_PLAN", "1")
            .env("TZDIR", "/nowhere")
            .env_remove("TZ");
        if let Some(zone) = zone {
            again.env("TZ", zone);
        }
        let said = String::from_utf8(again.output().unwrap().stdout).unwrap();
        let there: Vec<&str> = said.lines().filter_map(|line| line.split("plan: ").nth(1)).collect();
        assert_eq!(there, here, "{zone:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn saving_without_a_change_moves_nothing() {
    // R12, R53: as the form shows it, so it is given back, ten times and on both nights of the change
    let mut g = Ground::new(Kind::Mastodon).await;
    let zone = g.app.kit.config.delivery.zone;
    let mut content = g.app.ready_content("SOSU-assistent, hele året");
    content.deadline = Some(WallTime::at(g.clock.now() + Duration::from_secs(400 * 86_400), zone));
    g.posting = g.app.opened(content).await.id;
    let by = g.by().await;
    for wall in ["2027-03-28T02:30", "2027-03-28T03:30", "2027-10-31T02:30", "2027-06-01T09:00"] {
        let order = Order {
            subject: g.posting.into(),
            language: Language::Da,
            when: WallTime::parse(wall, zone),
            media: Vec::new(),
            parts: vec![Part { account: g.account, text: format!("Vi søger dig {wall}.") }],
            same_words_ok: false,
        };
        let ordered = publish::publish(&g.app.kit, Actor::System, &g.scope().await, order).await.unwrap();
        let id = ordered.deliveries[0];
        let first = g.row(id).await;
        for _ in 0..10 {
            let row = g.row(id).await;
            let shown = WallTime::parse(&row.due_wall, row.due_zone.parse().unwrap()).unwrap();
            actions::move_to(&g.app.kit, &by, id, shown).await.unwrap();
        }
        let last = g.row(id).await;
        assert_eq!((first.due_at, &first.due_wall), (last.due_at, &last.due_wall), "{wall}");
        assert_eq!(first.latest_at, last.latest_at, "{wall}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_screen_says_the_same_time() {
    // R13: half past nine in Denmark in summer is half past seven in UTC
    let mut g = Ground::new(Kind::Mastodon).await;
    let zone = g.app.kit.config.delivery.zone;
    let mut content = g.app.ready_content("SOSU-assistent, til sommer");
    content.deadline = WallTime::parse("2027-08-01T23:59", zone);
    g.posting = g.app.opened(content).await.id;
    let order = Order {
        subject: g.posting.into(),
        language: Language::Da,
        when: WallTime::parse("2027-06-15T09:30", zone),
        media: Vec::new(),
        parts: vec![Part { account: g.account, text: "Vi søger dig til sommer.".into() }],
        same_words_ok: false,
    };
    let ordered = publish::publish(&g.app.kit, Actor::System, &g.scope().await, order).await.unwrap();
    let id = ordered.deliveries[0];
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    let (posting, queue) = (g.posting, "/udsendelser".to_owned());
    let pages = [
        queue,
        format!("/udsendelser/{id}"),
        format!("/udsendelser?opslag={posting}"),
        "/kalender?vis=maaned&dag=2027-06-15".into(),
        "/kalender?vis=uge&dag=2027-06-15".into(),
        "/kalender?vis=liste&dag=2027-06-15".into(),
    ];
    for path in pages {
        let page = browser.get(&path).await.body;
        assert!(page.contains("9.30"), "{path}: {page}");
        assert!(!page.contains("7.30"), "{path} shows it in UTC");
    }
    let token = g.app.token(Role::Recruiter, g.app.organisation).await;
    let said: serde_json::Value = reqwest::Client::new()
        .get(format!("{}/api/v1/deliveries?posting={posting}", g.app.url))
        .bearer_auth(token)
        .send()
        .await
        .unwrap()
        .json()
        .await
        .unwrap();
    assert!(said.to_string().contains("2027-06-15T07:30:00"), "an instant, in UTC and saying so: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn each_post_stands_once_in_month_week_and_list() {
    // R14: on any day of a year with a week 53, and at its very edges
    let mut g = Ground::new(Kind::Mastodon).await;
    let zone = g.app.kit.config.delivery.zone;
    let mut content = g.app.ready_content("SOSU-assistent, hele året");
    content.deadline = Some(WallTime::at(g.clock.now() + Duration::from_secs(400 * 86_400), zone));
    g.posting = g.app.opened(content).await.id;
    let chance = Chance::seeded(14);
    let mut walls: Vec<String> = [
        "2026-12-31T23:59",
        "2027-01-01T00:00",
        "2027-01-03T23:59",
        "2027-01-04T00:00",
        "2027-03-28T02:30",
        "2027-10-31T02:30",
        "2027-10-31T23:59",
    ]
    .map(str::to_owned)
    .to_vec();
    for _ in 0..12 {
        let at = g.clock.now() + Duration::from_secs(86_400 + chance.below(360 * 86_400));
        walls.push(WallTime::at(at, zone).field());
    }
    let mut planned = HashMap::new();
    for (n, wall) in walls.iter().enumerate() {
        let order = Order {
            subject: g.posting.into(),
            language: Language::Da,
            when: WallTime::parse(wall, zone),
            media: Vec::new(),
            parts: vec![Part { account: g.account, text: format!("Vi søger dig, nummer {n}.") }],
            same_words_ok: false,
        };
        let ordered = publish::publish(&g.app.kit, Actor::System, &g.scope().await, order).await.unwrap();
        planned.insert(ordered.deliveries[0], wall.clone());
    }
    let mut browser = g.app.browser(Role::Communications, g.app.organisation).await;
    for (id, wall) in planned {
        let date = &wall[..10];
        for view in ["maaned", "uge", "liste"] {
            let page = browser.get(&format!("/kalender?vis={view}&dag={date}")).await.body;
            let times = page.matches(&format!("id=\"u{id}\"")).count();
            assert_eq!(times, 1, "{wall} stands {times} times in {view}");
        }
    }
}
