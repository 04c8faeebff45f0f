//! What channels write to people: that an account must be connected again.

use super::Connection;
use crate::{
    accounts::User,
    config::Config,
    i18n::{Speech, format},
    mail::Letter,
};

/// To whoever connected the account.
pub(super) fn lost(config: &Config, lost: &Connection, to: &User) -> Letter {
    let t = Speech(to.language);
    let (channel, handle) = (lost.place(), lost.handle.as_str());
    let at = lost.problem_at.unwrap_or(lost.connected_at);
    let when = format::instant_long(at, config.delivery.zone, to.language);
    let address = format!("{}/kanaler/{}", config.server.public_url, lost.id);
    let why = lost.problem.as_deref().map(|key| t.say(key)).unwrap_or_default();
    let paragraphs = [
        t.with("channel-lost-greeting", "name", &to.name),
        t.with3("channel-lost-what", "channel", channel, "account", handle, "when", when),
        why,
        t.say("channel-lost-waiting"),
        t.with("channel-lost-now", "address", address),
        t.with("channel-lost-sender", "org", &config.organisation.name),
    ];
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.with2("channel-lost-subject", "channel", channel, "account", handle),
        text: paragraphs.join("\n\n"),
        key: format!("channel_lost.{}.{}", lost.id, at.micros()),
    }
}
