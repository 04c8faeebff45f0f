//! `/jobopslag/{id}/tal`: how many applicants each channel brought, drawn and as a table.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    charts::Bars,
    funnel::{self, ChannelRow, Funnel},
};
use crate::{
    accounts::{Right, Viewer},
    applications::{self, CountRow, Outcome},
    base::{Instant, id::PostingId},
    channels::ChannelKind,
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, Round, Tabs},
    tracking,
    web::{Answer, Fault, Shell, page},
};

/// A tracked link as the page lists it.
struct LinkLine {
    address: String,
    channel: String,
    placement: String,
    made: String,
}

#[derive(Template)]
#[template(path = "insights/posting.html")]
struct PostingCounts {
    shell: Shell,
    posting: Posting,
    title: String,
    counts: Funnel,
    by_channel: String,
    by_step: String,
    links: Vec<LinkLine>,
    /// When there is more than one.
    rounds: Vec<RoundLine>,
    tabs: Tabs,
}

/// One time the ad was advertised, and what came in it. An application counts in the round in which it came.
struct RoundLine {
    number: i32,
    from: String,
    to: String,
    submitted: i64,
    withdrawn: i64,
    rejected: i64,
    hired: i64,
}

/// `GET /jobopslag/{id}/tal`
pub async fn posting(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let id: PostingId = id.parse().map_err(|_| Fault::NotFound)?;
    let shell = viewer.shell(&req, &kit.config);
    let (posting, counts, links, rounds) = kit
        .db
        .read(move |c| {
            let Some(counts) = funnel::funnel(c, &scope, id)? else { return Ok(None) };
            let Some(posting) = postings::get(c, &scope, id)? else { return Ok(None) };
            let rounds = (postings::rounds(c, id)?, applications::counts_rows(c, &[id])?);
            Ok::<_, DbError>(Some((posting, counts, tracking::links_of(c, id)?, rounds)))
        })
        .await?
        .ok_or(Fault::NotFound)?;
    let t = shell.t;
    let language = t.language();
    let zone = kit.config.delivery.zone;
    let links = links
        .into_iter()
        .map(|l| LinkLine {
            address: format!("{}/r/{}", kit.config.server.public_url, l.token),
            channel: channel_name(t, &l.channel),
            placement: l.placement,
            made: format::instant_short(l.created_at, zone, language),
        })
        .collect();
    let number = |n: i64| format::whole(n, language);
    let by_channel = drawn(&Bars::new(
        t.say("counts-chart-channels"),
        counts
            .channels
            .iter()
            .map(|r| (channel_name(t, &r.channel), r.submitted, number(r.submitted)))
            .collect(),
    ))?;
    let total = &counts.total;
    let steps = [
        ("counts-landings", total.landings),
        ("counts-begun", total.begun),
        ("counts-submitted", total.submitted),
        ("counts-interviewed", total.interview + total.offer + total.hired),
        ("counts-hired", total.hired),
    ];
    let by_step = drawn(&Bars::new(
        t.say("counts-chart-steps"),
        steps.iter().map(|(key, n)| (t.say(key), *n, number(*n))).collect(),
    ))?;
    page(&PostingCounts {
        title: posting.title(language).to_owned(),
        tabs: Tabs::of(&viewer, &posting),
        shell,
        posting,
        counts,
        by_channel,
        by_step,
        links,
        rounds: round_lines(rounds, |at| format::instant_short(at, zone, language)),
    })
}

/// What came in each round, the first on top; nothing of a single one.
fn round_lines(
    (rounds, counts): (Vec<Round>, Vec<CountRow>),
    when: impl Fn(Instant) -> String,
) -> Vec<RoundLine> {
    if rounds.len() < 2 {
        return Vec::new();
    }
    let line = |round: &Round| {
        let sum = |counts_in: &dyn Fn(&CountRow) -> bool| {
            counts.iter().filter(|row| row.round == round.id && counts_in(row)).map(|row| row.n).sum()
        };
        RoundLine {
            number: round.number,
            from: when(round.opens_at),
            to: when(round.deadline_at),
            submitted: sum(&|_| true),
            withdrawn: sum(&|row| row.outcome == Some(Outcome::Withdrawn)),
            rejected: sum(&|row| row.outcome == Some(Outcome::Rejected)),
            hired: sum(&|row| row.outcome == Some(Outcome::Hired)),
        }
    };
    rounds.iter().rev().map(line).collect()
}

/// What people call a channel.
pub fn channel_name(t: Speech, channel: &str) -> String {
    match channel.parse::<ChannelKind>() {
        Ok(kind) => kind.name().to_owned(),
        Err(_) if channel == "direct" => t.say("counts-direct"),
        Err(_) => channel.to_owned(),
    }
}

fn drawn(bars: &Bars) -> Result<String, Fault> {
    bars.render().map_err(|e| Fault::internal("a chart could not be drawn", e))
}

impl PostingCounts {
    fn name(&self, row: &ChannelRow) -> String {
        channel_name(self.shell.t, &row.channel)
    }
    fn number(&self, n: &i64) -> String {
        format::whole(*n, self.shell.t.language())
    }
}
