//! Visits → begun → submitted → where they stand, per channel. Σ over channels, direct and unknown
//! among them, is the number of applications submitted, before and after any erasure (recruiting.md,
//! invariant 1): the numbers are counted from the applications themselves and the tallies erased ones left.

use std::collections::BTreeMap;

use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    accounts::Scope,
    applications::{self, CountRow, Outcome, Stage},
    base::id::{LinkId, PostingId},
    db::{Conn, DbError},
    postings, tracking,
};

/// One channel's share in a posting.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct ChannelRow {
    /// `bluesky`, `mastodon`, … or `direct`: no link, or unknown.
    pub channel: String,
    /// Followed a link of this channel; robots are not in it.
    pub visits: i64,
    /// Of those, first of the day.
    pub uniques: i64,
    /// Saw the ad.
    pub landings: i64,
    /// Opened the form.
    pub begun: i64,
    /// Sent an application.
    pub submitted: i64,
    /// Of those, standing undecided in Modtaget.
    pub received: i64,
    /// In Vurderes.
    pub assessing: i64,
    /// In Samtale.
    pub interview: i64,
    /// In Tilbud.
    pub offer: i64,
    /// Ansat.
    pub hired: i64,
    /// Afslag.
    pub rejected: i64,
    /// Trukket.
    pub withdrawn: i64,
}

/// A posting's way from visit to hire.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Funnel {
    /// One row a channel: the busiest first, `direct` last.
    pub channels: Vec<ChannelRow>,
    /// The sum of the rows.
    pub total: ChannelRow,
}

/// The counts of one posting, when it lies inside `scope`.
pub fn funnel(conn: &mut Conn, scope: &Scope, posting: PostingId) -> Result<Option<Funnel>, DbError> {
    if postings::get(conn, scope, posting)?.is_none() {
        return Ok(None);
    }
    let mut links: BTreeMap<LinkId, String> =
        tracking::links_of(conn, posting)?.into_iter().map(|l| (l.id, l.channel)).collect();
    let visits = tracking::visits_of(conn, posting.into())?;
    // some came by a story's link, which belongs to no posting
    let others: Vec<LinkId> =
        visits.iter().filter_map(|v| v.link).filter(|l| !links.contains_key(l)).collect();
    links.extend(tracking::links_with(conn, &others)?.into_iter().map(|l| (l.id, l.channel)));
    Ok(Some(add_up(&links, &visits, &applications::counts_rows(conn, &[posting])?)))
}

fn add_up(links: &BTreeMap<LinkId, String>, visits: &[tracking::VisitSum], counts: &[CountRow]) -> Funnel {
    let mut rows: BTreeMap<String, ChannelRow> = BTreeMap::new();
    // a channel with a link and nothing else yet is a row too: nought is an answer
    for channel in links.values() {
        rows.entry(channel.clone()).or_default();
    }
    let direct = || "direct".to_owned();
    for sum in visits {
        let channel = sum.link.and_then(|l| links.get(&l).cloned()).unwrap_or_else(direct);
        let row = rows.entry(channel).or_default();
        row.visits += sum.hits;
        row.uniques += sum.uniques;
        row.landings += sum.landings;
        row.begun += sum.begun;
    }
    for count in counts {
        let row = rows.entry(count.channel.clone()).or_default();
        row.submitted += count.n;
        *match (count.outcome, count.stage) {
            (Some(Outcome::Hired), _) => &mut row.hired,
            (Some(Outcome::Rejected), _) => &mut row.rejected,
            (Some(Outcome::Withdrawn), _) => &mut row.withdrawn,
            (None, Stage::Received) => &mut row.received,
            (None, Stage::Assessing) => &mut row.assessing,
            (None, Stage::Interview) => &mut row.interview,
            (None, Stage::Offer) => &mut row.offer,
        } += count.n;
    }
    let mut channels: Vec<ChannelRow> =
        rows.into_iter().map(|(channel, row)| ChannelRow { channel, ..row }).collect();
    channels.sort_by(|a, b| {
        let last = |r: &ChannelRow| r.channel == "direct";
        (last(a), -a.submitted, &a.channel).cmp(&(last(b), -b.submitted, &b.channel))
    });
    let mut total = ChannelRow { channel: "total".into(), ..ChannelRow::default() };
    for row in &channels {
        total.visits += row.visits;
        total.uniques += row.uniques;
        total.landings += row.landings;
        total.begun += row.begun;
        total.submitted += row.submitted;
        total.received += row.received;
        total.assessing += row.assessing;
        total.interview += row.interview;
        total.offer += row.offer;
        total.hired += row.hired;
        total.rejected += row.rejected;
        total.withdrawn += row.withdrawn;
    }
    Funnel { channels, total }
}
