//! Practice Instagram and practice Threads: posts by container. A picture or film is really fetched from the address in
//! the container, so an address that does not answer is found out here and not on the first day.

mod containers;
mod oauth;

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex},
    time::Duration,
};

use actix_web::{
    HttpRequest, HttpResponse, ResponseError as _,
    web::{self, Data, Payload},
};

use super::{
    Account, Act, Credentials, Ground, Kind, MediaPace, Medium, Post, Town,
    fields::Fields,
    graph::{APP, Refusal, bearer, too_many},
    lock, wall,
};
use crate::{
    base::{Instant, text::slug},
    outbound::Client,
};

/// The most of a file that is fetched, in bytes.
const MOST: usize = 103_809_024;

/// What it knows.
pub(super) struct Gallery {
    ground: Arc<Ground>,
    state: Mutex<State>,
    client: Client,
}

struct State {
    /// Whoever looks after every page here.
    person: u64,
    profiles: Vec<Profile>,
    codes: HashMap<String, oauth::Code>,
    tokens: HashMap<String, oauth::Token>,
    containers: BTreeMap<u64, containers::Container>,
    pace: MediaPace,
    lag: Duration,
    /// Posts of an account in 24 hours.
    most: usize,
    last_id: u64,
}

struct Profile {
    id: u64,
    /// Of the page that it is linked with.
    page: u64,
    username: String,
    name: String,
}

impl State {
    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
    fn profile(&self, id: u64) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }
    /// Whether lists already show what was published then.
    fn lists(&self, published: Instant, now: Instant) -> bool {
        now.since(published) >= self.lag
    }
}

impl Gallery {
    pub fn new(ground: Arc<Ground>) -> Self {
        // another part of this process may have said so already
        let _ = rustls::crypto::ring::default_provider().install_default();
        let state = State {
            person: 10_220_000_000_000_002,
            profiles: Vec::new(),
            codes: HashMap::new(),
            tokens: HashMap::new(),
            containers: BTreeMap::new(),
            pace: MediaPace::AfterPolls(1),
            lag: Duration::ZERO,
            most: if ground.kind == Kind::Threads { 250 } else { 50 },
            last_id: 17_841_400_000_000_000,
        };
        Self { ground, state: Mutex::new(state), client: Client::new() }
    }

    fn is_threads(&self) -> bool {
        self.ground.kind == Kind::Threads
    }

    /// Whom the request acts for, when its token may do this.
    fn allowed(&self, state: &State, request: &HttpRequest, scope: (&str, &str)) -> Result<u64, Refusal> {
        let given = bearer(request)?;
        let token = state.tokens.get(&given);
        let token = token.ok_or_else(|| Refusal::new(190, 0, "Invalid OAuth access token"))?;
        if token.revoked {
            return Err(Refusal::new(190, 458, "Error validating access token: the app is not authorized"));
        }
        if token.ends.is_some_and(|at| at <= self.ground.clock.now()) {
            return Err(Refusal::new(190, 463, "Error validating access token: Session has expired"));
        }
        let scope = if self.is_threads() { scope.1 } else { scope.0 };
        if !scope.is_empty() && !token.scopes.iter().any(|had| had == scope) {
            return Err(Refusal::new(10, 0, format!("(#10) Application does not have permission: {scope}")));
        }
        token.profile.ok_or_else(|| Refusal::new(200, 0, "(#200) A page access token is required"))
    }

    /// The profile in the address, when the request acts for it.
    fn acting(&self, state: &State, request: &HttpRequest, scope: (&str, &str)) -> Result<u64, Refusal> {
        let profile = self.allowed(state, request, scope)?;
        let named = request.match_info().query("id");
        if profile.to_string() == named { Ok(profile) } else { Err(Refusal::gone(named)) }
    }
}

/// A request's fields.
async fn read(request: &HttpRequest, body: Payload) -> Result<Fields, Refusal> {
    Ok(Fields::of(request, body, 0).await?)
}

