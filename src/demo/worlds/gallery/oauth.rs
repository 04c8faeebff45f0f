//! Who is let in: Instagram through Facebook's dialog and the page that an account is linked with, Threads by itself.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use super::{Gallery, State, read};
use crate::{
    base::Instant,
    demo::worlds::{
        dialog::{ALL, Wish},
        graph::{APP, Refusal, Reply, bearer, check_version},
        lock, wall_pages,
    },
};

/// A code may be fetched so long.
const CODE_LASTS: Duration = Duration::from_secs(600);
const HOUR: u64 = 3600;
const TWO_MONTHS: u64 = 5_184_000;
/// A token younger than this is not renewed yet.
const RIPE: Duration = Duration::from_secs(24 * 3600);

/// What an app that posts asks for.
pub(super) fn every_scope(threads: bool) -> Vec<String> {
    let scopes: &[&str] = if threads {
        &[
            "threads_basic",
            "threads_content_publish",
            "threads_delete",
            "threads_manage_insights",
            "threads_manage_replies",
            "threads_read_replies",
        ]
    } else {
        &[
            "pages_show_list",
            "instagram_basic",
            "instagram_content_publish",
            "pages_read_engagement",
            "instagram_manage_insights",
            "instagram_manage_comments",
        ]
    };
    scopes.iter().map(|scope| (*scope).to_owned()).collect()
}

/// A yes that has not been fetched.
pub(super) struct Code {
    redirect: String,
    scopes: Vec<String>,
    profiles: Vec<u64>,
    made: Instant,
}

/// What opens the API.
pub(super) struct Token {
    /// The profile it acts for; none for a person's own.
    pub profile: Option<u64>,
    profiles: Vec<u64>,
    pub scopes: Vec<String>,
    pub ends: Option<Instant>,
    made: Instant,
    pub revoked: bool,
}

impl Token {
    /// A profile's, without an end.
    pub fn of(profile: u64, scopes: Vec<String>) -> Self {
        let made = Instant::from_seconds(0);
        Self { profile: Some(profile), profiles: vec![profile], scopes, ends: None, made, revoked: false }
    }
}

/// GET: the dialog.
pub(super) async fn ask(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let kind = world.ground.kind;
    let wish = match Wish::of(&fields) {
        Ok(wish) => wish,
        Err(why) => return Ok(wall_pages::refused(kind.name(), why)),
    };
    let state = lock(&world.state);
    let mut profiles: Vec<_> = state.profiles.iter().map(|p| (p.username.clone(), p.name.clone())).collect();
    if world.is_threads() {
        // one log-in, one profile
        profiles.truncate(1);
    }
    Ok(wish.page(kind, profiles))
}

/// POST: what the person said.
pub(super) async fn decide(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let wish = match Wish::of(&fields) {
        Ok(wish) => wish,
        Err(why) => return Ok(wall_pages::refused(world.ground.kind.name(), why)),
    };
    if fields.text("answer") != "yes" {
        return Ok(wish.refused());
    }
    let mut state = lock(&world.state);
    let chosen = fields.text("username");
    let profiles = state.profiles.iter().filter(|p| chosen == ALL || p.username == chosen);
    let profiles = profiles.map(|p| p.id).collect();
    let code = world.ground.chance.code(64);
    let made = world.ground.clock.now();
    let answer = wish.granted(&code);
    state.codes.insert(code, Code { redirect: wish.redirect, scopes: wish.scopes, profiles, made });
    Ok(answer)
}

fn is_our_app(id: &str, secret: &str) -> Result<(), Refusal> {
    if id == APP.0 && bool::from(secret.as_bytes().ct_eq(APP.1.as_bytes())) {
        return Ok(());
    }
    Err(Refusal::new(101, 0, "Error validating application. Cannot get application info."))
}

/// A code for a token of an hour; at Facebook also that one for a token of two months.
pub(super) async fn code_for_token(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    is_our_app(fields.text("client_id"), fields.text("client_secret"))?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    if fields.text("grant_type") == "fb_exchange_token" {
        return longer(&world, &mut state, fields.text("fb_exchange_token"), now);
    }
    let used = || Refusal::new(100, 36_009, "This authorization code has been used.");
    // works once
    let code = state.codes.remove(fields.text("code")).ok_or_else(used)?;
    if now.since(code.made) >= CODE_LASTS || code.redirect != fields.text("redirect_uri") {
        return Err(Refusal::new(100, 36_007, "This authorization code has expired."));
    }
    let Code { scopes, profiles, .. } = code;
    let profile = profiles.first().copied().filter(|_| world.is_threads());
    let ends = Some(now + Duration::from_secs(HOUR));
    let given =
        keep(&world, &mut state, Token { profile, profiles, scopes, ends, made: now, revoked: false });
    Ok(HttpResponse::Ok().json(match world.is_threads() {
        // it says neither for how long nor for what
        true => json!({"access_token": given, "user_id": profile.unwrap_or_default()}),
        false => json!({"access_token": given, "token_type": "bearer", "expires_in": HOUR}),
    }))
}

