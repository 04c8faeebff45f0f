//! Problem documents: what a call is refused with.

use std::fmt;

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    applications::actions::{ChangeError, SubmitError},
    base::Language,
    blobs::BlobError,
    db::DbError,
    i18n::{Said, Speech},
    media::MediaError,
    postings::PostingError,
    publishing::OrderError,
    web::{
        Fault,
        forms::{Errors, FieldError},
    },
};

/// What is wrong with one field.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// The field's name in the request.
    pub field: String,
    /// A stable word for machines.
    pub code: String,
    /// A sentence for people.
    pub message: String,
}

/// RFC 9457, with a stable code and the fields.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says which problem it is.
    #[serde(rename = "type")]
    pub kind: String,
    /// In a few words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// A stable word for machines.
    pub code: String,
    /// What, why, and what to do now.
    pub detail: String,
    /// The fields that are wrong.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

/// A call that is refused.
#[derive(Debug)]
pub struct Refusal(Box<Problem>);

impl Refusal {
    /// With a status, a code and a sentence.
    pub fn new(status: StatusCode, code: &str, detail: impl Into<String>) -> Self {
        Self(Box::new(Problem {
            kind: "about:blank".into(),
            title: status.canonical_reason().unwrap_or_default().into(),
            status: status.as_u16(),
            code: code.into(),
            detail: detail.into(),
            errors: Vec::new(),
        }))
    }
    /// There is no such thing, or it lies outside the token's unit.
    pub fn not_found() -> Self {
        Self::keyed(StatusCode::NOT_FOUND, "fault-not-found", "not_found")
    }
    /// A sentence of the catalogue.
    pub fn keyed(status: StatusCode, key: &str, code: &str) -> Self {
        Self::new(status, code, english().say(key))
    }
    /// JSON that cannot be read.
    pub fn unreadable(words: String, field: Option<String>) -> Self {
        let mut refusal = Self::new(StatusCode::BAD_REQUEST, "unreadable_json", words.clone());
        refusal.0.errors.extend(field.map(|field| FieldProblem {
            field,
            code: "unreadable".into(),
            message: words,
        }));
        refusal
    }
    /// One field.
    pub fn field(field: &str, key: &str) -> Self {
        Self::fields(&Errors::one(field, key))
    }
    /// All fields that are wrong.
    pub fn fields(errors: &Errors) -> Self {
        let mut refusal = Self::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_fields",
            "Some fields cannot be taken as they are; see errors.",
        );
        refusal.0.errors = errors
            .0
            .iter()
            .map(|e| {
                let args: Vec<_> = e.args.iter().map(|(n, v)| (n.as_str(), v.said())).collect();
                FieldProblem {
                    field: e.field.clone(),
                    code: e.key.clone(),
                    message: english().args(&e.key, &args),
                }
            })
            .collect();
        refusal
    }
    /// Adds what is missing, as fields.
    pub fn with_errors(mut self, errors: Vec<FieldProblem>) -> Self {
        self.0.errors = errors;
        self
    }
}

/// The API speaks English; its codes speak to machines.
pub(super) fn english() -> Speech {
    Speech(Language::En)
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code, self.0.detail)
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
    fn error_response(&self) -> HttpResponse {
        HttpResponse::build(self.status_code()).content_type("application/problem+json").json(&*self.0)
    }
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        let status = fault.status_code();
        let detail = match &fault {
            Fault::Refused(key) | Fault::Conflict(key) => english().say(key),
            Fault::Internal(reference) => format!("Something failed on our side; reference {reference}."),
            other => other.to_string(),
        };
        Self::new(status, fault.code(), detail)
    }
}

impl From<DbError> for Refusal {
    fn from(error: DbError) -> Self {
        Fault::from(error).into()
    }
}

impl From<BlobError> for Refusal {
    fn from(error: BlobError) -> Self {
        Fault::from(error).into()
    }
}

impl From<PostingError> for Refusal {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::NotFound => Self::not_found(),
            PostingError::Stale(now) => Self::new(
                StatusCode::CONFLICT,
                "stale_version",
                format!(
                    "Somebody saved since; the posting now has version {}. Read it and try again.",
                    now.version
                ),
            ),
            PostingError::Fields(errors) => Self::fields(&errors),
            PostingError::NotReady(readiness) => Self::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "not_ready",
                "The posting may not go out yet; errors lists what is missing.",
            )
            .with_errors(
                readiness
                    .missing
                    .iter()
                    .map(|p| FieldProblem {
                        field: p.key.trim_start_matches("missing-").to_owned(),
                        code: p.key.clone(),
                        message: p.said(english()),
                    })
                    .collect(),
            ),
            PostingError::Refused(key) => Self::keyed(StatusCode::CONFLICT, key, key),
            PostingError::Db(error) => error.into(),
        }
    }
}

impl From<OrderError> for Refusal {
    fn from(error: OrderError) -> Self {
        match error {
            OrderError::NotFound => Self::not_found(),
            OrderError::Refused(key) => Self::keyed(StatusCode::CONFLICT, key, key),
            OrderError::Fields(errors) => Self::fields(&errors),
            OrderError::Db(error) => error.into(),
        }
    }
}

impl From<SubmitError> for Refusal {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::NotOpen => {
                Self::new(StatusCode::CONFLICT, "not_open", "The posting takes no applications.")
            }
            SubmitError::Closed => Self::new(StatusCode::CONFLICT, "closed", "The posting is closed."),
            SubmitError::Blob(error) => error.into(),
            SubmitError::Db(error) => error.into(),
        }
    }
}

impl From<ChangeError> for Refusal {
    fn from(error: ChangeError) -> Self {
        match error {
            ChangeError::NotFound => Self::not_found(),
            ChangeError::Stale(now) => Self::new(
                StatusCode::CONFLICT,
                "stale_version",
                format!(
                    "Somebody moved it since; it now stands in {}. Read it and try again.",
                    now.now.word()
                ),
            ),
            ChangeError::Barred(key) => Self::keyed(StatusCode::CONFLICT, key, key),
            ChangeError::Nothing => {
                Self::new(StatusCode::CONFLICT, "nothing_to_undo", "There is nothing to undo.")
            }
            ChangeError::Reason(_, key) => Self::field("reason", key),
            ChangeError::Db(error) => error.into(),
        }
    }
}

impl From<MediaError> for Refusal {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::NotFound => Self::not_found(),
            MediaError::Refused(refusal) => {
                let args = refusal.args.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
                let field = FieldError { field: "file".into(), key: refusal.key.into(), args };
                Self::fields(&Errors(vec![field]))
            }
            MediaError::Db(error) => error.into(),
            MediaError::Blob(error) => error.into(),
            other => Fault::internal("a file could not be taken in", other).into(),
        }
    }
}
