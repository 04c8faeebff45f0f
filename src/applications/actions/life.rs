//! What else happens to an application: the applicant adds papers, corrects how to be reached, withdraws; it
//! is erased, and leaves a number behind; its posting is closed once everyone has an answer.

use super::{
    intake::{self, Paper, SubmitError},
    moves::before,
};
use crate::{
    accounts::{
        self, Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{
        application::{Detail, EventKind, FormFile},
        jobs::{ExtractText, ForgetBlobs},
        papers::store as papers,
        stage::{Column, Outcome},
        store::{self, Stand},
    },
    base::id::{ApplicationId, AttachmentId, EventId, PostingId},
    db::{self, Conn, DbError},
    kit::Kit,
    postings::{self, CloseReason, Posting},
    queue::{self, changes},
};

/// Why an applicant's wish is not done.
#[derive(Debug, thiserror::Error)]
pub enum OwnError {
    /// The link leads nowhere (any more).
    #[error("no such application")]
    NotFound,
    /// It is decided or withdrawn.
    #[error("the application is decided")]
    Decided,
    /// There would be more files than allowed.
    #[error("too many files")]
    TooMany,
    /// A file could not be kept.
    #[error(transparent)]
    Keep(#[from] SubmitError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// The applicant takes the application back. Doing it twice is once.
pub fn withdraw(conn: &mut Conn, kit: &Kit, access_hash: &str) -> Result<ApplicationId, OwnError> {
    let whole = store::own(conn, access_hash)?.ok_or(OwnError::NotFound)?;
    let is = &whole.application;
    match is.outcome {
        None => {}
        // a rejection that nobody has told them yet is overtaken by their own word
        Some(Outcome::Rejected) if !is.is_shown() => {}
        Some(Outcome::Withdrawn) => return Ok(is.id),
        Some(_) => return Err(OwnError::Decided),
    }
    let now = kit.clock.now();
    let stand = Stand {
        stage: is.stage,
        position: is.position,
        outcome: Some(Outcome::Withdrawn),
        outcome_at: Some(now),
        outcome_reason: None,
        admitted_at: is.admitted_at,
    };
    if !store::put(conn, is.id, is.version, &stand, now)? {
        // only on PostgreSQL: somebody moved it in the same moment; the applicant's word stands
        return withdraw(conn, kit, access_hash);
    }
    if is.outcome.is_some() {
        // as if it had never been decided: its time in the stage goes on until now
        store::resume_interval(conn, is.id)?;
    }
    store::end_interval(conn, is.id, now)?;
    let detail = Detail {
        from: Some(is.standing().column().word().to_owned()),
        to: Some(Column::Outcome(Outcome::Withdrawn).word().to_owned()),
        reason: None,
        before: Some(before(is)),
    };
    let who = Actor::Applicant(is.id).to_string();
    store::insert_event(conn, EventId::new(now, &kit.chance), is.id, now, &who, EventKind::Decided, &detail)?;
    changes::note(conn, changes::Subject::Application(is.id), now)?;
    Ok(is.id)
}

/// Hangs more papers on an application that is not decided; those that hang there already are not hung twice.
pub async fn add_papers(kit: &Kit, access_hash: String, new: Vec<Paper>) -> Result<(), OwnError> {
    // nothing is kept of what is refused: asked before, and cleared away when it was decided in the same moment
    let (k, hash) = (kit.clone(), access_hash.clone());
    let of = kit.db.read(move |c| fresh_papers(c, &k, &hash, &[]).map(|(id, _)| id)).await?;
    let (files, held) = intake::keep(kit, &new).await.map_err(SubmitError::from)?;
    let sha256 = files.iter().map(|file| file.sha256.clone()).collect();
    let k = kit.clone();
    let hung = kit
        .db
        .write(move |c| {
            let (id, fresh) = fresh_papers(c, &k, &access_hash, &files)?;
            if fresh.is_empty() {
                return Ok(());
            }
            let now = k.clock.now();
            // the row is ours from here on, or erased; who decided or added in the same moment is seen now
            if !store::touch(c, id, now)? {
                return Err(OwnError::NotFound);
            }
            let (id, fresh) = fresh_papers(c, &k, &access_hash, &files)?;
            let who = Actor::Applicant(id).to_string();
            for file in fresh {
                papers::insert(c, AttachmentId::new(now, &k.chance), id, file, now)?;
                let event = EventId::new(now, &k.chance);
                store::insert_event(c, event, id, now, &who, EventKind::FileAdded, &Detail::default())?;
            }
            queue::enqueue(c, &ExtractText { application: id }, now, now, &k.chance)?;
            changes::note(c, changes::Subject::Application(id), now)?;
            Ok(())
        })
        .await;
    drop(held);
    if hung.is_err() {
        let (k, forget) = (kit.clone(), ForgetBlobs { of, sha256 });
        let now = k.clock.now();
        kit.db.write(move |c| queue::enqueue(c, &forget, now, now, &k.chance)).await?;
    }
    hung
}

/// The application of this magic link, and those of `files` that do not hang on it yet.
fn fresh_papers<'a>(
    conn: &mut Conn,
    kit: &Kit,
    access_hash: &str,
    files: &'a [FormFile],
) -> Result<(ApplicationId, Vec<&'a FormFile>), OwnError> {
    let is = store::own(conn, access_hash)?.ok_or(OwnError::NotFound)?.application;
    if is.is_shown() {
        return Err(OwnError::Decided);
    }
    let there = papers::of(conn, is.id)?;
    let fresh: Vec<_> = files.iter().filter(|f| !there.iter().any(|t| t.sha256 == f.sha256)).collect();
    if there.len() + fresh.len() > kit.config.limits.papers {
        return Err(OwnError::TooMany);
    }
    Ok((is.id, fresh))
}

/// Corrects mail and telephone.
pub fn set_contact(
    conn: &mut Conn,
    kit: &Kit,
    access_hash: &str,
    email: &str,
    phone: &str,
) -> Result<(), OwnError> {
    let whole = store::own(conn, access_hash)?.ok_or(OwnError::NotFound)?;
    if whole.applicant.email == email && whole.applicant.phone == phone {
        return Ok(());
    }
    let now = kit.clock.now();
    let id = whole.application.id;
    // ours from here on, or erased meanwhile
    if !store::touch(conn, id, now)? {
        return Err(OwnError::NotFound);
    }
    store::set_contact(conn, whole.applicant.id, email, phone)?;
    let who = Actor::Applicant(id).to_string();
    let event = EventId::new(now, &kit.chance);
    store::insert_event(conn, event, id, now, &who, EventKind::ContactChanged, &Detail::default())?;
    changes::note(conn, changes::Subject::Application(id), now)?;
    Ok(())
}

/// Erases an application: its rows go at once, its files as soon as nothing else has the same content, the
/// search forgets it with the next change. A tally stays, so that every sum still holds. False when it was
/// not there.
pub fn erase(conn: &mut Conn, kit: &Kit, actor: Actor, id: ApplicationId) -> Result<bool, DbError> {
    let Some(whole) = store::any(conn, id)? else { return Ok(false) };
    let now = kit.clock.now();
    let sha256: Vec<String> = papers::of(conn, id)?.into_iter().map(|p| p.sha256).collect();
    if !store::delete(conn, &whole)? {
        // only on PostgreSQL: somebody changed or erased it in the same moment; counted as it was would be wrong
        return erase(conn, kit, actor, id);
    }
    store::add_tally(conn, &whole.application)?;
    // a colleague who moved them has not seen that it was done
    let names: Vec<&str> = whole.applicant.name.split_whitespace().filter(|part| part.len() > 2).collect();
    accounts::forget_said(conn, &names)?;
    let line = Line {
        actor,
        verb: Verb::Erased,
        object: Object::Application(id),
        posting: Some(whole.application.posting),
        detail: Some(format!("{} files", sha256.len())),
    };
    audit::write(conn, &[line], now)?;
    if !sha256.is_empty() {
        queue::enqueue(conn, &ForgetBlobs { of: id, sha256 }, now, now, &kit.chance)?;
    }
    changes::note(conn, changes::Subject::Application(id), now)?;
    Ok(true)
}

/// Why a posting stays open.
#[derive(Debug, thiserror::Error)]
pub enum CloseError {
    /// So many applicants have no answer yet (D-09).
    #[error("{0} applications are undecided")]
    Undecided(i64),
    /// So many are rejected and have not been told (D-09).
    #[error("{0} applicants have no answer")]
    Unanswered(i64),
    /// The posting itself refuses.
    #[error(transparent)]
    Posting(#[from] postings::PostingError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Closes a posting, once every application to it has an outcome and everyone who was rejected has been told: everyone gets
/// an answer (D-09). Whoever is hired is told with the contract, and who withdrew knows.
pub fn close_posting(
    conn: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    actor: Actor,
    id: PostingId,
    reason: CloseReason,
) -> Result<Posting, CloseError> {
    let posting = postings::get(conn, scope, id)?.ok_or(postings::PostingError::NotFound)?;
    // whoever is being taken in right now is waited for, and counted
    db::lock(conn, &intake::door_key(id))?;
    match store::undecided(conn, id)? {
        0 => {}
        n => return Err(CloseError::Undecided(n)),
    }
    match store::unanswered(conn, id)? {
        0 => Ok(postings::close_in(conn, kit, actor, scope, posting.id, reason)?),
        n => Err(CloseError::Unanswered(n)),
    }
}
