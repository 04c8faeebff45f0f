//! The index: one writer, many readers, and a mark that says how much of the database's change feed is in it.
//!
//! The mark travels in the commit itself, so index and mark cannot disagree. Whatever may be wrong with the files
//! (missing, of another version, torn by a power cut) is answered in one way: begin with an empty index and no
//! mark, and let the reader of the feed fill it again.
//!
//! Several processes may look into the same folder; the one that holds its lock writes ([`Index::own`]), the others
//! look again from time to time ([`Index::look_again`]) and take over when it is gone.

use std::{
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
    sync::{Mutex, MutexGuard, PoisonError, RwLock},
};

use serde::{Deserialize, Serialize};
use tantivy::{
    IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyError,
    indexer::{IndexWriterOptions, LogMergePolicy},
};

use super::{
    fields::{Fields, tokenizers, version},
    loose::Loose,
};
use crate::{applications::Document, base::id::ApplicationId};

/// Memory of the writer before it begins a new segment, bytes.
const WRITER_MEMORY: usize = 24 << 20;
/// Segments of about the same size before they are merged.
const SEGMENTS: usize = 6;
/// Segments with fewer documents than this count as equally small. The library's 10 000 would have one that gathers
/// a day's applications written anew with every handful that comes.
const SMALL: u32 = 32;
/// The part of deleted documents from which a segment is written anew.
const DELETED: f32 = 0.3;
/// Where the name of the machine's present run is written.
const BOOT: &str = "boot";
/// Whoever holds this file's lock writes.
const LOCK: &str = "lock";
/// A file by which another process asks for everything to be built anew.
const ANEW: &str = "build-anew";

/// How far the index has followed the database.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// Every change up to this one in the feed is in the index, or will be once `filled` is done.
    pub seq: i64,
    /// While the index is being filled from nothing: applications up to this one are in it. `None`: it is full.
    pub filled: Option<ApplicationId>,
}

/// What becomes of an application in the index.
#[derive(Clone, Debug)]
pub enum Change {
    /// It is new or has changed.
    Put(Box<Document>),
    /// It is gone, and nothing of it may be found.
    Remove(ApplicationId),
}

