//! A communications officer's day in a browser: a story and a job ad are planned for next week on five channels, sent for
//! approval, approved on a phone; one post is moved with the mouse and one with keys; a channel's token is lost and won back;
//! and the numbers say what came of it.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    base::{Chance, Clock, Instant, id::PostingId, wall::WallTime},
    demo::worlds::{self, Kind, Running},
    postings::{MediaRole, Placed},
    publishing,
};
use serde_json::Value;

use crate::{
    chromium::Chromium,
    demo::{pull, said},
    desk::{Desk, wait_for},
    harness::{
        TestApp,
        app::Wanted,
        people::{Browser, PHONE},
    },
};

/// A Tuesday morning.
const MORNING: Instant = Instant::from_seconds(1_795_514_400);
const KINDS: [Kind; 5] = [Kind::Mastodon, Kind::Bluesky, Kind::Facebook, Kind::Linkedin, Kind::Threads];

struct Week {
    app: TestApp,
    clock: Clock,
    worlds: Vec<Running>,
    posting: PostingId,
    lise: String,
    kirsten: String,
}

impl Week {
    async fn begin() -> Self {
        let clock = Clock::set_to(MORNING);
        let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
        let mut worlds = Vec::new();
        for (n, kind) in (0..).zip(KINDS) {
            let listen = "127.0.0.1:0".parse().unwrap();
            let world =
                worlds::start(kind, "Fjordby Kommune", listen, clock.clone(), Chance::seeded(n)).unwrap();
            worlds::connect(&app.kit, &world, app.organisation, Actor::System).await.unwrap();
            worlds.push(world);
        }
        let photo = app.photograph().await;
        let mut content = app.ready_content("SOSU-assistent til aften");
        content.media = vec![Placed { asset: photo, role: MediaRole::Hero }];
        let posting = app.opened(content).await.id;
        let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
        let agreed = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
        let set = hr.post(&format!("/ansvar/{}", app.organisation), &agreed).await;
        assert_eq!(set.status, 303, "{}", set.body);
        let (mut lise, mut kirsten) = (String::new(), String::new());
        for (name, email) in [("Lise Holm", &mut lise), ("Kirsten Lund", &mut kirsten)] {
            let id = app.person(name, Role::Communications, app.organisation).await;
            let users = app.kit.db.read(opslag::accounts::users).await.unwrap();
            *email = users.into_iter().find(|user| user.id == id).unwrap().email;
        }
        Self { app, clock, worlds, posting, lise, kirsten }
    }

    /// Until this moment on the wall, with everything that is due by then.
    async fn until(&self, wall: &str) {
        let at = WallTime::parse(wall, self.app.kit.config.delivery.zone).unwrap().instant().0;
        self.clock.advance(at.since(self.clock.now()));
        self.work().await;
    }

    async fn work(&self) {
        publishing::drain(&self.app.kit, &self.app.parts.channels).await.unwrap();
        self.app.drain().await;
    }

    /// How many posts hang on each wall.
    fn walls(&self) -> [usize; 5] {
        std::array::from_fn(|n| self.worlds[n].posts().len())
    }
}

/// Plans what the composer at this address is about, for every account.
async fn plan(desk: &Desk, address: &str, words: &str, when: &str) {
    desk.go(address).await;
    desk.fill("textarea[name=text]", words).await;
    let ticked = desk.window.ask("const boxes = [...document.querySelectorAll('input[name=account]')]; boxes.forEach((b) => { if (!b.checked) b.click() }); return boxes.length").await;
    assert_eq!(ticked, 5);
    desk.tick("input[name=timing][value=later]", true).await;
    desk.window.ask(&format!("document.querySelector('#when').value = '{when}'")).await;
    desk.press("button[name=do][value=udgiv]").await;
}

