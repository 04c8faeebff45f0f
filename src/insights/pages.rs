//! `/jobopslag/{id}/tal`: how many applicants each channel brought, drawn and as a table.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    charts::Bars,
    funnel::{self, ChannelRow, Funnel},
};
use crate::{
    accounts::{Right, Viewer},
    base::id::PostingId,
    channels::ChannelKind,
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, Tabs},
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
    tabs: Tabs,
}

/// `GET /jobopslag/{id}/tal`
pub async fn posting(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let id: PostingId = id.parse().map_err(|_| Fault::NotFound)?;
    let shell = viewer.shell(&req, &kit.config);
    let (posting, counts, links) = kit
        .db
        .read(move |c| {
            let Some(counts) = funnel::funnel(c, &scope, id)? else { return Ok(None) };
            let Some(posting) = postings::get(c, &scope, id)? else { return Ok(None) };
            Ok::<_, DbError>(Some((posting, counts, tracking::links_of(c, id)?)))
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
    })
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