/// The index could not be opened, read or written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Of the library.
    #[error("the search index: {0}")]
    Tantivy(#[from] TantivyError),
    /// Of the file system.
    #[error("the search index's folder: {0}")]
    Io(#[from] std::io::Error),
    /// A mark that is none.
    #[error("the search index's mark: {0}")]
    Mark(#[from] serde_json::Error),
    /// This process does not write it.
    #[error("another process writes this search index")]
    NotOurs,
}

struct Open {
    inner: tantivy::Index,
    reader: IndexReader,
}

struct Owned {
    writer: IndexWriter,
    mark: Option<Mark>,
    /// Held as long as it is open.
    _lock: File,
}

/// The index. Readers take [`Index::searcher`]; writing happens under a lock, one batch after another.
pub struct Index {
    pub(super) root: PathBuf,
    folder: PathBuf,
    fields: Fields,
    open: RwLock<Option<Open>>,
    owned: Mutex<Option<Owned>>,
    /// Held by whoever brings it up to date, from reading the mark to writing the new one.
    turn: Mutex<()>,
}

impl Index {
    /// Opens the index under `root` for reading, if there is one that can be read.
    pub fn open(root: &Path) -> Result<Self, Error> {
        fs::create_dir_all(root)?;
        let this = Self {
            root: root.to_owned(),
            folder: root.join(version()),
            fields: Fields::schema().0,
            open: RwLock::new(None),
            owned: Mutex::new(None),
            turn: Mutex::new(()),
        };
        this.look_again()?;
        Ok(this)
    }

    /// Becomes the one who writes, unless another process is; says whether it is. An index that cannot be used is
    /// replaced by an empty one, and those of other versions are deleted.
    pub fn own(&self) -> Result<bool, Error> {
        let mut owned = self.owned.lock().expect("no one panics while writing the index");
        if owned.is_some() {
            return Ok(true);
        }
        let lock = File::create(self.root.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(e)) => return Err(e.into()),
        }
        for entry in fs::read_dir(&self.root)? {
            let path = entry?.path();
            if path.is_dir() && path != self.folder {
                fs::remove_dir_all(path)?;
            }
        }
        let inner = match self.usable() {
            Ok(inner) => inner,
            Err(e) => {
                if self.folder.exists() {
                    tracing::warn!(error = %e, "the search index cannot be used and is built anew");
                }
                self.empty()?
            }
        };
        *owned = Some(self.write_to(inner, lock)?);
        Ok(true)
    }

    /// Whether this process writes it.
    pub fn is_ours(&self) -> bool {
        self.owned.lock().expect("no one panics while writing the index").is_some()
    }

    /// Waits until nobody else in this process brings the index up to date.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        // who panicked left nothing half done: the mark says what is in the index
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Sees what another process has committed since.
    pub fn look_again(&self) -> Result<(), Error> {
        let mut open = self.open.write().expect("no one panics while opening the index");
        match open.as_ref() {
            Some(open) => open.reader.reload()?,
            None => *open = self.usable().and_then(read_from).ok(),
        }
        Ok(())
    }

    fn usable(&self) -> Result<tantivy::Index, Error> {
        let inner = tantivy::Index::open(Loose::open(&self.folder).map_err(TantivyError::from)?)?;
        if inner.schema() != Fields::schema().1 {
            return Err(TantivyError::SchemaError("other fields than expected".into()).into());
        }
        // The same run of the machine: whatever was written is there. Another one: look first.
        if fs::read_to_string(self.folder.join(BOOT)).ok() != boot() {
            let damaged = inner.validate_checksum()?;
            if !damaged.is_empty() {
                return Err(TantivyError::SystemError(format!("{} damaged files", damaged.len())).into());
            }
        }
        // a file that is missing shows only when it is read
        read_from(inner.clone())?;
        Ok(inner)
    }

    fn empty(&self) -> Result<tantivy::Index, Error> {
        if self.folder.exists() {
            fs::remove_dir_all(&self.folder)?;
        }
        fs::create_dir_all(&self.folder)?;
        let folder = Loose::open(&self.folder).map_err(TantivyError::from)?;
        Ok(tantivy::Index::create(folder, Fields::schema().1, IndexSettings::default())?)
    }

    fn write_to(&self, mut inner: tantivy::Index, lock: File) -> Result<Owned, Error> {
        inner.set_tokenizers(tokenizers());
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_MEMORY)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter = inner.writer_with_options(options)?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_num_segments(SEGMENTS);
        merging.set_min_layer_size(SMALL);
        merging.set_del_docs_ratio_before_merge(DELETED);
        writer.set_merge_policy(Box::new(merging));
        if let Some(boot) = boot() {
            fs::write(self.folder.join(BOOT), boot)?;
        }
        let mark = mark_of(&inner)?;
        *self.open.write().expect("no one panics while opening the index") = Some(read_from(inner)?);
        Ok(Owned { writer, mark, _lock: lock })
    }

    /// The fields.
    pub const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The index as of the last commit; `None` while there is none.
    pub fn searcher(&self) -> Option<Searcher> {
        self.open.read().expect("no one panics while opening the index").as_ref().map(|o| o.reader.searcher())
    }

    /// How far the index has come; `None` when nothing was ever put into it.
    pub fn mark(&self) -> Result<Option<Mark>, Error> {
        if let Ok(owned) = self.owned.try_lock()
            && let Some(owned) = owned.as_ref()
        {
            return Ok(owned.mark.clone());
        }
        let open = self.open.read().expect("no one panics while opening the index");
        open.as_ref().map_or(Ok(None), |o| mark_of(&o.inner))
    }

    /// Whether everything that was there when it was begun is in it.
    pub fn is_full(&self) -> bool {
        matches!(self.mark(), Ok(Some(Mark { filled: None, .. })))
    }

    /// Applies the changes in their order and commits them together with the mark; after this they are found.
    /// All or nothing.
    pub fn apply(&self, changes: &[Change], mark: &Mark) -> Result<(), Error> {
        let payload = serde_json::to_string(mark)?;
        let mut owned = self.owned.lock().expect("no one panics while writing the index");
        let owned = owned.as_mut().ok_or(Error::NotOurs)?;
        let done = Self::write(&self.fields, &mut owned.writer, changes, &payload);
        if done.is_err() {
            // half a batch must not ride along with the next
            owned.writer.rollback()?;
        }
        done?;
        owned.mark = Some(mark.clone());
        self.look_again()
    }

    fn write(
        fields: &Fields,
        writer: &mut IndexWriter,
        changes: &[Change],
        payload: &str,
    ) -> Result<(), Error> {
        for change in changes {
            match change {
                Change::Put(document) => {
                    writer.delete_term(fields.id_term(document.id));
                    writer.add_document(fields.document(document))?;
                }
                Change::Remove(id) => {
                    writer.delete_term(fields.id_term(*id));
                }
            }
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(payload);
        commit.commit()?;
        Ok(())
    }

    /// Throws everything away, the mark too.
    pub fn begin_anew(&self) -> Result<(), Error> {
        {
            let mut owned = self.owned.lock().expect("no one panics while writing the index");
            let owned = owned.as_mut().ok_or(Error::NotOurs)?;
            owned.writer.delete_all_documents()?;
            let mut commit = owned.writer.prepare_commit()?;
            commit.set_payload("null");
            commit.commit()?;
            owned.mark = None;
        }
        // who asked for it has been heard
        match fs::remove_file(self.root.join(ANEW)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e.into()),
            _ => {}
        }
        self.look_again()
    }

    /// Asks whoever writes this index, now or later, to build it anew.
    pub fn ask_to_begin_anew(&self) -> Result<(), Error> {
        Ok(fs::write(self.root.join(ANEW), "")?)
    }

    /// Whether someone has asked so.
    pub fn is_asked_to_begin_anew(&self) -> bool {
        self.root.join(ANEW).exists()
    }

    /// Writes every segment anew that still holds deleted documents: a deleted document is not found any more,
    /// but its words lie in the files until its segment is written anew. Says how many segments that were (D-01).
    pub fn forget_deleted(&self) -> Result<usize, Error> {
        let mut owned = self.owned.lock().expect("no one panics while writing the index");
        let writer = &mut owned.as_mut().ok_or(Error::NotOurs)?.writer;
        // files are kept as long as anyone holds what describes them, so nothing but the ids is kept here
        let metas = writer.index().searchable_segment_metas()?.into_iter();
        let marked: Vec<_> = metas.filter(|s| s.has_deletes()).map(|s| s.id()).collect();
        for id in &marked {
            writer.merge(&[*id]).wait()?;
        }
        self.look_again()?;
        writer.garbage_collect_files().wait()?;
        Ok(marked.len())
    }

    /// Gives the index back and has every file looked at before it is used again.
    pub fn distrust(&self) -> Result<(), Error> {
        self.close()?;
        *self.open.write().expect("no one panics while opening the index") = None;
        match fs::remove_file(self.folder.join(BOOT)) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e.into()),
            _ => Ok(()),
        }
    }

    /// How many applications can be found.
    pub fn count(&self) -> u64 {
        self.searcher().map_or(0, |s| s.num_docs())
    }

    /// Where the files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Waits for merges that are under way and lets others write.
    pub fn close(&self) -> Result<(), Error> {
        let owned = self.owned.lock().expect("no one panics while writing the index").take();
        match owned {
            Some(owned) => Ok(owned.writer.wait_merging_threads()?),
            None => Ok(()),
        }
    }
}

