//! `/udsendelser/forhaandstjek`: everything that goes out within seven days, worst first by day: ready, to be looked at, or not
//! going out; with the reason and the next step.

use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::{
    pages::{Around, Badge},
    preflight::{self, AHEAD, Grade, STATES},
    said, store,
};
use crate::{
    accounts::{Right, Viewer},
    base::wall::WallTime,
    db::DbError,
    i18n::format,
    kit::Kit,
    web::{Answer, Shell, page},
};

/// Something that was found, and where one puts it right.
struct Reason {
    look: &'static str,
    icon: &'static str,
    said: String,
    href: String,
}

struct Row {
    href: String,
    title: String,
    badge: Badge,
    account: String,
    time: String,
    look: &'static str,
    icon: &'static str,
    label: String,
    reasons: Vec<Reason>,
}

struct Day {
    date: NaiveDate,
    label: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "publishing/preflight.html")]
struct PreflightPage {
    shell: Shell,
    green: usize,
    yellow: usize,
    red: usize,
    days: Vec<Day>,
}

const fn shown(grade: Grade) -> (&'static str, &'static str, &'static str) {
    match grade {
        Grade::Green => ("ok", "check", "preflight-green"),
        Grade::Yellow => ("warn", "warning", "preflight-yellow"),
        Grade::Red => ("bad", "error", "preflight-red"),
    }
}

/// `GET /udsendelser/forhaandstjek`
pub async fn preflight(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, k) = (shell.t, kit.clock.now(), kit.get_ref().clone());
    let found = kit
        .db
        .read(move |c| {
            let mut rows = store::between(c, &scope, now, now + AHEAD)?;
            rows.retain(|(row, ..)| STATES.contains(&row.state));
            let mut around = Around::new(t, now, &k);
            let mut looked = Vec::new();
            for (row, about, _) in rows {
                let findings = preflight::look(c, &k, t, &row, about)?;
                let (account, title) = (around.connection(c, row.account_id)?, around.title(c, about)?);
                looked.push((row, title, account, findings));
            }
            Ok::<_, DbError>(looked)
        })
        .await?;
    let count = |wanted| found.iter().filter(|(.., findings)| preflight::grade(findings) == wanted).count();
    let (green, yellow, red) = (count(Grade::Green), count(Grade::Yellow), count(Grade::Red));
    let mut days: Vec<Day> = Vec::new();
    for (row, title, account, findings) in found {
        let local = WallTime::at(row.due_at, said::zone(&row)).local;
        let date = local.date();
        if days.last().is_none_or(|day| day.date != date) {
            let weekday = format::weekday(date.weekday(), t.language());
            let label = format!("{weekday} {}", format::short_date(date, t.language()));
            days.push(Day { date, label, rows: Vec::new() });
        }
        let (look, icon, key) = shown(preflight::grade(&findings));
        let reasons = findings.into_iter().map(|finding| {
            let (look, icon, _) = shown(finding.grade);
            Reason { look, icon, said: finding.said(t), href: finding.href }
        });
        let row = Row {
            href: format!("/udsendelser/{}", row.id),
            title,
            account: account.as_ref().map(|a| a.handle.clone()).unwrap_or_default(),
            badge: account.as_ref().map_or_else(Badge::unknown, Badge::at),
            time: format::clock(local, t.language()),
            look,
            icon,
            label: t.say(key),
            reasons: reasons.collect(),
        };
        if let Some(day) = days.last_mut() {
            day.rows.push(row);
        }
    }
    page(&PreflightPage { shell, green, yellow, red, days })
}
