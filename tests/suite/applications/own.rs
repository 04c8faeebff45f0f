//! The applicant's own page behind the magic link: opening it changes nothing, a press does; who has no link has
//! nothing.

use opslag::{
    applications::{Outcome, PaperKind, Stage},
    base::id::ApplicationId,
    postings::Posting,
};
use reqwest::{Method, StatusCode, multipart::Form};

use crate::harness::{
    TestApp,
    applicants::{Filled, paper},
    people::Browser,
};

/// Somebody who applied with a CV: the ad, the application, and the link their receipt holds.
async fn applied(app: &TestApp) -> (Posting, ApplicationId, String) {
    let ad = app.open_ad("SOSU-assistent").await;
    let form = app.filled(&ad, "").await.file("cv", "CV Sofie.pdf", paper("cv-latin.pdf"));
    assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    (ad, id, app.magic_link("sofie@baek.example"))
}

/// Everything that a press may change, as one text.
async fn everything(app: &TestApp, id: ApplicationId) -> String {
    let mut all = format!("{:?} {:?}", app.whole(id).await, app.papers(id).await);
    for table in ["applications", "application_events", "stage_intervals", "attachments", "changes", "jobs"] {
        all.push_str(&format!(" {table} {}", app.rows(table).await));
    }
    all
}

fn file(name: &str, bytes: impl Into<Vec<u8>>) -> Form {
    Filled::default().file("files", name, bytes).form()
}

