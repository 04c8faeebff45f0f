//! Practice channels: small servers that behave towards us as the real ones do, and show on a wall what
//! was posted. `opslag demo` connects to them, plainly marked as practice; tests connect to the same ones and
//! give them bad days ([`Mischief`]).
//!
//! A world keeps everything in memory. It listens on a port and a thread of its own, so it outlives an Opslag
//! that is killed beside it, and it can be taken off the air and put back ([`World::serve`]).

pub mod bluesky;
mod comments;
mod connect;
mod dialog;
pub mod facebook;
mod fields;
mod gallery;
mod graph;
mod consent;
pub mod linkedin;
pub mod mastodon;
mod mischief;
mod parts;
mod wall;
mod wall_pages;
pub mod tiktok;
pub mod x;
pub mod youtube;

use std::{
    collections::HashMap,
    io,
    net::{SocketAddr, TcpListener},
    sync::{Arc, Mutex, MutexGuard, PoisonError, mpsc},
    thread,
    time::Duration,
};

use actix_web::{App, HttpServer, dev::ServerHandle, middleware::from_fn, web};
use url::Url;

use crate::base::{Chance, Clock};

/// Which channel is practised on.
pub use crate::channels::ChannelKind as Kind;

pub use connect::connect;
pub use mischief::{Act, Call, Gate, Mischief, Prank, Wait};
pub use wall::{Card, Comment, Medium, MediumKind, Piece, Post};

/// Someone who can post in a world.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// What the peer calls the account in its API: a DID, or a number.
    pub id: String,
    /// What people call it: `solvang-kommune.test`, or `solvang_kommune`.
    pub handle: String,
    /// The name people read.
    pub name: String,
}

/// What a connection needs to act for an account without anybody pressing buttons in a browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Credentials {
    /// A handle and an app password.
    AppPassword {
        /// The handle.
        identifier: String,
        /// Shown once by real Bluesky.
        app_password: String,
    },
    /// An app and a token for it, as OAuth ends.
    Token {
        /// The app's id.
        client_id: String,
        /// The app's secret.
        client_secret: String,
        /// Can be revoked.
        access_token: String,
        /// What a new one is fetched with; empty when the token does not run out.
        refresh_token: String,
        /// How long the token is good; none when it does not run out.
        life: Option<Duration>,
        /// Separated by spaces.
        scope: String,
        /// The person who said yes, where one yes opens several accounts; else empty.
        owner: String,
    },
}

/// How long a world takes to prepare an uploaded film.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MediaPace {
    /// It is ready after it has been asked for so many times in vain.
    AfterPolls(u32),
    /// It never gets ready: the peer cannot read the film.
    Never,
}

/// What readers did with a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Readers {
    /// How often it was shown.
    pub seen: u64,
    /// How often somebody clicked on it.
    pub clicked: u64,
    /// Likes.
    pub liked: u64,
    /// Comments and answers.
    pub answered: u64,
    /// How often it was passed on.
    pub passed_on: u64,
}

/// What every kind of world stands on.
struct Ground {
    kind: Kind,
    clock: Clock,
    chance: Chance,
    base: Mutex<Option<Url>>,
    plots: Mutex<Vec<Mischief>>,
    calls: Mutex<Vec<Call>>,
    /// By the post's key.
    readers: Mutex<HashMap<String, Readers>>,
    lag: Mutex<Duration>,
    /// What is said under posts, where it goes with them.
    comments: Mutex<Vec<comments::Said>>,
}

impl Ground {
    /// What readers did with a post.
    fn readers(&self, key: &str) -> Readers {
        lock(&self.readers).get(key).copied().unwrap_or_default()
    }
    /// Where the world is, without a slash at the end.
    fn base(&self) -> String {
        lock(&self.base)
            .as_ref()
            .map_or_else(String::new, |url| url.as_str().trim_end_matches('/').to_owned())
    }
    /// How old a post must be before a list shows it.
    fn lag(&self) -> Duration {
        *lock(&self.lag)
    }
}

