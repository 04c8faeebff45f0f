//! A request, and how it moves.

use std::time::Duration;

use crate::{
    base::{
        Instant, Subject,
        id::{SupportId, UnitId, UserId},
    },
    words,
};

words! {
    /// What is wanted.
    pub enum Help {
        /// A film.
        Film = "film",
        /// Pictures.
        Picture = "picture",
        /// Words written.
        Text = "text",
        /// What is there made to fit the strategy and its channels.
        Adapt = "adapt",
        /// Sent out for the unit.
        Publish = "publish",
    }
}

impl Help {
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Film => "support-help-film",
            Self::Picture => "support-help-picture",
            Self::Text => "support-help-text",
            Self::Adapt => "support-help-adapt",
            Self::Publish => "support-help-publish",
        }
    }
    /// Symbol in the sprite.
    pub const fn icon(self) -> &'static str {
        match self {
            Self::Film => "videocam",
            Self::Picture => "photo-camera",
            Self::Text => "edit",
            Self::Adapt => "tune",
            Self::Publish => "send",
        }
    }
}

words! {
    /// Where a request stands.
    pub enum State {
        /// Asked, and with nobody.
        New = "new",
        /// Somebody in communications has it.
        Taken = "taken",
        /// It waits for the unit's answer.
        Question = "question",
        /// Done.
        Delivered = "delivered",
        /// Not done, with the reason.
        Declined = "declined",
        /// The unit no longer wants it.
        Cancelled = "cancelled",
    }
}

words! {
    /// What can be done with a request.
    pub enum Step {
        /// Somebody in communications takes it.
        Take = "take",
        /// They lay it back.
        Release = "release",
        /// They ask the unit.
        Ask = "ask",
        /// The unit answers.
        Answer = "answer",
        /// They deliver.
        Deliver = "deliver",
        /// They say no.
        Decline = "decline",
        /// The unit takes it back.
        Cancel = "cancel",
    }
}

/// Every edge there is; what does not stand here cannot be done.
const EDGES: [(State, Step, State); 12] = [
    (State::New, Step::Take, State::Taken),
    (State::New, Step::Decline, State::Declined),
    (State::New, Step::Cancel, State::Cancelled),
    (State::Taken, Step::Release, State::New),
    (State::Taken, Step::Ask, State::Question),
    (State::Taken, Step::Deliver, State::Delivered),
    (State::Taken, Step::Decline, State::Declined),
    (State::Taken, Step::Cancel, State::Cancelled),
    (State::Question, Step::Answer, State::Taken),
    (State::Question, Step::Deliver, State::Delivered),
    (State::Question, Step::Decline, State::Declined),
    (State::Question, Step::Cancel, State::Cancelled),
];

impl State {
    /// Where `step` leads from here; none when that cannot be done.
    pub fn after(self, step: Step) -> Option<Self> {
        EDGES.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(.., to)| *to)
    }
    /// Nothing more happens to it.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Delivered | Self::Declined | Self::Cancelled)
    }
    /// Those in which something is still to be done.
    pub const OPEN: [Self; 3] = [Self::New, Self::Taken, Self::Question];
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::New => "support-state-new",
            Self::Taken => "support-state-taken",
            Self::Question => "support-state-question",
            Self::Delivered => "support-state-delivered",
            Self::Declined => "support-state-declined",
            Self::Cancelled => "support-state-cancelled",
        }
    }
    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::New => ("info", "notifications"),
            Self::Taken => ("", "person"),
            Self::Question => ("warn", "help"),
            Self::Delivered => ("ok", "check"),
            Self::Declined | Self::Cancelled => ("line", "close"),
        }
    }
}

impl Step {
    /// Key of the sentence that says in the history that it was done.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Take => "support-line-take",
            Self::Release => "support-line-release",
            Self::Ask => "support-line-ask",
            Self::Answer => "support-line-answer",
            Self::Deliver => "support-line-deliver",
            Self::Decline => "support-line-decline",
            Self::Cancel => "support-line-cancel",
        }
    }
    /// Whether the unit does it; else communications do.
    pub const fn is_the_units(self) -> bool {
        matches!(self, Self::Answer | Self::Cancel)
    }
    /// Whether whoever asked is written to.
    pub const fn is_told(self) -> bool {
        matches!(self, Self::Take | Self::Ask | Self::Deliver | Self::Decline)
    }
}

/// What a unit asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which.
    pub id: SupportId,
    /// Who asks.
    pub unit: UnitId,
    /// In a few words.
    pub title: String,
    /// What is wanted.
    pub help: Help,
    /// The ad or story it is about, when it is about one.
    pub about: Option<Subject>,
    /// The end of the last day that is early enough.
    pub wished_by: Option<Instant>,
    /// Where it stands.
    pub state: State,
    /// Who has it, or had it last.
    pub holder: Option<UserId>,
    /// Who asked (`user:…`).
    pub asked_by: String,
    /// When.
    pub asked_at: Instant,
    /// When somebody first took it.
    pub taken_at: Option<Instant>,
    /// When it was delivered or declined.
    pub answered_at: Option<Instant>,
    /// Minutes spent on it, when somebody said.
    pub minutes: Option<i32>,
}

impl Request {
    /// Whether the day it is wished for comes within `days`, or has gone by.
    pub fn is_due_soon(&self, now: Instant, days: u32) -> bool {
        let ahead = Duration::from_secs(u64::from(days) * 86_400);
        !self.state.is_over() && self.wished_by.is_some_and(|by| by <= now + ahead)
    }
    /// Whether the day it was wished for has gone by.
    pub fn is_late(&self, now: Instant) -> bool {
        !self.state.is_over() && self.wished_by.is_some_and(|by| by <= now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use State::*;

    #[test]
    fn edges_that_must_not_exist() {
        for over in [Delivered, Declined, Cancelled] {
            for step in Step::ALL {
                assert_eq!(over.after(*step), None, "{over} {step}");
            }
        }
        // nobody delivers or asks back what nobody has, and what is taken is not taken again
        for step in [Step::Deliver, Step::Ask, Step::Release, Step::Answer] {
            assert_eq!(New.after(step), None, "{step}");
        }
        for held in [Taken, Question] {
            assert_eq!(held.after(Step::Take), None, "{held}");
        }
        assert_eq!(Taken.after(Step::Answer), None);
        assert_eq!(Question.after(Step::Ask), None);
        // while the unit owes an answer it stays with whoever asked
        assert_eq!(Question.after(Step::Release), None);
    }

    #[test]
    fn every_state_is_reached_and_every_open_one_can_be_left() {
        for state in State::ALL {
            assert!(*state == New || EDGES.iter().any(|(.., to)| to == state), "{state}");
            assert_eq!(State::OPEN.contains(state), EDGES.iter().any(|(from, ..)| from == state), "{state}");
            assert_eq!(State::OPEN.contains(state), !state.is_over(), "{state}");
        }
        for step in Step::ALL {
            assert!(EDGES.iter().any(|(_, by, _)| by == step), "{step}");
        }
        // the unit can always take it back, and communications can always say no
        for open in State::OPEN {
            assert_eq!(open.after(Step::Cancel), Some(Cancelled));
            assert_eq!(open.after(Step::Decline), Some(Declined));
        }
    }
}
