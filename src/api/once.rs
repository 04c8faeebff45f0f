//! `Idempotency-Key`: the same key with the same request gives the same answer.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode};
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::Refusal;
use crate::{
    accounts::{Caller, IdempotencyState, finish_idempotent, start_idempotent},
    base::{Instant, id::ApiTokenId},
    db::Conn,
    kit::Kit,
};

/// A call's key, and what the call was.
#[derive(Clone, Debug)]
pub(super) struct Once {
    token: ApiTokenId,
    key: Option<String>,
    request: String,
    now: Instant,
}

/// An answer given before, or leave to go on.
pub(super) enum Turn {
    /// Given before.
    Given(u16, String),
    /// Ours to do.
    Ours,
}

impl Once {
    /// From the request; `content` names the body (its bytes, or the hash of a file).
    pub fn of(req: &HttpRequest, caller: &Caller, kit: &Kit, content: &[u8]) -> Result<Self, Refusal> {
        let key = match req.headers().get("idempotency-key") {
            None => None,
            Some(value) => {
                let key = value.to_str().unwrap_or_default().trim();
                if key.is_empty() || key.len() > 200 {
                    return Err(Refusal::new(
                        StatusCode::BAD_REQUEST,
                        "idempotency_key",
                        "Idempotency-Key must be 1 to 200 visible ASCII characters.",
                    ));
                }
                Some(key.to_owned())
            }
        };
        let mut hash = Sha256::new();
        hash.update(req.method().as_str());
        hash.update(req.path());
        hash.update([0]);
        hash.update(content);
        Ok(Self { token: caller.token, key, request: hex::encode(hash.finalize()), now: kit.clock.now() })
    }

    /// The key within its token, for actions that know keys themselves.
    pub fn name(&self) -> Option<String> {
        self.key.as_ref().map(|key| format!("{}:{key}", self.token))
    }

    /// Takes the turn, in the transaction of the effect. A turn that was taken and not finished is ours
    /// again: the effect is either in the same transaction, and then nothing happened, or knows the key.
    pub fn begin(&self, conn: &mut Conn) -> Result<Turn, Refusal> {
        let Some(key) = &self.key else { return Ok(Turn::Ours) };
        match start_idempotent(conn, self.token, key, &self.request, self.now)? {
            IdempotencyState::New | IdempotencyState::Running => Ok(Turn::Ours),
            IdempotencyState::Done(status, body) => Ok(Turn::Given(status, body)),
            IdempotencyState::Other => Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                "idempotency_key_reused",
                "This Idempotency-Key was used for another request. Use a new one.",
            )),
        }
    }

    /// Keeps the answer, in the same transaction where that can be.
    pub fn end(&self, conn: &mut Conn, status: StatusCode, body: &impl Serialize) -> Result<Turn, Refusal> {
        let text = serde_json::to_string(body).expect("answers are plain data");
        if let Some(key) = &self.key {
            finish_idempotent(conn, self.token, key, status.as_u16(), &text)?;
        }
        Ok(Turn::Given(status.as_u16(), text))
    }
}

impl Turn {
    /// As it goes out.
    pub fn response(self) -> HttpResponse {
        match self {
            Self::Given(status, body) => {
                HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK))
                    .content_type("application/json")
                    .body(body)
            }
            Self::Ours => HttpResponse::InternalServerError().finish(),
        }
    }
}
