//! `/jobopslag/{id}/svar`: who has no answer, what waits to leave, what a person has to see to, what has left; `/svar`: the
//! same for every ad one works with; and closing an ad, which answers with this page while somebody lacks an answer.

use std::collections::{HashMap, HashSet};

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, AnswerError, Answering},
    state::LetterState,
    store::{self, Batch, Letter},
};
use crate::{
    accounts::{
        Posted, Right, Scope, Viewer,
        audit::{self, Line, Object, Verb},
    },
    applications::{self, Reasons, Whole, actions::CloseError, stage::Column},
    base::{
        Instant,
        id::{ApplicationId, BatchId, PostingId},
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, Tabs, Which},
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

/// The most that are chosen at once.
const AT_ONCE: usize = 500;

impl From<AnswerError> for Fault {
    fn from(error: AnswerError) -> Self {
        match error {
            AnswerError::NotFound => Self::NotFound,
            AnswerError::Moved => Self::Conflict("answers-error-moved"),
            AnswerError::Fields(_) => Self::BadRequest,
            AnswerError::Db(error) => error.into(),
        }
    }
}

/// A chip: words, colour, symbol.
pub(super) struct Chip {
    pub label: String,
    pub look: &'static str,
    pub icon: &'static str,
}

impl Chip {
    pub fn of_letter(state: LetterState, t: Speech) -> Self {
        let (look, icon) = state.chip();
        Self { label: t.say(state.key()), look, icon }
    }
    pub fn of_batch(batch: &Batch, t: Speech) -> Self {
        let (look, icon) = batch.state.chip();
        Self { label: t.say(batch.state.key()), look, icon }
    }
}

/// Something a person has to see to.
struct Task {
    href: String,
    text: String,
    detail: String,
    chip: Chip,
    name: String,
}

/// A batch in which something is still to come.
struct ShownBatch {
    id: BatchId,
    text: String,
    detail: String,
    chip: Chip,
    cancel: bool,
}

/// Somebody without an answer.
struct Lacking {
    id: ApplicationId,
    pair: String,
    name: String,
    standing: String,
    /// why they were rejected; empty while they are undecided
    grounds: String,
    undecided: bool,
    email: bool,
    chosen: bool,
    own: String,
    error: Option<String>,
}

/// A letter that has reached its applicant.
struct Sent {
    href: String,
    name: String,
    when: String,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "answers/posting.html")]
struct PostingPage {
    shell: Shell,
    form: FormView,
    posting: PostingId,
    tabs: Tabs,
    title: String,
    reference: String,
    lede: String,
    may_set: bool,
    tasks: Vec<Task>,
    batches: Vec<ShownBatch>,
    lacking: Vec<Lacking>,
    sent: Vec<Sent>,
    sent_total: i64,
    /// closing was refused: why, and who is missing
    refused: Option<(String, String)>,
}

/// An ad with people who have no answer.
struct Ad {
    href: String,
    title: String,
    detail: String,
    count: usize,
}

#[derive(Template)]
#[template(path = "answers/mine.html")]
struct MinePage {
    shell: Shell,
    may_set: bool,
    tasks: Vec<Task>,
    batches: Vec<ShownBatch>,
    ads: Vec<Ad>,
}

/// What both pages show.
struct Found {
    letters: Vec<Letter>,
    reasons: Vec<(Reasons, applications::Card)>,
    batches: Vec<(Batch, usize)>,
    names: HashMap<ApplicationId, String>,
    titles: HashMap<PostingId, String>,
}

fn found(c: &mut Conn, scope: &Scope, of: Option<PostingId>, t: Speech) -> Result<Found, DbError> {
    let letters = store::tasks(c, scope, of)?;
    let reasons = applications::reasons_open(c, scope, of)?;
    let mut batches = Vec::new();
    for batch in store::batches(c, scope, of)? {
        let count = store::letters_of(c, batch.id)?;
        let count = count.iter().filter(|letter| !LetterState::VOID.contains(&letter.state)).count();
        batches.push((batch, count));
    }
    let ids: Vec<ApplicationId> = letters.iter().filter_map(|letter| letter.application).collect();
    let names = names(c, scope, &ids)?;
    let mut ads: Vec<PostingId> = letters.iter().map(|letter| letter.posting).collect();
    ads.extend(reasons.iter().map(|(_, card)| card.posting));
    ads.extend(batches.iter().map(|(batch, _)| batch.posting));
    let titles = titles(c, scope, ads, t)?;
    Ok(Found { letters, reasons, batches, names, titles })
}

