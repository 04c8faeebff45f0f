//! Apps, the page where a person says yes, codes with PKCE, tokens that last until someone takes them back.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web::{Data, Payload},
};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use url::Url;

use super::{Mastodon, Refusal, Reply, State, bearer, read};
use crate::{
    base::{Chance, Instant},
    demo::worlds::{fields::Fields, lock, wall_pages},
};

/// Where a code is shown instead of sent, for programs without a page of their own.
pub(super) const OUT_OF_BAND: &str = "urn:ietf:wg:oauth:2.0:oob";

const CODE_LASTS: Duration = Duration::from_secs(600);

/// Those that an app which posts may ask for; a short one includes the long ones that begin with it.
const SCOPES: [&str; 15] = [
    "read",
    "profile",
    "read:accounts",
    "read:notifications",
    "read:search",
    "read:statuses",
    "write",
    "write:accounts",
    "write:media",
    "write:notifications",
    "write:statuses",
    "follow",
    "push",
    "admin:read",
    "admin:write",
];

/// Everything an app that posts may do.
pub(super) fn every_scope() -> Vec<String> {
    ["profile", "read", "write"].map(str::to_owned).to_vec()
}

/// A registered app.
pub(super) struct App {
    pub client_id: String,
    pub client_secret: String,
    pub name: String,
    pub website: Option<String>,
    pub redirects: Vec<String>,
    pub scopes: Vec<String>,
}

impl App {
    pub fn new(chance: &Chance, name: &str, redirects: Vec<String>, scopes: Vec<String>) -> Self {
        Self {
            client_id: chance.code(43),
            client_secret: chance.code(43),
            name: name.to_owned(),
            website: None,
            redirects,
            scopes,
        }
    }
}

/// A yes that has not been fetched.
pub(super) struct Code {
    client_id: String,
    person: u64,
    redirect: String,
    scopes: Vec<String>,
    challenge: Option<String>,
    made: Instant,
}

/// What opens the API.
pub(super) struct Token {
    /// None for an app that acts for nobody.
    pub person: Option<u64>,
    pub app: String,
    pub client_id: String,
    pub website: Option<String>,
    pub scopes: Vec<String>,
    pub made: Instant,
    pub revoked: bool,
}

impl Token {
    pub fn new(app: &App, person: Option<u64>, scopes: Vec<String>, made: Instant) -> Self {
        Self {
            person,
            app: app.name.clone(),
            client_id: app.client_id.clone(),
            website: app.website.clone(),
            scopes,
            made,
            revoked: false,
        }
    }
    /// `write` lets one do what `write:statuses` does.
    fn may(&self, scope: &str) -> bool {
        let short = scope.split(':').next().unwrap_or(scope);
        self.scopes.iter().any(|had| had == scope || had == short)
    }
}

impl Mastodon {
    /// Who the request acts for, when its token may do one of these.
    pub(super) fn allowed<'s>(
        &self,
        state: &'s State,
        request: &HttpRequest,
        scopes: &[&str],
    ) -> Result<(u64, &'s Token), Refusal> {
        let token = bearer(request)
            .and_then(|token| state.tokens.get(token))
            .ok_or_else(|| Refusal::unauthorized("The access token is invalid"))?;
        if token.revoked {
            return Err(Refusal::unauthorized("The access token was revoked"));
        }
        if !scopes.iter().any(|scope| token.may(scope)) {
            return Err(Refusal::new(StatusCode::FORBIDDEN, "This action is outside the authorized scopes"));
        }
        let person = token
            .person
            .ok_or_else(|| Refusal::unprocessable("This method requires an authenticated user"))?;
        Ok((person, token))
    }
}

fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(ToOwned::to_owned).collect()
}

fn oauth(status: StatusCode, error: &str, description: &'static str) -> Refusal {
    Refusal { status, error: error.to_owned(), description: Some(description) }
}

pub(super) async fn metadata(world: Data<Mastodon>) -> HttpResponse {
    let base = world.ground.base();
    HttpResponse::Ok().json(json!({
        "issuer": format!("{base}/"), "service_documentation": "https://docs.joinmastodon.org/",
        "authorization_endpoint": format!("{base}/oauth/authorize"),
        "token_endpoint": format!("{base}/oauth/token"),
        "app_registration_endpoint": format!("{base}/api/v1/apps"),
        "userinfo_endpoint": format!("{base}/oauth/userinfo"),
        "revocation_endpoint": format!("{base}/oauth/revoke"),
        "scopes_supported": SCOPES, "response_types_supported": ["code"],
        "response_modes_supported": ["query", "fragment", "form_post"],
        "grant_types_supported": ["authorization_code", "client_credentials"],
        "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        "code_challenge_methods_supported": ["S256"],
    }))
}

