//! What to do with a delivery that was just claimed, and after a look at the peer: pure functions over
//! facts that were read in the claim's own transaction (R21), so that every rule can be tried without
//! a peer. How an uncertain send is settled follows the channel's class (publishing.md d.4).

use std::time::Duration;

use super::delivery::{Reason, State};
use crate::{
    base::Instant,
    channels::{Class, Found, ProblemKind},
};

/// A key is not trusted for its last five minutes: clocks differ, and a send takes time.
const KEY_MARGIN: Duration = Duration::from_secs(300);
/// Looks that saw nothing before a person is asked (lists lag; d.4).
pub const LOOKS: i32 = 2;
/// Between two looks.
pub const LOOK_PAUSE: Duration = Duration::from_secs(240);
/// How long until something that only waits for people is looked at again.
const PATIENCE: Duration = Duration::from_secs(300);
/// How often one that waits for a pause to end looks whether it has; the end wakes it too.
const GLANCE: Duration = Duration::from_secs(60);

/// How the account is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountIs {
    /// Ready.
    Connected,
    /// Its consent is gone; somebody must connect it again.
    NeedsReconnect,
    /// Somebody disconnected it (R24).
    Disconnected,
}

/// How the posting or story is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostingIs {
    /// Open, and nothing is missing.
    Ready,
    /// Open or being written, and something must be put right before anything goes out.
    Incomplete,
    /// Closed, archived, or its deadline has passed.
    Over,
}

/// All that the decision rests on.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    /// Where it stands.
    pub state: State,
    /// The time now.
    pub now: Instant,
    /// The last moment at which it may go out.
    pub latest_at: Instant,
    /// When the fence of the first try that is still uncertain was written, else of the last try.
    pub fenced_at: Option<Instant>,
    /// Somebody wants it not to be sent any more.
    pub cancel_wanted: bool,
    /// Looks since the last send that saw nothing.
    pub looks: i32,
    /// The peer's last no, when that was its last word.
    pub last_no: Option<ProblemKind>,
    /// How the account's channel settles what is uncertain.
    pub class: Class,
    /// How the account is.
    pub account: AccountIs,
    /// How the posting or story is.
    pub posting: PostingIs,
    /// Nobody asks for approval, or somebody who may has approved exactly these bytes.
    pub approved: bool,
    /// Everybody in its pictures has said yes to being shown there, and the rights to them hold.
    pub consented: bool,
    /// Somebody has stopped everything that goes out of its unit.
    pub paused: bool,
    /// The account, or our app at its channel, is unwell: nothing is tried before this.
    pub unwell_until: Option<(Instant, Reason)>,
    /// Another one left this account a moment ago, or its allowance is spent: not before this.
    pub not_before: Option<(Instant, Reason)>,
}

/// What to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Prepare and send, the same key and bytes every time.
    Send,
    /// Look whether it is there.
    Look,
    /// Take it down.
    Withdraw,
    /// Make the package and lay it with the person.
    Hand,
    /// Write to the person with whom it lies.
    Remind,
    /// Not now: until then, and the reason that is shown.
    Wait(Instant, Reason),
    /// Back to those who approve: these bytes are not approved.
    Review,
    /// The process died behind the fence: nobody knows.
    Lost,
    /// Wait for the account.
    Lock,
    /// The account is back.
    Reconnected,
    /// Too late.
    Miss,
    /// A person did not want it, and it never left.
    Cancel,
    /// Account or posting is gone.
    Baseless(Reason),
    /// A person must look.
    Ask(Reason),
}

impl Facts {
    /// Whether the same send may be repeated at all.
    fn may_resend(&self) -> bool {
        !self.cancel_wanted
            && !self.paused
            && self.approved
            && self.consented
            && self.now <= self.latest_at
            && self.posting == PostingIs::Ready
            && self.last_no.is_none_or(ProblemKind::passes)
    }

    /// Why nothing is tried on this account now, and until when.
    fn unwell(&self) -> Option<(Instant, Reason)> {
        self.unwell_until
            .filter(|(until, _)| *until > self.now)
            .map(|(until, why)| (until.min(self.over_at()), why))
    }

