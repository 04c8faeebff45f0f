//! `/personer` and `/enheder`: who there is, what they may and where. For those who manage people.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    Membership, Person, Posted, Right, Role, Scope, Unit, UnitKind, Viewer, actions, actions::AccountError,
    jobs::Why, store, unit,
};
use crate::{
    base::{
        Language,
        id::{MembershipId, UnitId, UserId},
        text,
    },
    db::Conn,
    i18n::Speech,
    kit::Kit,
    web::{
        Answer, Choice, Fault, FormView, Shell, Typed,
        forms::{Errors, Query},
        page, page_with, see_other,
    },
};

/// A role as a page shows it.
struct ShownRole {
    id: MembershipId,
    role: String,
    unit: String,
    /// the seat is for one posting only
    one_posting: bool,
    /// the reader may end it
    mine_to_end: bool,
}

/// Somebody as a page shows them.
struct ShownPerson {
    id: UserId,
    name: String,
    email: String,
    roles: Vec<ShownRole>,
    disabled: bool,
    can_log_in: bool,
}

#[derive(Template)]
#[template(path = "accounts/people.html")]
struct PeoplePage {
    shell: Shell,
    people: Vec<ShownPerson>,
    q: String,
    count: usize,
}

#[derive(Template)]
#[template(path = "accounts/person_new.html")]
struct NewPersonPage {
    shell: Shell,
    form: FormView,
    languages: Vec<Choice>,
    units: Vec<Choice>,
    roles: Vec<Choice>,
}

#[derive(Template)]
#[template(path = "accounts/person.html")]
struct PersonPage {
    shell: Shell,
    form: FormView,
    person: ShownPerson,
    units: Vec<Choice>,
    roles: Vec<Choice>,
    /// the reader may shut this person out
    held: bool,
    /// the reader looks at themselves
    oneself: bool,
}

#[derive(Template)]
#[template(path = "accounts/units.html")]
struct UnitsPage {
    shell: Shell,
    form: FormView,
    lines: Vec<UnitLine>,
    parents: Vec<Choice>,
    kinds: Vec<Choice>,
}

/// A unit in the tree.
struct UnitLine {
    name: String,
    kind: String,
    /// steps below the top, at most 6
    depth: usize,
    people: usize,
}

/// What the pages here are made of.
struct House {
    units: Vec<Unit>,
    top: UnitId,
    people: Vec<Person>,
}

fn house(conn: &mut Conn, kit: &Kit) -> Result<House, Fault> {
    let units = store::units(conn)?;
    let top = units.iter().find(|u| u.parent_id.is_none()).map(|u| u.id).ok_or(Fault::NotFound)?;
    Ok(House { units, top, people: store::people(conn, kit.clock.now())? })
}

impl House {
    fn unit(&self, id: UnitId) -> &str {
        self.units.iter().find(|u| u.id == id).map_or("", |u| &u.name)
    }

    fn shown(&self, person: &Person, viewer: &Viewer, scope: &Scope, t: Speech) -> ShownPerson {
        let oneself = person.user.id == viewer.user().id;
        let role = |held: &Membership| ShownRole {
            id: held.id,
            role: t.say(&role_key(held.role)),
            unit: self.unit(held.unit_id).to_owned(),
            one_posting: held.posting_id.is_some(),
            mine_to_end: scope.covers_unit(held.unit_id) && !oneself,
        };
        ShownPerson {
            id: person.user.id,
            name: person.user.name.clone(),
            email: person.user.email.clone(),
            roles: person.roles.iter().map(role).collect(),
            disabled: person.user.disabled_at.is_some(),
            can_log_in: person.can_log_in,
        }
    }

    /// The units a manager may give roles in, as a tree laid flat.
    fn choices(&self, scope: &Scope) -> Vec<Choice> {
        unit::choices(&self.units, scope)
    }
}

fn role_key(role: Role) -> String {
    format!("role-{}", role.word().replace('_', "-"))
}

fn kind_key(kind: UnitKind) -> String {
    format!("unit-{}", kind.word())
}

