//! Clocks that jump (publishing.md d.7): the machine's wall clock against its own steady one at every tick, and at the
//! start against what the database has seen. A clock that was set forward would send everything planned for the hours
//! between at once; one that is behind would hold leases that others see run out.

use std::time::Duration;

use super::store;
use crate::{
    base::Instant,
    db::{Conn, DbError},
};

/// Two clocks may differ by so much from one tick to the next.
const JUMP: Duration = Duration::from_secs(30);
/// Other nodes' clocks may be so far ahead of ours.
const AHEAD: Duration = Duration::from_secs(60);

/// The wall clock and the steady one (how long this process has run) at the last tick.
#[derive(Clone, Copy)]
pub(super) struct Ticks {
    /// The wall clock.
    pub wall: Instant,
    /// The steady one.
    pub steady: Duration,
}

impl Ticks {
    /// By how much the wall clock jumped since the last tick, when it did; said once.
    pub fn jumped(&mut self, now: Self) -> Option<Duration> {
        let was = std::mem::replace(self, now);
        let passed = now.steady.saturating_sub(was.steady);
        let (forward, back) = (now.wall.since(was.wall), was.wall.since(now.wall));
        let off = if back > Duration::ZERO { back + passed } else { forward.abs_diff(passed) };
        (off > JUMP).then_some(off)
    }
}

/// Until when nothing may be sent because this machine's clock is behind what the database has already seen; none when
/// it is not.
pub fn behind_until(conn: &mut Conn, now: Instant) -> Result<Option<Instant>, DbError> {
    Ok(store::newest_change(conn)?.filter(|newest| *newest > now + AHEAD))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_jump_is_said_once_and_a_slow_tick_is_none() {
        let at = |wall: i64, steady: u64| Ticks {
            wall: Instant::from_seconds(1_800_000_000 + wall),
            steady: Duration::from_secs(steady),
        };
        let mut ticks = at(0, 0);
        assert_eq!(ticks.jumped(at(100, 100)), None, "a tick may be late");
        assert_eq!(ticks.jumped(at(3701, 101)), Some(Duration::from_secs(3600)));
        assert_eq!(ticks.jumped(at(3702, 102)), None);
        assert_eq!(ticks.jumped(at(0, 103)), Some(Duration::from_secs(3703)), "back counts too");
    }
}
