//! Exactly one letter or one open task each, whatever the mail server does.

use std::{collections::BTreeMap, time::Duration};

use opslag::{
    accounts::audit::Actor,
    answers::state::LetterState,
    base::{Clock, id::InterviewLetterId},
    interviews::{
        InterviewError,
        drive::{self, Turn},
        letters::Kind,
        store::letters::{self, Letter},
    },
};

use super::called;
use crate::harness::{
    TestApp,
    app::Wanted,
    applicants::MORNING,
    people::proxied,
    post_office::{Mood, PostOffice},
};

impl TestApp {
    /// Every letter about somebody's interview, the newest first.
    pub(super) async fn interview_letters(&self, id: opslag::base::id::ApplicationId) -> Vec<Letter> {
        let is = self.interview(id).await;
        self.kit.db.read(move |c| letters::of(c, is.id)).await.map_err(|e: opslag::db::DbError| e).unwrap()
    }
    async fn turned(&self, letter: InterviewLetterId, turn: Turn, note: &str) -> Result<(), InterviewError> {
        let note = note.to_owned();
        self.meet(move |c, k, s| drive::turn(c, k, s, Actor::System, (letter, turn), &note)).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_the_mail_server_does_there_is_one_letter_or_one_open_task() {
    let office = PostOffice::open().await;
    let clock = Clock::set_to(MORNING);
    let mail = Some(office.url.clone());
    let app = TestApp::start_with(Wanted { clock, configure: proxied, mail, ..Wanted::default() }).await;
    let names: Vec<String> = Mood::ALL.iter().map(|mood| format!("Person {mood:?}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (ad, _, ids) = called(&app, &names).await;
    for (mood, id) in Mood::ALL.iter().zip(&ids) {
        let to = app.whole(*id).await.unwrap().applicant.email;
        office.will(&to, &[*mood]);
    }
    app.drain().await;
    for _ in 0..8 {
        app.kit.clock.advance(Duration::from_secs(3 * 3600));
        app.drain().await;
    }
    let mut open = 0;
    for (mood, id) in Mood::ALL.iter().zip(&ids) {
        let written = app.interview_letters(*id).await;
        assert_eq!(written.len(), 1, "{mood:?} {written:?}");
        assert_eq!(written[0].kind, Kind::Invitation);
        let key = format!("<interview-{}-invitation-0-0@fjordby.example>", written[0].interview);
        let hangs = office.named("<interview-").get(&key).copied();
        let (expected, times) = match mood {
            Mood::Takes | Mood::Slow | Mood::Defers | Mood::DefersLate => (LetterState::Sent, Some(1)),
            Mood::Refuses | Mood::RefusesLate => (LetterState::Failed, None),
            Mood::SilentTaken | Mood::CutTaken => (LetterState::Unknown, Some(1)),
            Mood::SilentLost | Mood::CutLost | Mood::CutEarly => (LetterState::Unknown, None),
        };
        assert_eq!((written[0].state, hangs), (expected, times), "{mood:?}");
        open += usize::from(LetterState::TASKS.contains(&expected));
    }
    // each lies with a person, on the page and at the start
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&format!("/jobopslag/{}/samtaler", ad.id)).await.body;
    assert!(page.contains(&format!("{open} breve kom ikke frem")), "{page}");
    let start = recruiter.get("/start").await.body;
    assert!(start.contains(&format!("{open} breve om samtaler kom ikke frem")), "{start}");
    for (mood, id) in Mood::ALL.iter().zip(&ids) {
        let letter = app.interview_letters(*id).await.remove(0).id;
        match mood {
            Mood::SilentTaken | Mood::CutTaken => app.turned(letter, Turn::Arrived, "").await.unwrap(),
            Mood::SilentLost | Mood::CutLost | Mood::CutEarly => {
                app.turned(letter, Turn::Again, "").await.unwrap();
            }
            Mood::Refuses | Mood::RefusesLate => {
                let bare = app.turned(letter, Turn::ByHand, "Ja").await;
                assert!(matches!(bare, Err(InterviewError::Fields(_))), "a note says what was done");
                app.turned(letter, Turn::ByHand, "Ringede i dag.").await.unwrap();
            }
            _ => {
                let over = app.turned(letter, Turn::Again, "").await;
                assert!(matches!(over, Err(InterviewError::Moved)), "what has left does not leave again");
            }
        }
    }
    app.drain().await;
    let wall: BTreeMap<String, usize> = office.named("<interview-");
    assert!(wall.values().all(|times| *times == 1) && wall.len() == 9, "{wall:?}");
    assert_eq!(
        app.rows("interview_letters where state in ('unknown', 'failed', 'queued', 'sending')").await,
        0
    );
    for hung in office.wall().iter().filter(|hung| hung.message_id.starts_with("<interview-")) {
        assert!(hung.text.contains("/min-ansoegning/") && hung.text.contains("/samtale"), "{hung:?}");
        // a link and no attachment (D-42)
        assert!(!hung.text.contains("BEGIN:VCALENDAR") && !hung.text.contains("multipart"), "{hung:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_change_is_told_once_and_what_is_overtaken_is_left_out() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm"]).await;
    let id = ids[0];
    // chosen and changed before the first letter could leave
    app.book(id, slots[0].id).await.unwrap();
    app.book(id, slots[1].id).await.unwrap();
    app.book(id, slots[1].id).await.unwrap();
    app.drain().await;
    let said = |letters: Vec<Letter>| letters.into_iter().map(|l| (l.kind, l.state)).collect::<Vec<_>>();
    let confirmed = (Kind::Confirmation, LetterState::Sent);
    let left = LetterState::LeftOut;
    let all = said(app.interview_letters(id).await);
    assert_eq!(all.len(), 3, "{all:?}");
    assert!(all.contains(&confirmed) && all.contains(&(Kind::Confirmation, left)), "{all:?}");
    assert!(all.contains(&(Kind::Invitation, left)), "{all:?}");
    let letter = app.letters().into_iter().find(|l| l.contains("Tid: ")).unwrap();
    assert!(letter.contains("Tid: mandag den 14. december 2026 kl.\u{a0}10.00, 45 minutter"), "{letter}");
    assert!(letter.contains("Sted: Mødelokale Birk") && letter.contains("/samtale.ics"), "{letter}");
    // soon, once
    app.until(slots[1].starts_at - Duration::from_secs(3600 * 47));
    for _ in 0..3 {
        app.minute().await;
        app.kit.clock.advance(Duration::from_secs(60));
    }
    let reminders = app.interview_letters(id).await.into_iter().filter(|l| l.kind == Kind::Reminder).count();
    assert_eq!(reminders, 1);
    // moved by the house, then called off
    let (is, other) = (app.interview(id).await, slots[3].id);
    let (posting, which) = (ad.id, is.id);
    let by = opslag::interviews::actions::By::Staff(Actor::System);
    app.meet(move |c, k, _| opslag::interviews::actions::book(c, k, by, &is, other, "")).await.unwrap();
    app.drain().await;
    let cancel = move |c: &mut _, k: &_, s: &_| {
        opslag::interviews::actions::cancel(c, k, s, Actor::System, (posting, which), "Udvalget er syg.")
    };
    app.meet(cancel).await.unwrap();
    app.drain().await;
    let kinds: Vec<Kind> = app.interview_letters(id).await.into_iter().map(|l| l.kind).collect();
    assert_eq!(kinds.iter().filter(|k| **k == Kind::Moved).count(), 1, "{kinds:?}");
    let off = app.letters().into_iter().find(|l| l.contains("er aflyst.")).unwrap();
    assert!(off.contains("Den skulle have været: mandag den 14. december 2026 kl.\u{a0}12.00"), "{off}");
    assert!(off.contains("Udvalget er syg."), "{off}");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_not_chosen_is_asked_once_more_and_by_hand_not_twice_in_an_hour() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm", "Bo Riis"]).await;
    app.drain().await;
    app.book(ids[1], slots[0].id).await.unwrap();
    for _ in 0..5 {
        app.kit.clock.advance(Duration::from_secs(86_400));
        app.minute().await;
        app.minute().await;
    }
    let nudges = |letters: Vec<Letter>| letters.into_iter().filter(|l| l.kind == Kind::Nudge).count();
    assert_eq!(nudges(app.interview_letters(ids[0]).await), 1);
    assert_eq!(nudges(app.interview_letters(ids[1]).await), 0, "who has chosen is left in peace");
    let mut recruiter = app.recruiter().await;
    let start = recruiter.get("/start").await.body;
    assert!(start.contains("Én har ikke valgt tid"), "{start}");
    let which = app.interview(ids[0]).await.id.to_string();
    let at = format!("/jobopslag/{}/samtaler/paamind", ad.id);
    assert_eq!(recruiter.post(&at, &[("interview", &which)]).await.status, 303);
    let again = recruiter.post(&at, &[("interview", &which)]).await;
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(again.body.contains("De har lige fået et brev"), "{}", again.body);
    app.drain().await;
    assert_eq!(nudges(app.interview_letters(ids[0]).await), 2);
}
