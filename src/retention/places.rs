//! Looking for somebody everywhere: rows, files of the database, the search's dictionaries and files, queue, log, kept files,
//! and whatever else lies in the data folder. Reads and counts; changes nothing.

use std::{
    collections::HashMap,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    receipt::{Place, Seen},
    sought::Sought,
    traces::{Seeker, Sort, Traces},
};
use crate::{
    applications::jobs::Namers,
    blobs::BlobError,
    db::{Engine, dump},
    kit::Kit,
    search,
};

/// Bytes read at once.
const PIECE: usize = 1 << 20;
/// Parts of the data folder that are looked at in another way, or hold what is not ours to read: kept files go by their name,
/// which is their content's hash.
const APART: [&str; 3] = ["files", "index", "secrets"];
/// What makes a folder a backup; those are outside, and re-applied to when they are put back.
const BACKUP: &str = "backup.json";

/// What was seen.
#[derive(Clone, Debug, Default)]
pub struct Looked {
    /// Place → how often each word.
    words: HashMap<Place, Vec<u64>>,
    /// Kept files that are there and that nobody names; those that somebody else names.
    pub files: u64,
    /// Files somebody else named too.
    pub shared_files: u64,
    /// Applications that are found, and deleted ones that lie in the files; none where there is no index.
    index: Option<u64>,
    /// The database's files can be looked at.
    pages: bool,
}

