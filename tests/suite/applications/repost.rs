//! Advertising again: what has come counts in the next round, everybody who waits is told once, and each round has its own
//! numbers.

use std::time::Duration;

use opslag::{
    applications::{self, Outcome, jobs::TellReposted, stage::Column},
    base::{id::ApplicationId, wall::WallTime},
    db::DbError,
    postings::{CloseReason, Posting, State},
    queue,
};

use super::board::moved;
use crate::harness::{TestApp, people::Browser};

const WHY: &str = "Ingen af ansøgerne har den autorisation, der kræves.";

/// Lets the deadline of an ad pass.
async fn over(app: &TestApp, ad: &Posting) {
    let deadline = app.ad(ad).await.deadline_at.unwrap();
    app.kit.clock.advance(deadline.since(app.kit.clock.now()) + Duration::from_secs(60));
    app.drain().await;
    assert_eq!(app.ad(ad).await.state, State::DeadlinePassed);
}

/// What a field of the form for `days` ahead holds.
fn ahead(app: &TestApp, days: u64) -> String {
    WallTime::at(app.kit.clock.now() + Duration::from_secs(days * 86_400), app.kit.config.delivery.zone)
        .field()
}

async fn round_of(app: &TestApp, id: ApplicationId) -> i32 {
    let is = app.whole(id).await.unwrap().application;
    let rounds = app.kit.db.read(move |c| opslag::postings::rounds(c, is.posting)).await.unwrap();
    rounds.iter().find(|round| round.id == is.round).unwrap().number
}

