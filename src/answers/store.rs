//! Rows of batches, letters, their words and the organisation's templates. What a letter says lies apart from the letter,
//! and goes with the applicant.

use diesel::prelude::*;

use super::{
    letters::Words,
    state::{BatchState, LetterState},
    template::{Kind, Slot, Template},
};
use crate::{
    accounts::Scope,
    base::{
        Instant, Language,
        id::{ApplicationId, BatchId, LetterId, PostingId},
    },
    db::{
        Conn, DbError,
        schema::{answer_batches, answer_letters, letter_templates, letter_texts, postings},
    },
    each,
};

/// The most that a list of what is over shows.
const MOST: i64 = 200;

/// Letters that leave together.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = answer_batches)]
pub struct Batch {
    /// Which.
    pub id: BatchId,
    /// To the applicants of which posting.
    #[diesel(column_name = posting_id)]
    pub posting: PostingId,
    /// Where it stands.
    pub state: BatchState,
    /// Who wrote it, as `user:…`.
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// Not before; until then it can be taken back.
    pub due_at: Option<Instant>,
    /// When it was over.
    pub over_at: Option<Instant>,
}

/// One letter to one applicant.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = answer_letters)]
pub struct Letter {
    /// Which.
    pub id: LetterId,
    /// With which others; none for one that leaves by itself.
    #[diesel(column_name = batch_id)]
    pub batch: Option<BatchId>,
    /// Of which posting.
    #[diesel(column_name = posting_id)]
    pub posting: PostingId,
    /// To whom; none once they are erased.
    #[diesel(column_name = application_id)]
    pub application: Option<ApplicationId>,
    /// What it is about.
    pub kind: Kind,
    /// Of which decision, by the time it was made.
    pub decided_at: Instant,
    /// Where it stands.
    pub state: LetterState,
    /// A word for why it failed or was left out.
    pub why: Option<String>,
    /// How many times it was begun.
    pub attempts: i32,
    /// When it was begun last.
    pub attempted_at: Option<Instant>,
    /// When it was written.
    pub made_at: Instant,
    /// When it last moved.
    pub changed_at: Instant,
}

/// What a letter says.
#[derive(Queryable, Selectable, Clone, Debug)]
#[diesel(table_name = letter_texts)]
pub(super) struct Text {
    pub letter_id: LetterId,
    pub subject: String,
    pub body: String,
    pub sha256: String,
    pub sent_to: Option<String>,
    pub said: Option<String>,
}

impl Text {
    pub fn words(&self) -> Words {
        Words { subject: self.subject.clone(), body: self.body.clone() }
    }
}

// ---- batches ----

pub(super) fn insert_batch(conn: &mut Conn, batch: &Batch) -> Result<(), DbError> {
    diesel::insert_into(answer_batches::table)
        .values((
            answer_batches::id.eq(batch.id),
            answer_batches::posting_id.eq(batch.posting),
            answer_batches::state.eq(batch.state),
            answer_batches::made_by.eq(&batch.made_by),
            answer_batches::made_at.eq(batch.made_at),
        ))
        .execute(conn)?;
    Ok(())
}

// macros because the types of such conditions cannot be written down
macro_rules! inside {
    ($scope:expr) => {
        postings::unit_id
            .eq_any($scope.units())
            .or(postings::id.eq_any($scope.postings()))
            .and(postings::id.ne_all($scope.withheld()))
    };
}
/// Not to somebody whom the reader has a relation to (D-23).
macro_rules! met {
    ($scope:expr) => {
        answer_letters::application_id.is_null().or(answer_letters::application_id.ne_all($scope.left_out()))
    };
}

/// A batch, when its posting lies inside `scope`.
pub fn batch(conn: &mut Conn, scope: &Scope, id: BatchId) -> Result<Option<Batch>, DbError> {
    Ok(answer_batches::table
        .inner_join(postings::table)
        .filter(answer_batches::id.eq(id))
        .filter(inside!(scope))
        .select(Batch::as_select())
        .first(conn)
        .optional()?)
}

/// A batch, whoever asks; for jobs.
pub(super) fn any_batch(conn: &mut Conn, id: BatchId) -> Result<Option<Batch>, DbError> {
    Ok(answer_batches::table.find(id).select(Batch::as_select()).first(conn).optional()?)
}

