//! A database copied while it is in use, and put back: SQLite by `VACUUM INTO`, PostgreSQL by its own `pg_dump` and
//! `pg_restore`, which must be installed where this runs.

use std::{ffi::OsStr, path::Path, process::Command};

use diesel::{RunQueryDsl, sql_types::Bool};

use super::{Conn, Db, DbError, Engine, Opening};

/// Why a database was not copied or put back.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
    /// The disk.
    #[error("disk: {0}")]
    Disk(#[from] std::io::Error),
    /// A tool of PostgreSQL is not there.
    #[error("{0} is needed and does not start: {1}. Debian's package postgresql-client has it")]
    NoTool(&'static str, std::io::Error),
    /// A tool of PostgreSQL said no, in these words.
    #[error("{0}: {1}")]
    Tool(&'static str, String),
    /// Not an address we can read.
    #[error("database.url cannot be read")]
    Url,
}

/// Copies the database as it is at one moment to `target`, which must not exist.
pub fn copy(db: &Db, target: &Path) -> Result<(), CopyError> {
    match db.engine() {
        Engine::Sqlite => {
            let path = target.to_string_lossy();
            db.write_alone(|conn| {
                if let Conn::Sqlite(c) = conn {
                    let copying = diesel::sql_query("vacuum into ?");
                    copying.bind::<diesel::sql_types::Text, _>(path.as_ref()).execute(c)?;
                }
                Ok::<_, DbError>(())
            })?;
            std::fs::File::open(target)?.sync_all()?;
        }
        Engine::Postgres => {
            let file = format!("--file={}", target.display());
            tool("pg_dump", db.url(), &["--format=custom".as_ref(), file.as_ref()])?;
        }
    }
    Ok(())
}

/// Puts a copy in place of a database that holds nothing.
pub fn put_back(url: &str, source: &Path) -> Result<(), CopyError> {
    match url.strip_prefix("sqlite:") {
        Some(path) => {
            std::fs::copy(source, path)?;
            std::fs::File::open(path)?.sync_all()?;
        }
        None => {
            let flags = ["--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction"];
            let mut arguments: Vec<&OsStr> = flags.iter().map(OsStr::new).collect();
            arguments.push(source.as_os_str());
            tool("pg_restore", url, &arguments)?;
        }
    }
    Ok(())
}

/// Whether there is anything where a database would be put back.
pub fn holds_anything(url: &str) -> Result<bool, DbError> {
    if let Some(path) = url.strip_prefix("sqlite:") {
        return Ok(Path::new(path).exists());
    }
    let db = Db::open(&Opening { url: url.to_owned(), pool_size: 1, busy_timeout_ms: 0 })?;
    db.read_now(|conn| {
        let Conn::Pg(c) = conn else { return Ok(false) };
        let tables = "exists (select 1 from information_schema.tables where table_schema = current_schema())";
        Ok(diesel::select(diesel::dsl::sql::<Bool>(tables)).get_result(c)?)
    })
}

/// Runs a tool of PostgreSQL on the database of a URL. The password goes by the environment: arguments can be
/// read by everybody on the machine.
fn tool(name: &'static str, url: &str, arguments: &[&OsStr]) -> Result<(), CopyError> {
    let mut url = url::Url::parse(url).map_err(|_| CopyError::Url)?;
    let mut command = Command::new(name);
    if let Some(password) = url.password() {
        // percent-decoded as in a form, where only the plus sign is something else
        let pair = format!("p={}", password.replace('+', "%2B"));
        let password =
            url::form_urlencoded::parse(pair.as_bytes()).map(|(_, value)| value.into_owned()).next();
        command.env("PGPASSWORD", password.unwrap_or_default());
        url.set_password(None).map_err(|()| CopyError::Url)?;
    }
    let ran = command
        .arg(format!("--dbname={url}"))
        .args(arguments)
        .output()
        .map_err(|error| CopyError::NoTool(name, error))?;
    if ran.status.success() {
        return Ok(());
    }
    Err(CopyError::Tool(name, String::from_utf8_lossy(&ran.stderr).trim().to_owned()))
}
