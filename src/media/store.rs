//! Rows of assets, their shapes and captions, and of uploads under way.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{
    asset::{Asset, Drawn, Kind, State},
    image::Focus,
};
use crate::{
    base::{
        Instant, Language,
        id::{AssetId, PostingId, UnitId, UploadId},
        paging::Paging,
    },
    db::{
        Conn, DbError,
        schema::{assets, captions, posting_media, posting_texts, postings, renditions, uploads},
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
    let hundredth = |n: i16| u8::try_from(n).unwrap_or(50).min(100);
    Ok(rows
        .into_iter()
        .map(|r| Asset {
            renditions: drawn.remove(&r.id).unwrap_or_default(),
            captions: spoken.remove(&r.id).unwrap_or_default(),
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

/// What the library is narrowed to.
#[derive(Debug, Clone, Default)]
pub struct Filter {
    /// These kinds; none for all.
    pub kinds: Vec<Kind>,
    /// In these units (already within what the asker may see).
    pub units: Vec<UnitId>,
    /// Only what lacks alternative text.
    pub without_alt: bool,
    /// Only films that lack captions in some language.
    pub without_captions: bool,
}

/// A page of the library, newest first, and how many there are in all.
pub fn library(conn: &mut Conn, filter: &Filter, paging: Paging) -> Result<(Vec<Asset>, i64), DbError> {
    let narrowed = || {
        let mut query = assets::table.filter(assets::unit_id.eq_any(filter.units.clone())).into_boxed();
        if !filter.kinds.is_empty() {
            query = query.filter(assets::kind.eq_any(filter.kinds.clone()));
        }
        if filter.without_alt {
            query = query.filter(assets::alt_text.eq("")).filter(assets::decorative.eq(false));
        }
        if filter.without_captions {
            let complete =
                captions::table.filter(captions::language.eq(Language::Da)).select(captions::asset_id);
            query = query
                .filter(assets::kind.eq(Kind::Film))
                .filter(assets::silent.eq(false))
                .filter(assets::id.ne_all(complete));
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order((assets::created_at.desc(), assets::id.desc()))
        .offset(paging.offset())
        .limit(paging.limit())
        .select(Row::as_select())
        .load(conn)?;
    Ok((whole(conn, rows)?, total))
}

/// How many there are of each kind in these units.
pub fn counts(conn: &mut Conn, units: &[UnitId]) -> Result<HashMap<Kind, i64>, DbError> {
    let found: Vec<(Kind, i64)> = assets::table
        .filter(assets::unit_id.eq_any(units))
        .group_by(assets::kind)
        .select((assets::kind, diesel::dsl::count_star()))
        .load(conn)?;
    Ok(found.into_iter().collect())
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
            (assets::alt_stale.eq(true), assets::updated_at.eq(now)),
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

/// An ad that shows an asset.
#[derive(Queryable, Debug, Clone)]
pub struct Use {
    /// Which ad.
    pub posting: PostingId,
    /// Its title in the first of its languages.
    pub title: String,
    /// The word for its state.
    pub state: String,
}

/// The ads that show it.
pub fn uses(conn: &mut Conn, id: AssetId) -> Result<Vec<Use>, DbError> {
    let found: Vec<(PostingId, Option<String>, String)> = posting_media::table
        .inner_join(postings::table)
        .left_join(posting_texts::table.on(posting_texts::posting_id.eq(posting_media::posting_id)))
        .filter(posting_media::asset_id.eq(id))
        .order((postings::updated_at.desc(), posting_texts::language))
        .select((posting_media::posting_id, posting_texts::title.nullable(), postings::state))
        .load(conn)?;
    let mut uses: Vec<Use> = Vec::new();
    for (posting, title, state) in found {
        if !uses.iter().any(|u| u.posting == posting) {
            uses.push(Use { posting, title: title.unwrap_or_default(), state });
        }
    }
    Ok(uses)
}

pub(super) fn delete(conn: &mut Conn, id: AssetId) -> Result<(), DbError> {
    diesel::delete(captions::table.filter(captions::asset_id.eq(id))).execute(conn)?;
    diesel::delete(renditions::table.filter(renditions::asset_id.eq(id))).execute(conn)?;
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
    Ok(needed)
}

/// An upload under way.
#[derive(Queryable, Debug, Clone)]
pub(super) struct Upload {
    pub unit: UnitId,
    pub name: String,
    pub declared: i64,
    pub received: i64,
}

#[expect(clippy::too_many_arguments, reason = "one column each")]
pub(super) fn insert_upload(
    conn: &mut Conn,
    id: UploadId,
    owner: &str,
    unit: UnitId,
    name: &str,
    modified: &str,
    declared: i64,
    now: Instant,
    ends: Instant,
) -> Result<(), DbError> {
    diesel::insert_into(uploads::table)
        .values((
            uploads::id.eq(id),
            uploads::owner.eq(owner),
            uploads::unit_id.eq(unit),
            uploads::original_name.eq(name),
            uploads::modified.eq(modified),
            uploads::declared_bytes.eq(declared),
            uploads::created_at.eq(now),
            uploads::ends_at.eq(ends),
        ))
        .execute(conn)?;
    Ok(())
}

/// An open upload of the same file by the same owner, and how far it has come.
pub(super) fn begun(
    conn: &mut Conn,
    owner: &str,
    unit: UnitId,
    name: &str,
    modified: &str,
    declared: i64,
    now: Instant,
) -> Result<Option<(UploadId, i64)>, DbError> {
    Ok(uploads::table
        .filter(uploads::owner.eq(owner))
        .filter(uploads::unit_id.eq(unit))
        .filter(uploads::original_name.eq(name))
        .filter(uploads::modified.eq(modified))
        .filter(uploads::declared_bytes.eq(declared))
        .filter(uploads::ends_at.gt(now))
        .select((uploads::id, uploads::received_bytes))
        .first(conn)
        .optional()?)
}

pub(super) fn upload(
    conn: &mut Conn,
    id: UploadId,
    owner: &str,
    now: Instant,
) -> Result<Option<Upload>, DbError> {
    Ok(uploads::table
        .find(id)
        .filter(uploads::owner.eq(owner))
        .filter(uploads::ends_at.gt(now))
        .select((uploads::unit_id, uploads::original_name, uploads::declared_bytes, uploads::received_bytes))
        .first(conn)
        .optional()?)
}

/// Moves the mark on from `from`; false when somebody else has moved it.
pub(super) fn advance(conn: &mut Conn, id: UploadId, from: i64, to: i64) -> Result<bool, DbError> {
    let at = uploads::table.find(id).filter(uploads::received_bytes.eq(from));
    Ok(diesel::update(at).set(uploads::received_bytes.eq(to)).execute(conn)? == 1)
}

/// True when it was there: whoever deletes the row finishes the upload.
pub(super) fn delete_upload(conn: &mut Conn, id: UploadId) -> Result<bool, DbError> {
    Ok(diesel::delete(uploads::table.find(id)).execute(conn)? == 1)
}

pub(super) fn open_uploads(conn: &mut Conn, owner: &str, now: Instant) -> Result<i64, DbError> {
    Ok(uploads::table
        .filter(uploads::owner.eq(owner))
        .filter(uploads::ends_at.gt(now))
        .count()
        .get_result(conn)?)
}

/// Uploads that nobody finished in time.
pub(super) fn ended_uploads(conn: &mut Conn, now: Instant) -> Result<Vec<UploadId>, DbError> {
    Ok(uploads::table.filter(uploads::ends_at.le(now)).select(uploads::id).load(conn)?)
}
