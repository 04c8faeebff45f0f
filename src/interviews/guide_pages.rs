//! `/jobopslag/{id}/samtaleguide`: the profile as a guide to print, with what is asked by criterion and room for notes.
//! Whoever may move applicants writes the questions, and so does who leads the panel.

use std::collections::HashMap;

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{InterviewError, actions, store};
use crate::{
    accounts::{Posted, Right, Scope, Viewer},
    assessment::{
        self,
        profile::{Criterion, Heading},
    },
    base::{
        Instant,
        id::{CriterionId, PostingId, UserId},
    },
    db::{Conn, DbError},
    kit::Kit,
    postings::{self, Posting, Tabs},
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// One criterion in the guide.
struct Asked {
    wording: String,
    evidence: String,
    weight: String,
    questions: Vec<String>,
    field: String,
}

#[derive(Template)]
#[template(path = "interviews/guide.html")]
struct GuidePage {
    shell: Shell,
    form: FormView,
    id: PostingId,
    title: String,
    reference: String,
    tabs: Tabs,
    writes: bool,
    groups: Vec<(String, Vec<Asked>)>,
}

/// Whether this person writes the questions.
fn may_write(
    c: &mut Conn,
    moves: Option<&Scope>,
    ad: &Posting,
    user: UserId,
    now: Instant,
) -> Result<bool, DbError> {
    if moves.is_some_and(|scope| scope.covers(ad.content.unit, Some(ad.id))) {
        return Ok(true);
    }
    let members = assessment::store::panel::members(c, ad.id)?;
    Ok(members.iter().any(|m| m.user == user && m.chair && m.sits(now)))
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    id: PostingId,
    typed: Option<Typed>,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let moves = viewer.scope(Right::MoveApplications).ok().cloned();
    let (user, now) = (viewer.user().id, kit.clock.now());
    let (ad, criteria, questions, writes) = kit
        .db
        .read(move |c| {
            let ad = postings::get(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let criteria = assessment::store::criteria(c, id)?;
            let questions = store::questions::of(c, id)?;
            let writes = may_write(c, moves.as_ref(), &ad, user, now)?;
            Ok::<_, Fault>((ad, criteria, questions, writes))
        })
        .await?;
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let mut form = Typed::default();
    for (criterion, words) in &questions {
        form.set(&format!("q-{criterion}"), words.clone());
    }
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = ad.title(t.language()).to_owned();
    page_with(
        status,
        &GuidePage {
            id,
            reference: ad.reference.clone(),
            tabs: Tabs::of(viewer, &ad),
            title,
            writes,
            groups: groups(&criteria, &questions, |key| t.say(key)),
            form: FormView::with_errors(typed.unwrap_or(form), errors, t),
            shell,
        },
    )
}

fn groups(
    criteria: &[Criterion],
    questions: &HashMap<CriterionId, String>,
    say: impl Fn(&str) -> String,
) -> Vec<(String, Vec<Asked>)> {
    let asked = |criterion: &Criterion| Asked {
        wording: criterion.wording.clone(),
        evidence: criterion.evidence.clone(),
        weight: say(criterion.weight.key()),
        questions: questions
            .get(&criterion.id)
            .map(|words| words.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect())
            .unwrap_or_default(),
        field: format!("q-{}", criterion.id),
    };
    Heading::ALL
        .iter()
        .map(|heading| {
            let of: Vec<Asked> = criteria.iter().filter(|c| c.heading == *heading).map(asked).collect();
            (say(heading.key()), of)
        })
        .filter(|(_, of)| !of.is_empty())
        .collect()
}

/// `GET /jobopslag/{id}/samtaleguide`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<PostingId>) -> Answer {
    draw(&req, &kit, &viewer, id.into_inner(), None, &Errors::none()).await
}

/// `POST /jobopslag/{id}/samtaleguide`
pub async fn save(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<PostingId>) -> Answer {
    let Posted { viewer, typed } = posted;
    let (id, scope) = (id.into_inner(), viewer.scope(Right::ReadApplications)?.clone());
    let moves = viewer.scope(Right::MoveApplications).ok().cloned();
    let (k, actor, user) = (kit.get_ref().clone(), viewer.actor(), viewer.user().id);
    let written: Vec<(CriterionId, String)> = typed
        .0
        .iter()
        .filter_map(|(name, words)| Some((name.strip_prefix("q-")?.parse().ok()?, words.clone())))
        .collect();
    let done = kit
        .db
        .write(move |c| {
            let ad = postings::get(c, &scope, id)?.ok_or(InterviewError::NotFound)?;
            if !may_write(c, moves.as_ref(), &ad, user, k.clock.now())? {
                return Err(InterviewError::NotFound);
            }
            actions::save_questions(c, &k, actor, id, &written)
        })
        .await;
    match done {
        Ok(()) => {
            let said = viewer.shell(&req, &kit.config).t.say("guide-said-saved");
            viewer.say_next(&kit, said).await?;
            Ok(see_other(format!("/jobopslag/{id}/samtaleguide")))
        }
        Err(InterviewError::Fields(errors)) => draw(&req, &kit, &viewer, id, Some(typed), &errors).await,
        Err(InterviewError::Db(error)) => Err(error.into()),
        Err(_) => Err(Fault::NotFound),
    }
}