/// What these ads are called.
fn titles(
    c: &mut Conn,
    scope: &Scope,
    mut of: Vec<PostingId>,
    t: Speech,
) -> Result<HashMap<PostingId, String>, DbError> {
    of.sort_unstable();
    of.dedup();
    let called = |ad: postings::Called| {
        let title = if ad.title.is_empty() { ad.reference } else { ad.title };
        (ad.id, title)
    };
    Ok(postings::names(c, scope, Which::These(&of), t.language())?.into_iter().map(called).collect())
}

/// What these applicants are called.
pub(super) fn names(
    c: &mut Conn,
    scope: &Scope,
    of: &[ApplicationId],
) -> Result<HashMap<ApplicationId, String>, DbError> {
    Ok(applications::cards(c, scope, of)?.into_iter().map(|card| (card.id, card.name)).collect())
}

/// `om 42 minutter`, `om 3 timer`, `om 2 dage`.
pub(super) fn ahead(t: Speech, due: Instant, now: Instant) -> String {
    let minutes = due.since(now).as_secs().div_ceil(60);
    match minutes {
        0 => t.say("answers-now"),
        1..120 => t.with("answers-in-minutes", "count", minutes),
        120..2880 => t.with("answers-in-hours", "count", minutes / 60),
        _ => t.with("answers-in-days", "count", minutes / 1440),
    }
}

/// What somebody has to do about a letter.
pub(super) fn what_to_do(t: Speech, letter: &Letter) -> String {
    match letter.state {
        LetterState::Unknown => t.say("answers-todo-unknown"),
        LetterState::Bounced => t.say("answers-todo-bounced"),
        _ => match letter.why.as_deref() {
            Some("address") => t.say("answers-todo-address"),
            Some("deferred") => t.say("answers-todo-deferred"),
            Some("words") => t.say("answers-todo-words"),
            _ => t.say("answers-todo-refused"),
        },
    }
}

fn tasks(found: &Found, kit: &Kit, t: Speech, with_ad: bool) -> Vec<Task> {
    let (zone, now) = (kit.config.delivery.zone, kit.clock.now());
    let detail = |posting: &PostingId, when: String| match found.titles.get(posting).filter(|_| with_ad) {
        Some(title) => format!("{title} · {when}"),
        None => when,
    };
    let mut tasks: Vec<Task> = Vec::new();
    for (asked, card) in &found.reasons {
        let late = asked.due_at <= now;
        let due = format::instant_short(asked.due_at, zone, t.language());
        let label = t.with(if late { "answers-due-late" } else { "answers-due" }, "due", due);
        let since = format::instant_short(asked.asked_at, zone, t.language());
        tasks.push(Task {
            href: format!("/ansoegninger/{}/breve#reasons", card.id),
            text: t.with("answers-task-reasons", "name", &card.name),
            detail: detail(&card.posting, t.with("answers-asked", "when", since)),
            chip: Chip { label, look: if late { "bad" } else { "warn" }, icon: "time" },
            name: card.name.clone(),
        });
    }
    for letter in &found.letters {
        let Some(application) = letter.application else { continue };
        let name = found.names.get(&application).cloned().unwrap_or_default();
        let since = format::instant_short(letter.changed_at, zone, t.language());
        tasks.push(Task {
            href: format!("/ansoegninger/{application}/breve#l{}", letter.id),
            text: t.with2("answers-task-letter", "name", &name, "todo", what_to_do(t, letter)),
            detail: detail(&letter.posting, since),
            chip: Chip::of_letter(letter.state, t),
            name,
        });
    }
    tasks
}

fn shown_batches(found: &Found, kit: &Kit, t: Speech, with_ad: bool) -> Vec<ShownBatch> {
    let (zone, now) = (kit.config.delivery.zone, kit.clock.now());
    let shown = |(batch, count): &(Batch, usize)| {
        let when = match (batch.due_at, batch.state) {
            (Some(due), super::state::BatchState::Waiting) => {
                let at = format::instant_short(due, zone, t.language());
                t.with2("answers-leaves", "at", at, "ahead", ahead(t, due, now))
            }
            _ => {
                let at = format::instant_short(batch.made_at, zone, t.language());
                t.with("answers-written", "at", at)
            }
        };
        let title = found.titles.get(&batch.posting).filter(|_| with_ad);
        ShownBatch {
            id: batch.id,
            text: t.with("answers-letters", "count", *count),
            detail: title.map_or(when.clone(), |title| format!("{title} · {when}")),
            chip: Chip::of_batch(batch, t),
            cancel: batch.state.after(super::state::BatchStep::Cancel).is_some(),
        }
    };
    found.batches.iter().map(shown).collect()
}

/// `GET /jobopslag/{id}/svar`
pub async fn posting(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<PostingId>,
    query: Query,
) -> Answer {
    draw(&req, &kit, &viewer, id.into_inner(), StatusCode::OK, query.0, &Errors::none(), None).await
}

