//! Slots: a post takes the next free place of its account's week; what is free is seen from the deliveries alone.

use std::{collections::BTreeSet, time::Duration};

use opslag::{
    accounts::Role,
    base::{Language, id::DeliveryId, wall::WallTime},
    demo::worlds::Kind,
    publishing::{
        Order, OrderError, Part, State, actions,
        publish::{self, Timing},
    },
};
use reqwest::StatusCode;

use super::Ground;

impl Ground {
    /// With an ad that stays open for a year, and these times on Wednesdays and Fridays.
    pub async fn with_slots(kind: Kind, wednesday: &str, friday: &str) -> Self {
        let mut g = Self::new(kind).await;
        let zone = g.app.kit.config.delivery.zone;
        let mut content = g.app.ready_content("SOSU-assistent, hele året");
        content.deadline = Some(WallTime::at(g.clock.now() + Duration::from_secs(400 * 86_400), zone));
        g.posting = g.app.opened(content).await.id;
        let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
        let path = format!("/kanaler/{}/pladser", g.account);
        let saved = lise.post(&path, &[("dag-2", wednesday), ("dag-4", friday)]).await;
        assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
        g
    }

    /// Takes the next free slot.
    pub async fn next_slot(&self, text: &str) -> Result<DeliveryId, OrderError> {
        let order = Order {
            subject: self.posting.into(),
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: vec![Part { account: self.account, text: text.into() }],
            same_words_ok: false,
        };
        let (k, scope) = (&self.app.kit, self.scope().await);
        let done = publish::publish_or_suggest(
            k,
            self.actor,
            &scope,
            &scope,
            order,
            opslag::publishing::Chosen::default(),
            Timing::NextSlot,
        )
        .await?;
        Ok(done.deliveries[0])
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_is_taken_once_and_free_again_when_nothing_stands_in_it() {
    // R55
    let g = Ground::with_slots(Kind::Bluesky, "8.30", "8.30").await;
    let words = ["et", "to", "tre", "fire", "fem", "seks"].map(|word| format!("Vi søger nummer {word}."));
    let at_once = words.iter().map(|words| g.next_slot(words));
    let all: Vec<DeliveryId> =
        futures_util::future::join_all(at_once).await.into_iter().map(Result::unwrap).collect();
    let mut walls = BTreeSet::new();
    for id in &all {
        walls.insert(g.row(*id).await.due_wall);
    }
    let expected = ["2026-11-25", "2026-11-27", "2026-12-02", "2026-12-04", "2026-12-09", "2026-12-11"]
        .map(|d| format!("{d}T08:30"));
    assert_eq!(walls, BTreeSet::from(expected), "six at once, each in a place of its own");

    let by = g.by().await;
    let standing = async |wall: &str| {
        for id in &all {
            let row = g.row(*id).await;
            if row.due_wall == wall && row.state == State::Planned {
                return *id;
            }
        }
        panic!("nothing stands at {wall}");
    };
    // cancelled: its place is the next one
    let second = standing("2026-11-27T08:30").await;
    actions::cancel(&g.app.kit, &by, second).await.unwrap();
    let seventh = g.next_slot("Vi søger nummer syv.").await.unwrap();
    assert_eq!(g.row(seventh).await.due_wall, "2026-11-27T08:30");
    // moved away: the same
    let third = standing("2026-12-02T08:30").await;
    let zone = g.app.kit.config.delivery.zone;
    let elsewhere = WallTime::parse("2026-12-03T10:00", zone).unwrap();
    actions::move_to(&g.app.kit, &by, third, elsewhere).await.unwrap();
    let eighth = g.next_slot("Vi søger nummer otte.").await.unwrap();
    assert_eq!(g.row(eighth).await.due_wall, "2026-12-02T08:30");
    // one that stands a minute away takes the place too: they would not keep their distance
    let near = WallTime::parse("2026-12-16T08:31", zone).unwrap();
    actions::move_to(&g.app.kit, &by, third, near).await.unwrap();
    let ninth = g.next_slot("Vi søger nummer ni.").await.unwrap();
    assert_eq!(g.row(ninth).await.due_wall, "2026-12-18T08:30");
    // nothing of it was ever written down: everything goes out in its place, once
    g.clock.advance(Duration::from_secs(25 * 86_400));
    g.drive().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_calendar_shows_what_is_free_and_a_post_is_moved_into_it_by_form() {
    let g = Ground::with_slots(Kind::Mastodon, "8.30", "12, 8.30").await;
    let id = g.plan("Vi søger dig til aften.", 3600).await;
    let other = g.next_slot("Kom og vær med.").await.unwrap();
    assert_eq!(g.row(other).await.due_wall, "2026-11-25T08:30");
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    for view in ["maaned", "uge", "liste"] {
        let page = lise.get(&format!("/kalender?vis={view}&dag=2026-11-24")).await.body;
        let day = |date: &str| {
            let from = page.find(&format!("data-day=\"{date}\"")).unwrap_or_else(|| panic!("{view}: {date}"));
            page[from..].split("</div></td>").next().unwrap().split("</div></li>").next().unwrap().to_owned()
        };
        assert!(!day("2026-11-25").contains("Ledig plads"), "{view}: it is taken");
        assert_eq!(day("2026-11-27").matches("Ledig plads").count(), 2, "{view}");
    }
    let elsewhere = lise.get("/kalender?vis=uge&dag=2026-11-24&kanal=bluesky").await.body;
    assert!(!elsewhere.contains("Ledig plads"), "it is narrowed like the rest");
    // the page of a delivery offers the places, and takes one by its form
    let page = lise.get(&format!("/udsendelser/{id}")).await.body;
    assert!(page.contains("value=\"2026-11-27T12:00\"") && !page.contains("value=\"2026-11-25T08:30\""));
    let path = format!("/udsendelser/{id}/flyt");
    let taken = lise.post(&path, &[("plads", "2026-11-25T08:30")]).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("Pladsen er ikke ledig længere"), "{}", taken.body);
    let here = "/kalender?vis=uge&dag=2026-11-24";
    let moved = lise.post(&path, &[("plads", "naeste"), ("when", ""), ("tilbage", here)]).await;
    assert_eq!(moved.location.as_deref(), Some(here));
    assert_eq!(g.row(id).await.due_wall, "2026-11-27T08:30");
    let page = lise.get(here).await.body;
    assert!(page.contains("Næste ledige plads") && page.matches("Ledig plads").count() == 1, "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_week_is_written_by_form_and_the_composer_takes_its_next_place() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let compose = format!("/jobopslag/{}/udgiv", g.posting);
    assert!(!lise.get(&compose).await.body.contains("value=\"slot\""), "nothing to choose without slots");
    let account = g.account.to_string();
    let order =
        [("timing", "slot"), ("account", account.as_str()), ("text", "Kom og vær med."), ("do", "udgiv")];
    let none = lise.post(&compose, &order).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("har ingen faste pladser") && none.body.contains("Kom og vær med."));

    let path = format!("/kanaler/{account}/pladser");
    for (typed, said) in
        [("8.75", "»8.75« er ikke et klokkeslæt"), ("8.30, 8.31", "mindst 2 minutter mellem")]
    {
        let wrong = lise.post(&path, &[("dag-2", typed)]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY, "{typed}");
        assert!(wrong.body.contains(said) && wrong.body.contains(&format!("value=\"{typed}\"")), "{typed}");
    }
    let saved = lise.post(&path, &[("dag-2", "12.00 08:30;8.30")]).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = lise.get(&path).await.body;
    assert!(
        page.contains("value=\"8.30, 12.00\"") && page.contains("onsdag den 25. november 2026"),
        "{page}"
    );
    // who only publishes does not set them
    let mut rene = g.app.browser(Role::Recruiter, g.app.organisation).await;
    assert_eq!(rene.get(&path).await.status, StatusCode::FORBIDDEN);
    assert!(lise.get(&compose).await.body.contains("Næste ledige plads: onsdag den 25. november"));
    let sent = lise.post(&compose, &order).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let said = lise.get(sent.location.as_deref().unwrap()).await.body;
    assert!(said.contains("Planlagt på de næste ledige pladser. Det første går ud onsdag"), "{said}");
    g.clock.advance(Duration::from_secs(22 * 3600));
    g.drive().await;
    assert_eq!(g.world.posts().len(), 1);
}
