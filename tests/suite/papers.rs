//! Real files of the kinds people send, through the reader as it runs in production.

use std::{fs::File, io::Cursor, path::PathBuf};

use opslag::applications::papers::{Judged, Kind, Reader, Refusal, Text, TextState, judge};

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/papers").join(name)
}

fn said(name: &str) -> Result<Judged, Refusal> {
    judge(name, &mut File::open(path(name)).unwrap()).unwrap()
}

fn reader() -> Reader {
    Reader::apart(env!("CARGO_BIN_EXE_opslag").into())
}

async fn text(name: &str) -> Text {
    let kind = said(name).unwrap().kind;
    reader().read(kind, std::fs::read(path(name)).unwrap()).await
}

#[test]
fn files_are_what_they_hold() {
    for (name, kind, encrypted) in [
        ("cv.docx", Kind::Docx, false),
        ("ansoegning.odt", Kind::Odt, false),
        ("cv-browser.pdf", Kind::Pdf, false),
        ("cv-latin.pdf", Kind::Pdf, false),
        ("scannet.pdf", Kind::Pdf, false),
        ("kun-laese.pdf", Kind::Pdf, true),
        ("laast.pdf", Kind::Pdf, true),
        ("brev-1252.txt", Kind::Txt, false),
        ("side.jpg", Kind::Jpg, false),
        ("skaermbillede.png", Kind::Png, false),
    ] {
        assert_eq!(said(name), Ok(Judged { kind, encrypted }), "{name}");
    }
    assert_eq!(said("makro.docx"), Err(Refusal::Macros));
}

#[test]
fn a_file_without_its_end_is_refused() {
    for name in ["cv.docx", "ansoegning.odt", "cv-latin.pdf", "side.jpg", "skaermbillede.png"] {
        let bytes = std::fs::read(path(name)).unwrap();
        let half = &bytes[..bytes.len() / 2];
        assert_eq!(judge(name, &mut Cursor::new(half)).unwrap(), Err(Refusal::CutOff), "{name}");
    }
}

#[tokio::test]
async fn danish_text_comes_out_whole() {
    for (name, words) in [
        (
            "cv.docx",
            &[
                "Maja Ågård Sørensen · Østergade 7, 8900 Randers",
                "social- og sundhedsassistent og har arbejdet seks år på plejehjemmet Lindebo, mest i nattevagt.",
                "Jeg har erfaring med demens og palliativ pleje, medicinhåndtering & dokumentation i Cura.",
                "Æbleskoven Børnehus",
                "CPR: ······-····",
                "Side 1 – sidst ændret i november",
            ][..],
        ),
        (
            "ansoegning.odt",
            &[
                "Ansøgning som pædagog i børnehaven Æblehaven\nKære Birthe Kjærgård",
                "Jeg kan begynde den 1. februar.\nVenlig hilsen Åse Løkke",
            ],
        ),
        (
            "cv-browser.pdf",
            &[
                "Mikkel Dalgaard Øster",
                "Pædagogisk assistent og nattevagt på et botilbud",
                "udviklingshæmning",
                "officielle",
            ],
        ),
        (
            "cv-latin.pdf",
            &["hjemmesygeplejen i Ærøskøbing", "sårpleje", "CPR ······-····", "konflikthåndtering"],
        ),
        ("kun-laese.pdf", &["hjemmesygeplejen i Ærøskøbing"]),
        ("brev-1252.txt", &["Kære Susanne\n\nJeg søger stillingen", "skolerne i Ølsted – helst", "Gülsah"]),
    ] {
        let text = text(name).await;
        assert_eq!(text.state, TextState::Ok, "{name}");
        for word in words {
            assert!(text.body.contains(word), "{name} lacks {word:?}: {}", text.body);
        }
        assert!(!text.body.contains("010190") && !text.body.contains("120385"), "{name}");
        assert_eq!(
            text.cpr,
            name.starts_with("cv.") || name == "cv-latin.pdf" || name == "kun-laese.pdf",
            "{name}"
        );
    }
    assert_eq!(text("scannet.pdf").await, Text::empty());
    assert_eq!(text("side.jpg").await, Text::empty());
    assert_eq!(text("laast.pdf").await, Text::failed());
}

#[tokio::test]
async fn a_file_made_to_harm_harms_only_the_reader() {
    // draws itself until the stack ends
    assert_eq!(text("sig-selv.pdf").await, Text::failed());
    // 4 GB of nothing, packed twice
    let bomb = packed(&packed(&vec![b' '; 64 << 20]).repeat(64));
    let head = "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n\
        2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\nendobj\n\
        3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 4 0 R >>\nendobj\n";
    let body = format!("4 0 obj\n<< /Length {} /Filter [/FlateDecode /FlateDecode] >>\nstream\n", bomb.len());
    let mut pdf = [head.as_bytes(), body.as_bytes(), &bomb, b"\nendstream\nendobj\n"].concat();
    let at = |needle: &str| pdf.windows(needle.len()).position(|w| w == needle.as_bytes()).unwrap();
    let rows: String = (1..=4).map(|n| format!("{:010} 00000 n \n", at(&format!("{n} 0 obj")))).collect();
    let table = format!(
        "xref\n0 5\n0000000000 65535 f \n{rows}trailer << /Size 5 /Root 1 0 R >>\nstartxref\n{}\n%%EOF\n",
        pdf.len()
    );
    pdf.extend_from_slice(table.as_bytes());
    assert_eq!(judge("cv.pdf", &mut Cursor::new(&pdf)).unwrap().map(|j| j.kind), Ok(Kind::Pdf));
    let text = reader().read(Kind::Pdf, pdf).await;
    assert_ne!(text.state, TextState::Ok);
    // and the next one is read as if nothing had been
    assert_eq!(self::text("cv-latin.pdf").await.state, TextState::Ok);
}

fn packed(bytes: &[u8]) -> Vec<u8> {
    use std::io::Write;
    // a zip entry holds a raw deflate stream; with two bytes before and a wrong checksum behind it is zlib
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("x", zip::write::SimpleFileOptions::default()).unwrap();
    zip.write_all(bytes).unwrap();
    let mut zip = zip.finish_into_readable().unwrap();
    let mut raw = vec![0x78, 0x9c];
    std::io::Read::read_to_end(&mut zip.by_index_raw(0).unwrap(), &mut raw).unwrap();
    raw
}
