//! Is the database itself sound? Asked by `opslag doctor`; slow on a large one, so nowhere else.

use diesel::{
    QueryableByName, RunQueryDsl,
    sql_types::{BigInt, Text},
};

use super::{Conn, Db, DbError};
use crate::base::Instant;

/// The oldest PostgreSQL that Opslag is tested against.
const OLDEST_POSTGRES: i64 = 15;

/// What the database says of itself.
#[derive(Debug, Default)]
pub struct Health {
    /// Its version, as it writes it.
    pub version: String,
    /// One sentence for each thing that is wrong; empty when it is sound.
    pub wrong: Vec<String>,
    /// Its clock, in microseconds since 1970, when it has one of its own.
    pub clock: Option<Instant>,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    said: String,
}

#[derive(QueryableByName)]
struct Number {
    #[diesel(sql_type = BigInt)]
    number: i64,
}

/// Reads every page of a SQLite file and follows every foreign key; asks PostgreSQL for version and time.
pub fn examine(db: &Db) -> Result<Health, DbError> {
    db.read_now(|conn| match conn {
        Conn::Sqlite(c) => {
            let version = diesel::sql_query("select sqlite_version() as said").get_result::<Line>(c)?.said;
            let mut wrong: Vec<String> =
                diesel::sql_query("select quick_check as said from pragma_quick_check limit 20")
                    .load::<Line>(c)?
                    .into_iter()
                    .map(|l| l.said)
                    .filter(|said| said != "ok")
                    .collect();
            let orphans = "select \"table\" || ' points ' || count(*) || ' times at a row of ' || parent || ' that is gone' as said \
                           from pragma_foreign_key_check group by \"table\", parent";
            wrong.extend(diesel::sql_query(orphans).load::<Line>(c)?.into_iter().map(|l| l.said));
            Ok(Health { version, wrong, clock: None })
        }
        Conn::Pg(c) => {
            let version = diesel::sql_query("select current_setting('server_version') as said")
                .get_result::<Line>(c)?
                .said;
            let number = |c: &mut _, sql: &str| -> Result<i64, DbError> {
                Ok(diesel::sql_query(sql).get_result::<Number>(c)?.number)
            };
            let major = number(
                c,
                "select current_setting('server_version_num')::bigint / 10000 as number",
            )?;
            let clock = number(
                c,
                "select (extract(epoch from clock_timestamp()) * 1000000)::bigint as number",
            )?;
            let wrong = if major < OLDEST_POSTGRES {
                vec![format!("version {OLDEST_POSTGRES} or newer is needed")]
            } else {
                Vec::new()
            };
            Ok(Health { version, wrong, clock: Some(Instant::from_micros(clock)) })
        }
    })
}