/// `POST /jobopslag/{id}/svar/valgte`: who was chosen on the board.
pub async fn choose(posted: Posted, kit: web::Data<Kit>, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    kit.db.read(move |c| postings::get(c, &scope, id)).await?.ok_or(Fault::NotFound)?;
    // an address has its limits
    let chosen: Vec<String> =
        typed.all("chosen").filter_map(pair).take(40).map(|(id, _)| id.to_string()).collect();
    let query: Vec<String> = chosen.iter().map(|id| format!("valgt={id}")).collect();
    Ok(see_other(format!("/jobopslag/{id}/svar?{}#mangler", query.join("&"))))
}

fn pair(text: &str) -> Option<(ApplicationId, i32)> {
    let (id, version) = text.split_once(':')?;
    Some((id.parse().ok()?, version.parse().ok()?))
}

#[expect(clippy::too_many_arguments, reason = "a page with its form, its errors and a refusal")]
async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
    refused: Option<&'static str>,
) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, actor) = (shell.t, kit.clock.now(), viewer.actor());
    let (ad, found, lacking, (sent, sent_total), names) = kit
        .db
        .write(move |c| {
            let ad = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let found = found(c, &scope, Some(id), t)?;
            let lacking = lacking(c, &scope, Some(id))?;
            let sent = store::answered(c, id)?;
            let ids: Vec<ApplicationId> = sent.0.iter().filter_map(|letter| letter.application).collect();
            let names = names(c, &scope, &ids)?;
            audit::write(c, &[viewed(actor, id, "answers")], now)?;
            Ok::<_, Fault>((ad, found, lacking, sent, names))
        })
        .await?;
    let form = FormView::with_errors(typed.clone(), errors, t);
    let shown: Vec<Lacking> = lacking.iter().map(|whole| shown_lacking(whole, &typed, &form, t)).collect();
    let refused = refused.map(|key| {
        let names: Vec<&str> = lacking.iter().take(10).map(|whole| whole.applicant.name.as_str()).collect();
        let more = lacking.len().saturating_sub(names.len());
        let names = names.join(", ");
        (
            t.say(key),
            if more == 0 { names } else { t.with2("answers-and-more", "names", names, "count", more) },
        )
    });
    let sent = sent
        .iter()
        .filter_map(|letter| {
            let application = letter.application?;
            Some(Sent {
                href: format!("/ansoegninger/{application}/breve#l{}", letter.id),
                name: names.get(&application)?.clone(),
                when: format::instant_short(letter.changed_at, kit.config.delivery.zone, t.language()),
                chip: Chip::of_letter(letter.state, t),
            })
        })
        .collect();
    page_with(
        status,
        &PostingPage {
            posting: id,
            tabs: Tabs::of(viewer, &ad),
            title: ad.title(t.language()).to_owned(),
            reference: ad.reference.clone(),
            lede: lede(t, &ad, &lacking),
            may_set: viewer.may(Right::SetLetters),
            tasks: tasks(&found, kit, t, false),
            batches: shown_batches(&found, kit, t, false),
            lacking: shown,
            sent,
            sent_total,
            refused,
            form,
            shell,
        },
    )
}

fn lede(t: Speech, ad: &Posting, lacking: &[Whole]) -> String {
    if ad.state == postings::State::Closed {
        return t.say("answers-lede-closed");
    }
    t.with("answers-lede", "count", lacking.len())
}

pub(super) fn viewed(actor: audit::Actor, posting: PostingId, what: &str) -> Line {
    Line {
        actor,
        verb: Verb::Viewed,
        object: Object::Posting(posting),
        posting: Some(posting),
        detail: Some(what.to_owned()),
    }
}

fn seen(actor: audit::Actor, id: ApplicationId, posting: PostingId) -> Line {
    Line {
        actor,
        verb: Verb::Viewed,
        object: Object::Application(id),
        posting: Some(posting),
        detail: Some("answers".to_owned()),
    }
}

/// Who has no answer and no letter on its way.
fn lacking(c: &mut Conn, scope: &Scope, of: Option<PostingId>) -> Result<Vec<Whole>, DbError> {
    let found = applications::lacking(c, scope, of)?;
    let ids: Vec<ApplicationId> = found.iter().map(|whole| whole.application.id).collect();
    let lettered: HashSet<(ApplicationId, Instant)> = store::lettered(c, &ids)?.into_iter().collect();
    let has = |whole: &Whole| {
        let is = &whole.application;
        is.outcome_at.is_some_and(|at| lettered.contains(&(is.id, at)))
    };
    Ok(found.into_iter().filter(|whole| !has(whole)).collect())
}

