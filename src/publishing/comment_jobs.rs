//! A letter about a first comment that lies with a person.

use serde::{Deserialize, Serialize};

use super::{approval_letters, comment::Standing, store};
use crate::{
    accounts,
    base::id::{DeliveryId, UserId},
    db::DbError,
    i18n::Speech,
    kit::Kit,
    mail::Letter,
    queue::{Job, JobError},
};

/// Tells a person that a comment waits for them.
#[derive(Serialize, Deserialize)]
pub struct TellComment {
    /// Under which post.
    pub delivery: DeliveryId,
    /// Whom.
    pub person: UserId,
    /// How it stood when the letter was wanted.
    pub state: Standing,
    /// The comment's number then: laid with somebody a second time, it is told a second time.
    pub fence: i32,
}

impl Job for TellComment {
    const KIND: &'static str = "publishing.tell_comment";
    type Needs = Kit;

    fn key(&self) -> String {
        format!("{}.{}.{}", self.delivery, self.person, self.fence)
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, person, k) = (self.delivery, self.person, kit.clone());
        let found = kit
            .db
            .read(move |c| {
                let Some(comment) = store::comment(c, id)? else { return Ok(None) };
                let Some(row) = store::delivery(c, id)? else { return Ok(None) };
                let user =
                    accounts::users(c)?.into_iter().find(|u| u.id == person && u.disabled_at.is_none());
                let told = approval_letters::read(c, &k, row)?;
                Ok::<_, DbError>(user.map(|user| (user, comment, told)))
            })
            .await?;
        let Some((user, comment, told)) = found else { return Ok(()) };
        // settled while the letter waited
        if comment.state != self.state {
            return Ok(());
        }
        let t = Speech(user.language);
        let what = match comment.state {
            Standing::Removing => "comment-letter-take-down",
            _ if comment.unsure_since.is_some() => "comment-letter-look",
            _ => "comment-letter-refused",
        };
        let body = [
            t.with2(what, "title", told.title(), "account", told.account()),
            comment.error_words.filter(|words| !words.is_empty()).map_or(String::new(), |w| format!("»{w}«")),
            format!("{}/udsendelser/{id}", kit.config.server.public_url),
        ];
        let paragraphs = [
            t.with("delivery-letter-greeting", "name", &user.name),
            body.into_iter().filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"),
            t.with("delivery-letter-sender", "org", &kit.config.organisation.name),
        ];
        let letter = Letter {
            to: user.email.clone(),
            name: user.name.clone(),
            subject: t.with("comment-letter-subject", "account", told.account()),
            text: paragraphs.join("\n\n"),
            key: format!("comment.{}", self.key()),
        };
        Ok(kit.mail.send(&letter, kit.clock.now()).await?)
    }
}
