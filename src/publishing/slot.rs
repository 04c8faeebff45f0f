//! Slots: the places in the week at which an account posts, as wall times. Which of them are free is worked out from the
//! deliveries each time it is asked (R55): one that is cancelled, fails or is moved frees its slot without anybody telling
//! anyone. Whoever takes one holds the account's lock until the commit, so two people never get the same.

use std::time::Duration;

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike, Weekday};
use chrono_tz::Tz;

use super::store;
use crate::{
    base::{
        Instant,
        id::{AccountId, DeliveryId},
        wall::WallTime,
    },
    channels,
    db::{Conn, DbError},
    kit::Kit,
    web::forms::Errors,
};

/// So far ahead a free slot is looked for, in days.
const AHEAD: u64 = 90;
/// Two posts in the same minute are never in two slots, whatever the distance is set to.
const MINUTE: Duration = Duration::from_secs(60);
/// Most slots of an account in a week.
pub const MOST: usize = 70;

/// The week as people read it.
pub const WEEK: [Weekday; 7] =
    [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

/// A place in the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slot {
    /// 0 = Monday.
    pub weekday: u8,
    /// On the wall, from midnight.
    pub minute: u16,
}

impl Slot {
    /// From columns or fields; none when there is no such place in a week.
    pub fn new(weekday: u32, minute: u32) -> Option<Self> {
        let (weekday, minute) = (u8::try_from(weekday).ok()?, u16::try_from(minute).ok()?);
        (weekday < 7 && minute < 24 * 60).then_some(Self { weekday, minute })
    }

    /// The time of day.
    pub fn time(self) -> NaiveTime {
        let minute = u32::from(self.minute);
        NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or(NaiveTime::MIN)
    }
}

