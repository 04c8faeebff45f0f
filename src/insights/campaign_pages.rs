//! `/kampagner/{id}`: a campaign and what came of it, by channel and by what belongs to it; of a trial also what was before
//! it. The same as a table for a spreadsheet.

use std::time::Duration;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    charts::Bars,
    csv_pages,
    ledger::{self, Ledger},
    pages::channel_name,
    reach::Cell,
    trial::{self, Comparison},
};
use crate::{
    accounts::{self, Right, Unit, Viewer},
    base::{
        Instant, Subject,
        id::{CampaignId, UnitId},
        wall::WallTime,
    },
    campaigns::{
        self, Campaign, Phase,
        pages::{logo, period, unit_names},
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings, stories,
    web::{Answer, Fault, Shell, page},
};

/// Figures as printed.
struct Printed {
    posts: String,
    clicks: String,
    applications: String,
}

/// One channel.
struct ChannelLine {
    name: String,
    cell: Printed,
}

/// One ad or story that belongs to it.
struct ThingLine {
    title: String,
    /// Only for whoever may open it.
    href: Option<String>,
    kind: String,
    unit: String,
    cell: Printed,
}

/// A trial, said.
struct SaidTrial {
    /// What is compared with what.
    spans: String,
    /// Bars for posts, clicks and applications: heading and drawing.
    bars: Vec<(String, String)>,
    lines: Vec<TrialLine>,
    total: TrialLine,
    own: Cell,
    /// Said when there are any.
    erased: Option<String>,
}

/// One channel before and during.
struct TrialLine {
    name: String,
    /// Heading and value, pair by pair.
    cells: Vec<(String, String)>,
}

/// What the reader may do here.
struct May {
    edit: bool,
    archive: bool,
    reopen: bool,
    delete: bool,
}

#[derive(Template)]
#[template(path = "insights/campaign.html")]
struct CampaignPage {
    shell: Shell,
    campaign: Campaign,
    phase: Phase,
    period: String,
    units: String,
    horizon: String,
    logo: Option<String>,
    total: Printed,
    channels: Vec<ChannelLine>,
    things: Vec<ThingLine>,
    /// Drafts that the reader does not see.
    unseen: usize,
    bars: Vec<(String, String)>,
    trial: Option<SaidTrial>,
    empty: bool,
    may: May,
}

/// One of the three figures of a cell.
type Figure = fn(Cell) -> i64;

/// All that is counted of one campaign.
struct Counted {
    campaign: Campaign,
    units: Vec<Unit>,
    things: Vec<Thing>,
    unseen: usize,
    ledger: Ledger,
    comparison: Option<Comparison>,
    logo: Option<String>,
}

/// Something that belongs to it.
struct Thing {
    subject: Subject,
    unit: UnitId,
    title: String,
    kind: String,
    draft: bool,
}

impl Thing {
    /// The right one needs to open it.
    const fn right(&self) -> Right {
        match self.subject {
            Subject::Posting(_) => Right::ReadPostings,
            Subject::Story(_) => Right::WriteStories,
        }
    }
}

fn printed(cell: Cell, t: Speech) -> Printed {
    let n = |n: i64| format::whole(n, t.language());
    Printed { posts: n(cell.posts), clicks: n(cell.clicks), applications: n(cell.applications) }
}

async fn counted(kit: &Kit, viewer: &Viewer, id: &str, t: Speech) -> Result<Counted, Fault> {
    let id: CampaignId = id.parse().map_err(|_| Fault::NotFound)?;
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let library = viewer.scope(Right::UseMedia).cloned().unwrap_or_default();
    let now = kit.clock.now();
    // units that carry a campaign together share what they show, not what they are still writing
    let reader = viewer.clone();
    let opens = move |thing: &Thing| reader.may_in(thing.right(), thing.unit);
    kit.db
        .read(move |c| {
            let campaign = campaigns::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let subjects = campaigns::things(c, id)?;
            let ledger = ledger::ledger(c, &subjects, None)?;
            let mut things = Vec::new();
            for subject in subjects {
                things.extend(thing(c, subject, t)?);
            }
            let all = things.len();
            things
                .retain(|thing| !thing.draft || opens(thing) || ledger.of(thing.subject) != Cell::default());
            things.sort_by(|a, b| {
                let by = |thing: &Thing| (-ledger.of(thing.subject).applications, thing.title.clone());
                by(a).cmp(&by(b))
            });
            Ok(Counted {
                units: accounts::units(c)?,
                unseen: all - things.len(),
                comparison: trial::comparison(c, &campaign, now)?,
                logo: logo(c, &campaign.content, &library)?,
                campaign,
                things,
                ledger,
            })
        })
        .await
}

fn thing(c: &mut Conn, subject: Subject, t: Speech) -> Result<Option<Thing>, DbError> {
    let named = |title: &str, key: &str| if title.is_empty() { t.say(key) } else { title.to_owned() };
    Ok(match subject {
        Subject::Posting(id) => postings::any(c, id)?.map(|ad| Thing {
            subject,
            unit: ad.content.unit,
            title: named(ad.title(t.language()), "posting-untitled"),
            kind: t.say("campaign-an-ad"),
            draft: ad.state == postings::State::Draft,
        }),
        Subject::Story(id) => stories::any(c, id)?.map(|story| Thing {
            subject,
            unit: story.content.unit,
            title: named(story.title(t.language()), "story-untitled"),
            kind: t.say(story.content.kind.key()),
            draft: story.state == stories::State::Draft,
        }),
    })
}

fn unit_name(units: &[Unit], id: UnitId) -> String {
    units.iter().find(|unit| unit.id == id).map(|unit| unit.name.clone()).unwrap_or_default()
}

/// `GET /kampagner/{id}`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<String>) -> Answer {
    let shell = viewer.shell(&req, &kit.config);
    let (t, now) = (shell.t, kit.clock.now());
    let found = counted(&kit, &viewer, &id, t).await?;
    let (campaign, ledger) = (found.campaign, found.ledger);
    let phase = campaign.phase(now);
    let runs = campaign.content.units().any(|unit| viewer.may_in(Right::RunCampaigns, unit));
    let names = ledger.channels();
    let channels = names
        .iter()
        .map(|code| ChannelLine { name: channel_name(t, code), cell: printed(ledger.by(code), t) })
        .collect();
    let bar = |key: &str, value: Figure| {
        let rows = names.iter().map(|code| {
            let n = value(ledger.by(code));
            (channel_name(t, code), n, format::whole(n, t.language()))
        });
        Ok::<_, Fault>((t.say(key), drawn(&Bars::new(t.say(key), rows.collect()))?))
    };
    let bars = vec![
        bar("campaign-chart-clicks", |cell| cell.clicks)?,
        bar("campaign-chart-applications", |cell| cell.applications)?,
    ];
    let nothing = found.things.is_empty() && found.unseen == 0;
    let things = found
        .things
        .into_iter()
        .map(|thing| ThingLine {
            href: viewer.may_in(thing.right(), thing.unit).then(|| thing.subject.href()),
            unit: unit_name(&found.units, thing.unit),
            cell: printed(ledger.of(thing.subject), t),
            title: thing.title,
            kind: thing.kind,
        })
        .collect();
    let trial = match found.comparison {
        Some(comparison) => Some(said(&comparison, &campaign, t)?),
        None => None,
    };
    page(&CampaignPage {
        period: period(&campaign.content, t),
        units: unit_names(&campaign.content, &found.units),
        horizon: t.say(campaign.content.horizon.key()),
        logo: found.logo,
        total: printed(ledger.total(), t),
        empty: ledger.total() == Cell::default(),
        unseen: found.unseen,
        may: May {
            edit: runs && phase != Phase::Archived,
            archive: runs && phase != Phase::Archived,
            reopen: runs && phase == Phase::Archived,
            delete: runs && nothing,
        },
        phase,
        channels,
        things,
        bars,
        trial,
        campaign,
        shell,
    })
}

