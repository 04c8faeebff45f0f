//! `/udsendelser`: what is on its way out and what needs somebody; `/udsendelser/{id}`: one delivery with
//! the log that proves what was done. The verbs stand in [`super::verb_pages`].

use std::collections::{BTreeMap, HashMap};

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;
use unicode_segmentation::UnicodeSegmentation;

use super::{
    beside, breaker, comment_pages, correct_view,
    correction::Standing,
    delivery::{Reason, State},
    fitting_pages, jobs, package,
    pause_pages::{Told, told},
    publication, rewrite,
    said::{self, Chip, Line},
    slot,
    store::{self, Delivery, Wanted},
    subject,
};
use crate::{
    accounts::{self, Right, Viewer},
    base::{
        Instant, Subject,
        id::{AccountId, AssetId, DeliveryId, LinkId, PostingId, PublicationId, SeriesId, StoryId},
        paging::Paging,
    },
    channels::{self, ChannelKind, Connection, Post, PostMedia},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings,
    queue::pulse,
    tracking,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with,
    },
};

/// Free slots that are offered.
const SLOTS: usize = 4;
/// Rows on a page of the queue.
const ROWS: u32 = 50;

/// A channel's badge: colour class, letter, name.
#[derive(Clone, Debug)]
pub struct Badge {
    /// Colour class.
    pub code: &'static str,
    /// On the colour.
    pub letter: &'static str,
    /// As people call it.
    pub name: String,
}

impl Badge {
    /// Of an account: its channel's, or that of the place where a person posts.
    pub fn at(account: &Connection) -> Self {
        let (code, letter) = account.badge();
        Self { code, letter, name: account.place().to_owned() }
    }

    /// Of an account that is not known any more.
    pub(super) fn unknown() -> Self {
        Self { code: "in", letter: "–", name: String::new() }
    }
}

/// A post as it will look or looked, roughly.
#[derive(Clone, Debug)]
pub struct PostView {
    /// Who says it.
    pub name: String,
    /// Under the name.
    pub under: String,
    /// The title above it, where the channel shows one.
    pub title: Option<String>,
    /// Message keys of what was chosen for it, where its channel demands that.
    pub choices: Vec<&'static str>,
    /// Its lines, with the link where the channel wants it; up to the fold, where there is one.
    pub lines: Vec<String>,
    /// What the reader sees only after opening the fold; empty when all is shown.
    pub below: Vec<String>,
    /// Pictures, or the film's: address and description.
    pub pictures: Vec<(String, String)>,
    /// Whether it is a film.
    pub film: bool,
    /// The link's host, as a card shows it.
    pub host: String,
    /// The link's card; none where files take its place.
    pub card: Option<Card>,
    /// What the account says under it, line by line; empty when nothing.
    pub comment: Vec<String>,
    /// Language of the text.
    pub lang: &'static str,
}

/// What a channel shows of a link.
#[derive(Clone, Debug)]
pub struct Card {
    /// The ad's title.
    pub title: String,
    /// Its lead.
    pub description: String,
    /// Its picture's address.
    pub picture: Option<String>,
}

impl PostView {
    /// Of a post on an account, put together by its channel's own rule.
    pub fn of(post: &Post, kind: ChannelKind, name: &str, under: String) -> Self {
        let composed = channels::compose(kind, post);
        let picture = |asset: &AssetId, shape: &str, sha256: &str| {
            format!("/media/{asset}/{shape}?v={}", sha256.get(..12).unwrap_or_default())
        };
        // Mastodon draws a card of the link by itself where there are no files
        let card = (composed.card || post.media.is_empty()).then(|| Card {
            title: post.link_title.clone(),
            description: post.link_description.clone(),
            picture: post.link_thumb.as_ref().map(|m| picture(&m.asset, "social", &m.sha256)),
        });
        Self {
            name: name.to_owned(),
            under,
            title: kind.title(post),
            choices: post.choices.as_ref().map(channels::Choices::keys).unwrap_or_default(),
            lines: composed.text.lines().map(str::to_owned).collect(),
            below: Vec::new(),
            pictures: post
                .media
                .iter()
                .map(|m| {
                    let usual = m.shape.as_deref().unwrap_or("post");
                    (picture(&m.asset, if m.is_film() { "poster" } else { usual }, &m.sha256), m.alt.clone())
                })
                .collect(),
            film: post.media.iter().any(PostMedia::is_film),
            host: post
                .link
                .split("://")
                .nth(1)
                .and_then(|l| l.split('/').next())
                .unwrap_or_default()
                .to_owned(),
            card,
            comment: post.first_comment().unwrap_or_default().lines().map(str::to_owned).collect(),
            lang: post.language.code(),
        }
    }

