//! `/kanaler/forbind`: connecting an account, step by step. Nothing is kept before the last step.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    ChannelKind, ConnectError, Connection, Sort,
    actions::{self, Newcomer},
    kind::Way,
    log_in::{self, Beginning, Underway},
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
    name: String,
    what: String,
    needs: String,
    safety: String,
    href: String,
    /// Operations must set it up first.
    waits: bool,
}

#[derive(Template)]
#[template(path = "channels/connect.html")]
struct ChoosePage {
    shell: Shell,
    steps: Vec<String>,
    choices: Vec<Offer>,
    places: Vec<Offer>,
}

/// `GET /kanaler/forbind`
pub async fn choose(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let choices = ChannelKind::ALL
        .iter()
        .filter(|kind| !matches!(kind.profile().way, Way::ByHand))
        .map(|kind| {
            let profile = kind.profile();
            Offer {
                mark: profile.mark,
                letter: profile.letter,
                name: profile.name.to_owned(),
                what: t.say(profile.what),
                needs: t.say(profile.needs),
                safety: t.say(profile.safety),
                href: format!("/kanaler/forbind/{kind}"),
                waits: kind.is_waiting_for_operations(&kit.config),
            }
        })
        .collect();
    let places = Sort::ALL
        .iter()
        .map(|sort| {
            let (mark, letter) = sort.badge();
            Offer {
                mark,
                letter,
                name: t.say(sort.key()),
                what: t.say(sort.what()),
                needs: String::new(),
                safety: String::new(),
                href: format!("/kanaler/forbind/pakke?slags={sort}"),
                waits: false,
            }
        })
        .collect();
    page(&ChoosePage { steps: names(t, ""), shell, choices, places })
}

