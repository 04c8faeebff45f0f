//! The walks: over every page, by keyboard, and without script.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use fantoccini::{Locator, key::Key};
use opslag::{accounts::Role, db::DbError};

use crate::{
    chromium::Chromium,
    harness::{TestApp, app::PASSWORD},
};

/// The address of a new person with this role.
async fn somebody(app: &TestApp, role: Role) -> String {
    let id = app.person("Hanne Vestergaard", role, app.organisation).await;
    app.kit
        .db
        .read(move |c| {
            Ok::<_, DbError>(opslag::accounts::users(c)?.into_iter().find(|u| u.id == id).unwrap().email)
        })
        .await
        .unwrap()
}

async fn log_in(window: &Chromium, app: &TestApp, email: &str) {
    window.page.goto(&format!("{}/log-ind", app.url)).await.unwrap();
    window.fill("#email", email).await;
    window.fill("#password", PASSWORD).await;
    window.click("button[type=submit]").await;
    window.page.wait().for_url(&format!("{}/start", app.url).parse().unwrap()).await.unwrap();
}

/// Pages that can be reached by links from here, inside the site.
async fn links(window: &Chromium) -> Vec<String> {
    let found = window
        .ask("return [...document.links].filter((a) => a.origin === location.origin).map((a) => a.pathname + a.search)")
        .await;
    serde_json::from_value(found).unwrap()
}

/// An address without its ids and query: pages that differ only in those are of one kind.
fn kind(path: &str) -> String {
    let bare = path.split(['?', '#']).next().unwrap();
    let parts = bare.split('/').map(|part| {
        let digits = part.chars().filter(char::is_ascii_digit).count();
        if digits > 3 { "…" } else { part }
    });
    parts.collect::<Vec<_>>().join("/")
}

