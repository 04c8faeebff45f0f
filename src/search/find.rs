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
    let (index, scope) = (index.clone(), scope.clone());
    let found = kit
        .db
        .read(move |c| {
            let answer = ask(&index, &scope, &question)?;
            let cards = applications::cards(c, &scope, &answer.ids)?;
            let ids: Vec<_> = cards.iter().map(|card| card.id).collect();
            let documents = applications::documents(c, &ids)?;
            let reader = Reader::new(&answer.asked);
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
            let hits = hits.collect();
            Ok::<_, FindError>(Found {
                hits,
                total: answer.total,
                order: answer.order,
                counts: answer.counts,
                filling: !index.is_full(),
                asked: answer.asked,
            })
        })
        .await?;
    if !found.hits.is_empty() {
        let lines: Vec<Line> = found
            .hits
            .iter()
            .map(|hit| Line {
                actor,
                verb: Verb::Found,
                object: Object::Application(hit.card.id),
                posting: Some(hit.card.posting),
                detail: None,
            })
            .collect();
        let now = kit.clock.now();
        kit.db.write(move |c| audit::write(c, &lines, now)).await?;
    }
    Ok(found)
}
