//! Rows of links for people outside the house.

use diesel::prelude::*;

use crate::{
    base::{
        Instant,
        id::{GuestLinkId, PublicationId},
    },
    db::{Conn, DbError, schema::guest_links},
};

/// A link that opens one publication for somebody without a log-in.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = guest_links)]
pub struct GuestLink {
    /// Which.
    pub id: GuestLinkId,
    /// What it opens.
    pub publication_id: PublicationId,
    /// Of the token in the mail.
    pub token_hash: String,
    /// Who was asked.
    pub name: String,
    /// Where it went.
    pub email: String,
    /// Whose right it lends (`user:…`).
    pub made_by: String,
    /// When.
    pub made_at: Instant,
    /// When it stops working.
    pub ends_at: Instant,
    /// When somebody ended it before that.
    pub ended_at: Option<Instant>,
    /// When it was opened last.
    pub opened_at: Option<Instant>,
}

impl GuestLink {
    /// Whether it opens this publication at `now`.
    pub fn works(&self, publication: PublicationId, now: Instant) -> bool {
        self.publication_id == publication && self.ended_at.is_none() && now < self.ends_at
    }
}

pub(in crate::publishing) fn insert_guest_link(conn: &mut Conn, link: &GuestLink) -> Result<(), DbError> {
    diesel::insert_into(guest_links::table).values(link).execute(conn)?;
    Ok(())
}

pub(in crate::publishing) fn guest_link(
    conn: &mut Conn,
    id: GuestLinkId,
) -> Result<Option<GuestLink>, DbError> {
    Ok(guest_links::table.find(id).select(GuestLink::as_select()).first(conn).optional()?)
}

pub(in crate::publishing) fn guest_link_by_hash(
    conn: &mut Conn,
    hash: &str,
) -> Result<Option<GuestLink>, DbError> {
    Ok(guest_links::table
        .filter(guest_links::token_hash.eq(hash))
        .select(GuestLink::as_select())
        .first(conn)
        .optional()?)
}

/// The links to a publication, newest first.
pub(in crate::publishing) fn guest_links_to(
    conn: &mut Conn,
    id: PublicationId,
) -> Result<Vec<GuestLink>, DbError> {
    Ok(guest_links::table
        .filter(guest_links::publication_id.eq(id))
        .order((guest_links::made_at.desc(), guest_links::id))
        .select(GuestLink::as_select())
        .load(conn)?)
}

/// Ends a link of this publication; false when there is none such.
pub(in crate::publishing) fn end_guest_link(
    conn: &mut Conn,
    publication: PublicationId,
    id: GuestLinkId,
    now: Instant,
) -> Result<bool, DbError> {
    let there = guest_links::table.find(id).filter(guest_links::publication_id.eq(publication));
    let found: bool = diesel::select(diesel::dsl::exists(there)).get_result(conn)?;
    let open = guest_links::table.find(id).filter(guest_links::ended_at.is_null());
    diesel::update(open).set(guest_links::ended_at.eq(now)).execute(conn)?;
    Ok(found)
}

pub(in crate::publishing) fn guest_opened(
    conn: &mut Conn,
    id: GuestLinkId,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(guest_links::table.find(id)).set(guest_links::opened_at.eq(now)).execute(conn)?;
    Ok(())
}
