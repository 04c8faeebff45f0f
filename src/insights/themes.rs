//! What each theme brought (F22): posts about ads and stories that speak for it, and who came by them. What speaks for two
//! themes is in both rows and once in the total.

use std::collections::{BTreeMap, BTreeSet};

use super::reach::Cell;
use crate::{
    accounts::Scope,
    applications,
    base::{
        Instant, Language, Subject,
        id::{LinkId, PostingId},
    },
    db::{Conn, DbError},
    postings::{self, Which, taxonomy},
    publishing, stories, tracking,
};

/// What came of the posts of a period, by theme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Themes {
    /// By the theme's code; those that nobody spoke for are in it too.
    pub rows: BTreeMap<String, Cell>,
    /// About what speaks for no theme.
    pub without: Cell,
    /// Every post once.
    pub total: Cell,
}

/// What went out from `since` on and before `now` about what lies inside `scope`, and what came of it since; as
/// [`super::reach::reach`] counts.
pub fn themes(conn: &mut Conn, scope: &Scope, since: Instant, now: Instant) -> Result<Themes, DbError> {
    let posts = publishing::went_out(conn, scope, since, now)?;
    let links: Vec<LinkId> =
        posts.iter().map(|post| post.link).collect::<BTreeSet<_>>().into_iter().collect();
    let mut clicks = tracking::followed(conn, &links)?;
    let all: Vec<PostingId> = postings::names(conn, scope, Which::Newest(i64::MAX), Language::Da)?
        .into_iter()
        .map(|ad| ad.id)
        .collect();
    let mut applied = applications::counts_by_link(conn, &all)?;
    let (mut ads, mut told) = (BTreeSet::new(), BTreeSet::new());
    for post in &posts {
        match post.subject {
            Subject::Posting(id) => ads.insert(id),
            Subject::Story(id) => told.insert(id),
        };
    }
    let of_ads = postings::themes_of(conn, &Vec::from_iter(ads))?;
    let of_stories = stories::themes_of(conn, &Vec::from_iter(told))?;
    let mut found = Themes::default();
    for theme in taxonomy::themes() {
        found.rows.insert(theme.code.clone(), Cell::default());
    }
    for post in posts {
        let cell = Cell {
            posts: 1,
            clicks: clicks.remove(&post.link).unwrap_or(0),
            applications: applied.remove(&post.link).unwrap_or(0),
        };
        found.total += cell;
        let spoken = match post.subject {
            Subject::Posting(id) => of_ads.get(&id),
            Subject::Story(id) => of_stories.get(&id),
        };
        match spoken {
            Some(codes) => codes.iter().for_each(|code| *found.rows.entry(code.clone()).or_default() += cell),
            None => found.without += cell,
        }
    }
    Ok(found)
}
