//! `/tidloese`: the library of posts that keep, and taking one out of it.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    pages::Badge,
    store::{self, Evergreen},
    subject,
};
use crate::{
    accounts::{
        Posted, Right, Scope, Viewer,
        audit::{self, Line, Verb},
    },
    base::{Language, Subject, id::EvergreenId},
    channels,
    db::{Conn, DbError},
    i18n::format,
    kit::Kit,
    web::{Answer, Fault, Shell, page, see_other},
};

/// What it says on one account.
struct Voice {
    badge: Badge,
    lines: Vec<String>,
    /// When it last stood there, in words.
    last: String,
}

/// A post that keeps.
struct Shown {
    id: EvergreenId,
    href: String,
    title: String,
    lang: Language,
    rest: String,
    /// Why it cannot go out just now.
    refusal: Option<String>,
    voices: Vec<Voice>,
}

#[derive(Template)]
#[template(path = "publishing/evergreens.html")]
struct EvergreensPage {
    shell: Shell,
    shown: Vec<Shown>,
    /// Accounts that are filled from it.
    filled: Vec<Badge>,
}

/// What one is about, if that lies inside a scope.
fn seen(c: &mut Conn, kit: &Kit, scope: &Scope, row: &Evergreen) -> Result<Option<Subject>, DbError> {
    let Some(about) = row.subject() else { return Ok(None) };
    let content = subject::read(c, kit, about, row.language)?;
    Ok(content.filter(|content| scope.covers(content.unit, about.posting())).map(|_| about))
}

/// `GET /tidloese`
pub async fn list(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>) -> Answer {
    let scope = viewer.scope(Right::Publish)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, k, zone) = (shell.t, kit.get_ref().clone(), kit.config.delivery.zone);
    let (shown, filled) = kit
        .db
        .read(move |c| {
            let mut shown = Vec::new();
            for row in store::evergreens(c)? {
                let Some(about) = seen(c, &k, &scope, &row)? else { continue };
                let content = subject::read(c, &k, about, row.language)?;
                let mut voices = Vec::new();
                for (account, words) in store::evergreen_parts(c, row.id)? {
                    let last = store::last_use(c, row.id, account)?;
                    voices.push(Voice {
                        badge: channels::connection(c, account)?
                            .as_ref()
                            .map_or_else(Badge::unknown, Badge::at),
                        lines: words.lines().map(str::to_owned).collect(),
                        last: match last {
                            Some(at) => {
                                let at = format::instant_short(at, zone, t.language());
                                t.with("evergreen-last", "time", at)
                            }
                            None => t.say("evergreen-never"),
                        },
                    });
                }
                shown.push(Shown {
                    id: row.id,
                    href: about.href(),
                    title: subject::title(c, &k, about, t.language())?,
                    lang: row.language,
                    rest: t.with("evergreen-rest", "count", row.rest_days),
                    refusal: content.and_then(|content| content.refusal).map(|key| t.say(key)),
                    voices,
                });
            }
            let mut filled = Vec::new();
            for (account, _) in store::filled_accounts(c)? {
                filled.extend(channels::connection(c, account)?.as_ref().map(Badge::at));
            }
            Ok::<_, DbError>((shown, filled))
        })
        .await?;
    page(&EvergreensPage { shell, shown, filled })
}

/// `POST /tidloese/{id}/fjern`
pub async fn retire(posted: Posted, req: HttpRequest, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id: EvergreenId = id.parse().map_err(|_| Fault::NotFound)?;
    let viewer = posted.viewer;
    let scope = viewer.scope(Right::Publish)?.clone();
    let (k, actor) = (kit.get_ref().clone(), viewer.actor());
    let gone = kit
        .db
        .write(move |c| {
            let Some(row) = store::evergreen(c, id)? else { return Ok(false) };
            let Some(about) = seen(c, &k, &scope, &row)? else { return Ok(false) };
            let now = k.clock.now();
            store::retire(c, id, now)?;
            let detail = Some(format!("evergreen:{id} retired"));
            let line =
                Line { actor, verb: Verb::Changed, object: about.into(), posting: about.posting(), detail };
            audit::write(c, &[line], now)?;
            Ok::<_, DbError>(true)
        })
        .await?;
    if !gone {
        return Err(Fault::NotFound);
    }
    let t = viewer.shell(&req, &kit.config).t;
    viewer.say_next(&kit, t.say("evergreen-said-retired")).await?;
    Ok(see_other("/tidloese"))
}
