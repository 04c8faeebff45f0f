//! A search from end to end: the index gives ids, the database gives what is shown, and the log says who came up.
//!
//! Whatever the index may hold, only what the scope covers in the database is shown. Every application that is shown
//! is written to the audit log before the answer leaves (D-05).

use std::sync::Arc;

use super::{
    asked::Asked,
    danish::danish,
    excerpt::{Excerpt, Person, Reader, Source},
    index::{Error, Index},
    question::{Counts, Order, Question, ask},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    applications::{self, Card},
    db::DbError,
    kit::Kit,
};

/// One that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// What lists show of it.
    pub card: Card,
    /// Why it was found.
    pub excerpt: Excerpt,
}

/// What a search gives.
#[derive(Debug)]
pub struct Found {
    /// A page of hits, in order.
    pub hits: Vec<Hit>,
    /// How many there are in all.
    pub total: u64,
    /// In which order.
    pub order: Order,
    /// How many of what.
    pub counts: Counts,
    /// The index is still being filled: there may be more than this.
    pub filling: bool,
    /// What was understood.
    pub asked: Asked,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum FindError {
    /// Of the index.
    #[error(transparent)]
    Index(#[from] Error),
    /// Of the database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Searches within `scope` for whoever `actor` is.
pub async fn find(
    kit: &Kit,
    index: &Arc<Index>,
    scope: &Scope,
    actor: Actor,
    question: Question,
) -> Result<Found, FindError> {
    let (same, scope) = (index.clone(), scope.clone());
    let (answer, cards, filling) = kit
        .db
        .read(move |c| {
            let answer = ask(&same, &scope, &question)?;
            let cards = applications::cards(c, &scope, &answer.ids)?;
            Ok::<_, FindError>((answer, cards, !same.is_full()))
        })
        .await?;
    // while the log's line reaches the disk the texts are read
    let (hits, ()) =
        tokio::try_join!(read(kit, cards.clone(), answer.asked.clone()), told(kit, actor, &cards))?;
    Ok(Found {
        hits,
        total: answer.total,
        order: answer.order,
        counts: answer.counts,
        filling,
        asked: answer.asked,
    })
}

/// The cards with why they were found.
async fn read(kit: &Kit, cards: Vec<Card>, asked: Asked) -> Result<Vec<Hit>, FindError> {
    kit.db
        .read(move |c| {
            let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
            let documents = applications::documents(c, &ids)?;
            let reader = Reader::new(&asked);
            let hits = cards.into_iter().map(|card| {
                let document = documents.iter().find(|d| d.id == card.id);
                let excerpt = document.map_or_else(Excerpt::default, |d| {
                    let person = Person { name: &d.name, email: &d.email, phone: &d.phone };
                    let sources: Vec<Source<'_>> =
                        d.texts.iter().map(|p| Source { file: p.file.as_deref(), text: &p.text }).collect();
                    reader.read(danish(), &person, &sources)
                });
                Hit { card, excerpt }
            });
            Ok(hits.collect())
        })
        .await
}

/// Writes who came up.
async fn told(kit: &Kit, actor: Actor, cards: &[Card]) -> Result<(), FindError> {
    if cards.is_empty() {
        return Ok(());
    }
    let line = |card: &Card| Line {
        actor,
        verb: Verb::Found,
        object: Object::Application(card.id),
        posting: Some(card.posting),
        detail: None,
    };
    let lines: Vec<Line> = cards.iter().map(line).collect();
    let now = kit.clock.now();
    Ok(kit.db.write(move |c| audit::write(c, &lines, now)).await?)
}
