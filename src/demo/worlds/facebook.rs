//! A practice Facebook: pages, posts that are made unseen and shown by their number, pictures with alternative texts,
//! films sent in pieces; the Graph's own errors, versions and lag.

mod films;
mod oauth;
mod objects;
mod posts;

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
    Account, Act, Card, Credentials, Ground, MediaPace, Medium, MediumKind, Post, Town,
    fields::Fields,
    graph::{APP, Refusal, Reply, bearer, too_many},
    lock, wall,
};
use crate::base::{Instant, text::slug};

/// Characters in a post, counted in UTF-16.
const MAX_MESSAGE: usize = 63_206;
/// Characters in a comment.
const MAX_COMMENT: usize = 8000;
/// Pictures in a post.
const MAX_PICTURES: usize = 10;
/// Bytes of a picture.
const IMAGE_LIMIT: usize = 4_000_000;
/// Bytes of a film.
const VIDEO_LIMIT: usize = 103_809_024;
/// Bytes of a film that it asks for at once.
const PIECE: usize = 16 * 1024;

/// What it knows.
pub(super) struct Facebook {
    ground: Arc<Ground>,
    state: Mutex<State>,
}

struct State {
    /// Whoever looks after every page here.
    person: u64,
    pages: Vec<Page>,
    codes: HashMap<String, oauth::Code>,
    tokens: HashMap<String, oauth::Token>,
    photos: BTreeMap<u64, posts::Photo>,
    films: BTreeMap<u64, films::Film>,
    posts: BTreeMap<u64, posts::Entry>,
    pace: MediaPace,
    lag: Duration,
    last_id: u64,
}

struct Page {
    id: u64,
    username: String,
    name: String,
}

impl State {
    fn page(&self, id: u64) -> Option<&Page> {
        self.pages.iter().find(|page| page.id == id)
    }
    fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }
    /// Whether answers already show something that was published then.
    fn shows(&self, published: Option<Instant>, now: Instant) -> bool {
        published.is_some_and(|at| now.since(at) >= self.lag)
    }
}

impl Facebook {
    pub fn new(ground: Arc<Ground>) -> Self {
        let state = State {
            person: 10_220_000_000_000_001,
            pages: Vec::new(),
            codes: HashMap::new(),
            tokens: HashMap::new(),
            photos: BTreeMap::new(),
            films: BTreeMap::new(),
            posts: BTreeMap::new(),
            pace: MediaPace::AfterPolls(1),
            lag: Duration::ZERO,
            last_id: 122_000_000_000_000,
        };
        Self { ground, state: Mutex::new(state) }
    }

    /// Whom the request acts for, when its token may do this.
    fn allowed<'s>(
        &self,
        state: &'s State,
        request: &HttpRequest,
        scope: &str,
    ) -> Result<&'s oauth::Token, Refusal> {
        let given = bearer(request)?;
        let token = state
            .tokens
            .get(&given)
            .ok_or_else(|| Refusal::new(190, 0, "Invalid OAuth access token - Cannot parse access token"))?;
        if token.revoked {
            return Err(Refusal::new(
                190,
                458,
                "Error validating access token: The user has not authorized the app",
            ));
        }
        if token.ends.is_some_and(|at| at <= self.ground.clock.now()) {
            return Err(Refusal::new(190, 463, "Error validating access token: Session has expired"));
        }
        if !scope.is_empty() && !token.scopes.iter().any(|had| had == scope) {
            return Err(Refusal::new(
                200,
                0,
                format!("(#200) Requires {scope} permission to manage the object"),
            ));
        }
        Ok(token)
    }

    /// The page that the request acts as, which is the one in its address.
    fn acting(&self, state: &State, request: &HttpRequest, scope: &str) -> Result<u64, Refusal> {
        let page = self.allowed(state, request, scope)?.page;
        let named = request.match_info().query("id");
        match page {
            Some(page) if page.to_string() == named => Ok(page),
            Some(_) => Err(Refusal::gone(named)),
            None => Err(Refusal::new(200, 0, "(#200) A page access token is required to call this method")),
        }
    }
}

/// A request's fields.
async fn read(request: &HttpRequest, body: Payload) -> Result<Fields, Refusal> {
    Ok(Fields::of(request, body, VIDEO_LIMIT).await?)
}

