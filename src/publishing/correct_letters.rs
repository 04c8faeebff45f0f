//! What is written about other words for what is out.

use super::{approval_letters::Told, correction::Standing, store::Correction};
use crate::{accounts::User, config::Config, i18n::Speech, mail::Letter};

/// To whoever must write the words there, or wished for them. `at_a_place`: the post lies with a named person.
pub(super) fn about(
    config: &Config,
    to: &User,
    correction: &Correction,
    told: &Told,
    at_a_place: bool,
    key: &str,
) -> Letter {
    let t = Speech(to.language);
    let (subject, what) = match correction.state {
        Standing::ByHand => ("correction-letter-by-hand-subject", "correction-letter-by-hand"),
        Standing::Gone => ("correction-letter-over-subject", "correction-letter-gone"),
        Standing::Dropped => ("correction-letter-over-subject", "correction-letter-rejected"),
        _ => ("correction-letter-over-subject", "correction-letter-refused"),
    };
    let address = match at_a_place {
        true => format!("{}/pakker/{}", config.server.public_url, correction.delivery_id),
        false => format!("{}/rettelser/{}", config.server.public_url, told.publication()),
    };
    let words = correction.error_words.clone().unwrap_or_default();
    let said = if words.is_empty() { String::new() } else { format!("»{words}«") };
    let body = [t.with2(what, "title", told.title(), "account", told.account()), said, address];
    let paragraphs = [
        t.with("delivery-letter-greeting", "name", &to.name),
        body.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
        t.with("delivery-letter-sender", "org", &config.organisation.name),
    ];
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.with(subject, "account", told.account()),
        text: paragraphs.join("\n\n"),
        key: format!("correction.{key}"),
    }
}
