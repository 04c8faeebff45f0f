//! What publishing writes to people: which of their posts did not go out, or may not have (R26). One letter for all
//! that happened together, so that an outage is not a storm of mail.

use super::{
    delivery::State,
    package,
    preflight::Finding,
    said,
    store::{self, Breaker, Delivery},
    subject,
};
use crate::{
    accounts::{self, Role, User},
    base::{Instant, Language, Subject, id::UserId},
    channels::{self, ChannelKind, Ending},
    config::Config,
    db::{Conn, DbError},
    i18n::{Speech, format},
    kit::Kit,
    mail::Letter,
    secrets::fingerprint,
};

/// Who is told of a delivery: who planned it; where that was another system, who connected the account.
pub(super) fn whom(c: &mut Conn, row: &Delivery) -> Result<Option<UserId>, DbError> {
    if let Some(planner) = person(&store::publication(c, row.publication_id)?.created_by) {
        return Ok(Some(planner));
    }
    Ok(channels::connection(c, row.account_id)?.and_then(|account| person(&account.connected_by)))
}

/// The person behind an actor's word (`user:…`); none for systems.
pub(super) fn person(actor: &str) -> Option<UserId> {
    actor.strip_prefix("user:").and_then(|id| id.parse().ok())
}

/// Who looks after the installation.
pub(super) fn operators(c: &mut Conn, now: Instant) -> Result<Vec<UserId>, DbError> {
    let people = accounts::people(c, now)?;
    let operates = |p: &accounts::Person| p.roles.iter().any(|role| role.role == Role::Ops);
    Ok(people.into_iter().filter(operates).map(|p| p.user.id).collect())
}

/// To operations and to who connected its accounts: our app at a channel no longer works.
pub(super) fn stopped(
    config: &Config,
    to: &User,
    channel: ChannelKind,
    breaker: &Breaker,
    waiting: i64,
) -> Letter {
    let t = Speech(to.language);
    let paragraphs = [
        t.with("delivery-letter-greeting", "name", &to.name),
        t.with2("delivery-letter-stopped", "channel", channel.name(), "words", &breaker.words),
        t.with("delivery-letter-stopped-waiting", "count", waiting),
        t.say("delivery-letter-stopped-now"),
        format!("{}/udsendelser", config.server.public_url),
        t.with("delivery-letter-sender", "org", &config.organisation.name),
    ];
    let opened = breaker.open_since.map(|at| at.micros()).unwrap_or_default();
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.with("delivery-letter-stopped-subject", "channel", channel.name()),
        text: paragraphs.join("\n\n"),
        key: format!("stopped.{channel}.{opened}.{}", to.id),
    }
}

/// One post of the letter.
pub(super) struct Told {
    title: String,
    account: String,
    pub(super) row: Delivery,
}

/// What the letter says of a post.
pub(super) fn read(c: &mut Conn, kit: &Kit, row: Delivery, about: Subject) -> Result<Told, DbError> {
    let title = subject::title(c, kit, about, Language::Da)?;
    let account = account(c, &row)?;
    Ok(Told { title, account, row })
}

/// Where a delivery goes, in words.
pub(super) fn account(c: &mut Conn, row: &Delivery) -> Result<String, DbError> {
    let connection = channels::connection(c, row.account_id)?;
    let words = connection.map(|a| match a.place() {
        place if place == a.handle => place.to_owned(),
        place => format!("{place} ({})", a.handle),
    });
    Ok(words.unwrap_or_default())
}

/// To whoever planned these posts.
pub(super) fn ask(config: &Config, to: &User, posts: &[Told]) -> Letter {
    let t = Speech(to.language);
    let mut paragraphs = vec![t.with("delivery-letter-greeting", "name", &to.name)];
    for Told { title, account, row } in posts {
        let address = format!("{}/udsendelser/{}", config.server.public_url, row.id);
        let what = t.with3(
            "delivery-letter-post",
            "title",
            title,
            "account",
            account,
            "when",
            said::time(t, row, row.due_at),
        );
        let why = said::why(t, row).unwrap_or_default();
        let lines =
            [what, t.say(row.state.key()), why, said::what_now(t, row, None, row.updated_at), address];
        paragraphs.push(lines.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
    }
    paragraphs.push(t.with("delivery-letter-sender", "org", &config.organisation.name));
    let ids: Vec<String> = posts.iter().map(|post| format!("{}.{}", post.row.id, post.row.fence)).collect();
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.with("delivery-letter-subject", "count", posts.len()),
        text: paragraphs.join("\n\n"),
        key: format!("posts.{}", &fingerprint(&ids.join(" "))[..32]),
    }
}

