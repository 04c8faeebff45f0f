//! `/jobopslag/{id}`: an ad's own page, with a word about its posts that no longer fit it. The page itself belongs to the
//! ads, which know nothing of posts.

use actix_web::{HttpRequest, web};

use super::{correct_view::differences, fitting};
use crate::{
    accounts::{Right, Viewer},
    base::{Subject, id::PostingId},
    db::DbError,
    i18n::Speech,
    kit::Kit,
    postings::pages::{Notice, overview_with},
    web::{Answer, Fault},
};

/// What somebody is told of posts that no longer fit; nothing for who does not publish.
pub(super) async fn notices(
    viewer: &Viewer,
    kit: &Kit,
    t: Speech,
    about: Option<Subject>,
) -> Result<Vec<Notice>, Fault> {
    let Ok(scope) = viewer.scope(Right::Publish).cloned() else { return Ok(Vec::new()) };
    let k = kit.clone();
    let found = kit
        .db
        .read(move |c| {
            let mut notices = Vec::new();
            for there in fitting::misfits(c, &k, &scope, about)? {
                notices.push(Notice {
                    title: super::subject::title(c, &k, there.about, t.language())?,
                    said: t.with("correction-misfit", "count", there.posts),
                    lines: differences(t, &there.misfit),
                    href: format!("/rettelser/{}", there.publication),
                });
            }
            Ok::<_, DbError>(notices)
        })
        .await?;
    Ok(found)
}

/// `GET /jobopslag/{id}`
pub async fn posting(
    req: HttpRequest,
    kit: web::Data<Kit>,
    viewer: Viewer,
    path: web::Path<String>,
) -> Answer {
    let id: PostingId = path.parse().map_err(|_| Fault::NotFound)?;
    let t = viewer.shell(&req, &kit.config).t;
    let notices = notices(&viewer, &kit, t, Some(Subject::Posting(id))).await?;
    overview_with(&req, &kit, &viewer, &path, notices).await
}
