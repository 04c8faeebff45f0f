//! `/ekstern/{token}`: one publication for somebody outside the house. GET shows and changes nothing but the log
//! (mail programs open links by themselves); POST acts. Nothing else of Opslag is to be seen from here.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::ActionError,
    approval::{self, Judge, Judgement},
    approval_pages, difference, guest,
    judged::{self, Part, Reader, Shown},
    store::Word,
};
use crate::{
    accounts::Posted,
    base::id::PublicationId,
    db::DbError,
    i18n::format,
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        pace::{Door, Pace, visitor},
        page_with, private, see_other,
    },
};

#[derive(Template)]
#[template(path = "publishing/guest.html")]
struct GuestPage {
    shell: Shell,
    token: String,
    name: String,
    title: String,
    author: String,
    until: String,
    parts: Vec<Part>,
    remarks: Vec<Shown>,
    judge: usize,
    done: Option<String>,
    form: FormView,
}

#[derive(Template)]
#[template(path = "publishing/guest_over.html")]
struct OverPage {
    shell: Shell,
}

fn over(req: &HttpRequest, kit: &Kit) -> Answer {
    Ok(private(page_with(StatusCode::GONE, &OverPage { shell: Shell::public(req, &kit.config) })?))
}

/// `GET /ekstern/{token}`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    query: Query,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let done = match query.0.get("svar") {
        "approved" => Some("guest-said-approved"),
        "returned" => Some("guest-said-returned"),
        "rejected" => Some("guest-said-rejected"),
        "remark" => Some("approval-said-remark"),
        _ => None,
    };
    draw(&req, &kit, &token, StatusCode::OK, Typed::default(), &Errors::none(), done).await
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    token: &str,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
    done: Option<&str>,
) -> Answer {
    let shell = Shell::public(req, &kit.config);
    let (t, now, k, text) = (shell.t, kit.clock.now(), kit.clone(), token.to_owned());
    let found = kit
        .db
        .read(move |c| {
            let Some((link, publication)) = guest::opened_by(c, &text, now)? else { return Ok(None) };
            let reader = Reader::guest(&link);
            let read = judged::read(c, &k, t, publication.id, &reader, now)?;
            Ok::<_, DbError>(read.map(|read| (link, publication, read)))
        })
        .await?;
    let Some((link, publication, read)) = found else { return over(req, kit) };
    let until = format::instant_long(link.ends_at, kit.config.delivery.zone, t.language());
    let name = link.name.clone();
    guest::opened(kit, link, publication).await?;
    let page = GuestPage {
        token: token.to_owned(),
        name,
        title: read.title,
        author: read.author,
        until,
        judge: read.parts.iter().filter(|p| p.judge).count(),
        parts: read.parts,
        remarks: read.remarks,
        done: done.map(|key| t.say(key)),
        form: FormView::with_errors(typed, errors, t),
        shell,
    };
    Ok(private(page_with(status, &page)?))
}

/// `POST /ekstern/{token}/svar`
pub async fn answer(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    typed: Typed,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let Some((judge, id)) = who(&kit, &token).await? else { return over(&req, &kit) };
    let word: Word = typed.get("do").parse().unwrap_or(Word::Approved);
    let judgement = Judgement {
        word,
        note: typed.get("note").to_owned(),
        seen: approval_pages::seen(&typed),
        when: None,
        checks: Vec::new(),
    };
    let done = approval::judge(&kit, judge, id, judgement).await;
    answered(&req, &kit, &token, typed, done, word.word()).await
}

/// `POST /ekstern/{token}/bemaerk`
pub async fn remark(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    typed: Typed,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let Some((judge, id)) = who(&kit, &token).await? else { return over(&req, &kit) };
    let done = approval::remark(&kit, judge.speaks, id, typed.get("remark")).await;
    answered(&req, &kit, &token, typed, done, "remark").await
}

async fn who(kit: &Kit, token: &str) -> Result<Option<(Judge, PublicationId)>, Fault> {
    let (now, text) = (kit.clock.now(), token.to_owned());
    let found = kit.db.read(move |c| guest::opened_by(c, &text, now)).await?;
    Ok(found.map(|(link, publication)| (Reader::guest(&link).judge, publication.id)))
}

async fn answered(
    req: &HttpRequest,
    kit: &Kit,
    token: &str,
    typed: Typed,
    done: Result<(), ActionError>,
    said: &str,
) -> Answer {
    let (status, errors) = match done {
        Ok(()) => {
            let lang = Shell::public(req, &kit.config).lang;
            return Ok(private(see_other(format!("/ekstern/{token}?svar={said}&lang={lang}"))));
        }
        Err(ActionError::NotFound) => return Err(Fault::NotFound),
        Err(ActionError::Forbidden) => return over(req, kit),
        Err(ActionError::Db(error)) => return Err(error.into()),
        Err(ActionError::TooLate) => (StatusCode::CONFLICT, Errors::one("state", "delivery-error-too-late")),
        Err(ActionError::Field("state", key)) => (StatusCode::CONFLICT, Errors::one("state", key)),
        Err(ActionError::Field(field, key)) => (StatusCode::UNPROCESSABLE_ENTITY, Errors::one(field, key)),
    };
    draw(req, kit, token, status, typed, &errors, None).await
}

/// `POST /godkendelser/{id}/ekstern`: makes a link and mails it.
pub async fn invite(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id = approval_pages::parse(&id)?;
    let Posted { viewer, typed } = posted;
    approval_pages::visible(&viewer, &kit, id).await?;
    let invitation = guest::Invitation {
        name: typed.get("guest_name").to_owned(),
        email: typed.get("guest_email").to_owned(),
        days: typed.get("guest_days").parse().unwrap_or(0),
    };
    let done = guest::invite(&kit, viewer.actor(), id, invitation).await.map(drop);
    approval_pages::answered(&req, &viewer, &kit, id, typed, done, "guest-said-invited").await
}

/// `POST /godkendelser/{id}/ekstern/{link}/slut`: ends a link at once.
pub async fn revoke(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    path: web::Path<(String, String)>,
) -> Answer {
    let (id, link) = path.into_inner();
    let id = approval_pages::parse(&id)?;
    let link = link.parse().map_err(|_| Fault::NotFound)?;
    let Posted { viewer, typed } = posted;
    approval_pages::visible(&viewer, &kit, id).await?;
    let done = guest::revoke(&kit, viewer.actor(), id, link).await;
    approval_pages::answered(&req, &viewer, &kit, id, typed, done, "guest-said-revoked").await
}