fn mark_of(inner: &tantivy::Index) -> Result<Option<Mark>, Error> {
    let payload = inner.load_metas()?.payload;
    Ok(payload.map(|p| serde_json::from_str::<Option<Mark>>(&p)).transpose()?.flatten())
}

fn read_from(inner: tantivy::Index) -> Result<Open, Error> {
    let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(Open { inner, reader })
}

/// What the system calls the run of the machine since it was last started; `None` where it does not say, which
/// never equals anything but itself: then every opening looks at the files.
fn boot() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()
}

#[cfg(test)]
mod tests {
    use tantivy::Term;

    use super::*;
    use crate::{
        applications::{Passage, Stage},
        base::{
            Chance, Instant,
            id::{PostingId, UnitId},
        },
    };

    fn document(n: u64) -> Document {
        let (now, chance) = (Instant::from_seconds(1), Chance::seeded(n));
        Document {
            id: ApplicationId::new(now, &chance),
            posting: PostingId::new(now, &chance),
            unit: UnitId::new(now, &chance),
            name: "Anna Holm".into(),
            email: "anna@example.dk".into(),
            phone: "+4512345678".into(),
            texts: vec![Passage { file: None, text: format!("hemmeligord{n} i nattevagt") }],
            stage: Stage::Received,
            outcome: None,
            channel: "direct".into(),
            received_at: now,
        }
    }

    fn put(n: u64) -> Change {
        Change::Put(Box::new(document(n)))
    }

    fn ours(root: &Path) -> Index {
        let index = Index::open(root).expect("opens");
        assert!(index.own().expect("owns"));
        index
    }

