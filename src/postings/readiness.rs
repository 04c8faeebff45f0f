//! Everything that is missing before an ad may go out, as a list for the screen (each with the field
//! that mends it), and what is only worth saying. Nothing goes out while the first list is not empty.

use std::time::Duration;

use super::{
    lint::{self, Finding, Level},
    posting::{Posting, State, Text, Visibility},
    store::{self, Acknowledgement},
};
use crate::{
    base::{Instant, Language, id::PostingId},
    config::Config,
    db::{Conn, DbError},
    i18n::{Said, Speech},
    media::{self, Asset, people::Purpose},
};

/// Shorter than this from the opening to the deadline is worth a word (D-31).
const USUAL_DAYS: u64 = 14;

/// One line of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// Message key.
    pub key: String,
    /// Values in the message.
    pub args: Vec<(&'static str, String)>,
    /// Where it is put right.
    pub href: String,
    /// The words in doubt, when it is about words.
    pub finding: Option<Finding>,
}

impl Point {
    /// In someone's language.
    pub fn said(&self, t: Speech) -> String {
        let args: Vec<_> = self.args.iter().map(|(n, v)| (*n, v.said())).collect();
        t.args(&self.key, &args)
    }
}

/// How ready an ad is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Readiness {
    /// Nothing goes out while something stands here.
    pub missing: Vec<Point>,
    /// Worth a look; hinders nothing.
    pub warnings: Vec<Point>,
    /// Message keys of what is in order.
    pub ready: Vec<&'static str>,
}

impl Readiness {
    /// Nothing hinders.
    pub fn is_ready(&self) -> bool {
        self.missing.is_empty()
    }

    /// What is missing, for a log and for whoever has no page before them.
    pub fn missing_keys(&self) -> String {
        self.missing.iter().map(|point| point.key.as_str()).collect::<Vec<_>>().join(", ")
    }
}

/// How ready `posting` is at `now`.
pub fn readiness(
    conn: &mut Conn,
    config: &Config,
    posting: &Posting,
    now: Instant,
) -> Result<Readiness, DbError> {
    let acknowledged = store::acknowledgements(conn, posting.id)?;
    let ids: Vec<_> = posting.content.media.iter().map(|m| m.asset).collect();
    let assets = media::of_ids(conn, &ids)?;
    Ok(judge(posting, &acknowledged, &assets, config, now))
}

struct List {
    id: PostingId,
    found: Readiness,
}

impl List {
    fn href(&self, field: &str) -> String {
        let language = if field.ends_with("_en") { "?sprog=en" } else { "" };
        format!("/jobopslag/{}/rediger{language}#{field}", self.id)
    }
    fn missing(&mut self, key: &str, field: &str) {
        let point = Point { key: key.into(), args: Vec::new(), href: self.href(field), finding: None };
        self.found.missing.push(point);
    }
    /// Ready or missing.
    fn ask(&mut self, is: bool, ready: &'static str, missing: &str, field: &str) {
        if is { self.found.ready.push(ready) } else { self.missing(missing, field) }
    }
}

fn judge(
    posting: &Posting,
    acknowledged: &[Acknowledgement],
    assets: &[Asset],
    config: &Config,
    now: Instant,
) -> Readiness {
    let content = &posting.content;
    let terms = &content.terms;
    let mut list = List { id: posting.id, found: Readiness::default() };
    texts(content.text(Language::Da), &mut list);
    if let Some(english) = content.text(Language::En) {
        list.ask(english.complete(), "ready-english", "missing-english", english_gap(english));
    }
    list.ask(terms.profession.is_some(), "ready-profession", "missing-profession", "profession");
    list.ask(terms.employment_type.is_some(), "ready-employment", "missing-employment", "employment_type");
    list.ask(terms.hours_min.is_some(), "ready-hours", "missing-hours", "hours_min");
    list.ask(!terms.workplace.is_empty(), "ready-workplace", "missing-workplace", "workplace");
    list.ask(terms.place().is_some(), "ready-address", "missing-address", "address");
    list.ask(!terms.agreement.is_empty(), "ready-agreement", "missing-agreement", "agreement");
    let pay = terms.pay_range.is_some() || !terms.pay.is_empty();
    list.ask(pay, "ready-pay", "missing-pay", "pay_min");
    let contact =
        !(terms.contact_name.is_empty() || terms.contact_email.is_empty() && terms.contact_phone.is_empty());
    list.ask(contact, "ready-contact", "missing-contact", "contact_name");
    list.ask(!content.themes.is_empty(), "ready-themes", "missing-themes", "themes");
    deadline(posting, now, &mut list);
    pictures(posting, assets, &mut list, now);
    if content.visibility == Visibility::Internal {
        internal(posting, acknowledged, &mut list);
    }
    // D-03: applicants must be told who answers for their data
    if config.privacy.controller.is_empty() || config.privacy.dpo.is_empty() {
        list.found.missing.push(Point {
            key: "missing-privacy".into(),
            args: Vec::new(),
            href: "/privatliv".into(),
            finding: None,
        });
    }
    wording(posting, acknowledged, &mut list);
    list.found
}