fn names(t: Speech, host: &str) -> Vec<String> {
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

/// The units this person connects accounts for, as choices.
pub(super) async fn units(kit: &Kit, viewer: &Viewer) -> Result<Vec<Choice>, Fault> {
    let scope = viewer.scope(Right::ManageChannels)?.clone();
    let all = kit.db.read(accounts::units).await?;
    Ok(accounts::unit::choices(&all, &scope))
}

/// The unit that was chosen, when this person connects accounts for it.
pub(super) fn chosen_unit(viewer: &Viewer, typed: &Typed) -> Result<UnitId, Fault> {
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
        ConnectError::NotSetUp => {
            said(t.say("channels-not-set-up"), t.say("channels-not-set-up-next"), String::new())
        }
        ConnectError::OutOfReach(words) => {
            said(t.say("channels-out-of-reach"), t.say("channels-out-of-reach-next"), words)
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
#[template(path = "channels/oauth.html")]
struct OAuthPage {
    shell: Shell,
    channel: &'static str,
    action: String,
    steps: Vec<String>,
    form: FormView,
    units: Vec<Choice>,
    said: Option<Said>,
    /// Each account has its own server, which the person names; else only a practice world has one.
    asks_server: bool,
    /// Operations have not set it up; a practice world can be connected all the same.
    waits: bool,
    know: Vec<String>,
}

/// The first page of a log-in, with what went wrong before.
async fn first_page(
    kit: &Kit,
    viewer: &Viewer,
    shell: Shell,
    kind: ChannelKind,
    form: FormView,
    said: Option<Said>,
) -> Result<OAuthPage, Fault> {
    let Way::OAuth(open) = kind.profile().way else { return Err(Fault::NotFound) };
    Ok(OAuthPage {
        channel: kind.name(),
        action: format!("/kanaler/forbind/{kind}"),
        steps: names(shell.t, ""),
        units: units(kit, viewer).await?,
        asks_server: open(kit).home().is_none(),
        waits: kind.is_waiting_for_operations(&kit.config),
        know: kind.profile().know.iter().map(|key| shell.t.say(key)).collect(),
        shell,
        form,
        said,
    })
}

/// The channel an address names.
fn kind_of(word: &str) -> Result<ChannelKind, Fault> {
    word.parse().map_err(|_| Fault::NotFound)
}

/// `GET /kanaler/forbind/{kind}`
pub async fn form(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    query: Query,
    kind: web::Path<String>,
) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let kind = kind_of(&kind)?;
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
    page(&first_page(&kit, &viewer, shell, kind, FormView::of(typed), None).await?)
}

/// `POST /kanaler/forbind/{kind}`
pub async fn begin(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, kind: web::Path<String>) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(Right::ManageChannels)?;
    let kind = kind_of(&kind)?;
    let unit = chosen_unit(&viewer, &typed)?;
    let renews = renewed(&kit, &viewer, typed.get("account")).await?.map(|c| c.id);
    let shell = viewer.shell(&req, &kit.config);
    let wanted = Beginning {
        channel: kind,
        server: typed.get("server"),
        unit,
        practice: typed.ticked("practice"),
        renews,
        session_hash: viewer.session_hash(),
        language: shell.t.language(),
    };
    match log_in::begin(&kit, wanted).await {
        Ok(name) => Ok(see_other(format!("/kanaler/forbind/{kind}/{name}"))),
        Err(error) => again(&kit, &viewer, shell, kind, typed, error).await,
    }
}

async fn again(
    kit: &Kit,
    viewer: &Viewer,
    shell: Shell,
    kind: ChannelKind,
    typed: Typed,
    error: ConnectError,
) -> Answer {
    let (errors, said) = explained(error, shell.t, "")?;
    let form = FormView::with_errors(typed, &errors, shell.t);
    let page = first_page(kit, viewer, shell, kind, form, said).await?;
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

/// An account one may choose.
struct Offered {
    remote_id: String,
    name: String,
    handle: String,
    /// Connected already; it will be renewed.
    known: bool,
}

#[derive(Template)]
#[template(path = "channels/check.html")]
struct CheckPage {
    shell: Shell,
    steps: Vec<String>,
    mark: &'static str,
    letter: &'static str,
    channel: &'static str,
    host: String,
    accounts: Vec<Offered>,
    unit: String,
    practice: bool,
    other: String,
    /// What is good to know, where no account came back.
    know: Vec<String>,
    enough: bool,
    rights: Vec<ShownRight>,
    again: String,
    yes_action: String,
    stop_action: String,
}

/// `GET /kanaler/forbind/{kind}/{name}`: on the way out, or, when the browser is back, what came of it.
pub async fn underway(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<(String, String)>,
) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let (kind, name) = path.into_inner();
    let kind = kind_of(&kind)?;
    let shell = viewer.shell(&req, &kit.config);
    let found = match log_in::underway(&kit, &name, viewer.session_hash()).await {
        Ok(found) if found.channel != kind => return Err(Fault::NotFound),
        Ok(found) => found,
        Err(error) => return again(&kit, &viewer, shell, kind, Typed::default(), error).await,
    };
    if found.found.is_some() {
        return page(&check(&kit, shell, found).await?);
    }
    let Some(address) = found.address else {
        return again(&kit, &viewer, shell, kind, Typed::default(), ConnectError::RunOut).await;
    };
    page(&LogInPage {
        steps: names(shell.t, &found.host),
        rights: rights(kind, &[], shell.t),
        stop_action: format!("/kanaler/forbind/{kind}/{}/fortryd", found.name),
        host: found.host,
        address: address.to_string(),
        shell,
    })
}

/// Whose accounts they are and what was granted, before anything is connected.
async fn check(kit: &Kit, shell: Shell, found: Underway) -> Result<CheckPage, Fault> {
    let Underway { name, channel: kind, host, found, unit, practice, renews, .. } = found;
    let (identities, granted) = found.unwrap_or_default();
    let t = shell.t;
    let remote_ids: Vec<_> = identities.iter().map(|i| i.remote_id.clone()).collect();
    let (known, meant, all_units) = kit
        .db
        .read(move |c| {
            let known = remote_ids
                .iter()
                .map(|id| store::connection_at_peer(c, kind, id))
                .collect::<Result<Vec<_>, _>>()?;
            let meant = renews.map(|id| store::connection(c, id)).transpose()?.flatten();
            Ok::<_, DbError>((known, meant, accounts::units(c)?))
        })
        .await?;
    // an account that is known keeps its unit
    let unit = match known.as_slice() {
        [Some(known)] => known.unit_id,
        _ => unit,
    };
    let at = format!("/kanaler/forbind/{kind}/{name}");
    let (mark, letter) = kind.badge();
    Ok(CheckPage {
        steps: names(t, &host),
        mark,
        letter,
        channel: kind.name(),
        other: meant
            .filter(|meant| !identities.iter().any(|i| i.remote_id == meant.remote_id))
            .map(|meant| shown_handle(&meant))
            .unwrap_or_default(),
        accounts: identities
            .into_iter()
            .zip(&known)
            .map(|(identity, known)| Offered {
                name: match identity.display_name.as_str() {
                    "" => identity.handle.clone(),
                    name => name.to_owned(),
                },
                handle: identity.handle,
                remote_id: identity.remote_id,
                known: known.is_some(),
            })
            .collect(),
        unit: all_units.into_iter().find(|u| u.id == unit).map(|u| u.name).unwrap_or_default(),
        practice,
        know: match known.is_empty() {
            true => kind.profile().know.iter().map(|key| t.say(key)).collect(),
            false => Vec::new(),
        },
        enough: enough(kind, &granted),
        rights: rights(kind, &granted, t),
        again: format!("/kanaler/forbind/{kind}"),
        yes_action: format!("{at}/ja"),
        stop_action: format!("{at}/fortryd"),
        host,
        shell,
    })
}

/// `GET /kanaler/forbind/{kind}/svar`: the server sends the browser back here.
pub async fn answer(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    query: Query,
    kind: web::Path<String>,
) -> Answer {
    viewer.scope(Right::ManageChannels)?;
    let kind = kind_of(&kind)?;
    let shell = viewer.shell(&req, &kit.config);
    let (state, code) = (query.0.get("state"), query.0.get("code"));
    if code.is_empty() {
        // the person said no, or the server had a reason
        let t = shell.t;
        let words = [query.0.get("error"), query.0.get("error_description")].join(" ");
        let said = Said {
            what: t.say("channels-refused"),
            next: t.say("channels-refused-next"),
            words: crate::base::text::shorten(&crate::base::text::line(&words), 200),
        };
        let page = first_page(&kit, &viewer, shell, kind, FormView::default(), Some(said)).await?;
        return page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    match log_in::answer(&kit, kind, state, code, viewer.session_hash()).await {
        Ok(name) => Ok(see_other(format!("/kanaler/forbind/{kind}/{name}"))),
        Err(error) => again(&kit, &viewer, shell, kind, Typed::default(), error).await,
    }
}

/// `POST /kanaler/forbind/{kind}/{name}/ja`
pub async fn say_yes(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<(String, String)>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    viewer.scope(Right::ManageChannels)?;
    let (kind, name) = path.into_inner();
    let kind = kind_of(&kind)?;
    let session = viewer.session_hash();
    let done = match log_in::newcomer(&kit, &name, session, typed.get("choice")).await {
        Ok(newcomer) if newcomer.channel != kind => return Err(Fault::NotFound),
        Ok(newcomer) if !enough(kind, &granted(&newcomer)) => {
            return Err(Fault::Refused("channels-not-enough"));
        }
        Ok(newcomer) => keep(&req, &kit, &viewer, newcomer).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(id) => {
            // connected; the log-in's row would go by itself in ten minutes
            let _ = log_in::end(&kit, &name, session, true).await;
            Ok(see_other(format!("/kanaler/{id}")))
        }
        Err(error) => {
            let shell = viewer.shell(&req, &kit.config);
            again(&kit, &viewer, shell, kind, Typed::default(), error).await
        }
    }
}

fn granted(newcomer: &Newcomer) -> Vec<String> {
    newcomer.fresh.grant.scopes.split_whitespace().map(str::to_owned).collect()
}

/// Whether what nothing works without was granted.
fn enough(kind: ChannelKind, granted: &[String]) -> bool {
    let profile = kind.profile();
    profile.scopes.iter().filter(|w| w.required).all(|w| (profile.covers)(granted, w.scope))
}

/// `POST /kanaler/forbind/{kind}/{name}/fortryd`
pub async fn stop(kit: web::Data<Kit>, posted: Posted, path: web::Path<(String, String)>) -> Answer {
    posted.viewer.scope(Right::ManageChannels)?;
    match log_in::end(&kit, &path.1, posted.viewer.session_hash(), false).await {
        Ok(()) | Err(ConnectError::RunOut) => Ok(see_other("/kanaler")),
        Err(ConnectError::Db(error)) => Err(error.into()),
        Err(error) => Err(Fault::internal("a log-in could not be given up", error)),
    }
}
