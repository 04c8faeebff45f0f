//! `/log-ind`, `/log-ud`, `/sprog`.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use askama::Template;

use super::{
    Posted, actions,
    session::{cookie, cookie_name},
    store,
};
use crate::{
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        pace::{Door, Pace, visitor},
        page, page_with, see_other,
        shell::language_of,
    },
};

#[derive(Template)]
#[template(path = "accounts/login.html")]
struct LoginPage {
    shell: Shell,
    form: FormView,
    next: String,
    /// a password was chosen a moment ago
    chosen: bool,
}

/// `GET /log-ind`
pub async fn log_in_page(req: HttpRequest, kit: web::Data<Kit>, query: Query) -> Answer {
    let shell = Shell::new(&req, &kit.config, language_of(&req, None));
    let chosen = query.0.get("adgangskode") == "valgt";
    page(&LoginPage { shell, form: FormView::default(), next: inside(query.0.get("next")), chosen })
}

/// `POST /log-ind`
pub async fn log_in(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    mut typed: Typed,
) -> Answer {
    pace.pass(Door::LogIn, visitor(&req, &kit.config))?;
    let next = inside(typed.get("next"));
    match actions::log_in(&kit, typed.get("email"), typed.get("password")).await? {
        Some(logged_in) => Ok(HttpResponse::SeeOther()
            .cookie(cookie(&kit.config, logged_in.token))
            .insert_header((header::LOCATION, next))
            .finish()),
        None => {
            let shell = Shell::new(&req, &kit.config, language_of(&req, None));
            typed.set("password", "");
            let form = FormView::with_errors(typed, &Errors::one("email", "login-wrong"), shell.t);
            page_with(StatusCode::UNPROCESSABLE_ENTITY, &LoginPage { shell, form, next, chosen: false })
        }
    }
}

/// `POST /log-ud`
pub async fn log_out(req: HttpRequest, kit: web::Data<Kit>, _posted: Posted) -> Answer {
    if let Some(held) = req.cookie(cookie_name(&kit.config)) {
        actions::log_out(&kit, held.value()).await?;
    }
    let mut gone = cookie(&kit.config, String::new());
    gone.make_removal();
    let mut response = see_other("/log-ind");
    let _ = response.add_cookie(&gone);
    Ok(response)
}

/// `POST /sprog`: the person's own language from now on.
pub async fn set_language(kit: web::Data<Kit>, posted: Posted) -> Answer {
    let language = posted.typed.get("language").parse().map_err(|_| Fault::BadRequest)?;
    let user = posted.viewer.user().id;
    kit.db.write(move |c| store::set_language(c, user, language)).await?;
    Ok(see_other(inside(posted.typed.get("next"))))
}

/// Only our own paths; an address elsewhere would make the log-in a springboard.
fn inside(next: &str) -> String {
    let ours = next.starts_with('/') && !next.starts_with("//") && !next.contains('\\');
    if ours { next.to_owned() } else { "/start".to_owned() }
}
