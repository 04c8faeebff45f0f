//! Cards stay sealed whatever the members of a panel do and in whatever order, and are shown in the very step that
//! makes them whole. On SQLite, and on PostgreSQL when the suite runs there.

use std::collections::HashSet;

use opslag::{
    accounts::{audit::Actor, bars::Relation},
    assessment::{
        AssessmentError, actions,
        card::{State, Step},
        panel::Seat,
        store,
    },
    base::id::UserId,
};
use proptest::{
    prelude::*,
    test_runner::{Config, TestRunner},
};

use super::{Panel, revealed, shown};

/// What one of five members does.
#[derive(Clone, Copy, Debug)]
enum Act {
    Free(usize),
    Related(usize),
    Draft(usize),
    Give(usize),
    Leave(usize),
}

/// Two whose seats must be filled, one more in such a seat, and two others.
const SEATS: [Seat; 5] = [Seat::Manager, Seat::Employee, Seat::Employee, Seat::Expert, Seat::Hr];

fn act() -> impl Strategy<Value = Act> {
    let who = 0..SEATS.len();
    prop_oneof![
        3 => who.clone().prop_map(Act::Free),
        1 => who.clone().prop_map(Act::Related),
        1 => who.clone().prop_map(Act::Draft),
        5 => who.clone().prop_map(Act::Give),
        1 => who.prop_map(Act::Leave),
    ]
}

/// What is true of the members by the rules as they are written, kept apart from the product.
#[derive(Default)]
struct Model {
    said: [Option<bool>; 5],
    given: [bool; 5],
    left: [bool; 5],
    shown: bool,
}

