//! What a file is, by what is in it.

use std::io::{Read, Seek, SeekFrom};

use image::{ImageReader, Limits};

use super::{Judged, Kind, Refusal, office, plain};

/// More pixels than this are refused: nothing of ours would open it.
const PIXELS_AT_MOST: u64 = 120_000_000;
const HEAD: usize = 4096;
const TAIL: u64 = 4096;

/// Says what the file is, or why it is refused. `name` decides nothing but whether plain text is meant as such:
/// a script is plain text too, and must not be handed out under its own name.
pub fn judge<F: Read + Seek>(name: &str, file: &mut F) -> std::io::Result<Result<Judged, Refusal>> {
    let length = file.seek(SeekFrom::End(0))?;
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    if head.is_empty() {
        return Ok(Err(Refusal::Empty));
    }
    let plain = |kind| Ok(Judged { kind, encrypted: false });
    Ok(if let Some(refusal) = markup(&head) {
        Err(refusal)
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        file.seek(SeekFrom::Start(0))?;
        office::judge(file)
    } else if head.starts_with(&[0xff, 0xd8, 0xff]) {
        if jpeg_ends(file)? { pixels(file)?.and_then(|()| plain(Kind::Jpg)) } else { Err(Refusal::CutOff) }
    } else if head.starts_with(b"\x89PNG\r\n\x1a\n") {
        let end = tail(file, length)?;
        if find(&end, b"IEND").is_some() {
            pixels(file)?.and_then(|()| plain(Kind::Png))
        } else {
            Err(Refusal::CutOff)
        }
    } else if find(&head[..head.len().min(1024)], b"%PDF-").is_some() {
        pdf(file, length)?
    } else if head.starts_with(&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]) {
        Err(Refusal::OldWord)
    } else if head.starts_with(b"{\\rtf") {
        Err(Refusal::Rtf)
    } else if other_picture(&head) {
        Err(Refusal::OtherPicture)
    } else if plain::is_text(&head) && means_text(name) {
        plain(Kind::Txt)
    } else {
        Err(Refusal::Unknown)
    })
}

/// HTML, SVG and scripts, whatever they call themselves.
fn markup(head: &[u8]) -> Option<Refusal> {
    let start = &head[..head.len().min(1024)];
    // UTF-16 looks like ASCII with holes
    let text: String =
        start.iter().filter(|b| **b != 0).map(|b| char::from(*b).to_ascii_lowercase()).collect();
    let text = text.trim_start_matches(['\u{ef}', '\u{bb}', '\u{bf}', '\u{fe}', '\u{ff}']).trim_start();
    if !text.starts_with('<') && !text.starts_with("#!") {
        return None;
    }
    if text.starts_with("#!") || text.starts_with("<?php") {
        return Some(Refusal::Html);
    }
    if text.contains("<svg") {
        return Some(Refusal::Svg);
    }
    let page =
        ["<!doctype", "<html", "<head", "<body", "<script", "<iframe", "<?xml", "<!--", "<meta", "<style"];
    page.iter().any(|p| text.starts_with(p)).then_some(Refusal::Html)
}

fn other_picture(head: &[u8]) -> bool {
    let brand = head.get(8..12).unwrap_or_default();
    let heif = head.get(4..8) == Some(b"ftyp")
        && [&b"heic"[..], b"heix", b"hevc", b"mif1", b"msf1", b"avif"].contains(&brand);
    heif || head.starts_with(b"GIF8")
        || (head.starts_with(b"RIFF") && brand == b"WEBP")
        || head.starts_with(b"II*\0")
        || head.starts_with(b"MM\0*")
        || (head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]))
}

fn means_text(name: &str) -> bool {
    match name.rsplit_once('.') {
        None => true,
        Some((_, end)) => ["txt", "text", "md"].contains(&end.to_ascii_lowercase().as_str()),
    }
}

fn pdf<F: Read + Seek>(file: &mut F, length: u64) -> std::io::Result<Result<Judged, Refusal>> {
    let end = tail(file, length)?;
    if find(&end, b"%%EOF").is_none() && find(&end, b"startxref").is_none() {
        return Ok(Err(Refusal::CutOff));
    }
    // The word stands in the trailer, or in the dictionary of a cross-reference stream; both are plain.
    file.seek(SeekFrom::Start(0))?;
    let encrypted = contains(file, b"/Encrypt")?;
    Ok(Ok(Judged { kind: Kind::Pdf, encrypted }))
}

