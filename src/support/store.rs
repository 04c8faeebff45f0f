//! Rows of requests, of what was said in them and of what was delivered.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{
    request::{Help, Request, State, Step},
    thing::{Thing, ThingKind},
};
use crate::{
    accounts::Scope,
    base::{
        Instant, Subject,
        id::{AssetId, PostingId, StoryId, SupportId, SupportLineId, UnitId, UserId},
    },
    db::{
        Conn, DbError,
        schema::{support_files, support_lines, support_requests, support_things},
    },
};

/// The most that a list shows.
const MOST: i64 = 200;

#[derive(Queryable, Selectable)]
#[diesel(table_name = support_requests)]
struct Row {
    id: SupportId,
    unit_id: UnitId,
    title: String,
    help: Help,
    posting_id: Option<PostingId>,
    story_id: Option<StoryId>,
    wished_by: Option<Instant>,
    state: State,
    holder_id: Option<UserId>,
    asked_by: String,
    asked_at: Instant,
    taken_at: Option<Instant>,
    answered_at: Option<Instant>,
    minutes: Option<i32>,
}

impl From<Row> for Request {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            unit: row.unit_id,
            title: row.title,
            help: row.help,
            about: Subject::of(row.posting_id, row.story_id),
            wished_by: row.wished_by,
            state: row.state,
            holder: row.holder_id,
            asked_by: row.asked_by,
            asked_at: row.asked_at,
            taken_at: row.taken_at,
            answered_at: row.answered_at,
            minutes: row.minutes,
        }
    }
}

fn whole(rows: Vec<Row>) -> Vec<Request> {
    rows.into_iter().map(Request::from).collect()
}

/// A request, whoever asks; the caller narrows.
pub fn one(conn: &mut Conn, id: SupportId) -> Result<Option<Request>, DbError> {
    let row = support_requests::table.find(id).select(Row::as_select()).first(conn).optional()?;
    Ok(row.map(Request::from))
}

/// Which requests are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// In which something is still to be done; those wished for soonest first.
    Open,
    /// Over; the newest first.
    Over,
}

/// Requests of the units inside `scope`.
pub fn list(conn: &mut Conn, scope: &Scope, wanted: Wanted) -> Result<Vec<Request>, DbError> {
    let inside = support_requests::table
        .filter(support_requests::unit_id.eq_any(scope.units()))
        .select(Row::as_select())
        .limit(MOST);
    Ok(whole(match wanted {
        Wanted::Open => inside
            .filter(support_requests::state.eq_any(State::OPEN))
            // without a day last, in the order in which they came
            .order((
                support_requests::wished_by.is_null(),
                support_requests::wished_by,
                support_requests::asked_at,
                support_requests::id,
            ))
            .load(conn)?,
        Wanted::Over => inside
            .filter(support_requests::state.ne_all(State::OPEN))
            .order((support_requests::asked_at.desc(), support_requests::id.desc()))
            .load(conn)?,
    }))
}

/// Every request of the units inside `scope` since then, for counting.
pub fn asked_since(conn: &mut Conn, scope: &Scope, since: Instant) -> Result<Vec<Request>, DbError> {
    Ok(whole(
        support_requests::table
            .filter(support_requests::unit_id.eq_any(scope.units()))
            .filter(support_requests::asked_at.ge(since))
            .order((support_requests::asked_at, support_requests::id))
            .select(Row::as_select())
            .load(conn)?,
    ))
}

pub(super) fn insert(conn: &mut Conn, request: &Request) -> Result<(), DbError> {
    diesel::insert_into(support_requests::table)
        .values((
            support_requests::id.eq(request.id),
            support_requests::unit_id.eq(request.unit),
            (support_requests::title.eq(&request.title), support_requests::help.eq(request.help)),
            support_requests::posting_id.eq(request.about.and_then(Subject::posting)),
            support_requests::story_id.eq(request.about.and_then(Subject::story)),
            support_requests::wished_by.eq(request.wished_by),
            support_requests::state.eq(request.state),
            (
                support_requests::asked_by.eq(&request.asked_by),
                support_requests::asked_at.eq(request.asked_at),
            ),
        ))
        .execute(conn)?;
    Ok(())
}

/// Moves a request from the state it was read in; false when somebody else has moved it since. Who has it stays once it is
/// over.
pub(super) fn step(
    conn: &mut Conn,
    request: &Request,
    to: State,
    holder: Option<UserId>,
    now: Instant,
) -> Result<bool, DbError> {
    let there = support_requests::table.find(request.id).filter(support_requests::state.eq(request.state));
    let answered = matches!(to, State::Delivered | State::Declined).then_some(now);
    let taken = request.taken_at.or((to == State::Taken).then_some(now));
    Ok(diesel::update(there)
        .set((
            support_requests::state.eq(to),
            support_requests::holder_id.eq(holder),
            support_requests::taken_at.eq(taken),
            support_requests::answered_at.eq(answered),
        ))
        .execute(conn)?
        == 1)
}

pub(super) fn spent(conn: &mut Conn, id: SupportId, minutes: i32) -> Result<(), DbError> {
    diesel::update(support_requests::table.find(id))
        .set(support_requests::minutes.eq(minutes))
        .execute(conn)?;
    Ok(())
}

/// What was said or done in a request.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub id: SupportLineId,
    pub request: SupportId,
    pub at: Instant,
    pub by: String,
    pub step: Option<Step>,
    pub words: String,
    pub files: Vec<AssetId>,
}

