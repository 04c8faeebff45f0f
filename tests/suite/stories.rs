//! Stories and plain posts: who may write them, what the world sees of them, and how they go out beside job ads.

use std::time::Duration;

use opslag::{
    accounts::Role,
    base::{Language, Subject, id::DeliveryId, wall::WallTime},
    demo::worlds::Kind as World,
    insights,
    publishing::{self, Order, OrderError, Part, State, actions},
    stories::{Audience, LeadsTo, Step, Story, StoryError},
};
use reqwest::StatusCode;

use crate::{
    harness::{TestApp, people::Browser},
    publishing::Ground,
};

const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";

impl Ground {
    /// Plans a post about a story in so many seconds; 0 = now.
    pub async fn tell(&self, story: &Story, text: &str, seconds: u64) -> Result<DeliveryId, OrderError> {
        let zone = self.app.kit.config.delivery.zone;
        let at = self.clock.now() + Duration::from_secs(seconds);
        let order = Order {
            subject: story.id.into(),
            language: Language::Da,
            when: (seconds > 0).then(|| WallTime::at(at, zone)),
            media: story.content.media.clone(),
            parts: vec![Part { account: self.account, text: text.into() }],
            same_words_ok: false,
        };
        let (k, scope) = (self.app.kit.clone(), self.scope().await);
        Ok(publishing::publish(&k, self.actor, &scope, order).await?.deliveries[0])
    }
}

