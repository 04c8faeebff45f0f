//! What the practice worlds of Meta's channels share: the Graph's form of errors, the versions it serves, and its
//! check of who asks.

use actix_web::{
    HttpRequest, HttpResponse, ResponseError,
    http::{StatusCode, header},
};
use serde_json::{Value, json};

use super::fields::Unreadable;
use crate::channels::graph::proof;

/// Under this name and with this secret a practice world knows every app.
pub(super) const APP: (&str, &str) = ("opslag-practice", "practice");

/// The oldest version that is served.
const OLDEST: u32 = 21;
/// The newest.
const NEWEST: u32 = 26;

/// An error as the Graph says it.
#[derive(Debug, thiserror::Error)]
#[error("{status}: {code}/{subcode} {message}")]
pub(super) struct Refusal {
    pub status: StatusCode,
    pub code: i64,
    pub subcode: i64,
    pub message: String,
    pub data: Value,
}

impl Refusal {
    /// 400, as nearly all of them are.
    pub fn new(code: i64, subcode: i64, message: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, subcode, message: message.into(), data: Value::Null }
    }
    /// A parameter is refused.
    pub fn parameter(why: &str) -> Self {
        Self::new(100, 0, format!("(#100) {why}"))
    }
    /// There is no such object, or it is not for us.
    pub fn gone(id: &str) -> Self {
        let message = format!(
            "Unsupported request. Object with ID '{id}' does not exist, cannot be loaded due to missing permissions, \
             or does not support this operation"
        );
        Self::new(100, 33, message)
    }
    /// From a plot: the numbers stand in the words, as `(#code)` or `(#code/subcode)`.
    pub fn plotted(status: u16, message: &str) -> Self {
        let numbers = message.strip_prefix("(#").and_then(|rest| rest.split_once(')')).map(|(n, _)| n);
        let (code, subcode) = numbers.map_or((None, None), |numbers| match numbers.split_once('/') {
            Some((code, subcode)) => (code.parse().ok(), subcode.parse().ok()),
            None => (numbers.parse().ok(), None),
        });
        let usual = match status {
            401 => 190,
            403 => 200,
            500..=599 => 2,
            _ => 100,
        };
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
        Self { status, ..Self::new(code.unwrap_or(usual), subcode.unwrap_or(0), message) }
    }
}

impl ResponseError for Refusal {
    fn status_code(&self) -> StatusCode {
        self.status
    }
    fn error_response(&self) -> HttpResponse {
        let mut error = json!({
            "message": self.message, "type": "OAuthException", "code": self.code, "fbtrace_id": "Aprøve",
            "is_transient": self.code == 2,
        });
        if self.subcode != 0 {
            error["error_subcode"] = self.subcode.into();
        }
        if !self.data.is_null() {
            error["error_data"] = self.data.clone();
        }
        let mut response = HttpResponse::build(self.status);
        if self.code == 190 {
            response
                .insert_header((header::WWW_AUTHENTICATE, "OAuth \"Facebook Platform\" \"invalid_token\""));
        }
        response.json(json!({ "error": error }))
    }
}

impl From<Unreadable> for Refusal {
    fn from(_: Unreadable) -> Self {
        Self::parameter("The request cannot be read")
    }
}

pub(super) type Reply = Result<HttpResponse, Refusal>;

/// "Too many calls", with the count that says when they are allowed again, in minutes.
pub(super) fn too_many(account: &str, seconds: u32) -> HttpResponse {
    let minutes = seconds.div_ceil(60);
    let uses = json!({ account: [{
        "type": "pages", "call_count": 100, "total_cputime": 40, "total_time": 60,
        "estimated_time_to_regain_access": minutes,
    }]});
    let words = "(#80001) There have been too many calls to this Page account. Wait a bit and try again.";
    let mut response = Refusal::new(80_001, 2_446_079, words).error_response();
    for (name, value) in [
        ("x-business-use-case-usage", uses.to_string()),
        ("x-app-usage", json!({"call_count": 100, "total_cputime": 40, "total_time": 60}).to_string()),
    ] {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(header::HeaderName::from_static(name), value);
        }
    }
    response
}

/// Whether the version in an address is served.
pub(super) fn check_version(request: &HttpRequest) -> Result<(), Refusal> {
    let version = request.match_info().query("version");
    let number = version.strip_prefix('v').and_then(|v| v.strip_suffix(".0")?.parse::<u32>().ok());
    match number {
        // Threads counts its own
        Some(1 | OLDEST..=NEWEST) => Ok(()),
        Some(..OLDEST) => {
            let words = "(#2635) You are calling a deprecated version of the Ads API. Please update to the latest \
                         version.";
            Err(Refusal::new(2635, 0, words))
        }
        _ => Err(Refusal::new(2500, 0, format!("Unknown path components: /{version}"))),
    }
}

/// The token a request bears. A proof, where there is one, must be right.
pub(super) fn bearer(request: &HttpRequest) -> Result<String, Refusal> {
    check_version(request)?;
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "))
        .ok_or_else(|| Refusal::new(2500, 0, "An active access token must be used"))?;
    let given = url::form_urlencoded::parse(request.query_string().as_bytes())
        .find(|(name, _)| name == "appsecret_proof");
    if given.is_some_and(|(_, given)| given != proof(token, APP.1)) {
        return Err(Refusal::new(104, 0, "Invalid appsecret_proof provided in the API argument"));
    }
    Ok(token.to_owned())
}
