//! A [`Post`] against an [`Ability`]: what the channel will show, how much of its limit that takes, and
//! what is wrong with it, before anyone presses send.

use super::{
    Ability, ChannelKind, Post, TextUnit,
    kind::{Captions, LinkPlace},
    limits::limits,
    text,
};

/// A post as a channel shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Composed {
    /// The whole text, with the link where the channel wants it there.
    pub text: String,
    /// The whole addresses behind what stands shortened in the text: byte range and address.
    pub links: Vec<(std::ops::Range<usize>, String)>,
    /// A link card is shown under it.
    pub card: bool,
}

/// Puts text and link together by the channel's rule ([`LinkPlace`]).
pub fn compose(channel: ChannelKind, post: &Post) -> Composed {
    let text = post.text.trim();
    let mut links: Vec<_> = text::links(text).into_iter().map(|r| (r.clone(), text[r].to_owned())).collect();
    let place = channel.profile().link;
    let card = !matches!(place, LinkPlace::Text | LinkPlace::Nowhere) && post.media.is_empty();
    if card || post.link.is_empty() || place == LinkPlace::Nowhere {
        return Composed { text: text.to_owned(), links, card: card && !post.link.is_empty() };
    }
    let shown = match place {
        LinkPlace::CardElseShortened => text::spoken(&post.link),
        LinkPlace::CardElseText | LinkPlace::Text | LinkPlace::Nowhere => &post.link,
    };
    let gap = if text.is_empty() { "" } else { "\n\n" };
    let start = text.len() + gap.len();
    links.push((start..start + shown.len(), post.link.clone()));
    Composed { text: format!("{text}{gap}{shown}"), links, card: false }
}

/// Something about a post that the channel will not take, or that readers will miss.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// Message key.
    pub key: &'static str,
    /// Values in the message.
    pub args: Vec<(&'static str, u64)>,
    /// The channel would refuse it; nothing is sent before it is put right.
    pub refused: bool,
}

impl Warning {
    /// Whether it is about the first comment.
    pub fn is_of_comment(&self) -> bool {
        self.key.starts_with("fit-comment-")
    }
    /// Whether it is about what was chosen for the post, not about its words and files.
    pub fn is_of_choices(&self) -> bool {
        matches!(
            self.key,
            "fit-audience-missing"
                | "fit-audience-not-offered"
                | "fit-choice-not-offered"
                | "fit-paid-hidden"
        )
    }
}

/// How a post fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// As the channel will show it.
    pub composed: Composed,
    /// How much the text takes, in the channel's own count.
    pub used: usize,
    /// How much it may take.
    pub max: usize,
    /// What is wrong.
    pub warnings: Vec<Warning>,
}

impl Fit {
    /// Whether the channel will take it.
    pub fn is_accepted(&self) -> bool {
        !self.warnings.iter().any(|w| w.refused)
    }
    /// How much is left; negative when there is too much.
    pub fn left(&self) -> i64 {
        i64::try_from(self.max).unwrap_or(i64::MAX) - i64::try_from(self.used).unwrap_or(i64::MAX)
    }
}

