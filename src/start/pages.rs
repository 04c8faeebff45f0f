//! `GET /start`.

use std::{collections::HashMap, time::Duration};

use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Datelike, Timelike};

use super::{
    talks,
    waiting::{Waiting, Weight, sorted},
};
use crate::{
    accounts::{self, Right, Scope, Viewer},
    answers, applications, assessment,
    base::{
        Instant,
        id::{PostingId, UnitId, UserId},
        paging::Paging,
        wall::WallTime,
    },
    channels::{self, Connection, connection::Standing},
    db::{Conn, DbError},
    i18n::{Speech, format},
    interviews,
    kit::Kit,
    postings::{self, Posting, State},
    publishing::{self, Delivery},
    queue, retention,
    support::{self, Wanted},
    web::{Answer, Shell, page},
};

/// How many ads the table shows.
const ROWS: u32 = 12;
/// A job that should have run so long ago is late.
const LATE: Duration = Duration::from_secs(5 * 60);
/// How far ahead the deadlines are shown.
const AHEAD: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// An ad as a row.
struct Row {
    href: String,
    title: String,
    unit: String,
    /// how many have applied, when the reader may know
    applicants: Option<i64>,
    /// the reader may open the board
    board: bool,
    state: String,
    look: &'static str,
    icon: &'static str,
    deadline: String,
    /// "om 27 dage", "i dag"; empty when there is nothing to add
    days: String,
}

/// A deadline to come.
struct Ahead {
    when: String,
    what: String,
    href: String,
}

#[derive(Template)]
#[template(path = "start/start.html")]
struct StartPage {
    shell: Shell,
    greeting: String,
    today: String,
    waiting: Vec<Waiting>,
    rows: Vec<Row>,
    total: i64,
    ahead: Vec<Ahead>,
    may_write: bool,
    sees_postings: bool,
    /// sees sums, but not the ads themselves
    only_counts: bool,
    running: Option<Running>,
}

/// How the service is doing, for those who run it.
struct Running {
    waiting: i64,
    overdue: i64,
    /// kinds of the jobs that gave up, each once, with what the newest said
    buried: Vec<(String, String)>,
}

/// What the slices say.
struct Found {
    units: HashMap<UnitId, String>,
    postings: Vec<Posting>,
    total: i64,
    connections: Vec<Connection>,
    /// posting → applications received, and how many of them have no answer yet
    applicants: HashMap<PostingId, (i64, i64)>,
    running: Option<Running>,
    /// what this person is to post by hand, or to take down, with what it is called
    tasks: Vec<(Delivery, String)>,
    /// how many letters and wishes for reasons wait for a person
    answers: usize,
    /// help that was asked for and lies with nobody, where this person gives it
    wishes: Vec<support::Request>,
    /// what communications ask this person
    questions: Vec<support::Request>,
    /// posting → what somebody should see to about its interviews
    talks: HashMap<PostingId, interviews::status::Open>,
    /// what is about to be erased, and what was not
    retention: retention::waiting::Waits,
    /// posting → applicants whom this person sits in a panel for and has not assessed
    unassessed: HashMap<PostingId, usize>,
}

