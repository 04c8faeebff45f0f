//! An Opslag of its own: data folder, database (SQLite, or PostgreSQL when `OPSLAG_TEST_DATABASE` names
//! a server), set or real clock, a server on a free port, workers when wanted.

use std::sync::atomic::{AtomicU32, Ordering};

use opslag::{
    accounts::{self, Role, UnitKind},
    app::{self, Duties, Running},
    base::{
        Chance, Clock, Language,
        id::{UnitId, UserId},
    },
    config::Config,
    kit::Kit,
    timetable,
};

use super::bucket;

/// Every test person's password.
pub const PASSWORD: &str = "rugbrød med ost og kaffe";

static COUNT: AtomicU32 = AtomicU32::new(0);

/// How a test wants it.
pub struct Wanted {
    /// Workers in the background; else the test drains them by hand.
    pub work: bool,
    /// The machine's clock, or a set one.
    pub clock: Clock,
    /// Hosts that may be reached although they are private.
    pub private_hosts: Vec<String>,
    /// Endpoint of the server in whose bucket the files lie; else they lie in a folder.
    pub bucket: Option<String>,
    /// Address of the mail server, `smtp://127.0.0.1:…`; else letters are laid in a folder.
    pub mail: Option<String>,
    /// Last words on the configuration.
    pub configure: fn(&mut Config),
}

impl Default for Wanted {
    fn default() -> Self {
        Self {
            work: false,
            clock: Clock::real(),
            private_hosts: vec!["127.0.0.1".into(), "localhost".into()],
            bucket: None,
            mail: None,
            configure: |_| {},
        }
    }
}

/// A running Opslag with an organisation in it.
pub struct TestApp {
    pub kit: Kit,
    pub url: String,
    pub parts: timetable::Parts,
    pub organisation: UnitId,
    pub centre_north: UnitId,
    pub centre_south: UnitId,
    // both end with the test: the server stops, the database is dropped
    _running: Running,
    _database: Option<Database>,
    _data: tempfile::TempDir,
}

