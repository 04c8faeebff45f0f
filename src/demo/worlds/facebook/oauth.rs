//! The dialog where a person says yes to pages, codes, tokens of a person and of a page, and taking all of it back.

use std::time::Duration;

use actix_web::{
    HttpRequest, HttpResponse,
    web::{Data, Payload},
};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use super::{Facebook, State, read};
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
/// A person's first token.
const HOUR: u64 = 3600;
/// A person's lengthened token.
const TWO_MONTHS: u64 = 5_183_944;

/// What an app that posts asks for.
pub(super) fn every_scope() -> Vec<String> {
    [
        "pages_show_list",
        "pages_manage_posts",
        "pages_read_engagement",
        "publish_video",
        "read_insights",
        "pages_manage_engagement",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// A yes that has not been fetched.
pub(super) struct Code {
    redirect: String,
    scopes: Vec<String>,
    pages: Vec<u64>,
    made: Instant,
}

/// What opens the API.
pub(super) struct Token {
    /// Whose it is: a page's, or the person's.
    pub page: Option<u64>,
    /// The pages it opens, when it is the person's.
    pub pages: Vec<u64>,
    pub scopes: Vec<String>,
    /// None for what has no end.
    pub ends: Option<Instant>,
    /// A person's lengthened one; what it opens has no end.
    long: bool,
    pub revoked: bool,
}

impl Token {
    /// A page's, without an end.
    pub fn of_page(page: u64, scopes: Vec<String>) -> Self {
        Self { page: Some(page), pages: Vec::new(), scopes, ends: None, long: false, revoked: false }
    }
}

/// GET: the dialog.
pub(super) async fn ask(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    check_version(&request)?;
    let fields = read(&request, body).await?;
    let kind = world.ground.kind;
    let wish = match Wish::of(&fields) {
        Ok(wish) => wish,
        Err(why) => return Ok(wall_pages::refused(kind.name(), why)),
    };
    let state = lock(&world.state);
    let pages = state.pages.iter().map(|p| (p.username.clone(), p.name.clone())).collect();
    Ok(wish.page(kind, pages))
}

/// POST: what the person said.
pub(super) async fn decide(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
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
    let pages = state.pages.iter().filter(|page| chosen == ALL || page.username == chosen);
    let pages = pages.map(|page| page.id).collect();
    let code = world.ground.chance.code(64);
    let made = world.ground.clock.now();
    let answer = wish.granted(&code);
    state.codes.insert(code, Code { redirect: wish.redirect, scopes: wish.scopes, pages, made });
    Ok(answer)
}

/// GET: a code for a token, or a short token for a long one.
pub(super) async fn access_token(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    check_version(&request)?;
    let fields = read(&request, body).await?;
    let secret = fields.text("client_secret").as_bytes();
    if fields.text("client_id") != APP.0 || !bool::from(secret.ct_eq(APP.1.as_bytes())) {
        return Err(Refusal::new(101, 0, "Error validating application. Cannot get application info."));
    }
    let now = world.ground.clock.now();
    let mut state = lock(&world.state);
    let (life, token) = if fields.text("grant_type") == "fb_exchange_token" {
        let held = state.tokens.get(fields.text("fb_exchange_token")).filter(|token| !token.revoked);
        let held = held.ok_or_else(|| Refusal::new(190, 0, "Error validating access token"))?;
        let token = Token {
            page: None,
            pages: held.pages.clone(),
            scopes: held.scopes.clone(),
            ends: Some(now + Duration::from_secs(TWO_MONTHS)),
            long: true,
            revoked: false,
        };
        (TWO_MONTHS, token)
    } else {
        let used = || Refusal::new(100, 36_009, "This authorization code has been used.");
        // works once
        let code = state.codes.remove(fields.text("code")).ok_or_else(used)?;
        if now.since(code.made) >= CODE_LASTS || code.redirect != fields.text("redirect_uri") {
            return Err(Refusal::new(100, 36_007, "This authorization code has expired."));
        }
        let ends = Some(now + Duration::from_secs(HOUR));
        let Code { scopes, pages, .. } = code;
        (HOUR, Token { page: None, pages, scopes, ends, long: false, revoked: false })
    };
    let given = format!("EAA{}", world.ground.chance.code(60));
    state.tokens.insert(given.clone(), token);
    Ok(HttpResponse::Ok().json(json!({"access_token": given, "token_type": "bearer", "expires_in": life})))
}

/// GET: whose token it is.
pub(super) async fn me(world: Data<Facebook>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let answer = match world.allowed(&state, &request, "")?.page.and_then(|id| state.page(id)) {
        Some(page) => json!({"id": page.id.to_string(), "name": page.name, "username": page.username}),
        None => json!({"id": state.person.to_string(), "name": "Rasmus Toft"}),
    };
    Ok(HttpResponse::Ok().json(answer))
}

/// GET: what the person gave.
pub(super) async fn permissions(world: Data<Facebook>, request: HttpRequest) -> Reply {
    let state = lock(&world.state);
    let token = world.allowed(&state, &request, "")?;
    let mut data: Vec<Value> =
        token.scopes.iter().map(|scope| json!({"permission": scope, "status": "granted"})).collect();
    data.push(json!({"permission": "public_profile", "status": "granted"}));
    data.push(json!({"permission": "email", "status": "declined"}));
    Ok(HttpResponse::Ok().json(json!({ "data": data })))
}

/// GET: the pages of the person, two at a time, so that paging is real.
pub(super) async fn accounts(world: Data<Facebook>, request: HttpRequest, body: Payload) -> Reply {
    let fields = read(&request, body).await?;
    let mut state = lock(&world.state);
    let token = world.allowed(&state, &request, "pages_show_list")?;
    let (pages, scopes, long) = (token.pages.clone(), token.scopes.clone(), token.long);
    let ends = token.ends.filter(|_| !long);
    let from = fields.get("after").and_then(|after| after.parse::<usize>().ok()).unwrap_or(0);
    let mut data = Vec::new();
    for id in pages.iter().skip(from).take(2) {
        let given = format!("EAA{}", world.ground.chance.code(60));
        let Some(answer) = page_json(&state, *id, &given) else { continue };
        data.push(answer);
        state.tokens.insert(given, Token { ends, ..Token::of_page(*id, scopes.clone()) });
    }
    let after = (from + 2).to_string();
    let mut answer =
        json!({"data": data, "paging": {"cursors": {"before": from.to_string(), "after": after}}});
    if pages.len() > from + 2 {
        answer["paging"]["next"] = format!("{}/v26.0/me/accounts?after={after}", world.ground.base()).into();
    }
    Ok(HttpResponse::Ok().json(answer))
}

fn page_json(state: &State, id: u64, token: &str) -> Option<Value> {
    let page = state.page(id)?;
    Some(json!({
        "id": page.id.to_string(), "name": page.name, "username": page.username, "access_token": token,
        "tasks": ["ADVERTISE", "ANALYZE", "CREATE_CONTENT", "MESSAGING", "MODERATE", "MANAGE"],
    }))
}

/// DELETE: everything that the person gave the app, asked by the app.
pub(super) async fn give_back(world: Data<Facebook>, request: HttpRequest) -> Reply {
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
