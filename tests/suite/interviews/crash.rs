//! The power is cut while letters about interviews leave: `opslag work` is killed (SIGKILL) before, during and after the talk
//! with the mail server. In the end everyone has exactly one letter, or one open task.
//!
//! `OPSLAG_CRASH_RUNS` says how many times it is cut (12), `OPSLAG_CRASH_SEED` where.

use diesel::RunQueryDsl;
use opslag::{
    answers::state::LetterState,
    base::{Chance, fault::Point},
    db::DbError,
};

use super::called;
use crate::harness::{
    TestApp,
    app::Wanted,
    people::proxied,
    post_office::{Mood, PostOffice},
    power::{self, number, rounds},
};

const POINTS: [Point; 3] = [Point::InviteFenced, Point::InviteSent, Point::InviteRecorded];
const MOODS: [Mood; 4] = [Mood::Takes, Mood::Defers, Mood::Refuses, Mood::CutTaken];

/// As if the leases of the dead had run out, and what was put off were due.
async fn pass(app: &TestApp) {
    let forget = |c: &mut opslag::db::Conn| {
        diesel::sql_query("update jobs set lease_until = null").execute(c)?;
        diesel::sql_query("update jobs set run_at = 0 where kind like 'interviews.%'").execute(c)?;
        Ok::<_, DbError>(())
    };
    app.kit.db.write(forget).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_power_is_cut_while_invitations_leave() {
    let (runs, seed) = (rounds("OPSLAG_CRASH_RUNS", 12), number("OPSLAG_CRASH_SEED", 1));
    let chance = Chance::seeded(seed);
    let office = PostOffice::open().await;
    // the times lie on a day that comes, by the machine's own clock
    let mail = Some(office.url.clone());
    let app = TestApp::start_with(Wanted { configure: proxied, mail, ..Wanted::default() }).await;
    let mail = &app.kit.config.mail;
    let more = format!(
        "[mail]\nkind = \"smtp\"\nfrom = {:?}\nsmtp_url = {:?}\nsmtp_timeout_seconds = 2\n\
         [organisation]\nname = \"Fjordby Kommune\"\n",
        mail.from, mail.smtp_url,
    );
    let config = power::config_file(&app, &more);
    let names: Vec<String> = (0..4 * runs + 6).map(|n| format!("Person Nummer{n:03}")).collect();
    let ad = app.open_ad("SOSU-assistent").await;
    let day = (app.kit.clock.now() + std::time::Duration::from_secs(30 * 86_400)).rfc3339();
    app.times(ad.id, &[("date", &day[..10])]).await;
    let mut ids = Vec::new();
    for name in &names {
        let id = app.applied(ad.id, name, "").await;
        app.in_stage(id).await;
        ids.push(id);
    }
    app.drain().await;
    for id in &ids {
        let to = app.whole(*id).await.unwrap().applicant.email;
        office.will(&to, &[MOODS[usize::try_from(chance.below(4)).unwrap()]]);
    }
    assert_eq!(app.invite(ad.id, &ids).await.unwrap().done, ids.len());
    for run in 0..runs {
        let point = POINTS[usize::try_from(chance.below(3)).unwrap()];
        if app.rows("interview_letters where state = 'queued'").await == 0 {
            assert!(run > runs / 2, "seed {seed}: nothing was left to cut after {run}");
            break;
        }
        let worker = power::process(&app, &config, &["work"], point, 1);
        assert_eq!(power::died(worker).await, Some(9), "seed {seed}: {} was not reached", point.name());
        let wall = office.named("<interview-");
        assert!(wall.values().all(|times| *times == 1), "seed {seed}: {wall:?}");
        pass(&app).await;
    }
    for _ in 0..4 {
        pass(&app).await;
        app.drain().await;
    }
    let wall = office.named("<interview-");
    assert!(wall.values().all(|times| *times == 1), "seed {seed}: {wall:?}");
    let mut sent = 0;
    for id in &ids {
        let letters = app.interview_letters(*id).await;
        assert_eq!(letters.len(), 1);
        let state = letters[0].state;
        assert!(
            state == LetterState::Sent || LetterState::TASKS.contains(&state),
            "seed {seed}: {letters:?}"
        );
        let key = format!("<interview-{}-invitation-0-0@fjordby.example>", letters[0].interview);
        assert!(state != LetterState::Sent || wall.contains_key(&key), "seed {seed}: {letters:?}");
        sent += usize::from(state == LetterState::Sent);
    }
    assert!(sent > 0 && sent < ids.len(), "seed {seed}: {sent} of {}", ids.len());
    assert_eq!(app.rows("jobs where kind = 'interviews.letter'").await, 0, "nothing waits any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_is_away_has_surely_got_nothing_and_is_asked_again() {
    let clock = opslag::base::Clock::set_to(crate::harness::applicants::MORNING);
    let mail = Some("smtp://127.0.0.1:9".to_owned());
    let app = TestApp::start_with(Wanted { clock, configure: proxied, mail, ..Wanted::default() }).await;
    let (_, _, ids) = called(&app, &["Anna Holm"]).await;
    app.drain().await;
    assert_eq!(app.interview_letters(ids[0]).await[0].state, LetterState::Queued);
}