/// A story is written, made ready and planned; so is the ad.
async fn plan_the_week(week: &Week, desk: &Desk) {
    desk.log_in(&week.lise).await;
    desk.go("/indhold/ny").await;
    desk.fill("#title_da", "Ni kolleger og en kaffekande").await;
    desk.tick("input[name=kind][value=plain]", true).await;
    desk.press("main form.panel button[type=submit]").await;
    let story = desk.path().await.split('/').nth(2).unwrap().to_owned();
    desk.go(&format!("/indhold/{story}/rediger")).await;
    desk.fill("#lead_da", "Amina fortæller om aftenvagten på Plejecenter Nord.").await;
    let editor = desk.window.page.find(fantoccini::Locator::Css("trix-editor")).await.unwrap();
    editor.send_keys("Klokken fem dækker vi bord sammen.").await.unwrap();
    desk.tick("input[name=hero]:not([value=''])", true).await;
    desk.tick("input[name=themes][value=community]", true).await;
    desk.press(".savebar button[type=submit]").await;
    desk.go(&format!("/indhold/{story}")).await;
    desk.press("form[action$='/klar'] button").await;
    plan(desk, &format!("/indhold/{story}/udgiv"), "Kom med på aftenvagt.", "2026-12-01T08:30").await;
    let ad = format!("/jobopslag/{}/udgiv", week.posting);
    plan(desk, &ad, "Vi søger en SOSU-assistent til aften.", "2026-12-02T12:00").await;
}

/// The other communications officer, on a phone: both are approved with the bar at the bottom.
async fn approve_on_a_phone(week: &Week) {
    let phone = Desk::new(Chromium::start_as(PHONE).await, &week.app.url);
    phone.window.width(390).await;
    phone.log_in(&week.kirsten).await;
    for left in [2, 1] {
        phone.go("/godkendelser").await;
        let waiting =
            "return document.querySelectorAll('section[aria-labelledby=h-yours] .appr-list > li').length";
        assert_eq!(phone.window.ask(waiting).await, left);
        phone.press("section[aria-labelledby=h-yours] .appr-list > li > a").await;
        assert_eq!(
            phone.window.ask("return document.querySelectorAll('input[name=seen]:checked').length").await,
            5
        );
        let wide = "return document.documentElement.scrollWidth <= innerWidth";
        assert_eq!(phone.window.ask(wide).await, true, "nothing lies beside the screen");
        phone.press(".savebar button[value=approved]").await;
    }
    phone.go("/godkendelser").await;
    assert_eq!(phone.window.ask("return document.querySelector('#h-yours')").await, Value::Null);
    phone.window.stop().await;
}

/// One of Tuesday's posts goes to Wednesday with the mouse, another with Shift and an arrow key.
async fn move_two(desk: &Desk) {
    let window = &desk.window;
    window.width(1400).await;
    desk.go("/kalender?vis=uge&dag=2026-12-01").await;
    // Mastodon's stays on Tuesday: it is the one whose account is lost
    let tuesdays = window
        .ask(
            "const all = [...document.querySelectorAll('[data-day=\"2026-12-01\"] [data-moves]')]; \
             return all.filter((e) => !e.classList.contains('ms')).map((e) => e.id)",
        )
        .await;
    let tuesdays: Vec<String> = serde_json::from_value(tuesdays).unwrap();
    assert_eq!(tuesdays.len(), 4);
    let day_of =
        |post: &str| format!("return document.getElementById('{post}').closest('[data-day]').dataset.day");
    let places = window
        .ask(&format!(
            "const e = document.getElementById('{}'), next = document.querySelector('[data-day=\"2026-12-02\"]'); \
             const top = (x) => x.getBoundingClientRect().top; \
             scrollBy(0, (top(e) + top(next)) / 2 - innerHeight / 2); \
             const a = e.getBoundingClientRect(), b = next.getBoundingClientRect(); \
             return [a.right - 6, a.top + 6, b.left + b.width / 2, b.top + 12]",
            tuesdays[2]
        ))
        .await;
    let at = |n: usize| places[n].as_f64().unwrap();
    pull(window, (at(0), at(1)), (at(2), at(3))).await;
    assert!(said(window).await.contains("Flyttet til"));
    assert_eq!(window.ask(&day_of(&tuesdays[2])).await, "2026-12-02");
    window.ask("document.querySelector('#said').replaceChildren()").await;
    window.ask(&format!("document.querySelector('#{} a').focus()", tuesdays[3])).await;
    window.page.active_element().await.unwrap().send_keys("\u{e008}\u{e014}").await.unwrap();
    assert!(said(window).await.contains("Flyttet til"));
    desk.go("/kalender?vis=uge&dag=2026-12-01").await;
    for moved in &tuesdays[2..] {
        assert_eq!(window.ask(&day_of(moved)).await, "2026-12-02", "what the page shows is what is kept");
    }
}

