//! `/ansoegere`: every running case of the reader on one page: how many stand in which step, who has no answer, what takes
//! too long, and how long there is left.

use std::{collections::HashMap, time::Duration};

use actix_web::{HttpRequest, web};
use askama::Template;

use super::waiting;
use crate::{
    accounts::{self, Right, Scope, Viewer, unit},
    applications::{self, Stage},
    base::{
        Instant,
        id::{PostingId, UnitId},
        paging::Paging,
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, State},
    web::{Answer, Choice, FormView, Shell, forms::Query, page},
};

/// Cases on a page.
const PAGE: u32 = 40;
/// Most cases that are counted for one page; who has more is told to choose a unit.
const MOST: usize = 1000;

/// What stands where in one case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Sums {
    /// Undecided, by stage in the order of the board.
    steps: [i64; Stage::ALL.len()],
    /// Stand in their step longer than they should.
    too_long: i64,
    /// Came too late, and nobody has said whether they count.
    held_back: i64,
    /// Rejected, hired or withdrawn.
    decided: i64,
    /// Rejected, and not told so yet.
    untold: i64,
}

impl Sums {
    fn undecided(&self) -> i64 {
        self.steps.iter().sum()
    }
    fn all(&self) -> i64 {
        self.undecided() + self.decided
    }
    fn add(&mut self, other: &Self) {
        for (mine, more) in self.steps.iter_mut().zip(other.steps) {
            *mine += more;
        }
        self.too_long += other.too_long;
        self.held_back += other.held_back;
        self.decided += other.decided;
        self.untold += other.untold;
    }
}

/// A case as a row.
struct Line {
    href: String,
    board: String,
    title: String,
    /// Reference and unit.
    whose: String,
    deadline: String,
    /// "om 3 dage", "for 2 dage siden".
    left: String,
    over: bool,
    /// How long it has been open.
    age: String,
    sums: Printed,
}

/// Sums as printed; zeros as a dash that is read as none.
struct Printed {
    all: String,
    steps: Vec<(String, i64)>,
    undecided: i64,
    too_long: i64,
    held_back: i64,
    decided: i64,
    untold: i64,
}

#[derive(Template)]
#[template(path = "overview/cases.html")]
struct CasesPage {
    shell: Shell,
    lede: String,
    form: FormView,
    units: Vec<Choice>,
    shown: Vec<Choice>,
    narrowed: bool,
    lines: Vec<Line>,
    steps: Vec<String>,
    total: Printed,
    days: u32,
    more: bool,
    count: String,
    previous: String,
    next: String,
}

/// The cases of one reader with their sums, the most urgent first, and whether there are more than are counted.
struct Cases {
    found: Vec<(Posting, Sums)>,
    more: bool,
}

/// What the reader wants to see.
#[derive(Clone, Copy, Default)]
struct Wanted {
    unit: Option<UnitId>,
    /// Only what asks for something: someone waits too long, a late one, or the deadline has passed and answers are missing.
    urgent: bool,
}

fn cases(
    c: &mut Conn,
    scope: &Scope,
    wanted: Wanted,
    before: Instant,
    now: Instant,
) -> Result<Cases, DbError> {
    let wish = postings::Wish {
        states: vec![State::Open, State::DeadlinePassed],
        unit: wanted.unit,
        ..Default::default()
    };
    let mut all = Vec::new();
    for number in 1.. {
        let (some, total) = postings::list(c, scope, &wish, Paging::new(number, 200))?;
        let last = some.is_empty();
        all.extend(some);
        if last || all.len() >= MOST || i64::try_from(all.len()).is_ok_and(|n| n >= total) {
            break;
        }
    }
    let more = all.len() > MOST;
    all.truncate(MOST);
    let ids: Vec<PostingId> = all.iter().map(|posting| posting.id).collect();
    let mut sums: HashMap<PostingId, Sums> = HashMap::new();
    for step in applications::steps(c, scope, &ids, before)? {
        let sum = sums.entry(step.posting).or_default();
        for (stage, place) in Stage::ALL.iter().zip(&mut sum.steps) {
            *place += if *stage == step.stage { step.n } else { 0 };
        }
        sum.too_long += step.too_long;
    }
    for (posting, n) in applications::held_back(c, scope, &ids)? {
        sums.entry(posting).or_default().held_back = n;
    }
    for (posting, _, n) in applications::decided(c, scope, &ids)? {
        sums.entry(posting).or_default().decided += n;
    }
    for (posting, _) in applications::untold_of(c, scope, &ids)? {
        sums.entry(posting).or_default().untold += 1;
    }
    let mut found = Vec::new();
    for posting in all {
        let sum = sums.remove(&posting.id).unwrap_or_default();
        found.push((posting, sum));
    }
    if wanted.urgent {
        found.retain(|(posting, sums)| asks(posting, sums, now));
    }
    found.sort_by_key(|(posting, sums)| {
        let passed = posting.state_at(now) == State::DeadlinePassed && sums.undecided() + sums.untold > 0;
        (!passed, posting.deadline_at, posting.id)
    });
    Ok(Cases { found, more })
}

