//! `/medier/{asset}`: one picture or film, what is said about it, its captions and poster, and what can be done to it.

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    MediaError, actions,
    asset::{Asset, FILM, Kind, POSTER, State, burnt},
    captions::{CHANNEL_BYTES, Captions},
    content::Refusal,
    image::{Focus, Profile},
    length,
    pages::{add, sentence, unit_name},
    people::{self, Purpose},
    store::{self, Description, Shows, Use},
};
use crate::{
    accounts::{self, Posted, Right, Viewer},
    base::{Instant, Language, id::AssetId},
    blobs::Spooled,
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed, csrf,
        forms::{Choice, Errors},
        page_with, see_other,
        upload::{self, Sent},
    },
};

struct Track {
    code: &'static str,
    name: String,
    href: String,
    /// The film with these words in the picture.
    burnt: Option<String>,
    lines: Vec<String>,
    warning: Option<String>,
}

struct ReadyLine {
    icon: &'static str,
    look: &'static str,
    state: String,
    text: String,
    href: String,
}

#[derive(Template)]
#[template(path = "media/asset.html")]
struct AssetPage {
    shell: Shell,
    form: FormView,
    asset: Asset,
    summary: String,
    is_film: bool,
    waiting: bool,
    problem: Option<String>,
    film_href: Option<String>,
    picture_href: Option<String>,
    tracks: Vec<Track>,
    languages: Vec<Choice>,
    focuses: Vec<Choice>,
    alt_max: usize,
    ready: Vec<ReadyLine>,
    facts: Vec<(String, String)>,
    uses: Vec<UseLine>,
    people: Vec<PersonLine>,
    known: Vec<Choice>,
    relations: Vec<Choice>,
}

/// Somebody in it.
struct PersonLine {
    id: String,
    name: String,
    stands: Vec<people::Stand>,
}

/// A place where it is used.
struct UseLine {
    href: String,
    title: String,
    what: String,
    live: bool,
}

/// The asset, when it lies where this person works with media; else it does not exist.
pub(super) async fn found(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Asset, Fault> {
    let id: AssetId = id.parse().map_err(|_| Fault::NotFound)?;
    viewer.scope(Right::UseMedia)?;
    let asset = kit.db.read(move |c| store::asset(c, id)).await?.ok_or(Fault::NotFound)?;
    if viewer.may_in(Right::UseMedia, asset.unit) { Ok(asset) } else { Err(Fault::NotFound) }
}

/// `GET /medier/{asset}`
pub async fn show(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, path: web::Path<String>) -> Answer {
    let asset = found(&kit, &viewer, &path).await?;
    let form = FormView::of(typed_of(&asset, kit.config.delivery.zone));
    draw_asset(StatusCode::OK, &req, &kit, &viewer, asset, form).await
}

fn typed_of(asset: &Asset, zone: chrono_tz::Tz) -> Typed {
    let mut typed = Typed::default();
    typed.set("alt_text", asset.alt_text.clone());
    typed.set("decorative", if asset.decorative { "on" } else { "" });
    typed.set("silent", if asset.silent { "on" } else { "" });
    typed.set("focus", format!("{},{}", asset.focus.x, asset.focus.y));
    typed.set("nobody", if asset.nobody { "on" } else { "" });
    typed.set("folder", asset.folder.clone());
    if let Some(until) = asset.usable_until {
        let last = people::day(until, zone).pred_opt().unwrap_or_default();
        typed.set("usable_until", last.to_string());
    }
    typed
}

async fn draw_asset(
    status: StatusCode,
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    asset: Asset,
    form: FormView,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let id = asset.id;
    let (mine, now) = (viewer.scope(Right::UseMedia)?.units(), kit.clock.now());
    let (units, uses, captions, known) = kit
        .db
        .read(move |c| {
            let uses = store::uses(c, &[id])?.remove(&id).unwrap_or_default();
            let known = people::in_units(c, &mine)?;
            Ok::<_, DbError>((accounts::units(c)?, uses, store::captions(c, id)?, known))
        })
        .await?;
    let is_film = asset.kind == Kind::Film;
    let tracks = captions.into_iter().map(|(language, body)| track(&asset, language, &body, t)).collect();
    let language = |l: Language| Choice::new(l, t.say(language_key(l)));
    let kind = t.say(match asset.kind {
        Kind::Picture => "media-kind-picture",
        Kind::Graphic => "media-kind-graphic",
        Kind::Film => "media-kind-film",
    });
    let page = AssetPage {
        summary: format!("{kind} · {}", unit_name(&units, asset.unit)),
        is_film,
        waiting: asset.state == State::Received,
        problem: asset.error.as_deref().map(|key| t.say(key)),
        film_href: if is_film { asset.href(FILM) } else { None },
        picture_href: asset.href(if is_film { POSTER } else { Profile::Wide.code() }),
        tracks,
        languages: Language::ALL.map(language).into(),
        focuses: focuses(t),
        alt_max: actions::ALT_MAX,
        ready: ready(&asset, t, now),
        facts: facts(&asset, t),
        uses: uses.iter().map(|u| use_line(u, kit, t)).collect(),
        known: known
            .iter()
            .filter(|p| asset.people.iter().all(|shown| shown.id != p.id))
            .map(|p| Choice::new(p.id, p.name.clone()))
            .collect(),
        people: asset
            .people
            .iter()
            .map(|p| PersonLine {
                id: p.id.to_string(),
                name: p.name.clone(),
                stands: people::stands(p, kit, t, now),
            })
            .collect(),
        relations: people::relations(t),
        asset,
        form,
        shell,
    };
    page_with(status, &page)
}

fn language_key(language: Language) -> &'static str {
    match language {
        Language::Da => "media-language-da",
        Language::En => "media-language-en",
    }
}

