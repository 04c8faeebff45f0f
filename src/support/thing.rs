//! What is delivered: something that stands in this product already, in the unit that asked.

use std::str::FromStr;

use super::store;
use crate::{
    accounts::{Right, Viewer},
    base::{
        Language, Subject,
        id::{AssetId, PostingId, PublicationId, StoryId, UnitId},
    },
    db::{Conn, DbError},
    media, postings, publishing, stories, words,
};

words! {
    /// What a delivered thing is.
    pub enum ThingKind {
        /// A story or plain post.
        Story = "story",
        /// A job ad.
        Posting = "posting",
        /// Posts that go out together.
        Publication = "publication",
        /// A picture or film.
        Asset = "asset",
    }
}

/// Something that is delivered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// A story or plain post.
    Story(StoryId),
    /// A job ad.
    Posting(PostingId),
    /// Posts that go out together.
    Publication(PublicationId),
    /// A picture or film.
    Asset(AssetId),
}

impl Thing {
    /// What it is.
    pub const fn kind(self) -> ThingKind {
        match self {
            Self::Story(_) => ThingKind::Story,
            Self::Posting(_) => ThingKind::Posting,
            Self::Publication(_) => ThingKind::Publication,
            Self::Asset(_) => ThingKind::Asset,
        }
    }
    /// Its id as text.
    pub fn id(self) -> String {
        match self {
            Self::Story(id) => id.to_string(),
            Self::Posting(id) => id.to_string(),
            Self::Publication(id) => id.to_string(),
            Self::Asset(id) => id.to_string(),
        }
    }
    /// From a kind and an id.
    pub fn of(kind: ThingKind, id: &str) -> Option<Self> {
        fn read<T: FromStr>(id: &str) -> Option<T> {
            id.parse().ok()
        }
        match kind {
            ThingKind::Story => read(id).map(Self::Story),
            ThingKind::Posting => read(id).map(Self::Posting),
            ThingKind::Publication => read(id).map(Self::Publication),
            ThingKind::Asset => read(id).map(Self::Asset),
        }
    }
    /// From an address of one of our pages, or only its path.
    pub fn at(address: &str, public_url: &str) -> Option<Self> {
        let address = address.trim();
        let path = address.strip_prefix(public_url.trim_end_matches('/')).unwrap_or(address);
        let mut parts = path.trim_start_matches('/').split(['/', '?', '#']);
        let (place, id) = (parts.next()?, parts.next()?);
        let kind = match place {
            "indhold" => ThingKind::Story,
            "jobopslag" => ThingKind::Posting,
            "godkendelser" => ThingKind::Publication,
            "medier" => ThingKind::Asset,
            _ => return None,
        };
        Self::of(kind, id)
    }
    /// Its page on the staff side.
    pub fn href(self) -> String {
        match self {
            Self::Story(id) => format!("/indhold/{id}"),
            Self::Posting(id) => format!("/jobopslag/{id}"),
            Self::Publication(id) => format!("/godkendelser/{id}"),
            Self::Asset(id) => format!("/medier/{id}"),
        }
    }
    /// The right one needs to open it.
    pub const fn right(self) -> Right {
        match self {
            Self::Story(_) => Right::WriteStories,
            Self::Posting(_) => Right::ReadPostings,
            Self::Publication(_) => Right::EditPostings,
            Self::Asset(_) => Right::UseMedia,
        }
    }
}

/// A thing as it is found.
#[derive(Clone, Debug)]
pub struct Found {
    /// Which.
    pub thing: Thing,
    /// The unit it lies in.
    pub unit: UnitId,
    /// What it is called.
    pub name: String,
    /// Where everybody sees it, when everybody does.
    pub public: Option<String>,
}

impl Found {
    /// Where this person opens it; none when they cannot.
    pub fn href_for(&self, viewer: &Viewer) -> Option<String> {
        if viewer.may_in(self.thing.right(), self.unit) {
            Some(self.thing.href())
        } else {
            self.public.clone()
        }
    }
}

/// Looks a thing up, whoever asks; none when it is gone.
pub(super) fn find(c: &mut Conn, thing: Thing, language: Language) -> Result<Option<Found>, DbError> {
    let found = |unit, name, public| Found { thing, unit, name, public };
    let of_ad = |ad: postings::Posting| {
        let title = ad.title(language).to_owned();
        let name = if title.is_empty() { ad.reference.clone() } else { title };
        found(ad.content.unit, name, None)
    };
    let of_story = |story: stories::Story| {
        let public = story.is_public().then(|| story.path());
        found(story.content.unit, story.title(language).to_owned(), public)
    };
    Ok(match thing {
        Thing::Story(id) => stories::any(c, id)?.map(of_story),
        Thing::Posting(id) => postings::any(c, id)?.map(of_ad),
        Thing::Publication(id) => match publishing::publication_if_any(c, id)?.and_then(|p| p.subject()) {
            Some(Subject::Posting(id)) => postings::any(c, id)?.map(of_ad),
            Some(Subject::Story(id)) => {
                stories::any(c, id)?.map(of_story).map(|post| Found { public: None, ..post })
            }
            None => None,
        },
        Thing::Asset(id) => media::asset(c, id)?.map(|asset| found(asset.unit, asset.name, None)),
    })
}

/// What was delivered, as far as it is still there.
pub(super) fn delivered(
    c: &mut Conn,
    request: crate::base::id::SupportId,
    language: Language,
) -> Result<Vec<Found>, DbError> {
    let mut all = Vec::new();
    for thing in store::things(c, request)? {
        all.extend(find(c, thing, language)?);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_ours_is_read_with_or_without_its_beginning() {
        let id = StoryId::from_number(7);
        let ours = "https://job.fjordby.example";
        let story = Some(Thing::Story(id));
        for address in [
            format!("{ours}/indhold/{id}"),
            format!("/indhold/{id}/rediger"),
            format!(" indhold/{id}?sprog=en#text "),
        ] {
            assert_eq!(Thing::at(&address, ours), story, "{address}");
        }
        let film = AssetId::from_number(8);
        assert_eq!(Thing::at(&format!("/medier/{film}"), ours), Some(Thing::Asset(film)));
        for nothing in ["", "https://elsewhere.example/indhold/x", "/indhold", "/indhold/ny", "/start"] {
            assert_eq!(Thing::at(nothing, ours), None, "{nothing}");
        }
        let elsewhere = format!("https://elsewhere.example/indhold/{id}");
        assert_eq!(Thing::at(&elsewhere, ours), None);
    }
}
