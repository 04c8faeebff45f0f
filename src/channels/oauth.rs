//! Consent by OAuth 2, the same for every channel that offers it: a person is sent to log in at the peer, comes
//! back with a code, the code is exchanged for a token, and the peer is asked which accounts it opens. What a
//! channel does in its own way stands in its [`LogIn`].

use async_trait::async_trait;
use futures_util::future::BoxFuture;
use oauth2::{
    AuthType, AuthUrl, AuthorizationCode, ClientId, ClientSecret, CsrfToken, HttpRequest, HttpResponse,
    PkceCodeChallenge, PkceCodeVerifier, RedirectUrl, RefreshToken, RequestTokenError, Scope, TokenResponse,
    TokenUrl,
    basic::{BasicClient, BasicErrorResponse, BasicErrorResponseType, BasicTokenResponse},
};
use url::Url;

use super::{
    Ability, Consent, Fresh, Grant, Identity, Problem, ProblemKind,
    answer::{Silence, ask},
};
use crate::{
    base::{Instant, Language, text},
    kit::Kit,
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

/// Our app as a peer knows it. No `Debug`: it holds a secret.
#[derive(Clone)]
pub struct App {
    /// Its public name.
    pub client_id: String,
    /// Its secret.
    pub client_secret: String,
}

impl App {
    /// Under this name practice worlds know us. A world is at an address that a person typed, so it never gets
    /// to see the real secret.
    pub fn practice() -> Self {
        Self { client_id: "opslag-practice".into(), client_secret: "practice".into() }
    }
}

/// Where and how a peer is asked.
#[derive(Clone, Debug)]
pub struct Endpoints {
    /// Where the person logs in.
    pub authorize: Url,
    /// Where a code becomes a token.
    pub token: Url,
    /// What the peer calls our app's public name: `client_id`, by the standard.
    pub id_name: &'static str,
    /// Between scopes: a space, by the standard; some use a comma.
    pub separator: &'static str,
    /// Whether a code is bound to us by PKCE.
    pub pkce: bool,
    /// How we say who we are: in the body, or in a header.
    pub auth: AuthType,
    /// What the peer wants to hear besides.
    pub extra: Vec<(&'static str, String)>,
}

/// An account that a consent opens.
#[derive(Clone)]
pub struct Candidate {
    /// Whose.
    pub identity: Identity,
    /// With what.
    pub fresh: Fresh,
}

/// What a consent came to.
pub struct Received {
    /// The accounts one may choose from, in the peer's order.
    pub accounts: Vec<Candidate>,
    /// The rights that were given.
    pub granted: Vec<String>,
}

/// A channel's own way through the log-in.
#[async_trait]
pub trait LogIn: Consent {
    /// Where it is; none when each account has its own server, which the person names.
    fn home(&self) -> Option<Url>;
    /// Our app as operations set it up; none where we register at each server.
    fn configured(&self) -> Option<App>;
    /// Whether it fetches pictures and films from us, at our public address.
    fn pulls(&self) -> bool {
        false
    }
    /// Whether a server speaks this channel's API.
    async fn greet(&self, _at: &Url) -> Result<(), Problem> {
        Ok(())
    }
    /// Registers our app at a server, for one address to come back to.
    async fn register(&self, _at: &Url, _redirect: &str) -> Result<App, Problem> {
        Err(Problem::new(ProblemKind::Configuration, "this channel registers no apps"))
    }
    /// Where and how to ask.
    fn endpoints(&self, at: &Url, language: Language) -> Result<Endpoints, Problem>;
    /// The code that came back, exchanged in the peer's own way; none where the standard's is its way.
    async fn exchange(
        &self,
        _at: &Url,
        _app: &App,
        _redirect: &str,
        _code: &str,
    ) -> Option<Result<Fresh, ExchangeError>> {
        None
    }
    /// From the token just exchanged to the accounts it opens: a longer life, the rights given, the list.
    async fn receive(&self, at: &Url, _app: &App, fresh: Fresh) -> Result<Received, Problem> {
        let granted = fresh.grant.scopes.split_whitespace().map(str::to_owned).collect();
        let identity = self.identify(at, &fresh.grant).await?;
        Ok(Received { accounts: vec![Candidate { identity, fresh }], granted })
    }
    /// What an account's server allows.
    async fn allows(&self, identity: &Identity, grant: &Grant) -> Result<Ability, Problem>;
}

/// Why a code did not become a token.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The peer does not know our app any more: register anew and begin again.
    #[error("the server does not know our app any more")]
    UnknownApp,
    /// The code is used up, too old, or not for us: begin again.
    #[error("the code is not good any more")]
    UsedUp,
    /// Anything else.
    #[error(transparent)]
    Problem(#[from] Problem),
}

fn wrong(error: url::ParseError) -> Problem {
    Problem::new(ProblemKind::Configuration, error.to_string())
}

/// Where the person logs in and says yes.
pub fn log_in_address(
    ends: &Endpoints,
    app: &App,
    redirect: &str,
    (state, verifier): (&str, &str),
    scopes: &[Wanted],
) -> Result<Url, Problem> {
    let state = state.to_owned();
    let client = BasicClient::new(ClientId::new(app.client_id.clone()))
        .set_auth_uri(AuthUrl::from_url(ends.authorize.clone()))
        .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(wrong)?);
    let scopes: Vec<_> = scopes.iter().map(|w| w.scope).collect();
    let mut request = client
        .authorize_url(move || CsrfToken::new(state))
        .add_scope(Scope::new(scopes.join(ends.separator)));
    if ends.pkce {
        let verifier = PkceCodeVerifier::new(verifier.to_owned());
        request = request.set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
    }
    for (name, value) in &ends.extra {
        request = request.add_extra_param(*name, value.clone());
    }
    let mut url = request.url().0;
    if ends.id_name != STANDARD {
        url.set_query(Some(&renamed(url.query().unwrap_or_default(), ends.id_name)));
    }
    Ok(url)
}

/// The code that came back, exchanged for a token. `scopes`: what was asked for, which is what was granted when
/// the answer does not say (RFC 6749, 5.1).
pub async fn exchange(
    kit: &Kit,
    ends: &Endpoints,
    app: &App,
    redirect: &str,
    (code, verifier): (&str, &str),
    scopes: &[Wanted],
) -> Result<Fresh, ExchangeError> {
    let client = BasicClient::new(ClientId::new(app.client_id.clone()))
        .set_client_secret(ClientSecret::new(app.client_secret.clone()))
        .set_auth_type(ends.auth.clone())
        .set_token_uri(TokenUrl::from_url(ends.token.clone()))
        .set_redirect_uri(RedirectUrl::new(redirect.to_owned()).map_err(wrong)?);
    let through = through(kit, ends.id_name);
    let mut request = client.exchange_code(AuthorizationCode::new(code.to_owned()));
    if ends.pkce {
        request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier.to_owned()));
    }
    let token = request.request_async(&through).await.map_err(refused)?;
    let asked: Vec<_> = scopes.iter().map(|w| w.scope).collect();
    Ok(fresh(&token, app, &asked.join(" "), kit.clock.now()))
}

