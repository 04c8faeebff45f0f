//! Rows of rules: for how long applications are kept.

use diesel::prelude::*;

use crate::{
    base::id::{PostingId, RuleId},
    db::{
        Conn, DbError,
        schema::{postings, retention_rules},
    },
    postings::keeping::{Rule, RuleOf},
};

/// All of them, the newest first.
pub fn rules(conn: &mut Conn) -> Result<Vec<Rule>, DbError> {
    Ok(retention_rules::table
        .order((retention_rules::set_at.desc(), retention_rules::id))
        .select((
            retention_rules::id,
            retention_rules::kind,
            retention_rules::value,
            retention_rules::months,
            retention_rules::reason,
            retention_rules::set_by,
            retention_rules::set_at,
        ))
        .load(conn)?)
}

/// Profession and kind of employment of a posting.
pub(in crate::postings) fn kind_of(
    conn: &mut Conn,
    id: PostingId,
) -> Result<(Option<String>, Option<String>), DbError> {
    let found = postings::table
        .find(id)
        .select((postings::profession, postings::employment_type))
        .first(conn)
        .optional()?;
    Ok(found.unwrap_or_default())
}

/// Lays a rule down, in the place of the one there was for the same.
pub fn put_rule(conn: &mut Conn, rule: &Rule) -> Result<(), DbError> {
    forget_rule(conn, rule.of, &rule.value)?;
    diesel::insert_into(retention_rules::table)
        .values((
            retention_rules::id.eq(rule.id),
            retention_rules::kind.eq(rule.of),
            retention_rules::value.eq(&rule.value),
            retention_rules::months.eq(rule.months),
            retention_rules::reason.eq(&rule.reason),
            retention_rules::set_by.eq(&rule.set_by),
            retention_rules::set_at.eq(rule.set_at),
        ))
        .execute(conn)?;
    Ok(())
}

/// Takes a rule away; false when there was none.
pub fn forget_rule(conn: &mut Conn, of: RuleOf, value: &str) -> Result<bool, DbError> {
    let ours =
        retention_rules::table.filter(retention_rules::kind.eq(of)).filter(retention_rules::value.eq(value));
    Ok(diesel::delete(ours).execute(conn)? > 0)
}

/// One of them.
pub fn rule(conn: &mut Conn, id: RuleId) -> Result<Option<Rule>, DbError> {
    Ok(rules(conn)?.into_iter().find(|rule| rule.id == id))
}
