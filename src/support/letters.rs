//! What is written about requests for help.

use chrono::NaiveDate;

use super::{
    actions,
    request::{Request, Step},
    store::Line,
};
use crate::{
    accounts::User,
    i18n::{Speech, format},
    kit::Kit,
    mail::Letter,
    secrets::fingerprint,
};

fn letter(kit: &Kit, to: &User, subject: String, middle: Vec<String>, key: String) -> Letter {
    let t = Speech(to.language);
    let mut paragraphs = vec![t.with("delivery-letter-greeting", "name", &to.name)];
    paragraphs.extend(middle.into_iter().filter(|p| !p.is_empty()));
    paragraphs.push(t.with("delivery-letter-sender", "org", &kit.config.organisation.name));
    Letter { to: to.email.clone(), name: to.name.clone(), subject, text: paragraphs.join("\n\n"), key }
}

/// To whoever asked: what was done with it. None for what nobody is told of.
pub(super) fn turn(
    kit: &Kit,
    to: &User,
    request: &Request,
    line: &Line,
    who: &str,
    things: Vec<String>,
) -> Option<Letter> {
    let t = Speech(to.language);
    let (subject, text) = match line.step? {
        Step::Take => ("support-letter-taken-subject", "support-letter-taken"),
        Step::Ask => ("support-letter-asked-subject", "support-letter-asked"),
        Step::Deliver => ("support-letter-delivered-subject", "support-letter-delivered"),
        Step::Decline => ("support-letter-declined-subject", "support-letter-declined"),
        Step::Release | Step::Answer | Step::Cancel => return None,
    };
    let list = things.into_iter().map(|name| format!("– {name}")).collect::<Vec<_>>().join("\n");
    let middle = vec![
        t.with2(text, "who", who, "title", &request.title),
        if line.step == Some(Step::Deliver) { list } else { String::new() },
        line.words.clone(),
        format!("{}/bistand/{}", kit.config.server.public_url, request.id),
    ];
    Some(letter(kit, to, t.with(subject, "title", &request.title), middle, format!("support.{}", line.id)))
}

/// To communications: these are due soon, and lie with nobody.
pub(super) fn due(kit: &Kit, to: &User, requests: &[&Request]) -> Letter {
    let (t, zone) = (Speech(to.language), kit.config.delivery.zone);
    let mut middle = vec![t.with("support-letter-due", "count", requests.len())];
    middle.extend(requests.iter().map(|request| {
        let day = request.wished_by.map(|by| format::date(actions::wished_day(by, zone), t.language()));
        let what = t.with2("support-letter-wish", "title", &request.title, "day", day.unwrap_or_default());
        format!("{what}\n{}/bistand/{}", kit.config.server.public_url, request.id)
    }));
    let ids: Vec<String> = requests.iter().map(|r| r.id.to_string()).collect();
    let key = format!("support.due.{}.{}", to.id, &fingerprint(&ids.join(" "))[..32]);
    letter(kit, to, t.with("support-letter-due-subject", "count", requests.len()), middle, key)
}

/// To communications, once a day: so many are new, and so many lie there in all.
pub(super) fn count(kit: &Kit, to: &User, fresh: usize, all: usize, day: NaiveDate) -> Letter {
    let t = Speech(to.language);
    let middle = vec![
        t.with2("support-letter-count", "fresh", fresh, "all", all),
        format!("{}/bistand", kit.config.server.public_url),
    ];
    let key = format!("support.count.{}.{day}", to.id);
    letter(kit, to, t.with("support-letter-count-subject", "count", fresh), middle, key)
}
