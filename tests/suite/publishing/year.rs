//! A year of calendar replayed in minutes: eight accounts on practice channels, days without a peer, limits, cut lines,
//! both nights on which the clocks change. `OPSLAG_YEAR` says how many posts (400, a third on PostgreSQL; the long form is 100 000), `OPSLAG_SEED`
//! which year.

use std::{collections::HashMap, time::Duration};

use futures_util::future::join_all;
use opslag::{
    accounts::audit::Actor,
    base::{
        Chance, Instant, Language,
        id::{AccountId, DeliveryId},
        wall::WallTime,
    },
    db::{Conn, DbError},
    demo::worlds::{self, Act, Kind, Mischief, Prank, Running, Wait},
    publishing::{self, Delivery, Order, Part, State},
};

use super::{Ground, MORNING};
use crate::harness::power;

const DAY: u64 = 86_400;
const YEAR: u64 = 365 * DAY;
/// How often what a worker does beside sending is done.
const EVERY: Duration = Duration::from_secs(60);

/// A world and the hours in which it cannot be reached.
struct Neighbour {
    world: Running,
    account: AccountId,
    away: Vec<(Instant, Instant)>,
    is_away: bool,
}

impl Neighbour {
    /// Puts the world into the state that the calendar has for it, and now and then plays a trick.
    fn live(&mut self, now: Instant, calls: bool, chance: &Chance) {
        let away = self.away.iter().any(|(from, until)| *from <= now && now < *until);
        if away != self.is_away {
            self.is_away = away;
            self.world.calm();
            if away {
                for act in [Act::Look, Act::Upload, Act::Publish, Act::Find] {
                    self.world.plot(Mischief::always(act, Prank::Refuse(503, "nede")));
                }
            }
        }
        // only where somebody calls in this moment; pranks that nobody met would wait and pile up
        if !away && calls {
            let prank = match chance.below(100) {
                0..4 => Prank::CutAfter,
                4..8 => Prank::AcceptThen(502),
                8..12 => Prank::CutBefore,
                12..14 => Prank::TooMany(Wait::Seconds(900)),
                14..16 => Prank::TooMany(Wait::Date(1800)),
                16..18 => Prank::Unaddressed,
                _ => return,
            };
            self.world.plot(Mischief::once(Act::Publish, prank));
        }
    }
}

fn all(conn: &mut Conn) -> Result<Vec<Delivery>, DbError> {
    use diesel::prelude::*;
    use opslag::db::schema::deliveries;
    Ok(deliveries::table.select(Delivery::as_select()).load(conn)?)
}