fn role_choices(t: Speech) -> Vec<Choice> {
    let choice = |role: &Role| Choice {
        value: role.word().to_owned(),
        label: t.say(&role_key(*role)),
        hint: t.say(&format!("role-{}-hint", role.word().replace('_', "-"))),
    };
    Role::ALL.iter().map(choice).collect()
}

fn language_choices() -> Vec<Choice> {
    Language::ALL.iter().map(|language| Choice::new(language.code(), language.own_name())).collect()
}

async fn read_house(kit: &web::Data<Kit>) -> Result<House, Fault> {
    let k = kit.clone();
    kit.db.read(move |c| house(c, &k)).await
}

/// `GET /personer`
pub async fn people_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer, query: Query) -> Answer {
    let scope = viewer.scope(Right::ManagePeople)?;
    let house = read_house(&kit).await?;
    let shell = viewer.shell(&req, &kit.config);
    let q = text::line(query.0.get("q"));
    let wanted = q.to_lowercase();
    let seen: Vec<&Person> = house.people.iter().filter(|p| p.seen_from(scope, house.top)).collect();
    let people = seen
        .iter()
        .map(|person| house.shown(person, &viewer, scope, shell.t))
        .filter(|p| {
            let units = p.roles.iter().map(|r| r.unit.to_lowercase());
            wanted.is_empty()
                || p.name.to_lowercase().contains(&wanted)
                || p.email.contains(&wanted)
                || units.into_iter().any(|u| u.contains(&wanted))
        })
        .collect();
    page(&PeoplePage { count: seen.len(), people, q, shell })
}

/// `GET /personer/ny`
pub async fn new_person_page(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let scope = viewer.scope(Right::ManagePeople)?;
    let house = read_house(&kit).await?;
    let shell = viewer.shell(&req, &kit.config);
    page(&NewPersonPage {
        form: FormView::default(),
        languages: language_choices(),
        units: house.choices(scope),
        roles: role_choices(shell.t),
        shell,
    })
}

/// `POST /personer/ny`
pub async fn add_person(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::ManagePeople)?.clone();
    let mut errors = Errors::none();
    let name = text::line(typed.get("name"));
    if text::count(&name) > 120 {
        errors.add_with("name", "error-too-long", "max", 120);
    }
    let (unit, role) = (chosen_unit(&typed, &scope, &mut errors), chosen_role(&typed, &mut errors));
    let language = typed.get("language").parse().unwrap_or(viewer.user().language);
    let added = match (errors.is_empty(), unit, role) {
        (true, Some(unit), Some(role)) => {
            let (k, by, name, email) =
                (kit.clone(), viewer.actor(), name.clone(), typed.get("email").to_owned());
            let invited =
                kit.db.write(move |c| actions::invite(c, &k, by, &name, &email, language, unit, role)).await;
            match invited {
                Ok(user) => Some(user),
                Err(AccountError::Field(field, key)) => {
                    errors.add(field, key);
                    None
                }
                Err(AccountError::Db(error)) => return Err(error.into()),
            }
        }
        _ => None,
    };
    let shell = viewer.shell(&req, &kit.config);
    if let Some(user) = added {
        let email = typed.get("email").trim().to_lowercase();
        viewer.say_next(&kit, shell.t.with2("people-invited", "name", &name, "email", email)).await?;
        return Ok(see_other(format!("/personer/{user}")));
    }
    let house = read_house(&kit).await?;
    page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &NewPersonPage {
            form: FormView::with_errors(typed, &errors, shell.t),
            languages: language_choices(),
            units: house.choices(&scope),
            roles: role_choices(shell.t),
            shell,
        },
    )
}

fn chosen_unit(typed: &Typed, scope: &Scope, errors: &mut Errors) -> Option<UnitId> {
    let unit = typed.get("unit").parse().ok().filter(|unit| scope.covers_unit(*unit));
    if unit.is_none() {
        errors.add("unit", "error-choose");
    }
    unit
}

fn chosen_role(typed: &Typed, errors: &mut Errors) -> Option<Role> {
    let role = typed.get("role").parse().ok();
    if role.is_none() {
        errors.add("role", "error-choose");
    }
    role
}