fn told(app: &TestApp, to: &str) -> usize {
    let letters = app.letters();
    letters.iter().filter(|l| l.contains(to) && l.contains("er slået op igen")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_come_counts_in_the_next_round_and_each_who_waits_is_told_once() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Sygeplejerske").await;
    let anna = app.applied(ad.id, "Anna Holm", "").await;
    let bent = app.applied(ad.id, "Bent Lund", "").await;
    let carl = app.applied(ad.id, "Carl Ravn", "").await;
    let mut browser = app.recruiter().await;
    let form = format!("/jobopslag/{}/genopslag", ad.id);
    // before the deadline it is extended, not advertised again
    assert_eq!(browser.get(&form).await.status, 422);
    let fields = [("version", "2"), ("deadline", "2027-02-01T23:59"), ("reason", WHY)];
    assert_eq!(browser.post(&form, &fields).await.status, 422);

    over(&app, &ad).await;
    let mut browser = app.recruiter().await;
    let late = app.applied(ad.id, "Dorte Friis", "").await;
    app.drain().await;
    assert!(app.whole(late).await.unwrap().application.standing().held_back);
    assert_eq!(moved(&mut browser, bent, 1, "rejected", WHY).await.status, 303);
    assert_eq!(moved(&mut browser, carl, 1, "interview", "").await.status, 303);

    let page = browser.get(&form).await.body;
    assert!(
        page.contains("3 ansøgninger, der ikke er afgjort") && page.contains("1 af dem kom for sent"),
        "{page}"
    );
    let version = app.ad(&ad).await.version.to_string();
    let next = ahead(&app, 21);
    for (deadline, reason, says) in [
        ("2027-13-01T23:59", WHY, "id=\"deadline\""),
        ("2026-11-01T23:59", WHY, "ligger i fortiden"),
        (next.as_str(), "Nej", "mindst 10 tegn"),
    ] {
        let fields = [("version", version.as_str()), ("deadline", deadline), ("reason", reason)];
        let seen = browser.post(&form, &fields).await;
        assert_eq!(seen.status, 422, "{deadline} {reason}");
        assert!(
            seen.body.contains(says) && seen.body.contains("form-error"),
            "{deadline} {reason}: {}",
            seen.body
        );
        assert!(seen.body.contains(&format!(">{reason}</textarea>")), "what was typed stays: {}", seen.body);
        assert_eq!(app.ad(&ad).await.state, State::DeadlinePassed);
    }
    let fields = [("version", version.as_str()), ("deadline", next.as_str()), ("reason", WHY)];
    let seen = browser.post(&form, &fields).await;
    assert_eq!(seen.status, 303, "{}", seen.body);
    let page = browser.get(&seen.location.unwrap()).await.body;
    assert!(page.contains("runde 2. 3 ansøgninger indgår stadig"), "{page}");
    assert!(page.contains("1, der kom for sent, er med nu"), "{page}");
    assert!(page.contains("Runde 2") && page.contains(WHY), "the case says why: {page}");
    // twice is once
    assert_eq!(browser.post(&form, &fields).await.status, 422);

    // everybody stands where they stood; who was late is not any more
    let is = async |id| app.whole(id).await.unwrap().application;
    assert_eq!(is(anna).await.standing().column(), Column::from_word("received").unwrap());
    assert_eq!(is(carl).await.standing().column(), Column::from_word("interview").unwrap());
    assert_eq!(is(bent).await.outcome, Some(Outcome::Rejected));
    assert!(!is(late).await.standing().held_back);
    app.drain().await;
    for (who, times) in [("anna-holm", 1), ("carl-ravn", 1), ("dorte-friis", 1), ("bent-lund", 0)] {
        assert_eq!(told(&app, who), times, "{who}");
    }
    // a job that runs again sends nothing more
    let (k, now) = (app.kit.clone(), app.kit.clock.now());
    let again = move |c: &mut opslag::db::Conn| {
        queue::enqueue(c, &TellReposted { application: anna, round: 2 }, now, now, &k.chance)
    };
    app.kit.db.write::<(), DbError>(again).await.unwrap();
    app.drain().await;
    assert_eq!(told(&app, "anna-holm"), 1);

    // the ad is open, says so, and what comes now is of the second round
    let public = Browser::new(&app).get(&app.ad(&ad).await.path()).await.body;
    assert!(public.contains("Stillingen er slået op igen."), "{public}");
    let new = app.applied(ad.id, "Else Krag", "").await;
    assert_eq!((round_of(&app, anna).await, round_of(&app, new).await), (1, 2));
    let counts = app.kit.db.read(move |c| applications::counts_rows(c, &[ad.id])).await.unwrap();
    assert_eq!(counts.iter().map(|row| row.n).sum::<i64>(), 5, "none is counted twice");
    let page = browser.get(&format!("/jobopslag/{}/tal", ad.id)).await.body;
    assert!(page.contains("Runder") && page.contains("Runde 2"), "{page}");

    // and ends as the first did; a third may follow, or it is closed
    over(&app, &ad).await;
    let mut browser = app.recruiter().await;
    assert_eq!(browser.get(&form).await.status, 200);
    let rounds = app.kit.db.read(move |c| opslag::postings::rounds(c, ad.id)).await.unwrap();
    let standing: Vec<_> = rounds.iter().map(|r| (r.number, r.closed_at.is_some())).collect();
    assert_eq!(standing, [(2, false), (1, true)]);
    app.closed(&ad, CloseReason::NoHire).await;
    assert_eq!(browser.get(&form).await.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_advertise_again_at_once_one_begins_a_round() {
    let app = TestApp::start().await;
    let ad = app.open_ad("Kok").await;
    app.applied(ad.id, "Anna Holm", "").await;
    let id = ad.id;
    // as when the clock has come to the deadline
    let earlier = app.kit.clock.now() - Duration::from_secs(60);
    app.kit
        .db
        .write(move |c| {
            use diesel::RunQueryDsl;
            let sql =
                format!("update postings set deadline_at = {}, state = 'deadline_passed'", earlier.micros());
            diesel::sql_query(sql).execute(c)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
    let version = app.ad(&ad).await.version.to_string();
    let (mut one, mut other) = (app.recruiter().await, app.recruiter().await);
    let deadline = ahead(&app, 20);
    let fields = [("version", version.as_str()), ("deadline", deadline.as_str()), ("reason", WHY)];
    let form = format!("/jobopslag/{id}/genopslag");
    let (a, b) = tokio::join!(one.post(&form, &fields), other.post(&form, &fields));
    let mut both = [a.status.as_u16(), b.status.as_u16()];
    both.sort_unstable();
    assert_eq!(both, [303, 422], "{} {}", a.body, b.body);
    assert_eq!(app.rows("posting_rounds").await, 2);
}
