//! `/medier`: the library, one asset, bringing files as a plain form. The parts of a large file and the
//! serving of what is kept stand in [`super::file_pages`].

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    MediaError, actions,
    asset::{Asset, FILM, Kind, Missing, POSTER, State},
    captions::{CHANNEL_BYTES, Captions},
    content::Refusal,
    image::{Focus, Profile},
    store::{self, Description, Filter, Use},
};
use crate::{
    accounts::{self, Posted, Right, Unit, Viewer},
    base::{
        Language,
        id::{AssetId, UnitId},
        paging::Paging,
    },
    blobs::Spooled,
    db::DbError,
    i18n::{Said, Speech, format},
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed, csrf,
        forms::{Choice, Errors, FieldError, Query},
        page_with, see_other,
        upload::{self, Sent},
    },
};

/// Assets on a page of the library.
const PAGE: u32 = 48;
/// Files in one form.
const FILES: usize = 20;

impl From<MediaError> for Fault {
    fn from(error: MediaError) -> Self {
        match error {
            MediaError::NotFound => Self::NotFound,
            MediaError::Refused(refusal) => Self::Refused(refusal.key),
            MediaError::Elsewhere(_) => Self::Conflict("media-elsewhere"),
            MediaError::Captions(_) => Self::Refused("media-captions-none"),
            MediaError::Db(error) => error.into(),
            MediaError::Blob(error) => error.into(),
            MediaError::Disk(error) => Self::internal("an upload could not be written", error),
        }
    }
}

/// A refusal as a sentence.
pub(super) fn sentence(t: Speech, refusal: &Refusal) -> String {
    let args: Vec<_> = refusal.args.iter().map(|(name, value)| (*name, value.said())).collect();
    t.args(refusal.key, &args)
}

fn add(errors: &mut Errors, field: &str, refusal: Refusal) {
    let args = refusal.args.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    errors.0.push(FieldError { field: field.to_owned(), key: refusal.key.to_owned(), args });
}

/// A small sign on a card.
struct Chip {
    label: String,
    look: &'static str,
    icon: &'static str,
}

struct Card {
    href: String,
    name: String,
    unit: String,
    thumb: Option<String>,
    length: Option<String>,
    chips: Vec<Chip>,
}

struct FilterBox {
    name: &'static str,
    value: &'static str,
    label: String,
    on: bool,
}

#[derive(Template)]
#[template(path = "media/library.html")]
struct LibraryPage {
    shell: Shell,
    form: FormView,
    pictures: i64,
    films: i64,
    filters: Vec<FilterBox>,
    units: Vec<Choice>,
    chosen_unit: String,
    upload_units: Vec<Choice>,
    limits: String,
    cards: Vec<Card>,
    waiting: bool,
    total: i64,
    previous: String,
    next: String,
}

/// `GET /medier`
pub async fn library(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    draw_library(StatusCode::OK, &req, &kit, &viewer, &query.0, FormView::default()).await
}

async fn draw_library(
    status: StatusCode,
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    query: &Typed,
    form: FormView,
) -> Answer {
    let scope = viewer.scope(Right::UseMedia)?;
    let mine = scope.units();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let chosen_unit = query.get("enhed").to_owned();
    let asked = |value: &str| query.all("vis").any(|v| v == value);
    let filter = Filter {
        kinds: match (asked("billeder"), asked("film")) {
            (true, false) => vec![Kind::Picture, Kind::Graphic],
            (false, true) => vec![Kind::Film],
            _ => Vec::new(),
        },
        units: match chosen_unit.parse::<UnitId>() {
            Ok(unit) => mine.iter().copied().filter(|u| *u == unit).collect(),
            Err(_) => mine.clone(),
        },
        without_alt: asked("uden-tekst"),
        without_captions: asked("uden-undertekster"),
    };
    let paging = Paging::new(query.get("side").parse().unwrap_or(1), PAGE);
    let all = mine.clone();
    let (assets, total, counts, units) = kit
        .db
        .read(move |c| {
            let (assets, total) = store::library(c, &filter, paging)?;
            Ok::<_, DbError>((assets, total, store::counts(c, &all)?, accounts::units(c)?))
        })
        .await?;
    let of = |kind| counts.get(&kind).copied().unwrap_or(0);
    let filters = [
        ("billeder", "media-only-pictures"),
        ("film", "media-only-films"),
        ("uden-tekst", "media-only-without-alt"),
        ("uden-undertekster", "media-only-without-captions"),
    ]
    .map(|(value, key)| FilterBox { name: "vis", value, label: t.say(key), on: asked(value) });
    let choices: Vec<Choice> =
        units.iter().filter(|u| mine.contains(&u.id)).map(|u| Choice::new(u.id, u.name.clone())).collect();
    let there = |page: u32| {
        let mut pairs: Vec<_> = query.0.iter().filter(|(n, _)| n != "side" && n != "lang").cloned().collect();
        pairs.push(("side".to_owned(), page.to_string()));
        format!("/medier?{}", serde_urlencoded::to_string(pairs).unwrap_or_default())
    };
    let page = LibraryPage {
        pictures: of(Kind::Picture) + of(Kind::Graphic),
        films: of(Kind::Film),
        filters: filters.into(),
        chosen_unit,
        upload_units: choices.clone(),
        units: choices,
        limits: t.with2(
            "media-limits",
            "picture",
            kit.config.limits.picture_bytes >> 20,
            "film",
            kit.config.limits.film_bytes >> 20,
        ),
        waiting: assets.iter().any(|a| a.state == State::Received),
        cards: assets.iter().map(|a| card(a, &units, t)).collect(),
        previous: if paging.page > 1 { there(paging.page - 1) } else { String::new() },
        next: if paging.page < paging.pages(total) { there(paging.page + 1) } else { String::new() },
        total,
        form,
        shell,
    };
    page_with(status, &page)
}

