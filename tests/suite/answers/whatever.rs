//! What must hold whatever happens and in whatever order: at most one letter per applicant and decision, and none of them
//! twice; nobody forgotten; an ad closes only when everyone has an answer.

use std::{collections::BTreeMap, time::Duration};

use opslag::{
    accounts::{self, audit::Actor},
    answers::{
        self, actions as verbs, hand,
        state::{BatchState, LetterState},
    },
    applications::{
        self, Outcome, Stage,
        actions::{self, Change},
        stage::Column,
    },
    base::{Chance, id::ApplicationId, id::LetterId},
    db::{Conn, DbError},
    postings::{Posting, State},
};

use super::{GROUNDS, close, once::behind};
use crate::harness::{
    TestApp,
    post_office::{Mood, PostOffice},
    power::{number, rounds},
};

const MOODS: [Mood; 7] = [
    Mood::Takes,
    Mood::Takes,
    Mood::Defers,
    Mood::RefusesLate,
    Mood::CutTaken,
    Mood::CutLost,
    Mood::DefersLate,
];

struct Run<'a> {
    app: &'a TestApp,
    office: &'a PostOffice,
    chance: &'a Chance,
    ad: Posting,
    ids: Vec<ApplicationId>,
    /// How often somebody pressed »send again«, by letter.
    again: BTreeMap<LetterId, usize>,
    closed: bool,
}

