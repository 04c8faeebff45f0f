//! `/ansvar`: who drafts, approves and publishes in each unit; `/ansvar/{id}`: setting it. A unit without a rule of
//! its own follows the one above; whoever answers for that one decides about exceptions from it.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    responsibility::{Kind, Level, Matrix, Preset, Reach, Split, Task},
    store::{self, Rule},
};
use crate::{
    accounts::{
        self, Posted, Right, Role, Scope, Unit, Viewer,
        audit::{self, Line, Object, Verb},
        unit,
    },
    base::id::UnitId,
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors},
        page, page_with, see_other,
    },
};

/// Roles that may be asked to approve.
const APPROVERS: [Role; 4] = [Role::Communications, Role::Recruiter, Role::HiringManager, Role::HrAdmin];

/// A unit with what holds in it.
struct UnitLine {
    id: UnitId,
    name: String,
    depth: usize,
    /// what holds, in words
    holds: String,
    /// set here, not above
    own: bool,
    /// the reader may set it
    may: bool,
}

#[derive(Template)]
#[template(path = "publishing/rules.html")]
struct RulesPage {
    shell: Shell,
    lines: Vec<UnitLine>,
}

/// A row of the table: one kind of content at one reach.
struct Row {
    label: String,
    cells: Vec<Cell>,
}

/// Who does one part of the work.
struct Cell {
    field: String,
    label: String,
}

#[derive(Template)]
#[template(path = "publishing/rule.html")]
struct RulePage {
    shell: Shell,
    id: UnitId,
    unit: String,
    /// what holds now, in words
    holds: String,
    /// it has a rule of its own that may be lifted
    own: bool,
    presets: Vec<Choice>,
    tasks: Vec<String>,
    rows: Vec<Row>,
    levels: Vec<Choice>,
    roles: Vec<Choice>,
    centres: Vec<Choice>,
    /// who may approve as it is set now
    approvers: String,
    form: FormView,
}

fn words(t: Speech, rule: Option<&Rule>, units: &[Unit], at: UnitId) -> String {
    let Some(rule) = rule else { return t.say("rule-none") };
    let preset = match rule.matrix.preset() {
        Some(preset) => t.say(&format!("rule-preset-{}", preset.word())),
        None => t.say("rule-preset-own"),
    };
    if rule.unit == at {
        return preset;
    }
    let from = units.iter().find(|u| u.id == rule.unit).map(|u| u.name.clone()).unwrap_or_default();
    t.with2("rule-inherited", "rule", preset, "unit", from)
}

/// Whether the reader may set the rule of a unit: an exception from a rule above is given by whoever answers for that.
fn may_set(rule: Option<&Rule>, scope: &Scope, unit: UnitId) -> bool {
    scope.covers_unit(unit) && rule.is_none_or(|rule| scope.covers_unit(rule.unit))
}

/// The same for a unit that has a rule: the one above it must be the reader's too.
fn may_change(c: &mut Conn, units: &[Unit], scope: &Scope, id: UnitId) -> Result<bool, DbError> {
    let above = units.iter().find(|u| u.id == id).and_then(|u| u.parent_id);
    let above = match above {
        Some(above) => store::rule_in_force(c, above)?,
        None => None,
    };
    Ok(may_set(above.as_ref(), scope, id))
}

/// `GET /ansvar`
pub async fn list(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::SetRules)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let t = shell.t;
    let lines = kit
        .db
        .read(move |c| {
            let units = accounts::units(c)?;
            let mut lines = Vec::new();
            for (depth, unit) in unit::laid_out(&units) {
                if !scope.covers_unit(unit.id) {
                    continue;
                }
                let rule = store::rule_in_force(c, unit.id)?;
                lines.push(UnitLine {
                    id: unit.id,
                    name: unit.name.clone(),
                    depth: depth.min(6),
                    holds: words(t, rule.as_ref(), &units, unit.id),
                    own: rule.as_ref().is_some_and(|r| r.unit == unit.id),
                    may: may_change(c, &units, &scope, unit.id)?,
                });
            }
            Ok::<_, DbError>(lines)
        })
        .await?;
    page(&RulesPage { lines, shell })
}

/// `GET /ansvar/{id}`
pub async fn form(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    draw(&req, &viewer, &kit, parse(&id)?, StatusCode::OK, None, &Errors::none()).await
}

fn parse(id: &str) -> Result<UnitId, Fault> {
    id.parse().map_err(|_| Fault::NotFound)
}

fn field(content: Kind, reach: Reach, task: Task) -> String {
    format!("{content}-{reach}-{task}")
}

