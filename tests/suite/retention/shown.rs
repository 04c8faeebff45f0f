//! What people see of it: pages, errors at the field, out of sight for everybody, given back, asked for, refused, red.

use chrono::Days;
use opslag::{
    accounts::Role,
    base::id::{ApplicationId, PostingId},
    doctor, search,
};
use reqwest::StatusCode;

use super::{close_at, night, nights, receipts, there, today};
use crate::harness::{TestApp, applicants::paper, people::Browser};

async fn found(app: &TestApp) -> u64 {
    let (db, index) = (app.kit.db.clone(), app.parts.search.clone());
    tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
    app.parts.search.count()
}

/// Somebody with a paper in a posting that is closed.
async fn applied(app: &TestApp) -> (PostingId, ApplicationId) {
    let ad = app.open_ad("Kok").await;
    let form = app.filled(&ad, "").await.file("cv", "CV Sofie.pdf", paper("cv-latin.pdf"));
    assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    close_at(app, ad.id, app.kit.clock.now()).await;
    (ad.id, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn out_of_sight_means_out_of_everybodys_sight_and_can_be_given_back() {
    let app = TestApp::standing_still().await;
    let (ad, id) = applied(&app).await;
    let its = app.papers(id).await[0].id;
    let own = app.magic_link("sofie@baek.example");
    let token = app.token(Role::Recruiter, app.organisation).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let ask = async |path: &str| {
        let url = format!("{}/api/v1{path}", app.url);
        client.get(url).bearer_auth(&token).send().await.unwrap()
    };
    // nobody has to act before the warning; then the start says it
    let mut recruiter = app.recruiter().await;
    assert!(!recruiter.get("/start").await.body.contains("på vej ud"));
    nights(&app, 138).await;
    let mut recruiter = app.recruiter().await;
    let start = recruiter.get("/start").await.body;
    assert!(start.contains("1 ansøgning er på vej ud") && !start.contains("Sofie"), "{start}");
    let page = recruiter.get(&format!("/ansoegninger/{id}")).await.body;
    assert!(page.contains("Slettes 24. maj 2027") && page.contains("6 måneder efter lukning"), "{page}");
    assert_eq!(found(&app).await, 1);

    nights(&app, 14).await;
    let pages = [
        format!("/ansoegninger/{id}"),
        format!("/ansoegninger/{id}/filer/{its}"),
        format!("/ansoegninger/{id}/filer/{its}/hent"),
        format!("/ansoegninger/{id}/slet"),
        format!("/ansoegninger/{id}/breve"),
        format!("/ansoegninger/{id}/vurdering"),
    ];
    let lists = [
        format!("/jobopslag/{ad}/tavle"),
        format!("/jobopslag/{ad}/ansoegere"),
        format!("/jobopslag/{ad}/svar"),
        format!("/jobopslag/{ad}/indstilling"),
        format!("/jobopslag/{ad}/udvalg"),
        "/soeg?q=sofie".to_owned(),
        "/ansoegere".to_owned(),
        "/start".to_owned(),
        "/slettefrister".to_owned(),
    ];
    for role in [Role::HrAdmin, Role::Recruiter, Role::HiringManager] {
        let mut browser = app.browser(role, app.organisation).await;
        for path in &pages {
            let seen = browser.get(path).await;
            assert!(
                !seen.status.is_success() && !seen.body.contains("Sofie"),
                "{role} {path}: {}",
                seen.status
            );
        }
        for path in &lists {
            let seen = browser.get(path).await;
            assert!(!seen.body.contains("Sofie"), "{role} {path}");
        }
    }
    assert_eq!(ask(&format!("/applications/{id}")).await.status(), StatusCode::NOT_FOUND);
    for path in ["/applications", "/search/applications?q=sofie"] {
        assert!(!ask(path).await.text().await.unwrap().contains(&id.to_string()), "{path}");
    }
    assert_eq!(found(&app).await, 0);
    let counts: serde_json::Value = ask(&format!("/postings/{ad}/counts")).await.json().await.unwrap();
    assert_eq!(counts["total"]["submitted"], 1, "every sum still holds: {counts}");
    // it is theirs until it is gone
    assert_eq!(Browser::new(&app).get(&own).await.status, StatusCode::OK);

    // HR sees who it is, on one page, and gives it back with a reason and a day
    let at = format!("/jobopslag/{ad}/slettefrist");
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&at).await;
    assert!(page.status == 200 && page.body.contains("Ude af syne") && !page.body.contains("Sofie"));
    let id_text = id.to_string();
    let until = (today(&app) + Days::new(30)).to_string();
    let fields = [("application", id_text.as_str()), ("until", until.as_str()), ("reason", "Klagesag 4711")];
    assert_eq!(recruiter.post(&format!("{at}/gendan"), &fields).await.status, StatusCode::FORBIDDEN);
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    assert!(hr.get(&at).await.body.contains("Sofie Bæk Nielsen"));
    for (name, value, error) in [("reason", "", "reason-error"), ("until", "2020-01-01", "until-error")] {
        let mut wrong = fields.to_vec();
        wrong.retain(|(field, _)| *field != name);
        wrong.push((name, value));
        let seen = hr.post(&format!("{at}/gendan"), &wrong).await;
        assert!(seen.status == 422 && seen.body.contains(error), "{name}: {} {}", seen.status, seen.body);
    }
    assert_eq!(hr.post(&format!("{at}/gendan"), &fields).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hr.get(&pages[0]).await.status, StatusCode::OK);
    assert_eq!(found(&app).await, 1);
    let page = hr.get(&at).await.body;
    assert!(page.contains("Klagesag 4711") && page.contains("Sat i bero"), "{page}");
    // while it is held it is not erased by hand either
    let seen = hr.post(&format!("/ansoegninger/{id}/slet"), &[]).await;
    assert!(!seen.status.is_success() && seen.body.contains("sat i bero"), "{}", seen.body);
    let hold = page.split("name=\"hold\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(hr.post(&format!("{at}/slut"), &[("hold", &hold)]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(hr.post(&format!("/ansoegninger/{id}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    assert!(!receipts(&app).await[0].says().unwrap().is_red());
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_have_a_reason_and_an_end_and_are_told_before_one_applies() {
    let app = TestApp::standing_still().await;
    let mut content = app.ready_content("Sygeplejerske");
    content.terms.profession = Some("nurse".into());
    let ad = app.opened(content).await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let rules = "/slettefrister/regler";
    for (months, reason, error, says) in [
        ("37", "Klagefrist", "months-error", "Datatilsynet godtager op til 3 år"),
        ("0", "Klagefrist", "months-error", "fra 1 til 36"),
        ("tolv", "Klagefrist", "months-error", "fra 1 til 36"),
        ("12", "", "reason-error", "Skriv en begrundelse"),
    ] {
        let fields = [("value", "profession:nurse"), ("months", months), ("reason", reason)];
        let seen = hr.post(rules, &fields).await;
        assert!(seen.status == 422 && seen.body.contains(error) && seen.body.contains(says), "{}", seen.body);
        assert!(seen.body.contains(&format!("value=\"{months}\"")), "what was typed stays");
    }
    let fields = [("value", "profession:nurse"), ("months", "12"), ("reason", "Lange klagefrister")];
    assert_eq!(hr.post(rules, &fields).await.status, StatusCode::SEE_OTHER);
    let mut part = app.browser(Role::HrAdmin, app.centre_north).await;
    let seen = part.post(rules, &fields).await;
    assert!(seen.body.contains("hele organisationen"), "{}", seen.body);
    let form = Browser::new(&app).get(&format!("/ansoeg/{}", ad.slug)).await.body;
    assert!(form.contains("12 måneder") && form.contains("Lange klagefrister"), "{form}");
    // the posting's own is shorter: it decides, and the page says whom it beats
    let at = format!("/jobopslag/{}/slettefrist", ad.id);
    hr.get(&at).await;
    let fields = [("months", "3"), ("reason", "Ingen klageret")];
    assert_eq!(hr.post(&at, &fields).await.status, StatusCode::SEE_OTHER);
    let page = hr.get(&at).await.body;
    assert!(page.contains("er kortest og bestemmer") && page.contains("(12 mdr.)"), "{page}");
    app.applied(ad.id, "Anna Holm", "").await;
    let page = hr.get("/slettefrister").await.body;
    assert!(page.contains("er kortest og bestemmer"), "{page}");
    assert_eq!(hr.post(&at, &[("none", "on")]).await.status, StatusCode::SEE_OTHER);
    assert!(!hr.get(&at).await.body.contains("er kortest"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_to_be_erased_goes_that_night_or_is_told_why_not() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    for (name, email) in [("Anna Holm", "anna@holm.example"), ("Bo Riis", "bo@riis.example")] {
        let form = app.filled(&ad, "").await.with("name", name).with("email", email);
        assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    }
    app.drain().await;
    let (anna, bo) = (app.magic_link("anna@holm.example"), app.magic_link("bo@riis.example"));
    let mut browser = Browser::new(&app);
    let page = browser.get(&anna).await.body;
    assert!(page.contains(&format!("{anna}/slet")), "{page}");
    let page = browser.get(&format!("{anna}/slet")).await.body;
    assert!(page.contains("trækkes samtidig tilbage"), "looking changes nothing: {page}");
    for own in [&anna, &bo] {
        for _ in 0..2 {
            assert_eq!(browser.post_raw(&format!("{own}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
        }
    }
    assert_eq!(app.rows("erasure_requests").await, 2);
    let page = browser.get(&format!("{anna}/slet")).await.body;
    assert!(page.contains("slettes natten til"), "{page}");
    // Bo's is part of a case
    let cards = app.cards(ad.id).await;
    let his = cards.iter().find(|card| card.name == "Bo Riis").unwrap().id.to_string();
    let at = format!("/jobopslag/{}/slettefrist", ad.id);
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let page = hr.get("/slettefrister").await.body;
    assert!(page.contains("2 har bedt om at blive slettet") && !page.contains("Bo Riis"), "{page}");
    let until = (today(&app) + Days::new(20)).to_string();
    let fields = [("application", his.as_str()), ("until", until.as_str()), ("reason", "Klagesag 4711")];
    assert_eq!(hr.post(&format!("{at}/bero"), &fields).await.status, StatusCode::SEE_OTHER);
    let page = browser.get(&format!("{bo}/slet")).await.body;
    assert!(page.contains("Du får svar senest 24. december 2026"), "{page}");
    nights(&app, 1).await;
    assert_eq!(browser.get(&anna).await.status, StatusCode::NOT_FOUND);
    assert_eq!(there(&app).await.len(), 1);
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    assert!(hr.get("/start").await.body.contains("1 ansøger har bedt om sletning"));
    let page = hr.get(&at).await.body;
    assert!(page.contains("Bo Riis"), "{page}");
    let fields =
        [("application", his.as_str()), ("reason", "Sagen er ikke afgjort i Ligebehandlingsnævnet.")];
    assert_eq!(hr.post(&format!("{at}/afvis"), &fields).await.status, StatusCode::SEE_OTHER);
    let page = browser.get(&format!("{bo}/slet")).await.body;
    assert!(page.contains("Ligebehandlingsnævnet") && page.contains("klage til Datatilsynet"), "{page}");
    nights(&app, 40).await;
    assert_eq!(there(&app).await.len(), 1, "a wish that was refused waits for the posting like everybody's");
    // asked anew and held no more
    assert_eq!(browser.post_raw(&format!("{bo}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
    nights(&app, 1).await;
    assert!(there(&app).await.is_empty());
    let all = receipts(&app).await;
    let rules: Vec<_> = all.iter().flat_map(|receipt| receipt.says().unwrap().rules).collect();
    assert_eq!(rules, [("asked".to_owned(), 1), ("asked".to_owned(), 1)]);
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let page = hr.get("/slettefrister/kvitteringer/1").await.body;
    assert!(page.contains("Slettet og kontrolleret") && page.contains("Kæden er hel"), "{page}");
    assert!(!page.contains("Anna") && !page.contains("holm"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_somewhere_makes_the_receipt_red_until_it_is_gone() {
    let app = TestApp::standing_still().await;
    let (_, id) = applied(&app).await;
    // somebody has put it where it should not be
    let stray = app.kit.config.data.join("incoming").join("glemt.txt");
    std::fs::write(&stray, "Husk at ringe til Sofie Bæk NIELSEN").unwrap();
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    assert_eq!(hr.post(&format!("/ansoegninger/{id}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let first = receipts(&app).await.remove(0);
    let says = first.says().unwrap();
    assert!(says.is_red(), "{says:?}");
    let red: Vec<_> = says.places.iter().filter(|seen| seen.after.unwrap_or(0) > 0).collect();
    assert_eq!((red.len(), red[0].place.word()), (1, "folder"), "{says:?}");
    let page = hr.get("/slettefrister/kvitteringer/1").await.body;
    assert!(page.contains("Noget blev fundet") && page.contains("Ryd op, og led igen"), "{page}");
    assert!(hr.get("/start").await.body.contains("Noget af det slettede blev fundet"));
    let report = doctor::look(&app.kit).await;
    let wrong = |report: &doctor::Report| {
        report.findings.iter().any(|f| f.about == "erasures" && f.verdict == doctor::Verdict::Wrong)
    };
    assert!(wrong(&report), "{}", report.words());
    nights(&app, 1).await;
    assert_eq!(receipts(&app).await.len(), 1, "the same is not written twice");
    std::fs::remove_file(&stray).unwrap();
    nights(&app, 1).await;
    let all = receipts(&app).await;
    assert!(all.len() == 2 && !all[1].says().unwrap().is_red(), "{all:?}");
    assert_eq!(all[1].erasure, all[0].erasure);
    assert!(!wrong(&doctor::look(&app.kit).await));
    assert_eq!(
        app.rows("erasures where sought is not null").await,
        0,
        "what was looked for is gone with the proof"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_others_have_too_are_said_and_do_not_count() {
    let app = TestApp::standing_still().await;
    let (_, id) = applied(&app).await;
    // the same person elsewhere, with the same paper, stays
    let other = app.open_ad("Rengøring").await;
    let form = app.filled(&other, "").await.file("cv", "CV Sofie.pdf", paper("cv-latin.pdf"));
    assert_eq!(app.send(&other, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    assert_eq!(hr.post(&format!("/ansoegninger/{id}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let says = receipts(&app).await[0].says().unwrap();
    assert!(!says.is_red() && says.shared > 3 && says.shared_files == 1, "{says:?}");
    assert_eq!(app.kept_files(), 1);
    let page = hr.get("/slettefrister/kvitteringer/1").await.body;
    assert!(page.contains("står også i noget, der skal blive"), "{page}");
    // a night that has nothing to do says so
    night(&app).await;
    assert!(hr.get("/slettefrister").await.body.contains("Intet at slette"));
}
