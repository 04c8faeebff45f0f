//! What keeps somebody from applications that their roles would open: confidentiality they have not accepted in a
//! panel they sit in, and a relation they have to who applied (D-23). Both are rows of this slice because both are
//! part of every right: a [`Viewer`](super::Viewer) reads them with each request and narrows its [`Scope`](super::Scope)
//! by them, so that no reader can forget them.

use std::collections::HashSet;

use diesel::Queryable;

use super::{
    Role,
    audit::{self, Actor, Line, Object, Verb},
    store::{Held, bars as rows},
};
use crate::{
    base::{
        Instant,
        id::{ApplicationId, PostingId, UserId},
    },
    db::{Conn, DbError},
    kit::Kit,
    words,
};

/// Names the words that are accepted (`panel-pledge-text` in the catalogues); goes up when they change.
pub const PLEDGE: &str = "2026-11";

words! {
    /// How somebody stands to an applicant, by their own word.
    pub enum Relation {
        /// Not at all, as far as it could matter.
        None = "none",
        /// Family or household.
        Family = "family",
        /// Friendship, or the opposite.
        Friend = "friend",
        /// Close work together, now or before.
        Work = "work",
        /// Something to win or lose by who is chosen.
        Interest = "interest",
        /// Something else that may raise doubt.
        Other = "other",
    }
}

impl Relation {
    /// Whether it takes the application away.
    pub fn bars(self) -> bool {
        self != Self::None
    }
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::None => "tie-none",
            Self::Family => "tie-family",
            Self::Friend => "tie-friend",
            Self::Work => "tie-work",
            Self::Interest => "tie-interest",
            Self::Other => "tie-other",
        }
    }
}

/// What somebody has said of how they stand to an applicant.
#[derive(Queryable, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// Of which application.
    pub application: ApplicationId,
    /// Who said it.
    pub user: UserId,
    /// What.
    pub relation: Relation,
    /// When.
    pub at: Instant,
}

/// What is kept from one person.
#[derive(Default)]
pub(super) struct Bars {
    /// Postings in whose panel they sit without having accepted confidentiality.
    pub owed: HashSet<PostingId>,
    /// Applications of people they have a relation to.
    pub related: HashSet<ApplicationId>,
}

impl Bars {
    /// As they stand now, for somebody with these roles.
    pub(super) fn of(conn: &mut Conn, user: UserId, held: &[Held]) -> Result<Self, DbError> {
        let mut owed: HashSet<PostingId> =
            held.iter().filter(|h| h.role == Role::PanelMember).filter_map(|h| h.posting_id).collect();
        if !owed.is_empty() {
            for posting in rows::pledged_by(conn, user)? {
                owed.remove(&posting);
            }
        }
        Ok(Self { owed, related: rows::related(conn, user)?.into_iter().collect() })
    }
}

/// Accepts confidentiality for one posting's panel; a second time changes nothing.
pub fn pledge(conn: &mut Conn, kit: &Kit, user: UserId, posting: PostingId) -> Result<(), DbError> {
    let now = kit.clock.now();
    if rows::insert_pledge(conn, posting, user, PLEDGE, now)? {
        let detail = Some(format!("confidentiality {PLEDGE}"));
        let line = Line {
            actor: Actor::User(user),
            verb: Verb::Changed,
            object: Object::Posting(posting),
            posting: Some(posting),
            detail,
        };
        audit::write(conn, &[line], now)?;
    }
    Ok(())
}

/// Who has accepted confidentiality for this posting's panel, and when.
pub fn pledges(conn: &mut Conn, posting: PostingId) -> Result<Vec<(UserId, Instant)>, DbError> {
    rows::pledges(conn, posting)
}

/// Says how `user` stands to the applicant; what was said before is replaced. The caller has narrowed.
pub fn declare(
    conn: &mut Conn,
    kit: &Kit,
    user: UserId,
    application: ApplicationId,
    posting: PostingId,
    relation: Relation,
) -> Result<(), DbError> {
    let now = kit.clock.now();
    rows::put_declaration(conn, &Declared { application, user, relation, at: now })?;
    let barred = if relation.bars() { "relation declared" } else { "no relation declared" };
    let line = Line {
        actor: Actor::User(user),
        verb: Verb::Changed,
        object: Object::Application(application),
        posting: Some(posting),
        detail: Some(barred.into()),
    };
    audit::write(conn, &[line], now)
}

/// Takes a declaration back on somebody else's word, as when it was made by mistake: its maker is asked anew. `false`
/// when there is none.
pub fn lift(
    conn: &mut Conn,
    kit: &Kit,
    by: Actor,
    application: ApplicationId,
    posting: PostingId,
    user: UserId,
) -> Result<bool, DbError> {
    let lifted = rows::delete_declaration(conn, application, user)?;
    if lifted {
        let line = Line {
            actor: by,
            verb: Verb::Changed,
            object: Object::Application(application),
            posting: Some(posting),
            detail: Some(format!("relation of user:{user} lifted")),
        };
        audit::write(conn, &[line], kit.clock.now())?;
    }
    Ok(lifted)
}

/// What has been declared about these applications; the caller decides who may see it.
pub fn declared(conn: &mut Conn, applications: &[ApplicationId]) -> Result<Vec<Declared>, DbError> {
    rows::declared(conn, applications)
}
