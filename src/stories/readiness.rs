//! What is missing before a story may go out, as a list for the screen, each line with the place that mends it.

use super::story::{LeadsTo, Story};
use crate::{
    base::{Instant, Language},
    db::{Conn, DbError},
    media,
    postings::{self, Point, State as PostingState, Visibility},
};

/// Stands under a question until somebody answers it.
pub(super) const UNANSWERED: &str = "<p>…</p>";

fn point(key: &str, href: String) -> Point {
    Point { key: key.to_owned(), args: Vec::new(), href, finding: None }
}

/// What hinders `story` at `now`; empty when it may go out.
pub fn readiness(conn: &mut Conn, story: &Story, now: Instant) -> Result<Vec<Point>, DbError> {
    let content = &story.content;
    let field = |name: &str| format!("/indhold/{}/rediger#{name}", story.id);
    let mut missing = Vec::new();
    let danish = content.text(Language::Da);
    let has = |f: fn(&super::Text) -> &String| danish.is_some_and(|t| !f(t).is_empty());
    if !has(|t| &t.title) {
        missing.push(point("story-missing-title", field("title_da")));
    }
    if !has(|t| &t.lead) {
        missing.push(point("story-missing-lead", field("lead_da")));
    }
    if !has(|t| &t.body) {
        missing.push(point("story-missing-body", field("body_da")));
    }
    if content.texts.iter().any(|t| t.body.contains(UNANSWERED)) {
        missing.push(point("story-missing-answers", field("body_da")));
    }
    if content.text(Language::En).is_some_and(|t| !t.complete()) {
        missing.push(point("story-missing-english", field("title_en")));
    }
    if content.themes.is_empty() {
        missing.push(point("missing-themes", field("themes")));
    }
    if content.leads_to == LeadsTo::Posting {
        let ad = match content.posting {
            Some(id) => postings::any(conn, id)?,
            None => None,
        };
        match ad {
            None => missing.push(point("story-missing-posting", field("posting"))),
            Some(ad)
                if ad.state_at(now) != PostingState::Open
                    || ad.content.visibility == Visibility::Internal =>
            {
                missing.push(point("story-missing-posting-open", field("posting")));
            }
            Some(_) => {}
        }
    }
    let languages = content.languages();
    for asset in media::of_ids(conn, &content.media)? {
        for lack in
            asset.missing(&languages, &[content.audience.purpose()], now).into_iter().filter(|m| m.blocks())
        {
            missing.push(point(lack.key(), format!("/medier/{}#{}", asset.id, lack.field())));
        }
    }
    Ok(missing)
}

/// Whether nothing hinders it.
pub fn is_ready(conn: &mut Conn, story: &Story, now: Instant) -> Result<bool, DbError> {
    Ok(readiness(conn, story, now)?.is_empty())
}
