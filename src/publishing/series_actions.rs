//! What people do with a series: begin it, give it other words from now on, pause it, let it go on, end it, take all of it
//! down. Each is one transaction under the series' lock.

use super::{
    actions::{ActionError, By},
    delivery::{Event, Reason, State},
    publish::{self, Material, Order, OrderError},
    rewrite::{self, Pen, RewriteError},
    rhythm::Rhythm,
    series::{self, Laying, wording, wordings},
    store::{self, Changes, MoveError, Series, SeriesState},
    subject,
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Verb},
    },
    base::{
        Instant, Subject,
        id::{AccountId, AssetId, AudienceId, SeriesId},
    },
    channels::{self, Class},
    db::{Conn, DbError},
    kit::Kit,
    web::forms::{Errors, FieldError},
};

/// What was begun.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    /// The series.
    pub series: SeriesId,
    /// Deliveries laid already.
    pub laid: usize,
    /// How many of them wait for approval.
    pub waiting: usize,
}

/// Begins to repeat an order; its own time does not count. Who only writes where `edits` says suggests it.
pub async fn begin(
    kit: &Kit,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    order: Order,
    rhythm: Rhythm,
) -> Result<Begun, OrderError> {
    begin_for(kit, actor, edits, publishes, order, rhythm, None).await
}

/// The same for an audience.
pub(super) async fn begin_for(
    kit: &Kit,
    actor: Actor,
    edits: &Scope,
    publishes: &Scope,
    order: Order,
    rhythm: Rhythm,
    whom: Option<AudienceId>,
) -> Result<Begun, OrderError> {
    let (k, edits, publishes) = (kit.clone(), edits.clone(), publishes.clone());
    kit.db
        .write(move |c| match begin_in(c, &k, actor, &publishes, (&order, &rhythm), whom, false) {
            Err(OrderError::NotFound) => begin_in(c, &k, actor, &edits, (&order, &rhythm), whom, true),
            done => done,
        })
        .await
}

fn begin_in(
    c: &mut Conn,
    kit: &Kit,
    actor: Actor,
    scope: &Scope,
    (order, rhythm): (&Order, &Rhythm),
    audience_id: Option<AudienceId>,
    suggests: bool,
) -> Result<Begun, OrderError> {
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
    fits(c, kit, &material, &parts, &order.media, &mut errors)?;
    varied(&material, &parts, &mut errors);
    match (rhythm.occurrences().next(), material.content.deadline_at) {
        (None, _) => errors.add("until", "series-error-never"),
        (Some((_, first)), Some(deadline)) if first.instant().0 >= deadline => {
            errors.add("weekday", "series-error-after-deadline");
        }
        _ => {}
    }
    errors.into_result().map_err(OrderError::Fields)?;
    let id = SeriesId::new(now, &kit.chance);
    let row = Series {
        id,
        posting_id: order.subject.posting(),
        story_id: order.subject.story(),
        language: order.language,
        media: serde_json::to_string(&order.media).expect("ids are plain data"),
        weekdays: rhythm.weekdays.iter().map(u8::to_string).collect::<Vec<_>>().join(","),
        every_weeks: i32::try_from(rhythm.every_weeks).unwrap_or(1),
        minute: i32::try_from(super::slot::minutes(rhythm.time)).unwrap_or(0),
        zone: rhythm.zone.name().to_owned(),
        until_day: rhythm.until.map(|day| day.to_string()),
        times: rhythm.times.and_then(|times| i32::try_from(times).ok()),
        suggests,
        state: SeriesState::Running,
        created_by: actor.to_string(),
        created_at: rhythm.after,
        changed_at: now,
        audience_id,
    };
    store::insert_series(c, &row, &parts)?;
    noted(c, actor, order.subject, id, "begin", now)?;
    let laying = Laying::Told { same_words_ok: order.same_words_ok };
    let (laid, waiting) = series::lay_ahead(c, kit, id, laying, now)?;
    Ok(Begun { series: id, laid, waiting })
}

