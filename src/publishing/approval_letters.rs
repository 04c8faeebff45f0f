//! What is written about approval.

use super::{
    said,
    store::{self, Approval, Delivery, Word},
    subject,
};
use crate::{
    accounts::User,
    base::{Language, id::PublicationId},
    channels,
    config::Config,
    db::{Conn, DbError},
    i18n::Speech,
    kit::Kit,
    mail::Letter,
    secrets::fingerprint,
};

/// A post of a letter.
pub(super) struct Told {
    title: String,
    account: String,
    row: Delivery,
    /// It hangs, and other words for it are asked about.
    correction: bool,
}

impl Told {
    /// What it is about.
    pub fn title(&self) -> &str {
        &self.title
    }
    /// The same, as something that hangs and for which other words are asked about.
    pub fn into_correction(self) -> Self {
        Self { correction: true, ..self }
    }
    /// Where it hangs or is to hang.
    pub fn account(&self) -> &str {
        &self.account
    }
    /// What it went out with.
    pub const fn publication(&self) -> PublicationId {
        self.row.publication_id
    }
}

/// What a letter says of a delivery.
pub(super) fn read(c: &mut Conn, kit: &Kit, row: Delivery) -> Result<Told, DbError> {
    let title = match store::publication(c, row.publication_id)?.subject() {
        Some(about) => subject::title(c, kit, about, Language::Da)?,
        None => String::new(),
    };
    let connection = channels::connection(c, row.account_id)?;
    let account = connection.map(|a| format!("{} ({})", a.place(), a.handle)).unwrap_or_default();
    Ok(Told { title, account, row, correction: false })
}

/// The name behind an actor, when it is a person.
pub(super) fn by(c: &mut Conn, users: &[User], actor: &str) -> Result<String, DbError> {
    if let Some(guest) = actor.strip_prefix("guest:").and_then(|id| id.parse().ok()) {
        return Ok(store::guest_link(c, guest)?.map(|link| link.name).unwrap_or_default());
    }
    Ok(users.iter().find(|u| actor == format!("user:{}", u.id)).map(|u| u.name.clone()).unwrap_or_default())
}

fn post(t: Speech, told: &Told) -> String {
    let when = said::time(t, &told.row, told.row.due_at);
    t.with3("delivery-letter-post", "title", &told.title, "account", &told.account, "when", when)
}

fn letter(config: &Config, to: &User, subject: String, middle: Vec<String>, key: String) -> Letter {
    let t = Speech(to.language);
    let mut paragraphs = vec![t.with("delivery-letter-greeting", "name", &to.name)];
    paragraphs.extend(middle);
    paragraphs.push(t.with("delivery-letter-sender", "org", &config.organisation.name));
    Letter { to: to.email.clone(), name: to.name.clone(), subject, text: paragraphs.join("\n\n"), key }
}

/// To somebody who may approve.
pub(super) fn waiting(config: &Config, to: &User, posts: &[Told]) -> Letter {
    let t = Speech(to.language);
    let mut middle = vec![t.say("approval-letter-waiting")];
    middle.extend(posts.iter().map(|told| {
        let list = if told.correction { "rettelser" } else { "godkendelser" };
        let address = format!("{}/{list}/{}", config.server.public_url, told.row.publication_id);
        format!("{}\n{address}", post(t, told))
    }));
    let what: Vec<_> = posts.iter().map(|p| format!("{}.{}", p.row.id, p.row.payload_sha256)).collect();
    let key = format!("approve.{}.{}", to.id, &fingerprint(&what.join(" "))[..32]);
    letter(config, to, t.with("approval-letter-waiting-subject", "count", posts.len()), middle, key)
}

/// To whoever planned it.
pub(super) fn answered(
    config: &Config,
    to: &User,
    publication: PublicationId,
    answers: &[(Told, Approval, String)],
) -> Letter {
    let t = Speech(to.language);
    let mut middle = Vec::new();
    for (told, said, by) in answers {
        let verdict = match said.verdict {
            Word::Approved => t.with("approval-letter-approved", "who", by),
            Word::Returned => t.with("approval-letter-returned", "who", by),
            Word::Rejected => t.with("approval-letter-rejected", "who", by),
        };
        let next = said::what_now(t, &told.row, None, said.at);
        let lines = [post(t, told), verdict, said.note.clone(), next];
        middle.push(lines.into_iter().filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n"));
    }
    middle.push(format!("{}/godkendelser/{publication}", config.server.public_url));
    let title = answers.first().map(|(told, ..)| told.title.clone()).unwrap_or_default();
    let ids: Vec<_> = answers.iter().map(|(_, said, _)| said.id.to_string()).collect();
    let key = format!("answer.{}", &fingerprint(&ids.join(" "))[..32]);
    letter(config, to, t.with("approval-letter-answered-subject", "title", title), middle, key)
}
