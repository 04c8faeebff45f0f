//! `/kampagner`: the list of campaigns, and the verbs that lay one away, take it out again or delete it. One campaign's own
//! page stands with its figures in `insights`.

use actix_web::{HttpRequest, web};
use askama::Template;
use chrono::{Datelike, NaiveDate};

use super::{
    actions::{self, By, CampaignError},
    campaign::{Campaign, Content, Horizon, Phase},
    store,
};
use crate::{
    accounts::{self, Posted, Right, Scope, Unit, Viewer},
    base::id::CampaignId,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    media,
    web::{Answer, Choice, Fault, FormView, Shell, forms::Query, page, see_other},
};

impl From<CampaignError> for Fault {
    fn from(error: CampaignError) -> Self {
        match error {
            CampaignError::NotFound => Self::NotFound,
            CampaignError::Stale(_) => Self::Conflict("campaign-stale"),
            CampaignError::Refused(key) => Self::Refused(key),
            CampaignError::Fields(_) => Self::BadRequest,
            CampaignError::Db(error) => error.into(),
        }
    }
}

/// One card of the list.
struct Card {
    id: CampaignId,
    href: String,
    name: String,
    slogan: String,
    period: String,
    units: String,
    horizon: String,
    things: String,
    colour: String,
    logo: Option<String>,
    trial: bool,
}

/// Campaigns that stand alike.
struct Shelf {
    phase: Phase,
    title: String,
    cards: Vec<Card>,
}

#[derive(Template)]
#[template(path = "campaigns/list.html")]
struct ListPage {
    shell: Shell,
    shelves: Vec<Shelf>,
    form: FormView,
    horizons: Vec<Choice>,
    narrowed: bool,
    may_run: bool,
}

/// Who does it, and where they may what.
pub fn by(viewer: &Viewer) -> Result<By, Fault> {
    Ok(By {
        actor: viewer.actor(),
        runs: viewer.scope(Right::RunCampaigns)?.clone(),
        media: viewer.scope(Right::UseMedia).cloned().unwrap_or_default(),
    })
}

/// From when to when, as people say it.
pub fn period(content: &Content, t: Speech) -> String {
    let language = t.language();
    let from = format::date(content.starts_on, language);
    match content.ends_on {
        None => t.with("campaign-from", "from", from),
        Some(ends) if ends == content.starts_on => from,
        Some(ends) => {
            let dated = |day: NaiveDate| format!("{} {}", format::short_date(day, language), day.year());
            // the year stands once where it is the same
            let same = ends.year() == content.starts_on.year();
            let first = content.starts_on;
            let from = if same { format::short_date(first, language) } else { dated(first) };
            t.with2("campaign-period", "from", from, "to", dated(ends))
        }
    }
}

/// Whose it is, by name: the owner first.
pub fn unit_names(content: &Content, units: &[Unit]) -> String {
    let named = |id| units.iter().find(|unit| unit.id == id).map(|unit| unit.name.clone());
    content.units().filter_map(named).collect::<Vec<_>>().join(" + ")
}

/// Where its logo is fetched from, when it has one that is drawn and that whoever may use the media of `library` is shown.
pub fn logo(c: &mut Conn, content: &Content, library: &Scope) -> Result<Option<String>, DbError> {
    let Some(id) = content.logo else { return Ok(None) };
    let shown =
        media::asset(c, id)?.filter(|asset| asset.public_at.is_some() || library.covers_unit(asset.unit));
    Ok(shown.and_then(|asset| asset.href("thumb")))
}

/// How far ahead a campaign looks, to choose from.
pub(super) fn horizons(t: Speech) -> Vec<Choice> {
    let choice = |h: &Horizon| Choice {
        value: h.to_string(),
        label: t.say(h.key()),
        hint: t.say(&format!("campaign-horizon-{h}.hint")),
    };
    Horizon::ALL.iter().map(choice).collect()
}

/// `GET /kampagner`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let scope = viewer.scope(Right::ReadCounts)?.clone();
    let library = viewer.scope(Right::UseMedia).cloned().unwrap_or_default();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now) = (shell.t, kit.clock.now());
    let wanted: Option<Horizon> = query.0.get("sigte").parse().ok();
    let shelves = kit
        .db
        .read(move |c| {
            let mut found = store::list(c, &scope)?;
            found.retain(|campaign| wanted.is_none_or(|horizon| campaign.content.horizon == horizon));
            let (units, sizes) = (accounts::units(c)?, store::sizes(c)?);
            let mut shelves = Vec::new();
            for phase in Phase::ALL {
                let mut cards = Vec::new();
                for campaign in found.iter().filter(|campaign| campaign.phase(now) == phase) {
                    let size = sizes.get(&campaign.id).copied().unwrap_or_default();
                    cards.push(card(c, campaign, &units, size, &library, t)?);
                }
                if !cards.is_empty() {
                    shelves.push(Shelf { phase, title: t.say(phase.key()), cards });
                }
            }
            Ok::<_, DbError>(shelves)
        })
        .await?;
    let every = Choice::new("", t.say("campaigns-every-horizon"));
    page(&ListPage {
        horizons: std::iter::once(every).chain(horizons(t)).collect(),
        form: FormView::of(query.0),
        narrowed: wanted.is_some(),
        may_run: viewer.may(Right::RunCampaigns),
        shelves,
        shell,
    })
}

fn card(
    c: &mut Conn,
    campaign: &Campaign,
    units: &[Unit],
    size: i64,
    library: &Scope,
    t: Speech,
) -> Result<Card, DbError> {
    let content = &campaign.content;
    Ok(Card {
        id: campaign.id,
        href: campaign.href(),
        name: content.name.clone(),
        slogan: content.slogan.clone(),
        period: period(content, t),
        units: unit_names(content, units),
        horizon: t.say(content.horizon.key()),
        things: t.with("campaign-things", "count", size),
        colour: content.colour.to_string(),
        logo: logo(c, content, library)?,
        trial: content.trial,
    })
}

/// `POST /kampagner/{id}/arkiver`
pub async fn archive(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    verb(&req, &kit, &posted, &id, actions::archive, "campaign-said-archived").await
}

/// `POST /kampagner/{id}/genaabn`
pub async fn reopen(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    verb(&req, &kit, &posted, &id, actions::reopen, "campaign-said-reopened").await
}

/// `POST /kampagner/{id}/slet`
pub async fn delete(req: HttpRequest, kit: web::Data<Kit>, posted: Posted, id: web::Path<String>) -> Answer {
    verb(&req, &kit, &posted, &id, actions::delete, "campaign-said-deleted").await
}

type Verb = fn(&mut Conn, &Kit, &By, CampaignId) -> Result<(), CampaignError>;

async fn verb(
    req: &HttpRequest,
    kit: &Kit,
    posted: &Posted,
    id: &str,
    verb: Verb,
    said: &'static str,
) -> Answer {
    let viewer = &posted.viewer;
    let id: CampaignId = id.parse().map_err(|_| Fault::NotFound)?;
    let (by, k) = (by(viewer)?, kit.clone());
    kit.db.write(move |c| verb(c, &k, &by, id)).await?;
    viewer.say_next(kit, viewer.shell(req, &kit.config).t.say(said)).await?;
    let there = if said == "campaign-said-deleted" { String::new() } else { format!("/{id}") };
    Ok(see_other(format!("/kampagner{there}")))
}