fn track(asset: &Asset, language: Language, body: &str, t: Speech) -> Track {
    // stored captions were checked when they came; a film that was replaced may be shorter now
    let read = Captions::read(body.as_bytes(), None);
    let lines = read.map(|c| c.paragraphs()).unwrap_or_default();
    let film_ms = asset.duration_ms.and_then(|ms| u64::try_from(ms).ok());
    let warning = if Captions::read(body.as_bytes(), film_ms).is_err() {
        Some(t.say("media-captions-no-longer"))
    } else if body.len() > CHANNEL_BYTES {
        Some(t.with("media-captions-large", "kilobytes", CHANNEL_BYTES / 1000))
    } else {
        None
    };
    Track {
        code: language.code(),
        name: t.say(language_key(language)),
        href: asset.captions_href(language),
        burnt: asset.href(&burnt(language)),
        lines,
        warning,
    }
}

fn focuses(t: Speech) -> Vec<Choice> {
    let middle = Focus::default();
    let middle = format!("{},{}", middle.x, middle.y);
    [
        (middle.as_str(), "media-focus-middle"),
        ("50,15", "media-focus-top"),
        ("50,85", "media-focus-bottom"),
        ("20,42", "media-focus-left"),
        ("80,42", "media-focus-right"),
    ]
    .map(|(value, key)| Choice::new(value, t.say(key)))
    .into()
}

fn ready(asset: &Asset, t: Speech, now: Instant) -> Vec<ReadyLine> {
    let missing = asset.missing(&Language::ALL, &[Purpose::Website, Purpose::Social], now);
    if missing.is_empty() {
        return vec![ReadyLine {
            icon: "success",
            look: "y",
            state: t.say("media-state-ready"),
            text: t.say("media-usable"),
            href: String::new(),
        }];
    }
    missing
        .into_iter()
        .map(|m| ReadyLine {
            icon: if m.blocks() { "error" } else { "warning" },
            look: "n",
            state: t.say("media-state-missing"),
            text: t.say(m.key()),
            href: format!("#{}", m.field()),
        })
        .collect()
}

fn facts(asset: &Asset, t: Speech) -> Vec<(String, String)> {
    let mut facts = vec![(t.say("media-fact-size"), format::bytes(asset.bytes, t.language()))];
    if asset.width > 0 {
        facts.push((
            t.say("media-fact-shape"),
            t.with2("media-pixels", "width", asset.width.to_string(), "height", asset.height.to_string()),
        ));
    }
    if let Some(ms) = asset.duration_ms {
        facts.push((t.say("media-fact-length"), length(ms, t)));
    }
    facts
}

