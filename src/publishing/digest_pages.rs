//! `/morgenbrev`: how often somebody wants to be told how their posts go, and what the letter would say now.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    digest::{self, Digest, Frequency, Wish},
    store,
};
use crate::{
    accounts::{Posted, Viewer},
    db::DbError,
    kit::Kit,
    web::{
        Answer, FormView, Shell, Typed,
        forms::{Choice, Errors},
        page_with, see_other,
    },
};

#[derive(Template)]
#[template(path = "publishing/digest.html")]
struct DigestPage {
    shell: Shell,
    email: String,
    choices: Vec<Choice>,
    form: FormView,
    digest: Digest,
}

/// `GET /morgenbrev`
pub async fn show(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    draw(&req, &viewer, &kit, StatusCode::OK, None, &Errors::none()).await
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    status: StatusCode,
    typed: Option<Typed>,
    errors: &Errors,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let (t, k, user) = (shell.t, kit.clone(), viewer.user().clone());
    let (wish, digest) = kit
        .db
        .read(move |c| {
            let wish = store::digest_wish(c, user.id)?;
            Ok::<_, DbError>((wish, digest::read(c, &k, &user, t, wish)?))
        })
        .await?;
    let typed = typed.unwrap_or_else(|| {
        let mut typed = Typed::default();
        typed.set("frequency", wish.frequency.to_string());
        typed
    });
    let choice = |f: &Frequency| Choice {
        value: f.to_string(),
        label: t.say(&format!("digest-{f}")),
        hint: t.say(&format!("digest-{f}-hint")),
    };
    let page = DigestPage {
        email: viewer.user().email.clone(),
        choices: Frequency::ALL.iter().map(choice).collect(),
        form: FormView::with_errors(typed, errors, t),
        digest,
        shell,
    };
    page_with(status, &page)
}

/// `POST /morgenbrev`
pub async fn save(posted: Posted, req: HttpRequest, kit: web::Data<Kit>) -> Answer {
    let Posted { viewer, typed } = posted;
    let Ok(frequency) = typed.get("frequency").parse::<Frequency>() else {
        let errors = Errors::one("frequency", "error-required");
        return draw(&req, &viewer, &kit, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), &errors).await;
    };
    let user = viewer.user().id;
    kit.db
        .write(move |c| {
            let wish = store::digest_wish(c, user)?;
            store::put_digest_wish(c, user, Wish { frequency, ..wish })
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("digest-said-saved")).await?;
    Ok(see_other("/morgenbrev"))
}
