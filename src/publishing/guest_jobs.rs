//! The letter with a guest's link in it.

use serde::{Deserialize, Serialize};

use super::{guest, store};
use crate::{
    accounts,
    base::{Language, id::GuestLinkId},
    db::DbError,
    i18n::{Speech, format},
    kit::Kit,
    mail::Letter,
    queue::{Job, JobError},
};

/// Mails a link to whom it was made for.
#[derive(Serialize, Deserialize)]
pub struct SendGuestLink {
    /// Which.
    pub link: GuestLinkId,
}

impl Job for SendGuestLink {
    const KIND: &'static str = "publishing.guest_link";
    type Needs = Kit;

    fn key(&self) -> String {
        self.link.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let id = self.link;
        let (link, maker) = kit
            .db
            .read(move |c| {
                let link = store::guest_link(c, id)?;
                let users = accounts::users(c)?;
                let maker = link
                    .as_ref()
                    .and_then(|l| users.into_iter().find(|u| l.made_by == format!("user:{}", u.id)))
                    .map(|u| u.name);
                Ok::<_, DbError>((link, maker.unwrap_or_default()))
            })
            .await?;
        let now = kit.clock.now();
        let Some(link) = link.filter(|l| l.ended_at.is_none() && now < l.ends_at) else { return Ok(()) };
        let t = Speech(Language::Da);
        let org = &kit.config.organisation.name;
        let address = format!("{}/ekstern/{}", kit.config.server.public_url, guest::token(&kit.secrets, id));
        let until = format::instant_long(link.ends_at, kit.config.delivery.zone, t.language());
        let paragraphs = [
            t.with("delivery-letter-greeting", "name", &link.name),
            t.with2("guest-letter-text", "who", maker, "org", org),
            address,
            t.with("guest-letter-until", "until", until),
            t.with("delivery-letter-sender", "org", org),
        ];
        let letter = Letter {
            to: link.email,
            name: link.name,
            subject: t.with("guest-letter-subject", "org", org),
            text: paragraphs.join("\n\n"),
            key: format!("guest.{id}"),
        };
        Ok(kit.mail.send(&letter, now).await?)
    }
}