/// Holds a post against what the account's server allows.
pub fn fit(channel: ChannelKind, post: &Post, ability: &Ability) -> Fit {
    let composed = compose(channel, post);
    let used = text::weight(&composed.text, ability.unit);
    let mut warnings = Vec::new();
    let mut warn = |refused: bool, key, args: Vec<(&'static str, usize)>| {
        let args = args.into_iter().map(|(n, v)| (n, v as u64)).collect();
        warnings.push(Warning { key, args, refused });
    };
    if post.text.trim().is_empty() && post.media.is_empty() && !composed.card {
        warn(true, "fit-empty", vec![]);
    }
    if post.link.is_empty() {
        warn(true, "fit-link-missing", vec![]);
    }
    if channel.profile().link == LinkPlace::Nowhere {
        warn(false, "fit-link-not-shown", vec![]);
    }
    if let Some(key) = ability.offered.as_ref().and_then(|offered| offered.refuses(post.choices.as_ref())) {
        warn(true, key, vec![]);
    }
    let only_films = ability.images_max == 0;
    if ability.media_required && post.media.is_empty() {
        warn(true, if only_films { "fit-film-missing" } else { "fit-media-missing" }, vec![]);
    }
    let forbidden = &limits(channel).forbidden_chars;
    if composed.text.contains(|c| forbidden.contains(c)) {
        warn(true, "fit-forbidden-signs", vec![]);
    }
    if used > ability.text_max && ability.unit == TextUnit::Utf8Bytes {
        let args = vec![("over", used - ability.text_max), ("max", ability.text_max)];
        warn(true, "fit-text-too-many-bytes", args);
    } else if used > ability.text_max {
        warn(true, "fit-text-too-long", vec![("over", used - ability.text_max), ("max", ability.text_max)]);
    } else if ability.text_max_bytes != 0 && composed.text.len() > ability.text_max_bytes {
        warn(true, "fit-text-too-heavy", vec![("max", ability.text_max)]);
    }
    if let Some(comment) = post.first_comment() {
        let max = if ability.comment_max == 0 { ability.text_max } else { ability.comment_max };
        let length = text::weight(&comment, ability.unit);
        if channel.commenting().is_none() {
            warn(true, "fit-comment-not-taken", vec![]);
        } else if length > max {
            warn(true, "fit-comment-too-long", vec![("over", length - max), ("max", max)]);
        }
    }
    let (films, pictures): (Vec<_>, Vec<_>) = post.media.iter().partition(|m| m.is_film());
    if only_films && !pictures.is_empty() {
        warn(true, "fit-no-pictures", vec![]);
    } else if pictures.len() > ability.images_max {
        let args = vec![("count", pictures.len()), ("max", ability.images_max)];
        warn(true, "fit-too-many-pictures", args);
    }
    if films.len() > 1 || (!films.is_empty() && !pictures.is_empty()) {
        warn(true, "fit-film-alone", vec![]);
    }
    if !films.is_empty() && ability.video_max_bytes == 0 {
        warn(true, "fit-no-films", vec![]);
    }
    for (at, medium) in post.media.iter().enumerate() {
        let max = if medium.is_film() { ability.video_max_bytes } else { ability.image_max_bytes };
        if max != 0 && medium.bytes > max {
            let key = if medium.is_film() { "fit-film-too-large" } else { "fit-picture-too-large" };
            let megabytes = usize::try_from(max / 1_000_000).unwrap_or(usize::MAX);
            warn(true, key, vec![("number", at + 1), ("megabytes", megabytes)]);
        }
        let takes_png = limits(channel).image_formats.iter().all(|format| format != "jpeg");
        if medium.mime == "image/png" && !takes_png {
            warn(true, "fit-picture-kind", vec![("number", at + 1)]);
        }
        if medium.is_cut() {
            warn(false, "fit-picture-cut", vec![("number", at + 1)]);
        }
        // where it is 0 the channel has no place for it
        if ability.alt_max != 0 && crate::base::text::count(&medium.alt) > ability.alt_max {
            warn(true, "fit-alt-too-long", vec![("number", at + 1), ("max", ability.alt_max)]);
        }
        if !medium.captions.is_empty() {
            match channel.profile().captions {
                Captions::NotTaken if medium.is_burnt() => {}
                Captions::NotTaken => warn(false, "fit-captions-not-shown", vec![]),
                Captions::Files(most) if medium.captions.iter().any(|(_, vtt)| vtt.len() > most) => {
                    warn(true, "fit-captions-too-large", vec![]);
                }
                Captions::Files(_) => {}
            }
        }
    }
    Fit { composed, used, max: ability.text_max, warnings }
}

