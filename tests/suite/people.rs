//! Who manages people: inviting, roles, shutting out, passwords by letter, units; and where the right ends.

use opslag::{accounts::Role, base::id::UserId, db::DbError};
use reqwest::StatusCode;

use crate::harness::{TestApp, people::Browser};

/// The link in the newest letter to `email`.
fn link_to(app: &TestApp, email: &str) -> String {
    let folder = app.kit.config.data.join("mail");
    let mut letters: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "eml"))
        .map(|path| {
            (std::fs::metadata(&path).unwrap().modified().unwrap(), std::fs::read_to_string(&path).unwrap())
        })
        .filter(|(_, text)| text.contains(&format!("<{email}>")) || text.contains(&format!("To: {email}")))
        .collect();
    letters.sort();
    let text = letters.pop().unwrap_or_else(|| panic!("no letter to {email}")).1;
    // quoted-printable folds long lines with "=" at the end and writes "=" as "=3D"
    let text = text.replace("=\r\n", "").replace("=3D", "=");
    let start = text.find("/adgangskode/").unwrap_or_else(|| panic!("no link in {text}"));
    text[start..].split_whitespace().next().unwrap().to_owned()
}

async fn user_named(app: &TestApp, name: &'static str) -> UserId {
    app.kit
        .db
        .read(move |c| {
            Ok::<_, DbError>(opslag::accounts::users(c)?.into_iter().find(|u| u.name == name).unwrap().id)
        })
        .await
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_colleague_gets_a_letter_chooses_a_password_and_logs_in() {
    let app = TestApp::start().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let unit = app.centre_north.to_string();
    hr.get("/personer/ny").await;
    let wrong = hr.post("/personer/ny", &[("name", ""), ("email", "camilla"), ("unit", &unit)]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("value=\"camilla\""), "what was typed stays");
    assert!(wrong.body.contains("href=\"#role\""), "{}", wrong.body);

    let fields = [
        ("name", "Camilla Juhl"),
        ("email", "Camilla@Fjordby.example"),
        ("language", "da"),
        ("unit", &unit),
        ("role", "hiring_manager"),
    ];
    let added = hr.post("/personer/ny", &fields).await;
    assert_eq!(added.status, StatusCode::SEE_OTHER, "{}", added.body);
    let page = hr.get(added.location.as_deref().unwrap()).await;
    assert!(page.body.contains("Camilla Juhl er tilføjet"), "it is said once: {}", page.body);
    assert!(page.body.contains("Ansættende leder"));
    let twice = hr.post("/personer/ny", &fields).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("id=\"email-error\""));

    app.drain().await;
    let link = link_to(&app, "camilla@fjordby.example");
    let mut camilla = Browser::new(&app);
    assert_eq!(camilla.get(&link).await.status, StatusCode::OK);
    let short = camilla.post_raw(&link, &[("password", "kort")]).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    let chosen = camilla.post_raw(&link, &[("password", crate::harness::app::PASSWORD)]).await;
    assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.body);
    assert_eq!(camilla.get(&link).await.status, StatusCode::GONE, "a link works once");
    assert_eq!(camilla.log_in("camilla@fjordby.example").await.status, StatusCode::SEE_OTHER);
    assert_eq!(camilla.get("/personer").await.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn shutting_out_ends_open_sessions_and_links_and_can_be_undone() {
    let app = TestApp::start().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let mut bent = app.browser(Role::Communications, app.centre_north).await;
    let id = user_named(&app, "communications").await;
    assert_ne!(bent.get("/personer").await.status, StatusCode::UNAUTHORIZED);
    hr.get("/personer").await;
    let closed = hr.post(&format!("/personer/{id}/adgang"), &[("to", "closed")]).await;
    assert_eq!(closed.status, StatusCode::SEE_OTHER, "{}", closed.body);
    assert_eq!(bent.get("/personer").await.status, StatusCode::UNAUTHORIZED, "the open session is over");
    let link = hr.post(&format!("/personer/{id}/link"), &[]).await;
    assert_eq!(link.status, StatusCode::UNPROCESSABLE_ENTITY, "no link to somebody who is shut out");
    let open = hr.post(&format!("/personer/{id}/adgang"), &[("to", "open")]).await;
    assert_eq!(open.status, StatusCode::SEE_OTHER);
    let page = hr.get(&format!("/personer/{id}")).await;
    assert!(page.body.contains("har adgang igen"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_manager_of_one_centre_reaches_nobody_elsewhere() {
    let app = TestApp::start().await;
    let mut north = app.browser(Role::HrAdmin, app.centre_north).await;
    app.person("Sofie Syd", Role::Recruiter, app.centre_south).await;
    app.person("Nana Nord", Role::Recruiter, app.centre_north).await;
    let both = app.person("Bo Begge", Role::Recruiter, app.centre_north).await;
    let k = app.kit.clone();
    let south = app.centre_south;
    app.kit
        .db
        .write(move |c| opslag::accounts::give_role(c, &k, both, south, Role::Contributor, None))
        .await
        .unwrap();

    let list = north.get("/personer").await;
    assert!(list.body.contains("Nana Nord") && list.body.contains("Bo Begge"));
    assert!(!list.body.contains("Sofie Syd"));
    let sofie = user_named(&app, "Sofie Syd").await;
    assert_eq!(north.get(&format!("/personer/{sofie}")).await.status, StatusCode::NOT_FOUND);
    let unit = app.centre_south.to_string();
    let nana = user_named(&app, "Nana Nord").await;
    let given = north.post(&format!("/personer/{nana}/rolle"), &[("unit", &unit), ("role", "ops")]).await;
    assert_eq!(given.status, StatusCode::UNPROCESSABLE_ENTITY, "no roles outside one's own units");
    let closed = north.post(&format!("/personer/{both}/adgang"), &[("to", "closed")]).await;
    assert_eq!(closed.status, StatusCode::FORBIDDEN, "Bo works elsewhere too");
    let added = north.post("/enheder", &[("name", "Ny"), ("kind", "centre"), ("parent", &unit)]).await;
    assert_eq!(added.status, StatusCode::UNPROCESSABLE_ENTITY);
    let units = north.get("/enheder").await;
    assert!(units.body.contains("Plejecenter Nord") && !units.body.contains("Hjemmeplejen Syd"));
}

#[tokio::test(flavor = "multi_thread")]
async fn roles_come_and_go_but_not_ones_own() {
    let app = TestApp::start().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let nana = app.person("Nana Nord", Role::Recruiter, app.centre_north).await;
    hr.get(&format!("/personer/{nana}")).await;
    let unit = app.centre_south.to_string();
    let role = [("unit", unit.as_str()), ("role", "contributor")];
    assert_eq!(hr.post(&format!("/personer/{nana}/rolle"), &role).await.status, StatusCode::SEE_OTHER);
    let twice = hr.post(&format!("/personer/{nana}/rolle"), &role).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY, "a role is held once");
    let page = hr.get(&format!("/personer/{nana}")).await;
    assert!(page.body.contains("Bidragyder"));
    let ends: Vec<&str> = page
        .body
        .split("action=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|action| action.ends_with("/slut"))
        .collect();
    assert_eq!(ends.len(), 2);
    assert_eq!(hr.post(ends[1], &[]).await.status, StatusCode::SEE_OTHER);
    assert!(!hr.get(&format!("/personer/{nana}")).await.body.contains("<strong>Bidragyder"));

    let oneself = user_named(&app, "hr_admin").await;
    let page = hr.get(&format!("/personer/{oneself}")).await;
    assert!(!page.body.contains("/slut\""), "nobody takes their own role away");
    let closed = hr.post(&format!("/personer/{oneself}/adgang"), &[("to", "closed")]).await;
    assert_eq!(closed.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_tells_nobody_whether_the_address_is_known() {
    let app = TestApp::start().await;
    app.person("Nana Nord", Role::Recruiter, app.centre_north).await;
    let email = app
        .kit
        .db
        .read(|c| Ok::<_, DbError>(opslag::accounts::users(c)?.pop().unwrap().email))
        .await
        .unwrap();
    let browser = Browser::new(&app);
    let known = browser.post_raw("/glemt-adgangskode", &[("email", &email)]).await;
    let unknown = browser.post_raw("/glemt-adgangskode", &[("email", "ingen@fjordby.example")]).await;
    assert_eq!(known.status, StatusCode::OK);
    assert_eq!(known.body.replace(&email, "X"), unknown.body.replace("ingen@fjordby.example", "X"));
    app.drain().await;
    let link = link_to(&app, &email);
    let forged = link.replace('.', "0.");
    assert_eq!(Browser::new(&app).get(&forged).await.status, StatusCode::GONE);
    assert_eq!(Browser::new(&app).get(&link).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_persons_language_is_kept() {
    let app = TestApp::start().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let page = hr.get("/personer").await;
    assert!(page.body.contains("<html lang=\"da\">"));
    let changed = hr.post("/sprog", &[("language", "en"), ("next", "/personer")]).await;
    assert_eq!(changed.location.as_deref(), Some("/personer"));
    let page = hr.get("/personer").await;
    assert!(page.body.contains("<html lang=\"en\">") && page.body.contains("<h1>People</h1>"));
    let elsewhere = hr.post("/sprog", &[("language", "da"), ("next", "//evil.example")]).await;
    assert_eq!(elsewhere.location.as_deref(), Some("/start"));
}
