//! Interviews: the pages from laying out times to noting who came; no time given twice, whatever happens and whoever is
//! fastest; every way in which a mail server can fail, and a power cut at each point; and what follows when an application ends.

mod crash;
mod flow;
mod follow;
mod guide;
mod once;
mod whatever;

use opslag::{
    accounts::{self, Scope, audit::Actor},
    applications::{
        Stage,
        actions::{Change, change},
        stage::Column,
    },
    base::{
        Instant,
        id::{ApplicationId, PostingId, SlotId},
    },
    db::{Conn, DbError},
    interviews::{
        InterviewError,
        actions::{self, By, Invited},
        interview::Interview,
        slot::{self, Slot},
        store,
    },
    kit::Kit,
    postings::Posting,
    web::Typed,
};

use crate::harness::TestApp;

/// A line of times on Monday 14 December.
const TIMES: [(&str, &str); 9] = [
    ("date", "2026-12-14"),
    ("from", "9.00"),
    ("minutes", "45"),
    ("pause", "15"),
    ("count", "4"),
    ("seats", "1"),
    ("round", "1"),
    ("place", "Mødelokale Birk"),
    ("note", "Tag et smil med"),
];

impl TestApp {
    /// Runs an action with every right there is.
    pub async fn meet<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Conn, &Kit, &Scope) -> Result<T, InterviewError> + Send + 'static,
    ) -> Result<T, InterviewError> {
        let k = self.kit.clone();
        self.kit
            .db
            .write(move |c| {
                let scope = accounts::everywhere(c)?;
                f(c, &k, &scope)
            })
            .await
    }

    /// Lays out times as [`TIMES`] says, with these changes.
    pub async fn times(&self, posting: PostingId, changes: &[(&str, &str)]) -> Vec<Slot> {
        let mut typed = Typed::default();
        for (name, value) in TIMES.iter().chain(changes) {
            typed.set(name, *value);
        }
        let laid = slot::laid(&typed, self.kit.config.delivery.zone, self.kit.clock.now()).unwrap();
        self.meet(move |c, k, s| actions::add_times(c, k, s, Actor::System, posting, &laid)).await.unwrap();
        self.seats(posting).await
    }

    pub async fn seats(&self, posting: PostingId) -> Vec<Slot> {
        self.kit.db.read(move |c| store::slots(c, posting)).await.unwrap()
    }

    /// Moves an undecided application to the stage of interviews.
    pub async fn in_stage(&self, id: ApplicationId) {
        let version = self.whole(id).await.unwrap().application.version;
        let to = Column::Stage(Stage::Interview);
        let wanted = Change { id, version, to, place: None, reason: String::new() };
        let k = self.kit.clone();
        let act = move |c: &mut Conn| {
            let scope = accounts::everywhere(c)?;
            change(c, &k, &scope, Actor::System, &wanted)
        };
        self.kit.db.write(act).await.unwrap();
    }

    pub async fn invite(&self, posting: PostingId, ids: &[ApplicationId]) -> Result<Invited, InterviewError> {
        let ids = ids.to_vec();
        self.meet(move |c, k, s| actions::invite(c, k, s, Actor::System, (posting, 1), &ids)).await
    }

    /// Somebody's last interview.
    pub async fn interview(&self, id: ApplicationId) -> Interview {
        let found = self.kit.db.read(move |c| store::of_application(c, id)).await;
        found.map_err(|e: DbError| e).unwrap().into_iter().next().unwrap()
    }

    /// Takes a time as its applicant.
    pub async fn book(&self, id: ApplicationId, slot: SlotId) -> Result<Interview, InterviewError> {
        let is = self.interview(id).await;
        self.meet(move |c, k, _| actions::book(c, k, By::Applicant, &is, slot, "")).await
    }

    /// Lets the time pass until then.
    fn until(&self, at: Instant) {
        self.kit.clock.advance(at.since(self.kit.clock.now()));
    }

    /// What comes round every minute, and what follows from it.
    async fn minute(&self) {
        let k = self.kit.clone();
        let now = k.clock.now();
        let job = opslag::interviews::jobs::Keep {};
        self.kit
            .db
            .write(move |c| opslag::queue::enqueue(c, &job, now, now, &k.chance))
            .await
            .map_err(|e: DbError| e)
            .unwrap();
        self.drain().await;
    }
}

/// An ad with four times, and these people invited to choose one.
async fn called(app: &TestApp, names: &[&str]) -> (Posting, Vec<Slot>, Vec<ApplicationId>) {
    let ad = app.open_ad("SOSU-assistent").await;
    let slots = app.times(ad.id, &[]).await;
    let mut ids = Vec::new();
    for name in names {
        let id = app.applied(ad.id, name, "").await;
        app.in_stage(id).await;
        ids.push(id);
    }
    // their receipts have left
    app.drain().await;
    let invited = app.invite(ad.id, &ids).await.unwrap();
    assert_eq!((invited.done, invited.passed.len()), (names.len(), 0));
    (ad, slots, ids)
}

/// What must hold whatever happened: a seat that is taken has one interview, one that is not has none, and both say the same.
async fn all_is_in_order(app: &TestApp) {
    for (what, count) in [
        (
            "a taken seat without its one interview",
            "interview_slots s where s.state in ('booked', 'held', 'no_show') and (select count(*) from interviews i \
             where i.slot_id = s.id and i.state = s.state) <> 1",
        ),
        (
            "an interview with a seat that is not its own",
            "interviews i join interview_slots s on s.id = i.slot_id where s.state in ('open', 'cancelled') \
             or s.posting_id <> i.posting_id or s.round <> i.round",
        ),
        (
            "an interview without the seat it needs, or with one it does not",
            "interviews i where (i.slot_id is null) <> (i.state not in ('booked', 'held', 'no_show'))",
        ),
    ] {
        assert_eq!(app.rows(count).await, 0, "{what}");
    }
}
