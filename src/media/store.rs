//! Rows of assets, their shapes and captions.

mod library;
mod uploads;
mod uses;

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

pub(super) use library::folders;
pub use library::{Filter, counts, library};
pub(super) use uploads::{
    Upload, advance, begun, delete_upload, ended_uploads, insert_upload, open_uploads, upload,
};
pub use uses::{Shows, Use, uses};

use super::{
    asset::{Asset, Drawn, Kind, State, burnt},
    image::Focus,
    people,
};
use crate::{
    base::{
        Instant, Language,
        id::{AssetId, UnitId},
    },
    db::{
        Conn, DbError,
        schema::{assets, captions, renditions},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = assets)]
struct Row {
    id: AssetId,
    unit_id: UnitId,
    kind: Kind,
    state: State,
    original_name: String,
    sha256: String,
    mime: String,
    bytes: i64,
    width: i32,
    height: i32,
    duration_ms: Option<i64>,
    alt_text: String,
    alt_stale: bool,
    decorative: bool,
    silent: bool,
    focus_x: i16,
    focus_y: i16,
    error: Option<String>,
    public_at: Option<Instant>,
    created_by: String,
    created_at: Instant,
    updated_at: Instant,
    nobody: bool,
    folder: String,
    usable_until: Option<Instant>,
}

#[derive(Queryable)]
struct RenditionRow {
    asset_id: AssetId,
    profile: String,
    sha256: String,
    mime: String,
    bytes: i64,
    width: i32,
    height: i32,
}

/// Rows with their shapes and the languages of their captions; the order stays.
fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Asset>, DbError> {
    let ids: Vec<AssetId> = rows.iter().map(|r| r.id).collect();
    let mut drawn: HashMap<AssetId, Vec<Drawn>> = HashMap::new();
    let found: Vec<RenditionRow> =
        renditions::table.filter(renditions::asset_id.eq_any(&ids)).order(renditions::profile).load(conn)?;
    for r in found {
        drawn.entry(r.asset_id).or_default().push(Drawn {
            profile: r.profile,
            sha256: r.sha256,
            mime: r.mime,
            bytes: r.bytes,
            width: r.width,
            height: r.height,
        });
    }
    let mut spoken: HashMap<AssetId, Vec<Language>> = HashMap::new();
    let found: Vec<(AssetId, Language)> = captions::table
        .filter(captions::asset_id.eq_any(&ids))
        .order(captions::language)
        .select((captions::asset_id, captions::language))
        .load(conn)?;
    for (id, language) in found {
        spoken.entry(id).or_default().push(language);
    }
    let mut shown = people::of_assets(conn, &ids)?;
    let hundredth = |n: i16| u8::try_from(n).unwrap_or(50).min(100);
    Ok(rows
        .into_iter()
        .map(|r| Asset {
            renditions: drawn.remove(&r.id).unwrap_or_default(),
            captions: spoken.remove(&r.id).unwrap_or_default(),
            people: shown.remove(&r.id).unwrap_or_default(),
            nobody: r.nobody,
            folder: r.folder,
            usable_until: r.usable_until,
            id: r.id,
            unit: r.unit_id,
            kind: r.kind,
            state: r.state,
            name: r.original_name,
            sha256: r.sha256,
            mime: r.mime,
            bytes: r.bytes,
            width: r.width,
            height: r.height,
            duration_ms: r.duration_ms,
            alt_text: r.alt_text,
            alt_stale: r.alt_stale,
            decorative: r.decorative,
            silent: r.silent,
            focus: Focus { x: hundredth(r.focus_x), y: hundredth(r.focus_y) },
            error: r.error,
            public_at: r.public_at,
            created_by: r.created_by,
            created_at: r.created_at,
            updated_at: r.updated_at,
        })
        .collect())
}

/// One asset, whoever asks: for serving, jobs and frozen posts.
pub fn asset(conn: &mut Conn, id: AssetId) -> Result<Option<Asset>, DbError> {
    Ok(of_ids(conn, &[id])?.pop())
}

/// Assets by id, in the order of the ids; ids that are not there are left out.
pub fn of_ids(conn: &mut Conn, ids: &[AssetId]) -> Result<Vec<Asset>, DbError> {
    let rows = assets::table.filter(assets::id.eq_any(ids)).select(Row::as_select()).load(conn)?;
    let mut found: HashMap<AssetId, Asset> = whole(conn, rows)?.into_iter().map(|a| (a.id, a)).collect();
    Ok(ids.iter().filter_map(|id| found.remove(id)).collect())
}