fn shown_lacking(whole: &Whole, typed: &Typed, form: &FormView, t: Speech) -> Lacking {
    let is = &whole.application;
    let pair = format!("{}:{}", is.id, is.version);
    let field = format!("reason_{}", is.id);
    let id = is.id.to_string();
    let named = |value: &str| value == id || value.split(':').next() == Some(&id);
    Lacking {
        id: is.id,
        name: whole.applicant.name.clone(),
        standing: t.say(is.standing().column().key()),
        grounds: is.outcome_reason.clone().unwrap_or_default(),
        undecided: matches!(is.standing().column(), Column::Stage(_)),
        email: !whole.applicant.email.is_empty(),
        chosen: typed.all("valgt").any(named) || typed.all("chosen").any(named),
        own: typed.get(&field).to_owned(),
        error: form.error(&field).map(str::to_owned),
        pair,
    }
}

/// `POST /jobopslag/{id}/svar`: rejects who is undecided, and writes the letters.
pub async fn draft(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::MoveApplications)?.clone());
    let chosen: Vec<(ApplicationId, i32)> = typed.all("chosen").filter_map(pair).take(AT_ONCE).collect();
    let own = chosen.iter().map(|(id, _)| (*id, typed.get(&format!("reason_{id}")).to_owned())).collect();
    let wanted =
        Answering { chosen, reason: typed.get("reason").to_owned(), own, sender: viewer.user().name.clone() };
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    match kit.db.write(move |c| actions::draft(c, &k, &scope, actor, id, &wanted)).await {
        Ok(drafted) => {
            if !drafted.passed.is_empty() {
                let t = viewer.shell(&req, &kit.config).t;
                let said = t.with("answers-said-passed", "names", drafted.passed.join(", "));
                viewer.say_next(&kit, said).await?;
            }
            Ok(see_other(format!("/svar/{}", drafted.batch)))
        }
        Err(AnswerError::Fields(errors)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&req, &kit, &viewer, id, status, typed, &errors, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /jobopslag/{id}/luk`: refused while somebody lacks an answer (D-09), and then says who.
pub async fn close(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::OpenPostings)?.clone();
    let reason = typed.get("reason").parse().map_err(|_| Fault::Refused("board-close-reason"))?;
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let closed = kit.db.write(move |c| actions::close_posting(c, &k, &scope, actor, id, reason)).await;
    let key = match closed {
        Ok(_) => {
            postings::renew();
            return Ok(see_other(format!("/jobopslag/{id}")));
        }
        Err(CloseError::Undecided(_)) => "board-close-undecided",
        Err(CloseError::Unanswered(_)) => "answers-close-unanswered",
        Err(CloseError::Posting(error)) => {
            return Err(match error {
                postings::PostingError::NotFound => Fault::NotFound,
                postings::PostingError::Refused(key) => Fault::Refused(key),
                postings::PostingError::Db(error) => error.into(),
                other => Fault::internal("a posting could not be closed", other),
            });
        }
        Err(CloseError::Db(error)) => return Err(error.into()),
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    draw(&req, &kit, &viewer, id, status, Typed::default(), &Errors::none(), Some(key)).await
}

/// `GET /svar`
pub async fn mine(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, actor) = (shell.t, kit.clock.now(), viewer.actor());
    let (found, lacking, ads) = kit
        .db
        .write(move |c| {
            let found = found(c, &scope, None, t)?;
            // the names that are shown, each with whom it belongs to
            let named = found.reasons.iter().map(|(_, card)| (card.id, card.posting));
            let written =
                found.letters.iter().filter_map(|letter| Some((letter.application?, letter.posting)));
            let lines: Vec<Line> =
                named.chain(written).map(|(id, posting)| seen(actor, id, posting)).collect();
            audit::write(c, &lines, now)?;
            let lacking = lacking(c, &scope, None)?;
            let of: HashSet<PostingId> = lacking.iter().map(|whole| whole.application.posting).collect();
            let of: Vec<PostingId> = of.into_iter().collect();
            let ads = postings::names(c, &scope, Which::These(&of), t.language())?;
            Ok::<_, DbError>((found, lacking, ads))
        })
        .await?;
    let mut shown: Vec<Ad> = Vec::new();
    for ad in ads {
        let theirs: Vec<&Whole> = lacking.iter().filter(|whole| whole.application.posting == ad.id).collect();
        let Some(oldest) = theirs.first() else { continue };
        let days = kit.clock.now().since(oldest.application.received_at).as_secs() / 86_400;
        shown.push(Ad {
            href: format!("/jobopslag/{}/svar", ad.id),
            title: if ad.title.is_empty() { ad.reference } else { ad.title },
            detail: t.with("answers-oldest", "days", days),
            count: theirs.len(),
        });
    }
    shown.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| format::danish_order(&a.title, &b.title)));
    page(&MinePage {
        may_set: viewer.may(Right::SetLetters),
        tasks: tasks(&found, &kit, t, true),
        batches: shown_batches(&found, &kit, t, true),
        ads: shown,
        shell,
    })
}
