//! The job ad: what it says, where it stands, and the one table of how it may move on.

use chrono::NaiveDateTime;
use serde::{Serialize, Serializer};

use super::terms::Terms;
use crate::{
    base::{
        Instant, Language,
        id::{AssetId, PostingId, RoundId, UnitId},
        text,
        wall::WallTime,
    },
    words,
};

words! {
    /// Where an ad stands.
    pub enum State {
        /// Being written; seen by nobody outside.
        Draft = "draft",
        /// Public, and applications are taken.
        Open = "open",
        /// The deadline has passed; applicants are being assessed.
        DeadlinePassed = "deadline_passed",
        /// Done; everyone has been answered.
        Closed = "closed",
    }
}

/// What moves an ad on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It is made public and round 1 begins.
    Open,
    /// The deadline is moved to a later time.
    Extend,
    /// The clock reaches the deadline.
    PassDeadline,
    /// It is advertised again: another round begins (genopslag).
    Repost,
    /// Somebody closes it with a reason.
    Close,
}

/// Every allowed move. What does not stand here is refused.
pub const MOVES: [(State, Step, State); 6] = [
    (State::Draft, Step::Open, State::Open),
    (State::Open, Step::Extend, State::Open),
    (State::Open, Step::PassDeadline, State::DeadlinePassed),
    (State::DeadlinePassed, Step::Repost, State::Open),
    (State::Open, Step::Close, State::Closed),
    (State::DeadlinePassed, Step::Close, State::Closed),
];

impl State {
    /// Where `step` leads from here; `None` when it is not allowed.
    pub fn after(self, step: Step) -> Option<Self> {
        MOVES.iter().find(|(from, by, _)| *from == self && *by == step).map(|(_, _, to)| *to)
    }
    /// Message key of the state's name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "posting-state-draft",
            Self::Open => "posting-state-open",
            Self::DeadlinePassed => "posting-state-deadline-passed",
            Self::Closed => "posting-state-closed",
        }
    }
}

words! {
    /// Who may find an ad (D-07).
    pub enum Visibility {
        /// Everyone; the rule.
        Public = "public",
        /// Only who is given the address; with a reason and hr_admin's approval.
        Internal = "internal",
    }
}

words! {
    /// How it ended.
    pub enum CloseReason {
        /// Somebody was hired.
        Hired = "hired",
        /// Nobody was hired.
        NoHire = "no_hire",
        /// It should not have been out; its address answers 410 from then on.
        Withdrawn = "withdrawn",
    }
}

words! {
    /// What a picture or film is for in an ad.
    pub enum MediaRole {
        /// The picture on top and on cards.
        Hero = "hero",
        /// A drawing in the text.
        Graphic = "graphic",
        /// The film.
        Film = "film",
    }
}

/// A picture, graphic or film in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Placed {
    /// Which.
    pub asset: AssetId,
    /// For what.
    pub role: MediaRole,
}

/// What the ad says in one language.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Text {
    /// Which.
    pub language: Language,
    /// The job, in a line.
    pub title: String,
    /// What makes one read on.
    pub lead: String,
    /// Sanitised HTML ([`super::body`]).
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

/// Everything a person writes or chooses; what a version freezes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Content {
    /// Whose job it is.
    pub unit: UnitId,
    /// Who may find it.
    pub visibility: Visibility,
    /// Why internal: a code of [`super::taxonomy::internal_reasons`], and words after a colon.
    pub visibility_reason: String,
    /// What is offered.
    pub terms: Terms,
    /// Until when, on which wall.
    #[serde(serialize_with = "wall")]
    pub deadline: Option<WallTime>,
    /// One per language; Danish first.
    pub texts: Vec<Text>,
    /// Codes of the themes (F22).
    pub themes: Vec<String>,
    /// Pictures and films in order.
    pub media: Vec<Placed>,
}

impl Content {
    /// An empty ad of a unit.
    pub fn empty(unit: UnitId) -> Self {
        Self {
            unit,
            visibility: Visibility::Public,
            visibility_reason: String::new(),
            terms: Terms::default(),
            deadline: None,
            texts: vec![Text::empty(Language::Da)],
            themes: Vec::new(),
            media: Vec::new(),
        }
    }
    /// The text in `language`, when something is written in it.
    pub fn text(&self, language: Language) -> Option<&Text> {
        self.texts.iter().find(|t| t.language == language && t.begun())
    }
    /// The languages in which the ad is whole; Danish first.
    pub fn languages(&self) -> Vec<Language> {
        Language::ALL.into_iter().filter(|l| self.text(*l).is_some_and(Text::complete)).collect()
    }
    /// The address's last part: the title and the reference, so that two alike never meet.
    pub fn slug(&self, reference: &str) -> String {
        let title = text::slug(self.text(Language::Da).map_or("", |t| &t.title));
        if title.is_empty() { format!("opslag-{reference}") } else { format!("{title}-{reference}") }
    }
    /// The picture on top.
    pub fn hero(&self) -> Option<AssetId> {
        self.media.iter().find(|m| m.role == MediaRole::Hero).map(|m| m.asset)
    }
    /// The film.
    pub fn film(&self) -> Option<AssetId> {
        self.media.iter().find(|m| m.role == MediaRole::Film).map(|m| m.asset)
    }
}

