//! Rows of stories: in, out, and found. Everything that is not public takes a [`Scope`].

use std::collections::HashMap;

use diesel::prelude::*;

use super::story::{Audience, Content, Kind, LeadsTo, State, Story, Text};
use crate::{
    accounts::Scope,
    base::{
        Instant, Language,
        id::{AssetId, PostingId, StoryId, UnitId},
        paging::Paging,
    },
    db::{
        Conn, DbError,
        schema::{stories, story_media, story_texts, story_themes},
    },
};

#[derive(Queryable, Selectable)]
#[diesel(table_name = stories)]
struct Row {
    id: StoryId,
    slug: String,
    unit_id: UnitId,
    kind: Kind,
    state: State,
    audience: Audience,
    leads_to: LeadsTo,
    posting_id: Option<PostingId>,
    version: i32,
    ready_at: Option<Instant>,
    archived_at: Option<Instant>,
    created_by: String,
    created_at: Instant,
    updated_at: Instant,
}

/// The columns a save writes.
#[derive(Insertable, AsChangeset)]
#[diesel(table_name = stories, treat_none_as_null = true)]
struct Written<'a> {
    slug: &'a str,
    unit_id: UnitId,
    kind: Kind,
    audience: Audience,
    leads_to: LeadsTo,
    posting_id: Option<PostingId>,
    updated_at: Instant,
}

fn written<'a>(content: &Content, slug: &'a str, now: Instant) -> Written<'a> {
    Written {
        slug,
        unit_id: content.unit,
        kind: content.kind,
        audience: content.audience,
        leads_to: content.leads_to,
        posting_id: content.posting,
        updated_at: now,
    }
}

/// Rows with their texts and media; the order stays.
fn whole(conn: &mut Conn, rows: Vec<Row>) -> Result<Vec<Story>, DbError> {
    let ids: Vec<StoryId> = rows.iter().map(|r| r.id).collect();
    let mut texts: HashMap<StoryId, Vec<Text>> = HashMap::new();
    let found: Vec<(StoryId, Language, String, String, String)> = story_texts::table
        .filter(story_texts::story_id.eq_any(&ids))
        .order(story_texts::language)
        .select((
            story_texts::story_id,
            story_texts::language,
            story_texts::title,
            story_texts::lead,
            story_texts::body,
        ))
        .load(conn)?;
    for (id, language, title, lead, body) in found {
        texts.entry(id).or_default().push(Text { language, title, lead, body });
    }
    let mut media: HashMap<StoryId, Vec<AssetId>> = HashMap::new();
    let found: Vec<(StoryId, AssetId)> = story_media::table
        .filter(story_media::story_id.eq_any(&ids))
        .order(story_media::position)
        .select((story_media::story_id, story_media::asset_id))
        .load(conn)?;
    for (id, asset) in found {
        media.entry(id).or_default().push(asset);
    }
    let mut themes = themes_of(conn, &ids)?;
    Ok(rows
        .into_iter()
        .map(|r| Story {
            content: Content {
                unit: r.unit_id,
                kind: r.kind,
                audience: r.audience,
                leads_to: r.leads_to,
                posting: r.posting_id,
                themes: themes.remove(&r.id).unwrap_or_default(),
                texts: texts.remove(&r.id).unwrap_or_else(|| vec![Text::empty(Language::Da)]),
                media: media.remove(&r.id).unwrap_or_default(),
            },
            id: r.id,
            slug: r.slug,
            state: r.state,
            version: r.version,
            ready_at: r.ready_at,
            archived_at: r.archived_at,
            created_by: r.created_by,
            created_at: r.created_at,
            updated_at: r.updated_at,
        })
        .collect())
}

/// A new draft.
pub(super) fn insert(
    conn: &mut Conn,
    id: StoryId,
    content: &Content,
    created_by: &str,
    now: Instant,
) -> Result<(), DbError> {
    let slug = content.slug(id);
    diesel::insert_into(stories::table)
        .values((
            written(content, &slug, now),
            stories::id.eq(id),
            stories::state.eq(State::Draft),
            stories::created_by.eq(created_by),
            stories::created_at.eq(now),
        ))
        .execute(conn)?;
    write_parts(conn, id, content)
}

