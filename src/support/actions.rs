//! The verbs: ask, take and lay back, ask back and answer, deliver, say no, take back. Each is one transaction that moves
//! the request from the state it was read in; of two at once one moves it and the other is told.

use chrono::{Months, NaiveDate};
use chrono_tz::Tz;

use super::{
    jobs::{TellAsker, TellQueue},
    request::{Help, Request, State, Step},
    store::{self, Line},
    thing::{self, Thing, ThingKind},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Object, Verb},
    },
    base::{
        Instant, Language, Subject,
        id::{AssetId, SupportId, SupportLineId, UnitId, UserId},
        text,
        wall::WallTime,
    },
    db::{Conn, DbError},
    kit::Kit,
    media, postings, queue, stories,
    web::forms::Errors,
};

/// Longest title, characters.
pub(super) const TITLE: usize = 120;
/// Longest message, characters.
pub(super) const WORDS: usize = 4000;
/// How many years ahead a day may be wished for.
const YEARS: u32 = 2;

/// Why it was not done.
#[derive(Debug, thiserror::Error)]
pub enum SupportError {
    /// There is none, or it is not this person's to see or to do.
    #[error("no such request")]
    NotFound,
    /// It stands elsewhere by now; the request as it is.
    #[error("the request is {}", .0.state)]
    Moved(Box<Request>),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Who does it, and where they may what.
#[derive(Clone, Debug)]
pub struct By {
    /// Who.
    pub user: UserId,
    /// Where they may ask.
    pub asks: Scope,
    /// Where they answer what is asked.
    pub gives: Scope,
    /// Whose pictures and films they may use.
    pub media: Scope,
    /// Which ads they see.
    pub ads: Scope,
    /// Which stories they see.
    pub stories: Scope,
}

impl By {
    fn actor(&self) -> Actor {
        Actor::User(self.user)
    }
    /// Whether they see what this unit asks for.
    pub(super) fn sees(&self, unit: UnitId) -> bool {
        self.asks.covers_unit(unit) || self.gives.covers_unit(unit)
    }
    /// Whether they may do this step for what this unit asks for.
    pub(super) fn may(&self, step: Step, unit: UnitId) -> bool {
        if step.is_the_units() { self.asks.covers_unit(unit) } else { self.gives.covers_unit(unit) }
    }
}

/// What somebody asks for.
#[derive(Clone, Debug)]
pub struct Asking {
    /// The form's own id: pressed twice, it is one request.
    pub id: SupportId,
    /// For whom.
    pub unit: UnitId,
    /// In a few words.
    pub title: String,
    /// What is wanted; none when nothing was chosen.
    pub help: Option<Help>,
    /// The ad or story it is about.
    pub about: Option<Subject>,
    /// In their own words.
    pub words: String,
    /// The last day that is early enough, `2027-01-31`; empty for none.
    pub wished_by: String,
    /// Pictures and films, which lie in the library.
    pub files: Vec<AssetId>,
}

/// The last day that was wished for.
pub(super) fn wished_day(by: Instant, zone: Tz) -> NaiveDate {
    let after = WallTime::at(by, zone).local.date();
    after.pred_opt().unwrap_or(after)
}

/// The end of a day that was typed.
fn day_end(errors: &mut Errors, typed: &str, zone: Tz, now: Instant) -> Option<Instant> {
    let typed = typed.trim();
    if typed.is_empty() {
        return None;
    }
    let today = WallTime::at(now, zone).local.date();
    let latest = today.checked_add_months(Months::new(12 * YEARS)).unwrap_or(today);
    match NaiveDate::parse_from_str(typed, "%Y-%m-%d") {
        Ok(day) if day >= today && day <= latest => {
            let after = day.succ_opt().unwrap_or(day);
            Some(WallTime { local: after.and_hms_opt(0, 0, 0).unwrap_or_default(), zone }.instant().0)
        }
        _ => {
            errors.add("wished_by", "support-error-day");
            None
        }
    }
}

/// What was written, checked: not too long, nobody's civil registration number, and there when it must be.
fn said(errors: &mut Errors, field: &str, typed: &str, needed: bool) -> String {
    let words = text::paragraphs(typed);
    if words.is_empty() && needed {
        errors.add(field, "error-required");
    } else if text::count(&words) > WORDS {
        errors.add_with(field, "error-too-long", "max", WORDS);
    } else if !text::cpr_like(&words).is_empty() {
        errors.add(field, "support-error-cpr");
    }
    words
}

/// Files that are there and that this person may use; others do not exist for them.
fn usable(c: &mut Conn, by: &By, files: &[AssetId]) -> Result<Vec<AssetId>, SupportError> {
    let found = media::of_ids(c, files)?;
    let usable = |id: &AssetId| found.iter().any(|a| a.id == *id && by.media.covers_unit(a.unit));
    if files.iter().all(usable) { Ok(files.to_vec()) } else { Err(SupportError::NotFound) }
}

/// The unit of what a request is to be about; none when this person does not see it.
pub(super) fn unit_of(c: &mut Conn, by: &By, about: Subject) -> Result<Option<UnitId>, DbError> {
    Ok(match about {
        Subject::Posting(id) => postings::get(c, &by.ads, id)?.map(|ad| ad.content.unit),
        Subject::Story(id) => stories::get(c, &by.stories, id)?.map(|story| story.content.unit),
    })
}

/// Asks for help.
pub async fn ask(kit: &Kit, by: By, asking: Asking) -> Result<SupportId, SupportError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let (now, zone) = (k.clock.now(), k.config.delivery.zone);
            if let Some(there) = store::one(c, asking.id)? {
                let own = there.asked_by == by.actor().to_string();
                return if own { Ok(there.id) } else { Err(SupportError::NotFound) };
            }
            if !by.asks.covers_unit(asking.unit) {
                return Err(SupportError::NotFound);
            }
            let mut errors = Errors::none();
            let title = text::line(&asking.title);
            if title.is_empty() {
                errors.add("title", "support-error-title");
            } else if text::count(&title) > TITLE {
                errors.add_with("title", "error-too-long", "max", TITLE);
            } else if !text::cpr_like(&title).is_empty() {
                errors.add("title", "support-error-cpr");
            }
            if asking.help.is_none() {
                errors.add("help", "support-error-help");
            }
            let words = said(&mut errors, "words", &asking.words, false);
            let wished_by = day_end(&mut errors, &asking.wished_by, zone, now);
            if let Some(about) = asking.about
                && unit_of(c, &by, about)?.is_none()
            {
                errors.add("about", "support-error-about");
            }
            let files = usable(c, &by, &asking.files)?;
            let (Some(help), true) = (asking.help, errors.is_empty()) else {
                return Err(SupportError::Fields(errors));
            };
            let request = Request {
                id: asking.id,
                unit: asking.unit,
                title,
                help,
                about: asking.about,
                wished_by,
                state: State::New,
                holder: None,
                asked_by: by.actor().to_string(),
                asked_at: now,
                taken_at: None,
                answered_at: None,
                minutes: None,
            };
            store::insert(c, &request)?;
            note(c, &k, &by, request.id, None, words, files)?;
            if request.is_due_soon(now, k.config.support.soon_days) {
                queue::enqueue(c, &TellQueue {}, now, now, &k.chance)?;
            }
            log(c, &by, Verb::Created, request.id, "ask", now)?;
            Ok(request.id)
        })
        .await
}

