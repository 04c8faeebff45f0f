//! Sessions made with an app password, renewed with a refresh token that is replaced at every use, and
//! with the app password when that is refused.

use async_trait::async_trait;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use reqwest::Method;
use serde::Deserialize;
use serde_json::json;
use std::time::Duration;
use url::Url;

use super::{Bluesky, wire};
use crate::{
    base::Instant,
    channels::{
        Problem, ProblemKind,
        answer::Answer,
        connection::{Consent, Fresh, Grant, Identity},
    },
};

/// When a server's token does not say how long it lives, in seconds.
const SHORT: Duration = Duration::from_secs(1800);

/// Why a log-in with handle and app password is refused, beyond what any call may say.
#[derive(Debug, thiserror::Error)]
pub enum LogInError {
    /// Handle and password do not belong together.
    #[error("handle and app password do not belong together")]
    Wrong,
    /// It is the account's own password, which opens everything; an app password is wanted.
    #[error("not an app password")]
    OwnPassword,
    /// Anything else.
    #[error(transparent)]
    Problem(#[from] Problem),
}

/// What stands in a token. Read, never believed: the server checks it.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Claims {
    exp: Option<i64>,
    scope: String,
}

fn claims(jwt: &str) -> Claims {
    jwt.split('.')
        .nth(1)
        .and_then(|part| BASE64_URL_SAFE_NO_PAD.decode(part).ok())
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default()
}

fn fresh(session: &wire::Session, password: &str, now: Instant) -> Fresh {
    let claims = claims(&session.access_jwt);
    let end = claims.exp.map_or(now + SHORT, |s| Instant::from_seconds(s.clamp(0, 1 << 40)));
    Fresh {
        grant: Grant {
            access: session.access_jwt.clone(),
            refresh: session.refresh_jwt.clone(),
            password: password.to_owned(),
            scopes: claims.scope,
            ..Grant::default()
        },
        expires_at: Some(end),
    }
}

impl Bluesky {
    /// Logs in at `service` with a handle (or mail, or DID) and an app password.
    pub async fn log_in(
        &self,
        service: &Url,
        handle: &str,
        password: &str,
    ) -> Result<(Identity, Fresh), LogInError> {
        let session = match self.create_session(service, handle, password).await {
            Ok(session) => session,
            Err(problem) if problem.words.starts_with("AuthFactorTokenRequired") => {
                return Err(LogInError::OwnPassword);
            }
            Err(problem) if problem.kind == ProblemKind::Reconnect => return Err(LogInError::Wrong),
            Err(problem) => return Err(problem.into()),
        };
        if session.active == Some(false) {
            return Err(Problem::new(ProblemKind::AccountBlocked, "the account is not active").into());
        }
        let fresh = fresh(&session, password, self.clock.now());
        // a session that may change the account's password or delete it is more than we want to hold
        if fresh.grant.scopes == "com.atproto.access" {
            let _ = self.revoke(service, &fresh.grant).await;
            return Err(LogInError::OwnPassword);
        }
        // the account's own server, where one is named that may be called; log-in pages may be elsewhere
        let own = session.pds().and_then(|at| at.parse::<Url>().ok());
        let base_url = own.filter(|at| self.outbound.check(at).is_ok()).unwrap_or_else(|| service.clone());
        let identity = Identity {
            display_name: self.display_name(&base_url, &session.did).await,
            remote_id: session.did,
            handle: session.handle,
            base_url,
        };
        Ok((identity, fresh))
    }

    async fn create_session(
        &self,
        at: &Url,
        identifier: &str,
        password: &str,
    ) -> Result<wire::Session, Problem> {
        let body = json!({ "identifier": identifier, "password": password });
        let request = self.call(Method::POST, at, "com.atproto.server.createSession")?.json(&body);
        self.session(&self.quiet(request).await?)
    }

    fn session(&self, answer: &Answer) -> Result<wire::Session, Problem> {
        let session: Option<wire::Session> = answer.json();
        session.filter(|s| !s.access_jwt.is_empty() && s.did.starts_with("did:")).ok_or_else(|| {
            answer.problem(ProblemKind::Unavailable, "the answer holds no session", self.clock.now())
        })
    }

    /// The name above the handle; empty when the profile holds none or cannot be read.
    async fn display_name(&self, at: &Url, did: &str) -> String {
        let Ok(call) = self.call(Method::GET, at, "com.atproto.repo.getRecord") else { return String::new() };
        let query = [("repo", did), ("collection", "app.bsky.actor.profile"), ("rkey", "self")];
        let Ok(answer) = self.quiet(call.query(&query)).await else { return String::new() };
        let name =
            answer.json::<wire::ProfileRecord>().and_then(|r| r.value.display_name).unwrap_or_default();
        crate::base::text::shorten(&crate::base::text::line(&name), 100)
    }
}

#[async_trait]
impl Consent for Bluesky {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let request = self.call(Method::GET, at, "com.atproto.server.getSession")?.bearer_auth(&grant.access);
        let answer = self.quiet(request).await?;
        let said: wire::Whoami = answer.json().ok_or_else(|| {
            answer.problem(ProblemKind::Unavailable, "the answer names no account", self.clock.now())
        })?;
        Ok(Identity {
            display_name: self.display_name(at, &said.did).await,
            remote_id: said.did,
            handle: said.handle,
            base_url: at.clone(),
        })
    }

    async fn renew(&self, at: &Url, remote_id: &str, grant: &Grant) -> Result<Fresh, Problem> {
        let request =
            self.call(Method::POST, at, "com.atproto.server.refreshSession")?.bearer_auth(&grant.refresh);
        let renewed = match self.quiet(request).await {
            Ok(answer) => self.session(&answer),
            Err(problem) if problem.kind == ProblemKind::Reconnect && !grant.password.is_empty() => {
                // the refresh token is used up or taken back; the app password may still stand
                self.create_session(at, remote_id, &grant.password).await
            }
            Err(problem) => Err(problem),
        }?;
        Ok(fresh(&renewed, "", self.clock.now()))
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let request =
            self.call(Method::POST, at, "com.atproto.server.deleteSession")?.bearer_auth(&grant.refresh);
        match self.quiet(request).await {
            Ok(_) => Ok(()),
            Err(problem) if problem.kind == ProblemKind::Reconnect => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}