pub(super) fn say(conn: &mut Conn, line: &Line) -> Result<(), DbError> {
    diesel::insert_into(support_lines::table)
        .values((
            support_lines::id.eq(line.id),
            support_lines::request_id.eq(line.request),
            support_lines::at.eq(line.at),
            support_lines::by_actor.eq(&line.by),
            support_lines::step.eq(line.step),
            support_lines::words.eq(&line.words),
        ))
        .execute(conn)?;
    for (position, asset) in (0_i32..).zip(&line.files) {
        diesel::insert_into(support_files::table)
            .values((
                support_files::line_id.eq(line.id),
                support_files::position.eq(position),
                support_files::asset_id.eq(*asset),
            ))
            .execute(conn)?;
    }
    Ok(())
}

type Said = (SupportLineId, SupportId, Instant, String, Option<Step>, String);

fn with_files(conn: &mut Conn, rows: Vec<Said>) -> Result<Vec<Line>, DbError> {
    let ids: Vec<SupportLineId> = rows.iter().map(|row| row.0).collect();
    let mut files: HashMap<SupportLineId, Vec<AssetId>> = HashMap::new();
    let found: Vec<(SupportLineId, AssetId)> = support_files::table
        .filter(support_files::line_id.eq_any(ids))
        .order(support_files::position)
        .select((support_files::line_id, support_files::asset_id))
        .load(conn)?;
    for (line, asset) in found {
        files.entry(line).or_default().push(asset);
    }
    let line = |(id, request, at, by, step, words): Said| Line {
        files: files.remove(&id).unwrap_or_default(),
        id,
        request,
        at,
        by,
        step,
        words,
    };
    Ok(rows.into_iter().map(line).collect())
}

/// Everything that was said in a request, oldest first.
pub(super) fn lines(conn: &mut Conn, request: SupportId) -> Result<Vec<Line>, DbError> {
    let rows: Vec<Said> = support_lines::table
        .filter(support_lines::request_id.eq(request))
        .order((support_lines::at, support_lines::id))
        .select(support_lines::all_columns)
        .load(conn)?;
    with_files(conn, rows)
}

pub(super) fn line(conn: &mut Conn, id: SupportLineId) -> Result<Option<Line>, DbError> {
    let rows: Vec<Said> = support_lines::table.find(id).select(support_lines::all_columns).load(conn)?;
    Ok(with_files(conn, rows)?.pop())
}

pub(super) fn hand_over(conn: &mut Conn, request: SupportId, things: &[Thing]) -> Result<(), DbError> {
    for (position, thing) in (0_i32..).zip(things) {
        diesel::insert_into(support_things::table)
            .values((
                support_things::request_id.eq(request),
                support_things::position.eq(position),
                support_things::kind.eq(thing.kind()),
                support_things::thing_id.eq(thing.id()),
            ))
            .execute(conn)?;
    }
    Ok(())
}

pub(super) fn things(conn: &mut Conn, request: SupportId) -> Result<Vec<Thing>, DbError> {
    let found: Vec<(ThingKind, String)> = support_things::table
        .filter(support_things::request_id.eq(request))
        .order(support_things::position)
        .select((support_things::kind, support_things::thing_id))
        .load(conn)?;
    Ok(found.into_iter().filter_map(|(kind, id)| Thing::of(kind, &id)).collect())
}

/// Requests that lie with nobody, in the order in which they came.
#[derive(Debug, Default)]
pub(super) struct Lying {
    /// All of them.
    pub all: Vec<Request>,
    /// Those that are due soon and of which nobody was told.
    pub urgent: Vec<SupportId>,
    /// Those that were in no count yet.
    pub uncounted: Vec<SupportId>,
}

/// What lies with nobody; `soon` is the end of what is due soon.
pub(super) fn lying(conn: &mut Conn, soon: Instant) -> Result<Lying, DbError> {
    let rows: Vec<(Row, Option<Instant>, Option<Instant>)> = support_requests::table
        .filter(support_requests::state.eq(State::New))
        .order((support_requests::asked_at, support_requests::id))
        .select((Row::as_select(), support_requests::urged_at, support_requests::counted_at))
        .load(conn)?;
    let mut lying = Lying::default();
    for (row, urged, counted) in rows {
        if urged.is_none() && row.wished_by.is_some_and(|by| by <= soon) {
            lying.urgent.push(row.id);
        }
        if counted.is_none() {
            lying.uncounted.push(row.id);
        }
        lying.all.push(row.into());
    }
    Ok(lying)
}

pub(super) fn urged(conn: &mut Conn, ids: &[SupportId], now: Instant) -> Result<(), DbError> {
    diesel::update(support_requests::table.filter(support_requests::id.eq_any(ids)))
        .set(support_requests::urged_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// When communications were last told how many there are.
pub(super) fn last_count(conn: &mut Conn) -> Result<Option<Instant>, DbError> {
    Ok(support_requests::table
        .filter(support_requests::counted_at.is_not_null())
        .order(support_requests::counted_at.desc())
        .select(support_requests::counted_at)
        .first(conn)
        .optional()?
        .flatten())
}

pub(super) fn counted(conn: &mut Conn, ids: &[SupportId], now: Instant) -> Result<(), DbError> {
    diesel::update(support_requests::table.filter(support_requests::id.eq_any(ids)))
        .set(support_requests::counted_at.eq(now))
        .execute(conn)?;
    Ok(())
}
