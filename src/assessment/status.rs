//! How far the assessment of applicants has come, as every page says it: how many of how many, never what.

use std::collections::{HashMap, HashSet};

use super::{
    actions::category,
    panel::Member,
    store::{self, cards, panel as seats},
};
use crate::{
    accounts::{Scope, bars},
    applications,
    base::{
        Instant,
        id::{ApplicationId, PostingId, UserId},
    },
    db::{Conn, DbError},
    postings::{self, Posting},
};

/// How far it has come with one applicant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Members who have given in a card, of those counted in `of`.
    pub done: usize,
    /// Members who sit now and have no relation to the applicant.
    pub of: usize,
    /// All cards are shown.
    pub revealed: bool,
    /// The panel has written its note.
    pub noted: bool,
    /// The reader sits in the panel and has not given in a card.
    pub mine_missing: bool,
}

/// Everything the members of one panel have to do with applicants.
#[derive(Clone, Debug)]
pub struct Around {
    /// Everybody who sits, sat or will sit.
    pub members: Vec<Member>,
    /// Who has a relation to whom.
    pub related: HashMap<ApplicationId, HashSet<UserId>>,
    /// By applicant.
    pub standings: HashMap<ApplicationId, Standing>,
}

/// How far it has come with each of these, for one reader; nothing where the posting has no profile. The caller has
/// narrowed the applications.
pub fn of(
    conn: &mut Conn,
    posting: &Posting,
    applications: &[ApplicationId],
    reader: UserId,
    now: Instant,
) -> Result<Around, DbError> {
    let members = seats::members(conn, posting.id)?;
    let mut related: HashMap<ApplicationId, HashSet<UserId>> = HashMap::new();
    for said in bars::declared(conn, applications)?.into_iter().filter(|d| d.relation.bars()) {
        related.entry(said.application).or_default().insert(said.user);
    }
    let mut standings = HashMap::new();
    if store::profile(conn, posting.id)?.is_some() {
        let submitted = cards::submitted(conn, applications)?;
        let revealed = cards::revealed(conn, applications)?;
        let noted = cards::noted(conn, applications)?;
        for id in applications {
            let free = |m: &&Member| {
                m.sits(now) && !related.get(id).is_some_and(|related| related.contains(&m.user))
            };
            let counted: HashSet<UserId> = members.iter().filter(free).map(|m| m.user).collect();
            let given = |user: &UserId| submitted.get(id).is_some_and(|by| by.contains(user));
            standings.insert(
                *id,
                Standing {
                    done: counted.iter().filter(|user| given(user)).count(),
                    of: counted.len(),
                    revealed: revealed.contains(id),
                    noted: noted.contains(id),
                    mine_missing: counted.contains(&reader) && !given(&reader),
                },
            );
        }
    }
    Ok(Around { members, related, standings })
}

/// In which postings somebody sits and has applicants left to assess, and how many: those that are undecided.
pub fn missing(
    conn: &mut Conn,
    scope: &Scope,
    reader: UserId,
    now: Instant,
) -> Result<HashMap<PostingId, usize>, DbError> {
    let mut missing = HashMap::new();
    for id in seats::postings_of(conn, reader)? {
        let Some(posting) = postings::get(conn, scope, id)? else { continue };
        let board = applications::board(conn, scope, id)?;
        let open: Vec<ApplicationId> =
            board.iter().filter(|card| card.outcome.is_none()).map(|card| card.id).collect();
        let around = of(conn, &posting, &open, reader, now)?;
        let count = around.standings.values().filter(|s| s.mine_missing).count();
        if count > 0 {
            missing.insert(id, count);
        }
    }
    Ok(missing)
}

/// The seats of this posting that must be filled and are not, with those whose emptiness nobody has explained.
pub fn empty_seats(
    conn: &mut Conn,
    posting: &Posting,
    now: Instant,
) -> Result<Vec<super::panel::Seat>, DbError> {
    let required = seats::required(conn, category(posting))?;
    let members = seats::members(conn, posting.id)?;
    Ok(super::panel::empty(&required, &members, now))
}