impl Town for Gallery {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        let threads = self.is_threads();
        config.app_data(Data::from(self)).route("/media/{name}", web::get().to(containers::file));
        config.route("/oauth/authorize", web::post().to(oauth::decide));
        let (make, show, quota) = if threads {
            config
                .route("/oauth/authorize", web::get().to(oauth::ask))
                .route("/oauth/access_token", web::post().to(oauth::code_for_token))
                .route("/access_token", web::get().to(oauth::lengthen))
                .route("/refresh_access_token", web::get().to(oauth::lengthen));
            ("threads", "threads_publish", "threads_publishing_limit")
        } else {
            config
                .route("/{version}/dialog/oauth", web::get().to(oauth::ask))
                .route("/{version}/oauth/access_token", web::get().to(oauth::code_for_token))
                .route("/{version}/me/permissions", web::get().to(oauth::permissions))
                .route("/{version}/me/accounts", web::get().to(oauth::accounts))
                .route("/{version}/{id}/permissions", web::delete().to(oauth::give_back));
            ("media", "media_publish", "content_publishing_limit")
        };
        if threads {
            config.route("/{version}/{id}/replies", web::get().to(containers::replies));
        } else {
            config
                .route("/{version}/{id}/comments", web::post().to(containers::comment))
                .route("/{version}/{id}/comments", web::get().to(containers::comments));
        }
        config
            .route("/{version}/me", web::get().to(oauth::me))
            .route(&format!("/{{version}}/{{id}}/{make}"), web::post().to(containers::create))
            .route(&format!("/{{version}}/{{id}}/{make}"), web::get().to(containers::list))
            .route(&format!("/{{version}}/{{id}}/{show}"), web::post().to(containers::publish))
            .route(&format!("/{{version}}/{{id}}/{quota}"), web::get().to(containers::quota))
            .route("/{version}/{id}/insights", web::get().to(containers::insights))
            .route("/{version}/{id}", web::get().to(containers::show))
            .route("/{version}/{id}", web::delete().to(containers::delete));
    }

    fn act(&self, method: &str, path: &str) -> Option<Act> {
        let parts: Vec<_> = path.trim_matches('/').split('/').collect();
        if let ["access_token" | "refresh_access_token"] | ["oauth", "access_token"] = parts[..] {
            return Some(Act::Connect);
        }
        if !parts.first()?.strip_prefix('v')?.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match (method, &parts[1..]) {
            (_, ["dialog", _]) => None,
            (_, ["oauth", _] | [_, "permissions"]) => Some(Act::Connect),
            (_, ["me", ..]) => Some(Act::Look),
            ("POST", [_, "media" | "threads"]) => Some(Act::Upload),
            ("POST", [_, "comments"]) => Some(Act::Comment),
            ("POST", [_, _]) => Some(Act::Publish),
            ("DELETE", [_]) => Some(Act::Withdraw),
            // the account itself
            ("GET", [id]) if lock(&self.state).profiles.iter().any(|p| p.id.to_string() == *id) => {
                Some(Act::Look)
            }
            _ => Some(Act::Find),
        }
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        Refusal::plotted(status, message).error_response()
    }

    fn too_many(&self, seconds: u32) -> HttpResponse {
        let id = lock(&self.state).profiles.first().map(|profile| profile.id).unwrap_or_default();
        too_many(&id.to_string(), seconds)
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        let mut out: Vec<_> = state
            .containers
            .values()
            .filter_map(|container| {
                let (media, at) = container.published?;
                let profile = state.profile(container.profile)?;
                let mut shown: Vec<Medium> = Vec::new();
                for id in container.children.iter().chain([&container.id]) {
                    shown.extend(state.containers.get(id).and_then(|part| part.medium(&base)));
                }
                Some((
                    media,
                    Post {
                        key: media.to_string(),
                        url: format!("{base}/profile/{}/post/{media}", profile.username),
                        name: profile.name.clone(),
                        handle: format!("@{}", profile.username),
                        at,
                        edited: None,
                        pieces: wall::with_links(&container.text),
                        media: shown,
                        card: container.card(),
                        language: None,
                        answers: container.answers.map(|above| above.to_string()),
                        comments: Vec::new(),
                    },
                ))
            })
            .collect();
        out.sort_by_key(|(media, _)| std::cmp::Reverse(*media));
        out.into_iter().map(|(_, post)| post).collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let mut state = lock(&self.state);
        let (id, page) = (state.next_id(), state.next_id());
        let username = slug(name).replace('-', ".");
        let account = Account { id: id.to_string(), handle: username.clone(), name: name.to_owned() };
        state.profiles.push(Profile { id, page, username, name: name.to_owned() });
        account
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        let mut state = lock(&self.state);
        let profile = state.profile(account.id.parse().ok()?)?.id;
        let access_token = format!("EAA{}", self.ground.chance.code(60));
        let scopes = oauth::every_scope(self.is_threads());
        let owner = if self.is_threads() { String::new() } else { state.person.to_string() };
        let credentials = Credentials::Token {
            client_id: APP.0.to_owned(),
            client_secret: APP.1.to_owned(),
            access_token: access_token.clone(),
            refresh_token: String::new(),
            life: None,
            scope: scopes.join(" "),
            owner,
        };
        state.tokens.insert(access_token, oauth::Token::of(profile, scopes));
        Some(credentials)
    }

    fn revoke_everything(&self) {
        for token in lock(&self.state).tokens.values_mut() {
            token.revoked = true;
        }
    }

    fn pace_media(&self, pace: MediaPace) {
        lock(&self.state).pace = pace;
    }

    fn lag(&self, by: Duration) {
        lock(&self.state).lag = by;
    }

    fn hold(&self, most: u32) {
        lock(&self.state).most = most as usize;
    }
}
