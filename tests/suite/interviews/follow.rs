//! What follows for an interview when its application ends.

use std::time::Duration;

use opslag::{
    accounts::audit::Actor,
    applications::actions as applied,
    interviews::{
        letters::Kind,
        state::{InterviewState, SlotState},
    },
};

use super::{all_is_in_order, called};
use crate::harness::{TestApp, people::Browser};

#[tokio::test(flavor = "multi_thread")]
async fn who_withdraws_gives_the_time_back_in_the_same_commit() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm"]).await;
    app.book(ids[0], slots[0].id).await.unwrap();
    app.drain().await;
    let mine = app.magic_link("anna-holm@");
    assert_eq!(Browser::new(&app).post(&format!("{mine}/traek"), &[]).await.status, 303);
    // before any job has run
    assert_eq!(app.seats(ad.id).await[0].state, SlotState::Open);
    assert_eq!(app.interview(ids[0]).await.state, InterviewState::Cancelled);
    let file = Browser::new(&app).get(&format!("{mine}/samtale.ics")).await.body;
    assert!(file.contains("METHOD:CANCEL"), "{file}");
    let kinds: Vec<Kind> = app.interview_letters(ids[0]).await.into_iter().map(|l| l.kind).collect();
    assert_eq!(kinds.iter().filter(|k| **k == Kind::Cancelled).count(), 1, "{kinds:?}");
    all_is_in_order(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rejection_shows_in_the_interview_no_sooner_than_in_its_letter() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm"]).await;
    app.book(ids[0], slots[0].id).await.unwrap();
    app.drain().await;
    let mine = app.magic_link("anna-holm@");
    app.rejected(ids[0], "Andre har mere erfaring med demens.").await;
    app.minute().await;
    assert_eq!(app.interview(ids[0]).await.state, InterviewState::Booked, "they do not know yet");
    let page = Browser::new(&app).get(&format!("{mine}/samtale")).await.body;
    assert!(page.contains("Din samtale") && !page.contains("aflyst"), "{page}");
    let mut recruiter = app.recruiter().await;
    let staff = recruiter.get(&format!("/jobopslag/{}/samtaler", ad.id)).await.body;
    assert!(staff.contains("Afgjort, men ved det ikke endnu"), "{staff}");
    app.answered(ad.id).await;
    app.minute().await;
    assert_eq!(app.interview(ids[0]).await.state, InterviewState::Cancelled);
    assert_eq!(app.seats(ad.id).await[0].state, SlotState::Open);
    all_is_in_order(&app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_erased_applicant_leaves_no_words_and_the_seat_is_free() {
    let app = TestApp::standing_still().await;
    let (ad, slots, ids) = called(&app, &["Anna Holm", "Bo Riis"]).await;
    let is = app.interview(ids[0]).await;
    let seat = slots[0].id;
    let book = move |c: &mut _, k: &_, _: &_| {
        opslag::interviews::actions::book(
            c,
            k,
            opslag::interviews::actions::By::Applicant,
            &is,
            seat,
            "Hemmelig kørestol",
        )
    };
    app.meet(book).await.unwrap();
    app.book(ids[1], slots[1].id).await.unwrap();
    app.drain().await;
    app.until(slots[1].ends_at() + Duration::from_secs(60));
    let (posting, which) = (ad.id, app.interview(ids[1]).await.id);
    app.meet(move |c, k, s| {
        opslag::interviews::actions::result(c, k, s, Actor::System, (posting, which), true)
    })
    .await
    .unwrap();
    for id in ids {
        let k = app.kit.clone();
        assert!(app.kit.db.write(move |c| applied::erase(c, &k, Actor::System, id)).await.unwrap());
    }
    app.minute().await;
    for table in ["interviews", "interview_letters"] {
        assert_eq!(app.rows(table).await, 0, "{table}");
    }
    let states: Vec<SlotState> = app.seats(ad.id).await.into_iter().map(|slot| slot.state).collect();
    // the time that is over and was nobody's result is closed; that a talk was held stays as a number
    assert_eq!(states[..2], [SlotState::Cancelled, SlotState::Held]);
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&format!("/jobopslag/{}/samtaler", ad.id)).await;
    assert!(page.status == 200 && !page.body.contains("Hemmelig"), "{}", page.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_no_address_becomes_a_task_and_is_told_by_telephone() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("SOSU-assistent").await;
    let slots = app.times(ad.id, &[]).await;
    let id = app.applied(ad.id, "Anna Holm", "").await;
    app.in_stage(id).await;
    app.drain().await;
    app.kit
        .db
        .write(|c| {
            use diesel::RunQueryDsl;
            Ok::<_, opslag::db::DbError>(diesel::sql_query("update applicants set email = ''").execute(c)?)
        })
        .await
        .unwrap();
    app.invite(ad.id, &[id]).await.unwrap();
    app.drain().await;
    let at = format!("/jobopslag/{}/samtaler", ad.id);
    let mut recruiter = app.recruiter().await;
    let page = recruiter.get(&at).await.body;
    assert!(page.contains("Ingen mailadresse. Ring, eller send et brev."), "{page}");
    let which = app.interview(id).await.id.to_string();
    let (field, slot) = (format!("tid-{which}"), slots[0].id.to_string());
    let booked = recruiter.post(&format!("{at}/tid"), &[("interview", &which), (&field, &slot)]).await;
    assert_eq!(booked.status, 303, "{}", booked.body);
    app.drain().await;
    let page = recruiter.get(&at).await.body;
    assert!(!page.contains("Ingen mailadresse"), "what was said on the telephone needs no letter: {page}");
    assert_eq!(app.interview(id).await.state, InterviewState::Booked);
}
