//! `/bistand`: the queue and one's own requests; `/bistand/ny`: the form, made for a phone.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;
use chrono_tz::Tz;

use super::{
    actions::{self, Asking, By, SupportError},
    brought::{self, Shown},
    request::{Help, Request, State},
    store::{self, Wanted},
    thing::{self, Thing},
};
use crate::{
    accounts::{self, Right, Scope, Unit, User, Viewer, unit},
    base::{
        Instant, Subject,
        id::{AssetId, SupportId, UnitId},
        paging::Paging,
        wall::WallTime,
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    media,
    postings::{self, Which},
    stories,
    web::{
        Answer, Choice, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

/// How many ads and how many stories one can choose from.
const CHOICES: i64 = 30;
/// How many that are over are shown at once.
const OVER: usize = 30;

impl From<SupportError> for Fault {
    fn from(error: SupportError) -> Self {
        match error {
            SupportError::NotFound => Self::NotFound,
            SupportError::Moved(_) => Self::Conflict("support-error-moved"),
            SupportError::Fields(_) => Self::BadRequest,
            SupportError::Db(error) => error.into(),
        }
    }
}

/// Who asks, and where they may what.
pub(super) fn by(viewer: &Viewer) -> By {
    let nowhere = |right| viewer.scope(right).cloned().unwrap_or_default();
    By {
        user: viewer.user().id,
        asks: nowhere(Right::AskForHelp),
        gives: nowhere(Right::GiveHelp),
        media: nowhere(Right::UseMedia),
        ads: nowhere(Right::ReadPostings),
        stories: nowhere(Right::WriteStories),
    }
}

/// A chip: words, colour, symbol.
pub(super) struct Chip {
    pub label: String,
    pub look: &'static str,
    pub icon: &'static str,
}

/// The day a request is wished for, coloured by how near it is.
pub(super) fn wish(request: &Request, kit: &Kit, t: Speech, now: Instant) -> Option<Chip> {
    let day = actions::wished_day(request.wished_by?, kit.config.delivery.zone);
    let day = format::short_date(day, t.language());
    let (key, look, icon) = if request.is_late(now) {
        ("support-wished-late", "bad", "warning")
    } else if request.is_due_soon(now, kit.config.support.soon_days) {
        ("support-wished-soon", "warn", "time")
    } else {
        ("support-wished", "line", "time")
    };
    Some(Chip { label: t.with(key, "day", day), look, icon })
}

/// How many days ago something was, as people count them.
pub(super) fn age(at: Instant, zone: Tz, now: Instant) -> i64 {
    let day = |at| WallTime::at(at, zone).local.date();
    (day(now) - day(at)).num_days().max(0)
}

pub(super) fn name_of(users: &[User], actor: &str) -> String {
    users.iter().find(|u| actor == format!("user:{}", u.id)).map(|u| u.name.clone()).unwrap_or_default()
}

/// A request as a row.
struct Row {
    href: String,
    title: String,
    icon: &'static str,
    look: &'static str,
    /// what is wanted, by whom, where, since when
    detail: String,
    state: Chip,
    wish: Option<Chip>,
    /// where one takes it
    take: Option<String>,
}

/// A heading with its rows.
struct Section {
    id: &'static str,
    title: String,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "support/list.html")]
struct ListPage {
    shell: Shell,
    gives: bool,
    asks: bool,
    counts: bool,
    sections: Vec<Section>,
    lede: String,
}

/// What rows are drawn with.
struct Around<'a> {
    kit: &'a Kit,
    t: Speech,
    now: Instant,
    units: Vec<Unit>,
    users: Vec<User>,
}

impl Around<'_> {
    fn row(&self, request: &Request, gives: bool) -> Row {
        let (t, zone) = (self.t, self.kit.config.delivery.zone);
        let unit = self.units.iter().find(|u| u.id == request.unit).map(|u| u.name.as_str());
        let (look, icon) = request.state.chip();
        let holder = request.holder.and_then(|id| self.users.iter().find(|u| u.id == id));
        let label = match holder.filter(|_| request.state == State::Taken) {
            Some(user) => t.with("support-with", "who", &user.name),
            None => t.say(request.state.key()),
        };
        let days = age(request.asked_at, zone, self.now);
        let waits = request.state == State::New && days > i64::from(self.kit.config.support.answer_days);
        Row {
            href: format!("/bistand/{}", request.id),
            title: request.title.clone(),
            icon: request.help.icon(),
            look: if waits { "warn" } else { "info" },
            detail: [
                t.say(request.help.key()),
                unit.unwrap_or_default().to_owned(),
                name_of(&self.users, &request.asked_by),
                t.with("support-asked", "days", days),
            ]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" · "),
            state: Chip { label, look, icon },
            wish: wish(request, self.kit, t, self.now),
            take: (gives && request.state == State::New).then(|| format!("/bistand/{}/tag", request.id)),
        }
    }
}

