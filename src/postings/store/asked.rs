//! Ads as lists ask for them, always within a scope: whole ones, or only what they are called.

use std::collections::HashMap;

use diesel::prelude::*;

use super::{Row, whole};
use crate::{
    accounts::Scope,
    base::{
        Instant, Language,
        id::{PostingId, UnitId},
        paging::Paging,
    },
    db::{
        Conn, DbError,
        schema::{posting_texts, posting_themes, postings},
    },
    postings::posting::{Posting, State},
};

/// What a list of ads is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Only these states; empty for all.
    pub states: Vec<State>,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    /// Words that stand in the title or the reference.
    pub words: String,
}

/// Ads within a scope, last changed first, and how many there are in all.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    wish: &Wish,
    paging: Paging,
) -> Result<(Vec<Posting>, i64), DbError> {
    let mut found: Option<Vec<PostingId>> = None;
    if !wish.words.is_empty() {
        // matched here and not by `like`: SQLite folds only ASCII, and Æ is not
        let wanted = wish.words.to_lowercase();
        let titles: Vec<(PostingId, String)> =
            posting_texts::table.select((posting_texts::posting_id, posting_texts::title)).load(conn)?;
        let references: Vec<(PostingId, String)> =
            postings::table.select((postings::id, postings::reference)).load(conn)?;
        let mut ids: Vec<_> = titles
            .into_iter()
            .chain(references)
            .filter(|(_, t)| wanted.split_whitespace().all(|w| t.to_lowercase().contains(w)))
            .map(|(id, _)| id)
            .collect();
        ids.sort();
        ids.dedup();
        found = Some(ids);
    }
    let narrowed = || {
        let mut query = postings::table
            .filter(postings::unit_id.eq_any(scope.units()).or(postings::id.eq_any(scope.postings())))
            .into_boxed();
        if !wish.states.is_empty() {
            query = query.filter(postings::state.eq_any(wish.states.clone()));
        }
        if let Some(unit) = wish.unit {
            query = query.filter(postings::unit_id.eq(unit));
        }
        if let Some(ids) = &found {
            query = query.filter(postings::id.eq_any(ids.clone()));
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order((postings::updated_at.desc(), postings::id))
        .limit(paging.limit())
        .offset(paging.offset())
        .select(Row::as_select())
        .load(conn)?;
    Ok((whole(conn, rows)?, total))
}

/// Open ads within a scope whose deadline is from `from` on and before `before`, earliest first: unit and deadline.
pub fn deadlines(
    conn: &mut Conn,
    scope: &Scope,
    from: Instant,
    before: Instant,
) -> Result<Vec<(PostingId, UnitId, Instant)>, DbError> {
    Ok(postings::table
        .filter(postings::unit_id.eq_any(scope.units()).or(postings::id.eq_any(scope.postings())))
        .filter(postings::state.eq_any([State::Open, State::DeadlinePassed]))
        .filter(postings::deadline_at.ge(from).and(postings::deadline_at.lt(before)))
        .order((postings::deadline_at, postings::id))
        .select((postings::id, postings::unit_id, postings::deadline_at.assume_not_null()))
        .load(conn)?)
}

/// Whose names are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Which<'a> {
    /// So many, last changed first.
    Newest(i64),
    /// These.
    These(&'a [PostingId]),
}

/// What an ad is called.
#[derive(Clone, Debug)]
pub struct Called {
    /// Which.
    pub id: PostingId,
    /// Title in the language asked for, else in the other one.
    pub title: String,
    /// The number people say.
    pub reference: String,
}

/// What ads within a scope are called, last changed first; far less than reading them whole.
pub fn names(
    conn: &mut Conn,
    scope: &Scope,
    which: Which<'_>,
    language: Language,
) -> Result<Vec<Called>, DbError> {
    let all = postings::table
        .filter(postings::unit_id.eq_any(scope.units()).or(postings::id.eq_any(scope.postings())))
        .order((postings::updated_at.desc(), postings::id))
        .select((postings::id, postings::reference))
        .into_boxed();
    let query = match which {
        Which::Newest(most) => all.limit(most),
        Which::These(ids) => all.filter(postings::id.eq_any(ids)),
    };
    let found: Vec<(PostingId, String)> = query.load(conn)?;
    let ids: Vec<PostingId> = found.iter().map(|(id, _)| *id).collect();
    let texts: Vec<(PostingId, Language, String)> = posting_texts::table
        .filter(posting_texts::posting_id.eq_any(&ids))
        .filter(posting_texts::title.ne(""))
        .select((posting_texts::posting_id, posting_texts::language, posting_texts::title))
        .load(conn)?;
    let mut titles: HashMap<PostingId, String> = HashMap::new();
    for (id, of, title) in texts {
        if of == language || !titles.contains_key(&id) {
            titles.insert(id, title);
        }
    }
    let called = |(id, reference)| Called { id, title: titles.remove(&id).unwrap_or_default(), reference };
    Ok(found.into_iter().map(called).collect())
}

/// Every ad of these units, whoever asks; the caller has narrowed.
pub fn of_units(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<PostingId>, DbError> {
    Ok(postings::table
        .filter(postings::unit_id.eq_any(units))
        .order(postings::id)
        .select(postings::id)
        .load(conn)?)
}

/// What each of these ads speaks for, whoever asks; the caller has narrowed.
pub fn themes_of(conn: &mut Conn, ids: &[PostingId]) -> Result<HashMap<PostingId, Vec<String>>, DbError> {
    let rows: Vec<(PostingId, String)> = posting_themes::table
        .filter(posting_themes::posting_id.eq_any(ids))
        .order((posting_themes::posting_id, posting_themes::theme))
        .load(conn)?;
    let mut themes: HashMap<PostingId, Vec<String>> = HashMap::new();
    for (id, theme) in rows {
        themes.entry(id).or_default().push(theme);
    }
    Ok(themes)
}