    /// Why it may not be sent just now, and until when.
    fn held_back(&self) -> Option<(Instant, Reason)> {
        let paced = self.not_before.filter(|(until, _)| *until > self.now);
        self.unwell().or(paced).map(|(until, why)| (until.min(self.over_at()), why))
    }

    /// From when it is too late.
    fn over_at(&self) -> Instant {
        self.latest_at + Duration::from_secs(1)
    }

    /// Until when the peer certainly knows our key.
    fn key_lives(&self, seconds: u64) -> bool {
        let life = Duration::from_secs(seconds).saturating_sub(KEY_MARGIN);
        self.fenced_at.is_some_and(|at| self.now < at + life)
    }
}

/// Whether somebody must do something about the account.
pub const fn locks(kind: ProblemKind) -> bool {
    matches!(kind, ProblemKind::Reconnect | ProblemKind::Permission | ProblemKind::AccountBlocked)
}

/// What to do with a delivery whose time has come and whose lease is ours.
pub fn decide(f: &Facts) -> Step {
    let gone = f.account == AccountIs::Disconnected;
    let locked = f.account == AccountIs::NeedsReconnect;
    match f.state {
        // nothing is sent there: the package first, then a person's word, whatever becomes of the ad meanwhile, for it may
        // hang there already
        State::Removing if f.class == Class::ByHand => Step::Remind,
        State::Handed if f.paused && !f.cancel_wanted => Step::Wait(f.now + PATIENCE, Reason::AllPaused),
        State::Handed => Step::Remind,
        State::Planned | State::RetryWait => {
            if f.cancel_wanted {
                Step::Cancel
            } else if gone {
                Step::Baseless(Reason::AccountGone)
            } else if f.posting == PostingIs::Over {
                Step::Baseless(Reason::PostingClosed)
            } else if !f.approved && f.state == State::Planned {
                Step::Review
            } else if f.now > f.latest_at {
                Step::Miss
            } else if !f.approved {
                // tried before, so its words are no longer anybody's to change
                Step::Wait(f.now + PATIENCE, Reason::NotApproved)
            } else if locked {
                Step::Lock
            } else if f.paused {
                Step::Wait(f.now + GLANCE, Reason::AllPaused)
            } else if f.posting == PostingIs::Incomplete {
                Step::Wait(f.now + PATIENCE, Reason::NotReady)
            } else if !f.consented {
                Step::Wait(f.now + PATIENCE, Reason::NoConsent)
            } else if f.class == Class::ByHand {
                Step::Hand
            } else if let Some((until, why)) = f.held_back() {
                Step::Wait(until, why)
            } else {
                Step::Send
            }
        }
        State::Publishing => Step::Lost,
        State::Unknown if gone => Step::Baseless(Reason::AccountGone),
        State::Unknown if locked => Step::Lock,
        // one that is unwell answers no look either; what cannot wait any longer is looked for all the same
        State::Unknown if f.now <= f.latest_at && f.unwell().is_some() => {
            f.unwell().map_or(Step::Look, |(until, why)| Step::Wait(until, why))
        }
        // looking is no harm while everything is on pause, sending again is
        State::Unknown => match f.class {
            Class::Key { seconds } if f.may_resend() && f.key_lives(seconds) => Step::Send,
            // nobody can look for us, so nobody waits for it either
            Class::Blind | Class::ByHand => Step::Ask(Reason::CannotLook),
            _ => Step::Look,
        },
        State::NeedsReconnect if gone => Step::Baseless(Reason::AccountGone),
        State::NeedsReconnect if f.cancel_wanted => Step::Cancel,
        State::NeedsReconnect if f.posting == PostingIs::Over => Step::Baseless(Reason::PostingClosed),
        State::NeedsReconnect if f.now > f.latest_at => Step::Miss,
        State::NeedsReconnect if locked => Step::Wait(f.over_at(), Reason::Reconnect),
        State::NeedsReconnect => Step::Reconnected,
        State::Held if gone => Step::Baseless(Reason::AccountGone),
        State::Held if f.posting == PostingIs::Over => Step::Baseless(Reason::PostingClosed),
        State::Held if f.now > f.latest_at => Step::Miss,
        State::Held => Step::Wait(f.over_at(), Reason::Person),
        State::Removing if gone => Step::Wait(f.now + PATIENCE, Reason::CannotWithdraw),
        State::Removing if locked => Step::Wait(f.now + PATIENCE, Reason::Reconnect),
        State::Removing => Step::Withdraw,
        // never due; should one be claimed all the same, nothing is done with it
        State::Draft
        | State::InReview
        | State::Approved
        | State::NeedsHuman
        | State::Published
        | State::Failed
        | State::Missed
        | State::Cancelled
        | State::Removed => Step::Wait(f.over_at(), Reason::Person),
    }
}