/// A time of day as people write it (`8.30`, `08:30`, `8`), in minutes from midnight.
pub fn minute_of(written: &str) -> Option<u32> {
    let (hour, minute) = written.split_once(['.', ':']).unwrap_or((written, "00"));
    let number = |text: &str| {
        let digits = !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
        digits.then(|| text.parse::<u32>().ok()).flatten()
    };
    let (hour, minute) = (number(hour)?, number(minute).filter(|_| minute.len() == 2)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// A minute of the day as the forms write it: `8.30`.
pub fn written(minute: u32) -> String {
    format!("{}.{:02}", minute / 60, minute % 60)
}

/// When these slots come from `first` on and before `end`, in order.
fn times(slots: &[Slot], first: NaiveDate, end: NaiveDate) -> Vec<NaiveDateTime> {
    let mut found = Vec::new();
    for day in first.iter_days().take_while(|day| *day < end) {
        let weekday = day.weekday().num_days_from_monday();
        let mut today: Vec<u16> =
            slots.iter().filter(|slot| u32::from(slot.weekday) == weekday).map(|slot| slot.minute).collect();
        today.sort_unstable();
        found.extend(
            today.into_iter().filter_map(|m| day.and_hms_opt(u32::from(m) / 60, u32::from(m) % 60, 0)),
        );
    }
    found
}

/// The slots after `from` and before `until` that keep `distance` from everything that is `taken`. In the hour that does not
/// exist they come at its end, in the one that comes twice the first time (d.7); two that meet there are one.
pub fn free(
    slots: &[Slot],
    taken: &[Instant],
    (from, until): (Instant, Instant),
    zone: Tz,
    distance: Duration,
) -> Vec<WallTime> {
    let day = |at: Instant| WallTime::at(at, zone).local.date();
    let end = day(until).checked_add_days(Days::new(1)).unwrap_or(NaiveDate::MAX);
    let distance = distance.max(MINUTE);
    let mut last = None;
    let mut found = Vec::new();
    for local in times(slots, day(from), end) {
        let wall = WallTime { local, zone };
        let at = wall.instant().0;
        let apart = taken.iter().all(|t| at.since(*t).max(t.since(at)) >= distance);
        if at > from && at < until && apart && last != Some(at) {
            last = Some(at);
            found.push(wall);
        }
    }
    found
}

/// The free slots of an account between two moments; `apart`: as if this delivery were not there.
pub(super) fn free_of(
    c: &mut Conn,
    kit: &Kit,
    account: AccountId,
    span: (Instant, Instant),
    apart: Option<DeliveryId>,
) -> Result<Vec<WallTime>, DbError> {
    let slots = store::slots_of(c, account)?;
    if slots.is_empty() {
        return Ok(Vec::new());
    }
    let settings = &kit.config.delivery;
    let distance = Duration::from_secs(settings.spacing_seconds).max(MINUTE);
    let taken = store::taken(c, account, span.0 - distance, span.1 + distance, apart)?;
    Ok(free(&slots, &taken, span, settings.zone, distance))
}

/// Where slots are looked for from `now` on, up to a deadline.
pub(super) fn ahead(now: Instant, deadline: Option<Instant>) -> (Instant, Instant) {
    let end = now + Duration::from_secs(AHEAD * 86_400);
    (now, deadline.map_or(end, |deadline| deadline.min(end)))
}

/// Takes nothing yet, but nobody else can take it before this transaction ends: the account's next free slot.
pub(super) fn next(
    c: &mut Conn,
    kit: &Kit,
    account: AccountId,
    (now, deadline): (Instant, Option<Instant>),
    apart: Option<DeliveryId>,
) -> Result<Option<WallTime>, DbError> {
    store::lock_account(c, account)?;
    Ok(free_of(c, kit, account, ahead(now, deadline), apart)?.into_iter().next())
}

/// The next free slot of each of these accounts; one without any is an error at the choice of times. They are locked in one
/// order, so that two who plan at once wait for each other instead of for ever.
pub(super) fn next_of_each(
    c: &mut Conn,
    kit: &Kit,
    mut accounts: Vec<AccountId>,
    span: (Instant, Option<Instant>),
    errors: &mut Errors,
) -> Result<Vec<(AccountId, WallTime)>, DbError> {
    accounts.sort_unstable();
    accounts.dedup();
    let mut placed = Vec::new();
    for id in accounts {
        let name = channels::connection(c, id)?.map(|account| account.handle).unwrap_or_default();
        if store::slots_of(c, id)?.is_empty() {
            errors.add_with("timing", "publish-error-no-slots", "account", name);
            continue;
        }
        match next(c, kit, id, span, None)? {
            Some(wall) => placed.push((id, wall)),
            None => errors.add_with("timing", "publish-error-slots-full", "account", name),
        }
    }
    Ok(placed)
}

/// The slots as the form shows them, by weekday: `8.30, 12.00`.
pub fn by_weekday(slots: &[Slot]) -> [String; 7] {
    std::array::from_fn(|weekday| {
        let mut minutes: Vec<u16> =
            slots.iter().filter(|s| usize::from(s.weekday) == weekday).map(|s| s.minute).collect();
        minutes.sort_unstable();
        minutes.into_iter().map(|m| written(u32::from(m))).collect::<Vec<_>>().join(", ")
    })
}

/// Puts these in the place of an account's slots, in the caller's transaction. What is planned stays where it is.
pub fn set(c: &mut Conn, account: AccountId, slots: &[Slot]) -> Result<(), DbError> {
    store::put_slots(c, account, slots)
}

/// Minutes past midnight of a time of day.
pub fn minutes(time: NaiveTime) -> u32 {
    time.hour() * 60 + time.minute()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono_tz::Europe::Copenhagen;

    fn at(text: &str) -> Instant {
        WallTime::parse(text, Copenhagen).unwrap().instant().0
    }

    fn slot(weekday: u32, time: &str) -> Slot {
        Slot::new(weekday, minute_of(time).unwrap()).unwrap()
    }

    fn walls(found: &[WallTime]) -> Vec<String> {
        found.iter().map(WallTime::field).collect()
    }

    #[test]
    fn times_are_read_as_people_write_them() {
        assert_eq!(minute_of("8.30"), Some(510));
        assert_eq!(minute_of("08:30"), Some(510));
        assert_eq!(minute_of("8"), Some(480));
        for wrong in ["", "24.00", "8.60", "8.3", "otte", "-1", "8.30.00", "008.30"] {
            assert_eq!(minute_of(wrong), None, "{wrong}");
        }
        assert_eq!(by_weekday(&[slot(1, "12"), slot(1, "8.30")])[1], "8.30, 12.00");
    }

    #[test]
    fn what_is_taken_or_too_near_is_not_free() {
        let slots = [slot(1, "8.30"), slot(3, "8.30")];
        let span = (at("2026-12-01T08:30"), at("2026-12-11T00:00"));
        let two = Duration::from_secs(120);
        let all = free(&slots, &[], span, Copenhagen, two);
        // the one that is now has gone
        assert_eq!(walls(&all), ["2026-12-03T08:30", "2026-12-08T08:30", "2026-12-10T08:30"]);
        let near = free(&slots, &[at("2026-12-03T08:31"), at("2026-12-08T08:32")], span, Copenhagen, two);
        assert_eq!(walls(&near), ["2026-12-08T08:30", "2026-12-10T08:30"]);
        // with no distance at all the same minute is still taken
        let same = free(&slots, &[at("2026-12-03T08:30")], span, Copenhagen, Duration::ZERO);
        assert_eq!(walls(&same).len(), 2);
    }

    #[test]
    fn the_clock_moves_and_the_slot_stays_on_the_wall() {
        let slots = [slot(6, "2.30"), slot(6, "3.00"), slot(6, "9.00")];
        let two = Duration::from_secs(120);
        let spring = (at("2027-03-27T12:00"), at("2027-03-28T23:00"));
        let found = free(&slots, &[], spring, Copenhagen, two);
        // half past two does not exist: it comes at three, where another one is already
        assert_eq!(walls(&found), ["2027-03-28T02:30", "2027-03-28T09:00"]);
        assert_eq!(found[1].instant().0.rfc3339(), "2027-03-28T07:00:00Z");
        let autumn = (at("2027-10-30T12:00"), at("2027-10-31T23:00"));
        let found = free(&slots, &[], autumn, Copenhagen, two);
        assert_eq!(found[0].instant().0.rfc3339(), "2027-10-31T00:30:00Z");
        assert_eq!(found[2].instant().0.rfc3339(), "2027-10-31T08:00:00Z");
    }
}
