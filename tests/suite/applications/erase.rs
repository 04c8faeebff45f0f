//! Erasing an application: its rows, its files and its words are gone, a number stays.

use opslag::{
    accounts::{self, Role, audit::Actor},
    applications::actions,
    base::id::ApplicationId,
    db::Engine,
    insights::{self, Funnel},
    postings::Posting,
    queue, search,
};
use reqwest::StatusCode;

use crate::harness::{TestApp, applicants::paper, people::Browser};

async fn counts(app: &TestApp, ad: &Posting) -> Funnel {
    let posting = ad.id;
    let read = move |c: &mut opslag::db::Conn| {
        let scope = accounts::everywhere(c)?;
        insights::funnel(c, &scope, posting)
    };
    app.kit.db.read(read).await.unwrap().unwrap()
}

async fn found(app: &TestApp) -> u64 {
    let (db, index) = (app.kit.db.clone(), app.parts.search.clone());
    tokio::task::spawn_blocking(move || search::jobs::catch_up(&db, &index)).await.unwrap().unwrap();
    app.parts.search.count()
}

async fn erased(app: &TestApp, id: ApplicationId) -> bool {
    let k = app.kit.clone();
    let erase = move |c: &mut opslag::db::Conn| actions::erase(c, &k, Actor::System, id);
    app.kit.db.write(erase).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_of_a_person_goes_and_every_number_stays() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent").await;
    let token = app.link(ad.id, "bluesky").await;
    let mut people = Vec::new();
    // both send the same certificate, each a CV of their own
    for (name, email, query) in [
        ("Sofie Bæk Nielsen", "sofie@baek.example", format!("?l={token}")),
        ("Anna Holm", "anna@holm.example", String::new()),
    ] {
        let form = app.filled(&ad, &query).await.with("name", name).with("email", email);
        let form = form.file("cv", "cv.txt", format!("{name} har arbejdet med sårpleje")).file(
            "files",
            "bevis.jpg",
            paper("side.jpg"),
        );
        assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
        app.kit.clock.advance(std::time::Duration::from_secs(60));
    }
    app.drain().await;
    people.extend(app.cards(ad.id).await.into_iter().map(|c| c.id));
    let (sofie, anna) = (people[0], people[1]);
    let own = app.magic_link("sofie@baek.example");
    let mut recruiter = app.recruiter().await;
    let fields = [("version", "1"), ("stage", "interview")];
    recruiter.post(&format!("/ansoegninger/{sofie}/flyt"), &fields).await;
    assert_eq!(found(&app).await, 2);
    assert_eq!(app.kept_files(), 3);
    let before = counts(&app, &ad).await;
    assert_eq!((before.total.submitted, before.total.interview), (2, 1));

    // only who may, and only after being asked
    let path = format!("/ansoegninger/{sofie}/slet");
    assert_eq!(recruiter.get(&path).await.status, StatusCode::FORBIDDEN);
    assert_eq!(recruiter.post(&path, &[]).await.status, StatusCode::FORBIDDEN);
    let mut admin = app.browser(Role::HrAdmin, app.organisation).await;
    let asks = admin.get(&path).await;
    assert!(asks.body.contains("Det kan ikke fortrydes"), "{}", asks.body);
    assert!(app.whole(sofie).await.is_some());
    let seen = admin.post(&path, &[]).await;
    assert_eq!(seen.location.unwrap(), format!("/jobopslag/{}/tavle", ad.id));
    assert_eq!(admin.post(&path, &[]).await.status, StatusCode::NOT_FOUND, "once");

    assert!(app.whole(sofie).await.is_none());
    for table in ["applicants", "applications", "attachments", "stage_intervals"] {
        let rows = [("attachments", 2)].into_iter().find(|(t, _)| *t == table).map_or(1, |(_, n)| n);
        assert_eq!(app.rows(table).await, rows, "{table}");
    }
    assert_eq!(app.rows("application_events").await, 2, "Anna's");
    app.drain().await;
    assert_eq!(app.kept_files(), 2, "the certificate is Anna's, too");
    for paper in app.papers(anna).await {
        assert!(app.kit.blobs.read(&paper.sha256).await.is_ok());
    }
    assert_eq!(found(&app).await, 1);
    for query in ["sofie", "nielsen", "sofie@baek.example"] {
        let page = admin.get(&format!("/soeg?q={query}")).await.body;
        assert!(!page.contains("/ansoegninger/"), "{query}: {page}");
    }
    for path in [format!("/ansoegninger/{sofie}"), own.clone(), format!("{own}/traek")] {
        assert_eq!(admin.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(counts(&app, &ad).await, before, "the numbers are as they were, by channel and by step");
    let page = recruiter.get(&format!("/jobopslag/{}/tal", ad.id)).await;
    assert!(page.status == 200 && page.body.contains("Bluesky"), "{}", page.body);
    assert!(!page.body.contains("Sofie"));
}

/// Tables in which a row holds this word.
async fn tables_with(app: &TestApp, word: &str) -> Vec<String> {
    let schema = include_str!("../../../src/db/schema.rs");
    let tables = schema.lines().filter(|l| l.starts_with("    ") && l.ends_with(") {"));
    let mut found = Vec::new();
    for table in tables.map(|line| line.trim().split(' ').next().unwrap()) {
        if app.rows(&format!("{table} t where t::text ilike '%{word}%'")).await > 0 {
            found.push(table.to_owned());
        }
    }
    found
}

/// Files of the database that hold this word, free pages among them.
fn files_with(app: &TestApp, word: &str) -> Vec<String> {
    use diesel::{Connection, connection::SimpleConnection};
    let data = &app.kit.config.data;
    let path = data.join("opslag.db");
    let mut conn = diesel::SqliteConnection::establish(path.to_str().unwrap()).unwrap();
    conn.batch_execute("pragma busy_timeout = 5000; pragma wal_checkpoint(truncate)").unwrap();
    let names = ["opslag.db", "opslag.db-wal"].map(str::to_owned);
    let holds = |name: &String| {
        let bytes = std::fs::read(data.join(name)).unwrap_or_default();
        bytes.windows(word.len()).any(|w| w.eq_ignore_ascii_case(word.as_bytes()))
    };
    names.into_iter().filter(holds).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_holds_a_word_of_who_is_erased() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let form = app
        .filled(&ad, "")
        .await
        .with("name", "Xenia Kvistgaard")
        .with("email", "xenia@kvistgaard.example")
        .with("phone", "22 33 44 55")
        .with("letter", "Jeg har lavet mad i Lilleskoven.")
        .file("cv", "Kvistgaard.txt", "Uddannet i Storeskoven");
    assert_eq!(app.send(&ad, &form).await.status, StatusCode::SEE_OTHER);
    app.drain().await;
    let id = app.cards(ad.id).await[0].id;
    // seen, searched, moved and answered in every way
    let mut admin = app.browser(Role::HrAdmin, app.organisation).await;
    let token = app.token(Role::Recruiter, app.organisation).await;
    let moves = format!("{}/api/v1/applications/{id}/moves", app.url);
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let mut answers = Vec::new();
    for _ in 0..2 {
        let request = client.post(&moves).bearer_auth(&token).header("idempotency-key", "one");
        let answer = request.body("{\"to\":\"interview\",\"version\":1}").send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK);
        answers.push(answer.text().await.unwrap());
    }
    assert_eq!(answers[0], answers[1]);
    let fields = [("version", "2"), ("stage", "rejected"), ("reason", "Xenia Kvistgaard kan ikke komme.")];
    let seen = admin.post(&format!("/ansoegninger/{id}/flyt"), &fields).await;
    admin.get(&seen.location.unwrap()).await;
    found(&app).await;
    for path in
        [format!("/ansoegninger/{id}"), "/soeg?q=kvistgaard".into(), format!("/ansoegninger/{id}/slet")]
    {
        assert_eq!(admin.get(&path).await.status, StatusCode::OK, "{path}");
    }
    let words = ["kvistgaard", "xenia", "+4522334455", "lilleskoven", "storeskoven"];
    let sqlite = app.kit.db.engine() == Engine::Sqlite;
    // what is looked for is found while it is there
    for word in words {
        let there = if sqlite { files_with(&app, word) } else { tables_with(&app, word).await };
        assert!(!there.is_empty(), "{word}");
    }
    admin.post(&format!("/ansoegninger/{id}/slet"), &[]).await;
    app.drain().await;
    for word in words {
        let left = if sqlite { files_with(&app, word) } else { tables_with(&app, word).await };
        assert!(left.is_empty(), "{word} is left in {left:?}");
    }
    assert_eq!(app.kept_files(), 0);
    // what was answered to other systems is kept for a day
    assert_eq!(app.rows("idempotency_keys").await, 1);
    app.kit.clock.advance(std::time::Duration::from_secs(25 * 3600));
    let (k, now) = (app.kit.clone(), app.kit.clock.now());
    let forget = move |c: &mut opslag::db::Conn| {
        queue::enqueue(c, &accounts::jobs::ForgetAnswers {}, now, now, &k.chance)
    };
    app.kit.db.write(forget).await.unwrap();
    app.drain().await;
    assert_eq!(app.rows("idempotency_keys").await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_receipt_leaves_and_no_text_is_read_for_who_is_gone_already() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let form = app.filled(&ad, "").await.file("cv", "cv.pdf", paper("cv-latin.pdf"));
    let sent = app.send(&ad, &form).await;
    let id = app.cards(ad.id).await[0].id;
    assert!(erased(&app, id).await);
    assert!(!erased(&app, id).await, "there is nothing twice");
    app.drain().await;
    assert!(app.letters().is_empty());
    let jobs = "jobs where kind like 'applications.%'";
    assert_eq!((app.rows(jobs).await, app.kept_files()), (0, 0));
    // the page of thanks thanks, and knows nobody
    let thanks = Browser::new(&app).get(&sent.location.unwrap()).await;
    assert!(thanks.status == 200 && !thanks.body.contains("Sofie"), "{}", thanks.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn erased_by_two_at_once_or_while_it_is_moved_it_is_counted_once_and_where_it_stood() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let token = app.link(ad.id, "mastodon").await;
    let mut browser = app.recruiter().await;
    let (mut moved, rounds) = (0, 8);
    for round in 0..rounds {
        let id = app.applied(ad.id, &format!("Person Nummer{round}"), &token).await;
        let path = format!("/ansoegninger/{id}/flyt");
        let fields = [("version", "1"), ("stage", "offer")];
        let (one, other, third) =
            tokio::join!(erased(&app, id), erased(&app, id), browser.post(&path, &fields));
        assert!(one != other, "round {round}: one of them did it");
        match third.status.as_u16() {
            303 => moved += 1,
            404 | 409 => {}
            status => panic!("round {round}: {status} {}", third.body),
        }
        assert!(app.whole(id).await.is_none());
    }
    let total = counts(&app, &ad).await.total;
    assert_eq!((total.submitted, total.offer, total.received), (rounds, moved, rounds - moved));
    assert_eq!(app.rows("applicants").await, 0);
}
