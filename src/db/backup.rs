//! A copy of the database while it is in use: `VACUUM INTO` for SQLite; for PostgreSQL the sentence
//! that says which command the operator's own tools need.

use std::path::Path;

use diesel::RunQueryDsl;

use super::{Conn, Db, DbError};

/// Copies a SQLite database to `target`, which must not exist. `Ok(None)` when done; `Ok(Some(words))`
/// tells what to run instead on PostgreSQL.
pub fn copy(db: &Db, target: &Path) -> Result<Option<String>, DbError> {
    let target = target.to_string_lossy().into_owned();
    db.write_alone(move |conn| match conn {
        Conn::Sqlite(c) => {
            diesel::sql_query("vacuum into ?").bind::<diesel::sql_types::Text, _>(&target).execute(c)?;
            Ok(None)
        }
        Conn::Pg(_) => {
            Ok(Some("pg_dump --format=custom --file=opslag.dump \"$OPSLAG__DATABASE__URL\"".to_owned()))
        }
    })
}
