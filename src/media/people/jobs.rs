//! What happens without anyone watching: the letter with the link, and the one about yeses that end soon.

use std::{collections::BTreeMap, time::Duration};

use serde::{Deserialize, Serialize};

use super::{letters, store};
use crate::{
    accounts,
    base::id::{ConsentId, ConsentLinkId},
    db::DbError,
    kit::Kit,
    mail::MailError,
    queue::{Job, JobError},
};

/// Mails a link to whom it was made for.
#[derive(Serialize, Deserialize)]
pub struct SendConsentLink {
    /// Which.
    pub link: ConsentLinkId,
}

impl Job for SendConsentLink {
    const KIND: &'static str = "media.consent_link";
    type Needs = Kit;

    fn key(&self) -> String {
        self.link.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let id = self.link;
        let found = kit
            .db
            .read(move |c| {
                let Some(link) = store::link(c, id)? else { return Ok(None) };
                let person = store::person(c, link.person_id)?;
                let users = accounts::users(c)?;
                let maker = users.into_iter().find(|u| link.made_by == format!("user:{}", u.id));
                Ok::<_, DbError>(person.map(|p| (link, p.name, maker.map(|u| u.name).unwrap_or_default())))
            })
            .await?;
        let now = kit.clock.now();
        let Some((link, about, who)) = found.filter(|(link, ..)| now < link.ends_at) else { return Ok(()) };
        Ok(kit.mail.send(&letters::question(kit, &link, &about, &who), now).await?)
    }
}

/// Tells whoever noted or asked for it that a yes ends soon: once each, all that end together in one letter. Comes round
/// every hour.
#[derive(Serialize, Deserialize)]
pub struct TellConsentEnds {}

impl Job for TellConsentEnds {
    const KIND: &'static str = "media.tell_consent_ends";
    type Needs = Kit;

    fn key(&self) -> String {
        String::new()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let now = kit.clock.now();
        let soon = now + Duration::from_secs(u64::from(kit.config.consents.soon_days) * 86_400);
        type Told = BTreeMap<String, (Vec<ConsentId>, Vec<String>)>;
        let (told, users) = kit
            .db
            .read(move |c| {
                let mut told = Told::new();
                for (yes, person, noted_by) in store::ending(c, now, soon)? {
                    // given by link: who made the link is told
                    let to = match noted_by.strip_prefix("consent_link:").and_then(|id| id.parse().ok()) {
                        Some(id) => store::link(c, id)?.map(|l| l.made_by).unwrap_or_default(),
                        None => noted_by,
                    };
                    let (yeses, names) = told.entry(to).or_default();
                    yeses.push(yes);
                    // who has said yes anew is no news
                    if let Some(person) = store::person(c, person)?.filter(|p| p.is_running_out(now, soon))
                        && !names.contains(&person.name)
                    {
                        names.push(person.name);
                    }
                }
                Ok::<_, DbError>((told, accounts::users(c)?))
            })
            .await?;
        let mut later = None;
        for (to, (yeses, names)) in told {
            let user = users.iter().find(|u| to == format!("user:{}", u.id) && u.disabled_at.is_none());
            if let (Some(user), Some(first), false) = (user, yeses.first(), names.is_empty()) {
                let letter = letters::ending(kit, user, &names, &first.to_string());
                match kit.mail.send(&letter, now).await {
                    Ok(()) => {}
                    Err(MailError::Later(words)) => {
                        later = Some(words);
                        continue;
                    }
                    Err(MailError::Refused(words)) => {
                        tracing::warn!(user = %user.id, words, "nobody could be told that a yes ends");
                    }
                }
            }
            kit.db.write(move |c| store::warned(c, &yeses, now)).await?;
        }
        later.map_or(Ok(()), |words| Err(JobError::Later(words)))
    }
}