/// Looks everywhere.
pub async fn look(
    kit: &Kit,
    index: Option<&Arc<search::Index>>,
    namers: &Namers,
    sought: &Arc<Sought>,
) -> anyhow::Result<Looked> {
    let (k, i, s) = (kit.clone(), index.cloned(), sought.clone());
    let mut looked = tokio::task::spawn_blocking(move || look_here(&k, i.as_deref(), &s)).await??;
    let files = sought.files();
    let (namers, among) = (namers.clone(), files.clone());
    let unnamed = kit.db.read(move |c| namers.unknown(c, &among)).await?;
    for sha256 in &files {
        match kit.blobs.len(sha256).await {
            Ok(_) if unnamed.contains(sha256) => looked.files += 1,
            Ok(_) => looked.shared_files += 1,
            Err(BlobError::Missing(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(looked)
}

fn look_here(kit: &Kit, index: Option<&search::Index>, sought: &Sought) -> anyhow::Result<Looked> {
    let traces = &sought.traces;
    let mut looked = Looked::default();
    let mut rows: HashMap<Place, Seeker<'_>> = HashMap::new();
    kit.db.read_now(|c| {
        dump::each_row(c, |table, row| {
            let place = Place::of_table(table);
            rows.entry(place).or_insert_with(|| traces.seeker()).look(row.as_bytes());
        })
    })?;
    looked.words.extend(rows.into_iter().map(|(place, seeker)| (place, seeker.seen)));
    let data = &kit.config.data;
    let mut own = Vec::new();
    if kit.db.engine() == Engine::Sqlite {
        let file = PathBuf::from(kit.db.url());
        let beside = |ending: &str| PathBuf::from(format!("{}{ending}", file.display()));
        own = vec![beside("-wal"), beside("-shm"), file];
        let mut seeker = traces.seeker();
        for path in &own {
            through(path, &mut seeker)?;
        }
        looked.words.insert(Place::Pages, seeker.seen);
        looked.pages = true;
    }
    if let Some(index) = index {
        let mut seeker = traces.seeker();
        index.each_word(|word| seeker.look(word))?;
        for path in files_below(index.root(), &[])? {
            through(&path, &mut seeker)?;
        }
        looked.words.insert(Place::Index, seeker.seen);
        let mut there = index.deleted();
        for id in &sought.applications {
            there += u64::from(index.holds(*id)?);
        }
        looked.index = Some(there);
    }
    let mut seeker = traces.seeker();
    for path in files_below(data, &APART)? {
        if !own.contains(&path) {
            through(&path, &mut seeker)?;
        }
    }
    looked.words.insert(Place::Folder, seeker.seen);
    Ok(looked)
}

/// Looks through a file piece by piece; one that is gone by now holds nothing.
fn through(path: &Path, seeker: &mut Seeker<'_>) -> std::io::Result<()> {
    let mut file = match File::open(path) {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(()),
        file => file?,
    };
    let mut piece: Vec<u8> = Vec::with_capacity(PIECE + Seeker::OVERLAP);
    loop {
        let begun = piece.len();
        let read = file.by_ref().take((PIECE - begun.min(PIECE)) as u64).read_to_end(&mut piece)?;
        let end = if read == 0 { piece.len() } else { piece.len().saturating_sub(Seeker::OVERLAP) };
        seeker.look_in(&mut piece, end);
        if read == 0 {
            return Ok(());
        }
        piece.drain(..end);
    }
}

/// Every file below a folder, without these folders in it and without backups.
fn files_below(folder: &Path, without: &[&str]) -> std::io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(at) = folders.pop() {
        if at.join(BACKUP).exists() {
            continue;
        }
        let entries = match std::fs::read_dir(&at) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let (path, kind) = (entry.path(), entry.file_type()?);
            let apart = at == folder && without.iter().any(|name| entry.file_name() == *name);
            if kind.is_dir() && !apart {
                folders.push(path);
            } else if kind.is_file() {
                found.push(path);
            }
        }
    }
    Ok(found)
}

impl Looked {
    /// Words that still stand in a row that stays: another application's, a colleague's, an ad's. Ids never do.
    fn shared(&self, traces: &Traces) -> Vec<bool> {
        let rows = self.words.get(&Place::Database);
        let stands = |n: usize| rows.is_some_and(|seen| seen.get(n).is_some_and(|times| *times > 0));
        traces.sorts().enumerate().map(|(n, sort)| sort != Sort::Id && stands(n)).collect()
    }

    /// How many such words there are.
    pub fn shared_words(&self, traces: &Traces) -> u64 {
        self.shared(traces).into_iter().filter(|shared| *shared).count() as u64
    }

    /// Everything that was seen, before anybody is gone.
    pub fn before(&self, traces: &Traces) -> Vec<Seen> {
        Place::ALL
            .iter()
            .map(|place| {
                let words = |counts: fn(Sort) -> bool| self.sum(*place, traces, |_, sort| counts(sort));
                let before = match place {
                    Place::Files => Some(self.files + self.shared_files),
                    Place::Index => self.index.map(|_| words(|sort| sort != Sort::Id)),
                    Place::Pages if !self.pages => None,
                    Place::Database => Some(words(|_| true)),
                    Place::Pages => Some(words(|sort| sort != Sort::Id)),
                    Place::Queue | Place::Folder | Place::Log => Some(words(|sort| sort == Sort::Sure)),
                };
                Seen { place: *place, before, after: None }
            })
            .collect()
    }

    /// What is left where nothing should be.
    pub fn after(&self, traces: &Traces, before: &[Seen]) -> Vec<Seen> {
        let shared = self.shared(traces);
        let alone = |n: usize| shared.get(n).is_none_or(|shared| !*shared);
        Place::ALL
            .iter()
            .map(|place| {
                let words =
                    |counts: fn(Sort) -> bool| self.sum(*place, traces, |n, sort| alone(n) && counts(sort));
                let after = match place {
                    Place::Database => Some(words(|sort| sort == Sort::Id)),
                    Place::Files => Some(self.files),
                    Place::Index => self.index.map(|there| there + words(|sort| sort != Sort::Id)),
                    Place::Pages if !self.pages => None,
                    Place::Pages => Some(words(|sort| sort != Sort::Id)),
                    Place::Queue | Place::Folder | Place::Log => Some(words(|sort| sort == Sort::Sure)),
                };
                let before = before.iter().find(|seen| seen.place == *place).and_then(|seen| seen.before);
                Seen { place: *place, before, after }
            })
            .collect()
    }

    fn sum(&self, place: Place, traces: &Traces, counts: impl Fn(usize, Sort) -> bool) -> u64 {
        let Some(seen) = self.words.get(&place) else { return 0 };
        let all = seen.iter().zip(traces.sorts()).enumerate();
        all.filter(|(n, (_, sort))| counts(*n, *sort)).map(|(_, (times, _))| times).sum()
    }
}
