//! `/jobopslag`: the list, a new ad, an ad's own page with what it lacks, and its verbs.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, PostingError},
    lint::Level,
    posting::{CloseReason, Content, Posting, State, Visibility},
    readiness::{Point, readiness},
    renew, store,
    tabs::Tabs,
    taxonomy,
};
use crate::{
    accounts::{self, Posted, Right, Viewer, unit},
    base::{
        Instant, Language,
        id::{PostingId, UnitId},
        paging::Paging,
        text,
        wall::WallTime,
    },
    campaigns,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    web::{
        Answer, Choice, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

impl From<PostingError> for Fault {
    fn from(error: PostingError) -> Self {
        match error {
            PostingError::NotFound => Self::NotFound,
            PostingError::Stale(_) => Self::Conflict("posting-stale"),
            PostingError::NotReady(_) => Self::Refused("posting-refused-not-ready"),
            PostingError::Refused(key) => Self::Refused(key),
            PostingError::Fields(_) => Self::BadRequest,
            PostingError::Db(error) => error.into(),
        }
    }
}

/// Ads on a page of the list.
const PAGE: u32 = 30;

/// One line of the list.
struct Line {
    id: PostingId,
    title: String,
    reference: String,
    unit: String,
    state: State,
    deadline: String,
    left: String,
}

#[derive(Template)]
#[template(path = "postings/list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
    total: i64,
    states: Vec<Choice>,
    units: Vec<Choice>,
    form: FormView,
    narrowed: bool,
    may_write: bool,
    previous: String,
    next: String,
}

#[derive(Template)]
#[template(path = "postings/new.html")]
struct NewPage {
    shell: Shell,
    form: FormView,
    units: Vec<Choice>,
    professions: Vec<Choice>,
}

/// A line of the readiness list, said.
struct Said {
    text: String,
    href: String,
    /// What the form that lets the words stand sends; empty when there is none.
    finding: String,
}

/// A round, said.
struct SaidRound {
    number: i32,
    from: String,
    to: String,
    closed: String,
    /// Why another followed; empty when none did.
    reposted: String,
}

/// A word let stand, or an approval, said.
struct SaidReason {
    finding: String,
    reason: String,
    who: String,
    when: String,
}

/// A frozen version, said.
struct SaidVersion {
    number: i32,
    who: String,
    when: String,
    sha256: String,
}

#[derive(Template)]
#[template(path = "postings/overview.html")]
struct OverviewPage {
    shell: Shell,
    posting: Posting,
    title: String,
    state: State,
    lede: String,
    unit: String,
    missing: Vec<Said>,
    warnings: Vec<Said>,
    ready: Vec<String>,
    rounds: Vec<SaidRound>,
    reasons: Vec<SaidReason>,
    versions: Vec<SaidVersion>,
    public_href: String,
    visibility: String,
    /// The campaign it belongs to: name, and address for whoever may open it.
    campaign: Option<(String, Option<String>)>,
    form: FormView,
    close_reasons: Vec<Choice>,
    may: May,
    tabs: Tabs,
    /// What others have to say here.
    notices: Vec<Notice>,
}

/// What the reader may do here.
#[derive(Clone, Copy, Default)]
struct May {
    edit: bool,
    open: bool,
    approve: bool,
    publish: bool,
    ask: bool,
}

/// The units a right reaches, laid out as the tree is.
pub(super) fn units_within(conn: &mut Conn, scope: &accounts::Scope) -> Result<Vec<Choice>, DbError> {
    Ok(unit::choices(&accounts::units(conn)?, scope))
}

/// `GET /jobopslag`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let scope = viewer.scope(Right::ReadPostings)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let typed = query.0;
    let number: u32 = typed.get("side").parse().unwrap_or(1);
    let paging = Paging::new(number, PAGE);
    let wish = store::Wish {
        states: typed.all("tilstand").filter_map(|s| s.parse().ok()).collect(),
        unit: typed.get("enhed").parse().ok(),
        words: text::line(typed.get("q")),
    };
    let narrowed = !wish.states.is_empty() || wish.unit.is_some() || !wish.words.is_empty();
    let now = kit.clock.now();
    let t = shell.t;
    let (lines, total, units) = kit
        .db
        .read(move |c| {
            let (found, total) = store::list(c, &scope, &wish, paging)?;
            let all = accounts::units(c)?;
            let lines = found.iter().map(|p| line(p, &all, t, now)).collect::<Vec<_>>();
            Ok::<_, DbError>((lines, total, units_within(c, &scope)?))
        })
        .await?;
    let every = Choice::new("", t.say("postings-every-unit"));
    let to = |n: u32| {
        let mut pairs: Vec<_> = typed.0.iter().filter(|(name, _)| name != "side").cloned().collect();
        pairs.push(("side".into(), n.to_string()));
        format!("/jobopslag?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let page_number = paging.page;
    page(&ListPage {
        states: State::ALL.iter().map(|s| Choice::new(s, t.say(s.key()))).collect(),
        units: std::iter::once(every).chain(units).collect(),
        previous: if page_number > 1 { to(page_number - 1) } else { String::new() },
        next: if page_number < paging.pages(total) { to(page_number + 1) } else { String::new() },
        may_write: viewer.may(Right::EditPostings),
        form: FormView::of(typed),
        narrowed,
        lines,
        total,
        shell,
    })
}

fn line(posting: &Posting, units: &[accounts::Unit], t: Speech, now: Instant) -> Line {
    let language = t.language();
    let title = posting.title(language);
    Line {
        id: posting.id,
        title: if title.is_empty() { t.say("posting-untitled") } else { title.to_owned() },
        reference: posting.reference.clone(),
        unit: unit_name(units, posting.content.unit),
        state: posting.state_at(now),
        deadline: posting.deadline_local().map_or_else(String::new, |d| format::short(d, language)),
        left: left(posting, t, now),
    }
}

fn unit_name(units: &[accounts::Unit], id: UnitId) -> String {
    units.iter().find(|u| u.id == id).map_or_else(String::new, |u| u.name.clone())
}

/// `om 27 dage`, `for 2 dage siden`; nothing for drafts and closed ads.
fn left(posting: &Posting, t: Speech, now: Instant) -> String {
    let Some(at) = posting.deadline_at else { return String::new() };
    let days = |d: std::time::Duration| d.as_secs() / 86_400;
    match posting.state_at(now) {
        State::Open => t.with("posting-days-left", "days", days(at.since(now))),
        State::DeadlinePassed => t.with("posting-days-ago", "days", days(now.since(at))),
        State::Draft | State::Closed => String::new(),
    }
}

/// `GET /jobopslag/ny`
pub async fn new_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    viewer.scope(Right::EditPostings)?;
    draw_new(&req, &kit, &viewer, Typed::default(), Errors::none()).await
}

async fn draw_new(req: &HttpRequest, kit: &Kit, viewer: &Viewer, typed: Typed, errors: Errors) -> Answer {
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let units = kit.db.read(move |c| units_within(c, &scope)).await?;
    let professions = choices(taxonomy::professions(), "postings-choose-profession", t);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = FormView::with_errors(typed, &errors, t);
    page_with(status, &NewPage { shell, form, units, professions })
}

/// A vocabulary as choices, with a first line that chooses nothing.
pub(super) fn choices(list: &[taxonomy::Entry], none: &str, t: Speech) -> Vec<Choice> {
    let first = Choice::new("", t.say(none));
    std::iter::once(first).chain(list.iter().map(|e| Choice::new(&e.code, e.name(t.language())))).collect()
}

/// `POST /jobopslag/ny`: makes a draft and goes on to the form.
pub async fn create(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::EditPostings)?.clone();
    let mut errors = Errors::none();
    let unit: Option<UnitId> = typed.get("unit").parse().ok().filter(|u| scope.covers_unit(*u));
    if unit.is_none() {
        errors.add("unit", "error-unit");
    }
    let title = text::line(typed.get("title_da"));
    if title.is_empty() {
        errors.add("title_da", "missing-title");
    } else if text::count(&title) > actions::TITLE {
        errors.add_with("title_da", "error-too-long", "max", actions::TITLE);
    }
    let Some(unit) = unit.filter(|_| errors.is_empty()) else {
        return draw_new(&req, &kit, &viewer, typed, errors).await;
    };
    let mut content = Content::empty(unit);
    content.texts[0].title = title;
    content.terms.profession = Some(typed.get("profession").to_owned()).filter(|c| !c.is_empty());
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let draft = kit
        .db
        .write(move |c| {
            let mut content = content;
            let units = accounts::units(c)?;
            content.terms.workplace = unit_name(&units, unit);
            actions::create(c, &k, actor, &scope, content)
        })
        .await?;
    renew();
    Ok(see_other(format!("/jobopslag/{}/rediger", draft.id)))
}