#[tokio::test(flavor = "multi_thread")]
async fn opening_it_shows_everything_and_changes_nothing() {
    let app = TestApp::standing_still().await;
    let (_, id, own) = applied(&app).await;
    let before = everything(&app, id).await;
    let mut browser = Browser::new(&app);
    let page = browser.get(&own).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.headers.contains_key("set-cookie"), "no cookie for applicants");
    assert_eq!(page.headers["referrer-policy"], "same-origin");
    assert!(page.body.contains("name=\"robots\" content=\"noindex\"") && !page.body.contains("<script"));
    for told in
        ["Din ansøgning, Sofie", "24. november 2026", "demensafsnit", "CV Sofie.pdf", "sofie@baek.example"]
    {
        assert!(page.body.contains(told), "{told}: {}", page.body);
    }
    let its = &app.papers(id).await[0];
    let pdf = browser.get(&format!("{own}/filer/{}", its.id)).await;
    assert!(pdf.headers["content-disposition"].to_str().unwrap().starts_with("attachment"));
    assert!(pdf.headers["content-security-policy"].to_str().unwrap().starts_with("sandbox"));
    // whatever opens links by itself does no harm
    for path in [format!("{own}/traek"), format!("{own}?done=file"), format!("{own}?lang=en")] {
        assert_eq!(browser.get(&path).await.status, StatusCode::OK, "{path}");
    }
    for path in [format!("{own}/filer"), format!("{own}/kontakt")] {
        assert_eq!(browser.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(browser.call("HEAD", &own).await.body, "");
    assert_eq!(everything(&app, id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_added_and_a_wrong_one_is_a_sentence_at_the_field() {
    let app = TestApp::standing_still().await;
    let (ad, id, own) = applied(&app).await;
    let browser = Browser::new(&app);
    let path = format!("{own}/filer?lang=da");
    app.kit.clock.advance(std::time::Duration::from_secs(3600));
    let seen = browser.post_files(&path, file("Autorisation.txt", "Autoriseret siden 2019")).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let page = Browser::new(&app).get(&seen.location.unwrap()).await.body;
    assert!(page.contains("Filen er tilføjet.") && page.contains("Autorisation.txt"), "{page}");
    app.drain().await;
    let papers = app.papers(id).await;
    assert_eq!((papers.len(), papers[1].kind), (2, PaperKind::Diploma));
    // the recruiter sees it, and that it came later
    let shown = app.recruiter().await.get(&format!("/ansoegninger/{id}")).await.body;
    assert!(shown.contains("Autoriseret siden 2019") && shown.contains("Fil tilføjet"), "{shown}");
    assert_eq!(app.letters().len(), 1, "no second receipt");

    // the same file once more is there already; a wrong one is not kept
    let before = everything(&app, id).await;
    let seen = browser.post_files(&path, file("igen.txt", "Autoriseret siden 2019")).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    let kept = app.kept_files();
    for (form, says) in [
        (file("logo.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"), "er en tegning"),
        (file("tom.pdf", ""), "er tom"),
        (Form::new().text("files", ""), "Vælg en fil først"),
    ] {
        let seen = browser.post_files(&path, form).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{says}");
        assert!(seen.body.contains(says) && seen.body.contains("href=\"#files\""), "{says}: {}", seen.body);
    }
    assert_eq!(everything(&app, id).await, before);
    assert_eq!(app.kept_files(), kept);
    // no more than there is room for
    let many = (papers.len()..=app.kit.config.limits.papers)
        .fold(Filled::default(), |form, n| form.file("files", &format!("{n}.txt"), format!("Nummer {n}")));
    let seen = browser.post_files(&path, many.form()).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", seen.body);
    assert!(seen.body.contains("Der er ikke plads til"), "{}", seen.body);
    assert_eq!(app.cards(ad.id).await.len(), 1);
    assert_eq!(everything(&app, id).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn mail_and_telephone_are_corrected() {
    let app = TestApp::standing_still().await;
    let (_, id, own) = applied(&app).await;
    let browser = Browser::new(&app);
    let path = format!("{own}/kontakt");
    let wrong = browser.post_raw(&path, &[("email", "sofie.baek"), ("phone", "22 33 44 55")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        wrong.body.contains("mangler et @") && wrong.body.contains("value=\"sofie.baek\""),
        "{}",
        wrong.body
    );
    let seen = browser.post_raw(&path, &[("email", "ny@baek.example"), ("phone", "22 33 44 55")]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    let person = app.whole(id).await.unwrap().applicant;
    assert_eq!((person.email.as_str(), person.phone.as_str()), ("ny@baek.example", "+4522334455"));
    assert_eq!(person.name, "Sofie Bæk Nielsen");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_withdrawn_by_a_press_and_nothing_can_be_changed_afterwards() {
    let app = TestApp::standing_still().await;
    let (ad, id, own) = applied(&app).await;
    let mut browser = Browser::new(&app);
    let asks = browser.get(&format!("{own}/traek")).await;
    assert!(asks.body.contains("Vil du trække din ansøgning til SOSU-assistent?"), "{}", asks.body);
    assert_eq!(app.whole(id).await.unwrap().application.outcome, None);
    // pressed three times at once is once
    let empty: [(&str, &str); 0] = [];
    let path = format!("{own}/traek");
    let presses = (0..3).map(|_| browser.post_raw(&path, &empty));
    for seen in futures_util::future::join_all(presses).await {
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
    }
    let is = app.whole(id).await.unwrap().application;
    assert_eq!((is.stage, is.outcome), (Stage::Received, Some(Outcome::Withdrawn)));
    assert_eq!(app.rows("application_events").await, 3, "received, receipt, withdrawn");

    let page = browser.get(&own).await.body;
    assert!(page.contains("Du har trukket ansøgningen"), "{page}");
    for gone in ["type=\"file\"", "/traek?", "Vi læser og vurderer"] {
        assert!(!page.contains(gone), "{gone}: {page}");
    }
    let asks = browser.get(&format!("{own}/traek")).await;
    assert_eq!(asks.status, StatusCode::SEE_OTHER, "there is nothing to ask");
    let before = everything(&app, id).await;
    let seen = browser.post_files(&format!("{own}/filer"), file("mere.txt", "Mere tekst")).await;
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(seen.body.contains("afgjort eller trukket"), "{}", seen.body);
    assert_eq!(everything(&app, id).await, before);

    let mut recruiter = app.recruiter().await;
    let board = recruiter.get(&format!("/jobopslag/{}/tavle", ad.id)).await.body;
    let withdrawn =
        board.split("data-stage=\"withdrawn\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(withdrawn.contains("Sofie Bæk Nielsen"), "{board}");
    let shown = recruiter.get(&format!("/ansoegninger/{id}")).await.body;
    assert!(shown.contains("Afgjort: Trukket") && shown.contains("ansøgeren"), "{shown}");
    assert!(!shown.contains("/fortryd"), "what the applicant did is no button");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_says_that_it_is_assessed_and_decided_once_the_letter_leaves_and_then_why() {
    let app = TestApp::standing_still().await;
    let (ad, id, own) = applied(&app).await;
    let mut recruiter = app.recruiter().await;
    let grounds = "Andre har mere erfaring med demens.";
    for (to, version, reason, now) in [
        ("interview", "1", "", "now\" aria-current"),
        // nobody learns it before the letter that says it
        ("rejected", "2", grounds, "Vi læser og vurderer"),
    ] {
        let fields = [("version", version), ("stage", to), ("reason", reason)];
        let seen = recruiter.post(&format!("/ansoegninger/{id}/flyt"), &fields).await;
        assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);
        let page = Browser::new(&app).get(&own).await.body;
        assert!(page.contains(now), "{to}: {page}");
        for secret in ["Samtale", "Afslag", grounds, "recruiter"] {
            assert!(!page.contains(secret), "{secret}: {page}");
        }
    }
    app.answered(ad.id).await;
    let page = Browser::new(&app).get(&own).await.body;
    assert!(page.contains(grounds) && page.contains("Jeg ønsker en begrundelse"), "{page}");
    for secret in ["Samtale", "recruiter"] {
        assert!(!page.contains(secret), "{secret}: {page}");
    }
    // a decided one is not withdrawn; the page says that it is decided
    let seen = Browser::new(&app).post_raw(&format!("{own}/traek"), &[]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    assert_eq!(app.whole(id).await.unwrap().application.outcome, Some(Outcome::Rejected));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_link_there_is_nothing() {
    let app = TestApp::standing_still().await;
    let (ad, id, own) = applied(&app).await;
    let other = app.applied(ad.id, "Anna Holm", "").await;
    app.drain().await;
    let others_link = app.magic_link("anna-holm@example.dk");
    let its = app.papers(id).await[0].id;
    let (before, browser) = (everything(&app, id).await, Browser::new(&app));
    // one letter of the token is another
    let mut wrong = own.clone();
    let last = wrong.pop().unwrap();
    wrong.push(if last == '0' { '1' } else { '0' });
    for link in [wrong, format!("/min-ansoegning/{id}"), "/min-ansoegning/x".into(), format!("{own}0")] {
        for (method, path) in [
            (Method::GET, link.clone()),
            (Method::GET, format!("{link}/traek")),
            (Method::GET, format!("{link}/filer/{its}")),
            (Method::POST, format!("{link}/traek")),
        ] {
            let seen = browser.call(method.as_str(), &path).await;
            assert_eq!(seen.status, StatusCode::NOT_FOUND, "{method} {path}");
            assert!(!seen.body.contains("Sofie") && !seen.body.contains("SOSU"), "{path}");
        }
        let seen = browser.post_raw(&format!("{link}/kontakt"), &[("email", "x@y.example")]).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
        let seen = browser.post_files(&format!("{link}/filer"), file("a.txt", "Hej med jer")).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND);
    }
    // one's own link opens one's own files only
    let seen = browser.call("GET", &format!("{others_link}/filer/{its}")).await;
    assert_eq!(seen.status, StatusCode::NOT_FOUND);
    assert_eq!(everything(&app, id).await, before);
    assert_eq!(app.whole(other).await.unwrap().application.outcome, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_or_a_correction_that_meets_erasing_is_answered_plainly_and_leaves_nothing() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent").await;
    for round in 0..16 {
        let address = format!("sofie{round}@baek.example");
        let form =
            app.filled(&ad, "").await.with("email", &address).file("cv", "cv.txt", format!("CV {round}"));
        assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
        app.drain().await;
        let (own, id) = (app.magic_link(&address), app.cards(ad.id).await[0].id);
        let k = app.kit.clone();
        let erase = move |c: &mut opslag::db::Conn| {
            opslag::applications::actions::erase(c, &k, opslag::accounts::audit::Actor::System, id)
        };
        let browser =
            Browser::visiting(&app, &format!("192.0.2.{}", round + 1), crate::harness::people::PHONE);
        let (files, contact) = (format!("{own}/filer"), format!("{own}/kontakt"));
        let new = file("bevis.txt", format!("Bevis {round}"));
        let fields = [("email", "ny@baek.example"), ("phone", "22334455")];
        // a little later each time, so that they meet in every place
        let later = async {
            tokio::time::sleep(std::time::Duration::from_millis(round)).await;
            app.kit.db.write(erase).await
        };
        let (added, corrected, erased) =
            tokio::join!(browser.post_files(&files, new), browser.post_raw(&contact, &fields), later);
        assert!(erased.unwrap(), "round {round}");
        for seen in [added, corrected] {
            assert!(
                matches!(seen.status.as_u16(), 303 | 404),
                "round {round}: {} {}",
                seen.status,
                seen.body
            );
        }
        assert_eq!(browser.call("get", &own).await.status, 404);
        app.kit.clock.advance(std::time::Duration::from_secs(60));
    }
    // what was kept and came too late is swept with everything that nobody names
    app.drain().await;
    let behind = opslag::base::Clock::real().now().since(app.kit.clock.now());
    app.kit.clock.advance(behind + std::time::Duration::from_secs(2 * 86_400));
    let now = app.kit.clock.now();
    let k = app.kit.clone();
    let sweep = opslag::applications::jobs::Sweep {};
    app.kit.db.write(move |c| opslag::queue::enqueue(c, &sweep, now, now, &k.chance)).await.unwrap();
    app.drain().await;
    for table in ["applications", "attachments", "application_events", "applicants"] {
        assert_eq!(app.rows(table).await, 0, "{table}");
    }
    assert_eq!(app.kept_files(), 0);
}
