//! Which sorts of places there are where a person posts, and what each takes, as data: `assets/channels/package.toml`.

use std::{collections::BTreeMap, sync::LazyLock};

use serde::Deserialize;

use crate::{
    channels::{Ability, ChannelKind, Class, Connection, limits::Limits},
    media::image::Profile,
    words,
};

words! {
    /// What sort of place it is.
    pub enum Sort {
        /// LinkedIn in a person's own name.
        LinkedinMember = "linkedin_member",
        /// A group on Facebook.
        FacebookGroup = "facebook_group",
        /// The municipality's own Dialognet.
        Dialognet = "dialognet",
        /// A newspaper.
        LocalPaper = "local_paper",
        /// Anywhere else.
        Other = "other",
    }
}

/// What a sort of place takes.
#[derive(Clone, Debug, Deserialize)]
pub struct Sheet {
    /// Lengths and numbers, as of any channel.
    #[serde(flatten)]
    pub limits: Limits,
    /// Shapes of pictures by their code.
    shapes: Vec<String>,
    /// Subtitles are also wanted as SubRip.
    #[serde(default)]
    pub subrip: bool,
    /// Working days the place usually needs.
    pub lead_days: i32,
}

static SHEETS: LazyLock<BTreeMap<String, Sheet>> = LazyLock::new(|| {
    toml::from_str(include_str!("../../../assets/channels/package.toml"))
        .expect("the compiled-in sheet is legal")
});

impl Sort {
    /// The sort of a connected place; none for channels that are sent to.
    pub fn of(connection: &Connection) -> Option<Self> {
        (connection.channel == ChannelKind::Package).then(|| Self::named_in(&connection.remote_id)).flatten()
    }

    /// The sort in a place's name, `local_paper:…`.
    pub fn named_in(remote_id: &str) -> Option<Self> {
        remote_id.split(':').next()?.parse().ok()
    }

    /// What it takes.
    pub fn sheet(self) -> &'static Sheet {
        SHEETS.get(self.word()).expect("each sort has its sheet")
    }

    /// The same, as everything else holds posts against it.
    pub fn ability(self) -> Ability {
        let limits = &self.sheet().limits;
        Ability {
            unit: limits.text_unit,
            text_max: limits.text_max,
            text_max_bytes: limits.text_max_bytes,
            images_max: limits.images_max,
            image_max_bytes: limits.image_max_bytes,
            video_max_bytes: limits.video_max_bytes,
            alt_max: limits.alt_text_max,
            media_required: limits.media_required,
            card_with_media: false,
            class: Class::ByHand,
            comment_max: 0,
            withdraw: false,
            offered: None,
        }
    }

    /// In which shapes its pictures are drawn.
    pub fn shapes(self) -> Vec<Profile> {
        let named = |code: &String| Profile::ALL.into_iter().find(|profile| profile.code() == code);
        self.sheet().shapes.iter().filter_map(named).collect()
    }

    /// Message key of what people call it.
    pub const fn key(self) -> &'static str {
        match self {
            Self::LinkedinMember => "package-sort-linkedin-member",
            Self::FacebookGroup => "package-sort-facebook-group",
            Self::Dialognet => "package-sort-dialognet",
            Self::LocalPaper => "package-sort-local-paper",
            Self::Other => "package-sort-other",
        }
    }

    /// Message key of what it is good for.
    pub const fn what(self) -> &'static str {
        match self {
            Self::LinkedinMember => "package-what-linkedin-member",
            Self::FacebookGroup => "package-what-facebook-group",
            Self::Dialognet => "package-what-dialognet",
            Self::LocalPaper => "package-what-local-paper",
            Self::Other => "package-what-other",
        }
    }

    /// Colour class and letter of its badge.
    pub const fn badge(self) -> (&'static str, &'static str) {
        match self {
            Self::LinkedinMember => ("li", "L"),
            Self::FacebookGroup => ("fb", "G"),
            Self::Dialognet => ("da", "D"),
            Self::LocalPaper => ("jn", "A"),
            Self::Other => ("in", "P"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sort_has_its_sheet_and_every_shape_is_drawn() {
        assert_eq!(SHEETS.len(), Sort::ALL.len());
        for sort in Sort::ALL {
            let sheet = sort.sheet();
            assert_eq!(sort.shapes().len(), sheet.shapes.len(), "{sort}");
            assert!(sort.ability().text_max > 0 && sort.ability().class == Class::ByHand, "{sort}");
        }
        assert_eq!(Sort::named_in("local_paper:0199"), Some(Sort::LocalPaper));
        assert_eq!(Sort::named_in("did:plc:x"), None);
    }
}
