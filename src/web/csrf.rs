//! A form that changes something must come from one of our own pages: the browser's own word for it
//! (`Sec-Fetch-Site`, `Origin`), and for people who are logged in the token in the form as well.

use actix_web::{
    HttpResponse,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
    web,
};
use subtle::ConstantTimeEq;

use super::Fault;
use crate::kit::Kit;

/// The name of the hidden field.
pub const FIELD: &str = "_csrf";

/// Middleware: refuses state-changing requests that another site made a browser send. The API is
/// apart: it knows no cookies.
pub async fn origin(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    let safe = matches!(*req.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if !safe && !req.path().starts_with("/api/") && !same_site(&req) {
        return Ok(req.into_response(HttpResponse::from_error(Fault::Foreign)).map_into_right_body());
    }
    Ok(next.call(req).await?.map_into_left_body())
}

fn same_site(req: &ServiceRequest) -> bool {
    let text = |name: &str| req.headers().get(name).and_then(|h| h.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text("origin") {
        // no browser that sends neither header sends cookies across sites either (SameSite=Lax)
        None => true,
        Some(origin) => {
            let ours = req.app_data::<web::Data<Kit>>().map(|k| k.config.server.public_url.clone());
            let host = text("host").unwrap_or_default();
            ours.as_deref() == Some(origin) || origin.split_once("://").is_some_and(|(_, h)| h == host)
        }
    }
}

/// Whether two tokens are the same, in time that tells nothing.
pub fn same(given: &str, wanted: &str) -> bool {
    !wanted.is_empty() && bool::from(given.as_bytes().ct_eq(wanted.as_bytes()))
}
