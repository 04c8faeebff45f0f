//! Rows of panels: seats, the rule of the organisation, and why a seat stays empty.

use diesel::prelude::*;

use crate::{
    assessment::panel::{Category, Gap, Member, Seat},
    base::{
        Instant,
        id::{MembershipId, PostingId, UserId},
    },
    db::{
        Conn, DbError,
        schema::{memberships, panel_gaps, panel_rules, panel_seats, users},
    },
    each,
};

/// Everybody who sits, sat or will sit in a posting's panel, the chair first.
pub fn members(conn: &mut Conn, posting: PostingId) -> Result<Vec<Member>, DbError> {
    Ok(panel_seats::table
        .inner_join(memberships::table)
        .inner_join(users::table)
        .filter(panel_seats::posting_id.eq(posting))
        .order((panel_seats::chair.desc(), memberships::created_at, panel_seats::membership_id))
        .select((
            panel_seats::membership_id,
            panel_seats::user_id,
            users::name,
            panel_seats::seat,
            panel_seats::chair,
            memberships::valid_from,
            memberships::valid_to,
        ))
        .load(conn)?)
}

/// Gives a seat to a membership.
pub(in crate::assessment) fn insert_seat(
    conn: &mut Conn,
    membership: MembershipId,
    posting: PostingId,
    user: UserId,
    seat: Seat,
    chair: bool,
    by: &str,
) -> Result<(), DbError> {
    diesel::insert_into(panel_seats::table)
        .values((
            panel_seats::membership_id.eq(membership),
            panel_seats::posting_id.eq(posting),
            panel_seats::user_id.eq(user),
            panel_seats::seat.eq(seat),
            panel_seats::chair.eq(chair),
            panel_seats::added_by.eq(by),
        ))
        .execute(conn)?;
    Ok(())
}

/// Nobody leads the panel any longer.
pub(in crate::assessment) fn clear_chair(conn: &mut Conn, posting: PostingId) -> Result<(), DbError> {
    diesel::update(panel_seats::table.filter(panel_seats::posting_id.eq(posting)))
        .set(panel_seats::chair.eq(false))
        .execute(conn)?;
    Ok(())
}

/// The postings in whose panel somebody sits, sat or will sit.
pub fn postings_of(conn: &mut Conn, user: UserId) -> Result<Vec<PostingId>, DbError> {
    Ok(panel_seats::table
        .filter(panel_seats::user_id.eq(user))
        .select(panel_seats::posting_id)
        .distinct()
        .order(panel_seats::posting_id)
        .load(conn)?)
}

/// The postings that have a panel of this kind to look after: every one with a seat.
pub(in crate::assessment) fn seated_postings(conn: &mut Conn) -> Result<Vec<PostingId>, DbError> {
    Ok(panel_seats::table
        .select(panel_seats::posting_id)
        .distinct()
        .order(panel_seats::posting_id)
        .load(conn)?)
}

/// Which seats must be filled for a kind of position: as the organisation has said, else as is usual.
pub fn required(conn: &mut Conn, category: Category) -> Result<Vec<Seat>, DbError> {
    let said: Option<String> =
        panel_rules::table.find(category).select(panel_rules::seats).first(conn).optional()?;
    Ok(match said {
        Some(words) => words.split(',').filter_map(|word| word.parse().ok()).collect(),
        None => category.required().to_vec(),
    })
}

/// Sets the organisation's rule for a kind of position.
pub(in crate::assessment) fn put_rule(
    conn: &mut Conn,
    category: Category,
    seats: &[Seat],
    by: &str,
    now: Instant,
) -> Result<(), DbError> {
    let words = seats.iter().map(|s| s.word()).collect::<Vec<_>>().join(",");
    diesel::delete(panel_rules::table.find(category)).execute(conn)?;
    diesel::insert_into(panel_rules::table)
        .values((
            panel_rules::category.eq(category),
            panel_rules::seats.eq(words),
            panel_rules::set_by.eq(by),
            panel_rules::set_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

/// Why seats of a posting stay empty.
pub fn gaps(conn: &mut Conn, posting: PostingId) -> Result<Vec<Gap>, DbError> {
    Ok(panel_gaps::table
        .filter(panel_gaps::posting_id.eq(posting))
        .order(panel_gaps::seat)
        .select((panel_gaps::seat, panel_gaps::reason, panel_gaps::said_by, panel_gaps::said_at))
        .load(conn)?)
}

/// Keeps why one stays empty; `false` when that has been said already.
pub(in crate::assessment) fn insert_gap(
    conn: &mut Conn,
    posting: PostingId,
    gap: &Gap,
) -> Result<bool, DbError> {
    let row = (
        panel_gaps::posting_id.eq(posting),
        panel_gaps::seat.eq(gap.seat),
        panel_gaps::reason.eq(&gap.reason),
        panel_gaps::said_by.eq(&gap.said_by),
        panel_gaps::said_at.eq(gap.said_at),
    );
    let inserted = each!(conn, |c| diesel::insert_into(panel_gaps::table)
        .values(row)
        .on_conflict_do_nothing()
        .execute(c))?;
    Ok(inserted == 1)
}