/// `GET /bistand`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    if !viewer.may(Right::AskForHelp) {
        viewer.scope(Right::GiveHelp)?;
    }
    let shell = viewer.shell(&req, &kit.config);
    let (t, by) = (shell.t, by(&viewer));
    let (b, me) = (by.clone(), by.user);
    let (mut open, mut over, units, users) = kit
        .db
        .read(move |c| {
            let both = |c: &mut Conn, wanted| {
                let mut found = store::list(c, &b.gives, wanted)?;
                let own = store::list(c, &b.asks, wanted)?;
                found.extend(own.into_iter().filter(|r| !b.gives.covers_unit(r.unit)));
                Ok::<_, DbError>(found)
            };
            let (open, over) = (both(c, Wanted::Open)?, both(c, Wanted::Over)?);
            Ok::<_, DbError>((open, over, accounts::units(c)?, accounts::users(c)?))
        })
        .await?;
    let around = Around { kit: &kit, t, now: kit.clock.now(), units, users };
    let gives = |request: &Request| by.gives.covers_unit(request.unit);
    let waiting = open.iter().filter(|r| gives(r) && r.state == State::New).count();
    let mut sections: Vec<Section> = Vec::new();
    let mut section = |id, key, rows: Vec<Row>| {
        if !rows.is_empty() {
            sections.push(Section { id, title: t.with(key, "count", rows.len()), rows });
        }
    };
    let mut pick = |wanted: &dyn Fn(&Request) -> bool| {
        let (found, rest): (Vec<Request>, Vec<Request>) =
            std::mem::take(&mut open).into_iter().partition(|r| wanted(r));
        open = rest;
        found.iter().map(|r| around.row(r, gives(r))).collect::<Vec<_>>()
    };
    section("h-asked", "support-section-asked", pick(&|r| !gives(r) && r.state == State::Question));
    section("h-new", "support-section-new", pick(&|r| gives(r) && r.state == State::New));
    section(
        "h-mine",
        "support-section-mine",
        pick(&|r| gives(r) && r.state == State::Taken && r.holder == Some(me)),
    );
    section("h-question", "support-section-question", pick(&|r| gives(r) && r.state == State::Question));
    section("h-others", "support-section-others", pick(&gives));
    section("h-open", "support-section-open", pick(&|_| true));
    over.truncate(OVER);
    section("h-over", "support-section-over", over.iter().map(|r| around.row(r, gives(r))).collect());
    let lede = if by.gives.is_empty() {
        t.say("support-lede-unit")
    } else {
        t.with("support-lede-queue", "count", waiting)
    };
    page(&ListPage {
        gives: !by.gives.is_empty(),
        asks: !by.asks.is_empty(),
        counts: viewer.may(Right::ReadCounts),
        sections,
        lede,
        shell,
    })
}

#[derive(Template)]
#[template(path = "support/new.html")]
struct NewPage {
    shell: Shell,
    form: FormView,
    helps: Vec<Choice>,
    abouts: Vec<Choice>,
    units: Vec<Choice>,
    files: Vec<Shown>,
    today: String,
}

/// The ads and stories this person may name, after "nothing of the kind"; what is chosen already is among them however old
/// it is.
fn abouts(c: &mut Conn, by: &By, chosen: &str, t: Speech) -> Result<Vec<Choice>, DbError> {
    let mut choices = vec![Choice::new("", t.say("support-about-free"))];
    for ad in postings::names(c, &by.ads, Which::Newest(CHOICES), t.language())? {
        let title = if ad.title.is_empty() { ad.reference } else { ad.title };
        choices.push(Choice::new(format!("posting:{}", ad.id), t.with("support-about-ad", "title", title)));
    }
    let paging = Paging::new(1, u32::try_from(CHOICES).unwrap_or(30));
    let (found, _) = stories::list(c, &by.stories, &stories::Wish::default(), paging)?;
    for story in found {
        let title = match story.title(t.language()) {
            "" => t.say("story-untitled"),
            title => title.to_owned(),
        };
        choices
            .push(Choice::new(format!("story:{}", story.id), t.with("support-about-story", "title", title)));
    }
    if let Some(about) = subject(chosen)
        && !choices.iter().any(|choice| choice.value == chosen)
        && actions::unit_of(c, by, about)?.is_some()
    {
        let (thing, key) = match about {
            Subject::Posting(id) => (Thing::Posting(id), "support-about-ad"),
            Subject::Story(id) => (Thing::Story(id), "support-about-story"),
        };
        let name = thing::find(c, thing, t.language())?.map(|found| found.name).unwrap_or_default();
        choices.push(Choice::new(chosen, t.with(key, "title", name)));
    }
    Ok(choices)
}

