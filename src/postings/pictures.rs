//! What surrounds an ad on a page: the unit's name, its picture, drawings and film.

use std::collections::HashMap;

use super::{posting::Posting, show::Surroundings};
use crate::{
    accounts,
    base::id::PostingId,
    db::{Conn, DbError},
    i18n::Speech,
};

/// Of one ad.
pub fn around(conn: &mut Conn, posting: &Posting, t: Speech) -> Result<Surroundings, DbError> {
    let mut all = around_all(conn, std::slice::from_ref(posting), t)?;
    Ok(all.remove(&posting.id).unwrap_or_default())
}

/// Of many ads at once.
pub fn around_all(
    conn: &mut Conn,
    postings: &[Posting],
    _t: Speech,
) -> Result<HashMap<PostingId, Surroundings>, DbError> {
    let units: HashMap<_, _> = accounts::units(conn)?.into_iter().map(|u| (u.id, u.name)).collect();
    Ok(postings
        .iter()
        .map(|p| {
            let unit = units.get(&p.content.unit).cloned().unwrap_or_default();
            (p.id, Surroundings { unit, ..Surroundings::default() })
        })
        .collect())
}
