//! `/slettefrister`: what goes tonight and in the next ninety days, by posting and rule, before it goes; what is held, what
//! collides, what nobody has closed, who has asked, and what has been proved gone. No person stands on it.

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Datelike, Days, NaiveDate};

use super::{
    fate::{State, Trigger},
    plan::{self, Plan, Planned},
    receipt::Stand,
    store::{self, Erasure},
};
use crate::{
    accounts::{Right, Viewer},
    base::id::PostingId,
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Called, Kept, Which},
    web::{Answer, Shell, page},
};

/// How far ahead is shown, in days.
const AHEAD: u64 = 90;
/// How many erasures stand on the page.
const NEWEST: i64 = 6;

/// Applications to one posting that go by the same rule.
struct Line {
    href: String,
    title: String,
    about: String,
    rule: String,
    n: String,
}

/// A day on which something goes.
struct Ahead {
    day: String,
    title: String,
    href: String,
    n: String,
}

/// A week as a bar.
struct Week {
    label: String,
    percent: i64,
    n: String,
}

struct ShownHold {
    href: String,
    title: String,
    about: String,
    reason: String,
}

struct Clash {
    href: String,
    title: String,
    what: String,
}

struct ShownErasure {
    href: String,
    when: String,
    what: String,
    label: String,
    look: &'static str,
    icon: &'static str,
}

#[derive(Template)]
#[template(path = "retention/plan.html")]
struct PlanPage {
    shell: Shell,
    night: String,
    tonight: String,
    ninety: String,
    held: String,
    without: usize,
    /// Their postings; the list must be empty.
    without_rule: Vec<Clash>,
    lines: Vec<Line>,
    weeks: Vec<Week>,
    days: Vec<Ahead>,
    leaving: Vec<Line>,
    holds: Vec<ShownHold>,
    clashes: Vec<Clash>,
    unclosed: Vec<Clash>,
    requests: Vec<ShownHold>,
    erasures: Vec<ShownErasure>,
    standard: String,
}

/// By which rule, in words.
pub(super) fn rule_words(t: Speech, kept: &Kept, trigger: Option<Trigger>) -> String {
    match trigger {
        Some(Trigger::Asked) => t.say("retention-by-asked"),
        Some(Trigger::Unclosed) => t.with("retention-by-unclosed", "months", kept.months),
        _ => match kept.by {
            Some(by) => t.with2("retention-by-rule", "months", kept.months, "rule", t.say(by.key())),
            None => t.with("retention-by-standard", "months", kept.months),
        },
    }
}

/// What a posting is called.
pub(super) struct Names(HashMap<PostingId, Called>);

impl Names {
    pub(super) fn of(all: Vec<Called>) -> Self {
        Self(all.into_iter().map(|called| (called.id, called)).collect())
    }
    fn title(&self, t: Speech, id: PostingId) -> String {
        let title = self.0.get(&id).map(|called| called.title.clone()).filter(|title| !title.is_empty());
        title.unwrap_or_else(|| t.say("posting-untitled"))
    }
}

fn href(id: PostingId) -> String {
    format!("/jobopslag/{id}/slettefrist")
}

/// `GET /slettefrister`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let scope = viewer.scope(Right::SeeRetention)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (k, language) = (kit.get_ref().clone(), shell.t.language());
    let (plan, names, erasures) = kit
        .db
        .read(move |c| {
            let plan = plan::plan(c, &k)?.inside(&scope);
            let mut ids: Vec<PostingId> = plan.all.iter().map(|one| one.of.posting).collect();
            ids.dedup();
            let names = Names::of(postings::names(c, &scope, Which::These(&ids), language)?);
            let mut erasures = Vec::new();
            for erasure in store::newest(c, NEWEST)? {
                let n = store::erased_by(c, erasure.id)?.len();
                let receipt = store::receipt_of(c, erasure.id)?;
                erasures.push((erasure, n, receipt));
            }
            Ok::<_, DbError>((plan, names, erasures))
        })
        .await?;
    page(&draw(&kit, shell, &plan, &names, &erasures))
}

