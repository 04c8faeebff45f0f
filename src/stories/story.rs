//! The story: what it says, to whom, where its link leads, and the one table of how it may move on.

use crate::{
    base::{
        Instant, Language,
        id::{AssetId, PostingId, StoryId, UnitId},
        text,
    },
    media::people::Purpose,
    words,
};

words! {
    /// What it is.
    pub enum Kind {
        /// A colleague answers the four questions (S1-28, settable).
        Story = "story",
        /// How a day goes.
        DayInLife = "day_in_life",
        /// Anything else: an open house, a thank-you, a greeting.
        Plain = "plain",
    }
}

impl Kind {
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Story => "story-kind-story",
            Self::DayInLife => "story-kind-day-in-life",
            Self::Plain => "story-kind-plain",
        }
    }
}

words! {
    /// Where it stands.
    pub enum State {
        /// Being written.
        Draft = "draft",
        /// May go out; on the careers site when it is meant for the world.
        Ready = "ready",
        /// Told; goes nowhere any more.
        Archived = "archived",
    }
}

words! {
    /// Whom it is for (S0-02).
    pub enum Audience {
        /// The world.
        External = "external",
        /// Colleagues only.
        Internal = "internal",
        /// Both.
        Both = "both",
    }
}

words! {
    /// Where its tracked link leads.
    pub enum LeadsTo {
        /// Its own page on the careers site.
        Page = "page",
        /// The ad it speaks for.
        Posting = "posting",
        /// The list of open jobs.
        Careers = "careers",
    }
}

/// What moves a story on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It may go out.
    Finish,
    /// It is taken back to be written on.
    Reopen,
    /// It has been told.
    Archive,
}

/// Every allowed move. What does not stand here is refused.
pub const MOVES: [(State, Step, State); 5] = [
    (State::Draft, Step::Finish, State::Ready),
    (State::Ready, Step::Reopen, State::Draft),
    (State::Archived, Step::Reopen, State::Draft),
    (State::Draft, Step::Archive, State::Archived),
    (State::Ready, Step::Archive, State::Archived),
];

impl State {
    /// Where `step` leads from here; `None` when it is not allowed.
    pub fn after(self, step: Step) -> Option<Self> {
        MOVES.iter().find(|(from, by, _)| *from == self && *by == step).map(|(_, _, to)| *to)
    }
    /// Message key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "story-state-draft",
            Self::Ready => "story-state-ready",
            Self::Archived => "story-state-archived",
        }
    }
    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("", "edit"),
            Self::Ready => ("ok", "check"),
            Self::Archived => ("line", "lock"),
        }
    }
}

/// What it says in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// Which.
    pub language: Language,
    /// In a line.
    pub title: String,
    /// What makes one read on; stands on cards and in link previews.
    pub lead: String,
    /// Sanitised HTML ([`crate::postings::body`]).
    pub body: String,
}

impl Text {
    /// Nothing written yet.
    pub const fn empty(language: Language) -> Self {
        Self { language, title: String::new(), lead: String::new(), body: String::new() }
    }
    /// Something is written.
    pub fn begun(&self) -> bool {
        !(self.title.is_empty() && self.lead.is_empty() && self.body.is_empty())
    }
    /// Nothing is left out.
    pub fn complete(&self) -> bool {
        !(self.title.is_empty() || self.lead.is_empty() || self.body.is_empty())
    }
}

impl Audience {
    /// What showing somebody to them is, for who is shown.
    pub const fn purpose(self) -> Purpose {
        match self {
            Self::Internal => Purpose::Internal,
            Self::External | Self::Both => Purpose::Website,
        }
    }
}

/// Everything a person writes or chooses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Whose story it is.
    pub unit: UnitId,
    /// What it is.
    pub kind: Kind,
    /// Whom it is for.
    pub audience: Audience,
    /// Where its link leads.
    pub leads_to: LeadsTo,
    /// The ad it speaks for.
    pub posting: Option<PostingId>,
    /// What it speaks for, by the codes of [`crate::postings::taxonomy::themes`].
    pub themes: Vec<String>,
    /// One per language; Danish first.
    pub texts: Vec<Text>,
    /// Pictures and films in order; the first picture stands on top.
    pub media: Vec<AssetId>,
}

