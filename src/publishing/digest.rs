//! The letter that tells somebody in the morning how their posts go: what asks for them, what goes out, what is out and what it
//! brought. Only what needs a person at once is a letter of its own; everything else waits for this one.

use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;

use super::{
    letters, said,
    store::{self, Delivery},
    subject,
};
use crate::{
    accounts::{User, audit::Actor},
    applications,
    base::{
        Instant, Subject,
        holidays::{later_working_day, working_day_from},
        id::{LinkId, PostingId},
        wall::WallTime,
    },
    config::Config,
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    mail::Letter,
    tracking, words,
};

words! {
    /// How often somebody wants the letter.
    pub enum Frequency {
        /// Every working day on which there is something to tell.
        Daily = "daily",
        /// On the first working day of the week.
        Weekly = "weekly",
        /// Not at all; what needs the person at once still comes.
        Never = "never",
    }
}

/// What somebody has asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wish {
    /// How often.
    pub frequency: Frequency,
    /// When the last letter was written.
    pub sent_at: Option<Instant>,
}

/// It is written between these hours on the wall; a service that was away all morning leaves it out.
const MORNING: std::ops::Range<u32> = 7..12;
/// Nobody is told of what is older than this, or further ahead.
pub(super) const OLDEST: Duration = Duration::from_secs(8 * 24 * 3600);
/// As many lines of a kind as a letter has; the rest is a number and a link.
const LINES: usize = 10;

impl Frequency {
    /// Whether it comes on this day.
    fn comes_on(self, day: NaiveDate) -> bool {
        match self {
            Self::Never => false,
            Self::Daily => working_day_from(day) == day,
            Self::Weekly => {
                let monday = day - chrono::Days::new(u64::from(day.weekday().num_days_from_monday()));
                working_day_from(monday) == day
            }
        }
    }
}

impl Wish {
    /// Whether a letter is to be written now.
    pub fn is_due(self, now: Instant, zone: Tz) -> bool {
        let local = WallTime::at(now, zone).local;
        let written_today =
            self.sent_at.is_some_and(|at| WallTime::at(at, zone).local.date() == local.date());
        MORNING.contains(&local.hour()) && self.frequency.comes_on(local.date()) && !written_today
    }

    /// From when on what has happened is news.
    pub fn since(self, now: Instant) -> Instant {
        let usual = match self.frequency {
            Frequency::Daily => Duration::from_secs(24 * 3600),
            Frequency::Weekly | Frequency::Never => Duration::from_secs(7 * 24 * 3600),
        };
        self.sent_at.map_or(now - usual, |at| at.max(now - OLDEST))
    }

    /// Up to when what goes out is told of: until the next letter.
    fn until(self, now: Instant, zone: Tz) -> Instant {
        match self.frequency {
            Frequency::Daily => {
                let next = later_working_day(WallTime::at(now, zone).local.date());
                let at = NaiveTime::from_hms_opt(MORNING.start, 0, 0).unwrap_or_default();
                WallTime { local: next.and_time(at), zone }.instant().0
            }
            Frequency::Weekly | Frequency::Never => now + Duration::from_secs(7 * 24 * 3600),
        }
    }
}

/// A post in the letter.
#[derive(Clone, Debug)]
pub struct Line {
    /// What, where and when.
    pub what: String,
    /// What is to be said of it; may be empty.
    pub note: String,
    /// Where one reads on.
    pub href: String,
}

/// Posts of which the same is said.
#[derive(Clone, Debug)]
pub struct Part {
    /// What is said of them.
    pub title: String,
    /// The first ones.
    pub lines: Vec<Line>,
    /// How many there are besides.
    pub more: usize,
    /// Where all of them are.
    pub href: &'static str,
}

/// All there is to tell somebody.
#[derive(Clone, Debug, Default)]
pub struct Digest {
    /// How many ask for them, go out, are out.
    pub counts: [usize; 3],
    /// Those of them that there are.
    pub parts: Vec<Part>,
}

/// Reads it, as it stands now.
pub fn read(c: &mut Conn, kit: &Kit, user: &User, t: Speech, wish: Wish) -> Result<Digest, DbError> {
    let (now, zone) = (kit.clock.now(), kit.config.delivery.zone);
    let actor = Actor::User(user.id).to_string();
    let asking = store::asking_of(c, &actor)?;
    let mut ahead = store::ahead_of(c, &actor, now, wish.until(now, zone))?;
    ahead.retain(|(row, _)| asking.iter().all(|(other, _)| other.id != row.id));
    let out = store::out_of(c, &actor, wish.since(now))?;
    let counts = [asking.len(), ahead.len(), out.len()];
    let mut parts = Vec::new();
    for (key, href, rows) in [
        ("digest-asking", "/udsendelser", &asking),
        ("digest-ahead", "/kalender", &ahead),
        ("digest-out", "/udsendelser", &out),
    ] {
        if rows.is_empty() {
            continue;
        }
        let mut lines = Vec::new();
        let told = &rows[..rows.len().min(LINES)];
        let brought = if key == "digest-out" { Some(Brought::read(c, told)?) } else { None };
        for (row, about) in told {
            let note = match &brought {
                Some(brought) => brought.said(t, row, *about),
                None if key == "digest-asking" => said::what_now(t, row, None, now),
                None => String::new(),
            };
            lines.push(line(c, kit, t, row, *about, note)?);
        }
        parts.push(Part {
            title: t.with(key, "count", rows.len()),
            more: rows.len() - lines.len(),
            lines,
            href,
        });
    }
    Ok(Digest { counts, parts })
}

