//! Rows of letters about interviews. All of a letter goes with the applicant.

use diesel::prelude::*;

use super::inside;
use crate::{
    accounts::Scope,
    answers::state::LetterState,
    base::{
        Instant,
        id::{InterviewId, InterviewLetterId, PostingId},
    },
    db::{
        Conn, DbError,
        schema::{interview_letters, interviews, postings},
    },
    each,
    interviews::letters::Kind,
};

/// One letter about one interview.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = interview_letters)]
pub struct Letter {
    /// Which.
    pub id: InterviewLetterId,
    /// About which interview.
    #[diesel(column_name = interview_id)]
    pub interview: InterviewId,
    /// Of which posting.
    #[diesel(column_name = posting_id)]
    pub posting: PostingId,
    /// What it says.
    pub kind: Kind,
    /// Of the interview, when it was written.
    pub sequence: i32,
    /// Which of its kind.
    pub number: i32,
    /// Where it stands.
    pub state: LetterState,
    /// A word for why it failed or was left out.
    pub why: Option<String>,
    /// How many times it was begun.
    pub attempts: i32,
    /// Its one line.
    pub subject: String,
    /// Its text, without the personal link.
    pub body: String,
    /// What the mail server said last.
    pub said: Option<String>,
    /// When it was written.
    pub made_at: Instant,
    /// When it last moved.
    pub changed_at: Instant,
}

/// Lays a letter down; false when the same is written already.
pub fn insert(conn: &mut Conn, letter: &Letter) -> Result<bool, DbError> {
    let row = (
        (interview_letters::id.eq(letter.id), interview_letters::interview_id.eq(letter.interview)),
        (interview_letters::posting_id.eq(letter.posting), interview_letters::kind.eq(letter.kind)),
        (interview_letters::sequence.eq(letter.sequence), interview_letters::number.eq(letter.number)),
        (interview_letters::state.eq(letter.state), interview_letters::attempts.eq(0)),
        (interview_letters::subject.eq(&letter.subject), interview_letters::body.eq(&letter.body)),
        (interview_letters::made_at.eq(letter.made_at), interview_letters::changed_at.eq(letter.changed_at)),
    );
    let n = each!(conn, |c| diesel::insert_into(interview_letters::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(n == 1)
}

/// How many letters of a kind this interview has for this sequence.
pub fn how_many(conn: &mut Conn, of: InterviewId, kind: Kind, sequence: i32) -> Result<i32, DbError> {
    let n: i64 = interview_letters::table
        .filter(interview_letters::interview_id.eq(of))
        .filter(interview_letters::kind.eq(kind))
        .filter(interview_letters::sequence.eq(sequence))
        .count()
        .get_result(conn)?;
    Ok(i32::try_from(n).unwrap_or(i32::MAX))
}

/// A letter, whoever asks; for jobs.
pub fn any(conn: &mut Conn, id: InterviewLetterId) -> Result<Option<Letter>, DbError> {
    Ok(interview_letters::table.find(id).select(Letter::as_select()).first(conn).optional()?)
}

/// A letter, when its interview lies inside `scope`.
pub fn letter(conn: &mut Conn, scope: &Scope, id: InterviewLetterId) -> Result<Option<Letter>, DbError> {
    Ok(interview_letters::table
        .inner_join(postings::table)
        .inner_join(interviews::table)
        .filter(interview_letters::id.eq(id))
        .filter(inside!(scope))
        .filter(interviews::application_id.ne_all(scope.left_out()))
        .select(Letter::as_select())
        .first(conn)
        .optional()?)
}

/// Letters inside `scope` with which a person has to do something, the oldest first; of one posting when one is named.
pub fn tasks(conn: &mut Conn, scope: &Scope, of: Option<PostingId>) -> Result<Vec<Letter>, DbError> {
    let mut query = interview_letters::table
        .inner_join(postings::table)
        .inner_join(interviews::table)
        .filter(inside!(scope))
        .filter(interviews::application_id.ne_all(scope.left_out()))
        .filter(interview_letters::state.eq_any(LetterState::TASKS))
        .order((interview_letters::changed_at, interview_letters::id))
        .select(Letter::as_select())
        .into_boxed();
    if let Some(posting) = of {
        query = query.filter(interview_letters::posting_id.eq(posting));
    }
    Ok(query.load(conn)?)
}

/// Every letter about one interview, newest first; the caller has narrowed.
pub fn of(conn: &mut Conn, interview: InterviewId) -> Result<Vec<Letter>, DbError> {
    Ok(interview_letters::table
        .filter(interview_letters::interview_id.eq(interview))
        .order((interview_letters::made_at.desc(), interview_letters::id.desc()))
        .select(Letter::as_select())
        .load(conn)?)
}

/// Moves a letter from the state and attempt it was read in; false when it has moved since.
pub fn step(
    conn: &mut Conn,
    letter: &Letter,
    to: LetterState,
    why: Option<&str>,
    now: Instant,
) -> Result<bool, DbError> {
    let there = interview_letters::table
        .find(letter.id)
        .filter(interview_letters::state.eq(letter.state))
        .filter(interview_letters::attempts.eq(letter.attempts));
    Ok(diesel::update(there)
        .set((
            interview_letters::state.eq(to),
            interview_letters::why.eq(why),
            interview_letters::changed_at.eq(now),
        ))
        .execute(conn)?
        == 1)
}

/// Begins an attempt on a letter that was read as queued; false when it has moved since.
pub fn begin(conn: &mut Conn, letter: &Letter, to: &str, now: Instant) -> Result<bool, DbError> {
    let there = interview_letters::table
        .find(letter.id)
        .filter(interview_letters::state.eq(LetterState::Queued))
        .filter(interview_letters::attempts.eq(letter.attempts));
    Ok(diesel::update(there)
        .set((
            interview_letters::state.eq(LetterState::Sending),
            interview_letters::attempts.eq(letter.attempts + 1),
            interview_letters::attempted_at.eq(now),
            interview_letters::sent_to.eq(to),
            interview_letters::changed_at.eq(now),
        ))
        .execute(conn)?
        == 1)
}

/// Notes what the mail server said.
pub fn set_said(conn: &mut Conn, id: InterviewLetterId, words: &str) -> Result<(), DbError> {
    diesel::update(interview_letters::table.find(id)).set(interview_letters::said.eq(words)).execute(conn)?;
    Ok(())
}
