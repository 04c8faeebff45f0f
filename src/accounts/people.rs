//! People with their roles, and which of them somebody else may manage.

use diesel::Queryable;

use super::{Role, Scope, User};
use crate::base::id::{MembershipId, PostingId, UnitId, UserId};

/// One role that holds.
#[derive(Queryable, Clone, Debug)]
pub struct Membership {
    /// Which.
    pub id: MembershipId,
    /// Whose.
    pub user_id: UserId,
    /// Where, and below.
    pub unit_id: UnitId,
    /// What.
    pub role: Role,
    /// A seat at this posting only.
    pub posting_id: Option<PostingId>,
}

/// Somebody and every role they hold.
#[derive(Clone, Debug)]
pub struct Person {
    /// Who.
    pub user: User,
    /// Whether they have chosen a password.
    pub can_log_in: bool,
    /// Their roles.
    pub roles: Vec<Membership>,
}

impl Person {
    /// Whether a manager of `scope` sees this person: someone with a role there; someone without any role only from the top.
    pub fn seen_from(&self, scope: &Scope, top: UnitId) -> bool {
        if self.roles.is_empty() {
            scope.covers_unit(top)
        } else {
            self.roles.iter().any(|role| scope.covers_unit(role.unit_id))
        }
    }

    /// Whether a manager of `scope` may shut this person out: no role of theirs lies outside it.
    pub fn held_by(&self, scope: &Scope, top: UnitId) -> bool {
        self.seen_from(scope, top) && self.roles.iter().all(|role| scope.covers_unit(role.unit_id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Chance, Instant, Language};

    fn person(roles: &[UnitId]) -> Person {
        let (now, chance) = (Instant::from_seconds(1), Chance::seeded(1));
        let id = UserId::new(now, &chance);
        let user =
            User { id, name: "A".into(), email: "a@x.dk".into(), language: Language::Da, disabled_at: None };
        let roles = roles
            .iter()
            .map(|unit_id| Membership {
                id: MembershipId::new(now, &chance),
                user_id: id,
                unit_id: *unit_id,
                role: Role::Recruiter,
                posting_id: None,
            })
            .collect();
        Person { user, can_log_in: true, roles }
    }

    #[test]
    fn a_manager_of_one_centre_cannot_shut_out_who_works_elsewhere_too() {
        let (now, chance) = (Instant::from_seconds(1), Chance::seeded(2));
        let [top, north, south] = std::array::from_fn(|_| UnitId::new(now, &chance));
        let scope = Scope { units: [north].into(), ..Scope::default() };
        assert!(person(&[north]).held_by(&scope, top));
        let both = person(&[north, south]);
        assert!(both.seen_from(&scope, top) && !both.held_by(&scope, top));
        assert!(!person(&[south]).seen_from(&scope, top));
        assert!(!person(&[]).seen_from(&scope, top), "only the top sees who has no role yet");
    }
}
