//! `/jobopslag/{id}/samtaler`: which times there are and who has them, who has not chosen, whom to invite, and letters that did
//! not simply leave. Whoever may read the applicants reads it; whoever may move them acts on it ([`super::post_pages`]).

use std::collections::HashMap;

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions,
    clash::{Clash, clashes},
    interview::Interview,
    own_pages::day_name,
    slot::Slot,
    state::{InterviewState, InterviewStep, SlotState},
    store::{self, letters::Letter},
};
use crate::{
    accounts::{Right, Scope, Viewer},
    answers::state::{LetterState, LetterStep},
    applications::{self, Card, Stage},
    assessment,
    base::{
        Instant,
        id::{ApplicationId, InterviewId, InterviewLetterId, PostingId, SlotId},
    },
    db::Conn,
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting, Tabs},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with},
};

/// Who has a seat.
struct Sitter {
    interview: InterviewId,
    application: ApplicationId,
    name: String,
    /// what to take into account, in their words
    needs: String,
    /// their application is decided, and they do not know yet
    decided: bool,
    /// names of the fields of its forms
    slot_field: String,
    words_field: String,
    free: Vec<Choice>,
    moves: bool,
    cancels: bool,
    came: bool,
    missed: bool,
}

/// A seat as a row.
struct Row {
    id: SlotId,
    time: String,
    place: String,
    round: String,
    state: String,
    look: &'static str,
    sitter: Option<Sitter>,
    /// somebody has it whom this reader does not meet
    hidden: bool,
    closes: bool,
    words_field: String,
}

struct Day {
    name: String,
    taken: String,
    rows: Vec<Row>,
}

/// Somebody who has not chosen.
struct Waits {
    interview: InterviewId,
    application: ApplicationId,
    name: String,
    since: String,
    wish: String,
    wished: bool,
    moved: bool,
    slot_field: String,
    words_field: String,
    free: Vec<Choice>,
}

/// A letter that did not simply leave.
struct Task {
    id: InterviewLetterId,
    name: String,
    application: ApplicationId,
    what: String,
    todo: String,
    said: String,
    arrived: bool,
    again: bool,
    by_hand: bool,
    note_field: String,
}

#[derive(Template)]
#[template(path = "interviews/posting.html")]
struct PostingPage {
    shell: Shell,
    form: FormView,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    lede: String,
    writes: bool,
    /// the ad does not say what is paid (D-32)
    no_pay: bool,
    may_edit: bool,
    /// somebody is to choose, and there is nothing left
    no_times: bool,
    clashes: Vec<String>,
    days: Vec<Day>,
    rounds: Vec<Choice>,
    candidates: Vec<Choice>,
    waiting: Vec<Waits>,
    tasks: Vec<Task>,
    panel: Vec<(String, String)>,
    has_times: bool,
}

/// What is read for the page.
struct Found {
    ad: Posting,
    slots: Vec<Slot>,
    interviews: Vec<Interview>,
    cards: HashMap<ApplicationId, Card>,
    board: Vec<Card>,
    tasks: Vec<Letter>,
    emails: Vec<ApplicationId>,
    panel: Vec<assessment::panel::Member>,
    clashes: Vec<Clash>,
}

fn read(c: &mut Conn, scope: &Scope, id: PostingId, now: Instant) -> Result<Found, Fault> {
    let ad = postings::get(c, scope, id)?.ok_or(Fault::NotFound)?;
    let slots = store::slots(c, id)?;
    let interviews = store::interviews_of(c, scope, id)?;
    let board = applications::board(c, scope, id)?;
    let cards = board.iter().map(|card| (card.id, card.clone())).collect();
    let tasks = store::letters::tasks(c, scope, Some(id))?;
    let mut emails = Vec::new();
    for letter in &tasks {
        if let Some(is) = interviews.iter().find(|is| is.id == letter.interview)
            && let Some(whole) = applications::application(c, scope, is.application)?
            && !whole.applicant.email.is_empty()
        {
            emails.push(is.application);
        }
    }
    let mut panel = assessment::store::panel::members(c, id)?;
    panel.retain(|m| !m.has_ended(now));
    let clashes = clashes(c, scope, &ad, &slots, now)?;
    Ok(Found { ad, slots, interviews, cards, board, tasks, emails, panel, clashes })
}

