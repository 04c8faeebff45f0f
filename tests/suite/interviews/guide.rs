//! The guide: the profile's criteria with what is asked, by whoever may write it, and never about what somebody earns.

use opslag::{assessment::panel::Seat, interviews::store};

use crate::harness::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn the_chair_writes_questions_and_nobody_asks_about_pay() {
    let app = TestApp::standing_still().await;
    let ad = app.ad_with_profile("SOSU-assistent").await;
    let chair = app.seated(&ad, "Leder", Seat::Manager, true).await;
    let member = app.seated(&ad, "Kollega", Seat::Employee, false).await;
    let id = ad.id;
    let criteria = app.kit.db.read(move |c| opslag::assessment::store::criteria(c, id)).await;
    let criteria = criteria.map_err(|e: opslag::db::DbError| e).unwrap();
    let (first, second) = (format!("q-{}", criteria[0].id), format!("q-{}", criteria[1].id));
    let at = format!("/jobopslag/{}/samtaleguide", ad.id);
    let mut leads = app.logged_in(chair).await;
    let page = leads.get(&at).await.body;
    assert!(page.contains(&criteria[0].wording) && page.contains("Noter:"), "{page}");
    let asked = [(first.as_str(), "Fortæl om en vagt."), (second.as_str(), "Hvad tjener du nu?")];
    let back = leads.post(&at, &asked).await;
    assert_eq!(back.status, 422);
    assert!(
        back.body.contains(&format!("href=\"#{second}\"")),
        "the error stands at its field: {}",
        back.body
    );
    assert!(
        back.body.contains("Fortæl om en vagt.") && back.body.contains("Hvad tjener du nu?"),
        "{}",
        back.body
    );
    let kept = app.kit.db.read(move |c| store::questions_of(c, id)).await;
    assert!(kept.map_err(|e: opslag::db::DbError| e).unwrap().is_empty(), "all or nothing");
    let asked = [(first.as_str(), "Fortæl om en vagt.\nHvad gjorde du?"), (second.as_str(), "")];
    assert_eq!(leads.post(&at, &asked).await.status, 303);
    let mut sits = app.logged_in(member).await;
    let page = sits.get(&at).await.body;
    assert!(page.contains("<li>Hvad gjorde du?</li>") && !page.contains("<textarea"), "{page}");
    assert_eq!(sits.post(&at, &asked).await.status, 404, "only who leads the panel writes");
}
