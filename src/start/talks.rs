//! What waits for somebody about a posting's interviews.

use super::waiting::{Waiting, Weight};
use crate::{i18n::Speech, interviews::status::Open};

/// A line for each thing there is.
pub(super) fn waiting(open: &Open, title: &str, href: &str, t: Speech) -> Vec<Waiting> {
    let line = |weight, icon, text| Waiting {
        weight,
        icon,
        text,
        detail: t.with("start-pledge-detail", "title", title),
        href: format!("{href}/samtaler"),
        verb: t.say("start-interviews-verb"),
    };
    let mut found = Vec::new();
    let mut add = |n: usize, weight, icon, key: &str| {
        if n > 0 {
            found.push(line(weight, icon, t.with(key, "count", n)));
        }
    };
    add(open.letters, Weight::Stuck, "email", "start-interviews-letters");
    add(open.wishes, Weight::Late, "contact-support", "start-interviews-wish");
    add(open.no_times, Weight::Late, "calendar-month", "start-interviews-no-times");
    add(open.past, Weight::Next, "calendar-month", "start-interviews-past");
    add(open.silent, Weight::Next, "hourglass", "start-interviews-silent");
    found
}
