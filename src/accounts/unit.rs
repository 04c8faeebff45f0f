//! The municipality's tree: administration, centre, care home, ward.

use std::collections::{HashMap, HashSet};

use diesel::Queryable;

use super::Scope;
use crate::{base::id::UnitId, web::forms::Choice, words};

words! {
    /// What a unit is.
    pub enum UnitKind {
        /// The whole municipality or region; the root.
        Organisation = "organisation",
        /// Forvaltning.
        Department = "department",
        /// Center, område.
        Centre = "centre",
        /// A workplace.
        Workplace = "workplace",
    }
}

/// One unit.
#[derive(Queryable, Clone, Debug)]
pub struct Unit {
    /// Which.
    pub id: UnitId,
    /// The unit above; none for the root.
    pub parent_id: Option<UnitId>,
    /// As people say it.
    pub name: String,
    /// What it is.
    pub kind: UnitKind,
}

/// The given unit and everything below it. Loops in the data end instead of going round.
pub fn below(units: &[Unit], root: UnitId) -> HashSet<UnitId> {
    let mut children: HashMap<UnitId, Vec<UnitId>> = HashMap::new();
    for unit in units {
        if let Some(parent) = unit.parent_id {
            children.entry(parent).or_default().push(unit.id);
        }
    }
    let mut found = HashSet::new();
    let mut todo = vec![root];
    while let Some(id) = todo.pop() {
        if found.insert(id) {
            todo.extend(children.get(&id).into_iter().flatten());
        }
    }
    found
}

/// The units inside a scope to choose from, each set in as deep as it lies in the tree.
pub fn choices(units: &[Unit], scope: &Scope) -> Vec<Choice> {
    laid_out(units)
        .into_iter()
        .filter(|(_, unit)| scope.covers_unit(unit.id))
        .map(|(depth, unit)| Choice::new(unit.id, format!("{}{}", "\u{2003}".repeat(depth), unit.name)))
        .collect()
}

/// `units` as a tree laid flat: each with its depth, children after their parent, Danish order.
pub fn laid_out(units: &[Unit]) -> Vec<(usize, &Unit)> {
    fn lay<'a>(units: &'a [Unit], parent: Option<UnitId>, depth: usize, out: &mut Vec<(usize, &'a Unit)>) {
        let mut level: Vec<&Unit> = units.iter().filter(|u| u.parent_id == parent).collect();
        level.sort_by(|a, b| crate::i18n::format::danish_order(&a.name, &b.name));
        for unit in level {
            out.push((depth, unit));
            if depth < 20 {
                lay(units, Some(unit.id), depth + 1, out);
            }
        }
    }
    let mut out = Vec::with_capacity(units.len());
    lay(units, None, 0, &mut out);
    out
}
