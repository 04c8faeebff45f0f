//! Word and OpenDocument texts: a zip with XML in it. Nothing but that XML is ever opened.

use std::io::{Cursor, Read, Seek};

use quick_xml::{Reader, XmlVersion, events::BytesRef, events::Event};
use zip::{ZipArchive, result::ZipError};

use super::{Judged, Kind, Refusal};

/// More files than this inside are no letter.
const ENTRIES_AT_MOST: usize = 4000;
/// Uncompressed XML read at most, all parts together, bytes: a zip bomb stops here.
const XML_AT_MOST: u64 = 48 << 20;
const MAIN: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";

/// What this zip is.
pub(super) fn judge<F: Read + Seek>(file: &mut F) -> Result<Judged, Refusal> {
    let mut zip = match ZipArchive::new(file) {
        Ok(zip) => zip,
        Err(ZipError::UnsupportedArchive(_)) => return Err(Refusal::Zip),
        Err(_) => return Err(Refusal::CutOff),
    };
    if zip.len() > ENTRIES_AT_MOST {
        return Err(Refusal::Zip);
    }
    let names: Vec<String> = names(&zip);
    let has = |end: &str| names.iter().any(|n| n.to_ascii_lowercase().ends_with(end));
    if let Some(kind) = part(&mut zip, "mimetype", 200) {
        return match kind.trim() {
            "application/vnd.oasis.opendocument.text" if names.iter().any(|n| n == "content.xml") => {
                if names.iter().any(|n| n.starts_with("Basic/") || n.starts_with("Scripts/")) {
                    return Err(Refusal::Macros);
                }
                let encrypted = part(&mut zip, "META-INF/manifest.xml", 1 << 20)
                    .is_some_and(|manifest| manifest.contains("encryption-data"));
                Ok(Judged { kind: Kind::Odt, encrypted })
            }
            t if t.starts_with("application/vnd.oasis.opendocument.") => Err(Refusal::OtherOffice),
            _ => Err(Refusal::Zip),
        };
    }
    let Some(types) = part(&mut zip, "[Content_Types].xml", 1 << 20) else { return Err(Refusal::Zip) };
    if types.contains("macroEnabled") || has("vbaproject.bin") || has("vbadata.xml") {
        return Err(Refusal::Macros);
    }
    match main_part(&types) {
        Some(main) if names.contains(&main) => Ok(Judged { kind: Kind::Docx, encrypted: false }),
        _ if types.contains("spreadsheetml") || types.contains("presentationml") => Err(Refusal::OtherOffice),
        _ => Err(Refusal::Zip),
    }
}

/// The text of a Word document, headers and footers first and last; nothing when it cannot be read.
pub(super) fn docx(bytes: &[u8]) -> Option<String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let types = part(&mut zip, "[Content_Types].xml", 1 << 20)?;
    let main = main_part(&types)?;
    let mut names: Vec<String> = names(&zip);
    names.sort();
    let named = |piece: &str| -> Vec<String> {
        let inside =
            |n: &&String| n.ends_with(".xml") && n.rsplit('/').next().is_some_and(|f| f.starts_with(piece));
        names.iter().filter(inside).cloned().collect()
    };
    let mut parts = named("header");
    parts.push(main.clone());
    parts.extend(named("footnotes"));
    parts.extend(named("footer"));
    let mut left = XML_AT_MOST;
    let mut out = String::new();
    for name in parts {
        let Some(xml) = part(&mut zip, &name, left) else {
            if name == main {
                return None;
            }
            continue;
        };
        left = left.saturating_sub(xml.len() as u64);
        let read = word(&xml, &mut out);
        if read.is_none() && name == main && out.is_empty() {
            return None;
        }
    }
    Some(out)
}

/// The text of an OpenDocument text; nothing when it cannot be read or is encrypted.
pub(super) fn odt(bytes: &[u8]) -> Option<String> {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut out = String::new();
    // page headers and footers live among the styles
    if let Some(styles) = part(&mut zip, "styles.xml", XML_AT_MOST) {
        open(&styles, &mut out);
    }
    let content = part(&mut zip, "content.xml", XML_AT_MOST)?;
    let before = out.len();
    if open(&content, &mut out).is_none() && out.len() == before {
        return None;
    }
    Some(out)
}

