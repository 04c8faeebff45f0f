//! `/adgangskode/…` and `/glemt-adgangskode`: choosing a password through a link in a letter.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{actions, password};
use crate::{
    db::DbError,
    kit::Kit,
    web::{
        Answer, FormView, Shell, Typed,
        forms::Errors,
        pace::{Door, Pace, visitor},
        page, page_with, see_other,
        shell::language_of,
    },
};

#[derive(Template)]
#[template(path = "accounts/password.html")]
struct PasswordPage {
    shell: Shell,
    form: FormView,
    link: String,
    /// whose link it is; none when it no longer holds
    email: Option<String>,
}

#[derive(Template)]
#[template(path = "accounts/forgotten.html")]
struct ForgottenPage {
    shell: Shell,
    form: FormView,
    sent: bool,
}

fn shell(req: &HttpRequest, kit: &Kit) -> Shell {
    Shell::new(req, &kit.config, language_of(req, None))
}

/// `GET /adgangskode/{link}`
pub async fn password_page(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    link: web::Path<String>,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let link = link.into_inner();
    let holder = {
        let (kit, link) = (kit.clone(), link.clone());
        kit.clone().db.read(move |c| actions::link_holder(c, &kit, &link)).await?
    };
    let status = if holder.is_some() { StatusCode::OK } else { StatusCode::GONE };
    let email = holder.map(|user| user.email);
    page_with(status, &PasswordPage { shell: shell(&req, &kit), form: FormView::default(), link, email })
}

/// `POST /adgangskode/{link}`
pub async fn choose_password(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    link: web::Path<String>,
    typed: Typed,
) -> Answer {
    pace.pass(Door::LogIn, visitor(&req, &kit.config))?;
    let link = link.into_inner();
    let chosen = typed.get("password").to_owned();
    if let Err(key) = password::acceptable(&chosen) {
        let holder = {
            let (kit, link) = (kit.clone(), link.clone());
            kit.clone().db.read(move |c| actions::link_holder(c, &kit, &link)).await?
        };
        let shell = shell(&req, &kit);
        let form = FormView::with_errors(Typed::default(), &Errors::one("password", key), shell.t);
        let email = holder.map(|user| user.email);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &PasswordPage { shell, form, link, email });
    }
    let hash = {
        let chance = kit.chance.clone();
        tokio::task::spawn_blocking(move || password::hash(&chosen, &chance))
            .await
            .map_err(|_| DbError::Panicked)?
    };
    let done = {
        let (kit, link) = (kit.clone(), link.clone());
        kit.clone().db.write(move |c| actions::choose_password(c, &kit, &link, &hash)).await?
    };
    if done {
        Ok(see_other("/log-ind?adgangskode=valgt"))
    } else {
        let shell = shell(&req, &kit);
        page_with(StatusCode::GONE, &PasswordPage { shell, form: FormView::default(), link, email: None })
    }
}

/// `GET /glemt-adgangskode`
pub async fn forgotten_page(req: HttpRequest, kit: web::Data<Kit>) -> Answer {
    page(&ForgottenPage { shell: shell(&req, &kit), form: FormView::default(), sent: false })
}

/// `POST /glemt-adgangskode`: the same answer whether the address is known or not.
pub async fn forgotten(req: HttpRequest, kit: web::Data<Kit>, pace: web::Data<Pace>, typed: Typed) -> Answer {
    pace.pass(Door::LogIn, visitor(&req, &kit.config))?;
    let shell = shell(&req, &kit);
    if let Err(key) = crate::base::address::email(typed.get("email")) {
        let form = FormView::with_errors(typed, &Errors::one("email", key), shell.t);
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &ForgottenPage { shell, form, sent: false });
    }
    actions::forgotten(&kit, typed.get("email")).await?;
    page(&ForgottenPage { shell, form: FormView::of(typed), sent: true })
}
