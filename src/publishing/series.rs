//! Posts that repeat. A series is a rhythm and words for some accounts; its occurrences are laid four weeks ahead as ordinary
//! publications, each with deliveries, keys and tracked links of its own, so that everything else about them is as with any
//! post: approval, the look ahead, moving, cancelling, proof.
//!
//! Laying is idempotent: which occurrences there are follows from the rhythm, which of them are laid stands in rows that are
//! unique by series and moment, written in the transaction that lays them under the series' lock. A job that dies leaves
//! none or all of an occurrence; two nodes lay it once. Only what is still to come is laid: after an outage the missed ones
//! are missed and nothing bursts out (R9).

use std::{collections::HashMap, time::Duration};

use chrono::NaiveTime;
use serde::{Deserialize, Serialize};

use super::{
    carried,
    choosing::Chosen,
    delivery::{Event, Reason, State},
    letters,
    publish::{self, Order, OrderError, Ordered, Part, Plan, Timing},
    rhythm::Rhythm,
    step::PostingIs,
    store::{self, Changes, Delivery, MoveError, Occurrence, Series, SeriesState},
    subject,
    words::Common,
};
use crate::{
    accounts::{self, audit::Actor},
    base::{
        Instant,
        id::{AccountId, PublicationId, SeriesId},
        text,
        wall::WallTime,
    },
    channels,
    db::{self, Conn, DbError},
    kit::Kit,
    queue::{Job, JobError},
};

/// So far ahead occurrences are laid.
const HORIZON: Duration = Duration::from_secs(28 * 86_400);

/// Several wordings of one account stand apart by a line of this.
const APART: &str = "---";

/// The wordings of an account, in the order in which they take turns.
pub fn wordings(words: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for line in words.lines() {
        if line.trim() == APART {
            found.push(String::new());
        } else if let Some(last) = found.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    found
        .into_iter()
        .map(|wording| text::paragraphs(&wording))
        .filter(|wording| !wording.is_empty())
        .collect()
}

/// The wordings of an account with what stands under each: `own` in place of the words for all, when there is any.
pub(super) fn dressed(common: &Common, own: &str) -> String {
    let words = if own.trim().is_empty() { common.text.as_str() } else { own };
    let all: Vec<String> = wordings(words).iter().map(|wording| common.said(wording)).collect();
    all.join(&format!("\n{APART}\n"))
}

/// What the occurrence of this number says.
pub(super) fn wording(words: &str, number: i32) -> String {
    let all = wordings(words);
    let turn = usize::try_from(number.max(1) - 1).unwrap_or(0);
    all.get(turn % all.len().max(1)).cloned().unwrap_or_default()
}

impl Series {
    /// Its rhythm.
    pub fn rhythm(&self) -> Rhythm {
        let minute = u32::try_from(self.minute).unwrap_or(0);
        Rhythm {
            weekdays: self.weekdays.split(',').filter_map(|day| day.parse().ok()).collect(),
            every_weeks: u32::try_from(self.every_weeks).unwrap_or(1),
            time: NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or(NaiveTime::MIN),
            zone: self.zone.parse().unwrap_or(chrono_tz::Europe::Copenhagen),
            after: self.created_at,
            until: self.until_day.as_deref().and_then(|day| day.parse().ok()),
            times: self.times.and_then(|times| u32::try_from(times).ok()),
        }
    }

    /// Who made it, in whose name it goes on.
    pub fn author(&self) -> Actor {
        letters::person(&self.created_by).map_or(Actor::System, Actor::User)
    }
}

/// Nobody else lays, pauses or changes this series before the transaction ends.
pub(super) fn lock(c: &mut Conn, id: SeriesId) -> Result<(), DbError> {
    db::lock(c, &format!("series {id}"))
}

/// How what cannot be laid is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Laying {
    /// Somebody is looking: the first mistake is told. Whether the same words may go out again.
    Told { same_words_ok: bool },
    /// Nobody is: what cannot be laid now is tried again later.
    Alone,
}

