//! One colour on the pages belongs to the customer. The other three of its shades are derived from it here, and a colour that
//! people could not read is refused with one that would do (WCAG 2.2, 1.4.3).

use std::fmt;
use std::str::FromStr;

/// The smallest ratio between text and what lies behind it (WCAG 2.2 AA, text of ordinary size).
pub const READABLE: f64 = 4.5;

/// The grey that staff pages lie on; `--canvas` in `assets/static/css/opslag.css`.
const CANVAS: Colour = Colour { red: 0xf5, green: 0xf6, blue: 0xf6 };

/// A colour in sRGB, eight bits each, without transparency.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Colour {
    /// red, 0 to 255
    pub red: u8,
    /// green, 0 to 255
    pub green: u8,
    /// blue, 0 to 255
    pub blue: u8,
}

/// What was written is no colour.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("{0:?} is no colour: write it as # and three or six hexadecimal digits, such as #0a5566")]
pub struct NoColour(String);

impl Colour {
    /// Paper.
    pub const WHITE: Colour = Colour { red: 255, green: 255, blue: 255 };

    /// Relative luminance by WCAG, 0 (black) to 1 (white).
    pub fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }

    /// Contrast ratio by WCAG, 1 (the same) to 21 (black on white); the order of the two does not matter.
    pub fn contrast(self, other: Colour) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// `share` of this colour (0 to 1), the rest of `other`.
    pub fn mixed(self, share: f64, other: Colour) -> Colour {
        let mix = |a: u8, b: u8| (f64::from(a) * share + f64::from(b) * (1.0 - share)).round() as u8;
        Colour {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// This colour with `share` of its light taken away (0: unchanged, 1: black).
    pub fn darker(self, share: f64) -> Colour {
        self.mixed(1.0 - share, Colour { red: 0, green: 0, blue: 0 })
    }
}

impl FromStr for Colour {
    type Err = NoColour;

    fn from_str(text: &str) -> Result<Colour, NoColour> {
        let wrong = || NoColour(text.to_owned());
        let digits = text.trim().strip_prefix('#').ok_or_else(wrong)?;
        let digits: String = match digits.len() {
            3 => digits.chars().flat_map(|digit| [digit, digit]).collect(),
            _ => digits.to_owned(),
        };
        let mut parts = [0; 3];
        hex::decode_to_slice(&digits, &mut parts).map_err(|_| wrong())?;
        Ok(Colour { red: parts[0], green: parts[1], blue: parts[2] })
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The customer's colour and the three shades that go with it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Brand {
    /// buttons, links, the chosen tab: as the customer gave it
    pub colour: Colour,
    /// pressed buttons, the footer
    pub strong: Colour,
    /// large pale surfaces
    pub tint: Colour,
    /// lines on pale surfaces
    pub line: Colour,
}

/// The customer's colour cannot carry white text or be read as text.
#[derive(Clone, Copy, PartialEq, Debug, thiserror::Error)]
#[error(
    "{colour} is too pale: its contrast is {ratio:.2} and must be at least {READABLE}; {suggestion} would do"
)]
pub struct TooPale {
    /// what was asked for
    pub colour: Colour,
    /// its smallest ratio among those that must hold
    pub ratio: f64,
    /// the same colour, darkened until it can be read
    pub suggestion: Colour,
}

impl Brand {
    /// The four shades of `colour`: 35 % darker, 10 % and 35 % on white.
    ///
    /// # Errors
    /// [`TooPale`] when text in one of them would have a ratio below [`READABLE`] on the surface it is used on.
    pub fn of(colour: Colour) -> Result<Brand, TooPale> {
        let brand = Brand::shades(colour);
        let ratio = brand.smallest_ratio();
        if ratio >= READABLE {
            return Ok(brand);
        }
        let suggestion = (1..=100)
            .map(|percent| colour.darker(f64::from(percent) / 100.0))
            .find(|darker| Brand::shades(*darker).smallest_ratio() >= READABLE)
            .unwrap_or(Colour { red: 0, green: 0, blue: 0 });
        Err(TooPale { colour, ratio, suggestion })
    }

    fn shades(colour: Colour) -> Brand {
        Brand {
            colour,
            strong: colour.darker(0.35),
            tint: colour.mixed(0.10, Colour::WHITE),
            line: colour.mixed(0.35, Colour::WHITE),
        }
    }

    /// The smallest of the ratios the pages rely on.
    fn smallest_ratio(&self) -> f64 {
        [
            self.colour.contrast(Colour::WHITE), // links on paper, white on buttons
            self.colour.contrast(CANVAS),        // links on staff pages
            self.colour.contrast(self.tint),     // links on pale surfaces
            self.strong.contrast(Colour::WHITE), // the footer
            self.strong.contrast(self.tint),     // the chosen line of the navigation
        ]
        .into_iter()
        .fold(f64::INFINITY, f64::min)
    }

    /// A style sheet that puts the four shades in place of the standard ones.
    pub fn css(&self) -> String {
        let Brand { colour, strong, tint, line } = self;
        format!(":root{{--brand:{colour};--brand-strong:{strong};--brand-tint:{tint};--brand-line:{line}}}\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn colour(text: &str) -> Colour {
        text.parse().unwrap()
    }

    #[test]
    fn the_ratio_is_that_of_wcag() {
        assert_eq!(format!("{:.2}", colour("#000").contrast(Colour::WHITE)), "21.00");
        assert_eq!(format!("{:.2}", colour("#767676").contrast(Colour::WHITE)), "4.54");
        assert_eq!(format!("{:.2}", colour("#0a5566").contrast(Colour::WHITE)), "8.39");
        assert_eq!(colour("#0a5566").contrast(colour("#fff")), colour("#fff").contrast(colour("#0a5566")));
    }

    #[test]
    fn three_shades_come_from_one() {
        let brand = Brand::of(colour("#0a5566")).unwrap();
        assert_eq!(
            brand.css(),
            ":root{--brand:#0a5566;--brand-strong:#073742;--brand-tint:#e7eef0;--brand-line:#a9c4c9}\n"
        );
    }

    #[test]
    fn a_pale_colour_is_refused_with_one_that_would_do() {
        let refusal = Brand::of(colour("#febb30")).unwrap_err();
        assert!(refusal.ratio < READABLE);
        assert!(Brand::of(refusal.suggestion).is_ok(), "{refusal}");
        assert!(refusal.to_string().starts_with("#febb30 is too pale: its contrast is 1."), "{refusal}");
    }

    #[test]
    fn whatever_is_accepted_can_be_read() {
        let steps = [0u8, 51, 102, 153, 204, 255];
        for index in 0..steps.len().pow(3) {
            let colour =
                Colour { red: steps[index % 6], green: steps[index / 6 % 6], blue: steps[index / 36] };
            match Brand::of(colour) {
                Ok(brand) => assert!(brand.colour.contrast(Colour::WHITE) >= READABLE),
                Err(refusal) => assert!(Brand::of(refusal.suggestion).is_ok(), "{refusal}"),
            }
        }
    }

    #[test]
    fn what_is_no_colour_is_refused_by_name() {
        for wrong in ["0a5566", "#0a556", "#gggggg", "", "#æøå", "rød"] {
            assert_eq!(wrong.parse::<Colour>(), Err(NoColour(wrong.to_owned())));
        }
    }
}
