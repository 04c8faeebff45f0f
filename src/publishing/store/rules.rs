//! Rows of who does what, by unit.

use diesel::prelude::*;

use crate::{
    accounts::{self, Role},
    base::{Instant, id::UnitId},
    db::{
        Conn, DbError,
        schema::{approval_rules, responsibilities},
    },
    publishing::responsibility::{Kind, Level, Matrix, Reach, Split},
};

/// What is set for a unit and holds below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Where it is set.
    pub unit: UnitId,
    /// Who approves.
    pub role: Role,
    /// Where the centre is; none: the unit itself.
    pub approver_unit: Option<UnitId>,
    /// Nobody approves what they wrote.
    pub four_eyes: bool,
    /// Who does what.
    pub matrix: Matrix,
}

impl Rule {
    /// The unit whose people are the centre.
    pub fn centre(&self) -> UnitId {
        self.approver_unit.unwrap_or(self.unit)
    }
}

/// The rule that holds in a unit: its own, else the nearest above.
pub fn rule_in_force(conn: &mut Conn, unit: UnitId) -> Result<Option<Rule>, DbError> {
    let units = accounts::units(conn)?;
    let above = |id| units.iter().find(|u| u.id == id).and_then(|u| u.parent_id);
    let mut at = Some(unit);
    // a loop in the data ends with the last unit
    for _ in 0..=units.len() {
        let Some(id) = at else { break };
        if let Some(rule) = rule_of(conn, id)? {
            return Ok(Some(rule));
        }
        at = above(id);
    }
    Ok(None)
}

/// What is set for this very unit.
fn rule_of(conn: &mut Conn, unit: UnitId) -> Result<Option<Rule>, DbError> {
    let row: Option<(Role, Option<UnitId>, bool)> = approval_rules::table
        .find(unit)
        .select((approval_rules::role, approval_rules::approver_unit, approval_rules::four_eyes))
        .first(conn)
        .optional()?;
    let Some((role, approver_unit, four_eyes)) = row else { return Ok(None) };
    let mut cells: Vec<(Kind, Reach, Split)> = responsibilities::table
        .filter(responsibilities::unit_id.eq(unit))
        .select((
            responsibilities::content,
            responsibilities::reach,
            (
                responsibilities::drafts,
                responsibilities::reviews,
                responsibilities::approves,
                responsibilities::publishes,
                responsibilities::answers,
            ),
        ))
        .load::<(Kind, Reach, (Level, Level, Level, Level, Level))>(conn)?
        .into_iter()
        .map(|(content, reach, (drafts, reviews, approves, publishes, answers))| {
            (content, reach, Split { drafts, reviews, approves, publishes, answers })
        })
        .collect();
    cells.sort_by_key(|(content, reach, _)| (*content, *reach));
    Ok(Some(Rule { unit, role, approver_unit, four_eyes, matrix: Matrix(cells) }))
}

/// Sets a unit's own rule in the place of the one it had.
pub(in crate::publishing) fn set_rule(
    conn: &mut Conn,
    rule: &Rule,
    by: &str,
    now: Instant,
) -> Result<(), DbError> {
    lift_rule(conn, rule.unit)?;
    diesel::insert_into(approval_rules::table)
        .values((
            approval_rules::unit_id.eq(rule.unit),
            approval_rules::role.eq(rule.role),
            approval_rules::approver_unit.eq(rule.approver_unit),
            approval_rules::four_eyes.eq(rule.four_eyes),
            approval_rules::set_by.eq(by),
            approval_rules::set_at.eq(now),
        ))
        .execute(conn)?;
    for (content, reach, split) in &rule.matrix.0 {
        diesel::insert_into(responsibilities::table)
            .values((
                responsibilities::unit_id.eq(rule.unit),
                responsibilities::content.eq(content),
                responsibilities::reach.eq(reach),
                responsibilities::drafts.eq(split.drafts),
                responsibilities::reviews.eq(split.reviews),
                responsibilities::approves.eq(split.approves),
                responsibilities::publishes.eq(split.publishes),
                responsibilities::answers.eq(split.answers),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Takes a unit's own rule away, so that the one above holds again.
pub(in crate::publishing) fn lift_rule(conn: &mut Conn, unit: UnitId) -> Result<(), DbError> {
    diesel::delete(responsibilities::table.filter(responsibilities::unit_id.eq(unit))).execute(conn)?;
    diesel::delete(approval_rules::table.find(unit)).execute(conn)?;
    Ok(())
}