    #[test]
    fn the_mark_comes_with_the_documents() {
        let dir = tempfile::tempdir().expect("a folder");
        let index = ours(dir.path());
        assert_eq!(index.mark().expect("reads"), None);
        let mark = Mark { seq: 7, filled: None };
        index.apply(&[put(1), put(2), put(1)], &mark).expect("writes");
        assert_eq!(index.count(), 2, "the same application twice is one");
        drop(index);
        let index = ours(dir.path());
        assert_eq!((index.count(), index.mark().expect("reads")), (2, Some(mark)));
        index.begin_anew().expect("begins anew");
        assert_eq!((index.count(), index.mark().expect("reads")), (0, None));
    }

    #[test]
    fn one_writes_and_the_others_look_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let early = Index::open(dir.path()).expect("opens before there is anything");
        assert!(early.searcher().is_none());
        let writer = ours(dir.path());
        let mark = Mark { seq: 1, filled: None };
        writer.apply(&[put(1)], &mark).expect("writes");
        assert!(!early.own().expect("asks"));
        assert!(matches!(early.apply(&[put(2)], &mark), Err(Error::NotOurs)));
        early.look_again().expect("looks");
        assert_eq!((early.count(), early.mark().expect("reads")), (1, Some(mark.clone())));
        writer.apply(&[put(2)], &mark).expect("writes");
        early.look_again().expect("looks");
        assert_eq!(early.count(), 2);
        early.ask_to_begin_anew().expect("asks");
        assert!(writer.is_asked_to_begin_anew());
        writer.begin_anew().expect("begins anew");
        assert!(!writer.is_asked_to_begin_anew());
        writer.close().expect("closes");
        assert!(early.own().expect("takes over"));
        early.apply(&[put(3)], &mark).expect("writes");
        assert_eq!(early.count(), 1);
    }

    #[test]
    fn whatever_is_wrong_with_the_files_begins_anew() {
        let dir = tempfile::tempdir().expect("a folder");
        let mark = Mark { seq: 1, filled: None };
        for harm in 0..4 {
            let index = ours(dir.path());
            index.apply(&[put(1)], &mark).expect("writes");
            let folder = index.folder().to_owned();
            drop(index);
            let segment = || {
                let files = fs::read_dir(&folder).expect("lists").map(|f| f.expect("lists").path());
                files.into_iter().find(|f| f.extension().is_some_and(|e| e == "idx")).expect("a segment")
            };
            match harm {
                0 => fs::remove_file(folder.join("meta.json")).expect("removes"),
                1 => fs::remove_file(segment()).expect("removes"),
                2 => fs::rename(&folder, dir.path().join("0-old")).expect("renames"),
                // after a power cut: bytes that never reached the disk
                _ => {
                    fs::write(folder.join(BOOT), "another run").expect("writes");
                    let mut bytes = fs::read(segment()).expect("reads");
                    let middle = bytes.len() / 3;
                    bytes[middle] ^= 0xff;
                    fs::write(segment(), bytes).expect("writes");
                }
            }
            let index = ours(dir.path());
            assert_eq!((index.count(), index.mark().expect("reads")), (0, None), "harm {harm}");
            let folders = fs::read_dir(dir.path())
                .expect("lists")
                .filter(|f| f.as_ref().expect("lists").path().is_dir());
            assert_eq!(folders.count(), 1, "nothing old is left");
        }
    }

    #[test]
    fn nothing_of_the_removed_is_left_in_the_files() {
        let dir = tempfile::tempdir().expect("a folder");
        let index = ours(dir.path());
        let mark = Mark { seq: 1, filled: None };
        // one of eight deleted is below what is written anew at once
        index.apply(&(1..9).map(put).collect::<Vec<_>>(), &mark).expect("writes");
        // the dictionary counts deleted documents too
        let known = || {
            let term = Term::from_field_text(index.fields().text, "hemmeligord1");
            index.searcher().expect("open").doc_freq(&term).expect("reads")
        };
        assert_eq!(known(), 1);
        index.apply(&[Change::Remove(document(1).id)], &mark).expect("removes");
        assert_eq!((index.count(), known()), (7, 1), "deleted is not yet forgotten");
        assert_eq!(index.forget_deleted().expect("forgets"), 1);
        assert_eq!((index.count(), known()), (7, 0));
        let dictionaries = || {
            let files = fs::read_dir(index.folder()).expect("lists").map(|f| f.expect("lists").path());
            files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "term")).count()
        };
        assert_eq!(dictionaries(), 1, "the old files are gone");
        assert_eq!(index.forget_deleted().expect("forgets"), 0, "there is nothing more to forget");
        assert_eq!(index.mark().expect("reads"), Some(mark));
    }
}
