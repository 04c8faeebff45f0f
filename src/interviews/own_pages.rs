//! `/min-ansoegning/{token}/samtale`: the applicant chooses a time, changes it, declines, or says that none fits. GET shows and
//! changes nothing (mail programs open links by themselves); POST acts. What happens to the application stands on
//! [`home`], the page above it.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use askama::Template;
use chrono::Datelike;

use super::{
    InterviewError,
    actions::{self, By},
    calendar::{self, Entry, Organiser},
    interview::{Interview, change_until},
    letters::said_time,
    slot::Slot,
    state::InterviewState,
    store,
};
use crate::{
    applications::{
        self, Whole,
        actions::{OwnError, withdraw as withdraw_application},
        apply_pages::private,
        own_pages,
        pages::Drawn,
    },
    assessment,
    base::{Instant, Language, id::SlotId},
    config::{Config, Meets},
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting},
    secrets::fingerprint,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        pace::{Door, Pace, visitor},
        page, page_with, see_other,
    },
};

/// What somebody writes instead of a time.
const NONE_FITS: &str = "ingen";

/// A time one may take.
struct Time {
    id: SlotId,
    label: String,
    place: String,
    chosen: bool,
}

/// The times of a day.
struct Day {
    name: String,
    times: Vec<Time>,
}

/// How far it has got.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    Choose,
    Moved,
    Wished,
    Booked,
    Held,
    Missed,
    Declined,
    Cancelled,
}

#[derive(Template)]
#[template(path = "interviews/own.html")]
struct OwnPage {
    shell: Shell,
    form: FormView,
    token: String,
    title: String,
    ad: String,
    step: Step,
    /// the time they have
    when: String,
    until: String,
    /// they may still change it themselves
    may_change: bool,
    /// the form is there
    chooses: bool,
    days: Vec<Day>,
    many_places: bool,
    place: String,
    video: String,
    note: String,
    minutes: i32,
    meets: String,
    pay: String,
    words: String,
    contact: String,
    phone: String,
    has_calendar: bool,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "interviews/own_block.html")]
struct Block {
    shell: Shell,
    token: String,
    step: Step,
    when: String,
}

/// What the page is about.
struct Own {
    whole: Whole,
    ad: Posting,
    is: Interview,
    /// the seat it holds or held
    seat: Option<Slot>,
    /// what may be taken
    open: Vec<Slot>,
    meets: Vec<String>,
}

fn read(c: &mut Conn, config: &Config, hash: &str, now: Instant) -> Result<Option<Own>, DbError> {
    let Some(whole) = applications::own(c, hash)? else { return Ok(None) };
    let id = whole.application.id;
    let Some(is) = store::of_application(c, id)?.into_iter().next() else { return Ok(None) };
    let Some(ad) = postings::any(c, whole.application.posting)? else { return Ok(None) };
    let seat = match is.last_slot {
        Some(slot) => store::slot(c, slot)?,
        None => None,
    };
    let open = store::open_slots(c, is.posting, is.round, now)?;
    let sitting = assessment::store::panel::members(c, is.posting)?.into_iter().filter(|m| m.sits(now));
    let named = sitting.filter(|m| m.chair || config.interviews.meets == Meets::Panel);
    let meets = named.map(|m| m.name).collect();
    Ok(Some(Own { whole, ad, is, seat, open, meets }))
}

async fn open(req: &HttpRequest, kit: &Kit, pace: &Pace, token: &str) -> Result<Own, Fault> {
    pace.pass(Door::Link, visitor(req, &kit.config))?;
    let (hash, config, now) = (fingerprint(token), kit.config.clone(), kit.clock.now());
    kit.db.read(move |c| read(c, &config, &hash, now)).await?.ok_or(Fault::NotFound)
}

