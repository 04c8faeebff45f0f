//! What people do: answer who has no mail address, look after a doubtful letter, give the reasons somebody asked for; and
//! what stays of letters to somebody who is erased.

use std::time::Duration;

use opslag::{
    accounts::{Role, audit::Actor},
    answers::state::LetterState,
    applications::actions,
    base::id::ApplicationId,
};

use super::{GROUNDS, close, state, turned_down, unanswered};
use crate::harness::{TestApp, people::Browser};

/// Takes somebody's mail address away, as if they had come on paper.
async fn on_paper(app: &TestApp, id: ApplicationId) {
    use diesel::RunQueryDsl;
    let applicant = app.whole(id).await.unwrap().applicant.id;
    let sql = format!("update applicants set email = '' where id = '{applicant}'");
    app.kit
        .db
        .write(move |c| Ok::<_, opslag::db::DbError>(diesel::sql_query(sql).execute(c)?))
        .await
        .unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_mail_address_becomes_a_task_that_ends_with_a_note() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    on_paper(&app, ids[0]).await;
    app.answered(ad.id).await;
    assert_eq!((state(&app, ids[0]).await, unanswered(&app, ad.id).await), (LetterState::Failed, 1));
    assert!(close(&app, ad.id).await.is_err());
    let mut recruiter = app.recruiter().await;
    for page in [format!("/jobopslag/{}/svar", ad.id), "/svar".into()] {
        let page = recruiter.get(&page).await.body;
        assert!(page.contains("Anna Holm: Ingen mailadresse. Ring, eller send et brev."), "{page}");
    }
    let letter = app.letters_to(ids[0]).await[0].id;
    let path = format!("/breve/{letter}/i-haanden");
    let seen = recruiter.post(&path, &[("note", "x")]).await;
    assert!(seen.status == 422 && seen.body.contains(">x</textarea>"), "{}", seen.body);
    let note = "Ringede den 25. november kl. 10 og gav svaret.";
    assert_eq!(recruiter.post(&path, &[("note", note)]).await.status, 303);
    assert_eq!(recruiter.post(&path, &[("note", note)]).await.status, 409, "once");
    let history = recruiter.get(&format!("/ansoegninger/{}", ids[0])).await.body;
    assert!(history.contains(note), "{history}");
    assert_eq!((state(&app, ids[0]).await, unanswered(&app, ad.id).await), (LetterState::Handled, 0));
    assert!(close(&app, ad.id).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_came_back_is_a_task_again() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    app.answered(ad.id).await;
    assert_eq!(unanswered(&app, ad.id).await, 0);
    let mut recruiter = app.recruiter().await;
    let letter = app.letters_to(ids[0]).await[0].id;
    recruiter.get(&format!("/ansoegninger/{}/breve", ids[0])).await;
    assert_eq!(recruiter.post(&format!("/breve/{letter}/retur"), &[]).await.status, 303);
    assert_eq!((state(&app, ids[0]).await, unanswered(&app, ad.id).await), (LetterState::Bounced, 1));
    // they gave another address meanwhile
    assert_eq!(recruiter.post(&format!("/breve/{letter}/igen"), &[]).await.status, 303);
    app.drain().await;
    assert_eq!((state(&app, ids[0]).await, unanswered(&app, ad.id).await), (LetterState::Sent, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_for_reasons_is_a_task_with_fourteen_days_and_gets_them_on_their_page_alone() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    app.drain().await;
    let own = app.magic_link("anna-holm@example.dk");
    let somebody = Browser::new(&app);
    let seen = somebody.post_raw(&format!("{own}/begrundelse"), &[]).await;
    assert_eq!(seen.status, 404, "there is nothing to ask about yet");
    app.answered(ad.id).await;
    for _ in 0..2 {
        assert_eq!(somebody.post_raw(&format!("{own}/begrundelse"), &[]).await.status, 303);
    }
    assert_eq!(app.rows("reason_requests").await, 1);
    let theirs = Browser::new(&app).get(&own).await.body;
    assert!(theirs.contains("senest") && theirs.contains(GROUNDS), "{theirs}");
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get("/svar").await.body;
    assert!(page.contains("Anna Holm ønsker en begrundelse") && page.contains("Senest 8. dec."), "{page}");
    app.kit.clock.advance(Duration::from_secs(15 * 86_400));
    let mut recruiter = app.recruiter().await;
    assert!(recruiter.get("/svar").await.body.contains("Skulle være givet"), "it is late");
    let path = format!("/ansoegninger/{}/begrundelse", ids[0]);
    let seen = recruiter.post(&path, &[("words", "Fordi")]).await;
    assert!(seen.status == 422 && seen.body.contains(">Fordi</textarea>"), "{}", seen.body);
    let words = "Vi lagde vægt på erfaring med Parkinson, som to andre havde mere af.";
    assert_eq!(recruiter.post(&path, &[("words", words)]).await.status, 303);
    assert_eq!(recruiter.post(&path, &[("words", words)]).await.status, 409, "once");
    app.drain().await;
    let letters = app.letters();
    let told = letters.iter().filter(|letter| letter.contains("Den begrundelse, du bad om"));
    assert_eq!(told.count(), 1);
    assert!(letters.iter().all(|letter| !letter.contains("Parkinson")), "not in the mail");
    assert!(Browser::new(&app).get(&own).await.body.contains("Parkinson"));
    assert!(!recruiter.get("/svar").await.body.contains("ønsker en begrundelse"));
    // another unit sees nothing of it
    let mut elsewhere = app.browser(Role::Recruiter, app.centre_south).await;
    assert_eq!(elsewhere.get(&format!("/ansoegninger/{}/breve", ids[0])).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_to_somebody_who_is_erased_is_gone_and_that_it_was_stays() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Xenia Kvistgaard", "Bo Riis"]).await;
    app.answered(ad.id).await;
    assert_eq!(app.rows("letter_texts where subject like 'Svar%' and body like '%Xenia%'").await, 1);
    let (k, xenia) = (app.kit.clone(), ids[0]);
    app.kit.db.write(move |c| actions::erase(c, &k, Actor::System, xenia)).await.unwrap();
    assert_eq!(app.rows("letter_texts where body like '%Xenia%'").await, 0);
    assert_eq!(app.rows("letter_texts").await, 1, "Bo's");
    assert_eq!(app.rows("answer_letters where application_id is null").await, 1);
    let page = app.recruiter().await.get(&format!("/jobopslag/{}/svar", ad.id)).await.body;
    assert!(page.contains("Svar givet (2)") && !page.contains("Xenia"), "{page}");
}
