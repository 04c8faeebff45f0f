//! Wall times with their zone: what a person wrote ("6. december kl. 23.59 i København") and the
//! instant that follows from it. Zone data is compiled in (R11).

use chrono::{LocalResult, NaiveDateTime, TimeDelta, TimeZone, Timelike};
use chrono_tz::Tz;

use super::Instant;

/// What the clock on the wall shows, and on which wall.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WallTime {
    /// Year to minute.
    pub local: NaiveDateTime,
    /// IANA zone.
    pub zone: Tz,
}

/// What daylight saving did to a wall time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shift {
    /// Nothing.
    None,
    /// The hour does not exist that night; moved to the end of the gap.
    Gap,
    /// The hour comes twice; the first is meant.
    Fold,
}

impl WallTime {
    /// Reads `2026-12-06T23:59` or `2026-12-06 23.59` in the zone.
    pub fn parse(text: &str, zone: Tz) -> Option<Self> {
        let text = text.trim().replace(' ', "T");
        let (date, time) = text.split_once('T')?;
        let time = time.replace('.', ":");
        let hm: String = time.split(':').take(2).collect::<Vec<_>>().join(":");
        let local = NaiveDateTime::parse_from_str(&format!("{date}T{hm}"), "%Y-%m-%dT%H:%M").ok()?;
        Some(Self { local, zone })
    }

    /// The wall time of an instant.
    pub fn at(instant: Instant, zone: Tz) -> Self {
        Self { local: instant.utc().with_timezone(&zone).naive_local(), zone }
    }

    /// As it is stored and as a `datetime-local` field shows it: `2026-12-06T23:59`.
    pub fn field(&self) -> String {
        self.local.format("%Y-%m-%dT%H:%M").to_string()
    }

    /// The instant, and what daylight saving did: in a gap the first moment after it, in a fold the
    /// first of the two.
    pub fn instant(&self) -> (Instant, Shift) {
        match self.zone.from_local_datetime(&self.local) {
            LocalResult::Single(at) => (Instant::from_utc(at.to_utc()), Shift::None),
            LocalResult::Ambiguous(first, _) => (Instant::from_utc(first.to_utc()), Shift::Fold),
            LocalResult::None => {
                let mut later = self.local.with_second(0).unwrap_or(self.local);
                // gaps are whole minutes; the longest known is a day
                for _ in 0..1500 {
                    later += TimeDelta::minutes(1);
                    if let Some(at) = self.zone.from_local_datetime(&later).earliest() {
                        return (Instant::from_utc(at.to_utc()), Shift::Gap);
                    }
                }
                (Instant::from_utc(self.local.and_utc()), Shift::Gap)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Copenhagen;

    #[test]
    fn gap_and_fold() {
        let gap = WallTime::parse("2027-03-28T02:30", Copenhagen).unwrap();
        assert_eq!(gap.instant().0.rfc3339(), "2027-03-28T01:00:00Z");
        assert_eq!(gap.instant().1, Shift::Gap);
        let fold = WallTime::parse("2027-10-31 02.30", Copenhagen).unwrap();
        assert_eq!(
            (fold.instant().0.rfc3339().as_str(), fold.instant().1),
            ("2027-10-31T00:30:00Z", Shift::Fold)
        );
        let plain = WallTime::parse("2026-12-06T23:59", Copenhagen).unwrap();
        assert_eq!(plain.instant().0.rfc3339(), "2026-12-06T22:59:00Z");
        assert_eq!(WallTime::at(plain.instant().0, Copenhagen), plain);
    }
}
