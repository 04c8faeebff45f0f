//! Calendar files (RFC 5545, RFC 5546), fetched by a link and never attached to a mail (D-42).
//!
//! Times are written as UTC instants. Outlook wants the rules of every zone a file names, Google wants the zone's IANA name,
//! and either reads rules that are not quite right as it likes; an interview happens once, so it needs no rules, and an
//! instant in UTC is the same in both on every night of the year. `UID` is the interview's and never changes, `SEQUENCE`
//! grows with each change, so a newer file takes the place of an older one. One interview is sent as `PUBLISH`: `REQUEST`
//! would ask the reader's calendar to answer by mail to an address that reads no answers. When it is off, the file is a
//! `CANCEL` with `STATUS:CANCELLED`. Texts are escaped and long lines folded by the library.

use icalendar::{Calendar, Component as _, Event, EventLike as _, EventStatus, Property};

use crate::base::Instant;

/// One interview as a calendar keeps it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The same ever after.
    pub uid: String,
    /// Grows with every change.
    pub sequence: u32,
    /// It does not take place.
    pub off: bool,
    /// From.
    pub start: Instant,
    /// Until.
    pub end: Instant,
    /// When it last changed.
    pub changed: Instant,
    /// One line.
    pub summary: String,
    /// The rest.
    pub description: String,
    /// Where.
    pub location: String,
    /// Where to read more.
    pub url: String,
}

/// Who calls the meeting.
#[derive(Clone, Copy, Debug)]
pub struct Organiser<'a> {
    /// As readers know them.
    pub name: &'a str,
    /// Address of a mailbox that is read.
    pub email: &'a str,
}

/// One interview, for whoever is called to it.
pub fn one(entry: &Entry, by: Organiser<'_>) -> String {
    file(std::slice::from_ref(entry), if entry.off { "CANCEL" } else { "PUBLISH" }, by)
}

/// Several, for those who hold them; what is off stands among them as cancelled.
pub fn many(entries: &[Entry], by: Organiser<'_>) -> String {
    file(entries, "PUBLISH", by)
}

fn file(entries: &[Entry], method: &str, by: Organiser<'_>) -> String {
    let mut calendar = Calendar::empty();
    for (name, value) in [
        ("VERSION", "2.0"),
        ("PRODID", "-//Opslag//Opslag//DA"),
        ("CALSCALE", "GREGORIAN"),
        ("METHOD", method),
    ] {
        calendar.append_property(Property::new(name, value));
    }
    for entry in entries {
        calendar.push(event(entry, by));
    }
    calendar.to_string()
}

