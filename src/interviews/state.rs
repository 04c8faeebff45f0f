//! How seats and interviews move: two tables of edges; what does not stand there cannot be done.

use crate::words;

words! {
    /// Where one seat at one time stands.
    pub enum SlotState {
        /// Anybody who is invited may take it.
        Open = "open",
        /// Somebody has it.
        Booked = "booked",
        /// They came.
        Held = "held",
        /// They did not.
        NoShow = "no_show",
        /// It is offered to nobody any more.
        Cancelled = "cancelled",
    }
}

words! {
    /// What happens to a seat.
    pub enum SlotStep {
        /// Somebody takes it.
        Book = "book",
        /// They have it no longer.
        Free = "free",
        /// They came.
        Hold = "hold",
        /// They did not.
        Miss = "miss",
        /// It is taken away.
        Close = "close",
    }
}

const SLOT: [(SlotState, SlotStep, SlotState); 8] = [
    (SlotState::Open, SlotStep::Book, SlotState::Booked),
    (SlotState::Open, SlotStep::Close, SlotState::Cancelled),
    (SlotState::Booked, SlotStep::Free, SlotState::Open),
    (SlotState::Booked, SlotStep::Close, SlotState::Cancelled),
    (SlotState::Booked, SlotStep::Hold, SlotState::Held),
    (SlotState::Booked, SlotStep::Miss, SlotState::NoShow),
    // ticked wrongly
    (SlotState::Held, SlotStep::Miss, SlotState::NoShow),
    (SlotState::NoShow, SlotStep::Hold, SlotState::Held),
];

impl SlotState {
    /// Where `step` leads from here; none when that cannot be done.
    pub fn after(self, step: SlotStep) -> Option<Self> {
        SLOT.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(.., to)| *to)
    }
}

words! {
    /// Where somebody's interview stands.
    pub enum InterviewState {
        /// They may choose a time.
        Invited = "invited",
        /// They have one.
        Booked = "booked",
        /// The time they had was taken away; they may choose another.
        Moved = "moved",
        /// They came.
        Held = "held",
        /// They did not.
        NoShow = "no_show",
        /// They do not want to come.
        Declined = "declined",
        /// It was called off, or the application is over.
        Cancelled = "cancelled",
    }
}

words! {
    /// What happens to an interview.
    pub enum InterviewStep {
        /// A time is chosen.
        Book = "book",
        /// Another time is chosen.
        Move = "move",
        /// Its time is taken away.
        Drop = "drop",
        /// They came.
        Hold = "hold",
        /// They did not.
        Miss = "miss",
        /// They do not want to come.
        Decline = "decline",
        /// It is called off.
        Cancel = "cancel",
        /// They are invited anew.
        Again = "again",
    }
}

const INTERVIEW: [(InterviewState, InterviewStep, InterviewState); 17] = [
    (InterviewState::Invited, InterviewStep::Book, InterviewState::Booked),
    (InterviewState::Invited, InterviewStep::Decline, InterviewState::Declined),
    (InterviewState::Invited, InterviewStep::Cancel, InterviewState::Cancelled),
    (InterviewState::Booked, InterviewStep::Move, InterviewState::Booked),
    (InterviewState::Booked, InterviewStep::Drop, InterviewState::Moved),
    (InterviewState::Booked, InterviewStep::Hold, InterviewState::Held),
    (InterviewState::Booked, InterviewStep::Miss, InterviewState::NoShow),
    (InterviewState::Booked, InterviewStep::Decline, InterviewState::Declined),
    (InterviewState::Booked, InterviewStep::Cancel, InterviewState::Cancelled),
    (InterviewState::Moved, InterviewStep::Book, InterviewState::Booked),
    (InterviewState::Moved, InterviewStep::Decline, InterviewState::Declined),
    (InterviewState::Moved, InterviewStep::Cancel, InterviewState::Cancelled),
    // ticked wrongly
    (InterviewState::Held, InterviewStep::Miss, InterviewState::NoShow),
    (InterviewState::NoShow, InterviewStep::Hold, InterviewState::Held),
    (InterviewState::NoShow, InterviewStep::Again, InterviewState::Invited),
    (InterviewState::Declined, InterviewStep::Again, InterviewState::Invited),
    (InterviewState::Cancelled, InterviewStep::Again, InterviewState::Invited),
];