/// What is due, and when the next thing is.
fn next(conn: &mut Conn, now: Instant) -> Result<(Vec<DeliveryId>, Option<Instant>), DbError> {
    use diesel::prelude::*;
    use opslag::db::schema::deliveries;
    let open = || {
        let driven: Vec<State> = State::ALL.iter().copied().filter(|s| s.is_driven()).collect();
        deliveries::table.filter(deliveries::state.eq_any(driven))
    };
    let due = open()
        .filter(deliveries::next_at.le(now))
        .order((deliveries::due_at, deliveries::id))
        .limit(32)
        .select(deliveries::id)
        .load(conn)?;
    let mut next: Option<Instant> = None;
    // each by itself, so that what is planned for the rest of the year is not read at every step
    for state in State::ALL.iter().copied().filter(|s| s.is_driven()) {
        let first: Option<Instant> = deliveries::table
            .filter(deliveries::state.eq(state))
            .filter(deliveries::next_at.is_not_null())
            .select(diesel::dsl::min(deliveries::next_at))
            .first(conn)?;
        next = next.into_iter().chain(first).min();
    }
    Ok((due, next))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_year_loses_none_doubles_none_and_none_is_early() {
    let wanted = power::rounds("OPSLAG_YEAR", 400);
    let seed = power::number("OPSLAG_SEED", 1);
    let chance = Chance::seeded(seed);
    let g = Ground::new(Kind::Mastodon).await;
    let kit = g.app.kit.clone();
    let mut neighbours = Vec::new();
    for n in 0..8_u64 {
        let kind = if n % 2 == 0 { Kind::Mastodon } else { Kind::Bluesky };
        let listen = "127.0.0.1:0".parse().unwrap();
        let world = worlds::start(
            kind,
            &format!("Center {n}"),
            listen,
            g.clock.clone(),
            Chance::seeded(seed * 100 + n),
        )
        .unwrap();
        let account = super::connect(&g.app, &world).await;
        let mut away: Vec<_> = (0..24)
            .map(|_| {
                let from = MORNING + Duration::from_secs(chance.below(YEAR));
                (from, from + Duration::from_secs(600 + chance.below(6 * 3600)))
            })
            .collect();
        // and once for longer than anything may be late
        let from = MORNING + Duration::from_secs(chance.below(YEAR));
        away.push((from, from + Duration::from_secs(3 * DAY)));
        neighbours.push(Neighbour { world, account, away, is_away: false });
    }
    let mut content = g.app.ready_content("SOSU-assistent, hele året");
    let zone = kit.config.delivery.zone;
    content.deadline = Some(WallTime::at(MORNING + Duration::from_secs(YEAR + 60 * DAY), zone));
    let posting = g.app.opened(content).await.id;
    let scope = g.scope().await;
    for n in 0..wanted.div_ceil(8) {
        let when = match n % 50 {
            0 => WallTime::parse("2027-03-28T02:30", zone).unwrap(),
            1 => WallTime::parse("2027-10-31T02:30", zone).unwrap(),
            _ => {
                let at = WallTime::at(MORNING + Duration::from_secs(120 + chance.below(YEAR)), zone);
                WallTime::parse(&at.field(), zone).unwrap()
            }
        };
        let parts = neighbours
            .iter()
            .map(|there| Part { account: there.account, text: format!("Vi søger dig, nummer {n}.") })
            .collect();
        let order = Order {
            subject: posting.into(),
            language: Language::Da,
            when: Some(when),
            media: Vec::new(),
            parts,
            same_words_ok: true,
        };
        publishing::publish::publish(&kit, Actor::System, &scope, order).await.unwrap();
    }

    let end = MORNING + Duration::from_secs(YEAR + 2 * DAY);
    let mut looked = MORNING;
    loop {
        let now = g.clock.now();
        let (due, next) = kit.db.read(move |c| next(c, now)).await.unwrap();
        for there in &mut neighbours {
            there.live(now, !due.is_empty(), &chance);
        }
        if due.is_empty() {
            // a worker does this every second, and looks at all that hangs once a minute
            if now.since(looked) >= EVERY {
                looked = now;
                publishing::drain(&kit, &g.app.parts.channels).await.unwrap();
            }
            let Some(next) = next else { break };
            let step = next.max(now + Duration::from_secs(1));
            if step > end {
                break;
            }
            g.clock.advance(step.since(now));
            continue;
        }
        let drives = due.into_iter().map(|id| publishing::drive(&kit, &g.app.parts.channels, id));
        for done in join_all(drives).await {
            done.unwrap();
        }
    }

    let mut walls: HashMap<String, Vec<Instant>> = HashMap::new();
    for there in &neighbours {
        for post in there.world.posts() {
            let link = post.links().first().copied().unwrap_or_default().to_owned();
            walls.entry(link).or_default().push(post.at);
        }
    }
    let rows = kit.db.read(all).await.unwrap();
    let mut tally: HashMap<State, usize> = HashMap::new();
    for row in &rows {
        *tally.entry(row.state).or_default() += 1;
        let link = serde_json::from_str::<opslag::channels::Post>(&row.payload).unwrap().link;
        let seen = walls.remove(&link).unwrap_or_default();
        assert!(seen.len() <= 1, "{} stands there {} times", row.id, seen.len());
        for at in &seen {
            assert!(*at >= row.due_at, "{} went out early", row.id);
            assert!(*at <= row.latest_at + Duration::from_secs(1), "{} went out too late", row.id);
        }
        match row.state {
            State::Published => assert_eq!(seen.len(), 1, "{} is said to be out and is not", row.id),
            State::Missed => assert!(seen.is_empty() && row.error_kind.is_some(), "{} is out", row.id),
            State::NeedsHuman => assert!(row.ever_ambiguous, "{}", row.id),
            other => panic!("{} is left {other}", row.id),
        }
        let planned = WallTime::parse(&row.due_wall, zone).unwrap();
        assert_eq!(planned.instant().0, row.due_at, "{}: the wall's time and the instant agree", row.id);
    }
    assert!(walls.is_empty(), "posts that nobody planned");
    assert_eq!(rows.len() as u64, wanted.div_ceil(8) * 8);
    let out = tally.get(&State::Published).copied().unwrap_or_default();
    assert!(out * 100 >= rows.len() * 90, "{tally:?}");
    // one in a hundred; of few posts chance may make it some more
    let asked = tally.get(&State::NeedsHuman).copied().unwrap_or_default();
    assert!(asked <= 8 || asked * 100 <= rows.len(), "{tally:?}");
}
