//! `/udsendelser/{id}/bevis`: the proof of a delivery, to read and to print, saying how it is verified; and the same as JSON.

use actix_web::{HttpRequest, HttpResponse, http::header, web};
use askama::Template;

use super::{
    pages::{Badge, parse},
    proof::{self, Line},
    said,
    store::{self, Attempt, Delivery},
    subject,
};
use crate::{
    accounts::{
        Right, Viewer,
        audit::{self, Line as AuditLine, Verb},
    },
    base::{Subject, id::DeliveryId},
    channels::{self, Connection},
    db::DbError,
    kit::Kit,
    web::{Answer, Fault, Shell, page},
};

/// A line as it is shown.
struct Shown {
    number: i32,
    at: String,
    what: String,
    facts: Vec<(String, String)>,
    hash: String,
}

#[derive(Template)]
#[template(path = "publishing/proof.html")]
struct ProofPage {
    shell: Shell,
    id: DeliveryId,
    title: String,
    badge: Badge,
    broken: Option<i32>,
    sha256: String,
    lines: Vec<Shown>,
    printed: String,
}

/// A delivery with everything that proves it.
struct Proven {
    row: Delivery,
    about: Subject,
    account: Option<Connection>,
    lines: Vec<Line>,
    attempts: Vec<Attempt>,
    title: String,
}

async fn read(viewer: &Viewer, kit: &Kit, id: &str) -> Result<Proven, Fault> {
    let scope = viewer.scope(Right::Publish)?.clone();
    let (id, k, language) = (parse(id)?, kit.clone(), viewer.user().language);
    let found = kit
        .db
        .read(move |c| {
            let Some((row, about)) = store::in_scope(c, &scope, id)? else { return Ok(None) };
            Ok::<_, DbError>(Some(Proven {
                account: channels::connection(c, row.account_id)?,
                lines: store::proof_of(c, id)?,
                attempts: store::attempts_at(c, id)?,
                title: subject::title(c, &k, about, language)?,
                row,
                about,
            }))
        })
        .await?;
    found.ok_or(Fault::NotFound)
}

/// `GET /udsendelser/{id}/bevis`
pub async fn proof(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let proven = read(&viewer, &kit, &id).await?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let now = said::time(t, &proven.row, kit.clock.now());
    let printed = t.with3(
        "proof-printed",
        "when",
        now,
        "name",
        &viewer.user().name,
        "org",
        &kit.config.organisation.name,
    );
    let lines = proven.lines.iter().map(|line| Shown {
        number: line.number,
        at: line.at.rfc3339(),
        what: t.say(line.kind.key()),
        facts: facts(&line.detail),
        hash: line.hash.clone(),
    });
    page(&ProofPage {
        id: proven.row.id,
        badge: proven.account.as_ref().map_or_else(Badge::unknown, Badge::at),
        broken: proof::broken(&proven.row, &proven.lines, &proven.attempts),
        sha256: proven.row.payload_sha256.clone(),
        lines: lines.collect(),
        title: proven.title,
        printed,
        shell,
    })
}

/// The facts of a line as names and values.
fn facts(detail: &str) -> Vec<(String, String)> {
    let Ok(serde_json::Value::Object(facts)) = serde_json::from_str(detail) else { return Vec::new() };
    let text = |value: serde_json::Value| match value {
        serde_json::Value::String(text) => text,
        other => other.to_string(),
    };
    facts.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, text(value))).collect()
}

/// `GET /udsendelser/{id}/bevis.json`
pub async fn as_json(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let Proven { row, about, account, lines, attempts, .. } = read(&viewer, &kit, &id).await?;
    let t = viewer.shell(&req, &kit.config).t;
    let now = kit.clock.now();
    let line = AuditLine {
        actor: viewer.actor(),
        verb: Verb::Exported,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("proof delivery:{}", row.id)),
    };
    kit.db.write(move |c| audit::write(c, &[line], now)).await?;
    let how = ["proof-how-1", "proof-how-2", "proof-how-3", "proof-how-4"].map(|key| t.say(key));
    let body = serde_json::json!({
        "format": "opslag.proof.1",
        "organisation": kit.config.organisation.name,
        "exported_at": now.rfc3339(),
        "delivery": row.id.to_string(),
        "posting": about.posting().map(|id| id.to_string()),
        "story": about.story().map(|id| id.to_string()),
        "account": account.map(|account| format!("{} {}", account.channel, account.handle)),
        "state": row.state,
        "remote_id": row.remote_id,
        "url": row.remote_url,
        "payload": serde_json::from_str::<serde_json::Value>(&row.payload).unwrap_or_default(),
        "payload_sha256": row.payload_sha256,
        "broken_at": proof::broken(&row, &lines, &attempts),
        "how_to_verify": how,
        "lines": lines.iter().map(|line| serde_json::json!({
            "number": line.number,
            "at": line.at.rfc3339(),
            "at_micros": line.at.micros(),
            "kind": line.kind,
            "detail": line.detail,
            "prev_hash": line.prev_hash,
            "hash": line.hash,
        })).collect::<Vec<_>>(),
        "attempts": attempts.iter().map(|attempt| serde_json::json!({
            "id": attempt.id.to_string(),
            "fence": attempt.fence,
            "phase": attempt.phase,
            "started_at": attempt.started_at.rfc3339(),
            "ended_at": attempt.ended_at.map(|at| at.rfc3339()),
            "outcome": attempt.outcome,
            "status": attempt.status,
            "error_kind": attempt.error_kind,
            "evidence": attempt.evidence,
            "sha256": proof::of_attempt(attempt),
        })).collect::<Vec<_>>(),
    });
    let name = format!("attachment; filename=\"bevis-{}.json\"", row.id);
    Ok(HttpResponse::Ok().insert_header((header::CONTENT_DISPOSITION, name)).json(body))
}
