//! How letters and the batches they leave in move: two tables of edges; what does not stand there cannot be done.

use crate::words;

words! {
    /// Where a batch stands.
    pub enum BatchState {
        /// Written, and not read through.
        Draft = "draft",
        /// Somebody has read every letter in it.
        PreviewOk = "preview_ok",
        /// Waits until it leaves; can be cancelled.
        Waiting = "waiting",
        /// Its letters are leaving.
        Sending = "sending",
        /// None of its letters is on its way any more.
        Done = "done",
        /// Taken back before anything left.
        Cancelled = "cancelled",
    }
}

words! {
    /// What happens to a batch.
    pub enum BatchStep {
        /// Somebody says that the letters are right.
        Approve = "approve",
        /// They want to look again.
        Return = "return",
        /// It is laid to wait.
        Lay = "lay",
        /// Its time has come.
        Begin = "begin",
        /// The last letter is through.
        Finish = "finish",
        /// It is taken back.
        Cancel = "cancel",
    }
}

const BATCH: [(BatchState, BatchStep, BatchState); 8] = [
    (BatchState::Draft, BatchStep::Approve, BatchState::PreviewOk),
    (BatchState::Draft, BatchStep::Cancel, BatchState::Cancelled),
    (BatchState::PreviewOk, BatchStep::Return, BatchState::Draft),
    (BatchState::PreviewOk, BatchStep::Lay, BatchState::Waiting),
    (BatchState::PreviewOk, BatchStep::Cancel, BatchState::Cancelled),
    (BatchState::Waiting, BatchStep::Begin, BatchState::Sending),
    (BatchState::Waiting, BatchStep::Cancel, BatchState::Cancelled),
    (BatchState::Sending, BatchStep::Finish, BatchState::Done),
];

impl BatchState {
    /// Where `step` leads from here; none when that cannot be done.
    pub fn after(self, step: BatchStep) -> Option<Self> {
        BATCH.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(.., to)| *to)
    }
    /// Those in which something is still to come.
    pub const OPEN: [Self; 4] = [Self::Draft, Self::PreviewOk, Self::Waiting, Self::Sending];
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "answers-batch-draft",
            Self::PreviewOk => "answers-batch-preview-ok",
            Self::Waiting => "answers-batch-waiting",
            Self::Sending => "answers-batch-sending",
            Self::Done => "answers-batch-done",
            Self::Cancelled => "answers-batch-cancelled",
        }
    }
    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Draft => ("line", "edit"),
            Self::PreviewOk => ("info", "visibility"),
            Self::Waiting => ("info", "hourglass"),
            Self::Sending => ("info", "send"),
            Self::Done => ("ok", "check"),
            Self::Cancelled => ("line", "close"),
        }
    }
}

words! {
    /// Where a letter stands.
    pub enum LetterState {
        /// Written, and on no way yet.
        Queued = "queued",
        /// The attempt is committed; what came of it is not known yet.
        Sending = "sending",
        /// The mail server has it.
        Sent = "sent",
        /// It was on its way when the line was cut: nobody knows.
        Unknown = "unknown",
        /// It cannot go.
        Failed = "failed",
        /// It came back.
        Bounced = "bounced",
        /// Somebody has seen that it arrived.
        Delivered = "delivered",
        /// Answered in another way.
        Handled = "handled",
        /// Taken out by a person before it left.
        Cancelled = "cancelled",
        /// Left out: its decision had changed by the time it was to leave.
        LeftOut = "left_out",
    }
}

words! {
    /// What happens to a letter.
    pub enum LetterStep {
        /// The attempt is committed.
        Begin = "begin",
        /// The mail server took it.
        Take = "take",
        /// It says: not now.
        Defer = "defer",
        /// It says no, there is no address, or it has said »not now« for too long.
        Refuse = "refuse",
        /// Nothing was heard.
        Lose = "lose",
        /// It came back.
        Bounce = "bounce",
        /// Somebody has seen that it arrived.
        See = "see",
        /// Somebody has it sent again.
        Again = "again",
        /// Somebody answered in another way.
        ByHand = "by_hand",
        /// Somebody takes it out.
        Cancel = "cancel",
        /// Its decision has changed.
        Overtake = "overtake",
    }
}

const LETTER: [(LetterState, LetterStep, LetterState); 18] = [
    (LetterState::Queued, LetterStep::Begin, LetterState::Sending),
    (LetterState::Queued, LetterStep::Refuse, LetterState::Failed),
    (LetterState::Queued, LetterStep::Cancel, LetterState::Cancelled),
    (LetterState::Queued, LetterStep::Overtake, LetterState::LeftOut),
    (LetterState::Sending, LetterStep::Take, LetterState::Sent),
    (LetterState::Sending, LetterStep::Defer, LetterState::Queued),
    (LetterState::Sending, LetterStep::Refuse, LetterState::Failed),
    (LetterState::Sending, LetterStep::Lose, LetterState::Unknown),
    // a worker that was taken for dead comes back with the server's word
    (LetterState::Unknown, LetterStep::Take, LetterState::Sent),
    (LetterState::Unknown, LetterStep::Refuse, LetterState::Failed),
    (LetterState::Unknown, LetterStep::See, LetterState::Delivered),
    (LetterState::Unknown, LetterStep::Again, LetterState::Queued),
    (LetterState::Unknown, LetterStep::ByHand, LetterState::Handled),
    (LetterState::Failed, LetterStep::Again, LetterState::Queued),
    (LetterState::Failed, LetterStep::ByHand, LetterState::Handled),
    (LetterState::Sent, LetterStep::Bounce, LetterState::Bounced),
    (LetterState::Bounced, LetterStep::Again, LetterState::Queued),
    (LetterState::Bounced, LetterStep::ByHand, LetterState::Handled),
];

