//! What a file is, judged by its first bytes and never by its name; and why a file is not taken.

/// Why a file was not taken: the key of a sentence that says what is wrong and what to do, and the
/// values it mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Key in `media.ftl`.
    pub key: &'static str,
    /// Variables of the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl Refusal {
    /// A sentence without values.
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }
    /// The same sentence with one value more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

/// A format we take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// JPEG
    Jpeg,
    /// PNG
    Png,
    /// WebP
    WebP,
    /// GIF
    Gif,
    /// MP4, M4V or MOV: boxes
    Mp4,
    /// WebM or Matroska: EBML
    WebM,
}

/// How many bytes [`judge`] wants to see, when there are so many.
pub const HEAD: usize = 4096;

impl Content {
    /// A film, not a picture.
    pub const fn is_film(self) -> bool {
        matches!(self, Self::Mp4 | Self::WebM)
    }
    /// The media type we serve it as.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Mp4 => "video/mp4",
            Self::WebM => "video/webm",
        }
    }
}

/// Judges the first [`HEAD`] bytes. Everything that is not surely a picture or film we take is
/// refused, with a sentence of its own where people often bring it.
pub fn judge(head: &[u8]) -> Result<Content, Refusal> {
    if head.is_empty() {
        return Err(Refusal::new("media-refused-empty"));
    }
    if head.starts_with(b"\xff\xd8\xff") {
        return Ok(Content::Jpeg);
    }
    if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Content::Png);
    }
    if head.starts_with(b"GIF87a") || head.starts_with(b"GIF89a") {
        return Ok(Content::Gif);
    }
    if head.starts_with(b"RIFF") {
        return match head.get(8..12) {
            Some(b"WEBP") => Ok(Content::WebP),
            Some(b"AVI ") => Err(Refusal::new("media-refused-film-format")),
            _ => Err(Refusal::new("media-refused-unknown")),
        };
    }
    if head.starts_with(b"\x1aE\xdf\xa3") {
        return Ok(Content::WebM);
    }
    if let Some(brand) = head.get(4..8).filter(|t| *t == b"ftyp").and(head.get(8..12)) {
        return match brand {
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
                Err(Refusal::new("media-refused-heic"))
            }
            b"avif" | b"avis" => Err(Refusal::new("media-refused-avif")),
            b"M4A " | b"M4B " => Err(Refusal::new("media-refused-sound")),
            _ => Ok(Content::Mp4),
        };
    }
    // QuickTime films of old begin without ftyp
    if matches!(head.get(4..8), Some(b"moov" | b"mdat" | b"wide" | b"free" | b"skip" | b"pnot")) {
        return Ok(Content::Mp4);
    }
    Err(Refusal::new(known_stranger(head)))
}

fn known_stranger(head: &[u8]) -> &'static str {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"PK\x03\x04", "media-refused-zip"),
        (b"PK\x05\x06", "media-refused-zip"),
        (b"%PDF", "media-refused-pdf"),
        (b"II*\0", "media-refused-tiff"),
        (b"MM\0*", "media-refused-tiff"),
        (b"BM", "media-refused-bmp"),
        (b"8BPS", "media-refused-photoshop"),
        (b"ID3", "media-refused-sound"),
        (b"OggS", "media-refused-film-format"),
        (b"\x30\x26\xb2\x75", "media-refused-film-format"),
        (b"FLV", "media-refused-film-format"),
        (b"\0\0\x01\xba", "media-refused-film-format"),
        (b"\0\0\x01\xb3", "media-refused-film-format"),
    ];
    if let Some((_, key)) = MAGIC.iter().find(|(magic, _)| head.starts_with(magic)) {
        return key;
    }
    let text = String::from_utf8_lossy(head).to_lowercase();
    let text = text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    if text.contains("<svg") {
        "media-refused-svg"
    } else if text.starts_with('<') || text.contains("<html") || text.contains("<script") {
        "media-refused-html"
    } else {
        "media-refused-unknown"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_counts_and_names_do_not() {
        let cases: &[(&str, Result<Content, &str>)] = &[
            ("rotated.jpg", Ok(Content::Jpeg)),
            ("graphic.png", Ok(Content::Png)),
            ("logo.gif", Ok(Content::Gif)),
            ("photo.webp", Ok(Content::WebP)),
            ("film.mp4", Ok(Content::Mp4)),
            ("sideways.mov", Ok(Content::Mp4)),
            ("film.webm", Ok(Content::WebM)),
            ("heic.jpg", Err("media-refused-heic")),
            ("zip.jpg", Err("media-refused-zip")),
            ("drawing.svg", Err("media-refused-svg")),
            ("page.jpg", Err("media-refused-html")),
            ("film.da.vtt", Err("media-refused-unknown")),
        ];
        for (name, want) in cases {
            let bytes = std::fs::read(format!("tests/data/media/{name}")).unwrap();
            let head = &bytes[..bytes.len().min(HEAD)];
            assert_eq!(judge(head).map_err(|r| r.key), *want, "{name}");
        }
        assert_eq!(judge(b"").unwrap_err().key, "media-refused-empty");
        assert_eq!(judge(b"\xef\xbb\xbf  <?xml?><svg>").unwrap_err().key, "media-refused-svg");
    }
}