fn names<F: Read + Seek>(zip: &ZipArchive<F>) -> Vec<String> {
    zip.file_names().filter_map(|n| n.ok().map(std::borrow::Cow::into_owned)).collect()
}

/// One file of the zip as text; nothing when it is missing, larger than `most` bytes, broken or not UTF-8.
fn part<F: Read + Seek>(zip: &mut ZipArchive<F>, name: &str, most: u64) -> Option<String> {
    let file = zip.by_name(name).ok()?;
    let mut bytes = Vec::new();
    file.take(most + 1).read_to_end(&mut bytes).ok()?;
    if bytes.len() as u64 > most {
        return None;
    }
    match bytes.as_slice() {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(super::plain::text(&bytes)),
        _ => String::from_utf8(bytes).ok(),
    }
}

/// The name of the part that holds the document, as the list of content types has it.
fn main_part(types: &str) -> Option<String> {
    let mut reader = Reader::from_str(types);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) | Event::Empty(tag) if tag.local_name().as_ref() == b"Override" => {
                let value = |key: &str| {
                    let found = tag.try_get_attribute(key).ok().flatten()?;
                    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
                };
                if value("ContentType").as_deref() == Some(MAIN) {
                    return value("PartName").map(|p| p.trim_start_matches('/').to_owned());
                }
            }
            Event::Eof => return None,
            _ => {}
        }
    }
}

/// `&amp;` and its kin; entities of the document's own are never expanded.
fn reference(entity: &BytesRef<'_>, out: &mut String) {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        out.push(c);
    } else if let Ok(name) = entity.decode() {
        match name.as_ref() {
            "amp" => out.push('&'),
            "lt" => out.push('<'),
            "gt" => out.push('>'),
            "quot" => out.push('"'),
            "apos" => out.push('\''),
            _ => {}
        }
    }
}

/// WordprocessingML: text runs, with paragraphs, breaks and cells as white space. What was deleted under
/// "track changes" and the second copy of a text box (its fallback) are left out. `None` when the XML breaks off.
fn word(xml: &str, out: &mut String) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let (mut in_text, mut skipping) = (false, 0u32);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.local_name().as_ref() {
                b"Fallback" | b"del" => skipping += 1,
                b"t" => in_text = true,
                _ => {}
            },
            Event::End(tag) => match tag.local_name().as_ref() {
                b"Fallback" | b"del" => skipping = skipping.saturating_sub(1),
                b"t" => in_text = false,
                b"p" => out.push('\n'),
                b"tc" => out.push('\t'),
                _ => {}
            },
            Event::Empty(tag) => match tag.local_name().as_ref() {
                b"tab" | b"ptab" => out.push('\t'),
                b"br" | b"cr" | b"p" => out.push('\n'),
                b"noBreakHyphen" => out.push('-'),
                _ => {}
            },
            Event::Text(text) if in_text && skipping == 0 => out.push_str(&text.decode().ok()?),
            Event::CData(text) if in_text && skipping == 0 => out.push_str(&text.decode().ok()?),
            Event::GeneralRef(entity) if in_text && skipping == 0 => reference(&entity, out),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

