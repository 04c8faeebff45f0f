//! `/medier/personer`: everybody who can be recognised, and taking somebody new down. One of them stands in
//! [`super::person_pages`].

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, ConsentError, NewPerson},
    person::{Person, Purpose, Relation},
    store,
};
use crate::{
    accounts::{self, Posted, Right, Viewer, unit},
    base::{
        Instant,
        id::{AssetId, UnitId},
    },
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    media::asset_pages,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors},
        page_with, see_other,
    },
};

impl From<ConsentError> for Fault {
    fn from(error: ConsentError) -> Self {
        match error {
            ConsentError::NotFound => Self::NotFound,
            ConsentError::Ended => Self::Refused("consent-over"),
            ConsentError::Fields(_) => Self::BadRequest,
            ConsentError::Db(error) => error.into(),
        }
    }
}

/// One purpose and how it stands.
pub(in crate::media) struct Stand {
    /// Its name.
    pub name: String,
    /// In words: until when, or whose yes is missing.
    pub said: String,
    /// Look of the chip.
    pub look: &'static str,
    /// Icon of the chip.
    pub icon: &'static str,
}

/// How each purpose stands for somebody.
pub(in crate::media) fn stands(person: &Person, kit: &Kit, t: Speech, now: Instant) -> Vec<Stand> {
    let zone = kit.config.delivery.zone;
    let soon = now + std::time::Duration::from_secs(u64::from(kit.config.consents.soon_days) * 86_400);
    let stand = |purpose: &Purpose| {
        let name = t.say(purpose.key());
        match person.allowed_until(*purpose, now) {
            Some(until) => {
                let day = actions::day(until, zone).pred_opt().unwrap_or_default();
                let said = t.with("consent-until", "day", format::date(day, t.language()));
                let (look, icon) = if until <= soon { ("warn", "warning") } else { ("ok", "check") };
                Stand { name, said, look, icon }
            }
            None => {
                let said = match person.lacks(*purpose, now) {
                    Some(super::person::Lack::Guardians(n)) => t.with("consent-lacks-guardians", "count", n),
                    _ => t.say("consent-lacks"),
                };
                Stand { name, said, look: "line", icon: "" }
            }
        }
    };
    Purpose::ALL.iter().map(stand).collect()
}

struct Row {
    href: String,
    name: String,
    about: String,
    stands: Vec<Stand>,
}

#[derive(Template)]
#[template(path = "media/people.html")]
struct PeoplePage {
    shell: Shell,
    form: FormView,
    people: Vec<Row>,
    units: Vec<Choice>,
    relations: Vec<Choice>,
    asset: String,
}

pub(in crate::media) fn relations(t: Speech) -> Vec<Choice> {
    Relation::ALL.iter().map(|r| Choice::new(r, t.say(r.key()))).collect()
}

/// `GET /medier/personer`
pub async fn list(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    draw(&req, &kit, &viewer, StatusCode::OK, Typed::default(), &Errors::none()).await
}

async fn draw(
    req: &HttpRequest,
    kit: &Kit,
    viewer: &Viewer,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::UseMedia)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now, mine) = (shell.t, kit.clock.now(), scope.units());
    let (people, units) =
        kit.db.read(move |c| Ok::<_, DbError>((store::in_units(c, &mine)?, accounts::units(c)?))).await?;
    let row = |person: &Person| {
        let unit = crate::media::pages::unit_name(&units, person.unit);
        Row {
            href: format!("/medier/personer/{}", person.id),
            name: person.name.clone(),
            about: format!("{} · {unit}", t.say(person.relation.key())),
            stands: stands(person, kit, t, now),
        }
    };
    let page = PeoplePage {
        people: people.iter().map(row).collect(),
        units: unit::choices(&units, &scope),
        relations: relations(t),
        asset: typed.get("asset").to_owned(),
        form: FormView::with_errors(typed, errors, t),
        shell,
    };
    page_with(status, &page)
}

/// `POST /medier/personer`: somebody new, shown in a file when one is named.
pub async fn add(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::UseMedia)?.clone();
    let shown_in = match typed.get("asset") {
        "" => None,
        id => Some(asset_pages::found(&kit, &viewer, id).await?),
    };
    // beside a file, the person is of the file's house
    let unit = match &shown_in {
        Some(asset) => asset.unit,
        None => typed
            .get("unit")
            .parse::<UnitId>()
            .ok()
            .filter(|u| scope.covers_unit(*u))
            .ok_or(Fault::NotFound)?,
    };
    let new = NewPerson {
        unit,
        name: typed.get("name").to_owned(),
        email: typed.get("email").to_owned(),
        relation: typed.get("relation").parse().unwrap_or(Relation::Colleague),
        born: typed.get("born").to_owned(),
        one_guardian: typed.ticked("one_guardian"),
    };
    let asset: Option<AssetId> = shown_in.map(|asset| asset.id);
    match actions::add(&kit, viewer.actor(), new, asset).await {
        Ok(person) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.say("portrayed-said-added")).await?;
            Ok(see_other(format!("/medier/personer/{person}")))
        }
        Err(ConsentError::Fields(errors)) => {
            draw(&req, &kit, &viewer, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /medier/{asset}/personer`: somebody who is known already.
pub async fn portray(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<String>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let asset = asset_pages::found(&kit, &viewer, &path).await?;
    let person = typed.get("person").parse().map_err(|_| Fault::BadRequest)?;
    let within = viewer.scope(Right::UseMedia)?.units();
    actions::portray(&kit, viewer.actor(), within, asset.id, person).await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("portrayed-said-shown")).await?;
    Ok(see_other(format!("/medier/{}#people", asset.id)))
}

/// `POST /medier/{asset}/personer/{person}/fjern`
pub async fn unportray(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<(String, String)>,
) -> Answer {
    let viewer = posted.viewer;
    let asset = asset_pages::found(&kit, &viewer, &path.0).await?;
    let person = path.1.parse().map_err(|_| Fault::NotFound)?;
    actions::unportray(&kit, viewer.actor(), asset.id, person).await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("portrayed-said-not-shown")).await?;
    Ok(see_other(format!("/medier/{}#people", asset.id)))
}