async fn page(app: &TestApp, path: &str) -> crate::harness::people::Seen {
    Browser::visiting(app, "10.1.2.3", PHONE).get(path).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_world_sees_what_is_ready_and_nothing_else() {
    let app = TestApp::start().await;
    let draft = app.told("Min første aften").await;
    assert_eq!(page(&app, &draft.path()).await.status, StatusCode::NOT_FOUND);
    assert!(!page(&app, "/historier").await.body.contains("Min første aften"));

    let ad = app.open_ad("SOSU-assistent til aften").await;
    let photo = app.photograph().await;
    let mut content = app.story_content("Aftenen med Ruth");
    content.texts[0].body.push_str("<p>Slut </script><script>alert(1)</script></p>");
    content.media = vec![photo];
    content.posting = Some(ad.id);
    let story = app.ready_story(content).await;
    let shown = page(&app, &story.path()).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    assert!(!shown.headers.contains_key("set-cookie") && !shown.body.contains("alert(1)"));
    for wanted in [
        "<h1 class=\"story-title\">Aftenen med Ruth</h1>",
        "property=\"og:type\" content=\"article\"",
        "property=\"og:image\"",
        "\"@type\":\"Article\"",
        "\"headline\":\"Aftenen med Ruth\"",
        "Medarbejderhistorie",
        "SOSU-assistent til aften",
    ] {
        assert!(shown.body.contains(wanted), "{wanted}: {}", shown.body);
    }
    // its picture may be fetched by anyone now
    let src = shown.body.split("<img src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(page(&app, &src).await.status, StatusCode::OK);
    for path in ["/historier", "/feeds/historier.atom", "/historier/sitemap.xml"] {
        let list = page(&app, path).await;
        assert_eq!(list.status, StatusCode::OK, "{path}");
        assert!(list.body.contains(&story.path()), "{path}: {}", list.body);
        assert!(!list.body.contains(&draft.slug), "{path}");
    }
    assert!(page(&app, "/robots.txt").await.body.contains("/historier/sitemap.xml"));

    // for colleagues only: not there; archived: it was there
    let mut content = app.story_content("Kun for os");
    content.audience = Audience::Internal;
    let internal = app.ready_story(content).await;
    assert_eq!(page(&app, &internal.path()).await.status, StatusCode::GONE);
    app.step(&story, Step::Archive).await.unwrap();
    assert_eq!(page(&app, &story.path()).await.status, StatusCode::GONE);
    assert!(!page(&app, "/historier").await.body.contains("Aftenen med Ruth"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contributor_writes_and_does_not_let_out() {
    let app = TestApp::start().await;
    let mut amina = app.browser(Role::Contributor, app.centre_north).await;
    let unit = app.centre_north.to_string();
    assert_eq!(amina.get("/indhold/ny").await.status, StatusCode::OK);
    let bare = amina.post("/indhold/ny", &[("kind", "story"), ("unit", &unit), ("title_da", "")]).await;
    assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(bare.body.contains("Skriv en titel"), "{}", bare.body);
    let made = amina
        .post("/indhold/ny", &[("kind", "story"), ("unit", &unit), ("title_da", "Min første aften")])
        .await;
    let edit = made.location.expect("the form");
    let own = edit.trim_end_matches("/rediger").to_owned();
    let form = amina.get(&edit).await;
    assert!(form.body.contains("Hvem møder medarbejderne?"), "the four questions are laid out");
    let overview = amina.get(&own).await;
    for lacks in ["Svar på spørgsmålene", "Vælg mindst ét tema"] {
        assert!(overview.body.contains(lacks), "{lacks}: {}", overview.body);
    }

    // what stands on the page is kept over an error
    let long = "x".repeat(101);
    let fields = |title: &str| {
        [
            ("version", "1"),
            ("kind", "story"),
            ("title_da", title),
            ("lead_da", "Amina fortæller."),
            ("body_da", "Ruth har altid kaffe på."),
            ("audience", "both"),
            ("leads_to", "page"),
            ("themes", "meaning"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let send = async |browser: &mut Browser, title: &str| {
        let mut fields: Vec<(String, String)> = fields(title).into();
        fields.push(("unit".into(), unit.clone()));
        let pairs: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        browser.post(&edit, &pairs).await
    };
    let wrong = send(&mut amina, &long).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Ruth har altid kaffe på.") && wrong.body.contains(&long));
    assert_eq!(send(&mut amina, "Min første aften").await.status, StatusCode::SEE_OTHER);
    let stale = send(&mut amina, "Min anden aften").await;
    assert_eq!(stale.status, StatusCode::CONFLICT, "two people saving at once are told");

    // she sees no button, and the address does not help her
    let overview = amina.get(&own).await;
    assert!(!overview.body.contains("/klar\"") && overview.body.contains("Bed en fra kommunikation"));
    assert!([403, 404].contains(&amina.post(&format!("{own}/klar"), &[]).await.status.as_u16()));
    let mut lise = app.browser(Role::Communications, app.organisation).await;
    let overview = lise.get(&own).await;
    assert!(overview.body.contains("/klar\""), "{}", overview.body);
    assert_eq!(lise.post(&format!("{own}/klar"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(lise.get(&own).await.body.contains("Historien er klar"));
    // what is out is no longer hers to change
    assert_eq!(amina.get(&edit).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(lise.get("/indhold?q=første").await.body.contains("Min første aften"));
    assert!(!lise.get("/indhold?slags=plain").await.body.contains("Min første aften"));
    // and for whoever writes no stories there are none
    let mut hiring = app.browser(Role::HiringManager, app.centre_north).await;
    assert!([403, 404].contains(&hiring.get(&own).await.status.as_u16()));
    let mut elsewhere = app.browser(Role::Communications, app.centre_south).await;
    assert_eq!(elsewhere.get(&own).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_story_goes_out_is_followed_and_its_applicant_is_counted() {
    let g = Ground::new(World::Mastodon).await;
    let mut content = g.app.story_content("Aftenen med Ruth");
    content.posting = Some(g.posting);
    let story = g.app.ready_story(content).await;
    let id = g.tell(&story, "Ruth har altid kaffe på.", 0).await.unwrap();
    g.drive().await;
    let row = g.row(id).await;
    assert_eq!(row.state, State::Published, "{:?}", row.error_words);
    assert_eq!(g.world.posts().len(), 1);
    // four hours, not a day (d.7)
    assert_eq!(row.latest_at, row.due_at + Duration::from_secs(4 * 3600));

    // followed to the story, from there to the ad, the token going along
    let token = row.payload.split("/r/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let followed = page(&g.app, &format!("/r/{token}")).await;
    assert_eq!(followed.location.as_deref(), Some(format!("{}?l={token}", story.path()).as_str()));
    let told = page(&g.app, &followed.location.unwrap()).await;
    let (posting, scope) = (g.posting, g.scope().await);
    let ad = g.app.kit.db.read(move |c| opslag::postings::get(c, &scope, posting)).await.unwrap().unwrap();
    let onward = format!("{}?l={token}", ad.path());
    assert!(told.body.contains(&onward), "{}", told.body);
    assert_eq!(page(&g.app, &onward).await.status, StatusCode::OK);
    g.app.applied(g.posting, "Sofie Bæk", &token).await;
    g.app.applied(g.posting, "Jens Krag", "").await;
    // an ad that the story does not speak for is counted all the same
    let other = g.app.open_ad("Kok").await;
    g.app.applied(other.id, "Mia Holm", &token).await;
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();
    for (posting, channel, total, landings) in [(g.posting, 1, 2, 1), (other.id, 1, 1, 0)] {
        let scope = g.scope().await;
        let counts = g.app.kit.db.read(move |c| insights::funnel(c, &scope, posting)).await.unwrap().unwrap();
        let row = counts.channels.iter().find(|r| r.channel == "mastodon").expect("the story's channel");
        assert_eq!((row.submitted, counts.total.submitted, row.landings), (channel, total, landings));
        assert_eq!(counts.channels.iter().map(|r| r.submitted).sum::<i64>(), counts.total.submitted);
    }
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let overview = lise.get(&format!("/indhold/{}", story.id)).await;
    assert!(overview.body.contains("Udgivet") && overview.body.contains("1 klik"), "{}", overview.body);
    let queue = lise.get(&format!("/udsendelser?historie={}", story.id)).await;
    assert!(queue.body.contains("Aftenen med Ruth"), "{}", queue.body);
    let delivery = lise.get(&format!("/udsendelser/{id}")).await;
    assert!(delivery.body.contains(&format!("/indhold/{}", story.id)));

    // straight to the ad where the story says so: a click on it is the ad's
    let mut content = g.app.story_content("En dag med Ruth");
    (content.posting, content.leads_to) = (Some(g.posting), LeadsTo::Posting);
    let straight = g.app.ready_story(content).await;
    let id = g.tell(&straight, "Vil du være med?", 0).await.unwrap();
    let payload = g.row(id).await.payload;
    let token = payload.split("/r/").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let followed = page(&g.app, &format!("/r/{token}")).await;
    assert_eq!(followed.location, Some(format!("{}?l={token}", ad.path())));
    g.app.parts.visits.flush(&g.app.kit.db).await.unwrap();
    let (posting, scope) = (g.posting, g.scope().await);
    let counts = g.app.kit.db.read(move |c| insights::funnel(c, &scope, posting)).await.unwrap().unwrap();
    assert_eq!(counts.channels.iter().find(|r| r.channel == "mastodon").map(|r| r.visits), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_may_not_go_out_does_not() {
    let g = Ground::new(World::Bluesky).await;
    let draft = g.app.told("Min første aften").await;
    let refused = |r: Result<DeliveryId, OrderError>| match r {
        Err(OrderError::Refused(key)) => key,
        other => panic!("{other:?}"),
    };
    assert_eq!(refused(g.tell(&draft, "Hej", 0).await), "publish-refused-story-draft");
    let mut content = g.app.story_content("Kun for os");
    content.audience = Audience::Internal;
    let internal = g.app.ready_story(content).await;
    assert_eq!(refused(g.tell(&internal, "Hej", 0).await), "publish-refused-story-internal");
    // questions without answers
    let unanswered = g
        .app
        .with_stories(|c, k, by| {
            let mut content =
                opslag::stories::Content::empty(by.writes.units()[0], opslag::stories::Kind::Story);
            content.texts[0].title = "Uden svar".into();
            content.texts[0].lead = "Uden svar".into();
            let story = opslag::stories::create(c, k, by, content)?;
            opslag::stories::step(c, k, by, story.id, Step::Finish)
        })
        .await;
    assert!(matches!(unanswered, Err(StoryError::NotReady(_))), "{unanswered:?}");

    // planned, and taken back to draft meanwhile: it waits and says why; archived: it is cancelled
    let story = g.app.ready_story(g.app.story_content("Aftenen med Ruth")).await;
    let waits = g.tell(&story, "Ruth har altid kaffe på.", 3600).await.unwrap();
    let back = g.app.step(&story, Step::Reopen).await.unwrap();
    g.after(3601).await;
    let row = g.row(waits).await;
    assert_eq!((row.state, row.error_kind.as_deref()), (State::Planned, Some("not_ready")));
    g.app.step(&back, Step::Archive).await.unwrap();
    g.after(600).await;
    assert_eq!(g.state(waits).await, State::Cancelled);
    let by = g.by().await;
    assert!(actions::again(&g.app.kit, &by, waits, None).await.is_err(), "what is archived is told no more");
    assert!(g.world.posts().is_empty());

    // not later than four hours after its time
    let story = g.app.ready_story(g.app.story_content("En anden aften")).await;
    let late = g.tell(&story, "Kom forbi i aften.", 60).await.unwrap();
    g.clock.advance(Duration::from_secs(5 * 3600));
    g.drive().await;
    assert_eq!(g.state(late).await, State::Missed);
}

#[tokio::test(flavor = "multi_thread")]
async fn both_kinds_share_calendar_pause_and_composer() {
    let g = Ground::new(World::Bluesky).await;
    let story = g.app.ready_story(g.app.story_content("Aftenen med Ruth")).await;
    let told = g.tell(&story, "Ruth har altid kaffe på.", 86_400).await.unwrap();
    g.plan("Vi søger dig til aften.", 86_400).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let tomorrow = WallTime::at(g.clock.now() + Duration::from_secs(86_400), g.app.kit.config.delivery.zone);
    let at = |narrowed: &str| format!("/kalender?vis=liste&dag={}{narrowed}", tomorrow.local.date());
    let (ad, tale) = ("SOSU-assistent til aften", "Aftenen med Ruth");
    for (narrowed, ads, stories) in
        [("", true, true), ("&slags=opslag", true, false), ("&slags=historie", false, true)]
    {
        let page = lise.get(&at(narrowed)).await;
        assert_eq!(
            (page.body.contains(ad), page.body.contains(tale)),
            (ads, stories),
            "{narrowed}: {}",
            page.body
        );
    }
    // everything on pause holds a story back too
    let by = g.by().await;
    publishing::pause::pause_all(&g.app.kit, &by, g.app.centre_north, "Prøve").await.unwrap();
    g.after(86_401).await;
    assert_eq!(g.row(told).await.error_kind.as_deref(), Some("all_paused"));
    let pause = g.app.kit.db.read(publishing::pauses_holding).await.unwrap()[0].id;
    publishing::pause::go_on(&g.app.kit, &by, pause).await.unwrap();
    // one after the other, for both are late on the same account
    g.after(300).await;
    g.after(300).await;
    assert_eq!(g.state(told).await, State::Published);

    // and the composer speaks for it, to whoever logs in the day after
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/indhold/{}/udgiv", story.id);
    let composer = lise.get(&path).await;
    assert_eq!(composer.status, StatusCode::OK);
    assert!(composer.body.contains("Amina fortæller om sin første aften"), "{}", composer.body);
    let field = format!("text-{}", g.account);
    let account = g.account.to_string();
    let fields = [
        ("account", account.as_str()),
        (field.as_str(), "Kom og hør Aminas historie."),
        ("timing", "now"),
        ("sprog", "da"),
        ("do", "udgiv"),
    ];
    let sent = lise.post(&path, &fields).await;
    assert_eq!(
        sent.location.as_deref(),
        Some(format!("/udsendelser?historie={}", story.id).as_str()),
        "{}",
        sent.body
    );
    g.drive().await;
    assert_eq!(g.world.posts().len(), 3);
    let scope = g.scope().await;
    let wanted = publishing::Wanted { subject: Some(Subject::Story(story.id)), states: Vec::new() };
    let paging = opslag::base::paging::Paging::new(1, 50);
    let (rows, total) =
        g.app.kit.db.read(move |c| publishing::list(c, &scope, &wanted, paging)).await.unwrap();
    assert_eq!((rows.len(), total), (2, 2));
}