    /// The same with the fold the channel makes in a long text.
    pub fn folded(mut self, at: Option<usize>) -> Self {
        let Some(at) = at else { return self };
        let whole = self.lines.join("\n");
        let Some((end, _)) = whole.grapheme_indices(true).nth(at) else { return self };
        self.lines = whole[..end].lines().map(str::to_owned).collect();
        self.below = whole[end..].lines().map(str::to_owned).collect();
        self
    }
}

/// A row of the queue.
pub(super) struct Row {
    pub href: String,
    pub title: String,
    pub badge: Badge,
    pub practice: bool,
    pub account: String,
    pub when: String,
    pub chip: Chip,
    pub why: String,
    pub now: String,
    pub url: Option<String>,
    pub clicks: i64,
    /// What readers did with it, by the channel's count: none where it does not count, empty before the first reading.
    pub readers: Option<Vec<String>>,
    /// When that was read; empty before.
    pub read_at: String,
}

/// A delivery nobody is sure of, with what we know.
struct Check {
    id: DeliveryId,
    title: String,
    badge: Badge,
    account: String,
    when: String,
    lines: Vec<Line>,
    post: PostView,
    marker: String,
    profile: String,
    form: FormView,
}

#[derive(Template)]
#[template(path = "publishing/queue.html")]
struct QueuePage {
    shell: Shell,
    pauses: Vec<Told>,
    /// Accounts and channels that do not answer, a sentence each.
    unwell: Vec<String>,
    only_mine: bool,
    asking: i64,
    stuck: usize,
    /// Nobody works: nothing will go out.
    still: bool,
    moving: bool,
    checks: Vec<Check>,
    /// What lies with a colleague and is late.
    late: Vec<Row>,
    /// What hangs and no longer fits its ad.
    misfits: Vec<postings::pages::Notice>,
    /// First comments that ask for somebody.
    comments: Vec<comment_pages::Asking>,
    rows: Vec<Row>,
    total: i64,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "publishing/delivery.html")]
struct DeliveryPage {
    shell: Shell,
    id: DeliveryId,
    path: String,
    publication: PublicationId,
    /// The page of what it is about, when the reader may open it.
    about: Option<String>,
    title: String,
    badge: Badge,
    practice: bool,
    account: String,
    chip: Chip,
    why: String,
    words: String,
    now: String,
    due: String,
    latest: String,
    marker: String,
    url: Option<String>,
    remote_id: Option<String>,
    sha256: String,
    clicks: i64,
    readers: Option<Vec<String>>,
    read_at: String,
    moving: bool,
    lines: Vec<Line>,
    post: PostView,
    profile: String,
    /// Whether it stays when its ad is over; none where that does not matter any more.
    stays: Option<bool>,
    /// What may be done with it.
    may: Verbs,
    /// Free slots it may be moved to: as the form sends them, and in words.
    slots: Vec<(String, String)>,
    /// The series it is one of.
    series: Option<SeriesId>,
    /// For whom it was written, when that was said.
    audience: Option<String>,
    /// Other words for it that are under way, or the last that came to nothing: where they stand, and why.
    correction: Option<(Chip, String)>,
    /// What its account says under it, once it is or was out.
    comment: Option<comment_pages::View>,
    form: FormView,
}

/// Which verbs have a button.
#[derive(Clone, Copy, Debug, Default)]
struct Verbs {
    cancel: bool,
    move_to: bool,
    rewrite: bool,
    correct: bool,
    judged: bool,
    hold: bool,
    release: bool,
    decide: bool,
    take_down: bool,
    gone_by_hand: bool,
    package: bool,
    again: bool,
    reconnect: bool,
}