fn step(is: &Interview) -> Step {
    match is.state {
        InterviewState::Invited | InterviewState::Moved if is.wished_at.is_some() => Step::Wished,
        InterviewState::Invited => Step::Choose,
        InterviewState::Moved => Step::Moved,
        InterviewState::Booked => Step::Booked,
        InterviewState::Held => Step::Held,
        InterviewState::NoShow => Step::Missed,
        InterviewState::Declined => Step::Declined,
        InterviewState::Cancelled => Step::Cancelled,
    }
}

/// `GET /min-ansoegning/{token}`: their page, with where their interview stands.
pub async fn home(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    query: Query,
) -> Answer {
    let (hash, config, now) = (fingerprint(&token), kit.config.clone(), kit.clock.now());
    let own = kit.db.read(move |c| read(c, &config, &hash, now)).await?;
    let drawn = match own.filter(|own| !own.whole.application.is_shown()) {
        None => String::new(),
        Some(own) => {
            let shell = Shell::public(&req, &kit.config);
            let language = shell.t.language();
            let when = own.seat.as_ref().map(|slot| said_time(slot, language)).unwrap_or_default();
            let block = Block { shell, token: token.to_string(), step: step(&own.is), when };
            block.render().map_err(|e| Fault::internal("a page could not be drawn", e))?
        }
    };
    own_pages::show_with(&req, &kit, &pace, &token, &query, Drawn(drawn)).await
}

/// `POST /min-ansoegning/{token}/traek`: the application and, in the same commit, the interview.
pub async fn withdraw(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
) -> Answer {
    let act = |c: &mut Conn, k: &Kit, hash: &str| {
        let known = applications::own(c, hash)?.ok_or(OwnError::NotFound)?;
        // before any row, as everybody does
        actions::hold(c, known.application.posting)?;
        let id = withdraw_application(c, k, hash)?;
        match actions::follow(c, k, id) {
            Ok(()) => Ok(()),
            Err(InterviewError::Db(error)) => Err(error.into()),
            Err(_) => Err(OwnError::NotFound),
        }
    };
    own_pages::withdraw_with(&req, &kit, &pace, &token, act).await
}

/// `GET /min-ansoegning/{token}/samtale`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    query: Query,
) -> Answer {
    let own = open(&req, &kit, &pace, &token).await?;
    let shell = Shell::public(&req, &kit.config);
    let done = match query.0.get("done") {
        "booked" => Some(shell.t.say("own-interview-done-booked")),
        "wish" => Some(shell.t.say("own-interview-done-wish")),
        "no" => Some(shell.t.say("own-interview-done-no")),
        _ => None,
    };
    private(page(&draw(&kit, shell, &token, &own, Typed::default(), &Errors::none(), done))?)
}

/// `POST /min-ansoegning/{token}/samtale`: takes a time, or says that none fits.
pub async fn choose(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    typed: Typed,
) -> Answer {
    pace.pass(Door::Apply, visitor(&req, &kit.config))?;
    let own = open(&req, &kit, &pace, &token).await?;
    let (k, is) = (kit.get_ref().clone(), own.is.clone());
    let chosen = typed.get("tid").to_owned();
    if chosen == NONE_FITS {
        let said = typed.get("wish").to_owned();
        let done = kit.db.write(move |c| actions::wish(c, &k, &is, &said)).await;
        return after(&req, &kit, &pace, &token, typed, (done, "wish")).await;
    }
    let Ok(slot) = chosen.parse::<SlotId>() else {
        let missing = Err(InterviewError::Fields(Errors::one("tid", "own-interview-error-choose")));
        return after(&req, &kit, &pace, &token, typed, (missing, "booked")).await;
    };
    let needs = typed.get("needs").to_owned();
    let done = kit.db.write(move |c| actions::book(c, &k, By::Applicant, &is, slot, &needs)).await;
    after(&req, &kit, &pace, &token, typed, (done, "booked")).await
}

