//! Posts that keep: a small library whose posts fill slots that are still empty some hours before, where an account is
//! switched to it. The one that has rested longest goes first, and none comes again on an account before it has rested.
//! What is put in a slot is a publication like any other: seen in the calendar before it goes, asked for approval, moved or
//! cancelled by people. A slot is filled once: one that somebody emptied stays empty.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    carried,
    choosing::Chosen,
    letters,
    publish::{self, Order, OrderError, Part, Plan, Timing},
    series, series_actions, slot,
    store::{self, Evergreen, Use},
};
use crate::{
    accounts::{
        self, Scope,
        audit::{self, Actor, Line, Verb},
    },
    base::{
        Instant,
        id::{AccountId, AudienceId, EvergreenId},
        wall::WallTime,
    },
    channels::{self, Standing},
    db::{Conn, DbError},
    kit::Kit,
    queue::{Job, JobError},
    web::forms::Errors,
};

/// How long one rests on an account when nothing else is said, in days.
pub const REST_DAYS: u32 = 60;
/// The least and the most it may be told to.
pub const RESTS: std::ops::RangeInclusive<u32> = 14..=730;
/// The hours before a slot at which it may be filled.
pub const HOURS: std::ops::RangeInclusive<u32> = 1..=168;

impl Evergreen {
    fn rest(&self) -> Duration {
        Duration::from_secs(u64::from(self.rest_days.unsigned_abs()) * 86_400)
    }

    fn author(&self) -> Actor {
        letters::person(&self.made_by).map_or(Actor::System, Actor::User)
    }
}

/// Lays an order into the library; its own time does not count. Who only writes where `edits` says suggests it.
pub async fn keep(
    kit: &Kit,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    order: Order,
    rest_days: u32,
) -> Result<EvergreenId, OrderError> {
    keep_for(kit, actor, edits, publishes, order, rest_days, None).await
}

/// The same for an audience.
pub(super) async fn keep_for(
    kit: &Kit,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    order: Order,
    rest_days: u32,
    whom: Option<AudienceId>,
) -> Result<EvergreenId, OrderError> {
    let (k, edits, publishes) = (kit.clone(), edits.clone(), publishes.clone());
    kit.db
        .write(move |c| match keep_in(c, &k, actor, &publishes, (&order, whom), (rest_days, false)) {
            Err(OrderError::NotFound) => keep_in(c, &k, actor, &edits, (&order, whom), (rest_days, true)),
            done => done,
        })
        .await
}

fn keep_in(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    (order, audience_id): (&Order, Option<AudienceId>),
    (rest_days, suggests): (u32, bool),
) -> Result<EvergreenId, OrderError> {
    let now = kit.clock.now();
    let material = publish::material(c, kit, scope, order.subject, order.language)?;
    let material = material.ok_or(OrderError::NotFound)?;
    if let Some(key) = material.content.refusal {
        return Err(OrderError::Refused(key));
    }
    let mut errors = Errors::none();
    if order.parts.is_empty() {
        errors.add("accounts", "publish-error-no-account");
    }
    let parts: Vec<(AccountId, String)> = order.parts.iter().map(|p| (p.account, p.text.clone())).collect();
    series_actions::fits(c, kit, &material, &parts, &order.media, &mut errors)?;
    errors.into_result().map_err(OrderError::Fields)?;
    let id = EvergreenId::new(now, &kit.chance);
    let row = Evergreen {
        id,
        posting_id: order.subject.posting(),
        story_id: order.subject.story(),
        language: order.language,
        media: serde_json::to_string(&order.media).expect("ids are plain data"),
        rest_days: i32::try_from(rest_days).unwrap_or(i32::MAX),
        suggests,
        made_by: actor.to_string(),
        made_at: now,
        retired_at: None,
        audience_id,
    };
    store::insert_evergreen(c, &row, &parts)?;
    let line = Line {
        actor,
        verb: Verb::Created,
        object: order.subject.into(),
        posting: order.subject.posting(),
        detail: Some(format!("evergreen:{id}")),
    };
    audit::write(c, &[line], now)?;
    Ok(id)
}

/// Whether the empty slots of an account are filled, and how many hours before, in the caller's transaction.
pub fn switch(c: &mut Conn, account: AccountId, hours: Option<i32>) -> Result<(), DbError> {
    store::set_filled(c, account, hours)
}