/// Mastodon no longer knows the account: the start page says so, and by its link the account is connected again.
async fn connect_again(week: &Week, desk: &Desk) {
    desk.log_in(&week.lise).await;
    let lost = desk.text("#waiting").await;
    assert!(lost.contains("fjordby"), "{lost}");
    desk.press("#waiting a[href^='/kanaler/']").await;
    desk.press("main a[href*='/forbind/mastodon']").await;
    desk.press("main form button[type=submit]").await;
    desk.press("main a.button-primary").await;
    desk.press("button[name=answer][value=yes]").await;
    desk.press("form[action$='/ja'] button").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_communications_officer_plans_a_week_and_sees_what_came_of_it() {
    let week = Week::begin().await;
    let desk = Desk::new(Chromium::start(true).await, &week.app.url);
    plan_the_week(&week, &desk).await;
    week.work().await;
    assert_eq!(week.app.rows("deliveries").await, 10);
    approve_on_a_phone(&week).await;
    move_two(&desk).await;

    week.worlds[0].revoke_everything();
    week.until("2026-12-01T08:45").await;
    let out: usize = week.walls().iter().sum();
    assert_eq!((out, week.walls()[0]), (2, 0), "three were left on Tuesday, and one account is lost");
    connect_again(&week, &desk).await;
    week.clock.advance(Duration::from_secs(600));
    week.work().await;
    assert_eq!(week.walls()[0], 1, "what waited for the account has gone out by itself");
    week.until("2026-12-02T08:45").await;
    assert_eq!(week.walls(), [1; 5], "the two that were moved");
    week.until("2026-12-02T12:30").await;
    week.clock.advance(Duration::from_secs(3600));
    week.work().await;
    assert_eq!(week.walls(), [2; 5]);

    // somebody follows the ad's link on Mastodon, and applies
    let posts = week.worlds[0].posts();
    let ad = posts.iter().find(|post| post.text().contains("SOSU-assistent")).unwrap();
    let token = ad.links()[0].rsplit('/').next().unwrap().to_owned();
    Browser::visiting(&week.app, "10.1.2.3", PHONE).get(&format!("/r/{token}")).await;
    week.app.applied(week.posting, "Sofie Bæk", &token).await;
    week.app.parts.visits.flush(&week.app.kit.db).await.unwrap();
    desk.log_in(&week.lise).await;
    let counts = wait_for("the numbers", async || {
        desk.go(&format!("/jobopslag/{}/tal", week.posting)).await;
        let rows = desk.window.ask("const t = document.querySelector('table.two'); const at = [...t.tHead.rows[0].cells].findIndex((c) => c.textContent === 'Sendte ansøgning'); return [...t.querySelectorAll('tbody tr')].map((r) => [r.cells[0].textContent, r.cells[1].textContent, r.cells[at].textContent])").await;
        let rows: Vec<[String; 3]> = serde_json::from_value(rows).unwrap();
        rows.into_iter().find(|row| row[0].contains("Mastodon"))
    })
    .await;
    assert_eq!(counts[1..], ["1", "1"]);
    desk.window.stop().await;
}
