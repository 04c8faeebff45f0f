//! Consent by OAuth 2: our app registered at the server once, a person logs in there and says yes, the
//! code is exchanged for a token that lives until somebody takes it back.

use async_trait::async_trait;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RequestTokenError, Scope, TokenResponse, TokenUrl,
    basic::{BasicClient, BasicErrorResponseType},
};
use reqwest::Method;
use serde_json::json;
use url::Url;

use super::{Asked, Mastodon, wire};
use crate::{
    base::text,
    channels::{
        Problem, ProblemKind,
        answer::{Silence, ask},
        connection::{Consent, Fresh, Grant, Identity},
    },
    outbound::{Outbound, RequestBuilder},
};

/// A right we ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// As OAuth names it.
    pub scope: &'static str,
    /// Message key: what it lets us do.
    pub key: &'static str,
    /// Message key: what that is good for.
    pub purpose: &'static str,
    /// Whether anything works without it.
    pub required: bool,
}

/// What we ask for, and no more (R31).
pub const SCOPES: [Wanted; 4] = [
    Wanted {
        scope: "write:statuses",
        key: "channel-scope-publish",
        purpose: "channel-scope-publish-for",
        required: true,
    },
    Wanted {
        scope: "write:media",
        key: "channel-scope-media",
        purpose: "channel-scope-media-for",
        required: true,
    },
    Wanted {
        scope: "read:accounts",
        key: "channel-scope-identify",
        purpose: "channel-scope-identify-for",
        required: true,
    },
    Wanted {
        scope: "read:statuses",
        key: "channel-scope-read-back",
        purpose: "channel-scope-read-back-for",
        required: false,
    },
];

/// Whether what was granted covers a right: the whole family (`write`) covers each of it. `profile` is
/// the newer name of reading one's own account.
pub fn covers(granted: &[String], scope: &str) -> bool {
    let family = scope.split(':').next().unwrap_or(scope);
    granted.iter().any(|g| g == scope || g == family || (g == "profile" && scope == "read:accounts"))
}

/// Our app as a server knows it. No `Debug`: it holds a secret.
#[derive(Clone)]
pub struct App {
    /// Its public name.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

/// Why a code did not become a token.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The server does not know our app any more: register anew and begin again.
    #[error("the server does not know our app any more")]
    UnknownApp,
    /// The code is used up, too old, or not for us: begin again.
    #[error("the code is not good any more")]
    UsedUp,
    /// Anything else.
    #[error(transparent)]
    Problem(#[from] Problem),
}

/// The `oauth2` crate's way to our own client. It calls only what `outbound` lets it call.
struct Http<'a>(&'a Outbound);

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct HttpError(String);

impl Http<'_> {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = reqwest::Request::try_from(request).map_err(|e| HttpError(e.to_string()))?;
        self.0.check(request.url()).map_err(|e| HttpError(e.to_string()))?;
        let request = RequestBuilder::from_parts(self.0.client().clone(), request);
        let answer = ask(request).await.map_err(|silence| {
            let (Silence::NotSent(words) | Silence::Lost(words)) = silence;
            HttpError(words)
        })?;
        Ok(answer.into_http())
    }
}

impl Mastodon {
    /// Registers our app at a server, for one address to come back to.
    pub async fn register(&self, at: &Url, redirect: &str) -> Result<App, Problem> {
        let scopes = SCOPES.map(|w| w.scope).join(" ");
        let body = json!({
            "client_name": self.app_name,
            "redirect_uris": redirect,
            "scopes": scopes,
            "website": self.website,
        });
        let request = self.call(Method::POST, at, "/api/v1/apps")?.json(&body);
        let answer = self.quiet(request, Asked::Other).await?;
        let app = answer.json::<wire::App>().filter(|a| !a.client_id.is_empty()).ok_or_else(|| {
            answer.problem(ProblemKind::Configuration, "the server registered no app", self.clock.now())
        })?;
        Ok(App { client_id: app.client_id, client_secret: app.client_secret })
    }