/// What a look means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Seen {
    /// It is there.
    There,
    /// Surely not there: the same send once more.
    SendAgain,
    /// Surely not there, and nobody wants it there.
    Unwanted,
    /// Nothing seen: look again after this long. The flag says whether this look counts.
    LookAgain(Duration, bool),
    /// The account must be connected again before anyone can look.
    Lock,
    /// A person must look.
    Ask(Reason),
}

/// What follows from a look. `pause`: how long to wait when the peer could not be reached.
pub fn after_look(f: &Facts, found: &Found, pause: Duration) -> Seen {
    match found {
        Found::There(_) => Seen::There,
        // while everything is on pause nothing is sent again, and nobody is asked about it either
        Found::Absent | Found::NotSeen(_) if f.paused && !f.cancel_wanted && f.now <= f.latest_at => {
            Seen::LookAgain(PATIENCE, false)
        }
        // "surely" is worth something only where we chose the name or ask the thing itself; a list may lag
        Found::Absent if matches!(f.class, Class::OwnName | Class::TwoPhase) => {
            if f.cancel_wanted {
                Seen::Unwanted
            } else if f.may_resend() {
                Seen::SendAgain
            } else {
                Seen::Ask(Reason::NotSeen)
            }
        }
        Found::Absent | Found::NotSeen(_) => {
            if f.looks + 1 < LOOKS {
                Seen::LookAgain(LOOK_PAUSE, true)
            } else if f.class == Class::RefusesDuplicates && *found == Found::Absent && f.may_resend() {
                // byte for byte, and each time on the same proof: as many looks since the last send, at lists that
                // hold everything since the first. Should they lag all the same, the peer refuses what it has, and
                // what was refused so is not sent again
                Seen::SendAgain
            } else {
                Seen::Ask(Reason::NotSeen)
            }
        }
        Found::Unreachable(problem) => match problem.kind {
            kind if locks(kind) => Seen::Lock,
            _ if f.now > f.latest_at => Seen::Ask(Reason::NoAnswer),
            _ => Seen::LookAgain(problem.wait.unwrap_or(pause), false),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channels::{Problem, Published};

    const KEY: Class = Class::Key { seconds: 3600 };
    const CLASSES: [Class; 7] = [
        KEY,
        Class::OwnName,
        Class::TwoPhase,
        Class::ReadBack,
        Class::RefusesDuplicates,
        Class::Blind,
        Class::ByHand,
    ];

    fn facts(state: State) -> Facts {
        let now = Instant::from_seconds(1_800_000_000);
        Facts {
            state,
            now,
            latest_at: now + Duration::from_secs(86_400),
            fenced_at: None,
            cancel_wanted: false,
            looks: 0,
            last_no: None,
            class: KEY,
            account: AccountIs::Connected,
            posting: PostingIs::Ready,
            approved: true,
            consented: true,
            paused: false,
            unwell_until: None,
            not_before: None,
        }
    }

    fn not_seen() -> Found {
        Found::NotSeen("ikke blandt de 40 nyeste".into())
    }

    #[test]
    fn nothing_is_sent_that_should_not_be() {
        // over every combination of the facts that forbid it
        for state in State::ALL {
            for class in CLASSES {
                for bits in 0..512u32 {
                    let mut f = facts(*state);
                    f.class = class;
                    f.fenced_at = Some(f.now - Duration::from_secs(120));
                    f.cancel_wanted = bits & 1 != 0;
                    f.account = [AccountIs::Connected, AccountIs::NeedsReconnect, AccountIs::Disconnected]
                        [(bits >> 1) as usize % 3];
                    f.posting =
                        [PostingIs::Ready, PostingIs::Incomplete, PostingIs::Over][(bits >> 3) as usize % 3];
                    if bits & 32 != 0 {
                        f.latest_at = f.now - Duration::from_secs(1);
                    }
                    f.paused = bits & 64 != 0;
                    f.approved = bits & 128 == 0;
                    f.consented = bits & 256 == 0;
                    assert!(
                        class != Class::ByHand
                            || !matches!(decide(&f), Step::Send | Step::Look | Step::Withdraw)
                            || *state == State::Unknown,
                        "{f:?}"
                    );
                    if decide(&f) == Step::Hand {
                        assert!(
                            !f.cancel_wanted && !f.paused && f.now <= f.latest_at && f.consented,
                            "{f:?}"
                        );
                        assert_eq!((f.account, f.posting), (AccountIs::Connected, PostingIs::Ready));
                        assert!([State::Planned, State::RetryWait].contains(state), "{f:?}");
                    }
                    if decide(&f) == Step::Send {
                        assert!(!f.cancel_wanted && !f.paused && f.now <= f.latest_at, "{f:?}");
                        assert!(f.approved && f.consented, "{f:?}");
                        assert_eq!(f.account, AccountIs::Connected, "{f:?}");
                        assert_eq!(f.posting, PostingIs::Ready, "{f:?}");
                        assert!([State::Planned, State::RetryWait, State::Unknown].contains(state), "{f:?}");
                        assert!(*state != State::Unknown || class == KEY, "{f:?}");
                    }
                    for (found, looks) in
                        [(Found::Absent, 0), (Found::Absent, 1), (not_seen(), 0), (not_seen(), 1)]
                    {
                        f.looks = looks;
                        if after_look(&f, &found, LOOK_PAUSE) == Seen::SendAgain {
                            assert!(!f.paused && f.approved && f.consented, "{f:?}");
                            let surely = found == Found::Absent;
                            assert!(
                                match class {
                                    Class::OwnName | Class::TwoPhase => surely,
                                    Class::RefusesDuplicates => surely && looks + 1 == LOOKS,
                                    Class::Key { .. } | Class::ReadBack | Class::Blind | Class::ByHand =>
                                        false,
                                },
                                "{f:?} {found:?}"
                            );
                            assert!(!f.cancel_wanted && f.now <= f.latest_at, "{f:?}");
                            assert_eq!(f.posting, PostingIs::Ready, "{f:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_key_is_used_while_it_lives_and_then_we_look() {
        let mut f = facts(State::Unknown);
        f.fenced_at = Some(f.now - Duration::from_secs(54 * 60));
        assert_eq!(decide(&f), Step::Send);
        f.fenced_at = Some(f.now - Duration::from_secs(56 * 60));
        assert_eq!(decide(&f), Step::Look);
        assert_eq!(after_look(&f, &not_seen(), LOOK_PAUSE), Seen::LookAgain(LOOK_PAUSE, true));
        f.looks = 1;
        assert_eq!(after_look(&f, &not_seen(), LOOK_PAUSE), Seen::Ask(Reason::NotSeen));
        // a list that does not show it proves nothing
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::Ask(Reason::NotSeen));
    }

    #[test]
    fn a_no_after_an_uncertain_try_is_looked_at_not_repeated() {
        let mut f = facts(State::Unknown);
        f.fenced_at = Some(f.now - Duration::from_secs(60));
        f.last_no = Some(ProblemKind::InvalidMedia);
        assert_eq!(decide(&f), Step::Look);
        f.class = Class::OwnName;
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::Ask(Reason::NotSeen));
        f.last_no = Some(ProblemKind::RateLimited);
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::SendAgain);
    }

    #[test]
    fn what_is_made_first_and_shown_later_says_itself_whether_it_is_out() {
        let mut f = facts(State::Unknown);
        f.class = Class::TwoPhase;
        assert_eq!(decide(&f), Step::Look);
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::SendAgain);
        // the thing could not be asked for some other reason: that is no proof
        assert_eq!(after_look(&f, &not_seen(), LOOK_PAUSE), Seen::LookAgain(LOOK_PAUSE, true));
        f.cancel_wanted = true;
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::Unwanted);
    }

    #[test]
    fn a_peer_that_refuses_duplicates_is_sent_it_again_on_proof_only() {
        let mut f = facts(State::Unknown);
        f.class = Class::RefusesDuplicates;
        assert_eq!(decide(&f), Step::Look);
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::LookAgain(LOOK_PAUSE, true));
        f.looks = 1;
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::SendAgain);
        // a list that does not reach back to the send proves nothing
        assert_eq!(after_look(&f, &not_seen(), LOOK_PAUSE), Seen::Ask(Reason::NotSeen));
        // a person decides where the peer says that it has what the list does not show, or did not want it
        for no in [ProblemKind::Duplicate, ProblemKind::InvalidText] {
            f.last_no = Some(no);
            assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::Ask(Reason::NotSeen));
        }
        f.last_no = None;
        f.latest_at = f.now - Duration::from_secs(1);
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::Ask(Reason::NotSeen));
    }

    /// What happens to one send.
    #[derive(Clone, Copy, Debug)]
    enum Luck {
        Answered,
        LostBefore,
        LostAfter,
    }

    /// Where a post of this class ends, and how often it hangs there, when its sends have this luck and the peer's
    /// list shows a post only after so many looks.
    fn history(luck: &[Luck], lag: i32) -> (Seen, usize) {
        let mut f = facts(State::Unknown);
        f.class = Class::RefusesDuplicates;
        let (mut wall, mut looks_since) = (0, 0);
        for luck in luck.iter().chain(&[Luck::Answered]) {
            let taken = !matches!(luck, Luck::LostBefore) && wall == 0;
            match luck {
                Luck::Answered if wall == 0 => return (Seen::There, 1),
                Luck::Answered => f.last_no = Some(ProblemKind::Duplicate),
                Luck::LostBefore | Luck::LostAfter => f.last_no = None,
            }
            if taken {
                (wall, looks_since) = (1, 0);
            }
            f.looks = 0;
            loop {
                assert_eq!(decide(&f), Step::Look);
                looks_since += 1;
                let there = wall > 0 && looks_since > lag;
                let id = || Published { remote_id: "1".into(), url: None };
                let found = if there { Found::There(id()) } else { Found::Absent };
                match after_look(&f, &found, LOOK_PAUSE) {
                    Seen::LookAgain(..) => f.looks += 1,
                    Seen::SendAgain => break,
                    end => return (end, wall),
                }
            }
        }
        panic!("sent again although the peer said that it has it");
    }

    #[test]
    fn every_history_of_a_peer_that_refuses_duplicates_ends_with_one_post() {
        const LUCK: [Luck; 3] = [Luck::Answered, Luck::LostBefore, Luck::LostAfter];
        for code in 0..3usize.pow(6) {
            let luck: Vec<_> = (0..6).map(|n| LUCK[code / 3usize.pow(n) % 3]).collect();
            for lag in 0..8 {
                let (end, wall) = history(&luck, lag);
                assert!(wall <= 1, "{luck:?} {lag}");
                // a list that is behind for longer than it takes to look, send again and look leaves it to a person
                let short = lag <= 3;
                assert!(
                    end == Seen::There || (!short && end == Seen::Ask(Reason::NotSeen)),
                    "{luck:?} {lag}: {end:?}"
                );
                assert!(end != Seen::There || wall == 1, "{luck:?} {lag}");
            }
        }
    }

    #[test]
    fn a_pause_asks_nobody_and_sends_nothing_again() {
        for class in CLASSES {
            for (found, looks) in [(Found::Absent, 0), (not_seen(), 0), (not_seen(), 1)] {
                let mut f = facts(State::Unknown);
                (f.class, f.looks, f.paused) = (class, looks, true);
                assert_eq!(after_look(&f, &found, LOOK_PAUSE), Seen::LookAgain(PATIENCE, false), "{f:?}");
                f.latest_at = f.now - Duration::from_secs(1);
                assert_ne!(after_look(&f, &found, LOOK_PAUSE), Seen::SendAgain, "{f:?}");
            }
        }
    }

    #[test]
    fn what_is_unwell_is_left_alone_until_the_last_moment() {
        for (state, class) in [State::Planned, State::RetryWait, State::Unknown]
            .iter()
            .flat_map(|state| CLASSES.iter().map(move |class| (*state, *class)))
            // a person is never asked whether their place is well
            .filter(|(_, class)| *class != Class::ByHand)
        {
            let mut f = facts(state);
            f.class = class;
            f.fenced_at = Some(f.now - Duration::from_secs(60));
            let until = f.now + Duration::from_secs(300);
            f.unwell_until = Some((until, Reason::AccountUnwell));
            f.not_before = Some((f.now + Duration::from_secs(1), Reason::Spaced));
            assert_eq!(decide(&f), Step::Wait(until, Reason::AccountUnwell), "{f:?}");
            f.latest_at = f.now + Duration::from_secs(60);
            assert_eq!(decide(&f), Step::Wait(f.over_at(), Reason::AccountUnwell), "{f:?}");
            f.latest_at = f.now - Duration::from_secs(60);
            assert!(!matches!(decide(&f), Step::Wait(..) | Step::Send), "{f:?}");
        }
    }

    #[test]
    fn where_nobody_can_look_a_person_is_asked_at_once() {
        let mut f = facts(State::Unknown);
        f.class = Class::Blind;
        assert_eq!(decide(&f), Step::Ask(Reason::CannotLook));
    }

    #[test]
    fn an_own_name_decides() {
        let mut f = facts(State::Unknown);
        f.class = Class::OwnName;
        assert_eq!(decide(&f), Step::Look);
        let there = Found::There(Published { remote_id: "at://x".into(), url: None });
        assert_eq!(after_look(&f, &there, LOOK_PAUSE), Seen::There);
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::SendAgain);
        f.cancel_wanted = true;
        assert_eq!(after_look(&f, &Found::Absent, LOOK_PAUSE), Seen::Unwanted);
        assert_eq!(after_look(&f, &there, LOOK_PAUSE), Seen::There);
    }

    #[test]
    fn a_peer_that_cannot_be_reached_is_waited_for_until_the_last_moment() {
        let mut f = facts(State::Unknown);
        f.class = Class::OwnName;
        let pause = Duration::from_secs(30);
        let away = Found::Unreachable(Problem::new(ProblemKind::Unavailable, "503"));
        assert_eq!(after_look(&f, &away, pause), Seen::LookAgain(pause, false));
        let locked = Found::Unreachable(Problem::new(ProblemKind::Reconnect, "401"));
        assert_eq!(after_look(&f, &locked, pause), Seen::Lock);
        f.latest_at = f.now - pause;
        assert_eq!(after_look(&f, &away, pause), Seen::Ask(Reason::NoAnswer));
    }

    #[test]
    fn late_ones_are_missed_and_overdue_ones_spaced() {
        let mut f = facts(State::Planned);
        assert_eq!(decide(&f), Step::Send);
        let until = f.now + Duration::from_secs(90);
        f.not_before = Some((until, Reason::Spaced));
        assert_eq!(decide(&f), Step::Wait(until, Reason::Spaced));
        f.latest_at = f.now - Duration::from_secs(1);
        assert_eq!(decide(&f), Step::Miss);
        f.account = AccountIs::Disconnected;
        assert_eq!(decide(&f), Step::Baseless(Reason::AccountGone));
    }

    #[test]
    fn the_account_coming_back_is_enough() {
        let mut f = facts(State::NeedsReconnect);
        assert_eq!(decide(&f), Step::Reconnected);
        f.account = AccountIs::NeedsReconnect;
        assert_eq!(decide(&f), Step::Wait(f.over_at(), Reason::Reconnect));
    }
}
