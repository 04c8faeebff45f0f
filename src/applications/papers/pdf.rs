//! The text of a PDF.
//!
//! The library that reads it trusts the file: it panics on what it does not expect, unpacks whatever is packed,
//! and follows a form that draws itself until the stack ends. So this runs in a process of its own
//! ([`super::Reader`]); the panic is caught here.

use std::{
    cell::RefCell,
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
    rc::Rc,
};

use pdf_extract::{ConvertToFmt, Document, PlainTextOutput, output_doc};

use super::TEXT_AT_MOST;

/// The text, page after page; nothing when it cannot be read. What was read before something broke is kept:
/// half a CV can still be found.
pub(super) fn text(bytes: &[u8]) -> Option<String> {
    let sheet = Sheet(Rc::new(RefCell::new(String::new())));
    let whole = catch_unwind(AssertUnwindSafe(|| {
        let mut doc = Document::load_mem(bytes).ok()?;
        // many a PDF is "encrypted" with an empty password, only to forbid printing
        if doc.is_encrypted() && doc.decrypt("").is_err() {
            return None;
        }
        output_doc(&doc, &mut PlainTextOutput::new(sheet.clone())).ok()
    }));
    let read = sheet.0.take();
    match whole {
        Ok(Some(())) => Some(read),
        _ => (!read.trim().is_empty()).then_some(read),
    }
}

/// Where the text goes; full when it holds [`TEXT_AT_MOST`] bytes, so that nothing is drawn without end.
#[derive(Clone)]
struct Sheet(Rc<RefCell<String>>);

impl fmt::Write for Sheet {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut sheet = self.0.borrow_mut();
        if sheet.len() + text.len() > TEXT_AT_MOST {
            return Err(fmt::Error);
        }
        sheet.push_str(text);
        Ok(())
    }
}

impl ConvertToFmt for Sheet {
    type Writer = Self;
    fn convert(self) -> Self {
        self
    }
}
