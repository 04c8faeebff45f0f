//! What can be published, read alike for an ad and a story: its words, what it may show, how it stands, and until
//! when a post of it may go out.

use std::time::Duration;

use chrono::NaiveDateTime;

use super::step::PostingIs;
use crate::{
    base::{
        Instant, Language, Subject,
        id::{AssetId, RoundId, StoryId, UnitId},
    },
    db::{Conn, DbError},
    kit::Kit,
    media,
    postings::{self, ForPublication, State as PostingState, Visibility},
    stories::{self, Audience, State as StoryState, Story},
};

/// Which frozen state of it a publication tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edition {
    /// Of an ad: its running round, none for a draft, and its newest version.
    Posting(Option<RoundId>, i32),
    /// Of a story: the version that was read.
    Story(i32),
}

/// An ad or a story, as a channel may tell it.
#[derive(Clone, Debug)]
pub struct Content {
    /// Which.
    pub subject: Subject,
    /// Its unit.
    pub unit: UnitId,
    /// Which state of it this is.
    pub edition: Edition,
    /// The language of the words.
    pub language: Language,
    /// In a line.
    pub title: String,
    /// What makes one read on.
    pub lead: String,
    /// Until when it may be told at all; none = without end.
    pub deadline_at: Option<Instant>,
    /// The same on the wall.
    pub deadline_local: Option<NaiveDateTime>,
    /// Pictures and films in order.
    pub media: Vec<AssetId>,
    /// The picture on top.
    pub hero: Option<AssetId>,
    /// How it stands.
    pub standing: PostingIs,
    /// Why nothing of it can go out now, when it cannot.
    pub refusal: Option<&'static str>,
}

/// Reads it, whoever asks; the caller has narrowed. Where it is not whole in `language`, the Danish words come.
pub fn read(
    conn: &mut Conn,
    kit: &Kit,
    subject: Subject,
    language: Language,
) -> Result<Option<Content>, DbError> {
    match subject {
        Subject::Posting(id) => match postings::content_for_publication(conn, kit, id, language)? {
            Some(ad) => Ok(Some(of_posting(conn, kit, ad)?)),
            None => Ok(None),
        },
        Subject::Story(id) => match stories::any(conn, id)? {
            Some(story) => Ok(Some(of_story(conn, kit, &story, language)?)),
            None => Ok(None),
        },
    }
}

fn of_posting(conn: &mut Conn, kit: &Kit, ad: ForPublication) -> Result<Content, DbError> {
    let (standing, refusal) = match ad.state {
        // it would be public all the same (D-07), also when it was made internal meanwhile
        _ if ad.visibility == Visibility::Internal => (PostingIs::Over, Some("publish-refused-internal")),
        PostingState::Draft => (PostingIs::Over, Some("publish-refused-draft")),
        PostingState::DeadlinePassed | PostingState::Closed => {
            (PostingIs::Over, Some("publish-refused-over"))
        }
        PostingState::Open if !postings::is_ready(conn, &kit.config, ad.posting, kit.clock.now())? => {
            (PostingIs::Incomplete, Some("publish-refused-incomplete"))
        }
        PostingState::Open => (PostingIs::Ready, None),
    };
    Ok(Content {
        subject: ad.posting.into(),
        unit: ad.unit,
        edition: Edition::Posting(ad.round, ad.version),
        language: ad.language,
        title: ad.title,
        lead: ad.lead,
        deadline_at: ad.deadline_at,
        deadline_local: ad.deadline_local,
        media: ad.media.iter().map(|placed| placed.asset).collect(),
        hero: ad.hero,
        standing,
        refusal,
    })
}

fn of_story(conn: &mut Conn, kit: &Kit, story: &Story, language: Language) -> Result<Content, DbError> {
    let content = &story.content;
    let text = content.text_for(language).cloned();
    let (standing, refusal) = match story.state {
        // every channel there is so far is open to the world (S0-02)
        _ if content.audience == Audience::Internal => {
            (PostingIs::Over, Some("publish-refused-story-internal"))
        }
        StoryState::Archived => (PostingIs::Over, Some("publish-refused-story-archived")),
        StoryState::Draft => (PostingIs::Incomplete, Some("publish-refused-story-draft")),
        StoryState::Ready if !stories::is_ready(conn, story, kit.clock.now())? => {
            (PostingIs::Incomplete, Some("publish-refused-story-incomplete"))
        }
        StoryState::Ready => (PostingIs::Ready, None),
    };
    // the first picture stands on top; a film's own picture where there is none
    let assets = media::of_ids(conn, &content.media)?;
    let hero = assets.iter().find(|a| a.kind != media::Kind::Film).or(assets.first()).map(|a| a.id);
    Ok(Content {
        subject: story.id.into(),
        unit: content.unit,
        edition: Edition::Story(story.version),
        language: text.as_ref().map_or(Language::default(), |t| t.language),
        title: text.as_ref().map(|t| t.title.clone()).unwrap_or_default(),
        lead: text.map(|t| t.lead).unwrap_or_default(),
        deadline_at: None,
        deadline_local: None,
        media: content.media.clone(),
        hero,
        standing,
        refusal,
    })
}

/// What it is called in someone's language; nothing when it is gone.
pub fn title(conn: &mut Conn, kit: &Kit, subject: Subject, language: Language) -> Result<String, DbError> {
    Ok(match subject {
        Subject::Posting(id) => {
            postings::content_for_publication(conn, kit, id, language)?.map(|ad| ad.title).unwrap_or_default()
        }
        Subject::Story(id) => named(conn, id, language)?,
    })
}

fn named(conn: &mut Conn, id: StoryId, language: Language) -> Result<String, DbError> {
    Ok(stories::names(conn, &[id], language)?.pop().map(|called| called.title).unwrap_or_default())
}

/// How long after its time a post of it may still go out (publishing.md d.7).
pub fn grace(kit: &Kit, subject: Subject) -> Duration {
    let hours = match subject {
        Subject::Posting(_) => kit.config.delivery.latest_hours,
        Subject::Story(_) => kit.config.delivery.story_latest_hours,
    };
    Duration::from_secs(hours * 3600)
}
