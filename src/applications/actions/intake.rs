//! Taking an application in: files first, durably; then everything else in one transaction. Whatever the
//! machine does in between, there is a whole application or none.

use futures_util::FutureExt;

use crate::{
    accounts::audit::{self, Actor, Line, Object, Verb},
    applications::{
        applicant::Contact,
        application::{Detail, EventKind, FormFile, PaperKind},
        jobs::{ExtractText, SendReceipt},
        keys,
        papers::{Judged, store as papers},
        stage::{Stage, Via},
        store::{self, New},
    },
    base::{
        Instant, Language,
        fault::{self, Point},
        id::{ApplicantId, ApplicationId, AttachmentId, EventId, FormFileId, IntervalId, PostingId},
    },
    blobs::{BlobError, Held, Spooled},
    db::{self, Conn, DbError},
    kit::Kit,
    postings::{self, State},
    queue::{self, changes},
    secrets::fingerprint,
    tracking,
};

/// A file that has been judged and lies in a spool file.
pub struct Paper {
    /// What it is.
    pub kind: PaperKind,
    /// What its owner calls it.
    pub name: String,
    /// What it is by content.
    pub judged: Judged,
    /// Its bytes.
    pub bytes: Spooled,
}

/// An application as it comes, checked field by field.
pub struct Submission {
    /// To which posting.
    pub posting: PostingId,
    /// Who.
    pub contact: Contact,
    /// In which language they read the form.
    pub language: Language,
    /// What was typed; may be empty.
    pub letter: String,
    /// The tracked link's token the form carried, or nothing.
    pub token: String,
    /// The applicant's own answer to where the ad was seen.
    pub self_reported: Option<String>,
    /// Fingerprint of the form's key: the same key is the same application.
    pub form_hash: String,
    /// Files that came with it; those laid down earlier with the same form are added by themselves.
    pub papers: Vec<Paper>,
    /// How it came.
    pub via: Via,
    /// When it reached us; now, unless it is keyed in later (D-16).
    pub received_at: Option<Instant>,
    /// Who did it: the applicant when none.
    pub by: Option<Actor>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Submitted {
    /// The application.
    pub id: ApplicationId,
    /// It was there already: the form was sent twice.
    pub again: bool,
}

/// Why an application is not taken in.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// The posting was never opened.
    #[error("the posting takes no applications")]
    NotOpen,
    /// The posting is closed.
    #[error("the posting is closed")]
    Closed,
    /// A file could not be kept.
    #[error(transparent)]
    Blob(#[from] BlobError),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Takes an application in. When it returns, files and rows are durable and the receipt waits in the queue.
pub async fn submit(kit: &Kit, mut submission: Submission) -> Result<Submitted, SubmitError> {
    let papers = std::mem::take(&mut submission.papers);
    // held until the rows are there, so that nobody takes the bytes away in between
    let (files, _held) = keep(kit, &papers).await?;
    fault::pass(Point::AfterPapers);
    let k = kit.clone();
    let submitted = kit.db.write(move |c| enter(c, &k, &submission, files)).await?;
    fault::pass(Point::AfterSubmit);
    Ok(submitted)
}

/// Lays files down with a form that came back with an error, so that they need not be chosen again.
pub async fn lay_down(kit: &Kit, form_hash: String, papers: &[Paper]) -> Result<(), SubmitError> {
    if papers.is_empty() {
        return Ok(());
    }
    let (files, _held) = keep(kit, papers).await?;
    let now = kit.clock.now();
    kit.db
        .write(move |c| {
            for file in &files {
                papers::lay_down(c, &form_hash, file, now)?;
            }
            Ok::<_, SubmitError>(())
        })
        .await
}

/// Keeps the bytes, durably; held until rows name them.
pub(super) async fn keep(kit: &Kit, papers: &[Paper]) -> Result<(Vec<FormFile>, Held), BlobError> {
    let names = |files: &Vec<FormFile>| files.iter().map(|f| f.sha256.clone()).collect();
    kit.blobs.keep_held(|| keep_once(kit, papers).boxed(), names).await
}

async fn keep_once(kit: &Kit, papers: &[Paper]) -> Result<Vec<FormFile>, BlobError> {
    let now = kit.clock.now();
    let mut files = Vec::with_capacity(papers.len());
    for paper in papers {
        kit.blobs.keep(&paper.bytes).await?;
        files.push(FormFile {
            id: FormFileId::new(now, &kit.chance),
            kind: paper.kind,
            original_name: paper.name.clone(),
            sha256: paper.bytes.sha256.clone(),
            mime: paper.judged.kind.mime().to_owned(),
            bytes: i64::try_from(paper.bytes.len).unwrap_or(i64::MAX),
            encrypted: paper.judged.encrypted,
        });
    }
    Ok(files)
}

/// Held shared by whoever takes an application in, alone by whoever closes the posting.
pub(super) fn door_key(posting: PostingId) -> String {
    format!("door {posting}")
}

fn enter(
    conn: &mut Conn,
    kit: &Kit,
    submission: &Submission,
    files: Vec<FormFile>,
) -> Result<Submitted, SubmitError> {
    let form_hash = &submission.form_hash;
    // pressed twice: the second waits here until the first is done, and then finds it
    db::lock(conn, &format!("form {form_hash}"))?;
    if let Some((id, _)) = store::by_form(conn, form_hash)? {
        return Ok(Submitted { id, again: true });
    }
    db::lock_shared(conn, &door_key(submission.posting))?;
    let door = store::door(conn, submission.posting)?.ok_or(SubmitError::NotOpen)?;
    match door.state {
        State::Draft => return Err(SubmitError::NotOpen),
        State::Closed => return Err(SubmitError::Closed),
        // a form that was opened in time and sent too late is taken in, and marked (D-31)
        State::Open | State::DeadlinePassed => {}
    }
    let now = kit.clock.now();
    let received_at = submission.received_at.unwrap_or(now);
    let kept = postings::keeping::kept_in(conn, &kit.config, submission.posting)?;
    let touch = tracking::touch_of(conn, submission.posting, &submission.token)?;
    let id = ApplicationId::new(now, &kit.chance);
    let actor = submission.by.unwrap_or(Actor::Applicant(id));
    let who = actor.to_string();
    store::insert(
        conn,
        &New {
            id,
            applicant: ApplicantId::new(now, &kit.chance),
            contact: &submission.contact,
            language: submission.language,
            posting: submission.posting,
            round: door.round,
            received_at,
            via: submission.via,
            late: received_at >= door.deadline_at,
            letter: &submission.letter,
            touch: &touch,
            self_reported: submission.self_reported.as_deref(),
            form_hash,
            access_hash: &fingerprint(&keys::magic_token(&kit.secrets, id)),
            notice_version: &super::super::notice::version(&kit.config, &kept),
            registered_by: submission.by.map(|by| by.to_string()),
            now,
        },
    )?;
    let mut papers = papers::laid(conn, form_hash)?;
    if !papers.is_empty() {
        papers::take_up(conn, form_hash)?;
    }
    for file in files {
        if !papers.iter().any(|p| p.sha256 == file.sha256) {
            papers.push(file);
        }
    }
    for file in &papers {
        papers::insert(conn, AttachmentId::new(now, &kit.chance), id, file, now)?;
    }
    let interval = IntervalId::new(now, &kit.chance);
    store::insert_interval(conn, interval, id, Stage::Received, received_at, &who)?;
    let kind = if submission.received_at.is_some() { EventKind::Registered } else { EventKind::Received };
    store::insert_event(conn, EventId::new(now, &kit.chance), id, now, &who, kind, &Detail::default())?;
    if let Some(by) = submission.by {
        let line = Line {
            actor: by,
            verb: Verb::Created,
            object: Object::Application(id),
            posting: Some(submission.posting),
            detail: Some(submission.via.word().to_owned()),
        };
        audit::write(conn, &[line], now)?;
    }
    if !submission.contact.email.is_empty() {
        queue::enqueue(conn, &SendReceipt { application: id }, now, now, &kit.chance)?;
    }
    if !papers.is_empty() {
        queue::enqueue(conn, &ExtractText { application: id }, now, now, &kit.chance)?;
    }
    changes::note(conn, changes::Subject::Application(id), now)?;
    Ok(Submitted { id, again: false })
}