/// The person of the path, when the viewer may see them.
async fn one(kit: &web::Data<Kit>, viewer: &Viewer, id: &str) -> Result<(House, Person), Fault> {
    let scope = viewer.scope(Right::ManagePeople)?;
    let id: UserId = id.parse().map_err(|_| Fault::NotFound)?;
    let house = read_house(kit).await?;
    let person = house.people.iter().find(|p| p.user.id == id && p.seen_from(scope, house.top)).cloned();
    Ok((house, person.ok_or(Fault::NotFound)?))
}

fn person_page(
    viewer: &Viewer,
    shell: Shell,
    house: &House,
    person: &Person,
    form: FormView,
) -> Result<PersonPage, Fault> {
    let scope = viewer.scope(Right::ManagePeople)?;
    let oneself = person.user.id == viewer.user().id;
    Ok(PersonPage {
        form,
        person: house.shown(person, viewer, scope, shell.t),
        units: house.choices(scope),
        roles: role_choices(shell.t),
        held: person.held_by(scope, house.top) && !oneself,
        oneself,
        shell,
    })
}

/// `GET /personer/{id}`
pub async fn show_person(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    id: web::Path<String>,
) -> Answer {
    let (house, person) = one(&kit, &viewer, &id).await?;
    let shell = viewer.shell(&req, &kit.config);
    page(&person_page(&viewer, shell, &house, &person, FormView::default())?)
}

/// `POST /personer/{id}/rolle`
pub async fn give_role(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<String>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::ManagePeople)?.clone();
    let (house, person) = one(&kit, &viewer, &id).await?;
    let shell = viewer.shell(&req, &kit.config);
    let mut errors = Errors::none();
    let (unit, role) = (chosen_unit(&typed, &scope, &mut errors), chosen_role(&typed, &mut errors));
    let already = person
        .roles
        .iter()
        .any(|r| Some(r.unit_id) == unit && Some(r.role) == role && r.posting_id.is_none());
    if already {
        errors.add("role", "error-role-held");
    }
    let (Some(unit), Some(role), true) = (unit, role, errors.is_empty()) else {
        let form = FormView::with_errors(typed, &errors, shell.t);
        return page_with(
            StatusCode::UNPROCESSABLE_ENTITY,
            &person_page(&viewer, shell, &house, &person, form)?,
        );
    };
    let (k, by, user) = (kit.clone(), viewer.actor(), person.user.id);
    kit.db.write(move |c| actions::appoint(c, &k, by, user, unit, role, None)).await?;
    let (role, unit) = (shell.t.say(&role_key(role)), house.unit(unit));
    let said = shell.t.with3("people-role-given", "name", &person.user.name, "role", role, "unit", unit);
    viewer.say_next(&kit, said).await?;
    Ok(see_other(format!("/personer/{user}")))
}

/// `POST /personer/{id}/rolle/{membership}/slut`
pub async fn end_role(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    path: web::Path<(String, String)>,
) -> Answer {
    let viewer = posted.viewer;
    let (id, membership) = path.into_inner();
    let (_, person) = one(&kit, &viewer, &id).await?;
    let scope = viewer.scope(Right::ManagePeople)?;
    let membership: MembershipId = membership.parse().map_err(|_| Fault::NotFound)?;
    let held = person.roles.iter().find(|r| r.id == membership && scope.covers_unit(r.unit_id)).cloned();
    let held = held.ok_or(Fault::NotFound)?;
    if person.user.id == viewer.user().id {
        return Err(Fault::Refused("people-not-oneself"));
    }
    let (k, by) = (kit.clone(), viewer.actor());
    kit.db.write(move |c| actions::end_role(c, &k, by, &held)).await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.with("people-role-ended", "name", &person.user.name)).await?;
    Ok(see_other(format!("/personer/{}", person.user.id)))
}

/// `POST /personer/{id}/link`: a new letter with a link to choose a password.
pub async fn send_link(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<String>,
) -> Answer {
    let viewer = posted.viewer;
    let (_, person) = one(&kit, &viewer, &id).await?;
    if person.user.disabled_at.is_some() {
        return Err(Fault::Refused("people-is-shut-out"));
    }
    let (k, user) = (kit.clone(), person.user.id);
    let why = if person.can_log_in { Why::Forgotten } else { Why::Welcome };
    kit.db.write(move |c| actions::send_password_link(c, &k, user, why)).await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.with("people-link-sent", "email", &person.user.email)).await?;
    Ok(see_other(format!("/personer/{user}")))
}