impl Verbs {
    fn of(row: &Delivery) -> Self {
        use super::delivery::Event as E;
        let may = |event| row.state.on(event, row.ever_ambiguous).is_some();
        let by_hand = row.error_kind.as_deref() == Some(Reason::CannotWithdraw.word());
        Self {
            cancel: may(E::Cancelled) && !row.cancel_wanted && row.state != State::NeedsHuman,
            move_to: may(E::Moved),
            rewrite: rewrite::is_open(row),
            correct: row.state == State::Published,
            judged: row.state.waits_for_approval(),
            hold: may(E::Held),
            release: may(E::Released),
            decide: may(E::SaidThere) && row.state == State::NeedsHuman,
            take_down: may(E::TakenDown),
            package: channels::Parcel::of(&publication::checkpoint(&row.checkpoint)).is_some(),
            gone_by_hand: row.state == State::Removing && by_hand,
            again: matches!(row.state, State::Failed | State::Missed | State::Cancelled | State::Removed),
            reconnect: row.state == State::NeedsReconnect,
        }
    }
}

/// `GET /udsendelser`
pub async fn queue(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, query: Query) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let only_mine = query.0.get("kun") == "mig";
    let posting = query.0.get("opslag").parse::<PostingId>().ok().map(Subject::Posting);
    let story = query.0.get("historie").parse::<StoryId>().ok().map(Subject::Story);
    let about = posting.or(story);
    let number = query.0.get("side").parse().unwrap_or(1);
    let (now, t) = (kit.clock.now(), shell.t);
    let k = kit.get_ref().clone();
    let page_of = kit
        .db
        .read(move |c| {
            let asks: Vec<State> = State::ALL.iter().copied().filter(|s| s.asks_somebody()).collect();
            let wanted = Wanted { subject: about, states: if only_mine { asks.clone() } else { Vec::new() } };
            let (rows, total) = store::list(c, &scope, &wanted, Paging::new(number, ROWS))?;
            let asking =
                store::list(c, &scope, &Wanted { subject: about, states: asks }, Paging::new(1, 1))?.1;
            let unsure = Wanted { subject: about, states: vec![State::NeedsHuman] };
            let unsure = store::list(c, &scope, &unsure, Paging::new(1, 20))?.0;
            let mut around = Around::new(t, now, &k);
            let mut checks = Vec::new();
            for (row, about) in &unsure {
                checks.push(around.check(c, row, *about, FormView::default())?);
            }
            let lying = Wanted { subject: about, states: vec![State::Handed] };
            let mut late = Vec::new();
            for (row, about) in &store::list(c, &scope, &lying, Paging::new(1, 100))?.0 {
                if package::is_overdue(row, now) {
                    late.push(around.row(c, row, *about)?);
                }
            }
            let moving = rows.iter().chain(&unsure).any(|(row, _)| said::is_moving(row, now));
            let links: Vec<LinkId> = rows.iter().map(|(row, _)| row.link_id).collect();
            around.clicks = tracking::followed(c, &links)?;
            let rows =
                rows.iter().map(|(row, about)| around.row(c, row, *about)).collect::<Result<_, _>>()?;
            let still = !pulse::still(c, now)?.is_empty();
            let pauses = told(c, &scope, t, k.config.delivery.zone)?;
            let unwell = breaker::told(c, &scope, t, k.config.delivery.zone)?;
            let stuck = jobs::stuck(c, now)?.len();
            let comments = comment_pages::asking(c, t, &scope, about, |c, row, subject| {
                let account = around.connection(c, row.account_id)?;
                Ok((around.title(c, subject)?, account.map(|a| a.name().to_owned()).unwrap_or_default()))
            })?;
            Ok::<_, DbError>((
                rows, total, asking, checks, moving, stuck, still, pauses, late, unwell, comments,
            ))
        })
        .await?;
    let (rows, total, asking, checks, moving, stuck, still, pauses, late, unwell, comments) = page_of;
    let misfits = fitting_pages::notices(&viewer, &kit, t, about).await?;
    let pages = Paging::new(number, ROWS).pages(total);
    let address = |n: u32| {
        let mut address = format!("/udsendelser?side={n}");
        if only_mine {
            address.push_str("&kun=mig");
        }
        match about {
            Some(Subject::Posting(id)) => address.push_str(&format!("&opslag={id}")),
            Some(Subject::Story(id)) => address.push_str(&format!("&historie={id}")),
            None => {}
        }
        address
    };
    page(&QueuePage {
        pauses,
        unwell,
        only_mine,
        asking,
        stuck,
        still,
        moving,
        checks,
        late,
        misfits,
        comments,
        rows,
        total,
        previous: if number > 1 { address(number - 1) } else { String::new() },
        next: if number < pages { address(number + 1) } else { String::new() },
        shell,
    })
}

