//! Who sits in a panel: seats, which of them must be filled, and until when they are. Pure rules.

use diesel::Queryable;

use crate::{
    base::{
        Instant,
        id::{MembershipId, UserId},
    },
    words,
};

words! {
    /// As what somebody sits in a panel.
    pub enum Seat {
        /// The leader who hires.
        Manager = "manager",
        /// A colleague.
        Employee = "employee",
        /// Tillidsrepræsentant.
        Union = "union",
        /// Arbejdsmiljørepræsentant.
        Safety = "safety",
        /// From the parents' or users' board.
        Parents = "parents",
        /// From HR.
        Hr = "hr",
        /// Somebody who knows the trade.
        Expert = "expert",
        /// From outside the house; always until a day.
        External = "external",
    }
}

words! {
    /// What kind of position a panel is for.
    pub enum Category {
        /// Somebody who will lead others.
        Leader = "leader",
        /// Everybody else.
        Staff = "staff",
    }
}

impl Seat {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Manager => "seat-manager",
            Self::Employee => "seat-employee",
            Self::Union => "seat-union",
            Self::Safety => "seat-safety",
            Self::Parents => "seat-parents",
            Self::Hr => "seat-hr",
            Self::Expert => "seat-expert",
            Self::External => "seat-external",
        }
    }
}

impl Category {
    /// Of a position in this profession.
    pub fn of(profession: Option<&str>) -> Self {
        if profession == Some("team_leader") { Self::Leader } else { Self::Staff }
    }
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Leader => "panel-category-leader",
            Self::Staff => "panel-category-staff",
        }
    }
    /// Which seats must be filled where the organisation has said nothing else.
    pub const fn required(self) -> &'static [Seat] {
        match self {
            Self::Leader => &[Seat::Manager, Seat::Employee, Seat::Union],
            Self::Staff => &[Seat::Manager, Seat::Employee],
        }
    }
}

/// Somebody in a panel, now or at another time.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The right that goes with it.
    pub membership: MembershipId,
    /// Who.
    pub user: UserId,
    /// Their name.
    pub name: String,
    /// As what.
    pub seat: Seat,
    /// Leads the panel.
    pub chair: bool,
    /// From when.
    pub from: Instant,
    /// Before when it ends; none: until it is ended.
    pub to: Option<Instant>,
}

impl Member {
    /// Whether this seat holds at `now`; to the second, as the right does.
    pub fn sits(&self, now: Instant) -> bool {
        self.from <= now && !self.has_ended(now)
    }
    /// Whether it is over.
    pub fn has_ended(&self, now: Instant) -> bool {
        self.to.is_some_and(|to| to <= now)
    }
}

/// Why a seat that must be filled is not.
#[derive(Queryable, Clone, Debug, PartialEq, Eq)]
pub struct Gap {
    /// Which.
    pub seat: Seat,
    /// Why.
    pub reason: String,
    /// Who said so, as `user:…`.
    pub said_by: String,
    /// When.
    pub said_at: Instant,
}

/// The seats that must be filled and are held by nobody at `now`, nor promised to anybody.
pub fn empty(required: &[Seat], members: &[Member], now: Instant) -> Vec<Seat> {
    let held = |seat: &Seat| members.iter().any(|m| m.seat == *seat && !m.has_ended(now));
    required.iter().copied().filter(|seat| !held(seat)).collect()
}

/// Until when each seat that must be filled is filled, or its emptiness explained; none when one is not.
pub fn seated_until(required: &[Seat], members: &[Member], gaps: &[Gap], now: Instant) -> Option<Instant> {
    let always = Instant::from_micros(i64::MAX);
    let mut until = always;
    for seat in required {
        let held = members
            .iter()
            .filter(|m| m.seat == *seat && !m.has_ended(now))
            .map(|m| m.to.unwrap_or(always))
            .max();
        let explained = gaps.iter().any(|g| g.seat == *seat).then_some(always);
        until = until.min(held.max(explained)?);
    }
    Some(until)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    fn member(seat: Seat, to: Option<i64>) -> Member {
        let chance = Chance::seeded(3);
        let at = Instant::from_seconds(10);
        Member {
            membership: MembershipId::new(at, &chance),
            user: UserId::new(at, &chance),
            name: "Kim".into(),
            seat,
            chair: false,
            from: at,
            to: to.map(Instant::from_seconds),
        }
    }
    fn at(seconds: i64) -> Instant {
        Instant::from_seconds(seconds)
    }

    #[test]
    fn a_seat_ends_to_the_second() {
        let sits = |s| member(Seat::Expert, Some(20)).sits(at(s));
        assert_eq!([9, 10, 19, 20].map(sits), [false, true, true, false]);
    }

    #[test]
    fn what_is_empty_and_until_when_it_is_not() {
        let required = Category::Leader.required();
        let manager = member(Seat::Manager, None);
        let employee = member(Seat::Employee, Some(30));
        let both = [manager, employee];
        assert_eq!(empty(required, &both, at(15)), [Seat::Union]);
        assert_eq!(seated_until(required, &both, &[], at(15)), None);
        let gap = Gap {
            seat: Seat::Union,
            reason: "Posten er ledig".into(),
            said_by: "user:x".into(),
            said_at: at(1),
        };
        assert_eq!(seated_until(required, &both, std::slice::from_ref(&gap), at(15)), Some(at(30)));
        assert_eq!(seated_until(required, &both, &[gap], at(30)), None);
        assert!(seated_until(&[], &[], &[], at(1)).is_some());
        assert_eq!(Category::of(Some("team_leader")), Category::Leader);
        assert_eq!(Category::of(None), Category::Staff);
    }
}
