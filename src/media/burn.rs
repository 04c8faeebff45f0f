//! Captions burnt into a film, for channels that show none: one file for each language that has captions, made in the
//! background and made anew when they or the film change.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{
    asset::{Kind, State, burnt},
    ffmpeg::Tools,
    film::{self, Recast},
    jobs, store,
};
use crate::{
    base::{Language, id::AssetId},
    blobs::BlobError,
    db::DbError,
    kit::Kit,
    queue::{Job, JobError},
};

const FONT: &[u8] = include_bytes!("../../assets/fonts/IBMPlexSans-SemiBold.ttf");

/// Burns the captions of a language into a film. Run twice it finds nothing left to do.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Burn {
    /// Which film.
    pub asset: AssetId,
    /// Which captions.
    pub language: Language,
}

impl Job for Burn {
    const KIND: &'static str = "media.burn";
    // a film of half an hour is encoded in less
    const LEASE: Duration = Duration::from_secs(2 * 3600);
    const TRIES: u32 = 4;
    type Needs = Kit;

    fn key(&self) -> String {
        format!("{}.{}", self.asset, self.language.code())
    }

    async fn run(&self, kit: &Kit) -> Result<(), JobError> {
        let Self { asset: id, language } = *self;
        let read = move |c: &mut _| Ok::<_, DbError>((store::asset(c, id)?, store::captions(c, id)?));
        let (asset, captions) = kit.db.read(read).await?;
        let said = captions.into_iter().find(|(of, _)| *of == language).map(|(_, body)| body);
        let (Some(asset), Some(said)) = (asset, said) else { return Ok(()) };
        let profile = burnt(language);
        let tools = Tools::of(&kit.config.media.ffmpeg);
        let is_there = asset.renditions.iter().any(|r| r.profile == profile);
        if asset.kind != Kind::Film || asset.state != State::Ready || is_there || !tools.complete() {
            return Ok(());
        }
        let later = |e: &dyn std::fmt::Display| JobError::Later(e.to_string());
        let on_disk = kit.blobs.on_disk(&asset.sha256).await.map_err(|e| later(&e))?;
        let room = tempfile::tempdir().map_err(|e| later(&e))?;
        let (words, fonts) = (room.path().join("captions.vtt"), room.path().join("fonts"));
        let lay = || {
            std::fs::write(&words, &said)?;
            std::fs::create_dir(&fonts)?;
            std::fs::write(fonts.join("font.ttf"), FONT)
        };
        lay().map_err(|e| later(&e))?;
        let facts = film::probe(&tools, asset.content(), on_disk.path()).await.map_err(|e| later(&e))?;
        let how = Recast::Burnt(&words, &fonts);
        let written = jobs::written(kit, &tools, &facts, on_disk.path(), &profile, &how).await;
        let drawn = written.map_err(|e| later(&e))?;
        let _held =
            kit.blobs.hold(std::slice::from_ref(&drawn.sha256)).await.map_err(|e: BlobError| later(&e))?;
        let (of, now) = (asset.sha256, kit.clock.now());
        let fresh = kit
            .db
            .write(move |c| {
                let same_film =
                    store::asset(c, id)?.is_some_and(|a| a.sha256 == of && a.state == State::Ready);
                let same_words = store::captions(c, id)?.contains(&(language, said));
                if same_film && same_words {
                    store::set_drawn(c, id, &[drawn], false)?;
                    store::touch(c, id, now)?;
                }
                Ok::<_, DbError>(same_film && same_words)
            })
            .await?;
        // the film or its words changed meanwhile, and the job that was enqueued then is this one
        if fresh { Ok(()) } else { Err(JobError::Later("the film or its captions have changed".into())) }
    }
}