/// One more line in a request.
fn note(
    c: &mut Conn,
    kit: &Kit,
    by: &By,
    request: SupportId,
    step: Option<Step>,
    words: String,
    files: Vec<AssetId>,
) -> Result<SupportLineId, DbError> {
    let now = kit.clock.now();
    let id = SupportLineId::new(now, &kit.chance);
    store::say(c, &Line { id, request, at: now, by: by.actor().to_string(), step, words, files })?;
    Ok(id)
}

fn log(c: &mut Conn, by: &By, verb: Verb, id: SupportId, did: &str, now: Instant) -> Result<(), DbError> {
    let detail = Some(format!("support:{id} {did}"));
    let line = audit::Line { actor: by.actor(), verb, object: Object::None, posting: None, detail };
    audit::write(c, &[line], now)
}

/// The request, when this person sees it.
fn found(c: &mut Conn, by: &By, id: SupportId) -> Result<Request, SupportError> {
    store::one(c, id)?.filter(|r| by.sees(r.unit)).ok_or(SupportError::NotFound)
}

/// Moves a request and writes down that it was done.
fn go(
    c: &mut Conn,
    kit: &Kit,
    by: &By,
    request: &Request,
    step: Step,
    said: (String, Vec<AssetId>),
) -> Result<(), SupportError> {
    let now = kit.clock.now();
    if !by.may(step, request.unit) {
        return Err(SupportError::NotFound);
    }
    let moved = |c: &mut Conn| match store::one(c, request.id)? {
        Some(there) => Err(SupportError::Moved(Box::new(there))),
        None => Err(SupportError::NotFound),
    };
    let Some(to) = request.state.after(step) else { return moved(c) };
    let holder = match step {
        Step::Take | Step::Ask | Step::Deliver | Step::Decline => Some(by.user),
        Step::Release => None,
        Step::Answer | Step::Cancel => request.holder,
    };
    if !store::step(c, request, to, holder, now)? {
        return moved(c);
    }
    let line = note(c, kit, by, request.id, Some(step), said.0, said.1)?;
    // nobody is told what they did themselves
    if step.is_told() && request.asked_by != by.actor().to_string() {
        queue::enqueue(c, &TellAsker { line }, now, now, &kit.chance)?;
    }
    Ok(log(c, by, Verb::Changed, request.id, step.word(), now)?)
}