    /// Where the person logs in and says yes.
    pub fn log_in_address(
        &self,
        at: &Url,
        app: &App,
        redirect: &str,
        state: &str,
        verifier: &str,
        language: &str,
    ) -> Result<Url, Problem> {
        let wrong = |e: url::ParseError| Problem::new(ProblemKind::Configuration, e.to_string());
        let authorize = AuthUrl::from_url(at.join("/oauth/authorize").map_err(wrong)?);
        let challenge =
            PkceCodeChallenge::from_code_verifier_sha256(&PkceCodeVerifier::new(verifier.to_owned()));
        let state = state.to_owned();
        let (address, _) = BasicClient::new(ClientId::new(app.client_id.clone()))
            .set_auth_uri(authorize)
            .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(wrong)?)
            .authorize_url(move || CsrfToken::new(state))
            .add_scopes(SCOPES.map(|w| Scope::new(w.scope.to_owned())))
            .set_pkce_challenge(challenge)
            // so that the person chooses the account and does not get whichever is logged in
            .add_extra_param("force_login", "true")
            .add_extra_param("lang", language.to_owned())
            .url();
        Ok(address)
    }

    /// The code that came back, exchanged for a token.
    pub async fn exchange(
        &self,
        at: &Url,
        app: &App,
        redirect: &str,
        code: &str,
        verifier: &str,
    ) -> Result<Fresh, ExchangeError> {
        let wrong = |e: url::ParseError| Problem::new(ProblemKind::Configuration, e.to_string());
        let client = BasicClient::new(ClientId::new(app.client_id.clone()))
            .set_client_secret(ClientSecret::new(app.client_secret.clone()))
            .set_auth_type(AuthType::RequestBody)
            .set_token_uri(TokenUrl::from_url(at.join("/oauth/token").map_err(wrong)?))
            .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(wrong)?);
        let http = Http(&self.outbound);
        let through = |request: HttpRequest| http.call(request);
        let token = client
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()))
            .request_async(&through)
            .await
            .map_err(|error| self.refused(error))?;
        // a server that does not list them has granted what was asked for (RFC 6749, 5.1)
        let scopes = match token.scopes() {
            Some(given) if !given.is_empty() => {
                given.iter().map(|s| s.as_str().to_owned()).collect::<Vec<_>>().join(" ")
            }
            _ => SCOPES.map(|w| w.scope).join(" "),
        };
        Ok(Fresh {
            grant: Grant {
                access: token.access_token().secret().clone(),
                refresh: token.refresh_token().map(|t| t.secret().clone()).unwrap_or_default(),
                client_id: app.client_id.clone(),
                client_secret: app.client_secret.clone(),
                scopes,
                ..Grant::default()
            },
            expires_at: token.expires_in().map(|life| self.clock.now() + life),
        })
    }

    fn refused<E: std::error::Error + 'static>(
        &self,
        error: RequestTokenError<E, oauth2::basic::BasicErrorResponse>,
    ) -> ExchangeError {
        let problem = |kind, words: String| Problem::new(kind, text::shorten(&words, 300)).into();
        match error {
            RequestTokenError::ServerResponse(said) => match said.error() {
                BasicErrorResponseType::InvalidClient | BasicErrorResponseType::UnauthorizedClient => {
                    ExchangeError::UnknownApp
                }
                BasicErrorResponseType::InvalidGrant => ExchangeError::UsedUp,
                _ => problem(ProblemKind::Configuration, said.to_string()),
            },
            RequestTokenError::Request(silence) => problem(ProblemKind::Unavailable, silence.to_string()),
            // what it said instead may hold a token, so it is not repeated
            RequestTokenError::Parse(..) => {
                problem(ProblemKind::Configuration, "the answer holds no token we can read".into())
            }
            RequestTokenError::Other(words) => problem(ProblemKind::Unavailable, words),
        }
    }
}

#[async_trait]
impl Consent for Mastodon {
    async fn identify(&self, at: &Url, grant: &Grant) -> Result<Identity, Problem> {
        let request =
            self.call(Method::GET, at, "/api/v1/accounts/verify_credentials")?.bearer_auth(&grant.access);
        let answer = self.quiet(request, Asked::Other).await?;
        let said = answer.json::<wire::Account>().filter(|a| !a.id.is_empty() && !a.username.is_empty());
        let said = said.ok_or_else(|| {
            answer.problem(ProblemKind::Configuration, "the answer names no account", self.clock.now())
        })?;
        let host = super::host(at);
        Ok(Identity {
            remote_id: format!("{}@{host}", text::shorten(&said.id, 64)),
            handle: format!("@{}@{host}", text::shorten(&text::line(&said.username), 64)),
            display_name: text::shorten(&text::line(&said.display_name), 100),
            base_url: at.clone(),
        })
    }

    /// Tokens of these servers do not run out, so there is nothing to renew.
    async fn renew(&self, _at: &Url, _remote_id: &str, _grant: &Grant) -> Result<Fresh, Problem> {
        Err(Problem::new(ProblemKind::Reconnect, "the token has run out and cannot be renewed"))
    }

    async fn revoke(&self, at: &Url, grant: &Grant) -> Result<(), Problem> {
        let request = self.call(Method::POST, at, "/oauth/revoke")?.form(&[
            ("client_id", grant.client_id.as_str()),
            ("client_secret", grant.client_secret.as_str()),
            ("token", grant.access.as_str()),
        ]);
        match self.quiet(request, Asked::Other).await {
            Ok(_) => Ok(()),
            // the server does not know the app or the token: as good
            Err(problem) if matches!(problem.status, Some(400 | 401 | 403 | 404 | 422)) => Ok(()),
            Err(problem) => Err(problem),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_covers_each_of_it() {
        let granted = |s: &str| s.split(' ').map(str::to_owned).collect::<Vec<_>>();
        assert!(covers(&granted("read write"), "write:statuses"));
        assert!(covers(&granted("profile write:media"), "read:accounts"));
        assert!(covers(&granted("write:media"), "write:media"));
        assert!(!covers(&granted("read write:media"), "write:statuses"));
        assert!(!covers(&granted("profile"), "read:statuses"));
        assert!(!covers(&granted("writer"), "write:statuses"));
    }
}
