//! A delivery in words: where it stands, what went wrong and why, what happens next, what was tried.
//! Never a code on the page; the peer's own words stand in quotation marks.

use chrono_tz::Tz;

use super::{
    delivery::{Phase, Reason, State, Verdict},
    package,
    store::{Attempt, Delivery},
};
use crate::{
    base::{Instant, wall::WallTime},
    channels::{Class, Measures, ProblemKind},
    i18n::{Said, Speech, format},
};

/// A state as a chip.
#[derive(Clone, Debug)]
pub struct Chip {
    /// The word.
    pub label: String,
    /// Colour: ok, warn, bad, info, line or empty.
    pub look: &'static str,
    /// Symbol; may be empty.
    pub icon: &'static str,
}

/// The chip of a delivery at `now`: what a worker has in hand is being published, whatever its row says.
pub fn chip(t: Speech, row: &Delivery, now: Instant) -> Chip {
    if package::is_overdue(row, now) {
        return Chip { label: t.say("delivery-state-overdue"), look: "bad", icon: "warning" };
    }
    let in_hand = matches!(row.state, State::Planned) && row.is_leased(now);
    let state = if in_hand { State::Publishing } else { row.state };
    let (look, icon) = state.chip();
    Chip { label: t.say(state.key()), look, icon }
}

/// Whether it will look different soon without anybody doing anything.
pub fn is_moving(row: &Delivery, now: Instant) -> bool {
    match row.state {
        State::Publishing | State::Unknown | State::Removing => true,
        State::Planned | State::RetryWait => row.next_at.is_some_and(|at| at <= now + SOON),
        _ => false,
    }
}

/// Within this a page that shows it keeps itself fresh.
const SOON: std::time::Duration = std::time::Duration::from_secs(120);

/// The zone people plan in.
pub fn zone(row: &Delivery) -> Tz {
    row.due_zone.parse().unwrap_or(chrono_tz::Europe::Copenhagen)
}

/// An instant as this delivery's people read it.
pub fn time(t: Speech, row: &Delivery, at: Instant) -> String {
    format::instant_short(at, zone(row), t.language())
}

/// What readers did, count by count, as far as the channel tells.
pub fn readers(t: Speech, measures: &Measures) -> Vec<String> {
    [
        ("delivery-readers-impressions", measures.impressions),
        ("delivery-readers-clicks", measures.clicks),
        ("delivery-readers-reactions", measures.reactions),
        ("delivery-readers-comments", measures.comments),
        ("delivery-readers-shares", measures.shares),
    ]
    .into_iter()
    .filter_map(|(key, count)| Some(t.with(key, "count", i64::try_from(count?).unwrap_or(i64::MAX))))
    .collect()
}

/// The reason in a sentence, when there is one.
pub fn why(t: Speech, row: &Delivery) -> Option<String> {
    let kind = row.error_kind.as_deref()?;
    if is_colleagues(row) {
        let words = row.error_words.clone().unwrap_or_default();
        return Some(t.with("delivery-why-not-posted", "words", words));
    }
    Some(match kind.parse::<ProblemKind>() {
        Ok(kind) => t.say(kind.key()),
        Err(_) => t.say(&format!("delivery-why-{}", kind.replace('_', "-"))),
    })
}

/// Whether the words beside the reason are a colleague's.
pub fn is_colleagues(row: &Delivery) -> bool {
    row.error_kind.as_deref() == Some(Reason::NotPosted.word())
}

/// What happens next, in a sentence; empty when nothing does.
pub fn what_now(t: Speech, row: &Delivery, class: Option<Class>, now: Instant) -> String {
    let next = row.next_at.map(|at| time(t, row, at.max(now))).unwrap_or_default();
    let latest = time(t, row, row.latest_at);
    match row.state {
        State::Draft => t.say("delivery-now-draft"),
        State::InReview if now > row.latest_at => t.say("delivery-now-in-review-late"),
        State::InReview => t.say("delivery-now-in-review"),
        State::Approved => t.say("delivery-now-approved"),
        State::Planned if row.is_leased(now) => t.say("delivery-now-sending"),
        State::Planned if row.error_kind.is_some() && row.due_at <= now => {
            t.with("delivery-now-later", "time", next)
        }
        State::Planned => t.say("delivery-now-planned"),
        State::Publishing if row.cancel_wanted => t.say("delivery-now-cancelling"),
        State::Publishing => t.say("delivery-now-sending"),
        State::Unknown if row.cancel_wanted => t.say("delivery-now-cancelling"),
        State::Unknown => match class {
            Some(Class::Key { .. }) => t.with("delivery-now-same-key", "time", next),
            _ => t.with("delivery-now-looking", "time", next),
        },
        State::RetryWait => t.with("delivery-now-retry", "time", next),
        State::NeedsHuman => t.say("delivery-now-needs-human"),
        State::NeedsReconnect => t.with("delivery-now-needs-reconnect", "time", latest),
        State::Held => t.with("delivery-now-held", "time", latest),
        State::Handed => t.with("package-now-reminds", "time", next),
        State::Removing if class == Some(Class::ByHand) => t.with("package-now-removing", "time", next),
        State::Removing => t.with("delivery-now-removing", "time", next),
        State::Failed => t.say("delivery-now-failed"),
        State::Missed => t.say("delivery-now-missed"),
        State::Published | State::Cancelled | State::Removed => String::new(),
    }
}