/// `GET /udsendelser/{id}`
pub async fn delivery(
    req: HttpRequest,
    viewer: Viewer,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Answer {
    show(&req, &viewer, &kit, parse(&id)?, StatusCode::OK, Typed::default(), &Errors::none()).await
}

pub(super) async fn show(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: DeliveryId,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (now, t, k) = (kit.clock.now(), shell.t, kit.clone());
    let form = FormView::with_errors(typed, errors, t);
    let found = kit
        .db
        .read(move |c| {
            let Some((row, about)) = store::in_scope(c, &scope, id)? else { return Ok(None) };
            let mut around = Around::new(t, now, &k);
            around.clicks = tracking::followed(c, &[row.link_id])?;
            let shown = around.row(c, &row, about)?;
            let check = around.check(c, &row, about, FormView::default())?;
            let ends = k.config.delivery.end_with_ad && about.posting().is_some();
            let publication = store::publication(c, row.publication_id)?;
            let audience = beside::written_for(c, &publication)?;
            let stays = (ends && (row.state == State::Published || row.state.is_driven()))
                .then_some(publication.stays);
            let slots = if Verbs::of(&row).move_to {
                let deadline = subject::read(c, &k, about, t.language())?.and_then(|s| s.deadline_at);
                slot::free_of(c, &k, row.account_id, slot::ahead(now, deadline), Some(row.id))?
            } else {
                Vec::new()
            };
            let series = store::series_of(c, row.id)?;
            let newest = store::corrections_of(c, row.id)?.pop().filter(|newest| {
                newest.state.is_open() || matches!(newest.state, Standing::Gone | Standing::Refused)
            });
            let correction = newest.map(|newest| {
                (correct_view::chip(t, newest.state), correct_view::why(t, &newest).unwrap_or_default())
            });
            let comment = store::comment(c, row.id)?.map(|comment| comment_pages::View::of(t, &comment));
            Ok::<_, DbError>(Some((
                row, about, shown, check, stays, slots, series, correction, comment, audience,
            )))
        })
        .await?;
    let (row, about, shown, check, stays, slots, series, correction, comment, audience) =
        found.ok_or(Fault::NotFound)?;
    page_with(
        status,
        &DeliveryPage {
            id,
            path: format!("/udsendelser/{id}"),
            publication: row.publication_id,
            about: viewer.may(opens(about)).then(|| about.href()),
            title: shown.title,
            badge: shown.badge,
            practice: shown.practice,
            account: shown.account,
            chip: shown.chip,
            why: shown.why,
            // a colleague's reason stands in the sentence itself
            words: row.error_words.clone().filter(|_| !said::is_colleagues(&row)).unwrap_or_default(),
            now: shown.now,
            due: said::time(t, &row, row.due_at),
            latest: said::time(t, &row, row.latest_at),
            marker: check.marker,
            url: row.remote_url.clone(),
            remote_id: row.remote_id.clone().filter(|id| !publication::is_address(id)),
            sha256: row.payload_sha256.clone(),
            clicks: shown.clicks,
            readers: shown.readers,
            read_at: shown.read_at,
            moving: said::is_moving(&row, now)
                || comment.as_ref().is_some_and(|c| c.chip.icon == "sync" && !c.gone),
            lines: check.lines,
            post: check.post,
            profile: check.profile,
            stays,
            may: Verbs::of(&row),
            series,
            audience,
            correction,
            comment,
            slots: slots
                .iter()
                .filter(|wall| wall.field() != row.due_wall)
                .take(SLOTS)
                .map(|wall| (wall.field(), format::deadline(wall.local, t.language())))
                .collect(),
            form,
            shell,
        },
    )
}

/// The right to open the page of what a delivery is about.
pub(super) const fn opens(about: Subject) -> Right {
    match about {
        Subject::Posting(_) => Right::ReadPostings,
        Subject::Story(_) => Right::WriteStories,
    }
}

/// Reads what stands around deliveries once per subject and account.
pub(super) struct Around<'a> {
    t: Speech,
    now: Instant,
    kit: &'a Kit,
    titles: HashMap<Subject, String>,
    connections: HashMap<AccountId, Option<Connection>>,
    /// How many people followed each link.
    pub clicks: BTreeMap<LinkId, i64>,
}

impl<'a> Around<'a> {
    pub fn new(t: Speech, now: Instant, kit: &'a Kit) -> Self {
        let (titles, connections, clicks) = Default::default();
        Self { t, now, kit, titles, connections, clicks }
    }

