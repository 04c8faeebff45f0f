//! The index: one writer, many readers, and a mark that says how much of the database's change feed is in it.
//!
//! The mark travels in the commit itself, so index and mark cannot disagree. Whatever may be wrong with the files
//! (missing, of another version, torn by a power cut) is answered in one way: begin with an empty index and no
//! mark, and let the reader of the feed fill it again.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Mutex,
};

use serde::{Deserialize, Serialize};
use tantivy::{
    IndexReader, IndexSettings, IndexWriter, ReloadPolicy, Searcher, TantivyError,
    directory::error::LockError,
    indexer::{IndexWriterOptions, LogMergePolicy},
};

use super::{
    fields::{Document, Fields, tokenizers, version},
    loose::Loose,
};
use crate::base::id::ApplicationId;

/// Memory of the writer before it begins a new segment, bytes.
const WRITER_MEMORY: usize = 24 << 20;
/// Segments of about the same size before they are merged.
const SEGMENTS: usize = 6;
/// Where the name of the machine's present run is written.
const BOOT: &str = "boot";

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
    /// Another process writes it.
    #[error("another process writes this search index")]
    Taken,
}

/// The open index. Readers take [`Index::searcher`]; writing happens under a lock, one batch after another.
pub struct Index {
    folder: PathBuf,
    fields: Fields,
    inner: tantivy::Index,
    reader: IndexReader,
    writer: Mutex<Option<IndexWriter>>,
}