/// A new token for a refresh token. [`ProblemKind::Reconnect`] only when the peer says that it is over.
pub async fn refresh(kit: &Kit, ends: &Endpoints, app: &App, grant: &Grant) -> Result<Fresh, Problem> {
    let client = BasicClient::new(ClientId::new(app.client_id.clone()))
        .set_client_secret(ClientSecret::new(app.client_secret.clone()))
        .set_auth_type(ends.auth.clone())
        .set_token_uri(TokenUrl::from_url(ends.token.clone()));
    let through = through(kit, ends.id_name);
    let held = RefreshToken::new(grant.refresh.clone());
    match client.exchange_refresh_token(&held).request_async(&through).await {
        Ok(token) => Ok(fresh(&token, app, "", kit.clock.now())),
        Err(error) => Err(match refused(error) {
            ExchangeError::UsedUp => {
                Problem::new(ProblemKind::Reconnect, "the refresh token is not good any more")
            }
            ExchangeError::UnknownApp => {
                Problem::new(ProblemKind::Configuration, "the server does not know our app any more")
            }
            ExchangeError::Problem(problem) => problem,
        }),
    }
}

fn fresh(token: &BasicTokenResponse, app: &App, asked: &str, now: Instant) -> Fresh {
    let scopes = match token.scopes() {
        // some separate them by commas
        Some(given) if !given.is_empty() => {
            given.iter().flat_map(|s| s.split(',')).map(str::to_owned).collect::<Vec<_>>().join(" ")
        }
        _ => asked.to_owned(),
    };
    Fresh {
        grant: Grant {
            access: token.access_token().secret().clone(),
            refresh: token.refresh_token().map(|t| t.secret().clone()).unwrap_or_default(),
            client_id: app.client_id.clone(),
            client_secret: app.client_secret.clone(),
            scopes,
            ..Grant::default()
        },
        expires_at: token.expires_in().map(|life| now + life),
    }
}

fn refused<E: std::error::Error + 'static>(error: RequestTokenError<E, BasicErrorResponse>) -> ExchangeError {
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

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct HttpError(String);

/// The `oauth2` crate's way to our own client. It calls only what `outbound` lets it call.
fn through(
    kit: &Kit,
    id_name: &'static str,
) -> impl Fn(HttpRequest) -> BoxFuture<'static, Result<HttpResponse, HttpError>> + use<> {
    let outbound = kit.outbound.clone();
    move |request| Box::pin(call(outbound.clone(), request, id_name))
}

/// How the standard, and the `oauth2` crate with it, calls our app's public name.
const STANDARD: &str = "client_id";

/// Fields of a query or form with our app's public name under the peer's own word for it.
fn renamed(fields: &str, id_name: &str) -> String {
    let pairs = url::form_urlencoded::parse(fields.as_bytes());
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(
            pairs.map(|(name, value)| (if name == STANDARD { id_name.into() } else { name }, value)),
        )
        .finish()
}

async fn call(
    outbound: Outbound,
    mut request: HttpRequest,
    id_name: &'static str,
) -> Result<HttpResponse, HttpError> {
    if id_name != STANDARD {
        let body = renamed(&String::from_utf8_lossy(request.body()), id_name);
        *request.body_mut() = body.into_bytes();
    }
    let request = reqwest::Request::try_from(request).map_err(|e| HttpError(e.to_string()))?;
    outbound.check(request.url()).map_err(|e| HttpError(e.to_string()))?;
    let request = RequestBuilder::from_parts(outbound.client().clone(), request);
    let answer = ask(request).await.map_err(|silence| {
        let (Silence::NotSent(words) | Silence::Lost(words)) = silence;
        HttpError(words)
    })?;
    Ok(answer.into_http())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peers_own_word_for_our_app_takes_the_standards_place() {
        let fields = "grant_type=refresh_token&client_id=a%26b&client_secret=s&refresh_token=r";
        let said = "grant_type=refresh_token&client_key=a%26b&client_secret=s&refresh_token=r";
        assert_eq!(renamed(fields, "client_key"), said);
        assert_eq!(renamed(fields, STANDARD), fields);
    }
}
