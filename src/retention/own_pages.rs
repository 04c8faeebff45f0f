//! `/min-ansoegning/{token}/slet`: the applicant asks to be erased, and sees what becomes of it (D-04). GET shows and changes
//! nothing; POST asks.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    actions::{self, Wish},
    fate::State,
    plan,
};
use crate::{
    applications::{self, actions::OwnError},
    i18n::format,
    kit::Kit,
    secrets::fingerprint,
    web::{
        Answer, Fault, Shell,
        pace::{Door, Pace, visitor},
        page, private, see_other,
    },
};

/// What became of the wish.
enum Asked {
    /// There is none.
    May,
    /// The coming night does it.
    Tonight(String),
    /// Something stands against it for now; by when they get an answer.
    Held(String),
    /// It was refused, for this reason.
    Refused(String),
}

#[derive(Template)]
#[template(path = "retention/own.html")]
struct OwnPage {
    shell: Shell,
    token: String,
    asked: Asked,
    decided: bool,
    /// When it goes by itself; empty when that is not known.
    goes: String,
}

/// `GET /min-ansoegning/{token}/slet`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let (k, hash) = (kit.get_ref().clone(), fingerprint(&token));
    let (whole, wish) = kit
        .db
        .read(move |c| {
            let whole = applications::own(c, &hash)?.ok_or(Fault::NotFound)?;
            let wish = actions::wish(c, &k, whole.application.id)?;
            Ok::<_, Fault>((whole, wish))
        })
        .await?;
    let shell = Shell::public(&req, &kit.config);
    let t = shell.t;
    let (asked, goes) = said(&kit, t, &wish);
    let decided = whole.application.is_shown();
    Ok(private(page(&OwnPage { shell, token: token.into_inner(), asked, decided, goes })?))
}

fn said(kit: &Kit, t: crate::i18n::Speech, wish: &Wish) -> (Asked, String) {
    let date = |day| format::date(day, t.language());
    let fate = wish.planned.as_ref().and_then(|planned| planned.fate);
    let goes = fate.filter(|fate| fate.state != State::Held).map(|fate| date(fate.erase_on));
    let asked = match &wish.request {
        None => Asked::May,
        Some(request) => match &request.refused_reason {
            Some(words) => Asked::Refused(words.clone()),
            None if fate.is_some_and(|fate| fate.state == State::Held) => {
                Asked::Held(date(plan::day_of(request.due_at, kit.config.delivery.zone)))
            }
            None => Asked::Tonight(goes.clone().unwrap_or_default()),
        },
    };
    (asked, goes.unwrap_or_default())
}

/// `POST /min-ansoegning/{token}/slet`
pub async fn ask(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let (k, hash) = (kit.get_ref().clone(), fingerprint(&token));
    kit.db
        .write(move |c| {
            let whole = applications::own(c, &hash)?.ok_or(OwnError::NotFound)?;
            actions::ask(c, &k, &hash, whole.application.id)
        })
        .await
        .map_err(|error| match error {
            OwnError::Db(error) => error.into(),
            _ => Fault::NotFound,
        })?;
    let shell = Shell::public(&req, &kit.config);
    Ok(see_other(format!("/min-ansoegning/{}/slet?lang={}", token.into_inner(), shell.lang)))
}