/// `GET /start`
pub async fn start(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let shell = viewer.shell(&req, &kit.config);
    let only_counts = !viewer.may(Right::ReadPostings) && viewer.may(Right::ReadCounts);
    let right = if only_counts { Right::ReadCounts } else { Right::ReadPostings };
    let reads = viewer.scope(right).ok().cloned();
    let person = viewer.user().id;
    let (operates, now) = (viewer.may(Right::Operate), kit.clock.now());
    let connects = viewer.scope(Right::ManageChannels).ok().cloned();
    let counts: Vec<Scope> = [Right::ReadCounts, Right::ReadApplications]
        .into_iter()
        .filter_map(|right| viewer.scope(right).ok().cloned())
        .collect();
    let helps = (viewer.scope(Right::GiveHelp).ok().cloned(), viewer.scope(Right::AskForHelp).ok().cloned());
    let moves = viewer.scope(Right::MoveApplications).ok().cloned();
    let assesses = viewer.scope(Right::ReadApplications).ok().cloned();
    let sees_retention = viewer.scope(Right::SeeRetention).ok().cloned();
    let answers_retention = viewer.may(Right::EraseApplications);
    let k = kit.get_ref().clone();
    let found = kit
        .db
        .read(move |c| {
            let units = accounts::units(c)?.into_iter().map(|unit| (unit.id, unit.name)).collect();
            let wish = postings::Wish {
                // the sums of what is over are what a report is about; nobody applies to a draft
                states: if only_counts {
                    vec![State::Open, State::DeadlinePassed, State::Closed]
                } else {
                    vec![State::Draft, State::Open, State::DeadlinePassed]
                },
                ..Default::default()
            };
            let (postings, total) = match &reads {
                Some(scope) => postings::list(c, scope, &wish, Paging::new(1, 200))?,
                None => (Vec::new(), 0),
            };
            let connections = match &connects {
                Some(scope) => within(channels::connections(c)?, scope),
                None => Vec::new(),
            };
            let mut applicants: HashMap<PostingId, (i64, i64)> = HashMap::new();
            let counted: Vec<PostingId> = postings
                .iter()
                .filter(|p| counts.iter().any(|scope| scope.covers(p.content.unit, Some(p.id))))
                .map(|p| p.id)
                .collect();
            for row in applications::counts_rows(c, &counted)? {
                let (all, open) = applicants.entry(row.posting).or_default();
                *all += row.n;
                *open += if row.outcome.is_none() { row.n } else { 0 };
            }
            // nobody has applied yet is also a count
            for id in counted {
                applicants.entry(id).or_default();
            }
            let mut tasks = Vec::new();
            for row in publishing::package::waiting_for(c, person)? {
                let place = channels::connection(c, row.account_id)?.map(|at| at.name().to_owned());
                tasks.push((row, place.unwrap_or_default()));
            }
            let running = if operates { Some(running(c, now)?) } else { None };
            let (wishes, questions) = help(c, &helps, person)?;
            let answers = match &moves {
                Some(scope) => answers::open_tasks(c, scope)?,
                None => 0,
            };
            let talks = match &moves {
                Some(scope) => interviews::status::open(c, scope, now)?,
                None => HashMap::new(),
            };
            let unassessed = match &assesses {
                Some(scope) => assessment::status::missing(c, scope, person, now)?,
                None => HashMap::new(),
            };
            let retention = match &sees_retention {
                Some(scope) => retention::waiting::waits(c, &k, scope, answers_retention)?,
                None => retention::waiting::Waits::default(),
            };
            Ok::<_, DbError>(Found {
                retention,
                unassessed,
                talks,
                units,
                postings,
                total,
                connections,
                applicants,
                running,
                tasks,
                answers,
                wishes,
                questions,
            })
        })
        .await?;
    let zone = kit.config.delivery.zone;
    let wall = WallTime::at(now, zone).local;
    let first_name = viewer.user().name.split(' ').next().unwrap_or_default().to_owned();
    let greeting = match wall.hour() {
        5..=9 => "start-good-morning",
        10..=17 => "start-good-day",
        _ => "start-good-evening",
    };
    let t = shell.t;
    let day = format::weekday(wall.weekday(), t.language());
    let today = t.with3(
        "start-today",
        "day",
        day,
        "date",
        format::date(wall.date(), t.language()),
        "week",
        wall.iso_week().week().to_string(),
    );
    page(&StartPage {
        greeting: t.with(greeting, "name", first_name),
        today,
        waiting: sorted(waiting(&found, &viewer, t, now, kit.config.support.soon_days)),
        rows: rows(&found, &viewer, t, now),
        total: found.total,
        ahead: ahead(&found, &viewer, t, now),
        may_write: viewer.may(Right::EditPostings),
        sees_postings: viewer.may(Right::ReadPostings) || only_counts,
        only_counts,
        running: found.running,
        shell,
    })
}

type Requests = Vec<support::Request>;

/// Help that lies with nobody, where one gives it; and what one is asked about one's own.
fn help(
    c: &mut Conn,
    (gives, asks): &(Option<Scope>, Option<Scope>),
    person: UserId,
) -> Result<(Requests, Requests), DbError> {
    let mut open = |scope: &Option<Scope>, state| {
        let found =
            scope.as_ref().map(|s| support::list(c, s, Wanted::Open)).transpose()?.unwrap_or_default();
        Ok::<Requests, DbError>(found.into_iter().filter(|r| r.state == state).collect())
    };
    let wishes = open(gives, support::State::New)?;
    let mut questions = open(asks, support::State::Question)?;
    questions.retain(|r| r.asked_by == format!("user:{person}"));
    Ok((wishes, questions))
}

fn running(c: &mut Conn, now: Instant) -> Result<Running, DbError> {
    let mut buried: Vec<(String, String)> = Vec::new();
    for job in queue::buried(c)? {
        if !buried.iter().any(|(kind, _)| *kind == job.kind) {
            buried.push((job.kind, job.last_error.unwrap_or_default()));
        }
    }
    Ok(Running { waiting: queue::waiting(c)?, overdue: queue::overdue(c, now - LATE)?, buried })
}

