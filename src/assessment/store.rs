//! Rows of profiles; those of panels stand in [`panel`], those of cards in [`cards`].

pub mod cards;
pub mod panel;

use diesel::prelude::*;

use super::profile::{Criterion, Heading, Profile, Weight};
use crate::{
    base::{
        Instant,
        id::{CriterionId, PostingId},
    },
    db::{
        Conn, DbError,
        schema::{criteria, profiles},
    },
};

type OfCriterion = (CriterionId, Heading, String, String, String, Weight, String, String, String, String);

/// The criteria of a posting, in order.
pub fn criteria(conn: &mut Conn, posting: PostingId) -> Result<Vec<Criterion>, DbError> {
    let rows: Vec<OfCriterion> = criteria::table
        .filter(criteria::posting_id.eq(posting))
        .order(criteria::place)
        .select((
            criteria::id,
            criteria::heading,
            criteria::wording,
            criteria::why,
            criteria::evidence,
            criteria::weight,
            criteria::step_1,
            criteria::step_2,
            criteria::step_3,
            criteria::step_4,
        ))
        .load(conn)?;
    Ok(rows
        .into_iter()
        .map(|(id, heading, wording, why, evidence, weight, one, two, three, four)| Criterion {
            id,
            heading,
            wording,
            why,
            evidence,
            weight,
            steps: [one, two, three, four],
        })
        .collect())
}

/// The profile of a posting; the caller has narrowed.
pub fn profile(conn: &mut Conn, posting: PostingId) -> Result<Option<Profile>, DbError> {
    let row: Option<(String, i32, String, String, Instant)> = profiles::table
        .find(posting)
        .select((
            profiles::begun_from,
            profiles::version,
            profiles::sha256,
            profiles::saved_by,
            profiles::saved_at,
        ))
        .first(conn)
        .optional()?;
    let Some((begun_from, version, sha256, saved_by, saved_at)) = row else { return Ok(None) };
    let criteria = criteria(conn, posting)?;
    Ok(Some(Profile { posting, begun_from, version, sha256, saved_by, saved_at, criteria }))
}

/// Puts a profile in place of the one before it, if any.
pub(super) fn put_profile(conn: &mut Conn, profile: &Profile) -> Result<(), DbError> {
    delete_profile(conn, profile.posting)?;
    diesel::insert_into(profiles::table)
        .values((
            profiles::posting_id.eq(profile.posting),
            profiles::begun_from.eq(&profile.begun_from),
            profiles::version.eq(profile.version),
            profiles::sha256.eq(&profile.sha256),
            profiles::saved_by.eq(&profile.saved_by),
            profiles::saved_at.eq(profile.saved_at),
        ))
        .execute(conn)?;
    for (place, criterion) in (0i32..).zip(&profile.criteria) {
        let [one, two, three, four] = &criterion.steps;
        diesel::insert_into(criteria::table)
            .values((
                criteria::id.eq(criterion.id),
                criteria::posting_id.eq(profile.posting),
                criteria::place.eq(place),
                criteria::heading.eq(criterion.heading),
                criteria::wording.eq(&criterion.wording),
                criteria::why.eq(&criterion.why),
                criteria::evidence.eq(&criterion.evidence),
                criteria::weight.eq(criterion.weight),
                criteria::step_1.eq(one),
                criteria::step_2.eq(two),
                criteria::step_3.eq(three),
                criteria::step_4.eq(four),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes a profile away; only while nobody has been scored by it.
pub(super) fn delete_profile(conn: &mut Conn, posting: PostingId) -> Result<(), DbError> {
    diesel::delete(criteria::table.filter(criteria::posting_id.eq(posting))).execute(conn)?;
    diesel::delete(profiles::table.find(posting)).execute(conn)?;
    Ok(())
}
