//! `/jobopslag/{id}/tavle`: the board of a posting. One section per stage, then the outcomes; every card has
//! a »Flyt…« form, and dragging only fills that form in. When somebody else was faster, the answer is 409
//! with the board as it truly is and a sentence that says who.

use std::collections::HashMap;

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, Change, ChangeError, Changed, Stale},
    application::Card,
    apply_pages::source_name,
    papers::store::{self as paper_rows, Marks},
    stage::{self, Ask, Column, Outcome, Via},
    store,
};
use crate::{
    accounts::{
        self, Posted, Right, Scope, Viewer,
        audit::{self, Line, Object, Verb},
    },
    base::{
        Instant,
        id::{ApplicationId, PostingId},
    },
    i18n::{Speech, format},
    kit::Kit,
    postings,
    web::{Answer, Fault, Shell, Typed, forms::Query, page, page_with, see_other},
};

/// A card as the board shows it.
struct ShownCard {
    id: ApplicationId,
    name: String,
    sub: String,
    foot: String,
    papers: usize,
    held_back: bool,
    late: bool,
    encrypted: bool,
    cpr: bool,
    version: i32,
    /// Where it may go: word, name.
    targets: Vec<(&'static str, String)>,
    /// What is asked for wherever it goes; empty when it depends.
    reason_always: String,
    /// What came back with an error.
    failed: Option<Failed>,
}

/// A move that was refused: what was typed stays, and the sentence stands beside it.
#[derive(Clone)]
struct Failed {
    to: String,
    reason: String,
    words: String,
}

struct ShownColumn {
    word: &'static str,
    name: String,
    outcome: bool,
    cards: Vec<ShownCard>,
}

#[derive(Template)]
#[template(path = "applications/board.html")]
struct BoardPage {
    shell: Shell,
    posting: PostingId,
    title: String,
    reference: String,
    total: usize,
    on_board: usize,
    withdrawn: usize,
    late: usize,
    columns: Vec<ShownColumn>,
    may_move: bool,
    may_register: bool,
    mark: String,
    changed: bool,
    said: String,
    undo: Vec<String>,
    bulk_targets: Vec<(&'static str, String)>,
    bulk_failed: Option<Failed>,
}

#[derive(Template)]
#[template(path = "applications/board_live.html")]
struct LivePart {
    shell: Shell,
    posting: PostingId,
    total: usize,
    on_board: usize,
    withdrawn: usize,
    late: usize,
    mark: String,
    changed: bool,
}

/// What the page says besides the cards.
#[derive(Default)]
struct Words {
    said: String,
    undo: Vec<String>,
    failed: HashMap<ApplicationId, Failed>,
    bulk_failed: Option<Failed>,
}

/// `GET /jobopslag/{id}/tavle`
pub async fn board(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    let id = id.into_inner();
    viewer.scope(Right::ReadApplications)?;
    let now = kit.clock.now();
    let line = Line {
        actor: viewer.actor(),
        verb: Verb::Viewed,
        object: Object::Posting(id),
        posting: Some(id),
        detail: Some("board".to_owned()),
    };
    // read first: somebody else's posting is not found, and not seen either
    let undo = query.0.all("moved").filter(|v| parse_pair(v).is_some()).map(str::to_owned).collect();
    let words = Words { undo, ..Words::default() };
    let drawn = draw(&req, &kit, &viewer, id, words).await?;
    kit.db.write(move |c| audit::write(c, &[line], now)).await?;
    page(&drawn)
}

/// `GET /jobopslag/{id}/tavle/tal`: only the numbers, for a board somebody looks at. No names.
pub async fn live(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    let (id, scope) = (id.into_inner(), viewer.scope(Right::ReadApplications)?.clone());
    let cards = kit
        .db
        .read(move |c| {
            postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            Ok::<_, Fault>(store::board(c, &scope, id)?)
        })
        .await?;
    let mark = mark_of(&cards);
    let seen = query.0.get("mark").to_owned();
    let counts = counts(&cards);
    page(&LivePart {
        shell: viewer.shell(&req, &kit.config),
        posting: id,
        total: counts.total,
        on_board: counts.on_board,
        withdrawn: counts.withdrawn,
        late: counts.late,
        changed: seen != mark,
        mark: seen,
    })
}

/// `POST /ansoegninger/{id}/flyt`
pub async fn move_one(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let wanted = wanted(&typed, id)?;
    let (k, actor, change) = (kit.get_ref().clone(), viewer.actor(), wanted.clone());
    let narrowed = scope.clone();
    let result = kit.db.write(move |c| actions::change(c, &k, &narrowed, actor, &change)).await;
    let t = viewer.shell(&req, &kit.config).t;
    let from_page = typed.get("from") == "application";
    match result {
        Ok(changed) => {
            let said = sentence(t, &changed);
            if wants_part(&req) {
                let undo = vec![pair(changed.id, changed.version)];
                let words = Words { said, undo, ..Words::default() };
                return page(&draw(&req, &kit, &viewer, changed.posting, words).await?);
            }
            viewer.say_next(&kit, said).await?;
            let at = if from_page {
                format!("/ansoegninger/{id}")
            } else {
                let moved = pair(changed.id, changed.version);
                format!("/jobopslag/{}/tavle?moved={moved}#a{id}", changed.posting)
            };
            Ok(see_other(at))
        }
        Err(ChangeError::Stale(stale)) => {
            let said = stale_sentence(&kit, t, &stale).await?;
            let words = Words { said, ..Words::default() };
            page_with(StatusCode::CONFLICT, &draw(&req, &kit, &viewer, stale.posting, words).await?)
        }
        Err(error) => {
            let key = match error {
                ChangeError::Reason(_, key) | ChangeError::Barred(key) => key,
                error => return Err(fault(error)),
            };
            let said = t.say(key);
            let failed =
                Failed { to: typed.get("stage").to_owned(), reason: wanted.reason, words: said.clone() };
            let posting = posting_of(&kit, &scope, id).await?;
            let words = Words { said, failed: HashMap::from([(id, failed)]), ..Words::default() };
            let drawn = draw(&req, &kit, &viewer, posting, words).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &drawn)
        }
    }
}

/// `POST /jobopslag/{id}/flyt`: several at once. Those that somebody else changed meanwhile stay, and are
/// named.
pub async fn move_chosen(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let to = Column::from_word(typed.get("stage")).ok_or(Fault::BadRequest)?;
    let reason = typed.get("reason").to_owned();
    let chosen: Vec<_> = typed.all("chosen").filter_map(parse_pair).take(500).collect();
    let (k, actor, words) = (kit.get_ref().clone(), viewer.actor(), reason.clone());
    // all of them in one transaction; a wrong reason stops all, a faster colleague only one
    let result = kit
        .db
        .write(move |c| {
            let (mut done, mut passed_by, mut barred) = (Vec::new(), Vec::new(), Vec::new());
            for (id, version) in chosen {
                let change = Change { id, version, to, place: None, reason: words.clone() };
                match actions::change(c, &k, &scope, actor, &change) {
                    Ok(changed) => done.push(changed),
                    Err(ChangeError::Stale(stale)) => passed_by.push(stale.name),
                    Err(ChangeError::Barred(key)) => barred.push(key),
                    Err(error) => return Err(error),
                }
            }
            Ok((done, passed_by, barred))
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    let (done, passed_by, barred) = match result {
        Ok(parts) => parts,
        Err(ChangeError::Reason(_, key)) => {
            let said = t.say(key);
            let failed = Failed { to: to.word().to_owned(), reason, words: said.clone() };
            let words = Words { said, bulk_failed: Some(failed), ..Words::default() };
            let drawn = draw(&req, &kit, &viewer, id, words).await?;
            return page_with(StatusCode::UNPROCESSABLE_ENTITY, &drawn);
        }
        Err(error) => return Err(fault(error)),
    };
    let mut said = match done.as_slice() {
        [] => t.say("board-bulk-none"),
        [one] => sentence(t, one),
        _ => t.with2("board-bulk-moved", "count", done.len(), "to", t.say(to.key())),
    };
    if !passed_by.is_empty() {
        said.push(' ');
        said.push_str(&t.with("board-bulk-stale", "names", passed_by.join(", ")));
    }
    if let Some(key) = barred.first() {
        said.push(' ');
        said.push_str(&t.say(key));
    }
    let undo: Vec<String> = done.iter().map(|d| pair(d.id, d.version)).collect();
    if wants_part(&req) {
        return page(&draw(&req, &kit, &viewer, id, Words { said, undo, ..Words::default() }).await?);
    }
    viewer.say_next(&kit, said).await?;
    // an address has its limits; more than these are undone from each one's history
    let moved: Vec<_> = undo.iter().take(20).map(|u| format!("moved={u}")).collect();
    Ok(see_other(format!("/jobopslag/{id}/tavle?{}", moved.join("&"))))
}

/// `POST /jobopslag/{id}/fortryd`
pub async fn undo(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let chosen: Vec<_> = typed.all("chosen").filter_map(parse_pair).take(500).collect();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let result = kit
        .db
        .write(move |c| {
            chosen
                .into_iter()
                .map(|(id, version)| actions::undo(c, &k, &scope, actor, id, version))
                .collect::<Result<Vec<_>, _>>()
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    let (status, said) = match result {
        Ok(done) => match done.as_slice() {
            [one] => (StatusCode::OK, sentence(t, one)),
            _ => (StatusCode::OK, t.with("board-undone", "count", done.len())),
        },
        Err(ChangeError::Stale(stale)) => (StatusCode::CONFLICT, stale_sentence(&kit, t, &stale).await?),
        Err(ChangeError::Nothing) => (StatusCode::CONFLICT, t.say("board-nothing-to-undo")),
        Err(error) => return Err(fault(error)),
    };
    if !wants_part(&req) && status == StatusCode::OK {
        viewer.say_next(&kit, said).await?;
        let back = typed.get("from").parse::<ApplicationId>();
        return Ok(see_other(back.map_or_else(
            |_| format!("/jobopslag/{id}/tavle"),
            |application| format!("/ansoegninger/{application}"),
        )));
    }
    let words = Words { said, ..Words::default() };
    page_with(status, &draw(&req, &kit, &viewer, id, words).await?)
}

async fn posting_of(kit: &Kit, scope: &Scope, id: ApplicationId) -> Result<PostingId, Fault> {
    let scope = scope.clone();
    let found = kit.db.read(move |c| store::application(c, &scope, id)).await?;
    Ok(found.ok_or(Fault::NotFound)?.application.posting)
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    mut words: Words,
) -> Result<BoardPage, Fault> {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let now = kit.clock.now();
    let (posting, cards, marks, entered) = kit
        .db
        .read(move |c| {
            let posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let cards = store::board(c, &scope, id)?;
            let ids: Vec<_> = cards.iter().map(|c| c.id).collect();
            let marks = paper_rows::marks(c, &ids)?;
            let entered = store::entered(c, &ids)?;
            Ok::<_, Fault>((posting, cards, marks, entered))
        })
        .await?;
    let may_move =
        viewer.scope(Right::MoveApplications).is_ok_and(|s| s.covers(posting.content.unit, Some(id)));
    let counts = counts(&cards);
    let mark = mark_of(&cards);
    let frame = Frame { kit, t, now, marks, entered, may_move };
    let mut columns: Vec<ShownColumn> = Column::ALL
        .iter()
        .map(|column| ShownColumn {
            word: column.word(),
            name: t.say(column.key()),
            outcome: matches!(column, Column::Outcome(_)),
            cards: Vec::new(),
        })
        .collect();
    for card in cards {
        let word = card.column().word();
        if let Some(column) = columns.iter_mut().find(|c| c.word == word) {
            column.cards.push(frame.card(card, &mut words.failed));
        }
    }
    Ok(BoardPage {
        posting: id,
        title: posting.title(t.language()).to_owned(),
        reference: posting.reference.clone(),
        total: counts.total,
        on_board: counts.on_board,
        withdrawn: counts.withdrawn,
        late: counts.late,
        columns,
        may_move,
        may_register: viewer.may_in(Right::RegisterApplications, posting.content.unit),
        mark,
        changed: false,
        said: if words.said.is_empty() { shell.flash.clone().unwrap_or_default() } else { words.said },
        undo: if may_move { words.undo } else { Vec::new() },
        bulk_targets: Column::ALL.iter().map(|c| (c.word(), t.say(c.key()))).collect(),
        bulk_failed: words.bulk_failed,
        shell,
    })
}

/// What every card of one drawing shares.
struct Frame<'a> {
    kit: &'a Kit,
    t: Speech,
    now: Instant,
    marks: HashMap<ApplicationId, Marks>,
    entered: HashMap<ApplicationId, Instant>,
    may_move: bool,
}

impl Frame<'_> {
    fn card(&self, card: Card, failed: &mut HashMap<ApplicationId, Failed>) -> ShownCard {
        let t = self.t;
        let zone = self.kit.config.delivery.zone;
        let standing = card.standing();
        let marks = self.marks.get(&card.id).copied().unwrap_or_default();
        let foot = match (card.outcome_at, self.entered.get(&card.id)) {
            (Some(at), _) => format::instant_short(at, zone, t.language()),
            (None, Some(entered)) if card.stage != super::Stage::Received => {
                let days = self.now.since(*entered).as_secs() / 86_400;
                t.with("board-days", "days", days)
            }
            _ => t.with("board-received", "at", format::instant_short(card.received_at, zone, t.language())),
        };
        ShownCard {
            id: card.id,
            sub: came(t, card.via, &card.channel),
            foot,
            papers: marks.count,
            held_back: standing.held_back && card.outcome.is_none(),
            late: card.late && !standing.held_back,
            encrypted: marks.encrypted,
            cpr: marks.cpr,
            version: card.version,
            targets: if self.may_move { targets(t, &card) } else { Vec::new() },
            reason_always: always_asked(t, &card),
            failed: failed.remove(&card.id),
            name: card.name,
        }
    }
}

/// How it came, in words: by which channel, on paper, by mail.
pub(super) fn came(t: Speech, via: Via, channel: &str) -> String {
    match via {
        Via::Paper => t.say("came-paper"),
        Via::Email => t.say("came-email"),
        Via::Api => t.say("came-api"),
        Via::Form if channel == "direct" => t.say("came-direct"),
        Via::Form => t.with("came-channel", "channel", source_name(t, channel)),
    }
}

/// Where a card may go: word and name, its own column first.
pub(super) fn targets(t: Speech, card: &Card) -> Vec<(&'static str, String)> {
    let own = card.column();
    std::iter::once(own)
        .chain(Column::ALL.into_iter().filter(|c| *c != own && stage::ask(card.standing(), *c).is_ok()))
        // an outcome has no order: nothing to do there
        .filter(|c| *c != own || matches!(c, Column::Stage(_)))
        .map(|c| (c.word(), t.say(c.key())))
        .collect()
}

/// The sentence that asks for a reason wherever the card goes; empty when it depends on where.
pub(super) fn always_asked(t: Speech, card: &Card) -> String {
    let asks = card.standing();
    match (asks.outcome, asks.held_back) {
        (Some(_), _) => t.say(Ask::WhyAgain.key()),
        (None, true) => t.say(Ask::WhyLate.key()),
        (None, false) => String::new(),
    }
}

struct Counts {
    total: usize,
    on_board: usize,
    withdrawn: usize,
    late: usize,
}

fn counts(cards: &[Card]) -> Counts {
    Counts {
        total: cards.len(),
        on_board: cards.iter().filter(|c| c.outcome.is_none()).count(),
        withdrawn: cards.iter().filter(|c| c.outcome == Some(Outcome::Withdrawn)).count(),
        late: cards.iter().filter(|c| c.late).count(),
    }
}

/// Changes whenever a card comes, goes or moves.
fn mark_of(cards: &[Card]) -> String {
    let versions: i64 = cards.iter().map(|c| i64::from(c.version)).sum();
    format!("{}-{versions}", cards.len())
}

/// The change a »Flyt…« form asks for.
fn wanted(typed: &Typed, id: ApplicationId) -> Result<Change, Fault> {
    Ok(Change {
        id,
        version: typed.get("version").parse().map_err(|_| Fault::BadRequest)?,
        to: Column::from_word(typed.get("stage")).ok_or(Fault::BadRequest)?,
        place: typed.get("place").trim().parse().ok(),
        reason: typed.get("reason").to_owned(),
    })
}

/// What is said after a move.
fn sentence(t: Speech, changed: &Changed) -> String {
    use crate::i18n::Said;
    let to = t.say(changed.to.key());
    match changed.to {
        Column::Stage(_) => t.args(
            "board-moved",
            &[
                ("name", changed.name.said()),
                ("to", to.said()),
                ("place", changed.place.said()),
                ("of", changed.of.said()),
            ],
        ),
        Column::Outcome(_) => t.with2("board-decided", "name", &changed.name, "to", to),
    }
}

async fn stale_sentence(kit: &Kit, t: Speech, stale: &Stale) -> Result<String, Fault> {
    let by = stale.by.strip_prefix("user:").and_then(|id| id.parse().ok());
    let name = match by {
        None => None,
        Some(id) => {
            let users = kit.db.read(accounts::users).await?;
            users.into_iter().find(|u| u.id == id).map(|u| u.name)
        }
    };
    let to = t.say(stale.now.key());
    Ok(match name {
        Some(by) => t.with3("board-stale-by", "name", &stale.name, "to", to, "by", by),
        None => t.with2("board-stale", "name", &stale.name, "to", to),
    })
}

pub(super) fn fault(error: ChangeError) -> Fault {
    match error {
        ChangeError::NotFound => Fault::NotFound,
        ChangeError::Stale(_) => Fault::Conflict("board-stale-plain"),
        ChangeError::Barred(key) | ChangeError::Reason(_, key) => Fault::Refused(key),
        ChangeError::Nothing => Fault::Conflict("board-nothing-to-undo"),
        ChangeError::Db(error) => error.into(),
    }
}

/// Scripts ask for the board and put it in place themselves.
fn wants_part(req: &HttpRequest) -> bool {
    req.headers().contains_key("hx-request")
}

fn pair(id: ApplicationId, version: i32) -> String {
    format!("{id}:{version}")
}

fn parse_pair(text: &str) -> Option<(ApplicationId, i32)> {
    let (id, version) = text.split_once(':')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

/// Closing is refused while somebody lacks an answer (D-09).
pub async fn close(kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::OpenPostings)?.clone();
    let reason = typed.get("reason").parse().map_err(|_| Fault::Refused("board-close-reason"))?;
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let closed = kit.db.write(move |c| actions::close_posting(c, &k, &scope, actor, id, reason)).await;
    match closed {
        Ok(_) => {
            postings::renew();
            Ok(see_other(format!("/jobopslag/{id}")))
        }
        Err(actions::CloseError::Undecided(_)) => Err(Fault::Refused("board-close-undecided")),
        Err(actions::CloseError::Posting(error)) => Err(match error {
            postings::PostingError::NotFound => Fault::NotFound,
            postings::PostingError::Refused(key) => Fault::Refused(key),
            postings::PostingError::Db(error) => error.into(),
            other => Fault::internal("a posting could not be closed", other),
        }),
        Err(actions::CloseError::Db(error)) => Err(error.into()),
    }
}
