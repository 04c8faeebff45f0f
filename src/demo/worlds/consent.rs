//! Consent by OAuth 2 as the worlds give it whose peer has one home: the page where a person says yes, codes that work
//! once, tokens that run out, and refresh tokens by the peer's own rule. They know one app: ours, as practice worlds do.

use std::{collections::HashMap, sync::Mutex, time::Duration};

use actix_web::{HttpRequest, HttpResponse, http::header};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;

use super::{Credentials, Ground, lock, wall_pages};
use crate::{base::Instant, channels::oauth::App};

/// What becomes of a refresh token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Renewal {
    /// There is none.
    Never,
    /// It stays as it is.
    Same,
    /// It is spent, and another comes with the new token.
    Anew,
}

/// How a peer gives consent.
pub(super) struct Terms {
    /// What an app may ask for.
    pub scopes: &'static [&'static str],
    /// Between scopes.
    pub separator: char,
    /// Whether a code must be bound by PKCE.
    pub pkce: bool,
    /// How long a code is good.
    pub code: Duration,
    /// How long a token is good.
    pub token: Duration,
    /// What becomes of a refresh token.
    pub renewal: Renewal,
    /// What the app's public name is called.
    pub client_id: &'static str,
}

struct Code {
    person: String,
    redirect: String,
    scopes: Vec<String>,
    challenge: Option<String>,
    made: Instant,
}

struct Token {
    person: String,
    scopes: Vec<String>,
    ends: Instant,
}

#[derive(Default)]
struct State {
    codes: HashMap<String, Code>,
    tokens: HashMap<String, Token>,
    /// By refresh token: whose, and with which rights.
    renewals: HashMap<String, (String, Vec<String>)>,
}

/// Where consent is given.
pub(super) struct Desk {
    terms: Terms,
    state: Mutex<State>,
}

/// Why a call may not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Denied {
    /// No token, or one that is not good any more.
    Token,
    /// The token lacks a right.
    Right,
}