fn texts(danish: Option<&Text>, list: &mut List) {
    let has = |f: fn(&Text) -> &String| danish.is_some_and(|t| !f(t).is_empty());
    list.ask(has(|t| &t.title), "ready-title", "missing-title", "title_da");
    list.ask(has(|t| &t.lead), "ready-lead", "missing-lead", "lead_da");
    list.ask(has(|t| &t.body), "ready-body", "missing-body", "body_da");
}

fn english_gap(text: &Text) -> &'static str {
    match text {
        t if t.title.is_empty() => "title_en",
        t if t.lead.is_empty() => "lead_en",
        _ => "body_en",
    }
}

fn deadline(posting: &Posting, now: Instant, list: &mut List) {
    let Some(at) = posting.deadline_at else { return list.missing("missing-deadline", "deadline") };
    if at <= now {
        return list.missing("missing-deadline-past", "deadline");
    }
    list.found.ready.push("ready-deadline");
    let from = if posting.state == State::Draft { now } else { posting.opened_at.unwrap_or(now) };
    if at.since(from) < Duration::from_secs(USUAL_DAYS * 86_400) {
        list.found.warnings.push(Point {
            key: "warn-deadline-short".into(),
            args: vec![("days", (at.since(from).as_secs() / 86_400).to_string())],
            href: list.href("deadline"),
            finding: None,
        });
    }
}

/// Every picture and film described, captioned in the ad's languages and ready (WCAG 1.1.1, 1.2.2, D-41). That
/// an ad has none hinders nothing.
fn pictures(posting: &Posting, assets: &[Asset], list: &mut List, now: Instant) {
    let languages = posting.content.languages();
    let mut whole = true;
    for asset in assets {
        for missing in asset.missing(&languages, &[Purpose::Website], now) {
            let point = Point {
                key: missing.key().into(),
                args: Vec::new(),
                href: format!("/medier/{}#{}", asset.id, missing.field()),
                finding: None,
            };
            if missing.blocks() {
                whole = false;
                list.found.missing.push(point);
            } else {
                list.found.warnings.push(point);
            }
        }
    }
    if assets.is_empty() {
        list.found.warnings.push(Point {
            key: "warn-no-picture".into(),
            args: Vec::new(),
            href: list.href("hero"),
            finding: None,
        });
    } else if whole {
        list.found.ready.push("ready-media");
    }
}

/// The name under which hr_admin's approval of an internal ad is kept; another reason asks again.
pub(super) fn approval_name(posting: &Posting) -> String {
    format!("internal:{}", posting.content.visibility_reason)
}

fn internal(posting: &Posting, acknowledged: &[Acknowledgement], list: &mut List) {
    if posting.content.visibility_reason.is_empty() {
        return list.missing("missing-internal-reason", "visibility_reason");
    }
    if acknowledged.iter().any(|a| a.finding == approval_name(posting)) {
        list.found.ready.push("ready-internal");
    } else {
        list.found.missing.push(Point {
            key: "missing-internal-approval".into(),
            args: Vec::new(),
            href: format!("/jobopslag/{}#godkend-intern", posting.id),
            finding: None,
        });
    }
}

fn wording(posting: &Posting, acknowledged: &[Acknowledgement], list: &mut List) {
    let (mut hinders, mut told) = (false, Vec::new());
    for finding in lint::findings(&posting.content) {
        let name = finding.name();
        if told.contains(&name) || acknowledged.iter().any(|a| a.finding == name) {
            continue;
        }
        told.push(name);
        let point = Point {
            key: format!("posting-lint-{}", finding.code),
            args: vec![("words", finding.words.clone())],
            href: list.href(&finding.field),
            finding: Some(finding.clone()),
        };
        if finding.level == Level::Warn {
            list.found.warnings.push(point);
        } else {
            hinders = true;
            list.found.missing.push(point);
        }
    }
    if !hinders {
        list.found.ready.push("ready-wording");
    }
}
