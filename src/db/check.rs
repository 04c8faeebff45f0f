//! Is the database itself sound? Asked by `opslag doctor`; slow on a large one, so nowhere else.

use diesel::{
    QueryableByName, RunQueryDsl, SqliteConnection,
    dsl::sql,
    sql_types::{BigInt, Text},
};

use super::{Conn, Db, DbError};
use crate::base::Instant;

/// The oldest PostgreSQL that Opslag is tested against.
const OLDEST_POSTGRES: i64 = 15;

/// Of each kind of damage so many lines are enough.
const PAGES: &str = "select quick_check as said from pragma_quick_check where quick_check <> 'ok' limit 20";
const ORPHANS: &str = "select \"table\" || ' points ' || count(*) || ' times at a row of ' || parent || ' that is gone' \
                       as said from pragma_foreign_key_check group by \"table\", parent";

/// What the database says of itself.
#[derive(Debug, Default)]
pub struct Health {
    /// Its version, as it writes it.
    pub version: String,
    /// One sentence for each thing that is wrong; empty when it is sound.
    pub wrong: Vec<String>,
    /// Its clock, when it has one of its own.
    pub clock: Option<Instant>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    said: String,
}

/// Reads every page of a SQLite file and follows every foreign key; asks PostgreSQL for version and time.
pub fn examine(db: &Db) -> Result<Health, DbError> {
    db.read_now(|conn| match conn {
        Conn::Sqlite(c) => {
            let version = diesel::select(sql::<Text>("sqlite_version()")).get_result(c)?;
            let mut wrong = lines(c, PAGES)?;
            wrong.extend(lines(c, ORPHANS)?);
            Ok(Health { version, wrong, clock: None })
        }
        Conn::Pg(c) => {
            let version = diesel::select(sql::<Text>("current_setting('server_version')")).get_result(c)?;
            let major = sql::<BigInt>("current_setting('server_version_num')::bigint / 10000");
            let old = diesel::select(major).get_result::<i64>(c)? < OLDEST_POSTGRES;
            let micros = sql::<BigInt>("(extract(epoch from clock_timestamp()) * 1000000)::bigint");
            let clock = Instant::from_micros(diesel::select(micros).get_result(c)?);
            let too_old = || format!("version {OLDEST_POSTGRES} or newer is needed");
            Ok(Health { version, wrong: old.then(too_old).into_iter().collect(), clock: Some(clock) })
        }
    })
}

fn lines(conn: &mut SqliteConnection, query: &str) -> Result<Vec<String>, DbError> {
    let lines: Vec<Line> = diesel::sql_query(query).load(conn)?;
    Ok(lines.into_iter().map(|line| line.said).collect())
}