fn draw(
    kit: &Kit,
    shell: Shell,
    plan: &Plan,
    names: &Names,
    erasures: &[(Erasure, usize, Option<i32>)],
) -> PlanPage {
    let t = shell.t;
    let last = plan.coming + Days::new(AHEAD);
    let count = |n: usize| t.with("retention-applications", "count", n);
    let goes: Vec<&Planned> = plan
        .all
        .iter()
        .filter(|one| one.fate.is_some_and(|fate| fate.state != State::Held && fate.erase_on <= last))
        .collect();
    let tonight: Vec<&Planned> = goes.iter().copied().filter(|one| one.goes_on(plan.coming)).collect();
    let held = plan.all.iter().filter(|one| one.fate.is_some_and(|fate| fate.state == State::Held)).count();
    let without: Vec<&Planned> = plan.all.iter().filter(|one| one.fate.is_none()).collect();
    PlanPage {
        night: long_day(t, plan.coming),
        tonight: count(tonight.len()),
        ninety: count(goes.len()),
        held: count(held),
        without: without.len(),
        without_rule: by_posting(&without)
            .into_iter()
            .map(|(id, all)| Clash { href: href(id), title: names.title(t, id), what: count(all.len()) })
            .collect(),
        lines: lines(t, names, &tonight),
        weeks: weeks(t, plan.coming, &goes),
        days: days(t, names, &goes),
        leaving: leaving(t, names, plan),
        holds: holds(t, names, plan),
        clashes: clashes(t, names, plan),
        unclosed: unclosed(t, names, plan),
        requests: requests(kit, t, names, plan),
        erasures: erasures.iter().map(|(erasure, n, receipt)| shown(kit, t, erasure, *n, *receipt)).collect(),
        standard: rule_words(t, &Kept::standard(&kit.config), None),
        shell,
    }
}

pub(super) fn long_day(t: Speech, day: NaiveDate) -> String {
    let name = format::weekday(day.weekday(), t.language());
    t.with2("retention-night", "weekday", name, "date", format::date(day, t.language()))
}

fn by_posting<'p>(of: &[&'p Planned]) -> BTreeMap<PostingId, Vec<&'p Planned>> {
    let mut all: BTreeMap<PostingId, Vec<&Planned>> = BTreeMap::new();
    for one in of {
        all.entry(one.of.posting).or_default().push(one);
    }
    all
}

fn lines(t: Speech, names: &Names, of: &[&Planned]) -> Vec<Line> {
    let mut lines = Vec::new();
    for (id, all) in by_posting(of) {
        let mut rules: BTreeMap<(String, String), usize> = BTreeMap::new();
        for one in all {
            let trigger = one.fate.map(|fate| fate.trigger);
            let rule = rule_words(t, &one.kept, trigger);
            *rules.entry((rule, since(t, one))).or_default() += 1;
        }
        for ((rule, about), n) in rules {
            let title = names.title(t, id);
            lines.push(Line { href: href(id), title, about, rule, n: format::whole(whole(n), t.language()) });
        }
    }
    lines
}

