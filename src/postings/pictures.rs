//! What surrounds an ad on a page: the unit's name, its picture, drawings and film.

use std::collections::HashMap;

use super::{
    posting::{MediaRole, Posting},
    show::{Film, Picture, Surroundings, Track},
    store,
};
use crate::{
    accounts,
    base::{Instant, id::PostingId},
    db::{Conn, DbError},
    i18n::Speech,
    media::{self, Asset, captions::Captions, people::Purpose},
};

/// Who looks at a page.
#[derive(Clone, Copy, Debug)]
pub enum Eyes {
    /// Whoever works with the ad.
    Staff,
    /// The world, at this moment: it sees nobody who has not said yes, or no longer does (D-29).
    World(Instant),
}

impl Eyes {
    /// Whether these eyes see a picture or film.
    pub fn see(self, asset: &Asset) -> bool {
        match self {
            Self::Staff => true,
            Self::World(now) => asset.hindrances(&[Purpose::Website], now).is_empty(),
        }
    }
}

/// Of one ad.
pub fn around(conn: &mut Conn, posting: &Posting, t: Speech, eyes: Eyes) -> Result<Surroundings, DbError> {
    let mut all = around_all(conn, std::slice::from_ref(posting), t, eyes)?;
    Ok(all.remove(&posting.id).unwrap_or_default())
}

/// Of many ads at once.
pub fn around_all(
    conn: &mut Conn,
    postings: &[Posting],
    t: Speech,
    eyes: Eyes,
) -> Result<HashMap<PostingId, Surroundings>, DbError> {
    let units: HashMap<_, _> = accounts::units(conn)?.into_iter().map(|u| (u.id, u.name)).collect();
    let ids: Vec<_> = postings.iter().flat_map(|p| p.content.media.iter().map(|m| m.asset)).collect();
    let assets: HashMap<_, _> = media::of_ids(conn, &ids)?.into_iter().map(|a| (a.id, a)).collect();
    let ads: Vec<PostingId> = postings.iter().map(|p| p.id).collect();
    let reposted = store::reposted(conn, &ads)?;
    let mut all = HashMap::new();
    for posting in postings {
        let unit = units.get(&posting.content.unit).cloned().unwrap_or_default();
        let reposted = reposted.contains(&posting.id);
        let mut around = Surroundings { unit, reposted, ..Surroundings::default() };
        for placed in &posting.content.media {
            let Some(asset) = assets.get(&placed.asset).filter(|a| eyes.see(a)) else { continue };
            match placed.role {
                MediaRole::Hero => around.hero = picture(asset),
                MediaRole::Graphic => around.graphics.extend(picture(asset)),
                MediaRole::Film => around.film = film(conn, asset, t)?,
            }
        }
        all.insert(posting.id, around);
    }
    Ok(all)
}

/// A picture as pages show it; none while it is not drawn.
pub fn picture(asset: &Asset) -> Option<Picture> {
    let wide = asset.shown("wide")?;
    let src = asset.href("wide")?;
    Some(Picture {
        card: asset.href("card").unwrap_or_else(|| src.clone()),
        src,
        alt: if asset.decorative { String::new() } else { asset.alt_text.clone() },
        width: wide.width,
        height: wide.height,
    })
}

/// A film as pages show it, with what is said in it.
pub fn film(conn: &mut Conn, asset: &Asset, t: Speech) -> Result<Option<Film>, DbError> {
    let (Some(shown), Some(src)) = (asset.shown("film"), asset.href("film")) else { return Ok(None) };
    let said = media::captions(conn, asset.id)?;
    let own = t.language();
    let first = said.iter().map(|(l, _)| *l).find(|l| *l == own).or(said.first().map(|(l, _)| *l));
    let tracks = said
        .iter()
        .map(|(language, _)| Track {
            src: asset.captions_href(*language),
            code: language.code(),
            name: language.own_name(),
            first: Some(*language) == first,
        })
        .collect();
    let words = said
        .iter()
        .find(|(l, _)| Some(*l) == first)
        .and_then(|(_, body)| Captions::read(body.as_bytes(), None).ok())
        .map(|c| c.paragraphs())
        .unwrap_or_default();
    Ok(Some(Film {
        src,
        mime: shown.mime,
        poster: asset.href("poster").unwrap_or_default(),
        alt: asset.alt_text.clone(),
        width: shown.width,
        height: shown.height,
        length: asset.duration_ms.map_or_else(String::new, |ms| media::length(ms, t)),
        tracks,
        words,
    }))
}
