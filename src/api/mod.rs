//! The JSON API for other systems, under `/api/v1`: bearer tokens with a role in a unit, the same
//! actions and scopes as the pages. Described by OpenAPI 3.1 made from this code.
//!
//! Errors are problem documents (RFC 9457) with a stable `code`, and the field where there is one. A
//! creating call may carry an `Idempotency-Key`: the same key with the same request gives, for a day, the same
//! answer and one effect, also after a crash, because the answer is kept in the transaction of the effect or the
//! effect itself knows the key.

pub mod applications_pages;
pub mod media_pages;
mod once;
pub mod postings_pages;
mod problem;
pub mod publishing_pages;

use actix_web::{HttpResponse, web};
use serde::de::DeserializeOwned;
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};

pub use problem::{FieldProblem, Problem, Refusal};

/// What an API handler returns.
pub type ApiAnswer = Result<HttpResponse, Refusal>;

/// The whole description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Opslag",
        description = "Job ads, their publication to channels, and the applications they bring."
    ),
    paths(
        postings_pages::create_posting,
        postings_pages::update_posting,
        postings_pages::get_posting,
        postings_pages::open_posting,
        postings_pages::get_posting_counts,
        media_pages::upload_media,
        media_pages::attach_media,
        publishing_pages::list_channels,
        publishing_pages::publish_posting,
        publishing_pages::list_deliveries,
        applications_pages::submit_application,
        applications_pages::list_applications,
        applications_pages::get_application,
        applications_pages::move_application,
        applications_pages::search_applications,
    ),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Description;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        openapi.components.get_or_insert_with(Default::default).add_security_scheme("bearer", scheme);
    }
}

/// `GET /api/v1/openapi.json`
pub async fn openapi() -> HttpResponse {
    HttpResponse::Ok().json(Description::openapi())
}

/// Reads a JSON body; what is wrong with it becomes a problem with the field named.
fn read<T: DeserializeOwned>(body: &web::Bytes) -> Result<T, Refusal> {
    serde_json::from_slice(body).map_err(|error| {
        let words = error.to_string();
        // serde names fields between backticks
        let field = words.split('`').nth(1).map(str::to_owned);
        Refusal::unreadable(words, field)
    })
}

/// Reads an id from an address or a body; what is none does not exist.
fn id<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::not_found())
}