fn within(connections: Vec<Connection>, scope: &Scope) -> Vec<Connection> {
    connections.into_iter().filter(|c| scope.covers_unit(c.unit_id)).collect()
}

/// What is about to be erased, who waits for an answer about it, and what is not as gone as it should be.
fn retention_waits(waits: &retention::waiting::Waits, t: Speech) -> Vec<Waiting> {
    let one = |weight, text: String, detail: String, href: &str| Waiting {
        weight,
        icon: "delete",
        text,
        detail,
        href: href.to_owned(),
        verb: t.say("start-retention-verb"),
    };
    let mut list = Vec::new();
    if waits.red > 0 {
        let (text, detail) = (t.say("start-retention-red"), t.say("start-retention-red-detail"));
        list.push(one(Weight::Stuck, text, detail, "/slettefrister/kvitteringer"));
    }
    if waits.requests > 0 {
        let text = t.with("start-retention-request", "count", waits.requests);
        list.push(one(Weight::Late, text, t.say("start-retention-request-detail"), "/slettefrister"));
    }
    if waits.warned > 0 {
        let text = t.with("start-retention-warned", "count", waits.warned);
        let detail = t.with("start-retention-warned-detail", "days", waits.hidden_in);
        list.push(one(Weight::Next, text, detail, "/slettefrister"));
    }
    list
}

fn waiting(found: &Found, viewer: &Viewer, t: Speech, now: Instant, soon_days: u32) -> Vec<Waiting> {
    let mut list = Vec::new();
    for asked in &found.questions {
        list.push(Waiting {
            weight: Weight::Late,
            icon: "help",
            text: t.with("support-start-asked", "title", &asked.title),
            detail: t.say("support-start-asked-detail"),
            href: format!("/bistand/{}", asked.id),
            verb: t.say("support-start-asked-verb"),
        });
    }
    if !found.wishes.is_empty() {
        let soon = found.wishes.iter().filter(|r| r.is_due_soon(now, soon_days)).count();
        list.push(Waiting {
            weight: if soon > 0 { Weight::Late } else { Weight::Next },
            icon: "help",
            text: t.with("support-start-new", "count", found.wishes.len()),
            detail: t.with("support-start-new-detail", "soon", soon),
            href: "/bistand".to_owned(),
            verb: t.say("support-start-new-verb"),
        });
    }
    for lost in found.connections.iter().filter(|c| c.state == Standing::NeedsReconnect) {
        list.push(Waiting {
            weight: Weight::Stuck,
            icon: "link",
            text: t.with("start-lost", "handle", &lost.handle),
            detail: t.say("start-lost-detail"),
            href: format!("/kanaler/{}", lost.id),
            verb: t.say("start-lost-verb"),
        });
    }
    for (row, place) in &found.tasks {
        let late = publishing::package::is_overdue(row, now);
        let removing = row.state == publishing::State::Removing;
        let key = match row.state {
            publishing::State::Removing => "start-remove",
            publishing::State::Published => "start-correct",
            _ => "start-post",
        };
        list.push(Waiting {
            weight: if late || removing { Weight::Late } else { Weight::Next },
            icon: "send",
            text: t.with(key, "place", place),
            detail: t.with(
                if late { "start-post-late" } else { "start-post-detail" },
                "when",
                publishing::said::time(t, row, row.due_at),
            ),
            href: format!("/pakker/{}", row.id),
            verb: t.say("start-post-verb"),
        });
    }
    if found.answers > 0 {
        list.push(Waiting {
            weight: Weight::Stuck,
            icon: "email",
            text: t.with("start-answers", "count", found.answers),
            detail: t.say("start-answers-detail"),
            href: "/svar".to_owned(),
            verb: t.say("start-answers-verb"),
        });
    }
    list.extend(retention_waits(&found.retention, t));
    for posting in &found.postings {
        let title = posting.title(t.language());
        let unit = found.units.get(&posting.content.unit).map(String::as_str).unwrap_or_default();
        let href = format!("/jobopslag/{}", posting.id);
        let moves = viewer.may_in(Right::MoveApplications, posting.content.unit);
        let unanswered = found.applicants.get(&posting.id).map_or(0, |(_, open)| *open);
        if viewer.owes_pledge(posting.id) {
            list.push(Waiting {
                weight: Weight::Next,
                icon: "how-to-reg",
                text: t.say("start-pledge"),
                detail: t.with("start-pledge-detail", "title", title),
                href: format!("{href}/udvalg"),
                verb: t.say("start-pledge-verb"),
            });
        }
        if let Some(open) = found.talks.get(&posting.id) {
            list.extend(talks::waiting(open, title, &href, t));
        }
        if let Some(count) = found.unassessed.get(&posting.id) {
            list.push(Waiting {
                weight: Weight::Next,
                icon: "checklist",
                text: t.with("start-cards", "count", *count),
                detail: t.with("start-pledge-detail", "title", title),
                href: format!("{href}/tavle?mangler=min"),
                verb: t.say("start-cards-verb"),
            });
        }
        match posting.state_at(now) {
            State::DeadlinePassed if moves && unanswered > 0 => {
                list.push(Waiting {
                    weight: Weight::Late,
                    icon: "persons",
                    text: t.with2("start-passed", "title", title, "count", unanswered),
                    detail: t.with("start-passed-detail", "unit", unit),
                    href: format!("{href}/tavle"),
                    verb: t.say("start-passed-verb"),
                });
            }
            State::Open | State::DeadlinePassed
                if !moves && unanswered > 0 && viewer.may(Right::ReadApplications) =>
            {
                list.push(Waiting {
                    weight: Weight::Next,
                    icon: "assignment",
                    text: t.with("start-read", "title", title),
                    detail: t.with("start-read-detail", "unit", unit),
                    href: format!("{href}/tavle"),
                    verb: t.say("start-read-verb"),
                });
            }
            State::Draft if viewer.may_in(Right::EditPostings, posting.content.unit) => {
                let title = if title.is_empty() { &posting.reference } else { title };
                list.push(Waiting {
                    weight: Weight::Begun,
                    icon: "edit",
                    text: t.with("start-draft", "title", title),
                    detail: t.with("start-draft-detail", "unit", unit),
                    href,
                    verb: t.say("start-draft-verb"),
                });
            }
            _ => {}
        }
    }
    list.truncate(ROWS as usize);
    list
}

