//! `/kampagner/ny` and `/kampagner/{id}/rediger`: the form of a campaign.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, By, CampaignError},
    campaign::{Campaign, Horizon},
    form::{self, COLOURS, OWN},
    pages::{by, horizons},
    store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer, unit},
    base::{
        id::{CampaignId, UnitId},
        paging::Paging,
        wall::WallTime,
    },
    db::DbError,
    kit::Kit,
    media,
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

/// Pictures offered to choose from.
const OFFERED: u32 = 40;

/// A picture to choose.
struct Offer {
    id: String,
    src: String,
    name: String,
    /// Nothing is asked of a picture that only colleagues see.
    lacks: String,
}

/// A colour to choose.
struct Swatch {
    value: &'static str,
    label: String,
}

#[derive(Template)]
#[template(path = "campaigns/edit.html")]
struct EditPage {
    shell: Shell,
    /// none: a new one
    id: Option<CampaignId>,
    title: String,
    action: String,
    back: String,
    version: i32,
    form: FormView,
    units: Vec<Choice>,
    others: Vec<Choice>,
    horizons: Vec<Choice>,
    swatches: Vec<Swatch>,
    offers: Vec<Offer>,
    stale: bool,
}

/// What is wrong with a form that came back.
#[derive(Default)]
struct Wrong {
    errors: Errors,
    stale: bool,
}

/// `GET /kampagner/ny`
pub async fn new_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let mut typed = Typed::default();
    let today = WallTime::at(kit.clock.now(), kit.config.delivery.zone).local.date();
    typed.set("starts_on", today.to_string());
    typed.set("horizon", Horizon::Short.word());
    typed.set("colour", COLOURS[0].1);
    draw(&req, &kit, &viewer, None, typed, Wrong::default()).await
}

/// `POST /kampagner/ny`
pub async fn create(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let by = by(&viewer)?;
    // a form that names no unit of theirs is answered at that field
    let (content, mut errors) = form::read(&typed, UnitId::from_number(0));
    if !by.runs.covers_unit(content.unit) {
        errors.add("unit", "error-unit");
    }
    if !errors.is_empty() {
        return draw(&req, &kit, &viewer, None, typed, Wrong { errors, stale: false }).await;
    }
    let k = kit.get_ref().clone();
    match kit.db.write(move |c| actions::create(c, &k, &by, content)).await {
        Ok(id) => {
            viewer.say_next(&kit, viewer.shell(&req, &kit.config).t.say("campaign-said-created")).await?;
            Ok(see_other(format!("/kampagner/{id}")))
        }
        Err(CampaignError::Fields(errors)) => {
            draw(&req, &kit, &viewer, None, typed, Wrong { errors, stale: false }).await
        }
        Err(other) => Err(other.into()),
    }
}

/// `GET /kampagner/{id}/rediger`
pub async fn edit(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, id: web::Path<String>) -> Answer {
    let campaign = changeable(&kit, &by(&viewer)?, &id).await?;
    let typed = form::fill(&campaign.content);
    draw(&req, &kit, &viewer, Some(campaign), typed, Wrong::default()).await
}

/// `POST /kampagner/{id}/rediger`
pub async fn save(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    let Posted { viewer, typed } = posted;
    let by = by(&viewer)?;
    let campaign = changeable(&kit, &by, &id).await?;
    let (content, errors) = form::read(&typed, campaign.content.unit);
    if !errors.is_empty() {
        return draw(&req, &kit, &viewer, Some(campaign), typed, Wrong { errors, stale: false }).await;
    }
    let (k, id) = (kit.get_ref().clone(), campaign.id);
    let version = typed.get("version").parse().unwrap_or(0);
    let (now, wrong) = match kit.db.write(move |c| actions::save(c, &k, &by, id, version, content)).await {
        Ok(()) => {
            viewer.say_next(&kit, viewer.shell(&req, &kit.config).t.say("campaign-said-saved")).await?;
            return Ok(see_other(format!("/kampagner/{id}")));
        }
        Err(CampaignError::Stale(now)) => (*now, Wrong { stale: true, ..Wrong::default() }),
        Err(CampaignError::Fields(errors)) => (campaign, Wrong { errors, stale: false }),
        Err(other) => return Err(other.into()),
    };
    draw(&req, &kit, &viewer, Some(now), typed, wrong).await
}

