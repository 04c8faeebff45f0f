//! What people are told about their data and what is written down about those who look at it: the page on privacy, the page of
//! the log.

use opslag::{
    accounts::{Role, audit},
    db::DbError,
};

use crate::harness::{TestApp, app::Wanted, people::Browser};

#[tokio::test(flavor = "multi_thread")]
async fn the_page_on_privacy_says_what_the_form_says() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let mut anybody = Browser::new(&app);
    let page = anybody.get("/privatliv").await;
    assert_eq!(page.status.as_u16(), 200);
    let form = anybody.get(&ad.path().replace("/job/", "/ansoeg/")).await.body;
    for wanted in [
        "Fjordby Kommune, Torvet 1, 8799 Fjordby",
        "dpo@fjordby.example",
        "artikel 6, stk. 1, litra e",
        "6 måneder",
    ] {
        assert!(page.body.contains(wanted) && form.contains(wanted), "{wanted}");
    }
    for heading in ["Hvem er ansvarlig?", "Hvor længe gemmer vi den?", "Vil du klage?"] {
        assert!(page.body.contains(heading), "{heading}");
    }
    assert!(!page.body.contains("notice-") && !page.body.contains("<script"), "{}", page.body);
    let english = anybody.get("/privatliv?lang=en").await.body;
    assert!(english.contains("Who is responsible?") && english.contains("href=\"/privatliv?lang=en\""));
    assert!(anybody.get("/").await.body.contains("href=\"/privatliv\""));
}

#[tokio::test(flavor = "multi_thread")]
async fn while_nobody_answers_for_the_data_the_page_says_so() {
    let app = TestApp::start_with(Wanted { configure: |c| c.privacy.dpo.clear(), ..Wanted::default() }).await;
    let page = Browser::new(&app).get("/privatliv").await.body;
    assert!(page.contains("Det er ikke skrevet endnu") && !page.contains("Hvem er ansvarlig?"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_log_says_who_opened_whom_and_is_narrowed_by_person_and_application() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Sygeplejerske").await;
    let anna = app.applied(ad.id, "Anna Holm", "").await;
    let bo = app.applied(ad.id, "Bo Friis", "").await;
    let mut recruiter = app.recruiter().await;
    assert_eq!(recruiter.get(&format!("/ansoegninger/{anna}")).await.status.as_u16(), 200);
    assert_eq!(recruiter.get("/log").await.status.as_u16(), 403);
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    assert_eq!(hr.get(&format!("/ansoegninger/{bo}")).await.status.as_u16(), 200);

    let row = |name: &str, id| format!("<a href=\"/ansoegninger/{id}\">{name}</a>");
    let all = hr.get("/log?hvad=set").await.body;
    assert!(all.contains(&row("Anna Holm", anna)) && all.contains(&row("Bo Friis", bo)), "{all}");
    assert!(!all.contains("Loggede ind</td>"), "only looks were asked for");
    let about = hr.get(&format!("/log?ansoegning={anna}")).await.body;
    assert!(about.contains("Kun om Anna Holm") && !about.contains(&row("Bo Friis", bo)), "{about}");
    let page = hr.get(&format!("/ansoegninger/{bo}")).await.body;
    assert!(page.contains(&format!("/log?ansoegning={bo}")));
    let opened = app
        .kit
        .db
        .read(move |c| audit::read(c, Some(&format!("application:{anna}")), 10))
        .await
        .map_err(|e: DbError| e)
        .unwrap();
    let actor = &opened.iter().find(|l| l.verb == audit::Verb::Viewed).unwrap().actor;
    let by_person = hr.get(&format!("/log?hvem={actor}")).await.body;
    assert!(by_person.contains(&row("Anna Holm", anna)) && !by_person.contains(&row("Bo Friis", bo)));
}

#[tokio::test(flavor = "multi_thread")]
async fn operators_read_the_log_without_names_and_another_unit_reads_nothing_of_ours() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Sygeplejerske").await;
    let anna = app.applied(ad.id, "Anna Holm", "").await;
    assert_eq!(app.recruiter().await.get(&format!("/ansoegninger/{anna}")).await.status.as_u16(), 200);
    let log = app.browser(Role::Ops, app.organisation).await.get("/log").await.body;
    assert!(log.contains("Åbnede") && log.contains("Ansøgning …"), "{log}");
    assert!(log.contains("Opslag …") && !log.contains("Sygeplejerske"), "{log}");
    assert!(!log.contains("Anna") && !log.contains("/ansoegninger/"), "{log}");
    let south = app.browser(Role::HrAdmin, app.centre_south).await.get("/log").await.body;
    assert!(south.contains("Ingen linjer"), "{south}");
    let north = app.browser(Role::HrAdmin, app.centre_north).await.get("/log").await.body;
    assert!(north.contains("Anna Holm"), "{north}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_log_is_read_backwards_page_after_page() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    let anna = app.applied(ad.id, "Anna Holm", "").await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    for _ in 0..105 {
        hr.get(&format!("/ansoegninger/{anna}")).await;
    }
    let first = hr.get(&format!("/log?ansoegning={anna}&hvad=viewed")).await.body;
    assert_eq!(first.matches("<td data-h=\"Hvem\">").count(), 100);
    let older = first.split("href=\"/log?").nth(1).unwrap().split('"').next().unwrap().replace("&amp;", "&");
    let second = hr.get(&format!("/log?{}", older.replace("&#38;", "&"))).await.body;
    assert_eq!(second.matches("<td data-h=\"Hvem\">").count(), 5, "{older}");
}
