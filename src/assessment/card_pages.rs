//! `/ansoegninger/{id}/vurdering`: one applicant as the panel assesses them. Each member says whether they have a
//! relation, scores alone, and sees the others' cards when all are shown. Opening it is opening the applicant (D-05).

use std::collections::{HashMap, HashSet};

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, AssessmentError},
    card::{self, Card, Next, Note, Reveal, Score, State, Step},
    panel::Member,
    profile::{Criterion, STEPS},
    recommendation,
    status::{self, Standing},
    store::{self, cards},
};
use crate::{
    accounts::{
        self, Posted, Right, User, Viewer,
        audit::{self, Line, Object, Verb},
        bars::{self, Relation},
    },
    applications::{self, Whole},
    base::id::{ApplicationId, CriterionId, UserId},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Posting},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// A criterion in the form of one's own card.
struct CardFields {
    wording: String,
    heading: String,
    evidence: String,
    weight: String,
    score: String,
    reason: String,
    steps: Vec<Choice>,
}

/// What one member said by one criterion.
pub(super) struct ShownScore {
    pub member: String,
    pub score: String,
    pub step: String,
    pub reason: String,
    /// The score before a correction; empty when there was none.
    pub before: String,
}

/// One criterion with what all said by it.
pub(super) struct ShownRow {
    pub wording: String,
    pub heading: String,
    pub evidence: String,
    pub weight: String,
    pub essential: bool,
    pub scores: Vec<ShownScore>,
    /// In words, when two stand far apart.
    pub far: String,
}

/// What is said about the members beside the rows: late cards, relations declared afterwards.
pub(super) struct Shown {
    pub rows: Vec<ShownRow>,
    pub remarks: Vec<String>,
}

#[derive(Template)]
#[template(path = "assessment/card.html")]
struct CardPage {
    shell: Shell,
    id: ApplicationId,
    posting: String,
    reference: String,
    title: String,
    name: String,
    place: String,
    /// Somebody who sits in the panel reads this.
    member: bool,
    chair: bool,
    no_profile: bool,
    closed: bool,
    /// A relation is still to be said or denied.
    declares: bool,
    relations: Vec<Choice>,
    status: String,
    revealed: bool,
    shown_line: String,
    shown_reason: String,
    /// One's own card can be written; for the first time, or anew.
    writes: bool,
    corrects: bool,
    fields: Vec<CardFields>,
    own: Vec<ShownRow>,
    own_line: String,
    shown: Shown,
    note: String,
    note_line: String,
    note_version: i32,
    note_stale: bool,
    form: FormView,
}

pub(super) struct Found {
    pub whole: Whole,
    pub posting: Posting,
    pub criteria: Vec<Criterion>,
    pub cards: Vec<Card>,
    pub reveal: Option<Reveal>,
    pub note: Option<Note>,
    pub members: Vec<Member>,
    pub related: HashSet<UserId>,
    pub standing: Option<Standing>,
    pub declared: bool,
    pub users: Vec<User>,
}

/// What a form came back with.
#[derive(Default)]
struct Back {
    typed: Option<Typed>,
    errors: Errors,
    note_stale: bool,
}

/// Everything there is about one applicant for one reader, inside their scope.
pub(super) fn read(
    c: &mut crate::db::Conn,
    kit: &Kit,
    scope: &accounts::Scope,
    reader: UserId,
    id: ApplicationId,
) -> Result<Found, Fault> {
    let whole = applications::application(c, scope, id)?.ok_or(Fault::NotFound)?;
    let posting = postings::any(c, whole.application.posting)?.ok_or(Fault::NotFound)?;
    let around = status::of(c, &posting, &[id], reader, kit.clock.now())?;
    Ok(Found {
        criteria: store::criteria(c, posting.id)?,
        cards: cards::shown(c, id, reader)?,
        reveal: cards::reveal(c, id)?,
        note: cards::note(c, id)?,
        declared: bars::declared(c, &[id])?.iter().any(|d| d.user == reader && !d.relation.bars()),
        related: around.related.get(&id).cloned().unwrap_or_default(),
        standing: around.standings.get(&id).copied(),
        members: around.members,
        users: accounts::users(c)?,
        whole,
        posting,
    })
}