/// Something to say on an ad's page about what hangs of it elsewhere.
#[derive(Clone, Debug)]
pub struct Notice {
    /// Of which ad or story.
    pub title: String,
    /// What.
    pub said: String,
    /// More of it.
    pub lines: Vec<String>,
    /// Where one does something about it.
    pub href: String,
}

/// `GET /jobopslag/{id}`, with what others have to say there.
pub async fn overview_with(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: &str,
    notices: Vec<Notice>,
) -> Answer {
    draw(req, kit, viewer, id, Typed::default(), Errors::none(), notices).await
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: &str,
    typed: Typed,
    errors: Errors,
    notices: Vec<Notice>,
) -> Answer {
    let id: PostingId = id.parse().map_err(|_| Fault::NotFound)?;
    let scope = viewer.scope(Right::ReadPostings)?.clone();
    let counts = viewer.scope(Right::ReadCounts).ok().cloned();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let k = kit.clone();
    let found = kit
        .db
        .read(move |c| {
            let posting = store::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let now = k.clock.now();
            let ready = readiness(c, &k.config, &posting, now)?;
            let people = accounts::users(c)?;
            let unit = unit_name(&accounts::units(c)?, posting.content.unit);
            let zone = k.config.delivery.zone;
            let when = |at: Instant| format::instant_short(at, zone, t.language());
            let who = |actor: &str| {
                let user =
                    actor.strip_prefix("user:").and_then(|u| people.iter().find(|p| p.id.to_string() == u));
                user.map_or_else(|| t.say("posting-by-system"), |u| u.name.clone())
            };
            let mut because = store::reposted_because(c, id)?;
            let rounds = store::rounds(c, id)?
                .into_iter()
                .map(|r| SaidRound {
                    reposted: because.remove(&r.id).unwrap_or_default(),
                    number: r.number,
                    from: when(r.opens_at),
                    to: when(r.deadline_at),
                    closed: r.closed_at.map_or_else(String::new, when),
                })
                .collect::<Vec<_>>();
            let reasons = store::acknowledgements(c, id)?
                .into_iter()
                .map(|a| SaidReason {
                    finding: finding_said(&a.finding, t),
                    who: who(&a.created_by),
                    when: when(a.created_at),
                    reason: if a.finding.starts_with("internal:") { String::new() } else { a.reason },
                })
                .collect::<Vec<_>>();
            let versions = store::versions(c, id)?
                .into_iter()
                .map(|v| SaidVersion {
                    number: v.number,
                    who: who(&v.created_by),
                    when: when(v.created_at),
                    sha256: v.sha256,
                })
                .collect::<Vec<_>>();
            let campaign = campaigns::named(c, counts.as_ref(), id.into())?;
            Ok::<_, Fault>((posting, ready, unit, campaign, rounds, reasons, versions))
        })
        .await?;
    let (posting, ready, unit, campaign, rounds, reasons, versions) = found;
    let now = kit.clock.now();
    let state = posting.state_at(now);
    let own = posting.content.unit;
    let said = |p: Point| Said {
        text: p.said(t),
        href: p.href.clone(),
        finding: p.finding.filter(|f| f.level == Level::Acknowledge).map_or_else(String::new, |f| f.name()),
    };
    let may = May {
        edit: viewer.may_in(Right::EditPostings, own) && matches!(state, State::Draft | State::Open),
        open: viewer.may_in(Right::OpenPostings, own),
        approve: viewer.may_in(Right::ManagePeople, own)
            && posting.content.visibility == Visibility::Internal
            && ready.missing.iter().any(|p| p.key == "missing-internal-approval"),
        publish: viewer.may_in(Right::EditPostings, own),
        ask: viewer.may_in(Right::AskForHelp, own),
    };
    let close_reasons = CloseReason::ALL
        .iter()
        .map(|r| Choice {
            value: r.to_string(),
            label: t.say(&format!("posting-close-{r}")),
            hint: t.say(&format!("posting-close-{r}.hint")),
        })
        .collect();
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = posting.title(t.language()).to_owned();
    let page = OverviewPage {
        title: if title.is_empty() { t.say("posting-untitled") } else { title },
        lede: lede(&posting, &unit, t, now),
        public_href: if state == State::Draft { String::new() } else { posting.path() },
        missing: ready.missing.into_iter().map(said).collect(),
        warnings: ready.warnings.into_iter().map(said).collect(),
        ready: ready.ready.iter().map(|k| t.say(k)).collect(),
        form: FormView::with_errors(typed, &errors, t),
        visibility: t.say(&format!("posting-visibility-{}", posting.content.visibility)),
        unit,
        campaign,
        state,
        rounds,
        reasons,
        versions,
        close_reasons,
        may,
        tabs: Tabs::of(viewer, &posting),
        notices,
        posting,
        shell,
    };
    page_with(status, &page)
}