/// Whether the picture's own end marker stands after the start of its scan; a thumbnail's does not count.
fn jpeg_ends<F: Read + Seek>(file: &mut F) -> std::io::Result<bool> {
    let mut at = 2;
    loop {
        file.seek(SeekFrom::Start(at))?;
        let mut marker = [0u8; 4];
        if file.read_exact(&mut marker).is_err() || marker[0] != 0xff {
            return Ok(false);
        }
        match marker[1] {
            0xff => at += 1,
            0xda => break,
            _ => at += 2 + u64::from(u16::from_be_bytes([marker[2], marker[3]])),
        }
    }
    contains(file, &[0xff, 0xd9])
}

fn pixels<F: Read + Seek>(file: &mut F) -> std::io::Result<Result<(), Refusal>> {
    file.seek(SeekFrom::Start(0))?;
    let mut reader = ImageReader::new(std::io::BufReader::new(&mut *file)).with_guessed_format()?;
    reader.limits(Limits::default());
    Ok(match reader.into_dimensions() {
        Ok((w, h)) if u64::from(w) * u64::from(h) <= PIXELS_AT_MOST => Ok(()),
        Ok(_) => Err(Refusal::TooManyPixels),
        Err(_) => Err(Refusal::CutOff),
    })
}

fn tail<F: Read + Seek>(file: &mut F, length: u64) -> std::io::Result<Vec<u8>> {
    file.seek(SeekFrom::Start(length.saturating_sub(TAIL)))?;
    let mut end = Vec::new();
    file.take(TAIL).read_to_end(&mut end)?;
    Ok(end)
}

fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|w| w == needle)
}

/// Whether the rest of the file holds these bytes, read in pieces.
fn contains<F: Read>(file: &mut F, needle: &[u8]) -> std::io::Result<bool> {
    let mut piece = vec![0u8; 1 << 16];
    let mut kept = 0;
    loop {
        let n = file.read(&mut piece[kept..])?;
        if n == 0 {
            return Ok(false);
        }
        let filled = kept + n;
        if find(&piece[..filled], needle).is_some() {
            return Ok(true);
        }
        kept = (needle.len() - 1).min(filled);
        piece.copy_within(filled - kept..filled, 0);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    fn said(name: &str, bytes: &[u8]) -> Result<Judged, Refusal> {
        judge(name, &mut Cursor::new(bytes)).expect("a cursor reads")
    }

    #[test]
    fn refuses_what_may_hurt_by_what_it_is() {
        for (name, bytes, why) in [
            ("cv.pdf", &b""[..], Refusal::Empty),
            ("cv.txt", b"\xef\xbb\xbf  <!DOCTYPE html><p>hej", Refusal::Html),
            ("cv.txt", b"<\0h\0t\0m\0l\0>\0", Refusal::Html),
            ("cv.txt", b"#!/bin/sh\nrm -rf /", Refusal::Html),
            ("cv.jpg", b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", Refusal::Svg),
            ("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1......", Refusal::OldWord),
            ("cv.rtf", b"{\\rtf1 hej}", Refusal::Rtf),
            ("foto.jpg", b"\0\0\0\x18ftypheic\0\0\0\0", Refusal::OtherPicture),
            ("foto.jpg", b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0", Refusal::CutOff),
            ("foto.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", Refusal::CutOff),
            ("cv.pdf", b"%PDF-1.7\n1 0 obj <<", Refusal::CutOff),
            ("cv.docx", b"PK\x03\x04 but no more", Refusal::CutOff),
            ("cv.exe", b"MZ\x90\0\x03\0\0\0", Refusal::Unknown),
            ("cv.bat", b"del *.*", Refusal::Unknown),
        ] {
            assert_eq!(said(name, bytes), Err(why), "{name} {:?}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn a_letter_that_speaks_of_markup_is_text() {
        let letter = "Jeg kan skrive <html> og <svg> i hånden.".as_bytes();
        assert_eq!(said("brev.txt", letter), Ok(Judged { kind: Kind::Txt, encrypted: false }));
    }

    #[test]
    fn finds_bytes_across_the_edge_of_a_piece() {
        let mut bytes = vec![b'x'; (1 << 16) - 3];
        bytes.extend_from_slice(b"/Encrypt");
        assert!(contains(&mut Cursor::new(&bytes), b"/Encrypt").expect("a cursor reads"));
        assert!(!contains(&mut Cursor::new(&bytes), b"/Encryption").expect("a cursor reads"));
    }
}