/// What a kind of world must be able to do, beside answering its peer's API.
trait Town: Send + Sync {
    /// The peer's own addresses.
    fn routes(self: Arc<Self>, config: &mut web::ServiceConfig);
    /// Which act an address stands for; none for pages that people look at.
    fn act(&self, method: &str, path: &str) -> Option<Act>;
    /// An error in the peer's own form.
    fn refusal(&self, status: u16, message: &str) -> actix_web::HttpResponse;
    /// "Too many requests" in the peer's own form, without Retry-After; `seconds` until it may be tried again.
    fn too_many(&self, seconds: u32) -> actix_web::HttpResponse;
    /// What was posted and not taken down, newest first; answers too.
    fn posts(&self) -> Vec<Post>;
    /// A new account.
    fn sign_up(&self, name: &str) -> Account;
    /// What a connection to the account needs.
    fn connect(&self, account: &Account) -> Option<Credentials>;
    /// Everybody's tokens stop working.
    fn revoke_everything(&self);
    /// How long films take from now on.
    fn pace_media(&self, pace: MediaPace);
    /// The same, for towns whose answers about one post lag too.
    fn lag(&self, _by: Duration) {}
    /// How much an account may do from now on, in what its peer counts; nothing where a peer sets no such limit.
    fn hold(&self, _most: u32) {}
    /// Whether the peer has looked at our app and lets others see what it sends, where that is something it does.
    fn review(&self, _passed: bool) {}
}

/// A practice channel: what it knows and how it behaves. Cheap to clone; clones are the same world.
#[derive(Clone)]
pub struct World {
    ground: Arc<Ground>,
    town: Arc<dyn Town>,
    account: Account,
}

impl World {
    /// A world with one account, called `name`, and nothing posted.
    pub fn new(kind: Kind, name: &str, clock: Clock, chance: Chance) -> Self {
        let ground = Arc::new(Ground {
            kind,
            clock,
            chance,
            base: Mutex::new(None),
            plots: Mutex::default(),
            calls: Mutex::default(),
            readers: Mutex::default(),
            lag: Mutex::default(),
            comments: Mutex::default(),
        });
        let town: Arc<dyn Town> = match kind {
            Kind::Bluesky => Arc::new(bluesky::Bluesky::new(ground.clone())),
            Kind::Mastodon => Arc::new(mastodon::Mastodon::new(ground.clone())),
            Kind::Facebook => Arc::new(facebook::Facebook::new(ground.clone())),
            Kind::Instagram | Kind::Threads => Arc::new(gallery::Gallery::new(ground.clone())),
            Kind::Package => panic!("nobody answers for a package: a person posts it"),
            Kind::Linkedin | Kind::LinkedinMember => Arc::new(linkedin::Linkedin::new(ground.clone())),
            Kind::X => Arc::new(x::X::new(ground.clone())),
            Kind::Youtube => Arc::new(youtube::Youtube::new(ground.clone())),
            Kind::Tiktok => Arc::new(tiktok::Tiktok::new(ground.clone())),
        };
        let account = town.sign_up(name);
        Self { ground, town, account }
    }

    /// Goes on the air: listens until the answer is dropped. Port 0 takes a free port. A world that was on the air
    /// before keeps everything that was posted.
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub fn serve(&self, listen: SocketAddr) -> io::Result<Running> {
        let listener = TcpListener::bind(listen)?;
        let address = listener.local_addr()?;
        let host = if address.ip().is_unspecified() {
            format!("127.0.0.1:{}", address.port())
        } else {
            address.to_string()
        };
        let url = Url::parse(&format!("http://{host}/")).map_err(io::Error::other)?;
        *lock(&self.ground.base) = Some(url.clone());

        let (ground, town, world) = (self.ground.clone(), self.town.clone(), self.clone());
        let (started, handle) = mpsc::channel();
        let thread =
            thread::Builder::new().name(format!("practice {}", self.kind().name())).spawn(move || {
                actix_web::rt::System::new().block_on(async move {
                    let server = HttpServer::new(move || {
                        let town = town.clone();
                        App::new()
                            .app_data(web::Data::from(ground.clone()))
                            .app_data(web::Data::from(town.clone()))
                            .app_data(web::Data::new(world.clone()))
                            .wrap(from_fn(mischief::befall))
                            .configure(wall_pages::routes)
                            .configure(move |config| town.routes(config))
                    })
                    .on_connect(mischief::remember_wire)
                    .workers(2)
                    .disable_signals()
                    .tcp_nodelay(true)
                    .listen(listener);
                    let _ = match server {
                        Ok(server) => {
                            let server = server.run();
                            let sent = started.send(Ok(server.handle()));
                            let _ = server.await;
                            sent
                        }
                        Err(error) => started.send(Err(error)),
                    };
                });
            })?;
        let handle = handle.recv().map_err(io::Error::other)??;
        Ok(Running { url, world: self.clone(), handle, thread: Some(thread) })
    }

