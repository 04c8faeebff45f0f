//! `/samtykke/{token}`: where somebody says what pictures of them may be used for, and takes it back. GET shows and
//! changes nothing; POST answers. Nothing else of Opslag is to be seen from here.

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, http::header, web};
use askama::Template;

use super::{
    actions::{self, ConsentError},
    person::{Giver, Purpose},
    store,
};
use crate::{
    base::id::AssetId,
    db::DbError,
    i18n::format,
    kit::Kit,
    media::{self, file_pages, image::Profile},
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors, Query},
        pace::{Door, Pace, visitor},
        page_with, private, see_other,
    },
};

struct Picture {
    src: String,
    alt: String,
    film: bool,
}

#[derive(Template)]
#[template(path = "media/answer.html")]
struct AnswerPage {
    shell: Shell,
    form: FormView,
    token: String,
    name: String,
    lede: String,
    is_guardian: bool,
    pictures: Vec<Picture>,
    purposes: Vec<Choice>,
    has_said_yes: bool,
    until: String,
    over: bool,
    contact: String,
    done: Option<String>,
}

#[derive(Template)]
#[template(path = "media/answer_gone.html")]
struct GonePage {
    shell: Shell,
}

fn gone(req: &HttpRequest, kit: &Kit) -> Answer {
    Ok(private(page_with(StatusCode::GONE, &GonePage { shell: Shell::public(req, &kit.config) })?))
}

/// `GET /samtykke/{token}`
pub async fn show(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    query: Query,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let done = match query.0.get("svar") {
        "ja" => Some("consent-thanks"),
        "nej" => Some("consent-taken-back"),
        _ => None,
    };
    draw(&req, &kit, &token, StatusCode::OK, None, &Errors::none(), done).await
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    token: &str,
    status: StatusCode,
    typed: Option<Typed>,
    errors: &Errors,
    done: Option<&str>,
) -> Answer {
    let shell = Shell::public(req, &kit.config);
    let (t, now, text) = (shell.t, kit.clock.now(), token.to_owned());
    let found = kit
        .db
        .read(move |c| {
            let Some((link, person)) = actions::opened_by(c, &text)? else { return Ok(None) };
            let ids = store::assets_of(c, person.id)?;
            Ok::<_, DbError>(Some((link, person, media::of_ids(c, &ids)?)))
        })
        .await?;
    let Some((link, person, assets)) = found else { return gone(req, kit) };
    let zone = kit.config.delivery.zone;
    let stands = |purpose: Purpose| {
        person.yeses.iter().any(|y| {
            y.purpose == purpose && y.giver == link.giver && y.giver_name == link.giver_name && y.holds(now)
        })
    };
    let mut given = Typed::default();
    for purpose in Purpose::ALL.iter().filter(|p| stands(**p)) {
        given.0.push(("purposes".to_owned(), purpose.word().to_owned()));
    }
    let last = actions::day(link.until_at, zone).pred_opt().unwrap_or_default();
    let page = AnswerPage {
        token: token.to_owned(),
        pictures: assets
            .iter()
            .filter(|a| a.shown(Profile::Thumb.code()).is_some())
            .map(|a| Picture {
                src: format!("/samtykke/{token}/billede/{}", a.id),
                alt: a.alt_text.clone(),
                film: a.kind == media::Kind::Film,
            })
            .collect(),
        purposes: Purpose::ALL
            .iter()
            .map(|p| Choice { value: p.word().to_owned(), label: t.say(p.key()), hint: t.say(p.words_key()) })
            .collect(),
        has_said_yes: Purpose::ALL.iter().any(|p| stands(*p)),
        until: format::date(last, t.language()),
        over: now >= link.ends_at,
        contact: kit.config.organisation.email.clone(),
        is_guardian: link.giver == Giver::Guardian,
        lede: actions::question(kit, &link.giver_name, &person, t),
        name: person.name,
        done: done.map(|key| t.say(key)),
        form: FormView::with_errors(typed.unwrap_or(given), errors, t),
        shell,
    };
    Ok(private(page_with(status, &page)?))
}

/// `POST /samtykke/{token}`: yes to what is ticked, no to everything else.
pub async fn answer(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    token: web::Path<String>,
    typed: Typed,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let purposes: Vec<Purpose> = match typed.get("do") {
        "none" => Vec::new(),
        _ => typed.all("purposes").filter_map(|p| p.parse().ok()).collect(),
    };
    if typed.get("do") != "none" && purposes.is_empty() {
        let errors = Errors::one("purposes", "consent-error-none");
        return draw(&req, &kit, &token, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), &errors, None).await;
    }
    let language = Shell::public(&req, &kit.config).t.language();
    let said = if purposes.is_empty() { "nej" } else { "ja" };
    match actions::answer(&kit, &token, purposes, language).await {
        Ok(()) => {
            let lang = Shell::public(&req, &kit.config).lang;
            Ok(private(see_other(format!("/samtykke/{token}?svar={said}&lang={lang}"))))
        }
        Err(ConsentError::NotFound) => gone(&req, &kit),
        Err(ConsentError::Ended) => {
            let errors = Errors::one("purposes", "consent-over");
            draw(&req, &kit, &token, StatusCode::CONFLICT, Some(typed), &errors, None).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /samtykke/{token}/billede/{asset}`: a small picture of what the question is about.
pub async fn picture(
    req: HttpRequest,
    kit: web::Data<Kit>,
    pace: web::Data<Pace>,
    path: web::Path<(String, String)>,
) -> Answer {
    pace.pass(Door::Link, visitor(&req, &kit.config))?;
    let (token, asset) = path.into_inner();
    let asset: AssetId = asset.parse().map_err(|_| Fault::NotFound)?;
    let found = kit
        .db
        .read(move |c| {
            let Some((_, person)) = actions::opened_by(c, &token)? else { return Ok(None) };
            if !store::assets_of(c, person.id)?.contains(&asset) {
                return Ok(None);
            }
            media::asset(c, asset)
        })
        .await
        .map_err(|e: DbError| Fault::from(e))?;
    let drawn = found.and_then(|a| a.shown(Profile::Thumb.code())).ok_or(Fault::NotFound)?;
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
    let len = u64::try_from(drawn.bytes).unwrap_or(0);
    file_pages::stream(&req, &kit, response, (&drawn.sha256, &drawn.mime, len)).await
}
