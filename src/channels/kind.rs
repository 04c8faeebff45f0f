//! Which channels there are, and what is known of each before any account is connected. A channel is added
//! here by one word in [`ChannelKind`] and one line in [`ChannelKind::profile`]; everything else asks its
//! [`Profile`].

use std::sync::Arc;

use super::{
    Channel, Class, Commenting, Connection, Consent, Edit, bluesky, facebook, instagram, linkedin, mastodon,
    oauth::{LogIn, Wanted},
    package, threads, tiktok, x, youtube,
};
use crate::{
    config::{self, Config, Platform},
    kit::Kit,
    words,
};

words! {
    /// A channel this version can send to.
    pub enum ChannelKind {
        /// Bluesky and other AT Protocol servers.
        Bluesky = "bluesky",
        /// Mastodon and servers that speak its API.
        Mastodon = "mastodon",
        /// A page on Facebook.
        Facebook = "facebook",
        /// A professional account on Instagram.
        Instagram = "instagram",
        /// A profile on Threads.
        Threads = "threads",
        /// A place without an API: a named person posts there from a package that we make.
        Package = "package",
        /// A page of an organisation on LinkedIn.
        Linkedin = "linkedin",
        /// A person on LinkedIn.
        LinkedinMember = "linkedin_member",
        /// X, once Twitter.
        X = "x",
        /// A channel on YouTube: films.
        Youtube = "youtube",
        /// A profile on TikTok: films.
        Tiktok = "tiktok",
    }
}

/// Where a post's link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPlace {
    /// In a card; beside media, which take the card's place, shortened in the text with the address behind it.
    CardElseShortened,
    /// In a field of its own, from which the channel draws a card; beside media in the text.
    CardElseText,
    /// In the text, whatever is shown with it.
    Text,
    /// Nowhere: the channel forbids apps to add one.
    Nowhere,
}

/// What becomes of a film's subtitles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Captions {
    /// The API has no place for them; what is burnt in is seen.
    NotTaken,
    /// Taken as files of at most so many bytes.
    Files(usize),
}

/// How a person connects an account.
pub enum Way {
    /// On a page of the channel's own, `/kanaler/forbind/{kind}`.
    OwnPage,
    /// By OAuth 2 ([`super::oauth`]).
    OAuth(fn(&Kit) -> Box<dyn LogIn>),
    /// Not at all: somebody describes the place and who posts there ([`super::package`]).
    ByHand,
}

/// What is known of a channel.
pub struct Profile {
    /// As people call it.
    pub name: &'static str,
    /// Colour class of its badge.
    pub mark: &'static str,
    /// The same for a practice account.
    pub practice_mark: &'static str,
    /// Letter on the badge.
    pub letter: &'static str,
    /// Message key: what it is good for.
    pub what: &'static str,
    /// Message key: what one needs to connect an account.
    pub needs: &'static str,
    /// Message keys: what is good to know when connecting.
    pub know: &'static [&'static str],
    /// Message key: what happens when a send is interrupted, before the server has been asked.
    pub safety: &'static str,
    /// How an uncertain send is settled where the server does not say otherwise.
    pub class: Class,
    /// Where the link stands.
    pub link: LinkPlace,
    /// A link card can be shown beside media.
    pub card_with_media: bool,
    /// Subtitles.
    pub captions: Captions,
    /// A post can be taken down.
    pub withdraw: bool,
    /// How the words of a post that is out are corrected.
    pub edit: Edit,
    /// The same where it shows a film.
    pub edit_film: Edit,
    /// How it takes first comments; none where it takes none.
    pub comment: Option<Commenting>,
    /// Rights we ask for, and no more (R31).
    pub scopes: &'static [Wanted],
    /// Whether what was granted covers a right.
    pub covers: fn(&[String], &str) -> bool,
    /// How an account is connected.
    pub way: Way,
    /// The peer's page about an account; empty when it has none.
    pub address: fn(&Config, &Connection) -> String,
    /// Our app there, where operations must set one up.
    pub platform: Option<fn(&config::Channels) -> &Platform>,
    /// Talks to it.
    pub channel: fn(&Kit) -> Arc<dyn Channel>,
    /// How its tokens live.
    pub consent: fn(&Kit) -> Box<dyn Consent>,
}

impl ChannelKind {
    /// What is known of it.
    pub const fn profile(self) -> &'static Profile {
        match self {
            Self::Bluesky => &bluesky::PROFILE,
            Self::Mastodon => &mastodon::PROFILE,
            Self::Facebook => &facebook::PROFILE,
            Self::Instagram => &instagram::PROFILE,
            Self::Threads => &threads::PROFILE,
            Self::Package => &package::PROFILE,
            Self::Linkedin => &linkedin::PAGE,
            Self::LinkedinMember => &linkedin::MEMBER,
            Self::X => &x::PROFILE,
            Self::Youtube => &youtube::PROFILE,
            Self::Tiktok => &tiktok::PROFILE,
        }
    }
    /// As people call it.
    pub const fn name(self) -> &'static str {
        self.profile().name
    }
    /// The sheet its limits stand on.
    pub const fn sheet(self) -> &'static str {
        match self {
            Self::LinkedinMember => "linkedin",
            other => other.word(),
        }
    }
    /// The title above a post, where the channel shows one apart from the text.
    pub fn title(self, post: &super::Post) -> Option<String> {
        (self == Self::Youtube).then(|| youtube::title(post))
    }
    /// Colour class and letter of its badge.
    pub const fn badge(self) -> (&'static str, &'static str) {
        (self.profile().mark, self.profile().letter)
    }
    /// Whether it counts what readers do with a post.
    pub fn counts_readers(self, kit: &Kit) -> bool {
        (self.profile().channel)(kit).counts_readers()
    }
    /// Whether operations must set it up first, and have not.
    pub fn is_waiting_for_operations(self, config: &Config) -> bool {
        self.profile().platform.is_some_and(|platform| platform(&config.channels).client_id.is_empty())
    }
}

/// Whether a right stands among those granted, word for word.
pub fn is_granted(granted: &[String], scope: &str) -> bool {
    granted.iter().any(|given| given == scope)
}
