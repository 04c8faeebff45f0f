//! The database: [`Db::read`] and [`Db::write`]. A write *is* a transaction; half of one cannot be typed.
//!
//! SQLite has one writer thread with group commit: a queue, one `BEGIN IMMEDIATE`, a savepoint per
//! job, one `COMMIT` (synchronous = FULL), and only then is every caller answered. PostgreSQL has a
//! pool. Both run on blocking threads, never on the threads that serve requests.

pub mod backup;
pub mod check;
pub mod columns;
mod connection;
pub mod dump;
pub mod migrate;
pub mod schema;
mod writer;

use std::{sync::Arc, time::Duration};

use connection::Manager;
pub use connection::{Conn, Engine, MultiBackend, MultiRawValue};
use diesel::{
    connection::{AnsiTransactionManager, Connection, TransactionManager},
    r2d2::Pool,
};
use tokio::sync::Notify;

/// What can go wrong below a store.
#[derive(Debug, thiserror::Error)]
pub enum DbError {
    /// The statement failed.
    #[error("database: {0}")]
    Query(#[from] diesel::result::Error),
    /// No connection could be had.
    #[error("no database connection: {0}")]
    Connect(String),
    /// The writer is gone; the process is stopping.
    #[error("the database is closing")]
    Closing,
    /// A job panicked; its part was rolled back.
    #[error("a write panicked and was rolled back")]
    Panicked,
}

impl DbError {
    /// The unique constraint or index that refused, when that is what happened.
    pub fn unique_violation(&self) -> bool {
        matches!(
            self,
            Self::Query(diesel::result::Error::DatabaseError(
                diesel::result::DatabaseErrorKind::UniqueViolation,
                _
            ))
        )
    }
    /// Nothing was found where one row was wanted.
    pub fn not_found(&self) -> bool {
        matches!(self, Self::Query(diesel::result::Error::NotFound))
    }
}

/// How to open a database.
#[derive(Clone, Debug)]
pub struct Opening {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    /// Connections for reading (and, on PostgreSQL, writing).
    pub pool_size: u32,
    /// How long SQLite waits for another process's lock, in milliseconds.
    pub busy_timeout_ms: u32,
}

/// The database. Cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Parts>);

struct Parts {
    engine: Engine,
    url: String,
    pool: Pool<Manager>,
    writer: Option<writer::Writer>,
    committed: Notify,
}

impl Db {
    /// Opens it; makes the SQLite file when there is none. Does not migrate.
    pub fn open(opening: &Opening) -> Result<Self, DbError> {
        let (engine, url) = match opening.url.strip_prefix("sqlite:") {
            Some(path) => (Engine::Sqlite, path.to_owned()),
            None if opening.url.starts_with("postgres://") || opening.url.starts_with("postgresql://") => {
                (Engine::Postgres, opening.url.clone())
            }
            None => {
                return Err(DbError::Connect(format!(
                    "neither sqlite:PATH nor postgres://…: {}",
                    opening.url
                )));
            }
        };
        let manager = |read_only| Manager {
            engine,
            url: url.clone(),
            busy_timeout_ms: opening.busy_timeout_ms,
            read_only,
        };
        let writer = match engine {
            Engine::Sqlite => {
                let open = || manager(false).open().map_err(|e| DbError::Connect(e.to_string()));
                Some(writer::Writer::start(open()?, open()?))
            }
            Engine::Postgres => None,
        };
        let pool = Pool::builder()
            .max_size(opening.pool_size)
            .min_idle(Some(1))
            .test_on_check_out(false)
            .connection_timeout(Duration::from_secs(10))
            .build(manager(engine == Engine::Sqlite))
            .map_err(|e| DbError::Connect(e.to_string()))?;
        Ok(Self(Arc::new(Parts { engine, url, pool, writer, committed: Notify::new() })))
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }

    /// The URL (PostgreSQL) or path (SQLite) it was opened with; may hold a password.
    pub fn url(&self) -> &str {
        &self.0.url
    }

    /// Wakes when something was committed by this process; several commits may make one wake-up.
    pub async fn committed(&self) {
        self.0.committed.notified().await;
    }

    /// Reads on a blocking thread. On SQLite the connection refuses writes.
    pub async fn read<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let db = self.clone();
        match tokio::task::spawn_blocking(move || db.read_now(f)).await {
            Ok(result) => result,
            Err(_) => Err(DbError::Panicked.into()),
        }
    }

