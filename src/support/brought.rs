//! Pictures and films that come with a form. They go into the unit's library before the rest of the form is looked at: when
//! it comes back with an error, they stand in it and need not be chosen again.

use actix_multipart::Multipart;

use crate::{
    accounts::{Right, Viewer},
    base::id::{AssetId, UnitId},
    i18n::Speech,
    kit::Kit,
    media::{self, MediaError, asset::Asset, content::Refusal, image::Profile},
    web::{
        Fault, Typed, csrf,
        forms::Errors,
        upload::{self, SentFile},
    },
};

/// How many files one form brings.
const FILES: usize = 12;

/// A form with its files, checked for its token.
pub(super) async fn received(
    kit: &Kit,
    viewer: &Viewer,
    parts: Multipart,
) -> Result<(Typed, Vec<SentFile>), Fault> {
    let largest = kit.config.limits.film_bytes.max(kit.config.limits.picture_bytes);
    let sent = upload::receive(parts, &kit.blobs, largest, FILES).await?;
    viewer.check_csrf(sent.typed.get(csrf::FIELD))?;
    Ok((sent.typed, sent.files))
}

/// Takes the files into the unit's library and writes them into the form beside those it brought before; what is refused is
/// said at `field`. All that the form has now.
pub(super) async fn keep(
    kit: &Kit,
    viewer: &Viewer,
    t: Speech,
    unit: UnitId,
    (typed, files): (&mut Typed, Vec<SentFile>),
    field: &str,
) -> Result<(Vec<AssetId>, Errors), Fault> {
    if !viewer.may_in(Right::UseMedia, unit) {
        return Err(Fault::NotFound);
    }
    let mut errors = Errors::none();
    let mut ids: Vec<AssetId> = typed.all("asset").filter_map(|id| id.parse().ok()).collect();
    let largest = kit.config.limits.film_bytes.max(kit.config.limits.picture_bytes);
    for file in files {
        let taken = match &file.bytes {
            None => Err(MediaError::Refused(
                Refusal::new("media-refused-film-bytes").with("megabytes", &(largest / 1_000_000)),
            )),
            Some(bytes) => media::receive(kit, viewer.actor(), unit, &file.name, bytes).await,
        };
        match taken {
            Ok(taken) if ids.contains(&taken.id()) => {}
            Ok(taken) => {
                ids.push(taken.id());
                typed.0.push(("asset".to_owned(), taken.id().to_string()));
            }
            Err(error) => {
                let why = media::pages::sentence(t, &error.at_field()?);
                let refusal = Refusal::new("media-refused-named").with("name", &file.name).with("why", &why);
                media::pages::add(&mut errors, field, refusal);
            }
        }
    }
    Ok((ids, errors))
}

/// A file as it stands in a form or in a conversation.
pub(super) struct Shown {
    pub id: AssetId,
    pub name: String,
    /// Its small picture, once it is drawn.
    pub thumb: Option<String>,
    /// Its page, for those who may open it.
    pub href: Option<String>,
    pub film: bool,
}

/// Files as this person sees them.
pub(super) fn shown(viewer: &Viewer, assets: &[Asset]) -> Vec<Shown> {
    let one = |asset: &Asset| {
        let may = viewer.may_in(Right::UseMedia, asset.unit);
        Shown {
            id: asset.id,
            name: asset.name.clone(),
            thumb: asset.href(Profile::Thumb.code()).filter(|_| may),
            href: may.then(|| format!("/medier/{}", asset.id)),
            film: asset.kind == media::Kind::Film,
        }
    };
    assets.iter().map(one).collect()
}
