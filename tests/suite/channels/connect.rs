//! Connecting an account on the pages, against the practice worlds.

use opslag::{
    accounts::Role,
    channels,
    demo::worlds::{self, Credentials, Kind, Running},
};
use reqwest::StatusCode;

use super::MORNING;
use crate::harness::{
    TestApp,
    app::Wanted,
    people::{Browser, Seen},
};

pub(super) async fn ground(kind: Kind) -> (TestApp, Running, Browser) {
    let clock = opslag::base::Clock::set_to(MORNING);
    let app = TestApp::start_with(Wanted { clock: clock.clone(), ..Wanted::default() }).await;
    let listen = "127.0.0.1:0".parse().unwrap();
    let world =
        worlds::start(kind, "Solvang Kommune", listen, clock, opslag::base::Chance::seeded(9)).unwrap();
    let browser = app.browser(Role::Communications, app.organisation).await;
    (app, world, browser)
}

async fn count(app: &TestApp) -> usize {
    app.kit.db.read(channels::connections).await.unwrap().len()
}

/// What the world's page about permission sends when somebody says yes; leads back to us.
pub(super) async fn say_yes_there(
    world: &Running,
    address: &str,
    answer: &str,
    scopes: Option<&str>,
) -> String {
    let account = world.account().handle.clone();
    say_yes_as(world, address, answer, (&account, scopes)).await
}

async fn say_yes_as(
    world: &Running,
    address: &str,
    answer: &str,
    (account, scopes): (&str, Option<&str>),
) -> String {
    let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let url: url::Url = address.parse().unwrap();
    let mut fields: Vec<(String, String)> = url.query_pairs().into_owned().collect();
    if let Some(scopes) = scopes {
        fields.retain(|(n, _)| n != "scope");
        fields.push(("scope".into(), scopes.into()));
    }
    fields.push(("answer".into(), answer.into()));
    fields.push(("username".into(), account.into()));
    let response =
        client.post(world.url().join("/oauth/authorize").unwrap()).form(&fields).send().await.unwrap();
    let status = response.status();
    let to = response.headers().get("location").map(|l| l.to_str().unwrap().to_owned());
    to.unwrap_or_else(|| panic!("{status}"))
}

/// The address behind the button that leads to the server.
pub(super) fn way_out(page: &Seen) -> String {
    let ways = ["/authorize?", "/authorize/?", "/authorization?", "/dialog/oauth?", "/v2/auth?"];
    let begins = ways.iter().find_map(|way| page.body.find(way));
    let at = begins.unwrap_or_else(|| panic!("{}", page.body));
    let start = page.body[..at].rfind('"').unwrap() + 1;
    let end = at + page.body[at..].find('"').unwrap();
    page.body[start..end].replace("&amp;", "&").replace("&#38;", "&")
}

