//! `opslag backup` and `opslag restore`: database and files of an installation in one folder, taken while it
//! runs.
//!
//! The order is the guarantee. Files are durable before a row names them, and keep their name for life: so the
//! files that are there are copied first, then the database as it is at one moment, then the files that came
//! meanwhile. Every file is hashed on its way, in and out; one that is not what its name says stops the copy. What
//! the folder holds is written down last, so that half a backup is never taken for a whole one.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail, ensure};
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};

use crate::{
    base::Instant,
    blobs::{BlobError, Blobs},
    config::Config,
    db::{Db, Engine, Opening, backup as database, migrate},
    kit::{Kit, key_file},
    publishing,
};

/// Says what the folder holds; written last.
const CONTENTS: &str = "backup.json";
/// A SQLite database.
const SQLITE: &str = "opslag.db";
/// A PostgreSQL database, in `pg_dump`'s own form.
const POSTGRES: &str = "opslag.dump";
/// The files, as they lie in a data folder.
const FILES: &str = "files";

/// What a backup holds.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Contents {
    /// The version that made it.
    pub version: String,
    /// When, RFC 3339.
    pub made_at: String,
    /// `sqlite` or `postgres`.
    pub database: String,
    /// How many files.
    pub files: u64,
    /// Their size in all, bytes.
    pub bytes: u64,
}

/// Copies database and files into `to`, a folder that does not exist yet; safe while the service runs.
pub async fn take(kit: &Kit, to: &Path) -> anyhow::Result<Contents> {
    std::fs::create_dir(to)
        .with_context(|| format!("{} must be a folder that does not exist yet", to.display()))?;
    let files = to.join(FILES);
    copy_files(&kit.blobs, &files).await?;
    let (db, engine) = (kit.db.clone(), kit.db.engine());
    let target = to.join(if engine == Engine::Sqlite { SQLITE } else { POSTGRES });
    tokio::task::spawn_blocking(move || database::copy(&db, &target)).await??;
    copy_files(&kit.blobs, &files).await?;
    let (files, bytes) = weigh(&files)?;
    let contents = Contents {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        made_at: kit.clock.now().rfc3339(),
        database: word(engine).to_owned(),
        files,
        bytes,
    };
    let written = tempfile::NamedTempFile::new_in(to)?;
    std::fs::write(written.path(), serde_json::to_vec_pretty(&contents)?)?;
    written.as_file().sync_all()?;
    written.persist(to.join(CONTENTS))?;
    Ok(contents)
}

/// What was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup held.
    pub contents: Contents,
    /// Posts that were put on pause: their time has passed, and nobody knows whether they left after the backup.
    pub held: usize,
}

/// Puts a backup in place of an installation that holds nothing yet. The sealing keys are not in it.
pub async fn restore(config: &Config, from: &Path, now: Instant) -> anyhow::Result<Restored> {
    let contents = std::fs::read(from.join(CONTENTS))
        .with_context(|| format!("{} is no whole backup: there is no {CONTENTS} in it", from.display()))?;
    let contents: Contents =
        serde_json::from_slice(&contents).with_context(|| format!("{CONTENTS} cannot be read"))?;
    let url = config.database_url();
    let engine = if url.starts_with("sqlite:") { Engine::Sqlite } else { Engine::Postgres };
    if contents.database != word(engine) {
        bail!(
            "the backup holds a {} database and the configuration names a {} one (database.url)",
            contents.database,
            word(engine)
        );
    }
    std::fs::create_dir_all(&config.data)?;
    let blobs = Blobs::open(config)?;
    refuse_what_is_there(config, &url, &blobs).await?;
    let mut files = 0;
    for path in files_in(&from.join(FILES))? {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default().to_owned();
        blobs.take_in(&path, &name).await.with_context(|| path.display().to_string())?;
        files += 1;
    }
    ensure!(files == contents.files, "the backup should hold {} files and holds {files}", contents.files);
    let opening = Opening {
        url,
        pool_size: config.database.pool_size,
        busy_timeout_ms: config.database.busy_timeout_ms,
    };
    let source = from.join(if engine == Engine::Sqlite { SQLITE } else { POSTGRES });
    let held = tokio::task::spawn_blocking(move || {
        database::put_back(&opening.url, &source)?;
        let db = Db::open(&opening)?;
        migrate::up(&db)?;
        Ok::<_, anyhow::Error>(db.write_now(move |c| publishing::hold_overdue(c, now))?)
    })
    .await??;
    Ok(Restored { contents, held })
}

/// A backup never mixes with what somebody else has.
async fn refuse_what_is_there(config: &Config, url: &str, blobs: &Blobs) -> anyhow::Result<()> {
    let (own, data) = (url.to_owned(), config.data.display());
    if tokio::task::spawn_blocking(move || database::holds_anything(&own)).await?? {
        bail!("there is a database already; restore into an empty installation");
    }
    if blobs.list().try_next().await?.is_some() {
        bail!("there are files already; restore into an empty installation");
    }
    if config.data.join("index").exists() {
        bail!("{data} already holds a search index; restore into an empty folder");
    }
    Ok(())
}

/// Copies the files that are not in `to` yet. One that is deleted meanwhile is nobody's any more.
async fn copy_files(blobs: &Blobs, to: &Path) -> anyhow::Result<()> {
    let mut all = blobs.list();
    while let Some(file) = all.try_next().await? {
        let folder = to.join("sha256").join(file.sha256.get(..2).unwrap_or_default());
        let target = folder.join(&file.sha256);
        if target.exists() {
            continue;
        }
        std::fs::create_dir_all(&folder)?;
        match blobs.copy_out(&file.sha256, &target).await {
            Ok(()) | Err(BlobError::Missing(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

fn weigh(folder: &Path) -> std::io::Result<(u64, u64)> {
    let files = files_in(folder)?;
    let mut bytes = 0;
    for file in &files {
        bytes += file.metadata()?.len();
    }
    Ok((files.len() as u64, bytes))
}

/// Every file below a folder; none where there is no folder.
fn files_in(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = match std::fs::read_dir(&folder) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

const fn word(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    }
}

/// What the command line says after a backup.
pub fn said_taken(contents: &Contents, to: &Path, data: &Path) -> String {
    format!(
        "Backed up to {}: the database and {} files, {} MiB.\n\
         The sealing keys are not in it: keep {} somewhere else.",
        to.display(),
        contents.files,
        contents.bytes >> 20,
        key_file(data).display()
    )
}

/// What the command line says after a restore.
pub fn said_restored(restored: &Restored) -> String {
    let Contents { made_at, files, .. } = &restored.contents;
    let held = match restored.held {
        0 => String::new(),
        held => format!(
            "\n{held} posts should have gone out since; nobody knows whether they did. They are on pause: see /udsendelser."
        ),
    };
    format!(
        "Restored: the database as it was at {made_at}, and {files} files.\n\
         Put the sealing keys back before starting; the search is built anew by itself.{held}"
    )
}
