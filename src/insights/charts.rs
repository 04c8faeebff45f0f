//! Bars as SVG: number printed at each bar, pattern beside colour, words for those who hear it. No script.

use askama::Template;

/// One bar.
pub struct Bar {
    /// What it stands for.
    pub label: String,
    /// How much.
    pub value: i64,
    /// Its number as printed.
    pub printed: String,
    /// Upper edge in the drawing.
    pub y: i64,
    /// Length in the drawing.
    pub length: i64,
}

/// A horizontal bar chart, drawn 640 units wide.
#[derive(Template)]
#[template(path = "insights/bars.svg", escape = "html")]
pub struct Bars {
    id: &'static str,
    title: String,
    description: String,
    height: i64,
    bars: Vec<Bar>,
}

const LABEL: i64 = 170;
const ROW: i64 = 40;
const LONGEST: i64 = 640 - LABEL - 70;

impl Bars {
    /// From labels and values; `id` must be unique on the page.
    pub fn new(id: &'static str, title: String, values: Vec<(String, i64, String)>) -> Self {
        let most = values.iter().map(|(_, v, _)| *v).max().unwrap_or(0).max(1);
        let description = values.iter().map(|(l, _, p)| format!("{l}: {p}")).collect::<Vec<_>>().join("; ");
        let height = ROW * i64::try_from(values.len()).unwrap_or(0) + 8;
        let bars = values
            .into_iter()
            .zip(0i64..)
            .map(|((label, value, printed), row)| Bar {
                label,
                printed,
                y: row * ROW + 8,
                // a bar for something is never invisible
                length: if value == 0 { 0 } else { (value * LONGEST / most).max(3) },
                value,
            })
            .collect();
        Self { id, title, description, height, bars }
    }
}