/// `POST /min-ansoegning/{token}/samtale/nej`
pub async fn decline(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    typed: Typed,
) -> Answer {
    pace.pass(Door::Apply, visitor(&req, &kit.config))?;
    let own = open(&req, &kit, &pace, &token).await?;
    let (k, is, said) = (kit.get_ref().clone(), own.is, typed.get("words").to_owned());
    let done = kit.db.write(move |c| actions::decline(c, &k, &is, &said)).await;
    after(&req, &kit, &pace, &token, typed, (done, "no")).await
}

async fn after(
    req: &HttpRequest,
    kit: &Kit,
    pace: &Pace,
    token: &str,
    mut typed: Typed,
    (done, said): (Result<Interview, InterviewError>, &str),
) -> Answer {
    let shell = Shell::public(req, &kit.config);
    let (status, errors) = match done {
        Ok(_) => {
            return Ok(see_other(format!("/min-ansoegning/{token}/samtale?lang={}&done={said}", shell.lang)));
        }
        Err(InterviewError::Fields(errors)) => (StatusCode::UNPROCESSABLE_ENTITY, errors),
        Err(InterviewError::Taken) => {
            typed.set("tid", "");
            (StatusCode::CONFLICT, Errors::one("tid", "own-interview-error-taken"))
        }
        Err(InterviewError::Moved) => (StatusCode::CONFLICT, Errors::one("tid", "own-interview-error-moved")),
        Err(InterviewError::Refused(key)) => (StatusCode::CONFLICT, Errors::one("tid", key)),
        Err(InterviewError::NotFound) => return Err(Fault::NotFound),
        Err(InterviewError::Db(error)) => return Err(error.into()),
    };
    // as it is now: which times are free, and how far it has got
    let own = open(req, kit, pace, token).await?;
    private(page_with(status, &draw(kit, shell, token, &own, typed, &errors, None))?)
}

fn label(slot: &Slot, language: Language) -> String {
    let (from, to) = slot.wall();
    format!("{}–{}", format::clock(from.local, language), format::clock(to.local, language))
}

/// `mandag den 14. december`
pub(super) fn day_name(slot: &Slot, t: Speech) -> String {
    let day = slot.wall().0.local.date();
    let weekday = format::weekday(day.weekday(), t.language());
    t.with2("interviews-day", "weekday", weekday, "date", format::date(day, t.language()))
}

fn days(own: &Own, typed: &Typed, t: Speech) -> Vec<Day> {
    let mut days: Vec<(chrono::NaiveDate, Day)> = Vec::new();
    let mut shown: Vec<&Slot> = Vec::new();
    for slot in &own.open {
        // a group is one time to choose
        if shown.iter().any(|other| other.beside(slot)) {
            continue;
        }
        shown.push(slot);
        let date = slot.wall().0.local.date();
        if days.last().is_none_or(|(last, _)| *last != date) {
            days.push((date, Day { name: day_name(slot, t), times: Vec::new() }));
        }
        let time = Time {
            id: slot.id,
            label: label(slot, t.language()),
            place: if slot.place.is_empty() { t.say("interviews-by-video") } else { slot.place.clone() },
            chosen: typed.get("tid") == slot.id.to_string(),
        };
        if let Some((_, day)) = days.last_mut() {
            day.times.push(time);
        }
    }
    days.into_iter().map(|(_, day)| day).collect()
}