    /// Which channel it behaves like.
    pub fn kind(&self) -> Kind {
        self.ground.kind
    }
    /// The account it was made with.
    pub fn account(&self) -> &Account {
        &self.account
    }
    /// One more account.
    pub fn sign_up(&self, name: &str) -> Account {
        self.town.sign_up(name)
    }
    /// What a connection to the account needs; none when the account is not of this world.
    pub fn connect(&self, account: &Account) -> Option<Credentials> {
        self.town.connect(account)
    }
    /// What hangs on the wall, newest first.
    pub fn posts(&self) -> Vec<Post> {
        comments::hang(&self.ground, self.town.posts())
    }
    /// Readers come by a post, by its key: so much they have done with it in all.
    pub fn read_by(&self, key: &str, readers: Readers) {
        lock(&self.ground.readers).insert(key.to_owned(), readers);
    }
    /// Every call that came in, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        lock(&self.ground.calls).clone()
    }
    /// How often an act was asked for.
    pub fn count(&self, act: Act) -> usize {
        lock(&self.ground.calls).iter().filter(|call| call.act == act).count()
    }
    /// Plans a bad moment. Several for the same act happen in the order they were planned.
    pub fn plot(&self, mischief: Mischief) {
        lock(&self.ground.plots).push(mischief);
    }
    /// Forgets the mischief that has not happened yet.
    pub fn calm(&self) {
        lock(&self.ground.plots).clear();
    }
    /// Every token stops working, as when a person removes the app's access.
    pub fn revoke_everything(&self) {
        self.town.revoke_everything();
    }
    /// How long films take from now on; a new world asks for one poll in vain.
    pub fn pace_media(&self, pace: MediaPace) {
        self.town.pace_media(pace);
    }
    /// How long what was just posted is not seen in answers from now on; a new world shows it at once.
    /// Where a peer's answers do not lag, nothing changes.
    pub fn lag(&self, by: Duration) {
        *lock(&self.ground.lag) = by;
        self.town.lag(by);
    }
    /// How much an account may do from now on, in what its peer counts: posts a day, or calls in a window. A new world
    /// allows as much as the real one.
    pub fn hold(&self, most: u32) {
        self.town.hold(most);
    }
    /// Whether the peer has looked at our app from now on, where others see nothing before that; a new world has.
    pub fn review(&self, passed: bool) {
        self.town.review(passed);
    }
}

/// A world on the air. Dropping it takes the world off the air and closes its port.
pub struct Running {
    url: Url,
    world: World,
    handle: ServerHandle,
    thread: Option<thread::JoinHandle<()>>,
}

impl Running {
    /// Where it is: the address of its API and of its wall.
    pub fn url(&self) -> &Url {
        &self.url
    }
    /// The world itself, which stays when this is dropped.
    pub fn world(&self) -> &World {
        &self.world
    }
}

impl std::ops::Deref for Running {
    type Target = World;
    fn deref(&self) -> &World {
        &self.world
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // the command is sent by the call; the future only waits for the answer, which the thread's end is too
        drop(self.handle.stop(false));
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// A new world on the air: [`World::new`] and [`World::serve`] in one.
///
/// # Errors
/// When the address cannot be listened on.
pub fn start(
    kind: Kind,
    name: &str,
    listen: SocketAddr,
    clock: Clock,
    chance: Chance,
) -> io::Result<Running> {
    World::new(kind, name, clock, chance).serve(listen)
}

/// A lock whose holder cannot have left it half done: every change under it is a single step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
