//! `opslag backup` and `opslag restore`: database and files of an installation in one folder, taken while it
//! runs.
//!
//! The order is the guarantee. Files are durable before a row names them, and keep their name for life: so the
//! files that are there are copied first, then the database as it is at one moment, then the files that came
//! meanwhile. Every file is hashed on its way, in and out; one that is not what its name says stops the copy. What
//! the folder holds is written down last, so that half a backup is never taken for a whole one.
//!
//! Who was erased after a backup was taken comes back with it, and goes again before the service answers anybody: the list of
//! ids is kept outside the backup ([`retention::list`]), and what a restore can find of it is re-applied with a receipt.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, bail, ensure};
use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};

use crate::{
    base::{Chance, Clock},
    blobs::{BlobError, Blobs},
    config::Config,
    db::{Db, Engine, Opening, backup as database, migrate},
    kit::{Kit, key_file},
    mail::Mailer,
    outbound::Outbound,
    publishing, retention,
    secrets::Secrets,
    timetable,
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
    // beside all backups, not in this one: every later one brings it up to date
    let zone = kit.config.delivery.zone;
    let erased = kit.db.read(retention::all_erased).await?.into_iter();
    let erased = erased.map(|(id, at)| (id, retention::plan::day_of(at, zone).to_string())).collect();
    retention::list::merge(&beside(to), &erased)?;
    Ok(contents)
}

/// The list of who was erased that lies beside a backup.
fn beside(backup: &Path) -> PathBuf {
    let folder = backup.canonicalize().ok().and_then(|whole| whole.parent().map(Path::to_owned));
    folder.unwrap_or_default().join(retention::list::NAME)
}

/// What was put back.
#[derive(Clone, Debug)]
pub struct Restored {
    /// What the backup held.
    pub contents: Contents,
    /// How many had been erased since the backup and came back with it; they are erased again, with a receipt.
    pub again: usize,
    /// The lists of who was erased that were found.
    pub lists: Vec<PathBuf>,
    /// Posts that were put on pause: their time has passed, and nobody knows whether they left after the backup.
    pub held: usize,
}

/// Puts a backup in place of an installation that holds nothing yet. The sealing keys are not in it.
/// `list`: one more list of who was erased.
pub async fn restore(
    config: &Config,
    from: &Path,
    list: Option<&Path>,
    (clock, chance): (Clock, Chance),
) -> anyhow::Result<Restored> {
    let now = clock.now();
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
    let (db, held) = tokio::task::spawn_blocking(move || {
        database::put_back(&opening.url, &source)?;
        let db = Db::open(&opening)?;
        migrate::up(&db)?;
        let held = db.write_now(move |c| publishing::hold_overdue(c, now))?;
        Ok::<_, anyhow::Error>((db, held))
    })
    .await??;
    // nothing that is sealed needs opening, and the installation's own keys come back by hand: these last as long as this
    let mut key = [0; 32];
    chance.fill(&mut key);
    let kit = Kit {
        config: Arc::new(config.clone()),
        db,
        blobs,
        outbound: Outbound::new(config),
        mail: Mailer::open(config).map_err(anyhow::Error::msg)?,
        secrets: Secrets::parse(&format!("restore:{}", hex::encode(key)))?,
        clock,
        chance,
    };
    let (again, lists) = erase_again(kit, from, list).await?;
    Ok(Restored { contents, held, again, lists })
}

/// Who stands on a list and came back goes again; how many, and which lists were found.
async fn erase_again(kit: Kit, from: &Path, list: Option<&Path>) -> anyhow::Result<(usize, Vec<PathBuf>)> {
    let mut homes = retention::list::homes(&kit.config);
    homes.push(beside(from));
    homes.extend(list.map(Path::to_owned));
    let (mut erased, mut found) = (BTreeMap::new(), Vec::new());
    for home in homes.into_iter().filter(|home| home.is_file()) {
        erased.extend(retention::list::read(&home).with_context(|| home.display().to_string())?);
        found.push(home);
    }
    let needs = retention::erase::Needs { kit, index: None, namers: timetable::NAMERS };
    let again = retention::erase::again(&needs, erased.into_keys().collect()).await?;
    Ok((again, found))
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
    let lists: Vec<String> = restored.lists.iter().map(|list| list.display().to_string()).collect();
    let again = match (restored.again, lists.is_empty()) {
        (_, true) => "\nNo list of who was erased was found: whoever was erased after the backup is back. Give it with --erased, \
                     or erase them again by hand."
            .to_owned(),
        (0, false) => format!("\nNobody on the list of who was erased came back ({}).", lists.join(", ")),
        (again, false) => format!(
            "\n{again} applications that had been erased came back and are erased again, with a receipt ({}).",
            lists.join(", ")
        ),
    };
    format!(
        "Restored: the database as it was at {made_at}, and {files} files.{again}\n\
         Put the sealing keys back before starting; the search is built anew by itself.{held}"
    )
}
