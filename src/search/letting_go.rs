//! That nothing of who was erased is left in the index: asking whoever writes it to clear its files now, and seeing whether they
//! are clear, down to the words in its dictionaries.

use std::{fs, path::Path};

use tantivy::{collector::Count, query::TermQuery, schema::IndexRecordOption};

use super::index::{Error, Index};
use crate::base::id::ApplicationId;

/// A file by which another process asks for deleted applications to be removed from the files now.
const FORGET: &str = "forget-now";

impl Index {
    /// Asks whoever writes this index to remove deleted applications from its files now.
    pub fn ask_to_forget(&self) -> Result<(), Error> {
        Ok(fs::write(self.root.join(FORGET), "")?)
    }

    /// Whether someone has asked so; asking is over with that.
    pub fn was_asked_to_forget(&self) -> Result<bool, Error> {
        match fs::remove_file(self.root.join(FORGET)) {
            Ok(()) => Ok(true),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(false),
            Err(e) => Err(e.into()),
        }
    }

    /// How many deleted applications still lie in the files, as of the last look.
    pub fn deleted(&self) -> u64 {
        let segments = self.searcher().map(|s| s.segment_readers().to_vec()).unwrap_or_default();
        segments.iter().map(|segment| u64::from(segment.num_deleted_docs())).sum()
    }

    /// Whether this application can be found.
    pub fn holds(&self, id: ApplicationId) -> Result<bool, Error> {
        let Some(searcher) = self.searcher() else { return Ok(false) };
        let query = TermQuery::new(self.fields().id_term(id), IndexRecordOption::Basic);
        Ok(searcher.search(&query, &Count)? > 0)
    }

    /// Goes through every word in the index's dictionaries, those of deleted applications too.
    pub fn each_word(&self, mut see: impl FnMut(&[u8])) -> Result<(), Error> {
        let Some(searcher) = self.searcher() else { return Ok(()) };
        let fields = self.fields();
        for segment in searcher.segment_readers() {
            for field in [fields.text, fields.name, fields.email, fields.phone] {
                let inverted = segment.inverted_index(field)?;
                let mut words = inverted.terms().stream()?;
                while words.advance() {
                    see(words.key());
                }
            }
        }
        Ok(())
    }

    /// Where all versions of it lie.
    pub fn root(&self) -> &Path {
        &self.root
    }
}