    pub fn title(&mut self, c: &mut Conn, about: Subject) -> Result<String, DbError> {
        if let Some(title) = self.titles.get(&about) {
            return Ok(title.clone());
        }
        let title = subject::title(c, self.kit, about, self.t.language())?;
        self.titles.insert(about, title.clone());
        Ok(title)
    }

    pub(super) fn connection(&mut self, c: &mut Conn, id: AccountId) -> Result<Option<Connection>, DbError> {
        if let Some(connection) = self.connections.get(&id) {
            return Ok(connection.clone());
        }
        let connection = channels::connection(c, id)?;
        self.connections.insert(id, connection.clone());
        Ok(connection)
    }

    pub fn row(&mut self, c: &mut Conn, row: &Delivery, about: Subject) -> Result<Row, DbError> {
        let title = self.title(c, about)?;
        let connection = self.connection(c, row.account_id)?;
        let clicks = self.clicks.get(&row.link_id).copied().unwrap_or(0);
        let kind = connection.as_ref().map_or(ChannelKind::Mastodon, |c| c.channel);
        let why = match row.state {
            State::Published => String::new(),
            State::Handed => self.with_whom(c, row)?,
            _ => said::why(self.t, row).unwrap_or_default(),
        };
        let counts = row.state == State::Published && kind.counts_readers(self.kit);
        let reading = if counts { store::newest_reading(c, row.id)? } else { None };
        Ok(Row {
            href: format!("/udsendelser/{}", row.id),
            title,
            badge: connection.as_ref().map_or_else(Badge::unknown, Badge::at),
            practice: connection.as_ref().is_some_and(|c| c.practice),
            account: connection.as_ref().map(|c| c.handle.clone()).unwrap_or_default(),
            when: said::time(self.t, row, row.due_at),
            chip: said::chip(self.t, row, self.now),
            why,
            now: said::what_now(self.t, row, connection.map(|c| c.ability.class), self.now),
            url: row.remote_url.clone().filter(|_| row.state == State::Published),
            clicks,
            read_at: reading.map(|r| said::time(self.t, row, r.at)).unwrap_or_default(),
            readers: counts.then(|| reading.map(|r| said::readers(self.t, &r.measures)).unwrap_or_default()),
        })
    }

    /// With whom it lies, in a sentence.
    fn with_whom(&mut self, c: &mut Conn, row: &Delivery) -> Result<String, DbError> {
        let holder = package::holder(c, row)?;
        let users = accounts::users(c)?;
        let name = users.into_iter().find(|user| Some(user.id) == holder).map(|user| user.name);
        Ok(match name {
            Some(name) if row.cancel_wanted => self.t.with("package-with-not", "name", name),
            Some(name) => self.t.with("package-with", "name", name),
            None => self.t.say("package-with-nobody"),
        })
    }

    fn check(
        &mut self,
        c: &mut Conn,
        row: &Delivery,
        about: Subject,
        form: FormView,
    ) -> Result<Check, DbError> {
        let title = self.title(c, about)?;
        let connection = self.connection(c, row.account_id)?;
        let kind = connection.as_ref().map_or(ChannelKind::Mastodon, |c| c.channel);
        let badge = connection.as_ref().map_or_else(Badge::unknown, Badge::at);
        let post = publication::thaw(&row.payload).ok();
        let prefix = format!("{}/", self.kit.config.server.public_url);
        let marker = post.as_ref().map(|p| p.link.trim_start_matches(&prefix).to_owned()).unwrap_or_default();
        let files = post.as_ref().map_or(0, |p| p.media.len());
        let lines = store::attempts_at(c, row.id)?
            .iter()
            .map(|a| said::line(self.t, row, a, &badge.name, &marker, files))
            .collect();
        let when = said::time(self.t, row, row.due_at);
        let account = connection.as_ref().map(|c| c.name().to_owned()).unwrap_or_default();
        let empty = Post {
            text: String::new(),
            link: String::new(),
            link_title: String::new(),
            link_description: String::new(),
            link_thumb: None,
            language: self.t.language(),
            media: Vec::new(),
            choices: None,
            comment: None,
        };
        Ok(Check {
            id: row.id,
            title,
            badge,
            account: account.clone(),
            post: PostView::of(post.as_ref().unwrap_or(&empty), kind, &account, when.clone()),
            when,
            lines,
            marker,
            profile: connection.as_ref().map(|c| c.address(&self.kit.config)).unwrap_or_default(),
            form,
        })
    }
}

pub(super) fn parse(id: &str) -> Result<DeliveryId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}
