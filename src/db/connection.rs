//! One connection type over SQLite and PostgreSQL, chosen by URL; pragmas; the pool's manager.

use diesel::{
    Connection, ConnectionError, ConnectionResult, PgConnection, SqliteConnection,
    connection::SimpleConnection, r2d2::ManageConnection,
};

pub use inner::{Conn, MultiBackend, MultiRawValue};

mod inner {
    //! The derive makes public names of its own; kept apart so that only three of them get out.

    use diesel::{MultiConnection, PgConnection, SqliteConnection};

    #[derive(MultiConnection)]
    pub enum Conn {
        Pg(PgConnection),
        Sqlite(SqliteConnection),
    }
}

/// Runs the same body on the concrete connection, for the few things the common one cannot say
/// (`on conflict`, batch inserts).
#[macro_export]
macro_rules! each {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::db::Conn::Pg($c) => $body,
            $crate::db::Conn::Sqlite($c) => $body,
        }
    };
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file in the data folder.
    Sqlite,
    /// A server, by URL.
    Postgres,
}

/// Opens connections of one engine for the pool.
#[derive(Debug, Clone)]
pub(super) struct Manager {
    pub engine: Engine,
    pub url: String,
    pub busy_timeout_ms: u32,
    pub read_only: bool,
}

impl Manager {
    pub fn open(&self) -> ConnectionResult<Conn> {
        match self.engine {
            Engine::Postgres => {
                let mut conn = PgConnection::establish(&self.url)?;
                conn.batch_execute("set timezone = 'UTC'; set lock_timeout = '20s'")
                    .map_err(|e| ConnectionError::BadConnection(e.to_string()))?;
                Ok(Conn::Pg(conn))
            }
            Engine::Sqlite => {
                let mut conn = SqliteConnection::establish(&self.url)?;
                // FULL: a commit that was answered survives the power cut. secure_delete: erased people leave no pages behind.
                let pragmas = format!(
                    "pragma busy_timeout = {}; pragma journal_mode = wal; pragma synchronous = full; \
                     pragma foreign_keys = on; pragma secure_delete = on; pragma temp_store = memory; pragma cache_size = -8000; {}",
                    self.busy_timeout_ms,
                    if self.read_only { "pragma query_only = on;" } else { "" },
                );
                conn.batch_execute(&pragmas).map_err(|e| ConnectionError::BadConnection(e.to_string()))?;
                Ok(Conn::Sqlite(conn))
            }
        }
    }
}

impl ManageConnection for Manager {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Conn, Self::Error> {
        self.open().map_err(diesel::r2d2::Error::ConnectionError)
    }
    fn is_valid(&self, conn: &mut Conn) -> Result<(), Self::Error> {
        conn.batch_execute("select 1").map_err(diesel::r2d2::Error::QueryError)
    }
    fn has_broken(&self, conn: &mut Conn) -> bool {
        std::thread::panicking() || diesel::r2d2::R2D2Connection::is_broken(conn)
    }
}