fn use_line(u: &Use, kit: &Kit, t: Speech) -> UseLine {
    let (href, what) = match u.shows {
        Shows::Ad(id) => (format!("/jobopslag/{id}"), t.say("media-use-ad")),
        Shows::Story(id) => (format!("/indhold/{id}"), t.say("media-use-story")),
        Shows::Campaign(id) => (format!("/kampagner/{id}"), t.say("media-use-campaign")),
        Shows::Request(id) => (format!("/bistand/{id}"), t.say("media-use-request")),
        Shows::Post(id) => {
            let at = u.at.map(|at| format::instant_short(at, kit.config.delivery.zone, t.language()));
            (format!("/udsendelser/{id}"), t.with("media-use-post", "time", at.unwrap_or_default()))
        }
    };
    UseLine { href, title: u.title.clone(), what, live: u.live }
}

/// `POST /medier/{asset}`: alternative text, decoration, silence, focus.
pub async fn describe(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let asset = found(&kit, &viewer, &path).await?;
    let zone = kit.config.delivery.zone;
    let usable_until = match (typed.get("usable_until").trim(), people::date(typed.get("usable_until"))) {
        ("", _) => None,
        (_, Some(day)) => Some(people::morning(day.succ_opt().unwrap_or(day), zone)),
        (_, None) => {
            let wrong = Refusal::new("media-usable-until-wrong").into();
            return refused(&req, &kit, &viewer, asset, typed, "usable_until", wrong).await;
        }
    };
    let said = Description {
        alt_text: typed.get("alt_text").to_owned(),
        decorative: typed.ticked("decorative"),
        silent: typed.ticked("silent"),
        focus: focus(typed.get("focus")).unwrap_or(asset.focus),
        nobody: typed.ticked("nobody"),
        folder: typed.get("folder").to_owned(),
        usable_until,
    };
    let described = actions::describe(&kit, &asset, said).await;
    let verb = match &described {
        Err(MediaError::Refused(refusal)) if refusal.key == "media-people-and-nobody" => &NOBODY,
        Err(MediaError::Refused(refusal)) if refusal.key == "media-folder-long" => &FOLDER,
        _ => &DESCRIBE,
    };
    finish(&req, &kit, &viewer, asset, typed, verb, described).await
}

fn focus(text: &str) -> Option<Focus> {
    let (x, y) = text.split_once(',')?;
    let part = |p: &str| p.parse::<u8>().ok().filter(|n| *n <= 100);
    Some(Focus { x: part(x)?, y: part(y)? })
}

/// A verb of the page: at which field an error is said, and what is said when all went well.
struct Verb {
    field: &'static str,
    said: &'static str,
}

const DESCRIBE: Verb = Verb { field: "alt_text", said: "media-said-described" };
const NOBODY: Verb = Verb { field: "nobody", ..DESCRIBE };
const FOLDER: Verb = Verb { field: "folder", ..DESCRIBE };
const REPLACE: Verb = Verb { field: "file", said: "media-said-replaced" };
const CAPTION: Verb = Verb { field: "captions", said: "media-said-captioned" };
const POSTER_FILE: Verb = Verb { field: "poster", said: "media-said-poster" };

/// The page again, with a word about what was done or with what is wrong at its field.
async fn finish(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    asset: Asset,
    typed: Typed,
    verb: &Verb,
    outcome: Result<(), MediaError>,
) -> Answer {
    match outcome {
        Ok(()) => done(req, kit, viewer, asset.id, verb.said).await,
        Err(error) => refused(req, kit, viewer, asset, typed, verb.field, error).await,
    }
}

/// After a change: the page again, with a word about it.
async fn done(req: &HttpRequest, kit: &Kit, viewer: &Viewer, id: AssetId, key: &str) -> Answer {
    viewer.say_next(kit, viewer.shell(req, &kit.config).t.say(key)).await?;
    Ok(see_other(format!("/medier/{id}")))
}

