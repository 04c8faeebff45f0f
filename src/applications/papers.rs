//! The papers that come with an application: what kind of file it is, and its text for the search.
//!
//! A file is judged by what is in it, never by its name: a zip renamed `.docx` is refused, a PDF named `.doc`
//! is a PDF. What is refused is refused with a message key that says what to do instead. Text is taken out in
//! a process of its own where one is to be had ([`Reader`]), because these files come from strangers: the
//! one that makes the reader run wild takes down the reader and nothing else. Numbers that look like a CPR
//! number are hidden before the text goes anywhere (D-06).

mod apart;
mod judge;
mod office;
mod pdf;
mod plain;
pub(crate) mod sent;
pub(super) mod store;

use std::time::Duration;

pub use apart::{CHILD, Reader, read_stdin};
pub use judge::judge;
use unicode_normalization::UnicodeNormalization;

use crate::base::text::cpr_like;

/// Larger files are kept but not read, bytes.
pub const READ_AT_MOST: u64 = 50 << 20;
/// More text than this is cut, bytes; about 150 000 words.
pub const TEXT_AT_MOST: usize = 1 << 20;
/// A file that takes longer than this to read is given up.
pub const READ_WITHIN: Duration = Duration::from_secs(30);

/// What an applicant may send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Portable Document Format
    Pdf,
    /// Word, without macros
    Docx,
    /// OpenDocument text
    Odt,
    /// Plain text
    Txt,
    /// A photograph
    Jpg,
    /// A picture or a screen shot
    Png,
}

impl Kind {
    /// All of them, in the order in which a form names them.
    pub const ALL: [Self; 6] = [Self::Pdf, Self::Docx, Self::Odt, Self::Txt, Self::Jpg, Self::Png];

    /// The media type under which it is stored and sent out again.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Txt => "text/plain",
            Self::Jpg => "image/jpeg",
            Self::Png => "image/png",
        }
    }
    /// The kind stored under this media type.
    pub fn from_mime(mime: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.mime() == mime)
    }
    /// The ending of its name, without the dot.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Txt => "txt",
            Self::Jpg => "jpg",
            Self::Png => "png",
        }
    }
    /// The name under which it is handed out: the applicant's own, on one line, without a path, ending as
    /// what it is.
    pub fn safe_name(self, original: &str) -> String {
        let name = original.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = crate::base::text::line(name).replace(['"', '<', '>', '|', ':', '*', '?'], "_");
        let stem = match name.rsplit_once('.') {
            Some((stem, end)) if end.len() <= 5 && end.bytes().all(|b| b.is_ascii_alphanumeric()) => stem,
            _ => &name,
        };
        let stem = stem.trim_matches(['.', ' ']);
        let stem: String = stem.chars().take(120).collect();
        format!("{}.{}", if stem.is_empty() { "fil" } else { &stem }, self.extension())
    }
}

/// A file that is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Judged {
    /// What it is.
    pub kind: Kind,
    /// It says it is encrypted: accepted, but perhaps nobody can open it. Worth a remark, no reason to refuse.
    pub encrypted: bool,
}

/// Why a file is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No bytes at all.
    Empty,
    /// A web page or a script.
    Html,
    /// A drawing that may carry scripts.
    Svg,
    /// A zip that is no document.
    Zip,
    /// A document with macros.
    Macros,
    /// Word 97–2003, or an encrypted newer one.
    OldWord,
    /// Rich Text Format.
    Rtf,
    /// A spreadsheet or a slide show.
    OtherOffice,
    /// A photograph as some phones keep it (HEIC), WebP, GIF, TIFF, BMP.
    OtherPicture,
    /// The end is missing; the upload or the copy was cut off.
    CutOff,
    /// A picture with more pixels than anything of ours will open.
    TooManyPixels,
    /// Anything else.
    Unknown,
}

impl Refusal {
    /// All of them.
    pub const ALL: [Self; 12] = [
        Self::Empty,
        Self::Html,
        Self::Svg,
        Self::Zip,
        Self::Macros,
        Self::OldWord,
        Self::Rtf,
        Self::OtherOffice,
        Self::OtherPicture,
        Self::CutOff,
        Self::TooManyPixels,
        Self::Unknown,
    ];

    /// The message that says what is wrong and what to do.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Empty => "papers-refused-empty",
            Self::Html => "papers-refused-html",
            Self::Svg => "papers-refused-svg",
            Self::Zip => "papers-refused-zip",
            Self::Macros => "papers-refused-macros",
            Self::OldWord => "papers-refused-old-word",
            Self::Rtf => "papers-refused-rtf",
            Self::OtherOffice => "papers-refused-other-office",
            Self::OtherPicture => "papers-refused-other-picture",
            Self::CutOff => "papers-refused-cut-off",
            Self::TooManyPixels => "papers-refused-too-many-pixels",
            Self::Unknown => "papers-refused-unknown",
        }
    }
}

/// How far the text of a file has got. Stored with the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextState {
    /// Not read yet.
    Waiting,
    /// Read.
    Ok,
    /// Read, and there is no text in it: a photograph, a scan.
    Empty,
    /// Could not be read.
    Failed,
}

impl TextState {
    /// As it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Ok => "ok",
            Self::Empty => "empty",
            Self::Failed => "failed",
        }
    }
    /// From how it is stored.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Waiting, Self::Ok, Self::Empty, Self::Failed].into_iter().find(|s| s.code() == code)
    }
}