/// Batches inside `scope` in which something is still to come, those that leave first in front; of one posting when one is
/// named.
pub fn batches(conn: &mut Conn, scope: &Scope, of: Option<PostingId>) -> Result<Vec<Batch>, DbError> {
    let mut query = answer_batches::table
        .inner_join(postings::table)
        .filter(inside!(scope))
        .filter(answer_batches::state.eq_any(BatchState::OPEN))
        .order((answer_batches::due_at.is_null(), answer_batches::due_at, answer_batches::id))
        .select(Batch::as_select())
        .into_boxed();
    if let Some(posting) = of {
        query = query.filter(answer_batches::posting_id.eq(posting));
    }
    Ok(query.load(conn)?)
}

/// Moves a batch from the state it was read in; false when somebody else has moved it since.
pub(super) fn step_batch(
    conn: &mut Conn,
    batch: &Batch,
    to: BatchState,
    now: Instant,
) -> Result<bool, DbError> {
    let there = answer_batches::table.find(batch.id).filter(answer_batches::state.eq(batch.state));
    let over = matches!(to, BatchState::Done | BatchState::Cancelled).then_some(now);
    Ok(diesel::update(there)
        .set((answer_batches::state.eq(to), answer_batches::over_at.eq(over)))
        .execute(conn)?
        == 1)
}