/// `GET /ansoegninger/{id}/vurdering`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<ApplicationId>,
) -> Answer {
    draw(&req, &kit, &viewer, id.into_inner(), Back::default()).await
}

/// `POST /ansoegninger/{id}/vurdering`: puts one's own card aside, or gives it in.
pub async fn give(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let step = if typed.get("do") == "gem" { Step::Save } else { Step::Submit };
    let written = scores(&typed);
    let (k, user) = (kit.get_ref().clone(), viewer.user().id);
    let done = kit.db.write(move |c| actions::give(c, &k, user, &scope, id, step, written)).await;
    match done {
        Ok(given) => {
            let t = viewer.shell(&req, &kit.config).t;
            let said = match given.next {
                Next::Draft => "card-said-saved",
                Next::Correction => "card-said-corrected",
                Next::Submitted if given.revealed => "card-said-shown",
                Next::Submitted => "card-said-given",
            };
            viewer.say_next(&kit, t.say(said)).await?;
            Ok(see_other(format!("/ansoegninger/{id}/vurdering")))
        }
        Err(AssessmentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, id, Back { typed: Some(typed), errors, ..Back::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /ansoegninger/{id}/vurdering/habilitet`: how one stands to the applicant.
pub async fn declare(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (k, user) = (kit.get_ref().clone(), viewer.user().id);
    let relation: Option<Relation> = typed.get("relation").parse().ok();
    let done = kit
        .db
        .write(move |c| {
            applications::application(c, &scope, id)?.ok_or(AssessmentError::NotFound)?;
            let relation = relation
                .ok_or_else(|| AssessmentError::Fields(Errors::one("relation", "card-error-relation")))?;
            Ok((relation, actions::declare(c, &k, user, &scope, id, relation)?))
        })
        .await;
    let t = viewer.shell(&req, &kit.config).t;
    match done {
        Ok((relation, posting)) if relation.bars() => {
            viewer.say_next(&kit, t.say("card-said-related")).await?;
            Ok(see_other(format!("/jobopslag/{posting}/udvalg")))
        }
        Ok(_) => Ok(see_other(format!("/ansoegninger/{id}/vurdering"))),
        Err(AssessmentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, id, Back { typed: Some(typed), errors, ..Back::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /ansoegninger/{id}/vurdering/vis`: the chair shows the cards before everybody is done.
pub async fn break_seal(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (k, user, reason) = (kit.get_ref().clone(), viewer.user().id, typed.get("reason").to_owned());
    let done = kit.db.write(move |c| actions::break_seal(c, &k, user, &scope, id, &reason)).await;
    match done {
        Ok(()) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.say("card-said-broken")).await?;
            Ok(see_other(format!("/ansoegninger/{id}/vurdering")))
        }
        Err(AssessmentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, id, Back { typed: Some(typed), errors, ..Back::default() }).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /ansoegninger/{id}/vurdering/notat`: what the panel agrees on.
pub async fn write_note(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let version: i32 = typed.get("version").parse().unwrap_or(0);
    let (k, user, note) = (kit.get_ref().clone(), viewer.user().id, typed.get("note").to_owned());
    let done = kit.db.write(move |c| actions::write_note(c, &k, user, &scope, id, version, &note)).await;
    match done {
        Ok(_) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.say("card-said-noted")).await?;
            Ok(see_other(format!("/ansoegninger/{id}/vurdering")))
        }
        Err(AssessmentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, id, Back { typed: Some(typed), errors, ..Back::default() }).await
        }
        Err(AssessmentError::Stale) => {
            draw(&req, &kit, &viewer, id, Back { typed: Some(typed), note_stale: true, ..Back::default() })
                .await
        }
        Err(error) => Err(error.into()),
    }
}

/// The scores as they were sent.
fn scores(typed: &Typed) -> Vec<Score> {
    let mut scores: HashMap<CriterionId, Score> = HashMap::new();
    for (name, value) in &typed.0 {
        let Some((what, id)) = name.split_once('-') else { continue };
        let Ok(criterion) = id.parse::<CriterionId>() else { continue };
        let entry =
            scores.entry(criterion).or_insert_with(|| Score { criterion, score: 0, reason: String::new() });
        match what {
            "score" => entry.score = value.parse().unwrap_or(0),
            "reason" => entry.reason.clone_from(value),
            _ => {}
        }
    }
    scores.into_values().collect()
}

/// A name for a person's id; those who are gone have none.
pub(super) fn named(users: &[User], id: UserId) -> String {
    users.iter().find(|u| u.id == id).map_or_else(String::new, |u| u.name.clone())
}

/// The cards that are shown, criterion by criterion and member by member, in the order of the panel.
pub(super) fn laid_out(t: Speech, found: &Found) -> Shown {
    let newest = recommendation::newest(&found.cards);
    let order = |user: UserId| found.members.iter().position(|m| m.user == user).unwrap_or(usize::MAX);
    let mut newest: Vec<&Card> = newest;
    newest.sort_by_key(|c| order(c.user));
    let rows = found.criteria.iter().map(|criterion| row(t, found, criterion, &newest)).collect();
    let mut remarks = Vec::new();
    if let Some(reveal) = &found.reveal {
        for card in &newest {
            let name = named(&found.users, card.user);
            if found.related.contains(&card.user) {
                remarks.push(t.with("card-remark-related", "name", &name));
            }
            let first = found.cards.iter().find(|c| c.user == card.user && c.state == State::Submitted);
            if first.and_then(|c| c.submitted_at).is_some_and(|at| at > reveal.at) {
                remarks.push(t.with("card-remark-late", "name", name));
            }
        }
    }
    Shown { rows, remarks }
}

fn row(t: Speech, found: &Found, criterion: &Criterion, of: &[&Card]) -> ShownRow {
    let said = of.iter().filter_map(|card| {
        let score = card.score(criterion.id).filter(|s| s.score > 0)?;
        let earlier = recommendation::corrected(&found.cards, card.user, card.version);
        let before = earlier.and_then(|c| c.score(criterion.id)).filter(|s| *s != score);
        Some(ShownScore {
            member: named(&found.users, card.user),
            score: t.with2("card-score-of", "score", score.score, "most", STEPS),
            step: criterion.step(score.score).to_owned(),
            reason: score.reason.clone(),
            before: before.map_or_else(String::new, |s| {
                t.with2("card-corrected", "score", s.score, "reason", &s.reason)
            }),
        })
    });
    let far = card::far_apart(of.iter().filter_map(|c| c.score(criterion.id)).map(|s| s.score));
    ShownRow {
        wording: criterion.wording.clone(),
        heading: t.say(criterion.heading.key()),
        evidence: criterion.evidence.clone(),
        weight: t.say(criterion.weight.key()),
        essential: criterion.weight == super::profile::Weight::Must,
        scores: said.collect(),
        far: far.map_or_else(String::new, |(low, high)| t.with2("card-far", "low", low, "high", high)),
    }
}

/// How far it has come, in a sentence.
pub(super) fn status_line(t: Speech, standing: Standing) -> String {
    match (standing.revealed, standing.noted) {
        (true, true) => t.say("card-status-noted"),
        (true, false) => t.say("card-status-revealed"),
        (false, _) => t.with2("card-status-sealed", "done", standing.done, "of", standing.of),
    }
}

async fn draw(req: &HttpRequest, kit: &Kit, viewer: &Viewer, id: ApplicationId, back: Back) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (k, actor, reader, now) = (kit.clone(), viewer.actor(), viewer.user().id, kit.clock.now());
    let found = kit
        .db
        .write(move |c| {
            let found = read(c, &k, &scope, reader, id)?;
            let line = Line {
                actor,
                verb: Verb::Viewed,
                object: Object::Application(id),
                posting: Some(found.posting.id),
                detail: Some("assessment".into()),
            };
            audit::write(c, &[line], now)?;
            Ok::<_, Fault>(found)
        })
        .await?;
    let status = match (back.note_stale, back.errors.is_empty()) {
        (true, _) => StatusCode::CONFLICT,
        (false, true) => StatusCode::OK,
        (false, false) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    page_with(status, &card_page(viewer.shell(req, &kit.config), kit, reader, &found, back))
}

fn card_page(shell: Shell, kit: &Kit, reader: UserId, found: &Found, back: Back) -> CardPage {
    let (t, zone, now) = (shell.t, kit.config.delivery.zone, kit.clock.now());
    let when = |at| format::instant_short(at, zone, t.language());
    let who = |actor: &str| {
        let id = actor.strip_prefix("user:").and_then(|u| u.parse().ok());
        id.map_or_else(|| t.say("posting-by-system"), |id| named(&found.users, id))
    };
    let sits = found.members.iter().find(|m| m.user == reader && m.sits(now));
    let closed = found.posting.state == postings::State::Closed;
    let own: Vec<&Card> = found.cards.iter().filter(|c| c.user == reader).collect();
    let newest = own.iter().max_by_key(|c| c.version).copied();
    let given = newest.filter(|c| c.state == State::Submitted);
    let revealed = found.reveal.is_some();
    let can_judge = sits.is_some() && found.declared && !closed && !found.criteria.is_empty();
    let shown = if revealed { laid_out(t, found) } else { Shown { rows: Vec::new(), remarks: Vec::new() } };
    let own_rows = match given.filter(|_| !revealed) {
        Some(card) => found.criteria.iter().map(|criterion| row(t, found, criterion, &[card])).collect(),
        None => Vec::new(),
    };
    let mut typed = back.typed.unwrap_or_default();
    // a form about something else has none of the card's fields
    if !typed.0.iter().any(|(name, _)| name.starts_with("reason-")) {
        for score in newest.iter().flat_map(|c| &c.scores) {
            if score.score > 0 {
                typed.set(&format!("score-{}", score.criterion), score.score.to_string());
            }
            typed.set(&format!("reason-{}", score.criterion), &score.reason);
        }
    }
    if !typed.0.iter().any(|(name, _)| name == "note") {
        typed.set("note", found.note.as_ref().map(|n| n.words.clone()).unwrap_or_default());
    }
    let fields = |c: &Criterion| CardFields {
        wording: c.wording.clone(),
        heading: t.say(c.heading.key()),
        evidence: c.evidence.clone(),
        weight: t.say(c.weight.key()),
        score: format!("score-{}", c.id),
        reason: format!("reason-{}", c.id),
        steps: c
            .steps
            .iter()
            .enumerate()
            .map(|(n, text)| Choice {
                value: (n + 1).to_string(),
                label: (n + 1).to_string(),
                hint: text.clone(),
            })
            .collect(),
    };
    let writes = can_judge && (given.is_none() || revealed);
    CardPage {
        id: found.whole.application.id,
        posting: found.posting.id.to_string(),
        reference: found.posting.reference.clone(),
        title: found.posting.title(t.language()).to_owned(),
        name: found.whole.applicant.name.clone(),
        place: t.say(found.whole.application.standing().column().key()),
        member: sits.is_some(),
        chair: sits.is_some_and(|m| m.chair),
        no_profile: found.criteria.is_empty(),
        closed,
        declares: sits.is_some() && !found.declared && !closed,
        relations: Relation::ALL.iter().map(|r| Choice::new(r, t.say(r.key()))).collect(),
        status: found.standing.map_or_else(String::new, |s| status_line(t, s)),
        revealed,
        shown_line: found.reveal.as_ref().map_or_else(String::new, |r| match r.by.as_str() {
            "system" => t.with("card-shown-all", "at", when(r.at)),
            by => t.with2("card-shown-broken", "who", who(by), "at", when(r.at)),
        }),
        shown_reason: found.reveal.as_ref().map(|r| r.reason.clone()).unwrap_or_default(),
        corrects: writes && given.is_some(),
        writes,
        fields: if writes { found.criteria.iter().map(fields).collect() } else { Vec::new() },
        own: own_rows,
        own_line: given
            .and_then(|c| c.submitted_at)
            .map_or_else(String::new, |at| t.with("card-own-given", "at", when(at))),
        shown,
        note: found.note.as_ref().map(|n| n.words.clone()).unwrap_or_default(),
        note_line: found
            .note
            .as_ref()
            .map_or_else(String::new, |n| t.with2("card-note-line", "who", who(&n.by), "at", when(n.at))),
        note_version: found.note.as_ref().map_or(0, |n| n.version),
        note_stale: back.note_stale,
        form: FormView::with_errors(typed, &back.errors, t),
        shell,
    }
}
