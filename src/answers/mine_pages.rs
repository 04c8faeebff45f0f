//! `/svar`: everybody without an answer, every task and every batch on its way, in all ads one works with.

use std::collections::HashSet;

use actix_web::{HttpRequest, web};
use askama::Template;

use super::shown::{ShownBatch, Task, found, lacking, seen, shown_batches, tasks};
use crate::{
    accounts::{
        Right, Viewer,
        audit::{self, Line},
    },
    applications::Whole,
    base::id::PostingId,
    db::DbError,
    i18n::format,
    kit::Kit,
    postings::{self, Which},
    web::{Answer, Shell, page},
};

/// An ad with people who have no answer.
struct Ad {
    href: String,
    title: String,
    detail: String,
    count: usize,
}

#[derive(Template)]
#[template(path = "answers/mine.html")]
struct MinePage {
    shell: Shell,
    may_set: bool,
    tasks: Vec<Task>,
    batches: Vec<ShownBatch>,
    ads: Vec<Ad>,
}

/// `GET /svar`
pub async fn mine(req: HttpRequest, kit: web::Data<Kit>, viewer: Viewer) -> Answer {
    let scope = viewer.scope(Right::MoveApplications)?.clone();
    let shell = viewer.shell(&req, &kit.config);
    let (t, now, actor) = (shell.t, kit.clock.now(), viewer.actor());
    let (found, lacking, ads) = kit
        .db
        .write(move |c| {
            let found = found(c, &scope, None, t)?;
            // the names that are shown, each with whom it belongs to
            let named = found.reasons.iter().map(|(_, card)| (card.id, card.posting));
            let written =
                found.letters.iter().filter_map(|letter| Some((letter.application?, letter.posting)));
            let lines: Vec<Line> =
                named.chain(written).map(|(id, posting)| seen(actor, id, posting)).collect();
            audit::write(c, &lines, now)?;
            let lacking = lacking(c, &scope, None)?;
            let of: HashSet<PostingId> = lacking.iter().map(|whole| whole.application.posting).collect();
            let of: Vec<PostingId> = of.into_iter().collect();
            let ads = postings::names(c, &scope, Which::These(&of), t.language())?;
            Ok::<_, DbError>((found, lacking, ads))
        })
        .await?;
    let mut shown: Vec<Ad> = Vec::new();
    for ad in ads {
        let theirs: Vec<&Whole> = lacking.iter().filter(|whole| whole.application.posting == ad.id).collect();
        let Some(oldest) = theirs.first() else { continue };
        let days = kit.clock.now().since(oldest.application.received_at).as_secs() / 86_400;
        shown.push(Ad {
            href: format!("/jobopslag/{}/svar", ad.id),
            title: if ad.title.is_empty() { ad.reference } else { ad.title },
            detail: t.with("answers-oldest", "days", days),
            count: theirs.len(),
        });
    }
    shown.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| format::danish_order(&a.title, &b.title)));
    page(&MinePage {
        may_set: viewer.may(Right::SetLetters),
        tasks: tasks(&found, &kit, t, true),
        batches: shown_batches(&found, &kit, t, true),
        ads: shown,
        shell,
    })
}
