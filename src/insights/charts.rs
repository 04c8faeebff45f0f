//! Bars: label, bar and printed number in a list, as long as the window is wide. No script; the page's table says
//! the same figures.

use askama::Template;

/// One bar.
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// Its number as printed.
    pub printed: String,
    /// Its length in per cent of the longest.
    pub percent: i64,
}

/// A horizontal bar chart.
#[derive(Template)]
#[template(path = "insights/bars.html")]
pub struct Bars {
    title: String,
    bars: Vec<Bar>,
}

impl Bars {
    /// From labels, values and the values as printed.
    pub fn new(title: String, values: Vec<(String, i64, String)>) -> Self {
        let most = values.iter().map(|(_, v, _)| *v).max().unwrap_or(0).max(1);
        let bars = values
            .into_iter()
            // a bar for something is never invisible
            .map(|(label, value, printed)| Bar {
                label,
                printed,
                percent: if value == 0 { 0 } else { (value * 100 / most).max(1) },
            })
            .collect();
        Self { title, bars }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_fills_the_row_and_one_of_very_many_is_still_seen() {
        let bars = Bars::new(
            "Ansøgninger".into(),
            vec![
                ("A".into(), 4000, "4.000".into()),
                ("B".into(), 1, "1".into()),
                ("C".into(), 0, "0".into()),
            ],
        );
        assert_eq!(bars.bars.iter().map(|b| b.percent).collect::<Vec<_>>(), [100, 1, 0]);
        let html = bars.render().unwrap();
        assert!(html.contains("class=\"v-100\"") && html.contains(">4.000<"), "{html}");
    }
}
