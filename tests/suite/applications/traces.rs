//! Who looked at whom (D-05): each opening, download, list, search and change is a line of the append-only log, and
//! the applicant's own visits and what nobody was let in to are none.

use opslag::{
    accounts::{Role, audit},
    applications::Attachment,
    base::id::ApplicationId,
    db::DbError,
    search,
};
use reqwest::StatusCode;

use crate::harness::{TestApp, applicants::paper, people::Browser};

/// The lines written since there were `before`, oldest first: verb, object, detail.
async fn since(app: &TestApp, before: usize) -> Vec<(String, String, String)> {
    let all = app.rows("audit_events").await;
    let limit = i64::try_from(all - before).unwrap();
    let mut lines = app.kit.db.read(move |c| audit::read(c, None, limit)).await.unwrap();
    lines.reverse();
    lines.into_iter().map(|l| (l.verb.word().to_owned(), l.object, l.detail.unwrap_or_default())).collect()
}

/// Somebody with a PDF, a picture and a DOCX.
async fn applied(app: &TestApp) -> (opslag::postings::Posting, ApplicationId, Vec<Attachment>) {
    let ad = app.open_ad("SOSU-assistent").await;
    let form = app
        .filled(&ad, "")
        .await
        .file("cv", "CV Sofie.pdf", paper("cv-latin.pdf"))
        .file("files", "autorisation.jpg", paper("side.jpg"))
        .file("files", "brev.docx", paper("cv.docx"));
    assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    let papers = app.papers(id).await;
    (ad, id, papers)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_look_is_a_line_and_names_are_in_none() {
    let app = TestApp::standing_still().await;
    let (ad, id, papers) = applied(&app).await;
    let (db, index) = (app.kit.db.clone(), app.parts.search.clone());
    tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
    let mut browser = app.browser(Role::HrAdmin, app.organisation).await;
    let of = |mime: &str| papers.iter().find(|p| p.mime.contains(mime)).unwrap().id;
    let (pdf, jpg, docx) = (of("pdf"), of("jpeg"), of("wordprocessing"));
    let (person, posting) = (format!("application:{id}"), format!("posting:{}", ad.id));
    let (a, b) = (format!("/ansoegninger/{id}"), format!("/jobopslag/{}", ad.id));
    for (path, verb, object, detail) in [
        (a.clone(), "viewed", person.clone(), ""),
        (format!("{b}/tavle"), "viewed", posting.clone(), "board"),
        (format!("{a}/filer/{pdf}"), "viewed", format!("attachment:{pdf}"), ""),
        (format!("{a}/filer/{jpg}"), "viewed", format!("attachment:{jpg}"), ""),
        // no browser shows a DOCX: it leaves for somebody's machine
        (format!("{a}/filer/{docx}"), "downloaded", format!("attachment:{docx}"), ""),
        (format!("{a}/filer/{pdf}/hent"), "downloaded", format!("attachment:{pdf}"), ""),
        (format!("{a}/slet"), "viewed", person.clone(), ""),
        ("/soeg?q=demensafsnit".to_owned(), "found", person.clone(), ""),
    ] {
        let before = app.rows("audit_events").await;
        assert_eq!(browser.get(&path).await.status, StatusCode::OK, "{path}");
        let line = (verb.to_owned(), object, detail.to_owned());
        assert_eq!(since(&app, before).await, [line], "{path}");
    }
    let before = app.rows("audit_events").await;
    let seen = browser.post(&format!("{a}/flyt"), &[("version", "1"), ("stage", "interview")]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    let seen = browser.post(&format!("{b}/fortryd"), &[("chosen", &format!("{id}:2"))]).await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER);
    let moved = |detail: &str| ("moved".to_owned(), person.clone(), detail.to_owned());
    assert_eq!(since(&app, before).await, [moved("received>interview"), moved("undo interview>received")]);

    // other systems, by their token
    let token = app.token(Role::Recruiter, app.organisation).await;
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    for (path, verb, object, detail) in [
        (format!("/applications/{id}"), "viewed", person.clone(), ""),
        (format!("/applications?posting={}", ad.id), "exported", posting.clone(), "list of 1"),
        ("/applications".to_owned(), "exported", "-".to_owned(), "list of 1"),
        ("/search/applications?q=demensafsnit".to_owned(), "found", person.clone(), ""),
    ] {
        let before = app.rows("audit_events").await;
        let url = format!("{}/api/v1{path}", app.url);
        let answer = client.get(url).bearer_auth(&token).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{path}");
        assert_eq!(since(&app, before).await, [(verb.to_owned(), object, detail.to_owned())], "{path}");
        let last = app.kit.db.read(|c| audit::read(c, None, 1)).await.unwrap().remove(0);
        assert!(last.actor.starts_with("token:"), "{path}: {}", last.actor);
    }

    let before = app.rows("audit_events").await;
    assert_eq!(browser.post(&format!("{a}/slet"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(since(&app, before).await, [("erased".to_owned(), person, "3 files".to_owned())]);

    // the chain holds, and nothing in it tells who it was about
    assert_eq!(app.kit.db.read(audit::verify).await.unwrap(), None);
    let all = app.kit.db.read(|c| audit::read(c, None, 1000)).await.unwrap();
    let text = format!("{all:?}").to_lowercase();
    for word in ["sofie", "bæk", "demens", "cv sofie", "autorisation"] {
        assert!(!text.contains(word), "{word} is in the log");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_let_in_leaves_no_look_and_the_applicant_none_either() {
    let app = TestApp::standing_still().await;
    let (ad, id, papers) = applied(&app).await;
    let own = app.magic_link("sofie@baek.example");
    let strangers = [
        app.browser(Role::Recruiter, app.centre_south).await,
        app.browser(Role::Communications, app.organisation).await,
        Browser::new(&app),
    ];
    let before = app.rows("audit_events").await;
    let its = papers[0].id;
    for mut browser in strangers {
        for path in [
            format!("/ansoegninger/{id}"),
            format!("/ansoegninger/{id}/filer/{its}"),
            format!("/ansoegninger/{id}/filer/{its}/hent"),
            format!("/ansoegninger/{id}/slet"),
            format!("/jobopslag/{}/tavle", ad.id),
        ] {
            let seen = browser.get(&path).await;
            assert!(!seen.status.is_success() && !seen.body.contains("Sofie"), "{path}: {}", seen.status);
        }
    }
    let mut applicant = Browser::new(&app);
    for path in [own.clone(), format!("{own}/filer/{its}"), format!("{own}/traek")] {
        assert_eq!(applicant.get(&path).await.status, StatusCode::OK, "{path}");
    }
    assert!(since(&app, before).await.is_empty(), "{:?}", since(&app, before).await);
    // a file by the address of another's application is not there
    let other = app.applied(ad.id, "Anna Holm", "").await;
    let mut recruiter = app.recruiter().await;
    for path in
        [format!("/ansoegninger/{other}/filer/{its}"), format!("/ansoegninger/{other}/filer/{its}/hent")]
    {
        assert_eq!(recruiter.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_line_can_be_changed_or_taken_out() {
    let app = TestApp::start().await;
    let mut browser = app.recruiter().await;
    let ad = app.open_ad("Kok").await;
    for name in ["Anna Holm", "Bent Lund"] {
        let id = app.applied(ad.id, name, "").await;
        browser.get(&format!("/ansoegninger/{id}")).await;
    }
    let before = app.rows("audit_events").await;
    for sql in [
        "update audit_events set verb = 'found' where verb = 'viewed'",
        "update audit_events set detail = 'x'",
        "delete from audit_events where verb = 'viewed'",
        "delete from audit_events",
    ] {
        let done = app.kit.db.write(move |c| {
            use diesel::RunQueryDsl;
            diesel::sql_query(sql).execute(c)?;
            Ok::<_, DbError>(())
        });
        assert!(done.await.is_err(), "{sql}");
    }
    assert_eq!(app.rows("audit_events").await, before);
    assert_eq!(app.kit.db.read(audit::verify).await.unwrap(), None);
}
