//! What must hold whatever happens and in whatever order; and of many who press at once one has it.
//!
//! `OPSLAG_INTERVIEW_RUNS` says how many sequences are tried (12), `OPSLAG_INTERVIEW_SEED` which.

use std::time::Duration;

use opslag::{
    accounts::audit::Actor,
    applications::actions as applied,
    base::{
        Chance,
        id::{ApplicationId, SlotId},
    },
    interviews::{
        InterviewError,
        actions::{self, By},
        state::{InterviewState, SlotState},
    },
};

use super::{all_is_in_order, called};
use crate::harness::{
    TestApp,
    power::{number, rounds},
};

/// One thing somebody does. What the tables do not allow is refused, and everything is in order afterwards.
async fn step(app: &TestApp, chance: &Chance, ids: &[ApplicationId], slots: &[SlotId]) -> &'static str {
    let pick = |n: usize| usize::try_from(chance.below(u64::try_from(n).unwrap())).unwrap();
    let id = ids[pick(ids.len())];
    let slot = slots[pick(slots.len())];
    let Some(whole) = app.whole(id).await else { return "erased" };
    let is = app.interview(id).await;
    let (posting, which) = (is.posting, is.id);
    let done: Result<(), InterviewError> = match pick(14) {
        0..=3 => app.book(id, slot).await.map(drop),
        4 => {
            let by = By::Staff(Actor::System);
            app.meet(move |c, k, _| actions::book(c, k, by, &is, slot, "")).await.map(drop)
        }
        5 => app.meet(move |c, k, _| actions::decline(c, k, &is, "Har fået andet job")).await.map(drop),
        6 => app.meet(move |c, k, _| actions::wish(c, k, &is, "Kun om aftenen")).await.map(drop),
        7 => {
            let close = move |c: &mut _, k: &_, s: &_| {
                actions::close_time(c, k, s, Actor::System, (posting, slot), "Vi kan ikke alligevel")
            };
            app.meet(close).await
        }
        8 => app.meet(move |c, k, s| actions::cancel(c, k, s, Actor::System, (posting, which), "")).await,
        9 => app.invite(posting, &[id]).await.map(drop),
        10 => {
            let came = pick(2) == 0;
            app.meet(move |c, k, s| actions::result(c, k, s, Actor::System, (posting, which), came)).await
        }
        11 => {
            app.kit.clock.advance(Duration::from_secs(3600 * 24 * 5));
            app.minute().await;
            Ok(())
        }
        12 if pick(4) == 0 => {
            let (k, hash) = (app.kit.clone(), whole.application.access_hash);
            let _ = app.kit.db.write(move |c| applied::withdraw(c, &k, &hash)).await;
            Ok(())
        }
        13 if pick(4) == 0 => {
            let k = app.kit.clone();
            app.kit.db.write(move |c| applied::erase(c, &k, Actor::System, id)).await.unwrap();
            // the seat is given back within the minute
            app.minute().await;
            Ok(())
        }
        _ => app.meet(move |c, k, s| actions::remind_now(c, k, s, Actor::System, (posting, which))).await,
    };
    match done {
        Ok(()) => "done",
        Err(InterviewError::Db(error)) => panic!("{error}"),
        Err(_) => "refused",
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_happens_no_seat_is_two_peoples() {
    let seed = number("OPSLAG_INTERVIEW_SEED", 1);
    let (mut did, mut refused) = (0, 0);
    for run in 0..rounds("OPSLAG_INTERVIEW_RUNS", 12) {
        let chance = Chance::seeded(seed + run);
        let app = TestApp::standing_still().await;
        let (_, slots, ids) = called(&app, &["Anna Holm", "Bo Riis", "Carla Friis"]).await;
        let slots: Vec<SlotId> = slots.iter().map(|slot| slot.id).collect();
        for _ in 0..40 {
            match step(&app, &chance, &ids, &slots).await {
                "done" => did += 1,
                "refused" => refused += 1,
                _ => {}
            }
            all_is_in_order(&app).await;
        }
    }
    assert!(did > 50 && refused > 50, "something happened: {did} done, {refused} refused");
}

#[tokio::test(flavor = "multi_thread")]
async fn of_many_who_press_at_once_one_has_it() {
    let app = TestApp::standing_still().await;
    let names: Vec<String> = (0..8).map(|n| format!("Person Nummer{n}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (ad, slots, ids) = called(&app, &names).await;
    for (round, slot) in slots.iter().take(3).enumerate() {
        // a time nobody has yet, and everybody wants it
        let wanted = slot.id;
        let mut presses = tokio::task::JoinSet::new();
        for id in ids.iter().skip(round) {
            let (kit, is) = (app.kit.clone(), app.interview(*id).await);
            presses.spawn(async move {
                let k = kit.clone();
                kit.db.write(move |c| actions::book(c, &k, By::Applicant, &is, wanted, "")).await
            });
        }
        let mut had = 0;
        while let Some(press) = presses.join_next().await {
            match press.unwrap() {
                Ok(is) => {
                    assert_eq!((is.state, is.slot), (InterviewState::Booked, Some(wanted)));
                    had += 1;
                }
                Err(InterviewError::Taken) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(had, 1, "round {round}");
        all_is_in_order(&app).await;
    }
    let taken = app.seats(ad.id).await.iter().filter(|slot| slot.state == SlotState::Booked).count();
    assert!((1..=3).contains(&taken), "{taken}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_group_takes_as_many_as_there_are_seats() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Pædagog").await;
    let slots = app.times(ad.id, &[("count", "1"), ("seats", "2")]).await;
    assert_eq!(slots.len(), 2);
    let mut ids = Vec::new();
    for name in ["Anna Holm", "Bo Riis", "Carla Friis"] {
        let id = app.applied(ad.id, name, "").await;
        app.in_stage(id).await;
        ids.push(id);
    }
    app.invite(ad.id, &ids).await.unwrap();
    // all three choose the same line; the second is given the seat beside it
    assert!(app.book(ids[0], slots[0].id).await.is_ok());
    assert_eq!(app.book(ids[1], slots[0].id).await.unwrap().slot, Some(slots[1].id));
    assert!(matches!(app.book(ids[2], slots[0].id).await, Err(InterviewError::Taken)));
    all_is_in_order(&app).await;
}
