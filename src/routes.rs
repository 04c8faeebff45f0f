//! Every URL on one page, grouped by who uses it. A handler is named by what it does; the rights it
//! asks for stand in its own first lines. `tests/suite/rights.rs` walks this map.

use actix_web::web::{self, ServiceConfig, get, post};

use crate::{
    accounts,
    web::{brand, files, health},
};

/// The map.
pub fn map(app: &mut ServiceConfig) {
    public(app);
    everyone(app);
    machines(app);
}

/// The careers site: no cookie, no script.
fn public(app: &mut ServiceConfig) {
    let _ = app;
}

/// The staff side.
fn everyone(app: &mut ServiceConfig) {
    app.route("/log-ind", get().to(accounts::pages::log_in_page))
        .route("/log-ind", post().to(accounts::pages::log_in))
        .route("/log-ud", post().to(accounts::pages::log_out));
}

/// Files, health, other systems.
fn machines(app: &mut ServiceConfig) {
    app.route("/static/brand.css", get().to(brand::serve))
        .route("/static/{path:.*}", get().to(files::serve))
        .route("/healthz", get().to(health::alive))
        .route("/readyz", get().to(health::ready))
        .route("/robots.txt", web::get().to(files::robots));
}
