//! `/tal`: unit × channel over the past ninety days, drawn and as a table.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{charts::Bars, pages::channel_name};
use crate::{
    accounts::{self, Right, Viewer, unit},
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    publishing::reach::{self, Cell},
    web::{Answer, Fault, Shell, page},
};

/// How many days back are counted.
const DAYS: u32 = 90;

/// A cell as printed.
struct Printed {
    /// The channel, for a narrow window.
    channel: String,
    posts: String,
    clicks: String,
    applications: String,
    /// nothing went out
    none: bool,
}

struct Line {
    name: String,
    cells: Vec<Printed>,
}

#[derive(Template)]
#[template(path = "insights/reach.html")]
struct ReachPage {
    shell: Shell,
    lede: String,
    by_unit: String,
    by_channel: String,
    channels: Vec<String>,
    lines: Vec<Line>,
    total: Line,
    silent: usize,
    none: bool,
}

fn printed(channel: String, cell: Cell, t: Speech) -> Printed {
    let n = |n: i64| format::whole(n, t.language());
    Printed {
        channel,
        posts: n(cell.posts),
        clicks: n(cell.clicks),
        applications: n(cell.applications),
        none: cell.posts == 0,
    }
}

/// `GET /tal`
pub async fn overview(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now) = (shell.t, kit.clock.now());
    let since = now - Duration::from_secs(u64::from(DAYS) * 86_400);
    let inside = scope.clone();
    let (reach, units) = kit
        .db
        .read(move |c| Ok::<_, DbError>((reach::reach(c, &inside, since, now)?, accounts::units(c)?)))
        .await?;
    let number = |n: i64| format::whole(n, t.language());
    let codes: Vec<&String> = reach.channels.keys().collect();
    let names: Vec<String> = codes.iter().map(|code| channel_name(t, code)).collect();
    // a unit that posts nothing is what one looks for here; those above others seldom post themselves
    let parents: Vec<_> = units.iter().filter_map(|u| u.parent_id).collect();
    let rows: Vec<(&str, accounts::Unit)> = unit::laid_out(&units)
        .into_iter()
        .filter(|(_, u)| scope.covers_unit(u.id))
        .filter(|(_, u)| !parents.contains(&u.id) || reach.units.contains_key(&u.id))
        .map(|(_, u)| (u.name.as_str(), u.clone()))
        .collect();
    let silent = rows.iter().filter(|(_, u)| !reach.units.contains_key(&u.id)).count();
    let by_unit = rows.iter().map(|(name, u)| {
        let posts = reach.of(u.id).posts;
        ((*name).to_owned(), posts, number(posts))
    });
    let by_channel = reach
        .channels
        .iter()
        .map(|(code, c)| (channel_name(t, code), c.applications, number(c.applications)));
    let line = |name: &str, cell: &dyn Fn(&str) -> Cell, all: Cell| {
        let mut cells: Vec<Printed> =
            codes.iter().zip(&names).map(|(code, name)| printed(name.clone(), cell(code), t)).collect();
        cells.push(printed(t.say("reach-all"), all, t));
        Line { name: name.to_owned(), cells }
    };
    let lines = rows
        .iter()
        .map(|(name, u)| {
            let own = reach.units.get(&u.id);
            let cell = |code: &str| own.and_then(|cells| cells.get(code)).copied().unwrap_or_default();
            line(name, &cell, reach.of(u.id))
        })
        .collect();
    let of_channel = |code: &str| reach.channels.get(code).copied().unwrap_or_default();
    page(&ReachPage {
        lede: t.with("reach-lede", "days", DAYS),
        by_unit: drawn(&Bars::new(t.say("reach-chart-posts"), by_unit.collect()))?,
        by_channel: drawn(&Bars::new(t.say("reach-chart-applications"), by_channel.collect()))?,
        total: line(&t.say("counts-total"), &of_channel, reach.total),
        lines,
        silent,
        none: reach.total.posts == 0,
        channels: names,
        shell,
    })
}

fn drawn(bars: &Bars) -> Result<String, Fault> {
    bars.render().map_err(|e| Fault::internal("a chart could not be drawn", e))
}