/// A port that nobody has, and that no outgoing connection is given before the server listens on it: below those that the
/// system hands out.
fn port() -> u16 {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    loop {
        let step = std::process::id().wrapping_mul(97).wrapping_add(NEXT.fetch_add(1, Ordering::SeqCst));
        let port = 12_000 + u16::try_from(step % 20_000).unwrap();
        if std::net::TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A PostgreSQL database of one test; dropped with it.
pub struct Database {
    server: String,
    name: String,
}

impl TestApp {
    /// With workers off and the machine's clock.
    pub async fn start() -> Self {
        Self::start_with(Wanted::default()).await
    }

    pub async fn start_with(wanted: Wanted) -> Self {
        let data = tempfile::tempdir().unwrap();
        let database = Database::make();
        let mut config = Config::defaults(data.path());
        config.organisation.name = "Fjordby Kommune".into();
        config.organisation.accessibility_statement = "https://was.example/fjordby".into();
        config.organisation.email = "job@fjordby.example".into();
        config.privacy.controller = "Fjordby Kommune, Torvet 1, 8799 Fjordby".into();
        config.privacy.dpo = "dpo@fjordby.example".into();
        config.channels.private_hosts = wanted.private_hosts;
        config.server.workers = 1;
        config.database.pool_size = 4;
        config.work.tick_ms = 50;
        if let Some(db) = &database {
            config.database.url = db.url();
        }
        // the public address must be known before the server has a port
        let port = port();
        config.server.public_url = format!("http://127.0.0.1:{port}");
        if let Some(endpoint) = wanted.bucket {
            let storage = &mut config.storage;
            (storage.url, storage.s3_endpoint) = (format!("s3://{}", bucket::NAME), endpoint);
            storage.s3_access_key = bucket::KEYS.0.into();
            storage.s3_secret_key = bucket::KEYS.1.into();
            storage.s3_timeout_seconds = 3;
        }
        if let Some(url) = wanted.mail {
            config.mail.kind = opslag::config::MailKind::Smtp;
            config.mail.from = "Fjordby Kommune <job@fjordby.example>".into();
            config.mail.smtp_url = url;
            config.mail.smtp_timeout_seconds = 1;
        }
        (wanted.configure)(&mut config);
        let kit = Kit::open(config, wanted.clock, Chance::real()).unwrap();
        opslag::db::migrate::up(&kit.db).unwrap();
        let k = kit.clone();
        let (organisation, centre_north, centre_south) = kit
            .db
            .write(move |c| {
                let top = accounts::add_unit(c, &k, None, "Fjordby Kommune", UnitKind::Organisation)
                    .map_err(told)?;
                let north = accounts::add_unit(c, &k, Some(top), "Plejecenter Nord", UnitKind::Centre)
                    .map_err(told)?;
                let south = accounts::add_unit(c, &k, Some(top), "Hjemmeplejen Syd", UnitKind::Centre)
                    .map_err(told)?;
                Ok::<_, opslag::db::DbError>((top, north, south))
            })
            .await
            .unwrap();
        let parts = timetable::Parts::open(&kit).unwrap();
        let running = app::start_parts(
            kit.clone(),
            parts.clone(),
            &format!("127.0.0.1:{port}"),
            Duties { web: true, work: wanted.work },
        )
        .await
        .unwrap();
        let url = format!("http://{}", running.address.unwrap());
        Self {
            kit,
            url,
            parts,
            organisation,
            centre_north,
            centre_south,
            _running: running,
            _database: database,
            _data: data,
        }
    }

    /// Adds a person with one role in one unit.
    pub async fn person(&self, name: &str, role: Role, unit: UnitId) -> UserId {
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let (k, name) = (self.kit.clone(), name.to_owned());
        let hash = hashed();
        self.kit
            .db
            .write(move |c| {
                let email = format!("{}{number}@fjordby.example", opslag::base::text::slug(&name));
                let user =
                    accounts::add_user(c, &k, &name, &email, Some(&hash), Language::Da).map_err(told)?;
                accounts::give_role(c, &k, user, unit, role, None).map_err(told)?;
                Ok::<_, opslag::db::DbError>(user)
            })
            .await
            .unwrap()
    }

    /// Makes an API token.
    pub async fn token(&self, role: Role, unit: UnitId) -> String {
        let k = self.kit.clone();
        self.kit
            .db
            .write(move |c| accounts::create_token(c, &k, "test", unit, role).map_err(told))
            .await
            .unwrap()
    }

    /// How many rows a table has.
    pub async fn rows(&self, table: &str) -> usize {
        use diesel::RunQueryDsl;
        #[derive(diesel::QueryableByName)]
        struct Count {
            #[diesel(sql_type = diesel::sql_types::BigInt)]
            n: i64,
        }
        let sql = format!("select count(*) as n from {table}");
        let count = move |c: &mut opslag::db::Conn| {
            Ok::<Count, opslag::db::DbError>(diesel::sql_query(sql).get_result(c)?)
        };
        usize::try_from(self.kit.db.read(count).await.unwrap().n).unwrap()
    }

    /// Runs every job that is due, until none is.
    pub async fn drain(&self) {
        timetable::runner(&self.kit, &self.parts).drain().await.unwrap();
    }
}

fn told(error: accounts::AccountError) -> opslag::db::DbError {
    match error {
        accounts::AccountError::Db(error) => error,
        other => panic!("{other}"),
    }
}

/// Hashing takes long on purpose; once is enough for every test.
fn hashed() -> String {
    static HASH: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    HASH.get_or_init(|| accounts::password::hash(PASSWORD, &Chance::real())).clone()
}

impl Database {
    /// One on the server that `OPSLAG_TEST_DATABASE` names, if it does.
    pub fn make() -> Option<Self> {
        use diesel::{Connection, RunQueryDsl};
        let server = std::env::var("OPSLAG_TEST_DATABASE").ok().filter(|s| s.starts_with("postgres"))?;
        let name = format!("t_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::SeqCst));
        let mut conn = diesel::PgConnection::establish(&server).unwrap();
        diesel::sql_query(format!("create database {name}")).execute(&mut conn).unwrap();
        Some(Self { server, name })
    }

    /// Where it is.
    pub fn url(&self) -> String {
        let mut url = url::Url::parse(&self.server).unwrap();
        url.set_path(&self.name);
        url.to_string()
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        use diesel::{Connection, RunQueryDsl};
        if let Ok(mut conn) = diesel::PgConnection::establish(&self.server) {
            let _ = diesel::sql_query(format!("drop database if exists {} with (force)", self.name))
                .execute(&mut conn);
        }
    }
}