impl Index {
    /// Opens the index under `folder`, or begins an empty one when there is none that can be used.
    /// Indexes of other versions are deleted.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let name = version();
        fs::create_dir_all(folder)?;
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_type()?.is_dir() && entry.file_name() != name.as_str() {
                fs::remove_dir_all(entry.path())?;
            }
        }
        let folder = folder.join(&name);
        match Self::open_here(&folder) {
            Ok(this) => Ok(this),
            Err(Error::Taken) => Err(Error::Taken),
            Err(e) => {
                tracing::warn!(error = %e, "the search index cannot be used and is built anew");
                Self::empty(&folder)
            }
        }
    }

    fn open_here(folder: &Path) -> Result<Self, Error> {
        let inner = tantivy::Index::open(Loose::open(folder).map_err(TantivyError::from)?)?;
        let (fields, schema) = Fields::schema();
        if inner.schema() != schema {
            return Err(TantivyError::SchemaError("other fields than expected".into()).into());
        }
        // The same run of the machine: whatever was written is there. Another one: look first.
        if fs::read_to_string(folder.join(BOOT)).ok() != boot() {
            let damaged = inner.validate_checksum()?;
            if !damaged.is_empty() {
                return Err(TantivyError::SystemError(format!("{} damaged files", damaged.len())).into());
            }
        }
        Self::with(folder, fields, inner)
    }

    fn empty(folder: &Path) -> Result<Self, Error> {
        if folder.exists() {
            fs::remove_dir_all(folder)?;
        }
        fs::create_dir_all(folder)?;
        let (fields, schema) = Fields::schema();
        let root = Loose::open(folder).map_err(TantivyError::from)?;
        let inner = tantivy::Index::create(root, schema, IndexSettings::default())?;
        Self::with(folder, fields, inner)
    }

    fn with(folder: &Path, fields: Fields, mut inner: tantivy::Index) -> Result<Self, Error> {
        inner.set_tokenizers(tokenizers());
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(WRITER_MEMORY)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter = inner.writer_with_options(options).map_err(|e| match e {
            TantivyError::LockFailure(LockError::LockBusy, _) => Error::Taken,
            e => Error::Tantivy(e),
        })?;
        let mut merging = LogMergePolicy::default();
        merging.set_min_num_segments(SEGMENTS);
        writer.set_merge_policy(Box::new(merging));
        if let Some(boot) = boot() {
            fs::write(folder.join(BOOT), boot)?;
        }
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { folder: folder.to_owned(), fields, inner, reader, writer: Mutex::new(Some(writer)) })
    }

    /// The fields.
    pub const fn fields(&self) -> &Fields {
        &self.fields
    }

    /// The index as of the last commit.
    pub fn searcher(&self) -> Searcher {
        self.reader.searcher()
    }

    /// How far the index has come; `None` when it is empty and nothing was ever put into it.
    pub fn mark(&self) -> Result<Option<Mark>, Error> {
        let payload = self.inner.load_metas()?.payload;
        Ok(payload.map(|p| serde_json::from_str::<Option<Mark>>(&p)).transpose()?.flatten())
    }

    /// Applies the changes in their order and commits them together with the mark; after this they are found.
    /// All or nothing.
    pub fn apply(&self, changes: &[Change], mark: &Mark) -> Result<(), Error> {
        let payload = serde_json::to_string(mark)?;
        let mut held = self.writer.lock().expect("no one panics while writing the index");
        let writer = held.as_mut().ok_or(Error::Taken)?;
        let done = Self::write(&self.fields, writer, changes, &payload);
        if done.is_err() {
            // half a batch must not ride along with the next
            writer.rollback()?;
        }
        done?;
        self.reader.reload()?;
        Ok(())
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
    pub fn clear(&self) -> Result<(), Error> {
        let mut held = self.writer.lock().expect("no one panics while writing the index");
        let writer = held.as_mut().ok_or(Error::Taken)?;
        writer.delete_all_documents()?;
        let mut commit = writer.prepare_commit()?;
        commit.set_payload("null");
        commit.commit()?;
        self.reader.reload()?;
        Ok(())
    }

    /// Writes every segment anew that still holds deleted documents: a deleted document is not found any more,
    /// but its words lie in the files until its segment is written anew. Says how many segments that were (D-01).
    pub fn forget_deleted(&self) -> Result<usize, Error> {
        let mut held = self.writer.lock().expect("no one panics while writing the index");
        let writer = held.as_mut().ok_or(Error::Taken)?;
        let marked: Vec<_> = self
            .inner
            .searchable_segment_metas()?
            .iter()
            .filter(|s| s.has_deletes())
            .map(|s| s.id())
            .collect();
        for id in &marked {
            writer.merge(&[*id]).wait()?;
        }
        self.reader.reload()?;
        writer.garbage_collect_files().wait()?;
        Ok(marked.len())
    }

    /// How many applications can be found.
    pub fn count(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// Where the files lie.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Waits for merges that are under way and gives the folder free. Later writes fail.
    pub fn close(&self) -> Result<(), Error> {
        let writer = self.writer.lock().expect("no one panics while writing the index").take();
        match writer {
            Some(writer) => Ok(writer.wait_merging_threads()?),
            None => Ok(()),
        }
    }
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
    use crate::base::{
        Chance, Instant,
        id::{PostingId, UnitId},
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
            texts: vec![format!("hemmeligord{n} i nattevagt")],
            stage: "received".into(),
            outcome: None,
            channel: "direct".into(),
            received_at: now,
        }
    }

    fn put(n: u64) -> Change {
        Change::Put(Box::new(document(n)))
    }

    #[test]
    fn the_mark_comes_with_the_documents() {
        let dir = tempfile::tempdir().expect("a folder");
        let index = Index::open(dir.path()).expect("opens");
        assert_eq!(index.mark().expect("reads"), None);
        let mark = Mark { seq: 7, filled: None };
        index.apply(&[put(1), put(2), put(1)], &mark).expect("writes");
        assert_eq!(index.count(), 2, "the same application twice is one");
        assert!(matches!(Index::open(dir.path()), Err(Error::Taken)));
        index.close().expect("closes");
        drop(index);
        let index = Index::open(dir.path()).expect("opens again");
        assert_eq!((index.count(), index.mark().expect("reads")), (2, Some(mark)));
        index.clear().expect("clears");
        assert_eq!((index.count(), index.mark().expect("reads")), (0, None));
    }

    #[test]
    fn whatever_is_wrong_with_the_files_begins_anew() {
        let dir = tempfile::tempdir().expect("a folder");
        let mark = Mark { seq: 1, filled: None };
        for harm in 0..4 {
            let index = Index::open(dir.path()).expect("opens");
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
            let index = Index::open(dir.path()).expect("opens all the same");
            assert_eq!((index.count(), index.mark().expect("reads")), (0, None), "harm {harm}");
            assert_eq!(fs::read_dir(dir.path()).expect("lists").count(), 1, "nothing old is left");
        }
    }

    #[test]
    fn nothing_of_the_removed_is_left_in_the_files() {
        let dir = tempfile::tempdir().expect("a folder");
        let index = Index::open(dir.path()).expect("opens");
        let mark = Mark { seq: 1, filled: None };
        index.apply(&[put(1), put(2)], &mark).expect("writes");
        // the dictionary counts deleted documents too
        let known = || {
            let term = Term::from_field_text(index.fields().text, "hemmeligord1");
            index.searcher().doc_freq(&term).expect("reads")
        };
        assert_eq!(known(), 1);
        index.apply(&[Change::Remove(document(1).id)], &mark).expect("removes");
        assert_eq!((index.count(), known()), (1, 1), "deleted is not yet forgotten");
        assert_eq!(index.forget_deleted().expect("forgets"), 1);
        assert_eq!((index.count(), known()), (1, 0));
        let dictionaries = || {
            let files = fs::read_dir(index.folder()).expect("lists").map(|f| f.expect("lists").path());
            files.into_iter().filter(|f| f.extension().is_some_and(|e| e == "term")).count()
        };
        assert_eq!(dictionaries(), 1, "the old files are gone");
        index.apply(&[Change::Remove(document(2).id)], &mark).expect("removes");
        index.forget_deleted().expect("forgets");
        assert_eq!((index.count(), dictionaries()), (0, 0));
        assert_eq!(index.mark().expect("reads"), Some(mark));
    }
}
