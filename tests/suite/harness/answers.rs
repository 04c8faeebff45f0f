//! Answers to applicants without the pages: turn somebody down, write the letters, read them through, lay them, let the time
//! pass.

use std::time::Duration;

use opslag::{
    accounts::{self, audit::Actor},
    answers::{
        self, AnswerError, Letter,
        actions::{self, Answering, Drafted},
    },
    applications::{
        Outcome,
        actions::{Change, change},
        stage::Column,
    },
    base::id::{ApplicationId, BatchId, PostingId},
    db::Conn,
};

use super::TestApp;

impl TestApp {
    /// Turns an applicant down.
    pub async fn rejected(&self, id: ApplicationId, reason: &str) {
        let version = self.whole(id).await.unwrap().application.version;
        let (k, reason) = (self.kit.clone(), reason.to_owned());
        let to = Column::Outcome(Outcome::Rejected);
        let wanted = Change { id, version, to, place: None, reason };
        self.kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                change(c, &k, &scope, Actor::System, &wanted)
            })
            .await
            .unwrap();
    }

    /// Writes letters to these.
    pub async fn drafted(&self, posting: PostingId, to: &[ApplicationId]) -> Result<Drafted, AnswerError> {
        let (k, to) = (self.kit.clone(), to.to_vec());
        self.kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                let chosen = to
                    .iter()
                    .filter_map(|id| {
                        Some((*id, opslag::applications::any(c, *id).ok()??.application.version))
                    })
                    .collect();
                let wanted = Answering { chosen, sender: "Mads Holm".into(), ..Answering::default() };
                actions::draft(c, &k, &scope, Actor::System, posting, &wanted)
            })
            .await
    }

    /// Reads a batch through and lays it.
    pub async fn approved_and_laid(&self, batch: BatchId) -> Result<(), AnswerError> {
        let k = self.kit.clone();
        self.kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                let seen = actions::digest(c, batch)?;
                actions::approve(c, &k, &scope, Actor::System, batch, &seen)?;
                actions::lay(c, &k, &scope, Actor::System, batch, None)?;
                Ok(())
            })
            .await
    }

    /// Writes letters to these, reads them through and lays them.
    pub async fn laid(&self, posting: PostingId, to: &[ApplicationId]) -> BatchId {
        let batch = self.drafted(posting, to).await.unwrap().batch;
        self.approved_and_laid(batch).await.unwrap();
        batch
    }

    /// Everybody who was turned down gets the letter that says so.
    pub async fn answered(&self, posting: PostingId) {
        let cards = self.cards(posting).await;
        let turned_down = cards.iter().filter(|card| card.outcome == Some(Outcome::Rejected));
        let to: Vec<ApplicationId> = turned_down.map(|card| card.id).collect();
        self.laid(posting, &to).await;
        self.kit.clock.advance(Duration::from_secs(61 * 60));
        self.drain().await;
    }

    /// Every letter to an applicant.
    pub async fn letters_to(&self, id: ApplicationId) -> Vec<Letter> {
        self.kit.db.read(move |c: &mut Conn| answers::letters_to(c, id)).await.unwrap()
    }
}