/// The form as it stands before anybody touches it.
fn filled(rule: Option<&Rule>) -> Typed {
    let mut typed = Typed::default();
    let begin = Matrix::of(Preset::Central);
    let matrix = rule.map_or(&begin, |rule| &rule.matrix);
    typed.set("preset", matrix.preset().map_or("own", Preset::word));
    for (content, reach, split) in &matrix.0 {
        for task in Task::ALL {
            typed.set(&field(*content, *reach, *task), split.at(*task).word());
        }
    }
    typed.set("role", rule.map_or(Role::Communications, |r| r.role).word());
    typed.set("centre", rule.and_then(|r| r.approver_unit).map(|u| u.to_string()).unwrap_or_default());
    if rule.is_none_or(|r| r.four_eyes) {
        typed.set("four_eyes", "on");
    }
    typed
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    id: UnitId,
    status: StatusCode,
    typed: Option<Typed>,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::SetRules)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let (t, now) = (shell.t, kit.clock.now());
    let inside = scope.clone();
    let found = kit
        .db
        .read(move |c| {
            let units = accounts::units(c)?;
            if !units.iter().any(|u| u.id == id) || !may_change(c, &units, &inside, id)? {
                return Ok(None);
            }
            let rule = store::rule_in_force(c, id)?;
            let approvers = match &rule {
                Some(rule) => accounts::holders(c, rule.role, rule.centre(), now)?,
                None => Vec::new(),
            };
            Ok::<_, DbError>(Some((units, rule, approvers)))
        })
        .await?;
    let (units, rule, approvers) = found.ok_or(Fault::NotFound)?;
    let presets = Preset::ALL
        .iter()
        .map(|p| Choice {
            value: p.word().to_owned(),
            label: t.say(&format!("rule-preset-{}", p.word())),
            hint: t.say(&format!("rule-preset-{}-hint", p.word())),
        })
        .chain([Choice {
            value: "own".to_owned(),
            label: t.say("rule-preset-own"),
            hint: t.say("rule-preset-own-hint"),
        }])
        .collect();
    let rows = Kind::ALL
        .iter()
        .flat_map(|content| Reach::ALL.iter().map(move |reach| (*content, *reach)))
        .map(|(content, reach)| {
            let label = t.say(&format!("rule-row-{content}-{reach}"));
            let cell = |task: &Task| Cell {
                field: field(content, reach, *task),
                label: format!("{}: {label}", t.say(&format!("rule-task-{task}"))),
            };
            Row { cells: Task::ALL.iter().map(cell).collect(), label }
        })
        .collect();
    let mut centres = vec![Choice::new("", t.say("rule-centre-here"))];
    centres.extend(unit::choices(&units, &scope));
    let role =
        |role: &Role| Choice::new(role.word(), t.say(&format!("role-{}", role.word().replace('_', "-"))));
    let name = units.iter().find(|u| u.id == id).map(|u| u.name.clone()).unwrap_or_default();
    page_with(
        status,
        &RulePage {
            id,
            holds: words(t, rule.as_ref(), &units, id),
            own: rule.as_ref().is_some_and(|r| r.unit == id),
            unit: name,
            presets,
            tasks: Task::ALL.iter().map(|task| t.say(&format!("rule-task-{task}"))).collect(),
            rows,
            levels: Level::ALL
                .iter()
                .map(|l| Choice::new(l.word(), t.say(&format!("rule-level-{l}"))))
                .collect(),
            roles: APPROVERS.iter().map(role).collect(),
            centres,
            approvers: approvers.into_iter().map(|u| u.name).collect::<Vec<_>>().join(", "),
            form: FormView::with_errors(typed.unwrap_or_else(|| filled(rule.as_ref())), errors, t),
            shell,
        },
    )
}

/// The form as a rule, or what is wrong in it.
fn read(typed: &Typed, unit: UnitId, scope: &Scope) -> Result<Rule, Errors> {
    let mut errors = Errors::none();
    let matrix = match typed.get("preset") {
        "own" => {
            let mut cells = Vec::new();
            for content in Kind::ALL {
                for reach in Reach::ALL {
                    let mut split: Split = Preset::Central.split(*reach);
                    for task in Task::ALL {
                        match typed.get(&field(*content, *reach, *task)).parse() {
                            Ok(level) => split.set(*task, level),
                            Err(_) => errors.add("preset", "rule-error-cell"),
                        }
                    }
                    cells.push((*content, *reach, split));
                }
            }
            Matrix(cells)
        }
        word => match word.parse() {
            Ok(preset) => Matrix::of(preset),
            Err(_) => {
                errors.add("preset", "error-choose");
                Matrix::of(Preset::Central)
            }
        },
    };
    let role = typed.get("role").parse().ok().filter(|role| APPROVERS.contains(role));
    if role.is_none() {
        errors.add("role", "error-choose");
    }
    let approver_unit = match typed.get("centre") {
        "" => None,
        text => {
            let unit = text.parse().ok().filter(|unit| scope.covers_unit(*unit));
            if unit.is_none() {
                errors.add("centre", "error-choose");
            }
            unit
        }
    };
    errors.into_result()?;
    let role = role.unwrap_or(Role::Communications);
    Ok(Rule { unit, role, approver_unit, four_eyes: typed.ticked("four_eyes"), matrix })
}

/// `POST /ansvar/{id}`: sets the rule, or lifts it when that button was pressed.
pub async fn save(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id = parse(&id)?;
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::SetRules)?.clone();
    let lift = typed.get("do") == "loeft";
    let rule = if lift { None } else { Some(read(&typed, id, &scope)) };
    let rule = match rule.transpose() {
        Ok(rule) => rule,
        Err(errors) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return draw(&req, &viewer, &kit, id, status, Some(typed), &errors).await;
        }
    };
    let (k, actor) = (kit.clone(), viewer.actor());
    let set = kit
        .db
        .write(move |c| {
            let now = k.clock.now();
            let units = accounts::units(c)?;
            if !units.iter().any(|u| u.id == id) || !may_change(c, &units, &scope, id)? {
                return Ok(false);
            }
            let what = match &rule {
                Some(rule) => {
                    store::set_rule(c, rule, &actor.to_string(), now)?;
                    rule.matrix.preset().map_or("own", Preset::word)
                }
                None => {
                    store::lift_rule(c, id)?;
                    "lifted"
                }
            };
            let detail = Some(format!("rule {what} unit:{id}"));
            let line = Line { actor, verb: Verb::Changed, object: Object::None, posting: None, detail };
            audit::write(c, &[line], now)?;
            Ok::<_, DbError>(true)
        })
        .await?;
    if !set {
        return Err(Fault::NotFound);
    }
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say(if lift { "rule-said-lifted" } else { "rule-said-set" })).await?;
    Ok(see_other("/ansvar"))
}
