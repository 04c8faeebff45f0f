//! `/jobopslag/{id}/ansoegere`: the applicants of one posting as a list: what each waits for and since when, narrowed, sorted
//! and moved several at once. The same applications as on the board, for whoever reads downwards.

use std::{cmp::Reverse, collections::HashMap};

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::waiting::{self, Waits};
use crate::{
    accounts::{
        Posted, Right, Viewer,
        audit::{self, Line as LogLine, Object, Verb},
    },
    applications::{
        self, Row, Stage,
        actions::{self, Change, ChangeError},
        board_pages::{came, parse_pair},
        move_pages,
        stage::Column,
    },
    base::{
        Instant,
        id::{ApplicationId, PostingId},
        paging::Paging,
        text,
        wall::WallTime,
    },
    i18n::{Speech, format},
    interviews::status::{self, Talk},
    kit::Kit,
    postings::{self, State, Tabs},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Query, page, page_with, see_other},
};

/// Applicants on a page.
const PAGE: u32 = 100;

/// An applicant as a row.
struct Line {
    id: ApplicationId,
    version: i32,
    chosen: bool,
    name: String,
    sub: String,
    received: String,
    column: String,
    look: &'static str,
    waits: String,
    days: String,
    too_long: bool,
    held_back: bool,
    late: bool,
    encrypted: bool,
    cpr: bool,
    no_papers: bool,
}

#[derive(Template)]
#[template(path = "overview/list.html")]
struct ListPage {
    shell: Shell,
    posting: PostingId,
    tabs: Tabs,
    title: String,
    reference: String,
    lede: String,
    left: String,
    over: bool,
    form: FormView,
    columns: Vec<Choice>,
    sorts: Vec<Choice>,
    marks: Vec<Choice>,
    narrowed: bool,
    lines: Vec<Line>,
    may_move: bool,
    may_register: bool,
    said: String,
    undo: Vec<String>,
    targets: Vec<Choice>,
    failed: Option<Failed>,
    here: String,
    count: String,
    previous: String,
    next: String,
}

/// A move that was refused: what was chosen and typed stays.
struct Failed {
    to: String,
    reason: String,
    words: String,
    chosen: Vec<ApplicationId>,
}

/// How the list is narrowed and sorted.
struct Wanted {
    columns: Vec<Column>,
    marks: Vec<Mark>,
    words: String,
    sort: Sort,
}

/// What a row may be wanted for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Unanswered,
    TooLong,
    Late,
    Papers,
}

impl Mark {
    const ALL: [Self; 4] = [Self::Unanswered, Self::TooLong, Self::Late, Self::Papers];

    const fn word(self) -> &'static str {
        match self {
            Self::Unanswered => "uden-svar",
            Self::TooLong => "for-laenge",
            Self::Late => "sene",
            Self::Papers => "filer",
        }
    }
    const fn key(self) -> &'static str {
        match self {
            Self::Unanswered => "overview-mark-unanswered",
            Self::TooLong => "overview-mark-too-long",
            Self::Late => "overview-mark-late",
            Self::Papers => "overview-mark-papers",
        }
    }
    fn fits(self, row: &Row, before: Instant) -> bool {
        match self {
            Self::Unanswered => row.card.outcome.is_none() || row.untold,
            Self::TooLong => is_slow(row, before),
            Self::Late => row.card.late,
            Self::Papers => row.papers.count == 0 || row.papers.encrypted || row.papers.cpr,
        }
    }
}

/// In which order. No order says anything of how good somebody is (D-36).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Waited,
    Newest,
    Oldest,
    Name,
}

impl Sort {
    const ALL: [Self; 4] = [Self::Waited, Self::Newest, Self::Oldest, Self::Name];

    const fn word(self) -> &'static str {
        match self {
            Self::Waited => "ventet",
            Self::Newest => "nyeste",
            Self::Oldest => "aeldste",
            Self::Name => "navn",
        }
    }
    const fn key(self) -> &'static str {
        match self {
            Self::Waited => "overview-sort-waited",
            Self::Newest => "overview-sort-newest",
            Self::Oldest => "overview-sort-oldest",
            Self::Name => "overview-sort-name",
        }
    }
    fn apply(self, rows: &mut [Row]) {
        match self {
            // whoever is decided waits for nothing and comes last
            Self::Waited => rows.sort_by_key(|r| (r.entered.is_none(), r.entered, r.card.id)),
            Self::Newest => rows.sort_by_key(|r| (Reverse(r.card.received_at), r.card.id)),
            Self::Oldest => rows.sort_by_key(|r| (r.card.received_at, r.card.id)),
            Self::Name => rows.sort_by(|a, b| {
                format::danish_order(&a.card.name, &b.card.name).then_with(|| a.card.id.cmp(&b.card.id))
            }),
        }
    }
}

/// Stands in its step longer than it should.
fn is_slow(row: &Row, before: Instant) -> bool {
    row.entered.is_some_and(|at| at < before)
}

