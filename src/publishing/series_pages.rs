//! `/gentagelser`: what repeats; `/gentagelser/{id}`: one series, what has been laid of it and what can be done with it.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{ActionError, By},
    pages::{Around, Badge},
    rewrite::RewriteError,
    said::{self, Chip},
    series_actions,
    store::{self, Series, SeriesState},
    subject, timing,
};
use crate::{
    accounts::{Posted, Right, Viewer},
    base::{
        Language,
        id::{AccountId, SeriesId},
    },
    channels::Standing,
    db::DbError,
    i18n::Speech,
    kit::Kit,
    web::{Answer, Fault, FormView, Shell, Typed, forms::Errors, page, page_with, see_other},
};

/// Occurrences that are shown: the last ones laid.
const SHOWN: usize = 60;

/// A series in the list.
struct Line {
    href: String,
    title: String,
    rhythm: String,
    chip: Chip,
    accounts: Vec<Badge>,
}

#[derive(Template)]
#[template(path = "publishing/series_list.html")]
struct ListPage {
    shell: Shell,
    lines: Vec<Line>,
}

/// One account and its words.
struct Voice {
    field: String,
    badge: Badge,
    handle: String,
    /// It was disconnected: nothing is laid there.
    gone: bool,
}

/// One occurrence on one account.
struct Row {
    href: String,
    when: String,
    badge: Badge,
    chip: Chip,
}

#[derive(Template)]
#[template(path = "publishing/series.html")]
struct SeriesPage {
    shell: Shell,
    id: SeriesId,
    title: String,
    about: String,
    rhythm: String,
    chip: Chip,
    /// Why nothing is laid just now, when something stands in its way.
    refusal: Option<String>,
    lang: Language,
    running: bool,
    paused: bool,
    /// Something of it is out.
    out: bool,
    voices: Vec<Voice>,
    rows: Vec<Row>,
    form: FormView,
}

fn chip(t: Speech, state: SeriesState) -> Chip {
    let (look, icon) = match state {
        SeriesState::Running => ("ok", "sync"),
        SeriesState::Paused => ("warn", "time"),
        SeriesState::Stopped | SeriesState::Over => ("line", ""),
    };
    Chip { label: t.say(&format!("series-state-{}", state.word())), look, icon }
}

/// `GET /gentagelser`
pub async fn list(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, k) = (shell.t, kit.get_ref().clone());
    let lines = kit
        .db
        .read(move |c| {
            let mut lines = Vec::new();
            for row in store::all_series(c)? {
                let Some(about) = series_actions::seen(c, &k, &scope, &row)? else { continue };
                lines.push(Line {
                    href: format!("/gentagelser/{}", row.id),
                    title: subject::title(c, &k, about, t.language())?,
                    rhythm: timing::words(t, &row.rhythm()),
                    chip: chip(t, row.state),
                    accounts: series_actions::places(c, row.id)?.iter().map(Badge::at).collect(),
                });
            }
            Ok::<_, DbError>(lines)
        })
        .await?;
    page(&ListPage { shell, lines })
}

/// `GET /gentagelser/{id}`
pub async fn show(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    draw(&req, &viewer, &kit, parse(&id)?, StatusCode::OK, None, &Errors::none()).await
}

