//! `/udsendelser/personer/{person}`: everywhere somebody is or was shown on a channel, and how far a takedown has come, with
//! its proof; for who asked to be shown no more, and for who must show that it was done.

use actix_web::{HttpRequest, web};
use askama::Template;

use super::{
    consent,
    delivery::State,
    pages::Badge,
    said::{self, Chip},
    store, subject,
};
use crate::{
    accounts::{Right, Viewer},
    base::id::PersonId,
    channels,
    db::DbError,
    i18n::format,
    kit::Kit,
    media::people,
    web::{Answer, Fault, Shell, page},
};

struct Line {
    href: String,
    title: String,
    badge: Badge,
    account: String,
    due: String,
    chip: Chip,
    taken: String,
    proof: Option<String>,
}

#[derive(Template)]
#[template(path = "publishing/shown.html")]
struct ShownPage {
    shell: Shell,
    id: PersonId,
    name: String,
    lines: Vec<Line>,
}

/// `GET /udsendelser/personer/{person}`
pub async fn shown(req: HttpRequest, viewer: Viewer, kit: web::Data<Kit>, id: web::Path<String>) -> Answer {
    let id: PersonId = id.parse().map_err(|_| Fault::NotFound)?;
    viewer.scope(Right::UseMedia)?;
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, k, v) = (shell.t, kit.clock.now(), kit.as_ref().clone(), viewer.clone());
    let found = kit
        .db
        .read(move |c| {
            let Some(person) = people::person(c, id)?.filter(|p| v.may_in(Right::UseMedia, p.unit)) else {
                return Ok(None);
            };
            let files = people::assets_of(c, id)?;
            let mut lines = Vec::new();
            for (row, begun) in store::ever_shown(c, &files)? {
                let Some(account) = channels::connection(c, row.account_id)? else { continue };
                let about = store::publication(c, row.publication_id)?.subject();
                let title = match about {
                    Some(about) => subject::title(c, &k, about, t.language())?,
                    None => String::new(),
                };
                let may = v
                    .scope(Right::Publish)
                    .ok()
                    .cloned()
                    .map(|scope| store::in_scope(c, &scope, row.id))
                    .transpose()?
                    .flatten()
                    .is_some();
                let purpose = consent::purpose_of(&account);
                let zone = k.config.delivery.zone;
                let taken = match begun {
                    Some(at) => {
                        t.with("consent-where-begun", "time", format::instant_long(at, zone, t.language()))
                    }
                    None if row.state != State::Published => String::new(),
                    None if person.lacks(purpose, now).is_none() => t.say("consent-where-allowed"),
                    None => t.say("consent-where-soon"),
                };
                lines.push(Line {
                    href: if may { format!("/udsendelser/{}", row.id) } else { String::new() },
                    proof: may.then(|| format!("/udsendelser/{}/bevis", row.id)),
                    title,
                    badge: Badge::at(&account),
                    account: account.handle.clone(),
                    due: said::time(t, &row, row.due_at),
                    chip: said::chip(t, &row, now),
                    taken,
                });
            }
            Ok::<_, DbError>(Some((person.name, lines)))
        })
        .await?;
    let Some((name, lines)) = found else { return Err(Fault::NotFound) };
    page(&ShownPage { id, name, lines, shell })
}