fn event(entry: &Entry, by: Organiser<'_>) -> Event {
    let mut event = Event::new();
    event
        .uid(&entry.uid)
        .sequence(entry.sequence)
        .timestamp(entry.changed.utc())
        .starts(entry.start.utc())
        .ends(entry.end.utc())
        .summary(&entry.summary)
        .description(&entry.description)
        .url(&entry.url);
    if !entry.location.is_empty() {
        event.location(&entry.location);
    }
    event.status(if entry.off { EventStatus::Cancelled } else { EventStatus::Confirmed });
    if !by.email.is_empty() {
        // a quoted value may hold anything but quotes
        let name = format!("\"{}\"", by.name.replace('"', "'"));
        event.append_property(
            Property::new("ORGANIZER", format!("mailto:{}", by.email)).add_parameter("CN", &name).done(),
        );
    }
    event.done()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::wall::WallTime;
    use chrono_tz::Europe::Copenhagen;
    use icalendar::{CalendarDateTime, DatePerhapsTime};

    const BY: Organiser<'_> = Organiser { name: "Fjordby; Kommune", email: "job@fjordby.example" };

    fn entry(local: &str, minutes: u64) -> Entry {
        let start = WallTime::parse(local, Copenhagen).unwrap().instant().0;
        Entry {
            uid: "interview-1@fjordby.example".into(),
            sequence: 3,
            off: false,
            start,
            end: start + std::time::Duration::from_secs(60 * minutes),
            changed: Instant::from_seconds(1_795_510_800),
            summary: "Samtale: SOSU-assistent, aften; Ærø, og en hel masse flere ord så linjen må foldes mindst en gang".into(),
            description: "Linje et\nLinje to, med komma; og \\skråstreg".into(),
            location: "Skovbakken 12, 8799 Fjordby N".into(),
            url: "https://job.fjordby.example/min-ansoegning/x/samtale".into(),
        }
    }

    fn utc(of: Option<DatePerhapsTime>) -> String {
        match of.unwrap() {
            DatePerhapsTime::DateTime(CalendarDateTime::Utc(at)) => at.format("%Y-%m-%dT%H:%MZ").to_string(),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_reader_finds_the_same_instants_and_words() {
        for (local, start, end) in [
            ("2026-12-14T09:00", "2026-12-14T08:00Z", "2026-12-14T08:45Z"),
            // both sides of both nights
            ("2027-03-27T09:00", "2027-03-27T08:00Z", "2027-03-27T08:45Z"),
            ("2027-03-28T09:00", "2027-03-28T07:00Z", "2027-03-28T07:45Z"),
            ("2027-03-28T01:30", "2027-03-28T00:30Z", "2027-03-28T01:15Z"),
            ("2027-10-30T09:00", "2027-10-30T07:00Z", "2027-10-30T07:45Z"),
            ("2027-10-31T02:30", "2027-10-31T00:30Z", "2027-10-31T01:15Z"),
            ("2027-10-31T09:00", "2027-10-31T08:00Z", "2027-10-31T08:45Z"),
        ] {
            let written = one(&entry(local, 45), BY);
            let read: Calendar = written.parse().unwrap();
            let event = read.events().next().unwrap();
            assert_eq!((utc(event.get_start()).as_str(), utc(event.get_end()).as_str()), (start, end));
            assert_eq!(event.get_summary(), Some(entry(local, 45).summary.as_str()));
            assert_eq!(event.get_description(), Some(entry(local, 45).description.as_str()));
            assert_eq!(event.get_uid(), Some("interview-1@fjordby.example"));
            assert_eq!(event.property_value("SEQUENCE"), Some("3"));
            assert_eq!(event.get_status(), Some(EventStatus::Confirmed));
        }
    }

    #[test]
    fn lines_are_folded_and_ended_as_the_rules_say_and_texts_escaped() {
        let written = one(&entry("2026-12-14T09:00", 45), BY);
        assert!(written.ends_with("END:VCALENDAR\r\n"));
        for line in written.split("\r\n") {
            assert!(line.len() <= 75, "{line}");
            assert!(!line.contains('\n'), "{line}");
        }
        let unfolded = written.replace("\r\n ", "");
        assert!(unfolded.contains("SOSU-assistent\\, aften\\; Ærø"), "{unfolded}");
        assert!(unfolded.contains("Linje et\\nLinje to\\, med komma\\; og \\\\skråstreg"), "{unfolded}");
        assert!(
            unfolded.contains("ORGANIZER;CN=\"Fjordby; Kommune\":mailto:job@fjordby.example"),
            "{unfolded}"
        );
        assert!(unfolded.contains("METHOD:PUBLISH\r\n"));
        assert_eq!(written, one(&entry("2026-12-14T09:00", 45), BY), "the same ask gives the same bytes");
    }

    #[test]
    fn what_is_off_cancels_the_same_event() {
        let off = Entry { off: true, sequence: 4, ..entry("2026-12-14T09:00", 45) };
        let written = one(&off, BY);
        assert!(
            written.contains("METHOD:CANCEL\r\n") && written.contains("STATUS:CANCELLED\r\n"),
            "{written}"
        );
        assert!(
            written.contains("SEQUENCE:4\r\n") && written.contains("UID:interview-1@fjordby.example\r\n")
        );
        let several = many(&[off, entry("2026-12-15T09:00", 45)], BY);
        assert!(several.contains("METHOD:PUBLISH\r\n") && several.contains("STATUS:CANCELLED\r\n"));
    }
}