fn card(asset: &Asset, units: &[Unit], t: Speech) -> Card {
    let mut chips = Vec::new();
    for missing in asset.missing(&[Language::Da]) {
        let (look, icon) = match missing {
            Missing::Preparation => ("info", "hourglass"),
            Missing::Poster => ("warn", "warning"),
            _ => ("bad", "error"),
        };
        chips.push(Chip { label: t.say(missing.key()), look, icon });
    }
    if asset.alt_stale {
        chips.push(Chip { label: t.say("media-alt-stale"), look: "warn", icon: "warning" });
    }
    if chips.is_empty() {
        chips.push(Chip { label: t.say("media-usable"), look: "ok", icon: "check" });
    }
    Card {
        href: format!("/medier/{}", asset.id),
        name: asset.name.clone(),
        unit: unit_name(units, asset.unit),
        thumb: asset.href(Profile::Thumb.code()),
        length: (asset.kind == Kind::Film)
            .then(|| t.with("media-film-length", "length", length(asset.duration_ms))),
        chips,
    }
}

fn unit_name(units: &[Unit], id: UnitId) -> String {
    units.iter().find(|u| u.id == id).map(|u| u.name.clone()).unwrap_or_default()
}

/// `1.40` for a hundred seconds.
fn length(ms: Option<i64>) -> String {
    let seconds = (ms.unwrap_or(0) + 500) / 1000;
    format!("{}.{:02}", seconds / 60, seconds % 60)
}

/// `POST /medier`: one or several files. Those that are taken are kept, even when another is refused.
pub async fn add_files(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, parts: Multipart) -> Answer {
    viewer.scope(Right::UseMedia)?;
    let largest = kit.config.limits.film_bytes.max(kit.config.limits.picture_bytes);
    let sent = upload::receive(parts, &kit.blobs, largest, FILES).await?;
    viewer.check_csrf(sent.typed.get(csrf::FIELD))?;
    let unit: UnitId = sent.typed.get("unit").parse().map_err(|_| Fault::NotFound)?;
    if !viewer.may_in(Right::UseMedia, unit) {
        return Err(Fault::NotFound);
    }
    let t = viewer.shell(&req, &kit.config).t;
    let (mut errors, mut taken) = (Errors::none(), Vec::new());
    if sent.files.is_empty() {
        errors.add("file", "media-refused-no-file");
    }
    for file in sent.files {
        let received = match file.bytes {
            None => Err(MediaError::Refused(
                Refusal::new("media-refused-film-bytes").with("megabytes", &(largest >> 20)),
            )),
            Some(bytes) => actions::receive(&kit, viewer.actor(), unit, &file.name, &bytes).await,
        };
        match received {
            Ok(received) => taken.push(received.id()),
            Err(error) => {
                let why = sentence(t, &error.at_field()?);
                let refusal = Refusal::new("media-refused-named").with("name", &file.name).with("why", &why);
                add(&mut errors, "file", refusal);
            }
        }
    }
    if errors.is_empty() {
        viewer.say_next(&kit, t.with("media-said-taken", "count", taken.len())).await?;
        return Ok(match taken[..] {
            [one] => see_other(format!("/medier/{one}")),
            _ => see_other("/medier"),
        });
    }
    let form = FormView::with_errors(sent.typed, &errors, t);
    draw_library(StatusCode::UNPROCESSABLE_ENTITY, &req, &kit, &viewer, &Typed::default(), form).await
}

