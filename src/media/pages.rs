//! `/medier`: the library, and bringing files as a plain form. One asset stands in [`super::asset_pages`]; the parts
//! of a large file and the serving of what is kept in [`super::file_pages`].

use actix_multipart::Multipart;
use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    MediaError, actions,
    asset::{Asset, Kind, Missing, State},
    content::Refusal,
    image::Profile,
    length,
    people::Purpose,
    store::{self, Filter},
};
use crate::{
    accounts::{self, Right, Unit, Viewer, unit},
    base::{Instant, Language, id::UnitId, paging::Paging},
    db::DbError,
    i18n::{Said, Speech, format},
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed, csrf,
        forms::{Choice, Errors, FieldError, Query},
        page_with, see_other, upload,
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
pub fn sentence(t: Speech, refusal: &Refusal) -> String {
    let args: Vec<_> = refusal.args.iter().map(|(name, value)| (*name, value.said())).collect();
    t.args(refusal.key, &args)
}

/// Notes a refusal at a field.
pub fn add(errors: &mut Errors, field: &str, refusal: Refusal) {
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
    used: String,
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
    folders: Vec<Choice>,
    chosen_folder: String,
    words: String,
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
    let chosen_folder = query.get("mappe").to_owned();
    let now = kit.clock.now();
    let soon = std::time::Duration::from_secs(u64::from(kit.config.consents.soon_days) * 86_400);
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
        without_people: asked("uden-personer"),
        consent_ends: asked("samtykke").then(|| (now, now + soon)),
        folder: chosen_folder.clone(),
        words: query.get("q").to_owned(),
    };
    let paging = Paging::new(query.get("side").parse().unwrap_or(1), PAGE);
    let all = mine.clone();
    let (assets, total, counts, units, uses, folders) = kit
        .db
        .read(move |c| {
            let (assets, total) = store::library(c, &filter, paging)?;
            let ids: Vec<_> = assets.iter().map(|a| a.id).collect();
            let (uses, folders) = (store::uses(c, &ids)?, store::folders(c, &all)?);
            Ok::<_, DbError>((assets, total, store::counts(c, &all)?, accounts::units(c)?, uses, folders))
        })
        .await?;
    let of = |kind| counts.get(&kind).copied().unwrap_or(0);
    let filters = [
        ("billeder", "media-only-pictures"),
        ("film", "media-only-films"),
        ("uden-tekst", "media-only-without-alt"),
        ("uden-undertekster", "media-only-without-captions"),
        ("uden-personer", "media-only-without-people"),
        ("samtykke", "media-only-consent-ends"),
    ]
    .map(|(value, key)| FilterBox { name: "vis", value, label: t.say(key), on: asked(value) });
    let choices: Vec<Choice> = unit::laid_out(&units)
        .into_iter()
        .filter(|(_, u)| mine.contains(&u.id))
        .map(|(depth, u)| Choice::new(u.id, format!("{}{}", "\u{2003}".repeat(depth), u.name)))
        .collect();
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
            most(kit.config.limits.picture_bytes, t),
            "film",
            most(kit.config.limits.film_bytes, t),
        ),
        waiting: assets.iter().any(|a| a.state == State::Received),
        cards: assets
            .iter()
            .map(|a| card(a, uses.get(&a.id).map(Vec::as_slice).unwrap_or_default(), &units, t, now))
            .collect(),
        folders: folders.into_iter().map(|f| Choice::new(&f, f.clone())).collect(),
        chosen_folder,
        words: query.get("q").to_owned(),
        previous: if paging.page > 1 { there(paging.page - 1) } else { String::new() },
        next: if paging.page < paging.pages(total) { there(paging.page + 1) } else { String::new() },
        total,
        form,
        shell,
    };
    page_with(status, &page)
}

fn card(asset: &Asset, uses: &[store::Use], units: &[Unit], t: Speech, now: Instant) -> Card {
    let mut chips = Vec::new();
    for missing in asset.missing(&[Language::Da], &[Purpose::Website], now) {
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
        used: t.with2("media-used", "used", uses.len(), "live", uses.iter().filter(|u| u.live).count()),
        thumb: asset.href(Profile::Thumb.code()),
        length: (asset.kind == Kind::Film)
            .then(|| t.with("media-film-length", "length", length(asset.duration_ms.unwrap_or(0), t))),
        chips,
    }
}

fn most(bytes: u64, t: Speech) -> String {
    format::bytes(i64::try_from(bytes).unwrap_or(i64::MAX), t.language())
}

pub(super) fn unit_name(units: &[Unit], id: UnitId) -> String {
    units.iter().find(|u| u.id == id).map(|u| u.name.clone()).unwrap_or_default()
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
                Refusal::new("media-refused-film-bytes").with("megabytes", &(largest / 1_000_000)),
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