/// Notes which letters were read, and by whom.
pub(super) fn set_seen(conn: &mut Conn, id: BatchId, seen: &str, by: &str) -> Result<(), DbError> {
    diesel::update(answer_batches::table.find(id))
        .set((answer_batches::seen.eq(seen), answer_batches::approved_by.eq(by)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_due(conn: &mut Conn, id: BatchId, due: Instant) -> Result<(), DbError> {
    diesel::update(answer_batches::table.find(id)).set(answer_batches::due_at.eq(due)).execute(conn)?;
    Ok(())
}

// ---- letters ----

/// Lays a letter down with its words; false when there is one for this decision already.
pub(super) fn insert_letter(
    conn: &mut Conn,
    letter: &Letter,
    application: ApplicationId,
    language: Language,
    words: &Words,
) -> Result<bool, DbError> {
    let row = (
        answer_letters::id.eq(letter.id),
        answer_letters::batch_id.eq(letter.batch),
        answer_letters::posting_id.eq(letter.posting),
        answer_letters::application_id.eq(application),
        answer_letters::kind.eq(letter.kind),
        answer_letters::decided_at.eq(letter.decided_at),
        answer_letters::slot.eq(letter.kind.slot()),
        answer_letters::state.eq(letter.state),
        (answer_letters::made_at.eq(letter.made_at), answer_letters::changed_at.eq(letter.changed_at)),
    );
    let n = each!(conn, |c| diesel::insert_into(answer_letters::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    if n == 0 {
        return Ok(false);
    }
    diesel::insert_into(letter_texts::table)
        .values((
            letter_texts::letter_id.eq(letter.id),
            letter_texts::application_id.eq(application),
            letter_texts::language.eq(language),
            letter_texts::subject.eq(&words.subject),
            letter_texts::body.eq(&words.body),
            letter_texts::sha256.eq(words.sha256()),
        ))
        .execute(conn)?;
    Ok(true)
}

/// A letter, when its posting lies inside `scope`.
pub fn letter(conn: &mut Conn, scope: &Scope, id: LetterId) -> Result<Option<Letter>, DbError> {
    Ok(answer_letters::table
        .inner_join(postings::table)
        .filter(answer_letters::id.eq(id))
        .filter(inside!(scope))
        .filter(met!(scope))
        .select(Letter::as_select())
        .first(conn)
        .optional()?)
}

/// A letter, whoever asks; for jobs.
pub(super) fn any_letter(conn: &mut Conn, id: LetterId) -> Result<Option<Letter>, DbError> {
    Ok(answer_letters::table.find(id).select(Letter::as_select()).first(conn).optional()?)
}

/// The letters of a batch inside `scope`, in the order in which they were written: not those to somebody whom the reader has a
/// relation to.
pub fn letters_in(conn: &mut Conn, scope: &Scope, batch: BatchId) -> Result<Vec<Letter>, DbError> {
    Ok(answer_letters::table
        .filter(answer_letters::batch_id.eq(batch))
        .filter(met!(scope))
        .order(answer_letters::id)
        .select(Letter::as_select())
        .load(conn)?)
}

/// All letters of a batch, in the order in which they were written; for what moves them.
pub fn letters_of(conn: &mut Conn, batch: BatchId) -> Result<Vec<Letter>, DbError> {
    Ok(answer_letters::table
        .filter(answer_letters::batch_id.eq(batch))
        .order(answer_letters::id)
        .select(Letter::as_select())
        .load(conn)?)
}

/// Every letter to an applicant, newest first; the caller has seen that the application lies inside its scope.
pub fn letters_to(conn: &mut Conn, application: ApplicationId) -> Result<Vec<Letter>, DbError> {
    Ok(answer_letters::table
        .filter(answer_letters::application_id.eq(application))
        .order(answer_letters::id.desc())
        .select(Letter::as_select())
        .load(conn)?)
}

/// Letters inside `scope` with which a person has to do something, the oldest first; of one posting when one is named.
pub fn tasks(conn: &mut Conn, scope: &Scope, of: Option<PostingId>) -> Result<Vec<Letter>, DbError> {
    let mut query = answer_letters::table
        .inner_join(postings::table)
        .filter(inside!(scope))
        .filter(met!(scope))
        .filter(answer_letters::state.eq_any(LetterState::TASKS))
        .filter(answer_letters::application_id.is_not_null())
        .order((answer_letters::changed_at, answer_letters::id))
        .select(Letter::as_select())
        .into_boxed();
    if let Some(posting) = of {
        query = query.filter(answer_letters::posting_id.eq(posting));
    }
    Ok(query.load(conn)?)
}

/// How many things inside `scope` a person has to see to: letters that did not simply leave, and reasons somebody waits for.
pub fn open_tasks(conn: &mut Conn, scope: &Scope) -> Result<usize, DbError> {
    Ok(tasks(conn, scope, None)?.len() + crate::applications::reasons_open(conn, scope, None)?.len())
}

/// Letters of a posting that have reached their applicants, the newest first, and how many there are in all (also to those
/// who are erased).
pub(super) fn answered(
    conn: &mut Conn,
    scope: &Scope,
    posting: PostingId,
) -> Result<(Vec<Letter>, i64), DbError> {
    let ours = || {
        answer_letters::table
            .filter(answer_letters::posting_id.eq(posting))
            .filter(answer_letters::state.eq_any(LetterState::ANSWERED))
            .filter(met!(scope))
    };
    let total = ours().count().get_result(conn)?;
    let rows = ours()
        .filter(answer_letters::application_id.is_not_null())
        .order((answer_letters::changed_at.desc(), answer_letters::id.desc()))
        .limit(MOST)
        .select(Letter::as_select())
        .load(conn)?;
    Ok((rows, total))
}

/// Which decisions on these applications have a letter that counts, by application and the time of the decision.
pub(super) fn lettered(
    conn: &mut Conn,
    of: &[ApplicationId],
) -> Result<Vec<(ApplicationId, Instant)>, DbError> {
    let rows: Vec<(Option<ApplicationId>, Instant)> = answer_letters::table
        .filter(answer_letters::application_id.eq_any(of))
        .filter(answer_letters::slot.eq(Slot::Decision))
        .filter(answer_letters::state.ne_all(LetterState::VOID))
        .select((answer_letters::application_id, answer_letters::decided_at))
        .load(conn)?;
    Ok(rows.into_iter().filter_map(|(id, at)| Some((id?, at))).collect())
}

/// How many letters of a batch are still on their way.
pub(super) fn under_way(conn: &mut Conn, batch: BatchId) -> Result<i64, DbError> {
    Ok(answer_letters::table
        .filter(answer_letters::batch_id.eq(batch))
        .filter(answer_letters::state.eq_any(LetterState::UNDER_WAY))
        .count()
        .get_result(conn)?)
}

/// Moves a letter from the state and attempt it was read in; false when it has moved since.
pub(super) fn step_letter(
    conn: &mut Conn,
    letter: &Letter,
    to: LetterState,
    why: Option<&str>,
    now: Instant,
) -> Result<bool, DbError> {
    let there = answer_letters::table
        .find(letter.id)
        .filter(answer_letters::state.eq(letter.state))
        .filter(answer_letters::attempts.eq(letter.attempts));
    Ok(diesel::update(there)
        .set((answer_letters::state.eq(to), answer_letters::why.eq(why), answer_letters::changed_at.eq(now)))
        .execute(conn)?
        == 1)
}

/// Begins an attempt on a letter that was read as queued; false when it has moved since.
pub(super) fn begin_letter(conn: &mut Conn, letter: &Letter, now: Instant) -> Result<bool, DbError> {
    let there = answer_letters::table
        .find(letter.id)
        .filter(answer_letters::state.eq(LetterState::Queued))
        .filter(answer_letters::attempts.eq(letter.attempts));
    Ok(diesel::update(there)
        .set((
            answer_letters::state.eq(LetterState::Sending),
            answer_letters::attempts.eq(letter.attempts + 1),
            answer_letters::attempted_at.eq(now),
            answer_letters::changed_at.eq(now),
        ))
        .execute(conn)?
        == 1)
}

/// Takes all that are not under way out of a batch that is taken back.
pub(super) fn cancel_letters(conn: &mut Conn, batch: BatchId, now: Instant) -> Result<(), DbError> {
    let there = answer_letters::table
        .filter(answer_letters::batch_id.eq(batch))
        .filter(answer_letters::state.eq(LetterState::Queued));
    diesel::update(there)
        .set((answer_letters::state.eq(LetterState::Cancelled), answer_letters::changed_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

// ---- words ----

/// What these letters say; those of erased applicants say nothing any more.
pub(super) fn texts(conn: &mut Conn, of: &[LetterId]) -> Result<Vec<Text>, DbError> {
    Ok(letter_texts::table
        .filter(letter_texts::letter_id.eq_any(of))
        .order(letter_texts::letter_id)
        .select(Text::as_select())
        .load(conn)?)
}

/// Notes for whom a letter left.
pub(super) fn set_sent_to(conn: &mut Conn, id: LetterId, address: &str) -> Result<(), DbError> {
    diesel::update(letter_texts::table.find(id)).set(letter_texts::sent_to.eq(address)).execute(conn)?;
    Ok(())
}

/// Notes what the mail server said.
pub(super) fn set_said(conn: &mut Conn, id: LetterId, words: &str) -> Result<(), DbError> {
    diesel::update(letter_texts::table.find(id)).set(letter_texts::said.eq(words)).execute(conn)?;
    Ok(())
}

// ---- templates ----

pub(super) fn template(conn: &mut Conn, kind: Kind, language: Language) -> Result<Option<Template>, DbError> {
    let row: Option<(String, String, i32)> = letter_templates::table
        .find((kind, language))
        .select((letter_templates::subject, letter_templates::body, letter_templates::version))
        .first(conn)
        .optional()?;
    Ok(row.map(|(subject, body, version)| Template { subject, body, version }))
}

/// Puts words over the version they were written on; false when somebody else has changed them since.
pub(super) fn put_template(
    conn: &mut Conn,
    (kind, language): (Kind, Language),
    words: &Template,
    by: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let changed = (
        letter_templates::subject.eq(&words.subject),
        letter_templates::body.eq(&words.body),
        letter_templates::version.eq(words.version + 1),
        letter_templates::changed_by.eq(by),
        letter_templates::changed_at.eq(now),
    );
    if words.version == 0 {
        let row = (letter_templates::kind.eq(kind), letter_templates::language.eq(language), changed);
        let n = each!(conn, |c| diesel::insert_into(letter_templates::table)
            .values(row)
            .on_conflict_do_nothing()
            .execute(c))?;
        return Ok(n == 1);
    }
    let there =
        letter_templates::table.find((kind, language)).filter(letter_templates::version.eq(words.version));
    Ok(diesel::update(there).set(changed).execute(conn)? == 1)
}

pub(super) fn delete_template(conn: &mut Conn, kind: Kind, language: Language) -> Result<(), DbError> {
    diesel::delete(letter_templates::table.find((kind, language))).execute(conn)?;
    Ok(())
}
