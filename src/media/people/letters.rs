//! The letter with the link by which somebody answers, and the one that says whose yes ends soon.

use super::{actions, store::Link};
use crate::{
    accounts::User,
    base::Language,
    i18n::{Speech, format},
    kit::Kit,
    mail::Letter,
};

/// To who is asked.
pub(super) fn question(kit: &Kit, link: &Link, about: &str, who: &str) -> Letter {
    let t = Speech(Language::Da);
    let org = &kit.config.organisation.name;
    let zone = kit.config.delivery.zone;
    let paragraphs = [
        t.with("delivery-letter-greeting", "name", &link.giver_name),
        t.with3("consent-letter-text", "who", who, "org", org, "name", about),
        format!("{}/samtykke/{}", kit.config.server.public_url, actions::token(&kit.secrets, link.id)),
        t.with("consent-letter-until", "until", format::instant_long(link.ends_at, zone, t.language())),
        t.say("consent-letter-back"),
        t.with("delivery-letter-sender", "org", org),
    ];
    Letter {
        to: link.email.clone(),
        name: link.giver_name.clone(),
        subject: t.with("consent-letter-subject", "org", org),
        text: paragraphs.join("\n\n"),
        key: format!("consent.{}", link.id),
    }
}

/// To who noted them: so many people's yes ends soon.
pub(super) fn ending(kit: &Kit, to: &User, names: &[String], key: &str) -> Letter {
    let t = Speech(to.language);
    let paragraphs = [
        t.with("delivery-letter-greeting", "name", &to.name),
        t.with("consent-ending-text", "days", kit.config.consents.soon_days),
        names.join("\n"),
        t.say("consent-ending-now"),
        format!("{}/medier/personer", kit.config.server.public_url),
        t.with("delivery-letter-sender", "org", &kit.config.organisation.name),
    ];
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.say("consent-ending-subject"),
        text: paragraphs.join("\n\n"),
        key: format!("consent.ending.{key}"),
    }
}