impl LetterState {
    /// Where `step` leads from here; none when that cannot be done.
    pub fn after(self, step: LetterStep) -> Option<Self> {
        LETTER.iter().find(|(from, by, _)| (*from, *by) == (self, step)).map(|(.., to)| *to)
    }
    /// Those in which a person has to act.
    pub const TASKS: [Self; 3] = [Self::Unknown, Self::Failed, Self::Bounced];
    /// Those in which it is still on its way by itself.
    pub const UNDER_WAY: [Self; 2] = [Self::Queued, Self::Sending];
    /// Those in which it is as if it had never been written.
    pub const VOID: [Self; 2] = [Self::Cancelled, Self::LeftOut];
    /// Those in which the applicant has an answer.
    pub const ANSWERED: [Self; 3] = [Self::Sent, Self::Delivered, Self::Handled];
    /// Key of its name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Queued => "answers-letter-queued",
            Self::Sending => "answers-letter-sending",
            Self::Sent => "answers-letter-sent",
            Self::Unknown => "answers-letter-unknown",
            Self::Failed => "answers-letter-failed",
            Self::Bounced => "answers-letter-bounced",
            Self::Delivered => "answers-letter-delivered",
            Self::Handled => "answers-letter-handled",
            Self::Cancelled => "answers-letter-cancelled",
            Self::LeftOut => "answers-letter-left-out",
        }
    }
    /// Colour and symbol of its chip.
    pub const fn chip(self) -> (&'static str, &'static str) {
        match self {
            Self::Queued => ("info", "hourglass"),
            Self::Sending => ("info", "send"),
            Self::Sent | Self::Delivered | Self::Handled => ("ok", "check"),
            Self::Unknown => ("warn", "help"),
            Self::Failed | Self::Bounced => ("bad", "warning"),
            Self::Cancelled | Self::LeftOut => ("line", "close"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_reaches_sending_only_read_through_and_after_waiting() {
        use BatchState as S;
        // every way that ends in sending goes over each of these in turn
        for (from, step, to) in BATCH {
            match to {
                S::PreviewOk => assert_eq!((from, step), (S::Draft, BatchStep::Approve)),
                S::Waiting => assert_eq!((from, step), (S::PreviewOk, BatchStep::Lay)),
                S::Sending => assert_eq!((from, step), (S::Waiting, BatchStep::Begin)),
                S::Done => assert_eq!((from, step), (S::Sending, BatchStep::Finish)),
                S::Draft | S::Cancelled => {}
            }
        }
        for step in BatchStep::ALL {
            assert_eq!(S::Done.after(*step), None);
            assert_eq!(S::Cancelled.after(*step), None);
        }
        assert_eq!(S::Sending.after(BatchStep::Cancel), None, "what leaves is not called back");
        for open in S::OPEN {
            assert!(BATCH.iter().any(|(from, ..)| *from == open), "{open}");
        }
    }

    #[test]
    fn nothing_that_may_have_left_leaves_again_by_itself() {
        use LetterState as S;
        for (from, step, to) in LETTER {
            if to == S::Queued {
                let surely_not_there = (from, step) == (S::Sending, LetterStep::Defer);
                assert!(surely_not_there || step == LetterStep::Again, "{from} {step}");
            }
            if to == S::Sending {
                assert_eq!(from, S::Queued);
            }
        }
        for over in [S::Delivered, S::Handled, S::Cancelled, S::LeftOut] {
            for step in LetterStep::ALL {
                assert_eq!(over.after(*step), None, "{over} {step}");
            }
        }
        assert_eq!(S::Sent.after(LetterStep::Again), None);
        assert_eq!(S::Sending.after(LetterStep::Cancel), None);
        // whatever is a task can be ended by a person
        for task in S::TASKS {
            assert_eq!(task.after(LetterStep::ByHand), Some(S::Handled));
        }
    }

    #[test]
    fn every_state_and_step_is_of_use_and_belongs_to_one_group() {
        for step in BatchStep::ALL {
            assert!(BATCH.iter().any(|(_, by, _)| by == step), "{step}");
        }
        for step in LetterStep::ALL {
            assert!(LETTER.iter().any(|(_, by, _)| by == step), "{step}");
        }
        for state in LetterState::ALL {
            let groups = [
                LetterState::TASKS.contains(state),
                LetterState::UNDER_WAY.contains(state),
                LetterState::VOID.contains(state),
                LetterState::ANSWERED.contains(state),
            ];
            assert_eq!(groups.iter().filter(|is| **is).count(), 1, "{state}");
            assert!(*state == LetterState::Queued || LETTER.iter().any(|(.., to)| to == state), "{state}");
        }
    }
}
