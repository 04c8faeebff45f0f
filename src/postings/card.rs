//! The card that other sites show of an ad: an SVG filled in and drawn, 1200 × 630, in the customer's colour.

use std::sync::{Arc, LazyLock};

use resvg::{
    tiny_skia::{Pixmap, Transform},
    usvg::{Options, Tree, fontdb},
};

use super::{markup::xml, show::Shown};
use crate::{base::text, config::Config, i18n::Speech};

/// Width in pixels.
pub const WIDTH: u32 = 1200;
/// Height in pixels.
pub const HEIGHT: u32 = 630;

static FONTS: LazyLock<Arc<fontdb::Database>> = LazyLock::new(|| {
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(include_bytes!("../../assets/fonts/IBMPlexSans-Regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf").to_vec());
    Arc::new(fonts)
});

/// The card as PNG.
pub fn draw(ad: &Shown, config: &Config, t: Speech) -> Result<Vec<u8>, String> {
    let options =
        Options { fontdb: FONTS.clone(), font_family: "IBM Plex Sans".into(), ..Options::default() };
    let tree = Tree::from_str(&svg(ad, config, t), &options).map_err(|e| e.to_string())?;
    let mut pixmap = Pixmap::new(WIDTH, HEIGHT).ok_or("no picture of that size")?;
    resvg::render(&tree, Transform::identity(), &mut pixmap.as_mut());
    pixmap.encode_png().map_err(|e| e.to_string())
}

fn svg(ad: &Shown, config: &Config, t: Speech) -> String {
    // the largest letters in which the title stands on three lines
    let (size, lines) = [(84, 24), (72, 28), (60, 34), (50, 41)]
        .into_iter()
        .map(|(size, width)| (size, lines(&ad.title, width)))
        .find(|(_, lines)| lines.len() <= 3)
        .unwrap_or_else(|| (50, lines(&text::shorten(&ad.title, 120), 41)));
    let step = size * 112 / 100;
    let top = 250 - (i32::try_from(lines.len()).unwrap_or(1) - 1) * step / 2;
    let mut title = String::new();
    for (i, line) in (0..).zip(lines.iter().take(4)) {
        title.push_str(&format!("<text x=\"80\" y=\"{}\">{}</text>", top + i * step, xml(line)));
    }
    let place = if ad.workplace.is_empty() { &ad.unit } else { &ad.workplace };
    let deadline = if ad.deadline_short.is_empty() {
        String::new()
    } else {
        t.with("ad-deadline-on", "deadline", &ad.deadline_short)
    };
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" font-family=\"IBM Plex Sans\">\
         <rect width=\"1200\" height=\"630\" fill=\"{colour}\"/>\
         <circle cx=\"1090\" cy=\"96\" r=\"150\" fill=\"#febb30\" fill-opacity=\"0.92\"/>\
         <path d=\"M0 560C200 480 380 480 600 540s420 60 600-20v110H0z\" fill=\"#ffffff\" fill-opacity=\"0.12\"/>\
         <path d=\"M0 600c220-60 400-50 620-10s400 40 580-20v60H0z\" fill=\"#ffffff\" fill-opacity=\"0.14\"/>\
         <text x=\"80\" y=\"106\" font-size=\"32\" font-weight=\"600\" fill=\"#ffffff\">{org}</text>\
         <g font-size=\"{size}\" font-weight=\"600\" fill=\"#ffffff\">{title}</g>\
         <text x=\"80\" y=\"484\" font-size=\"36\" fill=\"#ffffff\">{place}</text>\
         <text x=\"80\" y=\"538\" font-size=\"36\" font-weight=\"600\" fill=\"#ffffff\">{deadline}</text></svg>",
        colour = xml(&config.organisation.colour),
        org = xml(&text::shorten(&config.organisation.name, 46)),
        place = xml(&text::shorten(place, 56)),
        deadline = xml(&deadline),
    )
}

/// Words laid into lines of about `width` characters; a longer word is broken.
fn lines(words: &str, width: usize) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let fits = out.last().is_some_and(|l| text::count(l) + 1 + text::count(word) <= width);
        if let Some(line) = out.last_mut().filter(|_| fits) {
            line.push(' ');
            line.push_str(word);
            continue;
        }
        let mut rest: Vec<char> = word.chars().collect();
        while rest.len() > width {
            let tail = rest.split_off(width - 1);
            out.push(rest.into_iter().collect::<String>() + "-");
            rest = tail;
        }
        out.push(rest.into_iter().collect());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_lines() {
        assert_eq!(
            lines("SOSU-assistent til Plejecenter Nord", 24),
            ["SOSU-assistent til", "Plejecenter Nord"]
        );
        assert_eq!(lines("Speciallægekonsulentassistent", 20), ["Speciallægekonsulen-", "tassistent"]);
        assert!(lines("", 10).is_empty());
    }
}
