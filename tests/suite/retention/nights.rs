//! Over years of nights: what the page says of a day is what that day's night does, exactly, whatever happens meanwhile; and
//! nobody goes without having been warned of and out of sight first.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use opslag::{
    accounts::{self, audit::Actor},
    applications,
    base::{
        Chance,
        id::{ApplicationId, PostingId},
    },
    db::{DbError, Engine},
    postings::RuleOf,
    retention::{
        actions::{self, NewHold, NewRule},
        fate::{State, Trigger},
        plan::{self, Plan},
    },
};

use super::{DAY, close_at, night, nights, receipts, there, today};
use crate::harness::TestApp;

async fn planned(app: &TestApp) -> Plan {
    let k = app.kit.clone();
    app.kit.db.read(move |c| plan::plan(c, &k)).await.unwrap()
}

/// By day, who goes until `last`, the held ones too: their day is known, as long as nobody ends the hold.
fn by_day(plan: &Plan, last: NaiveDate) -> BTreeMap<NaiveDate, BTreeSet<ApplicationId>> {
    let mut days: BTreeMap<NaiveDate, BTreeSet<ApplicationId>> = BTreeMap::new();
    for one in &plan.all {
        let Some(fate) = one.fate.filter(|fate| fate.erase_on <= last) else { continue };
        days.entry(fate.erase_on).or_default().insert(one.of.id);
    }
    days
}

async fn rule(app: &TestApp, of: RuleOf, value: &str, months: &str) {
    let new = NewRule { of, value: value.into(), months: months.into(), reason: "Klagefrist".into() };
    let k = app.kit.clone();
    app.kit.db.write(move |c| actions::set_rule(c, &k, Actor::System, &new)).await.unwrap();
}