impl Model {
    fn free(&self, n: usize) -> bool {
        !self.left[n] && self.said[n] != Some(true)
    }
    /// Everybody in a seat that must be filled who may judge, else everybody who may.
    fn waited_for(&self) -> Vec<usize> {
        let must: Vec<usize> = (0..3).filter(|n| self.free(*n)).collect();
        if must.is_empty() { (0..5).filter(|n| self.free(*n)).collect() } else { must }
    }
    fn settle(&mut self) {
        let waited = self.waited_for();
        let some = self.given.iter().any(|g| *g);
        if some && !waited.is_empty() && waited.iter().all(|n| self.given[*n]) {
            self.shown = true;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sealed_in_every_order_until_the_last_is_in() {
    let handle = tokio::runtime::Handle::current();
    let panel = Panel::new().await;
    let worked = tokio::task::spawn_blocking(move || {
        let mut runner =
            TestRunner::new(Config { cases: 24, failure_persistence: None, ..Config::default() });
        // most have said that they are free when it begins, so that as many lives end with shown cards as without
        let lives = (
            proptest::array::uniform5(proptest::bool::weighted(0.8)),
            proptest::collection::vec(act(), 4..22),
        )
            .prop_map(|(free, steps)| {
                let said = (0..SEATS.len()).filter(|n| free[*n]).map(Act::Free);
                said.chain(steps).collect::<Vec<Act>>()
            });
        let (reveals, seals) = (std::cell::Cell::new(0), std::cell::Cell::new(0));
        let done = runner.run(&lives, |steps| {
            let shown = handle.block_on(live(&panel, &steps));
            if shown {
                reveals.set(reveals.get() + 1)
            } else {
                seals.set(seals.get() + 1)
            }
            Ok(())
        });
        if let Err(error) = done {
            panic!("{error}");
        }
        (reveals.get(), seals.get())
    });
    let (reveals, seals) = worked.await.unwrap();
    assert!(reveals > 2 && seals > 2, "both ends were met: {reveals} shown, {seals} sealed");
}

/// Lives through the steps with a panel and an applicant of their own; whether the cards were shown in the end.
async fn live(panel: &Panel, steps: &[Act]) -> bool {
    let app = &panel.app;
    let ad = app.ad_with_profile("Prøve").await;
    let mut users: Vec<UserId> = Vec::new();
    for (n, seat) in SEATS.into_iter().enumerate() {
        users.push(app.seated(&ad, &format!("Medlem {n}"), seat, n == 0).await);
    }
    let id = app.applied(ad.id, "Anna Holm", "").await;
    let mut model = Model::default();
    for step in steps {
        match *step {
            // as the pages do: what is not there for somebody cannot be asked for either
            Act::Free(n) | Act::Related(n) if model.said[n] == Some(true) => {}
            Act::Free(n) => {
                app.says(users[n], id, Relation::None).await;
                model.said[n] = Some(false);
            }
            Act::Related(n) => {
                app.says(users[n], id, Relation::Family).await;
                model.said[n] = Some(true);
                model.settle();
            }
            Act::Draft(n) | Act::Give(n) => {
                let gives = matches!(step, Act::Give(_));
                let result = app.card(users[n], id, 3, if gives { Step::Submit } else { Step::Save }).await;
                let may = !model.left[n] && model.said[n] == Some(false) && !model.given[n];
                assert_eq!(result.is_ok(), may, "{step:?}: {result:?}");
                if may && gives {
                    model.given[n] = true;
                    model.settle();
                }
            }
            Act::Leave(n) => {
                let (of, user) = (ad.id, users[n]);
                let members = app.kit.db.read(move |c| store::panel::members(c, of)).await.unwrap();
                let seat = members.iter().find(|m| m.user == user).unwrap().membership;
                let left =
                    app.assess(move |c, k, s| actions::end_seat(c, k, Actor::System, s, of, seat)).await;
                assert_eq!(left.is_ok(), !model.left[n]);
                assert!(left.is_ok() || matches!(left, Err(AssessmentError::NotFound)));
                if !model.left[n] {
                    model.left[n] = true;
                    model.settle();
                }
            }
        }
        assert_eq!(revealed(app, id).await, model.shown, "after {step:?} of {steps:?}");
        let given: HashSet<UserId> = (0..5).filter(|n| model.given[*n]).map(|n| users[n]).collect();
        for reader in &users {
            let others: HashSet<UserId> = shown(app, id, *reader)
                .await
                .into_iter()
                .filter(|card| card.user != *reader)
                .inspect(|card| assert_eq!(card.state, State::Submitted, "a draft is its maker's alone"))
                .map(|card| card.user)
                .collect();
            let may: HashSet<UserId> = given.iter().copied().filter(|user| user != reader).collect();
            assert_eq!(others, if model.shown { may } else { HashSet::new() }, "after {step:?} of {steps:?}");
        }
    }
    model.shown
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_give_in_the_last_cards_at_once_one_shows_them() {
    let panel = Panel::new().await;
    let app = &panel.app;
    for round in 0..12 {
        let id = app.applied(panel.ad.id, &format!("Anna {round}"), "").await;
        for user in [panel.manager, panel.employee] {
            app.says(user, id, Relation::None).await;
        }
        let (one, other) = tokio::join!(
            app.card(panel.manager, id, 4, Step::Submit),
            app.card(panel.employee, id, 1, Step::Submit),
        );
        let shows = [one.unwrap().revealed, other.unwrap().revealed];
        assert_eq!(shows.iter().filter(|s| **s).count(), 1, "the last one, and only that: {shows:?}");
        assert!(revealed(app, id).await);
        for reader in [panel.manager, panel.employee] {
            assert_eq!(shown(app, id, reader).await.len(), 2);
        }
        // the same card twice at once is one card
        let again = app.applied(panel.ad.id, &format!("Bent {round}"), "").await;
        app.says(panel.manager, again, Relation::None).await;
        let (one, other) = tokio::join!(
            app.card(panel.manager, again, 4, Step::Submit),
            app.card(panel.manager, again, 2, Step::Submit),
        );
        assert!(one.is_ok() != other.is_ok(), "{one:?} {other:?}");
        assert_eq!(shown(app, again, panel.manager).await.len(), 1);
    }
}