fn draw(
    kit: &Kit,
    shell: Shell,
    token: &str,
    own: &Own,
    typed: Typed,
    errors: &Errors,
    done: Option<String>,
) -> OwnPage {
    let t = shell.t;
    let language = t.language();
    let now = kit.clock.now();
    let (is, terms) = (&own.is, &own.ad.content.terms);
    let over = own.whole.application.is_shown();
    let held = own.seat.as_ref().filter(|seat| is.slot == Some(seat.id));
    let stands = if over && InterviewState::AHEAD.contains(&is.state) { Step::Cancelled } else { step(is) };
    let until = held.map(|seat| change_until(seat, kit.config.interviews.change_hours));
    let may_change = until.is_none_or(|until| now <= until);
    let zone = kit.config.delivery.zone;
    // what they have, else what they may choose from
    let about = held.or(own.open.first());
    let one_place =
        own.open.windows(2).all(|two| (&two[0].place, &two[0].link) == (&two[1].place, &two[1].link));
    OwnPage {
        token: token.to_owned(),
        title: own.ad.title(language).to_owned(),
        ad: format!("{}?lang={language}", own.ad.path()),
        step: stands,
        when: own.seat.as_ref().map(|slot| said_time(slot, language)).unwrap_or_default(),
        until: until.map(|at| format::instant_long(at, zone, language)).unwrap_or_default(),
        may_change,
        chooses: match stands {
            Step::Choose | Step::Moved | Step::Wished => true,
            Step::Booked => may_change,
            Step::Held | Step::Missed | Step::Declined | Step::Cancelled => false,
        },
        days: days(own, &typed, t),
        many_places: !one_place,
        place: about.filter(|_| held.is_some() || one_place).map(|s| s.place.clone()).unwrap_or_default(),
        video: held.map(|slot| slot.link.clone()).unwrap_or_default(),
        note: about.map(|slot| slot.note.clone()).unwrap_or_default(),
        minutes: about.map_or(0, |slot| slot.minutes),
        meets: if own.meets.is_empty() { terms.contact_name.clone() } else { own.meets.join(", ") },
        pay: match (terms.pay_range, terms.pay.as_str()) {
            (Some(range), "") => range.said(t),
            (Some(range), more) => format!("{}. {more}", range.said(t)),
            (None, more) => more.to_owned(),
        },
        words: is.words.clone().unwrap_or_default(),
        contact: terms.contact_name.clone(),
        phone: terms.contact_phone.clone(),
        has_calendar: own.seat.is_some(),
        done,
        form: FormView::with_errors(typed, errors, t),
        shell,
    }
}

/// What a calendar keeps of this interview; none when there never was a time.
fn entry(config: &Config, own: &Own, token: &str, t: Speech) -> Option<Entry> {
    let seat = own.seat.as_ref()?;
    let has = own.is.slot == Some(seat.id);
    let page = format!("{}/min-ansoegning/{token}/samtale", config.server.public_url);
    let place = if seat.place.is_empty() { &seat.link } else { &seat.place };
    let mut about = vec![own.ad.title(t.language()).to_owned()];
    about.extend([&seat.link, &seat.note].into_iter().filter(|words| !words.is_empty()).cloned());
    about.push(page.clone());
    Some(Entry {
        uid: uid(config, &own.is),
        sequence: u32::try_from(own.is.sequence).unwrap_or(0),
        off: !has,
        start: seat.starts_at,
        end: seat.ends_at(),
        changed: own.is.changed_at,
        summary: t.with("interviews-calendar-summary", "org", &config.organisation.name),
        description: about.join("\n"),
        location: place.clone(),
        url: page,
    })
}

/// The name of an interview in every calendar.
pub(super) fn uid(config: &Config, is: &Interview) -> String {
    let url = url::Url::parse(&config.server.public_url).ok();
    let host = url.as_ref().and_then(url::Url::host_str).unwrap_or("opslag");
    format!("interview-{}@{host}", is.id)
}

pub(super) fn organiser(config: &Config) -> Organiser<'_> {
    Organiser { name: &config.organisation.name, email: &config.organisation.email }
}

/// A calendar file, to be opened by whatever keeps calendars here.
pub(super) fn handed(file: String, name: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/calendar; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}.ics\"")))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(file)
}

/// `GET /min-ansoegning/{token}/samtale.ics`
pub async fn calendar(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
) -> Answer {
    let own = open(&req, &kit, &pace, &token).await?;
    // a calendar program asks in no language; the applicant has one
    let t = Speech(own.whole.applicant.language);
    let entry = entry(&kit.config, &own, &token, t).ok_or(Fault::NotFound)?;
    private(handed(calendar::one(&entry, organiser(&kit.config)), "samtale"))
}