pub(super) async fn create_app(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let name = fields.text("client_name").trim();
    if name.is_empty() {
        return Err(Refusal::validation("Application name can't be blank"));
    }
    // one address a line, or a list
    let redirects: Vec<_> = fields.all("redirect_uris").iter().flat_map(|uris| words(uris)).collect();
    if redirects.is_empty() {
        return Err(Refusal::validation("Redirect URI can't be blank"));
    }
    let right =
        |uri: &String| uri == OUT_OF_BAND || Url::parse(uri).is_ok_and(|uri| uri.fragment().is_none());
    if !redirects.iter().all(right) {
        return Err(Refusal::validation("Redirect URI must be an absolute URI."));
    }
    let scopes = words(fields.get("scopes").unwrap_or("read"));
    if !scopes.iter().all(|scope| SCOPES.contains(&scope.as_str())) {
        return Err(Refusal::validation("Scopes doesn't match configured on the server."));
    }
    let mut app = App::new(&world.ground.chance, name, redirects, scopes);
    app.website = fields.get("website").filter(|site| !site.is_empty()).map(ToOwned::to_owned);
    let mut state = lock(&world.state);
    let answer = json!({
        "id": (state.apps.len() + 1).to_string(), "name": app.name, "website": app.website, "scopes": app.scopes,
        "vapid_key": world.ground.chance.code(87),
        "redirect_uri": app.redirects.join("\n"), "redirect_uris": app.redirects,
        "client_id": app.client_id, "client_secret": app.client_secret, "client_secret_expires_at": 0,
    });
    state.apps.push(app);
    Ok(HttpResponse::Ok().json(answer))
}

/// Who it is, as OpenID Connect says it.
pub(super) async fn user_info(world: Data<Mastodon>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let (person, _) = world.allowed(&state, &request, &["profile"])?;
    let person = state.person(person).ok_or_else(Refusal::not_found)?;
    let base = world.ground.base();
    Ok(HttpResponse::Ok().json(json!({
        "iss": format!("{base}/"), "sub": format!("{base}/users/{}", person.username), "name": person.name,
        "preferred_username": person.username, "profile": format!("{base}/@{}", person.username),
        "picture": format!("{base}/wall/avatar.svg"),
    })))
}

pub(super) async fn verify_app(world: Data<Mastodon>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let token = bearer(&request).and_then(|token| state.tokens.get(token)).filter(|token| !token.revoked);
    let token = token.ok_or_else(|| Refusal::unauthorized("The access token is invalid"))?;
    Ok(HttpResponse::Ok().json(json!({"name": token.app, "website": token.website, "scopes": token.scopes})))
}

/// A request for permission that can be put before a person, or a page that says why not.
struct Wish {
    client_id: String,
    app: String,
    redirect: String,
    scopes: Vec<String>,
    state: Option<String>,
    challenge: Option<String>,
}

impl Wish {
    fn of(state: &State, fields: &Fields) -> Result<Self, &'static str> {
        let app = state
            .apps
            .iter()
            .find(|app| app.client_id == fields.text("client_id"))
            .ok_or("Klienten er ukendt (client_id). Registrér appen igen.")?;
        if !app.redirects.iter().any(|uri| uri == fields.text("redirect_uri")) {
            return Err(
                "Adressen at vende tilbage til (redirect_uri) er ikke en af dem, som appen er registreret med.",
            );
        }
        if fields.text("response_type") != "code" {
            return Err("Kun svar af typen »code« kan bruges (response_type).");
        }
        let scopes = words(fields.get("scope").unwrap_or("read"));
        if !scopes.iter().all(|scope| app.scopes.contains(scope)) {
            return Err("Appen beder om mere, end den er registreret med (scope).");
        }
        let challenge = fields.get("code_challenge").filter(|c| !c.is_empty()).map(ToOwned::to_owned);
        if challenge.is_some() && fields.text("code_challenge_method") != "S256" {
            return Err("Kun metoden S256 kan bruges (code_challenge_method).");
        }
        Ok(Self {
            client_id: app.client_id.clone(),
            app: app.name.clone(),
            redirect: fields.text("redirect_uri").to_owned(),
            scopes,
            state: fields.get("state").map(ToOwned::to_owned),
            challenge,
        })
    }
}

/// GET: the page where a person is asked.
pub(super) async fn ask(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let state = lock(&world.state);
    let wish = match Wish::of(&state, &fields) {
        Ok(wish) => wish,
        Err(why) => return Ok(wall_pages::refused(world.ground.kind.name(), why)),
    };
    let people = state.people.iter().map(|p| (p.username.clone(), p.name.clone())).collect();
    let challenge = wish.challenge.unwrap_or_default();
    let hidden = vec![
        ("response_type", "code".to_owned()),
        ("client_id", wish.client_id),
        ("redirect_uri", wish.redirect),
        ("scope", wish.scopes.join(" ")),
        ("state", wish.state.unwrap_or_default()),
        ("code_challenge_method", if challenge.is_empty() { String::new() } else { "S256".to_owned() }),
        ("code_challenge", challenge),
    ];
    Ok(wall_pages::permission(world.ground.kind.name(), wish.app, wish.scopes, people, hidden))
}