fn line(
    c: &mut Conn,
    kit: &Kit,
    t: Speech,
    row: &Delivery,
    about: Subject,
    note: String,
) -> Result<Line, DbError> {
    let title = subject::title(c, kit, about, t.language())?;
    let place = letters::account(c, row)?;
    let when = said::time(t, row, row.due_at);
    Ok(Line {
        what: t.with3("delivery-letter-post", "title", title, "account", place, "when", when),
        note,
        href: match row.state.waits_for_approval() {
            true => format!("/godkendelser/{}", row.publication_id),
            false => format!("/udsendelser/{}", row.id),
        },
    })
}

/// How many followed the links of posts, and how many of them applied.
struct Brought {
    clicks: BTreeMap<LinkId, i64>,
    applied: BTreeMap<LinkId, i64>,
}

impl Brought {
    fn read(c: &mut Conn, posts: &[(Delivery, Subject)]) -> Result<Self, DbError> {
        let links: Vec<LinkId> = posts.iter().map(|(row, _)| row.link_id).collect();
        let ads: BTreeSet<PostingId> = posts.iter().filter_map(|(_, about)| about.posting()).collect();
        let ads: Vec<PostingId> = ads.into_iter().collect();
        Ok(Self { clicks: tracking::followed(c, &links)?, applied: applications::counts_by_link(c, &ads)? })
    }
    fn said(&self, t: Speech, row: &Delivery, about: Subject) -> String {
        let of = |counts: &BTreeMap<LinkId, i64>| counts.get(&row.link_id).copied().unwrap_or(0);
        match about {
            Subject::Story(_) => t.with("digest-clicks", "count", of(&self.clicks)),
            Subject::Posting(_) => {
                t.with2("digest-brought", "clicks", of(&self.clicks), "applied", of(&self.applied))
            }
        }
    }
}

/// As a letter; none when there is nothing to tell.
pub fn letter(config: &Config, to: &User, digest: &Digest, now: Instant) -> Option<Letter> {
    if digest.parts.is_empty() {
        return None;
    }
    let t = Speech(to.language);
    let base = &config.server.public_url;
    let mut paragraphs = vec![t.with("delivery-letter-greeting", "name", &to.name)];
    for part in &digest.parts {
        let mut lines = vec![part.title.clone()];
        for line in &part.lines {
            lines.push(format!("- {}", line.what));
            lines.extend(Some(&line.note).filter(|n| !n.is_empty()).map(|note| format!("  {note}")));
            lines.push(format!("  {base}{}", line.href));
        }
        if part.more > 0 {
            lines.push(format!("{} {base}{}", t.with("digest-more", "count", part.more), part.href));
        }
        paragraphs.push(lines.join("\n"));
    }
    paragraphs.push(t.with("digest-settings", "address", format!("{base}/morgenbrev")));
    paragraphs.push(t.with("delivery-letter-sender", "org", &config.organisation.name));
    let [asking, ahead, out] = digest.counts;
    let subject = if asking > 0 {
        t.with("digest-subject-asking", "count", asking)
    } else {
        t.with2("digest-subject", "ahead", ahead, "out", out)
    };
    let day = WallTime::at(now, config.delivery.zone).local.date();
    Some(Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject,
        text: paragraphs.join("\n\n"),
        key: format!("digest.{}.{day}", to.id),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: Tz = chrono_tz::Europe::Copenhagen;

    fn at(text: &str) -> Instant {
        WallTime::parse(text, ZONE).unwrap().instant().0
    }
    fn due(frequency: Frequency, sent: Option<&str>, now: &str) -> bool {
        Wish { frequency, sent_at: sent.map(at) }.is_due(at(now), ZONE)
    }

    #[test]
    fn it_comes_once_on_a_working_morning() {
        use Frequency::Daily;
        assert!(!due(Daily, None, "2026-11-24T06:59"));
        assert!(due(Daily, None, "2026-11-24T07:00"));
        assert!(!due(Daily, Some("2026-11-24T07:00"), "2026-11-24T08:00"));
        assert!(due(Daily, Some("2026-11-24T07:00"), "2026-11-25T07:10"));
        assert!(!due(Daily, None, "2026-11-24T12:00"), "in the afternoon it is no morning letter");
        assert!(!due(Daily, None, "2026-11-28T08:00"), "a Saturday");
        assert!(!due(Daily, None, "2026-12-25T08:00"), "Christmas");
        assert!(!due(Frequency::Never, None, "2026-11-24T07:00"));
    }

    #[test]
    fn a_weekly_one_comes_when_the_week_of_work_begins() {
        use Frequency::Weekly;
        assert!(due(Weekly, None, "2026-11-23T07:30"));
        assert!(!due(Weekly, None, "2026-11-24T07:30"));
        assert!(!due(Weekly, None, "2027-03-29T07:30"), "Easter Monday");
        assert!(due(Weekly, None, "2027-03-30T07:30"));
    }

    #[test]
    fn on_friday_the_weekend_is_told_of_and_on_monday_what_happened_in_it() {
        let friday = at("2026-11-27T07:05");
        let wish = Wish { frequency: Frequency::Daily, sent_at: Some(friday) };
        assert_eq!(wish.until(friday, ZONE), at("2026-11-30T07:00"));
        assert_eq!(wish.since(at("2026-11-30T07:05")), friday);
        assert_eq!(
            wish.since(at("2026-12-30T07:05")),
            at("2026-12-22T07:05"),
            "after a holiday a week is enough"
        );
    }
}
