//! Each channel's limits as data: `assets/channels/limits.toml` compiled in, and what operations lay over it
//! (`[channels.<name>] limits`) where nobody states a figure at first hand.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use super::{Ability, ChannelKind, TextUnit, kind::Captions};
use crate::{base::Language, config::Config, media::Frame};

#[derive(Deserialize)]
struct Sheet {
    channel: BTreeMap<String, Limits>,
}

/// A channel's limits, as far as we hold posts against them. What a sheet does not name is zero.
#[derive(Clone, Debug, Deserialize)]
pub struct Limits {
    /// How it counts text.
    pub text_unit: TextUnit,
    /// Longest text in that unit.
    pub text_max: usize,
    /// Longest text in bytes; 0 = no such limit.
    #[serde(default)]
    pub text_max_bytes: usize,
    /// Most pictures.
    pub images_max: usize,
    /// Largest picture in bytes.
    #[serde(default)]
    pub image_max_bytes: u64,
    /// Largest film in bytes.
    #[serde(default)]
    pub video_max_bytes: u64,
    /// Longest alternative text in characters; 0 = the channel takes none.
    #[serde(default)]
    pub alt_text_max: usize,
    /// A post must have a picture or film.
    #[serde(default)]
    pub media_required: bool,
    /// Longest first comment in the text's unit; 0 = as long as a post.
    #[serde(default)]
    pub comment_max: usize,
    /// Signs that no text may hold.
    #[serde(default)]
    pub forbidden_chars: String,
    /// How many posts may be sent within a while.
    #[serde(default)]
    pub posts_quota: Option<Quota>,
    /// Width over height of the tallest picture; 0 = any.
    #[serde(default)]
    pub image_aspect_min: f64,
    /// Of the broadest; 0 = any.
    #[serde(default)]
    pub image_aspect_max: f64,
    /// Which kinds of pictures it takes; none named = all of ours.
    #[serde(default)]
    pub image_formats: Vec<String>,
    /// Longest side of a picture in pixels; 0 where it does not say.
    #[serde(default)]
    pub image_side_max: i32,
    /// After so many characters the channel folds a text behind "see more"; 0 = it shows it whole.
    #[serde(default)]
    pub fold_at: usize,
    /// What nobody states at first hand.
    pub unverified: Vec<String>,
}

/// So many within so long.
#[derive(Clone, Debug, Deserialize)]
pub struct Quota {
    /// How many.
    pub max: i64,
    /// Within how many seconds.
    pub window_s: u64,
    /// Who shares them: an account, token, user, or all that use our app (`project`).
    scope: String,
}

impl Quota {
    /// Whether all accounts that use our app share it.
    pub fn is_shared(&self) -> bool {
        self.scope == "project"
    }
}

static SHEET: LazyLock<Sheet> = LazyLock::new(|| {
    toml::from_str(include_str!("../../assets/channels/limits.toml"))
        .expect("the compiled-in limits are legal")
});

/// A channel's limits as compiled in.
pub fn limits(kind: ChannelKind) -> &'static Limits {
    SHEET.channel.get(kind.sheet()).expect("each channel has its limits")
}

impl Ability {
    /// What a channel allows where its server does not say.
    pub fn usual(kind: ChannelKind) -> Self {
        let (limits, profile) = (limits(kind), kind.profile());
        Self {
            unit: limits.text_unit,
            text_max: limits.text_max,
            text_max_bytes: limits.text_max_bytes,
            images_max: limits.images_max,
            image_max_bytes: limits.image_max_bytes,
            video_max_bytes: limits.video_max_bytes,
            alt_max: limits.alt_text_max,
            media_required: limits.media_required,
            card_with_media: profile.card_with_media,
            class: profile.class,
            withdraw: profile.withdraw,
            comment_max: limits.comment_max,
            offered: None,
        }
    }

    /// The same with what operations lay over it.
    pub fn configured(kind: ChannelKind, config: &Config) -> Self {
        let mut ability = Self::usual(kind);
        let Some(platform) = kind.profile().platform else { return ability };
        for (name, value) in &platform(&config.channels).limits {
            let count = usize::try_from(*value).unwrap_or(usize::MAX);
            match name.as_str() {
                "text_max" => ability.text_max = count,
                "images_max" => ability.images_max = count,
                "comment_max" => ability.comment_max = count,
                "alt_text_max" => ability.alt_max = count,
                "image_max_bytes" => ability.image_max_bytes = *value,
                "video_max_bytes" => ability.video_max_bytes = *value,
                // the doctor says that nothing reads it
                _ => {}
            }
        }
        ability
    }
}

/// How a channel wants pictures and films, for a post in a language.
pub fn frame(kind: ChannelKind, ability: &Ability, language: Language) -> Frame {
    let limits = limits(kind);
    let formats = &limits.image_formats;
    Frame {
        narrowest: limits.image_aspect_min,
        broadest: limits.image_aspect_max,
        longest: limits.image_side_max,
        jpeg: !formats.is_empty() && formats.iter().all(|format| format == "jpeg"),
        burns: (kind.profile().captions == Captions::NotTaken).then_some(language),
        heaviest: i64::try_from(ability.video_max_bytes).unwrap_or(i64::MAX),
    }
}

/// How many posts a channel takes within a while, with what operations lay over it.
pub fn quota(kind: ChannelKind, config: &Config) -> Option<Quota> {
    let quota = limits(kind).posts_quota.clone()?;
    let laid_over = kind
        .profile()
        .platform
        .and_then(|platform| platform(&config.channels).limits.get("posts_quota").copied());
    Some(match laid_over {
        Some(max) => Quota { max: i64::try_from(max).unwrap_or(i64::MAX), ..quota },
        None => quota,
    })
}

/// After how many characters a channel folds a text; `None` where it shows it whole.
pub fn fold_at(kind: ChannelKind, config: &Config) -> Option<usize> {
    let laid_over = kind
        .profile()
        .platform
        .and_then(|platform| platform(&config.channels).limits.get("fold_at").copied());
    let at = laid_over.map_or(limits(kind).fold_at, |at| usize::try_from(at).unwrap_or(usize::MAX));
    (at > 0).then_some(at)
}

/// Which of the figures laid over a channel's limits do not count: unknown, or stated at first hand.
pub fn misplaced(kind: ChannelKind, config: &Config) -> Vec<String> {
    let Some(platform) = kind.profile().platform else { return Vec::new() };
    let known = limits(kind);
    platform(&config.channels)
        .limits
        .keys()
        .filter(|name| !known.unverified.contains(*name))
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_channel_has_its_limits() {
        for kind in ChannelKind::ALL {
            let ability = Ability::usual(*kind);
            assert!(ability.text_max > 0 && ability.images_max <= 40, "{kind}: {ability:?}");
        }
        // every sheet reads, also of channels that are not here yet
        assert_eq!(SHEET.channel.len(), 10);
    }
}