impl Wanted {
    fn of(typed: &Typed) -> Self {
        let marked = |word| Mark::ALL.into_iter().find(|mark| mark.word() == word);
        Self {
            columns: typed.all("trin").filter_map(Column::from_word).collect(),
            marks: typed.all("vis").filter_map(marked).collect(),
            words: text::line(typed.get("q")).to_lowercase(),
            sort: Sort::ALL
                .into_iter()
                .find(|sort| sort.word() == typed.get("sorter"))
                .unwrap_or(Sort::Waited),
        }
    }
    fn is_narrow(&self) -> bool {
        !self.columns.is_empty() || !self.marks.is_empty() || !self.words.is_empty()
    }
    fn fits(&self, row: &Row, before: Instant) -> bool {
        (self.columns.is_empty() || self.columns.contains(&row.card.column()))
            && self.marks.iter().all(|mark| mark.fits(row, before))
            && (self.words.is_empty() || row.card.name.to_lowercase().contains(&self.words))
    }
}

/// What the page says besides the rows.
#[derive(Default)]
struct Words {
    said: String,
    undo: Vec<String>,
    failed: Option<Failed>,
}

/// `GET /jobopslag/{id}/ansoegere`
pub async fn list(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    let id = id.into_inner();
    let undo = query.0.all("moved").filter(|v| parse_pair(v).is_some()).map(str::to_owned).collect();
    // read first: somebody else's posting is not found, and not seen either
    let drawn = draw(&req, &kit, &viewer, id, query.0, Words { undo, ..Words::default() }).await?;
    let line = LogLine {
        actor: viewer.actor(),
        verb: Verb::Viewed,
        object: Object::Posting(id),
        posting: Some(id),
        detail: Some("list".to_owned()),
    };
    let now = kit.clock.now();
    kit.db.write(move |c| audit::write(c, &[line], now)).await?;
    page(&drawn)
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    mut typed: Typed,
    words: Words,
) -> Result<ListPage, Fault> {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, days) = (shell.t, kit.clock.now(), kit.config.applications.step_days);
    let before = waiting::too_long_before(now, days);
    let wanted = Wanted::of(&typed);
    let (posting, rows, talks) = kit
        .db
        .read(move |c| {
            let posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let rows = applications::rows(c, &scope, id)?;
            let ids: Vec<ApplicationId> = rows.iter().map(|row| row.card.id).collect();
            Ok::<_, Fault>((posting, rows, status::talks(c, &ids, now)?))
        })
        .await?;
    let unit = posting.content.unit;
    let may_move = viewer.scope(Right::MoveApplications).is_ok_and(|s| s.covers(unit, Some(id)));
    let (all, undecided) = (rows.len(), rows.iter().filter(|row| row.card.outcome.is_none()).count());
    let slow = rows.iter().filter(|row| is_slow(row, before)).count();
    let of_column = |column: Column| rows.iter().filter(|row| row.card.column() == column).count();
    let columns = Column::ALL
        .into_iter()
        .map(|column| Choice::new(column.word(), format!("{} ({})", t.say(column.key()), of_column(column))))
        .collect();
    let marks = Mark::ALL
        .into_iter()
        .map(|mark| {
            let n = rows.iter().filter(|row| mark.fits(row, before)).count();
            Choice::new(mark.word(), format!("{} ({n})", t.with(mark.key(), "days", days)))
        })
        .collect();
    let mut shown: Vec<Row> = rows.into_iter().filter(|row| wanted.fits(row, before)).collect();
    wanted.sort.apply(&mut shown);
    let paging = Paging::new(typed.get("side").parse().unwrap_or(1), PAGE);
    let found = shown.len();
    let pages = paging.pages(i64::try_from(found).unwrap_or(i64::MAX));
    let from = usize::try_from(paging.offset()).unwrap_or_default();
    let frame = Frame { kit, t, now, before, talks: &talks, failed: words.failed.as_ref() };
    let lines = shown.into_iter().skip(from).take(PAGE as usize).map(|row| frame.line(row)).collect();
    typed.0.retain(|(name, _)| ["trin", "vis", "q", "sorter", "side"].contains(&name.as_str()));
    let to = |n: u32| address(id, &typed, Some(n));
    let over = posting.state_at(now) == State::DeadlinePassed;
    let left = |at: Instant| {
        let (key, apart) =
            if over { ("posting-days-ago", now.since(at)) } else { ("posting-days-left", at.since(now)) };
        t.with2(
            "overview-deadline",
            "at",
            deadline(&posting, t),
            "left",
            t.with(key, "days", apart.as_secs() / 86_400),
        )
    };
    Ok(ListPage {
        posting: id,
        tabs: Tabs::of(viewer, &posting),
        title: posting.title(t.language()).to_owned(),
        reference: posting.reference.clone(),
        lede: t.args(
            "overview-list-lede",
            &[
                ("all", crate::i18n::Said::said(&all)),
                ("undecided", crate::i18n::Said::said(&undecided)),
                ("slow", crate::i18n::Said::said(&slow)),
                ("days", crate::i18n::Said::said(&days)),
            ],
        ),
        left: posting.deadline_at.map_or_else(String::new, left),
        over,
        columns,
        marks,
        sorts: Sort::ALL.into_iter().map(|sort| Choice::new(sort.word(), t.say(sort.key()))).collect(),
        narrowed: wanted.is_narrow(),
        lines,
        may_move,
        may_register: viewer.may_in(Right::RegisterApplications, unit),
        said: if words.said.is_empty() { shell.flash.clone().unwrap_or_default() } else { words.said },
        undo: if may_move { words.undo } else { Vec::new() },
        targets: Column::ALL.iter().map(|c| Choice::new(c.word(), t.say(c.key()))).collect(),
        failed: words.failed,
        here: address(id, &typed, Some(paging.page)),
        count: t.with2("overview-shown", "found", found, "all", all),
        previous: if paging.page > 1 { to(paging.page - 1) } else { String::new() },
        next: if paging.page < pages { to(paging.page + 1) } else { String::new() },
        form: FormView::of(typed),
        shell,
    })
}

