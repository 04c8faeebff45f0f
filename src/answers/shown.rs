//! What the pages of answers share: what a person has to see to, and batches in which something is still to come.

use std::collections::{HashMap, HashSet};

use super::{
    state::{BatchState, BatchStep, LetterState},
    store::{self, Batch, Letter},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Line, Object, Verb},
    },
    applications::{self, Reasons, Whole},
    base::{
        Instant,
        id::{ApplicationId, BatchId, PostingId},
    },
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Which},
};

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
pub(super) struct Task {
    pub href: String,
    pub text: String,
    pub detail: String,
    pub chip: Chip,
    pub name: String,
}

/// A batch in which something is still to come.
pub(super) struct ShownBatch {
    pub id: BatchId,
    pub text: String,
    pub detail: String,
    pub chip: Chip,
    pub cancel: bool,
}

/// What both pages show.
pub(super) struct Found {
    pub letters: Vec<Letter>,
    pub reasons: Vec<(Reasons, applications::Card)>,
    pub batches: Vec<(Batch, usize)>,
    pub names: HashMap<ApplicationId, String>,
    pub titles: HashMap<PostingId, String>,
}

pub(super) fn found(c: &mut Conn, scope: &Scope, of: Option<PostingId>, t: Speech) -> Result<Found, DbError> {
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

pub(super) fn tasks(found: &Found, kit: &Kit, t: Speech, with_ad: bool) -> Vec<Task> {
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

pub(super) fn shown_batches(found: &Found, kit: &Kit, t: Speech, with_ad: bool) -> Vec<ShownBatch> {
    let (zone, now) = (kit.config.delivery.zone, kit.clock.now());
    let shown = |(batch, count): &(Batch, usize)| {
        let when = match (batch.due_at, batch.state) {
            (Some(due), BatchState::Waiting) => {
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
            cancel: batch.state.after(BatchStep::Cancel).is_some(),
        }
    };
    found.batches.iter().map(shown).collect()
}

/// That somebody looked at the applicants of an ad.
pub(super) fn viewed(actor: audit::Actor, posting: PostingId, what: &str) -> Line {
    Line {
        actor,
        verb: Verb::Viewed,
        object: Object::Posting(posting),
        posting: Some(posting),
        detail: Some(what.to_owned()),
    }
}

/// That somebody was shown one of them.
pub(super) fn seen(actor: audit::Actor, id: ApplicationId, posting: PostingId) -> Line {
    Line {
        actor,
        verb: Verb::Viewed,
        object: Object::Application(id),
        posting: Some(posting),
        detail: Some("answers".to_owned()),
    }
}

/// Who has no answer and no letter on its way.
pub(super) fn lacking(c: &mut Conn, scope: &Scope, of: Option<PostingId>) -> Result<Vec<Whole>, DbError> {
    let found = applications::lacking(c, scope, of)?;
    let ids: Vec<ApplicationId> = found.iter().map(|whole| whole.application.id).collect();
    let lettered: HashSet<(ApplicationId, Instant)> = store::lettered(c, &ids)?.into_iter().collect();
    let has = |whole: &Whole| {
        let is = &whole.application;
        is.outcome_at.is_some_and(|at| lettered.contains(&(is.id, at)))
    };
    Ok(found.into_iter().filter(|whole| !has(whole)).collect())
}