/// One line of the proof.
#[derive(Clone, Debug)]
pub struct Line {
    /// When, with the date.
    pub at: String,
    /// When, to the second.
    pub clock: String,
    /// Colour class.
    pub ink: &'static str,
    /// Symbol.
    pub icon: &'static str,
    /// What was tried and what came of it.
    pub text: String,
    /// The peer's own words, or what we saw; may be empty.
    pub words: String,
    /// For those who must know: phase, number, status.
    pub code: String,
}

/// An attempt in words. `marker`: the code of the tracked link we look for; `files`: how many there were to
/// send.
pub fn line(t: Speech, row: &Delivery, attempt: &Attempt, channel: &str, marker: &str, files: usize) -> Line {
    let evidence: serde_json::Value = serde_json::from_str(&attempt.evidence).unwrap_or_default();
    let key = match (attempt.phase, attempt.outcome) {
        (Phase::Prepare, Some(Verdict::Accepted)) if files == 0 => "delivery-did-ready",
        (Phase::Prepare, Some(Verdict::Accepted)) => "delivery-did-prepare",
        (Phase::Prepare, None) => "delivery-did-prepare-broken",
        (Phase::Prepare, _) => "delivery-did-prepare-no",
        (Phase::Send, Some(Verdict::Accepted)) => "delivery-did-send",
        (Phase::Send, Some(Verdict::Rejected)) => "delivery-did-send-no",
        (Phase::Send, None) => "delivery-did-send-broken",
        (Phase::Send, _) => "delivery-did-send-unknown",
        (Phase::Find, Some(Verdict::Accepted)) => "delivery-did-find",
        (Phase::Find, Some(Verdict::Absent)) => "delivery-did-find-absent",
        (Phase::Find, Some(Verdict::NotSeen)) => "delivery-did-find-not-seen",
        (Phase::Find, _) => "delivery-did-find-unreachable",
        (Phase::Edit, Some(Verdict::Accepted)) => "delivery-did-edit",
        (Phase::Edit, Some(Verdict::Absent)) => "delivery-did-edit-gone",
        (Phase::Edit, Some(Verdict::Rejected)) => "delivery-did-edit-no",
        (Phase::Edit, None) => "delivery-did-edit-broken",
        (Phase::Edit, _) => "delivery-did-edit-unknown",
        (Phase::Comment, Some(Verdict::Accepted)) => "delivery-did-comment",
        (Phase::Comment, Some(Verdict::Rejected)) => "delivery-did-comment-no",
        (Phase::Comment, None) => "delivery-did-comment-broken",
        (Phase::Comment, _) => "delivery-did-comment-unknown",
        (Phase::Withdraw, Some(Verdict::Absent)) => "delivery-did-withdraw",
        (Phase::Withdraw, _) => "delivery-did-withdraw-no",
        (Phase::Hand, Some(Verdict::Accepted)) => "delivery-did-hand",
        (Phase::Hand, None) => "delivery-did-hand-broken",
        (Phase::Hand, _) => "delivery-did-hand-no",
        (Phase::Person, Some(Verdict::Accepted)) if evidence["comment"] == true => {
            "delivery-did-person-comment-there"
        }
        (Phase::Person, _) if evidence["comment"] == true && evidence["proof"] == "person" => {
            "delivery-did-person-comment-gone"
        }
        (Phase::Person, _) if evidence["comment"] == true => "delivery-did-person-comment-absent",
        (Phase::Person, _) if evidence["corrected"] == true => "delivery-did-person-corrected",
        (Phase::Person, Some(Verdict::Accepted)) if evidence["posted"] == true => {
            "delivery-did-person-posted"
        }
        (Phase::Person, Some(Verdict::Accepted)) => "delivery-did-person-there",
        (Phase::Person, Some(Verdict::Rejected)) => "delivery-did-person-not-posted",
        (Phase::Person, _) if evidence["proof"] == "person" => "delivery-did-person-gone",
        (Phase::Person, _) => "delivery-did-person-absent",
    };
    let (ink, icon) = match (attempt.phase, attempt.outcome) {
        (_, Some(Verdict::Accepted)) | (Phase::Withdraw, Some(Verdict::Absent)) => ("ink-ok", "success"),
        (_, Some(Verdict::Absent | Verdict::NotSeen)) => ("ink-info", "info"),
        (_, Some(Verdict::Rejected)) => ("ink-bad", "error"),
        _ => ("ink-warn", "warning"),
    };
    let words = evidence["words"].as_str().or(evidence["url"].as_str()).unwrap_or_default();
    let local = WallTime::at(attempt.started_at, zone(row)).local;
    let status = attempt.status.map(|s| format!(" · HTTP {s}")).unwrap_or_default();
    let kind = attempt.error_kind.as_deref().map(|k| format!(" · {k}")).unwrap_or_default();
    Line {
        at: time(t, row, attempt.started_at),
        clock: local.format("%-H.%M.%S").to_string(),
        ink,
        icon,
        text: t.args(key, &[("channel", channel.said()), ("marker", marker.said()), ("count", files.said())]),
        words: words.to_owned(),
        code: format!("{} · #{}{status}{kind}", attempt.phase, attempt.fence),
    }
}
