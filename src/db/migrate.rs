//! Embedded migrations for both databases, and the refusal of a database from the future.

use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::{Conn, Db, DbError};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// Why migrating stopped.
#[derive(Debug, thiserror::Error)]
pub enum MigrateError {
    /// A newer Opslag has been here.
    #[error(
        "the database was made by a newer Opslag (it knows {0}): start that version, or restore a backup from before it"
    )]
    FromTheFuture(String),
    /// A migration failed and was rolled back.
    #[error("a migration failed and was rolled back: {0}")]
    Failed(String),
    /// No connection.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Brings the database up to this version; returns the names of what was run.
pub fn up(db: &Db) -> Result<Vec<String>, MigrateError> {
    db.write_alone(|conn| {
        refuse_future(conn)?;
        let ran = match conn {
            Conn::Sqlite(c) => c.run_pending_migrations(SQLITE).map(|v| names(&v)),
            Conn::Pg(c) => c.run_pending_migrations(POSTGRES).map(|v| names(&v)),
        };
        ran.map_err(|e| MigrateError::Failed(e.to_string()))
    })
}

/// Takes every migration back; for the tests that prove it can be done.
pub fn down(db: &Db) -> Result<(), MigrateError> {
    db.write_alone(|conn| {
        match conn {
            Conn::Sqlite(c) => c.revert_all_migrations(SQLITE).map(drop),
            Conn::Pg(c) => c.revert_all_migrations(POSTGRES).map(drop),
        }
        .map_err(|e| MigrateError::Failed(e.to_string()))
    })
}

/// How many migrations have not been run.
pub fn pending(db: &Db) -> Result<usize, MigrateError> {
    db.write_alone(|conn| {
        match conn {
            Conn::Sqlite(c) => c.pending_migrations(SQLITE).map(|m| m.len()),
            Conn::Pg(c) => c.pending_migrations(POSTGRES).map(|m| m.len()),
        }
        .map_err(|e| MigrateError::Failed(e.to_string()))
    })
}

fn names(versions: &[diesel::migration::MigrationVersion<'_>]) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

fn refuse_future(conn: &mut Conn) -> Result<(), MigrateError> {
    use diesel::migration::MigrationSource;
    let failed = |e: Box<dyn std::error::Error + Send + Sync>| MigrateError::Failed(e.to_string());
    let (applied, known) = match conn {
        Conn::Sqlite(c) => (
            c.applied_migrations().map_err(failed)?,
            MigrationSource::<diesel::sqlite::Sqlite>::migrations(&SQLITE)
                .map_err(failed)?
                .iter()
                .map(|m| m.name().version().as_owned())
                .collect::<Vec<_>>(),
        ),
        Conn::Pg(c) => (
            c.applied_migrations().map_err(failed)?,
            MigrationSource::<diesel::pg::Pg>::migrations(&POSTGRES)
                .map_err(failed)?
                .iter()
                .map(|m| m.name().version().as_owned())
                .collect::<Vec<_>>(),
        ),
    };
    match applied.into_iter().find(|v| !known.contains(v)) {
        Some(unknown) => Err(MigrateError::FromTheFuture(unknown.to_string())),
        None => Ok(()),
    }
}