/// Lays what is due within the horizon and not laid yet; how many deliveries, and how many of them wait for approval.
pub(super) fn lay_ahead(
    c: &mut Conn,
    kit: &Kit,
    id: SeriesId,
    laying: Laying,
    now: Instant,
) -> Result<(usize, usize), OrderError> {
    lock(c, id)?;
    let Some(series) = store::series(c, id)?.filter(|s| s.state == SeriesState::Running) else {
        return Ok((0, 0));
    };
    let Some(about) = series.subject() else { return Ok((0, 0)) };
    let rhythm = series.rhythm();
    let content = subject::read(c, kit, about, series.language)?;
    let over = content.as_ref().is_none_or(|content| content.standing == PostingIs::Over);
    if over || rhythm.is_over(now) {
        store::set_series_state(c, id, SeriesState::Over, now)?;
        return Ok((0, 0));
    }
    let Some(content) = content else { return Ok((0, 0)) };
    let laid: HashMap<Instant, Occurrence> =
        store::occurrences_of(c, id)?.into_iter().map(|row| (row.occurs_at, row)).collect();
    let parts = store::parts_of(c, id)?;
    let there: Vec<AccountId> = channels::available(c, content.unit)?.into_iter().map(|a| a.id).collect();
    let (mut deliveries, mut waiting) = (0, 0);
    for (number, wall) in rhythm.between(now, now + HORIZON) {
        let at = wall.instant().0;
        if content.deadline_at.is_some_and(|deadline| at >= deadline) {
            break;
        }
        let (within, occurrence) = match laid.get(&at) {
            None => (None, number),
            Some(row) => match taken_back(c, row.publication_id)? {
                Some(last) => (Some(row.publication_id), last + 1),
                None => continue,
            },
        };
        let order = Order {
            subject: about,
            language: series.language,
            when: Some(WallTime { zone: rhythm.zone, ..wall }),
            media: serde_json::from_str(&series.media).unwrap_or_default(),
            parts: parts
                .iter()
                .filter(|(account, _)| laying != Laying::Alone || there.contains(account))
                .map(|(account, words)| Part { account: *account, text: wording(words, number) })
                .collect(),
            same_words_ok: match laying {
                // from the second on they are its own
                Laying::Told { same_words_ok } => same_words_ok || deliveries > 0,
                Laying::Alone => true,
            },
        };
        let note = " series";
        let (timing, audience) = (Timing::Ordered, series.audience_id);
        let plan = Plan { timing, suggests: series.suggests, occurrence, within, audience, note };
        let Some(done) = lay(c, kit, &series, order, plan, laying)? else { continue };
        if within.is_none() {
            let row = Occurrence { series_id: id, occurs_at: at, number, publication_id: done.publication };
            store::insert_occurrence(c, &row)?;
        }
        carried::spread(c, kit, done.publication, now)?;
        deliveries += done.deliveries.len();
        waiting += done.waiting;
    }
    Ok((deliveries, waiting))
}

/// The number of the last delivery of an occurrence that was taken back by a pause of its series; none when anything else
/// became of it: it went out, it stands, or somebody did not want it.
fn taken_back(c: &mut Conn, publication: PublicationId) -> Result<Option<i32>, DbError> {
    let rows = store::deliveries_of(c, publication)?;
    let paused = |row: &Delivery| {
        row.state == State::Cancelled && row.error_kind.as_deref() == Some(Reason::SeriesPaused.word())
    };
    Ok(if rows.iter().all(paused) { rows.iter().map(|row| row.occurrence).max() } else { None })
}