async fn held(app: &TestApp, posting: PostingId, application: Option<ApplicationId>, until: NaiveDate) {
    let new = NewHold { posting, application, until: until.to_string(), reason: "Klagesag 4711".into() };
    let k = app.kit.clone();
    let hold = move |c: &mut _| {
        let scope = accounts::everywhere(c)?;
        actions::hold(c, &k, &scope, Actor::System, &new)
    };
    app.kit.db.write(hold).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_plan_of_a_day_is_what_is_erased_on_it_for_years() {
    let app = TestApp::standing_still().await;
    let chance = Chance::seeded(41);
    let mut open: Vec<PostingId> = Vec::new();
    let mut names = 0;
    let mut expected: BTreeMap<NaiveDate, BTreeSet<ApplicationId>> = BTreeMap::new();
    let mut triggers: BTreeSet<Trigger> = BTreeSet::new();
    let (mut compared, mut erased) = (0, 0);
    // the rule is the same everywhere; its whole length is lived on SQLite
    let long = app.kit.db.engine() == Engine::Sqlite;
    for day in 0..if long { 1100_u32 } else { 600 } {
        app.kit.clock.advance(DAY);
        if day < 700 && day % 35 == 0 {
            let ad = app.open_ad(&format!("Stilling {day}")).await;
            for _ in 0..3 {
                app.applied(ad.id, &format!("Person Nummer{names}"), "").await;
                names += 1;
            }
            match day % 4 {
                0 => {
                    rule(&app, RuleOf::Posting, &ad.id.to_string(), &(1 + chance.below(12)).to_string()).await
                }
                1 => rule(&app, RuleOf::Profession, "care_assistant", "9").await,
                _ => {}
            }
            // every fourth is never closed by anybody
            if day % 140 > 0 {
                open.push(ad.id);
            }
            expected.clear();
        }
        // the others after a while
        if day % 20 == 0 && !open.is_empty() && chance.below(4) > 0 {
            let id = open.remove(usize::try_from(chance.below(open.len() as u64)).unwrap());
            close_at(&app, id, app.kit.clock.now()).await;
            expected.clear();
        }
        if day % 97 == 0 && day > 0 {
            let all = planned(&app).await.all;
            if let Some(one) = all.get(usize::try_from(chance.below(all.len().max(1) as u64)).unwrap()) {
                let until = today(&app) + Days::new(5 + chance.below(60));
                let only = (chance.below(2) == 0).then_some(one.of.id);
                held(&app, one.of.posting, only, until).await;
                expected.clear();
            }
        }
        // what was said when nothing has happened since still holds; then it is said anew
        let now = today(&app);
        let plan = planned(&app).await;
        assert_eq!(plan.coming, now, "no night is left out");
        assert!(plan.all.iter().all(|one| one.fate.is_some()), "nobody is without a rule");
        let said = by_day(&plan, now + Days::new(90));
        let overdue: Vec<_> = said.keys().filter(|goes| **goes < now).collect();
        assert!(overdue.is_empty(), "{overdue:?}");
        for (goes, who) in expected.range(now..=now + Days::new(60)) {
            assert_eq!(said.get(goes), Some(who), "said before of {goes}");
            compared += 1;
        }
        let tonight = said.get(&now).cloned().unwrap_or_default();
        for one in plan.all.iter().filter(|one| tonight.contains(&one.of.id)) {
            assert!(one.of.quarantined_at.is_some(), "{:?} was never out of sight", one.fate);
        }
        if expected.is_empty() {
            expected = said;
        }
        triggers.extend(
            plan.all
                .iter()
                .filter(|one| tonight.contains(&one.of.id))
                .filter_map(|one| one.fate)
                .map(|f| f.trigger),
        );
        let before: BTreeSet<_> = there(&app).await.into_iter().collect();
        night(&app).await;
        let after: BTreeSet<_> = there(&app).await.into_iter().collect();
        let gone: BTreeSet<_> = before.difference(&after).copied().collect();
        assert_eq!(gone, tonight, "{now}");
        erased += gone.len();
    }
    let (least, compares) = if long { (40, 1000) } else { (3, 200) };
    assert!(erased >= least && compared > compares, "{erased} erased, {compared} compared");
    let all = receipts(&app).await;
    assert!(all.iter().all(|receipt| !receipt.says().unwrap().is_red()), "{all:?}");
    assert_eq!(opslag::retention::receipt::broken(&all), None);
    if !long {
        return;
    }
    // and who never closed theirs did not keep them for ever
    assert_eq!(triggers, [Trigger::Closed, Trigger::Unclosed].into());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_night_that_comes_twice_is_one_and_one_that_never_came_is_made_up_for() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    app.applied(ad.id, "Anna Holm", "").await;
    close_at(&app, ad.id, app.kit.clock.now()).await;
    // the machine was off for a year: first it is said, then it is out of sight, then it goes
    app.kit.clock.advance(DAY * 365);
    night(&app).await;
    night(&app).await;
    assert_eq!(app.rows("erasures").await, 1);
    let fate = planned(&app).await.all[0].fate.unwrap();
    assert_eq!(fate.state, State::Warned);
    let goes = today(&app) + Days::new(44);
    assert_eq!(fate.erase_on, goes);
    nights(&app, 14).await;
    assert_eq!(planned(&app).await.all[0].fate.unwrap().state, State::Quarantined);
    nights(&app, 29).await;
    assert_eq!(there(&app).await.len(), 1);
    nights(&app, 1).await;
    assert_eq!((today(&app), there(&app).await.len()), (goes, 0));
    // the job does the same, whenever the clock comes round
    let (k, now) = (app.kit.clone(), app.kit.clock.now());
    let due = move |c: &mut _| opslag::retention::jobs::when_night(c, now, k.config.delivery.zone, &k.chance);
    app.kit.db.write(due).await.unwrap();
    app.drain().await;
    assert_eq!(app.rows("erasures where kind = 'night'").await, 45);
}

#[tokio::test(flavor = "multi_thread")]
async fn whom_a_hold_spares_after_they_were_chosen_does_not_go() {
    let app = TestApp::standing_still().await;
    let ad = app.open_ad("Kok").await;
    let id = app.applied(ad.id, "Anna Holm", "").await;
    close_at(&app, ad.id, app.kit.clock.now()).await;
    nights(&app, 155).await;
    assert_eq!(planned(&app).await.all[0].fate.unwrap().state, State::Quarantined);
    held(&app, ad.id, Some(id), today(&app) + Days::new(100)).await;
    let k = app.kit.clone();
    let seen = app.kit.db.read(move |c| {
        let scope = accounts::everywhere(c)?;
        Ok::<_, DbError>((applications::application(c, &scope, id)?.is_some(), plan::plan(c, &k)?))
    });
    let (seen, plan) = seen.await.unwrap();
    assert!(seen, "it is back in sight");
    assert_eq!(plan.all[0].fate.unwrap().state, State::Held);
    nights(&app, 100).await;
    assert_eq!(there(&app).await.len(), 1);
    // warned of and out of sight anew, and then it goes
    nights(&app, 44).await;
    assert_eq!(there(&app).await.len(), 1);
    nights(&app, 1).await;
    assert_eq!(there(&app).await.len(), 0);
}
