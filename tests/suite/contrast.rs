//! Every colour that carries text can be read: the table of ratios is computed again from the style sheet, by WCAG's formula.

use opslag::base::colour::{Brand, Colour, READABLE};
use std::collections::BTreeMap;

/// Where the tokens stand.
const SHEET: &str = include_str!("../../assets/static/css/opslag.css");

/// Text, what lies behind it, and the ratio the design counts on. Names are tokens of the sheet, `#…` is a colour of its own.
const RATIOS: [(&str, &str, f64); 35] = [
    ("ink", "paper", 17.40),
    ("ink", "canvas", 16.07),
    ("ink-2", "paper", 9.59),
    ("ink-2", "sunken", 8.24),
    ("ink-3", "paper", 6.21),
    ("ink-3", "canvas", 5.74),
    ("ink-3", "sunken", 5.34),
    ("brand", "paper", 8.39),
    ("brand", "canvas", 7.75),
    ("brand", "brand-tint", 7.23),
    ("on-brand", "brand", 8.39),
    ("on-brand", "brand-strong", 11.50),
    ("brand-strong", "brand-tint", 9.92),
    ("#235500", "ok-tint", 7.71),
    ("warn", "warn-tint", 7.26),
    ("bad", "bad-tint", 6.64),
    ("bad", "paper", 8.21),
    ("info", "info-tint", 7.27),
    ("line-input", "paper", 4.55),
    ("#ffffff", "#20292d", 14.83),
    ("#ffffff", "fb", 5.52),
    ("#ffffff", "li", 5.69),
    ("#ffffff", "ig", 6.40),
    ("#ffffff", "bs", 5.20),
    ("#ffffff", "ms", 7.31),
    ("#ffffff", "xx", 17.99),
    ("#ffffff", "yt", 6.90),
    ("#ffffff", "tk", 7.69),
    ("#ffffff", "da", 7.48),
    ("#ffffff", "jn", 6.15),
    ("#ffffff", "in", 7.61),
    ("ink", "sun", 10.25),
    ("ok", "paper", 7.00),
    ("warn", "paper", 8.31),
    ("info", "paper", 8.33),
];

fn tokens() -> BTreeMap<&'static str, Colour> {
    SHEET
        .split(['\n', ';'])
        .filter_map(|part| part.trim().strip_prefix("--")?.split_once(':'))
        .filter_map(|(name, value)| Some((name, value.trim().parse().ok()?)))
        .collect()
}

fn colour(tokens: &BTreeMap<&'static str, Colour>, name: &str) -> Colour {
    name.parse().unwrap_or_else(|_| *tokens.get(name).unwrap_or_else(|| panic!("the sheet has no --{name}")))
}

#[test]
fn the_sheet_keeps_the_ratios_of_the_design() {
    let tokens = tokens();
    for (text, behind, expected) in RATIOS {
        let ratio = colour(&tokens, text).contrast(colour(&tokens, behind));
        assert!(ratio >= READABLE, "{text} on {behind}: {ratio:.2}");
        assert_eq!(format!("{ratio:.2}"), format!("{expected:.2}"), "{text} on {behind}");
    }
}

#[test]
fn the_standard_colour_passes_what_is_asked_of_the_customers() {
    assert!(Brand::of(colour(&tokens(), "brand")).is_ok());
}

#[test]
fn a_focus_ring_is_hidden_only_where_another_is_drawn() {
    // focus by mouse, focus on the whole page, and the links that cover their cards (an ad, a story, a campaign) and ring the card
    let sheets = [
        SHEET,
        include_str!("../../assets/static/css/parts.css"),
        include_str!("../../assets/static/css/public.css"),
        include_str!("../../assets/static/css/staff.css"),
    ];
    let hidden = sheets.iter().map(|sheet| sheet.matches("outline: none").count()).sum::<usize>();
    assert_eq!(hidden, 5, "`outline: none` where a keyboard user needs a ring");
}