/// One occurrence. Without anybody looking, what one account will not take does not keep the others back.
fn lay(
    c: &mut Conn,
    kit: &Kit,
    series: &Series,
    mut order: Order,
    plan: Plan,
    laying: Laying,
) -> Result<Option<Ordered>, OrderError> {
    let everywhere = accounts::everywhere(c)?;
    loop {
        if order.parts.is_empty() && laying == Laying::Alone {
            return Ok(None);
        }
        match publish::plan_in(c, kit, series.author(), &everywhere, (&order, &Chosen::default()), plan) {
            Err(OrderError::Fields(errors)) if laying == Laying::Alone => {
                let before = order.parts.len();
                order.parts.retain(|p| !errors.0.iter().any(|e| e.field == format!("text-{}", p.account)));
                if order.parts.len() == before {
                    tracing::warn!(series = %series.id, ?errors, "an occurrence cannot be laid now");
                    return Ok(None);
                }
            }
            Err(OrderError::Refused(_) | OrderError::NotFound) if laying == Laying::Alone => return Ok(None),
            done => return done.map(Some),
        }
    }
}

/// Takes back what has not gone out; what is being sent is cancelled if it does not leave. How many.
pub(super) fn take_back(c: &mut Conn, id: SeriesId, reason: Reason, now: Instant) -> Result<usize, DbError> {
    let mut taken = 0;
    for (_, row) in store::deliveries_of_series(c, id)? {
        let done = match row.state {
            State::Publishing | State::Unknown => store::wish_cancelled(c, &row, now),
            State::Handed => {
                let changes =
                    Changes { cancel_wanted: Some(true), next_at: Some(Some(now)), ..Changes::cleared() };
                store::overrule(c, &row, Event::Cancelled, &changes, now).map(drop)
            }
            // a person is looking, and decides
            State::NeedsHuman => continue,
            state if state.is_terminal() || state == State::Removing => continue,
            _ => {
                let changes = Changes {
                    next_at: Some(None),
                    error_kind: Some(Some(reason.word().to_owned())),
                    error_words: Some(None),
                    ..Changes::default()
                };
                store::overrule(c, &row, Event::Cancelled, &changes, now).map(drop)
            }
        };
        match done {
            Ok(()) => taken += 1,
            // a worker or a colleague was there first
            Err(MoveError::Zombie | MoveError::Forbidden(..)) => {}
            Err(MoveError::Db(error)) => return Err(error),
            Err(error @ MoveError::Unreadable(_)) => {
                tracing::error!(delivery = %row.id, %error, "not taken back");
            }
        }
    }
    Ok(taken)
}

/// Lays the occurrences of every series that runs. Comes round every hour.
#[derive(Serialize, Deserialize)]
pub struct LaySeries {}

impl Job for LaySeries {
    const KIND: &'static str = "publishing.lay_series";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let running = kit.db.read(store::running).await?;
        for id in running {
            let k = kit.clone();
            // one transaction each: one that cannot be laid keeps no other back
            let laid = kit
                .db
                .write(move |c| {
                    let now = k.clock.now();
                    lay_ahead(c, &k, id, Laying::Alone, now)
                })
                .await;
            match laid {
                Ok(_) => {}
                Err(OrderError::Db(error)) => return Err(error.into()),
                Err(error) => tracing::error!(series = %id, %error, "a series cannot be laid"),
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_take_turns() {
        let words = "Kom på besøg.\n\n---\nVi har åbent hus.\n---\n\n";
        assert_eq!(wordings(words), ["Kom på besøg.", "Vi har åbent hus."]);
        assert_eq!(wording(words, 1), "Kom på besøg.");
        assert_eq!(wording(words, 2), "Vi har åbent hus.");
        assert_eq!(wording(words, 3), "Kom på besøg.");
        assert_eq!(wording("Den samme", 7), "Den samme");
        assert_eq!(wording("", 1), "");
        let common = Common { text: words.to_owned(), signature: "Fjordby".to_owned(), tags: Vec::new() };
        let each = dressed(&common, "  ");
        assert_eq!(wording(&each, 1), "Kom på besøg.\n\nFjordby");
        assert_eq!(wording(&each, 2), "Vi har åbent hus.\n\nFjordby");
        assert_eq!(dressed(&common, "Kun her"), "Kun her\n\nFjordby");
    }
}