impl InterviewState {
    /// Where `step` leads from here; none when that cannot be done.
    pub fn after(self, step: InterviewStep) -> Option<Self> {
        INTERVIEW.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(.., to)| *to)
    }
    /// Those in which a time may be chosen.
    pub const CHOOSING: [Self; 2] = [Self::Invited, Self::Moved];
    /// Those in which it is still to come.
    pub const AHEAD: [Self; 3] = [Self::Invited, Self::Booked, Self::Moved];
    /// Those in which a seat is theirs.
    pub const SEATED: [Self; 3] = [Self::Booked, Self::Held, Self::NoShow];
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Invited => "interviews-state-invited",
            Self::Booked => "interviews-state-booked",
            Self::Moved => "interviews-state-moved",
            Self::Held => "interviews-state-held",
            Self::NoShow => "interviews-state-no-show",
            Self::Declined => "interviews-state-declined",
            Self::Cancelled => "interviews-state-cancelled",
        }
    }
    /// Colour of its chip.
    pub const fn look(self) -> &'static str {
        match self {
            Self::Booked | Self::Held => "ok",
            Self::Invited => "info",
            Self::Moved | Self::NoShow => "warn",
            Self::Declined | Self::Cancelled => "line",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seat_is_taken_only_while_it_is_open_and_what_is_over_stays_over() {
        use SlotState as S;
        for (from, step, to) in SLOT {
            if to == S::Booked {
                assert_eq!((from, step), (S::Open, SlotStep::Book));
            }
            if to == S::Open {
                assert_eq!((from, step), (S::Booked, SlotStep::Free));
            }
        }
        for step in SlotStep::ALL {
            assert_eq!(S::Cancelled.after(*step), None, "{step}");
        }
        // who came or not is never given to somebody else
        for over in [S::Held, S::NoShow] {
            for step in [SlotStep::Book, SlotStep::Free, SlotStep::Close] {
                assert_eq!(over.after(step), None, "{over} {step}");
            }
        }
        for step in SlotStep::ALL {
            assert!(SLOT.iter().any(|(_, by, _)| by == step), "{step}");
        }
    }

    #[test]
    fn an_interview_walks_only_along_the_table() {
        use InterviewState as S;
        use InterviewStep as T;
        // every pair: what is allowed stands here a second time, in other words
        for state in S::ALL {
            for step in T::ALL {
                let allowed = match step {
                    T::Book => S::CHOOSING.contains(state),
                    T::Move | T::Drop => *state == S::Booked,
                    T::Hold => matches!(state, S::Booked | S::NoShow),
                    T::Miss => matches!(state, S::Booked | S::Held),
                    T::Decline | T::Cancel => S::AHEAD.contains(state),
                    T::Again => matches!(state, S::NoShow | S::Declined | S::Cancelled),
                };
                assert_eq!(state.after(*step).is_some(), allowed, "{state} {step}");
            }
        }
        assert_eq!(S::Held.after(T::Again), None, "who came is not invited to the same interview again");
        assert_eq!(S::Cancelled.after(T::Book), None, "what was called off has no times");
    }

    #[test]
    fn a_seat_follows_its_interview() {
        use InterviewState as S;
        // wherever an interview holds a seat, a seat may stand so
        for (from, step, to) in INTERVIEW {
            if S::SEATED.contains(&to) && step != InterviewStep::Move {
                let seat = match to {
                    S::Booked => SlotState::Open.after(SlotStep::Book),
                    S::Held => SlotState::Booked.after(SlotStep::Hold),
                    _ => SlotState::Booked.after(SlotStep::Miss),
                };
                assert_eq!(seat.map(SlotState::word), Some(to.word()), "{from} {step}");
            }
        }
    }
}
