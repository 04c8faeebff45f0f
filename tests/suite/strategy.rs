//! To whom a unit speaks, how and where first: whose strategy holds, who writes it, and what it says to whoever writes a post.

use std::time::Duration;

use opslag::{
    accounts::Role,
    base::{
        id::{AudienceId, DeliveryId, UnitId},
        wall::WallTime,
    },
    demo::worlds::Kind,
    publishing, strategy,
};
use reqwest::StatusCode;

use crate::{
    harness::{
        TestApp,
        people::{Browser, Seen},
    },
    publishing::Ground,
};

type Form = Vec<(String, String)>;

const HOUR: u64 = 3600;

/// The form of a strategy with one audience, whose channels stand in this order.
fn form(version: i32, purpose: &str, audience: AudienceId, name: &str, channels: &[(&str, &str)]) -> Form {
    let mut form = vec![
        ("version".to_owned(), version.to_string()),
        ("purpose".to_owned(), purpose.to_owned()),
        ("tone_do".to_owned(), "Skriv kort.\nSkriv du.".to_owned()),
        ("tone_dont".to_owned(), "Ingen kancellisprog.".to_owned()),
        ("audience".to_owned(), audience.to_string()),
        (format!("name-{audience}"), name.to_owned()),
        (format!("note-{audience}"), "De læser på telefonen.".to_owned()),
    ];
    for (n, (channel, why)) in channels.iter().enumerate() {
        form.push((format!("channel-{audience}"), (*channel).to_owned()));
        form.push((format!("why-{audience}-{n}"), (*why).to_owned()));
    }
    form
}

async fn sent(browser: &mut Browser, path: &str, form: &Form, press: &str) -> Seen {
    let mut fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    fields.push(("do", press));
    browser.post(path, &fields).await
}

fn id(n: u128) -> AudienceId {
    AudienceId::from_number(n)
}

/// Saves one for a unit as communications of everything.
async fn set(app: &TestApp, unit: UnitId, form: &Form) {
    let mut lise = app.browser(Role::Communications, app.organisation).await;
    let saved = sent(&mut lise, &format!("/strategi/{unit}"), form, "gem").await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
}

