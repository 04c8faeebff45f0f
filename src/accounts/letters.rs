//! What accounts write to people by mail: the link with which a password is chosen.

use super::{User, jobs::Why};
use crate::{
    base::Instant,
    config::Config,
    i18n::{Speech, format},
    mail::Letter,
};

/// The letter with a password link in it; `until` is when the link stops working.
pub fn password_link(config: &Config, user: &User, why: Why, link: &str, until: Instant) -> Letter {
    let t = Speech(user.language);
    let until_said = format::instant_long(until, config.delivery.zone, user.language);
    let (subject, text) = match why {
        Why::Welcome => ("letter-welcome-subject", "letter-welcome-text"),
        Why::Forgotten => ("letter-password-subject", "letter-password-text"),
    };
    Letter {
        to: user.email.clone(),
        name: user.name.clone(),
        subject: t.with(subject, "organisation", &config.organisation.name),
        text: t.with3(text, "name", &user.name, "link", link, "until", until_said),
        key: format!("password-{}-{}", user.id, until.micros()),
    }
}
