//! Letters about approval: to whoever may approve, what waits for them; to the author, what was answered.

use serde::{Deserialize, Serialize};

use super::{approval, approval_letters as letters, correction::Standing, store};
use crate::{
    accounts::{self, audit::Actor},
    base::id::{PublicationId, UserId},
    db::DbError,
    kit::Kit,
    mail::Letter,
    queue::{Job, JobError},
};

async fn send(kit: &Kit, letter: &Letter) -> Result<(), JobError> {
    Ok(kit.mail.send(letter, kit.clock.now()).await?)
}

/// Tells a person what waits for their approval; one letter for all of it.
#[derive(Serialize, Deserialize)]
pub struct TellApprovers {
    /// Who.
    pub person: UserId,
    /// Something of it goes out within a day.
    pub urgent: bool,
}

impl Job for TellApprovers {
    const KIND: &'static str = "publishing.tell_approvers";
    type Needs = Kit;

    fn key(&self) -> String {
        format!("{}.{}", self.person, self.urgent)
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (person, k) = (self.person, kit.clone());
        let (user, waiting) = kit
            .db
            .read(move |c| {
                let now = k.clock.now();
                let mut waiting = Vec::new();
                for work in store::in_the_works(c)? {
                    let publication = store::publication(c, work.row.publication_id)?;
                    let theirs = work.row.state == super::State::InReview
                        && approval::may_judge(c, Actor::User(person), &work.demand, &publication, now)?;
                    if theirs {
                        waiting.push(letters::read(c, &k, work.row)?);
                    }
                }
                for (open, row) in store::corrections_that(c, Standing::Waits)? {
                    let Some(demand) = store::demand(c, row.id)? else { continue };
                    if approval::may_judge_words(c, Actor::User(person), &demand, &open, now)? {
                        waiting.push(letters::read(c, &k, row)?.into_correction());
                    }
                }
                let user = accounts::users(c)?.into_iter().find(|u| u.id == person);
                Ok::<_, DbError>((user.filter(|u| u.disabled_at.is_none()), waiting))
            })
            .await?;
        let (Some(user), false) = (user, waiting.is_empty()) else { return Ok(()) };
        send(kit, &letters::waiting(&kit.config, &user, &waiting)).await
    }
}

/// Tells an author what was said of their posts.
#[derive(Serialize, Deserialize)]
pub struct TellAuthor {
    /// Of which publication.
    pub publication: PublicationId,
}

impl Job for TellAuthor {
    const KIND: &'static str = "publishing.tell_author";
    type Needs = Kit;

    fn key(&self) -> String {
        self.publication.to_string()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let (id, k) = (self.publication, kit.clone());
        let (user, answers) = kit
            .db
            .read(move |c| {
                let row = store::publication(c, id)?;
                let users = accounts::users(c)?;
                let author = users
                    .iter()
                    .find(|u| u.disabled_at.is_none() && row.created_by == format!("user:{}", u.id));
                let mut answers = Vec::new();
                for delivery in store::deliveries_of(c, id)? {
                    let Some(said) = store::approvals_of(c, delivery.id)?.pop() else { continue };
                    // nobody is told what they said themselves
                    if said.by_actor != row.created_by {
                        let by = letters::by(c, &users, &said.by_actor)?;
                        answers.push((letters::read(c, &k, delivery)?, said, by));
                    }
                }
                Ok::<_, DbError>((author.cloned(), answers))
            })
            .await?;
        let (Some(user), false) = (user, answers.is_empty()) else { return Ok(()) };
        send(kit, &letters::answered(&kit.config, &user, id, &answers)).await
    }
}