fn parse(id: &str) -> Result<SeriesId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: SeriesId,
    status: StatusCode,
    typed: Option<Typed>,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, k) = (shell.t, kit.clock.now(), kit.clone());
    let found = kit
        .db
        .read(move |c| {
            let Some((row, about)) = series_actions::in_scope(c, &k, &scope, id)? else { return Ok(None) };
            let content = subject::read(c, &k, about, row.language)?;
            let mut around = Around::new(t, now, &k);
            let title = around.title(c, about)?;
            let (mut voices, mut words) = (Vec::new(), Typed::default());
            for (account, said) in store::parts_of(c, id)? {
                let connection = around.connection(c, account)?;
                words.set(&format!("text-{account}"), said);
                voices.push(Voice {
                    field: format!("text-{account}"),
                    badge: connection.as_ref().map_or_else(Badge::unknown, Badge::at),
                    handle: connection.as_ref().map(|a| a.handle.clone()).unwrap_or_default(),
                    gone: connection.is_none_or(|a| a.state == Standing::Disconnected),
                });
            }
            let mut rows = Vec::new();
            for (_, delivery) in store::deliveries_of_series(c, id)?.into_iter().rev().take(SHOWN) {
                let connection = around.connection(c, delivery.account_id)?;
                rows.push((
                    delivery.state,
                    Row {
                        href: format!("/udsendelser/{}", delivery.id),
                        when: said::time(t, &delivery, delivery.due_at),
                        badge: connection.as_ref().map_or_else(Badge::unknown, Badge::at),
                        chip: said::chip(t, &delivery, now),
                    },
                ));
            }
            let refusal = content.and_then(|content| content.refusal);
            Ok::<_, DbError>(Some((row, about, title, voices, words, rows, refusal)))
        })
        .await?;
    let (row, about, title, voices, words, rows, refusal) = found.ok_or(Fault::NotFound)?;
    let Series { state, language, .. } = row;
    page_with(
        status,
        &SeriesPage {
            id,
            title,
            about: about.href(),
            rhythm: timing::words(t, &row.rhythm()),
            chip: chip(t, state),
            refusal: refusal.filter(|_| state == SeriesState::Running).map(|key| t.say(key)),
            lang: language,
            running: state == SeriesState::Running,
            paused: state == SeriesState::Paused,
            out: rows.iter().any(|(state, _)| *state == super::State::Published),
            voices,
            rows: rows.into_iter().map(|(_, row)| row).collect(),
            form: FormView::with_errors(typed.unwrap_or(words), errors, t),
            shell,
        },
    )
}

/// A verb that needs nothing but the series; `said` tells how many deliveries it concerned.
async fn verb(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    id: web::Path<String>,
    said: &str,
    act: impl AsyncFnOnce(&Kit, &By, SeriesId) -> Result<usize, ActionError>,
) -> Answer {
    let id = parse(&id)?;
    let by = by(&posted.viewer)?;
    match act(&kit, &by, id).await {
        Ok(count) => {
            let t = posted.viewer.shell(&req, &kit.config).t;
            posted.viewer.say_next(&kit, t.with(said, "count", count)).await?;
            Ok(see_other(format!("/gentagelser/{id}")))
        }
        Err(error) => wrong(&req, &posted.viewer, &kit, id, None, error).await,
    }
}

fn by(viewer: &Viewer) -> Result<By, Fault> {
    Ok(By { actor: viewer.actor(), scope: viewer.scope(Right::Publish)?.clone() })
}

async fn wrong(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: SeriesId,
    typed: Option<Typed>,
    error: ActionError,
) -> Answer {
    let (status, errors) = match error {
        ActionError::NotFound => return Err(Fault::NotFound),
        ActionError::Forbidden => return Err(Fault::Forbidden),
        ActionError::Db(error) => return Err(error.into()),
        ActionError::Field(field, key) => (StatusCode::UNPROCESSABLE_ENTITY, Errors::one(field, key)),
        ActionError::TooLate => (StatusCode::CONFLICT, Errors::one("state", "series-error-too-late")),
    };
    draw(req, viewer, kit, id, status, typed, &errors).await
}

/// `POST /gentagelser/{id}/pause`
pub async fn pause(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    verb(posted, req, kit, id, "series-said-paused", series_actions::pause).await
}

/// `POST /gentagelser/{id}/fortsaet`
pub async fn go_on(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    verb(posted, req, kit, id, "series-said-goes-on", series_actions::go_on).await
}

/// `POST /gentagelser/{id}/stop`
pub async fn stop(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    verb(posted, req, kit, id, "series-said-stopped", series_actions::stop).await
}

/// `POST /gentagelser/{id}/tag-ned`
pub async fn take_down(
    posted: Posted,
    req: HttpRequest,
    kit: web::Data<Kit>,
    id: web::Path<String>,
) -> Answer {
    verb(posted, req, kit, id, "series-said-down", series_actions::take_down).await
}

/// `POST /gentagelser/{id}/tekst`
pub async fn rewrite(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    let by = by(&viewer)?;
    let parts: Vec<(AccountId, String)> = typed
        .0
        .iter()
        .filter_map(|(name, words)| Some((name.strip_prefix("text-")?.parse().ok()?, words.clone())))
        .collect();
    match series_actions::say_from_now_on(&kit, &by, id, parts).await {
        Ok(()) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.say("series-said-words")).await?;
            Ok(see_other(format!("/gentagelser/{id}")))
        }
        Err(RewriteError::Fields(errors)) => {
            draw(&req, &viewer, &kit, id, StatusCode::UNPROCESSABLE_ENTITY, Some(typed), &errors).await
        }
        Err(RewriteError::Action(error)) => wrong(&req, &viewer, &kit, id, Some(typed), error).await,
    }
}
