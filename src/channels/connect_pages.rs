//! `/kanaler/forbind`: connecting an account, step by step. Nothing is kept before the last step.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    ChannelKind, ConnectError, Connection,
    actions::{self, Beginning, Newcomer, Underway},
    mastodon::consent,
    pages::{ShownRight, managed, rights, shown_handle},
    store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::id::{AccountId, UnitId},
    db::DbError,
    i18n::Speech,
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors, Query},
        page, page_with, see_other,
    },
};

/// A peer's no on a page: what happened, what now, and its own words folded away.
struct Said {
    what: String,
    next: String,
    words: String,
}

struct Offer {
    mark: &'static str,
    letter: &'static str,
    name: &'static str,
    what: String,
    needs: String,
    safety: String,
    href: String,
}

#[derive(Template)]
#[template(path = "channels/connect.html")]
struct ChoosePage {
    shell: Shell,
    steps: Vec<String>,
    choices: Vec<Offer>,
}

/// `GET /kanaler/forbind`
pub async fn choose(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let choices = ChannelKind::ALL
        .iter()
        .map(|kind| {
            let (mark, letter) = kind.badge();
            let (what, needs, safety) = match kind {
                ChannelKind::Bluesky => {
                    ("channels-bluesky-what", "channels-bluesky-needs", "channels-safety-own-name")
                }
                ChannelKind::Mastodon => {
                    ("channels-mastodon-what", "channels-mastodon-needs", "channels-safety-server")
                }
            };
            Offer {
                mark,
                letter,
                name: kind.name(),
                what: t.say(what),
                needs: t.say(needs),
                safety: t.say(safety),
                href: format!("/kanaler/forbind/{kind}"),
            }
        })
        .collect();
    page(&ChoosePage { steps: names_mastodon(t, ""), shell, choices })
}

fn names_mastodon(t: Speech, host: &str) -> Vec<String> {
    let log_in = if host.is_empty() {
        t.say("channels-step-log-in")
    } else {
        t.with("channels-log-in-at", "host", host)
    };
    vec![t.say("channels-step-channel"), t.say("channels-step-account"), log_in, t.say("channels-check")]
}

fn names_bluesky(t: Speech) -> Vec<String> {
    vec![
        t.say("channels-step-channel"),
        t.with("channels-log-in-at", "host", "Bluesky"),
        t.say("channels-step-ready"),
    ]
}

/// The units this person connects accounts for, as choices; and the first of them.
async fn units(kit: &Kit, viewer: &Viewer) -> Result<Vec<Choice>, Fault> {
    let scope = viewer.scope(Right::ManageChannels)?.clone();
    let all = kit.db.read(accounts::units).await?;
    Ok(accounts::unit::laid_out(&all)
        .into_iter()
        .filter(|(_, unit)| scope.covers_unit(unit.id))
        .map(|(depth, unit)| Choice::new(unit.id, format!("{}{}", "– ".repeat(depth), unit.name)))
        .collect())
}

/// The unit that was chosen, when this person connects accounts for it.
fn chosen_unit(viewer: &Viewer, typed: &Typed) -> Result<UnitId, Fault> {
    let unit: UnitId = typed.get("unit").parse().map_err(|_| Fault::BadRequest)?;
    if viewer.may_in(Right::ManageChannels, unit) { Ok(unit) } else { Err(Fault::NotFound) }
}