#[tokio::test(flavor = "multi_thread")]
async fn bluesky_with_handle_and_app_password() {
    let (app, world, mut browser) = ground(Kind::Bluesky).await;
    let Some(Credentials::AppPassword { identifier, app_password }) = world.connect(world.account()) else {
        panic!()
    };
    let unit = app.organisation.to_string();
    let page = browser.get("/kanaler/forbind/bluesky").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let fields = |password: &'static str| {
        [
            ("handle", identifier.clone()),
            ("password", password.to_owned()),
            ("service", world.url().to_string()),
            ("unit", unit.clone()),
            ("practice", "on".to_owned()),
        ]
    };
    let form = fields("forkert-kode-her-nu");
    let refs: Vec<_> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let wrong = browser.post("/kanaler/forbind/bluesky", &refs).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("passer ikke sammen") && wrong.body.contains(&identifier), "{}", wrong.body);
    assert!(!wrong.body.contains("forkert-kode-her-nu"), "a password is never sent back");
    assert_eq!(count(&app).await, 0);

    let mut form = fields("");
    form[1].1 = app_password;
    let refs: Vec<_> = form.iter().map(|(n, v)| (*n, v.as_str())).collect();
    for _ in 0..2 {
        // the second time renews it (R25)
        let done = browser.post("/kanaler/forbind/bluesky", &refs).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        let shown = browser.get(done.location.as_deref().unwrap()).await;
        assert!(shown.body.contains(&identifier) && shown.body.contains("Øvekanal"), "{}", shown.body);
        assert_eq!(count(&app).await, 1);
    }
    let list = browser.get("/kanaler").await;
    assert!(list.body.contains("Virker") && list.body.contains("1 forbindelse."), "{}", list.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn addresses_that_may_not_be_called_are_named_at_the_field() {
    let (app, _world, mut browser) = ground(Kind::Bluesky).await;
    browser.get("/kanaler/forbind/bluesky").await;
    let unit = app.organisation.to_string();
    for (service, says) in [
        ("http://10.0.0.1", "internt net"),
        ("ftp://x.dk", "kan ikke findes"),
        ("http://127.0.0.1:1", "svarer ikke lige nu"),
    ] {
        let fields = [("handle", "a.test"), ("password", "x"), ("service", service), ("unit", &unit)];
        let page = browser.post("/kanaler/forbind/bluesky", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.body.contains(says), "{service}: {}", page.body);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn mastodon_through_its_log_in() {
    let (app, world, mut browser) = ground(Kind::Mastodon).await;
    let unit = app.organisation.to_string();
    browser.get("/kanaler/forbind/mastodon").await;
    let server = world.url().to_string();
    let fields = [("server", server.as_str()), ("unit", &unit), ("practice", "on")];
    let begun = browser.post("/kanaler/forbind/mastodon", &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let out = browser.get(begun.location.as_deref().unwrap()).await;
    assert_eq!(out.status, StatusCode::OK, "{}", out.body);
    let address = way_out(&out);
    for part in
        ["response_type=code", "code_challenge_method=S256", "code_challenge=", "state=", "write%3Astatuses"]
    {
        assert!(address.contains(part), "{part} is not in {address}");
    }

    // another browser cannot take it over
    let back = say_yes_there(&world, &address, "yes", None).await;
    let mut thief = app.browser(Role::Communications, app.organisation).await;
    assert_eq!(thief.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let answered = browser.get(&back).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    assert_eq!(count(&app).await, 0, "nothing is connected before somebody says yes");
    // a code is used once
    assert_eq!(browser.get(&back).await.status, StatusCode::UNPROCESSABLE_ENTITY);

    let check = browser.get(answered.location.as_deref().unwrap()).await;
    assert!(check.body.contains("Solvang Kommune") && check.body.contains("Givet:"), "{}", check.body);
    let yes = format!("{}/ja", answered.location.unwrap());
    let done = browser.post(&yes, &[]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    assert_eq!(count(&app).await, 1);
    assert!(browser.get(done.location.as_deref().unwrap()).await.body.contains("er forbundet"));
    assert_ne!(browser.post(&yes, &[]).await.status, StatusCode::SEE_OTHER, "the log-in is over");

    // our app is registered once per server
    browser.post("/kanaler/forbind/mastodon", &fields).await;
    let apps = world.calls().iter().filter(|c| c.path == "/api/v1/apps").count();
    assert_eq!(apps, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_no_and_too_little_connect_nothing() {
    let (app, world, mut browser) = ground(Kind::Mastodon).await;
    let unit = app.organisation.to_string();
    let server = world.url().to_string();
    let fields = [("server", server.as_str()), ("unit", unit.as_str())];
    browser.get("/kanaler/forbind/mastodon").await;
    let begun = browser.post("/kanaler/forbind/mastodon", &fields).await;
    let address = way_out(&browser.get(begun.location.as_deref().unwrap()).await);
    let refused = browser.get(&say_yes_there(&world, &address, "no", None).await).await;
    assert!(refused.body.contains("gav os ikke adgang"), "{}", refused.body);

    // R32: what is missing is named, and there is no button to go on
    let begun = browser.post("/kanaler/forbind/mastodon", &fields).await;
    let address = way_out(&browser.get(begun.location.as_deref().unwrap()).await);
    let back = say_yes_there(&world, &address, "yes", Some("read:accounts write:media")).await;
    let answered = browser.get(&back).await;
    let at = answered.location.unwrap();
    let check = browser.get(&at).await;
    assert!(
        check.body.contains("ikke lov til det, der skal til") && check.body.contains("Mangler:"),
        "{}",
        check.body
    );
    assert!(!check.body.contains("/ja\""));
    let forced = browser.post(&format!("{at}/ja"), &[]).await;
    assert_eq!(forced.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(count(&app).await, 0);
    let stopped = browser.post(&format!("{at}/fortryd"), &[]).await;
    assert_eq!(stopped.status, StatusCode::SEE_OTHER);
    assert!(world.calls().iter().any(|c| c.path == "/oauth/revoke"), "what nobody wanted is given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn whose_account_it_is_decides_who_may_touch_it() {
    let (app, world, mut browser) = ground(Kind::Bluesky).await;
    let Some(Credentials::AppPassword { identifier, app_password }) = world.connect(world.account()) else {
        panic!()
    };
    browser.get("/kanaler/forbind/bluesky").await;
    let (server, north, south) =
        (world.url().to_string(), app.centre_north.to_string(), app.centre_south.to_string());
    let fields = |unit| {
        [
            ("handle", identifier.as_str()),
            ("password", app_password.as_str()),
            ("service", server.as_str()),
            ("unit", unit),
        ]
    };
    let done = browser.post("/kanaler/forbind/bluesky", &fields(&north)).await;
    let at = done.location.unwrap();

    let mut other = app.browser(Role::Communications, app.centre_south).await;
    other.get("/kanaler").await;
    assert_eq!(other.get(&at).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post(&format!("{at}/afbryd"), &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(other.post("/kanaler/forbind/bluesky", &fields(&north)).await.status, StatusCode::NOT_FOUND);
    let taken = other.post("/kanaler/forbind/bluesky", &fields(&south)).await;
    assert!(taken.body.contains("allerede forbundet for en anden enhed"), "{}", taken.body);

    // whoever publishes below it sees it, and touches nothing
    let mut recruiter = app.browser(Role::Recruiter, app.centre_north).await;
    let seen = recruiter.get(&at).await;
    assert_eq!(seen.status, StatusCode::OK);
    assert!(!seen.body.contains("/afbryd"));
    assert_eq!(recruiter.post(&format!("{at}/afbryd"), &[]).await.status, StatusCode::FORBIDDEN);
    assert_eq!(recruiter.get("/kanaler/forbind").await.status, StatusCode::FORBIDDEN);
    let mut panel = app.browser(Role::ReportReader, app.organisation).await;
    assert_eq!(panel.get("/kanaler").await.status, StatusCode::FORBIDDEN);

    let ended = browser.post(&format!("{at}/afbryd"), &[]).await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER);
    let list = browser.get("/kanaler").await;
    assert!(list.body.contains("er afbrudt") && list.body.contains("Afbrudt"), "{}", list.body);
}

/// Through the log-in at a practice Facebook up to the page that asks for a yes; where that is.
async fn back_from_facebook(
    app: &TestApp,
    world: &Running,
    browser: &mut Browser,
    (page, scopes): (&str, Option<&str>),
) -> String {
    let (unit, server) = (app.organisation.to_string(), world.url().to_string());
    let fields = [("server", server.as_str()), ("unit", unit.as_str()), ("practice", "on")];
    browser.get("/kanaler/forbind/facebook").await;
    let begun = browser.post("/kanaler/forbind/facebook", &fields).await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    let address = way_out(&browser.get(begun.location.as_deref().unwrap()).await);
    assert!(!address.contains("code_challenge") && address.contains("pages_manage_posts"), "{address}");
    let back = say_yes_as(world, &address, "yes", (page, scopes)).await;
    let answered = browser.get(&back).await;
    assert_eq!(answered.status, StatusCode::SEE_OTHER, "{}", answered.body);
    answered.location.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn facebook_offers_the_pages_and_each_lives_until_the_last_is_ended() {
    let (app, world, mut browser) = ground(Kind::Facebook).await;
    let library = world.sign_up("Solvang Bibliotek");
    world.sign_up("Solvang Museum");
    let mut connected = Vec::new();
    for page in [world.account().id.clone(), library.id.clone()] {
        let at = back_from_facebook(&app, &world, &mut browser, ("*", None)).await;
        let choice = browser.get(&at).await;
        for name in ["Solvang Kommune", "Solvang Bibliotek", "Solvang Museum"] {
            assert!(choice.body.contains(name), "{name} is not offered: {}", choice.body);
        }
        let yes = format!("{at}/ja");
        let none = browser.post(&yes, &[]).await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY, "one must be chosen");
        let done = browser.post(&yes, &[("choice", &page)]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
        connected.push(done.location.unwrap());
    }
    assert_eq!(count(&app).await, 2);
    let shown = browser.get(&connected[1]).await;
    assert!(shown.body.contains("Solvang Bibliotek") && shown.body.contains("Øvekanal"), "{}", shown.body);

    // one yes opened both: the first to end must not end the other
    let taken_back =
        || world.calls().iter().filter(|c| c.method == "DELETE" && c.path.contains("/permissions")).count();
    browser.post(&format!("{}/afbryd", connected[0]), &[]).await;
    app.drain().await;
    assert_eq!(taken_back(), 0);
    let looked = browser.post(&format!("{}/tjek", connected[1]), &[]).await;
    assert!(browser.get(looked.location.as_deref().unwrap()).await.body.contains("Den virker"));
    browser.post(&format!("{}/afbryd", connected[1]), &[]).await;
    app.drain().await;
    assert_eq!(taken_back(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn facebook_without_a_page_or_a_right_says_which() {
    let (app, world, mut browser) = ground(Kind::Facebook).await;
    // R33: no page, with what was given and what to do
    let at = back_from_facebook(&app, &world, &mut browser, ("ingen.side", None)).await;
    let check = browser.get(&at).await;
    assert!(check.body.contains("gav os ingen konto") && check.body.contains("Givet:"), "{}", check.body);
    assert!(check.body.contains("virksomhedsportefølje") && !check.body.contains("/ja\""), "{}", check.body);
    // R32: a right that is missing is named
    let page = world.account().handle.clone();
    let few = Some("pages_show_list,pages_read_engagement");
    let at = back_from_facebook(&app, &world, &mut browser, (&page, few)).await;
    let check = browser.get(&at).await;
    assert!(
        check.body.contains("Mangler:") && check.body.contains("Udgive og fjerne opslag"),
        "{}",
        check.body
    );
    assert_eq!(browser.post(&format!("{at}/ja"), &[]).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(count(&app).await, 0);
    browser.post(&format!("{at}/fortryd"), &[]).await;
    assert!(world.calls().iter().any(|c| c.method == "DELETE"), "what nobody wanted is given back");
}

#[tokio::test(flavor = "multi_thread")]
async fn instagram_and_threads_through_their_log_ins() {
    for kind in [Kind::Instagram, Kind::Threads] {
        let (app, world, mut browser) = ground(kind).await;
        let (unit, server) = (app.organisation.to_string(), world.url().to_string());
        let form = format!("/kanaler/forbind/{kind}");
        browser.get(&form).await;
        // R39: they fetch files from us, and our address here is none that can be reached from outside
        let shut = browser.post(&form, &[("server", ""), ("unit", unit.as_str())]).await;
        assert_eq!(shut.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(shut.body.contains("Kanalen kan ikke hente billeder og film hos os"), "{}", shut.body);
        assert!(shut.body.contains("server.public_url"), "{}", shut.body);

        let fields = [("server", server.as_str()), ("unit", unit.as_str()), ("practice", "on")];
        let begun = browser.post(&form, &fields).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        let address = way_out(&browser.get(begun.location.as_deref().unwrap()).await);
        let back = say_yes_there(&world, &address, "yes", None).await;
        let at = browser.get(&back).await.location.unwrap();
        let check = browser.get(&at).await;
        assert!(
            check.body.contains("Solvang Kommune") && !check.body.contains("Side uden"),
            "{}",
            check.body
        );
        let done = browser.post(&format!("{at}/ja"), &[]).await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{kind:?} {}", done.body);
        let shown = browser.get(done.location.as_deref().unwrap()).await;
        assert!(shown.body.contains("er forbundet") && shown.body.contains("Øvekanal"), "{}", shown.body);
        let until = if kind == Kind::Threads { "Fornyes af sig selv" } else { "Udløber ikke" };
        assert!(browser.get("/kanaler").await.body.contains(until), "{kind:?}");
        assert_eq!(count(&app).await, 1);
    }
}