/// One this person may change as it stands now.
async fn changeable(kit: &Kit, by: &By, id: &str) -> Result<Campaign, Fault> {
    let id: CampaignId = id.parse().map_err(|_| Fault::NotFound)?;
    let runs = by.runs.clone();
    let campaign = kit.db.read(move |c| store::get(c, &runs, id)?.ok_or(Fault::NotFound)).await?;
    match campaign.archived_at {
        Some(_) => Err(Fault::Refused("campaign-refused-archived")),
        None => Ok(campaign),
    }
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    campaign: Option<Campaign>,
    typed: Typed,
    wrong: Wrong,
) -> Answer {
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let runs = viewer.scope(Right::RunCampaigns)?.clone();
    let media_units = viewer.scope(Right::UseMedia).map(|s| s.units()).unwrap_or_default();
    let (own, chosen) =
        (campaign.as_ref().map(|c| c.content.unit), campaign.as_ref().and_then(|c| c.content.logo));
    let (units, others, assets) = kit
        .db
        .read(move |c| {
            let all = accounts::units(c)?;
            let laid = |keep: &dyn Fn(UnitId) -> bool| -> Vec<Choice> {
                unit::laid_out(&all)
                    .into_iter()
                    .filter(|(_, unit)| keep(unit.id))
                    .map(|(depth, unit)| {
                        Choice::new(unit.id, format!("{}{}", "\u{2003}".repeat(depth), unit.name))
                    })
                    .collect()
            };
            let units = laid(&|id| runs.covers_unit(id) || own == Some(id));
            let filter = media::Filter {
                units: media_units,
                kinds: vec![media::Kind::Graphic, media::Kind::Picture],
                ..media::Filter::default()
            };
            let (mut assets, _) = media::library(c, &filter, Paging::new(1, OFFERED))?;
            let missing: Vec<_> =
                chosen.into_iter().filter(|id| assets.iter().all(|a| a.id != *id)).collect();
            assets.extend(media::of_ids(c, &missing)?);
            Ok::<_, DbError>((units, laid(&|_| true), assets))
        })
        .await?;
    let offers = assets
        .into_iter()
        .map(|a| Offer {
            id: a.id.to_string(),
            src: a.href("thumb").unwrap_or_default(),
            name: if a.alt_text.is_empty() { a.name } else { a.alt_text },
            lacks: String::new(),
        })
        .collect();
    let own_colour = Swatch { value: OWN, label: t.say("campaign-colour-own") };
    let swatches = COLOURS.iter().map(|(key, value)| Swatch { value, label: t.say(key) });
    let (title, action, back) = match &campaign {
        Some(c) => (c.content.name.clone(), format!("{}/rediger", c.href()), c.href()),
        None => (t.say("campaign-new"), "/kampagner/ny".to_owned(), "/kampagner".to_owned()),
    };
    let status = match &wrong {
        w if w.stale => StatusCode::CONFLICT,
        w if w.errors.is_empty() => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let standing = campaign.as_ref().map_or(1, |c| c.version);
    page_with(
        status,
        &EditPage {
            id: campaign.map(|c| c.id),
            // what is saved next is saved knowingly over what stands now
            version: if wrong.stale { standing } else { typed.get("version").parse().unwrap_or(standing) },
            horizons: horizons(t),
            swatches: swatches.chain([own_colour]).collect(),
            form: FormView::with_errors(typed, &wrong.errors, t),
            stale: wrong.stale,
            title,
            action,
            back,
            units,
            others,
            offers,
            shell,
        },
    )
}
