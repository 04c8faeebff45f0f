//! Alive and ready, for whoever watches the process.

use actix_web::{HttpResponse, web};

use super::Answer;
use crate::{
    db::{DbError, migrate},
    kit::Kit,
    queue::pulse,
};

/// `GET /healthz`: the process answers, and somebody works: the clock turns, jobs and deliveries are looked for. Red
/// when one of them has said nothing for a minute (R16).
pub async fn alive(kit: web::Data<Kit>) -> HttpResponse {
    let now = kit.clock.now();
    let still = match kit.db.read(move |c| pulse::still(c, now)).await {
        Ok(still) if still.is_empty() => return HttpResponse::Ok().content_type("text/plain").body("ok\n"),
        Ok(still) => still,
        Err(error) => return red(format!("the database does not answer: {error}\n")),
    };
    let lines = still.into_iter().map(|(name, last)| match last {
        Some(at) => format!("{name} has stood still since {}\n", at.rfc3339()),
        None => format!("{name} has never run: start `opslag work`, or `opslag serve` without --no-work\n"),
    });
    red(lines.collect())
}

/// `GET /readyz`: the database answers and is migrated.
pub async fn ready(kit: web::Data<Kit>) -> Answer {
    let db = kit.db.clone();
    let pending = web::block(move || migrate::pending(&db)).await.map_err(|_| DbError::Panicked)?;
    Ok(match pending {
        Ok(0) => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(n) => red(format!("{n} migrations have not been run\n")),
        Err(error) => red(format!("the database does not answer: {error}\n")),
    })
}

fn red(words: String) -> HttpResponse {
    HttpResponse::ServiceUnavailable().content_type("text/plain").body(words)
}
