//! The list of who has been erased: ids and days, one a line, nothing else. It lies in the data folder, beside every backup
//! that is taken, and where `retention.list` says; a backup that is put back is held against all that can be found. It must
//! lie outside the backup: what was erased after a backup was taken cannot stand in it.

use std::{
    collections::BTreeMap,
    io::Write,
    path::{Path, PathBuf},
};

use crate::{base::id::ApplicationId, config::Config, kit::Kit, queue::JobError};

/// What the file is called.
pub const NAME: &str = "erased.list";

/// Where it is kept besides the backups.
pub fn homes(config: &Config) -> Vec<PathBuf> {
    let mut homes = vec![config.data.join(NAME)];
    if !config.retention.list.is_empty() {
        homes.push(PathBuf::from(&config.retention.list));
    }
    homes
}

/// Writes everybody who was erased into each home; what stands there already stays.
pub(super) async fn write(kit: &Kit) -> Result<(), JobError> {
    let zone = kit.config.delivery.zone;
    let all = kit.db.read(super::store::all_erased).await?;
    let lines: BTreeMap<ApplicationId, String> =
        all.into_iter().map(|(id, at)| (id, super::plan::day_of(at, zone).to_string())).collect();
    let homes = homes(&kit.config);
    let write = move || homes.iter().try_for_each(|home| merge(home, &lines));
    let written = tokio::task::spawn_blocking(write).await;
    let written = written.map_err(|panic| JobError::Later(panic.to_string()))?;
    written.map_err(|error| JobError::Later(format!("the list of who was erased: {error}")))
}

/// Adds these to a list; a reader never sees half of it.
pub fn merge(home: &Path, more: &BTreeMap<ApplicationId, String>) -> std::io::Result<()> {
    let mut all = read(home)?;
    let before = all.len();
    all.extend(more.iter().map(|(id, day)| (*id, day.clone())));
    if all.len() == before && home.exists() {
        return Ok(());
    }
    let folder = home.parent().unwrap_or(Path::new("."));
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    for (id, day) in &all {
        writeln!(beside, "{id} {day}")?;
    }
    beside.as_file().sync_all()?;
    beside.persist(home)?;
    Ok(())
}

/// Reads a list; empty where there is none.
pub fn read(home: &Path) -> std::io::Result<BTreeMap<ApplicationId, String>> {
    let text = match std::fs::read_to_string(home) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        text => text?,
    };
    let line = |line: &str| {
        let (id, day) = line.split_once(' ')?;
        Some((id.parse().ok()?, day.to_owned()))
    };
    Ok(text.lines().filter_map(line).collect())
}