fn wall<S: Serializer>(deadline: &Option<WallTime>, to: S) -> Result<S::Ok, S::Error> {
    match deadline {
        Some(w) => to.serialize_some(&format!("{} {}", w.field(), w.zone.name())),
        None => to.serialize_none(),
    }
}

/// An ad as stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Posting {
    /// Which.
    pub id: PostingId,
    /// As people name it: `2026-0417`.
    pub reference: String,
    /// The last part of its public address; stands still from the opening on.
    pub slug: String,
    /// As stored; ask [`Posting::state_at`] when the deadline counts.
    pub state: State,
    /// Counts up with every save; guards against two people saving at once.
    pub version: i32,
    /// What it says.
    pub content: Content,
    /// The instant that follows from the deadline's wall time and zone.
    pub deadline_at: Option<Instant>,
    /// When it was made public.
    pub opened_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// How it ended.
    pub close_reason: Option<CloseReason>,
    /// Who made it: `user:…` or `token:…`.
    pub created_by: String,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

impl Posting {
    /// Where it stands at `now`: the deadline counts to the second, whether or not the clock's job has run.
    /// An application is in time while `now` lies before the deadline's instant (D-31).
    pub fn state_at(&self, now: Instant) -> State {
        match (self.state, self.deadline_at) {
            (State::Open, Some(deadline)) if now >= deadline => State::DeadlinePassed,
            (state, _) => state,
        }
    }
    /// Title in the reader's language, else in the other one.
    pub fn title(&self, language: Language) -> &str {
        let of = |l| self.content.text(l).map(|t| t.title.as_str()).filter(|t| !t.is_empty());
        of(language).or_else(|| of(language.other())).unwrap_or_default()
    }
    /// The deadline as on the wall.
    pub fn deadline_local(&self) -> Option<NaiveDateTime> {
        self.content.deadline.map(|d| d.local)
    }
    /// The address of the public page under the site's own.
    pub fn path(&self) -> String {
        format!("/job/{}", self.slug)
    }
}

/// One time an ad is open for applications.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// Which.
    pub id: RoundId,
    /// Of which ad.
    pub posting: PostingId,
    /// From 1.
    pub number: i32,
    /// From when.
    pub opens_at: Instant,
    /// Until when.
    pub deadline_at: Instant,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Chance;
    use chrono_tz::Europe::Copenhagen;

    #[test]
    fn only_the_moves_in_the_table_are_allowed() {
        use State::*;
        use Step::*;
        // rows: states; columns: Open, Extend, PassDeadline, Repost, Close
        let wanted: [(State, [Option<State>; 5]); 4] = [
            (Draft, [Some(State::Open), None, None, None, None]),
            (State::Open, [None, Some(State::Open), Some(DeadlinePassed), None, Some(Closed)]),
            (DeadlinePassed, [None, None, None, Some(State::Open), Some(Closed)]),
            (Closed, [None, None, None, None, None]),
        ];
        for (from, row) in wanted {
            for (step, to) in [Step::Open, Extend, PassDeadline, Repost, Close].into_iter().zip(row) {
                assert_eq!(from.after(step), to, "{from} {step:?}");
            }
        }
    }

    #[test]
    fn the_deadline_counts_to_the_second_also_when_the_clocks_change() {
        let chance = Chance::seeded(1);
        let unit = UnitId::new(Instant::from_seconds(0), &chance);
        for (wall, last_second) in [
            ("2026-12-06T23:59", "2026-12-06T22:58:59Z"),
            // summer time begins: half past two does not exist, the gap's end is meant
            ("2027-03-28T02:30", "2027-03-28T00:59:59Z"),
            // and ends: half past two comes twice, the first is meant
            ("2027-10-31T02:30", "2027-10-31T00:29:59Z"),
        ] {
            let mut content = Content::empty(unit);
            content.deadline = WallTime::parse(wall, Copenhagen);
            let deadline = content.deadline.unwrap().instant().0;
            let posting = Posting {
                id: PostingId::new(Instant::from_seconds(0), &chance),
                reference: "2026-0001".into(),
                slug: String::new(),
                state: State::Open,
                version: 1,
                content,
                deadline_at: Some(deadline),
                opened_at: None,
                closed_at: None,
                close_reason: None,
                created_by: String::new(),
                created_at: Instant::from_seconds(0),
                updated_at: Instant::from_seconds(0),
            };
            let before = deadline - std::time::Duration::from_secs(1);
            assert_eq!(before.rfc3339(), last_second, "{wall}");
            assert_eq!(posting.state_at(before), State::Open);
            assert_eq!(posting.state_at(deadline), State::DeadlinePassed);
        }
    }

    #[test]
    fn slugs_follow_the_title_and_never_meet() {
        let mut content = Content::empty(UnitId::new(Instant::from_seconds(0), &Chance::seeded(2)));
        assert_eq!(content.slug("2026-0417"), "opslag-2026-0417");
        content.texts[0].title = "SOSU-assistent på Ærø".into();
        assert_eq!(content.slug("2026-0417"), "sosu-assistent-paa-aeroe-2026-0417");
    }
}