/// The same file in the same unit, when it is there already.
pub(super) fn twin(conn: &mut Conn, unit: UnitId, sha256: &str) -> Result<Option<AssetId>, DbError> {
    Ok(assets::table
        .filter(assets::unit_id.eq(unit))
        .filter(assets::sha256.eq(sha256))
        .filter(assets::state.ne(State::Failed))
        .select(assets::id)
        .first(conn)
        .optional()?)
}

/// What a kept file is.
#[derive(Debug, Clone)]
pub(super) struct Kept {
    pub kind: Kind,
    pub sha256: String,
    pub mime: &'static str,
    pub bytes: i64,
    pub width: i32,
    pub height: i32,
    pub duration_ms: Option<i64>,
}

pub(super) fn insert(
    conn: &mut Conn,
    id: AssetId,
    unit: UnitId,
    name: &str,
    kept: &Kept,
    by: &str,
    now: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(assets::table)
        .values((
            (assets::id.eq(id), assets::unit_id.eq(unit), assets::original_name.eq(name)),
            (assets::kind.eq(kept.kind), assets::state.eq(State::Received)),
            (assets::sha256.eq(&kept.sha256), assets::mime.eq(kept.mime), assets::bytes.eq(kept.bytes)),
            (assets::width.eq(kept.width), assets::height.eq(kept.height)),
            assets::duration_ms.eq(kept.duration_ms),
            (assets::created_by.eq(by), assets::created_at.eq(now), assets::updated_at.eq(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// Another file in the same place: text and captions stay, but want to be read again.
pub(super) fn replace(
    conn: &mut Conn,
    id: AssetId,
    name: &str,
    kept: &Kept,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(assets::table.find(id))
        .set((
            (assets::original_name.eq(name), assets::kind.eq(kept.kind), assets::state.eq(State::Received)),
            (assets::sha256.eq(&kept.sha256), assets::mime.eq(kept.mime), assets::bytes.eq(kept.bytes)),
            (assets::width.eq(kept.width), assets::height.eq(kept.height)),
            (assets::duration_ms.eq(kept.duration_ms), assets::error.eq(None::<String>)),
            // whoever looked at the old file has not looked at this one
            (assets::alt_stale.eq(true), assets::nobody.eq(false), assets::updated_at.eq(now)),
        ))
        .execute(conn)?;
    Ok(())
}

/// What a person says about an asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// What it shows.
    pub alt_text: String,
    /// It only decorates.
    pub decorative: bool,
    /// Nobody speaks in it.
    pub silent: bool,
    /// What must stay in a cut.
    pub focus: Focus,
    /// Nobody in it can be recognised.
    pub nobody: bool,
    /// The folder it lies in; empty for none.
    pub folder: String,
    /// When the rights to it end.
    pub usable_until: Option<Instant>,
}

pub(super) fn describe(
    conn: &mut Conn,
    id: AssetId,
    said: &Description,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(assets::table.find(id))
        .set((
            assets::alt_text.eq(&said.alt_text),
            assets::alt_stale.eq(false),
            assets::decorative.eq(said.decorative),
            assets::silent.eq(said.silent),
            assets::focus_x.eq(i16::from(said.focus.x)),
            assets::focus_y.eq(i16::from(said.focus.y)),
            assets::nobody.eq(said.nobody),
            assets::folder.eq(&said.folder),
            assets::usable_until.eq(said.usable_until),
            assets::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(())
}

pub(super) fn set_state(
    conn: &mut Conn,
    id: AssetId,
    state: State,
    error: Option<&str>,
    now: Instant,
) -> Result<(), DbError> {
    diesel::update(assets::table.find(id))
        .set((assets::state.eq(state), assets::error.eq(error), assets::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn touch(conn: &mut Conn, id: AssetId, now: Instant) -> Result<(), DbError> {
    diesel::update(assets::table.find(id)).set(assets::updated_at.eq(now)).execute(conn)?;
    Ok(())
}

/// The kept file was set in order and lies under another hash.
pub(super) fn set_file(
    conn: &mut Conn,
    id: AssetId,
    sha256: &str,
    mime: &str,
    bytes: i64,
) -> Result<(), DbError> {
    diesel::update(assets::table.find(id))
        .set((assets::sha256.eq(sha256), assets::mime.eq(mime), assets::bytes.eq(bytes)))
        .execute(conn)?;
    Ok(())
}

/// Puts these shapes in the place of those of the same name; with `only`, in the place of all.
pub(super) fn set_drawn(conn: &mut Conn, id: AssetId, drawn: &[Drawn], only: bool) -> Result<(), DbError> {
    let names: Vec<&str> = drawn.iter().map(|d| d.profile.as_str()).collect();
    let old = renditions::table.filter(renditions::asset_id.eq(id));
    if only {
        diesel::delete(old).execute(conn)?;
    } else {
        diesel::delete(old.filter(renditions::profile.eq_any(names))).execute(conn)?;
    }
    for d in drawn {
        diesel::insert_into(renditions::table)
            .values((
                renditions::asset_id.eq(id),
                renditions::profile.eq(&d.profile),
                renditions::sha256.eq(&d.sha256),
                renditions::mime.eq(&d.mime),
                renditions::bytes.eq(d.bytes),
                renditions::width.eq(d.width),
                renditions::height.eq(d.height),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Writes down that an open ad shows these: from now on anyone may see them. Called by `postings` in the
/// transaction that opens or changes the ad.
pub fn make_public(conn: &mut Conn, ids: &[AssetId], now: Instant) -> Result<(), DbError> {
    diesel::update(assets::table.filter(assets::id.eq_any(ids)).filter(assets::public_at.is_null()))
        .set(assets::public_at.eq(now))
        .execute(conn)?;
    Ok(())
}

/// Whether somebody has looked and seen nobody who can be recognised.
pub(super) fn set_nobody(conn: &mut Conn, id: AssetId, nobody: bool, now: Instant) -> Result<(), DbError> {
    diesel::update(assets::table.find(id))
        .set((assets::nobody.eq(nobody), assets::updated_at.eq(now)))
        .execute(conn)?;
    Ok(())
}

pub(super) fn delete(conn: &mut Conn, id: AssetId) -> Result<(), DbError> {
    diesel::delete(captions::table.filter(captions::asset_id.eq(id))).execute(conn)?;
    diesel::delete(renditions::table.filter(renditions::asset_id.eq(id))).execute(conn)?;
    people::unportray_all(conn, id)?;
    diesel::delete(assets::table.find(id)).execute(conn)?;
    Ok(())
}

/// The captions of a film as WebVTT, by language.
pub fn captions(conn: &mut Conn, id: AssetId) -> Result<Vec<(Language, String)>, DbError> {
    Ok(captions::table
        .filter(captions::asset_id.eq(id))
        .order(captions::language)
        .select((captions::language, captions::body))
        .load(conn)?)
}

pub(super) fn set_captions(
    conn: &mut Conn,
    id: AssetId,
    language: Language,
    body: Option<&str>,
    now: Instant,
) -> Result<(), DbError> {
    let there = captions::table.filter(captions::asset_id.eq(id)).filter(captions::language.eq(language));
    diesel::delete(there).execute(conn)?;
    // the film they were burnt into says what they said before
    let old = renditions::table.filter(renditions::asset_id.eq(id));
    diesel::delete(old.filter(renditions::profile.eq(burnt(language)))).execute(conn)?;
    if let Some(body) = body {
        diesel::insert_into(captions::table)
            .values((
                captions::asset_id.eq(id),
                captions::language.eq(language),
                captions::body.eq(body),
                captions::created_at.eq(now),
            ))
            .execute(conn)?;
    }
    touch(conn, id, now)
}

/// Every file that an asset or a shape of one names, by sha256.
pub fn every_file(conn: &mut Conn) -> Result<HashSet<String>, DbError> {
    let mut named: HashSet<String> = assets::table.select(assets::sha256).load(conn)?.into_iter().collect();
    named.extend(renditions::table.select(renditions::sha256).load::<String>(conn)?);
    named.extend(people::papers(conn)?);
    Ok(named)
}

/// Those of these files that an asset or a shape of one still names.
pub fn needed_files(conn: &mut Conn, sha256: &[String]) -> Result<HashSet<String>, DbError> {
    let mut needed: HashSet<String> = assets::table
        .filter(assets::sha256.eq_any(sha256))
        .select(assets::sha256)
        .load(conn)?
        .into_iter()
        .collect();
    needed.extend(
        renditions::table
            .filter(renditions::sha256.eq_any(sha256))
            .select(renditions::sha256)
            .load::<String>(conn)?,
    );
    needed.extend(people::needed_papers(conn, sha256)?);
    Ok(needed)
}