    /// Reads on this thread.
    pub fn read_now<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.0.pool.get().map_err(|e| DbError::Connect(e.to_string()))?;
        f(&mut conn)
    }

    /// Writes in one transaction; an error rolls all of it back. Returns after the commit is durable.
    pub async fn write<T, E>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        let result = match &self.0.writer {
            Some(writer) => match writer.submit(f).await {
                Ok(result) => result,
                Err(_) => Err(DbError::Closing.into()),
            },
            None => {
                let db = self.clone();
                match tokio::task::spawn_blocking(move || db.write_pooled(f)).await {
                    Ok(result) => result,
                    Err(_) => Err(DbError::Panicked.into()),
                }
            }
        };
        if result.is_ok() {
            self.0.committed.notify_waiters();
            self.0.committed.notify_one();
        }
        result
    }

    /// Writes from a thread that may block (command line, tests).
    pub fn write_now<T, E>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<DbError> + Send + 'static,
    {
        match &self.0.writer {
            Some(writer) => match writer.submit(f).blocking_recv() {
                Ok(result) => result,
                Err(_) => Err(DbError::Closing.into()),
            },
            None => self.write_pooled(f),
        }
    }

    /// A writing connection of its own outside any transaction, for what cannot run inside one
    /// (migrations, `VACUUM`).
    pub(super) fn write_alone<T, E: From<DbError>>(
        &self,
        f: impl FnOnce(&mut Conn) -> Result<T, E>,
    ) -> Result<T, E> {
        let manager = Manager {
            engine: self.0.engine,
            url: self.0.url.clone(),
            busy_timeout_ms: 20_000,
            read_only: false,
        };
        let mut conn = manager.open().map_err(|e| DbError::Connect(e.to_string()))?;
        f(&mut conn)
    }

    fn write_pooled<T, E: From<DbError>>(&self, f: impl FnOnce(&mut Conn) -> Result<T, E>) -> Result<T, E> {
        let mut conn = self.0.pool.get().map_err(|e| DbError::Connect(e.to_string()))?;
        begin(&mut conn)?;
        match f(&mut conn) {
            Ok(value) => {
                commit(&mut conn)?;
                Ok(value)
            }
            Err(error) => {
                roll_back(&mut conn)?;
                Err(error)
            }
        }
    }
}

/// Holds `key` until the transaction ends, against other nodes and threads: PostgreSQL takes an
/// advisory lock, SQLite has one writer anyway. What was read before taking it must be read again.
pub fn lock(conn: &mut Conn, key: &str) -> Result<(), DbError> {
    advise(conn, "select pg_advisory_xact_lock(hashtextextended($1, 0))", key)
}

/// Holds `key` together with others who hold it so, and against whoever wants it by [`lock`].
pub fn lock_shared(conn: &mut Conn, key: &str) -> Result<(), DbError> {
    advise(conn, "select pg_advisory_xact_lock_shared(hashtextextended($1, 0))", key)
}

/// Runs `f` when nobody holds `key`: whoever shared it before has committed or rolled back, and `f` sees what they
/// wrote. SQLite has one writer and needs no such turn.
pub fn alone<T>(
    conn: &mut Conn,
    key: &str,
    f: impl FnOnce(&mut Conn) -> Result<T, DbError>,
) -> Result<T, DbError> {
    match conn {
        Conn::Sqlite(_) => f(conn),
        Conn::Pg(_) => conn.transaction(|c| {
            lock(c, key)?;
            f(c)
        }),
    }
}

fn advise(conn: &mut Conn, statement: &str, key: &str) -> Result<(), DbError> {
    if let Conn::Pg(pg) = conn {
        use diesel::RunQueryDsl as _;
        diesel::sql_query(statement).bind::<diesel::sql_types::Text, _>(key).execute(pg)?;
    }
    Ok(())
}

/// Begins a write transaction: on SQLite an immediate one, so that it never fails half-way for the lock.
fn begin(conn: &mut Conn) -> Result<(), DbError> {
    match conn {
        Conn::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE")?,
        Conn::Pg(c) => AnsiTransactionManager::begin_transaction(c)?,
    }
    Ok(())
}

fn commit(conn: &mut Conn) -> Result<(), DbError> {
    Ok(<Conn as Connection>::TransactionManager::commit_transaction(conn)?)
}

fn roll_back(conn: &mut Conn) -> Result<(), DbError> {
    match <Conn as Connection>::TransactionManager::rollback_transaction(conn) {
        Ok(()) | Err(diesel::result::Error::BrokenTransactionManager) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
