//! `/udsendelser/{id}/tekst`: other words for one channel, before they are sent.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::ActionError,
    pages::{Badge, PostView, parse},
    rewrite::{self, Pen, RewriteError, Rewritten},
    said, store,
};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::id::{DeliveryId, PublicationId},
    kit::Kit,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

#[derive(Template)]
#[template(path = "publishing/rewrite.html", blocks = ["preview"])]
struct RewritePage {
    shell: Shell,
    id: DeliveryId,
    publication: PublicationId,
    badge: Badge,
    account: String,
    /// somebody must approve the new words
    asks: bool,
    /// the reader does not see the queue, only what waits for approval
    waits: bool,
    /// it takes a first comment
    comments: bool,
    lang: &'static str,
    used: usize,
    max: usize,
    over: bool,
    warnings: Vec<String>,
    post: PostView,
    form: FormView,
}

fn pen(viewer: &Viewer) -> Result<Pen, Fault> {
    Ok(Pen {
        actor: viewer.actor(),
        edits: viewer.scope(Right::EditPostings)?.clone(),
        publishes: viewer.scope(Right::Publish).ok().cloned().unwrap_or_default(),
    })
}

/// `GET /udsendelser/{id}/tekst`
pub async fn form(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let page = draw(&req, &viewer, &kit, parse(&id)?, None, &Errors::none()).await?;
    page_with(StatusCode::OK, &page)
}

/// `POST /udsendelser/{id}/tekst`: keeps the words, or only renews the preview when that button was pressed.
pub async fn save(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    let pen = pen(&viewer)?;
    if typed.get("do") == "vis" {
        let page = draw(&req, &viewer, &kit, id, Some(typed), &Errors::none()).await?;
        return page_with(StatusCode::OK, &page);
    }
    let t = viewer.shell(&req, &kit.config).t;
    let back = {
        let edits = pen.edits.clone();
        let row = kit.db.read(move |c| store::in_scope(c, &edits, id)).await?;
        let (row, _) = row.ok_or(Fault::NotFound)?;
        // what waits, or will, is shown where it is approved
        (row.publication_id, row.state.waits_for_approval())
    };
    match rewrite::rewrite(&kit, &pen, id, typed.get("text"), comment_of(&typed)).await {
        Ok(done) => {
            let (key, waits) = match done {
                Rewritten::Same => ("rewrite-said-same", back.1),
                Rewritten::Goes => ("rewrite-said-goes", false),
                Rewritten::Waits => ("rewrite-said-waits", true),
            };
            viewer.say_next(&kit, t.say(key)).await?;
            let to = if waits { format!("/godkendelser/{}", back.0) } else { format!("/udsendelser/{id}") };
            Ok(see_other(to))
        }
        Err(RewriteError::Action(error)) => Err(fault(error)),
        Err(RewriteError::Fields(errors)) => {
            let page = draw(&req, &viewer, &kit, id, Some(typed), &errors).await?;
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// `POST /udsendelser/{id}/tekst/vis`: the preview alone, for the page's own script.
pub async fn preview(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let page = draw(&req, &posted.viewer, &kit, parse(&id)?, Some(posted.typed), &Errors::none()).await?;
    page_with(StatusCode::OK, &page.as_preview())
}

/// What is said under the post, where the form asks for it.
fn comment_of(typed: &Typed) -> Option<&str> {
    typed.all("comment").next()
}

fn fault(error: ActionError) -> Fault {
    match error {
        ActionError::Db(error) => error.into(),
        ActionError::Forbidden => Fault::Forbidden,
        ActionError::TooLate => Fault::Conflict("delivery-error-too-late"),
        ActionError::NotFound | ActionError::Field(..) => Fault::NotFound,
    }
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: DeliveryId,
    typed: Option<Typed>,
    errors: &Errors,
) -> Result<RewritePage, Fault> {
    let pen = pen(viewer)?;
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let found = kit
        .db
        .read(move |c| {
            let open = rewrite::open(c, &pen, id)?;
            let asks = store::demand(c, id)?.is_some();
            Ok::<_, ActionError>((open, asks))
        })
        .await;
    let (open, asks) = found.map_err(fault)?;
    let typed = typed.unwrap_or_else(|| {
        let mut typed = Typed::default();
        typed.set("text", open.post.text.clone());
        typed.set("comment", open.post.comment.clone().unwrap_or_default());
        typed
    });
    let (post, fit) = rewrite::fitted(&open, typed.get("text"), comment_of(&typed));
    let say = |key: &str, args: &[(&'static str, u64)]| {
        let args: Vec<_> = args.iter().map(|(n, v)| (*n, crate::i18n::Said::said(v))).collect();
        t.args(key, &args)
    };
    let account = &open.connection;
    Ok(RewritePage {
        id,
        publication: open.row.publication_id,
        badge: Badge::at(account),
        account: account.handle.clone(),
        asks,
        waits: open.row.state.waits_for_approval(),
        comments: account.channel.commenting().is_some(),
        lang: post.language.code(),
        used: fit.used,
        max: fit.max,
        over: fit.left() < 0,
        warnings: fit.warnings.iter().map(|w| say(w.key, &w.args)).collect(),
        post: PostView::of(&post, account.channel, account.name(), said::time(t, &open.row, open.row.due_at)),
        form: FormView::with_errors(typed, errors, t),
        shell,
    })
}
