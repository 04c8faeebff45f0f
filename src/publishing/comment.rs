//! The first comment under a post: where it may stand, and what follows when it was looked for. Pure; rows are in the store,
//! the one function that moves a comment on is in `comment_drive`, what people do in [`comment_actions`](super::comment_actions).
//!
//! A comment is begun in the commit that says that its post is out, and nothing that happens to it ever changes how the post
//! stands: a post whose comment was refused is published.

use std::time::Duration;

use super::delivery::Reason;
use crate::{
    base::Instant,
    channels::{Class, Commenting, Found},
    words,
};

/// So often it is looked for before a person is asked.
pub const LOOKS: i32 = 3;
/// What nobody can settle for so long is a person's matter.
pub const PATIENCE: Duration = Duration::from_secs(86_400);

words! {
    /// Where it stands.
    pub enum Standing {
        /// Is said as soon as the account allows.
        Ready = "ready",
        /// The call is or was under way, and its outcome is not known: it is looked for before anything else.
        Sending = "sending",
        /// A person looks, writes it there or lets it be.
        ByHand = "by_hand",
        /// It stands there.
        Done = "done",
        /// It is taken down, for its post is.
        Removing = "removing",
        /// It was never said, and nobody wants it any more.
        Dropped = "dropped",
        /// It stood there and does no longer.
        Removed = "removed",
    }
}

impl Standing {
    /// Message key.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Ready => "comment-state-ready",
            Self::Sending => "comment-state-sending",
            Self::ByHand => "comment-state-by-hand",
            Self::Done => "comment-state-done",
            Self::Removing => "comment-state-removing",
            Self::Dropped => "comment-state-dropped",
            Self::Removed => "comment-state-removed",
        }
    }

    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Ready | Self::Sending | Self::Removing => ("info", "sync"),
            Self::ByHand => ("warn", "person"),
            Self::Done => ("ok", "check"),
            Self::Dropped | Self::Removed => ("line", ""),
        }
    }
}

/// How an uncertain comment is settled on an account: by the channel's rule, unless the account's own server keeps keys, or
/// lets us read nothing.
pub fn class(commenting: Commenting, account: Class) -> Class {
    match account {
        Class::Key { .. } | Class::Blind if commenting.class == Class::ReadBack => account,
        _ => commenting.class,
    }
}

/// What follows from having looked for a comment whose outcome was not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It stands there.
    There,
    /// It may be said again, under the same key: a second one cannot come of it.
    SayAgain,
    /// It is looked for once more.
    LookAgain,
    /// A person decides, for this reason.
    Ask(Reason),
}

/// Looks that have been, this one among them; `unsure_since` the first call without an answer.
pub fn after_look(class: Class, found: &Found, looks: i32, unsure_since: Instant, now: Instant) -> Seen {
    let age = now.since(unsure_since);
    match (found, class) {
        (Found::There(_), _) => Seen::There,
        (Found::Unreachable(_), _) if age > PATIENCE => Seen::Ask(Reason::NoAnswer),
        (Found::Unreachable(_), _) => Seen::LookAgain,
        (_, Class::Blind | Class::ByHand) => Seen::Ask(Reason::CannotLook),
        (Found::Absent, Class::OwnName | Class::TwoPhase) => Seen::SayAgain,
        (_, Class::Key { seconds }) if age < Duration::from_secs(seconds) => Seen::SayAgain,
        _ if looks < LOOKS => Seen::LookAgain,
        _ => Seen::Ask(Reason::NotSeen),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::{Problem, ProblemKind, Published};

    #[test]
    fn said_again_only_where_no_second_one_can_come_of_it() {
        let begun = Instant::from_seconds(1_800_000_000);
        let soon = begun + Duration::from_secs(60);
        let there = Found::There(Published { remote_id: "1".into(), url: None });
        let unreachable = Found::Unreachable(Problem::new(ProblemKind::Unavailable, ""));
        let classes = [
            Class::Key { seconds: 3600 },
            Class::OwnName,
            Class::TwoPhase,
            Class::ReadBack,
            Class::RefusesDuplicates,
            Class::Blind,
            Class::ByHand,
        ];
        for class in classes {
            for looks in 1..=LOOKS + 1 {
                assert_eq!(after_look(class, &there, looks, begun, soon), Seen::There);
                let absent = after_look(class, &Found::Absent, looks, begun, soon);
                let not_seen = after_look(class, &Found::NotSeen(String::new()), looks, begun, soon);
                // where neither a key nor a name nor an object stands for it, a person must say that it is not there
                let safe = matches!(class, Class::Key { .. } | Class::OwnName | Class::TwoPhase);
                assert_eq!(absent == Seen::SayAgain, safe, "{class:?} {looks}");
                assert_eq!(
                    not_seen == Seen::SayAgain,
                    matches!(class, Class::Key { .. }),
                    "{class:?} {looks}"
                );
                if looks >= LOOKS && !safe {
                    assert!(matches!(absent, Seen::Ask(_)), "{class:?} {looks}");
                }
                // what cannot be asked is asked again, but not for ever
                if class != Class::Blind {
                    assert_eq!(after_look(class, &unreachable, looks, begun, soon), Seen::LookAgain);
                }
                let late = begun + PATIENCE + Duration::from_secs(1);
                assert_eq!(after_look(class, &unreachable, looks, begun, late), Seen::Ask(Reason::NoAnswer));
            }
        }
        // a server forgets keys
        let late = begun + Duration::from_secs(3601);
        let forgotten = after_look(Class::Key { seconds: 3600 }, &Found::Absent, LOOKS, begun, late);
        assert_eq!(forgotten, Seen::Ask(Reason::NotSeen));
    }
}