/// `POST /personer/{id}/adgang`: shuts out or lets in, by the field `to`.
pub async fn set_access(
    req: HttpRequest,
    kit: web::Data<Kit>,
    posted: Posted,
    id: web::Path<String>,
) -> Answer {
    let Posted { viewer, typed } = posted;
    let (house, person) = one(&kit, &viewer, &id).await?;
    if person.user.id == viewer.user().id {
        return Err(Fault::Refused("people-not-oneself"));
    }
    if !person.held_by(viewer.scope(Right::ManagePeople)?, house.top) {
        return Err(Fault::Forbidden);
    }
    let (k, by, user) = (kit.clone(), viewer.actor(), person.user.id);
    let said = match typed.get("to") {
        "closed" => {
            kit.db.write(move |c| actions::disable_user(c, &k, user, by)).await?;
            "people-shut-out"
        }
        "open" => {
            kit.db.write(move |c| actions::enable_user(c, &k, user, by)).await?;
            "people-let-in"
        }
        _ => return Err(Fault::BadRequest),
    };
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.with(said, "name", &person.user.name)).await?;
    Ok(see_other(format!("/personer/{user}")))
}

fn units_page(shell: Shell, house: &House, scope: &Scope, form: FormView) -> UnitsPage {
    let lines = unit::laid_out(&house.units)
        .into_iter()
        .filter(|(_, unit)| scope.covers_unit(unit.id))
        .map(|(depth, unit)| UnitLine {
            name: unit.name.clone(),
            kind: shell.t.say(&kind_key(unit.kind)),
            depth: depth.min(6),
            people: house.people.iter().filter(|p| p.roles.iter().any(|r| r.unit_id == unit.id)).count(),
        })
        .collect();
    let kinds = UnitKind::ALL
        .iter()
        .filter(|kind| **kind != UnitKind::Organisation)
        .map(|kind| Choice::new(kind.word(), shell.t.say(&kind_key(*kind))))
        .collect();
    UnitsPage { lines, kinds, parents: house.choices(scope), form, shell }
}

/// `GET /enheder`
pub async fn show_units(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let scope = viewer.scope(Right::ManagePeople)?;
    let house = read_house(&kit).await?;
    page(&units_page(viewer.shell(&req, &kit.config), &house, scope, FormView::default()))
}

/// `POST /enheder`
pub async fn add_unit(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::ManagePeople)?.clone();
    let house = read_house(&kit).await?;
    let shell = viewer.shell(&req, &kit.config);
    let mut errors = Errors::none();
    let name = text::line(typed.get("name"));
    if text::count(&name) > 120 {
        errors.add_with("name", "error-too-long", "max", 120);
    }
    let parent: Option<UnitId> = typed.get("parent").parse().ok().filter(|p| scope.covers_unit(*p));
    if parent.is_none() {
        errors.add("parent", "error-choose");
    }
    let kind = typed.get("kind").parse().ok().filter(|kind| *kind != UnitKind::Organisation);
    if kind.is_none() {
        errors.add("kind", "error-choose");
    }
    let same = |u: &Unit| u.parent_id == parent && u.name.to_lowercase() == name.to_lowercase();
    if parent.is_some() && house.units.iter().any(same) {
        errors.add("name", "error-unit-taken");
    }
    if let (Some(parent), Some(kind), true) = (parent, kind, errors.is_empty()) {
        let (k, n) = (kit.clone(), name.clone());
        match kit.db.write(move |c| actions::add_unit(c, &k, Some(parent), &n, kind)).await {
            Ok(_) => {
                let said = shell.t.with2("units-added", "name", name, "parent", house.unit(parent));
                viewer.say_next(&kit, said).await?;
                return Ok(see_other("/enheder"));
            }
            Err(AccountError::Field(field, key)) => errors.add(field, key),
            Err(AccountError::Db(error)) => return Err(error.into()),
        }
    }
    let form = FormView::with_errors(typed, &errors, shell.t);
    page_with(StatusCode::UNPROCESSABLE_ENTITY, &units_page(shell, &house, &scope, form))
}
