//! Which pictures and films a post shows, and what is taken down because a yes to showing somebody is gone.

use std::collections::BTreeSet;

use diesel::prelude::*;

use super::Delivery;
use crate::{
    base::{
        Instant, Subject,
        id::{AssetId, DeliveryId, PersonId, PostingId, StoryId},
    },
    channels::Post,
    db::{
        Conn, DbError,
        schema::{assets, consent_endings, deliveries, delivery_assets, portrayals, publications},
    },
    publishing::delivery::State,
};

/// Where strangers or colleagues may see it now, or soon by somebody's hand who has not been told to stop. What was to be
/// cancelled and went out all the same hangs like the rest.
macro_rules! hangs {
    () => {
        deliveries::state
            .eq(State::Published)
            .or(deliveries::state.eq(State::Handed).and(deliveries::cancel_wanted.eq(false)))
    };
}

/// Notes what a post shows: its pictures and films, or its card's picture where it has none.
pub(super) fn note_shown(conn: &mut Conn, id: DeliveryId, post: &Post) -> Result<(), DbError> {
    let card = post.link_thumb.iter().filter(|_| post.media.is_empty());
    let shown: BTreeSet<AssetId> = post.media.iter().chain(card).map(|medium| medium.asset).collect();
    for asset in shown {
        diesel::insert_into(delivery_assets::table)
            .values((delivery_assets::delivery_id.eq(id), delivery_assets::asset_id.eq(asset)))
            .execute(conn)?;
    }
    Ok(())
}

/// What a post shows.
pub(in crate::publishing) fn shown_in(conn: &mut Conn, id: DeliveryId) -> Result<Vec<AssetId>, DbError> {
    Ok(delivery_assets::table
        .filter(delivery_assets::delivery_id.eq(id))
        .order(delivery_assets::asset_id)
        .select(delivery_assets::asset_id)
        .load(conn)?)
}

/// Files in something that hangs, which show somebody or whose rights end.
pub(in crate::publishing) fn hanging_assets(conn: &mut Conn) -> Result<Vec<AssetId>, DbError> {
    Ok(delivery_assets::table
        .inner_join(deliveries::table)
        .inner_join(assets::table.on(assets::id.eq(delivery_assets::asset_id)))
        .filter(hangs!())
        .filter(
            assets::usable_until
                .is_not_null()
                .or(assets::id.eq_any(portrayals::table.select(portrayals::asset_id))),
        )
        .select(delivery_assets::asset_id)
        .distinct()
        .load(conn)?)
}

/// What hangs and shows one of these, with what it is about.
pub(in crate::publishing) fn hanging_with(
    conn: &mut Conn,
    ids: &[AssetId],
) -> Result<Vec<(Delivery, AssetId, Subject)>, DbError> {
    type Found = (Delivery, AssetId, Option<PostingId>, Option<StoryId>);
    let rows: Vec<Found> = delivery_assets::table
        .inner_join(deliveries::table.inner_join(publications::table))
        .filter(delivery_assets::asset_id.eq_any(ids))
        .filter(hangs!())
        .order(deliveries::id)
        .select((
            Delivery::as_select(),
            delivery_assets::asset_id,
            publications::posting_id,
            publications::story_id,
        ))
        .load(conn)?;
    let about = |ad: Option<PostingId>, story: Option<StoryId>| {
        ad.map(Subject::from).or_else(|| story.map(Subject::from))
    };
    Ok(rows.into_iter().filter_map(|(row, asset, ad, story)| Some((row, asset, about(ad, story)?))).collect())
}

/// Notes why a takedown was begun; the first reason stays. The caller has just moved the delivery, so nobody else does.
pub(in crate::publishing) fn note_ending(
    conn: &mut Conn,
    id: DeliveryId,
    asset: AssetId,
    person: Option<PersonId>,
    now: Instant,
) -> Result<(), DbError> {
    let there = consent_endings::table.find(id);
    if diesel::select(diesel::dsl::exists(there)).get_result(conn)? {
        return Ok(());
    }
    diesel::insert_into(consent_endings::table)
        .values((
            consent_endings::delivery_id.eq(id),
            consent_endings::asset_id.eq(asset),
            consent_endings::person_id.eq(person),
            consent_endings::begun_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Every post that shows or showed one of these files, newest first, and when its takedown for a missing yes was begun.
pub(in crate::publishing) fn ever_shown(
    conn: &mut Conn,
    ids: &[AssetId],
) -> Result<Vec<(Delivery, Option<Instant>)>, DbError> {
    let showing = delivery_assets::table
        .filter(delivery_assets::asset_id.eq_any(ids))
        .select(delivery_assets::delivery_id);
    Ok(deliveries::table
        .left_join(consent_endings::table)
        .filter(deliveries::id.eq_any(showing))
        .order((deliveries::due_at.desc(), deliveries::id.desc()))
        .select((Delivery::as_select(), consent_endings::begun_at.nullable()))
        .load(conn)?)
}