/// Takes a request, lays it back, asks the unit, says no, or takes it back. A question and a no need words, typed in
/// `field`.
pub async fn step(
    kit: &Kit,
    by: By,
    id: SupportId,
    step: Step,
    field: &'static str,
    typed: String,
) -> Result<(), SupportError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let request = found(c, &by, id)?;
            let mut errors = Errors::none();
            let words = said(&mut errors, field, &typed, matches!(step, Step::Ask | Step::Decline));
            errors.into_result().map_err(SupportError::Fields)?;
            go(c, &k, &by, &request, step, (words, Vec::new()))
        })
        .await
}

/// Says something in a request, with files or without. What the unit says while it is asked is its answer.
pub async fn write(
    kit: &Kit,
    by: By,
    id: SupportId,
    typed: String,
    files: Vec<AssetId>,
) -> Result<(), SupportError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let request = found(c, &by, id)?;
            if request.state.is_over() {
                return Err(SupportError::Moved(Box::new(request)));
            }
            let mut errors = Errors::none();
            let words = said(&mut errors, "words", &typed, files.is_empty());
            errors.into_result().map_err(SupportError::Fields)?;
            let files = usable(c, &by, &files)?;
            let asks = !by.gives.covers_unit(request.unit) || request.asked_by == by.actor().to_string();
            if request.state == State::Question && asks && by.may(Step::Answer, request.unit) {
                return go(c, &k, &by, &request, Step::Answer, (words, files));
            }
            note(c, &k, &by, request.id, None, words, files)?;
            Ok(log(c, &by, Verb::Changed, request.id, "write", k.clock.now())?)
        })
        .await
}

/// What is handed over.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    /// Things that were ticked, as `story:{id}`.
    pub things: Vec<String>,
    /// The address of one more, as it was pasted.
    pub address: String,
    /// Files that were brought with it.
    pub files: Vec<AssetId>,
    /// A few words; may be empty.
    pub words: String,
    /// Hours spent on it, `2,5`; may be empty.
    pub hours: String,
}

/// Minutes from hours as people write them.
fn minutes(errors: &mut Errors, typed: &str) -> Option<i32> {
    let typed = typed.trim().replace(',', ".");
    if typed.is_empty() {
        return None;
    }
    match typed.parse::<f64>() {
        #[expect(clippy::cast_possible_truncation, reason = "between nothing and a thousand hours")]
        Ok(hours) if (0.0..=1000.0).contains(&hours) => Some((hours * 60.0).round() as i32),
        _ => {
            errors.add("hours", "support-error-hours");
            None
        }
    }
}

/// What was ticked and pasted, as things of the unit that asked.
fn handed_over(
    c: &mut Conn,
    kit: &Kit,
    errors: &mut Errors,
    delivery: &Delivery,
    unit: UnitId,
) -> Result<Vec<Thing>, DbError> {
    let mut things = Vec::new();
    let ticked = delivery.things.iter().filter_map(|ticked| {
        let (kind, id) = ticked.split_once(':')?;
        Thing::of(kind.parse::<ThingKind>().ok()?, id)
    });
    let ticked: Vec<Thing> = ticked.chain(delivery.files.iter().map(|id| Thing::Asset(*id))).collect();
    let pasted = match delivery.address.trim() {
        "" => None,
        address => {
            let read = Thing::at(address, &kit.config.server.public_url);
            if read.is_none() {
                errors.add("address", "support-error-address");
            }
            read
        }
    };
    for (thing, field) in
        ticked.into_iter().map(|t| (t, "things")).chain(pasted.into_iter().map(|t| (t, "address")))
    {
        // what lies elsewhere the unit could not open
        match thing::find(c, thing, Language::Da)? {
            Some(found) if found.unit == unit => {
                if !things.contains(&thing) {
                    things.push(thing);
                }
            }
            _ => errors.add(field, "support-error-elsewhere"),
        }
    }
    if things.is_empty() && errors.is_empty() {
        errors.add("things", "support-error-nothing");
    }
    Ok(things)
}

/// Delivers what was asked for.
pub async fn deliver(kit: &Kit, by: By, id: SupportId, delivery: Delivery) -> Result<(), SupportError> {
    let k = kit.clone();
    kit.db
        .write(move |c| {
            let request = found(c, &by, id)?;
            let mut errors = Errors::none();
            let words = said(&mut errors, "note", &delivery.words, false);
            let minutes = minutes(&mut errors, &delivery.hours);
            let files = usable(c, &by, &delivery.files)?;
            let things = handed_over(c, &k, &mut errors, &delivery, request.unit)?;
            errors.into_result().map_err(SupportError::Fields)?;
            go(c, &k, &by, &request, Step::Deliver, (words, files))?;
            store::hand_over(c, id, &things)?;
            if let Some(minutes) = minutes {
                store::spent(c, id, minutes)?;
            }
            Ok(())
        })
        .await
}