/// POST: what the person said.
pub(super) async fn decide(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let wish = match Wish::of(&state, &fields) {
        Ok(wish) => wish,
        Err(why) => return Ok(wall_pages::refused(world.ground.kind.name(), why)),
    };
    let given_state = wish.state.filter(|state| !state.is_empty());
    let mut answer: Vec<(&str, String)> = Vec::new();
    if fields.text("answer") == "yes" {
        let person = state.person_named(fields.text("username")).map(|person| person.id);
        let Some(person) = person else {
            return Ok(wall_pages::refused(world.ground.kind.name(), "Vælg en af øvelsesverdenens konti."));
        };
        let code = world.ground.chance.code(43);
        state.codes.insert(
            code.clone(),
            Code {
                client_id: wish.client_id,
                person,
                redirect: wish.redirect.clone(),
                scopes: wish.scopes,
                challenge: wish.challenge,
                made: world.ground.clock.now(),
            },
        );
        if wish.redirect == OUT_OF_BAND {
            return Ok(HttpResponse::Ok().content_type("text/plain; charset=utf-8").body(code));
        }
        answer.push(("code", code));
    } else {
        let why = "The resource owner or authorization server denied the request.";
        answer.push(("error", "access_denied".to_owned()));
        answer.push(("error_description", why.to_owned()));
    }
    if let Some(state) = given_state {
        answer.push(("state", state));
    }
    let Ok(mut back) = Url::parse(&wish.redirect) else {
        return Ok(wall_pages::refused(
            world.ground.kind.name(),
            "Adressen at vende tilbage til kan ikke bruges.",
        ));
    };
    back.query_pairs_mut().extend_pairs(answer);
    Ok(HttpResponse::Found().insert_header((header::LOCATION, back.as_str())).finish())
}

/// Who the app says it is: in the form, or by basic authentication.
fn client(request: &HttpRequest, fields: &Fields) -> Option<(String, String)> {
    let basic = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
        .and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
    match basic {
        Some(pair) => pair.split_once(':').map(|(id, secret)| (id.to_owned(), secret.to_owned())),
        None => Some((fields.get("client_id")?.to_owned(), fields.get("client_secret")?.to_owned())),
    }
}

fn app_of<'s>(state: &'s State, request: &HttpRequest, fields: &Fields) -> Result<&'s App, Refusal> {
    client(request, fields)
        .and_then(|(id, secret)| {
            let app = state.apps.iter().find(|app| app.client_id == id)?;
            bool::from(app.client_secret.as_bytes().ct_eq(secret.as_bytes())).then_some(app)
        })
        .ok_or_else(|| {
            oauth(
                StatusCode::UNAUTHORIZED,
                "invalid_client",
                "Client authentication failed due to unknown client, no client authentication included, or \
                 unsupported authentication method.",
            )
        })
}

pub(super) async fn token(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let app = app_of(&state, &request, &fields)?;
    let token = match fields.text("grant_type") {
        "authorization_code" => {
            let given = fields.text("code");
            let invalid = || {
                oauth(
                    StatusCode::BAD_REQUEST,
                    "invalid_grant",
                    "The provided authorization grant is invalid, expired, revoked, does not match the redirection \
                     URI used in the authorization request, or was issued to another client.",
                )
            };
            let code = state.codes.get(given).ok_or_else(invalid)?;
            let proven = code.challenge.as_ref().is_none_or(|challenge| {
                let digest = Sha256::digest(fields.text("code_verifier").as_bytes());
                URL_SAFE_NO_PAD.encode(digest) == *challenge
            });
            let right = code.client_id == app.client_id
                && code.redirect == fields.text("redirect_uri")
                && now.since(code.made) < CODE_LASTS
                && proven;
            if !right {
                return Err(invalid());
            }
            let token = Token::new(app, Some(code.person), code.scopes.clone(), now);
            state.codes.remove(given); // works once
            token
        }
        "client_credentials" => {
            let scopes = words(fields.get("scope").unwrap_or("read"));
            if !scopes.iter().all(|scope| app.scopes.contains(scope)) {
                return Err(oauth(
                    StatusCode::BAD_REQUEST,
                    "invalid_scope",
                    "The requested scope is invalid, unknown, or malformed.",
                ));
            }
            Token::new(app, None, scopes, now)
        }
        _ => {
            return Err(oauth(
                StatusCode::BAD_REQUEST,
                "unsupported_grant_type",
                "The authorization grant type is not supported by the authorization server.",
            ));
        }
    };
    let access_token = world.ground.chance.code(43);
    let answer = json!({
        "access_token": access_token, "token_type": "Bearer", "scope": token.scopes.join(" "),
        "created_at": token.made.seconds(),
    });
    state.tokens.insert(access_token, token);
    Ok(HttpResponse::Ok().insert_header((header::CACHE_CONTROL, "no-store")).json(answer))
}

pub(super) async fn revoke(world: Data<Mastodon>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let client_id = app_of(&state, &request, &fields)?.client_id.clone();
    // an unknown token is as good as a revoked one; somebody else's is not touched
    if let Some(token) = state.tokens.get_mut(fields.text("token")) {
        if token.client_id != client_id {
            return Err(oauth(
                StatusCode::FORBIDDEN,
                "unauthorized_client",
                "You are not authorized to revoke this token",
            ));
        }
        token.revoked = true;
    }
    Ok(HttpResponse::Ok().json(json!({})))
}