impl Town for Facebook {
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig) {
        config
            .app_data(Data::from(self))
            .route("/{version}/dialog/oauth", web::get().to(oauth::ask))
            .route("/oauth/authorize", web::post().to(oauth::decide))
            .route("/{version}/oauth/access_token", web::get().to(oauth::access_token))
            .route("/media/{name}", web::get().to(objects::file))
            .route("/{version}/me", web::get().to(oauth::me))
            .route("/{version}/me/permissions", web::get().to(oauth::permissions))
            .route("/{version}/me/accounts", web::get().to(oauth::accounts))
            .route("/{version}/{id}/permissions", web::delete().to(oauth::give_back))
            .route("/{version}/{id}/photos", web::post().to(posts::photo))
            .route("/{version}/{id}/feed", web::post().to(posts::create))
            .route("/{version}/{id}/videos", web::post().to(films::step))
            .route("/{version}/{id}/published_posts", web::get().to(posts::list))
            .route("/{version}/{id}/comments", web::post().to(objects::comment))
            .route("/{version}/{id}/comments", web::get().to(objects::comments))
            .route("/{version}/{id}/insights", web::get().to(objects::insights))
            .route("/{version}/{id}", web::get().to(objects::show))
            .route("/{version}/{id}", web::post().to(objects::update))
            .route("/{version}/{id}", web::delete().to(objects::delete));
    }

    fn act(&self, method: &str, path: &str) -> Option<Act> {
        let parts: Vec<_> = path.trim_matches('/').split('/').collect();
        if !parts.first()?.strip_prefix('v')?.starts_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        match (method, &parts[1..]) {
            (_, ["dialog", _]) => None,
            (_, ["oauth", _] | [_, "permissions"]) => Some(Act::Connect),
            (_, ["me", ..]) => Some(Act::Look),
            (_, [_, "published_posts"]) => Some(Act::Find),
            (_, [_, "photos" | "feed" | "videos"]) => Some(Act::Upload),
            ("POST", [_, "comments"]) => Some(Act::Comment),
            ("POST", [_]) => Some(Act::Publish),
            ("DELETE", [_]) => Some(Act::Withdraw),
            _ => Some(Act::Find),
        }
    }

    fn refusal(&self, status: u16, message: &str) -> HttpResponse {
        Refusal::plotted(status, message).error_response()
    }

    fn too_many(&self, seconds: u32) -> HttpResponse {
        let page = lock(&self.state).pages.first().map(|page| page.id).unwrap_or_default();
        too_many(&page.to_string(), seconds)
    }

    fn posts(&self) -> Vec<Post> {
        let state = lock(&self.state);
        let base = self.ground.base();
        let post = |page: u64,
                    key: String,
                    at: (Instant, Option<Instant>),
                    message: &str,
                    media: Vec<Medium>,
                    link: Option<&str>| {
            let page = state.page(page)?;
            Some(Post {
                url: format!("{base}/profile/{}/post/{key}", page.username),
                key,
                name: page.name.clone(),
                handle: format!("@{}", page.username),
                at: at.0,
                edited: at.1,
                pieces: wall::with_links(message),
                media,
                // it draws the card itself, from the page that the link leads to
                card: link.map(|address| Card {
                    address: address.to_owned(),
                    title: String::new(),
                    description: String::new(),
                    picture: None,
                }),
                language: None,
                answers: None,
                comments: Vec::new(),
            })
        };
        let made = state.posts.iter().filter_map(|(id, entry)| {
            let photos = entry.photos.iter().filter_map(|id| Some((id, state.photos.get(id)?)));
            let media = photos.map(|(id, photo)| photo.medium(&base, *id)).collect();
            let (key, at) = (entry.key(*id), entry.published?);
            let link = entry.link.as_deref();
            Some((at, *id, post(entry.page, key, (at, entry.edited), &entry.message, media, link)?))
        });
        let films = state.films.iter().filter_map(|(id, film)| {
            let (key, at) = (id.to_string(), film.published?);
            let media = vec![film.medium(&base, *id)];
            Some((at, *id, post(film.page, key, (at, None), &film.description, media, None)?))
        });
        let mut all: Vec<_> = made.chain(films).collect();
        all.sort_by_key(|(at, id, _)| std::cmp::Reverse((*at, *id)));
        all.into_iter().map(|(_, _, post)| post).collect()
    }

    fn sign_up(&self, name: &str) -> Account {
        let mut state = lock(&self.state);
        let id = state.next_id();
        let page = Page { id, username: slug(name).replace('-', "."), name: name.to_owned() };
        let account = Account { id: id.to_string(), handle: page.username.clone(), name: name.to_owned() };
        state.pages.push(page);
        account
    }

    fn connect(&self, account: &Account) -> Option<Credentials> {
        let mut state = lock(&self.state);
        let page = state.page(account.id.parse().ok()?)?.id;
        let access_token = format!("EAA{}", self.ground.chance.code(60));
        let scopes = oauth::every_scope();
        let credentials = Credentials::Token {
            client_id: APP.0.to_owned(),
            client_secret: APP.1.to_owned(),
            access_token: access_token.clone(),
            refresh_token: String::new(),
            life: None,
            scope: scopes.join(" "),
            owner: state.person.to_string(),
        };
        state.tokens.insert(access_token, oauth::Token::of_page(page, scopes));
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
}

/// As the wall shows a kept file.
fn medium(base: &str, id: u64, kind: MediumKind, file: &wall::File, alt: &str) -> Medium {
    let ending = file.mime.rsplit('/').next().unwrap_or_default().replace("jpeg", "jpg");
    Medium {
        kind,
        address: format!("{base}/media/{id}.{ending}"),
        mime: file.mime.clone(),
        alt: alt.to_owned(),
        size: file.bytes.len(),
    }
}
