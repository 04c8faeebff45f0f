//! The morning letter: one a working day at most, with what asks for somebody, what goes out and what came of what is out.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    base::wall::WallTime,
    demo::worlds::{Act, Kind, Mischief, Prank},
    publishing::{State, digest_jobs::SendDigests},
    queue,
};
use reqwest::StatusCode;

use super::Ground;

impl Ground {
    /// Until this moment on the wall, with what is due meanwhile.
    async fn until(&self, wall: &str) {
        let at = WallTime::parse(wall, self.app.kit.config.delivery.zone).unwrap().instant().0;
        self.clock.advance(at.since(self.clock.now()));
        self.drive().await;
    }

    /// What the clock does every hour, and the letters it leads to. Those about the morning.
    async fn morning_letters(&self) -> Vec<String> {
        let (k, now) = (self.app.kit.clone(), self.clock.now());
        self.app
            .kit
            .db
            .write(move |c| queue::enqueue(c, &SendDigests {}, now, now, &k.chance))
            .await
            .unwrap();
        self.app.drain().await;
        let mut letters = self.app.letters();
        letters.retain(|l| l.contains("/morgenbrev"));
        letters
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_planner_is_told_in_the_morning_how_it_goes_and_once() {
    let mut g = Ground::new(Kind::Mastodon).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    g.actor = Actor::User(lise);
    let out = g.plan("Vi søger dig til aften.", 60).await;
    g.after(61).await;
    assert_eq!(g.state(out).await, State::Published);
    let tomorrow = g.plan("Vi søger dig til nat.", 26 * 3600).await;
    let later = g.plan("Vi søger dig om dagen.", 50 * 3600).await;
    // somebody follows the link
    let link = g.world.posts()[0].links()[0].to_owned();
    let path = link.split_once("/r/").map(|(_, token)| format!("/r/{token}")).unwrap();
    let phone = crate::harness::people::Browser::visiting(&g.app, "10.1.2.3", crate::harness::people::PHONE);
    let mut phone = phone;
    phone.get(&path).await;
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();

    g.until("2026-11-25T06:59").await;
    assert!(g.morning_letters().await.is_empty(), "it is night");
    g.until("2026-11-25T07:10").await;
    let letters = g.morning_letters().await;
    assert_eq!(letters.len(), 1, "{letters:#?}");
    let letter = &letters[0];
    assert!(letter.contains("lise-holm") && letter.contains("Hej Lise Holm"), "{letter}");
    assert!(
        letter.contains("Et opslag er kommet ud siden sidst") && letter.contains("1 klik, 0 ansøgninger"),
        "{letter}"
    );
    assert!(letter.contains("Et opslag går ud") && letter.contains(&tomorrow.to_string()), "{letter}");
    assert!(!letter.contains(&later.to_string()), "that is for the next letter: {letter}");
    assert_eq!(letter.matches("/udsendelser/").count(), 2, "{letter}");
    assert_eq!(g.morning_letters().await.len(), 1, "once");
    g.until("2026-11-25T09:00").await;
    assert_eq!(g.morning_letters().await.len(), 1, "once a day");

    // the next day nobody can say whether it came out
    g.world.plot(Mischief::once(Act::Publish, Prank::CutBefore));
    g.until("2026-11-25T14:00").await;
    g.after(3600).await;
    g.after(300).await;
    assert_eq!(g.state(tomorrow).await, State::NeedsHuman);
    g.until("2026-11-26T07:10").await;
    let letters = g.morning_letters().await;
    let second = letters.iter().find(|l| l.contains("Et opslag venter på nogen")).unwrap();
    assert_eq!(letters.len(), 2);
    assert!(second.contains(&tomorrow.to_string()) && second.contains(&later.to_string()), "{second}");
    assert!(!second.contains("kommet ud"), "what was told is not told again: {second}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wants_no_letter_gets_none_and_sees_the_same_on_a_page() {
    let mut g = Ground::new(Kind::Mastodon).await;
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    g.actor = Actor::User(lise);
    let id = g.plan("Vi søger dig til nat.", 5 * 3600).await;
    let mut browser = g.app.logged_in(lise).await;
    let page = browser.get("/morgenbrev").await.body;
    assert!(
        page.contains("value=\"daily\" checked") && page.contains(&format!("/udsendelser/{id}")),
        "{page}"
    );
    let wrong = browser.post("/morgenbrev", &[("frequency", "hourly")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    for frequency in ["weekly", "never"] {
        // a session does not last a day without being used
        let mut browser = g.app.logged_in(lise).await;
        assert_eq!(
            browser.post("/morgenbrev", &[("frequency", frequency)]).await.status,
            StatusCode::SEE_OTHER
        );
        let page = browser.get("/morgenbrev").await.body;
        assert!(page.contains(&format!("value=\"{frequency}\" checked")), "{page}");
        g.clock.advance(Duration::from_secs(24 * 3600));
        g.until(if frequency == "weekly" { "2026-11-26T07:10" } else { "2026-11-30T07:10" }).await;
        assert!(g.morning_letters().await.is_empty(), "{frequency}");
    }
    // somebody else's page says nothing of it
    let mut other = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(other.get("/morgenbrev").await.body.contains("Der er ikke noget at fortælle"));
}
