//! What goes wrong in a request, in four kinds: not there (also: not yours), not now (a sentence with
//! a next step), a bad form (the handler draws it again itself), and our own fault, which is logged
//! once under a reference number that can be read over the telephone.

use actix_web::{
    HttpResponse, ResponseError,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{StatusCode, header},
    middleware::Next,
    web,
};
use askama::Template;

use super::Shell;
use crate::{blobs::BlobError, db::DbError, kit::Kit};

/// Why a request is not answered as asked.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// There is no such thing, or it is not this person's to see.
    #[error("not found")]
    NotFound,
    /// It was here and is gone for good.
    #[error("gone")]
    Gone,
    /// Nobody is logged in.
    #[error("not logged in")]
    LoggedOut,
    /// Logged in, and never allowed to do this.
    #[error("not allowed")]
    Forbidden,
    /// The request does not come from one of our pages.
    #[error("the form did not come from this site")]
    Foreign,
    /// Not a request we can read.
    #[error("unreadable request")]
    BadRequest,
    /// More bytes than allowed.
    #[error("too large")]
    TooLarge,
    /// Too many requests; try again after these seconds.
    #[error("too many requests")]
    TooMany(u64),
    /// It cannot be done now; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// Somebody else was faster; the key says who wins.
    #[error("conflict: {0}")]
    Conflict(&'static str),
    /// The file store does not answer; already logged.
    #[error("the file store does not answer")]
    StoreAway,
    /// Our fault; already logged under this reference.
    #[error("internal fault {0}")]
    Internal(String),
}

impl Fault {
    /// Logs once and keeps the reference.
    pub fn internal(what: &str, error: impl std::fmt::Display) -> Self {
        let reference = crate::base::Chance::real().code(8);
        tracing::error!(reference, %error, "{what}");
        Self::Internal(reference)
    }

    /// A stable word for machines (`code` in problem documents).
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::LoggedOut => "unauthenticated",
            Self::Forbidden => "forbidden",
            Self::Foreign => "foreign_origin",
            Self::BadRequest => "bad_request",
            Self::TooLarge => "too_large",
            Self::TooMany(_) => "too_many_requests",
            Self::Refused(key) | Self::Conflict(key) => key,
            Self::StoreAway => "file_store_away",
            Self::Internal(_) => "internal",
        }
    }

    fn keys(&self) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => ("fault-not-found", "fault-not-found-next"),
            Self::Gone => ("fault-gone", "fault-gone-next"),
            Self::LoggedOut => ("fault-logged-out", "fault-logged-out-next"),
            Self::Forbidden => ("fault-forbidden", "fault-forbidden-next"),
            Self::Foreign => ("fault-foreign", "fault-foreign-next"),
            Self::BadRequest => ("fault-bad-request", "fault-bad-request-next"),
            Self::TooLarge => ("fault-too-large", "fault-too-large-next"),
            Self::TooMany(_) => ("fault-too-many", "fault-too-many-next"),
            Self::Refused(key) => ("fault-refused", key),
            Self::Conflict(key) => ("fault-conflict", key),
            Self::StoreAway => ("fault-store-away", "fault-store-away-next"),
            Self::Internal(_) => ("fault-internal", "fault-internal-next"),
        }
    }
}

impl From<DbError> for Fault {
    fn from(error: DbError) -> Self {
        if error.not_found() { Self::NotFound } else { Self::internal("a database call failed", error) }
    }
}

impl From<BlobError> for Fault {
    fn from(error: BlobError) -> Self {
        match error {
            BlobError::Missing(_) => Self::NotFound,
            BlobError::Store(error) => {
                tracing::error!(%error, "the file store does not answer");
                Self::StoreAway
            }
            other => Self::internal("the file store failed", other),
        }
    }
}

impl ResponseError for Fault {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::LoggedOut => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::Foreign => StatusCode::FORBIDDEN,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Conflict(_) => StatusCode::CONFLICT,
            Self::StoreAway => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Bare; [`draw`] puts the page around it, since only there the reader's language is known.
    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status_code());
        if let Self::TooMany(seconds) = self {
            response.insert_header((header::RETRY_AFTER, seconds.to_string()));
        }
        response.finish()
    }
}

#[derive(Template)]
#[template(path = "fault.html")]
struct FaultPage {
    shell: Shell,
    heading: String,
    next: String,
    reference: Option<String>,
    log_in: bool,
}

/// Middleware: a [`Fault`] becomes a page in the reader's language, or a problem document (RFC 9457)
/// under `/api/`.
pub async fn draw(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, actix_web::Error> {
    // the request is taken from the answer: a copy of it made beforehand would stop the router, which writes into it
    let response = next.call(req).await?.map_into_boxed_body();
    let http = response.request().clone();
    let unknown = Fault::NotFound;
    let fault = match response.response().error().map(|e| e.as_error::<Fault>()) {
        Some(Some(fault)) => fault,
        // no route: actix answers an empty 404 without an error
        None if response.status() == StatusCode::NOT_FOUND && is_empty(&response) => &unknown,
        _ => return Ok(response),
    };
    let status = fault.status_code();
    let (heading, next_key) = fault.keys();
    let kit = http.app_data::<web::Data<Kit>>().expect("the kit is given to every app");
    let mut built = HttpResponse::build(status);
    if let Fault::TooMany(seconds) = fault {
        built.insert_header((header::RETRY_AFTER, seconds.to_string()));
    }
    let shell = Shell::public(&http, &kit.config);
    let reference = if let Fault::Internal(r) = fault { Some(r.clone()) } else { None };
    let body = if http.path().starts_with("/api/") {
        built.content_type("application/problem+json").json(serde_json::json!({
            "type": "about:blank",
            "title": shell.t.say(heading),
            "status": status.as_u16(),
            "code": fault.code(),
            "detail": shell.t.say(next_key),
            "reference": reference,
        }))
    } else {
        let (heading, next) = (shell.t.say(heading), shell.t.say(next_key));
        let log_in = matches!(fault, Fault::LoggedOut);
        let page = FaultPage { heading, next, reference, log_in, shell };
        built.content_type("text/html; charset=utf-8").body(page.render().unwrap_or_default())
    };
    Ok(ServiceResponse::new(http, body).map_into_boxed_body())
}

fn is_empty<B: MessageBody>(response: &ServiceResponse<B>) -> bool {
    matches!(
        response.response().body().size(),
        actix_web::body::BodySize::None | actix_web::body::BodySize::Sized(0)
    )
}
