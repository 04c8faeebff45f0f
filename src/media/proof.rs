//! A picture that somebody shows as proof of something: judged and cleaned as any other, kept, and no part of the library.

use super::{Kind, MediaError, actions, content::Refusal};
use crate::{
    blobs::{Held, Spooled},
    kit::Kit,
};

/// A picture that is kept, and held until a row names it.
pub struct Proof {
    /// Where it lies.
    pub sha256: String,
    /// Its type.
    pub mime: &'static str,
    /// To be dropped when a row names it.
    pub held: Held,
}

/// Takes a picture; a film is none.
///
/// # Errors
/// [`MediaError::Refused`] for everything that is no picture we take.
pub async fn proof(kit: &Kit, file: &Spooled) -> Result<Proof, MediaError> {
    let (kept, held) = actions::keep(kit, file).await?;
    if kept.kind == Kind::Film {
        return Err(MediaError::Refused(Refusal::new("media-refused-poster")));
    }
    Ok(Proof { sha256: kept.sha256, mime: kept.mime, held })
}