struct Track {
    code: &'static str,
    name: String,
    href: String,
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
    uses: Vec<Use>,
}

/// The asset, when it lies where this person works with media; else it does not exist.
pub(super) async fn found(kit: &Kit, viewer: &Viewer, id: &str) -> Result<Asset, Fault> {
    let id: AssetId = id.parse().map_err(|_| Fault::NotFound)?;
    viewer.scope(Right::UseMedia)?;
    let asset = kit.db.read(move |c| store::asset(c, id)).await?.ok_or(Fault::NotFound)?;
    if viewer.may_in(Right::UseMedia, asset.unit) { Ok(asset) } else { Err(Fault::NotFound) }
}

/// `GET /medier/{asset}`
pub async fn asset(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, path: web::Path<String>) -> Answer {
    let asset = found(&kit, &viewer, &path).await?;
    let form = FormView::of(typed_of(&asset));
    draw_asset(StatusCode::OK, &req, &kit, &viewer, asset, form).await
}

fn typed_of(asset: &Asset) -> Typed {
    let mut typed = Typed::default();
    typed.set("alt_text", asset.alt_text.clone());
    typed.set("decorative", if asset.decorative { "on" } else { "" });
    typed.set("silent", if asset.silent { "on" } else { "" });
    typed.set("focus", format!("{},{}", asset.focus.x, asset.focus.y));
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
    let (units, uses, captions) = kit
        .db
        .read(move |c| Ok::<_, DbError>((accounts::units(c)?, store::uses(c, id)?, store::captions(c, id)?)))
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
        ready: ready(&asset, t),
        facts: facts(&asset, t),
        uses,
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

fn ready(asset: &Asset, t: Speech) -> Vec<ReadyLine> {
    let missing = asset.missing(&Language::ALL);
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
    let tenths = asset.bytes * 10 / (1 << 20);
    let size = if tenths == 0 {
        t.with("media-kilobytes", "size", (asset.bytes / 1024).max(1))
    } else {
        t.with("media-megabytes", "size", format::decimal(tenths, 1, t.language()))
    };
    let mut facts = vec![(t.say("media-fact-size"), size)];
    if asset.width > 0 {
        facts.push((
            t.say("media-fact-shape"),
            t.with2("media-pixels", "width", asset.width.to_string(), "height", asset.height.to_string()),
        ));
    }
    if asset.duration_ms.is_some() {
        facts.push((t.say("media-fact-length"), length(asset.duration_ms)));
    }
    facts
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
    let said = Description {
        alt_text: typed.get("alt_text").to_owned(),
        decorative: typed.ticked("decorative"),
        silent: typed.ticked("silent"),
        focus: focus(typed.get("focus")).unwrap_or(asset.focus),
    };
    match actions::describe(&kit, &asset, said).await {
        Ok(()) => done(&req, &kit, &viewer, asset.id, "media-said-described").await,
        Err(error) => refused(&req, &kit, &viewer, asset, typed, "alt_text", error).await,
    }
}

fn focus(text: &str) -> Option<Focus> {
    let (x, y) = text.split_once(',')?;
    let part = |p: &str| p.parse::<u8>().ok().filter(|n| *n <= 100);
    Some(Focus { x: part(x)?, y: part(y)? })
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
    let mut all = typed_of(&asset);
    all.0.retain(|(name, _)| !typed.0.iter().any(|(n, _)| n == name) && field != "alt_text");
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
                Refusal::new("media-refused-film-bytes").with("megabytes", &(limit >> 20)),
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
    match replaced {
        Ok(()) => done(&req, &kit, &viewer, asset.id, "media-said-replaced").await,
        Err(error) => refused(&req, &kit, &viewer, asset, typed, "file", error).await,
    }
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
    match kept {
        Ok(()) => done(&req, &kit, &viewer, asset.id, "media-said-captioned").await,
        Err(error) => refused(&req, &kit, &viewer, asset, typed, "captions", error).await,
    }
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
    match kept {
        Ok(()) => done(&req, &kit, &viewer, asset.id, "media-said-poster").await,
        Err(error) => refused(&req, &kit, &viewer, asset, typed, "poster", error).await,
    }
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