/// Saves over the version that was read; false when somebody else has saved since.
pub(super) fn update(
    conn: &mut Conn,
    story: &Story,
    content: &Content,
    slug: &str,
    now: Instant,
) -> Result<bool, DbError> {
    let row = stories::table.find(story.id).filter(stories::version.eq(story.version));
    let hit = diesel::update(row)
        .set((written(content, slug, now), stories::version.eq(story.version + 1)))
        .execute(conn)?;
    if hit == 0 {
        return Ok(false);
    }
    write_parts(conn, story.id, content)?;
    Ok(true)
}

fn write_parts(conn: &mut Conn, id: StoryId, content: &Content) -> Result<(), DbError> {
    diesel::delete(story_texts::table.filter(story_texts::story_id.eq(id))).execute(conn)?;
    diesel::delete(story_media::table.filter(story_media::story_id.eq(id))).execute(conn)?;
    diesel::delete(story_themes::table.filter(story_themes::story_id.eq(id))).execute(conn)?;
    for theme in &content.themes {
        diesel::insert_into(story_themes::table)
            .values((story_themes::story_id.eq(id), story_themes::theme.eq(theme)))
            .execute(conn)?;
    }
    for text in content.texts.iter().filter(|t| t.begun()) {
        diesel::insert_into(story_texts::table)
            .values((
                story_texts::story_id.eq(id),
                story_texts::language.eq(text.language),
                story_texts::title.eq(&text.title),
                story_texts::lead.eq(&text.lead),
                story_texts::body.eq(&text.body),
            ))
            .execute(conn)?;
    }
    for (position, asset) in (0..).zip(&content.media) {
        diesel::insert_into(story_media::table)
            .values((
                story_media::story_id.eq(id),
                story_media::asset_id.eq(asset),
                story_media::position.eq::<i32>(position),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Moves the state on; the caller has asked the table of moves. False when somebody else has moved it.
pub(super) fn set_state(conn: &mut Conn, story: &Story, to: State, now: Instant) -> Result<bool, DbError> {
    let row = stories::table.find(story.id).filter(stories::version.eq(story.version));
    let ready_at = if to == State::Ready { story.ready_at.or(Some(now)) } else { story.ready_at };
    let archived_at = (to == State::Archived).then_some(now);
    let hit = diesel::update(row)
        .set((
            stories::state.eq(to),
            stories::ready_at.eq(ready_at),
            stories::archived_at.eq(archived_at),
            stories::version.eq(story.version + 1),
            stories::updated_at.eq(now),
        ))
        .execute(conn)?;
    Ok(hit == 1)
}

fn one(conn: &mut Conn, row: Option<Row>) -> Result<Option<Story>, DbError> {
    Ok(whole(conn, row.into_iter().collect())?.pop())
}

/// A story inside a scope.
pub fn get(conn: &mut Conn, scope: &Scope, id: StoryId) -> Result<Option<Story>, DbError> {
    let inside = stories::table.find(id).filter(stories::unit_id.eq_any(scope.units()));
    let row = inside.select(Row::as_select()).first(conn).optional()?;
    one(conn, row)
}

/// A story, whoever asks: for what has been narrowed already, and for where a link leads.
pub fn any(conn: &mut Conn, id: StoryId) -> Result<Option<Story>, DbError> {
    let row = stories::table.find(id).select(Row::as_select()).first(conn).optional()?;
    one(conn, row)
}

/// The story at a public address, whatever its state.
pub(super) fn by_slug(conn: &mut Conn, slug: &str) -> Result<Option<Story>, DbError> {
    let row =
        stories::table.filter(stories::slug.eq(slug)).select(Row::as_select()).first(conn).optional()?;
    one(conn, row)
}

/// Which story has this address; public, so it takes no scope.
pub fn id_of(conn: &mut Conn, slug: &str) -> Result<Option<StoryId>, DbError> {
    Ok(stories::table.filter(stories::slug.eq(slug)).select(stories::id).first(conn).optional()?)
}

/// Every story on the careers site, newest first.
pub fn public(conn: &mut Conn) -> Result<Vec<Story>, DbError> {
    let rows = stories::table
        .filter(stories::state.eq(State::Ready))
        .filter(stories::audience.ne(Audience::Internal))
        .order((stories::ready_at.desc(), stories::id.desc()))
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// Stories that show an asset, whoever asks.
pub fn of_asset(conn: &mut Conn, asset: AssetId) -> Result<Vec<Story>, DbError> {
    let ids: Vec<StoryId> = story_media::table
        .filter(story_media::asset_id.eq(asset))
        .select(story_media::story_id)
        .load(conn)?;
    let rows = stories::table
        .filter(stories::id.eq_any(ids))
        .order((stories::updated_at.desc(), stories::id))
        .select(Row::as_select())
        .load(conn)?;
    whole(conn, rows)
}

/// What a list of stories is narrowed to.
#[derive(Clone, Debug, Default)]
pub struct Wish {
    /// Only these states; empty for all.
    pub states: Vec<State>,
    /// Only these kinds; empty for all.
    pub kinds: Vec<Kind>,
    /// Only of this unit.
    pub unit: Option<UnitId>,
    /// Words that stand in the title or the lead.
    pub words: String,
}

/// Stories within a scope, last changed first, and how many there are in all.
pub fn list(
    conn: &mut Conn,
    scope: &Scope,
    wish: &Wish,
    paging: Paging,
) -> Result<(Vec<Story>, i64), DbError> {
    let mut found: Option<Vec<StoryId>> = None;
    if !wish.words.is_empty() {
        // matched here and not by `like`: SQLite folds only ASCII, and Æ is not
        let wanted = wish.words.to_lowercase();
        let texts: Vec<(StoryId, String, String)> = story_texts::table
            .select((story_texts::story_id, story_texts::title, story_texts::lead))
            .load(conn)?;
        let says = |text: String| wanted.split_whitespace().all(|w| text.contains(w));
        let hits =
            texts.into_iter().filter(|(_, title, lead)| says(format!("{title} {lead}").to_lowercase()));
        found = Some(hits.map(|(id, ..)| id).collect());
    }
    let narrowed = || {
        let mut query = stories::table.filter(stories::unit_id.eq_any(scope.units())).into_boxed();
        if !wish.states.is_empty() {
            query = query.filter(stories::state.eq_any(wish.states.clone()));
        }
        if !wish.kinds.is_empty() {
            query = query.filter(stories::kind.eq_any(wish.kinds.clone()));
        }
        if let Some(unit) = wish.unit {
            query = query.filter(stories::unit_id.eq(unit));
        }
        if let Some(ids) = &found {
            query = query.filter(stories::id.eq_any(ids.clone()));
        }
        query
    };
    let total = narrowed().count().get_result(conn)?;
    let rows = narrowed()
        .order((stories::updated_at.desc(), stories::id))
        .limit(paging.limit())
        .offset(paging.offset())
        .select(Row::as_select())
        .load(conn)?;
    Ok((whole(conn, rows)?, total))
}

/// What a story is called.
#[derive(Clone, Debug)]
pub struct Called {
    /// Which.
    pub id: StoryId,
    /// Title in the language asked for, else in the other one.
    pub title: String,
}

/// What these stories are called, whoever asks; the caller has narrowed.
pub fn names(conn: &mut Conn, ids: &[StoryId], language: Language) -> Result<Vec<Called>, DbError> {
    let texts: Vec<(StoryId, Language, String)> = story_texts::table
        .filter(story_texts::story_id.eq_any(ids))
        .filter(story_texts::title.ne(""))
        .select((story_texts::story_id, story_texts::language, story_texts::title))
        .load(conn)?;
    let mut titles: HashMap<StoryId, String> = HashMap::new();
    for (id, of, title) in texts {
        if of == language || !titles.contains_key(&id) {
            titles.insert(id, title);
        }
    }
    let called = |id: &StoryId| Called { id: *id, title: titles.get(id).cloned().unwrap_or_default() };
    Ok(ids.iter().map(called).collect())
}

/// Every story of these units, whoever asks; the caller has narrowed.
pub fn of_units(conn: &mut Conn, units: &[UnitId]) -> Result<Vec<StoryId>, DbError> {
    Ok(stories::table
        .filter(stories::unit_id.eq_any(units))
        .order(stories::id)
        .select(stories::id)
        .load(conn)?)
}

/// What each of these stories speaks for, whoever asks; the caller has narrowed.
pub fn themes_of(conn: &mut Conn, ids: &[StoryId]) -> Result<HashMap<StoryId, Vec<String>>, DbError> {
    let rows: Vec<(StoryId, String)> = story_themes::table
        .filter(story_themes::story_id.eq_any(ids))
        .order((story_themes::story_id, story_themes::theme))
        .load(conn)?;
    let mut themes: HashMap<StoryId, Vec<String>> = HashMap::new();
    for (id, theme) in rows {
        themes.entry(id).or_default().push(theme);
    }
    Ok(themes)
}
