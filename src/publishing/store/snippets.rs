//! Rows of words that are used again.

use diesel::prelude::*;

use crate::{
    accounts::{self, Scope},
    base::{
        Instant,
        id::{SnippetId, UnitId},
    },
    db::{Conn, DbError, schema::snippets},
    words,
};

words! {
    /// What a snippet is for.
    pub enum SnippetKind {
        /// To begin a post with.
        Template = "template",
        /// Under a post.
        Signature = "signature",
    }
}

/// Words that are used again.
#[derive(Queryable, Selectable, Insertable, Clone, Debug)]
#[diesel(table_name = snippets)]
pub struct Snippet {
    /// Which.
    pub id: SnippetId,
    /// Whose; units below have it too.
    pub unit_id: UnitId,
    /// What for.
    pub kind: SnippetKind,
    /// What it is called.
    pub name: String,
    /// The words.
    pub text: String,
    /// By whom (`user:…`).
    pub made_by: String,
    /// When.
    pub made_at: Instant,
}

/// Those of a unit and of the units above it, by name.
pub fn snippets_for(conn: &mut Conn, unit: UnitId) -> Result<Vec<Snippet>, DbError> {
    let above = accounts::units_above(conn, unit)?;
    Ok(snippets::table
        .filter(snippets::unit_id.eq_any(above))
        .order((snippets::name, snippets::id))
        .select(Snippet::as_select())
        .load(conn)?)
}

/// Those of the units inside `scope`, by name.
pub(in crate::publishing) fn snippets_in(conn: &mut Conn, scope: &Scope) -> Result<Vec<Snippet>, DbError> {
    Ok(snippets::table
        .filter(snippets::unit_id.eq_any(scope.units()))
        .order((snippets::kind, snippets::name, snippets::id))
        .select(Snippet::as_select())
        .load(conn)?)
}

pub(in crate::publishing) fn insert_snippet(conn: &mut Conn, snippet: &Snippet) -> Result<(), DbError> {
    diesel::insert_into(snippets::table).values(snippet).execute(conn)?;
    Ok(())
}

/// Takes one of a unit inside `scope` away; false when there is none such.
pub(in crate::publishing) fn delete_snippet(
    conn: &mut Conn,
    scope: &Scope,
    id: SnippetId,
) -> Result<bool, DbError> {
    let inside = snippets::table.find(id).filter(snippets::unit_id.eq_any(scope.units()));
    Ok(diesel::delete(inside).execute(conn)? > 0)
}