/// The comparison in words, bars and a table.
fn said(comparison: &Comparison, campaign: &Campaign, t: Speech) -> Result<SaidTrial, Fault> {
    let (zone, language) = (campaign.zone, t.language());
    let number = |n: i64| format::whole(n, language);
    let at = |instant| format::instant_short(instant, zone, language);
    let (before, during) = (&comparison.before, &comparison.during);
    let mut channels = before.channels();
    channels.extend(during.channels());
    channels.sort_by_key(|code| (code == "direct", code.clone()));
    channels.dedup();
    let figures: [(&str, Figure); 3] = [
        ("reach-posts", |cell| cell.posts),
        ("reach-clicks", |cell| cell.clicks),
        ("reach-applications", |cell| cell.applications),
    ];
    let mut bars = Vec::new();
    for (key, value) in figures {
        let row = |key: &str, ledger: &Ledger| {
            let n = value(ledger.total());
            (t.say(key), n, number(n))
        };
        let rows = vec![row("campaign-before", before), row("campaign-during", during)];
        bars.push((t.say(key), drawn(&Bars::new(t.say(key), rows))?));
    }
    let line = |name: String, was: Cell, is: Cell| TrialLine {
        name,
        cells: figures
            .iter()
            .flat_map(|(key, value)| {
                let figure = t.say(key);
                let headed = |when: &str, cell| {
                    (t.with2("campaign-figure", "figure", &figure, "when", t.say(when)), number(value(cell)))
                };
                [headed("campaign-before", was), headed("campaign-during", is)]
            })
            .collect(),
    };
    let spans = match campaign.days() {
        Some(days) if !comparison.runs => {
            let day = |instant| format::short_date(WallTime::at(instant, zone).local.date(), language);
            let last = |end: Instant| day(end - Duration::from_secs(3600));
            let span = |from, to| t.with2("campaign-period", "from", day(from), "to", last(to));
            let (was, is) =
                (span(comparison.before_from, comparison.begins), span(comparison.begins, comparison.until));
            t.with3("campaign-spans", "days", days, "before", was, "during", is)
        }
        _ => t.with3(
            "campaign-spans-yet",
            "from",
            at(comparison.before_from),
            "begins",
            at(comparison.begins),
            "until",
            at(comparison.until),
        ),
    };
    Ok(SaidTrial {
        spans,
        lines: channels
            .iter()
            .map(|code| line(channel_name(t, code), before.by(code), during.by(code)))
            .collect(),
        total: line(t.say("counts-total"), before.total(), during.total()),
        own: comparison.own.total(),
        erased: (comparison.erased > 0).then(|| t.with("campaign-erased", "count", comparison.erased)),
        bars,
    })
}