/// Whether somebody should look at this case now.
fn asks(posting: &Posting, sums: &Sums, now: Instant) -> bool {
    let passed = posting.state_at(now) == State::DeadlinePassed;
    sums.too_long > 0 || sums.held_back > 0 || (passed && sums.undecided() + sums.untold > 0)
}

/// `GET /ansoegere`
pub async fn cases_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, days) = (shell.t, kit.clock.now(), kit.config.applications.step_days);
    let typed = query.0;
    let wanted = Wanted { unit: typed.get("enhed").parse().ok(), urgent: typed.get("vis") == "haster" };
    let before = waiting::too_long_before(now, days);
    let (cases, (units, choices)) = kit
        .db
        .read(move |c| {
            let cases = cases(c, &scope, wanted, before, now)?;
            let units = accounts::units(c)?;
            let choices = unit::choices(&units, &scope);
            Ok::<_, DbError>((cases, (units, choices)))
        })
        .await?;
    let paging = Paging::new(typed.get("side").parse().unwrap_or(1), PAGE);
    let count = cases.found.len();
    let mut total = Sums::default();
    for (_, sums) in &cases.found {
        total.add(sums);
    }
    let shown = cases
        .found
        .iter()
        .skip(usize::try_from(paging.offset()).unwrap_or_default())
        .take(PAGE as usize)
        .map(|(posting, sums)| line(posting, sums, &units, t, now))
        .collect();
    let to = |n: u32| {
        let mut pairs: Vec<_> = typed.0.iter().filter(|(name, _)| name != "side").cloned().collect();
        pairs.push(("side".into(), n.to_string()));
        format!("/ansoegere?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let pages = paging.pages(i64::try_from(count).unwrap_or(i64::MAX));
    let every = Choice::new("", t.say("postings-every-unit"));
    page(&CasesPage {
        lede: t.with2("overview-lede", "cases", count, "undecided", total.undecided()),
        units: std::iter::once(every).chain(choices).collect(),
        shown: vec![
            Choice::new("", t.say("overview-show-all")),
            Choice::new("haster", t.say("overview-show-urgent")),
        ],
        narrowed: wanted.urgent || wanted.unit.is_some(),
        steps: Stage::ALL.iter().map(|stage| t.say(stage_key(*stage))).collect(),
        total: printed(&total, t),
        previous: if paging.page > 1 { to(paging.page - 1) } else { String::new() },
        next: if paging.page < pages { to(paging.page + 1) } else { String::new() },
        count: t.with("postings-count", "count", count),
        more: cases.more,
        lines: shown,
        days,
        form: FormView::of(typed),
        shell,
    })
}

fn stage_key(stage: Stage) -> &'static str {
    applications::stage::Column::Stage(stage).key()
}

fn printed(sums: &Sums, t: Speech) -> Printed {
    Printed {
        all: format::whole(sums.all(), t.language()),
        steps: Stage::ALL.iter().zip(sums.steps).map(|(stage, n)| (t.say(stage_key(*stage)), n)).collect(),
        undecided: sums.undecided(),
        too_long: sums.too_long,
        held_back: sums.held_back,
        decided: sums.decided,
        untold: sums.untold,
    }
}

fn line(posting: &Posting, sums: &Sums, units: &[accounts::Unit], t: Speech, now: Instant) -> Line {
    let language = t.language();
    let title = posting.title(language);
    let unit = units.iter().find(|u| u.id == posting.content.unit).map_or("", |u| u.name.as_str());
    let days = |d: Duration| d.as_secs() / 86_400;
    let over = posting.state_at(now) == State::DeadlinePassed;
    Line {
        href: format!("/jobopslag/{}/ansoegere", posting.id),
        board: format!("/jobopslag/{}/tavle", posting.id),
        title: if title.is_empty() { t.say("posting-untitled") } else { title.to_owned() },
        whose: format!("{} · {unit}", posting.reference),
        deadline: posting.deadline_local().map_or_else(String::new, |d| format::short(d, language)),
        left: match posting.deadline_at {
            Some(at) if over => t.with("posting-days-ago", "days", days(now.since(at))),
            Some(at) => t.with("posting-days-left", "days", days(at.since(now))),
            None => String::new(),
        },
        over,
        age: posting
            .opened_at
            .map_or_else(String::new, |at| t.with("overview-open-for", "days", days(now.since(at)))),
        sums: printed(sums, t),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_cases_add_up() {
        let mut total = Sums::default();
        let one = Sums { steps: [3, 2, 1, 0], too_long: 2, held_back: 1, decided: 4, untold: 3 };
        total.add(&one);
        total.add(&one);
        assert_eq!((total.undecided(), total.all(), total.too_long, total.held_back), (12, 20, 4, 2));
        assert_eq!(total.untold, 6);
    }
}
