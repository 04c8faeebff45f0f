//! What repeats: never in a burst, never an hour off, each occurrence laid once whatever dies, bound to approval like any post.

use std::{collections::BTreeSet, time::Duration};

use opslag::{
    accounts::{Role, audit::Actor},
    base::{
        Chance, Language,
        id::{DeliveryId, SeriesId},
        wall::WallTime,
    },
    demo::worlds::Kind,
    publishing::{
        self, Order, OrderError, Part, State, Word,
        approval::{self, Judgement},
        rhythm::Rhythm,
        series::LaySeries,
        series_actions::{self, Begun},
    },
    queue::Job as _,
};
use reqwest::StatusCode;

use super::{Ground, deaths::Dies};
use crate::harness::power::number;

const DAY: u64 = 86_400;

impl Ground {
    /// With an ad that stays open for a year.
    pub async fn year_long(kind: Kind) -> Self {
        let mut g = Self::new(kind).await;
        let zone = g.app.kit.config.delivery.zone;
        let mut content = g.app.ready_content("SOSU-assistent, hele året");
        content.deadline = Some(WallTime::at(g.clock.now() + Duration::from_secs(400 * DAY), zone));
        g.posting = g.app.opened(content).await.id;
        g
    }

    /// Repeats on these days of every week, so many times.
    async fn repeats(
        &self,
        words: &str,
        weekdays: &[u8],
        time: &str,
        times: u32,
    ) -> Result<Begun, OrderError> {
        let rhythm = Rhythm {
            weekdays: weekdays.to_vec(),
            every_weeks: 1,
            time: time.parse().unwrap(),
            zone: self.app.kit.config.delivery.zone,
            after: self.clock.now(),
            until: None,
            times: Some(times),
        };
        let order = Order {
            subject: self.posting.into(),
            language: Language::Da,
            when: None,
            media: Vec::new(),
            parts: vec![Part { account: self.account, text: words.into() }],
            same_words_ok: false,
        };
        let scope = self.scope().await;
        series_actions::begin(&self.app.kit, self.actor, &scope, &scope, order, rhythm).await
    }

    /// The job that comes round every hour.
    async fn lay(&self) {
        LaySeries {}.run(&self.app.kit).await.unwrap();
    }

    /// Its deliveries in order: number, wall time, state, id.
    async fn laid(&self, id: SeriesId) -> Vec<(i32, String, State, DeliveryId)> {
        let rows = self.app.kit.db.read(move |c| publishing::deliveries_of_series(c, id)).await.unwrap();
        rows.into_iter().map(|(o, d)| (o.number, d.due_wall, d.state, d.id)).collect()
    }

    async fn states(&self, id: SeriesId) -> Vec<State> {
        self.laid(id).await.into_iter().map(|(_, _, state, _)| state).collect()
    }

