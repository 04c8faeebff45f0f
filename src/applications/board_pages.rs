//! `/jobopslag/{id}/tavle`: the board of a posting. One section per stage, then the outcomes. Every card leads to its
//! »Flyt…« form ([`super::move_pages`]), which a script opens inside the card; dragging sends the same form. A card holds
//! no form of its own and a long column shows its first cards only, so that a board of two thousand stays light.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    application::Card,
    apply_pages::source_name,
    papers::store::{self as paper_rows, Marks},
    stage::{self, Ask, Column, Outcome, Via},
    store,
};
use crate::{
    accounts::{
        Right, Viewer,
        audit::{self, Line, Object, Verb},
    },
    base::{
        Instant,
        id::{ApplicationId, PostingId},
        wall::WallTime,
    },
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, Tabs},
    web::{Answer, Fault, Shell, forms::Query, page},
};

/// Cards of a column that are shown before somebody asks for all of it.
const SHOWN: usize = 100;

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
    /// What a slice further down says of it; empty for nothing.
    beside: String,
    /// There is somewhere to go, for this reader.
    moves: bool,
}

/// A move that was refused: what was typed stays, and the sentence stands beside it.
#[derive(Clone)]
pub(super) struct Failed {
    pub to: String,
    /// As typed; several at once have none.
    pub place: String,
    pub reason: String,
    pub words: String,
}

struct ShownColumn {
    word: &'static str,
    name: String,
    outcome: bool,
    /// How many there are.
    count: usize,
    /// Those that are shown.
    cards: Vec<ShownCard>,
}

#[derive(Template)]
#[template(path = "applications/board.html")]
pub(super) struct BoardPage {
    shell: Shell,
    posting: PostingId,
    tabs: Tabs,
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
    narrowings: Vec<Narrowing>,
    /// How many applications are not there for this reader, who has a relation to who applied.
    left_out: usize,
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

/// A way to see less of the board.
#[derive(Clone, Debug)]
pub struct Narrowing {
    /// Where it leads.
    pub href: String,
    /// What it is called.
    pub label: String,
    /// It is so now.
    pub current: bool,
}

/// What a slice further down has to say on the board.
#[derive(Clone, Debug, Default)]
pub struct Beside {
    /// A line on the card of each.
    pub lines: HashMap<ApplicationId, String>,
    /// Only these cards, when the reader wants it so; the counts stay those of all.
    pub only: Option<HashSet<ApplicationId>>,
    /// How the board may be narrowed.
    pub narrowings: Vec<Narrowing>,
}

/// What the page says besides the cards.
#[derive(Default)]
pub(super) struct Words {
    pub said: String,
    pub undo: Vec<String>,
    pub bulk_failed: Option<Failed>,
    /// The column that is shown to its end.
    pub whole: String,
}

/// `GET /jobopslag/{id}/tavle`, with what others have to say there of the cards it shows.
pub async fn board_with(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    query: &Query,
    beside: impl AsyncFnOnce(Posting, &[Card]) -> Result<Beside, Fault>,
) -> Answer {
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
    let words = Words { undo, whole: query.0.get("alle").to_owned(), ..Words::default() };
    let drawn = draw(req, kit, viewer, id, words, beside).await?;
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

/// The board as it is, with what is to be said.
pub(super) async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    words: Words,
    beside: impl AsyncFnOnce(Posting, &[Card]) -> Result<Beside, Fault>,
) -> Result<BoardPage, Fault> {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let now = kit.clock.now();
    let (posting, cards, marks, entered, left_out) = kit
        .db
        .read(move |c| {
            let posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let cards = store::board(c, &scope, id)?;
            let ids: Vec<_> = cards.iter().map(|c| c.id).collect();
            let marks = paper_rows::marks(c, &ids)?;
            let entered = store::entered(c, &ids)?;
            let left_out = store::left_out(c, id, &scope.left_out())?.len();
            Ok::<_, Fault>((posting, cards, marks, entered, left_out))
        })
        .await?;
    let may_move =
        viewer.scope(Right::MoveApplications).is_ok_and(|s| s.covers(posting.content.unit, Some(id)));
    let counts = counts(&cards);
    let mark = mark_of(&cards);
    let Beside { lines, only, narrowings } = beside(posting.clone(), &cards).await?;
    let frame = Frame { kit, t, now, marks, entered, lines, may_move };
    let mut columns: Vec<ShownColumn> = Column::ALL
        .iter()
        .map(|column| ShownColumn {
            word: column.word(),
            name: t.say(column.key()),
            outcome: matches!(column, Column::Outcome(_)),
            count: 0,
            cards: Vec::new(),
        })
        .collect();
    for card in cards.into_iter().filter(|card| only.as_ref().is_none_or(|only| only.contains(&card.id))) {
        let word = card.column().word();
        if let Some(column) = columns.iter_mut().find(|c| c.word == word) {
            column.count += 1;
            if column.count <= SHOWN || words.whole == column.word {
                column.cards.push(frame.card(card));
            }
        }
    }
    Ok(BoardPage {
        posting: id,
        tabs: Tabs::of(viewer, &posting),
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
        narrowings,
        left_out,
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
    lines: HashMap<ApplicationId, String>,
    may_move: bool,
}

impl Frame<'_> {
    fn card(&self, card: Card) -> ShownCard {
        let t = self.t;
        let zone = self.kit.config.delivery.zone;
        let standing = card.standing();
        let marks = self.marks.get(&card.id).copied().unwrap_or_default();
        let foot = match (card.outcome_at, self.entered.get(&card.id)) {
            (Some(at), _) => format::short_date(WallTime::at(at, zone).local.date(), t.language()),
            (None, Some(entered)) if card.stage != super::Stage::Received => {
                let days = self.now.since(*entered).as_secs() / 86_400;
                t.with("board-days", "days", days)
            }
            _ => {
                let day = WallTime::at(card.received_at, zone).local.date();
                t.with("board-received", "at", format::short_date(day, t.language()))
            }
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
            beside: self.lines.get(&card.id).cloned().unwrap_or_default(),
            moves: self.may_move && goes(&card).next().is_some(),
            name: card.name,
        }
    }
}

/// How it came, in words: by which channel, on paper, by mail.
pub fn came(t: Speech, via: Via, channel: &str) -> String {
    match via {
        Via::Paper => t.say("came-paper"),
        Via::Email => t.say("came-email"),
        Via::Api => t.say("came-api"),
        Via::Form if channel == "direct" => t.say("came-direct"),
        Via::Form => t.with("came-channel", "channel", source_name(t, channel)),
    }
}

/// Where a card may go, its own column first.
fn goes(card: &Card) -> impl Iterator<Item = Column> {
    let (own, standing) = (card.column(), card.standing());
    std::iter::once(own)
        .chain(Column::ALL.into_iter().filter(move |c| *c != own && stage::ask(standing, *c).is_ok()))
        // an outcome has no order: nothing to do there
        .filter(move |c| *c != own || matches!(c, Column::Stage(_)))
}

/// Where a card may go: word and name, its own column first.
pub(super) fn targets(t: Speech, card: &Card) -> Vec<(&'static str, String)> {
    goes(card).map(|c| (c.word(), t.say(c.key()))).collect()
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

/// An application and its version, as forms name both together.
pub fn parse_pair(text: &str) -> Option<(ApplicationId, i32)> {
    let (id, version) = text.split_once(':')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}