/// Fills what is empty on an account and comes within its hours; how many slots.
fn fill(c: &mut Conn, kit: &Kit, account: AccountId, now: Instant) -> Result<usize, OrderError> {
    // nobody else takes a slot of it meanwhile
    store::lock_account(c, account)?;
    let Some(hours) = store::filled_before(c, account)? else { return Ok(0) };
    let connection = channels::connection(c, account)?;
    if connection.is_none_or(|c| c.state != Standing::Connected) {
        return Ok(0);
    }
    let until = now + Duration::from_secs(u64::from(hours.unsigned_abs()) * 3600);
    let mut filled = 0;
    for wall in slot::free_of(c, kit, account, (now, until), None)? {
        let at = wall.instant().0;
        if store::was_filled(c, account, at)? {
            continue;
        }
        for (row, words) in rested(c, account, at)? {
            if let Some(publication) = put(c, kit, &row, (account, words), wall)? {
                let row = Use {
                    account_id: account,
                    slot_at: at,
                    evergreen_id: row.id,
                    publication_id: publication,
                };
                store::insert_use(c, &row)?;
                carried::spread(c, kit, publication, now)?;
                filled += 1;
                break;
            }
        }
    }
    Ok(filled)
}

/// Those that have words for an account and have rested there by `at`, the longest rested first.
fn rested(c: &mut Conn, account: AccountId, at: Instant) -> Result<Vec<(Evergreen, String)>, DbError> {
    let mut found = Vec::new();
    for row in store::evergreens(c)? {
        let words = store::evergreen_parts(c, row.id)?.into_iter().find(|(id, _)| *id == account);
        let Some((_, words)) = words else { continue };
        let last = store::last_use(c, row.id, account)?;
        if last.is_none_or(|last| last + row.rest() <= at) {
            let used = store::deliveries_of_evergreen(c, row.id)?;
            let used = used.iter().filter(|delivery| delivery.account_id == account).count();
            let turn = i32::try_from(used + 1).unwrap_or(1);
            found.push((last, row, series::wording(&words, turn)));
        }
    }
    // what never went out before what did; among equals the oldest
    found.sort_by_key(|(last, row, _)| (*last, row.made_at, row.id));
    Ok(found.into_iter().map(|(_, row, words)| (row, words)).collect())
}

/// Plans it for a slot; none when it cannot go out just now.
fn put(
    c: &mut Conn,
    kit: &Kit,
    row: &Evergreen,
    (account, text): (AccountId, String),
    wall: WallTime,
) -> Result<Option<crate::base::id::PublicationId>, OrderError> {
    let Some(subject) = row.subject() else { return Ok(None) };
    let order = Order {
        subject,
        language: row.language,
        when: Some(wall),
        media: serde_json::from_str(&row.media).unwrap_or_default(),
        parts: vec![Part { account, text }],
        // somebody may have said the same by hand a week ago
        same_words_ok: false,
    };
    let (suggests, audience) = (row.suggests, row.audience_id);
    let plan = Plan { suggests, audience, note: " from the queue", ..Plan::once(Timing::Ordered, false) };
    let everywhere = accounts::everywhere(c)?;
    match publish::plan_in(c, kit, row.author(), &everywhere, (&order, &Chosen::default()), plan) {
        Ok(done) => Ok(Some(done.publication)),
        Err(OrderError::Db(error)) => Err(error.into()),
        Err(_) => Ok(None),
    }
}

/// Fills the empty slots of every account that is switched to it. Comes round every minute.
#[derive(Serialize, Deserialize)]
pub struct FillSlots {}

impl Job for FillSlots {
    const KIND: &'static str = "publishing.fill_slots";
    type Needs = Kit;

    fn key(&self) -> String {
        "all".to_owned()
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        for (account, _) in kit.db.read(store::filled_accounts).await? {
            let k = kit.clone();
            let filled = kit
                .db
                .write(move |c| {
                    let now = k.clock.now();
                    fill(c, &k, account, now)
                })
                .await;
            match filled {
                Ok(_) => {}
                Err(OrderError::Db(error)) => return Err(error.into()),
                Err(error) => tracing::error!(%account, %error, "empty slots cannot be filled"),
            }
        }
        Ok(())
    }
}
