//! `/skabeloner`: templates to begin a post with and signatures under it, by unit; a unit's hold below it too.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::store::{self, Snippet, SnippetKind};
use crate::{
    accounts::{
        self, Posted, Right, Viewer,
        audit::{self, Line, Object, Verb},
        unit,
    },
    base::{
        id::{SnippetId, UnitId},
        text,
    },
    db::DbError,
    kit::Kit,
    web::{
        Answer, Fault, FormView, Shell, Typed,
        forms::{Choice, Errors},
        page_with, see_other,
    },
};

/// Longest text, characters.
const LONGEST: usize = 5000;

/// A snippet as it is shown.
struct Shown {
    id: SnippetId,
    kind: String,
    name: String,
    unit: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "publishing/snippets.html")]
struct SnippetsPage {
    shell: Shell,
    snippets: Vec<Shown>,
    kinds: Vec<Choice>,
    units: Vec<Choice>,
    form: FormView,
}

/// `GET /skabeloner`
pub async fn list(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    draw(&req, &viewer, &kit, StatusCode::OK, Typed::default(), &Errors::none()).await
}

async fn draw(
    req: &HttpRequest,
    viewer: &Viewer,
    kit: &Kit,
    status: StatusCode,
    typed: Typed,
    errors: &Errors,
) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let (units, snippets, choices) = kit
        .db
        .read(move |c| {
            let units = accounts::units(c)?;
            let choices = unit::choices(&units, &scope);
            Ok::<_, DbError>((units, store::snippets_in(c, &scope)?, choices))
        })
        .await?;
    let snippets = snippets
        .into_iter()
        .map(|s| Shown {
            id: s.id,
            kind: t.say(&format!("snippet-kind-{}", s.kind)),
            name: s.name,
            unit: units.iter().find(|u| u.id == s.unit_id).map(|u| u.name.clone()).unwrap_or_default(),
            lines: s.text.lines().map(str::to_owned).collect(),
        })
        .collect();
    let kind = |k: &SnippetKind| Choice {
        value: k.word().to_owned(),
        label: t.say(&format!("snippet-kind-{k}")),
        hint: t.say(&format!("snippet-kind-{k}-hint")),
    };
    let kinds = SnippetKind::ALL.iter().map(kind).collect();
    let form = FormView::with_errors(typed, errors, t);
    page_with(status, &SnippetsPage { snippets, kinds, units: choices, form, shell })
}

/// `POST /skabeloner`
pub async fn add(posted: Posted, req: HttpRequest, kit: web::Data<Kit>) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::Publish)?.clone();
    let mut errors = Errors::none();
    let (name, words) = (text::line(typed.get("name")), text::paragraphs(typed.get("words")));
    if name.is_empty() {
        errors.add("name", "error-required");
    } else if text::count(&name) > 120 {
        errors.add_with("name", "error-too-long", "max", 120);
    }
    if words.is_empty() {
        errors.add("words", "error-required");
    } else if text::count(&words) > LONGEST {
        errors.add_with("words", "error-too-long", "max", LONGEST);
    }
    let kind: Option<SnippetKind> = typed.get("kind").parse().ok();
    if kind.is_none() {
        errors.add("kind", "error-choose");
    }
    let unit: Option<UnitId> = typed.get("unit").parse().ok().filter(|unit| scope.covers_unit(*unit));
    if unit.is_none() {
        errors.add("unit", "error-choose");
    }
    let (Some(kind), Some(unit_id), true) = (kind, unit, errors.is_empty()) else {
        return draw(&req, &viewer, &kit, StatusCode::UNPROCESSABLE_ENTITY, typed, &errors).await;
    };
    let (k, actor) = (kit.clone(), viewer.actor());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            let id = SnippetId::new(now, &k.chance);
            let made_by = actor.to_string();
            store::insert_snippet(
                c,
                &Snippet { id, unit_id, kind, name, text: words, made_by, made_at: now },
            )?;
            let detail = Some(format!("{kind} {id} unit:{unit_id}"));
            let line = Line { actor, verb: Verb::Created, object: Object::None, posting: None, detail };
            audit::write(c, &[line], now)
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("snippet-said-added")).await?;
    Ok(see_other("/skabeloner"))
}

/// `POST /skabeloner/{id}/fjern`
pub async fn remove(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id: SnippetId = id.parse().map_err(|_| Fault::NotFound)?;
    let viewer = posted.viewer;
    let scope = viewer.scope(Right::Publish)?.clone();
    let (k, actor) = (kit.clone(), viewer.actor());
    let gone = kit
        .db
        .write(move |c| {
            if !store::delete_snippet(c, &scope, id)? {
                return Ok(false);
            }
            let detail = Some(format!("snippet {id}"));
            let line = Line { actor, verb: Verb::Erased, object: Object::None, posting: None, detail };
            audit::write(c, &[line], k.clock.now())?;
            Ok::<_, DbError>(true)
        })
        .await?;
    if !gone {
        return Err(Fault::NotFound);
    }
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("snippet-said-removed")).await?;
    Ok(see_other("/skabeloner"))
}
