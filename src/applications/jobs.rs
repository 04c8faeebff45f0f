//! What happens without anyone watching: receipts leave, texts are taken out of papers, bytes nobody names
//! any more are deleted.

use std::{collections::HashSet, time::Duration};

use futures_util::TryStreamExt;
use serde::{Deserialize, Serialize};

use super::{
    application::{Detail, Event, EventKind, Whole},
    keys, letters,
    papers::{self, Reader, Text},
    store,
};
use crate::{
    accounts::audit::Actor,
    base::{
        fault::{self, Point},
        id::{ApplicationId, EventId},
    },
    blobs::BlobError,
    db::{Conn, DbError},
    kit::Kit,
    mail::{Letter, MailError},
    queue::{Job, JobError, changes},
    secrets::fingerprint,
};

/// Sends the receipt of an application. Enqueued in the transaction that made it, so nothing leaves before
/// everything is durable; the letter's key follows from the application, so that one sent twice is one.
#[derive(Serialize, Deserialize)]
pub struct SendReceipt {
    /// Which.
    pub application: ApplicationId,
}

impl Job for SendReceipt {
    const KIND: &'static str = "applications.receipt";
    type Needs = Kit;

    fn key(&self) -> String {
        self.application.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let post = Post {
            to: self.application,
            sent: EventKind::ReceiptSent,
            refused: EventKind::ReceiptRefused,
            detail: Detail::default(),
        };
        post.send(kit, |c, kit, whole, token| letters::receipt(c, &kit.config, whole, token).map(Some)).await
    }
}

/// Tells an applicant who waits that the job is advertised again and that their application counts (genopslag).
#[derive(Serialize, Deserialize)]
pub struct TellReposted {
    /// Whom.
    pub application: ApplicationId,
    /// The round that begins.
    pub round: i32,
}

impl Job for TellReposted {
    const KIND: &'static str = "applications.reposted";
    type Needs = Kit;

    fn key(&self) -> String {
        format!("{}-{}", self.application, self.round)
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let round = self.round;
        let post = Post {
            to: self.application,
            sent: EventKind::RepostTold,
            refused: EventKind::RepostRefused,
            // so that each round is told once
            detail: Detail { to: Some(round.to_string()), ..Detail::default() },
        };
        post.send(kit, move |c, kit, whole, token| {
            // decided meanwhile: that letter says it
            if whole.application.outcome.is_some() {
                return Ok(None);
            }
            letters::reposted(c, &kit.config, whole, token, round).map(Some)
        })
        .await
    }
}

/// A letter whose key follows from what it is about, so that one sent twice is one, and the event that says it left.
struct Post {
    to: ApplicationId,
    sent: EventKind,
    refused: EventKind,
    detail: Detail,
}

impl Post {
    /// Sends it, unless it was sent or there is nobody to send it to.
    async fn send<W>(self, kit: &Kit, write: W) -> Result<(), JobError>
    where
        W: FnOnce(&mut Conn, &Kit, &Whole, &str) -> Result<Option<Letter>, DbError> + Send + 'static,
    {
        let (id, k) = (self.to, kit.clone());
        let (sent, refused, told) = (self.sent, self.refused, self.detail.to.clone());
        let token = keys::magic_token(&kit.secrets, id);
        let letter = kit
            .db
            .write(move |c| {
                let Some(whole) = store::any(c, id)? else { return Ok(None) };
                let before = store::events(c, id)?;
                let done = |e: &Event| (e.kind == sent || e.kind == refused) && e.detail.to == told;
                if before.iter().any(done) || whole.applicant.email.is_empty() {
                    return Ok::<_, DbError>(None);
                }
                // the sealing keys were changed since it came: the link in the letter must open it
                let hash = fingerprint(&token);
                if whole.application.access_hash != hash {
                    store::set_access(c, id, &hash)?;
                }
                write(c, &k, &whole, &token)
            })
            .await?;
        let Some(letter) = letter else { return Ok(()) };
        let now = kit.clock.now();
        let kind = match kit.mail.send(&letter, now).await {
            Ok(()) => self.sent,
            Err(MailError::Refused(words)) => {
                tracing::warn!(application = %id, words, kind = %self.sent, "a letter was refused");
                self.refused
            }
            Err(MailError::Later(words)) => return Err(JobError::Later(words)),
        };
        fault::pass(Point::AfterReceipt);
        let (chance, detail) = (kit.chance.clone(), self.detail);
        kit.db
            .write(move |c| {
                if store::any(c, id)?.is_none() {
                    return Ok(());
                }
                let (event, who) = (EventId::new(now, &chance), Actor::System.to_string());
                store::insert_event(c, event, id, now, &who, kind, &detail)
            })
            .await
            .map_err(JobError::from)
    }
}

/// Takes the text out of the papers of an application, for the search and for people who cannot open them.
#[derive(Serialize, Deserialize)]
pub struct ExtractText {
    /// Which.
    pub application: ApplicationId,
}

impl Job for ExtractText {
    const KIND: &'static str = "applications.text";
    type Needs = (Kit, Reader);

