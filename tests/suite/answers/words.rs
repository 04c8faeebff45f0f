//! The organisation's own words: saved only when every field is one, used from then on, and a field without a value stops a
//! letter before anything is decided.

use opslag::accounts::Role;

use super::turned_down;
use crate::harness::TestApp;

const AT: &str = "/svar/skabeloner/rejection/da";

#[tokio::test(flavor = "multi_thread")]
async fn words_with_a_wrong_field_are_not_saved_and_right_ones_are_used_from_then_on() {
    let app = TestApp::standing_still().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let page = hr.get(AT).await.body;
    assert!(page.contains("{fornavn}") && page.contains("Ansøgerens fornavn"), "{page}");
    let save = |body: &'static str| [("subject", "Svar om {stilling}"), ("body", body), ("version", "0")];
    for (body, said) in [
        ("Kære {navn}, se {link}", "{navn} er ikke et felt"),
        ("Kære {fornavn}", "så ansøgeren kan se begrundelsen"),
        ("", "id=\"body-error\""),
    ] {
        let seen = hr.post(AT, &save(body)).await;
        assert!(seen.status == 422 && seen.body.contains(said), "{body}: {}", seen.body);
        assert!(seen.body.contains(&format!(">{body}</textarea>")), "what was typed stays: {}", seen.body);
    }
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    let seen = hr.post(AT, &save("Goddag {fornavn}. Svaret står her: {link}")).await;
    assert_eq!(seen.status, 303, "{}", seen.body);
    // over the version of somebody who was faster nothing is written
    let seen = hr.post(AT, &save("Hej {fornavn}. {link}")).await;
    assert!(seen.status == 422 && seen.body.contains("En anden har ændret"), "{}", seen.body);
    app.answered(ad.id).await;
    let letter = app.letters().into_iter().find(|letter| letter.contains("answer-")).unwrap();
    assert!(letter.contains("Goddag Anna. Svaret står her: http"), "{letter}");
    assert_eq!(app.letters_to(ids[0]).await.len(), 1);
    assert_eq!(hr.post(AT, &[("do", "shipped")]).await.status, 303);
    assert!(hr.get(AT).await.body.contains("Tak for din ansøgning"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_without_a_value_stops_the_letter_before_anything_is_decided() {
    let app = TestApp::standing_still().await;
    let mut hr = app.browser(Role::HrAdmin, app.organisation).await;
    let words = [("subject", "Svar"), ("body", "Ring på {kontakt_telefon}. {link}"), ("version", "0")];
    hr.get(AT).await;
    assert_eq!(hr.post(AT, &words).await.status, 303);
    let mut content = app.ready_content("Kok");
    content.terms.contact_phone = String::new();
    let ad = app.opened(content).await;
    let anna = app.applied(ad.id, "Anna Holm", "").await;
    let chosen = format!("{anna}:1");
    let reason = "Vi har valgt en anden denne gang.";
    let at = format!("/jobopslag/{}/svar", ad.id);
    let seen = hr.post(&at, &[("chosen", &chosen), ("reason", reason)]).await;
    assert_eq!(seen.status, 422);
    assert!(seen.body.contains("Feltet {kontakt_telefon} har intet indhold"), "{}", seen.body);
    assert!(seen.body.contains(&format!(">{reason}</textarea>")), "{}", seen.body);
    assert_eq!(app.whole(anna).await.unwrap().application.outcome, None);
    assert_eq!((app.rows("answer_batches").await, app.rows("answer_letters").await), (0, 0));
}
