//! `/tal/temaer`: what each theme brought over a period, drawn, as a table and for a spreadsheet.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    charts::Bars,
    csv_pages,
    reach::Cell,
    themes::{self, Themes},
};
use crate::{
    accounts::{Right, Viewer},
    i18n::{Speech, format},
    kit::Kit,
    postings::taxonomy,
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Query, page},
};

/// Periods to choose from, in days back from now; the first is meant where none is named.
const PERIODS: [u32; 3] = [90, 30, 365];

struct Line {
    name: String,
    posts: String,
    clicks: String,
    applications: String,
}

#[derive(Template)]
#[template(path = "insights/themes.html")]
struct ThemesPage {
    shell: Shell,
    lede: String,
    form: FormView,
    periods: Vec<Choice>,
    days: u32,
    bars: Vec<(String, String)>,
    lines: Vec<Line>,
    total: Line,
    none: bool,
}

/// How many days back the address asks for.
fn days(query: &Typed) -> u32 {
    let asked: Option<u32> = query.get("dage").parse().ok();
    asked.filter(|days| PERIODS.contains(days)).unwrap_or(PERIODS[0])
}

async fn counted(kit: &Kit, viewer: &Viewer, days: u32) -> Result<Themes, Fault> {
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let now = kit.clock.now();
    let since = now - Duration::from_secs(u64::from(days) * 86_400);
    Ok(kit.db.read(move |c| themes::themes(c, &scope, since, now)).await?)
}

/// The rows by name, in the order of the vocabulary; what speaks for no theme comes last, when there is any.
fn named(found: &Themes, t: Speech) -> Vec<(String, Cell)> {
    let known = taxonomy::themes();
    let place = |code: &str| known.iter().position(|theme| theme.code == code).unwrap_or(known.len());
    let mut rows: Vec<(&String, &Cell)> = found.rows.iter().collect();
    rows.sort_by_key(|(code, _)| place(code));
    let mut named: Vec<(String, Cell)> = rows
        .into_iter()
        .map(|(code, cell)| (taxonomy::name(known, code, t.language()).to_owned(), *cell))
        .collect();
    if found.without != Cell::default() {
        named.push((t.say("themes-without"), found.without));
    }
    named
}

/// `GET /tal/temaer`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let days = days(&query.0);
    let found = counted(&kit, &viewer, days).await?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let number = |n: i64| format::whole(n, t.language());
    let rows = named(&found, t);
    let bar = |key: &str, value: fn(&Cell) -> i64| {
        let rows = rows.iter().map(|(name, cell)| (name.clone(), value(cell), number(value(cell))));
        let drawn = Bars::new(t.say(key), rows.collect()).render();
        let drawn = drawn.map_err(|e| Fault::internal("a chart could not be drawn", e))?;
        Ok::<_, Fault>((t.say(key), drawn))
    };
    let bars = vec![
        bar("themes-chart-posts", |cell| cell.posts)?,
        bar("themes-chart-applications", |cell| cell.applications)?,
    ];
    let line = |name: String, cell: &Cell| Line {
        name,
        posts: number(cell.posts),
        clicks: number(cell.clicks),
        applications: number(cell.applications),
    };
    let mut typed = Typed::default();
    typed.set("dage", days.to_string());
    page(&ThemesPage {
        lede: t.with("themes-lede", "days", days),
        periods: PERIODS.iter().map(|n| Choice::new(n, t.with("themes-period", "days", *n))).collect(),
        form: FormView::of(typed),
        lines: rows.iter().map(|(name, cell)| line(name.clone(), cell)).collect(),
        total: line(t.say("themes-total"), &found.total),
        none: found.total.posts == 0,
        days,
        bars,
        shell,
    })
}

/// `GET /tal/temaer.csv`
pub async fn csv(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let found = counted(&kit, &viewer, days(&query.0)).await?;
    let t = viewer.shell(&req, &kit.config).t;
    let heads = ["themes-theme", "reach-posts", "reach-clicks", "reach-applications"];
    let mut rows = vec![heads.iter().map(|key| t.say(key)).collect::<Vec<_>>()];
    let row = |name: String, cell: Cell| {
        vec![name, cell.posts.to_string(), cell.clicks.to_string(), cell.applications.to_string()]
    };
    rows.extend(named(&found, t).into_iter().map(|(name, cell)| row(name, cell)));
    rows.push(row(t.say("themes-total"), found.total));
    Ok(csv_pages::file(&t.say("themes-file"), &rows))
}