fn whole(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

/// From when it counts.
fn since(t: Speech, one: &Planned) -> String {
    let Some(fate) = one.fate else { return String::new() };
    let key = match fate.trigger {
        Trigger::Closed => "retention-since-closed",
        Trigger::Unclosed => "retention-since-unclosed",
        Trigger::Asked => "retention-since-asked",
    };
    t.with(key, "date", format::date(fate.from, t.language()))
}

fn weeks(t: Speech, from: NaiveDate, goes: &[&Planned]) -> Vec<Week> {
    let mut sums = vec![0_usize; usize::try_from(AHEAD / 7 + 1).unwrap_or(0)];
    for fate in goes.iter().filter_map(|one| one.fate) {
        let week = usize::try_from((fate.erase_on - from).num_days().max(0) / 7).unwrap_or(0);
        if let Some(sum) = sums.get_mut(week) {
            *sum += 1;
        }
    }
    let most = whole(sums.iter().copied().max().unwrap_or(0)).max(1);
    (0..)
        .zip(sums)
        .map(|(week, n)| {
            let first = from + Days::new(week * 7);
            let percent = if n == 0 { 0 } else { (whole(n) * 100 / most).max(1) };
            Week {
                label: t.with("retention-week", "date", format::short_date(first, t.language())),
                percent,
                n: format::whole(whole(n), t.language()),
            }
        })
        .collect()
}

fn days(t: Speech, names: &Names, goes: &[&Planned]) -> Vec<Ahead> {
    let mut sums: BTreeMap<(NaiveDate, PostingId), usize> = BTreeMap::new();
    for one in goes {
        if let Some(fate) = one.fate {
            *sums.entry((fate.erase_on, one.of.posting)).or_default() += 1;
        }
    }
    sums.into_iter()
        .map(|((day, id), n)| Ahead {
            day: format::date(day, t.language()),
            title: names.title(t, id),
            href: href(id),
            n: format::whole(whole(n), t.language()),
        })
        .collect()
}

/// Those that are on their way out.
fn leaving(t: Speech, names: &Names, plan: &Plan) -> Vec<Line> {
    let mut sums: BTreeMap<(PostingId, State, NaiveDate, NaiveDate), usize> = BTreeMap::new();
    for one in &plan.all {
        if let Some(fate) = one.fate.filter(|f| matches!(f.state, State::Warned | State::Quarantined)) {
            *sums.entry((one.of.posting, fate.state, fate.quarantine_on, fate.erase_on)).or_default() += 1;
        }
    }
    sums.into_iter()
        .map(|((id, state, hidden, gone), n)| Line {
            href: href(id),
            title: names.title(t, id),
            about: t.say(state.key()),
            rule: if state == State::Warned {
                let date = |day| format::date(day, t.language());
                t.with2("retention-leaving-warned", "hidden", date(hidden), "gone", date(gone))
            } else {
                t.with("retention-leaving-hidden", "gone", format::date(gone, t.language()))
            },
            n: format::whole(whole(n), t.language()),
        })
        .collect()
}

fn holds(t: Speech, names: &Names, plan: &Plan) -> Vec<ShownHold> {
    let open = plan.holds.iter().filter(|hold| hold.holds(plan.coming));
    open.map(|hold| {
        let until = format::date(hold.until, t.language());
        let key = if hold.application.is_some() { "retention-hold-one" } else { "retention-hold-posting" };
        ShownHold {
            href: href(hold.posting),
            title: names.title(t, hold.posting),
            about: t.with(key, "until", until),
            // a reason may name somebody; it stands on the posting's own page, for who may read it there
            reason: String::new(),
        }
    })
    .collect()
}

/// Postings for which several rules are laid down.
fn clashes(t: Speech, names: &Names, plan: &Plan) -> Vec<Clash> {
    let mut seen: BTreeMap<PostingId, &Kept> = BTreeMap::new();
    for one in plan.all.iter().filter(|one| !one.kept.beaten.is_empty()) {
        seen.insert(one.of.posting, &one.kept);
    }
    seen.into_iter()
        .map(|(id, kept)| Clash { href: href(id), title: names.title(t, id), what: clash_words(t, kept) })
        .collect()
}

pub(super) fn clash_words(t: Speech, kept: &Kept) -> String {
    let beaten: Vec<String> = kept
        .beaten
        .iter()
        .map(|(by, months)| t.with2("retention-clash-rule", "rule", t.say(by.key()), "months", *months))
        .collect();
    let won = kept.by.map(|by| t.say(by.key())).unwrap_or_default();
    t.with3("retention-clash", "rule", won, "months", kept.months, "others", beaten.join(", "))
}

/// Postings with applications that nobody has closed.
fn unclosed(t: Speech, names: &Names, plan: &Plan) -> Vec<Clash> {
    let mut seen: BTreeMap<(NaiveDate, PostingId), usize> = BTreeMap::new();
    for one in &plan.all {
        if let Some(fate) = one.fate.filter(|f| f.trigger == Trigger::Unclosed) {
            // while applications are taken there is nothing to close
            if one.of.deadline_at.is_some_and(|at| at.utc().date_naive() < plan.coming) {
                *seen.entry((fate.erase_on, one.of.posting)).or_default() += 1;
            }
        }
    }
    seen.into_iter()
        .map(|((gone, id), n)| Clash {
            href: href(id),
            title: names.title(t, id),
            what: t.with2("retention-unclosed-one", "count", n, "date", format::date(gone, t.language())),
        })
        .collect()
}

fn requests(kit: &Kit, t: Speech, names: &Names, plan: &Plan) -> Vec<ShownHold> {
    let zone = kit.config.delivery.zone;
    let open = plan.requests.iter().filter(|request| request.refused_at.is_none());
    open.filter_map(|request| {
        let one = plan.all.iter().find(|one| one.of.id == request.application)?;
        let held = one.fate.is_some_and(|fate| fate.state == State::Held);
        let date = |at| format::date(plan::day_of(at, zone), t.language());
        Some(ShownHold {
            href: href(one.of.posting),
            title: names.title(t, one.of.posting),
            about: t.with2(
                "retention-request-one",
                "asked",
                date(request.asked_at),
                "due",
                date(request.due_at),
            ),
            reason: t.say(if held { "retention-request-held" } else { "retention-request-tonight" }),
        })
    })
    .collect()
}

fn shown(kit: &Kit, t: Speech, erasure: &Erasure, n: usize, receipt: Option<i32>) -> ShownErasure {
    let (key, look, icon) = stand_of(erasure.state);
    let when = format::instant_short(erasure.begun_at, kit.config.delivery.zone, t.language());
    ShownErasure {
        href: receipt.map(|number| format!("/slettefrister/kvitteringer/{number}")).unwrap_or_default(),
        when,
        what: if erasure.state == Stand::Nothing {
            t.with2("erasure-nothing", "warned", erasure.warned, "hidden", erasure.quarantined)
        } else {
            t.with("retention-applications", "count", n)
        },
        label: t.say(key),
        look,
        icon,
    }
}

/// Message key, colour and symbol.
pub(super) const fn stand_of(stand: Stand) -> (&'static str, &'static str, &'static str) {
    match stand {
        Stand::Begun => ("erasure-stand-begun", "warn", "hourglass"),
        Stand::Proved => ("erasure-stand-proved", "ok", "check"),
        Stand::Left => ("erasure-stand-left", "bad", "error"),
        Stand::Nothing => ("erasure-stand-nothing", "line", "check"),
    }
}
