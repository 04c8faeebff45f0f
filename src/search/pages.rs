//! `/soeg`: one search over all applications that somebody may see.

use std::{collections::HashMap, sync::Arc};

use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Days, NaiveDate};

use super::{
    excerpt::{Excerpt, Piece, Place, Rule, Why},
    fields::UNDECIDED,
    find::{FindError, Hit, find},
    index::Index,
    question::{Counts, Order, Question, REACHABLE},
};
use crate::{
    accounts::{Right, Scope, Viewer},
    applications::{Outcome, Stage},
    base::{id::PostingId, paging::Paging, wall::WallTime},
    channels::ChannelKind,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Called, Which},
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Query},
        page,
    },
};

/// Hits on a page.
const SIZE: u32 = 20;
/// Postings to choose from; the newest first.
const POSTINGS: i64 = 200;

impl From<FindError> for Fault {
    fn from(error: FindError) -> Self {
        match error {
            FindError::Db(error) => error.into(),
            FindError::Index(error) => Self::internal("the search could not be answered", error),
        }
    }
}

#[derive(Template)]
#[template(path = "search/search.html")]
struct SearchPage {
    shell: Shell,
    form: FormView,
    stages: Vec<Choice>,
    outcomes: Vec<Choice>,
    postings: Vec<Choice>,
    channels: Vec<Choice>,
    orders: Vec<Choice>,
    asked: bool,
    filling: bool,
    by_fit: bool,
    total: i64,
    shown: String,
    hits: Vec<Row>,
    previous: String,
    next: String,
}

/// A hit as the page shows it.
struct Row {
    href: String,
    name: String,
    posting: String,
    posting_href: String,
    received: String,
    column: String,
    channel: String,
    late: bool,
    pieces: Vec<Piece>,
    file: String,
    why: Vec<String>,
}

/// Everything a page needs to name things.
struct Named {
    postings: Vec<(PostingId, String)>,
    by_id: HashMap<PostingId, String>,
}

impl Named {
    /// The newest to choose from, and those that `must` be named however old they are.
    fn read(conn: &mut Conn, scope: &Scope, must: &[PostingId], t: Speech) -> Result<Self, DbError> {
        let mut all = postings::names(conn, scope, Which::Newest(POSTINGS), t.language())?;
        let mut older = must.to_vec();
        older.retain(|id| all.iter().all(|called| called.id != *id));
        all.extend(postings::names(conn, scope, Which::These(&older), t.language())?);
        let named = |called: Called| (called.id, format!("{} ({})", called.title, called.reference));
        let postings: Vec<_> = all.into_iter().map(named).collect();
        Ok(Self { by_id: postings.iter().cloned().collect(), postings })
    }
}

/// What the address asks for.
fn question(typed: &Typed, kit: &Kit) -> Question {
    let zone = kit.config.delivery.zone;
    let day = |name: &str| typed.get(name).parse::<NaiveDate>().ok();
    let midnight = |d: NaiveDate| Some(WallTime { local: d.and_hms_opt(0, 0, 0)?, zone }.instant().0);
    let codes = |name| typed.all(name).filter(|c| !c.is_empty()).map(str::to_owned).collect();
    let page = typed.get("side").parse().unwrap_or(1);
    Question {
        typed: typed.get("q").to_owned(),
        postings: typed.all("opslag").filter_map(|id| id.parse().ok()).collect(),
        stages: codes("trin"),
        outcomes: codes("afgoerelse"),
        channels: codes("kanal"),
        received_from: day("fra").and_then(midnight),
        received_before: day("til").and_then(|d| midnight(d.checked_add_days(Days::new(1))?)),
        order: match typed.get("orden") {
            "nyeste" => Some(Order::Newest),
            _ => None,
        },
        paging: Paging::new(page, SIZE),
        counting: true,
        ..Question::default()
    }
}

/// `GET /soeg`
pub async fn search(
    req: HttpRequest,
    viewer: Viewer,
    query: Query,
    kit: web::Data<Kit>,
    index: web::Data<Arc<Index>>,
) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let typed = query.0;
    let asked = question(&typed, &kit);
    let (paging, chosen) = (asked.paging, asked.postings.clone());
    let found = find(&kit, &index, &scope, viewer.actor(), asked).await?;
    let must: Vec<_> = found.hits.iter().map(|hit| hit.card.posting).chain(chosen).collect();
    let named = kit.db.read(move |c| Named::read(c, &scope, &must, t)).await?;
    let total = i64::try_from(found.total).unwrap_or(i64::MAX);
    let reachable = u32::try_from(REACHABLE).unwrap_or(u32::MAX) / SIZE;
    let last = paging.pages(total).min(reachable);
    let link = |n: u32| if n == paging.page { String::new() } else { address(&typed, n) };
    let zone = kit.config.delivery.zone;
    page(&SearchPage {
        stages: choices(t, &STAGES, &found.counts.stages),
        outcomes: with_all(t.say("search-outcome-all"), choices(t, &OUTCOMES, &found.counts.outcomes)),
        postings: with_all(t.say("search-posting-all"), posting_choices(t, &named, &found.counts, &typed)),
        channels: with_all(t.say("search-channel-all"), channel_choices(t, &found.counts, &typed)),
        orders: vec![
            Choice::new("", t.say("search-order-fit")),
            Choice::new("nyeste", t.say("search-order-newest")),
        ],
        asked: found.asked.is_positive(),
        filling: found.filling,
        by_fit: found.order == Order::Fit,
        total,
        shown: format::whole(total, t.language()),
        previous: link(paging.page.saturating_sub(1).max(1)),
        next: link((paging.page + 1).min(last.max(paging.page))),
        hits: found.hits.into_iter().map(|hit| row(hit, &named, t, zone)).collect(),
        form: FormView::of(typed),
        shell,
    })
}