fn keep(world: &Gallery, state: &mut State, token: Token) -> String {
    let given = format!("EAA{}", world.ground.chance.code(60));
    state.tokens.insert(given.clone(), token);
    given
}

fn longer(world: &Gallery, state: &mut State, held: &str, now: Instant) -> Reply {
    let held = state.tokens.get(held).filter(|token| !token.revoked);
    let held = held.ok_or_else(|| Refusal::new(190, 0, "Error validating access token"))?;
    let token = Token {
        profile: held.profile,
        profiles: held.profiles.clone(),
        scopes: held.scopes.clone(),
        ends: Some(now + Duration::from_secs(TWO_MONTHS)),
        made: now,
        revoked: false,
    };
    let given = keep(world, state, token);
    Ok(HttpResponse::Ok()
        .json(json!({"access_token": given, "token_type": "bearer", "expires_in": TWO_MONTHS})))
}

/// GET, at Threads: a longer life for a token, or another two months for one that is a day old.
pub(super) async fn lengthen(world: Data<Gallery>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let held = fields.text("access_token");
    match fields.text("grant_type") {
        "th_exchange_token" => is_our_app(APP.0, fields.text("client_secret"))?,
        "th_refresh_token" => {
            let token = state.tokens.get(held);
            let alive = token.filter(|t| t.ends.is_none_or(|at| at > now));
            let alive = alive.ok_or_else(|| Refusal::new(190, 463, "Session has expired"))?;
            if now.since(alive.made) < RIPE {
                return Err(Refusal::parameter("The token is not a day old yet"));
            }
        }
        _ => return Err(Refusal::parameter("grant_type is not one that is known")),
    }
    longer(&world, &mut state, held, now)
}

/// GET: whose token it is.
pub(super) async fn me(world: Data<Gallery>, request: HttpRequest) -> Reply {
    check_version(&request)?;
    let state = lock(&world.state);
    let given = bearer(&request)?;
    let token = state.tokens.get(&given).filter(|token| !token.revoked);
    let token = token.ok_or_else(|| Refusal::new(190, 458, "The user has not authorized the app"))?;
    let profile = token.profile.and_then(|id| state.profile(id));
    Ok(HttpResponse::Ok().json(match profile {
        Some(p) if world.is_threads() => json!({"id": p.id.to_string(), "username": p.username, "name": p.name}),
        Some(p) => json!({"id": p.page.to_string(), "name": p.name, "instagram_business_account": linked(&state, p.id)}),
        None => json!({"id": state.person.to_string(), "name": "Rasmus Toft"}),
    }))
}

fn linked(state: &State, id: u64) -> Value {
    state
        .profile(id)
        .map_or(Value::Null, |p| json!({"id": p.id.to_string(), "username": p.username, "name": p.name}))
}

/// GET: what the person gave.
pub(super) async fn permissions(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let given = bearer(&request)?;
    let token = state.tokens.get(&given).filter(|token| !token.revoked);
    let token = token.ok_or_else(|| Refusal::new(190, 458, "The user has not authorized the app"))?;
    let data: Vec<Value> =
        token.scopes.iter().map(|scope| json!({"permission": scope, "status": "granted"})).collect();
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// GET: the person's pages, and the accounts that are linked with them. One page is linked with none.
pub(super) async fn accounts(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let mut state = lock(&world.state);
    let given = bearer(&request)?;
    let token = state.tokens.get(&given).filter(|token| !token.revoked);
    let token = token.ok_or_else(|| Refusal::new(190, 458, "The user has not authorized the app"))?;
    let (profiles, scopes) = (token.profiles.clone(), token.scopes.clone());
    let mut data = vec![json!({"name": "Side uden Instagram", "access_token": "EAAingen"})];
    for id in profiles {
        let given = keep(&world, &mut state, Token::of(id, scopes.clone()));
        let name = state.profile(id).map(|p| p.name.clone());
        let account = linked(&state, id);
        data.push(json!({"name": name, "access_token": given, "instagram_business_account": account}));
    }
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// DELETE: everything that the person gave the app, asked by the app.
pub(super) async fn give_back(world: Data<Gallery>, request: HttpRequest) -> Reply {
    let mut state = lock(&world.state);
    let person = request.match_info().query("id");
    if bearer(&request)? != format!("{}|{}", APP.0, APP.1) || person != state.person.to_string() {
        return Err(Refusal::gone(person));
    }
    for token in state.tokens.values_mut() {
        token.revoked = true;
    }
    Ok(HttpResponse::Ok().json(json!({"success": true})))
}
