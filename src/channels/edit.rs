//! Correcting what is out: what a channel lets be done about the words of a post that people already see, and what came
//! of trying. To put the same words there twice changes nothing, so a call whose answer was lost is made again.

use super::{
    ChannelKind, Post, PostMedia, Problem,
    answer::{Answer, Silence, ask},
};
use crate::outbound::RequestBuilder;

/// How the words of a post that is out are corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The channel takes other words for the post that stands there.
    InPlace,
    /// It does not: the post is taken down and a new one is sent.
    Anew,
    /// Its API has no way; a person corrects it there.
    ByHand,
}

/// What came of putting other words into a post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edited {
    /// They stand there.
    Done,
    /// The post is not there any more.
    Gone,
    /// The peer said no; the old words stand.
    Refused(Problem),
    /// This server, or this kind of post, cannot be corrected through the API.
    Unable(String),
    /// We cannot know: the old words stand there, or the new ones. Saying them again is harmless.
    Unknown {
        /// HTTP status, when there was one.
        status: Option<u16>,
        /// What we saw.
        words: String,
    },
}

impl ChannelKind {
    /// How the words of this post are corrected here once it is out.
    pub fn edits(self, post: &Post) -> Edit {
        let profile = self.profile();
        if post.media.iter().any(PostMedia::is_film) { profile.edit_film } else { profile.edit }
    }
}

/// Makes the call. `done` finds in a yes that it is one; `no` says what a no means when it is the peer's own word.
pub(super) async fn put(
    request: RequestBuilder,
    done: impl FnOnce(&Answer) -> bool,
    no: impl AsyncFnOnce(&Answer) -> Edited,
) -> Edited {
    let answer = match ask(request).await {
        Ok(answer) => answer,
        Err(silence @ Silence::NotSent(_)) => return Edited::Refused(silence.into()),
        Err(Silence::Lost(words)) => return Edited::Unknown { status: None, words },
    };
    let status = Some(answer.status.as_u16());
    if answer.status.is_success() {
        if done(&answer) {
            return Edited::Done;
        }
        let words = format!("it said yes and not to what: {}", answer.excerpt());
        return Edited::Unknown { status, words };
    }
    match no(&answer).await {
        Edited::Refused(problem) if !answer.is_verdict() => Edited::Unknown { status, words: problem.words },
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_says_how_it_is_corrected() {
        use ChannelKind::*;
        for kind in ChannelKind::ALL.iter().copied() {
            let wanted = match kind {
                Facebook => (Edit::InPlace, Edit::ByHand),
                Mastodon | Linkedin | LinkedinMember | Youtube => (Edit::InPlace, Edit::InPlace),
                Bluesky | X | Threads => (Edit::Anew, Edit::Anew),
                Instagram | Tiktok | Package => (Edit::ByHand, Edit::ByHand),
            };
            let profile = kind.profile();
            assert_eq!((profile.edit, profile.edit_film), wanted, "{kind}");
            // what is sent anew must be possible to take down
            assert!(profile.edit != Edit::Anew || profile.withdraw, "{kind}");
        }
    }
}
