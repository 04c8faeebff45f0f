//! A tracked link as a QR code, as SVG for print and as PNG for everything else. Both are drawn from the same modules with the
//! quiet zone the standard asks for, in plain black on white, so that any phone reads them from paper.

use fast_qr::{ECL, QRBuilder, QRCode};
use image::{GrayImage, ImageEncoder, Luma, codecs::png::PngEncoder};

/// Empty modules around the code.
const QUIET: usize = 4;
/// The PNG is at least this wide, in pixels.
const WIDE: usize = 1000;

/// A code's two files.
pub struct Drawn {
    /// For print.
    pub svg: String,
    /// For screens.
    pub png: Vec<u8>,
}

/// Draws `text`; none when it is longer than a code can hold.
pub fn draw(text: &str) -> Option<Drawn> {
    // a quarter of it may be creased or stained
    let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
    Some(Drawn { svg: svg(&code), png: png(&code)? })
}

/// Whether a module is dark, counted with the quiet zone.
fn dark(code: &QRCode, x: usize, y: usize) -> bool {
    let inside = |at: usize| at.checked_sub(QUIET).filter(|at| *at < code.size);
    matches!((inside(x), inside(y)), (Some(x), Some(y)) if code[y][x].value())
}

fn svg(code: &QRCode) -> String {
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for y in 0..side {
        for x in (0..side).filter(|x| dark(code, *x, y)) {
            path.push_str(&format!("M{x} {y}h1v1h-1z"));
        }
    }
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>\n"
    )
}

fn png(code: &QRCode) -> Option<Vec<u8>> {
    let side = code.size + 2 * QUIET;
    let scale = WIDE.div_ceil(side);
    let pixels = u32::try_from(side * scale).ok()?;
    let picture = GrayImage::from_fn(pixels, pixels, |x, y| {
        let at = |pixel: u32| usize::try_from(pixel).unwrap_or(0) / scale;
        Luma([if dark(code, at(x), at(y)) { 0 } else { 255 }])
    });
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(picture.as_raw(), pixels, pixels, image::ExtendedColorType::L8)
        .ok()?;
    Some(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_reads_the_link_back() {
        let link = "https://job.fjordby.dk/r/7Q2F9KXMab";
        let drawn = draw(link).unwrap();
        let picture = image::load_from_memory(&drawn.png).unwrap().into_luma8();
        assert!(picture.width() >= 1000 && picture.width() == picture.height());
        let (width, height) = (picture.width() as usize, picture.height() as usize);
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
            picture.get_pixel(x as u32, y as u32).0[0]
        });
        let read: Vec<String> = seen.detect_grids().iter().map(|grid| grid.decode().unwrap().1).collect();
        assert_eq!(read, [link]);
    }

    #[test]
    fn the_drawing_for_print_shows_the_same_modules() {
        let link = "https://job.fjordby.dk/r/7Q2F9KXMab";
        let code = QRBuilder::new(link).ecl(ECL::Q).build().unwrap();
        let count = (0..code.size).flat_map(|y| (0..code.size).map(move |x| (x, y)));
        let count = count.filter(|(x, y)| code[*y][*x].value()).count();
        assert_eq!(draw(link).unwrap().svg.matches("h1v1h-1z").count(), count);
        assert!(draw(&"x".repeat(5000)).is_none());
    }
}
