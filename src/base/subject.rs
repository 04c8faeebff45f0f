//! What a publication, a tracked link or a visit is about: an ad or a story.

use std::fmt;

use super::id::{PostingId, StoryId};

/// An ad or a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Subject {
    /// A job ad.
    Posting(PostingId),
    /// A story or plain post.
    Story(StoryId),
}

impl Subject {
    /// From the two columns it lies in, of which exactly one is set.
    pub const fn of(posting: Option<PostingId>, story: Option<StoryId>) -> Option<Self> {
        match (posting, story) {
            (Some(posting), None) => Some(Self::Posting(posting)),
            (None, Some(story)) => Some(Self::Story(story)),
            _ => None,
        }
    }
    /// The ad, when it is one.
    pub const fn posting(self) -> Option<PostingId> {
        match self {
            Self::Posting(id) => Some(id),
            Self::Story(_) => None,
        }
    }
    /// The story, when it is one.
    pub const fn story(self) -> Option<StoryId> {
        match self {
            Self::Story(id) => Some(id),
            Self::Posting(_) => None,
        }
    }
    /// Its page on the staff side.
    pub fn href(self) -> String {
        match self {
            Self::Posting(id) => format!("/jobopslag/{id}"),
            Self::Story(id) => format!("/indhold/{id}"),
        }
    }
}

impl From<PostingId> for Subject {
    fn from(id: PostingId) -> Self {
        Self::Posting(id)
    }
}

impl From<StoryId> for Subject {
    fn from(id: StoryId) -> Self {
        Self::Story(id)
    }
}

/// The bare id: ids are unique across both.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Posting(id) => id.fmt(f),
            Self::Story(id) => id.fmt(f),
        }
    }
}
