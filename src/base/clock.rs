//! Time, handed in: real, or set by a test. An [`Instant`] is microseconds since 1970 in UTC.

use std::{
    fmt,
    ops::{Add, Sub},
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use chrono::{DateTime, Utc};
use diesel::{deserialize::FromSqlRow, expression::AsExpression, sql_types::BigInt};
use serde::{Deserialize, Serialize};

/// Microseconds since 1970-01-01T00:00:00Z. The only form in which a time is stored.
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, AsExpression, FromSqlRow, Serialize, Deserialize,
)]
#[diesel(sql_type = BigInt)]
#[serde(transparent)]
pub struct Instant(i64);

impl Instant {
    /// From microseconds since 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }
    /// From seconds since 1970.
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * 1_000_000)
    }
    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }
    /// Whole seconds since 1970.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }
    /// As a date and time in UTC.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(DateTime::<Utc>::MIN_UTC)
    }
    /// From a date and time in UTC.
    pub fn from_utc(at: DateTime<Utc>) -> Self {
        Self(at.timestamp_micros())
    }
    /// RFC 3339 in UTC with seconds, as feeds and the API write it.
    pub fn rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
    }
    /// RFC 3339 in UTC with milliseconds.
    pub fn rfc3339_millis(self) -> String {
        self.utc().to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
    }
    /// The start of the hour it lies in.
    pub const fn hour(self) -> Self {
        Self(self.0.div_euclid(3_600_000_000) * 3_600_000_000)
    }
    /// How long since `earlier`; zero when that is later.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_micros(u64::try_from(self.0 - earlier.0).unwrap_or(0))
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.utc().to_rfc3339_opts(chrono::SecondsFormat::Micros, true))
    }
}

impl Add<Duration> for Instant {
    type Output = Self;
    fn add(self, by: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }
}

impl Sub<Duration> for Instant {
    type Output = Self;
    fn sub(self, by: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
    }
}

/// Tells the time. Cheap to clone; a set clock is shared by its clones.
#[derive(Clone)]
pub struct Clock(Kind);

#[derive(Clone)]
enum Kind {
    Real,
    Set(Arc<AtomicI64>),
    /// So many microseconds behind the real one.
    Behind(Arc<AtomicI64>),
}

impl Clock {
    /// The machine's clock.
    pub const fn real() -> Self {
        Self(Kind::Real)
    }
    /// A clock that stands until a test moves it.
    pub fn set_to(at: Instant) -> Self {
        Self(Kind::Set(Arc::new(AtomicI64::new(at.0))))
    }
    /// The machine's clock, set back: what the demonstration has lived through before anybody looks at it.
    pub fn behind(by: Duration) -> Self {
        Self(Kind::Behind(Arc::new(AtomicI64::new(i64::try_from(by.as_micros()).unwrap_or(0)))))
    }
    /// Moves a clock that is behind on to `at`, never back and never past the real time.
    pub fn forward_to(&self, at: Instant) {
        if let Kind::Behind(by) = &self.0 {
            let wanted = (Self::real().now().0 - at.0).max(0);
            by.fetch_min(wanted, Ordering::SeqCst);
        }
    }
    /// The time now.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn now(&self) -> Instant {
        match &self.0 {
            Kind::Real => Instant::from_utc(Utc::now()),
            Kind::Set(at) => Instant(at.load(Ordering::SeqCst)),
            Kind::Behind(by) => Instant(Utc::now().timestamp_micros() - by.load(Ordering::SeqCst)),
        }
    }
    /// Moves a set clock on; does nothing to the real one.
    pub fn advance(&self, by: Duration) {
        if let Kind::Set(at) = &self.0 {
            at.fetch_add(i64::try_from(by.as_micros()).unwrap_or(0), Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_that_is_behind_catches_up_and_never_goes_back() {
        let clock = Clock::behind(Duration::from_secs(1000));
        let (began, real) = (clock.now(), Clock::real());
        assert!(real.now().since(began) >= Duration::from_secs(999));
        clock.forward_to(began + Duration::from_secs(600));
        let midway = clock.now();
        assert!(midway.since(began) >= Duration::from_secs(599) && midway < real.now());
        clock.forward_to(began);
        assert!(clock.now() >= midway);
        clock.forward_to(real.now() + Duration::from_secs(60));
        assert!(real.now().since(clock.now()) < Duration::from_secs(5));
    }
}