async fn held(app: &TestApp, unit: UnitId) -> Option<strategy::Strategy> {
    app.kit.db.read(move |c| strategy::holding(c, unit)).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_nearest_strategy_holds_until_it_is_lifted() {
    let app = TestApp::start().await;
    assert!(held(&app, app.centre_north).await.is_none());
    let mut amina = app.browser(Role::Contributor, app.centre_north).await;
    assert!(amina.get("/strategi").await.body.contains("Ingen strategi endnu"));

    let stops = [("facebook", "Dér er de."), ("bluesky", "Dér er pressen.")];
    set(&app, app.organisation, &form(0, "Flere skal søge.", id(1), "Nyuddannede", &stops)).await;
    let page = amina.get("/strategi").await.body;
    for said in [
        "Plejecenter Nord følger det, Fjordby Kommune har besluttet.",
        "Flere skal søge.",
        "Skriv du.",
        "Nyuddannede",
        "Dér er pressen.",
        "Version 1.",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.find("Dér er de.") < page.find("Dér er pressen."), "the best first");
    assert!(!page.contains(&format!("/strategi/{}", app.centre_north)), "a contributor does not write it");

    // one below has its own; the other goes on as before
    let mut nina = app.browser(Role::Communications, app.centre_north).await;
    let path = format!("/strategi/{}", app.centre_north);
    let begun = nina.get(&path).await.body;
    assert!(
        begun.contains("Her står det, Fjordby Kommune har besluttet") && begun.contains("Flere skal søge.")
    );
    // begun from the one above, with its audience's id in the form: it becomes an audience of its own
    let own = sent(&mut nina, &path, &form(0, "Nord er vores.", id(1), "Naboer", &stops[..1]), "gem").await;
    assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
    let (north, south) =
        (held(&app, app.centre_north).await.unwrap(), held(&app, app.centre_south).await.unwrap());
    assert_eq!((north.unit, north.content.audiences[0].name.as_str()), (app.centre_north, "Naboer"));
    assert_ne!(north.content.audiences[0].id, id(1));
    assert_eq!((south.unit, south.content.audiences[0].name.as_str()), (app.organisation, "Nyuddannede"));
    assert!(amina.get("/strategi").await.body.contains("Nord er vores."));

    // a version that was not read lifts nothing
    let stale = nina.post(&path, &[("version", "7"), ("do", "loeft")]).await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    let lifted = nina.post(&path, &[("version", "1"), ("do", "loeft")]).await;
    assert_eq!(lifted.status, StatusCode::SEE_OTHER, "{}", lifted.body);
    assert_eq!(held(&app, app.centre_north).await.unwrap().unit, app.organisation);
    // and it may be written anew, over the version that stands
    let again = sent(&mut nina, &path, &form(2, "Nord igen.", id(9), "Naboer", &stops[..1]), "gem").await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.body);
    assert_eq!(held(&app, app.centre_north).await.unwrap().version, 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn communications_of_the_unit_write_it_and_nobody_else() {
    let app = TestApp::start().await;
    let path = format!("/strategi/{}", app.centre_north);
    for role in [Role::HrAdmin, Role::Recruiter, Role::HiringManager, Role::Contributor] {
        let mut browser = app.browser(role, app.organisation).await;
        assert_eq!(browser.get(&path).await.status, StatusCode::FORBIDDEN, "{role}");
        assert_eq!(browser.get("/strategi").await.status, StatusCode::OK, "{role}");
    }
    let mut south = app.browser(Role::Communications, app.centre_south).await;
    let words = form(0, "Ikke jeres.", id(1), "Alle", &[("facebook", "Dér.")]);
    assert_eq!(south.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(sent(&mut south, &path, &words, "gem").await.status, StatusCode::NOT_FOUND);
    assert_eq!(sent(&mut south, &path, &words, "maalgruppe").await.status, StatusCode::NOT_FOUND);
    // nor does one read what another unit has set for itself
    set(&app, app.centre_north, &form(0, "Kun for os.", id(1), "Alle", &[("facebook", "Dér.")])).await;
    let read = south.get(&format!("/strategi?enhed={}", app.centre_north)).await.body;
    assert!(!read.contains("Kun for os."), "{read}");
}

#[tokio::test(flavor = "multi_thread")]
async fn buttons_put_the_form_in_order_and_what_is_wrong_is_said_at_its_field() {
    let app = TestApp::start().await;
    let mut lise = app.browser(Role::Communications, app.organisation).await;
    let path = format!("/strategi/{}", app.organisation);
    let stops = [("facebook", "Dér er de."), ("bluesky", "Dér er pressen.")];
    let words = form(0, "Flere skal søge.", id(1), "Nyuddannede", &stops);
    let page = sent(&mut lise, &path, &words, &format!("ned:{}:0", id(1))).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.find("Dér er pressen.") < page.body.find("Dér er de."), "{}", page.body);
    assert!(page.body.contains("Rækkefølgen er ændret, men ikke gemt endnu."));
    let more = sent(&mut lise, &path, &words, "maalgruppe").await.body;
    assert_eq!(more.matches("name=\"audience\"").count(), 2, "{more}");
    let fewer = sent(&mut lise, &path, &words, &format!("fjern:{}", id(1))).await.body;
    assert!(!fewer.contains("name=\"audience\"") && fewer.contains("Flere skal søge."), "{fewer}");
    assert!(held(&app, app.organisation).await.is_none(), "only one button saves");

    // a channel that is chosen and not added comes along, and wants its reason; everything typed stays
    let mut wrong = words.clone();
    wrong[1].1 = String::new();
    wrong.push((format!("new-{}", id(1)), "x".to_owned()));
    let page = sent(&mut lise, &path, &wrong, "gem").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "id=\"purpose-error\"".to_owned(),
        format!("id=\"why-{}-2-error\"", id(1)),
        format!("href=\"#why-{}-2\"", id(1)),
        "Dér er pressen.".to_owned(),
        "Skriv kort.\nSkriv du.".to_owned(),
    ] {
        assert!(page.body.contains(&said), "{said}: {}", page.body);
    }
    let empty = form(0, "Flere skal søge.", id(1), "Nyuddannede", &[]);
    let page = sent(&mut lise, &path, &empty, "gem").await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.body.contains("Målgruppen har ingen kanaler"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_write_at_once_the_second_is_told_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let path = format!("/strategi/{}", app.organisation);
    let (mut lise, mut nina) = (
        app.browser(Role::Communications, app.organisation).await,
        app.browser(Role::Communications, app.organisation).await,
    );
    let stops = [("facebook", "Dér er de.")];
    let first = form(0, "Lises formål.", id(1), "Nyuddannede", &stops);
    let second = form(0, "Ninas formål.", id(2), "Erfarne", &stops);
    assert_eq!(sent(&mut lise, &path, &first, "gem").await.status, StatusCode::SEE_OTHER);
    let told = sent(&mut nina, &path, &second, "gem").await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    for said in [
        "En anden gemte strategien",
        "Lises formål.",
        "Nyuddannede",
        ">Ninas formål.</textarea>",
        "value=\"Erfarne\"",
    ] {
        assert!(told.body.contains(said), "{said}: {}", told.body);
    }
    assert_eq!(held(&app, app.organisation).await.unwrap().content.purpose, "Lises formål.");
    // saved again, knowingly, over the version the page now names
    assert!(told.body.contains("name=\"version\" value=\"1\""), "{}", told.body);
    let again = form(1, "Ninas formål.", id(2), "Erfarne", &stops);
    assert_eq!(sent(&mut nina, &path, &again, "gem").await.status, StatusCode::SEE_OTHER);
    let stands = held(&app, app.organisation).await.unwrap();
    assert_eq!((stands.version, stands.content.audiences.len()), (2, 1));
    // what is no longer offered keeps its name for what was written for it
    let name = app.kit.db.read(|c| strategy::audience_named(c, id(1))).await.unwrap();
    assert_eq!(name.as_deref(), Some("Nyuddannede"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_composer_shows_the_tone_and_says_what_goes_against_the_order() {
    let g = Ground::new(Kind::Bluesky).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let mut rene = g.app.browser(Role::Recruiter, g.app.centre_north).await;
    assert!(!rene.get(&path).await.body.contains("Hvem taler du til?"), "no strategy, no panel");

    let stops = [("linkedin", "Dér læser de."), ("bluesky", "Dér er pressen.")];
    set(&g.app, g.app.organisation, &form(0, "Flere skal søge.", id(1), "Nyuddannede", &stops)).await;
    let sent_before = g.plan("Kom til os om aftenen.", 0).await;
    g.drive().await;
    g.after(60).await;
    assert_eq!(g.state(sent_before).await, publishing::State::Published);
    let page = rene.get(&path).await.body;
    for said in [
        "Hvem taler du til?",
        "Strategien fra Fjordby Kommune",
        "Skriv du.",
        "Ingen kancellisprog.",
        "Ingen konto her",
        "Seneste 90 dage: 1 opslag, 0 klik, 0 ansøgninger",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    // who sees no figures gets none
    let mut amina = g.app.browser(Role::Contributor, g.app.centre_north).await;
    let page = amina.get(&path).await.body;
    assert!(page.contains("Skriv du.") && !page.contains("Seneste 90 dage"), "{page}");

    let (account, whom) = (g.account.to_string(), id(1).to_string());
    let fits = [("do", "vis"), ("text", "Hej"), ("account", account.as_str()), ("whom", whom.as_str())];
    let page = rene.post(&path, &fits).await.body;
    // what comes first has no account here, so what comes next is first
    assert!(!page.contains("Det passer ikke helt med strategien"), "{page}");
    let other = [("facebook", "Dér er de."), ("linkedin", "Dér læser de.")];
    set(&g.app, g.app.organisation, &form(1, "Flere skal søge.", id(1), "Nyuddannede", &other)).await;
    let live = rene.post(&format!("{path}/vis"), &fits).await.body;
    assert!(live.contains("hx-swap-oob=\"innerHTML:#fit\""), "{live}");
    assert!(live.contains("Bluesky står ikke på listen for »Nyuddannede«."), "{live}");
    // said, and no more: it goes out
    let done = rene.post(&path, &[("do", "udgiv"), ("timing", "now"), fits[1], fits[2], fits[3]]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);

    // an account on what comes first, and not chosen
    let facebook = opslag::demo::worlds::start(
        Kind::Facebook,
        "Solvang Kommune",
        "127.0.0.1:0".parse().unwrap(),
        g.clock.clone(),
        opslag::base::Chance::seeded(8),
    )
    .unwrap();
    crate::publishing::connect(&g.app, &facebook).await;
    let page = rene.post(&path, &fits).await.body;
    assert!(
        page.contains("Facebook kommer først for »Nyuddannede«, men er ikke valgt. Dér er de."),
        "{page}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn for_whom_it_was_written_is_kept_with_the_publication_and_its_repetitions() {
    let g = Ground::new(Kind::Bluesky).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let stops = [("bluesky", "Dér er pressen.")];
    set(&g.app, g.app.organisation, &form(0, "Flere skal søge.", id(1), "Nyuddannede", &stops)).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let (account, whom) = (g.account.to_string(), id(1).to_string());
    let order = |text: &'static str, whom: &str, more: &[(&str, &str)]| -> Form {
        let fields = [("text", text), ("account", account.as_str()), ("whom", whom)];
        fields.iter().chain(more).map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect()
    };
    // an audience that is not offered there is not one
    let stranger = id(99).to_string();
    let wrong = sent(&mut lise, &path, &order("Hej", &stranger, &[("timing", "now")]), "udgiv").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("Målgruppen findes ikke i strategien længere"), "{}", wrong.body);
    assert_eq!(g.app.rows("publications").await, 0);

    let weekly = [("timing", "repeat"), ("weekday", "2"), ("time", "08:30"), ("times", "3")];
    for (text, more) in [
        ("En gang", &[("timing", "now")][..]),
        ("Hver uge", &weekly[..]),
        ("Til en stille dag", &[("timing", "keep")]),
    ] {
        let done = sent(&mut lise, &path, &order(text, &whom, more), "udgiv").await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{text}: {}", done.body);
    }
    // what is laid later says so too
    g.after(8 * 86_400).await;
    g.app.drain().await;
    assert!(g.app.rows("publications").await > 1);
    assert_eq!(g.app.rows("publications where audience_id is null").await, 0);
    assert_eq!(g.app.rows("evergreens where audience_id is null").await, 0);

    // it stands where one looks, also when it is no longer offered
    set(&g.app, g.app.organisation, &form(1, "Flere skal søge.", id(2), "Erfarne", &stops)).await;
    let first: DeliveryId = {
        let posting = g.posting;
        let wanted = publishing::Wanted { subject: Some(posting.into()), states: Vec::new() };
        let scope = g.scope().await;
        let paging = opslag::base::paging::Paging::new(1, 20);
        g.app.kit.db.read(move |c| publishing::list(c, &scope, &wanted, paging)).await.unwrap().0[0].0.id
    };
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get(&format!("/udsendelser/{first}")).await.body;
    assert!(page.contains("Skrevet til »Nyuddannede«"), "{page}");
}

impl Ground {
    /// Plans a post about another unit's ad on the shared account, in so many seconds.
    async fn plan_about(&self, posting: opslag::base::id::PostingId, text: &str, seconds: u64) -> DeliveryId {
        let zone = self.app.kit.config.delivery.zone;
        let at = self.clock.now() + Duration::from_secs(seconds);
        let order = publishing::Order {
            subject: posting.into(),
            language: opslag::base::Language::Da,
            when: Some(WallTime::at(at, zone)),
            media: Vec::new(),
            parts: vec![publishing::Part { account: self.account, text: text.into() }],
            same_words_ok: false,
        };
        let scope = self.scope().await;
        publishing::publish(&self.app.kit, self.actor, &scope, order).await.unwrap().deliveries[0]
    }

    /// The wall time so many seconds from now, as a form sends it.
    fn wall(&self, seconds: u64) -> String {
        WallTime::at(self.clock.now() + Duration::from_secs(seconds), self.app.kit.config.delivery.zone)
            .field()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn posts_that_meet_are_pointed_out_while_a_time_is_chosen_and_in_the_calendar() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut content = g.app.ready_content("SOSU-assistent til Syd");
    content.unit = g.app.centre_south;
    let south = g.app.opened(content).await.id;
    let planned = g.plan_about(south, "Syd søger dig.", 2 * HOUR).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let mut rene = g.app.browser(Role::Recruiter, g.app.centre_north).await;
    let account = g.account.to_string();
    let form = |when: &str| -> Form {
        [("text", "Hej"), ("account", account.as_str()), ("timing", "later"), ("when", when)]
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect()
    };
    // ten minutes from it, whoever's it is
    let near = sent(&mut rene, &path, &form(&g.wall(2 * HOUR + 600)), "vis").await.body;
    assert!(
        near.contains("Hjemmeplejen Syd har et opslag kl.") && near.contains("10 minutter fra dette"),
        "{near}"
    );
    let live = sent(&mut rene, &format!("{path}/vis"), &form(&g.wall(2 * HOUR + 600)), "").await.body;
    assert!(live.contains("innerHTML:#clash") && live.contains("10 minutter fra dette"), "{live}");
    // hours from it, for the same people
    let same = sent(&mut rene, &path, &form(&g.wall(5 * HOUR)), "vis").await.body;
    assert!(same.contains("Hjemmeplejen Syd søger også"), "{same}");
    let free = sent(&mut rene, &path, &form(&g.wall(50 * HOUR)), "vis").await.body;
    assert!(!free.contains("Der står allerede noget"), "{free}");

    // pointed out, and no more
    let done = sent(&mut rene, &path, &form(&g.wall(2 * HOUR + 600)), "udgiv").await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let calendar = rene.get("/kalender?vis=liste").await.body;
    assert!(calendar.contains("Hjemmeplejen Syd har et opslag kl."), "{calendar}");
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let calendar = lise.get("/kalender?vis=liste").await.body;
    assert_eq!(calendar.matches("10 minutter fra dette").count(), 2, "{calendar}");
    // what is cancelled meets nobody
    let by = publishing::By { actor: g.actor, scope: g.scope().await };
    publishing::actions::cancel(&g.app.kit, &by, planned).await.unwrap();
    assert!(!lise.get("/kalender?vis=liste").await.body.contains("minutter fra dette"));
}

#[tokio::test(flavor = "multi_thread")]
async fn units_that_let_nothing_out_stand_under_the_calendar() {
    let g = Ground::new(Kind::Bluesky).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get("/kalender").await.body;
    assert!(
        page.contains("Stille lige nu") && page.matches("Har aldrig haft noget ude").count() == 3,
        "{page}"
    );
    g.plan("Kom til os om aftenen.", 0).await;
    g.drive().await;
    g.after(60).await;
    let page = lise.get("/kalender").await.body;
    let quiet = |page: &str| page.split("id=\"h-silence\"").nth(1).unwrap_or_default().to_owned();
    assert!(
        !quiet(&page).contains("Plejecenter Nord") && quiet(&page).contains("Hjemmeplejen Syd"),
        "{page}"
    );
    // one goes on from there, with the unit chosen
    let new = format!("/indhold/ny?enhed={}", g.app.centre_south);
    assert!(quiet(&page).contains(&new), "{page}");
    let form = lise.get(&new).await.body;
    assert!(form.contains(&format!("value=\"{}\" selected", g.app.centre_south)), "{form}");

    g.after(21 * 24 * HOUR + 60).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let page = lise.get("/kalender").await.body;
    assert!(quiet(&page).contains("Plejecenter Nord") && quiet(&page).contains("Intet i 21 dage"), "{page}");
    // what is on its way is no silence
    g.plan("Snart igen.", 24 * HOUR).await;
    assert!(!quiet(&lise.get("/kalender").await.body).contains("Plejecenter Nord"));
    // who publishes for one unit is told of that one
    let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
    let page = south.get("/kalender").await.body;
    assert!(quiet(&page).contains("Hjemmeplejen Syd") && !quiet(&page).contains("Fjordby Kommune"), "{page}");
    assert!(quiet(&page).contains("href=\"/jobopslag/ny\""), "who writes no stories writes an ad: {page}");
}
