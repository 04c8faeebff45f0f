//! Interviews in the demonstration: the first ad has times on two days; some applicants have chosen, one cannot make any of them,
//! and some have not answered yet.

use chrono::{Datelike, Weekday};

use super::town::Failure;
use crate::{
    accounts::{Scope, audit::Actor},
    applications::{self, Stage},
    assessment,
    base::{
        Instant,
        id::{CriterionId, PostingId},
        wall::WallTime,
    },
    interviews::{
        InterviewError,
        actions::{self, By},
        slot, store,
    },
    kit::Kit,
    web::Typed,
};

/// What is asked, in turn.
const QUESTIONS: [&str; 3] = [
    "Fortæl om en vagt, hvor planen måtte laves om.\nHvem talte du med om det?",
    "Hvad gør du, når en borger siger nej?",
    "Hvordan lærer du en ny kollega op?",
];

/// The next working days after so many days.
fn days(today: Instant, kit: &Kit) -> Vec<chrono::NaiveDate> {
    let from = WallTime::at(today, kit.config.delivery.zone).local.date();
    let week = from.iter_days().skip(4);
    week.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).take(2).collect()
}

/// Lays out times, invites everybody in the stage, and lets some of them answer.
pub(super) async fn lay(
    kit: &Kit,
    scope: &Scope,
    by: Actor,
    posting: PostingId,
    today: Instant,
) -> anyhow::Result<()> {
    let (k, scope) = (kit.clone(), scope.clone());
    kit.db
        .write(move |c| {
            for (n, day) in days(today, &k).into_iter().enumerate() {
                let mut typed = Typed::default();
                for (name, value) in [
                    ("from", if n == 0 { "9.00" } else { "12.30" }),
                    ("minutes", "45"),
                    ("pause", "15"),
                    ("count", "4"),
                    ("seats", "1"),
                    ("round", "1"),
                    ("place", "Mødelokale Birk, Skovbakken 12, 8799 Fjordby N"),
                    ("note", "Du skal ikke have noget med. Rundvisning bagefter, hvis du vil."),
                ] {
                    typed.set(name, value);
                }
                typed.set("date", day.to_string());
                let laid = slot::laid(&typed, k.config.delivery.zone, k.clock.now());
                let laid = laid.map_err(InterviewError::Fields)?;
                actions::add_times(c, &k, &scope, by, posting, &laid)?;
            }
            let board = applications::board(c, &scope, posting)?;
            let called: Vec<_> = board
                .iter()
                .filter(|card| card.stage == Stage::Interview && card.outcome.is_none())
                .map(|card| card.id)
                .take(6)
                .collect();
            if called.is_empty() {
                return Ok(());
            }
            actions::invite(c, &k, &scope, by, (posting, 1), &called)?;
            let open = store::open_slots(c, posting, 1, k.clock.now())?;
            for (n, is) in store::interviews_of(c, &scope, posting)?.iter().enumerate() {
                match (n, open.get(n * 2)) {
                    (0 | 2, Some(slot)) => {
                        let needs = if n == 2 { "Jeg bruger kørestol." } else { "" };
                        actions::book(c, &k, By::Applicant, is, slot.id, needs)?;
                    }
                    (1, _) => {
                        actions::wish(c, &k, is, "Jeg har dagvagt begge dage. Kan det blive efter kl. 16?")?;
                    }
                    _ => {}
                }
            }
            let criteria = assessment::store::criteria(c, posting)?;
            let written: Vec<(CriterionId, String)> = criteria
                .iter()
                .zip(QUESTIONS)
                .map(|(criterion, words)| (criterion.id, words.to_owned()))
                .collect();
            Ok::<_, Failure>(actions::save_questions(c, &k, by, posting, &written)?)
        })
        .await
        .map_err(|Failure(e)| e.context("interviews of the demonstration"))?;
    Ok(())
}