/// Codes with the keys of their names.
const STAGES: [(&str, &str); 4] = [
    (Stage::Received.word(), "stage-received"),
    (Stage::Assessing.word(), "stage-assessing"),
    (Stage::Interview.word(), "stage-interview"),
    (Stage::Offer.word(), "stage-offer"),
];
const OUTCOMES: [(&str, &str); 4] = [
    (UNDECIDED, "search-undecided"),
    (Outcome::Hired.word(), "outcome-hired"),
    (Outcome::Rejected.word(), "outcome-rejected"),
    (Outcome::Withdrawn.word(), "outcome-withdrawn"),
];

fn counted(t: Speech, label: &str, n: u64) -> String {
    let n = format::whole(i64::try_from(n).unwrap_or(i64::MAX), t.language());
    format!("{label} ({n})")
}

fn choices(t: Speech, codes: &[(&str, &str)], counts: &foldhash::HashMap<String, u64>) -> Vec<Choice> {
    let count = |code: &str| counts.get(code).copied().unwrap_or(0);
    codes.iter().map(|(code, key)| Choice::new(*code, counted(t, &t.say(key), count(code)))).collect()
}

fn with_all(all: String, mut rest: Vec<Choice>) -> Vec<Choice> {
    rest.insert(0, Choice::new("", all));
    rest
}

/// The postings in which something was found, and the one that is chosen.
fn posting_choices(t: Speech, named: &Named, counts: &Counts, typed: &Typed) -> Vec<Choice> {
    let wanted = |id: &PostingId| typed.all("opslag").any(|v| v == id.to_string());
    let some = named.postings.iter().filter(|(id, _)| counts.posting(*id) > 0 || wanted(id));
    some.map(|(id, name)| Choice::new(id, counted(t, name, counts.posting(*id)))).collect()
}

fn channel_choices(t: Speech, counts: &Counts, typed: &Typed) -> Vec<Choice> {
    let mut codes: Vec<&str> = counts.channels.keys().map(String::as_str).collect();
    codes.extend(typed.all("kanal").filter(|c| !c.is_empty()));
    codes.sort_unstable();
    codes.dedup();
    let count = |code: &str| counts.channels.get(code).copied().unwrap_or(0);
    codes.into_iter().map(|c| Choice::new(c, counted(t, &channel_name(t, c), count(c)))).collect()
}

fn channel_name(t: Speech, code: &str) -> String {
    if code == "direct" {
        return t.say("search-channel-direct");
    }
    code.parse::<ChannelKind>().map_or_else(|_| code.to_owned(), |kind| kind.name().to_owned())
}

/// This search on another page.
fn address(typed: &Typed, page: u32) -> String {
    let mut fields = typed.clone();
    fields.set("side", page.to_string());
    let query = serde_urlencoded::to_string(&fields.0).unwrap_or_default();
    format!("/soeg?{query}")
}

fn row(hit: Hit, named: &Named, t: Speech, zone: chrono_tz::Tz) -> Row {
    let Hit { card, excerpt } = hit;
    let Excerpt { pieces, file, why } = excerpt;
    let column = match card.outcome {
        Some(outcome) => OUTCOMES.iter().find(|(code, _)| *code == outcome.word()),
        None => STAGES.iter().find(|(code, _)| *code == card.stage.word()),
    };
    Row {
        href: format!("/ansoegninger/{}", card.id),
        posting: named.by_id.get(&card.posting).cloned().unwrap_or_default(),
        posting_href: format!("/jobopslag/{}/tavle", card.posting),
        received: format::instant_short(card.received_at, zone, t.language()),
        column: column.map(|(_, key)| t.say(key)).unwrap_or_default(),
        channel: channel_name(t, &card.channel),
        late: card.late,
        name: card.name,
        pieces,
        file: file.unwrap_or_default(),
        why: why.iter().filter_map(|w| said(w, t)).collect(),
    }
}

/// Why it was found, as a sentence; nothing where the marked words say it.
fn said(why: &Why, t: Speech) -> Option<String> {
    let Why { asked, seen, place, rule } = why;
    let key = match (rule, place) {
        (Rule::Synonym, _) => "search-why-synonym",
        (Rule::Part, _) => "search-why-part",
        (Rule::Alike, _) => "search-why-alike",
        (_, Place::File(name)) => return Some(t.with2("search-why-file", "asked", asked, "file", name)),
        (_, Place::Email) => "search-why-email",
        (_, Place::Phone) => "search-why-phone",
        _ => return None,
    };
    Some(t.with2(key, "asked", asked, "seen", seen))
}