/// Looks at every page that links lead to, at both widths, but at no more than `alike` of a kind beside the starts.
pub async fn look_at_all(window: &Chromium, url: &str, starts: &[&str], alike: usize) -> usize {
    let mut todo: VecDeque<String> = starts.iter().map(|s| (*s).to_owned()).collect();
    let mut seen: BTreeSet<String> = todo.iter().cloned().collect();
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut pages = 0;
    let skipped = ["/static/", "/was", "/feeds", "/api/", "/r/", "/media/"];
    while let Some(path) = todo.pop_front() {
        window.page.goto(&format!("{url}{path}")).await.unwrap();
        if window.ask("return document.contentType").await != "text/html" {
            continue;
        }
        pages += 1;
        for width in [1280, 390] {
            window.width(width).await;
            wrong.extend(window.axe().await.into_iter().map(|w| format!("{path} at {width}: {w}")));
            let sideways = window
                .ask("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .await;
            if sideways.as_i64() != Some(0) {
                wrong.push(format!("{path} at {width} scrolls sideways by {sideways}"));
            }
        }
        for next in links(window).await {
            if skipped.iter().any(|s| next.starts_with(s))
                || next.ends_with("/hent")
                || next.contains("/filer/")
            {
                continue;
            }
            let alike_so_far = kinds.entry(kind(&next)).or_default();
            if *alike_so_far < alike && seen.insert(next.clone()) {
                *alike_so_far += 1;
                todo.push_back(next);
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new(), "of {pages} pages");
    pages
}

#[tokio::test(flavor = "multi_thread")]
async fn every_staff_page_passes_axe_at_two_widths() {
    let app = TestApp::start().await;
    let window = Chromium::start(true).await;
    log_in(&window, &app, &somebody(&app, Role::HrAdmin).await).await;
    let pages = look_at_all(&window, &app.url, &["/start"], 3).await;
    assert!(pages > 5, "only {pages} pages");
    window.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_public_page_passes_axe_at_two_widths() {
    let app = TestApp::start().await;
    let window = Chromium::start(true).await;
    look_at_all(&window, &app.url, &["/log-ind", "/glemt-adgangskode", "/adgangskode/x"], 3).await;
    window.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_page_where_somebody_says_yes_to_a_picture_passes_axe() {
    use opslag::{
        accounts::audit::Actor,
        media::people::{self, Giver, Invitation, NewPerson, Relation},
    };
    let app = TestApp::start().await;
    let photo = app.photograph().await;
    let new = NewPerson {
        unit: app.centre_north,
        name: "Amina Yusuf".into(),
        email: String::new(),
        relation: Relation::Colleague,
        born: String::new(),
        one_guardian: false,
    };
    let amina = people::add(&app.kit, Actor::System, new, Some(photo)).await.unwrap();
    let invitation = Invitation {
        giver: Giver::Own,
        giver_name: String::new(),
        email: "amina@fjordby.example".into(),
        last_day: String::new(),
    };
    people::invite(&app.kit, Actor::System, amina, invitation).await.unwrap();
    app.drain().await;
    let letters = app.letters();
    let letter = letters.iter().find(|l| l.contains("/samtykke/")).unwrap();
    let token = letter.split("/samtykke/").nth(1).unwrap().split_whitespace().next().unwrap();
    let window = Chromium::start(true).await;
    look_at_all(&window, &app.url, &[&format!("/samtykke/{token}")], 0).await;
    assert_eq!(window.ask("return document.querySelectorAll('input[name=purposes]').length").await, 5);
    window.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_is_added_with_the_keyboard_alone_and_every_stop_is_seen() {
    let app = TestApp::start().await;
    let window = Chromium::start(true).await;
    log_in(&window, &app, &somebody(&app, Role::HrAdmin).await).await;
    window.page.goto(&format!("{}/personer/ny", app.url)).await.unwrap();
    // the first stop is the way past the navigation
    window
        .page
        .find(Locator::Css("body"))
        .await
        .unwrap()
        .send_keys(&char::from(Key::Tab).to_string())
        .await
        .unwrap();
    assert_eq!(window.ask("return document.activeElement.className").await, "skip");
    window.press(Key::Enter).await;
    let mut stops = 0;
    loop {
        window.press(Key::Tab).await;
        stops += 1;
        assert!(stops < 40, "the form was not reached");
        let ring = window
            .ask("const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2")
            .await;
        assert_eq!(
            ring,
            true,
            "{}",
            window.ask("return document.activeElement.outerHTML.slice(0, 200)").await
        );
        if window.ask("return document.activeElement.id").await == "name" {
            break;
        }
    }
    for text in ["Camilla Juhl", "camilla@fjordby.example"] {
        window.page.active_element().await.unwrap().send_keys(text).await.unwrap();
        window.press(Key::Tab).await;
    }
    // language and unit keep what stands there; the first role is chosen with the space bar
    window.press(Key::Tab).await;
    window.press(Key::Tab).await;
    window.press(Key::Space).await;
    window.press(Key::Enter).await;
    window.wait("#said .toastx").await;
    let said = window.ask("return document.querySelector('#said p').textContent").await;
    assert!(said.as_str().unwrap().starts_with("Camilla Juhl er tilføjet"), "{said}");
    window.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_menu_on_a_phone_opens_closes_and_gives_focus_back() {
    let app = TestApp::start().await;
    let window = Chromium::start(true).await;
    log_in(&window, &app, &somebody(&app, Role::HrAdmin).await).await;
    window.width(390).await;
    let shown = "return document.querySelector('#hovedmenu').matches(':popover-open')";
    window.click(".menu-btn").await;
    assert_eq!(window.ask(shown).await, true);
    window.press(Key::Escape).await;
    assert_eq!(window.ask(shown).await, false);
    assert_eq!(window.ask("return document.activeElement.matches('.menu-btn')").await, true);
    window.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_script_the_same_forms_do_the_same() {
    let app = TestApp::start().await;
    let window = Chromium::start(false).await;
    log_in(&window, &app, &somebody(&app, Role::HrAdmin).await).await;
    window.page.goto(&format!("{}/enheder", app.url)).await.unwrap();
    window.click("main form button[type=submit]").await;
    window.wait("#errors").await;
    window.fill("#name", "Børnehuset Mejsen").await;
    window.click("main form button[type=submit]").await;
    window.wait("#said .toastx").await;
    let text = window.page.find(Locator::Css("main")).await.unwrap().text().await.unwrap();
    assert!(text.contains("Børnehuset Mejsen"), "{text}");
    // the toast can be put away without script too
    window.click("#said a").await;
    assert!(window.page.find(Locator::Css("#said .toastx")).await.is_err());
    window.stop().await;
}
