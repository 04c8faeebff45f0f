//! `opslag doctor` finds what is wrong, says so in words, and makes nothing that is not there.

use std::{path::Path, process::Command};

use diesel::RunQueryDsl;
use opslag::{
    db::{Conn, DbError},
    doctor::{self, Verdict},
};
use serde_json::Value;

use crate::harness::{TestApp, applicants::paper, people::Browser};

/// The command's exit code and what it printed.
fn opslag(data: &Path, words: &[&str]) -> (bool, String) {
    let out = Command::new(env!("CARGO_BIN_EXE_opslag"))
        .args(words)
        .arg("--data")
        .arg(data)
        .env("OPSLAG_PASSWORD", "rugbrød med ost og kaffe")
        .env_remove("OPSLAG_CONFIG")
        .output()
        .unwrap();
    (out.status.success(), String::from_utf8(out.stdout).unwrap())
}

fn asked(data: &Path) -> (bool, Value) {
    let (well, said) = opslag(data, &["doctor", "--json"]);
    (well, serde_json::from_str(&said).unwrap())
}

fn about<'a>(report: &'a Value, about: &str, verdict: &str) -> Option<&'a Value> {
    report["findings"].as_array().unwrap().iter().find(|f| f["about"] == about && f["verdict"] == verdict)
}

#[test]
fn an_installation_is_looked_at_from_the_ground_up() {
    let room = tempfile::tempdir().unwrap();
    let data = room.path().join("data");

    // nothing there, and nothing made
    let (well, report) = asked(&data);
    assert!(!well && report["verdict"] == "wrong");
    assert!(about(&report, "data folder", "wrong").is_some(), "{report}");
    assert!(!data.exists());

    // a new one: it works, nobody can log in yet, and what an operator must still set is named
    assert!(opslag(&data, &["migrate"]).0);
    let (well, report) = asked(&data);
    assert!(!well && about(&report, "people", "wrong").is_some(), "{report}");
    let person =
        ["user", "add", "--name", "Kim Holm", "--email", "kim@fjordby.example", "--role", "hr_admin"];
    assert!(opslag(&data, &person).0);
    let (well, report) = asked(&data);
    assert!(well && report["verdict"] == "warning", "{report}");
    assert!(about(&report, "configuration", "warning").is_some());
    for sound in ["data folder", "sealing keys", "database", "files", "people", "audit log"] {
        assert!(about(&report, sound, "well").is_some(), "{sound}: {report}");
    }
    let (_, said) = opslag(&data, &["doctor"]);
    assert!(said.contains("warning  mail: letters are laid in a folder"), "{said}");

    // a key that others can read, then none at all: it must not be made anew
    let keys = data.join("secrets/sealing.keys");
    let mode = |m| std::os::unix::fs::PermissionsExt::from_mode(m);
    std::fs::set_permissions(&keys, mode(0o644)).unwrap();
    assert!(about(&asked(&data).1, "sealing keys", "warning").is_some());
    std::fs::remove_file(&keys).unwrap();
    let (well, report) = asked(&data);
    assert!(!well && about(&report, "sealing keys", "wrong").is_some(), "{report}");
    assert!(!keys.exists());

    // a wrong setting is what is reported, not what stops the report
    let file = room.path().join("opslag.toml");
    std::fs::write(&file, "[server]\nlissen = \"x\"\n").unwrap();
    let (well, said) = opslag(&data, &["doctor", "--json", "--config", file.to_str().unwrap()]);
    let report: Value = serde_json::from_str(&said).unwrap();
    let finding = about(&report, "configuration", "wrong").unwrap();
    assert!(!well && finding["says"].as_str().unwrap().contains("lissen"), "{finding}");
}

async fn looked(app: &TestApp) -> Vec<(&'static str, Verdict, String)> {
    let report = doctor::look(&app.kit).await;
    report.findings.into_iter().map(|f| (f.about, f.verdict, f.says)).collect()
}

async fn sql(app: &TestApp, sqlite: &'static str, postgres: &'static str) {
    let run = move |c: &mut Conn| {
        match c {
            Conn::Sqlite(c) => diesel::sql_query(sqlite).execute(c)?,
            Conn::Pg(c) => diesel::sql_query(postgres).execute(c)?,
        };
        Ok::<_, DbError>(())
    };
    app.kit.db.write(run).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_file_a_changed_log_and_a_job_given_up_are_found() {
    let app = TestApp::standing_still().await;
    app.person("Kim Holm", opslag::accounts::Role::HrAdmin, app.organisation).await;
    let ad = app.open_ad("Pædagog til Regnbuen").await;
    let filled = app.filled(&ad, "").await.file("cv", "cv.pdf", paper("cv-latin.pdf"));
    let sent = Browser::new(&app).post_files(&format!("/ansoeg/{}", ad.slug), filled.form()).await;
    assert_eq!(sent.status, 303, "{}", sent.body);
    app.drain().await;
    let seen = looked(&app).await;
    assert!(
        seen.iter().all(|(about, verdict, _)| *verdict != Verdict::Wrong || *about == "clock"),
        "{seen:?}"
    );

    let named = app.kit.db.read(opslag::applications::every_file).await.unwrap();
    let lost = named.into_iter().next().unwrap();
    app.kit.blobs.delete(&lost).await.unwrap();
    // whoever owns the database can take the guard away first
    sql(&app, "drop trigger audit_no_update", "drop trigger audit_no_change on audit_events").await;
    let forged =
        "update audit_events set detail = 'ingenting' where seq = (select min(seq) from audit_events)";
    sql(&app, forged, forged).await;
    let k = app.kit.clone();
    app.kit
        .db
        .write(move |c| {
            let job = opslag::postings::jobs::PassDeadline { posting: None };
            opslag::queue::enqueue(c, &job, k.clock.now(), k.clock.now(), &k.chance)
        })
        .await
        .unwrap();
    let buried = "update jobs set dead_at = run_at, last_error = 'disken er fuld'";
    sql(&app, buried, buried).await;

    let seen = looked(&app).await;
    let says = |about: &str, verdict| {
        let those = seen.iter().filter(|(a, v, _)| *a == about && *v == verdict);
        those.map(|(_, _, says)| says.as_str()).collect::<Vec<_>>().join("\n")
    };
    assert!(says("files", Verdict::Wrong).contains(&lost), "{seen:?}");
    assert!(says("audit log", Verdict::Wrong).starts_with("line "), "{seen:?}");
    assert!(says("work", Verdict::Warning).contains("disken er fuld"), "{seen:?}");
    assert!(says("work", Verdict::Warning).contains("nobody works now"), "{seen:?}");
}
