//! `/bistand/tal`: within how many days units get an answer when they ask for help, drawn and as a table.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    charts::Bars,
    help::{self, HelpRow},
};
use crate::{
    accounts::{self, Right, Viewer, unit},
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    support,
    web::{Answer, Fault, Shell, page},
};

/// How far back is counted.
const BACK: Duration = Duration::from_secs(365 * 86_400);
/// Days until the answer, from and to, as they are drawn.
const SPANS: [(&str, i64, i64); 5] = [
    ("support-days-same", 0, 0),
    ("support-days-two", 1, 2),
    ("support-days-five", 3, 5),
    ("support-days-ten", 6, 10),
    ("support-days-more", 11, i64::MAX),
];

/// A row as printed.
struct Line {
    name: String,
    cells: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "insights/support.html")]
struct NumbersPage {
    shell: Shell,
    lede: String,
    by_days: String,
    by_unit: String,
    headings: Vec<String>,
    lines: Vec<Line>,
    total: Line,
    none: bool,
    /// the reader sees the requests themselves
    help: bool,
}

fn line(name: String, row: &HelpRow, headings: &[String], t: Speech) -> Line {
    let n = |n: i64| format::whole(n, t.language());
    let values = [
        n(row.asked),
        n(row.open),
        n(row.delivered),
        n(row.declined),
        n(row.cancelled),
        n(row.in_time),
        row.median().map_or_else(|| "–".to_owned(), n),
        format::decimal(row.minutes * 100 / 60, 2, t.language()),
    ];
    Line { name, cells: headings.iter().cloned().zip(values).collect() }
}

/// `GET /bistand/tal`
pub async fn numbers(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, since) = (shell.t, kit.clock.now() - BACK);
    let (requests, all) = kit
        .db
        .read(move |c| Ok::<_, DbError>((support::asked_since(c, &scope, since)?, accounts::units(c)?)))
        .await?;
    let answer_days = kit.config.support.answer_days;
    let (units, total) = help::add_up(&requests, answer_days, kit.config.delivery.zone);
    let headings: Vec<String> = [
        "support-count-asked",
        "support-count-open",
        "support-count-delivered",
        "support-count-declined",
        "support-count-cancelled",
    ]
    .into_iter()
    .map(|key| t.say(key))
    .chain([
        t.with("support-count-in-time", "days", answer_days),
        t.say("support-count-median"),
        t.say("support-count-hours"),
    ])
    .collect();
    let by_days = SPANS.iter().map(|(key, least, most)| {
        let n = total.between(*least, *most);
        (t.say(key), n, format::whole(n, t.language()))
    });
    // in the order of the tree, as everywhere
    let rows: Vec<(String, &HelpRow)> = unit::laid_out(&all)
        .into_iter()
        .filter_map(|(_, unit)| Some((unit.name.clone(), units.get(&unit.id)?)))
        .collect();
    let by_unit = rows.iter().filter_map(|(name, row)| {
        let median = row.median()?;
        Some((name.clone(), median, t.with("support-days", "days", median)))
    });
    page(&NumbersPage {
        lede: t.with3(
            "support-numbers-lede",
            "answered",
            total.in_time,
            "all",
            total.answered(),
            "days",
            answer_days,
        ),
        by_days: drawn(&Bars::new(t.say("support-chart-days"), by_days.collect()))?,
        by_unit: drawn(&Bars::new(t.say("support-chart-units"), by_unit.collect()))?,
        lines: rows.into_iter().map(|(name, row)| line(name, row, &headings, t)).collect(),
        total: line(t.say("counts-total"), &total, &headings, t),
        none: total.asked == 0,
        help: viewer.may(Right::GiveHelp) || viewer.may(Right::AskForHelp),
        headings,
        shell,
    })
}

fn drawn(bars: &Bars) -> Result<String, Fault> {
    bars.render().map_err(|e| Fault::internal("a chart could not be drawn", e))
}