pub(super) fn times(slot: &Slot, t: Speech) -> String {
    let (from, to) = slot.wall();
    format!("{}–{}", format::clock(from.local, t.language()), format::clock(to.local, t.language()))
}

/// Draws the page; `typed` and `errors` are those of a form that came back.
pub(super) async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    (status, typed, errors): (StatusCode, Typed, &Errors),
) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now) = (shell.t, kit.clock.now());
    let found = kit.db.read(move |c| read(c, &scope, id, now)).await?;
    let unit = found.ad.content.unit;
    let writes = viewer.scope(Right::MoveApplications).is_ok_and(|s| s.covers(unit, Some(id)));
    let frame = Frame { t, now, kit, found: &found, writes };
    let title = found.ad.title(t.language()).to_owned();
    let open = |slot: &&Slot| slot.state == SlotState::Open && slot.starts_at > now;
    let free = found.slots.iter().filter(open).count();
    let laid = found.slots.iter().filter(|slot| slot.state != SlotState::Cancelled).count();
    let waiting = frame.waiting();
    let chosen = |is: &&Interview| is.waits_for_applicant();
    let no_times = found.interviews.iter().filter(chosen).any(|is| frame.free(is.round).is_empty());
    let form = if typed.0.is_empty() { frame.usual() } else { frame.with_usual(typed) };
    page_with(
        status,
        &PostingPage {
            id,
            reference: found.ad.reference.clone(),
            tabs: Tabs::of(viewer, &found.ad),
            lede: t.with3("interviews-lede", "title", &title, "laid", laid, "free", free),
            title,
            writes,
            no_pay: !actions::says_pay(&found.ad),
            may_edit: viewer.may_in(Right::EditPostings, unit),
            no_times,
            clashes: found.clashes.iter().map(|clash| frame.clash(clash)).collect(),
            days: frame.days(),
            rounds: (1..=super::slot::ROUNDS)
                .map(|n| Choice::new(n, t.with("interviews-round", "number", n)))
                .collect(),
            candidates: frame.candidates(),
            waiting,
            tasks: frame.tasks(),
            panel: found.panel.iter().map(|m| (m.name.clone(), frame.seat(m))).collect(),
            has_times: laid > 0,
            form: FormView::with_errors(form, errors, t),
            shell,
        },
    )
}

/// `GET /jobopslag/{id}/samtaler`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    let none = Errors::none();
    draw(&req, &kit, &viewer, id.into_inner(), (StatusCode::OK, Typed::default(), &none)).await
}

struct Frame<'a> {
    t: Speech,
    now: Instant,
    kit: &'a Kit,
    found: &'a Found,
    writes: bool,
}