/// Whether every wording fits its account.
pub(super) fn fits(
    c: &mut Conn,
    kit: &Kit,
    material: &Material,
    parts: &[(AccountId, String)],
    media: &[AssetId],
    errors: &mut Errors,
) -> Result<(), DbError> {
    for (id, words) in parts {
        let field = format!("text-{id}");
        let Some(account) = material.accounts.iter().find(|a| a.id == *id) else {
            errors.add("accounts", "publish-error-account");
            continue;
        };
        let all = wordings(words);
        if all.is_empty() {
            errors.add(&field, "series-error-no-words");
        }
        for wording in &all {
            let (_, fit) = material.fit(c, kit, account, wording, media, (None, None))?;
            errors.0.extend(fit.warnings.into_iter().filter(|w| w.refused).map(|warning| FieldError {
                field: field.clone(),
                key: warning.key.to_owned(),
                args: warning.args.iter().map(|(n, v)| ((*n).to_owned(), v.to_string())).collect(),
            }));
        }
    }
    Ok(())
}

/// Whether an account that refuses what it has gets at least two wordings, so that the same never follows itself.
fn varied(material: &Material, parts: &[(AccountId, String)], errors: &mut Errors) {
    for (id, words) in parts {
        let Some(account) = material.accounts.iter().find(|a| a.id == *id) else { continue };
        if account.ability.class != Class::RefusesDuplicates {
            continue;
        }
        let mut different: Vec<String> = Vec::new();
        for wording in wordings(words) {
            if !different.iter().any(|d| super::publication::same_words(d, &wording)) {
                different.push(wording);
            }
        }
        if different.len() < 2 {
            errors.add_with(&format!("text-{id}"), "series-error-same-words", "channel", account.place());
        }
    }
}

fn noted(
    c: &mut Conn,
    actor: Actor,
    about: Subject,
    id: SeriesId,
    word: &str,
    now: Instant,
) -> Result<(), DbError> {
    let line = Line {
        actor,
        verb: Verb::Published,
        object: about.into(),
        posting: about.posting(),
        detail: Some(format!("{word} series:{id}")),
    };
    audit::write(c, &[line], now)
}

/// A series about something inside a scope, with that.
pub(super) fn in_scope(
    c: &mut Conn,
    kit: &Kit,
    scope: &Scope,
    id: SeriesId,
) -> Result<Option<(Series, Subject)>, DbError> {
    let Some(row) = store::series(c, id)? else { return Ok(None) };
    Ok(seen(c, kit, scope, &row)?.map(|about| (row, about)))
}

/// What a series is about, if that lies inside a scope.
pub(super) fn seen(c: &mut Conn, kit: &Kit, scope: &Scope, row: &Series) -> Result<Option<Subject>, DbError> {
    let Some(about) = row.subject() else { return Ok(None) };
    let content = subject::read(c, kit, about, row.language)?;
    Ok(content.filter(|content| scope.covers(content.unit, about.posting())).map(|_| about))
}

/// Reads the series under its lock and does something with it, with an audit line, in one transaction.
async fn act<T: Send + 'static>(
    kit: &Kit,
    by: &By,
    id: SeriesId,
    word: &'static str,
    verb: impl FnOnce(&mut Conn, &Kit, &Series, Instant) -> Result<T, ActionError> + Send + 'static,
) -> Result<T, ActionError> {
    let (k, by) = (kit.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            series::lock(c, id)?;
            let (row, about) = in_scope(c, &k, &by.scope, id)?.ok_or(ActionError::NotFound)?;
            let done = verb(c, &k, &row, now)?;
            noted(c, by.actor, about, id, word, now)?;
            Ok(done)
        })
        .await
}

/// Lays nothing any more until it goes on, and takes back what has not gone out; how many.
pub async fn pause(kit: &Kit, by: &By, id: SeriesId) -> Result<usize, ActionError> {
    act(kit, by, id, "pause", move |c, _, row, now| {
        if row.state != SeriesState::Running {
            return Err(ActionError::TooLate);
        }
        store::set_series_state(c, id, SeriesState::Paused, now)?;
        Ok(series::take_back(c, id, Reason::SeriesPaused, now)?)
    })
    .await
}

/// Lets it go on with what is still to come; how many deliveries were laid.
pub async fn go_on(kit: &Kit, by: &By, id: SeriesId) -> Result<usize, ActionError> {
    act(kit, by, id, "go on", move |c, kit, row, now| {
        if row.state != SeriesState::Paused {
            return Err(ActionError::TooLate);
        }
        store::set_series_state(c, id, SeriesState::Running, now)?;
        match series::lay_ahead(c, kit, id, Laying::Alone, now) {
            Ok((laid, _)) => Ok(laid),
            Err(OrderError::Db(error)) => Err(error.into()),
            Err(_) => Ok(0),
        }
    })
    .await
}

