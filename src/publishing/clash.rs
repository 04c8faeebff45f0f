//! Where posts meet: two on one account within so many minutes, or two units' ads for the same profession on one account on
//! the same day. Shown while a time is chosen and in the calendar; nothing is moved or refused for it.

use std::{
    collections::{BTreeSet, HashMap},
    time::Duration,
};

use chrono::NaiveDate;

use super::{
    slot,
    store::{self, Stand},
    timing::{self, Chosen},
};
use crate::{
    accounts,
    base::{
        Instant, Language, Subject,
        id::{AccountId, DeliveryId, UnitId},
        wall::WallTime,
    },
    channels::Connection,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    postings::{self, taxonomy},
    web::{Typed, forms::Errors},
};

/// A post at its time on its account.
#[derive(Clone, Debug)]
struct Post<'a> {
    at: Instant,
    day: NaiveDate,
    account: AccountId,
    unit: UnitId,
    profession: Option<&'a str>,
}

/// How two meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meeting {
    /// So many minutes apart.
    Near(u64),
    /// On one day, for the same profession, of two units.
    SameWish,
}

/// How two posts meet when `minutes` apart is too near; none: they do not.
fn meet(a: &Post<'_>, b: &Post<'_>, minutes: u64) -> Option<Meeting> {
    if a.account != b.account {
        return None;
    }
    let apart = a.at.since(b.at).max(b.at.since(a.at)).as_secs() / 60;
    if apart < minutes {
        return Some(Meeting::Near(apart));
    }
    let same = a.profession.is_some() && a.profession == b.profession;
    (same && a.unit != b.unit && a.day == b.day).then_some(Meeting::SameWish)
}

fn post(stand: &Stand, zone: chrono_tz::Tz) -> Post<'_> {
    Post {
        at: stand.due_at,
        day: WallTime::at(stand.due_at, zone).local.date(),
        account: stand.account,
        unit: stand.unit,
        profession: stand.profession.as_deref(),
    }
}

/// In a sentence: whose post it is, when it goes, and how near that is.
fn said(t: Speech, meeting: Meeting, other: &Stand, unit: &str, zone: chrono_tz::Tz) -> String {
    let time = format::clock(WallTime::at(other.due_at, zone).local, t.language());
    match meeting {
        Meeting::Near(minutes) => {
            t.with3("clash-near", "unit", unit, "time", time, "minutes", i64::try_from(minutes).unwrap_or(0))
        }
        Meeting::SameWish => {
            let code = other.profession.as_deref().unwrap_or_default();
            let profession = named(code, t.language());
            t.with3("clash-same", "unit", unit, "time", time, "profession", profession)
        }
    }
}

fn named(code: &str, language: Language) -> &str {
    taxonomy::name(taxonomy::professions(), code, language)
}

/// What a form is about to plan.
pub(super) struct Draft<'a> {
    pub subject: Subject,
    pub unit: UnitId,
    pub deadline: Option<Instant>,
    pub accounts: &'a [Connection],
    pub typed: &'a Typed,
}

/// What the ticked accounts meet at the time that the form says, each with its channel.
pub(super) fn ahead(c: &mut Conn, kit: &Kit, t: Speech, draft: &Draft<'_>) -> Result<Vec<String>, DbError> {
    let now = kit.clock.now();
    let (zone, minutes) = (kit.config.delivery.zone, kit.config.delivery.clash_minutes);
    // a time that cannot be read is said at its field
    let chosen = timing::read(draft.typed, kit, &mut Errors::none());
    let profession = match draft.subject {
        Subject::Posting(id) => postings::any(c, id)?.and_then(|ad| ad.content.terms.profession),
        Subject::Story(_) => None,
    };
    let units = names(c)?;
    let mut found = Vec::new();
    for account in draft.accounts {
        if !draft.typed.all("account").any(|id| id == account.id.to_string()) {
            continue;
        }
        let at = match &chosen {
            Chosen::Now => Some(now),
            Chosen::At(wall) => Some(wall.instant().0),
            Chosen::Slot => {
                let free = slot::free_of(c, kit, account.id, slot::ahead(now, draft.deadline), None)?;
                free.first().map(|wall| wall.instant().0)
            }
            Chosen::Repeat(_) | Chosen::Keep(_) => None,
        };
        let Some(at) = at else { continue };
        let day = WallTime::at(at, zone).local.date();
        let wanted =
            Post { at, day, account: account.id, unit: draft.unit, profession: profession.as_deref() };
        for other in store::standing(c, &[account.id], around(at, minutes))? {
            if let Some(meeting) = meet(&wanted, &post(&other, zone), minutes) {
                let unit = units.get(&other.unit).map_or("", String::as_str);
                let what = said(t, meeting, &other, unit, zone);
                found.push(format!("{}: {what}", account.place()));
            }
        }
    }
    Ok(found)
}