impl Frame<'_> {
    /// The form of times as it is offered: the place of the ad, and what is usual.
    fn usual(&self) -> Typed {
        let terms = &self.found.ad.content.terms;
        let place: Vec<&str> = [terms.workplace.as_str(), terms.address.as_str()]
            .into_iter()
            .filter(|p| !p.is_empty())
            .collect();
        let mut typed = Typed::default();
        for (name, value) in [
            ("from", "9.00"),
            ("minutes", "45"),
            ("pause", "15"),
            ("count", "4"),
            ("seats", "1"),
            ("round", "1"),
        ] {
            typed.set(name, value);
        }
        typed.set("invite-round", "1");
        typed.set("place", place.join(", "));
        typed
    }

    /// What came back, and what is usual in the forms that did not.
    fn with_usual(&self, mut typed: Typed) -> Typed {
        let sent = |typed: &Typed, name: &str| typed.0.iter().any(|(n, _)| n == name);
        let laying = sent(&typed, "date");
        for (name, value) in self.usual().0 {
            if !sent(&typed, &name) && !laying {
                typed.set(&name, value);
            }
        }
        typed
    }

    fn name(&self, id: ApplicationId) -> String {
        self.found.cards.get(&id).map(|card| card.name.clone()).unwrap_or_default()
    }

    fn seat(&self, member: &assessment::panel::Member) -> String {
        let seat = self.t.say(member.seat.key());
        if member.chair { format!("{seat}, {}", self.t.say("panel-chair").to_lowercase()) } else { seat }
    }

    fn clash(&self, clash: &Clash) -> String {
        let day = day_name(&clash.slot, self.t);
        let (ours, other) = (times(&clash.slot, self.t), times(&clash.other, self.t));
        if clash.name.is_empty() {
            return self.t.with3("interviews-clash-own", "day", day, "one", ours, "other", other);
        }
        let which = if clash.reference.is_empty() {
            self.t.say("interviews-clash-elsewhere")
        } else {
            clash.reference.clone()
        };
        let when = format!("{day}, {ours}");
        self.t.with3("interviews-clash", "name", &clash.name, "when", when, "which", which)
    }

    fn free(&self, round: i32) -> Vec<Choice> {
        let t = self.t;
        let open =
            |slot: &&Slot| slot.state == SlotState::Open && slot.starts_at > self.now && slot.round == round;
        let label = |slot: &Slot| format!("{}, {}", day_name(slot, t), times(slot, t));
        self.found.slots.iter().filter(open).map(|slot| Choice::new(slot.id, label(slot))).collect()
    }

    fn days(&self) -> Vec<Day> {
        let mut days: Vec<(chrono::NaiveDate, Vec<&Slot>)> = Vec::new();
        for slot in self.found.slots.iter().filter(|slot| slot.state != SlotState::Cancelled) {
            let date = slot.wall().0.local.date();
            match days.last_mut() {
                Some((last, slots)) if *last == date => slots.push(slot),
                _ => days.push((date, vec![slot])),
            }
        }
        let day = |(_, slots): (chrono::NaiveDate, Vec<&Slot>)| {
            let taken = slots.iter().filter(|slot| slot.state != SlotState::Open).count();
            Day {
                name: slots.first().map(|slot| day_name(slot, self.t)).unwrap_or_default(),
                taken: self.t.with2("interviews-taken", "taken", taken, "all", slots.len()),
                rows: slots.iter().map(|slot| self.row(slot)).collect(),
            }
        };
        days.into_iter().map(day).collect()
    }

    fn row(&self, slot: &Slot) -> Row {
        let t = self.t;
        let is = self.found.interviews.iter().find(|is| is.slot == Some(slot.id));
        let ahead = slot.starts_at > self.now;
        let (state, look) = match slot.state {
            SlotState::Open if ahead => ("interviews-slot-open", "line"),
            SlotState::Open => ("interviews-slot-unused", "line"),
            SlotState::Booked if ahead => ("interviews-slot-booked", "ok"),
            SlotState::Booked => ("interviews-slot-past", "warn"),
            SlotState::Held => ("interviews-state-held", "ok"),
            SlotState::NoShow => ("interviews-state-no-show", "warn"),
            SlotState::Cancelled => ("interviews-state-cancelled", "line"),
        };
        Row {
            id: slot.id,
            time: times(slot, t),
            place: if slot.place.is_empty() { t.say("interviews-by-video") } else { slot.place.clone() },
            round: if slot.round > 1 {
                t.with("interviews-round", "number", slot.round)
            } else {
                String::new()
            },
            state: t.say(state),
            look,
            hidden: is.is_none() && slot.state != SlotState::Open,
            closes: self.writes && slot.state == SlotState::Open && ahead,
            words_field: format!("words-{}", slot.id),
            sitter: is.map(|is| self.sitter(is, ahead)),
        }
    }

    fn sitter(&self, is: &Interview, ahead: bool) -> Sitter {
        let may = |step: InterviewStep| self.writes && is.state.after(step).is_some();
        Sitter {
            interview: is.id,
            application: is.application,
            name: self.name(is.application),
            needs: is.needs.clone().unwrap_or_default(),
            decided: self.found.cards.get(&is.application).is_some_and(|card| card.outcome.is_some()),
            slot_field: format!("tid-{}", is.id),
            words_field: format!("words-{}", is.id),
            free: self.free(is.round),
            moves: may(InterviewStep::Move) && ahead,
            cancels: may(InterviewStep::Cancel) && ahead,
            came: may(InterviewStep::Hold) && !ahead,
            missed: may(InterviewStep::Miss) && !ahead,
        }
    }

    /// Those in the stage, undecided, who are not invited: at first, or anew.
    fn candidates(&self) -> Vec<Choice> {
        let waits = |card: &&Card| {
            let standing = card.standing();
            standing.outcome.is_none() && !standing.held_back && card.stage == Stage::Interview
        };
        let choice = |card: &Card| {
            let last =
                self.found.interviews.iter().filter(|is| is.application == card.id).max_by_key(|is| is.round);
            let hint = match last {
                None => String::new(),
                Some(is) if InterviewState::AHEAD.contains(&is.state) => return None,
                Some(is) => {
                    let round = self.t.with("interviews-round", "number", is.round);
                    format!("{round}: {}", self.t.say(is.state.key()))
                }
            };
            Some(Choice { value: card.id.to_string(), label: card.name.clone(), hint })
        };
        self.found.board.iter().filter(waits).filter_map(choice).collect()
    }

    fn waiting(&self) -> Vec<Waits> {
        let (t, zone) = (self.t, self.kit.config.delivery.zone);
        let at = |at| format::instant_short(at, zone, t.language());
        let waits = |is: &Interview| Waits {
            interview: is.id,
            application: is.application,
            name: self.name(is.application),
            since: match is.reminded_at {
                Some(again) => {
                    t.with2("interviews-since-reminded", "at", at(is.invited_at), "again", at(again))
                }
                None => t.with("interviews-since", "at", at(is.invited_at)),
            },
            wish: is.wish.clone().unwrap_or_default(),
            wished: is.wished_at.is_some(),
            moved: is.state == InterviewState::Moved,
            slot_field: format!("tid-{}", is.id),
            words_field: format!("words-{}", is.id),
            free: self.free(is.round),
        };
        let choosing = |is: &&Interview| InterviewState::CHOOSING.contains(&is.state);
        let mut found: Vec<Waits> = self.found.interviews.iter().filter(choosing).map(waits).collect();
        found.sort_by_key(|waits| !waits.wished);
        found
    }

    fn tasks(&self) -> Vec<Task> {
        let t = self.t;
        let of = |letter: &Letter| {
            let is = self.found.interviews.iter().find(|is| is.id == letter.interview)?;
            let may = |step| self.writes && letter.state.after(step).is_some();
            let todo = match (letter.state, letter.why.as_deref()) {
                (LetterState::Unknown, _) => "answers-todo-unknown",
                (_, Some("address")) => "answers-todo-address",
                (_, Some("deferred")) => "answers-todo-deferred",
                _ => "answers-todo-refused",
            };
            Some(Task {
                id: letter.id,
                name: self.name(is.application),
                application: is.application,
                what: t.say(letter.kind.key()),
                todo: t.say(todo),
                said: letter.said.clone().unwrap_or_default(),
                arrived: may(LetterStep::See),
                again: may(LetterStep::Again) && self.found.emails.contains(&is.application),
                by_hand: may(LetterStep::ByHand),
                note_field: format!("note-{}", letter.id),
            })
        };
        self.found.tasks.iter().filter_map(of).collect()
    }
}