/// Ends it for good, and takes back what has not gone out; how many.
pub async fn stop(kit: &Kit, by: &By, id: SeriesId) -> Result<usize, ActionError> {
    act(kit, by, id, "stop", move |c, _, row, now| {
        if !matches!(row.state, SeriesState::Running | SeriesState::Paused) {
            return Err(ActionError::TooLate);
        }
        store::set_series_state(c, id, SeriesState::Stopped, now)?;
        Ok(series::take_back(c, id, Reason::Person, now)?)
    })
    .await
}

/// Ends it and takes down everything of it that is out; how many.
pub async fn take_down(kit: &Kit, by: &By, id: SeriesId) -> Result<usize, ActionError> {
    act(kit, by, id, "take down", move |c, _, row, now| {
        if matches!(row.state, SeriesState::Running | SeriesState::Paused) {
            store::set_series_state(c, id, SeriesState::Stopped, now)?;
        }
        series::take_back(c, id, Reason::Person, now)?;
        let mut down = 0;
        for (_, delivery) in store::deliveries_of_series(c, id)? {
            if delivery.state != State::Published {
                continue;
            }
            let changes = Changes { next_at: Some(Some(now)), looks: Some(0), ..Changes::cleared() };
            match store::overrule(c, &delivery, Event::TakenDown, &changes, now) {
                Ok(_) => down += 1,
                Err(MoveError::Db(error)) => return Err(error.into()),
                // somebody else took it down in the same moment
                Err(_) => {}
            }
        }
        Ok(down)
    })
    .await
}

/// Other words from now on: for what is laid and has not gone out, and for what comes after. Where approval is asked for it is
/// asked for anew.
pub async fn say_from_now_on(
    kit: &Kit,
    by: &By,
    id: SeriesId,
    parts: Vec<(AccountId, String)>,
) -> Result<(), RewriteError> {
    let (k, by) = (kit.clone(), by.clone());
    kit.db
        .write(move |c| {
            let now = k.clock.now();
            series::lock(c, id)?;
            let (row, about) = in_scope(c, &k, &by.scope, id)?.ok_or(ActionError::NotFound)?;
            if !matches!(row.state, SeriesState::Running | SeriesState::Paused) {
                return Err(ActionError::TooLate.into());
            }
            let material = publish::material(c, &k, &by.scope, about, row.language)?;
            let material = material.ok_or(ActionError::NotFound)?;
            let had: Vec<AccountId> =
                store::parts_of(c, id)?.into_iter().map(|(account, _)| account).collect();
            let mut parts = parts;
            parts.retain(|(account, _)| had.contains(account));
            let media: Vec<AssetId> = serde_json::from_str(&row.media).unwrap_or_default();
            let mut errors = Errors::none();
            // an account that is gone keeps its words, and nothing is laid there
            let there: Vec<_> = parts
                .iter()
                .filter(|(id, _)| material.accounts.iter().any(|a| a.id == *id))
                .cloned()
                .collect();
            fits(c, &k, &material, &there, &media, &mut errors)?;
            varied(&material, &there, &mut errors);
            errors.into_result().map_err(RewriteError::Fields)?;
            store::put_parts(c, id, &parts)?;
            noted(c, by.actor, about, id, "words", now)?;
            let pen = Pen { actor: by.actor, edits: by.scope.clone(), publishes: by.scope.clone() };
            for (occurrence, delivery) in store::deliveries_of_series(c, id)? {
                let Some((_, words)) = parts.iter().find(|(id, _)| *id == delivery.account_id) else {
                    continue;
                };
                if rewrite::is_open(&delivery) {
                    rewrite::put_words(c, &k, &pen, &delivery, &wording(words, occurrence.number), now)?;
                }
            }
            Ok(())
        })
        .await
}

/// What its accounts are called.
pub(super) fn places(c: &mut Conn, id: SeriesId) -> Result<Vec<channels::Connection>, DbError> {
    let mut found = Vec::new();
    for (account, _) in store::parts_of(c, id)? {
        found.extend(channels::connection(c, account)?);
    }
    Ok(found)
}
