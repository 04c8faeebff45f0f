//! Who holds a role somewhere: asked when something is to be put before them.

use diesel::prelude::*;

use super::{shown, units_above, users_table};
use crate::{
    accounts::{Role, User},
    base::{
        Instant,
        id::{UnitId, UserId},
    },
    db::{Conn, DbError, schema::memberships},
};

/// Everyone who may log in and holds `role` in this unit, given there or above it; by name.
pub fn holders(conn: &mut Conn, role: Role, unit: UnitId, now: Instant) -> Result<Vec<User>, DbError> {
    let above = units_above(conn, unit)?;
    let holding: Vec<UserId> = memberships::table
        .filter(memberships::role.eq(role))
        .filter(memberships::unit_id.eq_any(above))
        .filter(memberships::posting_id.is_null())
        .filter(memberships::valid_from.le(now))
        .filter(memberships::valid_to.is_null().or(memberships::valid_to.gt(now)))
        .select(memberships::user_id)
        .load(conn)?;
    Ok(users_table::table
        .filter(users_table::id.eq_any(holding))
        .filter(users_table::disabled_at.is_null())
        .order(users_table::name)
        .select(shown())
        .load(conn)?)
}
