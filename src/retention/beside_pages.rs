//! What this has to say on the page of one application: when it goes and by what; and erasing it before its time.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    erase,
    fate::State,
    pages::rule_words,
    plan::{self, Planned},
};
use crate::{
    accounts::{Posted, Right, Viewer},
    applications,
    assessment::beside_pages as assessed,
    base::id::{ApplicationId, PostingId},
    i18n::format,
    kit::Kit,
    web::{Answer, Fault, Shell, see_other},
};

#[derive(Template)]
#[template(path = "retention/block.html")]
struct Block {
    shell: Shell,
    posting: PostingId,
    line: String,
    rule: String,
    held: bool,
    /// They may see the posting's page of dates.
    opens: bool,
}

/// `GET /ansoegninger/{id}`
pub async fn application(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<ApplicationId>,
) -> Answer {
    let scope = viewer.scope(Right::ReadApplications)?.clone();
    let (k, of) = (kit.get_ref().clone(), *id);
    let planned = kit
        .db
        .read(move |c| match applications::application(c, &scope, of)? {
            Some(_) => plan::plan_one(c, &k, of),
            None => Ok(None),
        })
        .await?;
    let drawn = planned.map(|planned| draw(&req, &kit, &viewer, &planned)).transpose()?.unwrap_or_default();
    assessed::application_with(req, kit, viewer, id, drawn).await
}

fn draw(req: &HttpRequest, kit: &Kit, viewer: &Viewer, planned: &Planned) -> Result<String, Fault> {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let Some(fate) = planned.fate else { return Ok(String::new()) };
    let date = format::date(fate.erase_on, t.language());
    let block = Block {
        posting: planned.of.posting,
        line: match fate.state {
            State::Held => t.say("retention-line-held"),
            _ => t.with("retention-line", "date", date),
        },
        rule: rule_words(t, &planned.kept, Some(fate.trigger)),
        held: fate.state == State::Held,
        opens: viewer.may_in(Right::SeeRetention, planned.of.unit),
        shell,
    };
    block.render().map_err(|e| Fault::internal("a part of a page could not be drawn", e))
}

/// `POST /ansoegninger/{id}/slet`: at once, with proof. Not while a hold stops the clock.
pub async fn erase(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<ApplicationId>,
) -> Answer {
    let viewer = posted.viewer;
    let id = id.into_inner();
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let posting = kit
        .db
        .write(move |c| {
            let whole = applications::application(c, &scope, id)?.ok_or(Fault::NotFound)?;
            let fate = plan::plan_one(c, &k, id)?.and_then(|planned| planned.fate);
            if fate.is_some_and(|fate| fate.state == State::Held) {
                return Err(Fault::Refused("retention-refused-held"));
            }
            erase::by_hand(c, &k, &scope, actor, id)?;
            Ok(whole.application.posting)
        })
        .await?;
    let said = viewer.shell(&req, &kit.config).t.say("erase-done");
    viewer.say_next(&kit, said).await?;
    Ok(see_other(format!("/jobopslag/{posting}/tavle")))
}