/// Wide enough for the day of a moment in any zone, and for what is near it.
fn around(at: Instant, minutes: u64) -> (Instant, Instant) {
    let wide = Duration::from_secs((minutes * 60).max(86_400));
    (at - wide, at + wide)
}

/// Whom each of these deliveries meets, in a sentence; those that meet nobody are not in it.
pub(super) fn marks(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    waiting: &[(DeliveryId, AccountId)],
    (from, before): (Instant, Instant),
) -> Result<HashMap<DeliveryId, String>, DbError> {
    let (zone, minutes) = (kit.config.delivery.zone, kit.config.delivery.clash_minutes);
    let accounts: BTreeSet<AccountId> = waiting.iter().map(|(_, account)| *account).collect();
    let accounts: Vec<AccountId> = accounts.into_iter().collect();
    let span = (around(from, minutes).0, around(before, minutes).1);
    let all = store::standing(c, &accounts, span)?;
    let units = names(c)?;
    // in order of their time, as they were read
    let mut on: HashMap<AccountId, Vec<(&Stand, Post<'_>)>> = HashMap::new();
    for stand in &all {
        on.entry(stand.account).or_default().push((stand, post(stand, zone)));
    }
    let mut marks = HashMap::new();
    for (id, account) in waiting {
        let Some(beside) = on.get(account) else { continue };
        let Some((_, mine)) = beside.iter().find(|(stand, _)| stand.delivery == *id) else { continue };
        let (first, last) = around(mine.at, minutes);
        let begin = beside.partition_point(|(_, post)| post.at < first);
        let others = beside.get(begin..).unwrap_or_default().iter().take_while(|(_, post)| post.at < last);
        let met = others
            .filter(|(other, _)| other.delivery != *id)
            .filter_map(|(other, post)| Some((*other, meet(mine, post, minutes)?)))
            // the nearest of them says enough
            .min_by_key(|(_, meeting)| match meeting {
                Meeting::Near(minutes) => *minutes,
                Meeting::SameWish => u64::MAX,
            });
        if let Some((other, meeting)) = met {
            let unit = units.get(&other.unit).map_or("", String::as_str);
            marks.insert(*id, said(t, meeting, other, unit, zone));
        }
    }
    Ok(marks)
}

fn names(c: &mut Conn) -> Result<HashMap<UnitId, String>, DbError> {
    Ok(accounts::units(c)?.into_iter().map(|unit| (unit.id, unit.name)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(minute: i64, account: u128, unit: u128, profession: Option<&'static str>) -> Post<'static> {
        let at = Instant::from_seconds(1_795_514_400 + minute * 60);
        Post {
            at,
            day: WallTime::at(at, chrono_tz::Europe::Copenhagen).local.date(),
            account: AccountId::from_number(account),
            unit: UnitId::from_number(unit),
            profession,
        }
    }

    #[test]
    fn near_is_either_way_and_on_one_account() {
        let own = at(0, 1, 1, None);
        assert_eq!(meet(&own, &at(59, 1, 2, None), 60), Some(Meeting::Near(59)));
        assert_eq!(meet(&at(59, 1, 2, None), &own, 60), Some(Meeting::Near(59)));
        assert_eq!(meet(&own, &at(60, 1, 2, None), 60), None);
        assert_eq!(meet(&own, &at(1, 2, 2, None), 60), None, "another account");
        assert_eq!(meet(&own, &own, 0), None, "0 switches it off");
    }

    #[test]
    fn two_units_that_look_for_the_same_people_meet_on_a_day() {
        let own = at(0, 1, 1, Some("cook"));
        assert_eq!(meet(&own, &at(180, 1, 2, Some("cook")), 60), Some(Meeting::SameWish));
        assert_eq!(meet(&own, &at(180, 1, 1, Some("cook")), 60), None, "its own two ads");
        assert_eq!(meet(&own, &at(180, 1, 2, Some("nurse")), 60), None);
        assert_eq!(meet(&own, &at(1440, 1, 2, Some("cook")), 60), None, "the next day");
        assert_eq!(meet(&at(0, 1, 1, None), &at(180, 1, 2, None), 60), None, "stories look for nobody");
    }
}