impl Run<'_> {
    fn pick(&self, n: usize) -> usize {
        usize::try_from(self.chance.below(u64::try_from(n).unwrap())).unwrap()
    }

    async fn shift(&self, id: ApplicationId, to: Column) {
        let Some(whole) = self.app.whole(id).await else { return };
        let change =
            Change { id, version: whole.application.version, to, place: None, reason: GROUNDS.into() };
        let k = self.app.kit.clone();
        // whatever the table bars is barred here, too
        let _ = self
            .app
            .kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                actions::change(c, &k, &scope, Actor::System, &change)
            })
            .await;
    }

    async fn step(&mut self) {
        let id = self.ids[self.pick(self.ids.len())];
        let k = self.app.kit.clone();
        let letters = self.app.letters_to(id).await;
        let letter = letters.first().map(|letter| letter.id);
        match self.pick(12) {
            0 | 1 => self.shift(id, Column::Outcome(Outcome::Rejected)).await,
            2 => self.shift(id, Column::Stage(Stage::Interview)).await,
            3 => {
                if let Some(whole) = self.app.whole(id).await {
                    let hash = whole.application.access_hash;
                    let _ = self.app.kit.db.write(move |c| actions::withdraw(c, &k, &hash)).await;
                }
            }
            4 | 5 => {
                let mut to = Vec::new();
                for id in &self.ids {
                    let whole = self.app.whole(*id).await;
                    to.extend(whole.filter(|w| w.application.lacks_answer()).map(|w| w.application.id));
                }
                if let Ok(drafted) = self.app.drafted(self.ad.id, &to).await {
                    let mood = MOODS[self.pick(MOODS.len())];
                    for id in &self.ids {
                        if let Some(whole) = self.app.whole(*id).await {
                            self.office.will(&whole.applicant.email, &[mood]);
                        }
                    }
                    if self.pick(4) > 0 {
                        let _ = self.app.approved_and_laid(drafted.batch).await;
                    }
                }
            }
            6 => {
                let batches = self.batches().await;
                if let Some(batch) = batches.first().map(|batch| batch.id) {
                    let taken_back = self.pick(2) == 0;
                    let _ = self
                        .app
                        .kit
                        .db
                        .write(move |c| {
                            let scope = accounts::everywhere(c)?;
                            match letter {
                                Some(letter) if taken_back => verbs::take_out(c, &k, &scope, batch, letter),
                                _ => verbs::cancel(c, &k, &scope, Actor::System, batch),
                            }
                        })
                        .await;
                }
            }
            7 | 8 => {
                self.app.kit.clock.advance(Duration::from_secs(3700));
                self.app.drain().await;
            }
            9 | 10 => self.by_a_person(letter).await,
            _ => {
                if close(self.app, self.ad.id).await.is_ok() {
                    self.closed = true;
                }
            }
        }
    }

    async fn by_a_person(&mut self, letter: Option<LetterId>) {
        let Some(letter) = letter else { return };
        let (k, which) = (self.app.kit.clone(), self.pick(4));
        let done = self
            .app
            .kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                match which {
                    0 => hand::arrived(c, &k, &scope, Actor::System, letter),
                    1 => hand::again(c, &k, &scope, Actor::System, letter),
                    2 => hand::by_hand(c, &k, &scope, Actor::System, letter, "Ringede og gav svaret."),
                    _ => hand::bounced(c, &k, &scope, Actor::System, letter),
                }
            })
            .await;
        if which == 1 && done.is_ok() {
            *self.again.entry(letter).or_default() += 1;
        }
    }

    /// However it stands: what is on its way is waited for, what cannot go is answered by hand, who lacks a letter gets one.
    /// Then the ad closes.
    async fn everyone_can_be_answered(&mut self) {
        if self.closed {
            return;
        }
        for batch in self.batches().await {
            let (k, id) = (self.app.kit.clone(), batch.id);
            // those that are leaving cannot be taken back
            let _ = self
                .app
                .kit
                .db
                .write(move |c| {
                    let scope = accounts::everywhere(c)?;
                    verbs::cancel(c, &k, &scope, Actor::System, id)
                })
                .await;
        }
        for id in self.ids.clone() {
            self.shift(id, Column::Outcome(Outcome::Rejected)).await;
            if let Some(whole) = self.app.whole(id).await {
                self.office.will(&whole.applicant.email, &[]);
            }
        }
        for _ in 0..3 {
            self.app.kit.clock.advance(Duration::from_secs(5 * 3600));
            self.app.drain().await;
        }
        let mut lacking = Vec::new();
        for id in &self.ids {
            for letter in self.app.letters_to(*id).await {
                if LetterState::TASKS.contains(&letter.state) {
                    let k = self.app.kit.clone();
                    let done = self.app.kit.db.write(move |c| {
                        let scope = accounts::everywhere(c)?;
                        hand::by_hand(c, &k, &scope, Actor::System, letter.id, "Ringede og gav svaret.")
                    });
                    done.await.unwrap();
                }
            }
            let whole = self.app.whole(*id).await;
            lacking.extend(whole.filter(|w| w.application.lacks_answer()).map(|w| w.application.id));
        }
        if !lacking.is_empty() {
            self.app.laid(self.ad.id, &lacking).await;
            self.app.kit.clock.advance(Duration::from_secs(3700));
            self.app.drain().await;
        }
        close(self.app, self.ad.id).await.unwrap();
        self.closed = true;
    }

    async fn batches(&self) -> Vec<answers::Batch> {
        let of = self.ad.id;
        let open = move |c: &mut Conn| {
            let scope = accounts::everywhere(c)?;
            answers::batches(c, &scope, Some(of))
        };
        self.app.kit.db.read(open).await.unwrap()
    }

    async fn holds(&self, what: &str) {
        // one letter per applicant and decision that counts, and each on the wall at most once for each press of a person
        let doubled = "(select application_id from answer_letters where state not in ('cancelled', 'left_out') \
                       and slot = 'decision' group by application_id, decided_at having count(*) > 1) t";
        assert_eq!(self.app.rows(doubled).await, 0, "{what}");
        for (message, times) in self.office.answers() {
            let id: Option<LetterId> =
                message.trim_start_matches("<answer-").split('@').next().and_then(|id| id.parse().ok());
            let pressed = id.and_then(|id| self.again.get(&id)).copied().unwrap_or(0);
            assert!(times <= 1 + pressed, "{what}: {message} hangs {times} times");
        }
        let of = self.ad.id;
        let lacking = self
            .app
            .kit
            .db
            .read(move |c| {
                let scope = accounts::everywhere(c)?;
                applications::lacking(c, &scope, Some(of))
            })
            .await
            .unwrap();
        let state = self.app.ad(&self.ad).await.state;
        let mut after_closing = 0;
        for id in &self.ids {
            let Some(whole) = self.app.whole(*id).await else { continue };
            let is = whole.application;
            let letters = self.app.letters_to(*id).await;
            let this = letters.iter().find(|letter| {
                Some(letter.decided_at) == is.outcome_at && !LetterState::VOID.contains(&letter.state)
            });
            if is.outcome == Some(Outcome::Rejected) {
                // nobody is forgotten: told, on the list of who lacks an answer, or both a list and a letter
                let told = !is.lacks_answer();
                let listed = lacking.iter().any(|whole| whole.application.id == *id);
                assert!(told || listed || state == State::Closed, "{what}");
                let answered = this.is_some_and(|letter| LetterState::ANSWERED.contains(&letter.state));
                assert_eq!(told, answered, "{what}: {this:?}");
                after_closing += usize::from(!told);
                let back = this.is_some_and(|letter| {
                    letter.state == LetterState::Bounced || self.again.contains_key(&letter.id)
                });
                assert!(state != State::Closed || told || back, "{what}: closed, and {letters:?}");
            }
            assert!(state != State::Closed || is.outcome.is_some(), "{what}");
        }
        assert!(after_closing == 0 || !self.closed || state == State::Closed, "{what}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn invariant_3_one_decision_letter_per_decision_and_nobody_without_an_answer_whatever_happens() {
    let (runs, seed) = (rounds("OPSLAG_ANSWER_RUNS", 12), number("OPSLAG_ANSWER_SEED", 1));
    let chance = Chance::seeded(seed);
    let office = PostOffice::open().await;
    let app = behind(&office.url).await;
    let (mut closed, mut sent) = (0, 0);
    for run in 0..runs {
        let ad = app.open_ad("SOSU-assistent").await;
        let mut ids = Vec::new();
        for n in 0..3 {
            ids.push(app.applied(ad.id, &format!("Person {run} {n}"), "").await);
        }
        app.drain().await;
        let mut run_of = Run {
            app: &app,
            office: &office,
            chance: &chance,
            ad,
            ids,
            again: BTreeMap::new(),
            closed: false,
        };
        for n in 0..28 {
            run_of.step().await;
            run_of.holds(&format!("seed {seed}, run {run}, step {n}")).await;
        }
        run_of.everyone_can_be_answered().await;
        run_of.holds(&format!("seed {seed}, run {run}, at the end")).await;
        closed += u64::from(run_of.closed);
        sent = office.answers().len();
    }
    assert!(closed == runs && sent > 5, "something must happen: {closed} closed, {sent} sent");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_database_itself_holds_one_letter_per_decision() {
    use diesel::RunQueryDsl;
    let office = PostOffice::open().await;
    let app = behind(&office.url).await;
    let (ad, ids) = super::turned_down(&app, &["Anna Holm"]).await;
    app.laid(ad.id, &ids).await;
    let copy = "insert into answer_letters (id, batch_id, posting_id, application_id, kind, decided_at, slot, state, \
                attempts, made_at, changed_at) select 'other', batch_id, posting_id, application_id, kind, \
                decided_at, slot, state, attempts, made_at, changed_at from answer_letters";
    let twice = app.kit.db.write(move |c| Ok::<_, DbError>(diesel::sql_query(copy).execute(c)?)).await;
    assert!(twice.unwrap_err().unique_violation());
    let waiting = app.rows(&format!("answer_batches where state = '{}'", BatchState::Waiting)).await;
    assert_eq!(waiting, 1);
}