/// OpenDocument: paragraphs and headings with their tabs, spaces and breaks; not what was deleted under
/// "track changes", and no margin notes. `None` when the XML breaks off.
fn open(xml: &str, out: &mut String) -> Option<()> {
    let mut reader = Reader::from_str(xml);
    let (mut inside, mut skipping) = (0u32, 0u32);
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => match tag.name().as_ref() {
                b"text:tracked-changes" | b"office:annotation" => skipping += 1,
                b"text:p" | b"text:h" => inside += 1,
                _ => {}
            },
            Event::End(tag) => match tag.name().as_ref() {
                b"text:tracked-changes" | b"office:annotation" => skipping = skipping.saturating_sub(1),
                b"text:p" | b"text:h" => {
                    inside = inside.saturating_sub(1);
                    out.push('\n');
                }
                b"table:table-cell" => out.push('\t'),
                _ => {}
            },
            Event::Empty(tag) => match tag.name().as_ref() {
                b"text:s" | b"text:tab" => out.push(' '),
                b"text:line-break" => out.push('\n'),
                _ => {}
            },
            Event::Text(text) if inside > 0 && skipping == 0 => out.push_str(&text.decode().ok()?),
            Event::CData(text) if inside > 0 && skipping == 0 => out.push_str(&text.decode().ok()?),
            Event::GeneralRef(entity) if inside > 0 && skipping == 0 => reference(&entity, out),
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use zip::{ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).expect("a new entry");
            zip.write_all(text.as_bytes()).expect("memory");
        }
        zip.finish().expect("memory").into_inner()
    }

    fn types(main: &str) -> String {
        format!("<Types><Override PartName=\"/word/document2.xml\" ContentType=\"{main}\"/></Types>")
    }

    #[test]
    fn a_zip_is_what_it_holds() {
        let said =
            |parts: &[(&str, &str)]| judge(&mut Cursor::new(zipped(parts))).map(|j| (j.kind, j.encrypted));
        let body = ("word/document2.xml", "<w:document/>");
        assert_eq!(said(&[("[Content_Types].xml", &types(MAIN)), body]), Ok((Kind::Docx, false)));
        assert_eq!(said(&[("[Content_Types].xml", &types(MAIN))]), Err(Refusal::Zip));
        assert_eq!(said(&[("foto.jpg", "x"), ("cv.docx", "y")]), Err(Refusal::Zip));
        let macros = types("application/vnd.ms-word.document.macroEnabled.main+xml");
        assert_eq!(said(&[("[Content_Types].xml", &macros), body]), Err(Refusal::Macros));
        let hidden = [("[Content_Types].xml", &*types(MAIN)), body, ("word/vbaProject.bin", "")];
        assert_eq!(said(&hidden), Err(Refusal::Macros));
        let sheet = types("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        assert_eq!(said(&[("[Content_Types].xml", &sheet)]), Err(Refusal::OtherOffice));
        let odt = ("mimetype", "application/vnd.oasis.opendocument.text");
        let locked = ("META-INF/manifest.xml", "<manifest:encryption-data/>");
        assert_eq!(said(&[odt, ("content.xml", ""), locked]), Ok((Kind::Odt, true)));
        assert_eq!(said(&[odt, ("content.xml", ""), ("Basic/Standard/m.xml", "")]), Err(Refusal::Macros));
    }

    #[test]
    fn word_text_without_deletions_and_doubles() {
        let xml = "<w:document><w:body><w:p><w:r><w:t>Pleje &amp; oms</w:t></w:r><w:r><w:t>org p&#229;</w:t><w:tab/>\
            <w:t>nat</w:t></w:r></w:p><w:p><w:del><w:r><w:delText>væk</w:delText><w:t>væk</w:t></w:r></w:del>\
            <mc:AlternateContent><mc:Choice><w:t>boks</w:t></mc:Choice><mc:Fallback><w:t>boks</w:t></mc:Fallback>\
            </mc:AlternateContent></w:p></w:body></w:document>";
        let bytes = zipped(&[("[Content_Types].xml", &types(MAIN)), ("word/document2.xml", xml)]);
        assert_eq!(docx(&bytes).expect("readable"), "Pleje & omsorg på\tnat\nboks\n");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = format!("<w:p><w:t>{}", " ".repeat(60 << 20));
        let bytes = zipped(&[("[Content_Types].xml", &types(MAIN)), ("word/document2.xml", &bomb)]);
        assert!(bytes.len() < 1 << 20);
        assert_eq!(docx(&bytes), None);
    }

    #[test]
    fn entities_of_the_document_are_not_expanded() {
        let xml = "<!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><w:p><w:t>x&b;y</w:t></w:p>";
        let bytes = zipped(&[("[Content_Types].xml", &types(MAIN)), ("word/document2.xml", xml)]);
        assert_eq!(docx(&bytes).expect("readable"), "xy\n");
    }
}
