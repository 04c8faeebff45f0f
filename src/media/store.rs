//! Rows of assets, their shapes and captions, and of uploads under way.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;

use super::{
    asset::{Asset, Drawn, Kind, State},
    image::Focus,
    people,
};
use crate::{
    base::{
        Instant, Language,
        id::{AssetId, DeliveryId, PostingId, StoryId, UnitId, UploadId},
        paging::Paging,
    },
    db::{
        Conn, DbError,
        schema::{
            assets, captions, consents, deliveries, delivery_assets, portrayals, portrayed, posting_media,
            posting_texts, postings, publications, renditions, stories, story_media, story_texts, uploads,
        },
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
    /// Only pictures and films of which nobody has said who is in them.
    pub without_people: bool,
    /// Only what shows somebody whose yes ends before this, or has ended or been taken back.
    pub consent_ends: Option<Instant>,
    /// Only this folder; empty for all.
    pub folder: String,
    /// Only what has these words in name, description, folder or the name of somebody in it.
    pub words: String,
}

/// A page of the library, newest first, and how many there are in all.
pub fn library(conn: &mut Conn, filter: &Filter, paging: Paging) -> Result<(Vec<Asset>, i64), DbError> {
    let matching = matching(conn, filter)?;
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
        if filter.without_people {
            let shows = portrayals::table.select(portrayals::asset_id);
            query = query
                .filter(assets::kind.ne(Kind::Graphic))
                .filter(assets::nobody.eq(false))
                .filter(assets::id.ne_all(shows));
        }
        if let Some(before) = filter.consent_ends {
            let ends = portrayals::table
                .inner_join(consents::table.on(consents::person_id.eq(portrayals::person_id)))
                .filter(consents::until_at.le(before).or(consents::withdrawn_at.is_not_null()))
                .select(portrayals::asset_id);
            query = query.filter(assets::id.eq_any(ends));
        }
        if !filter.folder.is_empty() {
            query = query.filter(assets::folder.eq(filter.folder.clone()));
        }
        if let Some(ids) = &matching {
            query = query.filter(assets::id.eq_any(ids.clone()));
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

/// What has all the words in its name, description, folder or the name of somebody in it; none when no words are asked
/// for. Compared here, because SQLite does not know that Æ is a large æ.
fn matching(conn: &mut Conn, filter: &Filter) -> Result<Option<Vec<AssetId>>, DbError> {
    let words: Vec<String> = filter.words.split_whitespace().take(8).map(str::to_lowercase).collect();
    if words.is_empty() {
        return Ok(None);
    }
    let said: Vec<(AssetId, String, String, String)> = assets::table
        .filter(assets::unit_id.eq_any(&filter.units))
        .select((assets::id, assets::original_name, assets::alt_text, assets::folder))
        .load(conn)?;
    let named: Vec<(AssetId, String)> = portrayals::table
        .inner_join(portrayed::table)
        .select((portrayals::asset_id, portrayed::name))
        .load(conn)?;
    let mut texts: HashMap<AssetId, String> =
        said.into_iter().map(|(id, name, alt, folder)| (id, format!("{name} {alt} {folder}"))).collect();
    for (id, name) in named {
        if let Some(text) = texts.get_mut(&id) {
            text.push(' ');
            text.push_str(&name);
        }
    }
    let has = |text: &String| {
        let text = text.to_lowercase();
        words.iter().all(|word| text.contains(word))
    };
    Ok(Some(texts.into_iter().filter(|(_, text)| has(text)).map(|(id, _)| id).collect()))
}

/// The folders that are in use in these units, in order.
pub(super) fn folders(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<String>, DbError> {
    Ok(assets::table
        .filter(assets::unit_id.eq_any(units))
        .filter(assets::folder.ne(""))
        .order(assets::folder)
        .select(assets::folder)
        .distinct()
        .load(conn)?)
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

/// What shows an asset.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// A job ad.
    Ad(PostingId),
    /// A story or plain post.
    Story(StoryId),
    /// A post on a channel, that went out or is planned.
    Post(DeliveryId),
}

/// A place in which an asset is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// Where.
    pub shows: Shows,
    /// Title of the ad or story, which a post tells of.
    pub title: String,
    /// When a post is or was due.
    pub at: Option<Instant>,
    /// The world sees it now.
    pub live: bool,
}

/// The ads, stories and posts that show each of these; live first, newest first.
pub fn uses(conn: &mut Conn, ids: &[AssetId]) -> Result<HashMap<AssetId, Vec<Use>>, DbError> {
    let mut uses: HashMap<AssetId, Vec<Use>> = HashMap::new();
    let mut add = |asset: AssetId, found: Use| {
        let all = uses.entry(asset).or_default();
        // one text per language: the first is Danish
        if !all.iter().any(|u| u.shows == found.shows) {
            all.push(found);
        }
    };
    let ads: Vec<(AssetId, PostingId, Option<String>, String)> = posting_media::table
        .inner_join(postings::table)
        .left_join(posting_texts::table.on(posting_texts::posting_id.eq(posting_media::posting_id)))
        .filter(posting_media::asset_id.eq_any(ids))
        .order((postings::updated_at.desc(), posting_texts::language))
        .select((
            posting_media::asset_id,
            posting_media::posting_id,
            posting_texts::title.nullable(),
            postings::state,
        ))
        .load(conn)?;
    for (asset, ad, title, state) in ads {
        let live = state == "open";
        add(asset, Use { shows: Shows::Ad(ad), title: title.unwrap_or_default(), at: None, live });
    }
    let told: Vec<(AssetId, StoryId, Option<String>, String)> = story_media::table
        .inner_join(stories::table)
        .left_join(story_texts::table.on(story_texts::story_id.eq(story_media::story_id)))
        .filter(story_media::asset_id.eq_any(ids))
        .order((stories::updated_at.desc(), story_texts::language))
        .select((story_media::asset_id, story_media::story_id, story_texts::title.nullable(), stories::state))
        .load(conn)?;
    for (asset, story, title, state) in told {
        let live = state == "ready";
        add(asset, Use { shows: Shows::Story(story), title: title.unwrap_or_default(), at: None, live });
    }
    let posts: Vec<(AssetId, DeliveryId, Option<String>, Option<String>, String, Instant)> =
        delivery_assets::table
            .inner_join(deliveries::table.inner_join(publications::table))
            .left_join(
                posting_texts::table.on(posting_texts::posting_id.nullable().eq(publications::posting_id)),
            )
            .left_join(story_texts::table.on(story_texts::story_id.nullable().eq(publications::story_id)))
            .filter(delivery_assets::asset_id.eq_any(ids))
            .filter(deliveries::state.ne_all(["cancelled", "failed", "missed", "removed"]))
            .order((deliveries::due_at.desc(), posting_texts::language, story_texts::language))
            .select((
                delivery_assets::asset_id,
                deliveries::id,
                posting_texts::title.nullable(),
                story_texts::title.nullable(),
                deliveries::state,
                deliveries::due_at,
            ))
            .load(conn)?;
    for (asset, post, of_ad, of_story, state, at) in posts {
        let title = of_ad.or(of_story).unwrap_or_default();
        add(asset, Use { shows: Shows::Post(post), title, at: Some(at), live: state == "published" });
    }
    for all in uses.values_mut() {
        all.sort_by_key(|u| !u.live);
    }
    Ok(uses)
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