fn rows(found: &Found, viewer: &Viewer, t: Speech, now: Instant) -> Vec<Row> {
    let row = |posting: &Posting| {
        let (state, look, icon) = match posting.state_at(now) {
            State::Draft => ("start-state-draft", "", "edit"),
            State::Open => ("start-state-open", "ok", "check"),
            State::DeadlinePassed => ("start-state-passed", "info", "hourglass"),
            State::Closed => ("start-state-closed", "line", "lock"),
        };
        let title = posting.title(t.language());
        Row {
            href: address(viewer, posting.id),
            title: if title.is_empty() { posting.reference.clone() } else { title.to_owned() },
            unit: found.units.get(&posting.content.unit).cloned().unwrap_or_default(),
            applicants: found.applicants.get(&posting.id).map(|(all, _)| *all),
            board: viewer
                .scope(Right::ReadApplications)
                .is_ok_and(|scope| scope.covers(posting.content.unit, Some(posting.id))),
            state: t.say(state),
            look,
            icon,
            deadline: posting
                .content
                .deadline
                .map_or_else(|| t.say("start-no-deadline"), |at| format::short(at.local, t.language())),
            days: posting.deadline_at.map(|at| days(at, t, now)).unwrap_or_default(),
        }
    };
    found.postings.iter().take(ROWS as usize).map(row).collect()
}

/// The page of an ad that this person may open.
fn address(viewer: &Viewer, id: PostingId) -> String {
    if viewer.may(Right::ReadPostings) { format!("/jobopslag/{id}") } else { format!("/jobopslag/{id}/tal") }
}

/// How far away a deadline is, in days as people count them.
fn days(deadline: Instant, t: Speech, now: Instant) -> String {
    const DAY: i64 = 24 * 60 * 60;
    let left = deadline.seconds() - now.seconds();
    match left {
        ..0 => t.with("start-days-ago", "count", -left / DAY),
        _ => t.with("start-days-left", "count", left / DAY),
    }
}

fn ahead(found: &Found, viewer: &Viewer, t: Speech, now: Instant) -> Vec<Ahead> {
    let mut soon: Vec<(Instant, &Posting)> = found
        .postings
        .iter()
        .filter(|posting| posting.state_at(now) == State::Open)
        .filter_map(|posting| Some((posting.deadline_at?, posting)))
        .filter(|(at, _)| *at >= now && *at < now + AHEAD)
        .collect();
    soon.sort_by_key(|(at, _)| *at);
    soon.into_iter()
        .filter_map(|(_, posting)| {
            let at = posting.content.deadline?;
            Some(Ahead {
                when: format::deadline(at.local, t.language()),
                what: t.with("start-deadline-of", "title", posting.title(t.language())),
                href: address(viewer, posting.id),
            })
        })
        .collect()
}