/// What was let stand, in words: `»frisk«`, or the approval of an internal ad.
fn finding_said(finding: &str, t: Speech) -> String {
    match finding.split_once(':') {
        Some(("internal", code)) => {
            let (code, words) = code.split_once(':').unwrap_or((code, ""));
            let name = taxonomy::name(taxonomy::internal_reasons(), code, t.language());
            let reason = if words.is_empty() { name.to_owned() } else { format!("{name}: {words}") };
            t.with("posting-internal-approved", "reason", reason)
        }
        Some((_, words)) => t.with("posting-words", "words", words),
        None => finding.to_owned(),
    }
}

/// `Opslag 2026-0417 · frist søndag den 6. december 2026 kl. 23.59 · 2 stillinger`
fn lede(posting: &Posting, unit: &str, t: Speech, now: Instant) -> String {
    let language = t.language();
    let mut parts = vec![t.with("ad-reference", "reference", &posting.reference), unit.to_owned()];
    if let Some(local) = posting.deadline_local() {
        let deadline = format::deadline(local, language);
        let key = match posting.state_at(now) {
            State::Draft | State::Open => "posting-deadline-is",
            State::DeadlinePassed | State::Closed => "posting-deadline-was",
        };
        parts.push(t.with(key, "deadline", deadline));
    }
    if posting.content.terms.openings > 1 {
        parts.push(t.with("posting-openings", "count", posting.content.terms.openings));
    }
    parts.join(" · ")
}