/// The account that is to be renewed, from `?konto=` or the form.
async fn renewed(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Option<Connection>, Fault> {
    if id.is_empty() {
        return Ok(None);
    }
    let id: AccountId = id.parse().map_err(|_| Fault::NotFound)?;
    managed(kit, viewer, id).await.map(Some)
}

#[derive(Template)]
#[template(path = "channels/bluesky.html")]
struct BlueskyPage {
    shell: Shell,
    channel: &'static str,
    steps: Vec<String>,
    form: FormView,
    units: Vec<Choice>,
    said: Option<Said>,
}

/// `GET /kanaler/forbind/bluesky`
pub async fn bluesky(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let shell = viewer.shell(&req, &kit.config);
    let mut typed = Typed::default();
    if let Some(known) = renewed(&kit, &viewer, query.0.get("konto")).await? {
        typed.set("handle", known.handle.trim_start_matches('@'));
        typed.set("service", known.base_url.trim_end_matches('/'));
        typed.set("unit", known.unit_id.to_string());
        if known.practice {
            typed.set("practice", "on");
        }
    }
    let units = units(&kit, &viewer).await?;
    page(&BlueskyPage {
        channel: ChannelKind::Bluesky.name(),
        steps: names_bluesky(shell.t),
        shell,
        form: FormView::of(typed),
        units,
        said: None,
    })
}

/// `POST /kanaler/forbind/bluesky`
pub async fn connect_bluesky(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, mut typed } = posted;
    viewer.scope(Right::ManageChannels)?;
    let unit = chosen_unit(&viewer, &typed)?;
    let practice = typed.ticked("practice");
    let (service, handle) = (typed.get("service").to_owned(), typed.get("handle").to_owned());
    let tried = actions::log_in_bluesky(&kit, &service, &handle, typed.get("password"), unit, practice).await;
    let done = match tried {
        Ok(newcomer) => keep(&req, &kit, &viewer, newcomer).await,
        Err(error) => Err(error),
    };
    let error = match done {
        Ok(id) => return Ok(see_other(format!("/kanaler/{id}"))),
        Err(error) => error,
    };
    let shell = viewer.shell(&req, &kit.config);
    let (errors, said) = explained(error, shell.t, &handle)?;
    typed.set("password", "");
    let form = FormView::with_errors(typed, &errors, shell.t);
    let units = units(&kit, &viewer).await?;
    let page = BlueskyPage {
        channel: ChannelKind::Bluesky.name(),
        steps: names_bluesky(shell.t),
        shell,
        form,
        units,
        said,
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What went wrong, at its field or as a notice.
fn explained(error: ConnectError, t: Speech, account: &str) -> Result<(Errors, Option<Said>), Fault> {
    let said = |what: String, next: String, words: String| (Errors::none(), Some(Said { what, next, words }));
    Ok(match error {
        ConnectError::Field(field, key) => (Errors::one(field, key), None),
        ConnectError::Problem(problem) => {
            said(t.say("channels-not-connected"), t.say(problem.kind.key()), problem.words)
        }
        ConnectError::RunOut => {
            said(t.say("channels-run-out"), t.say("channels-run-out-next"), String::new())
        }
        ConnectError::Elsewhere => said(
            t.with("channels-elsewhere", "account", account),
            t.say("channels-elsewhere-next"),
            String::new(),
        ),
        ConnectError::Db(error) => return Err(error.into()),
    })
}

/// Connects it, unless another unit's people look after that account.
async fn keep(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    newcomer: Newcomer,
) -> Result<AccountId, ConnectError> {
    let may = viewer.scope(Right::ManageChannels).map(|s| s.units()).unwrap_or_default();
    let (k, by) = (kit.clone(), viewer.actor());
    let handle = newcomer.identity.handle.clone();
    let id = kit
        .db
        .write(move |c| {
            let known = store::connection_at_peer(c, newcomer.channel, &newcomer.identity.remote_id)?;
            if known.is_some_and(|known| !may.contains(&known.unit_id)) {
                return Err(ConnectError::Elsewhere);
            }
            Ok(actions::connect(c, &k, &newcomer, by)?)
        })
        .await?;
    let t = viewer.shell(req, &kit.config).t;
    let text = t.with("channels-connected", "account", handle);
    // a message that cannot be kept is no reason to say that nothing was connected
    let _ = viewer.say_next(kit, text).await;
    Ok(id)
}

#[derive(Template)]
#[template(path = "channels/mastodon.html")]
struct MastodonPage {
    shell: Shell,
    channel: &'static str,
    steps: Vec<String>,
    form: FormView,
    units: Vec<Choice>,
    said: Option<Said>,
}

/// `GET /kanaler/forbind/mastodon`
pub async fn mastodon(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let shell = viewer.shell(&req, &kit.config);
    let mut typed = Typed::default();
    if let Some(known) = renewed(&kit, &viewer, query.0.get("konto")).await? {
        typed.set("server", known.base_url.trim_end_matches('/').trim_start_matches("https://"));
        typed.set("unit", known.unit_id.to_string());
        typed.set("account", known.id.to_string());
        if known.practice {
            typed.set("practice", "on");
        }
    }
    let units = units(&kit, &viewer).await?;
    let steps = names_mastodon(shell.t, "");
    page(&MastodonPage {
        channel: ChannelKind::Mastodon.name(),
        steps,
        shell,
        form: FormView::of(typed),
        units,
        said: None,
    })
}

/// `POST /kanaler/forbind/mastodon`
pub async fn begin_mastodon(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(Right::ManageChannels)?;
    let unit = chosen_unit(&viewer, &typed)?;
    let renews = renewed(&kit, &viewer, typed.get("account")).await?.map(|c| c.id);
    let shell = viewer.shell(&req, &kit.config);
    let wanted = Beginning {
        server: typed.get("server"),
        unit,
        practice: typed.ticked("practice"),
        renews,
        session_hash: viewer.session_hash(),
        language: shell.t.language(),
    };
    match actions::begin_mastodon(&kit, wanted).await {
        Ok(name) => Ok(see_other(format!("/kanaler/forbind/mastodon/{name}"))),
        Err(error) => mastodon_again(&kit, &viewer, shell, typed, error).await,
    }
}

async fn mastodon_again(
    kit: &Kit,
    viewer: &Viewer,
    shell: Shell,
    typed: Typed,
    error: ConnectError,
) -> Answer {
    let (errors, said) = explained(error, shell.t, "")?;
    let form = FormView::with_errors(typed, &errors, shell.t);
    let units = units(kit, viewer).await?;
    let page = MastodonPage {
        channel: ChannelKind::Mastodon.name(),
        steps: names_mastodon(shell.t, ""),
        shell,
        form,
        units,
        said,
    };
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

#[derive(Template)]
#[template(path = "channels/log_in.html")]
struct LogInPage {
    shell: Shell,
    steps: Vec<String>,
    host: String,
    address: String,
    rights: Vec<ShownRight>,
    stop_action: String,
}

#[derive(Template)]
#[template(path = "channels/check.html")]
struct CheckPage {
    shell: Shell,
    steps: Vec<String>,
    host: String,
    name: String,
    handle: String,
    unit: String,
    practice: bool,
    known: bool,
    other: String,
    enough: bool,
    rights: Vec<ShownRight>,
    yes_action: String,
    stop_action: String,
}

/// `GET /kanaler/forbind/mastodon/{name}`: on the way out, or, when the browser is back, what came of it.
pub async fn underway(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    name: web::Path<String>,
) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let shell = viewer.shell(&req, &kit.config);
    let found = match actions::underway(&kit, &name, viewer.session_hash()).await {
        Ok(found) => found,
        Err(error) => return mastodon_again(&kit, &viewer, shell, Typed::default(), error).await,
    };
    let t = shell.t;
    let steps = names_mastodon(t, &found.host);
    let at = format!("/kanaler/forbind/mastodon/{}", found.name);
    let stop_action = format!("{at}/fortryd");
    let Underway { host, address, found: came, unit, practice, renews, .. } = found;
    if let Some((identity, granted)) = came {
        let kind = ChannelKind::Mastodon;
        let remote = identity.remote_id.clone();
        let (known, meant, units) = kit
            .db
            .read(move |c| {
                let known = store::connection_at_peer(c, kind, &remote)?;
                let meant = renews.map(|id| store::connection(c, id)).transpose()?.flatten();
                Ok::<_, DbError>((known, meant, accounts::units(c)?))
            })
            .await?;
        let enough = consent::SCOPES
            .iter()
            .filter(|wanted| wanted.required)
            .all(|wanted| consent::covers(&granted, wanted.scope));
        // an account that is known keeps its unit
        let unit = known.as_ref().map_or(unit, |known| known.unit_id);
        return page(&CheckPage {
            steps,
            name: if identity.display_name.is_empty() {
                identity.handle.clone()
            } else {
                identity.display_name.clone()
            },
            other: meant
                .filter(|meant| meant.remote_id != identity.remote_id)
                .map(|meant| shown_handle(&meant))
                .unwrap_or_default(),
            handle: identity.handle,
            unit: units.into_iter().find(|u| u.id == unit).map(|u| u.name).unwrap_or_default(),
            practice,
            known: known.is_some(),
            enough,
            rights: rights(kind, &granted, t),
            yes_action: format!("{at}/ja"),
            stop_action,
            host,
            shell,
        });
    }
    let Some(address) = address else {
        return mastodon_again(&kit, &viewer, shell, Typed::default(), ConnectError::RunOut).await;
    };
    let rights = rights(ChannelKind::Mastodon, &[], t);
    page(&LogInPage { steps, host, address: address.to_string(), rights, stop_action, shell })
}

/// `GET /kanaler/forbind/mastodon/svar`: the server sends the browser back here.
pub async fn answer(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let shell = viewer.shell(&req, &kit.config);
    let (state, code) = (query.0.get("state"), query.0.get("code"));
    if code.is_empty() {
        // the person said no, or the server had a reason
        let t = shell.t;
        let form = FormView::default();
        let words = [query.0.get("error"), query.0.get("error_description")].join(" ");
        let said = Said {
            what: t.say("channels-refused"),
            next: t.say("channels-refused-next"),
            words: crate::base::text::shorten(&crate::base::text::line(&words), 200),
        };
        let units = units(&kit, &viewer).await?;
        let page = MastodonPage {
            channel: ChannelKind::Mastodon.name(),
            steps: names_mastodon(t, ""),
            shell,
            form,
            units,
            said: Some(said),
        };
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    match actions::answer_mastodon(&kit, state, code, viewer.session_hash()).await {
        Ok(name) => Ok(see_other(format!("/kanaler/forbind/mastodon/{name}"))),
        Err(error) => mastodon_again(&kit, &viewer, shell, Typed::default(), error).await,
    }
}

/// `POST /kanaler/forbind/mastodon/{name}/ja`
pub async fn say_yes(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    name: web::Path<String>,
) -> Answer {
    let viewer = posted.viewer;
    viewer.scope(Right::ManageChannels)?;
    let session = viewer.session_hash();
    let done = match actions::newcomer(&kit, &name, session).await {
        Ok(newcomer) if !enough(&newcomer) => return Err(Fault::Refused("channels-not-enough")),
        Ok(newcomer) => keep(&req, &kit, &viewer, newcomer).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(id) => {
            // connected; the log-in's row would go by itself in ten minutes
            let _ = actions::end(&kit, &name, session, true).await;
            Ok(see_other(format!("/kanaler/{id}")))
        }
        Err(error) => {
            let shell = viewer.shell(&req, &kit.config);
            mastodon_again(&kit, &viewer, shell, Typed::default(), error).await
        }
    }
}

fn enough(newcomer: &Newcomer) -> bool {
    let granted: Vec<String> = newcomer.fresh.grant.scopes.split_whitespace().map(str::to_owned).collect();
    consent::SCOPES.iter().filter(|w| w.required).all(|w| consent::covers(&granted, w.scope))
}

/// `POST /kanaler/forbind/mastodon/{name}/fortryd`
pub async fn stop(kit: web::Data<Kit>, posted: Posted, name: web::Path<String>) -> Answer {
    posted.viewer.scope(Right::ManageChannels)?;
    match actions::end(&kit, &name, posted.viewer.session_hash(), false).await {
        Ok(()) | Err(ConnectError::RunOut) => Ok(see_other("/kanaler")),
        Err(ConnectError::Db(error)) => Err(error.into()),
        Err(error) => Err(Fault::internal("a log-in could not be given up", error)),
    }
}
