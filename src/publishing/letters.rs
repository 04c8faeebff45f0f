//! What publishing writes to people: which of their posts did not go out, or may not have (R26). One letter for all
//! that happened together, so that an outage is not a storm of mail.

use super::{
    said,
    store::{self, Delivery},
    subject,
};
use crate::{
    accounts::User,
    base::{Language, Subject, id::UserId},
    channels,
    config::Config,
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    mail::Letter,
    secrets::fingerprint,
};

/// Who is told of a delivery: who planned it; where that was another system, who connected the account.
pub(super) fn whom(c: &mut Conn, row: &Delivery) -> Result<Option<UserId>, DbError> {
    let person = |actor: &str| actor.strip_prefix("user:").and_then(|id| id.parse().ok());
    if let Some(planner) = person(&store::publication(c, row.publication_id)?.created_by) {
        return Ok(Some(planner));
    }
    Ok(channels::connection(c, row.account_id)?.and_then(|account| person(&account.connected_by)))
}

/// One post of the letter.
pub(super) struct Told {
    title: String,
    account: String,
    row: Delivery,
}

/// What the letter says of a post.
pub(super) fn read(c: &mut Conn, kit: &Kit, row: Delivery, about: Subject) -> Result<Told, DbError> {
    let title = subject::title(c, kit, about, Language::Da)?;
    let connection = channels::connection(c, row.account_id)?;
    let account = connection.map(|a| format!("{} ({})", a.channel.name(), a.handle)).unwrap_or_default();
    Ok(Told { title, account, row })
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
