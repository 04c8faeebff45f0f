//! What interviews have to say on pages that look back over everything: whom each waits for, and what a person should see to.

use std::collections::HashMap;

use super::{interview::Interview, state::InterviewState, store};
use crate::{
    accounts::Scope,
    base::{
        Instant,
        id::{ApplicationId, PostingId},
    },
    db::{Conn, DbError},
};

/// How long after its beginning an interview should have a result.
const DAY: std::time::Duration = std::time::Duration::from_secs(86_400);

/// Where an applicant stands on the way to an interview.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Talk {
    /// The applicant chooses a time.
    Choosing,
    /// None of the times fits them.
    Wish,
    /// There is a time, and it is to come.
    Ahead,
    /// It was, and nobody has noted whether they came.
    Past,
    /// They came, did not come, declined, or it was called off.
    Over,
}

fn talk(is: &Interview, starts: Option<Instant>, now: Instant) -> Talk {
    match is.state {
        InterviewState::Invited | InterviewState::Moved if is.wished_at.is_some() => Talk::Wish,
        InterviewState::Invited | InterviewState::Moved => Talk::Choosing,
        InterviewState::Booked if starts.is_some_and(|at| at + DAY <= now) => Talk::Past,
        InterviewState::Booked => Talk::Ahead,
        InterviewState::Held
        | InterviewState::NoShow
        | InterviewState::Declined
        | InterviewState::Cancelled => Talk::Over,
    }
}

/// Where these stand; who was never invited is not in it. The caller has narrowed.
pub fn talks(
    conn: &mut Conn,
    of: &[ApplicationId],
    now: Instant,
) -> Result<HashMap<ApplicationId, Talk>, DbError> {
    let last = store::last_of(conn, of)?;
    Ok(last.into_iter().map(|(id, (is, starts))| (id, talk(&is, starts, now))).collect())
}

/// What a person should see to in one posting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Open {
    /// Somebody no time fits.
    pub wishes: usize,
    /// Interviews that were, without a result.
    pub past: usize,
    /// Letters that did not simply leave.
    pub letters: usize,
    /// Somebody is to choose, and there is nothing left to choose from.
    pub no_times: usize,
    /// Somebody was asked again and has still not chosen.
    pub silent: usize,
}

impl Open {
    /// Nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// What there is to see to inside `scope`, by posting.
pub fn open(conn: &mut Conn, scope: &Scope, now: Instant) -> Result<HashMap<PostingId, Open>, DbError> {
    let all = store::undecided(conn, scope)?;
    let ids: Vec<ApplicationId> = all.iter().map(|is| is.application).collect();
    let times = store::last_of(conn, &ids)?;
    let mut found: HashMap<PostingId, Open> = HashMap::new();
    let mut left: HashMap<(PostingId, i32), usize> = HashMap::new();
    for is in all {
        let starts = times.get(&is.application).filter(|(last, _)| last.id == is.id).and_then(|(_, at)| *at);
        let open = found.entry(is.posting).or_default();
        match talk(&is, starts, now) {
            Talk::Wish => open.wishes += 1,
            Talk::Past => open.past += 1,
            Talk::Choosing => {
                let seats = match left.get(&(is.posting, is.round)) {
                    Some(seats) => *seats,
                    None => store::open_slots(conn, is.posting, is.round, now)?.len(),
                };
                left.insert((is.posting, is.round), seats);
                if seats == 0 {
                    open.no_times += 1;
                } else if is.reminded_at.is_some() {
                    open.silent += 1;
                }
            }
            Talk::Ahead | Talk::Over => {}
        }
    }
    for letter in store::letters::tasks(conn, scope, None)? {
        found.entry(letter.posting).or_default().letters += 1;
    }
    found.retain(|_, open| !open.is_empty());
    Ok(found)
}
