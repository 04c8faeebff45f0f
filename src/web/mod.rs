//! What every page shares: the shell around it, forms, faults, headers, static files, limits. Knows
//! nothing of jobs or people; `accounts` makes the [`Shell`] that a staff page carries.

pub mod brand;
pub mod csrf;
pub mod faults;
pub mod files;
pub mod forms;
pub mod headers;
pub mod health;
pub mod pace;
pub mod shell;
pub mod upload;

use actix_web::{HttpResponse, http::StatusCode, http::header};

pub use faults::Fault;
pub use forms::{Choice, FormView, Typed};
pub use shell::Shell;

/// What a page handler returns.
pub type Answer = Result<HttpResponse, Fault>;

/// A whole page with status 200.
pub fn page(template: &impl askama::Template) -> Answer {
    page_with(StatusCode::OK, template)
}

/// A whole page with a status of its own (422 for a form with errors).
pub fn page_with(status: StatusCode, template: &impl askama::Template) -> Answer {
    let body = template.render().map_err(|e| Fault::internal("a page could not be drawn", e))?;
    Ok(HttpResponse::build(status).insert_header(header::ContentType::html()).body(body))
}

/// An answer behind a secret link: nobody learns from a referrer what stands in the address, and nobody keeps a copy.
pub fn private(mut response: HttpResponse) -> HttpResponse {
    let headers = response.headers_mut();
    headers.insert(header::REFERRER_POLICY, header::HeaderValue::from_static("no-referrer"));
    headers.insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
    response
}

/// After a POST: look at this page now (303).
pub fn see_other(to: impl AsRef<str>) -> HttpResponse {
    HttpResponse::SeeOther().insert_header((header::LOCATION, to.as_ref())).finish()
}