    fn key(&self) -> String {
        self.application.to_string()
    }

    async fn run(&self, (kit, reader): &Self::Needs) -> Result<(), JobError> {
        let id = self.application;
        let unread = kit.db.read(move |c| papers::store::unread(c, id)).await?;
        let mut found = Vec::with_capacity(unread.len());
        for paper in unread {
            let text = match (paper.sort(), kit.blobs.read(&paper.sha256).await) {
                (Some(kind), Ok(bytes)) => reader.read(kind, bytes.into()).await,
                (None, _) | (_, Err(BlobError::Missing(_))) => Text::failed(),
                (_, Err(error)) => return Err(JobError::Later(error.to_string())),
            };
            found.push((paper.id, text));
        }
        if found.is_empty() {
            return Ok(());
        }
        let now = kit.clock.now();
        kit.db
            .write(move |c| {
                for (paper, text) in &found {
                    papers::store::set_text(c, *paper, text)?;
                }
                changes::note(c, changes::Subject::Application(id), now)
            })
            .await
            .map_err(JobError::from)
    }
}

/// Which of these contents a slice still names; each slice with files has such a reader.
pub type KnownBlobs = fn(&mut Conn, &[String]) -> Result<HashSet<String>, DbError>;

/// Everyone who may name a file; assembled where all slices are known.
#[derive(Clone)]
pub struct Namers(pub &'static [KnownBlobs]);

impl Namers {
    /// Those of `among` that no row names.
    pub fn unknown(&self, conn: &mut Conn, among: &[String]) -> Result<Vec<String>, DbError> {
        let mut known = HashSet::new();
        for namer in self.0 {
            known.extend(namer(conn, among)?);
        }
        Ok(among.iter().filter(|sha256| !known.contains(*sha256)).cloned().collect())
    }
}

/// Files deleted while those who keep some wait; in a bucket each takes its time.
const AT_ONCE: usize = 16;

/// Deletes those of `candidates` that nobody names. Whoever just kept some and is about to name them is waited for.
pub async fn delete_unknown(kit: &Kit, namers: &Namers, candidates: Vec<String>) -> Result<usize, JobError> {
    let unknown = async |among: Vec<String>| {
        let namers = namers.clone();
        kit.db.read(move |c| namers.unknown(c, &among)).await
    };
    let mut deleted = 0;
    for some in unknown(candidates).await?.chunks(AT_ONCE) {
        let _removing = kit.blobs.removing().await;
        for sha256 in unknown(some.to_vec()).await? {
            kit.blobs.delete(&sha256).await.map_err(|e| JobError::Later(e.to_string()))?;
            deleted += 1;
        }
    }
    Ok(deleted)
}

/// Deletes the bytes of an erased application's papers that nobody else names.
#[derive(Serialize, Deserialize)]
pub struct ForgetBlobs {
    /// Whose they were.
    pub of: ApplicationId,
    /// Which, as sha256.
    pub sha256: Vec<String>,
}

impl Job for ForgetBlobs {
    const KIND: &'static str = "applications.forget_blobs";
    type Needs = (Kit, Namers);

    fn key(&self) -> String {
        self.of.to_string()
    }

    async fn run(&self, (kit, namers): &Self::Needs) -> Result<(), JobError> {
        delete_unknown(kit, namers, self.sha256.clone()).await.map(drop)
    }
}

/// Forgets papers of forms nobody finished, and deletes bytes that are older than a day and named by nobody, kept
/// ones and ones that were still on their way: what a crash, a closed browser or a removed file left behind.
#[derive(Serialize, Deserialize)]
pub struct Sweep {}

/// How old bytes must be before they may be swept: whoever is about to name them has done so by then.
pub const YOUNG: Duration = Duration::from_secs(24 * 3600);
/// How many contents are asked about at once.
const BATCH: usize = 500;

impl Job for Sweep {
    const KIND: &'static str = "applications.sweep";
    type Needs = (Kit, Namers);

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, (kit, namers): &Self::Needs) -> Result<(), JobError> {
        let now = kit.clock.now();
        kit.db.write(move |c| papers::store::forget_before(c, now - keys::OPEN_FOR)).await?;
        let later = |e: BlobError| JobError::Later(e.to_string());
        let cut_off = kit.blobs.forget_spooled(now - YOUNG).map_err(later)?;
        let mut files = kit.blobs.list();
        let mut batch = Vec::with_capacity(BATCH);
        let mut deleted = 0;
        loop {
            let next = files.try_next().await.map_err(later)?;
            let end = next.is_none();
            batch.extend(next.filter(|f| f.written_at < now - YOUNG).map(|f| f.sha256));
            if batch.len() == BATCH || (end && !batch.is_empty()) {
                deleted += delete_unknown(kit, namers, std::mem::take(&mut batch)).await?;
            }
            if end {
                break;
            }
        }
        if deleted + cut_off > 0 {
            tracing::info!(deleted, cut_off, "files nobody names were deleted");
        }
        Ok(())
    }
}
