//! Logging in with an app password, and renewing: an access token for 2 hours, a refresh token for 90 days that
//! is exchanged for the next one when it is used, and still works for 2 hours after that.

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

use super::{Bluesky, Person, Refusal, Reply, State, ok, parameter, required_text};
use crate::{base::Instant, demo::worlds::lock};

const ACCESS: Duration = Duration::from_secs(2 * 3600);
const REFRESH: Duration = Duration::from_secs(90 * 24 * 3600);
const GRACE: Duration = Duration::from_secs(2 * 3600);

/// A refresh token that still works.
pub(super) struct Refresh {
    did: String,
    until: Instant,
    /// Set at its first use, so that using it again leads to the same next token.
    next: Option<String>,
}

/// What a token may be used for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Use {
    Access,
    Refresh,
}

impl Use {
    const fn kind(self) -> &'static str {
        match self {
            Self::Access => "at+jwt",
            Self::Refresh => "refresh+jwt",
        }
    }
    const fn scope(self) -> &'static str {
        match self {
            Self::Access => "com.atproto.appPass",
            Self::Refresh => "com.atproto.refresh",
        }
    }
}

fn mac(seal: &[u8; 32], text: &str) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(seal).expect("any length is a key");
    mac.update(text.as_bytes());
    mac
}

fn bad_token(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "InvalidToken", message)
}

fn expired(message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, "ExpiredToken", message)
}

impl Bluesky {
    /// Whose access token the request carries: their DID.
    pub(super) fn authenticated(&self, request: &HttpRequest) -> Result<String, Refusal> {
        let payload = self.token(&lock(&self.state), request, Use::Access)?;
        Ok(payload["sub"].as_str().unwrap_or_default().to_owned())
    }

    fn sign(&self, state: &State, payload: &Value, purpose: Use) -> String {
        let head = BASE64.encode(json!({"typ": purpose.kind(), "alg": "HS256"}).to_string());
        let body = BASE64.encode(payload.to_string());
        let signature = mac(&state.seal, &format!("{head}.{body}")).finalize().into_bytes();
        format!("{head}.{body}.{}", BASE64.encode(signature))
    }

    /// What the request's token says, when it is genuine, in time and for this use.
    fn token(&self, state: &State, request: &HttpRequest, purpose: Use) -> Result<Value, Refusal> {
        let given = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let Some(given) = given else {
            return Err(Refusal::new(StatusCode::UNAUTHORIZED, "AuthMissing", "Authentication Required"));
        };
        let unverified = || bad_token("Token could not be verified");
        let token =
            given.strip_prefix("Bearer ").ok_or_else(|| bad_token("Unexpected authorization type"))?;
        let (signed, signature) = token.rsplit_once('.').ok_or_else(unverified)?;
        let (head, body) = signed.split_once('.').ok_or_else(unverified)?;
        let signature = BASE64.decode(signature).map_err(|_| unverified())?;
        mac(&state.seal, signed).verify_slice(&signature).map_err(|_| unverified())?;
        let json = |part: &str| serde_json::from_slice::<Value>(&BASE64.decode(part).ok()?).ok();
        let (head, payload) = json(head).zip(json(body)).ok_or_else(unverified)?;
        if head["typ"] != purpose.kind() {
            return Err(bad_token("Invalid token type"));
        }
        if payload["exp"].as_i64().unwrap_or(0) <= self.ground.clock.now().seconds() {
            return Err(expired("Token has expired"));
        }
        Ok(payload)
    }

    /// A pair of tokens for the person; the refresh token is called `id`.
    fn session(&self, state: &mut State, person: usize, id: String) -> Value {
        let now = self.ground.clock.now();
        let did = state.people[person].did.clone();
        let payload = |purpose: Use, lasts: Duration| {
            json!({
                "scope": purpose.scope(), "aud": "did:web:localhost", "sub": did,
                "iat": now.seconds(), "exp": (now + lasts).seconds(),
            })
        };
        let access = self.sign(state, &payload(Use::Access, ACCESS), Use::Access);
        let mut refresh = payload(Use::Refresh, REFRESH);
        refresh["jti"] = id.clone().into();
        let refresh = self.sign(state, &refresh, Use::Refresh);
        state.refreshes.entry(id).or_insert(Refresh { did, until: now + REFRESH, next: None });
        let mut answer = self.description(&state.people[person]);
        answer["accessJwt"] = access.into();
        answer["refreshJwt"] = refresh.into();
        answer
    }

    fn description(&self, person: &Person) -> Value {
        json!({
            "did": person.did, "didDoc": self.did_document(person), "handle": person.handle,
            "email": format!("job@{}", person.handle), "emailConfirmed": true, "active": true,
        })
    }

    pub(super) fn create_session(&self, input: &Value) -> Reply {
        let identifier = required_text(input, "identifier")?;
        let password = required_text(input, "password")?;
        let mut state = lock(&self.state);
        let person = state.people.iter().position(|person| {
            (person.handle.eq_ignore_ascii_case(identifier) || person.did == identifier)
                && person.app_password == password
        });
        let Some(person) = person else {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                "AuthenticationRequired",
                "Invalid identifier or password",
            ));
        };
        let id = self.ground.chance.token();
        ok(self.session(&mut state, person, id))
    }

    pub(super) fn refresh_session(&self, request: &HttpRequest) -> Reply {
        let mut state = lock(&self.state);
        let payload = self.token(&state, request, Use::Refresh)?;
        let now = self.ground.clock.now();
        let revoked = || expired("Token has been revoked");
        let id = payload["jti"].as_str().unwrap_or_default();
        let (fresh, grace) = (self.ground.chance.token(), now + GRACE);
        let used = state.refreshes.get_mut(id).filter(|refresh| now < refresh.until).ok_or_else(revoked)?;
        used.until = used.until.min(grace);
        let next = used.next.get_or_insert(fresh).clone();
        let did = used.did.clone();
        let person = state.people.iter().position(|person| person.did == did).ok_or_else(revoked)?;
        ok(self.session(&mut state, person, next))
    }

    pub(super) fn delete_session(&self, request: &HttpRequest) -> Reply {
        let mut state = lock(&self.state);
        let payload = self.token(&state, request, Use::Refresh)?;
        state.refreshes.remove(payload["jti"].as_str().unwrap_or_default());
        Ok(HttpResponse::Ok().finish())
    }

    pub(super) fn get_session(&self, request: &HttpRequest) -> Reply {
        let state = lock(&self.state);
        let payload = self.token(&state, request, Use::Access)?;
        let person = state.people.iter().find(|person| payload["sub"] == person.did.as_str());
        let person = person.ok_or_else(|| bad_token("Token could not be verified"))?;
        ok(self.description(person))
    }

    pub(super) fn resolve_handle(&self, request: &HttpRequest) -> Reply {
        let handle = parameter(request, "handle").unwrap_or_default();
        let state = lock(&self.state);
        let person = state.people.iter().find(|person| person.handle.eq_ignore_ascii_case(&handle));
        let person = person.ok_or_else(|| Refusal::request("Unable to resolve handle"))?;
        ok(json!({"did": person.did}))
    }

    /// What another server of the network would answer, and there is no other server.
    pub(super) fn elsewhere(&self, request: &HttpRequest) -> Reply {
        self.authenticated(request)?;
        Err(Refusal::new(StatusCode::BAD_GATEWAY, "UpstreamFailure", "Upstream service unreachable"))
    }
}
