//! Applicants' files as their owners would send them: a PDF from a word processor, a DOCX, a photographed
//! certificate. Small, but whole: every reader opens them.

use std::io::{Cursor, Write as _};

use anyhow::Context as _;
use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};
use zip::{ZipWriter, write::SimpleFileOptions};

/// Points on an A4 page, and how the text lies on it.
const PAGE: (usize, usize) = (595, 842);
const LEFT: usize = 64;
const TOP: usize = 772;
const STEP: usize = 14;
/// Lines and letters on a page.
const LINES: usize = 50;
const LETTERS: usize = 84;

/// A PDF of A4 pages set in Helvetica. The first line is the heading; a line that ends in `:` is a heading too.
pub fn pdf(text: &str) -> Vec<u8> {
    let lines: Vec<String> = text.lines().flat_map(|line| folded(line, LETTERS)).collect();
    let pages: Vec<String> = lines.chunks(LINES).enumerate().map(|(n, lines)| drawn(lines, n == 0)).collect();
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 5 + 2 * n)).collect();
    let encoding = "/Encoding /WinAnsiEncoding";
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()),
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica {encoding} >>"),
        format!("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold {encoding} >>"),
    ];
    for (n, page) in pages.iter().enumerate() {
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {} {}] /Contents {} 0 R /Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>",
            PAGE.0,
            PAGE.1,
            6 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{page}\nendstream", page.chars().count()));
    }
    let mut file = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n".to_vec();
    let mut places = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend(windows(&format!("{} 0 obj\n{object}\nendobj\n", n + 1)));
    }
    let table = file.len();
    let size = objects.len() + 1;
    file.extend(format!("xref\n0 {size}\n0000000000 65535 f \n").bytes());
    for place in places {
        file.extend(format!("{place:010} 00000 n \n").bytes());
    }
    file.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n").bytes());
    file
}

/// What draws the lines of one page.
fn drawn(lines: &[String], first: bool) -> String {
    let mut page = format!("BT {LEFT} {TOP} Td {STEP} TL");
    for (n, line) in lines.iter().enumerate() {
        let (font, size) = match (first && n == 0, line.ends_with(':')) {
            (true, _) => ("F2", 18),
            (false, true) => ("F2", 11),
            (false, false) => ("F1", 11),
        };
        let escaped = line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        page.push_str(&format!("\n/{font} {size} Tf ({escaped}) Tj T*"));
    }
    page.push_str("\nET");
    page
}

/// A line laid into lines of at most `width` letters, broken between words.
fn folded(line: &str, width: usize) -> Vec<String> {
    let mut out = vec![String::new()];
    for word in line.split(' ') {
        let last = out.last_mut().expect("there is always a line");
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > width {
            out.push(word.to_owned());
            continue;
        }
        if !last.is_empty() {
            last.push(' ');
        }
        last.push_str(word);
    }
    out
}

/// One byte a letter, as WinAnsiEncoding has it; what it lacks becomes `?`.
fn windows(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| match c {
            '–' => 0x96,
            '’' => 0x92,
            '•' => 0x95,
            c => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        })
        .collect()
}

/// A DOCX with a paragraph for every line.
pub fn docx(text: &str) -> anyhow::Result<Vec<u8>> {
    let paragraphs: String = text
        .lines()
        .map(|line| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            format!("<w:p><w:r><w:t xml:space=\"preserve\">{line}</w:t></w:r></w:p>")
        })
        .collect();
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
    let schema = "http://schemas.openxmlformats.org";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "{head}<Types xmlns=\"{schema}/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "{head}<Relationships xmlns=\"{schema}/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"{schema}/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>"
            ),
        ),
        (
            "word/document.xml",
            format!(
                "{head}<w:document xmlns:w=\"{schema}/wordprocessingml/2006/main\"><w:body>{paragraphs}</w:body></w:document>"
            ),
        ),
    ];
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, body) in parts {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(body.as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

/// A certificate laid on a table and photographed, as JPEG.
pub fn certificate(name: &str, what: &str, year: u64) -> anyhow::Result<Vec<u8>> {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf").to_vec());
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"900\" height=\"640\" font-family=\"IBM Plex Sans\" text-anchor=\"middle\">\
         <rect width=\"900\" height=\"640\" fill=\"#8a6f57\"/>\
         <g transform=\"rotate(-1.5 450 320)\"><rect x=\"60\" y=\"46\" width=\"780\" height=\"548\" fill=\"#fdfbf4\"/>\
         <rect x=\"82\" y=\"68\" width=\"736\" height=\"504\" fill=\"none\" stroke=\"#0a5566\" stroke-width=\"3\"/>\
         <text x=\"450\" y=\"160\" font-size=\"44\" font-weight=\"600\" fill=\"#0a5566\">Bevis</text>\
         <text x=\"450\" y=\"250\" font-size=\"24\">{name}</text>\
         <text x=\"450\" y=\"300\" font-size=\"20\">har gennemført uddannelsen til</text>\
         <text x=\"450\" y=\"350\" font-size=\"28\" font-weight=\"600\">{what}</text>\
         <text x=\"450\" y=\"420\" font-size=\"20\">Fjordby, juni {year}</text>\
         <path d=\"M330 500c40-44 60 20 96-14s40 22 84-6 30 6 60-10\" fill=\"none\" stroke=\"#1b2f6b\" stroke-width=\"3\"/></g></svg>"
    );
    let options = Options { fontdb: fonts.into(), font_family: "IBM Plex Sans".into(), ..Options::default() };
    let tree = Tree::from_str(&svg, &options)?;
    let mut drawing = Pixmap::new(900, 640).context("a picture of that size can be made")?;
    resvg::render(&tree, Transform::identity(), &mut drawing.as_mut());
    let opaque: Vec<u8> = drawing.data().chunks_exact(4).flat_map(|p| [p[0], p[1], p[2]]).collect();
    let mut file = Vec::new();
    image::codecs::jpeg::JpegEncoder::new_with_quality(&mut file, 82).encode(
        &opaque,
        900,
        640,
        image::ExtendedColorType::Rgb8,
    )?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::applications::papers::{Kind, judge};

    const CV: &str = "Åse Østergaard Græsbøll\n\nErfaring:\n2019–2024 Hjemmeplejen Syd (aftenvagt)\n- kender sårpleje og medicin";

    #[test]
    fn a_pdf_of_ours_is_judged_and_read_with_its_danish_letters() {
        let file = pdf(&format!("{CV}\n{}", "Et ord til og et til. ".repeat(400)));
        let judged = judge("CV.pdf", &mut Cursor::new(&file)).unwrap().unwrap();
        assert_eq!((judged.kind, judged.encrypted), (Kind::Pdf, false));
        let text = pdf_extract::extract_text_from_mem(&file).unwrap();
        for wanted in ["Åse Østergaard Græsbøll", "2019–2024 Hjemmeplejen Syd (aftenvagt)", "sårpleje"]
        {
            assert!(text.contains(wanted), "{wanted}: {text}");
        }
        assert!(String::from_utf8_lossy(&file).contains("/Count 3"), "long texts go on overleaf");
    }

    #[test]
    fn a_docx_and_a_certificate_of_ours_are_what_they_say() {
        let docx = docx(CV).unwrap();
        assert_eq!(judge("CV.docx", &mut Cursor::new(&docx)).unwrap().unwrap().kind, Kind::Docx);
        let jpg = certificate("Åse Østergaard", "social- og sundhedsassistent", 2015).unwrap();
        assert_eq!(judge("Bevis.jpg", &mut Cursor::new(&jpg)).unwrap().unwrap().kind, Kind::Jpg);
    }
}