/// The page again with what is wrong at the field; what was typed stays.
async fn refused(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    asset: Asset,
    typed: Typed,
    field: &str,
    error: MediaError,
) -> Answer {
    let t = viewer.shell(req, &kit.config).t;
    let mut errors = Errors::none();
    match error {
        MediaError::Captions(faults) => {
            for fault in faults {
                let why = sentence(t, &fault.refusal);
                let line = fault.line.to_string();
                let refusal = Refusal::new("media-captions-line").with("line", &line).with("why", &why);
                add(&mut errors, field, refusal);
            }
        }
        other => add(&mut errors, field, other.at_field()?),
    }
    let mut all = typed_of(&asset, kit.config.delivery.zone);
    // of the form that was sent, what is not in it was not ticked
    let described = ["alt_text", "nobody", "folder", "usable_until"].contains(&field);
    all.0.retain(|(name, _)| !typed.0.iter().any(|(n, _)| n == name) && !described);
    all.0.extend(typed.0);
    let form = FormView::with_errors(all, &errors, t);
    draw_asset(StatusCode::UNPROCESSABLE_ENTITY, req, kit, viewer, asset, form).await
}

/// One file of a form, with the token checked.
async fn one_file(
    kit: &Kit,
    viewer: &Viewer,
    parts: Multipart,
    limit: u64,
) -> Result<(Typed, Result<(String, Spooled), MediaError>), Fault> {
    let Sent { typed, files } = upload::receive(parts, &kit.blobs, limit, 1).await?;
    viewer.check_csrf(typed.get(csrf::FIELD))?;
    let file = match files.into_iter().next() {
        None => Err(MediaError::Refused(Refusal::new("media-refused-no-file"))),
        Some(file) => match file.bytes {
            Some(bytes) => Ok((file.name, bytes)),
            None => Err(MediaError::Refused(
                Refusal::new("media-refused-film-bytes").with("megabytes", &(limit / 1_000_000)),
            )),
        },
    };
    Ok((typed, file))
}

/// `POST /medier/{asset}/fil`: another file in its place.
pub async fn replace(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    parts: Multipart,
) -> Answer {
    let asset = found(&kit, &viewer, &path).await?;
    let largest = kit.config.limits.film_bytes.max(kit.config.limits.picture_bytes);
    let (typed, file) = one_file(&kit, &viewer, parts, largest).await?;
    let replaced = match file {
        Ok((name, bytes)) => actions::replace(&kit, &asset, &name, &bytes).await,
        Err(error) => Err(error),
    };
    finish(&req, &kit, &viewer, asset, typed, &REPLACE, replaced).await
}

/// `POST /medier/{asset}/undertekster`: a caption file in a language.
pub async fn caption(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    parts: Multipart,
) -> Answer {
    let asset = found(&kit, &viewer, &path).await?;
    let (typed, file) = one_file(&kit, &viewer, parts, super::captions::MAX_BYTES as u64 + 1).await?;
    let language: Language = typed.get("language").parse().map_err(|_| Fault::BadRequest)?;
    let kept = match file {
        Ok((_, file)) => {
            let bytes = tokio::fs::read(file.path()).await.map_err(MediaError::from)?;
            actions::caption(&kit, &asset, language, &bytes).await.map(|_| ())
        }
        Err(error) => Err(error),
    };
    finish(&req, &kit, &viewer, asset, typed, &CAPTION, kept).await
}

/// `POST /medier/{asset}/undertekster/{language}/fjern`
pub async fn uncaption(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<(String, String)>,
) -> Answer {
    let asset = found(&kit, &posted.viewer, &path.0).await?;
    let language: Language = path.1.parse().map_err(|_| Fault::NotFound)?;
    actions::uncaption(&kit, &asset, language).await?;
    done(&req, &kit, &posted.viewer, asset.id, "media-said-uncaptioned").await
}

/// `POST /medier/{asset}/plakat`: a picture of one's own before the film.
pub async fn poster(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
    parts: Multipart,
) -> Answer {
    let asset = found(&kit, &viewer, &path).await?;
    let (typed, file) = one_file(&kit, &viewer, parts, kit.config.limits.picture_bytes).await?;
    let kept = match file {
        Ok((_, bytes)) => actions::set_poster(&kit, &asset, bytes).await,
        Err(error) => Err(error),
    };
    finish(&req, &kit, &viewer, asset, typed, &POSTER_FILE, kept).await
}

/// `POST /medier/{asset}/slet`: only what no ad shows.
pub async fn delete(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    let asset = found(&kit, &posted.viewer, &path).await?;
    actions::delete(&kit, &asset).await?;
    let t = posted.viewer.shell(&req, &kit.config).t;
    posted.viewer.say_next(&kit, t.with("media-said-deleted", "name", asset.name)).await?;
    Ok(see_other("/medier"))
}
