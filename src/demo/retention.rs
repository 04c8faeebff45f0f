//! What has been said about how long applications are kept, who has asked to be erased, and what has been proved gone: so that
//! the pages are as full as a municipality's.

use chrono::Days;

use super::town::{Failure, People};
use crate::{
    accounts::Scope,
    applications::{self, magic_token},
    base::id::{ApplicationId, PostingId},
    kit::Kit,
    postings::RuleOf,
    retention::{
        actions::{self, NewHold, NewRule},
        erase::{self, Needs},
        plan,
    },
    secrets::fingerprint,
    timetable,
};

/// Lays rules and a hold down, lets one ask and one be erased by hand, and lets tonight be; then somebody else asks.
/// `leaders` and `office`: the two postings that are closed.
pub async fn set(
    kit: &Kit,
    parts: &timetable::Parts,
    people: &People,
    scope: &Scope,
    (leaders, office): (PostingId, PostingId),
) -> anyhow::Result<()> {
    let (k, by, s) = (kit.clone(), people.of("camilla"), scope.clone());
    let today = plan::day_of(kit.clock.now(), kit.config.delivery.zone);
    let (own, asked, later) = kit
        .db
        .write(move |c| {
            for (of, value, months, reason) in [
                (
                    RuleOf::Profession,
                    "administration".to_owned(),
                    "1",
                    "Få klager på administrative stillinger; vi gemmer så kort som muligt.",
                ),
                (
                    RuleOf::Profession,
                    "team_leader".to_owned(),
                    "3",
                    "Ledere ansættes af byrådet, og sagen er afsluttet der efter tre måneder.",
                ),
                (
                    RuleOf::Posting,
                    leaders.to_string(),
                    "12",
                    "Revisionen har bedt om at kunne se forløbet i et år.",
                ),
            ] {
                let new = NewRule { of, value, months: months.to_owned(), reason: reason.to_owned() };
                actions::set_rule(c, &k, by, &new)?;
            }
            let (about, wish) = (applications::board(c, &s, leaders)?, applications::board(c, &s, office)?);
            let held = NewHold {
                posting: leaders,
                application: about.first().map(|card| card.id),
                until: (today + Days::new(185)).to_string(),
                reason: "Klagesag i Ligebehandlingsnævnet, j.nr. 26-4711".to_owned(),
            };
            actions::hold(c, &k, &s, by, &held)?;
            let nth = |n: usize| wish.get(n).map(|card| card.id);
            if let Some(id) = nth(0) {
                erase::by_hand(c, &k, &s, by, id)?;
            }
            Ok::<_, Failure>((about.last().map(|card| card.id), nth(1), nth(2)))
        })
        .await
        .map_err(|Failure(error)| error)?;
    ask(kit, asked).await?;
    timetable::runner(kit, parts).drain().await?;
    let needs = Needs { kit: kit.clone(), index: Some(parts.search.clone()), namers: timetable::NAMERS };
    erase::night(&needs, today).await?;
    ask(kit, later).await?;
    ask(kit, own).await
}

/// The applicant presses the button on their own page.
async fn ask(kit: &Kit, id: Option<ApplicationId>) -> anyhow::Result<()> {
    let Some(id) = id else { return Ok(()) };
    let (k, hash) = (kit.clone(), fingerprint(&magic_token(&kit.secrets, id)));
    kit.db
        .write(move |c| Ok::<_, Failure>(actions::ask(c, &k, &hash, id)?))
        .await
        .map_err(|Failure(error)| error)
}
