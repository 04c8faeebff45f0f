//! Whether what hangs still fits what it tells: an ad whose deadline was moved or whose title was changed, compared with
//! what each of its posts was written for. It is found and offered; nothing is changed by itself.

use super::{
    correction::{Misfit, Told},
    publication,
    step::PostingIs,
    store::{self, Delivery, Publication},
    subject,
};
use crate::{
    accounts::Scope,
    base::{Language, Subject, id::PublicationId},
    channels::Post,
    db::{Conn, DbError},
    kit::Kit,
    postings,
};

/// What the ad or story tells now; none when it is over or gone, for then its posts come down.
pub(super) fn now_told(
    c: &mut Conn,
    kit: &Kit,
    about: Subject,
    language: Language,
) -> Result<Option<Told>, DbError> {
    let content = subject::read(c, kit, about, language)?.filter(|s| s.standing != PostingIs::Over);
    Ok(content.map(|s| Told { title: s.title, deadline: s.deadline_local }))
}

/// What a post was written to tell: as its newest correction says, else as it was when the post was made.
pub(super) fn then_told(
    c: &mut Conn,
    row: &Delivery,
    publication: &Publication,
    post: &Post,
) -> Result<Told, DbError> {
    if let Some(told) = store::told_last(c, row.id)?.and_then(|told| serde_json::from_str(&told).ok()) {
        return Ok(told);
    }
    let deadline = match (publication.posting_id, publication.posting_version) {
        (Some(posting), Some(version)) => postings::deadline_in(c, posting, version)?,
        _ => None,
    };
    Ok(Told { title: post.link_title.clone(), deadline })
}

/// In what a post that hangs differs from what it tells; none when it fits, or cannot be read.
pub(super) fn misfit(
    c: &mut Conn,
    kit: &Kit,
    row: &Delivery,
    about: Subject,
) -> Result<Option<Misfit>, DbError> {
    let Ok(post) = publication::thaw(&row.payload) else { return Ok(None) };
    let Some(now) = now_told(c, kit, about, post.language)? else { return Ok(None) };
    let publication = store::publication(c, row.publication_id)?;
    Ok(then_told(c, row, &publication, &post)?.misfit(&now))
}

/// A publication of which something hangs that does not fit.
pub(super) struct Outgrown {
    /// Which.
    pub publication: PublicationId,
    /// What it is about.
    pub about: Subject,
    /// How many of its posts.
    pub posts: usize,
    /// In what they differ.
    pub misfit: Misfit,
}

/// Publications with something that hangs and does not fit, newest first.
pub(super) fn misfits(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    about: Option<Subject>,
) -> Result<Vec<Outgrown>, DbError> {
    let mut found: Vec<Outgrown> = Vec::new();
    for (row, about) in store::outgrown(c, scope, about)? {
        let Some(misfit) = misfit(c, kit, &row, about)? else { continue };
        let publication = row.publication_id;
        match found.iter_mut().find(|there| there.publication == publication) {
            Some(there) => there.posts += 1,
            None => found.push(Outgrown { publication, about, posts: 1, misfit }),
        }
    }
    Ok(found)
}
