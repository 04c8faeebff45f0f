//! The pages: choose, write, read, lay, take back, send; what the applicant sees meanwhile; closing.

use std::time::Duration;

use opslag::{
    answers::state::LetterState,
    applications::{Outcome, actions},
    postings::CloseReason,
};

use super::{GROUNDS, state, turned_down};
use crate::harness::{TestApp, applicants::hidden, people::Browser};

const HOUR: Duration = Duration::from_secs(61 * 60);

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_written_read_laid_and_sent_and_then_the_ad_closes() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    let bo = app.applied(ad.id, "Bo Riis", "").await;
    app.drain().await;
    let own = app.magic_link("bo-riis@example.dk");
    let before = app.letters().len();
    let mut recruiter = app.recruiter().await;
    let at = format!("/jobopslag/{}/svar", ad.id);
    let page = recruiter.get(&at).await.body;
    assert!(page.contains("2 ansøgere mangler svar") && page.contains(GROUNDS), "{page}");
    // the board leads there with who was chosen
    let pairs = [format!("{}:2", ids[0]), format!("{bo}:1")];
    let chosen: Vec<_> = pairs.iter().map(|pair| ("chosen", pair.as_str())).collect();
    let seen = recruiter.post(&format!("{at}/valgte"), &chosen).await;
    let there = recruiter.get(seen.location.as_deref().unwrap()).await.body;
    assert_eq!(there.matches("checked").count(), 2, "{there}");
    // who is not decided needs a reason, and what was typed stays
    let mut fields = chosen.clone();
    fields.push(("reason", "Nej"));
    let seen = recruiter.post(&at, &fields).await;
    assert_eq!(seen.status, 422);
    assert!(
        seen.body.contains("id=\"reason-error\"") && seen.body.contains(">Nej</textarea>"),
        "{}",
        seen.body
    );
    assert_eq!(app.whole(bo).await.unwrap().application.outcome, None, "all or nothing");
    fields.pop();
    let own_field = format!("reason_{bo}");
    fields.push((&own_field, "Vi mødte en, der passede bedre til teamet."));
    let seen = recruiter.post(&at, &fields).await;
    assert_eq!(seen.status, 303, "{}", seen.body);
    let batch = seen.location.unwrap();
    let is = app.whole(bo).await.unwrap().application;
    assert_eq!(
        (is.outcome, is.outcome_reason.unwrap().as_str()),
        (Some(Outcome::Rejected), "Vi mødte en, der passede bedre til teamet.")
    );

    // every letter stands there as it will leave: no key to anybody's page, nothing of how they were judged
    let page = recruiter.get(&batch).await.body;
    for words in ["Kære Anna", "Kære Bo", "/min-ansoegning/…", "Fjordby Kommune", "2 breve"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    assert!(!page.contains(GROUNDS) && !page.contains("passede bedre"), "{page}");
    let seen = recruiter.post(&format!("{batch}/vent"), &[("later", "soon")]).await;
    assert_eq!(seen.status, 409, "not before it is read through");
    let seen = recruiter.post(&format!("{batch}/ok"), &[("seen", "other")]).await;
    assert_eq!(seen.status, 422, "{}", seen.body);
    let digest = hidden(&page, "seen").to_owned();
    assert_eq!(recruiter.post(&format!("{batch}/ok"), &[("seen", &digest)]).await.status, 303);
    for wrong in ["", "2020-01-01T10:00", "2031-01-01T10:00", "i morgen"] {
        let seen = recruiter.post(&format!("{batch}/vent"), &[("later", "later"), ("when", wrong)]).await;
        assert_eq!(seen.status, 422, "{wrong}");
        assert!(seen.body.contains("id=\"when-error\""), "{wrong}");
    }
    assert_eq!(recruiter.post(&format!("{batch}/vent"), &[("later", "soon")]).await.status, 303);
    let page = recruiter.get(&batch).await.body;
    assert!(page.contains("om 60 minutter"), "{page}");

    // nothing leaves before its time, and the applicant's page says nothing
    app.drain().await;
    assert_eq!(app.letters().len(), before);
    let theirs = Browser::new(&app).get(&own).await.body;
    assert!(!theirs.contains("passede bedre") && !theirs.contains("afgjort"), "{theirs}");
    let close = format!("/jobopslag/{}/luk", ad.id);
    let seen = recruiter.post(&close, &[("reason", CloseReason::NoHire.word())]).await;
    assert!(seen.status == 422 && seen.body.contains("kan ikke lukkes endnu"), "{}", seen.body);
    app.kit.clock.advance(HOUR);
    app.drain().await;
    app.drain().await;
    assert_eq!(app.letters().len(), before + 2);
    for letter in app.letters().iter().filter(|letter| letter.contains("answer-")) {
        assert!(letter.contains("/min-ansoegning/") && !letter.contains('{'), "{letter}");
        assert!(
            !letter.contains("erfaring") && !letter.contains("passede"),
            "no assessment in a mail: {letter}"
        );
        assert!(!letter.to_lowercase().contains("bcc"), "{letter}");
    }
    let theirs = Browser::new(&app).get(&own).await.body;
    assert!(theirs.contains("passede bedre til teamet"), "{theirs}");
    let page = recruiter.get(&at).await.body;
    assert!(page.contains("Svar givet (2)") && page.contains("Alle har fået svar"), "{page}");
    let history = recruiter.get(&format!("/ansoegninger/{bo}")).await.body;
    assert!(history.contains("Brev med svar sendt"), "{history}");
    assert_eq!(recruiter.post(&close, &[("reason", CloseReason::NoHire.word())]).await.status, 303);
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_can_be_taken_back_one_or_all_until_they_leave() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Anna Holm", "Bo Riis"]).await;
    app.drain().await;
    let before = app.letters().len();
    let batch = app.laid(ad.id, &ids).await;
    let mut recruiter = app.recruiter().await;
    let letter = app.letters_to(ids[0]).await[0].id;
    recruiter.get(&format!("/svar/{batch}")).await;
    assert_eq!(recruiter.post(&format!("/svar/{batch}/breve/{letter}/ud"), &[]).await.status, 303);
    assert_eq!(state(&app, ids[0]).await, LetterState::Cancelled);
    assert_eq!(recruiter.post(&format!("/svar/{batch}/annuller"), &[]).await.status, 303);
    app.kit.clock.advance(HOUR);
    app.drain().await;
    assert_eq!(app.letters().len(), before, "nothing left");
    // and they can be written anew, each once more
    let batch = app.laid(ad.id, &ids).await;
    app.kit.clock.advance(HOUR);
    app.drain().await;
    assert_eq!(app.letters().len(), before + 2);
    let late = app.recruiter().await.post(&format!("/svar/{batch}/annuller"), &[]).await;
    assert_eq!(late.status, 409, "they have left: {}", late.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_whose_decision_has_changed_is_left_out_and_that_is_said() {
    let app = TestApp::standing_still().await;
    let (ad, ids) = turned_down(&app, &["Anna Holm", "Bo Riis", "Carl Dam"]).await;
    app.drain().await;
    let before = app.letters().len();
    let batch = app.laid(ad.id, &ids).await;
    let mut recruiter = app.recruiter().await;
    // one is taken up again, one withdraws on a page that says nothing yet, one is erased
    let again = [("version", "2"), ("stage", "interview"), ("reason", "Vi tog fejl.")];
    assert_eq!(recruiter.post(&format!("/ansoegninger/{}/flyt", ids[0]), &again).await.status, 303);
    let own = app.magic_link("bo-riis@example.dk");
    assert_eq!(Browser::new(&app).post_raw(&format!("{own}/traek"), &[]).await.status, 303);
    assert_eq!(app.whole(ids[1]).await.unwrap().application.outcome, Some(Outcome::Withdrawn));
    let (k, carl) = (app.kit.clone(), ids[2]);
    let by = opslag::accounts::audit::Actor::System;
    app.kit.db.write(move |c| actions::erase(c, &k, by, carl)).await.unwrap();
    app.kit.clock.advance(HOUR);
    app.drain().await;
    assert_eq!(app.letters().len(), before);
    let page = recruiter.get(&format!("/svar/{batch}")).await.body;
    for said in ["Afgørelsen er lavet om", "har selv trukket", "Ansøgningen er slettet", "Sendt"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("Carl"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_who_write_to_the_same_applicant_write_one_letter() {
    let app = TestApp::standing_still().await;
    for _ in 0..4 {
        let (ad, ids) = turned_down(&app, &["Anna Holm", "Bo Riis"]).await;
        let (one, other) = tokio::join!(app.drafted(ad.id, &ids), app.drafted(ad.id, &ids));
        assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1, "{one:?} {other:?}");
        for id in &ids {
            assert_eq!(app.letters_to(*id).await.len(), 1);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_withdrew_is_told_once_that_it_was_heard() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let anna = app.applied(ad.id, "Anna Holm", "").await;
    app.drain().await;
    let (own, before) = (app.magic_link("anna-holm@example.dk"), app.letters().len());
    assert_eq!(Browser::new(&app).post_raw(&format!("{own}/traek"), &[]).await.status, 303);
    let confirm = async || {
        let (k, now) = (app.kit.clone(), app.kit.clock.now());
        let job = opslag::answers::jobs::ConfirmWithdrawn {};
        app.kit.db.write(move |c| opslag::queue::enqueue(c, &job, now, now, &k.chance)).await.unwrap();
        app.drain().await;
    };
    confirm().await;
    assert_eq!(app.letters().len(), before, "a slip can be put right for ten minutes");
    app.kit.clock.advance(Duration::from_secs(11 * 60));
    confirm().await;
    confirm().await;
    assert_eq!(app.letters().len(), before + 1);
    let letter = app.letters().into_iter().find(|letter| letter.contains("answer-")).unwrap();
    assert!(letter.contains("er trukket") && letter.contains("Kære Anna"), "{letter}");
    assert_eq!(state(&app, anna).await, LetterState::Sent);
    assert!(super::close(&app, ad.id).await.is_ok());
}