impl Content {
    /// An empty story of a unit.
    pub fn empty(unit: UnitId, kind: Kind) -> Self {
        Self {
            unit,
            kind,
            audience: Audience::Both,
            leads_to: LeadsTo::Page,
            posting: None,
            themes: Vec::new(),
            texts: vec![Text::empty(Language::Da)],
            media: Vec::new(),
        }
    }
    /// The text in `language`, when something is written in it.
    pub fn text(&self, language: Language) -> Option<&Text> {
        self.texts.iter().find(|t| t.language == language && t.begun())
    }
    /// The languages in which it is whole; Danish first.
    pub fn languages(&self) -> Vec<Language> {
        Language::ALL.into_iter().filter(|l| self.text(*l).is_some_and(Text::complete)).collect()
    }
    /// The text for a reader: in that language where it is whole, else the Danish one.
    pub fn text_for(&self, language: Language) -> Option<&Text> {
        self.text(language).filter(|t| t.complete()).or_else(|| self.text(Language::default()))
    }
    /// The address's last part: the title and the end of the id, so that two alike never meet.
    pub fn slug(&self, id: StoryId) -> String {
        let title = text::slug(self.text(Language::Da).map_or("", |t| &t.title));
        let id = id.to_string();
        let tail = &id[id.len() - 6..];
        if title.is_empty() { format!("historie-{tail}") } else { format!("{title}-{tail}") }
    }
}

/// A story as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Which.
    pub id: StoryId,
    /// The last part of its public address; stands still from the first time it is ready.
    pub slug: String,
    /// Where it stands.
    pub state: State,
    /// Counts up with every save; guards against two people saving at once.
    pub version: i32,
    /// What it says.
    pub content: Content,
    /// When it was ready for the first time.
    pub ready_at: Option<Instant>,
    /// When it was archived.
    pub archived_at: Option<Instant>,
    /// Who made it: `user:…`.
    pub created_by: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Story {
    /// Title in the reader's language, else in the other one.
    pub fn title(&self, language: Language) -> &str {
        let of = |l| self.content.text(l).map(|t| t.title.as_str()).filter(|t| !t.is_empty());
        of(language).or_else(|| of(language.other())).unwrap_or_default()
    }
    /// The address of its page under the site's own.
    pub fn path(&self) -> String {
        format!("/historier/{}", self.slug)
    }
    /// Whether the careers site shows it.
    pub fn is_public(&self) -> bool {
        self.state == State::Ready && self.content.audience != Audience::Internal
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;

    #[test]
    fn only_the_moves_in_the_table_are_allowed() {
        // rows: states; columns: Finish, Reopen, Archive
        let wanted = [
            (State::Draft, [Some(State::Ready), None, Some(State::Archived)]),
            (State::Ready, [None, Some(State::Draft), Some(State::Archived)]),
            (State::Archived, [None, Some(State::Draft), None]),
        ];
        for (from, row) in wanted {
            for (step, to) in [Step::Finish, Step::Reopen, Step::Archive].into_iter().zip(row) {
                assert_eq!(from.after(step), to, "{from} {step:?}");
            }
        }
    }

    #[test]
    fn the_world_sees_what_is_ready_and_meant_for_it() {
        let (now, chance) = (Instant::from_seconds(0), Chance::seeded(3));
        let id = StoryId::new(now, &chance);
        let mut story = Story {
            id,
            slug: String::new(),
            state: State::Ready,
            version: 1,
            content: Content::empty(UnitId::new(now, &chance), Kind::Story),
            ready_at: None,
            archived_at: None,
            created_by: String::new(),
            created_at: now,
            updated_at: now,
        };
        assert!(story.is_public());
        story.content.audience = Audience::Internal;
        assert!(!story.is_public());
        story.content.audience = Audience::External;
        story.state = State::Draft;
        assert!(!story.is_public());

        let bare = story.content.slug(id);
        assert!(bare.starts_with("historie-"), "{bare}");
        story.content.texts[0].title = "Min første aften på Ærø".into();
        assert!(story.content.slug(id).starts_with("min-foerste-aften-paa-aeroe-"));
    }
}
