//! Exactly one letter or one open task each, whatever the mail server does.

use std::time::Duration;

use opslag::{answers::state::LetterState, base::Clock};

use super::{close, state, turned_down, unanswered};
use crate::harness::{
    TestApp,
    app::Wanted,
    applicants::MORNING,
    people::proxied,
    post_office::{Mood, PostOffice},
};

/// An Opslag that sends through this mail server, with a clock that stands still.
pub(super) async fn behind(url: &str) -> TestApp {
    let clock = Clock::set_to(MORNING);
    TestApp::start_with(Wanted { clock, configure: proxied, mail: Some(url.to_owned()), ..Wanted::default() })
        .await
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_mail_server_does_there_is_one_letter_or_one_open_task() {
    let office = PostOffice::open().await;
    let app = behind(&office.url).await;
    let names: Vec<String> = Mood::ALL.iter().map(|mood| format!("Person {mood:?}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (ad, ids) = turned_down(&app, &names).await;
    app.drain().await;
    let batch = app.laid(ad.id, &ids).await;
    for (mood, id) in Mood::ALL.iter().zip(&ids) {
        let to = app.whole(*id).await.unwrap().applicant.email;
        office.will(&to, &[*mood]);
    }
    // days pass, and everything is tried as often as it wants to be
    for _ in 0..8 {
        app.kit.clock.advance(Duration::from_secs(9 * 3600));
        app.drain().await;
    }
    for (mood, id) in Mood::ALL.iter().zip(&ids) {
        let letter = &app.letters_to(*id).await[0];
        let hangs = office.answers().get(&format!("<answer-{}@fjordby.example>", letter.id)).copied();
        let (expected, times) = match mood {
            Mood::Takes | Mood::Slow | Mood::Defers | Mood::DefersLate => (LetterState::Sent, Some(1)),
            Mood::Refuses | Mood::RefusesLate => (LetterState::Failed, None),
            Mood::SilentTaken | Mood::CutTaken => (LetterState::Unknown, Some(1)),
            Mood::SilentLost | Mood::CutLost | Mood::CutEarly => (LetterState::Unknown, None),
        };
        assert_eq!((state(&app, *id).await, hangs), (expected, times), "{mood:?}");
    }
    assert_eq!(unanswered(&app, ad.id).await, 7);
    let open = app.rows(&format!("answer_batches where id = '{batch}' and state <> 'done'")).await;
    assert_eq!(open, 0, "none is on its way any more");
    assert!(close(&app, ad.id).await.is_err());

    // a person settles each: some are seen to have arrived, some are sent again, one is called
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&format!("/jobopslag/{}/svar", ad.id)).await.body;
    assert!(page.contains("7 opgaver til dig"), "{page}");
    for (mood, id) in Mood::ALL.iter().zip(&ids) {
        let letter = app.letters_to(*id).await[0].id;
        let note = [("note", "Ringede i dag og gav svaret.")];
        let (verb, fields): (_, &[(&str, &str)]) = match mood {
            Mood::SilentTaken | Mood::CutTaken => ("kom-frem", &[]),
            Mood::SilentLost | Mood::CutLost | Mood::CutEarly => ("igen", &[]),
            Mood::Refuses | Mood::RefusesLate => ("i-haanden", &note),
            _ => continue,
        };
        let seen = recruiter.post(&format!("/breve/{letter}/{verb}"), fields).await;
        assert_eq!(seen.status, 303, "{mood:?}: {}", seen.body);
    }
    app.drain().await;
    assert_eq!(unanswered(&app, ad.id).await, 0);
    for hung in office.wall().iter().filter(|hung| hung.message_id.starts_with("<answer-")) {
        assert!(hung.to.starts_with("person-") && hung.text.contains("/min-ansoegning/"), "{hung:?}");
        assert!(!hung.text.contains(super::GROUNDS), "{hung:?}");
    }
    assert!(office.answers().values().all(|times| *times == 1), "{:?}", office.answers());
    assert_eq!(office.answers().len(), 9, "all but the two who were called");
    assert!(close(&app, ad.id).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_put_off_for_two_days_becomes_a_task() {
    let office = PostOffice::open().await;
    let app = behind(&office.url).await;
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    app.drain().await;
    app.laid(ad.id, &ids).await;
    office.will("anna-holm@example.dk", &[Mood::Defers; 200]);
    app.kit.clock.advance(Duration::from_secs(61 * 60));
    app.drain().await;
    assert_eq!(state(&app, ids[0]).await, LetterState::Queued, "it is tried again");
    for _ in 0..120 {
        app.kit.clock.advance(Duration::from_secs(1800));
        app.drain().await;
    }
    assert_eq!(state(&app, ids[0]).await, LetterState::Failed);
    assert_eq!(app.letters_to(ids[0]).await[0].why.as_deref(), Some("deferred"));
    assert!(office.answers().is_empty());
    assert_eq!(app.rows("jobs where kind = 'answers.letter'").await, 0, "and nothing waits any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_has_surely_got_nothing_and_is_asked_again() {
    let app = behind("smtp://127.0.0.1:9").await;
    let (ad, ids) = turned_down(&app, &["Anna Holm"]).await;
    app.laid(ad.id, &ids).await;
    app.kit.clock.advance(Duration::from_secs(61 * 60));
    app.drain().await;
    assert_eq!(state(&app, ids[0]).await, LetterState::Queued);
}