/// What was read out of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Whether there is anything.
    pub state: TextState,
    /// NFC, without control characters, CPR-like numbers hidden; empty unless the state is `Ok`.
    pub body: String,
    /// Something in it looked like a CPR number and was hidden (D-06): ask the applicant to remove it.
    pub cpr: bool,
}

impl Text {
    /// Nothing came of it.
    pub const fn failed() -> Self {
        Self { state: TextState::Failed, body: String::new(), cpr: false }
    }
    /// There is nothing to read.
    pub const fn empty() -> Self {
        Self { state: TextState::Empty, body: String::new(), cpr: false }
    }
    /// Cleaned, hidden where it must be, cut to length.
    pub fn cleaned(raw: &str) -> Self {
        let clean = tidy(raw);
        if !clean.chars().any(char::is_alphanumeric) {
            return Self::empty();
        }
        let (body, cpr) = hide_cpr(&clean);
        Self { state: TextState::Ok, body, cpr }
    }
}

/// Takes out the text of a file, in this thread, without limits of time: the inside of [`Reader`].
pub fn text_of(kind: Kind, bytes: &[u8]) -> Text {
    let raw = match kind {
        Kind::Jpg | Kind::Png => return Text::empty(),
        Kind::Txt => Some(plain::text(bytes)),
        Kind::Docx => office::docx(bytes),
        Kind::Odt => office::odt(bytes),
        Kind::Pdf => pdf::text(bytes),
    };
    raw.map_or_else(Text::failed, |t| Text::cleaned(&t))
}

/// Puts dots in place of everything that looks like a CPR number (D-06), and says whether there was any.
/// A dot is no letter and no digit, so nothing of the number can be searched for.
pub fn hide_cpr(text: &str) -> (String, bool) {
    let found = cpr_like(text);
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for range in &found {
        out.push_str(&text[from..range.start]);
        out.push_str("······-····");
        from = range.end;
    }
    out.push_str(&text[from..]);
    (out, !found.is_empty())
}

/// NFC; ligatures taken apart; soft hyphens out; words that were broken at a line end put together; runs of
/// white space folded; no control characters; cut at [`TEXT_AT_MOST`].
fn tidy(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len().min(TEXT_AT_MOST));
    for c in raw.nfc() {
        if text.len() >= TEXT_AT_MOST {
            break;
        }
        match c {
            '\u{fb00}' => text.push_str("ff"),
            '\u{fb01}' => text.push_str("fi"),
            '\u{fb02}' => text.push_str("fl"),
            '\u{fb03}' => text.push_str("ffi"),
            '\u{fb04}' => text.push_str("ffl"),
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{fffd}' => {}
            '\u{2010}' | '\u{2011}' => text.push('-'),
            '\n' | '\t' => text.push(c),
            '\r' | '\u{b}' | '\u{c}' | '\u{2028}' | '\u{2029}' => text.push('\n'),
            c if c.is_control() => {}
            c if c.is_whitespace() => text.push(' '),
            c => text.push(c),
        }
    }
    let mut out = String::with_capacity(text.len());
    let mut lines = text.lines().map(str::trim).peekable();
    let mut blank = true;
    while let Some(line) = lines.next() {
        let mut gap = false;
        for c in line.chars() {
            if c == ' ' || c == '\t' {
                gap = true;
            } else {
                if gap {
                    out.push(' ');
                    gap = false;
                }
                out.push(c);
            }
        }
        if line.is_empty() {
            if !blank {
                out.push('\n');
            }
            blank = true;
            continue;
        }
        blank = false;
        // a word broken at the end of a line: "syge-" + "plejerske"; but "SOSU-" + "assistent" keeps its hyphen,
        // and "social-" + "og sundhedsassistent" was never one word
        let next = lines.peek().copied().unwrap_or_default();
        let first = next.split(' ').next().unwrap_or_default();
        let goes_on =
            next.starts_with(char::is_lowercase) && !matches!(first, "og" | "eller" | "samt" | "til");
        let mut before = out.chars().rev();
        let hyphen = before.next() == Some('-');
        let letter = before.next();
        if hyphen && goes_on && letter.is_some_and(char::is_alphabetic) {
            if letter.is_some_and(char::is_lowercase) {
                out.pop();
            }
        } else {
            out.push('\n');
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tidies_what_comes_out_of_a_pdf() {
        assert_eq!(tidy("Jeg er syge-\nplejerske  og   a\u{30a}ben"), "Jeg er sygeplejerske og åben");
        assert_eq!(tidy("SOSU-\nassistent\r\n\n\n\nﬁne\u{ad} ord\u{0}"), "SOSU-assistent\n\nfine ord");
        assert_eq!(tidy("social- \nog sundhedsassistent"), "social-\nog sundhedsassistent");
    }

    #[test]
    fn hides_cpr_numbers_and_says_so() {
        let text = Text::cleaned("Anna Holm, 010203-4567, tlf. 12 34 56 78");
        assert!(text.cpr);
        assert_eq!(text.body, "Anna Holm, ······-····, tlf. 12 34 56 78");
        assert_eq!(Text::cleaned(" \n — … "), Text::empty());
    }

    #[test]
    fn names_end_as_what_they_are() {
        assert_eq!(Kind::Pdf.safe_name("C:\\Mine ting\\CV \"2026\".docx"), "CV _2026_.pdf");
        assert_eq!(Kind::Txt.safe_name("virus.bat"), "virus.txt");
        assert_eq!(Kind::Jpg.safe_name("../../.."), "fil.jpg");
        assert_eq!(Kind::Odt.safe_name("Ansøgning v. 2"), "Ansøgning v. 2.odt");
    }
}