/// `GET /kampagner/{id}/tal.csv`: a row for each ad and story on each channel; the rows add up to the page's totals.
pub async fn csv(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<String>) -> Answer {
    let t = viewer.shell(&req, &kit.config).t;
    let found = counted(&kit, &viewer, &id, t).await?;
    let heads = [
        "campaign-field",
        "campaign-kind",
        "campaign-title",
        "people-unit",
        "counts-channel",
        "reach-posts",
        "reach-clicks",
        "reach-applications",
    ];
    let mut rows = vec![heads.iter().map(|key| t.say(key)).collect::<Vec<_>>()];
    for thing in &found.things {
        let mut entries: Vec<(String, Cell)> = found
            .ledger
            .entries()
            .filter(|(subject, ..)| *subject == thing.subject)
            .map(|(_, code, cell)| (channel_name(t, code), cell))
            .collect();
        if entries.is_empty() {
            entries.push((String::new(), Cell::default()));
        }
        for (channel, cell) in entries {
            rows.push(vec![
                found.campaign.content.name.clone(),
                thing.kind.clone(),
                thing.title.clone(),
                unit_name(&found.units, thing.unit),
                channel,
                cell.posts.to_string(),
                cell.clicks.to_string(),
                cell.applications.to_string(),
            ]);
        }
    }
    let name = crate::base::text::slug(&found.campaign.content.name);
    Ok(csv_pages::file(&format!("{}-{name}", t.say("campaign-file")), &rows))
}

fn drawn(bars: &Bars) -> Result<String, Fault> {
    bars.render().map_err(|e| Fault::internal("a chart could not be drawn", e))
}
