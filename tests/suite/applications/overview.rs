//! Seen from above: every running case with its sums, and one posting's applicants as a list that is narrowed, sorted and
//! moved several at once.

use std::time::Duration;

use opslag::{accounts::Role, applications::Stage, base::id::PostingId};

use super::board::{board_of, moved};
use crate::harness::TestApp;

fn days(app: &TestApp, n: u64) {
    app.kit.clock.advance(Duration::from_secs(n * 86_400));
}

/// The names in the list, in its order.
fn names<'a>(page: &str, among: &[&'a str]) -> Vec<&'a str> {
    let body =
        page.split("<tbody>").nth(1).and_then(|rest| rest.split("</tbody>").next()).unwrap_or_default();
    let mut found: Vec<(usize, &str)> =
        among.iter().filter_map(|name| Some((body.find(&format!("\">{name}</a>"))?, *name))).collect();
    found.sort_unstable();
    found.into_iter().map(|(_, name)| name).collect()
}

/// The figures of a case's row, from left to right; marks beside them are left out.
fn figures(page: &str, title: &str) -> Vec<i64> {
    let row = page.split("<tr>").find(|row| row.contains(title)).unwrap_or_default();
    row.split("<td class=\"num")
        .skip(1)
        .filter_map(|cell| {
            let text = cell.split_once('>')?.1.trim_start_matches("<strong>");
            text.split('<').next()?.parse().ok()
        })
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_case_is_counted_by_step_and_says_what_takes_too_long() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = board_of(&app, &["Anna Holm", "Bent Lund", "Carla Dam", "Dan Friis"]).await;
    let mut browser = app.recruiter().await;
    moved(&mut browser, ids[0], 1, "assessing", "").await;
    moved(&mut browser, ids[1], 1, "rejected", "Mangler autorisation som sygeplejerske.").await;
    days(&app, 5);
    let mut browser = app.recruiter().await;
    moved(&mut browser, ids[2], 1, "interview", "").await;
    days(&app, 3);
    let mut browser = app.recruiter().await;
    app.applied(ad.id, "Eva Krog", "").await;
    let page = browser.get("/ansoegere").await.body;
    // received: Dan and Eva; assessed: Anna; interview: Carla; undecided four, decided one, five in all
    assert_eq!(figures(&page, "SOSU-assistent"), [2, 1, 1, 0, 4, 1, 5], "{page}");
    assert!(page.contains("1 uden svar"), "Bent is rejected and has not been told: {page}");
    assert!(page.contains("2 over 7 dage"), "Anna and Dan have stood for eight days: {page}");
    assert!(page.contains("Én sag i gang, 4 ansøgere venter på en afgørelse."), "{page}");
    assert_eq!(browser.get("/ansoegere?vis=haster").await.body.matches("SOSU-assistent").count(), 2);

    // nobody waits too long: nothing is urgent
    for (id, version) in [(ids[0], 2), (ids[3], 1)] {
        moved(&mut browser, id, version, "offer", "").await;
    }
    let calm = browser.get("/ansoegere?vis=haster").await.body;
    assert!(calm.contains("Intet haster") && !calm.contains("SOSU-assistent"), "{calm}");
    // after the deadline whoever has no decision is
    days(&app, 60);
    let mut browser = app.recruiter().await;
    let late = browser.get("/ansoegere?vis=haster").await.body;
    assert!(late.contains("SOSU-assistent") && late.contains("dage siden"), "{late}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_narrowed_and_sorted_and_says_whom_each_waits_for() {
    let app = TestApp::standing_still().await;
    let everybody = ["Åse Dam", "Bent Lund", "Anna Holm"];
    let (ad, ids) = board_of(&app, &everybody).await;
    days(&app, 8);
    let mut browser = app.recruiter().await;
    moved(&mut browser, ids[0], 1, "interview", "").await;
    moved(&mut browser, ids[1], 1, "withdrawn", "").await;
    let list = format!("/jobopslag/{}/ansoegere", ad.id);
    for (asked, wanted) in [
        ("", vec!["Anna Holm", "Åse Dam", "Bent Lund"]),
        ("?sorter=navn", vec!["Anna Holm", "Bent Lund", "Åse Dam"]),
        ("?sorter=nyeste", vec!["Anna Holm", "Bent Lund", "Åse Dam"]),
        ("?sorter=aeldste", vec!["Åse Dam", "Bent Lund", "Anna Holm"]),
        ("?trin=interview&trin=withdrawn&sorter=navn", vec!["Bent Lund", "Åse Dam"]),
        ("?vis=uden-svar&sorter=navn", vec!["Anna Holm", "Åse Dam"]),
        ("?vis=for-laenge", vec!["Anna Holm"]),
        ("?q=%C3%A5se", vec!["Åse Dam"]),
        ("?q=ingen", vec![]),
    ] {
        let page = browser.get(&format!("{list}{asked}")).await.body;
        assert_eq!(names(&page, &everybody), wanted, "{asked}");
    }
    let page = browser.get(&list).await.body;
    assert!(
        page.contains("3 ansøgere, 2 uden afgørelse, 1 har stået i deres trin i mere end 7 dage."),
        "{page}"
    );
    for said in ["Jer: skal læses", "Udvalget: samtale", "8 dage i trin"] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_moved_from_the_list_and_a_refused_move_keeps_what_was_chosen_and_typed() {
    let app = TestApp::standing_still().await;
    let everybody = ["Anna Holm", "Bent Lund", "Carla Dam"];
    let (ad, ids) = board_of(&app, &everybody).await;
    let mut browser = app.recruiter().await;
    let list = format!("/jobopslag/{}/ansoegere?trin=received&sorter=navn", ad.id);
    let (a, b) = (format!("{}:1", ids[0]), format!("{}:1", ids[1]));
    let fields = [("chosen", a.as_str()), ("chosen", b.as_str()), ("stage", "rejected"), ("reason", "kort")];
    let refused = browser.post(&list, &fields).await;
    assert_eq!(refused.status, 422);
    assert!(refused.body.contains("Begrundelsen er for kort") && refused.body.contains("value=\"kort\""));
    assert_eq!(refused.body.matches(" checked>").count(), 3, "two people and the choice they were found by");
    assert!(refused.body.contains("value=\"rejected\" selected"));

    let grounds = "Mangler autorisation som sygeplejerske.";
    let fields = [("chosen", a.as_str()), ("chosen", b.as_str()), ("stage", "rejected"), ("reason", grounds)];
    let done = browser.post(&list, &fields).await;
    assert_eq!(done.status, 303);
    let to = done.location.unwrap();
    assert!(to.contains("trin=received") && to.contains("sorter=navn"), "{to}");
    let page = browser.get(&to).await.body;
    assert!(page.contains("2 ansøgere er flyttet til Afslag"), "{page}");
    assert_eq!(names(&page, &everybody), ["Carla Dam"]);
    // and taken back with the button beside that sentence
    let pairs: Vec<&str> = page
        .split("name=\"chosen\" value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|pair| pair.ends_with(":2"))
        .collect();
    assert_eq!(pairs.len(), 2, "{page}");
    let fields: Vec<_> = pairs.iter().map(|pair| ("chosen", *pair)).collect();
    browser.post(&format!("/jobopslag/{}/fortryd", ad.id), &fields).await;
    for id in &ids {
        let is = app.whole(*id).await.unwrap().application;
        assert_eq!((is.stage, is.outcome), (Stage::Received, None));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_sees_their_own_cases_and_no_others() {
    let app = TestApp::standing_still().await;
    let (ad, _) = board_of(&app, &["Anna Holm"]).await;
    let other = app.open_ad("Kok til skolen").await;
    app.applied(other.id, "Bent Lund", "").await;
    let path = |id: PostingId| format!("/jobopslag/{id}/ansoegere");
    let mut panel = app.panel_member(&ad).await;
    let seen = panel.get("/ansoegere").await.body;
    assert!(seen.contains("SOSU-assistent") && !seen.contains("Kok til skolen"), "{seen}");
    assert_eq!(panel.get(&path(other.id)).await.status, 404);
    let list = panel.get(&path(ad.id)).await;
    assert!(list.status == 200 && list.body.contains("Anna Holm") && !list.body.contains("id=\"bulk\""));
    let mut south = app.browser(Role::HiringManager, app.centre_south).await;
    let seen = south.get("/ansoegere").await.body;
    assert!(seen.contains("Ingen sager i gang") && !seen.contains("SOSU-assistent"), "{seen}");
    assert_eq!(south.get(&path(ad.id)).await.status, 404);
    assert_eq!(app.browser(Role::Communications, app.organisation).await.get("/ansoegere").await.status, 403);
    // looking at people is in the log
    let lines = app.rows("audit_events").await;
    panel.get(&path(ad.id)).await;
    assert_eq!(app.rows("audit_events").await, lines + 1);
}
