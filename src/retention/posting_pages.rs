//! `/jobopslag/{id}/slettefrist`: when the applications to one posting go and by what; its own rule; what stops the clock; and,
//! for who may, those nobody sees any more, to be given back, and wishes to be erased, to be refused with a reason.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;
use chrono::NaiveDate;

use super::{
    actions::{self, NewHold, NewRule, RetentionError},
    fate::{Fate, State},
    pages::{clash_words, rule_words},
    plan::{self, Plan},
    store::Hold,
};
use crate::{
    accounts::{self, Posted, Right, User, Viewer},
    applications::{self, Card},
    base::id::{ApplicationId, HoldId, PostingId},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Kept, Posting, RuleOf, Tabs},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// Applications that go on the same day.
struct Group {
    state: String,
    look: &'static str,
    hidden: String,
    gone: String,
    n: String,
}

struct ShownHold {
    id: HoldId,
    what: String,
    reason: String,
    about: String,
    open: bool,
}

/// Somebody nobody sees any more, or who has asked.
struct Person {
    id: ApplicationId,
    name: String,
    about: String,
}

#[derive(Template)]
#[template(path = "retention/posting.html")]
struct PostingPage {
    shell: Shell,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    rule: String,
    reason: String,
    clash: String,
    own_rule: bool,
    groups: Vec<Group>,
    holds: Vec<ShownHold>,
    may: bool,
    hidden: Vec<Person>,
    asked: Vec<Person>,
    choices: Vec<Choice>,
    form: FormView,
}

struct Found {
    posting: Posting,
    plan: Plan,
    kept: Kept,
    users: Vec<User>,
    /// With names, for who may act on them.
    cards: Vec<Card>,
    hidden: Vec<Card>,
}

/// `GET /jobopslag/{id}/slettefrist`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    draw(&req, &kit, &viewer, *id, Typed::default(), &Errors::none()).await
}

/// `POST /jobopslag/{id}/slettefrist`: the posting's own rule; no months: none.
pub async fn rule(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (k, by, given) = (kit.get_ref().clone(), viewer.actor(), typed.clone());
    let done = kit
        .db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(RetentionError::NotFound)?;
            let there = postings::rules(c)?.into_iter().find(|r| r.value == id.to_string());
            if let (true, Some(there)) = (given.ticked("none"), there) {
                return actions::forget_rule(c, &k, by, there.id);
            }
            let new = NewRule {
                of: RuleOf::Posting,
                value: id.to_string(),
                months: given.get("months").to_owned(),
                reason: given.get("reason").to_owned(),
            };
            actions::set_rule(c, &k, by, &new)
        })
        .await;
    after(&req, &kit, &viewer, id, typed, done, "retention-said-rule").await
}

fn new_hold(typed: &Typed, posting: PostingId) -> NewHold {
    NewHold {
        posting,
        application: typed.get("application").parse().ok(),
        until: typed.get("until").to_owned(),
        reason: typed.get("reason").to_owned(),
    }
}

/// `POST /jobopslag/{id}/slettefrist/bero`: stops the clock.
pub async fn hold(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (k, by, new) = (kit.get_ref().clone(), viewer.actor(), new_hold(&typed, id));
    let done = kit.db.write(move |c| actions::hold(c, &k, &scope, by, &new)).await;
    after(&req, &kit, &viewer, id, typed, done, "retention-said-held").await
}

/// `POST /jobopslag/{id}/slettefrist/gendan`: gives somebody back.
pub async fn restore(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (k, by, new) = (kit.get_ref().clone(), viewer.actor(), new_hold(&typed, id));
    let done = kit.db.write(move |c| actions::restore(c, &k, &scope, by, &new)).await;
    after(&req, &kit, &viewer, id, typed, done, "retention-said-restored").await
}

/// `POST /jobopslag/{id}/slettefrist/slut`: ends a hold today.
pub async fn end(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (k, by) = (kit.get_ref().clone(), viewer.actor());
    let hold: Option<HoldId> = typed.get("hold").parse().ok();
    let done = kit
        .db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(RetentionError::NotFound)?;
            let hold = hold.ok_or(RetentionError::Refused("retention-refused-hold"))?;
            actions::end_hold(c, &k, &scope, by, (id, hold))
        })
        .await;
    after(&req, &kit, &viewer, id, typed, done, "retention-said-ended").await
}

/// `POST /jobopslag/{id}/slettefrist/afvis`: refuses somebody's wish to be erased.
pub async fn refuse(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<PostingId>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (k, by, words) = (kit.get_ref().clone(), viewer.actor(), typed.get("reason").to_owned());
    let about: Option<ApplicationId> = typed.get("application").parse().ok();
    let done = kit
        .db
        .write(move |c| {
            postings::get(c, &scope, id)?.ok_or(RetentionError::NotFound)?;
            let about = about.ok_or(RetentionError::Refused("retention-refused-request"))?;
            actions::refuse(c, &k, &scope, by, (id, about), &words)
        })
        .await;
    after(&req, &kit, &viewer, id, typed, done, "retention-said-refused").await
}

