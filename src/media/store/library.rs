//! The library: what is in it, narrowed by people's wishes.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Row, whole};
use crate::{
    base::{
        Instant, Language,
        id::{AssetId, UnitId},
        paging::Paging,
    },
    db::{
        Conn, DbError,
        schema::{assets, captions, portrayals, portrayed},
    },
    media::{
        asset::{Asset, Kind},
        people::{self, Person},
    },
};

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
    /// Only what shows somebody whose yes is gone at the first of these, or at the second.
    pub consent_ends: Option<(Instant, Instant)>,
    /// Only this folder; empty for all.
    pub folder: String,
    /// Only what has these words in name, description, folder or the name of somebody in it.
    pub words: String,
}

/// A page of the library, newest first, and how many there are in all.
pub fn library(conn: &mut Conn, filter: &Filter, paging: Paging) -> Result<(Vec<Asset>, i64), DbError> {
    let matching = matching(conn, filter)?;
    let running_out = match filter.consent_ends {
        Some((now, soon)) => Some(running_out(conn, now, soon)?),
        None => None,
    };
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
        if !filter.folder.is_empty() {
            query = query.filter(assets::folder.eq(filter.folder.clone()));
        }
        if let Some(ids) = &running_out {
            query = query.filter(assets::id.eq_any(ids.clone()));
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

/// What shows somebody whose yes is gone or soon will be.
fn running_out(conn: &mut Conn, now: Instant, soon: Instant) -> Result<Vec<AssetId>, DbError> {
    let shown: Vec<AssetId> = portrayals::table.select(portrayals::asset_id).distinct().load(conn)?;
    let people = people::of_assets(conn, &shown)?;
    let runs = |shown: &[Person]| shown.iter().any(|person| person.is_running_out(now, soon));
    Ok(people.into_iter().filter(|(_, shown)| runs(shown)).map(|(asset, _)| asset).collect())
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
pub(in crate::media) fn folders(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<String>, DbError> {
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
