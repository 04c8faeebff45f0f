//! `/svar/skabeloner`: the words of letters to applicants, which the organisation may make its own.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::template::{self, Kind, SaveError};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::Language,
    db::DbError,
    kit::Kit,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page, page_with, see_other},
};

/// The words of one kind of letter in one language.
struct Row {
    href: String,
    kind: String,
    language: &'static str,
    subject: String,
    own: bool,
}

#[derive(Template)]
#[template(path = "answers/templates.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "answers/template.html")]
struct EditPage {
    shell: Shell,
    form: FormView,
    action: String,
    kind: String,
    language: &'static str,
    lang: &'static str,
    /// what may stand in braces, and what it is
    fields: Vec<(String, String)>,
    own: bool,
}

/// `GET /svar/skabeloner`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    viewer.scope(Right::SetLetters)?;
    let shell = viewer.shell(&req, &kit.config);
    let found = kit
        .db
        .read(|c| {
            let mut found = Vec::new();
            for kind in Kind::ALL {
                for language in Language::ALL {
                    found.push((*kind, language, template::of(c, *kind, language)?));
                }
            }
            Ok::<_, DbError>(found)
        })
        .await?;
    let rows = found
        .into_iter()
        .map(|(kind, language, words)| Row {
            href: format!("/svar/skabeloner/{kind}/{language}"),
            kind: shell.t.say(kind.key()),
            language: language.own_name(),
            subject: words.subject,
            own: words.version > 0,
        })
        .collect();
    page(&ListPage { rows, shell })
}

fn named(path: &(String, String)) -> Result<(Kind, Language), Fault> {
    let kind = path.0.parse().map_err(|_| Fault::NotFound)?;
    let language = Language::ALL.into_iter().find(|l| l.code() == path.1).ok_or(Fault::NotFound)?;
    Ok((kind, language))
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    (kind, language): (Kind, Language),
    status: StatusCode,
    typed: Option<Typed>,
    errors: &Errors,
) -> Answer {
    let words = kit.db.read(move |c| template::of(c, kind, language)).await?;
    let own = words.version > 0;
    let typed = typed.unwrap_or_else(|| {
        let mut typed = Typed::default();
        typed.set("subject", words.subject);
        typed.set("body", words.body);
        typed.set("version", words.version.to_string());
        typed
    });
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    page_with(
        status,
        &EditPage {
            action: format!("/svar/skabeloner/{kind}/{language}"),
            kind: t.say(kind.key()),
            language: language.own_name(),
            lang: language.code(),
            fields: kind.fields().iter().map(|field| (field.braced(), t.say(field.key()))).collect(),
            own,
            form: FormView::with_errors(typed, errors, t),
            shell,
        },
    )
}

type Which = web::Path<(String, String)>;

/// `GET /svar/skabeloner/{kind}/{language}`
pub async fn form(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, which: Which) -> Answer {
    viewer.scope(Right::SetLetters)?;
    let which = named(&which)?;
    draw(&req, &kit, &viewer, which, StatusCode::OK, None, &Errors::none()).await
}

/// `POST /svar/skabeloner/{kind}/{language}`: saves words of one's own, or (`do=shipped`) goes back to the shipped ones.
pub async fn save(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, which: Which) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(Right::SetLetters)?;
    let which = named(&which)?;
    if typed.get("do") == "shipped" {
        let (kind, language) = which;
        kit.db.write(move |c| template::reset(c, kind, language)).await?;
        let said = viewer.shell(&req, &kit.config).t.say("answers-said-reset");
        viewer.say_next(&kit, said).await?;
        return Ok(see_other(format!("/svar/skabeloner/{kind}/{language}")));
    }
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let (subject, body) = (typed.get("subject").to_owned(), typed.get("body").to_owned());
    let version = typed.get("version").parse().unwrap_or(0);
    let saved = kit.db.write(move |c| template::save(c, &k, actor, which, (&subject, &body), version)).await;
    match saved {
        Ok(()) => {
            let said = viewer.shell(&req, &kit.config).t.say("answers-said-saved");
            viewer.say_next(&kit, said).await?;
            Ok(see_other("/svar/skabeloner"))
        }
        Err(SaveError::Fields(errors)) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            draw(&req, &kit, &viewer, which, status, Some(typed), &errors).await
        }
        Err(SaveError::Db(error)) => Err(error.into()),
    }
}