async fn after(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Typed,
    done: Result<(), RetentionError>,
    said: &'static str,
) -> Answer {
    match done {
        Ok(()) => {
            let t = viewer.shell(req, &kit.config).t;
            viewer.say_next(kit, t.say(said)).await?;
            Ok(see_other(format!("/jobopslag/{id}/slettefrist")))
        }
        Err(RetentionError::Fields(errors)) => draw(req, kit, viewer, id, typed, &errors).await,
        Err(error) => Err(error.into()),
    }
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::SeeRetention)?.clone();
    let acts = viewer.scope(Right::EraseApplications).ok().cloned();
    let k = kit.clone();
    let found = kit
        .db
        .read(move |c| {
            let posting = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let (cards, hidden) = match &acts {
                Some(scope) => (applications::board(c, scope, id)?, applications::quarantined(c, scope, id)?),
                None => Default::default(),
            };
            Ok::<_, Fault>(Found {
                plan: plan::plan_of(c, &k, id)?,
                kept: postings::keeping::kept(c, &k.config, &posting)?,
                users: accounts::users(c)?,
                posting,
                cards,
                hidden,
            })
        })
        .await?;
    let shell = viewer.shell(req, &kit.config);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let form = FormView::with_errors(typed, errors, shell.t);
    page_with(status, &posting_page(kit, viewer, shell, &found, form))
}

fn posting_page(kit: &Kit, viewer: &Viewer, shell: Shell, found: &Found, form: FormView) -> PostingPage {
    let t = shell.t;
    let posting = &found.posting;
    let may = viewer.scope(Right::EraseApplications).is_ok_and(|s| s.covers_unit(posting.content.unit));
    let trigger = found.plan.all.iter().find_map(|one| one.fate).map(|fate| fate.trigger);
    let trigger = trigger.filter(|trigger| *trigger != super::fate::Trigger::Asked);
    let name = |id: ApplicationId| {
        let mut all = found.cards.iter().chain(&found.hidden);
        all.find(|card| card.id == id).map(|card| card.name.clone())
    };
    let zone = kit.config.delivery.zone;
    let date = |at| format::date(plan::day_of(at, zone), t.language());
    let hidden = found.hidden.iter().map(|card| Person {
        id: card.id,
        name: card.name.clone(),
        about: fate_of(found, card.id).map_or_else(String::new, |fate| gone_on(t, fate)),
    });
    let open = found.plan.requests.iter().filter(|request| request.refused_at.is_none());
    let asked = open.filter_map(|request| {
        Some(Person {
            id: request.application,
            name: name(request.application)?,
            about: t.with2(
                "retention-request-one",
                "asked",
                date(request.asked_at),
                "due",
                date(request.due_at),
            ),
        })
    });
    let everybody = Choice::new("", t.say("retention-hold-everybody"));
    let choices = found.cards.iter().map(|card| Choice::new(card.id, card.name.clone()));
    PostingPage {
        id: posting.id,
        title: posting.title(t.language()).to_owned(),
        reference: posting.reference.clone(),
        tabs: Tabs::of(viewer, posting),
        rule: rule_words(t, &found.kept, trigger),
        reason: found.kept.reason.clone(),
        clash: if found.kept.beaten.is_empty() { String::new() } else { clash_words(t, &found.kept) },
        own_rule: found.kept.by == Some(RuleOf::Posting)
            || found.kept.beaten.iter().any(|(by, _)| *by == RuleOf::Posting),
        groups: groups(t, &found.plan),
        holds: found
            .plan
            .holds
            .iter()
            .filter(|hold| hold.posting == posting.id)
            .filter(|hold| hold.application.is_none_or(|of| !may || name(of).is_some()))
            .map(|hold| shown(t, hold, found, may, hold.application.and_then(name)))
            .collect(),
        hidden: if may { hidden.collect() } else { Vec::new() },
        asked: if may { asked.collect() } else { Vec::new() },
        choices: std::iter::once(everybody).chain(choices).collect(),
        may,
        form,
        shell,
    }
}

fn fate_of(found: &Found, id: ApplicationId) -> Option<Fate> {
    found.plan.all.iter().find(|one| one.of.id == id)?.fate
}

fn gone_on(t: Speech, fate: Fate) -> String {
    t.with("retention-gone-on", "date", format::date(fate.erase_on, t.language()))
}

fn groups(t: Speech, plan: &Plan) -> Vec<Group> {
    let mut sums: BTreeMap<(NaiveDate, State, NaiveDate), i64> = BTreeMap::new();
    for fate in plan.all.iter().filter_map(|one| one.fate) {
        *sums.entry((fate.erase_on, fate.state, fate.quarantine_on)).or_default() += 1;
    }
    sums.into_iter()
        .map(|((gone, state, hidden), n)| Group {
            state: t.say(state.key()),
            look: state.look(),
            hidden: format::date(hidden, t.language()),
            gone: format::date(gone, t.language()),
            n: format::whole(n, t.language()),
        })
        .collect()
}

fn shown(t: Speech, hold: &Hold, found: &Found, may: bool, name: Option<String>) -> ShownHold {
    let who = found.users.iter().find(|user| format!("user:{}", user.id) == hold.set_by);
    let day = |day| format::date(day, t.language());
    ShownHold {
        id: hold.id,
        what: match (hold.application, name) {
            (None, _) => t.say("retention-hold-everybody"),
            (Some(_), Some(name)) => name,
            (Some(_), None) => t.say("retention-hold-somebody"),
        },
        // it may name whoever it is about
        reason: if may { hold.reason.clone() } else { String::new() },
        about: t.with2(
            if hold.ended_on.is_some() { "retention-hold-ended" } else { "retention-hold-about" },
            "until",
            day(hold.ended_on.unwrap_or(hold.until)),
            "who",
            who.map_or("–", |user| user.name.as_str()),
        ),
        open: hold.holds(found.plan.coming),
    }
}
