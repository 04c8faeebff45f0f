//! What stands in the calendar without anybody pressing a button that day: weekly slots, a post that repeats, one that keeps.

use super::town::Failure;
use crate::{
    accounts::{Scope, audit::Actor},
    base::{Language, id::AccountId},
    kit::Kit,
    postings::Posting,
    publishing::{
        Order, OrderError, Part,
        evergreen::{self, REST_DAYS},
        rhythm::Rhythm,
        series_actions,
        slot::{self, Slot},
    },
};

/// Tuesdays and Thursdays in the morning, Sundays in the evening.
const WEEK: [(u32, u32); 3] = [(1, 8 * 60 + 30), (3, 8 * 60 + 30), (6, 19 * 60)];

/// Begins all of it on these accounts, with an ad that stays open for some weeks.
pub(super) async fn begin(
    kit: &Kit,
    by: Actor,
    scope: &Scope,
    accounts: &[AccountId],
    ad: &Posting,
) -> anyhow::Result<()> {
    let slots: Vec<Slot> =
        WEEK.into_iter().filter_map(|(weekday, minute)| Slot::new(weekday, minute)).collect();
    let filled = accounts.to_vec();
    kit.db
        .write(move |c| {
            for account in &filled {
                slot::set(c, *account, &slots)?;
            }
            // one is filled from the queue, the other shows where there is room
            for account in filled.iter().take(1) {
                evergreen::switch(c, *account, Some(24))?;
            }
            Ok::<_, Failure>(())
        })
        .await
        .map_err(|Failure(error)| error)?;
    let order = |text: &str| Order {
        subject: ad.id.into(),
        language: Language::Da,
        when: None,
        media: Vec::new(),
        parts: accounts.iter().map(|account| Part { account: *account, text: text.to_owned() }).collect(),
        same_words_ok: true,
    };
    let rhythm = Rhythm {
        weekdays: vec![2],
        every_weeks: 1,
        time: chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap_or_default(),
        zone: kit.config.delivery.zone,
        after: kit.clock.now(),
        until: None,
        times: Some(8),
    };
    let weekly = "Onsdag er der kaffe på kanden for nye kolleger. Kig forbi, og hør om jobbet.\n---\n\
                  Nysgerrig på jobbet? Vi viser rundt hver onsdag. Du behøver ikke melde dig til.";
    let said = |error: OrderError| anyhow::anyhow!("{error:?}");
    series_actions::begin(kit, by, scope, scope, order(weekly), rhythm).await.map_err(said)?;
    let kept = "Har du lyst til at arbejde med mennesker? Hos os lærer du faget sammen med gode kolleger.";
    evergreen::keep(kit, by, scope, scope, order(kept), REST_DAYS).await.map_err(said)?;
    Ok(())
}
