//! The verbs: make, save, make ready, take back, archive. Each runs inside the caller's transaction; who shows
//! public pages calls [`crate::postings::renew`] after the commit.

use super::{
    readiness::{self, UNANSWERED},
    store,
    story::{Content, Kind, State, Step, Story, Text},
};
use crate::{
    accounts::{
        Scope,
        audit::{self, Actor, Line, Object, Verb},
    },
    base::{Instant, Language, id::StoryId, text},
    db::{Conn, DbError},
    kit::Kit,
    media,
    postings::{self, LEAD, Point, TITLE, body, taxonomy},
    web::forms::Errors,
};

/// Most pictures and films of one story.
const MEDIA: usize = 12;

/// Why something about a story is not done.
#[derive(Debug, thiserror::Error)]
pub enum StoryError {
    /// There is none, or not within the scope.
    #[error("no such story")]
    NotFound,
    /// Somebody saved since it was read; what stands now.
    #[error("somebody saved since")]
    Stale(Box<Story>),
    /// Fields that cannot be taken as they are.
    #[error("fields are wrong")]
    Fields(Errors),
    /// It may not go out yet; what is missing.
    #[error("not ready")]
    NotReady(Vec<Point>),
    /// Not in this state, or not by this person; the key says why and what to do.
    #[error("refused: {0}")]
    Refused(&'static str),
    /// The database.
    #[error(transparent)]
    Db(#[from] DbError),
}

/// Who does it, and where they may what.
#[derive(Clone, Debug)]
pub struct By {
    /// For the audit log.
    pub actor: Actor,
    /// Where they may write stories.
    pub writes: Scope,
    /// Where they may publish; what is ready is changed by nobody else.
    pub publishes: Scope,
    /// Whose pictures and films they may use.
    pub media: Scope,
}

/// Makes a draft with the questions of its kind laid out.
pub fn create(conn: &mut Conn, kit: &Kit, by: &By, mut content: Content) -> Result<Story, StoryError> {
    if !by.writes.covers_unit(content.unit) {
        return Err(StoryError::NotFound);
    }
    if let Some(first) = content.texts.iter_mut().find(|t| t.language == Language::Da)
        && first.body.is_empty()
    {
        first.body = template(kit, content.kind);
    }
    let content = checked(conn, by, content, None)?;
    let now = kit.clock.now();
    let id = StoryId::new(now, &kit.chance);
    store::insert(conn, id, &content, &by.actor.to_string(), now)?;
    log(conn, by.actor, Verb::Created, id, None, now)?;
    read(conn, &by.writes, id)
}

/// The questions of a kind, each a heading with room under it; nothing for a plain post.
fn template(kit: &Kit, kind: Kind) -> String {
    let questions = match kind {
        Kind::Story => &kit.config.stories.questions,
        Kind::DayInLife => &kit.config.stories.day_questions,
        Kind::Plain => return String::new(),
    };
    let heading = |q: &String| ammonia::clean_text(q).replace("&#32;", " ");
    questions.iter().map(|q| format!("<h2>{}</h2>{UNANSWERED}", heading(q))).collect()
}

/// Saves what was written over `version`. What is ready must stay so, and is changed only by who may publish.
pub fn save(
    conn: &mut Conn,
    kit: &Kit,
    by: &By,
    id: StoryId,
    version: i32,
    content: Content,
) -> Result<Story, StoryError> {
    let before = read(conn, &by.writes, id)?;
    if !by.writes.covers_unit(content.unit) {
        return Err(StoryError::Fields(Errors::one("unit", "error-unit")));
    }
    let content = checked(conn, by, content, Some(&before))?;
    if before.version != version {
        return Err(StoryError::Stale(Box::new(before)));
    }
    match before.state {
        State::Archived => return Err(StoryError::Refused("story-refused-archived")),
        State::Ready => may_publish(by, &before)?,
        State::Draft => {}
    }
    if before.content == content {
        return Ok(before);
    }
    let now = kit.clock.now();
    let slug = if before.ready_at.is_none() { content.slug(id) } else { before.slug.clone() };
    if !store::update(conn, &before, &content, &slug, now)? {
        return Err(StoryError::Stale(Box::new(read(conn, &by.writes, id)?)));
    }
    let after = read(conn, &by.writes, id)?;
    if after.state == State::Ready {
        must_be_ready(conn, &after, now)?;
        show_media(conn, &after, now)?;
    }
    log(conn, by.actor, Verb::Changed, id, Some(format!("version {}", after.version)), now)?;
    Ok(after)
}

/// Moves it on. All of these decide what the world may see, so all take the right to publish.
pub fn step(conn: &mut Conn, kit: &Kit, by: &By, id: StoryId, step: Step) -> Result<Story, StoryError> {
    let before = read(conn, &by.writes, id)?;
    may_publish(by, &before)?;
    let to = before.state.after(step).ok_or(StoryError::Refused("story-refused-step"))?;
    let now = kit.clock.now();
    if to == State::Ready {
        must_be_ready(conn, &before, now)?;
    }
    if !store::set_state(conn, &before, to, now)? {
        return Err(StoryError::Refused("story-refused-step"));
    }
    let after = read(conn, &by.writes, id)?;
    show_media(conn, &after, now)?;
    log(conn, by.actor, Verb::Changed, id, Some(to.word().to_owned()), now)?;
    Ok(after)
}

fn may_publish(by: &By, story: &Story) -> Result<(), StoryError> {
    if by.publishes.covers_unit(story.content.unit) {
        Ok(())
    } else {
        Err(StoryError::Refused("story-refused-not-yours"))
    }
}

fn must_be_ready(conn: &mut Conn, story: &Story, now: Instant) -> Result<(), StoryError> {
    let missing = readiness::readiness(conn, story, now)?;
    if missing.is_empty() { Ok(()) } else { Err(StoryError::NotReady(missing)) }
}

/// What the careers site shows, anyone may fetch.
fn show_media(conn: &mut Conn, story: &Story, now: Instant) -> Result<(), DbError> {
    if story.is_public() { media::make_public(conn, &story.content.media, now) } else { Ok(()) }
}

/// Tidies what was written, and finds what cannot be taken.
fn checked(
    conn: &mut Conn,
    by: &By,
    content: Content,
    before: Option<&Story>,
) -> Result<Content, StoryError> {
    let mut errors = Errors::none();
    let mut texts: Vec<Text> = Vec::new();
    for text in content.texts {
        let language = text.language;
        let kept = Text {
            language,
            title: text::line(&text.title),
            lead: text::paragraphs(&text.lead),
            body: body::clean(&text.body),
        };
        for (name, written, most) in [("title", &kept.title, TITLE), ("lead", &kept.lead, LEAD)] {
            if text::count(written) > most {
                errors.add_with(&format!("{name}_{language}"), "error-too-long", "max", most);
            }
        }
        if kept.body.len() > body::LONGEST {
            errors.add_with(&format!("body_{language}"), "error-too-long", "max", body::LONGEST);
        }
        if kept.begun() || language == Language::Da {
            texts.push(kept);
        }
    }
    texts.sort_by_key(|t| t.language != Language::Da);
    let mut media = content.media;
    let mut seen = std::collections::HashSet::new();
    media.retain(|id| seen.insert(*id));
    if media.len() > MEDIA {
        errors.add_with("media", "story-error-media-many", "max", MEDIA);
    }
    // new ones are of a unit whose media the writer may use; the page offers only those
    let known: Vec<_> = before.map(|b| b.content.media.clone()).unwrap_or_default();
    let fresh: Vec<_> = media.iter().copied().filter(|id| !known.contains(id)).collect();
    let usable = media::of_ids(conn, &fresh)?.iter().filter(|a| by.media.covers_unit(a.unit)).count();
    if usable != fresh.len() {
        errors.add("media", "story-error-media");
    }
    if let Some(posting) = content.posting
        && before.and_then(|b| b.content.posting) != Some(posting)
    {
        let open = postings::any(conn, posting)?.is_some_and(|p| {
            p.state == postings::State::Open && p.content.visibility == postings::Visibility::Public
        });
        if !open {
            errors.add("posting", "story-missing-posting-open");
        }
    }
    let known = |code: &String| taxonomy::find(taxonomy::themes(), code).is_some();
    if !content.themes.iter().all(known) {
        errors.add("themes", "error-choice");
    }
    errors.into_result().map_err(StoryError::Fields)?;
    let mut themes = content.themes;
    themes.sort_unstable();
    themes.dedup();
    Ok(Content { texts, media, themes, ..content })
}

fn read(conn: &mut Conn, scope: &Scope, id: StoryId) -> Result<Story, StoryError> {
    store::get(conn, scope, id)?.ok_or(StoryError::NotFound)
}

fn log(
    conn: &mut Conn,
    actor: Actor,
    verb: Verb,
    id: StoryId,
    detail: Option<String>,
    now: Instant,
) -> Result<(), DbError> {
    audit::write(conn, &[Line { actor, verb, object: Object::Story(id), posting: None, detail }], now)
}