/// The post's text shortened so that the whole fits; the link is kept whole.
pub fn shortened(channel: ChannelKind, post: &Post, ability: &Ability) -> String {
    let fits = |text: &str| {
        let composed = compose(channel, &Post { text: text.to_owned(), ..post.clone() });
        text::weight(&composed.text, ability.unit) <= ability.text_max
            && (ability.text_max_bytes == 0 || composed.text.len() <= ability.text_max_bytes)
    };
    text::cut(post.text.trim(), fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::{Chance, Instant, Language, id::AssetId},
        channels::PostMedia,
    };

    const LINK: &str = "https://job.fjordby.dk/r/7Q2F9KXM";

    fn post(text: &str, media: Vec<PostMedia>) -> Post {
        Post {
            text: text.into(),
            link: LINK.into(),
            link_title: "Sygeplejerske".into(),
            link_description: "Fjordby Kommune".into(),
            link_thumb: None,
            language: Language::Da,
            media,
            choices: None,
            comment: None,
        }
    }

    fn medium(mime: &str) -> PostMedia {
        PostMedia {
            asset: AssetId::new(Instant::from_seconds(1), &Chance::seeded(1)),
            sha256: "0".repeat(64),
            mime: mime.into(),
            bytes: 500_000,
            width: 1080,
            height: 1350,
            alt: "Tre kolleger i en gang".into(),
            captions: vec![],
            shape: None,
        }
    }

    fn keys(channel: ChannelKind, post: &Post) -> Vec<&'static str> {
        fit(channel, post, &Ability::usual(channel)).warnings.iter().map(|w| w.key).collect()
    }

    #[test]
    fn the_link_stands_where_the_channel_wants_it() {
        let bare = post(" Vi søger dig ", vec![]);
        let bluesky = compose(ChannelKind::Bluesky, &bare);
        assert_eq!((bluesky.text.as_str(), bluesky.card), ("Vi søger dig", true));
        let mastodon = compose(ChannelKind::Mastodon, &bare);
        assert_eq!(mastodon.text, format!("Vi søger dig\n\n{LINK}"));
        let with_picture =
            compose(ChannelKind::Bluesky, &post("Vi søger dig på æ", vec![medium("image/jpeg")]));
        assert_eq!(with_picture.text, "Vi søger dig på æ\n\njob.fjordby.dk/r/7Q2F9KXM");
        let (range, address) = &with_picture.links[0];
        assert_eq!(&with_picture.text[range.clone()], "job.fjordby.dk/r/7Q2F9KXM");
        assert_eq!((address.as_str(), with_picture.card), (LINK, false));
    }

    #[test]
    fn limits_hold_to_the_character() {
        let picture = || vec![medium("image/jpeg")];
        // the link and its gap take 27
        let full = post(&"å".repeat(273), picture());
        assert_eq!(keys(ChannelKind::Bluesky, &full), Vec::<&str>::new());
        assert_eq!(fit(ChannelKind::Bluesky, &full, &Ability::usual(ChannelKind::Bluesky)).left(), 0);
        let over = post(&"å".repeat(274), picture());
        assert_eq!(keys(ChannelKind::Bluesky, &over), ["fit-text-too-long"]);
        // each family is one character and 25 bytes: 300 of them are far above 3,000 bytes
        assert_eq!(keys(ChannelKind::Bluesky, &post(&"👨‍👩‍👧‍👦".repeat(150), vec![])), ["fit-text-too-heavy"]);
        assert_eq!(keys(ChannelKind::Mastodon, &post(&"x".repeat(475), vec![])), Vec::<&str>::new());
        assert_eq!(keys(ChannelKind::Mastodon, &post(&"x".repeat(476), vec![])), ["fit-text-too-long"]);
    }

    #[test]
    fn media_that_the_channel_would_refuse_are_named() {
        let five = vec![medium("image/jpeg"); 5];
        assert_eq!(keys(ChannelKind::Bluesky, &post("x", five)), ["fit-too-many-pictures"]);
        let mixed = vec![medium("image/jpeg"), medium("video/mp4")];
        assert_eq!(keys(ChannelKind::Mastodon, &post("x", mixed)), ["fit-film-alone"]);
        let mut heavy = medium("image/jpeg");
        heavy.bytes = 1_000_001;
        heavy.alt = "å".repeat(2001);
        let heavy = post("x", vec![heavy]);
        assert_eq!(keys(ChannelKind::Bluesky, &heavy), ["fit-picture-too-large", "fit-alt-too-long"]);
        assert_eq!(keys(ChannelKind::Mastodon, &heavy), ["fit-alt-too-long"]);
        let mut film = medium("video/mp4");
        film.captions = vec![(Language::Da, "WEBVTT".into())];
        assert_eq!(keys(ChannelKind::Mastodon, &post("x", vec![film.clone()])), ["fit-captions-not-shown"]);
        assert!(keys(ChannelKind::Bluesky, &post("x", vec![film])).is_empty());
        let mut nothing = post("  ", vec![]);
        nothing.link.clear();
        assert_eq!(keys(ChannelKind::Bluesky, &nothing), ["fit-empty", "fit-link-missing"]);
    }

    #[test]
    fn a_channel_of_films_takes_nothing_else_and_counts_bytes() {
        let film = || vec![medium("video/mp4")];
        // the link and its gap take 35
        let full = post(&"å".repeat(2482), film());
        assert_eq!(fit(ChannelKind::Youtube, &full, &Ability::usual(ChannelKind::Youtube)).left(), 1);
        assert_eq!(keys(ChannelKind::Youtube, &full), Vec::<&str>::new());
        assert_eq!(keys(ChannelKind::Youtube, &post(&"å".repeat(2483), film())), ["fit-text-too-many-bytes"]);
        assert_eq!(keys(ChannelKind::Youtube, &post("Løn < 40.000", film())), ["fit-forbidden-signs"]);
        assert_eq!(keys(ChannelKind::Youtube, &post("x", vec![])), ["fit-film-missing"]);
        assert_eq!(keys(ChannelKind::Youtube, &post("x", vec![medium("image/jpeg")])), ["fit-no-pictures"]);
        // TikTok lets no app add a link
        let bare = post("Vi søger dig", film());
        assert_eq!(compose(ChannelKind::Tiktok, &bare).text, "Vi søger dig");
        assert_eq!(keys(ChannelKind::Tiktok, &bare), ["fit-link-not-shown"]);
    }

    #[test]
    fn shortening_keeps_the_link_whole() {
        let long = "Vi søger en sygeplejerske til aften og weekend på Plejecenter Nord. ".repeat(12);
        for channel in [ChannelKind::Bluesky, ChannelKind::Mastodon] {
            for media in [vec![], vec![medium("image/jpeg")]] {
                let long = post(&long, media);
                let ability = Ability::usual(channel);
                let short = Post { text: shortened(channel, &long, &ability), ..long.clone() };
                let fit = fit(channel, &short, &ability);
                assert!(fit.is_accepted() && fit.left() < 30, "{channel} {}", fit.left());
                assert!(short.text.ends_with('…'));
                assert!(fit.composed.card || fit.composed.links.iter().any(|(_, to)| to == LINK));
            }
        }
        let short = post("Kort", vec![]);
        assert_eq!(shortened(ChannelKind::Mastodon, &short, &Ability::usual(ChannelKind::Mastodon)), "Kort");
    }
}