/// OAuth's own error: its word.
pub(super) struct Refused(pub &'static str);

impl Desk {
    pub fn new(terms: Terms) -> Self {
        Self { terms, state: Mutex::default() }
    }

    /// GET: the page where a person is asked. `people`: user names and the names people read.
    pub fn ask(&self, ground: &Ground, request: &HttpRequest, people: Vec<(String, String)>) -> HttpResponse {
        let fields = pairs(request.query_string().as_bytes());
        match self.wish(&fields) {
            Ok(scopes) => {
                let hidden = [
                    "response_type",
                    self.terms.client_id,
                    "redirect_uri",
                    "scope",
                    "state",
                    "code_challenge_method",
                    "code_challenge",
                ]
                .map(|name| (name, get(&fields, name).to_owned()))
                .to_vec();
                wall_pages::permission(ground.kind.name(), "Opslag".to_owned(), scopes, people, hidden)
            }
            Err(why) => wall_pages::refused(ground.kind.name(), why),
        }
    }

    /// POST: what the person said. `person`: the id behind the user name that was chosen.
    pub fn decide(
        &self,
        ground: &Ground,
        body: &[u8],
        person: impl FnOnce(&str) -> Option<String>,
    ) -> HttpResponse {
        let fields = pairs(body);
        let scopes = match self.wish(&fields) {
            Ok(scopes) => scopes,
            Err(why) => return wall_pages::refused(ground.kind.name(), why),
        };
        let Ok(mut back) = Url::parse(get(&fields, "redirect_uri")) else {
            return wall_pages::refused(ground.kind.name(), "Adressen at vende tilbage til kan ikke bruges.");
        };
        let mut answer = vec![("state", get(&fields, "state").to_owned())];
        if get(&fields, "answer") == "yes" {
            let Some(person) = person(get(&fields, "username")) else {
                return wall_pages::refused(ground.kind.name(), "Vælg en af øvelsesverdenens konti.");
            };
            let name = ground.chance.code(43);
            let challenge = Some(get(&fields, "code_challenge").to_owned()).filter(|c| !c.is_empty());
            let code = Code {
                person,
                redirect: get(&fields, "redirect_uri").to_owned(),
                scopes,
                challenge,
                made: ground.clock.now(),
            };
            lock(&self.state).codes.insert(name.clone(), code);
            answer.push(("code", name));
        } else {
            answer.push(("error", "access_denied".to_owned()));
        }
        back.query_pairs_mut().extend_pairs(answer);
        HttpResponse::Found().insert_header((header::LOCATION, back.as_str())).finish()
    }

    /// The rights that are wished for, or why nobody can be asked.
    fn wish(&self, fields: &[(String, String)]) -> Result<Vec<String>, &'static str> {
        if get(fields, self.terms.client_id) != App::practice().client_id {
            return Err("Klienten er ukendt (client_id).");
        }
        if get(fields, "response_type") != "code" {
            return Err("Kun svar af typen »code« kan bruges (response_type).");
        }
        if Url::parse(get(fields, "redirect_uri")).is_err() {
            return Err("Adressen at vende tilbage til kan ikke bruges (redirect_uri).");
        }
        let challenge = get(fields, "code_challenge");
        if (self.terms.pkce && challenge.is_empty())
            || (!challenge.is_empty() && get(fields, "code_challenge_method") != "S256")
        {
            return Err("Kun metoden S256 kan bruges (code_challenge).");
        }
        let scopes: Vec<_> = get(fields, "scope").split(self.terms.separator).map(str::to_owned).collect();
        if scopes.iter().all(|scope| self.terms.scopes.contains(&scope.as_str())) {
            Ok(scopes)
        } else {
            Err("Appen beder om noget, der ikke findes (scope).")
        }
    }

    /// POST: a code or a refresh token becomes a token.
    pub fn token(&self, ground: &Ground, request: &HttpRequest, body: &[u8]) -> Result<Value, Refused> {
        let fields = pairs(body);
        if !self.knows(request, &fields) {
            return Err(Refused("invalid_client"));
        }
        let now = ground.clock.now();
        let mut state = lock(&self.state);
        let (person, scopes, refresh) = match get(&fields, "grant_type") {
            "authorization_code" => {
                // works once
                let code = state.codes.remove(get(&fields, "code")).ok_or(Refused("invalid_grant"))?;
                let proven = code.challenge.as_ref().is_none_or(|challenge| {
                    let digest = Sha256::digest(get(&fields, "code_verifier").as_bytes());
                    URL_SAFE_NO_PAD.encode(digest) == *challenge
                });
                let young = now.since(code.made) <= self.terms.code;
                if !proven || !young || code.redirect != get(&fields, "redirect_uri") {
                    return Err(Refused("invalid_grant"));
                }
                (code.person, code.scopes, None)
            }
            "refresh_token" if self.terms.renewal != Renewal::Never => {
                let held = get(&fields, "refresh_token");
                let found = match self.terms.renewal {
                    Renewal::Anew => state.renewals.remove(held),
                    Renewal::Same | Renewal::Never => state.renewals.get(held).cloned(),
                };
                let (person, scopes) = found.ok_or(Refused("invalid_grant"))?;
                (person, scopes, Some(held.to_owned()))
            }
            _ => return Err(Refused("unsupported_grant_type")),
        };
        let scope = scopes.join(&self.terms.separator.to_string());
        let (access, refresh) = self.issue(&mut state, ground, &person, scopes, refresh.as_deref());
        let mut answer = json!({
            "token_type": "bearer",
            "access_token": access,
            "expires_in": self.terms.token.as_secs(),
            "scope": scope,
        });
        if let Some(refresh) = refresh {
            answer["refresh_token"] = refresh.into();
        }
        Ok(answer)
    }

    /// A token, and a refresh token where there is a new one.
    fn issue(
        &self,
        state: &mut State,
        ground: &Ground,
        person: &str,
        scopes: Vec<String>,
        held: Option<&str>,
    ) -> (String, Option<String>) {
        let access = ground.chance.code(43);
        let ends = ground.clock.now() + self.terms.token;
        let token = Token { person: person.to_owned(), scopes: scopes.clone(), ends };
        state.tokens.insert(access.clone(), token);
        let refresh = match self.terms.renewal {
            Renewal::Never => None,
            Renewal::Same if held.is_some() => None,
            Renewal::Same | Renewal::Anew => Some(ground.chance.code(43)),
        };
        if let Some(refresh) = &refresh {
            state.renewals.insert(refresh.clone(), (person.to_owned(), scopes));
        }
        (access, refresh)
    }

    /// Whether it is the one app: in the form, or by basic authentication.
    fn knows(&self, request: &HttpRequest, fields: &[(String, String)]) -> bool {
        let app = App::practice();
        let basic = request
            .headers()
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok()?.strip_prefix("Basic "))
            .and_then(|encoded| String::from_utf8(STANDARD.decode(encoded).ok()?).ok());
        match basic {
            Some(pair) => pair == format!("{}:{}", app.client_id, app.client_secret),
            None => {
                get(fields, self.terms.client_id) == app.client_id
                    && get(fields, "client_secret") == app.client_secret
            }
        }
    }

    /// POST: a token is given back; one that is not known is as good.
    pub fn revoke(&self, request: &HttpRequest, body: &[u8]) -> Result<(), Refused> {
        let fields = pairs(body);
        // Google asks nobody who gives a token back, and takes it in the query too
        let query = pairs(request.query_string().as_bytes());
        let token = Some(get(&fields, "token")).filter(|t| !t.is_empty()).unwrap_or(get(&query, "token"));
        let mut state = lock(&self.state);
        state.tokens.remove(token);
        let whole = state.renewals.remove(token).filter(|_| self.terms.renewal == Renewal::Same);
        // a refresh token that stays as it is takes every token along that came of it
        if let Some((person, _)) = whole {
            state.tokens.retain(|_, token| token.person != person);
        }
        Ok(())
    }

    /// Whom a request acts for, when its token may do all of these.
    pub fn allowed(&self, ground: &Ground, request: &HttpRequest, scopes: &[&str]) -> Result<String, Denied> {
        let state = lock(&self.state);
        let token = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
        let token = token.and_then(|value| state.tokens.get(value.strip_prefix("Bearer ")?));
        let token = token.filter(|token| ground.clock.now() < token.ends).ok_or(Denied::Token)?;
        if scopes.iter().all(|scope| token.scopes.iter().any(|had| had == scope)) {
            Ok(token.person.clone())
        } else {
            Err(Denied::Right)
        }
    }

    /// A token with every right, for an account that nobody logs in with.
    pub fn hand_out(&self, ground: &Ground, person: &str, scopes: &[&str]) -> Credentials {
        let scopes: Vec<_> = scopes.iter().map(|scope| (*scope).to_owned()).collect();
        let mut state = lock(&self.state);
        let (access_token, refresh) = self.issue(&mut state, ground, person, scopes.clone(), None);
        let App { client_id, client_secret } = App::practice();
        Credentials::Token {
            client_id,
            client_secret,
            access_token,
            refresh_token: refresh.unwrap_or_default(),
            life: Some(self.terms.token),
            scope: scopes.join(" "),
            owner: String::new(),
        }
    }

    /// Every token stops working, and can be renewed no more.
    pub fn revoke_everything(&self) {
        let mut state = lock(&self.state);
        state.tokens.clear();
        state.renewals.clear();
    }
}

/// The fields of a form or a query.
pub(super) fn pairs(text: &[u8]) -> Vec<(String, String)> {
    serde_urlencoded::from_bytes(text).unwrap_or_default()
}

/// One of them, or an empty text.
pub(super) fn get<'f>(fields: &'f [(String, String)], name: &str) -> &'f str {
    fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
}