fn id_of(path: &str) -> Result<PostingId, Fault> {
    path.parse().map_err(|_| Fault::NotFound)
}

/// What a verb answers: the ad's page with a word, or the page again with what is wrong.
async fn answered<T>(
    req: &HttpRequest,
    kit: &Kit,
    posted: Posted,
    id: PostingId,
    result: Result<T, PostingError>,
    said: &str,
) -> Answer {
    renew();
    let Posted { viewer, typed } = posted;
    match result {
        Ok(_) => {
            let t = viewer.shell(req, &kit.config).t;
            viewer.say_next(kit, t.say(said)).await?;
            Ok(see_other(format!("/jobopslag/{id}")))
        }
        Err(PostingError::Fields(errors)) => {
            draw(req, kit, &viewer, &id.to_string(), typed, errors, Vec::new()).await
        }
        Err(PostingError::NotReady(_)) => {
            let errors = Errors::one("mangler", "posting-refused-not-ready");
            draw(req, kit, &viewer, &id.to_string(), typed, errors, Vec::new()).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `POST /jobopslag/{id}/aabn`
pub async fn open(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, path: web::Path<String>) -> Answer {
    let id = id_of(&path)?;
    let scope = posted.viewer.scope(Right::OpenPostings)?.clone();
    let (k, actor) = (kit.get_ref().clone(), posted.viewer.actor());
    let result = kit.db.write(move |c| actions::open(c, &k, actor, &scope, id)).await;
    answered(&req, &kit, posted, id, result, "posting-opened").await
}

/// `POST /jobopslag/{id}/forlaeng`
pub async fn extend(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    let id = id_of(&path)?;
    let scope = posted.viewer.scope(Right::OpenPostings)?.clone();
    let (k, actor) = (kit.get_ref().clone(), posted.viewer.actor());
    let deadline = WallTime::parse(posted.typed.get("deadline"), kit.config.delivery.zone);
    let version = posted.typed.get("version").parse().unwrap_or(0);
    let result = match deadline {
        None => Err(PostingError::Fields(Errors::one("deadline", "error-deadline-form"))),
        Some(deadline) => {
            kit.db.write(move |c| actions::extend(c, &k, actor, &scope, id, version, deadline)).await
        }
    };
    answered(&req, &kit, posted, id, result, "posting-extended").await
}

/// `POST /jobopslag/{id}/lad-staa`: a doubtful word may stand, with the reason (D-17).
pub async fn acknowledge(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    let id = id_of(&path)?;
    let scope = posted.viewer.scope(Right::EditPostings)?.clone();
    let (k, actor) = (kit.get_ref().clone(), posted.viewer.actor());
    let (finding, reason) = (posted.typed.get("finding").to_owned(), posted.typed.get("reason").to_owned());
    let result =
        kit.db.write(move |c| actions::acknowledge(c, &k, actor, &scope, id, &finding, &reason)).await;
    answered(&req, &kit, posted, id, result, "posting-acknowledged").await
}

/// `POST /jobopslag/{id}/godkend-intern`: hr_admin lets it be internal (D-07).
pub async fn approve_internal(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    let id = id_of(&path)?;
    let scope = posted.viewer.scope(Right::ManagePeople)?.clone();
    let (k, actor) = (kit.get_ref().clone(), posted.viewer.actor());
    let result = kit.db.write(move |c| actions::approve_internal(c, &k, actor, &scope, id)).await;
    answered(&req, &kit, posted, id, result, "posting-internal-let").await
}

impl OverviewPage {
    fn href(&self, tail: &str) -> String {
        format!("/jobopslag/{}{tail}", self.posting.id)
    }
    fn look(&self) -> (&'static str, &'static str) {
        match self.state {
            State::Draft => ("line", "edit"),
            State::Open => ("ok", "check"),
            State::DeadlinePassed => ("info", "hourglass"),
            State::Closed => ("", "lock"),
        }
    }
    fn extendable(&self) -> bool {
        self.state == State::Open && self.may.open
    }
    fn repostable(&self) -> bool {
        self.state == State::DeadlinePassed && self.may.open
    }
    fn closable(&self) -> bool {
        matches!(self.state, State::Open | State::DeadlinePassed) && self.may.open
    }
    fn deadline_field(&self) -> String {
        self.posting.content.deadline.map_or_else(String::new, |d| d.field())
    }
    fn has_english(&self) -> bool {
        self.posting.content.text(Language::En).is_some()
    }
}

impl Line {
    fn look(&self) -> (&'static str, &'static str) {
        match self.state {
            State::Draft => ("line", "edit"),
            State::Open => ("ok", "check"),
            State::DeadlinePassed => ("info", "hourglass"),
            State::Closed => ("", "lock"),
        }
    }
}
