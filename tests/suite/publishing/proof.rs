//! The proof of a delivery: every step in it, each line bound to the one before, and no way to change it unseen.

use opslag::{
    accounts::Role,
    db::DbError,
    demo::worlds::{Act, Kind, Mischief, Prank},
    doctor,
    publishing::{self, State, actions},
};
use reqwest::StatusCode;
use sha2::{Digest, Sha256};

use super::Ground;

async fn change(g: &Ground, sql: &str) -> bool {
    let sql = sql.to_owned();
    let changed = g.app.kit.db.write(move |c| {
        use diesel::RunQueryDsl;
        diesel::sql_query(sql).execute(c)?;
        Ok::<_, DbError>(())
    });
    changed.await.is_ok()
}

fn hashed(parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}

/// Verifies an export as its own text says, with nothing of ours.
fn verifies(export: &serde_json::Value) -> bool {
    let mut previous = String::new();
    export["lines"].as_array().unwrap().iter().all(|line| {
        let text = |name: &str| line[name].as_str().unwrap().to_owned();
        let (number, at) = (line["number"].to_string(), line["at_micros"].to_string());
        let fits = text("prev_hash") == previous
            && text("hash") == hashed(&[&previous, &number, &at, &text("kind"), &text("detail")]);
        previous = text("hash");
        fits
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_delivery_proves_what_was_done_from_plan_to_take_down() {
    for kind in super::KINDS {
        let g = Ground::new(kind).await;
        g.world.plot(Mischief::once(Act::Publish, Prank::CutAfter));
        let id = g.plan("Vi søger dig til aften.", 0).await;
        g.drive().await;
        g.settle().await;
        g.settle().await;
        assert_eq!(g.state(id).await, State::Published);
        let by = g.by().await;
        actions::take_down(&g.app.kit, &by, id).await.unwrap();
        g.drive().await;
        assert_eq!(g.state(id).await, State::Removed);

        let lines = g.app.kit.db.read(move |c| publishing::proof_of(c, id)).await.unwrap();
        let said: Vec<serde_json::Value> =
            lines.iter().map(|line| serde_json::from_str(&line.detail).unwrap()).collect();
        let moves: Vec<&str> = said.iter().filter_map(|d| d["to"].as_str()).collect();
        assert_eq!(moves.first(), Some(&"publishing"), "{moves:?}");
        assert_eq!(moves[moves.len() - 2..], ["removing", "removed"]);
        assert!(moves.contains(&"unknown") && moves.contains(&"published"));
        let row = g.row(id).await;
        assert_eq!(said[0]["payload_sha256"], row.payload_sha256.as_str());
        assert_eq!(said[0]["by"], "system");
        assert!(said.iter().any(|d| d["phase"] == "send" && d["fence"].is_number()));
        assert!(said.iter().any(|d| d["verb"] == "take down" && d["by"] == "system"));

        let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
        let page = lise.get(&format!("/udsendelser/{id}/bevis")).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        assert!(page.body.contains("Kæden er hel") && page.body.contains(&lines[0].hash), "{}", page.body);
        let export = lise.get(&format!("/udsendelser/{id}/bevis.json")).await;
        let mut export: serde_json::Value = serde_json::from_str(&export.body).unwrap();
        assert!(verifies(&export) && export["broken_at"].is_null());
        assert!(!export.to_string().contains("access_token"));
        export["lines"][1]["detail"] = "{}".into();
        assert!(!verifies(&export), "a changed line shows");
        let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
        assert_eq!(south.get(&format!("/udsendelser/{id}/bevis")).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_changes_it_and_the_doctor_sees_who_tries() {
    let g = Ground::new(Kind::Bluesky).await;
    let id = g.plan("Vi søger dig til aften.", 0).await;
    g.drive().await;
    for sql in
        ["update proofs set detail = '{}'", "delete from proofs", "update attempts set evidence = '{}'"]
    {
        assert!(!change(&g, sql).await, "{sql}");
    }
    let holds = async || {
        let report = doctor::look(&g.app.kit).await;
        let found = report.findings.iter().find(|f| f.about == "proofs").unwrap();
        (found.verdict == doctor::Verdict::Well, found.says.clone())
    };
    assert!(holds().await.0, "{:?}", holds().await);
    // what it is about is changed behind its back: other bytes than those that were planned
    assert!(change(&g, "update deliveries set payload_sha256 = 'another'").await);
    let (well, says) = holds().await;
    assert!(!well && says.contains(&id.to_string()), "{says}");
    let row = g.row(id).await;
    assert_eq!(row.state, State::Published);
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(lise.get(&format!("/udsendelser/{id}/bevis")).await.body.contains("Kæden er brudt"));
}