    async fn approves(&self, who: Actor, id: DeliveryId, word: Word) {
        let row = self.row(id).await;
        let note = if word == Word::Approved { "" } else { "Ikke sådan." };
        let seen = vec![(id, row.payload_sha256.clone())];
        let judgement = Judgement { word, note: note.into(), seen, when: None, checks: Vec::new() };
        approval::judge(&self.app.kit, who, row.publication_id, judgement).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn eighteen_weekly_series_made_in_one_minute_never_come_in_a_burst() {
    // R9
    let g = Ground::year_long(Kind::Bluesky).await;
    for n in 0..18_u8 {
        let time = format!("{:02}:00:00", 7 + 4 * (n / 6));
        let begun = g.repeats(&format!("Vi søger nummer {n} hver uge."), &[n % 6], &time, 52).await.unwrap();
        assert!((4..=5).contains(&begun.laid), "four weeks ahead, no more: {}", begun.laid);
    }
    g.drive().await;
    assert!(g.world.posts().is_empty(), "making them sends nothing");
    for hour in 0..8 * 7 * 24 {
        g.clock.advance(Duration::from_secs(3600));
        if hour % 24 == 0 {
            g.lay().await;
        }
        g.drive().await;
    }
    let sent = |rows: Vec<publishing::Delivery>| {
        let mut at: Vec<_> = rows.into_iter().filter_map(|row| row.fenced_at).collect();
        at.sort_unstable();
        at
    };
    let all = async || {
        let mut rows = Vec::new();
        let ids = g.app.kit.db.read(|c| {
            use diesel::prelude::*;
            use opslag::db::schema::series;
            series::table.select(series::id).load::<SeriesId>(c).map_err(opslag::db::DbError::from)
        });
        for id in ids.await.unwrap() {
            let laid = g.app.kit.db.read(move |c| publishing::deliveries_of_series(c, id)).await.unwrap();
            rows.extend(laid.into_iter().map(|(_, row)| row));
        }
        rows
    };
    let at = sent(all().await);
    assert_eq!(at.len(), 18 * 8, "each once a week");
    assert!(at.windows(2).all(|pair| pair[1].since(pair[0]) >= Duration::from_secs(3600)), "{at:?}");

    // three weeks without power: what was missed is missed, what is late by hours keeps its distance
    g.clock.advance(Duration::from_secs(21 * DAY));
    g.lay().await;
    for _ in 0..30 {
        g.drive().await;
        g.clock.advance(Duration::from_secs(60));
    }
    let rows = all().await;
    let missed = rows.iter().filter(|row| row.state == State::Missed).count();
    let after = &sent(rows)[18 * 8..];
    assert!(after.len() <= 4, "one day's at the most: {after:?}");
    assert!(missed >= 18 * 3 - 4, "{missed}");
    // one that is on time among them keeps the usual distance
    let apart = Duration::from_secs(g.app.kit.config.delivery.spacing_seconds);
    assert!(after.windows(2).all(|pair| pair[1].since(pair[0]) >= apart), "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_keeps_its_hour_on_the_wall_through_both_changes_of_the_clock() {
    // R10, as rows: laid week by week from November to November
    let g = Ground::year_long(Kind::Mastodon).await;
    let id = g.repeats("Hver mandag klokken ni.", &[0], "09:00:00", 50).await.unwrap().series;
    for _ in 0..50 {
        g.clock.advance(Duration::from_secs(7 * DAY));
        g.lay().await;
    }
    let rows = g.app.kit.db.read(move |c| publishing::deliveries_of_series(c, id)).await.unwrap();
    let numbers: Vec<i32> = rows.iter().map(|(o, _)| o.number).collect();
    assert_eq!(numbers, (1..=50).collect::<Vec<_>>());
    let utc: BTreeSet<String> = rows.iter().map(|(_, row)| row.due_at.rfc3339()).collect();
    assert!(rows.iter().all(|(_, row)| row.due_wall.ends_with("T09:00")));
    for at in ["2027-03-22T08:00:00Z", "2027-03-29T07:00:00Z", "2027-10-25T07:00:00Z", "2027-11-01T08:00:00Z"]
    {
        assert!(utc.contains(at), "{at}: {utc:?}");
    }
    // each counts by a link of its own, under the one channel
    let links: BTreeSet<_> = rows.iter().map(|(_, row)| row.link_id).collect();
    assert_eq!(links.len(), 50);
    let posting = g.posting;
    let links = g.app.kit.db.read(move |c| opslag::tracking::links_of(c, posting)).await.unwrap();
    assert!(links.len() == 50 && links.iter().all(|link| link.channel == "mastodon"));
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_dies_while_laying_each_occurrence_is_laid_once() {
    let g = Ground::year_long(Kind::Bluesky).await;
    let mut series = Vec::new();
    for n in 0..3_u8 {
        let words = format!("Vi søger nummer {n}.");
        series.push(g.repeats(&words, &[n, n + 3], "08:30:00", 40).await.unwrap().series);
    }
    let chance = Chance::seeded(number("OPSLAG_SEED", 24));
    let mut died = 0;
    for _ in 0..120 {
        g.clock.advance(Duration::from_secs(DAY));
        let (first, second) = (LaySeries {}, LaySeries {});
        // two nodes at once, each of which may be gone after any step
        let one = Dies { work: Box::pin(first.run(&g.app.kit)), polls: chance.below(14) };
        let other = Dies { work: Box::pin(second.run(&g.app.kit)), polls: chance.below(14) };
        let (one, other) = futures_util::future::join(one, other).await;
        for done in [one, other] {
            match done {
                Some(done) => done.unwrap(),
                None => died += 1,
            }
        }
    }
    assert!(died > 20, "{died}");
    g.lay().await;
    for id in series {
        let laid = g.laid(id).await;
        let numbers: BTreeSet<i32> = laid.iter().map(|(number, ..)| *number).collect();
        assert_eq!(numbers.len(), laid.len(), "none twice: {laid:?}");
        let walls: BTreeSet<&String> = laid.iter().map(|(_, wall, ..)| wall).collect();
        assert_eq!(walls.len(), laid.len());
        // never behind by more than the four weeks that are laid ahead: none was left out
        assert_eq!(numbers, (1..=i32::try_from(laid.len()).unwrap()).collect());
        assert!(laid.len() >= 34, "{}", laid.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_holds_for_the_next_times_and_a_changed_word_asks_anew() {
    let mut g = Ground::year_long(Kind::Bluesky).await;
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let rule = [("preset", "central"), ("role", "communications"), ("four_eyes", "on")];
    let set = hr.post(&format!("/ansvar/{}", g.app.organisation), &rule).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{}", set.body);
    let lise = g.app.person("Lise Holm", Role::Communications, g.app.organisation).await;
    let rene = g.app.person("René Kjær", Role::Recruiter, g.app.organisation).await;
    g.actor = Actor::User(rene);
    let begun = g.repeats("Kom og vær med.", &[2], "08:30:00", 10).await.unwrap();
    let id = begun.series;
    assert_eq!((begun.laid, begun.waiting), (4, 4));
    assert_eq!(g.states(id).await, [State::InReview; 4]);
    let first = g.laid(id).await[0].3;
    // whoever approves is told that it holds for the next times
    let mut page = g.app.logged_in(lise).await;
    let publication = g.row(first).await.publication_id;
    let shown = page.get(&format!("/godkendelser/{publication}")).await.body;
    assert!(shown.contains("Hver uge: onsdag kl.\u{a0}8.30, 10 gange i alt"), "{shown}");
    g.approves(Actor::User(lise), first, Word::Approved).await;
    assert_eq!(g.states(id).await, [State::Planned; 4], "the same words on the same account");
    // each is bound to its own bytes, in the name of whoever said yes
    for (_, _, _, delivery) in g.laid(id).await {
        let row = g.row(delivery).await;
        let said = g.app.kit.db.read(move |c| publishing::approvals_of(c, delivery)).await.unwrap();
        assert_eq!(said.len(), 1);
        assert_eq!(
            (&said[0].payload_sha256, said[0].by_actor.clone()),
            (&row.payload_sha256, format!("user:{lise}"))
        );
    }
    // and so for those laid later
    g.clock.advance(Duration::from_secs(7 * DAY));
    g.drive().await;
    g.lay().await;
    assert_eq!(g.states(id).await[4], State::Planned);

    let by = publishing::By { actor: Actor::User(rene), scope: g.scope().await };
    let words = vec![(g.account, "Kom, og tag din nabo med.".to_owned())];
    series_actions::say_from_now_on(&g.app.kit, &by, id, words).await.unwrap();
    let states = g.states(id).await;
    assert!(states[1..].iter().all(|state| *state == State::InReview), "{states:?}");
    // a no is not a yes for the others, and a later yes is one again
    let laid = g.laid(id).await;
    g.approves(Actor::User(lise), laid[1].3, Word::Rejected).await;
    assert_eq!(g.states(id).await[2..], [State::InReview; 3]);
    g.clock.advance(Duration::from_secs(60));
    g.approves(Actor::User(lise), laid[2].3, Word::Approved).await;
    assert_eq!(g.states(id).await[2..], [State::Planned; 3]);
    let row = g.row(laid[3].3).await;
    assert!(row.payload.contains("tag din nabo med"));
    // a week later nobody is logged in any more
    let mut hr = g.app.browser(Role::HrAdmin, g.app.organisation).await;
    let page = hr.get("/gentagelser").await.body;
    assert!(page.contains("SOSU-assistent, hele året") && page.contains("I gang"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pause_takes_back_what_waits_and_what_comes_after_it_goes_on() {
    let g = Ground::year_long(Kind::Mastodon).await;
    let by = g.by().await;
    let id = g.repeats("Kom og vær med.", &[2], "08:30:00", 8).await.unwrap().series;
    let laid = g.laid(id).await;
    // one that a person did not want stays away
    publishing::actions::cancel(&g.app.kit, &by, laid[2].3).await.unwrap();
    assert_eq!(series_actions::pause(&g.app.kit, &by, id).await.unwrap(), 3);
    assert_eq!(g.states(id).await, [State::Cancelled; 4]);
    g.clock.advance(Duration::from_secs(7 * DAY));
    g.lay().await;
    g.drive().await;
    assert!(g.world.posts().is_empty(), "nothing while it is paused");
    // one week is over; of the three to come one was not wanted, and a fifth is within four weeks by now
    assert_eq!(series_actions::go_on(&g.app.kit, &by, id).await.unwrap(), 3);
    let open: Vec<i32> =
        g.laid(id).await.into_iter().filter(|(_, _, s, _)| *s == State::Planned).map(|(n, ..)| n).collect();
    assert_eq!(open, [2, 4, 5]);
    assert!(series_actions::go_on(&g.app.kit, &by, id).await.is_err(), "it runs already");
    g.clock.advance(Duration::from_secs(DAY));
    g.drive().await;
    assert_eq!(g.world.posts().len(), 1);
    // all of it down, and nothing after it
    assert_eq!(series_actions::take_down(&g.app.kit, &by, id).await.unwrap(), 1);
    g.after(60).await;
    assert!(g.world.posts().is_empty());
    for _ in 0..8 {
        g.clock.advance(Duration::from_secs(7 * DAY));
        g.lay().await;
        g.drive().await;
    }
    assert!(g.world.posts().is_empty());
    assert!(g.states(id).await.iter().all(|s| matches!(s, State::Cancelled | State::Removed)));
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_laid_past_the_deadline_or_when_the_ad_is_closed() {
    let g = Ground::new(Kind::Bluesky).await;
    let (posting, scope) = (g.posting, g.scope().await);
    let ad = g.app.kit.db.read(move |c| opslag::postings::get(c, &scope, posting)).await.unwrap().unwrap();
    let deadline = ad.deadline_at.unwrap();
    let id = g.repeats("Kom og vær med.", &[0, 1, 2, 3, 4, 5, 6], "08:30:00", 200).await.unwrap().series;
    let rows = g.app.kit.db.read(move |c| publishing::deliveries_of_series(c, id)).await.unwrap();
    assert!(
        !rows.is_empty() && rows.iter().all(|(_, row)| row.due_at < deadline && row.latest_at <= deadline)
    );
    let before = rows.len();
    g.clock.advance(deadline.since(g.clock.now()) + Duration::from_secs(60));
    g.app.drain().await;
    g.lay().await;
    g.drive().await;
    assert_eq!(g.laid(id).await.len(), before);
    let row = g.app.kit.db.read(move |c| publishing::series_row(c, id)).await.unwrap().unwrap();
    assert_eq!(row.state, publishing::SeriesState::Over);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_refuses_the_same_words_gets_several() {
    let g = Ground::year_long(Kind::X).await;
    let refused = g.repeats("Kom og vær med.", &[2], "08:30:00", 4).await;
    let Err(OrderError::Fields(errors)) = refused else { panic!("{refused:?}") };
    assert_eq!(errors.0[0].key, "series-error-same-words");
    let twice = g.repeats("Kom og vær med.\n---\nkom og vær med!", &[2], "08:30:00", 4).await;
    assert!(matches!(twice, Err(OrderError::Fields(_))), "the same but for its marks");
    let words = "Kom og vær med.\n---\nVi har plads til dig.";
    let id = g.repeats(words, &[2], "08:30:00", 4).await.unwrap().series;
    for _ in 0..28 {
        g.clock.advance(Duration::from_secs(DAY));
        g.drive().await;
    }
    assert_eq!(g.states(id).await, [State::Published; 4]);
    let said: Vec<bool> = g.world.posts().iter().map(|post| post.text().contains("plads til dig")).collect();
    assert_eq!(said.len(), 4);
    assert!(said.windows(2).all(|pair| pair[0] != pair[1]), "they take turns: {said:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_series_is_made_paused_changed_and_ended_by_form() {
    let g = Ground::year_long(Kind::Bluesky).await;
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    let path = format!("/jobopslag/{}/udgiv", g.posting);
    let account = g.account.to_string();
    let order = |rest: &[(&'static str, &'static str)]| {
        let mut fields = vec![("timing", "repeat"), ("text", "Kom og vær med."), ("do", "udgiv")];
        fields.extend(rest);
        fields
    };
    let mut send = async |rest: &[(&'static str, &'static str)]| {
        let mut fields: Vec<(&str, &str)> = order(rest);
        fields.push(("account", account.as_str()));
        lise.post(&path, &fields).await
    };
    let empty = send(&[]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in ["Vælg mindst én ugedag", "Skriv et klokkeslæt, fx 8.30", "Vælg en sidste dag"] {
        assert!(empty.body.contains(said), "{said}: {}", empty.body);
    }
    let wrong = send(&[("weekday", "0"), ("time", "9.75"), ("every", "0"), ("times", "9999")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("»9.75« er ikke et klokkeslæt") && wrong.body.contains("value=\"9999\""));
    let never = send(&[("weekday", "0"), ("time", "9"), ("until", "2026-11-25")]).await;
    assert!(never.body.contains("Der kommer ingen af de ugedage"), "{}", never.body);
    let made = send(&[("weekday", "0"), ("weekday", "3"), ("time", "8.30"), ("times", "6")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let series = made.location.unwrap();
    let page = lise.get(&series).await.body;
    assert!(page.contains("Hver uge: mandag, torsdag kl.\u{a0}8.30, 6 gange i alt"), "{page}");
    assert!(page.contains("6 opslag er planlagt"), "{page}");
    let calendar = lise.get("/kalender?vis=liste&dag=2026-11-24").await.body;
    assert_eq!(calendar.matches("Planlagt · gentages</span></a>").count(), 6, "{calendar}");
    let field = format!("text-{account}");
    let empty = lise.post(&format!("{series}/tekst"), &[(&field, "  ")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("Skriv, hvad der skal stå"));
    let long = "æ".repeat(400);
    let refused = lise.post(&format!("{series}/tekst"), &[(&field, &long)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains(&long), "what was typed stays");
    let changed = lise.post(&format!("{series}/tekst"), &[(&field, "Vi har plads til dig.")]).await;
    assert_eq!(changed.status, StatusCode::SEE_OTHER, "{}", changed.body);
    assert!(lise.get(&series).await.body.contains("Vi har plads til dig."));
    assert_eq!(lise.post(&format!("{series}/pause"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(lise.get(&series).await.body.contains("6 opslag går ikke ud"));
    assert_eq!(lise.post(&format!("{series}/fortsaet"), &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(lise.post(&format!("{series}/fortsaet"), &[]).await.status, StatusCode::CONFLICT);
    g.clock.advance(Duration::from_secs(2 * DAY));
    g.drive().await;
    assert!(g.world.posts()[0].text().starts_with("Vi har plads til dig."));
    // two days later nobody is logged in any more
    let mut lise = g.app.browser(Role::Communications, g.app.organisation).await;
    assert!(lise.get(&series).await.body.contains("/tag-ned"));
    assert_eq!(lise.post(&format!("{series}/stop"), &[]).await.status, StatusCode::SEE_OTHER);
    assert!(lise.get(&series).await.body.contains("Stoppet"));
    assert_eq!(lise.post(&format!("{series}/tag-ned"), &[]).await.status, StatusCode::SEE_OTHER);
    g.after(60).await;
    assert!(g.world.posts().is_empty());
    // a colleague of another unit sees none of it
    let mut south = g.app.browser(Role::Recruiter, g.app.centre_south).await;
    assert!(!south.get("/gentagelser").await.body.contains("hele året"));
    assert_eq!(south.get(&series).await.status, StatusCode::NOT_FOUND);
}