fn deadline(posting: &postings::Posting, t: Speech) -> String {
    posting.deadline_local().map_or_else(String::new, |d| format::short(d, t.language()))
}

/// Of the list as it is narrowed, on this page of it.
fn address(id: PostingId, typed: &Typed, side: Option<u32>) -> String {
    let mut pairs: Vec<_> = typed.0.iter().filter(|(name, _)| name != "side").cloned().collect();
    if let Some(side) = side.filter(|n| *n > 1) {
        pairs.push(("side".into(), side.to_string()));
    }
    match serde_urlencoded::to_string(pairs).unwrap_or_default() {
        asked if asked.is_empty() => format!("/jobopslag/{id}/ansoegere"),
        asked => format!("/jobopslag/{id}/ansoegere?{asked}"),
    }
}

/// What every row of one drawing shares.
struct Frame<'a> {
    kit: &'a Kit,
    t: Speech,
    now: Instant,
    before: Instant,
    /// where each stands on the way to an interview
    talks: &'a HashMap<ApplicationId, Talk>,
    failed: Option<&'a Failed>,
}

impl Frame<'_> {
    fn line(&self, row: Row) -> Line {
        let (t, zone) = (self.t, self.kit.config.delivery.zone);
        let too_long = is_slow(&row, self.before);
        let Row { card, entered, papers, untold } = row;
        let (standing, column) = (card.standing(), card.column());
        let day = |at| format::short_date(WallTime::at(at, zone).local.date(), t.language());
        Line {
            id: card.id,
            version: card.version,
            chosen: self.failed.is_some_and(|failed| failed.chosen.contains(&card.id)),
            sub: came(t, card.via, &card.channel),
            received: day(card.received_at),
            column: t.say(column.key()),
            look: match column {
                Column::Stage(Stage::Received) => "line",
                Column::Stage(_) => "info",
                Column::Outcome(applications::Outcome::Hired) => "ok",
                Column::Outcome(_) => "",
            },
            waits: Waits::of(&card, untold, self.talks.get(&card.id).copied())
                .map_or_else(String::new, |waits| t.say(waits.key())),
            days: match (card.outcome_at, entered) {
                (Some(at), _) => t.with("overview-decided", "at", day(at)),
                (None, Some(at)) => t.with("board-days", "days", self.now.since(at).as_secs() / 86_400),
                (None, None) => String::new(),
            },
            too_long,
            held_back: standing.held_back && card.outcome.is_none(),
            late: card.late && !standing.held_back,
            encrypted: papers.encrypted,
            cpr: papers.cpr,
            no_papers: papers.count == 0,
            name: card.name,
        }
    }
}

/// `POST /jobopslag/{id}/ansoegere`: moves those that are chosen, and comes back to the same place of the list.
pub async fn move_chosen(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    let (Posted { viewer, typed }, id) = (posted, id.into_inner());
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let to = Column::from_word(typed.get("stage")).ok_or(Fault::BadRequest)?;
    let reason = typed.get("reason").to_owned();
    let chosen: Vec<_> = typed.all("chosen").filter_map(parse_pair).take(500).collect();
    let ids = chosen.iter().map(|(id, _)| *id).collect();
    let change = |(id, version)| Change { id, version, to, place: None, reason: reason.clone() };
    let changes = chosen.into_iter().map(change).collect();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let result = kit
        .db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(ChangeError::NotFound)?;
            actions::change_together(c, &k, &scope, actor, changes)
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    match result {
        Ok(together) => {
            viewer.say_next(&kit, move_pages::told(t, to, &together)).await?;
            let mut back = query.0;
            back.0.retain(|(name, _)| name != "moved");
            // an address has its limits; more than these are undone from each one's history
            let moved = move_pages::pairs(&together).into_iter().take(20);
            back.0.extend(moved.map(|pair| ("moved".to_owned(), pair)));
            let side = back.get("side").parse().ok();
            Ok(see_other(address(id, &back, side)))
        }
        Err(ChangeError::Reason(_, key)) => {
            let words = t.say(key);
            let failed = Failed { to: to.word().to_owned(), reason, words: words.clone(), chosen: ids };
            let words = Words { said: words, failed: Some(failed), ..Words::default() };
            let drawn = draw(&req, &kit, &viewer, id, query.0, words).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
        }
        Err(error) => Err(move_pages::fault(error)),
    }
}
