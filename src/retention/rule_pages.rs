//! `/slettefrister/regler`: for how long applications are kept, by the organisation's rule and by those for kinds of positions.

use actix_web::{HttpRequest, http::StatusCode, web};
use askama::Template;

use super::{
    actions::{self, NewRule, RetentionError},
    pages::rule_words,
};
use crate::{
    accounts::{self, Posted, Right, Scope, Viewer},
    base::id::RuleId,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, Kept, Rule, RuleOf, Which, taxonomy},
    web::{Answer, Choice, Fault, FormView, Shell, Typed, forms::Errors, page_with, see_other},
};

struct ShownRule {
    id: RuleId,
    what: String,
    href: String,
    months: String,
    reason: String,
    set: String,
}

#[derive(Template)]
#[template(path = "retention/rules.html")]
struct RulesPage {
    shell: Shell,
    standard: String,
    standard_reason: String,
    rules: Vec<ShownRule>,
    may_change: bool,
    choices: Vec<Choice>,
    form: FormView,
}

/// What a person may change: the organisation's rules, when their right covers the organisation.
fn may_change(c: &mut Conn, scope: Option<&Scope>) -> Result<bool, DbError> {
    scope.map_or(Ok(false), |scope| actions::may_rule(c, scope))
}

/// `GET /slettefrister/regler`
pub async fn rules(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    draw(&req, &kit, &viewer, Typed::default(), &Errors::none()).await
}

/// `POST /slettefrister/regler`
pub async fn add(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let (of, value) = typed.get("value").split_once(':').unwrap_or_default();
    let of: Option<RuleOf> = of.parse().ok().filter(|of| *of != RuleOf::Posting);
    let new = NewRule {
        of: of.unwrap_or(RuleOf::Profession),
        value: if of.is_some() { value.to_owned() } else { String::new() },
        months: typed.get("months").to_owned(),
        reason: typed.get("reason").to_owned(),
    };
    let (k, by) = (kit.get_ref().clone(), viewer.actor());
    let done = kit
        .db
        .write(move |c| {
            if !actions::may_rule(c, &scope)? {
                return Err(RetentionError::Refused("retention-refused-rule"));
            }
            actions::set_rule(c, &k, by, &new)
        })
        .await;
    match done {
        Ok(()) => {
            let t = viewer.shell(&req, &kit.config).t;
            viewer.say_next(&kit, t.say("retention-said-rule")).await?;
            Ok(see_other("/slettefrister/regler"))
        }
        Err(RetentionError::Fields(errors)) => draw(&req, &kit, &viewer, typed, &errors).await,
        Err(error) => Err(error.into()),
    }
}

/// `POST /slettefrister/regler/fjern`
pub async fn remove(req: HttpRequest, kit: web::Data<Kit>, posted: Posted) -> Answer {
    let Posted { viewer, typed } = posted;
    let scope = viewer.scope(Right::EraseApplications)?.clone();
    let id: Option<RuleId> = typed.get("rule").parse().ok();
    let (k, by) = (kit.get_ref().clone(), viewer.actor());
    kit.db
        .write(move |c| {
            if !actions::may_rule(c, &scope)? {
                return Err(RetentionError::Refused("retention-refused-rule"));
            }
            let id = id.ok_or(RetentionError::Refused("retention-refused-rule-gone"))?;
            actions::forget_rule(c, &k, by, id)
        })
        .await?;
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("retention-said-rule-gone")).await?;
    Ok(see_other("/slettefrister/regler"))
}

impl From<RetentionError> for Fault {
    fn from(error: RetentionError) -> Self {
        match error {
            RetentionError::NotFound | RetentionError::Fields(_) => Self::NotFound,
            RetentionError::Refused(key) => Self::Refused(key),
            RetentionError::Db(error) => error.into(),
        }
    }
}

async fn draw(req: &HttpRequest, kit: &Kit, viewer: &Viewer, typed: Typed, errors: &Errors) -> Answer {
    let scope = viewer.scope(Right::SeeRetention)?.clone();
    let changes = viewer.scope(Right::EraseApplications).ok().cloned();
    let shell = viewer.shell(req, &kit.config);
    let t = shell.t;
    let language = t.language();
    let (rules, users, names, may_change) = kit
        .db
        .read(move |c| {
            let rules = postings::rules(c)?;
            let of: Vec<_> = rules.iter().filter_map(|rule| rule.value.parse().ok()).collect();
            let names = postings::names(c, &scope, Which::These(&of), language)?;
            Ok::<_, DbError>((rules, accounts::users(c)?, names, may_change(c, changes.as_ref())?))
        })
        .await?;
    let shown = rules.iter().filter_map(|rule| {
        let called = names.iter().find(|called| called.id.to_string() == rule.value);
        // a posting's own rule stands here for who may see the posting
        if rule.of == RuleOf::Posting && called.is_none() {
            return None;
        }
        let who = users.iter().find(|user| format!("user:{}", user.id) == rule.set_by);
        let at = format::instant_short(rule.set_at, kit.config.delivery.zone, language);
        Some(ShownRule {
            id: rule.id,
            what: called.map_or_else(|| what(t, rule), |called| called.title.clone()),
            href: called.map(|called| format!("/jobopslag/{}/slettefrist", called.id)).unwrap_or_default(),
            months: t.with("retention-months", "months", rule.months),
            reason: rule.reason.clone(),
            set: t.with2("retention-set", "who", who.map_or("–", |user| user.name.as_str()), "at", at),
        })
    });
    let standard = Kept::standard(&kit.config);
    let status = if errors.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    page_with(
        status,
        &RulesPage {
            standard: rule_words(t, &standard, None),
            standard_reason: standard.reason,
            rules: shown.collect(),
            may_change,
            choices: choices(t),
            form: FormView::with_errors(typed, errors, t),
            shell,
        },
    )
}

fn what(t: Speech, rule: &Rule) -> String {
    let list = match rule.of {
        RuleOf::Profession => taxonomy::professions(),
        RuleOf::Employment | RuleOf::Posting => taxonomy::employment_types(),
    };
    taxonomy::name(list, &rule.value, t.language()).to_owned()
}

fn choices(t: Speech) -> Vec<Choice> {
    let of = |of: RuleOf, list: &'static [taxonomy::Entry]| {
        list.iter().map(move |e| {
            let label = t.with2("retention-choice", "kind", t.say(of.key()), "name", e.name(t.language()));
            Choice::new(format!("{of}:{}", e.code), label)
        })
    };
    std::iter::once(Choice::new("", t.say("retention-choose")))
        .chain(of(RuleOf::Employment, taxonomy::employment_types()))
        .chain(of(RuleOf::Profession, taxonomy::professions()))
        .collect()
}
