//! Keying in an application that came on paper or by mail (D-16): it counts from when it came, not from when somebody
//! typed it (D-31).

use std::time::Duration;

use opslag::{
    accounts::{Role, audit},
    applications::{Stage, Via},
    base::{Instant, wall::WallTime},
    postings::{CloseReason, Posting},
};
use reqwest::StatusCode;

use crate::harness::{
    TestApp,
    applicants::{Filled, hidden, paper},
    people::Browser,
};

/// As a field of a form has it, in the organisation's zone.
fn field(app: &TestApp, at: Instant) -> String {
    WallTime::at(at, app.kit.config.delivery.zone).field()
}

/// The form, opened by this person and filled in with what must be there.
async fn opened(browser: &mut Browser, ad: &Posting) -> Filled {
    let page = browser.get(&format!("/jobopslag/{}/ansoegninger/ny", ad.id)).await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    Filled::default()
        .with("key", hidden(&page.body, "key"))
        .with("via", "paper")
        .with("name", "Gudrun Ærø")
        .with("letter", "Jeg søger stillingen. Venlig hilsen Gudrun")
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_in_time_by_when_it_came_and_late_by_that_too() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Køkkenmedarbejder").await;
    let deadline = ad.deadline_at.unwrap();
    // typed two days after the deadline: one letter came a minute before it, one at the stroke
    app.kit.clock.advance(deadline.since(app.kit.clock.now()) + Duration::from_secs(2 * 86_400));
    let browser = &mut app.recruiter().await;
    for (name, came, late) in [
        ("Gudrun Ærø", deadline - Duration::from_secs(60), false),
        ("Åge Ødegård", deadline, true),
        ("Inger Sø", deadline + Duration::from_secs(3600), true),
    ] {
        let form = opened(browser, &ad).await.with("name", name).with("received", &field(&app, came));
        let path = format!("/jobopslag/{}/ansoegninger/ny", ad.id);
        let seen = browser.post_files(&path, form.file("files", "scan.jpg", paper("side.jpg")).form()).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{name}: {}", seen.body);
        let id = seen.location.unwrap().rsplit('/').next().unwrap().parse().unwrap();
        let is = app.whole(id).await.unwrap().application;
        assert_eq!((is.received_at, is.late, is.via), (came, late, Via::Paper), "{name}");
        assert!(is.registered_by.unwrap().starts_with("user:"));
        assert_eq!((is.channel.as_str(), app.papers(id).await.len()), ("direct", 1));
        assert_eq!(is.created_at, app.kit.clock.now(), "when it was typed is kept beside it");
        let page = browser.get(&format!("/ansoegninger/{id}")).await.body;
        assert!(page.contains("på papir") && page.contains("Ansøgning registreret"), "{page}");
        assert_eq!(page.contains("Kom for sent"), late, "{name}");
        let object = format!("application:{id}");
        let lines = app.kit.db.read(move |c| audit::read(c, Some(&object), 10)).await.unwrap();
        let made = lines.iter().find(|l| l.verb == audit::Verb::Created).unwrap();
        assert_eq!(made.detail.as_deref(), Some("paper"), "who keyed in what is in the log, without a name");
    }
    app.drain().await;
    assert!(app.letters().is_empty(), "without a mail address there is no receipt");

    // one that came too late moves only with a reason, and cannot be hired past it
    let late = app.cards(ad.id).await.into_iter().find(|c| c.name == "Inger Sø").unwrap();
    let path = format!("/ansoegninger/{}/flyt", late.id);
    let seen = browser.post(&path, &[("version", "1"), ("stage", "assessing")]).await;
    assert!(seen.status == 422 && seen.body.contains("selv om den kom efter fristen"), "{}", seen.body);
    let seen = browser.post(&path, &[("version", "1"), ("stage", "hired")]).await;
    assert!(seen.status == 422 && seen.body.contains("kom efter fristen"), "{}", seen.body);
    let reason = "Postvæsenet har bekræftet, at brevet blev forsinket.";
    let fields = [("version", "1"), ("stage", "assessing"), ("reason", reason)];
    assert_eq!(browser.post(&path, &fields).await.status, StatusCode::SEE_OTHER);
    let is = app.whole(late.id).await.unwrap().application;
    assert!(is.late && is.admitted_at.is_some() && is.stage == Stage::Assessing);
    let page = browser.get(&format!("/ansoegninger/{}", late.id)).await.body;
    assert!(page.contains("Taget med efter fristen") && page.contains(reason), "{page}");
    assert!(page.contains("Sen, taget med"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_is_said_at_its_field_and_what_was_typed_stays() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let mut browser = app.recruiter().await;
    let form = opened(&mut browser, &ad).await.with("received", &field(&app, app.kit.clock.now()));
    let path = format!("/jobopslag/{}/ansoegninger/ny", ad.id);
    let future = field(&app, app.kit.clock.now() + Duration::from_secs(3600));
    for (name, value, says) in [
        ("via", "", "Vælg, hvordan ansøgningen kom"),
        ("via", "form", "Vælg, hvordan ansøgningen kom"),
        ("received", "i går", "Skriv dato og klokkeslæt"),
        ("received", future.as_str(), "ligger i fremtiden"),
        ("name", "", "href=\"#name\""),
        ("email", "gudrun", "mangler et @"),
        ("letter", "", "Skriv teksten af, eller tilføj en scanning"),
        ("letter", "Mit cpr-nummer er 010203-4567.", "cpr-nummer"),
    ] {
        let wrong = form.clone().with("phone", "22334455").with(name, value);
        let seen = browser.post_files(&path, wrong.form()).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}={value}");
        assert!(seen.body.contains(says), "{name}={value}: {}", seen.body);
        assert!(seen.body.contains("value=\"22334455\""), "{name}={value}");
    }
    assert!(app.cards(ad.id).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_came_by_mail_gets_its_receipt_and_is_there_once() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let mut browser = app.recruiter().await;
    let came = app.kit.clock.now() - Duration::from_secs(2 * 3600);
    let form = opened(&mut browser, &ad).await.with("via", "email").with("email", "gudrun@aeroe.example");
    let form = form.with("received", &field(&app, came));
    let path = format!("/jobopslag/{}/ansoegninger/ny", ad.id);
    let presses = (0..3).map(|_| browser.post_files(&path, form.form()));
    let seen = futures_util::future::join_all(presses).await;
    for answer in &seen {
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
        assert_eq!(answer.location, seen[0].location);
    }
    let cards = app.cards(ad.id).await;
    assert_eq!((cards.len(), cards[0].via, cards[0].received_at), (1, Via::Email, came));
    app.drain().await;
    assert_eq!(app.letters().len(), 1);
    // a form that has stood open for more than a day is asked to be pressed once more, and then is one, too
    app.kit.clock.advance(Duration::from_secs(25 * 3600));
    let browser = app.recruiter().await;
    let seen = browser.post_files(&path, form.form()).await;
    assert!(seen.status == 422 && seen.body.contains("har stået åben længe"), "{}", seen.body);
    let again = form.clone().with("key", hidden(&seen.body, "key"));
    for _ in 0..2 {
        assert_eq!(browser.post_files(&path, again.form()).await.status, StatusCode::SEE_OTHER);
    }
    assert_eq!(app.cards(ad.id).await.len(), 2);
    // the link in it opens the same page as everybody's
    let own = Browser::new(&app).get(&app.magic_link("gudrun@aeroe.example")).await;
    assert!(
        own.body.contains("Venlig hilsen Gudrun") && own.body.contains("24. november 2026"),
        "{}",
        own.body
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_key_in_and_when() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let path = format!("/jobopslag/{}/ansoegninger/ny", ad.id);
    let board = format!("/jobopslag/{}/tavle", ad.id);
    for (role, unit, status) in [
        (Role::Recruiter, app.centre_north, 200),
        (Role::HrAdmin, app.organisation, 200),
        (Role::HiringManager, app.centre_north, 403),
        (Role::PanelMember, app.centre_north, 403),
        (Role::Communications, app.organisation, 403),
        (Role::Recruiter, app.centre_south, 404),
    ] {
        let mut browser = app.browser(role, unit).await;
        assert_eq!(browser.get(&path).await.status.as_u16(), status, "{role}");
        let seen = browser.get(&board).await;
        assert_eq!(seen.body.contains(&path), status == 200, "{role} is offered it");
        if status != 200 {
            let form = Filled::default().with("name", "X").with("via", "paper").with("letter", "Hej med jer");
            let seen = browser.post_files(&path, form.form()).await;
            assert_eq!(seen.status.as_u16(), status, "{role}");
        }
    }
    let mut browser = app.recruiter().await;
    let form = opened(&mut browser, &ad).await.with("received", &field(&app, app.kit.clock.now()));
    let stranger = Browser::new(&app).post_files(&path, form.form()).await;
    assert!(stranger.status == 303 || stranger.status == 401, "{}", stranger.status);
    let forged = app.recruiter().await;
    let without = forged.request(reqwest::Method::POST, &path).multipart(form.form()).send().await.unwrap();
    assert_eq!(without.status(), StatusCode::FORBIDDEN, "a form without the token");
    app.closed(&ad, CloseReason::NoHire).await;
    let seen = browser.post_files(&path, form.form()).await;
    assert!(seen.status == 422 && seen.body.contains("Opslaget er lukket"), "{}", seen.body);
    assert!(app.cards(ad.id).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_need_not_be_chosen_again_when_something_must_be_corrected() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let mut browser = app.recruiter().await;
    let form = opened(&mut browser, &ad)
        .await
        .with("received", &field(&app, app.kit.clock.now()))
        .with("letter", "");
    let path = format!("/jobopslag/{}/ansoegninger/ny", ad.id);
    let two = form.clone().file("files", "scan.jpg", paper("side.jpg")).file(
        "files",
        "cv.pdf",
        paper("cv-latin.pdf"),
    );
    let seen = browser.post_files(&path, two.with("name", "").form()).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.body.contains("scan.jpg") && seen.body.contains("cv.pdf"), "{}", seen.body);
    let page = &seen.body;
    let id_of = |name: &str| {
        let line = page.split("<li>").find(|line| line.contains(&format!(">{name}<"))).unwrap();
        line.split("name=\"kind-").nth(1).unwrap().split('"').next().unwrap()
    };
    let (cv, picture) = (id_of("cv.pdf"), id_of("scan.jpg"));
    let kind = format!("kind-{picture}");
    // one of them is taken away, of the other it is said what it is, and that stays over the next error too
    let seen = browser.post_files(&path, form.clone().with("remove", cv).with(&kind, "diploma").form()).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    assert!(seen.body.contains("scan.jpg") && !seen.body.contains("cv.pdf"));
    assert!(app.cards(ad.id).await.is_empty(), "nothing is registered by it");
    let seen = browser.post_files(&path, form.clone().with("email", "gudrun").form()).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    let seen = browser.post_files(&path, form.form()).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "a laid file is enough without a letter: {}", seen.body);
    let papers = app.papers(app.cards(ad.id).await[0].id).await;
    assert_eq!((papers.len(), papers[0].original_name.as_str()), (1, "scan.jpg"));
    assert_eq!(papers[0].kind, opslag::applications::PaperKind::Diploma);
    assert_eq!(app.rows("form_files").await, 0);
}