/// To whoever connected an account whose connection ends by itself, with the posts that would not go out.
pub(super) fn ends(config: &Config, to: &User, ending: &Ending, posts: &[Told], warning: i32) -> Letter {
    let t = Speech(to.language);
    let account = &ending.connection;
    let (channel, handle) = (account.place(), account.handle.as_str());
    let when = format::instant_long(ending.at, config.delivery.zone, to.language);
    let mut paragraphs = vec![
        t.with("delivery-letter-greeting", "name", &to.name),
        t.with3("ending-letter-what", "channel", channel, "account", handle, "when", when),
        t.with(
            "ending-letter-now",
            "address",
            format!("{}/kanaler/{}", config.server.public_url, account.id),
        ),
    ];
    if !posts.is_empty() {
        let mut lines = vec![t.with("ending-letter-posts", "count", posts.len())];
        lines.extend(posts.iter().map(|Told { title, row, .. }| {
            let address = format!("{}/udsendelser/{}", config.server.public_url, row.id);
            let when = said::time(t, row, row.due_at);
            t.with3("ending-letter-post", "title", title, "when", when, "address", address)
        }));
        paragraphs.push(lines.join("\n"));
    }
    paragraphs.push(t.with("delivery-letter-sender", "org", &config.organisation.name));
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.with3(
            "ending-letter-subject",
            "channel",
            channel,
            "account",
            handle,
            "days",
            i64::from(warning),
        ),
        text: paragraphs.join("\n\n"),
        key: format!("channel_ends.{}.{}.{warning}", account.id, ending.version),
    }
}

/// To the person with whom a post lies. `over`: the ad takes nothing any more; `number`: which letter about it this is.
pub(super) fn task(
    config: &Config,
    to: &User,
    told: &Told,
    over: bool,
    number: i32,
    now: Instant,
    key: &str,
) -> Letter {
    let t = Speech(to.language);
    let Told { title, account: place, row } = told;
    let stopped = row.state == State::Handed && (over || row.cancel_wanted);
    let kind = match row.state {
        State::Removing => "remove",
        _ if stopped => "stop",
        _ if package::is_overdue(row, now) => "late",
        _ if number > 1 => "again",
        _ => "post",
    };
    let when = said::time(t, row, row.due_at);
    let say = |part: &str| {
        t.with3(&format!("package-letter-{kind}-{part}"), "title", title, "place", place, "when", &when)
    };
    let paragraphs = [
        t.with("delivery-letter-greeting", "name", &to.name),
        say("what"),
        format!("{}/pakker/{}", config.server.public_url, row.id),
        t.say(if kind == "remove" { "package-letter-then-gone" } else { "package-letter-then" }),
        t.with("delivery-letter-sender", "org", &config.organisation.name),
    ];
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: say("subject"),
        text: paragraphs.join("\n\n"),
        key: format!("package.{key}"),
    }
}

/// To whoever planned these posts: what has come up that would keep them back.
pub(super) fn ahead(config: &Config, to: &User, posts: &[(Told, Vec<Finding>)]) -> Letter {
    let t = Speech(to.language);
    let mut paragraphs =
        vec![t.with("delivery-letter-greeting", "name", &to.name), t.say("preflight-letter-what")];
    let mut parts = Vec::new();
    for (Told { title, account, row }, findings) in posts {
        let when = said::time(t, row, row.due_at);
        let mut lines =
            vec![t.with3("delivery-letter-post", "title", title, "account", account, "when", when)];
        for finding in findings {
            lines.push(format!("{} {}{}", finding.said(t), config.server.public_url, finding.href));
            parts.push(format!("{}.{}", row.id, finding.key));
        }
        paragraphs.push(lines.join("\n"));
    }
    paragraphs.push(format!("{}/udsendelser/forhaandstjek", config.server.public_url));
    paragraphs.push(t.with("delivery-letter-sender", "org", &config.organisation.name));
    Letter {
        to: to.email.clone(),
        name: to.name.clone(),
        subject: t.with("preflight-letter-subject", "count", posts.len()),
        text: paragraphs.join("\n\n"),
        key: format!("ahead.{}", &fingerprint(&parts.join(" "))[..32]),
    }
}