/// `GET /bistand/ny`; `?om=posting:{id}` chooses what it is about.
pub async fn new_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let mut typed = Typed::default();
    typed.set("about", query.0.get("om"));
    if let Some(about) = subject(query.0.get("om")) {
        let by = by(&viewer);
        let unit = kit.db.read(move |c| actions::unit_of(c, &by, about)).await?;
        typed.set("unit", unit.map(|unit| unit.to_string()).unwrap_or_default());
    }
    draw_new(&req, &kit, &viewer, StatusCode::OK, typed, &Errors::none()).await
}

async fn draw_new(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    status: StatusCode,
    mut typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope: Scope = viewer.scope(Right::AskForHelp)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, by) = (shell.t, by(viewer));
    let now = kit.clock.now();
    if typed.get("key").is_empty() {
        typed.set("key", SupportId::new(now, &kit.chance).to_string());
    }
    let chosen = typed.get("about").to_owned();
    let ids: Vec<AssetId> = typed.all("asset").filter_map(|id| id.parse().ok()).collect();
    let (abouts, units, files) = kit
        .db
        .read(move |c| {
            let units = unit::choices(&accounts::units(c)?, &scope);
            let files = media::of_ids(c, &ids)?;
            Ok::<_, DbError>((abouts(c, &by, &chosen, t)?, units, files))
        })
        .await?;
    let files: Vec<_> = files.into_iter().filter(|a| viewer.may_in(Right::UseMedia, a.unit)).collect();
    let helps = Help::ALL
        .iter()
        .map(|help| Choice {
            value: help.word().to_owned(),
            label: t.say(help.key()),
            hint: t.say(&format!("support-help-{help}.hint")),
        })
        .collect();
    let page = NewPage {
        helps,
        abouts,
        units,
        files: brought::shown(viewer, &files),
        today: WallTime::at(now, kit.config.delivery.zone).local.date().to_string(),
        form: FormView::with_errors(typed, errors, t),
        shell,
    };
    page_with(status, &page)
}

/// What was chosen as what it is about, `posting:{id}` or `story:{id}`.
fn subject(typed: &str) -> Option<Subject> {
    let (kind, id) = typed.split_once(':')?;
    match kind {
        "posting" => id.parse().ok().map(Subject::Posting),
        "story" => id.parse().ok().map(Subject::Story),
        _ => None,
    }
}

/// `POST /bistand/ny`
pub async fn create(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, parts: Multipart) -> Answer {
    let scope = viewer.scope(Right::AskForHelp)?.clone();
    let (mut typed, sent) = brought::received(&kit, &viewer, parts).await?;
    let t = viewer.shell(&req, &kit.config).t;
    let unit: UnitId =
        typed.get("unit").parse().ok().filter(|u| scope.covers_unit(*u)).ok_or(Fault::NotFound)?;
    let (files, mut errors) = brought::keep(&kit, &viewer, t, unit, (&mut typed, sent), "file").await?;
    let asking = Asking {
        id: typed.get("key").parse().unwrap_or_else(|_| SupportId::new(kit.clock.now(), &kit.chance)),
        unit,
        title: typed.get("title").to_owned(),
        help: typed.get("help").parse().ok(),
        about: subject(typed.get("about")),
        words: typed.get("words").to_owned(),
        wished_by: typed.get("wished_by").to_owned(),
        files,
    };
    // a file that is refused holds the rest back: it is said now, while the phone is in the hand
    let done = if errors.is_empty() {
        actions::ask(&kit, by(&viewer), asking).await
    } else {
        Err(SupportError::Fields(Errors::none()))
    };
    match done {
        Ok(id) => {
            viewer.say_next(&kit, t.say("support-said-asked")).await?;
            Ok(see_other(format!("/bistand/{id}")))
        }
        Err(SupportError::Fields(more)) => {
            errors.0.extend(more.0);
            draw_new(&req, &kit, &viewer, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}
