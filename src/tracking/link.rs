//! A link's code, and who counts as a visitor.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use crate::{base::id::LinkId, words};

words! {
    /// On what an application's channel rests (attribution.md 5).
    pub enum Basis {
        /// The token of a tracked link of this posting.
        Token = "token",
        /// Nothing: direct or unknown.
        None = "none",
    }
}

/// What a token leads to, for the posting at hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// The link; none = direct or unknown.
    pub link: Option<LinkId>,
    /// The link's channel, or `direct`.
    pub channel: String,
    /// On what that rests.
    pub basis: Basis,
}

impl Touch {
    /// No link.
    pub fn direct() -> Self {
        Self { link: None, channel: "direct".into(), basis: Basis::None }
    }
}

/// Preview fetchers, crawlers and tools: answered, never counted (attribution.md 2 and 6). Unknown
/// programs without a browser's name count as robots too: a number that is too low is honest, one that
/// is too high is not.
pub fn is_robot(user_agent: &str) -> bool {
    const BROWSERS: [&str; 2] = ["mozilla/", "opera"];
    const SIGNS: [&str; 26] = [
        "bot",
        "crawl",
        "spider",
        "slurp",
        "facebookexternalhit",
        "facebookcatalog",
        "meta-external",
        "linkedinbot",
        "mastodon",
        "bluesky",
        "cardyb",
        "pleroma",
        "misskey",
        "whatsapp",
        "slack",
        "discord",
        "telegram",
        "preview",
        "embed",
        "headlesschrome",
        "lighthouse",
        "safelinks",
        "barracuda",
        "proofpoint",
        "mimecast",
        "python",
    ];
    // one automaton each: this is asked for every page that is read
    static BROWSER: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&BROWSERS));
    static SIGN: LazyLock<AhoCorasick> = LazyLock::new(|| any_of(&SIGNS));
    !BROWSER.is_match(user_agent) || SIGN.is_match(user_agent)
}

fn any_of(words: &[&str]) -> AhoCorasick {
    let any = AhoCorasick::builder().ascii_case_insensitive(true).build(words);
    any.expect("so few words make a small automaton")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_count_and_machines_do_not() {
        for person in [
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1",
            "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36",
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 [FBAN/FBIOS;FBAV/500.0]",
        ] {
            assert!(!is_robot(person), "{person}");
        }
        for robot in [
            "",
            "curl/8.0",
            "facebookexternalhit/1.1",
            "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            "Mozilla/5.0 (compatible; Bluesky Cardyb/1.1; +mailto:support@bsky.app)",
            "http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.social/)",
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0 Safari/537.36",
        ] {
            assert!(is_robot(robot), "{robot}");
        }
    }
}
