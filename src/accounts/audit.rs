//! Who looked at or changed whom: append-only, chained by hash, ids and verbs only (D-05). Names
//! and texts never stand here, so that an erasure need not rewrite it.

use std::fmt;

use sha2::{Digest, Sha256};

use super::store;
use crate::{
    base::{
        Instant, Subject,
        id::{
            ApiTokenId, ApplicationId, AttachmentId, CampaignId, GuestLinkId, PersonId, PostingId, StoryId,
            UserId,
        },
    },
    db::{self, Conn, DbError},
    words,
};

/// Who did it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Actor {
    /// Somebody logged in.
    User(UserId),
    /// Another system.
    Token(ApiTokenId),
    /// The applicant, through the magic link or the public form.
    Applicant(ApplicationId),
    /// Somebody outside the house, through a link a colleague made.
    Guest(GuestLinkId),
    /// A job or the command line.
    System,
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "user:{id}"),
            Self::Token(id) => write!(f, "token:{id}"),
            Self::Applicant(id) => write!(f, "applicant:{id}"),
            Self::Guest(id) => write!(f, "guest:{id}"),
            Self::System => f.write_str("system"),
        }
    }
}

words! {
    /// What was done.
    pub enum Verb {
        /// Opened on a screen or through the API.
        Viewed = "viewed",
        /// A file left for somebody's machine.
        Downloaded = "downloaded",
        /// Came up in a search.
        Found = "found",
        /// A list or set was taken out.
        Exported = "exported",
        /// Made.
        Created = "created",
        /// Changed.
        Changed = "changed",
        /// Moved to another stage, or decided.
        Moved = "moved",
        /// Erased.
        Erased = "erased",
        /// Sent to a channel, planned, cancelled, taken down.
        Published = "published",
        /// Logged in.
        LoggedIn = "logged_in",
        /// A log-in or a door that was refused.
        Refused = "refused",
    }
}

/// To what.
#[derive(Clone, Copy, Debug)]
pub enum Object {
    /// An application.
    Application(ApplicationId),
    /// A file of an application.
    Attachment(AttachmentId),
    /// A posting, or a list of its applications.
    Posting(PostingId),
    /// A story or plain post.
    Story(StoryId),
    /// A campaign.
    Campaign(CampaignId),
    /// A person on the staff side.
    User(UserId),
    /// Somebody in a picture or film.
    Portrayed(PersonId),
    /// Something that has no id of its own (a search, a log-in).
    None,
}

impl fmt::Display for Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Application(id) => write!(f, "application:{id}"),
            Self::Attachment(id) => write!(f, "attachment:{id}"),
            Self::Posting(id) => write!(f, "posting:{id}"),
            Self::Story(id) => write!(f, "story:{id}"),
            Self::Campaign(id) => write!(f, "campaign:{id}"),
            Self::User(id) => write!(f, "user:{id}"),
            Self::Portrayed(id) => write!(f, "portrayed:{id}"),
            Self::None => f.write_str("-"),
        }
    }
}

impl From<Subject> for Object {
    fn from(subject: Subject) -> Self {
        match subject {
            Subject::Posting(id) => Self::Posting(id),
            Subject::Story(id) => Self::Story(id),
        }
    }
}

/// One line to be written.
#[derive(Clone, Debug)]
pub struct Line {
    /// Who.
    pub actor: Actor,
    /// Did what.
    pub verb: Verb,
    /// To what.
    pub object: Object,
    /// In which posting's business.
    pub posting: Option<PostingId>,
    /// Ids, counts or codes; never a name or a text.
    pub detail: Option<String>,
}

/// Writes lines, in the caller's transaction.
pub fn write(conn: &mut Conn, lines: &[Line], now: Instant) -> Result<(), DbError> {
    db::lock(conn, "audit")?;
    let mut previous = store::last_audit_hash(conn)?;
    for line in lines {
        let (actor, object) = (line.actor.to_string(), line.object.to_string());
        let posting = line.posting.map(|p| p.to_string());
        let hash =
            chain(&previous, now, &actor, line.verb, &object, posting.as_deref(), line.detail.as_deref());
        store::insert_audit(
            conn,
            now,
            &actor,
            line.verb,
            &object,
            line.posting,
            line.detail.as_deref(),
            &previous,
            &hash,
        )?;
        previous = hash;
    }
    Ok(())
}

/// A line as read back.
#[derive(diesel::Queryable, Clone, Debug)]
pub struct Written {
    /// Its place.
    pub seq: i64,
    /// When.
    pub at: Instant,
    /// Who, as `kind:id`.
    pub actor: String,
    /// Did what.
    pub verb: Verb,
    /// To what, as `kind:id`.
    pub object: String,
    /// In which posting's business.
    pub posting_id: Option<PostingId>,
    /// Ids, counts or codes.
    pub detail: Option<String>,
    /// The line before.
    pub prev_hash: String,
    /// This line.
    pub hash: String,
}

/// The newest lines about `object` (`application:…`), or about anything.
pub fn read(conn: &mut Conn, object: Option<&str>, limit: i64) -> Result<Vec<Written>, DbError> {
    store::audit_lines(conn, object, limit)
}

/// Which lines are wanted; what is empty narrows nothing.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Who, as `kind:id`.
    pub actor: Option<String>,
    /// To one of these, as `kind:id`.
    pub objects: Vec<String>,
    /// One of these was done.
    pub verbs: Vec<Verb>,
    /// Only in the business of these postings; all when none.
    pub postings: Option<Vec<PostingId>>,
    /// Older than the line at this place.
    pub before: Option<i64>,
}

/// The newest lines that are wanted.
pub fn search(conn: &mut Conn, wanted: &Wanted, limit: i64) -> Result<Vec<Written>, DbError> {
    store::audit_wanted(conn, wanted, limit)
}

/// How many lines say that `verb` was done to `object`.
pub fn count(conn: &mut Conn, object: &str, verb: Verb) -> Result<i64, DbError> {
    store::count_audit(conn, object, verb)
}

/// Walks the chain; the place of the first line that does not fit, if any.
pub fn verify(conn: &mut Conn) -> Result<Option<i64>, DbError> {
    let mut previous = String::new();
    let mut after = 0;
    loop {
        let lines = store::audit_after(conn, after, 1000)?;
        let Some(last) = lines.last() else { return Ok(None) };
        after = last.seq;
        for line in lines {
            let posting = line.posting_id.map(|p| p.to_string());
            let wanted = chain(
                &previous,
                line.at,
                &line.actor,
                line.verb,
                &line.object,
                posting.as_deref(),
                line.detail.as_deref(),
            );
            if line.prev_hash != previous || line.hash != wanted {
                return Ok(Some(line.seq));
            }
            previous = line.hash;
        }
    }
}

fn chain(
    previous: &str,
    at: Instant,
    actor: &str,
    verb: Verb,
    object: &str,
    posting: Option<&str>,
    detail: Option<&str>,
) -> String {
    let mut hash = Sha256::new();
    for part in [
        previous,
        &at.micros().to_string(),
        actor,
        verb.word(),
        object,
        posting.unwrap_or(""),
        detail.unwrap_or(""),
    ] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hex::encode(hash.finalize())
}
