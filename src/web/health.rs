//! Alive and ready, for whoever watches the process.

use actix_web::{HttpResponse, web};

use super::Answer;
use crate::{
    db::{DbError, migrate},
    kit::Kit,
};

/// `GET /healthz`: the process answers.
pub async fn alive() -> HttpResponse {
    HttpResponse::Ok().content_type("text/plain").body("ok\n")
}

/// `GET /readyz`: the database answers and is migrated.
pub async fn ready(kit: web::Data<Kit>) -> Answer {
    let db = kit.db.clone();
    let pending = web::block(move || migrate::pending(&db)).await.map_err(|_| DbError::Panicked)?;
    Ok(match pending {
        Ok(0) => HttpResponse::Ok().content_type("text/plain").body("ready\n"),
        Ok(n) => HttpResponse::ServiceUnavailable().body(format!("{n} migrations have not been run\n")),
        Err(error) => {
            HttpResponse::ServiceUnavailable().body(format!("the database does not answer: {error}\n"))
        }
    })
}
