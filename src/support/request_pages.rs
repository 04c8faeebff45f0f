//! `/bistand/{id}`: one request: what was asked, what was said, what was delivered, and what can be done now.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, Delivery, SupportError},
    brought::{self, Shown},
    pages::{Chip, age, by, name_of, wish},
    request::{Request, State, Step},
    store::{self, Line},
    thing::{self, Found},
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::{
        Subject,
        id::{AssetId, SupportId, UnitId},
        paging::Paging,
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    media, stories,
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// How many stories and how many files are laid out to be ticked.
const RECENT: u32 = 6;

/// A line of the conversation.
struct Said {
    who: String,
    at: String,
    /// what was done with it
    did: Option<String>,
    lines: Vec<String>,
    files: Vec<Shown>,
    centre: bool,
}

/// Something delivered.
struct Delivered {
    name: String,
    kind: String,
    href: Option<String>,
}

/// What this person may do now.
#[derive(Default)]
struct May {
    take: bool,
    release: bool,
    ask: bool,
    deliver: bool,
    decline: bool,
    cancel: bool,
    write: bool,
    answer: bool,
}

#[derive(Template)]
#[template(path = "support/request.html")]
struct RequestPage {
    shell: Shell,
    form: FormView,
    id: SupportId,
    title: String,
    lede: String,
    state: Chip,
    wish: Option<Chip>,
    facts: Vec<(String, String)>,
    about: Option<(String, Option<String>)>,
    said: Vec<Said>,
    delivered: Vec<Delivered>,
    spent: Option<String>,
    may: May,
    /// what can be ticked as delivered
    recent: Vec<Choice>,
    /// files that stand in the form
    files: Vec<Shown>,
    /// what was written for a step that could no longer be taken, as lines
    unsent: Vec<String>,
}

/// A request that this person sees.
async fn found(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Request, Fault> {
    if !viewer.may(Right::AskForHelp) {
        viewer.scope(Right::GiveHelp)?;
    }
    let id: SupportId = id.parse().map_err(|_| Fault::NotFound)?;
    let sees = by(viewer);
    kit.db.read(move |c| store::one(c, id)).await?.filter(|r| sees.sees(r.unit)).ok_or(Fault::NotFound)
}

/// `GET /bistand/{id}`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<String>) -> Answer {
    let request = found(&kit, &viewer, &id).await?;
    draw(&req, &kit, &viewer, request, StatusCode::OK, Typed::default(), &Errors::none()).await
}

/// Stories and files of a unit that were touched last, to be ticked; the ad it is about first.
fn recent(c: &mut Conn, viewer: &Viewer, request: &Request, t: Speech) -> Result<Vec<Choice>, DbError> {
    let mut things = Vec::new();
    if let Some(Subject::Posting(id)) = request.about {
        things.push(thing::Thing::Posting(id));
    }
    if let Ok(scope) = viewer.scope(Right::WriteStories) {
        let wish = stories::Wish { unit: Some(request.unit), ..stories::Wish::default() };
        let (found, _) = stories::list(c, scope, &wish, Paging::new(1, RECENT))?;
        things.extend(found.into_iter().map(|story| thing::Thing::Story(story.id)));
    }
    let filter = media::Filter { units: vec![request.unit], ..media::Filter::default() };
    let (found, _) = media::library(c, &filter, Paging::new(1, RECENT))?;
    things.extend(found.into_iter().map(|asset| thing::Thing::Asset(asset.id)));
    let mut choices = Vec::new();
    for thing in things {
        if let Some(found) = thing::find(c, thing, t.language())?.filter(|f| f.unit == request.unit) {
            choices.push(Choice {
                value: format!("{}:{}", thing.kind(), thing.id()),
                label: name(&found, t),
                hint: t.say(&format!("support-thing-{}", thing.kind())),
            });
        }
    }
    Ok(choices)
}

fn name(found: &Found, t: Speech) -> String {
    if found.name.is_empty() { t.say("story-untitled") } else { found.name.clone() }
}

fn may(viewer: &Viewer, request: &Request) -> May {
    let by = by(viewer);
    let may = |step| by.may(step, request.unit) && request.state.after(step).is_some();
    May {
        take: may(Step::Take),
        release: may(Step::Release),
        ask: may(Step::Ask),
        deliver: may(Step::Deliver),
        decline: may(Step::Decline),
        cancel: may(Step::Cancel),
        write: !request.state.is_over(),
        answer: may(Step::Answer) && !by.gives.covers_unit(request.unit),
    }
}

/// Hours and minutes as people write them.
fn hours(minutes: i32, t: Speech) -> String {
    let hundredths = i64::from(minutes) * 100 / 60;
    format::decimal(hundredths, 2, t.language())
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    request: Request,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let (t, now, zone) = (shell.t, kit.clock.now(), kit.config.delivery.zone);
    let may = may(viewer, &request);
    let in_form: Vec<AssetId> = typed.all("asset").filter_map(|id| id.parse().ok()).collect();
    let (asked, v, delivers, form_files) = (request.clone(), viewer.clone(), may.deliver, in_form.clone());
    let (lines, assets, units, users, about, delivered, recent) = kit
        .db
        .read(move |c| {
            let lines = store::lines(c, asked.id)?;
            let ids: Vec<AssetId> = lines.iter().flat_map(|l| l.files.clone()).chain(form_files).collect();
            let about = match asked.about {
                Some(Subject::Posting(id)) => thing::find(c, thing::Thing::Posting(id), t.language())?,
                Some(Subject::Story(id)) => thing::find(c, thing::Thing::Story(id), t.language())?,
                None => None,
            };
            let delivered = thing::delivered(c, asked.id, t.language())?;
            let recent = if delivers { recent(c, &v, &asked, t)? } else { Vec::new() };
            let assets = media::of_ids(c, &ids)?;
            Ok::<_, DbError>((
                lines,
                assets,
                accounts::units(c)?,
                accounts::users(c)?,
                about,
                delivered,
                recent,
            ))
        })
        .await?;
    let unit_of = |id: UnitId| units.iter().find(|u| u.id == id).map(|u| u.name.clone()).unwrap_or_default();
    let of = |ids: &[AssetId]| {
        let found: Vec<_> =
            ids.iter().filter_map(|id| assets.iter().find(|a| a.id == *id).cloned()).collect();
        brought::shown(viewer, &found)
    };
    let holder = request.holder.and_then(|id| users.iter().find(|u| u.id == id)).map(|u| u.name.clone());
    let said = |line: &Line| Said {
        who: name_of(&users, &line.by),
        at: format::instant_long(line.at, zone, t.language()),
        did: line.step.map(|step| t.say(step.key())),
        lines: line.words.lines().map(str::to_owned).collect(),
        files: of(&line.files),
        centre: match line.step {
            Some(step) => !step.is_the_units(),
            None => line.by != request.asked_by && holder.as_deref() == Some(&name_of(&users, &line.by)),
        },
    };
    let (look, icon) = request.state.chip();
    let days = t.with("support-asked", "days", age(request.asked_at, zone, now));
    let mut facts = vec![
        (t.say("support-fact-help"), t.say(request.help.key())),
        (t.say("people-unit"), unit_of(request.unit)),
        (t.say("support-fact-asked"), format!("{}, {days}", name_of(&users, &request.asked_by))),
    ];
    facts.extend(holder.clone().map(|who| (t.say("support-fact-holder"), who)));
    let page = RequestPage {
        id: request.id,
        lede: format!("{} · {}", t.say(request.help.key()), unit_of(request.unit)),
        state: Chip { label: t.say(request.state.key()), look, icon },
        wish: wish(&request, kit, t, now),
        facts,
        about: about.map(|found| (name(&found, t), found.href_for(viewer))),
        said: lines.iter().map(said).collect(),
        delivered: delivered
            .iter()
            .map(|found| Delivered {
                name: name(found, t),
                kind: t.say(&format!("support-thing-{}", found.thing.kind())),
                href: found.href_for(viewer),
            })
            .collect(),
        spent: request
            .minutes
            .filter(|_| by(viewer).gives.covers_unit(request.unit))
            .map(|minutes| t.with("support-spent", "hours", hours(minutes, t))),
        may,
        recent,
        files: of(&in_form),
        unsent: if status == StatusCode::CONFLICT { unsent(&typed) } else { Vec::new() },
        title: request.title,
        form: FormView::with_errors(typed, errors, t),
        shell,
    };
    page_with(status, &page)
}

/// What somebody wrote, whatever it was for.
fn unsent(typed: &Typed) -> Vec<String> {
    let written = ["words", "question", "reason", "note"].map(|field| typed.get(field));
    written.iter().flat_map(|words| words.lines()).map(str::to_owned).collect()
}

/// The page again: with a word about what was done, with what is wrong at its field, or with where the request stands by
/// now. What was typed stays in every case.
async fn after(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    request: Request,
    typed: Typed,
    done: Result<(), SupportError>,
    said: &str,
) -> Answer {
    match done {
        Ok(()) => {
            viewer.say_next(kit, viewer.shell(req, &kit.config).t.say(said)).await?;
            Ok(see_other(format!("/bistand/{}", request.id)))
        }
        Err(SupportError::Fields(errors)) => {
            draw(req, kit, viewer, request, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(SupportError::Moved(there)) => {
            let mut errors = Errors::none();
            let holder = there.holder.filter(|_| there.state == State::Taken);
            let users = kit.db.read(accounts::users).await?;
            match holder.and_then(|id| users.into_iter().find(|u| u.id == id)) {
                Some(user) => errors.add_with("state", "support-error-taken", "who", user.name),
                None => errors.add("state", "support-error-moved"),
            }
            draw(req, kit, viewer, *there, StatusCode::CONFLICT, typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn turn(
    req: &HttpRequest,
    kit: &Kit,
    posted: Posted,
    id: &str,
    (step, right): (Step, Right),
    field: &'static str,
    said: &str,
) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(right)?;
    let request = found(kit, &viewer, id).await?;
    if !viewer.may_in(right, request.unit) {
        return Err(Fault::NotFound);
    }
    let words = typed.get(field).to_owned();
    let done = actions::step(kit, by(&viewer), request.id, step, field, words).await;
    after(req, kit, &viewer, request, typed, done, said).await
}

type Id = web::Path<String>;

/// `POST /bistand/{id}/tag`
pub async fn take(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, &id, (Step::Take, Right::GiveHelp), "", "support-said-taken").await
}

/// `POST /bistand/{id}/slip`
pub async fn release(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, &id, (Step::Release, Right::GiveHelp), "", "support-said-released").await
}

/// `POST /bistand/{id}/spoerg`
pub async fn ask_back(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, &id, (Step::Ask, Right::GiveHelp), "question", "support-said-question").await
}

/// `POST /bistand/{id}/afvis`
pub async fn decline(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, &id, (Step::Decline, Right::GiveHelp), "reason", "support-said-declined").await
}

/// `POST /bistand/{id}/annuller`
pub async fn cancel(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: Id) -> Answer {
    turn(&req, &kit, posted, &id, (Step::Cancel, Right::AskForHelp), "", "support-said-cancelled").await
}

/// `POST /bistand/{id}/skriv`: a message, with files or without; the unit's answer when it was asked.
pub async fn write(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: Id,
    parts: Multipart,
) -> Answer {
    let request = found(&kit, &viewer, &id).await?;
    let (mut typed, sent) = brought::received(&kit, &viewer, parts).await?;
    let t = viewer.shell(&req, &kit.config).t;
    let (files, errors) = brought::keep(&kit, &viewer, t, request.unit, (&mut typed, sent), "file").await?;
    let done = if errors.is_empty() {
        actions::write(&kit, by(&viewer), request.id, typed.get("words").to_owned(), files).await
    } else {
        Err(SupportError::Fields(errors))
    };
    after(&req, &kit, &viewer, request, typed, done, "support-said-written").await
}

/// `POST /bistand/{id}/lever`
pub async fn deliver(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: Id,
    parts: Multipart,
) -> Answer {
    viewer.scope(Right::GiveHelp)?;
    let request = found(&kit, &viewer, &id).await?;
    if !viewer.may_in(Right::GiveHelp, request.unit) {
        return Err(Fault::NotFound);
    }
    let (mut typed, sent) = brought::received(&kit, &viewer, parts).await?;
    let t = viewer.shell(&req, &kit.config).t;
    let (files, errors) = brought::keep(&kit, &viewer, t, request.unit, (&mut typed, sent), "result").await?;
    let delivery = Delivery {
        things: typed.all("things").map(str::to_owned).collect(),
        address: typed.get("address").to_owned(),
        files,
        words: typed.get("note").to_owned(),
        hours: typed.get("hours").to_owned(),
    };
    let done = if errors.is_empty() {
        actions::deliver(&kit, by(&viewer), request.id, delivery).await
    } else {
        Err(SupportError::Fields(errors))
    };
    after(&req, &kit, &viewer, request, typed, done, "support-said-delivered").await
}
