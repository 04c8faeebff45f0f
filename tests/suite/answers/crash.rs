//! The power is cut while answers leave: `opslag work` is killed (SIGKILL) before, during and after the talk with the mail
//! server, again and again. In the end everyone has exactly one letter, or one open task.
//!
//! `OPSLAG_CRASH_RUNS` says how many times it is cut (30), `OPSLAG_CRASH_SEED` where.

use std::collections::BTreeMap;

use diesel::RunQueryDsl;
use opslag::{
    answers::state::LetterState,
    base::{Chance, fault::Point, id::ApplicationId},
    db::DbError,
};

use super::{close, turned_down};
use crate::harness::{
    TestApp,
    app::Wanted,
    people::proxied,
    post_office::{Mood, PostOffice},
    power::{self, number, rounds},
};

const POINTS: [Point; 3] = [Point::AnswerFenced, Point::AnswerSent, Point::AnswerRecorded];
const MOODS: [Mood; 6] =
    [Mood::Takes, Mood::Slow, Mood::Defers, Mood::Refuses, Mood::CutTaken, Mood::CutLost];

/// As if the leases of the dead had run out, and what was put off were due.
async fn pass(app: &TestApp) {
    app.kit
        .db
        .write(|c| {
            diesel::sql_query("update jobs set lease_until = null").execute(c)?;
            diesel::sql_query("update jobs set run_at = 0 where kind like 'answers.%'").execute(c)?;
            Ok::<_, DbError>(())
        })
        .await
        .unwrap();
}

/// Nobody's letter hangs twice on the wall, and what is said to have been sent hangs there.
async fn nothing_is_doubled(app: &TestApp, office: &PostOffice, ids: &[ApplicationId]) {
    let wall = office.answers();
    assert!(wall.values().all(|times| *times == 1), "{wall:?}");
    for id in ids {
        let letters = app.letters_to(*id).await;
        assert_eq!(letters.len(), 1);
        let hangs = wall.contains_key(&format!("<answer-{}@fjordby.example>", letters[0].id));
        assert!(hangs || letters[0].state != LetterState::Sent, "{letters:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_answers_leave() {
    let (runs, seed) = (rounds("OPSLAG_CRASH_RUNS", 30), number("OPSLAG_CRASH_SEED", 1));
    let chance = Chance::seeded(seed);
    let office = PostOffice::open().await;
    let configure = |config: &mut opslag::config::Config| {
        proxied(config);
        config.answers.cooling_minutes = 0;
    };
    let mail = Some(office.url.clone());
    let app = TestApp::start_with(Wanted { configure, mail, ..Wanted::default() }).await;
    let mail = &app.kit.config.mail;
    let more = format!(
        "[mail]\nkind = \"smtp\"\nfrom = {:?}\nsmtp_url = {:?}\nsmtp_timeout_seconds = 2\n\
         [answers]\ncooling_minutes = 0\n[organisation]\nname = \"Fjordby Kommune\"\n",
        mail.from, mail.smtp_url,
    );
    let config = power::config_file(&app, &more);
    // enough that there is something to send at each cut: several are on their way at once
    let names: Vec<String> = (0..4 * runs + 6).map(|n| format!("Person Nummer{n:03}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (ad, ids) = turned_down(&app, &names).await;
    app.drain().await;
    for id in &ids {
        let to = app.whole(*id).await.unwrap().applicant.email;
        office.will(&to, &[MOODS[usize::try_from(chance.below(6)).unwrap()]]);
    }
    app.laid(ad.id, &ids).await;
    for run in 0..runs {
        let point = POINTS[usize::try_from(chance.below(3)).unwrap()];
        let left = app.rows("answer_letters where state = 'queued'").await;
        if left == 0 {
            assert!(run > runs / 2, "seed {seed}: nothing was left to cut after {run}");
            break;
        }
        let worker = power::process(&app, &config, &["work"], point, 1);
        let died = power::died(worker).await;
        assert_eq!(died, Some(9), "seed {seed}: {} was not reached in run {run}", point.name());
        nothing_is_doubled(&app, &office, &ids).await;
        pass(&app).await;
    }
    for _ in 0..4 {
        pass(&app).await;
        app.drain().await;
    }
    nothing_is_doubled(&app, &office, &ids).await;
    let mut stand: BTreeMap<LetterState, usize> = BTreeMap::new();
    for id in &ids {
        *stand.entry(app.letters_to(*id).await[0].state).or_default() += 1;
    }
    let over = |state: &LetterState| *state == LetterState::Sent || LetterState::TASKS.contains(state);
    assert!(stand.keys().all(over), "seed {seed}: {stand:?}");
    for state in [LetterState::Sent, LetterState::Unknown, LetterState::Failed] {
        assert!(stand.contains_key(&state), "seed {seed}: {stand:?}");
    }
    assert_eq!(
        app.rows("jobs where kind like 'answers.%'").await,
        0,
        "nothing waits, and nothing was given up"
    );
    assert_eq!(app.rows("answer_batches where state = 'done'").await, 1);
    let open = ids.len() - stand[&LetterState::Sent];
    assert_eq!(usize::try_from(super::unanswered(&app, ad.id).await).unwrap(), open, "seed {seed}");
    assert!(close(&app, ad.id).await.is_err());
}
