//! Rows of cards. What a card says leaves here by [`shown`] alone, which gives a reader their own cards, and others'
//! when they are revealed; who has given one in is no secret ([`submitted`]).

use std::collections::{HashMap, HashSet};

use diesel::{dsl::exists, prelude::*};

use crate::{
    assessment::card::{Card, Note, Reveal, Score, State},
    base::{
        Instant,
        id::{ApplicationId, CriterionId, ScorecardId, UserId},
    },
    db::{
        Conn, DbError,
        schema::{consensus_notes, reveals, scorecards, scores},
    },
    each,
};

type OfCard = (ScorecardId, ApplicationId, UserId, i32, State, Instant, Option<Instant>);

/// The cards about one applicant that `reader` may see: their own; and, once they are revealed, what others have given
/// in. By maker and version. The caller has narrowed the application.
pub fn shown(conn: &mut Conn, application: ApplicationId, reader: UserId) -> Result<Vec<Card>, DbError> {
    let revealed = exists(reveals::table.filter(reveals::application_id.eq(scorecards::application_id)));
    let rows: Vec<OfCard> = scorecards::table
        .filter(scorecards::application_id.eq(application))
        .filter(scorecards::user_id.eq(reader).or(scorecards::state.eq(State::Submitted).and(revealed)))
        .order((scorecards::user_id, scorecards::version))
        .select((
            scorecards::id,
            scorecards::application_id,
            scorecards::user_id,
            scorecards::version,
            scorecards::state,
            scorecards::saved_at,
            scorecards::submitted_at,
        ))
        .load(conn)?;
    let ids: Vec<ScorecardId> = rows.iter().map(|row| row.0).collect();
    let said: Vec<(ScorecardId, CriterionId, i32, String)> = scores::table
        .filter(scores::scorecard_id.eq_any(&ids))
        .select((scores::scorecard_id, scores::criterion_id, scores::score, scores::reason))
        .load(conn)?;
    let mut by_card: HashMap<ScorecardId, Vec<Score>> = HashMap::new();
    for (card, criterion, score, reason) in said {
        by_card.entry(card).or_default().push(Score { criterion, score, reason });
    }
    Ok(rows
        .into_iter()
        .map(|(id, application, user, version, state, saved_at, submitted_at)| Card {
            id,
            application,
            user,
            version,
            state,
            saved_at,
            submitted_at,
            scores: by_card.remove(&id).unwrap_or_default(),
        })
        .collect())
}

/// Who has given in a card about each of these.
pub fn submitted(
    conn: &mut Conn,
    applications: &[ApplicationId],
) -> Result<HashMap<ApplicationId, HashSet<UserId>>, DbError> {
    let rows: Vec<(ApplicationId, UserId)> = scorecards::table
        .filter(scorecards::application_id.eq_any(applications))
        .filter(scorecards::state.eq(State::Submitted))
        .select((scorecards::application_id, scorecards::user_id))
        .load(conn)?;
    let mut by: HashMap<ApplicationId, HashSet<UserId>> = HashMap::new();
    for (application, user) in rows {
        by.entry(application).or_default().insert(user);
    }
    Ok(by)
}

/// Lays down a card, or saves a draft anew: its scores are put in place of those before.
pub(in crate::assessment) fn put(conn: &mut Conn, card: &Card) -> Result<(), DbError> {
    diesel::delete(scorecards::table.find(card.id)).execute(conn)?;
    diesel::insert_into(scorecards::table)
        .values((
            scorecards::id.eq(card.id),
            scorecards::application_id.eq(card.application),
            scorecards::user_id.eq(card.user),
            scorecards::version.eq(card.version),
            scorecards::state.eq(card.state),
            scorecards::saved_at.eq(card.saved_at),
            scorecards::submitted_at.eq(card.submitted_at),
        ))
        .execute(conn)?;
    for score in &card.scores {
        diesel::insert_into(scores::table)
            .values((
                scores::scorecard_id.eq(card.id),
                scores::criterion_id.eq(score.criterion),
                scores::score.eq(score.score),
                scores::reason.eq(&score.reason),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Those of these whose cards are shown.
pub fn revealed(conn: &mut Conn, applications: &[ApplicationId]) -> Result<HashSet<ApplicationId>, DbError> {
    let ids: Vec<ApplicationId> = reveals::table
        .filter(reveals::application_id.eq_any(applications))
        .select(reveals::application_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// When and why an applicant's cards were shown.
pub fn reveal(conn: &mut Conn, application: ApplicationId) -> Result<Option<Reveal>, DbError> {
    Ok(reveals::table
        .find(application)
        .select((reveals::shown_at, reveals::shown_by, reveals::reason))
        .first(conn)
        .optional()?)
}

/// Shows an applicant's cards; `false` when they were shown already.
pub(in crate::assessment) fn insert_reveal(
    conn: &mut Conn,
    application: ApplicationId,
    reveal: &Reveal,
) -> Result<bool, DbError> {
    let row = (
        reveals::application_id.eq(application),
        reveals::shown_at.eq(reveal.at),
        reveals::shown_by.eq(&reveal.by),
        reveals::reason.eq(&reveal.reason),
    );
    let inserted =
        each!(conn, |c| diesel::insert_into(reveals::table).values(row).on_conflict_do_nothing().execute(c))?;
    Ok(inserted == 1)
}

/// Those of these about whom the panel has written down what it agrees on.
pub fn noted(conn: &mut Conn, applications: &[ApplicationId]) -> Result<HashSet<ApplicationId>, DbError> {
    let ids: Vec<ApplicationId> = consensus_notes::table
        .filter(consensus_notes::application_id.eq_any(applications))
        .select(consensus_notes::application_id)
        .load(conn)?;
    Ok(ids.into_iter().collect())
}

/// What the panel agrees on about an applicant.
pub fn note(conn: &mut Conn, application: ApplicationId) -> Result<Option<Note>, DbError> {
    Ok(consensus_notes::table
        .find(application)
        .select((
            consensus_notes::words,
            consensus_notes::version,
            consensus_notes::written_by,
            consensus_notes::written_at,
        ))
        .first(conn)
        .optional()?)
}

/// Puts a note in place of the one before it.
pub(in crate::assessment) fn put_note(
    conn: &mut Conn,
    application: ApplicationId,
    note: &Note,
) -> Result<(), DbError> {
    diesel::delete(consensus_notes::table.find(application)).execute(conn)?;
    diesel::insert_into(consensus_notes::table)
        .values((
            consensus_notes::application_id.eq(application),
            consensus_notes::words.eq(&note.words),
            consensus_notes::version.eq(note.version),
            consensus_notes::written_by.eq(&note.by),
            consensus_notes::written_at.eq(note.at),
        ))
        .execute(conn)?;
    Ok(())
}
