//! The first comment: words that an account says under a post of its own once that is out. On some channels it is a
//! comment, on others an answer of the account to itself, which is a post of its own there and outlives the first.
//! A comment is a visible call like the post, so it is sent under the same rules: only the peer's parsed word is a
//! verdict, and what came of a call whose answer was lost is looked for before anything is said again.

use super::{ChannelKind, Class, Connection, Post, SendKey};
use crate::base::{Language, text};

/// In a comment this stands where the post's tracked link goes.
pub const LINK: &str = "[link]";

/// How a channel takes first comments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Commenting {
    /// How an uncertain comment is settled.
    pub class: Class,
    /// It is a post of its own and stays when the first is taken down, so it must be taken down too.
    pub outlives: bool,
    /// The right that it takes beside that to publish; none where that is enough.
    pub right: Option<&'static str>,
}

/// What is said under which post.
#[derive(Clone, Copy, Debug)]
pub struct Remark<'a> {
    /// The peer's own name for the post.
    pub under: &'a str,
    /// The words, with the link in them.
    pub words: &'a str,
    /// Their language.
    pub language: Language,
    /// Decided and stored before the first try, the same for every try.
    pub key: &'a SendKey,
}

impl Remark<'_> {
    /// Whether these words of a peer are ours: white space is the peer's own matter.
    pub fn is(&self, there: &str) -> bool {
        let bare = |words: &str| text::line(words).replace(' ', "");
        bare(there) == bare(self.words)
    }
}

impl ChannelKind {
    /// How it takes first comments; none where it takes none.
    pub const fn commenting(self) -> Option<Commenting> {
        self.profile().comment
    }
}

impl Connection {
    /// Whether a first comment may be written through it. `Err`: the message key of what is missing.
    pub fn may_comment(&self) -> Result<(), &'static str> {
        let Some(commenting) = self.channel.commenting() else { return Err("fit-comment-not-taken") };
        match commenting.right {
            Some(right) if !(self.channel.profile().covers)(&self.granted, right) => {
                Err("fit-comment-no-right")
            }
            _ => Ok(()),
        }
    }
}

impl Post {
    /// Its first comment as it will stand there; none when it has none.
    pub fn first_comment(&self) -> Option<String> {
        let words = self.comment.as_deref().map(str::trim).filter(|words| !words.is_empty())?;
        Some(words.replace(LINK, &self.link))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{Chance, Instant};

    #[test]
    fn white_space_is_the_peers_own_matter() {
        let key = SendKey::mint(&["x"], Instant::from_seconds(1), &Chance::seeded(1));
        let remark = Remark {
            under: "1",
            words: "Søg her:\nhttps://job.dk/r/7Q2F",
            language: Language::Da,
            key: &key,
        };
        assert!(
            remark.is("Søg her: https://job.dk/r/7Q2F ") && remark.is("Søg her:\n\nhttps://job.dk/r/7Q2F")
        );
        assert!(!remark.is("Søg her: https://job.dk/r/7Q2FX"));
    }

    #[test]
    fn what_outlives_its_post_can_be_taken_down() {
        for kind in ChannelKind::ALL.iter().copied() {
            let Some(commenting) = kind.commenting() else { continue };
            assert!(!commenting.outlives || kind.profile().withdraw, "{kind}");
            assert!(
                kind.profile().scopes.iter().any(|w| commenting.right.is_none_or(|right| w.scope == right))
            );
        }
    }
}
